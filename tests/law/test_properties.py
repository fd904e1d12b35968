"""What is true of every check, whatever is answered."""

from __future__ import annotations

import random
import tomllib
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jointbuy.law import (
    Facts,
    Question,
    Seen,
    check,
    headline,
    open_questions,
    parameters,
    questions,
    rules,
    source_titles,
    worst,
)
from jointbuy.model import Administration, Form, Outcome, Region
from jointbuy.model import AdministrationKind as Kind

DAY = date(2026, 11, 20)
HERE = Path(__file__).parent / "cases"
GOOD: dict[str, Any] = tomllib.loads((HERE / "good.toml").read_text(encoding="utf-8"))
NUMBERS = ("0", "14.99", "15", "19.99", "20", "80", "80.01", "84.99", "85", "100")

PARTIES = tuple(
    Administration(id=f"{kind.name}-{region.name}", kind=kind, region=region)
    for kind in (Kind.COMMUNE, Kind.CPAS, Kind.POLICE_ZONE, Kind.OTHER)
    for region in Region
)

OWN_RULES = {
    Form.JOINT_CONTRACT: 12,
    Form.PURCHASING_CENTRE: 14,
    Form.IN_HOUSE: 12,
    Form.IN_HOUSE_REVERSE: 8,
    Form.IN_HOUSE_JOINT: 12,
    Form.HORIZONTAL: 12,
    Form.STAFF_PLACEMENT: 10,
    Form.FREE_SHARING: 6,
    Form.TRANSFER: 7,
}
"""How many rules the law has for each form, the gate and what goes around it apart."""

GATE = 7

SAME_FACT = {"f5", "h6", "h6_consolidated"}
"""Asked of some forms and true of the others too: shared data, a group."""


def good(form: Form) -> dict[str, str]:
    known = {**GOOD["gate"], **GOOD["around"], **GOOD[form.name]}
    return {code: str(value) for code, value in known.items()}


def facts(answers: dict[str, str], *parties: Administration) -> Facts:
    return Facts(answers=answers, on=DAY, administrations=parties)


def values(asked: Question) -> tuple[str, ...]:
    return (*asked.choices, *(NUMBERS if asked.kind == "share" else ()))


@st.composite
def cases(draw: st.DrawFn) -> tuple[Form, dict[str, str], tuple[Administration, ...]]:
    """A form, some answers to its questions, and some parties."""
    form = draw(st.sampled_from(Form))
    answers = {}
    for asked in questions(form):
        value = draw(st.sampled_from(("", *values(asked))))
        if value:
            answers[asked.code] = value
    parties = draw(st.lists(st.sampled_from(PARTIES), max_size=3, unique=True))
    return form, answers, tuple(parties)


@given(cases())
@settings(max_examples=150, deadline=None)
def test_nothing_is_in_order_whose_question_nobody_answered(
    case: tuple[Form, dict[str, str], tuple[Administration, ...]],
) -> None:
    form, answers, parties = case
    for finding in check(form, facts(answers, *parties)):
        if finding.rule not in answers and _arises(form, finding.rule, answers):
            assert finding.outcome is Outcome.UNKNOWN, finding.rule
            assert finding.ask, finding.rule
        if finding.ask:
            assert finding.outcome is Outcome.UNKNOWN
            assert finding.ask not in answers


def _arises(form: Form, code: str, answers: dict[str, str]) -> bool:
    return next(q for q in questions(form) if q.code == code).arises(answers)


@given(cases())
@settings(max_examples=150, deadline=None)
def test_every_finding_says_what_it_rests_on_and_what_it_stops(
    case: tuple[Form, dict[str, str], tuple[Administration, ...]],
) -> None:
    form, answers, parties = case
    for finding in check(form, facts(answers, *parties)):
        assert finding.basis, finding.rule
        assert len(set(finding.basis)) == len(finding.basis)
        assert {each.source for each in finding.basis} <= set(source_titles())
        if finding.outcome > Outcome.INFO:
            assert finding.stops is not None, finding.rule
        else:
            assert finding.stops is None, finding.rule
        assert "{" not in str(finding.message)


