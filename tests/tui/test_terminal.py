"""The terminal on the sample register, driven as an officer would."""

from __future__ import annotations

import asyncio
import re

import pytest

from jointbuy.errors import say
from jointbuy.tui.app import LANGUAGES
from jointbuy.tui.dialogs.picker import Picker
from jointbuy.tui.listing import Column, Listing
from jointbuy.tui.speech import Speech
from jointbuy.tui.stage import Stage
from jointbuy.tui.widgets.grid import Grid
from jointbuy.tui.widgets.page import Page
from jointbuy.workspace import Desk
from tests.tui.officer import opened, settled, shown_on


def test_the_needs_of_the_register_are_on_the_screen(desk: Desk) -> None:
    async def work() -> None:
        async with opened(desk) as (app, _):
            assert len(app.screen.query_one(Grid).rows) == len(desk.open().needs())
            shown = shown_on(app)
            assert "Besoins" in shown
            assert "Commune de Val-Tilleul" in shown

    asyncio.run(work())


def test_filtering_while_typing_keeps_what_contains_every_word(desk: Desk) -> None:
    async def work() -> None:
        async with opened(desk) as (app, pilot):
            await pilot.press("slash", *"PAPIER a4", "enter")
            grid = app.screen.query_one(Grid)
            titles = [need.title for need in grid.rows]
            assert titles
            assert all("papier" in t.lower() and "A4" in t for t in titles)
            await pilot.press("escape")
            assert len(grid.rows) == len(desk.open().needs())

    asyncio.run(work())


def test_a_click_on_a_heading_sorts_and_a_second_one_turns_round(desk: Desk) -> None:
    async def work() -> None:
        async with opened(desk, (140, 40)) as (app, pilot):
            grid = app.screen.query_one(Grid)
            await pilot.click(Grid, offset=(4, 0))
            up = [need.title for need in grid.rows]
            await pilot.click(Grid, offset=(4, 0))
            await pilot.pause()
            assert grid.sort == "-title"
            assert next(need.title for need in grid.rows) == up[-1]

    asyncio.run(work())


def test_rows_without_an_estimate_come_last_whichever_way(desk: Desk) -> None:
    async def work() -> None:
        async with opened(desk) as (app, _):
            grid = app.screen.query_one(Grid)
            assert any(need.estimate is None for need in grid.rows)
            for _way in range(2):
                grid.sort_by("estimate")
                known = [need.estimate is not None for need in grid.rows]
                assert known == sorted(known, reverse=True)

    asyncio.run(work())


def test_the_arrow_keys_and_a_click_show_the_page_of_a_need(desk: Desk) -> None:
    async def work() -> None:
        async with opened(desk, (140, 40)) as (app, pilot):
            grid, page = app.screen.query_one(Grid), app.screen.query_one(Page)
            await pilot.press("down", "down")
            assert grid.rows[2].title.split()[0] in page.text
            await pilot.click(Grid, offset=(6, 6))
            await pilot.pause()
            assert grid.at == 5
            assert grid.rows[5].title.split()[0] in page.text

    asyncio.run(work())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_last_line_offers_some_keys_at_80_columns_and_cuts_none(
    desk: Desk, language: str
) -> None:
    async def work() -> None:
        async with opened(desk) as (app, pilot):
            while app.speech.language != language:
                await pilot.press("f7")
            stage = app.screen
            assert isinstance(stage, Stage)
            speech = Speech(language)
            offered = {f"{key} {speech.say(a.label)}" for a, key in stage.offered()}
            last = shown_on(app).splitlines()[-1]
            told = [part.strip() for part in re.split(r"  +", last) if part.strip()]
            assert set(told) <= offered
            assert len(told) in {6, 7, 8}
            assert desk.language == language

    asyncio.run(work())


def test_a_change_is_taken_back_with_a_sentence(desk: Desk) -> None:
    async def work() -> None:
        workspace = desk.open()
        need = next(iter(workspace.needs().values()))
        workspace.edit_need(need.id, {"title": "Renamed by mistake"})
        async with opened(desk) as (app, pilot):
            await pilot.press("u")
            await settled(app, pilot)
            assert desk.open().needs()[need.id].title == need.title
            assert app.said is not None
            assert app.speech.line(app.said[0])[:20] in shown_on(app)

    asyncio.run(work())


def test_nothing_to_take_back_is_said_and_not_a_failure(desk: Desk) -> None:
    async def work() -> None:
        async with opened(desk) as (app, pilot):
            await pilot.press("u")
            await settled(app, pilot)
            assert str(app.said and app.said[0]) == "There is nothing to undo."

    asyncio.run(work())


def test_a_hundred_thousand_rows_are_all_within_reach(desk: Desk) -> None:
    async def work() -> None:
        async with opened(desk) as (app, pilot):
            column = Column[str](
                id="n", heading=say("Object"), text=lambda row, _: row, width=12
            )
            rows = tuple(f"row {n}" for n in range(100_000))
            app.push_screen(
                Picker(say("Needs"), Listing(columns=(column,), rows=rows, id_of=str))
            )
            await settled(app, pilot)
            grid = app.screen.query_one(Grid)
            grid.action_move(1_000_000)
            await pilot.pause(0.1)
            assert grid.row == "row 99999"
            assert "row 99999" in shown_on(app)

    asyncio.run(work())
