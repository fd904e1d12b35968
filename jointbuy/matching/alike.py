"""Purchases the thesaurus does not know, brought together by the words they share.

Officers of two languages often write the same thing with words of one root, names and
numbers: qualification and kwalificatie, 230 V, RHIB.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

from jointbuy.vocabulary import words

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOT = 5
"""So many first letters carry the root of a learned word."""

ENOUGH = 0.4
"""At least this part of the shorter text must stand in the other, and two roots."""

COMMON = 50
"""A root in more texts than this tells nothing."""

_SOUNDS = (("qu", "kw"), ("ph", "f"), ("c", "k"), ("x", "ks"), ("ij", "y"), ("th", "t"))


@lru_cache(maxsize=200_000)
def _root(word: str) -> str:
    for written, heard in _SOUNDS:
        word = word.replace(written, heard)
    return word[:ROOT]


@lru_cache(maxsize=50_000)
def roots(title: str) -> frozenset[str]:
    """The roots of the telling words, spelt alike in every language."""
    return frozenset(_root(word) for word in words.telling(title) or words.words(title))


def leaders(texts: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """For each (code, title) the title it goes by: its own or that of one alike.

    Only texts under the same code are alike. The order does not matter.
    """
    found: dict[tuple[str, str], str] = {}
    by_code: dict[str, set[str]] = defaultdict(set)
    for code, title in texts:
        by_code[code].add(title)
    for code, titles in by_code.items():
        own = {title: roots(title) for title in titles}
        index: dict[str, list[str]] = defaultdict(list)
        for title in sorted(titles, key=lambda one: (-len(own[one]), one)):
            leader = _like(own[title], own, index) or title
            found[code, title] = leader
            if leader == title:
                for root in own[title]:
                    index[root].append(title)
    return found


def _like(
    mine: frozenset[str],
    own: dict[str, frozenset[str]],
    index: dict[str, list[str]],
) -> str:
    """The text that shares most roots with this one, if it shares enough."""
    shared: Counter[str] = Counter()
    for root in mine:
        if len(index[root]) <= COMMON:
            shared.update(index[root])
    if not shared:
        return ""
    best = min(shared, key=lambda title: (-shared[title] / len(own[title]), title))
    least = min(2, len(mine))
    return best if shared[best] >= max(least, ENOUGH * len(mine)) else ""
