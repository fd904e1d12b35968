"""How a written word is understood: known, inflected, a compound, a slip of one letter.

Everything is worked out once per distinct word.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from jointbuy.vocabulary import words as text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

LANGUAGES = ("fr", "nl", "de", "en")
COMPOUNDING = ("nl", "de")
LINKS = ("", "s", "e", "n", "en", "er", "es", "ns")
_SHORTEST_PART = 3
_SHORTEST_COMPOUND = 7
_SHORTEST_TYPO = 6
_BUCKET, _ALIKE = 3, 5
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

    `known` holds the words of each language in a fixed order, `roots` the root of each.
    """

    def __init__(
        self, known: Mapping[str, Sequence[str]], roots: Mapping[str, Sequence[str]]
    ) -> None:
        self.places: dict[str, dict[str, int]] = {}
        first = 0
        for name in LANGUAGES:
            own = known[name]
            self.places[name] = dict(
                zip(own, range(first, first + len(own)), strict=True)
            )
            first += len(own)
        self._written = {name: roots[name] for name in LANGUAGES}
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
        """The words that begin with the same letters, by language."""
        found: dict[str, dict[str, list[str]]] = {}
        for name, places in self.places.items():
            own = found[name] = defaultdict(list)
            for word in places:
                own[word[:_BUCKET]].append(word)
        return found

    def knows(self, word: str) -> bool:
        """Whether a word stands in the thesaurus as it is written here."""
        return any(word in known for known in self.places.values())

    def readings(self, word: str) -> tuple[Reading, ...]:
        """Every way a normalised word can be understood; empty for an unknown one."""
        found = self._readings.get(word)
        if found is None:
            silent = " " in word or word in self._silent
            found = () if silent else self._read(word)
            self._readings[word] = found
        return found

    def _read(self, word: str) -> tuple[Reading, ...]:
        found = tuple(self._inflected(word))
        if found:
            return found
        whole = tuple(self._compound(word))
        if whole:
            return whole
        return tuple(self._slips(word)) or tuple(self._partly(word))

    def _inflected(self, word: str) -> Iterable[Reading]:
        """The word itself and its inflected forms.

        A word known as written is hardly an inflected form of another language's word.
        """
        as_written = self.knows(word)
        for language in LANGUAGES:
            known = self.places[language]
            own = word in known
            if own:
                yield Reading(language, word, "same", 1.0)
            family = dict.fromkeys(
                self._roots[language].get(text.root(word, language), ())
            )
            if not own and not family:
                family.update(dict.fromkeys(self._stem_mates(word, language)))
            sure = _STEM if own or not as_written else _FALSE_FRIEND
            for mate in family:
                if mate != word:
                    yield Reading(language, mate, "inflected", sure)

    def _stem_mates(self, word: str, language: str) -> list[str]:
        """Words of one stem; only those that begin alike are stemmed, it is slow."""
        if len(word) <= _SHORTEST_PART:
            return []
        begin = word[: max(_BUCKET, min(_ALIKE, len(word) - _BUCKET))]
        bucket = self._beginnings[language].get(word[:_BUCKET], ())
        near = [mate for mate in bucket if mate.startswith(begin)]
        if not near:
            return []
        own = text.stem(word, language)
        return [mate for mate in near if text.stem(mate, language) == own]

    def _part(self, piece: str, language: str) -> str:
        """The known word a piece of a compound stands for, or ""."""
        if piece in self.places[language]:
            return piece
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
            for known in self._beginnings[language].get(word[:3], ()):
                if known.startswith(begin):
                    yield Reading(language, known, "head", _BEGINNING, (begin,))

    def _slips(self, word: str) -> Iterable[Reading]:
        """Known words one letter away: one more, one less, one other, two swapped."""
        for language in LANGUAGES:
            for known in self._near[language].of(word):
                yield Reading(language, known, "slip", _TYPO)

    @cached_property
    def _near(self) -> dict[str, Slips]:
        return {language: Slips(own) for language, own in self.places.items()}


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
                self._begin[word[:_BUCKET]].append(word)
                self._end[word[-_BUCKET:]].append(word)

    def of(self, word: str) -> list[str]:
        """The words it may be a slip of, in a fixed order."""
        if len(word) < _SHORTEST_TYPO:
            return []
        found: dict[str, None] = {}
        for cut in range(1, len(word) - 1):
            swapped = word[:cut] + word[cut + 1] + word[cut] + word[cut + 2 :]
            if swapped in self._words and swapped != word:
                found[swapped] = None
        least, most = len(word) - 1, len(word) + 1
        for bucket in (
            self._begin.get(word[:_BUCKET], ()),
            self._end.get(word[-_BUCKET:], ()),
        ):
            for known in bucket:
                if (
                    least <= len(known) <= most
                    and known[0] == word[0]
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
