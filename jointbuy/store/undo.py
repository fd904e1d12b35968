"""Taking back: the last change that still stands, reversed as a new change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jointbuy.errors import NotFound, StaleRevision, say
from jointbuy.store.port import Change

if TYPE_CHECKING:
    from jointbuy.model import Record
    from jointbuy.store.port import Entry, Store

VERB = "undo"


def undo(store: Store, *, by: str) -> Entry:
    """Take back the last change that was not taken back yet.

    Raises:
        NotFound: there is nothing to take back.
        StaleRevision: one of its records was changed again since.
    """
    entry = last_standing(store)
    changes = []
    for changed in entry.changes:
        value, seen = _now(store, changed.kind, changed.id)
        if value != changed.after:
            raise StaleRevision(
                say(
                    "“{id}” was changed again since change {number}: it cannot be "
                    "taken back by itself.",
                    id=changed.id,
                    number=entry.number,
                )
            )
        changes.append(
            Change(kind=changed.kind, id=changed.id, value=changed.before, seen=seen)
        )
    return store.commit(changes, by=by, why=f"{VERB} {entry.number}")


def last_standing(store: Store) -> Entry:
    """The last entry that neither takes back another nor was taken back.

    An unsigned one is how the register began; it is not taken back.

    Raises:
        NotFound: there is none.
    """
    undone: set[int] = set()
    for entry in store.latest():
        verb, _, number = entry.why.partition(" ")
        if verb == VERB and number.isdigit():
            undone.add(int(number))
        elif not entry.by:
            break
        elif entry.number not in undone:
            return entry
    raise NotFound(say("There is nothing to undo."))


def revision(store: Store, kind: type[Any], id: str) -> int:  # noqa: A002
    """The revision a record stands at; 0 where there is none."""
    return _now(store, kind, id)[1]


def _now(store: Store, kind: type[Any], id: str) -> tuple[Record | None, int]:  # noqa: A002
    try:
        stored = store.get(kind, id)
    except NotFound:
        return None, 0
    return stored.value, stored.revision
