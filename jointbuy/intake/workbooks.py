"""Sheets of XLSX, XLS and ODS workbooks as plain cells; what is unsafe is refused."""

from __future__ import annotations

import html
import io
import json
import re
import subprocess
import sys
import zipfile
import zlib
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from jointbuy.errors import Message, Refused, say
from jointbuy.intake import apart
from jointbuy.intake.amounts import exact
from jointbuy.intake.delimited import not_a_spreadsheet

if TYPE_CHECKING:
    from jointbuy.intake.row import Cell

MOST_ROWS = 20_000
MOST_COLUMNS = 512
MOST_UNPACKED = 64 * 1024 * 1024
"""Bytes that the members of a workbook may take together."""
MOST_RATIO = 200
MOST_MEMBERS = 2_000
LONGEST = 60
"""Seconds that the reading of a workbook may take."""
SMALL = 4 * 1024 * 1024
"""Unpacked bytes below which the ratio does not matter."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet; row 1 is the first, whatever is empty."""

    name: str
    rows: list[list[Cell]] = field(default_factory=list)
    hidden: bool = False
    merged: tuple[tuple[tuple[int, int], tuple[int, int]], ...] = ()
    uncalculated: tuple[str, ...] = ()


def is_workbook(content: bytes) -> bool:
    """Whether the bytes begin as a workbook does."""
    return content.startswith((b"PK\x03\x04", b"PK\x05\x06", _OLE))


def read_sheets(content: bytes, name: str) -> tuple[Sheet, ...]:
    """Every worksheet, in the order of the workbook.

    Raises:
        Refused: damaged, protected by a password, too large, or no workbook at all.
    """
    parts: dict[str, bytes] = {}
    if content.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise Refused(_protected(name))
    else:
        parts = _unpack(content, name)
        _refuse_other_kinds(parts, name)
        _refuse_vast(parts, name)
    return _load(content, parts, name)


def _protected(name: str) -> Message:
    return say(
        "{file} is protected by a password: remove the password in the spreadsheet "
        "program and import it again.",
        file=name,
    )


def _damaged(name: str) -> Message:
    return say(
        "{file} is damaged and cannot be read: open it in the spreadsheet program, "
        "save it again as XLSX and import that file.",
        file=name,
    )


def _too_large(name: str) -> Message:
    return say(
        "{file} is too large: at most {rows} rows and {columns} columns can be "
        "imported at once. Split it, or delete what is empty around the table.",
        file=name,
        rows=MOST_ROWS,
        columns=MOST_COLUMNS,
    )


def _unpack(content: bytes, name: str) -> dict[str, bytes]:
    """The members that are XML; what they really take is counted while unpacking."""
    parts: dict[str, bytes] = {}
    total = 0
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            if len(members) > MOST_MEMBERS:
                raise Refused(_too_large(name))
            for member in members:
                if member.flag_bits & 1:
                    raise Refused(_protected(name))
                member.file_size = MOST_UNPACKED + 1  # what is declared may be a lie
                chunks: list[bytes] = []
                with archive.open(member) as stream:
                    while chunk := stream.read(1 << 20):
                        total += len(chunk)
                        if total > MOST_UNPACKED or (
                            total > SMALL and total > MOST_RATIO * len(content)
                        ):
                            raise Refused(_too_large(name))
                        chunks.append(chunk)
                if member.filename.lower().endswith((".xml", ".rels", "mimetype")):
                    parts[member.filename] = b"".join(chunks)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError):
        raise Refused(_damaged(name)) from None
    except (ValueError, IndexError, KeyError, RuntimeError) as error:
        if isinstance(error, Refused):
            raise
        raise Refused(_damaged(name)) from None
    return parts


def _refuse_other_kinds(parts: dict[str, bytes], name: str) -> None:
    if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
        raise Refused(_protected(name))
    lower = {part.lower() for part in parts}
    if "xl/workbook.xml" in lower:
        return
    kind = parts.get("mimetype", b"").strip()
    if "content.xml" in lower and b"spreadsheet" in (kind or b"spreadsheet"):
        return
    raise Refused(not_a_spreadsheet(name))


_CELL = re.compile(
    rb"""<(?:\w+:)?c\s[^>]*?\br\s*=\s*["']([A-Za-z]{1,7})([0-9]{1,10})["'][^>]*?(/?)>"""
)
_ROW = re.compile(rb"""<(?:\w+:)?row\s[^>]*?\br\s*=\s*["']([0-9]{1,10})["']""")
_UNPLACED = re.compile(rb"<(?:\w+:)?c(?:>|\s(?![^>]*\br\s*=)[^>]*>)")
_ODS = re.compile(rb"<(/?)table:(table|table-row|table-cell|covered-table-cell)\b"
                  rb"([^>]*)>")  # fmt: skip
_REPEATED = re.compile(rb"""number-(?:rows|columns)-repeated\s*=\s*["']([0-9]+)["']""")


