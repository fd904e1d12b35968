"""What somebody wants to buy, in their own words, and the codes that may fit it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from jointbuy.errors import Arg, Message, say
from jointbuy.vocabulary import cpv, words
from jointbuy.vocabulary.lexicon import Lexicon, Ranked, lexicon
from jointbuy.vocabulary.thesaurus import LANGUAGES, thesaurus

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from jointbuy.vocabulary.official import CpvList
    from jointbuy.vocabulary.thesaurus import Category

_WEAK, _MUCH_WEAKER = 0.01, 0.12
_OTHER_CODE, _LESS, _OFFICIAL, _RELATIVE = 0.45, 0.05, 0.4, 0.2
_OTHER_NATURE, _HINTED_NATURE, _COARSER = 0.75, 0.92, 0.9


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


@dataclass(frozen=True, slots=True)
class _Asked:
    """What somebody wants to buy, as they said it."""

    title: str
    description: str
    language: str
    nature: str


@dataclass(frozen=True, slots=True)
class _Scored:
    """A code on its way to become a suggestion."""

    score: float
    code: str
    category: Category | None
    ranked: Ranked | None = None
    label: str = ""


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
    asked = _Asked(text, description, language, nature)
    scored = _candidates(asked, book, official)
    chosen = _best(scored, limit)
    return tuple(
        Suggestion(
            code=one.code,
            category=one.category.id if one.category else "",
            labels=_labels(one, official),
            score=round(min(1.0, one.score), 4),
            why=_why(book, asked, one, official),
        )
        for one in chosen
    )


def suggest(
    items: Iterable[Mapping[str, Any]], *, official: CpvList | None = None
) -> Iterator[dict[str, Any]]:
    """The five best codes of each row {id, text, language, description, nature}.

    Yields {"id": …, "suggestions": [code, …]}; best first.
    """
    book = lexicon()
    for item in items:
        asked = _Asked(
            *(
                str(item.get(name) or "")
                for name in ("text", "description", "language", "nature")
            )
        )
        scored = _candidates(asked, book, official)
        yield {
            "id": item.get("id", ""),
            "suggestions": [one.code for one in _best(scored, 5)],
        }


def assign(
    title: str, description: str = "", code: str = "", *, language: str = ""
) -> tuple[tuple[Category, float, Message], ...]:
    """The categories a need may belong to, best first, with score and evidence.

    Text evidence times how well the declared code suits: a specific text beats a coarse
    code, a declared leaf speaks for its own category.
    """
    book, declared = lexicon(), cpv.bare(code)
    asked = _Asked(title, description, language, "")
    return tuple(
        (
            book.categories[place],
            round(min(1.0, score), 4),
            _evidence(book, asked, kept, declared),
        )
        for place, score, kept in _assigned(book, asked, declared)
    )


def evidence_for(
    category: str, title: str, description: str = "", code: str = "", *, language: str
) -> Message | None:
    """The evidence that `assign` gives for one category, if it is among the best."""
    book, declared = lexicon(), cpv.bare(code)
    asked = _Asked(title, description, language, "")
    for place, _, kept in _assigned(book, asked, declared):
        if book.categories[place].id == category:
            return _evidence(book, asked, kept, declared)
    return None


def _assigned(
    book: Lexicon, asked: _Asked, declared: str
) -> list[tuple[int, float, Ranked | None]]:
    """The places of the best categories, with score and what they were found by."""
    found: dict[int, tuple[float, Ranked | None]] = {}
    ranked = book.rank(book.weighted(asked.title, asked.description), asked.language)
    for one in ranked[:25]:
        category = book.categories[one.category]
        suits = cpv.compatibility(declared, category.cpv)
        for other in category.other_cpv:
            suits = max(suits, 0.97 * cpv.compatibility(declared, other))
        found[one.category] = (one.score * suits, one)
    for place, bonus in declared_bonus(book, declared).items():
        score, kept = found.get(place, (0.0, None))
        found[place] = (score + bonus, kept)
    order = sorted(found.items(), key=lambda item: (-item[1][0], item[0]))
    best = [(place, score, kept) for place, (score, kept) in order if score >= _WEAK]
    return best[:8]


def declared_bonus(book: Lexicon, declared: str) -> dict[int, float]:
    """What a declared code alone says: {place of category: weight}.

    A leaf says much about its own category, a coarse code a little about each below it.
    """
    if not declared:
        return {}
    found: dict[int, float] = {}
    for place, category in enumerate(book.categories):
        if category.cpv == declared:
            found[place] = 0.35 if cpv.depth(declared) >= cpv.CATEGORY else 0.2
        elif declared in category.other_cpv:
            found[place] = 0.2 if cpv.depth(declared) >= cpv.CATEGORY else 0.1
        elif cpv.shared(category.cpv, declared) >= cpv.CLASS:
            found[place] = 0.1
    return found


# -- candidates ------------------------------------------------------------------------


def _candidates(
    asked: _Asked, book: Lexicon, official: CpvList | None
) -> list[_Scored]:
    title, nature = asked.title, asked.nature
    weighted = book.weighted(title, asked.description)
    ranked = book.rank(weighted, asked.language.casefold()[:2])[:12]
    hinted = nature.casefold() or _hinted(title)
    against = _OTHER_NATURE if nature else _HINTED_NATURE
    scored = []
    weakest = max(_WEAK, _MUCH_WEAKER * ranked[0].score) if ranked else _WEAK
    for one in ranked:
        if one.score < weakest:
            break
        category = book.categories[one.category]
        score = one.score
        if hinted and category.nature != hinted:
            score *= against
        finer = category.finer.get(one.term.wording, "")
        if finer:
            scored.append(_Scored(score, finer, category, one))
            score *= _COARSER
        scored.append(_Scored(score, category.cpv, category, one))
        for place, other in enumerate(category.other_cpv):
            less = score * (_OTHER_CODE - _LESS * place)
            scored.append(_Scored(less, other, category, one))
    if official is not None:
        scored += [
            _Scored(_OFFICIAL * score, code, None, None, label)
            for code, score, label in official.search(title, limit=8)
        ]
    typed = cpv.bare(title)
    if typed:
        scored.append(_Scored(2.0, typed, None))
    if scored:
        scored += _relatives(max(scored, key=lambda one: one.score))
    return scored


def _hinted(title: str) -> str:
    """The nature that the first telling verb of a title betrays, or ""."""
    cues = words.cues()
    for word in words.words(title)[:4]:
        if word in cues:
            return cues[word]
    return ""


def _relatives(best: _Scored) -> list[_Scored]:
    """The codes above the best one and its neighbours in the thesaurus, weakly."""
    return [
        _Scored(best.score * share, code, category)
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


def _best(scored: list[_Scored], limit: int) -> list[_Scored]:
    kept: dict[str, _Scored] = {}
    for one in sorted(scored, key=lambda one: -one.score):
        kept.setdefault(one.code, one)
    return list(kept.values())[:limit]


# -- words for the reader --------------------------------------------------------------


def _labels(one: _Scored, official: CpvList | None) -> dict[str, str]:
    if one.category is not None and one.category.cpv == one.code:
        return one.category.labels
    if official is not None and one.code in official:
        return {language: official.label(one.code, language) for language in LANGUAGES}
    return one.category.labels if one.category else {}


def _why(
    book: Lexicon, asked: _Asked, one: _Scored, official: CpvList | None
) -> Message:
    if cpv.bare(asked.title) == one.code:
        if official is not None and one.code not in official:
            return say("The code as typed; the installed list does not have it.")
        return say("The code as typed.")
    if one.ranked is None:
        if one.label:
            return say("The official wording says “{label}”.", label=one.label)
        return say("A near relative of the first suggestion.")
    own = one.category is None or one.code in {
        one.category.cpv,
        one.category.finer.get(one.ranked.term.wording),
    }
    if not own:
        return say(
            "Also used for purchases called “{term}”.", term=one.ranked.term.wording
        )
    return _evidence(book, asked, one.ranked, "")


def _evidence(
    book: Lexicon, asked: _Asked, ranked: Ranked | None, declared: str
) -> Message:
    if ranked is None:
        return say("The declared code {code} says so.", code=declared)
    term = ranked.term
    told: list[tuple[str, str]] = []
    for word in book.weighted(asked.title, asked.description):
        for reading in book.readings(word):
            if not book.speaks(reading, ranked):
                continue
            if reading.way == "slip":
                return say(
                    "“{written}” read as “{known}”: “{term}”.",
                    written=word,
                    known=reading.known,
                    term=term.wording,
                )
            if reading.way in ("parts", "head"):
                return say(
                    "“{written}” read as {parts}: “{term}”.",
                    written=word,
                    parts=_joined(reading.parts),
                    term=term.wording,
                )
            told.append((word, reading.known))
            break
    if not told:
        return say("Near to “{term}”.", term=term.wording)
    return say(
        "Found by {words} in “{term}”.",
        words=_joined(word for word, _ in told),
        term=term.wording,
    )


def _joined(parts: Iterable[str]) -> Arg:
    return Arg(name="", text=" + ".join(dict.fromkeys(parts)))
