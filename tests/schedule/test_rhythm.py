"""The days that a rhythm gives, against a plain walk over the calendar."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from jointbuy.model import BodyKind, CompetentBody, Period, Rhythm
from jointbuy.schedule.rhythm import Expected, expected_days, rhythm_days
from jointbuy.schedule.sessions import (
    Session,
    first_reachable_session,
    last_useful_session,
)

THURSDAYS = Rhythm(weekday=3, weeks=(3,), without=(7, 8))


def walked(rhythm: Rhythm, first: date, last: date) -> tuple[date, ...]:
    """The same days, found by looking at each day of the calendar."""
    found = []
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        before = (day.day - 1) // 7 + 1
        week = timedelta(days=7)
        after = 1
        while (day + after * week).month == day.month:
            after += 1
        holds = not rhythm.weeks or {before, -after} & set(rhythm.weeks)
        if (
            day.weekday() == rhythm.weekday
            and holds
            and day.month not in rhythm.without
            and rhythm.period.holds(day)
        ):
            found.append(day)
    return tuple(found)


def test_a_rhythm_gives_the_days_that_a_walk_over_the_calendar_finds() -> None:
    chance = random.Random(20261121)
    met = 0
    for _ in range(120):
        first = date(2020, 1, 1) + timedelta(days=chance.randrange(9000))
        last = first + timedelta(days=chance.randrange(800))
        rhythm = Rhythm(
            weekday=chance.randrange(7),
            weeks=tuple(chance.sample((1, 2, 3, 4, 5, -1, -2), chance.randrange(3))),
            without=tuple(chance.sample(range(1, 13), chance.randrange(4))),
            period=Period(end=last - timedelta(days=30) if met % 2 else None),
        )
        found = rhythm_days(rhythm, first, last)
        assert found == walked(rhythm, first, last), rhythm
        met += len(found)
    assert met > 1000


@pytest.mark.parametrize(
    "rhythm",
    [
        Rhythm(weekday=3, without=tuple(range(1, 13))),
        Rhythm(weekday=9),
        Rhythm(weekday=3, weeks=(0,)),
        Rhythm(weekday=3, weeks=(6,)),
        Rhythm(weekday=3, period=Period(end=date(2026, 1, 1))),
    ],
)
def test_a_rhythm_that_never_comes_round_gives_no_day(rhythm: Rhythm) -> None:
    assert rhythm_days(rhythm, date(2027, 1, 1), date(2028, 1, 1)) == ()


def council(
    *sessions: date, rhythm: Rhythm | None = THURSDAYS, cancelled: tuple[date, ...] = ()
) -> CompetentBody:
    return CompetentBody(
        kind=BodyKind.COUNCIL,
        sessions=sessions,
        rhythm=rhythm,
        cancelled=cancelled,
        convocation_days=7,
        filing_days=0,
    )


def days(body: CompetentBody, closed: tuple[Period, ...] = ()) -> tuple[Expected, ...]:
    return expected_days(body, date(2027, 1, 1), date(2027, 6, 30), closed)


TWICE = Rhythm(weekday=3, weeks=(1, 3))


@pytest.mark.parametrize(
    ("known", "rhythm", "expected"),
    [
        # January was held a week early; an extra session was fixed in June.
        ("01-14 06-30", THURSDAYS, "02-18 03-18 04-15 05-20"),
        ("06-17", THURSDAYS, "01-21 02-18 03-18 04-15 05-20"),
        ("-02-03", THURSDAYS, "01-21 03-18 04-15 05-20 06-17"),
        # Twice a month: the nearest one, and once for two days around it.
        ("02-12 03-04 03-05", TWICE,
         "01-07 01-21 02-04 03-18 04-01 04-15 05-06 05-20 06-03 06-17"),
        # Every week, over the end of a month and of a year as well.
        ("-01-01 01-11 04-30", Rhythm(weekday=3, without=(2, 3, 5)),
         "01-07 01-21 01-28 04-01 04-08 04-15 04-22 06-03 06-10 06-17 06-24"),
        ("03-18", None, ""),
    ],
)  # fmt: skip
def test_a_known_session_stands_for_that_of_its_own_month_or_week(
    known: str, rhythm: Rhythm | None, expected: str
) -> None:
    given = {
        text: date.fromisoformat(f"2027-{text.removeprefix('-')}")
        for text in known.split()
    }
    body = council(
        *(day for text, day in given.items() if text[0] != "-"),
        rhythm=rhythm,
        cancelled=tuple(day for text, day in given.items() if text[0] == "-"),
    )
    assert [f"{each.day:%m-%d}" for each in days(body)] == expected.split()


def test_an_extra_session_far_ahead_leaves_the_expected_ones_before_it() -> None:
    extra = council(date(2027, 12, 22))
    found = last(extra, date(2027, 6, 1), NEW_YEAR)
    assert found is not None
    assert (found.day, found.expected) == (date(2027, 5, 20), True)
    reached = first_reachable_session(
        extra, convocation_days=7, filing_days=5, today=NEW_YEAR
    )
    assert (reached.day, reached.expected) == (date(2027, 1, 21), True)
    # One fixed between them goes before those that are expected later only where the
    # day asks for it.
    both = council(date(2027, 5, 25), date(2027, 12, 22))
    found = last(both, date(2027, 6, 1), NEW_YEAR)
    assert found is not None
    assert (found.day, found.expected) == (date(2027, 5, 25), False)


def test_a_cancelled_day_drops_out_and_a_closed_one_is_doubtful() -> None:
    closed = (Period(start=date(2027, 2, 15), end=date(2027, 2, 19)),)
    body = council(cancelled=(date(2027, 3, 18),))
    found = {each.day: each.doubt for each in days(body, closed)}
    assert date(2027, 3, 18) not in found
    assert "closing days" in str(found[date(2027, 2, 18)])
    assert found[date(2027, 4, 15)] is None
    first = days(council(rhythm=Rhythm(weekday=5, weeks=(1,))))  # 1 May is a Saturday
    (doubtful,) = [each for each in first if each.doubt]
    assert doubtful.day == date(2027, 5, 1)
    assert "Labour Day" in str(doubtful.doubt)


def last(body: CompetentBody, by: date, today: date) -> Session | None:
    return last_useful_session(body, by, convocation_days=7, filing_days=5, today=today)


NEW_YEAR = date(2027, 1, 4)


def test_after_the_fixed_sessions_the_rhythm_gives_expected_ones() -> None:
    body = council(date(2027, 1, 14), date(2027, 2, 11))
    fixed = last(body, date(2027, 2, 28), NEW_YEAR)
    assert fixed is not None
    assert (fixed.day, fixed.expected) == (date(2027, 2, 11), False)
    expected = last(body, date(2027, 3, 31), NEW_YEAR)
    assert expected is not None
    assert (expected.day, expected.expected) == (date(2027, 3, 18), True)
    assert not expected.estimated
    assert "Have it confirmed" in str(expected.note)


def test_a_known_rhythm_leaves_no_room_for_an_estimate() -> None:
    body = council()
    summer = last(body, date(2027, 8, 31), date(2027, 6, 20))
    assert summer is None  # June is too near, July and August are without council
    without = last(council(rhythm=None), date(2027, 8, 31), date(2027, 6, 20))
    assert without is not None
    assert without.estimated
    first = first_reachable_session(
        body, convocation_days=7, filing_days=5, today=date(2027, 6, 20)
    )
    assert (first.day, first.expected) == (date(2027, 9, 16), True)


def test_a_doubtful_session_is_taken_only_where_nothing_else_is_left() -> None:
    # Ascension Day, 6 May 2027, is the first Thursday of May.
    body = council(rhythm=Rhythm(weekday=3, weeks=(1,)))
    sure = last(body, date(2027, 5, 31), NEW_YEAR)
    assert sure is not None
    assert sure.day == date(2027, 4, 1)
    assert "Ascension Day" in str(sure.note)
    only = last(body, date(2027, 5, 31), date(2027, 4, 2))
    assert only is not None
    assert only.day == date(2027, 5, 6)
    assert "Ascension Day" in str(only.note)
    assert last(body, date(2027, 5, 31), date(2027, 5, 1)) is None
    reached = first_reachable_session(
        body, convocation_days=7, filing_days=5, today=date(2027, 4, 2)
    )
    assert reached.day == date(2027, 6, 3)


def test_a_cancelled_session_is_not_useful_and_the_one_before_it_is() -> None:
    days_ = (date(2027, 1, 21), date(2027, 2, 18), date(2027, 3, 18))
    body = council(*days_, rhythm=None, cancelled=(days_[1],))
    found = last(body, date(2027, 2, 28), NEW_YEAR)
    assert found is not None
    assert found.day == days_[0]
    assert found.note is None
