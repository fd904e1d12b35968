"""Everything a matching run looks at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from jointbuy.matching.learning import Labels
    from jointbuy.model import (
        Adhesion,
        Administration,
        Contract,
        FrameworkAgreement,
        Interest,
        Need,
        Order,
        Programme,
        PurchasingCentre,
        UseDecision,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """What the register holds, seen on the day `on`.

    `max_framework_months` is how long a framework agreement may run: later entries
    must fall within it. It comes from the law of the day, so it has no default.
    `labels` gives the official wordings of a code where the list is installed.
    """

    needs: tuple[Need, ...]
    administrations: tuple[Administration, ...] = ()
    contracts: tuple[Contract, ...] = ()
    centres: tuple[PurchasingCentre, ...] = ()
    frameworks: tuple[FrameworkAgreement, ...] = ()
    adhesions: tuple[Adhesion, ...] = ()
    interests: tuple[Interest, ...] = ()
    uses: tuple[UseDecision, ...] = ()
    on: date
    max_framework_months: int
    labels: Labels | None = None
    orders: tuple[Order, ...] = ()
    programmes: tuple[Programme, ...] = ()
