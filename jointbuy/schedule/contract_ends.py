"""When a running contract ends, and by when the need that follows it must exist."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from dateutil.relativedelta import relativedelta

from jointbuy.errors import Message, say
from jointbuy.model import NeedStatus, cents

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from jointbuy.model import Contract, Need
    from jointbuy.schedule.practice import Practice

_DAY = timedelta(days=1)

TermUnit = Literal["days", "weeks", "months", "years"]
"""In what a term of notice is expressed."""


def notice_day(end: date, count: int, unit: TermUnit = "months") -> date:
    """The last day on which notice can be received, with a whole term left to the end.

    The day of the notice is not counted, and a term in months or years runs from a day
    to the eve of the same day; so the first day of the term lies that many months
    before the day after the end. A weekend or a holiday moves nothing: a day counted
    back is never made later.

    Source: Judicial Code, art. 52 and 54, for how months are counted; what the
        contract itself says goes before it.

    >>> notice_day(date(2027, 12, 31), 3)
    datetime.date(2027, 9, 30)
    """
    after = end + _DAY
    if unit in {"months", "years"}:
        return (
            after - relativedelta(months=count * (12 if unit == "years" else 1)) - _DAY
        )
    return end - timedelta(days=count * (7 if unit == "weeks" else 1))


def last_end(contract: Contract) -> date | None:
    """The last day of the contract if every renewal left is used; None if not known."""
    return end_after(contract, contract.renewals_left)


def end_after(contract: Contract, renewals: int | None) -> date | None:
    """The last day of the contract after so many renewals; None if not known."""
    if contract.end is None or renewals is None:
        return None
    if renewals == 0:
        return contract.end
    if contract.renewal_months is None:
        return None
    months = renewals * contract.renewal_months
    return contract.end + _DAY + relativedelta(months=months) - _DAY


def duration_months(contract: Contract) -> int | None:
    """Its whole duration in months, what may still be renewed included.

    None where its days are not known or do not make whole months.
    """
    last = last_end(contract) or contract.end
    if contract.start is None or last is None or last < contract.start:
        return None
    length = relativedelta(last + _DAY, contract.start)
    months = length.years * 12 + length.months
    return months if months and not length.days else None


def whole_value(contract: Contract) -> Decimal | None:
    """Its value over its whole duration, euro excluding VAT; None if not known."""
    if contract.yearly_value is None or contract.start is None:
        return None
    last = last_end(contract) or contract.end
    if last is None or last < contract.start:
        return None
    months = duration_months(contract)
    if months:
        return cents(contract.yearly_value * months / 12)
    days = (last - contract.start).days + 1
    return cents(contract.yearly_value * days / Decimal(365))


def renewal_day(end: date, practice: Practice) -> date:
    """The day by which an office decides on a renewal."""
    return end - timedelta(days=practice.renewal_days)


def first_day_after(contract: Contract) -> date | None:
    """The first day on which what follows can start: after the end, or the notice."""
    last = contract.end or contract.notice
    return last + _DAY if last else None


def taken_over(
    contract: Contract, contracts: Mapping[str, Contract], needs: Mapping[str, Need]
) -> str:
    """The id of the need or contract that follows; empty where nothing does.

    What was withdrawn or is no longer there follows nothing.
    """
    return next(_takers(contract, contracts, needs), "")


def _takers(
    contract: Contract, contracts: Mapping[str, Contract], needs: Mapping[str, Need]
) -> Iterator[str]:
    if contract.successor in contracts:
        yield contract.successor
    named = needs.get(contract.successor)
    if named is not None and named.status is not NeedStatus.WITHDRAWN:
        yield named.id
    for need in needs.values():
        if need.replaces == contract.id and need.status is not NeedStatus.WITHDRAWN:
            yield need.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Begin:
    """The day on which the procedure of a follow-up begins, by its plan.

    `assumed`: the value is not known, so that the longest procedure was planned;
    `supposed` says how.
    """

    day: date
    procedure: Message
    assumed: bool = False
    supposed: Message | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """A running contract that nothing follows yet.

    `start` is the first day of what follows and `by` the day by which its need must
    be registered, or a renewal decided on; the procedure takes `days`. `procedure` is
    the one that was planned, None where the habit of the office counts.
    """

    contract: Contract
    start: date
    by: date
    days: int
    why: Message
    way_out: Message
    procedure: Message | None = None


def expiring(
    contracts: Iterable[Contract],
    needs: Iterable[Need],
    *,
    on: date,
    practice: Practice,
    begins: Mapping[str, Begin] | None = None,
    within: int | None = None,
) -> tuple[FollowUp, ...]:
    """The contracts that need a follow-up and have none, the most urgent first.

    `begins` gives by contract the day on which its procedure begins; without one the
    time that practice leaves before an end counts. Only those whose need must exist
    in `within` days are given; of those that have ended, those of the last
    `uncovered_days`.
    """
    known = {each.id: each for each in contracts}
    followed = followed_contracts(known, {need.id: need for need in needs})
    found = []
    for contract in known.values():
        start = first_day_after(contract)
        if start is None or contract.id in followed:
            continue
        if start + timedelta(days=practice.uncovered_days) <= on:
            continue
        made = _follow_up(
            contract, start, on, practice, (begins or {}).get(contract.id)
        )
        if within is None or made.by <= on + timedelta(days=within):
            found.append(made)
    return tuple(sorted(found, key=lambda each: (each.by, each.contract.id)))


def followed_contracts(
    contracts: Mapping[str, Contract], needs: Mapping[str, Need]
) -> frozenset[str]:
    """The ids of the contracts that something takes over."""
    living = {n.id: n for n in needs.values() if n.status is not NeedStatus.WITHDRAWN}
    replaced = {need.replaces for need in living.values()}
    return frozenset(
        each.id
        for each in contracts.values()
        if each.id in replaced
        or each.successor in contracts
        or each.successor in living
    )


def _follow_up(
    contract: Contract, start: date, on: date, practice: Practice, begin: Begin | None
) -> FollowUp:
    first = begin.day if begin else start - timedelta(days=practice.renewal_days)
    days = (start - first).days
    noticed = contract.notice is not None and on <= contract.notice < first
    by = contract.notice if noticed and contract.notice else first
    renewal = contract.end and renewal_day(contract.end, practice)
    renewed_first = bool(
        contract.renewals_left and not noticed and renewal and renewal < by
    )
    if renewal and renewed_first:
        by = renewal
    return FollowUp(
        contract=contract,
        start=start,
        by=by,
        days=days,
        procedure=begin.procedure if begin else None,
        why=_told(
            _why(contract, start, first, days, begin, noticed=noticed),
            begin.supposed if begin else None,
            say(
                "Whether it is renewed is decided {days} days before its end, by {by}.",
                days=practice.renewal_days,
                by=by,
            )
            if renewed_first
            else None,
        ),
        way_out=_way_out(contract),
    )


def _told(why: Message, *more: Message | None) -> Message:
    for each in more:
        why = say("{first} {more}", first=why, more=each) if each else why
    return why


def _why(
    contract: Contract,
    start: date,
    first: date,
    days: int,
    begin: Begin | None,
    *,
    noticed: bool,
) -> Message:
    if noticed and contract.notice is not None:
        return say(
            "The last day to give notice is {notice}: by then it must be known what "
            "follows. What follows starts on {start}, and its procedure begins on "
            "{first}.",
            notice=contract.notice,
            start=start,
            first=first,
        )
    if begin is None:
        return say(
            "What follows starts on {start}; the office reckons with {days} days for "
            "the procedure.",
            start=start,
            days=days,
        )
    if begin.assumed:
        return say(
            "What follows starts on {start}. Its value is not known, so the longest "
            "procedure counts ({procedure}): with the sessions of the bodies it takes "
            "{days} days, and begins on {first}.",
            start=start,
            procedure=begin.procedure,
            first=first,
            days=days,
        )
    return say(
        "What follows starts on {start}. The procedure for its value ({procedure}) "
        "takes {days} days with the sessions of the bodies, and begins on {first}.",
        start=start,
        procedure=begin.procedure,
        first=first,
        days=days,
    )


def _way_out(contract: Contract) -> Message:
    last = last_end(contract)
    if contract.renewals_left and last is not None:
        return say(
            "Make the need with `contracts follow {id}`, record what takes over, or "
            "renew it (renewals left: {n}, until {last} at the latest).",
            id=contract.id,
            n=contract.renewals_left,
            last=last,
        )
    return say(
        "Make the need with `contracts follow {id}`, or record what takes over with "
        "`contracts edit {id} --successor`.",
        id=contract.id,
    )
