"""What every section looks like, in four languages and at two sizes, as text.

After a change that is meant, look at the differences and keep them with

    python -m pytest tests/tui/test_snapshots.py -n 0 --snapshot-update
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from jointbuy.tui.actions import PLACES
from jointbuy.tui.app import LANGUAGES
from tests.tui.officer import Officer, work_with

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion

    from jointbuy.workspace import Desk

OVER = (("help", "question_mark"), ("palette", "ctrl+p"), ("new need", "n"))
"""What is laid over the needs, and the key that does it."""


@pytest.mark.parametrize("size", [(80, 24), (140, 40)], ids=["80x24", "140x40"])
def test_every_section_looks_as_it_did(
    desk: Desk,
    size: tuple[int, int],
    snapshot: SnapshotAssertion,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("JOINTBUY_USER", "an.officer")

    async def scenario(officer: Officer) -> None:
        def as_it_did(name: str) -> None:
            lines = officer.text().splitlines()
            assert len(lines) == size[1]
            looked_at = "\n".join(line.rstrip() for line in lines)
            assert looked_at == snapshot(name=f"{language} {name}")

        for language in LANGUAGES:
            officer.app.speak(language)
            for place in PLACES:
                officer.app.action_go(place.id)
                await officer.settle()
                as_it_did(place.id)
            officer.app.action_go("needs")
            await officer.settle()
            for name, key in OVER:
                await officer.press(key)
                as_it_did(name)
                await officer.press("escape")

    work_with(desk, scenario, size=size)
