"""What would open a framework agreement is told with the points it would move."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from jointbuy.errors import Arg
from jointbuy.matching import weights
from jointbuy.matching.openings import Asked, openings

ASKED = Asked(
    administration=Arg(name="", text="Valbois"),
    centre=Arg(name="", text="Centrale"),
    start=date(2027, 6, 1),
    end=date(2028, 5, 31),
    expected=Decimal(50_000),
)


def points(*names: str) -> dict[str, int]:
    return {name: weights.points(name) for name in names}


def told(asked: Asked, *names: str) -> list[str]:
    return [str(one) for one in openings(points(*names), asked)]


@pytest.mark.parametrize(
    ("reason", "sentence", "better"),
    [
        ("not_identified", "names Valbois, it can be used", "identified"),
        ("identification_unknown", "If the notice names Valbois", "identified"),
        ("interest_missed", "prove that interest was marked", "interest_marked"),
        ("interest_not_marked", "Centrale confirms", "interest_marked"),
        ("maximum_missing", "a maximum is agreed with Centrale", "interest_marked"),
        ("above_maximum", "a maximum of 50000 or more", ""),
        ("ceiling_too_low", "keeps 50000 of the ceiling", "ceiling_enough"),
        ("ceiling_nearly_used", "keeps 50000 of the ceiling", "ceiling_enough"),
        ("not_joined", "decides to join Centrale", "joined"),
        ("joining_pending", "decision to join Centrale is complete", "joined"),
        ("joining_unknown", "confirms that what was joined covers it", "joined"),
        ("joining_refused", "decides anew", "joined"),
        ("ends_before", "could start by 2028-05-31", "in_time"),
        ("starts_late", "could wait until 2027-06-01", "in_time"),
        ("phase_unknown", "tells the days", "interest_open"),
        ("unchecked", "compared with its source", ""),
    ],
)
def test_each_obstacle_has_its_lever(reason: str, sentence: str, better: str) -> None:
    (found,) = told(ASKED, reason)
    worth = (weights.points(better) if better else 0) - weights.points(reason)
    assert sentence in found
    assert worth > 0
    assert f"+{worth}" in found


def test_open_interest_counts_what_it_takes_away() -> None:
    asked = replace(ASKED, open_until=date(2026, 12, 18))
    (found,) = told(asked, "interest_open", "interest_declined")
    gain = weights.points("interest_marked") - weights.points("interest_declined")
    assert f"by 2026-12-18 (+{gain})" in found
    assert told(asked, "interest_open", "interest_marked") == []


@pytest.mark.parametrize("reason", ["fee", "mini_competition", "exclusive"])
def test_what_nobody_can_change_has_no_lever(reason: str) -> None:
    assert told(ASKED, reason, "covered", "running") == []


def test_what_is_there_already_is_not_gained_twice() -> None:
    (found,) = told(ASKED, "in_time", "starts_late")
    assert f"+{-weights.points('starts_late')}" in found
