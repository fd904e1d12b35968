"""The list of deadlines over a sample: calls, ceilings, ordered needs, adhesions."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from jointbuy.model import Adhesion, Interest, Level
from jointbuy.store.port import Change
from jointbuy.workspace import Desk, Workspace

SAMPLES = Path(__file__).parents[2] / "sample_data"
CLOTHES = "trois-vallees-vetements-2025"
CALL = "framework_interest:trois-vallees-vetements-2028"


@pytest.fixture
def ceiling(tmp_path: Path) -> Workspace:
    path = tmp_path / "register.json"
    shutil.copyfile(SAMPLES / "ceiling" / "register.json", path)
    return Desk(str(path), language="en").open()


def test_a_call_is_told_to_all_it_may_be_for_and_who_was_asked_by_name(
    ceiling: Workspace,
) -> None:
    told = {e.administration: e for e in ceiling.deadlines(kind="framework_interest")}
    assert set(told) == {"commune-rivebois", "cpas-rivebois", "commune-charmoval"}
    for who, each in told.items():
        asked = who == "commune-rivebois"
        assert ("not all named yet" in str(each.consequence)) is not asked
    kept = ceiling.store.get(Interest, "trois-vallees-vetements-2028.commune-rivebois")
    gone = Change(kind=Interest, id=kept.value.id, value=None, seen=kept.revision)
    ceiling.commit([gone], why="a mistake")
    assert {e.id for e in ceiling.deadlines(kind="framework_interest")} == {
        f"{CALL}:{who}" for who in told
    }


def test_an_excess_is_overdue_until_it_is_put_off_and_what_is_ordered_is_not(
    ceiling: Workspace,
) -> None:
    told = {each.id: each for each in ceiling.deadlines()}
    excess = told[f"framework_exceeded:{CLOTHES}:whole:cpas-rivebois"]
    assert (excess.day, excess.level) == (date(2027, 2, 24), Level.OVERDUE)
    assert any("C-23/20" in cited.source for cited in excess.basis)
    assert "need_latest:s-vetements:cpas-rivebois" not in told
    ceiling.snooze(excess.id, until=date(2027, 4, 1), why="The centre was told.")
    assert excess.id not in {each.id for each in ceiling.deadlines()}


def test_settling_one_event_leaves_the_other_in_the_list(ceiling: Workspace) -> None:
    adhesion = "trois-vallees.commune-rivebois"
    ceiling.edit_record(
        Adhesion,
        adhesion,
        {"reopenings": "scope; 1/2/2027; lot 2\ndocuments; 1/2/2027; new specs"},
    )
    scope, documents = sorted(
        ceiling.deadlines(kind="adhesion"), key=lambda e: "new specs" in str(e)
    )
    assert "new specs" in str(documents.consequence)
    ceiling.snooze(scope.id, until=date(2027, 3, 30), why="Next council.")
    ceiling.settle_reopening(adhesion, "kept", trigger="scope")
    (left,) = ceiling.deadlines(kind="adhesion")
    assert (left.id, left.consequence) == (documents.id, documents.consequence)
