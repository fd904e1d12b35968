from __future__ import annotations

import ast
import itertools
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import jointbuy.law
from jointbuy.errors import NotInForce, UsageError
from jointbuy.law import (
    Facts,
    Question,
    check,
    evidence,
    headline,
    open_questions,
    question,
    questions,
    rules,
    source_titles,
    worst,
)
from jointbuy.law.rules.gate import BETWEEN
from jointbuy.model import (
    Administration,
    AdministrationKind,
    Finding,
    Form,
    Outcome,
    Region,
    Stops,
)

DAY = date(2026, 11, 20)
GOOD: dict[str, Any] = tomllib.loads(
    (Path(__file__).parent / "cases" / "good.toml").read_text(encoding="utf-8")
)
SHARES = ("0", "15", "19.99", "20", "80", "80.01", "85", "100")
YEARS = (
    "2023=1/100; 2024=2/100; 2025=1/100",
    "2023=80/100; 2024=80/100; 2025=80/100",
    "2023=95/100; 2024=90/100; 2025=79/100",
    "2024=90/100",
)
TYPED = {"share": SHARES, "years": YEARS}
ONLY_POINTED_OUT = {"g0_5", "j11"}
"""Where not knowing is only worth a remark."""
ALWAYS_SERIOUS = {"x7"}
"""What a lawyer looks at before the start, whatever is answered."""


def facts(answers: dict[str, str], on: date = DAY) -> Facts:
    return Facts(answers=answers, on=on)


def good(form: Form) -> dict[str, str]:
    known = {**GOOD["gate"], **GOOD["around"], **GOOD[form.name]}
    return {k: str(v) for k, v in known.items()}


def values(asked: Question) -> tuple[str, ...]:
    return (*asked.choices, *TYPED.get(asked.kind, ()))


def complete(form: Form, answers: dict[str, str]) -> dict[str, str]:
    """The answers with every question that they make necessary answered badly."""
    more = {q.code: "unknown" for q in questions(form) if q.when and q.arises(answers)}
    return {**more, **answers}


def leading_to(form: Form, code: str, word: str) -> dict[str, str]:
    """Good answers but that one, and but those that make its question arise."""
    answers = good(form) | {code: word}
    before = [c for c in question(code).when if form in question(c[0]).forms]
    if not before or question(code).arises(answers):
        return answers
    first, words = before[0]
    return leading_to(form, first, words[0]) | {code: word}


def judges(form: Form, code: str) -> set[str]:
    """The codes of the rules that may look at the question."""
    own = {code} & {rule.code for rule in rules(form)}
    if question(code).optional:
        own = {"share_basis"}
    return own.union(*(judges(form, before) for before, _ in question(code).when))


def judged(form: Form, answers: dict[str, str]) -> dict[str, Finding]:
    return {f.rule: f for f in check(form, facts(answers))}


@pytest.mark.parametrize("form", Form)
def test_without_answers_everything_is_asked_once_and_nothing_is_ok(form: Form) -> None:
    findings = check(form, facts({}))
    assert {f.outcome for f in findings} == {Outcome.UNKNOWN}
    asked = [f.ask for f in findings]
    assert asked == [rule.code for rule in rules(form)]
    assert len(set(asked)) == len(asked)
    always = {q.code for q in questions(form) if not q.when and not q.optional}
    assert set(asked) == always
    assert headline(findings) is Outcome.UNKNOWN


@pytest.mark.parametrize("form", Form)
def test_with_good_answers_nothing_is_worse_than_a_remark(form: Form) -> None:
    findings = check(form, facts(good(form)))
    always = [f for f in findings if f.rule in ALWAYS_SERIOUS]
    others = [f for f in findings if f.rule not in ALWAYS_SERIOUS]
    assert worst(others) <= Outcome.INFO
    assert all(f.stops is None for f in others)
    assert all(f.outcome is Outcome.SERIOUS for f in always)
    assert all(f.stops is Stops.START for f in always)
    assert headline(findings) < Outcome.SERIOUS
    assert open_questions(findings) == ()


