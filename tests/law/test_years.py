"""Figures of several years: how they are read and kept, and what they come to."""

from __future__ import annotations

import dataclasses
import tomllib
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jointbuy.errors import Message, UsageError
from jointbuy.law import Facts, check, parse_answers, question, questions
from jointbuy.law.parameters import parameter
from jointbuy.law.years import (
    Figures,
    as_text,
    legible,
    parse_years,
    span,
    written,
    years_before,
)
from jointbuy.model import Finding, Form, Outcome

DAY = date(2026, 11, 20)
GOOD: dict[str, Any] = tomllib.loads(
    (Path(__file__).parent / "cases" / "good.toml").read_text(encoding="utf-8")
)


def read(typed: object) -> str:
    """What is kept of it."""
    found = parse_years(typed)
    assert not isinstance(found, Message), str(found)
    return as_text(found)


def refused(typed: object) -> str:
    """Why it is not taken."""
    found = parse_years(typed)
    assert isinstance(found, Message)
    return str(found)


def judged(form: Form, on: date = DAY, **answers: object) -> dict[str, Finding]:
    known = {**GOOD["gate"], **GOOD["around"], **GOOD[form.name]}
    for code in ("h5", "k7", "c7", "share_basis"):
        known.pop(code, None)
    parsed, problems = parse_answers({**known, **answers}, form)
    assert not problems
    return {f.rule: f for f in check(form, Facts(answers=parsed, on=on))}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("2023=820000/1000000", "2023=820000/1000000"),
        ("2023 = 820.000 / 1.000.000", "2023=820000/1000000"),
        ("2023: 820 000/1 000 000", "2023=820000/1000000"),
        ("2023=820\u00a0000/1\u202f000\u202f000", "2023=820000/1000000"),
        ("2023=820'000/1’000’000", "2023=820000/1000000"),
        ("2023=820.000,50 €/1.000.000,00 EUR", "2023=820000.5/1000000"),
        ("2023=820000.50/1000000,5", "2023=820000.5/1000000.5"),
        ("2023=820,000.50/1,000,000", "2023=820000.5/1000000"),
        ("2023=820.000,-/1.000.000,--", "2023=820000/1000000"),
        ("2023=12.480/12,5", None),
        ("2023=1.234/12.345", "2023=1234/12345"),
        ("2023\t1\t2\n2024\t3\t4", "2023=1/2; 2024=3/4"),
        ("2024=3/4\r\n2023=1/2\n", "2023=1/2; 2024=3/4"),
        ("2023=1/2, 2024=3/4", "2023=1/2; 2024=3/4"),
        ("; 2023=0/2 ;;", "2023=0/2"),
        ("2023=2/2", "2023=2/2"),
        ({2023: "1/2", "2024": [3, 4], 2025: [5.5, Decimal("6.25")]}, None),
        ({"2023": {"part": 1, "total": 2}}, "2023=1/2"),
        ({2023: [100, Decimal("250.00")]}, "2023=100/250"),
        ("2023=1/9.999.999.999.999,99", "2023=1/9999999999999.99"),
        (["2023=1/2", "2024=3/4"], "2023=1/2; 2024=3/4"),
    ],
)
def test_figures_are_read_as_they_are_written_in_belgium(
    typed: object, kept: str | None
) -> None:
    if kept is None and isinstance(typed, str):
        assert "greater than the total" in refused(typed)
    else:
        assert read(typed) == (kept or "2023=1/2; 2024=3/4; 2025=5.5/6.25")


