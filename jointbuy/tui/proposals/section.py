"""The section of the proposals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from jointbuy.errors import say
from jointbuy.model import CandidateKind
from jointbuy.tui.actions import bindings
from jointbuy.tui.listing import View
from jointbuy.tui.proposals.actions import ACTIONS, ON_PAGE
from jointbuy.tui.proposals.listing import (
    current,
    meant,
    read_open,
    read_retained,
    read_set_aside,
    title,
)
from jointbuy.tui.proposals.page import why
from jointbuy.tui.section import ListSection
from jointbuy.tui.speech import undoable
from jointbuy.workspace import last_told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from textual.binding import BindingType

    from jointbuy.errors import Message
    from jointbuy.tui.proposals.listing import Row
    from jointbuy.tui.prose import Paragraph
    from jointbuy.tui.speech import Speech
    from jointbuy.tui.widgets.grid import Grid
    from jointbuy.workspace import Workspace
    from jointbuy.workspace.outlook import Outlook

FEWEST, MOST = 2, 4
"""How many proposals are compared at once."""


class Proposals(ListSection):
    """What could be bought together, and what was made of it."""

    PURPOSE = (
        say("Who could buy together, or join whose framework, and why."),
        say(
            "A contact person retains a proposal or sets it aside; the competent "
            "bodies decide, and their decisions are recorded here."
        ),
        say("Of what is retained there is a plan and a draft of the papers."),
    )
    ACTIONS = ACTIONS
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(ACTIONS)]
    views = (
        View(id="proposed", title=say("Proposals"), read=read_open),
        View(id="retained", title=say("Retained"), read=read_retained),
        View(id="set_aside", title=say("Laid aside"), read=read_set_aside),
    )

    def __init__(self) -> None:
        super().__init__()
        self.outlooks: dict[str, Outlook] = {}
        self._looking = False

    # What is read.

    async def read(self) -> None:
        """Read the list; what was known of law and plan may be another now."""
        self.outlooks = {}
        await super().read()

    @property
    def row(self) -> Row | None:
        """The proposal that is looked at."""
        row: Row | None = self.grid.row
        return row

    def on_grid_moved(self, event: Grid.Moved) -> None:
        """Show why it is proposed at once; law and plan follow when they are read."""
        if event.control is not self.grid:
            return
        event.prevent_default()  # what every other list does
        row: Row | None = event.row
        self.page.tell(lambda speech: () if row is None else self.about(row)(speech))
        self.refresh_bindings()
        if row is not None and row.id not in self.outlooks and not self._looking:
            self._looking = True
            self.terminal.work(self._look_ahead(), group="outlook")

    def about(self, row: Row) -> Callable[[Speech], Iterable[Paragraph]]:
        """What is said of a proposal, with what is known of law and plan by then."""
        return lambda speech: why(row, self.outlooks.get(row.id), speech)

    async def _look_ahead(self) -> None:
        """Read law and plan of the row looked at, until it is the one that was read."""
        try:
            while (row := self.row) is not None and row.id not in self.outlooks:
                known, proposal = self.outlooks, row.proposal
                found = await self.terminal.ask(lambda w, p=proposal: w.outlook(p))  # type: ignore[misc]
                known[row.id] = found
                if self.row is not None and self.row.id == row.id:
                    self.page.relabel()
        finally:
            self._looking = False

    async def outlook_of(self, row: Row) -> Outlook:
        """What is known of its law and plan; read if need be."""
        known = self.outlooks.get(row.id)
        if known is None:
            known = await self.terminal.ask(lambda w: w.outlook(row.proposal))
            self.outlooks[row.id] = known
        return known

    async def look_at(self, id_: str) -> bool:
        """Look at the proposal of that id, or at the best one that holds that need."""
        found = await self.terminal.ask(lambda w: meant(w, id_))
        if found is None:
            return False
        return await super().look_at(found)

    # What makes sense now.

    def _state(self) -> str:
        return self.row.proposal.state if self.row is not None else ""

    def can_why(self) -> bool:
        """Whether there is a proposal."""
        return self.row is not None

    can_retain = can_why

    def can_set_aside(self) -> bool:
        """Whether it is not set aside already."""
        return self._state() in {"proposed", "retained"}

    def can_decide(self) -> bool:
        """Whether bodies decide on it."""
        return self._state() == "retained"

    def _cooperates(self) -> bool:
        """Whether there is a cooperation to plan and to check."""
        row = self.row
        if row is None:
            return False
        named = row.dossier is not None and row.dossier.form is not None
        return named or row.candidate.kind is not CandidateKind.SEPARATE

    def can_plan(self) -> bool:
        """Whether there is something to plan."""
        return self._cooperates() and self._state() != "set_aside"

    def can_export(self) -> bool:
        """Whether there is a paper of it."""
        return self.can_plan()

    def can_legal(self) -> bool:
        """Whether there is a form to check."""
        return self._cooperates()

    def can_compare(self) -> bool:
        """Whether two to four proposals are marked."""
        return FEWEST <= len(self.grid.marked) <= MOST

    # What is done.

    def opened(self, row: Any) -> None:  # noqa: ANN401
        """Read it on the whole screen."""
        del row
        self.action_why()

    def action_why(self) -> None:
        """Read it on the whole screen, and do what is asked for there."""
        if self.row is not None:
            self.terminal.work(self._why(self.row))

    async def _why(self, row: Row) -> None:
        from jointbuy.tui.proposals.why import Why

        await self.outlook_of(row)
        possible = frozenset(
            name
            for each in ON_PAGE
            if (name := each.id.rpartition(".")[2]) and self.check_action(name, ())
        )
        asked = await self.terminal.put(Why(self.about(row), possible))
        if asked is not None:
            getattr(self, f"action_{asked}")()

    def action_retain(self) -> None:
        """Ask for form and pilot, and retain it."""
        if self.row is not None:
            self.terminal.work(self._retain(self.row))

    async def _retain(self, row: Row) -> None:
        from jointbuy.tui.proposals.asking import retaining

        said = await self.terminal.put(retaining(self.terminal, row))
        if said is not None:
            await self._done(said, row.id)

    def action_set_aside(self) -> None:
        """Ask for the reason, and set it aside."""
        if self.row is not None:
            self.terminal.work(self._set_aside(self.row))

    async def _set_aside(self, row: Row) -> None:
        from jointbuy.tui.dialogs.question import Question

        ask = say("Why is “{name}” set aside?", name=title(row, self.speech))
        hint = say("The reason is kept with it, and read by whoever opens it again.")
        reason = await self.terminal.put(Question(ask, hint=hint))
        if reason is not None:
            said = await self.terminal.ask(
                lambda w: _after(w, w.set_aside(row.id, why=reason))
            )
            await self._done(said, "")

    def action_decide(self) -> None:
        """Ask what a body decided, and record it."""
        if self.row is not None:
            self.terminal.work(self._decide(self.row))

    async def _decide(self, row: Row) -> None:
        from jointbuy.tui.proposals.asking import deciding

        said = await self.terminal.put(deciding(self.terminal, row, current(row)))
        if said is not None:
            await self._done(said, row.id)

    async def _done(self, said: Message, id_: str) -> None:
        """Say what was done and that it can be undone; go on with what it became."""
        self.terminal.tell(undoable(said))
        self.terminal.changed()
        await self._reread()
        if id_:
            await self.look_at(id_)

    def action_plan(self) -> None:
        """Show the backward plan."""
        if self.row is not None:
            self.terminal.work(self._plan(self.row))

    async def _plan(self, row: Row) -> None:
        from jointbuy.tui.proposals.plan import Planned
        from jointbuy.tui.proposals.planning import planned

        made = await self.terminal.ask(lambda w: planned(w, row.id))
        await self.terminal.put(Planned(row, made))

    def action_export(self) -> None:
        """Show what a draft lacks, and write it."""
        if self.row is not None:
            self.terminal.work(self._export(self.row))

    async def _export(self, row: Row) -> None:
        from jointbuy.tui.proposals.export import Export, beginning

        first = await beginning(self.terminal, row)
        said = await self.terminal.put(Export(row, first))
        if said is not None:
            self.terminal.tell(said)

    def action_legal(self) -> None:
        """Go to its legal check."""
        if self.row is not None:
            self.terminal.work(self.terminal.show("legal", self.row.id))

    def action_compare(self) -> None:
        """Lay the marked ones side by side."""
        self.terminal.work(self._compare(self.grid.marked_rows))

    async def _compare(self, rows: list[Row]) -> None:
        from jointbuy.tui.proposals.compare import Compared

        sides = [(row, await self.outlook_of(row)) for row in rows]
        await self.terminal.put(Compared(sides))


def _after(workspace: Workspace, _dossier: object) -> Message:
    """What was just done, in the sentence of the history."""
    return last_told(workspace)
