"""What each need is about: the category of purchase its words and code speak for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from jointbuy.matching.places import NEIGHBOURS, PLACE
from jointbuy.model import LocalText, Nature
from jointbuy.vocabulary import cpv as tree
from jointbuy.vocabulary import words
from jointbuy.vocabulary.search import assign

if TYPE_CHECKING:
    from jointbuy.errors import Message

ENOUGH = 0.2
"""Below this score a category is a guess: the need then stands for itself."""

WORKS_DIVISION = "45"


@dataclass(frozen=True, slots=True, kw_only=True)
class Purchase:
    """One kind of purchase; needs with the same key are for the same thing.

    `category` is empty where the thesaurus does not know it: then the fine code or the
    telling words of the title are the key. `score` runs to 1.
    """

    key: str
    category: str = ""
    cpv: str = ""
    other_cpv: tuple[str, ...] = ()
    nature: Nature | None = None
    reach: str = NEIGHBOURS
    labels: LocalText = field(default_factory=LocalText)
    score: float = 0.0
    evidence: Message | None = None


class Purchases:
    """Finds the purchase of a text and a code; the same text is read once."""

    def __init__(self) -> None:
        self._seen: dict[tuple[str, str, str, str], Purchase] = {}

    def of(
        self, title: str, description: str = "", cpv: str = "", language: str = ""
    ) -> Purchase:
        """The purchase a text and a declared code speak for."""
        asked = (title, description, cpv, language)
        found = self._seen.get(asked)
        if found is None:
            found = self._seen[asked] = _read(*asked)
        return found


def _read(title: str, description: str, cpv: str, language: str) -> Purchase:
    ranked = assign(title, description, cpv, language=language)
    if ranked and ranked[0][1] >= ENOUGH:
        category, score, evidence = ranked[0]
        return Purchase(
            key=category.id,
            category=category.id,
            cpv=category.cpv,
            other_cpv=category.other_cpv,
            nature=Nature[category.nature.upper()],
            reach=category.reach,
            labels=LocalText(**category.labels),
            score=score,
            evidence=evidence,
        )
    return _unknown(title, cpv, language)


def _unknown(title: str, cpv: str, language: str) -> Purchase:
    """A purchase the thesaurus does not know.

    A fine code is a purchase of its own; under a coarse one only the same telling words
    are the same thing.
    """
    code = tree.bare(cpv)
    fine = bool(code) and tree.depth(code) >= tree.CATEGORY
    telling = sorted({words.root(word, language or "fr") for word in _telling(title)})
    key = f"={code}" if fine else f"~{code[: tree.DIVISION]} {' '.join(telling)}"
    name = title.strip()
    labels = {language: name} if language in ("fr", "nl", "de", "en") else {"en": name}
    return Purchase(
        key=key,
        cpv=code,
        nature=Nature.WORKS if code.startswith(WORKS_DIVISION) else None,
        reach=PLACE if code.startswith(WORKS_DIVISION) else NEIGHBOURS,
        labels=LocalText(**labels),
    )


def _telling(title: str) -> tuple[str, ...]:
    return words.telling(title) or words.words(title) or (title.strip().casefold(),)
