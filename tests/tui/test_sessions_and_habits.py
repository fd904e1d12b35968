"""When bodies meet and how long steps take, in the settings."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, cast

from textual.widgets import Input

from jointbuy.tui.dialogs.question import Question
from jointbuy.tui.dialogs.sheet import Sheet
from jointbuy.tui.forms.form import Form
from jointbuy.tui.needs.taking import Taking
from jointbuy.tui.settings.calendars import BY_RHYTHM, KNOWN, UNKNOWN, Chamber
from jointbuy.tui.settings.section import Settings
from tests.tui.officer import Officer, fill, work_with

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from jointbuy.model import OwnPractice
    from jointbuy.workspace import Desk

COUNCIL = "commune-val-tilleul:council"
NEW_COUNCIL = "cpas-clairsaule:council"


def section(officer: Officer) -> Settings:
    found = officer.app.screen
    assert isinstance(found, Settings)
    return found


async def show(officer: Officer, view: str, id_: str) -> None:
    """Go to a view of the settings and look at one of its rows."""
    await officer.press("6")
    ids = [each.id for each in section(officer).views]
    section(officer).action_show_view(ids.index(view))
    await officer.settle()
    assert await section(officer).look_at(id_)
    await officer.settle()


def chamber(officer: Officer) -> Chamber:
    row = section(officer).grid.row
    assert isinstance(row, Chamber)
    return row


def test_sessions_are_taken_in_from_a_file_cancelled_and_taken_back(
    desk: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "seances.csv"
    path.write_text(
        "administration;organe;jour\n"
        "cpas-clairsaule;conseil;14/4/2027\n"
        "cpas-clairsaule;conseil;un jour\n",
        encoding="utf-8",
    )

    async def scenario(officer: Officer) -> None:
        await show(officer, "calendars", NEW_COUNCIL)
        assert chamber(officer).state == UNKNOWN
        assert "! aucune" in officer.text()
        assert not section(officer).can_cancel()
        await officer.press("i")
        fill(officer, str(path.with_name("nope.csv")))
        await officer.press("enter")  # a letter is wrong: nothing typed is lost
        asked = officer.app.screen
        assert isinstance(asked, Question)
        assert "nope.csv n’existe pas" in " ".join(officer.text().split())
        assert asked.query_one(Input).value.endswith("nope.csv")
        fill(officer, str(path))
        await officer.press("enter")
        taking = officer.app.screen
        assert isinstance(taking, Taking)
        assert [each.row for each in taking.parsed.problems] == [3]
        await officer.press("ctrl+s")
        assert chamber(officer).id == NEW_COUNCIL
        assert chamber(officer).state == KNOWN
        assert [each.day for each in chamber(officer).held] == [date(2027, 4, 14)]
        assert "14/04/2027" in officer.text()
        await officer.press("c", "enter")
        assert "u takes it back" in officer.said
        assert not chamber(officer).held
        await officer.press("u")
        assert len(chamber(officer).held) == 1
        await officer.press("u")
        assert chamber(officer).state == UNKNOWN

    work_with(desk, scenario)


def test_a_rhythm_is_typed_in_the_form_of_its_body_and_gives_sessions(
    desk: Desk,
) -> None:
    async def scenario(officer: Officer) -> None:
        await show(officer, "calendars", NEW_COUNCIL)
        await officer.press("enter")
        form = officer.app.screen
        assert isinstance(form, Form)
        assert form.row is not None
        assert form.row.field.cell == "council"
        rhythm = next(row for row in form.rows if row.field.cell == "council_rhythm")
        rhythm.entry.focus()
        await officer.write("3e jeudi")
        await officer.press("ctrl+s")
        assert chamber(officer).state == BY_RHYTHM
        first = chamber(officer).held[0]
        assert first.day == date(2026, 12, 17)
        assert "? 17/12/2026" in officer.text()
        for language in ("de", "nl", "fr"):
            officer.app.speak(language)
            await officer.settle()
            assert "…" not in officer.line(4)
            assert "…" not in officer.line(-1)
            views = " ".join(officer.line(2).split())
            for view in section(officer).views:
                assert officer.app.speech.line(view.title) in views

    work_with(desk, scenario)


def test_a_habit_is_set_with_a_reason_counts_in_plans_and_is_taken_away(
    desk: Desk,
) -> None:
    async def habits(officer: Officer) -> Mapping[str, OwnPractice]:
        found = await officer.ask(lambda w: w.own_practice())
        return cast("Mapping[str, OwnPractice]", found)

    async def scenario(officer: Officer) -> None:
        await show(officer, "habits", "evaluation_days")
        await officer.press("e")
        fill(officer, "60")
        await officer.press("enter")
        assert isinstance(officer.app.screen, Sheet)
        assert "evaluation_days" not in await habits(officer)
        await officer.press("down")
        fill(officer, "deux personnes seulement")
        await officer.press("enter")
        own = (await habits(officer))["evaluation_days"]
        assert (own.days, own.why) == (60, "deux personnes seulement")
        line = next(x for x in officer.text().splitlines() if x.startswith("▶"))
        assert "◆" in line
        assert line.split()[-4:-2] == ["60", "j"]
        assert "deux personnes" in section(officer).page.text
        assert await officer.ask(lambda w: w.practice().evaluation_days) == 60
        await officer.press("x")
        assert "evaluation_days" not in await habits(officer)
        await officer.press("u")
        assert "evaluation_days" in await habits(officer)

    work_with(desk, scenario)
