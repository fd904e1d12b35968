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
from jointbuy.vocabulary.readings import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

Floats: TypeAlias = NDArray[np.float32]
Places: TypeAlias = NDArray[np.int32]
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
        self.arrays = dict(arrays)
        self.codes_of = [str(code) for code in arrays["codes"]]
        self.classes = [str(code) for code in arrays["classes"]]
        self.label_code: Places = arrays["label_code"]
        self._label_language: Places = arrays["label_language"]
        self._label_class = arrays["label_class"]
        self._first = np.flatnonzero(np.diff(self._label_class, prepend=-1))
        self._told = self._label_class[self._first]
        self._mass: Floats = arrays["label_mass"]
        self._weight: Floats = arrays["word_weight"]
        self._inverse = 1.0 / arrays["word_length"].astype(np.float64)
        self.words = bytes(arrays["words"]).decode().split("\n")
        self._at = {word: place for place, word in enumerate(self.words)}
        grams = arrays["grams"].tolist()
        self._gram_at = dict(zip(grams, range(len(grams)), strict=True))
        self._gram_starts = arrays["gram_starts"].tolist()
        self._squares = arrays["gram_weight"].astype(np.float64) ** 2
        self._posted = arrays["gram_words"].astype(np.intp)
        self._cache: dict[str, _Word] = {}

    def _between(self, name: str, place: int) -> slice:
        starts = self.arrays[f"{name}_starts"]
        return slice(int(starts[place]), int(starts[place + 1]))

    def alike(self, word: str) -> tuple[Places, Floats]:
        """The known words most alike a word in their letters: places and likeness."""
        grams = _grams(word)
        known = [at for gram in grams if (at := self._gram_at.get(_key(gram), -1)) >= 0]
        if not known:
            return np.empty(0, np.int32), np.empty(0, np.float32)
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
        places = near[order].astype(np.int32)
        return places, scores[places].astype(np.float32)

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
            none, nothing = np.empty(0, np.int32), np.empty(0, np.float32)
            return _Word(none, nothing, none, nothing, unknown)
        own = float(self._weight[near[0]]) if likeness[0] > _OWN else unknown
        classes, peculiar = [], []
        labels, shared = [], []
        for place, like in zip(near.tolist(), likeness.tolist(), strict=True):
            span = self._between("class", place)
            classes.append(self.arrays["class_of"][span])
            peculiar.append(self.arrays["class_weight"][span] * np.float32(like * like))
            span = self._between("label", place)
            labels.append(self.arrays["label_of"][span])
            weight = np.float32(like * float(self._weight[place]))
            shared.append(np.full(span.stop - span.start, weight, np.float32))
        return _Word(*_highest(classes, peculiar), *_highest(labels, shared), own)

    def near(self, weighted: Mapping[str, float], language: str = "") -> Near:
        """How near weighed words come to each class; foreign wordings count less."""
        said = [(self._word(word), weight) for word, weight in weighted.items()]
        tree = _summed(
            [(one.classes, one.peculiar * np.float32(share)) for one, share in said],
            len(self.classes),
        )
        labels = _summed(
            [
                (one.labels, one.shared * np.float32(share * one.weight))
                for one, share in said
            ],
            len(self.label_code),
        )
        whole = sqrt(sum((share * one.weight) ** 2 for one, share in said))
        if whole:
            labels /= self._mass * np.float32(whole)
        if language in LANGUAGES:
            labels *= np.where(
                self._label_language == LANGUAGES.index(language),
                np.float32(1.0),
                np.float32(_FOREIGN),
            )
        wordings = np.zeros(len(self.classes), np.float32)
        if len(labels):
            wordings[self._told] = np.maximum.reduceat(labels, self._first)
        return Near(self.classes, tree, wordings, labels)

    def codes(self, near: Near, name: str) -> Iterator[tuple[str, float, int]]:
        """The codes of a class: how near their best wording comes, and its place."""
        at = bisect_left(self.classes, name)
        if at == len(self.classes) or self.classes[at] != name:
            return
        start, end = np.searchsorted(self._label_class, (at, at + 1))
        best: dict[int, tuple[float, int]] = {}
        numbers = self.label_code[start:end].tolist()
        values = near.labels[start:end].tolist()
        for place, (number, value) in enumerate(zip(numbers, values, strict=True)):
            if value > best.get(number, (0.0, 0))[0]:
                best[number] = (value, place + int(start))
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
    return where[first].astype(np.int32), what[first].astype(np.float32)


def _summed(parts: Sequence[tuple[Places, Floats]], length: int) -> Floats:
    if not parts:
        return np.zeros(length, np.float32)
    return np.bincount(
        np.concatenate([where for where, _ in parts]),
        np.concatenate([what for _, what in parts]),
        minlength=length,
    ).astype(np.float32)


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


def _starts(lists: Sequence[Sequence[Any]]) -> Places:
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
