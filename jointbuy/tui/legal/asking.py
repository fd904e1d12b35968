"""The pane that asks one question: its text, its answers, and what each would mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.message import Message

from jointbuy.errors import JointbuyError, say
from jointbuy.tui.actions import Action, bindings
from jointbuy.tui.legal.actions import ASKING, LETTERS
from jointbuy.tui.legal.elsewhere import TYPED, told_elsewhere
from jointbuy.tui.legal.findings import (
    ADVICE,
    headed,
    outcome_name,
    papers,
    sources,
    told,
)
from jointbuy.tui.legal.names import STYLES, answer_name
from jointbuy.tui.prose import Paragraph, blank, bullet, lay_out, paragraph, plain
from jointbuy.tui.stage import speech_of
from jointbuy.tui.widgets.page import Page
from jointbuy.tui.widgets.typed import Typed
from jointbuy.workspace import answered_said

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from textual.binding import BindingType
    from textual.content import Content
    from textual.events import Click

    from jointbuy.errors import Message as Sentence
    from jointbuy.law import Question
    from jointbuy.model import Finding
    from jointbuy.tui.speech import Speech
    from jointbuy.workspace import Inquiry

MOST = 3
"""Findings of other rules that are told of one answer; the rest is counted."""
TALL = 24
"""Lines of a pane that has room for what every answer means."""

Told = tuple[Paragraph, int | None]
"""A paragraph, and the answer it belongs to, if it can be chosen there."""


class Share(Typed):
    """Where a share is typed, in per cent."""

    DEFAULT_CSS = """
    Share { height: 1; border: none; padding: 0 1; background: $boost; }
    Share:focus { border: none; background: $primary-muted; }
    """

    def relabel(self) -> None:
        """Say what is typed here."""
        self.placeholder = speech_of(self).line(
            say("a share in per cent, from 0 to 100")
        )


class Asking(Page):
    """One question of a check, and the answers to choose from."""

    ACTIONS: ClassVar[tuple[Action, ...]] = ASKING
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(ASKING)]

    class Given(Message):
        """An answer was chosen."""

        def __init__(self, value: str) -> None:
            super().__init__()
            self.value = value

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.inquiry: Inquiry | None = None
        self.question: Question | None = None
        self.typed = ""
        self.at = 0
        self._spans: list[int | None] = []

    def ask(self, inquiry: Inquiry, code: str) -> None:
        """Ask this question; the answer it has is the one looked at."""
        before = self.question.code if self.question else ""
        self.inquiry, self.question = inquiry, inquiry.question(code)
        if code != before:
            self.typed = ""
        given, choices = inquiry.answer(code), self.question.choices
        self.at = choices.index(given) if given in choices else 0
        self.scroll_to(y=0, animate=False)
        self.relabel()

    def hush(self) -> None:
        """Ask nothing."""
        self.inquiry = self.question = None
        self.relabel()

    def type(self, text: str) -> None:
        """Show what would be meant by what is being typed."""
        self.typed = text
        self.relabel()

    @property
    def choices(self) -> tuple[str, ...]:
        """The answers that can be chosen."""
        return self.question.choices if self.question else ()

    def action_move(self, by: int) -> None:
        """Look at another answer."""
        at = max(0, min(self.at + by, len(self.choices) - 1))
        if at == self.at:  # nothing further that way: read on
            self.scroll_relative(y=by, animate=False)
            return
        self.at = at
        self.relabel()
        self._follow()

    def _follow(self) -> None:
        lines = [n for n, option in enumerate(self._spans) if option == self.at]
        top, room = self.scroll_offset.y, max(self.size.height, 1)
        if lines and not top <= lines[0] <= lines[-1] < top + room:
            self.scroll_to(y=max(lines[-1] - room + 1, 0), animate=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Yes is not always among the answers."""
        del parameters
        if action == "yes":
            return "yes" in self.choices
        return self.question is not None or action not in {"give", "move"}

    def action_give(self) -> None:
        """Give the answer that is looked at."""
        if self.choices:
            self.post_message(self.Given(self.choices[self.at]))

    def action_yes(self) -> None:
        """Answer yes."""
        if "yes" in self.choices:
            self.post_message(self.Given("yes"))

    def watch_has_focus(self, value: bool) -> None:  # noqa: FBT001 - as Textual has it
        """The answer looked at is marked while the pane has the focus, no longer."""
        super().watch_has_focus(value)
        self.relabel()

    def on_click(self, event: Click) -> None:
        """A click on an answer gives it."""
        at = self.scroll_offset.y + event.get_content_offset_capture(self).y
        option = self._spans[at] if 0 <= at < len(self._spans) else None
        if option is not None:
            event.stop()
            self.at = option
            self.action_give()

    def _folding(self) -> Callable[[int], Sequence[Content]]:
        """What is asked now; each line keeps the answer it belongs to."""
        told = tuple(self._said(speech_of(self)))

        def fold(width: int) -> list[Content]:
            lines = _folded(told, width)
            self._spans = [option for _, option in lines]
            return [line for line, _ in lines]

        return fold

    def _said(self, speech: Speech) -> Iterable[Told]:
        inquiry, question = self.inquiry, self.question
        if inquiry is None or question is None:
            return
        code, given = question.code, inquiry.answer(question.code)
        yield paragraph(speech.say(question.text), "bold"), None
        for each in told_elsewhere(inquiry, question, speech):
            yield each, None
        yield blank(), None
        if question.kind in TYPED:
            yield from self._typed(inquiry, question, speech)
        for number, value in enumerate(question.choices):
            yield self._option(number, value, speech), number
            if self.size.height >= TALL:
                for each in meant(inquiry, code, value, speech, indent=8):
                    yield each, None
        shown = self.choices[self.at]
        if self.size.height < TALL and not (question.kind in TYPED and self.typed):
            name = answer_name(question, shown, speech)
            yield blank(), None
            about = say("What the answer “{answer}” means:", answer=name)
            yield paragraph(speech.say(about), "$text-muted"), None
            for each in meant(inquiry, code, shown, speech):
                yield each, None
        for each in answered(inquiry, question, given, speech):
            yield each, None
        for each in papers(question.evidence, speech):
            yield each, None
        basis = next(
            (f.basis for f in inquiry.checked.findings if code in (f.rule, f.ask)),
            question.basis,
        )
        for each in sources(basis or question.basis, speech):
            yield each, None
        if self.size.height >= TALL:
            yield blank(), None
            yield paragraph(speech.say(ADVICE), "$text-muted"), None

    def _option(self, number: int, value: str, speech: Speech) -> Paragraph:
        """An answer with its letter, and what it comes to in one word."""
        inquiry, question = self.inquiry, self.question
        assert inquiry is not None
        assert question is not None
        given = inquiry.answer(question.code) == value
        here = self.has_focus and number == self.at
        outcome = inquiry.outcome_with(question.code, value)
        mark = "▶" if here else " "
        dot = "(•)" if given else "( )"
        text = plain(
            f"{answer_name(question, value, speech)} — ", "bold" if here else ""
        ) + plain(outcome_name(outcome, speech), STYLES[outcome])
        first = plain(f"{mark}{dot} {LETTERS[number]}  ", "bold" if here else "")
        return Paragraph(text=text, first=first)

    def _typed(
        self, inquiry: Inquiry, question: Question, speech: Speech
    ) -> Iterator[Told]:
        """What was given or is being typed, and what it means."""
        value = inquiry.answer(question.code)
        if self.typed:
            try:
                value = inquiry.read(question.code, self.typed)
            except JointbuyError as error:
                problems = getattr(error, "problems", ())
                text = problems[0].message if problems else error.message
                yield paragraph(f"! {speech.say(text)}", "$text-error"), None
                yield blank(), None
                return
        if value and value not in question.choices:
            if question.kind == "share":
                name = answer_name(question, value, speech)
                about = say("What the answer “{answer}” means:", answer=name)
                yield paragraph(speech.say(about), "$text-muted"), None
            for each in meant(inquiry, question.code, value, speech):
                yield each, None
            yield blank(), None


