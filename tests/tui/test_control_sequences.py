"""No sequence that somebody typed reaches the terminal, in a real one."""

from __future__ import annotations

import os
import re
import select
import shutil
import signal
import struct
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from jointbuy.model import Need
from jointbuy.store.port import Change
from jointbuy.workspace import Desk
from jointbuy.workspace.desk import sample_register
from tests.tui.poison import CONTROLS, poisoned

if sys.platform == "win32":
    pytest.skip("there are no pseudo-terminals", allow_module_level=True)

DOWN, ESCAPE = b"\x1b[B", b"\x1b"


def test_what_is_typed_into_a_register_never_steers_the_terminal(
    tmp_path: Path,
) -> None:
    path = tmp_path / "register.json"
    shutil.copy(sample_register("brussels"), path)
    workspace = Desk(str(path), on=date(2026, 11, 23)).open()
    workspace.store.commit(
        [
            Change(kind=Need, id=each.id, value=poisoned(each), seen=1)
            for each in workspace.needs().values()
        ],
        by="tester",
        why="".join(CONTROLS),
    )
    written = _shown(path, tmp_path)
    text = written.decode("utf-8", "replace")
    assert text.count("OWNED") > 2 * len(CONTROLS)  # it was shown, again and again
    for control in CONTROLS:
        assert control.encode("utf-8") not in written, control
    assert not re.search("\x1b\\](?:0|52|8);", text)
    assert not set("\x00\x9b\u202e\u2066\x08\x7f\x0b") & set(text)
    assert "\x1bP" not in text


def _shown(register: Path, home: Path) -> bytes:
    """What the terminal is sent while somebody looks at the needs and opens one."""
    import fcntl
    import pty
    import termios

    pid, fd = pty.fork()
    if pid == 0:
        os.environ.update(
            TERM="xterm-256color", JOINTBUY_HOME=str(home), PYTHONUTF8="1"
        )
        os.chdir(Path(__file__).parents[2])
        command = ["--lang", "fr", "--register", str(register)]
        os.execv(sys.executable, [sys.executable, "-m", "jointbuy", *command])
    fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 140, 0, 0))
    written = b""
    try:
        for key, seen in (
            (b"", b"OWNED"),
            (DOWN, b""),
            (DOWN, b""),
            (b"/", b""),
            (b"owned", b""),
            (b"\r", b""),
            (b"\r", b""),
            (ESCAPE, b""),
            (b"\x10", b""),
            (b"owned", b""),
            (ESCAPE, b""),
            (b"u", b""),
        ):
            if key:
                os.write(fd, key)
            written += _read(fd, until=seen)
    finally:
        os.kill(pid, signal.SIGKILL)
        os.close(fd)
        os.waitpid(pid, 0)
    return written


def _read(fd: int, *, until: bytes, quiet: float = 0.15) -> bytes:
    """What comes until that was seen and it is quiet."""
    written, end = b"", time.monotonic() + 20
    while time.monotonic() < end:
        ready, _, _ = select.select([fd], [], [], quiet)
        if ready:
            try:
                written += os.read(fd, 1 << 16)
            except OSError:  # it has left
                return written
        elif until in written:
            return written
    raise AssertionError(written[-2000:])
