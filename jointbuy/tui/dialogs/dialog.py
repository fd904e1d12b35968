"""A dialog over a section: a title, what it asks, and its keys."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen

from jointbuy.errors import say
from jointbuy.tui.actions import COMMON, Action, Group, bindings
from jointbuy.tui.prose import plain
from jointbuy.tui.stage import Stage, speech_of
from jointbuy.tui.widgets.bars import KeyBar, Line

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.events import Click
    from textual.geometry import Size

    from jointbuy.errors import Message

T = TypeVar("T")

CLOSE = Action(
    id="dialog.close",
    keys=("escape",),
    label=say("Close"),
    help=say("Close this and change nothing."),
    group=Group.EVERYWHERE,
    rank=20,
)

EVERYWHERE: tuple[Action, ...] = tuple(
    replace(action, rank=0)
    for action in COMMON
    if action.id in {"app.help", "app.language"}
)
"""What can be done in every dialog too."""


class Title(Line):
    """What a dialog is about."""

    DEFAULT_CSS = "Title { background: $panel; height: auto; max-height: 3; }"

    def __init__(self, message: Message) -> None:
        super().__init__()
        self.message = message

    def relabel(self) -> None:
        """Say it again; it may take more lines."""
        self.refresh(layout=True)

    def lines(self, width: int) -> list[Content]:
        """The title, folded to that width."""
        whole = Content("").join(text for text, _ in self.parts())
        return whole.wrap(max(width - 1, 8))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as it takes."""
        del container, viewport
        return len(self.lines(width))

    def render(self) -> Content:
        """Its lines; those after the first begin under its first letter."""
        return Content("\n ").join(self.lines(self.size.width))

    def parts(self) -> list[tuple[Content, str]]:
        """The title."""
        return [(plain(f" {speech_of(self).line(self.message)}", "bold"), "")]


class Dialog(Stage[T], ModalScreen[T]):
    """Something asked over a section; `None` when it was closed."""

    ACTIONS: tuple[Action, ...] = (CLOSE,)
    EVERYWHERE = EVERYWHERE
    BINDINGS: ClassVar[list[BindingType]] = [*bindings((CLOSE, *EVERYWHERE))]
    DEFAULT_CSS = """
    Dialog { align: center middle; background: $background 60%; }
    Dialog > #frame {
        width: 76; max-width: 100%; height: auto; max-height: 100%;
        background: $surface; border: none;
    }
    """

    def __init__(self, title: Message) -> None:
        super().__init__()
        self.title_ = title

    def compose(self) -> ComposeResult:
        """The frame around the body."""
        with Vertical(id="frame"):
            yield Title(self.title_)
            yield from self.body()
            yield KeyBar()

    def body(self) -> ComposeResult:
        """What is asked."""
        yield from ()

    def on_click(self, event: Click) -> None:
        """A click beside the dialog closes it."""
        if self.get_widget_at(event.screen_x, event.screen_y)[0] is self:
            self.action_close()

    def action_close(self) -> None:
        """Close, and change nothing."""
        self.dismiss(None)
