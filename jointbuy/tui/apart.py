"""Long titles shortened in their middle, so that each can be told from the others."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from math import log2
from typing import TYPE_CHECKING

from rich.cells import cell_len

from jointbuy.tui.speech import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

LEFT_OUT = "…"
MARKS = ".,:;()"
SMALL = 3
"""Signs of a word by which nobody tells two texts apart."""
ALIKE = 0.6
"""The share of the words of one that another has which it may be mixed up with."""
OWN = 8.0
"""What a word weighs that none of those texts has, beside how rare it is."""

Runs = tuple[tuple[int, int], ...]
"""The words left out: from one up to another, once or twice."""


class Apart:
    """Texts that resemble each other, such as the titles of the values of the law.

    Of one that is too long, the run of words goes that says least: those that most of
    the others have too. Where what stays could be another text as well, two runs go.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self._words = {text: text.split() for text in texts}
        self._bare = {text: _bare(words) for text, words in self._words.items()}
        self._shared = Counter(w for bare in self._bare.values() for w in set(bare))
        self._known: dict[int, dict[str, str]] = {}

    def short(self, text: str, room: int) -> str:
        """One of the texts in at most so many columns."""
        if room not in self._known:
            found: dict[str, str] = {}
            for each in self._words:
                fits = cell_len(each) <= room
                taken = set(found.values())
                found[each] = each if fits else self._told(each, room, taken)
            self._known[room] = found
        return self._known[room][text]

    def _told(self, text: str, room: int, taken: set[str]) -> str:
        """The text that says most among those that cannot be another."""
        words, bare, alike = self._words[text], self._bare[text], self._alike(text)
        weights = self._weights(bare, alike)
        first = ""
        for runs in self._candidates(words, weights, room):
            told = _without(words, runs)
            if told in taken:
                continue
            first = first or told
            stays = set(_bare(told.split()))
            if not any(stays <= other for other in alike):
                return told
        return first or text

    def _candidates(
        self, words: Sequence[str], weights: Sequence[float], room: int
    ) -> Iterator[Runs]:
        """What can be left out so that the rest fits: one run, then two."""
        lengths = [cell_len(word) + 1 for word in words]
        most = sum(lengths) - 1 - room

        def fitting(every: Iterable[Runs]) -> list[Runs]:
            found = []
            for runs in every:
                gained = sum(sum(lengths[start:end]) - 2 for start, end in runs)
                if gained >= most:
                    lost = sum(sum(weights[start:end]) for start, end in runs)
                    found.append((lost, runs))
            return [runs for _, runs in sorted(found)]

        single = list(combinations(range(1, len(words) + 1), 2))
        yield from fitting((run,) for run in single)
        pairs = combinations(single, 2)
        yield from fitting(pair for pair in pairs if pair[0][1] < pair[1][0])

    def _alike(self, text: str) -> list[set[str]]:
        """The words of the texts it may be mixed up with.

        Not of those that say all it says and more: of these it cannot be told apart.
        """
        mine = set(self._bare[text])
        others = (set(bare) for name, bare in self._bare.items() if name != text)
        return [
            other
            for other in others
            if len(mine & other) > ALIKE * min(len(mine), len(other))
            and not mine <= other
        ]

    def _weights(self, bare: Sequence[str], alike: Sequence[set[str]]) -> list[float]:
        """What each word says: those say most that are rare, and not in its likes."""
        found = []
        for word in bare:
            lacking = sum(word not in other for other in alike) / (len(alike) or 1)
            rare = log2(len(self._words) / self._shared[word]) if word else 0.0
            found.append(rare + OWN * lacking if word else 0.0)
        return found


def _bare(words: Sequence[str]) -> list[str]:
    """The words as they are compared; small ones count for nothing."""
    bare = (folded(word).strip(MARKS) for word in words)
    return [word if len(word) > SMALL or word.isdigit() else "" for word in bare]


def _without(words: Sequence[str], runs: Runs) -> str:
    kept = list(words)
    for start, end in reversed(runs):
        kept[start:end] = [LEFT_OUT]
    return " ".join(kept)
