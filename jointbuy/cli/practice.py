"""`jointbuy practice`: how long steps take here where no text sets a term."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from jointbuy.cli.base import Group, Option, Session, command
from jointbuy.errors import UsageError, say, word

if TYPE_CHECKING:
    from jointbuy.errors import Arg
    from jointbuy.workspace import OfficeHabit

YES_NO = {"yes": 1, "no": 0}


@click.group(
    cls=Group, help="How long steps take in this office, where no text sets a term."
)
def practice() -> None:
    """List, set and unset the habits of the office."""


def _list(session: Session) -> None:
    habits = session.workspace.habits()
    if session.as_json:
        session.json([_plain(session, each) for each in habits])
        return
    heads = (say("Name"), say("Days"), say("Usual"), say("What it is"))
    rows = [
        (
            each.id,
            _counted(session, each, each.days) + ("*" if each.own else ""),
            _counted(session, each, each.usual),
            session.say(each.title),
        )
        for each in habits
    ]
    session.table(heads, rows)
    own = sum(1 for each in habits if each.own)
    session.tell(say("Set in this register (*): {n}.", n=own))


def _counted(session: Session, habit: OfficeHabit, days: int | None) -> str:
    if days is None:
        return session.catalogue.word(_WHOLE.text)
    if habit.unit == "yes_no":
        return session.catalogue.word((_YES if days else _NO).text)
    if habit.unit == "months":
        return session.say(say("{n} m", n=days))
    return str(days)


_WHOLE: Arg = word("whole term")
_YES: Arg = word("yes")
_NO: Arg = word("no")


def _plain(session: Session, habit: OfficeHabit) -> dict[str, object]:
    own = habit.own
    return {
        "name": habit.id,
        "title": session.catalogue.say(habit.title),
        "days": habit.days,
        "usual": habit.usual,
        "lowest": habit.lowest,
        "highest": habit.highest,
        "unit": habit.unit,
        "own": own is not None,
        "why": own.why if own else "",
        "by": own.by if own else "",
        "on": own.on.isoformat() if own and own.on else None,
    }


@click.argument("name")
@click.argument("days")
@click.option("--why", default="", cls=Option, help="Why it differs from the usual.")
def _set(session: Session, name: str, days: str, why: str) -> None:
    kept = session.new_workspace.set_practice(name, _number(days), why=why)
    if session.as_json:
        session.json(kept)
    else:
        session.tell(say("Recorded: {id}.", id=kept.id))


def _number(text: str) -> int:
    text = text.strip().lower()
    if text in YES_NO:
        return YES_NO[text]
    if not text.isascii() or not text.isdigit():
        raise UsageError(
            say("“{text}” is not a number of days: write 30, or yes or no.", text=text)
        )
    return int(text)


@click.argument("name")
def _unset(session: Session, name: str) -> None:
    gone = session.workspace.unset_practice(name)
    if session.as_json:
        session.json(gone)
    else:
        session.tell(say("Taken away: {id}. `undo` brings it back.", id=gone.id))


practice.add_command(
    command(name="list", help="List the habits that plans count with.")(_list)
)
practice.add_command(
    command(name="set", help="Keep how long a step takes in this office.")(_set)
)
practice.add_command(
    command(name="unset", help="Have the usual practice count again.")(_unset)
)
