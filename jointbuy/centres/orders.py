"""The running count of what was ordered under a framework agreement, and its ceilings.

What the centre reports and what the register holds are counted together, prudently: an
order that may lie in the report already is counted only where the report is dated.

Source: CJEU C-216/17 and C-23/20: a framework has a maximum, and ends when it is used.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING

from jointbuy.model import InterestAnswer

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from jointbuy.model import FrameworkAgreement, FrameworkLot, Interest, Order

ZERO = Decimal(0)


class Ceiling(Enum):
    """What bounds the orders: of all, of a lot, of one administration."""

    WHOLE = "WHOLE"
    LOT = "LOT"
    OWN = "OWN"
    OWN_QUANTITY = "OWN_QUANTITY"


@dataclass(frozen=True, slots=True, kw_only=True)
class Excess:
    """A ceiling that was exceeded: by how much, and by which order first.

    Euro excluding VAT, or `unit` where a quantity is bound. `order` is empty where the
    centre's own figures exceed it already.
    """

    ceiling: Ceiling
    limit: Decimal
    ordered: Decimal
    order: str = ""
    lot: str = ""
    administration: str = ""
    unit: str = ""

    @property
    def by(self) -> Decimal:
        """How much was ordered above the ceiling."""
        return self.ordered - self.limit


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """An order in the running count: what all, and its administration, ordered with it.

    One that is only planned counts nothing. `above` are the ceilings that are exceeded
    once it is concluded.
    """

    order: Order
    concluded: bool
    total: Decimal
    own: Decimal
    above: tuple[Excess, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LotCount:
    """What was ordered and is planned under one lot, euro excluding VAT."""

    lot: str
    ceiling: Decimal | None
    ordered: Decimal
    planned: Decimal

    @property
    def left(self) -> Decimal | None:
        """What is left under its own ceiling."""
        return None if self.ceiling is None else self.ceiling - self.ordered


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """What one administration ordered, and the most it may order.

    `unmeasured` are its orders whose quantity cannot be counted in `unit`.
    """

    administration: str
    maximum: Decimal | None = None
    ordered: Decimal = ZERO
    planned: Decimal = ZERO
    quantity_maximum: Decimal | None = None
    unit: str = ""
    quantity: Decimal = ZERO
    unmeasured: tuple[str, ...] = ()

    @property
    def left(self) -> Decimal | None:
        """What it may still order, euro excluding VAT."""
        return None if self.maximum is None else self.maximum - self.ordered

    @property
    def quantity_left(self) -> Decimal | None:
        """What it may still order, in its unit."""
        if self.quantity_maximum is None:
            return None
        return self.quantity_maximum - self.quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class Counter:
    """The count of a framework agreement on a day, euro excluding VAT.

    `reported` is what the centre says was ordered by all until `reported_on`,
    `recorded` what the register holds as concluded, `ordered` the two together and
    `planned` what is not concluded yet. `unpriced` are concluded orders without an
    amount, `unplaced` what was ordered without a lot where there are lots.
    """

    framework: str
    ceiling: Decimal | None
    reported: Decimal
    reported_on: date | None
    recorded: Decimal
    ordered: Decimal
    planned: Decimal
    lots: tuple[LotCount, ...] = ()
    own: tuple[Own, ...] = ()
    orders: tuple[Counted, ...] = ()
    exceeded: tuple[Excess, ...] = ()
    unpriced: tuple[str, ...] = ()
    unplaced: Decimal = ZERO

    @property
    def left(self) -> Decimal | None:
        """What is left under the ceiling of the whole."""
        return None if self.ceiling is None else self.ceiling - self.ordered

    def lot(self, lot: str) -> LotCount | None:
        """The count of one lot."""
        return next((each for each in self.lots if each.lot == lot), None)

    def left_under(self, lot: str = "") -> Decimal | None:
        """What is left under the ceiling of the lot and of the whole, the least."""
        found = self.lot(lot) if lot else None
        known = [
            left
            for left in (self.left, found.left if found else None)
            if left is not None
        ]
        return min(known) if known else None

    def own_of(self, administration: str) -> Own:
        """The count of one administration."""
        for each in self.own:
            if each.administration == administration:
                return each
        return Own(administration=administration)


def counter(
    framework: FrameworkAgreement,
    orders: Iterable[Order],
    interests: Iterable[Interest] = (),
    *,
    on: date | None = None,
) -> Counter:
    """The count on that day; orders and interests of other frameworks are left out.

    An order without a day, or concluded after `on`, is planned.
    """
    own = sorted(
        (each for each in orders if each.framework == framework.id),
        key=lambda each: (each.concluded_on or date.max, each.id),
    )
    done = [each for each in own if concluded(each, on)]
    planned = [each for each in own if not concluded(each, on)]
    reported = reported_in_all(framework)
    since = framework.consumed_on
    ceiling = whole_ceiling(framework)
    everyone = _own(framework, done, planned, interests)
    lots = tuple(_lot(each, done, planned, since) for each in framework.lots)
    running = _running(done, reported, since)
    by_lot = {
        lot.id: dict(
            zip(
                (each.id for each in done if each.lot == lot.id),
                _running([e for e in done if e.lot == lot.id], lot.consumed, since),
                strict=True,
            )
        )
        for lot in framework.lots
    }
    counted, firsts = _lines(framework, done, running, by_lot, ceiling, everyone)
    ordered = together(reported, done, since)
    return Counter(
        framework=framework.id,
        ceiling=ceiling,
        reported=reported,
        reported_on=since,
        recorded=_sum(done),
        ordered=ordered,
        planned=_sum(planned),
        lots=lots,
        own=tuple(everyone.values()),
        orders=(
            *counted,
            *(
                Counted(
                    order=each,
                    concluded=False,
                    total=ordered,
                    own=everyone[each.administration].ordered,
                )
                for each in planned
            ),
        ),
        exceeded=tuple(_exceeded(ordered, lots, ceiling, everyone, firsts)),
        unpriced=tuple(each.id for each in done if each.amount is None),
        unplaced=_sum(each for each in done if not each.lot) if lots else ZERO,
    )


def concluded(order: Order, on: date | None) -> bool:
    """Whether the order counts on that day."""
    day = order.concluded_on
    return day is not None and (on is None or day <= on)


def reported_in_all(framework: FrameworkAgreement) -> Decimal:
    """What the centre says was ordered by all: of the whole, or of its lots."""
    by_lot = sum((lot.consumed for lot in framework.lots), ZERO)
    return max(framework.consumed, by_lot)


def whole_ceiling(framework: FrameworkAgreement) -> Decimal | None:
    """The ceiling of the whole; the lots add up where each has its own."""
    if framework.ceiling is not None:
        return framework.ceiling
    ceilings = [lot.ceiling for lot in framework.lots if lot.ceiling is not None]
    if not ceilings or len(ceilings) < len(framework.lots):
        return None
    return sum(ceilings, ZERO)


def together(reported: Decimal, orders: Sequence[Order], since: date | None) -> Decimal:
    """What was ordered in all: the report and the orders after it.

    All of them are added where the day of the report is not known. It is never less
    than the orders themselves.
    """
    later = _sum(
        each
        for each in orders
        if since is None or each.concluded_on is None or each.concluded_on > since
    )
    return max(reported + later, _sum(orders))


def _running(
    done: Sequence[Order], reported: Decimal, since: date | None
) -> list[Decimal]:
    """What was ordered in all after each order.

    Of those that the report holds already only the sum of our own is known.
    """
    found, own, later = [], ZERO, ZERO
    for each in done:
        amount = each.amount or ZERO
        own += amount
        if since is not None and each.concluded_on and each.concluded_on <= since:
            found.append(own)
            continue
        later += amount
        found.append(max(reported + later, own))
    return found


def _sum(orders: Iterable[Order]) -> Decimal:
    return sum((each.amount or ZERO for each in orders), ZERO)


def _lot(
    lot: FrameworkLot,
    done: Sequence[Order],
    planned: Sequence[Order],
    since: date | None,
) -> LotCount:
    return LotCount(
        lot=lot.id,
        ceiling=lot.ceiling,
        ordered=together(lot.consumed, [e for e in done if e.lot == lot.id], since),
        planned=_sum(each for each in planned if each.lot == lot.id),
    )


def own_maximum(
    framework: FrameworkAgreement, interest: Interest | None
) -> Decimal | None:
    """The most one administration may order: the least of the published and its own.

    A maximum is published for each beneficiary, or marked with the interest.
    """
    marked = None
    if interest is not None and interest.answer is not InterestAnswer.NO:
        marked = interest.maximum_amount
    known = [each for each in (framework.ceiling_each, marked) if each is not None]
    return min(known) if known else None


def _own(
    framework: FrameworkAgreement,
    done: Sequence[Order],
    planned: Sequence[Order],
    interests: Iterable[Interest],
) -> dict[str, Own]:
    """By administration: those that were asked, then those that only ordered."""
    asked = {
        each.administration: each
        for each in interests
        if each.framework == framework.id
    }
    found = {}
    for id_ in dict.fromkeys(
        (*asked, *(each.administration for each in (*done, *planned)))
    ):
        interest = asked.get(id_)
        mine = [each for each in done if each.administration == id_]
        unit = interest.unit if interest else ""
        most = interest.maximum_quantity if interest else None
        measured = [each for each in mine if most is not None and measures(each, unit)]
        found[id_] = Own(
            administration=id_,
            maximum=own_maximum(framework, interest),
            ordered=_sum(mine),
            planned=_sum(each for each in planned if each.administration == id_),
            quantity_maximum=most,
            unit=unit,
            quantity=sum((each.quantity or ZERO for each in measured), ZERO),
            unmeasured=tuple(
                each.id for each in mine if most is not None and each not in measured
            ),
        )
    return found


def measures(order: Order, unit: str) -> bool:
    """Whether the quantity of the order is counted in that unit."""
    return order.quantity is not None and same_unit(order.unit, unit)


def same_unit(one: str, other: str) -> bool:
    """Whether two units are the same word; one that is not named is no other."""
    return one.strip().casefold() == other.strip().casefold()


_Key = tuple[Ceiling, str]


def _lines(
    framework: FrameworkAgreement,
    done: Sequence[Order],
    running: Sequence[Decimal],
    by_lot: dict[str, dict[str, Decimal]],
    ceiling: Decimal | None,
    everyone: dict[str, Own],
) -> tuple[list[Counted], dict[_Key, str]]:
    """Every concluded order with the counts after it; which exceeded what first."""
    own: dict[str, Decimal] = {}
    quantities: dict[str, Decimal] = {}
    firsts = _reported_above(framework, ceiling)
    lots = {lot.id: lot for lot in framework.lots}
    lines = []
    for order, total in zip(done, running, strict=True):
        who = everyone[order.administration]
        own[who.administration] = own.get(who.administration, ZERO) + (
            order.amount or ZERO
        )
        if who.quantity_maximum is not None and measures(order, who.unit):
            quantities[who.administration] = quantities.get(
                who.administration, ZERO
            ) + (order.quantity or ZERO)
        reached = [
            Excess(ceiling=kind, limit=limit, ordered=count, order=order.id, lot=lot,
                   administration=whose, unit=unit)
            for kind, limit, count, lot, whose, unit in (
                (Ceiling.WHOLE, ceiling, total, "", "", ""),
                (Ceiling.LOT, lots[order.lot].ceiling if order.lot in lots else None,
                 by_lot.get(order.lot, {}).get(order.id, ZERO), order.lot, "", ""),
                (Ceiling.OWN, who.maximum, own[who.administration], "",
                 who.administration, ""),
                (Ceiling.OWN_QUANTITY, who.quantity_maximum,
                 quantities.get(who.administration, ZERO), "",
                 who.administration, who.unit),
            )
            if limit is not None and count > limit
        ]  # fmt: skip
        for each in reached:
            firsts.setdefault((each.ceiling, each.lot or each.administration), order.id)
        lines.append(
            Counted(
                order=order,
                concluded=True,
                total=total,
                own=own[who.administration],
                above=tuple(reached),
            )
        )
    return lines, firsts


def _reported_above(
    framework: FrameworkAgreement, ceiling: Decimal | None
) -> dict[_Key, str]:
    """The ceilings that the centre's own figures exceed, by no order that is known."""
    found: dict[_Key, str] = {}
    if ceiling is not None and reported_in_all(framework) > ceiling:
        found[Ceiling.WHOLE, ""] = ""
    for lot in framework.lots:
        if lot.ceiling is not None and lot.consumed > lot.ceiling:
            found[Ceiling.LOT, lot.id] = ""
    return found


