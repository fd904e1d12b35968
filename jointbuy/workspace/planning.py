"""The backward plan of a proposal, and what people fix in it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, TypeVar

from jointbuy.errors import Arg, Message, NotInForce, UsageError, named, say
from jointbuy.model import (
    Adhesion,
    Anchor,
    AnchorKind,
    BodyKind,
    Contract,
    Forced,
    Form,
    FrameworkAgreement,
    Interest,
    Order,
    PurchasingCentre,
    StepDone,
    StepKind,
    UseDecision,
)
from jointbuy.workspace.legal import Legal, form_of
from jointbuy.workspace.proposals import FORMS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from jointbuy.model import Candidate, Dossier, Milestone, Need, Plan
    from jointbuy.schedule.case import Case

R = TypeVar("R")

CAUTIOUS = "open"
"""The procedure planned for while the value is not known: it takes the longest."""

START = "start"
ANCHORS = {
    "contract-end": AnchorKind.CONTRACT_END,
    "notice": AnchorKind.NOTICE,
    "interest": AnchorKind.INTEREST,
    "session": AnchorKind.SESSION,
}
"""What the start can rest on beside a typed day, as it is typed."""

SHOWN = 6
"""How many sessions are proposed to rest a start on."""

AHEAD = 366
"""How many days ahead the rhythm of a council is followed for them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnchorChoice:
    """Something the start can rest on: `value` is what `plan` takes.

    `day` is the day it rests on and `start` the start that follows from it. `late` is
    by how many days the plan for that start breaks, 0 where it holds; None where that
    is not known.
    """

    value: str
    title: Message
    anchor: Anchor
    start: date
    late: int | None = None

    @property
    def day(self) -> date:
        """The day the start rests on."""
        return self.anchor.day


@dataclass(frozen=True, slots=True, kw_only=True)
class ByProcedure:
    """The procedure planned with, whether it is European, and those allowed."""

    name: str
    eu_publicity: bool
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Around:
    """The records that plans ask for, found by what asks for them."""

    following: Mapping[str, tuple[Contract, ...]]
    interests: Mapping[str, tuple[Interest, ...]]
    adhesions: Mapping[str, tuple[Adhesion, ...]]
    uses: Mapping[str, tuple[UseDecision, ...]]
    orders: Mapping[str, tuple[Order, ...]]


