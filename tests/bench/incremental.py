"""What it costs to follow a changed need, beside matching the register anew.

python -m tests.bench incremental --needs 100000 --changes 200
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import msgspec

from jointbuy.matching import Inputs, Matching
from jointbuy.model import Administration, LocalText, Nature, Need
from tests.bench import planted
from tests.bench.methods import FRAMEWORK_MONTHS, ON

if TYPE_CHECKING:
    from collections.abc import Callable

SHOWN = (50, 95, 99)


def register(count: int, kind: str, seed: int) -> Inputs:
    """A planted file of needs as a register."""
    decode = msgspec.json.Decoder(planted.Need).decode
    read = [decode(line) for line in planted.lines(count, kind=kind, seed=seed)]
    where = {one.administration: one.territory for one in read}
    return Inputs(
        needs=tuple(map(_need, read)),
        administrations=tuple(
            Administration(id=name, names=LocalText(fr=name), territory=territory)
            for name, territory in sorted(where.items())
        ),
        on=ON,
        max_framework_months=FRAMEWORK_MONTHS,
    )


def _need(one: planted.Need) -> Need:
    return Need(
        id=one.id,
        administration=one.administration,
        title=one.title,
        description=one.description or "",
        language=one.language or "",
        cpv=one.cpv or "",
        nature=Nature[one.nature.upper()] if one.nature else None,
        estimate=None if one.estimate is None else Decimal(one.estimate),
        quantity=None if one.quantity is None else Decimal(one.quantity),
        unit=one.unit or "",
        earliest=one.earliest,
        latest=one.latest,
        duration_months=one.duration_months,
    )


def changed(need: Need, other: Need, dice: random.Random) -> Need:
    """A need that is now for what another one is for, or on other days."""
    days = timedelta(days=dice.randrange(-40, 40))
    assert need.earliest
    assert need.latest
    if dice.random() < 0.5:
        return replace(need, earliest=need.earliest + days, latest=need.latest + days)
    return replace(need, title=other.title, cpv=other.cpv, unit=other.unit)


def _timed(run: Callable[[], Matching]) -> tuple[Matching, float]:
    begun = time.process_time()
    found = run()
    _ = found.proposals
    return found, time.process_time() - begun


def main(argv: list[str]) -> int:
    """Prints what a full run and following take, and whether they end alike."""
    parser = argparse.ArgumentParser(prog="incremental", description=__doc__)
    parser.add_argument("--needs", type=int, default=100_000)
    parser.add_argument("--changes", type=int, default=200)
    parser.add_argument("--set", default="easy", dest="kind")
    parser.add_argument("--seed", type=int, default=7)
    chosen = parser.parse_args(argv)
    inputs = register(chosen.needs, chosen.kind, chosen.seed)
    matching, full = _timed(lambda: Matching(inputs))
    dice = random.Random(chosen.seed)
    needs = list(inputs.needs)
    took = []
    for _ in range(chosen.changes):
        at = dice.randrange(len(needs))
        needs[at] = changed(needs[at], dice.choice(needs), dice)
        now = replace(inputs, needs=tuple(needs))
        following, cpu = _timed(lambda now=now: matching.follow(now))  # type: ignore[misc]
        assert following is matching, "it was matched anew"
        took.append(cpu)
    anew, again = _timed(lambda: Matching(now, matching.knowledge))
    same = matching.proposals == anew.proposals
    took.sort()
    shares = [took[min(len(took) - 1, len(took) * part // 100)] for part in SHOWN]
    told = ", ".join(
        f"p{part} {1000 * value:.1f} ms (1/{full / value:.0f})"
        for part, value in zip(SHOWN, shares, strict=True)
    )
    sys.stdout.write(
        f"{chosen.needs} needs, CPU: full run {full:.2f} s, anew by the same knowledge "
        f"{again:.2f} s; following {told}, most {1000 * took[-1]:.1f} ms; "
        f"the result is {'the same' if same else 'DIFFERENT'}\n"
    )
    return 0 if same else 1
