"""Needs and contracts into a spreadsheet: forms to fill in, lists to hand out.

What is written here is read back by `spreadsheets` exactly.
"""

from __future__ import annotations

import csv
import io
import os
import tempfile
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jointbuy.errors import Refused, say
from jointbuy.intake.choices import choice_word, choice_words
from jointbuy.intake.headings import example_mark, heading, sheet_name
from jointbuy.intake.tables import marked
from jointbuy.intake.text import clean
from jointbuy.l10n.catalogue import catalogue
from jointbuy.model import NeedStatus
from jointbuy.model.parties import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from jointbuy.errors import Message
    from jointbuy.intake.headings import Records
    from jointbuy.model import Administration, ContactPerson, Contract, Need

Value = str | Decimal | int | date | None

OPEN = (
    "id", "administration", "service", "title", "description", "language", "nature",
    "cpv", "other_cpv", "quantity", "unit", "earliest", "latest", "duration_months",
    "place", "territory", "requirements", "personal_data", "centre_priced",
    "single_supplier",
)  # fmt: skip
"""What a neighbour may always see."""
MONEY = ("estimate", "estimate_method", "budget_article", "budget_year", "budget_kind")
"""What is only shown with the estimates."""
FORM = (
    "administration", "service", "title", "description", "nature", "cpv", "quantity",
    "unit", "estimate", "estimate_method", "earliest", "latest", "duration_months",
    "place", "requirements", "personal_data", "centre_priced", "single_supplier",
    "budget_article", "budget_year", "budget_kind", "note",
)  # fmt: skip
_YES_NO = ("personal_data", "centre_priced", "single_supplier", "joint", "exclusive")
_WIDE = {"title": 42, "description": 60, "requirements": 40, "note": 40,
         "administration": 30, "administration_id": 20, "id": 24}  # fmt: skip
_SUFFIXES = (".xlsx", ".csv")
_FORM_ROWS = 500
_VERSION = "1"
_WRITTEN = datetime(2000, 1, 1)  # noqa: DTZ001  # one constant: the same bytes each time


def write_sheet(
    path: Path,
    *,
    administration: Administration,
    service: str,
    language: str,
    overwrite: bool = False,
) -> None:
    """Write the empty form in which a service lists its needs, as XLSX or CSV.

    Its example row is left out when the form is read back; rows without an
    administration or a service get those of the form.

    Raises:
        Refused: the file exists, cannot be written, or is of another type.
    """
    language = language if language in LANGUAGES else "en"
    name = administration.name(language)
    sheet = _Sheet(
        fields=FORM,
        rows=(_example(name, service, language),),
        language=language,
        meta={
            "jointbuy": "form",
            "version": _VERSION,
            "administration": name,
            "administration_id": administration.id,
            "service": service,
        },
        instructions=_instructions(name, service),
        form=True,
    )
    _write(path, sheet, overwrite=overwrite)


def export_needs(
    path: Path,
    needs: Iterable[Need],
    administrations: Sequence[Administration],
    *,
    language: str,
    estimates: bool = False,
    persons: bool = False,
    contacts: Sequence[ContactPerson] = (),
    overwrite: bool = False,
) -> int:
    """Write the open needs that a neighbour may see, as XLSX or CSV; how many.

    Drafts never leave. Estimates and budget articles only with `estimates`, contact
    persons only with `persons`, remarks only with both, for they may hold either. The
    identifiers are there, so that reading the file back updates.

    Raises:
        Refused: the file exists, cannot be written, or is of another type.
    """
    language = language if language in LANGUAGES else "en"
    fields: tuple[str, ...] = OPEN
    fields += MONEY if estimates else ()
    fields += ("contact",) if persons else ()
    fields += ("note",) if estimates and persons else ()
    fields += ("administration_id",)
    names = {one.id: one.name(language) for one in administrations}
    people = {one.id: one.name for one in contacts}
    rows = tuple(
        {name: _value(need, name, language, names, people) for name in fields}
        for need in needs
        if need.status is NeedStatus.OPEN
    )
    sheet = _Sheet(
        fields=fields,
        rows=rows,
        language=language,
        meta={"jointbuy": "needs", "version": _VERSION},
    )
    _write(path, sheet, overwrite=overwrite)
    return len(rows)


