"""What it costs to open a register, to ask it, to change it, and to take that back.

CPU seconds, the best of several runs, each in a process of its own. Run by hand; with
`--against` a folder that holds an older source tree, both are measured in turn and the
ratios printed:

    python -m tests.bench.opening --needs 10000 --against ../older
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench import registers

ROOT = Path(__file__).parents[2]

PROBE = r"""
import sys, time, json
clock = time.process_time
path, sought = sys.argv[1], sys.argv[2]
marks = {}
def timed(name, act, times=1):
    begun = clock()
    for _ in range(times):
        found = act()
    marks[name] = (clock() - begun) / times
    return found
def imports():
    global Workspace, open_store
    from jointbuy.workspace import Workspace
    from jointbuy.store import open_store
    import jointbuy.store.tinydb
timed("imports", imports)
store = timed("open", lambda: open_store(path, create=False))
desk = Workspace(store, user="x")
needs = timed("needs", desk.needs)
timed("administrations", desk.administrations)
marks["open and needs"] = marks["open"] + marks["needs"]
if sought == "reads":
    timed("needs again", desk.needs, 20)
    timed("administrations again", desk.administrations, 20)
    if len(needs) < 1000:
        timed("match", desk.match)
        timed("match again", desk.match)
elif sought == "commits":
    from dataclasses import replace
    for n, need in enumerate(list(needs.values())[:3]):
        timed(f"commit {n}", lambda: desk.save(replace(need, note="x"), why="edit"))
        timed(f"needs after {n}", desk.needs)
    timed("undo", desk.undo)
    timed("undo again", desk.undo)
    timed("history", desk.history)
print(json.dumps(marks))
"""


def probe(tree: Path, register: Path, sought: str) -> dict[str, float]:
    """The seconds of one run, on a copy of the register."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "register.json"
        shutil.copyfile(register, path)
        done = subprocess.run(
            [sys.executable, "-c", PROBE, str(path), sought],
            env={**os.environ, "PYTHONPATH": str(tree)},
            cwd=folder,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=True,
        )
    found: dict[str, float] = json.loads(done.stdout)
    return found


def main() -> int:
    """Print the best of each step, and its ratio to the older tree's."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--needs", type=int, default=10_000)
    parser.add_argument("--register", type=Path, help="instead of a generated one")
    parser.add_argument("--against", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    chosen = parser.parse_args()
    trees = [ROOT, *([chosen.against] if chosen.against else [])]
    best: list[dict[str, float]] = [{} for _ in trees]
    with tempfile.TemporaryDirectory() as folder:
        register = chosen.register
        if register is None:
            register = Path(folder) / "generated.json"
            registers.write(register, chosen.needs)
        for _ in range(chosen.rounds):
            for sought in ("reads", "commits"):
                for tree, marks in zip(trees, best, strict=True):
                    for name, seconds in probe(tree, register, sought).items():
                        marks[name] = min(seconds, marks.get(name, seconds))
    for name, seconds in best[0].items():
        told = f"{name:24}{seconds * 1000:9.2f} ms"
        if chosen.against:
            before = best[1][name]
            told += f"   before {before * 1000:9.2f} ms   ratio {seconds / before:.3f}"
        sys.stdout.write(told + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
