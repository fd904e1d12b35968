"""Whatever office made the spreadsheet, the same needs come out of it."""

from __future__ import annotations

import io
import itertools
import os
import random
import zipfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from jointbuy.errors import Refused
from jointbuy.intake.rows import ParsedNeeds, parse_needs
from jointbuy.intake.spreadsheets import Table, read_table
from jointbuy.intake.workbooks import MOST_ROWS
from jointbuy.model import Administration, LocalText, Nature
from tests.intake.builders import (
    csv_bytes,
    ods_bytes,
    put,
    xls_bytes,
    xlsx_bytes,
    zipped,
)

HEADINGS = ["Entité", "Service", "Objet", "Nature", "CPV", "Quantité",
            "Estimation HTVA", "Au plus tard", "Remarque"]  # fmt: skip
ROWS: list[list[Any]] = [
    ["Valbois", "Économat", "Papier à lettres", "Fournitures", "30197643-5", 500,
     Decimal("1234.50"), date(2027, 6, 30), "80 g;\nrecyclé"],
    ["Valbois", "Voirie", "Réfection d'égouts €", "Travaux", "45232410-9", "",
     25000, date(2027, 3, 1), ""],
    ["CPAS de Valbois", "Cuisine", "« Repas » livrés", "Services", "55321000-6", 12,
     "", "", 'le "mardi"'],
]  # fmt: skip
CELLS = [HEADINGS, *ROWS]
TOWN = Administration(id="town", names=LocalText(fr="Valbois"))


def needs(table: Table) -> ParsedNeeds:
    counter = itertools.count(1)
    return parse_needs(
        table.rows,
        administrations=[TOWN],
        known={},
        on=date(2026, 11, 21),
        new_id=lambda: f"n{next(counter)}",
    )


def titles(table: Table) -> list[str]:
    return [str(row.cells["title"]) for row in table.rows]


def said(table: Table) -> list[str]:
    return [str(problem.message) for problem in table.problems]


def check_same(table: Table) -> None:
    parsed = needs(table)
    assert [p for p in parsed.problems if p.blocking] == []
    first, second, third = parsed.needs
    assert (first.title, first.service, first.cpv) == (
        "Papier à lettres", "Économat", "30197643",
    )  # fmt: skip
    assert (first.quantity, first.estimate) == (Decimal(500), Decimal("1234.50"))
    assert (first.latest, first.note) == (date(2027, 6, 30), "80 g;\nrecyclé")
    assert (second.nature, second.quantity, second.estimate) == (
        Nature.WORKS, None, Decimal(25000),
    )  # fmt: skip
    assert second.title == "Réfection d'égouts €"
    assert (third.title, third.note) == ("« Repas » livrés", 'le "mardi"')
    assert third.administration == "cpas-de-valbois"
    assert [row.number for row in table.rows] == [2, 3, 4]


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize(
    ("encoding", "mark"),
    [("utf-8", ""), ("utf-8-sig", ""), ("cp1252", ""), ("utf-16", ""),
     ("utf-16-le", "\ufeff"), ("utf-16-be", "\ufeff")],
)  # fmt: skip
def test_every_encoding_and_separator_gives_the_same_needs(
    tmp_path: Path, separator: str, encoding: str, mark: str
) -> None:
    content = csv_bytes(CELLS, separator, encoding, head=mark)
    check_same(read_table(put(tmp_path, "besoins.csv", content)))


def test_a_separator_line_is_obeyed_and_not_counted(tmp_path: Path) -> None:
    content = csv_bytes(CELLS, "|", head="sep=|\r\n")
    check_same(read_table(put(tmp_path, "besoins.csv", content)))


def test_xlsx_xls_and_ods_give_the_same_needs_as_csv(tmp_path: Path) -> None:
    check_same(read_table(put(tmp_path, "b.xls", xls_bytes(CELLS))))
    check_same(read_table(put(tmp_path, "b.xlsx", xlsx_bytes(CELLS))))
    check_same(read_table(put(tmp_path, "b.ods", ods_bytes(CELLS))))


