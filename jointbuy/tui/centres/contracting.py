"""What becomes of running contracts: taken in from a file, and followed up in time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointbuy.errors import JointbuyError, say
from jointbuy.tui.centres.aimed import Aimed
from jointbuy.tui.centres.rows import Running
from jointbuy.tui.dialogs.writing import known_path
from jointbuy.workspace import last_told

if TYPE_CHECKING:
    from pathlib import Path

    from jointbuy.errors import Message
    from jointbuy.intake.contract_rows import ParsedContracts
    from jointbuy.workspace import Workspace


class Contracting(Aimed):
    """Acts on the contracts that the rows are about."""

    def _ending(self) -> list[str]:
        """The contracts marked that nothing follows."""
        return [
            row.id
            for row in self.grid.marked_rows
            if isinstance(row, Running) and row.due is not None
        ]

    def can_follow(self) -> bool:
        """Whether nothing follows the contract yet."""
        return bool(self._ending())

    def action_follow(self) -> None:
        """Draft the need that follows."""
        self.terminal.work(self._follow(self._ending()))

    async def _follow(self, ids: list[str]) -> None:
        def follow(workspace: Workspace) -> Message:
            workspace.follow(ids)
            return last_told(workspace)

        self.tell_all(
            [
                await self.terminal.ask(follow),
                say("It is a draft among the needs: complete it there (1)."),
            ]
        )

    def can_take_in(self) -> bool:
        """Whether contracts are listed."""
        return self.view.id == "contracts"

    def action_take_in(self) -> None:
        """Take in the contracts of a file."""
        self.terminal.work(self._take_in())

    async def _take_in(self) -> None:
        from jointbuy.tui.dialogs.question import Question

        text = ""
        hint = say(
            "Path of a spreadsheet: CSV, XLSX or ODS. Nothing is kept before you have "
            "seen what is in it."
        )
        while True:
            typed = await self.terminal.put(
                Question(say("Take in the contracts of a file"), text=text, hint=hint)
            )
            if typed is None:
                return
            text = typed
            try:
                if await self._look_into(known_path(typed)):
                    return
            except JointbuyError as error:
                hint = error.message

    async def _look_into(self, path: Path) -> bool:
        from jointbuy.tui.needs.taking import Taking

        parsed = await self.terminal.ask(
            lambda w: w.import_contracts(path, dry_run=True)
        )
        if not await self.terminal.put(Taking(parsed, path.name, _to_come)):
            return False
        parsed = await self.terminal.ask(lambda w: w.import_contracts(path))
        self.tell_all([counted(parsed)])
        await self._reread()
        for each in (*parsed.created, *parsed.updated)[:1]:
            self.grid.look_at(each.id)
        return True


NAMED = 5
"""Contracts that are named before they are taken in."""


def _to_come(parsed: ParsedContracts) -> Message:
    """What would become of the rows, the first new contracts by their titles."""
    told = say(
        "Contracts to add: {created}, to change: {updated}, as they are: {unchanged}, "
        "rows refused: {refused}.",
        created=len(parsed.created),
        updated=len(parsed.updated),
        unchanged=len(parsed.unchanged),
        refused=len(parsed.refused_rows),
    )
    coming = parsed.created or parsed.updated
    if not coming:
        return told
    titles: Message | str = coming[0].title
    for each in coming[1:NAMED]:
        titles = say("{one}, {other}", one=titles, other=each.title)
    if len(coming) > NAMED:
        titles = say("{one}, {other}", one=titles, other="…")
    return say("{one} {other}", one=told, other=titles)


def counted(parsed: ParsedContracts) -> Message:
    """How many rows became what."""
    return say(
        "Contracts added: {created}, changed: {updated}, as they were: {unchanged}, "
        "rows refused: {refused}.",
        created=len(parsed.created),
        updated=len(parsed.updated),
        unchanged=len(parsed.unchanged),
        refused=len(parsed.refused_rows),
    )