class Planning(Legal):
    """Backward plans."""

    def plan(
        self,
        text: str,
        *,
        wanted: date | None = None,
        procedure: str = "",
        pilot: str = "",
        anchor: str = "",
    ) -> Plan:
        """The backward plan; what is given is kept when the proposal is retained.

        The start is typed, or rests on an `anchor`: `start=DATE`, or one of `ANCHORS`,
        where there are several with `=` and the id or the day that is meant.

        Raises:
            UsageError: the proposal is to stay separate, the day has passed, or there
                is nothing of the sort that the start could rest on.
        """
        from jointbuy import law

        proposal = self.proposal(text)
        form_of(proposal, named=False)
        dossier, seen = self.dossier(proposal)
        if procedure:
            law.procedure_title(procedure)
        if pilot:
            pilot = self.participant(proposal.candidate, pilot)
        fresh = replace(
            dossier,
            procedure=procedure or dossier.procedure,
            pilot=pilot or dossier.pilot,
        )
        if anchor:
            fresh = self._anchored(fresh, anchor)
        elif wanted is not None:
            fresh = replace(fresh, wanted=wanted, anchor=None)
        if fresh.wanted != dossier.wanted:
            self._ahead(fresh.wanted)
        plan = self.plan_of(fresh)
        if fresh != dossier and proposal.state == "retained":
            self.save(fresh, seen=seen, why=f"plan {dossier.id}")
        return replace(plan, changes=(*proposal.changes, *self._moved(fresh)))

    def _ahead(self, wanted: date | None) -> None:
        if wanted is not None and wanted < self.on:
            raise UsageError(
                say(
                    "The wanted start {wanted} lies before {on}: choose a later day.",
                    wanted=wanted,
                    on=self.on,
                )
            )

    # What the start rests on

    def _anchored(self, dossier: Dossier, typed: str) -> Dossier:
        """The dossier with the start that follows from what was typed."""
        kind, _, value = typed.strip().partition("=")
        kind, value = kind.strip().lower().replace("_", "-"), value.strip()
        if kind == START:
            return replace(dossier, wanted=_read_day(value), anchor=None)
        if kind not in ANCHORS:
            raise UsageError(
                say(
                    "A start cannot rest on “{kind}”. Choose one of: {kinds}.",
                    kind=kind,
                    kinds=", ".join((START, *ANCHORS)),
                )
            )
        case = self.case_of(dossier)
        if ANCHORS[kind] is AnchorKind.SESSION and not value:
            value = self._session_in_time(dossier, case)
        found = _ANCHORING[ANCHORS[kind]](case, value)
        if found.day < self.on:
            raise UsageError(
                say(
                    "{day}, on which the start would rest, has passed: choose another.",
                    day=found.day,
                )
            )
        return replace(dossier, wanted=_start(case, found), anchor=found)

    def anchors(self, text: str) -> tuple[AnchorChoice, ...]:
        """All that the start of a proposal can rest on, each with what follows."""
        proposal = self.proposal(text)
        form_of(proposal, named=False)
        dossier, _ = self.dossier(proposal)
        return tuple(
            replace(each, late=self._late(dossier, each))
            for each in _choices(self.case_of(dossier))
        )

    def _session_in_time(self, dossier: Dossier, case: Case) -> str:
        """The first session from which every step holds, else the one least late."""
        late = {
            each.value: self._late(dossier, each)
            for each in _choices(case)
            if each.anchor.kind is AnchorKind.SESSION
        }
        known = [value for value in late if late[value] is not None] or list(late)
        best = min(known, key=lambda value: late[value] or 0, default="")
        return best.partition("=")[2]

    def _late(self, dossier: Dossier, choice: AnchorChoice) -> int | None:
        fresh = replace(dossier, wanted=choice.start, anchor=choice.anchor)
        try:
            plan = self.plan_of(fresh, remedies=False)
        except (UsageError, NotInForce):
            return None
        if not plan.breaches and plan.unsure:
            return None
        return max((each.days for each in plan.breaches), default=0)

    def _moved(self, dossier: Dossier) -> Iterator[Message]:
        """Whether the day that the start rests on is another one by now."""
        anchor = dossier.anchor
        if anchor is None:
            return
        contract = self.kept(Contract).get(anchor.subject)
        framework = self.kept(FrameworkAgreement).get(anchor.subject)
        now: date | None = anchor.day
        if anchor.kind is AnchorKind.CONTRACT_END:
            now = contract.end if contract else None
        elif anchor.kind is AnchorKind.NOTICE:
            now = contract.notice if contract else None
        elif anchor.kind is AnchorKind.INTEREST:
            now = framework.interest_deadline if framework else None
        if now is None:
            yield say(
                "The start rests on {day}, a day that is not recorded any more: plan "
                "again.",
                day=anchor.day,
            )
        elif now != anchor.day:
            yield say(
                "The start rests on {day}, which was moved to {now} since: plan again.",
                day=anchor.day,
                now=now,
            )

    # What people fix

    def force_step(self, text: str, step: str, day: date, *, why: str) -> Plan:
        """Fix the day of a step, with the reason; the earlier steps count from it.

        Raises:
            UsageError: there is no such step, it is done, nobody here sets its day,
                the day has passed, there is no reason, or it was not retained.
        """
        if not why.strip():
            raise UsageError(say("Say why this day is fixed."))
        if day < self.on:
            raise UsageError(
                say(
                    "{day} has passed: a day is fixed ahead. Note a step that was "
                    "done as done.",
                    day=day,
                )
            )

        def change(dossier: Dossier, plan: Plan) -> Dossier:
            found = _step(plan, step)
            _can_be_set(found)
            others = [each for each in dossier.forced if each.milestone != found.code]
            fixed = Forced(milestone=found.code, day=day, why=why.strip())
            return replace(dossier, forced=(*others, fixed))

        return self._fixing(text, change)

    def free_step(self, text: str, step: str) -> Plan:
        """Have the day of a step computed again.

        Raises:
            UsageError: no day was fixed for it, or it was not retained.
        """

        def change(dossier: Dossier, _plan: Plan) -> Dossier:
            kept = tuple(each for each in dossier.forced if each.milestone != step)
            if len(kept) == len(dossier.forced):
                raise UsageError(
                    say(
                        "No day was fixed for “{step}”. Fixed are: {steps}.",
                        step=step,
                        steps=_named(each.milestone for each in dossier.forced),
                    )
                )
            return replace(dossier, forced=kept)

        return self._fixing(text, change)

    def step_done(self, text: str, step: str, day: date, *, note: str = "") -> Plan:
        """Note that a step was taken, where no body decides on it.

        Raises:
            UsageError: there is no such step, a body decides on it, nobody here takes
                it, the day is still to come, or it was not retained.
        """
        if day > self.on:
            raise UsageError(
                say("{day} is still to come: a step is noted once it is done.", day=day)
            )

        def change(dossier: Dossier, plan: Plan) -> Dossier:
            found = _step(plan, step)
            if found.kind is StepKind.SESSION:
                raise UsageError(
                    say(
                        "On “{step}” a body decides: record its decision with "
                        "`decide {id}`.",
                        step=found.label,
                        id=dossier.id,
                    )
                )
            _can_be_set(found, again=True)
            others = [each for each in dossier.done if each.milestone != found.code]
            made = StepDone(
                milestone=found.code, on=day, by=self.user, note=note.strip()
            )
            return replace(dossier, done=(*others, made))

        return self._fixing(text, change)

    def step_open(self, text: str, step: str) -> Plan:
        """Take back that a step was done.

        Raises:
            UsageError: it was not noted as done, or it was not retained.
        """

        def change(dossier: Dossier, _plan: Plan) -> Dossier:
            kept = tuple(each for each in dossier.done if each.milestone != step)
            if len(kept) == len(dossier.done):
                raise UsageError(
                    say(
                        "“{step}” was not noted as done. Noted are: {steps}.",
                        step=step,
                        steps=_named(each.milestone for each in dossier.done),
                    )
                )
            return replace(dossier, done=kept)

        return self._fixing(text, change)

    def _fixing(self, text: str, change: Callable[[Dossier, Plan], Dossier]) -> Plan:
        """The plan after a change of what is fixed in it, which is kept."""
        proposal = self.proposal(text)
        form_of(proposal, named=False)
        if proposal.state != "retained":
            raise UsageError(
                say(
                    "{id} was not retained: retain it before anything is fixed in its "
                    "plan.",
                    id=proposal.candidate.id,
                )
            )
        dossier, seen = self.dossier(proposal)
        fresh = change(dossier, self.plan_of(dossier, cautious=True, remedies=False))
        plan = self.plan_of(fresh)
        if fresh != dossier:
            self.save(fresh, seen=seen, why=f"plan {dossier.id}")
        return replace(plan, changes=(*proposal.changes, *self._moved(fresh)))

    # Planning

    def plan_of(
        self, dossier: Dossier, *, cautious: bool = False, remedies: bool = True
    ) -> Plan:
        """The plan of a dossier as it stands.

        When `cautious`, thresholds that are not known yet mean the longest procedure.
        Without `remedies` it is not said what would help where a step breaks.

        Raises:
            NotInForce: they are not known on that day.
        """
        from jointbuy.schedule.backplan import backplan

        case = self.case_of(dossier, cautious=cautious, around=remedies)
        return replace(backplan(case, remedies=remedies), anchor=dossier.anchor)

    def case_of(
        self, dossier: Dossier, *, cautious: bool = False, around: bool = True
    ) -> Case:
        """All that the plan of a dossier rests on; `around` what could serve instead.

        Raises:
            NotInForce: as for the plan.
        """
        from jointbuy.schedule.case import Case

        candidate = self.standing(dossier.candidate)
        framework = self.kept(FrameworkAgreement).get(candidate.framework)
        centres = self.kept(PurchasingCentre)
        known = self._known_around()
        needs = self.members(candidate)
        try:
            procedure = self.procedures_for(dossier)
        except NotInForce:
            if not cautious:
                raise
            procedure = ByProcedure(
                name=dossier.procedure or CAUTIOUS, eu_publicity=True
            )
        return Case(
            candidate=candidate,
            form=dossier.form or FORMS.get(candidate.kind, Form.JOINT_CONTRACT),
            wanted=dossier.wanted or candidate.launch or self.on,
            on=self.on,
            administrations=self.participants(candidate),
            pilot=self.pilot_of(dossier, candidate),
            procedure=procedure.name,
            eu_publicity=procedure.eu_publicity,
            needs=needs,
            contracts=self._contracts_before(needs, known),
            framework=framework,
            centre=centres.get(framework.centre) if framework else None,
            interests=(
                tuple(self.kept(Interest).values())
                if around
                else known.interests.get(candidate.framework, ())
            ),
            adhesions=(
                tuple(self.kept(Adhesion).values())
                if around
                else known.adhesions.get(framework.centre if framework else "", ())
            ),
            uses=(
                tuple(self.kept(UseDecision).values())
                if around
                else known.uses.get(candidate.framework, ())
            ),
            orders=(
                tuple(self.kept(Order).values())
                if around
                else known.orders.get(candidate.framework, ())
            ),
            decisions=dossier.decisions,
            forced=dossier.forced,
            practice=self.practice(),
            own=self.own_law(),
            answers={each.question: each.value for each in dossier.answers},
            taken=dossier.done,
            procedures=procedure.allowed,
            frameworks=(
                tuple(self.kept(FrameworkAgreement).values()) if around else ()
            ),
            centres=centres if around else {},
        )

    def _contracts_before(
        self, needs: Iterable[Need], known: _Around
    ) -> tuple[Contract, ...]:
        """The running contracts that these needs take over from."""
        every = self.kept(Contract)
        found: dict[str, Contract] = {}
        for need in needs:
            if need.replaces in every:
                found[need.replaces] = every[need.replaces]
            found |= {each.id: each for each in known.following.get(need.id, ())}
        return tuple(found.values())

    def _known_around(self) -> _Around:
        """What plans ask for, found anew once one of these records has changed."""
        kinds = (Contract, Interest, Adhesion, UseDecision, Order)
        known: _Around | None = self.recalled("around", kinds)
        if known is not None:
            return known
        made = _Around(
            following=_by(self.kept(Contract).values(), lambda c: c.successor),
            interests=_by(self.kept(Interest).values(), lambda i: i.framework),
            adhesions=_by(self.kept(Adhesion).values(), lambda a: a.centre),
            uses=_by(self.kept(UseDecision).values(), lambda u: u.framework),
            orders=_by(self.kept(Order).values(), lambda o: o.framework),
        )
        return self.remember("around", kinds, made)

    @staticmethod
    def pilot_of(dossier: Dossier, candidate: Candidate) -> str:
        """The administration that acts for the others; the first until one is named."""
        administrations = candidate.administrations
        if dossier.pilot in administrations:
            return dossier.pilot
        return administrations[0] if administrations else ""

    def procedure_of(self, dossier: Dossier) -> tuple[str, bool]:
        """The procedure chosen, else the lightest for the whole value; if European."""
        found = self.procedures_for(dossier)
        return found.name, found.eu_publicity

    def procedures_for(self, dossier: Dossier) -> ByProcedure:
        """The procedure chosen, else the lightest, with all that the value allows.

        None is known to be allowed where an estimate is missing.
        """
        from jointbuy import law

        needs = self.members(dossier.candidate)
        nature = dossier.candidate.nature or next((n.nature for n in needs), None)
        estimates = [need.estimate for need in needs if need.estimate is not None]
        if nature is None or not needs or len(estimates) < len(needs):
            return ByProcedure(name=dossier.procedure or CAUTIOUS, eu_publicity=True)
        allowed = law.procedures(
            nature,
            sum(estimates, start=0 * estimates[0]),
            dossier.expenditure,
            on=self.on,
            own=self.own_law(),
        )
        lightest = allowed.procedures[0].name if allowed.procedures else CAUTIOUS
        return ByProcedure(
            name=dossier.procedure or lightest,
            eu_publicity=allowed.eu_publicity,
            allowed=allowed.names,
        )


