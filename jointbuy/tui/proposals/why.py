"""Everything about one proposal, on the whole screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from jointbuy.errors import say
from jointbuy.tui.actions import Action, Group, bindings
from jointbuy.tui.dialogs.dialog import CLOSE, Dialog
from jointbuy.tui.proposals.actions import ON_PAGE
from jointbuy.tui.widgets.page import Page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from jointbuy.tui.prose import Paragraph
    from jointbuy.tui.speech import Speech

BACK = Action(
    id="why.back",
    keys=("w", "enter"),
    label=say("Back"),
    help=say("Back to the list."),
    group=Group.MOVE,
)


class Why(Dialog[str]):
    """Shows a page, and gives the name of the action that was asked for on it.

    `possible` are the names of those that make sense for what is shown.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings((*ON_PAGE, BACK))]
    DEFAULT_CSS = """
    Why #frame { width: 100%; height: 100%; }
    Why Page { height: 1fr; }
    """

    def __init__(
        self,
        told: Callable[[Speech], Iterable[Paragraph]],
        possible: frozenset[str],
    ) -> None:
        super().__init__(say("Why, and what is in the way"))
        self._told = told
        self._possible = possible
        own = (each for each in ON_PAGE if _wanted(each) in possible)
        self.ACTIONS = (*own, CLOSE, BACK)

    def body(self) -> ComposeResult:
        """The page."""
        yield Page(id="whole")

    def on_mount(self) -> None:
        """Read at once."""
        page = self.query_one(Page)
        page.tell(self._told)
        page.focus()

    def action_do(self, name: str) -> None:
        """Close, and have it done by the section."""
        if name in self._possible:
            self.dismiss(name)

    def action_back(self) -> None:
        """Back to the list."""
        self.dismiss(None)


def _wanted(action: Action) -> str:
    """The name of the action of the section behind one of the page."""
    return action.id.rpartition(".")[2]
