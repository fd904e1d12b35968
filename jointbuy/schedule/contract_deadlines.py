"""The days of running contracts: notice, renewal, end, and the last end possible."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from jointbuy.errors import NotInForce, say
from jointbuy.law import term
from jointbuy.model.period import add_months
from jointbuy.schedule.contract_ends import (
    expiring,
    followed_contracts,
    last_end,
    renewal_day,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from jointbuy.errors import Message
    from jointbuy.law import Term
    from jointbuy.model import Contract, Deadline, Need
    from jointbuy.schedule.contract_ends import Begin, FollowUp
    from jointbuy.schedule.lookout import Lookout

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
_DAY = timedelta(days=1)


def of_contracts(
    lookout: Lookout,
    contracts: Sequence[Contract],
    needs: Sequence[Need],
    begins: Mapping[str, Begin],
) -> Iterator[Deadline]:
    """Notice or renewal, the end, and the last end that the renewals allow.

    Of those that nothing follows, also the day by which the need that follows must be
    there or, before it, the renewal decided on: what ended uncovered stays in the list
    by it.
    """
    followed = followed_contracts(
        {each.id: each for each in contracts}, {each.id: each for each in needs}
    )
    uncovered = {
        each.contract.id: each
        for each in expiring(
            contracts,
            needs,
            on=lookout.on,
            practice=lookout.practice,
            begins=begins,
        )
    }
    for each in uncovered.values():
        if each.contract.renewals_left:
            continue
        yield lookout.deadline(
            "contract_follow",
            each.contract.id,
            each.contract.administration,
            each.by,
            what=say(
                "Register the need that follows – {title}", title=each.contract.title
            ),
            consequence=say(
                "{first} {more}",
                first=_INTERRUPTED if each.start <= lookout.on else each.why,
                more=each.way_out,
            ),
        )
    for contract in contracts:
        renewable = bool(contract.renewals_left)
        ended = contract.end is not None and contract.end < lookout.on
        if contract.notice and not ended and lookout.reported(contract.notice):
            yield _notice(lookout, contract, contract.notice)
        if contract.end is None or not (
            lookout.reported(contract.end)
            or (renewable and contract.id in uncovered and ended)
        ):
            continue
        if renewable and not ended:
            yield from _renewal(
                lookout, contract, contract.end, uncovered.get(contract.id)
            )
        if ended and contract.id in followed:
            continue
        yield lookout.deadline(
            "contract_end",
            contract.id,
            contract.administration,
            contract.end,
            what=say("Contract ends – {title}", title=contract.title),
            consequence=_TAKEN_OVER
            if contract.id in followed
            else _UNRENEWED
            if contract.renewals_left
            else _INTERRUPTED,
        )
        if renewable and contract.id not in followed:
            yield from _limit(lookout, contract, contract.end)


def _notice(lookout: Lookout, contract: Contract, notice: date) -> Deadline:
    if not contract.renewals_left:
        return lookout.deadline(
            "contract_notice",
            contract.id,
            contract.administration,
            notice,
            what=say("Give notice – {title}", title=contract.title),
            consequence=_BOUND,
        )
    longest = _too_long(lookout, contract)
    return lookout.deadline(
        "contract_notice",
        contract.id,
        contract.administration,
        notice,
        what=say("Give notice or refuse the renewal – {title}", title=contract.title),
        consequence=_exceeding(longest) if longest else _BOUND,
        basis=(longest.citation,) if longest else (),
    )


def _renewal(
    lookout: Lookout, contract: Contract, end: date, follow: FollowUp | None
) -> Iterator[Deadline]:
    """The day to decide on it, unless giving notice comes first.

    Where nothing follows, early enough for the procedure that would.
    """
    if contract.notice and (follow is None or follow.by == contract.notice):
        return
    longest = _too_long(lookout, contract)
    due = say(
        "The contract ends on {end}; there must be time left for another procedure. "
        "Record the day of notice if the contract fixes one.",
        end=end,
    )
    if follow is not None:
        due = say(
            "{first} {more}",
            first=follow.why,
            more=follow.way_out if contract.notice else due,
        )
    yield lookout.deadline(
        "contract_renewal",
        contract.id,
        contract.administration,
        follow.by if follow else renewal_day(end, lookout.practice),
        what=say("Decide on the renewal – {title}", title=contract.title),
        consequence=_exceeding(longest) if longest else due,
        basis=(longest.citation,) if longest else (),
    )


# How far renewals reach.


def _limit(lookout: Lookout, contract: Contract, end: date) -> Iterator[Deadline]:
    """The last day the contract can reach with every renewal it has left."""
    longest = _longest(lookout, contract)
    legal = contract.start and longest and _lasting(contract.start, longest.value)
    agreed = last_end(contract)
    last = min((day for day in (legal, agreed) if day), default=None)
    if last is None or last <= end:
        return
    bound = longest if longest and last == legal and last != agreed else None
    yield lookout.deadline(
        "contract_limit",
        contract.id,
        contract.administration,
        last,
        what=say(
            "Last possible end with every renewal – {title}", title=contract.title
        ),
        consequence=say(
            "With its renewals a contract lasts {months} months at most as a rule: it "
            "cannot be renewed beyond this day. Have what takes over ready by then.",
            months=bound.value,
        )
        if bound
        else say(
            "No renewal is left after this day. Have what takes over ready by then."
        ),
        basis=(bound.citation,) if bound else (),
    )


def _longest(lookout: Lookout, contract: Contract) -> Term | None:
    """How long a contract lasts at most by the law of its start, where it says so."""
    if contract.start is None:
        return None
    try:
        return term("renewal_months", contract.start, lookout.own)
    except NotInForce:
        return None


def _too_long(lookout: Lookout, contract: Contract) -> Term | None:
    """The longest duration, where the next renewal alone goes beyond it."""
    longest = _longest(lookout, contract)
    if longest is None or contract.start is None or contract.end is None:
        return None
    reached = _lasting(contract.end + _DAY, contract.renewal_months or 0)
    return longest if reached > _lasting(contract.start, longest.value) else None


def _exceeding(longest: Term) -> Message:
    return say(
        "Renewed, the contract would last more than {months} months, which the law "
        "allows as a rule at most: refuse the renewal and prepare what takes over, or "
        "have the reasons for an exception written down.",
        months=longest.value,
    )


def _lasting(first: date, months: int) -> date:
    """The last day of so many months from that first day."""
    return add_months(first, months) - _DAY
