"""A list as a sheet: CSV as Belgian spreadsheet programs open it, or a workbook."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

Value = str | int | Decimal | date | None

EXTENSIONS = (".csv", ".xlsx")
WIDEST = 60
"""Characters of a column at most; what is longer is folded."""
LONGEST = 32_767
"""Characters a cell of a workbook holds."""

_WRITTEN = datetime(2000, 1, 1)  # noqa: DTZ001 - a workbook knows no zone
"""The same list gives the same bytes, on any day."""


def to_csv(headings: Sequence[str], rows: Sequence[Sequence[Value]]) -> bytes:
    """With its mark, semicolons and decimal comma; no cell is a formula."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow([_plain(each) for each in headings])
    writer.writerows([_typed(value) for value in row] for row in rows)
    return buffer.getvalue().encode("utf-8-sig")


def _typed(value: Value) -> str:
    match value:
        case None:
            return ""
        case Decimal():
            return f"{value:.2f}".replace(".", ",")
        case date():
            return f"{value:%d/%m/%Y}"
        case int():
            return str(value)
    return _plain(value)


def _plain(text: str) -> str:
    """The text, in quotes where a spreadsheet would take it for a formula."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r", "\n"} else text


def to_xlsx(
    title: str, headings: Sequence[str], rows: Sequence[Sequence[Value]]
) -> bytes:
    """One sheet with a heading that stays, filters, days and amounts as such."""
    import xlsxwriter  # heavy, and only needed to write a workbook

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_numbers": False,
            "strings_to_urls": False,
        },
    )
    book.set_properties({"created": _WRITTEN, "title": title})
    top = {"text_wrap": True, "valign": "top"}
    formats = {
        "head": book.add_format({**top, "bold": True, "bg_color": "#D9E2EC",
                                 "border": 1}),
        "text": book.add_format({**top, "num_format": "@"}),
        "day": book.add_format({**top, "num_format": "dd/mm/yyyy"}),
        "amount": book.add_format({**top, "num_format": '#,##0.00 "€"'}),
    }  # fmt: skip
    page = book.add_worksheet(_sheet_name(title))
    for column, heading in enumerate(headings):
        page.set_column(column, column, _width(column, heading, rows))
        page.write_string(0, column, heading, formats["head"])
        for line, row in enumerate(rows, 1):
            _put(page, line, column, row[column], formats)
    page.freeze_panes(1, 1)
    page.autofilter(0, 0, max(len(rows), 1), len(headings) - 1)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    book.close()
    return buffer.getvalue()


def _put(page: Any, line: int, column: int, value: Value, formats: Any) -> None:  # noqa: ANN401
    match value:
        case None:
            return
        case Decimal():
            page.write_number(line, column, float(value), formats["amount"])
        case date():
            day = datetime(value.year, value.month, value.day)  # noqa: DTZ001
            page.write_datetime(line, column, day, formats["day"])
        case int():
            page.write_number(line, column, value)
        case _:
            page.write_string(line, column, value[:LONGEST], formats["text"])


def _width(column: int, heading: str, rows: Sequence[Sequence[Value]]) -> int:
    longest = max((len(_typed(row[column])) for row in rows), default=0)
    return min(max(longest, len(heading)) + 2, WIDEST)


def _sheet_name(title: str) -> str:
    """A name that workbooks take: at most 31 signs, none of their own."""
    return "".join("-" if sign in "[]:*?/\\'" else sign for sign in title)[:31] or "-"
