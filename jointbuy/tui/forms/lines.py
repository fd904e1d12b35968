"""A text of several lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.widgets import TextArea

from jointbuy.errors import say
from jointbuy.l10n.visible import visible
from jointbuy.tui.actions import Action, bindings
from jointbuy.tui.dialogs.dialog import CLOSE, Dialog

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
    """Gives the text as it was written."""

    ACTIONS = (*LINES, CLOSE)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(LINES)]
    DEFAULT_CSS = """
    Lines #frame { height: 18; }
    Lines TextArea { height: 1fr; border: none; }
    Lines TextArea:focus { border: none; }
    """

    def __init__(self, title: Message, text: str) -> None:
        super().__init__(title)
        self._text = visible(text)

    def body(self) -> ComposeResult:
        """Where it is written."""
        yield TextArea(self._text, tab_behavior="focus", highlight_cursor_line=False)

    def on_mount(self) -> None:
        """Write at its end."""
        area = self.query_one(TextArea)
        area.focus()
        area.move_cursor(area.document.end)

    def action_done(self) -> None:
        """Take it."""
        self.dismiss(visible(self.query_one(TextArea).text).strip())
