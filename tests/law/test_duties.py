from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from jointbuy.law import Duty, award_remarks, duties, parameters, procedures
from jointbuy.law.parameters import Value

DAY = date(2026, 11, 20)
CENT = Decimal("0.01")


def owed(
    nature: str,
    estimate: Decimal | int,
    expenditure: Decimal | None = None,
    on: date = DAY,
) -> dict[str, Duty]:
    found = procedures(nature, Decimal(estimate), expenditure, on=on)
    return {duty.name: duty for duty in duties(found)}


def due(name: str, nature: str, estimate: Decimal | int, on: date = DAY) -> bool:
    return owed(nature, estimate, on=on)[name].due


def _periods(name: str) -> list[tuple[date, Value]]:
    return [
        (day, value)
        for value in parameters()[f"thresholds.{name}"].values
        if value.until is None or value.until >= date(2017, 6, 30)
        for day in (max(value.start, date(2017, 6, 30)), value.until or DAY)
    ]


@pytest.mark.parametrize(
    ("nature", "limit"),
    [
        ("works", 140_000),
        ("supplies", 140_000),
        ("services", 140_000),
        ("certain_services", 216_000),
        ("social", 750_000),
    ],
)
def test_a_notice_is_due_from_the_amount_without_publication_on(
    nature: str, limit: int
) -> None:
    assert not due("notice", nature, limit - CENT)
    assert due("notice", nature, limit)
    assert due("notice", nature, limit + CENT)


def test_a_contract_of_low_value_needs_no_notice() -> None:
    found = owed("supplies", 1)["notice"]
    assert not found.due
    assert "low value" in str(found.message)
    assert found.citation.article == "art. 92"
    assert found.limit.value == 30_000
    assert owed("supplies", 30_000)["notice"].citation.article == "art. 90, 1°"


def test_in_europe_the_notice_goes_out_twice() -> None:
    found = owed("supplies", 216_000)["notice"]
    assert found.due
    assert "Official Journal" in str(found.message)
    assert found.limit.value == 216_000
    assert owed("supplies", 215_999)["notice"].limit.value == 140_000


@pytest.mark.parametrize(("on", "value"), _periods("standstill_works"))
def test_large_works_have_a_standstill_below_the_european_threshold(
    on: date, value: Value
) -> None:
    assert not due("standstill", "works", value.value - CENT, on)
    assert due("standstill", "works", value.value, on)
    assert owed("works", value.value, on=on)["standstill"].citation.to_verify


def test_other_contracts_have_one_with_european_publicity_alone() -> None:
    assert not due("standstill", "supplies", Decimal("215999.99"))
    assert due("standstill", "supplies", 216_000)
    assert due("standstill", "works", 5_404_000)


@pytest.mark.parametrize(("on", "value"), _periods("simplified_information"))
def test_the_simplified_rules_end_at_their_amount_to_approve(
    on: date, value: Value
) -> None:
    for spent, whole in [(value.value - CENT, False), (value.value, True)]:
        found = owed("works", 1_000_000, spent, on)["information"]
        assert found.due is whole
    assert owed("supplies", 1, None, on)["information"].due is False
    assert owed("supplies", 230_000, Decimal(1), on)["information"].due


@pytest.mark.parametrize(
    ("on", "limit"), [(date(2023, 5, 1), 30_000), (date(2024, 3, 1), 3_000)]
)
def test_an_electronic_invoice_is_due_from_its_amount_on(on: date, limit: int) -> None:
    assert "electronic_invoice" not in owed("supplies", limit - CENT, on=on)
    assert owed("supplies", limit, on=on)["electronic_invoice"].due


def test_what_is_not_known_on_a_day_is_left_out() -> None:
    assert "electronic_invoice" not in owed("supplies", 100_000, on=date(2023, 4, 30))
    assert owed("supplies", 100_000, on=date(2023, 4, 30))["notice"]


@pytest.mark.parametrize("nature", ["works", "supplies", "services", "social"])
def test_every_duty_has_its_article_and_its_value(nature: str) -> None:
    for amount in (0, 50_000, 200_000, 8_000_000):
        for duty in owed(nature, amount).values():
            assert duty.citation.source
            assert duty.citation.article or duty.citation.to_verify
            assert str(duty.message)
            assert duty.limit.value


def test_the_second_test_at_the_award_is_told() -> None:
    def remarks(estimate: int, expenditure: int | None, nature: str = "works") -> str:
        spent = None if expenditure is None else Decimal(expenditure)
        found = procedures(nature, Decimal(estimate), spent, on=DAY)
        return " ".join(str(each) for each in award_remarks(found))

    assert "cannot be awarded so" in remarks(139_000, 140_000)
    assert "why the estimate was realistic" in remarks(140_000, 139_999)
    assert remarks(139_000, 139_999) == ""
    assert remarks(150_000, 160_000) == ""
    assert remarks(139_000, None) == ""
    assert remarks(20_000, 150_000) == ""  # low value is tested on the estimate
    assert remarks(700_000, 800_000, "social") == ""
    assert remarks(216_000, 100_000, "supplies") == ""
