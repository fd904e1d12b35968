"""The deadlines as a list, and the page about one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointbuy.errors import named, say
from jointbuy.model import (
    Adhesion,
    Contract,
    Dossier,
    FrameworkAgreement,
    Interest,
    Level,
    LocalText,
    Need,
)
from jointbuy.tui.citing import citation
from jointbuy.tui.listing import Column, Facet, Listing
from jointbuy.tui.prose import blank, bullet, fact, head, heading, paragraph

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jointbuy.errors import Message
    from jointbuy.model import Citation, Deadline
    from jointbuy.tui.prose import Paragraph
    from jointbuy.tui.speech import Speech
    from jointbuy.workspace import Workspace
    from jointbuy.workspace.watching import Sitting, Watch

LEVELS: dict[Level, tuple[str, Message, str]] = {
    Level.OVERDUE: ("!", say("Overdue"), "error"),
    Level.WEEK: ("▲", say("7 days"), "error"),
    Level.MONTH: ("◆", say("30 days"), "warning"),
    Level.QUARTER: ("·", say("90 days"), ""),
    Level.LATER: (" ", say("Later"), "muted"),
}
"""How near a deadline is: the sign, the words, the tone."""

URGENT = (Level.OVERDUE, Level.WEEK, Level.MONTH)

KINDS: dict[str, Message] = {
    "framework_interest": say("Interest"),
    "interest_due": say("Answer"),
    "adhesion_due": say("Adhesion"),
    "framework_end": say("Last orders"),
    "contract_notice": say("Giving notice"),
    "contract_renewal": say("Renewal"),
    "contract_end": say("Contract end"),
    "need_latest": say("Latest start"),
    "milestone": say("Plan step"),
}
"""What a deadline is for, in a word or two."""

RANKS = {level: str(rank) for rank, level in enumerate(LEVELS)}
BY_RANK = {rank: level for level, rank in RANKS.items()}

NONE = say("No deadline lies ahead: needs, contracts and calls for interest give them.")


def read_deadlines(workspace: Workspace) -> Listing[Deadline]:
    """Every deadline of the register."""
    return deadlines_listing(workspace.watch())


def deadlines_listing(watch: Watch, within: int | None = None) -> Listing[Deadline]:
    """The deadlines of the next `within` days and what is overdue, or all of them."""
    rows = tuple(
        each
        for each in watch.deadlines
        if within is None or (each.day - watch.on).days <= within
    )

    def whose(row: Deadline, speech: Speech) -> str:
        return administration_of(watch, row.administration, speech)

    def contact(row: Deadline) -> str:
        person = watch.contacts.get(row.contact)
        return person.name if person else row.contact

    return Listing(
        rows=rows,
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
                text=lambda row, speech: level_text(row.level, speech),
                key=lambda row: RANKS[row.level],
                tone=lambda row: LEVELS[row.level][2],
            ),
            Column(
                id="what", heading=say("What"), width=24, grow=3,
                text=lambda row, speech: speech.line(what(row)),
            ),
            Column(
                id="administration", heading=say("Administration"), text=whose,
                width=16, grow=1, rank=2,
            ),
            Column(
                id="contact", heading=say("Who acts"), width=16, grow=1, rank=4,
                text=lambda row, _: contact(row),
            ),
            Column(
                id="record", heading=say("Record"), width=16, grow=1, rank=5,
                text=lambda row, speech: speech.line(title_of(watch, row)),
            ),
        ),
        facets=(
            Facet(
                id="level", heading=say("Level"), value=lambda row: RANKS[row.level],
                label=lambda value, speech: level_text(BY_RANK[value], speech).strip(),
            ),
            Facet(
                id="kind", heading=say("Kind"), value=lambda row: row.kind,
                label=kind_text,
            ),
            Facet(
                id="administration", heading=say("Administration"),
                value=lambda row: row.administration,
                label=lambda value, speech: administration_of(watch, value, speech),
            ),
        ),
        page=lambda row, speech: deadline_page(watch, row, speech),
        also=lambda row: (row.subject, row.kind),
    )  # fmt: skip


def what(deadline: Deadline) -> Message:
    """What must be done; struck out where it no longer applies."""
    if deadline.cancelled:
        return say("CANCELLED: {title}", title=deadline.what)
    return deadline.what


def level_text(level: Level, speech: Speech) -> str:
    """The sign of a level and its words."""
    sign, words, _ = LEVELS[level]
    return f"{sign} {speech.line(words)}"


def kind_text(kind: str, speech: Speech) -> str:
    """What deadlines of a kind are for."""
    return speech.line(KINDS[kind]) if kind in KINDS else kind


def administration_of(watch: Watch, id_: str, speech: Speech) -> str:
    """The name of an administration, or its id."""
    known = watch.administrations.get(id_)
    return speech.name(known.names) or id_ if known else id_


def title_of(watch: Watch, deadline: Deadline) -> Message | str:
    """What the record of a deadline is called, in any language."""
    record = watch.object(deadline)
    if isinstance(record, Dossier):
        record = record.candidate
    for name in ("title", "names"):
        text = getattr(record, name, None)
        if isinstance(text, str) and text:
            return text
        if isinstance(text, LocalText) and text.as_dict():
            return say("{name}", name=named(text))
    return deadline.subject


def day_line(watch: Watch, deadline: Deadline, speech: Speech) -> Paragraph:
    """The day, how near it is, and the days left or lost."""
    days = (deadline.day - watch.on).days
    _, _, tone = LEVELS[deadline.level]
    style = f"$text-{tone}" if tone in {"error", "warning"} else ""
    left = say("Days left: {n}", n=days)
    if days < 0:
        left = say("Days too late: {n}", n=-days)
    level = level_text(deadline.level, speech).strip()
    text = "   ".join((speech.day(deadline.day), level, speech.say(left)))
    return paragraph(text, style)


def deadline_page(
    watch: Watch, deadline: Deadline, speech: Speech
) -> Iterator[Paragraph]:
    """What it is, until when, what follows from missing it, who acts, and its source.

    Nothing is said of what is not known.
    """
    yield head(speech.line(what(deadline)))
    yield day_line(watch, deadline, speech)
    if deadline.consequence:
        yield paragraph(speech.say(deadline.consequence))
    yield blank()
    yield from _who(watch, deadline, speech)
    yield fact(speech.say(say("Kind")), kind_text(deadline.kind, speech))
    yield fact(speech.say(say("Record")), speech.line(title_of(watch, deadline)))
    yield fact(speech.say(say("Id")), deadline.subject)
    yield from _origin(watch, deadline, speech)
    yield from _step(watch, deadline, speech)
    yield from _sessions(watch.sittings(deadline), speech)


def _who(watch: Watch, deadline: Deadline, speech: Speech) -> Iterator[Paragraph]:
    administration = administration_of(watch, deadline.administration, speech)
    if administration:
        yield fact(speech.say(say("Administration")), administration)
    person = watch.contacts.get(deadline.contact)
    if person:
        parts = (person.name, person.function, person.phone, person.email)
        text = ", ".join(each for each in parts if each)
        yield fact(speech.say(say("Who acts")), text)
    else:
        yield fact(
            speech.say(say("Who acts")),
            speech.say(say("No contact person is active: name one.")),
            style="$text-warning",
        )


def _origin(watch: Watch, deadline: Deadline, speech: Speech) -> Iterator[Paragraph]:
    """Where the record itself comes from, and what is noted on it."""
    record = watch.object(deadline)
    for label, name in ((say("Source"), "source"), (say("Note"), "note")):
        if text := getattr(record, name, ""):
            yield fact(speech.say(label), text)


def _step(watch: Watch, deadline: Deadline, speech: Speech) -> Iterator[Paragraph]:
    """The step of the plan it is, with the article behind it."""
    step, plan = watch.milestone(deadline), watch.plans.get(deadline.subject)
    if step is None or plan is None:
        return
    yield blank()
    yield paragraph(
        speech.say(
            say("Wanted start: {day}. Counted from {on}.", day=plan.wanted, on=plan.on)
        )
    )
    if step.note and step.note != deadline.consequence:
        yield paragraph(speech.say(step.note))
    if step.forced:
        yield paragraph(speech.say(say("This day was fixed: {why}", why=step.why)))
    yield from _basis(step.basis, speech)


def _sessions(sittings: Iterable[Sitting], speech: Speech) -> Iterator[Paragraph]:
    """The last session of each body at which it can still be decided."""
    sittings = tuple(sittings)
    if not sittings:
        return
    yield blank()
    yield heading(speech.say(say("Last useful session")))
    for each in sittings:
        session = each.session
        if session is None:
            text = say(
                "{body}: no session is left that a file can still reach.",
                body=each.body,
            )
        else:
            text = say(
                "{body}: {day}; the file must be ready by {filing}.",
                body=each.body,
                day=session.day,
                filing=session.filing,
            )
        style = "$text-warning" if session is None else ""
        sign = "!" if session is None else "·"
        yield bullet(speech.say(text), sign=sign, style=style)
        if session is not None and session.note:
            yield paragraph(speech.say(session.note), "$text-muted", indent=2)
        yield from _basis(each.basis, speech)


def _basis(basis: Iterable[Citation], speech: Speech) -> Iterator[Paragraph]:
    for each in basis:
        yield paragraph(citation(each, speech), "$text-muted", indent=2)


SECTIONS: dict[type, str] = {
    Need: "needs",
    Dossier: "proposals",
    Contract: "centres",
    FrameworkAgreement: "centres",
    Interest: "centres",
    Adhesion: "centres",
}
"""The section that shows the records of a kind."""


def destination(watch: Watch, deadline: Deadline) -> str:
    """The section that shows the record of a deadline; empty while there is none."""
    return SECTIONS.get(type(watch.record(deadline)), "")
