"""Registers of running contracts, as offices keep them."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from jointbuy.errors import Refused
from jointbuy.intake.contract_rows import ParsedContracts, parse_contracts
from jointbuy.intake.headings import recognise
from jointbuy.intake.sheets import export_contracts
from jointbuy.intake.spreadsheets import read_table
from jointbuy.model import (
    Administration,
    AdministrationKind,
    Contract,
    FrameworkAgreement,
    LocalText,
    Need,
)
from tests.intake.builders import csv_bytes, ods_bytes, xls_bytes, xlsx_bytes

ON = date(2026, 11, 23)
VAL = Administration(
    id="val", names=LocalText(fr="Commune de Val"), kind=AdministrationKind.COMMUNE
)
CPAS = Administration(
    id="cpas", names=LocalText(nl="OCMW Val"), kind=AdministrationKind.CPAS
)
FRAMEWORK = FrameworkAgreement(
    id="f-1", centre="c", title=LocalText(fr="Laptops"), reference="AC-7"
)
HEAD = "Entité;Objet du marché;Adjudicataire;Date de début;Échéance"


def parse(
    path: Path, *known: Contract, home: str = "", vat: str = ""
) -> ParsedContracts:
    numbers = itertools.count(1)
    return parse_contracts(
        read_table(path, of="contracts").rows,
        administrations=[VAL, CPAS],
        known={
            Administration: {"val": VAL, "cpas": CPAS},
            Contract: {each.id: each for each in known},
            FrameworkAgreement: {"f-1": FRAMEWORK},
            Need: {"n-1": Need(id="n-1", administration="val", title="Papier")},
        },
        on=ON,
        new_id=lambda: f"k-{len(known) + next(numbers)}",
        home=home,
        vat=vat,
    )


def put(folder: Path, text: str, name: str = "marches.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def one(folder: Path, head: str, line: str, vat: str = "") -> ParsedContracts:
    text = f"{HEAD};{head}\nVal;Papier;Feuille SA;1/1/2024;31/12/2027;{line}\n"
    return parse(put(folder, text), vat=vat)


def said(parsed: ParsedContracts) -> str:
    return "\n".join(f"{each.row} {each.message}" for each in parsed.problems)


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Intitulé du marché", "title"),
        ("Voorwerp van de opdracht", "title"),
        ("Auftragsgegenstand", "title"),
        ("Prestataire", "supplier"),
        ("Opdrachtnemer", "supplier"),
        ("Zuschlagsempfänger", "supplier"),
        ("Contractor", "supplier"),
        ("Codes CPV", "cpv"),
        ("Aanvangsdatum", "start"),
        ("Vertragsbeginn", "start"),
        ("Date d'échéance", "end"),
        ("Vervaldatum", "end"),
        ("Laufzeitende", "end"),
        ("Expiry date", "end"),
        ("Opzegtermijn", "notice"),
        ("Kündigungsfrist (Monate)", "notice_months"),
        ("Reconductions possibles", "renewals_left"),
        ("Duur van een verlenging (maanden)", "renewal_months"),
        ("Montant annuel HTVA (€)", "yearly_value"),
        ("Jaarbedrag incl. btw", "yearly_value_incl"),
        ("Jahreskosten", "yearly_value_unclear"),
        ("Dépense annuele HTVA", "yearly_value"),
        ("Gezamenlijk", "joint"),
        ("Exclusivité", "exclusive"),
        ("Via centrale", "framework"),
        ("Besteknummer", "reference"),
    ],
)
def test_headings_of_a_register_are_known_in_four_languages(
    heading: str, field: str
) -> None:
    found = recognise(heading, "contracts")
    assert found is not None
    assert found.field == field


def test_a_register_under_title_rows_is_taken_row_by_row(tmp_path: Path) -> None:
    text = (
        "Registre des marchés;;;;\nSituation au 1/10/2026;;;;\n;;;;\n"
        f"{HEAD}\n"
        "Val;Vitres;Vitres SRL;1/1/2024;31/12/2027\n"
        "Val;;Sans objet;1/1/2024;31/12/2026\n"
        "OCMW Val;Téléphonie;Télé SA;1/7/2024;30/6/2024\n"
        "Val;Ascenseurs;Monte SA;hier;31/12/2026\n"
        "Commune de Mont;Papier;Feuille SA;1/1/2026;31/12/2026\n"
    )
    parsed = parse(put(tmp_path, text))
    assert [(each.title, each.administration) for each in parsed.contracts] == [
        ("Vitres", "val"),
        ("Papier", "commune-de-mont"),
    ]
    assert parsed.refused_rows == (6, 7, 8)
    assert [each.id for each in parsed.administrations] == ["commune-de-mont"]
    blocking = {
        (p.row, p.column): str(p.message) for p in parsed.problems if p.blocking
    }
    assert set(blocking) == {
        (6, "Objet du marché"), (7, "Échéance"), (8, "Date de début"),
    }  # fmt: skip
    assert "write it as 15/03/2027" in blocking[8, "Date de début"]


@pytest.mark.parametrize(
    ("head", "line", "values"),
    [
        ("Préavis", "3 mois avant la fin", {"notice": date(2027, 9, 30)}),
        ("Opzegtermijn", "drie maanden voor het einde", {"notice": date(2027, 9, 30)}),
        ("Kündigungsfrist", "6 Wochen", {"notice": date(2027, 11, 19)}),
        ("Notice", "90 days before the end", {"notice": date(2027, 10, 2)}),
        ("Préavis (mois)", "6", {"notice": date(2027, 6, 30)}),
        ("Date de préavis", "30/06/2027", {"notice": date(2027, 6, 30)}),
        ("Reconductions", "2 x 12 mois", {"renewals_left": 2, "renewal_months": 12}),
        ("Verlengingen", "neen", {"renewals_left": 0, "renewal_months": None}),
        ("Montant annuel HTVA", "24.500,50", {"yearly_value": Decimal("24500.50")}),
        ("Montant annuel HTVA", "9000 € HTVA", {"yearly_value": Decimal(9000)}),
        ("Montant annuel", "9000 € HTVA", {"yearly_value": Decimal(9000)}),
        ("Montant annuel", "9000", {"note": "Montant annuel: 9000"}),
        ("Jaarbedrag incl. btw", "9000", {"yearly_value": None}),
        ("CPV", "30197630-1, 30190000-7", {"cpv": "30197630", "note": "CPV: 30190000"}),
        ("CPV", "3111000", {"cpv": "03111000"}),
        ("Marché conjoint;Exclusif", "oui;non", {"joint": True, "exclusive": False}),
        ("Accord-cadre", "laptops", {"framework": "f-1"}),
        ("Accord-cadre", "AC-7", {"framework": "f-1"}),
        ("Accord-cadre", "GIAL 12", {"framework": "", "note": "Accord-cadre: GIAL 12"}),
        ("Service", "Économat", {"note": "Service: Économat"}),
        ("Couleur", "bleu", {"note": "Couleur: bleu"}),
        ("Référence;Remarque", "2023-17;à revoir",
         {"reference": "2023-17", "note": "à revoir"}),
    ],
)  # fmt: skip
def test_each_cell_of_a_row_is_understood(
    tmp_path: Path, head: str, line: str, values: dict[str, object]
) -> None:
    parsed = one(tmp_path, head, line)
    assert parsed.refused_rows == (), said(parsed)
    (made,) = parsed.contracts
    assert {name: getattr(made, name) for name in values} == values
    assert made.origin == "marches.csv:2"


@pytest.mark.parametrize(
    ("head", "line", "told"),
    [
        ("CPV", "5075", "is not a CPV code"),
        ("Préavis", "31/12/2028", "lies after the end"),
        ("Préavis", "bientôt", "is not a day"),
        ("Préavis", "4000 jours", "is no term of notice"),
        ("Reconductions", "tacite", "is not a whole number"),
        ("Montant annuel HTVA", "60.000 € TVAC", "includes VAT"),
        ("Conjoint", "peut-être", "peut-être"),
        ("id", "%%%", "is not an identifier of a contract"),
    ],
)
def test_a_wrong_cell_refuses_its_row_and_says_what_to_do(
    tmp_path: Path, head: str, line: str, told: str
) -> None:
    parsed = one(tmp_path, head, line)
    assert parsed.refused_rows == (2,)
    assert told in said(parsed)


def test_a_term_of_notice_needs_an_end_and_plain_amounts_can_be_said_to_exclude_vat(
    tmp_path: Path,
) -> None:
    open_ended = put(tmp_path, "Objet;Fournisseur;Préavis\nPapier;SA;3 mois\n")
    assert "no end is recorded" in said(parse(open_ended, home="val"))
    assert "write whose contract it is" in said(parse(open_ended))
    parsed = one(tmp_path, "Montant annuel", "9000", vat="excl")
    assert parsed.contracts[0].yearly_value == Decimal(9000)


def test_a_list_of_needs_is_not_taken_for_a_register_of_contracts(
    tmp_path: Path,
) -> None:
    needs = put(tmp_path, "Objet;Nature;CPV;Remarque\nPapier;fournitures;;\n")
    with pytest.raises(Refused, match="the object and the supplier or the end"):
        read_table(needs, of="contracts")


def test_the_same_file_adds_nothing_and_doubles_are_pointed_out(tmp_path: Path) -> None:
    row = "Val;Papier;Feuille SA;1/1/2024;31/12/2027"
    valued = f"{HEAD};Montant annuel HTVA\n{row};12,50\n{row};\n{row};12,50\n"
    path = put(tmp_path, valued)
    first = parse(path)
    assert len(first.created) == 2
    assert "3 “Papier” stands in row 2 too, with the same supplier" in said(first)
    assert "4 “Papier” stands in row 2 too, the same in every cell" in said(first)
    again = parse(path, *first.contracts)
    assert (again.created, again.updated) == ((), ())
    assert again.unchanged == first.contracts
    assert [each.row for each in again.problems] == [4]
    elsewhere = parse(put(tmp_path, f"{HEAD}\n{row}\n", "autre.csv"), *first.contracts)
    assert len(elsewhere.created) == 1
    assert "resembles a contract that is registered already, k-1" in said(elsewhere)
    dearer = f"{HEAD};Montant annuel HTVA\n{row};15\n{row};\n"
    changed = parse(put(tmp_path, dearer), *first.contracts)
    assert [each.id for each in changed.updated] == ["k-1"]
    assert len(changed.unchanged) == 1


@pytest.mark.parametrize(
    ("rows", "updated", "created", "remark"),
    [
        ("Gaz;G SA;1/1/2025;31/12/2028", "k-1", 0, "is updated: Échéance"),  # prolonged
        ("Gaz;GPlus SA;1/1/2025;31/12/2027", "k-1", 0, "is updated: Adjudicataire"),
        ("Gaz;G SA;1/2/2025;31/12/2027", "k-1", 0, "is updated: Date de début"),
        ("Gaz;GPlus SA;1/1/2025;31/12/2028", "", 1, "resembles"),
        ("Gaz;G SA;1/1/2028;31/12/2030", "", 1, ""),  # what follows it
        ("Gaz;H SA;1/7/2024;30/6/2026", "", 1, ""),
        ("Gaz;G SA;1/1/2025;31/12/2027\nVal;Gaz;G SA;1/1/2025;30/6/2028", "", 1, ""),
        ("Gaz;G SA;1/1/2025;30/6/2028\nVal;Gaz;G SA;1/1/2025;31/12/2027", "", 1, ""),
    ],
)
def test_a_contract_that_changed_in_its_file_is_no_second_one(
    tmp_path: Path, rows: str, updated: str, created: int, remark: str
) -> None:
    first = parse(put(tmp_path, f"{HEAD}\nVal;Gaz;G SA;1/1/2025;31/12/2027\n"))
    text = f"{HEAD}\nVal;{rows}\n"
    changed = parse(put(tmp_path, text), *first.contracts)
    assert "".join(each.id for each in changed.updated) == updated
    assert len(changed.created) == created
    assert remark in said(changed)
    assert bool(remark) == bool(changed.problems)
    elsewhere = parse(put(tmp_path, text, "autre.csv"), *first.contracts)
    assert not elsewhere.updated
    assert bool(updated) <= ("resembles" in said(elsewhere))


def test_a_column_with_decimal_points_is_not_read_the_belgian_way(
    tmp_path: Path,
) -> None:
    rows = [f"Val;Papier {n};SA;1/1/2024;31/12/2027;{cell}" for n, cell in enumerate(
        ("1234.56", "99.50", "12.480"))]  # fmt: skip
    text = "\n".join([f"{HEAD};Montant annuel HTVA", *rows])
    parsed = parse(put(tmp_path, text))
    assert [each.yearly_value for each in parsed.contracts] == [
        Decimal("1234.56"), Decimal("99.50"),
    ]  # fmt: skip
    assert parsed.refused_rows == (4,)


@pytest.mark.parametrize("written", [csv_bytes, xlsx_bytes, xls_bytes, ods_bytes])
def test_every_format_gives_the_same_contracts(tmp_path: Path, written: Any) -> None:
    cells = [
        ["Registre des marchés", "", "", "", ""],
        ["Objet", "Fournisseur", "Fin", "Montant annuel HTVA", "CPV"],
        ["Papier", "Feuille SA", date(2027, 12, 31), Decimal("1234.5"), "30197630"],
        ["Encre", "", "", "", ""],
    ]
    path = tmp_path / f"registre.{written.__name__.partition('_')[0]}"
    path.write_bytes(written(cells))
    parsed = parse(path, home="val")
    assert [(e.title, e.end, e.yearly_value, e.cpv) for e in parsed.contracts] == [
        ("Papier", date(2027, 12, 31), Decimal("1234.50"), "30197630"),
        ("Encre", None, None, ""),
    ], said(parsed)
    again = parse(path, *parsed.contracts, home="val")
    assert again.unchanged == parsed.contracts


def test_a_workbook_gives_the_same_and_two_registers_ask_for_a_sheet(
    tmp_path: Path,
) -> None:
    path = tmp_path / "marches.xlsx"
    book = xlsxwriter.Workbook(str(path))
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for name in ("2026", "2027"):
        page = book.add_worksheet(name)
        page.write_row(
            2, 0, [*HEAD.split(";"), "Montant annuel HTVA", "Préavis (mois)"]
        )
        page.write_row(3, 0, ["Val", "Papier", "SA"])
        page.write_datetime(3, 3, date(2024, 1, 1), day)
        page.write_datetime(3, 4, date(2027, 12, 31), day)
        page.write_row(3, 5, [1234.125, 3])
    book.close()
    with pytest.raises(Refused, match="contracts on several sheets"):
        read_table(path, of="contracts")
    table = read_table(path, "2027", of="contracts")
    (row,) = table.rows
    assert row.number == 4
    known = {Administration: {"val": VAL}, Contract: {}}
    (made,) = parse_contracts(
        [row], administrations=[VAL], known=known, on=ON, new_id=lambda: "k"
    ).contracts
    assert (made.start, made.end) == (date(2024, 1, 1), date(2027, 12, 31))
    assert made.notice == date(2027, 9, 30)
    assert made.yearly_value == Decimal("1234.13")


@pytest.mark.parametrize("name", ["uit.csv", "uit.xlsx"])
@pytest.mark.parametrize("language", ["fr", "nl", "de", "en"])
def test_what_is_exported_reads_back_as_it_was(
    tmp_path: Path, name: str, language: str
) -> None:
    contracts = (
        Contract(
            id="k-1", administration="val", title="=cmd", supplier="SA", cpv="03111000",
            start=date(2024, 2, 29), end=date(2027, 12, 31), notice=date(2027, 9, 30),
            renewals_left=2, renewal_months=12, yearly_value=Decimal("1234.50"),
            exclusive=False, joint=True, successor="n-1", need="n-1", framework="f-1",
            reference="-7", note="deux\nlignes", origin="a.csv:3",
        ),
        Contract(id="k-2", administration="cpas", title="Ramen"),
        Contract(id="k-3", administration="cpas", title="Ramen", successor="k-2"),
    )  # fmt: skip
    path = tmp_path / name
    assert export_contracts(path, contracts, [VAL, CPAS], language=language) == 3
    parsed = parse(path, *contracts)
    assert parsed.unchanged == contracts, said(parsed)
    emptied = [replace(each, note="") for each in contracts]
    assert parse(path, *emptied).contracts == contracts
