"""`jointbuy adhesions`: who joined which centre or domain, and what became of it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import click

from jointbuy.cli.base import Option, Session, command, listing, parse_on
from jointbuy.cli.drafting import draft_options, told_drafts
from jointbuy.cli.entries import add_command, edit_command, list_command, shown
from jointbuy.codec import to_plain
from jointbuy.errors import Refused, say
from jointbuy.l10n import format as written
from jointbuy.model import Adhesion, AdhesionStatus, Reservation
from jointbuy.workspace import parse_amount
from jointbuy.workspace.adhesions import standing
from jointbuy.workspace.words import (
    ADHESION_STANDS,
    ADHESION_STATES,
    INTERESTS,
)

if TYPE_CHECKING:
    from jointbuy.centres.programmes import AdhesionTable, Cell, Column, Threshold
    from jointbuy.centres.twins import Difference
    from jointbuy.errors import Message
    from jointbuy.model import Reopening

OPEN = ("ANNOUNCED", "INTEREST_OPEN")

DECIDED = [
    status.name.lower()
    for status in AdhesionStatus
    if status is not AdhesionStatus.PROPOSED
]


def _adhesions(session: Session) -> None:
    workspace = session.workspace
    found = workspace.adhesions().values()
    states = workspace.framework_states()
    if session.as_json:
        session.json(
            {
                "adhesions": [to_plain(adhesion) for adhesion in found],
                "interests": [to_plain(i) for i in workspace.interests().values()],
                "uses": [to_plain(use) for use in workspace.uses().values()],
            }
        )
        return
    language = session.language
    everyone, centres_ = workspace.administrations(), workspace.centres()
    name = {id_: admin.name(language) for id_, admin in everyone.items()}
    session.table(
        (
            say("Administration"),
            say("Centre"),
            say("Domain"),
            say("State"),
            say("Decided on"),
        ),
        [
            (
                name.get(a.administration, a.administration),
                centres_[a.centre].names.get(language)
                if a.centre in centres_
                else a.centre,
                a.domain,
                _stands(session, standing(workspace, a)),
                written.day(a.decided_on, language) if a.decided_on else "",
            )
            for a in found
        ],
    )
    session.line()
    session.table(
        (say("Framework"), say("Interest by"), say("Administration"), say("Interest")),
        [
            (
                state.framework.title.get(language) or state.framework.id,
                written.day(deadline, language)
                if (deadline := state.framework.interest_deadline)
                else "",
                name.get(who, who),
                session.catalogue.word(INTERESTS[kind].text),
            )
            for state in states
            for who, kind in state.interest.items()
            if kind != "NOT_ASKED" or state.phase in OPEN
        ],
    )


adhesions = listing(
    "adhesions",
    help="List who joined which centre, and who marked interest in which framework.",
    show=_adhesions,
)
list_command(
    adhesions,
    Adhesion,
    ("administration", say("Administration")),
    ("centre", say("Centre")),
    ("domain", say("Domain")),
    ("status", say("State")),
    ("decided_on", say("Decided on")),
    ("due", say("Due")),
    help="List the adhesions with their ids.",
    count=lambda n: say("Adhesions: {n}.", n=n),
)
add_command(
    adhesions,
    Adhesion,
    help="Record that an administration joins a centre, or means to.",
)
edit_command(adhesions, Adhesion, help="Change an adhesion, or record its decision.")


# The table


@click.argument("programme", required=False, default="")
def _table(session: Session, programme: str) -> None:
    tell_table(session, programme)


def tell_table(session: Session, programme: str) -> None:
    """Who joined what; of one programme, or by centres without one."""
    table = session.workspace.adhesion_table(programme)
    if session.as_json:
        session.json(_plain_table(session, table))
    else:
        _whole_table(session, table)


def _whole_table(session: Session, table: AdhesionTable) -> None:
    """The table, then the minimum of each domain, then what waits for somebody."""
    language = session.language
    name = {who.id: who.name(language) for who in table.administrations}
    heads = (say("Administration"), *(_head(each, language) for each in table.columns))
    session.table(
        heads,
        [
            (
                name[who.id],
                *(
                    _stands(session, table.cells[who.id, column.id])
                    for column in table.columns
                ),
            )
            for who in table.administrations
        ],
    )
    for column in table.columns:
        if judged := table.thresholds.get(column.id):
            session.line()
            _minimum(session, column, judged)
    _to_do(session, table, name)
    if not table.columns:
        session.tell(
            say("No domain is recorded: add one with `programmes edit ID --domain`.")
            if table.programme
            else say("No adhesion is recorded outside a programme.")
        )


def _head(column: Column, language: str) -> Message:
    return say("{text}", text=column.names.get(language) or column.id)


def _stands(session: Session, cell: Cell) -> str:
    if not cell.adhesion and cell.todo is None:
        return "–"
    return session.catalogue.word(ADHESION_STANDS[cell.state.name].text)


def _minimum(session: Session, column: Column, judged: Threshold) -> None:
    """What is needed for a domain and whether it is there, on lines of their own."""
    name = column.names.get(session.language) or column.id
    session.line(say("{head}: {rest}", head=name, rest=judged.why))
    if judged.elsewhere is not None and judged.counted_on is not None:
        session.line(
            say(
                "  Counted here: {here}; elsewhere, by the centre on {day}: "
                "{elsewhere}.",
                here=judged.counted,
                day=judged.counted_on,
                elsewhere=judged.elsewhere,
            )
        )
    if judged.todo is not None:
        session.line(say("  To do: {what}", what=judged.todo))


def _to_do(session: Session, table: AdhesionTable, name: dict[str, str]) -> None:
    """What waits for somebody, one line each."""
    waiting = [cell for cell in table.cells.values() if cell.todo is not None]
    if not waiting:
        return
    titles = {each.id: each.names.get(session.language) or each.id for each in
              table.columns}  # fmt: skip
    session.line()
    for cell in waiting:
        if cell.todo is not None:
            session.line(
                say(
                    "{who}, {what}: {why} {todo}",
                    who=name[cell.administration],
                    what=titles[cell.column],
                    why=cell.why,
                    todo=cell.todo,
                )
            )


def _plain_table(session: Session, table: AdhesionTable) -> dict[str, object]:
    """The table as JSON, its sentences in the user's language."""
    said = session.catalogue.say
    return {
        "on": table.on.isoformat(),
        "programme": table.programme.id if table.programme else None,
        "administrations": [who.id for who in table.administrations],
        "columns": [
            {
                "id": each.id,
                "centre": each.centre,
                "domain": each.domain,
                "names": each.names.as_dict(),
                "due": each.due.isoformat() if each.due else None,
            }
            for each in table.columns
        ],
        "cells": [_plain_cell(session, cell) for cell in table.cells.values()],
        "minimum": [
            {
                "domain": each.column,
                "minimum": each.minimum,
                "counted": each.counted,
                "elsewhere": each.elsewhere,
                "counted_on": each.counted_on.isoformat() if each.counted_on else None,
                "firm": list(each.firm),
                "loose": list(each.loose),
                "held": list(each.held),
                "pending": list(each.pending),
                "reach": each.reach.name.lower(),
                "missing": each.missing,
                "in_every_case": each.in_every_case.name.lower(),
                "missing_in_every_case": each.missing_firm,
                "why": said(each.why),
                "todo": said(each.todo) if each.todo else None,
            }
            for each in table.thresholds.values()
        ],
    }


