"""What an act says of itself: its days, its reasons, and how sure it is."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from jointbuy.law import (
    Act,
    Amounts,
    Due,
    FormalityKind,
    How,
    Purchase,
    acts,
    deciding_body,
    merged,
    sending,
)
from jointbuy.model import (
    Administration,
    AdministrationKind,
    Citation,
    Form,
    Region,
    Stage,
)

DAY = date(2026, 11, 20)
THEN = date(2024, 6, 26)
COMMUNE, CPAS = AdministrationKind.COMMUNE, AdministrationKind.CPAS
W = FormalityKind.WAITING


def act(
    stage: Stage,
    *,
    kind: AdministrationKind = COMMUNE,
    region: Region = Region.BRUSSELS,
    form: Form = Form.JOINT_CONTRACT,
    on: date = DAY,
    estimate: str = "300000",
    urgent: bool = False,
) -> Act:
    found = acts(
        Administration(id="one", kind=kind, region=region),
        form,
        nature="services",
        procedure="open",
        estimate=Decimal(estimate),
        on=on,
        urgent=urgent,
    )
    return next(each for each in found if each.stage is stage)


def said(of: Act, kind: FormalityKind) -> str:
    found = of.formality(kind)
    assert found is not None
    return str(found.message)


def why(of: Act, kind: FormalityKind) -> str:
    found = of.formality(kind)
    assert found is not None
    return str(found.why)


def test_the_days_stand_in_the_sentences() -> None:
    award = act(Stage.AWARD, on=THEN)
    assert "within 20 days" in said(award, FormalityKind.SENDING)
    assert "30 days, which it can extend once by 15" in said(
        award, FormalityKind.SENDING
    )
    waiting = said(award, FormalityKind.WAITING)
    assert "20 days at most to send it, 30 for the authority, 15 more" in waiting
    listed = act(Stage.AWARD, on=THEN, estimate="1000")
    assert "within 20 days" in said(listed, FormalityKind.LISTING)
    flemish = act(Stage.AWARD, region=Region.FLANDERS)
    published = said(flemish, FormalityKind.PUBLICATION)
    assert "within 10 days" in published
    assert "within 30 days" in published
    walloon = act(Stage.CONDITIONS, region=Region.WALLONIA)
    opinion = said(walloon, FormalityKind.OPINION)
    assert "10 working days" in opinion
    assert "5 in reasoned urgency" in opinion


def test_the_opinion_takes_five_working_days_in_urgency() -> None:
    for urgent, days in ((False, 10), (True, 5)):
        one = act(Stage.CONDITIONS, region=Region.WALLONIA, urgent=urgent)
        opinion = one.formality(FormalityKind.OPINION)
        assert opinion is not None
        assert (opinion.days, opinion.unit) == (days, "working_days")


def test_an_order_waits_for_the_award_of_the_pilot_in_a_joint_contract_alone() -> None:
    def waits(one: Act) -> bool:
        return any("award of the pilot" in str(note) for note in one.notes)

    assert waits(act(Stage.ORDER))
    assert not waits(act(Stage.LAUNCH))
    assert not waits(act(Stage.ORDER, form=Form.PURCHASING_CENTRE))


def test_the_pilot_decides_for_all_on_launch_and_award_alone() -> None:
    def pilot(one: Act) -> bool:
        return any("decides for all" in str(note) for note in one.notes)

    assert pilot(act(Stage.LAUNCH))
    assert pilot(act(Stage.AWARD))
    assert not pilot(act(Stage.CONDITIONS))
    assert not pilot(act(Stage.AWARD, form=Form.HORIZONTAL))


@pytest.mark.parametrize(
    ("form", "text"),
    [
        (Form.JOINT_CONTRACT, "plain purchase"),
        (Form.HORIZONTAL, "created or extended"),
        (Form.STAFF_PLACEMENT, "created or extended"),
    ],
)
def test_why_the_committee_is_heard_depends_on_the_form(form: Form, text: str) -> None:
    one = act(Stage.PARTICIPATION, form=form)
    assert text in why(one, FormalityKind.CONSULTATION)


def test_why_an_award_waits_is_said() -> None:
    unknown = act(Stage.AWARD)
    assert "not known here" in why(unknown, FormalityKind.WAITING)
    free = act(Stage.AWARD, on=THEN, estimate="1000")
    assert "at once" in said(free, FormalityKind.WAITING)
    urgent = act(Stage.AWARD, on=THEN, urgent=True)
    assert "imperious urgency" in said(urgent, FormalityKind.WAITING)
    assert not any("No order before" in said(e, W) for e in (free, urgent))
    sure = act(Stage.AWARD, on=THEN).formality(FormalityKind.WAITING)
    assert sure is not None
    assert sure.why is None
    prudent = act(Stage.AWARD, kind=CPAS, on=date(2019, 5, 31))
    found = prudent.formality(FormalityKind.WAITING)
    assert found is not None
    assert found.due is Due.UNKNOWN
    assert "not been verified" in str(found.why)


def test_the_executive_decides_by_law_below_the_amount_alone() -> None:
    def by_law(estimate: str | None) -> bool:
        amount = None if estimate is None else Decimal(estimate)
        found = deciding_body(
            COMMUNE,
            Region.BRUSSELS,
            Stage.CONDITIONS,
            DAY,
            purchase=Purchase(amounts=Amounts(estimate=amount), urgent=True),
        )
        assert found is not None
        if found.by_law is not None:
            assert found.by_law.how is How.LAW
        return found.by_law is not None

    assert by_law("139999.99")
    assert not by_law("140000")
    assert not by_law(None)


def test_an_article_cited_twice_is_cited_once_as_doubtful() -> None:
    sure = Citation(source="A", article="1")
    doubtful = Citation(source="A", article="1", to_verify=True)
    other = Citation(source="A", article="2")
    assert merged(sure, doubtful, other) == (doubtful, other)
    assert merged(doubtful, sure) == (doubtful,)
    assert merged(sure, sure) == (sure,)


@pytest.mark.parametrize(
    ("estimate", "text"),
    [
        ("199999.99", "is not more than"),
        ("200000.00", "is not more than"),
        ("200000.01", "is more than"),
    ],
)
def test_at_the_amount_itself_the_sentence_says_not_more(
    estimate: str, text: str
) -> None:
    on = date(2022, 6, 1)
    one = act(Stage.AWARD, region=Region.WALLONIA, on=on, estimate=estimate)
    assert text in why(one, FormalityKind.SENDING)


@pytest.mark.parametrize(
    ("estimate", "text"),
    [
        ("174999.99", "is less than"),
        ("175000.00", "is not less than"),
        ("175000.01", "is not less than"),
    ],
)
def test_at_the_amount_itself_the_sentence_says_not_less(
    estimate: str, text: str
) -> None:
    one = act(Stage.AWARD, on=THEN, estimate=estimate)
    assert text in why(one, FormalityKind.SENDING)


@pytest.mark.parametrize(
    ("region", "on", "text"),
    [
        (Region.WALLONIA, date(2022, 6, 1), "counts above 200000"),
        (Region.BRUSSELS, THEN, "counts from 175000"),
    ],
)
def test_without_an_amount_the_limit_is_said(
    region: Region, on: date, text: str
) -> None:
    found = sending(
        COMMUNE, region, Stage.AWARD, on, nature="services", procedure="open"
    )
    assert found is not None
    assert found.due is Due.UNKNOWN
    assert text in str(found.why)
    law = deciding_body(COMMUNE, Region.BRUSSELS, Stage.CONDITIONS, THEN)
    assert law is not None
    assert "counts below 140000" in str(law.instead[0].why)


def test_a_sending_is_doubtful_where_nobody_can_decide_on_it() -> None:
    def doubtful(on: date) -> bool:
        found = sending(
            COMMUNE,
            Region.BRUSSELS,
            Stage.AWARD,
            on,
            nature="services",
            procedure="open",
            amounts=Amounts(estimate=Decimal(300_000)),
        )
        assert found is not None
        return found.citation.to_verify

    assert not doubtful(THEN)
    assert doubtful(DAY)


def test_the_last_amount_is_said_with_how_sure_it_was() -> None:
    sent = why(act(Stage.AWARD), FormalityKind.SENDING)
    assert "until 2024-06-26 it was 175000" in sent
    low = deciding_body(COMMUNE, Region.WALLONIA, Stage.CONDITIONS, DAY)
    assert low is not None
    told = [str(each.why) for each in low.instead if each.why]
    assert any("the last one kept, to be verified, is 5000" in each for each in told)
