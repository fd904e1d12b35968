"""The deadlines as a list."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from jointbuy.errors import say
from jointbuy.tui.deadlines.page import deadline_page
from jointbuy.tui.deadlines.words import (
    BY_RANK,
    LEVELS,
    RANKS,
    act_of,
    administration_of,
    brief,
    fitted,
    kind_text,
    level_text,
    person_of,
    subject_of,
    what,
)
from jointbuy.tui.listing import Column, Facet, Listing
from jointbuy.workspace.sittings import clashes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jointbuy.model import Deadline
    from jointbuy.tui.speech import Speech
    from jointbuy.workspace import Workspace
    from jointbuy.workspace.sittings import Clash
    from jointbuy.workspace.watching import Watch

NONE = say("No deadline lies ahead: needs, contracts and calls for interest give them.")

CLASH, REMINDED, QUIET, PUT_OFF = "clash", "reminded", "quiet", "put_off"
STATES = {
    CLASH: say("Not in time"),
    REMINDED: say("Reminded"),
    QUIET: say("Not reminded"),
    PUT_OFF: say("Put off"),
}
"""How a deadline stands, beside how near it is."""

UNKNOWN, NO_SESSION = "? ", "! "
"""Before the day of a session that is not fixed yet, and where none is left."""


def read_deadlines(workspace: Workspace) -> Listing[Deadline]:
    """Every deadline of the register."""
    watch = workspace.watch()
    return deadlines_listing(watch, clashing=clashes(watch))


def deadlines_listing(
    watch: Watch, within: int | None = None, *, clashing: Iterable[Clash] = ()
) -> Listing[Deadline]:
    """The deadlines of the next `within` days and what is overdue, or all of them."""
    listing = _listing(watch, tuple(clashing))
    return listing if within is None else narrowed(listing, watch, within)


def narrowed(
    listing: Listing[Deadline],
    watch: Watch,
    within: int | None,
    *,
    put_off: bool = True,
) -> Listing[Deadline]:
    """Those of the next `within` days and overdue ones, with those that are put off."""
    hidden = set[str]() if put_off else put_off_ids(watch)

    def wanted(row: Deadline) -> bool:
        near = within is None or (row.day - watch.on).days <= within
        return near and row.id not in hidden

    if within is None and not hidden:
        return listing
    return listing.only(wanted)


def put_off_ids(watch: Watch) -> set[str]:
    """The ids of the deadlines that are put off on the day."""
    if not watch.snoozes:
        return set()
    return {each.id for each in watch.deadlines if watch.snoozed(each) is not None}


def _listing(watch: Watch, clashing: tuple[Clash, ...]) -> Listing[Deadline]:
    clash_of = {id_: clash for clash in clashing for id_ in clash.deadlines}
    hidden = put_off_ids(watch)

    @cache
    def named(id_: str, speech: Speech) -> str:
        return administration_of(watch, id_, speech)

    @cache
    def levelled(row: str, speech: Speech) -> str:
        return level_text(BY_RANK[row], speech)

    def states(row: Deadline) -> tuple[str, ...]:
        reminded = watch.reminders and watch.reminded(row)
        found = [REMINDED if reminded else QUIET]
        if row.id in clash_of:
            found.append(CLASH)
        if row.id in hidden:
            found.append(PUT_OFF)
        return tuple(found)

    def whom(row: Deadline) -> str:
        return person_of(watch, row.contact)

    def levelled_of(row: Deadline, speech: Speech) -> str:
        if row.id in hidden:
            return "– " + speech.line(STATES[PUT_OFF])
        return levelled(RANKS[row.level], speech)

    def hopeless(row: Deadline) -> bool:
        return row.id in clash_of or session_key(watch, row) == NO_SESSION

    def about(row: Deadline, speech: Speech) -> str:
        return brief(subject_of(watch, row, speech), act_of(row, speech), row, speech)

    def drawn(row: Deadline, speech: Speech, width: int) -> str:
        mark = NO_SESSION if hopeless(row) else ""
        subject, act = subject_of(watch, row, speech), act_of(row, speech)
        return mark + fitted(subject, act, row, speech, width - len(mark))

    def told(row: Deadline) -> str:
        if row.id in hidden:
            return "muted"
        return "error" if hopeless(row) else ""

    def session(row: Deadline, speech: Speech) -> str:
        return session_text(watch, row, speech, late=row.id in clash_of)

    return Listing(
        rows=watch.deadlines,
        sort="day",
        empty=NONE,
        columns=(
            Column(
                id="day", heading=say("Day"), width=10,
                text=lambda row, speech: speech.day(row.day),
                key=lambda row: row.day,
            ),
            Column(
                id="days", heading=say("Days"), right=True, width=5, rank=3,
                text=lambda row, _: str((row.day - watch.on).days),
                key=lambda row: row.day,
            ),
            Column(
                id="level", heading=say("Level"), width=12, rank=1,
                text=levelled_of,
                key=lambda row: RANKS[row.level],
                tone=lambda row: (
                    "muted" if row.id in hidden else LEVELS[row.level][2]
                ),
            ),
            Column(
                id="what", heading=say("What"), width=24, grow=3,
                text=about, drawn=drawn, tone=told,
            ),
            Column(
                id="administration", heading=say("Administration"),
                text=lambda row, speech: named(row.administration, speech),
                width=16, grow=1, rank=2,
            ),
            Column(
                id="contact", heading=say("Who acts"), width=16, grow=1, rank=4,
                text=lambda row, _: whom(row),
            ),
            Column(
                id="session", heading=say("Session"), width=12, rank=5, text=session,
                key=lambda row: session_key(watch, row), searched=False,
                tone=lambda row: (
                    "error" if session_key(watch, row) == NO_SESSION else ""
                ),
            ),
            Column(
                id="reminded", heading=say("Reminded"), width=10, rank=6,
                text=lambda row, speech: last_reminder(watch, row, speech),
                key=lambda row: str(
                    next((each.on for each in watch.reminded(row)), "")
                ),
                searched=False,
            ),
            Column(
                id="task", heading=say("To do"), width=24, grow=1, rank=7,
                text=lambda row, speech: speech.line(what(row)),
            ),
        ),
        facets=(
            Facet(
                id="level", heading=say("Level"), value=lambda row: RANKS[row.level],
                label=lambda value, speech: level_text(BY_RANK[value], speech).strip(),
            ),
            Facet(
                id="state", heading=say("State"), value=states,
                label=lambda value, speech: speech.line(STATES[value]),
            ),
            Facet(
                id="kind", heading=say("Kind"), value=lambda row: row.kind,
                label=kind_text,
            ),
            Facet(
                id="administration", heading=say("Administration"),
                value=lambda row: row.administration,
                label=named,
            ),
            Facet(
                id="contact", heading=say("Who acts"),
                value=lambda row: row.contact,
                label=lambda value, speech: (
                    person_of(watch, value) or speech.line(say("nobody"))
                ),
            ),
        ),
        page=lambda row, speech: deadline_page(
            watch, row, speech, clash_of.get(row.id)
        ),
        also=lambda row: (row.subject, row.kind, row.code),
    )  # fmt: skip


def session_key(watch: Watch, row: Deadline) -> str:
    """By what it sorts: the day of its last session, or that none is left."""
    sittings = watch.sittings(row)
    if not sittings:
        return ""
    days = [each.session.day for each in sittings if each.session is not None]
    return str(min(days)) if len(days) == len(sittings) else NO_SESSION


def session_text(
    watch: Watch, row: Deadline, speech: Speech, *, late: bool = False
) -> str:
    """The last session at which all of it can be decided; what is against it."""
    sittings = watch.sittings(row)
    if not sittings:
        return ""
    known = [each.session for each in sittings if each.session is not None]
    if len(known) < len(sittings):
        return NO_SESSION + speech.line(say("none"))
    first = min(known, key=lambda each: each.day)
    sign = "! " if late else UNKNOWN if not_fixed(first) else ""
    return sign + speech.day(first.day)


def not_fixed(session: object) -> bool:
    """Whether its day is expected or estimated, rather than known."""
    return any(getattr(session, name, False) for name in ("estimated", "expected"))


def last_reminder(watch: Watch, row: Deadline, speech: Speech) -> str:
    """The day of the last one."""
    last = next(iter(watch.reminded(row)), None)
    return speech.day(last.on) if last is not None else ""
