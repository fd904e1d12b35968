"""The mistakes most often made in this field; every test is named after one."""

from __future__ import annotations

import re
import tomllib
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import jointbuy
from jointbuy.errors import NotInForce
from jointbuy.law import (
    Facts,
    check,
    deciding_body,
    eu_threshold,
    headline,
    parameter,
    procedures,
    question,
    supervision,
)
from jointbuy.law.languages import Paper, required_languages
from jointbuy.law.rules.concertation import synergies_report
from jointbuy.law.tables import table
from jointbuy.model import Administration, Finding, Form, Outcome, Region, Stage, Stops
from jointbuy.model import AdministrationKind as Kind
from jointbuy.schedule.calendar import end_of_period

DAY = date(2026, 11, 20)
CENT = Decimal("0.01")
HERE = Path(__file__).parent / "cases"
GOOD: dict[str, Any] = tomllib.loads((HERE / "good.toml").read_text(encoding="utf-8"))
PACKAGE = Path(jointbuy.__file__).parent


def judged(form: Form, **changed: str) -> dict[str, Finding]:
    known = {**GOOD["gate"], **GOOD["around"], **GOOD[form.name]}
    answers = {code: str(value) for code, value in known.items()}
    found = check(form, Facts(answers=answers | changed, on=DAY))
    return {finding.rule: finding for finding in found}


def outcome(form: Form, rule: str, **changed: str) -> Outcome:
    return judged(form, **changed)[rule].outcome


# ---------------------------------------------------------------------------- 1


@pytest.mark.parametrize(
    ("form", "code"),
    [
        (Form.IN_HOUSE, "h5"),
        (Form.IN_HOUSE_JOINT, "k7"),
        (Form.IN_HOUSE_REVERSE, "r5_share"),
    ],
)
def test_more_than_eighty_per_cent_is_not_eighty_and_the_mean_is_of_three_years(
    form: Form, code: str
) -> None:
    assert outcome(form, code, **{code: "80.00"}) is Outcome.BLOCKED
    assert outcome(form, code, **{code: "80.01"}) is Outcome.WARNING
    assert outcome(form, "share_basis", share_basis="other") is Outcome.SERIOUS
    assert parameter("cooperation.measured_years", DAY).value == 3


@pytest.mark.parametrize("measure", ["turnover", "costs"])
def test_the_costs_are_a_measure_like_the_turnover(measure: str) -> None:
    given = {"share_basis": "three_years", "activity_measure": measure}
    for form in (Form.IN_HOUSE, Form.IN_HOUSE_JOINT, Form.HORIZONTAL):
        assert outcome(form, "share_basis", **given) is Outcome.OK
        hours = {**given, "activity_measure": "other"}
        assert outcome(form, "share_basis", **hours) is Outcome.WARNING
    assert "measure" not in dict(question("share_basis").words)["other"]
    years = judged(Form.IN_HOUSE, share_basis="other")["share_basis"]
    assert "measure" not in str(years.message)


def test_less_than_twenty_per_cent_is_not_twenty() -> None:
    assert outcome(Form.HORIZONTAL, "c7", c7="20.00") is Outcome.BLOCKED
    assert outcome(Form.HORIZONTAL, "c7", c7="19.99") is Outcome.WARNING
    last_year = outcome(Form.HORIZONTAL, "share_basis", share_basis="other")
    assert last_year is Outcome.SERIOUS


# ---------------------------------------------------------------------------- 2


@pytest.mark.parametrize(
    ("nature", "authority", "before", "since"),
    [
        ("services", "central", 143_000, 140_000),
        ("supplies", "local", 221_000, 216_000),
        ("works", "local", 5_538_000, 5_404_000),
    ],
)
def test_the_thresholds_went_down_on_1_january_2026(
    nature: str, authority: str, before: int, since: int
) -> None:
    last, first = date(2025, 12, 31), date(2026, 1, 1)
    assert eu_threshold(nature, authority, last).value == before
    assert eu_threshold(nature, authority, first).value == since
    between = Decimal(since)
    for day, european in ((last, False), (first, True)):
        found = procedures(nature, between, authority=authority, on=day)
        assert found.eu_publicity is european
    with pytest.raises(NotInForce):
        eu_threshold(nature, authority, date(2028, 1, 1))


