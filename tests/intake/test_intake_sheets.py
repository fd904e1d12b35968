"""What jointbuy writes, it reads back; and nothing leaves that should stay."""

from __future__ import annotations

import csv
import io
import itertools
import os
import stat
import sys
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jointbuy.errors import Refused
from jointbuy.intake.rows import ParsedNeeds, parse_needs
from jointbuy.intake.sheets import export_needs, write_sheet
from jointbuy.intake.spreadsheets import read_table
from jointbuy.intake.tables import marked, unmarked
from jointbuy.intake.text import clean
from jointbuy.model import (
    Administration,
    BudgetKind,
    ContactPerson,
    LocalText,
    Nature,
    Need,
    NeedStatus,
)
from jointbuy.model.parties import LANGUAGES

TOWN = Administration(id="town", names=LocalText(fr="Valbois", nl="Dalbos"))
TWIN = Administration(id="twin", names=LocalText(fr="Valbois", nl="Dalbos"))
ADA = ContactPerson(id="c1", administration="town", name="Ada Fictive")
FULL = Need(
    id="need-1",
    administration="town",
    title='=cmd|"/c calc"!A1',
    nature=Nature.SUPPLIES,
    service="-Économat",
    contact="c1",
    description='première ligne\nseconde; "ligne"',
    language="fr",
    cpv="03111000",
    other_cpv=("30197643", "30197644"),
    quantity=Decimal("1.125"),
    unit="t",
    estimate=Decimal("12480.50"),
    estimate_method="@année passée",
    earliest=date(2027, 1, 1),
    latest=date(2027, 6, 30),
    duration_months=4,
    place="+32 rue Fictive",
    territory="BE332",
    budget_article="104/123-02",
    budget_year=2027,
    budget_kind=BudgetKind.EXTRAORDINARY,
    requirements=("recyclé; certifié", "80 g"),
    personal_data=False,
    centre_priced=True,
    note="confidentiel",
)
OPEN = Need(id="need-2", administration="town", title="Sel", nature=Nature.SUPPLIES)


