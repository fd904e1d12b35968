"""Periods of Regulation 1182/71, against a count day by day on an almanac of its own.

The almanac knows no date arithmetic: it writes down one day after the other, takes
Easter from the table of paschal full moons, and every period is walked on it.
"""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from functools import cache
from typing import NamedTuple

import pytest

from jointbuy.model import BodyKind, CompetentBody, Period
from jointbuy.schedule.calendar import (
    Unit,
    end_of_period,
    is_working_day,
    latest_event,
    next_working_day,
    previous_working_day,
)
from jointbuy.schedule.sessions import session_on

FIRST, LAST = 2015, 2050
MARGIN = 4
"""Years written before the first and after the last, for the periods that cross."""
FARTHEST = 3 * 366
"""More days than the longest period asked for."""
THURSDAY, SATURDAY, SUNDAY = 3, 5, 6
LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
FIXED = {(1, 1), (5, 1), (7, 21), (8, 15), (11, 1), (11, 11), (12, 25)}
MOONS = (
    *((4, 14), (4, 3), (3, 23), (4, 11), (3, 31), (4, 18), (4, 8), (3, 28), (4, 16)),
    *((4, 5), (3, 25), (4, 13), (4, 2), (3, 22), (4, 10), (3, 30), (4, 17), (4, 7)),
    (3, 27),
)
"""Paschal full moon of each of the 19 years of the moon's cycle, from 1900 to 2199."""
HARD = (
    *("month ends", "leap days", "clock changes"),
    *("Easter, Ascension and Whit", "Christmas"),
)
COUNTS: dict[Unit, tuple[int, ...]] = {
    "days": (1, 2, 3, 4, 5, 7, 8, 10, 15, 20, 22, 25, 30, 35, 45, 60, 90),
    "working_days": (1, 2, 3, 5, 10, 15, 20),
    "weeks": (1, 2, 3, 4, 6, 8),
    "months": (1, 2, 3, 4, 6, 12),
    "years": (1, 1, 1, 2),
}


class Day(NamedTuple):
    """A day of the almanac; `ends` says that it is the last of its month."""

    on: date
    month: int
    number: int
    weekday: int
    ends: bool
    opened: bool


def length(year: int, month: int) -> int:
    """The days of a month; every fourth year between 1901 and 2099 is a leap year."""
    return 29 if month == 2 and year % 4 == 0 else LENGTHS[month - 1]


@cache
def almanac() -> tuple[Day, ...]:
    """Every day in order, from 1 January 2011, which was a Saturday."""
    years = range(FIRST - MARGIN, LAST + MARGIN + 2)
    written = [
        (year, month, number)
        for year in years
        for month in range(1, 13)
        for number in range(1, length(year, month) + 1)
    ]
    weekdays = [(SATURDAY + n) % 7 for n in range(len(written))]
    rest = {n for n, weekday in enumerate(weekdays) if weekday >= SATURDAY}
    rest |= {n for n, (_, month, day) in enumerate(written) if (month, day) in FIXED}
    for year in years:
        easter = written.index((year, *MOONS[year % 19])) + 1
        while weekdays[easter] != SUNDAY:
            easter += 1
        rest |= {easter + 1, easter + 39, easter + 50}
    return tuple(
        Day(
            date(year, month, number),
            month,
            number,
            weekdays[n],
            number == length(year, month),
            n not in rest,
        )
        for n, (year, month, number) in enumerate(written)
    )


@cache
def places() -> dict[date, int]:
    return {day.on: n for n, day in enumerate(almanac())}


def asked() -> range:
    """The places of the days from 2015 to 2050."""
    return range(places()[date(FIRST, 1, 1)], places()[date(LAST, 12, 31)] + 1)


