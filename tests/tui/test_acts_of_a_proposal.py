"""The acts of the bodies beside a check: who decides, what is sent, what waits."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from jointbuy.errors import say
from jointbuy.tui.app import LANGUAGES
from jointbuy.tui.legal.acts import Taken
from jointbuy.tui.legal.section import Legal
from tests.tui.officer import Officer, work_with

if TYPE_CHECKING:
    from jointbuy.workspace import Competence, Desk


def section(officer: Officer) -> Legal:
    return cast("Legal", officer.app.screen)


def at_of(officer: Officer) -> int:
    return [view.id for view in section(officer).views].index("acts")


def test_the_acts_of_each_administration_stand_in_their_order(desk: Desk) -> None:
    async def scenario(officer: Officer) -> None:
        await officer.press("4", "enter")
        here = section(officer)
        here.action_show_view(at_of(officer))
        await officer.settle()
        rows = here.grid.rows
        assert rows
        assert all(isinstance(row, Taken) for row in rows)
        subject = here.subject
        assert subject is not None
        found = cast(
            "Competence",
            await officer.ask(lambda w: w.competence(subject.id, form=subject.form)),
        )
        expected = [
            (share.administration.id, act.stage)
            for share in found.shares
            for act in share.acts
        ]
        assert [
            (row.share.administration.id, row.act.stage) for row in rows
        ] == expected
        await officer.press("enter")
        assert officer.app.screen is here

    work_with(desk, scenario, size=(120, 40))


def test_what_is_to_be_verified_stands_on_the_page_in_every_language(
    desk: Desk,
) -> None:
    async def scenario(officer: Officer) -> None:
        await officer.press("4", "enter")
        here = section(officer)
        here.action_show_view(at_of(officer))
        await officer.settle()
        doubtful = next(row for row in here.grid.rows if row.act.to_verify)
        here.grid.look_at(doubtful.id)
        for language in LANGUAGES:
            here.terminal.speak(language)
            await officer.settle()
            mark = here.speech.line(say("{text} (to be verified)", text="")).strip()
            assert mark.strip("()") in " ".join(officer.text().split())

    work_with(desk, scenario, size=(140, 60))


def test_a_free_check_says_why_there_are_no_acts(desk: Desk) -> None:
    async def scenario(officer: Officer) -> None:
        await officer.press("4", "end", "enter")
        here = section(officer)
        assert here.subject is not None
        assert not here.subject.id
        here.action_show_view(at_of(officer))
        await officer.settle()
        assert not here.grid.rows
        assert here.grid.listing is not None
        assert here.grid.listing.empty.text.startswith("A free check")

    work_with(desk, scenario)
