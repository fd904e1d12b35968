"""The Markdown twin: readable, comparable, and never more than text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from markdown_it import MarkdownIt

from jointbuy.documents import Case, compose, fields, write
from jointbuy.documents.document import Paragraph, Text
from jointbuy.documents.formats import EXTENSION, FORMATS
from jointbuy.errors import UsageError

MakeCase = Callable[..., Case]


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_it_shows_every_field_and_lists_them_at_the_end(
    make_case: MakeCase, language: str
) -> None:
    document = compose("convention", make_case(), language)
    text = write(document, "markdown").decode()
    count = len(fields(document))
    opening = {"fr": "À COMPLÉTER", "nl": "AAN TE VULLEN"}[language]
    assert text.count(f"**\\[{opening}") == count
    assert f"> **{document.marks.box}**" in text
    listed = text.split(f"## {document.marks.to_complete}")[1]
    assert len(re.findall(r"^\d+\. ", listed, re.MULTILINE)) == count
    assert "None" not in text
    assert not re.search(r"[{}]", text)
    assert not re.search(r"[^\n]  ", text)


def test_articles_and_clauses_bear_their_numbers(make_case: MakeCase) -> None:
    text = write(compose("convention", make_case(), "nl"), "markdown").decode()
    heads = re.findall(r"^### Artikel (\d+) – ", text, re.MULTILINE)
    assert heads == [str(number) for number in range(1, 15)]
    assert "\n\n4.1 " in text


def test_every_row_of_a_table_has_as_many_cells_as_its_head(
    make_case: MakeCase,
) -> None:
    case = make_case()
    needs = tuple(replace(one, title="a | b \\| c") for one in case.needs)
    document = compose("convention", replace(case, needs=needs), "fr")
    text = write(document, "markdown").decode()
    for table in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE):
        cells = {len(re.findall(r"(?<!\\)\|", row)) for row in table.splitlines()}
        assert len(cells) == 1


HOSTILE = (
    "[x](javascript:alert(1))",
    "![x](http://example.org/x.png)",
    "<b>bold</b><script>alert(1)</script>",
    "<javascript:alert(1)>",
    "&lt;b&gt; &#60;",
    "a | b",
    "*a* _b_ `c` ~~d~~ __e__",
    "# heading",
    "> quote",
    "- item",
    "+ item",
    "1. item",
    "2) item",
    "---",
    "===",
    "{field} {{x | y}}",
    "\\[x](y)",
    "[x]: http://example.org",
    "www.example.org https://example.org",
    "    code",
    "a\x1b[31mb\x00c\u202ed",
    "one\n\n# two",
    "$x$",
)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_what_a_user_types_is_shown_as_typed(make_case: MakeCase, hostile: str) -> None:
    document = compose("convention", make_case(), "nl")
    document = replace(document, blocks=(Paragraph(runs=(Text(text=hostile),)),))
    text = write(document, "markdown").decode().split("\n\n")[1]
    reader = MarkdownIt("gfm-like", {"linkify": False})
    tokens = [t for t in reader.parse(text) if t.nesting >= 0]
    assert [t.type for t in tokens] == ["paragraph_open", "inline"]
    children = tokens[1].children or []
    assert {child.type for child in children} <= {"text", "text_special"}
    shown = "".join(child.content for child in children)
    bare = re.sub("[\x1b\x00\u202e]", "", hostile)
    assert shown == re.sub(r"\s+", " ", bare).strip()


def test_addresses_do_not_become_links(make_case: MakeCase) -> None:
    title = "https://example.org www.example.org javascript:x"
    document = compose("convention", make_case(title=title), "nl")
    text = write(document, "markdown").decode()
    assert "https://" not in text
    assert "www.example" not in text
    assert "https\\://example.org www\\.example.org javascript\\:x" in text


def test_the_same_document_gives_the_same_text(make_case: MakeCase) -> None:
    document = compose("convention", make_case(), "fr")
    assert write(document, "markdown") == write(document, "markdown")


def test_an_unknown_format_lists_those_that_exist(make_case: MakeCase) -> None:
    document = compose("convention", make_case(), "fr")
    with pytest.raises(UsageError, match="docx, markdown"):
        write(document, "odt")
    assert FORMATS.keys() == EXTENSION.keys()