def _exceeded(
    ordered: Decimal,
    lots: Sequence[LotCount],
    ceiling: Decimal | None,
    everyone: dict[str, Own],
    firsts: dict[_Key, str],
) -> Iterable[Excess]:
    """Every ceiling that is exceeded on the day."""
    if ceiling is not None and ordered > ceiling:
        yield Excess(
            ceiling=Ceiling.WHOLE,
            limit=ceiling,
            ordered=ordered,
            order=firsts.get((Ceiling.WHOLE, ""), ""),
        )
    for lot in lots:
        if lot.ceiling is not None and lot.ordered > lot.ceiling:
            yield Excess(
                ceiling=Ceiling.LOT,
                limit=lot.ceiling,
                ordered=lot.ordered,
                order=firsts.get((Ceiling.LOT, lot.lot), ""),
                lot=lot.lot,
            )
    for own in everyone.values():
        if own.maximum is not None and own.ordered > own.maximum:
            yield Excess(
                ceiling=Ceiling.OWN,
                limit=own.maximum,
                ordered=own.ordered,
                order=firsts.get((Ceiling.OWN, own.administration), ""),
                administration=own.administration,
            )
        if own.quantity_maximum is not None and own.quantity > own.quantity_maximum:
            yield Excess(
                ceiling=Ceiling.OWN_QUANTITY,
                limit=own.quantity_maximum,
                ordered=own.quantity,
                order=firsts.get((Ceiling.OWN_QUANTITY, own.administration), ""),
                administration=own.administration,
                unit=own.unit,
            )
