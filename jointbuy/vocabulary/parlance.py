"""How public buyers word what they file under a code: wider and looser than categories.

Each file of `parlance/` has a table per code with wordings parted by semicolons; the
first of a language names the code. It only helps to suggest codes, never to match.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib import resources
from math import log
from typing import TYPE_CHECKING

from jointbuy.vocabulary import words as text
from jointbuy.vocabulary.readings import COMPOUNDING
from jointbuy.vocabulary.thesaurus import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_FOREIGN, _TOGETHER = 0.7, 0.35
_END, _BEGINNING = 0.6, 0.4
_LONG, _SHORTEST_END, _SHORTEST_BEGINNING = 8, 4, 5
_SMALL_WORD = 3


@dataclass(frozen=True, slots=True)
class Heard:
    """How strongly a text speaks for one code, and its wordings that say so."""

    weight: float
    wordings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Wording:
    """Roots that must all stand in a text, what they weigh, and for which codes."""

    text: str
    others: tuple[str, ...]
    weight: float
    codes: tuple[str, ...]


class Parlance:
    """Which codes the words of a text speak for."""

    def __init__(self, said: Mapping[str, Mapping[str, tuple[str, ...]]]) -> None:
        self._said = said
        self._first: dict[str, dict[str, list[_Wording]]] = {
            name: defaultdict(list) for name in LANGUAGES
        }
        self._known: dict[str, set[str]] = {name: set() for name in LANGUAGES}
        self._alone: dict[str, set[str]] = {name: set() for name in LANGUAGES}
        self._roots: dict[str, tuple[tuple[int, str, float], ...]] = {}
        self._index()

    def _index(self) -> None:
        """Posts each wording under the rarest of its roots."""
        codes: dict[tuple[str, frozenset[str]], dict[str, str]] = defaultdict(dict)
        spread: dict[tuple[str, str], set[str]] = defaultdict(set)
        silent = text.fillers()
        for code, by_language in self._said.items():
            for language, wordings in by_language.items():
                for wording in wordings:
                    own = _needed(text.words(wording), silent)
                    roots = frozenset([_root(word, language) for word in own])
                    if roots:
                        codes[language, roots].setdefault(code, wording)
                    for one in roots:
                        spread[language, one].add(code)
        whole = log(1 + len(self._said))
        for (language, roots), told in codes.items():
            first, *others = roots
            if others:
                first, *others = sorted(
                    roots, key=lambda one: (len(spread[language, one]), one)
                )
            rare = log(1 + len(self._said) / len(told)) / whole
            self._first[language][first].append(
                _Wording(
                    next(iter(told.values())),
                    tuple(others),
                    rare * (1 + _TOGETHER * len(others)),
                    tuple(told),
                )
            )
            self._known[language].update(roots)
            if not others:
                self._alone[language].add(first)

    def name(self, code: str) -> dict[str, str]:
        """What a code is called in each language; {} for one that is not here."""
        return {
            language: wordings[0][:1].upper() + wordings[0][1:]
            for language, wordings in self._said.get(code, {}).items()
        }

    def hear(self, words: Iterable[str], language: str = "") -> dict[str, Heard]:
        """The codes that normalised words speak for, unordered.

        Words of another language than the one given count less.
        """
        present: list[dict[str, float]] = [{} for _ in LANGUAGES]
        for word in words:
            for place, root, sure in self._rooted(word):
                if sure > present[place].get(root, 0.0):
                    present[place][root] = sure
        weights: dict[str, float] = {}
        told: dict[str, list[str]] = {}
        for name, roots in zip(LANGUAGES, present, strict=True):
            own = 1.0 if not language or name == language else _FOREIGN
            first = self._first[name]
            for root, sure in roots.items():
                for wording in first.get(root, ()):
                    least = sure
                    for other in wording.others:
                        least = min(least, roots.get(other, 0.0))
                    if not least:
                        continue
                    value = own * least * wording.weight
                    for code in wording.codes:
                        weights[code] = weights.get(code, 0.0) + value
                        told.setdefault(code, []).append(wording.text)
        return {
            code: Heard(weight, tuple(dict.fromkeys(told[code])))
            for code, weight in weights.items()
        }

    def _rooted(self, word: str) -> tuple[tuple[int, str, float], ...]:
        """The known roots of a word: (place of the language, root, how surely)."""
        found = self._roots.get(word)
        if found is None:
            found = self._roots[word] = tuple(self._read(word))
        return found

    def _read(self, word: str) -> Iterable[tuple[int, str, float]]:
        for place, language in enumerate(LANGUAGES):
            root = _root(word, language)
            if root in self._known[language]:
                yield place, root, 1.0
            if root in self._alone[language] or len(word) < _LONG:
                continue
            if language in COMPOUNDING:
                for part, sure in self._parts(word, language):
                    yield place, part, sure

    def _parts(self, word: str, language: str) -> Iterable[tuple[str, float]]:
        """The longest known end of a compound, and its longest known beginning."""
        alone = self._alone[language]
        for cut in range(_SHORTEST_BEGINNING - 1, len(word) - _SHORTEST_END + 1):
            end = _root(word[cut:], language)
            if end in alone:
                yield end, _END
                break
        for cut in range(len(word) - 2, _SHORTEST_BEGINNING - 1, -1):
            begin = word[:cut]
            known = begin if begin in alone else _root(begin, language)
            if known in alone:
                yield known, _BEGINNING
                break


def _needed(words: tuple[str, ...], silent: frozenset[str]) -> Iterable[str]:
    """The words of a wording that a text must hold.

    One telling word alone would say too much of "gestion de projet": it needs both.
    """
    telling = [word for word in words if word not in silent]
    if len(telling) != 1:
        return telling
    return [word for word in words if len(word) > _SMALL_WORD or word == telling[0]]


@cache
def _root(word: str, language: str) -> str:
    """The word without its plural; unlike elsewhere, Schulung is not of the Schule."""
    if language in COMPOUNDING:
        if word.endswith(("ung", "ing")):
            return word
        if word.endswith(("ungen", "ingen")):
            return word.removesuffix("en")
    return text.root(word, language)


def read() -> dict[str, dict[str, tuple[str, ...]]]:
    """The wordings of each code by language, as the files have them."""
    folder = resources.files(__package__) / "parlance"
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if file.name.endswith(".toml"):
            for code, row in tomllib.loads(file.read_text(encoding="utf-8")).items():
                if code in found:
                    raise ValueError(f"{file.name}: code {code} stands twice")
                found[code] = {
                    language: tuple(part.strip() for part in row[language].split(";"))
                    for language in LANGUAGES
                }
    return found


@cache
def parlance() -> Parlance:
    """The shipped wordings, read on first use."""
    return Parlance(read())
