"""How likely one lot could serve both needs of each pair, beside TF-IDF.

    python -m tests.bench pairs FILE [--wrong 10]

FILE has one JSON object a line: `id`, `a` and `b` (each with `text`, and `description`,
`language`, `cpv`, `nature` where known), and perhaps `label` (1: one lot, 0: not).
Prints `id`, a tab and a score from 0 to 1 for each. Where there are labels, says on the
other stream how well the scores part ones from zeros, and how often that beats the
cosine of the letters of both texts in paired resampling.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from jointbuy.matching.likeness import Text, likeness, likeness_reasons
from jointbuy.model import Nature

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    Numbers: TypeAlias = NDArray[np.float64]

SHORTEST, LONGEST = 3, 5
RESAMPLED = 2000
SEED = 7
ENOUGH = 8
"""Fewer labelled pairs of one sort are not worth a figure of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two texts, and what somebody judged of them (None: nobody did)."""

    id: str
    one: Text
    other: Text
    label: int | None = None


def main(argv: list[str]) -> int:
    """Prints a score for each pair of a file, and judges them if it has labels."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench pairs")
    parser.add_argument("file", type=Path)
    parser.add_argument("--wrong", type=int, default=0, help="show so many errors")
    asked = parser.parse_args(argv)
    try:
        pairs = list(read(asked.file))
    except OSError as error:
        return _refuse(f"{asked.file} cannot be read: {error.strerror}")
    except ValueError as error:
        return _refuse(f"{asked.file}: {error}")
    scores = [likeness(pair.one, pair.other) for pair in pairs]
    for pair, score in zip(pairs, scores, strict=True):
        sys.stdout.write(f"{pair.id}\t{score:.6f}\n")
    for line in judged(pairs, np.array(scores)):
        sys.stderr.write(f"{line}\n")
    for line in wrong(pairs, scores, asked.wrong):
        sys.stderr.write(f"{line}\n")
    return 0


def _refuse(why: str) -> int:
    sys.stderr.write(f"{why}\n")
    return 2


# -- reading ---------------------------------------------------------------------------


def read(file: Path) -> Iterator[Pair]:
    """The pairs of a file, in its order.

    Raises:
        ValueError: a line is not a pair; says which.
    """
    with file.open(encoding="utf-8-sig") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
                yield Pair(
                    id=str(row.get("id", number)),
                    one=_text(row["a"]),
                    other=_text(row["b"]),
                    label=int(row["label"]) if row.get("label") is not None else None,
                )
            except (AttributeError, KeyError, TypeError, ValueError) as error:
                raise ValueError(f"line {number} is not a pair of texts") from error


def _text(row: dict[str, Any]) -> Text:
    title, description, language, cpv, unit = (
        str(row.get(name) or "")
        for name in ("text", "description", "language", "cpv", "unit")
    )
    nature = str(row.get("nature") or "").upper()
    return Text(
        title=title or str(row.get("title") or ""),
        description=description,
        language=language,
        cpv=cpv,
        unit=unit,
        nature=Nature[nature] if nature in Nature.__members__ else None,
    )


# -- judging ---------------------------------------------------------------------------


def judged(pairs: Sequence[Pair], scores: Numbers) -> Iterator[str]:
    """What the labels say of the scores, line by line; nothing without labels."""
    kept = [place for place, pair in enumerate(pairs) if pair.label is not None]
    labels = np.array([pairs[place].label for place in kept])
    if len(set(labels.tolist())) <= 1:
        return
    own = scores[kept]
    some = [pairs[place] for place in kept]
    yield f"{len(kept)} pairs with a label, {int(labels.sum())} of them one lot"
    yield f"AUC {area(labels, own):.3f}"
    by_languages: dict[str, list[int]] = defaultdict(list)
    for place, pair in enumerate(some):
        languages = sorted((pair.one.language, pair.other.language))
        by_languages["-".join(languages)].append(place)
        mixed = languages[0] != languages[1]
        by_languages["two languages" if mixed else "one language"].append(place)
    for name, places in sorted(by_languages.items()):
        ones = int(labels[places].sum())
        if len(places) >= ENOUGH and 0 < ones < len(places):
            figure = area(labels[places], own[places])
            yield f"AUC {figure:.3f}  {name} ({len(places)} pairs, {ones} one lot)"
    plain = {
        "title": letters([(pair.one.title, pair.other.title) for pair in some]),
        "title and description": letters(
            [(_whole(pair.one), _whole(pair.other)) for pair in some]
        ),
    }
    for name, found in plain.items():
        yield f"AUC {area(labels, found):.3f}  TF-IDF of the letters, {name}"
    best = max(plain.values(), key=lambda found: area(labels, found))
    better, low, high = resampled(labels, own, best)
    yield (
        f"better than TF-IDF in {100 * better:.1f} % of {RESAMPLED} paired resamples; "
        f"AUC from {low:.3f} to {high:.3f} in 95 % of them"
    )


