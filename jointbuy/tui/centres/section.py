"""The section of the centres: frameworks, calls for interest, adhesions, contracts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from jointbuy.errors import Message, named, say
from jointbuy.model import (
    Adhesion,
    Contract,
    FrameworkAgreement,
    PurchasingCentre,
    UseDecision,
)
from jointbuy.tui.actions import bindings
from jointbuy.tui.centres.actions import ACTIONS
from jointbuy.tui.centres.adhesions import read_adhesions
from jointbuy.tui.centres.calling import Calling, both
from jointbuy.tui.centres.calls import read_calls
from jointbuy.tui.centres.contracts import read_contracts
from jointbuy.tui.centres.deciding import Deciding
from jointbuy.tui.centres.frameworks import read_frameworks
from jointbuy.tui.centres.houses import read_centres
from jointbuy.tui.centres.leading import Leading
from jointbuy.tui.centres.rows import Aim, Asked, House, Joining, Running, Using
from jointbuy.tui.centres.uses import read_uses
from jointbuy.tui.listing import View
from jointbuy.workspace import (
    Call,
)
from jointbuy.workspace.standing import Offer

if TYPE_CHECKING:
    from textual.binding import BindingType

    from jointbuy.workspace import Workspace

KINDS: dict[str, type[Any]] = {
    "frameworks": FrameworkAgreement,
    "calls": Call,
    "centres": PurchasingCentre,
    "adhesions": Adhesion,
    "uses": UseDecision,
    "contracts": Contract,
}
"""What is new in each view."""


class Centres(Calling, Deciding, Leading):
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
            "Adhesions, decisions to use a framework and running contracts have lists "
            "of their own; v shows the next one."
        ),
    )
    views = (
        View(id="frameworks", title=say("Frameworks"), read=read_frameworks),
        View(id="calls", title=say("Calls"), read=read_calls),
        View(id="centres", title=say("Centres"), read=read_centres),
        View(id="adhesions", title=say("Adhesions"), read=read_adhesions),
        View(id="uses", title=say("Uses"), read=read_uses),
        View(id="contracts", title=say("Contracts"), read=read_contracts),
    )

    async def look_at(self, id_: str) -> bool:
        """Show the view in which that record stands, and look at it."""
        if not self.stale and self.grid.listing and self.grid.look_at(id_):
            return True
        view = await self.terminal.ask(lambda w: _view_of(w, id_))
        for each in view:
            self._turn_to(next(v for v in self.views if v.id == each))
            await self._reread()
            if self.grid.look_at(id_) or self.look_at_framework(id_):
                return True
        return False

    def opened(self, row: Any) -> None:  # noqa: ANN401
        """Answer a call; change anything else."""
        if isinstance(row, Asked):
            self.action_answer()
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
        if kind is UseDecision and about.framework:
            cells = {"framework": about.framework}
        await self.fill_in(kind, cells=cells)

    def can_edit(self) -> bool:
        """Whether there is a row."""
        return self.grid.row is not None

    def action_edit(self) -> None:
        """Change the record of the row looked at."""
        row = self.grid.row
        if row is None:
            return
        if self.view.id in {"frameworks", "calls"}:
            self.terminal.work(self.fill_in(FrameworkAgreement, self.aim.framework))
        else:
            self.terminal.work(self.fill_in(KINDS[self.view.id], row.id))

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

    can_history = can_edit

    def action_history(self) -> None:
        """Read what happened to it."""
        self.terminal.work(self._history())

    async def _history(self) -> None:
        from jointbuy.tui.dialogs.history import History

        row, about = self.grid.row, self.aim
        first, *also = about.records
        await self.terminal.put(History(first, _called(row, about), *also))


def _called(row: object, about: Aim) -> Message | str:
    """What a row is called."""
    match row:
        case Asked():
            return both(row)
        case Offer():
            framework = row.framework
            return say("{name}", name=named(framework.title, framework.id))
        case House():
            return say("{name}", name=named(row.centre.names, row.id))
        case Joining():
            return say(
                "{one} – {other}",
                one=named(row.centre.names, row.centre.id),
                other=named(row.who.names, row.who.id),
            )
        case Using():
            return row.need.title if row.need else row.use.need
        case Running():
            return row.contract.title
    return next(iter(about.records), "")


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
    if id_ in workspace.uses():
        return ("uses",)
    return ("contracts",) if id_ in workspace.contracts() else ()