# ---------------------------------------------------------------------------- 3


def test_without_publication_the_expenditure_counts_and_elsewhere_the_estimate() -> (
    None
):
    limit = Decimal(140_000)
    high, low = limit, limit - CENT
    spent_less = procedures("services", high, low, on=DAY)
    assert "negotiated_without_publication" in spent_less.names
    spent_more = procedures("services", low, high, on=DAY)
    assert "negotiated_without_publication" not in spent_more.names
    planned = procedures("services", low, on=DAY)
    found = planned.get("negotiated_without_publication")
    assert found is not None
    assert found.planned
    small, large = Decimal(30_000) - CENT, Decimal(30_000)
    assert "low_value" in procedures("services", small, large, on=DAY).names
    assert "low_value" not in procedures("services", large, small, on=DAY).names
    published, above = Decimal(216_000) - CENT, Decimal(216_000)
    name = "negotiated_with_publication"
    assert name in procedures("services", published, above, on=DAY).names
    assert name not in procedures("services", above, published, on=DAY).names


# ---------------------------------------------------------------------------- 4


@pytest.mark.parametrize("year", range(2018, 2028))
def test_seven_hundred_and_fifty_thousand_is_not_revised(year: int) -> None:
    for name in (
        "thresholds.eu_social",
        "thresholds.negotiated_without_publication_social",
        "thresholds.negotiated_with_publication_works",
    ):
        for day in (date(year, 1, 1), date(year, 12, 31)):
            assert parameter(name, day).value == 750_000


# ---------------------------------------------------------------------------- 5


def test_nobody_joins_after_the_launch_and_nobody_orders_without_a_maximum() -> None:
    launched = {"j1": "yes", "j1_named": "no"}
    assert outcome(Form.JOINT_CONTRACT, "j1", **launched) is Outcome.BLOCKED
    late = judged(Form.PURCHASING_CENTRE, a2="no", a3="no")
    assert late["a2"].outcome is late["a3"].outcome is Outcome.BLOCKED
    assert outcome(Form.PURCHASING_CENTRE, "a4", a4="no") is Outcome.BLOCKED
    assert outcome(Form.PURCHASING_CENTRE, "a3", a3="no") is Outcome.WARNING


# ---------------------------------------------------------------------------- 6


def test_neither_at_cost_nor_between_public_bodies_dispenses() -> None:
    at_cost = judged(Form.HORIZONTAL, c3="no", c4="yes")
    assert headline(at_cost.values()) is Outcome.BLOCKED
    refunded = judged(Form.FREE_SHARING, f1="yes")
    assert headline(refunded.values()) is Outcome.BLOCKED
    paid = judged(Form.HORIZONTAL)["g0_2"]
    assert "pecuniary interest" in str(paid.message)
    assert "At cost" in str(paid.message)


def test_a_commune_and_its_cpas_are_not_in_house_by_themselves() -> None:
    found = judged(Form.IN_HOUSE, h_cpas="yes")
    assert found["h_cpas"].outcome is Outcome.SERIOUS
    assert headline(found.values()) is Outcome.SERIOUS


# ---------------------------------------------------------------------------- 7


def test_a_cpas_cannot_use_the_membership_of_its_commune() -> None:
    found = judged(Form.IN_HOUSE_JOINT, k1="no")["k1"]
    assert found.outcome is Outcome.BLOCKED
    assert found.stops is Stops.FORM
    assert "CPAS" in str(found.message)


# ---------------------------------------------------------------------------- 8


