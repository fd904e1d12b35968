"""The history of one record: who changed what, and when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jointbuy.errors import say
from jointbuy.tui.dialogs.dialog import Dialog
from jointbuy.tui.prose import Paragraph, paragraph, plain
from jointbuy.tui.widgets.page import Page
from jointbuy.workspace import told

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from textual.app import ComposeResult

    from jointbuy.errors import Message
    from jointbuy.tui.speech import Speech
    from jointbuy.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One change: when, by whom, and the sentence about it."""

    at: datetime
    by: str
    what: Message


def read_history(workspace: Workspace, *records: str) -> tuple[Event, ...]:
    """The changes of a record, or of several, the last one first."""
    entries = {
        entry.number: entry for id_ in records for entry in workspace.history(id_)
    }
    return tuple(
        Event(at=entry.at.astimezone(), by=entry.by, what=told(workspace, entry))
        for _, entry in sorted(entries.items(), reverse=True)
    )


class History(Dialog[None]):
    """The history of the record of that id, called `name`, and of those with it."""

    DEFAULT_CSS = """
    History #frame { height: 20; max-height: 100%; }
    History Page { height: 1fr; border: none; }
    """

    def __init__(self, record: str, name: Message | str, *also: str) -> None:
        super().__init__(say("History: {name}", name=name))
        self.records = (record, *also)
        self.events: tuple[Event, ...] | None = None

    def body(self) -> ComposeResult:
        """The page it stands on."""
        yield Page(id="history")

    def on_mount(self) -> None:
        """Read it, and scroll with the keys."""
        page = self.query_one(Page)
        page.tell(self._past)
        page.focus()
        self.terminal.work(self._read(), group="history")

    async def _read(self) -> None:
        records = self.records
        self.events = await self.terminal.ask(lambda w: read_history(w, *records))
        if self.is_attached:
            self.query_one(Page).tell(self._past)

    def _past(self, speech: Speech) -> Iterator[Paragraph]:
        if self.events == ():
            nothing = say("Nothing was changed since the register began.")
            yield paragraph(speech.say(nothing), "$text-muted")
        for event in self.events or ():
            moment = f"{speech.day(event.at.date())} {event.at:%H:%M}  "
            who = f"{event.by}: " if event.by else ""
            yield Paragraph(
                text=plain(who, "bold") + plain(speech.say(event.what)),
                first=plain(moment, "$text-muted"),
            )
