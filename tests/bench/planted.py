"""Registers with a planted truth: who really needs the same thing at the same time.

What is needed comes from the labels of the official list and from the titles of public
notices (see `concepts`); no wording of the product's own thesaurus is used, so that
nothing is found by having been copied. Wordings are misspelt, in capitals, wrapped in
boilerplate and file references. The true group of a need is its
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
import random
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from tests.bench.concepts import concepts, missing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.bench.concepts import Concept

SETS = ("easy", "hard", "continuous")

ZIPF = 0.8

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
