"""The sheet on which a call for interest is answered, for one or for several."""

from __future__ import annotations

from typing import Any

from textual.widgets import Input

from jointbuy.tui.dialogs.sheet import Sheet


class Answers(Sheet[Any]):
    """The day and every maximum; one begins with the first maximum."""

    def focus_first(self) -> None:
        """The day stands ready: what is to be typed comes after it."""
        lines = list(self.query(Input))
        lines[min(1, len(lines) - 1)].focus()
