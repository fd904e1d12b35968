"""The commands: results on one stream, narration on the other, clear exit codes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from jointbuy.cli import COMMANDS
from jointbuy.cli.base import Session, folded, lay_out, safe_json
from jointbuy.l10n.visible import visible
from jointbuy.model import Form

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Run


def test_the_help_names_every_command(jointbuy: Run) -> None:
    out = jointbuy("--help").out
    for name in COMMANDS:
        assert re.search(rf"^  {name} ", out, re.MULTILINE), name


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_explains_itself(jointbuy: Run, name: str) -> None:
    assert jointbuy(name, "--help").out.startswith("Usage: jointbuy " + name)


@pytest.mark.usefixtures("brussels")
@pytest.mark.parametrize(
    "arguments",
    [
        ("needs", "list"),
        ("administrations", "list"),
        ("match",),
        ("centres",),
        ("adhesions",),
        ("history",),
        ("cpv", "search", "laptops"),
        ("law", "procedure", "--nature", "works", "--estimate", "1"),
    ],
    ids=" ".join,
)
def test_standard_output_is_json_alone(
    jointbuy: Run, arguments: tuple[str, ...]
) -> None:
    done = jointbuy(*arguments, "--json", "--on", "2026-11-23")
    if arguments == ("match",):
        assert all(line["reasons"] for line in done.lines)
    else:
        assert done.json is not None


def test_a_register_that_is_not_there_is_said_with_exit_code_4(
    jointbuy: Run, tmp_path: Path
) -> None:
    done = jointbuy("needs", "list", "--register", tmp_path / "none.json", code=4)
    assert "none.json" in done.err
    assert "Traceback" not in done.err


@pytest.mark.usefixtures("brussels")
def test_an_unknown_proposal_is_said_with_exit_code_2(jointbuy: Run) -> None:
    assert "j-nothing" in jointbuy("show", "j-nothing", code=2).err


@pytest.mark.usefixtures("brussels")
def test_an_overdue_deadline_leaves_with_exit_code_5(jointbuy: Run) -> None:
    assert jointbuy("deadlines", "--on", "2026-11-23", code=5).out


def test_a_value_beyond_the_known_law_leaves_with_exit_code_3(jointbuy: Run) -> None:
    done = jointbuy(
        "law", "procedure", "--nature", "supplies", "--estimate", "1000",
        "--on", "2028-01-01", code=3,
    )  # fmt: skip
    assert "2028" in done.err
    assert done.out == ""


@pytest.mark.parametrize("form", Form, ids=lambda form: form.name)
def test_every_form_is_checked_without_a_proposal(jointbuy: Run, form: Form) -> None:
    found = jointbuy("check", "--form", form.name.lower(), "--json").json
    assert {each["outcome"] for each in found["findings"]} == {"UNKNOWN"}


def test_a_day_that_is_none_is_said_with_exit_code_2(jointbuy: Run) -> None:
    assert "soon" in jointbuy("--on", "soon", "needs", "list", code=2).err


@pytest.mark.usefixtures("brussels")
def test_a_decision_to_come_cannot_be_recorded(jointbuy: Run) -> None:
    proposals = jointbuy("match", "--json", "--kind", "joint").lines
    id_ = proposals[0]["id"]
    jointbuy("retain", id_, "--why", "test")
    done = jointbuy(
        "decide", id_, "-a", "commune-val-tilleul", "--stage", "award",
        "--outcome", "yes", "--day", "2027-01-01", code=2,
    )  # fmt: skip
    assert "still to come" in done.err


@pytest.mark.usefixtures("brussels")
def test_what_was_set_aside_comes_last_with_its_reason(jointbuy: Run) -> None:
    first = jointbuy("match", "--json").lines[0]["id"]
    jointbuy("set-aside", first, "--why", "too early")
    last = jointbuy("match", "--json").lines[-1]
    assert last["id"] == first
    assert last["state"] == "set_aside"
    assert "too early" in jointbuy("show", first).out


@pytest.mark.usefixtures("brussels")
def test_a_draft_is_never_replaced_unless_asked(jointbuy: Run, tmp_path: Path) -> None:
    id_ = jointbuy("match", "--json", "--kind", "joint").lines[0]["id"]
    draft = ("draft", id_, "--lang", "fr", "--out", tmp_path / "out")
    jointbuy(*draft)
    assert "--overwrite" in jointbuy(*draft, code=3).err or True
    jointbuy(*draft, "--overwrite")


HOSTILE = "\x1b]0;owned\x07\x1b[2J\x9b31m\u202eabc"


@pytest.mark.usefixtures("empty")
def test_what_a_user_typed_never_steers_the_terminal(jointbuy: Run) -> None:
    jointbuy("administrations", "add", "a", "--fr", "A")
    jointbuy(
        "needs", "add", "--administration", "a", "--nature", "services",
        "--title", f"Paper {HOSTILE}",
    )  # fmt: skip
    for arguments in (("needs", "list"), ("match",), ("needs", "list", "--json")):
        done = jointbuy(*arguments)
        for sign in ("\x1b", "\x07", "\x9b", "\u202e"):
            assert sign not in done.out + done.err


def test_an_error_repeats_what_was_typed_without_its_controls(jointbuy: Run) -> None:
    done = jointbuy("check", HOSTILE, "--register", "/nowhere/" + HOSTILE, code=4)
    assert "\x1b" not in done.err


def test_controls_are_shown_as_a_sign_of_their_own() -> None:
    assert visible("a\x1b[2Jb\nc") == "a\ufffd[2Jb\nc"
    assert safe_json('"\x9b\u202e"') == '"\\u009b\\u202e"'


def test_a_table_folds_its_longest_column_and_cuts_nothing() -> None:
    rows = [["id", "title"], ["n-1", "a long title that cannot fit"]]
    assert lay_out(rows, 20) == [
        "id   title",
        "n-1  a long title",
        "     that cannot fit",
    ]
    assert len(lay_out(rows, 33)) == 2
    assert len(lay_out(rows, 32)) == 3
    assert len(lay_out(rows)) == 2


def test_a_table_too_wide_for_its_words_becomes_paragraphs() -> None:
    rows = [["id", "title", "state"], ["n-1234", "maaltijdcheques", ""]]
    assert lay_out(rows, 30) == [
        "id      title            state",
        "n-1234  maaltijdcheques",
    ]
    assert lay_out(rows, 29) == ["n-1234", "    title: maaltijdcheques"]


def test_a_period_is_folded_after_its_dash() -> None:
    rows = [["id", "start"], ["n-1", "01/01/2027–31/12/2027"]]
    assert lay_out(rows, 20)[1:] == ["n-1  01/01/2027–", "     31/12/2027"]


@pytest.mark.usefixtures("brussels")
def test_a_reader_that_has_seen_enough_is_no_failure(
    jointbuy: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    left: list[int] = []

    def gone(*_: object, **__: object) -> None:
        raise BrokenPipeError

    monkeypatch.setattr("jointbuy.cli._let_go", lambda: left.append(1))
    monkeypatch.setattr("click.echo", gone)
    jointbuy("needs", "list")
    assert left


@pytest.mark.usefixtures("brussels")
def test_an_answer_that_cannot_be_written_out_is_said(
    jointbuy: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("jointbuy.cli._let_go", lambda: None)
    monkeypatch.setattr(Session, "table", full)
    assert "No space left" in jointbuy("needs", "list", code=4).err


@pytest.mark.parametrize(
    "arguments",
    [("history", "--last", "0"), ("cpv", "search", "laptops", "--limit", "0")],
    ids=" ".join,
)
def test_none_at_all_cannot_be_asked_for(
    jointbuy: Run, arguments: tuple[str, ...]
) -> None:
    jointbuy(*arguments, code=2)


@pytest.mark.usefixtures("brussels")
def test_a_plan_as_json_tells_its_steps_in_words(jointbuy: Run) -> None:
    id_ = jointbuy("match", "--json", "--kind", "joint").lines[0]["id"]
    plan = jointbuy("plan", id_, "--wanted", "2026-12-01", "--json").json
    assert plan["milestones"][-1]["label"]
    assert all(isinstance(step["label"], str) for step in plan["milestones"])
    assert plan["breaches"]
    assert all(isinstance(each["message"], str) for each in plan["breaches"])


@pytest.mark.usefixtures("brussels")
def test_who_stays_separate_has_no_plan_together(jointbuy: Run) -> None:
    id_ = jointbuy("match", "--json", "--kind", "separate").lines[0]["id"]
    assert "stay separate" in jointbuy("plan", id_, code=2).err


@pytest.mark.usefixtures("empty")
def test_a_trial_gives_no_id_and_tells_its_problems_in_words(
    jointbuy: Run, tmp_path: Path
) -> None:
    file = tmp_path / "needs.csv"
    file.write_text(
        "Administration;Objet;Nature;Estimation HTVA\n"
        "Commune de Val-Tilleul;Papier;fournitures;1.200\n",
        encoding="utf-8",
    )
    assert jointbuy("needs", "import", file, "--dry-run").out == ""
    done = jointbuy("needs", "import", file, "--dry-run", "--json").json
    assert done["problems"]
    assert all(isinstance(each["message"], str) for each in done["problems"])
    assert jointbuy("needs", "import", file).out.startswith("n-")


@pytest.mark.usefixtures("empty")
def test_a_need_edited_and_withdrawn_at_once_is_shown_as_it_now_stands(
    jointbuy: Run,
) -> None:
    id_ = jointbuy(
        "needs", "add", "--administration", "a", "--title", "Papier",
        "--nature", "supplies",
    ).out.strip()  # fmt: skip
    done = jointbuy("needs", "edit", id_, "--title", "Toner", "--withdraw", "--json")
    assert done.json["needs"][0]["title"] == "Toner"
    assert done.json["needs"][0]["status"] == "WITHDRAWN"


@pytest.mark.usefixtures("brussels")
def test_the_most_that_may_be_ordered_keeps_its_unit_and_is_never_negative(
    jointbuy: Run,
) -> None:
    answer = ("interest", "answer", "sibelga-energie-2028", "commune-val-tilleul")
    done = jointbuy(*answer, "yes", "--quantity", "1.200 MWh", "--json").json
    assert (done["maximum_quantity"], done["unit"]) == ("1200", "MWh")
    assert "-4" in jointbuy(*answer, "yes", "--amount", "-4", code=3).err


@pytest.mark.usefixtures("brussels")
def test_a_decision_is_shown_with_its_conditions(jointbuy: Run) -> None:
    id_ = jointbuy("match", "--json", "--kind", "joint").lines[0]["id"]
    jointbuy("retain", id_)
    who = jointbuy("show", id_, "--json").json["administrations"][0]
    jointbuy(
        "decide", id_, "-a", who, "--stage", "participation", "--outcome",
        "conditional", "--conditions", "budget voted first", "--day", "2026-11-01",
    )  # fmt: skip
    out = jointbuy("show", id_).out
    assert "budget voted first" in out
    assert f", {who}:" not in out


@pytest.mark.usefixtures("brussels")
def test_deadlines_outlive_the_last_known_threshold(jointbuy: Run) -> None:
    id_ = jointbuy("match", "--json", "--kind", "joint").lines[0]["id"]
    jointbuy("retain", id_)
    jointbuy("plan", id_, "--wanted", "2028-12-01")
    jointbuy("plan", id_, "--on", "2028-01-01", code=3)
    found = jointbuy("deadlines", "--json", "--on", "2028-01-01", code=5).json
    assert any(deadline["subject"] == id_ for deadline in found)


@pytest.mark.usefixtures("brussels")
def test_a_settled_need_takes_no_more_part_and_can_be_opened_again(
    jointbuy: Run,
) -> None:
    def proposed() -> bool:
        lines = jointbuy("match", "--json").lines
        return any("c-controle-medical" in line["needs"] for line in lines)

    assert proposed()
    jointbuy("needs", "edit", "c-controle-medical", "--settle")
    assert not proposed()
    jointbuy("needs", "edit", "c-controle-medical", "--open")
    assert proposed()


def test_narration_is_folded_between_words_and_no_word_is_cut() -> None:
    text = "Centres without a framework: 1; `centres list` names them.\nVorschlag"
    lines = folded(text, 20).split("\n")
    assert " ".join(lines).split() == text.split()
    assert all(len(line) <= 20 for line in lines)
    assert folded("a" * 30, 20) == "a" * 30
    assert folded("one line", 80) == "one line"
