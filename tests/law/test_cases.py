"""Runs the table cases beside this file."""

from __future__ import annotations

import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from jointbuy.law import Facts, check, headline, open_questions, parse_answers
from jointbuy.model import Form, Outcome, Stops

HERE = Path(__file__).parent / "cases"
DAY = date(2026, 11, 20)


def _load(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)


GOOD = _load(HERE / "good.toml")

CASES = [
    pytest.param(case, id=f"{path.stem}: {case['note']}")
    for path in sorted(HERE.glob("*.toml"))
    for case in _load(path).get("case", [])
]


def good(form: Form) -> dict[str, Any]:
    return {**GOOD["gate"], **GOOD["around"], **GOOD[form.name]}


@pytest.mark.parametrize("case", CASES)
def test_case(case: dict[str, Any]) -> None:
    form = Form[case["form"]]
    answers, problems = parse_answers({**good(form), **case["answers"]}, form)
    assert not problems
    assert case["source"]
    findings = check(form, Facts(answers=answers, on=case.get("on", DAY)))
    found = {finding.rule: finding for finding in findings}
    for rule, outcome in case["expect"].items():
        assert found[rule].outcome is Outcome[outcome], rule
    for rule, stops in case.get("stops", {}).items():
        assert found[rule].stops is Stops[stops], rule
    assert headline(findings) is Outcome[case["headline"]]
    assert open_questions(findings) == tuple(case.get("ask", ()))


def test_there_are_many_cases_and_none_twice() -> None:
    keys = [param.id for param in CASES]
    assert len(keys) == len(set(keys))
    assert len(keys) >= 120
