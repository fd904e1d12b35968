"""Texts as columns: each distinct word is understood once, rows only hold numbers."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from jointbuy.vocabulary import words
from jointbuy.vocabulary.bridge import spread

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from jointbuy.vocabulary.bridge import Ints, Numbers

END = "\0"
"""Stands between two texts while they are cut into words."""


@dataclass(frozen=True, slots=True)
class Column:
    """Texts as numbers of their words: of row i those between two starts."""

    starts: Ints
    numbers: Numbers

    def rows(self, first: int, last: int) -> tuple[Numbers, Ints]:
        """The words of the rows from `first` to before `last`, and the row of each."""
        start, end = self.starts[first], self.starts[last]
        lengths = np.diff(self.starts[first : last + 1])
        return self.numbers[start:end], np.repeat(np.arange(last - first), lengths)

    def chosen(self, rows: Ints) -> Column:
        """Some of the rows, in that order."""
        lengths = self.starts[rows + 1] - self.starts[rows]
        starts = np.zeros(len(rows) + 1, dtype=np.int64)
        np.cumsum(lengths, out=starts[1:])
        return Column(starts, self.numbers[spread(self.starts[rows], lengths)])


@dataclass(frozen=True, slots=True)
class Texts:
    """Titles and descriptions, and the words that their numbers stand for."""

    words: tuple[str, ...]
    titles: Column
    descriptions: Column

    def __len__(self) -> int:
        return len(self.titles.starts) - 1

    def chosen(self, rows: Ints) -> Texts:
        """Some of the rows, in that order."""
        return Texts(
            self.words, self.titles.chosen(rows), self.descriptions.chosen(rows)
        )

    def counted(self) -> Ints:
        """How often each word stands in all the texts."""
        own = [
            np.bincount(column.numbers, minlength=len(self.words))
            for column in (self.titles, self.descriptions)
        ]
        return own[0] + own[1]

    def renamed(self, meant: Numbers) -> Texts:
        """The texts with each word replaced by another one of them."""
        columns = (
            Column(column.starts, meant[column.numbers])
            for column in (self.titles, self.descriptions)
        )
        return Texts(self.words, *columns)


class Numbered(dict[str | None, int]):
    """Gives every new text the next number.

    >>> known = Numbered({None: 0, "": 0})
    >>> known["a"], known["b"], known["a"]
    (1, 2, 1)
    """

    def __init__(self, known: Mapping[str | None, int] | None = None) -> None:
        super().__init__(known or {})
        self._next = max(self.values(), default=-1) + 1

    def __missing__(self, key: str | None) -> int:
        number = self[key] = self._next
        self._next += 1
        return number


class Cutter:
    """Takes in texts bundle by bundle and cuts them where they have blanks.

    What stands between two blanks is kept as written; only distinct pieces are
    normalised, and some hold several words (“l’achat”, “prêt-à-porter”).
    """

    def __init__(self) -> None:
        self._pieces = Numbered()
        self._end = self._pieces[END]
        self._titles: list[Numbers] = []
        self._descriptions: list[Numbers] = []

    def add(self, titles: Sequence[str], descriptions: Sequence[str | None]) -> None:
        """The next rows."""
        self._titles.append(self._cut(titles))
        self._descriptions.append(self._cut([text or "" for text in descriptions]))

    def _cut(self, texts: Sequence[str]) -> Numbers:
        if not texts:
            return np.empty(0, dtype=np.int32)
        together = f" {END} ".join(texts)
        if together.count(END) != len(texts) - 1:
            together = f" {END} ".join([one.replace(END, " ") for one in texts])
        together += f" {END}"
        pieces = together.split()
        return np.fromiter(map(self._pieces.__getitem__, pieces), np.int32, len(pieces))

    def texts(self) -> Texts:
        """All the rows, cut into words."""
        read = [_words(piece or "") for piece in self._pieces]
        read[self._end] = (END,)
        numbers: dict[str, int] = {}
        for word in chain.from_iterable(read):
            numbers.setdefault(word, len(numbers))
        lengths = np.fromiter(map(len, read), np.int64, len(read))
        starts = np.zeros(len(read) + 1, dtype=np.int64)
        np.cumsum(lengths, out=starts[1:])
        inside = np.fromiter(
            (numbers[word] for word in chain.from_iterable(read)), np.int32, starts[-1]
        )
        end = numbers[END]
        return Texts(
            tuple(numbers),
            _column(self._titles, starts, inside, end),
            _column(self._descriptions, starts, inside, end),
        )


def _words(piece: str) -> tuple[str, ...]:
    """The words of a piece; most are one word in plain letters."""
    if piece.isascii() and piece.isalpha():
        return (piece.lower(),) if len(piece) > 1 else ()
    return words.words(piece)


def _column(cut: Iterable[Numbers], starts: Ints, inside: Numbers, end: int) -> Column:
    """Pieces become words; the marks between texts become the starts of the rows."""
    found = []
    lengths = np.diff(starts)
    for pieces in cut:
        own = lengths[pieces]
        plain = bool((own == 1).all())
        found.append(
            inside[starts[pieces]] if plain else inside[spread(starts[pieces], own)]
        )
    numbers = np.concatenate(found) if found else np.empty(0, dtype=np.int32)
    marks = np.flatnonzero(numbers == end)
    rows = np.zeros(len(marks) + 1, dtype=np.int64)
    rows[1:] = marks - np.arange(len(marks))
    return Column(rows, numbers[numbers != end])


def texts_of(titles: Sequence[str], descriptions: Sequence[str | None]) -> Texts:
    """Titles and descriptions as columns."""
    cutter = Cutter()
    cutter.add(titles, descriptions)
    return cutter.texts()
