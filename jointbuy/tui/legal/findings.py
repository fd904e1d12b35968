"""Findings as paragraphs: how they weigh, what they say, where it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointbuy.errors import say
from jointbuy.model import Outcome
from jointbuy.tui import citing
from jointbuy.tui.citing import citation
from jointbuy.tui.legal.names import SIGNS, STYLES
from jointbuy.tui.prose import blank, bullet, head, paragraph
from jointbuy.workspace import evidence_text, in_force_since
from jointbuy.workspace.explaining import (
    altered_points,
    branches,
    differs_since,
    explain,
    later_said,
    read_said,
    since_said,
)
from jointbuy.workspace.headline import headline_said, whole
from jointbuy.workspace.words import OUTCOMES, STOPS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jointbuy.errors import Message
    from jointbuy.model import Citation, Finding
    from jointbuy.tui.prose import Paragraph
    from jointbuy.tui.speech import Speech
    from jointbuy.workspace import Inquiry
    from jointbuy.workspace.explaining import Point

ADVICE = say("This check helps to prepare the file; it does not replace legal advice.")


def outcome_name(outcome: Outcome, speech: Speech) -> str:
    """An outcome as sign and word."""
    return f"{SIGNS[outcome]} {speech.line(OUTCOMES[outcome])}"


def headed(first: str, rest: str, speech: Speech) -> str:
    """A text under its head, set apart as the language does."""
    return speech.say(say("{head}: {rest}", head=first, rest=rest))


def headline(inquiry: Inquiry, speech: Speech) -> str:
    """The form, the day of the law, and how the form stands."""
    checked = inquiry.checked
    return f"{SIGNS[whole(checked)]} {speech.line(headline_said(checked))}"


def weight(found: Finding, speech: Speech) -> str:
    """How a finding weighs, and what it stops meanwhile."""
    text = speech.line(OUTCOMES[found.outcome])
    if found.stops and found.outcome > Outcome.INFO:
        text += f", {speech.line(STOPS[found.stops])}"
    return text


def citations(found: Finding, speech: Speech) -> str:
    """The articles a finding rests on, in brackets."""
    return f"({citing.citations(found.basis, speech)})"


def told(found: Finding, speech: Speech, *, indent: int = 0) -> Iterator[Paragraph]:
    """One finding, folded under its sign."""
    said = headed(weight(found, speech), speech.say(found.message), speech)
    yield bullet(
        said, sign=SIGNS[found.outcome], style=STYLES[found.outcome], indent=indent
    )
    if found.basis:
        yield paragraph(citations(found, speech), "$text-muted", indent=indent + 2)


def worst_first(findings: Iterable[Finding]) -> list[Finding]:
    """Findings by how they weigh; those of one weight in reading order."""
    return sorted(findings, key=lambda found: -found.outcome.rank)


def all_told(inquiry: Inquiry, speech: Speech) -> Iterator[Paragraph]:
    """Everything the law says so far, worst first; what is open only counted."""
    yield head(headline(inquiry, speech))
    yield from since_told(inquiry, speech)
    answered = [found for found in inquiry.checked.findings if not found.ask]
    for found in worst_first(answered):
        yield blank()
        yield from told(found, speech)
    yield from later_told(inquiry, speech)
    if inquiry.open:
        yield blank()
        waiting = say("Questions still open: {n}", n=len(inquiry.open))
        yield bullet(speech.say(waiting), sign="·")


def about_finding(
    found: Finding, inquiry: Inquiry, speech: Speech
) -> Iterator[Paragraph]:
    """One finding whole: its sentence, papers, and everything it rests on."""
    yield head(speech.say(inquiry.question(found.rule).title))
    yield paragraph(f"{SIGNS[found.outcome]} {weight(found, speech)}")
    yield blank()
    yield paragraph(speech.say(found.message))
    yield from papers(found.evidence, speech)
    for each in explain(inquiry.checked, found.rule, answers=inquiry.kept.values()):
        for branch in branches(each):
            yield from told_branch(branch.head, branch.points, speech)
    yield blank()
    yield paragraph(speech.say(ADVICE), "$text-muted")


def told_branch(
    about: Message, points: Iterable[Point], speech: Speech
) -> Iterator[Paragraph]:
    """A part of an explanation, point by point."""
    yield blank()
    yield paragraph(speech.say(about), "$text-muted")
    for point in points:
        yield bullet(speech.say(point.text))
        for below in point.below:
            yield paragraph(speech.say(below), "$text-muted", indent=2)


def since_told(inquiry: Inquiry, speech: Speech) -> Iterator[Paragraph]:
    """What the law says otherwise since the choice; nothing where nothing differs."""
    dossier = inquiry.proposal.dossier if inquiry.proposal else None
    since = inquiry.since or differs_since(dossier, inquiry.checked)
    if since is None or not since.altered:
        return
    yield blank()
    yield bullet(speech.say(since_said(since)), sign="!", style="$text-warning")
    for point in altered_points(since):
        yield bullet(speech.say(point.text), indent=2)
        for below in point.below:
            yield paragraph(speech.say(below), "$text-muted", indent=4)


def later_told(inquiry: Inquiry, speech: Speech) -> Iterator[Paragraph]:
    """That findings rest on rulings later than the day; nothing where none does."""
    said = later_said(inquiry.checked)
    if said is not None:
        yield blank()
        yield bullet(speech.say(said), sign="·")


def papers(codes: Iterable[str], speech: Speech) -> Iterator[Paragraph]:
    """The papers that prove an answer."""
    found = [speech.say(evidence_text(code)) for code in codes]
    if found:
        yield blank()
        yield paragraph(speech.say(say("Papers that prove it:")), "$text-muted")
        for text in found:
            yield bullet(text)


def sources(basis: Iterable[Citation], speech: Speech) -> Iterator[Paragraph]:
    """Where it is written, since when it counts, and when somebody last read it."""
    found = tuple(basis)
    if found:
        yield blank()
        yield paragraph(speech.say(say("Where it is written:")), "$text-muted")
    for each in found:
        yield bullet(citation(each, speech))
        start = in_force_since(each.source)
        if start is not None:
            since = say("in force since {day}", day=start)
            yield paragraph(speech.say(since), "$text-muted", indent=2)
        if each.checked is not None:
            read = read_said(each.checked, own=each.own)
            yield paragraph(speech.say(read), "$text-muted", indent=2)


__all__ = [
    "ADVICE",
    "about_finding",
    "all_told",
    "citation",
    "citations",
    "headed",
    "headline",
    "later_told",
    "outcome_name",
    "papers",
    "since_told",
    "sources",
    "told",
    "told_branch",
    "weight",
    "worst_first",
]
