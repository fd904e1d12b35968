"""Forms: records typed, picked and corrected on the screen."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from rich.cells import cell_len
from textual.events import Paste

from jointbuy.model import (
    Adhesion,
    Administration,
    ContactPerson,
    Contract,
    FrameworkAgreement,
    Need,
    PurchasingCentre,
    UseDecision,
)
from jointbuy.tui.app import LANGUAGES
from jointbuy.tui.dialogs.dialog import CLOSE
from jointbuy.tui.forms.actions import FORM
from jointbuy.tui.forms.calendar import Calendar, Month, weeks
from jointbuy.tui.forms.codes import Codes
from jointbuy.tui.forms.form import Form
from jointbuy.tui.forms.row import NAMED, REQUIRED, Row
from jointbuy.tui.forms.values import completed, meant, shown
from jointbuy.tui.speech import Speech
from jointbuy.tui.widgets.grid import Grid
from jointbuy.workspace import Call, Desk, Drafts, cells_of, filled, form
from tests.tui.officer import work_with

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tests.tui.officer import Officer

EVIL = "[bold]x[/] [@click=app.quit]y[/] \x1b]0;owned\x07\x1b[2J\x9b31m \u202etxt"


async def open_form(
    officer: Officer,
    kind: type[Any],
    id_: str = "",
    cells: Mapping[str, str] | None = None,
) -> Form:
    """Open a form as a section would."""

    async def put() -> None:
        await officer.app.put(Form(kind, id_, cells))

    officer.app.work(put())
    await officer.settle()
    return opened(officer)


def opened(officer: Officer) -> Form:
    """The form that is open."""
    screen = officer.app.screen
    assert isinstance(screen, Form)
    return screen


def row(made: Form, cell: str) -> Row:
    """A field of it."""
    return next(each for each in made.rows if each.field.cell == cell)


async def fill(officer: Officer, cell: str, text: str) -> None:
    """Go to a field and type in it."""
    entry = row(opened(officer), cell).entry
    entry.focus()
    entry.value = ""
    await officer.pilot.pause()
    await paste(officer, text)


async def paste(officer: Officer, text: str) -> None:
    """Paste into the field that has the focus."""
    assert officer.app.focused is not None
    officer.app.focused.post_message(Paste(text))
    await officer.settle()


async def resting(officer: Officer) -> None:
    """Wait until the form has judged what was typed."""
    await officer.pilot.pause(0.45)
    await officer.settle()


def test_a_need_is_added_with_the_keyboard_alone_and_taken_back(desk: Desk) -> None:
    async def job(officer: Officer) -> None:
        before = len(desk.open().needs())
        await officer.press("n")
        assert row(opened(officer), "administration").entry.value == (
            "Commune de Val-Tilleul"
        )
        await officer.write("Papier blanc")
        await officer.press("enter", "enter", "enter")
        await officer.write("fourn")
        await officer.press("down", "down", "down")
        await paste(officer, "500")
        await officer.press("enter")
        await paste(officer, "rames")
        await officer.press("ctrl+s")
        added = [
            need for need in desk.open().needs().values()
            if need.title == "Papier blanc"
        ]  # fmt: skip
        assert [need.nature and need.nature.name for need in added] == ["SUPPLIES"]
        assert (str(added[0].quantity), added[0].unit) == ("500", "rames")
        assert officer.app.screen.query_one(Grid).row.id == added[0].id
        assert officer.said == "Need added: “Papier blanc”."
        await officer.press("u")
        assert len(desk.open().needs()) == before

    work_with(desk, job)


def test_what_is_wrong_stands_under_its_field_with_the_remedy(desk: Desk) -> None:
    async def job(officer: Officer) -> None:
        made = await open_form(officer, Need)
        assert "manque" not in officer.text()
        await fill(officer, "estimate", "12.50.0x")
        await resting(officer)
        assert row(made, "estimate").wrong
        lines = officer.text().splitlines()
        at = next(n for n, line in enumerate(lines) if "12.50.0x" in line)
        assert "! «\u00a012.50.0x\u00a0»" in lines[at + 1]
        assert "12.480,00" in lines[at + 1] + lines[at + 2]
        await officer.press("end", "ctrl+u")
        await paste(officer, "12.480,00")
        await resting(officer)
        assert not row(made, "estimate").wrong

    work_with(desk, job)


def test_saving_what_is_wrong_keeps_nothing_and_goes_to_the_errors(
    desk: Desk,
) -> None:
    async def job(officer: Officer) -> None:
        before = len(desk.open().needs())
        made = await open_form(officer, Need)
        await fill(officer, "latest", "32/13")
        await officer.press("ctrl+s")
        assert len(desk.open().needs()) == before
        wrong = [each.field.cell for each in made.rows if each.wrong]
        assert wrong == ["title", "nature", "latest"]
        visited = []
        for _ in range(4):
            assert made.row is not None
            visited.append(made.row.field.cell)
            await officer.press("f2")
        assert visited == ["title", "nature", "latest", "title"]
        assert "3" in officer.app.speech.line(officer.app.said[0])  # type: ignore[index]

    work_with(desk, job)


def test_what_was_typed_is_a_draft_after_escape_and_comes_back(desk: Desk) -> None:
    async def job(officer: Officer) -> None:
        await officer.press("n")
        await paste(officer, "Bancs")
        await officer.press("escape")
        assert officer.said.startswith("What you typed is kept as a draft")
        await officer.press("n")
        made = opened(officer)
        assert row(made, "title").entry.value == "Bancs"
        assert officer.said.endswith("is here again; ^d throws it away.")
        await officer.press("ctrl+d")
        assert row(made, "title").entry.value == ""
        assert row(made, "administration").cell == "commune-val-tilleul"
        await officer.press("escape", "n")
        assert row(opened(officer), "title").entry.value == ""
        assert not opened(officer).restored

    work_with(desk, job)


def test_a_draft_is_gone_once_it_is_saved(desk: Desk) -> None:
    async def job(officer: Officer) -> None:
        await officer.press("n")
        await paste(officer, "Bancs")
        await officer.press("escape", "n")
        await fill(officer, "nature", "fournitures")
        await officer.press("ctrl+s")
        assert any(need.title == "Bancs" for need in desk.open().needs().values())
        await officer.press("n")
        assert not opened(officer).restored

    work_with(desk, job)


def test_a_pause_is_enough_to_keep_what_was_typed(desk: Desk) -> None:
    async def job(officer: Officer) -> None:
        await officer.press("n")
        await paste(officer, "Bancs")
        await resting(officer)
        draft = desk.drafts.get("need:")
        assert draft is not None
        assert draft.cells == {"title": "Bancs"}

    work_with(desk, job)


def test_leaving_the_terminal_keeps_what_was_typed(desk: Desk) -> None:
    async def job(officer: Officer) -> None:
        await officer.press("n")
        await officer.pilot.press(*"Bancs")
        officer.app.exit()

    work_with(desk, job)
    draft = desk.drafts.get("need:")
    assert draft is not None
    assert draft.cells == {"title": "Bancs"}


@pytest.mark.parametrize("spoilt", ["", "{", "[1]", '{"need:": {"at": 3}}', "\x00"])
def test_a_spoilt_file_of_drafts_hurts_nobody(tmp_path: Path, spoilt: str) -> None:
    drafts = Drafts(tmp_path / "drafts.json")
    drafts.file.write_text(spoilt, encoding="utf-8")
    assert drafts.get("need:") is None
    assert drafts.keep("need:", {"title": "Bancs"})
    draft = drafts.get("need:")
    assert draft is not None
    assert draft.cells == {"title": "Bancs"}


def test_a_folder_that_takes_nothing_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    drafts = Drafts(tmp_path / "file" / "drafts.json")
    assert not drafts.keep("need:", {"title": "Bancs"})
    assert drafts.get("need:") is None


def test_each_register_has_its_own_drafts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JOINTBUY_HOME", str(tmp_path))
    one, other = (Desk(str(tmp_path / f"{name}.json")) for name in "ab")
    one.drafts.keep("need:", {"title": "Bancs"})
    assert other.drafts.get("need:") is None
    assert one.drafts.get("need:") is not None


def test_the_drafts_of_a_sample_are_deleted_with_it(desk: Desk) -> None:
    desk.drafts.keep("need:", {"title": "x"})
    file = desk.drafts.file
    assert file.exists()
    desk.close()
    assert not file.exists()


VALID: dict[type, dict[str, str]] = {
    Need: {"title": "Bancs", "nature": "Fournitures"},
    Administration: {"fr": "Commune de Nouvelle-Prairie"},
    ContactPerson: {"administration": "commune-val-tilleul", "name": "Odile Fictive"},
    Contract: {"administration": "commune-val-tilleul", "title": "Nettoyage"},
    PurchasingCentre: {"nl": "Aankoopcentrale Verzonnen"},
    FrameworkAgreement: {"fr": "Vélos", "end": "31/12/2028"},
    Adhesion: {"administration": "zone-tilleul", "domain": "vélos"},
    UseDecision: {"number": "2026/12"},
    Call: {"title": "Vélos cargos", "deadline": "+2m", "maximum_amount": "10.000"},
}


def test_each_kind_of_record_is_typed_and_saved(desk: Desk) -> None:
    async def job(officer: Officer) -> None:
        for kind, cells in VALID.items():
            made = await open_form(officer, kind)
            for cell, text in cells.items():
                row(made, cell).entry.value = text
            for each in made.rows:
                if each.field.required and not each.cell:
                    each.entry.value = each.options[-1][1]
            keeps = FrameworkAgreement if kind is Call else kind
            before = len(desk.open().records(keeps))
            await officer.press("ctrl+s")
            assert not isinstance(officer.app.screen, Form), officer.text()
            assert len(desk.open().records(keeps)) == before + 1

    work_with(desk, job)


def test_the_keys_of_a_form_are_all_there_at_80_columns(desk: Desk) -> None:
    async def job(officer: Officer) -> None:
        made = await open_form(officer, Need)
        row(made, "cpv").entry.focus()
        for language in LANGUAGES:
            officer.app.speak(language)
            await officer.pilot.pause()
            speech, last = officer.app.speech, officer.line(-1)
            for action in (*FORM[:3], CLOSE):
                assert speech.line(action.label) in last

    work_with(desk, job)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_name_of_a_field_folds_between_words(language: str) -> None:
    speech = Speech(language)
    for kind in VALID:
        for field in form(kind):
            words = speech.line(field.label).split()
            assert max(map(cell_len, words)) < NAMED - len(REQUIRED)


def test_another_language_keeps_what_was_typed_and_says_the_rest(desk: Desk) -> None:
    async def job(officer: Officer) -> None:
        made = await open_form(officer, Need)
        await fill(officer, "title", "Bancs")
        await fill(officer, "nature", "Fournitures")
        await fill(officer, "estimate", "x")
        await officer.press("f7")
        assert officer.app.speech.language == "nl"
        assert row(made, "title").entry.value == "Bancs"
        assert row(made, "nature").entry.value == "Leveringen"
        assert "Voorwerp" in officer.text() or "Onderwerp" in officer.text()
        assert "Objet" not in officer.text()
        assert row(made, "estimate").wrong
        await fill(officer, "estimate", "")
        await officer.press("ctrl+s")
        found = [n for n in desk.open().needs().values() if n.title == "Bancs"]
        assert [n.nature and n.nature.name for n in found] == ["SUPPLIES"]

    work_with(desk, job)


def test_nothing_counts_as_typed_after_another_language_alone(desk: Desk) -> None:
    async def job(officer: Officer) -> None:
        made = await open_form(officer, Need, next(iter(desk.open().needs())))
        await officer.press("f7", "f7")
        assert made.typed() == {}
        await officer.press("escape")
        assert not officer.said

    work_with(desk, job)


def test_what_people_typed_is_neither_markup_nor_a_command(desk: Desk) -> None:
    async def job(officer: Officer) -> None:
        made = await open_form(officer, Need, cells={"title": EVIL, "note": EVIL})
        await resting(officer)
        screen = officer.text()
        assert "[bold]x[/]" in screen
        assert not set("\x1b\x07\x9b\u202e") & set(screen)
        assert row(made, "title").cell == EVIL
        await officer.press("f4")
        await officer.press("escape")
        assert not set("\x1b\x07\x9b\u202e") & set(officer.text())

    work_with(desk, job)


def test_a_change_by_another_meanwhile_loses_nothing_of_either(desk: Desk) -> None:
    async def job(officer: Officer) -> None:
        id_ = next(iter(desk.open().needs()))
        made = await open_form(officer, Need, id_)
        await fill(officer, "unit", "fois")
        desk.open().edit_need(id_, {"title": "Renamed by another"})
        await officer.press("ctrl+s")
        assert isinstance(officer.app.screen, Form)
        assert row(made, "title").entry.value == "Renamed by another"
        assert row(made, "unit").entry.value == "fois"
        assert "Renamed by another was changed by another meanwhile" in officer.said
        await officer.press("ctrl+s")
        kept = desk.open().needs()[id_]
        assert (kept.title, kept.unit) == ("Renamed by another", "fois")

    work_with(desk, job)


def test_only_what_was_typed_is_changed(desk: Desk) -> None:
    async def job(officer: Officer) -> None:
        before = desk.open().needs()
        id_ = next(iter(before))
        await open_form(officer, Need, id_)
        await fill(officer, "unit", "fois")
        await officer.press("ctrl+s")
        after = desk.open().needs()
        differ = {
            name
            for name in Need.__dataclass_fields__
            if getattr(before[id_], name) != getattr(after[id_], name)
        }
        assert differ == {"unit"}

    work_with(desk, job)


def test_a_day_is_said_in_full_and_written_out_when_one_leaves_it(desk: Desk) -> None:
    async def job(officer: Officer) -> None:
        made = await open_form(officer, Need)
        await fill(officer, "earliest", "+2m")
        await resting(officer)
        assert "23 janvier 2027" in officer.text()
        await officer.press("down")
        assert row(made, "earliest").entry.value == "23/01/2027"
        await paste(officer, "2028")
        await officer.press("up")
        assert row(made, "latest").entry.value == "31/12/2028"
        await fill(officer, "latest", "jamais")
        await officer.press("up")
        assert row(made, "latest").entry.value == "jamais"

    work_with(desk, job)


def test_a_day_is_picked_from_a_calendar_by_keys(desk: Desk) -> None:
    async def job(officer: Officer) -> None:
        made = await open_form(officer, Need)
        await fill(officer, "earliest", "31/1/2027")
        await officer.press("f4")
        assert "janvier 2027" in officer.text()
        await officer.press("pagedown")
        assert "[28]" in officer.text()
        await officer.press("down", "left", "enter")
        assert row(made, "earliest").entry.value == "06/03/2027"
        await officer.press("f4")
        await officer.press("home", "escape")
        assert row(made, "earliest").entry.value == "06/03/2027"

    work_with(desk, job)


def test_a_day_is_picked_from_a_calendar_by_clicks(desk: Desk) -> None:
    async def job(officer: Officer) -> None:
        made = await open_form(officer, Need)
        field = row(made, "earliest")
        field.entry.focus()
        await officer.settle()
        await officer.click(field, at=(field.size.width - 2, 0))
        assert isinstance(officer.app.screen, Calendar)
        month = officer.app.screen.query_one(Month)
        assert "(23)" in officer.text() or "[23]" in officer.text()
        await officer.click(month, at=(34, 0))  # the arrow to the next month
        assert "décembre 2026" in officer.text()
        lines = officer.text().splitlines()
        y = next(n for n, line in enumerate(lines) if " 14 " in line)
        await officer.pilot.click(offset=(lines[y].index("14"), y))
        await officer.settle()
        assert field.entry.value == "14/12/2026"

    work_with(desk, job)


def test_days_are_added_to_others_from_a_calendar(desk: Desk) -> None:
    async def job(officer: Officer) -> None:
        made = await open_form(officer, Administration)
        await fill(officer, "council", "21/1/2027")
        await officer.press("f4")
        assert isinstance(officer.app.screen, Calendar)
        await officer.press("right", "enter")
        assert row(made, "council").cell == "21/1/2027, 22/01/2027"

    work_with(desk, job)


def test_a_month_begins_on_the_day_of_the_week_it_does() -> None:
    assert weeks(2026, 11)[0] == [None] * 6 + [date(2026, 11, 1)]
    assert weeks(2027, 2) == [
        [date(2027, 2, 1 + 7 * n + day) for day in range(7)] for n in range(4)
    ]
    assert len(weeks(2027, 5)) == 6


def test_codes_are_suggested_while_typing_with_their_reason(desk: Desk) -> None:
    async def job(officer: Officer) -> None:
        made = await open_form(officer, Need)
        await fill(officer, "title", "Papier A4")
        await officer.press("down", "down", "down", "down", "f4")
        codes = officer.app.screen
        assert isinstance(codes, Codes)
        await officer.pilot.pause(0.1)
        await officer.settle()
        assert codes.query_one(Grid).row.code == "30197643"
        assert "Trouvé par" in officer.text()
        await officer.press("end", "ctrl+u")
        await paste(officer, "gasoil")
        await officer.pilot.pause(0.1)
        await officer.settle()
        assert codes.query_one(Grid).row.code.startswith("091")
        await officer.press("enter")
        assert row(made, "cpv").cell.startswith("091")

    work_with(desk, job)


def test_letters_in_the_field_of_the_code_are_looked_up(desk: Desk) -> None:
    async def job(officer: Officer) -> None:
        made = await open_form(officer, Need)
        await fill(officer, "cpv", "papier")
        assert isinstance(officer.app.screen, Codes)
        await officer.pilot.pause(0.1)
        await officer.settle()
        await officer.press("enter")
        assert row(made, "cpv").cell == "30197643"
        await resting(officer)
        assert "Papier pour copieurs" in officer.text()
        await fill(officer, "cpv", "gaz")
        await officer.press("escape")
        assert not any(sign.isalpha() for sign in row(made, "cpv").entry.value)

    work_with(desk, job)


def test_records_are_chosen_by_name_and_contacts_are_those_of_the_administration(
    desk: Desk,
) -> None:
    async def job(officer: Officer) -> None:
        made = await open_form(officer, Need)
        await fill(officer, "administration", "cpas de clair")
        await officer.press("down")
        assert row(made, "administration").cell == "cpas-clairsaule"
        assert row(made, "administration").entry.value == "CPAS de Clairsaule"
        row(made, "contact").entry.focus()
        await officer.press("f4")
        ids = {option[0] for option in officer.app.screen.query_one(Grid).rows} - {""}
        contacts = desk.open().contacts()
        assert ids
        assert {contacts[id_].administration for id_ in ids} == {"cpas-clairsaule"}
        await officer.press("down", "enter")
        assert row(made, "contact").cell in ids
        assert row(made, "contact").entry.value == (
            contacts[row(made, "contact").cell].name
        )

    work_with(desk, job)


def test_several_are_marked_in_a_list(desk: Desk) -> None:
    async def job(officer: Officer) -> None:
        made = await open_form(officer, PurchasingCentre)
        row(made, "kinds").entry.focus()
        await officer.press("f4")
        await officer.press("enter", "down", "enter", "ctrl+s")
        assert row(made, "kinds").cell.count(";") == 1
        await officer.press("f4")
        await officer.press("enter", "ctrl+s")
        assert row(made, "kinds").cell.count(";") == 0
        await fill(officer, "nl", "Verzonnen centrale")
        await officer.press("ctrl+s")
        centre = next(
            c for c in desk.open().centres().values() if "Verzonnen" in c.names.nl
        )
        assert len(centre.kinds) == 1

    work_with(desk, job)


def test_a_text_of_several_lines_keeps_them(desk: Desk) -> None:
    async def job(officer: Officer) -> None:
        text = "Première ligne\nDeuxième ligne"
        made = await open_form(officer, Need, cells={"description": text})
        field = row(made, "description")
        assert field.entry.value == "Première ligne↵Deuxième ligne"
        field.entry.focus()
        await officer.press("f4")
        await officer.press("enter", "x", "ctrl+s")
        assert field.cell == f"{text}\nx"
        await paste(officer, " y")
        assert field.cell == f"{text}\nx y"

    work_with(desk, job)


def test_a_need_may_be_saved_as_a_draft(desk: Desk) -> None:
    async def job(officer: Officer) -> None:
        await open_form(officer, Need, cells=VALID[Need])
        await officer.press("f8")
        found = [n for n in desk.open().needs().values() if n.title == "Bancs"]
        assert [need.status.name for need in found] == ["DRAFT"]

    work_with(desk, job)


def test_a_record_that_is_gone_is_said_and_no_form_opens(desk: Desk) -> None:
    async def job(officer: Officer) -> None:
        async def put() -> None:
            await officer.app.put(Form(Need, "n-nowhere"))

        officer.app.work(put())
        await officer.settle()
        assert not isinstance(officer.app.screen, Form)
        assert "n-nowhere" in officer.app.speech.line(officer.app.said[0])  # type: ignore[index]

    work_with(desk, job)


def test_a_form_may_be_closed_before_it_is_filled_in(desk: Desk) -> None:
    async def job(officer: Officer) -> None:
        for _ in range(3):
            await officer.pilot.press("n", "escape", "escape")
        await officer.settle()
        assert not isinstance(officer.app.screen, Form)
        assert not officer.app.faults

    work_with(desk, job)


def test_two_columns_of_fields_stand_beside_each_other_where_there_is_room(
    desk: Desk,
) -> None:
    async def job(officer: Officer) -> None:
        made = await open_form(officer, Need)
        first, last = made.rows[0].region, made.rows[-1].region
        assert last.x > first.right - 2
        assert all(0 <= each.region.y < 40 for each in made.rows)

    work_with(desk, job, size=(140, 40))


@pytest.mark.parametrize("kind", [each for each in VALID if each is not Call])
def test_a_record_shown_and_read_again_is_the_same(desk: Desk, kind: type) -> None:
    workspace = desk.open()
    records: dict[str, Any] = workspace.records(kind)
    for id_, record in records.items():
        found = filled(workspace, kind, id_)
        cells = cells_of(workspace, kind, record)
        for field in form(kind):
            options = found.options[field.cell]
            text = shown(field, cells[field.cell], options)
            assert meant(field, text, options).strip() == cells[field.cell].strip()


def test_a_name_is_completed_only_when_it_can_be_no_other() -> None:
    options = (("a", "Commune de Val"), ("b", "CPAS de Val"), ("c", "Zone de police"))
    assert completed("zone", options) == "Zone de police"
    assert completed("cpas val", options) == "CPAS de Val"
    assert completed("val", options) == "val"
    assert completed("", options) == ""
    assert completed("zone", options, new=True) == "zone"
    assert completed("ZONE DE POLICE", options, new=True) == "Zone de police"
