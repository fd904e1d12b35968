"""The codes a text may mean: what thesaurus, buyers and official list say, added up.

Evidence is gathered by class (the first four digits of a code), because five codes of
one class would leave four guesses unused; within a class the surest witness names the
code.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

from jointbuy.vocabulary import cpv, words
from jointbuy.vocabulary.lexicon import DESCRIPTION
from jointbuy.vocabulary.parlance import parlance
from jointbuy.vocabulary.thesaurus import NATURES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jointbuy.vocabulary.lexicon import Lexicon, Ranked
    from jointbuy.vocabulary.official import CpvList
    from jointbuy.vocabulary.parlance import Heard
    from jointbuy.vocabulary.retrieval import Near
    from jointbuy.vocabulary.thesaurus import Category

READ = 500
"""So many characters of a title and of a description: what is bought stands first."""

# How much each witness says at most, and how much it must find to be half believed.
_THESAURUS, _BUYERS, _TREE, _WORDING = 7.0, 2.2, 0.9, 0.6
_HEARD_ENOUGH, _NEAR_ENOUGH = 0.4, 0.2
_DESCRIPTION = 0.55

# What is left of a code that is not a category's own, or of another nature than was
# said, or than a verb of the title hints at.
_OTHER_CODE, _LESS, _COARSER = 0.45, 0.05, 0.9
_OTHER_CATEGORY, _HINTED_CATEGORY = 0.75, 0.92
_OTHER_NATURE, _HINTED_NATURE, _SOFTWARE = 0.45, 0.8, 0.7

# From where the thesaurus is sure, and how much less the others then say; what a
# division gets of all that lies below it.
_SURE, _TRUST, _ABOVE = 0.5, 0.95, 0.07

# How surely buyers and official wordings name a code, and what a second one gets.
_NAMED, _WORDED = 0.3, 0.6
_SECOND, _SECOND_SURE, _OTHER_MEANT = 0.45, 0.2, 0.7

_RANKED, _CLASSES, _PLACES = 15, 50, 3
_COMPOUND = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What somebody wants to buy, as they said it."""

    title: str
    description: str = ""
    language: str = ""
    nature: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A code that may fit, how strongly, and by what it was found.

    At most one of `ranked` (the thesaurus), `heard` (buyers) and `label` (the official
    list) says why; none does for a code that stands above others.
    """

    code: str
    score: float = 0.0
    category: Category | None = None
    ranked: Ranked | None = None
    heard: Heard | None = None
    label: str = ""


_Witness: TypeAlias = "tuple[Category, Ranked] | Heard | str | None"


class _Found:
    """The evidence so far: what each class weighs, and how surely which code is it."""

    def __init__(self) -> None:
        self.classes: dict[str, float] = defaultdict(float)
        self.codes: dict[str, dict[str, tuple[float, _Witness]]] = defaultdict(dict)

    def name(self, code: str, sure: float, witness: _Witness) -> None:
        """Puts a code forward, unless something surer already did."""
        codes = self.codes[code[: cpv.CLASS]]
        known = codes.get(code)
        if known is None or known[0] < sure:
            codes[code] = (sure, witness)


def candidates(
    asked: Asked, book: Lexicon, official: CpvList | None, limit: int
) -> list[Candidate]:
    """The codes a text may mean, best first, each once; none if no word is known."""
    found = _Found()
    title = words.words(asked.title[:READ])
    more = words.words(asked.description[:READ])
    language = asked.language.casefold()[:2]
    said = asked.nature.casefold() in NATURES
    nature = asked.nature.casefold() if said else _hinted(title)
    sure, meant = _ask_thesaurus(found, asked, more, book, nature)
    doubt = 1 - _TRUST * sure * sure
    _ask_buyers(found, title, more, language, doubt)
    near = _ask_official(found, title, more, language, doubt, official)
    for slot in found.classes:
        found.classes[slot] *= _suits(slot, nature, said=said)
    _look_above(found)
    order = sorted(found.classes.items(), key=lambda one: (-one[1], one[0]))[:limit]
    if near is not None and official is not None:
        for slot, _ in order:
            for code, nearness, place in official.index.codes(near, slot):
                label = official.label(code, official.index.language_of(place))
                found.name(code, _WORDED * nearness, label)
    return _spread(found, order, limit, sure, meant)


def _hinted(title: Iterable[str]) -> str:
    """The nature that the first telling verb of a title betrays, or ""."""
    cues = words.cues()
    return next((cues[word] for word in list(title)[:4] if word in cues), "")


def _ask_thesaurus(
    found: _Found, asked: Asked, more: Iterable[str], book: Lexicon, nature: str
) -> tuple[float, str]:
    """How much of the text the thesaurus understands, 0 to 1, and the code it means.

    Of a description only words it knows as they are written are read.
    """
    weighted = book.weighted(asked.title[:READ])
    known = _known(book)
    for word in more:
        if word in known:
            weighted.setdefault(word, DESCRIPTION)
    ranked = book.rank(weighted, asked.language.casefold()[:2], _RANKED)
    said_so = asked.nature.casefold() in NATURES
    against = _OTHER_CATEGORY if said_so else _HINTED_CATEGORY
    best: dict[str, float] = {}
    most, meant = 0.0, ""
    for one in ranked:
        category = book.categories[one.category]
        score = one.score
        if nature and category.nature != nature:
            score *= against
        said = [(category.cpv, score)]
        finer = category.finer.get(one.term.wording, "")
        if finer:
            said = [(finer, score), (category.cpv, score * _COARSER)]
        said += [
            (other, score * (_OTHER_CODE - _LESS * place))
            for place, other in enumerate(category.other_cpv)
        ]
        for code, sure in said:
            slot = code[: cpv.CLASS]
            best[slot] = max(best.get(slot, 0.0), sure)
            if sure > most:
                most, meant = sure, code
            found.name(code, sure, (category, one))
    for slot, value in best.items():
        found.classes[slot] += _THESAURUS * value / (1 + most)
    return min(1.0, most), meant


@cache
def _known(book: Lexicon) -> frozenset[str]:
    """Every word of the thesaurus as it is written, whatever its language."""
    return frozenset(word for own in book.places.values() for word in own)


def _ask_buyers(
    found: _Found,
    title: Iterable[str],
    more: Iterable[str],
    language: str,
    doubt: float,
) -> None:
    spoken = parlance()
    first, then = spoken.hear(title, language), spoken.hear(more, language)
    heard: dict[str, float] = {code: one.weight for code, one in first.items()}
    for code, one in then.items():
        heard[code] = heard.get(code, 0.0) + _DESCRIPTION * one.weight
    if heard:
        most = max(heard.values()) + _HEARD_ENOUGH
        for code, weight in heard.items():
            found.classes[code[: cpv.CLASS]] += doubt * _BUYERS * weight / most
            told = first.get(code) or then[code]
            found.name(code, _NAMED * weight / most, told)


def _ask_official(
    found: _Found,
    title: Iterable[str],
    more: Iterable[str],
    language: str,
    doubt: float,
    official: CpvList | None,
) -> Near | None:
    """How near the text comes to the official wordings.

    Of a description the words of the list are read, and long ones: compounds.
    """
    if official is None:
        return None
    silent, index = words.fillers(), official.index
    weighted = {
        word: _DESCRIPTION
        for word in more
        if (len(word) >= _COMPOUND or word in index) and word not in silent
    }
    weighted.update({word: 1.0 for word in title if word not in silent})
    if not weighted:
        return None
    near = index.near(weighted, language)
    tree = _TREE * (1 + _NEAR_ENOUGH) / (float(near.tree.max()) + _NEAR_ENOUGH)
    worded = _WORDING * (1 + _NEAR_ENOUGH) / (float(near.wordings.max()) + _NEAR_ENOUGH)
    for slot, score in near.best(tree, worded, _CLASSES):
        found.classes[slot] += doubt * score
    return near


def _suits(slot: str, nature: str, *, said: bool) -> float:
    """How well a class suits the nature that was said, or only hinted at."""
    division = slot[: cpv.DIVISION]
    less = _OTHER_NATURE if said else _HINTED_NATURE
    if nature == "works":
        return 1.0 if division == "45" else less
    if nature == "services":
        if division == "48":
            return max(less, _SOFTWARE)
        return 1.0 if division > "48" else less
    if nature == "supplies":
        return less if division == "45" or division > "48" else 1.0
    return 1.0


def _look_above(found: _Found) -> None:
    """Evidence spread over a division speaks for its own code too."""
    spread: dict[str, float] = defaultdict(float)
    for slot, score in found.classes.items():
        if slot[cpv.DIVISION :] != "00":
            spread[slot[: cpv.DIVISION]] += score
    for division, score in spread.items():
        found.classes[f"{division}00"] += _ABOVE * score


def _spread(
    found: _Found,
    order: Iterable[tuple[str, float]],
    limit: int,
    sure: float,
    meant: str,
) -> list[Candidate]:
    """The best code of each class, and the second codes of classes strongly meant.

    Where the thesaurus is sure of what is `meant`, that stands first.
    """
    second = _SECOND + _SECOND_SURE * sure
    chosen: list[tuple[float, str, _Witness]] = []
    for slot, score in order:
        if score <= 0:
            continue
        general = slot.ljust(cpv.DIGITS, "0")
        codes = found.codes.get(slot) or {general: (1.0, None)}
        named = sorted(codes.items(), key=lambda one: (-one[1][0], one[0]))[:_PLACES]
        surest, first = named[0][1][0] or 1.0, _category(named[0][1][1])
        for place, (code, (likely, witness)) in enumerate(named):
            other = _category(witness)
            less = _OTHER_MEANT if other and first and other != first else second
            share = less * likely / surest if place else 1.0
            chosen.append((score * share, code, witness))
    chosen.sort(key=lambda one: (sure < _SURE or one[1] != meant, -one[0]))
    if chosen:
        chosen[0] = (max(one[0] for one in chosen), *chosen[0][1:])
    return [_candidate(code, score, witness) for score, code, witness in chosen[:limit]]


def _category(witness: _Witness) -> str:
    return witness[0].id if isinstance(witness, tuple) else ""


def _candidate(code: str, score: float, witness: _Witness) -> Candidate:
    if witness is None:
        return Candidate(code=code, score=score)
    if isinstance(witness, str):
        return Candidate(code=code, score=score, label=witness)
    if isinstance(witness, tuple):
        category, ranked = witness
        return Candidate(code=code, score=score, category=category, ranked=ranked)
    return Candidate(code=code, score=score, heard=witness)
