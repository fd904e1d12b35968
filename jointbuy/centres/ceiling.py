"""How much may still be ordered under a framework agreement."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from jointbuy.errors import NotFound, say

if TYPE_CHECKING:
    from jointbuy.model import FrameworkAgreement, FrameworkLot


def remaining(framework: FrameworkAgreement, lot: str = "") -> Decimal | None:
    """What is left below the ceiling in euro, or None when no ceiling is known.

    A lot is bound by its own ceiling and by that of the whole. Less than nothing is
    left when more was ordered than the ceiling allows.

    Raises:
        NotFound: the framework has no such lot.
    """
    whole = _whole(framework)
    if not lot:
        return whole
    own = _own(_lot(framework, lot))
    known = [left for left in (own, whole) if left is not None]
    return min(known) if known else None


def _whole(framework: FrameworkAgreement) -> Decimal | None:
    """What is left of the total; the lots add up where no total is known."""
    by_lot = sum((lot.consumed for lot in framework.lots), Decimal(0))
    consumed = max(framework.consumed, by_lot)
    if framework.ceiling is not None:
        return framework.ceiling - consumed
    ceilings = [lot.ceiling for lot in framework.lots if lot.ceiling is not None]
    if not ceilings or len(ceilings) < len(framework.lots):
        return None
    return sum(ceilings, Decimal(0)) - consumed


def _own(lot: FrameworkLot) -> Decimal | None:
    return None if lot.ceiling is None else lot.ceiling - lot.consumed


def _lot(framework: FrameworkAgreement, lot: str) -> FrameworkLot:
    for one in framework.lots:
        if one.id == lot:
            return one
    raise NotFound(
        say(
            "The framework agreement {framework} has no lot {lot}.",
            framework=framework.id,
            lot=lot,
        )
    )
