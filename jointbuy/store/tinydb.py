"""A register in one JSON file that TinyDB can open, safe against crashes and crowds.

TinyDB itself overwrites its file in place, without a lock. Here every commit is one
step: lock, read again what others saved, compare revisions, write a new file beside
the old one, and put it in its place. Ids are text, so plain TinyDB reads the records
with a table class whose `document_id_class` is `str`.
"""

from __future__ import annotations

import functools
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar, cast

from jointbuy.errors import BadRecord
from jointbuy.store import records
from jointbuy.store.files import Files
from jointbuy.store.port import Changed, Entry, Stored
from jointbuy.store.sealed import HISTORY, Row, Rows
from jointbuy.store.storage import TIMEOUT, RegisterStorage, look_through, place, unlike

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from jointbuy.model import Record
    from jointbuy.store.port import Change
    from jointbuy.store.tables import RegisterDB, RegisterTable

R = TypeVar("R")


class TinyStore:
    """A register in one file, for one person or for several on one drive."""

    def __init__(
        self,
        path: Path | str,
        *,
        create: bool = False,
        whole: bool = True,
        now: Callable[[], datetime] = records.utc_now,
        timeout: float = TIMEOUT,
        files: Files | None = None,
    ) -> None:
        """Open the register; with `create` an empty one is made if there is none.

        A link is followed: it is the file it leads to that is read and written.
        `timeout` is in seconds. Every record of a register written by hand is looked
        at, unless it need not be `whole`.

        Raises:
            StoreError: there is none, or it cannot be read.
            Damaged: it is not as it was saved, or is no register.
        """
        self._files = files or Files()
        self._now = now
        self.path = place(path)
        self._storage = RegisterStorage(
            self.path, create=create, whole=whole, files=self._files, timeout=timeout
        )
        self._decoded: dict[str, dict[str, tuple[Row, Stored[Any]]]] = {}
        self._every: dict[str, tuple[Mapping[str, Row], tuple[Stored[Any], ...]]] = {}
        self._entries: dict[str, tuple[Row, Entry]] = {}

    def get(self, kind: type[R], id: str) -> Stored[R]:  # noqa: A002
        """The record with that id.

        Raises:
            NotFound: there is none.
            StoreError: the register can no longer be read.
        """
        row = self._rows(kind).get(id)
        if row is None:
            raise records.absent(kind, id)
        return self._stored(kind, id, row)

    def all(self, kind: type[R]) -> tuple[Stored[R], ...]:
        """Every record of that kind, oldest first; the same tuple until one changes.

        Raises:
            StoreError: the register can no longer be read.
        """
        name = records.table_of(kind)
        rows = self._rows(kind)
        known, every = self._every.get(name, (None, ()))
        if known is None or known is not rows:
            fresh = tuple(self._stored(kind, id_, row) for id_, row in rows.items())
            if known is None or fresh != every:
                every = fresh
            self._every[name] = (rows, every)
        return every

    def history(self, kind: type | None = None, id: str = "") -> tuple[Entry, ...]:  # noqa: A002
        """Every commit, oldest first; or those that touched that kind, or record.

        Raises:
            StoreError: the register can no longer be read.
        """
        rows = self._storage.rows(HISTORY)
        if kind is not None:
            name = records.table_of(kind)
            rows = {
                number: row
                for number, row in rows.items()
                if records.touches(row, name, id)
            }
        return tuple(self._entry(number, row) for number, row in rows.items())

    def latest(self) -> Iterator[Entry]:
        """Every commit, newest first, read one at a time.

        Raises:
            StoreError: the register can no longer be read.
        """
        rows = self._storage.rows(HISTORY)
        for number in reversed(tuple(rows)):
            yield self._entry(number, rows[number])

    def commit(self, changes: Sequence[Change], *, by: str, why: str) -> Entry:
        """Save all changes or none, as one entry of the history.

        It is on the disk when this returns. A register written by hand is taken over
        first, as an entry of the history that nobody signed.

        Raises:
            StaleRevision: a record is no longer at the revision it was seen at.
            StoreError: the register cannot be written; it is as it was.
        """
        wanted = records.examine(changes, by=by, why=why)
        with self._storage.step() as tables:
            state = self._storage.state()
            if not state.content.generation:
                look_through(self.path, state.content)
                records.adopt(tables, by="", why="", at=state.since)
            history = self._storage.rows(HISTORY)
            gone = _gone(history) if any(not c.seen for c in wanted) else {}
            entry = Entry(
                number=max(map(int, history), default=0) + 1,
                at=records.moment(self._now),
                by=by,
                why=why,
                changes=tuple(self._changed(change, gone) for change in wanted),
            )
            plains = [
                self._write(change, changed, entry)
                for change, changed in zip(wanted, entry.changes, strict=True)
            ]
            row = records.to_history(entry, plains)
            self._table(HISTORY).put(str(entry.number), row)
        return entry

    def _changed(
        self, change: records.Wanted, gone: Mapping[tuple[str, str], int]
    ) -> Changed:
        row = self._rows(change.kind).get(change.id)
        current: Stored[Record] | None = None
        if row is not None:
            current = self._stored(change.kind, change.id, row)
        revision = records.next_revision(
            change, current, lambda table, id_: gone.get((table, id_), 0)
        )
        return Changed(
            kind=change.kind,
            id=change.id,
            before=current.value if current else None,
            after=change.value,
            revision=revision,
        )

    def _write(
        self, change: records.Wanted, changed: Changed, entry: Entry
    ) -> tuple[Row | None, Row | None]:
        """Write one record; its own fields before and after."""
        table = self._table(change.table)
        row = self._rows(change.kind).get(change.id)
        if change.plain is None:
            table.drop(change.id)
        else:
            new = records.to_row(
                change.plain, changed.revision, by=entry.by, at=entry.at
            )
            table.put(change.id, new)
        return (None if row is None else records.fields(row)), change.plain

    def _rows(self, kind: type) -> Mapping[str, Row]:
        return self._storage.rows(records.table_of(kind))

    @functools.cached_property
    def _db(self) -> RegisterDB:
        """TinyDB on the same file; who only reads does not wait for it."""
        from jointbuy.store.tables import RegisterDB

        return RegisterDB(storage=lambda: self._storage)

    def _table(self, name: str) -> RegisterTable:
        return cast("RegisterTable", self._db.table(name))

    def _stored(self, kind: type[R], id: str, row: Row) -> Stored[R]:  # noqa: A002
        name = records.table_of(kind)
        decoded = self._decoded.setdefault(name, {})
        held = decoded.get(id)
        if held is None or (held[0] is not row and held[0] != row):
            try:
                since = self._storage.state().since if records.AT not in row else _NONE
                held = (row, records.from_row(kind, id, row, since=since))
            except BadRecord as error:
                raise unlike(self.path, error.under(f"{name}.{id}")) from None
            decoded[id] = held
        return cast("Stored[R]", held[1])

    def _entry(self, number: str, row: Row) -> Entry:
        held = self._entries.get(number)
        if held is None or (held[0] is not row and held[0] != row):
            try:
                held = (row, records.from_history(number, row))
            except BadRecord as error:
                raise unlike(self.path, error.under(f"{HISTORY}.{number}")) from None
            self._entries[number] = held
        return held[1]


_NONE = datetime(1970, 1, 1, tzinfo=UTC)


def _gone(history: Mapping[str, Row]) -> dict[tuple[str, str], int]:
    """The last revision of every record that was ever removed."""
    rows: Iterable[Row] = history.values()
    if isinstance(history, Rows):
        rows = history.mentioning(b'"after":null')
    return {
        (change["kind"], change["id"]): change["revision"]
        for row in rows
        for change in row["changes"]
        if change["after"] is None
    }
