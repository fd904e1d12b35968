"""Amounts, numbers, shares and days as they are written in Belgium.

One habit serves the four languages (1.234,56): what is shown can be typed back. The
thousands of Babel's French are set apart by U+202F, which office fonts lack, and its
day of the month is never "1er"; hence only the names of the months come from it.
"""

from __future__ import annotations

import functools
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date
    from typing import Literal

NBSP = "\u00a0"


def number(value: Decimal | int, *, places: int | None = None) -> str:
    """1.234,5: dots between thousands, a comma before the decimals."""
    exact = Decimal(value)
    if places is not None:
        exact = exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    elif exact != 0:
        exact = exact.normalize()
    text = f"{exact:,f}"
    return text.translate(str.maketrans(",.", ".,"))


def amount(value: Decimal, language: str) -> str:
    """Euro to the cent: 1.234,56 € in French and German, € 1.234,56 in Dutch."""
    text = number(value, places=2)
    if language in {"nl", "en"}:
        return f"€{NBSP}{text}"
    return f"{text}{NBSP}€"


def share(per_cent: Decimal, language: str, *, places: int | None = None) -> str:
    """Per cent: 80,5 %, without the space in Dutch and English."""
    gap = "" if language in {"nl", "en"} else NBSP
    return f"{number(per_cent, places=places)}{gap}%"


def day(value: date, language: str, *, long: bool = False) -> str:
    """15/03/2027 (15.03.2027 in German); long: 15 mars 2027, 1er mars 2027."""
    if not long:
        mark = "." if language == "de" else "/"
        return f"{value.day:02}{mark}{value.month:02}{mark}{value.year:04}"
    name = _months(language, "wide")[value.month]
    if language == "fr":
        first = "1er" if value.day == 1 else str(value.day)
        return f"{first} {name} {value.year}"
    dot = "." if language == "de" else ""
    return f"{value.day}{dot} {name} {value.year}"


def month(value: date, language: str, *, long: bool = False) -> str:
    """The month and its year: nov. 2026; long: novembre 2026."""
    names = _months(language, "wide" if long else "abbreviated")
    return f"{names[value.month]} {value.year}"


def weekday(value: date, language: str, *, short: bool = False) -> str:
    """The name of the day of the week, abbreviated; short: to two letters."""
    if short:
        return _weekdays(language, "short")[value.weekday()][:2]
    return _weekdays(language)[value.weekday()]


@functools.cache
def _months(language: str, width: Literal["wide", "abbreviated"]) -> dict[int, str]:
    from babel.dates import get_month_names

    return dict(get_month_names(width, "format", locale=language))


@functools.cache
def _weekdays(
    language: str, width: Literal["abbreviated", "short"] = "abbreviated"
) -> dict[int, str]:
    from babel.dates import get_day_names

    return dict(get_day_names(width, "format", locale=language))
