"""What happened to some records: every change in a sentence, the last one first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointbuy.errors import say
from jointbuy.tui.dialogs.dialog import Dialog
from jointbuy.tui.prose import Paragraph, paragraph, plain
from jointbuy.tui.widgets.page import Page

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual.app import ComposeResult

    from jointbuy.tui.speech import Speech
    from jointbuy.workspace.standing import Told


class History(Dialog[None]):
    """Changes of the register, to be read."""

    DEFAULT_CSS = """
    History #frame { height: 20; max-height: 100%; }
    History Page { height: 1fr; border: none; }
    """

    def __init__(self, changes: Sequence[Told]) -> None:
        super().__init__(say("History"))
        self.changes = changes

    def body(self) -> ComposeResult:
        """The page they stand on."""
        yield Page(id="changes")

    def on_mount(self) -> None:
        """Read them, and scroll with the keys."""
        page = self.query_one(Page)
        page.tell(self._told)
        page.focus()

    def _told(self, speech: Speech) -> Iterator[Paragraph]:
        if not self.changes:
            yield paragraph(
                speech.say(say("Nothing was changed since the register began.")),
                "$text-muted",
            )
        for change in self.changes:
            moment = change.at.astimezone()
            yield paragraph(
                f"{speech.day(moment.date())} {moment:%H:%M}  {change.by}",
                "$text-muted",
            )
            yield Paragraph(text=plain(speech.say(change.what)), indent=2)
