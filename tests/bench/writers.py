"""Several processes save to one register at once; see whether any insert is lost.

python -m tests.bench.writers --processes 2 --inserts 200
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from jointbuy.model import Need
from jointbuy.store import Change
from jointbuy.store.tinydb import TinyStore


def main() -> int:
    """Start the processes, wait, and print what the register holds."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--inserts", type=int, default=200)
    parser.add_argument("--insert-as", default="", help=argparse.SUPPRESS)
    parser.add_argument("--register", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.insert_as:
        _insert(chosen.register, chosen.insert_as, chosen.inserts)
        return 0
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "register.json"
        TinyStore(path, create=True)
        command = [sys.executable, "-m", "tests.bench.writers", "--register", str(path)]
        command += ["--inserts", str(chosen.inserts), "--insert-as"]
        writers = [
            subprocess.Popen([*command, f"w{number}"])
            for number in range(chosen.processes)
        ]
        failed = sum(writer.wait() != 0 for writer in writers)
        store = TinyStore(path)
        kept = {stored.value.id for stored in store.all(Need)}
        wanted = {
            f"w{number}-{index}"
            for number in range(chosen.processes)
            for index in range(chosen.inserts)
        }
        numbers = [entry.number for entry in store.history()]
    sound = not failed and kept == wanted and numbers == list(range(1, len(wanted) + 1))
    sys.stdout.write(
        f"processes {chosen.processes}, inserts {len(wanted)}, kept {len(kept)}, "
        f"failed processes {failed}, {time.perf_counter() - begun:.1f} s\n"
    )
    return 0 if sound else 1


def _insert(path: Path, name: str, count: int) -> None:
    store = TinyStore(path)
    for index in range(count):
        value = Need(id=f"{name}-{index}", administration="a", title="Paper")
        store.commit([Change(kind=Need, id=value.id, value=value)], by=name, why="")


if __name__ == "__main__":
    sys.exit(main())
