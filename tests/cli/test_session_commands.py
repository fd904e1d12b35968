"""Council calendars from the command line: taken in, changed, asked, given back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Run

COMMUNE = "commune-val-tilleul"
pytestmark = pytest.mark.usefixtures("brussels")


def days(run: Run, *more: str) -> dict[str, str]:
    listed = run(
        "sessions", "list", "-a", COMMUNE, "--body", "council", *more, "--json"
    )
    return {each["day"]: each["state"] for each in listed.json}


def test_good_rows_are_kept_and_taking_them_in_again_adds_nothing(
    jointbuy: Run, tmp_path: Path
) -> None:
    path = tmp_path / "zittingen.csv"
    path.write_text(
        "Datum;Orgaan;Bestuur;Geannuleerd\n"
        "15/4/2027;gemeenteraad;Commune de Val-Tilleul;\n"
        "17/3/2027;gemeenteraad;Commune de Val-Tilleul;ja\n"
        "31/4/2027;gemeenteraad;Commune de Val-Tilleul;\n",
        encoding="utf-8",
    )
    before = days(jointbuy)
    dry = jointbuy("sessions", "import", str(path), "--dry-run", code=3)
    assert "Nothing is kept" in dry.err
    assert days(jointbuy) == before
    first = jointbuy("sessions", "import", str(path), code=3)
    assert "Row 4, Datum" in first.err
    assert "added: 1, cancelled: 1, as they were: 0, refused: 1" in first.err
    after = days(jointbuy)
    assert after["2027-04-15"] == "fixed"
    assert (before["2027-03-17"], after["2027-03-17"]) == ("fixed", "cancelled")
    again = jointbuy("sessions", "import", str(path), "--json", code=3).json
    assert (again["added"], again["cancelled"], again["unchanged"]) == ([], [], 2)
    told = jointbuy("history").out
    assert "Sessions taken in from zittingen.csv: 1 added, 1 cancelled." in told
    jointbuy("undo")
    assert days(jointbuy) == before


def test_a_calendar_file_needs_to_be_told_whose_it_is(
    jointbuy: Run, tmp_path: Path
) -> None:
    path = tmp_path / "conseil.ics"
    path.write_bytes(
        b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\n"
        b"DTSTAMP:20270101T000000Z\r\nDTSTART:20270414T220000Z\r\n"
        b"SUMMARY:Conseil\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    assert "--administration and --body" in jointbuy(
        "sessions", "import", str(path), code=2
    ).err  # fmt: skip
    given = ("sessions", "import", str(path), "-a", COMMUNE, "--body", "raad")
    assert jointbuy(*given, "--json").json["added"][0]["day"] == "2027-04-15"
    assert "as they were: 1" in jointbuy(*given).err
    # The event moved by a day: the old one is still registered, and that is said.
    moved = path.read_bytes().replace(b"20270414T220000Z", b"20270415T220000Z")
    path.write_bytes(moved)
    told = jointbuy(*given).err
    assert "these registered sessions are not in the file: 15/04/2027, 21/04" in told
    assert "2027-05" not in told
    jointbuy("sessions", "cancel", COMMUNE, "council", "2027-04-15")
    jointbuy("sessions", "cancel", COMMUNE, "council", "2027-04-21")
    assert "not in the file" not in jointbuy(*given).err


def test_a_rhythm_is_typed_shown_refused_and_taken_away(jointbuy: Run) -> None:
    body = ("sessions", "rhythm", COMMUNE, "council")
    set_ = jointbuy(*body, "3e", "jeudi,", "sauf juillet, août", "--lang", "nl")
    assert "3de donderdag, niet in juli, augustus" in set_.out
    last = max(day for day, state in days(jointbuy).items() if state == "fixed")
    coming = days(jointbuy, "--until", "2028-12-31")
    expected = [day for day, state in coming.items() if state == "expected"]
    assert expected
    assert min(expected) > last
    assert not [day for day in expected if day[5:7] in {"07", "08"}]
    assert "“thirsday”" in jointbuy(*body, "3rd Thirsday", code=3).err
    assert jointbuy(*body, "--json").json["rhythm"].startswith("3rd Thursday")
    jointbuy("sessions", "cancel", COMMUNE, "council", expected[0])
    assert days(jointbuy, "--until", "2028-12-31")[expected[0]] == "cancelled"
    jointbuy("sessions", "add", COMMUNE, "council", expected[0])
    assert days(jointbuy, "--until", "2028-12-31")[expected[0]] == "fixed"
    jointbuy(*body, "")
    assert "No rhythm is known" in jointbuy(*body).out
    told = jointbuy("history").out
    assert "Rhythm of the sessions changed" in told
    assert "Session of" in told


def test_a_session_takes_the_place_of_the_one_expected_in_its_month(
    jointbuy: Run, tmp_path: Path
) -> None:
    jointbuy("sessions", "rhythm", COMMUNE, "council", "3rd Thursday")
    before = days(jointbuy, "--until", "2028-12-31")
    path = tmp_path / "one.csv"
    path.write_text("Date\n6/4/2028\n", encoding="utf-8")
    told = jointbuy("sessions", "import", path, "-a", COMMUNE, "--body", "council").err
    assert "No longer expected by the rhythm: 1, the first on 20/04/2028" in told
    after = days(jointbuy, "--until", "2028-12-31")
    assert before.keys() - after.keys() == {"2028-04-20"}
    jointbuy("undo")
    told = jointbuy("sessions", "add", COMMUNE, "council", "2028-04-20").err
    assert "No longer expected" not in told


def test_a_day_without_session_cannot_be_cancelled_and_words_are_clear(
    jointbuy: Run,
) -> None:
    cancel = ("sessions", "cancel", COMMUNE, "council")
    assert "No session is known" in jointbuy(*cancel, "2027-01-02", code=2).err
    assert "is not a day" in jointbuy(*cancel, "someday", code=2).err
    assert "write council or executive" in jointbuy(
        "sessions", "list", "--body", "mayor", code=2
    ).err  # fmt: skip
    assert "Before which day?" in jointbuy("sessions", "last", code=2).err
    jointbuy("sessions", "list", "-a", "nobody", code=2)
    for day in ("0001-01-01", "9999-12-31"):
        told = jointbuy("sessions", "last", "--before", day, code=2).err
        assert "cannot be right: write a day between 1990 and 2100" in told
    told = jointbuy("sessions", "last", "--before", "2026-11-22", code=2).err
    assert "22/11/2026 has passed" in told


def test_the_last_session_says_the_days_left_or_the_way_out(jointbuy: Run) -> None:
    found = jointbuy("sessions", "last", "--before", "2026-12-18", "--json").json
    of = {(each["administration"], each["body"]): each for each in found}
    council = of[COMMUNE, "council"]
    assert council["session"]["day"] == "2026-12-16"
    assert council["session"]["filing"] == "2026-11-27"
    assert council["days_left"] == 4
    assert not council["ways_out"]
    late = of["commune-clairsaule", "council"]
    assert late["session"] is None
    assert late["days_late"] == 3
    assert "can no longer decide" in late["warning"]
    assert "extra session" in late["ways_out"][0]["message"]
    estimated = of["cpas-clairsaule", "council"]["session"]
    assert estimated["estimated"]
    plain = jointbuy("sessions", "last", "--before", "2026-12-18").out
    assert "none left" in plain
    assert "  ! Conseil communal of Commune de Clairsaule" in plain


def test_a_common_deadline_is_answered_for_every_administration(jointbuy: Run) -> None:
    deadlines = jointbuy("deadlines", "--json", code=5).json
    asked = [each for each in deadlines if each["kind"] == "framework_interest"
             and each["day"] >= "2026-11-23"]  # fmt: skip
    common = [each for each in asked if each["subject"] == asked[0]["subject"]]
    found = jointbuy("sessions", "last", "--deadline", asked[0]["id"], "--json").json
    owners = {each["administration"] for each in common}
    assert {each["administration"] for each in found} >= owners
    assert {each["before"] for each in found} == {asked[0]["day"]}
