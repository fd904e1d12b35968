"""Deadlines by command: listed, put off, reminded of, mailed; action points."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Run

pytestmark = pytest.mark.usefixtures("brussels")

LOTTE = ("--who", "Lotte Vlinderstruik", "--kind", "framework_interest")
OVERDUE = "framework_interest:i-city-materiel-2027:cpas-val-tilleul"


def test_overdue_ones_leave_with_5_unless_they_were_put_off(jointbuy: Run) -> None:
    late, *_ = jointbuy("deadlines", *LOTTE, "--json", code=5).json
    assert (late["id"], late["level"]) == (OVERDUE, "overdue")
    assert late["contact_name"] == "Lotte Vlinderstruik"
    assert late["snoozed"] is late["last_reminder"] is None
    code = late["code"]
    jointbuy("reminders", "add", code[:4], "--channel", "letter")
    jointbuy("deadlines", "snooze", code, "--until", "1/12/2026", "--why", "called")
    done = jointbuy("deadlines", *LOTTE)
    assert code not in done.out
    assert "left out: 1" in done.err
    whole = jointbuy("deadlines", *LOTTE, "--all")
    assert code in whole.out
    assert "Put off until 01/12/2026: called" in " ".join(whole.out.split())
    told = jointbuy("deadlines", *LOTTE, "--all", "--json").json[0]
    assert told["snoozed"]["why"] == "called"
    assert told["last_reminder"]["channel"] == "letter"
    jointbuy("deadlines", *LOTTE, "--on", "2026-12-01", code=5)
    jointbuy("deadlines", "wake", code)
    jointbuy("deadlines", *LOTTE, code=5)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("snooze", "zzzz", "--until", "1/12/2026", "--why", "x"), 2, "no deadline"),
        (("snooze", OVERDUE, "--until", "1/12/2026"), 2, "--why"),
        (("snooze", OVERDUE, "--until", "1/12/2026", "--why", " "), 3, "Reason"),
        (("snooze", OVERDUE, "--until", "1/12/2030", "--why", "x"), 3, "90 days"),
        (("snooze", OVERDUE, "--until", "soon", "--why", "x"), 2, "not a day"),
        (("wake", OVERDUE), 2, "was not put off"),
        (("--kind", "foo"), 2, "no deadlines of the kind"),
        (("--who", "nobody"), 2, "administration or contact person"),
        (("--within", "9y"), 2, "not a period"),
        (("--level", "red"), 2, "--level"),
        (("--within", "9d", "digest"), 2, "after it"),
        (("digest", "--to", "x"), 2, "--log"),
    ],
)
def test_what_makes_no_sense_is_said_with_the_way_out(
    jointbuy: Run, arguments: tuple[str, ...], code: int, said: str
) -> None:
    done = jointbuy("deadlines", *arguments, code=code)
    assert said in done.err
    assert not done.out


def test_the_mail_is_printed_written_and_logged(jointbuy: Run, tmp_path: Path) -> None:
    asked = ("deadlines", "digest", "--within", "30d", "--who", "commune-val-tilleul")
    assert jointbuy(*asked).out.startswith("# Deadlines until 23/12/2026")
    file = tmp_path / "mail.html"
    jointbuy(*asked, "--format", "html", "--out", file, "--log")
    assert file.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert "mail.html" in jointbuy(*asked, "--out", file, code=3).err
    every = jointbuy("reminders", "list", "--json").json
    reminders = [each for each in every if each["on"] == "2026-11-23"]
    assert len(every) == len(reminders) + 3
    assert {each["to"] for each in reminders} == {"capucine-brindille", "fien-madelief"}
    printed = jointbuy(*asked, "--json").json
    assert {each["about"] for each in reminders} == {
        each["id"] for each in printed["deadlines"]
    }
    assert "Last reminded on 23/11/2026: Capucine Brindille (mail)." in printed["text"]
    assert "€" not in printed["text"]
    mine = next(each for each in reminders if each["to"] == "capucine-brindille")
    listed = jointbuy("reminders", "list", "--about", mine["about"])
    assert listed.out.count("Capucine Brindille") == 1


def test_an_action_point_is_added_listed_and_done(jointbuy: Run) -> None:
    id_ = jointbuy(
        "actions", "add", "--title", "Envoyer le PV", "--due", "20/11/2026",
        "--contact", "capucine-brindille", "--agreed", "COPIL",
    ).out.strip()  # fmt: skip
    told = jointbuy("deadlines", "--kind", "action", "--json", code=5).json
    assert [each["subject"] for each in told] == [
        "ap-copieurs", id_, "ap-dossier-energie",
    ]  # fmt: skip
    assert "COPIL" in jointbuy("actions", "list").out
    assert "still to come" in jointbuy("actions", "done", id_, "--day", "2030-01-01",
                                       code=3).err  # fmt: skip
    jointbuy("actions", "done", id_)
    jointbuy("actions", "done", "ap-copieurs")
    (left,) = jointbuy("deadlines", "--kind", "action", "--json").json
    assert left["subject"] == "ap-dossier-energie"
    jointbuy("actions", "edit", id_, "--done-on", "")
    jointbuy("deadlines", "--kind", "action", code=5)


def test_the_calendar_keeps_what_was_put_off(jointbuy: Run, tmp_path: Path) -> None:
    jointbuy("deadlines", "snooze", OVERDUE, "--until", "1/12/2026", "--why", "called")
    file = tmp_path / "mine.ics"
    jointbuy("deadlines", *LOTTE, "--ics", file)
    assert "Matériel" in file.read_text(encoding="utf-8").replace("\n ", "")
