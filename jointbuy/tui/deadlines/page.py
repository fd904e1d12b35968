"""What is said of one deadline: who acts, what follows, what can still decide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointbuy.errors import say
from jointbuy.tui.citing import citation
from jointbuy.tui.deadlines.words import (
    LEVELS,
    administration_of,
    kind_text,
    level_text,
    person_of,
    title_of,
    what,
)
from jointbuy.tui.prose import blank, bullet, fact, head, heading, paragraph
from jointbuy.workspace.words import CHANNELS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jointbuy.errors import Message
    from jointbuy.model import Citation, Deadline, Reminder
    from jointbuy.tui.prose import Paragraph
    from jointbuy.tui.speech import Speech
    from jointbuy.workspace.sittings import Clash, Sitting, Turn, WayOut
    from jointbuy.workspace.watching import Watch

OLDER = 4
"""Reminders before the last one that are still named."""


def deadline_page(
    watch: Watch, deadline: Deadline, speech: Speech, clash: Clash | None = None
) -> Iterator[Paragraph]:
    """What it is, until when, what follows from missing it, who acts, and its source.

    Nothing is said of what is not known.
    """
    yield head(speech.line(what(deadline)))
    yield day_line(watch, deadline, speech)
    yield from _put_off(watch, deadline, speech)
    sittings = watch.sittings(deadline)
    yield from _warnings(sittings, clash, speech)
    if deadline.consequence:
        yield paragraph(speech.say(deadline.consequence))
    yield from _who(watch, deadline, speech)
    yield from _reminders(watch, deadline, speech)
    yield from _clash(clash, deadline, speech)
    yield from _sessions(sittings, speech)
    yield blank()
    yield fact(speech.say(say("Kind")), kind_text(deadline.kind, speech))
    yield fact(speech.say(say("Record")), speech.line(title_of(watch, deadline)))
    yield fact(speech.say(say("Id")), f"{deadline.subject} · {deadline.code}")
    yield from _origin(watch, deadline, speech)
    yield from _step(watch, deadline, speech)
    yield from _basis(deadline.basis, speech)


def day_line(watch: Watch, deadline: Deadline, speech: Speech) -> Paragraph:
    """The day, how near it is, and the days left or lost."""
    days = (deadline.day - watch.on).days
    _, _, tone = LEVELS[deadline.level]
    style = f"$text-{tone}" if tone in {"error", "warning"} else ""
    left = say("Days left: {n}", n=days)
    if days < 0:
        left = say("Days too late: {n}", n=-days)
    level = level_text(deadline.level, speech).strip()
    text = "   ".join((speech.day(deadline.day), level, speech.say(left)))
    return paragraph(text, style)


def _put_off(watch: Watch, deadline: Deadline, speech: Speech) -> Iterator[Paragraph]:
    """Until when it is not reported, and why."""
    snooze = watch.snoozed(deadline)
    if snooze is not None:
        text = say(
            "Put off until {day}; its own day stands: {why}",
            day=snooze.until,
            why=snooze.why,
        )
        yield bullet(speech.say(text), sign="·", style="$text-warning")


def _who(watch: Watch, deadline: Deadline, speech: Speech) -> Iterator[Paragraph]:
    administration = administration_of(watch, deadline.administration, speech)
    if administration:
        yield fact(speech.say(say("Administration")), administration)
    person = watch.contacts.get(deadline.contact)
    if person:
        parts = (person.name, person.function, person.phone, person.email)
        text = ", ".join(each for each in parts if each)
        yield fact(speech.say(say("Who acts")), text)
    elif deadline.contact:
        yield fact(speech.say(say("Who acts")), deadline.contact)
    else:
        yield fact(
            speech.say(say("Who acts")),
            speech.say(say("No contact person is active: name one.")),
            style="$text-warning",
        )


def _reminders(watch: Watch, deadline: Deadline, speech: Speech) -> Iterator[Paragraph]:
    """The last reminder: when, to whom, how; then those before it."""
    reminders = watch.reminded(deadline)
    if not reminders:
        yield fact(
            speech.say(say("Last reminder")), speech.say(say("none yet; r notes one"))
        )
        return
    last, *older = reminders
    yield fact(speech.say(say("Last reminder")), _reminder(watch, last, speech))
    for each in older[:OLDER]:
        yield bullet(_reminder(watch, each, speech), style="$text-muted", indent=2)


def _reminder(watch: Watch, reminder: Reminder, speech: Speech) -> str:
    parts = (
        speech.day(reminder.on),
        person_of(watch, reminder.to),
        speech.line(CHANNELS[reminder.channel]),
        reminder.note,
    )
    return ", ".join(part for part in parts if part)


def _warnings(
    sittings: Iterable[Sitting], clash: Clash | None, speech: Speech
) -> Iterator[Paragraph]:
    """That it cannot be decided in time: by a body, or by all those concerned."""
    for each in sittings:
        if each.session is None:
            yield bullet(speech.say(_sitting(each)), sign="!", style="$text-error")
    if clash is not None:
        yield bullet(speech.say(clash.message), sign="!", style="$text-error")


def _clash(
    clash: Clash | None, deadline: Deadline, speech: Speech
) -> Iterator[Paragraph]:
    """Which councils cannot all decide in time, by how many days, and the way out."""
    if clash is None:
        return
    yield heading(speech.say(say("Together")))
    for turn in clash.cannot:
        yield bullet(_turn(turn, speech), sign="!", indent=2)
    for turn in (*clash.can, *clash.unknown):
        yield bullet(_turn(turn, speech), indent=2)
    if clash.consequence not in (None, deadline.consequence):
        yield paragraph(speech.say(clash.consequence), indent=2)
    yield from _ways_out(clash.ways_out, speech)


def _turn(turn: Turn, speech: Speech) -> str:
    """Whose body it is, and when it can decide."""
    if turn.session is not None:
        text = say(
            "{name}, {body}: {day}; the file must be ready by {filing}.",
            name=turn.name,
            body=turn.body,
            day=turn.session.day,
            filing=turn.session.filing,
        )
    elif turn.first is not None:
        text = say(
            "{name}, {body}: not before {day}, {n} days too late.",
            name=turn.name,
            body=turn.body,
            day=turn.first.day,
            n=turn.late,
        )
    else:
        text = say(
            "{name}, {body}: its sessions are not known.",
            name=turn.name,
            body=turn.body,
        )
    return speech.say(text)


def _sessions(sittings: Iterable[Sitting], speech: Speech) -> Iterator[Paragraph]:
    """The last session of each body at which it can still be decided."""
    sittings = tuple(sittings)
    if not sittings:
        return
    yield heading(speech.say(say("Last useful session")))
    for each in sittings:
        session = each.session
        if session is not None or each.warning is None:
            yield bullet(speech.say(_sitting(each)))
        if session is not None and session.note:
            yield paragraph(speech.say(session.note), "$text-muted", indent=2)
        yield from _ways_out(each.ways_out, speech)
        yield from _basis(each.basis, speech)


def _sitting(sitting: Sitting) -> Message:
    """When a body can still decide; why it cannot any more."""
    session = sitting.session
    if session is None:
        return sitting.warning or say(
            "{body}: no session is left that a file can still reach.",
            body=sitting.body,
        )
    return say(
        "{body}: {day}; the file must be ready by {filing}.",
        body=sitting.body,
        day=session.day,
        filing=session.filing,
    )


def _ways_out(ways: Iterable[WayOut], speech: Speech) -> Iterator[Paragraph]:
    """What can be done instead, each with the article that allows it."""
    for way in ways:
        yield bullet(speech.say(way.message), sign="→", indent=2)
        yield from _basis(way.basis, speech, indent=4)


def _origin(watch: Watch, deadline: Deadline, speech: Speech) -> Iterator[Paragraph]:
    """Where the record itself comes from, and what is noted on it."""
    record = watch.object(deadline)
    for label, name in (
        (say("Source"), "source"),
        (say("Agreed"), "agreed"),
        (say("Note"), "note"),
    ):
        if text := getattr(record, name, ""):
            yield fact(speech.say(label), text)


def _step(watch: Watch, deadline: Deadline, speech: Speech) -> Iterator[Paragraph]:
    """The step of the plan it is, with the article behind it."""
    step, plan = watch.milestone(deadline), watch.plans.get(deadline.subject)
    if step is None or plan is None:
        return
    yield blank()
    yield paragraph(
        speech.say(
            say("Wanted start: {day}. Counted from {on}.", day=plan.wanted, on=plan.on)
        )
    )
    if step.note and step.note != deadline.consequence:
        yield paragraph(speech.say(step.note))
    if step.forced:
        yield paragraph(speech.say(say("This day was fixed: {why}", why=step.why)))
    yield from _basis(step.basis, speech)


def _basis(
    basis: Iterable[Citation], speech: Speech, *, indent: int = 2
) -> Iterator[Paragraph]:
    for each in basis:
        yield paragraph(citation(each, speech), "$text-muted", indent=indent)
