"""Checking a register file, putting a backup back, and taking over edits by hand."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from jointbuy.errors import Message, StoreError, UsageError, say, word
from jointbuy.model import (
    ActionPoint,
    Adhesion,
    Administration,
    ContactPerson,
    Contract,
    Dossier,
    FrameworkAgreement,
    Interest,
    Need,
    NeedsRound,
    Order,
    Programme,
    PurchasingCentre,
    Register,
    UseDecision,
)
from jointbuy.store import records
from jointbuy.store.files import Files, backups, locked, put, unread, unwritten
from jointbuy.store.port import Change
from jointbuy.store.sealed import HISTORY, Content, Fault, parse, seal, unseal
from jointbuy.store.storage import TIMEOUT, damaged, newest_backup, place, unlike

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
    from pathlib import Path

    from jointbuy.model import Record
    from jointbuy.store.files import Mark
    from jointbuy.store.port import Stored
    from jointbuy.store.sealed import Tables


# Checking


def check_register(
    path: Path | str, *, known: Collection[str] = (), files: Files | None = None
) -> tuple[Message, ...]:
    """Everything that is wrong with a register file; nothing when it is sound.

    `known` are ids of centres and frameworks that need not be in the register.

    Raises:
        StoreError: there is no such file, or it cannot be read.
    """
    files, path = files or Files(), place(path)
    text, _ = _read(files, path)
    found: list[Message] = []
    try:
        content = unseal(text)
    except Fault as fault:
        found.append(damaged(files, path, fault).message)
        if not fault.edited:
            return tuple(found)
        content, _ = parse(text)
    found += [unlike(path, bad).message for bad in records.faults(content.tables)]
    if not found:
        found += dangling(_values(content.tables), known=known)
    return tuple(found)


def dangling(
    values: Iterable[Record], *, known: Collection[str] = ()
) -> tuple[Message, ...]:
    """Every reference to a record that is not there, as far as values name each other.

    `known` are ids of centres and frameworks that stand elsewhere.
    """
    all_values = tuple(values)
    ids: dict[type, set[str]] = {}
    for value in all_values:
        ids.setdefault(type(value), set()).add(value.id)
    for kind in (PurchasingCentre, FrameworkAgreement):
        ids.setdefault(kind, set()).update(known)
    return tuple(
        say(
            "“{name}” ({kind}, {id}) refers in “{field}” to “{target}”, which the "
            "register does not hold.",
            name=records.label(value),
            kind=records.kind_word(type(value)),
            id=value.id,
            field=field,
            target=target,
        )
        for value in all_values
        for field, target, kinds in _references(value)
        if target and not any(target in ids.get(kind, ()) for kind in kinds)
    )


_FIELDS: dict[type, tuple[tuple[str, tuple[type, ...]], ...]] = {
    Register: (("home", (Administration,)),),
    Administration: (
        ("neighbours", (Administration,)),
        ("belongs_to", (Administration,)),
    ),
    ContactPerson: (
        ("administration", (Administration,)),
        ("successor", (ContactPerson,)),
    ),
    Need: (
        ("administration", (Administration,)),
        ("contact", (ContactPerson,)),
        ("replaces", (Contract, Need)),
    ),
    Contract: (
        ("administration", (Administration,)),
        ("successor", (Contract, Need)),
        ("framework", (FrameworkAgreement,)),
        ("need", (Need,)),
    ),
    FrameworkAgreement: (
        ("centre", (PurchasingCentre,)),
        ("successor", (FrameworkAgreement,)),
    ),
    Adhesion: (
        ("administration", (Administration,)),
        ("centre", (PurchasingCentre,)),
        ("programme", (Programme,)),
    ),
    Interest: (
        ("administration", (Administration,)),
        ("framework", (FrameworkAgreement,)),
    ),
    UseDecision: (("need", (Need,)), ("framework", (FrameworkAgreement,))),
    Dossier: (
        ("pilot", (Administration,)),
        ("candidate.needs", (Need,)),
        ("candidate.administrations", (Administration,)),
        ("candidate.framework", (FrameworkAgreement,)),
    ),
    Order: (
        ("framework", (FrameworkAgreement,)),
        ("administration", (Administration,)),
        ("need", (Need,)),
    ),
    Programme: (("centre", (PurchasingCentre,)),),
    NeedsRound: (
        ("previous", (NeedsRound,)),
        ("services.administration", (Administration,)),
        ("services.contact", (ContactPerson,)),
    ),
    ActionPoint: (
        ("administration", (Administration,)),
        ("contact", (ContactPerson,)),
    ),
}
"""Which fields name other records, and of which kinds."""


def _references(value: Record) -> Iterator[tuple[str, str, tuple[type, ...]]]:
    for field, kinds in _FIELDS.get(type(value), ()):
        found: list[Any] = [value]
        for name in field.split("."):
            named = [getattr(each, name) for each in found]
            found = [
                one
                for each in named
                for one in (each if isinstance(each, tuple) else (each,))
            ]
        for one in found:
            yield field, one, kinds


# Putting a backup back


def restore(
    path: Path | str,
    *,
    now: Callable[[], datetime] = records.utc_now,
    timeout: float = TIMEOUT,
    files: Files | None = None,
) -> Message:
    """Put the newest intact backup in the place of a damaged or lost register.

    The damaged file is kept beside it as `.damaged-<time>`. Says what was done.

    Raises:
        UsageError: the register is intact.
        StoreError: there is no intact backup, or it cannot be put back.
    """
    files, path = files or Files(), place(path)
    with locked(files, path, timeout):
        mark = _damage(files, path)
        backup = newest_backup(files, path)
        if backup is None:
            names = ", ".join(name.name for name in backups(path))
            raise StoreError(
                say(
                    "There is no intact backup of {file} (looked for {names}). Put "
                    "back a copy of your own.",
                    file=str(path),
                    names=names,
                )
            )
        text, _ = _read(files, backup)
        aside = path
        if mark is not None:
            stamp = records.moment(now).strftime("%Y%m%dT%H%M%SZ")
            aside = path.with_name(f"{path.name}.damaged-{stamp}")
            _keep(files, path, aside)
        put(files, path, text, expected=mark, keep=False)
    return _restored(unseal(text), path, backup, aside)


def _damage(files: Files, path: Path) -> Mark | None:
    """The mark of a file that is damaged; None when it is gone."""
    try:
        text, mark = files.read(path)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise unread(path, error) from None
    try:
        content = unseal(text)
    except Fault:
        return mark
    if records.faults(content.tables):
        return mark
    raise UsageError(
        say("{file} is intact: there is nothing to restore.", file=str(path))
    )


def _keep(files: Files, path: Path, aside: Path) -> None:
    """Keep the file under a second name, whatever was damaged."""
    try:
        try:
            files.link(path, aside)
        except OSError:  # no second names on this drive
            text, _ = files.read(path)
            put(files, aside, text, expected=None)
    except StoreError:
        raise
    except OSError as error:
        raise unwritten(path, error) from None


def _restored(content: Content, path: Path, backup: Path, aside: Path) -> Message:
    entries = list(content.tables.get(HISTORY, {}).values())
    if not entries:
        return say(
            "{file} was put back from {backup}, as it was when it was made. The "
            "damaged file is kept as {aside}.",
            file=str(path),
            backup=backup.name,
            aside=aside.name,
        )
    last = records.from_history(str(entries[-1]["number"]), entries[-1])
    at = last.at.astimezone()
    if aside == path:
        return say(
            "{file} was put back from {backup}, as saved by {by} on {day} at {time}. "
            "Enter again what was saved after that.",
            file=str(path),
            backup=backup.name,
            by=last.by or word("somebody"),
            day=at.date(),
            time=f"{at:%H:%M}",
        )
    return say(
        "{file} was put back from {backup}, as saved by {by} on {day} at {time}. Enter "
        "again what was saved after that; the damaged file is kept as {aside}.",
        file=str(path),
        backup=backup.name,
        by=last.by or word("somebody"),
        day=at.date(),
        time=f"{at:%H:%M}",
        aside=aside.name,
    )


# Taking over edits by hand


def accept_changes(
    path: Path | str,
    *,
    by: str = "",
    why: str = "",
    now: Callable[[], datetime] = records.utc_now,
    timeout: float = TIMEOUT,
    files: Files | None = None,
) -> Message:
    """Seal a register that was written or changed by hand, as it stands.

    What differs from the history becomes one entry of it, and revisions go on
    counting. Says what was done.

    Raises:
        UsageError: nothing was changed by hand.
        StoreError: the file is damaged, or a record in it is not as it should be.
    """
    files, path = files or Files(), place(path)
    with locked(files, path, timeout):
        text, mark = _read(files, path)
        content = _edited(files, path, text)
        if bad := records.faults(content.tables):
            raise unlike(path, bad[0])
        at = records.moment(now)
        entry = records.adopt(content.tables, by=by, why=why, at=at)
        sealed = seal(content.tables, content.generation + 1)
        put(files, path, sealed, expected=mark)
    if entry is None and content.generation:
        return say(
            "{file} was taken over as it stands. No record differs from its history, "
            "so the history was changed as well or nothing but the way the file is "
            "written: what was changed cannot be told. Compare it with a copy of your "
            "own.",
            file=str(path),
        )
    return say(
        "{file} was taken over as it stands; records that differ from what was saved "
        "before: {count}.",
        file=str(path),
        count=len(entry.changes) if entry else 0,
    )


def _edited(files: Files, path: Path, text: bytes) -> Content:
    """What a register says that was written or changed by hand."""
    try:
        content = unseal(text)
    except Fault as fault:
        if not fault.edited:
            raise damaged(files, path, fault) from None
        return parse(text)[0]
    if content.generation:
        raise UsageError(
            say(
                "{file} is as it was saved: nothing was changed outside jointbuy.",
                file=str(path),
            )
        )
    return content


def write_register(
    path: Path | str,
    values: Sequence[Record],
    *,
    by: str,
    why: str,
    at: datetime,
    files: Files | None = None,
) -> None:
    """A new register that holds these records, as one entry of its history.

    The same records at the same moment give the same bytes.

    Raises:
        StoreError: the file exists, or cannot be written.
        BadRecord: a value could not be read back.
    """
    files, path = files or Files(), place(path)
    changes = [Change(kind=type(value), id=value.id, value=value) for value in values]
    tables: Tables = {}
    for wanted in records.examine(changes, by=by, why=why):
        tables.setdefault(wanted.table, {})[wanted.id] = wanted.plain or {}
    records.adopt(tables, by=by, why=why, at=at)
    if path.exists():
        raise StoreError(
            say(
                "{file} exists already. Nothing was written: name another file.",
                file=str(path),
            )
        )
    put(files, path, seal(tables, 1), expected=None)


def _values(tables: Tables) -> Iterator[Record]:
    since = datetime(1970, 1, 1, tzinfo=UTC)
    for name, kind in records.kinds().items():
        for id_, row in tables.get(name, {}).items():
            stored: Stored[Record] = records.from_row(kind, id_, row, since=since)
            yield stored.value


def _read(files: Files, path: Path) -> tuple[bytes, Mark]:
    try:
        return files.read(path)
    except OSError as error:
        raise unread(path, error) from None
