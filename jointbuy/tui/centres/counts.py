"""The running count of orders against the ceilings, as pages show it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from jointbuy.errors import say
from jointbuy.l10n import format as written
from jointbuy.tui.centres.pieces import fact_if, joint
from jointbuy.tui.prose import bar, bullet, fact
from jointbuy.tui.prose import paragraph as text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from decimal import Decimal

    from jointbuy.centres.orders import Counter, Excess, Own
    from jointbuy.model import Administration, FrameworkAgreement
    from jointbuy.tui.prose import Paragraph
    from jointbuy.tui.speech import Speech

BAR, SMALL = 10, 5


def share_bar(part: Decimal, whole: Decimal, speech: Speech) -> str:
    """The part of a whole as a bar and per cent; a full bar when it is exceeded."""
    share = (part * 100 / whole).quantize(type(part)(1))
    drawn = bar(float(share) / 100, BAR).replace(" ", "░")
    sign = " !" if part > whole else ""
    return f"{drawn} {written.share(share, speech.language)}{sign}"


def share_cell(part: Decimal, whole: Decimal, speech: Speech) -> str:
    """The part of a whole as a small bar and per cent, for a list."""
    share = (part * 100 / whole).quantize(type(part)(1))
    return f"{bar(float(share) / 100, SMALL)}{written.share(share, speech.language):>6}"


def counter_told(
    counter: Counter, framework: FrameworkAgreement, speech: Speech
) -> Iterator[Paragraph]:
    """What all ordered under the ceiling, as a whole and by lot; what is exceeded."""
    if counter.ceiling:
        style = "$text-error" if counter.ordered > counter.ceiling else ""
        share = share_bar(counter.ordered, counter.ceiling, speech)
        yield fact(speech.say(say("Ordered by all")), share, style=style)
    yield from fact_if(speech, say("Ordered"), speech.euro(counter.ordered or None))
    if counter.recorded and counter.reported:
        own = speech.euro(counter.recorded)
        reported = joint(speech.euro(counter.reported), speech.day(counter.reported_on))
        yield from fact_if(speech, say("Of this in this register"), own)
        yield from fact_if(speech, say("Reported by the centre"), reported)
    yield from fact_if(
        speech, say("Planned besides"), speech.euro(counter.planned or None)
    )
    yield from fact_if(speech, say("Ceiling"), speech.euro(counter.ceiling))
    if counter.left is not None:
        yield fact(speech.say(say("Left")), speech.euro(counter.left))
    each = framework.ceiling_each
    yield from fact_if(speech, say("Ceiling for each"), speech.euro(each))
    for lot in framework.lots:
        title = speech.name(lot.title)
        named = say("Lot {number}: {title}", number=lot.id, title=title)
        yield bullet(speech.say(named))
        count = counter.lot(lot.id)
        ordered = count.ordered if count else lot.consumed
        share = share_bar(ordered, lot.ceiling, speech) if lot.ceiling else ""
        yield text_of(
            joint(share, speech.euro(lot.ceiling), ", ".join(lot.cpv)), indent=2
        )
    if counter.unplaced:
        told = say(
            "{amount} was ordered without a lot: it counts in the whole only.",
            amount=speech.euro(counter.unplaced),
        )
        yield bullet(speech.say(told), sign="!", style="$text-warning")
    if counter.unpriced:
        told = say("Orders without an amount: {n}.", n=len(counter.unpriced))
        yield bullet(speech.say(told), sign="!", style="$text-warning")


def own_told(own: Own, speech: Speech) -> Iterator[Paragraph]:
    """What one administration ordered under its own maximum."""
    label = speech.say(say("Ordered by it"))
    if own.maximum:
        share = share_bar(own.ordered, own.maximum, speech)
        limit = say(
            "{share}, {ordered} of {maximum}",
            share=share,
            ordered=speech.euro(own.ordered),
            maximum=speech.euro(own.maximum),
        )
        style = "$text-error" if own.ordered > own.maximum else ""
        yield _under(label, speech.say(limit), style)
    elif own.ordered:
        yield _under(label, speech.euro(own.ordered), "")
    if own.quantity_maximum:
        share = share_bar(own.quantity, own.quantity_maximum, speech)
        number, most = speech.number(own.quantity), speech.number(own.quantity_maximum)
        style = "$text-error" if own.quantity > own.quantity_maximum else ""
        counted = speech.say(say("Quantity"))
        yield _under(counted, joint(share, f"{number} / {most} {own.unit}"), style)


def _under(label: str, value: str, style: str) -> Paragraph:
    return replace(fact(label, value, style=style), indent=2)


def excesses_told(
    found: Sequence[Excess],
    counter: Counter,
    known: Mapping[str, Administration],
    speech: Speech,
) -> Iterator[Paragraph]:
    """The ceilings that are exceeded, whose, by how much, since which order."""
    from jointbuy.workspace.ordering import excess_said

    for excess in found:
        told = excess_said(excess, counter, known)
        who = excess.administration
        if who:
            who = known[who].name(speech.language) if who in known else who
            told = say("{head}: {rest}", head=who, rest=told)
        yield bullet(speech.say(told), sign="!", style="$text-error")
    if found:
        told = say(
            "Order nothing more before the centre answered in writing; c shows the "
            "ways out."
        )
        yield bullet(speech.say(told), sign="→", indent=2)
