"""From the wanted day backwards: the last day of each step, and what cannot hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from jointbuy.errors import Message, UsageError, say
from jointbuy.model import Breach, Form, Milestone, Plan, StepKind
from jointbuy.schedule.adhesion import plan_adhesion
from jointbuy.schedule.agreement import plan_agreement
from jointbuy.schedule.case import FOLLOWING, Case, Steps, spoken
from jointbuy.schedule.forwards import START, Forwards, with_margins
from jointbuy.schedule.joint_contract import plan_joint_contract

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jointbuy.model import Contract

_YEARS = 50
"""By how many years a start can differ from today before it must be a typing error."""

_SHORTER = ("open", "restricted", "competitive_negotiation")
"""Procedures beside which a shorter one can exist."""

_FOR_ALL = ("collected", "supervisor", "convention", "consultation")
"""Steps before the bodies decide; when those are late, these are too."""


def backplan(case: Case, *, remedies: bool = True) -> Plan:
    """The last day for each step so that the contract starts on the wanted day.

    Earliest step first, each with its first day counted forwards as well. Legal
    periods are counted forwards as Regulation 1182/71 prescribes; internal steps move
    to the working day before. The law is that of `case.on`. Without `remedies` what
    breaks is said, and not what would help.

    Raises:
        UsageError: there is no plan for the procedure, or nobody takes part.
        NotInForce: a term has no value on that day.

    Source: law of 17 June 2016, art. 36 to 48; law of 17 June 2013, art. 11;
        Regulation (EEC, Euratom) 1182/71.
    """
    steps = _planned(case)
    breaches = (*steps.breaches, *_breaks(case, steps))
    _running_contracts(steps)
    forwards = Forwards(steps)
    first = None
    if remedies:
        first = _earliest(case, forwards.first(START))
    if breaches and remedies:
        breaches = _with_remedies(case, breaches, first)
    elif breaches:
        breaches = _worst_first(breaches)
    breaches = (*breaches, *_outside(case))
    return Plan(
        candidate=case.candidate.id,
        form=case.form,
        wanted=case.wanted,
        on=case.on,
        milestones=tuple(sorted(with_margins(steps, forwards), key=_order)),
        breaches=breaches,
        critical=forwards.decisive(),
        earliest=first,
    )


def _outside(case: Case) -> Iterator[Breach]:
    """Whether the wanted day lies in the days on which the needs can start.

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
    if first is not None and case.wanted < first:
        days = (first - case.wanted).days
        yield Breach(
            milestone="start",
            days=days,
            message=say(
                "The wanted start {wanted} comes before {first}, the first day on "
                "which all these needs can start; days too early: {days}.",
                wanted=case.wanted,
                first=first,
                days=days,
            ),
            remedies=(
                say("Start from {first} on, or correct the needs.", first=first),
            ),
        )
    if last is not None and case.wanted > last:
        days = (case.wanted - last).days
        yield Breach(
            milestone="start",
            days=days,
            message=say(
                "The wanted start {wanted} comes after {last}, the last day on which "
                "all these needs can still start; days too late: {days}.",
                wanted=case.wanted,
                last=last,
                days=days,
            ),
            remedies=(
                say("Start on {last} or earlier, or correct the needs.", last=last),
            ),
        )


def _order(milestone: Milestone) -> tuple[date, bool, str]:
    return milestone.day, milestone.code == "start", milestone.code


def earliest_start(case: Case) -> date | None:
    """The earliest start for which every step holds, whatever is wanted.

    None when no day does within the time that is searched (`practice.search_days`):
    a step that is missed does not come back by starting later.

    Raises:
        UsageError: there is no plan for the procedure, or nobody takes part.

    Source: as for `backplan`.
    """
    return _earliest(case, Forwards(_planned(case)).first(START))


def _earliest(case: Case, guess: date) -> date | None:
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
    return Forwards(_planned(case), pinned).first(START)


