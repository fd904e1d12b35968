"""A paper before it has a format: blocks of runs, and the fields left to complete."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

NBSP = "\u00a0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Words as they are."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Emphasis:
    """Words that stand out."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """Something a person has to fill in (champ à compléter, in te vullen veld).

    `text` is what stands on the paper, brackets included; `hint` explains what is
    expected and on what it rests.
    """

    label: str
    hint: str
    text: str


Run = Text | Emphasis | Field
Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """The one title of the paper, its draft mark included."""

    runs: Runs


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """The heading of a part, on a page of its own if need be."""

    runs: Runs
    new_page: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyBlock:
    """One party: its name, seat, number and who represents it."""

    runs: Runs


@dataclass(frozen=True, slots=True, kw_only=True)
class Recital:
    """One ground of the act (vu, considérant; gelet op, overwegende)."""

    runs: Runs


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """The heading of an article; the format writes its number."""

    number: int
    runs: Runs


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One numbered paragraph of an article: 3.2 is (3, 2)."""

    number: tuple[int, int]
    runs: Runs


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph without number."""

    runs: Runs


@dataclass(frozen=True, slots=True, kw_only=True)
class ListBlock:
    """A list without numbers."""

    items: tuple[Runs, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A heading, its share of the width, and whether it holds numbers."""

    heading: Runs
    width: int
    right: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with one header row; every row has as many cells as columns."""

    caption: Runs
    columns: tuple[Column, ...]
    rows: tuple[tuple[Runs, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Where one party signs: for whom, then a line per person."""

    party: Runs
    lines: tuple[Runs, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A remark to those who finish the draft, not part of the act."""

    runs: Runs


Block = (
    Title
    | Heading
    | PartyBlock
    | Recital
    | Article
    | Clause
    | Paragraph
    | ListBlock
    | Table
    | Signature
    | Note
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """What a format writes around the text, in the language of the document.

    `notice` stands on every page; `box` counts the fields on the first one; `page`
    has the gaps `{page}` and `{pages}`; `styles` names our styles by their ids.
    """

    article: str
    notice: str
    box: str
    page: str
    to_complete: str
    styles: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A draft: what it is, in which language, of which day, and its blocks.

    `name` proposes a file name, without extension.
    """

    kind: str
    name: str
    title: str
    language: str
    reference: str
    day: date
    draft: str
    marks: Marks
    blocks: tuple[Block, ...]


def all_runs(blocks: tuple[Block, ...]) -> Iterator[Run]:
    """Every run of the blocks, in reading order."""
    for block in blocks:
        match block:
            case ListBlock(items=items):
                for item in items:
                    yield from item
            case Table():
                yield from block.caption
                for column in block.columns:
                    yield from column.heading
                for row in block.rows:
                    for cell in row:
                        yield from cell
            case Signature():
                yield from block.party
                for line in block.lines:
                    yield from line
            case _:
                yield from block.runs


def fields(document: Document) -> tuple[Field, ...]:
    """Every field still to complete, in reading order."""
    return tuple(r for r in all_runs(document.blocks) if isinstance(r, Field))


def plain(runs: Runs) -> str:
    """The words of the runs, without their marks."""
    return "".join(run.text for run in runs)


_FORBIDDEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff"
    "\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufff9-\ufffb]"
)
"""What XML cannot hold, what terminals obey, and what turns the reading direction."""


def clean(text: str) -> str:
    """The text on one line, without control characters or doubled spaces."""
    bare = _FORBIDDEN.sub("", text)
    return re.sub(r"[ \t\r\n\x0b\x0c\x85\u2028\u2029]+", " ", bare).strip(" ")


def clean_run(text: str) -> str:
    """The text of a run, clean; a space at either end parts it from its neighbour."""
    left = " " if text[:1] == " " else ""
    right = " " if text[-1:] == " " and text.strip(" ") else ""
    return f"{left}{clean(text)}{right}"


def typographic(text: str, language: str) -> str:
    """Apostrophes, and the spaces that may not break.

    A space already there after art., n°, nr. or § and, in French, before ; : ! ? » or
    after « becomes one that does not break; none is ever added, so that addresses and
    codes stay what they are.
    """
    curled = re.sub(r"\S+", _curled, text)
    curled = re.sub(r"(?<=\b[Aa]rt\.) (?=\w)|(?<=\bn°) (?=\w)", NBSP, curled)
    curled = re.sub(r"(?<=\b[Nn]r\.) (?=\w)|(?<=§) (?=\w)", NBSP, curled)
    if language != "fr":
        return curled
    curled = re.sub(r" (?=[;:!?»])", NBSP, curled)
    return re.sub(r"(?<=«) ", NBSP, curled)


def _curled(word: re.Match[str]) -> str:
    """The word with its apostrophes; addresses keep theirs."""
    if "@" in word[0] or "://" in word[0]:
        return word[0]
    return re.sub(r"(?<=\w)'(?=\w)", "’", word[0])
