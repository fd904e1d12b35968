"""What every store asks of a change before it is saved, and how records are kept."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar, cast

from jointbuy import model
from jointbuy.codec import from_plain, to_plain
from jointbuy.errors import (
    Arg,
    BadRecord,
    NotFound,
    StaleRevision,
    UsageError,
    say,
    word,
)
from jointbuy.model.parties import LocalText
from jointbuy.model.tables import KEPT
from jointbuy.store.port import Change, Changed, Entry, Stored
from jointbuy.store.sealed import HISTORY, line

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from jointbuy.model import Record
    from jointbuy.store.sealed import Row, Tables

R = TypeVar("R")

_WORDS = {
    "register": word("register"),
    "administration": word("administration"),
    "contact_person": word("contact person"),
    "need": word("need"),
    "contract": word("contract"),
    "purchasing_centre": word("purchasing centre"),
    "framework_agreement": word("framework agreement"),
    "adhesion": word("adhesion to a purchasing centre"),
    "interest": word("interest in a framework agreement"),
    "use_decision": word("decision to use a framework agreement"),
    "dossier": word("dossier"),
    "own_value": word("own value of the law"),
    "order": word("order"),
    "programme": word("programme of a purchasing centre"),
    "needs_round": word("needs round"),
    "reminder": word("reminder"),
    "snooze": word("postponed reminder"),
    "action_point": word("action point"),
    "own_practice": word("habit of the office"),
}

REVISION, BY, AT = "_revision", "_by", "_at"
STAMP = (REVISION, BY, AT)
"""The fields a stored record has besides its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A change that can be saved: its value as it will be read back, and as JSON."""

    kind: type[Record]
    id: str
    seen: int
    value: Record | None
    plain: Row | None

    @property
    def table(self) -> str:
        """The table it belongs to."""
        return table_of(self.kind)


@functools.cache
def kinds() -> dict[str, type[Record]]:
    """Every kind of record by the name of its table."""
    return {name: cast("type[Record]", kind) for kind, name in model.type_names.items()}


def kind_word(kind: type) -> Arg:
    """How records of that kind are called in a sentence."""
    return _WORDS[table_of(kind)]


def table_of(kind: type) -> str:
    """The name of the table that holds records of that kind.

    Raises:
        UsageError: a register keeps no such records.
    """
    name = kind.__name__
    if name not in KEPT or getattr(model, name) is not kind:
        raise UsageError(
            say("A register keeps no records of the kind “{kind}”.", kind=name)
        )
    return KEPT[name]


def utc_now() -> datetime:
    """This moment, as the stores write it."""
    return datetime.now(UTC)


def moment(now: Callable[[], datetime]) -> datetime:
    """What the clock says, in UTC."""
    return now().astimezone(UTC)


def examine(changes: Sequence[Change], *, by: str, why: str) -> tuple[Wanted, ...]:
    """The changes, once it is sure that they can be written and read back.

    Raises:
        UsageError: nothing to save, an unknown kind, or the same record twice.
        BadRecord: a value that could not be read back.
    """
    if not changes:
        raise UsageError(say("There is nothing to save."))
    line([by, why])
    wanted = tuple(_examine(change) for change in changes)
    met: set[tuple[type, str]] = set()
    for change in wanted:
        if (change.kind, change.id) in met:
            raise UsageError(
                say(
                    "“{id}” ({kind}) is changed twice in one step.",
                    id=change.id,
                    kind=kind_word(change.kind),
                )
            )
        met.add((change.kind, change.id))
    return wanted


def _examine(change: Change) -> Wanted:
    table = table_of(change.kind)
    kind = cast("type[Record]", change.kind)
    value = change.value
    plain: Row | None = None
    if not change.id or (value is not None and change.id != value.id):
        raise UsageError(
            say(
                "“{id}” is not the id of the record to save ({kind}).",
                id=change.id,
                kind=kind_word(kind),
            )
        )
    line(change.id)
    if value is not None:
        if type(value) is not kind:
            raise UsageError(
                say(
                    "“{id}” cannot be saved: it is no record of the kind “{kind}”.",
                    id=change.id,
                    kind=kind_word(kind),
                )
            )
        try:
            plain = cast("dict[str, Any]", to_plain(value))
            line(plain)
            value = from_plain(kind, plain)
        except BadRecord as error:
            raise error.under(f"{table}.{change.id}") from None
    return Wanted(kind=kind, id=change.id, seen=change.seen, value=value, plain=plain)


def next_revision(
    change: Wanted, current: Stored[Record] | None, last: Callable[[str, str], int]
) -> int:
    """The revision the record will have; `last` knows the one it had when removed.

    Raises:
        StaleRevision: it is no longer at the revision it was seen at.
        NotFound: it is to be removed and was never there.
    """
    if current is None:
        if change.seen:
            raise StaleRevision(
                say(
                    "“{id}” ({kind}) was removed in the meantime. Nothing was saved.",
                    id=change.id,
                    kind=kind_word(change.kind),
                )
            )
        if change.value is None:
            raise absent(change.kind, change.id)
        return last(change.table, change.id) + 1
    if not change.seen and change.value is not None:
        raise StaleRevision(
            say(
                "There is already a record “{name}” ({kind}) with the id “{id}”. "
                "Nothing was saved.",
                name=label(current.value),
                id=change.id,
                kind=kind_word(change.kind),
            )
        )
    if change.seen != current.revision:
        raise StaleRevision(
            say(
                "“{name}” ({kind}) was changed in the meantime by {by}. Nothing was "
                "saved: open it again and repeat your change.",
                name=label(current.value),
                kind=kind_word(change.kind),
                by=current.by or word("somebody else"),
            )
        )
    return current.revision + 1


def absent(kind: type, id: str) -> NotFound:  # noqa: A002
    """The failure to find that record."""
    return NotFound(
        say(
            "There is no record “{id}” ({kind}) in this register.",
            id=id,
            kind=kind_word(kind),
        )
    )


def label(record: Record) -> str | Arg:
    """What people call the record: its title or name, else its id."""
    for field in ("title", "names", "name"):
        match getattr(record, field, None):
            case str(text) if text:
                return text
            case LocalText() as names if names.get("fr"):
                each = {c: getattr(names, c) for c in ("fr", "nl", "de", "en")}
                told = {code: text for code, text in each.items() if text}
                return Arg(name="", kind="names", text=names.get("en"), names=told)
            case _:
                pass
    return record.id


# Records as rows of a table


def to_row(plain: Row, revision: int, *, by: str, at: datetime) -> Row:
    """The row of a record: its own fields, and who saved it, when and how often."""
    return {**plain, REVISION: revision, BY: by, AT: at.isoformat()}


def from_row(kind: type[R], id: str, row: Row, *, since: datetime) -> Stored[R]:  # noqa: A002
    """The record in a row; one written by hand counts as saved once, at `since`.

    Raises:
        BadRecord: the row is not a record of that kind.
    """
    value = from_plain(kind, fields(row))
    if getattr(value, "id", None) != id:
        raise BadRecord("id", "it differs from the one the record is stored under")
    revision = row.get(REVISION, 1)
    if type(revision) is not int or revision < 1:
        raise BadRecord(REVISION, "a revision is a number from 1")
    by = row.get(BY, "")
    if not isinstance(by, str):
        raise BadRecord(BY, "it is not a text")
    at = _moment(row[AT], AT) if AT in row else since
    return Stored(value=value, revision=revision, by=by, at=at)


def fields(row: Row) -> Row:
    """The record's own fields."""
    own = dict(row)
    for name in STAMP:
        own.pop(name, None)
    return own


