"""What a register teaches about its own words, and what its texts are about by that.

The declared codes of a register refine the shipped bridge; words one letter from a
frequent one are that one; texts of which nothing else is known, or under a coarse code,
are told apart by the words they share. What was learnt can be kept, and reads further
texts the same way.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from jointbuy.matching.reading import (
    BELOW_ROW,
    FINE,
    ROW,
    Concepts,
    code_depth,
    distinct,
    is_works,
    scored,
    summed,
)
from jointbuy.vocabulary import cpv as tree
from jointbuy.vocabulary.bridge import Said, bridge, spread
from jointbuy.vocabulary.compiled import MOST
from jointbuy.vocabulary.readings import Slips
from jointbuy.vocabulary.words import telling as telling_words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from jointbuy.matching.texts import Texts
    from jointbuy.vocabulary.bridge import Flags, Ints, Numbers, Weights

    Labels = Callable[[str], Mapping[str, str]]
    """The official wordings of a code, by language; none for a code it has not."""

LEARN_FROM = 200
"""A register of fewer needs teaches nothing about words."""

SAMPLE = 200_000
"""So many needs are enough to learn from."""

LABELLED = 4
"""An official label teaches as much as so many needs."""

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

SLIGHT = 0.05
"""A concept that a word speaks for less is left out."""

FREQUENT, RARE, LONG = 5, 2, 6
"""A word in at most two texts is a slip of one in five or more; short ones are not."""

SELDOM = 4e-5
"""A word in a smaller part of the texts is not worth guessing at, but for slips."""

TELLING, TOGETHER, MOSTLY, HALF = 2.1, 0.5, 0.7, 0.5
"""What a word must weigh to name a wording; in which part of its texts another word
must stand to go by that one; which part of the texts the first wordings of each
language must hold to be the only ones."""


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


# -- what a register teaches -----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Wordings:
    """What tells texts apart under coarse codes.

    `names` are the codes, ascending; `single` marks those that are one purchase after
    all, `home` is the category these are read as (-1 for none). `keys` are the place of
    a code times the number of words, plus a word, ascending; of each, in how many texts
    it stands (`often`), the key it goes by (`leader`) and the category that one is read
    as (`category`, -1 for none).
    """

    names: Ints
    single: Flags
    home: Ints
    keys: Ints
    often: Ints
    leader: Ints
    category: Ints


@dataclass(slots=True)
class Knowledge:
    """What a register has taught: further texts are read by it in the same way."""

    words: tuple[str, ...]
    meant: Numbers
    said: Said
    concepts: Concepts
    support: Ints
    wordings: Wordings | None = None
    _at: dict[str, int] | None = None

    def read(self, texts: Texts, code: Ints, codes: Sequence[str]) -> Read:
        """What texts are about; `code` is the place of a declared code in `codes`."""
        code = self._places(codes)[code]
        if self._at is None:
            self._at = {word: place for place, word in enumerate(self.words)}
        place = np.array([self._at.get(word, -1) for word in texts.words], np.int64)
        new = [word for word, at in zip(texts.words, place, strict=True) if at < 0]
        known = np.flatnonzero(place >= 0)
        meant, inside = np.unique(self.meant[place[known]], return_inverse=True)
        said = self.said.chosen(meant.astype(np.int64))
        own = np.empty(len(place), dtype=np.int32)
        own[known] = inside.reshape(-1)
        own[place < 0] = len(meant) + np.arange(len(new))
        texts = texts.renamed(own)
        said = said.followed_by(bridge().said(new))
        found = scored(texts, code, self.concepts, said)
        more = len(self.concepts) - len(self.support)
        support = np.concatenate((self.support, np.zeros(more, dtype=np.int64)))
        concept, certainty = found.decided(support), found.certainty
        if self.wordings is None:
            return self._told(concept, certainty, ())
        at = np.concatenate((meant, np.full(len(new), -1)))
        told = _told_apart(
            texts, code, concept, self.concepts, said, self.wordings, at, self.words
        )
        return self._told(told[0], certainty, told[1])

    def _told(
        self, concept: Ints, certainty: Weights, wordings: tuple[tuple[str, str], ...]
    ) -> Read:
        concepts = self.concepts
        return Read(concept, certainty, concepts.count, concepts.codes, wordings)

    def _places(self, codes: Sequence[str]) -> Ints:
        """The places of codes among those known; new ones are taken in at the end."""
        known = {code: place for place, code in enumerate(self.concepts.codes)}
        new = [code for code in codes if code not in known]
        if new:
            self.concepts = self.concepts.extended(new)
            known = {code: place for place, code in enumerate(self.concepts.codes)}
        return np.array([known[code] for code in codes], dtype=np.int64)


def learn(
    texts: Texts,
    code: Ints,
    codes: Sequence[str],
    language: Ints | Numbers,
    labels: Labels | None = None,
) -> tuple[Knowledge, Read]:
    """What texts and their declared codes teach, and what each is about by that.

    `code` is the place of the declared code in `codes`, where "" stands for none;
    languages are numbers, 0 where unsaid. The order of the rows does not matter. A few
    texts teach nothing; the `labels` of the official list teach as if some needs were
    called so.
    """
    concepts = Concepts(codes)
    often = texts.counted()
    said = bridge().said(texts.words, often > len(texts) * SELDOM)
    meant = np.arange(len(said), dtype=np.int32)
    if len(texts) < LEARN_FROM:
        said = refined(texts, code, concepts, said, labels) if labels else said
        near = scored(texts, code, concepts, said)
        support = near.support(len(concepts))
        known = Knowledge(texts.words, meant, said, concepts, support)
        concept = near.decided(support)
        return known, Read(concept, near.certainty, concepts.count, concepts.codes)
    shipped = said
    meant = _meant(texts, often, said)
    texts = texts.renamed(meant)
    said = refined(texts, code, concepts, said, labels)
    near = scored(texts, code, concepts, said)
    support = near.support(len(concepts))
    concept, certainty = near.decided(support), near.certainty
    wordings = _learnt(texts, code, concept, language, concepts, said, shipped)
    known = Knowledge(texts.words, meant, said, concepts, support, wordings)
    concept, names = _told_apart(
        texts, code, concept, concepts, said, wordings, meant, texts.words
    )
    found = Read(concept, certainty, concepts.count, concepts.codes, names)
    return known, found


def _meant(texts: Texts, often: Ints, said: Said) -> Numbers:
    """For each word the one it stands for: a frequent one that is a letter away.

    Only rare words that nothing else is known of are taken for slips.
    """
    meant = np.arange(len(said), dtype=np.int32)
    unknown = (np.diff(said.starts) == 0) & (said.heaviest > 0)
    length = np.fromiter(map(len, texts.words), np.int64, len(said))
    least = max(RARE, len(texts) * SELDOM)
    long = (length >= LONG) & (said.heaviest > 0)
    frequent = np.flatnonzero(long & (often >= FREQUENT * least / RARE))
    rare = np.flatnonzero(unknown & (often <= least) & (length >= LONG))
    if not len(frequent) or not len(rare):
        return meant
    place = {texts.words[at]: at for at in frequent.tolist()}
    near = Slips(place)
    for at in rare.tolist():
        word = texts.words[at]
        if word.isalpha():
            known = max(near.of(word), key=lambda one: often[place[one]], default="")
            meant[at] = place[known] if known else at
    return meant


def refined(
    texts: Texts, code: Ints, concepts: Concepts, said: Said, labels: Labels | None
) -> Said:
    """The bridge with what the register's own codes say of its words."""
    step = -(-len(texts) // SAMPLE)
    rows = np.arange(0, len(texts) if len(texts) >= LEARN_FROM else 0, step)
    rows = rows[concepts.depth[code[rows]] >= tree.CLASS]
    word, declared, counts = _counted(texts, rows, code[rows], said)
    if labels is not None:
        more = _labelled(texts, concepts, said, labels)
        word, declared = np.append(word, more[0]), np.append(declared, more[1])
        counts = np.append(counts, np.full(len(more[0]), LABELLED))
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
    telling = _telling_more(breadth, total, label, counts, concepts.count)
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


def _labelled(
    texts: Texts, concepts: Concepts, said: Said, labels: Labels
) -> tuple[list[int], list[int]]:
    """The telling words of the texts that stand in the labels of declared codes."""
    at = {word: place for place, word in enumerate(texts.words)}
    silent = (said.heaviest <= 0).tolist()
    found = [
        (at[word], place)
        for place, code in enumerate(concepts.codes)
        if concepts.depth[place] >= tree.CLASS
        for word in dict.fromkeys(
            word for label in labels(code).values() for word in telling_words(label)
        )
        if word in at and not silent[at[word]]
    ]
    return [word for word, _ in found], [place for _, place in found]


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
    breadth: NDArray[np.float64],
    total: Ints,
    label: Ints,
    counts: Ints,
    least: int,
) -> NDArray[np.float64]:
    """What each word weighs: under how few codes it stands, of all there are.

    `breadth` is the effective number of codes of a word. A word spread over as many as
    that many needs taken at random would be, weighs nothing. A register with few codes
    could have had at `least` as many as there are categories.
    """
    usual = np.bincount(label, counts)
    usual = usual[usual > 0] / usual.sum()
    several, at = np.unique(total, return_inverse=True)
    random = np.array([np.sum(1 - (1 - usual) ** many) for many in several])
    apart = (breadth - 1) / np.maximum(random[at.reshape(-1)] - 1, 0.01)
    found: NDArray[np.float64] = np.log(
        np.maximum(max(len(usual), least) / breadth, 1.0)
    )
    found *= np.clip(1 - apart, 0.0, 1.0)
    return found


