"""Which administration is meant by what people call it."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jointbuy.errors import Arg, say
from jointbuy.intake.text import fold
from jointbuy.model import (
    Administration,
    AdministrationKind,
    EnterpriseNumber,
    LocalText,
)
from jointbuy.model.parties import LANGUAGES
from jointbuy.vocabulary.bodies import canonical

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jointbuy.errors import Message

CLOSE = 0.84
"""Likeness from which a spelling is said to resemble another."""

_KINDS = {
    "commune": AdministrationKind.COMMUNE,
    "cpas": AdministrationKind.CPAS,
    "police": AdministrationKind.POLICE_ZONE,
    "province": AdministrationKind.PROVINCE,
}
_ALL = frozenset({"les deux", "les 2", "tous", "toutes", "beide", "beiden", "alle",
                  "allen", "both", "all", "alle beide", "tous les deux"})  # fmt: skip
_AND = re.compile(r"\s(?:et|en|und|and|&)\s|[/+;,&]|\s-\s")


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """The administration that a name stands for.

    `created` says that nobody knew it. `fault` is said where the name stands for
    several, or for none that could be created.
    """

    administration: Administration | None = None
    created: bool = False
    remarks: tuple[Message, ...] = ()
    fault: Message | None = None


class Administrations:
    """The administrations known to a register, found by id, number or any name.

    One that nobody knows is created, to be completed; a spelling close to a known name
    is remarked upon and never merged.
    """

    def __init__(
        self, known: Sequence[Administration], *, language: str = "fr"
    ) -> None:
        self._language = language if language in LANGUAGES else "fr"
        self._by_key: dict[tuple[str, ...], dict[str, Administration]] = {}
        self._by_id: dict[str, Administration] = {}
        self._matches: dict[tuple[str, str], Match] = {}
        self.created: list[Administration] = []
        for administration in known:
            self._add(administration)

    def _add(self, administration: Administration) -> None:
        self._by_id[administration.id] = administration
        keys: set[tuple[str, ...]] = {("id", fold(administration.id))}
        if administration.enterprise_number:
            number = EnterpriseNumber.compact(administration.enterprise_number)
            keys.add(("number", number))
        for language in LANGUAGES:
            name = administration.names.get(language)
            token, place, _ = canonical(name)
            if not fold(name):
                continue
            keys.add(("name", fold(name)))
            kind = administration.kind
            if token:
                keys.add(("place", token, place))
            elif kind in {None, AdministrationKind.COMMUNE}:
                keys.add(("place", "commune", place))
            else:
                keys |= {("place", other, place) for other, own in _KINDS.items()
                         if own == kind}  # fmt: skip
        for known_token, known_kind in _KINDS.items():
            if administration.kind == known_kind:
                keys.add(("kind", known_token))
        for key in keys:
            self._by_key.setdefault(key, {})[administration.id] = administration

    def get(self, identifier: str) -> Administration | None:
        """The administration with that id."""
        return self._by_id.get(identifier)

    def numbered(self, number: str) -> bool:
        """Whether an administration with that enterprise number is known."""
        return ("number", EnterpriseNumber.compact(number)) in self._by_key

    def find(self, name: str, identifier: str = "") -> Match:
        """The administration meant; an unknown one is created."""
        known = self._matches.get((name, identifier))
        if known is None:
            known = self._find(name, identifier)
            again = Match(administration=known.administration, fault=known.fault)
            self._matches[name, identifier] = again
        return known

    def _find(self, name: str, identifier: str) -> Match:
        if identifier:
            if found := self._by_id.get(identifier):
                return Match(administration=found)
            return self._create(name or identifier, identifier)
        folded = fold(name)
        if not folded:
            return Match(
                fault=say("“{text}” is not a name of an administration.", text=name)
            )
        token, place, _ = canonical(name)
        keys: list[tuple[str, ...]] = [("id", folded), ("name", folded)]
        number = EnterpriseNumber.compact(name)
        if EnterpriseNumber.is_valid(number):
            keys.insert(0, ("number", number))
        if token and not place:
            keys.append(("kind", token))
        else:
            keys.append(("place", token or "commune", place))
        for key in keys:
            found_all = list(self._by_key.get(key, {}).values())
            if len(found_all) > 1:
                return Match(fault=self._several(name, found_all))
            if found_all:
                remarks = (self._taken(name, found_all[0]),) if key[0] == "kind" else ()
                return Match(administration=found_all[0], remarks=remarks)
        if folded in _ALL or self._names_several(name):
            return Match(
                fault=say(
                    "“{text}” stands for more than one administration: write a row for "
                    "each of them.",
                    text=name,
                )
            )
        if token and not place:
            return Match(
                fault=say(
                    "“{text}” does not say which administration it is: write its full "
                    "name.",
                    text=name,
                )
            )
        if EnterpriseNumber.is_valid(number):
            return Match(
                fault=say(
                    "No administration with the number “{text}” is known: write its "
                    "name.",
                    text=name,
                )
            )
        return self._create(name, "")

    def _names_several(self, name: str) -> bool:
        """Whether every part of the name is a kind or an administration that is known.

        “Ville et CPAS” is two; “Ans et Villers” may be the name of one.
        """
        parts = [part for part in _AND.split(name) if part and fold(part)]
        return len(parts) > 1 and all(
            canonical(part)[0] or ("name", fold(part)) in self._by_key for part in parts
        )

    def _several(self, name: str, found: list[Administration]) -> Message:
        return say(
            "“{text}” stands for several administrations: write the full name or the "
            "identifier of one of them ({ids}).",
            text=name,
            ids=", ".join(sorted(one.id for one in found)),
        )

    def _taken(self, name: str, found: Administration) -> Message:
        return say("“{text}” was taken as {name}.", text=name, name=named(found))

    def _create(self, name: str, identifier: str) -> Match:
        remarks: list[Message] = [
            say(
                "“{text}” was not known: it is created and still to be completed with "
                "its kind and its region.",
                text=name,
            )
        ]
        if close := self._close(name):
            remarks.append(
                say(
                    "“{text}” resembles {name}: if it is the same, write it that way "
                    "and import again.",
                    text=name,
                    name=named(close),
                )
            )
        language = canonical(name)[2] or self._language
        created = Administration(
            id=identifier or self._new_id(name), names=LocalText(**{language: name})
        )
        self.created.append(created)
        self._add(created)
        return Match(administration=created, created=True, remarks=tuple(remarks))

    @staticmethod
    def not_created(name: str) -> Message:
        """What is said of an unknown administration none of whose rows was taken."""
        return say(
            "“{text}” is not known yet. It is not created either, as none of its rows "
            "was taken.",
            text=name,
        )

    def _close(self, name: str) -> Administration | None:
        names = {key[1]: found for key, found in self._by_key.items()
                 if key[0] == "name"}  # fmt: skip
        like = difflib.get_close_matches(fold(name), names, n=1, cutoff=CLOSE)
        if not like:
            token, place, _ = canonical(name)
            places = {key[2]: found for key, found in self._by_key.items()
                      if key[:2] == ("place", token or "commune")}  # fmt: skip
            like = difflib.get_close_matches(place, places, n=1, cutoff=CLOSE)
            names = places
        return next(iter(names[like[0]].values())) if like else None

    def _new_id(self, name: str) -> str:
        slug = (
            re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")[:48] or "administration"
        )
        candidate, count = slug, 1
        while candidate in self._by_id:
            count += 1
            candidate = f"{slug}-{count}"
        return candidate


def named(administration: Administration) -> Arg:
    """The administration's name in the reader's language."""
    names = {
        language: text
        for language in LANGUAGES
        if (text := str(getattr(administration.names, language)))
    }
    return Arg(name="", kind="names", text=administration.name("fr"), names=names)
