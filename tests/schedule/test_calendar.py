"""Working days and periods, against an independent count day by day."""

from __future__ import annotations

import calendar as months_of
import random
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jointbuy.errors import NotInForce, UsageError
from jointbuy.model import Period
from jointbuy.schedule.calendar import (
    end_of_period,
    is_working_day,
    latest_event,
    legal_holidays,
    next_working_day,
    previous_working_day,
)

ONE = timedelta(days=1)


def days_of(year: int) -> list[date]:
    return [day for day, _ in legal_holidays(year)]


def easter_by_gauss(year: int) -> date:
    """Meeus, Jones and Butcher: another computation than dateutil's."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def closed_days(year: int) -> set[date]:
    sunday = easter_by_gauss(year)
    fixed = [(1, 1), (5, 1), (7, 21), (8, 15), (11, 1), (11, 11), (12, 25)]
    return {date(year, month, day) for month, day in fixed} | {
        sunday + timedelta(days=n) for n in (1, 39, 50)
    }


def open_day(day: date) -> bool:
    return day.strftime("%a") not in {"Sat", "Sun"} and day not in closed_days(day.year)


def counted(event: date, days: int) -> date:
    """Walk day by day until the nominal end, rest days and two open days are had."""
    day, number, opened = event, 0, 0
    while True:
        day += ONE
        number += 1
        opened += open_day(day)
        if number >= days and open_day(day) and (days == 1 or opened >= 2):
            return day


def random_days(count: int) -> list[date]:
    dice = random.Random(1182)
    first = date(1990, 1, 1).toordinal()
    return [date.fromordinal(first + dice.randrange(36_500)) for _ in range(count)]


def test_the_holidays_of_2027_are_the_ten_of_the_decree() -> None:
    assert days_of(2027) == [
        date(2027, 1, 1),
        date(2027, 3, 29),
        date(2027, 5, 1),
        date(2027, 5, 6),
        date(2027, 5, 17),
        date(2027, 7, 21),
        date(2027, 8, 15),
        date(2027, 11, 1),
        date(2027, 11, 11),
        date(2027, 12, 25),
    ]


@pytest.mark.parametrize(
    ("year", "easter_monday", "ascension", "whit_monday"),
    [
        (2285, date(2285, 3, 23), date(2285, 4, 30), date(2285, 5, 11)),  # earliest
        (2038, date(2038, 4, 26), date(2038, 6, 3), date(2038, 6, 14)),  # latest
        (2026, date(2026, 4, 6), date(2026, 5, 14), date(2026, 5, 25)),
        (2024, date(2024, 4, 1), date(2024, 5, 9), date(2024, 5, 20)),  # leap year
    ],
)
def test_the_moving_holidays_follow_easter_to_its_extremes(
    year: int, easter_monday: date, ascension: date, whit_monday: date
) -> None:
    assert {easter_monday, ascension, whit_monday} <= set(days_of(year))


def test_two_holidays_may_fall_on_one_day() -> None:
    names = [str(name) for day, name in legal_holidays(2008) if day == date(2008, 5, 1)]
    assert sorted(names) == ["Ascension Day", "Labour Day"]


def test_holidays_agree_with_another_easter_for_two_centuries() -> None:
    for year in range(1974, 2175):
        assert set(days_of(year)) == closed_days(year)


def test_community_days_are_no_legal_holidays() -> None:
    assert is_working_day(date(2027, 9, 27))
    assert is_working_day(date(2028, 7, 11))
    assert is_working_day(date(2027, 11, 15))


@pytest.mark.parametrize("year", [1, 1973])
def test_no_holiday_is_invented_before_the_decree(year: int) -> None:
    with pytest.raises(NotInForce, match=f"year {year}"):
        legal_holidays(year)
    assert len(legal_holidays(1974)) == 10


def test_a_year_beyond_the_table_of_easter_is_refused() -> None:
    assert len(legal_holidays(4099)) == 10
    with pytest.raises(UsageError, match="4100"):
        legal_holidays(4100)


def test_a_closing_day_is_no_working_day_on_both_its_ends() -> None:
    closed = (Period(start=date(2027, 7, 19), end=date(2027, 7, 30)),)
    assert is_working_day(date(2027, 7, 16), closed)
    assert not is_working_day(date(2027, 7, 19), closed)
    assert not is_working_day(date(2027, 7, 30), closed)
    assert is_working_day(date(2027, 8, 2), closed)
    assert previous_working_day(date(2027, 7, 30), closed) == date(2027, 7, 16)
    assert next_working_day(date(2027, 7, 19), closed) == date(2027, 8, 2)


def test_a_working_day_is_its_own_neighbour() -> None:
    tuesday = date(2027, 3, 2)
    assert previous_working_day(tuesday) == tuesday == next_working_day(tuesday)


def test_the_bridge_between_friday_and_easter_tuesday_is_crossed() -> None:
    assert previous_working_day(date(2027, 3, 29)) == date(2027, 3, 26)
    assert next_working_day(date(2027, 3, 27)) == date(2027, 3, 30)


def test_an_administration_that_never_opens_gets_a_sentence() -> None:
    with pytest.raises(UsageError, match="correct the closing days"):
        previous_working_day(date(2027, 1, 4), (Period(),))
    with pytest.raises(UsageError, match="correct the closing days"):
        next_working_day(date(2027, 1, 4), (Period(start=date(2020, 1, 1)),))


def test_periods_end_where_a_count_day_by_day_ends() -> None:
    dice = random.Random(71)
    for event in random_days(2_000):
        days = dice.choice((1, 2, 3, 4, 5, 7, 10, 15, 20, 22, 25, 30, 35, 60, 90))
        assert end_of_period(event, days) == counted(event, days), (event, days)


def test_the_latest_event_is_the_latest_that_counts_out_in_time() -> None:
    dice = random.Random(35)
    for deadline in random_days(500):
        days = dice.choice((1, 2, 3, 10, 15, 22, 30, 35))
        event = latest_event(deadline, days)
        assert counted(event, days) <= deadline
        assert all(
            counted(event + timedelta(days=later), days) > deadline
            for later in range(1, 6)
        )


def test_working_days_are_counted_one_by_one() -> None:
    dice = random.Random(10)
    for event in random_days(300):
        days = dice.randrange(1, 25)
        day, left = event, days
        while left:
            day += ONE
            left -= open_day(day)
        assert end_of_period(event, days, unit="working_days") == day
        start = latest_event(day, days, unit="working_days")
        assert start >= event
        assert end_of_period(start, days, unit="working_days") <= day
        assert end_of_period(start + ONE, days, unit="working_days") > day


@given(
    st.dates(date(1980, 1, 1), date(2200, 1, 1)),
    st.integers(1, 48),
    st.sampled_from(["days", "working_days", "weeks", "months", "years"]),
)
def test_the_latest_event_holds_in_every_unit(
    deadline: date, days: int, unit: str
) -> None:
    days = min(days, 4) if unit == "years" else days
    event = latest_event(deadline, days, unit=unit)  # type: ignore[arg-type]
    assert end_of_period(event, days, unit=unit) <= deadline  # type: ignore[arg-type]
    for later in range(1, 8):
        end = end_of_period(
            event + timedelta(days=later),
            days,
            unit=unit,  # type: ignore[arg-type]
        )
        assert end > deadline


def test_the_day_of_the_event_is_not_counted() -> None:
    assert end_of_period(date(2027, 3, 1), 3) == date(2027, 3, 4)


@pytest.mark.parametrize(
    ("event", "days", "end"),
    [
        (date(2027, 3, 3), 2, date(2027, 3, 5)),  # ends on a Friday: stays
        (date(2027, 3, 3), 3, date(2027, 3, 8)),  # on a Saturday: Monday
        (date(2027, 3, 3), 4, date(2027, 3, 8)),  # on a Sunday: Monday
        (date(2027, 3, 3), 5, date(2027, 3, 8)),  # on the Monday itself
        (date(2027, 2, 27), 30, date(2027, 3, 30)),  # Easter Monday: Tuesday
        (date(2027, 4, 6), 30, date(2027, 5, 7)),  # Ascension: Friday
    ],
)
def test_a_last_day_of_rest_moves_to_the_next_working_day(
    event: date, days: int, end: date
) -> None:
    assert end_of_period(event, days) == end


def test_two_days_hold_two_working_days() -> None:
    friday, thursday = date(2027, 3, 5), date(2027, 3, 4)
    assert end_of_period(friday, 2) == date(2027, 3, 9)  # Monday alone is not enough
    assert end_of_period(friday, 3) == date(2027, 3, 9)
    assert end_of_period(thursday, 2) == date(2027, 3, 8)  # Friday and Monday
    assert end_of_period(friday, 1) == date(2027, 3, 8)  # one day needs one


def test_months_end_on_the_same_date_or_the_last_of_the_month() -> None:
    assert end_of_period(date(2027, 1, 15), 1, unit="months") == date(2027, 2, 15)
    assert end_of_period(date(2028, 1, 31), 1, unit="months") == date(2028, 2, 29)
    # 28 February 2027 is a Sunday.
    assert end_of_period(date(2027, 1, 31), 1, unit="months") == date(2027, 3, 1)
    assert end_of_period(date(2028, 2, 29), 1, unit="years") == date(2029, 2, 28)
    assert end_of_period(date(2027, 3, 2), 2, unit="weeks") == date(2027, 3, 16)


def test_months_end_where_the_calendar_says_they_end() -> None:
    dice = random.Random(12)
    for event in random_days(400):
        count = dice.randrange(1, 30)
        year, month = divmod(event.year * 12 + event.month - 1 + count, 12)
        last = months_of.monthrange(year, month + 1)[1]
        day = date(year, month + 1, min(event.day, last))
        while not open_day(day):
            day += ONE
        assert end_of_period(event, count, unit="months") == day


def test_the_latest_event_may_be_the_last_of_a_longer_month() -> None:
    assert latest_event(date(2028, 2, 29), 1, unit="months") == date(2028, 1, 31)
    assert latest_event(date(2029, 2, 28), 1, unit="years") == date(2028, 2, 29)


def test_a_leap_day_is_a_day_like_another() -> None:
    assert end_of_period(date(2028, 2, 28), 1) == date(2028, 2, 29)
    assert end_of_period(date(2028, 2, 28), 2) == date(2028, 3, 1)
    assert end_of_period(date(2027, 2, 25), 5) == date(2027, 3, 2)


@pytest.mark.parametrize("days", [0, -3])
def test_a_period_without_days_is_refused(days: int) -> None:
    with pytest.raises(UsageError, match="at least one day"):
        end_of_period(date(2027, 3, 1), days)
    with pytest.raises(UsageError, match="at least one day"):
        latest_event(date(2027, 3, 1), days)