def walked(event: int, count: int, unit: Unit) -> date:
    """Day after day from the one after the event, until the period is over."""
    days, begun = almanac(), almanac()[event]
    least = 1 if count == 1 and unit in {"days", "working_days"} else 2
    turns = count * 12 if unit == "years" else count
    over, gone, opened = False, 0, 0
    for day in days[event + 1 : event + 1 + FARTHEST]:
        opened += day.opened
        if unit == "working_days":
            over = opened == count
        elif unit == "days":
            gone += 1
            over = gone >= count
        elif unit == "weeks":
            gone += day.weekday == begun.weekday
            over = gone >= count
        elif not over:
            gone += day.number == 1
            over = gone == turns and (
                day.number == begun.number or (day.ends and day.number < begun.number)
            )
        if over and day.opened and opened >= least:
            return day.on
    raise AssertionError(begun, count, unit)


def drawn(seed: int) -> list[int]:
    """The places of 10,000 days between 2015 and 2050, none twice."""
    return random.Random(seed).sample(asked(), 10_000)


@cache
def hard() -> dict[str, list[int]]:
    """Places of the days around which counting goes wrong, by what they are."""
    days = almanac()
    found: dict[str, list[int]] = {what: [] for what in HARD}
    for n in asked():
        day = days[n]
        if day.ends:
            found["month ends"] += (n - 1, n, n + 1)
        if (day.month, day.number) == (2, 29):
            found["leap days"] += range(n - 3, n + 3)
        last_week = day.number + 7 > length(day.on.year, day.month)
        if day.month in {3, 10} and day.weekday == SUNDAY and last_week:
            found["clock changes"] += range(n - 3, n + 3)
        if (day.month, day.number) == (12, 25):
            found["Christmas"] += range(n - 6, n + 12)
        moving = (day.month, day.number) not in FIXED and not day.opened
        if moving and day.weekday < SATURDAY:
            found["Easter, Ascension and Whit"] += range(n - 5, n + 3)
    return found


@pytest.mark.parametrize(
    ("year", "month", "number"),
    [(2024, 4, 1), (2019, 4, 22), (2038, 4, 26), (2035, 3, 26), (2049, 4, 19)],
)
def test_the_almanac_rests_on_easter_monday(year: int, month: int, number: int) -> None:
    place = places()[date(year, month, number)]
    assert almanac()[place].weekday == 0
    assert not almanac()[place].opened
    assert almanac()[place + 1].opened


def test_the_almanac_begins_2015_on_a_thursday() -> None:
    assert almanac()[places()[date(2015, 1, 1)]].weekday == THURSDAY
    assert len(asked()) == 36 * 365 + 9


def test_every_day_works_or_rests_as_in_the_almanac() -> None:
    for n in asked():
        assert is_working_day(almanac()[n].on) == almanac()[n].opened, almanac()[n]


def test_the_neighbouring_working_days_are_those_walked_to() -> None:
    days = almanac()
    for n in asked():
        after = before = n
        while not days[after].opened:
            after += 1
        while not days[before].opened:
            before -= 1
        assert next_working_day(days[n].on) == days[after].on
        assert previous_working_day(days[n].on) == days[before].on


@pytest.mark.parametrize("unit", list(COUNTS))
def test_ten_thousand_periods_end_where_the_walk_ends(unit: Unit) -> None:
    dice = random.Random(1971)
    for event in drawn(1182):
        count = dice.choice(COUNTS[unit])
        on = almanac()[event].on
        assert end_of_period(on, count, unit=unit) == walked(event, count, unit), (
            on,
            count,
        )


@pytest.mark.parametrize("what", HARD)
def test_short_periods_end_where_the_walk_ends_around(what: str) -> None:
    places_of = hard()[what]
    assert len(places_of) >= 6 * 9
    for event in places_of:
        on = almanac()[event].on
        for count in (1, 2, 3, 5, 10):
            assert end_of_period(on, count) == walked(event, count, "days"), (on, count)
        for unit in ("weeks", "months"):
            assert end_of_period(on, 1, unit=unit) == walked(event, 1, unit), on


