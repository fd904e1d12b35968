"""One question answered in a line: a reason, a name, a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.widgets import Input

from jointbuy.errors import JointbuyError, say
from jointbuy.tui.actions import Action, bindings
from jointbuy.tui.dialogs.dialog import CLOSE, Dialog
from jointbuy.tui.prose import paragraph
from jointbuy.tui.widgets.page import Page
from jointbuy.tui.widgets.typed import Typed

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from jointbuy.errors import Message

QUESTION: tuple[Action, ...] = (
    Action(
        id="question.answer",
        keys=("enter",),
        label=say("OK"),
        help=say("Give this answer."),
        rank=10,
    ),
)


def required(text: str) -> None:
    """Refuse an empty answer."""
    if not text.strip():
        raise JointbuyError(say("Something has to be written here."))


class Question(Dialog[str]):
    """Gives what was typed; `check` refuses an answer by raising with the reason."""

    ACTIONS = (*QUESTION, CLOSE)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(QUESTION)]
    DEFAULT_CSS = """
    Question #answer { height: 1; border: none; padding: 0 1; background: $boost; }
    Question #answer:focus { border: none; }
    Question Page { height: auto; max-height: 10; min-height: 1; }
    """

    def __init__(
        self,
        title: Message,
        *,
        text: str = "",
        hint: Message | None = None,
        check: Callable[[str], object] = required,
    ) -> None:
        super().__init__(title)
        self._text = text
        self._hint = hint
        self._check = check

    def body(self) -> ComposeResult:
        """A line to type in, and what is to be known about it."""
        yield Typed(self._text, id="answer", select_on_focus=False)
        yield Page(id="hint")

    def on_mount(self) -> None:
        """Type at once."""
        self._tell(self._hint)
        self.query_one(Page).can_focus = False
        self.query_one(Input).focus()

    def _tell(self, message: Message | None, style: str = "$text-muted") -> None:
        self.query_one(Page).tell(
            lambda speech: (
                () if message is None else (paragraph(speech.say(message), style),)
            )
        )

    def on_input_submitted(self) -> None:
        """Take the answer, or say why not."""
        self.action_answer()

    def action_answer(self) -> None:
        """Take the answer, or say why not."""
        text = self.query_one(Input).value
        try:
            self._check(text)
        except JointbuyError as error:
            self._tell(error.message, "$text-error")
        else:
            self.dismiss(text.strip())
