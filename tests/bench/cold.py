"""What a first answer costs: the list of a small register beside an empty import.

`jointbuy needs list` on a register of a hundred needs against `python -c "import
click"`, each in new processes in turn, CPU of the whole process, the least of many. The
installed command is run where there is one beside this Python.

    python -m tests.bench cold --needs 100 --runs 20
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench import registers

METHODS = Path(__file__).parent / "methods.py"
ASKED = """
import sys
from jointbuy.cli import main
try:
    main()
except SystemExit:
    pass
heavy = ("numpy", "textual", "rich", "babel", "docx", "tinydb")
loaded = [name for name in heavy if name in sys.modules]
sys.stderr.write(f"{chr(10)}{' '.join(loaded) or 'none'}")
"""


def _cost(order: list[str], folder: str) -> float:
    """CPU seconds of a command, run where no source tree is."""
    ran = subprocess.run(
        [sys.executable, "-I", str(METHODS), "command", *order],
        stdout=subprocess.PIPE,
        check=True,
        text=True,
        cwd=folder,
    )
    return float(json.loads(ran.stdout)["cpu"])


def main(argv: list[str]) -> int:
    """Prints the ratio and what was loaded."""
    parser = argparse.ArgumentParser(prog="cold", description=__doc__)
    parser.add_argument("--needs", type=int, default=100)
    parser.add_argument("--runs", type=int, default=20)
    chosen = parser.parse_args(argv)
    script = shutil.which("jointbuy", path=str(Path(sys.executable).parent))
    command = [script] if script else [sys.executable, "-m", "jointbuy"]
    with tempfile.TemporaryDirectory(prefix="jointbuy-bench-") as folder:
        path = Path(folder) / "register.json"
        registers.write(path, chosen.needs)
        words = ["--register", str(path), "needs", "list"]
        orders = {
            "import click": [sys.executable, "-c", "import click"],
            "needs list": [*command, *words],
        }
        runs: dict[str, list[float]] = {name: [] for name in orders}
        for _ in range(chosen.runs):
            for name, order in orders.items():
                runs[name].append(_cost(order, folder))
        asked = subprocess.run(
            [sys.executable, "-c", ASKED, *words],
            capture_output=True,
            check=True,
            text=True,
            cwd=folder,
        )
    least = {name: min(all_) for name, all_ in runs.items()}
    ratio = least["needs list"] / least["import click"]
    sys.stdout.write(
        f"import click {least['import click'] * 1000:.1f} ms, jointbuy needs list on "
        f"{chosen.needs} needs {least['needs list'] * 1000:.1f} ms CPU: {ratio:.2f}x "
        f"(least of {chosen.runs})\nloaded: {asked.stderr.splitlines()[-1]}\n"
    )
    return 0
