"""What every group of a file weighs, all groups at once.

`joint.weigh` says the same of one group; a test holds the two together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

from jointbuy.matching import weights
from jointbuy.matching.days import NEVER

if TYPE_CHECKING:
    from collections.abc import Sequence

Ints: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float64]
Flags: TypeAlias = NDArray[np.bool_]

YEAR = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Groups:
    """What is weighed of each group, as in `joint.Group`.

    `digits` is -1 where fewer than two needs declare a code. `volume` sums the known
    estimates; `unbundled` sums, over the administrations, each sum times the square
    root of its share; `priced` counts those with an estimate, `largest` is the largest
    of their sums. Of a file, later entries lie within weeks of the others.
    """

    participants: Ints
    certainty: Floats
    digits: Ints
    first: Ints
    last: Ints
    nearness: Ints
    volume: Floats
    unbundled: Floats
    priced: Ints
    largest: Floats
    languages: Ints
    mixed: Flags
    add_up: Flags
    shortest: Ints
    longest: Ints
    later: Ints
    on: int


NEARNESS = ("same_place", "neighbours", "far_apart", "distance_unknown")


@dataclass(frozen=True, slots=True)
class Weighed:
    """The reasons that may count, in their order: name, points, and for whom."""

    names: tuple[str, ...]
    points: tuple[Ints, ...]
    counts: tuple[Flags, ...]

    def score(self) -> Ints:
        """The sum for each group."""
        found = np.zeros(len(self.points[0]), dtype=np.int64)
        for points, counts in zip(self.points, self.counts, strict=True):
            found += points * counts
        return found

    def table(self) -> tuple[list[list[int]], list[list[bool]]]:
        """Points and whether they count, a row for each group."""
        return (
            np.column_stack(self.points).tolist(),
            np.column_stack(self.counts).tolist(),
        )


def weigh_all(groups: Groups) -> Weighed:
    """The names and weights of the reasons of every group, in the order of `weigh`."""
    found: list[tuple[str, Ints | int, Flags]] = []
    count = len(groups.participants)
    always = np.ones(count, dtype=bool)
    found.append(
        (
            "same_purchase",
            _rounded(
                weights.points("same_purchase")
                * (0.5 + 0.5 * np.minimum(1.0, groups.certainty / weights.SURE))
            ),
            always,
        )
    )
    found.append(
        (
            "shared_code",
            _stepped(groups.digits, weights.CODE_STEPS),
            groups.digits > 0,
        )
    )
    found.append(("other_code", weights.points("other_code"), groups.digits == 0))
    days = np.where(groups.last >= NEVER, NEVER, groups.last) - groups.first + 1
    together = groups.later == 0
    found.append(("staggered", weights.points("staggered"), ~together))
    found.append(("common_window", _stepped(days, weights.WINDOW_STEPS), together))
    notice = groups.last - groups.on
    passed = notice < 0
    very = ~passed & (notice < weights.VERY_NEAR_DAYS)
    near = ~passed & ~very & (notice < weights.NEAR_DAYS)
    for name, flags in (
        ("launch_passed", passed),
        ("launch_very_near", very),
        ("launch_near", near),
    ):
        found.append((name, weights.points(name), flags))
    for place, name in enumerate(NEARNESS):
        found.append((name, weights.points(name), groups.nearness == place))
    found += _by_volume(groups)
    further = groups.participants - 1
    few = np.minimum(further, weights.FEW - 1)
    found += [
        (
            "one_procedure",
            _rounded(weights.points("one_procedure") * np.log2(groups.participants)),
            always,
        ),
        (
            "heavier_procedure",
            few * weights.points("heavier_procedure")
            + (further - few) * weights.points("crowd"),
            always,
        ),
        ("two_languages", weights.points("two_languages"), groups.languages > 1),
        ("natures_differ", weights.points("natures_differ"), groups.mixed),
        ("quantities_add_up", weights.points("quantities_add_up"), groups.add_up),
        (
            "durations_differ",
            weights.points("durations_differ"),
            (groups.longest > 0) & (groups.longest - groups.shortest >= YEAR),
        ),
    ]
    return Weighed(
        tuple(name for name, _, _ in found),
        tuple(
            np.broadcast_to(np.asarray(points, dtype=np.int64), (count,))
            for _, points, _ in found
        ),
        tuple(flags for _, _, flags in found),
    )


def _by_volume(groups: Groups) -> list[tuple[str, Ints | int, Flags]]:
    """The size of the contracts, whether they pay, and how far prices may fall."""
    some = groups.priced > 0
    total = np.where(groups.volume > 0, groups.volume, 1.0)
    share = np.where(groups.volume > 0, 1 - groups.unbundled / total, 0.0)
    gain = groups.volume * weights.COMPRESSIBLE * weights.TAKE_UP * share
    cost = (
        weights.COORDINATION_DAYS * weights.DAY_COST * (groups.participants - 1)
    ).astype(np.float64)
    small = (
        some
        & (groups.priced == groups.participants)
        & (groups.priced > 1)
        & (groups.largest < weights.OWN_ORDER)
        & (gain < cost)
    )
    size = _rounded(5 * np.log10(np.maximum(total, 1.0) / weights.OWN_ORDER))
    size = np.where(groups.volume > weights.OWN_ORDER, size, 0)
    size = np.minimum(weights.points("volume"), size)
    scale = _rounded(weights.points("scale_gain") * share)
    return [
        ("small_volume", weights.points("small_volume"), small),
        ("volume", size, some & ~small & (size != 0)),
        ("scale_gain", scale, some & (scale != 0)),
    ]


def _rounded(values: Floats) -> Ints:
    return np.rint(values).astype(np.int64)


def _stepped(values: Ints, steps: Sequence[tuple[int, int]]) -> Ints:
    """The points of the highest step that is reached; 0 below all."""
    found = np.zeros(len(values), dtype=np.int64)
    for least, worth in reversed(steps):
        found[values >= least] = worth
    return found