# The steps of a plan


def steps_to_force(plan: Plan) -> tuple[Milestone, ...]:
    """The steps for which a day can be fixed."""
    return tuple(each for each in plan.milestones if _why_not(each) is None)


def steps_to_do(plan: Plan) -> tuple[Milestone, ...]:
    """The steps that can be noted as done."""
    return tuple(
        each for each in steps_to_force(plan) if each.kind is not StepKind.SESSION
    )


def _step(plan: Plan, code: str) -> Milestone:
    """The step with that code, or the only one whose code begins so."""
    code = code.strip()
    found = [each for each in plan.milestones if each.code == code]
    found = found or [each for each in plan.milestones if each.code.startswith(code)]
    if code and len(found) == 1:
        return found[0]
    choice = found or plan.milestones
    raise UsageError(
        say(
            "The plan has no one step “{step}”. Choose one of: {steps}.",
            step=code,
            steps=", ".join(each.code for each in choice),
        )
    )


def _can_be_set(step: Milestone, *, again: bool = False) -> None:
    why = _why_not(replace(step, done=None) if again else step)
    if why is not None:
        raise UsageError(why)


def _why_not(step: Milestone) -> Message | None:
    """Why nobody sets the day of a step, if so."""
    from jointbuy.schedule.case import COMPUTED

    if step.done is not None:
        return say(
            "“{step}” was done on {day}: no other day can be fixed for it.",
            step=step.label,
            day=step.done,
        )
    if step.code == START:
        return say("The start is not fixed so: change the wanted day or the anchor.")
    if step.kind is StepKind.ANCHOR:
        return say(
            "“{step}” is a day that is recorded elsewhere: change it there.",
            step=step.label,
        )
    if step.code.startswith(COMPUTED):
        return say(
            "“{step}” follows from another step: a term runs out, nobody sets its day.",
            step=step.label,
        )
    return None


