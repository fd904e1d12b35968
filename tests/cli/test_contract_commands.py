"""Registers of contracts and rounds of needs by command, and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Run

ON = ("--on", "2026-11-23")
REGISTER = """Objet;Fournisseur;CPV;Début;Fin;Préavis;Montant annuel HTVA
Vitres;Vitres SRL;90911300;1/1/2024;31/12/2027;3 mois;24.500,00
Encre;;;demain;;;
"""


@pytest.fixture
def begun(jointbuy: Run, empty: Path, tmp_path: Path) -> Path:
    """A register with a commune, its contact person, and a file of contracts."""
    assert not empty.exists()
    jointbuy("administrations", "add", "val", "--fr", "Val", "--kind", "commune",
             "--region", "wallonia")  # fmt: skip
    jointbuy("contacts", "add", "--administration", "val", "--name", "Léa Lierre",
             "--email", "lea@example.org", "--language", "fr")  # fmt: skip
    path = tmp_path / "marches.csv"
    path.write_text(REGISTER, encoding="utf-8")
    return path


def test_a_contract_goes_from_a_file_to_its_successor(
    jointbuy: Run, begun: Path, tmp_path: Path
) -> None:
    jointbuy("contracts", "import", begun, code=3)
    taken = jointbuy("contracts", "import", begun, "-a", "val", "--json", code=3).json
    assert [each["row"] for each in taken["problems"] if each["blocking"]] == [3]
    (id_,) = taken["created"]
    again = jointbuy("contracts", "import", begun, "-a", "Val", "--json", code=3).json
    assert (again["created"], again["unchanged"]) == ([], [id_])
    (due,) = jointbuy(*ON, "contracts", "due", "--within", "all", "--json").json
    assert (due["contract"], due["start"], due["overdue"]) == (id_, "2028-01-01", False)
    assert jointbuy(*ON, "contracts", "due", "--within", "1d", "--json").json == []
    late = jointbuy("--on", "2027-12-01", "contracts", "due", code=5)
    assert "contracts follow" in late.out
    need = jointbuy("contracts", "follow", id_).out.strip()
    refused = jointbuy("contracts", "follow", id_, code=3)
    assert "is followed already by" in refused.err
    made = jointbuy(
        "contracts", "add", "k-2028", "--successor-of", id_, "--supplier", "Nova SRL",
        "--start", "1/1/2028", "--end", "31/12/2031", "--json",
    ).json  # fmt: skip
    assert (made["need"], made["title"]) == (need, "Vitres")
    chain = jointbuy("contracts", "show", "k-2028", "--json").json["chain"]
    assert [each["id"] for each in chain] == [id_, need, "k-2028"]
    assert "Nova SRL" in jointbuy("contracts", "show", "k-2028").out
    jointbuy("contracts", "remove", id_, code=3)
    out = tmp_path / "out.csv"
    assert jointbuy("contracts", "export", out, "--json").json["contracts"] == 2
    jointbuy("contracts", "export", out, code=3)
    assert jointbuy("contracts", "import", out, "--json").json["unchanged"] == [
        id_, "k-2028",
    ]  # fmt: skip


@pytest.mark.usefixtures("begun")
def test_a_round_is_asked_answered_reminded_and_closed(jointbuy: Run) -> None:
    id_ = jointbuy(*ON, "rounds", "open", "--year", "2028", "--due", "2027-01-31")
    assert id_.out.strip() == "round-2028"
    jointbuy(*ON, "rounds", "ask", "2028", "Val/Voirie")
    shown = jointbuy(*ON, "rounds", "show", "2028", "--json").json
    assert (shown["silent"], shown["days_left"]) == (2, 69)
    kept = jointbuy(
        *ON, "rounds", "answer", "round-2028", "val/voirie", "none", "--by", "Léa",
        "--json",
    ).json  # fmt: skip
    assert [each["answer"] for each in kept["services"]] == ["silent", "none"]
    texts = jointbuy(*ON, "rounds", "remind", "2028", "--text-only")
    assert "Bonjour," in texts.out
    done = jointbuy(*ON, "rounds", "remind", "2028", "--channel", "telephone", "--json")
    assert (done.json["logged"], done.json["mails"][0]["address"]) == (
        1, "lea@example.org",
    )  # fmt: skip
    late = jointbuy("--on", "2027-02-01", "rounds", "show", "2028", code=5)
    assert "rounds carry" in late.err
    jointbuy(*ON, "rounds", "carry", "2028", "val", code=3)
    assert "Still silent: 1" in jointbuy("--on", "2027-02-01", "rounds", "close",
                                         "2028").err  # fmt: skip
    jointbuy("--on", "2027-02-01", "rounds", "remind", "2028", code=3)
    jointbuy("rounds", "edit", "round-2028", "--due", "1/1/2020", code=3)
    jointbuy("rounds", "reopen", "2028")
    listed = jointbuy(*ON, "rounds", "list", "--json").json
    assert [(each["id"], each["closed_on"]) for each in listed] == [
        ("round-2028", None)
    ]
    for wrong in (
        ("answer", "2028", "val/Parcs", "none"),
        ("answer", "2031", "val", "none"),
        ("open", "--year", "2029", "--due", "1/1/2020"),
        ("open", "--year", "2029", "--due", "soon"),
    ):
        jointbuy(*ON, "rounds", *wrong, code=2)