@given(cases(), st.randoms())
@settings(max_examples=60, deadline=None)
def test_the_same_facts_give_the_same_findings_in_whatever_order(
    case: tuple[Form, dict[str, str], tuple[Administration, ...]],
    dice: random.Random,
) -> None:
    form, answers, parties = case
    found = check(form, facts(answers, *parties))
    shuffled = list(answers.items())
    dice.shuffle(shuffled)
    assert check(form, facts(dict(shuffled), *parties)) == found
    of_form = {q.code for q in questions(form)}
    more = {
        code: "yes"
        for other in Form
        for code in good(other)
        if code not in of_form | SAME_FACT and code not in answers
    }
    assert check(form, facts(answers | more, *parties)) == found


@given(st.sampled_from(Form), st.data())
@settings(max_examples=120, deadline=None)
def test_knowing_less_of_what_was_good_never_makes_the_check_better(
    form: Form, data: st.DataObject
) -> None:
    answers = good(form)
    codes = sorted(set(answers) & {q.code for q in questions(form)})
    silent = data.draw(st.lists(st.sampled_from(codes), unique=True, max_size=6))
    before = check(form, facts(answers))
    for code in silent:
        answers = answers | {code: "unknown"}
        after = check(form, facts(answers))
        settled = [f for f in after if not f.ask]
        known = {f.rule: f.outcome for f in settled}
        for finding in before:
            if finding.rule in known and finding.rule == code:
                assert known[code] >= finding.outcome
        assert worst(after) >= worst(before)
        assert headline(after) >= headline(before)
        before = after


@pytest.mark.parametrize("form", Form)
def test_taking_an_answer_away_leaves_nothing_of_its_rule_in_order(form: Form) -> None:
    answers = good(form)
    of_form = {rule.code for rule in rules(form)}
    for code in sorted(of_form & set(answers)):
        less = {k: v for k, v in answers.items() if k != code}
        if not _arises(form, code, less):
            continue
        finding = next(f for f in check(form, facts(less)) if f.rule == code)
        assert finding.outcome is Outcome.UNKNOWN, code
        assert finding.ask == code


@pytest.mark.parametrize("form", Form)
def test_every_question_is_asked_or_read_under_some_answers(form: Form) -> None:
    read: set[str] = set()
    asked: set[str] = set()
    for answers in _assignments(form):
        seen = Seen()
        found = check(form, Facts(answers=answers, on=DAY, seen=seen))
        read.update(seen.questions)
        asked.update(open_questions(found))
    of_form = {q.code for q in questions(form)}
    assert of_form <= read | asked
    assert asked <= of_form
    follows = {q.code for q in questions(form) if q.when}
    assert of_form - follows <= asked | _of_no_rule(form)


def _of_no_rule(form: Form) -> set[str]:
    """Questions that only help to answer another one."""
    return {q.code for q in questions(form)} - {rule.code for rule in rules(form)}


def _assignments(form: Form) -> list[dict[str, str]]:
    """No answer, good answers, each good answer changed, and that of who follows it."""
    base = good(form)
    found: list[dict[str, str]] = [{}, base]
    of_form = questions(form)
    for asked in of_form:
        found += [base | {asked.code: value} for value in values(asked)]
    for asked in of_form:
        for code, words in asked.when:
            for answers in list(found):
                if answers.get(code) in words and asked.code not in answers:
                    found += [answers | {asked.code: v} for v in values(asked)]
    return found


@pytest.mark.parametrize("form", Form)
def test_the_form_has_as_many_rules_as_the_law(form: Form) -> None:
    count = Counter(rule.institution for rule in rules(form))
    assert count["gate"] == GATE
    assert count[form.name.lower()] == OWN_RULES[form]
    codes = [rule.code for rule in rules(form)]
    assert len(set(codes)) == len(codes)


def test_every_value_of_the_law_names_the_text_it_stands_in() -> None:
    for known in parameters().values():
        for value in known.values:
            assert value.citation.source in source_titles(), known.name
            assert value.confidence in ("high", "medium", "low")
            assert value.citation.to_verify == (value.confidence != "high")
