"""The text of a register file: TinyDB tables as JSON, sealed with a checksum.

One line per record, so that people and version control can read it. The `_meta` table
holds the format, the generation (it counts the saves) and the SHA-256 of all the rest;
a register written by hand has a `_meta` with the format alone and is not sealed yet.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, MutableMapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from jointbuy.codec import dump_line, load_pieces, loads
from jointbuy.errors import Arg, BadRecord, word
from jointbuy.model.tables import KEPT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jointbuy.codec import Raw

FORMAT = 1
META = "_meta"
HISTORY = "history"
TABLES = (*KEPT.values(), HISTORY)
"""The tables of a register, in the order in which they are written."""

SEPARATOR, END = b",\n", b"}\n"

Row = dict[str, Any]
Tables = dict[str, MutableMapping[str, Row]]


class Rows(MutableMapping[str, Row]):
    """The rows of a table, as the lines of a file: each is read when it is asked for.

    A row is never changed in place, but replaced.
    """

    __slots__ = ("_lines", "_read")

    def __init__(self, rows: Mapping[str, Row] | None = None) -> None:
        self._lines: dict[str, Raw | bytes] = {}
        self._read: dict[str, Row] = {}
        self.update(rows or {})

    @classmethod
    def from_lines(
        cls, lines: Mapping[str, Raw | bytes], read: Mapping[str, Row] | None = None
    ) -> Rows:
        """The rows in these lines, some of them read already."""
        rows = cls()
        rows._lines.update(lines)
        rows._read.update(read or {})
        return rows

    def __getitem__(self, id: str) -> Row:  # noqa: A002
        row = self._read.get(id)
        if row is None:
            row = self._read[id] = cast("Row", loads(self._lines[id]))
        return row

    def __setitem__(self, id: str, row: Row) -> None:  # noqa: A002
        line(id)
        self._lines[id] = line(row)
        self._read[id] = row

    def __delitem__(self, id: str) -> None:  # noqa: A002
        del self._lines[id]
        self._read.pop(id, None)

    def __iter__(self) -> Iterator[str]:
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)

    def __contains__(self, id: object) -> bool:  # noqa: A002
        return id in self._lines

    def copy(self) -> Rows:
        """The same rows, to be changed apart."""
        return Rows.from_lines(self._lines, self._read)

    def loose(self) -> dict[str, Row]:
        """Every row read anew, for somebody who changes rows in place."""
        return {id_: cast("Row", loads(text)) for id_, text in self._lines.items()}

    def mentioning(self, piece: bytes) -> Iterator[Row]:
        """The rows in whose line that piece stands; the others are not read."""
        for id_, text in self._lines.items():
            if piece in bytes(text):
                yield self[id_]

    def text(self) -> bytes:
        """The rows as JSON, one on each line."""
        lines = [b"%s:%s" % (dump_line(id_), it) for id_, it in self._lines.items()]
        return b",\n".join(lines)

    def after(self, before: Rows) -> Rows:
        """These rows without reading again what stands in `before` as well.

        It is `before` itself where nothing differs, order included.
        """
        ours, theirs = self._lines, before._lines
        if ours == theirs and list(ours) == list(theirs):
            before._lines = ours  # the older text need not be kept
            return before
        self._read = {
            id_: row
            for id_, row in before._read.items()
            if ours.get(id_) == theirs[id_]
        }
        return self


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a register file says; generation 0 is not sealed yet."""

    generation: int
    tables: Tables


class Fault(Exception):
    """A text that is no sound register.

    `reason` is a phrase for the user, `detail` what cannot be translated. `edited`
    when it is well-formed but not what was saved, as after an edit by hand.
    """

    def __init__(self, reason: Arg, *, detail: str = "", edited: bool = False) -> None:
        super().__init__(reason.text, detail)
        self.reason = reason
        self.detail = detail
        self.edited = edited


def seal(tables: Tables, generation: int) -> bytes:
    """The text of a register, with its checksum.

    Raises:
        BadRecord: something in it cannot be written as JSON.
    """
    body = _body(tables)
    head = _head(generation, _digest(body, generation))
    return b"".join((head, SEPARATOR if body else b"", *body, END))


def _head(generation: int, digest: str) -> bytes:
    meta = {"format": FORMAT, "generation": generation, "sha256": digest}
    return b'{"%s":{"1":%s}' % (META.encode(), line(meta))


