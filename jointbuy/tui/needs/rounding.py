"""What an officer does in a round of needs: asks, notes answers, reminds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointbuy.errors import say
from jointbuy.model.period import MONTHS
from jointbuy.tui.section import ListSection
from jointbuy.tui.speech import undoable
from jointbuy.workspace import last_told

if TYPE_CHECKING:
    from collections.abc import Callable

    from jointbuy.errors import Message
    from jointbuy.model import Need
    from jointbuy.tui.listing import Listing
    from jointbuy.tui.needs.rounds import AskedRow
    from jointbuy.tui.speech import Speech
    from jointbuy.workspace import Workspace

ROUND = "round"
"""The view of the services asked."""


def read_asked(workspace: Workspace) -> Listing[AskedRow]:
    """The services asked in the round that is under way."""
    from jointbuy.tui.needs.rounds import read_round

    return read_round(workspace)


class Rounding(ListSection):
    """The needs, and the services asked for them."""

    chosen_round = ""
    """The round that is shown; empty for the one under way."""

    @property
    def asking(self) -> bool:
        """Whether the services asked are shown."""
        return self.view.id == ROUND

    async def read(self) -> None:
        """Read the list of the view shown; of the services that of their round."""
        if not self.asking:
            await super().read()
            return
        from jointbuy.tui.needs.rounds import read_round

        view, chosen = self.view, self.chosen_round
        listing = await self.terminal.ask(lambda w: read_round(w, chosen))
        if view is self.view:
            self.grid.show(listing)
            self.facets.show(listing)

    @property
    def service(self) -> AskedRow | None:
        """The service that is looked at."""
        row: AskedRow | None = self.grid.row if self.asking else None
        return row

    def _services(self, *, silent: bool = False) -> list[AskedRow]:
        """The services marked, else the one looked at, of an open round."""
        if not self.asking:
            return []
        rows: list[AskedRow] = self.grid.marked_rows
        return [row for row in rows if row.open and (row.state.silent or not silent)]

    async def _done(self, verb: Callable[[Workspace], Message]) -> None:
        """Do it, say it, and read again."""
        self._said(await self.terminal.ask(verb))

    def _said(self, said: Message) -> None:
        self.terminal.tell(undoable(said))
        self.grid.action_mark_none()
        self.terminal.changed()

    # Opening and closing.

    async def _ask_all(self) -> None:
        from jointbuy.tui.needs.asking import opening

        rounds = await self.terminal.ask(lambda w: w.rounds())
        on = await self.terminal.ask(lambda w: w.on)
        said = await self.terminal.put(opening(self.terminal, rounds, on))
        if said is not None:
            self.chosen_round = ""
            self._said(said)

    def can_choose_round(self) -> bool:
        """Whether there is a round."""
        return self.service is not None

    def action_choose_round(self) -> None:
        """Show another round."""
        self.terminal.work(self._choose_round())

    async def _choose_round(self) -> None:
        from jointbuy.tui.dialogs.picker import Picker, choices

        rounds = await self.terminal.ask(lambda w: w.rounds())
        newest = sorted(
            rounds.values(), key=lambda e: (e.year or 0, e.id), reverse=True
        )
        rows = tuple((each.id, say("{name}", name=each.title)) for each in newest)
        chosen = await self.terminal.put(Picker(say("Which round?"), choices(rows)))
        if chosen is not None:
            self.chosen_round = chosen[0]
            await self.read()

    def can_close(self) -> bool:
        """Whether the round shown is open."""
        return self.service is not None and self.service.open

    def can_reopen(self) -> bool:
        """Whether the round shown was closed."""
        return self.service is not None and not self.service.open

    def action_close(self) -> None:
        """Close the round that is shown."""
        self._of_round(lambda w, id_: w.close_round(id_))

    def action_reopen(self) -> None:
        """Open it again."""
        self._of_round(lambda w, id_: w.reopen_round(id_))

    def _of_round(self, verb: Callable[[Workspace, str], object]) -> None:
        if self.service is not None:
            id_ = self.service.round.round.id

            def do(workspace: Workspace) -> Message:
                verb(workspace, id_)
                return last_told(workspace)

            self.terminal.work(self._done(do))

    # Answers.

    def can_answer(self) -> bool:
        """Whether there is a service of an open round."""
        return bool(self._services())

    can_none = can_answer

    def action_answer(self) -> None:
        """Ask what they answered, and note it."""
        self.terminal.work(self._answer(self._services()))

    async def _answer(self, rows: list[AskedRow]) -> None:
        from jointbuy.tui.needs.asking import answering

        if rows:
            on = await self.terminal.ask(lambda w: w.on)
            said = await self.terminal.put(answering(self.terminal, rows, on))
            if said is not None:
                self._said(said)

    def action_none(self) -> None:
        """Note that they need nothing, today."""
        rows = self._services()
        if rows:
            self.terminal.work(self._done(lambda w: _nothing(w, rows)))

    # Reminders, and last year's needs.

    def can_remind(self) -> bool:
        """Whether somebody is silent."""
        return bool(self._to_remind())

    def _to_remind(self) -> list[AskedRow]:
        """The silent ones among those marked; with none marked, everyone shown."""
        if self.asking and not self.grid.marked:
            return [row for row in self.grid.rows if row.open and row.state.silent]
        return self._services(silent=True)

    def action_remind(self) -> None:
        """Ask how, and log the reminders."""
        self.terminal.work(self._remind(self._to_remind()))

    async def _remind(self, rows: list[AskedRow]) -> None:
        from jointbuy.tui.needs.asking import reminding

        if rows:
            said = await self.terminal.put(reminding(self.terminal, rows))
            if said is not None:
                self._said(said)

    async def _write_mails(self) -> None:
        """Write the mails to the silent services into a text file."""
        from jointbuy.tui.dialogs.writing import ask_file

        if self.service is None:
            return
        round_ = self.service.round.round.id
        asked = await ask_file(
            self.terminal,
            say("Mails to the silent services"),
            name=f"{round_}.txt",
            hint=say("One text for each person, in their language."),
            replace=say("Replace the file."),
        )
        if asked is None:
            return
        path, there = asked
        count = await self.terminal.ask(
            lambda w: w.write_round_mails(path, round_, overwrite=there)
        )
        self.terminal.tell(
            say("Mails written to {file}: {n}.", file=str(path), n=count)
        )

    def can_carry(self) -> bool:
        """Whether the service had needs last year."""
        row = self.service
        return row is not None and row.open and bool(row.last_year)

    def action_carry(self) -> None:
        """Choose which of last year's needs are carried over."""
        if self.service is not None:
            self.terminal.work(self._carry(self.service))

    async def _carry(self, row: AskedRow) -> None:
        from jointbuy.tui.dialogs.several import Several

        yearly = frozenset(n.id for n in row.last_year if bought_each_year(n))
        title = say("Carry over needs of last year")
        chosen = await self.terminal.put(
            Several(title, returning(row.last_year), yearly)
        )
        if chosen:
            ids = tuple(need.id for need in chosen)
            round_, whom = row.round.round.id, row.whom
            self._carried(
                *await self.terminal.ask(lambda w: _carried(w, round_, whom, ids))
            )

    def _carried(self, made: int, left: Message | None) -> None:
        told = say("Needs of last year carried over: {n}.", n=made)
        if left is None:
            self._said(told)
        elif made:
            self._said(say("{one} {other}", one=told, other=left))
        else:
            self.terminal.tell(left, tone="warning")