def test_the_content_decides_and_not_the_end_of_the_name(tmp_path: Path) -> None:
    check_same(read_table(put(tmp_path, "b.xls", xlsx_bytes(CELLS))))
    check_same(read_table(put(tmp_path, "b.txt", csv_bytes(CELLS))))


def test_titles_above_the_headings_are_passed_over(tmp_path: Path) -> None:
    above: list[list[Any]] = [
        ["Besoins 2027 de Valbois"],
        [],
        ["Version du", date(2026, 1, 1)],
        [],
    ]
    table = read_table(put(tmp_path, "b.xlsx", xlsx_bytes([*above, *CELLS])))
    assert [row.number for row in table.rows] == [6, 7, 8]
    table = read_table(put(tmp_path, "b.csv", csv_bytes([*above, *CELLS])))
    assert [row.number for row in table.rows] == [6, 7, 8]


@pytest.mark.parametrize(("blank", "found"), [(19, True), (20, False)])
def test_headings_are_looked_for_in_twenty_rows(
    tmp_path: Path, blank: int, found: bool
) -> None:
    path = put(tmp_path, "b.csv", csv_bytes([["x"]] * blank + CELLS))
    if found:
        assert len(read_table(path).rows) == 3
    else:
        with pytest.raises(Refused, match="No headings"):
            read_table(path)


def test_headings_on_two_lines_are_joined(tmp_path: Path) -> None:
    cells: list[list[Any]] = [
        ["Objet", "Nature", "Estimation", "Entrée", ""],
        ["", "", "HTVA", "au plus tôt", "au plus tard"],
        ["Papier", "F", 100, date(2027, 1, 1), date(2027, 2, 1)],
    ]
    for content in (
        csv_bytes(cells),
        xlsx_bytes(cells, merged=[(0, 3, 0, 4, "Entrée")]),
    ):
        row = read_table(put(tmp_path, "b", content)).rows[0]
        assert row.number == 3
        assert row.cells["estimate"] in {Decimal(100), "100"}
        assert {"earliest", "latest"} <= set(row.cells)


def test_headings_repeated_on_every_page_are_dropped(tmp_path: Path) -> None:
    cells = [HEADINGS, ROWS[0], [], HEADINGS, ROWS[1], HEADINGS, ROWS[2]]
    table = read_table(put(tmp_path, "b.csv", csv_bytes(cells)))
    assert [row.number for row in table.rows] == [2, 5, 7]
    assert table.problems == ()


@pytest.mark.parametrize("word", ["TOTAL", "Totaal", "Summe", "Sous-total HTVA",
                                  "Algemeen totaal:", "Total voirie"])  # fmt: skip
def test_rows_of_totals_are_left_out_and_said(tmp_path: Path, word: str) -> None:
    total = ["", "", word, "", "", "", Decimal("26234.50"), "", ""]
    table = read_table(put(tmp_path, "b.xlsx", xlsx_bytes([*CELLS, total])))
    assert len(table.rows) == 3
    assert said(table) == ["The row of totals was left out."]


def test_a_total_that_does_not_add_up_is_said(tmp_path: Path) -> None:
    total = ["TOTAL", "", "", "", "", "", 30000, "", ""]
    table = read_table(put(tmp_path, "b.xlsx", xlsx_bytes([*CELLS, total])))
    assert "30000" in said(table)[0]
    assert "26234.5" in said(table)[0]


def test_a_need_whose_name_begins_with_total_is_kept(tmp_path: Path) -> None:
    cells = [HEADINGS, ["Valbois", "", "Total station", "Fournitures"]]
    assert len(read_table(put(tmp_path, "b.csv", csv_bytes(cells))).rows) == 1
    cells = [["Objet", "Nature", "Qté"], ["Total station", "Fournitures", "1"]]
    assert len(read_table(put(tmp_path, "b.csv", csv_bytes(cells))).rows) == 1


