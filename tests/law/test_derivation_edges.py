"""The edges of what a register answers by itself: the last day, the last cent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from jointbuy.law import Derived, derive
from jointbuy.model import (
    Adhesion,
    AdhesionStatus,
    Administration,
    AdministrationKind,
    CallOff,
    Candidate,
    CandidateKind,
    Contract,
    Entry,
    Form,
    FrameworkAgreement,
    FrameworkLot,
    Interest,
    InterestAnswer,
    LocalText,
    Nature,
    Need,
    PurchasingCentre,
    Region,
    UseDecision,
)

DAY = date(2026, 11, 20)
NEXT = timedelta(days=1)
LAUNCH = date(2027, 4, 1)

COMMUNE = Administration(
    id="commune",
    names=LocalText(fr="Commune", nl="Gemeente", en="Commune"),
    kind=AdministrationKind.COMMUNE,
    region=Region.BRUSSELS,
    languages=("fr", "nl"),
    enterprise_number="0999001020",
)
CPAS = replace(
    COMMUNE,
    id="cpas",
    names=LocalText(fr="CPAS", nl="OCMW", en="CPAS"),
    kind=AdministrationKind.CPAS,
    enterprise_number="0999002010",
)
PAPER = Need(
    id="paper",
    administration="commune",
    title="Papier",
    nature=Nature.SUPPLIES,
    cpv="30197630",
    estimate=Decimal(60_000),
    duration_months=24,
)
PAPIER = replace(
    PAPER, id="papier", administration="cpas", title="Papier CPAS", cpv="30197643"
)
JOINT = Candidate(
    id="j",
    kind=CandidateKind.JOINT,
    nature=Nature.SUPPLIES,
    needs=("paper", "papier"),
    administrations=("commune", "cpas"),
    launch=LAUNCH,
    estimate=Decimal(120_000),
)
CENTRE = PurchasingCentre(id="centre", contracting_authority=True)
FRAMEWORK = FrameworkAgreement(
    id="frame",
    centre="centre",
    beneficiaries=("commune", "cpas"),
    interest_deadline=date(2026, 6, 30),
    launch=date(2026, 9, 1),
    start=date(2027, 1, 1),
    end=date(2027, 12, 31),
    ceiling=Decimal(200_000),
    ceiling_each=Decimal(100_000),
    call_off=CallOff.DIRECT,
    fee=Decimal(0),
)
ADHERE = replace(JOINT, kind=CandidateKind.ADHESION, framework="frame")


def mark(who: str, **changes: Any) -> Interest:
    return replace(
        Interest(
            id=f"i-{who}",
            administration=who,
            framework="frame",
            asked_on=date(2026, 5, 1),
            answer=InterestAnswer.YES,
            answered_on=date(2026, 6, 1),
            maximum_amount=Decimal(90_000),
        ),
        **changes,
    )


def joined(who: str, **changes: Any) -> Adhesion:
    return replace(
        Adhesion(
            id=f"a-{who}",
            administration=who,
            centre="centre",
            status=AdhesionStatus.ADHERED,
            decided_on=DAY,
            convention_on=DAY,
        ),
        **changes,
    )


def joint(**changes: Any) -> dict[str, Derived]:
    known: dict[str, Any] = {
        "candidate": JOINT,
        "needs": (PAPER, PAPIER),
        "administrations": (COMMUNE, CPAS),
        "on": DAY,
    }
    known.update(changes)
    return derive(known.pop("candidate"), Form.JOINT_CONTRACT, **known)


def centre(**changes: Any) -> dict[str, Derived]:
    known: dict[str, Any] = {
        "candidate": ADHERE,
        "needs": (PAPER, PAPIER),
        "administrations": (COMMUNE, CPAS),
        "framework": FRAMEWORK,
        "centre": CENTRE,
        "interests": (mark("commune"), mark("cpas")),
        "adhesions": (joined("commune"), joined("cpas")),
        "uses": (),
        "on": DAY,
    }
    known.update(changes)
    return derive(known.pop("candidate"), Form.PURCHASING_CENTRE, **known)


def alone(**changes: Any) -> dict[str, Derived]:
    """What is known where one administration joins by itself."""
    one = replace(ADHERE, needs=("paper",), administrations=("commune",))
    return centre(
        **{
            "candidate": replace(one, estimate=PAPER.estimate),
            "needs": (PAPER,),
            "administrations": (COMMUNE,),
            **changes,
        }
    )


def value(found: dict[str, Derived], code: str) -> str:
    return found[code].value if code in found else ""


# ------------------------------------------------------------------- the centre


def test_one_beneficiary_says_why_and_several_are_listed() -> None:
    several, one = centre()["a2"], alone()["a2"]
    assert several.value == one.value == "yes"
    assert "commune, cpas" in str(several.message)
    assert "cpas" not in str(one.message)
    assert several.message.text != one.message.text


def test_nothing_left_is_said_even_where_the_order_has_no_amount() -> None:
    used = replace(FRAMEWORK, consumed=Decimal(200_000))
    silent = replace(PAPER, estimate=None)
    assert value(alone(framework=used, needs=(silent,)), "a4") == "no"
    cent = replace(FRAMEWORK, consumed=Decimal("199999.99"))
    assert value(alone(framework=cent, needs=(silent,)), "a4") == ""


def test_an_order_that_takes_all_that_is_left_fits() -> None:
    exact = replace(FRAMEWORK, ceiling=Decimal(120_000))
    assert value(centre(framework=exact), "a4") == "yes"
    less = replace(FRAMEWORK, ceiling=Decimal("119999.99"))
    assert value(centre(framework=less), "a4") == "no"


@pytest.mark.parametrize(
    ("published", "marked", "answer"),
    [
        (Decimal(60_000), Decimal(90_000), "yes"),
        (Decimal("59999.99"), Decimal(90_000), "no"),
        (Decimal(90_000), Decimal(60_000), "yes"),
        (Decimal(90_000), Decimal("59999.99"), "no"),
        (None, Decimal(60_000), "yes"),
        (Decimal(60_000), None, "yes"),
    ],
)
def test_the_least_of_the_two_maxima_of_a_beneficiary_counts(
    published: Decimal | None, marked: Decimal | None, answer: str
) -> None:
    framework = replace(FRAMEWORK, ceiling_each=published)
    found = alone(
        framework=framework, interests=(mark("commune", maximum_amount=marked),)
    )
    assert value(found, "a4") == answer


def test_the_count_of_orders_is_needed_from_the_first_day_on() -> None:
    at_start = replace(FRAMEWORK, start=DAY)
    assert value(centre(framework=at_start), "a4") == ""
    tomorrow = replace(FRAMEWORK, start=DAY + NEXT)
    assert value(centre(framework=tomorrow), "a4") == "yes"
    counted = replace(at_start, consumed=Decimal("0.01"))
    assert value(centre(framework=counted), "a4") == "yes"


def test_an_order_of_another_framework_uses_nothing_of_this_one() -> None:
    other = UseDecision(id="u", need="else", framework="another", decided_on=DAY)
    assert value(centre(uses=(other,)), "a4") == "yes"
    same = replace(other, framework="frame")
    assert value(centre(uses=(same,)), "a4") == ""
    own = replace(same, need="paper")
    assert value(centre(uses=(own,)), "a4") == "yes"


def test_a_mark_for_another_framework_or_of_another_one_is_none() -> None:
    own = mark("commune")
    for wrong in (mark("cpas", framework="another"), mark("someone")):
        assert value(centre(interests=(own, wrong)), "a3") == ""
    assert value(centre(), "a3") == "yes"


def test_interest_can_still_be_marked_until_the_day_before_the_launch() -> None:
    open_call = replace(
        FRAMEWORK, interest_deadline=DAY + 10 * NEXT, launch=DAY + 20 * NEXT
    )
    asked = mark("cpas", answer=None, answered_on=None, maximum_amount=None)
    marks = (mark("commune"), asked)
    assert value(centre(framework=open_call, interests=marks), "a3") == ""
    launched = replace(open_call, launch=DAY)
    assert value(centre(framework=launched, interests=marks), "a3") == "no"
    refused = replace(asked, answer=InterestAnswer.NO, answered_on=DAY)
    marks = (mark("commune"), refused)
    assert value(centre(framework=open_call, interests=marks), "a3") == "no"


def test_the_order_may_come_on_the_last_day_and_not_after() -> None:
    last = replace(FRAMEWORK, end=LAUNCH)
    assert value(centre(framework=last), "a5") == "yes"
    assert value(centre(framework=replace(last, end=LAUNCH - NEXT)), "a5") == "no"
    unplanned = replace(ADHERE, launch=None)
    ended = replace(FRAMEWORK, end=DAY - NEXT)
    assert value(centre(candidate=unplanned, framework=ended), "a5") == "no"
    today = replace(FRAMEWORK, end=DAY)
    assert value(centre(candidate=unplanned, framework=today), "a5") == ""


@pytest.mark.parametrize(
    ("changes", "answer"),
    [
        ({}, "yes"),
        ({"decided_on": DAY + NEXT}, "no"),
        ({"convention_on": DAY + NEXT}, "no"),
        ({"convention_on": None}, "no"),
        ({"centre": "another"}, "no"),
        ({"administration": "another"}, "no"),
        ({"domain": "paper"}, ""),
        ({"status": AdhesionStatus.CONDITIONAL}, ""),
    ],
)
def test_joining_counts_from_the_day_of_both_acts(
    changes: dict[str, Any], answer: str
) -> None:
    found = centre(adhesions=(joined("commune"), joined("cpas", **changes)))
    assert value(found, "a6") == answer


@pytest.mark.parametrize(
    ("changes", "answer"),
    [
        ({}, "yes"),
        ({"decided_on": DAY + NEXT}, "no"),
        ({"decided_on": None}, "no"),
        ({"framework": "another"}, "no"),
        ({"need": "another"}, "no"),
    ],
)
def test_using_counts_from_its_own_day(changes: dict[str, Any], answer: str) -> None:
    decided = UseDecision(id="u", need="paper", framework="frame", decided_on=DAY)
    found = alone(uses=(replace(decided, **changes),))
    assert value(found, "a7") == answer


@pytest.mark.parametrize(
    ("fee", "answer"),
    [(Decimal(0), "no"), (Decimal("0.01"), "yes"), (None, "")],
)
def test_a_fee_of_nothing_is_none(fee: Decimal | None, answer: str) -> None:
    assert value(centre(framework=replace(FRAMEWORK, fee=fee)), "a10") == answer


@pytest.mark.parametrize(
    ("of_framework", "of_centre", "limited", "met"),
    [
        ({}, {}, "", ""),
        ({"kinds": (AdministrationKind.COMMUNE,)}, {}, "yes", "no"),
        ({"regions": (Region.BRUSSELS,)}, {}, "yes", "yes"),
        ({"regions": (Region.FLANDERS,)}, {}, "yes", "no"),
        ({}, {"kinds": (AdministrationKind.CPAS,)}, "yes", "no"),
        ({}, {"regions": (Region.BRUSSELS,)}, "yes", "yes"),
        ({}, {"regions": (Region.WALLONIA,)}, "yes", "no"),
        (
            {"regions": (Region.WALLONIA,)},
            {"regions": (Region.BRUSSELS,)},
            "yes",
            "no",
        ),
    ],
)
def test_a_limit_may_stand_in_the_framework_or_with_the_centre(
    of_framework: dict[str, Any], of_centre: dict[str, Any], limited: str, met: str
) -> None:
    found = centre(
        framework=replace(FRAMEWORK, beneficiaries=(), **of_framework),
        centre=replace(CENTRE, **of_centre),
    )
    assert value(found, "a13") == limited
    assert value(found, "a13_met") == met


@pytest.mark.parametrize(
    ("exclusive", "answer"), [(True, "yes"), (False, ""), (None, "")]
)
def test_only_a_recorded_exclusivity_is_one(
    exclusive: bool | None, answer: str
) -> None:
    found = centre(framework=replace(FRAMEWORK, exclusive=exclusive))
    assert value(found, "a9") == answer


def test_a_lot_chosen_is_the_one_whose_orders_count() -> None:
    lots = (
        FrameworkLot(id="1", ceiling=Decimal(150_000), consumed=Decimal(1)),
        FrameworkLot(id="2", ceiling=Decimal(150_000)),
    )
    running = replace(FRAMEWORK, start=DAY, lots=lots)
    first, second = replace(ADHERE, lot="1"), replace(ADHERE, lot="2")
    assert value(centre(framework=running, candidate=first), "a4") == "yes"
    assert value(centre(framework=running, candidate=second), "a4") == ""


# ------------------------------------------------------------ the joint contract


def bound(**changes: Any) -> Contract:
    return replace(
        Contract(
            id="old",
            administration="commune",
            title="Papier",
            cpv="30197630",
            end=LAUNCH,
            exclusive=True,
        ),
        **changes,
    )


FREE = bound(id="free", administration="cpas", cpv="30197643", exclusive=False)


@pytest.mark.parametrize(
    ("changes", "answer"),
    [
        ({}, "yes"),
        ({"end": LAUNCH - NEXT}, "no"),
        ({"end": LAUNCH - NEXT, "renewals_left": 1}, ""),
        ({"end": LAUNCH - NEXT, "renewals_left": 1, "exclusive": False}, "no"),
        ({"end": None}, "yes"),
        ({"exclusive": False}, "no"),
        ({"exclusive": None}, ""),
        ({"cpv": "30197643"}, ""),
        ({"cpv": "", "successor": "paper"}, "yes"),
        ({"cpv": "", "successor": "papier"}, ""),
        ({"administration": "cpas"}, ""),
    ],
)
def test_a_contract_binds_until_its_last_day(
    changes: dict[str, Any], answer: str
) -> None:
    found = joint(contracts=(bound(**changes), FREE))
    assert value(found, "j8") == answer


def test_who_is_bound_is_named() -> None:
    found = joint(contracts=(bound(), FREE))["j8"]
    assert str(found.message).startswith("commune is bound")
    assert found.message.args[0].names["nl"] == "Gemeente"
    assert LAUNCH.isoformat() in str(found.message)
    endless = joint(contracts=(bound(end=None), FREE))["j8"]
    assert "without known end" in str(endless.message)


def test_a_need_that_names_the_contract_it_replaces_is_bound_by_it() -> None:
    other = bound(cpv="09310000")
    assert value(joint(contracts=(other, FREE)), "j8") == ""
    named = replace(PAPER, replaces="old")
    assert value(joint(contracts=(other, FREE), needs=(named, PAPIER)), "j8") == "yes"


@pytest.mark.parametrize(
    ("amount", "answer"),
    [(Decimal("79999.99"), "not_due"), (Decimal(80_000), "")],
)
def test_lots_are_asked_from_the_amount_on(amount: Decimal, answer: str) -> None:
    needs = (PAPER, replace(PAPIER, estimate=amount))
    total = replace(JOINT, estimate=PAPER.estimate + amount)  # type: ignore[operator]
    assert value(joint(needs=needs, candidate=total), "j9") == answer


@pytest.mark.parametrize(
    ("region", "languages", "answer"),
    [
        (Region.BRUSSELS, ("fr", "nl"), "no"),
        (Region.BRUSSELS, ("nl", "fr"), "no"),
        (Region.BRUSSELS, ("fr",), "yes"),
        (Region.WALLONIA, ("fr", "nl"), "yes"),
        (None, ("fr", "nl"), ""),
        (Region.BRUSSELS, (), ""),
    ],
)
def test_places_and_languages_are_compared(
    region: Region | None, languages: tuple[str, ...], answer: str
) -> None:
    other = replace(CPAS, region=region, languages=languages)
    assert value(joint(administrations=(COMMUNE, other)), "j10") == answer


@pytest.mark.parametrize(
    ("months", "answer"), [(1, "yes"), (48, "yes"), (49, "no"), (None, "")]
)
def test_forty_eight_months_are_within_the_longest_duration(
    months: int | None, answer: str
) -> None:
    needs = (PAPER, replace(PAPIER, duration_months=months))
    assert value(joint(needs=needs), "j12") == answer


@pytest.mark.parametrize(
    ("entry", "answer"),
    [
        (date(2029, 3, 31), "yes"),
        (date(2029, 4, 1), "yes"),
        (date(2029, 4, 2), "no"),
    ],
)
def test_a_month_begun_before_an_entry_counts_whole(entry: date, answer: str) -> None:
    plan = replace(
        JOINT, entries=(Entry(need="paper", on=LAUNCH), Entry(need="papier", on=entry))
    )
    assert value(joint(candidate=plan), "j12") == answer
