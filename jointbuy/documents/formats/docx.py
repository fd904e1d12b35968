"""A document for Word: real styles, real numbering, real header rows, fixed bytes.

The fields to complete are plain runs in a shaded, bold character style, bracketed, with
a comment that says what is expected: every office program shows at least two of these.
"""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import StyleFactory

from jointbuy.documents.document import (
    Article,
    Block,
    Clause,
    Document,
    Emphasis,
    Field,
    Heading,
    ListBlock,
    Note,
    Paragraph,
    PartyBlock,
    Recital,
    Runs,
    Signature,
    Table,
    Title,
    clean,
    clean_run,
)

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.styles.style import CharacterStyle, ParagraphStyle
    from docx.text.paragraph import Paragraph as WordParagraph
    from docx.text.run import Run as WordRun

TAGS = {"fr": "fr-BE", "nl": "nl-BE", "de": "de-BE", "en": "en-GB"}
FONT = "Calibri"
TEXT_WIDTH = Cm(16)
INK = RGBColor(0x1F, 0x2A, 0x44)
AUTHOR = "jointbuy"

KEPT_ROWS = 12
"""A table of so many rows stays on one page; a longer one keeps its first and last."""

ARTICLES, BULLETS = 90, 91
"""The numbers of our two lists, far above those of the library's template."""

_PARAGRAPHS = (
    "JBClause",
    "JBParty",
    "JBRecital",
    "JBNote",
    "JBBox",
    "JBList",
    "JBCell",
    "JBNumberCell",
    "JBSignature",
)
"""Our styles, by the ids Word knows; their names are in the document's language."""

_FIELD = "JBField"
_APPLICATION = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
    b'extended-properties"><Application>jointbuy</Application></Properties>'
)
_EPOCH = (1980, 1, 1, 0, 0, 0)


def write(document: Document) -> bytes:
    """The document as a .docx file."""
    word = docx.Document()
    _strip(word)
    _set_page(word)
    _set_language(word, document)
    _set_styles(word, document)
    _set_numbering(word, document)
    _set_properties(word, document)
    _write_edges(word, document)
    boxed = False
    for block in document.blocks:
        _write_block(word, block)
        if isinstance(block, Title) and not boxed:
            boxed = True
            _add_paragraph(word, "JBBox").add_run(clean(document.marks.box))
    _date_comments(word, document)
    return _normalised(word)


def _strip(word: Word) -> None:
    """Take out what the library's template carries along: a picture, foreign data."""
    for owner in (word.part, word.part.package):
        for key, relation in list(owner.rels.items()):
            if relation.reltype.endswith(
                ("/customXml", "/thumbnail", "/stylesWithEffects")
            ):
                del owner.rels[key]
            elif relation.reltype.endswith("/extended-properties"):
                relation.target_part._blob = _APPLICATION  # noqa: SLF001


def _set_page(word: Word) -> None:
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin, section.bottom_margin = Cm(2.3), Cm(2.2)
    section.header_distance = section.footer_distance = Cm(1.1)


def _set_language(word: Word, document: Document) -> None:
    tag = TAGS[document.language]
    defaults = word.styles.element.find(qn("w:docDefaults"))
    for lang in defaults.iter(qn("w:lang")):
        lang.set(qn("w:val"), tag)
        lang.set(qn("w:eastAsia"), tag)
    settings = word.settings.element
    for theme in settings.iter(qn("w:themeFontLang")):
        theme.set(qn("w:val"), tag)
        theme.attrib.pop(qn("w:eastAsia"), None)
    for zoom in settings.iter(qn("w:zoom")):
        zoom.attrib.clear()
        zoom.set(qn("w:percent"), "100")


