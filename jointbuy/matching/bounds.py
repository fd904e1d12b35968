"""What figures a hard requirement names: at least, at most, exactly, and of what.

“≥ 80 g/m²”, “au moins 80 g/m²” and “minstens 80 g/m²” are one bound. Bounds are met
together by their intersection, never by their average.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from jointbuy.matching.alike import roots
from jointbuy.vocabulary.words import plain, telling, words

if TYPE_CHECKING:
    from collections.abc import Iterator

TIME = "hour"
FORMAT = "format"
COUNT = "#"
"""Begins the dimension of a counted thing that is no unit: “5 places”."""

_UNITS: dict[str, dict[str, str]] = {
    "g/m²": {"1": "g/m2 gr/m2 g/qm gsm"},
    "%": {"1": "% pct procent pourcent percent prozent"},
    TIME: {
        "1": "h heure heures uur uren u stunde stunden std hour hours hrs",
        "24": "j jour jours dag dagen tag tage tagen day days",
        "168": "semaine semaines week weken woche wochen weeks",
    },
    "minute": {"1": "min minute minutes minuut minuten mn"},
    "working day": {
        "1": "jour_ouvrable jours_ouvrables jour_ouvre jours_ouvres werkdag werkdagen "
        "arbeitstag arbeitstage arbeitstagen werktag werktage werktagen working_day "
        "working_days business_days",
    },
    "month": {
        "1": "mois maand maanden monat monate monaten month months",
        "12": "an ans annee annees jaar jaren jahr jahre jahren year years",
    },
    "m": {"0.001": "mm", "0.01": "cm", "1": "m metre metres meter", "1000": "km"},
    "inch": {"1": "pouce pouces inch inches zoll duim"},
    "m²": {"1": "m2", "10000": "ha"},
    "kg": {"0.001": "g gr gram gramme grammes gramm", "1": "kg kilo", "1000": "t ton"},
    "litre": {"0.001": "ml", "0.01": "cl", "1": "l litre litres liter", "1000": "m3"},
    "W": {"1": "w watt", "1000": "kw"},
    "kWh": {"1": "kwh", "1000": "mwh"},
    "V": {"1": "v volt"},
    "Ah": {"1": "ah"},
    "dB": {"1": "db dba"},
    "lumen": {"1": "lm lumen lumens"},
    "lux": {"1": "lux"},
    "kelvin": {"1": "k kelvin"},
    "°C": {"1": "°c"},
    "bar": {"1": "bar"},
    "GB": {"0.001": "mb mo", "1": "gb go", "1000": "tb to"},
    "GHz": {"1": "ghz"},
    "Mbit/s": {"1": "mbps mbit/s", "1000": "gbps gbit/s"},
    "page/min": {"1": "ppm pages/min pages/minute blz/min seiten/min"},
    "dpi": {"1": "dpi ppp"},
    "megapixel": {"1": "mp mpx megapixel megapixels"},
    "km/h": {"1": "km/h km/u"},
    "€": {"1": "€ eur euro euros"},
    "g/km": {"1": "g/km"},
}

OF_ITSELF = frozenset(
    {"g/m²", "dB", "lumen", "page/min", "dpi", "megapixel", "g/km", "Ah", "V", "GHz"}
)
"""Dimensions that say by themselves what is measured."""

_ASPECTS: dict[str, str] = {
    "delivery": "livrais livrer leverin levert lever aflever liefer deliver",
    "response": "repons respons antwo beantwo reacti reakti react",
    "intervention": "interven tussenkom einsatz eingreif depann",
    "repair": "repar herstel instandsetz",
    "replacement": "remplac vervang ersatz replac",
    "warranty": "garant waarborg gewahrleist warrant",
    "payload": "utile laadverm nutzlast payload",
    "capacity": "capacit contenan volum inhoud kapazit fassung",
    "reach": "autonom actierad rijber reichw",
    "distance": "distan afstand entfern eloign",
    "experience": "experien ervar erfahr ancien",
    "power": "puissan vermog leistung power",
    "recycled": "recycl gerecycl rezykl",
    "noise": "bruit geluid larm noise sonor schall",
    "memory": "memoir geheug arbeitssp memory ram",
    "storage": "stock opslag ssd disque festplat schijf storage",
    "screen": "ecran scherm bildschirm screen",
    "height": "hauteur hoogt hohe height",
    "width": "largeur breedt breite width",
    "length": "longueur lengt lange length",
    "depth": "profond diept tiefe depth",
    "thickness": "epaiss dikt dicke thick",
    "weight": "poids gewicht weight masse grammage",
    "emission": "emission uitsto emissi",
    "consumption": "consomm verbruik verbrauch",
    "shelf life": "conserv houdba haltba shelf peremp",
    "temperature": "temperat",
    "payment": "paiem betal zahlung payment",
}
"""What a figure may be about, by the beginnings of words in four languages."""

_LEAST = frozenset(
    {"warranty", "payload", "capacity", "reach", "experience", "power", "recycled"}
    | {"memory", "storage", "shelf life"}
)
_MOST = frozenset(
    {"delivery", "response", "intervention", "repair", "replacement", "distance"}
    | {"noise", "consumption", "emission"}
)
"""What more of is better, or less of: a figure without a direction is read so."""

_NOT = r"(?:pas|niet|nicht|not|no|non|geen|kein\w*)"
_MORE = r"(?:plus|meer|mehr|more|superieur\w*|groter|hoger|hoher|grosser)"
_LESS = r"(?:moins|minder|weniger|less|inferieur\w*|kleiner|lager|niedriger|fewer)"
_THAN = r"(?:de|que|d|dan|als|than|a|ou egal\w* a)"
_WORDS: tuple[tuple[str, str], ...] = (
    ("most", rf"{_NOT} {_MORE} {_THAN}"),
    ("least", rf"{_NOT} {_LESS} {_THAN}"),
    ("least", r">=|=>|≥"),
    ("most", r"<=|=<|≤"),
    ("least", r"au moins|au minimum|minimum|minimal\w*|minimaal|minima|mini|min"),
    ("least", r"ten ?minste|minstens|tenminste|vanaf|a partir d\w*|mindestens"),
    ("least", r"wenigstens|at least|from|ab|ou plus|of meer|oder mehr|or more|et plus"),
    ("most", r"au plus|au maximum|maximum|maximal\w*|maximaal|maxima|maxi|max"),
    ("most", r"hoogstens|ten hoogste|hochstens|at most|up to|jusqu ?a|jusque|tot|bis"),
    ("most", r"ou moins|of minder|oder weniger|or less|endeans|binnen|innerhalb"),
    ("most", r"within|sous|dans (?:les|un delai)|in (?:less|under)|unter"),
    ("more", rf">|{_MORE} {_THAN}"),
    ("less", rf"<|{_LESS} {_THAN}"),
)
_DIRECTION = re.compile(
    "|".join(
        rf"(?P<{kind}{place}>(?<![a-z]){words_}(?![a-z]))"
        for place, (kind, words_) in enumerate(_WORDS)
    )
)
_SHORTLY = re.compile(r"(?:\ben|\bin|\bop|\bsur) (?:les )?$")
"""Right before a time these mean “within”: “réponse en 24 h”."""

_ROUND_THE_CLOCK = re.compile(
    r"\b24 ?(?:h|u|uur|heures|stunden|std)? ?(?:/|sur|op|am|per|auf|a day) ?"
    r"(?:24|7|tag|dag|jour)\w*(?: ?(?:/|,|et|en|und) ?7 ?(?:j|d|jours|dagen|tage)?"
    r" ?(?:/|sur|op) ?7)?|\b7 ?(?:j|d|jours|dagen|tage)? ?(?:/|sur|op) ?7\b"
)
_CLOCK = re.compile(
    r"\b\d{1,2} ?(?:h|u|:)(?:\d{2})? ?(?:-|–|a|tot|bis|to|et|en) ?\d{1,2} ?"
    r"(?:h|u|:)(?:\d{2})?"
)
_NUMBER = r"\d{1,3}(?:[ .]\d{3})+(?!\d)(?:,\d+)?|\d+(?:[.,]\d+)?"
_FIGURE = re.compile(
    rf"(?<![\w.,])(?P<first>{_NUMBER})"
    rf"(?:\s*(?P<to>-|–|/|a|tot|bis|to|et|en|und|and)\s*(?P<second>{_NUMBER}))?\s*"
    r"(?P<unit>°c|%|€|\"|″|[a-z]+[0-9]?/[a-z]+[0-9]?|[a-z]+[0-9]?(?: [a-z]+)?)?"
)
_BETWEEN = re.compile(r"(?:entre|tussen|zwischen|between)\s*$")
_FORMAT = re.compile(r"\ba([0-6])\b")
_CLAUSE = re.compile(r"[;:()\n]|,(?!\d)")
_AND = re.compile(r"\s(?:et|en|und|and|\+|&)\s")
_VAGUE = frozenset(
    {"delai", "delais", "termijn", "frist", "duree", "duur", "dauer", "tijd", "zeit"}
    | {"niveau", "valeur", "waarde", "wert", "temps", "time", "terme"}
)
_PAPER = ("papier", "paper", "grammage", "gramgewicht")
GRAMMAGES = (Decimal("0.04"), Decimal("0.4"))
"""Grams of paper, in kilograms, between these are grams a square metre."""


@dataclass(frozen=True, slots=True)
class Interval:
    """Numbers from `low` to `high`; None is no limit, `over` and `under` exclude it."""

    low: Decimal | None = None
    high: Decimal | None = None
    over: bool = False
    under: bool = False

    @property
    def empty(self) -> bool:
        """Whether no number lies in it."""
        if self.low is None or self.high is None:
            return False
        shut = self.over or self.under
        return self.low > self.high or (self.low == self.high and shut)

    @property
    def exact(self) -> bool:
        """Whether one number alone lies in it."""
        return self.low is not None and self.low == self.high and not self.empty

    def meet(self, other: Interval) -> Interval:
        """What lies in both."""
        low, over = max(
            ((one.low, one.over) for one in (self, other) if one.low is not None),
            default=(None, False),
        )
        highs = [
            (one.high, not one.under) for one in (self, other) if one.high is not None
        ]
        high, closed = min(highs, default=(None, True))
        return Interval(low, high, over, not closed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """One figure of a requirement: the dimension, what it is about, and the numbers.

    `aspects` are what it is known to be about, `roots` the other telling words. `said`
    is False where no word says at least, at most or exactly.
    """

    text: str
    dimension: str
    interval: Interval
    aspects: frozenset[str] = frozenset()
    roots: frozenset[str] = frozenset()
    said: bool = True

    @property
    def bare(self) -> bool:
        """Whether nothing says what is measured."""
        return not self.aspects and not self.roots

    def about(self, other: Bound) -> bool:
        """Whether both measure the same of the same thing, as far as words tell."""
        if self.dimension != other.dimension:
            return False
        if self.dimension in OF_ITSELF or self.bare or other.bare:
            return True
        if self.aspects and other.aspects:
            return bool(self.aspects & other.aspects)
        return bool(self.roots & other.roots)


@lru_cache(maxsize=20_000)
def bounds_of(text: str) -> tuple[Bound, ...]:
    """The figures of a requirement, each with what it is about; formats not included.

    >>> [(one.dimension, one.interval.low) for one in bounds_of("min. 80 g/m²")]
    [('g/m²', Decimal('80'))]
    """
    name = _CLOCK.sub(" ", _ROUND_THE_CLOCK.sub(" ", plain(text)))
    paper = any(word.startswith(_PAPER) for word in words(name))
    clauses = [part for clause in _CLAUSE.split(name) for part in _joined(clause)]
    told = [(_subject(clause), list(_figures(clause))) for clause in clauses]
    aspects, own = _subject(name)
    found = []
    for (near, others), figures in told:
        for one in figures:
            about = (near, others) if near or others else (aspects, own)
            found.append(_bound(text, one, *about, paper=paper))
    return tuple(found)


def _joined(clause: str) -> list[str]:
    """The parts of a clause that "and" joins, where each has a figure of its own."""
    parts = _AND.split(clause)
    if len(parts) > 1 and all(any(True for _ in _figures(part)) for part in parts):
        return parts
    return [clause]


@dataclass(frozen=True, slots=True)
class _Figure:
    """A number or a range in a dimension, and the direction that was written."""

    dimension: str
    kind: str
    numbers: tuple[Decimal, ...]


def _figures(clause: str) -> Iterator[_Figure]:
    found = [(figure, _measured(figure["unit"] or "")) for figure in _found(clause)]
    start = 0
    for place, (figure, (dimension, factor, length)) in enumerate(found):
        before = clause[start : figure.start()]
        start = figure.start("unit") + length if figure["unit"] else figure.end()
        ends = found[place + 1][0].start() if place + 1 < len(found) else len(clause)
        kind = _kind(before, clause[start:ends], dimension)
        numbers = _numbers(figure, before)
        if dimension and numbers and (kind or not dimension.startswith(COUNT)):
            yield _Figure(dimension, kind, tuple(one * factor for one in numbers))


def _found(clause: str) -> Iterator[re.Match[str]]:
    """The figures of a clause; the next begins behind the unit of the one before."""
    at = 0
    while (figure := _FIGURE.search(clause, at)) is not None:
        yield figure
        length = _measured(figure["unit"] or "")[2]
        at = max(
            figure.end("second") if figure["second"] else figure.end("first"),
            figure.start("unit") + length if figure["unit"] else 0,
        )


def _bound(
    text: str,
    figure: _Figure,
    aspects: frozenset[str],
    own: frozenset[str],
    *,
    paper: bool,
) -> Bound:
    kind, dimension, numbers = figure.kind, figure.dimension, figure.numbers
    if not kind and len(numbers) == 1:
        kind = "least" if aspects & _LEAST else "most" if aspects & _MOST else ""
    low, high = GRAMMAGES
    if paper and dimension == "kg" and all(low <= one <= high for one in numbers):
        dimension, numbers = "g/m²", tuple(one * 1000 for one in numbers)
    return Bound(
        text=text,
        dimension=dimension,
        interval=_interval(kind, numbers),
        aspects=aspects,
        roots=own,
        said=bool(figure.kind) or len(numbers) > 1,
    )


def _measured(written: str) -> tuple[str, Decimal, int]:
    """The dimension of what follows a number, its factor, how much of it belongs."""
    first = written.partition(" ")[0]
    for name in (written, first):
        found = _dimensions().get(name)
        if found is not None:
            return *found, len(name)
    own = sorted(roots(first)) if telling(first) else []
    return (f"{COUNT}{own[0]}", Decimal(1), len(first)) if own else ("", Decimal(1), 0)


@cache
def _dimensions() -> dict[str, tuple[str, Decimal]]:
    found = {
        name.replace("_", " "): (dimension, Decimal(factor))
        for dimension, factors in _UNITS.items()
        for factor, names in factors.items()
        for name in names.split()
    }
    return found | dict.fromkeys('"″', ("inch", Decimal(1)))


def _numbers(figure: re.Match[str], before: str) -> list[Decimal] | None:
    """The number of a figure, or both of a range; None where it cannot be told."""
    first = _number(figure["first"])
    if first is None or figure["second"] is None:
        return None if first is None else [first]
    second = _number(figure["second"])
    if second is None or figure["to"] == "/":
        return None
    if figure["to"] in ("et", "en", "und", "and") and not _BETWEEN.search(before):
        return None
    return sorted((first, second))


def _number(text: str) -> Decimal | None:
    whole, comma, rest = text.partition(",")
    if comma and len(rest) == 3 and whole != "0":  # noqa: PLR2004  # thousands or not?
        return None
    if re.fullmatch(r"[1-9]\d{0,2}(?:[ .]\d{3})+", whole):
        whole = re.sub(r"\D", "", whole)
    return Decimal(f"{whole}.{rest}" if comma else whole)


def _kind(before: str, after: str, dimension: str) -> str:
    """least, most, more, less, or "" where no word says it; the nearest word counts."""
    found = list(_DIRECTION.finditer(before))
    if found:
        return (found[-1].lastgroup or "").rstrip("0123456789")
    if dimension in (TIME, "minute", "working day") and _SHORTLY.search(before):
        return "most"
    behind = _DIRECTION.search(after)
    return (behind.lastgroup or "").rstrip("0123456789") if behind else ""


def _interval(kind: str, numbers: tuple[Decimal, ...]) -> Interval:
    low, high = numbers[0], numbers[-1]
    if kind in ("least", "more") and len(numbers) == 1:
        return Interval(low=low, over=kind == "more")
    if kind in ("most", "less") and len(numbers) == 1:
        return Interval(high=high, under=kind == "less")
    return Interval(low=low, high=high)


def _subject(clause: str) -> tuple[frozenset[str], frozenset[str]]:
    """What a clause is about: known aspects, and the roots of its other words."""
    plainly = _DIRECTION.sub(" ", _without_figures(clause))
    found = {word: _aspect(word) for word in words(plainly)}
    others = [
        word
        for word in telling(plainly)
        if not (found[word] or word in _VAGUE or word in _dimensions())
        and not _FORMAT.fullmatch(word)
    ]
    return (
        frozenset(filter(None, found.values())),
        roots(" ".join(others)) if others else frozenset(),
    )


def _without_figures(clause: str) -> str:
    kept, at = [], 0
    for figure in _found(clause):
        kept.append(clause[at : figure.start()])
        dimension, _, length = _measured(figure["unit"] or "")
        at = figure.end("second") if figure["second"] else figure.end("first")
        if dimension and not dimension.startswith(COUNT):
            at = figure.start("unit") + length
    return " ".join((*kept, clause[at:]))


@lru_cache(maxsize=20_000)
def _aspect(word: str) -> str:
    return next(
        (
            aspect
            for aspect, beginnings in _ASPECTS.items()
            if word.startswith(tuple(beginnings.split()))
        ),
        "",
    )


@lru_cache(maxsize=20_000)
def formats_of(text: str) -> frozenset[str]:
    """The paper formats a requirement names: “A4”, “A3”."""
    return frozenset(f"A{number}" for number in _FORMAT.findall(plain(text)))


_NEGATIVE = frozenset(
    {"sans", "non", "pas", "aucun", "aucune", "exempt", "exempte", "zonder", "geen"}
    | {"niet", "ohne", "kein", "keine", "keinen", "nicht", "without", "no", "not"}
    | {"vrij", "frei", "free", "libre"}
)


@lru_cache(maxsize=20_000)
def stance(text: str) -> tuple[bool, frozenset[str]]:
    """Whether a requirement asks for something to be absent, and the roots of what."""
    said = words(text)
    own = [word for word in telling(text) if word not in _NEGATIVE]
    return any(word in _NEGATIVE for word in said), roots(" ".join(own))
