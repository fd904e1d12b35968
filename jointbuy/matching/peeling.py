"""Density peeling: the day on which most can start makes a group, and again.

Everybody in a group can start on its launch day, so no group is a mere chain of
windows that touch. Whole columns are peeled at once; no row is looked at alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Ints: TypeAlias = NDArray[np.int64]
Flags: TypeAlias = NDArray[np.bool_]

TWO = 2


@dataclass(frozen=True, slots=True)
class Peeled:
    """The group of each row (-1 for none) and the launch day of each group."""

    group: Ints
    launch: Ints


def peel(cells: Ints, members: Ints, starts: Ints, ends: Ints) -> Peeled:
    """Groups of rows of one cell whose windows share a day, at least two members each.

    In each cell the day on which most members have a window open makes a group of all
    windows that hold it; on a tie the day with most windows, then the earliest; then
    again with the rest. Days are whole numbers, both ends of a window included.
    """
    count = len(cells)
    group = np.full(count, -1, dtype=np.int64)
    launches: list[Ints] = []
    if not count:
        return Peeled(group, np.empty(0, dtype=np.int64))
    low = int(starts.min())
    span = int(ends.max()) - low + TWO
    rows = np.flatnonzero(ends >= starts)
    stretch = _stretches(cells[rows], starts[rows] - low, ends[rows] - low, span)
    order = np.lexsort((starts[rows], members[rows], stretch))
    cells = np.zeros(count, dtype=np.int64)
    cells[rows] = stretch
    rows = rows[order]
    made = 0
    while len(rows) > 1:
        cell = cells[rows]
        best_cell, best_day = _densest(
            cell, members[rows], starts[rows] - low, ends[rows] - low, span
        )
        if not len(best_cell):
            break
        place = np.searchsorted(best_cell, cell)
        place[place == len(best_cell)] = 0
        alive = best_cell[place] == cell
        rows, place = rows[alive], place[alive]
        day = best_day[place] + low
        taken = (starts[rows] <= day) & (day <= ends[rows])
        inside = rows[taken]
        group[inside] = place[taken] + made
        launch = np.full(len(best_cell), low, dtype=np.int64)
        np.maximum.at(launch, place[taken], starts[inside])
        launches.append(launch)
        made += len(best_cell)
        rows = rows[~taken]
    launch_days = np.concatenate(launches) if launches else np.empty(0, dtype=np.int64)
    return Peeled(group, launch_days)


def _stretches(cell: Ints, start: Ints, end: Ints, span: int) -> Ints:
    """Cells cut where no window is open: what lies apart is peeled at the same time."""
    _, cell = np.unique(cell, return_inverse=True)
    cell = cell.reshape(-1).astype(np.int64)
    order = np.argsort(cell * span + start, kind="stable")
    first, last = (cell * span + start)[order], (cell * span + end)[order]
    new = np.ones(len(cell), dtype=bool)
    new[1:] = first[1:] > np.maximum.accumulate(last)[:-1]
    found = np.empty(len(cell), dtype=np.int64)
    found[order] = np.cumsum(new) - 1
    return found


def _densest(
    cell: Ints, member: Ints, start: Ints, end: Ints, span: int
) -> tuple[Ints, Ints]:
    """Per cell with two members open on one day: the cell and its best day.

    Rows are sorted by cell, member and start. Windows of one member that overlap are
    one stretch, so that each member counts once a day; the windows themselves only
    break ties.
    """
    base = cell * span
    days = np.unique(base + start)
    windows = _open(base + start, base + end, days)
    new = np.ones(len(cell), dtype=bool)
    new[1:] = (cell[1:] != cell[:-1]) | (member[1:] != member[:-1])
    owner = np.cumsum(new) - 1
    reach = np.maximum.accumulate(owner * span + end) - owner * span
    new[1:] |= start[1:] > reach[:-1]
    first = np.flatnonzero(new)
    last = np.append(first[1:], len(cell)) - 1
    people = _open(base[first] + start[first], base[first] + reach[last], days)
    of_cell = days // span
    rank = np.lexsort((days, -windows, -people, of_cell))
    of_cell, people, days = of_cell[rank], people[rank], days[rank]
    lead = np.ones(len(days), dtype=bool)
    lead[1:] = of_cell[1:] != of_cell[:-1]
    lead &= people >= TWO
    return of_cell[lead], days[lead] % span


def _open(starts: Ints, ends: Ints, days: Ints) -> Ints:
    """How many stretches are open on each day; cells are far apart on the same line."""
    begun = np.searchsorted(np.sort(starts), days, "right")
    over = np.searchsorted(np.sort(ends), days)
    return (begun - over).astype(np.int64)


def peel_near(near: Flags, members: Ints, starts: Ints, ends: Ints) -> Peeled:
    """Groups around one member each, where being near is not passed on.

    `near[a, b]` says that member b is near member a. A group is one member and those
    near to it, all with a window open on the same day. Most members win; then most
    windows; then the earliest day; then the first member.
    """
    count = len(members)
    group = np.full(count, -1, dtype=np.int64)
    launches: list[int] = []
    left = np.flatnonzero(ends >= starts)
    while len(left) > 1:
        days = np.unique(starts[left])
        opened = (starts[left, None] <= days) & (days <= ends[left, None])
        present = np.zeros((len(near), len(days)), dtype=np.float32)
        np.maximum.at(present, members[left], opened.astype(np.float32))
        people = (near.astype(np.float32) @ present) * present
        if people.max() < TWO:
            break
        windows = near[:, members[left]].astype(np.float32) @ opened
        crowd = people * (len(left) + 1) + windows * present
        most = crowd.max()
        day_at = int(np.flatnonzero(crowd.max(axis=0) == most)[0])
        centre = int(np.flatnonzero(crowd[:, day_at] == most)[0])
        taken = opened[:, day_at] & near[centre, members[left]]
        group[left[taken]] = len(launches)
        launches.append(int(starts[left[taken]].max()))
        left = left[~taken]
    return Peeled(group, np.array(launches, dtype=np.int64))


def closed_cells(near: Flags) -> Ints | None:
    """The cell of each member where being near is passed on, else None."""
    _, cells = np.unique(near, axis=0, return_inverse=True)
    cells = cells.reshape(-1).astype(np.int64)
    same = cells[:, None] == cells[None, :]
    return cells if bool((same == near).all()) else None
