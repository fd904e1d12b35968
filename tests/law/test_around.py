"""Runs what the case files know of parties, needs and days around every form."""

from __future__ import annotations

import itertools
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from jointbuy.law import Facts, check, derive, headline, required_languages
from jointbuy.law import synergies_report as report
from jointbuy.law.languages import JOINT, Paper, regime
from jointbuy.law.rules.around import around
from jointbuy.law.tables import table
from jointbuy.model import (
    Administration,
    AdministrationKind,
    Candidate,
    CandidateKind,
    Form,
    Nature,
    Need,
    Outcome,
    Region,
    Stops,
)

DAY = date(2026, 11, 20)
HERE = Path(__file__).parent / "cases"
FILES = ("languages", "data_protection", "vat", "concertation")
TABLES = {
    name: tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))
    for name in FILES
}


def rows(kind: str) -> list[Any]:
    return [
        pytest.param(row, id=f"{name}: {row['note']}")
        for name in FILES
        for row in TABLES[name].get(kind, ())
    ]


def parties(row: dict[str, Any]) -> tuple[Administration, ...]:
    return tuple(
        Administration(
            id=str(number),
            kind=AdministrationKind[each["kind"]] if each["kind"] else None,
            region=Region[each["region"]] if "region" in each else None,
            postcode=each.get("postcode", ""),
            languages=tuple(each.get("languages", ())),
        )
        for number, each in enumerate(row["parties"])
    )


@pytest.mark.parametrize("row", rows("required"))
def test_every_paper_is_needed_in_these_languages(row: dict[str, Any]) -> None:
    assert row["source"]
    known = parties(row)
    found = required_languages(known, DAY)
    assert all(each.citations for each in found if each.languages)
    own = {each.author: each for each in found if each.paper is Paper.DECISION}
    for each, wanted in zip(known, row["decisions"], strict=True):
        assert own[each.id].languages == tuple(wanted)
    joint = {each.paper: each for each in found if each.paper in JOINT}
    assert joint[Paper.SPECIFICATIONS].languages == tuple(row["joint"])
    assert joint[Paper.CONVENTION].languages == tuple(row["joint"])
    assert joint[Paper.NOTICE].languages == tuple(row["notice"])
    letters = [
        [each.author, each.addressee, list(each.languages)]
        for each in found
        if each.paper is Paper.LETTER
    ]
    assert letters == row["letters"]


def needs(row: dict[str, Any]) -> tuple[Need, ...]:
    given = row.get("needs", [{"cpv": "30197643"}])
    return tuple(
        Need(
            id=f"n{number}",
            administration="0",
            title=each.get("title", f"N{number}"),
            cpv=each.get("cpv", ""),
            personal_data=each.get("personal_data"),
            nature=Nature[each["nature"]] if "nature" in each else None,
        )
        for number, each in enumerate(given)
    )


@pytest.mark.parametrize("row", rows("derived"))
def test_the_records_answer_what_they_know(row: dict[str, Any]) -> None:
    assert row["source"]
    known, wanted = parties(row), needs(row)
    candidate = Candidate(
        id="c",
        kind=CandidateKind.JOINT,
        needs=tuple(need.id for need in wanted),
        administrations=tuple(each.id for each in known),
    )
    form, on = Form[row["form"]], row.get("on", DAY)
    found = derive(candidate, form, needs=wanted, administrations=known, on=on)
    for code, value in row["expect"].items():
        assert (found[code].value if code in found else "") == value, code
        assert not value or str(found[code].message)


@pytest.mark.parametrize("row", rows("report"))
def test_the_yearly_report_depends_on_region_and_day(row: dict[str, Any]) -> None:
    assert row["source"]
    found = report(Region[row["region"]], row["on"])
    assert found.due == row["due"]
    assert found.citation.article == row["article"]
    assert found.citation.to_verify is row["to_verify"]
    assert ("verified" in str(found.message)) is (row["due"] == "unknown")


@pytest.mark.parametrize("region", Region)
def test_the_periods_of_the_report_follow_each_other_without_gap(
    region: Region,
) -> None:
    periods = table("concertation")["report"][region.name]
    assert "from" not in periods[0]
    assert "until" not in periods[-1]
    for before, after in itertools.pairwise(periods):
        assert (after["from"] - before["until"]).days == 1


@pytest.mark.parametrize("row", rows("told"))
def test_the_finding_speaks_of_the_report_of_the_parties(row: dict[str, Any]) -> None:
    facts = Facts(
        answers={"k26": row["answer"]},
        on=row.get("on", DAY),
        administrations=parties(row),
    )
    found = {each.rule: each for each in check(Form[row["form"]], facts)}["k26"]
    assert found.outcome is Outcome[row["outcome"]]
    told = [c.article for c in found.basis if c.article.startswith("art. 26bis")]
    assert told == row["articles"]
    assert str(found.message).count("report") == len(row["articles"])


def both() -> tuple[Administration, Administration]:
    walloon = Administration(
        id="w", kind=AdministrationKind.COMMUNE, region=Region.WALLONIA
    )
    brussels = Administration(
        id="b", kind=AdministrationKind.CPAS, region=Region.BRUSSELS
    )
    return walloon, brussels


