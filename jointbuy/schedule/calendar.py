"""Working days in Belgium, and periods counted as Regulation 1182/71 counts them.

The legal holidays alone move a legal period; the days on which an administration is
closed move its internal steps.
"""

from __future__ import annotations

import functools
import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from dateutil.easter import easter
from dateutil.relativedelta import relativedelta

from jointbuy.errors import Message, NotInForce, UsageError, say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jointbuy.model import Period

Unit = Literal["days", "working_days", "weeks", "months", "years"]
"""In what a period is expressed."""

_DAY = timedelta(days=1)
_SATURDAY = 5
_LAST_YEAR = 4099
"""The last year for which the date of Easter is computed."""


def legal_holidays(year: int) -> tuple[tuple[date, Message], ...]:
    """The ten legal holidays of that year, earliest first, with their names.

    Two of them can fall on one day (1 May 2008 was Ascension Day as well).

    Raises:
        NotInForce: the list of legal holidays is younger.
        UsageError: the year lies too far ahead.

    Source: royal decree of 18 April 1974, art. 1.
    """
    table = _table()
    if year < table["from"].year:
        raise NotInForce(
            say("No legal holidays are known for the year {year}.", year=str(year))
        )
    if year > _LAST_YEAR:
        raise UsageError(say("The year {year} lies too far ahead.", year=str(year)))
    sunday = easter(year)
    days = (
        (
            sunday + timedelta(days=row["easter"])
            if "easter" in row
            else date(year, row["month"], row["day"]),
            Message(text=row["name"]),
        )
        for row in table["holiday"]
    )
    return tuple(sorted(days, key=lambda pair: pair[0]))


@functools.cache
def _table() -> dict[str, Any]:
    path = Path(__file__).parent / "data" / "holidays.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


@functools.cache
def _holidays(year: int) -> frozenset[date]:
    return frozenset(day for day, _ in legal_holidays(year))


def is_working_day(day: date, closed: Iterable[Period] = ()) -> bool:
    """Whether the day is no Saturday, Sunday, legal holiday or closing day.

    Source: Regulation (EEC, Euratom) 1182/71, art. 2.
    """
    if not _is_legal_working_day(day):
        return False
    return not any(period.holds(day) for period in closed)


@functools.lru_cache(maxsize=1 << 14)
def _is_legal_working_day(day: date) -> bool:
    """Every step of every plan asks it of the same few years."""
    return day.weekday() < _SATURDAY and day not in _holidays(day.year)


def next_working_day(day: date, closed: Iterable[Period] = ()) -> date:
    """The day itself when it is a working day, else the first one after it."""
    return _nearest(day, _DAY, tuple(closed))


def previous_working_day(day: date, closed: Iterable[Period] = ()) -> date:
    """The day itself when it is a working day, else the last one before it.

    An internal step planned backwards moves this way: earlier, never later.
    """
    return _nearest(day, -_DAY, tuple(closed))


def _nearest(day: date, step: timedelta, closed: tuple[Period, ...]) -> date:
    start = day
    for _ in range(366):
        if is_working_day(day, closed):
            return day
        day += step
    raise UsageError(
        say(
            "The closing days leave no working day within a year of {day}: correct the "
            "closing days of the administration.",
            day=start,
        )
    )


def end_of_period(event: date, days: int, *, unit: Unit = "days") -> date:
    """The last day of a period that an event sets running.

    The day of the event is not counted. A period in weeks, months or years ends on
    the same day of the week or month, or on the last day of a month that has no such
    day. When the last day is a Saturday, Sunday or legal holiday, the next working
    day is the last; a period of two days or more holds at least two working days.

    Raises:
        UsageError: the period is shorter than one day.

    Source: Regulation (EEC, Euratom) 1182/71, art. 3, paras 1, 2, 4 and 5.
    """
    if days < 1:
        raise UsageError(say("A period lasts at least one day, not {days}.", days=days))
    if unit == "working_days":
        last = event
        for _ in range(days):
            last = next_working_day(last + _DAY)
        return last
    last = next_working_day(_nominal_end(event, days, unit))
    if unit == "days" and days == 1:
        return last
    while sum(is_working_day(day) for day in _days(event, last)) < 2:  # noqa: PLR2004
        last = next_working_day(last + _DAY)
    return last


def _days(event: date, last: date) -> Iterable[date]:
    """The last days of the period, as many as a week and a long weekend hold."""
    length = min((last - event).days, 14)
    return (last - timedelta(days=back) for back in range(length))


def _nominal_end(event: date, days: int, unit: Unit) -> date:
    if unit == "months":
        return event + relativedelta(months=days)
    if unit == "years":
        return event + relativedelta(years=days)
    return event + timedelta(days=days * 7 if unit == "weeks" else days)


def latest_event(deadline: date, days: int, *, unit: Unit = "days") -> date:
    """The latest day of an event whose period ends on or before the deadline.

    Every day proposed is checked forwards, for a period counted backwards is not
    lengthened by weekends and holidays as the law lengthens it.

    Raises:
        UsageError: the period is shorter than one day.

    Source: Regulation (EEC, Euratom) 1182/71, art. 3.
    """
    if unit == "months":
        event = deadline - relativedelta(months=days) + timedelta(days=3)
    elif unit == "years":
        event = deadline - relativedelta(years=days) + _DAY
    else:
        event = deadline - timedelta(days=days * 7 if unit == "weeks" else days)
    while end_of_period(event, days, unit=unit) > deadline:
        event -= _DAY
    return event
