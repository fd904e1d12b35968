"""From a word to the purchases it may mean: the bridge between four languages.

What each known word says is compiled beforehand; a written word is understood once, and
rows of text only add up what their words already know.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from math import inf
from typing import TYPE_CHECKING

from jointbuy.vocabulary import words as text
from jointbuy.vocabulary.compiled import UNSAID, compiled
from jointbuy.vocabulary.readings import Words
from jointbuy.vocabulary.thesaurus import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from jointbuy.vocabulary.compiled import Compiled
    from jointbuy.vocabulary.readings import Reading

UNKNOWN_WEIGHT = 2.0
AFTER_TURN, DESCRIPTION = 0.75, 0.25
_LONGEST_PHRASE = 6
_FOREIGN = 0.85
_BAG_SHARE = 0.15
_SETTING = 0.5


@dataclass(frozen=True, slots=True)
class Term:
    """One wording of one category, with the weight of all its telling words."""

    category: int
    language: str
    wording: str
    mass: float


@dataclass(frozen=True, slots=True)
class Ranked:
    """A category a text may mean; `score` is at most about 1, `term` its best wording.

    `share` says how much of the text's weight the category explains; `number` is the
    wording's place among all of them.
    """

    category: int
    score: float
    term: Term
    share: float
    number: int


class Lexicon(Words):
    """The known words of the thesaurus and what each says about the categories."""

    def __init__(self, from_: Compiled) -> None:
        super().__init__(from_.known, from_.roots, from_.stems)
        self.categories = from_.categories
        self.phrases = from_.phrases
        self._wordings = from_.wordings
        self._of = array("H", from_.term_categories)
        self._languages = from_.term_languages
        self._masses = array("f", from_.masses)
        self._weights = array("f", from_.weights)
        self._starts = array("I", from_.starts)
        self._numbers = array("I", from_.numbers)
        self._says = array("f", from_.says)
        self._hits: dict[tuple[str, str], _Hits] = {}

    def __len__(self) -> int:
        """How many wordings there are."""
        return len(self._wordings)

    def term(self, number: int) -> Term:
        """The wording at that place."""
        return Term(
            self._of[number],
            LANGUAGES[self._languages[number]],
            self._wordings[number],
            self._masses[number],
        )

    def _weight(self, language: str, word: str) -> float:
        return self._weights[self.places[language][word]]

    def _postings(self, language: str, word: str) -> Iterable[tuple[int, float]]:
        place = self.places[language][word]
        start, end = self._starts[place], self._starts[place + 1]
        return zip(self._numbers[start:end], self._says[start:end], strict=True)

    # -- one word ------------------------------------------------------------------

    def hits(self, word: str, language: str = "") -> _Hits:
        """What a word says: weights per term and per category, and its own weight."""
        found = self._hits.get((word, language))
        if found is None:
            found = self._hits[word, language] = self._collect(word, language)
        return found

    def _collect(self, word: str, language: str) -> _Hits:
        if " " in word:
            said = self.phrases.get(word, ())
            return _Hits(
                tuple((number, UNSAID) for number in said),
                tuple((self._of[number], UNSAID) for number in said),
                UNSAID if said else 0.0,
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
            as_written = word in self.places[reading.language]
            most = self._weight(reading.language, word) if as_written else inf
            for number, weight in self._postings(reading.language, reading.known):
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
            place = self._of[number]
            if weight > categories.get(place, 0.0):
                categories[place] = weight
        if not readings:
            heaviest = 0.0 if word in self._silent else UNKNOWN_WEIGHT
        return _Hits(tuple(terms.items()), tuple(categories.items()), heaviest)

    def categories_of(self, word: str) -> tuple[tuple[int, float], ...]:
        """What one normalised word says: (place in `categories`, weight), unordered.

        Weights grow with how rare the word is and how much of a wording it covers;
        fillers and unknown words give nothing.
        """
        best: dict[int, float] = {}
        for number, weight in self.hits(word).terms:
            mass, place = self._masses[number], self._of[number]
            value = weight * min(1.0, weight / mass) if mass else 0.0
            if value > best.get(place, 0.0):
                best[place] = value
        return tuple(best.items())

    def speaks(self, reading: Reading, ranked: Ranked) -> bool:
        """Whether that reading carries the wording a category was found by."""
        return reading.language == ranked.term.language and any(
            number == ranked.number
            for number, _ in self._postings(reading.language, reading.known)
        )

    # -- a whole text --------------------------------------------------------------

    def weighted(self, title: str, description: str = "") -> dict[str, float]:
        """The telling words of a text: what comes first weighs most.

        Words after "for", "pour", "voor", "für" say for whom, and weigh less; two words
        that the thesaurus writes as one count as that one too.
        """
        found: dict[str, float] = {}
        weight, previous = 1.0, ""
        silent, turns = self._silent, text.turns()
        for word in text.words(title):
            if word in turns and found:
                weight = AFTER_TURN
            if word not in silent:
                found.setdefault(word, weight)
                if previous and self.knows(previous + word):
                    found.setdefault(previous + word, weight)
                previous = word
            else:
                previous = ""
        for word in text.words(description):
            if word not in silent:
                found.setdefault(word, DESCRIPTION)
        found.update(dict.fromkeys(self._said(text.words(title)), 1.0))
        return found

    def _said(self, words: tuple[str, ...]) -> Iterable[str]:
        """The wordings of few telling words that a title says in full."""
        for start in range(len(words)):
            for length in range(2, _LONGEST_PHRASE + 1):
                phrase = " ".join(words[start : start + length])
                if phrase in self.phrases:
                    yield phrase

    def read_as(
        self, category: int, weighted: Mapping[str, float], language: str = ""
    ) -> Ranked | None:
        """The wording of a category that words come nearest to; None for none."""
        of, terms = self._of, dict[int, float]()
        whole = 0.0
        for word, weight in weighted.items():
            hits = self.hits(word, language)
            whole += weight * hits.heaviest
            for number, value in hits.terms:
                if of[number] == category:
                    terms[number] = terms.get(number, 0.0) + weight * value
        if not terms:
            return None

        def worth(number: int) -> float:
            mass = self._masses[number]
            return min(terms[number], mass) ** 2 / mass if mass else 0.0

        best = max(terms, key=lambda number: (worth(number), -number))
        score = worth(best) / whole
        return Ranked(category, score, self.term(best), min(1.0, score), best)

    def rank(
        self,
        weighted: Mapping[str, float],
        language: str = "",
        most: int | None = None,
    ) -> list[Ranked]:
        """The categories that words speak for, best first; `most` of them at most."""
        said = [
            (word, weight, self.hits(word, language))
            for word, weight in weighted.items()
        ]
        whole = sum(weight * hit.heaviest for _, weight, hit in said)
        terms, bag = _summed(said, text.settings())
        best: dict[int, tuple[float, int]] = {}
        masses, of = self._masses, self._of
        for number, value in terms.items():
            mass, place = masses[number], of[number]
            value = min(value, mass)  # noqa: PLW2901
            score = value * value / mass if mass else 0.0
            kept = best.get(place)
            if kept is None or score > kept[0]:
                best[place] = (score, number)
        if not whole:
            return []
        order = sorted(
            (-(score + _BAG_SHARE * bag[place]) / (whole * (1 + _BAG_SHARE)), place)
            for place, (score, _) in best.items()
        )
        return [
            Ranked(
                place,
                -less,
                self.term(number := best[place][1]),
                min(1.0, bag[place] / whole),
                number,
            )
            for less, place in order[:most]
        ]


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


@cache
def lexicon() -> Lexicon:
    """The lexicon of the shipped thesaurus; loaded on first use."""
    return Lexicon(compiled())
