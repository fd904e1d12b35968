from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from jointbuy.errors import NotInForce, UsageError
from jointbuy.law import (
    PROCEDURES,
    Part,
    Value,
    compare,
    eu_threshold,
    joint_estimate,
    parameters,
    procedure_title,
    procedures,
)
from jointbuy.model import Nature

DAY = date(2026, 11, 20)
CENT = Decimal("0.01")
ONE = Decimal(1)
ALWAYS = ("open", "restricted")


def _values(name: str, since: date = date(2017, 6, 30)) -> list[Value]:
    found = parameters()[f"thresholds.{name}"].values
    return [value for value in found if value.until is None or value.until >= since]


def _periods(*names: str) -> list[tuple[str, Value]]:
    return [(name, value) for name in names for value in _values(name)]


def _days(value: Value) -> tuple[date, ...]:
    first = max(value.start, date(2017, 6, 30))
    return (first, value.until or first)


@pytest.mark.parametrize(
    ("name", "value"), _periods("eu_works", "eu_central", "eu_local", "eu_social")
)
def test_european_publicity_begins_at_the_threshold(name: str, value: Value) -> None:
    nature, authority = {
        "eu_works": ("works", "local"),
        "eu_central": ("supplies", "central"),
        "eu_local": ("services", "local"),
        "eu_social": ("social", "local"),
    }[name]
    for on in _days(value):
        below = procedures(nature, value.value - CENT, authority=authority, on=on)
        at = procedures(nature, value.value, authority=authority, on=on)
        above = procedures(nature, value.value + CENT, authority=authority, on=on)
        assert [p.eu_publicity for p in (below, at, above)] == [False, True, True]
        assert "competitive_negotiation" in below.names
        assert "competitive_negotiation" not in at.names
        if nature != "works":
            assert "negotiated_with_publication" in below.names
            assert ("negotiated_with_publication" in at.names) == (nature == "social")
        assert at.names[-2:] == ALWAYS


@pytest.mark.parametrize(
    ("on", "amount"),
    [
        (date(2017, 12, 31), 209_000),
        (date(2018, 1, 1), 221_000),
        (date(2019, 12, 31), 221_000),
        (date(2020, 1, 1), 214_000),
        (date(2021, 12, 31), 214_000),
        (date(2022, 1, 1), 215_000),
        (date(2023, 12, 31), 215_000),
        (date(2024, 1, 1), 221_000),
        (date(2025, 12, 31), 221_000),
        (date(2026, 1, 1), 216_000),
        (date(2027, 12, 31), 216_000),
    ],
)
def test_the_european_threshold_changes_on_its_day(on: date, amount: int) -> None:
    assert eu_threshold(Nature.SUPPLIES, "local", on).value == amount


@pytest.mark.parametrize("value", _values("negotiated_without_publication"))
def test_without_publication_tests_the_expenditure_to_approve(value: Value) -> None:
    name = "negotiated_without_publication"
    estimate = value.value + 1
    for on in _days(value):
        below = procedures("services", estimate, value.value - CENT, on=on)
        at = procedures("services", estimate, value.value, on=on)
        assert name in below.names
        assert name not in at.names
        found = below.get(name)
        assert found is not None
        assert (found.tests, found.planned) == ("expenditure", False)
        assert found.tested == value.value - CENT
        planned = procedures("services", value.value - CENT, on=on).get(name)
        assert planned is not None
        assert planned.planned
        assert "again at the award" in str(planned.message)
        assert procedures("services", value.value, on=on).get(name) is None


def test_an_expenditure_under_a_european_estimate_does_not_avoid_publication() -> None:
    found = procedures("services", Decimal(216_000), Decimal(100_000), on=DAY)
    assert found.names == ALWAYS


@pytest.mark.parametrize("nature", ["works", "supplies", "services", "social"])
def test_low_value_is_tested_on_the_estimate(nature: str) -> None:
    below = procedures(nature, Decimal("29999.99"), Decimal(40_000), on=DAY)
    at = procedures(nature, Decimal(30_000), Decimal(10_000), on=DAY)
    assert below.low_value
    assert below.lightest.name == "low_value"
    assert not at.low_value


def test_social_services_have_their_own_amounts() -> None:
    below = procedures("social", Decimal("749999.99"), on=DAY)
    at = procedures("social", Decimal(750_000), on=DAY)
    name = "negotiated_without_publication"
    found = below.get(name)
    assert found is not None
    assert (found.tests, found.planned) == ("estimate", False)
    assert at.names == ("negotiated_with_publication", *ALWAYS)
    assert at.procedures[0].threshold is None


def test_works_with_publication_stay_below_a_fixed_amount() -> None:
    name = "negotiated_with_publication"
    assert name in procedures("works", Decimal("749999.99"), on=DAY).names
    assert name not in procedures("works", Decimal(750_000), on=DAY).names
    assert procedures("works", Decimal(5_403_999), on=DAY).names == (
        "competitive_negotiation",
        *ALWAYS,
    )


def test_the_amounts_of_2026_are_lower_than_before() -> None:
    amount = Decimal(218_000)
    assert not procedures("supplies", amount, on=date(2025, 12, 31)).eu_publicity
    assert procedures("supplies", amount, on=date(2026, 1, 1)).eu_publicity


@pytest.mark.parametrize("value", _values("lots"))
def test_lots_must_be_considered_from_the_amount_on(value: Value) -> None:
    for on in _days(value):
        assert procedures("works", value.value, on=on).lots_due
        assert not procedures("works", value.value - CENT, on=on).lots_due