def _set_styles(word: Word, document: Document) -> None:
    styles = word.styles
    for fonts in styles.element.iter(qn("w:rFonts")):
        fonts.attrib.clear()
        for key in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(key), FONT)
    normal: Any = styles["Normal"]
    normal.font.size = Pt(11)
    normal.paragraph_format.space_after = Pt(6)
    normal.paragraph_format.line_spacing = 1.1
    _shape_heading(styles["Title"], size=18, before=0, after=8)
    _shape_heading(styles["Heading 1"], size=14, before=18, after=6)
    _shape_heading(styles["Heading 2"], size=12, before=14, after=4)
    _shape_heading(styles["Caption"], size=10, before=8, after=4)
    border = styles["Title"].element.pPr.find(qn("w:pBdr"))
    if border is not None:
        styles["Title"].element.pPr.remove(border)
    for style_id in _PARAGRAPHS:
        _add_style(word, style_id, document.marks.styles[style_id])
    _shape("JBClause", word).left_indent = Cm(1.1)
    _shape("JBClause", word).first_line_indent = Cm(-1.1)
    _shape("JBParty", word).left_indent = Cm(0.6)
    _shape("JBRecital", word).space_after = Pt(5)
    _shape("JBList", word).space_after = Pt(3)
    for style_id in ("JBCell", "JBNumberCell"):
        shape = _shape(style_id, word)
        shape.space_after = shape.space_before = Pt(2)
        shape.line_spacing = 1.0
        _style(word, style_id).font.size = Pt(9.5)
    _shape("JBNumberCell", word).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _shape("JBSignature", word).keep_together = True
    _shape("JBSignature", word).space_before = Pt(14)
    _style(word, "JBNote").font.italic = True
    _frame(_style(word, "JBNote"), fill="F2F2F2", line="7F7F7F")
    _style(word, "JBBox").font.bold = True
    _frame(_style(word, "JBBox"), fill="FFF7CC", line="7F6000")
    _add_comment_styles(word)
    field: CharacterStyle = styles.add_style(
        document.marks.styles[_FIELD], WD_STYLE_TYPE.CHARACTER
    )
    field.element.set(qn("w:styleId"), _FIELD)
    field.font.bold = True
    field.element.get_or_add_rPr().append(
        parse_xml(
            f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="FFFF00"/>'
        )
    )


def _add_comment_styles(word: Word) -> None:
    """The two styles the library's comments name but its template lacks."""
    text: Any = word.styles.add_style("annotation text", WD_STYLE_TYPE.PARAGRAPH)
    text.element.set(qn("w:styleId"), "CommentText")
    text.base_style = word.styles["Normal"]
    text.font.size = Pt(10)
    mark: Any = word.styles.add_style("annotation reference", WD_STYLE_TYPE.CHARACTER)
    mark.element.set(qn("w:styleId"), "CommentReference")
    mark.font.size = Pt(8)


def _shape_heading(style: Any, *, size: float, before: float, after: float) -> None:  # noqa: ANN401
    style.font.size, style.font.bold = Pt(size), True
    style.font.color.rgb = INK
    style.paragraph_format.space_before = Pt(before)
    style.paragraph_format.space_after = Pt(after)
    style.paragraph_format.keep_with_next = True


def _add_style(word: Word, style_id: str, name: str) -> None:
    style: ParagraphStyle = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.element.set(qn("w:styleId"), style_id)
    style.base_style = word.styles["Normal"]


def _shape(style_id: str, word: Word) -> Any:  # noqa: ANN401
    return _style(word, style_id).paragraph_format


def _style(word: Word, style_id: str) -> Any:  # noqa: ANN401
    """One style by its id; the library itself finds styles by name only."""
    element = word.styles.element.get_by_id(style_id)
    if element is None:
        raise KeyError(style_id)
    return StyleFactory(element)


def _frame(style: Any, *, fill: str, line: str) -> None:  # noqa: ANN401
    """A border and a shade around the paragraphs of a style, in schema order."""
    properties = style.element.get_or_add_pPr()
    edges = "".join(
        f'<w:{edge} w:val="single" w:sz="6" w:space="4" w:color="{line}"/>'
        for edge in ("top", "left", "bottom", "right")
    )
    for tag, body in (
        ("w:pBdr", f"<w:pBdr {nsdecls('w')}>{edges}</w:pBdr>"),
        (
            "w:shd",
            f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{fill}"/>',
        ),
    ):
        successors = _AFTER_BORDER if tag == "w:pBdr" else _AFTER_SHADE
        properties.insert_element_before(parse_xml(body), *successors)


_AFTER_SHADE = (
    "w:tabs",
    "w:suppressAutoHyphens",
    "w:kinsoku",
    "w:wordWrap",
    "w:overflowPunct",
    "w:topLinePunct",
    "w:autoSpaceDE",
    "w:autoSpaceDN",
    "w:bidi",
    "w:adjustRightInd",
    "w:snapToGrid",
    "w:spacing",
    "w:ind",
    "w:contextualSpacing",
    "w:mirrorIndents",
    "w:suppressOverlap",
    "w:jc",
    "w:textDirection",
    "w:textAlignment",
    "w:textboxTightWrap",
    "w:outlineLvl",
    "w:divId",
    "w:cnfStyle",
    "w:rPr",
    "w:sectPr",
    "w:pPrChange",
)
_AFTER_BORDER = ("w:shd", *_AFTER_SHADE)


