"""Adhesions: what was decided on joining, and what is still due."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointbuy.errors import say
from jointbuy.model import AdhesionStatus
from jointbuy.tui.centres.columns import (
    EMPTY,
    days_text,
    deadlines_by_subject,
    named,
    named_facet,
    nearness,
)
from jointbuy.tui.centres.pieces import (
    MUTED,
    fact_if,
    joint,
    todo_told,
)
from jointbuy.tui.centres.rows import (
    Joining,
    days_to,
)
from jointbuy.tui.centres.table import decision_page, programmes_of
from jointbuy.tui.centres.words import CELL_STATES
from jointbuy.tui.listing import Column, Facet, Listing
from jointbuy.tui.prose import Paragraph, blank, bullet, head, heading
from jointbuy.tui.prose import paragraph as text_of
from jointbuy.workspace.standing import centre_deadlines, offers
from jointbuy.workspace.words import (
    ADHESION_STATES,
    PHASES,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from jointbuy.model import (
        Deadline,
    )
    from jointbuy.tui.speech import Speech
    from jointbuy.workspace import Workspace
    from jointbuy.workspace.standing import Offer

OPEN = (
    AdhesionStatus.PROPOSED,
    AdhesionStatus.CONDITIONAL,
    AdhesionStatus.NOT_COUNTED,
    AdhesionStatus.IN_REGULARISATION,
    AdhesionStatus.POSTPONED,
)
"""Adhesions on which something is still to be decided."""

OVER = (AdhesionStatus.REFUSED, AdhesionStatus.ENDED)
"""Adhesions that came to nothing, or to an end."""


def joinings_of(
    workspace: Workspace, found: Iterable[Offer], todo: Iterable[Deadline]
) -> list[Joining]:
    """Every adhesion with what it names and what is due."""
    known, centres = workspace.administrations(), workspace.centres()
    by_centre: dict[str, tuple[Offer, ...]] = {}
    for offer in found:
        id_ = offer.framework.centre
        by_centre[id_] = (*by_centre.get(id_, ()), offer)
    by_subject = deadlines_by_subject(todo)
    cells = {
        cell.adhesion: cell
        for programme in programmes_of(workspace)
        for cell in workspace.adhesion_table(programme).cells.values()
        if cell.adhesion
    }
    return [
        Joining(
            adhesion=each,
            who=named(known.get(each.administration), each.administration),
            centre=named(centres.get(each.centre), each.centre),
            offers=by_centre.get(each.centre, ()),
            deadlines=by_subject.get(each.id, ()),
            cell=cells.get(each.id),
        )
        for each in workspace.adhesions().values()
    ]


def read_adhesions(workspace: Workspace) -> Listing[Joining]:
    """Every adhesion, those first on which something must be decided."""
    on = workspace.on
    rows = tuple(joinings_of(workspace, offers(workspace), centre_deadlines(workspace)))
    order = tuple(CELL_STATES)

    def days(row: Joining) -> int | None:
        return days_to(row.due if row.adhesion.status in OPEN else None, on)

    return Listing(
        rows=rows,
        empty=EMPTY,
        sort="days",
        columns=(
            Column(
                id="administration", heading=say("Administration"), width=14, grow=2,
                rank=1, text=lambda row, speech: row.who.said(speech),
            ),
            Column(
                id="centre", heading=say("Through"), width=10, grow=1,
                text=lambda row, speech: row.centre.said(speech),
            ),
            Column(
                id="domain", heading=say("Domain"), width=12, grow=2, rank=3,
                text=lambda row, _: row.adhesion.domain,
            ),
            Column(
                id="state", heading=say("State"), width=16, rank=1,
                text=lambda row, speech: " ".join(
                    (CELL_STATES[row.state][0], speech.say(CELL_STATES[row.state][2]))
                ),
                key=lambda row: order.index(row.state),
                tone=lambda row: CELL_STATES[row.state][1],
            ),
            Column(
                id="days", heading=say("Days"), width=6, right=True, rank=2,
                text=lambda row, _: days_text(days(row)), key=days,
                tone=lambda row: nearness(days(row)),
            ),
            Column(
                id="decided", heading=say("Decided on"), width=10, rank=4,
                text=lambda row, speech: speech.day(row.adhesion.decided_on),
                key=lambda row: row.adhesion.decided_on,
            ),
            Column(
                id="due", heading=say("Due"), width=10, rank=5,
                text=lambda row, speech: speech.day(row.due),
                key=lambda row: row.due,
            ),
            Column(
                id="number", heading=say("Number"), width=14, rank=6,
                text=lambda row, _: row.adhesion.number,
            ),
        ),
        also=lambda row: (
            row.id, row.adhesion.note, row.adhesion.body, *row.centre.also,
            *row.centre.names.values(), *row.who.names.values(),
            *(each.text for each in row.adhesion.reservations),
            *row.adhesion.triggers,
        ),
        facets=(
            Facet(
                id="state", heading=say("State"),
                value=lambda row: str(order.index(row.state)),
                label=lambda value, speech: speech.say(
                    CELL_STATES[order[int(value)]][2]
                ),
            ),
            named_facet(
                "administration", say("Administration"),
                lambda row: row.adhesion.administration, workspace.administrations(),
            ),
            named_facet(
                "centre", say("Centre"), lambda row: row.adhesion.centre,
                workspace.centres(),
            ),
            Facet(
                id="domain", heading=say("Domain"),
                value=lambda row: row.adhesion.domain or (),
            ),
        ),
        page=lambda row, speech: adhesion_page(row, on, speech),
    )  # fmt: skip


def adhesion_page(row: Joining, on: date, speech: Speech) -> Iterator[Paragraph]:
    """An adhesion: what was decided, under which reservations, what is still due."""
    adhesion = row.adhesion
    yield head(
        speech.say(
            say(
                "{one} – {other}",
                one=row.centre.said(speech),
                other=row.who.said(speech),
            )
        )
    )
    yield text_of(
        joint(speech.say(ADHESION_STATES[adhesion.status]), adhesion.domain), MUTED
    )
    who = {adhesion.administration: row.who.said(speech)}
    yield from todo_told(row.deadlines, who, on, speech)
    cell = row.cell
    if cell is not None:
        sign, tone, _ = CELL_STATES[cell.state.name]
        yield bullet(
            speech.say(cell.why), sign=sign, style=f"$text-{tone}" if tone else ""
        )
        if cell.todo is not None:
            yield text_of(speech.say(cell.todo), indent=2)
    yield blank()
    yield from fact_if(speech, say("To be decided by"), speech.day(row.due))
    yield from decision_page(adhesion, speech, open_=cell.open if cell else ())
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