def test_a_row_with_only_a_first_cell_names_the_service_below(tmp_path: Path) -> None:
    cells = [
        ["Objet", "Nature", "Quantité"],
        ["Service informatique"],
        ["Écrans", "F", "10"],
        ["Claviers", "F", "10"],
        ["Voirie"],
        ["Sel", "F", "10"],
    ]
    table = read_table(put(tmp_path, "b.csv", csv_bytes(cells)))
    assert [row.cells["service"] for row in table.rows] == [
        "Service informatique", "Service informatique", "Voirie",
    ]  # fmt: skip
    assert len(table.problems) == 2


def test_a_row_with_only_its_service_names_the_service_below(tmp_path: Path) -> None:
    cells = [["N°", "Service", "Objet", "T/F/S"], ["", "Voirie"], ["1", "", "Sel", "F"],
             ["", "Parcs"], ["2", "", "Terreau", "F"]]  # fmt: skip
    table = read_table(put(tmp_path, "b.csv", csv_bytes(cells)))
    assert [row.cells["service"] for row in table.rows] == ["Voirie", "Parcs"]
    assert [row.extra for row in table.rows] == [{}, {}]


def test_numbers_of_rows_are_left_out_and_references_are_kept(tmp_path: Path) -> None:
    cells = [["N°", "Objet", "Nature"], ["1.", "Sel", "F"], ["2027/A", "Sable", "F"]]
    table = read_table(put(tmp_path, "b.csv", csv_bytes(cells)))
    assert [row.extra for row in table.rows] == [{}, {"N°": "2027/A"}]


def test_a_last_row_with_only_a_subject_is_a_need_and_not_a_section(
    tmp_path: Path,
) -> None:
    cells = [["Objet", "Nature", "Quantité"], ["Écrans", "F", "10"], ["Claviers"]]
    table = read_table(put(tmp_path, "b.csv", csv_bytes(cells)))
    assert titles(table) == ["Écrans", "Claviers"]


def test_merged_cells_are_filled_down(tmp_path: Path) -> None:
    cells = [["Service", "Objet", "Nature"], ["", "Sel", "F"], ["", "Sable", "F"],
             ["Parcs", "Terreau", "F"]]  # fmt: skip
    content = xlsx_bytes(cells, merged=[(1, 0, 2, 0, "Voirie")])
    table = read_table(put(tmp_path, "b.xlsx", content))
    assert [row.cells["service"] for row in table.rows] == ["Voirie", "Voirie", "Parcs"]


def test_unknown_columns_are_kept_and_said(tmp_path: Path) -> None:
    cells = [["Objet", "Nature", "Couleur", ""], ["Papier", "F", "bleu", "urgent"]]
    table = read_table(put(tmp_path, "b.csv", csv_bytes(cells)))
    assert table.rows[0].extra == {"Couleur": "bleu", "D": "urgent"}
    assert needs(table).problems[0].field == "administration"
    assert [problem.column for problem in table.problems] == ["Couleur", "D"]


def test_a_misspelt_heading_is_taken_and_said(tmp_path: Path) -> None:
    cells = [["Désignaton", "Nature"], ["Papier", "F"]]
    table = read_table(put(tmp_path, "b.csv", csv_bytes(cells)))
    assert titles(table) == ["Papier"]
    assert "“Désignaton” was taken as" in said(table)[0]


def test_of_two_columns_for_one_field_the_second_goes_into_the_note(
    tmp_path: Path,
) -> None:
    cells = [["Objet", "Nature", "Intitulé"], ["Papier", "F", "A4"]]
    table = read_table(put(tmp_path, "b.csv", csv_bytes(cells)))
    assert table.rows[0].cells["title"] == "Papier"
    assert table.rows[0].extra == {"Intitulé": "A4"}


