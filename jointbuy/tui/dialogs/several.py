"""A list to choose several rows from by marking them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from jointbuy.errors import say
from jointbuy.tui.actions import Action, Group, bindings
from jointbuy.tui.dialogs.dialog import CLOSE, Dialog
from jointbuy.tui.widgets.grid import Grid

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from jointbuy.errors import Message
    from jointbuy.tui.listing import Listing

MARKED: tuple[Action, ...] = (
    Action(
        id="grid.open",
        keys=("enter",),
        label=say("Choose"),
        help=say("Choose the rows that are marked; the one looked at if none is."),
        rank=10,
        does="open",
    ),
    Action(
        id="grid.mark",
        keys=("space",),
        label=say("Mark"),
        help=say("Mark this row, or take the mark away."),
        group=Group.CHOOSE,
        rank=11,
        does="mark",
    ),
    Action(
        id="grid.mark_all",
        keys=("asterisk",),
        label=say("Mark all"),
        help=say("Mark every row shown."),
        group=Group.CHOOSE,
        rank=12,
        does="mark_all",
    ),
)
"""The keys of the list, which the footer shows here."""


class Several(Dialog[list[Any]]):
    """Gives the rows that were marked, else the one that was looked at."""

    ACTIONS = (*MARKED, CLOSE)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings((CLOSE,))]
    DEFAULT_CSS = """
    Several #frame { height: 16; max-height: 100%; }
    Several Grid { height: 1fr; }
    """

    def __init__(
        self,
        title: Message,
        listing: Listing[Any],
        marked: frozenset[str] = frozenset(),
    ) -> None:
        super().__init__(title)
        self._listing = listing
        self._marked = marked

    def actions(self) -> tuple[Action, ...]:
        """Those of the list that the footer shows come instead of its own."""
        shown = {action.id for action in self.ACTIONS}
        others = (each for each in super().actions() if each.id not in shown)
        return (*self.ACTIONS, *others)

    def body(self) -> ComposeResult:
        """The rows."""
        yield Grid()

    def on_mount(self) -> None:
        """Mark at once."""
        grid = self.query_one(Grid)
        grid.show(self._listing)
        grid.marked |= self._marked
        grid.focus()

    def on_grid_opened(self, event: Grid.Opened) -> None:
        """Take what is marked."""
        self.dismiss(event.grid.marked_rows)
