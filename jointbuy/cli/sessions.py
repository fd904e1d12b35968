"""`jointbuy sessions`: when councils and executives meet, and their last chances."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from jointbuy.cli import show as shown
from jointbuy.cli.base import REFUSED, Group, Option, Session, command, parse_on
from jointbuy.errors import say, word
from jointbuy.l10n import format as written
from jointbuy.workspace import overtaken, rhythm_text, source_title
from jointbuy.workspace.sittings import WayOut, clashes

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from jointbuy.errors import Message
    from jointbuy.intake.session_rows import ListedSession
    from jointbuy.model import Citation, CompetentBody
    from jointbuy.workspace import ImportedSessions, LastSession, SessionLine
    from jointbuy.workspace.sittings import Clash, Turn

STATES = {
    "fixed": word("fixed"),
    "expected": word("expected"),
    "doubtful": word("doubtful"),
    "cancelled": word("cancelled"),
}
NEXT = 6
"""Days shown of a rhythm that was just given."""

sessions = Group(
    "sessions",
    help="List, take in and change the sessions of councils and executives.",
)

_administration = click.option(
    "--administration",
    "-a",
    default="",
    cls=Option,
    help="Only those of one administration.",
)
_body = click.option(
    "--body", default="", cls=Option, help="Only the council, or the executive."
)


def _day(day: date, session: Session) -> str:
    return written.day(day, session.language)


def _name(session: Session, administration: str) -> str:
    known = session.workspace.administrations().get(administration)
    return known.name(session.language) if known is not None else administration


@_administration
@_body
@click.option("--until", metavar="DATE", cls=Option, help="Up to this day.")
@click.option("--past", is_flag=True, cls=Option, help="Those gone by too.")
def _list(
    session: Session, administration: str, body: str, until: str | None, *, past: bool
) -> None:
    workspace = session.workspace
    found = workspace.sessions(
        administration=administration,
        body=body,
        until=parse_on(until) if until else None,
        past=past,
    )
    if session.as_json:
        session.json([_plain(session, line) for line in found])
        return
    heads = (
        say("Day"),
        say("Administration"),
        say("Body"),
        say("State"),
        say("File by"),
        say("Summons by"),
    )
    session.table(heads, [_row(session, line) for line in found])
    _notes(session, (line.note for line in found))
    session.tell(say("Sessions: {n}.", n=len(found)))
    if not administration and (unknown := workspace.unknown_calendars()):
        session.tell(
            say(
                "No session of the council is known of: {names}. Take them in with "
                "`sessions import`, or give the rhythm with `sessions rhythm`.",
                names=", ".join(each.name(session.language) for each in unknown),
            )
        )


def _notes(session: Session, notes: Iterable[Message | None]) -> None:
    """What is to be known of these days, each sentence once."""
    told: list[Message] = []
    for note in notes:
        if note is not None and note not in told:
            told.append(note)
            session.tell(note)


def _row(session: Session, line: SessionLine) -> tuple[str, ...]:
    off = line.state == "cancelled"
    return (
        _day(line.day, session),
        _name(session, line.administration),
        session.say(say("{name}", name=line.name)),
        session.catalogue.word(STATES[line.state].text),
        "" if off else _day(line.filing, session),
        "" if off else _day(line.summons, session),
    )


def _plain(session: Session, line: SessionLine) -> dict[str, object]:
    return {
        "administration": line.administration,
        "body": line.body.name.lower(),
        "day": line.day.isoformat(),
        "state": line.state,
        "summons": line.summons.isoformat(),
        "filing": line.filing.isoformat(),
        "note": session.say(line.note) if line.note is not None else None,
    }


sessions.add_command(
    command(
        name="list", help="List the sessions, fixed and expected, with their days."
    )(_list)
)


@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--administration",
    "-a",
    default="",
    cls=Option,
    help="Whose sessions, where the file is silent.",
)
@click.option(
    "--body",
    default="",
    cls=Option,
    help="council or executive, where the file is silent.",
)
@click.option(
    "--title",
    default="",
    cls=Option,
    help="Of a calendar, only events with this in the title.",
)
@click.option(
    "--sheet", default="", cls=Option, help="The sheet to read, when there are several."
)
@click.option("--dry-run", is_flag=True, cls=Option, help="Only say what would happen.")
def _import(
    session: Session,
    file: Path,
    administration: str,
    body: str,
    title: str,
    sheet: str,
    *,
    dry_run: bool,
) -> None:
    found = session.workspace.import_sessions(
        file,
        administration=administration,
        body=body,
        sheet=sheet,
        title=title,
        dry_run=dry_run,
    )
    if dry_run:
        session.tell(say("Nothing is kept; this is what would happen:"))
    _report(session, found)
    if found.refused:
        click.get_current_context().exit(REFUSED)


def _report(session: Session, found: ImportedSessions) -> None:
    if session.as_json:
        session.json(
            {
                "added": [_listed(each) for each in found.added],
                "cancelled": [_listed(each) for each in found.cancelled],
                "unchanged": found.unchanged,
                "problems": [session.plain_problem(each) for each in found.problems],
            }
        )
    session.problems(found.problems)
    session.tell(
        say(
            "Sessions added: {added}, cancelled: {cancelled}, as they were: "
            "{unchanged}, refused: {refused}.",
            added=len(found.added),
            cancelled=len(found.cancelled),
            unchanged=found.unchanged,
            refused=len(found.refused),
        )
    )


def _listed(each: ListedSession) -> dict[str, str]:
    return {
        "administration": each.administration,
        "body": each.body.name.lower(),
        "day": each.day.isoformat(),
    }


sessions.add_command(
    command(
        name="import",
        help=(
            "Take in sessions from a spreadsheet (CSV, XLSX, ODS) or a calendar "
            "(ICS). Good rows are kept when others fail; taking in the same file again "
            "adds nothing."
        ),
    )(_import)
)


@click.argument("administration")
@click.argument("body")
@click.argument("text", nargs=-1)
def _rhythm(
    session: Session, administration: str, body: str, text: tuple[str, ...]
) -> None:
    workspace = session.workspace
    if text:
        changed = workspace.set_rhythm(administration, body, " ".join(text))
    else:
        changed = workspace.calendar(administration, body)
    coming = [
        line
        for line in workspace.sessions(administration=administration, body=body)
        if line.state in {"expected", "doubtful"}
    ]
    typed = _typed(session, changed)
    if session.as_json:
        session.json(
            {
                "rhythm": typed or None,
                "expected": [_plain(session, line) for line in coming],
            }
        )
        return
    if not typed:
        session.line(say("No rhythm is known; only the sessions that are fixed count."))
        return
    session.line(typed)
    for line in coming[:NEXT]:
        note = session.say(line.note) if line.note is not None else ""
        shown.paragraph(
            session, f"{_day(line.day, session)}  {note}".rstrip(), indent=4, first="- "
        )
    if changed.sessions:
        session.tell(
            say(
                "The rhythm counts in every month, or week, without a session that is "
                "fixed or cancelled; its days are expected, to be confirmed."
            )
        )
    else:
        session.tell(say("These sessions are expected, to be confirmed."))


def _typed(session: Session, body: CompetentBody) -> str:
    return rhythm_text(body.rhythm, session.language) if body.rhythm else ""


sessions.add_command(
    command(
        name="rhythm",
        help=(
            'Give a body its rhythm, such as "3rd Thursday, not in July, August"; '
            'without one, show it; "" takes it away.'
        ),
    )(_rhythm)
)


@click.argument("administration")
@click.argument("body")
@click.argument("days", nargs=-1, required=True, metavar="DATE...")
def _add(
    session: Session, administration: str, body: str, days: tuple[str, ...]
) -> None:
    meant = [
        parse_on(part)
        for text in days
        for part in text.replace(",", " ").replace(";", " ").split()
    ]
    workspace = session.workspace
    before = workspace.calendar(administration, body)
    new = workspace.add_sessions(administration, body, meant)
    after = workspace.calendar(administration, body)
    session.tell(
        say(
            "Sessions added: {added}, as they were: {unchanged}.",
            added=len(new),
            unchanged=len(set(meant)) - len(new),
        )
    )
    if (said := overtaken(before, after, workspace.on)) is not None:
        session.tell(said)
    if session.as_json:
        session.json({"added": [day.isoformat() for day in new]})


sessions.add_command(
    command(name="add", help="Fix sessions of a body on these days.")(_add)
)


@click.argument("administration")
@click.argument("body")
@click.argument("day", metavar="DATE")
def _cancel(session: Session, administration: str, body: str, day: str) -> None:
    meant = parse_on(day)
    changed = session.workspace.cancel_session(administration, body, meant)
    if changed:
        session.tell(say("Session of {day} cancelled.", day=meant))
    else:
        session.tell(say("The session of {day} was cancelled already.", day=meant))
    if session.as_json:
        session.json({"cancelled": meant.isoformat(), "changed": changed})


sessions.add_command(
    command(name="cancel", help="Strike out the session of a body on a day.")(_cancel)
)


@_administration
@_body
@click.option("--before", metavar="DATE", cls=Option, help="The day to decide by.")
@click.option(
    "--deadline",
    metavar="ID",
    default="",
    cls=Option,
    help="The deadline to decide by.",
)
def _last(
    session: Session, administration: str, body: str, before: str | None, deadline: str
) -> None:
    found = session.workspace.last_sessions(
        before=parse_on(before) if before else None,
        deadline=deadline,
        administration=administration,
        body=body,
    )
    if session.as_json:
        session.json([_plain_last(session, each) for each in found])
        return
    heads = (
        say("Administration"),
        say("Body"),
        say("Decide by"),
        say("Last session"),
        say("File by"),
        say("Days left"),
        say("Summons by"),
    )
    session.table(heads, [_last_row(session, each) for each in found])
    met = (each.sitting.session for each in found)
    _notes(session, (one.note for one in met if one is not None))
    for each in found:
        if each.sitting.warning is not None:
            session.line()
            _way_out(session, each)


def _last_row(session: Session, each: LastSession) -> tuple[str, ...]:
    met = each.sitting.session
    name = session.say(say("{name}", name=each.sitting.body))
    who = _name(session, each.administration)
    by = _day(each.day, session)
    if met is None:
        return who, name, by, session.say(say("none left")), "", "", ""
    sign = " ?" if met.expected or met.estimated else ""
    return (
        who,
        name,
        by,
        _day(met.day, session) + sign,
        _day(met.filing, session),
        str(each.sitting.left),
        _day(met.summons, session),
    )


def _way_out(session: Session, each: LastSession) -> None:
    """What is wrong, and what can be done about it, with its articles."""
    warning = each.sitting.warning
    if warning is not None:
        found = WayOut(message=warning, basis=each.sitting.basis)
        shown.paragraph(session, _way(session, found), indent=2, first="! ")
    for way in each.sitting.ways_out:
        shown.paragraph(session, _way(session, way), indent=4, first="- ")


def _way(session: Session, way: WayOut) -> str:
    cited = ", ".join(_cited(session, basis) for basis in way.basis)
    said = session.say(way.message)
    return f"{said} ({cited})" if cited else said


def _cited(session: Session, basis: Citation) -> str:
    title = source_title(basis.source, session.language)
    return f"{title}, {basis.article}" if basis.article else title


def _plain_last(session: Session, each: LastSession) -> dict[str, object]:
    met, first = each.sitting.session, each.sitting.first
    warning = each.sitting.warning
    return {
        "administration": each.administration,
        "body": each.sitting.kind.name.lower() if each.sitting.kind else None,
        "before": each.day.isoformat(),
        "session": None
        if met is None
        else {
            "day": met.day.isoformat(),
            "summons": met.summons.isoformat(),
            "filing": met.filing.isoformat(),
            "expected": met.expected,
            "estimated": met.estimated,
            "note": session.say(met.note) if met.note is not None else None,
        },
        "days_left": each.sitting.left,
        "first": first.day.isoformat() if first is not None else None,
        "days_late": each.sitting.late,
        "warning": session.say(warning) if warning is not None else None,
        "ways_out": _plain_ways(session, each.sitting.ways_out),
    }


def _plain_ways(session: Session, ways: Iterable[WayOut]) -> list[dict[str, object]]:
    return [
        {
            "message": session.say(way.message),
            "basis": [
                {
                    "source": source_title(basis.source, session.language),
                    "article": basis.article,
                    "to_verify": basis.to_verify,
                }
                for basis in way.basis
            ],
        }
        for way in ways
    ]


sessions.add_command(
    command(
        name="last",
        help=(
            "The last session at which each administration can still decide before a "
            "day or a deadline, and the way out where none is left."
        ),
    )(_last)
)


def _clashes(session: Session) -> None:
    workspace = session.workspace
    watch = workspace.watch()
    found = clashes(watch)
    if session.as_json:
        session.json([_plain_clash(session, each) for each in found])
        return
    for clash in found:
        session.line()
        shown.paragraph(session, session.say(clash.what))
        shown.paragraph(session, session.say(clash.message), indent=2, first="! ")
        for turn in (*clash.cannot, *clash.can, *clash.unknown):
            shown.paragraph(session, _turn(session, turn), indent=4, first="· ")
        if clash.consequence is not None:
            shown.paragraph(session, session.say(clash.consequence), indent=2)
        for way in clash.ways_out:
            shown.paragraph(session, _way(session, way), indent=4, first="- ")
    session.tell(
        say("Days before which not all can decide: {n}.", n=len(found))
        if found
        else say("Nobody comes too late for a day that several have in common.")
    )


def _turn(session: Session, turn: Turn) -> str:
    who = say("{name} ({body})", name=turn.name, body=turn.body)
    if turn.late and turn.first is not None:
        told = say(
            "{who}: {day} at the earliest, {days} days too late",
            who=who,
            day=turn.first.day,
            days=turn.late,
        )
    elif turn.session is None or turn.session.estimated:
        told = say("{who}: sessions not known", who=who)
    else:
        told = say("{who}: session of {day}", who=who, day=turn.session.day)
    return session.say(told)


def _plain_clash(session: Session, clash: Clash) -> dict[str, object]:
    def turns(found: Iterable[Turn]) -> list[dict[str, object]]:
        return [
            {
                "administration": turn.administration,
                "session": turn.session.day.isoformat() if turn.session else None,
                "first": turn.first.day.isoformat() if turn.first else None,
                "days_late": turn.late,
            }
            for turn in found
        ]

    return {
        "kind": clash.kind,
        "subject": clash.subject,
        "day": clash.day.isoformat(),
        "what": session.say(clash.what),
        "message": session.say(clash.message),
        "consequence": session.say(clash.consequence) if clash.consequence else None,
        "days_late": clash.days,
        "can": turns(clash.can),
        "cannot": turns(clash.cannot),
        "unknown": turns(clash.unknown),
        "ways_out": _plain_ways(session, clash.ways_out),
        "deadlines": list(clash.deadlines),
    }


sessions.add_command(
    command(
        name="clashes",
        help=(
            "Where administrations cannot all decide before a day they have in common, "
            "who comes how late, and the way out."
        ),
    )(_clashes)
)
