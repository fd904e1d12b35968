"""What is typed faster than the terminal moves is meant for what it opens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Input

from jointbuy.tui.proposals.section import Proposals
from jointbuy.tui.section import ListSection
from tests.tui.officer import Officer, post, work_with

if TYPE_CHECKING:
    from jointbuy.workspace import Desk


def test_a_burst_after_the_slash_is_text_and_not_commands(desk: Desk) -> None:
    async def scenario(officer: Officer) -> None:
        await officer.press("2")
        section = officer.app.screen
        assert isinstance(section, Proposals)
        for sign in "/brandstof":
            post(officer.app, sign)
        await officer.settle()
        assert officer.app.screen is section
        assert section.query_one("#filter", Input).value == "brandstof"
        assert await officer.ask(lambda w: w.dossiers()) == before

    before = desk.open().dossiers()
    work_with(desk, scenario)


def test_a_burst_after_a_key_that_opens_a_dialog_is_typed_into_it(desk: Desk) -> None:
    async def scenario(officer: Officer) -> None:
        for key in ("s", *"est", "enter", "slash", *"papier"):
            post(officer.app, key)
        await officer.settle()
        section = officer.app.screen
        assert isinstance(section, ListSection)
        assert section.grid.sort == "estimate"
        assert section.query_one("#filter", Input).value == "papier"

    work_with(desk, scenario)


def test_keys_sent_before_a_section_has_read_its_rows_wait_for_them(
    desk: Desk,
) -> None:
    async def scenario(officer: Officer) -> None:
        for key in ("3", "down", "down"):
            post(officer.app, key)
        await officer.settle()
        section = officer.app.screen
        assert isinstance(section, ListSection)
        assert section.grid.at == 2

    work_with(desk, scenario)
