"""What is asked before a round of needs is opened, or an answer noted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointbuy.errors import say, word
from jointbuy.model import Channel, ServiceAnswer
from jointbuy.tui.dialogs.sheet import Sheet, Slot
from jointbuy.workspace import last_told, parse_day
from jointbuy.workspace.round_words import ANSWERS
from jointbuy.workspace.words import CHANNELS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from jointbuy.errors import Message
    from jointbuy.model import NeedsRound
    from jointbuy.tui.app import Terminal
    from jointbuy.tui.needs.rounds import AskedRow
    from jointbuy.workspace import Workspace


def opening(
    terminal: Terminal, rounds: Mapping[str, NeedsRound], on: date
) -> Sheet[Message]:
    """Asks for which year and by when, and of whom; opens the round, and says so."""

    async def open_it(values: dict[str, str]) -> Message:
        return await terminal.ask(lambda w: _open(w, values))

    newest = sorted(rounds.values(), key=lambda each: each.year or 0, reverse=True)
    before = tuple((each.id, each.title) for each in newest)
    year = max([on.year, *(each.year or 0 for each in newest)]) + 1
    return Sheet(
        say("Ask the services for their needs"),
        (
            Slot(
                id="year",
                label=say("Year of the needs"),
                value=str(year),
                hint=say("The year in which what they need is bought."),
            ),
            Slot(
                id="due",
                label=say("Last day to answer"),
                hint=say("Such as 31/1/2027 or +6w."),
            ),
            Slot(
                id="previous",
                label=say("Whom"),
                value=before[0][0] if before else "",
                choices=(*before, ("", word("every contact person"))),
                hint=say(
                    "The services of an earlier round, or every main contact and the "
                    "referent of each service."
                ),
            ),
        ),
        open_it,
    )


def _open(workspace: Workspace, values: dict[str, str]) -> Message:
    from jointbuy.errors import UsageError

    if not values["year"].strip().isdigit():
        raise UsageError(say("Give the year in four figures, such as 2028."))
    workspace.open_round(
        year=int(values["year"]),
        due=parse_day(values["due"], on=workspace.on, end=True),
        previous=values["previous"],
    )
    return last_told(workspace)


def answering(terminal: Terminal, rows: Sequence[AskedRow], on: date) -> Sheet[Message]:
    """Asks what services answered, who said so and when; notes it, and says so."""

    async def answer(values: dict[str, str]) -> Message:
        return await terminal.ask(lambda w: _answer(w, rows, values))

    first = rows[0]
    contact = first.contact.name if first.contact and len(rows) == 1 else ""
    title = say("Answer: {name}", name=first.called(terminal.speech))
    if len(rows) > 1:
        title = say("Answer: {n} services", n=len(rows))
    return Sheet(
        title,
        (
            Slot(
                id="answer",
                label=say("Answer"),
                value="NONE",
                choices=tuple(
                    (each.name if each else "", name) for each, name in ANSWERS.items()
                ),
                hint=say(
                    "New needs of the service count as its answer by themselves; "
                    "“silent” takes an answer back."
                ),
            ),
            Slot(
                id="by",
                label=say("Who answered"),
                value=first.state.answered_by or contact,
                hint=say("A name."),
            ),
            Slot(
                id="day",
                label=say("Day"),
                value=terminal.speech.day(on),
                hint=say("Such as 15/3 or today."),
            ),
            Slot(id="note", label=say("Note"), value=first.state.note),
        ),
        answer,
    )


def _answer(
    workspace: Workspace, rows: Sequence[AskedRow], values: dict[str, str]
) -> Message:
    workspace.answer_services(
        rows[0].round.round.id,
        [row.whom for row in rows],
        ServiceAnswer[values["answer"]] if values["answer"] else None,
        by=values["by"],
        day=parse_day(values["day"], on=workspace.on) if values["day"] else None,
        note=values["note"],
    )
    return last_told(workspace)


def reminding(terminal: Terminal, rows: Sequence[AskedRow]) -> Sheet[Message]:
    """Asks how the silent services are reminded; logs it, and says so."""

    async def remind(values: dict[str, str]) -> Message:
        return await terminal.ask(lambda w: _remind(w, rows, values))

    return Sheet(
        say("Remind silent services: {n}", n=len(rows)),
        (
            Slot(
                id="channel",
                label=say("How"),
                choices=tuple((each.name, name) for each, name in CHANNELS.items()),
                hint=say("After the last day the main contact is reminded as well."),
            ),
            Slot(id="note", label=say("Note"), hint=say("What was said, if anything.")),
        ),
        remind,
    )


def _remind(
    workspace: Workspace, rows: Sequence[AskedRow], values: dict[str, str]
) -> Message:
    workspace.remind_round(
        rows[0].round.round.id,
        [row.whom for row in rows],
        channel=Channel[values["channel"]],
        note=values["note"],
    )
    return last_told(workspace)
