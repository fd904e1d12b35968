from __future__ import annotations

import itertools
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jointbuy.errors import NotInForce, UsageError
from jointbuy.law import NATURES, parameters, procedures, room, tipping

DAY = date(2026, 11, 20)
CENT = Decimal("0.01")

KINDS = [(n, a) for n in NATURES for a in ("local", "central")]
PERIODS = [
    day
    for value in parameters()["thresholds.eu_local"].values
    if value.until and value.until >= date(2017, 6, 30)
    for day in (max(value.start, date(2017, 6, 30)), value.until)
]


@pytest.mark.parametrize(("nature", "authority"), KINDS)
@pytest.mark.parametrize("on", PERIODS)
def test_the_ladder_agrees_with_the_procedures_at_each_of_its_steps(
    nature: str, authority: str, on: date
) -> None:
    steps = tipping(nature, authority, on=on)
    assert steps[0].start == 0
    assert steps[-1].end is None
    for before, after in itertools.pairwise(steps):
        assert before.end == after.start - CENT
        assert before.names != after.names
    for step in steps:
        for amount in (step.start, step.start + CENT):
            found = procedures(nature, amount, authority=authority, on=on)
            assert (found.names, found.eu_publicity, found.publication) == (
                step.names,
                step.allowed.eu_publicity,
                step.allowed.publication,
            )
        if step.start:
            below = procedures(nature, step.start - CENT, authority=authority, on=on)
            assert below.names != step.names
            assert step.limits


@given(
    st.sampled_from(KINDS),
    st.sampled_from(PERIODS),
    st.decimals(min_value=0, max_value=9_000_000, places=2),
)
def test_any_amount_stands_on_the_step_whose_procedures_it_allows(
    kind: tuple[str, str], on: date, amount: Decimal
) -> None:
    nature, authority = kind
    steps = tipping(nature, authority, on=on)
    found = room(amount, steps)
    assert (
        found.step.names == procedures(nature, amount, authority=authority, on=on).names
    )
    assert sum(step.holds(amount) for step in steps) == 1
    if found.beyond is None:
        assert found.left is None
        assert found.step is steps[-1]
    else:
        assert found.left is not None
        assert amount + found.left == found.beyond.start
        assert found.left > 0


@pytest.mark.parametrize(
    ("nature", "authority", "starts"),
    [
        ("supplies", "local", [0, 30_000, 140_000, 216_000]),
        ("services", "local", [0, 30_000, 140_000, 216_000]),
        ("supplies", "central", [0, 30_000, 140_000]),
        ("works", "local", [0, 30_000, 140_000, 750_000, 5_404_000]),
        ("works", "central", [0, 30_000, 140_000, 750_000, 5_404_000]),
        ("social", "local", [0, 30_000, 750_000]),
        ("certain_services", "local", [0, 30_000, 216_000]),
        ("certain_services", "central", [0, 30_000, 140_000]),
    ],
)
def test_the_ladders_of_2026(nature: str, authority: str, starts: list[int]) -> None:
    assert [step.start for step in tipping(nature, authority, on=DAY)] == starts


def test_a_step_says_from_which_euro_another_procedure_is_due() -> None:
    steps = tipping("supplies", on=DAY)
    said = [str(step.message) for step in steps]
    assert said[0].startswith("Up to 29999.99: contract of low value")
    assert said[1].startswith("From 30000 up to 139999.99: negotiated procedure")
    assert said[3].startswith("From 216000 on: open procedure")
    left = room(Decimal(116_600), steps)
    assert left.left == 23_400
    assert "23400 below 140000" in str(left.message)
    assert "last step" in str(room(Decimal(216_000), steps).message)
    assert not any(step.to_verify for step in steps)
    assert tipping("certain_services", on=DAY)[-1].to_verify


AMOUNTS = st.decimals(min_value=0, max_value=9_000_000, places=2) | st.sampled_from(
    [limit + off for limit in (30_000, 140_000, 216_000, 750_000) for off in (-CENT, 0)]
).map(Decimal)


@given(st.sampled_from(KINDS), st.sampled_from(PERIODS), AMOUNTS, AMOUNTS)
def test_with_an_expenditure_it_points_at_the_lightest_procedure(
    kind: tuple[str, str], on: date, amount: Decimal, spent: Decimal
) -> None:
    nature, authority = kind
    steps = tipping(nature, authority, expenditure=spent, on=on)
    found = room(amount, steps)
    allowed = procedures(nature, amount, spent, authority, on=on)
    assert found.step.names == allowed.names
    assert found.step.lightest.name == allowed.lightest.name
    for tip in found.spending:
        at, before = (
            procedures(nature, amount, value, authority, on=on).lightest.name
            for value in (tip.limit, tip.limit - CENT)
        )
        assert at != before
        assert tip.across.name == (at if tip.left > 0 else before)
        assert {at, before} >= {tip.across.name, allowed.lightest.name}


def test_headroom_is_told_of_the_value_that_each_boundary_tests() -> None:
    def told(estimate: int, spent: int) -> tuple[str, str]:
        steps = tipping("services", expenditure=Decimal(spent), on=DAY)
        found = room(Decimal(estimate), steps)
        return found.step.lightest.name, str(found.message)

    name, said = told(100_000, 140_000)
    assert name == "negotiated_with_publication"
    assert "estimate of 100000 lies 116000 below 216000" in said
    assert "140000, is not below 140000; this excludes: negotiated procedure" in said
    name, said = told(150_000, 100_000)
    assert name == "negotiated_without_publication"
    assert "estimate of 150000 lies 66000 below 216000" in said
    assert "100000, lies 40000 below 140000, from which on another" in said
    name, said = told(20_000, 145_000)
    assert name == "low_value"
    assert "10000 below 30000" in said
    assert "with prior publication" in said
    assert "this excludes" not in said
    name, said = told(216_000, 100_000)
    assert name == "open"
    assert said.endswith("calls for no other procedure.")


def test_a_ladder_needs_values_and_an_amount() -> None:
    for on in (date(2017, 6, 29), date(2028, 1, 1)):
        with pytest.raises(NotInForce):
            tipping("works", on=on)
    with pytest.raises(UsageError, match="zero or more"):
        room(Decimal(-1), tipping("works", on=DAY))
    with pytest.raises(UsageError, match="no ladder"):
        room(Decimal(1), ())
