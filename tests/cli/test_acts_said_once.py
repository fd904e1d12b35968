"""`law competence` and `law values` say each thing once, and what is not known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointbuy.law import parameters

if TYPE_CHECKING:
    from tests.conftest import Run

ON = ("--on", "2026-11-23")
WALLOON = ("--kind", "commune", "--region", "wallonia")


def test_what_comes_back_at_a_later_stage_is_said_once(jointbuy: Run) -> None:
    asked = ("law", "competence", *WALLOON, "--form", "joint_contract", *ON)
    text = " ".join(jointbuy(*asked).out.split())
    assert text.count("clear days lie between the summons") == 1
    assert text.count("gives a written opinion on legality") == 1
    assert "summons [to be done] (as for: participation)" in text
    (told,) = jointbuy(*asked, "--json").json["administrations"]
    kinds = [each["kind"] for act in told["acts"] for each in act["formalities"]]
    assert kinds.count("opinion") == 3
    said = [e["message"] for act in told["acts"] for e in act["formalities"]]
    assert sum("written opinion" in each for each in said) == 3


def test_where_nothing_is_decided_it_is_said(jointbuy: Run) -> None:
    asked = ("law", "competence", *WALLOON, "--form", "in_house_joint", *ON)
    out = jointbuy(*asked, "--stage", "adhesion").out
    assert "decides nothing at that stage" in out
    assert "decides nothing" not in jointbuy(*asked, "--stage", "participation").out


def test_every_amount_that_can_decide_is_named_and_can_be_set(jointbuy: Run) -> None:
    asked = (
        "law", "competence", *WALLOON, "--form", "joint_contract", "--stage", "award",
        "--procedure", "open", *ON,
    )  # fmt: skip
    told = jointbuy(*asked, "--json").json
    names = told["to_verify"]
    for wanted in ("works_open", "services_open"):
        assert f"amounts.wallonia_transmission_{wanted}" in names
    assert set(names) <= set(parameters())
    for name in names:
        jointbuy(
            "law", "set", name, "9", "--from", "2024-01-01", "--source", "An answer",
            *ON,
        )  # fmt: skip
    assert jointbuy(*asked, "--json").json["to_verify"] == []


def test_a_value_of_nought_is_no_amount_of_the_law(jointbuy: Run) -> None:
    whole = jointbuy("law", "values", *ON).out
    rows = {row.split()[0]: row for row in whole.splitlines() if "." in row[:12]}
    name = "amounts.brussels_cpas_transmission"
    assert "whatever the amount, by prudence" in rows[name]
    assert "0.00" not in rows[name]
    assert "0,00" not in rows[name]
    assert " abolished" in rows["amounts.brussels_cpas_delegation_small"]
    walloon = rows["amounts.wallonia_transmission_works_open"]
    assert "not known: to be verified" in walloon
    stale = " ".join(jointbuy("law", "stale", *ON).out.split())
    assert "whatever the amount, by prudence" in stale
    before = jointbuy("law", "show", name, "--on", "2019-05-31").out
    assert "whatever the amount – counts" in before
    plain = {
        each["name"]: each for each in jointbuy("law", "values", *ON, "--json").json
    }
    assert plain["amounts.brussels_cpas_delegation_small"]["abolished"]
    assert not plain["amounts.wallonia_transmission_works_open"]["abolished"]
