"""From which day each row of competence counts, and until which."""

from __future__ import annotations

from datetime import date, timedelta
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
    sending,
    supervision,
)
from jointbuy.model import (
    Administration,
    AdministrationKind,
    BudgetKind,
    Form,
    Region,
    Stage,
)

A_DAY = timedelta(days=1)
DAY = date(2026, 11, 20)
LAW = date(2017, 6, 30)
DLB = date(2019, 1, 1)
Kind = AdministrationKind
W, B, F, G = Region.WALLONIA, Region.BRUSSELS, Region.FLANDERS, Region.GERMAN_SPEAKING

DECIDING = {
    (Kind.COMMUNE, W): LAW,
    (Kind.CPAS, W): LAW,
    (Kind.PROVINCE, W): LAW,
    (Kind.COMMUNE, B): LAW,
    (Kind.CPAS, B): LAW,
    (Kind.COMMUNE, F): DLB,
    (Kind.CPAS, F): DLB,
    (Kind.PROVINCE, F): LAW,
    (Kind.COMMUNE, G): DLB,
    (Kind.CPAS, G): DLB,
    **{(Kind.POLICE_ZONE, region): LAW for region in Region},
    **{(Kind.INTERCOMMUNALE, region): LAW for region in Region},
}
SUPERVISED = {
    place: start
    for place, start in DECIDING.items()
    if place[0] is not Kind.INTERCOMMUNALE and place != (Kind.PROVINCE, F)
} | {(Kind.INTERCOMMUNALE, W): LAW}


def one(kind: AdministrationKind, region: Region) -> Administration:
    return Administration(id="one", kind=kind, region=region, population=20_000)


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("region", Region)
def test_who_decides_counts_from_its_first_day(
    kind: AdministrationKind, region: Region
) -> None:
    start = DECIDING.get((kind, region))
    for stage in Stage:
        if start is None:
            assert deciding_body(kind, region, stage, DAY) is None
            continue
        assert deciding_body(kind, region, stage, start - A_DAY) is None
        assert deciding_body(kind, region, stage, start) is not None
        assert deciding_body(kind, region, stage, DAY) is not None


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("region", Region)
def test_who_supervises_counts_from_its_first_day(
    kind: AdministrationKind, region: Region
) -> None:
    start = SUPERVISED.get((kind, region))
    if start is None:
        assert supervision(kind, region, DAY) is None
        return
    assert supervision(kind, region, start - A_DAY) is None
    assert supervision(kind, region, start) is not None


@pytest.mark.parametrize("form", [f for f in Form if f is not Form.JOINT_CONTRACT])
def test_other_forms_are_decided_on_other_articles_from_the_same_day(
    form: Form,
) -> None:
    for kind in (Kind.COMMUNE, Kind.CPAS):
        joint = deciding_body(kind, W, Stage.PARTICIPATION, LAW)
        other = deciding_body(kind, W, Stage.PARTICIPATION, LAW, form=form)
        before = deciding_body(kind, W, Stage.PARTICIPATION, LAW - A_DAY, form=form)
        assert joint is not None
        assert before is None
        if form is Form.PURCHASING_CENTRE:
            assert other is None
        else:
            assert other is not None
            assert other.citation != joint.citation


