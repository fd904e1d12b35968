"""The small language in which the legal prose is kept."""

from __future__ import annotations

import pytest

from jointbuy.documents.document import (
    Article,
    Clause,
    Emphasis,
    Field,
    Heading,
    ListBlock,
    Paragraph,
    Signature,
    Table,
    Text,
    clean,
    plain,
    typographic,
)
from jointbuy.documents.template import TemplateError, Values, fill, names, parse
from jointbuy.documents.words import prose


def filled(text: str, values: Values, language: str = "nl") -> list[object]:
    return list(
        fill(parse(text), values, language=language, field_text="[VUL IN: {label}]")
    )


def test_a_value_is_put_in_once_and_never_read_again() -> None:
    (block,) = filled("Aan {a}.", {"a": "{b} {{x | y}} *z* [if c]"})
    assert block == Paragraph(runs=(Text(text="Aan {b} {{x | y}} *z* [if c]."),))


def test_words_between_stars_stand_out() -> None:
    (block,) = filled("Een *{a} woord* hier", {"a": "groot"})
    assert isinstance(block, Paragraph)
    assert block.runs[1] == Emphasis(text="groot woord")


def test_a_field_stands_until_its_value_is_known() -> None:
    text = "Op {{a ?? dag van {b} | Zie {b}.}}."
    (empty,) = filled(text, {"a": "", "b": "X"})
    assert isinstance(empty, Paragraph)
    field = Field(label="dag van X", hint="Zie X.", text="[VUL IN: dag van X]")
    assert empty.runs == (Text(text="Op "), field, Text(text="."))
    (known,) = filled(text, {"a": "1 mei", "b": "X"})
    assert known == Paragraph(runs=(Text(text="Op 1 mei."),))


def test_conditions_and_loops_may_stand_in_each_other() -> None:
    text = """
    [for p in many]
    [if not p.out]
    - {p.name}{p.more?}
    [else]
    - uit
    [end]
    [end]
    """
    many = ({"name": "a", "more": "", "out": False}, {"out": True})
    (block,) = filled(text, {"many": many})
    assert isinstance(block, ListBlock)
    assert [plain(item) for item in block.items] == ["a", "uit"]


def test_articles_and_clauses_are_counted() -> None:
    blocks = filled("### A\n1. x\n1. y\n### B\n1. z\n##! C", {})
    assert [b.number for b in blocks if isinstance(b, Article)] == [1, 2]
    numbers = [b.number for b in blocks if isinstance(b, Clause)]
    assert numbers == [(1, 1), (1, 2), (2, 1)]
    assert isinstance(blocks[-1], Heading)
    assert blocks[-1].new_page


def test_tables_and_signatures_have_cells() -> None:
    text = ": C\n| A | B |\n|:---|-:|\n| {x} | {{y | z}} |\n\n^ Voor | een | twee"
    table, signature = filled(text, {"x": "a|b"})
    assert isinstance(table, Table)
    assert [column.width for column in table.columns] == [3, 1]
    assert [column.right for column in table.columns] == [False, True]
    assert plain(table.rows[0][0]) == "a|b"
    assert isinstance(signature, Signature)
    assert len(signature.lines) == 2


@pytest.mark.parametrize(
    "text",
    [
        "[if a]\nx",
        "[for a in b]\nx\n[else]\ny\n[end]",
        "x\n[end]",
        "[else]",
        "[iff a]",
        "[if a or b]\nx\n[end]",
        "Een {naam",
        "Een {Naam}",
        "Een {{label}}",
        "Een {{ | hint}}",
        "Een *ster",
        "Twee  spaties",
        "| a | b",
        "|",
        "# ",
    ],
)
def test_a_template_with_a_fault_does_not_parse(text: str) -> None:
    with pytest.raises(TemplateError, match=r"line \d"):
        parse(text)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("{a}", {}),
        ("{a}", {"a": ""}),
        ("{a}", {"a": 3}),
        ("{a?}", {"a": True}),
        ("{a.b}", {"a": "x"}),
        ("[if a]\nx\n[end]", {}),
        ("{{a ?? b | c}}", {}),
        ("| a |\n|--|\n| b |", {}),
        (": c\n| a |\n| b |", {}),
        (": c\n| a |\n|--|\n| b | c |", {}),
        (": c\n|--|\n| a |", {}),
    ],
)
def test_a_template_without_its_values_is_not_filled(text: str, values: Values) -> None:
    with pytest.raises(TemplateError):
        filled(text, values)


def test_the_names_asked_for_are_known_without_filling() -> None:
    text = (
        "{a} {{b ?? c {d} | e}} *{f}*\n[for x in many]\n[if x.g]\n{x.h}\n[end]\n[end]"
    )
    assert names(parse(text)) == {"a", "b", "d", "f", "many", "many.g", "many.h"}


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_the_prose_parses_and_uses_typographic_marks(language: str) -> None:
    from importlib import resources

    assert prose("convention", language)
    home = resources.files("jointbuy.documents") / "templates"
    text = (home / f"convention.{language}.md").read_text(encoding="utf-8")
    assert "'" not in text
    assert "\u00a0" not in text


def test_french_spaces_do_not_break_and_none_is_added() -> None:
    assert typographic("l'an ; a: b « c » !", "fr") == (
        "l’an\u00a0; a: b «\u00a0c\u00a0»\u00a0!"
    )
    assert typographic("o'n@x.be http://x.be/d'a", "fr") == "o'n@x.be http://x.be/d'a"
    assert typographic("a : b, art. 48, nr. 3", "nl") == (
        "a : b, art.\u00a048, nr.\u00a03"
    )


def test_cleaning_leaves_one_line_without_control_characters() -> None:
    assert clean(" a\x00\x1b[0m\tb\r\n\nc\u202e\ud800\ufeff ") == "a[0m b c"
    assert clean("a\x0bb\x0cc") == "a b c"
    assert clean("é\u00a0€") == "é\u00a0€"
