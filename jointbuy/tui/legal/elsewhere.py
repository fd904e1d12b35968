"""What other dossiers answered, beside the question it answers, and taking it over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointbuy.errors import say, word_of
from jointbuy.tui.prose import bullet, paragraph
from jointbuy.workspace import (
    WITH_PROVIDER,
    origin_said,
    remarks_said,
    statement_said,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jointbuy.law import Question
    from jointbuy.law.shared_facts import Contradiction
    from jointbuy.tui.app import Terminal
    from jointbuy.tui.prose import Paragraph
    from jointbuy.tui.speech import Speech
    from jointbuy.workspace import Inquiry

OFFERED, DISPUTED = "→", "!"
"""Beside a question: an answer waits to be taken over; answers contradict."""


TYPED = ("share", "years")
"""The kinds of questions whose answer is typed: a letter would be a part of it."""


def mark_of(inquiry: Inquiry, question: Question) -> str:
    """The sign of what others answered to a question, or a space."""
    if inquiry.elsewhere.disputed(question.code):
        return DISPUTED
    return OFFERED if inquiry.elsewhere.offer(question.code) else " "


def told_elsewhere(
    inquiry: Inquiry, question: Question, speech: Speech
) -> Iterator[Paragraph]:
    """What contradicts, and what can be taken over with one key."""
    here, found = inquiry.id, inquiry.elsewhere
    disputed, offer = found.disputed(question.code), found.offer(question.code)
    if disputed is not None:
        yield from _disputed(disputed, inquiry, speech)
    if offer is not None:
        said = say(
            "{answer}. It does not count yet: press {key} to take it over.",
            answer=origin_said(offer, here, found),
            key="F8" if question.kind in TYPED else "r",
        )
        yield bullet(speech.say(said), sign=OFFERED, style="$text-accent")
        for remark in remarks_said(offer):
            yield bullet(speech.say(remark), sign="-", indent=2)


def _disputed(
    found: Contradiction, inquiry: Inquiry, speech: Speech
) -> Iterator[Paragraph]:
    fact = word_of(found.title.text)
    said = say("Answers that contradict each other: {fact}", fact=fact)
    yield bullet(speech.say(said), sign=DISPUTED, style="$text-warning")
    for each in found.statements:
        text = speech.say(statement_said(each, inquiry.id, inquiry.elsewhere))
        yield bullet(text, sign="-", indent=2)


def provider_told(inquiry: Inquiry, speech: Speech) -> Iterator[Paragraph]:
    """Who would do the work, and every contradiction, for a check on paper."""
    if inquiry.elsewhere.provider:
        said = say("Provider: {provider}", provider=inquiry.elsewhere.called)
        yield paragraph(speech.say(said))
    for found in inquiry.elsewhere.contradictions:
        yield from _disputed(found, inquiry, speech)


def can_name_provider(inquiry: Inquiry | None) -> bool:
    """Whether the form checked has somebody who would do the work."""
    return bool(
        inquiry is not None and inquiry.id and inquiry.checked.form in WITH_PROVIDER
    )


async def name_provider(terminal: Terminal, inquiry: Inquiry) -> bool:
    """Ask who would do the work; whether it was said."""
    from jointbuy.tui.dialogs.question import Question as Asked

    name = await terminal.put(
        Asked(
            say("Who would do the work in-house"),
            text=inquiry.elsewhere.provider,
            hint=say(
                "A name or an enterprise number. What other dossiers know of this "
                "provider is then proposed. Leave it empty to take it away."
            ),
            check=lambda _: None,
        )
    )
    if name is None:
        return False
    gone = await terminal.ask(lambda w: w.name_provider(inquiry.id, name))
    if gone:
        said = say(
            "Taken out, as they were about another provider: {codes}",
            codes=", ".join(gone),
        )
        terminal.tell(said, tone="warning")
    else:
        terminal.tell(say("Provider: {provider}", provider=name or "–"))
    return True
