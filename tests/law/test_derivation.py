from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from jointbuy.law import Derived, check, derive, facts_for, question
from jointbuy.model import (
    Adhesion,
    AdhesionStatus,
    Administration,
    AdministrationKind,
    CallOff,
    Candidate,
    CandidateKind,
    Condition,
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
    Order,
    Outcome,
    Period,
    PurchasingCentre,
    Region,
    UseDecision,
)

DAY = date(2026, 11, 20)
LAUNCH = date(2027, 4, 1)

COMMUNE = Administration(
    id="commune",
    names=LocalText(fr="Commune", nl="Gemeente"),
    kind=AdministrationKind.COMMUNE,
    region=Region.BRUSSELS,
    languages=("fr", "nl"),
    enterprise_number="0999001020",
)
CPAS = replace(
    COMMUNE,
    id="cpas",
    names=LocalText(fr="CPAS", nl="OCMW"),
    kind=AdministrationKind.CPAS,
    enterprise_number="0999002010",
)
PAPER = Need(
    id="paper",
    administration="commune",
    title="Papier",
    nature=Nature.SUPPLIES,
    cpv="30197630",
    estimate=Decimal(100_000),
    duration_months=48,
)
PAPIER = replace(PAPER, id="papier", administration="cpas", estimate=Decimal(39_999))
JOINT = Candidate(
    id="j",
    kind=CandidateKind.JOINT,
    nature=Nature.SUPPLIES,
    needs=("paper", "papier"),
    administrations=("commune", "cpas"),
    launch=LAUNCH,
    estimate=Decimal(139_999),
)
CENTRE = PurchasingCentre(
    id="centre",
    regions=(Region.BRUSSELS,),
    contracting_authority=True,
    certainty="A",
    source="statuts",
    checked=date(2026, 5, 1),
)
FRAMEWORK = FrameworkAgreement(
    id="frame",
    centre="centre",
    beneficiaries=("commune", "cpas"),
    interest_deadline=date(2026, 6, 30),
    launch=date(2026, 9, 1),
    start=date(2027, 1, 1),
    end=date(2027, 12, 31),
    ceiling=Decimal(200_000),
    ceiling_each=Decimal(150_000),
    call_off=CallOff.DIRECT,
    fee=Decimal("1.5"),
)
ADHERE = replace(JOINT, kind=CandidateKind.ADHESION, framework="frame")
MARKS = tuple(
    Interest(
        id=f"i-{who}",
        administration=who,
        framework="frame",
        asked_on=date(2026, 5, 1),
        answer=InterestAnswer.YES,
        answered_on=date(2026, 6, 1),
        maximum_amount=Decimal(120_000),
    )
    for who in ("commune", "cpas")
)
JOINED = tuple(
    Adhesion(
        id=f"a-{who}",
        administration=who,
        centre="centre",
        status=AdhesionStatus.ADHERED,
        decided_on=date(2026, 1, 1),
        convention_on=date(2026, 2, 1),
    )
    for who in ("commune", "cpas")
)
USES = tuple(
    UseDecision(id=f"u-{need}", need=need, framework="frame", decided_on=DAY)
    for need in ("paper", "papier")
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
        "interests": MARKS,
        "adhesions": JOINED,
        "uses": USES,
        "on": DAY,
    }
    known.update(changes)
    return derive(known.pop("candidate"), Form.PURCHASING_CENTRE, **known)


def value(found: dict[str, Derived], code: str) -> str:
    return found[code].value if code in found else ""


def test_everything_known_of_a_joint_contract_is_answered() -> None:
    found = joint()
    assert {code: each.value for code, each in found.items()} == {
        "g0_1": "yes",
        "g0_2": "yes",
        "g0_3": "yes",
        "g0_6": "no",
        "g0_7": "yes",
        "j6": "yes",
        "j9": "not_due",
        "j10": "no",
        "j12": "yes",
        "d4": "no",
        "k26": "not_due",
    }
    assert all(str(each.message) for each in found.values())


def test_everything_known_of_an_adhesion_is_answered() -> None:
    found = centre()
    assert {code: each.value for code, each in found.items() if code[0] == "a"} == {
        "a2": "yes",
        "a3": "yes",
        "a4": "yes",
        "a5": "yes",
        "a6": "yes",
        "a7": "yes",
        "a10": "yes",
        "a11": "no",
        "a13": "yes",
        "a13_met": "yes",
        "a14": "no",
    }


