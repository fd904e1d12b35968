from __future__ import annotations

import random
from itertools import combinations

import numpy as np
import pytest

from tests.bench import truth


def _slowly(
    groups: list[int], who: list[int], tongue: list[str], *, crossing: bool
) -> set[tuple[int, int]]:
    """Every pair of one group and two administrations, listed one by one."""
    return {
        (one, other)
        for one, other in combinations(range(len(groups)), 2)
        if groups[one] == groups[other] >= 0
        and who[one] != who[other]
        and (not crossing or {tongue[one], tongue[other]} == {"fr", "nl"})
    }


@pytest.mark.parametrize("seed", range(8))
def test_counting_by_groups_gives_what_counting_pairs_gives(seed: int) -> None:
    dice = random.Random(seed)
    size = dice.randrange(2, 120)
    found = [dice.randrange(-1, 12) for _ in range(size)]
    true = [dice.randrange(15) for _ in range(size)]
    who = [dice.randrange(5) for _ in range(size)]
    tongue = [dice.choice(("fr", "nl", "de")) for _ in range(size)]
    days = np.zeros(size, dtype=np.int64)
    got = truth.measure(
        np.array(found),
        np.array(true),
        np.array(who),
        tongue,
        start=days,
        end=days,
    )
    for crossing, precision, recall in (
        (False, got.precision, got.recall),
        (True, got.cross_precision, got.cross_recall),
    ):
        given = _slowly(found, who, tongue, crossing=crossing)
        wanted = _slowly(true, who, tongue, crossing=crossing)
        hits = len(given & wanted)
        assert precision == pytest.approx(hits / len(given) if given else 0)
        assert recall == pytest.approx(hits / len(wanted) if wanted else 0)


def test_two_needs_of_one_administration_are_no_pair() -> None:
    got = truth.pairs(np.array([4, 4]), np.array([1, 1]))
    assert got == 0
    assert truth.pairs(np.array([4, 4]), np.array([1, 2])) == 1


def test_a_chain_of_windows_has_no_common_day() -> None:
    got = truth.measure(
        np.array([0, 0, 0, 1, 1, -1]),
        np.array([0, 0, 0, 1, 1, 2]),
        np.array([1, 2, 3, 1, 2, 3]),
        ["fr"] * 6,
        start=np.array([0, 5, 11, 0, 4, 0]),
        end=np.array([6, 12, 20, 5, 9, 1]),
    )
    assert got.unlaunched == pytest.approx(3 / 5)
    assert got.largest == 3


@pytest.mark.parametrize(("start", "missed"), [(10, 0.0), (11, 0.5)])
def test_who_cannot_start_on_the_launch_day_is_counted(
    start: int, missed: float
) -> None:
    given = {
        "start": np.array([0, start]),
        "end": np.array([10, 30]),
        "launch": np.array([10, 10]),
    }
    found, who = np.array([0, 0]), np.array([1, 2])
    got = truth.measure(found, found, who, ["fr", "nl"], **given)
    assert got.unlaunched == missed
    later = truth.measure(
        found, found, who, ["fr", "nl"], later=np.array([False, True]), **given
    )
    assert later.unlaunched == 0
    assert later.staggered == 0.5


def test_only_proposals_to_buy_together_are_groups_the_first_one_first() -> None:
    proposals: list[dict[str, object]] = [
        {"kind": "joint", "needs": ["b", "a"], "launch": "2027-03-01", "reasons": []},
        {"kind": "separate", "needs": ["c"], "launch": None, "reasons": []},
        {
            "kind": "joint",
            "needs": ["a", "d"],
            "launch": "2028-03-01",
            "reasons": [{"name": "staggered", "weight": -6}],
        },
    ]
    group, launches, staggered = truth.groups_of(proposals, ["a", "b", "c", "d"])
    assert group.tolist() == [0, 0, -1, 1]
    assert launches == ["2027-03-01", "2028-03-01"]
    assert staggered == [False, True]
