"""Framework agreements: the list, and the life of each on its page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointbuy.errors import say
from jointbuy.l10n import format as written
from jointbuy.tui.centres.columns import (
    BAR,
    EMPTY,
    FULL,
    also_found,
    division_facet,
    marked,
    named_facet,
    nearness,
    phase_facet,
    seen_text,
    through,
    title,
)
from jointbuy.tui.centres.counts import counter_told, excesses_told, own_told
from jointbuy.tui.centres.lives import course_told, next_told
from jointbuy.tui.centres.pieces import (
    FAR,
    MUTED,
    decision_told,
    fact_if,
    is_late,
    joint,
    late_told,
    names_of,
    near,
    source_told,
    todo_told,
    under,
    yes_no,
)
from jointbuy.tui.centres.rows import (
    days_to,
    stale,
)
from jointbuy.tui.centres.words import SHORT_PHASES
from jointbuy.tui.listing import Column, Listing
from jointbuy.tui.prose import Paragraph, bar, blank, bullet, fact, head, heading
from jointbuy.tui.prose import paragraph as text_of
from jointbuy.workspace.standing import DATED, SAID_YES, late_sittings, offers
from jointbuy.workspace.words import (
    ADMINISTRATION_KINDS,
    CALL_OFFS,
    INTERESTS,
    LIFE,
    PHASES,
    REGIONS,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from jointbuy.centres.lifecycle import Life
    from jointbuy.errors import Arg, Message
    from jointbuy.model import (
        Administration,
        Interest,
    )
    from jointbuy.tui.speech import Sayable, Speech
    from jointbuy.workspace import Workspace
    from jointbuy.workspace.ordering import FrameworkSheet
    from jointbuy.workspace.sittings import Sitting
    from jointbuy.workspace.standing import Offer, Standing


def _used(offer: Offer, speech: Speech) -> str:
    if offer.used is None:
        return ""
    share = written.share(offer.used, speech.language)
    sign = "!" if offer.used >= FULL else " "
    return f"{bar(float(offer.used) / 100, BAR)}{sign}{share:>5}"


def _fullness(offer: Offer) -> str:
    if offer.left is not None and offer.left <= 0:
        return "error"
    return "warning" if offer.used is not None and offer.used >= FULL else ""


def _phase_tone(phase: str) -> str:
    return {
        "INTEREST_OPEN": "accent",
        "RUNNING": "success",
        "EXHAUSTED": "warning",
        "ENDED": "muted",
    }.get(phase, "")


def _members(offer: Offer, speech: Speech) -> str:
    return ", ".join(
        each.administration.name(speech.language)
        for each in offer.standings
        if each.counts
    )


def read_frameworks(workspace: Workspace) -> Listing[Offer]:
    """Every framework agreement, what is open first."""
    on, known = workspace.on, workspace.administrations()
    sheets, late = workspace.framework_sheets(), late_sittings(workspace)
    order = tuple(PHASES)
    found = sorted(
        offers(workspace),
        key=lambda each: (order.index(each.phase), days_to(each.until, on) or 0),
    )
    return Listing(
        rows=tuple(found),
        id_of=lambda offer: offer.framework.id,
        empty=EMPTY,
        columns=(
            Column(
                id="phase", heading=say("Phase"), width=13, rank=1,
                text=lambda offer, speech: speech.say(SHORT_PHASES[offer.phase]),
                key=lambda offer: order.index(offer.phase),
                tone=lambda offer: _phase_tone(offer.phase),
            ),
            Column(
                id="title", heading=say("Object"), width=16, grow=3,
                text=lambda offer, speech: title(offer.framework, speech),
            ),
            Column(
                id="centre", heading=say("Through"), width=10, rank=4,
                text=through,
            ),
            Column(
                id="days", heading=say("Days"), width=6, right=True, rank=2,
                text=lambda offer, _: marked(
                    days_to(offer.until, on), late=is_late(offer.deadlines, late)
                ),
                key=lambda offer: days_to(offer.until, on),
                tone=lambda offer: nearness(days_to(offer.until, on)),
            ),
            Column(
                id="used", heading=say("Used"), width=11, rank=3,
                text=_used, key=lambda offer: offer.used, tone=_fullness,
            ),
            Column(
                id="seen", heading=say("Seen on"), width=12, rank=3,
                text=lambda offer, speech: seen_text(
                    offer.framework.seen_on, on, speech
                ),
                key=lambda offer: offer.framework.seen_on,
                tone=lambda offer: (
                    "warning" if stale(offer.framework.seen_on, on) else ""
                ),
            ),
            Column(
                id="interest", heading=say("Interest by"), width=10, rank=5,
                text=lambda offer, speech: speech.day(
                    offer.framework.interest_deadline
                ),
                key=lambda offer: offer.framework.interest_deadline,
            ),
            Column(
                id="in", heading=say("Who is in"), width=14, grow=2, rank=6,
                text=_members,
            ),
            Column(
                id="cpv", heading=say("CPV code"), width=8, rank=7,
                text=lambda offer, _: ", ".join(offer.framework.cpv),
                key=lambda offer: offer.framework.cpv or None,
            ),
            Column(
                id="end", heading=say("End"), width=10, rank=8,
                text=lambda offer, speech: speech.day(offer.framework.end),
                key=lambda offer: offer.framework.end,
            ),
        ),
        also=lambda offer: also_found(offer.framework, offer.centre),
        facets=(
            phase_facet(lambda offer: offer.phase),
            named_facet(
                "centre", say("Centre"), lambda offer: offer.framework.centre,
                workspace.centres(),
            ),
            division_facet(lambda offer: offer.framework.cpv),
        ),
        page=lambda offer, speech: framework_page(
            offer, sheets[offer.framework.id], known, late, on, speech
        ),
    )  # fmt: skip


def _maximum(interest: Interest, speech: Speech) -> str:
    quantity = ""
    if interest.maximum_quantity is not None:
        quantity = f"{speech.number(interest.maximum_quantity)} {interest.unit}".strip()
    return joint(quantity, speech.euro(interest.maximum_amount))


def _answer(interest: Interest, speech: Speech) -> Iterator[Paragraph]:
    """When it was asked and answered, how much at most, and what proves it."""
    yield from under(speech, say("Asked on"), speech.day(interest.asked_on))
    given = joint(speech.day(interest.answered_on), interest.answered_by)
    yield from under(speech, say("Answered on"), given)
    yield from under(speech, say("Maximum"), _maximum(interest, speech))
    if interest.proof is not None:
        proof = interest.proof
        yield from under(speech, say("Proof"), joint(proof.file, speech.day(proof.on)))
        yield text_of(f"SHA-256 {proof.sha256}", MUTED, indent=2)
    if interest.acceptance is not None:
        paper = interest.acceptance
        told = joint(paper.file, speech.day(paper.on))
        yield from under(speech, say("Taken all the same"), told)
    yield from under(speech, say("Note"), interest.note)


def standing_told(
    standing: Standing, offer: Offer, life: Life | None, on: date, speech: Speech
) -> Iterator[Paragraph]:
    """Where one administration stands: what is next, its answer, its orders."""
    status = standing.status
    doubtful = status in {"NO_ANSWER", "YES_WITHOUT_MAXIMUM", "ASKED"}
    sign = "!" if doubtful else "✓" if standing.counts else "·"
    style = "$text-warning" if doubtful else "$text-success" if standing.counts else ""
    name = standing.administration.name(speech.language)
    told: Sayable = name
    if standing.interest is not None:
        told = say("{head}: {rest}", head=name, rest=INTERESTS[status])
    yield bullet(speech.say(told), sign=sign, style=style)
    if doubtful:
        yield text_of(speech.say(standing.why), MUTED, indent=2)
    if status in SAID_YES and standing.interest and standing.interest.proof is None:
        told = say("No paper shows yet that it was sent: b keeps the proof.")
        yield bullet(speech.say(told), sign="!", style="$text-warning", indent=2)
    if standing.belongs != "YES":
        yield text_of(speech.say(standing.belonging), MUTED, indent=2)
    if life is not None:
        before = standing.why if doubtful else None
        yield from next_told(life, before, on, speech)
    if standing.interest is not None:
        yield from _answer(standing.interest, speech)
    for adhesion in standing.adhesions:
        yield from under(speech, say("Adhesion"), decision_told(adhesion, speech))
    for use in standing.uses:
        decided = joint(use.need, speech.day(use.decided_on), speech.euro(use.amount))
        yield from under(speech, say("Decision to use"), decided)
    yield from own_told(offer.counter.own_of(standing.administration.id), speech)


def framework_top(offer: Offer, speech: Speech) -> Iterator[Paragraph]:
    """What it is about, whose it is, and how far it came."""
    framework, centre = offer.framework, offer.centre
    yield head(speech.name(framework.title) or framework.id)
    yield text_of(
        joint(
            (centre and speech.name(centre.names)) or framework.centre,
            framework.reference,
            speech.say(PHASES[offer.phase]),
        ),
        MUTED,
    )


AWAITED: dict[str, Message | Arg] = {
    "interest_deadline": say("Interest by"),
    "launch": LIFE["launch"],
    "award": LIFE["award"],
    "start": LIFE["start"],
    "end": LIFE["end"],
}
"""The days that a framework agreement waits for."""


def _awaited(offer: Offer, on: date, speech: Speech) -> Iterator[Paragraph]:
    """What the days of the list are counted to."""
    days = DATED.get(offer.phase, ())
    code = next((d for d in days if getattr(offer.framework, d) is not None), "")
    if code and offer.until is not None:
        left = near(offer.until, (offer.until - on).days)
        told = say("{head}: {rest}", head=AWAITED[code], rest=left)
        yield bullet(speech.say(told), sign="▶")


def framework_page(
    offer: Offer,
    sheet: FrameworkSheet,
    known: Mapping[str, Administration],
    late: Mapping[str, tuple[Sitting, ...]],
    on: date,
    speech: Speech,
) -> Iterator[Paragraph]:
    """Everything about a framework agreement, what is to be done first."""
    yield from framework_top(offer, speech)
    yield from _awaited(offer, on, speech)
    names = names_of(known, speech)
    soon = [each for each in offer.deadlines if (each.day - on).days <= FAR]
    yield from late_told(soon, late, speech)
    yield from excesses_told(offer.counter.exceeded, offer.counter, known, speech)
    yield from todo_told(soon, names, on, speech)
    yield blank()
    yield heading(speech.say(say("Phases")))
    yield from course_told(offer.framework, offer.phase, speech)
    later = [each for each in offer.deadlines if each not in soon]
    yield from _successor(sheet, on, speech)
    yield from todo_told(later, names, on, speech)
    told = [s for s in offer.standings if s.concerned or s.adhesions or s.uses]
    if told:
        yield blank()
        yield heading(speech.say(say("Administrations")))
        for standing in told:
            life = sheet.lives.get(standing.administration.id)
            yield from standing_told(standing, offer, life, on, speech)
    yield from about_framework(offer, known, on, speech)


def _successor(sheet: FrameworkSheet, on: date, speech: Speech) -> Iterator[Paragraph]:
    """The framework agreement that follows it, and until when interest is marked."""
    follower = sheet.successor
    if follower is None:
        return
    name = speech.name(follower.title) or follower.id
    due = follower.interest_deadline
    told = joint(name, speech.day(due))
    open_ = due is not None and due >= on
    yield fact(
        speech.say(say("Successor")), told, style="$text-warning" if open_ else ""
    )


def about_framework(
    offer: Offer, known: Mapping[str, Administration], on: date, speech: Speech
) -> Iterator[Paragraph]:
    """The framework agreement itself, whoever uses it."""
    framework = offer.framework
    yield blank()
    yield heading(speech.say(say("Framework")))
    yield from counter_told(offer.counter, framework, speech)
    yield from fact_if(speech, say("CPV code"), ", ".join(framework.cpv))
    names = names_of(known, speech)
    beneficiaries = ", ".join(names.get(id_, id_) for id_ in framework.beneficiaries)
    yield from fact_if(speech, say("Beneficiaries"), beneficiaries)
    kinds = ", ".join(
        speech.say(ADMINISTRATION_KINDS[each]) for each in framework.kinds
    )
    regions = ", ".join(speech.say(REGIONS[each]) for each in framework.regions)
    yield from fact_if(speech, say("For whom"), joint(kinds, regions))
    if framework.call_off is not None:
        called = speech.say(CALL_OFFS[framework.call_off])
        yield from fact_if(speech, say("How an order is placed"), called)
    if framework.fee is not None:
        fee = written.share(framework.fee, speech.language)
        yield from fact_if(speech, say("Fee of the centre"), fee)
    yield from fact_if(
        speech,
        say("Must those who join buy the object there only?"),
        yes_no(framework.exclusive, speech),
    )
    yield from fact_if(speech, say("Note"), framework.note)
    yield from source_told(
        framework.source, framework.seen_on, say("Seen on"), on, speech
    )
    yield from fact_if(speech, say("Id"), framework.id)
