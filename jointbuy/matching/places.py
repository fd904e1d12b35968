"""Who is near to whom: at the same place, neighbours, or anywhere."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from jointbuy.model import Administration, AdministrationKind
from jointbuy.vocabulary.bodies import municipality

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jointbuy.errors import Arg
    from jointbuy.matching.peeling import Flags

TERRITORY_LENGTH = 5
"""A NUTS 3 code: a district, in which everybody counts as a neighbour."""

PLACE, NEIGHBOURS, ANYWHERE = "place", "neighbours", "anywhere"

AFTER_A_MUNICIPALITY = (
    None,
    AdministrationKind.COMMUNE,
    AdministrationKind.CPAS,
    AdministrationKind.POLICE_ZONE,
)
"""Kinds whose name may tell the municipality they serve."""


class Places:
    """The administrations in the order of their ids, and how near they are."""

    def __init__(
        self, administrations: Iterable[Administration], ids: Iterable[str]
    ) -> None:
        known = {one.id: one for one in administrations}
        for name in ids:
            known.setdefault(name, Administration(id=name))
        self.all = tuple(known[name] for name in sorted(known))
        self.at = {one.id: place for place, one in enumerate(self.all)}
        self.names: dict[str, Arg] = {}

    def near(self, reach: str) -> Flags:
        """Whether two administrations are near enough for a purchase of that reach."""
        if reach == PLACE:
            return self.same_place
        if reach == NEIGHBOURS:
            return self.neighbours
        return np.ones((len(self.all), len(self.all)), dtype=bool)

    @cached_property
    def same_place(self) -> Flags:
        """One municipality, or one district where a postcode is not recorded."""
        return self.same_municipality | (self.same_territory & self._one_is_bare)

    @cached_property
    def same_municipality(self) -> Flags:
        """One municipality: same postcode, or one belongs to the other.

        So do two bodies of one commune, and those of different kinds that name each
        other as neighbours (a commune and its police zone). Where a postcode is not
        recorded, the name of the municipality decides.
        """
        found = self._equal([one.postcode for one in self.all])
        found |= self.same_name & self._one_is_bare
        communes = {
            one.id for one in self.all if one.kind is AdministrationKind.COMMUNE
        }
        homes: dict[str, list[int]] = {}
        for place, one in enumerate(self.all):
            for above in one.belongs_to:
                if above in self.at:
                    found[place, self.at[above]] = True
                if above in communes:
                    homes.setdefault(above, []).append(place)
            for other in one.neighbours:
                if other in self.at and self._differ(place, self.at[other]):
                    found[place, self.at[other]] = True
        for together in homes.values():
            found[np.ix_(together, together)] = True
        return found | found.T

    @cached_property
    def neighbours(self) -> Flags:
        """The same place, named as neighbours, or in the same district."""
        found = self.same_place | self.same_territory
        for place, one in enumerate(self.all):
            for other in one.neighbours:
                if other in self.at:
                    found[place, self.at[other]] = True
        return found | found.T

    @cached_property
    def same_territory(self) -> Flags:
        """In the same district (NUTS 3)."""
        return self._equal(self._districts)

    @cached_property
    def same_name(self) -> Flags:
        """Named after the same municipality, and not known to lie in two districts."""
        found = np.eye(len(self.all), dtype=bool)
        named: dict[str, set[int]] = {}
        for place, one in enumerate(self.all):
            if one.kind in AFTER_A_MUNICIPALITY:
                for name in one.names.as_dict().values():
                    named.setdefault(municipality(name), set()).add(place)
        named.pop("", None)
        for together in named.values():
            members = sorted(together)
            found[np.ix_(members, members)] = True
        within = np.array([bool(text) for text in self._districts], dtype=bool)
        found &= self.same_territory | ~within[:, None] | ~within[None, :]
        return found

    @cached_property
    def known(self) -> Flags:
        """Whether anything recorded says where each administration lies."""
        return np.array(
            [
                bool(one.postcode or district)
                for one, district in zip(self.all, self._districts, strict=True)
            ],
            dtype=bool,
        )

    @cached_property
    def _one_is_bare(self) -> Flags:
        """Whether a postcode is not recorded of one of two administrations."""
        bare = np.array([not one.postcode for one in self.all], dtype=bool)
        found: Flags = bare[:, None] | bare[None, :]
        return found

    @cached_property
    def _districts(self) -> list[str]:
        return [
            one.territory if len(one.territory) == TERRITORY_LENGTH else ""
            for one in self.all
        ]

    def _differ(self, one: int, other: int) -> bool:
        kinds = self.all[one].kind, self.all[other].kind
        return None not in kinds and kinds[0] is not kinds[1]

    @staticmethod
    def _equal(texts: list[str]) -> Flags:
        """Whether two texts are the same and not empty; each is near to itself."""
        column = np.array(texts, dtype=object)
        written = np.array([bool(text) for text in texts], dtype=bool)
        same = (column[:, None] == column[None, :]) & written[:, None]
        found: Flags = same.astype(bool) | np.eye(len(texts), dtype=bool)
        return found
