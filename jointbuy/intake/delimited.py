"""Comma-separated files as offices make them: any usual separator and encoding."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jointbuy.errors import Message, Refused, say
from jointbuy.intake.headings import recognise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jointbuy.intake.headings import Records

SEPARATORS = ";,\t|"
TRIED = 30
"""Rows on which a separator is tried."""
FIELD_LIMIT = 1 << 20

_DAMAGED = re.compile("Ã[\u0080-\u00bf]|â‚¬|â€[™œ“]|Â[\u00a0°«»]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A text file decoded, with what should be said of its characters."""

    text: str
    remarks: tuple[Message, ...] = ()


def decode(content: bytes, name: str) -> Text:
    """The text: by its mark, else strict UTF-8, else Windows-1252.

    Raises:
        Refused: the content is not text.
    """
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if content.startswith(mark):
            try:
                return _checked(content.decode(encoding))
            except UnicodeDecodeError:
                break
    if b"\x00" in content:
        raise Refused(not_a_spreadsheet(name))
    try:
        return _checked(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        pass
    try:
        return _checked(content.decode("cp1252"))
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
        remark = say(
            "Some characters of the file could not be read: save it as “CSV UTF-8” and "
            "import it again if names are damaged."
        )
        return Text(text=text, remarks=(remark,))


def _checked(text: str) -> Text:
    if not _DAMAGED.search(text):
        return Text(text=text)
    remark = say(
        "Accented letters seem damaged (é has become Ã©): save the original again as "
        "“CSV UTF-8” and import that file."
    )
    return Text(text=text, remarks=(remark,))


def not_a_spreadsheet(name: str) -> Message:
    """What is said of a file that holds something else."""
    return say(
        "{file} is not a spreadsheet: choose a file of type XLSX, XLS, ODS or CSV.",
        file=name,
    )


def read_cells(text: str, name: str, of: Records = "needs") -> list[list[str]]:
    """The cells, row by row; a first line `sep=;` is obeyed and not counted.

    The separator is the one under which most headings of such rows are known.

    Raises:
        Refused: a quotation mark is never closed, or a cell has no end.
    """
    named = re.match(r"\ufeff?\"?sep=(.)\"?[ \t;,]*\r?\n", text, re.IGNORECASE)
    if named:
        return _rows(text[named.end() :], named[1], name)
    best, best_score = ";", (-1, -1)
    for separator in SEPARATORS:
        try:
            head = _rows(text, separator, name, most=TRIED)
        except Refused:
            continue
        score = (_known_headings(head, of), max((len(row) for row in head), default=0))
        if score > best_score:
            best_score, best = score, separator
    return _rows(text, best, name)


def _known_headings(rows: Sequence[Sequence[str]], of: Records) -> int:
    return max(
        (
            sum(recognise(cell.strip()[:100], of) is not None for cell in row)
            for row in rows
        ),
        default=0,
    )


def _rows(text: str, separator: str, name: str, *, most: int = 0) -> list[list[str]]:
    """The rows, or the first `most` of them."""
    before = csv.field_size_limit(FIELD_LIMIT)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        if most:
            return [row for row, _ in zip(reader, range(most), strict=False)]
        rows = list(reader)
        _refuse_open_quote(text, separator, name)
    except csv.Error:
        raise Refused(
            say(
                "{file} cannot be read as a table: a cell has no end. Check its "
                "quotation marks, or save it as XLSX.",
                file=name,
            )
        ) from None
    finally:
        csv.field_size_limit(before)
    return rows


def _refuse_open_quote(text: str, separator: str, name: str) -> None:
    """A quotation mark that is never closed swallows every row below it."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    start = 1
    try:
        for _ in reader:
            start = reader.line_num + 1
    except csv.Error as error:
        if "unexpected end" not in str(error):
            return
        raise Refused(
            say(
                "{file} has a quotation mark that is never closed, from line {line} "
                "on: correct it and import the file again.",
                file=name,
                line=str(start),
            )
        ) from None
