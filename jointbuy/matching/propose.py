"""From open needs to proposals: together, through a centre, or each alone."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from jointbuy.matching.adhesion import Offers, Place
from jointbuy.matching.alike import leaders
from jointbuy.matching.groups import Gathered, gather
from jointbuy.matching.joining import joining
from jointbuy.matching.places import Places
from jointbuy.matching.purchases import understood
from jointbuy.matching.rows import Bound, open_needs, settled_rows, text_of
from jointbuy.matching.separate import Alone, too_small

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from jointbuy.matching.inputs import Inputs
    from jointbuy.matching.learning import Knowledge
    from jointbuy.matching.purchases import Reading
    from jointbuy.matching.rows import Row
    from jointbuy.model import Candidate, Need

Source = tuple[str, str | Place]
"""What a proposal comes of: a purchase, an offer, or a need alone."""

SERVED = ("", "centre_priced")
"""A need in no group for one of these reasons needs no advice beside a framework."""

ANEW = 20
"""When more than one need in so many has changed, everything is matched anew."""


def propose(inputs: Inputs) -> tuple[Candidate, ...]:
    """Every proposal for the open needs, best first; each need is in at least one.

    Only open needs take part: a draft never does. The order of the input does not
    matter, and the same input gives the same ids and scores.
    """
    return Matching(inputs).proposals


@dataclass(frozen=True, slots=True)
class _Made:
    """A group and what is proposed of it."""

    group: Gathered
    candidates: tuple[Candidate, ...]


@dataclass(slots=True)
class _Part:
    """The needs of one purchase as they were read, its groups, and who stays alone."""

    rows: dict[str, Row] = field(default_factory=dict)
    made: dict[tuple[str, ...], _Made] = field(default_factory=dict)
    alone: dict[str, tuple[Row, Candidate]] = field(default_factory=dict)


class Matching:
    """The proposals of a register; a changed need touches only its own purchases.

    `knowledge` is what an earlier run was taught; without it the register teaches anew.
    """

    def __init__(self, inputs: Inputs, knowledge: Knowledge | None = None) -> None:
        self._inputs = inputs
        self._ordered: list[tuple[int, str]] = []
        self._listed: dict[Source, tuple[Candidate, ...]] = {}
        self._by_id: dict[str, Candidate] = {}
        self._parts: dict[str, _Part] = defaultdict(_Part)
        self._key: dict[str, str] = {}
        self._loose: dict[str, dict[str, Reading]] = defaultdict(dict)
        self._needs = {need.id: need for need in inputs.needs}
        needs = open_needs(inputs.needs)
        self._bound = Bound(inputs)
        self.knowledge, found = understood(
            [*map(text_of, needs), *self._bound.texts()], knowledge, inputs.labels
        )
        self._bound.read(found[len(needs) :])
        self._places = Places(
            inputs.administrations, (need.administration for need in needs)
        )
        self._offers = Offers(self._places, inputs)
        self._served: dict[str, set[Place]] = defaultdict(set)
        self._take(needs, found[: len(needs)])

    @property
    def proposals(self) -> tuple[Candidate, ...]:
        """Every proposal, best first."""
        known = self._by_id
        return tuple([known[one] for _, one in self._ordered])

    def follow(self, inputs: Inputs) -> Matching:
        """The matching of the register as it is now.

        Where only needs have changed, and not many, this one follows; its result is
        that of a full run by the same knowledge.
        """
        if not self._only_needs_differ(inputs):
            return Matching(inputs)
        changed, gone = self._changes(inputs.needs)
        many = len(changed) + len(gone)
        owners = {need.administration for need in changed.values()}
        if (
            many * ANEW > len(inputs.needs) + ANEW
            or not owners <= self._places.at.keys()
        ):
            return Matching(inputs)
        self._inputs = inputs
        for name in gone:
            del self._needs[name]
        self._needs.update(changed)
        needs = open_needs(changed.values())
        found: list[Reading] = []
        if needs:
            _, found = understood([*map(text_of, needs)], self.knowledge, inputs.labels)
        self._take(needs, found, left=[*changed, *gone])
        return self

    def _changes(self, needs: Sequence[Need]) -> tuple[dict[str, Need], list[str]]:
        """The needs that are new or different, and those that are gone.

        Mostly a need was changed where it stands, or added at the end.
        """
        before = self._inputs.needs
        differing = [
            (old, new)
            for old, new in zip(before, needs, strict=False)
            if old is not new
        ]
        if len(needs) >= len(before) and all(
            old.id == new.id for old, new in differing
        ):
            added = needs[len(before) :]
            changed = [new for old, new in differing if old != new]
            return {need.id: need for need in (*changed, *added)}, []
        now = {need.id: need for need in needs}
        return (
            {
                name: need
                for name, need in now.items()
                if name not in self._needs or self._needs[name] != need
            },
            [name for name in self._needs if name not in now],
        )

    def _only_needs_differ(self, inputs: Inputs) -> bool:
        return replace(inputs, needs=()) == replace(self._inputs, needs=())

    # -- taking in -----------------------------------------------------------------

    def _take(
        self, needs: Sequence[Need], found: Sequence[Reading], left: Iterable[str] = ()
    ) -> None:
        """Take in needs as they were read, and leave out others first."""
        touched: set[str] = set()
        offers: set[Place] = set()
        families: set[str] = set()
        for name in left:
            self._leave(name, touched)
            offers.update(self._offers.drop(name))
            for family, own in self._loose.items():
                if own.pop(name, None) is not None:
                    families.add(family)
        for need, reading in zip(needs, found, strict=True):
            if reading.loose:
                family = reading.purchase.family
                self._loose[family][need.id] = reading
                families.add(family)
            else:
                self._enter(need, reading, touched)
        self._lead(families, touched, offers)
        for need in needs:
            offers.update(
                self._offers.add(self._parts[self._key[need.id]].rows[need.id])
            )
        changed = {name for place in sorted(offers) for name in self._offered(place)}
        for key in sorted(touched):
            changed.update(self._match(key))
        for name in changed:
            self._advise(name)

    def _enter(self, need: Need, reading: Reading, touched: set[str]) -> None:
        key = reading.purchase.key
        self._parts[key].rows[need.id] = self._bound.row(need, reading)
        self._key[need.id] = key
        touched.add(key)

    def _leave(self, name: str, touched: set[str]) -> None:
        key = self._key.pop(name, None)
        if key is not None:
            del self._parts[key].rows[name]
            touched.add(key)

    def _lead(self, families: set[str], touched: set[str], offers: set[Place]) -> None:
        """Bring together what nobody knows, where words agree."""
        for family in families:
            own = self._loose[family]
            leader = leaders((family, self._needs[name].title) for name in own)
            for name in sorted(own):
                need = self._needs[name]
                led = own[name].led_by(leader[family, need.title])
                if self._key.get(name) == led.purchase.key:
                    continue
                if name in self._key:
                    self._leave(name, touched)
                    offers.update(self._offers.drop(name))
                self._enter(need, led, touched)
                offers.update(
                    self._offers.add(self._parts[led.purchase.key].rows[name])
                )

    # -- proposing -----------------------------------------------------------------

    def _match(self, key: str) -> set[str]:
        """Match the needs of one purchase; whose advice may have changed."""
        part = self._parts[key]
        rows = settled_rows(part.rows[name] for name in sorted(part.rows))
        inputs = self._inputs
        groups = gather(rows, self._places, inputs.max_framework_months)
        part.made = {
            made.group.needs: made
            for made in (self._made(group, part.made) for group in groups)
        }
        found = [one for made in part.made.values() for one in made.candidates]
        self._list(("purchase", key), found)
        grouped = {need for one in found for need in one.needs}
        alone = Alone(rows, groups, self._places, inputs.on)
        once = set(part.alone)
        part.alone = {
            row.need.id: (row, alone.separate(row))
            for row in rows
            if row.need.id not in grouped
        }
        if not part.rows:
            del self._parts[key]
        return once | set(part.alone)

    def _made(self, group: Gathered, before: Mapping[tuple[str, ...], _Made]) -> _Made:
        """What is proposed of a group: as before where nothing of it has changed."""
        known = before.get(group.needs)
        if known is not None and known.group == group:
            return known
        on = self._inputs.on
        candidate = joining(group, self._places, on, self._inputs.labels)
        small = too_small(candidate, group, self._places, on)
        return _Made(group, (candidate, *small))

    def _offered(self, place: Place) -> set[str]:
        """List what a framework offers; whose advice may have changed."""
        candidate = self._offers.candidate(place)
        before = self._list(("offer", place), [candidate] if candidate else [])
        touched: set[str] = set()
        for one in before:
            for need in one.needs:
                self._served[need].discard(place)
                touched.add(need)
        if candidate and candidate.score > 0:
            for need in candidate.needs:
                self._served[need].add(place)
        return touched | set(candidate.needs if candidate else ())

    def _advise(self, name: str) -> None:
        """List the advice to stay alone, where a need is in nothing better."""
        part = self._parts.get(self._key.get(name, ""))
        held = part.alone.get(name) if part else None
        found = []
        if held is not None:
            row, candidate = held
            if not self._served.get(name) or row.ground not in SERVED:
                found = [candidate]
        self._list(("alone", name), found)

    def _list(
        self, source: Source, found: Sequence[Candidate]
    ) -> tuple[Candidate, ...]:
        """Put what comes of one source in its place; what stood there before."""
        before = self._listed.pop(source, ())
        for one in before:
            del self._ordered[bisect_left(self._ordered, (-one.score, one.id))]
            self._by_id.pop(one.id)
        for one in found:
            self._by_id[one.id] = one
            insort(self._ordered, (-one.score, one.id))
        if found:
            self._listed[source] = tuple(found)
        return before
