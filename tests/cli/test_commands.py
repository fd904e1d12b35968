"""The commands: results on one stream, narration on the other, clear exit codes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from jointbuy.cli import COMMANDS
from jointbuy.cli.base import clean, lay_out, safe_json

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


def test_a_form_that_has_not_landed_is_refused_with_those_that_have(
    jointbuy: Run,
) -> None:
    done = jointbuy("check", "--form", "transfer", code=2)
    assert "joint_contract" in done.err
    assert "horizontal" in done.err


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
    assert clean("a\x1b[2Jb\nc") == "a\ufffd[2Jb\nc"
    assert safe_json('"\x9b\u202e"') == '"\\u009b\\u202e"'


def test_a_table_gives_way_where_it_is_longest() -> None:
    lines = lay_out([["id", "title"], ["1", "a very long title that cannot fit"]], 20)
    assert all(len(line) <= 20 for line in lines)
    assert lines[1].endswith("…")
