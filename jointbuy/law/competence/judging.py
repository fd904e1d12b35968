"""Whether an amount makes something due, and the sentence that says why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from jointbuy.errors import Message, NotInForce, euro, say
from jointbuy.law.parameters import parameter, parameters
from jointbuy.law.tables import CONFIDENCES

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from jointbuy.law.parameters import OwnValues, Value

EXPENDITURE = "expenditure"


class Due(Enum):
    """Whether something must be done, as far as is known."""

    YES = "YES"
    NO = "NO"
    UNKNOWN = "UNKNOWN"


@dataclass(frozen=True, slots=True, kw_only=True)
class Amounts:
    """What a contract is worth, in euro excluding VAT, as far as it is known."""

    estimate: Decimal | None = None
    expenditure: Decimal | None = None

    def tested_by(self, limit: Value) -> tuple[Decimal | None, bool]:
        """The amount a limit is compared with, and whether the estimate stands in."""
        if limit.tests == EXPENDITURE and self.expenditure is not None:
            return self.expenditure, False
        if limit.tests == EXPENDITURE:
            return self.estimate, True
        amount = self.expenditure if self.estimate is None else self.estimate
        return amount, False


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """Whether it is due, why, and the value of the law that decided.

    `parameter` names what a register can set where the packaged value is missing or
    doubtful.
    """

    due: Due
    why: Message | None = None
    limit: Value | None = None
    parameter: str = ""


def judge(
    name: str, amounts: Amounts, on: date, own: OwnValues, *, unread: bool = False
) -> Judged:
    """Whether the amount lies on the side of the parameter that makes it due.

    An amount `unread` in any text never decides; one of the register itself does.
    """
    try:
        limit = parameter(name, on, own)
    except NotInForce:
        return Judged(due=Due.UNKNOWN, why=_not_known(name, on), parameter=name)
    if unread and not limit.citation.own:
        return Judged(
            due=Due.UNKNOWN,
            why=say(
                "The amount from which it is sent is not known here: if in doubt, "
                "send it."
            ),
            limit=limit,
            parameter=name,
        )
    if limit.value == 0 and limit.strictness == "at_least":
        return Judged(
            due=Due.YES, why=say("Whatever the amount."), limit=limit, parameter=name
        )
    amount, planned = amounts.tested_by(limit)
    if amount is None:
        return Judged(
            due=Due.UNKNOWN,
            why=_compared(limit, None),
            limit=limit,
            parameter=name,
        )
    met = limit.met_by(amount)
    why = _compared(limit, amount)
    if planned:
        why = say(
            "{reason} That is planned on the estimate: test it again on the "
            "expenditure to approve.",
            reason=why,
        )
    return Judged(due=Due.YES if met else Due.NO, why=why, limit=limit, parameter=name)


def _compared(limit: Value, amount: Decimal | None) -> Message:
    """The amount beside the limit."""
    counts, inclusive = euro(limit.value), limit.strictness in {"at_least", "below"}
    if amount is None:
        if limit.strictness == "below":
            return say(
                "The amount is not known: it counts below {limit}.", limit=counts
            )
        if inclusive:
            return say("The amount is not known: it counts from {limit}.", limit=counts)
        return say("The amount is not known: it counts above {limit}.", limit=counts)
    value = euro(amount)
    if not inclusive:
        return (
            say("{amount} is more than {limit}.", amount=value, limit=counts)
            if amount > limit.value
            else say("{amount} is not more than {limit}.", amount=value, limit=counts)
        )
    return (
        say("{amount} is not less than {limit}.", amount=value, limit=counts)
        if amount >= limit.value
        else say("{amount} is less than {limit}.", amount=value, limit=counts)
    )


def _not_known(name: str, on: date) -> Message:
    """The amount of that day was not read; the last one that was, is said with it."""
    ended = [
        value
        for value in parameters()[name].values
        if value.until is not None and value.until < on
    ]
    if not ended:
        return say("The amount that counts on {day} is not known here.", day=on)
    last = ended[-1]
    limit, until = euro(last.value), last.until or on
    if last.confidence == CONFIDENCES[-1]:
        return say(
            "The amount that counts on {day} is not known here; the last one kept, to "
            "be verified, is {limit}, until {until}.",
            day=on,
            until=until,
            limit=limit,
        )
    return say(
        "The amount that counts on {day} is not known here; until {until} it was "
        "{limit}.",
        day=on,
        until=until,
        limit=limit,
    )
