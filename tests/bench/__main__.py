"""Chooses what to measure: `python -m tests.bench NAME …` (NAME --help says more).

matching     cost and quality beside DuckDB, splink and rapidfuzz
quality      how much of a planted truth is found, and what is wrong
whole        a file of a million needs beside reading, splitting and sorting it
suggest      codes suggested for titles beside TF-IDF over the official list
pairs        how likely two titles are one need
incremental  a changed need beside a register matched anew
cold         what a first answer costs
planted      writes a register with a planted truth
mutants      how much of the law its tests hold
checks       every form checked beside reading and writing a register
deadlines    every deadline of a large register beside decoding its file
plans        a backward plan as a register fills with retained proposals
holidays     legal holidays and working days beside the package holidays
"""

from __future__ import annotations

import sys
from importlib import import_module

WHERE = {
    "matching": ("matching", "side_by_side"),
    "quality": ("matching", "judged"),
    "whole": ("matching", "nation"),
    "suggest": ("suggest", "main"),
    "pairs": ("pairs", "main"),
    "incremental": ("incremental", "main"),
    "cold": ("cold", "main"),
    "planted": ("planted", "main"),
    "mutants": ("mutants", "main"),
    "checks": ("checks", "main"),
    "deadlines": ("deadlines", "main"),
    "plans": ("plans", "main"),
    "holidays": ("public_holidays", "main"),
}


def main(argv: list[str]) -> int:
    """Run the benchmark that is named first."""
    if not argv or argv[0] not in WHERE:
        sys.stderr.write(f"{__doc__}")
        return 2
    module, function = WHERE[argv[0]]
    found: int = getattr(import_module(f"tests.bench.{module}"), function)(argv[1:])
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
