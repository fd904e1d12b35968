"""Judges every answer to every question by the decision matrix beside this file."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from jointbuy.law import Facts, check, headline, questions
from jointbuy.law.rules.gate import BETWEEN
from jointbuy.law.tables import table
from jointbuy.model import Finding, Form, Outcome, Stops

DAY = date(2026, 11, 20)
HERE = Path(__file__).parent / "cases"
GOOD: dict[str, Any] = tomllib.loads((HERE / "good.toml").read_text(encoding="utf-8"))
ROWS: list[dict[str, Any]] = tomllib.loads(
    (HERE / "matrix.toml").read_text(encoding="utf-8")
)["row"]

CELLS = [
    pytest.param(
        Form[form], row, answer, outcome, id=f"{form} {row['rule']} {answer} {number}"
    )
    for number, row in enumerate(ROWS)
    for form in row["forms"]
    for answer, outcome in row["answers"].items()
]

FORMS = sorted({form for row in ROWS for form in row["forms"]})

AROUND = ("languages", "data_protection", "vat", "concertation")

LOOKS_AT = {
    "g0_6": ("j9",),
    "a2": ("a3",),
    "h6": ("h5", "k7"),
    "h6_consolidated": ("h5", "k7", "h6"),
    "h4": ("h3", "k6"),
    "r5_group": ("r5_share",),
    "t1": ("t2",),
    "t10": ("t2",),
    "g0_2": ("f1",),
    "f1": ("g0_2",),
    "f2": ("g0_2",),
    "f5": ("d1", "d4"),
}
"""Rules beside a question's own that its answer may change."""


def good(form: Form) -> dict[str, str]:
    known = {**GOOD["gate"], **GOOD["around"], **GOOD[form.name]}
    return {k: str(v) for k, v in known.items()}


def judged(form: Form, answers: dict[str, str]) -> dict[str, Finding]:
    return {f.rule: f for f in check(form, Facts(answers=answers, on=DAY))}


@pytest.mark.parametrize(("form", "row", "answer", "outcome"), CELLS)
def test_an_answer_comes_to_what_the_law_says(
    form: Form, row: dict[str, Any], answer: str, outcome: str
) -> None:
    asked = row.get("asked", row["rule"])
    before = good(form) | row.get("with", {})
    found = judged(form, before | {asked: answer})
    finding = found[row["rule"]]
    assert finding.outcome is Outcome[outcome]
    mild = Outcome[outcome] <= Outcome.INFO
    assert finding.stops is (None if mild else Stops[row["stops"]])
    assert not finding.ask
    if mild or row["stops"] == "FORM":
        assert headline(found.values()) >= finding.outcome
    if not row.get("with"):
        _nothing_else_changes(form, row["rule"], found)


def _nothing_else_changes(form: Form, rule: str, found: dict[str, Finding]) -> None:
    at_rest = judged(form, good(form))
    others = [
        code
        for code in found
        if code not in (rule, *LOOKS_AT.get(rule, ()))
        and found[code].outcome is not at_rest[code].outcome
    ]
    assert not others
    calm = [f for f in at_rest.values() if f.stops in (None, Stops.FORM)]
    before = max(f.outcome for f in calm)
    counts = found[rule].stops in (None, Stops.FORM)
    expected = max(before, found[rule].outcome) if counts else before
    assert headline(found.values()) is expected


@pytest.mark.parametrize("form", [form for form in Form if form.name in GOOD])
def test_what_is_not_answered_is_asked_and_stops_what_a_bad_answer_stops(
    form: Form,
) -> None:
    for row in ROWS:
        if form.name not in row["forms"] or "with" in row:
            continue
        answers = good(form)
        del answers[row["rule"]]
        finding = judged(form, answers)[row["rule"]]
        assert finding.outcome is Outcome.UNKNOWN
        assert finding.stops is Stops[row["stops"]]
        assert finding.ask == row["rule"]


@pytest.mark.parametrize(
    "form", sorted({form for row in ROWS for form in row["forms"]})
)
def test_the_matrix_has_every_answer_to_every_question_of_the_form(form: str) -> None:
    covered: dict[str, set[str]] = {}
    for row in ROWS:
        if form in row["forms"]:
            code = row.get("asked", row["rule"])
            covered.setdefault(code, set()).update(row["answers"])
            for other, answer in row.get("with", {}).items():
                covered.setdefault(other, set()).add(answer)
    listed = ("gate", "in_house", form.lower(), *AROUND)
    codes = {code for name in listed for code in table(f"questions/{name}")}
    base = good(Form[form])
    asked = [
        q
        for q in questions(Form[form])
        if q.code in codes and (q.arises(base) or not q.unless)
    ]
    assert len(asked) >= 15
    for question in asked:
        assert set(question.choices) <= covered.get(question.code, set()), question.code


@pytest.mark.parametrize("form", [f for f in Form if f.name in GOOD])
def test_with_every_answer_good_the_form_stands_open(form: Form) -> None:
    found = judged(form, good(form)).values()
    assert headline(found) < Outcome.SERIOUS


@pytest.mark.parametrize("form", BETWEEN)
def test_only_between_administrations_does_the_european_threshold_weigh(
    form: Form,
) -> None:
    for name in ("JOINT_CONTRACT", "PURCHASING_CENTRE"):
        market = judged(Form[name], good(Form[name]) | {"g0_6": "yes", "g0_7": "no"})
        assert market["g0_7"].outcome is Outcome.WARNING
    between = judged(form, good(form) | {"g0_6": "yes", "g0_7": "no"})
    assert between["g0_7"].outcome is Outcome.SERIOUS


def test_every_row_has_a_source_and_every_cell_stands_once() -> None:
    assert all(row["source"].strip() for row in ROWS)
    keys = [
        (form, row["rule"], row.get("asked"), str(row.get("with")), answer)
        for row in ROWS
        for form in row["forms"]
        for answer in row["answers"]
    ]
    assert len(keys) == len(set(keys))
    assert len(keys) >= 300
