"""The Word file, opened again as an office program would."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import docx
import pytest
from docx.document import Document as Word
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from jointbuy.documents import Case, Document, compose, fields, write
from jointbuy.documents.document import Clause, Field, Text

MakeCase = Callable[..., Case]
LANGUAGES = ("fr", "nl")


def _words(text: str) -> list[str]:
    return text.split()


PARAGRAPH_ORDER = _words(
    "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr "
    "suppressLineNumbers pBdr shd tabs suppressAutoHyphens kinsoku wordWrap "
    "overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid "
    "spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection "
    "textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange"
)
RUN_ORDER = _words(
    "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss "
    "imprint noProof snapToGrid vanish webHidden color spacing w kern position sz szCs "
    "highlight u effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout "
    "specVanish oMath"
)
TABLE_ORDER = _words(
    "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize "
    "tblStyleColBandSize tblW jc tblCellSpacing tblInd tblBorders shd tblLayout "
    "tblCellMar tblLook tblCaption tblDescription"
)
CELL_ORDER = _words("cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap")


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def opened(content: bytes) -> Word:
    return docx.Document(io.BytesIO(content))


def paragraphs(word: Word) -> Iterator[Paragraph]:
    yield from word.paragraphs
    for table in word.tables:
        for row in table.rows:
            for cell in row.cells:
                yield from cell.paragraphs


def style_ids(word: Word) -> list[str]:
    return [one.style.style_id for one in word.paragraphs if one.style]


@pytest.fixture(params=LANGUAGES, scope="module")
def document(request: pytest.FixtureRequest, make_case: MakeCase) -> Document:
    return compose("convention", make_case(), request.param)


@pytest.fixture(scope="module")
def content(document: Document) -> bytes:
    return write(document, "docx")


def test_it_opens_with_every_field_marked_and_explained(
    document: Document, content: bytes
) -> None:
    word = opened(content)
    runs = [run for one in paragraphs(word) for run in one.runs]
    marked = [r for r in runs if r.style and r.style.style_id == "JBField"]
    expected = fields(document)
    assert sorted(run.text for run in marked) == sorted(one.text for one in expected)
    comments = list(word.comments)
    assert [one.text for one in comments] == [one.hint for one in expected]
    assert document.marks.box.startswith(f"{len(marked)} ")
    second = word.paragraphs[1]
    assert second.text == document.marks.box
    assert style_ids(word)[1] == "JBBox"


def test_headings_are_real_and_in_order(document: Document, content: bytes) -> None:
    used = style_ids(opened(content))
    assert used[0] == "Title"
    assert used.count("Title") == 1
    assert used.count("Heading2") == 14
    assert used.index("Heading1") < used.index("Heading2")
    clauses = sum(isinstance(block, Clause) for block in document.blocks)
    assert used.count("JBClause") == clauses


def test_numbers_come_from_the_styles(document: Document, content: bytes) -> None:
    files = parts(content)
    numbering = parse_xml(files["word/numbering.xml"])
    kinds = [local(child) for child in numbering]
    assert kinds == sorted(kinds)
    linked = {
        level.find(qn("w:pStyle")).get(qn("w:val")): level.find(qn("w:lvlText")).get(
            qn("w:val")
        )
        for level in numbering.iter(qn("w:lvl"))
        if level.find(qn("w:pStyle")) is not None
    }
    word = {"fr": "Article", "nl": "Artikel"}[document.language]
    assert linked["Heading2"] == f"{word} %1 –"
    assert linked["JBClause"] == "%1.%2"
    assert b"1.1" not in files["word/document.xml"]


def test_the_language_is_belgian_everywhere(document: Document, content: bytes) -> None:
    files = parts(content)
    tag = {"fr": "fr-BE", "nl": "nl-BE"}[document.language]
    styles = parse_xml(files["word/styles.xml"])
    default = styles.find(qn("w:docDefaults")).find(f".//{qn('w:lang')}")
    assert default.get(qn("w:val")) == default.get(qn("w:eastAsia")) == tag
    settings = parse_xml(files["word/settings.xml"])
    assert settings.find(qn("w:themeFontLang")).get(qn("w:val")) == tag
    core = opened(content).core_properties
    assert core.language == tag
    assert core.title == document.title


def test_tables_have_a_header_row_and_no_merged_or_empty_cells(
    document: Document, content: bytes
) -> None:
    for table in opened(content).tables:
        rows = table._tbl.findall(qn("w:tr"))
        heads = [row.find(f".//{qn('w:tblHeader')}") is not None for row in rows]
        assert heads == [True, *[False] * (len(rows) - 1)]
        assert all(row.find(f".//{qn('w:cantSplit')}") is not None for row in rows)
        assert not list(table._tbl.iter(qn("w:gridSpan"), qn("w:vMerge")))
        assert all(cell.text for row in table.rows for cell in row.cells)
        properties = table._tbl.tblPr
        assert local(properties[-1]) == "tblCaption"
        assert properties[-1].get(qn("w:val"))


def test_properties_stand_in_the_order_of_the_schema(
    document: Document, content: bytes
) -> None:
    files = parts(content)
    for name, part in files.items():
        if not re.fullmatch(r"word/[a-z0-9]+\.xml", name):
            continue
        root = parse_xml(part)
        for tag, order in (
            ("w:pPr", PARAGRAPH_ORDER),
            ("w:rPr", RUN_ORDER),
            ("w:tblPr", TABLE_ORDER),
            ("w:tcPr", CELL_ORDER),
        ):
            for element in root.iter(qn(tag)):
                if root.tag == qn("w:styles") and element.getparent().tag == qn(
                    "w:tblStylePr"
                ):
                    continue
                places = [order.index(local(one)) for one in element]
                assert places == sorted(places), (name, tag, places)


def test_our_style_ids_are_ascii_and_their_names_local(
    document: Document, content: bytes
) -> None:
    word = opened(content)
    ours = {s.style_id: s.name for s in word.styles if s.style_id.startswith("JB")}
    assert all(re.fullmatch(r"JB[A-Za-z]+", one) for one in ours)
    assert len(ours) == 10
    assert all((name or "").startswith("JB ") for name in ours.values())
    known = {style.style_id for style in word.styles}
    for part in parts(content).values():
        for used in re.findall(rb'w:(?:p|r|tbl)Style w:val="([^"]+)"', part):
            assert used.decode() in known


def test_every_page_says_draft_reference_and_number(
    document: Document, content: bytes
) -> None:
    section = opened(content).sections[0]
    assert document.draft in section.header.paragraphs[0].text
    assert document.reference in section.header.paragraphs[0].text
    foot = section.footer.paragraphs[0]
    assert document.marks.notice in foot.text
    codes = [one.text for one in foot._p.iter(qn("w:instrText"))]
    assert codes == [" PAGE ", " NUMPAGES "]
    assert [
        round(side.mm) for side in (section.page_width, section.page_height) if side
    ] == [
        210,
        297,
    ]


def test_the_same_document_gives_the_same_bytes(
    document: Document, content: bytes
) -> None:
    assert write(document, "docx") == content
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        members = packed.infolist()
    assert members[0].filename == "[Content_Types].xml"
    names = [one.filename for one in members[1:]]
    assert names == sorted(names)
    assert {one.date_time for one in members} == {(1980, 1, 1, 0, 0, 0)}


def test_nothing_of_the_clock_or_of_the_librarys_template_is_left(
    document: Document, content: bytes
) -> None:
    files = parts(content)
    assert not [n for n in files if "thumbnail" in n or "customXml" in n]
    assert b"Macintosh" not in b"".join(files.values())
    core = opened(content).core_properties
    assert core.created is not None
    assert core.modified is not None
    assert core.created.date() == core.modified.date() == document.day
    assert core.comments == ""
    stamps = re.findall(rb'w:date="([^"]+)"', files["word/comments.xml"])
    assert set(stamps) == {f"{document.day.isoformat()}T12:00:00Z".encode()}


def test_hostile_text_stays_text(make_case: MakeCase) -> None:
    hostile = "<w:br/> & ]]> [x](javascript:alert(1)) {{y | z}} \x00\x0b\ud800\u202eend"
    document = compose("convention", make_case(title=hostile), "fr")
    word = opened(write(document, "docx"))
    assert (
        "<w:br/> & ]]> [x](javascript:alert(1)) {{y | z}} end"
        in word.paragraphs[0].text
    )
    document = replace(
        document,
        title="a\x00b" * 200,
        reference="r\x1b[31m",
        blocks=(
            Clause(
                number=(1, 1),
                runs=(
                    Text(text="a\x00\x1fb "),
                    Field(label="l", hint="h\ufffe", text="[f\x08]"),
                ),
            ),
        ),
    )
    assert opened(write(document, "docx")).paragraphs[0].text == "ab [f]"
