"""What one plan is made for, and the milestones gathered for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from jointbuy.errors import Arg, Message, say
from jointbuy.law import NO_OWN, OwnValues
from jointbuy.model import Administration, Breach, Milestone, StepKind
from jointbuy.schedule.practice import Practice, usual_practice

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from jointbuy.model import (
        Adhesion,
        Candidate,
        Citation,
        Contract,
        Decision,
        Forced,
        Form,
        FrameworkAgreement,
        Interest,
        Need,
        PurchasingCentre,
        Stage,
        UseDecision,
    )

FOLLOWING = ("send_", "standstill", "executory_")
"""Steps that follow from another one and never break by themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Everything a plan rests on, as values.

    Only the administrations and needs of the candidate count among those given. The
    pilot acts for the others; without one the first participant is planned with.
    `own` are the values of the law that the register sets itself.
    `wanted` is the first day of the contract or, under a framework, of the delivery.
    """

    candidate: Candidate
    form: Form
    wanted: date
    on: date
    administrations: tuple[Administration, ...]
    pilot: str = ""
    procedure: str = "open"
    eu_publicity: bool = False
    needs: tuple[Need, ...] = ()
    contracts: tuple[Contract, ...] = ()
    framework: FrameworkAgreement | None = None
    centre: PurchasingCentre | None = None
    interests: tuple[Interest, ...] = ()
    adhesions: tuple[Adhesion, ...] = ()
    uses: tuple[UseDecision, ...] = ()
    decisions: tuple[Decision, ...] = ()
    forced: tuple[Forced, ...] = ()
    practice: Practice = field(default_factory=usual_practice)
    own: OwnValues = field(default_factory=lambda: NO_OWN)

    def participants(self) -> tuple[Administration, ...]:
        """The administrations of the candidate, in its order.

        One that is not among those given is planned with as far as its id goes.
        """
        if not self.candidate.administrations:
            return self.administrations
        known = {each.id: each for each in self.administrations}
        return tuple(
            known.get(key) or Administration(id=key)
            for key in self.candidate.administrations
        )

    def own_needs(self) -> tuple[Need, ...]:
        """The needs of the candidate."""
        wanted = set(self.candidate.needs)
        return tuple(need for need in self.needs if need.id in wanted)

    def administration(self, key: str) -> Administration | None:
        """The participant with that id."""
        return next((each for each in self.participants() if each.id == key), None)

    def running(self) -> tuple[Contract, ...]:
        """The running contracts that the needs of the candidate replace."""
        replaced = {need.replaces for need in self.own_needs() if need.replaces}
        needs = set(self.candidate.needs)
        return tuple(
            contract
            for contract in self.contracts
            if contract.id in replaced or contract.successor in needs
        )

    def fixed(self, code: str) -> Forced | None:
        """The day somebody fixed for that milestone."""
        return next((each for each in self.forced if each.milestone == code), None)

    def entry(self, contract: Contract) -> date:
        """The day on which the need that replaces the contract enters."""
        takers = {need.id for need in self.own_needs() if need.replaces == contract.id}
        takers.add(contract.successor)
        days = [each.on for each in self.candidate.entries if each.need in takers]
        return max((*days, self.wanted))

    def decision(
        self, code: str, administration: str, stages: Sequence[Stage]
    ) -> Decision | None:
        """The last decision recorded for a milestone, by its code or its stage.

        Of two on the same day the one recorded last counts.
        """
        found = [
            each
            for each in self.decisions
            if each.on <= self.on
            and each.administration == administration
            and (each.milestone == code if each.milestone else each.stage in stages)
        ]
        found.sort(key=lambda each: each.on)
        return found[-1] if found else None


@dataclass(slots=True, kw_only=True)
class Steps:
    """The milestones and breaches of a case, gathered from the wanted day backwards."""

    case: Case
    milestones: list[Milestone] = field(default_factory=list)
    breaches: list[Breach] = field(default_factory=list)

    def day(self, code: str) -> date:
        """The day of a step that was added."""
        return next(each.day for each in self.milestones if each.code == code)

    def is_done(self, code: str) -> bool:
        """Whether a step that was added has been taken already."""
        return any(each.code == code and each.done for each in self.milestones)

    def put(
        self,
        code: str,
        label: Message,
        day: date,
        kind: StepKind,
        *,
        administration: str = "",
        days: int | None = None,
        basis: tuple[Citation, ...] = (),
        note: Message | None = None,
        done: date | None = None,
    ) -> date:
        """Add a step; the day it ends up on, from which the earlier ones are counted.

        A day that somebody fixed goes before the computed one; fixing it later than
        the plan allows is a breach.
        """
        forced = self.case.fixed(code)
        if done is not None or kind is StepKind.ANCHOR:
            forced = None
        if forced:
            if forced.day > day:
                self.fixed_too_late(code, label, forced, day)
            day = forced.day
        if done and done > day:
            self._done_too_late(code, label, done, day)
        self.milestones.append(
            Milestone(
                code=code,
                label=label,
                day=done or day,
                kind=kind,
                administration=administration,
                days=days,
                basis=basis,
                slack=((done or day) - self.case.on).days,
                forced=forced is not None,
                why=forced.why if forced else "",
                note=note,
                done=done,
            )
        )
        return done or day

    def _done_too_late(self, code: str, label: Message, done: date, day: date) -> None:
        late = (done - day).days
        step, administration = spoken(label)
        message = say(
            "“{step}” was done on {done}, {days} days later than the plan allows "
            "({day}).",
            step=step,
            done=done,
            days=late,
            day=day,
        )
        if administration is not None:
            message = say(
                "{administration}: “{step}” was done on {done}, {days} days later than "
                "the plan allows ({day}).",
                administration=administration,
                step=step,
                done=done,
                days=late,
                day=day,
            )
        self.breach(code, late, message)

    def fixed_too_late(
        self, code: str, label: Message, forced: Forced, day: date
    ) -> None:
        """Add the breach of a day that somebody fixed after the last possible one."""
        late = (forced.day - day).days
        step, administration = spoken(label)
        message = say(
            "“{step}” was fixed on {forced}, {days} days later than the plan allows "
            "({day}).",
            step=step,
            forced=forced.day,
            days=late,
            day=day,
        )
        if administration is not None:
            message = say(
                "{administration}: “{step}” was fixed on {forced}, {days} days later "
                "than the plan allows ({day}).",
                administration=administration,
                step=step,
                forced=forced.day,
                days=late,
                day=day,
            )
        remedy = say("Fix it on {day} or earlier.", day=day)
        self.breach(code, late, message, remedy)

    def breach(
        self, milestone: str, days: int, message: Message, *remedies: Message
    ) -> None:
        """Add a breach, with the remedies that are its own."""
        self.breaches.append(
            Breach(milestone=milestone, days=days, message=message, remedies=remedies)
        )


def spoken(label: Message) -> tuple[Arg | Message, Arg | None]:
    """The step and the administration of a label, each to be translated by itself."""
    gaps = {gap.name: gap for gap in label.args}
    return gaps.get("step", label), gaps.get("administration")
