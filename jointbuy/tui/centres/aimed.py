"""What every list about centres can do: a form filled in, a sentence said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jointbuy.errors import Message, say
from jointbuy.model import Order
from jointbuy.tui.centres.aiming import Aim, aim
from jointbuy.tui.section import ListSection

if TYPE_CHECKING:
    from collections.abc import Sequence


class Aimed(ListSection):
    """A section whose rows are about frameworks, centres and administrations."""

    @property
    def aim(self) -> Aim:
        """What the row looked at is about."""
        return aim(self.grid.cell)

    def look_at_framework(self, id_: str) -> bool:
        """Look at the first row about that framework agreement, or its interest."""
        for row in self.grid.rows:
            about = aim(row)
            if id_ == about.framework or id_ in about.records:
                listing = self.grid.listing
                return listing is not None and self.grid.look_at(listing.id_of(row))
        return False

    async def fill_in(
        self, kind: type[Any], id_: str = "", cells: dict[str, str] | None = None
    ) -> None:
        """Have a record typed, and look at what was saved."""
        from jointbuy.tui.forms.form import Form

        form = Form(kind, id_, cells or {}, at_once=kind is Order)
        saved = await self.terminal.put(form)
        if saved is None:
            return
        self.saved(kind, saved)
        await self._reread()
        if self.view.id == "table":  # it stays where it is
            return
        if not (self.grid.look_at(saved) or self.look_at_framework(saved)):
            await self.look_at(saved)

    def saved(self, kind: type[Any], id_: str) -> None:
        """A record was saved, before the list is read again."""

    def tell_all(self, sentences: Sequence[Message], *, doubtful: bool = False) -> None:
        """Say it all in one, and read everything again."""
        whole = sentences[0]
        for each in sentences[1:]:
            whole = say("{one} {other}", one=whole, other=each)
        self.terminal.tell(whole, tone="warning" if doubtful else "")
        self.grid.action_mark_none()
        self.terminal.changed()