def _named(codes: Iterable[str]) -> str:
    return ", ".join(codes) or "–"


def _by(found: Iterable[R], key: Callable[[R], str]) -> Mapping[str, tuple[R, ...]]:
    grouped: dict[str, list[R]] = {}
    for each in found:
        if id_ := key(each):
            grouped.setdefault(id_, []).append(each)
    return {id_: tuple(rows) for id_, rows in grouped.items()}


# What a start can rest on


def _start(case: Case, anchor: Anchor) -> date:
    """The start that follows from a day: the day after an end, or counted forwards."""
    from jointbuy.schedule.holding import start_from

    if anchor.kind is AnchorKind.CONTRACT_END:
        return anchor.day + timedelta(days=1)
    if anchor.kind is AnchorKind.INTEREST:
        pinned = {f"interest:{each.id}": anchor.day for each in case.participants()}
    else:
        pinned = dict.fromkeys(_councils(case), anchor.day)
    return start_from(case, pinned)


def _councils(case: Case) -> tuple[str, ...]:
    """The steps on which the councils, or who decides for them, decide."""
    which = ("adhesion", "use") if case.form is Form.PURCHASING_CENTRE else ("council",)
    return tuple(f"{name}:{each.id}" for name in which for each in case.participants())


def _at_end(case: Case, value: str) -> Anchor:
    contract, day = _contract(case, value, "end")
    return Anchor(kind=AnchorKind.CONTRACT_END, day=day, subject=contract.id)


