"""The legal holidays and working days of 36 years beside the PyPI package `holidays`.

The package is installed in a new environment that is thrown away afterwards: nothing
of it is kept, and the product never sees it. Exit 1 on any difference.

    python -m tests.bench holidays --first 2015 --last 2050
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import venv
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from jointbuy.schedule.calendar import is_working_day, legal_holidays

ASKED = """
import json, sys
from datetime import date, timedelta
import holidays
first, last = int(sys.argv[1]), int(sys.argv[2])
found = holidays.country_holidays("BE", years=range(first, last + 1))
day, working = date(first, 1, 1), []
while day.year <= last:
    if found.is_working_day(day):
        working.append(day.isoformat())
    day += timedelta(days=1)
named = {day.isoformat(): name for day, name in sorted(found.items())}
sys.stdout.write(
    json.dumps(
        {"version": holidays.__version__, "holidays": named, "working": working}
    )
)
"""
SUNDAYS = ("Easter Monday", "Whit Monday")
"""The package also names the Sunday before each, which the decree does not."""


def _oracle(first: int, last: int) -> dict[str, Any]:
    """What the package answers, in an environment that exists for the answer alone."""
    with tempfile.TemporaryDirectory(prefix="jointbuy-bench-") as folder:
        venv.create(folder, with_pip=True)
        python = Path(folder) / (
            "Scripts/python.exe" if os.name == "nt" else "bin/python"
        )
        subprocess.run(
            [python, "-m", "pip", "install", "--quiet", "holidays"],
            check=True,
            stderr=subprocess.PIPE,
            text=True,
        )
        ran = subprocess.run(
            [python, "-I", "-c", ASKED, str(first), str(last)],
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


def _differences(
    found: dict[str, Any], first: int, last: int
) -> tuple[list[str], int, int]:
    """The differences, the Sundays only the package names, and the days compared."""
    theirs = {date.fromisoformat(day): name for day, name in found["holidays"].items()}
    working = {date.fromisoformat(day) for day in found["working"]}
    named = [pair for year in range(first, last + 1) for pair in legal_holidays(year)]
    ours = {day: str(name) for day, name in named}
    sundays = {
        day - timedelta(days=1) for day, name in named if str(name) in SUNDAYS
    } & set(theirs)
    told = [
        f"{day} {ours[day]}: only jointbuy" for day in sorted(set(ours) - set(theirs))
    ]
    told += [
        f"{day} {theirs[day]}: only holidays"
        for day in sorted(set(theirs) - set(ours) - sundays)
    ]
    day, days = date(first, 1, 1), 0
    while day.year <= last:
        if is_working_day(day) != (day in working):
            told.append(f"{day} {day:%a}: a working day to one of the two")
        day += timedelta(days=1)
        days += 1
    return told, len(sundays), days


def main(argv: list[str]) -> int:
    """Print every difference and their number; 1 when there is any."""
    parser = argparse.ArgumentParser(prog="holidays", description=__doc__)
    parser.add_argument("--first", type=int, default=2015)
    parser.add_argument("--last", type=int, default=2050)
    chosen = parser.parse_args(argv)
    try:
        found = _oracle(chosen.first, chosen.last)
    except subprocess.CalledProcessError as error:
        sys.stderr.write(f"holidays could not be asked: {error}\n{error.stderr or ''}")
        return 2
    told, sundays, days = _differences(found, chosen.first, chosen.last)
    sys.stdout.writelines(f"{line}\n" for line in told)
    sys.stdout.write(
        f"holidays {found['version']}, {chosen.first}-{chosen.last}: "
        f"{len(found['holidays'])} holidays of the package and {days} days compared, "
        f"{len(told)} differences ({sundays} Easter and Whit Sundays, which the decree "
        f"does not name and which rest as Sundays)\n"
    )
    return 1 if told else 0