INSTEAD = [
    # kind, region, stage, how, budget, first day, last day
    (Kind.COMMUNE, W, Stage.USE, How.URGENCY, None, LAW, None),
    (
        Kind.COMMUNE, W, Stage.CONDITIONS, How.DELEGATION, BudgetKind.ORDINARY,
        date(2019, 2, 1), None,
    ),
    (
        Kind.COMMUNE, W, Stage.USE, How.DELEGATION, BudgetKind.EXTRAORDINARY,
        date(2019, 2, 1), None,
    ),
    (Kind.COMMUNE, W, Stage.USE, How.DELEGATION, None, LAW, date(2019, 1, 31)),
    (Kind.CPAS, W, Stage.CONDITIONS, How.DELEGATION, None, LAW, None),
    (Kind.PROVINCE, W, Stage.CONDITIONS, How.DELEGATION, None, LAW, None),
    (Kind.COMMUNE, G, Stage.CONDITIONS, How.DELEGATION, None, DLB, None),
    (Kind.COMMUNE, B, Stage.CONDITIONS, How.LAW, None, LAW, None),
    (Kind.COMMUNE, B, Stage.CONDITIONS, How.URGENCY, None, LAW, None),
    (Kind.CPAS, B, Stage.CONDITIONS, How.DELEGATION, None, LAW, None),
    (Kind.CPAS, B, Stage.CONDITIONS, How.URGENCY, None, LAW, None),
    (Kind.COMMUNE, F, Stage.ADHESION, How.DAILY, None, DLB, None),
    (Kind.COMMUNE, F, Stage.ADHESION, How.LISTED, None, DLB, None),
    (Kind.COMMUNE, F, Stage.ADHESION, How.URGENCY, None, DLB, None),
    (Kind.CPAS, F, Stage.ADHESION, How.DAILY, None, DLB, None),
    (Kind.CPAS, F, Stage.ADHESION, How.LISTED, None, DLB, None),
    (Kind.CPAS, F, Stage.ADHESION, How.URGENCY, None, DLB, None),
    (Kind.PROVINCE, F, Stage.CONDITIONS, How.DAILY, None, LAW, None),
    (Kind.POLICE_ZONE, F, Stage.CONDITIONS, How.URGENCY, None, LAW, None),
    (
        Kind.POLICE_ZONE, F, Stage.CONDITIONS, How.DELEGATION, BudgetKind.ORDINARY,
        date(2019, 4, 13), None,
    ),
    (
        Kind.POLICE_ZONE, F, Stage.CONDITIONS, How.DELEGATION,
        BudgetKind.EXTRAORDINARY, date(2024, 1, 12), None,
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "region", "stage", "how", "budget", "first", "last"), INSTEAD
)
def test_who_decides_instead_counts_on_its_days(
    kind: AdministrationKind,
    region: Region,
    stage: Stage,
    how: How,
    budget: BudgetKind | None,
    first: date,
    last: date | None,
) -> None:
    def can(on: date) -> bool:
        found = deciding_body(kind, region, stage, on)
        return found is not None and any(
            each.how is how and each.budget is budget for each in found.instead
        )

    assert can(first)
    assert not can(first - A_DAY)
    assert can(last or DAY)
    if last is not None:
        assert not can(last + A_DAY)


SENT = [
    # kind, region, stage, heading, procedure, first day, last day
    (Kind.COMMUNE, W, Stage.ADHESION, "contract", "", LAW),
    (Kind.CPAS, W, Stage.ADHESION, "contract", "", LAW),
    *(
        (kind, W, Stage.AWARD, heading, "", LAW)
        for kind in (Kind.COMMUNE, Kind.CPAS, Kind.PROVINCE)
        for heading in ("exclusive", "in_house", "horizontal")
    ),
    *(
        (kind, W, Stage.AWARD, "contract", procedure, LAW)
        for kind in (Kind.COMMUNE, Kind.CPAS)
        for procedure in ("low_value", "open", "negotiated_without_publication")
    ),
    (Kind.COMMUNE, W, Stage.PARTICIPATION, "transfer", "", LAW),
    *(
        (kind, B, Stage.AWARD, "contract", procedure, LAW)
        for kind in (Kind.COMMUNE, Kind.CPAS, Kind.POLICE_ZONE)
        for procedure in ("low_value", "open")
    ),
    (Kind.COMMUNE, B, Stage.AWARD, "in_house", "", LAW),
    (Kind.COMMUNE, F, Stage.PARTICIPATION, "transfer", "", DLB),
    (Kind.COMMUNE, F, Stage.AWARD, "contract", "open", DLB),
    (Kind.COMMUNE, G, Stage.AWARD, "contract", "open", DLB),
    (Kind.POLICE_ZONE, W, Stage.AWARD, "contract", "open", LAW),
]


@pytest.mark.parametrize(
    ("kind", "region", "stage", "heading", "procedure", "first"), SENT
)
@pytest.mark.parametrize("nature", ["works", "supplies", "services", "social"])
def test_what_is_sent_is_known_from_its_first_day(
    kind: AdministrationKind,
    region: Region,
    stage: Stage,
    heading: str,
    procedure: str,
    first: date,
    nature: str,
) -> None:
    def known(on: date) -> bool:
        return (
            sending(
                kind,
                region,
                stage,
                on,
                heading=heading,
                procedure=procedure,
                nature=nature,
            )
            is not None
        )

    assert known(first)
    assert known(DAY)
    assert not known(first - A_DAY)


