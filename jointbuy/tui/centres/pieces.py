"""What the pages about centres share: facts, days, what is to be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointbuy.errors import say, word
from jointbuy.tui.centres.rows import (
    SOON,
    stale,
)
from jointbuy.tui.prose import Paragraph, bullet, fact, plain
from jointbuy.tui.prose import paragraph as text_of
from jointbuy.workspace.words import (
    ADHESION_STATES,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from jointbuy.errors import Message
    from jointbuy.model import (
        Adhesion,
        Administration,
        Deadline,
    )
    from jointbuy.tui.speech import Speech
    from jointbuy.workspace.sittings import Sitting

MUTED = "$text-muted"
FAR = 180
"""Days after which a day is far away."""


def joint(*parts: str) -> str:
    """What is known of these, on one line."""
    return " · ".join(part for part in parts if part)


def fact_if(speech: Speech, label: Message, value: str) -> Iterator[Paragraph]:
    """Nothing is said of what is not known."""
    if value:
        yield fact(speech.say(label), value)


def under(speech: Speech, label: Message, value: str) -> Iterator[Paragraph]:
    """A fact that belongs to the point above it."""
    if value:
        yield Paragraph(
            text=plain(value),
            first=plain(f"{speech.say(label)}  ", MUTED),
            indent=2,
        )


def todo_told(
    deadlines: Iterable[Deadline],
    names: Mapping[str, str],
    on: date,
    speech: Speech,
) -> Iterator[Paragraph]:
    """What is to be done next, by when and by whom; the same for several at once.

    What happens otherwise is said of what is not far away.
    """
    together: dict[tuple[date, str], list[Deadline]] = {}
    for each in deadlines:
        together.setdefault((each.day, speech.say(each.what)), []).append(each)
    for (day, what), found in together.items():
        days = (day - on).days
        who = ", ".join(names.get(d.administration, d.administration) for d in found)
        urgent = days <= SOON
        yield bullet(
            speech.say(say("{head}: {rest}", head=near(day, days), rest=what)),
            sign="!" if urgent else "·",
            style="$text-error" if days < 0 else "$text-warning" if urgent else "",
        )
        if who:
            yield text_of(who, indent=2)
        if found[0].consequence is not None and days <= FAR:
            yield text_of(speech.say(found[0].consequence), MUTED, indent=2)


def late_told(
    deadlines: Iterable[Deadline],
    late: Mapping[str, tuple[Sitting, ...]],
    speech: Speech,
) -> Iterator[Paragraph]:
    """The bodies that cannot decide in time any more, and what can still be done."""
    told = (at for each in deadlines for at in late.get(each.id, ()))
    for sitting in told:
        if sitting.warning is None:
            continue
        yield bullet(speech.say(sitting.warning), sign="!", style="$text-error")
        for way in sitting.ways_out:
            yield bullet(speech.say(way.message), sign="→", indent=2)


def is_late(
    deadlines: Iterable[Deadline], late: Mapping[str, tuple[Sitting, ...]]
) -> bool:
    """Whether some body cannot decide in time any more."""
    return any(each.id in late for each in deadlines)


def near(day: date, days: int) -> Message:
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


def source_told(
    source: str, seen: date | None, label: Message, on: date, speech: Speech
) -> Iterator[Paragraph]:
    """Where it was read and when; whether that is too long ago."""
    yield from fact_if(speech, say("Source"), source)
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


def names_of(known: Mapping[str, Administration], speech: Speech) -> dict[str, str]:
    """What the administrations are called, by id."""
    return {id_: each.name(speech.language) for id_, each in known.items()}


def yes_no(value: bool | None, speech: Speech) -> str:  # noqa: FBT001
    """An answer as a word; nothing where it is not known."""
    if value is None:
        return ""
    return speech.say(word("yes") if value else word("no"))


def decision_told(adhesion: Adhesion, speech: Speech) -> str:
    """The state of an adhesion, and the decision."""
    return joint(
        speech.say(ADHESION_STATES[adhesion.status]),
        adhesion.domain,
        speech.day(adhesion.decided_on),
        adhesion.number,
    )


def period_text(start: date | None, end: date | None, speech: Speech) -> str:
    """From when until when."""
    return f"{speech.day(start) or '…'}–{speech.day(end) or '…'}"
