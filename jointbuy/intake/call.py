"""A centre's call for interest as it is typed in one go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """What the letter of a centre says, and what this administration answers.

    `id` is that of the framework agreement to come. Amounts are euro excluding VAT.
    """

    id: str
    administration: str
    centre: str
    title: str
    deadline: date | None = None
    launch: date | None = None
    answer: bool | None = None
    maximum_quantity: Decimal | None = None
    unit: str = ""
    maximum_amount: Decimal | None = None
    note: str = ""

    @property
    def answered(self) -> bool | None:
        """The answer given; a maximum by itself is a yes."""
        most = (self.maximum_quantity, self.maximum_amount)
        if self.answer is None and any(each is not None for each in most):
            return True
        return self.answer
