"""A proposal tells what its reasons rest on and what would change it, with points."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from jointbuy.errors import Message
from jointbuy.matching import match_lines
from jointbuy.model import Candidate, CandidateKind, Contract, Nature, Need

Propose = Callable[..., tuple[Candidate, ...]]

PAPER = Need(
    id="n1",
    administration="commune",
    title="Papier à copier A4",
    language="fr",
    cpv="30197644",
    quantity=Decimal(12),
    unit="boîtes de 5 rames",
    estimate=Decimal(30000),
    earliest=date(2027, 9, 1),
    latest=date(2027, 12, 31),
)
PAPIER = replace(
    PAPER,
    id="n2",
    administration="cpas",
    title="Kopieerpapier",
    language="nl",
    quantity=Decimal(500),
    unit="riemen",
    estimate=Decimal(10000),
)


def of(found: Iterable[Candidate], kind: CandidateKind) -> Candidate:
    (one,) = [each for each in found if each.kind is kind]
    return one


def joint(found: tuple[Candidate, ...]) -> Candidate:
    return of(found, CandidateKind.JOINT)


def told(messages: Iterable[Message]) -> str:
    return " | ".join(str(message) for message in messages)


def why(candidate: Candidate, name: str) -> str:
    (reason,) = [one for one in candidate.reasons if one.name == name]
    return f"{reason.message} | {told(reason.evidence)}"


def weights(candidate: Candidate) -> dict[str, int]:
    return {reason.name: reason.weight for reason in candidate.reasons}


def test_every_reason_tells_what_it_rests_on(matched: Propose) -> None:
    group = joint(matched(PAPER, PAPIER))
    same = why(group, "same_purchase")
    assert "(French) and" in same
    assert "in the thesaurus" in same
    assert "30197644" in why(group, "shared_code")
    assert "The first day is that of" in why(group, "common_window")
    assert "have the postcode 1299" in why(group, "same_place")
    assert "75 of the known volume" in why(group, "scale_gain")
    units = why(group, "quantities_add_up")
    assert "add up to 560 (riemen)" in units
    assert "12 × “boîtes de 5 rames” = 60 (riemen)" in units
    assert group.would_change == ()
    assert group.missing == ()


def test_packs_of_unknown_size_say_what_to_give(matched: Propose) -> None:
    group = joint(matched(replace(PAPER, unit="boîtes"), replace(PAPIER, unit="dozen")))
    assert "quantities_add_up" not in weights(group)
    assert "write the size with it" in told(group.missing)
    assert "counted in a unit that converts (+3)" in told(group.would_change)


def test_a_box_of_unknown_size_stays_apart_from_sheets_and_says_why(
    matched: Propose,
) -> None:
    found = matched(replace(PAPER, unit="boîtes"), PAPIER)
    assert not any(one.kind is CandidateKind.JOINT for one in found)
    for one in found:
        text = why(one, "other_unit")
        assert "counted in “boîtes”, of unknown size" in text
        assert "does not say what it holds" in text
        assert "could be joined (+" in told(one.would_change)


def test_the_points_that_are_told_are_those_of_the_joint_proposal(
    matched: Propose,
) -> None:
    apart = matched(replace(PAPER, unit="boîtes"), PAPIER)
    together = joint(matched(replace(PAPER, unit="riemen"), PAPIER))
    worth = together.score - 5 - weights(together)["quantities_add_up"]
    assert f"({worth:+d})" in told(apart[0].would_change)


def test_requirements_that_exclude_each_other_weigh_and_tell_the_way_out(
    matched: Propose,
) -> None:
    one = replace(PAPER, requirements=("≥ 80 g/m²",))
    group = joint(matched(one, replace(PAPIER, requirements=("max 75 g/m²",))))
    assert weights(group)["requirements_exclude"] == -8
    text = why(group, "requirements_exclude")
    assert "Divide into lots, or stay separate" in text
    assert "“≥ 80 g/m²”" in text
    assert "divided into lots (+8)" in told(group.would_change)
    met = joint(matched(one, replace(PAPIER, requirements=("min. 75 g/m²",))))
    assert "requirements_exclude" not in weights(met)
    assert "is the strictest and meets" in why(met, "requirements_differ")


def test_what_all_ask_is_told(matched: Propose) -> None:
    asked = {"requirements": ("Label écologique",)}
    group = joint(matched(replace(PAPER, **asked), replace(PAPIER, **asked)))  # type: ignore[arg-type]
    assert "All of them ask: “Label écologique”" in why(group, "requirements_shared")


def test_a_running_contract_is_told_with_its_notice(matched: Propose) -> None:
    contract = Contract(
        id="k",
        administration="commune",
        title="Papier à copier A4",
        end=date(2028, 1, 31),
        notice=date(2027, 4, 30),
    )
    group = joint(matched(PAPER, PAPIER, contracts=(contract,)))
    assert "last day to give notice: 2027-04-30" in why(group, "running_contracts")
    assert "given notice in time for the launch (+6)" in told(group.would_change)
    late = replace(contract, notice=date(2026, 11, 19))
    group = joint(matched(PAPER, PAPIER, contracts=(late,)))
    assert "has passed" in why(group, "running_contracts")
    assert "notice" not in told(group.would_change)


def test_a_contract_that_ends_before_the_launch_does_not_go_on(
    matched: Propose,
) -> None:
    running = Contract(
        id="k", administration="commune", title="Papier A4", end=date(2028, 1, 31)
    )
    ended = Contract(
        id="l", administration="cpas", title="Kopieerpapier", end=date(2027, 1, 15)
    )
    group = joint(matched(PAPER, PAPIER, contracts=(running, ended)))
    assert "(1)" in why(group, "running_contracts")
    assert "Papier A4" in why(group, "running_contracts")
    assert "Kopieerpapier" not in why(group, "running_contracts")
    group = joint(matched(PAPER, PAPIER, contracts=(ended,)))
    assert "Kopieerpapier" in why(group, "contracts_end_in_time")


def test_what_is_missing_has_its_points(matched: Propose) -> None:
    poor = replace(PAPIER, estimate=None, quantity=None, cpv="", latest=None)
    poor = replace(poor, earliest=None)
    group = joint(matched(PAPER, poor))
    text = told(group.would_change)
    assert "An estimate from CPAS de Valbois would move it by " in text
    assert "gave a quantity in a unit that converts (+3)" in text
    assert "A code from CPAS de Valbois would move it by -5 to +" in text
    assert "A start window from CPAS de Valbois may shorten" in text


def test_an_estimate_that_is_given_moves_within_what_was_told(
    matched: Propose,
) -> None:
    unknown = joint(matched(PAPER, replace(PAPIER, estimate=None)))
    (text,) = [one for one in unknown.would_change if "An estimate" in str(one)]
    told_ = {arg.name: arg.text for arg in text.args}
    for amount in (100, 5_000, 30_000, 250_000):
        known = joint(matched(PAPER, replace(PAPIER, estimate=Decimal(amount))))
        moved = known.score - unknown.score
        assert int(told_["least"]) <= moved <= int(told_["most"])


def test_small_purchases_hear_how_large_they_would_have_to_be(
    matched: Propose,
) -> None:
    small = {"estimate": Decimal(1500)}
    found = matched(replace(PAPER, **small), replace(PAPIER, **small))  # type: ignore[arg-type]
    for kind in (CandidateKind.JOINT, CandidateKind.SEPARATE):
        assert "would begin to pay (+" in told(of(found, kind).would_change)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"single_supplier": True}, "single_supplier"),
        ({"centre_priced": True}, "centre_priced"),
        ({"nature": Nature.WORKS}, "other_nature"),
        (
            {"earliest": date(2026, 1, 1), "latest": date(2026, 2, 1)},
            "window_passed",
        ),
        (
            {"earliest": date(2028, 1, 2), "latest": date(2028, 1, 1)},
            "window_reversed",
        ),
    ],
)
def test_who_stays_alone_hears_what_joining_would_be_worth(
    matched: Propose, fields: dict[str, Any], reason: str
) -> None:
    found = matched(replace(PAPER, **fields), PAPIER)
    (alone,) = [one for one in found if one.needs == ("n1",)]
    assert list(weights(alone)) == [reason]
    assert "(+" in told(alone.would_change)
    assert "CPAS de Valbois" in told(alone.would_change) or reason == "other_nature"


def test_an_exclusive_contract_tells_its_notice_and_what_leaving_is_worth(
    matched: Propose,
) -> None:
    contract = Contract(
        id="k",
        administration="commune",
        title="Papier à copier A4",
        end=date(2028, 12, 31),
        notice=date(2027, 6, 30),
        exclusive=True,
    )
    found = matched(PAPER, PAPIER, contracts=(contract,))
    (alone,) = [one for one in found if one.needs == ("n1",)]
    assert "last day to give notice: 2027-06-30" in why(alone, "bound")
    assert "could join CPAS de Valbois (+" in told(alone.would_change)
    (partner,) = [one for one in found if one.needs == ("n2",)]
    assert "became free to buy it" in told(partner.would_change)


def test_a_place_that_is_not_recorded_has_its_points(matched: Propose) -> None:
    grass = replace(PAPER, title="Tonte des pelouses", cpv="", unit="", quantity=None)
    away = replace(grass, id="n2", administration="stranger")
    for alone in matched(grass, away):
        assert list(weights(alone)) == ["place_unknown"]
        assert "(up to +" in told(alone.would_change)


def lines(*needs: Need) -> list[dict[str, Any]]:
    """The explained proposals of a file that holds these needs."""
    raw = [
        json.dumps(
            {
                "id": need.id,
                "administration": need.administration,
                "territory": "BE100",
                "title": need.title,
                "language": need.language,
                "cpv": need.cpv,
                "quantity": str(need.quantity),
                "unit": need.unit,
                "estimate": str(need.estimate),
                "earliest": need.earliest.isoformat() if need.earliest else None,
                "latest": need.latest.isoformat() if need.latest else None,
            }
        ).encode()
        for need in needs
    ]
    found = match_lines(
        raw, on=date(2026, 11, 20), explain=True, max_framework_months=48
    )
    return list(found.proposals)


def test_a_file_tells_as_much_as_a_register() -> None:
    (group,) = lines(PAPER, replace(PAPIER, cpv="30197630"))
    reasons = {one["name"]: one for one in group["reasons"]}
    assert "in the thesaurus" in told(reasons["same_purchase"]["evidence"])
    assert "75 of the known volume" in told(reasons["scale_gain"]["evidence"])
    assert "12 × “boîtes de 5 rames” = 60 (riemen)" in told(
        reasons["quantities_add_up"]["evidence"]
    )
    assert "560 (riemen)" in str(reasons["quantities_add_up"]["message"])
    assert "The last day is that of" in told(reasons["common_window"]["evidence"])
    assert "30197644" in told(reasons["shared_code"]["evidence"])


def test_a_file_tells_why_units_keep_needs_apart() -> None:
    for alone in lines(replace(PAPER, unit="boîtes"), PAPIER):
        (reason,) = alone["reasons"]
        assert reason["name"] == "other_unit"
        assert "does not say what it holds" in told(reason["evidence"])
