"""Which framework agreements are proposed for a need, and what stands against them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from jointbuy.model import (
    Adhesion,
    AdhesionStatus,
    AdministrationKind,
    CallOff,
    Candidate,
    CandidateKind,
    FrameworkAgreement,
    FrameworkLot,
    Interest,
    InterestAnswer,
    LocalText,
    Need,
    Order,
    PurchasingCentre,
    Region,
    UseDecision,
)

Propose = Callable[..., tuple[Candidate, ...]]

PAPER = Need(
    id="n1",
    administration="commune",
    title="Papier A4",
    language="fr",
    cpv="30197643",
    estimate=Decimal(20000),
    earliest=date(2027, 3, 1),
    latest=date(2027, 9, 30),
)
CENTRE = PurchasingCentre(
    id="c", names=LocalText(fr="Centrale"), regions=(Region.BRUSSELS,)
)
RUNNING = FrameworkAgreement(
    id="f",
    centre="c",
    title=LocalText(fr="Papier et enveloppes"),
    cpv=("30197000",),
    kinds=(AdministrationKind.COMMUNE,),
    start=date(2026, 1, 1),
    end=date(2029, 12, 31),
    ceiling=Decimal(100000),
    seen_on=date(2026, 11, 1),
)


def adhesion(found: tuple[Candidate, ...]) -> Candidate:
    (one,) = [one for one in found if one.kind is CandidateKind.ADHESION]
    return one


def names(candidate: Candidate) -> dict[str, int]:
    return {reason.name: reason.weight for reason in candidate.reasons}


def offer(matched: Propose, framework: FrameworkAgreement, **more: Any) -> Candidate:
    return adhesion(matched(PAPER, frameworks=(framework,), centres=(CENTRE,), **more))


def test_a_running_framework_that_fits_is_proposed(matched: Propose) -> None:
    found = matched(PAPER, frameworks=(RUNNING,), centres=(CENTRE,))
    (one,) = found
    assert one.id.startswith("a-")
    assert one.framework == "f"
    assert one.administrations == ("commune",)
    assert one.launch == date(2027, 3, 1)
    assert one.score > 50
    assert {"covered", "identified", "running", "ceiling_enough", "in_time"} < set(
        names(one)
    )


def test_a_framework_for_something_else_is_not_proposed(matched: Propose) -> None:
    fuel = replace(RUNNING, cpv=("09100000",), title=LocalText(fr="Carburants"))
    (one,) = matched(PAPER, frameworks=(fuel,), centres=(CENTRE,))
    assert one.kind is CandidateKind.SEPARATE


def test_under_a_coarse_code_the_title_must_not_say_otherwise(
    matched: Propose,
) -> None:
    coarse = replace(RUNNING, cpv=("30000000",))
    assert offer(matched, coarse)
    other = replace(coarse, title=LocalText(fr="Carburants pour véhicules"))
    (one,) = matched(PAPER, frameworks=(other,), centres=(CENTRE,))
    assert one.kind is CandidateKind.SEPARATE


def test_a_need_without_a_code_is_covered_by_what_its_words_say(
    matched: Propose,
) -> None:
    found = matched(replace(PAPER, cpv=""), frameworks=(RUNNING,), centres=(CENTRE,))
    assert adhesion(found)


def test_who_is_not_identified_sees_why_not(matched: Propose) -> None:
    for_others = replace(RUNNING, kinds=(AdministrationKind.CPAS,))
    found = matched(PAPER, frameworks=(for_others,), centres=(CENTRE,))
    blocked = adhesion(found)
    assert names(blocked)["not_identified"] == -100
    assert blocked.score < 0
    assert found[0].kind is CandidateKind.SEPARATE
    assert blocked.would_change


def test_a_missed_call_for_interest_blocks(matched: Propose) -> None:
    called = replace(
        RUNNING,
        kinds=(),
        start=date(2027, 6, 1),
        interest_deadline=date(2026, 11, 19),
    )
    assert names(offer(matched, called))["interest_missed"] == -100
    open_still = replace(called, interest_deadline=date(2026, 11, 20))
    found = offer(matched, open_still)
    assert "interest_missed" not in names(found)
    assert names(found)["interest_open"] > 0
    assert any("2026-11-20" in str(message) for message in found.would_change)


def test_whom_the_notice_names_is_only_warned_when_no_interest_was_marked(
    matched: Propose,
) -> None:
    named = replace(RUNNING, interest_deadline=date(2025, 6, 1))
    found = names(offer(matched, named))
    assert "interest_missed" not in found
    assert found["interest_not_marked"] < 0


@pytest.mark.parametrize(
    ("answer", "maximum", "name"),
    [
        (InterestAnswer.YES, Decimal(30000), "interest_marked"),
        (InterestAnswer.YES, None, "maximum_missing"),
        (InterestAnswer.NO, None, "interest_missed"),
        (None, None, "interest_missed"),
    ],
)
def test_the_answer_to_the_call_counts(
    matched: Propose,
    answer: InterestAnswer | None,
    maximum: Decimal | None,
    name: str,
) -> None:
    due = date(2026, 10, 31)
    interest = Interest(
        id="i",
        administration="commune",
        framework="f",
        asked_on=date(2026, 10, 1),
        due=due,
        answer=answer,
        maximum_amount=maximum,
    )
    called = replace(RUNNING, interest_deadline=due, start=date(2027, 1, 1))
    assert name in names(offer(matched, called, interests=(interest,)))


def test_a_need_above_the_maximum_marked_is_told(matched: Propose) -> None:
    def with_maximum(amount: str) -> dict[str, int]:
        interest = Interest(
            id="i",
            administration="commune",
            framework="f",
            asked_on=date(2026, 10, 1),
            answer=InterestAnswer.YES,
            maximum_amount=Decimal(amount),
        )
        return names(offer(matched, RUNNING, interests=(interest,)))

    assert "above_maximum" in with_maximum("19999.99")
    assert "above_maximum" not in with_maximum("20000.00")


@pytest.mark.parametrize(
    ("consumed", "name"),
    [
        ("0", "ceiling_enough"),
        ("80000.00", "ceiling_enough"),
        ("80000.01", "ceiling_too_low"),
        ("100000.00", "ceiling_reached"),
    ],
)
def test_what_is_left_below_the_ceiling_counts(
    matched: Propose, consumed: str, name: str
) -> None:
    used = replace(RUNNING, consumed=Decimal(consumed))
    assert name in names(offer(matched, used))


def test_a_ceiling_nearly_used_is_told(matched: Propose) -> None:
    used = replace(RUNNING, ceiling=Decimal(1000000), consumed=Decimal(800001))
    assert "ceiling_nearly_used" in names(offer(matched, used))
    less = replace(used, consumed=Decimal(800000))
    assert "ceiling_enough" in names(offer(matched, less))


@pytest.mark.parametrize(
    ("amount", "need", "found"),
    [
        ("80000.00", "", "ceiling_enough"),
        ("80000.01", "", "ceiling_too_low"),
        ("100000.00", "", "ceiling_reached"),
        ("80000.01", "n1", "ceiling_enough"),  # it is of the need itself
    ],
)
def test_what_was_ordered_leaves_less(
    matched: Propose, amount: str, need: str, found: str
) -> None:
    order = Order(
        id="o", framework="f", administration="b", need=need,
        concluded_on=date(2026, 11, 1), amount=Decimal(amount),
    )  # fmt: skip
    assert found in names(offer(matched, RUNNING, orders=(order,)))
    planned = replace(order, concluded_on=None)
    assert "ceiling_enough" in names(offer(matched, RUNNING, orders=(planned,)))


def test_what_one_ordered_itself_leaves_less_of_its_own_maximum(
    matched: Propose,
) -> None:
    own = Order(
        id="o", framework="f", administration="commune",
        concluded_on=date(2026, 11, 1), amount=Decimal(10),
    )  # fmt: skip
    marked = Interest(
        id="i", administration="commune", framework="f",
        asked_on=date(2026, 10, 1), answer=InterestAnswer.YES,
        maximum_amount=Decimal("20010.00"),
    )  # fmt: skip
    each = replace(RUNNING, ceiling_each=Decimal("20010.00"))
    found = names(offer(matched, each, interests=(marked,), orders=(own,)))
    assert "ceiling_enough" in found
    assert "above_maximum" not in found
    more = replace(own, amount=Decimal("10.01"))
    found = names(offer(matched, each, interests=(marked,), orders=(more,)))
    assert {"ceiling_too_low", "above_maximum"} <= set(found)


def test_the_ceiling_of_each_beneficiary_binds_too(matched: Propose) -> None:
    each = replace(RUNNING, ceiling_each=Decimal("19999.99"))
    assert "ceiling_too_low" in names(offer(matched, each))


def test_a_framework_that_ends_before_the_need_starts_is_blocked(
    matched: Propose,
) -> None:
    early = replace(RUNNING, end=date(2027, 2, 28))
    assert names(offer(matched, early))["ends_before"] == -100
    just = replace(RUNNING, end=date(2027, 3, 1))
    found = offer(matched, just)
    assert "ends_before" not in names(found)
    assert found.launch == date(2027, 3, 1)


def test_a_framework_that_has_ended_is_no_longer_proposed(matched: Propose) -> None:
    over = replace(RUNNING, end=date(2026, 11, 19))
    (one,) = matched(PAPER, frameworks=(over,), centres=(CENTRE,))
    assert one.kind is CandidateKind.SEPARATE


@pytest.mark.parametrize(
    ("status", "name"),
    [
        (AdhesionStatus.ADHERED, "joined"),
        (AdhesionStatus.CONDITIONAL, "joining_pending"),
        (AdhesionStatus.PROPOSED, "not_joined"),
        (AdhesionStatus.REFUSED, "joining_refused"),
        (None, "not_joined"),
    ],
)
def test_where_the_adhesion_stands_counts(
    matched: Propose, status: AdhesionStatus | None, name: str
) -> None:
    adhesions = (
        (Adhesion(id="d", administration="commune", centre="c", status=status),)
        if status
        else ()
    )
    assert name in names(offer(matched, RUNNING, adhesions=adhesions))


@pytest.mark.parametrize(
    ("whole", "part", "name"),
    [
        (None, AdhesionStatus.REFUSED, "not_joined"),
        (None, AdhesionStatus.ADHERED, "joining_unknown"),
        (AdhesionStatus.ADHERED, AdhesionStatus.REFUSED, "joined"),
        (AdhesionStatus.REFUSED, AdhesionStatus.ADHERED, "joining_unknown"),
        (AdhesionStatus.REFUSED, AdhesionStatus.POSTPONED, "joining_refused"),
    ],
)
def test_a_part_that_was_joined_or_refused_is_not_the_whole_centre(
    matched: Propose, whole: AdhesionStatus | None, part: AdhesionStatus, name: str
) -> None:
    day = date(2025, 1, 1)
    made = Adhesion(id="d", administration="commune", centre="c", decided_on=day)
    adhesions = [replace(made, id="e", domain="RH", status=part)]
    if whole is not None:
        adhesions.append(replace(made, status=whole))
    assert name in names(offer(matched, RUNNING, adhesions=tuple(adhesions)))


def test_terms_and_decisions_are_weighed(matched: Propose) -> None:
    dear = replace(
        RUNNING,
        fee=Decimal("1.5"),
        call_off=CallOff.MINI_COMPETITION,
        exclusive=True,
        seen_on=None,
    )
    use = UseDecision(id="u", need="n1", framework="f")
    found = names(offer(matched, dear, uses=(use,)))
    assert found["fee"] == -3
    assert {"mini_competition", "exclusive", "unchecked", "use_decided"} < set(found)


def test_the_lot_that_covers_the_need_is_named(matched: Propose) -> None:
    lots = replace(
        RUNNING,
        lots=(
            FrameworkLot(id="1", cpv=("22800000",)),
            FrameworkLot(id="2", cpv=("30197600",), ceiling=Decimal(100)),
        ),
    )
    found = offer(matched, lots)
    assert found.lot == "2"
    assert "ceiling_too_low" in names(found)


def test_each_administration_gets_its_own_proposal(matched: Propose) -> None:
    found = matched(
        PAPER,
        replace(PAPER, id="n2", administration="cpas"),
        replace(PAPER, id="n3"),
        frameworks=(RUNNING,),
        centres=(CENTRE,),
    )
    offers = [one for one in found if one.kind is CandidateKind.ADHESION]
    assert {one.needs for one in offers} == {("n1", "n3"), ("n2",)}
    blocked = next(one for one in offers if one.needs == ("n2",))
    assert names(blocked)["not_identified"] == -100
    assert any(one.kind is CandidateKind.JOINT for one in found)
