"""Which official wordings a text comes near to: words alike in their letters, weighed.

Two witnesses. The tree: each word says of every class how peculiar it is to it. The
wordings: how much of one wording a text says. Both are worked out once per word.
"""

from __future__ import annotations

import io
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from math import log, sqrt
from typing import TYPE_CHECKING, Any, TypeAlias
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from jointbuy.vocabulary import cpv
from jointbuy.vocabulary import words as text
from jointbuy.vocabulary.thesaurus import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

Floats: TypeAlias = NDArray[np.float64]
Places: TypeAlias = NDArray[np.intp]
_Row: TypeAlias = tuple[int, int, int, list[int]]

VERSION = 1
COLUMNS = {
    *("codes", "classes", "words", "word_weight", "word_length"),
    *("label_code", "label_class", "label_language", "label_mass"),
    *("label_starts", "label_of", "class_starts", "class_of", "class_weight"),
    *("grams", "gram_weight", "gram_starts", "gram_words"),
}
_SHORTEST, _LONGEST = 3, 5
_ALIKE, _NEIGHBOURS = 0.35, 20
_GROUP, _DIVISION = 0.3, 0.15
_OWN = 0.6
_FOREIGN = 0.9
_MANY_WORDS = 20_000


@dataclass(frozen=True, slots=True)
class Near:
    """How near a text comes to each class of codes, and to each single wording.

    `tree` and `wordings` have a value for each of `classes`, `labels` for each wording.
    """

    classes: Sequence[str]
    tree: Floats
    wordings: Floats
    labels: Floats

    def best(self, tree: float, worded: float, most: int) -> list[tuple[str, float]]:
        """The nearest classes, unordered, both witnesses weighed and added."""
        scores = tree * self.tree + worded * self.wordings
        at = np.arange(len(scores))
        if len(scores) > most:
            at = np.argpartition(-scores, most)[:most]
        return [
            (self.classes[place], float(scores[place]))
            for place in at.tolist()
            if scores[place] > 0
        ]


@dataclass(frozen=True, slots=True)
class _Word:
    """What one written word adds: to classes, to labels, and what it weighs itself."""

    classes: Places
    peculiar: Floats
    labels: Places
    shared: Floats
    weight: float


