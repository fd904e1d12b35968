"""What many texts are about: words and declared codes weighed against each other.

Every text gets the category its words speak for, as far as that suits the declared
code; a specific text beats a coarse code, and a fine code speaks where words do not.
What a register's own codes say of its words refines the shipped bridge.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from jointbuy.vocabulary import cpv as tree
from jointbuy.vocabulary import words
from jointbuy.vocabulary.bridge import Said, bridge, spread
from jointbuy.vocabulary.lexicon import AFTER_TURN, DESCRIPTION
from jointbuy.vocabulary.readings import Slips
from jointbuy.vocabulary.thesaurus import thesaurus

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from jointbuy.matching.texts import Texts
    from jointbuy.vocabulary.bridge import Ints, Numbers, Weights

    Flags = NDArray[np.bool_]

ENOUGH = 0.25
"""Below this score a category is a guess: the need then stands for itself."""

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

LEARN_FROM = 200
"""A register of fewer needs teaches nothing about words."""

SAMPLE = 200_000
"""So many needs are enough to learn from."""

LEAST, DISCOUNT, DOUBT, PRIOR = 3, 0.75, 2.0, 20.0
"""A word must stand in so many needs to be learnt; each code is believed by so much
less than its count; so many needs speak for nothing; the shipped bridge counts as so
many needs."""

QUARTER = 0.25
"""In that part of its texts a word must stand under a fine code for these to count
alone."""

HOME, DIVISION = 0.12, 0.65
"""Part of the weight of its texts with which a code must speak for a category to be its
usual code, and how well it must suit: at least in the division."""

MOST, SLIGHT = 8, 0.05

FREQUENT, RARE, LONG = 5, 2, 6
"""A word in at most two texts is a slip of one in five or more; short ones are not."""

SELDOM = 1e-5
"""A word in a smaller part of the texts is not worth guessing at, but for slips."""

TELLING, TOGETHER, MOSTLY, HALF = 2.1, 0.5, 0.7, 0.5
"""What a word must weigh to name a wording; in which part of its texts another word
must stand to go by that one; which part of the texts the first wordings of each
language must hold to be the only ones."""

CHUNK = 1 << 14
SCALE = 1 << 14
"""Weights are summed as whole numbers of this part, so that order does not matter."""

_ROW, _CONCEPT = 40, 20
_BELOW_ROW, _WEIGHT = (1 << _ROW) - 1, (1 << _CONCEPT) - 1
"""A row, a concept and a weight make one number, so that sorting brings them together;
a row and a word, with its rank, another."""

_RANK = 2


@dataclass(frozen=True, slots=True)
class Read:
    """What each text is about: a concept (-1 for none) and how surely, 0 to 1.

    Concepts are numbered: first the places in the thesaurus, `categories` in all; then
    the `codes` that name a purchase of their own; then the `wordings`, a code and the
    word that texts under it share where nothing else is known of them.
    """

    concept: Ints
    certainty: Weights
    categories: int
    codes: tuple[str, ...]
    wordings: tuple[tuple[str, str], ...] = ()


class Concepts:
    """Categories, and the declared codes that are none, as numbers."""

    def __init__(self, codes: Sequence[str]) -> None:
        categories = thesaurus()
        self.count = len(categories)
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

    def bring_home(self, code: Ints, category: Ints) -> None:
        """Let declared codes stand for categories, at most one for each."""
        self.of_code[code] = category
        more = np.zeros((len(self._own), 1), dtype=np.int64)
        more[category, 0] = self.declared[code]
        self._own = np.hstack((self._own, more))

    @cached_property
    def depth(self) -> Ints:
        """How many digits of each declared code say something; 0 for no code."""
        return np.where(self.declared > 0, code_depth(self.declared), 0)

    def suits(self, code: Ints, concept: Ints) -> Weights:
        """How well concepts suit declared codes (places), as `cpv.compatibility`."""
        declared = self.declared[code]
        best = _compatibility(declared, self._own[concept, 0])
        for column in range(1, self._own.shape[1]):
            other = self._own[concept, column]
            some = np.flatnonzero(other)
            less = OTHER_CODE * _compatibility(declared[some], other[some])
            best[some] = np.maximum(best[some], less)
        best[declared == 0] = 1.0
        return best.astype(np.float32)

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
    found = np.zeros(len(one), dtype=np.int64)
    for digits in range(tree.DIVISION, tree.DIGITS + 1):
        rest = 10 ** (tree.DIGITS - digits)
        found[one // rest == other // rest] = digits
    return np.minimum(found, np.minimum(code_depth(one), code_depth(other)))


def _compatibility(declared: Ints, proposed: Ints) -> NDArray[np.float64]:
    shared = shared_digits(declared, proposed)
    least = np.minimum(code_depth(declared), code_depth(proposed))
    steps = np.array([0.35, 0.35, 0.65, 0.8, 0.9, 0.95])
    found = steps[np.minimum(shared, tree.CATEGORY)]
    return np.where(shared >= least, 1.0, found)


def read(
    texts: Texts, code: Ints, codes: Sequence[str], language: Ints | Numbers
) -> Read:
    """What each text is about; `code` is the place of its declared code in `codes`.

    "" stands in `codes` for no code; languages are numbers, 0 where unsaid. The order
    of the rows does not matter.
    """
    concepts = Concepts(codes)
    learns = len(texts) >= LEARN_FROM
    often = texts.counted()
    said = bridge().said(texts.words, often > len(texts) * SELDOM)
    shipped = said
    if learns:
        texts = without_slips(texts, often, said)
        said = refined(texts, code, concepts, said)
    concept = np.empty(len(texts), dtype=np.int64)
    certainty = np.empty(len(texts), dtype=np.float32)
    for first in range(0, len(texts), CHUNK):
        last = min(first + CHUNK, len(texts))
        concept[first:last], certainty[first:last] = _chunk(
            texts, first, last, code[first:last], concepts, said
        )
    wordings: tuple[tuple[str, str], ...] = ()
    if learns:
        concept, wordings = _worded(
            texts, code, concept, language, concepts, said, shipped
        )
    return Read(concept, certainty, concepts.count, concepts.codes, wordings)


def _chunk(
    texts: Texts, first: int, last: int, code: Ints, concepts: Concepts, said: Said
) -> tuple[Ints, Weights]:
    row, concept, score = _by_words(texts, first, last, said)
    suits = _once(concepts, code[row], concept)
    row, concept, score = _with_codes(row, concept, score * suits, code, concepts)
    count = last - first
    best = np.full(count, -1, dtype=np.int64)
    sure = np.zeros(count, dtype=np.float32)
    if len(row):
        starts = np.flatnonzero(np.diff(row, prepend=-1))
        most = np.maximum.reduceat(score, starts)
        lengths = np.diff(starts, append=len(row))
        top = np.flatnonzero(score == np.repeat(most, lengths))
        one = top[np.flatnonzero(np.diff(row[top], prepend=-1))]
        best[row[one]] = concept[one]
        sure[row[one]] = np.minimum(score[one], 1.0)
    best[sure < ENOUGH] = -1
    return best, sure


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
    return _summed(
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
    row, concept, score = _summed(
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
    turn, setting = _marked(texts.words)
    telling = said.heaviest[word] > 0
    place = np.arange(len(word))
    never = len(word) + 1
    begun = np.full(count, never)
    some = np.flatnonzero(telling)[::-1]
    begun[row[some]] = some
    turned = np.full(count, never)
    turns = np.flatnonzero(turn[word])
    turns = turns[turns > begun[row[turns]]][::-1]
    turned[row[turns]] = turns
    rank = (place > turned[row]).astype(np.int64)
    word, row, rank = word[telling], row[telling], rank[telling]
    pairs = _pairs(word, row, said)
    more, more_row = texts.descriptions.rows(first, last)
    kept = said.heaviest[more] > 0
    keys = np.concatenate(
        (
            row << _ROW | word.astype(np.int64) << _RANK | rank,
            more_row[kept] << _ROW | more[kept].astype(np.int64) << _RANK | 2,
        )
    )
    keys.sort()
    keys = keys[np.diff(keys >> _RANK, prepend=-1) != 0]
    row = keys >> _ROW
    word = ((keys & _BELOW_ROW) >> _RANK).astype(np.int32)
    weight = np.array([1.0, AFTER_TURN, DESCRIPTION], dtype=np.float32)[keys & 3]
    firm = np.zeros(count, dtype=bool)
    knows = np.diff(said.starts) > 0
    firm[row[knows[word] & ~setting[word]]] = True
    weight = np.where(setting[word] & firm[row], SETTING * weight, weight)
    return word, row, weight.astype(np.float32), pairs


def _marked(all_words: tuple[str, ...]) -> tuple[Flags, Flags]:
    """Which words turn to whom or where, and which are settings."""
    found = []
    for some in (words.turns(), words.settings()):
        flags = np.fromiter(
            (word in some for word in all_words), np.bool_, len(all_words)
        )
        found.append(flags)
    return found[0], found[1]


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


def _summed(row: Ints, concept: Ints, weight: Weights) -> tuple[Ints, Ints, Weights]:
    """Weights of the same row and concept added up, in the order of rows."""
    parts = np.minimum(np.rint(weight * SCALE), _WEIGHT).astype(np.int64)
    keys = row.astype(np.int64) << _ROW | concept.astype(np.int64) << _CONCEPT | parts
    keys.sort()
    starts = np.flatnonzero(np.diff(keys >> _CONCEPT, prepend=-1))
    if not len(starts):
        return keys, keys, keys.astype(np.float32)
    sums = np.add.reduceat(keys & _WEIGHT, starts)
    first = keys[starts]
    return (
        first >> _ROW,
        (first & _BELOW_ROW) >> _CONCEPT,
        (sums / SCALE).astype(np.float32),
    )


# -- what a register teaches -----------------------------------------------------------


def without_slips(texts: Texts, often: Ints, said: Said) -> Texts:
    """The texts with rare unknown words as the frequent word one letter away."""
    unknown = (np.diff(said.starts) == 0) & (said.heaviest > 0)
    length = np.fromiter(map(len, texts.words), np.int64, len(said))
    least = max(RARE, len(texts) * SELDOM)
    long = (length >= LONG) & (said.heaviest > 0)
    frequent = np.flatnonzero(long & (often >= FREQUENT * least / RARE))
    rare = np.flatnonzero(unknown & (often <= least) & (length >= LONG))
    if not len(frequent) or not len(rare):
        return texts
    place = {texts.words[at]: at for at in frequent.tolist()}
    near = Slips(place)
    meant = np.arange(len(said))
    for at in rare.tolist():
        word = texts.words[at]
        if word.isalpha():
            known = max(near.of(word), key=lambda one: often[place[one]], default="")
            meant[at] = place[known] if known else at
    return texts.renamed(meant.astype(np.int32))


def refined(texts: Texts, code: Ints, concepts: Concepts, said: Said) -> Said:
    """The bridge with what the register's own codes say of its words."""
    step = -(-len(texts) // SAMPLE)
    rows = np.arange(0, len(texts), step)
    rows = rows[concepts.depth[code[rows]] >= tree.CLASS]
    word, declared, counts = _counted(texts, rows, code[rows], said)
    if not len(word):
        return said
    word, declared, counts = _finest(word, declared, counts, concepts)
    concepts.bring_home(*_homes(word, declared, counts, concepts, said))
    total = np.bincount(word, counts, minlength=len(said))
    width = concepts.count + len(concepts.codes)
    keys, at = np.unique(word * width + concepts.of_code[declared], return_inverse=True)
    counts = np.bincount(at.reshape(-1), counts)
    word, label = keys // width, keys % width
    often = total[word] >= LEAST
    word, label, counts = word[often], label[often], counts[often]
    share = counts / total[word]
    breadth = np.exp(-np.bincount(word, share * np.log(share), minlength=len(said)))
    telling = _telling_more(breadth, total, label, counts)
    weight = telling[word] * (counts - DISCOUNT) / (total[word] + DOUBT)
    own = np.where(total >= LEAST, PRIOR / (PRIOR + total), 1.0)
    of_word = np.repeat(np.arange(len(said)), np.diff(said.starts))
    return _said(
        np.concatenate((of_word, word)),
        np.concatenate((said.concepts, label)),
        np.concatenate((said.weights * own[of_word], weight)),
        (own * said.heaviest + (1 - own) * telling).astype(np.float32),
        said,
    )


def _finest(
    word: Ints, declared: Ints, counts: Ints, concepts: Concepts
) -> tuple[Ints, Ints, Ints]:
    """Fine codes alone for words that stand under enough of them, else all codes."""
    words = int(word.max(initial=0)) + 1
    fine = concepts.depth[declared] >= FINE
    many = np.bincount(word, counts * fine, minlength=words)
    enough = many >= np.maximum(LEAST, QUARTER * np.bincount(word, counts, words))
    kept = fine | ~enough[word]
    return word[kept], declared[kept], counts[kept]


def _telling_more(
    breadth: NDArray[np.float64], total: Ints, label: Ints, counts: Ints
) -> NDArray[np.float64]:
    """What each word weighs: under how few codes it stands, of all there are.

    `breadth` is the effective number of codes of a word. A word spread over as many as
    that many needs taken at random would be, weighs nothing.
    """
    usual = np.bincount(label, counts)
    usual = usual[usual > 0] / usual.sum()
    several, at = np.unique(total, return_inverse=True)
    random = np.array([np.sum(1 - (1 - usual) ** many) for many in several])
    apart = (breadth - 1) / np.maximum(random[at.reshape(-1)] - 1, 0.01)
    found: NDArray[np.float64] = np.log(np.maximum(len(usual) / breadth, 1.0))
    found *= np.clip(1 - apart, 0.0, 1.0)
    return found


def _counted(
    texts: Texts, rows: Ints, declared: Ints, said: Said
) -> tuple[Ints, Ints, Ints]:
    """In how many of the rows each telling word stands under each declared code."""
    found = []
    for column in (texts.titles, texts.descriptions):
        lengths = column.starts[rows + 1] - column.starts[rows]
        word = column.numbers[spread(column.starts[rows], lengths)].astype(np.int64)
        of = np.repeat(np.arange(len(rows)), lengths)
        kept = said.heaviest[word] > 0
        found.append(of[kept] << _ROW | word[kept])
    once = _distinct(np.concatenate(found))
    width = int(declared.max(initial=0)) + 1
    keys = (once & _BELOW_ROW) * width + declared[once >> _ROW]
    keys.sort()
    starts = np.flatnonzero(np.diff(keys, prepend=-1))
    counts = np.diff(starts, append=len(keys))
    keys = keys[starts]
    return keys // width, keys % width, counts


def _distinct(keys: Ints) -> Ints:
    """The keys in order, each once; they are sorted where they stand."""
    keys.sort()
    found: Ints = keys[np.diff(keys, prepend=-1) != 0]
    return found


def _homes(
    word: Ints, declared: Ints, counts: Ints, concepts: Concepts, said: Said
) -> tuple[Ints, Ints]:
    """Codes that stand for a category here: each is the other's first choice.

    The words of the texts under a code speak for categories; a code that no category
    has as its own, and whose texts speak for one clearly enough, is its usual code.
    """
    own = concepts.of_code[declared] >= concepts.count
    own &= concepts.depth[declared] >= FINE
    word, declared, counts = word[own], declared[own], counts[own]
    lengths = said.starts[word + 1] - said.starts[word]
    inside = spread(said.starts[word], lengths)
    category = said.concepts[inside].astype(np.int64)
    weight = np.repeat(counts, lengths) * said.weights[inside]
    width = len(concepts.codes)
    keys, at = np.unique(
        category * width + np.repeat(declared, lengths), return_inverse=True
    )
    category, code = keys // width, keys % width
    suits = concepts.suits(code, category)
    sums = suits * np.bincount(at.reshape(-1), weight, minlength=len(keys))
    of_category = np.zeros(concepts.count)
    of_code = np.zeros(width)
    np.maximum.at(of_category, category, sums)
    np.maximum.at(of_code, code, sums)
    whole = np.bincount(declared, counts * said.heaviest[word], minlength=width)
    both = (sums == of_category[category]) & (sums == of_code[code])
    both &= (sums >= HOME * whole[code]) & (suits >= DIVISION)
    return code[both], category[both]


def _said(
    word: Ints, concept: Ints, weight: NDArray[np.float64], heaviest: Weights, old: Said
) -> Said:
    """The weights of each word added up and its strongest concepts kept."""
    word, concept, summed = _summed(word, concept, weight.astype(np.float32))
    order = np.lexsort((concept, -summed, word))
    word, concept, summed = word[order], concept[order], summed[order]
    starts = np.flatnonzero(np.diff(word, prepend=-1))
    place = np.arange(len(word)) - np.repeat(starts, np.diff(starts, append=len(word)))
    kept = (place < MOST) & (summed >= SLIGHT)
    word, concept, summed = word[kept], concept[kept], summed[kept]
    return Said(
        np.searchsorted(word, np.arange(len(old) + 1)),
        concept.astype(np.int32),
        summed,
        heaviest,
        old.root,
    )


# -- texts that nothing else is known of -----------------------------------------------


def _worded(
    texts: Texts,
    code: Ints,
    concept: Ints,
    language: Ints | Numbers,
    concepts: Concepts,
    said: Said,
    shipped: Said,
) -> tuple[Ints, tuple[tuple[str, str], ...]]:
    """Texts of no purchase, or of a coarse code, told apart by the words they share.

    Under one code, words that mostly stand together are one wording, named after the
    one that stands in most texts. A code whose texts have one wording in each language
    is one purchase after all; a wording whose texts the shipped bridge mostly reads as
    one category is that.
    """
    own = np.maximum(concept - concepts.count, 0)
    coarse = (concept >= concepts.count) & (concepts.depth[own] < FINE)
    rows = np.flatnonzero((concept < 0) | coarse)
    place = np.where(coarse[rows], own[rows], code[rows])
    declared = concepts.declared[place]
    classed = concepts.depth[place] >= tree.CLASS
    family = np.where(classed, declared, declared // 10**5 * 10**5)
    names, family = np.unique(family, return_inverse=True)
    family = family.reshape(-1)
    row, word = _heavy(texts, rows, said)
    keys, at, often = np.unique(
        family[row] * len(said) + word, return_inverse=True, return_counts=True
    )
    at = at.reshape(-1)
    leader = _leaders(row, at, often)[at]
    order = np.lexsort((leader, -often[leader], row))
    row, leader = row[order], leader[order]
    first = np.flatnonzero(np.diff(row, prepend=-1))
    row, leader = row[first], leader[first]
    found = concept.copy()
    found[rows] = -1
    one = _single(family[row], leader, language[rows[row]], len(names))
    works = np.array([is_works(name) for name in names.tolist()], dtype=bool)
    one &= ~works & (code_depth(names) >= tree.CLASS)
    at_once = np.flatnonzero(one[family])
    category = _categories(
        texts, rows[at_once], code, family[at_once], concepts, shipped
    )[family[at_once]]
    found[rows[at_once]] = np.where(
        category >= 0, category, concepts.of_code[place[at_once]]
    )
    kept = ~one[family[row]]
    row, leader = row[kept], leader[kept]
    used, number = np.unique(leader, return_inverse=True)
    number = number.reshape(-1)
    category = _categories(texts, rows[row], code, number, concepts, shipped)
    apart = number + concepts.count + len(concepts.codes)
    found[rows[row]] = np.where(category[number] >= 0, category[number], apart)
    return found, tuple(
        (f"{names[key // len(said)]:08}", texts.words[key % len(said)])
        for key in keys[used].tolist()
    )


def _categories(
    texts: Texts,
    rows: Ints,
    code: Ints,
    wording: Ints,
    concepts: Concepts,
    shipped: Said,
) -> Ints:
    """The category most texts of each wording are read as; -1 where they are not."""
    count = int(wording.max(initial=-1)) + 1
    concept = np.full(len(rows), -1, dtype=np.int64)
    for first in range(0, len(rows), CHUNK):
        some = slice(first, first + CHUNK)
        own = texts.chosen(rows[some])
        concept[some], _ = _chunk(own, 0, len(own), code[rows[some]], concepts, shipped)
    read_ = np.flatnonzero((concept >= 0) & (concept < concepts.count))
    keys, often = np.unique(
        wording[read_] * concepts.count + concept[read_], return_counts=True
    )
    many = np.bincount(wording, minlength=count)
    found = np.full(count, -1, dtype=np.int64)
    of = keys // concepts.count
    most = often > HALF * many[of]
    found[of[most]] = keys[most] % concepts.count
    return found


def _single(family: Ints, leader: Ints, language: Ints | Numbers, count: int) -> Flags:
    """Which families mostly have one wording in each of their languages."""
    said = np.flatnonzero(language > 0)
    tongues = int(language.max(initial=0)) + 1
    spoken = family[said] * tongues + language[said]
    wide = int(leader.max(initial=0)) + 1
    keys, often = np.unique(spoken * wide + leader[said], return_counts=True)
    most = np.zeros(count * tongues, dtype=np.int64)
    np.maximum.at(most, keys // wide, often)
    whole = np.bincount(family[said], minlength=count)
    found: Flags = (whole > 0) & (
        most.reshape(count, tongues).sum(axis=1) >= MOSTLY * whole
    )
    return found


def _heavy(texts: Texts, rows: Ints, said: Said) -> tuple[Ints, Ints]:
    """The telling words of each row: those of the title, else of the description."""
    found = []
    some = np.zeros(len(rows), dtype=bool)
    for column in (texts.titles, texts.descriptions):
        lengths = column.starts[rows + 1] - column.starts[rows]
        word = column.numbers[spread(column.starts[rows], lengths)].astype(np.int64)
        of = np.repeat(np.arange(len(rows)), lengths)
        kept = (said.heaviest[word] >= TELLING) & ~some[of]
        found.append(of[kept] << _ROW | word[kept])
        some[of[kept]] = True
    once = _distinct(np.concatenate(found))
    return once >> _ROW, once & _BELOW_ROW


def _leaders(row: Ints, wording: Ints, often: Ints) -> Ints:
    """The wording each goes by: a more frequent one that most of its texts hold too."""
    first, second = [], []
    step = 1
    while len(row) > step and (same := row[:-step] == row[step:]).any():
        here = np.flatnonzero(same)
        first += [wording[here], wording[here + step]]
        second += [wording[here + step], wording[here]]
        step += 1
    found = np.arange(len(often))
    if not first:
        return found
    keys, shared = np.unique(
        np.concatenate(first) * len(often) + np.concatenate(second),
        return_counts=True,
    )
    own, other = keys // len(often), keys % len(often)
    larger = (often[other] > often[own]) | (
        (often[other] == often[own]) & (other < own)
    )
    good = larger & (shared >= TOGETHER * often[own])
    own, other, shared = own[good], other[good], shared[good]
    order = np.lexsort((other, -often[other], -shared, own))
    own, other = own[order], other[order]
    top = np.flatnonzero(np.diff(own, prepend=-1))
    found[own[top]] = other[top]
    while not (found[found] == found).all():
        found = found[found]
    return found
