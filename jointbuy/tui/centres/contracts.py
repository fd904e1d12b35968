"""Running contracts: until when they bind, and what takes over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointbuy.errors import say
from jointbuy.tui.centres.columns import (
    EMPTY,
    days_text,
    deadlines_by_subject,
    division_facet,
    named,
    named_facet,
    nearness,
)
from jointbuy.tui.centres.pieces import (
    MUTED,
    fact_if,
    joint,
    period_text,
    todo_told,
    yes_no,
)
from jointbuy.tui.centres.rows import (
    Running,
    days_to,
)
from jointbuy.tui.listing import Column, Listing
from jointbuy.tui.prose import Paragraph, blank, fact, head
from jointbuy.tui.prose import paragraph as text_of
from jointbuy.workspace.standing import centre_deadlines

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from jointbuy.tui.speech import Speech
    from jointbuy.workspace import Workspace


def read_contracts(workspace: Workspace) -> Listing[Running]:
    """Every running contract, by the day on which it asks something."""
    on, known = workspace.on, workspace.administrations()
    needs, contracts = workspace.needs(), workspace.contracts()
    by_subject = deadlines_by_subject(centre_deadlines(workspace))
    rows = []
    for each in contracts.values():
        ahead = [day for day in (each.notice, each.end) if day and day >= on]
        follower = contracts.get(each.successor) or needs.get(each.successor)
        rows.append(
            Running(
                contract=each,
                who=named(known.get(each.administration), each.administration),
                successor=named(follower, each.successor),
                next_day=min(ahead, default=each.end or each.notice),
                deadlines=by_subject.get(each.id, ()),
            )
        )
    return Listing(
        rows=tuple(rows),
        empty=EMPTY,
        sort="days",
        columns=(
            Column(
                id="title", heading=say("Object"), width=16, grow=3,
                text=lambda row, _: row.contract.title,
            ),
            Column(
                id="administration", heading=say("Administration"), width=14, grow=2,
                rank=2, text=lambda row, speech: row.who.said(speech),
            ),
            Column(
                id="days", heading=say("Days"), width=6, right=True, rank=1,
                text=lambda row, _: days_text(days_to(row.next_day, on)),
                key=lambda row: days_to(row.next_day, on),
                tone=lambda row: (
                    nearness(days_to(row.next_day, on)) if row.deadlines else "muted"
                ),
            ),
            Column(
                id="notice", heading=say("Notice by"), width=10, rank=2,
                text=lambda row, speech: speech.day(row.contract.notice),
                key=lambda row: row.contract.notice,
            ),
            Column(
                id="end", heading=say("End"), width=10, rank=1,
                text=lambda row, speech: speech.day(row.contract.end),
                key=lambda row: row.contract.end,
            ),
            Column(
                id="supplier", heading=say("Supplier"), width=14, grow=1, rank=3,
                text=lambda row, _: row.contract.supplier,
            ),
            Column(
                id="renewals", heading=say("Renewals"), width=4, right=True, rank=4,
                text=lambda row, _: days_text(row.contract.renewals_left),
                key=lambda row: row.contract.renewals_left,
            ),
            Column(
                id="value", heading=say("Per year"), width=10, right=True, rank=5,
                text=lambda row, speech: speech.amount(row.contract.yearly_value),
                key=lambda row: row.contract.yearly_value,
            ),
            Column(
                id="cpv", heading=say("CPV code"), width=8, rank=6,
                text=lambda row, _: row.contract.cpv,
            ),
        ),
        also=lambda row: (
            row.id, row.contract.note, row.successor.id,
            *row.successor.names.values(), *row.who.names.values(),
        ),
        facets=(
            named_facet(
                "administration", say("Administration"),
                lambda row: row.contract.administration, known,
            ),
            division_facet(lambda row: (row.contract.cpv,)),
        ),
        page=lambda row, speech: contract_page(row, on, speech),
    )  # fmt: skip


def contract_page(row: Running, on: date, speech: Speech) -> Iterator[Paragraph]:
    """A running contract: until when it binds, and what takes over."""
    contract = row.contract
    yield head(contract.title)
    yield text_of(joint(row.who.said(speech), contract.supplier), MUTED)
    yield from todo_told(
        row.deadlines, {contract.administration: row.who.said(speech)}, on, speech
    )
    yield blank()
    period = period_text(contract.start, contract.end, speech)
    if contract.start or contract.end:
        yield from fact_if(speech, say("Period"), period)
    yield from fact_if(speech, say("Notice by"), speech.day(contract.notice))
    if contract.renewals_left is not None:
        yield fact(
            speech.say(say("Number of renewals left")), str(contract.renewals_left)
        )
    if contract.renewal_months is not None:
        yield fact(
            speech.say(say("Duration of a renewal in months")),
            str(contract.renewal_months),
        )
    yield from fact_if(speech, say("Per year"), speech.euro(contract.yearly_value))
    yield from fact_if(speech, say("CPV code"), contract.cpv)
    yield from fact_if(
        speech,
        say("Is buying the object elsewhere excluded meanwhile?"),
        yes_no(contract.exclusive, speech),
    )
    yield from fact_if(
        speech,
        say("Is it a joint contract with other administrations?"),
        yes_no(contract.joint, speech),
    )
    if row.successor.id:
        yield from fact_if(speech, say("Taken over by"), row.successor.said(speech))
    yield from fact_if(speech, say("Note"), contract.note)
    yield from fact_if(speech, say("Id"), contract.id)
