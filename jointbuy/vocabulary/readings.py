"""How a written word is understood: known, inflected, a compound, a slip of one letter.

Everything is worked out once per distinct word.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from jointbuy.vocabulary import words as text
from jointbuy.vocabulary.thesaurus import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

COMPOUNDING = ("nl", "de")
LINKS = ("", "s", "e", "n", "en", "er", "es", "ns")
LONGEST = 40
"""A longer word is a reference or a slip of the space bar: nothing is made of it."""

_SHORTEST_PART = 3
_SHORTEST_COMPOUND = 7
_SHORTEST_TYPO = 6
_BUCKET, _OPENING, _SHORTEST_STEM, _ENDING = 3, 4, 4, 6
_STEM, _FALSE_FRIEND = 0.92, 0.4
_TYPO, _PARTS, _HEAD, _BEGINNING = 0.8, 0.85, 0.6, 0.4
_SHARED_BEGINNING = 6
_SETTING = 0.5


@dataclass(frozen=True, slots=True)
class Reading:
    """How a written word was understood: as which known word, how, how surely.

    `way` is same, inflected, parts, head or slip.
    """

    language: str
    known: str
    way: str
    sure: float
    parts: tuple[str, ...] = ()


class Words:
    """The known words of each language and what a written word may stand for.

    `known` holds the words of each language in a fixed order, `roots` and `stems` the
    root and the stem of each.
    """

    def __init__(
        self,
        known: Mapping[str, Sequence[str]],
        roots: Mapping[str, Sequence[str]],
        stems: Mapping[str, Sequence[str]],
    ) -> None:
        self.places: dict[str, dict[str, int]] = {}
        first = 0
        for name in LANGUAGES:
            own = known[name]
            self.places[name] = dict(
                zip(own, range(first, first + len(own)), strict=True)
            )
            first += len(own)
        self._written, self._stems = roots, stems
        self._readings: dict[str, tuple[Reading, ...]] = {}
        self._silent = text.fillers()

    @cached_property
    def _roots(self) -> dict[str, dict[str, list[str]]]:
        """The words of each root, by language."""
        found: dict[str, dict[str, list[str]]] = {}
        for name, places in self.places.items():
            own: dict[str, list[str]] = {}
            for word, root in zip(places, self._written[name], strict=True):
                if root in own:
                    own[root].append(word)
                else:
                    own[root] = [word]
            found[name] = own
        return found

    @cached_property
    def _beginnings(self) -> dict[str, dict[str, list[str]]]:
        """The long words that begin with the same letters, by language."""
        found: dict[str, dict[str, list[str]]] = {}
        for name in COMPOUNDING:
            own = found[name] = defaultdict(list)
            for word in self.places[name]:
                own[word[:_SHARED_BEGINNING]].append(word)
        return found

    @cached_property
    def _openings(self) -> dict[str, frozenset[str]]:
        """How the known words begin, by language: no part of a compound begins else."""
        return {
            name: frozenset(word[:_OPENING] for word in self.places[name])
            for name in COMPOUNDING
        }

    @cached_property
    def _by_stem(self) -> dict[str, dict[str, list[str]]]:
        """The words of each stem, by language."""
        found: dict[str, dict[str, list[str]]] = {}
        for name, places in self.places.items():
            own = found[name] = defaultdict(list)
            for word, stem in zip(places, self._stems[name], strict=True):
                own[stem].append(word)
        return found

    def knows(self, word: str) -> bool:
        """Whether a word stands in the thesaurus as it is written here."""
        return any(word in known for known in self.places.values())

    def readings(self, word: str) -> tuple[Reading, ...]:
        """Every way a normalised word can be understood; empty for an unknown one."""
        found = self._readings.get(word)
        if found is None:
            silent = " " in word or word in self._silent
            found = () if silent or len(word) > LONGEST else self._read(word)
            self._readings[word] = found
        return found

    def _read(self, word: str) -> tuple[Reading, ...]:
        """The surest and cheapest ways first; stemming is slow."""
        for way in (
            self._inflected,
            self._compound,
            self._slips,
            self._stemmed,
            self._partly,
        ):
            if found := tuple(way(word)):
                return found
        return ()

    def _inflected(self, word: str) -> Iterable[Reading]:
        """The word itself and those of its root.

        A word known as written is hardly an inflected form of another language's word.
        """
        as_written = self.knows(word)
        for language in LANGUAGES:
            own = word in self.places[language]
            if own:
                yield Reading(language, word, "same", 1.0)
            family = self._roots[language].get(text.root(word, language), ())
            sure = _STEM if own or not as_written else _FALSE_FRIEND
            for mate in dict.fromkeys(family):
                if mate != word:
                    yield Reading(language, mate, "inflected", sure)

    def _stemmed(self, word: str) -> Iterable[Reading]:
        """The words of its stem."""
        for language in LANGUAGES:
            for mate in dict.fromkeys(self._stem_mates(word, language)):
                yield Reading(language, mate, "inflected", _STEM)

    def _stem_mates(self, word: str, language: str) -> list[str]:
        """Words of one stem; the word is stemmed only where a known stem begins it."""
        stems = self._by_stem[language]
        for end in range(max(_SHORTEST_STEM, len(word) - _ENDING), len(word)):
            if word[:end] in stems:
                return stems.get(text.stem(word, language), [])
        return []

    def _part(self, piece: str, language: str) -> str:
        """The known word a piece of a compound stands for, or ""."""
        if piece in self.places[language]:
            return piece
        if piece[:_OPENING] not in self._openings[language]:
            return ""
        family = self._roots[language].get(text.root(piece, language))
        return family[0] if family else ""

    def parts(self, word: str, language: str, depth: int = 2) -> tuple[str, ...]:
        """The known words a compound is made of; empty when it cannot be told.

        The longest last part wins: in both languages it carries the meaning.
        """
        if len(word) < _SHORTEST_COMPOUND:
            return ()
        silent = self._silent
        whole = _unbroken(word)
        for cut in range(_SHORTEST_PART, len(word) - _SHORTEST_PART):
            if any(start < cut < end for start, end in whole):
                continue
            tail = word[cut:]
            last = tail if tail in silent else self._part(tail, language)
            if not last:
                continue
            for link in LINKS:
                if not word.startswith(link, cut - len(link)):
                    continue
                head = word[: cut - len(link)]
                if len(head) < _SHORTEST_PART:
                    continue
                first = head if head in silent else self._part(head, language)
                if first:
                    parts: tuple[str, ...] = (first, last)
                elif depth:
                    parts = (*self.parts(head, language, depth - 1), last)
                else:
                    continue
                if len(parts) > 1 and any(part not in silent for part in parts):
                    return parts
        return ()

    def _compound(self, word: str) -> Iterable[Reading]:
        for language in COMPOUNDING:
            parts = self.parts(word, language)
            for place, part in enumerate(parts, start=1):
                if part not in self._silent:
                    where = place < len(parts) and part in text.settings()
                    sure = _PARTS * (_SETTING if where else 1.0)
                    yield Reading(language, part, "parts", sure, parts)

    def _partly(self, word: str) -> Iterable[Reading]:
        """A compound of which only the head, or only the beginning, is known."""
        whole = _unbroken(word)
        for language in COMPOUNDING:
            for cut in range(_SHORTEST_PART, len(word) - 4):
                if any(start < cut < end for start, end in whole):
                    continue
                head = self._part(word[cut:], language)
                if head:
                    yield Reading(language, head, "head", _HEAD, (head,))
                    break
            first = max((end for start, end in whole if not start), default=0)
            begin = word[: max(first, _SHARED_BEGINNING)]
            if len(word) < len(begin) + 2:
                continue
            for known in self._beginnings[language].get(word[:_SHARED_BEGINNING], ()):
                if known.startswith(begin):
                    yield Reading(language, known, "head", _BEGINNING, (begin,))

    def _slips(self, word: str) -> Iterable[Reading]:
        """Known words one letter away: one more, one less, one other, two swapped."""
        near = self._near.of(word)
        for language in LANGUAGES:
            for known in near:
                if known in self.places[language]:
                    yield Reading(language, known, "slip", _TYPO)

    @cached_property
    def _near(self) -> Slips:
        return Slips({word for places in self.places.values() for word in places})


class Slips:
    """Finds the words that differ from a written one by a slip of one letter.

    A slip spares the first letters or the last ones, or swaps two. The first letter is
    always right, and short words are not guessed.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(words)
        self._begin: dict[str, list[str]] = defaultdict(list)
        self._end: dict[str, list[str]] = defaultdict(list)
        for word in sorted(self._words):
            if len(word) >= _SHORTEST_TYPO:
                size = chr(len(word))
                self._begin[word[:_BUCKET] + size].append(word)
                self._end[word[0] + word[-_BUCKET:] + size].append(word)

    def of(self, word: str) -> list[str]:
        """The words it may be a slip of, in a fixed order."""
        length = len(word)
        if not _SHORTEST_TYPO <= length <= LONGEST:
            return []
        found: dict[str, None] = {}
        for cut in range(1, length - 1):
            swapped = word[:cut] + word[cut + 1] + word[cut] + word[cut + 2 :]
            if swapped in self._words and swapped != word:
                found[swapped] = None
        begin, end = word[:_BUCKET], word[0] + word[-_BUCKET:]
        half = (length - 2) // 2
        left, right = word[:half], word[-half:]
        for size in map(chr, (length - 1, length, length + 1)):
            for known in (
                *self._begin.get(begin + size, ()),
                *self._end.get(end + size, ()),
            ):
                if (
                    (known.startswith(left) or known.endswith(right))
                    and known != word
                    and one_slip(word, known)
                ):
                    found[known] = None
        return list(found)


def _unbroken(word: str) -> list[tuple[int, int]]:
    """The stretches of a compound inside which no part begins."""
    return [
        (start, start + len(piece))
        for piece in text.opaque()
        if (start := word.find(piece)) >= 0
    ]


def one_slip(written: str, known: str) -> bool:
    """Whether one letter more, less or other, or two swapped, tell them apart."""
    start = 0
    for a, b in zip(written, known, strict=False):
        if a != b:
            break
        start += 1
    left, right = written[start:], known[start:]
    return (
        left[1:] == right[1:]
        or left[1:] == right
        or left == right[1:]
        or (left[:2] == right[:2][::-1] and left[2:] == right[2:])
    )
