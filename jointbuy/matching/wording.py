"""What a text says, word for word, and how much of it another text says as well.

Words meet by their roots, by the purchases both may mean in any language, and, where
the thesaurus does not know them, by a learned beginning they share.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from math import sqrt
from typing import TYPE_CHECKING

from jointbuy.vocabulary import words as text
from jointbuy.vocabulary.lexicon import lexicon
from jointbuy.vocabulary.thesaurus import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

LONGEST_TITLE, LONGEST_DESCRIPTION = 1_000, 4_000
"""So many letters are read; what is bought stands before them."""

BESIDE = 12
"""So many of the heaviest words of a description are held against another text."""

BESIDE_SHARE = 0.75
"""A description weighs at most this part of its title."""

SETTING = 0.5
"""A place or client says where something is used, seldom what is bought."""

MANNER = 0.2
"""A word for the way of buying (call, qualification, lot) says nearly nothing."""

SURE = 0.9
"""A word read this surely is known: as it stands or inflected, not guessed."""

SAME_SENSE = 0.4
"""Two words that share less of the purchases they may mean are not the same."""

BEGINNING, KINDRED = 5, 0.7
"""So many first letters make two words kindred, and how well kindred words match."""

UNREAD = 0.4
"""What an unknown word without counterpart weighs when the languages differ."""

RARE = 2.0
"""An unknown word that both texts say is rare, not noise: it weighs so many times."""

CONSIDERED = 30
"""So many purchases of a text are held against those of another."""

_SOUNDS = (("qu", "kw"), ("ph", "f"), ("c", "k"), ("x", "ks"), ("ij", "y"), ("th", "t"))

_MANNERS = frozenset(
    text.words(
        """
        appel offres offre presenter invitation qualification designation convention
        pluriannuel pluriannuelle ouvert restreint concurrence mise consultation avis
        prospection relance directe delegation attribution relatifs portant ayant
        demande prix budget ordinaire extraordinaire plusieurs site sites
        oproep aanvraag deelneming erkenningsregeling kwalificatiesysteem overeenkomst
        meerjarige meerjarig mededinging marktverkenning aanbesteding betrekking
        afroep begroting gewone buitengewone dienst prijsvraag meerdere locaties
        rahmen abschluss erbringung vergabe teil los interessenbekundung
        abruf haushalt ordentlicher neuausschreibung mehrere standorte standorten
        call tender tenders notice expression interest qualification
        """
    )
)
"""How something is bought: rare in our thesaurus, in many titles of notices."""

_MARK = re.compile(r"[^\W_]+(?:[/.\-][^\W_]+)*")
_DAY = re.compile(r"\d{1,2}[./\-]\d{1,2}[./\-]\d{2,4}")
_YEARS = re.compile(r"(?:19|20)\d\d(?:[/\-](?:19|20)?\d\d)?")
_LEAST_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Word:
    """A telling word of a text: what it weighs there and what it may mean.

    `senses` are the purchases it may mean, as a vector of length one.
    """

    written: str
    weight: float
    known: bool
    roots: frozenset[str]
    sound: str
    senses: Mapping[int, float]


@dataclass(frozen=True, slots=True)
class Wording:
    """What a text says: its words, and the purchases they speak for together.

    `purchases` is a vector of length one, `purchase` the place of the first of them in
    the lexicon (-1 when none), `clear` how much of the text that one explains (0 to 1).
    `marks` are references and models: what is written with figures or in capitals.
    """

    language: str
    words: tuple[Word, ...]
    purchases: Mapping[int, float]
    purchase: int
    clear: float
    marks: frozenset[str]


@dataclass(frozen=True, slots=True)
class Counterpart:
    """A word, the one that answers it in the other text (None), and how well."""

    word: Word
    other: Word | None
    how_well: float


@lru_cache(maxsize=20_000)
def wording(title: str, description: str = "", language: str = "") -> Wording:
    """What a text says; the same text is read once."""
    language = language.casefold()[:2]
    title, description = title[:LONGEST_TITLE], description[:LONGEST_DESCRIPTION]
    book = lexicon()
    own = book.weighted(title)
    beside = {
        word: weight
        for word, weight in book.weighted(title, description).items()
        if word not in own
    }
    masses = _masses(own, language)
    others = _masses(beside, language)
    heaviest = sorted(others, key=lambda word: (-others[word], word))[:BESIDE]
    whole, rest = sum(masses.values()), sum(others[word] for word in heaviest)
    less = min(1.0, BESIDE_SHARE * whole / rest) if whole and rest else 1.0
    masses.update((word, less * others[word]) for word in heaviest)
    spoken = {word: _manner(word) * weight for word, weight in own.items()}
    spoken.update((word, _manner(word) * less * beside[word]) for word in heaviest)
    ranked = book.rank(spoken, language)[:CONSIDERED]
    return Wording(
        language=language,
        words=tuple(_word(word, mass, language) for word, mass in masses.items()),
        purchases=_unit({one.category: one.score**2 for one in ranked}),
        purchase=ranked[0].category if ranked else -1,
        clear=ranked[0].share if ranked else 0.0,
        marks=frozenset(_marks(title)),
    )


def _masses(weighted: Mapping[str, float], language: str) -> dict[str, float]:
    """How heavy each word is in its text: where it stands times how telling it is."""
    book, settings = lexicon(), text.settings()
    found = {}
    for word, place in weighted.items():
        heavy = book.hits(word, language).heaviest if " " not in word else 0.0
        if heavy:
            where = SETTING if word in settings else 1.0
            found[word] = place * heavy * where * _manner(word)
    return found


def _manner(word: str) -> float:
    return MANNER if word in _MANNERS else 1.0


def _word(written: str, weight: float, language: str) -> Word:
    known, roots, sound, senses = _meaning(written, language)
    return Word(written, weight, known, roots, sound, senses)


@lru_cache(maxsize=200_000)
def _meaning(
    written: str, language: str
) -> tuple[bool, frozenset[str], str, Mapping[int, float]]:
    book = lexicon()
    readings = book.readings(written)
    languages = (language,) if language in LANGUAGES else LANGUAGES
    sound = written
    for spelt, heard in _SOUNDS:
        sound = sound.replace(spelt, heard)
    return (
        any(reading.sure >= SURE for reading in readings),
        frozenset(text.root(written, one) for one in languages),
        sound,
        _unit(dict(book.hits(written, language).categories)),
    )


def _unit(vector: dict[int, float]) -> Mapping[int, float]:
    length = sqrt(sum(value * value for value in vector.values()))
    return {key: value / length for key, value in vector.items()} if length else {}


def _marks(title: str) -> Iterable[str]:
    """References, models and acronyms; days and years are none.

    Small numbers are a mark together, when there are two and more.
    """
    shouted = title.isupper()
    small = set()
    book, silent = lexicon(), text.fillers()
    for written in _MARK.findall(title):
        figures = sum(letter.isdigit() for letter in written)
        plain = text.plain(written)
        if figures:
            dated = _DAY.fullmatch(written) or _YEARS.fullmatch(written)
            if not dated and (figures >= _LEAST_DIGITS or figures < len(written)):
                yield plain
            elif not dated:
                small.add(plain)
        elif shouted or not written.isupper() or len(written) == 1:
            continue
        elif plain not in silent | _MANNERS and not book.knows(plain):
            yield plain
    if len(small) > 1:
        yield " + ".join(sorted(small))


# -- two texts -------------------------------------------------------------------------


def counterparts(one: Wording, other: Wording) -> tuple[Counterpart, ...]:
    """For each word of a text the best answer of the other, in the text's order.

    A word that stands in both answers only itself.
    """
    twins = {
        word.written: twin
        for word in one.words
        for twin in other.words
        if _twins(word, twin)
    }
    taken = {twin.written for twin in twins.values()}
    free = tuple(word for word in other.words if word.written not in taken)
    return tuple(
        Counterpart(word, twins[word.written], 1.0)
        if word.written in twins
        else _answer(word, free)
        for word in one.words
    )


def _twins(one: Word, other: Word) -> bool:
    return one.written == other.written or not one.roots.isdisjoint(other.roots)


def _answer(word: Word, free: tuple[Word, ...]) -> Counterpart:
    best, answer = 0.0, None
    for candidate in free:
        how_well = _agreement(word, candidate)
        if how_well > best:
            best, answer = how_well, candidate
    return Counterpart(word, answer, best)


def _agreement(one: Word, other: Word) -> float:
    """How far two words mean the same, from 0 to 1; the order does not matter."""
    same = sqrt(product(one.senses, other.senses))
    if not (one.known and other.known) and _kindred(one.sound, other.sound):
        same = max(same, KINDRED)
    return same if same >= SAME_SENSE else 0.0


def _kindred(one: str, other: str) -> bool:
    return len(one) >= BEGINNING and one[:BEGINNING] == other[:BEGINNING]


def product(one: Mapping[int, float], other: Mapping[int, float]) -> float:
    """How far two vectors of length one point the same way."""
    if len(one) > len(other):
        one, other = other, one
    return min(1.0, sum(value * other.get(key, 0.0) for key, value in one.items()))


def covered(answers: Iterable[Counterpart], *, foreign: bool) -> float:
    """Which part of a text's weight the other text answers, from 0 to 1.

    An unknown word counts more when the other says it too; in another language it is
    hardly missed.
    """
    whole = met = 0.0
    for one in answers:
        weight = one.word.weight
        if not one.word.known and one.how_well:
            weight *= RARE
        elif not one.word.known and foreign:
            weight *= UNREAD
        whole += weight
        met += weight * one.how_well
    return met / whole if whole else 0.0
