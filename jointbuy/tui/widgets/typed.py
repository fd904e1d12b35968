"""A line to type in."""

from __future__ import annotations

from textual.widgets import Input


class Typed(Input):
    """An input whose cursor stands still: nothing on the screen moves by itself."""

    def on_mount(self) -> None:
        """No blinking, which would also keep a waiting machine busy."""
        self.cursor_blink = False
