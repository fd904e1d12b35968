"""Units of quantity in four languages, and which of them can be added up."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from jointbuy.vocabulary.words import plain

_TABLE = {
    "piece": {
        "1": "piece pieces pce pces pc pcs unit units unite unites stuk stuks st "
        "eenheid eenheden exemplaire exemplaires ex stueck stuck einheit einheiten "
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
        "1": "day days jour jours dag dagen tag tage manday mandays",
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
        "1": "voucher vouchers cheque cheques titre titres bon bons maaltijdcheque "
        "maaltijdcheques gutschein gutscheine scheck schecks",
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


@cache
def _known() -> dict[str, tuple[str, Decimal]]:
    return {
        plain(name): (base, Decimal(factor))
        for base, factors in _TABLE.items()
        for factor, names in factors.items()
        for name in names.split()
    }


@cache
def measure(unit: str) -> tuple[str, Decimal]:
    """The base unit a unit converts to and by how much; ("", 1) when none is written.

    An unknown unit is its own base, in whatever case it is written.

    >>> measure("tonnes")
    ('kg', Decimal('1000'))
    >>> measure("Pallets")
    ('pallets', Decimal('1'))
    """
    name = plain(unit).strip().rstrip(".")
    return _known().get(name, (name, Decimal(1)))