def test_whoever_says_that_one_language_is_enough_is_told_otherwise() -> None:
    form = Form.JOINT_CONTRACT
    alone = Facts(answers={"l1": "not_due"}, on=DAY, administrations=both()[:1])
    assert {f.rule: f for f in check(form, alone)}["l1"].outcome is Outcome.OK
    joint = Facts(answers={"l1": "not_due"}, on=DAY, administrations=both())
    found = {f.rule: f for f in check(form, joint)}["l1"]
    assert (found.outcome, found.stops) == (Outcome.SERIOUS, Stops.LAUNCH)
    assert "French, Dutch" in str(found.message)
    articles = {c.article for c in found.basis}
    assert {"art. 58", "art. 17–18", "art. 10–11", "art. 17–19"} <= articles
    assert any(c.to_verify for c in found.basis)


def said(
    form: Form, rule: str, answers: dict[str, str], *parties: Administration
) -> str:
    facts = Facts(answers=answers, on=DAY, administrations=parties)
    return str({f.rule: f for f in check(form, facts)}[rule].message)


def test_a_flemish_party_hears_of_its_own_commission_and_protocol() -> None:
    answers = {"d1": "yes", "d2": "separate"}
    flemish = Administration(
        id="f", kind=AdministrationKind.COMMUNE, region=Region.FLANDERS
    )
    form = Form.HORIZONTAL
    assert "Flemish Supervisory Commission" in said(form, "d1", answers, flemish)
    assert "federal authority" in said(form, "d1", answers, *both())


def test_each_missing_act_and_deliberation_is_named() -> None:
    form = Form.HORIZONTAL
    acts = {"joint": "arrangement", "processor": "written contract"}
    for roles, act in acts.items():
        answers = {"d1": "yes", "d2": roles, "d3": "no"}
        assert act in said(form, "d1", answers)
    exempt = said(form, "d4", {"d4": "yes", "d5": "exempt"})
    given = said(form, "d4", {"d4": "yes", "d5": "yes"})
    assert exempt.startswith("No deliberation is needed")
    assert given.startswith("The deliberation is there")


def test_the_register_says_whether_all_work_in_one_language_or_each_in_its_own() -> (
    None
):
    walloon = Administration(
        id="0", kind=AdministrationKind.COMMUNE, region=Region.WALLONIA
    )
    flemish = Administration(
        id="1", kind=AdministrationKind.COMMUNE, region=Region.FLANDERS
    )
    need = Need(id="n", administration="0", title="N")

    def told(*parties: Administration) -> str:
        candidate = Candidate(
            id="c",
            kind=CandidateKind.ADHESION,
            needs=("n",),
            administrations=tuple(each.id for each in parties),
        )
        found = derive(
            candidate,
            Form.PURCHASING_CENTRE,
            needs=(need,),
            administrations=parties,
            on=DAY,
        )
        return str(found["l1"].message)

    assert "one language for every party: French" in told(walloon)
    assert "its own language (French, Dutch)" in told(walloon, flemish)


def test_the_union_is_cited_only_where_the_parties_differ() -> None:
    walloon, brussels = both()

    def cited(*parties: Administration) -> set[str]:
        found = required_languages(parties, DAY)
        (paper,) = (each for each in found if each.paper is Paper.CONVENTION)
        return {each.article for each in paper.citations}

    assert cited(brussels, brussels) == {"art. 17–18"}
    assert cited(walloon, brussels) == {"art. 10–11", "art. 17–18", "art. 17–19"}


def test_a_regime_of_languages_is_not_taken_from_a_day_before_it() -> None:
    kraainem = Administration(
        id="k",
        kind=AdministrationKind.COMMUNE,
        region=Region.FLANDERS,
        postcode=" 1950 ",
    )
    found = regime(kraainem, DAY)
    assert found is not None
    assert found.notices == ("nl", "fr")


def test_no_postcode_stands_in_two_regimes_of_a_region() -> None:
    seen = [
        (region, code)
        for row in table("languages")["regimes"].values()
        for region in row["regions"]
        for code in row.get("postcodes", ())
    ]
    assert len(seen) == len(set(seen))
    assert len({code for _, code in seen}) == 48


@pytest.mark.parametrize("form", Form)
def test_nothing_around_a_form_ever_stops_the_form(form: Form) -> None:
    assert all(rule.stops is not Stops.FORM for rule in around(form))
    codes = {rule.code for rule in around(form)}
    bad = {"l1": "no", "v1": "no", "v3": "no", "k26": "no"}
    bad |= {"d1": "yes", "d2": "joint", "d3": "no", "d4": "yes", "d5": "no"}
    found = [f for f in check(form, Facts(answers=bad, on=DAY)) if f.rule in codes]
    assert len(found) == len(codes) >= 3
    assert all(f.outcome > Outcome.UNKNOWN for f in found)
    assert headline(found) is Outcome.OK


def test_at_the_european_threshold_what_goes_around_still_does_not_stop_the_form() -> (
    None
):
    facts = Facts(answers={"g0_6": "yes", "v1": "no"}, on=DAY)
    found = {f.rule: f for f in check(Form.HORIZONTAL, facts)}["v1"]
    assert (found.outcome, found.stops) == (Outcome.SERIOUS, Stops.START)
