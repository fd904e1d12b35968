"""What a backward plan costs as a register fills with retained proposals.

Every proposal of the sample register that can be planned is retained; its dossier, its
needs and the contracts they replace are then repeated until there are as many dossiers
as asked, in one register. Measured in turn in this process, warm, CPU time, the least
of several: the plans of all dossiers, as the deadlines ask for them, for each dossier,
beside one round trip of the sample register by msgspec. A cost for each that grows with
the register is a loop too many. What a plan costs that does not hold, with all that
would help planned as well, is told apart.

    python -m tests.bench plans --runs 5
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from jointbuy.errors import JointbuyError
from jointbuy.model import RECORDS, Choice, Contract, Dossier, Need
from jointbuy.store import open_store
from jointbuy.store.memory import MemoryStore
from jointbuy.store.port import Change
from jointbuy.workspace import Workspace
from tests.bench.checks import ROOT, least

if TYPE_CHECKING:
    from jointbuy.model import Record

SAMPLE = ROOT / "sample_data" / "brussels" / "register.json"
SIZES = (10, 100, 1000)
GROWTH = 1.25
"""By what a plan may cost more at the largest size than at the smallest."""


def templates(workspace: Workspace) -> list[Dossier]:
    """A retained dossier of every proposal that can be planned."""
    found = []
    for proposal in workspace.match():
        dossier, _ = workspace.dossier(proposal)
        choice = Choice(retained=True, by="bench", on=workspace.on)
        dossier = replace(dossier, choices=(choice,))
        try:
            workspace.plan_of(dossier, cautious=True, remedies=False)
        except JointbuyError:
            continue
        found.append(dossier)
    return found


def filled(sample: Workspace, models: list[Dossier], count: int) -> Workspace:
    """A register with so many retained dossiers, each with needs of its own."""
    kinds = [kind for kind in RECORDS if kind is not Dossier]
    kept: list[Record] = [each for kind in kinds for each in _all(sample, kind)]
    needs, contracts = sample.kept(Need), sample.kept(Contract)
    for number in range(count):
        model, tail = models[number % len(models)], f"-{number}"
        own = {each: each + tail for each in model.candidate.needs if each in needs}
        for old, new in own.items():
            need = needs[old]
            replaces = need.replaces + tail if need.replaces in contracts else ""
            kept.append(replace(need, id=new, replaces=replaces))
            if replaces:
                contract = contracts[need.replaces]
                kept.append(replace(contract, id=replaces, successor=new))
        candidate = replace(
            model.candidate,
            id=model.id + tail,
            needs=tuple(own.values()),
            entries=tuple(
                replace(each, need=own[each.need])
                for each in model.candidate.entries
                if each.need in own
            ),
        )
        kept.append(replace(model, id=candidate.id, candidate=candidate, needs=()))
    store = MemoryStore()
    changes: dict[tuple[type, str], Record] = {(type(r), r.id): r for r in kept}
    store.commit(
        [
            Change(kind=kind, id=id_, value=each)
            for (kind, id_), each in changes.items()
        ],
        by="bench",
        why="filled",
    )
    return Workspace(store, user="bench", on=sample.on)


def _all(workspace: Workspace, kind: type[Any]) -> list[Record]:
    return [each.value for each in workspace.store.all(kind)]


def planned(workspace: Workspace) -> int:
    """Plan every dossier, as the list of deadlines does; how many."""
    dossiers = workspace.dossiers().values()
    for each in dossiers:
        workspace.plan_of(each, cautious=True, remedies=False)
    return len(dossiers)


def main(argv: list[str]) -> int:
    """Print the cost of a plan at each size; fails where it grows."""
    parser = argparse.ArgumentParser(prog="plans", description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    chosen = parser.parse_args(argv)
    sample = Workspace(open_store(str(SAMPLE), create=False), user="bench")
    models = templates(sample)
    raw = Path(SAMPLE).read_bytes()

    def round_trip() -> bytes:
        return msgspec.json.encode(msgspec.json.decode(raw))

    costs = []
    for size in SIZES:
        workspace = filled(sample, models, size)
        count = planned(workspace)
        whole, trip = least(chosen.runs, partial(planned, workspace), round_trip)
        costs.append(whole / count)
        sys.stdout.write(
            f"{count} dossiers: {whole / count * 1e6:.0f} us CPU a plan, "
            f"{whole / count / trip:.2f}x a round trip of the sample "
            f"({len(raw) // 1024} kB, {trip * 1000:.2f} ms), "
            f"{costs[-1] / costs[0]:.2f}x that of {SIZES[0]} (least of {chosen.runs})\n"
        )
    soon = [replace(each, wanted=sample.on + timedelta(days=1)) for each in models]
    (broken,) = least(chosen.runs, lambda: [sample.plan_of(each) for each in soon])
    sys.stdout.write(
        f"one that breaks, with what would help: {broken / len(soon) * 1000:.1f} ms\n"
    )
    return 0 if costs[-1] <= costs[0] * GROWTH else 1
