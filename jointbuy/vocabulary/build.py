"""Makes the table that ships with the product from the files of the thesaurus.

python -m jointbuy.vocabulary.build          writes it; the same files, the same bytes
python -m jointbuy.vocabulary.build --text   prints what each word says, to compare
"""

from __future__ import annotations

import argparse
import sys
from array import array
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import combinations
from math import log
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from jointbuy.vocabulary import words as text
from jointbuy.vocabulary.compiled import (
    FILE,
    MOST,
    UNSAID,
    BridgeTable,
    Compiled,
    digest,
)
from jointbuy.vocabulary.lexicon import Lexicon
from jointbuy.vocabulary.readings import COMPOUNDING, Words
from jointbuy.vocabulary.thesaurus import LANGUAGES, read

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from jointbuy.vocabulary.thesaurus import Category

PART = 0.9
"""What the parts of a compound say together, of what the whole says."""


@dataclass(frozen=True, slots=True)
class _Wording:
    """One wording of one category and its telling words, each once."""

    category: int
    language: str
    text: str
    own: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Columns:
    """What words and wordings weigh; `mass` by wording, `postings` by place of word."""

    weights: list[float]
    masses: list[float]
    postings: list[list[tuple[int, float]]]
    phrases: dict[str, list[int]]
    roots: list[dict[str, float]] = field(default_factory=list)


def build() -> Compiled:
    """The table of the thesaurus as its files stand now."""
    categories = read()
    wordings = _wordings(categories)
    known = _known(wordings)
    roots = {
        language: [text.root(word, language) for word in own]
        for language, own in known.items()
    }
    stems = {
        language: [text.stem(word, language) for word in own]
        for language, own in known.items()
    }
    columns = _columns(wordings, Words(known, roots, stems), len(categories))
    starts = [0]
    for said in columns.postings:
        starts.append(starts[-1] + len(said))
    flat = [one for said in columns.postings for one in said]
    table = Compiled(
        source=digest(),
        categories=categories,
        known=known,
        roots=roots,
        stems=stems,
        weights=_bytes("f", columns.weights),
        starts=_bytes("I", starts),
        numbers=_bytes("I", [number for number, _ in flat]),
        says=_bytes("f", [weight for _, weight in flat]),
        term_categories=_bytes("H", [one.category for one in wordings]),
        term_languages=bytes(LANGUAGES.index(one.language) for one in wordings),
        masses=_bytes("f", columns.masses),
        wordings=[one.text for one in wordings],
        phrases=columns.phrases,
    )
    bridge = _bridge(Lexicon(table), columns.roots, wordings)
    return msgspec.structs.replace(table, bridge=bridge)


def _bytes(code: str, values: Iterable[float]) -> bytes:
    """A column; weights are rounded, so that every machine makes the same ones."""
    if code == "f":
        values = (round(value, 5) for value in values)
    return array(code, values).tobytes()


def _wordings(categories: Sequence[Category]) -> list[_Wording]:
    found = []
    for place, category in enumerate(categories):
        for language in LANGUAGES:
            for wording in category.terms[language]:
                own = tuple(dict.fromkeys(text.telling(wording)))
                own = own or tuple(dict.fromkeys(text.words(wording)))
                found.append(_Wording(place, language, wording, own))
    return found


def _known(wordings: Iterable[_Wording]) -> dict[str, list[str]]:
    known: dict[str, dict[str, None]] = {name: {} for name in LANGUAGES}
    for one in wordings:
        known[one.language].update(dict.fromkeys(one.own))
    return {language: list(own) for language, own in known.items()}


def _columns(wordings: Sequence[_Wording], book: Words, total: int) -> _Columns:
    """What each word says of each wording, and how telling it is.

    A root that is rare across categories, in any language, is heavy; a word written
    alike in two languages weighs the same in both.
    """
    split = {
        (language, word): parts
        for language in COMPOUNDING
        for word in book.places[language]
        if (parts := book.parts(word, language))
    }
    seen: dict[str, set[int]] = defaultdict(set)
    for one in wordings:
        for word in one.own:
            seen[text.root(word, one.language)].add(one.category)
            for part in split.get((one.language, word), ()):
                seen[text.root(part, one.language)].add(one.category)
    by_root = {root: log(1 + total / len(places)) for root, places in seen.items()}

    def weigh(language: str, word: str) -> float:
        return by_root.get(text.root(word, language), 0.0)

    weights = [
        weigh(language, word) for language, own in book.places.items() for word in own
    ]
    found = _Columns(weights, [], [[] for _ in weights], {})
    for number, one in enumerate(wordings):
        places = book.places[one.language]
        unsaid = len(one.own) == 1 and _unsaid(one.text)
        mass = UNSAID if unsaid else 0.0
        if unsaid:
            phrase = " ".join(text.words(one.text))
            found.phrases.setdefault(phrase, []).append(number)
        by_own: dict[str, float] = {}
        for word in one.own:
            weight = weigh(one.language, word)
            mass += weight
            found.postings[places[word]].append((number, weight))
            parts = split.get((one.language, word), ())
            told = {part: weigh(one.language, part) for part in parts}
            heavy = sum(told[part] for part in parts)
            for part in parts:
                if told[part]:
                    said = PART * weight * told[part] / heavy
                    if part in places:
                        found.postings[places[part]].append((number, said))
                    by_own[text.root(part, one.language)] = said
            by_own[text.root(word, one.language)] = weight
        found.masses.append(mass)
        found.roots.append(by_own)
    return found


