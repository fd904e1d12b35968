"""The bridge from words to categories as columns, for many texts at once.

A word is looked up once, however many texts hold it. What the thesaurus does not know
as written is understood by its readings: inflection, compound, a slip of one letter.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

from jointbuy.vocabulary import words as text
from jointbuy.vocabulary.compiled import MOST, compiled
from jointbuy.vocabulary.lexicon import UNKNOWN_WEIGHT, lexicon
from jointbuy.vocabulary.readings import LONGEST

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jointbuy.vocabulary.compiled import BridgeTable

Ints: TypeAlias = NDArray[np.int64]
Numbers: TypeAlias = NDArray[np.int32]
Weights: TypeAlias = NDArray[np.float32]
Flags: TypeAlias = NDArray[np.bool_]

UNROOTED = -1


@dataclass(frozen=True, slots=True)
class Said:
    """What each word of a list speaks for: between two starts, concepts and weights.

    `heaviest` is what the word itself weighs (0 for a filler), `root` its place among
    the roots of the pairs (-1 for none). `turn` marks words after which a text says for
    whom, `setting` those for a place, a feast or a client.
    """

    starts: Ints
    concepts: Numbers
    weights: Weights
    heaviest: Weights
    root: Numbers
    turn: Flags
    setting: Flags

    def __len__(self) -> int:
        return len(self.heaviest)

    def chosen(self, places: Ints) -> Said:
        """Some of the words, in that order."""
        lengths = self.starts[places + 1] - self.starts[places]
        starts = np.zeros(len(places) + 1, dtype=np.int64)
        np.cumsum(lengths, out=starts[1:])
        inside = spread(self.starts[places], lengths)
        return Said(
            starts,
            self.concepts[inside],
            self.weights[inside],
            self.heaviest[places],
            self.root[places],
            self.turn[places],
            self.setting[places],
        )

    def followed_by(self, other: Said) -> Said:
        """These words, and then the others."""
        return Said(
            np.concatenate((self.starts, self.starts[-1] + other.starts[1:])),
            np.concatenate((self.concepts, other.concepts)),
            np.concatenate((self.weights, other.weights)),
            np.concatenate((self.heaviest, other.heaviest)),
            np.concatenate((self.root, other.root)),
            np.concatenate((self.turn, other.turn)),
            np.concatenate((self.setting, other.setting)),
        )


@dataclass(frozen=True, slots=True)
class Pairs:
    """What two roots that stand together add: keys ascending, between two starts."""

    count: int
    keys: Ints
    starts: Ints
    concepts: Numbers
    weights: Weights

    def key(self, one: Numbers, other: Numbers) -> Ints:
        """The key of two roots, whichever comes first."""
        low = np.minimum(one, other).astype(np.int64)
        return low * self.count + np.maximum(one, other)


class Bridge:
    """The shipped bridge; it remembers every word it was asked."""

    def __init__(self, table: BridgeTable) -> None:
        self._at = {word: place for place, word in enumerate(table.spelt)}
        self._starts = np.frombuffer(table.starts, dtype=np.uint32)
        self._concepts = np.frombuffer(table.categories, dtype=np.uint16)
        self._weights = np.frombuffer(table.weights, dtype=np.float32)
        self._heaviest = np.frombuffer(table.heaviest, dtype=np.float32)
        self._roots = {root: place for place, root in enumerate(table.roots)}
        self._rooted = self._all_roots(table.spelt)
        self._guessed: dict[str, tuple[tuple[tuple[int, float], ...], float, int]] = {}
        self.pairs = _pairs(table)

    def _all_roots(self, spelt: Sequence[str]) -> Numbers:
        """The root of each known word: that of the first language that has it."""
        roots = compiled().roots
        known = compiled().known
        found: dict[str, int] = {}
        for language in reversed(known):
            for word, root in zip(known[language], roots[language], strict=True):
                if root in self._roots:
                    found[word] = self._roots[root]
        return np.array([found.get(word, UNROOTED) for word in spelt], dtype=np.int32)

    def said(self, words: Sequence[str], worth: Flags | None = None) -> Said:
        """What each of these normalised words speaks for.

        Only those `worth` it are guessed at where they are not known as written.
        """
        at = np.fromiter(
            (self._at.get(word, -1) for word in words), np.int64, len(words)
        )
        known = at >= 0
        place = np.where(known, at, 0)
        lengths = np.where(known, self._starts[place + 1] - self._starts[place], 0)
        heaviest = np.where(known, self._heaviest[place], 0).astype(np.float32)
        root = np.where(known, self._rooted[place], UNROOTED).astype(np.int32)
        guessed = {}
        if worth is not None:
            unknown = np.flatnonzero(~known & ~worth)
            silent = text.fillers()
            heaviest[unknown] = [
                0.0 if words[number] in silent else UNKNOWN_WEIGHT
                for number in unknown.tolist()
            ]
            known = known | ~worth
        for number in np.flatnonzero(~known).tolist():
            rows, heavy, rooted = self._guess(words[number])
            heaviest[number], root[number] = heavy, rooted
            if rows:
                guessed[number] = rows
                lengths[number] = len(rows)
        starts = np.zeros(len(words) + 1, dtype=np.int64)
        np.cumsum(lengths, out=starts[1:])
        concepts = np.empty(starts[-1], dtype=np.int32)
        weights = np.empty(starts[-1], dtype=np.float32)
        known = at >= 0
        source = spread(self._starts[at[known]].astype(np.int64), lengths[known])
        target = spread(starts[:-1][known], lengths[known])
        concepts[target] = self._concepts[source]
        weights[target] = self._weights[source]
        for number, rows in guessed.items():
            start = starts[number]
            for offset, (concept, weight) in enumerate(rows):
                concepts[start + offset], weights[start + offset] = concept, weight
        return Said(
            starts,
            concepts,
            weights,
            heaviest,
            root,
            _among(words, text.turns()),
            _among(words, text.settings()),
        )

    def _guess(self, word: str) -> tuple[tuple[tuple[int, float], ...], float, int]:
        found = self._guessed.get(word)
        if found is None:
            found = self._guessed[word] = self._understood(word)
        return found

    def _understood(
        self, word: str
    ) -> tuple[tuple[tuple[int, float], ...], float, int]:
        """What a word says that stands in no wording as it is written."""
        if word in text.fillers():
            return (), 0.0, UNROOTED
        if len(word) > LONGEST or not word.isalpha():
            return (), UNKNOWN_WEIGHT, UNROOTED
        book = lexicon()
        readings = book.readings(word)
        if not readings:
            return (), UNKNOWN_WEIGHT, UNROOTED
        surest = max(readings, key=lambda one: one.sure)
        root = self._roots.get(text.root(surest.known, surest.language), UNROOTED)
        if surest.way == "parts":
            root = UNROOTED
        rows = sorted(book.categories_of(word), key=lambda one: (-one[1], one[0]))
        return tuple(rows[:MOST]), book.hits(word).heaviest, root


def _among(words: Sequence[str], some: frozenset[str]) -> Flags:
    return np.fromiter((word in some for word in words), np.bool_, len(words))


def spread(starts: Ints, lengths: Ints) -> Ints:
    """The places start, start + 1, … of each stretch, one stretch after another.

    >>> spread(np.array([5, 0]), np.array([2, 3]))
    array([5, 6, 0, 1, 2])
    """
    lengths = lengths.astype(np.int64)
    ends = np.cumsum(lengths)
    whole = int(ends[-1]) if len(ends) else 0
    return np.arange(whole) + np.repeat(starts - ends + lengths, lengths)


def _pairs(table: BridgeTable) -> Pairs:
    count = max(1, len(table.roots))
    two = np.frombuffer(table.pairs, dtype=np.uint32).reshape(-1, 2).astype(np.int64)
    keys, starts = np.unique(two[:, 0] * count + two[:, 1], return_index=True)
    return Pairs(
        count,
        keys,
        np.append(starts, len(two)),
        np.frombuffer(table.pair_categories, dtype=np.uint16).astype(np.int32),
        np.frombuffer(table.pair_weights, dtype=np.float32),
    )


@cache
def bridge() -> Bridge:
    """The bridge of the shipped thesaurus; loaded on first use."""
    return Bridge(compiled().bridge)
