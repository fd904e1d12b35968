"""From the wanted day backwards: the last day of each step, and what cannot hold."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from jointbuy.errors import say
from jointbuy.model import Breach, Milestone, Plan, StepKind
from jointbuy.schedule.forwards import START, Forwards, with_margins
from jointbuy.schedule.holding import (
    breaks,
    earliest_near,
    earliest_start,
    planned,
    start_between,
)
from jointbuy.schedule.remedies import remedies_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from jointbuy.model import Contract
    from jointbuy.schedule.case import Case, Steps


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
    steps = planned(case)
    breaches = (*steps.breaches, *breaks(case, steps))
    _running_contracts(steps)
    forwards = Forwards(steps)
    first = None
    if remedies:
        first = earliest_near(case, forwards.first(START))
    if breaches and remedies:
        breaches = _with_remedies(case, steps, breaches, first)
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
        earliest=None if steps.unsure else first,
        latest=start_between(case)[1],
        unsure=tuple(steps.unsure),
    )


def _outside(case: Case) -> Iterator[Breach]:
    """Whether the wanted day lies in the days on which the needs can start."""
    first, last = start_between(case)
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


def _worst_first(breaches: tuple[Breach, ...]) -> tuple[Breach, ...]:
    return tuple(sorted(breaches, key=lambda each: (-each.days, each.milestone)))


def _with_remedies(
    case: Case, steps: Steps, breaches: tuple[Breach, ...], start: date | None
) -> tuple[Breach, ...]:
    """The worst breach first; what helps against all of them stands with it."""
    worst, *others = _worst_first(breaches)
    sure = not steps.unsure
    remedies = remedies_of(case, start, sure=sure)
    helped = replace(worst, remedies=(*worst.remedies, *remedies))
    return (helped, *others)


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


__all__ = ["backplan", "earliest_start"]
