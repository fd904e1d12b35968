"""What an officer does about deadlines: reminds, puts off, notes what is to be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointbuy.errors import say
from jointbuy.model import (
    ActionPoint,
    Adhesion,
    Contract,
    FrameworkAgreement,
    Need,
    Order,
)
from jointbuy.tui.deadlines.words import ACTION
from jointbuy.tui.dialogs.writing import ask_file
from jointbuy.tui.section import ListSection
from jointbuy.tui.speech import undoable
from jointbuy.workspace import last_told
from jointbuy.workspace.watching import calendar_path

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any, Literal

    from jointbuy.errors import Message
    from jointbuy.model import Deadline
    from jointbuy.tui.dialogs.sheet import Sheet
    from jointbuy.workspace import Workspace
    from jointbuy.workspace.watching import Watch

FILE = "jointbuy.ics"
MAIL = "jointbuy.md"

EDITED: tuple[type[Any], ...] = (
    ActionPoint,
    Need,
    Contract,
    FrameworkAgreement,
    Adhesion,
    Order,
)
"""The kinds of record that are changed from here."""


class Acting(ListSection):
    """The deadlines and what is done about them."""

    known: Watch | None
    sought: str = ""
    """The id of a record that was just added."""
    put_away: str = ""
    """The id of the deadline that was just put off."""

    def _row(self) -> Deadline | None:
        row: Deadline | None = self.grid.row
        return row

    def _looked_at(self) -> Deadline | None:
        """The deadline looked at, unless it is a day of the calendar."""
        return self._row() if self.known is not None else None

    def _said(self, said: Message) -> None:
        """Say what was done and that it can be undone; the row looked at stays."""
        self.terminal.tell(undoable(said))
        self.terminal.changed()

    # Reminders.

    def can_remind(self) -> bool:
        """Whether there is something to remind of."""
        return self._looked_at() is not None

    def action_remind(self) -> None:
        """Ask who was reminded and how, and note it."""
        self.terminal.work(self._remind(self.grid.marked_rows))

    async def _remind(self, rows: list[Deadline]) -> None:
        from jointbuy.tui.deadlines.asking import reminding

        if self.known is not None and rows:
            await self._asked(reminding(self.terminal, self.known, rows))

    async def _asked(self, sheet: Sheet[Message]) -> None:
        said = await self.terminal.put(sheet)
        if said is not None:
            self._said(said)

    # What is put off.

    def can_snooze(self) -> bool:
        """Whether there is something to put off."""
        row = self._looked_at()
        return row is not None and not row.cancelled

    def action_snooze(self) -> None:
        """Ask until when and why, and put it off."""
        self.terminal.work(self._snooze())

    async def _snooze(self) -> None:
        from jointbuy.tui.deadlines.asking import putting_off

        row = self._row()
        if row is not None and self.known is not None:
            self.put_away = row.id
            await self._asked(putting_off(self.terminal, self.known, row))

    def can_wake(self) -> bool:
        """Whether what is looked at is put off."""
        row = self._looked_at()
        return (
            row is not None
            and self.known is not None
            and self.known.snoozed(row) is not None
        )

    def action_wake(self) -> None:
        """Report it again at once."""
        self.terminal.work(self._wake())

    async def _wake(self) -> None:
        row = self._row()
        if row is not None:
            id_ = row.id
            self._said(await self.terminal.ask(lambda w: _woken(w, id_)))

    # Action points, and records.

    def action_add(self) -> None:
        """Add something to do, about the record that is looked at."""
        row = self._row()
        cells: dict[str, str] = {}
        if row is not None:
            cells = {"administration": row.administration, "about": row.subject}
        self.terminal.work(
            self._form(ActionPoint, cells={k: v for k, v in cells.items() if v})
        )

    async def _form(
        self, kind: type[Any], id_: str = "", cells: Mapping[str, str] | None = None
    ) -> None:
        from jointbuy.tui.forms.form import Form

        saved = await self.terminal.put(Form(kind, id_, cells))
        if saved is not None and saved != id_:
            self.sought = saved
            self.look_for()

    def look_for(self) -> None:
        """Look at what was just added, once it is read."""
        for row in self.grid.rows:
            if self.sought and row.subject == self.sought:
                self.sought = ""
                self.grid.look_at(row.id)
                return

    def _edited(self) -> type[Any] | None:
        """The kind of the record looked at, where a form changes it."""
        row = self._looked_at()
        if row is None or self.known is None:
            return None
        kind = type(self.known.record(row))
        return kind if kind in EDITED else None

    def can_edit(self) -> bool:
        """Whether a form changes its record."""
        return self._edited() is not None

    def action_edit(self) -> None:
        """Change the record it comes from."""
        row, kind = self._row(), self._edited()
        if row is not None and kind is not None:
            self.terminal.work(self._form(kind, row.subject))

    def can_done(self) -> bool:
        """Only of what somebody has to do."""
        row = self._looked_at()
        return row is not None and row.kind == ACTION

    def action_done(self) -> None:
        """Note that it is done, today."""
        self.terminal.work(self._done())

    async def _done(self) -> None:
        row = self._row()
        if row is not None:
            subject = row.subject
            self._said(await self.terminal.ask(lambda w: _finished(w, subject)))

    # Files.

    async def export(self, rows: list[Deadline]) -> None:
        """Ask for a calendar file, and write it."""
        asked = await ask_file(
            self.terminal,
            say("Deadlines for the agenda: {n}", n=len(rows)),
            name=FILE,
            hint=say(
                "Your agenda takes it in; written again, it brings the same entries "
                "up to date."
            ),
            replace=say("Replace the calendar file."),
            meant=calendar_path,
        )
        if asked is None:
            return
        path, there = asked
        await self.terminal.ask(lambda w: w.write_calendar(path, rows, overwrite=there))
        self.terminal.tell(
            say("Calendar written to {file}: {n}.", file=str(path), n=len(rows))
        )

    def can_digest(self) -> bool:
        """Whether the deadlines are read."""
        return self.known is not None

    def action_digest(self) -> None:
        """Ask for whom and how far, then for a file, and write the mail."""
        self.terminal.work(self._digest())

    async def _digest(self) -> None:
        from jointbuy.tui.deadlines.asking import digesting

        if self.known is None:
            return
        digest = await self.terminal.put(digesting(self.terminal, self.known))
        if digest is None:
            return
        asked = await ask_file(
            self.terminal,
            say("Where is the digest written?"),
            name=MAIL,
            hint=say("A name ending in .html gives a page for a mail, any other text."),
            replace=say("Replace the file."),
        )
        if asked is None:
            return
        path, there = asked
        layout: Literal["md", "html"] = (
            "html" if path.suffix.lower() in {".html", ".htm"} else "md"
        )
        written = await self.terminal.ask(
            lambda w: w.write_digest(path, digest, layout, overwrite=there)
        )
        self.terminal.tell(say("Digest written to {file}.", file=str(written)))


def _woken(workspace: Workspace, id_: str) -> Message:
    workspace.wake(id_)
    return last_told(workspace)


def _finished(workspace: Workspace, subject: str) -> Message:
    workspace.finish_action(subject)
    return last_told(workspace)
