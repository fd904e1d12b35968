"""What the name of an administration betrays: its kind, its place and its language."""

from __future__ import annotations

import re
from functools import lru_cache

from jointbuy.vocabulary.words import plain

_GAPS = re.compile(r"[\W_]+")
_LINKING = r"(?:de|d|du|des|van|von|der|la|le|l|of)"
_LINK = rf"(?:(?: {_LINKING})*) "
_LEADING = re.compile(rf"(?:{_LINKING} )+")
KINDS = {
    "commune": {
        "fr": r"administration communale|commune|ville|ac",
        "nl": r"gemeentebestuur|stadsbestuur|gemeente|stad",
        "de": r"gemeindeverwaltung|stadtverwaltung|gemeinde|stadt",
        "en": r"municipality|city|town",
    },
    "cpas": {
        "fr": r"cpas|centre public d action sociale",
        "nl": r"ocmw|openbaar centrum voor maatschappelijk welzijn",
        "de": r"oshz|offentliches sozialhilfezentrum",
        "en": r"public centre for social welfare",
    },
    "police": {
        "fr": r"zone de police|zp",
        "nl": r"politiezone|pz",
        "de": r"polizeizone",
        "en": r"police zone",
    },
    "province": {
        "fr": r"province",
        "nl": r"provincie|provinciebestuur",
        "de": r"provinz",
        "en": r"province",
    },
}
"""How each kind is called, folded, by language."""

LOCAL = ("", "commune", "cpas", "police")
"""Kinds that serve the municipality they are named after; "" where none is named."""

_AND = {"fr": "et", "nl": "en", "de": "und", "en": "and"}

_TOGETHER = tuple(
    re.compile(
        rf"(?:{words}) {_AND[language]} (?:{KINDS['cpas'][language]})"
        rf"(?:{_LINK}(?P<place>.+))?"
    )
    for language, words in KINDS["commune"].items()
)
"""A municipality named together with its centre for social welfare: two bodies."""

_PATTERNS = tuple(
    (token, language, re.compile(rf"(?:{words})(?:{_LINK}(?P<place>.+))?"))
    for token, languages in KINDS.items()
    for language, words in languages.items()
)


def canonical(name: str) -> tuple[str, str, str]:
    """Kind, place and language that a name betrays; empty where it does not.

    >>> canonical("Gemeente Ukkel")
    ('commune', 'ukkel', 'nl')
    >>> canonical("Centre public d'action sociale d'Uccle")
    ('cpas', 'uccle', 'fr')
    """
    folded = _GAPS.sub(" ", plain(name)).strip()
    for token, language, pattern in _PATTERNS:
        if found := pattern.fullmatch(folded):
            return token, (found["place"] or "").strip(), language
    return "", folded, ""


@lru_cache(maxsize=50_000)
def municipality(name: str) -> str:
    """The municipality an administration is named after, folded; empty if none is.

    A province is not the city of its name; an article before a name counts nowhere.
    Two bodies named together are of one place.

    >>> municipality("CPAS d'Uccle"), municipality("Uccle"), municipality("CPAS")
    ('uccle', 'uccle', '')
    >>> municipality("Gemeente en OCMW Zele")
    'zele'
    """
    kind, place, _ = canonical(name)
    for pattern in _TOGETHER:
        if found := pattern.fullmatch(_GAPS.sub(" ", plain(name)).strip()):
            kind, place = "commune", (found["place"] or "").strip()
    if kind not in LOCAL:
        return ""
    article = _LEADING.match(place)
    return place[article.end() :] if article else place
