"""Registers with a planted truth: who really needs the same thing at the same time.

What is needed comes from the labels of the official list and from the titles of public
notices; no wording of the product's own thesaurus is used, so that nothing is found by
having been copied. Each concept is one code; its labels and titles in French, Dutch and
German are how people call it, with words dropped, moved or added, misspelt, in
capitals, wrapped in boilerplate and file references. The true group of a need is its
territory, concept and campaign; two needs of one group are a true pair when two
administrations have them.

Three sets: `easy`; `hard`, where fewer codes are exact, a third of the concepts are
only declared under a class they share with others, and half of the descriptions are
empty; `continuous`, where windows are long and follow one another without a gap, so
that a chain of touching windows would hold everything.

Quantities, units and estimates never forbid a true group: a concept is counted in one
unit in all languages, the nature is the one of its division, and what needs are worth
pays for one procedure. Both days of a window are always given.

    python -m tests.bench planted FILE --needs 30000 --set hard --seed 7
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import sys
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from jointbuy.vocabulary.thesaurus import thesaurus

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SHARED = Path(__file__).parents[2] / ".." / "shared"
LABELS = SHARED / "data" / "cpv.csv"
NOTICES = SHARED / "bench" / "cpv_dev.jsonl"

SETS = ("easy", "hard", "continuous")
LANGUAGES = ("fr", "nl", "de")

CONCEPTS = 402
WITH_TITLES = 150
ZIPF = 0.8
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

BEGUN = date(2027, 1, 1)
CAMPAIGNS, CAMPAIGN_DAYS = 12, 122
PER_TERRITORY, TERRITORIES = 15_000, 44
PER_ADMINISTRATION, FEWEST_ADMINISTRATIONS = 200, 12

LOOSE = 0.06
TYPOS, CAPITALS, REFERENCES, MEANINGLESS = 0.10, 0.05, 0.25, 0.04
EASY_CODES = (0.62, 0.18, 0.06, 0.09, 0.05)
"""Exact, parent, group, random sibling, other concept of the group."""
HARD_CODES = (0.45, 0.26, 0.09, 0.13, 0.07)
SHARED_CODES = 0.30
EMPTY_DESCRIPTIONS = {"easy": 0.2, "hard": 0.5, "continuous": 0.2}
TELLING_DESCRIPTIONS = 0.7
"""Of the descriptions that are not empty, those that say what is needed."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Buyer:
    """An administration of the file."""

    name: str
    territory: int
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """What was planted, a list per column, in the order of the lines."""

    group: list[int] = field(default_factory=list)
    administration: list[int] = field(default_factory=list)
    language: list[str] = field(default_factory=list)
    concept: list[int] = field(default_factory=list)
    loose: list[bool] = field(default_factory=list)
    day: list[int] = field(default_factory=list)


class Need(msgspec.Struct, omit_defaults=True):
    """A line of the file as it is written."""

    id: str
    administration: str
    title: str
    territory: str
    earliest: date
    latest: date
    language: str | None = None
    description: str | None = None
    cpv: str | None = None
    nature: str | None = None
    estimate: int | None = None
    quantity: int | None = None
    unit: str | None = None
    duration_months: int | None = None


# -- what people call things -----------------------------------------------------------


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


# -- who needs it ----------------------------------------------------------------------

SYLLABLES = (
    *("Val", "Bru", "Hau", "Lin", "Mar", "Ost", "Tern", "Wes", "Roc", "Bel", "Grim"),
    *("Zev", "Hol", "Eik", "Som", "Gen", "Ver", "Dam", "Rou", "Pont", "Berg", "Vil"),
)
MIDDLES = ("e", "i", "o", "en", "er", "al", "in", "ou", "au", "eu")
ENDINGS = (
    *("mont", "val", "court", "ville", "gem", "beke", "dorp", "rode", "lez", "ster"),
    *("hem", "kerk", "bach", "feld", "stadt", "vaux", "oy", "horst", "donk", "ies"),
)
BODIES = {
    "fr": ("Commune de {}", "CPAS de {}", "Ville de {}", "Zone de police de {}"),
    "nl": ("Gemeente {}", "OCMW {}", "Stad {}", "Politiezone {}"),
    "de": ("Gemeinde {}", "ÖSHZ {}", "Stadt {}", "Polizeizone {}"),
}
GOLDEN = 0.6180339887
"""Its multiples spread evenly, so that a dozen administrations have every regime."""

