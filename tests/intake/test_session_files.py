"""Sessions out of spreadsheets and calendars."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from jointbuy.errors import Refused
from jointbuy.intake.session_calendar import is_calendar, parse_calendar
from jointbuy.intake.session_rows import ParsedSessions, parse_sessions
from jointbuy.intake.spreadsheets import read_table
from jointbuy.model import Administration, AdministrationKind, BodyKind, LocalText
from tests.intake.builders import csv_bytes, xlsx_bytes

if TYPE_CHECKING:
    from pathlib import Path

ON = date(2027, 1, 4)
COUNCIL, EXECUTIVE = BodyKind.COUNCIL, BodyKind.EXECUTIVE
ADMINISTRATIONS = (
    Administration(
        id="commune",
        kind=AdministrationKind.COMMUNE,
        names=LocalText(fr="Commune de Valmont", nl="Gemeente Bergdal"),
    ),
    Administration(
        id="cpas", kind=AdministrationKind.CPAS, names=LocalText(fr="CPAS de Valmont")
    ),
)


def from_rows(path: Path, **more: object) -> ParsedSessions:
    table = read_table(path, of="sessions")
    return parse_sessions(
        table.rows,
        administrations=ADMINISTRATIONS,
        **more,  # type: ignore[arg-type]
    )


def told(parsed: ParsedSessions) -> dict[int, str]:
    return {each.row: str(each.message) for each in parsed.problems if each.blocking}


CELLS = (
    ("Date", "Organe", "Commune", "Statut", "Lieu"),
    (date(2027, 1, 21), "Conseil communal", "Commune de Valmont", "", "salle"),
    ("18/02/2027", "college", "Gemeente Bergdal", "maintenue", ""),
    ("18/02/2027", "Executive", "commune", "", ""),
    ("25 maart 2027", "raad", "CPAS de Valmont", "geannuleerd", ""),
    ("30/02/2027", "Conseil", "commune", "", ""),
    ("mars 2027", "Conseil", "commune", "", ""),
    ("12/04/2027", "Commission", "commune", "", ""),
    ("13/04/2027", "Conseil", "CPAS d’Ailleurs", "", ""),
    ("14/04/2027", "", "", "peut-être", ""),
    ("", "Conseil", "commune", "", "reportée sine die"),
)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_rows_are_taken_one_by_one_and_twice_counts_once(
    tmp_path: Path, kind: str
) -> None:
    path = tmp_path / f"seances.{kind}"
    path.write_bytes(csv_bytes(CELLS) if kind == "csv" else xlsx_bytes(CELLS))
    parsed = from_rows(path)
    assert [(e.administration, e.body, e.day.isoformat(), e.cancelled)
            for e in parsed.sessions] == [
        ("commune", COUNCIL, "2027-01-21", False),
        ("commune", EXECUTIVE, "2027-02-18", False),
        ("cpas", COUNCIL, "2027-03-25", True),
    ]  # fmt: skip
    assert parsed.doubles == 1
    assert parsed.refused_rows == (6, 7, 8, 9, 10, 11)
    said = told(parsed)
    assert "not a day of the calendar" in said[6]
    assert "is not one day" in said[7]
    assert "write council or executive" in said[8]
    assert "not a known administration" in said[9]
    assert "day of the session is missing" in said[11]
    assert sum(each.row == 10 for each in parsed.problems) == 3


def test_one_column_of_days_is_enough_where_the_rest_is_given(tmp_path: Path) -> None:
    path = tmp_path / "dates.csv"
    path.write_bytes(csv_bytes([["Zittingsdatum"], ["21/1/2027"], ["18/2/2027"]]))
    parsed = from_rows(path, home="cpas", body=COUNCIL)
    assert [each.day.month for each in parsed.sessions] == [1, 2]
    assert not parsed.problems
    assert not from_rows(path).sessions


def test_a_column_with_the_month_first_is_not_read_by_halves(tmp_path: Path) -> None:
    days = ["01/21/2027", "02/18/2027", "03/04/2027"]
    path = tmp_path / "us.csv"
    path.write_bytes(csv_bytes([["Date"], *([day] for day in days)]))
    parsed = from_rows(path, home="cpas", body=COUNCIL)
    assert parsed.sessions == ()
    assert "month first" in told(parsed)[4]


def test_a_file_without_a_day_column_is_refused_with_what_it_needs(
    tmp_path: Path,
) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(csv_bytes([["Objet", "Nature"], ["a", "b"]]))
    with pytest.raises(Refused) as refused:
        from_rows(path)
    assert "the day (Date; Datum" in str(refused.value.message)


def calendar(*events: str, head: str = "") -> bytes:
    body = "\r\n".join(f"BEGIN:VEVENT\r\n{event}\r\nEND:VEVENT" for event in events)
    return (
        f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//EN\r\n{head}{body}\r\n"
        "END:VCALENDAR\r\n"
    ).encode()


def from_calendar(*events: str, head: str = "", title: str = "") -> ParsedSessions:
    return parse_calendar(
        calendar(*events, head=head),
        "conseil.ics",
        administration="commune",
        body=COUNCIL,
        on=ON,
        title=title,
    )


def event(text: str, uid: str = "1") -> str:
    lines = f"UID:{uid}\nDTSTAMP:20270101T000000Z\n{text}".splitlines()
    return "\r\n".join(lines)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("DTSTART;VALUE=DATE:20270121", ["2027-01-21"]),
        ("DTSTART:20270121T190000", ["2027-01-21"]),
        # Eleven at night in universal time is the next day in Brussels.
        ("DTSTART:20270121T230000Z", ["2027-01-22"]),
        ("DTSTART:20270701T220000Z", ["2027-07-02"]),
        ("DTSTART:20270701T215900Z", ["2027-07-01"]),
        ("DTSTART;TZID=Europe/Brussels:20270121T233000", ["2027-01-21"]),
        ("DTSTART;TZID=Romance Standard Time:20270121T233000", ["2027-01-21"]),
        ("DTSTART;TZID=America/New_York:20270121T190000", ["2027-01-22"]),
        (
            "DTSTART;VALUE=DATE:20270121\nRRULE:FREQ=MONTHLY;BYDAY=3TH;COUNT=3",
            ["2027-01-21", "2027-02-18", "2027-03-18"],
        ),
        (
            (
                "DTSTART;TZID=Europe/Brussels:20270311T193000\n"
                "RRULE:FREQ=WEEKLY;UNTIL=20270401T173000Z\n"
                "EXDATE;TZID=Europe/Brussels:20270318T193000"
            ),
            ["2027-03-11", "2027-03-25", "2027-04-01"],
        ),
        (
            "DTSTART;VALUE=DATE:20270121\nRDATE;VALUE=DATE:20270225,20270325",
            ["2027-01-21", "2027-02-25", "2027-03-25"],
        ),
    ],
)
def test_an_event_gives_its_days_in_brussels(text: str, days: list[str]) -> None:
    parsed = from_calendar(event(f"SUMMARY:Conseil\n{text}"))
    assert [each.day.isoformat() for each in parsed.sessions] == days
    assert not parsed.problems


def test_what_is_cancelled_or_moved_is_known_as_such() -> None:
    parsed = from_calendar(
        event("SUMMARY:Conseil\nDTSTART;VALUE=DATE:20270121\nSTATUS:CANCELLED"),
        event("SUMMARY:ANNULÉ – Conseil\nDTSTART;VALUE=DATE:20270122", "2"),
        event("SUMMARY:X Conseil\nDTSTART;VALUE=DATE:20270123", "3"),
        event(
            "SUMMARY:Raad\nDTSTART;VALUE=DATE:20270201\nRRULE:FREQ=WEEKLY;COUNT=2", "4"
        ),
        event(
            "SUMMARY:Raad\nRECURRENCE-ID;VALUE=DATE:20270208\n"
            "DTSTART;VALUE=DATE:20270209",
            "4",
        ),
    )
    assert {each.day.isoformat(): each.cancelled for each in parsed.sessions} == {
        "2027-01-21": True,
        "2027-01-22": True,
        "2027-01-23": False,
        "2027-02-01": False,
        "2027-02-09": False,
    }
    off = from_calendar(event("DTSTART;VALUE=DATE:20270121"), head="METHOD:CANCEL\r\n")
    assert [each.cancelled for each in off.sessions] == [True]


def test_an_event_without_end_is_followed_three_years_and_said_to_be() -> None:
    parsed = from_calendar(
        event("DTSTART;VALUE=DATE:20200102\nRRULE:FREQ=MONTHLY;BYDAY=1TH")
    )
    days = [each.day for each in parsed.sessions]
    assert days[0] == date(2026, 2, 5)  # a year back, and no further
    assert days[-1] == date(2030, 1, 3)
    assert len(days) == 48
    (remark,) = parsed.problems
    assert "comes back without end" in str(remark.message)
    assert not remark.blocking


def test_events_that_cannot_be_read_are_refused_one_by_one() -> None:
    parsed = from_calendar(
        event("SUMMARY:Sans jour"),
        event("SUMMARY:Trop\nDTSTART;VALUE=DATE:20270101\nRRULE:FREQ=DAILY", "2"),
        event("SUMMARY:Vite\nDTSTART:20270101T100000\nRRULE:FREQ=HOURLY", "3"),
        event("SUMMARY:Vieux\nDTSTART;VALUE=DATE:10270101", "4"),
        event("SUMMARY:Bon\nDTSTART;VALUE=DATE:20270121", "5"),
        event("SUMMARY:A\nDTSTART:rubbish", "6"),
        event("SUMMARY:B\nDTSTART;VALUE=DATE:20270121\nRRULE:FREQ=NEVER", "7"),
        event("SUMMARY:C\nDTSTART;VALUE=DATE:20270121\nRECURRENCE-ID:x", "8"),
        event(
            "SUMMARY:D\nDTSTART;VALUE=DATE:20270122\nRRULE:FREQ=DAILY;COUNT=3\n"
            "EXDATE:soon",
            "9",
        ),
    )
    assert [each.day.day for each in parsed.sessions] == [21]
    assert parsed.refused_rows == (1, 2, 3, 4, 6, 7, 8, 9)
    assert [each.column for each in parsed.problems if each.blocking] == [
        "Sans jour", "Trop", "Vite", "Vieux", "A", "B", "C", "D",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("SUMMARY:Pas de conseil (vacances)\nDTSTART;VALUE=DATE:20270707", "nobody"),
        ("SUMMARY:Conseil communal - aucune réunion\nDTSTART;VALUE=DATE:20270707", "n"),
        ("SUMMARY:Geen gemeenteraad\nDTSTART;VALUE=DATE:20270707", "nobody meets"),
        ("SUMMARY:Kein Gemeinderat\nDTSTART;VALUE=DATE:20270707", "nobody meets"),
        ("SUMMARY:Conseil\nDTSTART;VALUE=DATE:20270701\nDTEND;VALUE=DATE:20270703",
         "lasts 2 days"),
        ("SUMMARY:Conseil\nDTSTART;VALUE=DATE:20270701\nDURATION:P2M", None),
        ("SUMMARY:Conseil\nDTSTART;VALUE=DATE:20270701\nDURATION:P9W", "lasts 63 days"),
        ("SUMMARY:Raad\nDTSTART:20270701T190000Z\nDTEND:20270703T190000Z",
         "lasts 2 days"),
        ("SUMMARY:Raad\nDTSTART:20270701T190000\nDTEND:20270702T013000Z", None),
        ("SUMMARY:Raad\nDTSTART:20270701T190000Z\nDTEND:20270702T013000Z", None),
        ("SUMMARY:Raad\nDTSTART;VALUE=DATE:20270701\nDTEND;VALUE=DATE:20270702", None),
        ("SUMMARY:Raad\nDTSTART;VALUE=DATE:20270701\nDTEND;VALUE=DATE:20270701", None),
        ("SUMMARY:Conseil sans huis clos\nDTSTART;VALUE=DATE:20270701", None),
    ],
)  # fmt: skip
def test_what_lasts_days_or_says_that_nobody_meets_is_no_session(
    text: str, said: str | None
) -> None:
    parsed = from_calendar(event(text))
    assert [each.day.isoformat() for each in parsed.sessions] == (
        [] if said else ["2027-07-01"]
    )
    assert bool(told(parsed)) is bool(said)
    assert (said or "") in told(parsed).get(1, "")


def test_only_the_events_with_a_title_are_taken_where_it_is_given() -> None:
    events = (
        event("SUMMARY:Conseil communal\nDTSTART;VALUE=DATE:20270121"),
        event("SUMMARY:Commission des travaux\nDTSTART;VALUE=DATE:20270128", "2"),
    )
    parsed = from_calendar(*events, title="CONSEIL")
    assert [each.day.day for each in parsed.sessions] == [21]
    with pytest.raises(Refused, match="No event"):
        from_calendar(*events, title="police")
    with pytest.raises(Refused, match="has no events"):
        from_calendar()


@pytest.mark.parametrize(
    "content", [b"BEGIN:VCALENDAR\r\nrubbish", b"BEGIN:VCALENDAR", b"BEGIN:VEVENT"]
)
def test_a_spoilt_calendar_is_refused(content: bytes) -> None:
    with pytest.raises(Refused):
        parse_calendar(content, "x.ics", administration="a", body=COUNCIL, on=ON)


def test_a_calendar_is_known_by_its_beginning() -> None:
    assert is_calendar(b"\xef\xbb\xbfBEGIN:VCALENDAR\r\n")
    assert is_calendar(b"\r\nbegin:vcalendar\r\n")
    assert not is_calendar(b"Date;Organe")
