"""What an officer can read of the legal section on the narrowest terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from jointbuy.model import Form
from jointbuy.tui.app import LANGUAGES
from jointbuy.tui.legal.acts import NOBODY
from jointbuy.tui.legal.figures import Years
from jointbuy.tui.legal.section import Legal
from tests.tui.officer import Officer, work_with

if TYPE_CHECKING:
    from jointbuy.workspace import Desk


def section(officer: Officer) -> Legal:
    screen = officer.app.screen
    assert isinstance(screen, Legal)
    return screen


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_free_check_can_be_told_from_the_others(desk: Desk, language: str) -> None:
    desk.language = language

    async def scenario(officer: Officer) -> None:
        await officer.press("4", "end")
        seen: set[str] = set()
        for _ in Form:
            lines = officer.text().splitlines()[5:13]
            seen |= {line[3:32].strip() for line in lines if " 0/" in line}
            await officer.press("up")
        assert len(seen) == len(Form)

    work_with(desk, scenario)


def test_a_free_check_says_in_the_acts_where_to_find_them(desk: Desk) -> None:
    async def scenario(officer: Officer) -> None:
        await officer.press("4", "end", "enter", "v", "v", "v", "v")
        whole = " ".join(officer.text().split())
        assert section(officer).speech.line(NOBODY) in whole

    work_with(desk, scenario)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_stages_of_acts_are_whole(desk: Desk, language: str) -> None:
    desk.language = language

    async def scenario(officer: Officer) -> None:
        await officer.press("4", "enter", "v", "v", "v", "v")
        here = section(officer)
        assert here.view.id == "acts"
        assert here.grid.rows
        listing = here.grid.listing
        assert listing is not None
        stage, decides = listing.column("stage"), listing.column("decides")
        assert stage is not None
        assert decides is not None
        lines = officer.text().splitlines()
        for row in here.grid.rows:
            line = next(x for x in lines if stage.text(row, here.speech).strip() in x)
            organ = decides.text(row, here.speech)
            assert organ in line or f"{organ.split()[0]} … " in line

    work_with(desk, scenario)


def test_the_answer_looked_at_is_marked_as_soon_as_a_check_begins(desk: Desk) -> None:
    async def scenario(officer: Officer) -> None:
        await officer.press("4", "x", "enter")
        asking = section(officer).asking
        assert asking.has_focus
        assert asking.text.count("▶") == 1
        section(officer).grid.focus()
        await officer.settle()
        assert "▶" not in asking.text

    work_with(desk, scenario)


def test_years_whose_rows_are_all_empty_can_still_be_typed(desk: Desk) -> None:
    async def scenario(officer: Officer) -> None:
        await officer.press("4")
        years = section(officer).query_one(Years)
        years.fill(())
        years.start()
        assert len(years.rows) == 1

    work_with(desk, scenario)


def test_the_objects_stay_in_the_list_where_the_page_stands_beside_it(
    desk: Desk,
) -> None:
    async def scenario(officer: Officer) -> None:
        await officer.press("4")
        grid = section(officer).grid
        shown = [column.id for column, _ in grid._shown]
        assert shown == ["object", "outcome", "answered"]

    work_with(desk, scenario, size=(100, 30))
