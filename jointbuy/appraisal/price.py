"""How far a price falls when several buy as one.

Each pays a price of which a share can be pressed by volume; that share falls as one
over a power of the volume. Amounts are euro excluding VAT, volumes likewise.
Source: Schotanus, Telgen and de Boer, Omega 37(3), 2009.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

ONE, ZERO = Decimal(1), Decimal(0)


def fall(multiple: Decimal, exponent: Decimal) -> Decimal:
    """By which fraction the pressed share falls when the volume is so many times own.

    Nothing below once; 0,293 at twice.
    """
    return ONE - multiple**-exponent if multiple > ONE else ZERO


def saved(volume: Decimal, whole: Decimal, exponent: Decimal) -> Decimal:
    """What one volume would save as a part of the whole, if all of it were pressed."""
    return volume * fall(whole / volume, exponent) if volume > ZERO else ZERO


def saving(volumes: Sequence[Decimal], exponent: Decimal) -> Decimal:
    """What all of them would save together, if all of the price were pressed."""
    whole = sum(volumes, ZERO)
    return sum((saved(each, whole, exponent) for each in volumes), ZERO)


def at_one_price(volumes: Sequence[Decimal], exponent: Decimal) -> tuple[Decimal, ...]:
    """How the saving falls to each where all pay one equal price; the sum is one.

    A small volume paid dearer before, so it gains more for each euro. With an exponent
    of 0,5 a participant gains most at 25 % of a given whole, and less by bringing more
    once it has 38,2 %. Without any saving every part is zero.
    """
    whole = sum(volumes, ZERO)
    if not whole:
        return tuple(ZERO for _ in volumes)
    gained = [gained_of(each, whole, exponent) for each in volumes]
    every = sum(gained, ZERO)
    return tuple(each / every if every else ZERO for each in gained)


def gained_of(volume: Decimal, whole: Decimal, exponent: Decimal) -> Decimal:
    """What a volume gains at the price of the whole, up to one factor for all."""
    if volume <= ZERO:
        return ZERO
    return max(volume ** (ONE - exponent) - volume * whole**-exponent, ZERO)
