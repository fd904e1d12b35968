"""Days as columns: where a deadline stands on a line of time, as plain text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from jointbuy.workspace.watching import Lead

MONTHS = 12
FIRST, LAST = date(1990, 1, 1), date(2150, 1, 1)
"""Nobody looks further; days beyond do not exist."""

DUE, TODAY, WAIT, PREPARE, START, URGENT = "◆", "┊", "·", "═", "─", "!"
"""The signs of a line: a deadline, today, and what lies before the deadline."""
EARLIER, LATER = "◀", "▶"


class Scale(Enum):
    """How many days one column stands for."""

    WEEKS = 1
    MONTHS = 3
    QUARTERS = 10
    YEARS = 30

    def nearer(self) -> Scale:
        """The next finer one, if there is one."""
        every = list(Scale)
        return every[max(every.index(self) - 1, 0)]

    def wider(self) -> Scale:
        """The next coarser one, if there is one."""
        every = list(Scale)
        return every[min(every.index(self) + 1, len(every) - 1)]

    @property
    def months(self) -> int:
        """How many months one step further is; none where it is a week."""
        return {Scale.WEEKS: 0, Scale.MONTHS: 1, Scale.QUARTERS: 3}.get(self, MONTHS)

    def begin(self, day: date) -> date:
        """The first day of the week, month, quarter or year of that day.

        >>> str(Scale.WEEKS.begin(date(2026, 11, 25)))
        '2026-11-23'
        >>> str(Scale.QUARTERS.begin(date(2026, 12, 31)))
        '2026-10-01'
        """
        if not self.months:
            return day - timedelta(days=day.weekday())
        month = (day.month - 1) // self.months * self.months + 1
        return date(day.year, month, 1)

    def step(self, day: date, by: int) -> date:
        """The first day of the period that many periods further on."""
        begin = self.begin(day)
        if not self.months:
            return max(FIRST, min(begin + timedelta(days=7 * by), LAST))
        months = begin.year * MONTHS + begin.month - 1 + by * self.months
        months = max(FIRST.year * MONTHS, min(months, LAST.year * MONTHS))
        return date(months // MONTHS, months % MONTHS + 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The days that are seen: from `start` on, in `width` columns."""

    start: date
    scale: Scale
    width: int

    def column(self, day: date) -> int:
        """The column of a day; below 0 before the window, `width` or more after it."""
        return (day - self.start).days // self.scale.value

    @property
    def last(self) -> date:
        """The last day that is seen."""
        return self.start + timedelta(days=max(self.width, 1) * self.scale.value - 1)

    def periods(self) -> Iterator[tuple[int, date]]:
        """The first day of each week, month, quarter or year, with its column."""
        day = self.scale.begin(self.start)
        if day < self.start:
            day = self.scale.step(day, 1)
        while (at := self.column(day)) < self.width and day < LAST:
            yield at, day
            day = self.scale.step(day, 1)


def named_periods(window: Window, name: Callable[[date, bool], str]) -> str:
    """The line of the names of the periods; one that does not fit whole is left out.

    `name` is given the day, and whether its year must be said.
    """
    line, year = "", 0
    for at, day in window.periods():
        if line and at <= len(line):
            continue
        text = name(day, day.year != year)
        if at + len(text) <= window.width:
            line = line.ljust(at) + text
            year = day.year
    return line.ljust(window.width)


def ruler(window: Window, today: date) -> str:
    """The line of days: a cross where a period begins, today by its number.

    >>> ruler(Window(start=date(2026, 11, 1), scale=Scale.MONTHS, width=14),
    ...       date(2026, 11, 21))
    '+-----|21-+---'
    """
    cells = ["-"] * window.width
    for at, _ in window.periods():
        cells[at] = "+"
    at = window.column(today)
    if 0 <= at < window.width:
        text = f"|{today.day}" if at + 2 < window.width else "|"
        cells[at : at + len(text)] = text
    return "".join(cells[: window.width])


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A deadline as it is drawn: its day, the time before it, what is said behind it.

    `words` are tried from the longest to the shortest.
    """

    day: date
    lead: Lead | None = None
    urgent: bool = False
    words: tuple[str, ...] = ()


def draw(window: Window, mark: Mark, today: date) -> str:
    """The line of one deadline, exactly as wide as the window.

    From today the time of waiting, then that of preparing (or in which the start may
    lie), then the deadline. What lies outside the window is pointed at.
    """
    width = window.width
    cells = [" "] * width
    now, due = window.column(today), window.column(mark.day)
    for at, sign in _before(window, mark, now, due):
        if 0 <= at < width:
            cells[at] = sign
    if 0 <= now < width:
        cells[now] = TODAY
    if due < 0:
        _put(cells, 0, EARLIER, URGENT if mark.urgent else "", mark.words)
    elif due >= width:
        _put_last(cells, mark)
    else:
        _put(cells, due, DUE, URGENT if mark.urgent else "", mark.words)
    return "".join(cells)


def _before(
    window: Window, mark: Mark, now: int, due: int
) -> Iterator[tuple[int, str]]:
    """The signs between today and the deadline, those of the lead over the others."""
    low, high = max(now, 0), min(due, window.width)
    yield from ((at, WAIT) for at in range(low, high))
    if mark.lead is not None:
        sign = PREPARE if mark.lead.prepares else START
        begin = max(window.column(mark.lead.begin), 0)
        yield from ((at, sign) for at in range(begin, high))


def _put(cells: list[str], at: int, sign: str, more: str, words: Iterable[str]) -> None:
    """The sign there, and behind it the longest of the words that fits."""
    text = sign + more
    fitting = (f"{text} {each}" for each in words if each)
    room = len(cells) - at
    text = next((each for each in fitting if len(each) <= room), text[:room])
    cells[at : at + len(text)] = text


def _put_last(cells: list[str], mark: Mark) -> None:
    """At the end, what lies after it."""
    words = [f"{each} {LATER}" for each in mark.words if each] + [LATER]
    shortest = min(words[:-1], key=len, default=LATER)
    text = shortest if len(shortest) < len(cells) else LATER
    if cells:
        cells[len(cells) - len(text) :] = text


__all__ = [
    "DUE",
    "PREPARE",
    "START",
    "TODAY",
    "URGENT",
    "WAIT",
    "Mark",
    "Scale",
    "Window",
    "draw",
    "named_periods",
    "ruler",
]
