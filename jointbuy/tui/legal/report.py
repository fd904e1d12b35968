"""A whole check as a text to keep in the file: answers, findings, what is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointbuy.errors import say
from jointbuy.tui.legal.elsewhere import provider_told
from jointbuy.tui.legal.findings import (
    ADVICE,
    headed,
    headline,
    later_told,
    since_told,
    told,
    worst_first,
)
from jointbuy.tui.legal.listing import progress, stored, title_of
from jointbuy.tui.legal.names import answer_name
from jointbuy.tui.prose import blank, bullet, head, lay_out, paragraph
from jointbuy.workspace import answered_said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jointbuy.errors import Message
    from jointbuy.law import Question
    from jointbuy.tui.prose import Paragraph
    from jointbuy.tui.speech import Speech
    from jointbuy.workspace import Inquiry

WIDTH = 79
"""Columns of the text, as letters and consoles have them."""


def as_text(inquiry: Inquiry, speech: Speech) -> str:
    """The check as plain text, folded between words."""
    lines = lay_out(_paragraphs(inquiry, speech), WIDTH)
    return "\n".join(line.plain.rstrip() for line in lines) + "\n"


def _paragraphs(inquiry: Inquiry, speech: Speech) -> Iterator[Paragraph]:
    title = title_of(inquiry.proposal, speech)
    yield head(f"{title} [{inquiry.id}]" if inquiry.id else title)
    yield paragraph(headline(inquiry, speech))
    yield paragraph(
        headed(speech.say(say("Answers")), speech.say(progress(inquiry)), speech)
    )
    yield paragraph(speech.say(stored(inquiry)))
    for change in inquiry.checked.changes:
        yield bullet(speech.say(change), sign="!")
    yield from since_told(inquiry, speech)
    yield from provider_told(inquiry, speech)
    yield paragraph(speech.say(ADVICE))
    yield from _part(say("Findings"), speech)
    for found in worst_first(f for f in inquiry.checked.findings if not f.ask):
        yield from told(found, speech)
    yield from later_told(inquiry, speech)
    yield from _part(say("Answers"), speech)
    for question in inquiry.arising:
        if inquiry.answer(question.code):
            yield from _answer(inquiry, question, speech)
    if inquiry.open:
        yield from _part(say("Still open"), speech)
        for code in inquiry.open:
            yield bullet(speech.say(inquiry.question(code).text))


def _part(title: Message, speech: Speech) -> Iterator[Paragraph]:
    yield blank()
    yield head(speech.say(title).upper())


def _answer(
    inquiry: Inquiry, question: Question, speech: Speech
) -> Iterator[Paragraph]:
    value = answer_name(question, inquiry.answer(question.code), speech)
    yield bullet(f"{speech.say(question.text)} {value}")
    derived, kept = inquiry.by_register(question.code), inquiry.kept.get(question.code)
    if derived is not None:
        source = speech.say(say("From the register"))
        yield paragraph(headed(source, speech.say(derived.message), speech), indent=2)
    elif kept is not None:
        if (by := answered_said(kept)) is not None:
            yield paragraph(speech.say(by), indent=2)
        if kept.source:
            paper = speech.say(say("Paper"))
            yield paragraph(headed(paper, kept.source, speech), indent=2)
