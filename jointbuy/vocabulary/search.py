"""What somebody wants to buy, in their own words, and the codes that may fit it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from jointbuy.errors import Arg, Message, say
from jointbuy.vocabulary import cpv, words
from jointbuy.vocabulary.candidates import Asked, Candidate, candidates
from jointbuy.vocabulary.lexicon import Lexicon, Ranked, lexicon
from jointbuy.vocabulary.parlance import parlance
from jointbuy.vocabulary.thesaurus import LANGUAGES, thesaurus

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from jointbuy.vocabulary.official import CpvList
    from jointbuy.vocabulary.thesaurus import Category

SUGGESTED = 5
_RELATIVE = 0.2
_PIECE = re.compile(r"[^\W_]+")
_TYPED, _HALF, _TOLD = 100.0, 2.0, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A code that may fit, why, and how surely (0 to 1; only the order is exact).

    `category` is the thesaurus category it comes from, or "" for an official code.
    """

    code: str
    category: str = ""
    labels: dict[str, str] = field(default_factory=dict)
    score: float
    why: Message


def search(
    text: str,
    *,
    language: str = "",
    nature: str = "",
    limit: int = 5,
    official: CpvList | None = None,
    description: str = "",
) -> tuple[Suggestion, ...]:
    """The codes that may fit a text, best first, each once.

    The language is a hint; all four are read. A text without any known word gets no
    suggestion at all. A code typed as such comes first.
    """
    book = lexicon()
    asked = Asked(title=text, description=description, language=language, nature=nature)
    return tuple(
        Suggestion(
            code=one.code,
            category=one.category.id if one.category else "",
            labels=_labels(one, official),
            score=round(one.score / (one.score + _HALF), 4),
            why=_why(book, asked, one, official),
        )
        for one in _chosen(asked, book, official, limit)
    )


def suggest(
    items: Iterable[Mapping[str, Any]], *, official: CpvList | None = None
) -> Iterator[dict[str, Any]]:
    """The five best codes of each row {id, text, language, description, nature}.

    Yields {"id": …, "suggestions": [code, …]}; best first.
    """
    book = lexicon()
    for item in items:
        asked = Asked(
            title=str(item.get("text") or ""),
            description=str(item.get("description") or ""),
            language=str(item.get("language") or ""),
            nature=str(item.get("nature") or ""),
        )
        chosen = _chosen(asked, book, official, SUGGESTED)
        yield {
            "id": item.get("id", ""),
            "suggestions": [one.code for one in chosen],
        }


def evidence_for(
    category: str, title: str, description: str = "", *, language: str = ""
) -> Message | None:
    """The words by which a text can be read as that category; None where none can."""
    book = lexicon()
    asked = Asked(title=title, description=description, language=language)
    weighted = book.weighted(title, description)
    ranked = book.read_as(_places()[category], weighted, language)
    return _evidence(book, asked, ranked) if ranked else None


@cache
def _places() -> dict[str, int]:
    return {one.id: place for place, one in enumerate(thesaurus())}


# -- candidates ------------------------------------------------------------------------


def _chosen(
    asked: Asked, book: Lexicon, official: CpvList | None, limit: int
) -> list[Candidate]:
    """The best codes, filled up with near relatives of the first."""
    found = candidates(asked, book, official, limit)
    typed = cpv.bare(asked.title)
    if typed:
        found.insert(0, Candidate(code=typed, score=_TYPED))
    if found and len(found) < limit:
        found += _relatives(found[0])
    kept: dict[str, Candidate] = {}
    for one in found:
        kept.setdefault(one.code, one)
    return list(kept.values())[:limit]


def _relatives(best: Candidate) -> list[Candidate]:
    """The codes above the best one and its neighbours in the thesaurus, weakly."""
    return [
        Candidate(code=code, score=0.01 * share, category=category)
        for share, code, category in _near(best.code)
    ]


@lru_cache(maxsize=2_000)
def _near(code: str) -> tuple[tuple[float, str, Category | None], ...]:
    """Relatives of a code and how much of its score each gets, nearest first."""
    above = [
        (_RELATIVE * 0.9**place, up, None)
        for place, up in enumerate(cpv.ancestors(code))
        if cpv.depth(up) >= cpv.GROUP
    ]
    beside = [
        (_RELATIVE * 0.8 * share / cpv.DIGITS, category.cpv, category)
        for category in thesaurus()
        if (share := cpv.shared(category.cpv, code)) >= cpv.GROUP
        and category.cpv != code
    ]
    return tuple(sorted([*above, *beside], key=lambda one: -one[0])[:8])


# -- words for the reader --------------------------------------------------------------


def _labels(one: Candidate, official: CpvList | None) -> dict[str, str]:
    if one.category is not None and one.category.cpv == one.code:
        return one.category.labels
    if official is not None and one.code in official:
        return {language: official.label(one.code, language) for language in LANGUAGES}
    if one.heard is not None or one.category is None:
        return parlance().name(one.code)
    return one.category.labels


def _why(
    book: Lexicon, asked: Asked, one: Candidate, official: CpvList | None
) -> Message:
    if cpv.bare(asked.title) == one.code:
        if official is not None and one.code not in official:
            return say("The code as typed; the installed list does not have it.")
        return say("The code as typed.")
    if one.heard is not None:
        return say(
            "Public buyers often file “{words}” under this code.",
            words=_joined(one.heard.wordings[:_TOLD]),
        )
    if one.label:
        return say("The official wording says “{label}”.", label=one.label)
    if one.ranked is None:
        return say("A near relative of the other suggestions.")
    own = one.category is None or one.code in {
        one.category.cpv,
        one.category.finer.get(one.ranked.term.wording),
    }
    if not own:
        return say(
            "Also used for purchases called “{term}”.", term=one.ranked.term.wording
        )
    return _evidence(book, asked, one.ranked)


def _evidence(book: Lexicon, asked: Asked, ranked: Ranked) -> Message:
    term = ranked.term
    told: list[str] = []
    for word in book.weighted(asked.title, asked.description):
        for reading in book.readings(word):
            if not book.speaks(reading, ranked):
                continue
            if reading.way == "slip":
                return say(
                    "“{written}” read as “{known}”: “{term}”.",
                    written=_written(word, asked.title, asked.description),
                    known=_written(reading.known, term.wording),
                    term=term.wording,
                )
            if reading.way in ("parts", "head"):
                return say(
                    "“{written}” read as {parts}: “{term}”.",
                    written=_written(word, asked.title, asked.description),
                    parts=_joined(
                        _written(part, term.wording) for part in reading.parts
                    ),
                    term=term.wording,
                )
            told.append(_written(word, asked.title, asked.description))
            break
    if not told:
        return say("Near to “{term}”.", term=term.wording)
    return say(
        "Found by {words} in “{term}”.",
        words=_joined(told),
        term=term.wording,
    )


def _written(word: str, *texts: str) -> str:
    """A normalised word as it was first written in the texts, else as it is."""
    if " " in word:
        return " ".join(_written(one, *texts) for one in word.split())
    for text in texts:
        for piece in unicodedata.normalize("NFC", text).split():
            if word not in (own := _plainly(piece)):
                continue
            parts = _PIECE.findall(piece)
            found = next((one for one in parts if _plainly(one) == (word,)), "")
            return found or (
                piece.strip("()[],;:!?«»“”\"'") if own == (word,) else word
            )
    return word


@lru_cache(maxsize=50_000)
def _plainly(piece: str) -> tuple[str, ...]:
    return words.words(piece)


def _joined(parts: Iterable[str]) -> Arg:
    return Arg(name="", text=" + ".join(dict.fromkeys(parts)))
