"""Days and durations as they are typed: 15/03/2027, 1er août 2027, T1 2027, 4 ans."""

from __future__ import annotations

import calendar
import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import TYPE_CHECKING

from jointbuy.errors import say
from jointbuy.intake.amounts import exact
from jointbuy.intake.text import Parsed, fold, spaced
from jointbuy.model.period import MONTHS, add_months

if TYPE_CHECKING:
    from jointbuy.errors import Message

FIRST_YEAR, LAST_YEAR = 1990, 2100
SERIALS = (Decimal(20_000), Decimal(80_000))
"""Day numbers of spreadsheets between 1954 and 2119."""
LONGEST = 600
"""Months; no purchase lasts longer."""

_MONTHS = (
    "janvier janv jan januari januar january",
    "fevrier fevr fev februari februar february feb",
    "mars maart mar marz mrt maerz march",
    "avril avr april apr",
    "mai mei may",
    "juin juni june jun",
    "juillet juil juli july jul",
    "aout augustus august aug aou",
    "septembre sept sep september",
    "octobre oct oktober okt october",
    "novembre nov november",
    "decembre dec december dezember dez",
)
_MONTH = {
    name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()
}
_WEEKDAYS = re.compile(
    r"\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|"
    r"maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|"
    r"montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|"
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday|"
    r"le|de|den|der|het|of|the|am|vom|au|op|on)\b"
)
_ISO = re.compile(r"([0-9]{4})[-/]([0-9]{1,2})[-/]([0-9]{1,2})(?:[T ][0-9:.]+Z?)?")
_NUMBERS = re.compile(r"([0-9]{1,2})\s*[/.\- ]\s*([0-9]{1,2})\s*[/.\- ]\s*"
                      r"([0-9]{4}|[0-9]{2})(?: 0?0:00(?::00)?)?")  # fmt: skip
_MONTH_YEAR = re.compile(r"([0-9]{1,2})\s*[/.\-]\s*([0-9]{4})")
_YEAR_MONTH = re.compile(r"([0-9]{4})-([0-9]{1,2})")
_AHEAD = re.compile(r"\+\s*([0-9]{1,4})\s*([dwmy])", re.IGNORECASE)
_NO_YEAR = re.compile(r"([0-9]{1,2})\s*[/.\-]\s*([0-9]{1,2})\.?")
_TODAY = {"aujourd hui", "vandaag", "heute", "today"}
_PART = re.compile(
    r"(?:(?P<n1>[1-4]) ?(?:e|er|re|eme|ste|de|st|nd|rd|th)? ?"
    r"(?P<p1>trimestre|trim|t|kwartaal|kw|k|quartal|quarter|q|semestre|sem|s|semester|"
    r"halfjaar|halbjahr|half)|"
    r"(?P<p2>trimestre|trim|t|kwartaal|kw|k|quartal|quarter|q|semestre|sem|s|semester|"
    r"halfjaar|halbjahr|half) ?(?P<n2>[1-4])) ?(?P<year>[0-9]{4})"
)
_PART_LATE = re.compile(r"(?P<year>[0-9]{4}) ?(?P<rest>.*)")
_HALVES = {"semestre", "sem", "s", "semester", "halfjaar", "halbjahr", "half"}


def parse_day(
    cell: str | float | Decimal | date, *, on: date | None = None, end: bool = False
) -> Parsed[date]:
    """A day; of a month, quarter or year its first day, or the last with `end`.

    Only a number that stands in a cell is the day number of a spreadsheet: a typed
    one is an amount in the wrong field.
    With `on`, a day may be so far ahead (+10d, +2w, +2m, +1y), today, or a day
    without its year (15/3): the next one, that day included.

    >>> parse_day("1er août 2027").value
    datetime.date(2027, 8, 1)
    >>> parse_day("T1 2027", end=True).value
    datetime.date(2027, 3, 31)
    """
    if isinstance(cell, datetime):
        return _within(cell.date(), cell.date().isoformat())
    if isinstance(cell, date):
        return _within(cell, cell.isoformat())
    if isinstance(cell, str):
        counted = None if on is None else _counted(spaced(cell), on)
        return counted or _read(spaced(cell), end)
    number = exact(cell)
    return _no_day(str(cell)) if number is None else _serial(number, str(number), end)


def month_number(word: str) -> int | None:
    """The month of that name or short name, 1 for January; None where it is none.

    >>> month_number("août"), month_number("Sept")
    (8, 9)
    """
    return _MONTH.get(fold(word))


