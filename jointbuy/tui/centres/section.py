"""The section of the centres: frameworks, calls for interest, adhesions, contracts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from jointbuy.errors import named, say
from jointbuy.model import (
    Adhesion,
    Contract,
    FrameworkAgreement,
    Order,
    Programme,
    PurchasingCentre,
    UseDecision,
)
from jointbuy.tui.actions import bindings
from jointbuy.tui.centres.actions import ACTIONS
from jointbuy.tui.centres.adhesions import read_adhesions
from jointbuy.tui.centres.aiming import called
from jointbuy.tui.centres.calls import read_calls
from jointbuy.tui.centres.contracting import Contracting
from jointbuy.tui.centres.contracts import read_contracts
from jointbuy.tui.centres.deciding import Deciding
from jointbuy.tui.centres.drafting import Drafting
from jointbuy.tui.centres.frameworks import read_frameworks
from jointbuy.tui.centres.houses import read_centres
from jointbuy.tui.centres.leading import Leading
from jointbuy.tui.centres.ordering import Ordering
from jointbuy.tui.centres.orders import read_orders
from jointbuy.tui.centres.rows import Asked, Using
from jointbuy.tui.centres.table import Spot, read_table
from jointbuy.tui.listing import View
from jointbuy.workspace import (
    Call,
)

if TYPE_CHECKING:
    from textual.binding import BindingType

    from jointbuy.tui.actions import Action
    from jointbuy.workspace import Workspace

KINDS: dict[str, type[Any]] = {
    "frameworks": FrameworkAgreement,
    "calls": Call,
    "table": Programme,
    "adhesions": Adhesion,
    "centres": PurchasingCentre,
    "orders": Order,
    "contracts": Contract,
}
"""What is new in each view."""


AMONG_CALLS = {
    "centres.prove": 12,
    "centres.draft": 13,
    "centres.ask": 14,
    "centres.edit": 14,
    "centres.decide": 16,
    "centres.order": 41,
    "centres.check": 42,
}
"""Places in the footer where the calls for interest are listed."""


class Centres(Drafting, Deciding, Ordering, Contracting, Leading):
    """What centres offer, who has to answer, who joined, who is bound."""

    ACTIONS = ACTIONS
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(ACTIONS)]
    PURPOSE = (
        say("What the purchasing centres offer, and how far each framework has come."),
        say(
            "Calls for interest are noted and answered here, with the proof: no answer "
            "counts as no."
        ),
        say(
            "The table shows who joined what, the centres what each administration "
            "uses and could use; orders and contracts follow. v shows the next list."
        ),
    )
    views = (
        View(id="frameworks", title=say("Agreements"), read=read_frameworks),
        View(id="calls", title=say("Interests"), read=read_calls),
        View(id="table", title=say("Table"), read=read_table),
        View(id="adhesions", title=say("Adhesions"), read=read_adhesions),
        View(id="centres", title=say("Centres"), read=read_centres),
        View(id="orders", title=say("Orders"), read=read_orders),
        View(id="contracts", title=say("Contracts"), read=read_contracts),
    )

    def rank_of(self, action: Action) -> int:
        """Among the calls, answering and proving come before deciding and ordering."""
        if self.view.id == "calls" and action.id in AMONG_CALLS:
            return AMONG_CALLS[action.id]
        return super().rank_of(action)

    async def look_at(self, id_: str) -> bool:
        """Show the view in which that record stands, and look at it."""
        if not self.stale and self.grid.listing and self.grid.look_at(id_):
            return True
        view = await self.terminal.ask(lambda w: _view_of(w, id_))
        for each in view:
            if each == "table":
                self.programme = id_
            self._turn_to(next(v for v in self.views if v.id == each))
            await self._reread()
            if self.grid.look_at(id_) or self.look_at_framework(id_):
                return True
            if each == "table":
                return self.shown_programme == id_
        return False

    async def read(self) -> None:
        """Read the list of the view shown; of the table that of its programme."""
        view, programme = self.view, self.programme
        if view.id != "table":
            await super().read()
            return
        listing = await self.terminal.ask(lambda w: read_table(w, programme))
        if view is self.view:
            self.grid.show(listing)
            self.facets.show(listing)

    def saved(self, kind: type[Any], id_: str) -> None:
        """The table of a programme that was saved is shown."""
        if kind is Programme:
            self.programme = id_

    def opened(self, row: Any) -> None:  # noqa: ANN401
        """Answer a call, decide in an empty cell; change anything else."""
        if isinstance(row, Asked):
            self.action_answer()
        elif isinstance(row, Spot) and row.who is not None and row.adhesion is None:
            self.action_decide()
        else:
            self.action_edit()

    def action_add(self) -> None:
        """Note something new."""
        self.terminal.work(self._add())

    async def _add(self) -> None:
        kind, about = KINDS[self.view.id], self.aim
        on = self.terminal.day
        cells: dict[str, str] = {}
        if kind is FrameworkAgreement and on is not None:
            cells = {"seen_on": f"{on:%d/%m/%Y}"}
        if kind is Order and about.framework:
            cells = {"framework": about.framework}
        await self.fill_in(kind, cells=cells)

    def can_edit(self) -> bool:
        """Whether there is a record to change."""
        return self.grid.row is not None and bool(self.aim.records)

    def action_edit(self) -> None:
        """Change the record of the row looked at; of a call answered, the answer."""
        row = self.grid.row
        if self.can_correct() and isinstance(row, Asked):
            self.terminal.work(self.correct(row))
            return
        found = self._record()
        if found is not None:
            self.terminal.work(self.fill_in(*found))

    def _record(self) -> tuple[type[Any], str] | None:
        """The record that the row, or the cell, is about."""
        cell, about = self.grid.cell, self.aim
        if cell is None or not about.records:
            return None
        if self.view.id in {"frameworks", "calls"}:
            return FrameworkAgreement, about.framework
        if isinstance(cell, Spot):
            kind = Adhesion if cell.adhesion is not None else Programme
            return kind, about.records[0]
        if isinstance(cell, Using):
            return UseDecision, cell.id
        return KINDS[self.view.id], about.records[0]

    def action_known(self) -> None:
        """Take a known centre into the register."""
        self.terminal.work(self._known())

    async def _known(self) -> None:
        from jointbuy.tui.centres.known import known_listing
        from jointbuy.tui.dialogs.picker import Picker

        every = await self.terminal.ask(lambda w: w.known_centres())
        chosen = await self.terminal.put(
            Picker(say("Known purchasing centres"), known_listing(every), paged=True)
        )
        if chosen is None:
            return
        made = await self.terminal.ask(lambda w: w.adopt_centre(chosen.id))
        self.terminal.tell(
            say(
                "Adopted: {name}, certainty {letter}. Compare it with its source "
                "before use.",
                name=named(made.names, made.id),
                letter=made.certainty,
            ),
            tone="warning" if made.certainty == "D" else "",
        )
        self.terminal.changed()
        await self.look_at(made.id)

    def can_history(self) -> bool:
        """Whether there is a record."""
        return bool(self.aim.records)

    def action_history(self) -> None:
        """Read what happened to it."""
        self.terminal.work(self._history())

    async def _history(self) -> None:
        from jointbuy.tui.dialogs.history import History

        row, about = self.grid.cell, self.aim
        first, *also = about.records
        await self.terminal.put(History(first, called(row), *also))


def _view_of(workspace: Workspace, id_: str) -> tuple[str, ...]:
    """The views in which a record of that id can be looked at."""
    if id_ in workspace.frameworks():
        return ("frameworks",)
    if id_ in workspace.interests():
        return ("calls", "frameworks")
    if id_ in workspace.centres():
        return ("centres",)
    if id_ in workspace.adhesions():
        return ("adhesions",)
    if id_ in workspace.uses() or id_ in workspace.orders():
        return ("orders",)
    if id_ in workspace.programmes():
        return ("table",)
    return ("contracts",) if id_ in workspace.contracts() else ()
