"""What is proposed is worked out again when it must be, and only then."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from jointbuy.model import (
    Adhesion,
    AdhesionStatus,
    Administration,
    Contract,
    FrameworkAgreement,
    Interest,
    InterestAnswer,
    Need,
    NeedStatus,
    PurchasingCentre,
    Register,
    UseDecision,
)
from jointbuy.store import Change, open_store
from jointbuy.store.memory import MemoryStore
from jointbuy.workspace import Workspace
from tests.bench import registers

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from jointbuy.model import Candidate

KINDS: tuple[type[Any], ...] = (
    Register,
    Administration,
    Need,
    Contract,
    PurchasingCentre,
    FrameworkAgreement,
    Adhesion,
    Interest,
)


class Counting(Workspace):
    """A workspace that counts how often it matches."""

    times = 0

    def _propose(self) -> tuple[Candidate, ...]:
        self.times += 1
        return super()._propose()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "register.json"
    registers.write(path, 40)
    return path


@pytest.fixture(params=["file", "memory"])
def desk(request: pytest.FixtureRequest, path: Path) -> Counting:
    file = open_store(path)
    if request.param == "file":
        return Counting(file, user="An")
    store = MemoryStore()
    values = [kept.value for kind in KINDS for kept in file.all(kind)]
    changes = [Change(kind=type(one), id=one.id, value=one) for one in values]
    store.commit(changes, by="An", why="")
    return Counting(store, user="An")


def on_need(**fields: Any) -> Callable[[Workspace, random.Random], None]:
    def act(desk: Workspace, dice: random.Random) -> None:
        need = dice.choice(list(desk.needs().values()))
        desk.save(replace(need, **fields), why="edit")

    return act


def set_aside(desk: Workspace, dice: random.Random) -> None:
    desk.set_aside(dice.choice(desk.match()).candidate.id, why="later")


def decide_use(desk: Workspace, dice: random.Random) -> None:
    use = UseDecision(
        id=f"u{dice.random()}",
        need=dice.choice(list(desk.needs())),
        framework=dice.choice(list(desk.frameworks())),
    )
    desk.save(use, why="add")


def answer(desk: Workspace, dice: random.Random) -> None:
    interest = dice.choice(list(desk.interests().values()))
    desk.save(replace(interest, answer=InterestAnswer.NO), why="answer")


def leave(desk: Workspace, dice: random.Random) -> None:
    adhesion = dice.choice(list(desk.adhesions().values()))
    desk.save(replace(adhesion, status=AdhesionStatus.ENDED), why="edit")


def close(desk: Workspace, dice: random.Random) -> None:
    framework = dice.choice(list(desk.frameworks().values()))
    desk.save(replace(framework, end=registers.DAY - timedelta(days=1)), why="edit")


def next_day(desk: Workspace, dice: random.Random) -> None:
    day = desk.on + timedelta(days=dice.randrange(1, 200))
    desk.save(replace(desk.register, day=day), why="edit")


def move(desk: Workspace, dice: random.Random) -> None:
    who = dice.choice(list(desk.administrations().values()))
    desk.save(replace(who, neighbours=()), why="edit")


def undo(desk: Workspace, dice: random.Random) -> None:
    assert dice
    desk.undo()


ACTS = (
    on_need(status=NeedStatus.OPEN),
    on_need(status=NeedStatus.WITHDRAWN),
    on_need(estimate=Decimal(900)),
    set_aside,
    decide_use,
    answer,
    leave,
    close,
    next_day,
    move,
    undo,
)


@pytest.mark.parametrize("seed", range(3))
def test_what_was_kept_is_what_matching_would_say_anew(
    desk: Counting, seed: int
) -> None:
    dice = random.Random(seed)
    for act in dice.sample(ACTS, k=len(ACTS)):
        act(desk, dice)
        fresh = Workspace(desk.store, user="Jo")
        assert desk.proposed() == fresh.proposed()
        assert desk.match() == fresh.match()


def test_asking_twice_matches_once(desk: Counting) -> None:
    found = desk.match()
    for proposal in found[:3]:
        assert desk.proposal(proposal.candidate.id) == proposal
    assert desk.proposed() is desk.proposed()
    assert desk.times == 1


def test_an_answer_or_a_choice_does_not_match_anew(desk: Counting) -> None:
    together = [one.candidate.id for one in desk.match() if one.candidate.score > 0]
    desk.check(together[0], answers={"j7": "yes"})
    desk.set_aside(together[0], why="later")
    assert desk.match()[-1].state == "set_aside"
    assert desk.times == 1


def test_another_day_matches_anew(desk: Counting) -> None:
    desk.proposed()
    other = Counting(desk.store, user="An", on=date(2027, 6, 1))
    other.proposed()
    desk.save(replace(desk.register, day=date(2027, 6, 1)), why="edit")
    assert desk.proposed() == other.proposed()
    assert desk.times == 2


def test_what_somebody_else_saved_matches_anew_where_it_matters(path: Path) -> None:
    desk = Counting(open_store(path), user="An")
    other = Workspace(open_store(path), user="Jo")
    ids = [one.candidate.id for one in desk.match()]
    other.set_aside(ids[0], why="later")
    assert desk.match()[-1].candidate.id == ids[0]
    assert desk.times == 1
    need = next(n for n in desk.needs().values() if n.status is NeedStatus.OPEN)
    other.set_need_status(need.id, NeedStatus.WITHDRAWN)
    assert all(need.id not in one.needs for one in desk.proposed())
    assert desk.times == 2


def test_records_given_out_are_the_readers_own(desk: Counting) -> None:
    needs = desk.needs()
    count = len(needs)
    needs.clear()
    assert len(desk.needs()) == count
    first = next(iter(desk.needs()))
    desk.save(replace(desk.needs()[first], note="seen"), why="edit")
    assert desk.needs()[first].note == "seen"