@pytest.mark.parametrize("form", [Form.JOINT_CONTRACT, Form.PURCHASING_CENTRE])
def test_what_is_derived_is_an_answer_the_question_allows(form: Form) -> None:
    found = joint() if form is Form.JOINT_CONTRACT else centre()
    for code, each in found.items():
        assert form in question(code).forms
        assert each.value in question(code).choices


def test_a_missing_record_leaves_the_questions_open() -> None:
    assert set(joint(needs=(PAPER,))) == {"g0_2", "g0_3"}
    assert set(joint(administrations=(COMMUNE,))) == {"g0_2", "g0_3"}


def test_between_administrations_nothing_is_known_of_money() -> None:
    found = derive(
        JOINT,
        Form.HORIZONTAL,
        needs=(PAPER, PAPIER),
        administrations=(COMMUNE, CPAS),
        on=DAY,
    )
    assert set(found) == {"g0_1", "g0_6", "g0_7", "d4"}


# The gate


def test_a_party_that_may_be_private_or_another_ones_department_is_asked() -> None:
    school = replace(CPAS, kind=AdministrationKind.SCHOOL_BOARD)
    assert "g0_1" not in joint(administrations=(COMMUNE, school))
    same = replace(CPAS, enterprise_number=COMMUNE.enterprise_number)
    assert "g0_1" not in joint(administrations=(COMMUNE, same))
    zone = replace(CPAS, kind=AdministrationKind.POLICE_ZONE)
    assert value(joint(administrations=(COMMUNE, zone)), "g0_1") == "yes"
    bare = replace(zone, enterprise_number="")
    assert "g0_1" not in joint(administrations=(COMMUNE, bare))


@pytest.mark.parametrize(
    ("second", "reached", "lots"),
    [
        ("39999.99", "no", "not_due"),
        ("40000.00", "no", ""),
        ("115999.99", "no", ""),
        ("116000.00", "yes", ""),
    ],
)
def test_the_sum_of_the_estimates_is_compared_with_the_amounts_of_the_day(
    second: str, reached: str, lots: str
) -> None:
    found = joint(needs=(PAPER, replace(PAPIER, estimate=Decimal(second))))
    assert value(found, "g0_6") == reached
    assert value(found, "j9") == lots


def test_one_need_without_estimate_leaves_the_value_open() -> None:
    found = joint(needs=(PAPER, replace(PAPIER, estimate=None)))
    assert {"g0_6", "j6", "j9"}.isdisjoint(found)
    mixed = joint(needs=(PAPER, replace(PAPIER, nature=Nature.WORKS)))
    assert "g0_6" not in mixed


@pytest.mark.parametrize(
    ("second", "reached"),
    [("39999.99", "no"), ("40000.00", ""), ("115999.99", ""), ("116000.00", "yes")],
)
@pytest.mark.parametrize("kind", [AdministrationKind.OTHER, None])
def test_with_a_party_that_may_be_federal_the_lowest_threshold_counts_too(
    kind: AdministrationKind | None, second: str, reached: str
) -> None:
    found = joint(
        administrations=(COMMUNE, replace(CPAS, kind=kind)),
        needs=(PAPER, replace(PAPIER, estimate=Decimal(second))),
    )
    assert value(found, "g0_6") == reached


@pytest.mark.parametrize(
    ("cpv", "second", "reached"),
    [
        ("64110000", "115999.99", "no"),
        ("64110000", "116000.00", ""),
        ("64110000", "649999.99", ""),
        ("64110000", "650000.00", "yes"),
        ("", "116000.00", ""),
        ("72250000", "116000.00", "yes"),
    ],
)
def test_what_may_be_a_social_or_specific_service_has_the_higher_threshold(
    cpv: str, second: str, reached: str
) -> None:
    found = joint(
        needs=(
            replace(PAPER, nature=Nature.SERVICES, cpv="72250000"),
            replace(PAPIER, nature=Nature.SERVICES, cpv=cpv, estimate=Decimal(second)),
        )
    )
    assert value(found, "g0_6") == reached


def test_after_the_last_known_amounts_the_value_is_asked_again() -> None:
    found = joint(on=date(2028, 1, 1))
    assert {"g0_6", "j9"}.isdisjoint(found)
    assert value(found, "j10") == "no"


