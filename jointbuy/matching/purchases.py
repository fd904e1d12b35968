"""What each need is about: the category of purchase its words and code speak for."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import numpy as np

from jointbuy.errors import say
from jointbuy.matching.alike import leaders
from jointbuy.matching.learning import learn
from jointbuy.matching.places import NEIGHBOURS, PLACE
from jointbuy.matching.texts import Numbered, texts_of
from jointbuy.model import LocalText, Nature
from jointbuy.vocabulary import cpv as tree
from jointbuy.vocabulary.search import evidence_for
from jointbuy.vocabulary.thesaurus import thesaurus

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jointbuy.errors import Message
    from jointbuy.matching.learning import Knowledge, Labels, Read

LOOSE, CODED = "~", "="
"""Begin the key of a purchase that only its words describe, or only a fine code."""

WORKS_DIVISION = "45"
LANGUAGES = ("fr", "nl", "de", "en")


@dataclass(frozen=True, slots=True, kw_only=True)
class Purchase:
    """One kind of purchase; needs with the same key are for the same thing.

    `category` is empty where the thesaurus does not know it: then a fine code or the
    words of the title are the key.
    """

    key: str
    category: str = ""
    cpv: str = ""
    nature: Nature | None = None
    reach: str = NEIGHBOURS
    labels: LocalText = field(default_factory=LocalText)

    @property
    def family(self) -> str:
        """The group of codes within which loose purchases may be alike."""
        return self.cpv[: tree.GROUP]


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """What somebody wrote of a purchase: words and a declared code, "" for none."""

    title: str
    description: str = ""
    cpv: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one text and code were read as, and how surely (0 to 1).

    A `loose` one is known by its own words alone.
    """

    purchase: Purchase
    score: float
    loose: bool = False

    def led_by(self, title: str) -> Reading:
        """A loose one under the title it goes by with others."""
        key = f"{LOOSE}{self.purchase.family} {title}"
        return replace(self, purchase=replace(self.purchase, key=key))


def readings(texts: Sequence[Text], labels: Labels | None = None) -> list[Reading]:
    """The purchase of each text; those nobody knows meet where their words agree."""
    _, found = understood(texts, labels=labels)
    leader = leaders(
        (one.purchase.family, text.title)
        for text, one in zip(texts, found, strict=True)
        if one.loose
    )
    return [
        one.led_by(leader[one.purchase.family, text.title]) if one.loose else one
        for text, one in zip(texts, found, strict=True)
    ]


def understood(
    texts: Sequence[Text],
    knowledge: Knowledge | None = None,
    labels: Labels | None = None,
) -> tuple[Knowledge, list[Reading]]:
    """The purchase of each text, by what is known already or by what they teach.

    Those nobody knows stand each for itself.
    """
    codes = Numbered({"": 0})
    code = np.array([codes[tree.bare(one.cpv)] for one in texts], dtype=np.int64)
    columns = texts_of([one.title for one in texts], [one.description for one in texts])
    names = [name or "" for name in codes]
    if knowledge is not None:
        found = knowledge.read(columns, code, names)
    else:
        spoken = Numbered({"": 0})
        language = np.array([spoken[one.language] for one in texts], dtype=np.int64)
        knowledge, found = learn(columns, code, names, language, labels)
    rows = zip(texts, found.concept.tolist(), found.certainty.tolist(), strict=True)
    return knowledge, [
        Reading(
            purchase=_called(purchase_of(found, concept), one, labels)
            if concept >= 0
            else loose_purchase(one.title, tree.bare(one.cpv), one.language),
            score=certainty if 0 <= concept < found.categories else 0.0,
            loose=concept < 0,
        )
        for one, concept, certainty in rows
    ]


def _called(purchase: Purchase, text: Text, labels: Labels | None) -> Purchase:
    """A purchase the thesaurus has no name for, by its official name or a title."""
    if purchase.category:
        return purchase
    official = labels(purchase.cpv) if labels and purchase.key[0] == CODED else {}
    own = {name: label for name, label in official.items() if name in LANGUAGES}
    language = text.language if text.language in LANGUAGES else "en"
    names = LocalText(**(own or {language: text.title.strip()}))
    return replace(purchase, labels=names)


@lru_cache(maxsize=20_000)
def evidence(category: str, text: Text) -> Message | None:
    """The words by which a text was read as a category; worked out when asked.

    Where no word speaks for it, the declared code does.
    """
    if not category:
        return None
    told = evidence_for(category, text.title, text.description, language=text.language)
    if told is None and text.cpv:
        return say("The declared code {code} says so.", code=text.cpv)
    return told


def purchase_of(found: Read, concept: int) -> Purchase:
    """The purchase of a concept that was read; a loose one where there is none."""
    if concept < 0:
        return loose_purchase("", "", "")
    if concept < found.categories:
        return _known(concept)
    concept -= found.categories
    if concept < len(found.codes):
        return _coded(found.codes[concept])
    return _worded(*found.wordings[concept - len(found.codes)])


@cache
def _known(place: int) -> Purchase:
    category = thesaurus()[place]
    return Purchase(
        key=category.id,
        category=category.id,
        cpv=category.cpv,
        nature=Nature[category.nature.upper()],
        reach=category.reach,
        labels=LocalText(**category.labels),
    )


@lru_cache(maxsize=20_000)
def _coded(code: str) -> Purchase:
    """A purchase the thesaurus does not know, but a fine code names."""
    works = code.startswith(WORKS_DIVISION)
    return Purchase(
        key=f"{CODED}{code}",
        cpv=code,
        nature=Nature.WORKS if works else None,
        reach=PLACE if works else NEIGHBOURS,
    )


@lru_cache(maxsize=20_000)
def _worded(code: str, word: str) -> Purchase:
    """A purchase known by a word that texts under one coarse code share."""
    return replace(loose_purchase(word, code, ""), labels=LocalText())


def loose_purchase(title: str, code: str, language: str) -> Purchase:
    """A purchase that only its words describe, under one group of codes.

    Works stay at their place: two sites are two things.
    """
    works = code.startswith(WORKS_DIVISION)
    name = title.strip()
    return Purchase(
        key=f"{LOOSE}{code[: tree.GROUP]} {name}",
        cpv=code,
        nature=Nature.WORKS if works else None,
        reach=PLACE if works else NEIGHBOURS,
        labels=LocalText(**{language if language in LANGUAGES else "en": name}),
    )
