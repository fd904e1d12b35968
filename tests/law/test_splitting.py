from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from jointbuy.errors import NotInForce
from jointbuy.law import apart_from, estimated_apart
from jointbuy.model import Administration, LocalText, Nature, Need, NeedStatus

DAY = date(2026, 11, 20)

PAPER = Need(
    id="paper",
    administration="commune",
    title="Paper",
    nature=Nature.SUPPLIES,
    cpv="30197630",
    estimate=Decimal(20_000),
    earliest=date(2027, 1, 1),
)
TONER = replace(
    PAPER,
    id="toner",
    title="Toner",
    cpv="30125100",
    estimate=Decimal(10_000),
    earliest=date(2027, 6, 1),
)


def found(*needs: Need) -> tuple[str, ...]:
    return tuple(each.group for each in estimated_apart(needs, on=DAY))


def test_needs_of_one_group_that_reach_a_heavier_procedure_together_are_named() -> None:
    (one,) = estimated_apart(
        (PAPER, TONER),
        administrations={
            "commune": Administration(id="commune", names=LocalText(en="The commune"))
        },
        on=DAY,
    )
    assert one.administration == "commune"
    assert one.group == "301"
    assert one.needs == one.lighter == (PAPER, TONER)
    assert one.total == 30_000
    assert one.together.lightest.name == "negotiated_without_publication"
    assert "apart: Paper; Toner. Together" in str(one.message)
    assert "12 months" in str(one.message)
    assert one.citation.article


@pytest.mark.parametrize(
    ("estimate", "seen"),
    [("9999.99", False), ("10000", True), ("10000.01", True)],
)
def test_one_cent_below_the_threshold_nothing_is_said(
    estimate: str, *, seen: bool
) -> None:
    other = replace(TONER, estimate=Decimal(estimate))
    assert bool(found(PAPER, other)) is seen


@pytest.mark.parametrize(
    ("start", "seen"),
    [
        (date(2027, 12, 31), True),
        (date(2028, 1, 1), False),
        (date(2026, 1, 2), True),
        (date(2026, 1, 1), False),
        (None, True),
    ],
)
def test_a_year_between_the_starts_keeps_them_apart(
    start: date | None, *, seen: bool
) -> None:
    other = replace(TONER, earliest=start)
    assert bool(found(PAPER, other)) is seen


def test_without_any_day_they_may_start_together() -> None:
    undated = [replace(need, earliest=None) for need in (PAPER, TONER)]
    assert found(*undated) == ("301",)
    latest = replace(undated[1], latest=date(2028, 2, 1))
    assert found(PAPER, latest) == ()


@pytest.mark.parametrize(
    "change",
    [
        {"administration": "cpas"},
        {"cpv": "44000000"},
        {"cpv": ""},
        {"nature": Nature.SERVICES},
        {"nature": None},
        {"estimate": None},
        {"status": NeedStatus.WITHDRAWN},
        {"status": NeedStatus.DRAFT},
    ],
    ids=lambda change: next(iter(change)),
)
def test_other_needs_are_other_purchases(change: dict[str, object]) -> None:
    assert found(PAPER, replace(TONER, **change)) == ()  # type: ignore[arg-type]


def test_what_was_bought_within_the_year_counts_still() -> None:
    assert found(PAPER, replace(TONER, status=NeedStatus.SETTLED)) == ("301",)


def test_only_those_that_would_go_lighter_alone_are_called_so() -> None:
    large = replace(PAPER, id="large", estimate=Decimal(100_000))
    (one,) = estimated_apart((large, TONER), on=DAY)
    assert one.lighter == (TONER,)
    same = replace(TONER, estimate=Decimal(39_000))
    assert estimated_apart((large, same), on=DAY) == ()


def test_every_year_in_which_it_happens_is_told() -> None:
    later = replace(
        TONER, id="later", estimate=Decimal(130_000), earliest=date(2028, 3, 1)
    )
    found = estimated_apart((PAPER, TONER, later), on=DAY)
    assert [each.needs for each in found] == [(PAPER, TONER), (TONER, later)]
    assert [each.together.lightest.name for each in found] == [
        "negotiated_without_publication",
        "negotiated_with_publication",
    ]


def test_a_heavier_year_in_which_nothing_escapes_hides_no_other() -> None:
    alone = replace(
        TONER, id="alone", estimate=Decimal(500_000), earliest=date(2030, 1, 1)
    )
    both = [
        replace(TONER, id=name, estimate=Decimal(40_000), earliest=date(2032, 1, 1))
        for name in ("one", "two")
    ]
    (one,) = estimated_apart((PAPER, TONER, alone, *both), on=DAY)
    assert one.needs == (PAPER, TONER)


def test_a_year_within_another_is_told_once() -> None:
    third = replace(TONER, id="third", earliest=date(2027, 9, 1))
    (one,) = estimated_apart((PAPER, TONER, third), on=DAY)
    assert one.needs == (PAPER, TONER, third)


@pytest.mark.parametrize(
    "change",
    [{"cpv": ""}, {"nature": None}, {"estimate": None}],
    ids=lambda change: next(iter(change)),
)
def test_needs_of_which_too_little_is_known_cannot_be_told(
    change: dict[str, object],
) -> None:
    assert found(*(replace(n, **change) for n in (PAPER, TONER))) == ()  # type: ignore[arg-type]


def test_the_last_days_there_are_have_a_year_too() -> None:
    first = replace(PAPER, earliest=date(9998, 12, 1))
    for start, seen in [
        (date(9999, 11, 30), True),
        (date(9999, 12, 1), False),
    ]:
        assert bool(found(first, replace(TONER, earliest=start))) is seen
    last = [replace(n, earliest=date(9999, 12, 1)) for n in (PAPER, TONER)]
    assert found(*last) == ("301",)


def test_needs_bought_together_count_as_one_with_what_stands_beside_them() -> None:
    of_cpas = replace(
        PAPER, id="cpas-paper", administration="cpas", estimate=Decimal(200_000)
    )
    second = replace(PAPER, id="second", title="Envelopes", estimate=Decimal(5_000))
    joined = (PAPER, second, of_cpas)
    assert apart_from(joined, (), on=DAY) == ()
    (one,) = apart_from(joined, (*joined, TONER), on=DAY)
    assert one.administration == "commune"
    assert one.total == 35_000
    assert one.lighter == (TONER,)  # what is joined goes the way of the whole


def test_what_stands_beside_alone_is_no_matter_of_those_joined() -> None:
    pens = replace(PAPER, id="pens", cpv="22800000")
    ink = replace(TONER, id="ink", cpv="22600000")
    more = replace(ink, id="more", cpv="22600000", estimate=Decimal(25_000))
    assert apart_from((pens,), (ink, more), on=DAY) == ()
    assert len(estimated_apart((pens, ink, more), on=DAY)) == 1


def test_on_a_day_without_values_nothing_can_be_told() -> None:
    with pytest.raises(NotInForce):
        estimated_apart((PAPER, TONER), on=date(2028, 1, 1))
