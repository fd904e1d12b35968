"""The section of the needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from jointbuy.errors import say
from jointbuy.model import Need
from jointbuy.tui.actions import bindings
from jointbuy.tui.listing import View
from jointbuy.tui.needs.actions import ACTIONS
from jointbuy.tui.needs.listing import read_needs
from jointbuy.tui.section import ListSection

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.binding import BindingType


class Needs(ListSection):
    """The needs of every administration of the register."""

    ACTIONS = ACTIONS
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(ACTIONS)]
    PURPOSE = (
        say("What each administration is going to buy, and when."),
        say("From here needs are noted, completed, imported and withdrawn."),
        say("What could be bought together is shown among the proposals."),
    )
    views = (View(id="needs", title=say("Needs"), read=read_needs),)

    def action_add(self) -> None:
        """Note a new need."""
        self.terminal.work(self._form(), group="form")

    def action_edit(self) -> None:
        """Change the need that is looked at."""
        self.opened(self.grid.row)

    def opened(self, row: Any) -> None:  # noqa: ANN401
        """Enter changes it."""
        if row is not None:
            self.terminal.work(self._form(row.id), group="form")

    async def _form(
        self, id_: str = "", cells: Mapping[str, str] | None = None
    ) -> None:
        from jointbuy.tui.forms.form import Form

        saved = await self.terminal.put(Form(Need, id_, cells))
        if saved is not None:
            await self.look_at(saved)
