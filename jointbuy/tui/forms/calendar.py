"""A month to pick a day from."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar

from textual.content import Content
from textual.widget import Widget

from jointbuy.errors import say
from jointbuy.l10n import format as written
from jointbuy.model.period import add_months
from jointbuy.tui.actions import Action, Group, bindings
from jointbuy.tui.dialogs.dialog import CLOSE, Dialog
from jointbuy.tui.prose import plain
from jointbuy.tui.stage import speech_of

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.events import Click, MouseScrollDown, MouseScrollUp

    from jointbuy.errors import Message

FIRST, LAST = date(1990, 1, 1), date(2100, 12, 31)
"""The days that can be picked: those a form takes."""
WIDE = 5
"""Columns of a day."""
HEADS = 2
"""Lines above the days: the month, and the days of the week."""
BEFORE, AFTER = " ◄ ", " ► "

CALENDAR: tuple[Action, ...] = (
    Action(
        id="calendar.pick",
        keys=("enter", "space"),
        label=say("Choose"),
        help=say("Choose the day that is looked at."),
        rank=10,
    ),
    Action(
        id="calendar.today",
        keys=("home", "t"),
        label=say("Today"),
        help=say("Look at today."),
        group=Group.MOVE,
        rank=12,
        shown="t",
    ),
    Action(
        id="calendar.next_month",
        keys=("pagedown",),
        label=say("Next month"),
        help=say("Look a month further."),
        group=Group.MOVE,
        does="months(1)",
        rank=14,
    ),
    Action(
        id="calendar.previous_month",
        keys=("pageup",),
        label=say("Previous month"),
        help=say("Look a month back."),
        group=Group.MOVE,
        does="months(-1)",
        rank=13,
    ),
    Action(
        id="calendar.next_year",
        keys=("shift+pagedown", "y"),
        label=say("Next year"),
        help=say("Look a year further."),
        group=Group.MOVE,
        does="months(12)",
    ),
    Action(
        id="calendar.previous_year",
        keys=("shift+pageup", "Y"),
        label=say("Previous year"),
        help=say("Look a year back."),
        group=Group.MOVE,
        does="months(-12)",
    ),
    Action(
        id="calendar.left",
        keys=("left", "h"),
        label=say("Day before"),
        help=say("Look at the day before."),
        group=Group.MOVE,
        does="days(-1)",
    ),
    Action(
        id="calendar.right",
        keys=("right", "l"),
        label=say("Day after"),
        help=say("Look at the day after."),
        group=Group.MOVE,
        does="days(1)",
    ),
    Action(
        id="calendar.up",
        keys=("up", "k"),
        label=say("Week before"),
        help=say("Look at the week before."),
        group=Group.MOVE,
        does="days(-7)",
    ),
    Action(
        id="calendar.down",
        keys=("down", "j"),
        label=say("Week after"),
        help=say("Look at the week after."),
        group=Group.MOVE,
        does="days(7)",
    ),
)


def weeks(year: int, month: int) -> list[list[date | None]]:
    """The weeks of a month from Monday on; None where a day is of another month."""
    first, length = calendar.monthrange(year, month)
    days: list[date | None] = [None] * first
    days += [date(year, month, n) for n in range(1, length + 1)]
    days += [None] * (-len(days) % 7)
    return [days[at : at + 7] for at in range(0, len(days), 7)]


class Month(Widget, can_focus=True):
    """A month, with the day that is looked at in brackets and today in round ones."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    Month { height: 8; width: 37; padding: 0 1; }
    """

    def __init__(self, day: date, today: date) -> None:
        super().__init__()
        self.day = _within(day)
        self.today = today

    def relabel(self) -> None:
        """Say the names anew."""
        self.refresh()

    def look_at(self, day: date) -> None:
        """Look at another day."""
        self.day = _within(day)
        self.refresh()

    def render(self) -> Content:
        """The month, the days of the week, the days."""
        language = speech_of(self).language
        first = self.day.replace(day=1)
        name = written.day(first, language, long=True).partition(" ")[2]
        room = 7 * WIDE - len(BEFORE) - len(AFTER)
        lines = [
            plain(BEFORE, "bold $text-accent")
            + plain(f"{name:^{room}}", "bold")
            + plain(AFTER, "bold $text-accent"),
            Content("").join(
                plain(_name(first + timedelta(days=n), language), "$text-muted")
                for n in range(-first.weekday(), 7 - first.weekday())
            ),
        ]
        lines += [
            Content("").join(self._shown(day) for day in week)
            for week in weeks(first.year, first.month)
        ]
        return Content("\n").join(lines)

    def _shown(self, day: date | None) -> Content:
        if day is None:
            return Content(" " * WIDE)
        if day == self.day:
            return plain(f"[{day.day:>2}] ", "reverse bold")
        if day == self.today:
            return plain(f"({day.day:>2}) ", "bold $text-accent")
        return plain(f" {day.day:>2}  ", "$text-muted" if day.weekday() > 4 else "")  # noqa: PLR2004

    def day_at(self, x: int, y: int) -> date | None:
        """The day that stands there, if any."""
        lines = weeks(self.day.year, self.day.month)
        line, column = y - HEADS, x // WIDE
        inside = 0 <= line < len(lines) and 0 <= column < 7  # noqa: PLR2004
        return lines[line][column] if inside else None

    def on_click(self, event: Click) -> None:
        """A day is chosen; the arrows beside the month turn the page."""
        event.stop()
        at = event.get_content_offset(self)
        if at is None or not isinstance(self.screen, Calendar):
            return
        if at.y == 0:
            side = -1 if at.x < len(BEFORE) else 1
            if side < 0 or at.x >= 7 * WIDE - len(AFTER):
                self.screen.action_months(side)
        elif day := self.day_at(at.x, at.y):
            self.screen.dismiss(day)

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        """The wheel turns the page too."""
        event.stop()
        self.look_at(add_months(self.day, 1))

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        """The wheel turns the page too."""
        event.stop()
        self.look_at(add_months(self.day, -1))


class Calendar(Dialog[date]):
    """Gives the day that was picked."""

    ACTIONS = (*CALENDAR, CLOSE)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(CALENDAR)]
    DEFAULT_CSS = """
    Calendar Month { width: 100%; }
    """

    def __init__(self, title: Message, day: date, today: date) -> None:
        super().__init__(title)
        self.month = Month(day, today)

    def body(self) -> ComposeResult:
        """The month."""
        yield self.month

    def on_mount(self) -> None:
        """The arrows move at once."""
        self.month.focus()

    def action_pick(self) -> None:
        """Choose the day that is looked at."""
        self.dismiss(self.month.day)

    def action_today(self) -> None:
        """Look at today."""
        self.month.look_at(self.month.today)

    def action_days(self, by: int) -> None:
        """Look at another day."""
        self.month.look_at(self.month.day + timedelta(days=by))

    def action_months(self, by: int) -> None:
        """Look at another month."""
        self.month.look_at(add_months(self.month.day, by))


def _within(day: date) -> date:
    return max(FIRST, min(day, LAST))


def _name(day: date, language: str) -> str:
    """The first letters of the name of a day of the week, as wide as the days."""
    return f" {written.weekday(day, language).rstrip('.')[:3]:<{WIDE - 1}}"


__all__ = ["Calendar", "Month", "weeks"]
