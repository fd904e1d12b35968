"""One change in a register of many needs, beside plain TinyDB on the same needs.

Run by hand: `python -m tests.bench.commits --needs 10000`.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tinydb import TinyDB

from jointbuy.codec import to_plain
from jointbuy.model import Need
from jointbuy.store.port import Change
from jointbuy.store.repair import write_register
from jointbuy.store.tinydb import TinyStore

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS = 9


def timed(act: Callable[[int], object]) -> float:
    """Median CPU seconds of one act."""
    seconds = []
    for number in range(ROUNDS):
        begun = time.process_time()
        act(number)
        seconds.append(time.process_time() - begun)
    return statistics.median(seconds)


def main() -> int:
    """Print both medians and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--needs", type=int, default=10_000)
    count = parser.parse_args().needs
    needs = [
        Need(id=f"n{n}", administration="a", title="Paper " * 8, note="x" * 200)
        for n in range(count)
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "register.json"
        write_register(path, needs, by="", why="", at=datetime.now(UTC))
        store = TinyStore(path)
        ours = timed(
            lambda n: store.commit(
                [Change(kind=Need, id=f"n{n}", value=needs[n], seen=1)], by="b", why=""
            )
        )
        plain = TinyDB(Path(folder) / "plain.json")
        plain.insert_multiple([to_plain(need) for need in needs])
        theirs = timed(lambda n: plain.update({"note": "y"}, doc_ids=[n + 1]))
        plain.close()
    sys.stdout.write(
        f"needs {count}: commit {ours * 1000:.0f} ms CPU, TinyDB update "
        f"{theirs * 1000:.0f} ms CPU, ratio {ours / theirs:.2f}\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
