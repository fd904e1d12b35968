"""The commands that enter, change and list one kind of record, made from its form."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from jointbuy.cli.base import Group, Option, Session, command
from jointbuy.errors import say, word
from jointbuy.l10n import format as written
from jointbuy.model import LocalText
from jointbuy.workspace.words import (
    ADHESION_STATES,
    ADMINISTRATION_KINDS,
    CALL_OFFS,
    REGIONS,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from jointbuy.errors import Message
    from jointbuy.intake.fields import Field
    from jointbuy.workspace import Entered

WORDS = {**ADMINISTRATION_KINDS, **REGIONS, **ADHESION_STATES, **CALL_OFFS}

METAVARS = {
    "DAY": "DATE",
    "AMOUNT": "EURO",
    "YEARLY": "EURO",
    "SHARE": "%",
    "COUNT": "N",
    "MONTHS": "N",
    "YES_NO": "[yes|no|unknown]",
    "LANGUAGE": "[fr|nl|de|en]",
    "LANGUAGES": "fr,nl",
    "ID": "ID",
    "IDS": "ID,ID",
    "CPV": "CODE",
    "CPVS": "CODE,CODE",
    "SESSIONS": "DATE,DATE",
    "CANCELLED": "DATE,DATE",
    "PERIODS": "DATE..DATE",
    "SUMMONS": "N",
    "FILING": "N",
    "LOTS": "LOT",
    "CONDITIONS": "CONDITION",
    "TERRITORIES": "CODE,CODE",
    "DOMAINS": "DOMAIN",
    "REOPENINGS": "TRIGGER",
}
"""What stands for the value of an option, by the sort of its field."""


BY_LINE = {
    "LOTS": "--lot",
    "CONDITIONS": "--condition",
    "DOMAINS": "--domain",
    "REOPENINGS": "--reopening",
}
"""Sorts of fields of which each value has an option of its own."""


class FieldOption(Option):
    """An option for a field of a form, which says itself in the user's language."""

    def __init__(self, field: Field) -> None:
        one = BY_LINE.get(field.sort.name, "")
        flag = one or "--" + field.cell.replace("_", "-")
        super().__init__(
            [flag, field.cell],
            metavar=_metavar(field),
            multiple=bool(one),
            help=field.label.text,
        )

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Its line in the help, as a sentence."""
        record = super().get_help_record(ctx)
        if record is None or record[1].endswith((".", "?")):
            return record
        return record[0], record[1] + "."


def _metavar(field: Field) -> str:
    if field.letters:
        return f"[{'|'.join(field.letters)}]"
    if field.choices is not None:
        names = (name.lower() for name in field.choices.__members__)
        joint = "|" if field.sort.name == "CHOICE" else ","
        return f"[{joint.join(names)}]"
    return METAVARS.get(field.sort.name, "TEXT")


def add_command(
    group: Group,
    kind: type,
    *,
    help: str,  # noqa: A002
    run: Callable[..., None] | None = None,
    options: Iterable[Callable[[], Option]] = (),
) -> None:
    """Give a group its `add`; where people name the record, its id comes first.

    `run` enters what these `options` and the fields say, where more than a record is
    to be kept.
    """

    def more() -> Iterator[click.Parameter]:
        yield from _asked(kind, adding=True)
        for made in options:
            yield made()

    group.add_command(
        command(name="add", help=help, more=more)(run or partial(_add, kind))
    )


def edit_command(group: Group, kind: type, *, help: str) -> None:  # noqa: A002
    """Give a group its `edit`."""
    more = partial(_asked, kind)
    group.add_command(command(name="edit", help=help, more=more)(partial(_edit, kind)))


def _asked(kind: type, *, adding: bool = False) -> Iterator[click.Parameter]:
    """The id, where people choose it or it is there already, and every field."""
    from jointbuy.workspace import NAMED, form

    if kind in NAMED or not adding:
        yield click.Argument(["record"], metavar="ID")
    for field in form(kind):
        yield FieldOption(field)


def _add(kind: type[Any], session: Session, /, record: str = "", **cells: Any) -> None:  # noqa: ANN401
    given = typed(cells)
    given |= {cell: "\n".join(lines) for cell, lines in _by_line(cells).items()}
    entered: Entered[Any] = session.new_workspace.add_record(kind, given, id_=record)
    if not record and not session.as_json:
        session.line(entered.record.id)
    told(session, entered)


def _edit(kind: type[Any], session: Session, /, record: str, **cells: Any) -> None:  # noqa: ANN401
    given = typed(cells)
    for cell, lines in _by_line(cells).items():
        given[cell] = session.workspace.lines_with(kind, record, cell, lines)
    told(session, session.workspace.edit_record(kind, record, given))


def typed(cells: Mapping[str, Any]) -> dict[str, str]:
    """The fields that were given a text, as they would be typed."""
    return {
        name: str(value)
        for name, value in cells.items()
        if value is not None and not isinstance(value, tuple)
    }


def _by_line(cells: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """What was given line by line, such as lots."""
    return {
        name: value
        for name, value in cells.items()
        if isinstance(value, tuple) and value
    }


def told(session: Session, entered: Entered[Any]) -> None:
    """Say what was kept of a record, and what was remarked."""
    session.problems(entered.remarks)
    id_ = entered.record.id
    if entered.changed:
        session.tell(say("Recorded: {id}.", id=id_))
    else:
        session.tell(say("Nothing changed: {id} stays as it was.", id=id_))
    if session.as_json:
        session.json(entered.record)


def list_command(
    group: Group,
    kind: type,
    *columns: tuple[str, Message],
    help: str,  # noqa: A002
    count: Callable[[int], Message],
) -> None:
    """Give a group its `list`: the id, and these fields under their headings."""
    made = command(name="list", help=help)(partial(_list, kind, columns, count))
    if any(field.name == "administration" for field in fields(kind)):
        only = Option(
            ["--administration", "-a"], help="Only those of one administration."
        )
        made.params.append(only)
    group.add_command(made)


def _list(
    kind: type,
    columns: tuple[tuple[str, Message], ...],
    count: Callable[[int], Message],
    session: Session,
    /,
    administration: str | None = None,
) -> None:
    found: list[Any] = list(_all(session, kind).values())
    if administration:
        who = session.records.administration(administration).id
        found = [record for record in found if record.administration == who]
    if session.as_json:
        session.json(found)
        return
    names = _names(session, kind, {name for name, _ in columns})
    session.table(
        (say("Id"), *(heading for _, heading in columns)),
        [
            (
                record.id,
                *(shown(session, getattr(record, name), names) for name, _ in columns),
            )
            for record in found
        ],
    )
    session.tell(count(len(found)))


def _all(session: Session, kind: type[Any]) -> dict[str, Any]:
    return session.records.records(kind)


def _names(session: Session, kind: type, wanted: set[str]) -> dict[str, str]:
    """What the records are called that the ids in these fields name."""
    from jointbuy.workspace import form

    kinds = {each for f in form(kind) if f.cell in wanted for each in f.kinds}
    found: dict[str, str] = {}
    for each in kinds:
        for id_, record in _all(session, each).items():
            called = getattr(record, "names", None) or getattr(record, "title", id_)
            if isinstance(called, LocalText):
                called = called.get(session.language)
            found[id_] = called or id_
    return found


def shown(session: Session, value: object, names: Mapping[str, str]) -> str:
    """A value as a cell of a table, in the user's language."""
    match value:
        case None:
            return ""
        case bool():
            answer = word("yes") if value else word("no")
            return session.catalogue.word(answer.text)
        case Enum():
            return session.catalogue.word(WORDS[value].text)
        case Decimal():
            return written.amount(value, session.language)
        case date():
            return written.day(value, session.language)
        case LocalText():
            return value.get(session.language)
        case tuple():
            return ", ".join(shown(session, each, names) for each in value)
    return names.get(str(value), str(value))