@pytest.mark.parametrize("nature", ["works", "supplies", "services", "social"])
@pytest.mark.parametrize("on", [date(2017, 6, 29), date(2028, 1, 1)])
def test_other_days_have_no_answer(nature: str, on: date) -> None:
    with pytest.raises(NotInForce):
        procedures(nature, Decimal(1000), on=on)
    one = timedelta(days=1)
    inside = on + one if on.year == 2017 else on - one
    assert procedures(nature, Decimal(1000), on=inside).low_value


def test_every_procedure_has_a_name_a_source_and_a_sentence() -> None:
    found = procedures(Nature.SERVICES, Decimal(0), on=DAY)
    assert found.names == PROCEDURES
    for each in found.procedures:
        assert each.citation.article.startswith("art.")
        assert str(each.title) == str(procedure_title(each.name))
        assert str(each.message)
        assert (each.threshold is None) == (each.name in ALWAYS)
    assert found.get("auction") is None
    with pytest.raises(UsageError, match="auction"):
        procedure_title("auction")


def test_a_procedure_of_its_own_article_cites_it() -> None:
    name, amount = "negotiated_without_publication", Decimal(100_000)
    found = {
        nature: procedures(nature, amount, on=DAY).get(name)
        for nature in ("supplies", "social", "certain_services")
    }
    cited = {n: each.citation for n, each in found.items() if each is not None}
    assert cited["supplies"].article == "art. 42, § 1, 1°, a"
    assert cited["social"].article == "art. 88–90"
    assert cited["certain_services"].to_verify


def test_special_sectors_have_a_threshold_and_no_procedures() -> None:
    limits = {"works": 5_404_000, "services": 432_000, "social": 1_000_000}
    for nature, limit in limits.items():
        assert eu_threshold(nature, "utilities", DAY).value == limit
        with pytest.raises(UsageError, match=str(limit)):
            procedures(nature, Decimal(1), authority="utilities", on=DAY)


@pytest.mark.parametrize(
    ("nature", "amount", "authority", "complaint"),
    [
        ("gifts", "1", "local", "gifts"),
        ("works", "1", "papal", "papal"),
        ("works", "-0.01", "local", "zero or more"),
        ("works", "NaN", "local", "zero or more"),
    ],
)
def test_what_makes_no_sense_is_refused(
    nature: str, amount: str, authority: str, complaint: str
) -> None:
    with pytest.raises(UsageError, match=complaint):
        procedures(nature, Decimal(amount), authority=authority, on=DAY)


def test_a_joint_estimate_adds_everything_of_everybody() -> None:
    parts = (
        Part(
            administration="commune",
            estimate=Decimal(100),
            options=Decimal(10),
            renewals=Decimal(50),
            premiums=Decimal(5),
        ),
        Part(administration="cpas", estimate=Decimal("0.50")),
    )
    assert joint_estimate(parts) == Decimal("165.50")
    assert joint_estimate(()) == 0


def test_joining_can_take_a_lighter_procedure_away() -> None:
    parts = [
        Part(administration=name, estimate=Decimal(110_000)) for name in ("a", "b")
    ]
    found = compare(parts, "supplies", on=DAY)
    assert found.heavier
    assert found.joint.eu_publicity
    assert found.lost == (
        "negotiated_without_publication",
        "negotiated_with_publication",
        "competitive_negotiation",
    )
    assert [name for name, _ in found.alone] == ["a", "b"]
    small = [Part(administration=n, estimate=Decimal(9_000)) for n in ("a", "b", "c")]
    assert not compare(small, "supplies", on=DAY).heavier


def test_joining_says_where_it_tips_over() -> None:
    halves = [Part(administration=n, estimate=Decimal(70_000)) for n in ("a", "b")]
    tipped = compare(halves, "supplies", on=DAY)
    assert tipped.heavier
    assert not tipped.joint.eu_publicity
    assert "reach 140000, which none of them reaches alone" in str(tipped.message)
    cheaper = compare(halves, "supplies", expenditure=Decimal(139_000), on=DAY)
    assert not cheaper.crossed
    assert not cheaper.heavier
    assert "no heavier procedure" in str(cheaper.message)
    large = replace(halves[0], estimate=Decimal(200_000))
    little = replace(halves[1], estimate=ONE)
    same = compare([large, little], "supplies", on=DAY)
    assert not same.crossed
    assert "no heavier procedure" in str(same.message)


def test_joining_tips_over_by_its_expenditure_or_a_lower_threshold_too() -> None:
    halves = [Part(administration=n, estimate=Decimal(50_000)) for n in ("a", "b")]
    dearer = compare(halves, "supplies", expenditure=Decimal(140_000), on=DAY)
    federal = [
        replace(halves[0], estimate=Decimal(200_000)),
        replace(halves[1], estimate=ONE, authority="central"),
    ]
    lower = compare(federal, "supplies", on=DAY)
    for found in (dearer, lower):
        assert found.heavier
        assert not found.crossed
        assert "heavier procedure than any of them alone" in str(found.message)
    assert dearer.room.step.lightest.name == dearer.joint.lightest.name


def test_the_expenditure_of_a_joint_contract_is_known_when_all_parts_are() -> None:
    one = Part(administration="a", estimate=Decimal(90), expenditure=Decimal(80))
    two = Part(administration="b", estimate=Decimal(90))
    assert compare((one, one), "works", on=DAY).joint.expenditure == 160
    assert compare((one, two), "works", on=DAY).joint.expenditure is None


def test_a_central_authority_brings_the_lowest_threshold() -> None:
    local = Part(administration="commune", estimate=Decimal(70_000))
    federal = Part(
        administration="state", estimate=Decimal(80_000), authority="central"
    )
    assert compare((local, federal), "supplies", on=DAY).joint.eu_publicity
    with pytest.raises(UsageError, match="at least one"):
        compare((), "supplies", on=DAY)
