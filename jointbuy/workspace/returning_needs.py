"""Last year's needs of a service, to be confirmed for this year."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from jointbuy.errors import Refused, say, word
from jointbuy.model import Need, NeedStatus
from jointbuy.model.lookup import find
from jointbuy.model.period import add_months
from jointbuy.workspace.asked_rounds import AskedRounds, place_of
from jointbuy.workspace.records import LETTERS

if TYPE_CHECKING:
    from collections.abc import Collection

    from jointbuy.errors import Message
    from jointbuy.model import NeedsRound

YEAR_MONTHS = 12
_ID_LENGTH = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """The drafts made of last year's needs, and those left out with the reason."""

    needs: tuple[Need, ...]
    left: tuple[tuple[Need, Message], ...] = ()


class ReturningNeeds(AskedRounds):
    """What a service needed the year before."""

    def last_year(self, text: str, whom: str) -> tuple[Need, ...]:
        """The needs a service had the year before, to be confirmed or dropped."""
        administration, service = self.whom(whom)
        found = self.round(text)
        place = place_of(found, administration, service)
        if place is not None:
            service = found.services[place].service
        return self._last_years(found, (administration, service))[
            administration, service
        ]

    def last_years(self, text: str) -> dict[tuple[str, str], tuple[Need, ...]]:
        """The same of every service asked, by administration and service."""
        return self._last_years(self.round(text))

    def _last_years(
        self, found: NeedsRound, *more: tuple[str, str]
    ) -> dict[tuple[str, str], tuple[Need, ...]]:
        """By service its needs of the year before; of no service asked, the whole's."""
        from jointbuy.schedule.asked_services import plainly, year_of

        year = self._year_before(found)
        asked = [(each.administration, each.service) for each in found.services]
        places = {(who, plainly(name)): (who, name) for who, name in (*asked, *more)}
        had: dict[tuple[str, str], list[Need]] = {key: [] for key in (*asked, *more)}
        for need in self.needs().values():
            if need.status is NeedStatus.WITHDRAWN or year_of(need) != year:
                continue
            who = need.administration
            place = places.get((who, plainly(need.service))) or places.get((who, ""))
            if place is not None:
                had[place].append(need)
        return {key: tuple(needs) for key, needs in had.items()}

    def _year_before(self, found: NeedsRound) -> int:
        before = self.rounds().get(found.previous)
        if before is not None and before.year is not None:
            return before.year
        return (found.year or self.on.year) - 1

    def carry_needs(self, text: str, whom: str, ids: Collection[str] = ()) -> Carried:
        """Make drafts for this year of last year's needs, to be confirmed.

        Their days and budget year move along. Without ids all are taken but those of
        more than a year, which need not be bought again, and those carried already.

        Raises:
            Refused: there is nothing to carry over.
        """
        found = self.round(text)
        theirs = {need.id: need for need in self.last_year(text, whom)}
        named = [find(id_, theirs, word("need of last year")) for id_ in ids]
        known = self.needs()
        years = (found.year or self.on.year) - self._year_before(found)
        left: list[tuple[Need, Message]] = []
        made: list[Need] = []
        for need in named or theirs.values():
            id_ = _id_of_copy(need, found)
            if id_ in known:
                left.append((need, say("carried over already: {id}", id=id_)))
            elif not named and (need.duration_months or 0) > YEAR_MONTHS * years:
                left.append(
                    (
                        need,
                        say(
                            "bought for {n} months: name it to carry it over all the "
                            "same",
                            n=need.duration_months or 0,
                        ),
                    )
                )
            else:
                origin = self._carried_from(found, need)
                made.append(_moved(need, years, id_=id_, origin=origin))
        if not made and not left:
            raise Refused(
                say(
                    "{whom} has no needs of {year} in the register: add its needs with "
                    "`needs add`.",
                    whom=self.asked_name(whom),
                    year=str(self._year_before(found)),
                )
            )
        self.commit(
            [self.change(need, of=None) for need in made], why=f"carry {found.id}"
        )
        return Carried(needs=tuple(made), left=tuple(left))

    def _carried_from(self, found: NeedsRound, need: Need) -> str:
        from jointbuy.l10n.catalogue import catalogue

        return catalogue(self.language).say(
            say("Carried over from {id} for {year}", id=need.id, year=str(found.year))
        )


def _id_of_copy(need: Need, found: NeedsRound) -> str:
    """The id of a need carried over into a round: the same whoever carries it over."""
    source = f"{need.id}\n{found.year or found.id}".encode()
    number = int.from_bytes(hashlib.sha256(source).digest(), "big")
    letters = []
    for _ in range(_ID_LENGTH):
        number, place = divmod(number, len(LETTERS))
        letters.append(LETTERS[place])
    return f"n-{''.join(letters)}"


def _moved(need: Need, years: int, *, id_: str, origin: str) -> Need:
    """The need so many years later, as a draft; what it replaced is replaced."""
    ahead = YEAR_MONTHS * years
    return replace(
        need,
        id=id_,
        status=NeedStatus.DRAFT,
        earliest=add_months(need.earliest, ahead) if need.earliest else None,
        latest=add_months(need.latest, ahead) if need.latest else None,
        budget_year=need.budget_year + years if need.budget_year else None,
        replaces="",
        seen_on=None,
        origin=origin,
    )
