"""The calendar file of the deadlines, written again and again to the same place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from icalendar import Calendar

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Run

pytestmark = pytest.mark.usefixtures("brussels")
COMMUNE = "commune-val-tilleul"


def events(path: Path) -> dict[str, Any]:
    calendar: Any = Calendar.from_ical(path.read_bytes())
    return {str(event["SUMMARY"]): event for event in calendar.walk("VEVENT")}


def write(run: Run, path: Path, *more: str) -> str:
    return run("deadlines", *more, "--ics", str(path), code=5).err


def test_a_narrower_choice_strikes_out_nothing_that_still_stands(
    jointbuy: Run, tmp_path: Path
) -> None:
    path = tmp_path / "agenda.ics"
    first = write(jointbuy, path)
    assert "Calendar written" in first
    assert "a calendar of its own" in first
    told = "\n".join(event["DESCRIPTION"] for event in events(path).values())
    assert "To be done by: Capucine Brindille, Commune de Val-Tilleul" in told
    assert "done by: capucine-brindille" not in told
    before = path.read_bytes()
    again = write(jointbuy, path, "--within", "30d", "--who", COMMUNE)
    assert "a calendar of its own" not in again
    assert "New: 0, moved: 0, changed: 0, struck out: 0" in again
    assert sorted(path.read_bytes().split(b"BEGIN:VEVENT")) == sorted(
        before.split(b"BEGIN:VEVENT")
    )


def test_a_day_that_moves_is_told_and_what_is_settled_is_struck_out(
    jointbuy: Run, tmp_path: Path
) -> None:
    path = tmp_path / "agenda.ics"
    jointbuy("contracts", "add", "lifts", "--administration", COMMUNE, "--title",
             "Lifts", "--end", "30/6/2027", "--notice", "31/3/2027")  # fmt: skip
    write(jointbuy, path)
    name = "Give notice – Lifts"
    assert events(path)[name]["DTSTART"].dt.isoformat() == "2027-03-31"
    jointbuy("contracts", "edit", "lifts", "--notice", "15/3/2027")
    assert "moved: 1" in write(jointbuy, path)
    moved = events(path)[name]
    assert moved["DTSTART"].dt.isoformat() == "2027-03-15"
    assert int(moved["SEQUENCE"]) == 1
    assert "Moved from 31/03/2027 to 15/03/2027, on 23/11/2026" in moved["DESCRIPTION"]
    jointbuy("contracts", "edit", "lifts", "--notice", "")
    assert "struck out: 1" in write(jointbuy, path)
    struck = events(path)[f"CANCELLED: {name}"]
    assert struck["STATUS"] == "CANCELLED"
    assert int(struck["SEQUENCE"]) == 2
    assert "struck out: 0" in write(jointbuy, path)


def test_the_file_of_somebody_else_is_left_alone_unless_asked(
    jointbuy: Run, tmp_path: Path
) -> None:
    path = tmp_path / "agenda.ics"
    theirs = b"BEGIN:VCALENDAR\r\nPRODID:-//Other//EN\r\nEND:VCALENDAR\r\n"
    path.write_bytes(theirs)
    astray = tmp_path / "shaer" / "agenda.ics"
    told = jointbuy("deadlines", "--ics", str(astray), code=3).err
    assert "create it first" in told
    assert not astray.parent.exists()
    told = jointbuy("deadlines", "--ics", str(path), code=3).err
    assert "exists already" in told
    assert path.read_bytes() == theirs
    assert "Calendar written" in write(jointbuy, path, "--overwrite")
    assert events(path)
