"""Which articles a finding cites: those that fit, each text and place once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from jointbuy.law import Facts, check
from jointbuy.law.parameters import own_values
from jointbuy.model import Citation, Form, OwnValue

DAY = date(2026, 11, 20)
LAW = "Law of 17 June 2016 on public procurement"


def cited(form: Form, code: str, **answers: str) -> tuple[Citation, ...]:
    findings = check(form, Facts(answers=answers, on=DAY))
    return next(found.basis for found in findings if found.rule == code)


def articles(basis: tuple[Citation, ...]) -> list[str]:
    return [each.article for each in basis if each.source == LAW]


YEARS = "2023=90/100; 2024=90/100; 2025=90/100"


@pytest.mark.parametrize(
    ("form", "code", "article"),
    [
        (Form.IN_HOUSE, "h5", "art. 30, § 1, 2°; § 4"),
        (Form.IN_HOUSE_JOINT, "k7", "art. 30, § 3, 2°; § 4"),
    ],
)
def test_the_share_of_activity_cites_the_paragraph_of_its_control_once(
    form: Form, code: str, article: str
) -> None:
    typed = cited(form, code, **{code: "81"})
    figures = cited(form, code, activity_years=YEARS, activity_measure="turnover")
    assert articles(typed) == articles(figures) == [article]


def test_a_value_of_the_register_is_cited_beside_the_article() -> None:
    own = own_values([
        OwnValue(
            id="v1",
            parameter="cooperation.in_house_activity",
            value=Decimal(75),
            start=DAY,
            source=LAW,
            article="art. 30",
        )
    ])  # fmt: skip
    findings = check(Form.IN_HOUSE, Facts(answers={"h5": "78"}, on=DAY, own=own))
    basis = next(found.basis for found in findings if found.rule == "h5")
    assert [each.article for each in basis if each.own] == ["art. 30"]
    assert "art. 30, § 1, 2°; § 4" in articles(basis)


def test_nothing_is_cited_twice_in_one_finding() -> None:
    for form in Form:
        for found in check(form, Facts(answers={}, on=DAY)):
            places = [(each.source, each.article) for each in found.basis]
            assert len(places) == len(set(places)), found.rule


def test_employment_under_article_60_rests_on_that_article_alone() -> None:
    basis = cited(Form.STAFF_PLACEMENT, "t2", t1="contractual", t2="no", t10="yes")
    assert [each.article for each in basis] == ["art. 60, § 7"]
    otherwise = cited(Form.STAFF_PLACEMENT, "t2", t1="contractual", t2="no", t10="no")
    assert "art. 144bis" in [each.article for each in otherwise]
