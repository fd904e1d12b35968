"""From a word to the purchases it may mean: the bridge between four languages.

Everything is worked out once per distinct word: inflection, compounds, a slip of one
letter; rows of text only add up what their words already know.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from math import inf, log
from typing import TYPE_CHECKING

from jointbuy.vocabulary import words as text
from jointbuy.vocabulary.thesaurus import LANGUAGES, thesaurus

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from jointbuy.vocabulary.thesaurus import Category

COMPOUNDING = ("nl", "de")
LINKS = ("", "s", "e", "n", "en", "er", "es", "ns")
_SHORTEST_PART = 3
_SHORTEST_COMPOUND = 7
_SHORTEST_TYPO = 6
_UNKNOWN_WEIGHT = 2.0
_UNSAID, _LONGEST_PHRASE = 0.6, 6
_FOREIGN = 0.85
_BAG_SHARE = 0.15
_AFTER_TURN, _DESCRIPTION = 0.75, 0.25
_STEM, _FALSE_FRIEND = 0.92, 0.4
_TYPO, _PARTS, _HEAD, _BEGINNING = 0.8, 0.85, 0.6, 0.4
_SHARED_BEGINNING = 6
_SETTING = 0.5


@dataclass(frozen=True, slots=True)
class Term:
    """One wording of one category, with the weight of all its telling words."""

    category: int
    language: str
    wording: str
    mass: float


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


@dataclass(frozen=True, slots=True)
class Ranked:
    """A category a text may mean; `score` is at most about 1, `term` its best wording.

    `share` says how much of the text's weight the category explains.
    """

    category: int
    score: float
    term: Term
    share: float


class Lexicon:
    """The known words of the thesaurus and what each says about the categories."""

    def __init__(self, categories: tuple[Category, ...]) -> None:
        self.categories = categories
        self._known: dict[str, dict[str, None]] = {name: {} for name in LANGUAGES}
        self._roots: dict[str, dict[str, list[str]]] = {
            name: defaultdict(list) for name in LANGUAGES
        }
        self._buckets: dict[str, dict[str, list[str]]] = {
            name: defaultdict(list) for name in LANGUAGES
        }
        self._readings: dict[str, tuple[Reading, ...]] = {}
        self._hits: dict[tuple[str, str], _Hits] = {}
        self._deletions: dict[str, list[tuple[str, str]]] | None = None
        raw = self._read_terms()
        self._split = self._split_own_compounds()
        self._weights = self._weigh(raw)
        self.terms: tuple[Term, ...] = ()
        self._postings: dict[tuple[str, str], list[tuple[int, float]]] = {}
        self._phrases: dict[str, list[tuple[int, int]]] = {}
        self._post(raw)

    # -- building ------------------------------------------------------------------

    def _read_terms(self) -> list[tuple[int, str, str, tuple[str, ...]]]:
        raw = []
        for place, category in enumerate(self.categories):
            for language in LANGUAGES:
                known = self._known[language]
                for wording in category.terms[language]:
                    own = tuple(dict.fromkeys(text.telling(wording)))
                    own = own or tuple(dict.fromkeys(text.words(wording)))
                    raw.append((place, language, wording, own))
                    known.update(dict.fromkeys(own))
        for language, known in self._known.items():
            roots, buckets = self._roots[language], self._buckets[language]
            for word in known:
                roots[text.root(word, language)].append(word)
                buckets[word[:3]].append(word)
        return raw

    def _split_own_compounds(self) -> dict[tuple[str, str], tuple[str, ...]]:
        found = {}
        for language in COMPOUNDING:
            for word in self._known[language]:
                parts = self._parts(word, language)
                if parts:
                    found[language, word] = parts
        return found

    def _weigh(
        self, raw: list[tuple[int, str, str, tuple[str, ...]]]
    ) -> dict[str, float]:
        """How telling each root is: rare across categories, in any language, is heavy.

        A word written alike in two languages weighs the same in both.
        """
        seen: dict[str, set[int]] = defaultdict(set)
        for place, language, _, own in raw:
            for word in own:
                seen[text.root(word, language)].add(place)
                for part in self._split.get((language, word), ()):
                    seen[text.root(part, language)].add(place)
        total = len(self.categories)
        return {key: log(1 + total / len(places)) for key, places in seen.items()}

    def _weight(self, language: str, word: str) -> float:
        return self._weights.get(text.root(word, language), 0.0)

    def _post(self, raw: list[tuple[int, str, str, tuple[str, ...]]]) -> None:
        postings = defaultdict(list)
        phrases = defaultdict(list)
        terms = []
        for number, (place, language, wording, own) in enumerate(raw):
            mass = 0.0
            if len(own) == 1 and _unsaid(wording):
                mass = _UNSAID
                phrases[" ".join(text.words(wording))].append((number, place))
            for word in own:
                weight = self._weight(language, word)
                mass += weight
                postings[language, word].append((number, weight))
                parts = self._split.get((language, word), ())
                heavy = sum(self._weight(language, part) for part in parts)
                for part in parts:
                    share = self._weight(language, part) / heavy if heavy else 0.0
                    if share:
                        postings[language, part].append((number, 0.9 * weight * share))
            terms.append(Term(place, language, wording, mass))
        self.terms = tuple(terms)
        self._postings = dict(postings)
        self._phrases = dict(phrases)

    # -- one word ------------------------------------------------------------------

    def knows(self, word: str) -> bool:
        """Whether a word stands in the thesaurus as it is written here."""
        return any(word in known for known in self._known.values())

    def readings(self, word: str) -> tuple[Reading, ...]:
        """Every way a normalised word can be understood; empty for an unknown one."""
        found = self._readings.get(word)
        if found is None:
            silent = " " in word or word in text.fillers()
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
            known = self._known[language]
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
        near = self._buckets[language].get(word[:3])
        if not near or len(word) <= _SHORTEST_PART:
            return []
        own = text.stem(word, language)
        return [mate for mate in near if text.stem(mate, language) == own]

    def _part(self, piece: str, language: str) -> str:
        """The known word a piece of a compound stands for, or ""."""
        if piece in self._known[language]:
            return piece
        family = self._roots[language].get(text.root(piece, language))
        return family[0] if family else ""

    def _parts(self, word: str, language: str, depth: int = 2) -> tuple[str, ...]:
        """The known words a compound is made of; empty when it cannot be told.

        The longest last part wins: in both languages it carries the meaning.
        """
        if len(word) < _SHORTEST_COMPOUND:
            return ()
        silent = text.fillers()
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
                    parts = (*self._parts(head, language, depth - 1), last)
                else:
                    continue
                if len(parts) > 1 and any(part not in silent for part in parts):
                    return parts
        return ()

    def _compound(self, word: str) -> Iterable[Reading]:
        for language in COMPOUNDING:
            parts = self._parts(word, language)
            for place, part in enumerate(parts, start=1):
                if part not in text.fillers():
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
            for known in self._buckets[language].get(word[:3], ()):
                if known.startswith(begin):
                    yield Reading(language, known, "head", _BEGINNING, (begin,))

    def _slips(self, word: str) -> Iterable[Reading]:
        """Known words one letter away: one more, one less, one other, two swapped."""
        if len(word) < _SHORTEST_TYPO:
            return
        if self._deletions is None:
            self._deletions = self._all_deletions()
        near: dict[tuple[str, str], None] = {}
        for shorter in (word, *_without_one(word)):
            for language, known in self._deletions.get(shorter, ()):
                if known[0] == word[0] and _one_slip(word, known):
                    near[language, known] = None
        for language, known in near:
            yield Reading(language, known, "slip", _TYPO)

    def _all_deletions(self) -> dict[str, list[tuple[str, str]]]:
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for language, known in self._known.items():
            for word in known:
                if len(word) >= _SHORTEST_TYPO:
                    found[word].append((language, word))
                    for shorter in _without_one(word):
                        found[shorter].append((language, word))
        return found

    def hits(self, word: str, language: str = "") -> _Hits:
        """What a word says: weights per term and per category, and its own weight."""
        found = self._hits.get((word, language))
        if found is None:
            found = self._hits[word, language] = self._collect(word, language)
        return found

    def _collect(self, word: str, language: str) -> _Hits:
        if " " in word:
            said = self._phrases.get(word, ())
            return _Hits(
                tuple((number, _UNSAID) for number, _ in said),
                tuple((place, _UNSAID) for _, place in said),
                _UNSAID if said else 0.0,
            )
        terms: dict[int, float] = {}
        heaviest = 0.0
        readings = self.readings(word)
        by_part: dict[str, dict[int, float]] = defaultdict(dict)
        for reading in readings:
            sure = reading.sure
            if language and language != reading.language:
                sure *= _FOREIGN
            slot = by_part[reading.known if reading.way == "parts" else ""]
            own = self._weight(reading.language, word)
            most = own if word in self._known[reading.language] else inf
            for number, weight in self._postings.get(
                (reading.language, reading.known), ()
            ):
                value = sure * min(weight, most)
                if value > slot.get(number, 0.0):
                    slot[number] = value
            known = min(self._weight(reading.language, reading.known), most)
            heaviest = max(heaviest, known)
        for slot in by_part.values():
            for number, weight in slot.items():
                terms[number] = terms.get(number, 0.0) + weight
        categories: dict[int, float] = {}
        for number, weight in terms.items():
            place = self.terms[number].category
            if weight > categories.get(place, 0.0):
                categories[place] = weight
        if not readings:
            heaviest = 0.0 if word in text.fillers() else _UNKNOWN_WEIGHT
        return _Hits(tuple(terms.items()), tuple(categories.items()), heaviest)

    def categories_of(self, word: str) -> tuple[tuple[int, float], ...]:
        """What one normalised word says: (place in `categories`, weight), unordered.

        Weights grow with how rare the word is and how much of a wording it covers;
        fillers and unknown words give nothing.
        """
        best: dict[int, float] = {}
        for number, weight in self.hits(word).terms:
            term = self.terms[number]
            value = weight * min(1.0, weight / term.mass) if term.mass else 0.0
            if value > best.get(term.category, 0.0):
                best[term.category] = value
        return tuple(best.items())

    def speaks(self, reading: Reading, ranked: Ranked) -> bool:
        """Whether that reading carries the wording a category was found by."""
        return reading.language == ranked.term.language and any(
            self.terms[number] is ranked.term
            for number, _ in self._postings.get((reading.language, reading.known), ())
        )

    # -- a whole text --------------------------------------------------------------

    def weighted(self, title: str, description: str = "") -> dict[str, float]:
        """The telling words of a text: what comes first weighs most.

        Words after "for", "pour", "voor", "für" say for whom, and weigh less; two words
        that the thesaurus writes as one count as that one too.
        """
        found: dict[str, float] = {}
        weight, previous = 1.0, ""
        silent, turns = text.fillers(), text.turns()
        for word in text.words(title):
            if word in turns and found:
                weight = _AFTER_TURN
            if word not in silent:
                found.setdefault(word, weight)
                if previous and self.knows(previous + word):
                    found.setdefault(previous + word, weight)
                previous = word
            else:
                previous = ""
        for word in text.words(description):
            if word not in silent:
                found.setdefault(word, _DESCRIPTION)
        found.update(dict.fromkeys(self._said(text.words(title)), 1.0))
        return found

    def _said(self, words: tuple[str, ...]) -> Iterable[str]:
        """The wordings of few telling words that a title says in full."""
        for start in range(len(words)):
            for length in range(2, _LONGEST_PHRASE + 1):
                phrase = " ".join(words[start : start + length])
                if phrase in self._phrases:
                    yield phrase

    def rank(self, weighted: Mapping[str, float], language: str = "") -> list[Ranked]:
        """The categories that words speak for, best first."""
        said = [
            (word, weight, self.hits(word, language))
            for word, weight in weighted.items()
        ]
        whole = sum(weight * hit.heaviest for _, weight, hit in said)
        terms, bag = _summed(said, text.settings())
        best: dict[int, tuple[float, int]] = {}
        own = self.terms
        for number, value in terms.items():
            term = own[number]
            value = min(value, term.mass)  # noqa: PLW2901
            score = value * value / term.mass if term.mass else 0.0
            kept = best.get(term.category)
            if kept is None or score > kept[0]:
                best[term.category] = (score, number)
        if not whole:
            return []
        found = [
            Ranked(
                place,
                (score + _BAG_SHARE * bag[place]) / (whole * (1 + _BAG_SHARE)),
                own[number],
                min(1.0, bag[place] / whole),
            )
            for place, (score, number) in best.items()
        ]
        found.sort(key=lambda ranked: (-ranked.score, ranked.category))
        return found


def _summed(
    said: list[tuple[str, float, _Hits]], settings: frozenset[str]
) -> tuple[dict[int, float], dict[int, float]]:
    """What words say together, per term and per category.

    A place, feast or client counts fully only where another word says the same: beside
    any other known word it is where something is used, not what is bought.
    """
    terms: dict[int, float] = {}
    bag: dict[int, float] = {}
    for word, weight, hit in said:
        if word not in settings:
            for number, value in hit.terms:
                terms[number] = terms.get(number, 0.0) + weight * value
            for place, value in hit.categories:
                bag[place] = bag.get(place, 0.0) + weight * value
    firm, known = set(terms), set(bag)
    for word, weight, hit in said:
        if word in settings:
            for number, value in hit.terms:
                less = 1.0 if not firm or number in firm else _SETTING
                terms[number] = terms.get(number, 0.0) + less * weight * value
            for place, value in hit.categories:
                less = 1.0 if not known or place in known else _SETTING
                bag[place] = bag.get(place, 0.0) + less * weight * value
    return terms, bag


@dataclass(frozen=True, slots=True)
class _Hits:
    """What one written word adds to terms and categories, and what it weighs."""

    terms: tuple[tuple[int, float], ...]
    categories: tuple[tuple[int, float], ...]
    heaviest: float


def _unbroken(word: str) -> list[tuple[int, int]]:
    """The stretches of a compound inside which no part begins."""
    return [
        (start, start + len(piece))
        for piece in text.opaque()
        if (start := word.find(piece)) >= 0
    ]


def _unsaid(wording: str) -> bool:
    """Whether a wording loses more than small words: "logiciel pour le CPAS"."""
    silent, turns = text.fillers(), text.turns()
    return any(
        len(word) > _SHORTEST_PART and word in silent and word not in turns
        for word in text.words(wording)
    )


def _without_one(word: str) -> Iterable[str]:
    return (word[:cut] + word[cut + 1 :] for cut in range(len(word)))


def _one_slip(written: str, known: str) -> bool:
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


@cache
def lexicon() -> Lexicon:
    """The lexicon of the shipped thesaurus; built on first use."""
    return Lexicon(thesaurus())
