"""Figures of several years in the legal section, by keyboard at 80 columns."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, cast

from jointbuy.model import Form, Outcome
from jointbuy.tui.app import LANGUAGES
from jointbuy.tui.legal.figures import Cell, Years
from jointbuy.tui.legal.section import Legal, Subject
from jointbuy.workspace import check_form, inquire
from tests.tui.officer import Officer, work_with

if TYPE_CHECKING:
    from jointbuy.workspace import Desk

DAY = date(2026, 11, 23)
TYPED = ("820000", "1000000", "860.000", "1.000.000", "870 000", "1 000 000")
KEPT = "2023=820000/1000000; 2024=860000/1000000; 2025=870000/1000000"


def section(officer: Officer) -> Legal:
    return cast("Legal", officer.app.screen)


def asked(officer: Officer) -> str:
    question = section(officer).asking.question
    return question.code if question else ""


async def open_at(officer: Officer, code: str, form: Form = Form.IN_HOUSE) -> None:
    """Open the free check of a form at that question."""
    await officer.press("4")
    section(officer)._open(Subject(form=form))
    await officer.settle()
    section(officer).grid.look_at(code)
    await officer.settle()


async def type_in(officer: Officer, *texts: str) -> None:
    """Type into one cell after another, with Enter between them."""
    for number, text in enumerate(texts):
        if number:
            await officer.press("enter")
        await officer.write(text)


def answer(officer: Officer, code: str) -> str:
    inquiry = section(officer).inquiry
    assert inquiry is not None
    return inquiry.answer(code)


def test_figures_typed_row_by_row_show_their_share_and_are_kept(desk: Desk) -> None:
    async def scenario(officer: Officer) -> None:
        await open_at(officer, "activity_years")
        assert [row.values for row in section(officer).query_one(Years).rows] == [
            ("2023", "", ""),
            ("2024", "", ""),
            ("2025", "", ""),
            ("", "", ""),
        ]
        await type_in(officer, *TYPED[:2])
        assert "82 %" in officer.text().replace("\u00a0", " ")
        assert answer(officer, "activity_years") == ""
        await officer.press("enter")
        await type_in(officer, *TYPED[2:])
        assert "85 %" in officer.text().replace("\u00a0", " ")
        await officer.press("enter")
        assert answer(officer, "activity_years") == KEPT
        assert asked(officer) not in {"activity_years", "h5", "share_basis"}
        inquiry = section(officer).inquiry
        assert inquiry is not None
        assert "h5" not in inquiry.open
        assert inquiry.outcome("h5") is Outcome.OK
        assert inquiry.outcome("share_basis") is Outcome.OK
        expected = check_form(Form.IN_HOUSE, {"activity_years": KEPT}, on=DAY)
        assert inquiry.checked.findings == expected.findings

    work_with(desk, scenario)


def test_figures_given_before_are_there_to_be_corrected(desk: Desk) -> None:
    async def scenario(officer: Officer) -> None:
        await open_at(officer, "market_years", Form.HORIZONTAL)
        await type_in(officer, "10", "100", "10", "100", "10", "100")
        await officer.press("down", "shift+tab", "shift+tab")
        assert cast("Cell", officer.app.focused).has_class("year")
        await type_in(officer, "2022", "90", "100")
        await officer.press("enter")
        before = "2022=90/100; 2023=10/100; 2024=10/100; 2025=10/100"
        assert answer(officer, "market_years") == before
        section(officer).grid.look_at("market_years")
        await officer.settle()
        years = section(officer).query_one(Years)
        assert [row.values[0] for row in years.rows] == [
            "2022", "2023", "2024", "2025", "",
        ]  # fmt: skip
        await officer.press("up", "up", "down", "ctrl+u")
        await officer.write("12")
        await officer.press("enter")
        after = before.replace("2023=10/", "2023=12/")
        assert answer(officer, "market_years") == after

    work_with(desk, scenario)


def test_a_year_that_is_not_whole_is_refused_with_the_reason(desk: Desk) -> None:
    async def scenario(officer: Officer) -> None:
        await open_at(officer, "activity_years")
        await type_in(officer, "90", "100", "90", "", "", "")
        await officer.press("enter")
        assert asked(officer) == "activity_years"
        assert answer(officer, "activity_years") == ""
        assert "2024" in section(officer).asking.text
        assert "820.000/1.000.000" in section(officer).asking.text
        await officer.press("shift+tab", "shift+tab")
        await officer.write("80")
        inquiry = section(officer).inquiry
        assert inquiry is not None

    work_with(desk, scenario)


def test_a_part_above_its_total_is_told_while_it_is_typed(desk: Desk) -> None:
    async def scenario(officer: Officer) -> None:
        await open_at(officer, "activity_years")
        await type_in(officer, "90", "9")
        assert "2023" in section(officer).asking.text
        assert "!" in section(officer).asking.text
        await officer.write("99")
        assert "! 2023" not in section(officer).asking.text

    work_with(desk, scenario)


def test_unknown_can_be_answered_and_the_share_is_asked_next(desk: Desk) -> None:
    async def scenario(officer: Officer) -> None:
        await open_at(officer, "activity_years")
        await officer.press("shift+tab", "shift+tab")
        section(officer).asking.focus()
        await officer.settle()
        await officer.press("enter")
        assert answer(officer, "activity_years") == "unknown"
        section(officer).grid.look_at("activity_measure")
        await officer.settle()
        await officer.press("f2")
        assert asked(officer) == "h5"

    work_with(desk, scenario)


def test_an_answer_taken_back_leaves_the_rows_empty(desk: Desk) -> None:
    async def scenario(officer: Officer) -> None:
        await open_at(officer, "activity_years")
        await type_in(officer, "90", "100", "", "", "", "")
        await officer.press("enter")
        assert answer(officer, "activity_years") == "2023=90/100"
        section(officer).grid.look_at("activity_years")
        await officer.settle()
        section(officer).asking.focus()
        await officer.press("delete")
        assert answer(officer, "activity_years") == ""
        rows = section(officer).query_one(Years).rows
        assert rows[0].values == ("2023", "", "")

    work_with(desk, scenario)


def test_the_rows_stand_whole_on_the_screen_in_every_language(desk: Desk) -> None:
    async def scenario(officer: Officer) -> None:
        await open_at(officer, "activity_years")
        for _language in LANGUAGES:
            years = section(officer).query_one(Years)
            for cell in years.query(Cell):
                if cell.parent is not None and cell.parent.display:
                    assert cell.region.right <= 80
                    assert cell.region.height == 1
                    assert len(cell.placeholder) <= cell.size.width
            shown = officer.text()
            assert "2023" in shown
            assert "2025" in shown
            await officer.press("f7")

    work_with(desk, scenario)


def test_an_optional_question_is_not_counted_as_open() -> None:
    nothing = inquire(Form.IN_HOUSE, {}, on=DAY)
    assert "activity_years" in nothing.waiting
    assert "activity_years" not in nothing.open
    assert "activity_measure" in {q.code for q in nothing.arising}
    assert "activity_measure" not in nothing.waiting
    given = inquire(Form.IN_HOUSE, {"activity_years": KEPT}, on=DAY)
    assert {"h5", "share_basis"} == set(nothing.open) - set(given.open)
    number = inquire(Form.IN_HOUSE, {"h5": "85"}, on=DAY)
    assert "activity_years" not in number.waiting
    assert given.figures("activity_years")[0] == ("2023", "820.000", "1.000.000")
