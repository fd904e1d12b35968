"""Where a framework agreement stands on a day; computed, never stored."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from jointbuy.centres.ceiling import remaining

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from jointbuy.model import FrameworkAgreement, Order


class Phase(Enum):
    """The life of a framework agreement, from announcement to its end."""

    ANNOUNCED = "ANNOUNCED"
    INTEREST_OPEN = "INTEREST_OPEN"
    INTEREST_CLOSED = "INTEREST_CLOSED"
    LAUNCHED = "LAUNCHED"
    AWARDED = "AWARDED"
    RUNNING = "RUNNING"
    ENDED = "ENDED"
    EXHAUSTED = "EXHAUSTED"
    UNKNOWN = "UNKNOWN"


def phase(
    framework: FrameworkAgreement, on: date, orders: Iterable[Order] = ()
) -> Phase:
    """The phase on that day.

    The day of the interest deadline is still open, the end day still runs. A running
    framework whose ceiling is reached, by what the centre reports and the orders until
    that day, is exhausted. Unknown when no day is recorded that says how far it has
    come.
    """
    if framework.end is not None and on > framework.end:
        return Phase.ENDED
    if framework.start is not None and on >= framework.start:
        left = remaining(framework, "", orders, on)
        return Phase.EXHAUSTED if left is not None and left <= 0 else Phase.RUNNING
    if framework.award is not None and on >= framework.award:
        return Phase.AWARDED
    if framework.launch is not None and on >= framework.launch:
        return Phase.LAUNCHED
    if framework.interest_deadline is not None:
        in_time = on <= framework.interest_deadline
        return Phase.INTEREST_OPEN if in_time else Phase.INTEREST_CLOSED
    if framework.launch or framework.award or framework.start:
        return Phase.ANNOUNCED
    return Phase.UNKNOWN
