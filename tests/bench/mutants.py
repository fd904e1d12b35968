"""How much of the law the tests of the law hold: `python -m tests.bench mutants`.

Every mutant is one small untruth in a copy of the package: an operator, an outcome,
what it stops, an amount by one cent, a strictness, a day. The tests of the law run on
it until one fails; a mutant that none notices survives and is printed with its line.
Needs a system that can fork.

--sample N   a random sample of that many (all without it)
--only GLOB  files under jointbuy/law, such as `rules/*.py` or `data/terms.toml`
--kind KIND  one kind alone: operator, outcome, stops, number, strictness or day
--seed N     another sample (0)
--jobs N     processes side by side (2)
--list       print the mutants and run nothing
"""

from __future__ import annotations

import argparse
import ast
import collections
import concurrent.futures
import contextlib
import fnmatch
import importlib
import itertools
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).parents[2]
LAW = Path("jointbuy") / "law"
EQUIVALENT = Path(__file__).parent / "equivalent.toml"
NEEDED = ("jointbuy", "tests/law", "pyproject.toml")
SKIPPED = ("locale", "*.po", "*.pot")

WARM = ("pytest", "hypothesis", "msgspec", "jointbuy.errors", "jointbuy.model")
"""What a child need not load again: everything but the law and its tests."""

SERVE = "--serve"
FIRST = "0"
"""The copy in which the tests are tried first without any mutant."""

BAR = 90
EVERY = 50
"""After how many mutants it says how many are left."""

SECONDS = 120
"""Of processor time: a mutant that loops for ever is caught by them."""

NUMBERED = ("thresholds", "amounts", "cooperation", "terms", "competence")
"""The tables every number of which is changed by a cent or by one."""

OPERATORS: dict[type[ast.cmpop], tuple[str, str]] = {
    ast.Lt: ("<", "<="),
    ast.LtE: ("<=", "<"),
    ast.Gt: (">", ">="),
    ast.GtE: (">=", ">"),
    ast.Eq: ("==", "!="),
    ast.NotEq: ("!=", "=="),
    ast.In: ("in", "not in"),
    ast.NotIn: ("not in", "in"),
    ast.Is: ("is", "is not"),
    ast.IsNot: ("is not", "is"),
}
OUTCOMES = {
    "OK": ("INFO", "WARNING"),
    "INFO": ("OK", "WARNING"),
    "UNKNOWN": ("OK", "WARNING"),
    "WARNING": ("INFO", "SERIOUS"),
    "SERIOUS": ("WARNING", "BLOCKED"),
    "BLOCKED": ("WARNING", "SERIOUS"),
}
STOPS = {"FORM": "LAUNCH", "LAUNCH": "FORM", "ORDER": "FORM", "START": "FORM"}
STRICT = {
    "above": "at_least",
    "at_least": "above",
    "at_most": "below",
    "below": "at_most",
}

OUTCOME = re.compile(r'\bis\s*=\s*"([A-Z]+)"')
STOPPED = re.compile(r'\bstops\s*=\s*"([A-Z]+)"')
STRICTNESS = re.compile(r'\bstrictness\s*=\s*"([a-z_]+)"')
NUMBER = re.compile(r"\b([a-z_]+)\s*=\s*(\d[\d_]*(?:\.\d+)?)(?=\s*[,}\]\s]|$)")
UNIT = re.compile(r'^unit\s*=\s*"([a-z_]+)"')
A_DAY = re.compile(r"\b(from|until)\s*=\s*(\d{4}-\d\d-\d\d)")

