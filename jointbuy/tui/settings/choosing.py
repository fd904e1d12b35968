"""Choosing the language and the colours: each is tried out while it is looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jointbuy.errors import say
from jointbuy.tui.dialogs.palette import OWN_NAMES
from jointbuy.tui.dialogs.picker import Picker
from jointbuy.tui.listing import Column, Listing
from jointbuy.tui.themes import themes
from jointbuy.tui.widgets.grid import Grid

if TYPE_CHECKING:
    from jointbuy.errors import Message
    from jointbuy.tui.app import Terminal
    from jointbuy.tui.speech import Sayable

Choice = tuple[str, "Sayable"]


def _listing(rows: tuple[Choice, ...]) -> Listing[Choice]:
    return Listing(
        rows=rows,
        id_of=lambda row: row[0],
        columns=(
            Column[Any](
                id="label",
                heading=say("Choice"),
                text=lambda row, speech: speech.line(row[1]),
                width=20,
                grow=1,
            ),
        ),
    )


class Trying(Picker):
    """A choice that takes effect while it is looked at; closing takes it back."""

    DEFAULT_CSS = """
    Trying { background: transparent; }
    Trying #frame { height: 14; width: 40; }
    """

    def __init__(self, title: Message, rows: tuple[Choice, ...], now: str) -> None:
        super().__init__(title, _listing(rows))
        self._before = now

    def attempt(self, id_: str) -> None:
        """Have it take effect, for the moment."""

    def on_mount(self) -> None:
        """Begin with what is chosen now."""
        self.call_after_refresh(self.query_one(Grid).look_at, self._before)

    def on_grid_moved(self, event: Grid.Moved) -> None:  # noqa: ARG002
        """Try out what is looked at."""
        if self.is_attached and (row := self.query_one(Grid).row) is not None:
            self.attempt(row[0])

    def action_close(self) -> None:
        """Have it as it was."""
        self.attempt(self._before)
        super().action_close()


class Tongue(Trying):
    """Gives the language chosen."""

    def __init__(self, terminal: Terminal) -> None:
        super().__init__(
            say("Language"), tuple(OWN_NAMES.items()), terminal.speech.language
        )

    def attempt(self, id_: str) -> None:
        """Say everything in that language."""
        if id_ != self.terminal.speech.language:
            self.terminal.speak(id_, keep=False)


class Colours(Trying):
    """Gives the name of the theme chosen."""

    def __init__(self, terminal: Terminal) -> None:
        super().__init__(
            say("Colours"), tuple(themes(terminal).items()), terminal.theme
        )

    def attempt(self, id_: str) -> None:
        """Show everything in these colours."""
        if id_ != self.terminal.theme:
            self.terminal.theme = id_
