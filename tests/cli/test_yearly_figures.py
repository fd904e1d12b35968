"""Yearly figures on the command line: typed, in a file, shown, kept in a dossier."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Run

FIGURES = "2023=820.000/1.000.000; 2024=860000/1000000; 2025=870 000/1 000 000"
KEPT = "2023=820000/1000000; 2024=860000/1000000; 2025=870000/1000000"
CHECK = ("check", "--form", "in_house", "--on", "2026-11-20")


def findings(text: str) -> dict[str, dict[str, str]]:
    return {each["rule"]: each for each in json.loads(text)["findings"]}


def test_the_share_and_its_sum_are_told(jointbuy: Run) -> None:
    done = jointbuy(*CHECK, "--answer", f"activity_years={FIGURES}", "--all")
    said = " ".join(done.out.replace("\u00a0", " ").split())
    assert "85% of the activity is performed" in said
    assert "Figures of 2023–2025: € 2.550.000,00 of € 3.000.000,00." in said
    found = findings(
        jointbuy(*CHECK, "--answer", f"activity_by_year={FIGURES}", "--json").out
    )
    assert found["h5"]["outcome"] == "OK"
    assert found["share_basis"]["outcome"] == "OK"
    assert "85%" in found["h5"]["message"].replace("\u00a0", "")


@pytest.mark.parametrize(
    "text",
    [
        f'activity_years = "{FIGURES}"',
        f'activity_years = """\n{FIGURES.replace("; ", chr(10))}\n"""',
        """
        [activity_years]
        2023 = "820000/1000000"
        2024 = [860000, 1000000]
        2025 = { part = 870000.00, total = 1000000 }
        """,
        """
        activity_years = [
            "2023=820000/1000000", "2024=860.000/1.000.000", "2025=870000/1000000",
        ]
        """,
    ],
)
def test_a_file_of_answers_holds_them_as_text_or_table(
    jointbuy: Run, tmp_path: Path, text: str
) -> None:
    file = tmp_path / "answers.toml"
    file.write_text(text, encoding="utf-8")
    found = json.loads(jointbuy(*CHECK, "--answers", file, "--questions", "--json").out)
    (answer,) = [q["answer"] for q in found if q["code"] == "activity_years"]
    assert answer == KEPT


def test_the_questions_show_how_they_are_typed(jointbuy: Run) -> None:
    out = jointbuy(*CHECK, "--questions", "--answer", f"activity_years={FIGURES}").out
    (row,) = [line for line in out.splitlines() if line.startswith("activity_years ")]
    assert "year=part/total, such as 2023=820.000/1.000.000; 2024=…; 2025=…" in row
    assert row.rstrip().endswith(
        "2023=820.000/1.000.000; 2024=860.000/1.000.000; 2025=870.000/1.000.000"
    )


def test_bad_figures_are_refused_with_the_year_and_nothing_is_checked(
    jointbuy: Run,
) -> None:
    done = jointbuy(*CHECK, "--answer", "activity_years=2023=9/8", code=3)
    assert not done.out
    assert "2023: the part, 9, is greater than the total, 8." in done.err


@pytest.mark.usefixtures("brussels")
def test_they_are_kept_in_the_dossier_as_one_text(jointbuy: Run) -> None:
    first = json.loads(jointbuy("match", "--json").out.splitlines()[0])
    asked = ("check", first["id"], "--form", "in_house", "--on", "2026-11-20")
    jointbuy(*asked, "--answer", f"activity_years={FIGURES}")
    later = findings(jointbuy(*asked, "--json").out)
    assert later["h5"]["outcome"] == "OK"
    questions = json.loads(jointbuy(*asked, "--questions", "--json").out)
    assert KEPT in {q["answer"] for q in questions}
