"""One field of a form: its name, what is typed, and what is said about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from jointbuy.tui.forms.values import (
    Option,
    in_one_line,
    is_code,
    is_day,
    is_days,
    is_long,
    meant,
    shown,
    translated,
)
from jointbuy.tui.prose import plain
from jointbuy.tui.stage import speech_of
from jointbuy.tui.widgets.typed import Typed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.events import Click, Paste
    from textual.geometry import Size

    from jointbuy.errors import Problem
    from jointbuy.intake.fields import Field
    from jointbuy.tui.speech import Speech

REQUIRED = " *"
NAMED, OPENER, INDENT = 34, 3, 2
"""Columns of the name of a field, of the sign of a list, before what is said."""
CLOSE_NAMED = 21
"""Columns of the name where what is typed is long."""


class Entry(Typed):
    """Where it is typed; what steers a terminal never comes in."""

    DEFAULT_CSS = """
    Entry {
        height: 1; border: none; padding: 0 1; background: $boost;
        width: 1fr; margin: 0 0 0 34;
    }
    Entry:focus { border: none; background: $primary-muted; }
    """
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self, field: Field) -> None:
        self.field = field
        picked = bool(field.kinds or field.choices) or is_day(field)
        super().__init__(select_on_focus=picked)

    def validate_value(self, value: str) -> str:
        """The text on one line."""
        return in_one_line(self.field, value)

    def _on_paste(self, event: Paste) -> None:
        """All lines of what is pasted, not only the first."""
        text = in_one_line(self.field, event.text.strip("\r\n"))
        self.replace(text, *self.selection)
        event.prevent_default()
        event.stop()


class Row(Widget):
    """A field of a form.

    `cell` is what is typed in it as the register understands it, `start` what it held
    when the form was opened. `touched` says whether somebody has been in it, `warns`
    that what is remarked of it matters as much as what is refused. The row draws its
    name and what is said of it itself: a form opens the sooner.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    Row { height: auto; layout: vertical; }
    Row.-listed Entry { margin: 0 3 0 34; }
    Row.-close Entry { margin: 0 0 0 21; }
    Row.-close.-listed Entry { margin: 0 3 0 21; }
    """

    class Picked(Message):
        """Something is to be picked for the field."""

        def __init__(self, row: Row) -> None:
            super().__init__()
            self.row = row

    def __init__(self, field: Field, *, listed: bool, named: int = NAMED) -> None:
        super().__init__(classes="-listed" if listed else "")
        self.set_class(named == CLOSE_NAMED, "-close")
        self.field = field
        self.named = named
        self.listed = listed
        self.entry = Entry(field)
        self.options: Sequence[Option] = ()
        self.start = ""
        self.touched = False
        self.warns = False
        self.problems: tuple[Problem, ...] = ()
        self._echo: Callable[[Speech], str] = lambda _: ""
        self._cell = ""
        self._put = ""
        self._drawn: tuple[int, list[Content], list[Content]] = (0, [], [])

    def compose(self) -> ComposeResult:
        """Where it is typed."""
        yield self.entry

    # What it looks like.

    def lines(self, width: int) -> tuple[list[Content], list[Content]]:
        """Its name, and what is said of it, folded to that width."""
        known, name, notice = self._drawn
        if known != width:
            speech = speech_of(self)
            star = plain(REQUIRED, "bold $text-accent")
            here = "bold" if self.entry.has_focus else ""
            label = plain(speech.line(self.field.label), here)
            label = label + star if self.field.required else label
            name = label.wrap(self.named - 1)
            said = self._said(speech)
            notice = said.wrap(max(width - INDENT, 8)) if said.plain else []
            self._drawn = (width, name, notice)
        return name, notice

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as its name and what is said take."""
        del container, viewport
        name, notice = self.lines(width)
        return len(name) + len(notice)

    def render(self) -> Content:
        """Its name to the left of where it is typed; what is said of it below."""
        width = self.size.width
        name, notice = self.lines(width)
        if self.listed:
            gap = " " * max(width - name[0].cell_length - OPENER, 0)
            opener = plain(" ▾ ", "$text-accent on $boost")
            name = [name[0] + Content(gap) + opener, *name[1:]]
        below = [Content(" " * INDENT) + line for line in notice]
        return Content("\n").join([*name, *below])

    def relabel(self) -> None:
        """Say it again; the other fields move only where it takes more lines."""
        width, name, notice = self._drawn
        self._drawn = (0, [], [])
        again = self.lines(width) if width else None
        if again is None or [len(each) for each in again] != [len(name), len(notice)]:
            self.refresh(layout=True)
        else:
            self.refresh()

    @property
    def cell(self) -> str:
        """What is typed, as the register understands it."""
        if self.entry.value == self._put:
            return self._cell
        return meant(self.field, self.entry.value, self.options)

    @property
    def changed(self) -> bool:
        """Whether it holds something else than at the start."""
        return self.cell.strip() != self.start.strip()

    @property
    def wrong(self) -> bool:
        """Whether something about it must be corrected."""
        return any(problem.blocking for problem in self.problems)

    def put(self, cell: str) -> None:
        """Have it hold that."""
        self._cell = cell
        self._put = in_one_line(self.field, shown(self.field, cell, self.options))
        self.entry.value = self._put

    def offer(self, options: Sequence[Option]) -> None:
        """Offer these now, in another language maybe; what was chosen stays chosen."""
        cell = translated(self.field, self.cell, self.options, options)
        self.start = translated(self.field, self.start, self.options, options)
        self.options = options
        self.put(cell)

    def judge(
        self,
        problems: tuple[Problem, ...],
        echo: Callable[[Speech], str] | None = None,
    ) -> None:
        """Say what is wrong with it, and what was understood otherwise than written."""
        self.problems = problems
        self._echo = echo or self._echo
        self.relabel()

    def _said(self, speech: Speech) -> Content:
        parts = []
        for problem in sorted(self.problems, key=lambda each: not each.blocking):
            text = speech.say(problem.message)
            if problem.blocking:
                parts.append(plain(f"! {text}", "$text-error"))
            else:
                sign = "!" if self.warns else "·"
                parts.append(plain(f"{sign} {text}", "$text-warning"))
        told = self.entry.has_focus or not is_day(self.field)
        if told and not self.wrong and (echo := self._echo(speech)):
            parts.append(plain(f"= {echo}", "$text-success"))
        if self.entry.has_focus and self.field.hint and not self.wrong:
            parts.append(plain(speech.say(self.field.hint), "$text-muted"))
        return Content("\n").join(parts)

    def on_click(self, event: Click) -> None:
        """A click on the sign opens the list, one on the name goes to the field."""
        x, y = event.screen_x - self.region.x, event.screen_y - self.region.y
        if self.entry.region.contains(event.screen_x, event.screen_y):
            return
        event.stop()
        if self.listed and y == 0 and x >= self.size.width - OPENER:
            self.post_message(self.Picked(self))
        else:
            self.entry.focus()


def openable(field: Field, options: Sequence[Option]) -> bool:
    """Whether there is something to pick from for a field."""
    free = (is_day, is_days, is_code, is_long)
    return bool(options) or any(each(field) for each in free)


def listed(field: Field) -> bool:
    """The same, before the options are known."""
    named = {"YES_NO", "LETTER", "LANGUAGE", "LANGUAGES"}
    return (
        bool(field.kinds or field.choices or field.letters)
        or field.sort.name in named
        or openable(field, ())
    )
