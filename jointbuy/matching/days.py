"""Days as whole numbers, so that windows can be compared in bulk."""

from __future__ import annotations

import calendar
from datetime import date

FIRST = date.min.toordinal()
NEVER = date.max.toordinal()
"""The end of a window without an end."""

MONTHS = 12


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or the last day of a shorter month."""
    years, month = divmod(day.month - 1 + months, MONTHS)
    year, month = day.year + years, month + 1
    if year > date.max.year:
        return date.max
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def months_between(first: date, last: date) -> int:
    """Whole months from one day to a later one."""
    months = (last.year - first.year) * MONTHS + last.month - first.month
    return months - (last.day < first.day)
