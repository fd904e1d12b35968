"""Stretches of days, both ends included, and months as the calendar counts them."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date

MONTHS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """From `start` to `end`, both included; an open end is None."""

    start: date | None = None
    end: date | None = None

    def holds(self, day: date) -> bool:
        """Whether the day lies within."""
        after = self.start is None or day >= self.start
        return after and (self.end is None or day <= self.end)


def add_months(day: date, months: int) -> date:
    """The same day so many months on, or back; the last day of a shorter month.

    Never beyond the first or the last day there is.
    """
    years, month = divmod(day.month - 1 + months, MONTHS)
    year, month = day.year + years, month + 1
    if year > date.max.year:
        return date.max
    if year < date.min.year:
        return date.min
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def months_between(first: date, last: date) -> int:
    """Whole months from one day to a later one."""
    months = (last.year - first.year) * MONTHS + last.month - first.month
    return months - (last.day < first.day)
