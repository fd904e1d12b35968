"""Calls for interest: who has to answer which, by the days left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointbuy.errors import Arg, Message, say
from jointbuy.errors import named as called
from jointbuy.tui.centres.columns import (
    EMPTY,
    also_found,
    division_facet,
    marked,
    named_facet,
    nearness,
    phase_facet,
    through,
    title,
)
from jointbuy.tui.centres.frameworks import (
    about_framework,
    framework_top,
    standing_told,
)
from jointbuy.tui.centres.pieces import (
    is_late,
    late_told,
    names_of,
    todo_told,
)
from jointbuy.tui.centres.rows import (
    Asked,
    days_to,
)
from jointbuy.tui.centres.words import SHORT_ANSWERS, UNPROVED
from jointbuy.tui.listing import Column, Facet, Listing
from jointbuy.tui.prose import Paragraph, blank, bullet, heading
from jointbuy.workspace.standing import late_sittings, offers
from jointbuy.workspace.words import (
    INTERESTS,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from jointbuy.centres.lifecycle import Life
    from jointbuy.model import (
        Administration,
        Deadline,
    )
    from jointbuy.tui.speech import Speech
    from jointbuy.workspace import Workspace
    from jointbuy.workspace.sittings import Sitting
    from jointbuy.workspace.standing import Offer

CALLS = ("ANNOUNCED", "INTEREST_OPEN", "INTEREST_CLOSED")
"""Phases in which an answer to the call for interest can still matter."""


def _asked(offer: Offer, on: date) -> Iterable[Asked]:
    """The administrations that an open call concerns, each with its due day.

    Of an older call those whose answer is still awaited.
    """
    for standing in offer.standings:
        due = standing.due
        awaited = standing.status == "ASKED" and due is not None and due >= on
        if awaited or (standing.concerned and offer.phase in CALLS):
            yield Asked(
                offer=offer,
                standing=standing,
                due=due,
            )


def _answer_text(row: Asked, speech: Speech) -> str:
    if _unproved(row):
        return speech.say(UNPROVED)
    return speech.say(SHORT_ANSWERS[row.standing.status])


def _unproved(row: Asked) -> bool:
    """Whether it is a yes of which no paper shows that it was sent."""
    interest = row.standing.interest
    proved = interest is not None and interest.proof is not None
    return row.standing.status == "YES" and not proved


def _own(row: Asked) -> list[Deadline]:
    """What one administration has to do in time about the call."""
    who = row.standing.administration.id
    return [each for each in row.offer.deadlines if each.administration == who]


def _answer_tone(row: Asked) -> str:
    if _unproved(row):
        return "warning"
    return {
        "ASKED": "accent",
        "YES": "success",
        "YES_WITHOUT_MAXIMUM": "warning",
        "NO_ANSWER": "error",
    }.get(row.standing.status, "muted")


def read_calls(workspace: Workspace) -> Listing[Asked]:
    """Who has to answer which call for interest, by the days left."""
    on = workspace.on
    known = workspace.administrations()
    rows = [row for offer in offers(workspace) for row in _asked(offer, on)]
    lives = {
        row.id: workspace.framework_life(
            row.offer.framework.id, row.standing.administration.id
        )
        for row in rows
    }
    order = tuple(SHORT_ANSWERS)
    late = late_sittings(workspace)

    def days(row: Asked) -> int | None:
        """Nothing is left to do where the answer is complete."""
        settled = row.standing.status in {"YES", "NO"}
        return None if settled else days_to(row.due, on)

    return Listing(
        rows=tuple(rows),
        empty=EMPTY,
        sort="days",
        columns=(
            Column(
                id="days", heading=say("Days"), width=6, right=True, rank=1,
                text=lambda row, _: marked(days(row), late=is_late(_own(row), late)),
                key=days,
                tone=lambda row: nearness(days(row)),
            ),
            Column(
                id="title", heading=say("Object"), width=16, grow=3,
                text=lambda row, speech: title(row.offer.framework, speech),
            ),
            Column(
                id="administration", heading=say("Administration"), width=16,
                grow=2, rank=1,
                text=lambda row, speech: row.standing.administration.name(
                    speech.language
                ),
            ),
            Column(
                id="answer", heading=say("Answer"), width=16, rank=1,
                text=_answer_text,
                key=lambda row: order.index(row.standing.status),
                tone=_answer_tone,
            ),
            Column(
                id="due", heading=say("Due"), width=10, rank=2,
                text=lambda row, speech: speech.day(row.due), key=lambda row: row.due,
            ),
            Column(
                id="centre", heading=say("Through"), width=10, grow=1, rank=3,
                text=lambda row, speech: through(row.offer, speech),
            ),
            Column(
                id="proof", heading=say("Proof"), width=10, grow=1, rank=4,
                text=lambda row, _: (
                    row.standing.interest.proof.file
                    if row.standing.interest and row.standing.interest.proof
                    else ""
                ),
            ),
            Column(
                id="cpv", heading=say("CPV code"), width=8, rank=5,
                text=lambda row, _: ", ".join(row.offer.framework.cpv),
            ),
        ),
        also=lambda row: (
            *also_found(row.offer.framework, row.offer.centre),
            *row.standing.administration.names.as_dict().values(),
        ),
        facets=(
            Facet(
                id="answer", heading=say("Answer"),
                value=lambda row: str(order.index(row.standing.status)),
                label=lambda value, speech: speech.say(
                    SHORT_ANSWERS[order[int(value)]]
                ),
            ),
            phase_facet(lambda row: row.offer.phase),
            named_facet(
                "administration", say("Administration"),
                lambda row: row.standing.administration.id, known,
            ),
            named_facet(
                "centre", say("Centre"), lambda row: row.offer.framework.centre,
                workspace.centres(),
            ),
            division_facet(lambda row: row.offer.framework.cpv),
        ),
        page=lambda row, speech: call_page(
            row, lives[row.id], known, late, on, speech
        ),
    )  # fmt: skip


def call_page(
    row: Asked,
    life: Life | None,
    known: Mapping[str, Administration],
    late: Mapping[str, tuple[Sitting, ...]],
    on: date,
    speech: Speech,
) -> Iterator[Paragraph]:
    """What one administration has to answer, and what it is about."""
    offer, standing = row.offer, row.standing
    own = _own(row)
    yield from framework_top(offer, speech)
    yield from late_told(own, late, speech)
    yield from standing_told(standing, offer, life, on, speech)
    if own:
        yield blank()
        yield from todo_told(own, names_of(known, speech), on, speech)
    others = [s for s in offer.standings if s is not standing and s.concerned]
    if others:
        yield blank()
        yield heading(speech.say(say("The other administrations")))
        for each in others:
            told = say(
                "{head}: {rest}",
                head=each.administration.name(speech.language),
                rest=INTERESTS[each.status],
            )
            yield bullet(speech.say(told))
    yield from about_framework(offer, known, on, speech)


def both(each: Asked) -> Message:
    """The framework agreement, and who is asked."""
    return say("{one} – {other}", one=what_of(each), other=who_of(each))


def what_of(each: Asked) -> Arg:
    """What the call is about."""
    return called(each.offer.framework.title, each.offer.framework.id)


def who_of(each: Asked) -> Arg:
    """Who is asked."""
    who = each.standing.administration
    return called(who.names, who.id)
