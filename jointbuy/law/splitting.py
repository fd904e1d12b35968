"""Needs that are estimated apart and may have to be estimated together."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jointbuy.errors import Message, euro, named, say
from jointbuy.law.parameters import NO_OWN, OwnValues, parameter
from jointbuy.law.procedures import PROCEDURES, ZERO, Procedures, procedures
from jointbuy.law.tables import citation_of, table
from jointbuy.model.need import NeedStatus
from jointbuy.model.period import add_months

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from decimal import Decimal

    from jointbuy.errors import Arg
    from jointbuy.model import Administration, Nature, Need
    from jointbuy.model.finding import Citation

GROUP = len("000")
"""The first figures of a code, which name its group."""

COUNTED = (NeedStatus.OPEN, NeedStatus.SETTLED)
"""A draft is no decision yet, and what was withdrawn is not bought."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart:
    """Needs of one administration in one group of codes that are estimated apart.

    `total` is what they come to together, `together` the procedures that calls for;
    `lighter` are the needs that would escape it alone.
    """

    administration: str
    group: str
    needs: tuple[Need, ...]
    lighter: tuple[Need, ...]
    total: Decimal
    together: Procedures
    message: Message
    citation: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class _Unit:
    """Needs estimated in one: `amount` is its own part of what they are `weighed`."""

    needs: tuple[Need, ...]
    amount: Decimal
    weighed: Decimal
    start: date | None


def estimated_apart(
    needs: Iterable[Need],
    *,
    joined: Collection[str] = (),
    administrations: Mapping[str, Administration] | None = None,
    on: date,
    own: OwnValues = NO_OWN,
) -> tuple[Apart, ...]:
    """Needs that together call for a heavier procedure than some of them alone.

    Of one administration, in one group of codes, to start within a year of each other;
    one without a day may start at any time. Those `joined` are bought together already
    and count as one. Needs without code, nature or estimate cannot be told.
    """
    months = int(parameter("thresholds.regular_months", on, own).value)
    kept = [need for need in needs if need.status in COUNTED]
    bought = _weight(kept, joined)
    groups: dict[tuple[str, str, Nature], list[Need]] = defaultdict(list)
    for need in kept:
        if need.nature is not None and need.estimate is not None and need.cpv:
            groups[need.administration, need.cpv[:GROUP], need.nature].append(need)
    found = []
    for (who, group, nature), several in groups.items():
        whose = (administrations or {}).get(who)
        called = named(whose.names if whose else {}, who)
        for units in _windows(list(_units(several, joined, bought)), months):
            judged = _judged(units, nature, on=on, own=own)
            if judged is None:
                continue
            together, lighter, total = judged
            members = tuple(need for unit in units for need in unit.needs)
            found.append(
                Apart(
                    administration=who,
                    group=group,
                    needs=members,
                    lighter=lighter,
                    total=total,
                    together=together,
                    message=_message(called, group, members, together, months),
                    citation=citation_of(
                        table("estimation")["splitting"], where="estimation.splitting"
                    ),
                )
            )
    return tuple(found)


def apart_from(
    joined: Iterable[Need],
    others: Iterable[Need],
    *,
    administrations: Mapping[str, Administration] | None = None,
    on: date,
    own: OwnValues = NO_OWN,
) -> tuple[Apart, ...]:
    """What of the `others` may have to be estimated with the needs bought together.

    As in `estimated_apart`; only what both have a part in.
    """
    mine = tuple(joined)
    ids = {need.id for need in mine}
    groups = {_group(need) for need in mine}
    found = estimated_apart(
        (*mine, *(n for n in others if n.id not in ids and _group(n) in groups)),
        joined=ids,
        administrations=administrations,
        on=on,
        own=own,
    )
    return tuple(each for each in found if any(need.id in ids for need in each.needs))


def _group(need: Need) -> tuple[str, str, Nature | None]:
    """What needs that may have to be estimated together have in common."""
    return need.administration, need.cpv[:GROUP], need.nature


def _weight(needs: Iterable[Need], joined: Collection[str]) -> Decimal:
    """What the needs that are bought together come to, of all administrations."""
    return sum((need.estimate or ZERO for need in needs if need.id in joined), ZERO)


def _units(
    needs: Sequence[Need], joined: Collection[str], bought: Decimal
) -> Iterator[_Unit]:
    """Each need by itself, those joined as one, that begins with the first of them."""
    together = tuple(need for need in needs if need.id in joined)
    if together:
        days = [day for need in together if (day := _start(need)) is not None]
        amount = sum((need.estimate or ZERO for need in together), ZERO)
        yield _Unit(
            needs=together,
            amount=amount,
            weighed=max(bought, amount),
            start=min(days, default=None),
        )
    for need in needs:
        if need.id not in joined:
            amount = need.estimate or ZERO
            yield _Unit(
                needs=(need,), amount=amount, weighed=amount, start=_start(need)
            )


def _start(need: Need) -> date | None:
    return need.earliest or need.latest


def _windows(units: Sequence[_Unit], months: int) -> Iterator[Sequence[_Unit]]:
    """Those that start within so many months, each set once, none within another."""
    undated = [unit for unit in units if unit.start is None]
    windows = [undated]
    for first in units:
        if first.start is not None:
            end = add_months(first.start, months)
            windows.append(
                [u for u in units if u.start is None or first.start <= u.start < end]
            )
    told: list[Sequence[_Unit]] = []
    for window in sorted(windows, key=len, reverse=True):
        within = any(all(unit in known for unit in window) for known in told)
        if len(window) > 1 and not within:
            told.append(window)
            yield window


def _sum(units: Iterable[_Unit]) -> Decimal:
    return sum((unit.amount for unit in units), ZERO)


def _judged(
    units: Sequence[_Unit], nature: Nature, *, on: date, own: OwnValues
) -> tuple[Procedures, tuple[Need, ...], Decimal] | None:
    """What they call for together, and who would escape it alone; None if nobody."""
    total = _sum(units)
    together = procedures(nature, total, on=on, own=own)
    order = PROCEDURES.index
    heavy = order(together.lightest.name)
    lighter = tuple(
        need
        for unit in units
        if order(procedures(nature, unit.weighed, on=on, own=own).lightest.name) < heavy
        for need in unit.needs
    )
    return (together, lighter, total) if lighter else None


def _message(
    who: Arg,
    group: str,
    needs: Sequence[Need],
    together: Procedures,
    months: int,
) -> Message:
    return say(
        "{administration} has several needs in the CPV group {group} that start within "
        "{months} months of each other and are estimated apart: {needs}. Together they "
        "come to {total}, which calls for: {procedure}. Estimate them together, or "
        "write down why they are different purchases.",
        administration=who,
        group=group,
        months=months,
        needs="; ".join(need.title for need in needs),
        total=euro(together.estimate),
        procedure=together.lightest.title,
    )
