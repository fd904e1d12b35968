"""Hard requirements of several needs: what all have, and what sets them apart.

They are intersected, never averaged: the joint specifications meet the strictest of
each, and what excludes each other is bought in lots or apart.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import TYPE_CHECKING

from jointbuy.matching.alike import roots
from jointbuy.matching.bounds import Interval, bounds_of, formats_of, stance
from jointbuy.vocabulary.words import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from jointbuy.matching.bounds import Bound
    from jointbuy.model import Need

TIMED = frozenset({"hour", "minute", "working day"})
"""What a time limit is counted in."""

_FIGURES = re.compile(r"[0-9]+(?:[.,][0-9]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Strictest:
    """Figures about the same thing: meeting `strict` meets `others` as well.

    `strict` are two where one sets the lower and one the upper limit. `read` are those
    without a word of direction that were read as a limit. `alike` say the same as the
    strict one in other words.
    """

    strict: tuple[str, ...]
    others: tuple[str, ...] = ()
    read: tuple[str, ...] = ()
    alike: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """Two requirements that no single thing can meet.

    `kind` is figures, formats or absence; `unsaid` are those that name a figure without
    a direction, so that they may be meant as a limit.
    """

    one: str
    other: str
    kind: str
    unsaid: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """The requirements of some needs, by their plain words.

    `shared` are those that all have who have any; `differing` the others, with their
    `owners`. `alike` are pairs of the latter in two languages that name the same
    figures or words. `apart` counts the rest: those of two languages may be one and the
    same, so each is set against one of the other language; what a stricter one meets is
    not counted, nor what excludes another. `languages` is in how many the differing
    ones are written. `holders` are the administrations of every requirement as written.
    """

    shared: Mapping[str, str] = field(default_factory=dict)
    differing: Mapping[str, str] = field(default_factory=dict)
    owners: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    alike: tuple[tuple[str, str], ...] = ()
    apart: int = 0
    languages: int = 0
    strictest: tuple[Strictest, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    holders: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


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
    strictest, contradictions = _figures(asking, written)
    contradictions = (
        *contradictions,
        *_formats(asking, written),
        *_absences(asking, written),
    )
    told = {plain(text) for one in strictest for text in _met(one)}
    told |= {plain(text) for one in contradictions for text in (one.one, one.other)}
    left = Counter(language[key] for key in rest if key not in matched | told)
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
        strictest=strictest,
        contradictions=contradictions,
        holders={
            written[key]: tuple(sorted({need.administration for need in own}))
            for key, own in sorted(holders.items())
        },
    )


# -- figures ---------------------------------------------------------------------------


def _figures(
    asking: list[Need], written: Mapping[str, str]
) -> tuple[tuple[Strictest, ...], tuple[Contradiction, ...]]:
    """The strictest figures about each thing, and those that exclude each other."""
    holders: dict[Bound, set[str]] = {}
    for need in sorted(asking, key=lambda one: one.id):
        for text in sorted({written[plain(text)] for text in need.requirements}):
            for bound in bounds_of(text):
                holders.setdefault(bound, set()).add(need.id)
    strictest: list[Strictest] = []
    contradictions: list[Contradiction] = []
    for together in _together(sorted(holders, key=lambda bound: bound.text)):
        own = _of_one_article({bound: holders[bound] for bound in together})
        if len({owner for owners in own.values() for owner in owners}) < 2:  # noqa: PLR2004  # nobody to compare
            continue
        read = _read_as_limits(list(own))
        against = list(_excluding(read))
        if against:
            contradictions += against
        elif (strict := _strictest(read)) is not None:
            strictest.append(strict)
    return (
        tuple(sorted(set(strictest), key=lambda one: (one.strict, one.others))),
        tuple(sorted(set(contradictions), key=lambda one: (one.one, one.other))),
    )


def _together(found: list[Bound]) -> list[list[Bound]]:
    """Figures about the same thing; a bare one belongs to the only thing there is."""
    clusters: list[list[Bound]] = []
    for bound in found:
        if bound.bare:
            continue
        near = [one for one in clusters if any(bound.about(other) for other in one)]
        clusters = [one for one in clusters if one not in near]
        clusters.append([*(other for one in near for other in one), bound])
    for dimension in sorted({bound.dimension for bound in found if bound.bare}):
        bare = [one for one in found if one.bare and one.dimension == dimension]
        same = [one for one in clusters if one[0].dimension == dimension]
        if len(same) == 1:
            same[0].extend(bare)
        elif not same:
            clusters.append(bare)
    return clusters


def _of_one_article(own: Mapping[Bound, set[str]]) -> dict[Bound, set[str]]:
    """Without needs whose own figures exclude each other: those name two articles."""
    by_owner: dict[str, Interval] = {}
    for bound, owners in own.items():
        for owner in owners:
            before = by_owner.get(owner, Interval())
            by_owner[owner] = before.meet(bound.interval)
    one_article = {owner for owner, interval in by_owner.items() if not interval.empty}
    return {
        bound: owners & one_article
        for bound, owners in own.items()
        if owners & one_article
    }


def _read_as_limits(together: list[Bound]) -> list[Bound]:
    """A time without a direction is a limit where all the others are limits."""
    limits = {
        bound.interval.low is None
        for bound in together
        if bound.said and not bound.interval.exact
    }
    if together[0].dimension not in TIMED or limits != {True}:
        return together
    return [
        replace(bound, interval=Interval(high=bound.interval.high))
        if not bound.said and bound.interval.exact
        else bound
        for bound in together
    ]


def _excluding(read: list[Bound]) -> Iterable[Contradiction]:
    """Nobody holds both of two that exclude each other: see `_of_one_article`."""
    for one, other in combinations(sorted(read, key=lambda bound: bound.text), 2):
        if one.interval.meet(other.interval).empty:
            yield Contradiction(
                one=one.text,
                other=other.text,
                kind="figures",
                unsaid=tuple(bound.text for bound in (one, other) if not bound.said),
            )


def _strictest(read: list[Bound]) -> Strictest | None:
    """What meets all; None where one text says it all."""
    texts = {bound.text: bound for bound in sorted(read, key=lambda one: one.text)}
    if len(texts) == 1:
        return None
    whole = Interval()
    for bound in read:
        whole = whole.meet(bound.interval)
    low = _setting(texts, "low", "over", whole)
    high = _setting(texts, "high", "under", whole)
    both = [text for text in texts if text in low and text in high]
    if both or not (low and high):
        strict = tuple((both or [*low, *high])[:1])
    else:
        strict = (low[0], high[0])
    same = tuple(
        text
        for text, bound in texts.items()
        if text not in strict and bound.interval == texts[strict[0]].interval
    )
    return Strictest(
        strict=strict,
        others=tuple(text for text in texts if text not in strict and text not in same),
        alike=same,
        read=tuple(
            text
            for text, bound in texts.items()
            if not bound.said and not bound.interval.exact
        ),
    )


def _setting(
    texts: Mapping[str, Bound], limit: str, left_out: str, whole: Interval
) -> list[str]:
    """The texts that set one limit of the whole, if anything does."""
    wanted = getattr(whole, limit), getattr(whole, left_out)
    if wanted[0] is None:
        return []
    return [
        text
        for text, bound in texts.items()
        if (getattr(bound.interval, limit), getattr(bound.interval, left_out)) == wanted
    ]


def _met(found: Strictest) -> Iterable[str]:
    """The requirements of which nothing is left beside the strictest figure."""
    own = {
        root for text in found.strict for one in bounds_of(text) for root in one.roots
    }
    for text in (*found.others, *found.alike):
        figures = bounds_of(text)
        if len(figures) == 1 and figures[0].roots <= own:
            yield text


# -- formats and absences --------------------------------------------------------------


def _formats(
    asking: list[Need], written: Mapping[str, str]
) -> tuple[Contradiction, ...]:
    """Formats of paper of which two needs have none in common."""
    named: dict[frozenset[str], str] = {}
    for need in asking:
        texts = [text for text in need.requirements if formats_of(text)]
        if texts:
            formats = frozenset(one for text in texts for one in formats_of(text))
            text = min(written[plain(text)] for text in texts)
            named[formats] = min(named.get(formats, text), text)
    return tuple(
        sorted(
            {
                Contradiction(one=one, other=other, kind="formats")
                for mine, theirs in combinations(named, 2)
                if not mine & theirs
                for one, other in (sorted((named[mine], named[theirs])),)
            },
            key=lambda found: (found.one, found.other),
        )
    )


def _absences(
    asking: list[Need], written: Mapping[str, str]
) -> tuple[Contradiction, ...]:
    """What one wants and another does not: with and without the same."""
    by_roots: dict[frozenset[str], dict[bool, set[str]]] = {}
    for need in asking:
        for text in need.requirements:
            absent, own = stance(text)
            if own:
                sides = by_roots.setdefault(own, {True: set(), False: set()})
                sides[absent].add(written[plain(text)])
    found = {
        Contradiction(one=min(one, other), other=max(one, other), kind="absence")
        for sides in by_roots.values()
        for one in sides[True]
        for other in sides[False]
    }
    return tuple(sorted(found, key=lambda one: (one.one, one.other)))


# -- words -----------------------------------------------------------------------------


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
