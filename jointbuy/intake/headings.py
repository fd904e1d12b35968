"""Column headings in four languages: the field each one means, and how we write it."""

from __future__ import annotations

import difflib
import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any, Literal

from jointbuy.intake.amounts import vat_named
from jointbuy.intake.text import fold
from jointbuy.model.parties import LANGUAGES

CLOSE = 0.84
"""Likeness from which a heading is taken for another, with a remark."""
AHEAD = 0.03
"""How much closer it must be than to any other field."""

_YEAR = re.compile(r"\b(?:19|20)[0-9]{2}\b")
_OPTIONAL = re.compile(r"\b(?:obligatoire|verplicht|pflichtfeld|mandatory|required|"
                       r"facultatif|facultatief|optioneel|freiwillig|optional|eur|euro|"
                       r"euros)\b")  # fmt: skip

Records = Literal["needs", "administrations", "contracts", "sessions"]
"""What the rows of a table are."""
_TABLES = {
    "needs": "fields",
    "administrations": "administrations",
    "contracts": "contracts",
    "sessions": "sessions",
}
AMOUNTS: dict[Records, dict[str, str]] = {
    "needs": {
        "excl": "estimate",
        "incl": "estimate_incl",
        "": "estimate_unclear",
    },
    "contracts": {
        "excl": "yearly_value",
        "incl": "yearly_value_incl",
        "": "yearly_value_unclear",
    },
}
"""The field of an amount, by what its heading says of VAT."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """The field a heading stands for; `close` if only its spelling resembles."""

    field: str
    close: bool = False


@cache
def _file() -> dict[str, Any]:
    file = resources.files(__package__) / "headings.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


@cache
def _known(of: Records = "needs") -> dict[str, str]:
    """Folded wording -> field, amounts left aside."""
    return {
        fold(wording): name
        for name, written in _file()[_TABLES[of]].items()
        for wording in (*(written[code] for code in LANGUAGES), *written["read"])
        if name not in AMOUNTS.get(of, {}).values()
    }


@cache
def _amounts(of: Records) -> frozenset[str]:
    """Folded words for the amount that such rows have, whatever they say of VAT."""
    return frozenset(fold(word) for word in _file()["amounts"].get(of, ()))


@cache
def numbering() -> frozenset[str]:
    """Folded headings of columns that only number the rows."""
    return frozenset(fold(word) for word in _file()["numbering"]["words"])


@cache
def totals() -> frozenset[str]:
    """Folded words that head a row that adds up others."""
    return frozenset(fold(word) for word in _file()["totals"]["words"])


@cache
def example_marks() -> tuple[str, ...]:
    """How the example row of our form is marked, in small letters."""
    return tuple(_file()["example"][code].casefold() for code in LANGUAGES)


def example_mark(language: str) -> str:
    """The mark of the example row in that language."""
    return str(_file()["example"][language])


def sheet_name(which: str, language: str) -> str:
    """The name of the sheet `needs` or `instructions`."""
    return str(_file()["sheets"][which][language])


def heading(field: str, language: str, of: Records = "needs") -> str:
    """The heading we write above a field."""
    return str(_file()[_TABLES[of]][field][language])


def written(field: str, of: Records = "needs") -> dict[str, str]:
    """The heading we write above a field, by language."""
    return {code: heading(field, code, of) for code in LANGUAGES}


@lru_cache(maxsize=4096)
def recognise(text: str, of: Records = "needs") -> Heading | None:
    """The field that a heading means, in any of the four languages.

    What a heading says of VAT is read word by word and never by likeness.

    >>> recognise("Montant estimé H.T.V.A. (€)").field
    'estimate'
    >>> recognise("Désignaton")
    Heading(field='title', close=True)
    >>> recognise("Type") is None
    True
    """
    folded = fold(text)
    if not folded:
        return None
    bare = " ".join(_OPTIONAL.sub(" ", _YEAR.sub(" ", folded)).split())
    for form in (folded, bare):
        if form in _known(of):
            return Heading(field=_known(of)[form])
    if of not in AMOUNTS:
        return _closest(bare, of)
    basis, rest = vat_named(bare)
    if rest in _amounts(of):
        return Heading(field=AMOUNTS[of][basis])
    if basis:
        like = difflib.get_close_matches(rest, _amounts(of), n=1, cutoff=CLOSE)
        return Heading(field=AMOUNTS[of][basis], close=True) if like else None
    return _closest(bare, of)


def _closest(bare: str, of: Records) -> Heading | None:
    best: dict[str, float] = {}
    matcher = difflib.SequenceMatcher(autojunk=False)
    matcher.set_seq2(bare)
    wordings = list(_known(of).items())
    if of in AMOUNTS:
        wordings += [(word, AMOUNTS[of][""]) for word in _amounts(of)]
    for wording, name in wordings:
        matcher.set_seq1(wording)
        if matcher.real_quick_ratio() < CLOSE or matcher.quick_ratio() < CLOSE:
            continue
        ratio = matcher.ratio()
        if ratio >= CLOSE:
            best[name] = max(best.get(name, 0.0), ratio)
    ranked = sorted(best.items(), key=lambda item: -item[1])
    if not ranked or (len(ranked) > 1 and ranked[0][1] - ranked[1][1] < AHEAD):
        return None
    # "Jaar" and "Maar": short words resemble one another by chance.
    short = len(bare) < 5 or ranked[0][0] == "id"  # noqa: PLR2004
    return None if short else Heading(field=ranked[0][0], close=True)