def _set_numbering(word: Word, document: Document) -> None:
    """Two lists tied to styles: articles with their clauses, and bullets."""
    numbering = word.part.numbering_part.element
    first = numbering.find(qn("w:num"))
    for xml in (_articles(document.marks.article), _bullets()):
        abstract = parse_xml(xml)
        if first is None:
            numbering.append(abstract)
        else:
            first.addprevious(abstract)
    for number in (ARTICLES, BULLETS):
        numbering.append(
            parse_xml(
                f'<w:num {nsdecls("w")} w:numId="{number}">'
                f'<w:abstractNumId w:val="{number}"/></w:num>'
            )
        )
    _number_style(word.styles["Heading 2"], ARTICLES, 0)
    _number_style(_style(word, "JBClause"), ARTICLES, 1)
    _number_style(_style(word, "JBList"), BULLETS, 0)


def _articles(word: str) -> str:
    return (
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{ARTICLES}">'
        '<w:multiLevelType w:val="multilevel"/>'
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        '<w:pStyle w:val="Heading2"/><w:suff w:val="space"/>'
        f'<w:lvlText w:val="{word} %1 –"/><w:lvlJc w:val="left"/>'
        '<w:pPr><w:ind w:left="0" w:firstLine="0"/></w:pPr></w:lvl>'
        '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        '<w:pStyle w:val="JBClause"/><w:lvlText w:val="%1.%2"/>'
        '<w:lvlJc w:val="left"/><w:pPr>'
        '<w:tabs><w:tab w:val="num" w:pos="624"/></w:tabs>'
        '<w:ind w:left="624" w:hanging="624"/></w:pPr></w:lvl>'
        "</w:abstractNum>"
    )


def _bullets() -> str:
    return (
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{BULLETS}">'
        '<w:multiLevelType w:val="singleLevel"/>'
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/>'
        '<w:pStyle w:val="JBList"/><w:lvlText w:val="–"/><w:lvlJc w:val="left"/>'
        '<w:pPr><w:ind w:left="1020" w:hanging="340"/></w:pPr></w:lvl></w:abstractNum>'
    )


def _number_style(style: Any, number: int, level: int) -> None:  # noqa: ANN401
    properties = style.element.get_or_add_pPr().get_or_add_numPr()
    if level:
        properties.get_or_add_ilvl().val = level
    properties.get_or_add_numId().val = number


def _set_properties(word: Word, document: Document) -> None:
    moment = datetime.combine(document.day, time(12), tzinfo=UTC).replace(tzinfo=None)
    core = word.core_properties
    core.title = clean(document.title)[:255]
    core.subject = clean(document.reference)[:255]
    core.language = TAGS[document.language]
    core.author = core.last_modified_by = AUTHOR
    core.comments = core.keywords = core.category = ""
    core.content_status = document.draft
    core.revision = 1
    core.created = core.modified = moment


def _write_edges(word: Word, document: Document) -> None:
    section = word.sections[0]
    head = section.header.paragraphs[0]
    head.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    head.add_run(clean(f"{document.draft} – {document.reference}")).font.size = Pt(9)
    foot = section.footer.paragraphs[0]
    foot.paragraph_format.tab_stops.clear_all()
    _set_tabs(foot)
    foot.add_run(clean(document.marks.notice)).font.size = Pt(9)
    foot.add_run("\t").font.size = Pt(9)
    pieces = document.marks.page.replace("{page}", "\0PAGE\0").replace(
        "{pages}", "\0NUMPAGES\0"
    )
    for piece in pieces.split("\0"):
        if piece in {"PAGE", "NUMPAGES"}:
            _add_field_code(foot, piece)
        elif piece:
            foot.add_run(piece).font.size = Pt(9)


def _set_tabs(paragraph: WordParagraph) -> None:
    """One stop at the right margin instead of those of the footer style."""
    tabs = parse_xml(
        f"<w:tabs {nsdecls('w')}>"
        '<w:tab w:val="clear" w:pos="4320"/><w:tab w:val="clear" w:pos="8640"/>'
        f'<w:tab w:val="right" w:pos="{round(TEXT_WIDTH.twips)}"/></w:tabs>'
    )
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001
    for old in properties.findall(qn("w:tabs")):
        properties.remove(old)
    properties.insert_element_before(tabs, *_AFTER_SHADE[1:])


def _add_field_code(paragraph: WordParagraph, code: str) -> None:
    for kind, text in (
        ("begin", ""),
        ("", code),
        ("separate", ""),
        ("1", ""),
        ("end", ""),
    ):
        run = paragraph.add_run()
        run.font.size = Pt(9)
        if kind == "1":
            run.text = "1"
        elif kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)  # noqa: SLF001
        else:
            instruction = OxmlElement("w:instrText")
            instruction.set(qn("xml:space"), "preserve")
            instruction.text = f" {text} "
            run._r.append(instruction)  # noqa: SLF001


_STYLES: dict[type, str] = {
    Title: "Title",
    Heading: "Heading1",
    Article: "Heading2",
    Clause: "JBClause",
    PartyBlock: "JBParty",
    Recital: "JBRecital",
    Note: "JBNote",
    Paragraph: "Normal",
}