def _plain_cell(session: Session, cell: Cell) -> dict[str, object]:
    said = session.catalogue.say
    return {
        "administration": cell.administration,
        "column": cell.column,
        "adhesion": cell.adhesion or None,
        "state": cell.state.name.lower(),
        "weight": cell.weight.name.lower(),
        "why": said(cell.why),
        "todo": said(cell.todo) if cell.todo else None,
        "due": cell.due.isoformat() if cell.due else None,
        "late": cell.late,
        "reservations": [to_plain(each) for each in cell.reservations],
        "triggers": list(cell.triggers),
        "open": [
            {
                "trigger": said(each.trigger),
                "what": said(each.what),
                "since": each.since.isoformat() if each.since else None,
            }
            for each in cell.open
        ],
        "budget": None if cell.budget is None else str(cell.budget),
        "cost": None if cell.cost is None else str(cell.cost),
    }


adhesions.add_command(
    command(
        name="table",
        help=(
            "Administrations by the domains of a programme, or by centres, with what "
            "is missing."
        ),
    )(_table)
)


@click.argument("adhesion")
def _show(session: Session, adhesion: str) -> None:
    workspace = session.workspace
    found = workspace.adhesion(adhesion)
    cell = workspace.adhesion_state(found.id)
    if session.as_json:
        plain = to_plain(found)
        session.json({"adhesion": plain, "stands": _plain_cell(session, cell)})
        return
    language = session.language
    who = workspace.administrations().get(found.administration)
    centre = workspace.centres().get(found.centre)
    programme = workspace.programmes().get(found.programme)
    facts = [
        (say("Id"), found.id),
        (say("Administration"), who.name(language) if who else found.administration),
        (say("Centre"), centre.names.get(language) if centre else found.centre),
        (say("Programme"), programme.names.get(language) if programme else ""),
        (say("Domain"), found.domain),
        (say("State"), _stands(session, cell)),
        (say("Why"), session.say(cell.why)),
        (say("To do"), session.say(cell.todo) if cell.todo else ""),
        (say("Body"), found.body),
        (say("Decided on"), shown(session, found.decided_on, {})),
        (say("Number"), found.number),
        (say("Convention signed on"), shown(session, found.convention_on, {})),
        (say("Due"), shown(session, cell.due, {})),
        (say("Cost presented"), shown(session, cell.budget, {})),
        (say("Cost known now"), shown(session, cell.cost, {})),
        (say("Cost known since"), shown(session, found.cost_on, {})),
        (say("Common draft"), found.text),
    ]
    facts += [
        (
            say("Reservation"),
            f"{each.text} ({each.place})" if each.place else each.text,
        )
        for each in found.reservations
    ]
    facts += [(say("Trigger"), each) for each in found.triggers]
    facts += [(say("Occurred"), _occurred(session, each)) for each in found.reopenings]
    facts.append((say("Note"), found.note))
    for label, value in facts:
        if value:
            session.line(say("{head}: {rest}", head=session.say(label), rest=value))


