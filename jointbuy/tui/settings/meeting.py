"""What an officer does about sessions and habits: takes in days, cancels, sets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jointbuy.errors import JointbuyError, say
from jointbuy.model import Administration
from jointbuy.tui.section import ListSection
from jointbuy.tui.settings.calendars import CELLS, FIXED, STATES, Chamber
from jointbuy.tui.speech import undoable
from jointbuy.workspace import last_told

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from jointbuy.errors import Message, Problem
    from jointbuy.tui.listing import Listing
    from jointbuy.workspace import Workspace
    from jointbuy.workspace.council_calendars import ImportedSessions, SessionLine
    from jointbuy.workspace.own_practice import OfficeHabit


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadSessions:
    """The sessions of a file as they are shown before they are kept."""

    created: tuple[object, ...]
    updated: tuple[object, ...]
    problems: tuple[Problem, ...]


class Meeting(ListSection):
    """The sessions of councils and executives, and the habits of the office."""

    async def _said(self, said: Message) -> None:
        self.terminal.tell(undoable(said))
        self.terminal.changed()

    # Sessions.

    async def change_calendar(self, row: Chamber) -> None:
        """Change the days of a body, its rhythm and its terms in the form."""
        from jointbuy.tui.forms.form import Form

        cell = CELLS[row.kind]
        form = Form(Administration, row.administration.id, first=cell)
        if await self.terminal.put(form) is not None:
            await self.look_at(row.id)

    def can_take_in(self) -> bool:
        """Whether calendars are looked at."""
        return isinstance(self.grid.row, Chamber)

    def action_take_in(self) -> None:
        """Ask for a file with sessions, show what is in it, and keep it."""
        row = self.grid.row
        if isinstance(row, Chamber):
            self.terminal.work(self._take_in(row))

    async def _take_in(self, row: Chamber) -> None:
        from jointbuy.tui.dialogs.question import Question
        from jointbuy.tui.dialogs.writing import known_path

        name = row.administration.name(self.speech.language)
        hint = say(
            "A spreadsheet or CSV with the days, or a calendar file (.ics); what "
            "names no administration is of this body of {name}.",
            name=name,
        )
        title, text = say("File with sessions"), ""
        while True:
            typed = await self.terminal.put(
                Question(title, text=text, hint=hint, check=known_path)
            )
            if typed is None:
                return
            path = known_path(typed)
            try:
                found = await self.terminal.ask(
                    lambda w, file=path: _import(w, file, row, dry_run=True)  # type: ignore[misc]
                )
            except JointbuyError as error:  # asked again: a letter may be wrong
                text, hint = typed, error.message
            else:
                break
        if await self._agreed(found, path.name):
            done = await self.terminal.ask(lambda w: _import(w, path, row))
            self.terminal.tell(counted(done))
            self.terminal.changed()

    async def _agreed(self, found: ImportedSessions, file: str) -> bool:
        """Whether what is in the file is to be kept."""
        from jointbuy.tui.needs.taking import Taking

        read = ReadSessions(
            created=found.added, updated=found.cancelled, problems=found.problems
        )
        taking = Taking(read, file, counted=lambda _: counted(found))
        return await self.terminal.put(taking) is True

    def can_cancel(self) -> bool:
        """Whether a body with sessions is looked at."""
        row = self.grid.row
        return isinstance(row, Chamber) and bool(row.held)

    def action_cancel(self) -> None:
        """Ask which session does not take place."""
        row = self.grid.row
        if isinstance(row, Chamber):
            self.terminal.work(self._cancel(row))

    async def _cancel(self, row: Chamber) -> None:
        from jointbuy.tui.dialogs.picker import Picker

        title = say("Which session does not take place?")
        line = await self.terminal.put(Picker(title, sessions_listing(row)))
        if line is None:
            return
        day: date = line.day
        whose, body = row.administration.id, CELLS[row.kind]

        def cancel(workspace: Workspace) -> Message:
            workspace.cancel_session(whose, body, day)
            return last_told(workspace)

        await self._said(await self.terminal.ask(cancel))

    # Habits.

    async def set_habit(self, row: OfficeHabit) -> None:
        """Ask how long it takes here, and keep it."""
        from jointbuy.tui.settings.habits import setting

        said = await self.terminal.put(setting(self.terminal, row))
        if said is not None:
            await self._said(said)

    async def unset_habit(self, id_: str) -> None:
        """Let the usual habit count again."""
        from jointbuy.tui.settings.habits import unset

        await self._said(await self.terminal.ask(lambda w: unset(w, id_)))


def _import(
    workspace: Workspace, path: Path, row: Chamber, *, dry_run: bool = False
) -> ImportedSessions:
    """What is in a file; where it does not say whose, those of this body."""
    return workspace.import_sessions(
        path,
        administration=row.administration.id,
        body=CELLS[row.kind],
        dry_run=dry_run,
    )


def counted(found: ImportedSessions) -> Message:
    """How many sessions are new, cancelled, or known."""
    return say(
        "Sessions added: {added}, cancelled: {cancelled}, known already: {unchanged}.",
        added=len(found.added),
        cancelled=len(found.cancelled),
        unchanged=found.unchanged,
    )


def sessions_listing(row: Chamber) -> Listing[SessionLine]:
    """The sessions that are to take place, to choose one from."""
    from jointbuy.tui.listing import Column, Listing

    return Listing(
        rows=row.held,
        id_of=lambda line: str(line.day),
        columns=(
            Column(
                id="day",
                heading=say("Day"),
                text=lambda line, speech: speech.day(line.day),
                width=12,
            ),
            Column(
                id="state",
                heading=say("State"),
                text=lambda line, speech: (
                    "" if line.state == FIXED else speech.line(STATES[line.state])
                ),
                width=26,
                grow=1,
            ),
        ),
    )