@pytest.mark.parametrize(
    ("form", "asked"),
    [(form, q) for form in Form for q in questions(form) if q.when and not q.optional],
    ids=lambda x: x.name if isinstance(x, Form) else x.code,
)
def test_a_following_question_is_asked_once_when_it_arises(
    form: Form, asked: Question
) -> None:
    reachable = [
        (code, word)
        for code, words in asked.when
        for word in words
        if form in question(code).forms
    ]
    assert reachable
    for code, word in reachable:
        answers = leading_to(form, code, word)
        findings = check(form, facts(answers))
        assert [f.ask for f in findings if f.ask] == [asked.code]
        assert asked.arises(answers)
    assert not asked.arises(good(form))


@pytest.mark.parametrize("form", Form)
def test_every_finding_has_a_basis_a_sentence_and_known_evidence(form: Form) -> None:
    for asked in questions(form):
        for value in ("", *values(asked)):
            answers = good(form)
            answers.pop(asked.code, None)
            if value:
                answers[asked.code] = value
            for finding in check(form, facts(answers)):
                assert finding.basis, finding.rule
                assert {c.source for c in finding.basis} <= set(source_titles())
                assert str(finding.message)
                assert (finding.stops is None) == (finding.outcome <= Outcome.INFO)
                assert bool(finding.ask) <= (finding.outcome is Outcome.UNKNOWN)
                for code in finding.evidence:
                    assert str(evidence(code)) != code


@pytest.mark.parametrize("form", Form)
def test_not_knowing_is_never_ok_and_never_better_than_not_having_answered(
    form: Form,
) -> None:
    for asked in questions(form):
        if asked.optional or not asked.arises(good(form)):
            continue
        open_one = good(form)
        del open_one[asked.code]
        unanswered = judged(form, open_one)[asked.code]
        unknown = judged(form, open_one | {asked.code: "unknown"})[asked.code]
        assert unanswered.outcome is Outcome.UNKNOWN
        if asked.code in ONLY_POINTED_OUT:
            assert unknown.outcome is Outcome.INFO
        else:
            assert unknown.outcome > Outcome.UNKNOWN, asked.code
            assert unknown.stops is unanswered.stops


@pytest.mark.parametrize("form", Form)
def test_not_knowing_a_following_answer_is_never_ok(form: Form) -> None:
    for asked in questions(form):
        for code, words in asked.when:
            if form not in question(code).forms:
                continue
            for word in words:
                answers = leading_to(form, code, word) | {asked.code: "unknown"}
                found = judged(form, answers)
                outcomes = [found[rule].outcome for rule in judges(form, asked.code)]
                assert max(outcomes) > Outcome.UNKNOWN


@st.composite
def cases(draw: st.DrawFn) -> tuple[Form, dict[str, str]]:
    form = draw(st.sampled_from(Form))
    answers = {}
    for asked in questions(form):
        value = draw(st.sampled_from(("", *values(asked))))
        if value:
            answers[asked.code] = value
    return form, answers


@given(cases(), st.data())
@settings(max_examples=150, deadline=None)
def test_whatever_is_answered_a_further_unknown_never_improves_the_check(
    case: tuple[Form, dict[str, str]], data: st.DataObject
) -> None:
    form, answers = case
    findings = check(form, facts(answers))
    assert [f.rule for f in findings] == [rule.code for rule in rules(form)]
    asked = open_questions(findings)
    assert len(asked) == sum(bool(f.ask) for f in findings)
    silent = [code for code in asked if code not in ONLY_POINTED_OUT]
    if not silent:
        return
    code = data.draw(st.sampled_from(silent))
    after = check(form, facts(answers | {code: "unknown"}))
    assert worst(after) >= worst(findings)
    assert headline(after) >= headline(findings)


@pytest.mark.parametrize("form", BETWEEN)
def test_at_the_european_threshold_no_warning_is_left(form: Form) -> None:
    every = [[(q.code, v) for v in values(q)] for q in questions(form) if not q.when]
    for changed in itertools.chain.from_iterable(every):
        answers = complete(form, good(form) | dict([changed]))
        below = judged(form, answers | {"g0_6": "no"})
        above = judged(form, answers | {"g0_6": "yes"})
        assert all(f.outcome is not Outcome.WARNING for f in above.values())
        for code in set(below) - {"g0_6"}:
            assert above[code].outcome >= below[code].outcome


@pytest.mark.parametrize("form", Form)
def test_questions_are_asked_in_the_order_of_the_rules(form: Form) -> None:
    codes = [q.code for q in questions(form)]
    rule_codes = [rule.code for rule in rules(form)]
    assert [code for code in codes if code in rule_codes] == rule_codes
    for asked in questions(form):
        parents = [code for code, _ in asked.when if code in codes]
        if parents:
            assert min(map(codes.index, parents)) < codes.index(asked.code)


