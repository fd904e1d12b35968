"""Orders and the conditions of centres, as they are typed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from jointbuy.intake.entries import parse_record
from jointbuy.intake.field_writing import write
from jointbuy.intake.forms import field_of
from jointbuy.model import (
    Administration,
    AdministrationKind,
    Condition,
    FrameworkAgreement,
    FrameworkLot,
    LocalText,
    Need,
    Order,
    Period,
    PurchasingCentre,
    Region,
)

ON = date(2027, 3, 15)
CENTRE = PurchasingCentre(id="c", names=LocalText(fr="C"))
KNOWN: dict[type, dict[str, Any]] = {
    Administration: {
        "a": Administration(id="a", names=LocalText(fr="A")),
        "b": Administration(id="b", names=LocalText(fr="B")),
    },
    Need: {"n": Need(id="n", administration="b", title="N")},
    FrameworkAgreement: {
        "f": FrameworkAgreement(
            id="f", centre="c", title=LocalText(fr="F"), lots=(FrameworkLot(id="1"),)
        ),
        "g": FrameworkAgreement(id="g", centre="c", title=LocalText(fr="G")),
    },
    Order: {"f.a.1": Order(id="f.a.1", framework="f", administration="a")},
}
BRUSSELS = Condition(regions=(Region.BRUSSELS,), period=Period(start=ON))
BOTH = Condition(
    regions=(Region.WALLONIA, Region.GERMAN_SPEAKING),
    kinds=(AdministrationKind.CPAS, AdministrationKind.COMMUNE),
    period=Period(start=date(2024, 1, 1), end=date(2025, 12, 31)),
)
KINDS = Condition(kinds=(AdministrationKind.POLICE_ZONE,))


@pytest.mark.parametrize("language", ["fr", "nl", "de", "en"])
def test_conditions_are_read_back_as_they_are_written(language: str) -> None:
    field = field_of(PurchasingCentre, "conditions")
    assert field is not None
    text = write(field, (BRUSSELS, BOTH, KINDS), language=language)
    assert len(text.splitlines()) == 3
    made, problems = parse_record(
        PurchasingCentre, CENTRE, {"conditions": text}, known=KNOWN, on=ON
    )
    assert problems == ()
    assert made is not None
    assert made.conditions == (BRUSSELS, BOTH, KINDS)
    emptied, _ = parse_record(
        PurchasingCentre, made, {"conditions": ""}, known=KNOWN, on=ON
    )
    assert emptied is not None
    assert emptied.conditions == ()


@pytest.mark.parametrize(
    ("cell", "text", "part"),
    [
        ("conditions", "; ; 1/1/2027", "not a condition"),
        ("conditions", "Brussel; OCMW; 1/1/2027; 2/1/2027; nog", "not a condition"),
        ("conditions", "Mars", "not a region"),
        ("conditions", "Brussel; koning", "kind"),
        ("conditions", "Brussel; ; gisteren noen", "day"),
        ("conditions", "Brussel; ; 2/1/2027; 1/1/2027", "before it starts"),
        ("territory", "BE10; nergens", "nergens"),
    ],
)
def test_a_condition_nobody_can_mean_is_refused(
    cell: str, text: str, part: str
) -> None:
    _, problems = parse_record(
        PurchasingCentre, CENTRE, {cell: text}, known=KNOWN, on=ON
    )
    assert any(each.blocking and part in str(each.message) for each in problems)


def test_territories_are_listed() -> None:
    made, _ = parse_record(
        PurchasingCentre, CENTRE, {"territory": "be10, BE 21;BE10"}, known=KNOWN, on=ON
    )
    assert made is not None
    assert made.territory == ("BE10", "BE21")


def test_an_order_is_called_after_what_it_joins_and_counts_on() -> None:
    cells = {"framework": "F", "administration": "A", "lot": "1", "amount": "1.000,5"}
    made, problems = parse_record(Order, None, cells, known=KNOWN, on=ON)
    assert (made, problems) == (
        Order(
            id="f.a.2", framework="f", administration="a", lot="1",
            amount=Decimal("1000.5"),
        ),
        (),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "field", "blocking", "part"),
    [
        ({"lot": "9"}, "lot", True, "no lot 9"),
        ({}, "lot", False, "It has lots (1)"),
        ({"framework": "g", "lot": "1"}, "lot", True, "no lot 1"),
        ({"need": "n"}, "need", True, "another administration"),
        (
            {"concluded_on": "2/3/2027", "until": "1/3/2027"},
            "until",
            True,
            "before the order was concluded",
        ),
        ({"amount": "-1"}, "amount", True, "zero or more"),
        ({"framework": ""}, "framework", True, "missing"),
    ],
)
def test_an_order_that_cannot_be_is_refused(
    cells: dict[str, str], field: str, *, blocking: bool, part: str
) -> None:
    given = {"framework": "f", "administration": "a", **cells}
    _, problems = parse_record(Order, None, given, known=KNOWN, on=ON)
    assert any(
        each.field == field and each.blocking == blocking and part in str(each.message)
        for each in problems
    )
