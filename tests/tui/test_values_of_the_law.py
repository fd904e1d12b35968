"""The values of the law in the settings: what is to be verified, and the register's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Input

from jointbuy.model import OwnValue
from jointbuy.tui.forms.form import Form
from jointbuy.tui.settings.section import Settings
from tests.tui.officer import Officer, work_with

if TYPE_CHECKING:
    from jointbuy.workspace import Desk

SENT = "amounts.brussels_transmission"


def section(officer: Officer) -> Settings:
    screen = officer.app.screen_stack[0]
    assert isinstance(screen, Settings)
    return screen


def fill(officer: Officer, cell: str, text: str) -> None:
    form = officer.app.screen
    assert isinstance(form, Form)
    row = next(row for row in form.rows if row.field.cell == cell)
    row.entry.focus()
    assert isinstance(row.entry, Input)
    row.entry.value = text


def test_a_value_that_is_not_known_is_set_with_its_text_and_taken_away_again(
    desk: Desk,
) -> None:
    async def scenario(officer: Officer) -> None:
        await officer.press("6", "v", "v", "v")
        assert await section(officer).look_at(SENT)
        await officer.settle()
        row = section(officer).grid.row
        assert row.state == "not_known"
        assert "Aucune valeur" in officer.text()
        await officer.press("enter")
        assert isinstance(officer.app.screen, Form)
        fill(officer, "value", "250.000")
        fill(officer, "start", "27/06/2024")
        fill(officer, "source", "arrêté du 27 juin 2024")
        await officer.press("ctrl+s")
        row = section(officer).grid.row
        assert (row.id, row.state) == (SENT, "own")
        assert "arrêté du 27 juin 2024" in officer.text()
        kept = await officer.ask(lambda w: next(iter(w.own_values().values())))
        assert isinstance(kept, OwnValue)
        assert str(kept.value) == "250000.00"
        await officer.press("x")
        assert section(officer).grid.row.state == "not_known"
        assert await officer.ask(lambda w: w.own_values()) == {}
        await officer.press("u")
        assert section(officer).grid.row.state == "own"

    work_with(desk, scenario, size=(120, 40))


def test_values_somebody_has_to_look_at_come_first(desk: Desk) -> None:
    async def scenario(officer: Officer) -> None:
        await officer.press("6", "v", "v", "v")
        states = [row.state for row in section(officer).grid.rows]
        order = ["own", "to_verify", "not_known", "certain"]
        assert states == sorted(states, key=order.index)
        assert {"to_verify", "not_known", "certain"} <= set(states)

    work_with(desk, scenario, size=(80, 24))
