"""Units of quantity in four languages, and which of them can be added up."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, TypeVar

from jointbuy.vocabulary.words import plain

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence

Cell = TypeVar("Cell", bound="Hashable")

_TABLE = {
    "piece": {
        "1": "piece pieces pce pces pc pcs unit units unite unites stuk stuks st "
        "eenheid eenheden exemplaire exemplaires ex stueck stuck stk einheit einheiten "
        "item items",
        "12": "dozen douzaine dozijn dutzend",
        "100": "hundred cent honderd hundert",
        "1000": "thousand mille duizend tausend",
    },
    "kg": {
        "1": "kg kilo kilos kilogram kilograms kilogramme kilogrammes kilogramm",
        "0.001": "g gr gram grams gramme grammes gramm",
        "1000": "t ton tonne tonnes tons tonnen",
    },
    "litre": {
        "1": "l litre litres liter liters",
        "1000": "m3 m³ kubikmeter stere steres",
        "100": "hl hectolitre hectolitres hectoliter",
    },
    "m": {
        "1": "m metre metres meter meters mct courant",
        "1000": "km kilometre kilometres kilometer kilometers",
    },
    "m²": {
        "1": "m2 m² sqm",
        "100": "a are ares",
        "10000": "ha hectare hectares hektar",
    },
    "kWh": {"1": "kwh", "1000": "mwh", "1000000": "gwh"},
    "hour": {
        "1": "h hour hours heure heures uur uren stunde stunden hr hrs",
    },
    "day": {
        "1": "day days jour jours dag dagen tag tage manday mandays training_day "
        "training_days",
    },
    "month": {
        "1": "month months mois maand maanden monat monate",
        "12": "year years an ans annee annees jaar jaren jahr jahre",
    },
    "ream": {"1": "ream reams rame rames ramette ramettes riem riemen ries"},
    "person": {
        "1": "person persons people personne personnes persoon personen agent agents "
        "employee employees travailleur travailleurs werknemer werknemers medewerker "
        "medewerkers mitarbeiter beschaftigte etp vte fte",
    },
    "voucher": {
        "1": "voucher vouchers meal_voucher meal_vouchers cheque cheques titre titres "
        "bon bons maaltijdcheque maaltijdcheques gutschein gutscheine scheck schecks",
    },
    "licence": {
        "1": "licence licences license licenses licentie licenties lizenz lizenzen "
        "user users utilisateur utilisateurs gebruiker gebruikers",
    },
    "vehicle": {
        "1": "vehicle vehicles vehicule vehicules voertuig voertuigen fahrzeug "
        "fahrzeuge",
    },
    "page": {
        "1": "page pages pagina paginas bladzijde bladzijden seite seiten copie copies "
        "kopie kopieen kopien impression impressions afdruk afdrukken",
    },
    "item of mail": {
        "1": "envoi envois zending zendingen sendung sendungen pli plis mailing "
        "poststuk poststukken",
    },
    "subscription": {
        "1": "subscription subscriptions abonnement abonnementen abonnements sim "
        "simkaart simkaarten carte-sim cartes-sim karte-sim abo abos",
    },
    "check": {
        "1": "check checks controle controles controle-medical kontrolle kontrollen "
        "examen examens onderzoek onderzoeken untersuchung untersuchungen",
    },
    "training": {
        "1": "training trainings session sessions sessie sessies formation formations "
        "opleiding opleidingen cours cursus cursussen schulung schulungen kurs kurse",
    },
    "meal": {
        "1": "meal meals repas maaltijd maaltijden mahlzeit mahlzeiten couvert "
        "couverts",
    },
    "word": {"1": "word words mot mots woord woorden wort worter woerter"},
    "box": {
        "1": "box boxes boite boites doos dozen karton kartons carton cartons "
        "schachtel schachteln paquet paquets pak pakken packung packungen",
    },
    "pair": {"1": "pair pairs paire paires paar paren"},
    "building": {
        "1": "building buildings batiment batiments gebouw gebouwen gebaude site sites "
        "locatie locaties",
    },
    "tree": {"1": "tree trees arbre arbres boom bomen baum baume"},
}


PIECE = "piece"
COUNTED = frozenset(
    {
        "voucher",
        "licence",
        "vehicle",
        "item of mail",
        "subscription",
        "check",
        "training",
        "meal",
        "building",
        "tree",
    }
)
"""What is counted one by one, so that pieces of it can be added to it.

