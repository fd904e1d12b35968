"""A list to choose from, narrowed down by typing: records, commands, columns, codes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.widgets import Input

from jointbuy.errors import say
from jointbuy.tui.actions import Action, Group, bindings
from jointbuy.tui.dialogs.dialog import CLOSE, Dialog
from jointbuy.tui.listing import Column, Listing
from jointbuy.tui.widgets.grid import Grid
from jointbuy.tui.widgets.page import Page
from jointbuy.tui.widgets.typed import Typed

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from jointbuy.errors import Message

PICKER: tuple[Action, ...] = (
    Action(
        id="picker.pick",
        keys=("enter",),
        label=say("Choose"),
        help=say("Choose the row that is looked at."),
        rank=10,
    ),
    Action(
        id="picker.down",
        keys=("down",),
        label=say("Down"),
        help=say("Look at the row below."),
        group=Group.MOVE,
        does="move(1)",
    ),
    Action(
        id="picker.up",
        keys=("up",),
        label=say("Up"),
        help=say("Look at the row above."),
        group=Group.MOVE,
        does="move(-1)",
    ),
    Action(
        id="picker.page_down",
        keys=("pagedown",),
        label=say("Page down"),
        help=say("Look a page further down."),
        group=Group.MOVE,
        does="move(10)",
    ),
    Action(
        id="picker.page_up",
        keys=("pageup",),
        label=say("Page up"),
        help=say("Look a page further up."),
        group=Group.MOVE,
        does="move(-10)",
    ),
)


class Picker(Dialog[Any]):
    """Gives the row that was chosen; typing narrows the list down.

    `paged` shows the page of the row looked at below the list; `at` is the id of the
    row that is looked at first.
    """

    ACTIONS = (*PICKER, CLOSE)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(PICKER)]
    DEFAULT_CSS = """
    Picker #frame { height: 20; max-height: 100%; }
    Picker #wanted { height: 1; border: none; padding: 0 1; background: $boost; }
    Picker #wanted:focus { border: none; }
    Picker Grid { height: 1fr; }
    Picker Page { height: 5; border-top: solid $panel; }
    """

    def __init__(
        self,
        title: Message,
        listing: Listing[Any],
        *,
        paged: bool = False,
        text: str = "",
        at: str = "",
    ) -> None:
        super().__init__(title)
        self._at = at
        self._listing = listing
        self._paged = paged
        self._text = text

    def body(self) -> ComposeResult:
        """What is typed, the rows, and the page of one."""
        yield Typed(self._text, id="wanted", select_on_focus=False)
        yield Grid()
        if self._paged:
            yield Page()

    def on_mount(self) -> None:
        """Type at once; the rows follow."""
        grid = self.query_one(Grid)
        grid.can_focus = False
        grid.show(self._listing)
        if self._at:
            grid.look_at(self._at)
        self.query_one(Input).focus()

    def show(self, listing: Listing[Any]) -> None:
        """Offer these rows now."""
        self._listing = listing
        self.query_one(Grid).show(listing)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow down while somebody types."""
        if event.input.id == "wanted":
            self.narrow(event.value)

    def narrow(self, text: str) -> None:
        """Offer only what contains every word of that text."""
        self.query_one(Grid).filter(text)

    def on_input_submitted(self) -> None:
        """Choose the row that is looked at."""
        self.action_pick()

    def on_grid_moved(self, event: Grid.Moved) -> None:
        """Show its page."""
        listing, row = event.listing, event.row
        for page in self.query(Page):
            page.tell(lambda speech: () if row is None else listing.page(row, speech))

    def on_grid_opened(self, event: Grid.Opened) -> None:
        """A double click chooses."""
        self.dismiss(event.row)

    def action_move(self, by: int) -> None:
        """Look at another row."""
        self.query_one(Grid).action_move(by)

    def action_pick(self) -> None:
        """Choose the row that is looked at, if there is one."""
        row = self.query_one(Grid).row
        if row is not None:
            self.dismiss(row)


def columns_of(listing: Listing[Any]) -> Listing[Column[Any]]:
    """The columns of a list, to choose one from."""
    return Listing(
        rows=listing.columns,
        id_of=lambda column: column.id,
        columns=(
            Column(
                id="heading",
                heading=say("Column"),
                text=lambda column, speech: speech.line(column.heading),
                width=20,
                grow=1,
            ),
        ),
    )


def choices(rows: tuple[tuple[str, Message], ...]) -> Listing[tuple[str, Message]]:
    """Ids and what they are called, to choose one from."""
    heading: Column[tuple[str, Any]] = Column(
        id="label",
        heading=say("Choice"),
        text=lambda row, speech: speech.line(row[1]),
        width=20,
        grow=1,
    )
    return Listing(rows=rows, columns=(heading,), id_of=lambda row: row[0])


__all__ = ["PICKER", "Picker", "choices", "columns_of"]
