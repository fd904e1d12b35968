"""Figures of several years, a part and the total of each: how they are typed and kept.

Source: law of 17 June 2016, art. 30, § 4.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from jointbuy.errors import Message, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

HUNDRED = 100
LARGEST = Decimal("1e13")
"""A figure at or above this is a typing error."""

_YEAR = r"(?:19|20)[0-9]{2}"
_BETWEEN = re.compile(rf"[;\r\n]+|,\s*(?={_YEAR}\s*[=:])")
_ENTRY = re.compile(r"(?P<year>[^=:\t]*)[=:\t](?P<figures>.*)", re.DOTALL)
_SLASH = re.compile(r"[/\t]")
_CURRENCY = re.compile(r"€|\beuros?\b|\beur\b", re.IGNORECASE)
_MARKS = str.maketrans({"\u00a0": " ", "\u202f": " ", "’": "'", "−": "-", "–": "-"})
_NO_CENTS = re.compile(r"[.,][-=]{1,2}$")
_UNCLEAR = re.compile(r"[0-9]{1,3},[0-9]{3}")
_WRITTEN = (
    re.compile(r"[0-9]+(?:[.,][0-9]{1,2})?"),
    re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]{1,2})?"),
    re.compile(r"[0-9]{1,3}(?: [0-9]{3})+(?:[.,][0-9]{1,2})?"),
    re.compile(r"[0-9]{1,3}(?:'[0-9]{3})+(?:[.,][0-9]{1,2})?"),
    re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]{1,2}"),
    re.compile(r"[0-9]{1,3}(?:,[0-9]{3}){2,}"),
)
"""A number with or without cents, grouped by dots, spaces, apostrophes or commas.

Three figures after a dot are thousands, as they are typed in Belgium; after a comma
alone they could be either and are refused.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What was done in one year: a part of it, and all of it."""

    year: int
    part: Decimal
    total: Decimal


class _Unreadable(Exception):
    """Something is wrong with what was typed."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


def parse_years(typed: object) -> tuple[Figures, ...] | Message:
    """The figures by year, oldest first, or why they cannot be taken.

    They are typed as `2023=820.000/1.000.000; 2024=…`, one year after a semicolon or
    on a line of its own; a table of years or a list of such texts is taken as well.
    """
    return _parsed(typed) if isinstance(typed, str) else _read(typed)


@functools.lru_cache
def _parsed(typed: str) -> tuple[Figures, ...] | Message:
    return _read(typed)


def _read(typed: object) -> tuple[Figures, ...] | Message:
    try:
        return _ordered(_entries(typed)) or _how(str(typed))
    except _Unreadable as fault:
        return fault.message


def _ordered(entries: Iterable[Figures]) -> tuple[Figures, ...]:
    """The figures, oldest first; no year twice."""
    found: dict[int, Figures] = {}
    for each in entries:
        if each.year in found:
            raise _Unreadable(
                say(
                    "The year {year} stands there twice: keep the right one.",
                    year=str(each.year),
                )
            )
        found[each.year] = each
    return tuple(found[year] for year in sorted(found))


def _entries(typed: object) -> Iterator[Figures]:
    if isinstance(typed, str):
        for piece in _BETWEEN.split(typed):
            if piece.strip():
                yield _entry(piece.strip())
    elif isinstance(typed, Mapping):
        for year, figures in typed.items():
            yield _figures(str(year), _two(figures), f"{year}={figures}")
    elif isinstance(typed, Sequence):
        for each in typed:
            yield from _entries(str(each))
    else:
        raise _Unreadable(_how(str(typed)))


def _entry(piece: str) -> Figures:
    found = _ENTRY.fullmatch(piece)
    if not found:
        raise _Unreadable(_how(piece))
    return _figures(found["year"], _two(found["figures"]), piece)


def _two(figures: object) -> list[object]:
    """What stands on the two sides of the slash, or in the two places of a list."""
    if isinstance(figures, str):
        return list(_SLASH.split(figures.strip()))
    if isinstance(figures, Mapping):
        return [figures.get("part", ""), figures.get("total", "")]
    return list(figures) if isinstance(figures, Sequence) else [figures]


def _figures(year: str, two: Sequence[object], typed: str) -> Figures:
    year = year.strip()
    if not re.fullmatch(_YEAR, year):
        raise _Unreadable(
            say(
                "“{text}” is not a year: write it in four figures, followed by its "
                "figures, such as 2023=820.000/1.000.000.",
                text=year or typed,
            )
        )
    filled = [each for each in two if str(each).strip()]
    if len(filled) != len(two) or len(two) != len(("part", "total")):
        raise _Unreadable(
            say(
                "{year}: write the part, a slash and the total, such as "
                "820.000/1.000.000.",
                year=year,
            )
        )
    part, total = (_number(each, year) for each in two)
    if not total:
        raise _Unreadable(
            say(
                "{year}: the total is 0, of which there is no share. Leave the year "
                "out if there was no activity.",
                year=year,
            )
        )
    if part > total:
        raise _Unreadable(
            say(
                "{year}: the part, {part}, is greater than the total, {total}. Write "
                "the part first, then the total.",
                year=year,
                part=part,
                total=total,
            )
        )
    return Figures(year=int(year), part=part, total=total)


