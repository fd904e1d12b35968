"""What opens to pick something for a field: a list, a calendar, codes, a text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from jointbuy.errors import say
from jointbuy.tui.actions import Action, bindings
from jointbuy.tui.dialogs.dialog import CLOSE
from jointbuy.tui.dialogs.picker import PICKER, Picker
from jointbuy.tui.forms.values import (
    BETWEEN,
    Option,
    is_code,
    is_day,
    is_days,
    is_long,
    pieces,
    several,
)
from jointbuy.tui.listing import Column, Listing
from jointbuy.tui.widgets.grid import Grid
from jointbuy.workspace import options

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.binding import BindingType

    from jointbuy.errors import Message
    from jointbuy.tui.forms.form import Form
    from jointbuy.tui.forms.row import Row

NOTHING = say("(nothing)")
TITLES = ("title", "fr", "nl", "de", "en", "description")
"""Cells that say what is bought, the first that is filled in counts."""


async def pick(form: Form, row: Row) -> str | None:
    """The cell that was picked for a field; None where nothing was."""
    field = row.field
    if is_day(field):
        return await _day(form, row)
    if is_days(field):
        more = await _day(form, row)
        return more and ", ".join(filter(None, (row.cell.strip(" ,"), more)))
    if is_code(field):
        return await _code(form, row)
    if is_long(field):
        from jointbuy.tui.forms.lines import Lines

        return await form.terminal.put(Lines(field.label, row.cell, field.hint))
    offered = await _offered(form, row)
    if several(field):
        chosen = frozenset(pieces(row.cell))
        found = await form.terminal.put(Several(field.label, offered, chosen))
        return None if found is None else BETWEEN.join(found)
    if not field.required:
        offered = [("", ""), *offered]
    typed = row.entry.value if row.changed and row.cell not in dict(offered) else ""
    picker = Picker(field.label, choices_of(offered), text=typed)
    option = await form.terminal.put(picker)
    return None if option is None else option[0]


async def _offered(form: Form, row: Row) -> list[Option]:
    """What can be chosen now, with what is typed in the other fields, by name."""
    field, cells = row.field, form.cells()
    found = await form.terminal.ask(lambda w: options(w, field, cells))
    names = dict(row.options)
    return [(typed, names.get(typed, name)) for typed, name in found]


async def _day(form: Form, row: Row) -> str | None:
    from jointbuy.tui.forms.calendar import Calendar

    today = form.terminal.day
    if today is None:
        return None
    day = form.day_of(row) or form.day_before(row) or today
    found = await form.terminal.put(Calendar(row.field.label, day, today))
    return None if found is None else f"{found:%d/%m/%Y}"


async def _code(form: Form, row: Row) -> str | None:
    from jointbuy.tui.forms.codes import Codes

    cells = form.cells()
    about = next(filter(None, (cells.get(each, "") for each in TITLES)), "")
    many = row.field.sort.name == "CPVS"

    def typed() -> str:
        text = row.entry.value.strip()
        return about if many or not text or text[0].isdigit() else text

    codes = Codes(
        row.field.label,
        typed,
        language=cells.get("language", ""),
        nature=cells.get("nature", ""),
    )
    code = await form.terminal.put(codes)
    if code is None:
        if not many and not row.entry.value.strip()[:1].isdigit():
            return row.start if row.start[:1].isdigit() else ""
        return None
    kept = pieces(row.cell.replace(",", ";")) if many else []
    return BETWEEN.join(dict.fromkeys([*kept, code]))


def choices_of(
    offered: Sequence[Option], chosen: frozenset[str] | None = None
) -> Listing[Option]:
    """The options to pick from; with a sign before those that are chosen."""
    columns: list[Column[Option]] = [
        Column(
            id="name",
            heading=say("Choice"),
            text=lambda option, speech: option[1] or speech.line(NOTHING),
            width=20,
            grow=1,
        )
    ]
    if chosen is not None:
        columns.insert(
            0,
            Column(
                id="chosen",
                heading=say("✓"),
                text=lambda option, _: "✓" if option[0] in chosen else "",
                width=1,
            ),
        )
    return Listing(
        rows=tuple(offered),
        columns=tuple(columns),
        id_of=lambda option: option[0],
        also=lambda option: (option[0],),
    )


SEVERAL: tuple[Action, ...] = (
    Action(
        id="several.done",
        keys=("ctrl+s",),
        label=say("OK"),
        help=say("Take what is marked."),
        rank=12,
    ),
)


class Several(Picker):
    """Gives the options that are marked; choosing one marks it or no longer."""

    ACTIONS = (*PICKER, *SEVERAL, CLOSE)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(SEVERAL)]

    def __init__(
        self, title: Message, offered: Sequence[Option], chosen: frozenset[str]
    ) -> None:
        super().__init__(title, choices_of(offered, chosen))
        self._offered = offered
        self._chosen = chosen

    def on_grid_opened(self, event: Grid.Opened) -> None:
        """A double click marks too."""
        event.prevent_default()
        self.action_pick()

    def action_pick(self) -> None:
        """Mark the row that is looked at, or no longer."""
        row: Any = self.query_one(Grid).row
        if row is not None:
            self._chosen ^= {row[0]}
            self.show(choices_of(self._offered, self._chosen))

    def action_done(self) -> None:
        """Take what is marked, in the order offered; what is unknown stays."""
        known = [typed for typed, _ in self._offered if typed in self._chosen]
        others = sorted(self._chosen - {typed for typed, _ in self._offered})
        self.dismiss([*known, *others])


__all__ = ["Several", "choices_of", "pick"]
