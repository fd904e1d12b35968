"""The commands about adhesions, programmes and the inventory, on the sample."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Run


@pytest.mark.usefixtures("brussels")
def test_a_programme_is_entered_shown_and_changed_domain_by_domain(
    jointbuy: Run,
) -> None:
    shown = jointbuy("programmes", "show", "Parcours")
    assert "adhered, not counted by prudence" in shown.out
    assert "without Commune de Val-Tilleul the number missing is 1" in shown.out
    found = jointbuy("adhesions", "table", "parcours", "--json").json
    reach = {each["domain"]: each["reach"] for each in found["minimum"]}
    assert reach == {"rh": "missing", "fin": "reached", "crm": "unknown", "soc": "none"}
    jointbuy("programmes", "edit", "parcours", "--domain",
             "crm; Parcours – Relations citoyens; 8; 8 @ 2/11/2026",
             "--domain", "doc; Documents")  # fmt: skip
    after = jointbuy("programmes", "show", "parcours", "--json").json
    assert [each["domain"] for each in after["minimum"]] == [
        "rh", "fin", "crm", "soc", "doc",
    ]  # fmt: skip
    assert after["minimum"][2]["reach"] == "reached"
    added = ("programmes", "add", "new", "--centre", "paradigm", "--fr", "Nouveau")
    assert "Recorded" in jointbuy(*added).err
    assert "No domain is recorded" in jointbuy("programmes", "show", "new").err
    refused = jointbuy(*added[:2], "b", *added[3:], "--domain", "a; b; c", code=3)
    assert "whole number" in refused.err


@pytest.mark.usefixtures("brussels")
def test_an_adhesion_is_reopened_settled_compared_and_decided(jointbuy: Run) -> None:
    fin = "a-c-parcours-fin"
    jointbuy("adhesions", "edit", fin, "--cost", "51300")
    found = jointbuy("adhesions", "table", "parcours", "--json").json
    cell = next(each for each in found["cells"] if each["adhesion"] == fin)
    assert (cell["state"], cell["weight"]) == ("reopened", "loose")
    assert cell["open"][0]["since"] == "2026-11-23"
    assert "Cost known since: 23/11/2026" in jointbuy("adhesions", "show", fin).out
    far = jointbuy("adhesions", "edit", fin, "--cost-on", "24/11/2026", code=3)
    assert "is still to come" in far.err
    jointbuy("adhesions", "reopen", fin, "--trigger", "scope", "--date", "1/10/2026")
    settled = jointbuy("adhesions", "settle", fin, "--how", "voted", "--json").json
    assert settled["budget"] == "51300.00"
    assert [each["settled_on"] for each in settled["reopenings"]] == ["2026-11-23"] * 2
    jointbuy("adhesions", "settle", fin, "--how", "again", code=2)
    shown = jointbuy("adhesions", "show", fin).out
    assert "Le coût annuel ne dépasse pas 45.000 euros hors TVA. (article 2)" in shown
    assert "01/10/2026, scope; settled on 23/11/2026: voted" in shown
    stands = jointbuy("adhesions", "show", fin, "--json").json["stands"]
    assert stands["state"] == "conditional"
    twins = jointbuy("adhesions", "compare", fin)
    assert "Reservation" in twins.out
    jointbuy("adhesions", "decide", fin, "a-p-parcours-fin", "conditional",
             "--number", "7", "--reservation", "Budget voted @ art. 2",
             "--trigger", "price")  # fmt: skip
    left = jointbuy("adhesions", "compare", fin, "--json").json
    assert {each["field"] for each in left} <= {"due", "budget", "cost"}
    jointbuy("adhesions", "decide", fin, "adhered", "--date", "2099-01-01", code=2)
    jointbuy("adhesions", "decide", fin, "adhered", "--reservation", "@ x", code=3)
    assert "Adhesions decided: 2" in jointbuy("history").out


@pytest.mark.usefixtures("brussels")
def test_drafts_are_written_for_each_administration(
    jointbuy: Run, tmp_path: Path
) -> None:
    options = ("--out", tmp_path, "--format", "markdown", "--json")
    twins = ("a-c-parcours-rh", "a-p-parcours-rh")
    made = jointbuy("adhesions", "draft", *twins, *options).json
    assert [(each["administration"], each["language"]) for each in made] == [
        ("commune-val-tilleul", "fr"),
        ("commune-val-tilleul", "nl"),
        ("cpas-val-tilleul", "fr"),
        ("cpas-val-tilleul", "nl"),
    ]
    assert all("résultat du vote" in each["to_complete"] for each in made[::2])
    again = ("adhesions", "draft", "a-c-parcours-rh", "--out", tmp_path,
             "--format", "markdown")  # fmt: skip
    jointbuy(*again, code=3)
    jointbuy(*again, "--lang", "fr", "--overwrite")
    letter = ("interest", "draft", "sibelga-energie-2028", "zone-tilleul")
    jointbuy(*letter, "--lang", "nl", "--out", tmp_path, "--format", "markdown")
    assert (tmp_path / "ontwerp-belangstelling-i-z-energie-nl.md").is_file()
    used = jointbuy("uses", "draft", "u-c-licences", *options).json
    assert [each["language"] for each in used] == ["fr", "nl"]
    proposals = jointbuy("match", "--json").lines
    meals = next(
        each["id"]
        for each in proposals
        if each.get("framework") == "groupachat-titres-repas"
    )
    drafted = jointbuy("draft", meals, "--kind", "deliberation", "--lang", "fr",
                       "--out", tmp_path)  # fmt: skip
    assert "groupachat" in drafted.out


@pytest.mark.usefixtures("brussels")
def test_the_inventory_stands_side_by_side_and_is_written_as_a_sheet(
    jointbuy: Run, tmp_path: Path
) -> None:
    both = (
        "centres",
        "inventory",
        "-a",
        "commune-val-tilleul",
        "-a",
        "cpas-val-tilleul",
    )
    shown = jointbuy(*both, "--csv", tmp_path / "i.csv", "--xlsx", tmp_path / "i.xlsx")
    assert "could use" in shown.out
    assert "within reach of another" in shown.err
    found = jointbuy(*both, "--json").json
    assert len(found["administrations"]) == 2
    mail = next(
        each for each in found["gaps"] if each["framework"] == "i-city-licences-2023"
    )
    assert (mail["open"], mail["until"]) == (True, "2027-06-30")
    assert (tmp_path / "i.csv").read_bytes().startswith(b"\xef\xbb\xbfAdmin")
    assert "must end" in jointbuy(*both, "--csv", tmp_path / "i.xlsx", code=2).err
    jointbuy(*both, "--xlsx", tmp_path / "i.xlsx", code=3)
    jointbuy("centres", "inventory", "-a", "nobody", code=2)
