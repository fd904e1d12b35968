"""Matching a file of needs, one JSON object a line, without any register.

Administrations are mere names here. Those of one territory are at one place, and so are
those named after one municipality; of the others nothing is known, so they join only
what can be bought at any distance, or from nearby when that is asked to be checked.
What can be bought at any distance looks for a partner at its place first.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np

from jointbuy.errors import Arg, Message, Problem, Refused, say
from jointbuy.matching import units, weights
from jointbuy.matching.days import NEVER, add_months
from jointbuy.matching.joint import Group, Told, explain, weigh
from jointbuy.matching.names import local
from jointbuy.matching.peeling import peel
from jointbuy.matching.places import ANYWHERE, NEIGHBOURS
from jointbuy.matching.purchases import Purchase, Purchases, evidence, settled
from jointbuy.model import CpvCode, Nature
from jointbuy.vocabulary.bodies import municipality

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jointbuy.matching.peeling import Ints

LARGEST = 10**15
"""No amount or quantity of a local administration comes near this."""

BOM = b"\xef\xbb\xbf"
SHOWN = 6


class Line(msgspec.Struct, frozen=True, gc=False):
    """One need of the file; only id, administration and title must be there."""

    id: str
    administration: str
    title: str
    territory: str | None = None
    language: str | None = None
    description: str | None = None
    cpv: str | None = None
    nature: str | None = None
    estimate: Decimal | None = None
    quantity: Decimal | None = None
    unit: str | None = None
    earliest: date | None = None
    latest: date | None = None
    duration_months: int | None = None


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
) -> LinesMatched:
    """Match the needs of a file; a line that cannot be read is refused by itself.

    Windows are taken as they stand, also where they have passed on the day `on`; an
    unknown beginning is that day. Every need read is in at least one proposal.
    """
    needs, problems = read_lines(lines)
    table = _Table(needs, on)
    found = table.proposals(explained=explain, months=max_framework_months)
    return LinesMatched(proposals=found, problems=tuple(problems), needs=len(needs))


# -- reading ---------------------------------------------------------------------------


def read_lines(lines: Iterable[bytes]) -> tuple[list[Line], list[Problem]]:
    """The needs that can be read and what is wrong with the other lines."""
    decoder = msgspec.json.Decoder(Line)
    seen: dict[str, int] = {}
    needs: list[Line] = []
    problems: list[Problem] = []
    for number, raw in enumerate(lines, start=1):
        text = raw.removeprefix(BOM) if number == 1 else raw
        if not text.strip():
            continue
        try:
            need = decoder.decode(text)
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            problems.append(_unreadable(number, error))
            continue
        except RecursionError:
            problems.append(
                Problem(row=number, message=say("It is nested too deeply."))
            )
            continue
        fault = _fault(need, seen)
        if fault is not None:
            name, message = fault
            problems.append(Problem(row=number, field=name, message=message))
            continue
        seen[need.id] = number
        need, doubt = _with_code(need, number)
        if doubt is not None:
            problems.append(doubt)
        needs.append(need)
    return needs, problems


def _unreadable(number: int, error: Exception) -> Problem:
    detail, _, path = str(error).partition(" - at `$")
    return Problem(
        row=number,
        field=path.strip("`."),
        message=say(
            "This line cannot be read as a need ({detail}): write one JSON object with "
            "at least id, administration and title.",
            detail=detail,
        ),
    )


def _fault(need: Line, seen: dict[str, int]) -> tuple[str, Message] | None:
    """The first thing that keeps a line out, with the field it is in."""
    for name in ("id", "administration", "title"):
        if not getattr(need, name).strip():
            return name, say("The field {field} is empty.", field=name)
    if need.id in seen:
        return "id", say(
            "The id {id} stands already on line {line}.", id=need.id, line=seen[need.id]
        )
    if need.earliest and need.latest and need.latest < need.earliest:
        return "latest", say(
            "The latest start {latest} lies before the earliest, {earliest}.",
            latest=need.latest,
            earliest=need.earliest,
        )
    for name in ("estimate", "quantity"):
        value = getattr(need, name)
        if value is not None and (not value.is_finite() or not 0 <= value < LARGEST):
            return name, say(
                "The field {field} cannot be {value}.", field=name, value=str(value)
            )
    if need.duration_months is not None and need.duration_months <= 0:
        return "duration_months", say("A duration is at least one month.")
    if need.nature and need.nature.upper() not in Nature.__members__:
        return "nature", say(
            "“{nature}” is not a nature: write works, supplies or services.",
            nature=need.nature,
        )
    return None


def _with_code(need: Line, number: int) -> tuple[Line, Problem | None]:
    """The need with its compact code; a code that is none is left out and told."""
    if not need.cpv:
        return need, None
    try:
        code = CpvCode.validate(need.cpv)
    except Refused as refused:
        doubt = Problem(
            row=number,
            field="cpv",
            value=need.cpv,
            message=refused.message,
            blocking=False,
        )
        return msgspec.structs.replace(need, cpv=None), doubt
    return (need if code == need.cpv else msgspec.structs.replace(need, cpv=code)), None


# -- matching --------------------------------------------------------------------------


class _Table:
    """The needs as columns: what, where, who, when."""

    def __init__(self, needs: list[Line], on: date) -> None:
        self.needs, self.on = needs, on
        purchases = Purchases()
        self.read = settled(
            [
                purchases.read(
                    need.title,
                    need.description or "",
                    need.cpv or "",
                    need.language or "",
                )
                for need in needs
            ],
            [need.title for need in needs],
        )
        today = on.toordinal()
        self.start = _ints(
            need.earliest.toordinal()
            if need.earliest
            else min(today, need.latest.toordinal())
            if need.latest
            else today
            for need in needs
        )
        self.end = _ints(
            need.latest.toordinal() if need.latest else NEVER for need in needs
        )
        self.member = _numbers(need.administration for need in needs)
        self.home = [municipality(need.administration) for need in needs]
        self.territory = self._territories()
        area = _numbers(self._areas())
        self.things = self._things()
        self.object = _numbers(self._objects())
        self.cell = self.object * (int(area.max(initial=0)) + 1) + area
        self.far = np.array(
            [one.purchase.reach == ANYWHERE for one in self.read], dtype=bool
        )

    def _objects(self) -> Iterator[tuple[str, bool, str]]:
        """What can be bought in one go: the same thing, nature and unit."""
        named = [units.measure(need.unit or "")[0] for need in self.needs]
        counts = units.settled(self.things, named)
        for thing, unit in zip(self.things, counts, strict=True):
            yield (*thing, unit)

    def _things(self) -> list[tuple[str, bool]]:
        """What each need is for, works apart."""
        return [
            (
                one.purchase.key,
                (need.nature.upper() == "WORKS")
                if need.nature
                else one.purchase.nature is Nature.WORKS,
            )
            for need, one in zip(self.needs, self.read, strict=True)
        ]

    def _territories(self) -> list[str]:
        """The territory of each need, "" where nothing says it.

        An administration without one is where others of its municipality are, if the
        file puts them all in one territory.
        """
        found: dict[str, set[str]] = defaultdict(set)
        for need, home in zip(self.needs, self.home, strict=True):
            if need.territory and home:
                found[home].add(need.territory)
        known = {home: min(all_) for home, all_ in found.items() if len(all_) == 1}
        return [
            need.territory or known.get(home, "")
            for need, home in zip(self.needs, self.home, strict=True)
        ]

    def _areas(self) -> Iterator[tuple[str, str]]:
        """Who can meet at one place: territory, else municipality.

        Those of whom nothing is known meet for what is bought from nearby.
        """
        owners: dict[str, set[str]] = defaultdict(set)
        for need, home in zip(self.needs, self.home, strict=True):
            owners[home].add(need.administration)
        for need, home, territory, one in zip(
            self.needs, self.home, self.territory, self.read, strict=True
        ):
            if territory:
                yield territory, ""
            elif home and len(owners[home]) > 1:
                yield "", home
            elif one.purchase.reach == NEIGHBOURS:
                yield "", ""
            else:
                yield "", need.administration

    def proposals(self, *, explained: bool, months: int) -> Iterator[dict[str, Any]]:
        """Every proposal as a mapping, best first."""
        near = peel(self.cell, self.member, self.start, self.end)
        group = near.group.copy()
        launches = near.launch.tolist()
        alone = np.flatnonzero((group < 0) & self.far)
        apart = peel(
            self.object[alone], self.member[alone], self.start[alone], self.end[alone]
        )
        group[alone] = np.where(apart.group < 0, -1, apart.group + len(launches))
        distant = len(launches)
        launches += apart.launch.tolist()
        found = [
            proposal
            for number, rows in enumerate(_rows_of(group, len(launches)))
            for proposal in self._together(
                rows, launches[number], far=number >= distant, explained=explained
            )
        ]
        found += self._left(
            np.flatnonzero(group < 0),
            near.launch,
            near.group,
            explained=explained,
            months=months,
        )
        found.sort(key=lambda one: (-one["score"], one["kind"], one["needs"]))
        return iter(found)

    def _together(
        self, rows: list[int], launch: int, *, far: bool, explained: bool
    ) -> Iterator[dict[str, Any]]:
        rows = sorted(rows, key=lambda row: self.needs[row].id)
        facts = self._facts(rows, launch, far=far)
        if explained:
            reasons = [
                {
                    "name": one.name,
                    "weight": one.weight,
                    "message": one.message,
                    "evidence": list(one.evidence),
                }
                for one in explain(facts, self._told(rows))
            ]
        else:
            reasons = [
                {"name": name, "weight": weight} for name, weight in weigh(facts)
            ]
        yield self._proposal("joint", rows, date.fromordinal(launch), reasons)
        small = next((one for one in reasons if one["name"] == "small_volume"), None)
        if small is not None:
            worth = weights.points("does_not_pay")
            yield self._proposal(
                "separate",
                rows,
                None,
                [{**small, "name": "does_not_pay", "weight": worth}],
            )

    def _proposal(
        self,
        kind: str,
        rows: list[int],
        launch: date | None,
        reasons: list[dict[str, Any]],
    ) -> dict[str, Any]:
        needs = self.needs
        return {
            "kind": kind,
            "needs": sorted(needs[row].id for row in rows),
            "administrations": sorted({needs[row].administration for row in rows}),
            "framework": None,
            "launch": launch.isoformat() if launch else None,
            "score": sum(one["weight"] for one in reasons),
            "reasons": reasons,
        }

    def _facts(self, rows: list[int], launch: int, *, far: bool) -> Group:
        needs = [self.needs[row] for row in rows]
        volumes: dict[str, float] = {}
        for need in needs:
            if need.estimate is not None:
                before = volumes.get(need.administration, 0.0)
                volumes[need.administration] = before + float(need.estimate)
        codes = [need.cpv for need in needs if need.cpv]
        end = min(int(self.end[row]) for row in rows)
        return Group(
            participants=len({need.administration for need in needs}),
            certainty=min(self.read[row].score for row in rows),
            codes=frozenset(codes) if len(codes) > 1 else frozenset(),
            first=date.fromordinal(launch),
            last=None if end >= NEVER else date.fromordinal(end),
            nearness=self._nearness(rows, far=far),
            volumes=tuple(volumes[name] for name in sorted(volumes)),
            languages=frozenset(need.language for need in needs if need.language),
            mixed=len({need.nature.upper() for need in needs if need.nature}) > 1,
            add_up=units.added((need.quantity, need.unit or "") for need in needs)
            is not None,
            durations=tuple(
                sorted({need.duration_months for need in needs if need.duration_months})
            ),
            on=self.on,
        )

    def _nearness(self, rows: list[int], *, far: bool) -> str:
        homes = {self.home[row] for row in rows}
        if len(homes) == 1 and homes != {""}:
            return "same_place"
        if not all(self.territory[row] for row in rows):
            return "distance_unknown"
        return "far_apart" if far else "neighbours"

    def _told(self, rows: list[int]) -> Told:
        needs = [self.needs[row] for row in rows]
        known = [need.estimate for need in needs if need.estimate is not None]
        words: dict[str, Message] = {}
        for row in rows:
            if len(words) < SHOWN and (told := self._words(row)) is not None:
                words.setdefault(str(told), told)
        sum_ = units.added((need.quantity, need.unit or "") for need in needs)
        return Told(
            purchase=self._name(rows[0]),
            total=sum(known, Decimal(0)) if known else None,
            quantity=sum_[0] if sum_ else None,
            units=sum_[1] if sum_ else "",
            words=tuple(words.values()),
        )

    def _name(self, row: int) -> Arg:
        return local(self._purchase(row).labels, self.needs[row].title)

    def _purchase(self, row: int) -> Purchase:
        return self.read[row].purchase

    def _words(self, row: int) -> Message | None:
        need = self.needs[row]
        return evidence(
            self._purchase(row),
            need.title,
            need.description or "",
            need.cpv or "",
            need.language or "",
        )

    # -- those that stay alone ---------------------------------------------------------

    def _left(
        self,
        alone: Ints,
        launch: Ints,
        group: Ints,
        *,
        explained: bool,
        months: int,
    ) -> Iterator[dict[str, Any]]:
        """A proposal for each need without a group, and why it is alone."""
        owners: dict[int, set[int]] = defaultdict(set)
        placed: dict[int, bool] = defaultdict(lambda: True)
        for thing, owner, territory in zip(
            self.object.tolist(), self.member.tolist(), self.territory, strict=True
        ):
            owners[thing].add(owner)
            placed[thing] &= bool(territory)
        counted: dict[tuple[str, bool], set[int]] = defaultdict(set)
        for thing_, owner in zip(self.things, self.member.tolist(), strict=True):
            counted[thing_].add(owner)
        here: dict[int, set[int]] = defaultdict(set)
        for cell, owner in zip(self.cell.tolist(), self.member.tolist(), strict=True):
            here[cell].add(owner)
        days: dict[int, set[int]] = defaultdict(set)
        inside = np.flatnonzero(group >= 0)
        for cell, number in zip(
            self.cell[inside].tolist(), group[inside].tolist(), strict=True
        ):
            days[cell].add(int(launch[number]))
        launched = {cell: sorted(own) for cell, own in days.items()}
        for row in alone.tolist():
            cell = int(self.cell[row])
            before = self._launched_before(row, launched.get(cell, []), months)
            if before is not None:
                name = "enters_later"
            elif len(here[cell]) > 1:
                name = "other_days"
            elif len(owners[int(self.object[row])]) > 1:
                known = placed[int(self.object[row])]
                close = "too_far" if known else "place_unknown"
                name = "other_days" if self.far[row] else close
            elif len(counted[self.things[row]]) > 1:
                name = "other_unit"
            else:
                name = "no_partner"
            reason: dict[str, Any] = {"name": name, "weight": weights.points(name)}
            if explained:
                reason["message"] = _alone(name, before)
                reason["evidence"] = []
            yield self._proposal("separate", [row], None, [reason])

    def _launched_before(
        self, row: int, launched: list[int], months: int
    ) -> int | None:
        """The last launch at the same place whose framework still lasts then."""
        start = int(self.start[row])
        at = bisect_left(launched, start)
        if not at:
            return None
        last = launched[at - 1]
        limit = add_months(date.fromordinal(last), months).toordinal()
        return last if start < limit else None


def _alone(name: str, before: int | None) -> Message:
    if before is not None:
        return say(
            "Nobody can start on the same day, but it could enter later in a framework "
            "agreement launched on {launch}.",
            launch=date.fromordinal(before),
        )
    if name == "other_days":
        return say("Others need it too, but no day suits them all.")
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


def _rows_of(group: Ints, count: int) -> list[list[int]]:
    """The rows of each group, in the order of the groups."""
    inside = np.flatnonzero(group >= 0)
    order = inside[np.argsort(group[inside], kind="stable")]
    bounds = np.searchsorted(group[order], np.arange(1, count))
    return [rows.tolist() for rows in np.split(order, bounds)] if count else []


def _ints(values: Iterable[int]) -> Ints:
    return np.fromiter(values, dtype=np.int64)


def _numbers(values: Iterable[object]) -> Ints:
    """Each value as the number of its first appearance."""
    seen: dict[object, int] = {}
    return _ints(seen.setdefault(value, len(seen)) for value in values)
