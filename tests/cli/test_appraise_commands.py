"""`appraise` and `what-if`: the same figures as data and in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from jointbuy.cli import main
from jointbuy.workspace import KEYS, VERDICTS

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Run

pytestmark = pytest.mark.usefixtures("brussels")
DAY = ("--on", "2026-11-23")


@pytest.fixture
def fuel(jointbuy: Run) -> str:
    lines = jointbuy("match", "--json", *DAY).lines
    joint = (one for one in lines if one["kind"] == "joint")
    return str(next(one["id"] for one in joint if "c-carburant" in one["needs"]))


def test_an_appraisal_as_data(jointbuy: Run, fuel: str) -> None:
    found = jointbuy("appraise", fuel, "--json", *DAY).json
    assert found["verdict"] in VERDICTS
    assert found["obstacle"] is None
    assert found["claimed"] is None
    assert found["realised"] is None
    for case in ("low", "mid", "high"):
        lines = sum(line[case] for line in found["lines"])
        assert lines == pytest.approx(found["estimated"][case])
    price = next(line for line in found["lines"] if line["name"] == "price")
    assert price["low"] == 0
    assert [one["key"] for one in found["sharing"]] == [k for k in KEYS if k != "fixed"]
    for sharing in found["sharing"]:
        parts = sum(part["gain"] for part in sharing["parts"])
        assert parts == pytest.approx(price["mid"])
    assert all(one["source"] and one["confidence"] for one in found["inputs"])
    assert any("38" in one for one in found["warnings"])


def test_an_appraisal_in_words(jointbuy: Run, fuel: str) -> None:
    out = jointbuy("appraise", fuel, *DAY).out
    assert "Verdict: buy together" in out
    assert "Shapley" in out
    assert "no source" in out
    assert "What would turn it:" in out


@pytest.mark.parametrize("key", ["equal", "proportional", "per-capita", "shapley"])
def test_one_key_alone(jointbuy: Run, fuel: str, key: str) -> None:
    (found,) = jointbuy("appraise", fuel, "--key", key, "--json", *DAY).json["sharing"]
    assert found["key"] == key
    assert sum(part["settlement"] for part in found["parts"]) == pytest.approx(0)
    assert jointbuy("appraise", fuel, "--key", key, *DAY).out


def test_a_fixed_key_takes_its_parts(jointbuy: Run, fuel: str) -> None:
    parts = ["--part", "commune-val=60", "--part", "cpas-val=30", "--part", "zone=10"]
    (found,) = jointbuy("appraise", fuel, *parts, "--json", *DAY).json["sharing"]
    assert [part["share"] for part in found["parts"]] == [60, 30, 10]
    done = jointbuy("appraise", fuel, "--key", "fixed", *DAY, code=2)
    assert "--part commune=60" in done.err
    done = jointbuy("appraise", fuel, *parts[:4], *DAY, code=2)
    assert "give one to each participant" in done.err
    done = jointbuy("appraise", fuel, "--part", "commune", *DAY, code=2)
    assert "commune=60" in done.err


def test_coordination_that_costs_more_than_the_gain_turns_the_verdict(
    jointbuy: Run, fuel: str
) -> None:
    def verdict(*more: str) -> Any:
        return jointbuy("appraise", fuel, "--json", *more, *DAY).json["verdict"]

    assert verdict() == "join"
    assert verdict("--coordination-days", "500") == "stay separate"
    assert verdict("--coordination-days", "500", "--day-cost", "0") == "join"
    assert verdict("--set", "compressible=0") == "stay separate"


def test_assumptions_are_listed_and_kept_when_asked(jointbuy: Run, fuel: str) -> None:
    out = jointbuy("appraise").out
    assert "[coordination_days]" in out
    assert "[exponent]" not in out
    jointbuy("appraise", "--day-cost", "900", "--keep")
    assumed = {one["name"]: one for one in jointbuy("appraise", "--json").json}
    assert assumed["day_cost"]["mid"] == 900
    assert assumed["day_cost"]["chosen"]
    found = jointbuy("appraise", fuel, "--json", *DAY).json
    assert any(one["chosen"] for one in found["inputs"])
    jointbuy("appraise", "--keep")
    assumed = {one["name"]: one for one in jointbuy("appraise", "--json").json}
    assert assumed["day_cost"]["mid"] == 400


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--coordination-days", "many"), 3, "many"),
        (("--coordination-days", "-1"), 3, "zero or more"),
        (("--set", "luck=1"), 2, "luck"),
        (("--set", "day_cost"), 2, "day_cost=450"),
        (("--set", "compressible=5/10/20"), 2, "does not fall"),
        (("--set", "take_up=110"), 2, "at most 100"),
        (("--key", "coin"), 2, "coin"),
    ],
)
def test_what_cannot_be_assumed_is_said(
    jointbuy: Run, fuel: str, arguments: tuple[str, ...], code: int, said: str
) -> None:
    done = jointbuy("appraise", fuel, *arguments, *DAY, code=code)
    assert said in done.err
    assert not done.out


def test_an_unknown_proposal_is_said(jointbuy: Run) -> None:
    assert "j-none" in jointbuy("appraise", "j-none", *DAY, code=2).err
    assert "j-none" in jointbuy("what-if", "j-none", "--drop", "x", *DAY, code=2).err


def test_a_proposal_is_shown_with_its_worth(jointbuy: Run, fuel: str) -> None:
    assert "Verdict: buy together; estimated gain " in jointbuy("show", fuel, *DAY).out
    found = jointbuy("show", fuel, "--json", *DAY).json["appraisal"]
    assert found["verdict"] == "join"
    low, mid, high = (found["estimated"][case] for case in ("low", "mid", "high"))
    assert low < mid < high


def test_what_if_as_data(jointbuy: Run, fuel: str) -> None:
    found = jointbuy("what-if", fuel, "--drop", "cpas-val", "--json", *DAY).json
    assert found["before"]["proposal"]["id"] == fuel
    (after,) = found["after"]
    assert "cpas-val-tilleul" not in after["proposal"]["administrations"]
    assert after["check"]["findings"]
    assert after["procedures"]["eu_publicity"]
    assert (
        after["appraisal"]["estimated"]["mid"]
        < (found["before"]["appraisal"]["estimated"]["mid"])
    )
    assert found["differences"]


@pytest.mark.parametrize(
    "asked",
    [
        ("--part", "commune-val-tilleul=many"),
        ("--coordination-days", "-4"),
        ("--set", "take_up=NaN"),
        ("--day-cost", "1e999"),
    ],
)
def test_what_is_no_number_is_not_asked_for_in_euro(
    jointbuy: Run, fuel: str, asked: tuple[str, ...]
) -> None:
    done = jointbuy("appraise", fuel, *asked, *DAY, code=3)
    assert asked[1].rpartition("=")[2] in done.err
    assert "not a number of zero or more" in done.err
    assert not done.out


def test_what_if_in_words(jointbuy: Run, fuel: str) -> None:
    done = jointbuy("what-if", fuel, "--split", "c-carburant", *DAY)
    assert "Would buy alone." in done.out
    assert "What would be different:" in done.out
    assert "Nothing of this is kept." in done.err
    done = jointbuy("what-if", fuel, "--launch", "15/6/2027", *DAY)
    assert "30 days later" in done.out


def test_who_cannot_start_on_a_day_is_named(jointbuy: Run, fuel: str) -> None:
    done = jointbuy("what-if", fuel, "--launch", "2030-01-01", *DAY, code=3)
    assert "Nobody can start on 01/01/2030" in done.err
    assert done.err.count("days earlier") == 3


@pytest.mark.parametrize("language", ["fr", "nl", "de"])
def test_every_word_of_it_is_translated(
    capsys: pytest.CaptureFixture[str], fuel: str, language: str, brussels: Path
) -> None:
    del brussels
    for command in (("appraise", fuel), ("what-if", fuel, "--drop", "cpas-val")):
        with pytest.raises(SystemExit):
            main(["--lang", language, *DAY, *command])
        out = capsys.readouterr().out
        for word in ("Verdict:", "person-days", "The verdict", "assumption"):
            assert f" {word} " not in f" {out} ".replace("\n", " "), word
