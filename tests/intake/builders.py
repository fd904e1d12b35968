"""Makes small spreadsheets for the tests: CSV, XLSX and ODS with the same cells."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import xlsxwriter

Cells = Sequence[Sequence[Any]]


def csv_bytes(
    cells: Cells, separator: str = ";", encoding: str = "utf-8", head: str = ""
) -> bytes:
    def written(cell: Any) -> str:
        text = f"{cell:%d/%m/%Y}" if isinstance(cell, date) else str(cell)
        if isinstance(cell, float | Decimal):
            text = text.replace(".", ",")
        if any(sign in text for sign in (separator, '"', "\n")):
            return '"' + text.replace('"', '""') + '"'
        return text

    lines = [separator.join(written(cell) for cell in row) for row in cells]
    return (head + "\r\n".join(lines) + "\r\n").encode(encoding)


def xlsx_bytes(
    cells: Cells,
    *,
    sheet: str = "Feuil1",
    others: dict[str, Cells] | None = None,
    hidden: Iterable[str] = (),
    merged: Iterable[tuple[int, int, int, int, str]] = (),
    formulas: dict[tuple[int, int], tuple[str, Any]] | None = None,
) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for name, content in {sheet: cells, **(others or {})}.items():
        page = book.add_worksheet(name)
        if name in hidden:
            page.hide()
        for row, line in enumerate(content):
            for column, cell in enumerate(line):
                if cell == "":
                    continue
                if isinstance(cell, bool):
                    page.write_boolean(row, column, cell)
                elif isinstance(cell, date):
                    page.write_datetime(row, column, cell, day)
                elif isinstance(cell, int | float | Decimal):
                    page.write_number(row, column, cell)
                else:
                    page.write_string(row, column, str(cell))
        if name == sheet:
            for merge in merged:
                page.merge_range(*merge)
            for (row, column), (formula, value) in (formulas or {}).items():
                page.write_formula(row, column, formula, None, value)
    book.close()
    return buffer.getvalue()


def ods_bytes(cells: Cells, sheet: str = "Feuil1", raw: str = "") -> bytes:
    """An ODS of three members; `raw` is put in place of the rows."""

    def written(cell: Any) -> str:
        if cell == "":
            return "<table:table-cell/>"
        if isinstance(cell, bool):
            kind, text = f'"boolean" office:boolean-value="{str(cell).lower()}"', ""
        elif isinstance(cell, date):
            kind, text = f'"date" office:date-value="{cell.isoformat()}"', ""
        elif isinstance(cell, int | float | Decimal):
            kind, text = f'"float" office:value="{cell}"', ""
        else:
            kind, text = '"string"', str(cell)
        lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in text.split("\n"))
        return f"<table:table-cell office:value-type={kind}>{lines}</table:table-cell>"

    rows = raw or "".join(
        f"<table:table-row>{''.join(written(cell) for cell in row)}</table:table-row>"
        for row in cells
    )
    names = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{names}>'
        f'<office:body><office:spreadsheet><table:table table:name="{sheet}">{rows}'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    return zipped(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content.encode(),
            "META-INF/manifest.xml": b"<manifest/>",
        }
    )


def zipped(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            kind = zipfile.ZIP_STORED if name == "mimetype" else None
            archive.writestr(name, content, kind)
    return buffer.getvalue()


def put(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def xls_bytes(cells: Cells, sheet: str = "Feuil1") -> bytes:
    """An old workbook: BIFF8 records in one stream of a compound file; days as text."""

    def record(kind: int, content: bytes) -> bytes:
        return struct.pack("<HH", kind, len(content)) + content

    def text(value: str, size: str) -> bytes:
        return struct.pack(f"<{size}B", len(value), 1) + value.encode("utf-16-le")

    def written(row: int, column: int, cell: Any) -> bytes:
        place = struct.pack("<HHH", row, column, 0)
        if isinstance(cell, int | float | Decimal):
            return record(0x0203, place + struct.pack("<d", float(cell)))
        shown = f"{cell:%d/%m/%Y}" if isinstance(cell, date) else str(cell)
        return record(0x0204, place + text(shown, "H"))

    start = struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0)
    opening = record(0x0809, start)
    name = text(sheet, "B")
    place = len(opening) + 4 + 6 + len(name) + 4
    stream = opening + record(0x0085, struct.pack("<IBB", place, 0, 0) + name)
    stream += record(0x000A, b"")
    stream += record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
    stream += b"".join(
        written(row, column, cell)
        for row, line in enumerate(cells)
        for column, cell in enumerate(line)
        if cell != ""
    )
    return _compound(stream + record(0x000A, b""))


def _compound(stream: bytes) -> bytes:
    """A compound file that holds one stream, the workbook."""
    end, free = 0xFFFFFFFE, 0xFFFFFFFF
    stream = stream.ljust(-(-max(len(stream), 4096) // 512) * 512, b"\0")
    sectors = len(stream) // 512
    chain = [0xFFFFFFFD, end, *range(3, sectors + 2), end]
    table = struct.pack("<128I", *chain, *[free] * (128 - len(chain)))

    def entry(name: str, kind: int, child: int, first: int, size: int) -> bytes:
        letters = name.encode("utf-16-le")
        return (
            letters.ljust(64, b"\0")
            + struct.pack("<HBB3I", len(letters) + 2, kind, 1, free, free, child)
            + bytes(36)
            + struct.pack("<IQ", first, size)
        )

    folder = entry("Root Entry", 5, 1, end, 0)
    folder += entry("Workbook", 2, free, 2, len(stream))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096,
                        end, 0, end, 0)  # fmt: skip
    head += struct.pack("<109I", 0, *[free] * 108)
    return head + table + folder.ljust(512, b"\0") + stream
