"""What would make a plan hold: each way out is planned before it is named."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from jointbuy.centres import covers, identified, phase
from jointbuy.centres.eligibility import Known
from jointbuy.centres.phase import Phase
from jointbuy.errors import JointbuyError, Message, say
from jointbuy.law import procedure_title
from jointbuy.model import Form, StepKind
from jointbuy.schedule import terms
from jointbuy.schedule.adhesion import exceeded
from jointbuy.schedule.contract_ends import end_after
from jointbuy.schedule.forwards import START, Forwards
from jointbuy.schedule.holding import earliest_near, planned, start_between, whole
from jointbuy.schedule.names import administration_name, body_name, named

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from jointbuy.model import (
        Administration,
        CompetentBody,
        Contract,
        FrameworkAgreement,
        Milestone,
    )
    from jointbuy.schedule.case import Case, Steps

_DAY = timedelta(days=1)

SHORTER = ("open", "restricted", "competitive_negotiation")
"""Procedures beside which a shorter one can exist."""

USABLE = (Phase.LAUNCHED, Phase.AWARDED, Phase.RUNNING)
"""Where a framework agreement can still serve those it identifies."""

MOST = 3
"""How many framework agreements are named."""


def remedies_of(
    case: Case, start: date | None, *, sure: bool = True
) -> Iterator[Message]:
    """What would make it hold, the lightest first; `start` is the earliest that does.

    A way out that changes nothing is not named. Not `sure`, where that start rests on
    days that nobody knows.

    Source: law of 17 June 2016, art. 36 to 42 and 47; royal decree of 14 January 2013,
        art. 38.
    """
    freed = tuple(_free_days(case, start))
    yield from freed
    yield from _extra_sessions(case)
    if case.form is Form.JOINT_CONTRACT:
        yield from _procedures(case, start)
    if start is not None or not freed:
        yield later(case, start, sure=sure)
    for contract in case.running():
        if contract.end is not None and start is not None and contract.end < start:
            yield from _bridge(contract, contract.end, start)
    if case.form is Form.PURCHASING_CENTRE:
        yield from _own_contract(case)
    else:
        yield from _frameworks(case)


def later(case: Case, start: date | None, *, sure: bool = True) -> Message:
    """Whether a later start helps; `start` is the first for which every step holds."""
    if start is None:
        return say("No later start helps: what stands in the way does not pass.")
    first, last = start_between(case)
    day = max(start, first or start)
    if not sure:
        return say(
            "Start later: {day} at the earliest, as far as is known; ask the centre "
            "for its days before that start is promised.",
            day=day,
        )
    if last is not None and day > last:
        return say(
            "Start later: {day} is the first day for which every step holds. It lies "
            "after {last}, the last day on which all these needs can start: correct "
            "the needs first.",
            day=day,
            last=last,
        )
    return say(
        "Start later: {day} is the first day for which every step holds.", day=day
    )


def _free_days(case: Case, start: date | None) -> Iterator[Message]:
    """The days that somebody fixed and without which it holds, or holds sooner."""
    forced = [each for each in case.forced if case.done(each.milestone) is None]
    for each in forced:
        kept = tuple(other for other in case.forced if other is not each)
        first = _start_of(replace(case, forced=kept, ready={}))
        if first is not None and (start is None or first < start):
            yield say(
                "Free the day fixed for “{step}”, {forced}: the first start is then "
                "{day}.",
                step=_label(case, each.milestone),
                forced=each.day,
                day=first,
            )
            return
    if len(forced) > 1:
        first = _start_of(replace(case, forced=(), ready={}))
        if first is not None and (start is None or first < start):
            yield say(
                "Free all the days that were fixed: the first start is then {day}.",
                day=first,
            )


def _label(case: Case, code: str) -> Message | str:
    """What a step is called."""
    found = (each.label for each in planned(case).milestones if each.code == code)
    return next(found, code)


def _start_of(case: Case) -> date | None:
    """The earliest start of another way; None where there is no such way."""
    try:
        return earliest_near(case, Forwards(planned(case)).first(START))
    except JointbuyError:
        return None


# An extra session


def _extra_sessions(case: Case) -> Iterator[Message]:
    """The bodies of which one session more would be enough, and the day it takes."""
    for administration in case.participants():
        for body in administration.bodies:
            if not body.sessions and body.rhythm is None:
                continue
            others = tuple(
                _freed(each, body) if each.id == administration.id else each
                for each in case.participants()
            )
            tried = replace(case, administrations=others, ready={})
            steps = planned(tried)
            if whole(tried, steps):
                yield from _at_latest(administration, body, steps)


def _freed(administration: Administration, body: CompetentBody) -> Administration:
    """The administration as if that body could meet on any working day."""
    return replace(
        administration,
        bodies=tuple(
            replace(each, sessions=(), rhythm=None) if each is body else each
            for each in administration.bodies
        ),
    )


def _at_latest(
    administration: Administration, body: CompetentBody, steps: Steps
) -> Iterator[Message]:
    for step in steps.milestones:
        if step.kind is not StepKind.SESSION or step.done is not None:
            continue
        of_body = steps.bodies.get(step.code)
        if step.administration != administration.id or of_body is not body.kind:
            continue
        if step.day not in body.sessions:
            yield say(
                "An extra session would make it hold: {administration} ({body}), on "
                "{day} at the latest, its file handed in by {filing}.",
                administration=administration_name(administration),
                body=body_name(administration, body),
                day=step.day,
                filing=_filing(steps, step),
            )


def _filing(steps: Steps, step: Milestone) -> date:
    """The day on which the file of a session must be handed in."""
    days = [
        each.day
        for code, _ in steps.links.get(step.code, ())
        for each in steps.milestones
        if each.code == code and code.startswith(("file:", "award_file"))
    ]
    return min(days, default=step.day)


# A shorter procedure


def _procedures(case: Case, start: date | None) -> Iterator[Message]:
    """Each shorter procedure that the value allows, with the start it would give."""
    if not case.procedures:
        if case.procedure in SHORTER:
            yield say(
                "Choose a procedure with shorter terms, if the value and the law allow "
                "one."
            )
        return
    for name in case.procedures:
        if name != case.procedure:
            yield from _by(replace(case, procedure=name), start)
    if case.procedure in terms.PUBLISHED:
        urgent = _start_of(replace(case, urgent=True))
        if urgent is not None and (start is None or urgent < start):
            yield say(
                "In duly justified urgency alone, its reasons in the decision, the "
                "shorter terms make {day} the first start.",
                day=urgent,
            )


def _by(case: Case, start: date | None) -> Iterator[Message]:
    first = _start_of(case)
    if first is None or (start is not None and first >= start):
        return
    title = procedure_title(case.procedure)
    if first <= case.wanted:
        yield say(
            "Choose another procedure that the value allows: {procedure}. The start "
            "wanted then holds; the first one is {day}.",
            procedure=title,
            day=first,
        )
        return
    yield say(
        "Choose another procedure that the value allows: {procedure}. The first start "
        "is then {day}, {days} days after the one wanted.",
        procedure=title,
        day=first,
        days=(first - case.wanted).days,
    )


# A bridge


def _bridge(contract: Contract, end: date, start: date) -> Iterator[Message]:
    """What bridges the time between a running contract and the start.

    Source: royal decree of 14 January 2013, art. 38.
    """
    left, months = contract.renewals_left, contract.renewal_months
    if left is None or (left and not months):
        yield say(
            "Bridge the time until {day}: see whether “{contract}”, which ends on "
            "{end}, may be extended lawfully.",
            day=start,
            contract=contract.title,
            end=end,
        )
        return
    until, used = end, 0
    while used < left and until + _DAY < start:
        used += 1
        until = end_after(contract, used) or end
    enough = until + _DAY >= start
    if used:
        yield say(
            "Bridge the time: renew “{contract}”, which ends on {end}; with {n} of its "
            "{left} renewals it runs until {until}.",
            contract=contract.title,
            end=end,
            n=used,
            left=left,
            until=until,
        )
    if not enough:
        yield say(
            "“{contract}” has no renewal left after {until}. Whether it may be "
            "modified to run until {day} is to be verified: Royal Decree of 14 January "
            "2013, art. 38 and following.",
            contract=contract.title,
            until=until,
            day=start,
        )


# A framework agreement, or none


def _frameworks(case: Case) -> Iterator[Message]:
    """The framework agreements of the register that could serve instead."""
    found = [
        each
        for each in case.frameworks
        if phase(each, case.on, case.orders) in USABLE
        and _covered(case, each)
        and exceeded(case, each) is None
    ]
    if not found:
        yield say(
            "Look for a running framework agreement of a purchasing centre that names "
            "the participants."
        )
        return
    told = [(_named_in(case, each), each) for each in found]
    told.sort(key=lambda pair: (-len(pair[0]), pair[1].id))
    for inside, framework in told[:MOST]:
        yield _through(case, framework, inside)


def _covered(case: Case, framework: FrameworkAgreement) -> bool:
    """Whether a framework agreement covers every need."""
    codes = [need.cpv or case.candidate.cpv for need in case.own_needs()]
    codes = codes or [case.candidate.cpv]
    nature = case.candidate.nature
    return all(covers(framework, code, nature) is not None for code in codes)


def _named_in(case: Case, framework: FrameworkAgreement) -> tuple[Administration, ...]:
    """The participants that a framework agreement identifies."""
    centre = case.centres.get(framework.centre)
    return tuple(
        each
        for each in case.participants()
        if identified(framework, each, centre, case.on).answer is Known.YES
    )


def _through(
    case: Case, framework: FrameworkAgreement, inside: tuple[Administration, ...]
) -> Message:
    title = named(framework.title, framework.id)
    outside = [each for each in case.participants() if each not in inside]
    if outside:
        return say(
            "“{framework}” covers these needs; whether it names {administrations} is "
            "not recorded, or it does not: ask the centre before anything is ordered.",
            framework=title,
            administrations=_all(outside),
        )
    through = replace(
        case,
        form=Form.PURCHASING_CENTRE,
        framework=framework,
        centre=case.centres.get(framework.centre),
        forced=(),
        taken=(),
        decisions=(),
        frameworks=(),
    )
    first = _start_of(through)
    if first is not None and planned(through).unsure:
        return say(
            "“{framework}” covers these needs and names all participants, but its "
            "first day is not recorded: ask the centre from when on orders can be "
            "concluded.",
            framework=title,
        )
    if first is None:
        return say(
            "“{framework}” covers these needs and names all participants, but no order "
            "under it can be in time any more: ask the centre for its next one.",
            framework=title,
        )
    return say(
        "Buy through “{framework}”, which covers these needs and names all "
        "participants: the first delivery can be on {day}.",
        framework=title,
        day=first,
    )


def _all(administrations: Iterable[Administration]) -> Message:
    """Their names, one after the other."""
    first, *others = administrations
    told = say("{name}", name=administration_name(first))
    for each in others:
        told = say("{one}, {other}", one=told, other=administration_name(each))
    return told


def _own_contract(case: Case) -> Iterator[Message]:
    """A joint contract in the place of a framework agreement."""
    if len(case.participants()) > 1:
        first = _start_of(
            replace(
                case,
                form=Form.JOINT_CONTRACT,
                framework=None,
                centre=None,
                forced=(),
                taken=(),
                decisions=(),
            )
        )
        if first is not None:
            yield say(
                "Buy by a joint contract, which can start on {day}, or each "
                "separately.",
                day=first,
            )
            return
    yield say("Buy by a joint contract, or each separately.")