def _at_notice(case: Case, value: str) -> Anchor:
    contract, day = _contract(case, value, "notice")
    return Anchor(kind=AnchorKind.NOTICE, day=day, subject=contract.id)


def _contract(case: Case, value: str, field: str) -> tuple[Contract, date]:
    """The contract that is meant, else the one whose day comes first."""
    dated: list[tuple[date, Contract]] = [
        (day, each)
        for each in case.running()
        if (day := getattr(each, field)) is not None and (not value or each.id == value)
    ]
    if not dated:
        known = _named(each.id for each in case.running())
        if field == "end":
            raise UsageError(
                say(
                    "No running contract that these needs replace has an end there: "
                    "record it in the contract, or in the need what it replaces. "
                    "Replaced are: {ids}.",
                    ids=known,
                )
            )
        raise UsageError(
            say(
                "No running contract that these needs replace has a notice day there: "
                "record it in the contract, or in the need what it replaces. Replaced "
                "are: {ids}.",
                ids=known,
            )
        )
    day, contract = min(dated, key=lambda pair: (pair[0], pair[1].id))
    return contract, day


def _at_interest(case: Case, _value: str) -> Anchor:
    framework = case.framework
    if framework is None or case.form is not Form.PURCHASING_CENTRE:
        raise UsageError(
            say("No interest is marked here: this is no use of a framework agreement.")
        )
    if framework.interest_deadline is None:
        raise UsageError(
            say(
                "The framework agreement has no interest deadline: record it with "
                "`frameworks edit {id}`.",
                id=framework.id,
            )
        )
    return Anchor(
        kind=AnchorKind.INTEREST, day=framework.interest_deadline, subject=framework.id
    )


