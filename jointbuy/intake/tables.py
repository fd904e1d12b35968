"""From the cells of a sheet to rows of needs: headings found, totals left out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from jointbuy.errors import Arg, Message, Problem, Refused, euro, say
from jointbuy.intake.amounts import parse_estimate, vat_named
from jointbuy.intake.headings import (
    Heading,
    Records,
    example_marks,
    numbering,
    recognise,
    totals,
    written,
)
from jointbuy.intake.row import LONGEST_CELL, Cell, Row, shown
from jointbuy.intake.text import clean, fold

SEARCHED = 20
"""Rows among which the headings are looked for."""
FEWEST = 2
"""Headings that must be known, the subject among them."""

WANTED: dict[Records, tuple[frozenset[str], ...]] = {
    "needs": (frozenset({"title"}),),
    "contracts": (
        frozenset({"title"}),
        frozenset({"supplier", "start", "end", "notice", "notice_months"}),
    ),
    "administrations": (frozenset({"name", "id", "fr", "nl", "de", "en"}),),
    "sessions": (frozenset({"day"}),),
}
"""Of each of these some heading must be known."""

Grid = Sequence[Sequence[Cell]]
Merged = Sequence[tuple[tuple[int, int], tuple[int, int]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The rows of needs read from a file, and how its columns were understood.

    `headings` gives the heading of each field as it stands in the file. `exported`
    says that jointbuy wrote the file. The problems concern the file or its columns,
    and none of them blocks.
    """

    rows: tuple[Row, ...] = ()
    headings: dict[str, str] = field(default_factory=dict)
    origin: str = ""
    sheet: str = ""
    exported: bool = False
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Where the headings stand, and the field of each column."""

    first: int
    height: int = 1
    fields: dict[int, Heading] = field(default_factory=dict)
    headings: dict[int, str] = field(default_factory=dict)
    of: Records = "needs"

    @property
    def score(self) -> tuple[int, int, int]:
        """Fields known, those known exactly; one row rather than two."""
        exact = [one for one in self.fields.values() if not one.close]
        return len(self.fields), len(exact), -self.height


def find_head(grid: Grid, merged: Merged = (), *, of: Records = "needs") -> Head | None:
    """The row of headings, or two that form it together; None if there is none."""
    fewest = 1 if of == "sessions" else FEWEST
    best: Head | None = None
    for index in range(min(SEARCHED, len(grid))):
        one = _head(index, 1, [_heading_text(cell) for cell in grid[index]], of)
        heads = [one]
        if index + 1 < min(SEARCHED, len(grid)):
            below = [_heading_text(cell) for cell in grid[index + 1]]
            above = _spread(one.headings, index, merged, len(below))
            heads.append(_head(index, 2, _joined(above, below), of))
        for head in heads:
            known = {one.field for one in head.fields.values()}
            if any(known.isdisjoint(each) for each in WANTED[of]):
                continue
            if len(head.fields) < fewest and len(head.headings) > 1:
                continue
            if best is None or head.score > best.score:
                best = head
    return best


def _heading_text(cell: Cell) -> str:
    return clean(shown(cell))[0] if isinstance(cell, str) else ""


def _head(first: int, height: int, texts: Sequence[str], of: Records) -> Head:
    fields: dict[int, Heading] = {}
    found = {c: recognise(text, of) for c, text in enumerate(texts) if text}
    taken: set[str] = set()
    for close in (False, True):
        for column, heading in found.items():
            if heading and heading.close == close and heading.field not in taken:
                taken.add(heading.field)
                fields[column] = heading
    headings = {column: text for column, text in enumerate(texts) if text}
    return Head(first=first, height=height, fields=fields, headings=headings, of=of)


def _spread(
    above: dict[int, str], row: int, merged: Merged, width: int
) -> dict[int, str]:
    """The upper headings, those over several columns repeated over each."""
    spread = dict(above)
    for (top, left), (_, right) in merged:
        if top == row and left in above:
            for column in range(left, min(right + 1, width)):
                spread.setdefault(column, above[left])
    return spread


def _joined(above: dict[int, str], below: list[str]) -> list[str]:
    width = max(len(below), *(column + 1 for column in above), 0) if above else 0
    lower = below + [""] * (width - len(below))
    return [f"{above.get(column, '')} {text}".strip() for column, text in
            enumerate(lower)]  # fmt: skip


def read_grid(
    grid: Grid,
    head: Head,
    *,
    origin: str,
    merged: Merged = (),
    exported: bool = False,
    defaults: dict[str, str] | None = None,
) -> Table:
    """The rows of needs under these headings.

    Blank rows, repeated headings, totals and our own example are left out; a row of
    which only the first cell is filled names the service of the rows below.
    """
    return _Body(
        grid=grid, head=head, origin=origin, merged=merged, defaults=defaults or {}
    ).read(exported=exported)


@dataclass(slots=True, kw_only=True)
class _Body:
    """The rows below the headings while they are read."""

    grid: Grid
    head: Head
    origin: str
    merged: Merged
    defaults: dict[str, str]
    problems: list[Problem] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    unknown: dict[int, str] = field(default_factory=dict)
    columns: dict[str, str] = field(default_factory=dict)
    section: tuple[str, str] = ("", "")
    sum_all: Decimal = Decimal(0)
    sum_part: Decimal = Decimal(0)

    def read(self, *, exported: bool) -> Table:
        head = self.head
        self.columns = {
            one.field: head.headings[column] for column, one in head.fields.items()
        }
        filled = self._filled()
        lines = {self._folded(self.grid[head.first + i]) for i in range(head.height)}
        lines.add(
            tuple(fold(head.headings[column]) for column in sorted(head.headings))
        )
        start = head.first + head.height
        for index in range(start, len(self.grid)):
            raw = self.grid[index]
            self._refuse_long(index, raw)
            present = [column for column, cell in enumerate(raw) if not _blank(cell)]
            if not present or self._folded(raw) in lines:
                continue
            if self._left_out(index, raw, present):
                continue
            self._take(index, filled.get(index, raw))
        self._say_headings()
        return Table(
            rows=tuple(self.rows),
            headings=dict(self.columns),
            origin=self.origin,
            exported=exported,
            problems=tuple(self.problems),
        )

    @staticmethod
    def _folded(raw: Sequence[Cell]) -> tuple[str, ...]:
        texts = tuple(fold(cell) if isinstance(cell, str) else "?" for cell in raw)
        return tuple(text for text in texts if text)

    def _refuse_long(self, index: int, raw: Sequence[Cell]) -> None:
        for cell in raw:
            if isinstance(cell, str) and len(cell) > LONGEST_CELL:
                raise Refused(
                    say(
                        "Row {row} of {file} holds a cell of {length} characters, "
                        "where {longest} fit: a quotation mark may be missing. "
                        "Correct the file and import it again.",
                        row=str(index + 1),
                        file=self.origin,
                        length=len(cell),
                        longest=LONGEST_CELL,
                    )
                )

    def _filled(self) -> dict[int, list[Cell]]:
        """The rows into which merged cells reach, filled down."""
        filled: dict[int, list[Cell]] = {}
        for (top, left), (bottom, _) in self.merged:
            if bottom == top or top >= len(self.grid):
                continue
            row = self.grid[top]
            cell = row[left] if left < len(row) else ""
            for index in range(top + 1, min(bottom + 1, len(self.grid))):
                line = filled.setdefault(index, list(self.grid[index]))
                line += [""] * (left + 1 - len(line))
                if _blank(line[left]):
                    line[left] = cell
        return filled

    def _left_out(self, index: int, raw: Sequence[Cell], present: list[int]) -> bool:
        """Whether the row is no need: a total, our example, the name of a section."""
        first = raw[present[0]]
        text = clean(first)[0] if isinstance(first, str) else ""
        if text and self._is_total(text, raw, present):
            self._check_total(index, raw)
            return True
        title = next(
            (c for c, one in self.head.fields.items() if one.field == "title"), 0
        )
        named = raw[title] if title < len(raw) else ""
        if isinstance(named, str) and (
            named.strip().casefold().startswith(example_marks())
        ):
            self._say(index, say("The example row was left out."), named)
            return True
        if text and self._is_section(index, present):
            first_field = self.head.fields.get(present[0], Heading(field="service"))
            if first_field.field == "administration":
                self.section = ("administration", text)
                said = say(
                    "“{text}” was taken as the administration of the rows below.",
                    text=text,
                )
            else:
                self.section = ("service", text)
                said = say(
                    "“{text}” was taken as the service of the rows below.", text=text
                )
            self._say(index, said, text)
            return True
        return False

    def _is_section(self, index: int, present: list[int]) -> bool:
        """Whether one cell is filled, the first or a service, above a full row."""
        if self.head.of in {"administrations", "sessions"} or len(present) != 1:
            return False
        if len(self.head.fields) < 3:  # noqa: PLR2004
            return False
        heading = self.head.fields.get(present[0])
        named = heading is not None and heading.field in {"service", "administration"}
        if not named and present[0] != min(self.head.headings):
            return False
        for raw in self.grid[index + 1 :]:
            filled = sum(not _blank(cell) for cell in raw)
            if filled:
                return filled > 1
        return False

    def _is_total(self, text: str, raw: Sequence[Cell], present: list[int]) -> bool:
        words = vat_named(fold(text))[1]
        if words in totals():
            return True
        starts = any(words.startswith(f"{total} ") for total in totals())
        rest = [raw[column] for column in present[1:]]
        amounts = [
            cell for cell in rest
            if not isinstance(cell, str) or parse_estimate(cell).value is not None
        ]  # fmt: skip
        return starts and bool(rest) and len(amounts) == len(rest)

    def _check_total(self, index: int, raw: Sequence[Cell]) -> None:
        printed = next(
            (
                value
                for column, one in self.head.fields.items()
                if one.field.startswith("estimate") and one.field != "estimate_method"
                and column < len(raw)
                and (value := _amount(raw[column])) is not None
            ),
            None,
        )  # fmt: skip
        sums = (self.sum_part, self.sum_all)
        self.sum_part = Decimal(0)
        if printed is None or any(abs(printed - one) < 1 for one in sums):
            self._say(index, say("The row of totals was left out."))
            return
        self._say(
            index,
            say(
                "The total {printed} is not what the rows above add up to, {sum}: "
                "check whether an amount is missing.",
                printed=euro(printed),
                sum=euro(sums[1]),
            ),
        )

    def _take(self, index: int, line: Sequence[Cell]) -> None:
        cells: dict[str, Cell] = {}
        for column, one in self.head.fields.items():
            cells[one.field] = line[column] if column < len(line) else ""
            if one.field in {"estimate", "estimate_incl", "estimate_unclear"}:
                amount = _amount(cells[one.field]) or Decimal(0)
                self.sum_all += amount
                self.sum_part += amount
        extra: dict[str, str] = {}
        for column, cell in enumerate(line):
            if column not in self.head.fields and not _blank(cell):
                heading = self.head.headings.get(column) or letters(column)
                if fold(heading) in numbering() and re.fullmatch(
                    r"\s*[0-9]{1,6}[.)]?\s*", shown(cell)
                ):
                    continue
                self.unknown[column] = heading
                text = shown(cell)
                extra[heading] = (
                    f"{extra[heading]}; {text}" if heading in extra else text
                )
        name, text = self.section
        if name and _blank(cells.get(name, "")):
            cells[name] = text
        if _blank(cells.get("administration", "")) and _blank(
            cells.get("administration_id", "")
        ):
            for name in ("administration", "administration_id"):
                if self.defaults.get(name):
                    cells[name] = self.defaults[name]
        if self.defaults.get("service") and _blank(cells.get("service", "")):
            cells["service"] = self.defaults["service"]
        self.rows.append(
            Row(
                number=index + 1,
                cells=cells,
                columns=self.columns,
                extra=extra,
                origin=self.origin,
            )
        )

    def _say(self, index: int, message: Message, value: str = "") -> None:
        self.problems.append(
            Problem(row=index + 1, value=value, message=message, blocking=False)
        )

    def _say_headings(self) -> None:
        said: list[Problem] = []
        for column, one in sorted(self.head.fields.items()):
            if one.close:
                heading = self.head.headings[column]
                said.append(_taken(self.head, one.field, heading))
        for column, heading in sorted(self.unknown.items()):
            said.append(
                Problem(
                    row=self.head.first + 1,
                    column=heading,
                    value=letters(column),
                    blocking=False,
                    message=_left_aside(heading)
                    if self.head.of == "sessions"
                    else say(
                        "The column “{column}” is not known: what it says is kept in "
                        "the note.",
                        column=heading,
                    ),
                )
            )
        self.problems = said + self.problems


def _left_aside(heading: str) -> Message:
    return say(
        "The column “{column}” says nothing about sessions that is kept.",
        column=heading,
    )


def _taken(head: Head, name: str, heading: str) -> Problem:
    return Problem(
        row=head.first + 1,
        field=name,
        column=heading,
        blocking=False,
        message=say(
            "The column “{column}” was taken as “{heading}”.",
            column=heading,
            heading=Arg(name="", kind="names", text=name, names=written(name, head.of)),
        ),
    )


def _blank(cell: Cell) -> bool:
    return isinstance(cell, str) and not cell.strip(" \t\r\n\u00a0\u202f")


def _amount(cell: Cell) -> Decimal | None:
    if isinstance(cell, bool | date):
        return None
    return parse_estimate(cell).value


def letters(column: int) -> str:
    """The letters of a column, the first being 0: A, B … Z, AA."""
    name = ""
    column += 1
    while column:
        column, left = divmod(column - 1, 26)
        name = chr(ord("A") + left) + name
    return name


_EXPORT_MARK = re.compile(r"'+[=+\-@\t\r\n]")


def unmarked(text: str) -> str:
    """A cell of our own CSV without the apostrophe put before a formula."""
    return text[1:] if _EXPORT_MARK.match(text) else text


def marked(text: str) -> str:
    """A cell of our own CSV that no spreadsheet takes for a formula.

    >>> marked("=1+1"), unmarked(marked("'=1+1"))
    ("'=1+1", "'=1+1")
    """
    dangerous = text[:1] in {"=", "+", "-", "@", "\t", "\r", "\n"}
    return f"'{text}" if dangerous or _EXPORT_MARK.match(text) else text
