"""What was ordered under a framework agreement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """An order (commande, bestelling) of one administration under a framework.

    `concluded_on` is the day that counts towards the ceilings; without one it is only
    planned. `amount` is euro excluding VAT; `until` the last day of what was ordered.
    `need` and `lot` are empty where none is meant.
    """

    id: str
    framework: str
    administration: str
    need: str = ""
    lot: str = ""
    concluded_on: date | None = None
    amount: Decimal | None = None
    quantity: Decimal | None = None
    unit: str = ""
    supplier: str = ""
    body: str = ""
    number: str = ""
    until: date | None = None
    note: str = ""