def _unsaid(wording: str) -> bool:
    """Whether a wording loses more than small words: "logiciel pour le CPAS"."""
    silent, turns = text.fillers(), text.turns()
    return any(
        len(word) > 3 and word in silent and word not in turns  # noqa: PLR2004
        for word in text.words(wording)
    )


def _bridge(
    book: Lexicon, roots: Sequence[Mapping[str, float]], wordings: Sequence[_Wording]
) -> BridgeTable:
    """What each word as it is spelt speaks for, and what two together add."""
    spelt = sorted({word for own in book.places.values() for word in own})
    starts, categories, weights, heaviest = [0], [], [], []
    for word in spelt:
        said = sorted(book.categories_of(word), key=lambda one: (-one[1], one[0]))
        for place, weight in said[:MOST]:
            categories.append(place)
            weights.append(weight)
        starts.append(len(categories))
        heaviest.append(book.hits(word).heaviest)
    pairs = _pairs(roots, wordings)
    names = sorted({root for pair in pairs for root in pair})
    at = {name: place for place, name in enumerate(names)}
    rows = [
        (at[first], at[second], category, more)
        for (first, second), said in sorted(pairs.items())
        for category, more in sorted(said.items(), key=lambda one: -one[1])[:MOST]
        if more
    ]
    return BridgeTable(
        spelt=spelt,
        heaviest=_bytes("f", heaviest),
        starts=_bytes("I", starts),
        categories=_bytes("H", categories),
        weights=_bytes("f", weights),
        roots=names,
        pairs=_bytes("I", [place for row in rows for place in row[:2]]),
        pair_categories=_bytes("H", [row[2] for row in rows]),
        pair_weights=_bytes("f", [row[3] for row in rows]),
    )


def _pairs(
    roots: Sequence[Mapping[str, float]], wordings: Sequence[_Wording]
) -> dict[tuple[str, str], dict[int, float]]:
    """What two words add that stand in one wording: twice their product over its mass.

    A wording said in full then counts as the square of what its words weigh.
    """
    found: dict[tuple[str, str], dict[int, float]] = defaultdict(dict)
    for own, one in zip(roots, wordings, strict=True):
        mass = sum(own.values())
        for first, second in combinations(sorted(own), 2):
            more = 2 * own[first] * own[second] / mass if mass else 0.0
            slot = found[first, second]
            slot[one.category] = max(slot.get(one.category, 0.0), more)
    return found


def as_text(table: Compiled) -> Iterable[str]:
    """A line for each word: what it weighs and the categories it speaks for."""
    bridge = table.bridge
    starts = array("I", bridge.starts)
    places = array("H", bridge.categories)
    weights = array("f", bridge.weights)
    heaviest = array("f", bridge.heaviest)
    for number, word in enumerate(bridge.spelt):
        said = " ".join(
            f"{table.categories[places[at]].id}:{weights[at]:.3f}"
            for at in range(starts[number], starts[number + 1])
        )
        yield f"{word}\t{heaviest[number]:.3f}\t{said}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the table beside the sources, or print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--text", action="store_true", help="print it instead")
    table = build()
    if parser.parse_args(arguments).text:
        for line in as_text(table):
            sys.stdout.write(f"{line}\n")
        return 0
    target = Path(__file__).parent / FILE
    target.write_bytes(msgspec.msgpack.encode(table))
    sys.stdout.write(
        f"{target.name}: {len(table.categories)} categories, "
        f"{len(table.wordings)} wordings, {len(table.bridge.spelt)} words, "
        f"{target.stat().st_size / 1000:.0f} kB\n"
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
