"""The values of the law in the settings: what is to be verified, and the register's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input

from jointbuy.errors import Arg
from jointbuy.model import OwnValue
from jointbuy.tui.apart import Apart
from jointbuy.tui.app import LANGUAGES
from jointbuy.tui.forms.form import Form
from jointbuy.tui.settings.section import Settings
from jointbuy.tui.speech import Speech
from jointbuy.workspace import legal_parameters
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


def titles(language: str) -> list[str]:
    """The titles of every value of the law, as the list says them."""
    speech = Speech(language)
    return [
        speech.line(Arg(name="", kind="word", text=known.title))
        for known in legal_parameters().values()
    ]


@pytest.mark.parametrize("room", [40, 59])
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_titles_look_the_same_where_they_do_not_fit(
    language: str, room: int
) -> None:
    every = titles(language)
    apart = Apart(every)
    shown = [apart.short(title, room) for title in every]
    assert len({told.strip(" …") for told in shown}) == len(every)
    assert max(map(len, shown)) <= room
    assert all(
        told.split()[0] == title.split()[0]
        for told, title in zip(shown, every, strict=True)
    )


def test_what_sets_a_title_apart_stays() -> None:
    ends = ["commune in Brussels", "police zone in Brussels", "CPAS in Wallonia"]
    every = [f"time the supervisor has to suspend or annul, {end}" for end in ends]
    apart = Apart(every)
    for title, end in zip(every, ends, strict=True):
        assert set(end.split()[:-2]) <= set(apart.short(title, 40).split())
    assert apart.short(every[0], len(every[0])) == every[0]
    assert len(apart.short(every[0], len(every[0]) - 1)) < len(every[0])


def test_a_title_that_says_less_than_another_is_told_from_it() -> None:
    plain = "works in open procedure above which an award is sent to the supervisor"
    more = plain.replace("an award", "the award of a CPAS")
    apart = Apart([plain, more])
    assert "CPAS" in apart.short(more, 45)
    assert "CPAS" not in apart.short(plain, 45)


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
def test_the_form_names_the_value_in_full_and_says_what_it_is(
    desk: Desk, size: tuple[int, int]
) -> None:
    longest = max(legal_parameters(), key=len)

    async def scenario(officer: Officer) -> None:
        await officer.press("6", "v", "v", "v")
        assert await section(officer).look_at(longest)
        await officer.settle()
        await officer.press("enter")
        assert isinstance(officer.app.screen, Form)
        lines = officer.text().splitlines()
        assert any(f" {longest} " in line for line in lines)
        said = " ".join(line.strip() for line in lines)
        known = Arg(name="", kind="word", text=legal_parameters()[longest].title)
        title = " ".join(Speech("fr").line(known).split())
        assert title in " ".join(said.split())
        fill(officer, "parameter", "nothing.like_this")
        await officer.press("tab")
        assert title not in " ".join(officer.text().split())

    work_with(desk, scenario, size=size)


def test_a_value_to_be_looked_at_shows_its_sign_at_80_columns(desk: Desk) -> None:
    async def scenario(officer: Officer) -> None:
        await officer.press("6", "v", "v", "v")
        assert section(officer).grid.row.state == "to_verify"
        assert "▶  ! estimation" in officer.text()
        assert "! à vérifier" in officer.text()

    work_with(desk, scenario, size=(80, 24))
