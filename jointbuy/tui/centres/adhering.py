"""What becomes of adhesions: several decided at once, reopened, settled, drafted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from jointbuy.errors import UsageError, named, say, word
from jointbuy.model import JOINED, Adhesion, AdhesionStatus, Programme
from jointbuy.tui.centres.aimed import Aimed
from jointbuy.tui.centres.rows import Joining
from jointbuy.tui.centres.table import Line, Spot, programmes_of
from jointbuy.tui.listing import Column, Listing
from jointbuy.workspace import last_told, parse_amount, parse_day
from jointbuy.workspace.adhesions import parse_reservations
from jointbuy.workspace.words import ADHESION_STATES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jointbuy.errors import Message
    from jointbuy.tui.dialogs.sheet import Slot
    from jointbuy.tui.speech import Sayable, Speech
    from jointbuy.workspace import Workspace

ANOTHER = "another"
"""A trigger that was not foreseen in the decision."""


class Adhering(Aimed):
    """Acts on the adhesions that the rows marked, or the cell looked at, are about."""

    programme: str | None = None
    """The programme of which the table is shown; None is the first one."""

    @property
    def spot(self) -> Spot | None:
        """The cell of the table that is looked at."""
        cell: Any = self.grid.cell
        return cell if isinstance(cell, Spot) else None

    @property
    def joinings(self) -> list[Adhesion]:
        """The adhesions marked: rows, or the cells of one column in rows that are."""
        listing, column = self.grid.listing, self.grid.column
        found: list[Adhesion] = []
        for row in self.grid.marked_rows:
            cell = row
            if isinstance(row, Line) and listing is not None and column is not None:
                cell = listing.cell(row, column.id)
            if isinstance(cell, Spot | Joining) and cell.adhesion is not None:
                found.append(cell.adhesion)
        return found

    # Several at once.

    async def decide_several(self, found: list[Adhesion]) -> None:
        """Record the same decision on several adhesions."""
        from jointbuy.tui.dialogs.sheet import Sheet, Slot

        ids = [each.id for each in found]

        async def decide(values: dict[str, str]) -> Message:
            return await self.terminal.ask(lambda w: _decide(w, ids, values))

        states: list[tuple[str, Sayable]] = [("", word("to be chosen"))]
        states += [
            (each.name, text)
            for each, text in ADHESION_STATES.items()
            if each is not AdhesionStatus.PROPOSED
        ]
        body = found[0].body if len({each.body for each in found}) == 1 else ""
        told = await self.terminal.put(
            Sheet(
                say("The same decision on {n} adhesions", n=len(found)),
                (
                    Slot(id="status", label=say("Decision"), choices=tuple(states)),
                    self._day(),
                    Slot(id="body", label=say("Body that decided"), value=body),
                    Slot(
                        id="number",
                        label=say("Number of the decision"),
                        hint=say(
                            "Empty if it is not known: the number of an earlier "
                            "decision is not kept for this one."
                        ),
                    ),
                    Slot(
                        id="reservations",
                        label=say("Reservations"),
                        hint=say(
                            "Several apart by semicolons, each with its place in the "
                            "decision: contract of 2 years at most @ article 2. Empty: "
                            "those recorded stay."
                        ),
                    ),
                ),
                decide,
            )
        )
        self._done(told)

    def _day(self) -> Slot:
        from jointbuy.tui.dialogs.sheet import Slot

        return Slot(
            id="day",
            label=say("Day"),
            value=self.speech.day(self.terminal.day),
            hint=say(
                "Such as 15/3 or today; what is still to come is not recorded yet."
            ),
        )

    def _done(self, told: Message | None) -> None:
        if told is not None:
            self.tell_all([told])

    # Triggers.

    def can_reopen(self) -> bool:
        """Whether one adhesion is looked at that was decided in favour."""
        found = self.joinings
        return len(found) == 1 and found[0].status in JOINED

    def action_reopen(self) -> None:
        """Record that a trigger occurred."""
        self.terminal.work(self._reopen(self.joinings[0]))

    async def _reopen(self, adhesion: Adhesion) -> None:
        from jointbuy.tui.dialogs.sheet import Sheet, Slot

        known: list[tuple[str, Sayable]] = [(each, each) for each in adhesion.triggers]
        known.append((ANOTHER, word("another event")))

        async def reopen(values: dict[str, str]) -> Message:
            return await self.terminal.ask(lambda w: _reopen(w, adhesion.id, values))

        told = await self.terminal.put(
            Sheet(
                say("What reopens the adhesion?"),
                (
                    Slot(
                        id="trigger",
                        label=say("Event"),
                        choices=tuple(known),
                        hint=say(
                            "One that the decision names; another one is written below."
                        ),
                    ),
                    Slot(
                        id="what",
                        label=say("What happened"),
                        hint=say("Of another event, what it is."),
                    ),
                    self._day(),
                ),
                reopen,
            )
        )
        self._done(told)

    def can_settle(self) -> bool:
        """Whether something reopened the adhesion that is looked at."""
        if (spot := self.spot) is not None:
            return bool(spot.cell and spot.cell.open) and len(self.joinings) == 1
        row = self.grid.row
        return isinstance(row, Joining) and bool(row.reopened)

    def action_settle(self) -> None:
        """Record what the body decided on it."""
        self.terminal.work(self._settle(self.joinings[0]))

    async def _settle(self, adhesion: Adhesion) -> None:
        from jointbuy.tui.dialogs.sheet import Sheet, Slot

        async def settle(values: dict[str, str]) -> Message:
            return await self.terminal.ask(lambda w: _settle(w, adhesion.id, values))

        states: list[tuple[str, Sayable]] = [("", word("as it was"))]
        states += [
            (each.name, text)
            for each, text in ADHESION_STATES.items()
            if each is not AdhesionStatus.PROPOSED
        ]
        told = await self.terminal.put(
            Sheet(
                say("How was it settled?"),
                (
                    Slot(
                        id="how",
                        label=say("Result"),
                        hint=say("What the body decided, in a few words."),
                    ),
                    self._day(),
                    Slot(
                        id="status",
                        label=say("The adhesion stays"),
                        choices=tuple(states),
                    ),
                    Slot(
                        id="budget",
                        label=say("Cost presented"),
                        hint=say(
                            "Euro excluding VAT; empty if the cost known now was "
                            "presented."
                        ),
                    ),
                ),
                settle,
            )
        )
        self._done(told)

    # Programmes.

    def can_table(self) -> bool:
        """Whether the table is shown."""
        return self.view.id == "table"

    def action_table(self) -> None:
        """Choose what the table is of."""
        self.terminal.work(self._table())

    async def _table(self) -> None:
        from jointbuy.tui.dialogs.picker import Picker

        ids, known, centres = await self.terminal.ask(
            lambda w: (programmes_of(w), w.programmes(), w.centres())
        )

        def called(id_: str, speech: Speech) -> str:
            if not id_:
                return speech.say(say("What is joined outside a programme"))
            return speech.name(known[id_].names) or id_

        def centre(id_: str, speech: Speech) -> str:
            whose = known[id_].centre if id_ else ""
            return speech.name(centres[whose].names) if whose in centres else whose

        listing: Listing[str] = Listing(
            rows=tuple(ids),
            id_of=lambda id_: id_,
            columns=(
                Column(
                    id="name", heading=say("Programme"), width=24, grow=2, text=called
                ),
                Column(
                    id="centre", heading=say("Through"), width=12, grow=1, text=centre
                ),
            ),
        )
        chosen = await self.terminal.put(Picker(say("Table of adhesions"), listing))
        if chosen is not None:
            self.programme = chosen
            self.grid.across = self.grid.at = 0
            await self._reread()

    def can_programme(self) -> bool:
        """Whether the table is that of a programme."""
        return self.can_table() and bool(self.shown_programme)

    @property
    def shown_programme(self) -> str:
        """The id of the programme whose table is shown."""
        spot = self.spot
        return spot.joined.programme if spot is not None else ""

    def action_programme(self) -> None:
        """Change the programme: its domains, minima, days and budgets."""
        self.terminal.work(self.fill_in(Programme, self.shown_programme))

    def cell_adhesion(self) -> Adhesion | None:
        """The adhesion of the cell, or one to be made of it."""
        spot = self.spot
        if spot is None or spot.who is None:
            return None
        joined = spot.joined
        return spot.adhesion or replace(
            Adhesion(id="", administration=spot.who.id, centre=joined.centre),
            programme=joined.programme,
            domain=joined.domain,
        )


def _decide(workspace: Workspace, ids: list[str], values: Mapping[str, str]) -> Message:
    if not values["status"]:
        raise UsageError(say("Choose what was decided, with → in the first line."))
    status, known = AdhesionStatus[values["status"]], workspace.adhesions()
    for before in (known[each] for each in ids):
        if status is before.status is AdhesionStatus.ADHERED and before.decided_on:
            who = workspace.administrations().get(before.administration)
            raise UsageError(
                say(
                    "{who} joined on {day} already: take its mark off, or change that "
                    "decision itself with e.",
                    who=named(who.names, who.id) if who else before.administration,
                    day=before.decided_on,
                )
            )
    workspace.decide_adhesions(
        ids,
        status,
        reservations=parse_reservations(values["reservations"]) or None,
        on=parse_day(values["day"], on=workspace.on),
        body=values["body"],
        number=values["number"],
    )
    return last_told(workspace)


def _reopen(workspace: Workspace, id_: str, values: Mapping[str, str]) -> Message:
    trigger, what = values["trigger"], values["what"]
    if trigger == ANOTHER:
        if not what:
            raise UsageError(say("Write what happened."))
        trigger, what = what, ""
    on = parse_day(values["day"], on=workspace.on)
    workspace.reopen_adhesion(id_, trigger, what=what, on=on)
    return last_told(workspace)


def _settle(workspace: Workspace, id_: str, values: Mapping[str, str]) -> Message:
    workspace.settle_reopening(
        id_,
        values["how"],
        on=parse_day(values["day"], on=workspace.on),
        budget=parse_amount(values["budget"]) if values["budget"] else None,
        status=AdhesionStatus[values["status"]] if values["status"] else None,
    )
    return last_told(workspace)
