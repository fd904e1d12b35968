"""Fixing days, noting what is done, resting the start on something; habits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.conftest import Done, Run

MEDICAL, MICROSOFT = "j-rfsfg4g3", "a-vlagbtgm"
ON = ("--on", "2026-11-23")
pytestmark = pytest.mark.usefixtures("brussels")


def steps(done: Done) -> dict[str, dict[str, Any]]:
    return {each["code"]: each for each in done.json["milestones"]}


@pytest.fixture
def plan(jointbuy: Run) -> Any:
    jointbuy("retain", MEDICAL, *ON)

    def run(*arguments: str, code: int = 0) -> Done:
        return jointbuy("plan", MEDICAL, *arguments, "--json", *ON, code=code)

    return run


def test_a_plan_tells_its_margins_and_the_chain_in_words_and_in_json(
    jointbuy: Run, plan: Any
) -> None:
    told = plan()
    found = steps(told)
    assert told.json["critical"][-1] == "start"
    assert {code for code, each in found.items() if each["critical"]} == set(
        told.json["critical"]
    )
    assert found["opening"]["after"] == ["launch"]
    assert found["launch"]["earliest"] < found["launch"]["day"]
    assert found["contract_end:k-c-controle-medical"]["margin"] is None
    shown = jointbuy("plan", MEDICAL, "--steps", *ON).out
    year, month, day = told.json["earliest"].split("-")
    assert f"every step holds: {day}/{month}/{year}" in shown
    assert f"{found['launch']['margin']:+d}*" in shown
    assert "council:cpas-val-tilleul" in shown


def test_a_day_is_fixed_with_its_reason_freed_and_taken_back(
    jointbuy: Run, plan: Any
) -> None:
    day = steps(plan())["launch"]["day"]
    fixed = steps(plan("--force", f"launch={day}", "--why", "The platform is free"))
    assert (fixed["launch"]["forced"], fixed["launch"]["why"]) == (
        True,
        "The platform is free",
    )
    assert "= Fixed: Launch the procedure" in jointbuy("plan", MEDICAL, *ON).out
    assert not steps(plan("--free", "launch"))["launch"]["forced"]
    jointbuy("undo", *ON)
    assert steps(plan())["launch"]["forced"]
    late = plan("--force", "launch=2027-06-01", "--why", "Holidays")
    assert late.json["breaches"][0]["milestone"] == "launch"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--force", "launch=2027-03-01"), "Say why"),
        (("--force", "lunch=2027-03-01", "--why", "x"), "no one step “lunch”"),
        (("--force", "start=2027-03-01", "--why", "x"), "the wanted day or the anchor"),
        (("--force", "executory=2027-03-01", "--why", "x"), "a term runs out"),
        (
            ("--force", "contract_end:=2027-03-01", "--why", "x"),
            "recorded elsewhere",
        ),
        (("--force", "launch=2026-11-22", "--why", "x"), "has passed"),
        (("--force", "launch", "--why", "x"), "names no step and day"),
        (("--force", "launch=soon", "--why", "x"), "soon"),
        (("--free", "launch"), "No day was fixed for “launch”"),
        (("--done", "collected=2026-11-24"), "still to come"),
        (("--done", "council:cpas-val-tilleul=2026-11-20"), "`decide j-rfsfg4g3`"),
        (("--open", "collected"), "was not noted as done"),
        (("--anchor", "moon"), "cannot rest on “moon”"),
        (("--anchor", "notice"), "notice day"),
        (("--anchor", "interest"), "no use of a framework"),
        (("--anchor", "session=2026-12-25"), "Its next sessions: 2026-12-03"),
        (("--anchor", "session=x"), "“x” is not a day"),
        (("--anchor", "start=2026-11-01"), "choose a later day"),
        (("--anchor", "session", "--wanted", "2027-09-01"), "not with both"),
    ],
)
def test_what_cannot_be_fixed_is_said_and_nothing_is_kept(
    jointbuy: Run, plan: Any, arguments: tuple[str, ...], said: str
) -> None:
    before = jointbuy("history", *ON).out
    assert said in plan(*arguments, code=2).err
    assert jointbuy("history", *ON).out == before


def test_nothing_is_fixed_before_the_proposal_is_retained(jointbuy: Run) -> None:
    done = jointbuy("plan", MEDICAL, "--done", "collected=2026-11-20", *ON, code=2)
    assert "retain it before" in done.err


def test_what_was_done_lets_the_plan_advance_and_can_be_taken_back(plan: Any) -> None:
    before = plan()
    done = plan("--done", "convention=2026-11-20")
    found = steps(done)
    assert found["convention"]["done"] == "2026-11-20"
    assert "collected" not in found
    assert done.json["earliest"] < before.json["earliest"]
    refused = plan("--force", "convention=2027-01-05", "--why", "x", code=2)
    assert "was done on 20/11/2026" in refused.err
    assert steps(plan("--open", "convention"))["convention"]["done"] is None


def test_the_start_rests_on_a_contract_or_a_session_and_says_when_that_moved(
    jointbuy: Run, plan: Any
) -> None:
    rests = plan("--anchor", "contract-end").json
    assert rests["anchor"] == {
        "kind": "contract_end",
        "day": "2027-08-31",
        "subject": "k-c-controle-medical",
    }
    assert rests["wanted"] == "2027-09-01"
    assert "“Contrôles médicaux” ends" in jointbuy("plan", MEDICAL, *ON).out
    jointbuy("contracts", "edit", "k-c-controle-medical", "--end", "2027-09-30", *ON)
    assert "moved to 30/09/2027" in plan().json["changes"][-1]
    first = plan("--anchor", "session").json
    assert first["anchor"]["day"] > "2026-12-03"  # nobody can file for that one
    assert not [each for each in first["breaches"] if "late" in each["message"]]
    session = plan("--anchor", "session=2027-02-17").json
    assert session["anchor"]["kind"] == "session"
    assert not [each for each in session["breaches"] if "late" in each["message"]]
    typed = plan("--wanted", "2027-11-02").json
    assert typed["anchor"] is None


def test_a_habit_of_the_office_moves_every_plan_until_it_is_unset(
    jointbuy: Run, plan: Any
) -> None:
    usual = plan().json["earliest"]
    jointbuy("practice", "set", "evaluation", "60", "--why", "Two of us", *ON)
    assert plan().json["earliest"] > usual
    habits = jointbuy("practice", "list", "--json").json
    own = [(x["name"], x["days"], x["usual"]) for x in habits if x["own"]]
    assert own == [("evaluation_days", 60, 45), ("reopening_days", 45, 60)]
    assert "60*" in jointbuy("practice", "list", *ON).out
    jointbuy("practice", "unset", "evaluation_days", *ON)
    assert plan().json["earliest"] == usual
    assert "was not set" in jointbuy("practice", "unset", "evaluation", code=2).err
    jointbuy("undo", *ON)
    assert plan().json["earliest"] > usual


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("evaluation_days", "366", "--why", "x"), "0 and 365 days, not at 366"),
        (("opening_days", "0", "--why", "x"), "between 1 and 60"),
        (("reinterest_months", "49", "--why", "x"), "0 and 48 months, not at 49"),
        (("electronic_tenders", "2", "--why", "x"), "1 for yes or 0 for no"),
        (("evaluation_days", "-1", "--why", "x"), "-1"),
        (("evaluation_days", "ten", "--why", "x"), "“ten” is not a number of days"),
        (("lunch_days", "3", "--why", "x"), "“lunch_days” is no habit"),
        (("evaluation_days", "50"), "Say why"),
    ],
)
def test_a_habit_that_cannot_be_meant_is_refused(
    jointbuy: Run, arguments: tuple[str, ...], said: str
) -> None:
    assert said in jointbuy("practice", "set", *arguments, code=2).err
    habits = jointbuy("practice", "list", "--json").json
    assert [each["name"] for each in habits if each["own"]] == ["reopening_days"]


def test_every_habit_has_a_title_and_bounds_around_what_is_usual() -> None:
    from dataclasses import fields

    from jointbuy.schedule.practice import HABITS, Practice, usual

    assert list(HABITS) == [field.name for field in fields(Practice)]
    for name, habit in HABITS.items():
        days = usual(name)
        assert str(habit.title)
        assert days is None or habit.lowest <= days <= habit.highest


def test_an_adhesion_rests_on_its_interest_call_and_says_where_none_is_due(
    jointbuy: Run,
) -> None:
    jointbuy("retain", MICROSOFT, "--why", "Fits", *ON)
    refused = jointbuy("plan", MICROSOFT, "--anchor", "interest", *ON, code=2)
    assert "frameworks edit" in refused.err or "has passed" in refused.err
