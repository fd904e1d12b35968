"""The rows of the table of competence, and which of them fit an administration."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from jointbuy.law.tables import BadTable, citation_of, table
from jointbuy.model.cooperation import Form
from jointbuy.model.decision import Stage
from jointbuy.model.parties import AdministrationKind, Region

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from jointbuy.model.finding import Citation

KNOWN = {
    "kinds": AdministrationKind.__members__,
    "regions": Region.__members__,
    "stages": Stage.__members__,
    "lists": Stage.__members__,
    "published": Stage.__members__,
    "forms": Form.__members__,
}
"""What the cells that name something may name."""


def fitting(
    name: str,
    kind: AdministrationKind | None,
    region: Region | None,
    on: date | None = None,
) -> Iterator[dict[str, Any]]:
    """The rows for that kind and region that count on that day, in their order.

    Without a day those of every day.
    """
    if kind is None or region is None:
        return
    for cells in _about(name, kind, region):
        if on is None or counts(cells, on):
            yield cells


@functools.cache
def _about(
    name: str, kind: AdministrationKind, region: Region
) -> tuple[dict[str, Any], ...]:
    return tuple(
        cells
        for cells in rows(name)
        if kind.name in cells["kinds"] and region.name in cells["regions"]
    )


def counts(cells: dict[str, Any], on: date) -> bool:
    """Whether the row counts on that day; one without first day always did."""
    start: date | None = cells.get("from")
    until: date | None = cells.get("until")
    return (start is None or start <= on) and (until is None or on <= until)


@functools.cache
def rows(name: str) -> tuple[dict[str, Any], ...]:
    """Every row of one part of the table."""
    found: list[dict[str, Any]] = table("competence")[name]
    for cells in found:
        for key, members in KNOWN.items():
            if any(each not in members for each in cells.get(key, ())):
                raise BadTable(f"competence.{name}: unknown {key} in {cells[key]}")
    return tuple(found)


@functools.cache
def basis(text: str) -> Citation:
    """The citation a row is written with."""
    return citation_of(text, where="competence")
