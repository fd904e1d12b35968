"""What a plan sends to the supervisory authority, and what it waits for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from jointbuy.law import NO_OWN, OwnValues, Value, parameter
from jointbuy.model import (
    AdministrationKind,
    BodyKind,
    Citation,
    Decision,
    Plan,
    Region,
    Stage,
    Vote,
)
from jointbuy.schedule import terms
from jointbuy.schedule.backplan import backplan
from jointbuy.schedule.calendar import end_of_period, is_working_day
from tests.schedule.test_backplan import (
    COMMUNE,
    CPAS,
    administration,
    codes,
    day,
    joint,
    mondays,
    step,
)

ON = date(2026, 11, 23)
SENDING = "amounts.brussels_transmission"


def own(name: str, amount: int) -> OwnValues:
    known = parameter(name, date(2020, 6, 1))
    value = Value(
        name=name,
        value=Decimal(amount),
        unit=known.unit,
        strictness=known.strictness,
        start=date(2026, 1, 1),
        tests=known.tests,
        confidence="high",
        citation=Citation(source="Answer of the authority", own=True),
    )
    return {name: (value,)}


def planned(estimate: int, values: OwnValues) -> Plan:
    case = joint(own=values)
    candidate = replace(case.candidate, estimate=Decimal(estimate))
    return backplan(replace(case, candidate=candidate))


def test_what_was_not_read_is_planned_as_sent_with_the_reason() -> None:
    sent = step(planned(300_000, NO_OWN), "send_award")
    assert "not known" in str(sent.note)
    assert "175000" in str(sent.note)
    assert any(each.to_verify for each in sent.basis)


@pytest.mark.parametrize(("estimate", "sent"), [(299_999, False), (300_000, True)])
def test_an_amount_the_register_knows_says_if_the_award_is_sent(
    estimate: int, sent: bool
) -> None:
    plan = planned(estimate, own(SENDING, 300_000))
    assert ("send_award" in codes(plan)) is sent
    assert ("executory_award" in codes(plan)) is sent
    assert ("send_council:commune" in codes(plan)) is sent


def test_without_a_supervisor_to_wait_for_the_award_can_come_later() -> None:
    waiting = planned(300_000, own(SENDING, 300_000))
    free = planned(299_999, own(SENDING, 300_000))
    assert day(waiting, "award") < day(free, "award")


def test_no_order_in_brussels_before_the_term_on_the_award_has_run() -> None:
    """Twenty days to send it at most, thirty for the authority."""
    for pilot in ("commune", "cpas"):
        plan = backplan(joint(pilot=pilot))
        award, sent = day(plan, "award"), day(plan, "send_award")
        ready = day(plan, "executory_award")
        assert award <= sent <= end_of_period(award, 20)
        assert end_of_period(sent, 30) < ready <= day(plan, "conclusion")


def test_a_longer_term_of_the_register_moves_the_award() -> None:
    usual = backplan(joint())
    longer = backplan(joint(own=own("terms.brussels_supervision_days", 45)))
    assert day(longer, "award") < day(usual, "award")
    sent = day(longer, "send_award")
    assert end_of_period(sent, 45) < day(longer, "executory_award")


def test_the_day_of_the_decision_is_not_counted_and_a_weekend_end_moves_on() -> None:
    """Regulation 1182/71: fifteen days from a Friday end on a Saturday, so Monday."""
    friday = date(2026, 11, 20)
    assert friday.weekday() == 4
    assert end_of_period(friday, 15) == date(2026, 12, 7)
    one = administration("w", AdministrationKind.COMMUNE, Region.WALLONIA)
    decided = Decision(
        administration="w", stage=Stage.AWARD, outcome=Vote.YES, on=friday
    )
    case = joint(decisions=(decided,))
    plan = backplan(
        replace(
            case,
            pilot="w",
            administrations=(one, CPAS),
            candidate=replace(case.candidate, administrations=("w", "cpas")),
        )
    )
    sent = step(plan, "send_award")
    assert friday <= sent.day <= date(2026, 12, 7)
    assert is_working_day(sent.day)
    assert sent.days == 15


def test_a_plan_never_sends_before_it_decides_nor_waits_without_sending() -> None:
    for pilot in ("commune", "cpas"):
        plan = backplan(joint(pilot=pilot))
        for milestone in plan.milestones:
            if milestone.code.startswith("send_"):
                decided = milestone.code.removeprefix("send_")
                assert day(plan, decided) <= milestone.day
        assert day(plan, "send_award") < day(plan, "executory_award")


def test_a_small_need_under_a_centre_is_for_the_college_of_a_brussels_commune() -> None:
    below, at = Decimal("139999.99"), Decimal(140_000)
    kind, basis = terms.competence(COMMUNE, Stage.USE, below, ON)
    assert kind is BodyKind.EXECUTIVE
    assert any(each.to_verify for each in basis)
    assert terms.competence(COMMUNE, Stage.USE, at, ON)[0] is BodyKind.COUNCIL
    assert terms.competence(COMMUNE, Stage.USE, None, ON)[0] is BodyKind.COUNCIL


def test_a_delegation_nobody_recorded_is_not_counted_on() -> None:
    assert terms.competence(CPAS, Stage.USE, Decimal(1), ON)[0] is BodyKind.COUNCIL


def test_the_amounts_of_wallonia_until_2023_were_those_of_a_plan() -> None:
    on = date(2022, 6, 1)
    sessions = mondays(on + timedelta(weeks=2), on + timedelta(weeks=150), 1)
    one = administration(
        "w", AdministrationKind.COMMUNE, Region.WALLONIA, councils=sessions
    )
    for amount, sent in (("200000.00", False), ("200000.01", True)):
        found = terms.oversight(
            one,
            (Stage.AWARD,),
            nature=joint().candidate.nature,
            procedure="open",
            amount=Decimal(amount),
            on=on,
        )
        assert (found is not None) is sent
