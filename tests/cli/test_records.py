"""Everything the register keeps can be entered, changed and listed by command."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Run

ON = ("--on", "2026-11-23")


def begin(jointbuy: Run) -> None:
    """A commune, a centre and a framework with a call for interest."""
    jointbuy(
        "administrations", "add", "commune", "--fr", "Commune de Val-Tilleul",
        "--kind", "commune", "--region", "brussels", "--territory", "BE100",
        "--address", "Grand-Place 1", "--postcode", "1094", "--population", "34.120",
    )  # fmt: skip
    jointbuy("centres", "add", "i-city", "--fr", "i-CITY", "--regions", "brussels")
    jointbuy(
        "frameworks", "add", "papier-2027", "--centre", "i-CITY",
        "--fr", "Papier à copier 2027", "--cpv", "30197630",
        "--beneficiaries", "commune", "--interest-deadline", "18/12/2026",
        "--launch", "15/1/2027", "--start", "1/3/2027", "--end", "31/12/2030",
        "--ceiling", "900.000,00", "--lot", "1; Papier A4; 800.000,00; 30197630",
        "--lot", "2; Papier A3",
        *ON,
    )  # fmt: skip


@pytest.mark.usefixtures("empty")
def test_from_nothing_to_a_centre_that_fits_and_the_days_not_to_miss(
    jointbuy: Run,
) -> None:
    begin(jointbuy)
    lea = jointbuy(
        "contacts", "add", "--administration", "commune", "--name", "Léa Lierre"
    ).out.strip()
    assert lea == "lea-lierre"
    jointbuy(
        "contracts", "add", "k-papier", "--administration", "commune",
        "--title", "Papier à copier", "--supplier", "Lierre SRL",
        "--end", "30/6/2027", "--notice", "31/3/2027", "--yearly-value", "8.600/an",
        *ON,
    )  # fmt: skip
    need = jointbuy(
        "needs", "add", "--administration", "commune", "--title", "Papier à copier A4",
        "--nature", "supplies", "--cpv", "30197630", "--estimate", "36.000,00",
        "--earliest", "1/4/2027", "--latest", "30/9/2027",
    ).out.strip()  # fmt: skip
    jointbuy("contracts", "edit", "k-papier", "--successor", need)
    adhesion = jointbuy(
        "adhesions", "add", "--centre", "i-city", "--administration", "commune",
        "--due", "1/2/2027", *ON,
    ).out.strip()  # fmt: skip
    assert adhesion == "i-city.commune"

    proposals = jointbuy("match", "--json", *ON).lines
    (fits,) = [one for one in proposals if one["kind"] == "adhesion"]
    assert (fits["framework"], fits["needs"]) == ("papier-2027", [need])

    days = {
        (one["kind"], one["day"], one["contact"])
        for one in jointbuy("deadlines", "--json", "--within", "365d", *ON).json
    }
    assert {
        ("framework_interest", "2026-12-18", lea),
        ("adhesion_due", "2027-02-01", lea),
        ("contract_notice", "2027-03-31", lea),
        ("contract_end", "2027-06-30", lea),
    } <= days

    jointbuy("interest", "ask", "papier-2027", "commune", *ON)
    jointbuy(
        "interest", "answer", "papier-2027", "commune", "yes", "--amount", "40.000,00",
        *ON,
    )  # fmt: skip
    jointbuy(
        "adhesions", "edit", adhesion, "--status", "adhered", "--decided-on",
        "20/11/2026", "--body", "Conseil communal",
        "--reservations", "Sans obligation @ art. 2", *ON,
    )  # fmt: skip
    kinds = {
        one["kind"]
        for one in jointbuy("deadlines", "--json", "--within", "365d", *ON).json
    }
    assert not kinds & {"framework_interest", "adhesion_due"}
    use = jointbuy(
        "uses", "add", "--framework", "papier-2027", "--need", need,
        "--decided-on", "20/11/2026", "--amount", "36.000,00", *ON,
    ).out.strip()  # fmt: skip
    assert use == f"papier-2027.{need}"
    for name in ("contacts", "contracts", "centres", "frameworks", "adhesions", "uses"):
        assert len(jointbuy(name, "list", "--json").json) == 1
        table = jointbuy(name, "list").out.splitlines()
        assert len(table) == 2
    assert "Papier à copier A4" in jointbuy("uses", "list").out
    assert jointbuy("contracts", "list", "-a", "commune").out.count("k-papier") == 1


@pytest.mark.usefixtures("empty")
def test_every_fault_is_said_and_nothing_is_kept(jointbuy: Run) -> None:
    begin(jointbuy)
    done = jointbuy(
        "contracts", "add", "k", "--administration", "nobody", "--start", "soon",
        "--cpv", "paper", code=3,
    )  # fmt: skip
    for label in ("Administration", "First day", "CPV code", "Object"):
        assert f"\n{label}" in done.err
    assert jointbuy("contracts", "list", "--json").json == []
    done = jointbuy(
        "adhesions", "add", "--centre", "i-city", "--administration", "commune",
        "--status", "adhered", code=3,
    )  # fmt: skip
    assert "day of the decision" in done.err


@pytest.mark.usefixtures("empty")
def test_an_id_is_given_once_and_can_be_one(jointbuy: Run) -> None:
    begin(jointbuy)
    taken = jointbuy("centres", "add", "i-city", "--fr", "Other", code=2)
    assert "`edit`" in taken.err
    jointbuy("centres", "add", "i city", "--fr", "Other", code=2)
    pair = ("--centre", "i-city", "--administration", "commune")
    jointbuy("adhesions", "add", *pair)
    jointbuy("adhesions", "add", *pair, code=2)
    jointbuy("adhesions", "add", *pair, "--domain", "Cloud")
    jointbuy("adhesions", "edit", "i-citi", "--note", "x", code=2)


@pytest.mark.usefixtures("empty")
def test_an_administration_has_a_name_and_a_postcode(jointbuy: Run) -> None:
    begin(jointbuy)
    jointbuy("administrations", "add", "nameless", "--kind", "cpas", code=3)
    jointbuy("administrations", "edit", "commune", "--fr", "", code=3)
    jointbuy("administrations", "edit", "commune", "--postcode", "abcdefg", code=3)
    warned = jointbuy("administrations", "edit", "commune", "--territory", "XX1")
    assert "BE1, BE2 or BE3" in warned.err
    (kept,) = jointbuy("administrations", "list", "--json").json
    assert kept["address"] == "Grand-Place 1"
    assert kept["population"] == 34120


@pytest.mark.usefixtures("empty")
@pytest.mark.parametrize("typed", [(), ("--fr", "i-CITY")], ids=["nothing", "the same"])
def test_an_edit_that_changes_nothing_says_so_and_leaves_the_history(
    jointbuy: Run, typed: tuple[str, ...]
) -> None:
    begin(jointbuy)
    before = jointbuy("history", "--json").json
    assert "Nothing changed" in jointbuy("centres", "edit", "i-city", *typed).err
    assert jointbuy("history", "--json").json == before


@pytest.mark.usefixtures("empty")
def test_a_lot_is_added_replaced_and_taken_away(jointbuy: Run) -> None:
    begin(jointbuy)

    def lots(*typed: str) -> list[str]:
        options = [word for line in typed for word in ("--lot", line)]
        done = jointbuy("frameworks", "edit", "papier-2027", *options, "--json").json
        return [f"{lot['id']} {lot['title']['fr']}" for lot in done.get("lots", [])]

    assert lots("3; Enveloppes") == ["1 Papier A4", "2 Papier A3", "3 Enveloppes"]
    assert lots("2; A3 recyclé") == ["1 Papier A4", "2 A3 recyclé", "3 Enveloppes"]
    assert lots("", "1; Papier") == ["1 Papier"]
    assert lots("") == []


@pytest.mark.usefixtures("empty")
def test_a_bare_list_takes_its_options_before_what_follows(
    jointbuy: Run, tmp_path: object
) -> None:
    other = f"{tmp_path}/other.json"
    jointbuy("centres", "--register", other, "add", "spw", "--fr", "SPW")
    begin(jointbuy)
    assert "spw" not in jointbuy("centres", "list").out
    (kept,) = jointbuy("centres", "--json", "--register", other, "list").json
    assert kept["id"] == "spw"
    told = jointbuy("centres", "--register", other)
    assert "centres list" in told.err


@pytest.mark.usefixtures("brussels")
@pytest.mark.parametrize(
    "name", ["contacts", "contracts", "centres", "frameworks", "adhesions", "uses"]
)
def test_the_sample_is_listed_without_raw_codes(jointbuy: Run, name: str) -> None:
    out = jointbuy("--lang", "fr", name, "list").out
    assert len(out.splitlines()) == len(jointbuy(name, "list", "--json").json) + 1
    for raw in ("True", "None", "Decimal", "ADHERED", "BRUSSELS", "LocalText"):
        assert raw not in out
