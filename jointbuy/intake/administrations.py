"""An administration as somebody typed it, field by field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointbuy.intake.entries import parse_record
from jointbuy.model import Administration
from jointbuy.model.parties import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from jointbuy.errors import Problem

__all__ = ["LANGUAGES", "parse_administration"]


def parse_administration(
    before: Administration,
    cells: Mapping[str, str],
    *,
    known: Mapping[str, Administration],
    on: date,
) -> tuple[Administration, tuple[Problem, ...]]:
    """The administration with what was typed, and everything that was not taken.

    A field that is not in `cells` stays; an empty one is emptied.
    """
    made, problems = parse_record(
        Administration, before, cells, known={Administration: known}, on=on
    )
    return made or before, problems
