"""A page of paragraphs that folds itself to its width and scrolls."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.content import Content
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import RenderOptions

from jointbuy.tui.prose import lay_out
from jointbuy.tui.stage import speech_of
from jointbuy.tui.widgets.scrolling import extend

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from textual.events import Resize

    from jointbuy.tui.prose import Paragraph
    from jointbuy.tui.speech import Speech


class Page(ScrollView, can_focus=True):
    """What is said of one thing; said anew when the language or the width changes."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    Page { background: $surface; overflow-x: hidden; padding: 0 1; }
    """

    def __init__(
        self,
        *,
        id: str | None = None,  # noqa: A002 - as every widget has it
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._told: Callable[[Speech], Iterable[Paragraph]] = lambda _: ()
        self._lines: Sequence[Content] = ()
        self._strips: dict[int, Strip] = {}

    def tell(self, told: Callable[[Speech], Iterable[Paragraph]]) -> None:
        """Show what this says; from the top."""
        self._told = told
        self.scroll_to(y=0, animate=False)
        self.relabel()

    def relabel(self) -> None:
        """Say it again."""
        self._lay_out()
        self.refresh()

    @property
    def text(self) -> str:
        """What the page says, as plain text."""
        return "\n".join(line.plain for line in self._lines)

    def on_resize(self, event: Resize) -> None:  # noqa: ARG002
        """Fold to the new width; what it showed before may be something else."""
        self.relabel()

    def notify_style_update(self) -> None:
        """Another theme has other colours."""
        super().notify_style_update()
        self._strips.clear()

    def _lay_out(self) -> None:
        """Fold to the whole width; beside the scroll bar only what is too long."""
        room = self.scrollable_content_region
        bar = self.styles.scrollbar_size_vertical
        width = room.width + (bar if self.show_vertical_scrollbar else 0)
        if width <= bar:
            return
        fold = self._folding()
        lines = fold(width)
        if len(lines) > room.height and not self.styles.auto_dimensions:
            width -= bar
            lines = fold(width)
        self._lines = lines
        self._strips.clear()
        extend(self, Size(width, len(lines)))

    def _folding(self) -> Callable[[int], Sequence[Content]]:
        """What is said now, to be folded to a width."""
        told = tuple(self._told(speech_of(self)))
        return partial(lay_out, told)

    def render_line(self, y: int) -> Strip:
        """One line of it."""
        at = self.scroll_offset.y + y
        width = self.scrollable_content_region.width
        if at >= len(self._lines):
            return Strip.blank(width, self.rich_style)
        made = self._strips.get(at)
        if made is None:
            strips = Content.render_strips(
                self._lines[at],
                width,
                1,
                self.visual_style,
                RenderOptions(self._get_style, {}),
            )
            made = strips[0].adjust_cell_length(width, self.rich_style)
            self._strips[at] = made
        return made
