"""How fast the deadlines of a large register stand on the screen, in a real terminal.

The register is that of the other benches; its needs, contracts and calls for interest
give nearly as many deadlines. Run by hand, not on Windows:

    python -m tests.bench.deadline_screen --needs 10000 --size 140x40
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

from tests.bench import registers
from tests.bench.terminal import DOWN, Screen

PAGE_DOWN, END, RIGHT, TAB = b"\x1b[6~", b"\x1b[F", b"\x1b[C", b"\t"

STEPS: tuple[tuple[str, bytes, int], ...] = (
    ("arrow key", DOWN, 20),
    ("page down", PAGE_DOWN, 12),
    ("to the end", END, 1),
    ("filter opened", b"f", 1),
    ("first letter of the filter", b"p", 1),
    ("further letters", b"a", 1),
    ("filter: p", b"p", 1),
    ("filter: i", b"i", 1),
    ("filter left", b"\r", 1),
    ("filter taken away", b"\x1b", 1),
    ("line of time", b"T", 1),
    ("arrow key on it", DOWN, 20),
    ("page down on it", PAGE_DOWN, 12),
    ("a month on", RIGHT, 6),
    ("smaller", b"-", 1),
    ("calendar", b"M", 1),
    ("a day on", RIGHT, 6),
    ("list", b"L", 1),
    ("another pane", TAB, 3),
)
"""What is pressed, and how often."""


def measure(python: str, register: Path, size: tuple[int, int], found: Found) -> None:
    """One round: the section is opened, and each key pressed."""
    ours = ("-m", "jointbuy", "--lang", "fr", "--register", str(register))
    with tempfile.TemporaryDirectory() as home:
        screen = Screen([python, *ours], size, Path(home))
        try:
            screen.wait_for("Commune de")
            screen.rest(0.4)
            found.setdefault("memory before (MB)", []).append(
                (screen.memory() / 1000, 0.0)
            )
            screen.written = b""
            begun, used = time.perf_counter(), screen.cpu()
            os.write(screen.fd, b"5")
            screen.begun = begun
            found.setdefault("deadlines visible", []).append(
                (screen.wait_for("Urgence"), 0.0)
            )
            found.setdefault("CPU until then", []).append((screen.cpu() - used, 0.0))
            screen.rest(0.4)
            found.setdefault("their CPU", []).append((screen.cpu() - used, 0.0))
            for name, key, times in STEPS:
                for _ in range(times):
                    found.setdefault(name, []).append(screen.press(key))
                screen.rest(0.3)
            found.setdefault("memory (MB)", []).append((screen.memory() / 1000, 0.0))
        finally:
            screen.close()


Found = dict[str, list[tuple[float, float]]]


def main() -> int:
    """Measure, and print milliseconds: to the first byte, and until it is quiet."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--needs", type=int, default=10_000)
    parser.add_argument("--size", default="140x40")
    chosen = parser.parse_args()
    columns, lines = map(int, chosen.size.split("x"))
    python = os.path.abspath(chosen.python)  # noqa: PTH100 - a venv's link is kept
    found: Found = {}
    with tempfile.TemporaryDirectory() as folder:
        register = Path(folder) / "register.json"
        registers.write(register, chosen.needs)
        for _ in range(chosen.rounds):
            measure(python, register, (columns, lines), found)
    for name, times in found.items():
        first = statistics.median(each[0] for each in times) * 1000
        worst = max(each[0] for each in times) * 1000
        whole = statistics.median(each[1] for each in times) * 1000
        sys.stdout.write(f"{name:30}{first:9.1f}{worst:9.1f}{whole:9.1f}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
