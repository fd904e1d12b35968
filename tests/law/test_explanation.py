from __future__ import annotations

import itertools
import tomllib
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from jointbuy.errors import NotFound, NotInForce, say
from jointbuy.law import Derived, Facts, check, parameters, questions, rules
from jointbuy.law.check import raises
from jointbuy.law.explanation import (
    Explanation,
    explain,
    explain_all,
    institutions,
)
from jointbuy.law.parameters import Value
from jointbuy.law.rules.gate import BETWEEN
from jointbuy.model import Answer, Citation, Form, Outcome

DAY = date(2026, 11, 20)
GOOD: dict[str, Any] = tomllib.loads(
    (Path(__file__).parent / "cases" / "good.toml").read_text(encoding="utf-8")
)
SHARES = ("19.99", "82", "100")
YEARS = ("2023=90/100; 2024=90/100; 2025=90/100",)


def good(form: Form) -> dict[str, str]:
    known = {**GOOD["gate"], **GOOD["around"], **GOOD[form.name]}
    return {code: str(value) for code, value in known.items()}


def facts(answers: dict[str, str]) -> Facts:
    return Facts(answers=answers, on=DAY)


def by_rule(form: Form, known: Facts) -> dict[str, Explanation]:
    return {each.rule.code: each for each in explain_all(form, known)}


@cache
def altered(form: Form) -> tuple[tuple[str, dict[str, str]], ...]:
    """Good answers with one of them otherwise, or left out; and which one."""
    found = []
    for asked in questions(form):
        more = {"share": SHARES, "years": YEARS}.get(asked.kind, ())
        for value in ("", *asked.choices, *more):
            answers = {**good(form), asked.code: value}
            found.append((asked.code, {k: v for k, v in answers.items() if v}))
    return tuple(found)


@pytest.mark.parametrize("form", Form)
def test_the_finding_explained_is_the_one_of_the_check(form: Form) -> None:
    for _, answers in altered(form):
        known = facts(answers)
        explained = explain_all(form, known)
        assert tuple(each.finding for each in explained) == check(form, known)
        for each in explained:
            assert each.texts
            assert [text.citation for text in each.texts] == list(each.finding.basis)
            assert each.institution is not None
            assert all(text.source is not None for text in each.texts)


@pytest.mark.parametrize("form", Form)
def test_whatever_answer_changes_a_finding_its_explanation_names_the_question(
    form: Form,
) -> None:
    before = by_rule(form, facts(good(form)))
    for code, answers in altered(form):
        for finding in check(form, facts(answers)):
            old = before[finding.rule]
            if finding != old.finding:
                assert code in {used.question.code for used in old.used}, finding.rule


@pytest.mark.parametrize("form", Form)
def test_whatever_value_of_the_law_changes_a_finding_its_explanation_names_it(
    form: Form,
) -> None:
    shares = [code for code, answers in altered(form) if answers.get(code) == "82"]
    cases = [good(form), *({**good(form), code: "82"} for code in shares)]
    for answers in cases:
        known = facts(answers)
        before = by_rule(form, known)
        for name, parameter in parameters().items():
            moved = replace(parameter.values[-1], value=parameter.values[-1].value + 7,
                            start=DAY, until=None)  # fmt: skip
            for finding in check(form, replace(known, own={name: (moved,)})):
                old = before[finding.rule]
                if finding != old.finding:
                    assert name in {value.name for value in old.values}, finding.rule


@pytest.mark.parametrize("form", Form)
def test_what_is_raised_at_the_european_threshold_is_told(form: Form) -> None:
    told = 0
    for _, answers in altered(form):
        known = facts(answers | {"g0_6": "yes"})
        below = by_rule(form, facts(answers | {"g0_6": "no"}))
        for each in explain_all(form, known):
            other = below[each.rule.code].finding.outcome
            if each.rule.code != "g0_6":
                assert each.raised == (other is Outcome.WARNING and raises(form, known))
            if each.raised:
                told += 1
                assert each.finding.outcome is Outcome.SERIOUS
                assert "g0_6" in {used.question.code for used in each.used}
    assert bool(told) == (form in BETWEEN)


def test_who_answered_and_when_stands_beside_the_answer() -> None:
    given = Answer(question="j3", value="no", by="A. Officer", on=DAY, source="act 7")
    form = Form.JOINT_CONTRACT
    found = explain(form, facts({"j3": "no"}), "j3", answers=(given,))
    (used,) = found.used
    assert (used.value, used.answer, used.derived) == ("no", given, None)


def test_an_answer_given_for_this_check_alone_is_not_that_of_the_dossier() -> None:
    given = Answer(question="j3", value="no", by="A. Officer", on=DAY)
    found = explain(Form.JOINT_CONTRACT, facts({"j3": "yes"}), "j3", answers=(given,))
    assert found.used[0].answer is None


def test_what_the_register_says_counts_only_where_nobody_answered() -> None:
    derived = {"j6": Derived(value="yes", message=say("The register adds up."))}
    known = replace(facts({}), derived=derived)
    form = Form.JOINT_CONTRACT
    assert explain(form, known, "j6").used[0].derived == derived["j6"]
    answered = replace(known, answers={"j6": "no"})
    assert explain(form, answered, "j6").used[0].derived is None
    assert explain(form, facts({}), "j6").used[0].value == ""


def test_a_value_the_register_sets_itself_shows_as_its_own() -> None:
    packaged = parameters()["thresholds.lots"].values[-1]
    own = replace(
        packaged,
        value=Decimal(99),
        citation=Citation(source="read by us", article="art. 1", own=True),
    )
    known = replace(facts({"j9": "not_due"}), own={"thresholds.lots": (own,)})
    found = explain(Form.JOINT_CONTRACT, known, "j9")
    assert found.values == (own,)
    (text,) = (text for text in found.texts if text.citation.own)
    assert text.source is None


def test_a_day_without_a_value_is_explained_all_the_same() -> None:
    known = replace(facts(good(Form.JOINT_CONTRACT)), on=date(2028, 1, 1))
    found = explain(Form.JOINT_CONTRACT, known, "j9")
    assert found.finding.outcome is Outcome.UNKNOWN
    assert found.values == ()


def test_before_the_law_of_2016_nothing_is_explained() -> None:
    with pytest.raises(NotInForce, match="2017-06-30"):
        explain(Form.HORIZONTAL, replace(facts({}), on=date(2017, 6, 29)), "c1")


def test_a_rule_of_another_form_is_named_as_such() -> None:
    with pytest.raises(NotFound, match=r"h5.*c1"):
        explain(Form.HORIZONTAL, facts({}), "h5")


def test_explaining_leaves_no_trace_in_the_facts() -> None:
    known = facts(good(Form.IN_HOUSE))
    explain_all(Form.IN_HOUSE, known)
    assert known.seen is None


def test_every_part_of_the_law_rests_on_provisions() -> None:
    named = {rule.institution for form in Form for rule in rules(form)}
    assert named == set(institutions())
    for each in institutions().values():
        assert each.basis
        assert str(each.title)


def test_a_value_is_listed_once_however_often_it_is_taken() -> None:
    for form, code in itertools.product((Form.IN_HOUSE, Form.IN_HOUSE_JOINT), ("h6",)):
        found = explain(form, facts(good(form)), code)
        names = [value.name for value in found.values]
        assert len(names) == len(set(names))
        assert all(isinstance(value, Value) for value in found.values)
