"""One field of a form: its name, what is typed, and what is said about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from jointbuy.tui.forms.values import (
    Option,
    in_one_line,
    is_code,
    is_day,
    is_long,
    meant,
    shown,
    translated,
)
from jointbuy.tui.prose import plain
from jointbuy.tui.stage import speech_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.events import Click, Paste

    from jointbuy.errors import Problem
    from jointbuy.intake.fields import Field
    from jointbuy.tui.speech import Speech

REQUIRED = " *"


class Caption(Widget):
    """What the field is called; a star where it must be filled in."""

    DEFAULT_CSS = """
    Caption { width: 2fr; max-width: 40; height: auto; padding: 0 1 0 0; }
    """
    ALLOW_SELECT = False

    def __init__(self, field: Field) -> None:
        super().__init__()
        self.field = field

    def relabel(self) -> None:
        """Say it again."""
        self.refresh(layout=True)

    def render(self) -> Content:
        """The name of the field."""
        label = speech_of(self).line(self.field.label)
        star = REQUIRED if self.field.required else ""
        return plain(label) + plain(star, "bold $text-accent")


class Entry(Input):
    """Where it is typed; what steers a terminal never comes in."""

    DEFAULT_CSS = """
    Entry {
        height: 1; border: none; padding: 0 1; background: $boost; width: 1fr;
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
        text = in_one_line(self.field, event.text.strip())
        self.replace(text, *self.selection)
        event.prevent_default()
        event.stop()


class Opener(Widget):
    """The sign that there is a list to pick from."""

    DEFAULT_CSS = """
    Opener { width: 3; height: 1; background: $boost; color: $text-accent; }
    Opener:hover { background: $primary-muted; }
    """
    ALLOW_SELECT = False

    def render(self) -> Content:
        """The sign."""
        return Content(" ▾ ")


class Notice(Widget):
    """What is said about the field, below it."""

    DEFAULT_CSS = """
    Notice { height: auto; display: none; padding: 0 1 0 2; }
    """
    ALLOW_SELECT = False

    def __init__(self) -> None:
        super().__init__()
        self._told: Callable[[Speech], Content] = lambda _: Content()

    def tell(self, told: Callable[[Speech], Content]) -> None:
        """Say this; nothing takes no room."""
        self._told = told
        self.relabel()

    def relabel(self) -> None:
        """Say it again."""
        self.display = bool(self._told(speech_of(self)).plain)
        self.refresh(layout=True)

    def render(self) -> Content:
        """It."""
        return self._told(speech_of(self))


class Row(Vertical):
    """A field of a form.

    `cell` is what is typed in it as the register understands it, `start` what it held
    when the form was opened. `touched` says whether somebody has been in it.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    Row { height: auto; }
    Row > Horizontal { height: auto; }
    """

    class Picked(Message):
        """Something is to be picked for the field."""

        def __init__(self, row: Row) -> None:
            super().__init__()
            self.row = row

    def __init__(self, field: Field, *, listed: bool) -> None:
        super().__init__()
        self.field = field
        self.listed = listed
        self.entry = Entry(field)
        self.notice = Notice()
        self.options: Sequence[Option] = ()
        self.start = ""
        self.touched = False
        self.problems: tuple[Problem, ...] = ()
        self._echo: Callable[[Speech], str] = lambda _: ""
        self._cell = ""
        self._put = ""

    def compose(self) -> ComposeResult:
        """Its name, where it is typed, and what is said of it."""
        with Horizontal():
            yield Caption(self.field)
            yield self.entry
            if self.listed:
                yield Opener()
        yield self.notice

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

    def echo(self, echo: Callable[[Speech], str]) -> None:
        """Say what was understood."""
        self._echo = echo
        self.tell()

    def judge(self, problems: tuple[Problem, ...]) -> None:
        """Say what is wrong with it, and what was understood otherwise than written."""
        self.problems = problems
        self.set_class(self.wrong, "-wrong")
        self.tell()

    def tell(self) -> None:
        """Say what there is to say, the help only where somebody types."""
        self.notice.tell(self._said)

    def _said(self, speech: Speech) -> Content:
        parts = []
        for problem in sorted(self.problems, key=lambda each: not each.blocking):
            text = speech.say(problem.message)
            if problem.blocking:
                parts.append(plain(f"! {text}", "$text-error"))
            else:
                parts.append(plain(f"· {text}", "$text-warning"))
        if not self.wrong and (echo := self._echo(speech)):
            parts.append(plain(f"= {echo}", "$text-success"))
        if self.entry.has_focus and self.field.hint and not self.wrong:
            parts.append(plain(speech.say(self.field.hint), "$text-muted"))
        return Content("\n").join(parts)

    def on_click(self, event: Click) -> None:
        """A click on the sign opens the list, one on the name goes to the field."""
        if isinstance(event.widget, Opener):
            event.stop()
            self.post_message(self.Picked(self))
        elif isinstance(event.widget, Caption):
            self.entry.focus()


def openable(field: Field, options: Sequence[Option]) -> bool:
    """Whether there is something to pick from for a field."""
    return bool(options) or is_day(field) or is_code(field) or is_long(field)


def listed(field: Field) -> bool:
    """The same, before the options are known."""
    named = {"YES_NO", "LETTER", "LANGUAGE", "LANGUAGES"}
    return (
        bool(field.kinds or field.choices or field.letters)
        or field.sort.name in named
        or openable(field, ())
    )
