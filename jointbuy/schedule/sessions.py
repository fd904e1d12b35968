"""The last session of a body at which something can still be decided in time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from jointbuy.errors import Message, say
from jointbuy.schedule.calendar import next_working_day, previous_working_day
from jointbuy.schedule.rhythm import days_to_come, doubt, fixed_days, rhythm_days

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jointbuy.model import CompetentBody, Period

_YEAR = timedelta(days=366)
_AHEAD = timedelta(days=3 * 366)
"""How far ahead a rhythm is followed to find a session."""

_TO_CONFIRM = say(
    "This session is expected: the usual rhythm of the body gives the day. Have it "
    "confirmed and register it."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A session (séance, zitting) and the days before it that count.

    `summons` is the last day on which the members can be called together, `filing`
    the last day on which the file can be handed in. An `expected` session is one that
    the rhythm of the body gives and that nobody confirmed; an `estimated` one is a
    working day and no more: the sessions of the body are not known. `note` says so.
    """

    day: date
    summons: date
    filing: date
    estimated: bool = False
    note: Message | None = None
    expected: bool = False


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

    Where none is fixed those count that the rhythm gives. A day of the rhythm on a
    holiday or in a closing period is taken only where nothing else can be reached.
    When what is known stops before `by` and no session can be reached, the day is
    estimated and a note says so. None: there are sessions after `by`, but no more
    before it that can be reached.

    The body's own convocation and filing days go before the two that are given.
    Convocation days are clear days: neither the day of the summons nor that of the
    session is counted; filing days are those for which a file lies ready before the
    summons. Both move earlier where the administration is closed.

    Source: the terms are those of the organic laws, given by the caller.
    """
    closed = tuple(closed)

    def reached(day: date) -> Session | None:
        found = session_on(
            body,
            day,
            convocation_days=convocation_days,
            filing_days=filing_days,
            closed=closed,
        )
        return found if found.filing >= today else None

    fixed = {day for day in fixed_days(body) if day <= by}
    known = _known_after(body, by)
    doubts: list[Session] = []
    for day in sorted({*fixed, *days_to_come(body, today, by)}, reverse=True):
        found = reached(day)
        if found is None:
            break
        if day in fixed:
            if doubts:
                return replace(found, note=doubts[0].note)
            return found if known else _noting(found, max(body.sessions), by)
        if (why := doubt(day, closed)) is None:
            note = doubts[0].note if doubts else _TO_CONFIRM
            return replace(found, expected=True, note=note)
        doubts.append(replace(found, expected=True, note=why))
    if doubts:
        return doubts[0]
    guess = None if known else reached(previous_working_day(by, closed))
    return _estimated(guess, body) if guess else None


def first_reachable_session(
    body: CompetentBody,
    *,
    convocation_days: int,
    filing_days: int,
    today: date,
    closed: Iterable[Period] = (),
) -> Session:
    """The first session for which a file handed in today or later is in time.

    Expected where the rhythm gives it, estimated when no session that is known can be
    reached. A day of the rhythm that is doubtful is passed over.

    Source: the terms are those of the organic laws, given by the caller.
    """
    closed = tuple(closed)

    def at(day: date) -> Session:
        return session_on(
            body,
            day,
            convocation_days=convocation_days,
            filing_days=filing_days,
            closed=closed,
        )

    fixed = set(fixed_days(body))
    for day in sorted({*fixed, *days_to_come(body, today, today + _AHEAD)}):
        if (found := at(day)).filing < today:
            continue
        if day in fixed:
            return found
        if doubt(day, closed) is None:
            return replace(found, expected=True, note=_TO_CONFIRM)
    day = today
    while True:
        day = next_working_day(day, closed)
        if (found := at(day)).filing >= today:
            return _estimated(found, body)
        day += timedelta(days=1)


def _known_after(body: CompetentBody, by: date) -> bool:
    """Whether a session is known after that day, fixed or by the rhythm."""
    if body.sessions and max(body.sessions) > by:
        return True
    if body.rhythm is None:
        return False
    return bool(rhythm_days(body.rhythm, by + timedelta(days=1), by + _YEAR))


def missed_session(
    body: CompetentBody,
    by: date,
    *,
    convocation_days: int,
    filing_days: int,
    closed: Iterable[Period] = (),
) -> Session | None:
    """The last session on or before `by` that is known, whatever it takes to reach it.

    Source: the terms are those of the organic laws, given by the caller.
    """
    closed = tuple(closed)
    fixed = [day for day in fixed_days(body) if day <= by]
    by_rhythm = days_to_come(body, by - _YEAR, by)
    sure = [day for day in by_rhythm if doubt(day, closed) is None]
    last = max((*fixed, *sure), default=None)
    if last is None:
        return None
    return replace(
        session_on(
            body,
            last,
            convocation_days=convocation_days,
            filing_days=filing_days,
            closed=closed,
        ),
        expected=last not in fixed,
    )


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


def _noting(session: Session, last: date, by: date) -> Session:
    """A later session may be registered one day: what is known stops here."""
    if last > by or session.day == by:
        return session
    return replace(
        session,
        note=say(
            "The registered sessions stop on {day}; a later session may still be in "
            "time once it is registered.",
            day=last,
        ),
    )


def _estimated(session: Session, body: CompetentBody) -> Session:
    if body.sessions:
        note = say(
            "This day is an estimate: the registered sessions stop on {day}. Register "
            "the next ones.",
            day=max(body.sessions),
        )
    else:
        note = say(
            "This day is an estimate: no sessions of this body are registered. "
            "Register them."
        )
    return replace(session, estimated=True, note=note)