def _refuse_vast(parts: dict[str, bytes], name: str) -> None:
    """Refuse what would take a table of thousands of columns by a million rows.

    A single cell at the far end suffices for that. Empty cells do not count: office
    programs write formats down to the last row.
    """
    for part, content in parts.items():
        lower = part.lower()
        if lower.startswith("xl/worksheets/"):
            rows, columns = _extent_xlsx(content)
        elif lower == "content.xml":
            rows, columns = _extent_ods(content)
        else:
            continue
        if rows > MOST_ROWS or columns > MOST_COLUMNS:
            raise Refused(_too_large(name))


def _extent_xlsx(content: bytes) -> tuple[int, int]:
    rows, names = 0, set()
    for found in _CELL.finditer(content):
        if not found[3]:
            rows = max(rows, int(found[2]))
            names.add(found[1].upper())
    if _UNPLACED.search(content):
        rows = max([rows, *(int(found[1]) for found in _ROW.finditer(content))])
    return rows, max((_column(letters) for letters in names), default=0)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _extent_ods(content: bytes) -> tuple[int, int]:
    most_rows = most_columns = row = column = repeated = 0
    filled = False
    for found in _ODS.finditer(content):
        closing, kind, rest = found[1], found[2], found[3]
        count_text = _REPEATED.search(rest)
        count = int(count_text[1]) if count_text else 1
        if kind == b"table":
            row = 0
        elif kind == b"table-row":
            if closing or rest.endswith(b"/"):
                row += repeated if closing else count
                if filled:
                    most_rows = max(most_rows, row)
            else:
                repeated = count
            column, filled = 0, False
        elif not closing:
            column += count
            if not rest.endswith(b"/") or b"office:value" in rest:
                filled = True
                most_columns = max(most_columns, column)
    return most_rows, most_columns


def _load(content: bytes, parts: dict[str, bytes], name: str) -> tuple[Sheet, ...]:
    answer = _read_apart(content)
    match answer.get("refused"):
        case "password":
            raise Refused(_protected(name))
        case "large":
            raise Refused(_too_large(name))
        case "damaged":
            raise Refused(_damaged(name))
    return tuple(
        Sheet(
            name=sheet["name"],
            rows=[[_cell(cell) for cell in row] for row in sheet["rows"]],
            hidden=sheet["hidden"],
            merged=tuple((tuple(start), tuple(end)) for start, end in sheet["merged"]),
            uncalculated=_uncalculated(parts, sheet["name"]),
        )
        for sheet in answer["sheets"]
    )


def _read_apart(content: bytes) -> dict[str, Any]:
    """What `apart` answers from its own process, which a bad file may end."""
    command = [
        sys.executable, "-I", apart.__file__, str(MOST_ROWS), str(MOST_COLUMNS),
        *filter(None, sys.path),
    ]  # fmt: skip
    try:
        done = subprocess.run(  # noqa: S603  # our own file and our own interpreter
            command, input=content, capture_output=True, timeout=LONGEST, check=True
        )
        answer: dict[str, Any] = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError):
        return {"refused": "damaged"}
    return answer


def _cell(cell: Any) -> Cell:  # noqa: ANN401
    """A cell as `apart` writes it: whole numbers without .0, days as days."""
    if isinstance(cell, str | bool):
        return cell
    if isinstance(cell, list):
        return date.fromisoformat(cell[0])
    number = exact(cell)
    return str(cell) if number is None else number


_FORMULA = re.compile(
    rb"<(?:\w+:)?c\s([^>]*)>\s*<(?:\w+:)?f\b[^>]*?(?:/>|>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>|</(?:\w+:)?c>)"
)


def _uncalculated(parts: dict[str, bytes], sheet: str) -> tuple[str, ...]:
    """Cells of an XLSX sheet whose formula has no stored result, such as B2."""
    content = parts.get(_part_of(parts, sheet), b"")
    found: list[str] = []
    for match in _FORMULA.finditer(content):
        reference = re.search(rb"""\br\s*=\s*["']([A-Z]+[0-9]+)["']""", match[1])
        if reference and b't="str"' not in match[1]:
            found.append(reference[1].decode("ascii"))
    return tuple(found)


def _part_of(parts: dict[str, bytes], sheet: str) -> str:
    """The member that holds the sheet of that name."""
    book = parts.get("xl/workbook.xml", b"").decode("utf-8", errors="replace")
    links = parts.get("xl/_rels/workbook.xml.rels", b"").decode(errors="replace")
    for found in re.finditer(r"<(?:\w+:)?sheet\s([^>]*)>", book):
        name = re.search(r'\bname="([^"]*)"', found[1])
        key = re.search(r'\br:id="([^"]*)"', found[1])
        if not name or not key or html.unescape(name[1]) != sheet:
            continue
        for link in re.finditer(r"<Relationship\s([^>]*)>", links):
            target = re.search(r'\bTarget="([^"]*)"', link[1])
            if target and f'Id="{key[1]}"' in link[1]:
                path = target[1].lstrip("/")
                return path if path.startswith("xl/") else f"xl/{path}"
    return ""
