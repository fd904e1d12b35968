"""What one plan is made for, and the milestones gathered for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from jointbuy.errors import Arg, Message, say
from jointbuy.law import NO_OWN, OwnValues
from jointbuy.model import (
    Administration,
    Breach,
    CandidateKind,
    Milestone,
    StepKind,
)
from jointbuy.schedule.calendar import end_of_period, is_working_day, next_working_day
from jointbuy.schedule.practice import Practice, usual_practice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jointbuy.model import (
        Adhesion,
        BodyKind,
        Candidate,
        Citation,
        Contract,
        Decision,
        Forced,
        Form,
        FrameworkAgreement,
        Interest,
        Need,
        Order,
        PurchasingCentre,
        Stage,
        StepDone,
        UseDecision,
    )

COMPUTED = ("standstill", "executory_", "validity")
"""Steps that nobody takes: a term runs out."""

FOLLOWING = ("send_", *COMPUTED, "award_notice", "report:")
"""Steps that follow from another one and never break by themselves."""

PERIOD, WORKING_DAYS, FILING = "period", "working_days", "filing"
"""How a time is counted that a text sets, and what a file waits for; else in days."""

Reach = Callable[[date], date]
"""The first day on which a step can be taken, given the day it may be taken from."""

Meeting = Callable[[date, date], date]
"""The first session, given the days from which the file is ready and it may meet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """The step that comes after another one, and how long after it.

    A `period` is one of Regulation 1182/71; `then` are the plain days after it. Where
    it counts to the `filing` the later step is a session.
    """

    to: str
    days: int = 0
    unit: str = ""
    then: int = 0

    def counted(self, day: date) -> date:
        """The first day of the later step, when the earlier one is taken that day."""
        if self.days and self.unit == PERIOD:
            day = end_of_period(day, self.days)
        elif self.days and self.unit == WORKING_DAYS:
            day = end_of_period(day, self.days, unit="working_days")
        else:
            day += timedelta(days=self.days)
        return day + timedelta(days=self.then)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Everything a plan rests on, as values.

    Only the administrations and needs of the candidate count among those given. The
    pilot acts for the others; without one the first participant is planned with.
    `own` are the values of the law that the register sets itself.
    `wanted` is the first day of the contract or, under a framework, of the delivery.
    `answers` are those to the questions of the law, by code; `taken` the steps marked
    done. `procedures` are those that the value allows, the lightest first; `frameworks`
    and `centres` those of the register that could serve instead. Under `urgent` the
    terms of duly justified urgency count. `ready` are the first days on which files
    can be handed in, by step.
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
    orders: tuple[Order, ...] = ()
    decisions: tuple[Decision, ...] = ()
    forced: tuple[Forced, ...] = ()
    practice: Practice = field(default_factory=usual_practice)
    own: OwnValues = field(default_factory=lambda: NO_OWN)
    answers: Mapping[str, str] = field(default_factory=dict)
    taken: tuple[StepDone, ...] = ()
    procedures: tuple[str, ...] = ()
    frameworks: tuple[FrameworkAgreement, ...] = ()
    centres: Mapping[str, PurchasingCentre] = field(default_factory=dict)
    urgent: bool = False
    ready: Mapping[str, date] = field(default_factory=dict)

    @property
    def alone(self) -> bool:
        """Whether one administration buys on its own, with nobody to agree with."""
        separate = self.candidate.kind is CandidateKind.SEPARATE
        return separate and len(self.participants()) == 1

    @property
    def small(self) -> bool:
        """Whether it does so for a low value, which is part of its daily management."""
        return self.alone and self.procedure == "low_value"

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

    def done(self, code: str) -> date | None:
        """The day on which a step was marked done."""
        days = [
            each.on
            for each in self.taken
            if each.milestone == code and each.on <= self.on
        ]
        return days[-1] if days else None

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
    """The milestones and breaches of a case, gathered from the wanted day backwards.

    `links` are the steps each one waits for, with the time between; `reaches` and, for
    sessions, `sessions` say how the days of a step are found forwards; `bodies` which
    body holds the session, `reached` its first session where all come too late.
    `tight` are those whose day is taken or fixed, in time: what follows by habit alone
    moves up to its own last day. `unsure` is what the plan supposes and nobody knows.
    """

    case: Case
    milestones: list[Milestone] = field(default_factory=list)
    breaches: list[Breach] = field(default_factory=list)
    links: dict[str, list[tuple[str, Lead]]] = field(default_factory=dict)
    reaches: dict[str, Reach] = field(default_factory=dict)
    sessions: dict[str, Meeting] = field(default_factory=dict)
    bodies: dict[str, BodyKind] = field(default_factory=dict)
    reached: dict[str, date] = field(default_factory=dict)
    tight: set[str] = field(default_factory=set)
    unsure: list[Message] = field(default_factory=list)

    def day(self, code: str) -> date:
        """The day of a step that was added."""
        return next(each.day for each in self.milestones if each.code == code)

    def has(self, code: str) -> bool:
        """Whether a step was added."""
        return any(each.code == code for each in self.milestones)

    def is_done(self, code: str) -> bool:
        """Whether a step that was added has been taken already."""
        return any(each.code == code and each.done for each in self.milestones)

    def link(self, code: str, *leads: Lead) -> None:
        """Say which steps wait for a step, and how long."""
        for lead in leads:
            self.links.setdefault(lead.to, []).append((code, lead))

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
        leads: Sequence[Lead] = (),
        reach: Reach | None = None,
    ) -> date:
        """Add a step; the day it ends up on, from which the earlier ones are counted.

        A day that somebody fixed goes before the computed one; fixing it later than
        the plan allows is a breach. `leads` are the steps that wait for it; without
        `reach` it can be taken on any day on which its administration works.
        """
        forced = self.case.fixed(code)
        if done is None and kind is not StepKind.ANCHOR:
            done = self.case.done(code)
        if done is not None or kind is StepKind.ANCHOR:
            forced = None
        if forced:
            if forced.day > day:
                self.fixed_too_late(code, label, forced, day)
            day = forced.day
            note = self._doubted(day, kind, administration) or note
        passed = kind is StepKind.PRACTICE and all(self.is_done(x.to) for x in leads)
        if done and done > day and not passed and not code.startswith(FOLLOWING):
            self._done_too_late(code, label, done, day)
        self.link(code, *leads)
        self.reaches[code] = reach or self._working_day(administration)
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
                body=self.bodies.get(code),
            )
        )
        return done or day

    def _working_day(self, administration: str) -> Reach:
        who = self.case.administration(administration) if administration else None
        closed = who.closed if who else ()
        return lambda day: next_working_day(day, closed)

    def _doubted(
        self, day: date, kind: StepKind, administration: str
    ) -> Message | None:
        """What there is to say of a fixed day on which nobody works."""
        who = self.case.administration(administration) if administration else None
        if kind is StepKind.SESSION or is_working_day(day, who.closed if who else ()):
            return None
        return say(
            "{day}, the day that was fixed, is no working day: see that it can be done "
            "then, or fix another.",
            day=day,
        )

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
