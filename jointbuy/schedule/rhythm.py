"""The days on which a body meets by its usual rhythm, where none is fixed yet."""

from __future__ import annotations

import contextlib
import functools
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from dateutil import rrule

from jointbuy.errors import Message, say
from jointbuy.schedule.calendar import legal_holidays

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jointbuy.model import CompetentBody, Period, Rhythm

MOST = 5
"""Weeks of a month in which a day of the week can come, the last one not always."""

_MONTHS = range(1, 13)
_WEEKDAYS = (rrule.MO, rrule.TU, rrule.WE, rrule.TH, rrule.FR, rrule.SA, rrule.SU)


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """A day on which a body meets by its rhythm; `doubt` says why it may not."""

    day: date
    doubt: Message | None = None


def rhythm_days(rhythm: Rhythm, first: date, last: date) -> tuple[date, ...]:
    """The days of the rhythm from `first` to `last`, both included, earliest first."""
    if rhythm.period.start is not None:
        first = max(first, rhythm.period.start)
    if rhythm.period.end is not None:
        last = min(last, rhythm.period.end)
    found: list[date] = []
    for year in range(first.year, last.year + 1):
        found += _of_year(rhythm.weekday, rhythm.weeks, rhythm.without, year)
    return tuple(found[bisect_left(found, first) : bisect_right(found, last)])


@functools.lru_cache(maxsize=512)
def _of_year(
    weekday: int, weeks: tuple[int, ...], without: tuple[int, ...], year: int
) -> tuple[date, ...]:
    months = [month for month in _MONTHS if month not in without]
    known = weekday in range(len(_WEEKDAYS)) and all(0 < abs(w) <= MOST for w in weeks)
    if not months or not known:
        return ()  # such a rhythm never comes round
    on = _WEEKDAYS[weekday]
    found = rrule.rrule(
        rrule.MONTHLY if weeks else rrule.WEEKLY,
        byweekday=[on(week) for week in weeks] if weeks else on,
        bymonth=months,
        dtstart=datetime(year, 1, 1),  # noqa: DTZ001 - days of the calendar, no times
        until=datetime(year, 12, 31),  # noqa: DTZ001
    )
    return tuple(each.date() for each in found)


def fixed_days(body: CompetentBody) -> tuple[date, ...]:
    """The sessions that are fixed and not cancelled, earliest first."""
    return tuple(sorted(set(body.sessions) - set(body.cancelled)))


def meets(body: CompetentBody, day: date) -> bool:
    """Whether a session is fixed on that day, or given by the rhythm."""
    return day in fixed_days(body) or day in days_to_come(body, day, day)


def expected_days(
    body: CompetentBody, first: date, last: date, closed: Iterable[Period] = ()
) -> tuple[Expected, ...]:
    """The sessions that the rhythm gives where none is fixed or cancelled.

    One on a legal holiday or in a closing period is not left out, but doubtful.
    """
    closed = tuple(closed)
    return tuple(
        Expected(day=day, doubt=doubt(day, closed))
        for day in days_to_come(body, first, last)
    )


def days_to_come(body: CompetentBody, first: date, last: date) -> tuple[date, ...]:
    """The days that the rhythm gives from `first` to `last`, but for those stood for.

    A session that is fixed or cancelled stands for that of its own month, the nearest
    where the rhythm gives several; for that of its week where the body meets weekly.
    """
    rhythm = body.rhythm
    if rhythm is None:
        return ()
    found = rhythm_days(rhythm, first, last)
    if known := (*body.sessions, *body.cancelled):
        gone = _stood_for(rhythm.weekday, rhythm.weeks, rhythm.without, known)
        return tuple(day for day in found if day not in gone)
    return found


@functools.lru_cache(maxsize=512)
def _stood_for(
    weekday: int,
    weeks: tuple[int, ...],
    without: tuple[int, ...],
    known: tuple[date, ...],
) -> frozenset[date]:
    """The days of a rhythm in whose place a session is known, or was cancelled."""
    gone: set[date] = set()
    for day in known:
        if weeks:
            year = _of_year(weekday, weeks, without, day.year)
            near = [each for each in year if each.month == day.month]
            gone.update(sorted(near, key=lambda each: abs(each - day))[:1])
        else:
            with contextlib.suppress(OverflowError):  # the last week of the calendar
                gone.add(day + timedelta(days=weekday - day.weekday()))
    return frozenset(gone)


def doubt(day: date, closed: Iterable[Period] = ()) -> Message | None:
    """Why no session can be counted on that day, if so: a holiday, or closing days.

    Source: royal decree of 18 April 1974, art. 1.
    """
    if (name := _holidays(day.year).get(day)) is not None:
        return say(
            "{day} is a legal holiday ({holiday}): the session will be moved or "
            "dropped. Ask for the day and register it.",
            day=day,
            holiday=name,
        )
    if any(period.holds(day) for period in closed):
        return say(
            "{day} lies in the closing days of the administration: the session will be "
            "moved or dropped. Ask for the day and register it.",
            day=day,
        )
    return None


@functools.lru_cache(maxsize=64)
def _holidays(year: int) -> dict[date, Message]:
    return dict(legal_holidays(year))
