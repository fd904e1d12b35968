"""Papers and spreadsheets: deliberations on joining, letters of interest, lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointbuy.errors import UsageError, say, word
from jointbuy.tui.centres.adhering import Adhering
from jointbuy.tui.centres.adhesions import OVER
from jointbuy.tui.centres.calling import Calling
from jointbuy.tui.dialogs.writing import ask_file, known_path, usual_folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import Any

    from jointbuy.errors import Message
    from jointbuy.model import Adhesion
    from jointbuy.tui.dialogs.sheet import Slot
    from jointbuy.tui.speech import Sayable
    from jointbuy.workspace import Workspace
    from jointbuy.workspace.adhesion_papers import DraftedAct

LANGUAGES: tuple[tuple[str, Sayable], ...] = (
    ("", word("each in its own")),
    ("fr", word("French")),
    ("nl", word("Dutch")),
    ("fr nl", say("French and Dutch")),
)
FORMATS: tuple[tuple[str, Sayable], ...] = (
    ("docx", "DOCX (Word)"),
    ("markdown", "Markdown"),
    ("docx markdown", "DOCX + Markdown"),
)
KEEP, REPLACE = "no", "yes"

ASKING = ("frameworks", "calls")
"""The views from which letters that mark interest are written."""


class Drafting(Calling, Adhering):
    """Writes what the rows marked, or the cell looked at, are about."""

    def can_draft(self) -> bool:
        """Whether there is something to draft a paper on."""
        if self.view.id in ASKING:
            return any(each.offer.phase != "ENDED" for each in self._asked())
        found = self.joinings or self._column()
        return len({each.centre for each in found}) == 1

    def _column(self) -> list[Adhesion]:
        """Every adhesion to what the cell is about, but those that are over."""
        listing, column, spot = self.grid.listing, self.grid.column, self.spot
        if listing is None or column is None or spot is None:
            return []
        if spot.who is not None and column.id == spot.who.id:
            going = listing.columns[listing.held :]
            cells = [listing.cell(self.grid.row, each.id) for each in going]
        else:
            cells = [listing.cell(row, column.id) for row in listing.rows]
        found = [each.adhesion for each in cells if each.adhesion is not None]
        return [each for each in found if each.status not in OVER]

    def action_draft(self) -> None:
        """Write the papers."""
        letters = self.view.id in ASKING
        self.terminal.work(self._letters() if letters else self._deliberations())

    async def _deliberations(self) -> None:
        """The same decision for every body: of those marked, else of the column."""
        found = self.joinings
        if len(found) <= 1:
            found = self._column() or found
        ids = [each.id for each in found]
        await self._write(
            say("The same deliberation for {n} bodies", n=len(ids)),
            lambda w, given: w.draft_adhesions(ids, **given),
        )

    async def _letters(self) -> None:
        """The letter with which each administration marks interest."""
        open_ = [each for each in self._asked() if each.offer.phase != "ENDED"]
        found = await self._whom(say("Whose letter of interest?"), open_)
        if not found:
            return
        framework = found[0].offer.framework.id
        who = [each.standing.administration.id for each in found]
        await self._write(
            say("Letters that mark interest: {n}", n=len(who)),
            lambda w, given: w.draft_interests(framework, who, **given),
        )

    async def _write(
        self,
        title: Message,
        draft: Callable[[Workspace, dict[str, Any]], tuple[DraftedAct, ...]],
    ) -> None:
        from jointbuy.tui.dialogs.sheet import Sheet

        async def write(values: dict[str, str]) -> Message:
            if not values["folder"]:
                raise UsageError(say("Write the folder to put it in."))
            given = {
                "folder": known_path(values["folder"]),
                "languages": tuple(values["language"].split()),
                "formats": tuple(values["format"].split()),
                "overwrite": values["replace"] == REPLACE,
            }
            drafted = await self.terminal.ask(lambda w: draft(w, given))
            return say(
                "The draft is in {file}; fields to complete: {n}.",
                file=", ".join(str(path) for each in drafted for path in each.paths),
                n=sum(len(each.fields) for each in drafted),
            )

        folder = str(usual_folder(self.terminal.desk))
        told = await self.terminal.put(Sheet(title, _slots(folder), write))
        if told is not None:
            self.terminal.tell(told)

    # Spreadsheets.

    def can_export(self) -> bool:
        """Whether the list can be written into a spreadsheet."""
        return self.view.id in {"centres", "contracts"} and bool(self.grid.rows)

    def action_export(self) -> None:
        """Write the list into a spreadsheet."""
        self.terminal.work(self._export())

    async def _export(self) -> None:
        ids = {row.id for row in self.grid.rows}
        if self.grid.marked:
            ids = {row.id for row in self.grid.marked_rows}
        name = self.speech.line(self.view.title).lower()
        chosen = await ask_file(
            self.terminal,
            say("Export"),
            name=f"{name}.xlsx",
            hint=say("Path of the file, ending in .xlsx or .csv."),
            replace=say("Replace the file."),
        )
        if chosen is None:
            return
        path, there = chosen
        if self.view.id == "contracts":
            await self.terminal.ask(
                lambda w: w.export_contracts(path, only=ids, overwrite=there)
            )
        else:
            await self.terminal.ask(lambda w: w.write_inventory(path, overwrite=there))
        self._tell_file(path)

    def _tell_file(self, path: Path) -> None:
        self.terminal.tell(say("Written to {file}.", file=str(path)))


def _slots(folder: str) -> tuple[Slot, ...]:
    from jointbuy.tui.dialogs.sheet import Slot

    return (
        Slot(
            id="language",
            label=say("Language"),
            choices=LANGUAGES,
            hint=say(
                "There are models in French and Dutch: who acts in German takes one of "
                "them as the basis of its own text."
            ),
        ),
        Slot(id="format", label=say("Format"), choices=FORMATS),
        Slot(
            id="folder",
            label=say("Folder"),
            value=folder,
            hint=say("It is made if it is not there yet."),
        ),
        Slot(
            id="replace",
            label=say("If it is there"),
            choices=(
                (KEEP, word("leave the file as it is")),
                (REPLACE, word("replace the file")),
            ),
        ),
    )
