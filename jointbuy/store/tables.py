"""What TinyDB makes of a register: its database and its tables.

Only who writes, or searches with the queries of TinyDB, needs them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn, cast

from tinydb import TinyDB
from tinydb.table import Table

from jointbuy.store.sealed import Rows

if TYPE_CHECKING:
    from collections.abc import Callable

    from tinydb.storages import Storage

    from jointbuy.store.sealed import Row
    from jointbuy.store.storage import RegisterStorage


class RegisterTable(Table):
    """A TinyDB table whose ids are text and whose changes are steps of the storage."""

    document_id_class = str  # type: ignore[assignment]  # TinyDB's hook for other ids

    def __init__(self, storage: Storage, name: str, **_: object) -> None:
        # other processes change the file: a cache of queries would lie
        super().__init__(storage, name, cache_size=0)

    def put(self, id: str, row: Row) -> None:  # noqa: A002
        """Write a row in the place of the one with its id, or at the end."""
        storage = cast("RegisterStorage", self._storage)
        with storage.step():
            storage.change(self.name)[id] = row

    def drop(self, id: str) -> None:  # noqa: A002
        """Remove the row with that id."""
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
