"""What comes next in the life of a framework agreement, for one administration."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

import pytest

from jointbuy.centres import life as life_of
from jointbuy.centres import reinterest_day
from jointbuy.model import (
    Adhesion,
    AdhesionStatus,
    Administration,
    AdministrationKind,
    FrameworkAgreement,
    Interest,
    InterestAnswer,
    Order,
    UseDecision,
)

DAY = timedelta(days=1)
WHO = Administration(id="a", kind=AdministrationKind.CPAS)
FRAME = FrameworkAgreement(
    id="f",
    centre="c",
    kinds=(AdministrationKind.CPAS,),
    interest_deadline=date(2026, 2, 1),
    launch=date(2026, 3, 1),
    award=date(2026, 6, 1),
    start=date(2026, 7, 1),
    end=date(2028, 2, 29),
    ceiling=Decimal(1000),
)
NEXT = FrameworkAgreement(
    id="g", centre="c", interest_deadline=date(2027, 6, 30), launch=date(2027, 9, 1)
)
YES = Interest(
    id="f.a",
    administration="a",
    framework="f",
    answer=InterestAnswer.YES,
    answered_on=date(2026, 1, 20),
    maximum_amount=Decimal(500),
)
JOINED = Adhesion(
    id="j",
    administration="a",
    centre="c",
    status=AdhesionStatus.ADHERED,
    decided_on=date(2026, 1, 10),
)
SIGNED = replace(JOINED, convention_on=date(2026, 1, 15))
USED = UseDecision(id="u", need="n", framework="f", decided_on=date(2026, 8, 1))
ORDERED = Order(
    id="o",
    framework="f",
    administration="a",
    concluded_on=date(2026, 9, 1),
    amount=Decimal(400),
)
RUNNING = date(2026, 10, 1)
life = partial(life_of, months=12)


@pytest.mark.parametrize(
    ("on", "known", "then"),
    [
        (date(2026, 2, 1), {}, "interest"),
        (date(2026, 2, 2), {"interest": YES}, "adhesion"),
        (RUNNING, {"interest": YES, "adhesions": (JOINED,)}, "convention"),
        (RUNNING, {"interest": YES, "adhesions": (SIGNED,)}, "use"),
        (RUNNING, {"adhesions": (SIGNED,)}, "use"),  # named all the same
        (
            RUNNING,
            {"interest": YES, "adhesions": (SIGNED,), "uses": (USED,)},
            "order",
        ),
        (
            date(2026, 6, 30),
            {
                "interest": YES,
                "adhesions": (SIGNED,),
                "uses": (replace(USED, decided_on=date(2026, 6, 2)),),
            },
            "",
        ),
        (
            RUNNING,
            {
                "interest": YES,
                "adhesions": (SIGNED,),
                "uses": (USED,),
                "orders": (ORDERED,),
            },
            "",
        ),
    ],
)
def test_the_steps_come_one_after_the_other(
    on: date, known: dict[str, object], then: str
) -> None:
    found = life(FRAME, WHO, on=on, **known)  # type: ignore[arg-type]
    assert found.next == then
    step = found.step(then) if then else None
    assert step is None or (step.ours and not step.done)


@pytest.mark.parametrize(
    ("changes", "then", "told"),
    [
        ({"status": AdhesionStatus.NOT_COUNTED}, "adhesion", "Settle with the centre"),
        ({"domain": "Voice"}, "use", "Only parts of the centre were joined"),
        ({"budget": Decimal(1), "cost": Decimal(2)}, "adhesion", "look at it again"),
        ({}, "use", ""),
    ],
)
def test_what_holds_up_the_adhesion_is_told_beside_it(
    changes: dict[str, Any], then: str, told: str
) -> None:
    other = replace(SIGNED, id="o", domain="Data", status=AdhesionStatus.REFUSED)
    held = (other, replace(SIGNED, **changes))
    found = life(FRAME, WHO, on=RUNNING, interest=YES, adhesions=held)
    adhesion, convention = found.step("adhesion"), found.step("convention")
    assert adhesion is not None
    assert convention is not None
    assert convention.done
    assert (found.next, adhesion.done) == (then, then == "use")
    assert told in str(adhesion.note or "")


def test_what_follows_is_looked_at_a_year_before_the_end() -> None:
    done = {
        "interest": YES,
        "adhesions": (SIGNED,),
        "uses": (USED,),
        "orders": (ORDERED,),
    }
    day = reinterest_day(FRAME, 12)
    assert day == date(2027, 2, 28)
    assert reinterest_day(FRAME, 6) == date(2027, 8, 29)
    assert reinterest_day(replace(FRAME, end=None), 12) is None

    def on(day: date, **more: object) -> str:
        return life(FRAME, WHO, on=day, **done, **more).next  # type: ignore[arg-type]

    assert on(day - DAY) == on(day - DAY, successor=NEXT) == ""
    assert on(day) == "reinterest"
    assert on(day, successor=NEXT) == "successor"
    marked = replace(YES, id="g.a", framework="g", answered_on=day)
    assert on(day, successor=NEXT, successor_interest=marked) == ""


@pytest.mark.parametrize(
    ("on", "orders", "who"),
    [
        (date(2028, 3, 1), (), WHO),
        (RUNNING, (replace(ORDERED, amount=Decimal(1000)),), WHO),
        (RUNNING, (), replace(WHO, kind=AdministrationKind.COMMUNE)),
    ],
)
def test_what_is_over_or_closed_leads_to_the_one_that_follows(
    on: date, orders: tuple[Order, ...], who: Administration
) -> None:
    later = replace(NEXT, interest_deadline=date(2028, 6, 30), launch=None)
    found = life(FRAME, who, on=on, interest=YES, orders=orders, successor=later)
    assert (found.next, found.successor) == ("successor", "g")


def test_who_is_not_named_yet_can_still_mark_interest() -> None:
    named = replace(FRAME, kinds=(), beneficiaries=("b",))
    assert life(named, WHO, on=date(2026, 1, 31)).next == "interest"
    assert life(named, WHO, on=date(2026, 3, 1)).next == ""
