"""What many texts are about: words and declared codes weighed against each other.

Every text gets the category its words speak for, as far as that suits the declared
code; a specific text beats a coarse code, and a fine code speaks where words do not.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from jointbuy.vocabulary import cpv as tree
from jointbuy.vocabulary.bridge import Said, bridge, spread
from jointbuy.vocabulary.lexicon import AFTER_TURN, DESCRIPTION
from jointbuy.vocabulary.thesaurus import thesaurus

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from jointbuy.matching.texts import Texts
    from jointbuy.vocabulary.bridge import Ints, Numbers, Weights

    Flags = NDArray[np.bool_]

ENOUGH = 0.25
"""Below this score a category is a guess: the need then stands for itself."""

NEARLY = 0.7
"""A category with that part of the best score may be meant as well."""

FINE = tree.CATEGORY
WORKS = 45
"""A code with so many digits names a thing by itself."""

OTHER_CODE = 0.97
"""How well a category suits by one of its other codes, compared with its main code."""

SETTING = 0.5
"""What a place, a feast or a client weighs beside another telling word."""

LEAF, OTHER_LEAF, COARSE, OTHER_COARSE, NEAR = 0.35, 0.2, 0.2, 0.1, 0.1
OWN, OWN_SITE = 0.26, 0.12
"""What a declared code says by itself, for a category that has it as main or other
code, fine or coarse; for those of its class; for the code as a purchase of its own, and
as works, of which two under one code are two sites unless the words agree."""

CHUNK = 1 << 14
SCALE = 1 << 14
"""Weights are summed as whole numbers of this part, so that order does not matter."""

ROW, _CONCEPT = 40, 20
BELOW_ROW, _WEIGHT = (1 << ROW) - 1, (1 << _CONCEPT) - 1
"""A row, a concept and a weight make one number, so that sorting brings them together;
a row and a word, with its rank, another."""

_RANK = 2


class Concepts:
    """Categories, and the declared codes that are none, as numbers."""

    def __init__(self, codes: Sequence[str]) -> None:
        categories = thesaurus()
        self.count = len(categories)
        self.homes: tuple[Ints, Ints] | None = None
        self._depths: Ints | None = None
        self.codes = tuple(codes)
        most = max((len(one.other_cpv) for one in categories), default=0)
        own = np.zeros((self.count + len(codes), most + 1), dtype=np.int64)
        for place, one in enumerate(categories):
            for column, code in enumerate((one.cpv, *one.other_cpv)):
                own[place, column] = int(code)
        self.declared = np.array([int(code or 0) for code in codes], dtype=np.int64)
        own[self.count :, 0] = self.declared
        self._own = own
        main: dict[int, int] = {}
        for place, code in enumerate(own[: self.count, 0].tolist()):
            main.setdefault(code, place)
        self.of_code = np.array(
            [
                main.get(code, place + self.count) if code else -1
                for place, code in enumerate(self.declared.tolist())
            ],
            dtype=np.int64,
        )

    def __len__(self) -> int:
        """How many there are."""
        return self.count + len(self.codes)

    def bring_home(self, code: Ints, category: Ints) -> None:
        """Let declared codes stand for categories, at most one for each."""
        self.homes = (code, category)
        self.of_code[code] = category
        more = np.zeros((len(self._own), 1), dtype=np.int64)
        more[category, 0] = self.declared[code]
        self._own = np.hstack((self._own, more))

    def extended(self, codes: Sequence[str]) -> Concepts:
        """These and further codes, at the end."""
        found = Concepts((*self.codes, *codes))
        if self.homes is not None:
            found.bring_home(*self.homes)
        return found

    @cached_property
    def depth(self) -> Ints:
        """How many digits of each declared code say something; 0 for no code."""
        return np.where(self.declared > 0, code_depth(self.declared), 0)

    def suits(self, code: Ints, concept: Ints) -> Weights:
        """How well concepts suit declared codes (places), as `cpv.compatibility`."""
        declared, depth = self.declared[code], self.depth[code]
        best = np.zeros(len(code))
        for column in range(self._own.shape[1]):
            other = self._own[concept, column]
            some = np.flatnonzero(other)
            least = np.minimum(depth[some], self._own_depth[concept[some], column])
            shared = _shared(declared[some], other[some], least)
            well = np.where(shared >= least, 1.0, STEPS[np.minimum(shared, 5)])
            well *= OTHER_CODE if column else 1.0
            best[some] = np.maximum(best[some], well)
        best[declared == 0] = 1.0
        return best.astype(np.float32)

    @property
    def _own_depth(self) -> Ints:
        """How many digits of each code of each concept say something."""
        if self._depths is None or self._depths.shape != self._own.shape:
            flat = code_depth(self._own.reshape(-1))
            self._depths = flat.reshape(self._own.shape)
        return self._depths

    @cached_property
    def alone(self) -> tuple[Ints, Ints, Weights]:
        """What each declared code says by itself: starts, concepts, weights."""
        classes: dict[int, list[int]] = defaultdict(list)
        holders: dict[int, list[int]] = defaultdict(list)
        main = self._own[: self.count, 0]
        fine = code_depth(main) >= tree.CLASS
        for place, own in enumerate(self._own[: self.count].tolist()):
            if fine[place]:
                classes[own[0] // 10**4].append(place)
            for code in own:
                holders[code].append(place)
        rows: list[list[tuple[int, float]]] = []
        for place, (code, depth) in enumerate(
            zip(self.declared.tolist(), self.depth.tolist(), strict=True)
        ):
            leaf = depth >= tree.CATEGORY
            weight = (
                dict.fromkeys(classes[code // 10**4], NEAR)
                if depth >= tree.CLASS
                else {}
            )
            for holder in holders[code] if code else ():
                if main[holder] == code:
                    weight[holder] = LEAF if leaf else COARSE
                else:
                    weight[holder] = OTHER_LEAF if leaf else OTHER_COARSE
            if depth >= FINE:
                own = int(self.of_code[place])
                home = OWN if own >= self.count else LEAF
                home = OWN_SITE if is_works(code) else home
                weight[own] = max(weight.get(own, 0.0), home)
            rows.append(list(weight.items()))
        starts = np.zeros(len(rows) + 1, dtype=np.int64)
        np.cumsum([len(row) for row in rows], out=starts[1:])
        flat = [one for row in rows for one in row]
        return (
            starts,
            np.array([concept for concept, _ in flat], dtype=np.int64),
            np.array([weight for _, weight in flat], dtype=np.float32),
        )


def is_works(code: int) -> bool:
    """Whether a code, a whole number, lies in the division of works."""
    return code // 10**6 == WORKS


def code_depth(codes: Ints) -> Ints:
    """How many digits of each code, a whole number, say something."""
    found = np.full(len(codes), tree.DIGITS, dtype=np.int64)
    for digits in range(tree.DIGITS - 1, tree.DIVISION - 1, -1):
        found[codes % 10 ** (tree.DIGITS - digits) == 0] = digits
    return found


def shared_digits(one: Ints, other: Ints) -> Ints:
    """How many leading significant digits two codes share; 0 in two divisions."""
    return _shared(one, other, np.minimum(code_depth(one), code_depth(other)))


def _shared(one: Ints, other: Ints, least: Ints) -> Ints:
    """The digits two codes share, at most those of the coarser one."""
    found = np.zeros(len(one), dtype=np.int64)
    for digits in range(tree.DIVISION, tree.DIGITS + 1):
        rest = 10 ** (tree.DIGITS - digits)
        found[one // rest == other // rest] = digits
    return np.minimum(found, least)


STEPS = np.array([0.35, 0.35, 0.65, 0.8, 0.9, 0.95])
"""How well two codes suit that share so many digits, as `cpv.compatibility`."""


@dataclass(frozen=True, slots=True)
class Scored:
    """What each text may be about: the best score of each, and who comes near it.

    `row`, `concept` and `score` are those that come near, in the order of the rows; a
    text of which all is a guess has none.
    """

    certainty: Weights
    row: Ints
    concept: Ints
    score: Weights

    def support(self, concepts: int) -> Ints:
        """For how many texts each concept comes near, in thousandths."""
        best = self.certainty[self.row]
        share = np.rint(1000 * np.minimum(self.score / best, 1.0))
        return np.bincount(self.concept, share, concepts).astype(np.int64)

    def decided(self, support: Ints | None = None) -> Ints:
        """The concept of each text, -1 for none: the best one.

        With the support of each, the best supported of those that come near: a text
        that names several things goes where the others are.
        """
        found = np.full(len(self.certainty), -1, dtype=np.int64)
        backing = -self.score if support is None else -support[self.concept]
        order = np.lexsort((self.concept, -self.score, backing, self.row))
        row = self.row[order]
        first = order[np.flatnonzero(np.diff(row, prepend=-1))]
        found[self.row[first]] = self.concept[first]
        return found


def scored(texts: Texts, code: Ints, concepts: Concepts, said: Said) -> Scored:
    """What each text may be about."""
    certainty = np.empty(len(texts), dtype=np.float32)
    near: list[tuple[Ints, Ints, Weights]] = []
    for first in range(0, len(texts), CHUNK):
        last = min(first + CHUNK, len(texts))
        own, row, concept, score = _chunk(
            texts, first, last, code[first:last], concepts, said
        )
        certainty[first:last] = own
        near.append((row + first, concept, score))
    if not near:
        none = np.empty(0, dtype=np.int64)
        return Scored(certainty, none, none, certainty)
    return Scored(
        certainty, *(np.concatenate(part) for part in zip(*near, strict=True))
    )


def _chunk(
    texts: Texts, first: int, last: int, code: Ints, concepts: Concepts, said: Said
) -> tuple[Weights, Ints, Ints, Weights]:
    """How surely some texts are about anything, and the concepts that come near."""
    row, concept, score = _by_words(texts, first, last, said)
    suits = _once(concepts, code[row], concept)
    row, concept, score = _with_codes(row, concept, score * suits, code, concepts)
    sure = np.zeros(last - first, dtype=np.float32)
    if len(row):
        starts = np.flatnonzero(np.diff(row, prepend=-1))
        sure[row[starts]] = np.maximum.reduceat(score, starts)
        near = (score >= NEARLY * sure[row]) & (sure[row] >= ENOUGH)
        row, concept, score = row[near], concept[near], score[near]
    return np.minimum(sure, 1.0), row, concept, score


def _once(concepts: Concepts, code: Ints, concept: Ints) -> Weights:
    """How concepts suit codes, each pair worked out once."""
    width = concepts.count + len(concepts.codes)
    pairs, at = np.unique(code * width + concept, return_inverse=True)
    return concepts.suits(pairs // width, pairs % width)[at]


def _with_codes(
    row: Ints, concept: Ints, score: Weights, code: Ints, concepts: Concepts
) -> tuple[Ints, Ints, Weights]:
    """The scores by words, and what the declared codes add by themselves."""
    starts, alone, weights = concepts.alone
    lengths = starts[code + 1] - starts[code]
    inside = spread(starts[code], lengths)
    return summed(
        np.concatenate((row, np.repeat(np.arange(len(code)), lengths))),
        np.concatenate((concept, alone[inside])),
        np.concatenate((score, weights[inside])),
    )


def _by_words(
    texts: Texts, first: int, last: int, said: Said
) -> tuple[Ints, Ints, Weights]:
    """The concepts the words of some rows speak for: row, concept, score."""
    word, row, weight, pairs = _telling(texts, first, last, said)
    whole = np.bincount(row, weight * said.heaviest[word], minlength=last - first)
    lengths = said.starts[word + 1] - said.starts[word]
    inside = spread(said.starts[word], lengths)
    row, concept, score = summed(
        np.concatenate((np.repeat(row, lengths), pairs[0])),
        np.concatenate((said.concepts[inside], pairs[1])),
        np.concatenate((np.repeat(weight, lengths) * said.weights[inside], pairs[2])),
    )
    score = (score / np.maximum(whole[row], 1e-6)).astype(np.float32)
    if not len(row):
        return row, concept, score
    starts = np.flatnonzero(np.diff(row, prepend=-1))
    most = np.maximum.reduceat(score, starts)
    kept = score >= 0.3 * np.repeat(most, np.diff(starts, append=len(row)))
    return row[kept], concept[kept], score[kept]


def _telling(
    texts: Texts, first: int, last: int, said: Said
) -> tuple[Numbers, Ints, Weights, tuple[Ints, Ints, Weights]]:
    """The telling words of some rows, each once a row, with its weight there.

    What comes first in the title weighs most; then what says for whom; then the
    description. A place, a feast or a client weighs half beside another word.
    """
    word, row = texts.titles.rows(first, last)
    count = last - first
    telling = said.heaviest[word] > 0
    place = np.arange(len(word))
    never = len(word) + 1
    begun = np.full(count, never)
    some = np.flatnonzero(telling)[::-1]
    begun[row[some]] = some
    turned = np.full(count, never)
    turns = np.flatnonzero(said.turn[word])
    turns = turns[turns > begun[row[turns]]][::-1]
    turned[row[turns]] = turns
    rank = (place > turned[row]).astype(np.int64)
    word, row, rank = word[telling], row[telling], rank[telling]
    pairs = _pairs(word, row, said)
    more, more_row = texts.descriptions.rows(first, last)
    kept = said.heaviest[more] > 0
    keys = np.concatenate(
        (
            row << ROW | word.astype(np.int64) << _RANK | rank,
            more_row[kept] << ROW | more[kept].astype(np.int64) << _RANK | 2,
        )
    )
    keys.sort()
    keys = keys[np.diff(keys >> _RANK, prepend=-1) != 0]
    row = keys >> ROW
    word = ((keys & BELOW_ROW) >> _RANK).astype(np.int32)
    weight = np.array([1.0, AFTER_TURN, DESCRIPTION], dtype=np.float32)[keys & 3]
    firm = np.zeros(count, dtype=bool)
    knows = np.diff(said.starts) > 0
    firm[row[knows[word] & ~said.setting[word]]] = True
    weight = np.where(said.setting[word] & firm[row], SETTING * weight, weight)
    return word, row, weight.astype(np.float32), pairs


def _pairs(word: Numbers, row: Ints, said: Said) -> tuple[Ints, Ints, Weights]:
    """What neighbouring words of a title say together: row, concept, weight."""
    known = bridge().pairs
    rows, places = [], []
    root = said.root[word]
    for step in (1, 2):
        one, other = root[:-step], root[step:]
        same = np.flatnonzero(
            (row[:-step] == row[step:]) & (one >= 0) & (other >= 0) & (one != other)
        )
        keys = known.key(one[same], other[same])
        at = np.searchsorted(known.keys, keys)
        at[at == len(known.keys)] = 0
        hit = np.flatnonzero(known.keys[at] == keys) if len(known.keys) else at[:0]
        rows.append(row[same[hit]])
        places.append(at[hit])
    at, row = np.concatenate(places), np.concatenate(rows)
    lengths = known.starts[at + 1] - known.starts[at]
    inside = spread(known.starts[at], lengths)
    return (
        np.repeat(row, lengths),
        known.concepts[inside].astype(np.int64),
        known.weights[inside],
    )


def summed(row: Ints, concept: Ints, weight: Weights) -> tuple[Ints, Ints, Weights]:
    """Weights of the same row and concept added up, in the order of rows."""
    parts = np.minimum(np.rint(weight * SCALE), _WEIGHT).astype(np.int64)
    keys = row.astype(np.int64) << ROW | concept.astype(np.int64) << _CONCEPT | parts
    keys.sort()
    starts = np.flatnonzero(np.diff(keys >> _CONCEPT, prepend=-1))
    if not len(starts):
        return keys, keys, keys.astype(np.float32)
    sums = np.add.reduceat(keys & _WEIGHT, starts)
    first = keys[starts]
    return (
        first >> ROW,
        (first & BELOW_ROW) >> _CONCEPT,
        (sums / SCALE).astype(np.float32),
    )


def distinct(keys: Ints) -> Ints:
    """The keys in order, each once; they are sorted where they stand."""
    keys.sort()
    found: Ints = keys[np.diff(keys, prepend=-1) != 0]
    return found
