"""What every deadline of a large register costs: beside decoding the register's file.

The register is that of `registers`, as big as asked and a tenth of it. Measured in turn
in this process, warm, CPU time, the least of several: one decoding of the file by
msgspec, the whole watch of the workspace (records, plans, reminders, deadlines), a list
of one person's within 90 days, and the digest of two weeks as HTML. The first watch is
measured apart: it makes the plan of what follows each contract, which is kept for the
next ones. A cost per deadline that grows with the register is a loop too many; the bar
is on the watch.

    python -m tests.bench deadlines --needs 10000 --runs 5
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

import msgspec

from jointbuy.store import open_store
from jointbuy.workspace import Workspace
from tests.bench import registers
from tests.bench.checks import least

BAR = 5.0
GROWTH = 2.5


def measured(path: Path, runs: int) -> tuple[int, float, float]:
    """How many deadlines, the watch beside one decoding, microseconds for each."""
    raw = path.read_bytes()
    workspace = Workspace(open_store(str(path), create=False), user="bench")
    began = time.process_time()
    watch = workspace.watch()
    first = time.process_time() - began
    who = next(each.contact for each in watch.deadlines if each.contact)
    digest = workspace.digest(within=14)

    def decoded() -> object:
        return msgspec.json.decode(raw)

    def selected() -> object:
        return watch.select(within=90, who=who)

    def mailed() -> object:
        return workspace.digest_text(digest, "html")

    reading, watching, choosing, mailing = least(
        runs, decoded, workspace.watch, selected, mailed
    )
    count = len(watch.deadlines)
    each = watching / count * 1e6
    sys.stdout.write(
        f"{count} deadlines, {len(raw) // 1024} kB: decoding {reading * 1000:.1f} ms, "
        f"first watch {first * 1000:.0f} ms, watch {watching * 1000:.1f} ms "
        f"({watching / reading:.1f}x, {each:.1f} us each), "
        f"one person's {choosing * 1000:.2f} ms, digest of "
        f"{len(digest.deadlines)} {mailing * 1000:.1f} ms CPU (least of {runs})\n"
    )
    return count, watching / reading, each


def main(argv: list[str]) -> int:
    """Print what it costs at two sizes; fails above the bars."""
    parser = argparse.ArgumentParser(prog="deadlines", description=__doc__)
    parser.add_argument("--needs", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=5)
    chosen = parser.parse_args(argv)
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for needs in (chosen.needs // 10, chosen.needs):
            path = Path(folder) / f"{needs}.json"
            registers.write(path, needs, seed=1)
            found.append(measured(path, chosen.runs))
    (_, _, small), (_, ratio, large) = found
    growth = large / small
    sys.stdout.write(
        f"watch beside decoding: {ratio:.1f}x (bar {BAR:.0f}x); per deadline "
        f"{growth:.2f}x of a tenth of the register (bar {GROWTH}x)\n"
    )
    return 0 if ratio <= BAR and growth <= GROWTH else 1
