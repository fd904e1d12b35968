"""Needs that stay with their administration, why, and what would change that."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from jointbuy.errors import Arg, Message, say
from jointbuy.matching import evidence, levers, weights
from jointbuy.matching.days import NEVER
from jointbuy.matching.evidence import Amount
from jointbuy.matching.groups import Gathered
from jointbuy.matching.joining import (
    missing,
    name_of,
    owners_of,
    points_of,
    weighed,
)
from jointbuy.matching.names import candidate_id, named
from jointbuy.matching.units import Refusal, as_written, conversion
from jointbuy.matching.units import name_of as name_of_unit
from jointbuy.model import Candidate, CandidateKind, Reason

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jointbuy.matching.places import Places
    from jointbuy.matching.rows import Row


def too_small(
    candidate: Candidate, group: Gathered, places: Places, on: date
) -> tuple[Candidate, ...]:
    """The advice to stay separate where a group is too small to be worth its work."""
    small = next((one for one in candidate.reasons if one.name == "small_volume"), None)
    if small is None:
        return ()
    reason = Reason(
        name="does_not_pay",
        weight=weights.points("does_not_pay"),
        message=small.message,
        evidence=small.evidence,
    )
    more = say(
        "If more administrations join or the volumes grow, buying together may pay."
    )
    needs = [row.need for row in group.all]
    return (
        replace(
            candidate,
            id=candidate_id(CandidateKind.SEPARATE, candidate.needs),
            kind=CandidateKind.SEPARATE,
            launch=None,
            entries=(),
            reasons=(reason,),
            missing=tuple(missing(needs, places)),
            would_change=(
                more,
                *levers.enough_volume(weighed(group, places, on)),
            ),
        ),
    )


class Alone:
    """Says of a row that is in no group why, seen against all the others."""

    def __init__(
        self,
        rows: tuple[Row, ...],
        groups: tuple[Gathered, ...],
        places: Places,
        on: date,
    ) -> None:
        self._places, self._on = places, on
        self._same: dict[str, list[Row]] = defaultdict(list)
        for row in rows:
            self._same[row.purchase.key].append(row)
        self._groups: dict[tuple[str, bool, str], list[Gathered]] = defaultdict(list)
        for group in groups:
            self._groups[group.rows[0].bucket].append(group)

    def separate(self, row: Row) -> Candidate:
        """The proposal that one need stay with its administration."""
        others = [
            other
            for other in self._same[row.purchase.key]
            if other.need.administration != row.need.administration
        ]
        name, partners = self._cause(row, others)
        need = row.need
        reason = Reason(
            name=name,
            weight=weights.points(name),
            message=self._message(name, row, partners),
            evidence=tuple(self._evidence(name, row, partners)),
        )
        return Candidate(
            id=candidate_id(CandidateKind.SEPARATE, (need.id,)),
            kind=CandidateKind.SEPARATE,
            title=row.purchase.labels,
            category=row.purchase.category,
            cpv=row.purchase.cpv,
            nature=need.nature or row.purchase.nature,
            needs=(need.id,),
            administrations=(need.administration,),
            estimate=need.estimate,
            reasons=(reason,),
            missing=tuple(missing([need], self._places)),
            would_change=tuple(self._would_change(name, row, partners)),
        )

    def _cause(self, row: Row, others: list[Row]) -> tuple[str, list[Row]]:
        """The name of the reason, and who could be a partner but for it."""
        if row.ground:
            return row.ground, [other for other in others if not other.ground]
        free = [other for other in others if not other.ground]
        if not free:
            return "no_partner", others
        near = self._places.near(row.purchase.reach)[
            self._places.at[row.need.administration]
        ]
        close = [
            other for other in free if near[self._places.at[other.need.administration]]
        ]
        if not close:
            known = self._places.known[
                [self._places.at[one.need.administration] for one in (row, *free)]
            ]
            return "too_far" if known.all() else "place_unknown", free
        mixed = [other for other in close if other.works == row.works]
        if not mixed:
            return "other_nature", close
        counted = [other for other in mixed if other.unit == row.unit]
        if not counted:
            return "other_unit", mixed
        taken = {
            one.need.id for group in self._fitting(row, counted) for one in group.all
        }
        if taken:
            return "partners_taken", [one for one in counted if one.need.id in taken]
        return "other_days", counted

    def _fitting(self, row: Row, partners: list[Row]) -> list[Gathered]:
        """The groups near enough whose days suit the row as they are."""
        return [group for group in self._groups_of(partners) if not _gap(row, group)]

    def _message(self, name: str, row: Row, partners: list[Row]) -> Message:
        who = name_of(self._places, row.need.administration)
        with_whom = named(owners_of(partners, self._places))
        if name == "no_partner":
            return (
                say("No other administration of this register is free to buy it.")
                if (partners)
                else say("No other administration of this register needs it.")
            )
        if name == "single_supplier":
            return say(
                "There is a single supplier or the price is regulated: buying together "
                "would not lower it."
            )
        if name == "centre_priced":
            return say(
                "It is already priced through a purchasing centre: buying together "
                "would gain nothing more."
            )
        if name == "window_passed":
            return say(
                "The latest day to start, {latest}, has passed.",
                latest=row.need.latest or self._on,
            )
        if name == "window_reversed":
            return say("The latest day to start lies before the earliest: correct it.")
        if name == "bound":
            return self._bound(row)
        if name == "too_far":
            return say(
                "It is needed by {administrations} too, but bought close to home.",
                administrations=with_whom,
            )
        if name == "place_unknown":
            return say(
                "It is needed by {administrations} too, but bought close to home, and "
                "it is not recorded where all of them lie.",
                administrations=with_whom,
            )
        if name == "other_nature":
            return say(
                "It is needed by {administrations} too, but one means works and the "
                "other does not.",
                administrations=with_whom,
            )
        if name == "other_unit":
            return say(
                "It is needed by {administrations} too, but counted in “{theirs}” "
                "there and in “{ours}” here: the quantities cannot be added up.",
                administrations=with_whom,
                theirs=as_written(one.named for one in partners),
                ours=row.need.unit or name_of_unit(row.unit),
            )
        if name == "partners_taken":
            return say(
                "It is needed by {administrations} too, who already form groups with "
                "others nearby.",
                administrations=with_whom,
            )
        return say(
            "It is needed by {administrations} too, but no day suits {administration} "
            "as well, and no framework agreement lasts long enough for later entries.",
            administrations=with_whom,
            administration=who,
        )

    def _bound(self, row: Row) -> Message:
        exclusive = [one for one in row.contracts if one.exclusive]
        last = max(exclusive, key=lambda one: one.end or date.max)
        if last.end is None:
            return say(
                "The exclusive contract “{contract}” runs on and its end is not "
                "recorded.",
                contract=last.title,
            )
        return say(
            "The exclusive contract “{contract}” binds until {end}, beyond the latest "
            "day to start.",
            contract=last.title,
            end=last.end,
        )

    def _evidence(self, name: str, row: Row, partners: list[Row]) -> Iterable[Message]:
        if name == "other_unit":
            yield from self._units(row, partners)
        if name in ("bound", "other_days"):
            who = name_of(self._places, row.need.administration)
            yield from evidence.running(
                [(who, one) for one in row.contracts], self._on, self._on
            )
        if name != "no_partner":
            return
        for ground in ("single_supplier", "centre_priced", "bound", "window_passed"):
            if held := [one for one in partners if one.ground == ground]:
                yield _not_free(ground, named(owners_of(held, self._places)))

    def _units(self, row: Row, partners: list[Row]) -> Iterable[Message]:
        """What each counts in, and why one does not turn into the other."""
        amounts = [
            Amount(
                who=name_of(self._places, one.need.administration),
                quantity=one.need.quantity,
                unit=one.named,
            )
            for one in (row, *partners)
        ]
        yield from evidence.counted_in(amounts)
        units = dict.fromkeys(one.named for one in partners)
        refused = {
            str(found.message): found.message
            for unit in list(units)[: evidence.SHOWN]
            if isinstance(found := conversion(row.named, unit), Refusal)
        }
        yield from refused.values()

    def _would_change(
        self, name: str, row: Row, partners: list[Row]
    ) -> Iterable[Message]:
        pulls = bool(partners) and name != "too_far"
        points = self._worth(name, row, partners) if pulls else ""
        who = name_of(self._places, row.need.administration)
        with_whom = named(owners_of(partners, self._places))
        if name == "no_partner" and not partners:
            yield say(
                "Another administration may enter the same need, or a centre may "
                "open a call."
            )
        elif name == "no_partner":
            yield say(
                "If {administrations} became free to buy it, {administration} could "
                "join them ({points}).",
                administration=who,
                administrations=with_whom,
                points=points,
            )
        elif name == "single_supplier" and partners:
            yield say(
                "If several suppliers can deliver it, {administration} could buy it "
                "with {administrations} ({points}).",
                administration=who,
                administrations=with_whom,
                points=points,
            )
        elif name == "centre_priced" and partners:
            yield say(
                "If the centre's price no longer holds, {administration} could buy it "
                "with {administrations} ({points}).",
                administration=who,
                administrations=with_whom,
                points=points,
            )
        elif name in ("window_passed", "window_reversed"):
            yield from self._other_window(name, row, partners, points)
        elif name == "bound":
            yield from self._unbound(row, partners, points)
        elif name == "other_unit":
            yield say(
                "If {administration} counted it in “{unit}” as well, the needs could "
                "be joined ({points}).",
                administration=who,
                unit=partners[0].named,
                points=points,
            )
        elif name == "other_nature":
            yield say(
                "If all of them meant works, or none did, the needs could be joined "
                "({points}).",
                points=points,
            )
        elif name == "place_unknown":
            yield say(
                "Record where each of them lies (postcode or NUTS code): what is "
                "bought close to home can then be judged (up to {points}).",
                points=points,
            )
        elif name == "other_days":
            yield from self._other_day(row, partners)
        elif name == "partners_taken":
            yield say(
                "{administration} could join the group of {administrations} as it is "
                "({points}).",
                administration=who,
                administrations=named(
                    owners_of(self._nearest(row, partners).all, self._places)
                ),
                points=points,
            )

    def _other_window(
        self, name: str, row: Row, partners: list[Row], points: str
    ) -> Iterable[Message]:
        if name == "window_passed":
            yield say("Give a later day as the latest start, or withdraw the need.")
        if partners:
            yield say(
                "With a window that suits {administrations}, {administration} could "
                "join them ({points}).",
                administrations=named(owners_of(partners, self._places)),
                administration=name_of(self._places, row.need.administration),
                points=points,
            )

    def _unbound(self, row: Row, partners: list[Row], points: str) -> Iterable[Message]:
        who = name_of(self._places, row.need.administration)
        if partners:
            yield say(
                "If the latest start moves beyond the end of that contract, or the "
                "contract ends earlier, {administration} could join "
                "{administrations} ({points}).",
                administration=who,
                administrations=named(owners_of(partners, self._places)),
                points=points,
            )
            return
        yield say(
            "If the latest start moves beyond the end of that contract, or the "
            "contract ends earlier, {administration} could join others.",
            administration=who,
        )

    def _worth(self, name: str, row: Row, partners: list[Row]) -> str:
        """The points between staying alone and joining whoever is nearest in time."""
        worth = points_of(self._joined(row, partners), self._places, self._on)
        if name == "place_unknown":
            worth += weights.points("same_place")
        return levers.signed(worth - weights.points(name))

    def _joined(self, row: Row, partners: list[Row]) -> Gathered:
        """The group there would be if all were free when the nearest can start."""
        nearest = self._nearest(row, partners)
        launch = nearest.launch
        rows = [replace(one, end=max(one.end, launch)) for one in nearest.rows]
        end = row.end if row.end >= launch else max(nearest.last, launch)
        shifted = replace(row, start=launch, end=end, contracts=())
        return Gathered((*rows, shifted), launch, nearest.later)

    def _nearest(self, row: Row, partners: list[Row]) -> Gathered:
        return min(
            self._targets(partners),
            key=lambda target: (_gap(row, target), target.launch),
        )

    def _other_day(self, row: Row, partners: list[Row]) -> Iterable[Message]:
        """The smallest shift of days that would let it in, and what that is worth."""
        nearest = self._nearest(row, partners)
        shifted = replace(row, start=nearest.launch, end=max(nearest.last, row.end))
        together = Gathered((*nearest.rows, shifted), nearest.launch, nearest.later)
        alone = weights.points("other_days")
        gain = points_of(together, self._places, self._on) - alone
        who = name_of(self._places, row.need.administration)
        with_whom = named(owners_of(nearest.all, self._places))
        if row.end < nearest.launch:
            yield say(
                "If {administration} could wait until {day} instead of {latest}, it "
                "could join {administrations} ({points}).",
                administration=who,
                day=date.fromordinal(nearest.launch),
                latest=date.fromordinal(row.end),
                administrations=with_whom,
                points=f"{gain:+d}",
            )
        elif nearest.last < NEVER:
            yield say(
                "If {administration} could start by {day} instead of {earliest}, it "
                "could join {administrations} ({points}).",
                administration=who,
                day=date.fromordinal(nearest.last),
                earliest=date.fromordinal(row.start),
                administrations=with_whom,
                points=f"{gain:+d}",
            )

    def _targets(self, partners: list[Row]) -> list[Gathered]:
        """Groups near enough to join, else single partners."""
        groups = self._groups_of(partners)
        return groups or [Gathered((one,), one.start) for one in partners]

    def _groups_of(self, partners: list[Row]) -> list[Gathered]:
        """The groups of which everybody is a partner."""
        near = {one.need.id for one in partners}
        return [
            group
            for bucket in dict.fromkeys(one.bucket for one in partners)
            for group in self._groups.get(bucket, ())
            if all(one.need.id in near for one in group.all)
        ]


def _not_free(ground: str, who: Arg) -> Message:
    if ground == "single_supplier":
        return say(
            "It is needed by {administrations} too, from a single supplier.",
            administrations=who,
        )
    if ground == "centre_priced":
        return say(
            "It is needed by {administrations} too, already priced through a centre.",
            administrations=who,
        )
    if ground == "bound":
        return say(
            "It is needed by {administrations} too, bound by an exclusive contract.",
            administrations=who,
        )
    return say(
        "It is needed by {administrations} too; the latest day to start has passed "
        "there.",
        administrations=who,
    )


def _gap(row: Row, group: Gathered) -> int:
    """How many days the row would have to move."""
    return max(group.launch - row.end, row.start - group.last, 0)
