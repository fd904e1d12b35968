"""A list of administrations in a file is read like the form, row by row."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from jointbuy.intake.administration_rows import (
    ParsedAdministrations,
    parse_administrations,
)
from jointbuy.intake.spreadsheets import read_table
from jointbuy.model import Administration, AdministrationKind, LocalText, Region
from tests.intake.builders import csv_bytes, put, xlsx_bytes

HEADINGS = ["Dénomination", "Naam NL", "Type", "Région", "NUTS", "Langues", "N° BCE",
            "Communes voisines"]  # fmt: skip
ROWS = [
    ["Valbois", "Dalbos", "Commune", "Bruxelles", "BE100", "FR/NL", "0123.456.749",
     "Mont-aux-Ormes; Nulle-part"],
    ["CPAS de Valbois", "", "CPAS", "Région de Bruxelles-Capitale", "BE100",
     "français", "", "Valbois"],
    ["Mont-aux-Ormes", "", "Guilde", "Wallonie", "", "fr", "", ""],
    ["Sart-le-Bois", "", "Commune", "Wallonie", "", "fr", "", "Commune de Valbois"],
]  # fmt: skip
ON = date(2026, 11, 21)


def read(
    folder: Path, rows: list[list[str]], *known: Administration
) -> ParsedAdministrations:
    path = put(folder, "a.csv", csv_bytes([HEADINGS, *rows]))
    table = read_table(path, of="administrations")
    assert len(table.rows) == len(rows)
    return parse_administrations(table.rows, known=known, on=ON)


def test_good_rows_are_kept_and_a_bad_one_is_named(tmp_path: Path) -> None:
    parsed = read(tmp_path, ROWS)
    town, welfare, sart = parsed.administrations
    assert town == Administration(
        id="valbois",
        names=LocalText(fr="Valbois", nl="Dalbos"),
        kind=AdministrationKind.COMMUNE,
        region=Region.BRUSSELS,
        territory="BE100",
        languages=("fr", "nl"),
        enterprise_number="0123456749",
    )
    assert welfare.kind is AdministrationKind.CPAS
    assert welfare.neighbours == sart.neighbours == ("valbois",)
    assert [(p.row, p.field, p.blocking) for p in parsed.problems] == [
        (4, "kind", True), (2, "neighbours", False), (2, "neighbours", False),
    ]  # fmt: skip
    assert parsed.created == parsed.administrations


def test_a_known_administration_is_found_by_its_number_or_its_name(
    tmp_path: Path,
) -> None:
    by_number = Administration(
        id="a", names=LocalText(de="Waldtal"), enterprise_number="0123456749",
        postcode="1000",
    )  # fmt: skip
    by_name = Administration(id="b", names=LocalText(fr="Sart-le-Bois"),
                             kind=AdministrationKind.COMMUNE, region=Region.WALLONIA,
                             languages=("fr",))  # fmt: skip
    rows = [[*ROWS[0][:-1], ""], [*ROWS[3][:-1], ""]]
    parsed = read(tmp_path, rows, by_number, by_name)
    assert parsed.unchanged == (by_name,)
    assert [one.id for one in parsed.updated] == ["a"]
    assert parsed.updated[0].names == LocalText(fr="Valbois", nl="Dalbos", de="Waldtal")
    assert parsed.updated[0].postcode == "1000"
    assert parsed.created == ()


def test_a_name_listed_twice_or_missing_refuses_its_row(tmp_path: Path) -> None:
    parsed = read(tmp_path, [ROWS[1], ROWS[1], ["", *ROWS[1][1:]]])
    assert len(parsed.administrations) == 1
    assert [problem.row for problem in parsed.problems if problem.blocking] == [3, 4]


def test_an_xlsx_list_reads_the_same(tmp_path: Path) -> None:
    table = read_table(
        put(tmp_path, "a.xlsx", xlsx_bytes([["Liste"], HEADINGS, *ROWS])),
        of="administrations",
    )
    assert [row.number for row in table.rows] == [3, 4, 5, 6]
    assert table.problems == ()