def _whole(text: Text) -> str:
    return f"{text.title} {text.description}"


def area(labels: NDArray[Any], scores: Numbers) -> float:
    """The share of (one, zero) pairs in which the one has the higher score."""
    ones, zeros = scores[labels == 1], scores[labels == 0]
    above = (ones[:, None] > zeros).mean()
    return float(above + 0.5 * (ones[:, None] == zeros).mean())


def resampled(
    labels: NDArray[Any], own: Numbers, other: Numbers
) -> tuple[float, float, float]:
    """In which share of resamples our area is the larger; its 2.5 and 97.5 % points."""
    dice = np.random.default_rng(SEED)
    ours: list[float] = []
    better = 0
    while len(ours) < RESAMPLED:
        drawn = dice.integers(0, len(labels), len(labels))
        if len(set(labels[drawn].tolist())) == 1:
            continue
        ours.append(area(labels[drawn], own[drawn]))
        better += ours[-1] > area(labels[drawn], other[drawn])
    low, high = np.percentile(ours, [2.5, 97.5])
    return better / RESAMPLED, float(low), float(high)


# -- the baseline ----------------------------------------------------------------------


def letters(pairs: Sequence[tuple[str, str]]) -> Numbers:
    """TF-IDF cosine over runs of 3 to 5 letters inside words, fitted on these texts.

    Counts are dampened (1 + log), rarity is smoothed: ln((1 + n) / (1 + df)) + 1.
    """
    counts = [Counter(_runs(text)) for pair in pairs for text in pair]
    seen = Counter(run for count in counts for run in count)
    place = {run: number for number, run in enumerate(seen)}
    rarity = np.log((1 + len(counts)) / (1 + np.array(list(seen.values())))) + 1
    vectors = []
    for count in counts:
        runs = np.array([place[run] for run in count], dtype=np.int64)
        often = np.array(list(count.values()), dtype=np.float64)
        weights = (1 + np.log(often)) * rarity[runs]
        length = np.linalg.norm(weights) or 1.0
        vectors.append((runs, weights / length))
    return np.array(
        [
            _cosine(one, other)
            for one, other in zip(vectors[::2], vectors[1::2], strict=True)
        ]
    )


def _runs(text: str) -> Iterator[str]:
    for word in text.casefold().split():
        padded = f" {word} "
        for length in range(SHORTEST, LONGEST + 1):
            for start in range(max(1, len(padded) - length + 1)):
                yield padded[start : start + length]
            if length >= len(padded):
                break


def _cosine(
    one: tuple[NDArray[np.int64], Numbers], other: tuple[NDArray[np.int64], Numbers]
) -> float:
    _, left, right = np.intersect1d(one[0], other[0], True, return_indices=True)
    return float(one[1][left] @ other[1][right])


# -- what is wrong ---------------------------------------------------------------------


def wrong(pairs: Sequence[Pair], scores: Iterable[float], limit: int) -> Iterator[str]:
    """The pairs farthest from their label, with the reasons of their score."""
    found = [
        (abs(pair.label - score), score, pair)
        for pair, score in zip(pairs, scores, strict=True)
        if pair.label is not None
    ]
    for _, score, pair in sorted(found, key=lambda one: -one[0])[:limit]:
        yield f"\n{pair.id}: judged {pair.label}, score {score:.2f}"
        for text in (pair.one, pair.other):
            yield f"  {text.language} {text.cpv} {text.title[:150]}"
        for reason in likeness_reasons(pair.one, pair.other):
            evidence = " ".join(map(str, reason.evidence))
            yield f"  {reason.weight:+d} {reason.message} {evidence}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
