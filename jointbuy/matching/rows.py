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
    from collections.abc import Iterable, Mapping
    from datetime import date

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
        return evidence(self.purchase, text_of(self.need))

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
    contracts = _by_owner(inputs.contracts)
    needs = sorted(
        (need for need in inputs.needs if need.status is NeedStatus.OPEN),
        key=lambda need: need.id,
    )
    told = [
        contract
        for owner in sorted({need.administration for need in needs})
        for contract in contracts.get(owner, ())
        if contract.cpv + contract.title
    ]
    found = readings([*map(text_of, needs), *map(_text, told)])
    about = {
        contract.id: reading.purchase.key
        for contract, reading in zip(told, found[len(needs) :], strict=True)
    }
    rows = [
        _row(need, reading, contracts, about, inputs.on)
        for need, reading in zip(needs, found, strict=False)
    ]
    return _settled(rows)


def text_of(need: Need) -> Text:
    """What a need says of its purchase."""
    return Text(
        title=need.title,
        description=need.description,
        cpv=need.cpv,
        language=need.language,
    )


def _text(contract: Contract) -> Text:
    return Text(title=contract.title, cpv=contract.cpv)


def _by_owner(contracts: Iterable[Contract]) -> dict[str, list[Contract]]:
    found: dict[str, list[Contract]] = defaultdict(list)
    for contract in sorted(contracts, key=lambda contract: contract.id):
        found[contract.administration].append(contract)
    return found


def _row(
    need: Need,
    reading: Reading,
    contracts: Mapping[str, list[Contract]],
    about: Mapping[str, str],
    on: date,
) -> Row:
    purchase = reading.purchase
    own = tuple(
        contract
        for contract in contracts.get(need.administration, ())
        if contract.id == need.replaces or about.get(contract.id) == purchase.key
    )
    own = tuple(contract for contract in own if not contract.end or contract.end >= on)
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


def _settled(rows: list[Row]) -> tuple[Row, ...]:
    """Needs that name no unit, or mere pieces, count as most others do."""
    named: dict[tuple[str, bool], Counter[str]] = defaultdict(Counter)
    for row in rows:
        named[row.bucket[:2]][row.unit] += 1
    known = {bucket: settled(counts) for bucket, counts in named.items()}
    return tuple(
        row if row.unit == unit else replace(row, unit=unit)
        for row in rows
        for unit in (known[row.bucket[:2]][row.unit],)
    )