def unseal(text: bytes) -> Content:
    """What the text says, once its form and its checksum have been checked.

    Raises:
        Fault: it is not a register, or not as it was saved.
    """
    if content := _as_sealed(text):
        return content
    content, digest = parse(text)
    if content.generation:
        try:
            body = _body(content.tables)
        except BadRecord as error:
            raise Fault(word("it is damaged"), detail=error.detail) from None
        if digest != _digest(body, content.generation):
            raise Fault(word("its checksum does not fit"), edited=True)
    return content


def _as_sealed(text: bytes) -> Content | None:
    """What the text says where it is to the letter what `seal` wrote.

    It then need neither be read row by row nor be written out again to be compared.
    """
    head, _, _ = text.partition(SEPARATOR)
    try:
        generation, digest = _meta(cast("Any", loads(head + b"}")).get(META))
        begin = _head(generation, digest) + SEPARATOR
        if not (generation and text.startswith(begin) and text.endswith(END)):
            return None
        body = memoryview(text)[len(begin) : -len(END)]
        if digest != _digest([body], generation):
            return None
        tables = load_pieces(text)
    except (BadRecord, Fault, AttributeError):
        return None
    del tables[META]
    if not tables.keys() <= set(TABLES):
        return None
    return Content(
        generation=generation,
        tables={name: Rows.from_lines(lines) for name, lines in tables.items()},
    )


def parse(text: bytes) -> tuple[Content, str]:
    """What the text says, and the checksum it gives for itself, unverified.

    Raises:
        Fault: it has not the form of a register.
    """
    if not text.strip():
        raise Fault(word("the file is empty"))
    if b"\0" in text:
        raise Fault(word("part of it was overwritten with zeros"))
    try:
        tables = loads(text)
    except BadRecord as error:
        reason = word("its text is cut off or damaged")
        raise Fault(reason, detail=error.detail) from None
    if not isinstance(tables, dict) or META not in tables:
        raise Fault(word("it is not a register of jointbuy"))
    generation, digest = _meta(tables.pop(META))
    checked: Tables = {}
    for name, table in tables.items():
        if name not in TABLES:
            raise Fault(word("it holds a table that is unknown"), detail=name)
        if not isinstance(table, dict):
            raise Fault(word("one of its tables is damaged"), detail=name)
        rows: dict[str, Row] = {}
        for id_, row in table.items():
            if not isinstance(row, dict):
                raise Fault(
                    word("one of its records is damaged"), detail=f"{name} {id_}"
                )
            rows[id_] = row
        checked[name] = rows
    return Content(generation=generation, tables=checked), digest


def _meta(table: object) -> tuple[int, str]:
    """The generation and the checksum; 0 and none when it is not sealed."""
    meta = table.get("1") if isinstance(table, dict) and len(table) == 1 else None
    if not isinstance(meta, dict) or not meta.keys() <= {
        "format",
        "generation",
        "sha256",
    }:
        raise Fault(word("its first lines are damaged"))
    match meta.get("format"):
        case bool():
            raise Fault(word("its first lines are damaged"))
        case int(number) if number > FORMAT:
            raise Fault(word("a newer version of jointbuy wrote it"))
        case int(number) if number == FORMAT:
            pass
        case _:
            raise Fault(word("its first lines are damaged"))
    match meta.get("generation", 0), meta.get("sha256", ""):
        case bool(), _:
            pass
        case (0, ""):
            return 0, ""
        case (int(generation), str(digest)) if generation > 0:
            return generation, digest
    raise Fault(word("its first lines are damaged"))


def _body(tables: Tables) -> list[bytes]:
    """The text of all tables, in pieces: it is long, and copied as little as can be."""
    pieces: list[bytes] = []
    for name in TABLES:
        if rows := tables.get(name):
            kept = rows if isinstance(rows, Rows) else Rows(rows)
            begin = b'"%s":{\n' % name.encode()
            pieces += (SEPARATOR if pieces else b"", begin, kept.text(), b"}")
    return pieces


def line(plain: object) -> bytes:
    """Plain data as JSON on one line.

    Raises:
        BadRecord: a number too large, half a character, nesting without end.
    """
    try:
        return dump_line(plain)
    except (ValueError, TypeError, OverflowError, RecursionError) as error:
        raise BadRecord("", str(error)) from None


def _digest(body: Iterable[bytes | memoryview], generation: int) -> str:
    digest = hashlib.sha256(b"%d:%d\n" % (FORMAT, generation))
    for piece in body:
        digest.update(piece)
    return digest.hexdigest()
