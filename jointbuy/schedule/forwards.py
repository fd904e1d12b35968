"""From today forwards: the first day of each step, and the chain that decides it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from jointbuy.model import StepKind
from jointbuy.schedule.case import FILING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from jointbuy.model import Milestone
    from jointbuy.schedule.case import Lead, Steps

START = "start"
"""The step that a plan is made for."""


class Forwards:
    """The first day on which each step of a plan can be taken.

    What is done counts from its day, what somebody fixed not before that day; `pinned`
    are steps supposed to be taken on a day, whatever comes before them.
    """

    def __init__(self, steps: Steps, pinned: Mapping[str, date] | None = None) -> None:
        self._steps = steps
        self._pinned = pinned or {}
        self._known = {each.code: each for each in steps.milestones}
        self._first: dict[str, date] = {}
        self._chain: tuple[str, ...] | None = None

    def first(self, code: str) -> date:
        """The first day on which that step can be taken."""
        found = self._first.get(code)
        if found is None:
            found = self._first[code] = self._count(code)
        return found

    def _count(self, code: str) -> date:
        step = self._known[code]
        if step.done is not None:
            return step.done
        if code in self._pinned:
            return self._pinned[code]
        if is_of_others(step):
            return step.day
        day = self._reached(code, self.before(code))
        return max(day, step.day) if step.forced else day

    def before(self, code: str) -> tuple[tuple[str, Lead], ...]:
        """The steps it waits for, with the time between."""
        found = self._steps.links.get(code, ())
        return tuple((each, lead) for each, lead in found if each in self._known)

    def _reached(self, code: str, before: Iterable[tuple[str, Lead]]) -> date:
        """The first day of a step that waits for these alone."""
        on = self._steps.case.on
        open_from, filed = on, on
        for each, lead in before:
            day = self._follows(code, each, lead)
            if lead.unit == FILING:
                filed = max(filed, day)
            else:
                open_from = max(open_from, day)
        if code == START:
            return open_from
        if code in self._steps.sessions:
            return self._steps.sessions[code](filed, open_from)
        return self._steps.reaches[code](max(open_from, filed))

    def _follows(self, code: str, each: str, lead: Lead) -> date:
        """When a step can follow another one; by habit alone not after its last day."""
        first = self.first(each)
        day = lead.counted(first)
        if each not in self._steps.tight or lead.unit == FILING or code == START:
            return day
        return max(first, min(day, self._known[code].day))

    def filings(self) -> dict[str, date]:
        """The first day on which the file of each session can be handed in."""
        return {
            code: self.first(each)
            for code in self._steps.sessions
            for each, lead in self.before(code)
            if lead.unit == FILING
        }

    def decisive(self) -> tuple[str, ...]:
        """The steps still to take that decide the first day of the start, in order."""
        if self._chain is None:
            self._chain = self._decisive()
        return self._chain

    def _decisive(self) -> tuple[str, ...]:
        found: dict[str, date] = {}
        waiting = [START] if START in self._known else []
        while waiting:
            code = waiting.pop()
            step = self._known[code]
            if code in found or step.done is not None:
                continue
            if is_of_others(step):
                continue
            found[code] = self.first(code)
            if code in self._pinned or (step.forced and not self._pushed(code)):
                continue
            waiting += self._deciding(code)
        order = {each.code: place for place, each in enumerate(self._steps.milestones)}
        return tuple(sorted(found, key=lambda code: (found[code], -order[code])))

    def _pushed(self, code: str) -> bool:
        """Whether the steps before a fixed day move it."""
        return self.first(code) > self._known[code].day

    def _deciding(self, code: str) -> list[str]:
        """The steps before it that alone keep it waiting as long; none before today."""
        day = self.first(code)
        if self._reached(code, ()) >= day:
            return []
        return [
            each
            for each, lead in self.before(code)
            if self._reached(code, ((each, lead),)) >= day
        ]


def is_of_others(step: Milestone) -> bool:
    """Whether the day of a step is set elsewhere: nobody here takes it."""
    own = step.code == START or step.code.startswith("interest:")
    return step.kind is StepKind.ANCHOR and not own


def with_margins(steps: Steps, forwards: Forwards) -> tuple[Milestone, ...]:
    """Every step with what it waits for, its first day and its margin."""
    chain = set(forwards.decisive())
    return tuple(
        each
        if is_of_others(each)
        else replace(
            each,
            after=tuple(dict.fromkeys(code for code, _ in forwards.before(each.code))),
            earliest=first,
            margin=None if each.done is not None else (each.day - first).days,
            critical=each.code in chain,
        )
        for each in steps.milestones
        if (first := forwards.first(each.code))
    )
