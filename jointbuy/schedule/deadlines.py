"""Every day not to miss in a register, and who must act.

Nothing here is stored: the same records give the same deadlines, and what has been
settled drops out by itself.
"""

from __future__ import annotations

import functools
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from jointbuy.errors import Message, say
from jointbuy.law import NO_OWN
from jointbuy.model import NeedStatus, StepKind
from jointbuy.schedule.acting import main_contact, people
from jointbuy.schedule.asked_services import silent
from jointbuy.schedule.case import FOLLOWING
from jointbuy.schedule.centre_deadlines import (
    circle,
    of_adhesions,
    of_framework_ends,
    of_interests,
    of_programmes,
    of_sources,
    ties,
)
from jointbuy.schedule.contract_deadlines import of_contracts
from jointbuy.schedule.lookout import Lookout, level
from jointbuy.schedule.order_deadlines import of_ceilings, of_needs, of_orders
from jointbuy.schedule.practice import usual_practice

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from jointbuy.law import OwnValues
    from jointbuy.model import (
        ActionPoint,
        Adhesion,
        Administration,
        ContactPerson,
        Contract,
        Deadline,
        Dossier,
        FrameworkAgreement,
        Interest,
        Milestone,
        Need,
        NeedsRound,
        Order,
        Plan,
        Programme,
        PurchasingCentre,
        UseDecision,
    )
    from jointbuy.schedule.contract_ends import Begin
    from jointbuy.schedule.practice import Practice

__all__ = ["KINDS", "deadlines", "level", "main_contact", "within"]

KINDS = (
    "framework_interest",
    "interest_due",
    "interest_maximum",
    "interest_proof",
    "adhesion_due",
    "adhesion_reopened",
    "programme_due",
    "order_decision",
    "framework_exceeded",
    "framework_end",
    "framework_successor",
    "framework_source",
    "contract_notice",
    "contract_renewal",
    "contract_follow",
    "contract_end",
    "contract_limit",
    "need_latest",
    "round_answer",
    "action_due",
    "milestone",
)
"""What a deadline is for; the first word is the record it comes from."""


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
    uses: Sequence[UseDecision] = (),
    orders: Sequence[Order] = (),
    programmes: Sequence[Programme] = (),
    rounds: Sequence[NeedsRound] = (),
    actions: Sequence[ActionPoint] = (),
    fresh: Mapping[str, Sequence[Need]] | None = None,
    begins: Mapping[str, Begin] | None = None,
    home: str = "",
    sequences: Mapping[str, int] | None = None,
    changed: Mapping[str, date] | None = None,
    practice: Practice | None = None,
    own: OwnValues = NO_OWN,
) -> tuple[Deadline, ...]:
    """The deadlines of the register on that day, the nearest first.

    A missed interest deadline stays until the framework agreement is launched, a missed
    step of a plan until it is done or the plan changes, an action point until it is
    done, a needs round until it is closed, a ceiling that was exceeded until the
    framework agreement ends, a contract that ended uncovered for `uncovered_days`; any
    other day that has passed is reported for `passed_days` more. The steps of a plan
    that is no longer retained come back as cancelled while they lie ahead, so that
    agendas strike them out.

    Plans belong to a dossier by their candidate; `sequences` gives, by id of a record,
    how often it was changed, `changed` the day it was last. Only the administrations
    given are looked at for interest, and `home` is the one that keeps the register.
    `fresh` gives the needs opened since a round began, `begins` the day on which the
    procedure after a contract begins; where it is not given, the time that practice
    leaves counts.
    """
    around = circle(administrations, on)
    lookout = Lookout(
        on=on,
        centres={centre.id: centre for centre in centres},
        administrations=around.everyone,
        people=people(contacts),
        sequences=sequences or {},
        practice=practice or usual_practice(),
        own=own,
        home=home,
        changed=changed or {},
    )
    by_id = {each.id: each for each in needs}
    known = {each.id: each for each in frameworks}
    ordered: dict[str, list[Order]] = {}
    for order in orders:
        ordered.setdefault(order.framework, []).append(order)
    tied = functools.cache(
        lambda: ties(frameworks, interests, adhesions, uses, orders, by_id)
    )
    found = [
        *of_contracts(lookout, contracts, needs, begins or {}),
        *of_interests(lookout, around, frameworks, interests, tied),
        *of_adhesions(lookout, adhesions, programmes),
        *of_programmes(lookout, around, programmes, adhesions),
        *of_framework_ends(lookout, around, frameworks, interests, adhesions, ordered),
        *of_sources(lookout, frameworks),
        *of_orders(
            lookout,
            orders,
            uses,
            known,
            by_id,
        ),
        *of_ceilings(lookout, frameworks, interests, ordered),
        *of_needs(lookout, _unprepared(needs, dossiers), orders, uses, known, ordered),
        *_of_rounds(lookout, rounds, fresh or {}),
        *_of_actions(lookout, actions),
    ]
    told = {each.id for each in found}
    ending = {each.subject for each in found if each.kind == "framework_end"}
    found.extend(_of_plans(lookout, dossiers, plans, told, ending))
    return tuple(sorted(found, key=lambda each: (each.day, each.id)))


