"""When councils and executives meet: one row for each body of each administration."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jointbuy.errors import say, word
from jointbuy.model import BodyKind
from jointbuy.tui.listing import Column, Facet, Listing
from jointbuy.tui.prose import blank, bullet, fact, head, heading, paragraph
from jointbuy.tui.settings.listing import BODIES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from jointbuy.model import Administration, CompetentBody
    from jointbuy.tui.prose import Paragraph
    from jointbuy.tui.speech import Speech
    from jointbuy.workspace import Workspace
    from jointbuy.workspace.council_calendars import SessionLine

FIXED, EXPECTED, DOUBTFUL, CANCELLED = "fixed", "expected", "doubtful", "cancelled"
SIGNS = {FIXED: "·", EXPECTED: "?", DOUBTFUL: "!", CANCELLED: "×"}
STATES = {
    FIXED: word("fixed"),
    EXPECTED: word("expected, to be confirmed"),
    DOUBTFUL: word("doubtful"),
    CANCELLED: word("cancelled"),
}
KNOWN, BY_RHYTHM, UNKNOWN = "known", "rhythm", "unknown"
CALENDARS = {
    KNOWN: word("days fixed"),
    BY_RHYTHM: word("by its rhythm"),
    UNKNOWN: word("not known"),
}
CELLS = {BodyKind.COUNCIL: "council", BodyKind.EXECUTIVE: "executive"}
"""The field of the form in which the days of a body are typed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chamber:
    """A body of an administration and its sessions from the day on."""

    administration: Administration
    kind: BodyKind
    body: CompetentBody | None
    lines: tuple[SessionLine, ...]
    rhythm: dict[str, str]
    on: date

    @property
    def id(self) -> str:
        """The administration and which of its bodies."""
        return f"{self.administration.id}:{CELLS[self.kind]}"

    @property
    def held(self) -> tuple[SessionLine, ...]:
        """Those that are to take place."""
        return tuple(each for each in self.lines if each.state != CANCELLED)

    @property
    def closed(self) -> bool:
        """Whether no file reaches the next session any more."""
        return bool(self.held) and self.held[0].filing < self.on

    @property
    def state(self) -> str:
        """How its next sessions are known: a key of `CALENDARS`."""
        if any(each.state == FIXED for each in self.lines):
            return KNOWN
        return BY_RHYTHM if self.held else UNKNOWN


def read_calendars(workspace: Workspace) -> Listing[Chamber]:
    """Each council and executive with its sessions to come."""
    from jointbuy.workspace.council_calendars import rhythm_text

    lines: dict[tuple[str, BodyKind], list[SessionLine]] = {}
    for line in workspace.sessions():
        lines.setdefault((line.administration, line.body), []).append(line)
    rows = []
    for administration in workspace.administrations().values():
        bodies = {body.kind: body for body in administration.bodies}
        for kind in CELLS:
            body = bodies.get(kind)
            rhythm = body.rhythm if body else None
            rows.append(
                Chamber(
                    administration=administration,
                    kind=kind,
                    body=body,
                    lines=tuple(lines.get((administration.id, kind), ())),
                    rhythm={
                        language: rhythm_text(rhythm, language)
                        for language in ("fr", "nl", "de", "en")
                        if rhythm is not None
                    },
                    on=workspace.on,
                )
            )
    home = workspace.register.home
    rows.sort(key=lambda row: row.administration.id != home)
    return calendars_listing(tuple(rows))


def calendars_listing(rows: tuple[Chamber, ...]) -> Listing[Chamber]:
    """These bodies as a list."""
    return Listing(
        rows=rows,
        columns=(
            Column(
                id="name", heading=say("Administration"), width=18, grow=2,
                text=lambda row, speech: row.administration.name(speech.language),
            ),
            Column(
                id="body", heading=say("Body"), width=18,
                text=lambda row, speech: speech.line(BODIES[row.kind]),
            ),
            Column(
                id="next", heading=say("Next session"), width=12, text=_next,
                key=lambda row: row.held[0].day if row.held else None,
                tone=lambda row: "" if row.held else "warning",
            ),
            Column(
                id="filing", heading=say("File by"), width=12, rank=1,
                text=lambda row, speech: ("! " if row.closed else "")
                + speech.day(row.held[0].filing if row.held else None),
                key=lambda row: row.held[0].filing if row.held else None,
                tone=lambda row: "warning" if row.closed else "",
            ),
            Column(
                id="known", heading=say("Fixed until"), width=10, rank=3,
                text=lambda row, speech: speech.day(_last_fixed(row)),
                key=_last_fixed,
            ),
            Column(
                id="rhythm", heading=say("Rhythm"), width=20, grow=1, rank=2,
                text=lambda row, speech: row.rhythm.get(speech.language, ""),
            ),
        ),
        facets=(
            Facet(
                id="body", heading=say("Body"), value=lambda row: row.kind.name,
                label=lambda value, speech: speech.line(BODIES[BodyKind[value]]),
            ),
            Facet(
                id="state", heading=say("Sessions"), value=lambda row: row.state,
                label=lambda value, speech: speech.line(CALENDARS[value]),
            ),
        ),
        also=lambda row: (row.administration.id,),
        page=_page,
    )  # fmt: skip


def _next(row: Chamber, speech: Speech) -> str:
    if not row.held:
        return "! " + speech.line(word("none known"))
    first = row.held[0]
    sign = "" if first.state == FIXED else f"{SIGNS[first.state]} "
    return sign + speech.day(first.day)


def _last_fixed(row: Chamber) -> date | None:
    return max((each.day for each in row.lines if each.state == FIXED), default=None)


def _page(row: Chamber, speech: Speech) -> Iterator[Paragraph]:
    whose = row.administration.name(speech.language)
    yield head(f"{whose} – {speech.line(BODIES[row.kind])}")
    if not row.held:
        yield bullet(speech.say(NOBODY_KNOWS), sign="!", style="$text-warning")
    rhythm = row.rhythm.get(speech.language, "")
    if rhythm:
        yield fact(speech.say(say("Rhythm")), rhythm)
    if row.lines:
        yield heading(speech.say(say("Next sessions")))
    for line in row.lines:
        yield from _line(line, speech)
    yield blank()
    body = row.body
    summons = body.convocation_days if body else None
    filing = body.filing_days if body else None
    for label, value in (
        (say("Days between summons and session"), summons),
        (say("Days a file is due before the summons"), filing),
    ):
        text = speech.number(value) or speech.say(say("as the law or the habit says"))
        yield fact(speech.say(label), text)


def _line(line: SessionLine, speech: Speech) -> Iterator[Paragraph]:
    when = say(
        "{day}: file by {filing}, summons by {summons}",
        day=line.day,
        filing=line.filing,
        summons=line.summons,
    )
    text = speech.say(when)
    if line.state != FIXED:
        text = f"{text} ({speech.line(STATES[line.state])})"
    style = "$text-muted" if line.state == CANCELLED else ""
    yield bullet(text, sign=SIGNS[line.state], style=style)
    if line.note is not None:
        yield paragraph(speech.say(line.note), "$text-muted", indent=2)


NOBODY_KNOWS = say(
    "No session is known and no rhythm: give its days (e), or take them in from a file "
    "(i). Until then every last useful session is an estimate."
)