def meant(
    inquiry: Inquiry, code: str, value: str, speech: Speech, *, indent: int = 0
) -> Iterator[Paragraph]:
    """What the law would say with that answer."""
    own: list[Finding] = []
    others: list[Finding] = []
    for found in inquiry.follows(code, value):
        (own if found.rule == code else others).append(found)
    for found in own:
        yield _short(inquiry, found, code, speech, indent)
    for found in others[:MOST]:
        yield _short(inquiry, found, code, speech, indent)
    if others[MOST:]:
        more = say("Other findings that change: {n}", n=len(others[MOST:]))
        yield bullet(speech.say(more), indent=indent)


def _short(
    inquiry: Inquiry, found: Finding, code: str, speech: Speech, indent: int
) -> Paragraph:
    """A finding without its articles; one that only asks on names what it asks."""
    if found.ask and found.ask != code:
        then = say("Then asked: {question}", question=_title(inquiry, found.ask))
        return bullet(speech.say(then), sign="→", indent=indent)
    first, *_ = told(found, speech, indent=indent)
    return first


def _title(inquiry: Inquiry, code: str) -> Sentence:
    return inquiry.question(code).title


def answered(
    inquiry: Inquiry, question: Question, given: str, speech: Speech
) -> Iterator[Paragraph]:
    """Who gave the answer that counts, and on which paper."""
    code = question.code
    derived = inquiry.by_register(code)
    if derived is not None:
        yield blank()
        text = headed(
            speech.say(say("From the register")), speech.say(derived.message), speech
        )
        yield bullet(text, sign="◆")
        return
    kept = inquiry.kept.get(code)
    if kept is None or not given:
        return
    yield blank()
    if (by := answered_said(kept)) is not None:
        yield paragraph(speech.say(by), "$text-muted")
    if kept.source:
        paper = speech.say(say("Paper"))
        yield paragraph(headed(paper, kept.source, speech))


def _folded(told: Iterable[Told], width: int) -> list[tuple[Content, int | None]]:
    """The lines at that width, each with the answer it belongs to."""
    return [(line, option) for each, option in told for line in lay_out((each,), width)]
