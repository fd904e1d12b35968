"""Whom a centre admits on a day, by its conditions and its territory."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from jointbuy.centres import admission, adopt, identified, known_centre, may_join
from jointbuy.centres.eligibility import Known
from jointbuy.centres.known import names_on
from jointbuy.errors import word
from jointbuy.model import (
    Administration,
    AdministrationKind,
    Alias,
    Condition,
    FrameworkAgreement,
    LocalText,
    Period,
    PurchasingCentre,
    Region,
)
from jointbuy.model.lookup import find

DAY = timedelta(days=1)
FROM, UNTIL = date(2026, 3, 1), date(2027, 2, 28)
CPAS = Administration(
    id="cpas",
    names=LocalText(fr="CPAS"),
    kind=AdministrationKind.CPAS,
    region=Region.WALLONIA,
    territory="BE352",
)
TOWN = replace(CPAS, id="town", region=Region.BRUSSELS, territory="BE100")
SEAT = PurchasingCentre(
    id="c",
    names=LocalText(fr="C"),
    conditions=(
        Condition(regions=(Region.BRUSSELS,), period=Period(start=FROM, end=UNTIL)),
        Condition(kinds=(AdministrationKind.CPAS, AdministrationKind.COMMUNE)),
    ),
)
OPEN = FrameworkAgreement(
    id="f", centre="c", kinds=(AdministrationKind.CPAS, AdministrationKind.COMMUNE)
)


@pytest.mark.parametrize(
    ("who", "on", "answer"),
    [
        (CPAS, FROM - DAY, Known.YES),
        (CPAS, FROM, Known.NO),
        (CPAS, UNTIL, Known.NO),
        (CPAS, UNTIL + DAY, Known.YES),
        (TOWN, FROM, Known.YES),
        (replace(CPAS, region=None), FROM, Known.UNKNOWN),
        (replace(TOWN, kind=None), FROM, Known.UNKNOWN),
        (replace(TOWN, kind=AdministrationKind.PROVINCE), FROM, Known.NO),
    ],
)
def test_every_condition_of_the_day_must_hold(
    who: Administration, on: date, answer: Known
) -> None:
    assert may_join(SEAT, who, on) is answer
    found = identified(OPEN, who, SEAT, on)
    assert found.answer is (Known.YES if answer is Known.YES else answer)
    if who is CPAS and answer is Known.NO:
        assert "admits only: Brussels" in str(found.why)


def test_a_condition_seen_later_says_nothing_of_the_time_before() -> None:
    later = replace(SEAT, conditions=SEAT.conditions[:1])
    assert may_join(later, TOWN, FROM - DAY) is Known.UNKNOWN
    assert may_join(later, TOWN) is Known.UNKNOWN
    found = identified(OPEN, CPAS, later, FROM - DAY)
    assert (found.answer, "not known" in str(found.why)) == (Known.UNKNOWN, True)


def test_a_name_in_the_notice_settles_it_all_the_same() -> None:
    named = replace(OPEN, beneficiaries=("cpas",))
    assert identified(named, CPAS, SEAT, FROM).answer is Known.YES


@pytest.mark.parametrize(
    ("place", "answer"),
    [
        ("BE352", Known.YES),
        ("BE35", Known.YES),
        ("BE3", Known.UNKNOWN),
        ("", Known.UNKNOWN),
        ("BE321", Known.NO),
        ("BE100", Known.NO),
    ],
)
def test_a_part_of_a_region_is_judged_by_the_codes(place: str, answer: Known) -> None:
    centre = replace(SEAT, conditions=(), territory=("BE35", "BE34"))
    who = replace(CPAS, territory=place)
    assert may_join(centre, who, FROM) is answer
    assert identified(OPEN, who, centre, FROM).answer is answer


def test_a_centre_that_asks_nothing_decides_nothing() -> None:
    bare = PurchasingCentre(id="c")
    assert admission(bare, CPAS, FROM) is None
    assert identified(OPEN, CPAS, bare, FROM).answer is Known.YES


def test_the_adopted_centre_keeps_its_seat_rule() -> None:
    made = adopt(known_centre("i-city"))
    assert may_join(made, TOWN, date(2026, 11, 20)) is Known.YES
    assert may_join(made, TOWN, date(2026, 11, 19)) is Known.UNKNOWN
    assert may_join(made, CPAS, date(2026, 11, 20)) is Known.NO


def test_a_centre_is_shown_by_its_name_of_the_day_and_found_by_any() -> None:
    centre = PurchasingCentre(
        id="p",
        names=LocalText(fr="Paradis", nl="Paradijs"),
        aliases=(
            Alias(name="Ancien", period=Period(end=UNTIL)),
            Alias(name="Surnom"),
        ),
    )
    assert names_on(centre, UNTIL).get("nl") == "Ancien"
    assert names_on(centre, UNTIL + DAY) == centre.names
    for text in ("ancien", "Surnom", "paradijs"):
        assert find(text, {"p": centre}, word("purchasing centre")) is centre
