"""What was said since the terminal was opened, to be read again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointbuy.errors import say
from jointbuy.tui.dialogs.dialog import Dialog
from jointbuy.tui.prose import Paragraph, paragraph, plain
from jointbuy.tui.widgets.page import Page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import ComposeResult

    from jointbuy.tui.speech import Speech

TONES = {"warning": ("! ", "$text-warning"), "error": ("! ", "$text-error")}


class Messages(Dialog[None]):
    """The sentences that were said, the last one first."""

    DEFAULT_CSS = """
    Messages #frame { height: 20; max-height: 100%; }
    Messages Page { height: 1fr; border: none; }
    """

    def __init__(self) -> None:
        super().__init__(say("Messages"))

    def body(self) -> ComposeResult:
        """The page they stand on."""
        yield Page(id="messages")

    def on_mount(self) -> None:
        """Read them, and scroll with the keys."""
        page = self.query_one(Page)
        page.tell(self._log)
        page.focus()

    def _log(self, speech: Speech) -> Iterator[Paragraph]:
        spoken = self.terminal.spoken
        if not spoken:
            yield paragraph(speech.say(say("Nothing was said yet.")), "$text-muted")
        for at, message, tone in reversed(spoken):
            sign, style = TONES.get(tone, ("", ""))
            yield Paragraph(
                text=plain(sign + speech.say(message), style),
                first=plain(f"{at:%H:%M}  ", "$text-muted"),
            )