def test_figures_are_asked_before_the_share_that_is_calculated_from_them() -> None:
    shares = {
        Form.IN_HOUSE: ("activity_years", "h5"),
        Form.IN_HOUSE_REVERSE: ("activity_years", "r5_share"),
        Form.IN_HOUSE_JOINT: ("activity_years", "k7"),
        Form.HORIZONTAL: ("market_years", "c7"),
    }
    for form, (figures, share) in shares.items():
        codes = [q.code for q in questions(form)]
        at = codes.index(figures)
        assert codes[at : at + 3] == [figures, "activity_measure", share]


def test_a_step_not_due_yet_does_not_make_the_headline() -> None:
    form = Form.PURCHASING_CENTRE
    findings = check(form, facts(good(form) | {"a6": "no", "a7": "no", "a8": "no"}))
    assert headline(findings) is Outcome.INFO
    assert worst(findings) is Outcome.BLOCKED
    assert worst(findings, Stops.ORDER) is Outcome.BLOCKED
    assert worst(findings, Stops.START) is Outcome.OK
    assert worst(()) is Outcome.OK


@pytest.mark.parametrize("form", Form)
def test_a_form_is_judged_from_the_first_day_of_the_law_on(form: Form) -> None:
    assert check(form, facts({}, date(2017, 6, 30)))
    with pytest.raises(NotInForce, match="2017-06-30"):
        check(form, facts({}, date(2017, 6, 29)))


def test_an_answer_of_the_wrong_kind_is_named_not_swallowed() -> None:
    with pytest.raises(UsageError, match=r"perhaps.*j2"):
        check(Form.JOINT_CONTRACT, facts({"j2": "perhaps"}))
    with pytest.raises(UsageError, match=r"many.*h5"):
        check(Form.IN_HOUSE, facts({"h5": "many"}))
    with pytest.raises(UsageError, match="NaN"):
        check(Form.IN_HOUSE, facts({"h5": "NaN"}))
    with pytest.raises(UsageError, match=r"sometimes.*h10"):
        check(Form.IN_HOUSE, facts({"h10": "sometimes"}))
    with pytest.raises(UsageError, match=r"sometimes.*j9"):
        check(Form.JOINT_CONTRACT, facts({"j9": "sometimes"}))
    with pytest.raises(UsageError, match=r"sometimes.*share_basis"):
        check(Form.HORIZONTAL, facts({"share_basis": "sometimes"}))


def _articles(form: Form, code: str, *parties: Administration) -> dict[str, bool]:
    known = Facts(answers={}, on=DAY, administrations=parties)
    found = {f.rule: f for f in check(form, known)}
    return {c.article: c.to_verify for c in found[code].basis}


def test_each_region_has_its_own_articles() -> None:
    walloon = Administration(
        id="w", kind=AdministrationKind.COMMUNE, region=Region.WALLONIA
    )
    cpas = Administration(id="c", kind=AdministrationKind.CPAS, region=Region.WALLONIA)
    brussels = Administration(
        id="b", kind=AdministrationKind.COMMUNE, region=Region.BRUSSELS
    )
    form = Form.PURCHASING_CENTRE
    assert _articles(form, "a6") == {"art. 47": False}
    assert _articles(form, "a6", walloon, cpas) == {
        "art. 47": False,
        "art. L1222-7, § 1": False,
        "art. 84ter": True,
    }
    assert set(_articles(form, "a6", brussels)) == {"art. 47", "art. 117, 234"}
    assert "art. L1124-40, § 1, 3°" in _articles(form, "a8", walloon)
    assert "art. L1124-40, § 1, 3°" not in _articles(form, "a8", brussels)
    assert "art. 117" in _articles(form, "g0_4", brussels)
    joint = _articles(Form.JOINT_CONTRACT, "j4", walloon, cpas)
    assert set(joint) == {"art. 48", "art. L1222-6", "art. 84bis"}


def test_no_number_of_a_legal_text_stands_in_the_code() -> None:
    allowed = {0, 1, 2, 12, 100}
    root = Path(jointbuy.law.__file__).parent
    for path in root.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Constant):
                continue
            number = node.value
            if isinstance(number, int | float) and not isinstance(number, bool):
                assert number in allowed, f"{path.name}:{node.lineno}"
