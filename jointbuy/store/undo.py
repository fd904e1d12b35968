"""Taking back the last change that still stands, and making it again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jointbuy.errors import NotFound, StaleRevision, say
from jointbuy.store.port import Change

if TYPE_CHECKING:
    from jointbuy.model import Record
    from jointbuy.store.port import Changed, Entry, Store

UNDO, REDO = "undo", "redo"
LONGEST = 19
"""Figures; no history counts further."""


def undo(store: Store, *, by: str) -> Entry:
    """Take back the last change that was not taken back yet.

    Raises:
        NotFound: there is nothing to take back.
        StaleRevision: one of its records was changed again since.
    """
    entry = last_standing(store)
    changes = [
        _turned(store, entry, changed, changed.after, changed.before)
        for changed in entry.changes
    ]
    return store.commit(changes, by=by, why=f"{UNDO} {entry.number}")


def redo(store: Store, *, by: str) -> Entry:
    """Make the change again that was taken back last, if nothing came after that.

    Raises:
        NotFound: there is nothing to make again.
        StaleRevision: one of its records was changed again since.
    """
    entry = last_undone(store)
    changes = [
        _turned(store, entry, changed, changed.before, changed.after)
        for changed in entry.changes
    ]
    return store.commit(changes, by=by, why=f"{REDO} {entry.number}")


def _turned(
    store: Store,
    entry: Entry,
    changed: Changed,
    expected: Record | None,
    value: Record | None,
) -> Change:
    """The record as it is expected to stand, turned into the other value."""
    now, seen = _now(store, changed.kind, changed.id)
    if now != expected:
        raise StaleRevision(
            say(
                "“{id}” was changed again since change {number}: it cannot be taken "
                "back by itself.",
                id=changed.id,
                number=entry.number,
            )
        )
    return Change(kind=changed.kind, id=changed.id, value=value, seen=seen)


def turned(entry: Entry) -> tuple[str, int]:
    """Whether it is an undo or a redo, and of which change; else nothing and 0."""
    verb, _, number = entry.why.partition(" ")
    if verb in (UNDO, REDO) and number.isdecimal() and len(number) < LONGEST:
        return verb, int(number)
    return "", 0


def last_standing(store: Store) -> Entry:
    """The last entry that neither takes back another nor was taken back.

    An unsigned one is how the register began; it is not taken back.

    Raises:
        NotFound: there is none.
    """
    last: dict[int, str] = {}
    for entry in store.latest():
        verb, number = turned(entry)
        if verb:
            last.setdefault(number, verb)
        elif not entry.by:
            break
        elif last.get(entry.number) != UNDO:
            return entry
    raise NotFound(say("There is nothing to undo."))


def last_undone(store: Store) -> Entry:
    """The entry that was taken back last, with nothing but its like after it.

    Raises:
        NotFound: there is none.
    """
    last: dict[int, str] = {}
    for entry in store.latest():
        verb, number = turned(entry)
        if not verb:
            break
        last.setdefault(number, verb)
    undone = {number for number, verb in last.items() if verb == UNDO}
    found: Entry | None = None
    for entry in store.latest():
        if entry.number in undone:
            found = entry
        if entry.number <= min(undone, default=entry.number):
            break
    if found is None:
        raise NotFound(say("There is nothing to make again."))
    return found


def revision(store: Store, kind: type[Any], id: str) -> int:  # noqa: A002
    """The revision a record stands at; 0 where there is none."""
    return _now(store, kind, id)[1]


def _now(store: Store, kind: type[Any], id: str) -> tuple[Record | None, int]:  # noqa: A002
    try:
        stored = store.get(kind, id)
    except NotFound:
        return None, 0
    return stored.value, stored.revision