def _moment(text: object, path: str) -> datetime:
    try:
        at = datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        raise BadRecord(path, "a moment is written as 2027-01-31T09:30:00+00:00")
    return at


def to_history(entry: Entry, plains: Sequence[tuple[Row | None, Row | None]]) -> Row:
    """The row of an entry; `plains` are its records before and after, as JSON."""
    return {
        "number": entry.number,
        "at": entry.at.isoformat(),
        "by": entry.by,
        "why": entry.why,
        "changes": [
            {
                "kind": table_of(changed.kind),
                "id": changed.id,
                "before": before,
                "after": after,
                "revision": changed.revision,
            }
            for changed, (before, after) in zip(entry.changes, plains, strict=True)
        ],
    }


def from_history(id: str, row: Row) -> Entry:  # noqa: A002
    """The entry in a row of the history.

    Raises:
        BadRecord: it is not an entry.
    """
    number, by, why, changes = (
        row.get(key) for key in ("number", "by", "why", "changes")
    )
    if type(number) is not int or str(number) != id or number < 1:
        raise BadRecord("number", "it differs from the one the entry is stored under")
    if not isinstance(by, str) or not isinstance(why, str):
        raise BadRecord("by", "it is not a text")
    if not isinstance(changes, list):
        raise BadRecord("changes", "it is not a list")
    return Entry(
        number=number,
        at=_moment(row.get("at"), "at"),
        by=by,
        why=why,
        changes=tuple(_changed(index, item) for index, item in enumerate(changes)),
    )