def test_a_party_without_region_or_languages_is_named() -> None:
    bare = replace(CPAS, region=None)
    found = joint(administrations=(COMMUNE, bare))
    assert value(found, "g0_7") == "no"
    assert "cpas" in str(found["g0_7"].message)
    assert "j10" not in found


# Joint contract


def test_an_estimate_that_is_not_the_sum_is_asked() -> None:
    assert "j6" not in joint(candidate=replace(JOINT, estimate=Decimal(100_000)))


@pytest.mark.parametrize(
    ("estimate", "answer"), [(39_999, "yes"), (40_000, ""), (500_000, "")]
)
def test_the_sum_is_asked_where_a_need_beside_it_may_belong_to_it(
    estimate: int, answer: str
) -> None:
    toner = replace(PAPER, id="toner", cpv="30125100", estimate=Decimal(estimate))
    found = joint(needs=(PAPER, PAPIER, toner))
    assert value(found, "j6") == answer
    elsewhere = replace(toner, administration="zone")
    assert value(joint(needs=(PAPER, PAPIER, elsewhere)), "j6") == "yes"


def test_different_regions_or_languages_are_seen() -> None:
    walloon = replace(CPAS, region=Region.WALLONIA)
    assert value(joint(administrations=(COMMUNE, walloon)), "j10") == "yes"
    french = replace(CPAS, languages=("fr",))
    assert value(joint(administrations=(COMMUNE, french)), "j10") == "yes"
    turned = replace(CPAS, languages=("nl", "fr"))
    assert value(joint(administrations=(COMMUNE, turned)), "j10") == "no"


@pytest.mark.parametrize(
    ("entry", "answer"),
    [
        (LAUNCH, "yes"),
        (date(2027, 4, 2), "no"),
        (date(2027, 5, 1), "no"),
    ],
)
def test_a_later_entry_counts_in_the_duration(entry: date, answer: str) -> None:
    plan = replace(
        JOINT, entries=(Entry(need="paper", on=LAUNCH), Entry(need="papier", on=entry))
    )
    assert value(joint(candidate=plan), "j12") == answer


RUNNING = Contract(
    id="k",
    administration="cpas",
    title="Papier 2023",
    end=LAUNCH,
    exclusive=True,
    successor="papier",
)


def test_an_exclusive_contract_that_still_runs_on_the_start_day_is_named() -> None:
    found = joint(contracts=(RUNNING,))
    assert value(found, "j8") == "yes"
    assert "Papier 2023" in str(found["j8"].message)
    endless = replace(RUNNING, end=None, successor="", cpv="30197630")
    assert value(joint(contracts=(endless,)), "j8") == "yes"
    foreign = replace(RUNNING, administration="elsewhere")
    assert "j8" not in joint(contracts=(foreign,))


def test_a_later_entry_waits_for_the_contract_to_end() -> None:
    plan = replace(
        JOINT,
        entries=(
            Entry(need="paper", on=LAUNCH),
            Entry(need="papier", on=date(2027, 4, 2)),
        ),
    )
    other = replace(RUNNING, id="k2", administration="commune", successor="paper")
    ended = replace(other, end=date(2027, 3, 31))
    found = joint(candidate=plan, contracts=(RUNNING, ended))
    assert value(found, "j8") == "no"


def test_no_contract_recorded_is_not_no_contract() -> None:
    free = replace(RUNNING, exclusive=False)
    assert "j8" not in joint(contracts=(free,))
    both = (free, replace(free, id="k2", administration="commune", successor="paper"))
    assert value(joint(contracts=both), "j8") == "no"
    ended = replace(RUNNING, end=date(2027, 3, 31), exclusive=None)
    assert value(joint(contracts=(ended, both[1])), "j8") == "no"
    renewable = replace(ended, renewals_left=1)
    assert "j8" not in joint(contracts=(renewable, both[1]))
    unsure = (replace(free, exclusive=None), both[1])
    assert "j8" not in joint(contracts=unsure)
    assert "j8" not in joint(candidate=replace(JOINT, launch=None), contracts=both)


# Purchasing centre


@pytest.mark.parametrize(
    ("changes", "answer"),
    [
        ({}, ""),
        ({"contracting_authority": False}, "no"),
        ({"contracting_authority": None}, ""),
        ({"certainty": "B"}, ""),
    ],
)
def test_no_record_proves_that_a_centre_is_a_contracting_authority(
    changes: dict[str, Any], answer: str
) -> None:
    assert value(centre(centre=replace(CENTRE, **changes)), "a1") == answer


