"""The deadlines on a line of time: only the rows that are seen are drawn."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from jointbuy.l10n import format as written
from jointbuy.tui.actions import GRID, Action, bindings
from jointbuy.tui.deadlines.scale import (
    DUE,
    EARLIER,
    LATER,
    PREPARE,
    START,
    TODAY,
    WAIT,
    Mark,
    Scale,
    Window,
    draw,
    named_periods,
    ruler,
)
from jointbuy.tui.deadlines.words import (
    LEVELS,
    URGENT,
    administration_of,
    kind_text,
    title_of,
)
from jointbuy.tui.stage import speech_of
from jointbuy.tui.widgets.scrolling import extend

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from rich.style import Style
    from textual.binding import BindingType
    from textual.events import Click, Resize

    from jointbuy.model import Deadline
    from jointbuy.tui.speech import Speech
    from jointbuy.tui.widgets.grid import Grid
    from jointbuy.workspace.watching import Watch

MARGIN = 3
HEAD = 2
TWICE = 2
NARROWEST, WIDEST = 14, 40

MOVES = tuple(action for action in GRID if action.id != "grid.mark_none")
"""What a list does and a line of time too; its minus makes the scale wider."""


def short_day(day: date, speech: Speech) -> str:
    """A day without its year: 18/12, 18.12. in German."""
    return speech.day(day)[:-4].rstrip("/")


class Timeline(ScrollView, can_focus=True):
    """The rows of a list on a line of time; the list keeps what is looked at."""

    ALLOW_SELECT = False
    ACTIONS: ClassVar[tuple[Action, ...]] = MOVES
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(MOVES)]
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "timeline--header",
        "timeline--cursor",
        "timeline--muted",
        "timeline--accent",
        "timeline--warning",
        "timeline--error",
    }
    DEFAULT_CSS = """
    Timeline { background: $surface; overflow-x: hidden; }
    Timeline > .timeline--header { background: $panel; color: $text; }
    Timeline > .timeline--cursor { background: $primary-muted; color: $text; }
    Timeline:focus > .timeline--cursor { background: $primary; color: $text; }
    Timeline > .timeline--muted { color: $text-muted; }
    Timeline > .timeline--accent { color: $text-accent; }
    Timeline > .timeline--warning { color: $text-warning; }
    Timeline > .timeline--error { color: $text-error; }
    """

    def __init__(self, grid: Grid, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.grid = grid
        self.known: Watch | None = None
        self.scale = Scale.MONTHS
        self.start: date | None = None
        self.drawn = 0
        self._strips: dict[tuple[int, bool], Strip] = {}
        self._alike: dict[tuple[date, str], list[Deadline]] = {}

    # What is shown.

    def show(self, watch: Watch) -> None:
        """Show the deadlines of this register; from its day on at first."""
        self.known = watch
        if self.start is None:
            self.start = self.scale.begin(watch.on)
        self.renew()

    @property
    def window(self) -> Window | None:
        """The days that are seen, once it is known how many."""
        width = self.size.width - self._before - (1 if self._scrolls else 0)
        if self.start is None or width <= 0:
            return None
        return Window(start=self.start, scale=self.scale, width=width)

    @property
    def _label(self) -> int:
        return max(NARROWEST, min(self.size.width * 2 // 7, WIDEST))

    @property
    def _before(self) -> int:
        """The columns before the first day."""
        return MARGIN + self._label + 1

    @property
    def _scrolls(self) -> bool:
        return bool(self.show_vertical_scrollbar)

    def period(self, speech: Speech) -> str:
        """The months that are seen, from the first to the last."""
        window = self.window
        if window is None:
            return ""
        first, last = (
            written.month(day, speech.language) for day in (window.start, window.last)
        )
        return first if first == last else f"{first} – {last}"

    def renew(self) -> None:
        """Other rows are shown, or marked, or in other words."""
        self._strips.clear()
        self._alike.clear()
        extend(self, Size(self.size.width, len(self.grid.rows) + HEAD))
        self.follow()

    def relabel(self) -> None:
        """Say it in the language of the moment."""
        self.renew()

    def follow(self) -> None:
        """Scroll so that the row that is looked at is seen."""
        room = max(self.size.height - HEAD, 1)
        top, at = self.scroll_offset.y, self.grid.at
        if at < top:
            self.scroll_to(y=at, animate=False)
        elif at >= top + room:
            self.scroll_to(y=at - room + 1, animate=False)
        self.refresh()

    # The days.

    def shift(self, by: int) -> None:
        """Look that many weeks, months, quarters or years further on."""
        if self.start is not None:
            self.start = self.scale.step(self.start, by)
            self._redraw()

    def today(self) -> None:
        """Look from today on."""
        if self.known is not None:
            self.start = self.scale.begin(self.known.on)
            self._redraw()

    def rescale(self, scale: Scale) -> None:
        """Let one column stand for more or fewer days, from the same time on."""
        if self.start is not None and self.known is not None:
            was_now = self.start == self.scale.begin(self.known.on)
            self.scale = scale
            self.start = scale.begin(self.known.on if was_now else self.start)
            self._redraw()

    def _redraw(self) -> None:
        self._strips.clear()
        self.refresh()

    # The rows: the list moves, marks and opens.

    def action_move(self, by: int) -> None:
        """Look at another row."""
        self.grid.action_move(by)

    def action_leaf(self, pages: int) -> None:
        """Look a page further."""
        self.grid.action_move(pages * max(self.size.height - HEAD - 1, 1))

    def action_open(self) -> None:
        """Open the row that is looked at."""
        self.grid.action_open()

    def action_mark(self) -> None:
        """Mark the row that is looked at, or take the mark away."""
        self.grid.action_mark()

    def action_mark_and_move(self, by: int) -> None:
        """Mark the row that is looked at and go on."""
        self.grid.action_mark_and_move(by)

    def action_mark_all(self) -> None:
        """Mark every row shown."""
        self.grid.action_mark_all()

    def on_click(self, event: Click) -> None:
        """A row is looked at; its margin marks, twice opens it."""
        at = self.scroll_offset.y + event.y - HEAD
        if event.y < HEAD or at >= len(self.grid.rows):
            return
        self.grid.action_move(at - self.grid.at)
        if event.x < MARGIN:
            self.grid.action_mark()
        elif event.chain == TWICE:
            self.grid.action_open()

    def on_resize(self, event: Resize) -> None:  # noqa: ARG002
        """Fit as many days as there is room for."""
        self.renew()

    def notify_style_update(self) -> None:
        """Another theme or focus has other colours."""
        super().notify_style_update()
        self._strips.clear()

    # Drawing.

    def render_line(self, y: int) -> Strip:
        """The names of the months, the days, or one row."""
        width = self.size.width
        window = self.window
        if window is None or self.known is None:
            return Strip.blank(width, self.rich_style)
        if y < HEAD:
            return self._header(y, window, self.known)
        at = self.scroll_offset.y + y - HEAD
        if at >= len(self.grid.rows):
            return self._rest(window, self.known)
        here = at == self.grid.at
        if (at, here) not in self._strips:
            self._strips[at, here] = self._row(at, window, self.known, here=here)
        return self._strips[at, here]

    def _header(self, y: int, window: Window, watch: Watch) -> Strip:
        names = named_periods(window, self._named)
        text = ruler(window, watch.on) if y else names
        style = self.get_component_rich_style("timeline--header")
        text = set_cell_size(" " * self._before + text, self.size.width)
        return Strip([Segment(text, style)], self.size.width)

    def _named(self, day: date, year: bool) -> str:  # noqa: FBT001
        """What a week, month, quarter or year is called over its first day."""
        speech = speech_of(self)
        if self.scale is Scale.WEEKS:
            return short_day(day, speech)
        if self.scale is Scale.YEARS:
            return str(day.year)
        month, _, number = written.month(day, speech.language).rpartition(" ")
        return f"{month} {number[2:]}" if year else month

    def _rest(self, window: Window, watch: Watch) -> Strip:
        """Below the rows, the line of today goes on."""
        text = " " * self._before + draw(window, Mark(day=watch.on), watch.on)
        text = text.replace(DUE, TODAY)
        style = self.get_component_rich_style("timeline--muted")
        return Strip(
            [Segment(set_cell_size(text, self.size.width), style)], self.size.width
        )

    def _row(self, at: int, window: Window, watch: Watch, *, here: bool) -> Strip:
        self.drawn += 1
        row: Deadline = self.grid.rows[at]
        speech = speech_of(self)
        base = (
            self.get_component_rich_style("timeline--cursor")
            if here
            else self.rich_style
        )
        marked = row.id in self.grid.marked
        label = speech.line(title_of(watch, row))
        if cell_len(label) > self._label:
            label = set_cell_size(label, self._label - 1) + "…"
        parts = [
            Segment(("▶" if here else " ") + ("✓ " if marked else "  "), base),
            Segment(set_cell_size(label, self._label) + " ", base),
        ]
        mark = Mark(
            day=row.day,
            lead=watch.lead(row),
            urgent=row.level in URGENT,
            words=tuple(self._words(row, watch, speech)),
        )
        line = draw(window, mark, watch.on)
        parts += self._coloured(line, row, base, here=here)
        return Strip(parts).adjust_cell_length(self.size.width, base)

    def _words(self, row: Deadline, watch: Watch, speech: Speech) -> Iterator[str]:
        """What can stand behind a deadline, from the longest to the shortest."""
        near = watch.on.year <= row.day.year <= watch.on.year + 1
        day = short_day(row.day, speech) if near else speech.day(row.day)
        kind = kind_text(row.kind, speech)
        who = administration_of(watch, row.administration, speech)
        yield f"{day} {kind}, {who}"
        if self._differs(row, watch):
            yield f"{day} {who}"
        yield f"{day} {kind}"
        yield day

    def _differs(self, row: Deadline, watch: Watch) -> bool:
        """Whether only its administration tells it from another row."""
        if not self._alike:
            for each in self.grid.rows:
                self._alike.setdefault((each.day, each.kind), []).append(each)
        about = watch.object(row)
        return any(
            each.administration != row.administration and watch.object(each) == about
            for each in self._alike.get((row.day, row.kind), ())
        )

    def _coloured(
        self, line: str, row: Deadline, base: Style, *, here: bool
    ) -> list[Segment]:
        if here:
            return [Segment(line, base)]
        tone = LEVELS[row.level][2]
        due = self._toned(tone) if tone in {"warning", "error"} else base
        tones: dict[str, Any] = {
            TODAY: self._toned("muted"),
            WAIT: self._toned("muted"),
            PREPARE: self._toned("accent"),
            START: self._toned("accent"),
        }
        at = next((n for n, sign in enumerate(line) if sign in SIGNS), len(line))
        parts = [
            Segment("".join(signs), tones.get(sign, base))
            for sign, signs in groupby(line[:at])
        ]
        return [*parts, Segment(line[at:], due)]

    def _toned(self, tone: str) -> Style:
        return self.get_component_rich_style(f"timeline--{tone}")


SIGNS = (DUE, EARLIER, LATER)