def test_formulas_without_a_result_are_said(tmp_path: Path) -> None:
    cells = [["Objet", "Nature", "Estimation HTVA"], ["Papier", "F", ""],
             ["Encre", "F", ""]]  # fmt: skip
    content = xlsx_bytes(cells, formulas={(1, 2): ("=1+1", ""), (2, 2): ("=1+1", 2)})
    table = read_table(put(tmp_path, "b.xlsx", content))
    assert [row.cells["estimate"] for row in table.rows] == ["", 2]
    assert "(C2)" in said(table)[0]


def test_hidden_sheets_are_passed_over_and_others_chosen_by_their_headings(
    tmp_path: Path,
) -> None:
    content = xlsx_bytes(
        CELLS, sheet="2027", others={"2026": CELLS, "Notes": [["Bonjour"]]},
        hidden=["2026"],
    )  # fmt: skip
    table = read_table(put(tmp_path, "b.xlsx", content))
    assert table.sheet == "2027"
    assert table.origin == "b.xlsx, 2027"


def test_several_sheets_with_needs_must_be_named(tmp_path: Path) -> None:
    path = put(tmp_path, "b.xlsx", xlsx_bytes(CELLS, sheet="A", others={"B": CELLS}))
    with pytest.raises(Refused, match="“A”, “B”"):
        read_table(path)
    assert read_table(path, "b").sheet == "B"
    with pytest.raises(Refused, match="no sheet “C”"):
        read_table(path, "C")


def test_damaged_accents_are_said(tmp_path: Path) -> None:
    text = csv_bytes([["Objet", "Nature"], ["Papier à café", "F"]]).decode("utf-8")
    broken = text.encode("utf-8").decode("latin-1").encode("utf-8")
    table = read_table(put(tmp_path, "b.csv", broken))
    assert "seem damaged" in said(table)[0]


def test_bytes_that_are_no_letter_are_said(tmp_path: Path) -> None:
    content = b"Objet;Nature\r\nPapier \x81 \xe9;F\r\n"
    table = read_table(put(tmp_path, "b.csv", content))
    assert "could not be read" in said(table)[0]


def test_a_quotation_mark_that_is_never_closed_is_refused(tmp_path: Path) -> None:
    content = b'Objet;Nature\r\nPapier;F\r\n"Encre;F\r\nSel;F\r\n'
    with pytest.raises(Refused, match="never closed, from line 3"):
        read_table(put(tmp_path, "b.csv", content))


def test_a_quotation_mark_within_a_word_is_let_in(tmp_path: Path) -> None:
    content = 'Objet;Nature\r\nÉcran 24" plat;F\r\n"Le" sel;F\r\n'.encode()
    assert len(read_table(put(tmp_path, "b.csv", content)).rows) == 2


def test_headings_without_rows_give_no_rows(tmp_path: Path) -> None:
    assert read_table(put(tmp_path, "b.csv", csv_bytes([HEADINGS]))).rows == ()
    assert read_table(put(tmp_path, "b.xlsx", xlsx_bytes([HEADINGS]))).rows == ()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "is empty"),
        (b" \r\n ", "is empty"),
        (b"%PDF-1.7 ...", "not a spreadsheet"),
        (b"\x00\x01\x02\x03binary", "not a spreadsheet"),
        (b"<html><table><tr><td>Objet</td></tr></table></html>", "web page"),
        (b"<?xml version='1.0'?><Workbook/>", "web page"),
        (b"just a letter to somebody\r\n", "No headings"),
        (b"PK\x03\x04 not really", "damaged"),
        (OLE + b"\x00" * 2000, "damaged"),
        (OLE + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le"), "password"),
        (zipped({"word/document.xml": b"<w/>"}), "not a spreadsheet"),
        (zipped({"xl/workbook.bin": b"x"}), "not a spreadsheet"),
        (
            zipped({"content.xml": b"<a/>", "META-INF/manifest.xml":
                    b"<m:encryption-data/>"}),
            "password",
        ),
        (ods_bytes([["x"]]).replace(b"spreadsheet", b"presentation"), "damaged|not a"),
        (xlsx_bytes([["x"]]), "No headings"),
    ],
    ids=range(15),  # the bytes of a zip carry the time and must not name a test
)  # fmt: skip
def test_what_is_no_table_of_needs_is_refused_with_a_sentence(
    tmp_path: Path, content: bytes, why: str
) -> None:
    with pytest.raises(Refused, match=why) as refused:
        read_table(put(tmp_path, "besoins.xlsx", content))
    assert "besoins.xlsx" in str(refused.value)