def test_one_administration_that_is_not_identified_is_enough() -> None:
    found = centre(framework=replace(FRAMEWORK, beneficiaries=("commune",)))
    assert value(found, "a2") == "no"
    silent = replace(FRAMEWORK, beneficiaries=())
    assert "a2" not in centre(framework=silent)


@pytest.mark.parametrize(
    ("changes", "answer"),
    [
        ({}, "yes"),
        ({"maximum_amount": None}, "no"),
        ({"answer": InterestAnswer.NO}, "no"),
        ({"answer": None, "answered_on": None}, "no"),
        ({"answered_on": date(2026, 7, 1)}, "no"),
        ({"answered_on": date(2026, 9, 1), "due": date(2026, 10, 1)}, "no"),
        ({"answered_on": date(2026, 8, 31), "due": date(2026, 10, 1)}, "yes"),
        ({"answered_on": None}, ""),
    ],
)
def test_interest_is_marked_with_a_maximum_before_the_launch(
    changes: dict[str, Any], answer: str
) -> None:
    found = centre(interests=(MARKS[0], replace(MARKS[1], **changes)))
    assert value(found, "a3") == answer


def test_an_interest_call_nobody_recorded_is_asked() -> None:
    assert "a3" not in centre(interests=MARKS[:1])
    unlaunched = replace(FRAMEWORK, launch=None)
    assert "a3" not in centre(framework=unlaunched)
    later = replace(FRAMEWORK, launch=date(2027, 1, 1), interest_deadline=None)
    asked = replace(MARKS[1], answer=None, answered_on=None)
    assert "a3" not in centre(framework=later, interests=(MARKS[0], asked))


@pytest.mark.parametrize(
    ("changes", "answer"),
    [
        ({"ceiling": Decimal(139_999)}, "yes"),
        ({"ceiling": Decimal("139998.99")}, "no"),
        ({"consumed": Decimal(200_000)}, "no"),
        ({"ceiling": None}, ""),
        ({"ceiling_each": Decimal(99_999)}, "no"),
        ({"ceiling_each": Decimal(100_000)}, "yes"),
        ({"ceiling_each": None}, "yes"),
    ],
)
def test_the_order_must_fit_in_what_is_left(
    changes: dict[str, Any], answer: str
) -> None:
    assert value(centre(framework=replace(FRAMEWORK, **changes)), "a4") == answer


def test_a_maximum_that_is_not_known_for_each_stays_open() -> None:
    without = replace(FRAMEWORK, ceiling_each=None)
    marks = tuple(replace(each, maximum_amount=None) for each in MARKS)
    assert "a4" not in centre(framework=without, interests=marks)
    others = (*USES, UseDecision(id="u", need="else", framework="frame"))
    assert "a4" not in centre(uses=others)
    unknown = replace(PAPIER, estimate=None)
    assert "a4" not in centre(needs=(PAPER, unknown))


def test_a_lot_is_bound_by_its_own_ceiling() -> None:
    lots = (FrameworkLot(id="1", ceiling=Decimal(1_000)),)
    lotted = replace(FRAMEWORK, lots=lots)
    assert "a4" not in centre(framework=lotted)
    absent = replace(ADHERE, lot="2")
    assert "a4" not in centre(framework=lotted, candidate=absent)
    chosen = replace(ADHERE, lot="1")
    assert value(centre(framework=lotted, candidate=chosen), "a4") == "no"
    wide = replace(lotted, lots=(FrameworkLot(id="1", ceiling=Decimal(139_999)),))
    assert value(centre(framework=wide, candidate=chosen), "a4") == "yes"


def test_orders_nobody_recorded_are_not_no_orders() -> None:
    running = replace(FRAMEWORK, start=DAY, ceiling=Decimal(900_000))
    assert "a4" not in centre(framework=running)
    assert "a4" not in centre(framework=replace(running, start=None))
    tomorrow = replace(running, start=date(2026, 11, 21))
    assert value(centre(framework=tomorrow), "a4") == "yes"
    counted = replace(running, consumed=Decimal(1))
    assert value(centre(framework=counted), "a4") == "yes"
    lot = FrameworkLot(id="1", ceiling=Decimal(500_000))
    chosen = replace(ADHERE, lot="1")
    assert "a4" not in centre(framework=replace(counted, lots=(lot,)), candidate=chosen)
    known = replace(counted, lots=(replace(lot, consumed=Decimal(1)),))
    assert value(centre(framework=known, candidate=chosen), "a4") == "yes"


