"""The calendar file of the deadlines: written once, and kept up to date after that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from jointbuy.errors import Refused, say

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from pathlib import Path

    from jointbuy.model import Citation, Deadline

MOST_BYTES = 50 * 1024 * 1024
"""A larger file is not one of ours."""

ADVICE = (
    say(
        "Keep this file in one place and write to it again: unchanged events stay as "
        "they are, moved ones say from where, and what is settled is struck out."
    ),
    say(
        "Subscribe to it as a calendar of its own (Thunderbird: New calendar, On the "
        "network, with its file:// address; Outlook: Add calendar, From Internet, once "
        "it stands on a share or a server). Where it is imported instead, import it "
        "into a calendar for deadlines only, and empty that first: agendas leave "
        "events alone that they know already."
    ),
)
"""How the file is best used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarWritten:
    """The calendar file, and what became of its events.

    `added`, `moved`, `changed`, `struck` and `kept` add up to `events`.
    """

    path: Path
    events: int
    added: int = 0
    moved: int = 0
    changed: int = 0
    struck: int = 0
    kept: int = 0


def write_calendar_file(
    path: Path,
    found: Sequence[Deadline],
    everything: Sequence[Deadline],
    *,
    on: date,
    language: str,
    name: str,
    called: Callable[[str], str],
    cited: Callable[[Citation], str],
    overwrite: bool = False,
) -> CalendarWritten:
    """Write deadlines to a calendar file, or bring one of ours up to date.

    What our own file has already is brought up to date from `everything`, so that a
    narrower choice never strikes out what still stands.

    Raises:
        Refused: a file of somebody else is there already, its folder is not there, or
            it cannot be written.
    """
    from jointbuy.documents.files import safe_name, write_file
    from jointbuy.documents.formats.ics import is_ours, uid_of, uids_in, update_ics
    from jointbuy.l10n.catalogue import catalogue

    before = _read(path.parent / safe_name(path.name))
    if not before and not path.parent.exists():  # a typing error, on a share perhaps
        raise Refused(
            say("The folder of {file} does not exist: create it first.", file=str(path))
        )
    ours = is_ours(before)
    if ours:
        chosen = {each.id for each in found}
        there = uids_in(before)
        found = (
            *found,
            *(e for e in everything if e.id not in chosen and uid_of(e.id) in there),
        )
    made = update_ics(
        found,
        say=catalogue(language).say,
        name=name,
        stamp=datetime.combine(on, time(), UTC),
        called=called,
        cited=cited,
        before=before if ours else b"",
    )
    written = write_file(
        path.parent, path.name, made.content, overwrite=overwrite or ours
    )
    return CalendarWritten(
        path=written,
        events=made.events,
        added=made.added,
        moved=made.moved,
        changed=made.changed,
        struck=made.struck,
        kept=made.kept,
    )


def _read(path: Path) -> bytes:
    """What stands in the file; nothing where there is none, or it is not ours."""
    try:
        if not path.is_file() or path.stat().st_size > MOST_BYTES:
            return b""
        return path.read_bytes()
    except OSError as error:
        raise Refused(
            say(
                "“{path}” cannot be read: {reason}. Close it if another program has it "
                "open, or choose another name.",
                path=str(path),
                reason=error.strerror or str(error),
            )
        ) from None
