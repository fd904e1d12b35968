"""How much may still be ordered under a framework agreement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointbuy.centres.orders import (
    concluded,
    reported_in_all,
    together,
    whole_ceiling,
)
from jointbuy.errors import NotFound, say

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from decimal import Decimal

    from jointbuy.model import FrameworkAgreement, FrameworkLot, Order


def remaining(
    framework: FrameworkAgreement,
    lot: str = "",
    orders: Iterable[Order] = (),
    on: date | None = None,
) -> Decimal | None:
    """What is left below the ceiling in euro, or None when no ceiling is known.

    A lot is bound by its own ceiling and by that of the whole. Less than nothing is
    left when more was ordered than the ceiling allows. The orders concluded until `on`
    count beside what the centre reports; those of other frameworks are left out.

    Raises:
        NotFound: the framework has no such lot.
    """
    own = _lot(framework, lot) if lot else None
    done = [
        each
        for each in orders
        if each.framework == framework.id and concluded(each, on)
    ]
    since = framework.consumed_on
    known = []
    if (ceiling := whole_ceiling(framework)) is not None:
        known.append(ceiling - together(reported_in_all(framework), done, since))
    if own is not None and own.ceiling is not None:
        of_lot = [each for each in done if each.lot == lot]
        known.append(own.ceiling - together(own.consumed, of_lot, since))
    return min(known) if known else None


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
