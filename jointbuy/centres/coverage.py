"""Which lot of a framework agreement a purchase falls under."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from jointbuy.model import Nature
from jointbuy.vocabulary import cpv as tree

if TYPE_CHECKING:
    from jointbuy.model import FrameworkAgreement

WORKS_DIVISION = "45"
FIRST_SERVICES_DIVISION = 50


def covers(
    framework: FrameworkAgreement, cpv: str, nature: Nature | None = None
) -> str | None:
    """The lot a code falls under, "" for the framework as a whole, None for neither.

    A framework covers its own codes and all below them; the lot with the finest code
    wins, the first one on a tie; where every lot says what it holds, the lots alone
    decide. A code of another nature than the purchase does not cover it.
    """
    code = tree.bare(cpv)
    if not code:
        return None
    found: list[tuple[int, int, str]] = []
    for place, lot in enumerate(framework.lots):
        found += [(-depth, place, lot.id) for depth in _depths(lot.cpv, code, nature)]
    if found:
        return min(found)[2]
    if framework.lots and all(lot.cpv for lot in framework.lots):
        return None
    return "" if _depths(framework.cpv, code, nature) else None


@lru_cache(maxsize=100_000)
def _depths(
    codes: tuple[str, ...], code: str, nature: Nature | None
) -> tuple[int, ...]:
    """How fine each of the codes is that the code lies under.

    Every need is held against every framework, and their codes are few.
    """
    return tuple(
        tree.depth(own)
        for own in map(tree.bare, codes)
        if own and tree.within(code, own) and _suits(own, nature)
    )


def _suits(code: str, nature: Nature | None) -> bool:
    """Whether a code can name a purchase of that nature.

    Only works are kept apart: a supply may well be part of a service. What is done
    on the spot (repair, gardening) may be declared as works under a services code.
    """
    division = code[:2]
    if nature is Nature.WORKS:
        return division == WORKS_DIVISION or int(division) >= FIRST_SERVICES_DIVISION
    return nature is None or division != WORKS_DIVISION
