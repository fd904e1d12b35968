"""A group put together by hand is weighed as the others, with what is against it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from jointbuy.errors import Refused, UsageError
from jointbuy.matching import Inputs, propose
from jointbuy.matching.regroup import Regrouped, regroup
from jointbuy.model import (
    Administration,
    CandidateKind,
    Contract,
    Nature,
    Need,
)

ON = date(2026, 11, 20)
EARLY, LATE = date(2027, 3, 1), date(2027, 9, 30)


def paper(who: str, **more: Any) -> Need:
    fields: dict[str, Any] = {
        "id": f"n-{who}",
        "title": "Papier à copier",
        "cpv": "30197644",
        "language": "fr",
        "nature": Nature.SUPPLIES,
        "estimate": Decimal(40_000),
        "earliest": EARLY,
        "latest": LATE,
        **more,
    }
    return Need(administration=who, **fields)


@pytest.fixture
def look(administrations: tuple[Administration, ...]) -> Any:
    def inputs(*needs: Need, **more: Any) -> Inputs:
        fields: dict[str, Any] = {"on": ON, "max_framework_months": 48, **more}
        return Inputs(needs=needs, administrations=administrations, **fields)

    return inputs


def again(inputs: Inputs, *ids: str, launch: date | None = None) -> Regrouped:
    wanted = ids or tuple(need.id for need in inputs.needs)
    return regroup(inputs, wanted, launch)


def test_what_matching_proposes_is_the_same_when_it_is_put_together_by_hand(
    look: Any,
) -> None:
    inputs = look(
        paper("commune"),
        paper("cpas", title="Kopieerpapier A4", language="nl"),
        paper("zone", earliest=date(2027, 11, 1), latest=date(2027, 12, 31)),
    )
    proposed = [c for c in propose(inputs) if c.kind is CandidateKind.JOINT]
    assert proposed
    for candidate in proposed:
        found = regroup(inputs, candidate.needs)
        assert found.candidate == candidate
        assert found.objections == ()


def test_the_first_day_on_which_all_can_start_is_the_launch(look: Any) -> None:
    inputs = look(paper("commune"), paper("cpas", earliest=date(2027, 5, 1)))
    assert again(inputs).candidate.launch == date(2027, 5, 1)


def test_who_can_only_start_later_enters_later(look: Any) -> None:
    later = paper("cpas", earliest=date(2027, 12, 1), latest=date(2028, 1, 31))
    found = again(look(paper("commune"), later)).candidate
    assert found.launch == EARLY
    assert [entry.on for entry in found.entries] == [EARLY, date(2027, 12, 1)]


@pytest.mark.parametrize(
    ("launch", "can"),
    [
        (EARLY, True),
        (LATE, True),
        (date(2027, 10, 1), False),
        (date(2027, 2, 28), False),
    ],
)
def test_the_launch_lies_within_the_windows(
    look: Any, launch: date, *, can: bool
) -> None:
    inputs = look(paper("commune"), paper("cpas"))
    if can:
        assert again(inputs, launch=launch).candidate.launch == launch
    else:
        with pytest.raises(Refused, match="Nobody can start"):
            again(inputs, launch=launch)


def test_everybody_who_cannot_start_is_named_with_the_days_lacking(look: Any) -> None:
    inputs = look(
        paper("commune"),
        paper("cpas", latest=date(2027, 4, 30)),
        paper("zone", earliest=date(2027, 6, 11)),
    )
    with pytest.raises(Refused) as refused:
        again(inputs, launch=date(2027, 5, 10))
    assert str(refused.value).startswith("Not all of them")
    (problem,) = refused.value.problems
    assert "by 2027-04-30, 10 days earlier" in str(problem.message)
    with pytest.raises(Refused) as refused:
        again(inputs, launch=date(2027, 2, 1))
    told = [str(problem.message) for problem in refused.value.problems]
    assert len(told) == 3
    assert any("before 2027-06-11, 130 days later" in text for text in told)


def test_a_day_that_has_passed_is_refused(look: Any) -> None:
    inputs = look(paper("commune", earliest=None), paper("cpas", earliest=None))
    assert again(inputs, launch=ON).candidate.launch == ON
    with pytest.raises(UsageError, match="later day"):
        again(inputs, launch=date(2026, 11, 19))


@pytest.mark.parametrize(
    ("start", "can"), [("2031-02-28", True), ("2031-03-01", False)]
)
def test_nobody_enters_a_framework_that_has_ended(
    look: Any, start: str, *, can: bool
) -> None:
    """Launched on 1 March 2027 for 48 months: it ends on 28 February 2031."""
    much_later = paper("cpas", earliest=date.fromisoformat(start), latest=None)
    inputs = look(paper("commune"), much_later)
    if can:
        assert len(again(inputs).candidate.entries) == 2
    else:
        with pytest.raises(Refused, match="would have ended"):
            again(inputs)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"earliest": LATE, "latest": EARLY}, "before the earliest"),
        ({"earliest": None, "latest": date(2026, 11, 19)}, "has passed"),
    ],
)
def test_a_need_that_cannot_start_at_all_says_why(
    look: Any, fields: dict[str, Any], said: str
) -> None:
    with pytest.raises(Refused) as refused:
        again(look(paper("commune"), paper("cpas", **fields)))
    assert said in str(refused.value.problems[0].message)


@pytest.mark.parametrize("single", [None, True])
def test_an_exclusive_contract_that_binds_too_long_keeps_it_out(
    look: Any, *, single: bool | None
) -> None:
    bound = Contract(
        id="k",
        administration="cpas",
        title="Papier",
        cpv="30197644",
        end=date(2028, 1, 1),
        exclusive=True,
    )
    needs = paper("commune"), paper("cpas", single_supplier=single)
    with pytest.raises(Refused) as refused:
        again(look(*needs, contracts=(bound,)))
    assert "exclusive contract" in str(refused.value.problems[0].message)


def test_two_different_purchases_are_no_same_purchase(look: Any) -> None:
    guards = paper(
        "cpas",
        title="Gardiennage des bâtiments",
        cpv="79713000",
        nature=Nature.SERVICES,
    )
    found = again(look(paper("commune"), guards))
    assert "same_purchase" not in {one.name for one in found.candidate.reasons}
    assert len(found.purchases) == 2
    assert "two different purchases" in str(found.objections[0])


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"single_supplier": True}, "single supplier"),
        ({"centre_priced": True}, "through a centre"),
    ],
)
def test_what_matching_has_against_it_is_said(
    look: Any, fields: dict[str, Any], said: str
) -> None:
    found = again(look(paper("commune"), paper("cpas", **fields)))
    assert said in str(found.objections[0])


def test_one_administration_is_no_group(look: Any) -> None:
    inputs = look(paper("commune"), paper("commune", id="n-other"), paper("cpas"))
    with pytest.raises(UsageError, match="two administrations"):
        again(inputs, "n-commune", "n-other")
    with pytest.raises(UsageError):
        again(inputs, "n-nothing")
