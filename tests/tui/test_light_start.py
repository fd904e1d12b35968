"""The terminal opens at once: with what its first screen needs, before any reading."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from jointbuy.tui.app import Terminal
from tests.tui.officer import settled, shown_on

if TYPE_CHECKING:
    from jointbuy.workspace import Desk, Workspace

OPENED = """
import asyncio, sys
from jointbuy.workspace import Desk
from jointbuy.tui.app import Terminal
async def main():
    desk = Desk(language="fr")
    desk.sample()
    app = Terminal(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        while app.screen.grid.listing is None:
            await pilot.pause(0.01)
        assert len(app.screen.grid.rows) > 5
    desk.close()
asyncio.run(main())
print(*sys.modules)
"""

HEAVY = (
    "numpy",
    "babel",
    "docx",
    "lxml",
    "icalendar",
    "snowballstemmer",
    "xlsxwriter",
    "python_calamine",
    "dateutil",
    "jointbuy.matching",
    "jointbuy.law",
    "jointbuy.schedule",
    "jointbuy.documents",
    "jointbuy.vocabulary",
    "jointbuy.tui.forms.form",
    "jointbuy.tui.dialogs.palette",
    *(
        f"jointbuy.tui.{place}"
        for place in ("proposals", "centres", "legal", "deadlines", "settings")
    ),
)
"""What is loaded where it is used, and not before."""


def test_opening_the_list_of_needs_loads_nothing_that_comes_later(
    tmp_path: Path,
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", OPENED],
        env={**os.environ, "JOINTBUY_HOME": str(tmp_path)},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    loaded = set(done.stdout.split())
    assert "jointbuy.tui.needs.section" in loaded
    assert not loaded & set(HEAVY)
    late = {"_data_table", "_text_area", "_markdown", "_option_list", "_select"}
    bare = subprocess.run(
        [sys.executable, "-c", "import sys, textual.app; print(*sys.modules)"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    more = loaded - set(bare.stdout.split())
    assert not more & {f"textual.widgets.{name}" for name in late}


def test_the_frame_is_on_the_screen_before_the_register_is_read(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = threading.Event()
    whole = desk.open

    def slow(*, create: bool = False) -> Workspace:
        assert found.wait(10)
        return whole(create=create)

    monkeypatch.setattr(desk, "open", slow)

    async def work() -> None:
        app = Terminal(desk)
        async with app.run_test(size=(80, 24)) as pilot:
            try:
                while "Échéances" not in shown_on(app):
                    await pilot.pause(0.01)
                assert app.screen.query_one("#list").listing is None  # type: ignore[attr-defined]
                while app.said is None:  # a slow register is not a frozen screen
                    await pilot.pause(0.01)
                assert "Un instant" in shown_on(app)
            finally:
                found.set()
            await settled(app, pilot)
            assert "Val-Tilleul" in shown_on(app)
            assert app.said is None

    asyncio.run(work())
