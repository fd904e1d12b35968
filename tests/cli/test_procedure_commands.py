"""Which procedure a value calls for, asked on the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.conftest import Done, Run

ON = "2026-11-23"
FUEL, MEDICAL, PAPER = "j-5fjoka6h", "j-rfsfg4g3", "j-dxxtqqqc"


def ask(jointbuy: Run, *arguments: object, code: int = 0) -> Done:
    return jointbuy("law", "procedure", *arguments, "--on", ON, code=code)


def text_of(jointbuy: Run, *arguments: object) -> str:
    """What is shown, its lines and hard spaces made plain."""
    return " ".join(ask(jointbuy, *arguments).out.split())


def found(jointbuy: Run, *arguments: object) -> Any:
    return json.loads(ask(jointbuy, *arguments, "--json").out)


def test_the_amounts_stand_in_a_ladder_with_what_is_left(jointbuy: Run) -> None:
    told = found(jointbuy, "--nature", "supplies", "--estimate", "116.600,00")
    assert (told["left"], told["next"]) == (23_400, 140_000)
    assert [step["from"] for step in told["ladder"]] == [0, 30_000, 140_000, 216_000]
    assert told["ladder"][1]["to"] == 139_999.99
    assert told["ladder"][-1]["to"] is None
    assert told["notice"] is None
    assert told["procedures"][0]["planned"]
    assert told["joint"] is told["lots"] is None
    text = text_of(jointbuy, "--nature", "supplies", "--estimate", "116600")
    assert "→ From € 30.000,00 up to € 139.999,99" in text
    assert "lies € 23.400,00 below € 140.000,00" in text
    assert "tested again at the award" in text


def test_an_expenditure_moves_the_arrow_off_a_procedure_it_excludes(
    jointbuy: Run,
) -> None:
    asked = ("--nature", "services", "--estimate", "100000", "--expenditure", "140000")
    text = text_of(jointbuy, *asked)
    assert "the expenditure to approve being € 140.000,00:" in text
    arrow = text.split("→ ")[1].split(" From")[0].split(" Up")[0]
    assert "with prior publication" in arrow
    told = found(jointbuy, *asked)
    assert (told["left"], told["next"]) == (116_000, 216_000)
    assert told["expenditure_limits"] == [
        {"limit": 140_000, "left": 0, "procedure": "negotiated_without_publication"}
    ]


def test_parts_are_weighed_together_and_alone(jointbuy: Run) -> None:
    parts = ("--nature", "supplies", "--part", "Commune=90000", "--part", "CPAS=50000")
    told = found(jointbuy, *parts)
    assert told["estimate"] == 140_000
    assert told["joint"]["heavier"]
    assert told["joint"]["crossed"] == [140_000]
    assert [one["name"] for one in told["joint"]["alone"]] == ["Commune", "CPAS"]
    text = text_of(jointbuy, *parts)
    assert "Together € 140.000,00" in text
    assert "tips it over" in text


def test_a_federal_part_brings_the_lower_threshold_and_a_warning(
    jointbuy: Run,
) -> None:
    parts = ("--nature", "services", "--part", "Commune=90000", "--part", "SPF=50000")
    assert not found(jointbuy, *parts)["eu_publicity"]
    told = found(jointbuy, *parts, "--federal", "SPF")
    assert told["eu_publicity"]
    assert "federal" in told["warnings"][0]
    refused = ask(jointbuy, *parts, "--federal", "Zone", code=2)
    assert "“Zone”" in refused.err


def test_what_counts_in_the_estimate_is_written_down(jointbuy: Run) -> None:
    told = found(
        jointbuy, "--nature", "services", "--estimate", "100000",
        "--options", "20000", "--renewals", "15000", "--premiums", "5000",
    )  # fmt: skip
    assert told["estimate"] == 140_000
    assert [one["rule"] for one in told["counted"]] == [
        "firm",
        "options",
        "renewals",
        "premiums",
    ]
    assert all(one["article"] for one in told["counted"])


@pytest.mark.parametrize(
    ("arguments", "rules", "estimate"),
    [
        (
            ("--estimate", "100", "--tranche", "20", "--tranche", "30",
             "--repetition", "4", "--goods", "5"),
            ["firm", "tranches", "tranches", "repetition", "goods"],
            159,
        ),
        (("--maximum", "90000"), ["framework"], 90_000),
        (("--past-year", "900", "--change", "-100"), ["recurring"] * 2, 800),
        (("--past-year", "900", "--change", "50,5"), ["recurring"] * 2, 950.5),
        (("--monthly", "10", "--recurring"), ["recurring"], 120),
        (("--monthly", "10", "--recurring", "--months", "36"), ["recurring"], 360),
        (("--part", "a=5", "--part", "b=6", "--centre"), ["beneficiaries"] * 2, 11),
        (("--estimate", "5", "--other-units", "7"), ["firm", "unit"], 12),
        (
            ("--estimate", "5", "--other-units", "7", "--not-autonomous"),
            ["firm", "unit"],
            12,
        ),
        (("--estimate", "5", "--other-units", "7", "--autonomous"), ["firm"], 5),
    ],
)  # fmt: skip
def test_every_way_of_estimating_is_counted_by_its_rule(
    jointbuy: Run, arguments: tuple[str, ...], rules: list[str], estimate: float
) -> None:
    told = found(jointbuy, "--nature", "services", *arguments)
    assert told["estimate"] == estimate
    assert [one["rule"] for one in told["counted"]] == rules
    assert ask(jointbuy, "--nature", "services", *arguments).out


@pytest.mark.parametrize(
    ("arguments", "estimate"),
    [
        (("--nature", "services", "--monthly", "1000"), 48_000),
        (("--nature", "services", "--monthly", "1000", "--months", "36"), 36_000),
        (("--nature", "services", "--monthly", "1000", "--months", "60"), 48_000),
        (("--nature", "social", "--monthly", "100", "--options", "50"), 4_850),
        (("--nature", "supplies", "--monthly", "1000", "--months", "60"), 60_000),
        (
            ("--nature", "supplies", "--monthly", "10", "--months", "24",
             "--residual", "5"),
            245,
        ),
    ],
)  # fmt: skip
def test_a_price_per_month_counts_as_its_term_says(
    jointbuy: Run, arguments: tuple[str, ...], estimate: int
) -> None:
    assert found(jointbuy, *arguments)["estimate"] == estimate


def test_lots_add_up_and_small_ones_may_escape(jointbuy: Run) -> None:
    lots = ("--lot", "paper=30000", "--lot", "toner=28000", "--lot", "200000")
    told = found(jointbuy, "--nature", "supplies", *lots)
    assert told["estimate"] == 258_000
    assert [one["apart"] for one in told["lots"]["lots"]] == [False, True, False]
    named = found(jointbuy, "--nature", "supplies", *lots, "--apart", "paper")
    assert [one["apart"] for one in named["lots"]["lots"]] == [True, False, False]
    text = ask(jointbuy, "--nature", "supplies", *lots).out
    assert "Small lot" in text
    refused = ask(
        jointbuy, "--nature", "supplies", *lots, "--estimate", "300000", code=2
    )
    assert "258" in refused.err


def test_the_expenditure_is_the_second_test(jointbuy: Run) -> None:
    asked = ("--nature", "services", "--estimate", "139999", "--expenditure", "140000")
    told = found(jointbuy, *asked)
    assert told["procedures"][0]["name"] == "negotiated_with_publication"
    assert "cannot be awarded so" in told["warnings"][0]
    assert "! Launched without publication" in ask(jointbuy, *asked).out


@pytest.mark.usefixtures("brussels")
def test_a_proposal_is_weighed_with_its_needs(jointbuy: Run) -> None:
    told = found(jointbuy, MEDICAL)
    assert told["estimate"] == 58_800
    assert [one["estimate"] for one in told["joint"]["alone"]] == [36_000, 22_800]
    text = ask(jointbuy, MEDICAL).out
    assert "Commune de Val-Tilleul" in text
    assert "contract of low value" in text
    assert found(jointbuy, MEDICAL, "--expenditure", "140000")["procedures"][0][
        "name"
    ] == ("negotiated_with_publication")


@pytest.mark.usefixtures("brussels")
def test_what_is_lacking_or_stands_beside_a_proposal_is_said(jointbuy: Run) -> None:
    told = " ".join(found(jointbuy, PAPER)["warnings"])
    assert "Without an estimate: Papier pour photocopieurs." in told
    assert "CPV group 301" in told
    assert "estimated apart" in told
    lots = ask(jointbuy, FUEL, "--lot", "1", code=2)
    assert "name every lot" in lots.err
    assert "the estimates of its needs count" in ask(
        jointbuy, FUEL, "--estimate", "5", code=2
    ).err  # fmt: skip


@pytest.mark.usefixtures("brussels")
def test_the_values_of_the_register_go_first(jointbuy: Run) -> None:
    asked = ("--nature", "supplies", "--estimate", "1000", "--on", "2028-03-01")
    for name, amount in [
        ("eu_local", "230000"),
        ("negotiated_without_publication", "150000"),
        ("lots", "150000"),
    ]:
        refused = jointbuy("law", "procedure", *asked, code=3)
        assert "01/03/2028" in refused.err
        assert f"`law set thresholds.{name}`" in refused.err
        jointbuy(
            "law", "set", f"thresholds.{name}", amount, "--from", "2028-01-01",
            "--source", "made up", "--article", "art. 1",
        )  # fmt: skip
    told = json.loads(jointbuy("law", "procedure", *asked, "--json").out)
    assert [step["from"] for step in told["ladder"]] == [0, 30_000, 150_000, 230_000]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--estimate", "5"), 2, "--nature"),
        (("--nature", "works"), 2, "--estimate"),
        (("--nature", "works", "--estimate", "121000 TVAC"), 3, "includes VAT"),
        (("--nature", "works", "--estimate", "121000 btw incl."), 3, "includes VAT"),
        (("--nature", "works", "--part", "a=5 incl. VAT"), 3, "includes VAT"),
        (("--nature", "works", "--lot", "inkl. MwSt. 5"), 3, "includes VAT"),
        (("--nature", "works", "--estimate", "much"), 3, "not an amount"),
        (("--nature", "works", "--estimate", "1", "--expenditure", ""), 3, "missing"),
        (("--nature", "works", "--part", "5"), 2, "name=amount"),
        (("--nature", "works", "--part", "a=5", "--part", "a=6"), 2, "twice"),
        (("--nature", "works", "--lot", "a=5", "--lot", "a=6"), 2, "twice"),
        (("--nature", "works", "--part", "a=5", "--estimate", "5"), 2, "one way"),
        (("--nature", "works", "--part", "a=5", "--options", "5"), 2, "each part"),
        (("--nature", "works", "--monthly", "5"), 2, "total price"),
        (("--nature", "services", "--months", "5", "--lot", "5"), 2, "--monthly"),
        (("--nature", "services", "--monthly", "5", "--months", "0"), 2, "one month"),
        (("--nature", "services", "--monthly", "5", "--residual", "1"), 2, "rented"),
        (("--nature", "works", "--lot", "5", "--apart", "x"), 2, "no lot “x”"),
        (("--nature", "works", "--lot", "5", "--options", "5"), 2, "each lot"),
        (("--nature", "works", "--estimate", "5", "--change", "5"), 2, "past-year"),
        (("--nature", "works", "--estimate", "5", "--recurring"), 2, "--monthly"),
        (("--nature", "works", "--estimate", "5", "--autonomous"), 2, "other-units"),
        (("--nature", "works", "--past-year", "5", "--change", "-6"), 2, "zero or"),
        (
            ("--nature", "supplies", "--estimate", "5", "--authority", "utilities"),
            2,
            "432",
        ),
    ],
)
def test_what_cannot_be_weighed_is_refused_with_what_to_do(
    jointbuy: Run, arguments: tuple[str, ...], code: int, said: str
) -> None:
    done = ask(jointbuy, *arguments, code=code)
    assert said in done.err
    assert done.out == ""


@pytest.mark.usefixtures("brussels")
@pytest.mark.parametrize(
    "asked",
    [
        ("law", "procedure", "--nature", "works", "--estimate", "5"),
        ("check", FUEL),
        ("match",),
        ("show", FUEL),
        ("plan", FUEL),
    ],
    ids=lambda asked: asked[0],
)
def test_before_the_law_every_command_says_from_when_it_counts(
    jointbuy: Run, asked: tuple[str, ...]
) -> None:
    jointbuy(*asked, "--on", "2017-06-30")
    refused = jointbuy(*asked, "--on", "2017-06-29", code=3)
    said = " ".join(refused.err.split())
    assert "not in force on 29/06/2017" in said
    assert "30/06/2017" in said
    assert "months" not in said


@pytest.mark.parametrize("option", ["--estimate", "--expenditure"])
def test_neither_a_percentage_nor_parts_of_a_cent_are_an_amount(
    jointbuy: Run, option: str
) -> None:
    asked = ["--nature", "works"]
    asked += ["--estimate", "5"] if option != "--estimate" else []
    share = ask(jointbuy, *asked, option, "130 %", code=3).err
    assert "“130 %” is a percentage" in share
    cents = " ".join(ask(jointbuy, *asked, option, "12.480,005", code=3).err.split())
    assert "“12.480,005” has parts of a cent" in cents
    assert "12.480,01" in cents
    ask(jointbuy, *asked, option, "12.480,010")
