"""The calendar file, read back as an agenda would."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from icalendar import Calendar, Event

from jointbuy.documents.formats.ics import (
    Written,
    is_ours,
    uid_of,
    uids_in,
    update_ics,
)
from jointbuy.errors import Message, Refused, say
from jointbuy.model import Citation, Deadline, Level

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
    return update_ics(deadlines, say=str, name=name, stamp=STAMP).content


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
            "LAST-MODIFIED:20270104T093000Z",
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
    text = update_ics([deadline()], say=str, name="x", stamp=brussels).content
    assert b"DTSTAMP:20270701T090000Z" in text
    naive = brussels.replace(tzinfo=None)
    text = update_ics([deadline()], say=str, name="x", stamp=naive).content
    assert b"DTSTAMP:20270701T110000Z" in text


def test_the_reader_sees_names_and_the_language_asked_for() -> None:
    def in_french(message: Message) -> str:
        if message.text == "CANCELLED: {title}":
            return f"ANNULÉ : {message.args[0].text}"
        return str(message)

    text = update_ics(
        [deadline(cancelled=True)],
        say=in_french,
        name="Achats conjoints",
        stamp=STAMP,
        called={"an": "An Voorbeeld", "commune": "Commune"}.__getitem__,
    ).content
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


def test_the_article_behind_a_day_is_named() -> None:
    law = Citation(source="cdld", article="art. L1122-13")
    (event,) = events(written(deadline(basis=(law, Citation(source="nlc")))))
    lines = event["DESCRIPTION"].splitlines()
    assert "Source: cdld, art. L1122-13" in lines
    assert "Source: nlc" in lines


def test_without_deadlines_the_calendar_is_empty_and_readable() -> None:
    assert events(written()) == []


# A file that is there already is its own memory.


def updated(before: bytes, *deadlines: Deadline, on: date) -> Written:
    stamp = datetime(on.year, on.month, on.day, tzinfo=UTC)
    return update_ics(deadlines, say=str, name="x", stamp=stamp, before=before)


FIRST, LATER = date(2027, 1, 4), date(2027, 2, 1)
OTHER = deadline("Contract ends – paper", id="contract_end:paper:commune", sequence=0)


def test_what_has_not_changed_keeps_its_bytes_and_its_version() -> None:
    first = updated(b"", deadline(), OTHER, on=FIRST)
    assert (first.events, first.added) == (2, 2)
    # The record was saved again, but what its event says is the same.
    again = updated(first.content, deadline(sequence=9), OTHER, on=LATER)
    assert again.content == first.content
    assert (again.kept, again.added, again.moved) == (2, 0, 0)


def test_a_moved_day_counts_one_version_more_and_says_from_where() -> None:
    first = updated(b"", deadline(), OTHER, on=FIRST)
    moved = updated(first.content, deadline(day=date(2027, 4, 15)), OTHER, on=LATER)
    assert (moved.moved, moved.kept) == (1, 1)
    event, other = events(moved.content)
    assert int(event["SEQUENCE"]) == 3
    assert event["DTSTART"].dt == date(2027, 4, 15)
    assert event["DTSTAMP"].dt == event["LAST-MODIFIED"].dt
    assert event["DTSTAMP"].dt.date() == LATER
    lines = event["DESCRIPTION"].splitlines()
    assert lines[1] == "Moved from 2027-03-31 to 2027-04-15, on 2027-02-01"
    assert lines[-1] == "Version 4, exported on 2027-02-01"
    assert int(other["SEQUENCE"]) == 0
    twice = updated(
        moved.content, deadline(day=date(2027, 4, 22)), OTHER, on=date(2027, 3, 1)
    )
    (event, _) = events(twice.content)
    assert int(event["SEQUENCE"]) == 4
    told = [line for line in event["DESCRIPTION"].splitlines() if "Moved" in line]
    assert len(told) == 2
    assert told[0] == lines[1]
    still = updated(
        twice.content, deadline(day=date(2027, 4, 22)), OTHER, on=date(2027, 3, 9)
    )
    assert still.content == twice.content


def test_another_wording_changes_the_stamp_and_not_the_version() -> None:
    first = updated(b"", deadline(), on=FIRST)
    changed = updated(first.content, deadline("Marquer l’intérêt"), on=LATER)
    assert changed.changed == 1
    (event,) = events(changed.content)
    assert int(event["SEQUENCE"]) == 2
    assert event["LAST-MODIFIED"].dt.date() == LATER
    assert event["SUMMARY"] == "Marquer l’intérêt"


def test_what_is_gone_is_struck_out_until_a_year_after_its_day() -> None:
    moved = updated(
        updated(b"", deadline(day=date(2027, 3, 30)), OTHER, on=FIRST).content,
        deadline(),
        OTHER,
        on=FIRST,
    )
    struck = updated(moved.content, OTHER, on=LATER)
    assert (struck.struck, struck.kept, struck.events) == (1, 1, 2)
    other, event = events(struck.content)
    assert other["STATUS"] == "CONFIRMED"
    assert event["STATUS"] == "CANCELLED"
    assert event["SUMMARY"] == "CANCELLED: Mark interest – printers"
    assert int(event["SEQUENCE"]) == 4
    lines = event["DESCRIPTION"].splitlines()
    assert lines[0] == "Mark interest – printers"
    assert sum("Moved from" in line for line in lines) == 1
    assert lines[-1] == "Version 5, exported on 2027-02-01"
    assert "Record: printers" in lines
    same = updated(struck.content, OTHER, on=date(2028, 3, 31))
    assert same.content.count(b"BEGIN:VEVENT") == 2
    assert events(same.content)[1]["DTSTAMP"].dt.date() == LATER
    gone = updated(struck.content, OTHER, on=date(2028, 4, 1))
    assert gone.events == 1
    back = updated(struck.content, deadline(), OTHER, on=date(2027, 2, 2))
    assert events(back.content)[0]["STATUS"] == "CONFIRMED"
    assert int(events(back.content)[0]["SEQUENCE"]) == 5


def test_a_day_that_has_passed_is_history_and_not_cancelled() -> None:
    first = updated(b"", deadline(), on=FIRST)
    on_the_day = updated(first.content, on=date(2027, 3, 31))
    assert on_the_day.struck == 1
    after = updated(first.content, on=date(2027, 4, 1))
    assert after.content == first.content


@pytest.mark.parametrize(
    "title", ["a; b, c \\ d \\n e: “é€😀” " + "x" * 90, "BEGIN:VEVENT", "\\", "=0A;,"]
)
def test_any_sign_in_a_title_is_known_again(title: str) -> None:
    first = updated(b"", deadline(title, subject=title), on=FIRST)
    again = updated(first.content, deadline(title, subject=title), on=LATER)
    assert again.content == first.content
    struck = updated(first.content, on=LATER)
    (event,) = events(struck.content)
    assert event["DESCRIPTION"].splitlines()[0] == title


def test_our_own_file_is_known_and_another_is_not() -> None:
    ours = written(deadline())
    assert is_ours(ours)
    assert is_ours(ours.replace(b"\r\n", b"\n"))
    assert uids_in(ours) == {uid_of(deadline().id)}
    for other in (
        b"",
        b"BEGIN:VCALENDAR\r\nPRODID:-//Mozilla//EN\r\nEND:VCALENDAR\r\n",
        ours.replace(b"-//jointbuy//", b"-//other//"),
        b"Date;Organe",
        (
            b"BEGIN:VCALENDAR\r\nPRODID:x\r\nBEGIN:VEVENT\r\n"
            b"PRODID:-//jointbuy//deadlines//EN\r\n"
        ),
    ):
        assert not is_ours(other)


def test_line_ends_that_were_changed_do_not_make_it_another_file() -> None:
    ours = written(deadline())
    kept = updated(ours.replace(b"\r\n", b"\n"), deadline(), on=LATER)
    assert kept.kept == 1


def test_our_own_file_that_was_spoilt_is_refused() -> None:
    for spoilt in (
        written(deadline()).replace(b"DTSTART;VALUE=DATE:2027", b"DTSTART:rubbish"),
        written(deadline()).replace(b"SEQUENCE:2", b"SEQUENCE:many"),
    ):
        with pytest.raises(Refused, match="can no longer be"):
            updated(spoilt, deadline(), on=LATER)
