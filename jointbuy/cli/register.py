"""`jointbuy history`, `undo`, `redo`, `check-register` and `restore`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from jointbuy import settings
from jointbuy.cli.base import Option, Session, command
from jointbuy.codec import to_plain
from jointbuy.errors import NotFound, say
from jointbuy.model import type_names
from jointbuy.workspace import told

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jointbuy.store.port import Entry


def _plain(entry: Entry) -> dict[str, object]:
    return {
        "number": entry.number,
        "at": entry.at.isoformat(),
        "by": entry.by,
        "why": entry.why,
        "changes": [
            {
                "kind": type_names[change.kind],
                "id": change.id,
                "revision": change.revision,
                "before": to_plain(change.before),
                "after": to_plain(change.after),
            }
            for change in entry.changes
        ],
    }


def _holds(session: Session, record: str) -> bool:
    """Whether some record has that id, though nothing is told of its past."""
    kinds: Iterable[type[Any]] = type_names
    store = session.records.store
    return any(kept.value.id == record for kind in kinds for kept in store.all(kind))


@click.argument("record", required=False)
@click.option(
    "--last",
    type=click.IntRange(min=1),
    default=20,
    show_default=True,
    cls=Option,
    help="How many changes.",
)
def _history(session: Session, record: str | None, last: int) -> None:
    records = session.records
    entries = records.history(record or "")[-last:]
    if record is not None and not entries and not _holds(session, record):
        raise NotFound(
            say(
                "There is no record “{id}”, now or in the history: write the whole id, "
                "as `needs list`, `match` and the other lists show it.",
                id=record,
            )
        )
    if session.as_json:
        session.json([_plain(entry) for entry in entries])
        return
    rows = [
        (
            str(entry.number),
            entry.at.astimezone().strftime("%Y-%m-%d %H:%M"),
            entry.by,
            session.say(told(records, entry)),
            ", ".join(change.id for change in entry.changes[:4])
            + (" …" if len(entry.changes) > 4 else ""),  # noqa: PLR2004
        )
        for entry in entries
    ]
    heads = (say("No."), say("When"), say("Who"), say("What"), say("Records"))
    session.table(heads, rows)


history = command(
    name="history",
    help="List the last changes of the register, or of one record: who, when, what.",
)(_history)


def _undo(session: Session) -> None:
    _turned(session, session.records.undo())


undo = command(name="undo", help="Take back the last change.")(_undo)


def _redo(session: Session) -> None:
    _turned(session, session.records.redo())


redo = command(
    name="redo",
    help="Make the change again that was taken back last, if nothing came after.",
)(_redo)


def _turned(session: Session, entry: Entry) -> None:
    session.tell(told(session.records, entry))
    if session.as_json:
        session.json(_plain(entry))


def _check_register(session: Session) -> None:
    from jointbuy.store import check_register

    faults = check_register(session.location)
    if session.as_json:
        session.json([session.catalogue.say(fault) for fault in faults])
    else:
        for fault in faults:
            session.line(fault)
    if faults:
        click.get_current_context().exit(4)
    session.tell(say("The register is whole."))


check_register = command(
    name="check-register",
    help="Check that the register is whole: its seal, its records, its references.",
)(_check_register)


@click.option(
    "--accept-changes",
    is_flag=True,
    cls=Option,
    help="Keep what was changed outside jointbuy instead.",
)
def _restore(session: Session, *, accept_changes: bool) -> None:
    from jointbuy import store

    done = (
        store.accept_changes(session.location, by=settings.user())
        if accept_changes
        else store.restore(session.location)
    )
    session.tell(done)


restore = command(
    name="restore",
    help="Put the newest good copy back in place of a damaged register.",
)(_restore)
