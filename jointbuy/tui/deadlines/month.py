"""A calendar of some months: on which days there are deadlines, and how many."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar

from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from jointbuy.errors import say
from jointbuy.l10n import format as written
from jointbuy.tui.actions import Action, Group, bindings
from jointbuy.tui.deadlines.scale import DUE, FIRST, LAST, TODAY, URGENT
from jointbuy.tui.prose import plain
from jointbuy.tui.stage import speech_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from textual.binding import BindingType
    from textual.events import Click

WEEK = 7
CELL = 5
"""Columns of a day: where one is, two digits, a sign, how many."""
BLOCK = WEEK * CELL
GAP = 3
TALL = 8
"""Lines of a month: its name, the days of the week, six weeks."""
MONTHS = 12
MOST = 9
TONES = {URGENT: "$text-warning", DUE: "$text-accent"}

MONTH: tuple[Action, ...] = (
    Action(
        id="pane.week_before",
        keys=("up", "k"),
        label=say("Up"),
        help=say("Look at the same day a week earlier."),
        group=Group.MOVE,
        does="day(-7)",
    ),
    Action(
        id="pane.week_after",
        keys=("down", "j"),
        label=say("Down"),
        help=say("Look at the same day a week later."),
        group=Group.MOVE,
        does="day(7)",
    ),
    Action(
        id="pane.month_before",
        keys=("pageup",),
        label=say("Month before"),
        help=say("Look at the same day a month earlier."),
        group=Group.MOVE,
        does="month(-1)",
    ),
    Action(
        id="pane.month_after",
        keys=("pagedown",),
        label=say("Month after"),
        help=say("Look at the same day a month later."),
        group=Group.MOVE,
        does="month(1)",
    ),
    Action(
        id="pane.deadline_before",
        keys=("home",),
        label=say("Deadline before"),
        help=say("Look at the last day before this one that has a deadline."),
        group=Group.MOVE,
        does="next(-1)",
    ),
    Action(
        id="pane.deadline_after",
        keys=("end",),
        label=say("Deadline after"),
        help=say("Look at the first day after this one that has a deadline."),
        group=Group.MOVE,
        does="next(1)",
    ),
    Action(
        id="pane.of_the_day",
        keys=("enter",),
        label=say("Day"),
        help=say("Go to the deadlines of this day."),
        group=Group.MOVE,
        rank=8,
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """How many deadlines a day has, and whether one of them is near or missed."""

    count: int = 0
    urgent: bool = False


NOTHING = Due()


def moved(day: date, months: int) -> date:
    """The same day some months on; the last of the month where there is none.

    >>> str(moved(date(2027, 1, 31), 1))
    '2027-02-28'
    """
    year, month = divmod(day.year * MONTHS + day.month - 1 + months, MONTHS)
    if not FIRST.year <= year < LAST.year:
        return day
    length = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, length))


def weeks(year: int, month: int) -> list[list[date | None]]:
    """Six weeks of a month, Monday first; nothing where a day is of another month."""
    found: list[list[date | None]] = [
        [day if day.month == month else None for day in week]
        for week in calendar.Calendar().monthdatescalendar(year, month)
    ]
    return found + [[None] * WEEK] * (TALL - 2 - len(found))


def cell(day: date, due: Due, *, today: bool, here: bool) -> str:
    """A day in five columns: where one is or today, its number, a sign, how many.

    >>> cell(date(2027, 1, 8), Due(count=3, urgent=True), today=False, here=True)
    '▶ 8!3'
    """
    sign = "▶" if here else TODAY if today else " "
    mark = URGENT if due.urgent else DUE if due.count else " "
    number = "" if due.count <= 1 else str(due.count) if due.count <= MOST else "+"
    return f"{sign}{day.day:2}{mark}{number:1}"


def fitting(width: int, height: int) -> tuple[int, int]:
    """How many months stand beside and below each other."""
    return max((width + GAP) // (BLOCK + GAP), 1), max(height // TALL, 1)


class Month(Widget, can_focus=True):
    """Months beside each other; one day is looked at."""

    ALLOW_SELECT = False
    ACTIONS: ClassVar[tuple[Action, ...]] = MONTH
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(MONTH)]
    DEFAULT_CSS = """
    Month { background: $surface; padding: 0 1; }
    """

    class Moved(Message):
        """Another day is looked at."""

        def __init__(self, day: date) -> None:
            super().__init__()
            self.day = day

    class Entered(Message):
        """The deadlines of the day are wanted."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.on: date | None = None
        self.at: date | None = None
        self.first: date | None = None
        self.dues: Mapping[date, Due] = {}

    def show(self, dues: Mapping[date, Due], on: date) -> None:
        """Show these days; the one looked at stays, at first it is the day itself."""
        self.dues, self.on = dues, on
        if self.at is None:
            self.look(on)
        self.refresh()

    def look(self, day: date) -> None:
        """Look at that day, in months that are seen."""
        day = max(FIRST, min(day, LAST - timedelta(days=1)))
        self.at = day
        beside, below = self._fitting()
        month = day.replace(day=1)
        if self.first is None or month < self.first:
            self.first = month
        while month >= moved(self.first, beside * below):
            self.first = moved(self.first, 1)
        self.refresh()
        self.post_message(self.Moved(day))

    def today(self) -> None:
        """Look at today, in the first of the months."""
        if self.on is not None:
            self.first = None
            self.look(self.on)

    def relabel(self) -> None:
        """Name the months and days in the language of the moment."""
        self.refresh()

    def _fitting(self) -> tuple[int, int]:
        size = self.content_size
        return fitting(size.width, size.height)

    def on_resize(self) -> None:
        """Another number of months fits."""
        if self.at is not None:
            self.look(self.at)

    def action_day(self, by: int) -> None:
        """Look at another day."""
        if self.at is not None:
            self.look(self.at + timedelta(days=by))

    def action_month(self, by: int) -> None:
        """Look at the same day of another month."""
        if self.at is not None:
            self.look(moved(self.at, by))

    def action_next(self, way: int) -> None:
        """Look at the next day that has a deadline, this way."""
        at = self.at
        if at is None:
            return
        days = [day for day in self.dues if (day > at if way > 0 else day < at)]
        if days:
            self.look(min(days) if way > 0 else max(days))

    def action_of_the_day(self) -> None:
        """Go to the deadlines of the day."""
        self.post_message(self.Entered())

    def on_mouse_scroll_down(self) -> None:
        """The wheel goes through the months."""
        self.action_month(1)

    def on_mouse_scroll_up(self) -> None:
        """The wheel goes through the months."""
        self.action_month(-1)

    def on_click(self, event: Click) -> None:
        """Look at the day that is clicked."""
        offset = event.get_content_offset_capture(self)
        day = self.day_at(offset.x, offset.y)
        if day is not None:
            self.look(day)

    def day_at(self, x: int, y: int) -> date | None:
        """The day that stands there."""
        beside, _ = self._fitting()
        column, within = divmod(x, BLOCK + GAP)
        row, line = divmod(y, TALL)
        if self.first is None or column >= beside or within >= BLOCK or line < 2:  # noqa: PLR2004
            return None
        month = moved(self.first, row * beside + column)
        return weeks(month.year, month.month)[line - 2][within // CELL]

    def render(self) -> Content:
        """The months."""
        if self.first is None:
            return Content()
        beside, below = self._fitting()
        lines: list[Content] = []
        for row in range(below):
            months = [moved(self.first, row * beside + n) for n in range(beside)]
            blocks = [list(self._block(month)) for month in months]
            lines += map(Content(" " * GAP).join, zip(*blocks, strict=True))
        return Content("\n").join(lines)

    def _block(self, month: date) -> Iterator[Content]:
        language = speech_of(self).language
        name = written.month(month, language, long=True)
        yield plain(f" {name}".ljust(BLOCK), "bold")
        days = [month + timedelta(days=n) for n in range(WEEK)]
        days.sort(key=date.weekday)
        names = (written.weekday(day, language, short=True) for day in days)
        yield plain("".join(f" {name:<{CELL - 1}}" for name in names), "$text-muted")
        for week in weeks(month.year, month.month):
            yield Content("").join(self._cell(day) for day in week)

    def _cell(self, day: date | None) -> Content:
        if day is None:
            return Content(" " * CELL)
        due = self.dues.get(day, NOTHING)
        text = cell(day, due, today=day == self.on, here=day == self.at)
        if day == self.at:
            style = "bold reverse" if self.has_focus else "bold"
        elif day == self.on:
            style = "bold underline"
        else:
            style = TONES.get(text[3], "")
        return plain(text, style)
