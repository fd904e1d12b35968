"""What checking every form costs: beside reading and writing a register.

`law.check` of every form with the good answers of the tests against one round trip of
a register by msgspec, decoding its JSON and encoding it again, in turn in this process,
warm, CPU time, the least of many. Each register is measured by itself; the bar is the
smaller one.

    python -m tests.bench checks --runs 200
"""

from __future__ import annotations

import argparse
import sys
import time
import tomllib
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from jointbuy.law import Facts, check, questions
from jointbuy.model import Form

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
GOOD = ROOT / "tests" / "law" / "cases" / "good.toml"
DAY = date(2026, 11, 20)
BAR = 3.0


def cases() -> dict[Form, Facts]:
    """The good answers of every form that has some."""
    good = tomllib.loads(GOOD.read_text(encoding="utf-8"))
    return {
        form: Facts(
            answers={
                k: str(v)
                for part in ("gate", "around", form.name)
                for k, v in good[part].items()
            },
            on=DAY,
        )
        for form in Form
        if form.name in good
    }


def least(runs: int, *acts: Callable[[], object]) -> list[float]:
    """The least CPU seconds of each act, done in turn."""
    found = [float("inf")] * len(acts)
    for _ in range(runs):
        for number, act in enumerate(acts):
            began = time.process_time_ns()
            act()
            found[number] = min(found[number], (time.process_time_ns() - began) / 1e9)
    return found


def main(argv: list[str]) -> int:
    """Print the ratio for each sample register; fails above the bar."""
    parser = argparse.ArgumentParser(prog="checks", description=__doc__)
    parser.add_argument("--runs", type=int, default=200)
    chosen = parser.parse_args(argv)
    known = cases()
    answered = {code for facts in known.values() for code in facts.answers}
    asked = {q.code for form in known for q in questions(form)}

    def checked() -> int:
        return sum(len(check(form, facts)) for form, facts in known.items())

    rules = checked()
    sys.stdout.write(
        f"{len(known)} forms, {rules} rules, {len(answered)} answers to "
        f"{len(asked)} questions\n"
    )
    worst = 0.0
    for path in sorted((ROOT / "sample_data").glob("*/register.json")):
        raw = path.read_bytes()

        def round_trip(raw: bytes = raw) -> bytes:
            return msgspec.json.encode(msgspec.json.decode(raw))

        law, trip = least(chosen.runs, checked, round_trip)
        worst = max(worst, law / trip)
        sys.stdout.write(
            f"{path.parent.name} ({len(raw) // 1024} kB): check {law * 1000:.2f} ms, "
            f"round trip {trip * 1000:.2f} ms CPU: {law / trip:.2f}x "
            f"(least of {chosen.runs}, bar {BAR:.0f}x)\n"
        )
    return 0 if worst <= BAR else 1
