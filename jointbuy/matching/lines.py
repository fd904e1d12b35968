"""Matching a file of needs, one JSON object a line, without any register.

Administrations are mere names here. Those of one territory are at one place, and so are
those named after one municipality; of the others nothing is known, so they join only
what can be bought at any distance, or from nearby when that is asked to be checked.
What can be bought at any distance looks for a partner at its place first.

Everything is a column; a proposal is put in words when it is asked for.
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from jointbuy.errors import Arg, Message, Problem, say
from jointbuy.matching import evidence as basis
from jointbuy.matching import joint, units, weights
from jointbuy.matching.alike import leaders
from jointbuy.matching.counting import settled_columns
from jointbuy.matching.days import NEVER
from jointbuy.matching.learning import learn
from jointbuy.matching.names import local
from jointbuy.matching.ndjson import read_lines
from jointbuy.matching.peeling import peel
from jointbuy.matching.places import ANYWHERE, NEIGHBOURS
from jointbuy.matching.purchases import Text, evidence, loose_purchase, purchase_of
from jointbuy.matching.reading import code_depth, distinct, shared_digits
from jointbuy.matching.scoring import NEARNESS, Groups, weigh_all
from jointbuy.model import Nature
from jointbuy.model.period import add_months, months_between
from jointbuy.vocabulary.bodies import municipality

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from jointbuy.matching.learning import Labels
    from jointbuy.matching.ndjson import Lines
    from jointbuy.matching.peeling import Peeled
    from jointbuy.matching.purchases import Purchase
    from jointbuy.matching.scoring import Flags, Floats, Ints
    from jointbuy.vocabulary.bridge import Numbers

Values = TypeVar("Values", "Ints", "Floats")

SHOWN = 6
BATCH = 1 << 14

MANY_CELLS = 1 << 40
"""A cell beyond it and a day no longer make one number of 63 bits."""

SOON = 40
"""A need that misses a group by so many days enters it by itself."""

LEFT = (
    "no_partner",
    "other_unit",
    "too_far",
    "place_unknown",
    "other_days",
    "partners_taken",
    "enters_later",
)
"""Why a need stays alone, from the plainest to what nearly fits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinesMatched:
    """What came of a file: proposals best first, the faults found, the needs read.

    A proposal is a mapping with `kind` (joint or separate), `needs`, `administrations`,
    `framework`, `launch` (ISO or None), `score` and `reasons` (`name`, `weight`; when
    explained also `message` and `evidence`, as messages to be put in words).
    """

    proposals: Iterator[dict[str, Any]]
    problems: tuple[Problem, ...]
    needs: int


def match_lines(
    lines: Iterable[bytes],
    *,
    on: date,
    explain: bool = False,
    max_framework_months: int,
    labels: Labels | None = None,
) -> LinesMatched:
    """Match the needs of a file; a line that cannot be read is refused by itself.

    Windows are taken as they stand, also where they have passed on the day `on`; an
    unknown beginning is that day. Every need read is in at least one proposal. The
    `labels` of the official list help to read them.
    """
    with uncollected():
        needs, problems = read_lines(lines, descriptions=explain)
        table = _Table(needs, on, labels)
        found = table.proposals(explained=explain, months=max_framework_months)
    return LinesMatched(proposals=found, problems=tuple(problems), needs=len(needs))


