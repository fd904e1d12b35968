"""What each need is about: the category of purchase its words and code speak for."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import numpy as np

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
    from jointbuy.matching.learning import Read

LOOSE = "~"
"""Begins the key of a purchase that only its words describe."""

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
    """What one text and code were read as, and how surely (0 to 1)."""

    purchase: Purchase
    score: float


def readings(texts: Sequence[Text]) -> list[Reading]:
    """The purchase of each text; those nobody knows meet where their words agree."""
    codes = Numbered({"": 0})
    code = np.array([codes[tree.bare(one.cpv)] for one in texts], dtype=np.int64)
    columns = texts_of([one.title for one in texts], [one.description for one in texts])
    spoken = Numbered({"": 0})
    language = np.array([spoken[one.language] for one in texts], dtype=np.int64)
    _, found = learn(columns, code, [name or "" for name in codes], language)
    loose = [
        loose_purchase(one.title, tree.bare(one.cpv), one.language)
        if concept < 0
        else None
        for one, concept in zip(texts, found.concept.tolist(), strict=True)
    ]
    leader = leaders(
        (own.family, one.title)
        for one, own in zip(texts, loose, strict=True)
        if own is not None
    )
    rows = zip(
        texts, loose, found.concept.tolist(), found.certainty.tolist(), strict=True
    )
    return [
        Reading(
            purchase=_led(own, leader[own.family, one.title])
            if own is not None
            else purchase_of(found, concept),
            score=certainty if 0 <= concept < found.categories else 0.0,
        )
        for one, own, concept, certainty in rows
    ]


def _led(purchase: Purchase, title: str) -> Purchase:
    """A loose purchase under the title it goes by."""
    return replace(purchase, key=f"{LOOSE}{purchase.family} {title}")


def evidence(purchase: Purchase, text: Text) -> Message | None:
    """The words by which a text was read as that purchase; worked out when asked.

    The code is asked only when the words alone do not tell.
    """
    return _evidence(purchase.category, text)


@lru_cache(maxsize=20_000)
def _evidence(category: str, text: Text) -> Message | None:
    for code in ("", text.cpv):
        told = evidence_for(
            category, text.title, text.description, code, language=text.language
        )
        if told is not None:
            return told
    return None


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
        key=f"={code}",
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
