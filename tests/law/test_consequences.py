from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from jointbuy.law import Facts, check, rules
from jointbuy.law.consequences import Consequence, outlooks
from jointbuy.law.questions import every_question
from jointbuy.model import Form, Outcome

DAY = date(2026, 11, 20)
HERE = Path(__file__).parent / "cases"


def leaves(some: tuple[Consequence, ...]) -> Iterator[Consequence]:
    for each in some:
        if each.then:
            yield from leaves(each.then)
        else:
            yield each


@pytest.mark.parametrize("code", sorted(every_question()))
def test_every_question_is_shown_with_what_each_answer_comes_to(code: str) -> None:
    found = outlooks(code, DAY)
    assert {each.form for each in found} == set(every_question()[code].forms)
    for each in found:
        for leaf in leaves(each.consequences):
            assert str(leaf.finding.message)
            assert leaf.answer or leaf.span
            if leaf.answer == "unknown":
                assert leaf.finding.outcome is not Outcome.OK


@pytest.mark.parametrize("form", Form)
def test_an_answer_comes_to_what_the_check_says(form: Form) -> None:
    for rule in rules(form):
        for outlook in outlooks(rule.code, DAY, forms=(form,)):
            for each in outlook.consequences:
                if each.span is not None or each.question.code != rule.code:
                    continue
                known = Facts(answers={rule.code: each.answer}, on=DAY)
                found = {f.rule: f for f in check(form, known)}
                assert found[rule.code].message == each.finding.message


def test_a_following_question_is_shown_below_the_answer_that_raises_it() -> None:
    (outlook,) = outlooks("j1", DAY)
    answers = {each.answer: each for each in outlook.consequences}
    assert [each.answer for each in answers["yes"].then] == ["yes", "no", "unknown"]
    assert answers["yes"].then[1].finding.outcome is Outcome.BLOCKED
    assert answers["no"].then == ()


def test_a_share_is_shown_in_spans_with_their_bounds() -> None:
    (outlook,) = outlooks("h5", DAY)
    spans = {each.span: each.finding.outcome for each in outlook.consequences
             if each.span}  # fmt: skip
    told = [
        (span.low, span.low_counts, span.high, span.high_counts, outcome)
        for span, outcome in spans.items()
    ]
    assert told == [
        (None, False, 80, True, Outcome.BLOCKED),
        (80, False, 85, False, Outcome.WARNING),
        (85, True, None, True, Outcome.OK),
    ]
    (outlook,) = outlooks("c7", DAY)
    spans = {each.span: each.finding.outcome for each in outlook.consequences
             if each.span}  # fmt: skip
    assert list(spans.values()) == [Outcome.OK, Outcome.WARNING, Outcome.BLOCKED]
    assert [(s.low, s.low_counts, s.high, s.high_counts) for s in spans] == [
        (None, False, 15, False),
        (15, True, 20, False),
        (20, True, None, True),
    ]


@pytest.mark.parametrize(
    ("share", "outcome"),
    [("80", Outcome.BLOCKED), ("80.01", Outcome.WARNING), ("85", Outcome.OK)],
)
def test_the_bounds_of_a_span_are_those_of_the_check(
    share: str, outcome: Outcome
) -> None:
    found = check(Form.IN_HOUSE, Facts(answers={"h5": share}, on=DAY))
    assert {f.rule: f.outcome for f in found}["h5"] is outcome


def test_a_question_no_rule_is_about_is_shown_where_it_is_looked_at() -> None:
    found = outlooks("h4", DAY)
    assert {each.rule.code for each in found} == {"h3", "k6"}
    assert all(each.consequences for each in found)


def test_what_a_rule_takes_and_looks_at_beside_is_named() -> None:
    (outlook,) = outlooks("j9", DAY)
    assert [value.name for value in outlook.values] == ["thresholds.lots"]
    assert [question.code for question in outlook.beside] == ["g0_6"]
