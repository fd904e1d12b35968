"""Decisions to cover a need through a framework agreement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointbuy.errors import say
from jointbuy.tui.centres.columns import (
    EMPTY,
    also_found,
    division_facet,
    named,
    named_facet,
)
from jointbuy.tui.centres.pieces import (
    MUTED,
    fact_if,
    joint,
)
from jointbuy.tui.centres.rows import (
    Using,
)
from jointbuy.tui.listing import Column, Listing
from jointbuy.tui.prose import Paragraph, blank, fact, head
from jointbuy.tui.prose import paragraph as text_of
from jointbuy.workspace.standing import offers
from jointbuy.workspace.words import (
    PHASES,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jointbuy.tui.speech import Speech
    from jointbuy.workspace import Workspace


def read_uses(workspace: Workspace) -> Listing[Using]:
    """Every decision to cover a need through a framework agreement, newest first."""
    known, needs = workspace.administrations(), workspace.needs()
    by_id = {offer.framework.id: offer for offer in offers(workspace)}
    rows = []
    for use in workspace.uses().values():
        need, offer = needs.get(use.need), by_id.get(use.framework)
        owner = need.administration if need else ""
        rows.append(
            Using(
                use=use,
                need=need,
                who=named(known.get(owner), owner),
                framework=named(offer.framework if offer else None, use.framework),
                offer=offer,
            )
        )
    return Listing(
        rows=tuple(rows),
        empty=EMPTY,
        sort="-decided",
        columns=(
            Column(
                id="need", heading=say("Need"), width=16, grow=3,
                text=lambda row, _: row.need.title if row.need else row.use.need,
            ),
            Column(
                id="administration", heading=say("Administration"), width=16,
                grow=1, rank=2, text=lambda row, speech: row.who.said(speech),
            ),
            Column(
                id="framework", heading=say("Framework"), width=16, grow=2, rank=1,
                text=lambda row, speech: row.framework.said(speech),
            ),
            Column(
                id="decided", heading=say("Decided on"), width=10, rank=1,
                text=lambda row, speech: speech.day(row.use.decided_on),
                key=lambda row: row.use.decided_on,
            ),
            Column(
                id="amount", heading=say("Amount"), width=11, right=True, rank=3,
                text=lambda row, speech: speech.amount(row.use.amount),
                key=lambda row: row.use.amount,
            ),
            Column(
                id="number", heading=say("Number"), width=14, rank=4,
                text=lambda row, _: row.use.number,
            ),
        ),
        also=lambda row: (
            row.id, row.use.body, row.use.budget_article,
            *(also_found(row.offer.framework, row.offer.centre) if row.offer else ()),
        ),
        facets=(
            named_facet(
                "administration", say("Administration"), lambda row: row.who.id, known
            ),
            division_facet(
                lambda row: (row.need.cpv,) if row.need else ()
            ),
        ),
        page=use_page,
    )  # fmt: skip


def use_page(row: Using, speech: Speech) -> Iterator[Paragraph]:
    """A decision to use a framework agreement."""
    use = row.use
    yield head(row.need.title if row.need else use.need)
    yield text_of(joint(row.who.said(speech), row.framework.said(speech)), MUTED)
    yield blank()
    decided = joint(speech.day(use.decided_on), use.body, use.number)
    yield from fact_if(speech, say("Decision"), decided)
    yield from fact_if(
        speech, say("Amount, euro excluding VAT"), speech.euro(use.amount)
    )
    yield from fact_if(speech, say("Budget article"), use.budget_article)
    if row.offer is not None:
        offer = row.offer
        yield from fact_if(speech, say("Phase"), speech.say(PHASES[offer.phase]))
        yield from fact_if(speech, say("End"), speech.day(offer.framework.end))
        if offer.left is not None:
            yield fact(speech.say(say("Left")), speech.euro(offer.left))
    yield from fact_if(speech, say("Id"), use.id)
