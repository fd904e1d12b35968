"""Purchasing centres: what each offers, and who joined it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointbuy.errors import say
from jointbuy.tui.centres.adhesions import joinings_of
from jointbuy.tui.centres.columns import (
    EMPTY,
    division_facet,
    seen_text,
)
from jointbuy.tui.centres.pieces import (
    decision_told,
    fact_if,
    joint,
    period_text,
    source_told,
    yes_no,
)
from jointbuy.tui.centres.rows import (
    House,
    stale,
)
from jointbuy.tui.listing import Column, Facet, Listing
from jointbuy.tui.prose import Paragraph, blank, bullet, head, heading
from jointbuy.workspace.standing import JOINED, offers
from jointbuy.workspace.words import (
    ADMINISTRATION_KINDS,
    PHASES,
    REGIONS,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from jointbuy.tui.speech import Speech
    from jointbuy.workspace import Workspace


def read_centres(workspace: Workspace) -> Listing[House]:
    """Every purchasing centre, with what it offers and who joined it."""
    on, found = workspace.on, offers(workspace)
    joinings = joinings_of(workspace, found, ())
    rows = tuple(
        House(
            centre=centre,
            offers=tuple(o for o in found if o.framework.centre == centre.id),
            members=tuple(j for j in joinings if j.adhesion.centre == centre.id),
        )
        for centre in workspace.centres().values()
    )

    def joined(row: House, speech: Speech) -> str:
        return ", ".join(
            dict.fromkeys(
                each.who.said(speech)
                for each in row.members
                if each.adhesion.status in JOINED
            )
        )

    return Listing(
        rows=rows,
        empty=EMPTY,
        sort="name",
        columns=(
            Column(
                id="name", heading=say("Name"), width=18, grow=2,
                text=lambda row, speech: speech.name(row.centre.names) or row.id,
            ),
            Column(
                id="joined", heading=say("Who joined"), width=16, grow=3, rank=1,
                text=joined,
            ),
            Column(
                id="checked", heading=say("Checked on"), width=12, rank=1,
                text=lambda row, speech: seen_text(row.centre.checked, on, speech),
                key=lambda row: row.centre.checked,
                tone=lambda row: "warning" if stale(row.centre.checked, on) else "",
            ),
            Column(
                id="certainty", heading=say("Certainty"), width=4, rank=4,
                text=lambda row, _: row.centre.certainty,
            ),
            Column(
                id="regions", heading=say("Regions"), width=10, rank=3, grow=1,
                text=lambda row, speech: ", ".join(
                    speech.say(REGIONS[each]) for each in row.centre.regions
                ),
            ),
            Column(
                id="cpv", heading=say("CPV code"), width=8, rank=6,
                text=lambda row, _: ", ".join(row.centre.cpv),
            ),
        ),
        also=lambda row: (
            row.id,
            row.centre.enterprise_number,
            row.centre.source,
            *row.centre.names.as_dict().values(),
            *(alias.name for alias in row.centre.aliases),
            *row.centre.joining.as_dict().values(),
        ),
        facets=(
            Facet(
                id="region", heading=say("Regions"),
                value=lambda row: tuple(each.name for each in row.centre.regions),
                label=lambda value, speech: next(
                    speech.say(word) for each, word in REGIONS.items()
                    if each.name == value
                ),
            ),
            Facet(
                id="kind", heading=say("For whom"),
                value=lambda row: tuple(each.name for each in row.centre.kinds),
                label=lambda value, speech: next(
                    speech.say(word) for each, word in ADMINISTRATION_KINDS.items()
                    if each.name == value
                ),
            ),
            division_facet(lambda row: row.centre.cpv),
        ),
        page=lambda row, speech: centre_page(row, on, speech),
    )  # fmt: skip


def centre_page(row: House, on: date, speech: Speech) -> Iterator[Paragraph]:
    """A centre: how to join it, what it offers, who joined it."""
    centre = row.centre
    yield head(speech.name(centre.names) or centre.id)
    aliases = [
        f"{a.name} ({period_text(a.period.start, a.period.end, speech)})"
        if a.period.start or a.period.end
        else a.name
        for a in centre.aliases
    ]
    yield from fact_if(speech, say("Other names"), ", ".join(aliases))
    kinds = ", ".join(speech.say(ADMINISTRATION_KINDS[each]) for each in centre.kinds)
    regions = ", ".join(speech.say(REGIONS[each]) for each in centre.regions)
    yield from fact_if(speech, say("For whom"), joint(kinds, regions))
    yield from fact_if(speech, say("How to join"), speech.name(centre.joining))
    if row.offers:
        yield blank()
        yield heading(speech.say(say("Frameworks")))
        for offer in row.offers:
            told = say(
                "{head}: {rest}",
                head=speech.name(offer.framework.title) or offer.framework.id,
                rest=PHASES[offer.phase],
            )
            yield bullet(speech.say(told))
    if row.members:
        yield blank()
        yield heading(speech.say(say("Adhesions")))
        for each in row.members:
            joined = each.adhesion.status in JOINED
            yield bullet(
                speech.say(
                    say(
                        "{head}: {rest}",
                        head=each.who.said(speech),
                        rest=decision_told(each.adhesion, speech),
                    )
                ),
                sign="✓" if joined else "·",
                style="$text-success" if joined else "",
            )
    yield blank()
    yield from fact_if(speech, say("CPV code"), ", ".join(centre.cpv))
    yield from fact_if(speech, say("Enterprise number"), centre.enterprise_number)
    yield from fact_if(
        speech,
        say("Is it itself a contracting authority?"),
        yes_no(centre.contracting_authority, speech),
    )
    yield from fact_if(
        speech,
        say("How sure it is, from A (seen in a source) to D (not known)"),
        centre.certainty,
    )
    yield from source_told(centre.source, centre.checked, say("Checked on"), on, speech)
    yield from fact_if(speech, say("Id"), centre.id)
