"""A fault of the program is a sentence, never its inside and never silence."""

from __future__ import annotations

import gc
import sys
from functools import partialmethod
from typing import TYPE_CHECKING, NoReturn

import pytest
from textual.app import App

from jointbuy import tui
from jointbuy.errors import JointbuyError
from jointbuy.tui.app import Terminal
from jointbuy.tui.widgets.grid import Grid

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jointbuy.workspace import Desk


@pytest.fixture(autouse=True)
def headless(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nobody sits at the terminal; what opening it sets is set back."""
    monkeypatch.setattr(Terminal, "run", partialmethod(App.run, headless=True))
    monkeypatch.setenv("TEXTUAL_FPS", "120")
    interval = sys.getswitchinterval()
    yield
    sys.setswitchinterval(interval)
    gc.enable()
    gc.unfreeze()


def test_a_screen_that_cannot_be_drawn_closes_with_a_sentence(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object, **_named: object) -> NoReturn:
        raise ZeroDivisionError("no rows")

    monkeypatch.setattr(Grid, "_row", fail)
    with pytest.raises(JointbuyError) as raised:
        tui.run(desk)
    assert "ZeroDivisionError: no rows" in str(raised.value.message)
    assert "Traceback" not in capfd.readouterr().err


def test_leaving_is_no_fault_and_the_collector_works_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = Grid.show
    working: list[bool] = []

    def leave(self: Grid, *arguments: object) -> None:
        def out() -> None:
            working.append(gc.isenabled())
            self.app.exit()

        shown(self, *arguments)  # type: ignore[arg-type]
        self.set_timer(0.1, out)

    monkeypatch.setattr(Grid, "show", leave)
    tui.run(desk)
    assert working[0] is True
