"""How the cells of a column are written, where some of them prove it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jointbuy.errors import Problem, say
from jointbuy.intake.amounts import parse_estimate
from jointbuy.intake.days import parse_day

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from jointbuy.intake.row import Row

MANY = 2
"""Cells that prove another habit, from which a whole column is doubted."""

UNCERTAIN = frozenset({"thousands", "either"})
"""Readings of a cell that can be read in two ways."""
_OTHERS = {"point", "english", "month first"}


@dataclass(slots=True)
class Habit:
    """How the cells of one column are written, where they prove it."""

    ours: int = 0
    other: int = 0
    either: int = 0

    @property
    def doubtful(self) -> bool:
        """Whether the column as a whole is written in the other way.

        One stray cell is a slip: it is refused by itself, and does not take the rows
        along that can be read.
        """
        return self.other >= MANY and self.other > self.ours


def habits_of(
    rows: Sequence[Row], *, amounts: Collection[str], days: Mapping[str, bool]
) -> dict[tuple[str, str], Habit]:
    """The habit of each column of amounts or days, by origin and field.

    Amounts with a decimal point (1234.56) prove another habit than the Belgian one,
    and so do days with the month first (03/15/2027). `days` tells of each field whether
    a month stands for its last day.
    """
    found: dict[tuple[str, str], Habit] = {}
    for row in rows:
        for name in (*amounts, *days):
            cell = row.cells.get(name)
            if isinstance(cell, str) and cell:
                habit = found.setdefault((row.origin, name), Habit())
                if name in days:
                    reading = parse_day(cell, end=days[name]).reading
                    ours = reading == "day first"
                else:
                    reading = parse_estimate(cell).reading
                    ours = not reading and "," in cell
                habit.other += reading in _OTHERS
                habit.either += reading in UNCERTAIN
                habit.ours += ours
    return found


def mixed_columns(
    rows: Sequence[Row], habits: Mapping[tuple[str, str], Habit]
) -> list[Problem]:
    """A stray cell makes one look again at those that can be read in two ways."""
    headings = {
        (row.origin, name): heading
        for row in rows
        for name, heading in row.columns.items()
    }
    return [
        Problem(
            field=name,
            column=headings.get((origin, name), ""),
            message=say(
                "Some cells of this column are written in another way; {count} that "
                "can be read in two ways were read the Belgian way (day before month, "
                "dot between thousands). Check them.",
                count=habit.either,
            ),
            blocking=False,
        )
        for (origin, name), habit in habits.items()
        if habit.other and habit.either and not habit.doubtful
    ]
