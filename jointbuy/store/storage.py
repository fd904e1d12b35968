"""The file of a register: opened, read again when it changed, replaced in steps.

TinyDB itself overwrites its file in place, without a lock. Here every change is one
step: lock, read again what others saved, write a new file beside the old one, and put
it in its place.
"""

from __future__ import annotations

import contextlib
import errno
import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

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
from jointbuy.store.port import Damaged
from jointbuy.store.sealed import Content, Fault, Row, Rows, Tables, seal, unseal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

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


class RegisterStorage:
    """What TinyDB reads from and writes to: one sealed file, changed in steps."""

    def __init__(
        self,
        path: Path,
        *,
        create: bool,
        files: Files,
        timeout: float,
        whole: bool = True,
    ) -> None:
        self.path = path
        self._whole = whole
        self._files = files
        self._timeout = timeout
        self._steps = threading.RLock()
        self._reading = threading.Lock()
        self._mine = threading.local()
        self._state = self._open(create=create)

    def read(self) -> Tables:
        """The tables as they stand in the file now, or in the step under way."""
        pending: Tables | None = getattr(self._mine, "pending", None)
        return self.state().content.tables if pending is None else pending

    def rows(self, name: str) -> Mapping[str, Row]:
        """Every row of a table by its id, in the order in which they came."""
        return self.read().get(name, {})

    def write(self, data: Mapping[str, Mapping[str, Any]]) -> None:
        """Replace all tables, as one step."""
        with self.step() as tables:
            whole = {name: Rows(rows) for name, rows in data.items()}
            tables.clear()
            tables.update(whole)
            self._mine.own = set(whole)

    def close(self) -> None:
        """TinyDB is done with it; nothing is held open."""

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
                self._state = self._load(before=self._state)
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
            state = self._load(before=state)
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
        state = self._load()
        self._clear()
        return state

    def _load(self, *, before: State | None = None) -> State:
        state = load(self._files, self.path, before=before)
        if self._whole:
            look_through(self.path, state.content)
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
    tables = content.tables
    for name, rows in tables.items():
        old = before.content.tables.get(name) if before else None
        if isinstance(rows, Rows) and isinstance(old, Rows):
            tables[name] = rows.after(old)
    return State(content=content, mark=mark, head=text[:HEAD])


def look_through(path: Path, content: Content) -> None:
    """Refuse a register written by hand with a record that is not as it should be.

    Raises:
        Damaged: the first such record.
    """
    if not content.generation and (bad := records.faults(content.tables)):
        raise unlike(path, bad[0])


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
