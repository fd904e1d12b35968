"""The calendar file, read back as an agenda would."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from icalendar import Calendar, Event

from jointbuy.documents.formats.ics import write_ics
from jointbuy.errors import Message, say
from jointbuy.model import Deadline, Level

STAMP = datetime(2027, 1, 4, 9, 30, tzinfo=UTC)


def deadline(title: str = "Mark interest – printers", **changes: object) -> Deadline:
    plain = Deadline(
        id="framework_interest:printers:commune",
        day=date(2027, 3, 31),
        what=say("{title}", title=title),
        level=Level.QUARTER,
        administration="commune",
        contact="an",
        consequence=say("No answer counts as no."),
        subject="printers",
        kind="framework_interest",
        sequence=2,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def written(*deadlines: Deadline, name: str = "Joint purchases") -> bytes:
    return write_ics(deadlines, say=str, name=name, stamp=STAMP)


def events(text: bytes) -> list[Any]:
    calendar = Calendar.from_ical(text)
    assert isinstance(calendar, Calendar)
    assert not calendar.errors
    found = [part for part in calendar.walk("VEVENT") if isinstance(part, Event)]
    assert all(not event.errors for event in found)
    return found


def test_the_whole_event_reads_as_an_agenda_expects_it() -> None:
    text = written(deadline()).decode("utf-8").replace("\r\n ", "")
    body = text[text.index("BEGIN:VEVENT") :].split("\r\n")
    uid = next(line for line in body if line.startswith("UID:"))
    assert uid.endswith("@jointbuy")
    assert sorted(line for line in body if line and line != uid) == sorted(
        [
            "BEGIN:VEVENT",
            "SUMMARY:Mark interest – printers",
            "DTSTART;VALUE=DATE:20270331",
            "DTEND;VALUE=DATE:20270401",
            "DTSTAMP:20270104T093000Z",
            "SEQUENCE:2",
            "STATUS:CONFIRMED",
            "CLASS:PUBLIC",
            "TRANSP:TRANSPARENT",
            "X-MICROSOFT-CDO-BUSYSTATUS:FREE",
            "CATEGORIES:Framework agreement",
            (
                r"DESCRIPTION:Mark interest – printers\nTo be done by: an\, commune"
                r"\nNo answer counts as no.\nRecord: printers"
                r"\nVersion 3\, exported on 2027-01-04"
            ),
            "BEGIN:VALARM",
            "ACTION:DISPLAY",
            "DESCRIPTION:Mark interest – printers",
            "TRIGGER:-P13DT15H",
            "END:VALARM",
            "END:VEVENT",
            "END:VCALENDAR",
        ]
    )


def test_the_calendar_publishes_and_invites_nobody() -> None:
    text = written(deadline())
    head = text[: text.index(b"BEGIN:VEVENT")].decode().split("\r\n")
    assert {
        "METHOD:PUBLISH",
        "VERSION:2.0",
        "CALSCALE:GREGORIAN",
        "NAME:Joint purchases",
        "X-WR-CALNAME:Joint purchases",
    } <= set(head)
    for word in (b"ORGANIZER", b"ATTENDEE", b"VTODO", b"VTIMEZONE", b"ALLDAYEVENT"):
        assert word not in text


def test_the_same_deadlines_give_the_same_bytes() -> None:
    several = [deadline(), deadline(id="contract_end:paper:commune")]
    assert written(*several) == written(*several)


@pytest.mark.parametrize(
    "day", [date(2028, 2, 28), date(2028, 2, 29), date(2027, 12, 31)]
)
def test_an_event_ends_on_the_next_day(day: date) -> None:
    (event,) = events(written(deadline(day=day)))
    assert event["DTSTART"].dt == day
    assert event["DTEND"].dt == day + timedelta(days=1)


def test_the_uid_follows_the_id_and_neither_day_nor_title() -> None:
    (first,) = events(written(deadline()))
    (moved,) = events(written(deadline("Marquer", day=date(2027, 4, 1), sequence=3)))
    (other,) = events(written(deadline(id="framework_interest:printers:cpas")))
    assert first["UID"] == moved["UID"]
    assert first["UID"] != other["UID"]
    assert int(moved["SEQUENCE"]) == int(first["SEQUENCE"]) + 1


def test_accents_and_signs_come_back_as_they_went() -> None:
    title = "Déclarer l’intérêt; coût, œuvre \\ Größe €"
    (event,) = events(written(deadline(title)))
    assert event["SUMMARY"] == title
    assert event["DESCRIPTION"].splitlines()[0] == title


@pytest.mark.parametrize("shift", range(6))
def test_no_line_is_longer_than_75_bytes_or_cuts_a_sign(shift: int) -> None:
    title = "x" * shift + "é€😀ß " * 40
    text = written(deadline(title), name=title)
    for line in text.split(b"\r\n"):
        assert len(line) <= 75
        line.decode("utf-8")
    assert text.endswith(b"\r\n")
    assert b"\n" not in text.replace(b"\r\n", b"")


@pytest.mark.parametrize("length", [59, 60, 61, 200])
def test_a_title_has_at_most_sixty_signs(length: int) -> None:
    title = ("Limite " * 40)[:length].rstrip().ljust(length, "x")
    (event,) = events(written(deadline(title)))
    summary = str(event["SUMMARY"])
    assert len(summary) <= 60
    assert (summary == title) is (length <= 60)
    assert summary.endswith("…") is (length > 60)
    assert event["DESCRIPTION"].splitlines()[0] == title


def test_a_title_without_spaces_is_cut_all_the_same() -> None:
    (event,) = events(written(deadline("x" * 200)))
    assert event["SUMMARY"] == "x" * 59 + "…"


def test_a_cancelled_deadline_says_so_in_state_and_title() -> None:
    (event,) = events(written(deadline(cancelled=True)))
    assert event["STATUS"] == "CANCELLED"
    assert event["SUMMARY"] == "CANCELLED: Mark interest – printers"


def test_nothing_typed_can_add_a_line_or_turn_the_writing() -> None:
    evil = "a\r\nATTENDEE:mailto:x@example.be\x00\x1b[31m\u2028\u202eb\ud800"
    text = written(
        deadline(evil, subject=evil, consequence=say("{x}", x=evil), contact=evil),
        name=evil,
    )
    lines = text.decode("utf-8").split("\r\n")
    assert not any(line.startswith("ATTENDEE") for line in lines)
    for sign in ("\x00", "\x1b", "\u2028", "\u202e"):
        assert sign.encode() not in text
    (event,) = events(text)
    assert event["SUMMARY"] == "a ATTENDEE:mailto:x@example.be [31m b?"


def test_a_stamp_of_another_zone_is_written_in_universal_time() -> None:
    brussels = datetime(2027, 7, 1, 11, 0, 0, 5, tzinfo=timezone(timedelta(hours=2)))
    text = write_ics([deadline()], say=str, name="x", stamp=brussels)
    assert b"DTSTAMP:20270701T090000Z" in text
    naive = brussels.replace(tzinfo=None)
    text = write_ics([deadline()], say=str, name="x", stamp=naive)
    assert b"DTSTAMP:20270701T110000Z" in text


def test_the_reader_sees_names_and_the_language_asked_for() -> None:
    def in_french(message: Message) -> str:
        if message.text == "CANCELLED: {title}":
            return f"ANNULÉ : {message.args[0].text}"
        return str(message)

    text = write_ics(
        [deadline(cancelled=True)],
        say=in_french,
        name="Achats conjoints",
        stamp=STAMP,
        called={"an": "An Voorbeeld", "commune": "Commune"}.__getitem__,
    )
    (event,) = events(text)
    assert event["SUMMARY"].startswith("ANNULÉ : Mark")
    assert "An Voorbeeld, Commune" in event["DESCRIPTION"]


def test_a_deadline_without_details_still_is_an_event() -> None:
    bare = Deadline(
        id="x", day=date(2027, 3, 31), what=say("Decide"), level=Level.LATER
    )
    (event,) = events(written(bare))
    assert "CATEGORIES" not in event
    assert "To be done by" not in event["DESCRIPTION"]


def test_without_deadlines_the_calendar_is_empty_and_readable() -> None:
    assert events(written()) == []