@pytest.mark.parametrize(
    ("typed", "reasons"),
    [
        ("2023=1/2; 2023=1/2", ("2023", "twice")),
        ("2023=3/2", ("2023", "3", "2", "greater")),
        ("2024=0/0", ("2024", "total is 0", "Leave the year out")),
        ("2023=-1/2", ("2023", "“-1”", "negative")),
        ("2023=−1/2", ("2023", "negative")),
        ("2023=1/-2", ("2023", "“-2”", "negative")),
        ("2023=1,234/5", ("2023", "“1,234”", "more than one way")),
        ("2023=850k/1 mio", ("2023", "“850k”", "in full")),
        ("2023=85%/100", ("2023", "“85%”", "in full")),
        ("2023=1.23.4/5", ("2023", "“1.23.4”")),
        ("2023=0,1255/5", ("2023", "two decimals")),
        ("2023=1e3/5000", ("2023", "“1e3”")),
        ("2023=²/5", ("2023", "“²”")),
        ("2023=1/2/3", ("2023", "a slash")),
        ("2023=1/", ("2023", "a slash")),
        ("2023=/1", ("2023", "a slash")),
        ("2023=1", ("2023", "a slash")),
        ("2023=1/99999999999999", ("2023", "too large")),
        ("2023=1/10.000.000.000.000", ("2023", "too large")),
        ({2023: [Decimal("1.234"), 5]}, ("2023", "“1,234”", "more than one way")),
        ({2023: [True, 2]}, ("2023", "“True”", "not a figure")),
        ("23=1/2", ("“23”", "four figures")),
        ("=1/2", ("four figures",)),
        ("1823=1/2", ("“1823”", "not a year")),
        ("20230=1/2", ("“20230”", "not a year")),
        ("last year=1/2", ("“last year”", "not a year")),
        ("85", ("“85”", "not understood")),
        (";", ("not understood",)),
        (85, ("“85”", "not understood")),
        (True, ("not understood",)),
        ({}, ("not understood",)),
        ([], ("not understood",)),
        ({2023: True}, ("2023", "a slash")),
        ({2023: [1, 2, 3]}, ("2023", "a slash")),
        ({2023: {"part": 1}}, ("2023", "a slash")),
        ({2023: [float("nan"), 1]}, ("2023", "not a figure")),
        ([["2023", 1, 2]], ("not understood",)),
    ],
)
def test_what_cannot_be_taken_is_named_with_its_year_and_what_to_do(
    typed: object, reasons: tuple[str, ...]
) -> None:
    said = refused(typed)
    assert all(reason in said for reason in reasons), said


amounts = st.decimals(
    min_value=0, max_value=Decimal("9999999999.99"), places=2, allow_nan=False
)


@st.composite
def figures(draw: st.DrawFn, *, years: tuple[int, ...] = ()) -> tuple[Figures, ...]:
    wanted = years or tuple(
        sorted(draw(st.sets(st.integers(1900, 2099), min_size=1, max_size=6)))
    )
    found = []
    for year in wanted:
        low, high = sorted((draw(amounts), draw(amounts)))
        found.append(Figures(year=year, part=low, total=high or Decimal(1)))
    return tuple(found)


@given(figures())
@settings(deadline=None)
def test_what_is_kept_is_read_back_the_same(found: tuple[Figures, ...]) -> None:
    assert parse_years(as_text(found)) == found
    assert parse_years(written(found)) == found
    assert as_text(found) == read(as_text(found))
    assert parse_years(as_text(found).replace("; ", "\n")) == found
    table = {each.year: [each.part, each.total] for each in found}
    assert parse_years(table) == found
    for asked in ("activity_years", "group_years"):
        answers, problems = parse_answers({asked: as_text(found)}, Form.IN_HOUSE)
        assert not problems
        assert answers == {asked: as_text(found)}


@given(st.text(max_size=40) | st.text(alphabet="0123456789=/;,. -€x", max_size=40))
@settings(deadline=None)
def test_whatever_is_typed_is_taken_or_refused_with_a_sentence(typed: str) -> None:
    found = parse_years(typed)
    if isinstance(found, Message):
        assert str(found)
    else:
        assert parse_years(as_text(found)) == found


def oracle(part: Fraction, total: Fraction) -> Outcome:
    """What the law says of that share, by cross-multiplication."""
    if part * 100 <= total * 80:
        return Outcome.BLOCKED
    return Outcome.WARNING if part * 100 < total * 85 else Outcome.OK


@given(figures(years=(2023, 2024, 2025)))
@settings(deadline=None, max_examples=150)
def test_a_verdict_is_that_of_the_exact_fraction(found: tuple[Figures, ...]) -> None:
    part = sum((Fraction(each.part) for each in found), Fraction(0))
    total = sum((Fraction(each.total) for each in found), Fraction(0))
    expected = oracle(part, total)
    last = found[-1]
    if expected is Outcome.OK:
        alone = oracle(Fraction(last.part), Fraction(last.total))
        expected = Outcome.WARNING if alone is Outcome.BLOCKED else expected
    text = as_text(found)
    assert judged(Form.IN_HOUSE, activity_years=text)["h5"].outcome is expected
    assert judged(Form.IN_HOUSE_JOINT, activity_years=text)["k7"].outcome is expected
    group = judged(Form.IN_HOUSE, h6="yes", group_years=text, activity_years="2024=1/2")
    assert group["h5"].outcome is expected