def _number(typed: object, year: str) -> Decimal:
    """A figure of that year, not negative and to the cent."""
    if isinstance(typed, int | float | Decimal) and not isinstance(typed, bool):
        text = f"{Decimal(str(typed)):f}".replace(".", ",")
        text = text.rstrip("0").rstrip(",") if "," in text else text
    else:
        text = str(typed)
    bare = _CURRENCY.sub(" ", text.translate(_MARKS))
    bare = _NO_CENTS.sub("", " ".join(bare.split()))
    if bare.startswith("-"):
        raise _Unreadable(
            say(
                "{year}: “{text}” is negative: write a figure of zero or more.",
                year=year,
                text=text.strip(),
            )
        )
    if _UNCLEAR.fullmatch(bare):
        raise _Unreadable(
            say(
                "{year}: “{text}” can be read in more than one way: write a comma only "
                "before the cents and dots only between thousands, such as 1.234,56.",
                year=year,
                text=text.strip(),
            )
        )
    if not any(pattern.fullmatch(bare) for pattern in _WRITTEN):
        raise _Unreadable(
            say(
                "{year}: “{text}” is not a figure: write the number in full, with two "
                "decimals at most, such as 820.000 or 820.000,50.",
                year=year,
                text=text.strip(),
            )
        )
    number = Decimal(_plain(bare))
    if number >= LARGEST:
        raise _Unreadable(
            say(
                "{year}: “{text}” is too large: check the number of zeros.",
                year=year,
                text=text.strip(),
            )
        )
    return number


def _plain(bare: str) -> str:
    """The number without what groups it, and a point before the cents."""
    whole, cents = bare, ""
    found = re.fullmatch(r"(.*)[.,]([0-9]{1,2})", bare)
    if found:
        whole, cents = found[1], found[2]
    digits = re.sub(r"[^0-9]", "", whole)
    return f"{digits}.{cents}" if cents else digits


def _how(text: str) -> Message:
    return say(
        "“{text}” is not understood: write each year with its part and its total, such "
        "as 2023=820.000/1.000.000, and a semicolon between the years.",
        text=text,
    )


def as_text(years: Iterable[Figures]) -> str:
    """How figures are kept: `2023=820000/1000000; 2024=…`; it is read back the same."""
    return "; ".join(
        f"{each.year}={_trimmed(each.part):f}/{_trimmed(each.total):f}"
        for each in years
    )


def written(years: Iterable[Figures]) -> str:
    """The same for people, with dots between thousands: `2023=820.000/1.000.000`."""
    return "; ".join(
        f"{each.year}={grouped(each.part)}/{grouped(each.total)}" for each in years
    )


def grouped(number: Decimal) -> str:
    """A figure as it is written in Belgium.

    >>> grouped(Decimal("1234567.50"))
    '1.234.567,5'
    """
    return f"{_trimmed(number):,f}".translate(str.maketrans(",.", ".,"))


def _trimmed(number: Decimal) -> Decimal:
    return number.normalize() if number else Decimal(0)


def share(years: Iterable[Figures]) -> Fraction:
    """The sum of the parts of all years over that of the totals, exactly, in per cent.

    It is no average of yearly shares. Source: art. 30, § 4.
    """
    every = tuple(years)
    part = sum((each.part for each in every), Decimal(0))
    total = sum((each.total for each in every), Decimal(0))
    return HUNDRED * Fraction(part) / Fraction(total)


def legible(per_cent: Fraction, *limits: Decimal) -> Decimal:
    """The share with two decimals, and more where they would make it reach a limit.

    >>> legible(Fraction("80.004"), Decimal(80))
    Decimal('80.0040')
    """
    step = HUNDRED
    while True:
        shown = Fraction(round(per_cent * step), step)
        if all(_side(shown, at) == _side(per_cent, at) for at in limits):
            return Decimal(shown.numerator * (step // shown.denominator)) / step
        step *= HUNDRED


def _side(number: Fraction, limit: Decimal) -> int:
    exact = Fraction(limit)
    return (number > exact) - (number < exact)


def years_before(on: date, how_many: int) -> tuple[int, ...]:
    """So many calendar years before that of the day, oldest first."""
    return tuple(on.year - back for back in range(how_many, 0, -1))


def span(years: Iterable[int]) -> str:
    """Years in few signs, oldest first.

    >>> span([2023, 2024, 2025]), span([2021, 2023])
    ('2023–2025', '2021, 2023')
    """
    every = sorted(years)
    first, last = every[0], every[-1]
    if len(every) > 1 and last - first == len(every) - 1:
        return f"{first}–{last}"
    return ", ".join(str(year) for year in every)
