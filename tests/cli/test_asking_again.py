"""What cannot be meant, or does not count, is answered with a sentence."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Run


@pytest.mark.usefixtures("brussels")
def test_the_history_of_no_record_says_so(jointbuy: Run) -> None:
    jointbuy("history", "commune-val-tilleul")
    done = jointbuy("history", "wrong", code=2)
    assert not done.out
    assert "“wrong”" in done.err


@pytest.mark.usefixtures("brussels")
@pytest.mark.parametrize(
    "arguments", [("--on", "", "needs", "list"), ("needs", "list", "--on", "")]
)
def test_an_empty_day_is_no_day(jointbuy: Run, arguments: tuple[str, ...]) -> None:
    assert "not a day" in jointbuy(*arguments, code=2).err


@pytest.mark.parametrize("command", ["check-register", "restore"])
def test_a_server_is_no_file(jointbuy: Run, command: str) -> None:
    done = jointbuy(command, "--register", "postgresql://host/x", code=4)
    assert "PostgreSQL" in done.err


def test_a_procedure_without_a_limit_tests_nothing(jointbuy: Run) -> None:
    asked = ("--nature", "supplies", "--estimate", "50000", "--on", "2026-11-20")
    found = json.loads(jointbuy("law", "procedure", *asked, "--json").out)
    by_name = {one["name"]: one["tests"] for one in found["procedures"]}
    assert by_name["open"] is None
    assert by_name["negotiated_without_publication"] == "expenditure"


def test_codes_in_bulk_are_lines_of_json_with_or_without_asking(
    jointbuy: Run, tmp_path: Path
) -> None:
    file = tmp_path / "texts.ndjson"
    file.write_text('{"id": "a", "text": "Papier A4"}\n', encoding="utf-8")
    plain = jointbuy("cpv", "suggest", "--from", file).out
    assert plain == jointbuy("cpv", "suggest", "--from", file, "--json").out
    assert json.loads(plain)["id"] == "a"


def test_a_broken_line_among_texts_is_told_as_one(
    jointbuy: Run, tmp_path: Path
) -> None:
    file = tmp_path / "texts.ndjson"
    file.write_text('broken\n{"id": "a", "text": "Papier A4"}\n', encoding="utf-8")
    done = jointbuy("cpv", "suggest", "--from", file, code=3)
    assert json.loads(done.out)["id"] == "a"
    assert "write one JSON object with id and text" in done.err
    assert "Lines refused: 1." in done.err


def test_a_line_without_its_code_is_not_refused(jointbuy: Run, tmp_path: Path) -> None:
    file = tmp_path / "needs.ndjson"
    need = {"id": "a", "administration": "A", "title": "Papier", "cpv": "x"}
    file.write_text(json.dumps(need), encoding="utf-8")
    done = jointbuy("match", "--from", file)
    assert json.loads(done.out)["needs"] == ["a"]
    assert "Row 1" in done.err
    assert "refused" not in done.err


def test_a_file_without_needs_says_so(jointbuy: Run, tmp_path: Path) -> None:
    file = tmp_path / "needs.ndjson"
    file.write_text("\n\n", encoding="utf-8")
    done = jointbuy("match", "--from", file)
    assert not done.out
    assert "no need in the file" in done.err


def test_the_questions_show_what_can_be_answered(jointbuy: Run) -> None:
    asked = ("check", "--questions", "--on", "2026-11-20")
    out = jointbuy(*asked, "--form", "joint_contract", "--answer", "j9=not_due").out
    (row,) = [line for line in out.splitlines() if line.startswith("j9 ")]
    label = "not needed, the estimate stays below the amount"
    assert f"yes, no, not_due ({label}), unknown  " in row
    assert row.endswith(f"  {label}")
    done = jointbuy(*asked, "--form", "in_house", "--answer", "h5=0.25")
    assert "a share in per cent, from 0 to 100, unknown" in done.out
    assert "answer 25." in done.err


@pytest.mark.usefixtures("brussels")
def test_a_late_yes_is_recorded_and_said_not_to_count(jointbuy: Run) -> None:
    asked = ("interest", "answer", "sibelga-energie-2028", "cpas-val-tilleul", "yes")
    done = jointbuy(*asked, "--quantity", "5", "--on", "2026-12-18")
    assert "Recorded" in done.err
    assert "counts as no answer" not in done.err
    done = jointbuy(*asked, "--quantity", "6", "--on", "2026-12-19")
    assert "Recorded" in done.err
    assert "The answer stays that of 18/12/2026" in " ".join(done.err.split())
    sent = (*asked, "--on", "2026-12-19", "--day")
    assert "counts as no answer" in jointbuy(*sent, "2026-12-19").err
    assert "counts as no answer" not in jointbuy(*sent, "2026-12-18").err
    assert "Nothing was changed" in jointbuy(*sent, "2026-12-18").err
    assert "still to come" in jointbuy(*sent, "2026-12-20", code=2).err


@pytest.mark.parametrize(("faults", "more"), [(50, ""), (51, "and 1 more")])
def test_faults_beyond_the_first_fifty_are_counted(
    jointbuy: Run, tmp_path: Path, faults: int, more: str
) -> None:
    file = tmp_path / "needs.ndjson"
    file.write_text("not json\n" * faults, encoding="utf-8")
    done = jointbuy("match", "--from", file, code=3)
    assert f"Lines refused: {faults}." in done.err
    assert ("more." in done.err) is bool(more)
    assert more in done.err