def _changed(index: int, item: object) -> Changed:
    path = f"changes[{index}]"
    if not isinstance(item, dict) or item.keys() != {
        "kind",
        "id",
        "before",
        "after",
        "revision",
    }:
        raise BadRecord(path, "it is not a change")
    kind = kinds().get(str(item["kind"]))
    if kind is None:
        raise BadRecord(f"{path}.kind", "there is no such kind of record")
    if not isinstance(item["id"], str) or type(item["revision"]) is not int:
        raise BadRecord(path, "it is not a change")
    try:
        before, after = (
            None if item[key] is None else from_plain(kind, item[key])
            for key in ("before", "after")
        )
    except BadRecord as error:
        raise error.under(path) from None
    return Changed(
        kind=kind,
        id=item["id"],
        before=before,
        after=after,
        revision=item["revision"],
    )


def touches(row: Mapping[str, Any], table: str, id: str) -> bool:  # noqa: A002
    """Whether an entry touched that table, or that record of it."""
    return any(
        change["kind"] == table and (not id or change["id"] == id)
        for change in row["changes"]
    )


def adopt(tables: Tables, *, by: str, why: str, at: datetime) -> Entry | None:
    """Take over what was written or changed by hand; the entry added for it, if any.

    Whatever differs from what the history says becomes one change, and the revisions
    go on counting. The tables are changed in place, so that afterwards the history
    tells all they hold. The records must be sound.
    """
    last = _last(tables.get(HISTORY, {}))
    done: list[Changed] = []
    plains: list[tuple[Row | None, Row | None]] = []
    for name, kind in kinds().items():
        rows = tables.get(name, {})
        for id_ in (*rows, *(i for t, i in last if t == name and i not in rows)):
            row = rows.get(id_)
            after = None if row is None else from_plain(kind, fields(row))
            plain = None if after is None else cast("Row", to_plain(after))
            before, revision, then, who = last.get((name, id_), (None, 0, at, by))
            if plain == before:
                if plain is not None:
                    rows[id_] = to_row(plain, revision, by=who, at=then)
                continue
            revision += 1
            if row is not None and plain is not None:
                now = from_row(kind, id_, row, since=at)
                revision = max(revision, now.revision)
                if before is None:
                    rows[id_] = to_row(plain, revision, by=now.by or by, at=now.at)
                else:
                    rows[id_] = to_row(plain, revision, by=by, at=at)
            plains.append((before, plain))
            done.append(
                Changed(
                    kind=kind,
                    id=id_,
                    before=None if before is None else from_plain(kind, before),
                    after=after,
                    revision=revision,
                )
            )
    if not done:
        return None
    history = tables.setdefault(HISTORY, {})
    number = max(map(int, history), default=0) + 1
    entry = Entry(number=number, at=at, by=by, why=why, changes=tuple(done))
    history[str(number)] = to_history(entry, plains)
    return entry


def _last(
    history: Mapping[str, Row],
) -> dict[tuple[str, str], tuple[Row | None, int, datetime, str]]:
    """Every record the history knows: as it was left, its revision, when, by whom."""
    return {
        (change["kind"], change["id"]): (
            change["after"],
            change["revision"],
            datetime.fromisoformat(row["at"]),
            row["by"],
        )
        for row in history.values()
        for change in row["changes"]
    }


def faults(tables: Tables) -> tuple[BadRecord, ...]:
    """Every record and entry that cannot be read, with the table and id as path."""
    since = datetime(1970, 1, 1, tzinfo=UTC)
    found = []
    for name, rows in tables.items():
        kind = kinds().get(name)
        for id_, row in rows.items():
            try:
                if kind is None:
                    from_history(id_, row)
                else:
                    from_row(kind, id_, row, since=since)
            except BadRecord as error:
                found.append(error.under(f"{name}.{id_}"))
    return tuple(found)
