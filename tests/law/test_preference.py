"""The order of preference: which form comes first, which waits, which is out."""

from __future__ import annotations

import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jointbuy.errors import NotInForce
from jointbuy.law import Facts, check, headline, parse_answers, questions
from jointbuy.law.preference import (
    Prospect,
    Ranked,
    Situation,
    deciding,
    preference,
    steps,
    why_this_order,
)
from jointbuy.model import Form, Nature, Outcome, Stops

HERE = Path(__file__).parent / "cases"
DAY = date(2026, 11, 20)


def _load(name: str) -> dict[str, Any]:
    text = (HERE / f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text, parse_float=Decimal)


GOOD = _load("good")
CASES = _load("preference")["ranking"]
EVERY = {
    asked.code: (*asked.choices, *(("5", "81", "95") if asked.kind == "share" else ()))
    for form in Form
    for asked in questions(form)
    if asked.kind != "years"
}


def ranked(answers: dict[str, str], situation: Situation) -> dict[Form, Ranked]:
    found = preference(lambda _: Facts(answers=answers, on=DAY), situation)
    assert len(found) == len(Form)
    return {each.form: each for each in found}


def answered(case: dict[str, Any]) -> dict[str, str]:
    parts = case.get("good", ())
    parts = (
        list(GOOD) if parts == "all" else ["gate", "around", *parts] if parts else []
    )
    raw: dict[str, object] = {}
    for part in parts:
        raw |= {k: v for k, v in GOOD[part].items() if part == "gate" or k[:2] != "g0"}
    answers, problems = parse_answers({**raw, **case.get("answers", {})}, None)
    assert not problems
    return answers


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["note"])
def test_ranking(case: dict[str, Any]) -> None:
    assert case["source"]
    situation = Situation(
        parties=case.get("parties", 0),
        nature=Nature[case["nature"]] if "nature" in case else None,
        proposed=Form[case["proposed"]] if "proposed" in case else None,
    )
    found = ranked(answered(case), situation)
    states = {name: found[Form[name]].prospect.name for name in case["expect"]}
    assert states == case["expect"]
    for name, rules in case.get("against", {}).items():
        assert [each.rule for each in found[Form[name]].against] == rules
        assert all(each.basis for each in found[Form[name]].against)
    for name, codes in case.get("open", {}).items():
        assert list(found[Form[name]].open) == codes
    for name, codes in case.get("deciding", {}).items():
        assert set(codes) <= set(found[Form[name]].deciding)
    if "order" in case:
        kept = [form.name for form, each in found.items() if each.place]
        assert kept[: len(case["order"])] == case["order"]
        assert bool(kept) is bool(case["order"])


def test_every_case_is_there_once() -> None:
    notes = [case["note"] for case in CASES]
    assert len(notes) == len(set(notes)) >= 25


@st.composite
def some_answers(draw: st.DrawFn) -> dict[str, str]:
    """Answers to a part of the questions, well given more often than not."""
    good: dict[str, str] = {}
    for part in GOOD.values():
        good |= {code: str(value) for code, value in part.items()}
    codes = draw(st.sets(st.sampled_from(sorted(EVERY)), max_size=12))
    kept = draw(st.booleans())
    base = dict(good) if kept else {}
    for code in sorted(codes):
        value = draw(st.sampled_from(("", *EVERY[code])))
        base[code] = value
    return {code: value for code, value in base.items() if value}


@given(some_answers())
def test_a_form_is_possible_only_when_nothing_on_it_is_open(
    answers: dict[str, str],
) -> None:
    for form, each in ranked(answers, Situation()).items():
        findings = check(form, Facts(answers=answers, on=DAY))
        if each.prospect is Prospect.POSSIBLE:
            assert headline(findings) <= Outcome.WARNING
        if each.prospect in (Prospect.POSSIBLE, Prospect.RESERVED):
            on_form = [f for f in findings if f.stops in (None, Stops.FORM)]
            assert all(not found.ask for found in on_form)
            assert all(found.outcome is not Outcome.UNKNOWN for found in on_form)
            assert all(
                answers.get(found.rule) != "unknown"
                for found in on_form
                if found.outcome > Outcome.INFO
            )
            assert not each.open
        if each.prospect is Prospect.OUT:
            assert each.against
        if each.prospect is Prospect.OPEN:
            assert each.open


@given(some_answers(), st.randoms(use_true_random=False))
def test_the_order_does_not_hang_on_how_the_answers_are_laid(
    answers: dict[str, str], random: Any
) -> None:
    turned = list(answers.items())
    random.shuffle(turned)
    before = preference(lambda _: Facts(answers=answers, on=DAY))
    after = preference(lambda _: Facts(answers=dict(turned), on=DAY))
    assert before == after
    places = [each.place for each in before if each.place]
    assert places == list(range(1, len(places) + 1))
    assert all(each.prospect is Prospect.OUT for each in before if not each.place)
    assert [each.place == 0 for each in before] == sorted(
        each.place == 0 for each in before
    )


def test_every_step_of_the_order_says_why_and_on_what_it_rests() -> None:
    assert set(steps()) == set(Form)
    for step in steps().values():
        assert step.reason.text
        assert step.basis
        for codes in (step.unfit, step.first):
            for code, words in codes:
                assert set(words) <= set(EVERY[code])
    message, basis = why_this_order()
    assert "supervisory authority" in message.text
    assert basis


@pytest.mark.parametrize("form", Form, ids=lambda form: form.name)
def test_the_questions_that_decide_are_those_that_can_exclude_the_form(
    form: Form,
) -> None:
    parts = (GOOD["gate"], GOOD["around"], GOOD[form.name])
    well, _ = parse_answers({k: v for part in parts for k, v in part.items()}, form)

    def excludes(**answers: str) -> bool:
        facts = Facts(answers={**well, **answers}, on=DAY)
        return headline(check(form, facts)) is Outcome.BLOCKED

    excluding = set()
    for asked in questions(form):
        follow = [q.code for q in questions(form) if asked.code in dict(q.when)]
        for value in EVERY.get(asked.code, ()):
            if excludes(**{asked.code: value}):
                excluding.add(asked.code)
            for then in follow:
                for next_ in EVERY.get(then, ()):
                    if excludes(**{asked.code: value, then: next_}):
                        excluding |= {asked.code, then}
    assert deciding(form, DAY) == excluding


def test_no_form_is_ranked_before_the_law_of_2016() -> None:
    with pytest.raises(NotInForce):
        preference(lambda _: Facts(answers={}, on=date(2017, 6, 29)))
