"""The value of a field as it would be typed, to fill in a form again."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING

from jointbuy.intake.choices import CHOICE_TABLES, choice_word
from jointbuy.intake.field_reading import CALENDAR
from jointbuy.intake.fields import Sort
from jointbuy.intake.rhythms import write_rhythm
from jointbuy.model import (
    Alias,
    Condition,
    Domain,
    FrameworkLot,
    Period,
    Reopening,
    Reservation,
    Rhythm,
)

if TYPE_CHECKING:
    from datetime import date

    from jointbuy.intake.fields import Field


BY_LINE = frozenset({Sort.CONDITIONS, Sort.LOTS, Sort.DOMAINS, Sort.REOPENINGS})
"""Sorts of which each value takes a line."""


def write(field: Field, value: object, *, language: str = "en") -> str:
    """The value as it would be typed; reading it gives the value again.

    Choices and the titles of lots are in that language.
    """
    if field.sort is Sort.LOCAL:
        return str(getattr(value, field.part))
    if field.sort in CALENDAR and isinstance(value, tuple):
        body = next((body for body in value if body.kind.name == field.part), None)
        value = getattr(body, CALENDAR[field.sort], None)
        if isinstance(value, Rhythm):
            return write_rhythm(value, language)
        if isinstance(value, tuple):
            return ", ".join(_plain(field, day, language) for day in value)
    if isinstance(value, tuple):
        joint = "\n" if field.sort in BY_LINE else "; "
        return joint.join(_plain(field, each, language) for each in value)
    return _plain(field, value, language)


def _plain(field: Field, value: object, language: str) -> str:
    match value:
        case None:
            return ""
        case bool():
            return choice_word("yes_no", "YES" if value else "NO", language)
        case Enum():
            table = CHOICE_TABLES.get(type(value))
            name = value.name
            return choice_word(table, name, language) if table else name.lower()
        case Decimal() if field.sort is Sort.QUANTITY:
            return f"{value:f}".replace(".", ",")
        case Decimal():
            return typed_number(value, share=field.sort is Sort.SHARE)
        case Reservation():
            return f"{value.text} @ {value.place}" if value.place else value.text
        case Alias():
            return _alias(value)
        case Period():
            return _period(value)
        case Condition():
            return _condition(value, language)
        case FrameworkLot():
            return _typed_lot(value, language)
        case Domain():
            return _typed_domain(value, language)
        case Reopening():
            return typed_reopening(value)
    return f"{value:%d/%m/%Y}" if hasattr(value, "year") else str(value)


def typed_number(value: Decimal, *, share: bool = False) -> str:
    """A number the Belgian way: 1.234,56; a share has the decimals it needs."""
    if share:
        return f"{value:f}".replace(".", ",")
    return f"{value:,.2f}".translate(str.maketrans(",.", ".,"))


def _period(period: Period) -> str:
    if period.start == period.end:
        return _typed_day(period.start)
    return f"{_typed_day(period.start)} .. {_typed_day(period.end)}"


def _alias(alias: Alias) -> str:
    start, end = (
        f"{day:%d/%m/%Y}" if day else ""
        for day in (alias.period.start, alias.period.end)
    )
    return f"{alias.name} @ {start} .. {end}" if start or end else alias.name


def _condition(condition: Condition, language: str) -> str:
    regions, kinds = (
        ", ".join(
            choice_word(CHOICE_TABLES[type(each)], each.name, language)
            for each in several
        )
        for several in (condition.regions, condition.kinds)
    )
    start, end = (
        f"{day:%d/%m/%Y}" if day else ""
        for day in (condition.period.start, condition.period.end)
    )
    return f"{regions}; {kinds}; {start}; {end}".rstrip("; ")


def _typed_lot(lot: FrameworkLot, language: str) -> str:
    ceiling = "" if lot.ceiling is None else typed_number(lot.ceiling)
    parts = [lot.id, lot.title.get(language), ceiling, ", ".join(lot.cpv)]
    return "; ".join([*parts, typed_number(lot.consumed)] if lot.consumed else parts)


def _typed_domain(domain: Domain, language: str) -> str:
    elsewhere = "" if domain.elsewhere is None else str(domain.elsewhere)
    if elsewhere and domain.counted_on is not None:
        elsewhere = f"{elsewhere} @ {domain.counted_on:%d/%m/%Y}"
    parts = [
        domain.id,
        domain.names.get(language),
        "" if domain.minimum is None else str(domain.minimum),
        elsewhere,
        _typed_day(domain.due),
        "" if domain.budget is None else typed_number(domain.budget),
    ]
    return _trimmed(parts)


def typed_reopening(reopening: Reopening) -> str:
    """A trigger that occurred, as it stands on its line in a form."""
    parts = [
        reopening.trigger,
        _typed_day(reopening.on),
        reopening.what,
        _typed_day(reopening.settled_on),
        reopening.how,
    ]
    return " ".join(_trimmed(parts).split())


def _typed_day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def _trimmed(parts: list[str]) -> str:
    """The parts of a line, without the empty ones at its end."""
    while parts and not parts[-1]:
        parts.pop()
    return "; ".join(parts)
