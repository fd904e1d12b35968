"""The signs of outcomes, and what stops and answers are called in the legal section."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from jointbuy.errors import Arg, per_cent, word, word_of
from jointbuy.model import Outcome, Stops
from jointbuy.workspace.words import ANSWERS

if TYPE_CHECKING:
    from jointbuy.law import Question
    from jointbuy.tui.speech import Speech

SIGNS = {
    Outcome.OK: "✓",
    Outcome.INFO: "✓",
    Outcome.UNKNOWN: "?",
    Outcome.WARNING: "!",
    Outcome.SERIOUS: "▲",
    Outcome.BLOCKED: "✗",
}
"""Beside the word or the question; a colour never stands alone."""

TONES = {
    Outcome.OK: "success",
    Outcome.INFO: "success",
    Outcome.UNKNOWN: "accent",
    Outcome.WARNING: "warning",
    Outcome.SERIOUS: "warning",
    Outcome.BLOCKED: "error",
}

STYLES = {outcome: f"$text-{tone}" for outcome, tone in TONES.items()}

SHORT_STOPS = {
    Stops.FORM: word("the form"),
    Stops.LAUNCH: word("the launch"),
    Stops.ORDER: word("any order"),
    Stops.START: word("the start"),
}
"""For a column under “Stops”."""


def answer_word(question: Question, value: str) -> Arg:
    """An answer in words, to be said; a share in per cent."""
    if question.kind == "share" and value not in question.choices:
        return per_cent(Decimal(value))
    label = dict(question.words).get(value, value)
    if label == value:
        return ANSWERS.get(value, Arg(name="", text=question.written(value)))
    return word_of(label)


def answer_name(question: Question, value: str, speech: Speech) -> str:
    """An answer as it is written in the language of the moment."""
    named = answer_word(question, value)
    if named.kind == "share":
        return f"{speech.number(Decimal(value))}\u00a0%"
    return speech.line(named if named.kind == "word" else named.text)