def test_a_missing_file_a_folder_and_a_lock_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="does not exist"):
        read_table(tmp_path / "nothing.csv")
    with pytest.raises(Refused, match="is a folder"):
        read_table(tmp_path)
    with pytest.raises(Refused, match="only the lock"):
        read_table(put(tmp_path, "~$b.xlsx", b"x"))
    with pytest.raises(Refused):
        read_table(tmp_path / "a\x00b.csv")


class Forbidden(type(Path())):  # type: ignore[misc]
    """A path whose file is open in a spreadsheet program on Windows."""

    def read_bytes(self) -> bytes:
        raise PermissionError(13, "in use")


def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path) -> None:
    path = put(tmp_path, "b.csv", csv_bytes(CELLS))
    with pytest.raises(Refused, match="may not be read"):
        read_table(Forbidden(path))


def test_too_many_bytes_rows_and_letters_are_refused(tmp_path: Path) -> None:
    path = put(tmp_path, "b.csv", b"")
    os.truncate(path, 20 * 1024 * 1024 + 1)
    with pytest.raises(Refused, match="larger than 20 MB"):
        read_table(path)
    rows = b"Objet;Nature\r\n" + b"a;F\r\n" * MOST_ROWS
    with pytest.raises(Refused, match="20000 rows"):
        read_table(put(tmp_path, "b.csv", rows))
    long = b"Objet;Nature\r\n" + b"a" * 32_768 + b";F\r\n"
    with pytest.raises(Refused, match="32768 characters"):
        read_table(put(tmp_path, "b.csv", long))
    fits = long.replace(b"aa", b"a", 1)
    assert len(read_table(put(tmp_path, "b.csv", fits)).rows) == 1


def test_a_zip_bomb_is_refused_before_it_is_parsed(tmp_path: Path) -> None:
    bomb = zipped(
        {"xl/workbook.xml": b"<w/>", "xl/sharedStrings.xml": b"0" * (1 << 25)}
    )
    assert len(bomb) < 1 << 18
    with pytest.raises(Refused, match="too large"):
        read_table(put(tmp_path, "b.xlsx", bomb))


def test_a_zip_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    real = (1 << 25) + 0x5A5A5A
    bomb = zipped({"xl/workbook.xml": b"<w/>", "xl/a.xml": b"0" * real})
    declared = real.to_bytes(4, "little")
    assert bomb.count(declared) == 2
    bomb = bomb.replace(declared, (10).to_bytes(4, "little"))
    with pytest.raises(Refused, match="too large"):
        read_table(put(tmp_path, "b.xlsx", bomb))


