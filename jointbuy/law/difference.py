"""What changed in the law between two days: its values, its competences, its texts."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, TypeAlias

from jointbuy.errors import NotInForce
from jointbuy.law.competence.rows import counts
from jointbuy.law.parameters import NO_OWN, Parameter, parameter, parameters
from jointbuy.law.tables import citation_of, sources, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from jointbuy.law.parameters import OwnValues, Value
    from jointbuy.law.tables import Source
    from jointbuy.model.finding import Citation

COMPETENCE = "competence"
"""The table whose rows say who decides and who supervises, with their days."""

A_DAY = timedelta(days=1)

Row: TypeAlias = "dict[str, Any]"

DAYS = dict.fromkeys(("from", "until"))
WHOSE = ("kinds", "regions")
WHERE = "basis"
ABOUT = (
    "stages",
    "forms",
    "headings",
    "procedures",
    "natures",
    "budget",
    "what",
    "how",
    "to",
)
"""What a row is about; what else it says may change from one day to the other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueChange:
    """One amount, share or term: None is a day of which no value is known.

    Each is given with all the days on which it stood so without a break.
    """

    parameter: Parameter
    before: Value | None
    after: Value | None

    @property
    def same_number(self) -> bool:
        """Whether it is only written elsewhere."""
        old, new = _alike(self.before), _alike(self.after)
        return old is not None and new is not None and old[0] == new[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class RowChange:
    """One rule on who decides, supervises or summons, of some kinds in some regions.

    `about` are the decisions, procedures and so on it is about. `before` and `after`
    are what else the row of each day says; None where no such row counts on that day.
    """

    part: str
    kinds: tuple[str, ...]
    regions: tuple[str, ...]
    about: Mapping[str, Any]
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    was: Citation | None
    now: Citation | None

    @property
    def fields(self) -> tuple[str, ...]:
        """What they say otherwise; nothing where only the basis differs."""
        old, new = self.before or {}, self.after or {}
        names = dict.fromkeys((*old, *new))
        return tuple(name for name in names if old.get(name) != new.get(name))


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What differs from the earlier to the later of two days.

    `started` are texts that took effect after the first day and not after the last.
    """

    first: date
    last: date
    values: tuple[ValueChange, ...]
    rows: tuple[RowChange, ...]
    started: tuple[Source, ...]

    @property
    def nothing(self) -> bool:
        """Whether nothing differs that jointbuy knows of."""
        return not (self.values or self.rows or self.started)


def difference(one: date, other: date, own: OwnValues = NO_OWN) -> Difference:
    """What changed between two days, in whichever order they are given."""
    first, last = sorted((one, other))
    return Difference(
        first=first,
        last=last,
        values=tuple(_values(first, last, own)),
        rows=tuple(_rows(first, last)),
        started=tuple(
            sorted(
                (
                    source
                    for source in sources().values()
                    if source.start is not None and first < source.start <= last
                ),
                key=lambda source: (source.start, source.key),
            )
        ),
    )


def known(name: str, on: date, own: OwnValues = NO_OWN) -> Value | None:
    """The value on that day; None where no text gives one."""
    try:
        return parameter(name, on, own)
    except NotInForce:
        return None


def _values(first: date, last: date, own: OwnValues) -> Iterator[ValueChange]:
    for name, each in parameters().items():
        before, after = known(name, first, own), known(name, last, own)
        if _alike(before) != _alike(after):
            yield ValueChange(
                parameter=each,
                before=_unbroken(before, own),
                after=_unbroken(after, own),
            )


def _unbroken(value: Value | None, own: OwnValues) -> Value | None:
    """The value with all the days on which it has stood so, one period on the next."""
    while value is not None:
        before = known(value.name, value.start - A_DAY, own)
        if before is None or _alike(before) != _alike(value):
            break
        value = replace(value, start=before.start)
    while value is not None and value.until is not None:
        after = known(value.name, value.until + A_DAY, own)
        if after is None or _alike(after) != _alike(value):
            break
        value = replace(value, until=after.until)
    return value


def _alike(value: Value | None) -> tuple[object, object] | None:
    """Its number and its text, to compare: not its days, nor when it was read."""
    if value is None:
        return None
    cited = value.citation
    number = (value.value, value.unit, value.strictness, value.tests)
    return number, (cited.source, cited.article, cited.own)


@dataclass(slots=True)
class _Where:
    """The kinds and regions a change is about, gathered."""

    before: Row | None
    after: Row | None
    kinds: dict[str, None] = field(default_factory=dict)
    regions: dict[str, None] = field(default_factory=dict)


def _rows(first: date, last: date) -> Iterator[RowChange]:
    """Changes that are the same for several kinds or regions are told once."""
    for part, rows in parts().items():
        if not _any(rows, first) or not _any(rows, last):
            continue
        merged: dict[tuple[int, int], _Where] = {}
        for kind, region in _places(rows):
            here = [row for row in rows if _of(row, kind, region)]
            for before, after in _moved(here, first, last):
                pair = id(before), id(after)
                where = merged.setdefault(pair, _Where(before=before, after=after))
                where.kinds[kind] = where.regions[region] = None
        for where in merged.values():
            yield RowChange(
                part=part,
                kinds=tuple(where.kinds),
                regions=tuple(where.regions),
                about=_about(where.before or where.after or {}),
                before=None if where.before is None else _told(where.before),
                after=None if where.after is None else _told(where.after),
                was=_basis(where.before),
                now=_basis(where.after),
            )


def _moved(
    rows: Sequence[Row], first: date, last: date
) -> Iterator[tuple[Row | None, Row | None]]:
    """The rows of one place that say otherwise, gone or new, about the same thing."""
    old = [row for row in rows if counts(row, first)]
    new = [row for row in rows if counts(row, last)]
    gone = [row for row in old if not any(_same(row, other) for other in new)]
    come = [row for row in new if not any(_same(row, other) for other in old)]
    for row in gone:
        heir = next((other for other in come if _about(other) == _about(row)), None)
        if heir is not None:
            come.remove(heir)
        yield row, heir
    yield from ((None, row) for row in come)


def parts_naming(name: str) -> tuple[str, ...]:
    """The parts of the table whose rows take a value of the law of that name."""
    return tuple(
        part for part, rows in parts().items() if any(_names(row, name) for row in rows)
    )


def _names(cell: object, name: str) -> bool:
    if isinstance(cell, dict):
        return any(_names(each, name) for each in cell.values())
    if isinstance(cell, list):
        return any(_names(each, name) for each in cell)
    return cell == name


def unknown_parts(on: date) -> tuple[str, ...]:
    """The parts of the table of which no row counts on that day."""
    return tuple(part for part, rows in parts().items() if not _any(rows, on))


def _any(rows: tuple[Row, ...], on: date) -> bool:
    return any(counts(row, on) for row in rows)


def parts() -> Mapping[str, tuple[Row, ...]]:
    """The rows with days, by the part they stand in, in the order of the table."""
    return {
        name: tuple(rows)
        for name, rows in table(COMPETENCE).items()
        if isinstance(rows, list) and all("basis" in row for row in rows)
    }


def _places(rows: Sequence[Row]) -> Iterator[tuple[str, str]]:
    yield from dict.fromkeys(
        (kind, region)
        for row in rows
        for region in row.get("regions", ("",))
        for kind in row.get("kinds", ("",))
    )


def _of(row: Row, kind: str, region: str) -> bool:
    return kind in row.get("kinds", ("",)) and region in row.get("regions", ("",))


def _same(one: Row, other: Row) -> bool:
    """Whether two rows say the same, apart from their days and whose they are."""
    return (_about(one), _told(one), _cited(one)) == (
        _about(other),
        _told(other),
        _cited(other),
    )


def _about(row: Row) -> Row:
    return {name: row[name] for name in ABOUT if name in row}


def _told(row: Row) -> Row:
    """What a row says of its own."""
    left_out = {*DAYS, *WHOSE, *ABOUT, WHERE}
    return {name: value for name, value in row.items() if name not in left_out}


def _cited(row: Row) -> tuple[str, str]:
    cited = _basis(row)
    return (cited.source, cited.article) if cited else ("", "")


def _basis(row: Row | None) -> Citation | None:
    if row is None:
        return None
    text = row[WHERE]
    return citation_of(text if isinstance(text, str) else text[0], where=COMPETENCE)
