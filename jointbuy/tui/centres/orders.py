"""Orders under framework agreements, and the decisions to use one that precede them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jointbuy.errors import say, word
from jointbuy.tui.centres.columns import (
    EMPTY,
    also_found,
    division_facet,
    named,
    named_facet,
)
from jointbuy.tui.centres.counts import (
    counter_told,
    excesses_told,
    own_told,
    share_bar,
    share_cell,
)
from jointbuy.tui.centres.pieces import MUTED, fact_if, joint
from jointbuy.tui.centres.rows import Named, Using
from jointbuy.tui.listing import Column, Facet, Listing
from jointbuy.tui.prose import Paragraph, blank, bullet, fact, head, heading
from jointbuy.tui.prose import paragraph as text_of
from jointbuy.workspace.standing import offers
from jointbuy.workspace.words import PHASES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from decimal import Decimal

    from jointbuy.centres.orders import Counted
    from jointbuy.model import Administration, Need, Order
    from jointbuy.tui.speech import Speech
    from jointbuy.workspace import Workspace
    from jointbuy.workspace.ordering import OrderFinding
    from jointbuy.workspace.standing import Offer

STEPS = {
    "IRREGULAR": ("!", "error", word("irregular")),
    "EXCEEDED": ("!", "error", word("exceeded")),
    "UNPRICED": ("!", "warning", word("no amount")),
    "ORDERED": ("✓", "success", word("ordered")),
    "PLANNED": ("·", "accent", word("planned")),
    "DECIDED": ("◆", "", word("decided")),
}
"""How far it came: sign, tone and word."""

STEP = 14
"""Columns of that sign and word, in every language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordering:
    """An order with what it is about, and the running count after it.

    `barred` is what kept it from being placed on its day.
    """

    order: Order
    who: Named
    framework: Named
    need: Need | None = None
    offer: Offer | None = None
    counted: Counted | None = None
    barred: tuple[OrderFinding, ...] = ()

    @property
    def id(self) -> str:
        """That of the order."""
        return self.order.id


def step_of(row: Ordering | Using) -> str:
    """How far it came."""
    if isinstance(row, Using):
        return "DECIDED"
    if row.counted is None or not row.counted.concluded:
        return "PLANNED"
    if row.barred:
        return "IRREGULAR"
    if row.counted.above:
        return "EXCEEDED"
    return "UNPRICED" if row.order.amount is None else "ORDERED"


def day_of(row: Ordering | Using) -> date | None:
    """The day of the decision or the order."""
    return row.use.decided_on if isinstance(row, Using) else row.order.concluded_on


def amount_of(row: Ordering | Using) -> Decimal | None:
    """How much, euro excluding VAT."""
    return row.use.amount if isinstance(row, Using) else row.order.amount


def object_of(row: Ordering | Using, speech: Speech) -> str:
    """The need that is covered; the framework agreement where none is named."""
    if row.need is not None:
        return row.need.title
    if isinstance(row, Using):
        return row.use.need
    return row.order.need or row.framework.said(speech)


