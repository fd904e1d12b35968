"""In which unit each need counts, given what others of its purchase count in."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from jointbuy.matching.units import COUNTED, PIECE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from jointbuy.vocabulary.bridge import Ints


def settled(named: Mapping[str, int]) -> dict[str, str]:
    """What each unit of a purchase counts as, given how many needs name each.

    Pieces of what others count by name are counted like it; needs that name no unit
    ("") count with the unit most others name.

    >>> settled({"piece": 3, "voucher": 1, "": 2})
    {'piece': 'voucher', 'voucher': 'voucher', '': 'voucher'}
    """
    found = {unit: unit for unit in named}
    counts = Counter({unit: many for unit, many in named.items() if unit})
    if PIECE in counts:
        own = _most({unit: counts[unit] for unit in counts if unit in COUNTED})
        if own:
            found[PIECE] = own
            counts[own] += counts.pop(PIECE)
    if "" in found:
        found[""] = _most(counts)
    return found


def _most(counts: Mapping[str, int]) -> str:
    """The unit named most often; the first by name on a tie."""
    return min(counts, key=lambda unit: (-counts[unit], unit), default="")


def settled_columns(purchase: Ints, unit: Ints, bases: Sequence[str]) -> Ints:
    """The unit each need counts in, as places among the sorted bases.

    `unit` is the place of what each need names in `bases`, the base units; several
    places may hold the same base.
    """
    names = sorted({"", *bases})
    at = {name: place for place, name in enumerate(names)}
    named = np.array([at[base] for base in bases], dtype=np.int64)[unit]
    keys, row, counts = np.unique(
        purchase * len(names) + named, return_inverse=True, return_counts=True
    )
    of = (keys // len(names)).tolist()
    by_purchase: dict[int, dict[str, int]] = {}
    for own, key, count in zip(of, keys.tolist(), counts.tolist(), strict=True):
        by_purchase.setdefault(own, {})[names[key % len(names)]] = count
    known = {own: settled(found) for own, found in by_purchase.items()}
    target = [
        at[known[own][names[key % len(names)]]]
        for own, key in zip(of, keys.tolist(), strict=True)
    ]
    found: Ints = np.array(target, dtype=np.int64)[row.reshape(-1)]
    return found
