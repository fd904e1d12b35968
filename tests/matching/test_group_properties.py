"""What holds for every register: common days, two parties, sums, independence."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from random import Random

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jointbuy.matching import Inputs, propose
from jointbuy.matching.peeling import closed_cells, peel, peel_near
from jointbuy.model import (
    Administration,
    Candidate,
    CandidateKind,
    Need,
    NeedStatus,
)

ON = date(2026, 11, 20)
TITLES = (
    "Titres-repas",
    "maaltijdcheques",
    "Papier A4",
    "Tonte des pelouses",
    "Onderhoud van grasvelden",
    "Carburant",
)
PEOPLE = tuple(
    Administration(
        id=f"a{place}",
        postcode=str(1000 + place // 2),
        territory=("BE100", "BE323")[place % 2],
        neighbours=(f"a{place - 1}",) if place else (),
    )
    for place in range(6)
)

days = st.integers(0, 200).map(lambda shift: ON + timedelta(days=shift))
windows = st.tuples(st.none() | days, st.integers(0, 60))


@st.composite
def needs(draw: st.DrawFn) -> tuple[Need, ...]:
    count = draw(st.integers(0, 12))
    return tuple(draw(_need(f"n{place:02}")) for place in range(count))


@st.composite
def _need(draw: st.DrawFn, name: str) -> Need:
    earliest, length = draw(windows)
    estimate = draw(st.none() | st.integers(100, 100_000).map(Decimal))
    return Need(
        id=name,
        administration=draw(st.sampled_from(PEOPLE)).id,
        title=draw(st.sampled_from(TITLES)),
        earliest=earliest,
        latest=earliest + timedelta(days=length) if earliest else None,
        estimate=estimate,
        single_supplier=draw(st.sampled_from((None, None, None, True))),
        status=draw(
            st.sampled_from((NeedStatus.OPEN, NeedStatus.OPEN, NeedStatus.DRAFT))
        ),
    )


def run(own: tuple[Need, ...]) -> tuple[Candidate, ...]:
    return propose(
        Inputs(needs=own, administrations=PEOPLE, on=ON, max_framework_months=48)
    )


small = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)


@small
@given(needs())
def test_every_group_shares_its_launch_day_and_has_two_parties(
    own: tuple[Need, ...],
) -> None:
    by_id = {need.id: need for need in own}
    for one in run(own):
        if one.kind is not CandidateKind.JOINT:
            continue
        assert len(one.administrations) >= 2
        assert one.launch is not None
        entries = {entry.need: entry.on for entry in one.entries}
        if entries:
            assert set(entries) == set(one.needs)
            assert min(entries.values()) == one.launch
        for name in one.needs:
            need = by_id[name]
            day = entries.get(name, one.launch)
            assert max(need.earliest or ON, ON) <= day
            assert need.latest is None or day <= need.latest


@small
@given(needs())
def test_reasons_sum_to_the_score_and_every_open_need_is_proposed(
    own: tuple[Need, ...],
) -> None:
    found = run(own)
    for one in found:
        assert one.reasons
        assert one.score == sum(reason.weight for reason in one.reasons)
    assert all(one.score >= other.score for one, other in pairwise(found))
    assert len({one.id for one in found}) == len(found)
    proposed = {name for one in found for name in one.needs}
    assert proposed == {need.id for need in own if need.status is NeedStatus.OPEN}
    together = [
        name for one in found if one.kind is CandidateKind.JOINT for name in one.needs
    ]
    assert len(together) == len(set(together))


@small
@given(needs(), st.randoms(use_true_random=False))
def test_the_order_of_the_input_does_not_matter(
    own: tuple[Need, ...], chance: Random
) -> None:
    mixed = list(own)
    chance.shuffle(mixed)
    assert run(tuple(mixed)) == run(own)


@small
@given(needs())
def test_an_unrelated_need_changes_no_other_group(own: tuple[Need, ...]) -> None:
    stranger = Need(id="zz", administration="a0", title="Quelque chose de bizarre")
    before = run(own)
    after = run((*own, stranger))
    assert [one for one in after if one.needs != ("zz",)] == list(before)


intervals = st.lists(
    st.tuples(
        st.integers(0, 2), st.integers(0, 4), st.integers(0, 30), st.integers(0, 12)
    ),
    max_size=25,
)


@small
@given(intervals)
def test_peeling_takes_the_densest_day_first(
    rows: list[tuple[int, int, int, int]],
) -> None:
    """Held against the plain way: look at every day of every cell, one by one."""
    columns = np.array(rows, dtype=np.int64).reshape(-1, 4)
    cells, members, starts = columns[:, 0], columns[:, 1], columns[:, 2]
    ends = starts + columns[:, 3]
    found = peel(cells, members, starts, ends)
    got = sorted(
        (int(day), tuple(np.flatnonzero(found.group == number).tolist()))
        for number, day in enumerate(found.launch)
    )
    assert got == sorted(_plainly(rows))


def _plainly(
    rows: list[tuple[int, int, int, int]],
) -> list[tuple[int, tuple[int, ...]]]:
    groups = []
    for cell in {row[0] for row in rows}:
        left = [place for place, row in enumerate(rows) if row[0] == cell]
        while True:
            best: tuple[tuple[int, int], list[int]] = ((1, 0), [])
            for day in range(45):
                held = [
                    place
                    for place in left
                    if rows[place][2] <= day <= rows[place][2] + rows[place][3]
                ]
                count = len({rows[place][1] for place in held})
                if count > 1 and (count, len(held)) > best[0]:
                    best = ((count, len(held)), held)
            if not best[1]:
                break
            launch = max(rows[place][2] for place in best[1])
            groups.append((launch, tuple(best[1])))
            left = [place for place in left if place not in best[1]]
    return groups


def test_on_a_tie_the_day_with_most_windows_wins_then_the_earliest() -> None:
    cells = np.zeros(3, dtype=np.int64)
    members = np.array([0, 1, 1])
    starts, ends = np.array([0, 5, 20]), np.array([40, 30, 30])
    assert peel(cells, members, starts, ends).launch.tolist() == [20]
    near = np.ones((2, 2), dtype=bool)
    assert peel_near(near, members, starts, ends).launch.tolist() == [20]
    apart = np.array([5, 31])
    tied = peel(cells, members, np.array([0, *apart]), np.array([40, 30, 35]))
    assert tied.launch.tolist() == [5]


def test_nearness_is_not_passed_on() -> None:
    """A is near B and B near C: without B, A and C do not meet."""
    near = np.array([[1, 1, 0], [1, 1, 1], [0, 1, 1]], dtype=bool)
    start, end = np.zeros(3, dtype=np.int64), np.full(3, 9)
    assert closed_cells(near) is None
    all_three = peel_near(near, np.arange(3), start, end)
    assert all_three.group.tolist() == [0, 0, 0]
    ends_only = peel_near(near, np.array([0, 2]), start[:2], end[:2])
    assert ends_only.group.tolist() == [-1, -1]


def test_where_nearness_is_passed_on_there_are_cells() -> None:
    near = np.array([[1, 1, 0], [1, 1, 0], [0, 0, 1]], dtype=bool)
    cells = closed_cells(near)
    assert cells is not None
    assert cells[0] == cells[1] != cells[2]