@contextmanager
def uncollected() -> Iterator[None]:
    """Without looking for cycles: what is made here has none, and looking is slow."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


class _Table:
    """The needs as columns: what, where, who, when."""

    def __init__(self, needs: Lines, on: date, labels: Labels | None = None) -> None:
        self.needs, self.on, self.labels = needs, on, labels
        today = on.toordinal()
        earliest, latest = needs.earliest, needs.latest
        start = np.where(latest > 0, np.minimum(today, latest), today)
        self.start = np.where(earliest > 0, earliest, start).astype(np.int64)
        self.end = np.where(latest > 0, latest, NEVER).astype(np.int64)
        self.member = needs.administration.at.astype(np.int64)
        self._know_purchases()
        self._know_places()
        self._know_units()
        cell = self.object * (int(self.area.max(initial=0)) + 1) + self.area
        if int(cell.max(initial=0)) > MANY_CELLS:
            cell = np.unique(cell, return_inverse=True)[1].reshape(-1)
        self.cell = cell

    # -- what --------------------------------------------------------------------------

    def _know_purchases(self) -> None:
        """The purchase of each need: `thing` is its place among `purchases`."""
        needs = self.needs
        _, found = learn(
            needs.texts,
            needs.code.at.astype(np.int64),
            needs.code.names,
            needs.language.at,
            self.labels,
        )
        self.certainty = np.where(found.concept < 0, 0.0, found.certainty)
        concepts, thing = np.unique(found.concept, return_inverse=True)
        self.purchases: list[Purchase] = [
            purchase_of(found, concept) for concept in concepts.tolist()
        ]
        self.thing = thing.astype(np.int64).reshape(-1)
        self._tell_loose_apart(np.flatnonzero(found.concept < 0))
        self.certainty[found.concept >= found.categories] = 0.0
        works = np.array(
            [one.nature is Nature.WORKS for one in self.purchases], dtype=bool
        )
        said = np.array([name == Nature.WORKS.name for name in needs.nature.names])
        nature = needs.nature.at
        self.works = np.where(nature > 0, said[nature], works[self.thing])
        reach = [one.reach for one in self.purchases]
        self.far = np.array([one == ANYWHERE for one in reach], dtype=bool)[self.thing]
        self.near = np.array([one == NEIGHBOURS for one in reach], dtype=bool)[
            self.thing
        ]

    def _tell_loose_apart(self, rows: Ints) -> None:
        """Purchases nobody knows are brought together where their words agree."""
        needs = self.needs
        asked = [
            loose_purchase(
                needs.titles[row],
                needs.code.names[needs.code.at[row]],
                needs.language.names[needs.language.at[row]],
            )
            for row in rows.tolist()
        ]
        titles = [needs.titles[row] for row in rows.tolist()]
        leader = leaders(
            (one.family, title) for one, title in zip(asked, titles, strict=True)
        )
        places: dict[tuple[str, str], int] = {}
        for row, title, one in zip(rows.tolist(), titles, asked, strict=True):
            key = one.family, leader[one.family, title]
            if key not in places:
                places[key] = len(self.purchases)
                self.purchases.append(one)
            self.thing[row] = places[key]

    # -- where -------------------------------------------------------------------------

    def _know_places(self) -> None:
        """Where each need can meet others: `area`; `home` and `placed` say more.

        A territory, else the municipality. An administration without a territory is
        where others of its municipality are, if the file puts them all in one. Those
        of whom nothing is known meet for what is bought from nearby.
        """
        needs = self.needs
        names = ["", *map(municipality, needs.administration.names[1:])]
        homes = {name: place for place, name in enumerate(sorted({"", *names}))}
        self.home = np.array([homes[name] for name in names])[self.member]
        territory = needs.territory.at.astype(np.int64)
        count = len(needs.territory)
        told = (territory > 0) & (self.home > 0)
        two = np.unique(self.home[told] * count + territory[told])
        own, often = np.unique(two // count, return_counts=True)
        known = np.zeros(len(homes), dtype=np.int64)
        known[own[often == 1]] = (two % count)[np.isin(two // count, own[often == 1])]
        self.placed = np.where(territory > 0, territory, known[self.home])
        both = np.unique(self.home * len(names) + self.member)
        shared = np.bincount(both // len(names), minlength=len(homes)) > 1
        shared[0] = False
        by_home = count + self.home
        by_name = count + len(homes) + self.member
        apart = np.where(self.near, count + len(homes) + len(names), by_name)
        apart = np.where(shared[self.home], by_home, apart)
        self.area = np.where(self.placed > 0, self.placed, apart)

    # -- in what -----------------------------------------------------------------------

    def _know_units(self) -> None:
        """`object`: what can be bought in one go, the same thing, nature and unit."""
        needs = self.needs
        base = [units.measure(name)[0] for name in needs.unit.names]
        self.counted = self.thing * 2 + self.works
        unit = settled_columns(self.counted, needs.unit.at.astype(np.int64), base)
        most = int(unit.max(initial=0)) + 1
        self.object = np.unique(self.counted * most + unit, return_inverse=True)[
            1
        ].reshape(-1)

    # -- proposals ---------------------------------------------------------------------

    def proposals(self, *, explained: bool, months: int) -> Iterator[dict[str, Any]]:
        """Every proposal as a mapping, best first."""
        near = peel(self.cell, self.member, self.start, self.end)
        group = near.group.copy()
        alone = np.flatnonzero((group < 0) & self.far)
        apart = peel(
            self.object[alone], self.member[alone], self.start[alone], self.end[alone]
        )
        distant = len(near.launch)
        group[alone] = np.where(apart.group < 0, -1, apart.group + distant)
        launch = np.concatenate((near.launch, apart.launch))
        entering = self._entering(near.group, near.launch, np.flatnonzero(group < 0))
        fits = self._fitting(group, launch)
        later = entering >= 0
        group[later] = entering[later]
        joined = _Joined(self, group, launch, later, distant)
        left = _Left(self, group, near, months, fits)
        return _in_order(joined, left, explained=explained)

    def _fitting(self, group: Ints, launch: Ints) -> Flags:
        """Whether a left-over bought anywhere has days that suit a group somewhere."""
        found = np.zeros(len(group), dtype=bool)
        inside = np.flatnonzero(group >= 0)
        left = np.flatnonzero((group < 0) & self.far)
        if not len(inside) or not len(left):
            return found
        last = np.full(len(launch), NEVER)
        np.minimum.at(last, group[inside], self.end[inside])
        thing = np.zeros(len(launch), dtype=np.int64)
        thing[group[inside]] = self.object[inside]
        span = NEVER + 1
        order = np.lexsort((launch, thing))
        begun = (thing * span + launch)[order]
        longest = np.maximum.accumulate((thing * span + last)[order])
        own = self.object[left] * span
        at = np.searchsorted(begun, own + self.end[left], "right") - 1
        open_until = longest[np.maximum(at, 0)]
        found[left] = (at >= 0) & (open_until >= own + self.start[left])
        return found

    def _entering(self, group: Ints, launch: Ints, left: Ints) -> Ints:
        """The group at its place that a left-over nearly fits in; -1 for none.

        It starts a little after the last common day of the group, or has to start a
        little before the first: the nearest wins, the later start on a tie.
        """
        found = np.full(len(group), -1, dtype=np.int64)
        inside = np.flatnonzero(group >= 0)
        if not len(inside) or not len(left):
            return found
        last = np.full(len(launch), NEVER)
        np.minimum.at(last, group[inside], self.end[inside])
        cell = np.zeros(len(launch), dtype=np.int64)
        cell[group[inside]] = self.cell[inside]
        span = NEVER + 1
        own = self.cell[left]
        by_last = np.argsort(cell * span + last, kind="stable")
        at = np.searchsorted(
            (cell * span + last)[by_last], own * span + self.start[left]
        )
        before = by_last[np.maximum(at - 1, 0)]
        wait = np.where(cell[before] == own, self.start[left] - last[before], NEVER)
        wait[wait <= 0] = NEVER
        by_first = np.argsort(cell * span + launch, kind="stable")
        key = own * span + np.minimum(self.end[left], NEVER)
        at = np.searchsorted((cell * span + launch)[by_first], key, "right")
        after = by_first[np.minimum(at, len(launch) - 1)]
        lead = np.where(cell[after] == own, launch[after] - self.end[left], NEVER)
        lead[lead <= 0] = NEVER
        nearest = np.where(wait <= lead, before, after)
        fits = np.minimum(wait, lead) <= SOON
        found[left[fits]] = nearest[fits]
        return found


class _Joined:
    """The groups of a table, and what each of them weighs.

    `later` marks the needs that do not start with the others of their group.
    """

    def __init__(
        self, table: _Table, group: Ints, launch: Ints, later: Flags, distant: int
    ) -> None:
        self.table, self.launch, self.later = table, launch, later
        inside = np.flatnonzero(group >= 0)
        rank = _ranks(table.needs.ids)
        key = group[inside] * len(group) + rank[inside]
        self.rows = inside[np.argsort(key)]
        self.of = group[self.rows]
        self.starts = np.searchsorted(self.of, np.arange(len(launch) + 1))
        self.first = rank[self.rows[self.starts[:-1]]] if len(launch) else launch
        self.facts = self._facts(distant)
        self.weighed = weigh_all(self.facts) if len(launch) else None

    def __len__(self) -> int:
        return len(self.launch)

    def _facts(self, distant: int) -> Groups:
        table, rows, of = self.table, self.rows, self.of
        needs, count = table.needs, len(self.launch)
        starts = self.starts[:-1]
        volume, unbundled, priced, largest = self._volumes(count)
        months = needs.months[rows].astype(np.int64)
        return Groups(
            participants=_distinct(of, table.member[rows], count),
            certainty=_least(table.certainty[rows].astype(np.float64), starts),
            digits=self._digits(count),
            first=self.launch,
            last=_least(np.where(self.later[rows], NEVER, table.end[rows]), starts),
            later=np.bincount(of, self.later[rows], count).astype(np.int64),
            nearness=self._nearness(distant, count),
            volume=volume,
            unbundled=unbundled,
            priced=priced,
            largest=largest,
            languages=_distinct_said(of, needs.language.at[rows], count),
            mixed=_distinct_said(of, needs.nature.at[rows], count) > 1,
            add_up=self._add_up(count),
            shortest=_least(np.where(months > 0, months, NEVER), starts),
            longest=_most(months, starts),
            on=table.on.toordinal(),
        )

    def _volumes(self, count: int) -> tuple[Floats, Floats, Ints, Floats]:
        """Known estimates, an administration's added up: see `Groups`."""
        table = self.table
        estimate = table.needs.estimate[self.rows]
        known = ~np.isnan(estimate)
        width = len(table.needs.administration)
        keys, at = np.unique(
            self.of[known] * width + table.member[self.rows[known]],
            return_inverse=True,
        )
        own = np.bincount(at, estimate[known], minlength=len(keys))
        of = keys // width
        whole = np.bincount(of, own, minlength=count)
        share = own * np.sqrt(own / np.maximum(whole[of], 1e-9))
        largest = np.zeros(count)
        np.maximum.at(largest, of, own)
        return (
            whole.astype(np.float64),
            np.bincount(of, share, minlength=count).astype(np.float64),
            np.bincount(of, minlength=count),
            largest,
        )

    def _digits(self, count: int) -> Ints:
        """The digits that all declared codes share; -1 where fewer than two declare."""
        code = self.table.needs.code
        place = code.at[self.rows]
        said = place > 0
        numbers = np.array([int(name or 0) for name in code.names], dtype=np.int64)
        of, own = self.of[said], numbers[place[said]]
        found = np.full(count, -1, dtype=np.int64)
        often = np.bincount(of, minlength=count)
        low = np.full(count, 10**9)
        high = np.zeros(count, dtype=np.int64)
        np.minimum.at(low, of, own)
        np.maximum.at(high, of, own)
        depth = np.full(count, 9)
        np.minimum.at(depth, of, code_depth(numbers)[place[said]])
        enough = often > 1
        found[enough] = np.minimum(
            shared_digits(low[enough], high[enough]), depth[enough]
        )
        return found

    def _nearness(self, distant: int, count: int) -> Ints:
        """The place in `NEARNESS` of each group."""
        table, rows = self.table, self.rows
        starts = self.starts[:-1]
        home = table.home[rows]
        same = (_least(home, starts) == _most(home, starts)) & (
            _least(home, starts) > 0
        )
        unknown = _least(table.placed[rows], starts) == 0
        far = np.arange(count) >= distant
        return np.select(
            [same, unknown, far],
            [
                NEARNESS.index("same_place"),
                NEARNESS.index("distance_unknown"),
                NEARNESS.index("far_apart"),
            ],
            NEARNESS.index("neighbours"),
        ).astype(np.int64)

    def _add_up(self, count: int) -> Flags:
        """Whether all the quantities of a group are known and can be added up."""
        needs = self.table.needs
        unit = needs.unit.at[self.rows].astype(np.int64)
        lacking = np.bincount(
            self.of, np.isnan(needs.quantity[self.rows]) | (unit == 0), count
        )
        complete = lacking == 0
        width = len(needs.unit)
        two = np.unique(self.of * width + unit)
        of, unit = two // width, two % width
        starts = np.searchsorted(of, np.arange(count + 1))
        known: dict[bytes, bool] = {}
        found = np.zeros(count, dtype=bool)
        for number in np.flatnonzero(complete).tolist():
            written = unit[starts[number] : starts[number + 1]]
            key = written.tobytes()
            if key not in known:
                names = [needs.unit.names[place] for place in written.tolist()]
                known[key] = (
                    units.added((Decimal(1), name) for name in names) is not None
                )
            found[number] = known[key]
        return found

    def score(self) -> Ints:
        """The score of each group."""
        return self.weighed.score() if self.weighed else self.launch

    def small(self) -> Ints:
        """The groups too small to be worth their work."""
        if not self.weighed:
            return self.launch
        place = self.weighed.names.index("small_volume")
        return np.flatnonzero(self.weighed.counts[place])

    @cached_property
    def _named(self) -> list[list[dict[str, Any]]]:
        """The reasons of each group without words."""
        assert self.weighed
        points, counts = self.weighed.table()
        names = self.weighed.names
        return [
            [
                _reason(name, weight)
                for name, weight, counted in zip(names, own, whether, strict=True)
                if counted
            ]
            for own, whether in zip(points, counts, strict=True)
        ]

    @cached_property
    def writer(self) -> _Writer:
        """What puts rows into mappings."""
        return _Writer(self.table.needs)

    @cached_property
    def _listed(self) -> tuple[list[int], list[int], list[int]]:
        return self.rows.tolist(), self.starts.tolist(), self.launch.tolist()

    def named(self, number: int) -> list[dict[str, Any]]:
        """The names and weights of the reasons of one group."""
        return self._named[number]

    def rows_of(self, number: int) -> list[int]:
        """The rows of one group, in the order of their ids."""
        rows, starts, _ = self._listed
        return rows[starts[number] : starts[number + 1]]

    def launch_of(self, number: int) -> str:
        """The launch day of one group."""
        return _iso(self._listed[2][number])

    def with_entries(self, number: int, found: dict[str, Any]) -> dict[str, Any]:
        """A staggered proposal says when each of its needs enters."""
        if self.facts.later[number]:
            ids = self.table.needs.ids
            found["entries"] = {
                ids[row]: self._entry(row, number).isoformat()
                for row in self.rows_of(number)
            }
        return found

    def _entry(self, row: int, number: int) -> date:
        """The day on which a need enters: with the others, or its nearest to that."""
        launch = int(self.launch[number])
        start, end = int(self.table.start[row]), int(self.table.end[row])
        return date.fromordinal(min(max(launch, start), end))

    def explained(self, number: int) -> list[dict[str, Any]]:
        """The reasons of one group with their sentences."""
        rows = self.rows_of(number)
        return [
            {
                "name": one.name,
                "weight": one.weight,
                "message": one.message,
                "evidence": list(one.evidence),
            }
            for one in joint.explain(self._group(number, rows), self._told(rows))
        ]

    def _group(self, number: int, rows: list[int]) -> joint.Group:
        table = self.table
        needs = table.needs
        volumes: dict[int, float] = {}
        for row in rows:
            if not np.isnan(needs.estimate[row]):
                owner = int(table.member[row])
                more = float(needs.estimate[row])
                volumes[owner] = volumes.get(owner, 0.0) + more
        codes = [needs.code.names[needs.code.at[row]] for row in rows]
        codes = [code for code in codes if code]
        end = int(self.facts.last[number])
        natures = {needs.nature.names[needs.nature.at[row]] for row in rows} - {""}
        return joint.Group(
            participants=int(self.facts.participants[number]),
            certainty=float(self.facts.certainty[number]),
            codes=frozenset(codes) if len(codes) > 1 else frozenset(),
            first=date.fromordinal(int(self.launch[number])),
            last=None if end >= NEVER else date.fromordinal(end),
            nearness=NEARNESS[int(self.facts.nearness[number])],
            volumes=tuple(volumes[name] for name in sorted(volumes)),
            languages=frozenset(
                needs.language.names[needs.language.at[row]] for row in rows
            )
            - {""},
            mixed=len(natures) > 1,
            add_up=bool(self.facts.add_up[number]),
            durations=tuple(
                sorted({int(needs.months[row]) for row in rows if needs.months[row]})
            ),
            later=int(self.facts.later[number]),
            spread=self._spread(rows, number),
            on=table.on,
        )

    def _spread(self, rows: list[int], number: int) -> int:
        """Months between the first and the last entry, begun ones included."""
        days = [self._entry(row, number) for row in rows]
        first, last = min(days), max(days)
        return months_between(first, last) + (first.day != last.day)

    def _told(self, rows: list[int]) -> joint.Told:
        table = self.table
        needs = table.needs
        known = [_amount(needs.estimate[row]) for row in rows]
        some = [one for one in known if one is not None]
        words: dict[str, Message] = {}
        for row in rows:
            if len(words) < SHOWN and (told := self._words(row)) is not None:
                words.setdefault(str(told), told)
        amounts = [
            basis.Amount(
                who=self._who(row),
                quantity=_amount(needs.quantity[row]),
                unit=needs.unit.names[needs.unit.at[row]] or "",
            )
            for row in rows
        ]
        whole = units.sum_up((one.quantity, one.unit) for one in amounts)
        summed = whole if isinstance(whole, units.Sum) else None
        texts = [
            (needs.titles[row], needs.language.names[needs.language.at[row]] or "")
            for row in rows
        ]
        first = rows[0]
        purchase = table.purchases[table.thing[first]]
        return joint.Told(
            purchase=local(purchase.labels, needs.titles[first]),
            total=sum(some, Decimal(0)) if some else None,
            quantity=summed.quantity if summed else None,
            units=summed.named if summed else "",
            words=(
                *words.values(),
                *basis.shared_words(texts),
                *basis.synonyms(purchase.category, texts),
            ),
            codes=self._codes(rows),
            days=basis.window([(self._who(row), *self._days(row)) for row in rows]),
            quantities=basis.conversions(amounts),
            volumes=self._shares(rows),
        )

    def _who(self, row: int) -> Arg:
        """The administration of a need, as the file names it."""
        column = self.table.needs.administration
        return Arg(name="", text=column.names[column.at[row]] or "")

    def _days(self, row: int) -> tuple[date | None, date | None]:
        start, end = int(self.table.start[row]), int(self.table.end[row])
        first = date.fromordinal(start) if start > self.table.on.toordinal() else None
        return first, None if end >= NEVER else date.fromordinal(end)

    def _codes(self, rows: list[int]) -> tuple[Message, ...]:
        """Who declares which code, and where they meet."""
        column = self.table.needs.code
        declared = [
            (self._who(row), code)
            for row in rows
            if (code := column.names[column.at[row]])
        ]
        names = basis.names_by(self.table.labels)
        path = basis.code_path((code for _, code in declared), names)
        apart = len({code for _, code in declared}) > 1
        return (
            *(basis.declared(declared, names) if apart else ()),
            *([path] if path is not None else []),
        )

    def _shares(self, rows: list[int]) -> tuple[Message, ...]:
        """What each administration brings of the known volume."""
        found: dict[str, tuple[Arg, Decimal]] = {}
        for row in rows:
            amount = _amount(self.table.needs.estimate[row])
            if amount is not None:
                who = self._who(row)
                before = found.get(str(who), (who, Decimal(0)))[1]
                found[str(who)] = who, before + amount
        return basis.shares(list(found.values()))[:SHOWN]

    def _words(self, row: int) -> Message | None:
        needs = self.table.needs
        return evidence(
            self.table.purchases[self.table.thing[row]].category,
            Text(
                title=needs.titles[row],
                description=needs.descriptions[row] or "",
                cpv=needs.code.names[needs.code.at[row]],
                language=needs.language.names[needs.language.at[row]],
            ),
        )


