"""The terminal: the register on a screen, by keyboard and by mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jointbuy.workspace import Desk


def run(desk: Desk) -> None:
    """Work on the register of this desk until the officer leaves."""
    import gc
    import sys

    sys.setswitchinterval(0.0005)  # keys are answered while the register is read
    gc.disable()  # until the register is read: what is made by then stays in use
    from jointbuy.tui.app import Terminal

    Terminal(desk).run()
