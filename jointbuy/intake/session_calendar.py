"""Sessions out of a calendar file (iCalendar), as councils publish them.

An event gives the day on which it starts in Brussels; one that comes back gives each of
its days, and one that is cancelled a session that is.
"""

from __future__ import annotations

import contextlib
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from jointbuy.errors import Message, Problem, Refused, say
from jointbuy.intake.choices import says_cancelled
from jointbuy.intake.days import FIRST_YEAR, LAST_YEAR
from jointbuy.intake.session_rows import ListedSession, ParsedSessions
from jointbuy.intake.text import clean, fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from icalendar import Calendar, Event

    from jointbuy.model import BodyKind

AHEAD = timedelta(days=3 * 366)
"""How far an event that never ends is followed."""
BACK = timedelta(days=366)
"""How far back the days of an event that comes back are taken."""
MOST = 400
"""Days that one event may give; no body meets more often."""

_SPOILT = (ValueError, TypeError, KeyError, AttributeError, OverflowError)
"""What reading a damaged property raises."""

_NEEDED = {"DTSTART", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID"}
"""Properties without which the days of an event are not known."""

_NO_DAY = say("It has no day that can be read.")

_DENIED = re.compile(
    r"\b(?:pas d(?:e|une?)|aucune?) (?:seances?|reunions?|conseils?|colleges?|bureau)\b"
    r"|\bgeen (?:ocmw )?(?:\w*raad|\w*college|\w*bureau|\w*zitting|\w*vergadering)\b"
    r"|\bkeine? (?:\w*rat|\w*kollegium|\w*prasidium|\w*sitzung)\b"
    r"|\bno (?:council|college|board|meeting|session|sitting)\b"
)
"""A folded title that says that nobody meets."""

_FREQUENCIES = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}


