"""The section of the needs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from jointbuy.errors import JointbuyError, say
from jointbuy.model import Contract, Need, NeedsRound, NeedStatus
from jointbuy.tui.actions import bindings
from jointbuy.tui.dialogs.writing import known_path
from jointbuy.tui.listing import View
from jointbuy.tui.needs.actions import ACTIONS
from jointbuy.tui.needs.listing import ALIVE, read_needs
from jointbuy.tui.needs.rounding import ROUND, Rounding, read_asked
from jointbuy.workspace import filled, last_told

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from textual.binding import BindingType

    from jointbuy.errors import Message
    from jointbuy.intake.rows import ParsedNeeds

CLOSED = (NeedStatus.DRAFT, NeedStatus.WITHDRAWN, NeedStatus.SETTLED)
"""Needs that can be opened."""

WITH: tuple[tuple[str, Message], ...] = (
    ("", say("Without estimates and contact persons")),
    ("estimates", say("With estimates, without contact persons")),
    ("persons", say("With estimates and contact persons")),
)
"""What a spreadsheet for others may hold."""


class Needs(Rounding):
    """The needs of every administration, and the services asked for them."""

    ACTIONS = ACTIONS
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(ACTIONS)]
    PURPOSE = (
        say("What each administration is going to buy, and when."),
        say("From here needs are noted, completed, imported and withdrawn."),
        say("What could be bought together is shown among the proposals."),
        say(
            "v shows the services asked for their needs this year: who answered, who "
            "is silent."
        ),
    )
    views = (
        View(id="needs", title=say("Needs"), read=read_needs),
        View(id=ROUND, title=say("Services asked"), read=read_asked),
    )

    @property
    def need(self) -> Need | None:
        """The need that is looked at."""
        need: Need | None = None if self.asking else self.grid.row
        return need

    def chosen(self, states: tuple[NeedStatus, ...]) -> list[Need]:
        """The needs marked, else the one looked at, that are in one of these states."""
        if self.asking:
            return []
        return [need for need in self.grid.marked_rows if need.status in states]

    def can_duplicate(self) -> bool:
        """Whether there is a need to look at."""
        return self.need is not None

    can_proposals = can_history = can_duplicate

    def can_edit(self) -> bool:
        """Whether there is a need, or a round, to look at."""
        return self.grid.row is not None

    def can_take_in(self) -> bool:
        """Whether needs are listed."""
        return not self.asking

    # Typing needs.

    def action_add(self) -> None:
        """Note a new need; or ask the services for theirs."""
        self.terminal.work(self._ask_all() if self.asking else self._form())

    def action_edit(self) -> None:
        """Change the need that is looked at, or the round."""
        if self.service is not None:
            self.terminal.work(self._form_of_round(self.service.round.round.id))
        else:
            self.opened(self.need)

    def opened(self, row: Any) -> None:  # noqa: ANN401
        """Enter changes it; of a service it notes the answer."""
        if self.asking:
            self.action_answer()
        elif row is not None:
            self.terminal.work(self._form(row.id))

    async def _form_of_round(self, id_: str) -> None:
        from jointbuy.tui.forms.form import Form

        if await self.terminal.put(Form(NeedsRound, id_)) is not None:
            await self.read()

    def action_duplicate(self) -> None:
        """Note a new need that begins as this one."""
        if self.need is not None:
            self.terminal.work(self._duplicate(self.need.id))

    async def _duplicate(self, id_: str) -> None:
        known = await self.terminal.ask(lambda w: filled(w, Need, id_))
        await self._form(cells=known.cells)

    async def _form(
        self, id_: str = "", cells: Mapping[str, str] | None = None
    ) -> None:
        from jointbuy.tui.forms.form import Form

        saved = await self.terminal.put(Form(Need, id_, cells))
        if saved is not None:
            await self.read()
            await self.look_at(saved)

    # The state of needs.

    def can_withdraw(self) -> bool:
        """Whether one of them is still to be bought."""
        return bool(self.chosen(ALIVE))

    def can_open(self) -> bool:
        """Whether one of them can be opened."""
        return bool(self.chosen(CLOSED))

    def can_settle(self) -> bool:
        """Whether one of them is open."""
        return bool(self.chosen((NeedStatus.OPEN,)))

    def action_withdraw(self) -> None:
        """Withdraw them."""
        self._set(self.chosen(ALIVE), NeedStatus.WITHDRAWN)

    def action_open(self) -> None:
        """Open them."""
        self._set(self.chosen(CLOSED), NeedStatus.OPEN)

    def action_settle(self) -> None:
        """Settle them."""
        self._set(self.chosen((NeedStatus.OPEN,)), NeedStatus.SETTLED)

    def _set(self, needs: list[Need], status: NeedStatus) -> None:
        if needs:
            ids = tuple(need.id for need in needs)
            self.terminal.work(self._changed(ids, status))

    async def _changed(self, ids: tuple[str, ...], status: NeedStatus) -> None:
        def verb(workspace: Any) -> Message:  # noqa: ANN401
            workspace.set_need_statuses(ids, status)
            return last_told(workspace)

        self.terminal.tell(await self.terminal.ask(verb))
        self.grid.action_mark_none()
        self.terminal.changed()

    def can_conclude(self) -> bool:
        """Whether the need that is looked at is still to be bought."""
        return self.need is not None and self.need.status in ALIVE

    def action_conclude(self) -> None:
        """Note the contract that was concluded for it."""
        if self.need is not None:
            self.terminal.work(self._conclude(self.need))

    async def _conclude(self, need: Need) -> None:
        from jointbuy.tui.forms.form import Form

        cells = {
            "administration": need.administration,
            "title": need.title,
            "cpv": need.cpv,
            "need": need.id,
        }
        if await self.terminal.put(Form(Contract, cells=cells)) is not None:
            await self.read()

    # Elsewhere.

    def action_proposals(self) -> None:
        """See with whom this need could be bought."""
        if self.need is not None:
            self.terminal.work(self._proposals(self.need))

    async def _proposals(self, need: Need) -> None:
        if need.status is NeedStatus.OPEN:
            await self.terminal.show("proposals", need.id)
        else:
            self.terminal.tell(
                say(
                    "Only open needs are compared with those of others: open “{need}” "
                    "first.",
                    need=need.title,
                )
            )

    def action_history(self) -> None:
        """See who changed this need, and when."""
        if self.need is not None:
            self.terminal.work(self._history(self.need))

    async def _history(self, need: Need) -> None:
        from jointbuy.tui.dialogs.history import History

        await self.terminal.put(History(need.id, need.title))

    # Files.

    async def _with_path(
        self,
        title: Message,
        text: str,
        hint: Message,
        do: Callable[[Path], Awaitable[bool]],
    ) -> None:
        """Ask for a file until it can be done with it, or somebody gives up."""
        from jointbuy.tui.dialogs.question import Question

        while True:
            answer = await self.terminal.put(Question(title, text=text, hint=hint))
            if answer is None:
                return
            text = answer
            try:
                if await do(known_path(answer)):
                    return
            except JointbuyError as error:
                hint = error.message

    def action_take_in(self) -> None:
        """Take in the needs of a file."""
        self.terminal.work(self.take_in())

    async def take_in(self) -> None:
        """Ask for a file, show what is in it, and keep it if it is to be kept."""
        await self._with_path(
            say("Take in the needs of a file"),
            "",
            say(
                "Path of a spreadsheet: CSV, XLSX or ODS. Nothing is kept before you "
                "have seen what is in it."
            ),
            self._look_into,
        )

    async def _look_into(self, path: Path) -> bool:
        from jointbuy.tui.needs.taking import Taking, counted, unclear

        vat: Literal["", "excl"] = ""
        parsed = await self._parsed(path, vat, keep=False)
        if unclear(parsed):
            meant = await self._parsed(path, "excl", keep=False)
            if unclear(meant) < unclear(parsed) and await self._without_vat():
                vat, parsed = "excl", meant
        if not await self.terminal.put(Taking(parsed, path.name)):
            return False
        parsed = await self._parsed(path, vat, keep=True)
        self.terminal.tell(counted(parsed))
        self.terminal.changed()
        return True

    async def _parsed(
        self, path: Path, vat: Literal["", "excl"], *, keep: bool
    ) -> ParsedNeeds:
        return await self.terminal.ask(
            lambda w: w.import_needs(path, vat=vat, dry_run=not keep)
        )

    async def _without_vat(self) -> bool:
        from jointbuy.tui.dialogs.picker import Picker, choices

        asked = Picker(
            say("Do the amounts that do not say so exclude VAT?"),
            choices(
                (
                    ("excl", say("Yes, they exclude VAT: take them as estimates")),
                    ("", say("I do not know: keep them in the note")),
                )
            ),
        )
        answer = await self.terminal.put(asked)
        return answer is not None and answer[0] == "excl"

    def can_export(self) -> bool:
        """Whether an open need is shown, or a silent service."""
        if self.asking:
            return self.can_remind()
        return any(need.status is NeedStatus.OPEN for need in self.grid.rows)

    def action_export(self) -> None:
        """Write those shown into a spreadsheet; of services the mails to the silent."""
        self.terminal.work(self._write_mails() if self.asking else self._export())

    async def _export(self) -> None:
        from jointbuy.tui.dialogs.picker import Picker, choices

        chosen = await self.terminal.put(Picker(say("Export"), choices(WITH)))
        if chosen is None:
            return
        needs = self.grid.rows
        if self.grid.marked:
            needs = self.grid.marked_rows
        ids = frozenset(need.id for need in needs)
        estimates, persons = bool(chosen[0]), chosen[0] == "persons"

        async def write(path: Path) -> bool:
            count = await self.terminal.ask(
                lambda w: w.export_needs(
                    path, estimates=estimates, persons=persons, only=ids
                )
            )
            self.terminal.tell(
                say("Needs written to {file}: {n}.", file=str(path), n=count)
            )
            return True

        name = self.speech.line(say("Needs")).lower()
        await self._with_path(
            say("Export"),
            str(Path.cwd() / f"{name}.xlsx"),
            say(
                "Path of the file, ending in .xlsx or .csv. Only the open needs among "
                "those shown are written, or those marked; drafts never leave."
            ),
            write,
        )
