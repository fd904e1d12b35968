"""Running contracts: what an administration is still bound by, and until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """A running contract of one administration.

    `notice` is the last day on which it can be given notice or its renewal refused;
    `exclusive` that the administration may not buy the object elsewhere meanwhile;
    `successor` the need or contract that takes over; `framework` the framework
    agreement it was concluded under; `need` the need it was concluded for; `origin`
    the file and row it was taken in from.
    """

    id: str
    administration: str
    title: str
    supplier: str = ""
    cpv: str = ""
    start: date | None = None
    end: date | None = None
    notice: date | None = None
    renewals_left: int | None = None
    renewal_months: int | None = None
    yearly_value: Decimal | None = None
    exclusive: bool | None = None
    joint: bool | None = None
    successor: str = ""
    note: str = ""
    framework: str = ""
    reference: str = ""
    need: str = ""
    origin: str = ""
