"""What bodies decide: to join a centre, to cover a need through a framework."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from jointbuy.errors import say, word
from jointbuy.model import (
    Adhesion,
    AdhesionStatus,
    UseDecision,
)
from jointbuy.tui.centres.adhering import Adhering
from jointbuy.tui.centres.adhesions import OPEN, OVER
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
        made = await self._which([a for a in same if a.administration == who])
        if made is not None:
            made = replace(made, administration=who, centre=centre)
            await self._decided(made)

    async def _which(self, found: Sequence[Adhesion]) -> Adhesion | None:
        """The adhesion that is decided on: the one that waits, else the one in force.

        A new one where there is none; None when nobody said which of several.
        """
        going = [a for a in found if a.status in OPEN]
        going = going or [a for a in found if a.status not in OVER]
        if not going:
            return Adhesion(id="", administration="", centre="")
        if len(going) == 1:
            return going[0]
        from jointbuy.tui.dialogs.picker import Picker

        picked: Adhesion | None = await self.terminal.put(
            Picker(say("Which adhesion?"), _parts(going))
        )
        return picked

    async def _decided(self, adhesion: Adhesion) -> None:
        """Open the form: a decision of today, or the one in force as it stands.

        What was put off is decided anew: its number and signature are those of the
        decision before.
        """
        status = adhesion.status
        if status not in {AdhesionStatus.PROPOSED, AdhesionStatus.POSTPONED}:
            if adhesion.decided_on is not None:
                self.terminal.tell(
                    say(
                        "Decided on {day} already: this is that decision. What "
                        "happened since is recorded with r.",
                        day=adhesion.decided_on,
                    )
                )
            await self.fill_in(Adhesion, adhesion.id)
            return
        anew = replace(adhesion, status=AdhesionStatus.ADHERED)
        if status is AdhesionStatus.POSTPONED:
            anew = replace(anew, number="", convention_on=None)

        def prefilled(workspace: Workspace) -> dict[str, str]:
            made = replace(anew, decided_on=workspace.on)
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


def _parts(found: Sequence[Adhesion]) -> Listing[Adhesion]:
    """Several adhesions to one centre: the domain of each, and where it stands."""
    return Listing(
        rows=tuple(found),
        columns=(
            Column(
                id="domain",
                heading=say("Domain"),
                width=20,
                grow=1,
                text=lambda row, speech: row.domain or speech.say(word("all")),
            ),
            Column(
                id="state",
                heading=say("State"),
                width=18,
                grow=1,
                text=lambda row, speech: speech.say(SHORT_STATUSES[row.status]),
            ),
            Column(
                id="decided",
                heading=say("Decided on"),
                width=10,
                text=lambda row, speech: speech.day(row.decided_on),
            ),
        ),
    )
