"""The day on which a text was read is told of what was read, and of nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from jointbuy.law import parameters, tables
from jointbuy.law.questions import every_question
from jointbuy.law.rulings import rulings

if TYPE_CHECKING:
    from collections.abc import Iterator

DATA = Path(tables.__file__).parent / "data"
NAMES = sorted(
    path.relative_to(DATA).with_suffix("").as_posix() for path in DATA.rglob("*.toml")
)
HIGH = tables.CONFIDENCES[0]


def cited(cell: object) -> Iterator[tuple[str, object]]:
    """Every confidence in a table, with the day beside it."""
    if isinstance(cell, dict):
        if "confidence" in cell or "checked" in cell:
            yield cell.get("confidence", HIGH), cell.get("checked")
        for each in cell.values():
            yield from cited(each)
    elif isinstance(cell, list):
        for each in cell:
            yield from cited(each)
    elif isinstance(cell, str) and cell.count("|") >= 2:
        _, _, confidence, *day = (part.strip() for part in cell.split("|"))
        yield confidence, day[0] if day else None


@pytest.mark.parametrize("name", NAMES)
def test_what_is_to_be_verified_has_no_day_on_which_it_was_read(name: str) -> None:
    tree: dict[str, Any] = tables.table(name)
    for confidence, day in cited(tree):
        assert confidence in tables.CONFIDENCES
        assert day is None or confidence == HIGH, (name, confidence, day)


def test_what_was_read_says_when_and_is_certain() -> None:
    values = [v.citation for known in parameters().values() for v in known.values]
    asked = [basis for each in every_question().values() for basis in each.basis]
    read = [each for each in (*values, *asked) if each.checked is not None]
    assert len(read) > 100
    assert not any(each.to_verify for each in read)
    assert not any(each.checked and each.to_verify for each in rulings().values())