def _within(day: date, text: str) -> Parsed[date]:
    if FIRST_YEAR <= day.year <= LAST_YEAR:
        return Parsed(value=day)
    return Parsed(
        fault=say(
            "The year of “{text}” cannot be right: write a day between {first} and "
            "{last}.",
            text=text,
            first=str(FIRST_YEAR),
            last=str(LAST_YEAR),
        )
    )


def _no_day(text: str) -> Parsed[date]:
    return Parsed(
        fault=say(
            "“{text}” is not a day: write it as 15/03/2027, or leave the field empty "
            "while no day is known.",
            text=text,
        )
    )


def _serial(number: Decimal, text: str, end: bool) -> Parsed[date]:  # noqa: FBT001
    if number == int(number) and FIRST_YEAR <= number <= LAST_YEAR:
        return _stretch(text, int(number), 1, 12, end)
    if not SERIALS[0] <= number <= SERIALS[1]:
        return _no_day(text)
    day = date(1899, 12, 30) + timedelta(days=int(number))
    return Parsed(
        value=day,
        reading="serial",
        remarks=(
            say(
                "The number {text} was read as the day it stands for in a spreadsheet, "
                "{day}.",
                text=text,
                day=day,
            ),
        ),
    )


def _stretch(text: str, year: int, first: int, last: int, end: bool) -> Parsed[date]:  # noqa: FBT001
    """The first or last day of the months `first` to `last`."""
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= first <= last <= 12):  # noqa: PLR2004
        return _no_day(text)
    if end:
        day = date(year, last, calendar.monthrange(year, last)[1])
    else:
        day = date(year, first, 1)
    remark = say("“{text}” names no single day and was read as {day}.", text=text,
                 day=day)  # fmt: skip
    return Parsed(value=day, remarks=(remark,), reading="stretch")


def _counted(text: str, on: date) -> Parsed[date] | None:
    """A day that is counted from another; None where it is written otherwise."""
    if found := _AHEAD.fullmatch(text):
        return _ahead(text, int(found[1]), found[2].lower(), on)
    if found := _NO_YEAR.fullmatch(text):
        return _next(text, int(found[1]), int(found[2]), on)
    return _within(on, text) if fold(text) in _TODAY else None


def _next(text: str, day: int, month: int, on: date) -> Parsed[date]:
    """The next such day; of 29 February that of the next leap year."""
    for year in range(on.year, on.year + 9):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found >= on:
            remark = say("“{text}” was read as {day}.", text=text, day=found)
            return replace(_within(found, text), remarks=(remark,))
    return _from_numbers(text, str(day), str(month), str(on.year))


def _ahead(text: str, count: int, unit: str, on: date) -> Parsed[date]:
    try:
        if unit in "dw":
            day = on + timedelta(days=count * (7 if unit == "w" else 1))
        else:
            day = add_months(on, count * (MONTHS if unit == "y" else 1))
    except (ValueError, OverflowError):
        return _no_day(text)
    return _within(day, text)


@lru_cache(maxsize=20_000)
def _read(text: str, end: bool) -> Parsed[date]:  # noqa: FBT001
    if not text:
        return Parsed()
    if found := _ISO.fullmatch(text):
        return _built(text, int(found[1]), int(found[2]), int(found[3]))
    if found := _NUMBERS.fullmatch(text):
        return _from_numbers(text, found[1], found[2], found[3])
    if found := _MONTH_YEAR.fullmatch(text):
        return _stretch(text, int(found[2]), int(found[1]), int(found[1]), end)
    if found := _YEAR_MONTH.fullmatch(text):
        return _stretch(text, int(found[1]), int(found[2]), int(found[2]), end)
    if re.fullmatch(r"[0-9]{4}(?:[.,]0+)?", text):
        return _stretch(text, int(text[:4]), 1, 12, end)
    return _from_words(text, end)


def _built(text: str, year: int, month: int, day: int) -> Parsed[date]:
    try:
        return _within(date(year, month, day), text)
    except ValueError:
        return Parsed(
            fault=say(
                "“{text}” is not a day of the calendar: check the day and the month.",
                text=text,
            )
        )


