"""How fast the terminal is, beside a bare Textual app and a DataTable of the same rows.

Each program runs in a pseudo-terminal of its own, in turn, with the interpreter given:
that of an environment into which the wheel was installed. Run by hand, not on Windows:

    python -m tests.bench.terminal --python ../venv/bin/python --rounds 7
"""

from __future__ import annotations

import argparse
import os
import re
import select
import signal
import statistics
import struct
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench import registers

HELLO = """
from textual.app import App
from textual.widgets import Static
class Hello(App):
    pressed = 0
    def compose(self):
        yield Static("Hello, world!")
    def on_key(self, event):
        self.pressed += 1
        self.query_one(Static).update(f"Hello, key {self.pressed}")
Hello().run()
"""

TABLE = """
import sys
from textual.app import App
from textual.widgets import DataTable
from jointbuy.tui.needs.listing import read_needs
from jointbuy.tui.speech import Speech
from jointbuy.workspace import Desk
class Table(App):
    def compose(self):
        yield DataTable(cursor_type="row")
    def on_mount(self):
        listing, speech = read_needs(Desk(sys.argv[1]).open()), Speech("fr")
        table = self.query_one(DataTable)
        for column in listing.columns:
            table.add_column(speech.line(column.heading), width=column.width)
        for row in listing.rows:
            table.add_row(*(column.text(row, speech) for column in listing.columns))
        table.focus()
Table().run()
"""

DOWN = b"\x1b[B"
SEQUENCE = re.compile(
    rb"\x1b\[[0-9;?:<>=$]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b."
)
"""What steers a terminal, and is no text."""
QUIET = 0.06
"""Seconds without output after which a key is done."""
TICKS = 100
"""Units in which Linux counts CPU time, per second."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """What is run, and the text by which one sees that all of it is there."""

    name: str
    arguments: tuple[str, ...]
    marker: str


@dataclass(slots=True)
class Taken:
    """What was measured in each round."""

    visible: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)
    first: list[float] = field(default_factory=list)
    whole: list[float] = field(default_factory=list)
    idle: list[float] = field(default_factory=list)


def programs(register: Path, needs: int) -> tuple[Program, ...]:
    """The four that are compared; the bare one first."""
    ours = ("-m", "jointbuy", "--lang", "fr")
    return (
        Program(name="hello", arguments=("-c", HELLO), marker="Hello, world!"),
        Program(name="sample", arguments=(*ours, "demo"), marker="Commune de"),
        Program(
            name=f"{needs} needs",
            arguments=(*ours, "--register", str(register)),
            marker="Commune de",
        ),
        Program(
            name=f"DataTable of {needs}",
            arguments=("-c", TABLE, str(register)),
            marker="Commune de",
        ),
    )


class Screen:
    """A program in a pseudo-terminal, and what it wrote."""

    def __init__(self, command: list[str], size: tuple[int, int], home: Path) -> None:
        import fcntl
        import pty
        import termios

        self.begun = time.perf_counter()
        self.written = b""
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.environ.update(
                TERM="xterm-256color", COLORTERM="truecolor", JOINTBUY_HOME=str(home)
            )
            os.chdir(home)
            os.execv(command[0], command)
        fcntl.ioctl(
            self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0)
        )

    def read(self, patience: float) -> bool:
        """Take what was written meanwhile; whether there was anything."""
        ready, _, _ = select.select([self.fd], [], [], patience)
        if ready:
            self.written += os.read(self.fd, 1 << 16)
        return bool(ready)

    def wait_for(self, marker: str, patience: float = 60.0) -> float:
        """Seconds from the start until that text was on the screen."""
        while marker.encode() not in SEQUENCE.sub(b"", self.written):
            self.read(0.5)
            if time.perf_counter() - self.begun > patience:
                raise TimeoutError(marker, self.written[-500:])
        return time.perf_counter() - self.begun

    def rest(self, quiet: float) -> None:
        """Wait until nothing has been written for that long."""
        while self.read(quiet):
            pass

    def press(self, key: bytes) -> tuple[float, float]:
        """Seconds to the first and to the last byte that answers a key."""
        begun = last = time.perf_counter()
        os.write(self.fd, key)
        if not self.read(1.0):
            raise TimeoutError(key)
        first = last = time.perf_counter()
        while self.read(QUIET):
            last = time.perf_counter()
        return first - begun, last - begun

    def memory(self) -> float:
        """Megabytes it holds."""
        status = Path(f"/proc/{self.pid}/status").read_text(encoding="utf-8")
        found = re.search(r"VmRSS:\s+(\d+)", status)
        return int(found[1]) / 1000 if found else 0.0

    def cpu(self) -> float:
        """Seconds of processor it has used."""
        stat = Path(f"/proc/{self.pid}/stat").read_text(encoding="utf-8")
        after = stat.rpartition(")")[2].split()
        return (int(after[11]) + int(after[12])) / TICKS

    def close(self) -> None:
        """End it."""
        os.kill(self.pid, signal.SIGKILL)
        os.close(self.fd)
        os.waitpid(self.pid, 0)


def measure(
    program: Program, python: str, size: tuple[int, int], keys: int, taken: Taken
) -> None:
    """One round of one program."""
    with tempfile.TemporaryDirectory() as home:
        screen = Screen([python, *program.arguments], size, Path(home))
        try:
            taken.visible.append(screen.wait_for(program.marker))
            screen.rest(0.4)
            taken.memory.append(screen.memory())
            for _ in range(keys):
                first, whole = screen.press(DOWN)
                taken.first.append(first)
                taken.whole.append(whole)
            before = screen.cpu()
            time.sleep(2.0)
            taken.idle.append((screen.cpu() - before) / 2.0 * 100)
        finally:
            screen.close()


def table(found: dict[str, Taken]) -> str:
    """Milliseconds, each with its ratio to the bare app's.

    Of what is done once a round the best, of the keys the median.
    """
    bare = next(iter(found.values()))
    widths = (22, 18, 16, 16, 16, 8)
    heads = ("", "visible", "key", "key whole", "memory MB", "idle %")
    lines = ["".join(map(str.rjust, heads, widths))]
    for name, taken in found.items():
        cells = [name]
        for values, base, choose, unit in (
            (taken.visible, bare.visible, min, 1000),
            (taken.first, bare.first, statistics.median, 1000),
            (taken.whole, bare.whole, statistics.median, 1000),
            (taken.memory, bare.memory, min, 1),
        ):
            ours = choose(values)
            cells.append(f"{ours * unit:.1f} ({ours / choose(base):.2f}x)")
        cells.append(f"{statistics.median(taken.idle):.1f}")
        lines.append("".join(map(str.rjust, cells, widths)))
    return "\n".join(lines)


def main() -> int:
    """Measure all of them in turn, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--needs", type=int, default=10_000)
    parser.add_argument("--keys", type=int, default=40)
    parser.add_argument("--size", default="80x24")
    parser.add_argument("--only", default="", help="programs whose name contains this")
    chosen = parser.parse_args()
    columns, lines = map(int, chosen.size.split("x"))
    python = os.path.abspath(chosen.python)  # noqa: PTH100 - a venv's link is kept
    with tempfile.TemporaryDirectory() as folder:
        register = Path(folder) / "register.json"
        registers.write(register, chosen.needs)
        compared = [
            each
            for each in programs(register, chosen.needs)
            if chosen.only in each.name or each.name == "hello"
        ]
        found = {each.name: Taken() for each in compared}
        for _ in range(chosen.rounds):
            for each in compared:
                taken = found[each.name]
                measure(each, python, (columns, lines), chosen.keys, taken)
    sys.stdout.write(table(found) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
