"""A desk with a copy of the sample, on a fixed day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from jointbuy.workspace import Desk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DAY = date(2026, 11, 23)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """A throw-away copy of the sample register, read in French."""
    monkeypatch.setenv("JOINTBUY_HOME", str(tmp_path))
    made = Desk(language="fr", on=DAY)
    made.sample()
    yield made
    made.close()
