"""Matching that follows changed needs ends where a full run by what it knows ends."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from jointbuy.matching import Inputs
from jointbuy.matching.propose import Matching, propose
from jointbuy.model import (
    Administration,
    FrameworkAgreement,
    LocalText,
    Need,
    NeedStatus,
    PurchasingCentre,
)

ON = date(2026, 11, 20)
TITLES = (
    ("Papier A4", "30197630"),
    ("kopieerpapier", "30197000"),
    ("Toner pour imprimantes", "30125100"),
    ("Stookolie", "09135100"),
    ("Mazout de chauffage", ""),
    ("Zorglub bleu", "33000000"),
    ("Zorglub bleu foncé", "33000000"),
    ("Bidulflop", ""),
    ("Tonte des pelouses", "77314000"),
    ("Titres-repas", "30199770"),
)


def need(number: int, dice: random.Random) -> Need:
    title, code = dice.choice(TITLES)
    start = ON + timedelta(days=dice.randrange(10, 900))
    return Need(
        id=f"n{number:04}",
        administration=f"a{dice.randrange(9)}",
        title=title,
        cpv=code,
        language="fr",
        estimate=Decimal(dice.randrange(1, 90) * 1000),
        unit=dice.choice(["", "stuks", "kg"]),
        earliest=start,
        latest=start + timedelta(days=dice.randrange(20, 200)),
        centre_priced=dice.random() < 0.1,
        status=dice.choice([NeedStatus.OPEN] * 5 + [NeedStatus.DRAFT]),
    )


def register(count: int, dice: random.Random) -> Inputs:
    return Inputs(
        needs=tuple(need(number, dice) for number in range(count)),
        administrations=tuple(
            Administration(
                id=f"a{number}",
                names=LocalText(fr=f"Commune {number}"),
                territory=f"BE{100 + number % 2}",
            )
            for number in range(9)
        ),
        centres=(PurchasingCentre(id="c", names=LocalText(fr="Centrale")),),
        frameworks=(
            FrameworkAgreement(
                id="f",
                centre="c",
                title=LocalText(fr="Papier"),
                cpv=("30197630", "30197000"),
                start=date(2026, 1, 1),
                end=date(2029, 12, 31),
            ),
        ),
        on=ON,
        max_framework_months=48,
    )


@pytest.mark.parametrize("count", [40, 260])
def test_following_changes_gives_what_a_full_run_gives(count: int) -> None:
    dice = random.Random(count)
    inputs = register(count, dice)
    matching = Matching(inputs)
    for turn in range(12):
        needs = {one.id: one for one in inputs.needs}
        changed = dice.sample(sorted(needs), 2)
        needs[changed[0]] = replace(need(0, dice), id=changed[0])
        if turn % 3:
            del needs[changed[1]]
        needs[f"new{turn}"] = replace(need(0, dice), id=f"new{turn}")
        inputs = replace(inputs, needs=tuple(needs.values()))
        followed = matching.follow(inputs)
        assert followed is matching
        anew = Matching(inputs, matching.knowledge)
        assert matching.proposals == anew.proposals, turn


def test_what_else_changes_is_matched_anew() -> None:
    inputs = register(30, random.Random(1))
    matching = Matching(inputs)
    assert matching.follow(replace(inputs, frameworks=())) is not matching
    assert matching.follow(replace(inputs, on=ON + timedelta(days=1))) is not matching
    few = replace(inputs, needs=inputs.needs[:15])
    assert matching.follow(few) is not matching
    assert matching.follow(few).proposals == propose(few)


def test_a_new_administration_is_matched_anew() -> None:
    inputs = register(30, random.Random(2))
    matching = Matching(inputs)
    stranger = replace(inputs.needs[0], id="x", administration="unheard of")
    wider = replace(inputs, needs=(*inputs.needs, stranger))
    assert matching.follow(wider) is not matching
    assert matching.follow(wider).proposals == propose(wider)


def test_nothing_changed_keeps_the_proposals() -> None:
    inputs = register(30, random.Random(3))
    matching = Matching(inputs)
    before = matching.proposals
    assert matching.follow(replace(inputs)) is matching
    assert matching.proposals == before