CONTRACTS = (
    "id", "administration", "title", "supplier", "reference", "cpv", "start", "end",
    "notice", "renewals_left", "renewal_months", "yearly_value", "joint", "exclusive",
    "framework", "successor", "need", "note", "administration_id",
)  # fmt: skip
"""The columns of a register of contracts."""


def export_contracts(
    path: Path,
    contracts: Iterable[Contract],
    administrations: Sequence[Administration],
    *,
    language: str,
    overwrite: bool = False,
) -> int:
    """Write contracts as XLSX or CSV; how many. Reading the file back changes nothing.

    Raises:
        Refused: the file exists, cannot be written, or is of another type.
    """
    language = language if language in LANGUAGES else "en"
    names = {one.id: one.name(language) for one in administrations}
    rows = tuple(
        {name: _contract_value(each, name, language, names) for name in CONTRACTS}
        for each in contracts
    )
    sheet = _Sheet(
        fields=CONTRACTS,
        rows=rows,
        language=language,
        meta={"jointbuy": "contracts", "version": _VERSION},
        of="contracts",
    )
    _write(path, sheet, overwrite=overwrite)
    return len(rows)


def _contract_value(
    contract: Contract, name: str, language: str, names: Mapping[str, str]
) -> Value:
    if name == "administration":
        return names.get(contract.administration, contract.administration)
    if name == "administration_id":
        return contract.administration
    value = getattr(contract, name)
    if isinstance(value, bool):
        return choice_word("yes_no", "YES" if value else "NO", language)
    plain: Value = value
    return plain


def _value(
    need: Need,
    name: str,
    language: str,
    names: Mapping[str, str],
    people: Mapping[str, str],
) -> Value:
    match name:
        case "administration":
            return names.get(need.administration, need.administration)
        case "administration_id":
            return need.administration
        case "contact":
            return people.get(need.contact, "")
        case "nature":
            return need.nature and choice_word("nature", need.nature.name, language)
        case "budget_kind":
            kind = need.budget_kind
            return kind and choice_word("budget_kind", kind.name, language)
        case "other_cpv":
            return ", ".join(need.other_cpv)
        case "requirements":
            return "\n".join(need.requirements)
    value = getattr(need, name)
    if isinstance(value, bool):
        return choice_word("yes_no", "YES" if value else "NO", language)
    plain: Value = value
    return plain


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sheet:
    """What is to be written, before it is XLSX or CSV."""

    fields: tuple[str, ...]
    rows: tuple[Mapping[str, Value], ...]
    language: str
    meta: Mapping[str, str]
    instructions: tuple[Message, ...] = ()
    form: bool = False
    of: Records = "needs"


def _example(name: str, service: str, language: str) -> dict[str, Value]:
    words = catalogue(language)
    title = words.say(say("printing paper A4 and A3, recycled"))
    return {
        "administration": name,
        "service": service,
        "title": f"{example_mark(language)} {title}",
        "description": words.say(say("Paper for all printers, delivered per floor.")),
        "nature": choice_word("nature", "SUPPLIES", language),
        "cpv": "30197643",
        "quantity": Decimal(500),
        "unit": words.say(say("reams")),
        "estimate": Decimal("12480.00"),
        "estimate_method": words.say(say("orders of the past year, four years")),
        "earliest": date(2028, 1, 1),
        "latest": date(2028, 6, 30),
        "duration_months": 48,
        "personal_data": choice_word("yes_no", "NO", language),
        "centre_priced": choice_word("yes_no", "NO", language),
        "single_supplier": choice_word("yes_no", "NO", language),
        "budget_year": 2028,
        "budget_kind": choice_word("budget_kind", "ORDINARY", language),
    }


