"""Deadlines as a calendar file (iCalendar) for Outlook, Thunderbird and telephones.

Whole-day events only: Outlook neither imports tasks nor shows an event without length.
An event never blocks the agenda and invites nobody.
"""

from __future__ import annotations

import re
import unicodedata
import uuid
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from jointbuy.errors import Message, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from icalendar import Calendar, Event

    from jointbuy.model import Deadline

    Tell = Callable[[Message], str]

_NAMES = uuid.uuid5(uuid.NAMESPACE_URL, "urn:jointbuy:deadline")
"""The space in which the id of a deadline becomes the UID of its event."""

_REMINDER = timedelta(days=-14, hours=9)
"""Two weeks before, at nine in the morning of the reader's own time zone."""

_SUMMARY = 60
"""Characters of a title that a month view and a telephone still show."""

_CATEGORIES = {
    "contract": say("Contract"),
    "framework": say("Framework agreement"),
    "interest": say("Framework agreement"),
    "adhesion": say("Adhesion"),
    "need": say("Need"),
    "milestone": say("Planning"),
}
"""By the first word of the kind of a deadline."""


def write_ics(
    deadlines: Iterable[Deadline],
    *,
    say: Callable[[Message], str],
    name: str,
    stamp: datetime,
    called: Callable[[str], str] = str,
) -> bytes:
    """The calendar file: one event per deadline, in the order given.

    The same deadlines, name and stamp give the same bytes. The UID of an event comes
    from the id of its deadline alone, so that a moved day updates the event.

    Args:
        deadlines: cancelled ones included, so that calendars can strike them out.
        say: writes a message in the language of the reader.
        name: what the calendar is called in the agenda.
        stamp: when the file is made; without a time zone it counts as UTC.
        called: the name of the person or administration with that id.
    """
    from icalendar import Calendar, vText

    tell = say
    calendar = Calendar()
    calendar.add("prodid", "-//jointbuy//deadlines//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    for key in ("name", "x-wr-calname"):
        calendar.add(key, vText(_line(name)))
    stamp = stamp if stamp.tzinfo else stamp.replace(tzinfo=UTC)
    stamp = stamp.astimezone(UTC).replace(microsecond=0)
    for deadline in deadlines:
        calendar.add_component(_event(deadline, tell, stamp, called))
    return _bytes(calendar)


def _bytes(calendar: Calendar) -> bytes:
    written: bytes = calendar.to_ical()
    return written


def _event(
    deadline: Deadline,
    tell: Tell,
    stamp: datetime,
    called: Callable[[str], str],
) -> Event:
    from icalendar import Alarm, Event

    what = _line(tell(deadline.what))
    title = _line(tell(_cancelled(what))) if deadline.cancelled else what
    event = Event()
    event.add("uid", f"{uuid.uuid5(_NAMES, deadline.id)}@jointbuy")
    event.add("dtstamp", stamp)
    event.add("dtstart", deadline.day)
    event.add("dtend", deadline.day + timedelta(days=1))
    event.add("sequence", deadline.sequence)
    event.add("summary", _shortened(title))
    event.add("description", _description(deadline, what, tell, stamp, called))
    event.add("status", "CANCELLED" if deadline.cancelled else "CONFIRMED")
    event.add("class", "PUBLIC")
    event.add("transp", "TRANSPARENT")
    event.add("x-microsoft-cdo-busystatus", "FREE")
    if category := _CATEGORIES.get(deadline.kind.partition("_")[0]):
        event.add("categories", [_line(tell(category))])
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", _REMINDER)
    alarm.add("description", _shortened(title))
    event.add_component(alarm)
    return event


def _description(
    deadline: Deadline,
    what: str,
    tell: Tell,
    stamp: datetime,
    called: Callable[[str], str],
) -> str:
    who = [called(key) for key in (deadline.contact, deadline.administration) if key]
    lines = [what]
    if who:
        lines.append(tell(_who(", ".join(who))))
    if deadline.consequence:
        lines.append(tell(deadline.consequence))
    if deadline.subject:
        lines.append(tell(_subject(deadline.subject)))
    lines.append(tell(_version(deadline.sequence + 1, stamp)))
    return "\n".join(_line(line) for line in lines)


def _cancelled(what: str) -> Message:
    return say("CANCELLED: {title}", title=what)


def _who(names: str) -> Message:
    return say("To be done by: {names}", names=names)


def _subject(subject: str) -> Message:
    return say("Record: {record}", record=subject)


def _version(number: int, stamp: datetime) -> Message:
    return say("Version {number}, exported on {day}", number=number, day=stamp.date())


def _line(text: str) -> str:
    """The text on one line, without anything that is not meant to be seen."""
    text = text.encode("utf-8", "replace").decode("utf-8")
    text = "".join(" " if _unseen(sign) else sign for sign in text)
    return re.sub(r" {2,}", " ", text).strip(" ")


def _unseen(sign: str) -> bool:
    """Controls, line and paragraph ends, and the marks that turn the writing round."""
    return unicodedata.category(sign) in {"Cc", "Zl", "Zp"} or sign in _TURNS


_TURNS = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)


def _shortened(title: str) -> str:
    """The title, cut between words where it is too long for an agenda."""
    if len(title) <= _SUMMARY:
        return title
    cut = title[: _SUMMARY - 1]
    head, space, _ = cut.rpartition(" ")
    if space and len(head) > _SUMMARY // 2:
        cut = head
    return cut.rstrip(" –—-,;:") + "…"