def bought_each_year(need: Need) -> bool:
    """Whether it lasts a year at most, so that it comes back."""
    return (need.duration_months or 0) <= MONTHS


def returning(needs: tuple[Need, ...]) -> Listing[Need]:
    """Needs of last year to choose from, each with how long it was bought for."""
    from jointbuy.tui.listing import Column, Listing

    def lasts(need: Need, speech: Speech) -> str:
        months = need.duration_months
        return speech.say(say("{n} months", n=months)) if months else ""

    return Listing(
        rows=needs,
        columns=(
            Column(
                id="title", heading=say("Need"), width=24, grow=1,
                text=lambda need, _: need.title,
            ),
            Column(
                id="duration", heading=say("Duration"), width=12, right=True,
                text=lasts, key=lambda need: need.duration_months,
            ),
        ),
    )  # fmt: skip


def _nothing(workspace: Workspace, rows: list[AskedRow]) -> Message:
    from jointbuy.model import ServiceAnswer

    workspace.answer_services(
        rows[0].round.round.id, [row.whom for row in rows], ServiceAnswer.NONE
    )
    return last_told(workspace)


def _carried(
    workspace: Workspace, round_: str, whom: str, ids: tuple[str, ...]
) -> tuple[int, Message | None]:
    """How many were carried over, and what was left out."""
    done = workspace.carry_needs(round_, whom, ids)
    if not done.left:
        return len(done.needs), None
    need, why = done.left[0]
    return len(done.needs), say(
        "Left out: {n}, such as “{title}” ({why}).",
        n=len(done.left),
        title=need.title,
        why=why,
    )
