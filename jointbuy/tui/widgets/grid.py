"""The one widget for all lists: draws only the lines that are seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from jointbuy.l10n.visible import on_one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.events import Click, Resize

    from jointbuy.tui.listing import Column, Listing
    from jointbuy.tui.speech import Speech

MARGIN = 2
"""Columns before the first cell, for the sign of the row that is looked at."""
GAP = 1


class Grid(ScrollView, can_focus=True):
    """Rows under headings, sorted by any of them."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"grid--header", "grid--cursor"}
    DEFAULT_CSS = """
    Grid { background: $surface; overflow-x: hidden; }
    Grid > .grid--header { background: $panel; color: $text; text-style: bold; }
    Grid > .grid--cursor { background: $primary-muted; color: $text; }
    Grid:focus > .grid--cursor { background: $primary; color: $text; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", show=False),
        Binding("down,j", "move(1)", show=False),
        Binding("pageup", "leaf(-1)", show=False),
        Binding("pagedown", "leaf(1)", show=False),
        Binding("home", "move(-1000000000)", show=False),
        Binding("end,G", "move(1000000000)", show=False),
    ]

    class Moved(Message):
        """Another row is looked at, or none."""

        def __init__(self, listing: Listing[Any], row: Any) -> None:  # noqa: ANN401
            super().__init__()
            self.listing = listing
            self.row = row

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.listing: Listing[Any] | None = None
        self.rows: Sequence[Any] = ()
        self.sort = ""
        self.at = 0
        self._text = ""
        self._shown: list[tuple[Column[Any], int]] = []
        self._strips: dict[tuple[int, str], Strip] = {}

    @property
    def speech(self) -> Speech:
        """How the app speaks."""
        said: Speech = self.app.speech  # type: ignore[attr-defined]
        return said

    @property
    def row(self) -> Any:  # noqa: ANN401
        """The row that is looked at, if any."""
        return self.rows[self.at] if 0 <= self.at < len(self.rows) else None

    def show(self, listing: Listing[Any]) -> None:
        """Show this list; the row that was looked at stays if it is still there."""
        before = self.row
        known = self.listing.id_of(before) if self.listing and before else ""
        self.sort = self.sort or listing.sort
        self.listing = listing
        self._arrange(known)

    def filter(self, text: str) -> None:
        """Show only the rows that contain every word."""
        self._text = text
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
        found = self.listing.filtered(self._text, self.speech)
        self.rows = self.listing.sorted(found, self.sort, self.speech)
        ids = (n for n, row in enumerate(self.rows) if self.listing.id_of(row) == keep)
        self.at = next(ids, 0) if keep else 0
        self._measure()
        self._look()

    def _measure(self) -> None:
        """Give each column its width; those of high rank go where it is narrow."""
        self._strips.clear()
        width = self.size.width - (1 if self.show_vertical_scrollbar else 0)
        self.virtual_size = Size(max(width, 0), len(self.rows) + 1)
        if self.listing is None or width <= 0:
            return
        wanted = {
            each.id: max(each.width, cell_len(self.speech.line(each.heading)) + 2)
            for each in self.listing.columns
        }
        columns = list(self.listing.columns)
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

    def _look(self) -> None:
        if self.listing is not None:
            self.post_message(self.Moved(self.listing, self.row))
        self._follow()

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

    def action_leaf(self, pages: int) -> None:
        """Look a page further."""
        self.action_move(pages * max(self.size.height - 2, 1))

    def on_resize(self, event: Resize) -> None:  # noqa: ARG002
        """Fit the columns to the new width."""
        self._measure()
        self._follow()

    def notify_style_update(self) -> None:
        """Another theme or focus has other colours."""
        super().notify_style_update()
        self._strips.clear()

    def on_click(self, event: Click) -> None:
        """A heading sorts, a row is looked at."""
        if event.y == 0:
            if column := self._column_at(event.x):
                self.sort_by(column.id)
            return
        self.action_move(self.scroll_offset.y + event.y - 1 - self.at)

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
            return Strip.blank(width, self.rich_style)
        state = "cursor" if at == self.at else ""
        if (at, state) not in self._strips:
            self._strips[at, state] = self._row(at, width, here=bool(state))
        return self._strips[at, state]

    def _header(self, width: int) -> Strip:
        style = self.get_component_rich_style("grid--header")
        parts = [" " * MARGIN]
        for column, wide in self._shown:
            sign = {column.id: " ▲", f"-{column.id}": " ▼"}.get(self.sort, "")
            text = self.speech.line(column.heading) + sign
            parts.append(_fit(text, wide, right=column.right) + " " * GAP)
        text = set_cell_size("".join(parts), width)
        return Strip([Segment(text, style)], width)

    def _row(self, at: int, width: int, *, here: bool) -> Strip:
        base = (
            self.get_component_rich_style("grid--cursor") if here else self.rich_style
        )
        row, speech = self.rows[at], self.speech
        parts = ["▶ " if here else "  "]
        for column, wide in self._shown:
            text = on_one_line(column.text(row, speech))
            parts.append(_fit(text, wide, right=column.right) + " " * GAP)
        text = set_cell_size("".join(parts), width)
        return Strip([Segment(text, base + Style())], width)


def _fit(text: str, width: int, *, right: bool) -> str:
    """The text in exactly that many columns; what does not fit ends in an ellipsis."""
    long = cell_len(text)
    if long > width:
        return set_cell_size(text, width - 1) + "…"
    gap = " " * (width - long)
    return gap + text if right else text + gap
