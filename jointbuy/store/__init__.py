"""Where a register is kept: one port, several stores behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointbuy.errors import StoreError, say
from jointbuy.store.port import Change, Changed, Damaged, Entry, Store, Stored

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from jointbuy.errors import Message


def open_store(
    location: Path | str, *, create: bool = False, whole: bool = True
) -> Store:
    """The register at that place; with `create` an empty one is made if there is none.

    Unless it need not be `whole`, every record of a register written by hand is looked
    at; else only those that are asked for, and all of them before anything is saved.

    Raises:
        StoreError: there is none, it cannot be read, or it is kept in a way that this
            version does not know.
        Damaged: the file is not as it was saved, or is no register.
    """
    _on_no_server(location)
    from jointbuy.store.tinydb import TinyStore

    return TinyStore(location, create=create, whole=whole)


def _on_no_server(location: Path | str) -> None:
    """Refuse an address: registers are files.

    Raises:
        StoreError: it is the address of a server.
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


def check_register(
    path: Path | str, *, known: Collection[str] = ()
) -> tuple[Message, ...]:
    """Everything that is wrong with a register file; nothing when it is sound.

    `known` are ids of centres and frameworks that need not be in the register.

    Raises:
        StoreError: there is no such file, or it cannot be read.
    """
    _on_no_server(path)
    from jointbuy.store import repair

    return repair.check_register(path, known=known)


def restore(path: Path | str) -> Message:
    """Put the newest intact backup in the place of a damaged or lost register.

    The damaged file is kept beside it. Says what was done.

    Raises:
        UsageError: the register is intact.
        StoreError: there is no intact backup, or it cannot be put back.
    """
    _on_no_server(path)
    from jointbuy.store import repair

    return repair.restore(path)


def accept_changes(path: Path | str, *, by: str = "", why: str = "") -> Message:
    """Seal a register that was written or changed by hand, as it stands.

    What differs becomes one entry of the history. Says what was done.

    Raises:
        UsageError: nothing was changed by hand.
        StoreError: the file is damaged, or a record in it is not as it should be.
    """
    _on_no_server(path)
    from jointbuy.store import repair

    return repair.accept_changes(path, by=by, why=why)


__all__ = [
    "Change",
    "Changed",
    "Damaged",
    "Entry",
    "Store",
    "Stored",
    "accept_changes",
    "check_register",
    "open_store",
    "restore",
]