def _instructions(name: str, service: str) -> tuple[Message, ...]:
    whose = (
        say("Needs of {name}, {service}", name=name, service=service)
        if service
        else say("Needs of {name}", name=name)
    )
    return (
        whose,
        say(
            "Write one need in each row. The subject and the nature suffice; whatever "
            "else you know helps to find who could buy with you."
        ),
        say("The row marked as an example is not imported: leave it or delete it."),
        say(
            "Estimate: the total in euro excluding VAT over the whole duration, "
            "options and renewals included."
        ),
        say(
            "Earliest and latest: the period within which the purchase may begin. The "
            "wider it is, the easier it is to buy together."
        ),
        say("Duration: the whole of it in months, renewals included."),
        say("Amounts are written 12.480,00 and days 15/03/2028."),
        say(
            "CPV code: eight digits; leave the cell empty if you do not know it. A "
            "code is suggested when the need is registered."
        ),
        say("Personal data: yes if the supplier will see data about persons."),
        say(
            "Columns that you add are kept as remarks. Do not rename the headings; you "
            "may move or delete columns."
        ),
        say("Send the file back to the contact person of your administration."),
    )


def _write(path: Path, sheet: _Sheet, *, overwrite: bool) -> None:
    suffix = path.suffix.lower()
    if suffix not in _SUFFIXES:
        raise Refused(
            say(
                "“{file}” must end in .xlsx or .csv: choose one of these two.",
                file=clean(path.name)[0],
            )
        )
    content = _xlsx(sheet) if suffix == ".xlsx" else _csv(sheet)
    place(path, content, overwrite=overwrite)


