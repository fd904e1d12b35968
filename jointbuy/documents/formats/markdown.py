"""A document as Markdown: for reading on screen, comparing and pasting."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

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
    clean_run,
    fields,
)

if TYPE_CHECKING:
    from collections.abc import Iterator


def write(document: Document) -> bytes:
    """The document in UTF-8; every text of a user is escaped, never markup."""
    return ("\n\n".join(_parts(document)) + "\n").encode()


def _parts(document: Document) -> Iterator[str]:
    head = f"{document.marks.notice} – {document.reference}"
    yield f"*{escaped(head)}*"
    boxed = False
    for block in document.blocks:
        yield _block(document, block)
        if isinstance(block, Title) and not boxed:
            boxed = True
            yield f"> **{escaped(document.marks.box)}**"
    if left := fields(document):
        yield f"## {escaped(document.marks.to_complete)}"
        yield "\n".join(
            f"{number}. {escaped(field.label)} – {escaped(field.hint)}"
            for number, field in enumerate(left, start=1)
        )


def _block(document: Document, block: Block) -> str:
    match block:
        case Title():
            return f"# {_line(block.runs)}"
        case Heading():
            return f"## {_line(block.runs)}"
        case Article():
            word = document.marks.article
            return f"### {word} {block.number} – {_line(block.runs)}"
        case Clause():
            major, minor = block.number
            return f"{major}.{minor} {_line(block.runs)}"
        case PartyBlock() | Recital() | Paragraph():
            return _line(block.runs, start=True)
        case Note():
            return f"> {_line(block.runs, start=True)}"
        case ListBlock():
            return "\n".join(f"- {_line(item, start=True)}" for item in block.items)
        case Signature():
            lines = (block.party, *block.lines)
            return "\\\n".join(_line(line, start=True) for line in lines)
        case Table():
            return _table(block)


def _table(table: Table) -> str:
    headings = [_line(column.heading) for column in table.columns]
    rules = ["---:" if column.right else ":---" for column in table.columns]
    rows = [headings, rules, *([_line(cell) for cell in row] for row in table.rows)]
    grid = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    return f"**{_line(table.caption)}**\n\n{grid}"


def _line(runs: Runs, *, start: bool = False) -> str:
    """The runs on one line; `start` when nothing stands before them on it."""
    pieces = []
    for run in runs:
        text = escaped(run.text)
        strong = isinstance(run, Emphasis | Field)
        pieces.append(f"**{text}**" if strong and text.strip() else text)
    line = "".join(pieces)
    return _START.sub(r"\1\\\2", line, count=1) if start else line


_MARKUP = re.compile(r"([\\`*_\[\]<>|~&#$])")
_ADDRESS = re.compile(r"(?i)\b(https?|ftp|mailto|xmpp|javascript|data):|\b(www)\.")
_START = re.compile(r"^(\s*(?:\d{1,9})?)([-+=.):])(?=\s|$|[-=+])")
"""What would begin a list, a rule or an underline."""


def escaped(text: str) -> str:
    """The text as it is, whatever Markdown would have read into it."""
    bare = _MARKUP.sub(r"\\\1", clean_run(text))
    return _ADDRESS.sub(lambda m: f"{m[1]}\\:" if m[1] else f"{m[2]}\\.", bare)