class Index:
    """The official wordings as columns; `arrays` is what `build` made."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        self.codes_of = arrays["codes"].tolist()
        self.classes = arrays["classes"].tolist()
        self.label_code = arrays["label_code"]
        self._label_language = arrays["label_language"]
        label_class = arrays["label_class"]
        self._first = np.flatnonzero(np.diff(label_class, prepend=-1))
        self._told = label_class[self._first]
        self._span = np.searchsorted(
            label_class, np.arange(len(self.classes) + 1)
        ).tolist()
        self._mass = arrays["label_mass"].astype(np.float64)
        self._scales: dict[str, Floats] = {}
        self._label_starts = arrays["label_starts"].tolist()
        self._label_of = arrays["label_of"].astype(np.intp)
        self._class_starts = arrays["class_starts"].tolist()
        self._class_of = arrays["class_of"].astype(np.intp)
        self._class_weight = arrays["class_weight"].astype(np.float64)
        self._weight = arrays["word_weight"]
        self._inverse = 1.0 / arrays["word_length"].astype(np.float64)
        self.words = bytes(arrays["words"]).decode().split("\n")
        self._at = {word: place for place, word in enumerate(self.words)}
        grams = arrays["grams"].tolist()
        self._gram_at = dict(zip(grams, range(len(grams)), strict=True))
        self._gram_starts = arrays["gram_starts"].tolist()
        self._squares = arrays["gram_weight"].astype(np.float64) ** 2
        self._posted = arrays["gram_words"].astype(np.intp)
        self._cache: dict[str, _Word] = {}

    def __contains__(self, word: object) -> bool:
        """Whether a word stands in a wording as it is written here."""
        return word in self._at

    def alike(self, word: str) -> tuple[Places, Floats]:
        """The known words most alike a word in their letters: places and likeness."""
        grams = _grams(word)
        known = [at for gram in grams if (at := self._gram_at.get(_key(gram), -1)) >= 0]
        if not known:
            return np.empty(0, np.intp), np.empty(0)
        squares = self._squares[known]
        strange = (len(grams) - len(known)) * log(1 + len(self.words)) ** 2
        starts, posted = self._gram_starts, self._posted
        parts = [posted[starts[at] : starts[at + 1]] for at in known]
        shared = np.bincount(
            np.concatenate(parts),
            np.repeat(squares, [len(part) for part in parts]),
            minlength=len(self.words),
        )
        whole = sqrt(strange + float(squares.sum()))
        scores = shared.astype(np.float64, copy=False) * self._inverse / whole
        if word in self._at:
            scores[self._at[word]] = 1.0
        near = np.flatnonzero(scores >= _ALIKE)
        order = np.argsort(-scores[near], kind="stable")[:_NEIGHBOURS]
        places = near[order]
        return places, scores[places]

    def _word(self, word: str) -> _Word:
        found = self._cache.get(word)
        if found is None:
            if len(self._cache) >= _MANY_WORDS:
                self._cache.clear()
            found = self._cache[word] = self._read(word)
        return found

    def _read(self, word: str) -> _Word:
        near, likeness = self.alike(word)
        unknown = log(1 + len(self.label_code))
        if not len(near):
            none, nothing = np.empty(0, np.intp), np.empty(0)
            return _Word(none, nothing, none, nothing, unknown)
        own = float(self._weight[near[0]]) if likeness[0] > _OWN else unknown
        classes, peculiar = [], []
        labels, shared = [], []
        for place, like in zip(near.tolist(), likeness.tolist(), strict=True):
            span = slice(self._class_starts[place], self._class_starts[place + 1])
            classes.append(self._class_of[span])
            peculiar.append(self._class_weight[span] * like**2)
            span = slice(self._label_starts[place], self._label_starts[place + 1])
            labels.append(self._label_of[span])
            weight = like * float(self._weight[place]) * own
            shared.append(np.full(span.stop - span.start, weight))
        return _Word(*_highest(classes, peculiar), *_highest(labels, shared), own)

    def near(self, weighted: Mapping[str, float], language: str = "") -> Near:
        """How near weighed words come to each class; foreign wordings count less."""
        said = [self._word(word) for word in weighted]
        shares = list(weighted.values())
        tree = _summed(
            [one.classes for one in said],
            [one.peculiar for one in said],
            shares,
            len(self.classes),
        )
        labels = _summed(
            [one.labels for one in said],
            [one.shared for one in said],
            shares,
            len(self.label_code),
        )
        whole = sqrt(
            sum(
                (share * one.weight) ** 2
                for one, share in zip(said, shares, strict=True)
            )
        )
        labels *= self._scale(language) / (whole or 1.0)
        wordings = np.zeros(len(self.classes))
        wordings[self._told] = np.maximum.reduceat(labels, self._first)
        return Near(self.classes, tree, wordings, labels)

    def _scale(self, language: str) -> Floats:
        """What a whole wording weighs, inverted; less for one in another language."""
        found = self._scales.get(language)
        if found is None:
            found = 1.0 / self._mass
            if language in LANGUAGES:
                foreign = self._label_language != LANGUAGES.index(language)
                found[foreign] *= _FOREIGN
            self._scales[language] = found
        return found

    def codes(self, near: Near, name: str) -> Iterator[tuple[str, float, int]]:
        """The codes of a class: how near their best wording comes, and its place."""
        at = bisect_left(self.classes, name)
        if at == len(self.classes) or self.classes[at] != name:
            return
        start, end = self._span[at], self._span[at + 1]
        values = near.labels[start:end]
        best: dict[int, tuple[float, int]] = {}
        for place in np.flatnonzero(values).tolist():
            number, value = int(self.label_code[start + place]), float(values[place])
            if value > best.get(number, (0.0, 0))[0]:
                best[number] = (value, start + place)
        for number, (value, place) in best.items():
            yield self.codes_of[number], value, place

    def language_of(self, place: int) -> str:
        """The language of the wording at that place."""
        return LANGUAGES[int(self._label_language[place])]


def _grams(word: str) -> list[str]:
    """The pieces of three to five letters of a word, its ends marked, each once."""
    marked = f"#{word}#"
    pieces = {
        marked[start : start + length]
        for length in range(_SHORTEST, _LONGEST + 1)
        for start in range(len(marked) - length + 1)
    }
    return sorted(pieces)


def _key(gram: str) -> int:
    return crc32(gram.encode())


def _highest(
    places: Sequence[Places], values: Sequence[Floats]
) -> tuple[Places, Floats]:
    """Each place once, with the highest of its values."""
    where, what = np.concatenate(places), np.concatenate(values)
    order = np.lexsort((-what, where))
    where, what = where[order], what[order]
    first = np.flatnonzero(np.diff(where, prepend=-1))
    return where[first], what[first]


def _summed(
    places: Sequence[Places],
    values: Sequence[Floats],
    shares: Sequence[float],
    length: int,
) -> Floats:
    """The values at each place, each list weighed by its share, added up."""
    if not places:
        return np.zeros(length)
    weights = np.concatenate(values)
    weights *= np.repeat(shares, [len(one) for one in places])
    added = np.bincount(np.concatenate(places), weights, minlength=length)
    return added.astype(np.float64, copy=False)


# -- building --------------------------------------------------------------------------


def build(labels: Mapping[str, Mapping[str, str]]) -> dict[str, NDArray[Any]]:
    """The columns of an index of official wordings: {code: {language: wording}}."""
    classes = sorted({code[: cpv.CLASS] for code in labels})
    at = {name: place for place, name in enumerate(classes)}
    words: dict[str, int] = {}
    rows: list[_Row] = []
    codes = sorted(labels)
    for number, code in enumerate(codes):
        for language, wording in sorted(labels[code].items()):
            own = text.telling(wording) or text.words(wording)
            if language in LANGUAGES and own:
                held = [words.setdefault(word, len(words)) for word in own]
                spoken = LANGUAGES.index(language)
                rows.append((number, at[code[: cpv.CLASS]], spoken, held))
    weights = _weights(rows, len(words))
    of_class, peculiar = _classes(rows, classes, len(words))
    of_label: list[list[int]] = [[] for _ in words]
    masses = []
    for number, (_, _, _, held) in enumerate(rows):
        each = dict.fromkeys(held)
        masses.append(sqrt(sum(weights[word] ** 2 for word in each)) or 1.0)
        for word in each:
            of_label[word].append(number)
    return {
        "codes": np.array(codes, dtype="U8"),
        "classes": np.array(classes, dtype="U4"),
        "words": np.frombuffer("\n".join(words).encode(), np.uint8),
        "word_weight": np.array(weights, np.float32),
        "label_code": np.array([row[0] for row in rows], np.int32),
        "label_class": np.array([row[1] for row in rows], np.int32),
        "label_language": np.array([row[2] for row in rows], np.int32),
        "label_mass": np.array(masses, np.float32),
        "label_starts": _starts(of_label),
        "label_of": _flat(of_label, np.int32),
        "class_starts": _starts(of_class),
        "class_of": _flat(of_class, np.int32),
        "class_weight": _flat(peculiar, np.float32),
        **_letters(list(words)),
    }


def _weights(rows: Sequence[_Row], count: int) -> list[float]:
    """What each word weighs: rare among the wordings is heavy."""
    seen = [0] * count
    for *_, held in rows:
        for word in dict.fromkeys(held):
            seen[word] += 1
    return [log(1 + len(rows) / times) for times in seen]


def _classes(
    rows: Sequence[_Row], classes: Sequence[str], count: int
) -> tuple[list[list[int]], list[list[float]]]:
    """How peculiar each word is to which classes.

    A word of a class speaks a little for the group and the division above it. What it
    says weighs more the fewer classes share it, and the smaller they are.
    """
    at = {name: place for place, name in enumerate(classes)}
    above = [
        [
            (at[name], share)
            for name, share in (
                (f"{own[: cpv.GROUP]}0", _GROUP),
                (f"{own[: cpv.DIVISION]}00", _DIVISION),
            )
            if name in at and name != own
        ]
        for own in classes
    ]
    times: list[dict[int, float]] = [defaultdict(float) for _ in range(count)]
    for _, place, _, held in rows:
        for word in dict.fromkeys(held):
            times[word][place] += 1.0
            for higher, share in above[place]:
                times[word][higher] += share
    sizes = [0.0] * len(classes)
    for told in times:
        for place, value in told.items():
            sizes[place] += value
    usual = 0.5 * sorted(sizes)[len(sizes) // 2] if sizes else 0.0
    of_class, peculiar = [], []
    whole = log(len(classes)) or 1.0
    for told in times:
        parts = {
            place: value / sqrt(sizes[place] + usual)
            for place, value in sorted(told.items())
        }
        total = sum(parts.values())
        shares = [value / total for value in parts.values()]
        telling = 1 + sum(share * log(share) for share in shares) / whole
        of_class.append(list(parts))
        peculiar.append([telling * sqrt(share) for share in shares])
    return of_class, peculiar


def _letters(words: Sequence[str]) -> dict[str, NDArray[Any]]:
    """Which words hold each piece of letters, and what the pieces weigh."""
    held: dict[int, list[int]] = defaultdict(list)
    for place, word in enumerate(words):
        for gram in _grams(word):
            held[_key(gram)].append(place)
    keys = sorted(held)
    weights = {key: log(1 + len(words) / len(held[key])) for key in keys}
    lengths = [0.0] * len(words)
    for key in keys:
        square = weights[key] ** 2
        for place in held[key]:
            lengths[place] += square
    return {
        "grams": np.array(keys, np.uint32),
        "gram_weight": np.array([weights[key] for key in keys], np.float32),
        "gram_starts": _starts([held[key] for key in keys]),
        "gram_words": _flat([held[key] for key in keys], _small(len(words))),
        "word_length": np.sqrt(np.array(lengths, np.float32)),
    }


def _starts(lists: Sequence[Sequence[Any]]) -> NDArray[np.int32]:
    starts = np.zeros(len(lists) + 1, np.int32)
    np.cumsum([len(one) for one in lists], out=starts[1:])
    return starts


def _small(most: int) -> type[Any]:
    """The smallest kind of whole number that can tell so many apart."""
    return np.uint16 if most < np.iinfo(np.uint16).max else np.uint32


def _flat(lists: Sequence[Sequence[Any]], kind: type[Any]) -> NDArray[Any]:
    return np.array([value for one in lists for value in one], dtype=kind)


# -- keeping ---------------------------------------------------------------------------


def pack(arrays: Mapping[str, NDArray[Any]], of: int) -> bytes:
    """The columns as bytes, marked with the checksum `of` the list they are made of."""
    kept = io.BytesIO()
    mark = np.array([VERSION, of], np.int64)
    np.savez(kept, mark=mark, **arrays)  # type: ignore[arg-type]
    return kept.getvalue()


def unpack(raw: bytes, of: int) -> dict[str, NDArray[Any]] | None:
    """The columns in those bytes, or None where they are not of that list."""
    try:
        with np.load(io.BytesIO(raw), allow_pickle=False) as kept:
            arrays = {name: kept[name] for name in kept.files}
    except Exception:  # noqa: BLE001  # whatever is wrong with it, it is made again
        return None
    mark = arrays.pop("mark", np.zeros(2))
    whole = set(arrays) == COLUMNS and mark.tolist() == [VERSION, of]
    return arrays if whole else None
