"""What is asked of a register before its proposals loads nothing heavy."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from jointbuy.model import UseDecision
from jointbuy.store import open_store
from jointbuy.workspace import Workspace
from tests.bench import registers

ROOT = Path(__file__).parents[2]

ASKED = """
import sys
from jointbuy.intake.forms import FORMS
from jointbuy.store import open_store
from jointbuy.workspace import Workspace, form
desk = Workspace(open_store(sys.argv[1]), user="An", language=sys.argv[2])
asked = (
    "needs", "administrations", "contacts", "centres", "frameworks",
    "framework_states", "deadlines", "contracts", "interests", "adhesions", "uses",
    "dossiers", "history",
)
for verb in asked:
    assert getattr(desk, verb)(), verb
for kind in FORMS:
    assert form(kind), kind
print(*sorted({name.partition(".")[0] for name in sys.modules}))
print(*sorted(name for name in sys.modules if name.startswith("jointbuy.")))
"""

HEAVY = {
    "babel",
    "click",
    "docx",
    "filelock",
    "icalendar",
    "lxml",
    "numpy",
    "python_calamine",
    "rich",
    "snowballstemmer",
    "textual",
    "xlsxwriter",
}


def retained(path: Path) -> None:
    """A register with a proposal that was retained and a use that was decided."""
    registers.write(path, 40)
    desk = Workspace(open_store(path), user="An")
    together = next(one for one in desk.match() if one.candidate.score > 0)
    desk.retain(together.candidate.id, why="together")
    cells = {"need": next(iter(desk.needs())), "framework": "accord-0"}
    desk.add_record(UseDecision, cells)


def test_asking_without_proposals_loads_nothing_heavy(tmp_path: Path) -> None:
    path = tmp_path / "register.json"
    retained(path)
    done = subprocess.run(
        [sys.executable, "-c", ASKED, str(path), "nl"],
        cwd=ROOT,
        env=dict(os.environ),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    packages, ours = (set(line.split()) for line in done.stdout.splitlines())
    assert "msgspec" in packages
    assert not packages & HEAVY
    assert not {name for name in ours if name.startswith("jointbuy.matching")}
