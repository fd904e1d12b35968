"""The catalogue of known purchasing centres, to choose one from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointbuy.errors import say
from jointbuy.tui.listing import Column, Listing
from jointbuy.tui.prose import fact, paragraph
from jointbuy.workspace.words import REGIONS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jointbuy.centres import KnownCentre
    from jointbuy.tui.prose import Paragraph
    from jointbuy.tui.speech import Speech


def known_listing(known: Sequence[KnownCentre]) -> Listing[KnownCentre]:
    """The known centres with their regions, what they buy, and how sure that is."""

    def regions(row: KnownCentre, speech: Speech) -> str:
        return ", ".join(speech.say(REGIONS[each]) for each in row.regions)

    def domains(row: KnownCentre, speech: Speech) -> str:
        return ", ".join(speech.say(each.title) for each in row.domains)

    return Listing(
        rows=tuple(known),
        page=_page,
        also=lambda row: (row.id, row.operator, *(each.name for each in row.aliases)),
        columns=(
            Column(
                id="name",
                heading=say("Name"),
                width=18,
                grow=2,
                text=lambda row, speech: speech.name(row.names),
            ),
            Column(
                id="regions", heading=say("Regions"), width=10, grow=1, text=regions
            ),
            Column(
                id="domains",
                heading=say("What it buys"),
                width=14,
                grow=2,
                rank=1,
                text=domains,
            ),
            Column(
                id="certainty",
                heading=say("Certainty"),
                width=4,
                rank=2,
                text=lambda row, _: row.certainty,
                tone=lambda row: "warning" if row.certainty == "D" else "",
            ),
        ),
    )


def _page(row: KnownCentre, speech: Speech) -> Iterator[Paragraph]:
    """What to look out for first, then how to join and where that was read."""
    for each in row.remarks:
        yield paragraph(speech.say(each), "bold" if row.certainty == "D" else "")
    yield fact(speech.say(say("How to join")), speech.say(row.joining))
    yield fact(speech.say(say("Source")), speech.say(row.source))
