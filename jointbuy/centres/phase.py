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

    The day of the interest deadline is still open, the end day still runs. A framework
    that runs, or was awarded with no first day on record, is exhausted once its ceiling
    is reached, by what the centre reports and the orders until that day. Unknown when
    no day is recorded that says how far it has come.
    """
    if framework.end is not None and on > framework.end:
        return Phase.ENDED
    runs = framework.start is not None and on >= framework.start
    awarded = framework.award is not None and on >= framework.award
    if runs or (awarded and framework.start is None):
        left = remaining(framework, "", orders, on)
        if left is not None and left <= 0:
            return Phase.EXHAUSTED
    if runs:
        return Phase.RUNNING
    if awarded:
        return Phase.AWARDED
    if framework.launch is not None and on >= framework.launch:
        return Phase.LAUNCHED
    if framework.interest_deadline is not None:
        in_time = on <= framework.interest_deadline
        return Phase.INTEREST_OPEN if in_time else Phase.INTEREST_CLOSED
    if framework.launch or framework.award or framework.start:
        return Phase.ANNOUNCED
    return Phase.UNKNOWN
