"""Groups of rows that could buy together: on one launch day, or with later entries."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from jointbuy.matching import weights
from jointbuy.matching.days import NEVER
from jointbuy.matching.peeling import Peeled, closed_cells, peel, peel_near
from jointbuy.matching.places import ANYWHERE, NEIGHBOURS
from jointbuy.model.period import add_months

if TYPE_CHECKING:
    from jointbuy.matching.peeling import Flags, Ints
    from jointbuy.matching.places import Places
    from jointbuy.matching.rows import Row

TWO = 2


@dataclass(frozen=True, slots=True)
class Gathered:
    """Rows that start together on `launch`, and those that enter later, in order."""

    rows: tuple[Row, ...]
    launch: int
    later: tuple[Row, ...] = ()

    @property
    def all(self) -> tuple[Row, ...]:
        """Everybody, the first to enter first."""
        return self.rows + self.later

    @property
    def needs(self) -> tuple[str, ...]:
        """The ids of the needs, the first to enter first."""
        return tuple([row.need.id for row in self.all])

    @property
    def last(self) -> int:
        """The last day on which those of the launch can all start."""
        return min(row.end for row in self.rows)


def gather(
    rows: tuple[Row, ...], places: Places, max_framework_months: int
) -> tuple[Gathered, ...]:
    """All groups of at least two administrations; a row is in one of them at most."""
    buckets: dict[tuple[str, bool, str], list[Row]] = defaultdict(list)
    for row in rows:
        if not row.ground:
            buckets[row.bucket].append(row)
    found: list[Gathered] = []
    for bucket in buckets.values():
        if len({row.need.administration for row in bucket}) >= TWO:
            found += _of_bucket(bucket, places, max_framework_months)
    return tuple(found)


def _of_bucket(bucket: list[Row], places: Places, months: int) -> list[Gathered]:
    peeled = _peeled(bucket, places)
    members: dict[int, list[Row]] = defaultdict(list)
    left = []
    for row, number in zip(bucket, peeled.group.tolist(), strict=True):
        if number < 0:
            left.append(row)
        else:
            members[number].append(row)
    core = [
        Gathered(tuple(members[number]), int(peeled.launch[number]))
        for number in sorted(members)
    ]
    left.sort(key=lambda row: (row.start, row.need.id))
    core, left = _enter_later(core, left, places, months)
    return core + _staggered(left, places, months)


def _peeled(bucket: list[Row], places: Places) -> Peeled:
    days = (
        np.array([row.start for row in bucket], dtype=np.int64),
        np.array([row.end for row in bucket], dtype=np.int64),
    )
    owners = np.array(
        [places.at[row.need.administration] for row in bucket], dtype=np.int64
    )
    present, members = np.unique(owners, return_inverse=True)
    members = members.reshape(-1).astype(np.int64)
    reach = bucket[0].purchase.reach
    if reach != ANYWHERE or len(present) <= weights.MANY:
        return _by_reach(places.near(reach)[np.ix_(present, present)], members, *days)
    close = _by_reach(places.near(NEIGHBOURS)[np.ix_(present, present)], members, *days)
    return _with_the_rest(close, members, *days)


def _by_reach(near: Flags, members: Ints, starts: Ints, ends: Ints) -> Peeled:
    cells = closed_cells(near)
    if cells is None:
        return peel_near(near, members, starts, ends)
    return peel(cells[members], members, starts, ends)


def _with_the_rest(close: Peeled, members: Ints, starts: Ints, ends: Ints) -> Peeled:
    """The groups found close by, and those of all who found nobody there."""
    rest = np.flatnonzero(close.group < 0)
    one_cell = np.zeros(len(rest), dtype=np.int64)
    apart = peel(one_cell, members[rest], starts[rest], ends[rest])
    group = close.group.copy()
    group[rest] = np.where(apart.group < 0, -1, apart.group + len(close.launch))
    return Peeled(group, np.concatenate((close.launch, apart.launch)))


def _enter_later(
    core: list[Gathered], left: list[Row], places: Places, months: int
) -> tuple[list[Gathered], list[Row]]:
    """Let left-overs enter the nearest group that was launched before they start."""
    entering: dict[int, list[Row]] = defaultdict(list)
    out = []
    for row in left:
        fits = [
            (group.launch, -number)
            for number, group in enumerate(core)
            if group.launch < row.start < _limit(group.launch, months)
            and _near_all(row, group.rows, places)
        ]
        if fits:
            entering[-max(fits)[1]].append(row)
        else:
            out.append(row)
    core = [
        Gathered(group.rows, group.launch, tuple(entering.get(number, ())))
        for number, group in enumerate(core)
    ]
    return core, out


def _staggered(left: list[Row], places: Places, months: int) -> list[Gathered]:
    """Groups of left-overs without a common day: the first enters, others follow."""
    found = []
    while len(left) >= TWO:
        first, *others = left
        limit = _limit(first.start, months)
        later = [
            row
            for row in others
            if first.start < row.start < limit and _near_all(row, (first,), places)
        ]
        owners = {row.need.administration for row in (first, *later)}
        if len(owners) >= TWO:
            taken = {row.need.id for row in later}
            found.append(Gathered((first,), first.start, tuple(later)))
            others = [row for row in others if row.need.id not in taken]
        left = others
    return found


def _limit(launch: int, months: int) -> int:
    """The day on which a framework launched then has ended."""
    if launch >= NEVER:
        return launch
    return add_months(date.fromordinal(launch), months).toordinal()


def _near_all(row: Row, rows: tuple[Row, ...], places: Places) -> bool:
    near = places.near(row.purchase.reach)
    own = places.at[row.need.administration]
    return all(near[own, places.at[one.need.administration]] for one in rows)