@given(figures(years=(2023, 2024, 2025)))
@settings(deadline=None, max_examples=150)
def test_a_share_on_the_market_is_judged_exactly_too(
    found: tuple[Figures, ...],
) -> None:
    part = sum((Fraction(each.part) for each in found), Fraction(0))
    total = sum((Fraction(each.total) for each in found), Fraction(0))
    last = found[-1]
    if part * 100 >= total * 20:
        expected = Outcome.BLOCKED
    elif part * 100 >= total * 15 or last.part * 100 >= last.total * 20:
        expected = Outcome.WARNING
    else:
        expected = Outcome.OK
    judgement = judged(Form.HORIZONTAL, market_years=as_text(found))["c7"]
    assert judgement.outcome is expected


@given(
    st.fractions(min_value=0, max_value=100),
    st.sampled_from([Decimal(80), Decimal(85), Decimal(20), Decimal("79.995")]),
)
@settings(deadline=None)
def test_a_share_is_never_shown_on_the_other_side_of_a_limit(
    exact: Fraction, limit: Decimal
) -> None:
    shown = Fraction(legible(exact, limit))
    at = Fraction(limit)
    assert (shown > at) - (shown < at) == (exact > at) - (exact < at)
    assert abs(shown - exact) <= Fraction(1, 200)


@pytest.mark.parametrize(
    ("exact", "shown"),
    [("80", "80"), ("80.004", "80.004"), ("79.9999", "79.9999"), ("83.3333", "83.33")],
)
def test_a_share_is_shown_with_as_many_decimals_as_it_needs(
    exact: str, shown: str
) -> None:
    assert legible(Fraction(exact), Decimal(80)) == Decimal(shown)


def test_the_years_are_those_before_the_year_of_the_award() -> None:
    assert years_before(date(2026, 1, 1), 3) == (2023, 2024, 2025)
    assert years_before(date(2026, 12, 31), 3) == (2023, 2024, 2025)
    assert years_before(date(2027, 1, 1), 3) == (2024, 2025, 2026)
    assert Facts(answers={}, on=DAY).years_before() == (2023, 2024, 2025)
    assert parameter("cooperation.measured_years", DAY).value == 3
    known = parameter("cooperation.measured_years", DAY)
    own = {known.name: (dataclasses.replace(known, value=Decimal(2)),)}
    assert Facts(answers={}, on=DAY, own=own).years_before() == (2024, 2025)
    assert span([2025, 2023, 2024]) == "2023–2025"
    assert span([2023, 2025]) == "2023, 2025"
    assert span([2023]) == "2023"


def test_the_sum_behind_a_share_is_told_with_the_years_that_do_not_count() -> None:
    text = "2022=1/1; 2023=820000/1000000; 2024=860000/1000000; 2025=870000/1000000"
    found = judged(Form.IN_HOUSE, activity_years=text)
    said = str(found["h5"].message)
    assert "85 of the activity" in said
    assert "Figures of 2023–2025: 2550000 of 3000000." in said
    assert "Those of 2022 do not count." in said
    hours = judged(Form.IN_HOUSE, activity_years=text, activity_measure="other")
    for each, kind in ((found["h5"], "amount"), (hours["h5"], "number")):
        kinds: set[str] = set()
        todo = [each.message]
        while todo:
            for arg in todo.pop().args:
                kinds.add(arg.kind)
                todo += [arg.message] if arg.message else []
        assert kind in kinds
        assert not kinds & ({"amount", "number"} - {kind})


def test_missing_years_and_what_may_take_their_place_are_told() -> None:
    found = judged(Form.IN_HOUSE, activity_years="2024=9/10")["share_basis"]
    said = str(found.message)
    assert "2023, 2025 are missing" in said
    assert "forecast" in said
    assert "business plan" in said


