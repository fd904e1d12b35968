"""The house stands: layers, types, lint, and nothing heavy at the start."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def run(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.slow
def test_imports_only_go_downwards() -> None:
    script = "from importlinter.cli import lint_imports_command as c; c()"
    done = run(sys.executable, "-c", script, "--no-cache")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.slow
def test_the_types_hold() -> None:
    done = run(sys.executable, "-m", "mypy")
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_code_is_clean() -> None:
    done = run(sys.executable, "-m", "ruff", "check", "--no-cache", ".")
    assert done.returncode == 0, done.stdout
    done = run(sys.executable, "-m", "ruff", "format", "--no-cache", "--check", ".")
    assert done.returncode == 0, done.stdout


def loaded_by(statement: str) -> set[str]:
    script = f"import sys; {statement}; print(*sorted(sys.modules))"
    done = run(sys.executable, "-c", script)
    assert done.returncode == 0, done.stderr
    return {name.partition(".")[0] for name in done.stdout.split()}


HEAVY = {
    "babel",
    "calamine",
    "docx",
    "icalendar",
    "lxml",
    "numpy",
    "python_calamine",
    "rich",
    "snowballstemmer",
    "textual",
    "xlsxwriter",
}


def test_the_workspace_loads_nothing_heavy() -> None:
    loaded = loaded_by("from jointbuy.workspace import Workspace")
    assert not loaded & (HEAVY | {"tinydb", "filelock"})


def test_the_command_line_starts_light() -> None:
    assert not loaded_by("import jointbuy.cli") & (HEAVY | {"tinydb", "filelock"})


LISTING = """
import sys, click
before = {*sys.modules}
from jointbuy.cli import main
try:
    main(sys.argv[1:])
except SystemExit as left:
    assert not left.code
print(*sorted({*sys.modules} - before), file=sys.stderr)
"""


@pytest.mark.parametrize("language", ["en", "nl"])
def test_a_list_of_needs_waits_for_little_more_than_itself(
    brussels: Path, language: str
) -> None:
    """Time would tell it too, but not the same on every machine."""
    arguments = ("--register", str(brussels), "--lang", language, "needs", "list")
    done = run(sys.executable, "-c", LISTING, *arguments)
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) > 50
    modules = done.stderr.splitlines()[-1].split()
    packages = {name.partition(".")[0] for name in modules}
    absent = {"dateutil", "email", "filelock", "json", "platformdirs", "tinydb"}
    assert not packages & (HEAVY | absent)
    assert sum(name.startswith("jointbuy") for name in modules) <= 29
    assert len(modules) <= 80


@pytest.mark.parametrize("package", ["jointbuy.model", "jointbuy.workspace"])
def test_what_is_loaded_when_it_is_named_is_there(package: str) -> None:
    door = importlib.import_module(package)
    assert sorted(door.__all__) == sorted(n for ns in door.MODULES.values() for n in ns)
    for name in door.__all__:
        assert getattr(door, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        door.nothing  # noqa: B018


@pytest.mark.parametrize(
    "package", ["appraisal", "law", "matching", "schedule", "centres"]
)
def test_the_core_does_not_know_the_terminal(package: str) -> None:
    loaded = loaded_by(f"import jointbuy.{package}")
    assert not loaded & {"textual", "rich", "tinydb", "docx", "click"}


def test_nothing_only_posix_is_imported_at_the_start() -> None:
    statement = (
        "import importlib, pkgutil, jointbuy\n"
        "for name in ('fcntl', 'termios', 'pwd', 'grp', 'resource'):\n"
        "    sys.modules[name] = None\n"
        "for m in pkgutil.walk_packages(jointbuy.__path__, 'jointbuy.'):\n"
        "    if not m.name.endswith('__main__'): importlib.import_module(m.name)\n"
    )
    done = run(sys.executable, "-c", f"import sys\n{statement}")
    assert done.returncode == 0, done.stderr