class _Left:
    """The needs of a table without a group, and why each is alone."""

    def __init__(
        self, table: _Table, group: Ints, near: Peeled, months: int, fits: Flags
    ) -> None:
        self.table = table
        self.rows = np.flatnonzero(group < 0)
        self.first = _ranks(table.needs.ids)[self.rows]
        self.fits = fits[self.rows]
        self.before = self._launched_before(near.group, near.launch, months)
        self.before[self.fits] = 0
        self.name = self._names()

    def _names(self) -> Ints:
        """The place in `LEFT` of the reason of each row."""
        table, rows = self.table, self.rows
        mates = _owners(table.cell, table.member)[rows]
        others = _owners(table.object, table.member)[rows]
        counted = _owners(table.counted, table.member)[rows]
        unplaced = np.zeros(int(table.object.max(initial=0)) + 1, dtype=bool)
        unplaced[table.object[table.placed == 0]] = True
        apart = np.where(
            unplaced[table.object[rows]],
            LEFT.index("place_unknown"),
            LEFT.index("too_far"),
        )
        apart = np.where(table.far[rows], LEFT.index("other_days"), apart)
        return np.select(
            [self.fits, self.before > 0, mates > 1, others > 1, counted > 1],
            [
                LEFT.index("partners_taken"),
                LEFT.index("enters_later"),
                LEFT.index("other_days"),
                apart,
                LEFT.index("other_unit"),
            ],
            LEFT.index("no_partner"),
        ).astype(np.int64)

    def _launched_before(self, near: Ints, launch: Ints, months: int) -> Ints:
        """The last launch at the same place whose framework still lasts; 0 for none."""
        table, rows = self.table, self.rows
        found = np.zeros(len(rows), dtype=np.int64)
        inside = np.flatnonzero(near >= 0)
        if not len(inside) or not len(rows):
            return found
        span = NEVER + 1
        held = np.unique(table.cell[inside] * span + launch[near[inside]])
        asked = table.cell[rows] * span + table.start[rows]
        at = np.searchsorted(held, asked) - 1
        same = (at >= 0) & (held[at] // span == table.cell[rows])
        last = held[at] % span
        for number in np.flatnonzero(same).tolist():
            end = _framework_end(int(last[number]), months)
            if table.start[rows[number]] < end:
                found[number] = last[number]
        return found

    def reasons(self, number: int, explained: bool) -> list[dict[str, Any]]:  # noqa: FBT001  # as it is asked
        """Why one need is alone."""
        name = LEFT[int(self.name[number])]
        reason = _reason(name, weights.points(name))
        if not explained:
            return [reason]
        message = _alone(name, int(self.before[number]))
        told = self._other_units(int(self.rows[number])) if name == "other_unit" else []
        return [{**reason, "message": message, "evidence": told}]

    @cached_property
    def _counted(self) -> dict[int, list[str]]:
        """The units in which each thing is counted, as they are written."""
        table, unit = self.table, self.table.needs.unit
        width = len(unit)
        found: dict[int, list[str]] = {}
        for key in np.unique(table.counted * width + unit.at).tolist():
            thing, at = divmod(key, width)
            if unit.names[at]:
                found.setdefault(thing, []).append(unit.names[at])
        return found

    def _other_units(self, row: int) -> list[Message]:
        """Why the unit of a need does not turn into those of the others."""
        unit = self.table.needs.unit
        own = unit.names[unit.at[row]]
        others = self._counted.get(int(self.table.counted[row]), [])
        found: dict[str, Message] = {}
        for other in others:
            made = units.conversion(own, other) if own and other != own else None
            if isinstance(made, units.Refusal) and len(found) < SHOWN:
                found.setdefault(str(made.message), made.message)
        return list(found.values())


def _in_order(
    joined: _Joined, left: _Left, *, explained: bool
) -> Iterator[dict[str, Any]]:
    """Proposals best first; on a tie joint before separate, then by the first id."""
    worth = np.array([weights.points(name) for name in LEFT], dtype=np.int64)
    pays = weights.points("does_not_pay")
    score, small = joined.score(), joined.small()
    scores = np.concatenate((score, np.full(len(small), pays), worth[left.name]))
    sort = np.repeat([0, 1, 2], [len(score), len(small), len(left.rows)])
    number = np.concatenate((np.arange(len(score)), small, np.arange(len(left.rows))))
    first = np.concatenate((joined.first, joined.first[small], left.first))
    order = np.lexsort((first, sort > 0, -scores))
    ordered = zip(sort[order].tolist(), number[order].tolist(), strict=True)
    while some := list(islice(ordered, BATCH)):
        with uncollected():
            found = list(_written(some, joined, left, explained=explained))
        yield from found


def _written(
    ordered: Iterable[tuple[int, int]], joined: _Joined, left: _Left, *, explained: bool
) -> Iterator[dict[str, Any]]:
    """Some proposals as mappings."""
    pays = weights.points("does_not_pay")
    reasons = joined.explained if explained else joined.named
    writer = joined.writer
    for kind, at in ordered:
        if kind == 2:  # noqa: PLR2004  # the third kind: alone
            yield writer.written(
                "separate", [int(left.rows[at])], None, left.reasons(at, explained)
            )
            continue
        found = writer.written(
            "joint", joined.rows_of(at), joined.launch_of(at), reasons(at)
        )
        if kind == 0:
            yield joined.with_entries(at, found)
            continue
        reason = next(one for one in found["reasons"] if one["name"] == "small_volume")
        yield {
            **found,
            "kind": "separate",
            "launch": None,
            "score": pays,
            "reasons": [{**reason, "name": "does_not_pay", "weight": pays}],
        }


class _Writer:
    """Puts rows of a table into mappings."""

    def __init__(self, needs: Lines) -> None:
        self._ids = needs.ids
        self._names = needs.administration.names
        self._who = needs.administration.at.tolist()

    def written(
        self,
        kind: str,
        rows: list[int],
        launch: str | None,
        reasons: list[dict[str, Any]],
    ) -> dict[str, Any]:
        """One proposal; the rows are in the order of their ids."""
        ids, names, who = self._ids, self._names, self._who
        return {
            "kind": kind,
            "needs": [ids[row] for row in rows],
            "administrations": sorted({names[who[row]] for row in rows}),
            "framework": None,
            "launch": launch,
            "score": sum([one["weight"] for one in reasons]),
            "reasons": reasons,
        }


@cache
def _iso(day: int) -> str:
    return date.fromordinal(day).isoformat()


@cache
def _reason(name: str, weight: int) -> dict[str, Any]:
    """A reason without words; all that are alike are one mapping."""
    return {"name": name, "weight": weight}


def _framework_end(launch: int, months: int) -> int:
    return add_months(date.fromordinal(launch), months).toordinal()


def _amount(value: float) -> Decimal | None:
    """A number of a file as it was written; None for what is unsaid."""
    return None if np.isnan(value) else Decimal(repr(float(value))).normalize()


def _ranks(texts: Sequence[str]) -> Ints:
    """The place of each text among them all when they are sorted."""
    order = sorted(range(len(texts)), key=texts.__getitem__)
    found = np.empty(len(texts), dtype=np.int64)
    found[order] = np.arange(len(texts))
    return found


def _least(values: Values, starts: Ints) -> Values:
    if not len(starts):
        return values[:0]
    found: Values = np.minimum.reduceat(values, starts)
    return found


def _most(values: Ints, starts: Ints) -> Ints:
    if not len(starts):
        return values[:0]
    found: Ints = np.maximum.reduceat(values, starts)
    return found


def _distinct(of: Ints, values: Ints, count: int) -> Ints:
    """How many different values each group has."""
    width = int(values.max(initial=0)) + 1
    return np.bincount(distinct(of * width + values) // width, minlength=count)


def _distinct_said(of: Ints, places: Numbers, count: int) -> Ints:
    """How many different things each group says; what is unsaid does not count."""
    said = places > 0
    return _distinct(of[said], places[said].astype(np.int64), count)


def _owners(keys: Ints, member: Ints) -> Ints:
    """For each row, how many administrations have its key."""
    width = int(member.max(initial=0)) + 1
    several = distinct(keys * width + member) // width
    starts = np.flatnonzero(np.diff(several, prepend=-1))
    often = np.diff(starts, append=len(several))
    return often[np.searchsorted(several[starts], keys)]


def _alone(name: str, before: int) -> Message:
    if before:
        return say(
            "Nobody can start on the same day, but it could enter later in a framework "
            "agreement launched on {launch}.",
            launch=date.fromordinal(before),
        )
    if name == "other_days":
        return say(
            "Others need it too, but none who is still free can start on the same day."
        )
    if name == "partners_taken":
        return say(
            "Others need it too and could start on the same day, but they already form "
            "groups."
        )
    if name == "too_far":
        return say("Others need it too, but this is bought close to home.")
    if name == "place_unknown":
        return say(
            "Others need it too, but this is bought close to home and the file does "
            "not say where all of them lie: give the territory of each."
        )
    if name == "other_unit":
        return say(
            "Others need it too, but count it in another unit: the quantities cannot "
            "be added up."
        )
    return say("No other administration in the file needs it.")
