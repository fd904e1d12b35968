"""The sections of the terminal: a frame around a body, most often a list and a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.containers import Horizontal

from jointbuy.errors import say
from jointbuy.tui.actions import LISTS, Action, bindings
from jointbuy.tui.prose import plain
from jointbuy.tui.stage import Stage, speech_of
from jointbuy.tui.widgets.bars import KeyBar, Line, Said, SectionBar, TopBar
from jointbuy.tui.widgets.facets import Facets
from jointbuy.tui.widgets.grid import Grid
from jointbuy.tui.widgets.page import Page
from jointbuy.tui.widgets.typed import Typed

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.content import Content
    from textual.geometry import Size
    from textual.widgets import Input

    from jointbuy.tui.listing import View


class Section(Stage[None]):
    """A section: the frame all of them share; subclasses fill `body` and `read`."""

    def __init__(self) -> None:
        super().__init__()
        self.stale = True

    def compose(self) -> ComposeResult:
        """The bars around the body."""
        yield TopBar()
        yield SectionBar()
        yield from self.body()
        yield Said()
        yield KeyBar()

    def body(self) -> ComposeResult:
        """What stands between the bars."""
        yield from ()

    async def read(self) -> None:
        """Read what is shown from the register, and show it."""

    def on_screen_resume(self) -> None:
        """Read again what was changed from another section."""
        for said in self.query(Said):
            said.relabel()
        if self.stale:
            self.call_after_refresh(self._catch_up)
        else:
            self.terminal.opened()

    def _catch_up(self) -> None:
        """Read what is still to be read; a screen may come up twice at first."""
        if self.stale:
            self.reread()

    def reread(self) -> None:
        """Read it now; later, where no register is open yet."""
        if not self.terminal.begun:
            self.stale = True
            return
        self.stale = False
        self.terminal.work(self._reread(), group=f"read {type(self).__name__}")

    async def _reread(self) -> None:
        self.stale = False
        await self.read()
        for bar in self.query(TopBar):
            bar.relabel()
        self.refresh_bindings()


class Views(Line):
    """The views of a section, with the one that is shown."""

    DEFAULT_CSS = "Views { height: 1; background: $boost; }"

    def parts(self) -> list[tuple[Content, str]]:
        """Each view; a click shows it."""
        section = self.screen
        if not isinstance(section, ListSection):
            return []
        speech, found = speech_of(self), []
        for at, view in enumerate(section.views):
            style = "bold underline" if view is section.view else "$text-muted"
            title = plain(f" {speech.line(view.title)} ", style)
            found.append((title, f"screen.show_view({at})"))
        return found


class Count(Line):
    """How many of the rows are shown and marked."""

    DEFAULT_CSS = "Count { width: auto; min-width: 12; background: $boost; }"

    def relabel(self) -> None:
        """Say it again."""
        self.refresh(layout=True)

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """As wide as what it says."""
        del container, viewport
        return sum(text.cell_length for text, _ in self.parts())

    def parts(self) -> list[tuple[Content, str]]:
        """The count, and what is marked."""
        section = self.screen
        if not isinstance(section, ListSection):
            return []
        grid, speech = section.grid, speech_of(self)
        if grid.listing is None:
            return []
        every, shown = len(grid.listing.rows), len(grid.rows)
        count = say("{n} of {all}", n=shown, all=every)
        text = speech.line(count)
        if any(grid.chosen.values()):
            text = f"▼ {text}"
        if grid.marked:
            text += f"  ✓ {len(grid.marked)}"
        return [(plain(f" {text} "), "")]


class Filter(Typed):
    """What the rows shall contain."""

    DEFAULT_CSS = """
    Filter { height: 1; border: none; padding: 0 1; background: $boost; width: 1fr; }
    Filter:focus { border: none; background: $surface; }
    """

    def relabel(self) -> None:
        """Say what it is for."""
        self.placeholder = "/ " + speech_of(self).line(say("Filter"))


class ListSection(Section):
    """A section with a list, what narrows it down, and a page about the row looked at.

    `views` are its lists; `grid`, `page` and `facets` its panes. A subclass says what
    opening a row does in `opened`.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(LISTS)]

    AUTO_FOCUS = "#list"
    views: tuple[View, ...] = ()

    def __init__(self) -> None:
        super().__init__()
        self.view = self.views[0]
        self.grid = Grid(id="list")
        self.page = Page(id="page")
        self.facets = Facets(id="facets")

    def actions(self) -> tuple[Action, ...]:
        """Those of every list come after its own."""
        focused = tuple(getattr(self.focused, "ACTIONS", ()))
        return (*self.ACTIONS, *focused, *LISTS, *self.EVERYWHERE)

    def body(self) -> ComposeResult:
        """The views, the filter, and the panes."""
        if len(self.views) > 1:
            yield Views()
        with Horizontal(id="narrowing"):
            yield Filter(id="filter")
            yield Count()
        with Horizontal(id="body"):
            yield self.facets
            yield self.grid
            yield self.page

    def on_mount(self) -> None:
        """The list is where the work begins."""
        self.query_one(Filter).relabel()
        self.grid.focus()

    async def read(self) -> None:
        """Read the list of the view shown."""
        view = self.view
        listing = await self.terminal.ask(view.read)
        if view is self.view:
            self.grid.show(listing)
            self.facets.show(listing)

    def opened(self, row: Any) -> None:  # noqa: ANN401
        """A row was chosen; without more, its page takes the focus."""
        del row
        self.page.focus()

    async def look_at(self, id_: str) -> bool:
        """Show the row of that id, in whichever view it is; whether there is one."""
        if not self.stale and self.grid.look_at(id_):
            return True
        await self._reread()
        if self.grid.look_at(id_):
            return True
        self.action_clear()
        if self.grid.look_at(id_):
            return True
        for view in self.views:
            if view is not self.view:
                listing = await self.terminal.ask(view.read)
                if any(listing.id_of(row) == id_ for row in listing.rows):
                    self._turn_to(view)
                    await self.read()
                    return self.grid.look_at(id_)
        return False

    # What happens in the panes.

    def on_grid_moved(self, event: Grid.Moved) -> None:
        """Show the page of the row that is looked at."""
        if event.control is not self.grid:
            return
        listing, cell = event.listing, event.cell
        self.page.tell(
            lambda speech: () if cell is None else listing.page(cell, speech)
        )
        self.refresh_bindings()

    def on_grid_changed(self) -> None:
        """Count again."""
        for count in self.query(Count):
            count.relabel()
        self.refresh_bindings()

    def on_grid_opened(self, event: Grid.Opened) -> None:
        """Do what opening means here."""
        if event.control is self.grid:
            self.opened(event.cell)

    def on_facets_chosen(self, event: Facets.Chosen) -> None:
        """Narrow the list down."""
        self.grid.narrow(event.chosen)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filter while somebody types."""
        if event.input.id == "filter":
            self.grid.filter(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Back to the list, which stays filtered."""
        if event.input.id == "filter":
            self.grid.focus()

    # What every list can do.

    def action_filter(self) -> None:
        """Type what the rows shall contain."""
        self.query_one(Filter).focus()

    def can_narrow(self) -> bool:
        """Whether the rows can be told apart by some value."""
        return bool(self.facets.offered)

    def action_narrow(self) -> None:
        """Choose a value, and show only the rows that have it; again, all of them."""
        self.terminal.work(self._narrow())

    async def _narrow(self) -> None:
        from jointbuy.tui.dialogs.narrowing import values_of
        from jointbuy.tui.dialogs.picker import Picker

        listing = values_of(self.facets)
        chosen = await self.terminal.put(Picker(say("Show only"), listing))
        if chosen is not None:
            self.facets.turn(chosen[0].id, chosen[1])

    def action_clear(self) -> None:
        """Show every row again, none marked."""
        self.query_one(Filter).value = ""
        self.facets.clear()
        self.grid.chosen = {}
        self.grid.filter("")
        self.grid.action_mark_none()
        self.grid.focus()

    def action_sort(self) -> None:
        """Ask for a column, and sort by it."""
        self.terminal.work(self._sort())

    async def _sort(self) -> None:
        from jointbuy.tui.dialogs.picker import Picker, columns_of

        if self.grid.listing is None:
            return
        title = say("Sort by")
        column = await self.terminal.put(Picker(title, columns_of(self.grid.listing)))
        if column is not None:
            self.grid.sort_by(column.id)

    def can_view(self) -> bool:
        """Whether there is another view."""
        return len(self.views) > 1

    def action_view(self) -> None:
        """Show the next view."""
        at = self.views.index(self.view)
        self.action_show_view((at + 1) % len(self.views))

    def action_show_view(self, at: int) -> None:
        """Show that view."""
        self._turn_to(self.views[at])
        self.reread()

    def _turn_to(self, view: View) -> None:
        self.view = view
        self.query_one(Filter).value = ""
        self.facets.chosen = {}
        self.grid.chosen = {}
        self.grid.marked.clear()
        self.grid.at = self.grid.across = 0
        for views in self.query(Views):
            views.relabel()

    def action_reread(self) -> None:
        """Read the register again."""
        self.terminal.changed()
