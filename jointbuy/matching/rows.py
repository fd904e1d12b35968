"""The open needs of a register, each with what matching has to know of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from jointbuy.matching import units
from jointbuy.matching.counting import settled
from jointbuy.matching.days import NEVER
from jointbuy.matching.purchases import Text, evidence, readings
from jointbuy.model import Nature, NeedStatus

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from jointbuy.errors import Message
    from jointbuy.matching.inputs import Inputs
    from jointbuy.matching.purchases import Purchase, Reading
    from jointbuy.model import Contract, Need


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An open need, what it is about, and the days on which it can really start.

    `start` and `end` are ordinals; `ground` says why it cannot take part in a group,
    or is empty. `works` and `unit` keep apart what cannot be bought in one go.
    """

    need: Need
    purchase: Purchase
    score: float
    start: int
    end: int
    works: bool
    unit: str = ""
    ground: str = ""
    contracts: tuple[Contract, ...] = ()

    def told(self) -> Message | None:
        """The words by which the need was read as that purchase."""
        return evidence(self.purchase.category, text_of(self.need))

    @property
    def named(self) -> str:
        """The unit as it was written, else the one it is counted in like the others."""
        return self.need.unit or self.unit

    @property
    def bucket(self) -> tuple[str, bool, str]:
        """Only needs of one bucket can be bought together."""
        return self.purchase.key, self.works, self.unit


def open_rows(inputs: Inputs) -> tuple[Row, ...]:
    """A row for each open need, in the order of their ids."""
    needs = open_needs(inputs.needs)
    bound = Bound(inputs)
    found = readings([*map(text_of, needs), *bound.texts()], inputs.labels)
    bound.read(found[len(needs) :])
    return settled_rows(
        [bound.row(need, reading) for need, reading in zip(needs, found, strict=False)]
    )


def open_needs(needs: Iterable[Need]) -> list[Need]:
    """The needs that take part, in the order of their ids."""
    return sorted(
        (need for need in needs if need.status is NeedStatus.OPEN),
        key=lambda need: need.id,
    )


def text_of(need: Need) -> Text:
    """What a need says of its purchase."""
    return Text(
        title=need.title,
        description=need.description,
        cpv=need.cpv,
        language=need.language,
    )


class Bound:
    """The running contracts that may bind a need, and what they are about."""

    def __init__(self, inputs: Inputs) -> None:
        self._on = inputs.on
        self._own: dict[str, list[Contract]] = defaultdict(list)
        for contract in sorted(inputs.contracts, key=lambda contract: contract.id):
            self._own[contract.administration].append(contract)
        self._told = [
            contract
            for owner in sorted(self._own)
            for contract in self._own[owner]
            if contract.cpv + contract.title
        ]
        self._about: dict[str, str] = {}

    def texts(self) -> list[Text]:
        """What the contracts say of their purchases."""
        return [Text(title=one.title, cpv=one.cpv) for one in self._told]

    def read(self, found: Sequence[Reading]) -> None:
        """Take in what the contracts are about."""
        self._about = {
            contract.id: reading.purchase.key
            for contract, reading in zip(self._told, found, strict=True)
        }

    def row(self, need: Need, reading: Reading) -> Row:
        """What matching has to know of a need that was read."""
        purchase, on = reading.purchase, self._on
        own = tuple(
            contract
            for contract in self._own.get(need.administration, ())
            if contract.id == need.replaces
            or self._about.get(contract.id) == purchase.key
        )
        own = tuple(one for one in own if not one.end or one.end >= on)
        today = on.toordinal()
        start = max(need.earliest.toordinal() if need.earliest else today, today)
        end = need.latest.toordinal() if need.latest else NEVER
        ground = ""
        if need.earliest and need.latest and need.latest < need.earliest:
            ground = "window_reversed"
        elif end < today:
            ground = "window_passed"
        if not ground:
            free = _free_from(own)
            start = max(start, free)
            ground = "bound" if start > end or free >= NEVER else ""
        if need.centre_priced:
            ground = "centre_priced"
        if need.single_supplier:
            ground = "single_supplier"
        nature = need.nature or purchase.nature
        return Row(
            need=need,
            purchase=purchase,
            score=reading.score,
            start=start,
            end=end,
            works=nature is Nature.WORKS,
            unit=units.measure(need.unit)[0],
            ground=ground,
            contracts=own,
        )


def _free_from(contracts: tuple[Contract, ...]) -> int:
    """The first day on which no exclusive contract binds any more; 0 without one."""
    days = [
        one.end.toordinal() + 1 if one.end else NEVER
        for one in contracts
        if one.exclusive
    ]
    return max(days, default=0)


def settled_rows(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Needs that name no unit, or mere pieces, count as most others do."""
    rows = list(rows)
    named: dict[tuple[str, bool], Counter[str]] = defaultdict(Counter)
    for row in rows:
        named[row.bucket[:2]][row.unit] += 1
    known = {bucket: settled(counts) for bucket, counts in named.items()}
    return tuple(
        row if row.unit == unit else replace(row, unit=unit)
        for row in rows
        for unit in (known[row.bucket[:2]][row.unit],)
    )
