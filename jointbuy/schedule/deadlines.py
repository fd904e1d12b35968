"""Every day not to miss in a register, and who must act.

Nothing here is stored: the same records give the same deadlines, and what has been
settled drops out by itself.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from jointbuy.centres import InterestStatus, identified, interest_state
from jointbuy.centres.eligibility import Known
from jointbuy.errors import Arg, Message, say
from jointbuy.model import AdhesionStatus, Deadline, Level, NeedStatus, StepKind
from jointbuy.schedule.case import FOLLOWING
from jointbuy.schedule.names import named
from jointbuy.schedule.practice import usual_practice

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from jointbuy.model import (
        Adhesion,
        Administration,
        ContactPerson,
        Contract,
        Dossier,
        FrameworkAgreement,
        Interest,
        Milestone,
        Need,
        Plan,
        PurchasingCentre,
    )
    from jointbuy.schedule.practice import Practice

_LEVELS = ((7, Level.WEEK), (30, Level.MONTH), (90, Level.QUARTER))
"""The longest distance in days of each level, from the day itself."""

_OPEN_ADHESIONS = (
    AdhesionStatus.PROPOSED,
    AdhesionStatus.CONDITIONAL,
    AdhesionStatus.POSTPONED,
    AdhesionStatus.IN_REGULARISATION,
    AdhesionStatus.NOT_COUNTED,
)
_BOUND = say(
    "After this day the contract may be renewed and bind the administration further."
)
_TAKEN_OVER = say("The contract or need that takes over is recorded.")
_UNRENEWED = say(
    "Without a decision to renew, nothing is recorded that takes over: supplies or "
    "services may be interrupted."
)
_INTERRUPTED = say(
    "Nothing is recorded that takes over: supplies or services may be interrupted."
)
_UNPREPARED = say(
    "No proposal is retained for this need: a procedure must be prepared, or the days "
    "of the need corrected."
)
_JOINED = (AdhesionStatus.ADHERED, AdhesionStatus.CONDITIONAL)


def deadlines(
    *,
    on: date,
    needs: Sequence[Need] = (),
    contracts: Sequence[Contract] = (),
    frameworks: Sequence[FrameworkAgreement] = (),
    centres: Sequence[PurchasingCentre] = (),
    interests: Sequence[Interest] = (),
    adhesions: Sequence[Adhesion] = (),
    administrations: Sequence[Administration] = (),
    contacts: Sequence[ContactPerson] = (),
    plans: Sequence[Plan] = (),
    dossiers: Sequence[Dossier] = (),
    sequences: Mapping[str, int] | None = None,
    practice: Practice | None = None,
) -> tuple[Deadline, ...]:
    """The deadlines of the register on that day, the nearest first.

    A missed interest deadline stays until the framework agreement is launched, a missed
    step of a plan until it is done or the plan changes; any other day that has passed
    is reported for `passed_days` more. The steps of a plan that is no longer retained
    come back as cancelled while they lie ahead, so that agendas strike them out.

    Plans belong to a dossier by their candidate; `sequences` gives, by id of a record,
    how often it was changed. Only the administrations given are looked at for interest.
    """
    watch = _Watch(
        on=on,
        centres={centre.id: centre for centre in centres},
        administrations={each.id: each for each in administrations},
        people=_people(contacts),
        sequences=sequences or {},
        practice=practice or usual_practice(),
    )
    interests = tuple(interests)
    found = [
        *_of_contracts(watch, contracts),
        *_of_interests(watch, frameworks, interests),
        *_of_adhesions(watch, adhesions),
        *_of_framework_ends(watch, frameworks, interests, adhesions),
        *_of_needs(watch, needs, dossiers),
    ]
    known = {each.id for each in found}
    found.extend(_of_plans(watch, dossiers, plans, known))
    return tuple(sorted(found, key=lambda each: (each.day, each.id)))


def within(found: Iterable[Deadline], days: int, *, on: date) -> tuple[Deadline, ...]:
    """Those of the next `days` days, the last one included, and what is overdue."""
    last = on + timedelta(days=days)
    return tuple(deadline for deadline in found if deadline.day <= last)


def level(day: date, on: date) -> Level:
    """How near a day is: the day itself is not overdue yet."""
    ahead = (day - on).days
    if ahead < 0:
        return Level.OVERDUE
    return next((near for most, near in _LEVELS if ahead <= most), Level.LATER)


def main_contact(
    administration: str, contacts: Sequence[ContactPerson], on: date
) -> ContactPerson | None:
    """The main contact of the administration on that day; a departure is followed.

    Among several the one who started last. None when nobody is active.
    """
    return _main(_people(contacts), administration, on)


@dataclass(frozen=True, slots=True, kw_only=True)
class _People:
    """The contact persons by id, and the main ones of each administration."""

    by_id: Mapping[str, ContactPerson]
    main: Mapping[str, Sequence[ContactPerson]]


def _people(contacts: Iterable[ContactPerson]) -> _People:
    by_id: dict[str, ContactPerson] = {}
    main: dict[str, list[ContactPerson]] = {}
    for person in contacts:
        by_id[person.id] = person
        if not person.service:
            main.setdefault(person.administration, []).append(person)
    return _People(by_id=by_id, main=main)


def _main(people: _People, administration: str, on: date) -> ContactPerson | None:
    main = people.main.get(administration, ())
    active = [person for person in main if _active(person, on)]
    if active:
        return max(active, key=lambda each: (str(each.active_from or ""), each.id))
    for person in sorted(
        main, key=lambda each: (str(each.active_until or ""), each.id), reverse=True
    ):
        if found := _successor(person, people.by_id, on):
            return found
    return None


def _followed(people: _People, contact: str, on: date) -> ContactPerson | None:
    """The person with that id if active on that day, else who took over from them."""
    person = people.by_id.get(contact)
    if person is None or _active(person, on):
        return person
    return _successor(person, people.by_id, on)


def _successor(
    person: ContactPerson, by_id: Mapping[str, ContactPerson], on: date
) -> ContactPerson | None:
    seen = {person.id}
    while person.successor in by_id and person.successor not in seen:
        person = by_id[person.successor]
        if _active(person, on):
            return person
        seen.add(person.id)
    return None


def _active(person: ContactPerson, on: date) -> bool:
    started = person.active_from is None or person.active_from <= on
    return started and (person.active_until is None or on <= person.active_until)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Watch:
    """What every deadline is written with."""

    on: date
    centres: Mapping[str, PurchasingCentre]
    administrations: Mapping[str, Administration]
    people: _People
    sequences: Mapping[str, int]
    practice: Practice

    def deadline(
        self,
        kind: str,
        record: str,
        administration: str,
        day: date,
        *,
        what: Message,
        consequence: Message | None = None,
        part: str = "",
        contact: str = "",
    ) -> Deadline:
        """A deadline with its level and who must act, on the day or, later, now.

        The `contact` named, or who took over from them, goes before the main one.
        """
        when = max(day, self.on)
        person = (
            _followed(self.people, contact, when)
            or _followed(self.people, contact, self.on)
            or _main(self.people, administration, when)
            or _main(self.people, administration, self.on)
        )
        return Deadline(
            id=":".join(bit for bit in (kind, record, part, administration) if bit),
            day=day,
            what=what,
            level=level(day, self.on),
            administration=administration,
            contact=person.id if person else "",
            consequence=consequence,
            subject=record,
            kind=kind,
            sequence=self.sequences.get(record, 0),
        )

    def reported(self, day: date) -> bool:
        """Whether the day lies ahead or has passed not long ago."""
        return day >= self.on - timedelta(days=self.practice.passed_days)


def _of_contracts(watch: _Watch, contracts: Sequence[Contract]) -> Iterator[Deadline]:
    for contract in contracts:
        renewable = bool(contract.renewals_left)
        ended = contract.end is not None and contract.end < watch.on
        if contract.notice and not ended and watch.reported(contract.notice):
            yield watch.deadline(
                "contract_notice",
                contract.id,
                contract.administration,
                contract.notice,
                what=say(
                    "Give notice or refuse the renewal – {title}", title=contract.title
                )
                if renewable
                else say("Give notice – {title}", title=contract.title),
                consequence=_BOUND,
            )
        if contract.end is None or not watch.reported(contract.end):
            continue
        if renewable and contract.notice is None and not ended:
            yield _renewal(watch, contract, contract.end)
        if ended and contract.successor:
            continue
        yield watch.deadline(
            "contract_end",
            contract.id,
            contract.administration,
            contract.end,
            what=say("Contract ends – {title}", title=contract.title),
            consequence=_consequence_of_the_end(contract),
        )


def _renewal(watch: _Watch, contract: Contract, end: date) -> Deadline:
    return watch.deadline(
        "contract_renewal",
        contract.id,
        contract.administration,
        end - timedelta(days=watch.practice.renewal_days),
        what=say("Decide on the renewal – {title}", title=contract.title),
        consequence=say(
            "The contract ends on {end}; there must be time left for another "
            "procedure. Record the day of notice if the contract fixes one.",
            end=end,
        ),
    )


def _consequence_of_the_end(contract: Contract) -> Message:
    if contract.successor:
        return _TAKEN_OVER
    if contract.renewals_left:
        return _UNRENEWED
    return _INTERRUPTED


def _of_interests(
    watch: _Watch,
    frameworks: Sequence[FrameworkAgreement],
    interests: Sequence[Interest],
) -> Iterator[Deadline]:
    asked = {(each.framework, each.administration): each for each in interests}
    for framework in frameworks:
        if framework.launch is not None and framework.launch <= watch.on:
            continue
        centre = watch.centres.get(framework.centre)
        for administration in watch.administrations.values():
            interest = asked.get((framework.id, administration.id))
            known = identified(framework, administration, centre, watch.on)
            if interest is None and known.answer is not Known.YES:
                continue
            yield from _interest(watch, framework, administration.id, interest)


def _interest(
    watch: _Watch,
    framework: FrameworkAgreement,
    administration: str,
    interest: Interest | None,
) -> Iterator[Deadline]:
    state = interest_state(interest, framework, watch.on).status
    if state in {
        InterestStatus.YES,
        InterestStatus.YES_WITHOUT_MAXIMUM,
        InterestStatus.NO,
    }:
        return
    closing = framework.interest_deadline
    due = interest.due if interest else None
    if closing is not None and _still_open(watch, framework, closing):
        yield watch.deadline(
            "framework_interest",
            framework.id,
            administration,
            closing,
            what=say("Mark interest – {framework}", framework=_title(framework)),
            consequence=say(
                "No answer counts as no, and the framework agreement is closed to you "
                "after its launch."
            ),
        )
    if interest and due and due != closing and _still_open(watch, framework, due):
        yield watch.deadline(
            "interest_due",
            interest.id,
            administration,
            due,
            what=say("Answer the centre – {framework}", framework=_title(framework)),
            consequence=say("No answer by this day counts as no."),
        )


def _still_open(watch: _Watch, framework: FrameworkAgreement, day: date) -> bool:
    """A missed interest counts until the launch; without one, a while."""
    return framework.launch is not None or watch.reported(day)


def _of_adhesions(watch: _Watch, adhesions: Sequence[Adhesion]) -> Iterator[Deadline]:
    for adhesion in adhesions:
        if adhesion.due is None or adhesion.status not in _OPEN_ADHESIONS:
            continue
        if not watch.reported(adhesion.due):
            continue
        yield watch.deadline(
            "adhesion_due",
            adhesion.id,
            adhesion.administration,
            adhesion.due,
            what=say(
                "Decide on joining – {centre}",
                centre=_centre(watch, adhesion.centre),
            ),
            consequence=say(
                "Without the decision of the competent body and a signed convention no "
                "order can be placed through the centre."
            ),
        )


def _of_framework_ends(
    watch: _Watch,
    frameworks: Sequence[FrameworkAgreement],
    interests: Sequence[Interest],
    adhesions: Sequence[Adhesion],
) -> Iterator[Deadline]:
    marked = {
        (each.framework, each.administration) for each in interests if _said_yes(each)
    }
    joined = {
        (each.centre, each.administration)
        for each in adhesions
        if each.status in _JOINED
    }
    for framework in frameworks:
        if framework.end is None or not watch.reported(framework.end):
            continue
        centre = watch.centres.get(framework.centre)
        for administration in watch.administrations.values():
            is_member = (framework.centre, administration.id) in joined and identified(
                framework, administration, centre, watch.on
            ).answer is not Known.NO
            if not is_member and (framework.id, administration.id) not in marked:
                continue
            yield watch.deadline(
                "framework_end",
                framework.id,
                administration.id,
                framework.end,
                what=say(
                    "Last day to conclude orders – {framework}",
                    framework=_title(framework),
                ),
                consequence=say(
                    "After this day no order can be concluded under the framework "
                    "agreement."
                ),
            )


def _said_yes(interest: Interest) -> bool:
    """Whether the administration answered yes."""
    return interest.answer is not None and interest.answer.name == "YES"


def _of_needs(
    watch: _Watch, needs: Sequence[Need], dossiers: Sequence[Dossier]
) -> Iterator[Deadline]:
    covered = {
        need
        for dossier in dossiers
        if _retained(dossier)
        for need in dossier.candidate.needs
    }
    for need in needs:
        if need.status is not NeedStatus.OPEN or need.id in covered:
            continue
        if need.latest is None or not watch.reported(need.latest):
            continue
        yield watch.deadline(
            "need_latest",
            need.id,
            need.administration,
            need.latest,
            what=say("Start at the latest – {need}", need=need.title),
            consequence=_UNPREPARED,
            contact=need.contact,
        )


def _retained(dossier: Dossier) -> bool:
    return dossier.choice is not None and dossier.choice.retained


def _of_plans(
    watch: _Watch,
    dossiers: Sequence[Dossier],
    plans: Sequence[Plan],
    known: Collection[str],
) -> Iterator[Deadline]:
    by_candidate = {plan.candidate: plan for plan in plans}
    for dossier in dossiers:
        plan = by_candidate.get(dossier.candidate.id)
        if plan is None:
            continue
        retained = _retained(dossier)
        if not retained and not any(choice.retained for choice in dossier.choices):
            continue
        ahead = [
            milestone
            for milestone in plan.milestones
            if not milestone.done and not _listed_already(dossier, milestone, known)
        ]
        if not retained:
            for milestone in ahead:
                if milestone.day >= watch.on:
                    made = _step(watch, dossier, plan, milestone)
                    yield replace(made, cancelled=True)
            continue
        missed = _missed(watch, dossier, ahead)
        for late in missed.values():
            yield _step(watch, dossier, plan, late[0], more=len(late) - 1)
        told = {milestone.code for late in missed.values() for milestone in late}
        for milestone in ahead:
            if milestone.code not in told and watch.reported(milestone.day):
                yield _step(watch, dossier, plan, milestone)


def _missed(
    watch: _Watch, dossier: Dossier, ahead: Iterable[Milestone]
) -> dict[str, list[Milestone]]:
    """The missed steps of each administration, earliest first.

    What follows from a missed step is missed with it, but is never missed alone.
    """
    missed: dict[str, list[Milestone]] = {}
    for milestone in sorted(ahead, key=lambda each: (each.day, each.code)):
        if milestone.day >= watch.on or milestone.kind is StepKind.ANCHOR:
            continue
        who = milestone.administration or dossier.pilot
        if who in missed or not milestone.code.startswith(FOLLOWING):
            missed.setdefault(who, []).append(milestone)
    return missed


def _step(
    watch: _Watch, dossier: Dossier, plan: Plan, milestone: Milestone, *, more: int = 0
) -> Deadline:
    """The deadline of one step, and how many later ones were missed with it."""
    what = milestone.step
    if more:
        what = say("{step} (later steps missed too: {n})", step=what, n=more)
    anchor = milestone.kind is StepKind.ANCHOR
    return watch.deadline(
        "milestone",
        dossier.id,
        milestone.administration or dossier.pilot,
        milestone.day,
        what=what,
        consequence=milestone.note if anchor else milestone.note or _late(plan),
        part=milestone.code,
    )


def _listed_already(
    dossier: Dossier, milestone: Milestone, known: Collection[str]
) -> bool:
    """Whether the record behind an anchor gives the same deadline by itself."""
    code, framework = milestone.code, dossier.candidate.framework
    if code.startswith("interest:"):
        return f"framework_{code.replace(':', f':{framework}:')}" in known
    if code == "framework_end":
        return any(each.startswith(f"framework_end:{framework}:") for each in known)
    return code.startswith(("contract_end:", "contract_notice:"))


def _late(plan: Plan) -> Message:
    return say(
        "Each day lost here moves the start planned for {wanted}.", wanted=plan.wanted
    )


def _title(framework: FrameworkAgreement) -> Arg:
    return named(framework.title, framework.id)


def _centre(watch: _Watch, centre: str) -> Arg:
    known = watch.centres.get(centre)
    return named(known.names, centre) if known else Arg(name="", text=centre)
