"""Euro, always excluding VAT, and how an amount is divided to the cent."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


def cents(amount: Decimal) -> Decimal:
    """The amount rounded to the cent, halves upwards."""
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


def shares(
    total: Decimal, weights: Sequence[Decimal], *, unit: Decimal = CENT
) -> tuple[Decimal, ...]:
    """`total` divided by the weights in multiples of `unit`; the parts sum to `total`.

    Largest remainder first, the earlier party on a tie. `total` must itself be a
    multiple of `unit`; without any weight every party bears the same.

    >>> shares(Decimal("100.00"), [Decimal(1), Decimal(1), Decimal(1)])
    (Decimal('33.34'), Decimal('33.33'), Decimal('33.33'))
    """
    if not weights:
        return ()
    if min(weights) < 0:
        raise ValueError("a share cannot have a negative weight")
    used = list(weights) if sum(weights) > 0 else [Decimal(1)] * len(weights)
    whole = sum(used, Decimal(0))
    steps = int(total / unit)
    exact = [Decimal(steps) * weight / whole for weight in used]
    floors = [int(part) for part in exact]
    left = steps - sum(floors)
    order = sorted(range(len(used)), key=lambda i: (floors[i] - exact[i], i))
    for i in order[:left]:
        floors[i] += 1
    return tuple(floor * unit for floor in floors)