def test_the_last_year_alone_is_told_where_it_would_not_do() -> None:
    text = "2023=99/100; 2024=99/100; 2025=79/100"
    found = judged(Form.IN_HOUSE, activity_years=text)["h5"]
    assert "in 2025 alone it was 79" in str(found.message)
    text = "2023=1/100; 2024=1/100; 2025=21/100"
    found = judged(Form.HORIZONTAL, market_years=text)["c7"]
    assert "in 2025 alone it was 21" in str(found.message)


@pytest.mark.parametrize(
    ("typed", "outcome"),
    [
        ("88", Outcome.OK),
        ("88.3", Outcome.OK),
        ("88.34", Outcome.OK),
        ("89", Outcome.OK),
        ("88.32", Outcome.SERIOUS),
        ("90", Outcome.SERIOUS),
        ("87", Outcome.SERIOUS),
        ("80", Outcome.BLOCKED),
        ("80.01", Outcome.SERIOUS),
    ],
)
def test_a_share_and_figures_contradict_each_other_beyond_the_rounding(
    typed: str, outcome: Outcome
) -> None:
    text = "2023=88/100; 2024=88/100; 2025=89/100"
    found = judged(Form.IN_HOUSE, activity_years=text, h5=typed)["h5"]
    assert found.outcome is outcome
    assert ("was answered, but" in str(found.message)) == (outcome is not Outcome.OK)


def test_a_share_one_unit_beside_exact_figures_is_a_contradiction() -> None:
    text = "2023=88/100; 2024=88/100; 2025=88/100"
    for typed in ("87", "89", "88.1"):
        found = judged(Form.IN_HOUSE, activity_years=text, h5=typed)["h5"]
        assert found.outcome is Outcome.SERIOUS
    found = judged(Form.IN_HOUSE, activity_years=text, h5="88.0")["h5"]
    assert found.outcome is Outcome.OK


def test_a_share_that_was_typed_is_told_as_it_was_typed() -> None:
    found = judged(Form.IN_HOUSE, h5="88.125", share_basis="three_years")["h5"]
    assert str(found.message).startswith("88.125 of the activity")
    text = "2023=88125/100000; 2024=88125/100000; 2025=88125/100000"
    found = judged(Form.IN_HOUSE, h5="88.125", activity_years=text)["h5"]
    assert str(found.message).startswith("88.12 of the activity")


def test_figures_that_were_kept_badly_are_refused_where_they_are_read() -> None:
    facts = Facts(answers={"activity_years": "2023=2/1"}, on=DAY)
    with pytest.raises(UsageError, match=r"activity_years.*2023.*greater"):
        facts.years("activity_years")
    with pytest.raises(UsageError, match="greater"):
        check(Form.IN_HOUSE, facts)


def test_a_bad_answer_names_its_question() -> None:
    answers, problems = parse_answers({"activity_years": "2023=2/1"}, Form.IN_HOUSE)
    assert not answers
    assert [problem.field for problem in problems] == ["activity_years"]
    assert "greater" in str(problems[0].message)
    known = parse_answers({"market_by_year": "Inconnu"}, Form.HORIZONTAL)
    assert known == ({"market_years": "unknown"}, ())


def test_figures_and_a_share_stand_for_one_another() -> None:
    years, number = question("activity_years"), question("h5")
    text = "2023=1/2"
    assert years.waits({})
    assert number.waits({})
    assert not number.waits({"activity_years": text})
    assert not years.waits({"h5": "85"})
    assert number.waits({"activity_years": "unknown"})
    assert years.waits({"h5": "unknown"})
    assert not question("share_basis").waits({"activity_years": text})
    assert not question("group_years").waits({})
    assert question("group_years").waits({"h6": "yes"})
    assert not question("group_years").waits({"h6": "yes", "h6_consolidated": "yes"})
    assert not question("activity_measure").waits({})
    for form in Form:
        for asked in questions(form):
            assert asked.waits({}) <= asked.arises({})
            assert not asked.waits({asked.code: "unknown"})


def test_figures_are_shown_as_people_write_them() -> None:
    asked = question("activity_years")
    assert asked.written("2023=820000.5/1000000") == "2023=820.000,5/1.000.000"
    assert asked.written("unknown") == "unknown"
    assert question("h5").written("85") == "85"
