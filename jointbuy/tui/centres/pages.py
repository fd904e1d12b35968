"""What is said of one framework agreement, call, centre, adhesion, use or contract."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointbuy.errors import say, word
from jointbuy.l10n import format as written
from jointbuy.tui.centres.rows import SOON, stale
from jointbuy.tui.prose import Paragraph, bar, blank, bullet, fact, head, heading, plain
from jointbuy.tui.prose import paragraph as text_of
from jointbuy.workspace.standing import JOINED
from jointbuy.workspace.words import (
    ADHESION_STATES,
    ADMINISTRATION_KINDS,
    CALL_OFFS,
    INTERESTS,
    PHASES,
    REGIONS,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date
    from decimal import Decimal

    from jointbuy.errors import Message
    from jointbuy.model import (
        Adhesion,
        Administration,
        Deadline,
        FrameworkAgreement,
        Interest,
    )
    from jointbuy.tui.centres.rows import Asked, House, Joining, Running, Using
    from jointbuy.tui.speech import Sayable, Speech
    from jointbuy.workspace.standing import Offer, Standing

BAR = 10
MUTED = "$text-muted"

STEPS: tuple[tuple[str, Message], ...] = (
    ("interest_deadline", say("Last day to mark interest")),
    ("launch", say("Day of the launch")),
    ("award", say("Day of the award")),
    ("start", say("First day on which it can be ordered from")),
    ("end", say("Last day to conclude orders")),
)


# Pieces.


def _joint(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _fact(speech: Speech, label: Message, value: str) -> Iterator[Paragraph]:
    """Nothing is said of what is not known."""
    if value:
        yield fact(speech.say(label), value)


def _under(speech: Speech, label: Message, value: str) -> Iterator[Paragraph]:
    """A fact that belongs to the point above it."""
    if value:
        yield Paragraph(
            text=plain(value),
            first=plain(f"{speech.say(label)}  ", MUTED),
            indent=2,
        )


def _todo(
    deadlines: Iterable[Deadline],
    names: Mapping[str, str],
    on: date,
    speech: Speech,
) -> Iterator[Paragraph]:
    """What is to be done next, by when and by whom; the same for several at once."""
    together: dict[tuple[date, str], list[Deadline]] = {}
    for each in deadlines:
        together.setdefault((each.day, speech.say(each.what)), []).append(each)
    for (day, what), found in together.items():
        days = (day - on).days
        who = ", ".join(names.get(d.administration, d.administration) for d in found)
        urgent = days <= SOON
        yield bullet(
            speech.say(say("{head}: {rest}", head=_near(day, days), rest=what)),
            sign="!" if urgent else "·",
            style="$text-error" if days < 0 else "$text-warning" if urgent else "",
        )
        yield text_of(who, indent=2)
        if found[0].consequence is not None:
            yield text_of(speech.say(found[0].consequence), MUTED, indent=2)


def _near(day: date, days: int) -> Message:
    """A day, and how far it is."""
    match days:
        case -1:
            return say("{day} (yesterday)", day=day)
        case 0:
            return say("{day} (today)", day=day)
        case 1:
            return say("{day} (tomorrow)", day=day)
    if days < 0:
        return say("{day} ({n} days late)", day=day, n=-days)
    return say("{day} ({n} days left)", day=day, n=days)


def _source(
    source: str, seen: date | None, label: Message, on: date, speech: Speech
) -> Iterator[Paragraph]:
    yield from _fact(speech, say("Source"), source)
    if seen is not None:
        yield fact(speech.say(label), speech.day(seen))
    if seen is None:
        text = say(
            "Nobody noted when the source was seen: look at it, then note the day."
        )
    elif stale(seen, on):
        text = say(
            "The source was seen {n} days ago: look at it again, then note the day.",
            n=(on - seen).days,
        )
    else:
        return
    yield bullet(speech.say(text), sign="!", style="$text-warning")


def _names(known: Mapping[str, Administration], speech: Speech) -> dict[str, str]:
    return {id_: each.name(speech.language) for id_, each in known.items()}


def _yes_no(value: bool | None, speech: Speech) -> str:  # noqa: FBT001
    if value is None:
        return ""
    return speech.say(word("yes") if value else word("no"))


def _maximum(interest: Interest, speech: Speech) -> str:
    quantity = ""
    if interest.maximum_quantity is not None:
        quantity = f"{speech.number(interest.maximum_quantity)} {interest.unit}".strip()
    return _joint(quantity, speech.euro(interest.maximum_amount))


def _decided(adhesion: Adhesion, speech: Speech) -> str:
    return _joint(
        speech.say(ADHESION_STATES[adhesion.status]),
        adhesion.domain,
        speech.day(adhesion.decided_on),
        adhesion.number,
    )


def _answer(interest: Interest, speech: Speech) -> Iterator[Paragraph]:
    """When it was asked and answered, how much at most, and what proves it."""
    yield from _under(speech, say("Asked on"), speech.day(interest.asked_on))
    given = _joint(speech.day(interest.answered_on), interest.answered_by)
    yield from _under(speech, say("Answered on"), given)
    yield from _under(speech, say("Maximum"), _maximum(interest, speech))
    if interest.proof is not None:
        proof = interest.proof
        yield from _under(
            speech, say("Proof"), _joint(proof.file, speech.day(proof.on))
        )
        yield text_of(f"SHA-256 {proof.sha256}", MUTED, indent=2)
    yield from _under(speech, say("Note"), interest.note)


def _standing(standing: Standing, speech: Speech) -> Iterator[Paragraph]:
    """Where one administration stands: its answer, its adhesion, its orders."""
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
    if standing.belongs != "YES":
        yield text_of(speech.say(standing.belonging), MUTED, indent=2)
    if standing.interest is not None:
        yield from _answer(standing.interest, speech)
    for adhesion in standing.adhesions:
        yield from _under(speech, say("Adhesion"), _decided(adhesion, speech))
    for use in standing.uses:
        decided = _joint(use.need, speech.day(use.decided_on), speech.euro(use.amount))
        yield from _under(speech, say("Decision to use"), decided)


def _steps(
    framework: FrameworkAgreement, on: date, speech: Speech
) -> Iterator[Paragraph]:
    """The days of its life: those behind it, and those to come."""
    days: list[tuple[date, Message]] = []
    for field, label in STEPS:
        day: date | None = getattr(framework, field)
        if day is not None:
            days.append((day, label))
    if not days:
        return
    yield blank()
    yield heading(speech.say(say("Phases")))
    for day, label in sorted(days, key=lambda each: each[0]):
        yield bullet(
            f"{speech.day(day)}  {speech.say(label)}",
            sign="✓" if day < on else "·",
            style=MUTED if day < on else "",
        )


def _share(ordered: Decimal, ceiling: Decimal, speech: Speech) -> str:
    share = (ordered * 100 / ceiling).quantize(type(ordered)(1))
    drawn = bar(float(share) / 100, BAR).replace(" ", "░")
    return f"{drawn} {written.share(share, speech.language)}"


def _ceilings(offer: Offer, speech: Speech) -> Iterator[Paragraph]:
    """How much was ordered under the ceiling, as a whole and by lot."""
    framework = offer.framework
    if offer.ceiling:
        share = _share(offer.ordered, offer.ceiling, speech)
        yield from _fact(speech, say("Ordered"), share)
    yield from _fact(speech, say("Ceiling"), speech.euro(offer.ceiling))
    if offer.left is not None:
        yield fact(speech.say(say("Left")), speech.euro(offer.left))
    yield from _fact(
        speech, say("Ceiling for each"), speech.euro(framework.ceiling_each)
    )
    for lot in framework.lots:
        title = speech.name(lot.title)
        yield bullet(
            speech.say(say("Lot {number}: {title}", number=lot.id, title=title))
        )
        share = _share(lot.consumed, lot.ceiling, speech) if lot.ceiling else ""
        yield text_of(
            _joint(share, speech.euro(lot.ceiling), ", ".join(lot.cpv)), indent=2
        )


# Pages.


def _framework_top(offer: Offer, speech: Speech) -> Iterator[Paragraph]:
    framework, centre = offer.framework, offer.centre
    yield head(speech.name(framework.title) or framework.id)
    yield text_of(
        _joint(
            (centre and speech.name(centre.names)) or framework.centre,
            framework.reference,
            speech.say(PHASES[offer.phase]),
        ),
        MUTED,
    )


def framework_page(
    offer: Offer, known: Mapping[str, Administration], on: date, speech: Speech
) -> Iterator[Paragraph]:
    """Everything about a framework agreement, what is to be done first."""
    yield from _framework_top(offer, speech)
    yield from _todo(offer.deadlines, _names(known, speech), on, speech)
    told = [s for s in offer.standings if s.concerned or s.adhesions or s.uses]
    if told:
        yield blank()
        yield heading(speech.say(say("Administrations")))
        for standing in told:
            yield from _standing(standing, speech)
    yield from _about(offer, known, on, speech)


def _about(
    offer: Offer, known: Mapping[str, Administration], on: date, speech: Speech
) -> Iterator[Paragraph]:
    """The framework agreement itself, whoever uses it."""
    framework = offer.framework
    yield from _steps(framework, on, speech)
    yield blank()
    yield heading(speech.say(say("Framework")))
    yield from _ceilings(offer, speech)
    yield from _fact(speech, say("CPV code"), ", ".join(framework.cpv))
    names = _names(known, speech)
    beneficiaries = ", ".join(names.get(id_, id_) for id_ in framework.beneficiaries)
    yield from _fact(speech, say("Beneficiaries"), beneficiaries)
    kinds = ", ".join(
        speech.say(ADMINISTRATION_KINDS[each]) for each in framework.kinds
    )
    regions = ", ".join(speech.say(REGIONS[each]) for each in framework.regions)
    yield from _fact(speech, say("For whom"), _joint(kinds, regions))
    if framework.call_off is not None:
        called = speech.say(CALL_OFFS[framework.call_off])
        yield from _fact(speech, say("How an order is placed"), called)
    if framework.fee is not None:
        fee = written.share(framework.fee, speech.language)
        yield from _fact(speech, say("Fee of the centre"), fee)
    yield from _fact(
        speech,
        say("Must those who join buy the object there only?"),
        _yes_no(framework.exclusive, speech),
    )
    yield from _fact(speech, say("Note"), framework.note)
    yield from _source(framework.source, framework.seen_on, say("Seen on"), on, speech)
    yield from _fact(speech, say("Id"), framework.id)


def call_page(
    row: Asked, known: Mapping[str, Administration], on: date, speech: Speech
) -> Iterator[Paragraph]:
    """What one administration has to answer, and what it is about."""
    offer, standing = row.offer, row.standing
    yield from _framework_top(offer, speech)
    who = standing.administration.id
    yield from _standing(standing, speech)
    own = [each for each in offer.deadlines if each.administration == who]
    if own:
        yield blank()
        yield from _todo(own, _names(known, speech), on, speech)
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
    yield from _about(offer, known, on, speech)


def centre_page(row: House, on: date, speech: Speech) -> Iterator[Paragraph]:
    """A centre: how to join it, what it offers, who joined it."""
    centre = row.centre
    yield head(speech.name(centre.names) or centre.id)
    aliases = [
        f"{a.name} ({_period(a.period.start, a.period.end, speech)})"
        if a.period.start or a.period.end
        else a.name
        for a in centre.aliases
    ]
    yield from _fact(speech, say("Other names"), ", ".join(aliases))
    kinds = ", ".join(speech.say(ADMINISTRATION_KINDS[each]) for each in centre.kinds)
    regions = ", ".join(speech.say(REGIONS[each]) for each in centre.regions)
    yield from _fact(speech, say("For whom"), _joint(kinds, regions))
    yield from _fact(speech, say("How to join"), speech.name(centre.joining))
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
                        rest=_decided(each.adhesion, speech),
                    )
                ),
                sign="✓" if joined else "·",
                style="$text-success" if joined else "",
            )
    yield blank()
    yield from _fact(speech, say("CPV code"), ", ".join(centre.cpv))
    yield from _fact(speech, say("Enterprise number"), centre.enterprise_number)
    yield from _fact(
        speech,
        say("Is it itself a contracting authority?"),
        _yes_no(centre.contracting_authority, speech),
    )
    yield from _fact(
        speech,
        say("How sure it is, from A (seen in a source) to D (not known)"),
        centre.certainty,
    )
    yield from _source(centre.source, centre.checked, say("Checked on"), on, speech)
    yield from _fact(speech, say("Id"), centre.id)


def _period(start: date | None, end: date | None, speech: Speech) -> str:
    return f"{speech.day(start) or '…'}–{speech.day(end) or '…'}"


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
        _joint(speech.say(ADHESION_STATES[adhesion.status]), adhesion.domain), MUTED
    )
    yield from _todo(
        row.deadlines, {adhesion.administration: row.who.said(speech)}, on, speech
    )
    yield from _fact(speech, say("Note"), adhesion.note)
    yield blank()
    decided = _joint(speech.day(adhesion.decided_on), adhesion.body, adhesion.number)
    yield from _fact(speech, say("Decision"), decided)
    yield from _fact(
        speech,
        say("Day on which the convention was signed"),
        speech.day(adhesion.convention_on),
    )
    yield from _fact(speech, say("To be decided by"), speech.day(adhesion.due))
    if adhesion.reservations:
        yield blank()
        yield heading(speech.say(say("Reservations")))
        for each in adhesion.reservations:
            yield bullet(_joint(each.text, each.place))
    if adhesion.triggers:
        yield blank()
        yield heading(speech.say(say("Events that reopen it")))
        for trigger in adhesion.triggers:
            yield bullet(trigger)
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
    yield blank()
    yield from _fact(speech, say("Id"), adhesion.id)


def use_page(row: Using, speech: Speech) -> Iterator[Paragraph]:
    """A decision to use a framework agreement."""
    use = row.use
    yield head(row.need.title if row.need else use.need)
    yield text_of(_joint(row.who.said(speech), row.framework.said(speech)), MUTED)
    yield blank()
    decided = _joint(speech.day(use.decided_on), use.body, use.number)
    yield from _fact(speech, say("Decision"), decided)
    yield from _fact(speech, say("Amount, euro excluding VAT"), speech.euro(use.amount))
    yield from _fact(speech, say("Budget article"), use.budget_article)
    if row.offer is not None:
        offer = row.offer
        yield from _fact(speech, say("Phase"), speech.say(PHASES[offer.phase]))
        yield from _fact(speech, say("End"), speech.day(offer.framework.end))
        if offer.left is not None:
            yield fact(speech.say(say("Left")), speech.euro(offer.left))
    yield from _fact(speech, say("Id"), use.id)


def contract_page(row: Running, on: date, speech: Speech) -> Iterator[Paragraph]:
    """A running contract: until when it binds, and what takes over."""
    contract = row.contract
    yield head(contract.title)
    yield text_of(_joint(row.who.said(speech), contract.supplier), MUTED)
    yield from _todo(
        row.deadlines, {contract.administration: row.who.said(speech)}, on, speech
    )
    yield blank()
    period = _period(contract.start, contract.end, speech)
    if contract.start or contract.end:
        yield from _fact(speech, say("Period"), period)
    yield from _fact(speech, say("Notice by"), speech.day(contract.notice))
    if contract.renewals_left is not None:
        yield fact(
            speech.say(say("Number of renewals left")), str(contract.renewals_left)
        )
    if contract.renewal_months is not None:
        yield fact(
            speech.say(say("Duration of a renewal in months")),
            str(contract.renewal_months),
        )
    yield from _fact(speech, say("Per year"), speech.euro(contract.yearly_value))
    yield from _fact(speech, say("CPV code"), contract.cpv)
    yield from _fact(
        speech,
        say("Is buying the object elsewhere excluded meanwhile?"),
        _yes_no(contract.exclusive, speech),
    )
    yield from _fact(
        speech,
        say("Is it a joint contract with other administrations?"),
        _yes_no(contract.joint, speech),
    )
    if row.successor.id:
        yield from _fact(speech, say("Taken over by"), row.successor.said(speech))
    yield from _fact(speech, say("Note"), contract.note)
    yield from _fact(speech, say("Id"), contract.id)
