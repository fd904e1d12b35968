"""Months as the calendar counts them."""

from __future__ import annotations

from datetime import date

import pytest

from jointbuy.model.period import add_months, months_between


@pytest.mark.parametrize(
    ("day", "months", "found"),
    [
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2027, 1, 31), -11, date(2026, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2027, 1, 15), -1, date(2026, 12, 15)),
        (date(2026, 12, 15), 48, date(2030, 12, 15)),
        (date(9999, 12, 1), 1, date.max),
        (date(1, 1, 31), -1, date.min),
    ],
)
def test_the_same_day_of_another_month_or_the_last_of_a_shorter_one(
    day: date, months: int, found: date
) -> None:
    assert add_months(day, months) == found


def test_a_month_is_whole_on_its_day_and_not_the_day_before() -> None:
    assert months_between(date(2027, 1, 15), date(2027, 3, 15)) == 2
    assert months_between(date(2027, 1, 15), date(2027, 3, 14)) == 1