def _write_block(word: Word, block: Block) -> None:
    match block:
        case ListBlock():
            for item in block.items:
                _add_runs(word, _add_paragraph(word, "JBList"), item)
        case Table():
            _write_table(word, block)
        case Signature():
            _write_signature(word, block)
        case _:
            paragraph = _add_paragraph(word, _STYLES[type(block)])
            _add_runs(word, paragraph, block.runs)
            if isinstance(block, Heading) and block.new_page:
                paragraph.paragraph_format.page_break_before = True


def _add_paragraph(word: Word, style_id: str) -> WordParagraph:
    """A paragraph in a style; by its id, as the library searches names slowly."""
    paragraph: WordParagraph = word.add_paragraph()
    paragraph._p.style = style_id  # noqa: SLF001
    return paragraph


def _add_runs(word: Word, paragraph: WordParagraph, runs: Runs) -> None:
    for run in runs:
        written: WordRun = paragraph.add_run(clean_run(run.text))
        if isinstance(run, Emphasis):
            written.bold = True
        if isinstance(run, Field):
            written._r.style = _FIELD  # noqa: SLF001
            word.add_comment(
                runs=written, text=clean_run(run.hint), author=AUTHOR, initials="jb"
            )


def _write_table(word: Word, table: Table) -> None:
    caption = _add_paragraph(word, "Caption")
    _add_runs(word, caption, table.caption)
    grid: Any = word.add_table(rows=1, cols=len(table.columns), style="Table Grid")
    grid.alignment = WD_TABLE_ALIGNMENT.CENTER
    grid.autofit = False
    whole = sum(column.width for column in table.columns)
    widths = [round(TEXT_WIDTH * column.width / whole) for column in table.columns]
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = width
    headings = tuple(
        tuple(Emphasis(text=run.text) for run in column.heading)
        for column in table.columns
    )
    for number, cells in enumerate((headings, *table.rows)):
        row = grid.rows[0] if number == 0 else grid.add_row()
        _set_row(row, header=number == 0)
        for cell, runs, column, width in zip(
            row.cells, cells, table.columns, widths, strict=True
        ):
            cell.width = width
            paragraph = cell.paragraphs[0]
            paragraph._p.style = "JBNumberCell" if column.right else "JBCell"  # noqa: SLF001
            _add_runs(word, paragraph, runs)
            if number < len(table.rows) and (
                len(table.rows) <= KEPT_ROWS or number in {0, len(table.rows) - 1}
            ):
                paragraph.paragraph_format.keep_with_next = True
            if number == 0:
                cell._tc.get_or_add_tcPr().append(  # noqa: SLF001
                    parse_xml(
                        f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" '
                        'w:fill="E7EAF1"/>'
                    )
                )
    mark = OxmlElement("w:tblCaption")
    mark.set(qn("w:val"), clean("".join(run.text for run in table.caption)))
    grid._tbl.tblPr.append(mark)  # noqa: SLF001
    _add_paragraph(word, "JBCell")


def _set_row(row: Any, *, header: bool) -> None:  # noqa: ANN401
    properties = row._tr.get_or_add_trPr()  # noqa: SLF001
    properties.append(OxmlElement("w:cantSplit"))
    if header:
        properties.append(OxmlElement("w:tblHeader"))


def _write_signature(word: Word, signature: Signature) -> None:
    heading = _add_paragraph(word, "JBSignature")
    bold = tuple(Emphasis(text=run.text) for run in signature.party)
    _add_runs(word, heading, bold)
    heading.paragraph_format.keep_with_next = True
    for number, line in enumerate(signature.lines, start=1):
        paragraph = _add_paragraph(word, "JBSignature")
        _add_runs(word, paragraph, line)
        paragraph.paragraph_format.space_after = Pt(30)
        paragraph.paragraph_format.keep_with_next = number < len(signature.lines)


def _date_comments(word: Word, document: Document) -> None:
    """Comments bear the day of the document, not the moment of writing."""
    for comment in word.comments:
        element = comment._comment_elm  # noqa: SLF001
        element.set(qn("w:date"), f"{document.day.isoformat()}T12:00:00Z")


def _normalised(word: Word) -> bytes:
    """The package with its members in a fixed order and without the clock."""
    raw, out = io.BytesIO(), io.BytesIO()
    word.save(raw)
    with zipfile.ZipFile(raw) as read, zipfile.ZipFile(out, "w") as packed:
        names = sorted(read.namelist(), key=lambda n: (n != "[Content_Types].xml", n))
        for name in names:
            member = zipfile.ZipInfo(name, date_time=_EPOCH)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 3
            member.external_attr = 0o600 << 16
            packed.writestr(member, read.read(name), compresslevel=6)
    return out.getvalue()
