"""The last session at which something can still be decided in time."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from jointbuy.model import BodyKind, CompetentBody, Period
from jointbuy.schedule.sessions import (
    Session,
    first_reachable_session,
    last_useful_session,
)

JANUARY, FEBRUARY, MARCH = date(2027, 1, 25), date(2027, 2, 22), date(2027, 3, 22)


def council(*sessions: date, terms: int | None = None) -> CompetentBody:
    return CompetentBody(
        kind=BodyKind.COUNCIL,
        sessions=sessions,
        convocation_days=terms,
        filing_days=terms,
    )


def last(
    body: CompetentBody, by: date, today: date, closed: tuple[Period, ...] = ()
) -> Session | None:
    return last_useful_session(
        body, by, convocation_days=7, filing_days=5, today=today, closed=closed
    )


def test_the_session_on_the_day_itself_is_useful_and_the_one_after_is_not() -> None:
    body = council(JANUARY, FEBRUARY, MARCH)
    today = date(2027, 1, 4)
    on_the_day = last(body, FEBRUARY, today)
    before = last(body, FEBRUARY - timedelta(days=1), today)
    assert on_the_day is not None
    assert before is not None
    assert (on_the_day.day, before.day) == (FEBRUARY, JANUARY)


def test_clear_days_count_neither_the_summons_nor_the_session() -> None:
    session = last(council(FEBRUARY, MARCH), FEBRUARY, date(2027, 1, 4))
    assert session is not None
    # Seven clear days before Monday 22 February: the summons leaves on the 14th, a
    # Sunday, so on Friday 12; five days of filing before that end on Sunday 7.
    assert session.summons == date(2027, 2, 12)
    assert session.filing == date(2027, 2, 5)


def test_a_file_can_be_handed_in_on_the_filing_day_and_not_the_day_after() -> None:
    body = council(FEBRUARY, MARCH)
    assert last(body, FEBRUARY, date(2027, 2, 5)) is not None
    assert last(body, FEBRUARY, date(2027, 2, 6)) is None


def test_an_earlier_reachable_session_is_never_skipped_for_a_later_unreachable() -> (
    None
):
    body = council(JANUARY, FEBRUARY)
    session = last(body, MARCH, date(2027, 1, 4))
    assert session is not None
    assert session.day == FEBRUARY


def test_the_own_terms_of_a_body_go_before_the_usual_ones() -> None:
    body = council(FEBRUARY, MARCH, terms=0)
    session = last(body, FEBRUARY, FEBRUARY)
    assert session is not None
    assert session.day == session.summons == session.filing == FEBRUARY


def test_closing_days_move_the_filing_earlier() -> None:
    closed = (Period(start=date(2027, 2, 1), end=date(2027, 2, 12)),)
    session = last(council(FEBRUARY, MARCH), FEBRUARY, date(2027, 1, 4), closed)
    assert session is not None
    assert session.summons == date(2027, 1, 29)
    assert session.filing == date(2027, 1, 22)


def test_sessions_in_any_order_and_twice_change_nothing() -> None:
    today = date(2027, 1, 4)
    assert last(council(MARCH, JANUARY, FEBRUARY, JANUARY), FEBRUARY, today) == last(
        council(JANUARY, FEBRUARY, MARCH), FEBRUARY, today
    )


def test_without_registered_sessions_the_day_is_called_an_estimate() -> None:
    session = last(council(), date(2027, 2, 28), date(2027, 1, 4))
    assert session is not None
    assert session.day == date(2027, 2, 26)
    assert session.estimated
    assert "no sessions of this body are registered" in str(session.note)


def test_a_calendar_that_ran_out_is_not_taken_for_the_last_session() -> None:
    session = last(council(JANUARY), date(2027, 6, 30), date(2027, 3, 1))
    assert session is not None
    assert session.estimated
    assert session.day == date(2027, 6, 30)
    assert "2027-01-25" in str(session.note)


def test_where_later_sessions_may_still_be_registered_it_is_said() -> None:
    session = last(council(JANUARY, FEBRUARY), MARCH, date(2027, 1, 4))
    assert session is not None
    assert not session.estimated
    assert "stop on 2027-02-22" in str(session.note)
    known = last(council(JANUARY, FEBRUARY, MARCH), date(2027, 3, 1), date(2027, 1, 4))
    assert known is not None
    assert known.note is None


def test_no_estimate_when_even_the_file_would_come_too_late() -> None:
    assert last(council(), date(2027, 1, 15), date(2027, 1, 4)) is None


@pytest.mark.parametrize(
    ("today", "day"),
    [(date(2027, 2, 5), FEBRUARY), (date(2027, 2, 6), MARCH)],
)
def test_the_first_reachable_session_still_takes_the_file(
    today: date, day: date
) -> None:
    session = first_reachable_session(
        council(FEBRUARY, MARCH), convocation_days=7, filing_days=5, today=today
    )
    assert session.day == day
    assert not session.estimated


def test_without_sessions_the_first_reachable_day_is_the_earliest_that_holds() -> None:
    session = first_reachable_session(
        council(), convocation_days=7, filing_days=5, today=date(2027, 1, 4)
    )
    assert session.estimated
    assert session.filing >= date(2027, 1, 4)
    assert last(council(), session.day - timedelta(days=1), date(2027, 1, 4)) is None
