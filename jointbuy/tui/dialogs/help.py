"""The help: what a screen is for, and what can be done on it now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointbuy.errors import say
from jointbuy.tui.actions import GROUPS, key_name
from jointbuy.tui.dialogs.picker import Picker
from jointbuy.tui.listing import Column, Listing
from jointbuy.tui.prose import fact, paragraph
from jointbuy.tui.widgets.grid import Grid
from jointbuy.tui.widgets.page import Page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from textual.app import ComposeResult

    from jointbuy.errors import Message
    from jointbuy.tui.actions import Action
    from jointbuy.tui.prose import Paragraph
    from jointbuy.tui.speech import Speech
    from jointbuy.tui.stage import Stage

Row = tuple["Action", str]
"""Something to do, and the key that does it."""


class Help(Picker):
    """Gives what to do, with its key: one of the actions that make sense now."""

    DEFAULT_CSS = """
    Help #frame { height: 22; }
    Help #purpose { height: auto; max-height: 6; padding: 0 1 1 1; border: none; }
    Help #told { height: 5; }
    """

    HELPS = True

    def __init__(self, stage: Stage[object]) -> None:
        super().__init__(say("Help"), actions_listing(stage.offered()))
        self._purpose: tuple[Message, ...] = stage.PURPOSE

    def body(self) -> ComposeResult:
        """What the screen is for, what can be done, and the sentence about it."""
        if self._purpose:
            yield Page(id="purpose")
        yield from super().body()
        yield Page(id="told")

    def on_mount(self) -> None:
        """Say what the screen is for."""
        for page in self.query(Page):
            page.can_focus = False
        for page in self.query("#purpose").results(Page):
            page.tell(self._purposes)

    def _purposes(self, speech: Speech) -> Iterator[Paragraph]:
        yield paragraph(" ".join(speech.say(each) for each in self._purpose))

    def on_grid_moved(self, event: Grid.Moved) -> None:
        """Say what the action does, below the list."""
        event.prevent_default()
        listing, row = event.listing, event.row
        self.query_one("#told", Page).tell(
            lambda speech: () if row is None else listing.page(row, speech)
        )

    def narrow(self, text: str) -> None:
        """The action of a key comes before those whose words contain it."""
        super().narrow(text)
        grid, key = self.query_one(Grid), text.strip()
        for at, (action, shown) in enumerate(grid.rows):
            if key in {shown, *map(key_name, action.keys)}:
                grid.action_move(at - grid.at)
                return


def actions_listing(offered: Iterable[Row]) -> Listing[Row]:
    """What can be done, in the order of the groups of the help."""
    order = list(GROUPS)
    rows = sorted(offered, key=lambda row: order.index(row[0].group))
    return Listing(
        rows=tuple(rows),
        id_of=lambda row: row[0].id,
        columns=(
            Column(
                id="key",
                heading=say("Key"),
                text=lambda row, _: row[1],
                width=6,
            ),
            Column(
                id="label",
                heading=say("Action"),
                text=lambda row, speech: speech.line(row[0].label),
                width=26,
                grow=1,
            ),
            Column(
                id="group",
                heading=say("Group"),
                text=lambda row, speech: speech.line(GROUPS[row[0].group]),
                width=24,
                tone=lambda _: "muted",
                rank=1,
            ),
        ),
        also=lambda row: (*map(key_name, row[0].keys), *row[0].keys),
        page=_page,
    )


def _page(row: Row, speech: Speech) -> Iterator[Paragraph]:
    """The sentence about an action, and every key that does it."""
    action, shown = row
    yield paragraph(speech.say(action.help))
    keys = dict.fromkeys([shown, *map(key_name, action.keys)])
    yield fact(speech.say(say("Keys")), "  ".join(key for key in keys if _short(key)))


def _short(key: str) -> bool:
    """Whether it is a key as it stands on a keyboard, not the name of a sign."""
    return "_" not in key


__all__ = ["Help", "actions_listing"]
