"""A register kept in memory only: for a demonstration, and for tests."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, TypeVar, cast

from jointbuy.store import records
from jointbuy.store.port import Changed, Entry, Stored

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from jointbuy.model import Record
    from jointbuy.store.port import Change

R = TypeVar("R")


class MemoryStore:
    """A register that is gone when the program ends."""

    def __init__(self, *, now: Callable[[], datetime] = records.utc_now) -> None:
        self._now = now
        self._tables: dict[type, dict[str, Stored[Record]]] = {}
        self._every: dict[type, tuple[Stored[Record], ...]] = {}
        self._history: list[Entry] = []
        self._removed: dict[tuple[str, str], int] = {}
        self._threads = threading.RLock()

    def get(self, kind: type[R], id: str) -> Stored[R]:  # noqa: A002
        """The record with that id.

        Raises:
            NotFound: there is none.
        """
        records.table_of(kind)
        stored = self._tables.get(kind, {}).get(id)
        if stored is None:
            raise records.absent(kind, id)
        return cast("Stored[R]", stored)

    def all(self, kind: type[R]) -> tuple[Stored[R], ...]:
        """Every record of that kind, oldest first; the same tuple until one changes."""
        records.table_of(kind)
        with self._threads:
            every = self._every.get(kind)
            if every is None:
                every = self._every[kind] = tuple(self._tables.get(kind, {}).values())
            return cast("tuple[Stored[R], ...]", every)

    def history(self, kind: type | None = None, id: str = "") -> tuple[Entry, ...]:  # noqa: A002
        """Every commit, oldest first; or those that touched that kind, or record."""
        with self._threads:
            entries = tuple(self._history)
        if kind is None:
            return entries
        records.table_of(kind)
        return tuple(
            entry
            for entry in entries
            if any(c.kind is kind and (not id or c.id == id) for c in entry.changes)
        )

    def latest(self) -> Iterator[Entry]:
        """Every commit, newest first."""
        return reversed(self.history())

    def commit(self, changes: Sequence[Change], *, by: str, why: str) -> Entry:
        """Save all changes or none, as one entry of the history.

        Raises:
            StaleRevision: a record is no longer at the revision it was seen at.
        """
        wanted = records.examine(changes, by=by, why=why)
        with self._threads:
            at = records.moment(self._now)
            done = tuple(self._changed(change) for change in wanted)
            for changed in done:
                table = self._tables.setdefault(changed.kind, {})
                self._every.pop(changed.kind, None)
                if changed.after is None:
                    del table[changed.id]
                    name = records.table_of(changed.kind)
                    self._removed[name, changed.id] = changed.revision
                else:
                    table[changed.id] = Stored(
                        value=changed.after, revision=changed.revision, by=by, at=at
                    )
            number = len(self._history) + 1
            entry = Entry(number=number, at=at, by=by, why=why, changes=done)
            self._history.append(entry)
            return entry

    def _changed(self, change: records.Wanted) -> Changed:
        current: Stored[Any] | None = self._tables.get(change.kind, {}).get(change.id)
        revision = records.next_revision(
            change, current, lambda table, id_: self._removed.get((table, id_), 0)
        )
        return Changed(
            kind=change.kind,
            id=change.id,
            before=current.value if current else None,
            after=change.value,
            revision=revision,
        )