def _holds(case: Case, days: int) -> bool:
    """A later start never breaks a step that holds, so halving finds the first."""
    tried = replace(case, wanted=case.on + timedelta(days=days))
    return _whole(tried, _planned(tried))


def _whole(case: Case, steps: Steps) -> bool:
    """Whether every step holds."""
    return not steps.breaches and next(_breaks(case, steps), None) is None


def _planned(case: Case) -> Steps:
    """The steps; where they break, no file is planned before what it waits for.

    A body whose registered sessions end early would else be planned with the last of
    them, however long before the start, and however unready its file.
    """
    steps = _steps(case)
    if _whole(case, steps):
        return steps
    later = replace(case, ready=Forwards(steps).filings())
    again = _steps(later)
    return again if _whole(later, again) else steps


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


def _breaks(case: Case, steps: Steps) -> Iterator[Breach]:
    """The first step that has passed, walking back: one in common, one per body.

    The steps before it have passed too; telling them all would say nothing more.
    """
    told = {breach.milestone for breach in steps.breaches}
    late_for = {
        milestone.administration
        for milestone in steps.milestones
        if milestone.code in told and ":" in milestone.code
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
        if ":" in milestone.code and milestone.administration not in late_for:
            own.setdefault(milestone.administration, milestone)
    found = [*common[:1], *own.values()]
    if not found and not told:
        found = [m for m in passed if m.code in _FOR_ALL][:1]
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


def _worst_first(breaches: tuple[Breach, ...]) -> tuple[Breach, ...]:
    return tuple(sorted(breaches, key=lambda each: (-each.days, each.milestone)))


def _with_remedies(
    case: Case, breaches: tuple[Breach, ...], start: date | None
) -> tuple[Breach, ...]:
    """The worst breach first; what helps against all of them stands with it."""
    worst, *others = _worst_first(breaches)
    helped = replace(worst, remedies=(*worst.remedies, *_remedies(case, start)))
    return (helped, *others)


def _remedies(case: Case, start: date | None) -> Iterator[Message]:
    if start is None:
        yield say("No later start helps: a step that is missed does not come back.")
    else:
        yield say(
            "Start later: {day} is the first day for which every step holds.", day=start
        )
    if case.form is Form.JOINT_CONTRACT and case.procedure in _SHORTER:
        yield say(
            "Choose a procedure with shorter terms, if the value and the law allow one."
        )
    for contract in case.running():
        if contract.end is not None and start is not None and contract.end < start:
            yield say(
                "Bridge the time until {day}: see whether “{contract}”, which ends on "
                "{end}, may be extended lawfully.",
                day=start,
                contract=contract.title,
                end=contract.end,
            )
    if case.form is Form.JOINT_CONTRACT:
        yield say(
            "Look for a running framework agreement of a purchasing centre that names "
            "the participants."
        )
    elif case.form is Form.PURCHASING_CENTRE:
        yield say("Buy by a joint contract, or each separately.")


def _running_contracts(steps: Steps) -> None:
    """The days of the contracts to replace, beside the steps."""
    for contract in steps.case.running():
        if contract.end is not None:
            _end_of(steps, contract, contract.end)
        if contract.notice is not None:
            steps.put(
                f"contract_notice:{contract.id}",
                say("Last day to give notice – {contract}", contract=contract.title),
                contract.notice,
                StepKind.ANCHOR,
                administration=contract.administration,
            )


def _end_of(steps: Steps, contract: Contract, end: date) -> None:
    entry = steps.case.entry(contract)
    gap = (entry - end).days - 1
    note = None
    if gap > 0:
        note = say(
            "{days} days without a contract until {entry}: a bridge is needed.",
            days=gap,
            entry=entry,
        )
    elif gap < 0 and contract.exclusive:
        note = say(
            "The contract is exclusive and runs {days} days into the new one: enter "
            "later, or leave this part out until then.",
            days=-gap,
        )
    steps.put(
        f"contract_end:{contract.id}",
        say("Running contract ends – {contract}", contract=contract.title),
        end,
        StepKind.ANCHOR,
        administration=contract.administration,
        note=note,
    )
