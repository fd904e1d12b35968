"""The days of orders: what they settle, the decision before them, ceilings exceeded."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from jointbuy.centres import Ceiling, Phase, counter, phase
from jointbuy.centres.lifecycle import OVER
from jointbuy.centres.orders import concluded, measures
from jointbuy.errors import euro, say
from jointbuy.law import question
from jointbuy.schedule.lookout import title

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from jointbuy.centres import Excess
    from jointbuy.errors import Arg, Message
    from jointbuy.model import (
        Deadline,
        FrameworkAgreement,
        Interest,
        Need,
        Order,
        UseDecision,
    )
    from jointbuy.schedule.lookout import Lookout

_UNPREPARED = say(
    "No proposal is retained for this need: a procedure must be prepared, or the days "
    "of the need corrected."
)
_IN_PART = say(
    "Orders were concluded for it, but they do not reach its quantity or its estimate: "
    "settle the need if they cover it, or order what is left in time."
)
_TELL = say(
    "Tell the centre at once and order nothing more: have the order above the ceiling "
    "examined before it is carried out or paid."
)
_ASK = say(
    "Order nothing more, and have the centre say in writing which orders it still "
    "carries out."
)


def of_needs(
    lookout: Lookout,
    needs: Iterable[Need],
    orders: Iterable[Order],
    uses: Iterable[UseDecision],
    frameworks: Mapping[str, FrameworkAgreement],
    by_framework: Mapping[str, Sequence[Order]],
) -> Iterator[Deadline]:
    """The last start of needs that no proposal was retained for, unless ordered."""
    ordered: dict[str, list[Order]] = {}
    for order in orders:
        if order.need:
            ordered.setdefault(order.need, []).append(order)
    decided: dict[str, list[UseDecision]] = {}
    for use in uses:
        if use.decided_on is not None and use.decided_on <= lookout.on:
            decided.setdefault(use.need, []).append(use)
    phases: dict[str, Phase] = {}

    def usable(id_: str) -> FrameworkAgreement | None:
        """The framework agreement while something can be ordered, now or later."""
        framework = frameworks.get(id_)
        if framework is None:
            return None
        if id_ not in phases:
            phases[id_] = phase(framework, lookout.on, by_framework.get(id_, ()))
        return None if phases[id_] in OVER else framework

    def standing(mine: Sequence[Order], chosen: Sequence[UseDecision]) -> Message:
        """What was done for a need that is not ordered in full, and what is left."""
        if any(concluded(order, lookout.on) for order in mine):
            return _IN_PART
        for use in chosen:
            if framework := usable(use.framework):
                return say(
                    "The body decided to cover it through {framework}, but no order is "
                    "concluded yet: order in time.",
                    framework=title(framework),
                )
        for order in mine:
            if framework := usable(order.framework):
                return say(
                    "An order under {framework} is planned for it, but not concluded "
                    "yet.",
                    framework=title(framework),
                )
        for use in chosen:
            if framework := frameworks.get(use.framework):
                return say(
                    "The body decided to cover it through {framework}, under which "
                    "nothing can be ordered any more: another procedure must be "
                    "prepared.",
                    framework=title(framework),
                )
        return _UNPREPARED

    for need in needs:
        if need.latest is None or not lookout.reported(need.latest):
            continue
        mine, chosen = ordered.get(need.id, ()), decided.get(need.id, ())
        if mine and _in_full(need, mine, lookout.on):
            continue
        yield lookout.deadline(
            "need_latest",
            need.id,
            need.administration,
            need.latest,
            what=say("Start at the latest – {need}", need=need.title),
            consequence=standing(mine, chosen) if mine or chosen else _UNPREPARED,
            contact=need.contact,
        )


def _in_full(need: Need, orders: Iterable[Order], on: date) -> bool:
    """Whether the orders concluded reach the quantity of the need, or its estimate."""
    done = [order for order in orders if concluded(order, on)]
    if not done:
        return False
    if need.quantity is not None and all(measures(each, need.unit) for each in done):
        count = sum((each.quantity or Decimal(0) for each in done), Decimal(0))
        return count >= need.quantity
    amounts = [each.amount for each in done if each.amount is not None]
    return need.estimate is not None and sum(amounts) >= need.estimate


def of_orders(
    lookout: Lookout,
    orders: Iterable[Order],
    uses: Iterable[UseDecision],
    frameworks: Mapping[str, FrameworkAgreement],
    needs: Mapping[str, Need],
) -> Iterator[Deadline]:
    """Orders planned for a need for which no body decided to use the framework."""
    decided = {
        (use.framework, use.need)
        for use in uses
        if use.decided_on is not None and use.decided_on <= lookout.on
    }
    for order in orders:
        need, framework = needs.get(order.need), frameworks.get(order.framework)
        if order.concluded_on is not None or need is None or framework is None:
            continue
        if (framework.id, need.id) in decided:
            continue
        by = _order_by(lookout, need, framework)
        if by is None:
            continue
        open_still = framework.end is not None and lookout.on <= framework.end
        if open_still or lookout.reported(by):
            yield lookout.deadline(
                "order_decision",
                order.id,
                order.administration,
                by,
                what=say(
                    "Decide on using {framework} – {need}",
                    framework=title(framework),
                    need=need.title,
                ),
                consequence=say(
                    "The order can be concluded only after the competent body decided "
                    "to cover the need through the framework agreement and the "
                    "expenditure is provided for."
                ),
                contact=need.contact,
            )


def _order_by(
    lookout: Lookout, need: Need, framework: FrameworkAgreement
) -> date | None:
    """The last day to order: before the need must start, and before the end."""
    start = need.latest and need.latest - timedelta(days=lookout.practice.order_days)
    return min((day for day in (start, framework.end) if day), default=None)


# Ceilings.


def of_ceilings(
    lookout: Lookout,
    frameworks: Iterable[FrameworkAgreement],
    interests: Iterable[Interest],
    by_framework: Mapping[str, Sequence[Order]],
) -> Iterator[Deadline]:
    """What was ordered above a ceiling, until the framework agreement has ended.

    The day is that of the order that exceeded it first, which its administration has
    to deal with; of what the centre reports alone, the day of the report.
    """
    asked: dict[str, list[Interest]] = {}
    for interest in interests:
        asked.setdefault(interest.framework, []).append(interest)
    for framework in frameworks:
        if framework.end is not None and framework.end < lookout.on:
            continue
        own = by_framework.get(framework.id, ())
        if not (own or framework.consumed or any(e.consumed for e in framework.lots)):
            continue
        count = counter(framework, own, asked.get(framework.id, ()), on=lookout.on)
        by_id = {order.id: order for order in own} if count.exceeded else {}
        for excess in count.exceeded:
            order = by_id.get(excess.order)
            day = order.concluded_on if order else framework.consumed_on
            yield lookout.deadline(
                "framework_exceeded",
                framework.id,
                excess.administration
                or (order.administration if order else lookout.home),
                day or framework.seen_on or lookout.on,
                part="-".join(
                    part for part in (excess.ceiling.name.lower(), excess.lot) if part
                ),
                what=say("Ceiling exceeded – {framework}", framework=title(framework)),
                consequence=_too_much(excess, _TELL if order else _ASK),
                basis=question("a4").basis,
            )


def _too_much(excess: Excess, more: Message) -> Message:
    """How much was ordered above which ceiling, and what to do."""

    def measured(count: Decimal) -> Arg | Message:
        if excess.ceiling is not Ceiling.OWN_QUANTITY:
            return euro(count)
        return say("{count} {unit}", count=count, unit=excess.unit)

    ordered, by = measured(excess.ordered), measured(excess.by)
    limit = measured(excess.limit)
    if excess.administration:
        return say(
            "You ordered {ordered}, {by} above your own maximum of {limit}. {more}",
            ordered=ordered,
            by=by,
            limit=limit,
            more=more,
        )
    if excess.lot:
        return say(
            "{ordered} was ordered in lot {lot}, {by} above its maximum of {limit}. "
            "{more}",
            ordered=ordered,
            lot=excess.lot,
            by=by,
            limit=limit,
            more=more,
        )
    return say(
        "{ordered} was ordered in all, {by} above the maximum of {limit}. {more}",
        ordered=ordered,
        by=by,
        limit=limit,
        more=more,
    )
