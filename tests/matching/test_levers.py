"""What would change the advice is said with the points it would really move."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jointbuy.errors import Arg, Message
from jointbuy.matching import weights
from jointbuy.matching.joint import Group, weigh
from jointbuy.matching.levers import (
    Lacking,
    after_contracts,
    by_estimates,
    gain,
    later_end,
    levers,
    score,
    signed,
    worth_it,
)
from jointbuy.model import Contract

WHO = Arg(name="", text="OCMW Dalbos")
ON = date(2026, 11, 20)


def group(**fields: Any) -> Group:
    known: dict[str, Any] = {
        "participants": 2,
        "certainty": 0.8,
        "codes": frozenset({"30197630"}),
        "first": date(2027, 9, 1),
        "last": date(2027, 12, 31),
        "nearness": "same_place",
        "volumes": (50_000.0, 50_000.0),
        "add_up": True,
        "on": ON,
        **fields,
    }
    return Group(**known)


def told(*messages: Message | None) -> str:
    return " ".join(str(one) for one in messages if one is not None)


def test_where_everything_fits_there_is_nothing_to_pull() -> None:
    assert levers(group(), Lacking()) == ()


@pytest.mark.parametrize(
    ("facts", "sentence", "points"),
    [
        ({"differing": 2}, "agreed on the requirements only some have", 6),
        ({"mixed": True}, "supplies or services", 3),
        ({"durations": (12, 48)}, "agreed on one duration", 3),
        ({"codes": frozenset({"30197630", "79800000"})}, "one code fits them all", 14),
    ],
)
def test_what_they_could_agree_on_has_its_points(
    facts: dict[str, Any], sentence: str, points: int
) -> None:
    (found,) = levers(group(**facts), Lacking())
    assert sentence in str(found)
    assert f"+{points}" in str(found)


def test_durations_within_a_year_need_no_agreement() -> None:
    assert levers(group(durations=(36, 47)), Lacking()) == ()
    assert len(levers(group(durations=(36, 48)), Lacking())) == 1


def test_small_purchases_hear_from_which_volume_on_it_pays() -> None:
    small = group(volumes=(2_000.0, 2_000.0))
    assert weights.does_not_pay([2_000.0, 2_000.0])
    enough = worth_it([2_000.0, 2_000.0])
    assert not weights.does_not_pay([enough / 2, enough / 2])
    assert weights.does_not_pay([(enough - 1000) / 2, (enough - 1000) / 2])
    (found,) = levers(small, Lacking())
    assert str(enough) in str(found)
    moved = score(replace(small, volumes=(enough / 2, enough / 2))) - score(small)
    assert signed(moved) in str(found)
    assert levers(group(volumes=(0.0, 0.0)), Lacking()) == ()


def test_an_estimate_may_move_it_both_ways() -> None:
    unknown = group(volumes=())
    least, most = by_estimates(unknown, 2)
    assert least < 0 < most
    found = told(*levers(unknown, Lacking(estimate=WHO)))
    assert f"{least:+d} to {most:+d}" in found
    assert "OCMW Dalbos" in found
    assert levers(group(), Lacking(estimate=WHO)) == ()


def test_what_is_missing_has_the_points_it_could_bring() -> None:
    poor = group(codes=frozenset(), add_up=False, nearness="distance_unknown")
    lacking = Lacking(quantity=WHO, code=WHO, place=WHO, declared="30197630")
    found = [str(one) for one in levers(poor, lacking)]
    assert len(found) == 3
    assert "gave a quantity in a unit that converts (+3)" in found[0]
    assert "A code from OCMW Dalbos would move it by -5 to +9" in found[1]
    assert "up to +10" in found[2]
    unit = levers(group(add_up=False), Lacking(unit=WHO))
    assert "counted in a unit that converts (+3)" in told(*unit)


def test_a_window_that_is_missing_can_only_shorten_the_common_one() -> None:
    (found,) = levers(group(), Lacking(window=WHO))
    assert "down to -8" in str(found)
    assert levers(group(later=1), Lacking(window=WHO)) == ()


def test_who_ends_first_hears_until_when_to_wait() -> None:
    near = group(first=date(2027, 1, 1), last=date(2027, 1, 31))
    found = later_end(near, WHO)
    assert found is not None
    assert "start on 2027-05-19 instead of 2027-01-31" in str(found)
    moved = replace(near, last=date(2027, 5, 19))
    assert signed(gain(near, moved)) in str(found)
    assert "launch_near" not in dict(weigh(moved))
    assert later_end(group(), WHO) is None
    assert later_end(group(last=None), WHO) is None


def contract(**fields: Any) -> Contract:
    return Contract(id="k", administration="cpas", title="Papier", **fields)


def test_the_launch_can_wait_for_the_end_of_what_runs() -> None:
    bound = group(running=1)
    ends = contract(end=date(2027, 11, 30))
    found = after_contracts(bound, [(WHO, ends)], bound.first)
    assert "waited until 2027-12-01" in told(found)
    moved = replace(bound, first=date(2027, 12, 1), running=0, ending=1)
    assert f"({gain(bound, moved):+d})" in told(found)
    last_day = contract(end=date(2027, 12, 30))
    assert "waited until 2027-12-31" in told(
        after_contracts(
            replace(bound, first=date(2027, 12, 31)),
            [(WHO, last_day), (WHO, ends)],
            bound.first,
        )
    )


def test_notice_is_a_lever_only_while_it_can_be_given() -> None:
    bound = group(running=1)
    late = date(2028, 6, 30)

    def found(*contracts: Contract) -> str:
        owned = [(WHO, one) for one in contracts]
        return told(after_contracts(bound, owned, bound.first))

    assert "in time for the launch (+6)" in found(contract(end=late, notice=ON))
    assert found(contract(end=late, notice=date(2026, 11, 19))) == ""
    assert "in time for the launch" in found(contract(end=late))
    assert "in time for the launch" in found(contract())
    assert "in time for the launch" in found(contract(end=date(2027, 12, 31)))
    assert after_contracts(group(), [(WHO, contract())], bound.first) is None


amounts = st.lists(st.floats(1, 9_999), min_size=2, max_size=6)


@settings(max_examples=80, deadline=None, derandomize=True, database=None)
@given(amounts)
def test_the_volume_that_is_told_really_pays(volumes: list[float]) -> None:
    enough = worth_it(volumes)
    whole = sum(volumes)
    assert enough % 1000 == 0
    assert not weights.does_not_pay([volume * enough / whole for volume in volumes])
    if not weights.does_not_pay(volumes):
        assert enough - 1000 <= whole
