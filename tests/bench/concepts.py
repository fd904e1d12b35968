"""What the planted needs are for: concepts, and how people call them.

A concept is one code of the official list. Its labels in French, Dutch and German, and
short titles of notices published under it, are how people call it; more wordings come
from dropping, moving and adding words. No wording of the product's own thesaurus is
used.
"""

from __future__ import annotations

import csv
import json
import random
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from jointbuy.vocabulary.thesaurus import thesaurus

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SHARED = Path(__file__).parents[2] / ".." / "shared"
LABELS = SHARED / "data" / "cpv.csv"
NOTICES = SHARED / "bench" / "cpv_dev.jsonl"

LANGUAGES = ("fr", "nl", "de")

CONCEPTS = 402
WITH_TITLES = 150
CLASS, FINE = 4, 0.7
"""Digits of a class, and the share of classes of which only finer codes are wanted."""
PER_CLASS = (1, 1, 1, 1, 2, 2, 3)
"""How many concepts a class gives, drawn for each."""
PER_DIVISION = 14
NOT_LOCAL = frozenset({"14", "16", "19", "42", "43", "73", "75", "76"})
NOT_LOCAL_GROUPS = ("353", "354", "355", "356", "357", "601", "602")
UNCLEAR = ("divers", "autre", "piece", "partie", "accessoires", "different", "other")
NO_OBJECT = frozenset(
    ("lot", "lots", "unique", "marche", "perceel", "percelen", "los", "opdracht")
)
COMMON, STEM = 300, 5
LONGEST_LABEL, LONGEST_TITLE = 7, 6
TITLES_A_LANGUAGE = 3
WORDINGS = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """Something that is needed: a code, how people call it, how it is counted."""

    code: str
    wordings: dict[str, tuple[str, ...]]
    nature: str
    units: dict[str, str]
    price: int
    parent: str
    siblings: tuple[str, ...]


def missing() -> str:
    """Why the sets cannot be generated here, or ""."""
    lacking = [str(path) for path in (LABELS, NOTICES) if not path.exists()]
    if not lacking:
        return ""
    return f"the planted needs are made of {' and '.join(lacking)}, not found"


def folded(text: str) -> str:
    """The words of a text without case, accents and signs, a space between them."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    kept = (" " if not char.isalnum() else char for char in plain if char.isascii())
    return " ".join("".join(kept).split())


@cache
def own_terms() -> frozenset[str]:
    """Every wording of at least two words of the product's thesaurus, folded."""
    terms = (
        folded(term)
        for category in thesaurus()
        for own in (*category.terms.values(), category.labels.values(), category.finer)
        for term in own
    )
    return frozenset(term for term in terms if " " in term)


def _depth(code: str) -> int:
    return len(code.rstrip("0"))


def _plain(text: str) -> bool:
    """Whether a title is short, names no figures, and is in words."""
    words = text.split()
    return (
        1 <= len(words) <= LONGEST_TITLE
        and not any(char.isdigit() or char in ":;/()„“«»’|_" for char in text)
        and any(len(word) > 4 and word.isalpha() for word in words)
        and not any(word.isupper() for word in words)
        and not NO_OBJECT.intersection(folded(text).split())
    )


@cache
def _labels() -> dict[str, dict[str, str]]:
    with LABELS.open(encoding="utf-8", newline="") as file:
        return {row["code"]: row for row in csv.DictReader(file)}


@cache
def _stems(division: str, language: str) -> frozenset[str]:
    """How the telling words of the labels of a division begin."""
    known = _known(language)
    return frozenset(
        word[:STEM]
        for code, row in _labels().items()
        if code.startswith(division)
        for word in folded(row[language]).split()
        if len(word) >= STEM and known[word] < COMMON
    )


