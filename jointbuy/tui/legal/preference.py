"""The nine forms as a list: in which order, which are open, and why one is excluded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jointbuy.errors import say, word
from jointbuy.tui.citing import citations
from jointbuy.tui.legal.findings import told
from jointbuy.tui.listing import Column, Listing
from jointbuy.tui.prose import blank, bullet, head, paragraph
from jointbuy.workspace import question_title, why_this_order
from jointbuy.workspace.words import FORMS, PROSPECTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from jointbuy.errors import Arg
    from jointbuy.law.preference import Ranked
    from jointbuy.model import Citation
    from jointbuy.tui.prose import Paragraph
    from jointbuy.tui.speech import Speech

SHORT = {**PROSPECTS, "RESERVED": word("with reservation")}
"""The states in a narrow column; the page says them in full."""

SIGNS = {"POSSIBLE": "✓", "RESERVED": "▲", "OPEN": "?", "OUT": "✗"}
TONES = {
    "POSSIBLE": "success",
    "RESERVED": "warning",
    "OPEN": "accent",
    "OUT": "error",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A form in the order of preference."""

    ranked: Ranked

    @property
    def row(self) -> str:
        """The id of its row."""
        return self.ranked.form.name


def forms_in_order(ranked: Sequence[Ranked]) -> Listing[Choice]:
    """The forms, the one to look at first on top; those excluded come last."""
    return Listing(
        rows=tuple(Choice(ranked=each) for each in ranked),
        id_of=lambda choice: choice.row,
        columns=(
            Column(
                id="place", heading=say("No."), width=3,
                text=lambda choice, _: str(choice.ranked.place or "–"),
                key=lambda choice: choice.ranked.place or len(FORMS) + 1,
            ),
            Column(
                id="form", heading=say("Form"), width=46, grow=1,
                text=lambda choice, speech: speech.line(FORMS[choice.ranked.form]),
            ),
            Column(
                id="prospect", heading=say("State"), width=19,
                text=lambda choice, speech: _prospect(choice, speech, SHORT),
                tone=lambda choice: TONES[choice.ranked.prospect.name],
                key=lambda choice: list(SIGNS).index(choice.ranked.prospect.name),
            ),
            Column(
                id="open", heading=say("Decisive"), width=10, rank=1,
                text=lambda choice, _: str(len(_decisive(choice.ranked)) or ""),
                key=lambda choice: len(_decisive(choice.ranked)) or None,
            ),
            Column(
                id="why", heading=say("Why"), width=30, grow=2, rank=2, text=_against,
            ),
        ),
        also=lambda choice: (choice.row,),
        page=_page,
    )  # fmt: skip


def _decisive(ranked: Ranked) -> tuple[str, ...]:
    """The open questions on the form itself; nothing decides on one that is out."""
    return () if ranked.against else ranked.open


def _prospect(choice: Choice, speech: Speech, words: Mapping[str, Arg]) -> str:
    name = choice.ranked.prospect.name
    return f"{SIGNS[name]} {speech.line(words[name])}"


def _against(choice: Choice, speech: Speech) -> str:
    """Why it is excluded, in the first words of the law."""
    return (
        speech.line(choice.ranked.against[0].message) if choice.ranked.against else ""
    )


def _page(choice: Choice, speech: Speech) -> Iterator[Paragraph]:
    ranked = choice.ranked
    yield head(speech.line(FORMS[ranked.form]))
    yield paragraph(_prospect(choice, speech, PROSPECTS))
    for found in ranked.against:
        yield blank()
        yield bullet(speech.say(found.message), sign=SIGNS["OUT"], style="$text-error")
        yield _cited(found.basis, speech, indent=2)
    for found in ranked.reservations:
        yield blank()
        yield from told(found, speech)
    yield from _open(ranked, speech)
    yield blank()
    yield paragraph(speech.say(ranked.reason))
    yield _cited(ranked.basis, speech)
    order, basis = why_this_order()
    yield blank()
    yield paragraph(speech.say(order), "$text-muted")
    yield _cited(basis, speech)
    yield paragraph(speech.say(say("Enter checks this form.")), "$text-muted")


def _open(ranked: Ranked, speech: Speech) -> Iterator[Paragraph]:
    """How many questions decide on the form, and which of them can exclude it."""
    decisive = _decisive(ranked)
    if not decisive:
        return
    yield blank()
    count = say(
        "Decisive questions still open: {n}. Those that stop only the launch, an "
        "order or the start are not counted here.",
        n=len(decisive),
    )
    yield paragraph(speech.say(count))
    if ranked.deciding:
        yield paragraph(speech.say(say("These can exclude the form:")), "$text-muted")
    for code in ranked.deciding:
        yield bullet(speech.say(question_title(code)))


def _cited(basis: Iterable[Citation], speech: Speech, *, indent: int = 0) -> Paragraph:
    """Where it is written, in brackets."""
    text = citations(basis, speech)
    return paragraph(f"({text})", "$text-muted", indent=indent)
