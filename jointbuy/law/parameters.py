"""Amounts, shares and terms of the law, each with its source and its days in force."""

from __future__ import annotations

import functools
import itertools
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeAlias

from jointbuy.errors import NotInForce, UsageError, say, word_of
from jointbuy.law.tables import CONFIDENCES, BadTable, citation, table
from jointbuy.model.finding import Citation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from jointbuy.model.own_value import OwnValue

FILES = ("amounts", "cooperation", "terms", "thresholds")
"""The tables that hold parameters; a parameter is named `table.key`."""

UNITS = ("days", "euro", "months", "per_cent", "years")
STRICTNESSES = ("above", "at_least", "at_most", "below")
TESTS = ("", "estimate", "expenditure")


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One value of a parameter and the days on which it is in force.

    `start` and `until` are both included, no `until` is open. `strictness` says on
    which side of the value the rule holds; `tests` what an amount is compared with.
    """

    name: str
    value: Decimal
    unit: str
    strictness: str
    start: date
    until: date | None = None
    tests: str = ""
    confidence: str
    citation: Citation

    def met_by(self, number: Decimal) -> bool:
        """Whether the number lies on the side of the value the text asks for."""
        match self.strictness:
            case "above":
                return number > self.value
            case "at_least":
                return number >= self.value
            case "at_most":
                return number <= self.value
            case _:
                return number < self.value

    def in_force(self, on: date) -> bool:
        """Whether the value counts on that day."""
        return self.start <= on and (self.until is None or on <= self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A term in whole days, months or years, with the article that sets it."""

    name: str
    value: int
    unit: str
    strictness: str
    confidence: str
    citation: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A quantity the law fixes, and all its values, oldest first.

    `abolished` means that the law fixes it no longer: nothing is missing since.
    """

    name: str
    title: str
    values: tuple[Value, ...]
    abolished: bool = False

    @property
    def first(self) -> date:
        """The first day on which a value is known."""
        return self.values[0].start

    @property
    def last(self) -> date | None:
        """The last day on which a value is known; None when it is open."""
        return self.values[-1].until

    def on(self, day: date) -> Value:
        """The value in force on that day, or `NotInForce`; never the nearest one."""
        for value in self.values:
            if value.in_force(day):
                return value
        title = word_of(self.title)
        if self.last is None:
            raise NotInForce(
                say(
                    "No value is known on {day} for: {parameter}. The first one counts "
                    "from {first}. Choose a later day.",
                    day=day,
                    parameter=title,
                    first=self.first,
                )
            )
        raise NotInForce(
            say(
                "No value is known on {day} for: {parameter}. jointbuy knows it from "
                "{first} to {last}. Choose a day in that period, or set the value of "
                "the newer text with `law set {name}`.",
                day=day,
                parameter=title,
                first=self.first,
                last=self.last,
                name=self.name,
            )
        )


OwnValues: TypeAlias = "Mapping[str, tuple[Value, ...]]"
"""Values a register sets itself, by parameter: they go before those packaged."""

NO_OWN: OwnValues = MappingProxyType({})


@functools.cache
def parameters() -> dict[str, Parameter]:
    """Every parameter by name."""
    found = (parameter for name in FILES for parameter in read(name, table(name)))
    return {parameter.name: parameter for parameter in found}


def parameter(name: str, on: date, own: OwnValues = NO_OWN) -> Value:
    """The value of `table.key` in force on that day, one of the register's own first.

    Raises `NotInForce` when no text gives a value on that day.
    """
    found = parameters().get(name)
    if found is None:
        raise UsageError(say("There is no legal parameter “{name}”.", name=name))
    for value in own.get(name, ()):
        if value.in_force(on):
            return value
    return found.on(on)


def term(name: str, on: date, own: OwnValues = NO_OWN) -> Term:
    """The term of that name (`standstill_days`) on that day, as a whole number."""
    value = parameter(name if "." in name else f"terms.{name}", on, own)
    return Term(
        name=value.name,
        value=int(value.value),
        unit=value.unit,
        strictness=value.strictness,
        confidence=value.confidence,
        citation=value.citation,
    )


def own_values(kept: Iterable[OwnValue]) -> OwnValues:
    """The values a register sets itself, by parameter, the latest first.

    What is kept under a parameter that is not there any more is left out.
    """
    found: dict[str, list[Value]] = {}
    for each in sorted(kept, key=lambda one: one.start, reverse=True):
        known = parameters().get(each.parameter)
        if known is None:
            continue
        value = replace(
            known.values[-1],
            value=each.value,
            start=each.start,
            until=each.until,
            confidence=CONFIDENCES[0],
            citation=Citation(
                source=each.source,
                article=each.article,
                checked=each.checked,
                own=True,
            ),
        )
        found.setdefault(each.parameter, []).append(value)
    return {name: tuple(values) for name, values in found.items()}


def read(name: str, tree: dict[str, Any]) -> tuple[Parameter, ...]:
    """The parameters of one table; a fault in it raises `BadTable`."""
    return tuple(_read(name, tree))


def _read(name: str, tree: dict[str, Any]) -> Iterator[Parameter]:
    for key, row in tree.items():
        full = f"{name}.{key}"
        rows = row.get("value", [])
        if not rows or not row.get("title"):
            raise BadTable(f"{full}: needs a title and at least one value")
        values = tuple(_value(full, {**row, **each}) for each in rows)
        for before, after in itertools.pairwise(values):
            if before.until is None or before.until >= after.start:
                raise BadTable(f"{full}: the value of {after.start} overlaps")
        yield Parameter(
            name=full,
            title=row["title"],
            values=values,
            abolished=row.get("abolished", False),
        )


def _value(full: str, row: dict[str, Any]) -> Value:
    for field, allowed in (("unit", UNITS), ("strictness", STRICTNESSES)):
        if row.get(field) not in allowed:
            raise BadTable(f"{full}: {field} must be one of {allowed}")
    if row.get("tests", "") not in TESTS:
        raise BadTable(f"{full}: tests must be one of {TESTS}")
    start, until, number = row.get("from"), row.get("until"), row.get("is")
    if not isinstance(start, date) or not isinstance(until, date | None):
        raise BadTable(f"{full}: from and until must be days")
    if isinstance(number, bool) or not isinstance(number, int | Decimal):
        raise BadTable(f"{full}: is must be a number")
    if until is not None and until < start:
        raise BadTable(f"{full}: ends before it starts")
    return Value(
        name=full,
        value=Decimal(number),
        unit=row["unit"],
        strictness=row["strictness"],
        start=start,
        until=until,
        tests=row.get("tests", ""),
        confidence=row.get("confidence", ""),
        citation=citation(row, where=full),
    )
