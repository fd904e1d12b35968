"""Who sits at a terminal works in it; a pipe gets text."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import pytest

from jointbuy.errors import StoreError, say

if TYPE_CHECKING:
    from collections.abc import Callable

    from jointbuy.workspace import Desk
    from tests.conftest import Run


class Terminal(ModuleType):
    """A terminal that notes what was laid on the desk, and closes."""

    def __init__(self) -> None:
        super().__init__("jointbuy.tui")
        self.opened: list[tuple[str, str, str, bool]] = []
        self.then: Callable[[Desk], None] = lambda desk: None

    def run(self, desk: Desk) -> None:
        place, on = Path(desk.location), str(desk.on)
        self.opened.append((place.name, on, desk.language, desk.throwaway))
        self.then(desk)


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A live terminal on both sides, as the command sees it."""
    made = Terminal()
    monkeypatch.setitem(sys.modules, "jointbuy.tui", made)
    monkeypatch.setattr("jointbuy.cli.at_terminal", lambda: True)
    monkeypatch.setattr("jointbuy.cli.demo.at_terminal", lambda: True)
    return made


def test_the_bare_command_opens_the_register(jointbuy: Run, terminal: Terminal) -> None:
    done = jointbuy()
    assert terminal.opened == [("register.json", "None", "en", False)]
    assert (done.out, done.err) == ("", "")


def test_what_is_said_before_holds_in_the_terminal(
    jointbuy: Run, terminal: Terminal, tmp_path: Path
) -> None:
    jointbuy(
        "--register", tmp_path / "own.json", "--on", "1/2/2027", "--lang", "fr"
    )  # fmt: skip
    assert terminal.opened == [("own.json", "2027-02-01", "fr", False)]


def test_a_day_that_is_none_opens_nothing(jointbuy: Run, terminal: Terminal) -> None:
    assert "soon" in jointbuy("--on", "soon", code=2).err
    assert terminal.opened == []


def test_what_goes_wrong_in_the_terminal_is_said_after_it(
    jointbuy: Run, terminal: Terminal
) -> None:
    def fail(desk: Desk) -> None:
        raise StoreError(say("There is no room."))

    terminal.then = fail
    assert jointbuy(code=4).err == "There is no room.\n"


def test_a_command_opens_no_terminal(jointbuy: Run, terminal: Terminal) -> None:
    jointbuy("law", "procedure", "--nature", "works", "--estimate", "1")
    assert terminal.opened == []


@pytest.mark.parametrize("arguments", [(), ("--lang", "fr"), ("--on", "1/2/2027")])
def test_a_pipe_gets_the_help(jointbuy: Run, arguments: tuple[str, ...]) -> None:
    done = jointbuy(*arguments, code=2)
    assert "jointbuy" in done.err
    assert "  needs " in done.err
    assert done.out == ""


def test_the_demo_opens_a_copy_that_is_gone_afterwards(
    jointbuy: Run, terminal: Terminal
) -> None:
    places: list[Path] = []
    terminal.then = lambda desk: places.append(Path(desk.location))
    done = jointbuy("demo", "--lang", "nl")
    assert terminal.opened == [("register.json", "None", "nl", True)]
    assert not places[0].exists()
    assert done.out == ""


def test_a_copy_is_gone_too_when_the_terminal_fails(
    jointbuy: Run, terminal: Terminal
) -> None:
    places: list[Path] = []

    def fail(desk: Desk) -> None:
        places.append(Path(desk.location))
        assert places[0].exists()
        raise StoreError(say("There is no room."))

    terminal.then = fail
    jointbuy("demo", code=4)
    assert not places[0].exists()


@pytest.mark.slow
@pytest.mark.parametrize("how", ["--plain", "--json"])
def test_the_demo_is_told_where_text_is_asked_for(
    jointbuy: Run, terminal: Terminal, how: str
) -> None:
    assert jointbuy("demo", how).out
    assert terminal.opened == []
