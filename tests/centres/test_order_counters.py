"""The running count of orders against each ceiling, to the cent."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from jointbuy.centres import Ceiling, Phase, counter, phase, remaining
from jointbuy.model import (
    FrameworkAgreement,
    FrameworkLot,
    Interest,
    InterestAnswer,
    Order,
)

ON = date(2027, 3, 15)
DAY = timedelta(days=1)
BASE = FrameworkAgreement(
    id="f",
    centre="c",
    start=date(2026, 1, 1),
    end=date(2028, 12, 31),
    ceiling=Decimal("1000.00"),
)


def order(
    id_: str,
    amount: str | None,
    *,
    on: date | None = ON,
    who: str = "a",
    lot: str = "",
    quantity: str = "",
    unit: str = "",
) -> Order:
    return Order(
        id=id_,
        framework="f",
        administration=who,
        lot=lot,
        concluded_on=on,
        amount=None if amount is None else Decimal(amount),
        quantity=Decimal(quantity) if quantity else None,
        unit=unit,
    )


@pytest.mark.parametrize(
    ("second", "left", "exceeded", "at"),
    [
        ("399.99", "0.01", None, Phase.RUNNING),
        ("400.00", "0.00", None, Phase.EXHAUSTED),
        ("400.01", "-0.01", "0.01", Phase.EXHAUSTED),
    ],
)
def test_a_ceiling_is_kept_to_the_cent(
    second: str, left: str, exceeded: str | None, at: Phase
) -> None:
    orders = (order("1", "600.00", on=ON - DAY), order("2", second))
    count = counter(BASE, orders, on=ON)
    assert count.left == remaining(BASE, "", orders, ON) == Decimal(left)
    assert phase(BASE, ON, orders) is at
    assert [each.by for each in count.exceeded] == (
        [Decimal(exceeded)] if exceeded else []
    )
    assert all(each.order == "2" for each in count.exceeded)
    marked = [each.order.id for each in count.orders if each.above]
    assert marked == (["2"] if exceeded else [])


@pytest.mark.parametrize(
    ("consumed", "until", "expected"),
    [
        ("500", None, "700"),  # the day is not known: all of ours are added
        ("500", ON - DAY, "600"),  # the one on that day is in the report
        ("500", ON, "500"),
        ("0", ON, "200"),  # never less than the sum of ours
        ("150", ON - DAY, "250"),
        ("50", ON - DAY, "200"),
    ],
)
def test_what_the_centre_reports_and_the_orders_after_it_are_added(
    consumed: str, until: date | None, expected: str
) -> None:
    framework = replace(BASE, consumed=Decimal(consumed), consumed_on=until)
    orders = (order("1", "100", on=ON - DAY), order("2", "100"))
    assert counter(framework, orders, on=ON).ordered == Decimal(expected)
    assert remaining(framework, "", orders, ON) == 1000 - Decimal(expected)


def test_what_is_planned_or_comes_later_counts_towards_no_ceiling() -> None:
    orders = (
        order("1", "900"),
        order("2", "90", on=None),
        order("3", "60", on=ON + DAY),
        replace(order("4", "999"), framework="other"),
    )
    count = counter(BASE, orders, on=ON)
    assert [count.ordered, count.planned] == [900, 150]
    assert [each.concluded for each in count.orders] == [True, False, False]
    assert count.exceeded == ()
    assert counter(BASE, orders, on=ON + DAY).ordered == 960


LOTS = replace(
    BASE,
    lots=(
        FrameworkLot(id="1", ceiling=Decimal(300), consumed=Decimal(50)),
        FrameworkLot(id="2", ceiling=Decimal(700)),
    ),
)


def test_each_lot_and_the_whole_have_a_count_of_their_own() -> None:
    orders = (order("1", "250.01", lot="1"), order("2", "100", lot="2"))
    count = counter(LOTS, orders, on=ON)
    assert [each.left for each in count.lots] == [Decimal("-0.01"), Decimal(600)]
    (excess,) = count.exceeded
    assert (excess.ceiling, excess.lot, excess.order) == (Ceiling.LOT, "1", "1")
    assert count.left_under("2") == min(Decimal(600), 1000 - Decimal("400.01"))
    assert counter(LOTS, (order("1", "10"),), on=ON).unplaced == 10


def mark(
    amount: str | None = None, quantity: str | None = None, who: str = "a"
) -> Interest:
    return Interest(
        id=f"f.{who}",
        administration=who,
        framework="f",
        answer=InterestAnswer.YES,
        maximum_amount=None if amount is None else Decimal(amount),
        maximum_quantity=None if quantity is None else Decimal(quantity),
        unit="pieces",
    )


@pytest.mark.parametrize(
    ("each", "marked", "most"),
    [
        (None, None, None),
        ("100", None, "100"),
        (None, "120", "120"),
        ("100", "120", "100"),
        ("150", "120", "120"),
    ],
)
def test_the_own_maximum_is_the_least_of_the_published_and_the_marked(
    each: str | None, marked: str | None, most: str | None
) -> None:
    framework = replace(BASE, ceiling_each=None if each is None else Decimal(each))
    asked = (mark(marked), mark("5", who="b"))
    count = counter(framework, (order("1", "110"),), asked, on=ON)
    own = count.own_of("a")
    assert own.maximum == (None if most is None else Decimal(most))
    over = [e for e in count.exceeded if e.ceiling is Ceiling.OWN]
    assert bool(over) == (most == "100")
    assert all((e.administration, e.order) == ("a", "1") and e.by == 10 for e in over)


def test_a_quantity_counts_in_its_own_unit_only() -> None:
    orders = (
        order("1", "1", quantity="60", unit="Pieces"),
        order("2", "1", quantity="41", unit="pieces "),
        order("3", "1", quantity="500", unit="metres"),
    )
    count = counter(BASE, orders, (mark(quantity="100"),), on=ON)
    own = count.own_of("a")
    assert [own.quantity, own.quantity_left] == [101, -1]
    assert own.unmeasured == ("3",)
    (excess,) = count.exceeded
    assert (excess.ceiling, excess.order) == (Ceiling.OWN_QUANTITY, "2")
    assert excess.by == 1


def test_the_figures_of_the_centre_alone_exceed_by_no_order_of_ours() -> None:
    over = replace(BASE, consumed=Decimal("1000.01"), consumed_on=ON - DAY)
    (excess,) = counter(over, (order("1", "5"),), on=ON).exceeded
    assert (excess.order, excess.by) == ("", Decimal("5.01"))
    assert counter(BASE, (order("1", None),), on=ON).unpriced == ("1",)


def test_the_running_count_ends_where_the_whole_does() -> None:
    """Whatever the orders, the last line, the whole and what is left agree."""
    chance = random.Random(7)
    for _ in range(300):
        until = chance.choice([None, ON - chance.randrange(30) * DAY])
        framework = replace(
            BASE, consumed=Decimal(chance.randrange(900)), consumed_on=until
        )
        orders = [
            order(
                str(number),
                f"{chance.randrange(30_000) / 100:.2f}",
                on=ON - chance.randrange(40) * DAY,
                who=chance.choice("ab"),
            )
            for number in range(chance.randrange(8))
        ]
        count = counter(framework, orders, on=ON)
        ours = sum((o.amount or 0 for o in orders), Decimal(0))
        later = sum(
            (
                o.amount or 0
                for o in orders
                if until is None or (o.concluded_on and o.concluded_on > until)
            ),
            Decimal(0),
        )
        assert count.ordered == max(framework.consumed + later, ours)
        assert count.recorded == ours == sum(own.ordered for own in count.own)
        assert count.left == remaining(framework, "", orders, ON)
        last = count.orders[-1] if orders else None
        day = last.order.concluded_on if last else None
        if last is not None and day is not None and (until is None or day > until):
            assert last.total == count.ordered
        totals = [each.total for each in count.orders]
        assert totals == sorted(totals)
        assert bool(count.exceeded) == (count.ordered > 1000)
