"""Which document is needed in which language, by region and special regime."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

from jointbuy.law.tables import citation, table
from jointbuy.model.parties import LANGUAGES, Region

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from jointbuy.errors import Arg
    from jointbuy.model.finding import Citation
    from jointbuy.model.parties import Administration

from jointbuy.errors import named

OFFICIAL = ("fr", "nl", "de")


class Paper(Enum):
    """What is written: the decision of one, what is joint, a notice, or a letter."""

    DECISION = "DECISION"
    SPECIFICATIONS = "SPECIFICATIONS"
    CONVENTION = "CONVENTION"
    NOTICE = "NOTICE"
    LETTER = "LETTER"


JOINT = (Paper.SPECIFICATIONS, Paper.CONVENTION, Paper.NOTICE)
"""The papers of all participants together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Regime:
    """The languages of an administration: of its acts, and of its notices."""

    own: tuple[str, ...]
    notices: tuple[str, ...]
    citation: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class Versions:
    """The languages a paper is needed in, in order, and what says so.

    `author` is the id of the administration whose paper it is, empty for one of all;
    `addressee` that of who a letter goes to. Without languages, nobody knows.
    """

    paper: Paper
    languages: tuple[str, ...]
    citations: tuple[Citation, ...]
    author: str = ""
    addressee: str = ""


def required_languages(
    administrations: Sequence[Administration], on: date
) -> tuple[Versions, ...]:
    """The languages of every paper of a cooperation between these, on that day.

    Each decides in its own languages; what is joint is needed in those of all, the
    notice also in those of their notices; a service of Brussels writes to one of a
    region with one language in the language of that region. What is joint has no
    languages when those of a participant are not known.

    Source: laws of 18 July 1966, art. 10–11, 17–19, 23–24.
    """
    regimes = [(each, regime(each, on)) for each in administrations]
    decisions = [
        Versions(
            paper=Paper.DECISION,
            author=each.id,
            languages=found.own if found else (),
            citations=(found.citation,) if found else (),
        )
        for each, found in regimes
    ]
    known = [found for _, found in regimes if found is not None]
    complete = len(known) == len(regimes)
    joint = [
        Versions(
            paper=paper,
            languages=_together(known, paper) if complete else (),
            citations=_cited(known),
        )
        for paper in JOINT
    ]
    return (*decisions, *joint, *_letters(regimes))


def _together(regimes: Iterable[Regime], paper: Paper) -> tuple[str, ...]:
    several = tuple(regimes)
    found = [code for each in several for code in each.own]
    if paper is Paper.NOTICE:
        found = [code for each in several for code in each.notices] + found
    return tuple(dict.fromkeys(found))


def _cited(regimes: Iterable[Regime]) -> tuple[Citation, ...]:
    """What says so: the regimes, and the union where they differ."""
    several = tuple(regimes)
    cited = [each.citation for each in several]
    if len({(each.own, each.notices) for each in several}) > 1:
        cited.append(citation(table("languages")["joint"], where="languages.joint"))
    return tuple(dict.fromkeys(cited))


def _letters(
    regimes: Sequence[tuple[Administration, Regime | None]],
) -> Iterable[Versions]:
    row = table("languages")["letters"]
    cited = (citation(row, where="languages.letters"),)
    for author, _ in regimes:
        if author.region is not Region[row["from"]]:
            continue
        for addressee, theirs in regimes:
            if addressee.region in {None, author.region} or theirs is None:
                continue
            yield Versions(
                paper=Paper.LETTER,
                author=author.id,
                addressee=addressee.id,
                languages=theirs.own,
                citations=cited,
            )


def regime(each: Administration, on: date) -> Regime | None:
    """The languages an administration must use on that day, None if nobody knows.

    Its region decides, and its postcode where its commune has a special regime. What
    is recorded counts beside that for who may serve several regions, and first for
    who may follow one community alone.
    """
    kinds = table("languages")["kinds"]
    recorded = tuple(code for code in each.languages if code in OFFICIAL)
    kind = each.kind.name if each.kind else ""
    row = _row(each, recorded, on)
    if recorded and (row is None or kind in kinds["recorded_first"]):
        cited = citation(table("languages")["recorded"], where="languages.recorded")
        return Regime(own=recorded, notices=recorded, citation=cited)
    if row is None:
        return None
    more = recorded if kind in kinds["add_recorded"] else ()
    return Regime(
        own=tuple(dict.fromkeys((*row["own"], *more))),
        notices=tuple(dict.fromkeys((*row["notices"], *more))),
        citation=citation(row, where="languages.regimes"),
    )


def _row(
    each: Administration, recorded: tuple[str, ...], on: date
) -> dict[str, Any] | None:
    if each.region is None:
        return None
    rows = [row for row in _regimes(each.region) if row.get("from", on) <= on]
    special = [row for row in rows if _special(row, each.postcode.strip(), recorded)]
    general = [row for row in rows if "postcodes" not in row]
    return next(iter((*special, *general)), None)


def _special(row: dict[str, Any], postcode: str, recorded: tuple[str, ...]) -> bool:
    """Whether the regime is that of its commune, by postcode or by what it speaks."""
    if postcode in row.get("postcodes", ()):
        return True
    return not postcode and bool(recorded) and recorded[0] == row.get("speaking")


@functools.cache
def _regimes(region: Region) -> tuple[dict[str, Any], ...]:
    rows = table("languages")["regimes"].values()
    return tuple(row for row in rows if region.name in row["regions"])


def spoken(languages: Iterable[str]) -> Arg:
    """The languages by name, listed, in each language of a reader."""
    rows = table("languages")["names"]
    several = tuple(languages)
    return named(
        {
            reader: ", ".join(rows[code][reader] for code in several)
            for reader in LANGUAGES
        }
    )
