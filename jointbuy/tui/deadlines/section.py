"""The section of the deadlines: a list, a line of time, a calendar."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from textual.containers import Horizontal, Vertical

from jointbuy.errors import say
from jointbuy.tui.actions import bindings
from jointbuy.tui.deadlines.acting import Acting
from jointbuy.tui.deadlines.actions import DEADLINES
from jointbuy.tui.deadlines.listing import (
    deadlines_listing,
    narrowed,
    put_off_ids,
    read_deadlines,
)
from jointbuy.tui.deadlines.month import Due, Month
from jointbuy.tui.deadlines.scale import DUE, PREPARE, START, TODAY
from jointbuy.tui.deadlines.scale import URGENT as NEAR
from jointbuy.tui.deadlines.timeline import Timeline
from jointbuy.tui.deadlines.words import ACTION, URGENT, destination
from jointbuy.tui.listing import View
from jointbuy.tui.prose import plain
from jointbuy.tui.section import Count, Filter, Views
from jointbuy.tui.stage import speech_of
from jointbuy.tui.widgets.bars import Line
from jointbuy.workspace.sittings import clashes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.content import Content
    from textual.geometry import Size
    from textual.widget import Widget
    from textual.widgets import Input

    from jointbuy.errors import Message
    from jointbuy.model import Deadline
    from jointbuy.tui.listing import Listing
    from jointbuy.tui.widgets.facets import Facets
    from jointbuy.tui.widgets.grid import Grid
    from jointbuy.workspace import Workspace
    from jointbuy.workspace.watching import Watch

HORIZONS: dict[str, tuple[int | None, Message]] = {
    "7": (7, say("Within 7 days")),
    "30": (30, say("Within 30 days")),
    "90": (90, say("Within 90 days")),
    "all": (None, say("All deadlines")),
}
"""How far ahead one can look."""

PREPARED = 500
"""Rows from which on the words that filtering compares are made beforehand."""


class Fitted(Line):
    """A line as wide as what it says."""

    DEFAULT_CSS = "Fitted { background: $boost; width: auto; }"

    def get_content_width(self, container: Size, viewport: Size) -> int:  # noqa: ARG002
        """The columns of its parts."""
        return sum(text.cell_length for text, _ in self.parts())

    def relabel(self) -> None:
        """Say it again."""
        self.refresh(layout=True)


class Span(Fitted):
    """Which days the line of time shows; each of its signs can be clicked."""

    DEFAULT_CSS = "Span { display: none; }"

    def parts(self) -> list[tuple[Content, str]]:
        """Back, the months, on; larger, smaller; today."""
        section = self.screen
        if not isinstance(section, Deadlines):
            return []
        speech = speech_of(self)
        return [
            (plain(" ◀ ", "bold $text-accent"), "screen.shift(-1)"),
            (plain(section.timeline.period(speech)), ""),
            (plain(" ▶ ", "bold $text-accent"), "screen.shift(1)"),
            (plain(" + ", "bold $text-accent"), "screen.scale(-1)"),
            (plain(" - ", "bold $text-accent"), "screen.scale(1)"),
            (plain(f" {speech.line(say('Today'))} ", "$text-muted"), "screen.today"),
        ]


class Legend(Line):
    """What the signs mean."""

    DEFAULT_CSS = "Legend { background: $surface; display: none; }"

    def parts(self) -> list[tuple[Content, str]]:
        """Each sign with its word."""
        section, speech = self.screen, speech_of(self)
        month = isinstance(section, Deadlines) and section.view.id == "month"
        signs = MONTH_SIGNS if month else LINE_SIGNS
        text = "   ".join(f"{sign} {speech.line(words)}" for sign, words in signs)
        return [(plain(f" {text}", "$text-muted"), "")]


LINE_SIGNS: tuple[tuple[str, Message], ...] = (
    (DUE, say("deadline")),
    (PREPARE, say("preparation")),
    (START, say("possible start")),
    (TODAY, say("today")),
    (NEAR, say("< 30 days")),
)
MONTH_SIGNS = (LINE_SIGNS[0], *LINE_SIGNS[3:])


class Horizon(Fitted):
    """How far ahead one looks; a click chooses otherwise."""

    def parts(self) -> list[tuple[Content, str]]:
        """The period."""
        section = self.screen
        if not isinstance(section, Deadlines):
            return []
        words = HORIZONS[section.horizon][1]
        style = "$text-muted" if section.horizon == "all" else "bold"
        return [(plain(f" {speech_of(self).line(words)} ", style), "screen.horizon")]


class Hidden(Fitted):
    """How many deadlines are put off; a click shows or hides them."""

    def parts(self) -> list[tuple[Content, str]]:
        """The number; nothing where none is."""
        section = self.screen
        if not isinstance(section, Deadlines) or not section.put_off:
            return []
        said = say("Put off: {n}", n=len(section.put_off))
        style = "bold" if section.hidden_shown else "$text-warning"
        sign = "✓ " if section.hidden_shown else ""
        text = f" {sign}{speech_of(self).line(said)} "
        return [(plain(text, style), "screen.hidden")]


class Deadlines(Acting):
    """Every day not to miss, and who must act."""

    PURPOSE = (
        say("Every day not to miss, the nearest first, with who must act on it."),
        say(
            "They follow from the needs, contracts, calls for interest, adhesions and "
            "retained proposals: what is settled there drops out by itself."
        ),
        say(
            "Reminders are noted here, and what is put off for a good reason; from "
            "here everything goes to your agenda, or into a mail."
        ),
    )
    CSS = """
    Deadlines #showing { height: 1; }
    Deadlines #days { height: 1fr; }
    Deadlines #month, Deadlines #timeline { display: none; height: 1fr; }
    Deadlines.-timeline #timeline, Deadlines.-month #month { display: block; }
    Deadlines.-timeline Span { display: block; }
    Deadlines.-timeline Legend, Deadlines.-month Legend { display: block; }

    Deadlines.-timeline #body { height: 6; layout: vertical; }
    Deadlines.-timeline #list { display: none; }
    Deadlines.-widest.-low.-timeline #facets { display: none; }
    Deadlines.-timeline #page {
        width: 100%; height: 6; border-left: none; border-top: tall $panel;
    }
    Deadlines.-timeline #body:focus-within { height: 75%; }
    Deadlines.-timeline #page:focus { height: 100%; border-top: tall $accent; }

    Deadlines.-month #month { height: 8; }
    Deadlines.-month.-narrow #page { height: 4; }

    Deadlines.-high.-month #month { height: 16; }
    Deadlines.-high.-widest.-list #body {
        layout: grid; grid-size: 2 2; grid-columns: 24 1fr; grid-rows: 2fr 1fr;
    }
    Deadlines.-high.-widest.-list #facets { width: 100%; row-span: 2; }
    Deadlines.-high.-widest.-list #list { width: 100%; }
    Deadlines.-high.-widest.-list #page {
        width: 100%; border-left: none; border-top: tall $panel;
    }
    Deadlines.-high.-widest.-list #page:focus { border-top: tall $accent; }
    Deadlines.-high.-wide.-timeline #body, Deadlines.-high.-widest.-timeline #body {
        height: 1fr; layout: horizontal;
    }
    Deadlines.-high.-wide.-timeline #list, Deadlines.-high.-widest.-timeline #list {
        display: block;
    }
    Deadlines.-high.-wide.-timeline #page, Deadlines.-high.-widest.-timeline #page {
        width: 2fr; height: 100%; border-top: none; border-left: tall $panel;
    }
    Deadlines.-high.-wide #timeline, Deadlines.-high.-widest #timeline {
        dock: bottom; height: 50%; border-top: tall $panel;
    }
    """
    ACTIONS = DEADLINES
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(DEADLINES)]
    views = (
        View(id="list", title=say("List"), read=read_deadlines),
        View(id="timeline", title=say("Timeline"), read=read_deadlines),
        View(id="month", title=say("Month"), read=read_deadlines),
    )

    def __init__(self) -> None:
        super().__init__()
        self.known: Watch | None = None
        self.whole: Listing[Deadline] | None = None
        self.listing: Listing[Deadline] | None = None
        self.horizon = "all"
        self.put_off: set[str] = set()
        self.hidden_shown = False
        self._narrowed: tuple[str, bool] | None = None
        self.timeline = Timeline(self.grid, id="timeline")
        self.month = Month(id="month")
        self.add_class("-list")

    def body(self) -> ComposeResult:
        """The views, the filter, what the view shows, and the panes."""
        with Horizontal(id="showing"):
            yield Views()
            yield Span()
        with Horizontal(id="narrowing"):
            yield Filter(id="filter")
            yield Hidden()
            yield Horizon()
            yield Count()
        with Vertical(id="days"):
            yield self.month
            yield self.timeline
            with Horizontal(id="body"):
                yield self.facets
                yield self.grid
                yield self.page
        yield Legend()

    # What is shown.

    async def read(self) -> None:
        """Read the deadlines, and show them in every view."""
        self.take_in(*await self.terminal.ask(_read))
        self.call_after_refresh(self._foresee)

    def _foresee(self) -> None:
        """Make ready for filtering, where there is much to filter."""
        if self.whole is not None and len(self.whole.rows) > PREPARED:
            self.terminal.work(self._prepare(self.whole), group="prepare deadlines")

    def relabel(self) -> None:
        """Say everything in the language of the moment."""
        super().relabel()
        self._foresee()

    def take_in(self, known: Watch, whole: Listing[Deadline]) -> None:
        """Show these deadlines in every view."""
        self.known, self.whole, self._narrowed = known, whole, None
        self.put_off = put_off_ids(known)
        near = [
            each
            for each in known.deadlines
            if each.level in URGENT and each.id not in self.put_off
        ]
        self.terminal.count_near(len(near))
        self._show()
        self.look_for()
        self.sought = ""

    async def _prepare(self, whole: Listing[Deadline]) -> None:
        """Have ready what filtering compares, beside the screen."""
        speech = self.speech
        await self.terminal.ask(lambda _: whole.prepared(speech))
        if self.whole is whole and self.listing is not whole:
            self._narrowed = None
            self._show()

    def _show(self) -> None:
        """Show what was read, as far ahead as one looks."""
        if self.known is None or self.whole is None:
            return
        before, wanted = self.listing, (self.horizon, self.hidden_shown)
        if self._narrowed != wanted:
            self._narrowed = wanted
            self.listing = narrowed(
                self.whole,
                self.known,
                HORIZONS[self.horizon][0],
                put_off=self.hidden_shown,
            )
        for line in self.query(Hidden):
            line.relabel()
        listing = self.listing
        if listing is not None and listing is not before:
            self.facets.show(listing)
        self.timeline.show(self.known)
        self._spread()
        if listing is not None and self.view.id != "month":
            self.grid.show(listing)

    def _spread(self) -> None:
        """Show on which days of the calendar the rows lie that are not filtered out."""
        if self.view.id != "month" or self.known is None:
            return
        rows = self._rows()
        counts = Counter(row.day for row in rows)
        urgent = {row.day for row in rows if row.level in URGENT}
        dues = {
            day: Due(count=count, urgent=day in urgent) for day, count in counts.items()
        }
        self.month.show(dues, self.known.on)
        self._list_day()

    def _rows(self) -> list[Deadline]:
        """The deadlines that contain what is searched, of whatever day."""
        if self.listing is None:
            return []
        text = self.query_one(Filter).value
        return self.listing.filtered(text, self.speech, self.facets.chosen)

    def _list_day(self) -> None:
        """List the deadlines of the day that is looked at in the calendar."""
        if self.listing is None:
            return
        day = self.month.at
        rows = tuple(row for row in self.listing.rows if row.day == day)
        empty = say("No deadline on {day}.", day=day) if day else self.listing.empty
        self.grid.show(replace(self.listing, rows=rows, words={}, empty=empty))

    @property
    def front(self) -> Widget:
        """Where the keys of the view work."""
        fronts: Mapping[str, Widget] = {"timeline": self.timeline, "month": self.month}
        return fronts.get(self.view.id, self.grid)

    async def look_at(self, id_: str) -> bool:
        """Show the deadline of that id, whatever was filtered; whether there is one."""
        if self.stale or self.listing is None:
            await self._reread()
        if self.known is None:
            return False
        row = next((each for each in self.known.deadlines if each.id == id_), None)
        if row is None:
            return False
        self.action_clear()
        self.hidden_shown = self.hidden_shown or row.id in self.put_off
        self._look_ahead("all")
        if self.view.id == "month":
            self.month.look(row.day)
            self._list_day()
        return self.grid.look_at(id_)

    # What happens in the panes, beside what happens in every list.

    def on_grid_moved(self, event: Grid.Moved) -> None:
        """The line of time follows the list."""
        if event.control is self.grid and self.view.id == "timeline":
            self.timeline.follow()

    def on_grid_changed(self) -> None:
        """Draw the rows that are left."""
        if self.view.id == "timeline":
            self.timeline.renew()

    def on_facets_chosen(self, event: Facets.Chosen) -> None:  # noqa: ARG002
        """Narrow the calendar down too."""
        self._spread()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filter the calendar too."""
        if event.input.id == "filter":
            self._spread()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Back to the view, which stays filtered."""
        if event.input.id == "filter":
            event.prevent_default()
            self.front.focus()

    def on_month_moved(self) -> None:
        """List the deadlines of that day."""
        if self.view.id == "month":
            self._list_day()

    def on_month_entered(self) -> None:
        """Go to the deadlines of the day."""
        self.grid.focus()

    def on_resize(self) -> None:
        """Another number of days fits."""
        self.call_after_refresh(self._respan)

    def _respan(self) -> None:
        for span in self.query(Span):
            span.relabel()

    def opened(self, row: Any) -> None:  # noqa: ANN401
        """Go to the record."""
        self.terminal.work(self._open(row))

    # The views.

    def action_clear(self) -> None:
        """Show every row again, none marked."""
        super().action_clear()
        self._spread()
        self.front.focus()

    def action_show_view(self, at: int) -> None:
        """Show that view of the same deadlines; what was filtered stays."""
        row = self.grid.row
        self.view = self.views[at]
        for view in self.views:
            self.set_class(view is self.view, f"-{view.id}")
        for line in (*self.query(Views), *self.query(Legend)):
            line.relabel()
        if self.view.id == "month" and row is not None:
            self.month.look(row.day)
        self._show()
        if row is not None:
            self.grid.look_at(row.id)
        self.front.focus()
        self.refresh_bindings()
        self.call_after_refresh(self._respan)

    def action_list(self) -> None:
        """Show the list."""
        self.action_show_view(0)

    def action_timeline(self) -> None:
        """Show the line of time."""
        self.action_show_view(1)

    def action_month(self) -> None:
        """Show the calendar."""
        self.action_show_view(2)

    def can_today(self) -> bool:
        """Only where days are moved through."""
        return self.view.id != "list"

    def action_today(self) -> None:
        """Go back to today."""
        if self.view.id == "month":
            self.month.today()
        else:
            self.timeline.today()
            self._respan()

    def can_shift(self) -> bool:
        """Only where days are moved through."""
        return self.view.id != "list"

    def action_shift(self, by: int) -> None:
        """Look further back or on."""
        if self.view.id == "month":
            self.month.action_day(by)
        else:
            self.timeline.shift(by)
            self._respan()

    def can_scale(self) -> bool:
        """Only the line of time has a scale."""
        return self.view.id == "timeline"

    def action_scale(self, by: int) -> None:
        """Show fewer or more days."""
        scale = self.timeline.scale
        self.timeline.rescale(scale.nearer() if by < 0 else scale.wider())
        self._respan()

    def action_horizon(self) -> None:
        """Ask how far ahead to look."""
        self.terminal.work(self._horizon())

    async def _horizon(self) -> None:
        from jointbuy.tui.dialogs.picker import Picker, choices

        offered = choices(tuple((id_, words) for id_, (_, words) in HORIZONS.items()))
        chosen = await self.terminal.put(Picker(say("How far ahead?"), offered))
        if chosen is not None:
            self._look_ahead(chosen[0])

    def _look_ahead(self, horizon: str) -> None:
        self.horizon = horizon
        for line in self.query(Horizon):
            line.relabel()
        self._show()

    def can_hidden(self) -> bool:
        """Whether something is put off."""
        return bool(self.put_off)

    def action_hidden(self) -> None:
        """Show what is put off among the others, or hide it again.

        What was put off last is looked at: one may want to take that back.
        """
        row = self.grid.row
        self.hidden_shown = not self.hidden_shown
        self._show()
        if self.hidden_shown and self.put_away in self.put_off:
            self.grid.look_at(self.put_away)
            self.put_away = ""
        elif row is not None:
            self.grid.look_at(row.id)

    # What is done with a deadline.

    def can_open(self) -> bool:
        """Whether one is looked at, rather than a day of the calendar."""
        return self.grid.row is not None and not self.month.has_focus

    def action_open(self) -> None:
        """Go to the record it comes from."""
        if self.grid.row is not None:
            self.opened(self.grid.row)

    async def _open(self, row: Deadline) -> None:
        if self.known is None:
            return
        if row.kind == ACTION:
            await self._form(type(self.known.record(row)), row.subject)
            return
        place = destination(self.known, row)
        if place:
            await self.terminal.show(place, row.subject)
        else:
            self.terminal.tell(
                say("The record is no longer in the register: read it again."),
                tone="warning",
            )

    def can_plan(self) -> bool:
        """Only a step has a plan."""
        row = self.grid.row
        return row is not None and row.kind == "milestone"

    def action_plan(self) -> None:
        """Show the whole plan."""
        row = self.grid.row
        if row is not None:
            self.terminal.work(self._plan(row))

    async def _plan(self, row: Deadline) -> None:
        await self.terminal.show("proposals", row.subject)
        await self.terminal.run_action("plan", self.terminal.screen)

    def can_export(self) -> bool:
        """Whether there is anything to write."""
        return bool(self._exported())

    def _exported(self) -> list[Deadline]:
        """The marked deadlines; without marks all that are shown."""
        rows = self._rows() if self.view.id == "month" else list(self.grid.rows)
        marked = self.grid.marked
        return [row for row in rows if row.id in marked] or rows

    def action_export(self) -> None:
        """Ask for a file, and write it."""
        self.terminal.work(self.export(self._exported()))


def _read(workspace: Workspace) -> tuple[Watch, Listing[Deadline]]:
    """The deadlines of the register with what they rest on, and as a list."""
    known = workspace.watch()
    return known, deadlines_listing(known, clashing=clashes(known))
