"""Answers that contradict one another are told so, and are never in order."""

from __future__ import annotations

import tomllib
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from jointbuy.law import Facts, check, headline
from jointbuy.model import Finding, Form, Outcome

DAY = date(2026, 11, 20)
HERE = Path(__file__).parent / "cases"
GOOD: dict[str, Any] = tomllib.loads((HERE / "good.toml").read_text(encoding="utf-8"))


def judged(**changed: str) -> dict[str, Finding]:
    known = {**GOOD["gate"], **GOOD["around"], **GOOD["FREE_SHARING"]}
    answers = {code: str(value) for code, value in known.items()} | changed
    found = check(Form.FREE_SHARING, Facts(answers=answers, on=DAY))
    return {finding.rule: finding for finding in found}


def flagged(found: dict[str, Finding]) -> set[str]:
    return {c for c, each in found.items() if "contradicts" in str(each.message)}


@pytest.mark.parametrize(
    ("g0_2", "f1", "f2", "codes"),
    [
        ("no", "no", "no", set()),
        ("yes", "no", "no", {"f1"}),
        ("no", "yes", "no", {"g0_2"}),
        ("no", "no", "yes", {"g0_2"}),
        ("yes", "no", "yes", {"f1"}),
        ("yes", "yes", "no", set()),
        ("no", "unknown", "no", set()),
    ],
)
def test_what_is_given_in_return_is_not_both_something_and_nothing(
    g0_2: str, f1: str, f2: str, codes: set[str]
) -> None:
    found = judged(g0_2=g0_2, f1=f1, f2=f2)
    assert flagged(found) == codes
    assert all(found[code].outcome is Outcome.BLOCKED for code in codes)
    if "yes" in (g0_2, f1, f2):
        assert headline(found.values()) is Outcome.BLOCKED
        assert found["g0_2"].outcome is Outcome.BLOCKED


@pytest.mark.parametrize(("f5", "d1"), product(("yes", "no", "unknown"), repeat=2))
def test_personal_data_are_not_both_shared_and_not_shared(f5: str, d1: str) -> None:
    found = judged(f5=f5, d1=d1)
    apart = (f5, d1) == ("no", "yes")
    assert flagged(found) == ({"f5"} if apart else set())
    if apart:
        assert found["f5"].outcome is Outcome.SERIOUS
    if "yes" in (f5, d1):
        assert Outcome.OK not in (found["f5"].outcome, found["d1"].outcome)


def test_the_other_question_is_named_with_its_code() -> None:
    said = str(judged(f1="no", g0_2="yes")["f1"].message)
    assert "Is there any counter-performance" in said
    assert "(g0_2)" in said