NEAR = {
    "data/rules": ("matrix",),
    "data/thresholds": ("parameter_table",),
    "data/amounts": ("parameter_table",),
    "data/cooperation": ("parameter_table",),
    "data/terms": ("parameter_table",),
    "data/competence": ("days", "competence", "acts", "duties"),
    "data": ("days",),
    "competence": ("acts", "competence", "duties"),
    "derivation/around": ("around", "derivation"),
    "derivation": ("derivation", "derivation_edges"),
    "rules/averages": ("years", "cases"),
    "rules/activity": ("years", "cases"),
    "rules": ("matrix", "cases", "around"),
    "comparison": ("ladder", "procedures"),
    "facts": ("answers", "check"),
    "questions": ("answers", "check"),
    "tables": ("parameters",),
}
"""Which tests are near a part of the law and run before all others; those of the same
name always do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """One change: the bytes from `start` to `end` of a file become `after`."""

    path: str
    line: int
    kind: str
    start: int
    end: int
    before: str
    after: str

    @property
    def place(self) -> str:
        """Where it is and what changes."""
        return f"{self.path}:{self.line}: {self.kind}: {self.before} → {self.after}"


def mutants(root: Path) -> list[Mutant]:
    """Every mutant of the law under that folder, in the order of the files."""
    found: list[Mutant] = []
    for path in sorted((root / LAW).rglob("*")):
        name = path.relative_to(root).as_posix()
        if path.suffix == ".py":
            found += _of_code(name, path.read_bytes())
        elif path.suffix == ".toml":
            found += _of_table(name, path.read_text(encoding="utf-8"))
    return found


def _of_code(name: str, source: bytes) -> Iterator[Mutant]:
    lines = [0, *itertools.accumulate(map(len, source.splitlines(keepends=True)))]

    def offset(line: int, column: int) -> int:
        return lines[line - 1] + column

    def between(left: ast.expr, right: ast.expr) -> tuple[int, int]:
        start = offset(left.end_lineno or 0, left.end_col_offset or 0)
        return start, offset(right.lineno, right.col_offset)

    def change(start: int, end: int, old: str, new: str) -> Mutant | None:
        gap = re.sub(rb"#[^\n]*", lambda m: b" " * len(m[0]), source[start:end])
        spelt = old.replace(" ", r"\s+").encode()
        edge = rb"\b" if old[0].isalpha() else b""
        found = re.search(edge + spelt + edge, gap)
        if found is None:
            return None
        at = start + found.start()
        return Mutant(
            path=name,
            line=source.count(b"\n", 0, at) + 1,
            kind="operator",
            start=at,
            end=start + found.end(),
            before=old,
            after=new,
        )

    for node in ast.walk(ast.parse(source)):
        made: Mutant | None = None
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            for operator, (left, right) in zip(
                node.ops, itertools.pairwise(sides), strict=True
            ):
                made = change(*between(left, right), *OPERATORS[type(operator)])
                if made:
                    yield made
        elif isinstance(node, ast.BoolOp):
            words = ("and", "or") if isinstance(node.op, ast.And) else ("or", "and")
            for left, right in itertools.pairwise(node.values):
                made = change(*between(left, right), *words)
                if made:
                    yield made
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            start = offset(node.lineno, node.col_offset)
            end = offset(node.operand.lineno, node.operand.col_offset)
            made = change(start, end, "not", "")
            if made:
                yield made


def _of_table(name: str, text: str) -> Iterator[Mutant]:
    at, unit = 0, ""
    stem = Path(name).stem
    folders = Path(name).parts
    for number, line in enumerate(text.splitlines(keepends=True), 1):
        if line.startswith("["):
            unit = ""
        if named := UNIT.match(line):
            unit = named[1]
        code = line.split(" #")[0] if not line.startswith("#") else ""
        for kind, group, before, after in _changes(code, unit, folders, stem):
            start = at + len(line[: group[0]].encode())
            yield Mutant(
                path=name,
                line=number,
                kind=kind,
                start=start,
                end=start + len(before.encode()),
                before=before,
                after=after,
            )
        at += len(line.encode())


def _changes(
    code: str, unit: str, folders: Sequence[str], stem: str
) -> Iterator[tuple[str, tuple[int, int], str, str]]:
    if "rules" in folders:
        for found in OUTCOME.finditer(code):
            for other in OUTCOMES.get(found[1], ()):
                yield "outcome", found.span(1), found[1], other
        for found in STOPPED.finditer(code):
            yield "stops", found.span(1), found[1], STOPS[found[1]]
    for found in STRICTNESS.finditer(code):
        yield "strictness", found.span(1), found[1], STRICT[found[1]]
    for found in A_DAY.finditer(code):
        day = date.fromisoformat(found[2])
        for step in (-1, 1):
            other = (day + timedelta(days=step)).isoformat()
            yield "day", found.span(2), found[2], other
    if stem in NUMBERED or set(NUMBERED) & set(folders):
        step_of = Decimal("0.01") if unit in ("euro", "per_cent") else Decimal(1)
        for found in NUMBER.finditer(code):
            value = Decimal(found[2].replace("_", ""))
            for each in (-step_of, step_of):
                yield "number", found.span(2), found[2], str(value + each)


def excused(found: Sequence[Mutant]) -> dict[Mutant, str]:
    """The mutants that change nothing anybody can see, each with the reason.

    An excuse names the file, the line as it is written and the change; one that fits
    no mutant any more is a fault.
    """
    tree = tomllib.loads(EQUIVALENT.read_text(encoding="utf-8"))
    written: dict[str, list[str]] = {}
    reasons: dict[Mutant, str] = {}
    used: set[int] = set()
    rows = tree.get("mutant", [])
    for mutant in found:
        if mutant.path not in written:
            text = (ROOT / mutant.path).read_text(encoding="utf-8")
            written[mutant.path] = text.splitlines()
        line = written[mutant.path][mutant.line - 1].strip()
        for number, row in enumerate(rows):
            change = f"{mutant.before} → {mutant.after}"
            if (row["path"], row["line"], row["change"]) == (mutant.path, line, change):
                reasons[mutant] = row["why"]
                used.add(number)
    for number, row in enumerate(rows):
        if number not in used:
            sys.stderr.write(f"No mutant for this excuse: {row}\n")
    return reasons


def main(argv: list[str]) -> int:
    """Run the mutants and print the score and the survivors."""
    said = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    said.add_argument("--sample", type=int)
    said.add_argument("--only", default="*")
    said.add_argument("--kind", default="")
    said.add_argument("--seed", type=int, default=0)
    said.add_argument("--jobs", type=int, default=2)
    said.add_argument("--list", action="store_true")
    asked = said.parse_args(argv)
    if not hasattr(os, "fork"):
        sys.stderr.write("The mutants need a system that can fork.\n")
        return 2
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        scratch = [Path(folder) / str(number) for number in range(asked.jobs)]
        copied = _copy(scratch[0])
        every = mutants(copied)
        reasons = excused(every)
        chosen = [
            mutant
            for mutant in every
            if mutant not in reasons
            and asked.kind in ("", mutant.kind)
            and fnmatch.fnmatch(str(Path(mutant.path).relative_to(LAW)), asked.only)
        ]
        if asked.sample is not None and asked.sample < len(chosen):
            chosen = random.Random(asked.seed).sample(chosen, asked.sample)
            chosen.sort(key=every.index)
        if asked.list:
            for mutant in chosen:
                _write(mutant.place)
            return 0
        for other in scratch[1:]:
            shutil.copytree(copied, other, copy_function=shutil.copy2)
        began = time.perf_counter()
        survivors = _run(chosen, scratch)
        took = time.perf_counter() - began
    return _tell(chosen, survivors, len(reasons), took)


def _copy(into: Path) -> Path:
    for name in NEEDED:
        source, target = ROOT / name, into / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target)
        else:
            shutil.copy2(source, target)
    return into


def _run(chosen: Sequence[Mutant], scratch: Sequence[Path]) -> list[Mutant]:
    """The mutants no test noticed; each folder has a process of its own."""
    waiting = collections.deque(chosen)
    survivors: list[Mutant] = []

    def one(folder: Path) -> None:
        with _worker(folder) as process:
            sent, told = process.stdin, process.stdout
            assert sent is not None
            assert told is not None
            if (ready := told.readline()) != "ready\n":
                waiting.clear()
                raise SystemExit(f"The tests do not pass without a mutant: {ready}")
            while waiting:
                if len(waiting) % EVERY == 0:
                    _write(f"{len(waiting)} to go")
                with contextlib.suppress(IndexError):
                    mutant = waiting.popleft()
                    if not _caught(mutant, sent, told):
                        survivors.append(mutant)
                        _write(f"survives {mutant.place}")
            sent.close()

    with concurrent.futures.ThreadPoolExecutor(len(scratch)) as pool:
        for done in [pool.submit(one, folder) for folder in scratch]:
            done.result()
    return survivors


def _worker(folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-B", str(Path(__file__).resolve()), SERVE, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        cwd=folder,
    )


def _caught(mutant: Mutant, sent: IO[str], told: IO[str]) -> bool:
    sent.write(json.dumps(asdict(mutant)) + "\n")
    sent.flush()
    return told.readline().strip() == "caught"


def _tell(
    chosen: Sequence[Mutant], survivors: Sequence[Mutant], equal: int, took: float
) -> int:
    lost = collections.Counter(mutant.kind for mutant in survivors)
    _write()
    for kind, all_of in sorted(collections.Counter(m.kind for m in chosen).items()):
        caught = all_of - lost[kind]
        _write(f"{kind:12} {caught:5} of {all_of:5}  {100 * caught / all_of:5.1f} %")
    caught = len(chosen) - len(survivors)
    score = 100 * caught / max(len(chosen), 1)
    _write(f"{'all':12} {caught:5} of {len(chosen):5}  {score:5.1f} %  ({took:.0f} s)")
    _write(f"{equal} more change nothing and are listed in {EQUIVALENT.name}")
    return 0 if score >= BAR else 1


def _write(line: str = "") -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


# ------------------------------------------------------------- inside one process


def serve(folder: Path) -> None:
    """Take mutants from standard input, say of each whether a test caught it."""
    os.chdir(folder)
    sys.path.insert(0, str(folder))
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    for name in WARM:
        importlib.import_module(name)
    tests = sorted((folder / "tests" / "law").glob("test_*.py"))
    clean = folder.name != FIRST or _passes(tests, folder)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    out.write("ready\n" if clean else "see above\n")
    out.flush()
    for line in sys.stdin:
        mutant = Mutant(**json.loads(line))
        path = folder / mutant.path
        whole, stat = path.read_bytes(), path.stat()
        path.write_bytes(
            whole[: mutant.start] + mutant.after.encode() + whole[mutant.end :]
        )
        near = [each for each in tests if each.name in _near(mutant)]
        far = [each for each in tests if each not in near]
        caught = not (_passes(near, folder) and _passes(far, folder))
        path.write_bytes(whole)
        os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
        out.write("caught\n" if caught else "survives\n")
        out.flush()


def _near(mutant: Mutant) -> set[str]:
    """The files of tests to run first."""
    place = Path(mutant.path).relative_to(LAW)
    found: tuple[str, ...] = ("days",) if mutant.kind == "day" else ()
    for part in (place.with_suffix(""), *place.parents):
        found += (part.name, *NEAR.get(part.as_posix(), ()))
    return {f"test_{name}.py" for name in found}


def _passes(files: Sequence[Path], folder: Path) -> bool:
    """Whether all tests of the files pass, in a child that knows no law yet."""
    if not files:
        return True
    resource = importlib.import_module("resource")
    child = os.fork()
    if child == 0:
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        code = 1
        with contextlib.suppress(BaseException):
            code = _pytest(files, folder)
        os._exit(code)
    _, status = os.waitpid(child, 0)
    return os.WIFEXITED(status) and os.WEXITSTATUS(status) == 0


def _pytest(files: Sequence[Path], folder: Path) -> int:
    import hypothesis
    import pytest

    patient = hypothesis.settings(deadline=None, database=None)
    hypothesis.settings.register_profile("patient", patient)
    hypothesis.settings.load_profile("patient")
    return int(
        pytest.main(
            [
                "-x",
                "-q",
                "--no-header",
                f"--rootdir={folder}",
                "-p",
                "no:cacheprovider",
                "-p",
                "no:xdist",
                "-o",
                "addopts=--import-mode=importlib",
                "-W",
                "ignore::pytest.PytestAssertRewriteWarning",
                "--hypothesis-seed=0",
                *map(str, files),
            ]
        )
    )


if __name__ == "__main__":
    if sys.argv[1:2] == [SERVE]:
        serve(Path(sys.argv[2]))
    else:
        sys.exit(main(sys.argv[1:]))
