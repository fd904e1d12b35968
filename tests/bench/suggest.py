"""Codes suggested for the titles of real notices, beside TF-IDF over the official list.

Each row of the file has a text, mostly a description, and the code its buyer chose. Of
the five codes suggested, one of the same class (four digits) or of the same division
(two) is a hit. Many buyers chose a code too coarse to have a class: the share of
classes is given among those that have one, then among all. TF-IDF is written out here:
runs of three to five letters within the words of the labels, a document per code and
language, which does better on these notices than whole words, than both together, and
than all languages of a code in one document.

    python -m tests.bench suggest ../shared/bench/cpv_dev.jsonl \
        --official ../shared/data/cpv.csv
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
import tempfile
import time
import unicodedata
from collections import Counter, defaultdict
from math import log
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from jointbuy.vocabulary import official
from jointbuy.vocabulary.search import suggest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

Row: TypeAlias = dict[str, Any]

LANGUAGES = ("fr", "nl", "de", "en")
CLASS, DIVISION = 4, 2
FIVE = 5
SHORTEST, LONGEST = 3, 5


def _plain(text: str) -> str:
    found = unicodedata.normalize("NFKD", text.casefold())
    kept = (char if char.isalnum() else " " for char in found)
    return "".join(char for char in kept if not unicodedata.combining(char))


def _runs(text: str) -> list[str]:
    """Runs of letters within words, their ends marked by a space."""
    return [
        padded[at : at + size]
        for word in _plain(text).split()
        for padded in (f" {word} ",)
        for size in range(SHORTEST, LONGEST + 1)
        for at in range(max(1, len(padded) - size + 1))
    ]


class TfIdf:
    """Cosine of weighted runs of letters between a text and each document."""

    def __init__(self, documents: Sequence[str]) -> None:
        self.size = len(documents)
        counts = [Counter(_runs(text)) for text in documents]
        known = Counter(name for count in counts for name in count)
        self.rarity = {
            name: log((1 + self.size) / (1 + many)) + 1 for name, many in known.items()
        }
        places: dict[str, list[int]] = defaultdict(list)
        weights: dict[str, list[float]] = defaultdict(list)
        for place, count in enumerate(counts):
            own = self._weighted(count)
            for name, weight in own.items():
                places[name].append(place)
                weights[name].append(weight)
        self.index = {
            name: (np.array(places[name]), np.array(weights[name])) for name in places
        }

    def _weighted(self, count: Mapping[str, int]) -> dict[str, float]:
        own = {
            name: (1 + log(many)) * self.rarity[name]
            for name, many in count.items()
            if name in self.rarity
        }
        length = sum(weight * weight for weight in own.values()) ** 0.5 or 1.0
        return {name: weight / length for name, weight in own.items()}

    def scores(self, text: str) -> NDArray[np.float64]:
        """The similarity of each document."""
        found = np.zeros(self.size)
        for name, weight in self._weighted(Counter(_runs(text))).items():
            places, weights = self.index[name]
            found[places] += weight * weights
        return found


def tf_idf(
    labels: Sequence[tuple[str, str]], *, described: bool
) -> Callable[[list[Row]], list[list[str]]]:
    """Suggests the five codes whose labels are nearest to each text."""
    codes = [code for code, _ in labels]
    texts = [label for _, label in labels]
    book = TfIdf(texts)

    def answer(rows: list[Row]) -> list[list[str]]:
        found = []
        for row in rows:
            text = row["text"]
            if described:
                text = f"{text} {row.get('description') or ''}"
            scores = book.scores(text)
            best: dict[str, None] = {}
            for place in np.argsort(-scores, kind="stable"):
                if len(best) == FIVE or scores[place] <= 0:
                    break
                best.setdefault(codes[place])
            found.append(list(best))
        return found

    return answer


def own(installed: official.CpvList | None) -> Callable[[list[Row]], list[list[str]]]:
    """Suggests as jointbuy does."""

    def answer(rows: list[Row]) -> list[list[str]]:
        asked = [
            {
                name: row.get(name) or ""
                for name in ("id", "text", "language", "description", "nature")
            }
            for row in rows
        ]
        return [one["suggestions"] for one in suggest(asked, official=installed)]

    return answer


def _labels(path: Path) -> list[tuple[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return [
            (row["code"], row[language])
            for row in csv.DictReader(file)
            for language in LANGUAGES
            if row.get(language)
        ]


def _installed(path: Path) -> official.CpvList:
    """The official list as an administration would install it."""
    with tempfile.TemporaryDirectory(prefix="jointbuy-bench-") as folder:
        official.install(path, Path(folder))
        found = official.installed(Path(folder))
        assert found is not None
        assert len(found)
    return found


def _hits(rows: list[Row], found: list[list[str]], digits: int) -> list[bool]:
    return [
        any(code[:digits] == row["cpv"][:digits] for code in codes)
        for row, codes in zip(rows, found, strict=True)
    ]


def _share(hits: Iterable[bool]) -> str:
    listed = list(hits)
    return f"{sum(listed) / len(listed):7.1%}" if listed else f"{'–':>7}"


def _show_wrong(rows: list[Row], found: list[list[str]], many: int) -> None:
    missed = [
        (row, codes)
        for row, codes, hit in zip(rows, found, _hits(rows, found, CLASS), strict=True)
        if not hit
    ]
    step = max(1, len(missed) // many)
    for row, codes in missed[::step][:many]:
        sys.stdout.write(
            f"  {row['language']} {row['cpv']} {row['text'][:90]!r} → "
            f"{' '.join(codes)}\n"
        )


def main(argv: list[str]) -> int:
    """Prints how often one of five codes is right, by method and language."""
    parser = argparse.ArgumentParser(prog="suggest", description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--official", type=Path)
    parser.add_argument("--half", choices=("even", "odd"), help="only these rows")
    parser.add_argument("--wrong", type=int, default=0, help="wrong ones to show")
    chosen = parser.parse_args(argv)
    with chosen.file.open(encoding="utf-8") as file:
        rows: list[Row] = [json.loads(line) for line in file if line.strip()]
    if chosen.half:
        rows = rows[0 if chosen.half == "even" else 1 :: 2]
    methods: dict[str, Callable[[], Callable[[list[Row]], list[list[str]]]]] = {
        "thesaurus alone": lambda: own(None)
    }
    if chosen.official:
        path: Path = chosen.official
        methods["with official list"] = lambda: own(_installed(path))
        methods["TF-IDF, title"] = lambda: tf_idf(_labels(path), described=False)
        methods["TF-IDF, + description"] = lambda: tf_idf(_labels(path), described=True)
    spoken = [
        name for name in LANGUAGES if any(row["language"] == name for row in rows)
    ]
    counts = Counter(row["language"] for row in rows)
    head = [f"all {len(rows)}", *(f"{name} {counts[name]}" for name in spoken)]
    sys.stdout.write(
        "one of five codes in the class (where there is one; of all) and division\n"
        f"{'':22}{''.join(f'{name:>21}' for name in head)}   CPU s\n"
    )
    fine = [len(row["cpv"].rstrip("0")) >= CLASS for row in rows]
    for name, made in methods.items():
        answer = made()
        begun = time.process_time()
        found = answer(rows)
        took = time.process_time() - begun
        line = f"{name:22}"
        by_class = _hits(rows, found, CLASS)
        by_division = _hits(rows, found, DIVISION)
        for language in ("", *spoken):
            picked = [not language or row["language"] == language for row in rows]
            exact = [one and other for one, other in zip(picked, fine, strict=True)]
            line += "".join(
                _share(hit for hit, wanted in zip(hits, among, strict=True) if wanted)
                for hits, among in (
                    (by_class, exact),
                    (by_class, picked),
                    (by_division, picked),
                )
            )
        sys.stdout.write(f"{line}{took:8.2f}\n")
        sys.stdout.flush()
        if chosen.wrong and name.startswith(("thesaurus", "with")):
            _show_wrong(rows, found, chosen.wrong)
    return 0
