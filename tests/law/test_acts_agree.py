"""Acts say the same as the checks, and only what is missing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from jointbuy.law import Act, Due, Facts, FormalityKind, acts, check, parameter
from jointbuy.law.rules.concertation import not_heard
from jointbuy.model import Administration, AdministrationKind, Form, Region, Stage

DAY = date(2026, 11, 20)
COMMUNE, CPAS = AdministrationKind.COMMUNE, AdministrationKind.CPAS
ZONE = AdministrationKind.POLICE_ZONE


def one(kind: AdministrationKind, region: Region) -> Administration:
    return Administration(id=kind.name.lower(), kind=kind, region=region)


def act(
    kind: AdministrationKind,
    region: Region,
    stage: Stage,
    form: Form = Form.JOINT_CONTRACT,
    **more: Any,
) -> Act:
    found = acts(one(kind, region), form, on=more.pop("on", DAY), **more)
    return next(each for each in found if each.stage is stage)


def formality(found: Act, kind: FormalityKind) -> tuple[Due, str, str]:
    each = found.formality(kind)
    assert each is not None
    return each.due, str(each.message), str(each.why or "")


@pytest.mark.parametrize("form", [Form.JOINT_CONTRACT, Form.HORIZONTAL])
@pytest.mark.parametrize("region", [Region.BRUSSELS, Region.WALLONIA])
def test_the_check_and_the_acts_agree_on_the_consultation_committee(
    region: Region, form: Form
) -> None:
    parties = (one(COMMUNE, region), one(CPAS, region))
    why = not_heard(parties, form, DAY)
    plain = region is Region.BRUSSELS and form is Form.JOINT_CONTRACT
    assert (why is not None) is plain
    for party, other in (parties, parties[::-1]):
        found = acts(party, form, on=DAY, partners=[other])[0]
        due, message, reason = formality(found, FormalityKind.CONSULTATION)
        assert (due is Due.NO) is plain
        assert ("need not be heard" in message) is plain
        if why is not None:
            assert reason == str(why)
    if why is not None:
        facts = Facts(answers={"k26": "not_due"}, on=DAY, administrations=parties)
        finding = next(e for e in check(form, facts) if e.rule == "k26")
        assert "prudent all the same" in str(finding.message)
        assert str(why) in str(finding.message)
        asked = Facts(answers={"k26": "yes"}, on=DAY, administrations=parties)
        heard = next(e for e in check(form, asked) if e.rule == "k26")
        assert str(why) not in str(heard.message)


@pytest.mark.parametrize(
    ("kind", "region", "days", "clear"),
    [
        (COMMUNE, Region.WALLONIA, 7, True),
        (COMMUNE, Region.BRUSSELS, 7, True),
        (CPAS, Region.BRUSSELS, 5, True),
        (COMMUNE, Region.FLANDERS, 8, False),
        (CPAS, Region.FLANDERS, 8, False),
        (ZONE, Region.FLANDERS, 7, True),
    ],
)
def test_a_summons_counts_clear_days_outside_flanders(
    kind: AdministrationKind, region: Region, days: int, clear: bool
) -> None:
    found = act(kind, region, Stage.CONDITIONS).formality(FormalityKind.SUMMONS)
    assert found is not None
    said = f"{days} clear days" if clear else f"{days} days"
    assert said in str(found.message)
    assert found.unit == ("clear_days" if clear else "days")


@pytest.mark.parametrize("kind", [CPAS, ZONE])
def test_low_value_is_to_be_verified_where_no_amount_is_known(
    kind: AdministrationKind,
) -> None:
    award = act(
        kind,
        Region.BRUSSELS,
        Stage.AWARD,
        nature="supplies",
        procedure="low_value",
        estimate=Decimal(20_000),
    )
    due, _, why = formality(award, FormalityKind.SENDING)
    assert due is Due.UNKNOWN
    assert "if in doubt, send it" in why
    commune = act(
        COMMUNE,
        Region.BRUSSELS,
        Stage.AWARD,
        nature="supplies",
        procedure="low_value",
        estimate=Decimal(20_000),
    )
    assert commune.sent is Due.NO


@pytest.mark.parametrize(
    ("given", "first", "missing"),
    [
        ({"procedure": "open"}, "on the nature of the contract: name it", 2),
        ({"nature": "works"}, "on the procedure: name it", 3),
        ({}, "on the nature and the procedure: name them", 6),
    ],
)
def test_only_what_is_missing_is_asked_for_and_the_amount_always(
    given: dict[str, Any], first: str, missing: int
) -> None:
    award = act(COMMUNE, Region.WALLONIA, Stage.AWARD, **given)
    found = award.sending
    assert found is not None
    assert first in str(found.why)
    assert "amounts that count on 2026-11-20 are not known" in str(found.why)
    assert len(found.among) == missing
    assert all(name.startswith("amounts.wallonia_trans") for name in found.among)
    then = act(COMMUNE, Region.WALLONIA, Stage.AWARD, on=date(2022, 6, 1), **given)
    assert then.sending is not None
    assert "It also depends on the amount" in str(then.sending.why)


def test_where_the_amount_alone_decides_it_alone_is_asked_for() -> None:
    award = act(COMMUNE, Region.BRUSSELS, Stage.AWARD, nature="services")
    due, _, why = formality(award, FormalityKind.SENDING)
    assert due is Due.UNKNOWN
    assert "procedure" not in why
    assert award.sending is not None
    assert award.sending.parameter == "amounts.brussels_transmission"
    then = date(2024, 6, 26)
    limit = parameter("amounts.brussels_transmission", then).value
    low = parameter("thresholds.low_value", then).value
    cent = Decimal("0.01")
    for estimate, sent in (
        (limit, Due.YES),
        (limit - cent, Due.NO),
        (low, Due.NO),
        (low - cent, Due.NO),
    ):
        known = act(COMMUNE, Region.BRUSSELS, Stage.AWARD, on=then, estimate=estimate)
        assert known.sent is sent


@pytest.mark.parametrize("region", Region)
@pytest.mark.parametrize("kind", [COMMUNE, CPAS])
def test_joining_what_several_control_is_a_decision_of_the_council(
    kind: AdministrationKind, region: Region
) -> None:
    found = acts(one(kind, region), Form.IN_HOUSE_JOINT, on=DAY)
    assert [each.stage for each in found] == [
        Stage.PARTICIPATION,
        Stage.CONDITIONS,
        Stage.AWARD,
        Stage.ORDER,
    ]
    joining = found[0]
    assert joining.body is not None
    assert joining.body.name == "COUNCIL"
    assert any("before the first award" in str(note) for note in joining.notes)
    due, message, why = formality(joining, FormalityKind.SENDING)
    assert due is Due.UNKNOWN
    assert "special approval" in why
    assert "the terms are not known here" in message
    assert joining.formality(FormalityKind.WAITING) is None


def test_an_opinion_that_is_not_due_is_not_said_to_be_given() -> None:
    conditions = act(
        COMMUNE, Region.WALLONIA, Stage.CONDITIONS, estimate=Decimal(22_000)
    )
    due, message, why = formality(conditions, FormalityKind.OPINION)
    assert due is Due.NO
    assert "need not give" in message
    assert "is not more than" in why
