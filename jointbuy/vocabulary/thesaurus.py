"""The categories of purchases that local administrations make, in four languages.

Each file of `thesaurus/` is a domain; a table is a category named by its heading:
`cpv` (the best code, then other codes in use), `nature` (supplies unless said),
`reach` (anywhere unless said; works are at a place), terms parted by semicolons, the
label first, and `finer`, the terms that have a code of their own.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

from jointbuy.errors import NotFound, say
from jointbuy.vocabulary import cpv

LANGUAGES = ("fr", "nl", "de", "en")
NATURES = ("works", "supplies", "services")
REACHES = ("place", "neighbours", "anywhere")


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """One kind of purchase: its codes, how far it can be shared, what it is called.

    `reach` says who can sensibly buy it together: those at the same place, neighbours,
    or anybody anywhere. The first term of a language is its label. `finer` gives the
    terms that have a code of their own: {term: code}.
    """

    id: str
    cpv: str
    other_cpv: tuple[str, ...] = ()
    nature: str = "supplies"
    reach: str = "anywhere"
    labels: dict[str, str] = field(default_factory=dict)
    terms: dict[str, tuple[str, ...]] = field(default_factory=dict)
    finer: dict[str, str] = field(default_factory=dict)


@cache
def thesaurus() -> tuple[Category, ...]:
    """Every category, in the order of the files and of each file."""
    from jointbuy.vocabulary.compiled import compiled  # it knows categories too

    return compiled().categories


def read() -> tuple[Category, ...]:
    """Every category as its files say now."""
    folder = resources.files(__package__) / "thesaurus"
    files = sorted(
        (file for file in folder.iterdir() if file.name.endswith(".toml")),
        key=lambda file: file.name,
    )
    found: dict[str, Category] = {}
    for file in files:
        for name, row in tomllib.loads(file.read_text(encoding="utf-8")).items():
            if name in found:
                raise ValueError(f"{file.name}: category {name} stands twice")
            found[name] = _category(name, row)
    return tuple(found.values())


def _category(name: str, row: dict[str, Any]) -> Category:
    first, *others = row["cpv"].split()
    nature = row.get("nature", "supplies")
    terms = {
        language: tuple(term.strip() for term in row[language].split(";"))
        for language in LANGUAGES
    }
    return Category(
        id=name,
        cpv=first,
        other_cpv=tuple(others),
        nature=nature,
        reach=row.get("reach", "place" if nature == "works" else "anywhere"),
        labels={
            language: own[0][:1].upper() + own[0][1:] for language, own in terms.items()
        },
        terms=terms,
        finer=_finer(row.get("finer", "")),
    )


def _finer(text: str) -> dict[str, str]:
    """Reads "15930000 vin, wijn; 03142500 oeufs" as {"vin": "15930000", …}."""
    found = {}
    for part in filter(None, (part.strip() for part in text.split(";"))):
        code, _, terms = part.partition(" ")
        found.update({term.strip(): code for term in terms.split(",")})
    return found


@cache
def _by_id() -> dict[str, Category]:
    return {category.id: category for category in thesaurus()}


@cache
def _by_code() -> dict[str, Category]:
    """Main codes first, then the other codes; the first category named keeps one."""
    found: dict[str, Category] = {}
    for category in thesaurus():
        found.setdefault(category.cpv, category)
    for category in thesaurus():
        for code in category.other_cpv:
            found.setdefault(code, category)
    return found


def category(name: str) -> Category:
    """The category with that id.

    Raises:
        NotFound: there is none.
    """
    try:
        return _by_id()[name]
    except KeyError:
        raise NotFound(
            say("The thesaurus has no category {category}.", category=name)
        ) from None


@cache
def category_for_code(code: str) -> Category | None:
    """The category nearest to a code: its own, one below it, or one above it.

    None when nothing of the thesaurus lies in the same group.
    """
    exact = _by_code().get(code)
    if exact is not None:
        return exact
    if not cpv.bare(code):
        return None
    near = [
        (cpv.distance(code, known), -cpv.shared(code, known), known)
        for known in _by_code()
        if cpv.shared(code, known) >= cpv.GROUP
    ]
    return _by_code()[min(near)[2]] if near else None
