"""A file of needs, one JSON object a line, read into columns.

Bundles of lines are decoded and checked at once; only a bundle in which something is
wrong is read again line by line, so that a bad line is named and stops nobody.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from dataclasses import dataclass
from datetime import date  # noqa: TC003  # it is decoded
from decimal import Decimal  # noqa: TC003  # it is decoded
from itertools import islice
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np

from jointbuy.errors import Message, Problem, Refused, say
from jointbuy.matching.texts import Cutter, Numbered
from jointbuy.model import CpvCode, Nature

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from jointbuy.matching.texts import Texts
    from jointbuy.vocabulary.bridge import Numbers

    Amounts = NDArray[np.float64]

LARGEST = 10**15
"""No amount or quantity of a local administration comes near this."""

LONGEST = 600
"""Months; no purchase lasts longer."""

BOM = b"\xef\xbb\xbf"
BUNDLE = 1 << 13
UNSAID = 0
"""The place of what is not said, in every column of places."""


class Line(msgspec.Struct, frozen=True, gc=False):
    """One need of the file; only id, administration and title must be there."""

    id: str
    administration: str
    title: str
    territory: str | None = None
    language: str | None = None
    description: str | None = None
    cpv: str | None = None
    nature: str | None = None
    estimate: Decimal | None = None
    quantity: Decimal | None = None
    unit: str | None = None
    earliest: date | None = None
    latest: date | None = None
    duration_months: int | None = None


class _Plain(Line, frozen=True, gc=False):
    """A line whose numbers are plain numbers: nearly all are."""

    estimate: float | None = None  # type: ignore[assignment]
    quantity: float | None = None  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class Places:
    """A column of texts that repeat: the place of each in `names`; 0 is what is unsaid.

    >>> Places(("", "fr"), np.array([1, 1, 0])).names[1]
    'fr'
    """

    names: tuple[str, ...]
    at: Numbers

    def __len__(self) -> int:
        return len(self.names)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """The needs of a file as columns, in the order of the file.

    Days are ordinals, 0 where unsaid; amounts are euro excluding VAT, NaN where
    unsaid; months 0. `descriptions` are kept only where they are asked for.
    """

    ids: list[str]
    titles: list[str]
    descriptions: list[str | None]
    texts: Texts
    administration: Places
    territory: Places
    language: Places
    code: Places
    nature: Places
    unit: Places
    estimate: Amounts
    quantity: Amounts
    earliest: Numbers
    latest: Numbers
    months: Numbers

    def __len__(self) -> int:
        return len(self.ids)


def read_lines(
    lines: Iterable[bytes], *, descriptions: bool = False
) -> tuple[Lines, list[Problem]]:
    """The needs that can be read, as columns, and what is wrong with other lines."""
    reader = _Reader(keep=descriptions)
    source = iter(lines)
    while bundle := list(islice(source, BUNDLE)):
        reader.take(bundle)
    return reader.columns(), reader.problems


_NAMED = ("administration", "territory", "language", "cpv", "nature", "unit")


_WRITTEN: dict[str, Callable[[str], str]] = {
    "administration": str.strip,
    "territory": lambda text: text.strip().upper(),
    "language": lambda text: text.strip().lower(),
    "unit": str.strip,
}
"""How the same name is written in one way: blanks and letters make no other one."""


class _Reader:
    """Takes in bundles of lines and grows the columns."""

    def __init__(self, *, keep: bool) -> None:
        self.problems: list[Problem] = []
        self._keep = keep
        self._read = 0
        self._plain = msgspec.json.Decoder(_Plain)
        self._exact = msgspec.json.Decoder(Line)
        self._seen: set[str] = set()
        self._ids: list[str] = []
        self._lines = array("L")
        self._titles: list[str] = []
        self._descriptions: list[str | None] = []
        self._cutter = Cutter()
        self._names = {name: Numbered({None: UNSAID, "": UNSAID}) for name in _NAMED}
        self._columns: dict[str, list[Any]] = defaultdict(list)
        self._codes: dict[str | None, str] = {None: "", "": ""}

    def take(self, bundle: list[bytes]) -> None:
        """The next lines of the file."""
        first = self._read + 1
        self._read += len(bundle)
        if first == 1:
            bundle[0] = bundle[0].removeprefix(BOM)
        if not self._at_once(bundle, first):
            self._one_by_one(bundle, first)

    def _at_once(self, bundle: list[bytes], first: int) -> bool:
        """Whether all the lines could be taken as they are."""
        try:
            needs = self._plain.decode_lines(b"\n".join(bundle))
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            return False
        if len(needs) != len(bundle):
            return False
        columns = self._cut(needs)
        ids = set(columns["id"])
        fine = (
            len(ids) == len(needs)
            and self._seen.isdisjoint(ids)
            and all(self._code(code) for code in set(columns["cpv"]))
            and _faultless(columns)
        )
        if fine:
            self._add(columns, range(first, first + len(needs)))
        return fine

    def _code(self, written: str | None) -> bool:
        """Whether a text is a code; it is remembered by its compact form."""
        if written not in self._codes:
            try:
                self._codes[written] = CpvCode.validate(written or "")
            except Refused:
                return False
        return True

    def _one_by_one(self, bundle: list[bytes], first: int) -> None:
        needs: dict[int, Line] = {}
        own: dict[str, int] = {}
        for number, text in enumerate(bundle, start=first):
            if not text.strip():
                continue
            try:
                need = self._exact.decode(text)
            except (msgspec.MsgspecError, UnicodeDecodeError) as error:
                self.problems.append(_unreadable(number, error))
                continue
            except RecursionError:
                message = say("It is nested too deeply.")
                self.problems.append(Problem(row=number, message=message))
                continue
            fault = _fault(need) or self._twice(need, own)
            if fault is not None:
                name, message = fault
                self.problems.append(Problem(row=number, field=name, message=message))
                continue
            own[need.id] = number
            if not self._code(need.cpv):
                self.problems.append(_no_code(need.cpv or "", number))
                need = msgspec.structs.replace(need, cpv=None)
            needs[number] = need
        if needs:
            self._add(self._cut(list(needs.values())), needs)

    def _twice(self, need: Line, own: Mapping[str, int]) -> tuple[str, Message] | None:
        line = own.get(need.id)
        if line is None and need.id in self._seen:
            line = self._lines[self._ids.index(need.id)]
        if line is None:
            return None
        return "id", say(
            "The id {id} stands already on line {line}.", id=need.id, line=line
        )

    def _cut(self, needs: Sequence[Line]) -> dict[str, Any]:
        """The needs as columns; days are ordinals, 0 where unsaid."""
        columns: dict[str, Any] = {
            name: list(map(attrgetter(name), needs)) for name in Line.__struct_fields__
        }
        for name in ("earliest", "latest"):
            days = [day.toordinal() if day else 0 for day in columns[name]]
            columns[name] = np.array(days, dtype=np.int32)
        for name in ("estimate", "quantity"):
            columns[name] = np.array(columns[name], dtype=np.float64)
        return columns

    def _add(self, columns: dict[str, Any], numbers: Iterable[int]) -> None:
        self._ids += columns["id"]
        self._seen.update(columns["id"])
        self._lines.extend(numbers)
        self._titles += columns["title"]
        if self._keep:
            self._descriptions += columns["description"]
        self._cutter.add(columns["title"], columns["description"])
        columns["cpv"] = [self._codes[code] for code in columns["cpv"]]
        columns["nature"] = [name.upper() if name else "" for name in columns["nature"]]
        for name, written in _WRITTEN.items():
            columns[name] = _alike(columns[name], written)
        for name, known in self._names.items():
            at = np.array([known[text] for text in columns[name]], dtype=np.int32)
            self._columns[name].append(at)
        months = [value or 0 for value in columns["duration_months"]]
        self._columns["months"].append(np.array(months, dtype=np.int32))
        for name in ("estimate", "quantity", "earliest", "latest"):
            self._columns[name].append(columns[name])

    def columns(self) -> Lines:
        """Everything read so far."""
        found = {name: np.concatenate(parts) for name, parts in self._columns.items()}
        none = np.empty(0, dtype=np.int32)

        def places(name: str) -> Places:
            return Places(_texts(self._names[name]), found.get(name, none))

        return Lines(
            ids=self._ids,
            titles=self._titles,
            descriptions=self._descriptions,
            texts=self._cutter.texts(),
            administration=places("administration"),
            territory=places("territory"),
            language=places("language"),
            code=places("cpv"),
            nature=places("nature"),
            unit=places("unit"),
            estimate=found.get("estimate", none.astype(np.float64)),
            quantity=found.get("quantity", none.astype(np.float64)),
            earliest=found.get("earliest", none),
            latest=found.get("latest", none),
            months=found.get("months", none),
        )


def _alike(column: list[str | None], written: Callable[[str], str]) -> list[str | None]:
    """A column with each name written in one way; mostly it is already."""
    other: dict[str | None, str] = {
        text: found for text in set(column) if text and (found := written(text)) != text
    }
    return [other.get(text, text) for text in column] if other else column


def _texts(numbers: Numbered) -> tuple[str, ...]:
    """The texts of a column by their places; the first is what is unsaid."""
    return ("", *(text for text in numbers if text))


def _faultless(columns: Mapping[str, Any]) -> bool:
    """Whether `_fault` would find nothing in any of the lines."""
    for name in ("id", "administration", "title"):
        if not all(map(str.strip, columns[name])):
            return False
    natures = {name.upper() for name in set(columns["nature"]) if name}
    if not natures <= Nature.__members__.keys():
        return False
    said = set(columns["duration_months"]) - {None}
    if not all(0 < months <= LONGEST for months in said):
        return False
    earliest, latest = columns["earliest"], columns["latest"]
    if ((earliest > latest) & (latest > 0)).any():
        return False
    amounts = np.concatenate((columns["estimate"], columns["quantity"]))
    return not ((amounts < 0) | (amounts >= LARGEST)).any()


def _unreadable(number: int, error: Exception) -> Problem:
    detail, _, path = str(error).partition(" - at `$")
    return Problem(
        row=number,
        field=path.strip("`."),
        message=say(
            "This line cannot be read as a need ({detail}): write one JSON object with "
            "at least id, administration and title.",
            detail=detail,
        ),
    )


def _fault(need: Line) -> tuple[str, Message] | None:
    """The first thing that keeps a line out, with the field it is in."""
    for name in ("id", "administration", "title"):
        if not getattr(need, name).strip():
            return name, say("The field {field} is empty.", field=name)
    if need.earliest and need.latest and need.latest < need.earliest:
        return "latest", say(
            "The latest start {latest} lies before the earliest, {earliest}.",
            latest=need.latest,
            earliest=need.earliest,
        )
    for name in ("estimate", "quantity"):
        value = getattr(need, name)
        if value is not None and (not value.is_finite() or not 0 <= value < LARGEST):
            return name, say(
                "The field {field} cannot be {value}.", field=name, value=str(value)
            )
    if need.duration_months is not None and need.duration_months <= 0:
        return "duration_months", say("A duration is at least one month.")
    if need.duration_months is not None and need.duration_months > LONGEST:
        return "duration_months", say(
            "The field {field} cannot be {value}.",
            field="duration_months",
            value=str(need.duration_months),
        )
    if need.nature and need.nature.upper() not in Nature.__members__:
        return "nature", say(
            "“{nature}” is not a nature: write works, supplies or services.",
            nature=need.nature,
        )
    return None


def _no_code(written: str, number: int) -> Problem:
    """A code that is none is left out and told."""
    try:
        CpvCode.validate(written)
    except Refused as refused:
        message = refused.message
    else:
        raise AssertionError(written)
    return Problem(
        row=number, field="cpv", value=written, message=message, blocking=False
    )
