"""Who decides and what is sent, asked on the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Done, Run

ON = "2026-11-23"
PAPER = "j-dxxtqqqc"
COMMUNE = ("--kind", "commune", "--region", "brussels", "--form", "joint_contract")
AWARD = (*COMMUNE, "--nature", "services", "--procedure", "open", "--stage", "award")


def ask(jointbuy: Run, *arguments: object, code: int = 0, on: str = ON) -> Done:
    return jointbuy("law", "competence", *arguments, "--on", on, code=code)


def found(jointbuy: Run, *arguments: object, on: str = ON) -> Any:
    return json.loads(ask(jointbuy, *arguments, "--json", on=on).out)


def only_act(told: Any) -> Any:
    (administration,) = told["administrations"]
    (act,) = administration["acts"]
    return act


def formality(act: Any, kind: str) -> Any:
    return next(each for each in act["formalities"] if each["kind"] == kind)


def test_who_decides_is_said_without_a_register(jointbuy: Run) -> None:
    told = found(jointbuy, *COMMUNE, "--estimate", "139.999,99")
    (administration,) = told["administrations"]
    assert [act["stage"] for act in administration["acts"]] == [
        "participation",
        "conditions",
        "launch",
        "award",
        "order",
    ]
    conditions = administration["acts"][1]
    assert (conditions["body"], conditions["decides"]) == ("council", "executive")
    assert conditions["to_verify"]
    assert conditions["instead"][0]["limit"] == 140_000
    text = " ".join(ask(jointbuy, *COMMUNE, "--estimate", "139.999,99").out.split())
    assert "by law, without delegation" in text
    assert "(to be verified)" in text
    assert "law set NAME VALUE" in text
    assert "amounts.brussels_college" in text


def test_an_amount_not_read_is_said_and_one_kept_decides(jointbuy: Run) -> None:
    sent = formality(
        only_act(found(jointbuy, *AWARD, "--estimate", "200000")), "sending"
    )
    assert (sent["due"], sent["limit"]) == ("unknown", None)
    assert sent["parameter"] == "amounts.brussels_transmission"
    assert sent["to_verify"]
    jointbuy(
        "law", "set", "amounts.brussels_transmission", "200000",
        "--from", "2024-07-01", "--source", "Answer of the authority", "--on", ON,
    )  # fmt: skip
    for amount, due in (("199999,99", "no"), ("200000", "yes")):
        told = found(jointbuy, *AWARD, "--estimate", amount)
        act = only_act(told)
        assert formality(act, "sending")["due"] == due
        assert formality(act, "waiting")["due"] == due
        assert "amounts.brussels_transmission" not in told["to_verify"]
    before = found(jointbuy, *AWARD, "--estimate", "200000", on="2024-06-30")
    assert formality(only_act(before), "sending")["due"] == "unknown"


def test_the_acts_of_a_proposal_are_those_of_each_administration(
    jointbuy: Run, brussels: Path
) -> None:
    assert brussels.exists()
    told = found(jointbuy, PAPER)
    assert told["proposal"] == PAPER
    assert len(told["administrations"]) > 1
    pilots = [each for each in told["administrations"] if each["pilot"]]
    assert len(pilots) == 1
    for each in told["administrations"]:
        stages = [act["stage"] for act in each["acts"]]
        assert ("award" in stages) is each["pilot"]
    text = " ".join(ask(jointbuy, PAPER).out.split())
    assert "(pilot)" in text


def test_a_proposal_or_a_kind_a_region_and_a_form_must_be_named(jointbuy: Run) -> None:
    assert "region" in ask(jointbuy, "--kind", "commune", code=2).err
    refused = ask(jointbuy, *COMMUNE, "--procedure", "raffle", code=2)
    assert "exclusive" in refused.err
    assert ask(jointbuy, *COMMUNE, "--estimate", "much", code=3).err


def test_urgency_and_a_zone_of_one_municipality_are_taken_into_account(
    jointbuy: Run,
) -> None:
    zone = ("--kind", "police_zone", "--region", "wallonia")
    form = ("--form", "joint_contract", "--stage", "conditions")
    act = only_act(found(jointbuy, *zone, *form, "--one-municipality", "--urgent"))
    assert act["basis"]["article"] == "art. L1222-3, § 1"
    urgency = next(each for each in act["instead"] if each["how"] == "urgency")
    assert urgency["possible"] == "yes"