def test_only_a_period_of_one_day_may_hold_one_working_day() -> None:
    """The event is not counted, the last day works, and two days hold two of them."""
    days, single = almanac(), 0
    for event in drawn(5):
        for count in (1, 2, 3):
            end = places()[end_of_period(days[event].on, count)]
            opened = sum(day.opened for day in days[event + 1 : end + 1])
            assert days[end].opened
            assert end - event >= count
            assert opened >= min(count, 2)
            single += opened == 1
    assert single == 10_000  # the periods of one day, and no other


@pytest.mark.parametrize(
    ("count", "unit"),
    [
        *((1, "days"), (2, "days"), (15, "days"), (35, "days")),
        *((10, "working_days"), (2, "weeks"), (1, "months"), (1, "years")),
    ],
)
def test_the_latest_event_is_the_last_one_that_walks_out_in_time(
    count: int, unit: Unit
) -> None:
    days, ended = almanac(), {}
    deadlines = asked()[:5_000] if unit == "years" else asked()  # a year is long
    events = range(deadlines.start - 400, deadlines.stop)
    for event in events:
        ended[walked(event, count, unit)] = event
    latest, at = {}, 0
    for n in events:
        at = max(at, ended.get(days[n].on, 0))
        latest[n] = at
    for deadline in random.Random(count).sample(deadlines, 1_250):
        on = days[deadline].on
        assert latest_event(on, count, unit=unit) == days[latest[deadline]].on, on


def test_clear_days_are_counted_back_and_never_moved_later() -> None:
    """A summons holds its clear days whole; a day of rest moves it earlier alone."""
    days, dice = almanac(), random.Random(7)
    council = CompetentBody(kind=BodyKind.COUNCIL)
    for place in drawn(3):
        clear = dice.choice((1, 2, 3, 5, 7, 8, 10))
        back, left = place - 1, clear
        while left:
            back, left = back - 1, left - 1
        while not days[back].opened:
            back -= 1
        found = session_on(
            council, days[place].on, convocation_days=clear, filing_days=0
        )
        assert found.summons == days[back].on, (days[place].on, clear)


def test_closing_days_move_a_summons_and_no_legal_period() -> None:
    days, dice = almanac(), random.Random(26)
    council = CompetentBody(kind=BodyKind.COUNCIL)
    for place in drawn(4)[:1_000]:
        shut = range(place - 8 - dice.randrange(12), place - 7)
        closed = (Period(start=days[shut[0]].on, end=days[shut[-1]].on),)
        back = shut[0] - 1
        while not days[back].opened:
            back -= 1
        found = session_on(
            council, days[place].on, convocation_days=7, filing_days=0, closed=closed
        )
        assert found.summons == days[back].on, (days[place].on, closed)


def brussels(moment: datetime) -> datetime:
    """The clock on the wall in Brussels at a moment given in universal time."""
    changes = []
    for month in (3, 10):
        number = 31
        while datetime(moment.year, month, number).weekday() != SUNDAY:  # noqa: DTZ001
            number -= 1
        changes.append(datetime(moment.year, month, number, 1))  # noqa: DTZ001
    summer = changes[0] <= moment < changes[1]
    return moment + timedelta(hours=2 if summer else 1)


def test_a_day_of_23_or_25_hours_is_one_day() -> None:
    """Hour by hour from noon on the day of the event, midnights are counted."""
    lengths = set()
    for event in hard()["clock changes"][::2]:
        on = almanac()[event].on
        moment = datetime(on.year, on.month, on.day, 11)  # noqa: DTZ001
        midnights, hours = 0, 0
        while True:
            moment += timedelta(hours=1)
            clock = brussels(moment)
            if clock.hour == 0:
                midnights += 1
                lengths.add(hours)
                hours = 0
            hours += 1
            if midnights >= 5 and almanac()[places()[clock.date()]].opened:
                break
        assert end_of_period(on, 5) == clock.date()
    assert {23, 24, 25} <= lengths
