"""How much of a planted truth is found; pairs are counted by groups, never listed.

A group of needs stands for all pairs of its needs that two administrations have. How
many of those are true is known from the needs that share both the found and the true
group, so that a register of a million needs is scored in a second.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Ints: TypeAlias = NDArray[np.int64]
Flags: TypeAlias = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """What was found, as shares (0 to 1).

    `cross_recall` counts the pairs of a French and a Dutch need alone. `unlaunched` is
    the share of grouped needs that cannot start on the launch day of their group, or
    whose group has no day common to all; those that enter later by plan are counted in
    `staggered` instead.
    """

    precision: float
    recall: float
    f1: float
    cross_precision: float
    cross_recall: float
    grouped: float
    groups: int
    largest: int
    unlaunched: float
    staggered: float


def measure(
    found: Ints,
    true: Ints,
    administration: Ints,
    language: Sequence[str],
    *,
    start: Ints,
    end: Ints,
    launch: Ints | None = None,
    later: Flags | None = None,
) -> Quality:
    """Holds found groups (-1 for none) against the true ones, a row per need.

    `launch` is the launch day of each row's group; where it is not given a group has
    one when all of its windows share a day. `later` marks those that enter later.
    """
    tongue = np.array([{"fr": 1, "nl": 2}.get(name, 0) for name in language])
    inside = found >= 0
    both = _joined(found[inside], true[inside])
    hits = pairs(both, administration[inside])
    given, wanted = (
        pairs(found[inside], administration[inside]),
        pairs(true, administration),
    )
    cross = [
        cross_pairs(groups, administration[rows], tongue[rows])
        for groups, rows in (
            (both, inside),
            (found[inside], inside),
            (true, np.ones(len(true), dtype=bool)),
        )
    ]
    precision, recall = _share(hits, given), _share(hits, wanted)
    sizes = np.unique(found[inside], return_counts=True)[1]
    late = np.zeros(len(found), dtype=bool) if later is None else later
    off = inside & ~late & ~_can_start(found, start, end, launch, late)
    return Quality(
        precision=precision,
        recall=recall,
        f1=_share(2 * precision * recall, precision + recall),
        cross_precision=_share(cross[0], cross[1]),
        cross_recall=_share(cross[0], cross[2]),
        grouped=_share(int(inside.sum()), len(found)),
        groups=len(sizes),
        largest=int(sizes.max(initial=0)),
        unlaunched=_share(int(off.sum()), int(inside.sum())),
        staggered=_share(int((inside & late).sum()), int(inside.sum())),
    )


def _can_start(
    found: Ints, start: Ints, end: Ints, launch: Ints | None, late: Flags
) -> Flags:
    """Whether each row can start on the launch day of its group."""
    if launch is not None:
        able: Flags = (start <= launch) & (launch <= end)
        return able
    rows = np.flatnonzero((found >= 0) & ~late)
    _, group = np.unique(found[rows], return_inverse=True)
    last_start = np.full(group.max(initial=-1) + 1, np.iinfo(np.int64).min)
    first_end = np.full(len(last_start), np.iinfo(np.int64).max)
    np.maximum.at(last_start, group, start[rows])
    np.minimum.at(first_end, group, end[rows])
    common = np.zeros(len(found), dtype=bool)
    common[rows] = (last_start <= first_end)[group]
    return common


def pairs(groups: Ints, administration: Ints) -> int:
    """How many pairs of rows are in one group and of two administrations.

    >>> pairs(np.array([1, 1, 1, 2]), np.array([7, 7, 8, 8]))
    2
    """
    return _pairs_of(groups) - _pairs_of(_joined(groups, administration))


def cross_pairs(groups: Ints, administration: Ints, tongue: Ints) -> int:
    """The same, of one row in French (1) and one in Dutch (2)."""
    return _crossing(groups, tongue) - _crossing(
        _joined(groups, administration), tongue
    )


def _crossing(groups: Ints, tongue: Ints) -> int:
    _, group = np.unique(groups, return_inverse=True)
    size = int(group.max(initial=-1)) + 1
    french = np.bincount(group[tongue == 1], minlength=size)
    dutch = np.bincount(group[tongue == 2], minlength=size)
    return int(french @ dutch)


def _pairs_of(groups: Ints) -> int:
    sizes = np.unique(groups, return_counts=True)[1].astype(np.int64)
    return int((sizes * (sizes - 1) // 2).sum())


def _joined(one: Ints, other: Ints) -> Ints:
    """A number for each distinct pair of values."""
    return one.astype(np.int64) * (int(other.max(initial=0)) + 1) + other


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def groups_of(
    proposals: Iterable[Mapping[str, object]], ids: Sequence[str]
) -> tuple[Ints, list[str | None], list[bool]]:
    """The group of each id (-1 for none) in what was proposed, best proposal first.

    A proposal to buy together is a group; a need named by several is in the first. Also
    gives the launch day of each group, and whether it says that some enter later.
    """
    place = {name: row for row, name in enumerate(ids)}
    group = np.full(len(ids), -1, dtype=np.int64)
    launches: list[str | None] = []
    staggered: list[bool] = []
    for one in proposals:
        if one["kind"] != "joint":
            continue
        needs, reasons, day = one["needs"], one["reasons"], one["launch"]
        assert isinstance(needs, (list, tuple))
        assert isinstance(reasons, (list, tuple))
        rows = [place[name] for name in needs]
        rows = [row for row in rows if group[row] < 0]
        group[rows] = len(launches)
        launches.append(str(day) if day else None)
        staggered.append(any(reason["name"] == "staggered" for reason in reasons))
    return group, launches, staggered
