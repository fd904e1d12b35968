"""The last session of a body at which something can still be decided in time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from jointbuy.errors import Message, say
from jointbuy.schedule.calendar import next_working_day, previous_working_day

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jointbuy.model import CompetentBody, Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A session (séance, zitting) and the days before it that count.

    `summons` is the last day on which the members can be called together, `filing`
    the last day on which the file can be handed in. An `estimated` session is a
    working day and no more: the sessions of the body are not known; `note` says so.
    """

    day: date
    summons: date
    filing: date
    estimated: bool = False
    note: Message | None = None


def last_useful_session(
    body: CompetentBody,
    by: date,
    *,
    convocation_days: int,
    filing_days: int,
    today: date,
    closed: Iterable[Period] = (),
) -> Session | None:
    """The last session on or before `by` for which a file can still be handed in.

    When the registered sessions stop before `by` and none of them can be reached, the
    day is estimated and a note says so. None: there are sessions after `by`, but no
    more before it that can be reached.

    The body's own convocation and filing days go before the two that are given.
    Convocation days are clear days: neither the day of the summons nor that of the
    session is counted; filing days are those for which a file lies ready before the
    summons. Both move earlier where the administration is closed.

    Source: the terms are those of the organic laws, given by the caller.
    """
    closed = tuple(closed)
    sessions = sorted(set(body.sessions))

    def session(day: date) -> Session:
        return session_on(
            body,
            day,
            convocation_days=convocation_days,
            filing_days=filing_days,
            closed=closed,
        )

    for day in reversed(sessions):
        if day <= by and (found := session(day)).filing >= today:
            return _noting(found, sessions, by)
    if sessions and sessions[-1] > by:
        return None
    guess = session(previous_working_day(by, closed))
    return _estimated(guess, sessions) if guess.filing >= today else None


def first_reachable_session(
    body: CompetentBody,
    *,
    convocation_days: int,
    filing_days: int,
    today: date,
    closed: Iterable[Period] = (),
) -> Session:
    """The first session for which a file handed in today or later is in time.

    Estimated when no registered session can be reached.

    Source: the terms are those of the organic laws, given by the caller.
    """
    closed = tuple(closed)
    sessions = sorted(set(body.sessions))
    for day in sessions:
        found = session_on(
            body,
            day,
            convocation_days=convocation_days,
            filing_days=filing_days,
            closed=closed,
        )
        if found.filing >= today:
            return found
    day = today
    while True:
        day = next_working_day(day, closed)
        found = session_on(
            body,
            day,
            convocation_days=convocation_days,
            filing_days=filing_days,
            closed=closed,
        )
        if found.filing >= today:
            return _estimated(found, sessions)
        day += timedelta(days=1)


def session_on(
    body: CompetentBody,
    day: date,
    *,
    convocation_days: int,
    filing_days: int,
    closed: Iterable[Period] = (),
) -> Session:
    """A session on that day, with the last days for its summons and its file."""
    closed = tuple(closed)
    if body.convocation_days is not None:
        convocation_days = body.convocation_days
    if body.filing_days is not None:
        filing_days = body.filing_days
    summons = day
    if convocation_days:
        summons = day - timedelta(days=convocation_days + 1)
        summons = previous_working_day(summons, closed)
    filing = previous_working_day(summons - timedelta(days=filing_days), closed)
    return Session(day=day, summons=summons, filing=filing)


def _noting(session: Session, sessions: list[date], by: date) -> Session:
    """A later session may be registered one day: what is known stops here."""
    if sessions[-1] > by or session.day == by:
        return session
    return Session(
        day=session.day,
        summons=session.summons,
        filing=session.filing,
        note=say(
            "The registered sessions stop on {day}; a later session may still be in "
            "time once it is registered.",
            day=sessions[-1],
        ),
    )


def _estimated(session: Session, sessions: list[date]) -> Session:
    if sessions:
        note = say(
            "This day is an estimate: the registered sessions stop on {day}. Register "
            "the next ones.",
            day=sessions[-1],
        )
    else:
        note = say(
            "This day is an estimate: no sessions of this body are registered. "
            "Register them."
        )
    return Session(
        day=session.day,
        summons=session.summons,
        filing=session.filing,
        estimated=True,
        note=note,
    )
