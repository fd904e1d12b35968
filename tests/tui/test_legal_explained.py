"""The legal section says what a finding rests on, and what is otherwise since."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from jointbuy.store import open_store
from jointbuy.tui.legal.findings import about_finding, all_told
from jointbuy.tui.legal.report import as_text
from jointbuy.tui.prose import lay_out
from jointbuy.tui.speech import Speech
from jointbuy.workspace import Desk, Inquiry, Workspace
from tests.tui.officer import Officer, work_with

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jointbuy.tui.prose import Paragraph

SAMPLE = Path(__file__).parents[2] / "sample_data" / "brussels" / "register.json"
CHOSEN, TODAY = date(2026, 11, 23), date(2027, 3, 1)


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A register with a case retained, and one answer changed since."""
    path = tmp_path_factory.mktemp("case") / "register.json"
    shutil.copyfile(SAMPLE, path)
    workspace = at(path, CHOSEN)
    id_ = next(
        each.candidate.id
        for each in workspace.match()
        if each.candidate.kind.name == "JOINT" and each.state == "proposed"
    )
    workspace.check(id_, answers={"j3": "yes", "j9": "yes"})
    workspace.retain(id_, why="test")
    at(path, TODAY).check(id_, answers={"j3": "no"})
    return path, id_


def at(path: Path, day: date) -> Workspace:
    return Workspace(open_store(str(path)), user="An", on=day)


@pytest.fixture(scope="module")
def inquiry(case: tuple[Path, str]) -> Inquiry:
    path, id_ = case
    return at(path, TODAY).inquiry(id_)


def lines(paragraphs: Iterable[Paragraph], width: int = 78) -> list[str]:
    return [line.plain for line in lay_out(paragraphs, width)]


def told(inquiry: Inquiry, rule: str, language: str = "en") -> str:
    found = next(f for f in inquiry.checked.findings if f.rule == rule)
    return " ".join(
        " ".join(line.split())
        for line in lines(about_finding(found, inquiry, Speech(language)))
    )


def test_a_finding_names_who_answered_and_when(inquiry: Inquiry) -> None:
    text = told(inquiry, "j3")
    assert "Answered on 01/03/2027 by An." in text
    assert "art. 48" in text
    assert "in force since 30/06/2017" in text


def test_a_finding_names_the_values_of_the_law_with_their_days(
    inquiry: Inquiry,
) -> None:
    text = told(inquiry, "j9")
    assert "at least € 140.000,00".replace(" ", "\u00a0", 0) in text.replace(
        "\u00a0", " "
    )
    assert "counts from 01/01/2026 to 31/12/2027" in text


def test_a_finding_names_its_rulings_with_what_they_hold(inquiry: Inquiry) -> None:
    text = told(inquiry, "g0_2")
    assert "C-606/17" in text
    assert "public subsidy" in text


@pytest.mark.parametrize("language", ["fr", "nl", "de", "en"])
def test_no_line_of_an_explanation_is_wider_than_the_page(
    inquiry: Inquiry, language: str
) -> None:
    assert inquiry.checked.findings
    for found in inquiry.checked.findings:
        for line in lines(about_finding(found, inquiry, Speech(language)), 40):
            long = max(map(len, line.split()), default=0)
            assert len(line) <= max(40, long + 4)


def test_what_changed_since_the_choice_stands_first(inquiry: Inquiry) -> None:
    text = "\n".join(lines(all_told(inquiry, Speech("en"))))
    assert "Since the choice of 23/11/2026" in text
    assert "Cause: other answers." in text
    assert text.index("Since the choice") < text.index("art.\u00a048")
    assert "Since the choice" in as_text(inquiry, Speech("en"))


def test_an_officer_reads_both_in_the_section(case: tuple[Path, str]) -> None:
    path, id_ = case
    desk = Desk(str(path), language="en", on=TODAY)

    async def scenario(officer: Officer) -> None:
        await officer.press("4")
        await officer.press("/", *id_, "enter")
        assert "Since the choice of 23/11/2026" in officer.text()
        await officer.press("enter", "v")
        assert "The facts it looks at:" in officer.text()

    work_with(desk, scenario, size=(140, 60))
