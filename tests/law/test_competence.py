from __future__ import annotations

from datetime import date, timedelta

import pytest

from jointbuy.law import (
    Due,
    How,
    convocation,
    deciding_body,
    sending,
    source_titles,
    supervision,
)
from jointbuy.model import AdministrationKind as Kind
from jointbuy.model import BodyKind, Region, Stage

DAY = date(2026, 11, 20)
LOCAL = (Kind.COMMUNE, Kind.CPAS, Kind.POLICE_ZONE)


@pytest.mark.parametrize("region", Region)
@pytest.mark.parametrize("kind", LOCAL)
def test_somebody_decides_on_every_stage_everywhere(kind: Kind, region: Region) -> None:
    for stage in Stage:
        found = deciding_body(kind, region, stage, DAY)
        assert found is not None, stage
        assert found.citation.source in source_titles()
    for stage in (Stage.PARTICIPATION, Stage.CONDITIONS, Stage.ADHESION):
        council = deciding_body(kind, region, stage, DAY)
        assert council is not None
        assert council.body is BodyKind.COUNCIL
    for stage in (Stage.LAUNCH, Stage.AWARD, Stage.ORDER):
        executive = deciding_body(kind, region, stage, DAY)
        assert executive is not None
        assert executive.body is BodyKind.EXECUTIVE


def test_the_walloon_articles_of_joint_contract_and_centre_differ() -> None:
    def article(kind: Kind, stage: Stage) -> str:
        found = deciding_body(kind, Region.WALLONIA, stage, DAY)
        assert found is not None
        return found.citation.article

    assert article(Kind.COMMUNE, Stage.PARTICIPATION) == "art. L1222-6"
    assert article(Kind.COMMUNE, Stage.ADHESION) == "art. L1222-7, § 1"
    assert article(Kind.COMMUNE, Stage.USE) == "art. L1222-7, § 2"
    assert article(Kind.CPAS, Stage.PARTICIPATION) == "art. 84bis"
    assert article(Kind.CPAS, Stage.ADHESION) == "art. 84ter"


def test_the_german_speaking_communes_do_not_follow_the_walloon_code() -> None:
    for stage in Stage:
        found = deciding_body(Kind.COMMUNE, Region.GERMAN_SPEAKING, stage, DAY)
        assert found is not None
        assert "Walloon" not in found.citation.source


def test_the_college_of_a_brussels_commune_decides_on_small_amounts() -> None:
    found = deciding_body(Kind.COMMUNE, Region.BRUSSELS, Stage.CONDITIONS, DAY)
    assert found is not None
    (below,) = (each.limit for each in found.instead if each.how is How.LAW)
    assert below is not None
    assert below.unit == "euro"
    assert below.citation.to_verify


def test_supervision_in_wallonia() -> None:
    commune = supervision(Kind.COMMUNE, Region.WALLONIA, DAY)
    assert commune is not None
    assert (commune.transmit_days, commune.term_days, commune.extension_days) == (
        15,
        30,
        15,
    )
    assert not commune.suspensive_award
    cpas = supervision(Kind.CPAS, Region.WALLONIA, DAY)
    assert cpas is not None
    assert cpas.authority.fr == "gouverneur de la province"
    assert cpas.authority != commune.authority


@pytest.mark.parametrize(
    ("kind", "last"),
    [(Kind.COMMUNE, date(2023, 2, 28)), (Kind.CPAS, date(2023, 1, 31))],
)
def test_joining_a_centre_was_sent_until_early_2023_in_wallonia(
    kind: Kind, last: date
) -> None:
    before = supervision(kind, Region.WALLONIA, last)
    after = supervision(kind, Region.WALLONIA, last + timedelta(days=1))
    assert before is not None
    assert after is not None
    assert Stage.ADHESION in before.stages
    assert Stage.ADHESION not in after.stages
    until = sending(kind, Region.WALLONIA, Stage.ADHESION, last)
    since = sending(kind, Region.WALLONIA, Stage.ADHESION, last + timedelta(days=1))
    assert until is not None
    assert until.due is Due.YES
    assert since is not None
    assert since.due is Due.NO
    assert since.citation.to_verify


def test_an_award_waits_for_the_supervisor_of_a_brussels_commune() -> None:
    found = supervision(Kind.COMMUNE, Region.BRUSSELS, DAY)
    assert found is not None
    assert (found.transmit_days, found.term_days, found.extension_days) == (20, 30, 15)
    assert found.suspensive_award
    assert found.mandatory


def test_a_brussels_cpas_has_one_supervisor_since_june_2019() -> None:
    before = supervision(Kind.CPAS, Region.BRUSSELS, date(2019, 5, 31))
    after = supervision(Kind.CPAS, Region.BRUSSELS, date(2019, 6, 1))
    assert before is not None
    assert after is not None
    assert "collège de la commune" in before.authority.fr
    assert "collège de la commune" not in after.authority.fr
    assert after.citation.to_verify


def test_nothing_need_be_sent_in_flanders() -> None:
    found = supervision(Kind.COMMUNE, Region.FLANDERS, DAY)
    assert found is not None
    assert not found.mandatory
    assert found.transmit_days is None
    assert (found.publish_days, found.complaint_days) == (10, 30)


def test_what_is_not_known_is_none() -> None:
    assert supervision(None, Region.WALLONIA, DAY) is None
    assert supervision(Kind.COMMUNE, None, DAY) is None
    assert supervision(Kind.COMMUNE, Region.FLANDERS, date(2018, 12, 31)) is None
    assert deciding_body(Kind.SCHOOL_BOARD, Region.BRUSSELS, Stage.AWARD, DAY) is None
    assert deciding_body(None, None, Stage.AWARD, DAY) is None
    assert convocation(Kind.OTHER, Region.BRUSSELS, DAY) is None


@pytest.mark.parametrize(
    ("kind", "region", "days"),
    [
        (Kind.COMMUNE, Region.WALLONIA, 7),
        (Kind.COMMUNE, Region.BRUSSELS, 7),
        (Kind.COMMUNE, Region.FLANDERS, 8),
        (Kind.CPAS, Region.WALLONIA, 5),
        (Kind.CPAS, Region.BRUSSELS, 5),
        (Kind.CPAS, Region.FLANDERS, 8),
    ],
)
def test_the_summons_goes_out_in_time(kind: Kind, region: Region, days: int) -> None:
    found = convocation(kind, region, DAY)
    assert found is not None
    assert found.value == days