def _counted(
    texts: Texts, rows: Ints, declared: Ints, said: Said
) -> tuple[Ints, Ints, Ints]:
    """In how many of the rows each telling word stands under each declared code."""
    found = []
    for column in (texts.titles, texts.descriptions):
        word, of = column.chosen(rows).rows(0, len(rows))
        kept = said.heaviest[word] > 0
        found.append(of[kept] << ROW | word[kept])
    once = distinct(np.concatenate(found))
    width = int(declared.max(initial=0)) + 1
    keys = (once & BELOW_ROW) * width + declared[once >> ROW]
    keys.sort()
    starts = np.flatnonzero(np.diff(keys, prepend=-1))
    counts = np.diff(starts, append=len(keys))
    keys = keys[starts]
    return keys // width, keys % width, counts


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
    word, concept, sums = summed(word, concept, weight.astype(np.float32))
    order = np.lexsort((concept, -sums, word))
    word, concept, sums = word[order], concept[order], sums[order]
    starts = np.flatnonzero(np.diff(word, prepend=-1))
    place = np.arange(len(word)) - np.repeat(starts, np.diff(starts, append=len(word)))
    kept = (place < MOST) & (sums >= SLIGHT)
    word, concept, sums = word[kept], concept[kept], sums[kept]
    return Said(
        np.searchsorted(word, np.arange(len(old) + 1)),
        concept.astype(np.int32),
        sums,
        heaviest,
        old.root,
        old.turn,
        old.setting,
    )