def test_joining_a_centre_is_not_yet_using_it_and_no_joint_contract() -> None:
    found = judged(Form.PURCHASING_CENTRE, a6="yes", a7="no")["a7"]
    assert (found.outcome, found.stops) == (Outcome.BLOCKED, Stops.ORDER)
    articles = {
        (kind, stage): _article(kind, Region.WALLONIA, stage)
        for kind in (Kind.COMMUNE, Kind.CPAS)
        for stage in (Stage.PARTICIPATION, Stage.ADHESION, Stage.USE)
    }
    assert articles[Kind.COMMUNE, Stage.PARTICIPATION].startswith("art. L1222-6")
    assert articles[Kind.COMMUNE, Stage.ADHESION] == "art. L1222-7, § 1"
    assert articles[Kind.COMMUNE, Stage.USE] == "art. L1222-7, § 2"
    assert articles[Kind.CPAS, Stage.PARTICIPATION].startswith("art. 84bis")
    assert articles[Kind.CPAS, Stage.ADHESION].startswith("art. 84ter")


def _article(kind: Kind, region: Region, stage: Stage) -> str:
    found = deciding_body(kind, region, stage, DAY)
    assert found is not None
    return found.citation.article


# ---------------------------------------------------------------------------- 9


@pytest.mark.parametrize("kind", [Kind.COMMUNE, Kind.CPAS])
@pytest.mark.parametrize("region", [Region.GERMAN_SPEAKING, Region.BRUSSELS])
def test_the_walloon_code_does_not_rule_eupen_or_brussels(
    kind: Kind, region: Region
) -> None:
    for stage in Stage:
        found = deciding_body(kind, region, stage, DAY)
        assert found is not None
        assert "Walloon" not in found.citation.source
    supervisor = supervision(kind, region, DAY)
    assert supervisor is not None
    assert "Walloon" not in supervisor.citation.source
    assert "SPW" not in supervisor.authority.fr


@pytest.mark.parametrize("region", [Region.WALLONIA, Region.BRUSSELS])
def test_a_commune_and_its_cpas_have_not_the_same_supervisor(region: Region) -> None:
    commune = supervision(Kind.COMMUNE, region, DAY)
    cpas = supervision(Kind.CPAS, region, DAY)
    assert commune is not None
    assert cpas is not None
    assert commune.authority != cpas.authority


def test_a_brussels_cpas_has_had_one_supervisor_since_1_june_2019() -> None:
    before = supervision(Kind.CPAS, Region.BRUSSELS, date(2019, 5, 31))
    after = supervision(Kind.CPAS, Region.BRUSSELS, date(2019, 6, 1))
    assert before is not None
    assert after is not None
    assert "collège de la commune et Collège réuni" in before.authority.fr
    assert after.authority.fr.startswith("Collège réuni")
    assert "commune et" not in after.authority.fr


@pytest.mark.parametrize("kind", [Kind.COMMUNE, Kind.POLICE_ZONE])
def test_in_brussels_nothing_is_ordered_before_the_term_on_the_award_has_run(
    kind: Kind,
) -> None:
    brussels = supervision(kind, Region.BRUSSELS, DAY)
    assert brussels is not None
    assert brussels.suspensive_award
    assert (brussels.transmit_days, brussels.term_days) == (20, 30)
    assert brussels.extension_days == 15
    walloon = supervision(Kind.COMMUNE, Region.WALLONIA, DAY)
    assert walloon is not None
    assert not walloon.suspensive_award


# --------------------------------------------------------------------------- 10


@pytest.mark.parametrize(
    ("event", "days", "last"),
    [
        (date(2026, 11, 20), 1, date(2026, 11, 23)),  # a Saturday
        (date(2026, 11, 20), 2, date(2026, 11, 24)),  # two working days at least
        (date(2026, 12, 10), 15, date(2026, 12, 28)),  # Christmas, then a weekend
        (date(2026, 11, 23), 15, date(2026, 12, 8)),  # the first day is not counted
        (date(2026, 6, 21), 30, date(2026, 7, 22)),  # the national holiday
        (date(2026, 9, 1), 26, date(2026, 9, 28)),  # 27 September is a Sunday
    ],
)
def test_the_first_day_is_not_counted_and_a_last_day_of_rest_moves(
    event: date, days: int, last: date
) -> None:
    assert end_of_period(event, days) == last
    assert last > event + timedelta(days=days - 1)


