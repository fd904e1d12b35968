"""What is asked before a reminder is noted, or a deadline put off."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from jointbuy.errors import say, word
from jointbuy.model import Channel
from jointbuy.tui.deadlines.words import administration_of, person_of, what
from jointbuy.tui.dialogs.palette import OWN_NAMES
from jointbuy.tui.dialogs.sheet import Sheet, Slot
from jointbuy.workspace import last_told, parse_day
from jointbuy.workspace.words import CHANNELS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jointbuy.documents.digest import Digest
    from jointbuy.errors import Message
    from jointbuy.model import ContactPerson, Deadline
    from jointbuy.tui.app import Terminal
    from jointbuy.tui.speech import Sayable, Speech
    from jointbuy.workspace import Workspace
    from jointbuy.workspace.watching import Watch

TWO_WEEKS = timedelta(days=14)


def reminding(
    terminal: Terminal, watch: Watch, rows: Sequence[Deadline]
) -> Sheet[Message]:
    """Asks who was reminded, when and how; notes it, and says so."""

    async def remind(values: dict[str, str]) -> Message:
        return await terminal.ask(lambda w: _remind(w, rows, values))

    return Sheet(
        _about(rows, say("Reminder")),
        (
            Slot(
                id="to",
                label=say("Who was reminded"),
                choices=tuple(_people(watch, rows, terminal.speech)),
                hint=say("Who acts stands first; F4 shows everybody."),
            ),
            Slot(
                id="other",
                label=say("Somebody else"),
                hint=say("A name, where it is no contact person of the register."),
            ),
            Slot(
                id="channel",
                label=say("How"),
                choices=tuple((each.name, name) for each, name in CHANNELS.items()),
                hint=say("How the reminder went out."),
            ),
            Slot(
                id="on",
                label=say("Day"),
                value=terminal.speech.day(watch.on),
                hint=say("Such as 15/3 or today."),
            ),
            Slot(id="note", label=say("Note"), hint=say("What was said, if anything.")),
        ),
        remind,
    )


def _remind(
    workspace: Workspace, rows: Sequence[Deadline], values: dict[str, str]
) -> Message:
    day = parse_day(values["on"], on=workspace.on) if values["on"] else None
    workspace.remind_all(
        rows,
        to=values["other"] or values["to"],
        channel=Channel[values["channel"]],
        on=day,
        note=values["note"],
    )
    return last_told(workspace)


def _people(
    watch: Watch, rows: Sequence[Deadline], speech: Speech
) -> Iterator[tuple[str, Sayable]]:
    """Who acts; then the contact persons, those of the same administrations first."""
    acting = {row.contact for row in rows}
    if len(acting) == 1 and (one := acting.pop()):
        yield one, person_of(watch, one)
        acting = {one}
    else:
        yield "", word("who acts on each")
        acting = set()
    owners = {row.administration for row in rows}

    def rank(person: ContactPerson) -> tuple[bool, str]:
        return person.administration not in owners, person.name.casefold()

    for person in sorted(watch.contacts.values(), key=rank):
        gone = person.active_until is not None and person.active_until < watch.on
        if person.id not in acting and not gone:
            whose = administration_of(watch, person.administration, speech)
            yield person.id, f"{person.name}, {whose}"


def putting_off(terminal: Terminal, watch: Watch, row: Deadline) -> Sheet[Message]:
    """Asks until when it is not to be reported, and why; keeps it, and says so."""

    async def put_off(values: dict[str, str]) -> Message:
        return await terminal.ask(lambda w: _put_off(w, row, values))

    now = watch.snoozed(row)
    until = now.until if now is not None else watch.on + TWO_WEEKS
    if now is None and watch.on < row.day < until:
        until = row.day
    return Sheet(
        _about((row,), say("Defer")),
        (
            Slot(
                id="until",
                label=say("Until"),
                value=terminal.speech.day(until),
                hint=say(
                    "The day on which it is reported again, such as +2w; not after "
                    "its own day."
                ),
            ),
            Slot(
                id="why",
                label=say("Why"),
                value=now.why if now is not None else "",
                hint=say("The reason; required. The deadline itself does not move."),
            ),
        ),
        put_off,
    )


def _put_off(workspace: Workspace, row: Deadline, values: dict[str, str]) -> Message:
    until = parse_day(values["until"], on=workspace.on)
    workspace.snooze(row.id, until=until, why=values["why"])
    return last_told(workspace)


def _about(rows: Sequence[Deadline], act: Message) -> Message:
    """What is done, and with which deadline, or how many."""
    if len(rows) == 1:
        return say("{act}: {name}", act=act, name=what(rows[0]))
    return say("{act}: {n} deadlines", act=act, n=len(rows))


PERIODS: tuple[tuple[str, Sayable], ...] = (
    ("7", say("7 days")),
    ("14", say("14 days")),
    ("30", say("30 days")),
    ("90", say("90 days")),
)


def digesting(terminal: Terminal, watch: Watch) -> Sheet[Digest]:
    """Asks for whom the digest is, how far ahead and in which language; makes it."""
    speech = terminal.speech

    async def make(values: dict[str, str]) -> Digest:
        return await terminal.ask(
            lambda w: w.digest(
                who=values["who"],
                within=int(values["within"]),
                language=values["language"],
            )
        )

    owners = sorted(
        ((id_, administration_of(watch, id_, speech)) for id_ in watch.administrations),
        key=lambda each: each[1].casefold(),
    )
    people = sorted(
        ((each.id, each.name) for each in watch.contacts.values()),
        key=lambda each: each[1].casefold(),
    )
    return Sheet(
        say("Digest of the deadlines"),
        (
            Slot(
                id="who",
                label=say("For whom"),
                choices=(("", word("everybody")), *owners, *people),
                hint=say("Everybody, one administration, or one contact person (F4)."),
            ),
            Slot(
                id="within",
                label=say("How far ahead?"),
                value="14",
                choices=PERIODS,
                hint=say("What is overdue stands in it in any case."),
            ),
            Slot(
                id="language",
                label=say("Language"),
                value=speech.language,
                choices=tuple(OWN_NAMES.items()),
                hint=say("The language the mail is written in."),
            ),
        ),
        make,
    )
