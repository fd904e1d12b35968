"""What is done about deadlines: reminded, put off, noted, written into a mail."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, cast

import pytest

from jointbuy.model import Channel
from jointbuy.tui.app import LANGUAGES
from jointbuy.tui.deadlines.listing import PUT_OFF, deadlines_listing
from jointbuy.tui.deadlines.section import Deadlines, Hidden
from jointbuy.tui.dialogs.sheet import Sheet
from jointbuy.tui.forms.form import Form
from jointbuy.tui.prose import lay_out
from jointbuy.tui.speech import Speech
from jointbuy.workspace import Desk
from jointbuy.workspace.sittings import clashes
from tests.tui.officer import Officer, fill, work_with

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from jointbuy.model import ActionPoint, Deadline, Reminder, Snooze

DAY = date(2026, 11, 23)


@pytest.fixture
def late(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """A copy of the sample in which one council has met for the last time in vain."""
    monkeypatch.setenv("JOINTBUY_HOME", str(tmp_path))
    made = Desk(language="fr")
    made.sample("interest")
    yield made
    made.close()


def section(officer: Officer) -> Deadlines:
    found = officer.app.screen
    assert isinstance(found, Deadlines)
    return found


async def look_at(officer: Officer, kind: str) -> Deadline:
    """Look at the first deadline of a kind that lies ahead."""
    rows: list[Deadline] = list(section(officer).grid.rows)
    row = next(row for row in rows if row.kind == kind and row.day > DAY)
    assert await section(officer).look_at(row.id)
    await officer.settle()
    return row


async def kept(officer: Officer) -> tuple[list[Reminder], Mapping[str, Snooze]]:
    """The reminders and what was put off on the day; the sample has older ones."""
    reminders = await officer.ask(
        lambda w: [each for each in w.reminders().values() if each.on == DAY]
    )
    snoozes = await officer.ask(
        lambda w: {id_: each for id_, each in w.snoozes().items() if each.on == DAY}
    )
    return cast("list[Reminder]", reminders), cast("Mapping[str, Snooze]", snoozes)


def test_a_reminder_is_noted_of_one_or_several_and_taken_back(desk: Desk) -> None:
    async def scenario(officer: Officer) -> None:
        await officer.press("5")
        row = await look_at(officer, "contract_notice")
        assert "aucun encore" in section(officer).page.text
        await officer.press("r", "down", "down", "right", "down", "down")
        fill(officer, "demandé l'avis du collège")
        await officer.press("enter")
        assert "u takes it back" in officer.said
        (reminder,) = (await kept(officer))[0]
        assert (reminder.about, reminder.to, reminder.on) == (row.id, row.contact, DAY)
        assert reminder.channel is Channel.TELEPHONE
        assert section(officer).grid.row.id == row.id
        page = " ".join(section(officer).page.text.split())
        assert "Dernier rappel 23/11/2026" in page
        assert "demandé l'avis du collège" in page
        await officer.press("u")
        assert (await kept(officer))[0] == []
        await officer.press("space", "down", "space", "r", "down")
        fill(officer, "le greffe")
        await officer.press("enter")
        assert [each.to for each in (await kept(officer))[0]] == ["le greffe"] * 2
        await officer.press("u")
        assert (await kept(officer))[0] == []

    work_with(desk, scenario)


def test_a_deadline_is_put_off_for_a_reason_counted_and_woken(desk: Desk) -> None:
    async def scenario(officer: Officer) -> None:
        await officer.press("5")
        row = await look_at(officer, "contract_notice")
        shown = len(section(officer).grid.rows)
        await officer.press("w", "enter")  # without a reason
        assert isinstance(officer.app.screen, Sheet)
        assert (await kept(officer))[1] == {}
        fill(officer, "1/1/2030")
        await officer.press("down")
        fill(officer, "le fournisseur confirme vendredi")
        await officer.press("enter")  # after its own day
        assert isinstance(officer.app.screen, Sheet)
        await officer.press("up")
        fill(officer, "30/11")
        await officer.press("enter")
        snooze = (await kept(officer))[1][row.id]
        assert (snooze.until, snooze.day) == (date(2026, 11, 30), row.day)
        assert len(section(officer).grid.rows) == shown - 1
        assert "Reportées\u00a0: 2" in officer.line(3)
        await officer.click(Hidden, (2, 0))
        assert len(section(officer).grid.rows) == shown + 1
        assert section(officer).grid.row.id == row.id  # what was put off last
        await officer.settle()
        assert "– Reporté" in officer.text()
        page = " ".join(section(officer).page.text.split())
        assert "le fournisseur confirme vendredi" in page
        await officer.press("W")
        assert (await kept(officer))[1] == {}
        await officer.press("u")
        assert row.id in (await kept(officer))[1]
        await officer.press("u", "H")
        assert row.id not in section(officer).put_off
        assert "Reportées\u00a0: 1" in officer.line(3)

    work_with(desk, scenario)


def test_an_action_point_is_added_changed_and_done_at_its_deadline(
    desk: Desk, tmp_path: Path
) -> None:
    async def scenario(officer: Officer) -> None:
        await officer.press("5")
        notice = await look_at(officer, "contract_notice")
        contract = desk.open().contracts()[notice.subject]
        await officer.press("n")
        form = officer.app.screen
        assert isinstance(form, Form)
        about = next(row for row in form.rows if row.field.cell == "about")
        assert about.entry.value == contract.title
        await officer.write("Relancer le fournisseur")
        due = next(row for row in form.rows if row.field.cell == "due")
        due.entry.focus()
        await officer.write("1/12/2026")
        await officer.press("ctrl+s")
        row: Deadline = section(officer).grid.row
        assert (row.kind, row.day) == ("action_due", date(2026, 12, 1))
        await officer.press("o")
        assert isinstance(officer.app.screen, Form)
        await officer.press("escape", "d")
        assert "u takes it back" in officer.said
        points = cast(
            "Mapping[str, ActionPoint]", await officer.ask(lambda w: w.action_points())
        )
        assert points[row.subject].done_on == DAY
        assert points[row.subject].about == contract.id
        assert row.id not in [each.id for each in section(officer).grid.rows]
        await officer.press("u")
        assert await section(officer).look_at(row.id)

        for name, begins in (("mail.md", "#"), ("mail.html", "<")):
            await officer.press("D", "enter")
            fill(officer, str(tmp_path / name))
            await officer.press("enter")
            text = (tmp_path / name).read_text(encoding="utf-8")
            assert text.lstrip().startswith(begins)
            assert "Relancer le fournisseur" in text
            assert name in officer.said

    work_with(desk, scenario)


def test_rows_are_narrowed_by_who_and_state_where_the_panel_has_no_room(
    desk: Desk,
) -> None:
    async def scenario(officer: Officer) -> None:
        await officer.press("5")
        row = await look_at(officer, "contract_notice")
        assert [each.id for each in section(officer).grid.listing.facets] == [  # type: ignore[union-attr]
            "level",
            "state",
            "kind",
            "administration",
            "contact",
        ]
        every = len(section(officer).grid.rows)
        person = desk.open().contacts()[row.contact]
        await officer.press("F")
        await officer.write(person.name)
        await officer.press("enter")
        rows: list[Deadline] = list(section(officer).grid.rows)
        assert {each.contact for each in rows} == {row.contact}
        assert f"▼ {len(rows)} sur {every}" in officer.line(3)
        await officer.press("M")
        month = section(officer).month
        assert sum(due.count for due in month.dues.values()) == len(rows)
        await officer.press("escape")
        assert "▼" not in officer.line(3)

    work_with(desk, scenario)


def test_who_cannot_decide_in_time_is_said_with_the_days_and_the_way_out(
    late: Desk,
) -> None:
    watch = late.open().watch()
    listing = deadlines_listing(watch, clashing=clashes(watch))
    rows = [row for row in listing.rows if row.kind == "framework_interest"]
    assert len(rows) == 2
    missed = next(r for r in rows if any(s.session is None for s in watch.sittings(r)))
    states = next(facet for facet in listing.facets if facet.id == "state")
    assert all("clash" in states.values(row) for row in rows)
    assert all(PUT_OFF not in states.values(row) for row in rows)
    session = listing.column("session")
    assert session is not None
    for language in LANGUAGES:
        speech = Speech(language)
        assert session.text(missed, speech).startswith("! ")
        lines = [line.plain for line in lay_out(listing.page(missed, speech), 40)]
        assert all(len(line) <= 40 for line in lines)
        assert sum(line.startswith("! ") for line in lines) == 2
        assert any("→" in line for line in lines)
        assert "17" in " ".join(lines)

    async def scenario(officer: Officer) -> None:
        await officer.press("5", "F")
        await officer.write("Pas à temps")
        await officer.press("enter")
        assert len(section(officer).grid.rows) == 2
        assert officer.text().count("! Fournitures de…\u00a0: Intérêt") == 2
        await officer.press("T")
        said = officer.text()
        assert "CPAS de Mirebois" in said
        assert "Commune de Mirebois" in said

    work_with(late, scenario)