def _occurred(session: Session, each: Reopening) -> str:
    """What reopened it, and how that was settled."""
    what = f"{each.trigger} ({each.what})" if each.what else each.trigger
    if each.settled_on is None:
        return session.say(say("{day}, {what}", day=each.on, what=what))
    return session.say(
        say(
            "{day}, {what}; settled on {settled}: {how}",
            day=each.on,
            what=what,
            settled=each.settled_on,
            how=each.how,
        )
    )


adhesions.add_command(
    command(
        name="show",
        help="Show an adhesion with its reservations, triggers and what is to be done.",
    )(_show)
)


# Decisions, and what reopens them


@click.argument("ids", nargs=-1, required=True, metavar="ID…")
@click.argument("status", type=click.Choice(DECIDED))
@click.option("--date", "day", metavar="DATE", cls=Option, help="Default: today.")
@click.option("--body", default="", cls=Option, help="The body that decided.")
@click.option("--number", default="", cls=Option, help="The number of the decision.")
@click.option(
    "--reservation",
    "reservations",
    multiple=True,
    metavar="TEXT @ PLACE",
    cls=Option,
    help="A reservation and its place in the decision; once for each.",
)
@click.option(
    "--trigger",
    "triggers",
    multiple=True,
    cls=Option,
    help="An event that reopens the adhesion; once for each.",
)
def _decide(
    session: Session,
    ids: tuple[str, ...],
    status: str,
    day: str | None,
    body: str,
    number: str,
    reservations: tuple[str, ...],
    triggers: tuple[str, ...],
) -> None:
    made = session.workspace.decide_adhesions(
        ids,
        AdhesionStatus[status.upper()],
        on=parse_on(day) if day else None,
        body=body,
        number=number,
        reservations=tuple(map(_reservation, reservations)) or None,
        triggers=triggers or None,
    )
    for each in made:
        session.tell(say("Recorded: {id}.", id=each.id))
    if session.as_json:
        session.json(list(made))


def _reservation(text: str) -> Reservation:
    what, _, place = text.partition("@")
    if not what.strip():
        raise Refused(
            say("“{text}” gives a place but no reservation.", text=text),
        )
    return Reservation(text=what.strip(), place=place.strip())


