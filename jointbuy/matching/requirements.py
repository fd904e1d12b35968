"""Hard requirements of several needs: what all have, and what sets them apart."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from jointbuy.matching.alike import roots
from jointbuy.vocabulary.words import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from jointbuy.model import Need

_FIGURES = re.compile(r"[0-9]+(?:[.,][0-9]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """The requirements of some needs, by their plain words.

    `shared` are those that all have who have any; `differing` the others, with their
    `owners`. `alike` are pairs of the latter in two languages that name the same
    figures or words. `apart` counts the rest: those of two languages may be one and the
    same, so each is set against one of the other language. `languages` is in how many
    the differing ones are written.
    """

    shared: Mapping[str, str] = field(default_factory=dict)
    differing: Mapping[str, str] = field(default_factory=dict)
    owners: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    alike: tuple[tuple[str, str], ...] = ()
    apart: int = 0
    languages: int = 0


def compare(needs: Iterable[Need]) -> Compared:
    """What the requirements have in common, and how many set the needs apart."""
    asking = [need for need in needs if need.requirements]
    written: dict[str, str] = {}
    holders: dict[str, list[Need]] = {}
    for need in asking:
        for text in sorted(need.requirements):
            key = plain(text)
            written.setdefault(key, text)
            holders.setdefault(key, []).append(need)
    everybody = len(asking) > 1
    shared = {
        key: written[key]
        for key in sorted(written)
        if everybody and len({need.id for need in holders[key]}) == len(asking)
    }
    rest = {key: written[key] for key in sorted(written) if key not in shared}
    language = {key: _language(holders[key]) for key in rest}
    alike = _alike(rest, language)
    matched = {key for pair in alike for key in pair}
    left = Counter(language[key] for key in rest if key not in matched)
    unsaid = left.pop("", 0)
    return Compared(
        shared=shared,
        differing=rest,
        owners={
            key: tuple(sorted({need.administration for need in holders[key]}))
            for key in rest
        },
        alike=tuple((rest[one], rest[other]) for one, other in alike),
        apart=unsaid + max(left.values(), default=0),
        languages=len({spoken for spoken in language.values() if spoken}),
    )


def _language(holders: Iterable[Need]) -> str:
    """The one language of those who wrote it, "" where it cannot be told."""
    found = {need.language for need in holders}
    return found.pop() if len(found) == 1 else ""


def _alike(
    rest: Mapping[str, str], language: Mapping[str, str]
) -> list[tuple[str, str]]:
    """Pairs in two languages with the same figures, or with words of one root."""
    found = []
    free = [key for key in rest if language[key]]
    for one in list(free):
        if one not in free:
            continue
        for other in free:
            if language[other] != language[one] and _same(one, other):
                found.append((one, other))
                free = [key for key in free if key not in (one, other)]
                break
    return found


def _same(one: str, other: str) -> bool:
    figures = set(_FIGURES.findall(one)), set(_FIGURES.findall(other))
    if any(figures):
        return figures[0] == figures[1]
    return bool(roots(one) & roots(other))
