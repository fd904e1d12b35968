"""What bodies decide: to join a centre, to cover a need through a framework."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from jointbuy.errors import say
from jointbuy.model import (
    Adhesion,
    AdhesionStatus,
    UseDecision,
)
from jointbuy.tui.centres.adhering import Adhering
from jointbuy.tui.centres.adhesions import OPEN
from jointbuy.tui.centres.rows import Joining
from jointbuy.tui.centres.words import SHORT_STATUSES
from jointbuy.tui.listing import Column, Listing
from jointbuy.workspace import (
    cells_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jointbuy.model import Administration
    from jointbuy.tui.speech import Speech
    from jointbuy.workspace import Workspace


class Deciding(Adhering):
    """The decisions that follow from the rows."""

    def can_decide(self) -> bool:
        """Whether the row is about a centre."""
        return bool(self.aim.centre)

    def action_decide(self) -> None:
        """Record the decision on joining the centre."""
        self.terminal.work(self._decide())

    async def _decide(self) -> None:
        about, row = self.aim, self.grid.row
        found = self.joinings
        if len(found) > 1:
            await self.decide_several(found)
            return
        adhesion = row.adhesion if isinstance(row, Joining) else self.cell_adhesion()
        if adhesion is not None:
            await self._decided(adhesion)
            return
        centre, who = about.centre, about.administration
        known = await self.terminal.ask(lambda w: tuple(w.adhesions().values()))
        same = [each for each in known if each.centre == centre]
        if not who:
            from jointbuy.tui.dialogs.picker import Picker

            every = await self.terminal.ask(
                lambda w: tuple(w.administrations().values())
            )
            asked = say("Who decides on joining the centre?")
            chosen = await self.terminal.put(Picker(asked, _everyone(every, same)))
            if chosen is None:
                return
            who = chosen.id
        waiting = [a for a in same if a.administration == who and a.status in OPEN]
        made = Adhesion(id="", administration=who, centre=centre)
        await self._decided(waiting[0] if waiting else made)

    async def _decided(self, adhesion: Adhesion) -> None:
        """Open the form with the decision of today in it."""

        def prefilled(workspace: Workspace) -> dict[str, str]:
            status = adhesion.status
            if status in {AdhesionStatus.PROPOSED, AdhesionStatus.POSTPONED}:
                status = AdhesionStatus.ADHERED
            made = replace(adhesion, status=status, decided_on=workspace.on)
            return cells_of(workspace, Adhesion, made)

        cells = await self.terminal.ask(prefilled)
        await self.fill_in(Adhesion, adhesion.id, cells)

    def can_use(self) -> bool:
        """Whether the row is about a framework agreement."""
        return bool(self.aim.framework)

    def action_use(self) -> None:
        """Record that a need is covered through it."""
        self.terminal.work(self._use())

    async def _use(self) -> None:
        on = await self.terminal.ask(lambda w: w.on)
        cells = {"framework": self.aim.framework, "decided_on": f"{on:%d/%m/%Y}"}
        await self.fill_in(UseDecision, cells=cells)


def _everyone(
    every: Sequence[Administration], adhesions: Sequence[Adhesion]
) -> Listing[Administration]:
    """The administrations, each with where its adhesions stand."""

    def stands(row: Administration, speech: Speech) -> str:
        found = (a.status for a in adhesions if a.administration == row.id)
        return ", ".join(dict.fromkeys(speech.say(SHORT_STATUSES[s]) for s in found))

    return Listing(
        rows=tuple(every),
        columns=(
            Column(
                id="name",
                heading=say("Administration"),
                width=20,
                grow=1,
                text=lambda row, speech: row.name(speech.language),
            ),
            Column(
                id="adhesion",
                heading=say("Adhesion"),
                width=18,
                grow=1,
                text=stands,
            ),
        ),
    )