def place(path: Path, content: bytes, *, overwrite: bool = False) -> None:
    """Put a file in its place whole, readable by its owner only.

    Raises:
        Refused: the file exists and `overwrite` is not given, or cannot be written.
    """
    name = clean(path.name)[0]
    taken = say(
        "{file} exists already: choose another name, or ask to replace it.",
        file=name,
    )
    if os.path.isdir(path):  # noqa: PTH112  # Path.is_dir raises for a name too long
        raise Refused(say("{file} is a folder: write a file name.", file=name))
    if not overwrite and os.path.lexists(path):
        raise Refused(taken)
    try:
        # mkstemp makes a new file that only its owner may read.
        handle, temporary = tempfile.mkstemp(prefix=".jointbuy-", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            _move(Path(temporary), path, overwrite=overwrite)
        finally:
            Path(temporary).unlink(missing_ok=True)
    except FileExistsError:
        raise Refused(taken) from None
    except FileNotFoundError:
        raise Refused(
            say("The folder of {file} does not exist: create it first.", file=name)
        ) from None
    except PermissionError:
        raise Refused(
            say(
                "{file} may not be written there: close it in the spreadsheet program, "
                "or choose another folder.",
                file=name,
            )
        ) from None
    except (OSError, ValueError):
        raise Refused(
            say(
                "{file} could not be written: check the name, the folder and the space "
                "left on the disk.",
                file=name,
            )
        ) from None


def _move(temporary: Path, path: Path, *, overwrite: bool) -> None:
    if overwrite:
        temporary.replace(path)
        return
    try:
        os.link(temporary, path)  # fails where somebody was faster, unlike a rename
    except FileExistsError:
        raise
    except (OSError, AttributeError):  # a file system without links
        if os.path.lexists(path):
            raise FileExistsError from None
        temporary.replace(path)


def _csv(sheet: _Sheet) -> bytes:
    """As Belgian spreadsheet programs open it: mark, semicolons, decimal comma."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow(heading(name, sheet.language, sheet.of) for name in sheet.fields)
    for row in sheet.rows:
        writer.writerow(_csv_cell(row.get(name)) for name in sheet.fields)
    return buffer.getvalue().encode("utf-8-sig")


def _csv_cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return _comma(value)
    if isinstance(value, date):
        return f"{value.day:02}/{value.month:02}/{value.year:04}"
    if isinstance(value, int):
        return str(value)
    return marked(value)


def _comma(value: Decimal) -> str:
    """1234,5, never with three decimals: 1,234 would be read in two ways."""
    whole, mark, decimals = f"{value:f}".partition(".")
    if len(decimals) == 3:  # noqa: PLR2004
        decimals += "0"
    return f"{whole},{decimals}" if mark else whole


def _xlsx(sheet: _Sheet) -> bytes:
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
    book.set_properties({"created": _WRITTEN})
    formats = {
        "head": book.add_format(
            {"bold": True, "bg_color": "#D9E2EC", "text_wrap": True, "valign": "top",
             "border": 1}
        ),
        "text": book.add_format({"num_format": "@", "text_wrap": True,
                                 "valign": "top"}),
        "day": book.add_format({"num_format": "dd/mm/yyyy", "valign": "top"}),
        "amount": book.add_format({"num_format": '#,##0.00 "€"', "valign": "top"}),
        "number": book.add_format({"num_format": "General", "valign": "top"}),
        "title": book.add_format({"bold": True, "font_size": 14}),
        "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
        "example": book.add_format({"num_format": "@", "italic": True,
                                    "font_color": "#666666", "text_wrap": True,
                                    "valign": "top"}),
    }  # fmt: skip
    page = book.add_worksheet(sheet_name(sheet.of, sheet.language))
    _fill(page, sheet, formats)
    if sheet.instructions:
        words = catalogue(sheet.language)
        notes = book.add_worksheet(sheet_name("instructions", sheet.language))
        notes.set_column(0, 0, 100)
        for index, message in enumerate(sheet.instructions):
            style = formats["wrap" if index else "title"]
            line = index + 1 if index else 0
            notes.write_string(line, 0, words.say(message), style)
    meta = book.add_worksheet("_meta")
    meta.hide()
    for index, (key, value) in enumerate(sheet.meta.items()):
        meta.write_string(index, 0, key)
        meta.write_string(index, 1, value)
    book.close()
    return buffer.getvalue()


_STYLES = {"estimate": "amount", "quantity": "number", "duration_months": "number",
           "budget_year": "number", "earliest": "day", "latest": "day",
           "yearly_value": "amount", "renewals_left": "number",
           "renewal_months": "number", "start": "day", "end": "day",
           "notice": "day"}  # fmt: skip


def _fill(page: Any, sheet: _Sheet, formats: Mapping[str, Any]) -> None:  # noqa: ANN401
    """The headings, the rows, and the lists from which a cell is chosen."""
    for column, name in enumerate(sheet.fields):
        style = formats[_STYLES.get(name, "text")]
        hidden = {"hidden": True} if name == "administration_id" else {}
        page.set_column(column, column, _WIDE.get(name, 16), style, hidden)
        page.write_string(
            0, column, heading(name, sheet.language, sheet.of), formats["head"]
        )
        text = formats["example" if sheet.form else "text"]
        for index, row in enumerate(sheet.rows, 1):
            _put(page, (index, column), row.get(name), text, style)
        last = max(len(sheet.rows), _FORM_ROWS if sheet.form else 0)
        if last:
            _offer(page, name, column, last, sheet.language)
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, max(len(sheet.rows), 1), len(sheet.fields) - 1)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)


def _put(
    page: Any,  # noqa: ANN401
    cell: tuple[int, int],
    value: Value,
    text: Any,  # noqa: ANN401
    style: Any,  # noqa: ANN401
) -> None:
    """Numbers as numbers, days as days, and every text as a text."""
    if value is None or value == "":
        return
    if isinstance(value, str):
        page.write_string(*cell, value, text)
    elif isinstance(value, date):
        page.write_datetime(*cell, value, style)
    elif isinstance(value, Decimal) and not _fits(value):
        page.write_string(*cell, _comma(value), text)
    else:
        page.write_number(*cell, value, style)


def _fits(value: Decimal) -> bool:
    """Whether a spreadsheet's number holds the decimal exactly as written."""
    return Decimal(repr(float(value))) == value


def _offer(page: Any, name: str, column: int, last: int, language: str) -> None:  # noqa: ANN401
    """The list of a cell that offers a choice."""
    if name in _YES_NO:
        words = choice_words("yes_no", language)
    elif name in {"nature", "budget_kind"}:
        words = choice_words(name, language)
    else:
        return
    page.data_validation(
        1, column, last, column, {"validate": "list", "source": list(words)}
    )
