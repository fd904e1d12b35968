"""`jointbuy deadlines`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from jointbuy.cli import show as shown
from jointbuy.cli.base import OVERDUE, Option, Session, command, listing, parse_on
from jointbuy.errors import UsageError, say
from jointbuy.model import Level
from jointbuy.workspace import source_title

if TYPE_CHECKING:
    from jointbuy.model import Deadline, Reminder
    from jointbuy.workspace.calendar_file import CalendarWritten
    from jointbuy.workspace.digests import Layout
    from jointbuy.workspace.watching import Watch


def parse_within(text: str) -> int:
    """A number of days: 90, 90d, 12w or 3m.

    Raises:
        UsageError: it is none of these.
    """
    found = re.fullmatch(r"(\d{1,4})\s*([dwmDWM]?)", text.strip())
    if not found:
        raise UsageError(
            say("“{text}” is not a period: write 90d, 12w or 3m.", text=text)
        )
    return int(found[1]) * {"": 1, "d": 1, "w": 7, "m": 30}[found[2].lower()]


@click.option(
    "--within", metavar="90d", cls=Option, help="Only those within this period."
)
@click.option(
    "--who",
    default="",
    cls=Option,
    help="Only those of one administration or contact person.",
)
@click.option(
    "--kind",
    default="",
    cls=Option,
    help="Only those of one kind, such as contract or interest_proof.",
)
@click.option(
    "--level",
    type=click.Choice([level.name.lower() for level in Level]),
    cls=Option,
    help="Only those that are this near.",
)
@click.option(
    "--all",
    "whole",
    is_flag=True,
    cls=Option,
    help="Those too that were put off with a reason.",
)
@click.option(
    "--ics",
    type=click.Path(path_type=Path),
    cls=Option,
    help="Write them to a calendar file as well.",
)
@click.option(
    "--overwrite", is_flag=True, cls=Option, help="Replace the calendar file."
)
def _deadlines(
    session: Session,
    within: str | None,
    who: str,
    kind: str,
    level: str | None,
    ics: Path | None,
    *,
    whole: bool,
    overwrite: bool,
) -> None:
    from jointbuy.workspace.deadlines import kind_of

    workspace = session.workspace
    watch = workspace.watch()
    found = watch.select(
        within=parse_within(within) if within else None,
        who=workspace.acting(who).id if who else "",
        kind=kind_of(kind),
        level=Level[level.upper()] if level else None,
    )
    told = [each for each in found if watch.snoozed(each) is None]
    if ics is not None:
        _tell_calendar(
            session, workspace.write_calendar(ics, found, overwrite=overwrite)
        )
    listed = found if whole else told
    if session.as_json:
        session.json([plain(session, each, watch) for each in listed])
    else:
        shown.deadlines(session, listed, watch.administrations, watch)
        _tell_clashes(session, watch, {each.id for each in listed})
    if not listed:
        session.tell(say("No deadline is to be told."))
    if len(told) < len(found) and not whole:
        session.tell(
            say(
                "Put off with a reason, and left out: {n}. Show them with --all.",
                n=len(found) - len(told),
            )
        )
    if any(each.level is Level.OVERDUE and not each.cancelled for each in told):
        click.get_current_context().exit(OVERDUE)


def _tell_clashes(session: Session, watch: Watch, listed: set[str]) -> None:
    """Which of these days several administrations cannot all decide before."""
    from jointbuy.workspace.watching import clashes

    for clash in clashes(watch):
        if listed.isdisjoint(clash.deadlines):
            continue
        session.line()
        message = say("{what}: {told}", what=clash.what, told=clash.message)
        shown.paragraph(session, session.say(message), indent=2, first="! ")
        session.tell(say("The way out: `sessions clashes`."))


def _tell_calendar(session: Session, made: CalendarWritten) -> None:
    """What became of the calendar file; of a new one, how it is best used."""
    session.tell(
        say("Calendar written to {file}: {n}.", file=str(made.path), n=made.events)
    )
    if made.added < made.events:
        session.tell(
            say(
                "New: {added}, moved: {moved}, changed: {changed}, struck out: "
                "{struck}, as before: {kept}.",
                added=made.added,
                moved=made.moved,
                changed=made.changed,
                struck=made.struck,
                kept=made.kept,
            )
        )
        return
    from jointbuy.workspace.calendar_file import ADVICE

    for advice in ADVICE:
        session.tell(advice)


def plain(
    session: Session, deadline: Deadline, watch: Watch | None = None
) -> dict[str, object]:
    """A deadline as one JSON object; with a watch, what was done about it too."""
    tell = session.catalogue.say
    told: dict[str, object] = {
        "id": deadline.id,
        "code": deadline.code,
        "day": deadline.day.isoformat(),
        "level": deadline.level.name.lower(),
        "what": tell(deadline.what),
        "administration": deadline.administration,
        "contact": deadline.contact,
        "consequence": tell(deadline.consequence) if deadline.consequence else None,
        "kind": deadline.kind,
        "subject": deadline.subject,
        "cancelled": deadline.cancelled,
        "sequence": deadline.sequence,
        "basis": [
            {
                "source": source_title(basis.source, session.language),
                "article": basis.article,
                "to_verify": basis.to_verify,
            }
            for basis in deadline.basis
        ],
    }
    return told if watch is None else {**told, **_done_about(session, deadline, watch)}


def _done_about(
    session: Session, deadline: Deadline, watch: Watch
) -> dict[str, object]:
    """Who was reminded last, what puts it off, when bodies can last decide on it."""
    reminders, snooze = watch.reminded(deadline), watch.snoozed(deadline)
    person = watch.contacts.get(deadline.contact)
    return {
        "contact_name": person.name if person else "",
        "reminders": len(reminders),
        "last_reminder": plain_reminder(reminders[0]) if reminders else None,
        "snoozed": {
            "until": snooze.until.isoformat(),
            "why": snooze.why,
            "by": snooze.by,
            "on": snooze.on.isoformat() if snooze.on else None,
        }
        if snooze
        else None,
        "sessions": [
            {
                "body": str(session.catalogue.say(say("{name}", name=each.body))),
                "day": each.session.day.isoformat() if each.session else None,
                "filing": each.session.filing.isoformat() if each.session else None,
                "estimated": each.session.estimated if each.session else None,
                "expected": each.session.expected if each.session else None,
                "warning": session.catalogue.say(each.warning)
                if each.warning
                else None,
                "ways_out": [
                    session.catalogue.say(way.message) for way in each.ways_out
                ],
            }
            for each in watch.sittings(deadline)
        ],
    }


def plain_reminder(reminder: Reminder) -> dict[str, object]:
    """A reminder as one JSON object."""
    return {
        "id": reminder.id,
        "about": reminder.about,
        "on": reminder.on.isoformat(),
        "to": reminder.to,
        "channel": reminder.channel.name.lower(),
        "by": reminder.by,
        "note": reminder.note,
    }


deadlines = listing(
    "deadlines",
    help="List every day not to miss, nearest first; exit code 5 when one is overdue.",
    show=_deadlines,
)


@click.argument("deadline", metavar="ID")
@click.option(
    "--until", metavar="DATE", required=True, cls=Option, help="Report it again on."
)
@click.option(
    "--why", metavar="TEXT", required=True, cls=Option, help="Why it can wait."
)
def _snooze(session: Session, deadline: str, until: str, why: str) -> None:
    made = session.workspace.snooze(deadline, until=parse_on(until), why=why)
    session.tell(
        say(
            "Put off until {until}: {id}. Its day stands.", until=made.until, id=made.id
        )
    )
    if session.as_json:
        session.json(made)


@click.argument("deadline", metavar="ID")
def _wake(session: Session, deadline: str) -> None:
    woken = session.workspace.wake(deadline)
    session.tell(say("Reported again: {id}.", id=woken.id))
    if session.as_json:
        session.json(woken)


@click.option(
    "--who",
    default="",
    cls=Option,
    help="Only those of one administration or contact person.",
)
@click.option(
    "--kind",
    default="",
    cls=Option,
    help="Only those of one kind, such as contract or interest_proof.",
)
@click.option(
    "--within",
    metavar="14d",
    default="14d",
    cls=Option,
    help="Due within this period, and overdue; default: 14d.",
)
@click.option(
    "--format",
    "layout",
    type=click.Choice(["md", "html"]),
    default="md",
    cls=Option,
    help="Markdown or HTML.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    cls=Option,
    help="Write it to this file instead of printing it.",
)
@click.option("--overwrite", is_flag=True, cls=Option, help="Replace the file.")
@click.option(
    "--log",
    is_flag=True,
    cls=Option,
    help="Record a reminder by mail of each deadline in it.",
)
@click.option(
    "--to",
    default="",
    cls=Option,
    help="Who it is sent to, for --log; default: who must act.",
)
def _digest(
    session: Session,
    who: str,
    kind: str,
    within: str,
    layout: Layout,
    out: Path | None,
    to: str,
    *,
    overwrite: bool,
    log: bool,
) -> None:
    if to and not log:
        raise UsageError(say("--to says whom a reminder went to: give --log as well."))
    workspace = session.workspace
    made = workspace.digest(who=who, within=parse_within(within), kind=kind)
    if out is not None:
        file = workspace.write_digest(out, made, layout, overwrite=overwrite)
        session.tell(say("Written: {file}.", file=str(file)))
    if session.as_json:
        watch = workspace.watch()
        session.json(
            {
                "on": made.on.isoformat(),
                "until": made.until.isoformat(),
                "put_off": made.put_off,
                "deadlines": [plain(session, each, watch) for each in made.deadlines],
                "text": workspace.digest_text(made, layout),
            }
        )
    elif out is None:
        click.echo(workspace.digest_text(made, layout), nl=False)
    if log:
        logged = workspace.remind_all(made.deadlines, to=to)
        session.tell(say("Reminders recorded: {n}.", n=len(logged)))


deadlines.add_command(
    command(name="snooze", help="Put off a deadline until a day, with a reason.")(
        _snooze
    )
)
deadlines.add_command(
    command(name="wake", help="Report a deadline again that was put off.")(_wake)
)
deadlines.add_command(
    command(
        name="digest",
        help="Write the mail that says what is to be done in the coming days.",
    )(_digest)
)
