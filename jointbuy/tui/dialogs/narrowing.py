"""The values by which a list can be narrowed down, where their panel has no room."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jointbuy.errors import say
from jointbuy.tui.listing import Column, Facet, Listing

if TYPE_CHECKING:
    from jointbuy.tui.widgets.facets import Facets

Value = tuple[Facet[Any], str, int]


def values_of(facets: Facets) -> Listing[Value]:
    """Every value with its name and how many rows have it; chosen ones with a sign."""

    def chosen(row: Value) -> bool:
        return row[1] in facets.chosen.get(row[0].id, ())

    return Listing(
        rows=tuple(facets.offered),
        id_of=lambda row: f"{row[0].id}:{row[1]}",
        columns=(
            Column(
                id="chosen", heading=say("✓"), width=1,
                text=lambda row, _: "✓" if chosen(row) else "",
            ),
            Column(
                id="facet", heading=say("By"), width=16, grow=1,
                text=lambda row, speech: speech.line(row[0].heading),
            ),
            Column(
                id="value", heading=say("Value"), width=24, grow=2,
                text=lambda row, speech: speech.line(row[0].label(row[1], speech)),
            ),
            Column(
                id="rows", heading=say("Rows"), width=6, right=True,
                text=lambda row, _: str(row[2]),
                key=lambda row: row[2],
            ),
        ),
    )  # fmt: skip
