"""How far what scrolls can be scrolled, without laying out the whole screen for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.geometry import Size
    from textual.scroll_view import ScrollView


def extend(view: ScrollView, size: Size) -> None:
    """Let it hold that much; the screen is laid out anew only where it has to be.

    Textual lays out everything whenever a virtual size changes. That is needed where a
    widget is as high as what it holds, and where its scroll bar comes or goes.
    """
    if view.styles.auto_dimensions or not view.container_size:
        view.virtual_size = size
    elif size != view.virtual_size:
        view.set_reactive(type(view).virtual_size, size)
        view._scroll_update(size)  # noqa: SLF001 - shows and hides the scroll bar
        view.refresh()
