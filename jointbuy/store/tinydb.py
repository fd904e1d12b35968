"""A register in one JSON file that TinyDB can open, safe against crashes and crowds.

TinyDB itself overwrites its file in place, without a lock. Here every commit is one
step: lock, read again what others saved, compare revisions, write a new file beside
the old one, and put it in its place. Ids are text, so plain TinyDB reads the records
with a table class whose `document_id_class` is `str`.
"""

from __future__ import annotations

import contextlib
import errno
import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar, cast

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Document, Table

from jointbuy.errors import BadRecord, StoreError, say
from jointbuy.store import records
from jointbuy.store.files import (
    HEAD,
    Files,
    Mark,
    backups,
    leftovers,
    locked,
    put,
    unread,
    unwritten,
)
from jointbuy.store.port import Changed, Damaged, Entry, Stored
from jointbuy.store.sealed import (
    HISTORY,
    Content,
    Fault,
    Row,
    Rows,
    Tables,
    seal,
    unseal,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from jointbuy.model import Record
    from jointbuy.store.port import Change

R = TypeVar("R")

TIMEOUT = 10.0
"""Seconds to wait for somebody else who is saving."""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """The register as last read: its content, and the file it came from."""

    content: Content
    mark: Mark
    head: bytes

    @property
    def since(self) -> datetime:
        """When the file was written."""
        return datetime.fromtimestamp(self.mark.modified // 10**9, UTC)


class RegisterStorage(Storage):
    """What TinyDB reads from and writes to: one sealed file, changed in steps."""

    def __init__(
        self, path: Path, *, create: bool, files: Files, timeout: float
    ) -> None:
        super().__init__()
        self.path = path
        self._files = files
        self._timeout = timeout
        self._steps = threading.RLock()
        self._reading = threading.Lock()
        self._mine = threading.local()
        self._state = self._open(create=create)

    def read(self) -> dict[str, dict[str, Row]]:
        """The tables as they stand in the file now, or in the step under way."""
        pending: Tables | None = getattr(self._mine, "pending", None)
        tables = self.state().content.tables if pending is None else pending
        return cast("dict[str, dict[str, Row]]", tables)  # as TinyDB would have it

    def write(self, data: Mapping[str, Mapping[str, Any]]) -> None:
        """Replace all tables, as one step."""
        with self.step() as tables:
            whole = {name: Rows(rows) for name, rows in data.items()}
            tables.clear()
            tables.update(whole)
            self._mine.own = set(whole)

    def change(self, name: str) -> Rows:
        """The rows of a table, to be changed in the step under way."""
        pending: Tables = self._mine.pending
        if name not in self._mine.own:
            rows = pending.get(name)
            pending[name] = rows.copy() if isinstance(rows, Rows) else Rows(rows)
            self._mine.own.add(name)
        return cast("Rows", pending[name])

    def state(self) -> State:
        """The register as it stands in the file; read again only when it changed."""
        with self._reading:
            try:
                mark = self._files.mark(self.path)
            except OSError as error:
                raise unread(self.path, error) from None
            if mark != self._state.mark:
                self._state = load(self._files, self.path, before=self._state)
            return self._state

    @contextlib.contextmanager
    def step(self) -> Iterator[Tables]:
        """Tables to change; they are saved when the block ends, or not at all."""
        with self._steps:
            if getattr(self._mine, "pending", None) is not None:
                yield self._mine.pending
                return
            self._permit()
            with locked(self._files, self.path, self._timeout):
                state = self._current()
                tables: Tables = {
                    name: rows if isinstance(rows, Rows) else Rows(rows)
                    for name, rows in state.content.tables.items()
                }
                self._mine.pending, self._mine.own = tables, set()
                try:
                    yield tables
                finally:
                    self._mine.pending = None
                self._save(tables, state)

    def _permit(self) -> None:
        """Refuse to replace a file that may not be changed; its folder might let us."""
        try:
            permitted = self._files.writable(self.path)
        except OSError as error:
            raise unread(self.path, error) from None
        if not permitted:
            raise unwritten(self.path, PermissionError(errno.EACCES, "read-only"))

    def _current(self) -> State:
        """The state under the lock: certain, even where the clock is coarse."""
        state = self.state()
        try:
            same = self._files.head(self.path) == state.head
        except OSError as error:
            raise unread(self.path, error) from None
        if not same:
            state = load(self._files, self.path, before=state)
            with self._reading:
                self._state = state
        return state

    def _save(self, tables: Tables, state: State) -> None:
        generation = state.content.generation + 1
        text = seal(tables, generation)
        mark = put(self._files, self.path, text, expected=state.mark)
        content = Content(generation=generation, tables=tables)
        with self._reading:
            self._state = State(content=content, mark=mark, head=text[:HEAD])

    def _open(self, *, create: bool) -> State:
        try:
            self._files.mark(self.path)
        except FileNotFoundError:
            if not create:
                raise self._missing() from None
            self._create()
        except OSError as error:
            raise unread(self.path, error) from None
        state = load(self._files, self.path)
        self._clear()
        return state

    def _create(self) -> None:
        """An empty register, unless somebody else makes it at this moment."""
        if any(backup.exists() for backup in backups(self.path)):
            raise self._missing()
        try:
            self._files.make_folder(self.path.parent)
        except OSError as error:
            raise unwritten(self.path, error) from None
        with locked(self._files, self.path, self._timeout):
            if not self.path.exists():
                put(self._files, self.path, seal({}, 1), expected=None)

    def _missing(self) -> StoreError:
        if backup := newest_backup(self._files, self.path):
            return StoreError(
                say(
                    "{file} is no longer there, but its backup {backup} is. Put it "
                    "back with “jointbuy restore”, or move the "
                    "backups away to begin a new register.",
                    file=str(self.path),
                    backup=backup.name,
                )
            )
        return StoreError(
            say(
                "There is no register at {file}. Check the name and the folder; "
                "`jointbuy needs add` or `needs import` begins a new one.",
                file=str(self.path),
            )
        )

    def _clear(self) -> None:
        """Remove half-written copies that a crash left, unless somebody is saving."""
        if leftovers(self.path):
            with (
                contextlib.suppress(StoreError, OSError),
                locked(self._files, self.path, 0),
            ):
                for spare in leftovers(self.path):
                    self._files.remove(spare)


class RegisterTable(Table):
    """A TinyDB table whose ids are text and whose changes are steps of the storage."""

    document_id_class = str  # type: ignore[assignment]  # TinyDB's hook for other ids

    def __init__(self, storage: Storage, name: str, **_: object) -> None:
        # other processes change the file: a cache of queries would lie
        super().__init__(storage, name, cache_size=0)

    def rows(self) -> Mapping[str, Row]:
        """Every row by its id, in the order in which they came."""
        tables = cast("RegisterStorage", self._storage).read()
        return tables.get(self.name, {})

    def put(self, document: Document) -> None:
        """Write a document in the place of the one with its id, or at the end."""
        storage = cast("RegisterStorage", self._storage)
        with storage.step():
            storage.change(self.name)[cast("str", document.doc_id)] = dict(document)

    def drop(self, id: str) -> None:  # noqa: A002
        """Remove the document with that id."""
        storage = cast("RegisterStorage", self._storage)
        with storage.step():
            del storage.change(self.name)[id]

    def _update_table(self, updater: Callable[[dict[int, Any]], None]) -> None:
        storage = cast("RegisterStorage", self._storage)
        with storage.step() as tables:
            rows = storage.change(self.name).loose()
            updater(cast("dict[int, Any]", rows))
            tables[self.name] = Rows(rows)

    def _get_next_id(self) -> NoReturn:
        raise TypeError("write a Document: every record brings its own id")


class RegisterDB(TinyDB):
    """The TinyDB database of a register."""

    table_class = RegisterTable  # type: ignore[assignment]  # TinyDB's hook


class TinyStore:
    """A register in one file, for one person or for several on one drive."""

    def __init__(
        self,
        path: Path | str,
        *,
        create: bool = False,
        now: Callable[[], datetime] = records.utc_now,
        timeout: float = TIMEOUT,
        files: Files | None = None,
    ) -> None:
        """Open the register; with `create` an empty one is made if there is none.

        A link is followed: it is the file it leads to that is read and written.
        `timeout` is in seconds.

        Raises:
            StoreError: there is none, or it cannot be read.
            Damaged: it is not as it was saved, or is no register.
        """
        self._files = files or Files()
        self._now = now
        self.path = place(path)
        self._db = RegisterDB(
            self.path,
            storage=RegisterStorage,
            create=create,
            files=self._files,
            timeout=timeout,
        )
        self._storage = cast("RegisterStorage", self._db.storage)
        self._decoded: dict[str, dict[str, tuple[Row, Stored[Any]]]] = {}
        self._every: dict[str, tuple[Mapping[str, Row], tuple[Stored[Any], ...]]] = {}
        self._entries: dict[str, tuple[Row, Entry]] = {}

    @property
    def read_only(self) -> bool:
        """Whether the file may be read but not changed."""
        try:
            return not self._files.writable(self.path)
        except OSError:
            return True

    def get(self, kind: type[R], id: str) -> Stored[R]:  # noqa: A002
        """The record with that id.

        Raises:
            NotFound: there is none.
            StoreError: the register can no longer be read.
        """
        row = self._table(kind).rows().get(id)
        if row is None:
            raise records.absent(kind, id)
        return self._stored(kind, id, row)

    def all(self, kind: type[R]) -> tuple[Stored[R], ...]:
        """Every record of that kind, oldest first; the same tuple until one changes.

        Raises:
            StoreError: the register can no longer be read.
        """
        name = records.table_of(kind)
        rows = self._table(kind).rows()
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
        rows = self._history().rows()
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
        rows = self._history().rows()
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
                records.adopt(tables, by="", why="", at=state.since)
            history = self._history()
            gone = _gone(history.rows()) if any(not c.seen for c in wanted) else {}
            entry = Entry(
                number=max(map(int, history.rows()), default=0) + 1,
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
            history.put(_document(row, str(entry.number)))
        return entry

    def _changed(
        self, change: records.Wanted, gone: Mapping[tuple[str, str], int]
    ) -> Changed:
        row = self._table(change.kind).rows().get(change.id)
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
        table = self._table(change.kind)
        row = table.rows().get(change.id)
        if change.plain is None:
            table.drop(change.id)
        else:
            new = records.to_row(
                change.plain, changed.revision, by=entry.by, at=entry.at
            )
            table.put(_document(new, change.id))
        return (None if row is None else records.fields(row)), change.plain

    def _table(self, kind: type) -> RegisterTable:
        return cast("RegisterTable", self._db.table(records.table_of(kind)))

    def _history(self) -> RegisterTable:
        return cast("RegisterTable", self._db.table(HISTORY))

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


def _document(row: Row, id: str) -> Document:  # noqa: A002
    """TinyDB takes an id other than a number in a `Document` only."""
    return Document(row, doc_id=cast("int", id))


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


def place(path: Path | str) -> Path:
    """Where the register really is: links are followed, `~` is the home folder.

    Raises:
        StoreError: nothing can be called so.
    """
    try:
        return Path(path).expanduser().resolve()
    except (ValueError, OSError, RuntimeError) as error:
        raise StoreError(
            say(
                "“{file}” cannot be the name of a register ({detail}).",
                file=str(path),
                detail=str(error),
            )
        ) from None


def load(files: Files, path: Path, *, before: State | None = None) -> State:
    """The register in the file; what stands in `before` as well is not read again.

    Raises:
        StoreError: it cannot be read.
        Damaged: it is not as it was saved, or is no register.
    """
    try:
        text, mark = files.read(path)
    except OSError as error:
        raise unread(path, error) from None
    try:
        content = unseal(text)
    except Fault as fault:
        raise damaged(files, path, fault) from None
    if not content.generation and (bad := records.faults(content.tables)):
        raise unlike(path, bad[0])
    tables = content.tables
    for name, rows in tables.items():
        old = before.content.tables.get(name) if before else None
        if isinstance(rows, Rows) and isinstance(old, Rows):
            tables[name] = rows.after(old)
    return State(content=content, mark=mark, head=text[:HEAD])


def newest_backup(files: Files, path: Path) -> Path | None:
    """The newest backup beside the register that is sound."""
    for backup in backups(path):
        try:
            content = unseal(files.read(backup)[0])
        except (OSError, Fault):
            continue
        if content.generation and not records.faults(content.tables):
            return backup
    return None


def unlike(path: Path, bad: BadRecord) -> Damaged:
    """The refusal of a register with a record that is not as it should be."""
    return Damaged(
        say(
            "{file} cannot be used: {place} is not as it should be ({detail}). Correct "
            "it in the file, or use a newer version of jointbuy if one wrote it.",
            file=str(path),
            place=bad.path,
            detail=bad.detail,
        ),
        path=path,
    )


def damaged(files: Files, path: Path, fault: Fault) -> Damaged:
    """The refusal of a file that is not as it was saved, and the way out."""
    backup = newest_backup(files, path)
    name = backup.name if backup else ""
    if fault.edited and not backup:
        message = say(
            "{file} was changed outside jointbuy. Look at what was changed, then take "
            "it over with “jointbuy restore --accept-changes”.",
            file=str(path),
        )
    elif fault.edited:
        message = say(
            "{file} was changed outside jointbuy. Look at what was changed; then take "
            "it over with “jointbuy restore --accept-changes”, or go back to what was "
            "saved before ({backup}) with “jointbuy restore”.",
            file=str(path),
            backup=name,
        )
    elif backup:
        message = say(
            "{file} cannot be opened: {reason}. Its backup {backup} is intact: put it "
            "back with “jointbuy restore”; the damaged file is kept.",
            file=str(path),
            reason=fault.reason,
            backup=name,
        )
    else:
        message = say(
            "{file} cannot be opened: {reason}. There is no intact backup beside it: "
            "put back a copy of your own, or name another file.",
            file=str(path),
            reason=fault.reason,
        )
    return Damaged(message, path=path, backup=backup, edited=fault.edited)