def _at_session(case: Case, value: str) -> Anchor:
    known = _sessions(case)
    if not known:
        raise UsageError(
            say(
                "No session ahead is registered for a council that takes part: "
                "register them first."
            )
        )
    day = _read_day(value) if value else known[0]
    if day not in known:
        raise UsageError(
            say(
                "No council that takes part meets on {day}. Its next sessions: {days}.",
                day=day,
                days=", ".join(each.isoformat() for each in known[:SHOWN]),
            )
        )
    return Anchor(kind=AnchorKind.SESSION, day=day)


def _sessions(case: Case) -> list[date]:
    """The sessions ahead of the councils that take part, fixed or by their rhythm."""
    from jointbuy.schedule.rhythm import expected_days, fixed_days

    last = case.on + timedelta(days=AHEAD)
    return sorted(
        {
            day
            for who in case.participants()
            for body in who.bodies
            if body.kind is BodyKind.COUNCIL
            for day in (
                *fixed_days(body),
                *(each.day for each in expected_days(body, case.on, last, who.closed)),
            )
            if day >= case.on
        }
    )


_ANCHORING: dict[AnchorKind, Callable[[Case, str], Anchor]] = {
    AnchorKind.CONTRACT_END: _at_end,
    AnchorKind.NOTICE: _at_notice,
    AnchorKind.INTEREST: _at_interest,
    AnchorKind.SESSION: _at_session,
}


def _choices(case: Case) -> Iterator[AnchorChoice]:
    for contract in case.running():
        for day, kind, word_ in (
            (contract.end, AnchorKind.CONTRACT_END, "contract-end"),
            (contract.notice, AnchorKind.NOTICE, "notice"),
        ):
            if day is not None and day >= case.on:
                anchor = Anchor(kind=kind, day=day, subject=contract.id)
                yield _choice(case, anchor, f"{word_}={contract.id}", contract.title)
    if case.form is Form.PURCHASING_CENTRE and case.framework is not None:
        day = case.framework.interest_deadline
        if day is not None and day >= case.on:
            anchor = Anchor(
                kind=AnchorKind.INTEREST, day=day, subject=case.framework.id
            )
            yield _choice(case, anchor, "interest", named(case.framework.title))
    for day in _sessions(case)[:SHOWN]:
        anchor = Anchor(kind=AnchorKind.SESSION, day=day)
        yield _choice(case, anchor, f"session={day.isoformat()}", "")


def _choice(case: Case, anchor: Anchor, value: str, of: str | Arg) -> AnchorChoice:
    return AnchorChoice(
        value=value,
        title=anchor_said(anchor, of),
        anchor=anchor,
        start=_start(case, anchor),
    )


def anchor_said(anchor: Anchor, of: str | Arg = "") -> Message:
    """What a start rests on, in one sentence; `of` is what the contract is called."""
    subject = of or anchor.subject
    match anchor.kind:
        case AnchorKind.CONTRACT_END:
            return say("The day after “{contract}” ends", contract=subject)
        case AnchorKind.NOTICE:
            return say(
                "Decided by the day on which notice of “{contract}” can be given",
                contract=subject,
            )
        case AnchorKind.INTEREST:
            return say(
                "Interest marked by its last day – {framework}", framework=subject
            )
    return say("Decided by the councils on {day}", day=anchor.day)


def _read_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(
            say("“{text}” is not a day: write 2027-11-02.", text=text)
        ) from None
