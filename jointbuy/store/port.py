"""The port every store answers to: three ways to read, one way to write."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from jointbuy.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from jointbuy.errors import Message
    from jointbuy.model import Record

T_co = TypeVar("T_co", covariant=True)
R = TypeVar("R")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored(Generic[T_co]):
    """A record as the store holds it; `revision` counts its saves, from 1."""

    value: T_co
    revision: int
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One record to save, or to remove when `value` is None.

    `seen` is the revision it was read at; 0 creates it.
    """

    kind: type
    id: str
    value: Record | None
    seen: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """What one commit did to one record; None is a record that was not there."""

    kind: type
    id: str
    before: Record | None
    after: Record | None
    revision: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One commit in the history; `number` counts them from 1."""

    number: int
    at: datetime
    by: str
    why: str
    changes: tuple[Changed, ...]


class Damaged(StoreError):
    """A register file that is not as it was saved; nothing in it was touched.

    `backup` is the newest intact one beside it, which `restore` would put back;
    `edited` tells that the file is well-formed, as after an edit by hand, and that
    `accept_changes` could take it over as it stands.
    """

    def __init__(
        self,
        message: Message,
        *,
        path: Path,
        backup: Path | None = None,
        edited: bool = False,
    ) -> None:
        super().__init__(message)
        self.path = path
        self.backup = backup
        self.edited = edited


class Store(Protocol):
    """Keeps the records of a register and the history of every change."""

    def get(self, kind: type[R], id: str) -> Stored[R]:  # noqa: A002
        """The record with that id.

        Raises:
            NotFound: there is none.
        """
        ...

    def all(self, kind: type[R]) -> tuple[Stored[R], ...]:
        """Every record of that kind, oldest first.

        It is the very same tuple for as long as no record of that kind changes.
        """
        ...

    def history(self, kind: type | None = None, id: str = "") -> tuple[Entry, ...]:  # noqa: A002
        """Every commit, oldest first; or those that touched that kind, or that record.

        An entry is always whole, whatever it was asked for.
        """
        ...

    def latest(self) -> Iterator[Entry]:
        """Every commit, newest first, read one at a time."""
        ...

    def commit(self, changes: Sequence[Change], *, by: str, why: str) -> Entry:
        """Save all changes or none, as one entry of the history.

        A record that was removed and comes back goes on counting its revisions; it
        is created again, so seen at 0. One commit touches a record once.

        Raises:
            StaleRevision: a record is no longer at the revision it was seen at.
            NotFound: a record to remove was never there.
            UsageError: nothing to save, an unknown kind, or the same record twice.
            BadRecord: a value could not be read back if it were saved.
            StoreError: the register cannot be written.
        """
        ...