def _speaks(title: str, code: str, language: str) -> bool:
    """Whether a title has a word that the labels of its division have too.

    Others name a site or a district: nobody could tell from them what is bought.
    """
    stems = _stems(code[:2], language)
    return any(
        len(word) >= STEM and word[:STEM] in stems for word in folded(title).split()
    )


@cache
def _titles() -> dict[str, dict[str, tuple[str, ...]]]:
    """Short titles of notices by code and language, those of two codes left out."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    codes: dict[str, set[str]] = defaultdict(set)
    with NOTICES.open(encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            title = row["text"].strip(" .-—–")
            if (
                row["language"] in LANGUAGES
                and _plain(title)
                and _speaks(title, row["cpv"], row["language"])
            ):
                codes[folded(title)].add(row["cpv"])
                own = found[row["cpv"]][row["language"]]
                if title not in own:
                    own.append(title)
    return {
        code: {
            language: tuple(title for title in own if len(codes[folded(title)]) == 1)[
                :TITLES_A_LANGUAGE
            ]
            for language, own in languages.items()
        }
        for code, languages in found.items()
    }


ADDED = {
    "fr": (
        *("divers", "courants", "pour nos services", "sur plusieurs sites", "annuel"),
        *("standard", "à la demande", "durables", "complémentaires", "programme"),
    ),
    "nl": (
        *(
            "diverse",
            "gangbare",
            "voor onze diensten",
            "op meerdere sites",
            "jaarlijks",
        ),
        *("standaard", "op afroep", "duurzame", "bijkomende", "programma"),
    ),
    "de": (
        *("verschiedene", "übliche", "für unsere Dienste", "an mehreren Standorten"),
        *("jährlich", "Standard", "auf Abruf", "nachhaltig", "zusätzlich", "Programm"),
    ),
}


@cache
def _known(language: str) -> dict[str, int]:
    """How many official labels of a language have each word."""
    return Counter(
        word
        for row in _labels().values()
        for word in set(folded(row[language]).split())
    )


def _rarity(word: str, language: str) -> int:
    """How common the most telling part of a word is; rare ones say what it is."""
    known = _known(language)
    return min((known[part] for part in folded(word).split()), default=10_000)


def _wordings(base: Iterable[str], language: str, dice: random.Random) -> Iterator[str]:
    """Some ways of writing what the base wordings say; endless.

    The rarest word always stays: without it nobody could tell what is meant.
    """
    bases = list(base)
    yield from bases
    while True:
        text = dice.choice(bases)
        words = text.split()
        least = min(words, key=lambda word: _rarity(word, language))
        for _ in range(1 + (dice.random() < 0.4)):
            telling = [place for place, word in enumerate(words) if len(word) > 3]
            others = [place for place in telling if words[place] != least]
            way = dice.random()
            if way < 0.35 and len(telling) > 2 and others:
                del words[dice.choice(others)]
            elif way < 0.5 and len(words) > len(telling) > 0:
                words = [word for word in words if len(word) > 3 or word == least]
            elif way < 0.7 and len(telling) > 1:
                while len(words[-1]) < 4 and words[-1] != least:
                    words.pop()
                last = words.pop()
                words = [f"{last},", *words]
                if least == last:
                    least = words[0]
            elif way < 0.85:
                words = [dice.choice(ADDED[language]), *words]
            else:
                words = [*words, dice.choice(ADDED[language])]
        while len(words) > 1 and len(words[-1].strip(",")) < 4 and words[-1] != least:
            words.pop()
        yield " ".join(words).strip(" ,")


def _pool(
    code: str, language: str, wanted: int, dice: random.Random
) -> tuple[str, ...]:
    """The wordings of a concept in one language, none of them one of our own terms."""
    bases = (_labels()[code][language], *_titles().get(code, {}).get(language, ()))
    found: dict[str, str] = {}
    for tried, text in enumerate(_wordings(bases, language, dice)):
        if len(found) == wanted or tried > 20 * wanted:
            break
        key = folded(text)
        if key and key not in own_terms():
            found.setdefault(key, text)
    return tuple(found.values())


UNITS = (
    ({"fr": "pièce", "nl": "stuk", "de": "Stück"}, ("supplies",), 120),
    ({"fr": "kg", "nl": "kg", "de": "kg"}, ("supplies",), 6),
    ({"fr": "litre", "nl": "liter", "de": "Liter"}, ("supplies",), 4),
    ({"fr": "heure", "nl": "uur", "de": "Stunde"}, ("services",), 45),
    ({"fr": "mois", "nl": "maand", "de": "Monat"}, ("services",), 1800),
    ({"fr": "m²", "nl": "m2", "de": "m²"}, ("works", "services"), 70),
)


def _nature(code: str) -> str:
    if code.startswith("45"):
        return "works"
    return "services" if code[:2] >= "50" else "supplies"


@cache
def concepts(seed: int) -> tuple[Concept, ...]:
    """The concepts, most wanted first, one to three of a class: codes are shared.

    What is tendered for (titles of notices are known) tends to be wanted more.
    Which ones they are depends on the seed and on the two files alone.
    """
    dice = random.Random(seed)
    below: dict[str, list[str]] = defaultdict(list)
    for code, row in _labels().items():
        below[row["parent"]].append(code)
    eligible = [code for code in _labels() if _eligible(code)]
    classes: dict[str, list[str]] = defaultdict(list)
    for code in eligible:
        classes[code[:4]].append(code)
    order = list(classes)
    dice.shuffle(order)
    titled = [name for name in order if any(c in _titles() for c in classes[name])]
    chosen: list[str] = []
    divisions: dict[str, int] = defaultdict(int)
    room_in = {name: dice.choice(PER_CLASS) for name in order}
    for name, most in (
        *((name, WITH_TITLES) for name in titled),
        *((name, CONCEPTS) for name in order if name not in set(titled)),
        *((name, CONCEPTS) for name in titled),
    ):
        own = sorted(classes[name], key=lambda code: (code not in _titles(), code))
        head = [code for code in own if code in _titles()]
        rest = [code for code in own if code not in _titles()]
        dice.shuffle(rest)
        rest.sort(key=lambda code: _depth(code) > CLASS)
        if dice.random() < FINE:
            rest = [code for code in rest if _depth(code) > CLASS]
        for code in [*head, *rest][: room_in[name]]:
            room = divisions[code[:2]] < PER_DIVISION and len(chosen) < most
            if room and code not in chosen:
                chosen.append(code)
                divisions[code[:2]] += 1
    rank = {code: dice.random() + (code not in _titles()) / 2 for code in chosen}
    chosen.sort(key=rank.__getitem__)
    return tuple(_concept(code, below, seed) for code in chosen)


def _eligible(code: str) -> bool:
    """Whether a code is fine enough, has short labels, and could be bought locally."""
    row = _labels()[code]
    return (
        _depth(code) >= CLASS
        and code[:2] not in NOT_LOCAL
        and not code.startswith(NOT_LOCAL_GROUPS)
        and all(
            1 <= len(row[language].split()) <= LONGEST_LABEL for language in LANGUAGES
        )
        and not folded(row["fr"]).startswith(UNCLEAR)
    )


def _concept(code: str, below: dict[str, list[str]], seed: int) -> Concept:
    """A concept by its own dice, so that another one does not change it."""
    dice = random.Random(f"{seed} {code}")
    nature = _nature(code)
    units, _, price = dice.choice([unit for unit in UNITS if nature in unit[1]])
    parent = _labels()[code]["parent"]
    return Concept(
        code=code,
        wordings={
            language: _pool(code, language, WORDINGS, dice) for language in LANGUAGES
        },
        nature=nature,
        units=units,
        price=max(1, int(price * dice.lognormvariate(0, 0.7))),
        parent=parent,
        siblings=tuple(other for other in below[parent] if other != code),
    )
