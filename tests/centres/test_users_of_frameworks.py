"""Whom a framework agreement is for, and how its interest call stands."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from jointbuy.centres import (
    InterestStatus,
    Known,
    identified,
    interest_state,
    may_join,
)
from jointbuy.model import (
    Administration,
    AdministrationKind,
    FrameworkAgreement,
    Interest,
    InterestAnswer,
    LocalText,
    PurchasingCentre,
    Region,
)

COMMUNE = Administration(
    id="commune",
    names=LocalText(fr="Commune de Valbois"),
    kind=AdministrationKind.COMMUNE,
    region=Region.BRUSSELS,
)
BARE = Administration(id="bare")


def framework(**fields: object) -> FrameworkAgreement:
    return FrameworkAgreement(id="f", centre="c", **fields)  # type: ignore[arg-type]


def test_a_named_beneficiary_is_identified() -> None:
    found = identified(framework(beneficiaries=("commune",)), COMMUNE)
    assert found.answer is Known.YES
    assert "Valbois" in str(found.why.args[0].names["fr"])


def test_who_is_not_among_the_named_is_not_identified() -> None:
    found = identified(framework(beneficiaries=("cpas",)), COMMUNE)
    assert found.answer is Known.NO


@pytest.mark.parametrize(
    ("kinds", "regions", "expected"),
    [
        ((AdministrationKind.COMMUNE,), (), Known.YES),
        ((AdministrationKind.CPAS,), (), Known.NO),
        ((), (Region.BRUSSELS,), Known.YES),
        ((), (Region.WALLONIA,), Known.NO),
        ((AdministrationKind.COMMUNE,), (Region.BRUSSELS,), Known.YES),
        ((AdministrationKind.COMMUNE,), (Region.WALLONIA,), Known.NO),
    ],
)
def test_a_closed_category_must_hold_in_full(
    kinds: tuple[AdministrationKind, ...],
    regions: tuple[Region, ...],
    expected: Known,
) -> None:
    found = identified(framework(kinds=kinds, regions=regions), COMMUNE)
    assert found.answer is expected


def test_a_category_also_identifies_who_is_not_among_the_named() -> None:
    both = framework(beneficiaries=("cpas",), kinds=(AdministrationKind.COMMUNE,))
    assert identified(both, COMMUNE).answer is Known.YES


def test_an_administration_of_unknown_kind_may_or_may_not_belong() -> None:
    wanted = framework(kinds=(AdministrationKind.COMMUNE,))
    assert identified(wanted, BARE).answer is Known.UNKNOWN
    by_region = framework(regions=(Region.BRUSSELS,))
    assert identified(by_region, BARE).answer is Known.UNKNOWN


def test_nobody_is_identified_where_nothing_says_so() -> None:
    assert identified(framework(), COMMUNE).answer is Known.UNKNOWN


def test_a_centre_that_does_not_serve_us_settles_a_silent_framework() -> None:
    walloon = PurchasingCentre(id="c", regions=(Region.WALLONIA,))
    assert identified(framework(), COMMUNE, walloon).answer is Known.NO
    home = PurchasingCentre(id="c", regions=(Region.BRUSSELS,))
    assert identified(framework(), COMMUNE, home).answer is Known.UNKNOWN
    named = framework(beneficiaries=("commune",))
    assert identified(named, COMMUNE, walloon).answer is Known.YES


def test_a_centre_that_says_nothing_may_serve_anybody() -> None:
    assert may_join(PurchasingCentre(id="c"), COMMUNE) is Known.UNKNOWN


DUE = date(2027, 1, 31)
DAY = timedelta(days=1)


def status(on: date, interest: Interest | None, deadline: date | None = None) -> str:
    return interest_state(
        interest, framework(interest_deadline=deadline), on
    ).status.value


def asked(**fields: object) -> Interest:
    return Interest(
        id="i",
        administration="commune",
        framework="f",
        asked_on=date(2027, 1, 2),
        **fields,  # type: ignore[arg-type]
    )


def test_a_call_nobody_recorded_was_not_asked() -> None:
    assert status(DUE, None) == "NOT_ASKED"
    empty = Interest(id="i", administration="commune", framework="f")
    assert status(DUE, empty) == "NOT_ASKED"


def test_no_answer_counts_as_no_from_the_day_after_it_was_due() -> None:
    assert status(DUE, asked(due=DUE)) == "ASKED"
    assert status(DUE + DAY, asked(due=DUE)) == "NO_ANSWER"
    assert status(DUE, asked(), DUE) == "ASKED"
    assert status(DUE + DAY, asked(), DUE) == "NO_ANSWER"
    assert status(DUE + DAY, asked()) == "ASKED"


def test_a_yes_needs_a_maximum() -> None:
    yes = {"answer": InterestAnswer.YES, "answered_on": DUE, "due": DUE}
    assert status(DUE, asked(**yes)) == "YES_WITHOUT_MAXIMUM"
    assert status(DUE, asked(**yes, maximum_quantity=Decimal(10))) == "YES"
    assert status(DUE, asked(**yes, maximum_amount=Decimal(10))) == "YES"


def test_a_no_is_a_no() -> None:
    assert status(DUE, asked(answer=InterestAnswer.NO)) == "NO"


def test_an_answer_after_the_due_day_counts_as_none() -> None:
    late = asked(
        answer=InterestAnswer.YES,
        answered_on=DUE + DAY,
        due=DUE,
        maximum_amount=Decimal(1),
    )
    assert status(DUE + DAY, late) == InterestStatus.NO_ANSWER.value
    assert status(DUE, late) == InterestStatus.ASKED.value
