from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from jointbuy.errors import NotInForce, UsageError
from jointbuy.law import estimation

DAY = date(2026, 11, 20)
ONE = Decimal("1000.10")


def test_everything_that_may_have_to_be_paid_counts() -> None:
    found = estimation.whole(
        Decimal(100),
        options=Decimal(10),
        renewals=Decimal(300),
        tranches=[Decimal(40), Decimal(50)],
        premiums=Decimal(5),
        repetition=Decimal(60),
        goods=Decimal("7.50"),
    )
    assert found.amount == Decimal("572.50")
    assert [step.rule for step in found.steps] == [
        "firm",
        "options",
        "renewals",
        "tranches",
        "tranches",
        "premiums",
        "repetition",
        "goods",
    ]
    assert all(step.citation.article for step in found.steps)
    assert "Conditional tranche 2" in [str(step.message) for step in found.steps]


def test_all_lots_count_and_what_is_nothing_is_left_out() -> None:
    found = estimation.whole(lots=[Decimal(1), Decimal(2)], options=Decimal(0))
    assert found.amount == 3
    assert len(found.steps) == 2
    assert estimation.whole().amount == 0


def test_a_framework_counts_with_its_maximum() -> None:
    assert estimation.framework(Decimal(90)).amount == 90


def test_what_comes_back_is_estimated_on_the_past_year_or_the_next() -> None:
    past = estimation.recurring_past(Decimal(900), change=Decimal(-100), on=DAY)
    assert past.amount == 800
    assert len(past.steps) == 2
    assert len(estimation.recurring_past(Decimal(900), on=DAY).steps) == 1
    for months, counted in [(None, 12), (1, 12), (12, 12), (13, 13), (36, 36)]:
        found = estimation.recurring_coming(ONE, months=months, on=DAY)
        assert found.amount == ONE * counted
    with pytest.raises(UsageError, match="zero or more"):
        estimation.recurring_past(Decimal(900), change=Decimal(-901), on=DAY)


@pytest.mark.parametrize(
    ("months", "counted"),
    [(None, 48), (1, 1), (47, 47), (48, 48), (49, 48), (120, 48)],
)
def test_services_without_total_price_count_a_limited_number_of_months(
    months: int | None, counted: int
) -> None:
    found = estimation.without_total_price(ONE, months=months, on=DAY)
    assert found.amount == ONE * counted
    said = str(found.steps[0].message)
    assert str(counted) in said
    assert ("No end" in said) is (months is None)
    assert ("longer" in said) is (months is not None and months > counted)


@pytest.mark.parametrize(
    ("months", "counted", "with_residual"),
    [
        (None, 48, False),
        (1, 1, False),
        (11, 11, False),
        (12, 12, False),
        (13, 13, True),
        (60, 60, True),
    ],
)
def test_a_rental_counts_its_term_and_a_longer_one_its_residual_value(
    months: int | None, counted: int, *, with_residual: bool
) -> None:
    residual = Decimal("500.55")
    found = estimation.rental(ONE, months=months, residual=residual, on=DAY)
    assert found.amount == ONE * counted + (residual if with_residual else 0)
    assert bool(found.remarks) is not with_residual
    assert not estimation.rental(ONE, months=months, on=DAY).remarks


def test_a_joint_contract_adds_everybody_and_a_centre_all_beneficiaries() -> None:
    parts = [("commune", Decimal(100)), ("cpas", Decimal("0.50"))]
    for sum_ in (estimation.participants, estimation.beneficiaries):
        found = sum_(parts)
        assert found.amount == Decimal("100.50")
        assert "cpas" in str(found.steps[1].message)


def test_a_unit_is_estimated_apart_only_when_it_buys_and_pays_by_itself() -> None:
    own, others = estimation.whole(Decimal(20), options=Decimal(10)), Decimal(70)
    found = {
        known: estimation.unit_apart(own, others, autonomous=known)
        for known in (True, False, None)
    }
    assert [found[known].amount for known in (True, False, None)] == [30, 100, 100]
    assert "not known" in str(found[None].remarks[0])
    assert "70" in str(found[True].remarks[0])


def test_estimates_add_up_with_their_steps() -> None:
    found = estimation.whole(Decimal(1)) + estimation.framework(Decimal(2))
    assert found.amount == 3
    assert len(found.steps) == 2


def test_what_cannot_be_estimated_is_refused() -> None:
    with pytest.raises(UsageError, match="zero or more"):
        estimation.whole(Decimal(-1))
    with pytest.raises(UsageError, match="zero or more"):
        estimation.rental(ONE, residual=Decimal(-1), on=DAY)
    with pytest.raises(UsageError, match="zero or more"):
        estimation.unit_apart(estimation.NOTHING, Decimal(-1), autonomous=True)
    for month in (0, -3):
        with pytest.raises(UsageError, match="at least one month"):
            estimation.without_total_price(ONE, months=month, on=DAY)
    for count in (estimation.without_total_price, estimation.rental):
        assert count(ONE, on=date(2028, 1, 1)) == count(ONE, on=DAY)
        with pytest.raises(NotInForce):
            count(ONE, on=date(2017, 6, 29))