@pytest.mark.parametrize("kind", [Kind.COMMUNE, Kind.CPAS])
def test_an_act_under_supervision_is_sent_before_it_is_carried_out(kind: Kind) -> None:
    found = supervision(kind, Region.WALLONIA, DAY)
    assert found is not None
    assert found.mandatory
    assert (found.transmit_days, found.term_days, found.extension_days) == (15, 30, 15)
    assert Stage.AWARD in found.stages


# --------------------------------------------------------------------------- 11

OLD_NAMES = (
    "DGO5",
    "DGO 5",
    "Privacy Commission",
    "Commission vie privée",
    "Commission de la protection de la vie privée",
    "Privacycommissie",
    "Ausschuss für den Schutz des Privatlebens",
)


def test_old_names_and_article_36_for_mixed_contracts_are_cited_nowhere() -> None:
    texts = [*PACKAGE.rglob("*.toml"), *PACKAGE.rglob("*.po"), *PACKAGE.rglob("*.py")]
    assert len(texts) > 100
    for path in texts:
        text = path.read_text(encoding="utf-8")
        for name in OLD_NAMES:
            assert name not in text, path
    cited = re.compile(r"law_2016 \| art\. 36\b")
    named = [
        key for key, row in table("procedures").items() if cited.search(row["basis"])
    ]
    assert named == ["open"]
    for path in (PACKAGE / "law").rglob("*.toml"):
        if path.name != "procedures.toml":
            assert not cited.search(path.read_text(encoding="utf-8")), path


def test_the_yearly_report_on_synergies_is_not_due_everywhere() -> None:
    due = {region: synergies_report(region, DAY).due for region in Region}
    assert due[Region.BRUSSELS] == "yes"
    assert due[Region.FLANDERS] == "no"
    assert due[Region.WALLONIA] == "unknown"
    assert synergies_report(Region.WALLONIA, date(2025, 7, 16)).due == "yes"
    assert synergies_report(Region.WALLONIA, date(2025, 7, 17)).due == "unknown"


# --------------------------------------------------------------------------- 12


def test_a_brussels_partner_makes_the_joint_documents_bilingual() -> None:
    walloon = Administration(id="w", kind=Kind.COMMUNE, region=Region.WALLONIA)
    brussels = Administration(id="b", kind=Kind.COMMUNE, region=Region.BRUSSELS)
    alone = {
        each.paper: each.languages
        for each in required_languages((walloon,), DAY)
        if not each.author
    }
    assert set(alone.values()) == {("fr",)}
    found = required_languages((walloon, brussels), DAY)
    joint = {each.paper: each.languages for each in found if not each.author}
    for paper in (Paper.SPECIFICATIONS, Paper.CONVENTION, Paper.NOTICE):
        assert set(joint[paper]) == {"fr", "nl"}
    own = {e.author: e.languages for e in found if e.paper is Paper.DECISION}
    assert own["w"] == ("fr",)
    assert set(own["b"]) == {"fr", "nl"}
    warned = judged(Form.JOINT_CONTRACT, j10="yes")["j10"]
    assert (warned.outcome, warned.stops) == (Outcome.WARNING, Stops.LAUNCH)


# --------------------------------------------------------------------------- 13


def test_staff_of_a_commune_does_not_go_to_an_intercommunale() -> None:
    found = judged(Form.STAFF_PLACEMENT, t2="no")["t2"]
    assert (found.outcome, found.stops) == (Outcome.BLOCKED, Stops.FORM)
    for body in ("intercommunale", "autonomous communal company", "another commune"):
        assert body in str(found.message)


# --------------------------------------------------------------------------- 14


def test_a_listing_on_e_procurement_proves_no_purchasing_centre() -> None:
    found = judged(Form.PURCHASING_CENTRE, a1="unknown")["a1"]
    assert (found.outcome, found.stops) == (Outcome.SERIOUS, Stops.FORM)
    assert "e-Procurement proves nothing" in str(found.message)
