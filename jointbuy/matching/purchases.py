"""What each need is about: the category of purchase its words and code speak for."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from jointbuy.matching.alike import leaders
from jointbuy.matching.places import NEIGHBOURS, PLACE
from jointbuy.model import LocalText, Nature
from jointbuy.vocabulary import cpv as tree
from jointbuy.vocabulary.lexicon import lexicon
from jointbuy.vocabulary.search import declared_bonus, evidence_for

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jointbuy.errors import Message

ENOUGH = 0.25
"""Below this score a category is a guess: the need then stands for itself."""

CONSIDERED = 25
"""So many categories that the words speak for are held against the declared code."""

OTHER_CODE = 0.97
"""How well a category suits by one of its other codes, compared with its main code."""

FINE = 6
"""A code with so many digits names a thing by itself."""

LOOSE = "~"
"""Begins the key of a purchase that only its words describe."""

WORKS_DIVISION = "45"
LANGUAGES = ("fr", "nl", "de", "en")


@dataclass(frozen=True, slots=True, kw_only=True)
class Purchase:
    """One kind of purchase; needs with the same key are for the same thing.

    `category` is empty where the thesaurus does not know it: then the fine code or the
    words of the title are the key.
    """

    key: str
    category: str = ""
    cpv: str = ""
    nature: Nature | None = None
    reach: str = NEIGHBOURS
    labels: LocalText = field(default_factory=LocalText)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one text and code were read as, and how surely (0 to 1)."""

    purchase: Purchase
    score: float


class Purchases:
    """Finds the purchase of a text and a code; the same text is read once."""

    def __init__(self) -> None:
        self._seen: dict[tuple[str, str, str, str], Reading] = {}

    def read(
        self, title: str, description: str = "", cpv: str = "", language: str = ""
    ) -> Reading:
        """The purchase a text and a declared code speak for."""
        asked = (title, description, tree.bare(cpv), language)
        found = self._seen.get(asked)
        if found is None:
            found = self._seen[asked] = _read(*asked)
        return found


def evidence(
    purchase: Purchase, title: str, description: str, cpv: str, language: str
) -> Message | None:
    """The words by which a text was read as that purchase; worked out when asked.

    The code is asked only when the words alone do not tell.
    """
    return _evidence(purchase.category, title, description, cpv, language)


@lru_cache(maxsize=20_000)
def _evidence(
    category: str, title: str, description: str, cpv: str, language: str
) -> Message | None:
    for code in ("", cpv):
        told = evidence_for(category, title, description, code, language=language)
        if told is not None:
            return told
    return None


def _read(title: str, description: str, code: str, language: str) -> Reading:
    place, score = best_category(title, description, code, language)
    if score >= ENOUGH:
        return Reading(purchase=_known(place), score=min(1.0, score))
    return Reading(purchase=_unknown(title, code, language), score=0.0)


def best_category(
    title: str, description: str, code: str, language: str
) -> tuple[int, float]:
    """The first category that `vocabulary.assign` would give, without the evidence."""
    book = lexicon()
    found = dict(_alone(code))
    for one in book.rank(book.weighted(title, description), language)[:CONSIDERED]:
        place = one.category
        found[place] = found.get(place, 0.0) + one.score * _suits(code, place)
    return min(found.items(), key=lambda item: (-item[1], item[0]), default=(-1, 0.0))


@cache
def _alone(code: str) -> dict[int, float]:
    """What a declared code says by itself."""
    return declared_bonus(lexicon(), code)


@cache
def _suits(code: str, place: int) -> float:
    """How well a category suits a declared code."""
    if not code:
        return 1.0
    category = lexicon().categories[place]
    by_other = (tree.compatibility(code, other) for other in category.other_cpv)
    return max(
        tree.compatibility(code, category.cpv),
        OTHER_CODE * max(by_other, default=0.0),
    )


@cache
def _known(place: int) -> Purchase:
    category = lexicon().categories[place]
    return Purchase(
        key=category.id,
        category=category.id,
        cpv=category.cpv,
        nature=Nature[category.nature.upper()],
        reach=category.reach,
        labels=LocalText(**category.labels),
    )


def _unknown(title: str, code: str, language: str) -> Purchase:
    """A purchase the thesaurus does not know.

    A fine code is a purchase of its own, unless it is works: two sites are two things.
    Otherwise the words must agree, under one group
    of codes.
    """
    works = code.startswith(WORKS_DIVISION)
    fine = tree.depth(code) >= FINE if code and not works else False
    name = title.strip()
    return Purchase(
        key=f"={code}" if fine else f"{LOOSE}{code[: tree.GROUP]} {name}",
        cpv=code,
        nature=Nature.WORKS if works else None,
        reach=PLACE if works else NEIGHBOURS,
        labels=LocalText(**{language if language in LANGUAGES else "en": name}),
    )


def settled(readings: Sequence[Reading], titles: Sequence[str]) -> list[Reading]:
    """The readings; those nobody knows are brought together where words agree."""
    loose = [
        (one.purchase.cpv[: tree.GROUP], title)
        for one, title in zip(readings, titles, strict=True)
        if one.purchase.key.startswith(LOOSE)
    ]
    leader = leaders(loose) if loose else {}
    found = []
    for one, title in zip(readings, titles, strict=True):
        group = one.purchase.cpv[: tree.GROUP]
        if not one.purchase.key.startswith(LOOSE):
            found.append(one)
            continue
        key = f"{LOOSE}{group} {leader[group, title]}"
        found.append(replace(one, purchase=replace(one.purchase, key=key)))
    return found
