"""Where a register is kept: one port, several stores behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointbuy.errors import StoreError, say
from jointbuy.store.port import Change, Changed, Damaged, Entry, Store, Stored

if TYPE_CHECKING:
    from pathlib import Path


def open_store(location: Path | str, *, create: bool = False) -> Store:
    """The register at that place; with `create` an empty one is made if there is none.

    Raises:
        StoreError: there is none, it cannot be read, or it is kept in a way that this
            version does not know.
        Damaged: the file is not as it was saved, or is no register.
    """
    if isinstance(location, str) and "://" in location:
        scheme = location.partition("://")[0]
        if scheme in ("postgres", "postgresql"):
            raise StoreError(
                say(
                    "This version of jointbuy keeps registers in files; it cannot open "
                    "one on a PostgreSQL server yet. Name a file, such as "
                    "register.json.",
                )
            )
        raise StoreError(
            say(
                "jointbuy keeps registers in files and cannot open “{scheme}://”. Name "
                "a file, such as register.json.",
                scheme=scheme,
            )
        )
    from jointbuy.store.tinydb import TinyStore

    return TinyStore(location, create=create)


__all__ = [
    "Change",
    "Changed",
    "Damaged",
    "Entry",
    "Store",
    "Stored",
    "open_store",
]
