"""One row as it was typed or read, before anything is made of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from jointbuy.intake.amounts import exact

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from jointbuy.errors import Problem

Cell = str | int | float | Decimal | date | bool

LINES = frozenset({"description", "requirements", "note"})
"""Fields whose text may run over several lines."""
LONGEST_CELL = 32_767
"""Characters that a cell of a spreadsheet can hold."""
LONGEST = {
    "title": 500,
    "description": LONGEST_CELL,
    "requirements": LONGEST_CELL,
    "note": LONGEST_CELL,
}
LONGEST_LINE = 500
TEXTS = ("service", "description", "estimate_method", "place", "budget_article",
         "replaces")  # fmt: skip
FIELDS = (
    "id", "administration", "administration_id", "service", "contact", "title",
    "description", "language", "nature", "cpv", "other_cpv", "quantity", "unit",
    "estimate", "estimate_incl", "estimate_unclear", "estimate_method", "earliest",
    "latest", "duration_months", "place", "territory", "budget_article", "budget_year",
    "budget_kind", "requirements", "personal_data", "centre_priced", "single_supplier",
    "replaces", "note",
)  # fmt: skip
"""What the row of a need may hold, by field. `estimate_incl` includes VAT and
`estimate_unclear` does not say; neither is ever taken for the estimate by itself."""

ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:\-]{0,79}")
MONTHS_NAMED = re.compile(r"\b(?:mois|maand|maanden|monate?|monaten|months?)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One need, contract, administration or session as it was typed or read, by field.

    `number` is the line the user sees, 1 for the first; 0 outside a file. `columns`
    gives the heading of a field as it stands in the file. A field that is not in
    `cells` was not asked; an empty cell was left empty. `extra` holds columns nobody
    knows, by heading; they go into the note.
    """

    number: int = 0
    cells: Mapping[str, Cell]
    columns: Mapping[str, str] = field(default_factory=dict)
    extra: Mapping[str, str] = field(default_factory=dict)
    origin: str = ""


def refused(problems: Iterable[Problem]) -> tuple[int, ...]:
    """The numbers of the rows that were not taken, in order."""
    return tuple(sorted({each.row for each in problems if each.blocking}))


def shown(cell: Cell) -> str:
    """A cell as its text: 12 for 12.0, 2027-03-15 for a day."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    number = exact(cell)
    return f"{number:f}" if number is not None else str(cell)
