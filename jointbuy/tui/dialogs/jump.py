"""The strip that says where a second key leads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointbuy.errors import say
from jointbuy.tui.actions import PLACES
from jointbuy.tui.dialogs.dialog import Dialog
from jointbuy.tui.prose import plain
from jointbuy.tui.stage import speech_of
from jointbuy.tui.widgets.bars import Line

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.content import Content
    from textual.events import Key


class Letters(Line):
    """Each section behind its letter."""

    def parts(self) -> list[tuple[Content, str]]:
        """The letters; a click goes there."""
        speech = speech_of(self)
        return [
            (
                plain(f" {place.letter}", "bold $text-accent")
                + plain(f" {speech.line(place.title)} "),
                f"screen.dismiss('{place.id}')",
            )
            for place in PLACES
        ]


class Jump(Dialog[str]):
    """Gives the section of the letter that was typed, or `top`."""

    DEFAULT_CSS = """
    Jump { align: center bottom; background: transparent; }
    Jump #frame { width: 100%; }
    """

    def __init__(self) -> None:
        super().__init__(say("Go to …"))

    def body(self) -> ComposeResult:
        """The letters."""
        yield Letters()

    def on_key(self, event: Key) -> None:
        """Any letter answers; one that leads nowhere closes."""
        if event.key == "escape":
            return
        event.stop()
        places = {place.letter: place.id for place in PLACES} | {"g": "top"}
        self.dismiss(places.get(event.key))
