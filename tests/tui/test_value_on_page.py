"""What the value of a proposal calls for, on its page."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from jointbuy.settings import LANGUAGES
from jointbuy.tui.proposals.listing import read_open
from jointbuy.tui.proposals.page import why
from jointbuy.tui.prose import lay_out
from jointbuy.tui.speech import Speech

if TYPE_CHECKING:
    from jointbuy.workspace import Desk

MEDICAL, FUEL, PAPER = "j-rfsfg4g3", "j-5fjoka6h", "j-dxxtqqqc"


def page(desk: Desk, id_: str, language: str = "en", width: int = 78) -> list[str]:
    """The page of a proposal, line by line, with law, value and plan."""
    workspace = desk.open()
    row = next(row for row in read_open(workspace).rows if row.id == id_)
    told = why(row, workspace.outlook(row.proposal), Speech(language))
    return [line.plain for line in lay_out(told, width)]


def flat(lines: list[str]) -> str:
    return " ".join(" ".join(lines).split())


def test_the_page_says_from_which_euro_another_procedure_is_due(desk: Desk) -> None:
    lines = page(desk, MEDICAL)
    here = [line for line in lines if line.lstrip().startswith("▶")]
    assert len(here) == 1
    assert "30.000,00" in here[0]
    text = flat(lines)
    assert "lies € 81.200,00 below € 140.000,00" in text
    assert "From € 216.000,00 on: open procedure" in text


def test_the_page_says_what_each_would_need_alone(desk: Desk) -> None:
    text = flat(page(desk, MEDICAL))
    assert "CPAS de Val-Tilleul alone, € 22.800,00: contract of low value" in text
    assert "Joining brings no heavier procedure" in text
    assert "last step" in flat(page(desk, FUEL))


def test_what_may_belong_to_the_estimate_is_pointed_out(desk: Desk) -> None:
    text = flat(page(desk, PAPER))
    assert "! Without an estimate:" in text
    assert "estimated apart" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_cut_or_left_in_english(desk: Desk, language: str) -> None:
    for width in (38, 78):
        lines = page(desk, PAPER, language, width)
        assert all(len(line) <= width for line in lines)
    if language != "en":
        assert "From €" not in flat(lines)
        assert "estimated apart" not in flat(lines)
        assert "alone," not in flat(lines)


def test_why_the_value_cannot_be_weighed_is_said(desk: Desk) -> None:
    workspace = desk.open()
    for need in workspace.proposal(MEDICAL).candidate.needs:
        kept = workspace.needs()[need]
        workspace.save(replace(kept, estimate=None), why="test")
    row = next(row for row in read_open(workspace).rows if row.id == MEDICAL)
    told = why(row, workspace.outlook(row.proposal), Speech("en"))
    text = flat([line.plain for line in lay_out(told, 78)])
    assert "! No procedure can be told without an estimate." in text
    assert "Until then the plan counts with: open procedure." in text
    assert "European publicity" not in text