def test_low_value_of_a_brussels_cpas_is_not_known_from_june_2019() -> None:
    last = date(2019, 5, 31)

    def due(on: date) -> Due:
        found = sending(Kind.CPAS, B, Stage.AWARD, on, procedure="low_value")
        assert found is not None
        return found.due

    assert due(last) is Due.YES
    assert due(last + A_DAY) is Due.UNKNOWN


FORMALITIES = [
    (Kind.COMMUNE, F, Stage.AWARD, FormalityKind.VISUM, DLB),
    (Kind.CPAS, F, Stage.USE, FormalityKind.VISUM, DLB),
    (Kind.CPAS, W, Stage.PARTICIPATION, FormalityKind.CONSULTATION, LAW),
    (Kind.COMMUNE, B, Stage.PARTICIPATION, FormalityKind.CONSULTATION, LAW),
    (Kind.CPAS, G, Stage.PARTICIPATION, FormalityKind.CONSULTATION, DLB),
    (Kind.COMMUNE, W, Stage.CONDITIONS, FormalityKind.OPINION, date(2013, 12, 16)),
    (Kind.CPAS, W, Stage.CONDITIONS, FormalityKind.OPINION, date(2013, 12, 16)),
    (Kind.COMMUNE, W, Stage.AWARD, FormalityKind.CHANGE, LAW),
    (Kind.COMMUNE, B, Stage.ADHESION, FormalityKind.LISTING, LAW),
    (Kind.CPAS, F, Stage.ADHESION, FormalityKind.PUBLICATION, DLB),
]


def act(
    kind: AdministrationKind, region: Region, stage: Stage, on: date, form: Form
) -> Act:
    found = acts(one(kind, region), form, nature="services", procedure="open", on=on)
    return next(each for each in found if each.stage is stage)


@pytest.mark.parametrize(("kind", "region", "stage", "what", "first"), FORMALITIES)
def test_a_formality_counts_from_its_first_day(
    kind: AdministrationKind,
    region: Region,
    stage: Stage,
    what: FormalityKind,
    first: date,
) -> None:
    centre = stage in {Stage.ADHESION, Stage.USE}
    form = Form.PURCHASING_CENTRE if centre else Form.JOINT_CONTRACT
    assert act(kind, region, stage, first, form).formality(what) is not None
    before = act(kind, region, stage, first - A_DAY, form)
    assert before.formality(what) is None


def test_what_is_sure_is_not_said_to_be_doubtful() -> None:
    joint = Form.JOINT_CONTRACT
    assert not act(Kind.COMMUNE, W, Stage.LAUNCH, DAY, joint).to_verify
    assert act(Kind.COMMUNE, B, Stage.LAUNCH, DAY, joint).to_verify
    assert act(Kind.COMMUNE, W, Stage.AWARD, DAY, joint).to_verify
    assert act(Kind.SCHOOL_BOARD, B, Stage.LAUNCH, DAY, joint).to_verify


def test_only_a_police_zone_is_told_of_zones_of_one_municipality() -> None:
    joint = Form.JOINT_CONTRACT
    zone = act(Kind.POLICE_ZONE, W, Stage.CONDITIONS, DAY, joint)
    assert any("zone of several" in str(each) for each in zone.notes)
    commune = act(Kind.COMMUNE, W, Stage.CONDITIONS, DAY, joint)
    assert not any("zone" in str(each) for each in commune.notes)


def test_a_deputy_is_doubtful_where_its_ceiling_is_not_known_alone() -> None:
    on = date(2020, 6, 1)

    def doubts(day: date, estimate: Decimal | None) -> dict[tuple[str, str], bool]:
        found = deciding_body(
            Kind.COMMUNE,
            W,
            Stage.CONDITIONS,
            day,
            purchase=Purchase(amounts=Amounts(estimate=estimate), population=1_000),
        )
        assert found is not None
        return {
            (each.to.name, each.budget.name): each.citation.to_verify
            for each in found.instead
            if each.budget is not None
        }

    known = doubts(on, None)
    assert not known["EXECUTIVE", "ORDINARY"]
    assert not known["OFFICIAL", "ORDINARY"]
    assert not known["EXECUTIVE", "EXTRAORDINARY"]
    today = doubts(DAY, Decimal(1))
    assert not today["EXECUTIVE", "ORDINARY"]
    assert today["OFFICIAL", "ORDINARY"]
    assert today["EXECUTIVE", "EXTRAORDINARY"]
