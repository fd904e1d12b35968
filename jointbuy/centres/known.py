"""The Belgian purchasing centres that are known of, to be adopted and then checked.

What stands here proves nothing: it says whom to ask, and how sure that is.
"""

from __future__ import annotations

import functools
import re
import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from jointbuy.centres.eligibility import conditions
from jointbuy.errors import Message, say, word
from jointbuy.model import (
    AdministrationKind,
    Alias,
    Condition,
    LocalText,
    Period,
    PurchasingCentre,
    Region,
)
from jointbuy.model.lookup import find
from jointbuy.vocabulary import cpv as tree
from jointbuy.vocabulary.words import plain

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from jointbuy.centres.eligibility import Known
    from jointbuy.model import Administration

WRITTEN = ("fr", "nl", "de", "en")
"""Languages in which an adopted centre says how it is joined."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Domain:
    """Something a centre buys, in a few words and as CPV codes."""

    title: Message
    cpv: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownCentre:
    """A centre as it is known of, and how sure that is.

    `certainty` runs from A (seen in a source) to D (unknown); `checked` is the day it
    was last looked at; `territory` are NUTS codes where it works in a part of a region
    only. Without `kinds` no restriction is known.
    """

    id: str
    names: LocalText
    operator: str = ""
    enterprise_number: str = ""
    aliases: tuple[Alias, ...] = ()
    regions: tuple[Region, ...] = ()
    territory: tuple[str, ...] = ()
    kinds: tuple[AdministrationKind, ...] = ()
    domains: tuple[Domain, ...] = ()
    joining: Message
    conditions: tuple[Condition, ...] = ()
    remarks: tuple[Message, ...] = ()
    certainty: str
    source: Message
    checked: date

    @property
    def cpv(self) -> tuple[str, ...]:
        """The codes of all it buys, each once."""
        every = (code for domain in self.domains for code in domain.cpv)
        return tuple(dict.fromkeys(every))


@functools.cache
def catalogue() -> tuple[KnownCentre, ...]:
    """Every centre that is known of, in the order of the regions they serve."""
    path = files("jointbuy.centres") / "data" / "catalogue.toml"
    written = tomllib.loads(path.read_text(encoding="utf-8"))
    return tuple(_centre(row, written) for row in written["centre"])


def _centre(row: dict[str, Any], written: dict[str, Any]) -> KnownCentre:
    return KnownCentre(
        id=row["id"],
        names=LocalText(**row["names"]),
        operator=row.get("operator", ""),
        enterprise_number=row.get("enterprise_number", ""),
        aliases=tuple(
            Alias(name=each["name"], period=_period(each))
            for each in row.get("aliases", ())
        ),
        regions=_regions(row),
        territory=tuple(row.get("territory", ())),
        kinds=_kinds(row),
        domains=tuple(
            Domain(
                title=Message(text=written["domain"][each]["title"]),
                cpv=tuple(written["domain"][each]["cpv"]),
            )
            for each in row.get("domains", ())
        ),
        joining=Message(text=written["joining"][row["joins"]]),
        conditions=tuple(
            Condition(regions=_regions(each), kinds=_kinds(each), period=_period(each))
            for each in row.get("rules", ())
        ),
        remarks=tuple(
            Message(text=written["remark"][each]) for each in row.get("remarks", ())
        ),
        certainty=row["certainty"],
        source=Message(text=written["source"][row["read_in"]]),
        checked=row.get("checked", written["checked"]),
    )


def _period(row: dict[str, Any]) -> Period:
    return Period(start=row.get("start"), end=row.get("end"))


def _regions(row: dict[str, Any]) -> tuple[Region, ...]:
    return tuple(Region(each) for each in row.get("regions", ()))


def _kinds(row: dict[str, Any]) -> tuple[AdministrationKind, ...]:
    return tuple(AdministrationKind(each) for each in row.get("kinds", ()))


def known_centre(text: str) -> KnownCentre:
    """The centre meant by its id, one of its names, or one it had before.

    Raises:
        NotFound: none answers to it, or several do.
    """
    wanted = fold(text)
    named = [each for each in catalogue() if wanted and wanted in _called(each)]
    if len(named) == 1:
        return named[0]
    return find(
        text, {each.id: each for each in catalogue()}, word("purchasing centre")
    )


def fold(text: str) -> str:
    """Small letters without accents, words parted by one space."""
    return " ".join(re.findall(r"\w+", plain(text)))


def names_of(centre: KnownCentre | PurchasingCentre) -> frozenset[str]:
    """What a centre is or was called, as `fold` writes it."""
    every = (*centre.names.as_dict().values(), *(a.name for a in centre.aliases))
    return frozenset(fold(each) for each in every) - {""}


@functools.lru_cache(maxsize=256)
def _called(centre: KnownCentre) -> frozenset[str]:
    return names_of(centre) | {fold(centre.id)}


def buying(
    centres: Iterable[KnownCentre], domain: str, language: str
) -> tuple[KnownCentre, ...]:
    """Those that buy something: a CPV code or its first figures, or words for it."""
    code = domain.strip().partition("-")[0]
    if code.isascii() and code.isdigit() and tree.DIVISION <= len(code) <= tree.DIGITS:
        wanted = code.ljust(tree.DIGITS, "0")
        return tuple(
            each
            for each in centres
            if any(tree.within(own, wanted) or tree.within(wanted, own)
                   for own in each.cpv)
        )  # fmt: skip
    words = fold(domain).split()
    return tuple(
        each
        for each in centres
        if any(
            all(part in title for part in words)
            for title in (
                fold(_said(one.title, said))
                for one in each.domains
                for said in (language, "en")
            )
        )
    )


def admitted(centre: KnownCentre, administration: Administration, on: date) -> Known:
    """Whether the conditions known for that day admit an administration.

    Unknown where none is known for that day: one that was seen later says nothing of
    the time before it.
    """
    return conditions(centre.conditions, administration, on)


def adopt(known: KnownCentre, language: str = "en") -> PurchasingCentre:
    """The record a register keeps of it, to be compared with its source and edited.

    How it is joined is said in every language, with where it comes from and how
    certain it is; its source and what to look out for in `language`. That it is a
    contracting authority is never taken from here.
    """
    told = (
        known.joining,
        say(
            "Taken from the catalogue of known centres: certainty {letter}, looked at "
            "on {day}. Compare it with the source before use.",
            letter=known.certainty,
            day=known.checked,
        ),
    )
    return PurchasingCentre(
        id=known.id,
        names=known.names,
        aliases=known.aliases,
        enterprise_number=known.enterprise_number,
        regions=known.regions,
        kinds=known.kinds,
        cpv=known.cpv,
        joining=LocalText(
            **{said: " ".join(_said(each, said) for each in told) for said in WRITTEN}
        ),
        contracting_authority=None,
        certainty=known.certainty,
        source=_said(known.source, language),
        checked=known.checked,
        conditions=known.conditions,
        territory=known.territory,
        note=" ".join(_said(each, language) for each in known.remarks),
    )


def names_on(centre: PurchasingCentre, on: date) -> LocalText:
    """What a centre is called on a day: a former name while it was in use.

    A former name is an alias with a last day; any other is a name beside its own.
    """
    former = [
        each.name
        for each in centre.aliases
        if each.period.end is not None and each.period.holds(on)
    ]
    if not former:
        return centre.names
    every = centre.names.as_dict() or dict.fromkeys(WRITTEN)
    return LocalText(**dict.fromkeys(every, former[0]))


def _said(message: Message, language: str) -> str:
    from jointbuy.l10n.catalogue import catalogue as sentences

    return sentences(language).say(message)