# -- texts that nothing else is known of -----------------------------------------------


def _coarse(code: Ints, concept: Ints, concepts: Concepts) -> tuple[Ints, Ints, Ints]:
    """Rows of no purchase or of a coarse code: which, their code, and its place."""
    own = np.maximum(concept - concepts.count, 0)
    coarse = (concept >= concepts.count) & (concepts.depth[own] < FINE)
    rows = np.flatnonzero((concept < 0) | coarse)
    place = np.where(coarse[rows], own[rows], code[rows])
    declared = concepts.declared[place]
    classed = concepts.depth[place] >= tree.CLASS
    return rows, np.where(classed, declared, declared // 10**5 * 10**5), place


def _learnt(
    texts: Texts,
    code: Ints,
    concept: Ints,
    language: Ints | Numbers,
    concepts: Concepts,
    said: Said,
    shipped: Said,
) -> Wordings:
    """How texts of no purchase, or of a coarse code, are told apart by their words.

    Under one code, words that mostly stand together are one wording, named after the
    one that stands in most texts. A code whose texts have one wording in each language
    is one purchase after all; a wording whose texts the shipped bridge mostly reads as
    one category is that.
    """
    rows, families, _ = _coarse(code, concept, concepts)
    names, family = np.unique(families, return_inverse=True)
    family = family.reshape(-1)
    row, word = _heavy(texts, rows, said)
    keys, at, often = np.unique(
        family[row] * len(said) + word, return_inverse=True, return_counts=True
    )
    at = at.reshape(-1)
    leader = _leaders(row, at, often)
    row, chosen = _chosen(row, leader[at], often)
    single = _single(family[row], chosen, language[rows[row]], len(names))
    single &= np.array([not is_works(name) for name in names.tolist()], dtype=bool)
    single &= code_depth(names) >= tree.CLASS
    inside = np.flatnonzero(single[family])
    home = _categories(
        texts, rows[inside], code, family[inside], len(names), concepts, shipped
    )
    apart = ~single[family[row]]
    category = _categories(
        texts, rows[row[apart]], code, chosen[apart], len(keys), concepts, shipped
    )
    return Wordings(names, single, home, keys, often, leader, category)


def _told_apart(
    texts: Texts,
    code: Ints,
    concept: Ints,
    concepts: Concepts,
    said: Said,
    known: Wordings,
    at: Ints | Numbers,
    words: Sequence[str],
) -> tuple[Ints, tuple[tuple[str, str], ...]]:
    """The concepts where texts under coarse codes are told apart, and the wordings.

    `at` is the place of each word of the texts among the `words` that were learnt from,
    -1 for a new one.
    """
    rows, families, place = _coarse(code, concept, concepts)
    found = concept.copy()
    found[rows] = -1
    if not len(known.names):
        return found, ()
    family = np.searchsorted(known.names, families)
    family[family == len(known.names)] = 0
    there = known.names[family] == families
    once = there & known.single[family]
    home = np.where(once, known.home[family], -1)
    found[rows[once]] = np.where(home >= 0, home, concepts.of_code[place])[once]
    row, word = _heavy(texts, rows, said)
    new = (at[word] < 0) | ~there[row] | once[row]
    row, word = row[~new], at[word[~new]]
    keys = family[row] * len(words) + word
    key = np.searchsorted(known.keys, keys)
    key[key == len(known.keys)] = 0
    hit = known.keys[key] == keys if len(known.keys) else np.zeros(len(key), bool)
    row, leader = _chosen(row[hit], known.leader[key[hit]], known.often)
    used, number = np.unique(leader, return_inverse=True)
    apart = number.reshape(-1) + concepts.count + len(concepts.codes)
    category = known.category[leader]
    found[rows[row]] = np.where(category >= 0, category, apart)
    return found, tuple(
        (f"{known.names[key // len(words)]:08}", words[key % len(words)])
        for key in known.keys[used].tolist()
    )


def _chosen(row: Ints, leader: Ints, often: Ints) -> tuple[Ints, Ints]:
    """The leading wording of each row: the one that stands in most texts."""
    order = np.lexsort((leader, -often[leader], row))
    row, leader = row[order], leader[order]
    first = np.flatnonzero(np.diff(row, prepend=-1))
    return row[first], leader[first]


def _categories(
    texts: Texts,
    rows: Ints,
    code: Ints,
    wording: Ints,
    count: int,
    concepts: Concepts,
    shipped: Said,
) -> Ints:
    """The category most texts of each wording are read as; -1 where they are not."""
    concept = scored(texts.chosen(rows), code[rows], concepts, shipped).decided()
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
        word, of = column.chosen(rows).rows(0, len(rows))
        kept = (said.heaviest[word] >= TELLING) & ~some[of]
        found.append(of[kept] << ROW | word[kept])
        some[of[kept]] = True
    once = distinct(np.concatenate(found))
    return once >> ROW, once & BELOW_ROW


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
