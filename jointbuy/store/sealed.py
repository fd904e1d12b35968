"""The text of a register file: TinyDB tables as JSON, sealed with a checksum.

One line per record, so that people and version control can read it. The `_meta` table
holds the format, the generation (it counts the saves) and the SHA-256 of all the rest;
a register written by hand has a `_meta` with the format alone and is not sealed yet.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from jointbuy.codec import dump_line, loads
from jointbuy.errors import Arg, BadRecord, word
from jointbuy.model import type_names

FORMAT = 1
META = "_meta"
HISTORY = "history"
TABLES = (*type_names.values(), HISTORY)
"""The tables of a register, in the order in which they are written."""

SEPARATOR, END = b",\n", b"}\n"

Row = dict[str, Any]
Tables = dict[str, dict[str, Row]]


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
    return b"".join((head, SEPARATOR if body else b"", body, END))


def _head(generation: int, digest: str) -> bytes:
    meta = {"format": FORMAT, "generation": generation, "sha256": digest}
    return b'{"%s":{"1":%s}' % (META.encode(), line(meta))


def unseal(text: bytes) -> Content:
    """What the text says, once its form and its checksum have been checked.

    Raises:
        Fault: it is not a register, or not as it was saved.
    """
    content, digest = parse(text)
    if content.generation and not _as_sealed(text, content.generation, digest):
        try:
            body = _body(content.tables)
        except BadRecord as error:
            raise Fault(word("it is damaged"), detail=error.detail) from None
        if digest != _digest(body, content.generation):
            raise Fault(word("its checksum does not fit"), edited=True)
    return content


def _as_sealed(text: bytes, generation: int, digest: str) -> bool:
    """Whether the text is to the letter what `seal` wrote.

    It then need not be written out again to be compared.
    """
    begin = _head(generation, digest) + SEPARATOR
    if not (text.startswith(begin) and text.endswith(END)):
        return False
    return _digest(memoryview(text)[len(begin) : -len(END)], generation) == digest


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


def _body(tables: Tables) -> bytes:
    parts = []
    for name in TABLES:
        if rows := tables.get(name):
            lines = [b"%s:%s" % (line(id_), line(row)) for id_, row in rows.items()]
            parts.append(b'"%s":{\n%s}' % (name.encode(), b",\n".join(lines)))
    return b",\n".join(parts)


def line(plain: object) -> bytes:
    """Plain data as JSON on one line.

    Raises:
        BadRecord: a number too large, half a character, nesting without end.
    """
    try:
        return dump_line(plain)
    except (ValueError, TypeError, OverflowError, RecursionError) as error:
        raise BadRecord("", str(error)) from None


def _digest(body: bytes | memoryview, generation: int) -> str:
    digest = hashlib.sha256(b"%d:%d\n" % (FORMAT, generation))
    digest.update(body)
    return digest.hexdigest()
