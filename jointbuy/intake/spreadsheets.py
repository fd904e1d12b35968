"""Rows out of a spreadsheet, whoever made it: CSV, XLSX, XLSM, XLS or ODS."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from jointbuy.errors import Message, Problem, Refused, say
from jointbuy.intake.delimited import decode, not_a_spreadsheet, read_cells
from jointbuy.intake.headings import recognise
from jointbuy.intake.row import shown
from jointbuy.intake.tables import Head, Table, find_head, read_grid, unmarked
from jointbuy.intake.text import clean, fold
from jointbuy.intake.workbooks import MOST_COLUMNS, MOST_ROWS, is_workbook, read_sheets

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from jointbuy.intake.headings import Records
    from jointbuy.intake.workbooks import Sheet

__all__ = ["Table", "read_content", "read_table"]

MOST_BYTES = 20 * 1024 * 1024
META = "_meta"
"""The sheet by which our own files are known; hidden until somebody shows it."""


def read_table(path: Path, sheet: str = "", *, of: Records = "needs") -> Table:
    """The rows in a file, and how they were understood: needs, if not said otherwise.

    A workbook with several sheets gives the one with headings we know, or `sheet`.

    Raises:
        Refused: the file is missing, unreadable, protected, too large or no table.
    """
    name = clean(path.name)[0]
    content = read_content(path, name)
    if is_workbook(content):
        return _from_workbook(content, name, sheet, of)
    if content.startswith((b"%PDF", b"{\\rtf", b"\x89PNG", b"GIF8", b"\xff\xd8\xff")):
        raise Refused(not_a_spreadsheet(name))
    return _from_text(content, name, of)


def read_content(path: Path, name: str) -> bytes:
    """What is in a file somebody chose, called by that name in a refusal.

    Raises:
        Refused: the file is missing, unreadable, too large or empty.
    """
    if path.name.startswith("~$"):
        raise Refused(
            say(
                "{file} is only the lock of a file that is open: choose the file "
                "itself.",
                file=name,
            )
        )
    try:
        if path.is_dir():
            raise Refused(say("{file} is a folder: choose a file in it.", file=name))
        if path.stat().st_size > MOST_BYTES:
            raise Refused(
                say(
                    "{file} is larger than {most} MB: split it and import the parts.",
                    file=name,
                    most=MOST_BYTES // (1024 * 1024),
                )
            )
        if not path.is_file():
            raise Refused(not_a_spreadsheet(name))
        content = path.read_bytes()
    except FileNotFoundError:
        raise Refused(
            say("{file} does not exist: check the name and the folder.", file=name)
        ) from None
    except PermissionError:
        raise Refused(
            say(
                "{file} may not be read: close it in the spreadsheet program, or ask "
                "for access to it.",
                file=name,
            )
        ) from None
    except (OSError, ValueError) as error:
        if isinstance(error, Refused):
            raise
        raise Refused(
            say("{file} cannot be read: check the name and the folder.", file=name)
        ) from None
    if not content.strip():
        raise Refused(say("{file} is empty.", file=name))
    return content


def _from_text(content: bytes, name: str, of: Records) -> Table:
    text = decode(content, name)
    if "<html" in text.text[:2000].casefold() or text.text.lstrip().startswith("<?xml"):
        raise Refused(
            say(
                "{file} is a web page under the name of a spreadsheet: open it in the "
                "spreadsheet program, save it as XLSX and import that file.",
                file=name,
            )
        )
    cells = read_cells(text.text, name, of)
    if len(cells) > MOST_ROWS or max((len(row) for row in cells), default=0) > (
        MOST_COLUMNS
    ):
        raise Refused(
            say(
                "{file} has more than {rows} rows or {columns} columns: split it and "
                "import the parts.",
                file=name,
                rows=MOST_ROWS,
                columns=MOST_COLUMNS,
            )
        )
    ours = bool(cells and cells[0]) and _is_ours(cells[0][0])
    if ours:
        cells = [[unmarked(cell) for cell in row] for row in cells]
    head = find_head(cells, of=of)
    if head is None:
        raise Refused(_no_headings(name, of))
    table = read_grid(cells, head, origin=name, exported=ours)
    remarks = [_of_file(name, remark) for remark in text.remarks]
    return dataclasses.replace(table, problems=(*remarks, *table.problems))


def _is_ours(first: str) -> bool:
    """Whether a CSV begins with the heading that only our own files begin with."""
    heading = recognise(first)
    return heading is not None and heading.field == "id" and "jointbuy" in fold(first)


def _no_headings(name: str, of: Records) -> Message:
    if of == "administrations":
        return say(
            "No headings were found in {file}: one row near the top must name the "
            "columns, among them the name (Nom; Naam; Name).",
            file=name,
        )
    if of == "sessions":
        return say(
            "No headings were found in {file}: one row near the top must name the "
            "columns, among them the day (Date; Datum; Sitzungstag).",
            file=name,
        )
    if of == "contracts":
        return say(
            "No headings were found in {file}: one row near the top must name the "
            "columns, among them the object and the supplier or the end (Objet, "
            "Fournisseur, Fin; Voorwerp, Leverancier, Einde; Gegenstand, "
            "Auftragnehmer, Ende).",
            file=name,
        )
    return say(
        "No headings were found in {file}: one row near the top must name the columns, "
        "among them the subject and the nature (Objet, Nature; Voorwerp, Aard; "
        "Gegenstand, Art).",
        file=name,
    )


def _of_file(name: str, message: Message) -> Problem:
    return Problem(value=name, message=message, blocking=False)


def _from_workbook(content: bytes, name: str, wanted: str, of: Records) -> Table:
    sheets = read_sheets(content, name)
    meta: dict[str, str] = {}
    for one in sheets:
        if one.name == META and "jointbuy" in (own := _meta(one)):
            meta = own
            sheets = tuple(each for each in sheets if each is not one)
            break
    sheet, head = _chosen(sheets, name, wanted, of)
    origin = name if len(sheets) == 1 or meta else f"{name}, {clean(sheet.name)[0]}"
    table = read_grid(
        sheet.rows,
        head,
        origin=origin,
        merged=sheet.merged,
        exported=meta.get("jointbuy") == of,
        defaults=meta,
    )
    remarks: list[Problem] = []
    if sheet.uncalculated:
        shown_cells = ", ".join(sheet.uncalculated[:10])
        remarks.append(
            _of_file(
                name,
                say(
                    "Formulas without a stored result were read as empty ({cells}): "
                    "open the file in the spreadsheet program, save it and import it "
                    "again.",
                    cells=shown_cells,
                ),
            )
        )
    return dataclasses.replace(
        table, sheet=sheet.name, problems=(*remarks, *table.problems)
    )


def _meta(sheet: Sheet) -> dict[str, str]:
    """What the hidden sheet of our own files says: a key and a value in each row."""
    return {
        shown(row[0]): shown(row[1])
        for row in sheet.rows
        if len(row) > 1 and row[0] != ""
    }


def _chosen(
    sheets: Sequence[Sheet], name: str, wanted: str, of: Records
) -> tuple[Sheet, Head]:
    visible = [one for one in sheets if not one.hidden]
    names = ", ".join(f"“{clean(one.name)[0]}”" for one in visible)
    if wanted:
        named = [one for one in sheets if one.name == wanted] or [
            one for one in sheets if fold(one.name) == fold(wanted)
        ]
        if not named:
            raise Refused(
                say(
                    "{file} has no sheet “{sheet}”; it has {names}.",
                    file=name,
                    sheet=wanted,
                    names=names,
                )
            )
        head = find_head(named[0].rows, named[0].merged, of=of)
        if head is None:
            raise Refused(_no_headings(name, of))
        return named[0], head
    headed = [
        (one, head)
        for one in visible
        if (head := find_head(one.rows, one.merged, of=of)) is not None
    ]
    if not headed:
        raise Refused(_no_headings(name, of))
    if len(headed) > 1:
        several = ", ".join(f"“{clean(one.name)[0]}”" for one, _ in headed)
        if of == "sessions":
            raise Refused(
                say(
                    "{file} has sessions on several sheets ({names}): say which one "
                    "to import, or save that one as a file of its own.",
                    file=name,
                    names=several,
                )
            )
        if of == "contracts":
            raise Refused(
                say(
                    "{file} has contracts on several sheets ({names}): say which one "
                    "to import, or save that one as a file of its own.",
                    file=name,
                    names=several,
                )
            )
        raise Refused(
            say(
                "{file} has needs on several sheets ({names}): say which one to "
                "import, or save that one as a file of its own.",
                file=name,
                names=several,
            )
        )
    return headed[0]
