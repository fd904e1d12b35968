"""Official lists of codes in the shapes they are published in."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from jointbuy.errors import Refused, StoreError
from jointbuy.vocabulary.official import FILE, install, installed
from jointbuy.vocabulary.search import search

OFFICIAL = Path(__file__).parents[2] / ".." / "shared" / "data" / "cpv.csv"

SMALL = """code,check_digit,parent,en,fr,nl,de
30199770,8,30199700,Luncheon vouchers,Tickets-restaurant,Maaltijdbonnen,Essensmarken
37535200,9,37535000,Playground equipment,Matériel pour terrains de jeux,Speeltuig,Geräte
"""
PUBLISHED = """CODE;BG;CS;FR;NL;EN;DE\r
30199770-8;x;y;Tickets;Bonnen;Luncheon vouchers;Marken\r
37535200-9;x;y;Terrains;Speeltuig;Playground;"Geräte; klein"\r
"""
GENERICODE = """<?xml version="1.0" encoding="UTF-8"?>
<gc:CodeList xmlns:gc="http://docs.oasis-open.org/codelist/ns/genericode/1.0/">
<ColumnSet>
<Column Id="code" Use="required"><ShortName>code</ShortName></Column>
<Column Id="fra_label" Use="optional"><ShortName>fra_label</ShortName></Column>
<Column Id="nld_label" Use="optional"><ShortName>nld_label</ShortName></Column>
</ColumnSet>
<SimpleCodeList>
<Row><Value ColumnRef="code"><SimpleValue>30199770</SimpleValue></Value>
<Value ColumnRef="fra_label"><SimpleValue>Tickets</SimpleValue></Value>
<Value ColumnRef="nld_label"><SimpleValue>Bonnen</SimpleValue></Value></Row>
</SimpleCodeList></gc:CodeList>"""
OFFICE_XML = """<?xml version="1.0"?><CPV_CODE><CPV CODE="30199770-8">
<TEXT LANG="FR">Tickets</TEXT><TEXT LANG="PL">Talony</TEXT></CPV></CPV_CODE>"""


def written(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    file = folder / name
    file.write_bytes(text.encode(encoding))
    return file


@pytest.mark.parametrize(
    ("name", "text", "encoding", "count"),
    [
        ("cpv.csv", SMALL, "utf-8", 2),
        ("cpv.csv", SMALL, "utf-8-sig", 2),
        ("cpv.csv", SMALL, "cp1252", 2),
        ("cpv.txt", SMALL.replace(",", "\t"), "utf-16", 2),
        ("cpv.csv", PUBLISHED, "utf-8", 2),
        ("cpv.csv", "CPV 2008\n" + PUBLISHED, "utf-8", 2),
        ("cpv.gc", GENERICODE, "utf-8", 1),
        ("cpv.xml", OFFICE_XML, "utf-8", 1),
    ],
)
def test_every_published_shape_is_read(
    tmp_path: Path, name: str, text: str, encoding: str, count: int
) -> None:
    target = tmp_path / "user"
    assert install(written(tmp_path, name, text, encoding), target) == count
    kept = installed(target)
    assert kept is not None
    assert len(kept) == count
    assert kept.label("30199770", "fr").startswith("Tickets")


def test_accents_and_quoted_marks_survive(tmp_path: Path) -> None:
    install(written(tmp_path, "cpv.csv", PUBLISHED), tmp_path)
    kept = installed(tmp_path)
    assert kept is not None
    assert kept.label("37535200", "de") == "Geräte; klein"
    assert kept.label("37535200", "xx") == "Playground"
    assert kept.label("99999999") == ""


@pytest.mark.parametrize(
    ("name", "text", "digit"),
    [
        ("cpv.csv", SMALL, "8"),
        ("cpv.csv", PUBLISHED, "8"),
        ("cpv.xml", OFFICE_XML, "8"),
        ("cpv.gc", GENERICODE, ""),
    ],
)
def test_check_digits_are_kept_as_the_list_writes_them(
    tmp_path: Path, name: str, text: str, digit: str
) -> None:
    install(written(tmp_path, name, text), tmp_path)
    kept = installed(tmp_path)
    assert kept is not None
    assert kept.digit("30199770") == digit
    assert kept.digit("99999999") == ""
    assert kept.labels("30199770")["fr"].startswith("Tickets")


def test_a_list_installed_before_check_digits_were_kept_still_serves(
    tmp_path: Path,
) -> None:
    old = {"format": "jointbuy-cpv-1", "codes": {"30199770": {"en": "Vouchers"}}}
    (tmp_path / FILE).write_text(json.dumps(old), encoding="utf-8")
    kept = installed(tmp_path)
    assert kept is not None
    assert kept.digit("30199770") == ""


BOMB = """<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "x"><!ENTITY c "&b;&b;">]>
<CPV_CODE><CPV CODE="30199770-8"><TEXT LANG="FR">&c;</TEXT></CPV></CPV_CODE>"""


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (BOMB, "DTD"),
        ("<CPV_CODE><CPV>", "well-formed"),
        ("<a/>", "eight-digit"),
        ("hello\nworld\n", "heading line"),
        ("code;fr\nabc;Tickets\n", "eight-digit"),
        ("", "heading line"),
        ("PK\x03\x04", "save the list as CSV"),
    ],
)
def test_what_is_no_list_is_refused_and_overwrites_nothing(
    tmp_path: Path, text: str, reason: str
) -> None:
    install(written(tmp_path, "good.csv", SMALL), tmp_path)
    before = (tmp_path / FILE).read_bytes()
    with pytest.raises(Refused, match=reason):
        install(written(tmp_path, "bad.csv", text), tmp_path)
    assert (tmp_path / FILE).read_bytes() == before
    assert not list(tmp_path.glob("*.part"))


def test_a_missing_file_is_refused_with_its_name(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"nowhere\.csv"):
        install(tmp_path / "nowhere.csv", tmp_path)


def test_nothing_installed_is_none_and_a_spoilt_file_says_so(tmp_path: Path) -> None:
    assert installed(tmp_path) is None
    (tmp_path / FILE).write_text("{", encoding="utf-8")
    with pytest.raises(StoreError, match="install it again"):
        installed(tmp_path)
    (tmp_path / FILE).write_text(json.dumps({"a": 1}), encoding="utf-8")
    with pytest.raises(StoreError):
        installed(tmp_path)


def test_the_official_list_adds_what_the_thesaurus_does_not_have(
    tmp_path: Path,
) -> None:
    if not OFFICIAL.exists():
        pytest.skip("the official list is not beside this repository")
    assert install(OFFICIAL, tmp_path) > 9_000
    kept = installed(tmp_path)
    assert kept is not None
    assert "30199770" in kept
    found = search("accordéons", official=kept)
    assert "37311200" in [one.code for one in found]
    why = [str(one.why) for one in found if one.code == "37311200"]
    assert "official wording" in why[0]
    assert search("mazout", official=kept)[0].category == "heating-oil"
