"""Runs the table of procedures by value."""

from __future__ import annotations

import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from jointbuy.errors import NotInForce
from jointbuy.law import NATURES, Part, compare, lots, procedures, tipping

TABLE = tomllib.loads(
    (Path(__file__).parent / "cases" / "procedures.toml").read_text(encoding="utf-8"),
    parse_float=Decimal,
)


def cases(kind: str) -> list[Any]:
    return [pytest.param(case, id=case["note"]) for case in TABLE[kind]]


def amount(number: int | Decimal | None) -> Decimal | None:
    return None if number is None else Decimal(number)


@pytest.mark.parametrize("case", cases("value"))
def test_a_value_calls_for(case: dict[str, Any]) -> None:
    found = procedures(
        case["nature"],
        Decimal(case["estimate"]),
        amount(case.get("expenditure")),
        case.get("authority", "local"),
        on=case["on"],
    )
    assert case["source"]
    assert found.lightest.name == case["lightest"]
    assert found.publication == case["notice"]
    assert found.eu_publicity == (case["notice"] == "european")
    assert set(case.get("has", ())) <= set(found.names)
    assert not set(case.get("lacks", ())) & set(found.names)
    assert found.lots_due == case.get("lots_due", found.lots_due)


@pytest.mark.parametrize("case", cases("not_in_force"))
def test_a_day_has_no_law(case: dict[str, Any]) -> None:
    assert case["source"]
    for nature in NATURES:
        for ask in (
            lambda kind: procedures(kind, Decimal(1), on=case["on"]),
            lambda kind: tipping(kind, on=case["on"]),
        ):
            with pytest.raises(NotInForce):
                ask(nature)


@pytest.mark.parametrize("case", cases("joint"))
def test_parts_together_call_for(case: dict[str, Any]) -> None:
    parts = [
        Part(
            administration=str(number),
            estimate=Decimal(each),
            authority="central" if number in case.get("federal", ()) else "local",
        )
        for number, each in enumerate(case["parts"])
    ]
    found = compare(parts, case["nature"], on=case["on"])
    assert case["source"]
    assert found.joint.estimate == sum(map(Decimal, case["parts"]))
    assert found.joint.lightest.name == case["lightest"]
    assert [step.start for step in found.crossed] == case["crossed"]
    assert found.room.left == amount(case.get("left"))
    lower = found.joint.eu_threshold.value != compare(
        [Part(administration="x", estimate=Decimal(1))], case["nature"], on=case["on"]
    ).joint.eu_threshold.value  # fmt: skip
    assert bool(found.warnings) == lower


@pytest.mark.parametrize("case", cases("division"))
def test_lots_escape(case: dict[str, Any]) -> None:
    found = lots(
        [Decimal(each) for each in case["amounts"]],
        case["nature"],
        apart=case.get("named"),
        on=case["on"],
    )
    assert case["source"]
    assert found.eu_publicity is case["eu"]
    assert list(found.apart) == case["apart"]
    assert [lot.name for lot in found.lots if lot.unpublished] == case["unpublished"]


def test_there_are_many_cases_and_none_twice() -> None:
    notes = [case["note"] for kind in TABLE.values() for case in kind]
    assert len(notes) == len(set(notes))
    assert len(notes) >= 100
    assert all(isinstance(case["on"], date) for kind in TABLE.values() for case in kind)
