"""What would become of a proposal; nothing of it is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from jointbuy.appraisal import Verdict
from jointbuy.errors import NotFound, Refused, UsageError
from jointbuy.model import (
    Administration,
    CandidateKind,
    LocalText,
    Nature,
    Need,
)
from jointbuy.store.memory import MemoryStore
from jointbuy.store.port import Change
from jointbuy.workspace import Desk, Workspace, gain_line
from jointbuy.workspace.whatif import MOST_DAYS, _days

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jointbuy.model import Candidate
    from jointbuy.workspace import WhatIf

ON = date(2026, 11, 23)


@pytest.fixture
def workspace() -> Iterator[Workspace]:
    desk = Desk(language="en", on=ON)
    desk.sample()
    yield desk.open()
    desk.close()


@pytest.fixture
def fuel(workspace: Workspace) -> Candidate:
    """Three administrations that need fuel."""
    return next(
        p.candidate
        for p in workspace.match()
        if p.candidate.kind is CandidateKind.JOINT
        and "c-carburant" in p.candidate.needs
    )


def told(found: WhatIf) -> str:
    return "\n".join(map(str, found.differences))


def test_who_leaves_is_named_and_everything_is_worked_out_again(
    workspace: Workspace, fuel: Candidate
) -> None:
    found = workspace.what_if(fuel.id, drop=["commune-val-tilleul"])
    (after,) = found.after
    assert found.before.candidate == fuel
    assert after.candidate.administrations == ("cpas-val-tilleul", "zone-tilleul")
    assert after.candidate.score < fuel.score
    assert "Would no longer take part: " in told(found)
    assert f"Score: {after.candidate.score} points" in told(found)
    gain, before = after.appraisal.gain.estimated, found.before.appraisal.gain.estimated
    assert gain is not None
    assert before is not None
    assert gain.mid < before.mid
    assert f"to gain {gain.mid} instead of {before.mid}" in told(found)
    assert after.checked is not None
    assert after.procedures is not None
    assert after.procedures.estimate < 400_000


def test_nothing_of_it_is_kept(workspace: Workspace, fuel: Candidate) -> None:
    before, history = workspace.match(), workspace.history()
    workspace.what_if(fuel.id, drop=["cpas"])
    workspace.what_if(fuel.id, launch=date(2027, 6, 1))
    assert workspace.match() == before
    assert workspace.history() == history


def test_the_same_needs_are_the_same_proposal(
    workspace: Workspace, fuel: Candidate
) -> None:
    """Merging with what it holds already, and the day it has: no difference."""
    assert fuel.launch is not None
    found = workspace.what_if(fuel.id, launch=fuel.launch)
    assert found.after[0].candidate == fuel
    assert len(found.differences) == 1
    assert "The verdict stays" in told(found)


@pytest.fixture
def district() -> Workspace:
    """Three administrations whose paper reaches the European threshold to the cent."""
    made = Workspace(MemoryStore(), user="tester", on=ON)
    names = {"a": "150000", "b": "65999.99", "c": "0.01"}
    records = [
        record
        for who, amount in names.items()
        for record in (
            Administration(id=who, postcode="1299", names=LocalText(fr=who.upper())),
            Need(
                id=f"n-{who}",
                administration=who,
                title="Papier à copier",
                cpv="30197644",
                nature=Nature.SUPPLIES,
                estimate=Decimal(amount),
                earliest=date(2027, 3, 1),
                latest=date(2027, 9, 30),
            ),
        )
    ]
    changes = [Change(kind=type(each), id=each.id, value=each) for each in records]
    made.commit(changes, why="begin")
    return made


def test_a_threshold_that_is_no_longer_reached_is_said(district: Workspace) -> None:
    """European publicity from 216,000 euro in 2026 (RD of 18 April 2017, art. 11)."""
    (proposal,) = district.match()
    assert proposal.candidate.estimate == 216_000
    less = district.what_if(proposal.candidate.id, drop=["c"])
    assert "European publicity would no longer be required." in told(less)
    assert "The lightest procedure becomes: " in told(less)
    more = district.what_if(proposal.candidate.id, drop=["b"])
    assert "European publicity would no longer be required." in told(more)
    assert less.before.procedures is not None
    assert less.before.procedures.eu_publicity
    side = less.after[0].procedures
    assert side is not None
    assert side.estimate == Decimal("215999.99")
    assert not side.eu_publicity


def test_a_split_can_free_both_parts_of_a_heavy_procedure(district: Workspace) -> None:
    (proposal,) = district.match()
    found = district.what_if(proposal.candidate.id, split=["n-b", "n-c"])
    together, alone = found.after
    assert together.procedures is not None
    assert together.procedures.lightest.name == "negotiated_without_publication"
    assert alone.candidate.kind is CandidateKind.SEPARATE
    assert alone.candidate.estimate == 150_000
    assert not alone.objections


def test_who_would_divide_its_own_purchase_is_warned(district: Workspace) -> None:
    second = replace(district.needs()["n-a"], id="n-a2")
    district.commit([Change(kind=Need, id="n-a2", value=second)], why="more")
    (proposal,) = district.match()
    found = district.what_if(proposal.candidate.id, split=["n-a2", "n-b"])
    for side in found.after:
        assert "split up to escape publicity" in str(side.objections[-1])


def test_a_split_makes_two_of_one(workspace: Workspace, fuel: Candidate) -> None:
    found = workspace.what_if(fuel.id, split=[fuel.needs[0]])
    alone, others = found.after
    assert alone.candidate.needs == (fuel.needs[0],)
    assert alone.candidate.kind is CandidateKind.SEPARATE
    assert set(others.candidate.needs) == set(fuel.needs[1:])
    assert [str(one) for one in alone.differences] == ["Would buy alone."]
    assert others.differences


def test_another_proposal_can_be_merged_into_it(
    workspace: Workspace, fuel: Candidate
) -> None:
    other = next(
        p.candidate
        for p in workspace.match()
        if p.candidate.kind is CandidateKind.JOINT and p.candidate.id != fuel.id
    )
    (after,) = workspace.what_if(fuel.id, add=[other.id]).after
    assert set(after.candidate.needs) == {*fuel.needs, *other.needs}
    assert any("different purchases" in str(one) for one in after.objections)
    price = after.appraisal.price
    assert price is not None
    sums = [workspace.appraise(each.id).price for each in (fuel, other)]
    added = sum((one.mid for one in sums if one), Decimal(0))
    assert abs(price.mid - added) <= Decimal("0.01")  # no volume across them


def test_a_need_that_stands_alone_can_be_bought_with_another(
    workspace: Workspace,
) -> None:
    alone = [
        p.candidate
        for p in workspace.match()
        if p.candidate.kind is CandidateKind.SEPARATE
        and p.candidate.reasons[0].name == "no_partner"
    ]
    first = alone[0]
    other = next(one for one in alone if one.administrations != first.administrations)
    found = workspace.what_if(first.id, add=[other.needs[0]])
    assert found.before.candidate.kind is CandidateKind.SEPARATE
    assert found.after[0].candidate.kind is CandidateKind.JOINT
    assert "Would take part as well" in told(found)


def test_a_later_launch_moves_the_common_start(
    workspace: Workspace, fuel: Candidate
) -> None:
    found = workspace.what_if(fuel.id, launch=date(2027, 6, 15))
    assert found.after[0].candidate.launch == date(2027, 6, 15)
    assert "30 days later" in told(found)


def test_a_shift_of_one_day_is_told_as_one(
    workspace: Workspace, fuel: Candidate
) -> None:
    assert fuel.launch
    found = workspace.what_if(fuel.id, launch=fuel.launch + timedelta(days=1))
    assert "one day later" in told(found)
    assert "1 days" not in told(found)


def test_who_stays_alone_has_no_group_to_change(workspace: Workspace) -> None:
    alone = next(
        p.candidate
        for p in workspace.match()
        if p.candidate.kind is CandidateKind.SEPARATE
    )
    for asked in ({"launch": date(2027, 6, 1)}, {"split": [alone.needs[0]]}):
        with pytest.raises(UsageError, match="there is no group to change"):
            workspace.what_if(alone.id, **asked)


def test_a_launch_outside_all_windows_names_everybody(
    workspace: Workspace, fuel: Candidate
) -> None:
    with pytest.raises(Refused, match="Nobody can start") as refused:
        workspace.what_if(fuel.id, launch=date(2030, 1, 1))
    assert len(refused.value.problems) == 3
    assert all("days earlier" in str(p.message) for p in refused.value.problems)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({}, "Say what to try"),
        ({"drop": ["commune-val-tilleul", "cpas", "zone"]}, "Nobody would be left"),
        ({"drop": ["cpas", "zone"]}, "Only commune-val-tilleul"),
        ({"add": ["c-carburant"]}, "takes part already"),
        ({"split": ["c-carburant", "p-brandstof", "z-carburant"]}, "split off"),
        ({"launch": date(2026, 11, 22)}, "choose a later day"),
    ],
)
def test_what_makes_no_sense_is_refused(
    workspace: Workspace, fuel: Candidate, asked: dict[str, list[str]], said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        workspace.what_if(fuel.id, **asked)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "asked",
    [{"drop": ["nobody"]}, {"add": ["nothing"]}, {"split": ["nothing"]}],
)
def test_what_is_not_known_is_named(
    workspace: Workspace, fuel: Candidate, asked: dict[str, list[str]]
) -> None:
    with pytest.raises(NotFound, match=r"nobody|nothing"):
        workspace.what_if(fuel.id, **asked)  # type: ignore[arg-type]


def test_a_framework_has_no_group_to_change(workspace: Workspace) -> None:
    adhesion = next(
        p.candidate
        for p in workspace.match()
        if p.candidate.kind is CandidateKind.ADHESION
    )
    with pytest.raises(UsageError, match="no group"):
        workspace.what_if(adhesion.id, drop=[adhesion.administrations[0]])


def test_a_retained_proposal_is_weighed_as_of_today(
    workspace: Workspace, fuel: Candidate
) -> None:
    workspace.retain(fuel.id, why="same supplier")
    found = workspace.what_if(fuel.id, drop=["cpas"])
    assert found.before.candidate == fuel
    assert len(found.after[0].candidate.administrations) == 2


def test_different_purchases_stay_apart_and_show_no_gain(
    workspace: Workspace, fuel: Candidate
) -> None:
    other = next(
        p.candidate
        for p in workspace.match()
        if p.candidate.kind is CandidateKind.JOINT and p.candidate.id != fuel.id
    )
    found = workspace.what_if(fuel.id, add=[other.id])
    appraisal = found.after[0].appraisal
    assert appraisal.verdict is Verdict.STAY_SEPARATE
    assert "2 different purchases" in str(appraisal.reasons[0])
    assert "estimated gain" not in str(gain_line(appraisal))
    assert "It is estimated to gain" not in told(found)
    assert found.before.appraisal.obstacle is None


def test_a_difference_of_gain_has_its_sign(
    workspace: Workspace, fuel: Candidate
) -> None:
    found = workspace.what_if(fuel.id, drop=["commune-val-tilleul"])
    assert "(−" in told(found)


def test_a_need_of_another_proposal_cannot_be_split_off(
    workspace: Workspace, fuel: Candidate
) -> None:
    other = next(id_ for id_ in workspace.needs() if id_ not in fuel.needs)
    with pytest.raises(UsageError, match="does not belong to this proposal"):
        workspace.what_if(fuel.id, split=[other])


def test_a_shift_of_more_than_ten_years_is_told_by_its_days(fuel: Candidate) -> None:
    assert fuel.launch
    for days, counted in ((MOST_DAYS, True), (MOST_DAYS + 1, False)):
        later = replace(fuel, launch=fuel.launch + timedelta(days=days))
        (said,) = map(str, _days(fuel, later))
        assert ("days later" in said) is counted
