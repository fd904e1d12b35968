"""A text of several lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.widgets import TextArea

from jointbuy.errors import say
from jointbuy.l10n.visible import visible
from jointbuy.tui.actions import Action, bindings
from jointbuy.tui.dialogs.dialog import CLOSE, Dialog
from jointbuy.tui.prose import paragraph
from jointbuy.tui.widgets.page import Page

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from jointbuy.errors import Message

LINES: tuple[Action, ...] = (
    Action(
        id="lines.done",
        keys=("ctrl+s",),
        label=say("OK"),
        help=say("Take the text."),
        rank=10,
        priority=True,
    ),
)


class Lines(Dialog[str]):
    """Gives the text as it was written; the hint says what stands in a line."""

    ACTIONS = (*LINES, CLOSE)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(LINES)]
    DEFAULT_CSS = """
    Lines #frame { height: 18; }
    Lines #hint { height: auto; max-height: 6; border-bottom: solid $panel; }
    Lines TextArea { height: 1fr; border: none; }
    Lines TextArea:focus { border: none; }
    """

    def __init__(self, title: Message, text: str, hint: Message | None = None) -> None:
        super().__init__(title)
        self._hint = hint
        self._text = visible(text)

    def body(self) -> ComposeResult:
        """What is to be known of it, and where it is written."""
        if self._hint is not None:
            yield Page(id="hint")
        yield TextArea(self._text, tab_behavior="focus", highlight_cursor_line=False)

    def on_mount(self) -> None:
        """Write at its end."""
        hint = self._hint
        for page in self.query(Page):
            page.can_focus = False
            page.tell(
                lambda speech: (paragraph(speech.say(hint or ""), "$text-muted"),)
            )
        area = self.query_one(TextArea)
        area.focus()
        area.move_cursor(area.document.end)

    def action_done(self) -> None:
        """Take it."""
        self.dismiss(visible(self.query_one(TextArea).text).strip())