def members(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_file_that_asks_for_all_memory_does_not_end_jointbuy(tmp_path: Path) -> None:
    parts = members(xlsx_bytes(CELLS))
    strings = parts["xl/sharedStrings.xml"]
    count = strings.index(b'uniqueCount="') + len(b'uniqueCount="')
    parts["xl/sharedStrings.xml"] = strings[:count] + b"42949672" + strings[count:]
    with pytest.raises(Refused, match="damaged"):
        read_table(put(tmp_path, "b.xlsx", zipped(parts)))


def _with_cell(reference: str) -> bytes:
    """An XLSX one cell of which stands far away."""
    parts = members(xlsx_bytes(CELLS))
    row = "".join(sign for sign in reference if sign.isdigit())
    cell = f'<row r="{row}"><c r="{reference}"><v>1</v></c></row></sheetData>'
    sheet = parts["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"] = sheet.replace(b"</sheetData>", cell.encode())
    return zipped(parts)


@pytest.mark.parametrize("reference", ["A1048576", "XFD30", "XFD1048576"])
def test_one_cell_at_the_far_end_does_not_fill_the_memory(
    tmp_path: Path, reference: str
) -> None:
    with pytest.raises(Refused, match="too large"):
        read_table(put(tmp_path, "b.xlsx", _with_cell(reference)))


ODS_TEXT = (
    '<table:table-cell office:value-type="string"><text:p>{}</text:p>'
    "</table:table-cell>"
)
ODS_ROW = (
    '<table:table-row table:number-rows-repeated="{rows}"><table:table-cell '
    'table:number-columns-repeated="{columns}"{value}/></table:table-row>'
)
ODS_VALUE = ' office:value-type="float" office:value="1"'


@pytest.mark.parametrize(
    ("row", "fine"),
    [
        (ODS_ROW.format(rows=1_000_000, columns=1, value=ODS_VALUE), False),
        (ODS_ROW.format(rows=1, columns=16_384, value=ODS_VALUE), False),
        (ODS_ROW.format(rows=1_048_500, columns=16_384, value=""), True),
    ],
)
def test_repeated_cells_of_an_ods_count_unless_they_are_empty(
    tmp_path: Path, row: str, fine: bool
) -> None:
    head = "".join(
        f"<table:table-row>{''.join(map(ODS_TEXT.format, texts))}</table:table-row>"
        for texts in (("Objet", "Nature"), ("Papier", "F"))
    )
    path = put(tmp_path, "b.ods", ods_bytes([], raw=head + row))
    if fine:
        assert titles(read_table(path)) == ["Papier"]
    else:
        with pytest.raises(Refused, match="too large"):
            read_table(path)


@pytest.mark.parametrize("kind", ["csv", "xlsx", "xls", "ods"])
def test_a_damaged_file_never_ends_in_a_traceback(tmp_path: Path, kind: str) -> None:
    made: dict[str, Callable[[Any], bytes]] = {
        "csv": csv_bytes,
        "xlsx": xlsx_bytes,
        "xls": xls_bytes,
        "ods": ods_bytes,
    }
    content = made[kind](CELLS)
    dice = random.Random(20261121)
    ended = set()
    for _ in range(80 if kind == "csv" else 30):
        broken = bytearray(content)
        for _ in range(dice.randint(1, 12)):
            broken[dice.randrange(len(broken))] = dice.randrange(256)
        if dice.random() < 0.3:
            del broken[dice.randrange(len(broken)) :]
        path = put(tmp_path, f"b.{kind}", bytes(broken))
        try:
            needs(read_table(path))
            ended.add("read")
        except Refused:
            ended.add("refused")
    # The check sums of a workbook's members find nearly every damage.
    assert "refused" in ended
    assert "read" in ended or kind != "csv"


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_members_of_a_workbook_damaged_within_never_end_in_a_traceback(
    tmp_path: Path, kind: str
) -> None:
    content = xlsx_bytes(CELLS) if kind == "xlsx" else ods_bytes(CELLS)
    dice = random.Random(3)
    ended = set()
    whole = members(content)
    for _ in range(25):
        broken = dict(whole)
        name = dice.choice(sorted(broken))
        inner = bytearray(broken[name])
        for _ in range(dice.randint(1, 8)):
            inner[dice.randrange(len(inner))] = dice.randrange(256)
        broken[name] = bytes(inner)
        path = put(tmp_path, f"b.{kind}", zipped(broken))
        try:
            needs(read_table(path))
            ended.add("read")
        except Refused:
            ended.add("refused")
    assert ended == {"read", "refused"}
