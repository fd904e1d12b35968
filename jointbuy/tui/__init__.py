"""The terminal: the register on a screen, by keyboard and by mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jointbuy.workspace import Desk


def run(desk: Desk) -> None:
    """Work on the register of this desk until the officer leaves.

    Raises:
        JointbuyError: the terminal had to close by a fault of its own.
    """
    import gc
    import os
    import sys

    os.environ.setdefault("TEXTUAL_FPS", "120")  # the page follows the row sooner
    sys.setswitchinterval(0.0001)  # keys are answered while the register is read
    gc.disable()  # until the register is read: what is made by then stays in use
    from jointbuy.errors import JointbuyError
    from jointbuy.tui.app import Terminal, own

    terminal = Terminal(desk)
    terminal.run()
    if terminal.return_code and terminal.faults:
        raise JointbuyError(own(terminal.faults[-1]))
