"""How outcomes, steps and forms are called in the legal section, and their signs."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from jointbuy.errors import Arg, per_cent, word
from jointbuy.model import Form, Outcome, Stops

if TYPE_CHECKING:
    from jointbuy.law import Question
    from jointbuy.tui.speech import Speech

OUTCOMES = {
    Outcome.OK: word("in order"),
    Outcome.INFO: word("for information"),
    Outcome.UNKNOWN: word("to be answered"),
    Outcome.WARNING: word("point of attention"),
    Outcome.SERIOUS: word("serious reservation"),
    Outcome.BLOCKED: word("blocked"),
}

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

STOPS = {
    Stops.FORM: word("as to this form"),
    Stops.LAUNCH: word("before the launch"),
    Stops.ORDER: word("before any order"),
    Stops.START: word("before the start"),
}

SHORT_STOPS = {
    Stops.FORM: word("the form"),
    Stops.LAUNCH: word("the launch"),
    Stops.ORDER: word("any order"),
    Stops.START: word("the start"),
}
"""For a column under “Stops”."""

FORMS = {
    Form.JOINT_CONTRACT: word("joint contract"),
    Form.PURCHASING_CENTRE: word("adhesion to a purchasing centre"),
    Form.IN_HOUSE: word("in-house award, single control"),
    Form.IN_HOUSE_REVERSE: word("in-house award, reverse or sister"),
    Form.IN_HOUSE_JOINT: word("in-house award, joint control"),
    Form.HORIZONTAL: word("horizontal cooperation"),
    Form.STAFF_PLACEMENT: word("staff put at disposal"),
    Form.FREE_SHARING: word("free sharing"),
    Form.TRANSFER: word("transfer of competence"),
}

STATES = {
    "proposed": word("proposed"),
    "retained": word("retained"),
    "set_aside": word("set aside"),
}

_ANSWERS = {"yes": word("yes"), "no": word("no"), "unknown": word("unknown")}


def answer_word(question: Question, value: str) -> Arg:
    """An answer in words, to be said; a share in per cent."""
    if question.kind == "share" and value not in question.choices:
        return per_cent(Decimal(value))
    label = dict(question.words).get(value, value)
    if label == value:
        return _ANSWERS.get(value, Arg(name="", text=value))
    return Arg(name="", kind="word", text=label)


def answer_name(question: Question, value: str, speech: Speech) -> str:
    """An answer as it is written in the language of the moment."""
    named = answer_word(question, value)
    if named.kind == "share":
        return f"{speech.number(Decimal(value))}\u00a0%"
    return speech.line(named if named.kind == "word" else named.text)
