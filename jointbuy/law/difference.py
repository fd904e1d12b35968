"""What changed in the law between two days: its values, its competences, its texts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from jointbuy.errors import NotInForce
from jointbuy.law.parameters import NO_OWN, Parameter, parameter, parameters
from jointbuy.law.tables import citation_of, sources, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from jointbuy.law.parameters import OwnValues, Value
    from jointbuy.law.tables import Source
    from jointbuy.model.finding import Citation

COMPETENCE = "competence"
"""The table whose rows say who decides and who supervises, with their days."""

DECIDING = "deciding"
"""The part of it whose rows are about stages; elsewhere stages are what a row says."""

Row: TypeAlias = "dict[str, Any]"

WHEN = ("from", "until")
DAYS = dict.fromkeys(WHEN)
WHOSE = ("kinds", "regions")
WHERE = "basis"


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueChange:
    """One amount, share or term: None is a day of which no value is known."""

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

    `stages` are those of the decisions it is about, none where it is about all.
    `before` and `after` are what the row of each day says beside its days, its bodies
    and its basis; None where no row holds on that day.
    """

    part: str
    kinds: tuple[str, ...]
    regions: tuple[str, ...]
    stages: tuple[str, ...]
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
            yield ValueChange(parameter=each, before=before, after=after)


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

    kinds: dict[str, None] = field(default_factory=dict)
    regions: dict[str, None] = field(default_factory=dict)


def _rows(first: date, last: date) -> Iterator[RowChange]:
    """Changes that are the same for several kinds, regions or stages are told once."""
    for part, rows in parts().items():
        if not _any(rows, first) or not _any(rows, last):
            continue
        pairs: dict[tuple[int, int], tuple[Row | None, Row | None]] = {}
        found: dict[tuple[str, str, tuple[int, int]], list[str]] = {}
        for kind, region in _places(rows):
            for stage in _stages(part, rows):
                before = _holding(rows, (kind, region), stage, first)
                after = _holding(rows, (kind, region), stage, last)
                if not _same(before, after):
                    pair = id(before), id(after)
                    pairs[pair] = before, after
                    found.setdefault((kind, region, pair), []).append(stage)
        merged: dict[tuple[tuple[int, int], tuple[str, ...]], _Where] = {}
        for (kind, region, pair), stages in found.items():
            where = merged.setdefault((pair, tuple(filter(None, stages))), _Where())
            where.kinds[kind] = where.regions[region] = None
        for (pair, about), where in merged.items():
            before, after = pairs[pair]
            yield RowChange(
                part=part,
                kinds=tuple(where.kinds),
                regions=tuple(where.regions),
                stages=about,
                before=None if before is None else _told(part, before),
                after=None if after is None else _told(part, after),
                was=_basis(before),
                now=_basis(after),
            )


def unknown_parts(on: date) -> tuple[str, ...]:
    """The parts of the table of which no row counts on that day."""
    return tuple(part for part, rows in parts().items() if not _any(rows, on))


def _any(rows: tuple[Row, ...], on: date) -> bool:
    return any(counts(row, on) for row in rows)


def counts(row: Row, on: date) -> bool:
    """Whether a row with days counts on that day."""
    start, until = row.get("from"), row.get("until")
    return (start is None or start <= on) and (until is None or on <= until)


def parts() -> Mapping[str, tuple[Row, ...]]:
    """The rows with days, by the part they stand in, in the order of the table."""
    return {
        name: tuple(rows)
        for name, rows in table(COMPETENCE).items()
        if isinstance(rows, list) and all("basis" in row for row in rows)
    }


def _places(rows: tuple[Row, ...]) -> Iterator[tuple[str, str]]:
    yield from dict.fromkeys(
        (kind, region)
        for row in rows
        for region in row.get("regions", ("",))
        for kind in row.get("kinds", ("",))
    )


def _stages(part: str, rows: tuple[Row, ...]) -> tuple[str, ...]:
    """Who decides differs by stage; elsewhere the stages are what a row says."""
    if part != DECIDING:
        return ("",)
    return tuple(dict.fromkeys(stage for row in rows for stage in row["stages"]))


def _holding(
    rows: tuple[Row, ...], place: tuple[str, str], stage: str, on: date
) -> Row | None:
    """The first row that fits, as it counts for the check."""
    kind, region = place
    for row in rows:
        if (
            kind in row.get("kinds", ("",))
            and region in row.get("regions", ("",))
            and (not stage or stage in row["stages"])
            and counts(row, on)
        ):
            return row
    return None


def _same(one: Row | None, other: Row | None) -> bool:
    if one is None or other is None:
        return one is other
    return {**one, **DAYS} == {**other, **DAYS}


def _told(part: str, row: Row) -> Row:
    """What a row says of its own; the stages of a decision stand beside it."""
    left_out = {*WHEN, *WHOSE, WHERE, *(("stages",) if part == DECIDING else ())}
    return {name: value for name, value in row.items() if name not in left_out}


def _basis(row: Row | None) -> Citation | None:
    if row is None:
        return None
    text = row[WHERE]
    return citation_of(text if isinstance(text, str) else text[0], where=COMPETENCE)
