"""Where a framework agreement stands on a day, and how much is left."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from jointbuy.centres import Phase, covers, phase, remaining
from jointbuy.errors import NotFound
from jointbuy.model import FrameworkAgreement, FrameworkLot, Nature

DEADLINE = date(2027, 1, 31)
LAUNCH = date(2027, 3, 1)
AWARD = date(2027, 6, 15)
START = date(2027, 7, 1)
END = date(2031, 6, 30)
DAY = timedelta(days=1)

LIFE = FrameworkAgreement(
    id="f",
    centre="c",
    interest_deadline=DEADLINE,
    launch=LAUNCH,
    award=AWARD,
    start=START,
    end=END,
    ceiling=Decimal(1000),
)


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (DEADLINE - DAY, Phase.INTEREST_OPEN),
        (DEADLINE, Phase.INTEREST_OPEN),
        (DEADLINE + DAY, Phase.INTEREST_CLOSED),
        (LAUNCH - DAY, Phase.INTEREST_CLOSED),
        (LAUNCH, Phase.LAUNCHED),
        (AWARD - DAY, Phase.LAUNCHED),
        (AWARD, Phase.AWARDED),
        (START - DAY, Phase.AWARDED),
        (START, Phase.RUNNING),
        (END, Phase.RUNNING),
        (END + DAY, Phase.ENDED),
    ],
)
def test_a_phase_changes_on_its_day(on: date, expected: Phase) -> None:
    assert phase(LIFE, on) is expected


def test_without_a_call_for_interest_a_later_launch_is_announced() -> None:
    framework = FrameworkAgreement(id="f", centre="c", launch=LAUNCH)
    assert phase(framework, LAUNCH - DAY) is Phase.ANNOUNCED
    assert phase(framework, LAUNCH) is Phase.LAUNCHED


def test_without_any_day_the_phase_is_unknown() -> None:
    assert phase(FrameworkAgreement(id="f", centre="c"), LAUNCH) is Phase.UNKNOWN
    only_end = FrameworkAgreement(id="f", centre="c", end=END)
    assert phase(only_end, END) is Phase.UNKNOWN
    assert phase(only_end, END + DAY) is Phase.ENDED


def with_consumed(consumed: str) -> FrameworkAgreement:
    return FrameworkAgreement(
        id="f",
        centre="c",
        start=START,
        end=END,
        ceiling=Decimal("1000.00"),
        consumed=Decimal(consumed),
    )


def test_a_framework_is_exhausted_when_its_ceiling_is_reached() -> None:
    assert phase(with_consumed("999.99"), START) is Phase.RUNNING
    assert phase(with_consumed("1000.00"), START) is Phase.EXHAUSTED
    assert phase(with_consumed("1000.01"), START) is Phase.EXHAUSTED
    assert phase(with_consumed("1000.00"), END + DAY) is Phase.ENDED
    for consumed, found in (("999.99", Phase.AWARDED), ("1000", Phase.EXHAUSTED)):
        undated = replace(with_consumed(consumed), start=None, award=START)
        assert phase(undated, START) is found
        assert phase(replace(undated, start=END), START) is Phase.AWARDED


def test_what_is_left_is_the_ceiling_less_the_orders() -> None:
    assert remaining(with_consumed("400.00")) == Decimal("600.00")
    assert remaining(with_consumed("1000.01")) == Decimal("-0.01")
    assert remaining(FrameworkAgreement(id="f", centre="c")) is None


LOTS = FrameworkAgreement(
    id="f",
    centre="c",
    cpv=("30000000",),
    lots=(
        FrameworkLot(
            id="1", cpv=("30190000",), ceiling=Decimal(500), consumed=Decimal(100)
        ),
        FrameworkLot(id="2", cpv=("30197600", "22000000"), ceiling=Decimal(300)),
        FrameworkLot(id="3", cpv=("45310000",)),
    ),
)


def test_a_lot_is_bound_by_its_own_ceiling_and_by_the_whole() -> None:
    assert remaining(LOTS, "1") == Decimal(400)
    assert remaining(LOTS, "3") is None
    assert remaining(LOTS) is None
    whole = FrameworkAgreement(id="f", centre="c", lots=LOTS.lots, ceiling=Decimal(350))
    assert remaining(whole, "1") == Decimal(250)
    assert remaining(whole, "3") == Decimal(250)
    both = FrameworkAgreement(id="f", centre="c", lots=LOTS.lots[:2])
    assert remaining(both) == Decimal(700)


def test_an_unknown_lot_is_said() -> None:
    with pytest.raises(NotFound, match="no lot 9"):
        remaining(LOTS, "9")


def test_the_lot_with_the_finest_code_covers_a_purchase() -> None:
    assert covers(LOTS, "30197630") == "2"
    assert covers(LOTS, "30192000-1") == "1"
    assert covers(LOTS, "22810000") == "2"


def test_nothing_outside_the_lots_is_covered_when_every_lot_says_what_it_holds() -> (
    None
):
    assert covers(LOTS, "30213000") is None
    assert covers(LOTS, "90911200") is None
    assert covers(LOTS, "") is None
    silent = FrameworkAgreement(
        id="f", centre="c", cpv=("30000000",), lots=(FrameworkLot(id="1"),)
    )
    assert covers(silent, "30213000") == ""


def test_a_coarser_code_than_that_of_the_framework_is_not_covered() -> None:
    framework = FrameworkAgreement(id="f", centre="c", cpv=("30197630",))
    assert covers(framework, "30197630") == ""
    assert covers(framework, "30197000") is None


def test_works_and_other_purchases_are_kept_apart() -> None:
    assert covers(LOTS, "45311000", Nature.WORKS) == "3"
    assert covers(LOTS, "45311000", Nature.SERVICES) is None
    assert covers(LOTS, "30192000", Nature.WORKS) is None
    garden = FrameworkAgreement(id="f", centre="c", cpv=("77310000",))
    assert covers(garden, "77310000", Nature.WORKS) == ""
    assert covers(garden, "77310000", Nature.SERVICES) == ""