def placed(id_: str, amount: str, who: str = "commune", need: str = "") -> Order:
    return Order(
        id=id_, framework="frame", administration=who, need=need,
        concluded_on=DAY, amount=Decimal(amount),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("orders", "answer"),
    [
        ((placed("1", "60001"),), "no"),  # of 200,000 only 139,999 is needed
        ((placed("1", "20000.01"),), "no"),  # of its own 120,000
        ((placed("1", "20000"),), "yes"),
        ((placed("1", "80001", who="cpas"),), "no"),
        ((placed("1", "60000", who="cpas"),), "yes"),
        ((placed("1", "90000", need="paper"),), "yes"),  # the rest of the need
        ((replace(placed("1", "90000"), concluded_on=None),), "yes"),
        ((replace(placed("1", "90000"), framework="other"),), "yes"),
        ((replace(placed("1", "1"), amount=None),), ""),
    ],
)
def test_what_was_ordered_leaves_less(orders: tuple[Order, ...], answer: str) -> None:
    counted = replace(FRAMEWORK, consumed_on=date(2026, 1, 1))
    assert value(centre(framework=counted, orders=orders), "a4") == answer


@pytest.mark.parametrize(
    ("amount", "answer"), [("99999.99", "yes"), ("100000", "yes"), ("100000.01", "no")]
)
def test_an_order_is_held_against_the_own_maximum(amount: str, answer: str) -> None:
    alone = replace(ADHERE, administrations=("commune",), needs=("paper",))
    found = centre(
        candidate=alone,
        needs=(PAPER,),
        administrations=(COMMUNE,),
        orders=(placed("1", "20000", need="paper"),),
        order=Decimal(amount),
    )
    assert value(found, "a4") == ("" if answer == "yes" else "no")
    counted = centre(
        candidate=alone,
        needs=(PAPER,),
        administrations=(COMMUNE,),
        uses=USES[:1],
        framework=replace(FRAMEWORK, consumed_on=DAY),
        orders=(placed("1", "20000", need="paper"),),
        order=Decimal(amount),
    )
    assert value(counted, "a4") == answer


def test_a_condition_of_the_day_limits_who_is_admitted() -> None:
    seat = Condition(regions=(Region.WALLONIA,), period=Period(start=DAY))
    asked = PurchasingCentre(id="centre", conditions=(seat,))
    closed = replace(FRAMEWORK, beneficiaries=(), regions=(Region.BRUSSELS,))
    found = centre(centre=asked, framework=closed)
    assert [value(found, code) for code in ("a2", "a13", "a13_met")] == [
        "no", "yes", "no",
    ]  # fmt: skip
    later = replace(seat, period=Period(start=DAY.replace(day=DAY.day + 1)))
    unknown = centre(centre=replace(asked, conditions=(later,)), framework=closed)
    assert [value(unknown, code) for code in ("a2", "a13", "a13_met")] == [
        "", "yes", "",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("launch", "on", "answer"),
    [
        (date(2027, 12, 31), DAY, "yes"),
        (date(2028, 1, 1), DAY, "no"),
        (LAUNCH, date(2028, 1, 1), "no"),
        (None, DAY, ""),
        (None, date(2028, 1, 1), "no"),
    ],
)
def test_the_order_comes_on_the_last_day_at_the_latest(
    launch: date | None, on: date, answer: str
) -> None:
    assert (
        value(centre(candidate=replace(ADHERE, launch=launch), on=on), "a5") == answer
    )


@pytest.mark.parametrize(
    ("changes", "answer"),
    [
        ({}, "yes"),
        ({"decided_on": DAY, "convention_on": DAY}, "yes"),
        ({"convention_on": None}, "no"),
        ({"decided_on": date(2026, 11, 21)}, "no"),
        ({"status": AdhesionStatus.REFUSED}, "no"),
        ({"status": AdhesionStatus.CONDITIONAL}, ""),
        ({"domain": "telecom"}, ""),
        ({"centre": "another"}, "no"),
    ],
)
def test_joining_needs_a_decision_and_a_convention_of_each(
    changes: dict[str, Any], answer: str
) -> None:
    found = centre(adhesions=(JOINED[0], replace(JOINED[1], **changes)))
    assert value(found, "a6") == answer


