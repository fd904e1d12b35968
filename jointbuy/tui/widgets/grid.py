"""The one widget for all lists: draws only the lines that are seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from jointbuy.errors import say
from jointbuy.l10n.visible import on_one_line
from jointbuy.tui.actions import CELLS, GRID, Action, bindings
from jointbuy.tui.prose import plain
from jointbuy.tui.stage import speech_of
from jointbuy.tui.widgets.scrolling import extend

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.style import Style
    from textual.binding import BindingType
    from textual.events import Click, Resize

    from jointbuy.tui.listing import Column, Listing
    from jointbuy.tui.speech import Speech

MARGIN = 3
"""Columns before the first cell, which say where one is and what is marked."""
GAP = 1
TWICE = 2

TONES = ("muted", "success", "warning", "error", "accent")
"""How a cell may be coloured; its text always says the same."""


class Grid(ScrollView, can_focus=True):
    """Rows under headings, sorted by any of them."""

    ALLOW_SELECT = False
    ACTIONS: ClassVar[tuple[Action, ...]] = (*GRID, *CELLS)
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "grid--header",
        "grid--cursor",
        "grid--cell",
        *(f"grid--{tone}" for tone in TONES),
    }
    DEFAULT_CSS = """
    Grid { background: $surface; overflow-x: hidden; }
    Grid > .grid--header { background: $panel; color: $text; text-style: bold; }
    Grid > .grid--cursor { background: $primary-muted; color: $text; }
    Grid:focus > .grid--cursor { background: $primary; color: $text; }
    Grid > .grid--cell { text-style: bold reverse; }
    Grid > .grid--muted { color: $text-muted; }
    Grid > .grid--success { color: $text-success; }
    Grid > .grid--warning { color: $text-warning; }
    Grid > .grid--error { color: $text-error; }
    Grid > .grid--accent { color: $text-accent; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(GRID + CELLS)]

    class AboutRow(Message):
        """Something about a row of a list; `control` is the list."""

        def __init__(self, grid: Grid, listing: Listing[Any], row: Any) -> None:  # noqa: ANN401
            super().__init__()
            self.grid = grid
            self.listing = listing
            self.row = row
            self.cell = grid.cell

        @property
        def control(self) -> Grid:
            """The list."""
            return self.grid

    class Moved(AboutRow):
        """Another row is looked at, or none."""

    class Opened(AboutRow):
        """A row was chosen: Enter, or a double click."""

    class Changed(Message):
        """Other rows are shown, or marked, or in another order."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.listing: Listing[Any] | None = None
        self.rows: Sequence[Any] = ()
        self.sort = ""
        self.at = 0
        self.across = 0
        self.marked: set[str] = set()
        self.chosen: dict[str, frozenset[str]] = {}
        self._text = ""
        self._shown: list[tuple[Column[Any], int]] = []
        self._first = 0
        self._strips: dict[tuple[int, str], Strip] = {}

    @property
    def speech(self) -> Speech:
        """How the terminal speaks."""
        return speech_of(self)

    @property
    def row(self) -> Any:  # noqa: ANN401
        """The row that is looked at, if any."""
        return self.rows[self.at] if 0 <= self.at < len(self.rows) else None

    @property
    def column(self) -> Column[Any] | None:
        """The column of the cell that is looked at, in a table of cells."""
        if self.listing is None or not self.listing.held:
            return None
        going = self.listing.columns[self.listing.held :]
        return going[min(self.across, len(going) - 1)] if going else None

    @property
    def cell(self) -> Any:  # noqa: ANN401
        """The cell that is looked at; the row where a list has none."""
        row, column = self.row, self.column
        if self.listing is None or row is None or column is None:
            return row
        return self.listing.cell(row, column.id)

    def look_across(self, column: str) -> bool:
        """Look at the cell in the column of that id; whether there is one."""
        if self.listing is None or not self.listing.held:
            return False
        going = [each.id for each in self.listing.columns[self.listing.held :]]
        if column in going:
            self.action_across(going.index(column) - self.across)
        return column in going

    def show(self, listing: Listing[Any]) -> None:
        """Show this list; the row that was looked at stays if it is still there."""
        before = self.row
        known = self.listing.id_of(before) if self.listing and before else ""
        columns = {column.id for column in listing.columns}
        if self.sort.removeprefix("-") not in columns:
            self.sort = listing.sort
        self.listing = listing
        if self.marked:
            self.marked &= {listing.id_of(row) for row in listing.rows}
        at = self.at
        self._arrange(known)
        if known and self._looked_at() != known:  # it is gone: go on where it was
            self.action_move(min(at, len(self.rows) - 1) - self.at)

    @property
    def marked_rows(self) -> list[Any]:
        """The rows that are marked, in the order shown; else the one looked at."""
        listing = self.listing
        if listing is None or self.row is None:
            return []
        marked = [row for row in self.rows if listing.id_of(row) in self.marked]
        return marked or [self.row]

    def look_at(self, id_: str) -> bool:
        """Look at the row of that id; whether it is among those shown."""
        if self.listing is None:
            return False
        ids = (n for n, row in enumerate(self.rows) if self.listing.id_of(row) == id_)
        at = next(ids, None)
        if at is not None:
            self.action_move(at - self.at)
        return at is not None

    def filter(self, text: str) -> None:
        """Show only the rows that contain every word."""
        self._text = text
        self._arrange(self._looked_at())

    def narrow(self, chosen: dict[str, frozenset[str]]) -> None:
        """Show only the rows that have one of the values chosen, by facet."""
        self.chosen = chosen
        self._arrange(self._looked_at())

    def sort_by(self, column: str) -> None:
        """Sort by that column; the same one again turns the order round."""
        self.sort = f"-{column}" if self.sort == column else column
        self._arrange(self._looked_at())

    def relabel(self) -> None:
        """Say the headings and cells in the language of the moment."""
        self._arrange(self._looked_at())

    def _looked_at(self) -> str:
        row = self.row
        return self.listing.id_of(row) if self.listing and row is not None else ""

    def _arrange(self, keep: str) -> None:
        if self.listing is None:
            return
        found = self.listing.filtered(self._text, self.speech, self.chosen)
        self.rows = self.listing.sorted(found, self.sort, self.speech)
        ids = (n for n, row in enumerate(self.rows) if self.listing.id_of(row) == keep)
        self.at = next(ids, 0) if keep else 0
        self._measure()
        self._look()
        self.post_message(self.Changed())

    def _measure(self) -> None:
        """Give each column its width; those of high rank go where it is narrow."""
        self._strips.clear()
        scrolled = len(self.rows) + 1 > self.size.height  # its bar comes afterwards
        width = self.size.width - (1 if scrolled else 0)
        extend(self, Size(max(width, 0), len(self.rows) + 1))
        if self.listing is None or width <= 0:
            return
        wanted = {
            each.id: each.width
            if each.own
            else max(each.width, cell_len(self.speech.line(each.heading)) + 2)
            for each in self.listing.columns
        }
        columns = list(self.listing.columns)
        if self.listing.held:
            columns = self._window(columns, wanted, width)
        while (
            len(columns) > 1
            and MARGIN + sum(wanted[c.id] + GAP for c in columns) - GAP > width
        ):
            columns.remove(max(columns, key=lambda c: c.rank))
        left = width - MARGIN - sum(wanted[c.id] + GAP for c in columns) + GAP
        shares = sum(c.grow for c in columns)
        for each in columns:
            if shares and each.grow and left > 0:
                wanted[each.id] += left * each.grow // shares
        self._shown = [(each, wanted[each.id]) for each in columns]
        self.refresh()

    def _window(
        self, columns: list[Column[Any]], wanted: dict[str, int], width: int
    ) -> list[Column[Any]]:
        """The columns that are held and those around the cell, as many as fit."""
        held = self.listing.held if self.listing else 0
        going = columns[held:]
        room = width - MARGIN - sum(wanted[c.id] + GAP for c in columns[:held]) + GAP
        self.across = max(0, min(self.across, len(going) - 1))

        def fits(first: int, last: int) -> bool:
            return sum(wanted[c.id] + GAP for c in going[first : last + 1]) <= room

        first = min(self._first, self.across)
        while first < self.across and not fits(first, self.across):
            first += 1
        while first > 0 and fits(first - 1, len(going) - 1):
            first -= 1
        last = self.across
        while last + 1 < len(going) and fits(first, last + 1):
            last += 1
        self._first = first
        return [*columns[:held], *going[first : last + 1]]

    def _look(self) -> None:
        if self.listing is not None:
            self.post_message(self.Moved(self, self.listing, self.row))
        self._follow()

    def _alter(self) -> None:
        self._strips.clear()
        self.refresh()
        self.post_message(self.Changed())

    def _follow(self) -> None:
        """Scroll so that the row that is looked at is seen."""
        room = max(self.size.height - 1, 1)
        top = self.scroll_offset.y
        if self.at < top:
            self.scroll_to(y=self.at, animate=False)
        elif self.at >= top + room:
            self.scroll_to(y=self.at - room + 1, animate=False)

    def action_move(self, by: int) -> None:
        """Look at another row."""
        before, self.at = self.at, max(0, min(self.at + by, len(self.rows) - 1))
        if self.at != before:
            self.refresh_lines(before + 1)
            self.refresh_lines(self.at + 1)
            self._look()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only a table of cells is gone through to both sides."""
        del parameters
        return action != "across" or self.column is not None

    def action_across(self, by: int) -> None:
        """Look at another cell of the row."""
        going = len(self.listing.columns) - self.listing.held if self.listing else 0
        before, self.across = self.across, max(0, min(self.across + by, going - 1))
        if self.across != before:
            self._measure()
            self._look()

    def action_leaf(self, pages: int) -> None:
        """Look a page further."""
        self.action_move(pages * max(self.size.height - 2, 1))

    def action_open(self) -> None:
        """Open the row that is looked at."""
        if self.listing is not None and self.row is not None:
            self.post_message(self.Opened(self, self.listing, self.row))

    def action_mark(self) -> None:
        """Mark the row that is looked at, or take the mark away."""
        if self.listing is not None and self.row is not None:
            self.marked ^= {self.listing.id_of(self.row)}
            self._alter()

    def action_mark_and_move(self, by: int) -> None:
        """Mark the row that is looked at and go on."""
        if self.listing is not None and self.row is not None:
            self.marked |= {self.listing.id_of(self.row)}
            self.action_move(by)
            self.marked |= {self.listing.id_of(self.row)}
            self._alter()

    def action_mark_all(self) -> None:
        """Mark every row shown."""
        if self.listing is not None:
            self.marked |= {self.listing.id_of(row) for row in self.rows}
            self._alter()

    def action_mark_none(self) -> None:
        """Take all marks away."""
        self.marked.clear()
        self._alter()

    def on_resize(self, event: Resize) -> None:  # noqa: ARG002
        """Fit the columns to the new width."""
        self._measure()
        self._follow()

    def notify_style_update(self) -> None:
        """Another theme or focus has other colours."""
        super().notify_style_update()
        self._strips.clear()

    def on_click(self, event: Click) -> None:
        """A heading sorts, a row is looked at; its margin marks, twice opens it."""
        if event.y == 0:
            if column := self._column_at(event.x):
                self.sort_by(column.id)
            return
        at = self.scroll_offset.y + event.y - 1
        if at >= len(self.rows):
            return
        if event.shift:
            low, high = sorted((self.at, at))
            if self.listing is not None:
                between = self.rows[low : high + 1]
                self.marked |= {self.listing.id_of(row) for row in between}
                self._alter()
        self.action_move(at - self.at)
        if column := self._column_at(event.x):
            self.look_across(column.id)
        if event.x < MARGIN and not event.shift:
            self.action_mark()
        elif event.chain == TWICE:
            self.action_open()

    def _column_at(self, x: int) -> Column[Any] | None:
        start = MARGIN
        for column, width in self._shown:
            if start <= x < start + width + GAP:
                return column
            start += width + GAP
        return None

    def render_line(self, y: int) -> Strip:
        """The headings, or one row."""
        width = self.size.width
        if y == 0:
            return self._header(width)
        at = self.scroll_offset.y + y - 1
        if at >= len(self.rows):
            return self._blank(width) if self.rows else self._nothing(width, y - 1)
        state = "cursor" if at == self.at else ""
        if (at, state) not in self._strips:
            self._strips[at, state] = self._row(at, width, here=bool(state))
        return self._strips[at, state]

    def _blank(self, width: int) -> Strip:
        return Strip.blank(width, self.rich_style)

    def _nothing(self, width: int, line: int) -> Strip:
        """What is said where no row is shown, folded."""
        listing = self.listing
        if listing is None:
            return self._blank(width)
        message = listing.empty if not listing.rows else NONE_FOUND
        said = plain(self.speech.line(message)).wrap(max(width - MARGIN, 1))
        if line >= len(said):
            return self._blank(width)
        text = set_cell_size(" " * MARGIN + said[line].plain, width)
        style = self.get_component_rich_style("grid--muted")
        return Strip([Segment(text, style)], width)

    def _header(self, width: int) -> Strip:
        style = self.get_component_rich_style("grid--header")
        parts = [" " * MARGIN]
        for column, wide in self._shown:
            sign = {column.id: " ▲", f"-{column.id}": " ▼"}.get(self.sort, "")
            text = self.speech.line(column.heading) + sign
            parts.append(_fit(text, wide, right=column.right) + " " * GAP)
        if (held := self._held()) and self._shown:
            going = self.listing.columns[held:] if self.listing else ()
            if self._first:
                parts[held] = parts[held][:-1] + "‹"
            if going and self._shown[-1][0] is not going[-1]:
                parts[-1] = parts[-1].rstrip(" ")
                room = width - 1 - cell_len("".join(parts))
                parts[-1] += " " * room + "›"
        text = set_cell_size("".join(parts), width)
        return Strip([Segment(text, style)], width)

    def _row(self, at: int, width: int, *, here: bool) -> Strip:
        base = (
            self.get_component_rich_style("grid--cursor") if here else self.rich_style
        )
        row, speech = self.rows[at], self.speech
        marked = self.listing is not None and self.listing.id_of(row) in self.marked
        looked = self.column if here else None
        parts = [Segment(("▶" if here else " ") + ("✓ " if marked else "  "), base)]
        for column, wide in self._shown:
            text = on_one_line(column.text(row, speech))
            if column.drawn:
                text = column.drawn(row, speech, wide)
            elif column.short and cell_len(text) > wide:
                text = on_one_line(column.short(row, speech, wide))
            tone = column.tone(row) if column.tone and not here else ""
            style = self._toned(tone) if tone else base
            if column is looked:
                parts[-1] = Segment(parts[-1].text[:-1] + "▸", parts[-1].style)
                style = base + self.get_component_rich_style("grid--cell", partial=True)
            parts.append(
                Segment(_fit(text, wide, right=column.right) + " " * GAP, style)
            )
        return Strip(parts).adjust_cell_length(width, base)

    def _held(self) -> int:
        return self.listing.held if self.listing else 0

    def _toned(self, tone: str) -> Style:
        return self.get_component_rich_style(f"grid--{tone}")


NONE_FOUND = say("Nothing here contains that. Esc takes the filter away.")


def _fit(text: str, width: int, *, right: bool) -> str:
    """The text in exactly that many columns; what does not fit ends in an ellipsis."""
    long = cell_len(text)
    if long > width:
        return set_cell_size(text, width - 1) + "…"
    gap = " " * (width - long)
    return gap + text if right else text + gap