def read_orders(workspace: Workspace) -> Listing[Ordering | Using]:
    """Every order and every decision to use a framework agreement, newest first."""
    known, needs = workspace.administrations(), workspace.needs()
    by_id = {offer.framework.id: offer for offer in offers(workspace)}
    counted = {
        each.order.id: each for offer in by_id.values() for each in offer.counter.orders
    }
    barred = workspace.irregular_orders()
    rows: list[Ordering | Using] = []
    for order in workspace.orders().values():
        offer = by_id.get(order.framework)
        rows.append(
            Ordering(
                order=order,
                need=needs.get(order.need),
                who=named(known.get(order.administration), order.administration),
                framework=named(offer.framework if offer else None, order.framework),
                offer=offer,
                counted=counted.get(order.id),
                barred=barred.get(order.id, ()),
            )
        )
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
    order_of = tuple(STEPS)

    def used(row: Ordering | Using, speech: Speech) -> str:
        ceiling = row.offer.counter.ceiling if row.offer else None
        if isinstance(row, Using) or row.counted is None or not ceiling:
            return ""
        return share_cell(row.counted.total, ceiling, speech)

    return Listing(
        rows=tuple(rows),
        empty=EMPTY,
        sort="-day",
        columns=(
            Column(
                id="step", heading=say("State"), width=STEP, rank=1,
                text=lambda row, speech: " ".join(
                    (STEPS[step_of(row)][0], speech.say(STEPS[step_of(row)][2]))
                ),
                key=lambda row: order_of.index(step_of(row)),
                tone=lambda row: STEPS[step_of(row)][1],
            ),
            Column(
                id="object", heading=say("Object"), width=16, grow=3,
                text=object_of,
            ),
            Column(
                id="administration", heading=say("Administration"), width=14,
                grow=2, rank=2, text=lambda row, speech: row.who.said(speech),
            ),
            Column(
                id="day", heading=say("Day"), width=10, rank=1,
                text=lambda row, speech: speech.day(day_of(row)), key=day_of,
            ),
            Column(
                id="amount", heading=say("Amount"), width=11, right=True, rank=1,
                text=lambda row, speech: speech.amount(amount_of(row)),
                key=amount_of,
            ),
            Column(
                id="used", heading=say("Used"), width=11, rank=3, text=used,
                key=lambda row: None if isinstance(row, Using) or not row.counted
                else row.counted.total,
                tone=lambda row: (
                    "error" if isinstance(row, Ordering)
                    and row.counted and row.counted.above else ""
                ),
            ),
            Column(
                id="framework", heading=say("Framework"), width=16, grow=2, rank=4,
                text=lambda row, speech: row.framework.said(speech),
            ),
            Column(
                id="number", heading=say("Number"), width=14, rank=5,
                text=lambda row, _: (
                    row.use.number if isinstance(row, Using) else row.order.number
                ),
            ),
        ),
        also=lambda row: (
            row.id,
            *((row.use.body, row.use.budget_article) if isinstance(row, Using)
              else (row.order.supplier, row.order.note, row.order.body)),
            *(also_found(row.offer.framework, row.offer.centre) if row.offer else ()),
        ),
        facets=(
            Facet(
                id="step", heading=say("State"),
                value=lambda row: str(order_of.index(step_of(row))),
                label=lambda value, speech: speech.say(
                    STEPS[order_of[int(value)]][2]
                ),
            ),
            named_facet(
                "administration", say("Administration"), lambda row: row.who.id, known
            ),
            named_facet(
                "framework", say("Framework"), lambda row: row.framework.id,
                workspace.frameworks(),
            ),
            division_facet(lambda row: (row.need.cpv,) if row.need else ()),
        ),
        page=lambda row, speech: (
            use_page(row, speech) if isinstance(row, Using)
            else order_page(row, known, speech)
        ),
    )  # fmt: skip


def order_page(
    row: Ordering, known: Mapping[str, Administration], speech: Speech
) -> Iterator[Paragraph]:
    """An order: what it exceeds first, then what was ordered, and the count."""
    order, counted = row.order, row.counted
    yield head(object_of(row, speech))
    yield text_of(joint(row.who.said(speech), row.framework.said(speech)), MUTED)
    for each in row.barred:
        yield bullet(
            speech.say(each.why or each.message), sign="!", style="$text-error"
        )
        if each.way_out is not None:
            yield bullet(speech.say(each.way_out), sign="→", indent=2)
    if counted is not None and row.offer is not None:
        above, counter = counted.above, row.offer.counter
        yield from excesses_told(above, counter, known, speech)
    sign, _, what = STEPS[step_of(row)]
    day = speech.day(order.concluded_on)
    yield fact(speech.say(say("State")), joint(f"{sign} {speech.say(what)}", day))
    if order.amount is None and counted is not None and counted.concluded:
        told = say(
            "Without an amount this order counts against no ceiling: note the amount "
            "as soon as it is known."
        )
        yield bullet(speech.say(told), sign="!", style="$text-warning")
    amount = speech.euro(order.amount)
    yield from fact_if(speech, say("Amount, euro excluding VAT"), amount)
    quantity = f"{speech.number(order.quantity)} {order.unit}".strip()
    yield from fact_if(speech, say("Quantity"), quantity)
    yield from fact_if(speech, say("Lot"), order.lot)
    yield from fact_if(speech, say("Supplier"), order.supplier)
    yield from fact_if(speech, say("Decision"), joint(order.body, order.number))
    yield from fact_if(speech, say("Until"), speech.day(order.until))
    if row.offer is not None:
        yield blank()
        yield heading(row.framework.said(speech))
        if counted is not None and counted.concluded and row.offer.counter.ceiling:
            share = share_bar(counted.total, row.offer.counter.ceiling, speech)
            yield fact(speech.say(say("Used after this order")), share)
        yield from own_told(row.offer.counter.own_of(order.administration), speech)
        yield from counter_told(row.offer.counter, row.offer.framework, speech)
    yield from fact_if(speech, say("Note"), order.note)
    yield from fact_if(speech, say("Id"), order.id)


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