def test_every_need_has_its_own_decision_of_use() -> None:
    found = centre(uses=USES[:1])
    assert value(found, "a7") == "no"
    assert "Papier" in str(found["a7"].message)
    late = replace(USES[1], decided_on=date(2026, 11, 21))
    assert value(centre(uses=(USES[0], late)), "a7") == "no"


@pytest.mark.parametrize(
    ("changes", "code", "answer"),
    [
        ({"exclusive": True}, "a9", "yes"),
        ({"exclusive": False}, "a9", ""),
        ({"fee": Decimal(0)}, "a10", "no"),
        ({"fee": None}, "a10", ""),
        ({"call_off": CallOff.MINI_COMPETITION}, "a11", "yes"),
        ({"call_off": CallOff.BOTH}, "a11", "yes"),
        ({"call_off": None}, "a11", ""),
    ],
)
def test_the_framework_answers_for_itself(
    changes: dict[str, Any], code: str, answer: str
) -> None:
    assert value(centre(framework=replace(FRAMEWORK, **changes)), code) == answer


def test_a_walloon_commune_is_not_admitted_by_a_brussels_centre() -> None:
    walloon = replace(COMMUNE, region=Region.WALLONIA)
    found = centre(administrations=(walloon, CPAS))
    assert value(found, "a13_met") == "no"
    unknown = replace(COMMUNE, region=None)
    assert "a13_met" not in centre(administrations=(unknown, CPAS))
    anybody = replace(CENTRE, regions=())
    assert "a13" not in centre(centre=anybody)
    assert "a13" not in centre(centre=None)


def test_works_are_asked_about() -> None:
    works = tuple(replace(n, nature=Nature.WORKS) for n in (PAPER, PAPIER))
    assert "a14" not in centre(needs=works)


def test_without_a_framework_nothing_is_known_of_it() -> None:
    found = centre(framework=None, centre=None)
    assert {code for code in found if code[0] == "a"} == {"a14"}


# In-house, and how it is used


def test_a_commune_with_its_cpas_is_pointed_out() -> None:
    def found(*parties: Administration) -> str:
        candidate = replace(JOINT, administrations=tuple(p.id for p in parties))
        derived = derive(
            candidate,
            Form.IN_HOUSE,
            needs=(PAPER, PAPIER),
            administrations=parties,
            on=DAY,
        )
        return value(derived, "h_cpas")

    zone = replace(CPAS, id="zone", kind=AdministrationKind.POLICE_ZONE)
    assert found(COMMUNE, CPAS) == "yes"
    assert not found(COMMUNE)
    assert not found(COMMUNE, zone)
    assert not found(CPAS, replace(COMMUNE, kind=None))
    assert found(CPAS, zone) == "no"


@pytest.mark.parametrize("form", [Form.IN_HOUSE, Form.IN_HOUSE_JOINT])
def test_of_a_provider_the_register_knows_nothing(form: Form) -> None:
    def found(*parties: Administration) -> dict[str, Derived]:
        return derive(
            JOINT, form, needs=(PAPER, PAPIER), administrations=parties, on=DAY
        )

    assert {"g0_1", "g0_7"}.isdisjoint(found(COMMUNE, CPAS))
    bare = replace(CPAS, region=None)
    assert value(found(COMMUNE, bare), "g0_7") == "no"


def test_what_somebody_answers_goes_before_what_is_derived() -> None:
    derived = joint()
    facts = facts_for({"j12": "no", "j10": ""}, derived, on=DAY)
    assert facts.known("j12") == "no"
    assert facts.derived["j12"].value == "yes"
    assert facts.known("j10") == "no"
    found = {f.rule: f.outcome for f in check(Form.JOINT_CONTRACT, facts)}
    assert found["j12"] is Outcome.SERIOUS
    assert found["j10"] is Outcome.OK
    assert found["j1"] is Outcome.UNKNOWN


# The forms beside articles 30 and 31.

