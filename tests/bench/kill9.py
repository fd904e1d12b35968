"""Kill a process that saves, at a random moment, and see what the register still holds.

The child tells each commit it was told is done through a pipe. After the kill the
register must open, and hold every commit that was told, and at most one more.

    python -m tests.bench.kill9 --trials 100

POSIX only.
"""

from __future__ import annotations

import argparse
import dataclasses
import os
import random
import signal
import sys
import tempfile
import time
from pathlib import Path

from jointbuy.model import Need
from jointbuy.store import Change
from jointbuy.store.files import Files, leftovers
from jointbuy.store.tinydb import TinyStore


def main() -> int:
    """Run the trials and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--trials", type=int, default=100)
    parser.add_argument("--needs", type=int, default=300)
    parser.add_argument("--longest", type=float, default=0.15, help="seconds alive")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, default=None)
    chosen = parser.parse_args()
    dice = random.Random(chosen.seed)
    told = unreadable = lost = invented = midway = 0
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory(dir=chosen.folder) as folder:
        Files().lock(Path(folder) / "warm", mode=0o600, timeout=0).release()
        for trial in range(chosen.trials):
            path = Path(folder) / f"{trial}" / "register.json"
            _fill(path, chosen.needs)
            count = _kill(path, dice.uniform(0.001, chosen.longest), trial)
            midway += bool(leftovers(path))
            told += count
            try:
                kept = _kept(path)
            except OSError as error:
                unreadable += 1
                sys.stderr.write(f"{error}\n")
                continue
            lost += kept < count
            invented += kept > count + 1
    seconds = time.perf_counter() - begun
    sys.stdout.write(
        f"trials {chosen.trials}, killed while writing {midway}, acknowledged {told}, "
        f"unreadable {unreadable}, lost {lost}, invented {invented}, {seconds:.1f} s\n"
    )
    return 1 if unreadable or lost or invented else 0


def _fill(path: Path, count: int) -> None:
    needs = [_need(index, "") for index in range(count)]
    TinyStore(path, create=True).commit(
        [Change(kind=Need, id=need.id, value=need) for need in needs],
        by="first",
        why="",
    )


def _need(index: int, note: str) -> Need:
    return Need(id=f"n{index}", administration="a", title="Paper " * 20, note=note)


def _kill(path: Path, seconds: float, seed: int) -> int:
    """How many commits the child told before it was killed."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            _save_on(path, writer, random.Random(seed))
        finally:
            os._exit(1)
    os.close(writer)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(reader, "rb") as pipe:
        return len(pipe.read())


def _save_on(path: Path, writer: int, dice: random.Random) -> None:
    """Save without end: notes long and short in turn, each with the next number."""
    store = TinyStore(path)
    number = 0
    while True:
        number += 1
        stored = store.get(Need, "n0")
        note = f"{number} " + "x" * dice.choice((0, 50_000))
        value = dataclasses.replace(stored.value, note=note)
        change = Change(kind=Need, id="n0", value=value, seen=stored.revision)
        store.commit([change], by="child", why=str(number))
        os.write(writer, b".")


def _kept(path: Path) -> int:
    """How many of the child's commits the register holds, once it proved sound."""
    store = TinyStore(path)
    note = store.get(Need, "n0").value.note
    number = int(note.split()[0]) if note else 0
    told = [int(entry.why) for entry in store.history() if entry.by == "child"]
    if told != list(range(1, number + 1)) or leftovers(path):
        raise OSError(f"{path}: the history and the records differ")
    stored = store.get(Need, "n0")
    change = Change(kind=Need, id="n0", value=stored.value, seen=stored.revision)
    store.commit([change], by="after", why="it can go on")
    return number


if __name__ == "__main__":
    sys.exit(main())