def within(found: Iterable[Deadline], days: int, *, on: date) -> tuple[Deadline, ...]:
    """Those of the next `days` days, the last one included, and what is overdue."""
    last = on + timedelta(days=days)
    return tuple(deadline for deadline in found if deadline.day <= last)


def _unprepared(needs: Iterable[Need], dossiers: Iterable[Dossier]) -> Iterator[Need]:
    """The open needs that no retained proposal takes care of."""
    covered = {
        need
        for dossier in dossiers
        if _retained(dossier)
        for need in dossier.candidate.needs
    }
    for need in needs:
        if need.status is NeedStatus.OPEN and need.id not in covered:
            yield need


def _of_rounds(
    lookout: Lookout,
    rounds: Sequence[NeedsRound],
    fresh: Mapping[str, Sequence[Need]],
) -> Iterator[Deadline]:
    """The services that were asked and of which nothing was heard."""
    titles = {each.id: each.title for each in rounds}
    for service in silent(rounds, fresh):
        if service.due is None:
            continue
        made = lookout.deadline(
            "round_answer",
            service.round,
            service.administration,
            service.due,
            what=say(
                "Answer the needs round “{round}” – {service}",
                round=titles[service.round],
                service=service.service,
            )
            if service.service
            else say("Answer the needs round “{round}”", round=titles[service.round]),
            consequence=say(
                "Silence is no answer: needs that are not known in time cannot be "
                "bought together."
            ),
            contact=service.contact,
        )
        yield replace(made, id=service.id)


def _of_actions(lookout: Lookout, actions: Sequence[ActionPoint]) -> Iterator[Deadline]:
    for action in actions:
        done = action.done_on is not None and action.done_on <= lookout.on
        if action.due is None or done:
            continue
        who = lookout.people.by_id.get(action.contact)
        yield lookout.deadline(
            "action_due",
            action.id,
            action.administration or (who.administration if who else ""),
            action.due,
            what=say("Action point – {title}", title=action.title),
            consequence=say("{name}", name=action.consequence)
            if action.consequence
            else None,
            contact=action.contact,
        )


def _retained(dossier: Dossier) -> bool:
    return dossier.choice is not None and dossier.choice.retained


def _of_plans(
    lookout: Lookout,
    dossiers: Sequence[Dossier],
    plans: Sequence[Plan],
    known: Collection[str],
    ending: Collection[str],
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
            if not milestone.done
            and not _listed_already(dossier, milestone, known, ending)
        ]
        if not retained:
            for milestone in ahead:
                if milestone.day >= lookout.on:
                    made = _step(lookout, dossier, plan, milestone)
                    yield replace(made, cancelled=True)
            continue
        missed = _missed(lookout, dossier, ahead)
        for late in missed.values():
            yield _step(lookout, dossier, plan, late[0], more=len(late) - 1)
        told = {milestone.code for late in missed.values() for milestone in late}
        for milestone in ahead:
            if milestone.code not in told and lookout.reported(milestone.day):
                yield _step(lookout, dossier, plan, milestone)


def _missed(
    lookout: Lookout, dossier: Dossier, ahead: Iterable[Milestone]
) -> dict[str, list[Milestone]]:
    """The missed steps of each administration, earliest first.

    What follows from a missed step is missed with it, but is never missed alone.
    """
    missed: dict[str, list[Milestone]] = {}
    for milestone in sorted(ahead, key=lambda each: (each.day, each.code)):
        if milestone.day >= lookout.on or milestone.kind is StepKind.ANCHOR:
            continue
        who = milestone.administration or _leads(dossier)
        if who in missed or not milestone.code.startswith(FOLLOWING):
            missed.setdefault(who, []).append(milestone)
    return missed


def _step(
    lookout: Lookout,
    dossier: Dossier,
    plan: Plan,
    milestone: Milestone,
    *,
    more: int = 0,
) -> Deadline:
    """The deadline of one step, and how many later ones were missed with it."""
    what = milestone.step
    if more:
        what = say("{step} (later steps missed too: {n})", step=what, n=more)
    anchor = milestone.kind is StepKind.ANCHOR
    return lookout.deadline(
        "milestone",
        dossier.id,
        milestone.administration or _leads(dossier),
        milestone.day,
        what=what,
        consequence=milestone.note if anchor else milestone.note or _late(plan),
        part=milestone.code,
    )


def _leads(dossier: Dossier) -> str:
    """Who acts for all: the pilot, else the first that takes part."""
    return dossier.pilot or next(iter(dossier.candidate.administrations), "")


def _listed_already(
    dossier: Dossier,
    milestone: Milestone,
    known: Collection[str],
    ending: Collection[str],
) -> bool:
    """Whether the record behind an anchor gives the same deadline by itself."""
    code, framework = milestone.code, dossier.candidate.framework
    if code.startswith("interest:"):
        return f"framework_{code.replace(':', f':{framework}:')}" in known
    if code == "framework_end":
        return framework in ending
    return code.startswith(("contract_end:", "contract_notice:"))


def _late(plan: Plan) -> Message:
    return say(
        "Each day lost here moves the start planned for {wanted}.", wanted=plan.wanted
    )
