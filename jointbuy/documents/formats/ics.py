"""Deadlines as a calendar file (iCalendar) for Outlook, Thunderbird and telephones.

Whole-day events only: Outlook neither imports tasks nor shows an event without length.
An event never blocks the agenda and invites nobody. The file remembers what it told
before: brought up to date, it says what moved and strikes out what is gone.
"""

from __future__ import annotations

import re
import unicodedata
import uuid
from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta

from jointbuy.errors import Message, Refused, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from jointbuy.model import Citation, Deadline

    Tell = Callable[[Message], str]

_NAMES = uuid.uuid5(uuid.NAMESPACE_URL, "urn:jointbuy:deadline")
"""The space in which the id of a deadline becomes the UID of its event."""

_PRODID = "-//jointbuy//deadlines//EN"
"""By which a file is known to be ours."""

_REMEMBERED = relativedelta(years=1)
"""How long after its day an event that is gone from the list stays in the file."""

_MOVED = "X-JOINTBUY-MOVED"
_DAYS = "%Y%m%d"

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
    "order": say("Framework agreement"),
    "programme": say("Adhesion"),
    "round": say("Need"),
    "action": say("Action point"),
}
"""By the first word of the kind of a deadline."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """The file, and how many events are new, moved, changed, struck out or kept."""

    content: bytes
    events: int
    added: int = 0
    moved: int = 0
    changed: int = 0
    struck: int = 0
    kept: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Move:
    """An event that went from a day to another, told on a day."""

    old: date
    new: date
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """An event as the file has it; `raw` are its bytes."""

    raw: bytes
    told: _Told
    sequence: int
    moves: tuple[_Move, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """What an event says, whatever its history."""

    uid: str
    day: date
    cancelled: bool
    lines: tuple[str, ...]
    category: str


def _cited(citation: Citation) -> str:
    """The text and its article, as they stand in the table of the law."""
    return ", ".join(part for part in (citation.source, citation.article) if part)


def update_ics(
    deadlines: Iterable[Deadline],
    *,
    say: Callable[[Message], str],
    name: str,
    stamp: datetime,
    called: Callable[[str], str] = str,
    cited: Callable[[Citation], str] = _cited,
    before: bytes = b"",
) -> Written:
    """The calendar file brought up to date, from what it said `before`.

    One event per deadline, in the order given. The same deadlines, name and stamp give
    the same bytes. The UID of an event comes from the id of its deadline alone, so that
    a moved day updates the event.

    An event of which nothing changed keeps its bytes. One that moved counts one version
    more and says from which day to which. One that is gone from the list is struck out
    and stays until a year after its day; where its day had passed it stays as it was.

    Args:
        deadlines: cancelled ones included, so that calendars can strike them out.
        say: writes a message in the language of the reader.
        name: what the calendar is called in the agenda.
        stamp: when the file is made; without a time zone it counts as UTC.
        called: the name of the person or administration with that id.
        cited: writes an article in the language of the reader.
        before: our own file as it is, if there is one.

    Raises:
        Refused: what was there before is our own but can no longer be read.
    """
    stamp = stamp if stamp.tzinfo else stamp.replace(tzinfo=UTC)
    stamp = stamp.astimezone(UTC).replace(microsecond=0)
    known = {each.told.uid: each for each in _known(before)} if before else {}
    counts: Counter[str] = Counter()
    blocks: list[bytes] = []
    for deadline in deadlines:
        told = _told(deadline, say, called, cited)
        what, block = _block(told, known.pop(told.uid, None), deadline, say, stamp)
        counts[what] += 1
        blocks.append(block)
    for each in known.values():
        was = each.told
        if stamp.date() > was.day + _REMEMBERED:
            continue
        what, block = "kept", each.raw
        if not was.cancelled and was.day >= stamp.date():
            what, block = "struck", _struck(each, say, stamp)
        counts[what] += 1
        blocks.append(block)
    return Written(
        content=_around(name, blocks), events=len(blocks), **{**_NONE, **counts}
    )


_NONE = dict.fromkeys(("added", "moved", "changed", "struck", "kept"), 0)


def uid_of(deadline: str) -> str:
    """The UID of the event of the deadline with that id."""
    return f"{uuid.uuid5(_NAMES, deadline)}@jointbuy"


def is_ours(content: bytes) -> bool:
    """Whether a file is a calendar that jointbuy wrote and nobody else wrote over."""
    head = re.sub(rb"\r?\n[ \t]", b"", content[:2000]).partition(b"BEGIN:VEVENT")[0]
    begins = head.lstrip(b"\xef\xbb\xbf").startswith(b"BEGIN:VCALENDAR")
    return begins and f"PRODID:{_PRODID}".encode() in re.split(rb"\r?\n", head)


def uids_in(content: bytes) -> frozenset[str]:
    """The UIDs of the events in one of our own files."""
    return frozenset(
        each.decode("utf-8", "replace")
        for each in re.findall(rb"(?m)^UID:([^\r\n]+)", content)
    )


def _block(
    told: _Told, known: _Known | None, deadline: Deadline, tell: Tell, stamp: datetime
) -> tuple[str, bytes]:
    """What became of an event, and its bytes."""
    if known is None:
        return "added", _raw(told, deadline.sequence, stamp, (), tell)
    if told == known.told:
        return "kept", known.raw
    if told.day != known.told.day:
        move = _Move(old=known.told.day, new=told.day, on=stamp.date())
        moves = (*known.moves, move)
        return "moved", _raw(told, known.sequence + 1, stamp, moves, tell)
    if told.cancelled != known.told.cancelled:
        what = "struck" if told.cancelled else "changed"
        return what, _raw(told, known.sequence + 1, stamp, known.moves, tell)
    return "changed", _raw(told, known.sequence, stamp, known.moves, tell)


def _struck(known: _Known, tell: Tell, stamp: datetime) -> bytes:
    """An event that is gone from the list, with what it said until then."""
    told = replace(known.told, cancelled=True)
    return _raw(told, known.sequence + 1, stamp, known.moves, tell)


def _known(content: bytes) -> Iterator[_Known]:
    """The events of one of our own files, read as they were written there."""
    text = re.sub(rb"\r?\n", b"\r\n", content)
    for raw in re.findall(rb"(?s)BEGIN:VEVENT\r\n.*?END:VEVENT\r\n", text):
        try:
            yield _read(raw)
        except (ValueError, KeyError):
            raise Refused(
                say(
                    "The calendar file was written by jointbuy but can no longer be "
                    "read: delete it, or choose another name."
                )
            ) from None


def _read(raw: bytes) -> _Known:
    lines = raw.partition(b"BEGIN:VALARM")[0].replace(b"\r\n ", b"").decode("utf-8")
    found: dict[str, str] = {}
    moves: list[_Move] = []
    for line in lines.split("\r\n"):
        name, _, value = line.partition(":")
        if name == _MOVED:
            moves.append(_read_move(value))
        else:
            found[name] = value
    first, *middle = _plain(found["DESCRIPTION"]).split("\n")[:-1]
    told = _Told(
        uid=found["UID"],
        day=date.fromisoformat(found["DTSTART;VALUE=DATE"]),
        cancelled=found["STATUS"] == "CANCELLED",
        lines=(first, *middle[len(moves) :]),
        category=_plain(found.get("CATEGORIES", "")),
    )
    return _Known(
        raw=raw, told=told, sequence=int(found["SEQUENCE"]), moves=tuple(moves)
    )


_ESCAPED = re.compile(r"\\(.)")


def _plain(text: str) -> str:
    """A text without the signs that protect others in the file."""
    return _ESCAPED.sub(lambda sign: "\n" if sign[1] in "nN" else sign[1], text)


def _read_move(text: str) -> _Move:
    old, new, on = (date.fromisoformat(part) for part in text.split("/"))
    return _Move(old=old, new=new, on=on)


def _told(
    deadline: Deadline,
    tell: Tell,
    called: Callable[[str], str],
    cited: Callable[[Citation], str],
) -> _Told:
    who = [called(key) for key in (deadline.contact, deadline.administration) if key]
    lines = [tell(deadline.what)]
    if who:
        lines.append(tell(_who(", ".join(who))))
    if deadline.consequence:
        lines.append(tell(deadline.consequence))
    lines += [tell(_source(cited(each))) for each in deadline.basis]
    if deadline.subject:
        lines.append(tell(_subject(deadline.subject)))
    category = _CATEGORIES.get(deadline.kind.partition("_")[0])
    return _Told(
        uid=uid_of(deadline.id),
        day=deadline.day,
        cancelled=deadline.cancelled,
        lines=tuple(_line(line) for line in lines),
        category=_line(tell(category)) if category else "",
    )


def _raw(
    told: _Told,
    sequence: int,
    stamp: datetime,
    moves: Sequence[_Move],
    tell: Tell,
) -> bytes:
    """The bytes of an event in that version."""
    from icalendar import Alarm, Event

    what, *rest = told.lines
    title = _line(tell(_cancelled(what))) if told.cancelled else what
    moved = (_line(tell(_went(each))) for each in moves)
    version = _line(tell(_version(sequence + 1, stamp)))
    event = Event()
    event.add("uid", told.uid)
    event.add("dtstamp", stamp)
    event.add("last-modified", stamp)
    event.add("dtstart", told.day)
    event.add("dtend", told.day + timedelta(days=1))
    event.add("sequence", sequence)
    event.add("summary", _shortened(title))
    event.add("description", "\n".join((what, *moved, *rest, version)))
    event.add("status", "CANCELLED" if told.cancelled else "CONFIRMED")
    event.add("class", "PUBLIC")
    event.add("transp", "TRANSPARENT")
    event.add("x-microsoft-cdo-busystatus", "FREE")
    if told.category:
        event.add("categories", [told.category])
    for each in moves:
        days = (each.old, each.new, each.on)
        event.add(_MOVED, "/".join(day.strftime(_DAYS) for day in days))
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", _REMINDER)
    alarm.add("description", _shortened(title))
    event.add_component(alarm)
    written: bytes = event.to_ical()
    return written


def _around(name: str, blocks: Iterable[bytes]) -> bytes:
    """The whole file around its events."""
    from icalendar import Calendar, vText

    calendar = Calendar()
    calendar.add("prodid", _PRODID)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    for key in ("name", "x-wr-calname"):
        calendar.add(key, vText(_line(name)))
    written: bytes = calendar.to_ical()
    end = b"END:VCALENDAR\r\n"
    return written.removesuffix(end) + b"".join(blocks) + end


def _cancelled(what: str) -> Message:
    return say("CANCELLED: {title}", title=what)


def _who(names: str) -> Message:
    return say("To be done by: {names}", names=names)


def _subject(subject: str) -> Message:
    return say("Record: {record}", record=subject)


def _source(source: str) -> Message:
    return say("Source: {source}", source=source)


def _went(move: _Move) -> Message:
    return say(
        "Moved from {old} to {new}, on {on}", old=move.old, new=move.new, on=move.on
    )


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
