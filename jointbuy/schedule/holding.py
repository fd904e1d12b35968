"""Whether the steps of a plan hold, and from which start on they do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from jointbuy.errors import Message, UsageError, say
from jointbuy.model import Breach, Form, Milestone, StepKind
from jointbuy.schedule.adhesion import plan_adhesion
from jointbuy.schedule.agreement import plan_agreement
from jointbuy.schedule.case import FILING, FOLLOWING, Case, Steps, spoken
from jointbuy.schedule.forwards import START, Forwards
from jointbuy.schedule.joint_contract import plan_joint_contract

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_YEARS = 50
"""By how many years a start can differ from today before it must be a typing error."""

_FOR_ALL = (
    "collected",
    "supervisor",
    "convention",
    "specifications",
    "consultation",
    "unions",
)
"""Steps before the bodies decide, of which the first one not taken is told."""


def earliest_start(case: Case) -> date | None:
    """The earliest start for which every step holds, whatever is wanted.

    None when no day does within the time that is searched (`practice.search_days`):
    a step that is missed does not come back by starting later.

    Raises:
        UsageError: there is no plan for the procedure, or nobody takes part.

    Source: as for `backplan`.
    """
    return earliest_near(case, Forwards(planned(case)).first(START))


def earliest_near(case: Case, guess: date) -> date | None:
    """The earliest start, tried first on the day that is counted forwards."""
    low, high = 0, case.practice.search_days
    near = (guess - case.on).days
    if 0 <= near <= high and _holds(case, near):
        if near == 0 or not _holds(case, near - 1):
            return guess
        high = near - 1
    elif not _holds(case, high):
        return None
    while low < high:
        middle = (low + high) // 2
        if _holds(case, middle):
            high = middle
        else:
            low = middle + 1
    return case.on + timedelta(days=low)


def start_from(case: Case, pinned: Mapping[str, date]) -> date:
    """The earliest start where those steps are taken on those days.

    Source: as for `backplan`.
    """
    return Forwards(planned(case), pinned).first(START)


def _holds(case: Case, days: int) -> bool:
    """A later start never breaks a step that holds, so halving finds the first."""
    tried = replace(case, wanted=case.on + timedelta(days=days))
    return whole(tried, planned(tried))


def whole(case: Case, steps: Steps) -> bool:
    """Whether every step holds."""
    return not steps.breaches and next(breaks(case, steps), None) is None


def start_between(case: Case) -> tuple[date | None, date | None]:
    """The first and the last day on which all the needs can start, where known.

    Under a staggered contract only the needs that enter first start on that day.
    """
    later = {
        entry.need
        for entry in case.candidate.entries
        if case.candidate.launch is not None and entry.on > case.candidate.launch
    }
    needs = [need for need in case.own_needs() if need.id not in later]
    first = max((need.earliest for need in needs if need.earliest), default=None)
    last = min((need.latest for need in needs if need.latest), default=None)
    return first, last


def planned(case: Case) -> Steps:
    """The steps; where they break, no file is planned before what it waits for.

    A body whose registered sessions end early would else be planned with the last of
    them, however long before the start, and however unready its file.
    """
    steps = _steps(case)
    if whole(case, steps):
        return steps
    later = replace(case, ready=Forwards(steps).filings())
    again = _steps(later)
    return again if whole(later, again) else steps


def _steps(case: Case) -> Steps:
    if not case.participants():
        raise UsageError(say("A plan needs at least one administration."))
    if case.pilot and case.administration(case.pilot) is None:
        raise UsageError(
            say(
                "“{pilot}” cannot be the pilot: it does not take part. Choose one of "
                "{participants}.",
                pilot=case.pilot,
                participants=", ".join(each.id for each in case.participants()),
            )
        )
    if abs(case.wanted.year - case.on.year) > _YEARS:
        raise UsageError(
            say(
                "The wanted start {wanted} lies too far from {on}: correct it.",
                wanted=case.wanted,
                on=case.on,
            )
        )
    steps = Steps(case=case)
    if case.form is Form.JOINT_CONTRACT:
        plan_joint_contract(steps)
    elif case.form is Form.PURCHASING_CENTRE:
        plan_adhesion(steps)
    else:
        plan_agreement(steps)
    over = _over(steps)
    steps.milestones = [each for each in steps.milestones if each.code not in over]
    steps.breaches = [each for each in steps.breaches if each.milestone not in over]
    return steps


def _over(steps: Steps) -> set[str]:
    """The steps that are past because one that waits for them was taken.

    What a body decides on and what is sent must be recorded all the same, and so must
    all that goes before a decision that is still to be taken.
    """
    known = {each.code: each for each in steps.milestones}
    waiting = [each.code for each in steps.milestones if each.done is not None]
    found: set[str] = set()
    while waiting:
        for code, _ in steps.links.get(waiting.pop(), ()):
            step = known.get(code)
            if step is None or code in found or step.done is not None:
                continue
            if step.kind in {StepKind.PRACTICE, StepKind.LEGAL}:
                found.add(code)
                waiting.append(code)
    return found


def breaks(case: Case, steps: Steps) -> Iterator[Breach]:
    """The first step that has passed, walking back: one in common, one per body.

    The steps before it have passed too; telling them all would say nothing more. But a
    body that has no session in time may find one: what passed before it, and before the
    decisions of all, would break then, and is told as well.
    """
    told = {breach.milestone for breach in steps.breaches}
    late_for = {
        milestone.administration
        for milestone in steps.milestones
        if milestone.code in told and ":" in milestone.code
    }
    files = {
        code
        for each in told
        for code, lead in steps.links.get(each, ())
        if lead.unit == FILING
    }
    passed = [
        milestone
        for milestone in steps.milestones
        if milestone.day < case.on
        and milestone.done is None
        and not milestone.forced
        and milestone.kind is not StepKind.ANCHOR
        and not milestone.code.startswith(FOLLOWING)
        and milestone.code not in told
    ]
    passed.sort(key=lambda each: (each.day, each.code), reverse=True)
    common = [m for m in passed if ":" not in m.code and m.code not in _FOR_ALL]
    own: dict[str, Milestone] = {}
    for milestone in passed:
        if ":" not in milestone.code or milestone.code in files:
            continue
        if not common or milestone.administration not in late_for:
            own.setdefault(milestone.administration, milestone)
    found = [*common[:1], *own.values()]
    if not common:
        found += [each for each in passed if each.code in _FOR_ALL][-1:]
    for milestone in found:
        days = (case.on - milestone.day).days
        yield Breach(
            milestone=milestone.code,
            days=days,
            message=_late(milestone, days),
        )


def _late(milestone: Milestone, days: int) -> Message:
    step, administration = spoken(milestone.label)
    if administration is None:
        return say(
            "“{step}” should have been done by {day}, {days} days ago.",
            step=step,
            day=milestone.day,
            days=days,
        )
    return say(
        "{administration}: “{step}” should have been done by {day}, {days} days ago.",
        administration=administration,
        step=step,
        day=milestone.day,
        days=days,
    )
