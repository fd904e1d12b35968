"""Running contracts: until when they bind, and what takes over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointbuy.errors import say, word
from jointbuy.tui.centres.columns import (
    EMPTY,
    days_text,
    deadlines_by_subject,
    division_facet,
    marked,
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
    SOON,
    Running,
    days_to,
)
from jointbuy.tui.listing import Column, Listing
from jointbuy.tui.prose import Paragraph, blank, bullet, fact, head, heading
from jointbuy.tui.prose import paragraph as text_of
from jointbuy.workspace.standing import centre_deadlines

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from jointbuy.schedule.contract_ends import FollowUp
    from jointbuy.tui.speech import Speech
    from jointbuy.workspace import Workspace


def read_contracts(workspace: Workspace) -> Listing[Running]:
    """Every running contract, by the day on which it asks something."""
    on, known = workspace.on, workspace.administrations()
    needs, contracts = workspace.needs(), workspace.contracts()
    by_subject = deadlines_by_subject(centre_deadlines(workspace))
    due = {each.contract.id: each for each in workspace.due_contracts()}
    chains = workspace.chains()
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
                due=due.get(each.id),
                chain=chains[each.id].links if each.id in chains else (),
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
                text=lambda row, _: marked(
                    days_to(row.next_day, on), late=_ended(row, on)
                ),
                key=lambda row: days_to(row.next_day, on),
                tone=lambda row: (
                    nearness(days_to(row.next_day, on)) if row.deadlines else "muted"
                ),
            ),
            Column(
                id="follows", heading=say("Follow-up"), width=12, rank=3,
                text=lambda row, speech: _follows(row, on, speech),
                key=lambda row: row.due.by if row.due else None,
                tone=lambda row: (
                    "" if not row.due else nearness(days_to(row.due.by, on))
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


def _ended(row: Running, on: date) -> bool:
    """Whether it ended, and no contract that goes on took its place."""
    contract, later = row.contract, [link for link in row.chain if link.step > 0]
    if contract.end is None or contract.end >= on:
        return False
    return not any(link.kind == "contract" for link in later)


def _follows(row: Running, on: date, speech: Speech) -> str:
    """By when a need has to follow; a sign where one does, or where it is late."""
    if row.due is not None:
        return ("! " if row.due.by < on else "  ") + speech.day(row.due.by)
    return "✓" if len(row.chain) > 1 and row.chain[-1].step > 0 else ""


def contract_page(row: Running, on: date, speech: Speech) -> Iterator[Paragraph]:
    """A running contract: until when it binds, and what takes over."""
    contract = row.contract
    yield head(contract.title)
    yield text_of(joint(row.who.said(speech), contract.supplier), MUTED)
    yield from todo_told(
        row.deadlines, {contract.administration: row.who.said(speech)}, on, speech
    )
    if _ended(row, on):
        told = say("It ended on {day}.", day=contract.end or on)
        yield bullet(speech.say(told), sign="!", style="$text-error")
        if contract.note:
            yield text_of(contract.note, indent=2)
    if row.due is not None:
        yield from _follow_up(row.due, on, speech)
    yield from _chain(row, speech)
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
    if row.successor.id and len(row.chain) <= 1:
        yield from fact_if(speech, say("Taken over by"), row.successor.said(speech))
    yield from fact_if(speech, say("Reference"), contract.reference)
    if not _ended(row, on):
        yield from fact_if(speech, say("Note"), contract.note)
    yield from fact_if(speech, say("Id"), contract.id)


def _follow_up(due: FollowUp, on: date, speech: Speech) -> Iterator[Paragraph]:
    """By when the need that follows must exist, and why."""
    late = due.by < on
    told = say(
        "Nothing follows it: the need has to be registered by {day}.", day=due.by
    )
    yield bullet(
        speech.say(told),
        sign="!" if late or (due.by - on).days <= SOON else "·",
        style="$text-error" if late else "",
    )
    yield text_of(speech.say(due.why), MUTED, indent=2)
    yield bullet(speech.say(due.way_out), sign="→", indent=2)


LINKS = {
    "contract": word("contract"),
    "need": word("need"),
    "dossier": word("proposal"),
}
"""What the links of a chain are."""


def _chain(row: Running, speech: Speech) -> Iterator[Paragraph]:
    """What led to it and what follows it, first to last; ▶ is the contract itself."""
    if len(row.chain) <= 1:
        return
    yield blank()
    yield heading(speech.say(say("What came before, and what follows")))
    for link in row.chain:
        when = period_text(link.start, link.end, speech) if link.start else ""
        here = link.step == 0
        yield bullet(
            joint(speech.say(link.name), speech.say(LINKS[link.kind]), when, link.id),
            sign="▶" if here else "✓" if link.step < 0 else "·",
            style="bold" if here else "",
        )