class _Unread(Exception):
    """An event whose days cannot be told; `message` says why."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """An event with its place in the file and the title it is shown by."""

    number: int
    title: str
    event: Event
    cancelled: bool


def is_calendar(content: bytes) -> bool:
    """Whether a file is a calendar, whatever its name."""
    begin = content[:200].removeprefix(b"\xef\xbb\xbf").lstrip()
    return begin[:15].upper() == b"BEGIN:VCALENDAR"


def parse_calendar(
    content: bytes,
    name: str,
    *,
    administration: str,
    body: BodyKind,
    on: date,
    title: str = "",
) -> ParsedSessions:
    """The sessions in a calendar, of one body of one administration.

    With `title` only the events in whose title it stands. An event that cannot be
    read is refused and the others are taken.

    Raises:
        Refused: it is no calendar.
    """
    found = [
        each
        for each in _events(content, name)
        if not fold(title) or fold(title) in fold(each.title)
    ]
    if not found:
        raise Refused(_nothing(name, title))
    moved = _moved(found)
    problems: list[Problem] = []
    kept: dict[ListedSession, None] = {}
    doubles = 0
    for each in found:
        try:
            remark: list[Message] = []
            days = [*_days(each.event, moved, on, remark)]
        except _Unread as unread:
            problems.append(_problem(each, unread.message, blocking=True))
            continue
        except _SPOILT:
            problems.append(_problem(each, _NO_DAY, blocking=True))
            continue
        problems += [_problem(each, message, blocking=False) for message in remark]
        for day in days:
            session = ListedSession(
                administration=administration,
                body=body,
                day=day,
                cancelled=each.cancelled,
            )
            doubles += session in kept
            kept[session] = None
    return ParsedSessions(
        sessions=tuple(kept), problems=tuple(problems), doubles=doubles
    )


def _problem(found: _Found, message: Message, *, blocking: bool) -> Problem:
    return Problem(
        row=found.number, column=found.title, message=message, blocking=blocking
    )


def _nothing(name: str, title: str) -> Message:
    if title:
        return say(
            "No event in {file} has “{title}” in its title.", file=name, title=title
        )
    return say("{file} has no events: export the calendar again.", file=name)


def _events(content: bytes, name: str) -> Iterator[_Found]:
    from icalendar import Event

    number = 0
    for calendar in _calendars(content, name):
        all_off = str(calendar.get("METHOD", "")).upper() == "CANCEL"
        for event in calendar.walk("VEVENT"):
            if not isinstance(event, Event):
                continue
            number += 1
            title = clean(_first(event.get("SUMMARY"), ""))[0][:120]
            off = str(_first(event.get("STATUS"), "")).upper() == "CANCELLED"
            yield _Found(
                number=number,
                title=title,
                event=event,
                cancelled=all_off or off or _called_off(title),
            )


def _calendars(content: bytes, name: str) -> list[Calendar]:
    from icalendar import Calendar

    text = content.decode("utf-8-sig", errors="replace")
    try:
        found: list[Any] = Calendar.from_ical(text, multiple=True)
    except (ValueError, KeyError, IndexError, TypeError, AttributeError):
        raise Refused(
            say(
                "{file} is no calendar that can be read: export it again as iCalendar "
                "(.ics).",
                file=name,
            )
        ) from None
    return [each for each in found if each.name == "VCALENDAR"]


def _first(value: object, otherwise: str) -> str:
    """A property that a file may give several times, or not at all."""
    if isinstance(value, list):
        value = value[0] if value else otherwise
    return otherwise if value is None else str(value)


def _called_off(title: str) -> bool:
    """Whether the title begins by saying so: ANNULÉ – Conseil communal."""
    words = fold(title).split()
    return any(
        says_cancelled(" ".join(words[:count]))
        for count in range(1, min(4, len(words)) + 1)
    )


def _moved(found: Iterable[_Found]) -> dict[str, set[date]]:
    """By the UID of an event that comes back, the days of it that were moved."""
    moved: dict[str, set[date]] = {}
    for each in found:
        with contextlib.suppress(*_SPOILT):  # it is refused where it is read itself
            value = getattr(each.event.get("RECURRENCE-ID"), "dt", None)
            if isinstance(value, date):
                moved.setdefault(str(each.event.get("UID", "")), set()).add(_day(value))
    return moved


def _day(value: date) -> date:
    """The day in Brussels; a time without a zone is one of the place itself."""
    if not isinstance(value, datetime):
        return value
    if value.tzinfo is None:
        return value.date()
    return value.astimezone(ZoneInfo("Europe/Brussels")).date()


def _days(
    event: Event, moved: dict[str, set[date]], on: date, remarks: list[Message]
) -> Iterator[date]:
    if any(name in _NEEDED for name, _ in event.errors):
        raise _Unread(_NO_DAY)
    start = _start(event)
    _check(event, start)
    recurring = "RRULE" in event
    if "RECURRENCE-ID" in event or not (recurring or "RDATE" in event):
        yield _day(start)
        return
    gone = {_day(each) for each in _dates(event, "EXDATE")}
    gone |= moved.get(str(event.get("UID", "")), set())
    found = set(_recurring(event, start, on, remarks) if recurring else [_day(start)])
    found |= {_day(each) for each in _dates(event, "RDATE")}
    if len(found) > MOST:
        raise _Unread(
            say(
                "It comes back {n} times, more often than a body meets: is it a "
                "session?",
                n=len(found),
            )
        )
    yield from sorted(found - gone)


def _start(event: Event) -> date:
    value = event.get("DTSTART")
    if isinstance(value, list):
        value = value[0] if value else None
    start = getattr(value, "dt", None)
    if not isinstance(start, date):
        raise _Unread(_NO_DAY)
    if not FIRST_YEAR <= start.year <= LAST_YEAR:
        raise _Unread(
            say(
                "The year of “{text}” cannot be right: write a day between {first} and "
                "{last}.",
                text=start.isoformat()[:10],
                first=str(FIRST_YEAR),
                last=str(LAST_YEAR),
            )
        )
    return start


def _check(event: Event, start: date) -> None:
    """Refuse what is no session: holidays over several days, and what is denied."""
    title = clean(_first(event.get("SUMMARY"), ""))[0]
    if (days := _lasting(event, start)) > 1:
        raise _Unread(
            say("It lasts {n} days: a session is held on one. Is it one?", n=days)
        )
    if _DENIED.search(fold(title)) and not _called_off(title):
        raise _Unread(
            say(
                "Its title says that nobody meets, so no session is taken from it. If "
                "one that is known no longer takes place, `sessions cancel` strikes it "
                "out."
            )
        )


def _lasting(event: Event, start: date) -> int:
    """How many days it covers; a session that runs past midnight is of one."""
    end = None
    with contextlib.suppress(*_SPOILT):  # its day is known all the same
        if (length := event.get("DURATION")) is not None:
            end = start + length.dt
        end = getattr(event.get("DTEND"), "dt", end)
    if not isinstance(end, date):
        return 1
    if not isinstance(start, datetime):
        return max((_day(end) - start).days, 1)
    if isinstance(end, datetime) and (end.tzinfo is None) == (start.tzinfo is None):
        return max(-((start - end) // timedelta(days=1)), 1)
    return max((_day(end) - _day(start)).days, 1)


def _dates(event: Event, name: str) -> Iterator[date]:
    """The days of a property that lists them, once or several times."""
    values = event.get(name, [])
    for value in values if isinstance(values, list) else [values]:
        for each in getattr(value, "dts", ()):
            day = each.dt[0] if isinstance(each.dt, tuple) else each.dt
            if isinstance(day, date):
                yield day


def _recurring(
    event: Event, start: date, on: date, remarks: list[Message]
) -> Iterator[date]:
    """The days of an event that comes back, reckoned in its own time zone."""
    from dateutil.rrule import rrulestr

    last = on + AHEAD
    zone = start.tzinfo if isinstance(start, datetime) else None
    rules: Any = event["RRULE"]
    for rule in rules if isinstance(rules, list) else [rules]:
        parts = {str(key).upper(): value for key, value in rule.items()}
        if str(_first(parts.get("FREQ"), "")).upper() not in _FREQUENCIES:
            raise _Unread(say("It comes back in a way that no body meets."))
        until = _until(parts.pop("UNTIL", None), zone)
        if until is None and "COUNT" not in parts:
            remarks.append(
                say("It comes back without end: its days until {day} count.", day=last)
            )
        if until is not None:
            parts.pop("COUNT", None)
        bare = type(rule)(parts).to_ical().decode()
        try:
            made = rrulestr(f"RRULE:{bare}", dtstart=_naive(start, zone))
            if until is not None:
                made = made.replace(until=until)  # type: ignore[union-attr]
            first = datetime.combine(min(on - BACK, last), time())
            found = made.between(first, datetime.combine(last, time.max), inc=True)
        except (ValueError, TypeError, OverflowError):
            raise _Unread(say("It comes back in a way that cannot be read.")) from None
        for each in found:
            yield _day(each.replace(tzinfo=zone) if zone else each)


def _until(value: object, zone: object) -> datetime | None:
    """The end of a rule in the event's own zone; a day counts whole."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, datetime):
        return _naive(value, zone)
    return datetime.combine(value, time.max) if isinstance(value, date) else None


def _naive(value: date, zone: Any) -> datetime:  # noqa: ANN401 - any zone of a file
    if not isinstance(value, datetime):
        return datetime.combine(value, time())
    if value.tzinfo is None:
        return value
    return value.astimezone(zone or UTC).replace(tzinfo=None)
