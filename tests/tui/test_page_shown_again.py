"""A page that was told something while there was no room for it shows it later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.events import Resize

from jointbuy.tui.legal.section import Legal
from tests.tui.officer import Officer, work_with

if TYPE_CHECKING:
    from jointbuy.workspace import Desk


def test_a_page_that_is_given_room_is_painted_anew(desk: Desk) -> None:
    async def scenario(officer: Officer) -> None:
        await officer.press("4", "enter")
        section = officer.app.screen_stack[0]
        assert isinstance(section, Legal)
        assert section.inquiry is not None
        asking = section.asking
        room: dict[int, str] = {}
        for each in section.inquiry.necessary:
            asking.ask(section.inquiry, each.code)
            first = room.setdefault(len(asking.text.splitlines()), each.code)
            if first != each.code:  # as long as another one, so nothing else tells
                break
        asking.ask(section.inquiry, first)
        await officer.settle()
        words = " ".join(officer.app.speech.say(each.text).split()[:3])
        assert words not in officer.text()
        asking.question = each  # what was asked while it had no room
        asking.on_resize(Resize(asking.size, asking.virtual_size))
        await officer.settle()
        assert words in officer.text()

    work_with(desk, scenario, size=(80, 24))