@click.argument("adhesion")
@click.option("--trigger", required=True, cls=Option, help="Which trigger occurred.")
@click.option("--what", default="", cls=Option, help="What happened.")
@click.option("--date", "day", metavar="DATE", cls=Option, help="Default: today.")
def _reopen(
    session: Session, adhesion: str, trigger: str, what: str, day: str | None
) -> None:
    made = session.workspace.reopen_adhesion(
        adhesion, trigger, what=what, on=parse_on(day) if day else None
    )
    session.tell(
        say(
            "Reopened: {id}. Put it to the competent body again, then record what it "
            "decides with `adhesions settle {id}`.",
            id=made.id,
        )
    )
    if session.as_json:
        session.json(made)


@click.argument("adhesion")
@click.option("--how", required=True, cls=Option, help="What the body decided.")
@click.option(
    "--trigger", default="", cls=Option, help="Only this one; default: all that wait."
)
@click.option("--date", "day", metavar="DATE", cls=Option, help="Default: today.")
@click.option(
    "--budget",
    metavar="EURO",
    cls=Option,
    help="The cost that the body was shown; default: the cost known now.",
)
@click.option(
    "--status", type=click.Choice(DECIDED), cls=Option, help="Where that changed."
)
def _settle(
    session: Session,
    adhesion: str,
    how: str,
    trigger: str,
    day: str | None,
    budget: str | None,
    status: str | None,
) -> None:
    made = session.workspace.settle_reopening(
        adhesion,
        how,
        trigger=trigger,
        on=parse_on(day) if day else None,
        budget=parse_amount(budget) if budget else None,
        status=AdhesionStatus[status.upper()] if status else None,
    )
    session.tell(say("Recorded: {id}.", id=made.id))
    if session.as_json:
        session.json(made)


adhesions.add_command(
    command(
        name="decide",
        help="Record what was decided on an adhesion, or on several twins at once.",
    )(_decide)
)
adhesions.add_command(
    command(name="reopen", help="Record that a trigger of an adhesion occurred.")(
        _reopen
    )
)
adhesions.add_command(
    command(name="settle", help="Record that the body dealt with what reopened it.")(
        _settle
    )
)


# Twins


@click.argument("ids", nargs=-1, required=True, metavar="ID…")
def _compare(session: Session, ids: tuple[str, ...]) -> None:
    workspace = session.workspace
    if len(ids) == 1:
        ids = tuple(each.id for each in workspace.twins(ids[0]))
    found = workspace.compare_adhesions(ids)
    if session.as_json:
        session.json([_plain_difference(session, each) for each in found])
        return
    if not found:
        session.tell(say("The adhesions say the same: {n}.", n=len(ids)))
        return
    everyone = workspace.administrations()
    owners = {each.id: each.administration for each in workspace.adhesions().values()}
    whole = [workspace.adhesion(each).id for each in ids]
    heads = (
        say("Point"),
        *(
            say(
                "{text}",
                text=everyone[owners[each]].name(session.language)
                if owners[each] in everyone
                else each,
            )
            for each in whole
        ),
    )
    session.table(
        heads,
        [
            (
                session.say(each.label),
                *(_told(session, each, id_) for id_ in whole),
            )
            for each in found
        ],
    )
    session.tell(say("Points on which they differ: {n}.", n=len(found)))


def _told(session: Session, difference: Difference, id_: str) -> str:
    value = difference.values.get(id_)
    if value is None:
        return session.say(say("none"))
    if difference.field == "status":
        return session.catalogue.word(ADHESION_STATES[AdhesionStatus[str(value)]].text)
    if isinstance(value, Decimal):
        return written.amount(value, session.language)
    return shown(session, value, {})


def _plain_difference(session: Session, each: Difference) -> dict[str, object]:
    return {
        "field": each.field,
        "label": session.catalogue.say(each.label),
        "values": {
            id_: None if value is None else str(value)
            for id_, value in each.values.items()
        },
    }


adhesions.add_command(
    command(
        name="compare",
        help="Say on which points twin adhesions differ; of one, all its twins.",
    )(_compare)
)


# Drafts


@click.argument("ids", nargs=-1, required=True, metavar="ID…")
@draft_options
def _draft(session: Session, ids: tuple[str, ...], **options: Any) -> None:  # noqa: ANN401
    told_drafts(session, session.workspace.draft_adhesions(ids, **options))


adhesions.add_command(
    command(
        name="draft",
        help=(
            "Draft the decision of each administration, all out of one common text, to "
            "be verified."
        ),
        ui=False,
    )(_draft)
)