REGIMES = ((("fr",), 0.42), (("nl",), 0.82), (("fr", "nl"), 0.94), (("de",), 1.0))


def territories(needs: int) -> int:
    """How many territories a register of that size spans."""
    return min(TERRITORIES, max(1, needs // PER_TERRITORY))


def buyers(needs: int, dice: random.Random) -> list[Buyer]:
    """The administrations, spread over the territories."""
    count = max(FEWEST_ADMINISTRATIONS, needs // PER_ADMINISTRATION)
    spread = territories(needs)
    found: dict[str, Buyer] = {}
    while len(found) < count:
        drawn = (len(found) + 1) * GOLDEN % 1
        languages = next(own for own, share in REGIMES if drawn < share)
        place = dice.choice(SYLLABLES) + dice.choice(MIDDLES) + dice.choice(ENDINGS)
        if len(found) > 2000:
            place += f"-{dice.choice(SYLLABLES)}{dice.choice(ENDINGS)}"
        name = dice.choice(BODIES[languages[0]]).format(place)
        territory = len(found) % spread
        found.setdefault(
            name, Buyer(name=name, territory=territory, languages=languages)
        )
    return list(found.values())


def territory_code(number: int) -> str:
    """A code that looks like one of a district."""
    return f"BE{1 + number // 9}{1 + number % 9}{number % 7}"


# -- how they write it -----------------------------------------------------------------

AROUND = {
    "fr": (
        *("{}", "{}", "{}", "Achat de {}", "Fourniture de {}", "Marché : {}"),
        *("Marché public – {}", "Acquisition de {}", "{} pour {a}", "{} – {a}"),
        *("{a} : {}", "Besoin {y} : {}", "{} – exercice {y}", "{} (relance)"),
        *("Accord-cadre {}", "Renouvellement {}", "{}, budget ordinaire {y}"),
        "Demande de prix concernant {}",
    ),
    "nl": (
        *("{}", "{}", "{}", "Aankoop van {}", "Levering van {}", "Opdracht: {}"),
        *("Overheidsopdracht – {}", "Aanschaf {}", "{} voor {a}", "{} – {a}"),
        *("{a}: {}", "Behoefte {y}: {}", "{} – dienstjaar {y}", "{} (herneming)"),
        *("Raamovereenkomst {}", "Hernieuwing {}", "{}, gewone begroting {y}"),
        "Prijsvraag betreffende {}",
    ),
    "de": (
        *("{}", "{}", "{}", "Ankauf von {}", "Lieferung von {}", "Auftrag: {}"),
        *("Öffentlicher Auftrag – {}", "Anschaffung {}", "{} für {a}", "{} – {a}"),
        *("{a}: {}", "Bedarf {y}: {}", "{} – Haushalt {y}", "{} (Neuausschreibung)"),
        *("Rahmenvertrag {}", "Erneuerung {}", "{}, ordentlicher Haushalt {y}"),
        "Preisanfrage betreffend {}",
    ),
}
EMPTY_TITLES = {
    "fr": ("Marché {y}", "Divers", "Commande annuelle", "À préciser", "Dossier {y}"),
    "nl": ("Opdracht {y}", "Allerlei", "Jaarlijkse bestelling", "Nader te bepalen"),
    "de": ("Auftrag {y}", "Sonstiges", "Jahresbestellung", "Noch zu bestimmen"),
}
FILES = ("2{:02}/{:04}", "CSC 20{:02}-{:03}", "Réf. {:02}.{:04}", "bestek {:02}/{:03}")
TOLD = {
    "fr": (
        "Le service souhaite disposer de : {}. Livraison sur place.",
        "{}. Le contrat en cours vient à échéance.",
        "{} selon les besoins de {a}, prix à revoir chaque année.",
        "Il s'agit de {} pour nos différents services.",
    ),
    "nl": (
        "De dienst wenst te beschikken over: {}. Levering ter plaatse.",
        "{}. Het lopende contract vervalt.",
        "{} volgens de behoeften van {a}, jaarlijks te herzien.",
        "Het gaat om {} voor onze verschillende diensten.",
    ),
    "de": (
        "Der Dienst benötigt: {}. Lieferung vor Ort.",
        "{}. Der laufende Vertrag endet.",
        "{} nach dem Bedarf von {a}, jährlich anzupassen.",
        "Es handelt sich um {} für unsere verschiedenen Dienste.",
    ),
}
UNTOLD = {
    "fr": (
        "À reprendre au budget, voir l'inventaire du service.",
        "Comme les années précédentes, livraison dans les trente jours.",
        "Demande du chef de service, à confirmer.",
    ),
    "nl": (
        "Op te nemen in de begroting, zie de inventaris van de dienst.",
        "Zoals de vorige jaren, levering binnen dertig dagen.",
        "Vraag van het diensthoofd, te bevestigen.",
    ),
    "de": (
        "In den Haushalt aufzunehmen, siehe Inventar des Dienstes.",
        "Wie in den Vorjahren, Lieferung binnen dreißig Tagen.",
        "Anfrage des Dienstleiters, zu bestätigen.",
    ),
}
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def slip(text: str, dice: random.Random) -> str:
    """The text with one edit in one of its longer words."""
    words = text.split(" ")
    long = [place for place, word in enumerate(words) if len(word) > 4]
    if not long:
        return text
    place = dice.choice(long)
    word = words[place]
    at = dice.randrange(1, len(word) - 1)
    letter = dice.choice(LETTERS)
    words[place] = dice.choice(
        (
            word[:at] + word[at + 1 :],
            word[:at] + letter + word[at + 1 :],
            word[:at] + letter + word[at:],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        )
    )
    return " ".join(words)


class _Writer:
    """Writes the needs of one register, the same for the same seed."""

    def __init__(self, needs: int, *, kind: str, seed: int) -> None:
        self.dice = random.Random(f"{seed} {kind} {needs}")
        self.kind, self.needs = kind, needs
        self.concepts = concepts(seed)
        self.buyers = buyers(needs, self.dice)
        self.spread = territories(needs)
        self.names = [territory_code(number) for number in range(self.spread)]
        ranks = range(1, len(self.concepts) + 1)
        self.weights = list(accumulate(1 / rank**ZIPF for rank in ranks))
        self.codes = list(accumulate(HARD_CODES if kind == "hard" else EASY_CODES))
        self.of_group: dict[str, list[str]] = defaultdict(list)
        for one in self.concepts:
            self.of_group[one.code[:3]].append(one.code)
        self.coarse = self._coarse() if kind == "hard" else frozenset()

    def _coarse(self) -> frozenset[str]:
        """The classes under which all their concepts are declared by the class alone.

        Classes with several concepts first, or nothing would be shared.
        """
        sizes: dict[str, int] = defaultdict(int)
        for one in self.concepts:
            sizes[one.code[:4]] += 1
        order = sorted(sizes)
        self.dice.shuffle(order)
        order.sort(key=lambda name: sizes[name] < 2)
        chosen, held = set(), 0
        for name in order:
            if held >= SHARED_CODES * len(self.concepts):
                break
            chosen.add(name)
            held += sizes[name]
        return frozenset(chosen)

    def lines(self, truth: Truth) -> Iterator[bytes]:
        """Each need as a line, its truth added to the columns."""
        encode = msgspec.json.Encoder().encode
        population = range(len(self.concepts))
        done = 0
        while done < self.needs:
            many = min(10_000, self.needs - done)
            chosen = self.dice.choices(population, cum_weights=self.weights, k=many)
            for number, concept in enumerate(chosen, start=done + 1):
                yield encode(self._need(number, concept, truth)) + b"\n"
            done += many

    def _need(self, number: int, chosen: int, truth: Truth) -> Need:
        dice = self.dice
        rnd = dice.random
        concept = self.concepts[chosen]
        place = int(rnd() * len(self.buyers))
        buyer = self.buyers[place]
        languages = buyer.languages
        language = languages[int(rnd() * len(languages))]
        campaign, day, earliest, latest, loose = self._window()
        truth.group.append(
            (buyer.territory * len(self.concepts) + chosen) * CAMPAIGNS + campaign
        )
        truth.administration.append(place)
        truth.language.append(language)
        truth.concept.append(chosen)
        truth.loose.append(loose)
        truth.day.append(day.toordinal())
        quantity = 20 + int(400 * rnd() ** 2)
        counted = rnd() < 0.7
        return Need(
            id=f"n{number:07}",
            administration=buyer.name,
            title=self._title(concept, language, buyer, day.year),
            territory=self.names[buyer.territory],
            earliest=earliest,
            latest=latest,
            language=language if rnd() < 0.85 else None,
            description=self._description(concept, language, buyer),
            cpv=self._code(concept),
            nature=concept.nature if rnd() < 0.8 else None,
            estimate=10_000 + quantity * concept.price if rnd() < 0.8 else None,
            quantity=quantity if counted else None,
            unit=concept.units[language] if counted else None,
            duration_months=(12, 24, 36, 48)[int(4 * rnd())] if rnd() < 0.6 else None,
        )

    def _window(self) -> tuple[int, date, date, date, bool]:
        """Campaign, its day, the window, and whether the window misses the day.

        Windows of two campaigns never touch, but for those of the continuous set.
        """
        rnd = self.dice.random
        if self.kind == "continuous":
            at = int(rnd() * CAMPAIGNS * CAMPAIGN_DAYS)
            day = BEGUN + timedelta(days=at)
            before, after = 30 + int(150 * rnd()), 30 + int(150 * rnd())
            window = day - timedelta(days=before), day + timedelta(days=after)
            return at // CAMPAIGN_DAYS, day, *window, False
        campaign = int(rnd() * CAMPAIGNS)
        day = BEGUN + timedelta(days=campaign * CAMPAIGN_DAYS + CAMPAIGN_DAYS // 2)
        if rnd() >= LOOSE:
            before, after = 5 + int(41 * rnd()), 5 + int(41 * rnd())
            window = day - timedelta(days=before), day + timedelta(days=after)
            return campaign, day, *window, False
        gap = timedelta(days=1 + int(20 * rnd()))
        length = timedelta(days=15 + int(25 * rnd()))
        if rnd() < 0.5:
            return campaign, day, day - gap - length, day - gap, True
        return campaign, day, day + gap, day + gap + length, True

    def _code(self, concept: Concept) -> str:
        dice, code = self.dice, concept.code
        if code[:4] in self.coarse:
            return f"{code[:4]}0000"
        drawn = dice.random()
        way = next(place for place, share in enumerate(self.codes) if drawn <= share)
        if way == 1:
            return concept.parent
        if way == 2:
            return f"{code[:3]}00000"
        if way == 3 and concept.siblings:
            return dice.choice(concept.siblings)
        if way == 4:
            others = [other for other in self.of_group[code[:3]] if other != code]
            return dice.choice(others or concept.siblings or (concept.parent,))
        return code

    def _title(self, concept: Concept, language: str, buyer: Buyer, year: int) -> str:
        dice = self.dice
        rnd = dice.random
        if rnd() < MEANINGLESS:
            empty = EMPTY_TITLES[language]
            title = empty[int(rnd() * len(empty))].format(y=year)
        else:
            pool, around = concept.wordings[language], AROUND[language]
            text = pool[int(rnd() * len(pool))]
            if rnd() < 0.4:
                text = text[:1].lower() + text[1:]
            if rnd() < TYPOS:
                text = slip(text, dice)
            title = around[int(rnd() * len(around))].format(text, a=buyer.name, y=year)
        if rnd() < REFERENCES:
            file = FILES[int(rnd() * len(FILES))].format(
                26 + int(5 * rnd()), int(999 * rnd())
            )
            title = f"{file} {title}" if rnd() < 0.5 else f"{title} [{file}]"
        return title.upper() if rnd() < CAPITALS else title[:1].upper() + title[1:]

    def _description(self, concept: Concept, language: str, buyer: Buyer) -> str | None:
        rnd = self.dice.random
        if rnd() < EMPTY_DESCRIPTIONS[self.kind]:
            return None
        if rnd() < TELLING_DESCRIPTIONS:
            pool, told = concept.wordings[language], TOLD[language]
            text = pool[int(rnd() * len(pool))]
            return told[int(rnd() * len(told))].format(text, a=buyer.name)
        untold = UNTOLD[language]
        return untold[int(rnd() * len(untold))]


# -- the file --------------------------------------------------------------------------


def lines(
    needs: int, *, kind: str = "easy", seed: int = 7, truth: Truth | None = None
) -> Iterator[bytes]:
    """The lines of a register of that many needs; the truth is filled as they come.

    Raises:
        FileNotFoundError: the labels or the notices are not there.
        ValueError: there is no such set.
    """
    if kind not in SETS:
        raise ValueError(f"no set {kind!r}: {', '.join(SETS)}")
    if reason := missing():
        raise FileNotFoundError(reason)
    return _Writer(needs, kind=kind, seed=seed).lines(
        Truth() if truth is None else truth
    )


def write(path: Path, needs: int, *, kind: str = "easy", seed: int = 7) -> Truth:
    """Write the lines to a file, and the truth beside it (`.truth.csv`)."""
    truth = Truth()
    with path.open("wb") as file:
        file.writelines(lines(needs, kind=kind, seed=seed, truth=truth))
    with truth_of(path).open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(
            ("group", "administration", "language", "concept", "loose", "day")
        )
        table.writerows(
            zip(
                truth.group,
                truth.administration,
                truth.language,
                truth.concept,
                map(int, truth.loose),
                truth.day,
                strict=True,
            )
        )
    return truth


def truth_of(path: Path) -> Path:
    """Where the truth of a file of needs is kept."""
    return path.with_name(f"{path.name}.truth.csv")


def read_truth(path: Path) -> Truth:
    """The truth that was written beside a file of needs."""
    truth = Truth()
    with truth_of(path).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            truth.group.append(int(row["group"]))
            truth.administration.append(int(row["administration"]))
            truth.language.append(row["language"])
            truth.concept.append(int(row["concept"]))
            truth.loose.append(row["loose"] == "1")
            truth.day.append(int(row["day"]))
    return truth


def main(argv: list[str] | None = None) -> int:
    """Write the file asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("path", type=Path)
    parser.add_argument("--needs", type=int, default=1000)
    parser.add_argument("--set", dest="kind", choices=SETS, default="easy")
    parser.add_argument("--seed", type=int, default=7)
    chosen = parser.parse_args(argv)
    if reason := missing():
        sys.stderr.write(f"{reason}\n")
        return 1
    write(chosen.path, chosen.needs, kind=chosen.kind, seed=chosen.seed)
    sys.stdout.write(f"{chosen.path}: {chosen.path.stat().st_size:,} bytes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
