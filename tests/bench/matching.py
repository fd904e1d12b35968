"""Matching beside what one would use instead: cost, memory, and how much is right.

Every method matches the same planted file in a process of its own, in turn, and the
best of several runs counts; `methods` says what exactly is timed, `planted` what the
sets are.
Run by hand, with a Python that has the wheel and its `bench` extra:

    python -m tests.bench matching --needs 1000,30000 --sets easy,hard --runs 3
    python -m tests.bench matching --needs 30000 --skip rapidfuzz
    python -m tests.bench quality --needs 30000 --sets easy,hard,continuous
    python -m tests.bench quality --needs 30000 --sets hard --wrong 10 --missed 10
    python -m tests.bench whole --needs 1000000
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np

from tests.bench import planted, truth

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tests.bench.truth import Ints, Quality

METHODS = Path(__file__).parent / "methods.py"
ELSE = {"duckdb": "duckdb", "splink": "splink", "rapidfuzz": "rapidfuzz"}
OWN = ("jointbuy", "jointbuy-loaded")
SLOW = 5000
"""From so many needs on rapidfuzz runs once, and on a sample of the rows."""
SAMPLE = 0.05
EXAMPLES, FEWEST = 4, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Windows:
    """The lines of a file as far as scoring needs them."""

    ids: list[str]
    start: Ints
    end: Ints


def _child(*words: str) -> dict[str, Any]:
    """What an isolated process printed about itself."""
    ran = subprocess.run(
        [sys.executable, "-I", str(METHODS), *words],
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    told: dict[str, Any] = json.loads(ran.stdout)
    return told


def _installed(names: Iterable[str]) -> list[str]:
    """Those of the other methods that can be run here; of the rest it is said."""
    found = []
    for name in names:
        if importlib.util.find_spec(ELSE[name]) is None:
            sys.stdout.write(f"{name} is not installed: pip install jointbuy[bench]\n")
        else:
            found.append(name)
    return found


def windows(path: Path) -> Windows:
    """The ids and windows of a file."""
    decode = msgspec.json.Decoder(planted.Need).decode
    with path.open("rb") as file:
        needs = [decode(line) for line in file]
    return Windows(
        ids=[need.id for need in needs],
        start=np.array([need.earliest.toordinal() for need in needs]),
        end=np.array([need.latest.toordinal() for need in needs]),
    )


def quality(
    proposals: Iterable[Mapping[str, Any]], lines: Windows, planted_: planted.Truth
) -> Quality:
    """How well proposals hold against the truth."""
    group, launches, staggered = truth.groups_of(proposals, lines.ids)
    inside = group >= 0
    launch = np.zeros(len(group), dtype=np.int64)
    later = np.zeros(len(group), dtype=bool)
    if launches:
        days = np.array(
            [date.fromisoformat(day).toordinal() if day else 0 for day in launches]
        )
        launch[inside] = days[group[inside]]
        later[inside] = np.array(staggered)[group[inside]]
    later &= ~((lines.start <= launch) & (launch <= lines.end))
    return truth.measure(
        group,
        np.array(planted_.group),
        np.array(planted_.administration),
        planted_.language,
        start=lines.start,
        end=lines.end,
        launch=launch,
        later=later,
    )


def _of_labels(labels: list[int], lines: Windows, planted_: planted.Truth) -> Quality:
    return truth.measure(
        np.array(labels),
        np.array(planted_.group),
        np.array(planted_.administration),
        planted_.language,
        start=lines.start,
        end=lines.end,
    )


# -- side by side ----------------------------------------------------------------------

HEAD = (
    f"{'set':5} {'needs':>7} {'method':16} {'match':>8} {'read':>7} {'both':>8} "
    f"{'wall':>8} {'MB':>6}   {'P':>5} {'R':>5} {'F1':>5} {'xR':>5} "
    f"{'no day':>6}   {'match/own':>9} {'both/own':>9}\n"
)


def _row(kind: str, needs: int, told: dict[str, Any], own: dict[str, Any]) -> str:
    found: Quality | None = told.get("quality")
    scores = (
        f"{found.precision:5.3f} {found.recall:5.3f} {found.f1:5.3f} "
        f"{found.cross_recall:5.3f} {found.unlaunched:6.1%}"
        if found
        else f"{'sampled':>29}"
    )
    both = told["read"] + told["match"]
    return (
        f"{kind:5} {needs:7} {told['method']:16} {told['match']:8.3f} "
        f"{told['read']:7.3f} {both:8.3f} {told['wall']:8.3f} "
        f"{told['peak']:6.0f}   {scores}   {told['match'] / own['match']:8.2f}x "
        f"{both / (own['read'] + own['match']):8.2f}x\n"
    )


def _best(runs: list[dict[str, Any]]) -> dict[str, Any]:
    """The least of each figure over the runs of a method."""
    return {
        **runs[0],
        "read": min(run["read"] for run in runs),
        "match": min(run["match"] for run in runs),
        "wall": min(run["read wall"] + run["match wall"] for run in runs),
        "peak": min(run["peak"] for run in runs),
    }


def side_by_side(argv: list[str]) -> int:
    """Prints a table of all methods on the same files."""
    parser = argparse.ArgumentParser(prog="matching", description=__doc__)
    parser.add_argument("--needs", default="1000,30000")
    parser.add_argument("--sets", default="easy,hard")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--skip", default="")
    parser.add_argument("--sample", type=float, default=SAMPLE)
    chosen = parser.parse_args(argv)
    others = _installed(name for name in ELSE if name not in chosen.skip.split(","))
    with tempfile.TemporaryDirectory(prefix="jointbuy-bench-") as folder:
        for size in map(int, chosen.needs.split(",")):
            for kind in chosen.sets.split(","):
                path = Path(folder) / f"{kind}-{size}.ndjson"
                known = planted.write(path, size, kind=kind, seed=chosen.seed)
                _table(path, kind, known, [*OWN, *others], chosen)
                path.unlink()
    sys.stdout.write(
        "CPU seconds of all threads, imports excluded, the best of "
        f"{chosen.runs} runs in turn. match: from lines in memory (jointbuy, decoding "
        "included; the first row loads the vocabulary too) or from decoded columns "
        "(the others) to groups; read: from the file to that; wall: both; MB: peak of "
        "the process.\nP, R, F1: pairs of two administrations; xR: recall of "
        "French-Dutch pairs; no day: grouped needs without a common launch day. Ratios "
        "are to jointbuy-loaded.\n"
    )
    return 0


def _table(
    path: Path,
    kind: str,
    known: planted.Truth,
    methods: list[str],
    chosen: argparse.Namespace,
) -> None:
    lines, size = windows(path), len(known.group)
    out = path.with_suffix(".found.json")
    runs: dict[str, list[dict[str, Any]]] = {name: [] for name in methods}
    for turn in range(chosen.runs):
        for name in methods:
            slow = name == "rapidfuzz" and size > SLOW
            if slow and turn:
                continue
            sample = chosen.sample if slow else 1.0
            told = _child(name, str(path), str(out), str(sample))
            if not turn and sample == 1:
                found = msgspec.json.decode(out.read_bytes())
                judge = quality if name in OWN else _of_labels
                told["quality"] = judge(found, lines, known)
            runs[name].append(told)
    best = {name: _best(all_) for name, all_ in runs.items()}
    sys.stdout.write(f"jointbuy from {best[OWN[0]]['from']}\n{HEAD}")
    for name in methods:
        sys.stdout.write(_row(kind, size, best[name], best[OWN[1]]))
    sys.stdout.write("\n")
    sys.stdout.flush()


# -- quality alone ---------------------------------------------------------------------


def judged(argv: list[str]) -> int:
    """Prints how much of the truth jointbuy finds, and groups that are wrong."""
    parser = argparse.ArgumentParser(prog="quality", description=__doc__)
    parser.add_argument("--needs", default="1000,30000")
    parser.add_argument("--sets", default="easy,hard")
    parser.add_argument("--seeds", default="7")
    parser.add_argument("--wrong", type=int, default=0, help="wrong groups to show")
    parser.add_argument("--missed", type=int, default=0, help="missed needs to show")
    chosen = parser.parse_args(argv)
    sys.stdout.write(
        f"{'set':10} {'needs':>7} {'seed':>4} {'CPU':>7} {'P':>6} {'R':>6} {'F1':>6} "
        f"{'xP':>6} {'xR':>6} {'grouped':>7} {'groups':>7} {'largest':>7} "
        f"{'no day':>6} {'later':>6}\n"
    )
    with tempfile.TemporaryDirectory(prefix="jointbuy-bench-") as folder:
        for seed in map(int, chosen.seeds.split(",")):
            for size in map(int, chosen.needs.split(",")):
                for kind in chosen.sets.split(","):
                    path = Path(folder) / f"{kind}-{size}.ndjson"
                    known = planted.write(path, size, kind=kind, seed=seed)
                    _judge(path, kind, seed, known, chosen)
                    path.unlink()
    return 0


def _judge(
    path: Path,
    kind: str,
    seed: int,
    known: planted.Truth,
    chosen: argparse.Namespace,
) -> None:
    out = path.with_suffix(".found.json")
    told = _child("jointbuy-loaded", str(path), str(out), "1")
    proposals = msgspec.json.decode(out.read_bytes())
    lines = windows(path)
    found = quality(proposals, lines, known)
    sys.stdout.write(
        f"{kind:10} {len(known.group):7} {seed:4} {told['match']:7.3f} "
        f"{found.precision:6.3f} {found.recall:6.3f} {found.f1:6.3f} "
        f"{found.cross_precision:6.3f} {found.cross_recall:6.3f} {found.grouped:7.1%} "
        f"{found.groups:7} {found.largest:7} {found.unlaunched:6.1%} "
        f"{found.staggered:6.1%}\n"
    )
    sys.stdout.flush()
    if chosen.wrong or chosen.missed:
        needs = [msgspec.json.decode(line) for line in path.read_bytes().splitlines()]
        group, _, _ = truth.groups_of(proposals, lines.ids)
        _show_wrong(needs, proposals, known, chosen.wrong)
        _show_missed(needs, group.tolist(), known, chosen.missed)


def _show_missed(
    lines: list[dict[str, Any]], group: list[int], known: planted.Truth, many: int
) -> None:
    """The needs outside of the found group that holds most of their true group."""
    if not many:
        return
    rows_of: dict[int, list[int]] = defaultdict(list)
    for row, true in enumerate(known.group):
        rows_of[true].append(row)
    counts: Counter[str] = Counter()
    examples = []
    for rows in rows_of.values():
        if len({known.administration[row] for row in rows}) < FEWEST:
            continue
        best = Counter(group[row] for row in rows if group[row] >= 0).most_common(1)
        for row in rows:
            counts["needs with a partner"] += 1
            if best and group[row] == best[0][0]:
                continue
            counts["missed"] += 1
            counts["missed: alone" if group[row] < 0 else "missed: elsewhere"] += 1
            counts["missed: loose window"] += known.loose[row]
            counts[f"missed: {known.language[row]}"] += 1
            if not lines[row].get("description"):
                counts["missed: no description"] += 1
            if not known.loose[row]:
                examples.append(row)
    for name, count in sorted(counts.items()):
        sys.stdout.write(f"  {name}: {count}\n")
    for row in examples[:: max(1, len(examples) // many)][:many]:
        sys.stdout.write(f"    {group[row]:6} {_told(lines, known, row)}")


def _told(lines: list[dict[str, Any]], known: planted.Truth, row: int) -> str:
    need = lines[row]
    return (
        f"{known.group[row]:8} {known.concept[row]:4} "
        f"{need['earliest']}/{need['latest']} {need.get('cpv')} "
        f"{need['title']!r} | {(need.get('description') or '')!r:.80}\n"
    )


def _show_wrong(
    lines: list[dict[str, Any]],
    proposals: list[dict[str, Any]],
    known: planted.Truth,
    many: int,
) -> None:
    """The groups that hold most needs of other true groups, a few needs of each."""
    place = {need["id"]: row for row, need in enumerate(lines)}
    listed = []
    for one in proposals:
        if one["kind"] != "joint":
            continue
        rows = [place[name] for name in one["needs"]]
        groups = Counter(known.group[row] for row in rows)
        listed.append((len(rows) - max(groups.values()), rows, one))
    listed.sort(key=lambda item: -item[0])
    for strange, rows, one in listed[:many]:
        sys.stdout.write(
            f"\n  {len(rows)} needs, {strange} of other true groups, launch "
            f"{one['launch']}, score {one['score']}\n"
        )
        seen: Counter[int] = Counter()
        for row in rows:
            seen[known.group[row]] += 1
            if seen[known.group[row]] <= EXAMPLES // 2 and len(seen) <= EXAMPLES:
                sys.stdout.write(f"    {_told(lines, known, row)}")


# -- a nation --------------------------------------------------------------------------


def nation(argv: list[str]) -> int:
    """Prints what the whole command takes beside what no method can avoid."""
    parser = argparse.ArgumentParser(prog="whole", description=__doc__)
    parser.add_argument("--needs", type=int, default=1_000_000)
    parser.add_argument("--set", dest="kind", default="easy", choices=planted.SETS)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--growth-from", type=int, default=10_000)
    chosen = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="jointbuy-bench-") as folder:
        path = Path(folder) / "needs.ndjson"
        known = planted.write(path, chosen.needs, kind=chosen.kind, seed=chosen.seed)
        order = (sys.executable, "-I", "-m", "jointbuy", "match", "--from", str(path))
        least, whole = [], []
        for _ in range(chosen.runs):
            least.append(_child("bounds", str(path)))
            whole.append(_child("command", *order, "--json"))
        bound = min(least, key=lambda told: told["cpu"])
        took = min(whole, key=lambda told: told["cpu"])
        sys.stdout.write(
            f"{chosen.needs:,} needs, {chosen.kind}, "
            f"{path.stat().st_size / 1e6:.0f} MB\n"
            f"read {bound['read']:.2f} + split {bound['split']:.2f} + sort "
            f"{bound['sort']:.2f} = {bound['cpu']:.2f} s CPU, {bound['peak']:.0f} MB\n"
            f"jointbuy match --from FILE --json: {took['cpu']:.2f} s CPU, "
            f"{took['wall']:.2f} s wall, peak {took['peak']:.0f} MB: "
            f"{took['cpu'] / bound['cpu']:.2f}x\n"
        )
        sys.stdout.flush()
        small = Path(folder) / "small.ndjson"
        planted.write(small, chosen.growth_from, kind=chosen.kind, seed=chosen.seed)
        out = Path(folder) / "found.json"
        few = _best([_child("jointbuy-loaded", str(small), "", "1") for _ in range(3)])
        many = _child("jointbuy-loaded", str(path), str(out), "1")
        found = quality(msgspec.json.decode(out.read_bytes()), windows(path), known)
        sys.stdout.write(
            f"kernel (match_lines, vocabulary loaded): {few['match']:.3f} s at "
            f"{chosen.growth_from:,}, {many['match']:.2f} s at {chosen.needs:,}: "
            f"{many['match'] / few['match']:.0f}x; peak {many['peak']:.0f} MB\n"
            f"P {found.precision:.3f} R {found.recall:.3f} F1 {found.f1:.3f} xR "
            f"{found.cross_recall:.3f}, no common day {found.unlaunched:.1%}\n"
        )
    return 0
