"""Where figures of several years are typed: a row for each year, its part and total."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Horizontal, Vertical
from textual.message import Message

from jointbuy.errors import word
from jointbuy.tui.actions import Action, bindings
from jointbuy.tui.legal.actions import ROWS
from jointbuy.tui.stage import speech_of
from jointbuy.tui.widgets.typed import Typed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.widgets import Input

MOST = 6
"""Rows there are at most; a year that has none stays as it was answered."""

NAMES = {"year": word("year"), "part": word("part"), "total": word("total")}


class Cell(Typed):
    """A year, a part or a total."""

    ACTIONS: ClassVar[tuple[Action, ...]] = ROWS
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(ROWS)]
    DEFAULT_CSS = """
    Cell { height: 1; width: 1fr; border: none; padding: 0 1; background: $boost; }
    Cell:focus { border: none; background: $primary-muted; }
    Cell.year { width: 8; }
    """

    def relabel(self) -> None:
        """Say what is typed here."""
        (kind,) = self.classes & NAMES.keys()
        self.placeholder = speech_of(self).line(NAMES[kind])

    def action_row(self, by: int) -> None:
        """Go to the same figure of another year."""
        self.post_message(Years.Moved(self, by))


class Row(Horizontal):
    """One year with its part and its total."""

    DEFAULT_CSS = "Row { height: 1; }"

    def compose(self) -> ComposeResult:
        """The three cells."""
        for kind in NAMES:
            yield Cell(classes=kind, select_on_focus=False)

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The year, the part and the total."""
        return tuple(self.query(Cell))

    @property
    def values(self) -> tuple[str, ...]:
        """What is typed in them."""
        return tuple(cell.value.strip() for cell in self.cells)


class Years(Vertical):
    """Rows of figures, with an empty one for a year more."""

    DEFAULT_CSS = "Years { height: auto; }"

    class Changed(Message):
        """Something was typed; the text has the years that are whole."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class Given(Message):
        """The figures were given as an answer."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class Moved(Message):
        """Another row is wanted."""

        def __init__(self, cell: Cell, by: int) -> None:
            super().__init__()
            self.cell = cell
            self.by = by

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._more: tuple[tuple[str, str, str], ...] = ()

    def compose(self) -> ComposeResult:
        """As many rows as can be needed; those that are not are hidden."""
        for _ in range(MOST):
            yield Row()

    def relabel(self) -> None:
        """Say what is typed where."""
        for cell in self.query(Cell):
            cell.relabel()

    def fill(self, figures: Sequence[tuple[str, str, str]]) -> None:
        """Show these years, and an empty row where there is room."""
        shown, self._more = figures[:MOST], tuple(figures[MOST:])
        filled = [*shown, ("", "", "")]
        with self.prevent(Typed.Changed):
            for number, row in enumerate(self.query(Row)):
                row.display = number < len(filled)
                texts = filled[number] if row.display else ("", "", "")
                for cell, text in zip(row.cells, texts, strict=True):
                    cell.value = text

    @property
    def rows(self) -> list[Row]:
        """The rows that are shown."""
        return [row for row in self.query(Row) if row.display]

    def start(self) -> None:
        """Type in the first cell that is empty, else in the first part."""
        cells = [c for row in self.rows if any(row.values) for c in row.cells[1:]]
        cells = cells or [c for row in self.rows for c in row.cells]
        next((cell for cell in cells if not cell.value), cells[0]).focus()

    def text(self, *, whole: bool = False) -> str:
        """The figures as they are answered, of the years that are whole or of all."""
        found = []
        for values in (*(row.values for row in self.rows), *self._more):
            year, part, total = values
            if (all(values)) if whole else (part or total):
                found.append(f"{year}={part}/{total}")
        return "; ".join(found)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Tell what the figures are now."""
        event.stop()
        if event.input.has_focus:
            self.post_message(self.Changed(self.text(whole=True)))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go to the next cell that is empty; where none is, give the figures."""
        event.stop()
        cells = [
            cell
            for row in self.rows
            if any(row.values)
            for cell in row.cells
            if cell is event.input or not cell.value.strip()
        ]
        after = cells[cells.index(event.input) + 1 :] if event.input in cells else []
        if after:
            after[0].focus()
        elif self.text():
            self.post_message(self.Given(self.text()))

    def on_years_moved(self, event: Moved) -> None:
        """Go to the row above or below."""
        event.stop()
        rows = self.rows
        at = next(n for n, row in enumerate(rows) if event.cell in row.cells)
        to = max(0, min(at + event.by, len(rows) - 1))
        rows[to].cells[rows[at].cells.index(event.cell)].focus()
