from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from jointbuy.errors import UsageError
from jointbuy.law import Facts, doubts, parse_answers, question, questions
from jointbuy.law.questions import every_question
from jointbuy.model import Form

ON = date(2026, 11, 20)


def _read(code: str, value: object, form: Form = Form.JOINT_CONTRACT) -> object:
    answers, problems = parse_answers({code: value}, form)
    if problems:
        assert not answers
        return problems[0]
    return answers.get(code)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (True, "yes"),
        (False, "no"),
        ("yes", "yes"),
        ("Oui", "yes"),
        ("JA ", "yes"),
        ("nee", "no"),
        ("Nein", "no"),
        ("non", "no"),
        ("unknown", "unknown"),
        ("onbekend", "unknown"),
        ("?", "unknown"),
    ],
)
def test_yes_and_no_are_understood_in_four_languages(typed: object, meant: str) -> None:
    assert _read("j3", typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("80", "80"),
        ("80,01", "80.01"),
        ("80.01", "80.01"),
        ("80 %", "80"),
        ("80,5\u00a0%", "80.5"),
        (80, "80"),
        (Decimal("80.00"), "80.00"),
        (80.5, "80.5"),
        (0, "0"),
        ("100", "100"),
        ("unknown", "unknown"),
    ],
)
def test_a_share_is_in_per_cent(typed: object, meant: str) -> None:
    assert _read("h5", typed, Form.IN_HOUSE) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "100,01",
        "101",
        -1,
        "-0,5",
        "a lot",
        "NaN",
        "1e2",
        "8 0",
        "²",
        True,
        "yes",
        "1.000,5",
    ],
)
def test_what_is_no_share_is_refused_with_its_bounds(typed: object) -> None:
    problem = _read("h5", typed, Form.IN_HOUSE)
    assert problem.field == "h5"  # type: ignore[attr-defined]
    assert "from 0 to 100" in str(problem.message)  # type: ignore[attr-defined]


def test_a_wrong_word_names_the_code_and_what_is_allowed() -> None:
    problem = _read("h1", "two", Form.IN_HOUSE)
    text = str(problem.message)  # type: ignore[attr-defined]
    assert "h1" in text
    assert "single, several, unknown (inconnu, onbekend, unbekannt)" in text
    problem = _read("j3", 5)
    said = str(problem.message)  # type: ignore[attr-defined]
    assert "yes (oui, ja), no (non, nee, nein), unknown (inconnu" in said


@pytest.mark.parametrize(
    ("typed", "remarked"),
    [("0,25", True), ("0.99", True), ("0", False), ("1", False), ("25", False)],
)
def test_a_share_below_one_per_cent_is_asked_again(
    typed: str,
    remarked: bool,
) -> None:
    answers, problems = parse_answers({"h5": typed, "h1": "single"}, Form.IN_HOUSE)
    assert not problems
    found = doubts(answers)
    assert [problem.field for problem in found] == ["h5"] * remarked
    assert not any(problem.blocking for problem in found)


def test_words_of_every_language_are_understood_wherever_an_answer_is_read() -> None:
    facts = Facts(answers={"a": "Ja", "b": "onbekend", "c": "0,5 x"}, on=ON)
    assert facts.yes_no("a") is True
    assert facts.number("b") is None
    with pytest.raises(UsageError, match="inconnu"):
        facts.number("c")
    with pytest.raises(UsageError, match="oui"):
        facts.yes_no("c")


def test_a_question_of_another_form_is_unknown_here() -> None:
    answers, problems = parse_answers({"h5": 80, "zz": 1}, Form.JOINT_CONTRACT)
    assert not answers
    assert [p.field for p in problems] == ["h5", "zz"]
    assert all(p.blocking and "j12" in str(p.message) for p in problems)


def test_questions_are_named_by_code_or_by_what_they_are_about() -> None:
    raw = {"Pilot_Appointed": "yes", "J6": True, "h10": None, "j7": ""}
    answers, problems = parse_answers(raw, Form.JOINT_CONTRACT)
    assert answers == {"j3": "yes", "j6": "yes"}
    assert [p.field for p in problems] == ["h10"]
    assert question("pilot_appointed") is question("J3")
    with pytest.raises(UsageError, match="j99"):
        question("j99")


def test_the_same_question_answered_twice_differently_is_a_problem() -> None:
    raw = {"j3": "yes", "pilot_appointed": "no"}
    answers, problems = parse_answers(raw, Form.JOINT_CONTRACT)
    assert answers == {"j3": "yes"}
    assert "twice" in str(problems[0].message)
    same = {"j3": "yes", "pilot_appointed": True}
    assert parse_answers(same, Form.JOINT_CONTRACT) == ({"j3": "yes"}, ())


def test_nobody_and_nothing_typed_is_no_answer() -> None:
    assert parse_answers({}, Form.HORIZONTAL) == ({}, ())
    assert _read("j3", "   ") is None


@pytest.mark.parametrize("form", Form)
def test_what_a_question_allows_is_taken(form: Form) -> None:
    for asked in questions(form):
        for value in asked.choices:
            assert parse_answers({asked.id: value}, form) == ({asked.code: value}, ())


def test_every_question_is_well_formed() -> None:
    every = every_question()
    names = [each.id for each in every.values()]
    assert len(set(names)) == len(names)
    assert not set(names) & set(every)
    for asked in every.values():
        assert str(asked.text).endswith("?") or asked.kind == "share"
        assert asked.forms
        assert asked.basis
        assert (asked.kind == "choice") == bool(asked.words)
        for code, words in asked.when:
            assert set(words) <= set(every[code].choices)


def test_a_question_without_answer_and_without_form_has_an_empty_value() -> None:
    _, problems = parse_answers({"zz": None, "yy": 3}, Form.JOINT_CONTRACT)
    assert [problem.value for problem in problems] == ["", "3"]