COMPANY = replace(COMMUNE, id="company", kind=AdministrationKind.OTHER)
JOINED_UP = replace(
    COMMUNE,
    id="cpas",
    names=LocalText(fr="Intercommunale"),
    kind=AdministrationKind.INTERCOMMUNALE,
    enterprise_number="0999003000",
)
NEXT = replace(COMMUNE, id="cpas", enterprise_number="0999004087")
ALONE = replace(JOINT, needs=("paper",), administrations=("commune",))


def between(form: Form, *parties: Administration) -> dict[str, Derived]:
    candidate = JOINT if len(parties) > 1 else ALONE
    return derive(
        candidate, form, needs=(PAPER, PAPIER), administrations=parties, on=DAY
    )


def test_two_communes_are_never_controlled_so_none_awards_upwards() -> None:
    found = between(Form.IN_HOUSE_REVERSE, COMMUNE, NEXT)
    assert found["r1"].value == "no"
    assert "r1" not in between(Form.IN_HOUSE_REVERSE, COMMUNE, CPAS)
    assert between(Form.IN_HOUSE_REVERSE, COMMUNE)["r1"].value == "no"


def test_an_intercommunale_is_under_joint_control() -> None:
    found = between(Form.IN_HOUSE_REVERSE, COMMUNE, JOINED_UP)
    assert found["r4"].value == "yes"
    assert "cpas" in str(found["r4"].message)
    assert "r4" not in between(Form.IN_HOUSE_REVERSE, COMMUNE, CPAS)


def test_who_awards_is_an_authority_where_every_party_is_one() -> None:
    assert between(Form.IN_HOUSE_REVERSE, COMMUNE, CPAS)["r3"].value == "yes"
    other = replace(COMPANY, id="cpas")
    assert "r3" not in between(Form.IN_HOUSE_REVERSE, COMMUNE, other)


def test_neither_a_commune_nor_an_intercommunale_uses_staff_of_the_list() -> None:
    assert between(Form.STAFF_PLACEMENT, COMMUNE, NEXT)["t2"].value == "no"
    assert between(Form.STAFF_PLACEMENT, COMMUNE, JOINED_UP)["t2"].value == "no"


@pytest.mark.parametrize(
    "kind",
    [
        AdministrationKind.CPAS,
        AdministrationKind.OTHER,
        AdministrationKind.SCHOOL_BOARD,
        AdministrationKind.PROVINCE,
        None,
    ],
)
def test_who_employs_is_not_recorded_so_another_kind_leaves_the_list_open(
    kind: AdministrationKind | None,
) -> None:
    other = replace(CPAS, kind=kind)
    assert "t2" not in between(Form.STAFF_PLACEMENT, COMMUNE, other)


def test_without_a_cpas_nobody_is_employed_under_article_60() -> None:
    assert between(Form.STAFF_PLACEMENT, COMMUNE, NEXT)["t10"].value == "no"
    assert "t10" not in between(Form.STAFF_PLACEMENT, COMMUNE, CPAS)
    unknown = replace(CPAS, kind=None)
    assert "t10" not in between(Form.STAFF_PLACEMENT, COMMUNE, unknown)


def test_one_party_alone_says_nothing_of_the_other_one() -> None:
    for form in (Form.STAFF_PLACEMENT, Form.FREE_SHARING, Form.HORIZONTAL):
        both, alone = between(form, COMMUNE, CPAS), between(form, COMMUNE)
        assert {"g0_1", "g0_7"} <= set(both), form
        assert not {"g0_1", "g0_7", "t2", "t10"} & set(alone), form
    nowhere = replace(COMMUNE, region=None)
    assert between(Form.FREE_SHARING, nowhere)["g0_7"].value == "no"


@pytest.mark.parametrize("form", [Form.IN_HOUSE_REVERSE, Form.TRANSFER])
def test_the_provider_or_new_holder_is_not_recorded(form: Form) -> None:
    found = between(form, COMMUNE, CPAS)
    assert not {"g0_1", "g0_7"} & set(found)


@pytest.mark.parametrize(
    "form",
    [
        Form.IN_HOUSE_REVERSE,
        Form.STAFF_PLACEMENT,
        Form.FREE_SHARING,
        Form.TRANSFER,
    ],
)
def test_nothing_says_that_a_cooperation_is_paid_for_or_bought(form: Form) -> None:
    found = between(form, COMMUNE, CPAS)
    assert not {"g0_2", "g0_3"} & set(found)
    assert found["g0_6"].value == "no"
