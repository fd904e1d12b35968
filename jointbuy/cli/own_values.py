"""`jointbuy law set`, `unset` and `own`: values of the law that a register sets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from jointbuy.cli.base import Option, command
from jointbuy.errors import say
from jointbuy.l10n import format as written
from jointbuy.workspace import legal_parameters
from jointbuy.workspace.words import UNITS

if TYPE_CHECKING:
    from jointbuy.cli.base import Session
    from jointbuy.law import Parameter
    from jointbuy.model import OwnValue


@click.argument("parameter")
@click.argument("value")
@click.option(
    "--from",
    "start",
    required=True,
    metavar="DATE",
    cls=Option,
    help="First day on which it counts.",
)
@click.option(
    "--until",
    metavar="DATE",
    cls=Option,
    help="Last day on which it counts; without it, it is open.",
)
@click.option(
    "--source",
    required=True,
    cls=Option,
    help="The text it was read in: its kind, date and title.",
)
@click.option("--article", cls=Option, help="Article and paragraph.")
@click.option(
    "--checked",
    metavar="DATE",
    cls=Option,
    help="The day it was compared with the text; default: today.",
)
@click.option("--note", cls=Option, help="A note.")
def _set(session: Session, **typed: str | None) -> None:
    entered = session.new_workspace.set_own_value(
        {name: text for name, text in typed.items() if text is not None}
    )
    session.problems(entered.remarks)
    if session.as_json:
        session.json(entered.record)
    elif entered.changed:
        session.tell(say("Recorded: {id}.", id=entered.record.id))
    else:
        session.tell(
            say("Nothing changed: {id} stays as it was.", id=entered.record.id)
        )


set = command(  # noqa: A001
    name="set",
    help=(
        "Keep an amount, share or term of the law as you read it in its text; in "
        "this register it goes before the packaged one."
    ),
)(_set)


@click.argument("name")
def _unset(session: Session, name: str) -> None:
    gone = session.workspace.unset_own_value(name)
    session.tell(say("Taken away: {id}. `undo` brings it back.", id=gone.id))


unset = command(
    name="unset",
    help="Take away a value this register sets itself, by its id or parameter.",
)(_unset)


def _own(session: Session) -> None:
    kept = tuple(session.records.own_values().values())
    if session.as_json:
        session.json(list(kept))
        return
    titles = legal_parameters()
    heads = (
        say("Id"),
        say("Amount, share or term of the law"),
        say("Value"),
        say("From"),
        say("Until"),
        say("Where it is written"),
        say("Compared on"),
    )
    rows = []
    for each in kept:
        known = titles.get(each.parameter)
        rows.append(
            (
                each.id,
                session.catalogue.word(known.title) if known else each.parameter,
                _counted(session, each, known),
                written.day(each.start, session.language),
                written.day(each.until, session.language) if each.until else "",
                f"{each.source}, {each.article}".rstrip(", "),
                written.day(each.checked, session.language) if each.checked else "",
            )
        )
    session.table(heads, rows)
    session.tell(say("Own values of the law: {n}.", n=len(kept)))


def _counted(session: Session, value: OwnValue, known: Parameter | None) -> str:
    """The value and what it is counted in."""
    number = written.number(value.value)
    if known is None:
        return number
    return f"{number} {session.catalogue.word(UNITS[known.values[0].unit].text)}"


own = command(name="own", help="List the values of the law this register sets itself.")(
    _own
)