Not what holds several (a box, a pair, a ream), nor what measures the work or the size
of the thing (pages, words, persons).
"""

PLACES = Decimal("0.001")
SHOWN = 6

_PARTS = re.compile(r"[^\w²³]+")
_PER = re.compile(r"/|\b(?:par|per|pro)\b|p\.? ?a\.?$")


@cache
def _known() -> dict[str, tuple[str, Decimal]]:
    return {
        plain(name).replace("_", " "): (base, Decimal(factor))
        for base, factors in _TABLE.items()
        for factor, names in factors.items()
        for name in names.split()
    }


@cache
def measure(unit: str) -> tuple[str, Decimal]:
    """The base unit a unit converts to and by how much; ("", 1) when none is written.

    A unit of several words goes by the first one known, unless it is so much per
    something. An unknown unit is its own base, in whatever case it is written.

    >>> measure("tonnes")
    ('kg', Decimal('1000'))
    >>> measure("cartes SIM")
    ('subscription', Decimal('1'))
    >>> measure("Pallets")
    ('pallets', Decimal('1'))
    """
    name = plain(unit).strip().rstrip(".")
    known = _known()
    return known.get(name) or _by_part(name) or (name, Decimal(1))


def _by_part(name: str) -> tuple[str, Decimal] | None:
    """The unit that one of several words names; figures before it change what it is."""
    if _PER.search(name):
        return None
    for part in _PARTS.split(name):
        if part.isdigit():
            return None
        found = _known().get(part) if len(part) > 1 else None
        if found is not None:
            base, factor = found
            return None if base == PIECE and factor != 1 else found
    return None


def settled(cells: Sequence[Cell], units: Sequence[str]) -> list[str]:
    """The unit each need counts in, given what it is for and the unit it names.

    Pieces of what others of the cell count by name are counted like it; needs that
    name no unit count with the unit most others name.

    >>> settled(["a", "a", "a"], ["piece", "voucher", ""])
    ['voucher', 'voucher', 'voucher']
    """
    named: dict[Cell, Counter[str]] = defaultdict(Counter)
    for cell, unit in zip(cells, units, strict=True):
        if unit:
            named[cell][unit] += 1
    counted = {
        cell: _most({unit: count for unit, count in found.items() if unit in COUNTED})
        for cell, found in named.items()
        if PIECE in found
    }
    for cell, name in counted.items():
        if name:
            named[cell][name] += named[cell].pop(PIECE)
    most = {cell: _most(found) for cell, found in named.items()}
    return [
        (counted.get(cell) or unit if unit == PIECE else unit) or most.get(cell, "")
        for cell, unit in zip(cells, units, strict=True)
    ]


def _most(found: dict[str, int]) -> str:
    """The unit named most often; the first by name on a tie."""
    return min(found, key=lambda name: (-found[name], name), default="")


def added(
    quantities: Iterable[tuple[Decimal | None, str]],
) -> tuple[Decimal, str] | None:
    """The sum of quantities in the finest unit somebody wrote, and that unit.

    None when one has no number or no unit, when the units do not convert, or when
    packs may hold different numbers.

    >>> added([(Decimal(3), "t"), (Decimal(500), "kg")])
    (Decimal('3500'), 'kg')
    >>> added([(Decimal(900), "contrôles"), (Decimal(260), "stuks")])
    (Decimal('1160'), 'contrôles / stuks')
    """
    listed = list(quantities)
    if not listed:
        return None
    factors: dict[str, Decimal] = {}
    bases = set()
    whole = Decimal(0)
    for quantity, unit in listed:
        base, factor = measure(unit)
        if quantity is None or not base:
            return None
        bases.add(base)
        factors[unit] = factor
        whole += quantity * factor
    others = bases - {PIECE}
    if len(bases) > 1 and not (len(others) == 1 and others < COUNTED):
        return None
    if len({unit.casefold() for unit in factors}) > 1 and any(map(_sized, factors)):
        return None
    finest = min(factors.values())
    found = whole / finest
    if found != found.to_integral_value():
        found = found.quantize(PLACES).normalize()
    return found, as_written(unit for unit in factors if factors[unit] == finest)


def _sized(unit: str) -> bool:
    """Whether a unit says how much it holds: boxes of 100 are not boxes of 50."""
    return any(part.isdigit() for part in _PARTS.split(unit))


def as_written(units: Iterable[str]) -> str:
    """The units as people wrote them, each once: “contrôles / controles”."""
    found: dict[str, str] = {}
    for unit in sorted(unit.strip() for unit in units if unit.strip()):
        found.setdefault(unit.casefold(), unit)
    return " / ".join(list(found.values())[:SHOWN])
