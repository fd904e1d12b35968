"""The terminal itself: one register, one language at a time, one verb at a time."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Static

from jointbuy.errors import JointbuyError, Message, say
from jointbuy.tui.needs import read_needs
from jointbuy.tui.prose import plain
from jointbuy.tui.speech import Speech
from jointbuy.tui.widgets.grid import Grid
from jointbuy.tui.widgets.page import Page
from jointbuy.workspace import told

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from jointbuy.workspace import Desk, Workspace

T = TypeVar("T")

LANGUAGES = ("fr", "nl", "de", "en")

KEYS: tuple[tuple[str, Message], ...] = (
    ("/", say("Filter")),
    ("s", say("Sort")),
    ("u", say("Undo")),
    ("F7", say("Language")),
    ("^q", say("Quit")),
)
"""What the last line offers."""


class Terminal(App[None]):
    """A register on the screen of a procurement officer."""

    ENABLE_COMMAND_PALETTE = False
    TITLE = "jointbuy"
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - as Textual declares it
        (0, "-narrow"),
        (100, "-wide"),
    ]
    CSS = """
    #head, #foot { height: 1; }
    #said { height: auto; max-height: 6; }
    #head, #foot { background: $panel; }
    #filter { height: 1; border: none; padding: 0 1; background: $boost; }
    #body { height: 1fr; }
    #list { width: 3fr; }
    #page { width: 2fr; border-left: tall $panel; }
    Screen.-narrow #body { layout: vertical; }
    Screen.-narrow #list { width: 100%; height: 1fr; }
    Screen.-narrow #page {
        width: 100%; height: 6; border-left: none; border-top: tall $panel;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash,f3", "filter", show=False),
        Binding("s", "sort", show=False),
        Binding("u,ctrl+z", "undo", show=False),
        Binding("f7", "language", show=False),
        Binding("ctrl+q", "quit", show=False, priority=True),
        Binding("escape", "close_filter", show=False),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.speech = Speech(desk.language)
        self._clerk = ThreadPoolExecutor(max_workers=1)
        self._workspace: Workspace | None = None
        self._said: Message | None = None

    def compose(self) -> ComposeResult:
        """The list, the page beside it, and the lines around them."""
        yield Static(id="head", markup=False)
        yield Input(id="filter")
        with Horizontal(id="body"):
            yield Grid(id="list")
            yield Page(id="page")
        yield Static(id="said", markup=False)
        yield Static(id="foot", markup=False)

    def on_mount(self) -> None:
        """Show the frame first, then read the register."""
        self.query_one(Grid).focus()
        self._label()
        self.call_after_refresh(self._work, self._read())

    def on_unmount(self) -> None:
        """Whatever is being kept is kept to the end."""
        self._clerk.shutdown(wait=True)

    async def ask(self, verb: Callable[[Workspace], T]) -> T:
        """Have a verb done; one at a time, beside the screen."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._clerk, self._do, verb)

    def _do(self, verb: Callable[[Workspace], T]) -> T:
        if self._workspace is None:
            self._workspace = self.desk.open()
        self._workspace.language = self.speech.language
        return verb(self._workspace)

    def _work(self, task: Coroutine[Any, Any, None]) -> None:
        self.run_worker(self._told(task), exit_on_error=False)

    async def _told(self, task: Coroutine[Any, Any, None]) -> None:
        try:
            await task
        except JointbuyError as error:
            self.tell(error.message)

    async def _read(self) -> None:
        listing = await self.ask(read_needs)
        self.query_one(Grid).show(listing)
        self._label()

    def tell(self, message: Message) -> None:
        """Say a sentence on the line for it."""
        self._said = message
        self._label()

    def _label(self) -> None:
        grid, speech = self.query_one(Grid), self.speech
        every = len(grid.listing.rows) if grid.listing else 0
        count = say("{n} of {all}", n=len(grid.rows), all=every)
        title = f" jointbuy  {speech.say(say('Needs'))}  {speech.say(count)}"
        self.query_one("#head", Static).update(
            plain(f"{title}  {speech.language.upper()}")
        )
        self.query_one("#said", Static).update(
            plain(speech.line(self._said)) if self._said else Content()
        )
        keys = Content("  ").join(
            plain(f" {key}", "bold") + plain(f" {speech.say(label)}")
            for key, label in KEYS
        )
        self.query_one("#foot", Static).update(keys)

    def on_grid_moved(self, event: Grid.Moved) -> None:
        """Show the page of the row that is looked at."""
        listing, row = event.listing, event.row
        for page in self.query(Page):  # none once the terminal is being closed
            page.tell(lambda speech: () if row is None else listing.page(row, speech))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filter while somebody types."""
        self.query_one(Grid).filter(event.value)
        self._label()

    def on_input_submitted(self) -> None:
        """Back to the list, which stays filtered."""
        self.query_one(Grid).focus()

    def action_filter(self) -> None:
        """Type what the rows shall contain."""
        self.query_one(Input).focus()

    def action_close_filter(self) -> None:
        """Show every row again."""
        self.query_one(Input).value = ""
        self.query_one(Grid).focus()

    def action_sort(self) -> None:
        """Sort by the next column."""
        grid = self.query_one(Grid)
        if grid.listing is None:
            return
        ids = [column.id for column in grid.listing.columns]
        now = grid.sort.removeprefix("-")
        grid.sort_by(ids[(ids.index(now) + 1) % len(ids)] if now in ids else ids[0])

    def action_language(self) -> None:
        """Read everything in the next language."""
        now = LANGUAGES.index(self.speech.language)
        self.speech = Speech(LANGUAGES[(now + 1) % len(LANGUAGES)])
        self.desk.keep_language(self.speech.language)
        self.query_one(Grid).relabel()
        self._label()

    def action_undo(self) -> None:
        """Take back the last change."""
        self._work(self._undo())

    async def _undo(self) -> None:
        self.tell(await self.ask(lambda w: told(w, w.undo())))
        await self._read()

    def action_help_quit(self) -> None:
        """Leave on ctrl+c too: everything is saved already."""
        self.exit()
