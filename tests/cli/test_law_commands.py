"""The law asked without a case, and a check explained, on the command line."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from jointbuy.cli.law import VERBS
from jointbuy.cli.legal_days import by_day
from jointbuy.errors import UsageError
from jointbuy.law import parameters
from jointbuy.law.questions import every_question
from jointbuy.law.rulings import rulings

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Run

DAY = "2026-11-20"
ON = ("--on", DAY)
TOLD = ("show", "values", "cases", "stale", "diff")


@pytest.mark.parametrize("verb", TOLD)
def test_every_verb_explains_itself(jointbuy: Run, verb: str) -> None:
    assert verb in VERBS
    assert jointbuy("law", verb, "--help").out.startswith(f"Usage: jointbuy law {verb}")


# law show


def test_a_question_is_shown_with_answers_articles_papers_and_rulings(
    jointbuy: Run,
) -> None:
    out = jointbuy("law", "show", "h5", *ON).out
    for text in (
        "[h5] Share of activity",
        "at most 80%: blocked",
        "more than 80%, less than 85%: point of attention",
        "at least 85%: in order",
        "unknown: serious reservation",
        "art.\u00a030, §\u00a01, 2°",
        "C-340/04",
        "signed calculation",
    ):
        assert text in out


def test_a_question_may_be_named_in_words_and_a_value_by_its_key(
    jointbuy: Run,
) -> None:
    assert jointbuy("law", "show", "pilot_appointed", *ON).out.startswith("[j3]")
    by_key = jointbuy("law", "show", "lots", *ON).out
    assert by_key == jointbuy("law", "show", "thresholds.lots", *ON).out
    assert "143.000,00" in by_key
    assert "140.000,00 – counts on 20/11/2026" in by_key


def test_a_following_question_stands_below_its_answer(jointbuy: Run) -> None:
    plain = jointbuy("law", "show", "j1", *ON, "--json").json
    (form,) = plain["forms"]
    answers = {each["answer"]: each for each in form["answers"]}
    assert answers["no"]["outcome"] == "OK"
    assert [each["outcome"] for each in answers["yes"]["then"]] == [
        "INFO",
        "BLOCKED",
        "SERIOUS",
    ]


@pytest.mark.parametrize("code", sorted(every_question()))
def test_every_question_can_be_shown(jointbuy: Run, code: str) -> None:
    assert jointbuy("law", "show", code, *ON).out.startswith(f"[{code}]")


def test_what_is_not_there_is_said_with_exit_code_2(jointbuy: Run) -> None:
    done = jointbuy("law", "show", "nonsense", *ON, code=2)
    assert "thresholds.lots" in done.err
    assert done.out == ""


def test_a_question_on_a_day_before_the_law_is_said_with_exit_code_3(
    jointbuy: Run,
) -> None:
    done = jointbuy("law", "show", "h5", "--on", "2017-06-29", code=3)
    assert "30/06/2017" in done.err
    assert jointbuy("law", "show", "h5", "--on", "2017-06-30").out


# law cases and values


def test_the_rulings_are_listed_and_one_is_shown(jointbuy: Run) -> None:
    listed = jointbuy("law", "cases", "--json").json
    assert [each["key"] for each in listed] == list(rulings())
    assert all(each["questions"] for each in listed)
    one = jointbuy("law", "cases", "719/20", "--json").json
    assert one["name"] == "Comune di Lerici"
    assert "h8" in jointbuy("law", "cases", "Lerici").out
    assert "C-1/99" in jointbuy("law", "cases", "C-1/99", code=2).err


def test_the_values_of_the_day_are_listed(jointbuy: Run) -> None:
    listed = {
        each["name"]: each for each in jointbuy("law", "values", *ON, "--json").json
    }
    assert set(listed) == set(parameters())
    assert listed["thresholds.eu_local"]["value"] == 216_000
    later = jointbuy("law", "values", "--on", "2028-01-01", "--json").json
    none = {each["name"] for each in later if each["value"] is None}
    assert "thresholds.eu_local" in none


def test_a_value_the_register_sets_shows_as_its_own(jointbuy: Run, empty: Path) -> None:
    jointbuy(
        "law", "set", "thresholds.lots", "99000", "--from", "2026-01-01",
        "--source", "a text of ours", *ON,
    )  # fmt: skip
    assert empty.exists()
    today = jointbuy("law", "values", "thresholds.lots", *ON, "--json").json["today"]
    assert (today["value"], today["own"]) == (99_000, True)
    shown = jointbuy("law", "show", "j9", *ON).out
    assert "a text of ours (own value of this register)" in shown
    explained = jointbuy(
        "check", "--form", "joint_contract", "--answer", "j9=no",
        "--explain", "j9", *ON,
    )  # fmt: skip
    assert "99.000,00" in explained.out  # a check of a form alone counts with it too


def test_what_rests_on_a_value_is_named(jointbuy: Run) -> None:
    plain = jointbuy("law", "show", "open_market", *ON, "--json").json
    assert plain["questions"] == ["c7"]
    assert plain["parts"] == []
    plain = jointbuy("law", "show", "brussels_transmission", *ON, "--json").json
    assert plain["parts"] == ["sending"]
    assert "What rests on it" in jointbuy("law", "show", "lots", *ON).out


def test_what_the_law_abolished_is_not_called_unknown(jointbuy: Run) -> None:
    gone = [name for name, each in parameters().items() if each.abolished]
    assert gone
    for name in gone:
        last = parameters()[name].last
        assert last is not None
        after = last + timedelta(days=1)
        assert "no longer fixes it" in jointbuy("law", "show", name, "--on", after).out
        told = jointbuy("law", "diff", last, after).out
        assert "Values the law no longer fixes:" in told
        assert f"[{name}]" not in jointbuy("law", "stale", "--on", after).out
    out = jointbuy("law", "show", "thresholds.lots", "--on", "2028-01-01").out
    assert "No value is known on 01/01/2028." in out


# law stale


def test_what_ends_and_what_is_uncertain_is_listed_with_exit_code_0(
    jointbuy: Run,
) -> None:
    out = jointbuy("law", "stale", "--within", "2027-12-31", *ON).out
    assert "[thresholds.eu_local]" in out
    assert "`law set`" in out
    assert "Articles to be verified" in out
    plain = jointbuy("law", "stale", *ON, "--json").json
    assert plain["until"] == "2027-11-20"
    ending = {each["name"] for each in plain["ending"]}
    assert "thresholds.eu_local" not in ending
    assert plain["to_verify"]
    assert [each["key"] for each in plain["rulings"]] == ["cz"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("12m", date(2027, 11, 20)),
        ("1y", date(2027, 11, 20)),
        ("90d", date(2026, 11, 20) + timedelta(days=90)),
        (" 0d ", date(2026, 11, 20)),
        ("2027-02-01", date(2027, 2, 1)),
        ("01/02/2027", date(2027, 2, 1)),
    ],
)
def test_a_span_or_a_day_is_understood(text: str, day: date) -> None:
    assert by_day(text, date(2026, 11, 20)) == day


def test_a_month_that_is_too_short_ends_on_its_last_day() -> None:
    assert by_day("1m", date(2027, 1, 31)) == date(2027, 2, 28)
    assert by_day("1m", date(2028, 1, 31)) == date(2028, 2, 29)
    assert by_day("2m", date(2026, 12, 31)) == date(2027, 2, 28)


@pytest.mark.parametrize("text", ["soon", "", "12 parsecs", "-3m", "9999y", "٣m"])
def test_what_is_neither_is_said(text: str) -> None:
    with pytest.raises(UsageError):
        by_day(text, date(2026, 11, 20))


# law diff


def test_what_changed_between_two_days_is_told(jointbuy: Run) -> None:
    out = jointbuy("law", "diff", "31/12/2025", "01/01/2026").out
    told = " ".join(out.replace("\u00a0", " ").split())
    assert "at least € 221.000,00 before, at least € 216.000,00 now" in told
    assert out == jointbuy("law", "diff", "2026-01-01", "2025-12-31").out
    plain = jointbuy("law", "diff", "2019-05-31", "2019-06-01", "--json").json
    assert any(each["part"] == "supervision" for each in plain["competences"])
    assert plain["outside"] == []


def test_that_nothing_changed_is_said(jointbuy: Run) -> None:
    out = jointbuy("law", "diff", "2026-02-01", "2026-11-01").out
    assert "Nothing changed" in out


def test_days_outside_what_is_known_are_said(jointbuy: Run) -> None:
    out = jointbuy("law", "diff", "2016-01-01", "2030-01-01").out
    assert "! The law of 2016 counts from 30/06/2017 on" in out
    assert "! The amounts that follow the European thresholds" in out
    assert "Law of 17\u00a0June 2016" in out
    assert (
        "not a day" in jointbuy("law", "diff", "2016-13-01", "2030-01-01", code=2).err
    )


# check --explain


def explained(jointbuy: Run, *arguments: str) -> list[dict[str, Any]]:
    plain = jointbuy("check", *arguments, *ON, "--json").json
    found: list[dict[str, Any]] = plain["explanations"]
    return found


def test_a_finding_is_explained_down_to_its_texts(jointbuy: Run) -> None:
    arguments = ("--form", "in_house", "--answer", "h5=81", "--answer", "g0_6=yes")
    (tree,) = explained(jointbuy, *arguments, "--explain", "h5")
    assert tree["rule"] == "h5"
    assert tree["outcome"] == "SERIOUS"
    assert tree["raised"]
    assert tree["institution"]["name"] == "in_house"
    answers = {fact["question"]: fact["answer"] for fact in tree["facts"]}
    assert (answers["h5"], answers["g0_6"], answers["h6"]) == ("81", "yes", None)
    assert tree["values"][0]["from"] == "2017-06-30"
    assert tree["rulings"][0]["key"] == "carbotermo"
    out = jointbuy("check", *arguments, "--explain", "h5", *ON).out
    assert "it is a serious reservation" in out
    assert "Nobody answered it yet" in out


def test_without_a_code_everything_that_is_not_in_order_is_explained(
    jointbuy: Run,
) -> None:
    trees = explained(
        jointbuy, "--form", "horizontal", "--answer", "c1=yes", "--explain"
    )
    assert "c1" not in {tree["rule"] for tree in trees}
    assert {tree["outcome"] for tree in trees} == {"UNKNOWN"}
    assert all(tree["basis"] for tree in trees)


def test_a_question_without_a_rule_is_explained_by_the_rule_that_asks_it(
    jointbuy: Run,
) -> None:
    (tree,) = explained(
        jointbuy, "--form", "in_house", "--answer", "h3=yes", "--explain", "h4"
    )
    assert tree["rule"] == "h3"
    done = jointbuy(
        "check", "--form", "in_house", "--answer", "h3=no", "--explain", "h4", *ON,
        code=2,
    )  # fmt: skip
    assert "h4" in done.err


@pytest.mark.usefixtures("brussels")
def test_explain_before_a_proposal_means_the_proposal(jointbuy: Run) -> None:
    first = jointbuy("match", *ON, "--json").lines[0]["id"]
    trees = explained(jointbuy, "--explain", first)
    assert any(fact["register"] for tree in trees for fact in tree["facts"]), (
        "what the register says is told as such"
    )


@pytest.mark.usefixtures("brussels")
def test_who_answered_is_told(jointbuy: Run) -> None:
    lines = jointbuy("match", *ON, "--json").lines
    joint = next(each["id"] for each in lines if each["kind"].lower() == "joint")
    jointbuy("check", joint, "--answer", "j3=no", *ON)
    (tree,) = explained(jointbuy, joint, "--explain", "j3")
    (fact,) = tree["facts"]
    assert (fact["answer"], fact["by"], fact["on"]) == ("no", "tester", DAY)
    out = jointbuy("check", joint, "--explain", "j3", *ON).out
    assert "Answered on 20/11/2026 by tester." in out


# check --on any day


@pytest.mark.parametrize(
    "day", ["2017-06-30", "2022-05-05", "2027-12-31", "2031-01-01"]
)
def test_a_form_can_be_checked_on_any_day_of_the_law(jointbuy: Run, day: str) -> None:
    done = jointbuy("check", "--form", "joint_contract", "--answer", "j9=no",
                    "--on", day, "--json")  # fmt: skip
    assert done.json["on"] == day


def test_a_day_before_the_law_is_refused_kindly(jointbuy: Run) -> None:
    for more in ((), ("--explain",)):
        done = jointbuy(
            "check", "--form", "joint_contract", "--on", "2017-06-29", *more, code=3
        )
        assert "30/06/2017" in done.err
        assert "Traceback" not in done.err


def test_after_the_last_amounts_what_needs_one_is_open_and_says_so(
    jointbuy: Run,
) -> None:
    out = jointbuy(
        "check", "--form", "joint_contract", "--answer", "j9=no", "--explain", "j9",
        "--on", "2028-01-01",
    ).out  # fmt: skip
    assert "31/12/2027" in out


@pytest.mark.parametrize("language", ["fr", "nl", "de"])
def test_what_is_told_is_told_in_the_readers_language(
    jointbuy: Run, language: str
) -> None:
    english = jointbuy("law", "show", "h8", *ON).out
    for arguments in (
        ("law", "show", "h8", *ON),
        ("law", "cases", "C-452/23"),
        ("law", "stale", *ON),
        ("law", "diff", "2022-12-31", "2026-01-01"),
    ):
        out = jointbuy("--lang", language, *arguments).out
        assert out != english
        for foreign in ("to be verified", "counts from", "Where it", "What it holds"):
            assert foreign not in out


def test_a_ruling_given_after_the_day_of_the_law_is_told_as_such(
    jointbuy: Run,
) -> None:
    asked = (
        "check", "--form", "in_house", "--answer", "h6=yes",
        "--answer", "h6_consolidated=no",
    )  # fmt: skip
    day = ("--on", "2023-12-31")
    said = "rulings given after 31/12/2023 (C-692/23)"
    assert " ".join(jointbuy(*asked, *day).out.split()).count(said) == 1
    assert said not in jointbuy(*asked, *ON).out
    (later,) = jointbuy(*asked, *day, "--json").json["later_rulings"]
    assert later["key"] == "avr"
    tree = jointbuy(*asked, *day, "--explain", "h6").out
    assert "given after 31/12/2023, the day of the law" in " ".join(tree.split())


def test_what_was_read_is_told_as_read_and_an_own_value_as_compared(
    jointbuy: Run,
) -> None:
    packaged = jointbuy("law", "show", "thresholds.lots", *ON).out
    assert "read on 20/11/2026 in a published source" in packaged
    assert "compared with the text" not in packaged
    jointbuy(
        "law", "set", "thresholds.lots", "145000", "--from", "2026-01-01",
        "--source", "made up", "--checked", "2026-11-19",
    )  # fmt: skip
    own = jointbuy("law", "show", "thresholds.lots", *ON).out
    assert "compared with the text on 19/11/2026" in own


@pytest.mark.parametrize("ruling", ["C-383/21", "C-182/11", "C-89/19", "C-274/21"])
def test_a_ruling_is_shown_with_the_cases_joined_to_it(
    jointbuy: Run, ruling: str
) -> None:
    title = jointbuy("law", "cases", ruling).out.splitlines()[0]
    assert ruling in title
    assert len(set(re.findall(r"C-\d+/\d+", title))) == 2
    assert "chamber" not in jointbuy("law", "cases", ruling).out.split("What it")[0]
    assert "Fifth Chamber" in jointbuy("law", "cases", "C-692/23").out


def test_open_questions_stand_under_what_they_stop(jointbuy: Run) -> None:
    out = jointbuy("check", "--form", "purchasing_centre", *ON).out
    heads = [line for line in out.splitlines() if line.startswith("  as to this form")]
    assert heads == ["  as to this form:"]
    assert "  before any order:\n  " in out
    assert out.index("as to this form:") < out.index("before any order:")
    assert "(as to this form)" not in out