def _from_numbers(text: str, first: str, second: str, year: str) -> Parsed[date]:
    day, month = int(first), int(second)
    if month > 12 and 1 <= day <= 12:  # noqa: PLR2004
        return Parsed(
            reading="month first",
            fault=say(
                "“{text}” has the month before the day: write the day first, such as "
                "15/03/2027.",
                text=text,
            ),
        )
    short = len(year) == 2  # noqa: PLR2004
    parsed = _built(text, int(year) + (2000 if short else 0), month, day)
    if parsed.value is None:
        return parsed
    reading = "either" if day <= 12 and day != month else "day first"  # noqa: PLR2004
    remarks = (
        (say("“{text}” was read as {day}.", text=text, day=parsed.value),)
        if short
        else ()
    )
    return Parsed(value=parsed.value, remarks=remarks, reading=reading)


def _from_words(text: str, end: bool) -> Parsed[date]:  # noqa: FBT001
    folded = fold(text)
    late = _PART_LATE.fullmatch(folded)
    turned = f"{late['rest']} {late['year']}" if late else folded
    if found := _PART.fullmatch(turned):
        number = int(found["n1"] or found["n2"])
        length = 6 if (found["p1"] or found["p2"]) in _HALVES else 3
        first = (number - 1) * length + 1
        return _stretch(text, int(found["year"]), first, first + length - 1, end)
    bare = re.sub(r"([0-9])(?:er|e|ste|de|st|nd|rd|th)\b", r"\1", folded)
    words = _WEEKDAYS.sub(" ", bare).split()
    months = [_MONTH[word] for word in words if word in _MONTH]
    figures = [word for word in words if word.isascii() and word.isdigit()]
    if len(months) != 1 or len(words) != len(figures) + 1:
        return _no_day(text)
    years = [figure for figure in figures if len(figure) == 4]  # noqa: PLR2004
    if len(figures) == 1 and years:
        return _stretch(text, int(years[0]), months[0], months[0], end)
    if len(figures) != 2 or figures[1] != (years or [""])[0]:  # noqa: PLR2004
        return _no_day(text)
    return _built(text, int(years[0]), months[0], int(figures[0]))


_YEARS = r"(?:ans?|annees?|jaar|jaren|jahre?|jahren|years?|y|j|yr|yrs)"
_MONTH_WORDS = r"(?:mois|maand|maanden|monate?|monaten|months?|m|mnd|mo)"
_LONG = re.compile(
    rf"(?:([0-9]+(?:[.,][0-9]+)?) ?{_YEARS})?(?: ?(?:et|en|und|and|,)? ?)?"
    rf"(?:([0-9]+(?:[.,][0-9]+)?) ?{_MONTH_WORDS})?",
)


def parse_month_duration(
    cell: str | float | Decimal, *, months_named: bool = False
) -> Parsed[int]:
    """Whole months; a number alone counts months (`months_named`: the heading says so).

    >>> parse_month_duration("4 ans").value
    48
    >>> parse_month_duration(24).value
    24
    """
    if isinstance(cell, str):
        return _read_months(spaced(cell), months_named)
    number = exact(cell)
    if number is None:
        return _no_duration(str(cell))
    return _months(number, str(number), bare=not months_named)


@lru_cache(maxsize=20_000)
def _read_months(text: str, months_named: bool) -> Parsed[int]:  # noqa: FBT001
    if not text:
        return Parsed()
    # Accents are folded by hand: the comma between figures must stay.
    bare = " ".join(text.casefold().replace("é", "e").split())
    if re.fullmatch(r"[0-9]{1,4}(?:[.,][0-9]+)?", bare):
        return _months(_decimal(bare), text, bare=not months_named)
    found = _LONG.fullmatch(bare)
    if not found or not (found[1] or found[2]):
        return _no_duration(text)
    total = _decimal(found[1] or "0") * 12 + _decimal(found[2] or "0")
    return _months(total, text, bare=False)


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text.replace(",", "."))
    except InvalidOperation:
        return Decimal(-1)


def _months(number: Decimal, text: str, *, bare: bool) -> Parsed[int]:
    if number != int(number) or not 1 <= number <= LONGEST:
        return _no_duration(text)
    remarks: tuple[Message, ...] = ()
    if bare and number <= 10:  # noqa: PLR2004  # 1 to 10 may well have meant years
        remarks = (
            say(
                "“{text}” was read as a number of months; write for instance “4 years” "
                "if years were meant.",
                text=text,
            ),
        )
    return Parsed(value=int(number), remarks=remarks)


def _no_duration(text: str) -> Parsed[int]:
    return Parsed(
        fault=say(
            "“{text}” is not a duration: write the whole of it, renewals included, in "
            "months or years, such as 48 months or 4 years.",
            text=text,
        )
    )