def again(path: Path, *known: Need) -> ParsedNeeds:
    counter = itertools.count(1)
    return parse_needs(
        read_table(path).rows,
        administrations=[TOWN, TWIN],
        known={need.id: need for need in known},
        contacts=[ADA],
        on=date(2026, 11, 21),
        new_id=lambda: f"new-{next(counter)}",
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_an_export_read_back_changes_nothing(
    tmp_path: Path, kind: str, language: str
) -> None:
    path = tmp_path / f"b.{kind}"
    count = export_needs(
        path, [FULL, OPEN], [TOWN, TWIN], language=language, estimates=True,
        persons=True, contacts=[ADA],
    )  # fmt: skip
    assert count == 2
    parsed = again(path, FULL, OPEN)
    assert parsed.problems == ()
    assert parsed.unchanged == (FULL, OPEN)
    assert read_table(path).exported


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_neighbour_who_knows_nothing_reads_the_same_needs(
    tmp_path: Path, kind: str
) -> None:
    path = tmp_path / f"b.{kind}"
    export_needs(path, [FULL], [TOWN], language="nl", estimates=True)
    parsed = parse_needs(
        read_table(path).rows, administrations=[], known={}, on=date(2026, 11, 21),
        new_id=lambda: "never",
    )  # fmt: skip
    need = parsed.needs[0]
    assert parsed.administrations[0].id == "town"
    assert (need.id, need.title, need.description) == (
        FULL.id, FULL.title, FULL.description,
    )  # fmt: skip
    assert (need.quantity, need.estimate) == (FULL.quantity, FULL.estimate)
    assert (need.requirements, need.other_cpv) == (FULL.requirements, FULL.other_cpv)
    assert (need.contact, need.note) == ("", "")


def text(longest: int, *, lines: bool = False) -> st.SearchStrategy[str]:
    signs = st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Cf"])
    return st.text(signs | st.sampled_from("=+-@';\"\n é"), max_size=longest).map(
        lambda value: clean(value, lines=lines)[0]
    )


NEEDS = st.builds(
    Need,
    id=st.just("n"),
    administration=st.just("town"),
    title=text(30).filter(lambda value: bool(value.strip())),
    nature=st.sampled_from(Nature),
    service=text(12),
    description=text(40, lines=True),
    quantity=st.none() | st.decimals(0, 10**9, places=3).map(lambda d: d.normalize()),
    unit=st.sampled_from(["", "t", "rames"]),
    estimate=st.none() | st.decimals(0, 10**10, places=2),
    earliest=st.none() | st.dates(date(1990, 1, 1), date(2026, 1, 1)),
    latest=st.none() | st.dates(date(2026, 1, 2), date(2100, 12, 31)),
    duration_months=st.none() | st.integers(1, 600),
    personal_data=st.sampled_from([None, True, False]),
)


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_whatever_is_exported_comes_back_the_same(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"b.{kind}"

    @settings(max_examples=25, deadline=None, derandomize=True, database=None,
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(NEEDS)
    def check(need: Need) -> None:
        if need.title.casefold().startswith("(ex") or need.title.strip("-–—/. ") == "":
            return
        export_needs(path, [need], [TOWN], language="fr", estimates=True,
                     overwrite=True)  # fmt: skip
        assert again(path, need).unchanged == (need,)

    check()


def test_no_cell_of_an_export_is_a_formula(tmp_path: Path) -> None:
    export_needs(tmp_path / "b.xlsx", [FULL], [TOWN], language="fr", estimates=True)
    with zipfile.ZipFile(tmp_path / "b.xlsx") as archive:
        for name in archive.namelist():
            assert b"<f>" not in archive.read(name)
            assert b"hyperlink" not in archive.read(name)
    export_needs(tmp_path / "b.csv", [FULL], [TOWN], language="fr", estimates=True)
    written = (tmp_path / "b.csv").read_bytes().decode("utf-8-sig")
    for row in csv.reader(io.StringIO(written, newline=""), delimiter=";"):
        assert not [cell for cell in row if cell[:1] in "=+-@\t\r\n" and cell]


@pytest.mark.parametrize("value", ["=1", "+1", "-1", "@a", "\ta", "\ra", "'=1", "''=1",
                                   "'a", "'", "a", "", "'-"])  # fmt: skip
def test_the_apostrophe_is_put_and_taken_exactly_once(value: str) -> None:
    assert unmarked(marked(value)) == value
    assert marked(value)[:1] not in {"=", "+", "-", "@", "\t", "\r"}


def test_an_apostrophe_in_a_file_of_somebody_else_stays(tmp_path: Path) -> None:
    path = tmp_path / "b.csv"
    path.write_text("Objet;Nature\r\n'-10 degrés;F\r\n", encoding="utf-8")
    assert read_table(path).rows[0].cells["title"] == "'-10 degrés"


def test_a_csv_opens_in_a_belgian_spreadsheet_program(tmp_path: Path) -> None:
    export_needs(tmp_path / "b.csv", [FULL], [TOWN], language="fr", estimates=True)
    content = (tmp_path / "b.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbfIdentifiant jointbuy;Administration;")
    assert content.endswith(b"\r\n")
    assert b";12480,50;" in content
    assert b";1,1250;" in content
    assert b";01/01/2027;30/06/2027;" in content


def test_drafts_estimates_and_persons_stay_at_home(tmp_path: Path) -> None:
    draft = Need(id="d", administration="town", title="Secret", status=NeedStatus.DRAFT)
    gone = Need(id="w", administration="town", title="Passé",
                status=NeedStatus.WITHDRAWN)  # fmt: skip
    path = tmp_path / "b.csv"
    everything = [FULL, draft, gone]
    assert export_needs(path, everything, [TOWN], language="fr") == 1
    content = path.read_text(encoding="utf-8")
    for hidden in ("Secret", "Passé", "12480", "104/123-02", "Ada", "c1",
                   "confidentiel", "année"):  # fmt: skip
        assert hidden not in content
    export_needs(path, everything, [TOWN], language="fr", persons=True, contacts=[ADA],
                 overwrite=True)  # fmt: skip
    content = path.read_text(encoding="utf-8")
    assert "Ada Fictive" in content
    assert "confidentiel" not in content
    assert "12480" not in content


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_the_form_filled_in_comes_back_for_its_service(
    tmp_path: Path, kind: str, language: str
) -> None:
    path = tmp_path / f"form.{kind}"
    write_sheet(path, administration=TOWN, service="Économat", language=language)
    empty = read_table(path)
    assert empty.rows == ()
    assert not empty.exported
    assert len(empty.problems) == 1
    assert {"title", "nature", "estimate", "latest"} <= set(empty.headings)


def test_a_row_of_the_form_takes_the_administration_and_service_of_the_form(
    tmp_path: Path,
) -> None:
    path = tmp_path / "form.xlsx"
    write_sheet(path, administration=TWIN, service="Économat", language="fr")
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    sheet = members["xl/worksheets/sheet1.xml"]
    filled = (
        b'<row r="3"><c r="C3" t="inlineStr"><is><t>Sel</t></is></c>'
        b'<c r="E3" t="inlineStr"><is><t>Fournitures</t></is></c></row></sheetData>'
    )
    members["xl/worksheets/sheet1.xml"] = sheet.replace(b"</sheetData>", filled)
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    need = again(path).needs[0]
    assert (need.administration, need.service, need.title) == (
        "twin",
        "Économat",
        "Sel",
    )


def test_the_form_offers_lists_and_explains_itself(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    write_sheet(path, administration=TOWN, service="", language="nl")
    with zipfile.ZipFile(path) as archive:
        page = archive.read("xl/worksheets/sheet1.xml").decode()
        book = archive.read("xl/workbook.xml").decode()
    assert '"Werken,Leveringen,Diensten"' in page.replace("&quot;", '"')
    assert page.count("<dataValidation ") == 5
    assert 'name="Behoeften"' in book
    assert 'name="Lees mij"' in book
    assert 'name="_meta" sheetId="3" state="hidden"' in book


@pytest.mark.parametrize("state", ["hidden", "visible"])
def test_our_own_file_is_known_though_somebody_shows_its_hidden_sheet(
    tmp_path: Path, state: str
) -> None:
    export_needs(tmp_path / "a.xlsx", [OPEN], [TOWN], language="fr")
    shown = tmp_path / "b.xlsx"
    with (
        zipfile.ZipFile(tmp_path / "a.xlsx") as old,
        zipfile.ZipFile(shown, "w") as new,
    ):
        for name in old.namelist():
            content = old.read(name)
            if name == "xl/workbook.xml":
                content = content.replace(
                    b'state="hidden"', f'state="{state}"'.encode()
                )
            new.writestr(name, content)
    table = read_table(shown)
    assert table.exported
    assert len(table.rows) == 1
    assert table.origin == "b.xlsx"


def test_the_same_form_has_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        write_sheet(tmp_path / name, administration=TOWN, service="", language="fr")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_no_file_is_overwritten_unless_asked(tmp_path: Path) -> None:
    path = tmp_path / "b.csv"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(Refused, match="exists already"):
        export_needs(path, [OPEN], [TOWN], language="fr")
    assert path.read_text(encoding="utf-8") == "mine"
    export_needs(path, [OPEN], [TOWN], language="fr", overwrite=True)
    assert path.read_text(encoding="utf-8") != "mine"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["b.csv"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_only_its_owner_may_read_what_is_written(tmp_path: Path) -> None:
    export_needs(tmp_path / "b.csv", [OPEN], [TOWN], language="fr")
    assert stat.S_IMODE((tmp_path / "b.csv").stat().st_mode) == 0o600


@pytest.mark.skipif(sys.platform == "win32", reason="Windows asks rights for links")
def test_a_dangling_link_is_not_written_through(tmp_path: Path) -> None:
    (tmp_path / "b.csv").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Refused, match="exists already"):
        export_needs(tmp_path / "b.csv", [OPEN], [TOWN], language="fr")
    assert not (tmp_path / "elsewhere").exists()


def test_a_place_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    for path, why in (
        (tmp_path / "b.pdf", "must end in"),
        (tmp_path / "none" / "b.csv", "does not exist"),
        (tmp_path / ("é" * 300 + ".csv"), "could not be written"),
    ):
        with pytest.raises(Refused, match=why):
            export_needs(path, [OPEN], [TOWN], language="fr")
    (tmp_path / "c.csv").mkdir()
    with pytest.raises(Refused, match="is a folder"):
        export_needs(tmp_path / "c.csv", [OPEN], [TOWN], language="fr", overwrite=True)
    assert os.listdir(tmp_path) == ["c.csv"]  # noqa: PTH208
