"""The languages of the papers, asked on the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Run

ON = "2026-11-23"
PAPER = "j-dxxtqqqc"


def found(jointbuy: Run, *arguments: object) -> Any:
    done = jointbuy("law", "languages", PAPER, *arguments, "--on", ON, "--json")
    return json.loads(done.out)


def test_a_brussels_pair_needs_every_paper_in_both_languages(
    jointbuy: Run, brussels: Path
) -> None:
    assert brussels.is_file()
    told = found(jointbuy, "--form", "joint_contract")
    papers = {(each["paper"], each["author"]): each for each in told["papers"]}
    for each in papers.values():
        assert each["languages"] == ["fr", "nl"]
        assert each["basis"]
    assert {paper for paper, author in papers if author is None} == {
        "specifications",
        "convention",
        "notice",
    }
    assert told["without_model"] == []
    (report,) = told["yearly_reports"]
    assert report["due"] == "yes"
    assert report["basis"]["article"] == "art. 26bis, § 5"


def test_where_nothing_is_bought_there_is_no_notice(
    jointbuy: Run, brussels: Path
) -> None:
    assert brussels.is_file()
    told = found(jointbuy, "--form", "horizontal")
    assert {each["paper"] for each in told["papers"]} == {"decision", "convention"}


def test_the_papers_are_told_with_their_articles(jointbuy: Run, brussels: Path) -> None:
    assert brussels.is_file()
    done = jointbuy("law", "languages", PAPER, "--form", "joint_contract", "--on", ON)
    assert "Specifications: French, Dutch" in done.out
    assert "art.\u00a017–18" in done.out
    assert "yearly report" in done.out
