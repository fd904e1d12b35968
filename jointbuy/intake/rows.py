"""The one validation of needs: what a form, a command or a file gives becomes Needs.

Every fault of every row is found at once; a row is taken whole or not at all, and bad
rows do not stop the good ones.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from jointbuy.errors import Message, Problem, say
from jointbuy.intake.amounts import parse_estimate, parse_quantity
from jointbuy.intake.choices import (
    parse_budget_kind,
    parse_cpv,
    parse_language,
    parse_nature,
    parse_territory,
    parse_year,
    parse_yes_no,
)
from jointbuy.intake.days import parse_day, parse_month_duration
from jointbuy.intake.habits import habits_of, mixed_columns
from jointbuy.intake.parties import Administrations
from jointbuy.intake.reader import RowReader, Surroundings, Vat
from jointbuy.intake.row import FIELDS, Cell, Row, refused
from jointbuy.intake.text import Parsed, fold
from jointbuy.model import Need, NeedStatus

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from jointbuy.model import Administration, ContactPerson, Nature
    from jointbuy.vocabulary.official import CpvList

__all__ = [
    "FIELDS",
    "Cell",
    "Parsed",
    "ParsedNeeds",
    "Row",
    "Vat",
    "parse_budget_kind",
    "parse_cpv",
    "parse_day",
    "parse_estimate",
    "parse_language",
    "parse_month_duration",
    "parse_nature",
    "parse_needs",
    "parse_quantity",
    "parse_territory",
    "parse_year",
    "parse_yes_no",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedNeeds:
    """The needs understood, in the order of the rows, and every problem found.

    `administrations` were created, to be completed. `created`, `updated` and
    `unchanged` divide `needs`; the unchanged ones need not be saved.
    """

    needs: tuple[Need, ...] = ()
    administrations: tuple[Administration, ...] = ()
    problems: tuple[Problem, ...] = ()
    created: tuple[Need, ...] = ()
    updated: tuple[Need, ...] = ()
    unchanged: tuple[Need, ...] = ()

    @property
    def refused_rows(self) -> tuple[int, ...]:
        """The numbers of the rows that were not taken."""
        return refused(self.problems)


def parse_needs(
    rows: Iterable[Row],
    *,
    administrations: Sequence[Administration],
    known: Mapping[str, Need],
    on: date,
    new_id: Callable[[], str],
    home: str = "",
    contacts: Sequence[ContactPerson] = (),
    vat: Vat = "",
    language: str = "fr",
    neighbour: bool = False,
    nature: Nature | None = None,
    codes: Callable[[], CpvList | None] = lambda: None,
) -> ParsedNeeds:
    """The needs in these rows, with every problem of every row.

    `home` is the administration of rows that name none, `nature` the nature of rows
    that do not say, and `vat` what an amount is whose column does not say. `language`
    is that of unknown administrations' names. With `neighbour` the rows come from
    another administration's register: their needs bear the day they were seen, unless
    they are `home`'s own. `codes` gives the official CPV list, if installed.

    A row without identifier is the need that was taken from the same file before, where
    administration, object, unit and window are still the same.
    """
    rows = list(rows)
    amounts = ("estimate", "estimate_unclear") if vat == "excl" else ("estimate",)
    habits = habits_of(rows, amounts=amounts, days={"earliest": False, "latest": True})
    around = Surroundings(
        known=known,
        parties=Administrations(administrations, language=language),
        contacts=_by_name(contacts),
        home=home,
        vat=vat,
        on=on,
        new_id=new_id,
        neighbour=neighbour,
        nature=nature,
        doubtful=frozenset(key for key, habit in habits.items() if habit.doubtful),
        codes=codes,
    )
    taken_before = _taken_before(known)
    found = _Found()
    resembling = {_likeness(need): need.id for need in known.values()}
    numbers: dict[tuple[object, ...], int] = {}
    for row in rows:
        reader = RowReader(row=row, around=around)
        counts = (dict(around.unclear), dict(around.with_vat))
        need = reader.need()
        before = taken_before.get((row.origin, _likeness(need)), []) if need else []
        again = [id_ for id_ in before if id_ not in found.seen]
        if need and need.id not in known and again:
            around.unclear, around.with_vat = counts
            reader = RowReader(row=_under(row, again[0]), around=around)
            need = reader.need()
        if need is not None and not _twice(reader, need, found.seen):
            found.seen[need.id] = row.number
            if need.id not in known:
                _warn_of_twins(reader, need, numbers, resembling)
            numbers.setdefault(_likeness(need), row.number)
            found.take(reader, need, known.get(need.id))
        found.problems += reader.problems
    wanted = {need.administration for need in found.needs}
    for id_, said in around.creations.items():
        if id_ not in wanted:
            place = next(n for n, one in enumerate(found.problems) if one is said)
            told = around.parties.not_created(said.value)
            found.problems[place] = dataclasses.replace(said, message=told)
    return ParsedNeeds(
        needs=tuple(found.needs),
        administrations=tuple(a for a in around.parties.created if a.id in wanted),
        problems=(
            *found.problems,
            *_column_problems(around),
            *mixed_columns(rows, habits),
        ),
        created=tuple(found.created),
        updated=tuple(found.updated),
        unchanged=tuple(found.unchanged),
    )


@dataclass(slots=True, kw_only=True)
class _Found:
    """What the rows have given so far; `seen` is the row of each identifier."""

    needs: list[Need] = field(default_factory=list)
    created: list[Need] = field(default_factory=list)
    updated: list[Need] = field(default_factory=list)
    unchanged: list[Need] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    seen: dict[str, int] = field(default_factory=dict)

    def take(self, reader: RowReader, need: Need, before: Need | None) -> None:
        if before is None:
            self.created.append(need)
        elif dataclasses.replace(need, seen_on=before.seen_on) == before:
            need = before
            self.unchanged.append(need)
            reader.problems.clear()  # what was let in before needs no remark again
        else:
            self.updated.append(need)
            if reader.row.number:  # who edits a need knows what was changed
                reader.remark("id", _changed(reader.row, need, before))
        self.needs.append(need)


def _taken_before(known: Mapping[str, Need]) -> dict[tuple[str, object], list[str]]:
    """The needs that each file gave, in its order, by what makes them recognised."""
    found: dict[tuple[str, object], list[tuple[int, str]]] = {}
    for need in known.values():
        file, mark, row = need.origin.rpartition(":")
        if mark and row.isdigit() and need.status is not NeedStatus.WITHDRAWN:
            same = found.setdefault((file, _likeness(need)), [])
            same.append((int(row), need.id))
    return {key: [id_ for _, id_ in sorted(same)] for key, same in found.items()}


def _under(row: Row, identifier: str) -> Row:
    return dataclasses.replace(row, cells={**row.cells, "id": identifier})


def _changed(row: Row, need: Need, before: Need) -> Message:
    names = [
        row.columns.get(item.name, item.name)
        for item in dataclasses.fields(Need)
        if item.name != "seen_on"
        and getattr(need, item.name) != getattr(before, item.name)
    ]
    return say(
        "“{title}” is in the register already and is updated: {fields}.",
        title=need.title,
        fields=", ".join(names),
    )


def _twice(reader: RowReader, need: Need, seen: Mapping[str, int]) -> bool:
    """Whether the identifier stands in an earlier row; the reader is told."""
    if need.id not in seen:
        return False
    reader.problem(
        "id",
        say(
            "The identifier “{id}” stands in row {row} already: give each need its "
            "own, or leave the cell empty.",
            id=need.id,
            row=str(seen[need.id]),
        ),
    )
    return True


def _column_problems(around: Surroundings) -> list[Problem]:
    """What concerns a whole column is said once."""
    unclear = [
        _of_column(
            column,
            say(
                "The column “{column}” does not say whether VAT is included. Amounts "
                "kept in the note and not taken as estimates: {count}. If they exclude "
                "VAT, add it to the heading, or say so when importing.",
                column=column,
                count=count,
            ),
        )
        for (_, column), count in around.unclear.items()
    ]
    with_vat = [
        _of_column(
            column,
            say(
                "The column “{column}” includes VAT. Amounts kept in the note and not "
                "taken as estimates: {count}. Give the amounts excluding VAT.",
                column=column,
                count=count,
            ),
        )
        for (_, column), count in around.with_vat.items()
    ]
    return unclear + with_vat


def _of_column(column: str, message: Message) -> Problem:
    return Problem(field="estimate", column=column, message=message, blocking=False)


def _by_name(
    contacts: Sequence[ContactPerson],
) -> dict[tuple[str, str], list[ContactPerson]]:
    found: dict[tuple[str, str], list[ContactPerson]] = {}
    for contact in contacts:
        for key in {fold(contact.id), fold(contact.name), fold(contact.email)} - {""}:
            found.setdefault((contact.administration, key), []).append(contact)
    return found


def _likeness(need: Need) -> tuple[object, ...]:
    title = fold(need.title) or need.title
    return (need.administration, title, fold(need.unit), need.earliest, need.latest)


def _warn_of_twins(
    reader: RowReader,
    need: Need,
    numbers: Mapping[tuple[object, ...], int],
    resembling: Mapping[tuple[object, ...], str],
) -> None:
    key = _likeness(need)
    if key in numbers and reader.row.number:
        reader.remark(
            "title",
            say(
                "“{title}” stands in row {row} too, for the same administration and "
                "the same period. If it is the same need, withdraw one with `needs "
                "edit {id} --withdraw`, or take the import back with `undo`.",
                title=need.title,
                row=str(numbers[key]),
                id=need.id,
            ),
        )
    elif key in resembling:
        reader.remark(
            "title",
            say(
                "“{title}” resembles a need that is registered already, {id}. If it is "
                "the same, withdraw one with `needs edit {id} --withdraw`, or take "
                "this back with `undo`.",
                title=need.title,
                id=resembling[key],
            ),
        )
