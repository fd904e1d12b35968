"""What the procedures cost: those that each would run alone, and the one together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jointbuy import law
from jointbuy.appraisal.ranges import CASES, Range, total
from jointbuy.errors import NotInForce, say
from jointbuy.model import CallOff

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal

    from jointbuy.appraisal.assumptions import Assumptions
    from jointbuy.appraisal.outcome import Volume
    from jointbuy.errors import Message
    from jointbuy.model import FrameworkAgreement, Nature

ORDER = "direct_order"
"""The name of what an order without competition is assumed to cost."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Formalities:
    """The costs avoided and added, each at low, middle and high cost, in euro.

    An office that runs one procedure dearly runs all of them so: hence `net`, the gain,
    compares like with like. `alone` names the procedure of each volume, `joint` that
    of the whole; `used` the assumptions.
    """

    avoided: Range
    added: Range
    alone: tuple[str, ...] = ()
    joint: str = ""
    used: tuple[str, ...] = ()

    @property
    def net(self) -> Range:
        """What is avoided less what is added, from the worst level to the best."""
        mid = self.avoided.mid - self.added.mid
        levels = [getattr(self.avoided, c) - getattr(self.added, c) for c in CASES]
        return Range(low=min(levels), mid=mid, high=max(levels))

    @property
    def heavier(self) -> bool:
        """Whether the whole calls for a heavier procedure than every part alone."""
        order = law.PROCEDURES.index
        known = [order(name) for name in self.alone]
        return bool(self.joint and known) and order(self.joint) > max(known)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """Why the procedures cannot be told."""

    why: Message


def together(
    volumes: Sequence[Volume],
    nature: Nature | None,
    *,
    chosen: str,
    assumed: Assumptions,
    on: date,
    own: law.OwnValues = law.NO_OWN,
) -> Formalities | Unknown:
    """One procedure for the whole in the place of one for each volume that is known."""
    alone = _alone(volumes, nature, on, own)
    if isinstance(alone, Unknown):
        return alone
    whole = sum((one.amount for one in volumes), start=0 * volumes[0].amount)
    joint = _lightest(whole, nature, on, own, chosen=chosen)
    if isinstance(joint, Unknown):
        return joint
    return Formalities(
        avoided=total(cost(name, assumed) for name in alone),
        added=cost(joint, assumed),
        alone=alone,
        joint=joint,
        used=_used((*alone, joint), assumed),
    )


def under(
    framework: FrameworkAgreement | None,
    volumes: Sequence[Volume],
    nature: Nature | None,
    *,
    assumed: Assumptions,
    on: date,
    own: law.OwnValues = law.NO_OWN,
) -> Formalities | Unknown:
    """An order under a framework in the place of an own procedure.

    A purchase of low value is itself an order, and takes as much work as one.
    """
    alone = _alone(volumes, nature, on, own)
    if isinstance(alone, Unknown):
        return alone
    direct = cost(ORDER, assumed)
    competed = cost("mini_competition", assumed)
    way = framework.call_off if framework else None
    order, used = direct, [ORDER]
    if way is CallOff.MINI_COMPETITION:
        order, used = competed, ["mini_competition"]
    elif way is CallOff.BOTH:
        high = max(direct.high, competed.high)
        order = Range(low=direct.low, mid=direct.mid, high=high)
        used = [ORDER, "mini_competition"]
    saved = [ORDER if name == "low_value" else name for name in alone]
    return Formalities(
        avoided=total(cost(name, assumed) for name in saved),
        added=order.times(len(alone)),
        alone=alone,
        used=_used((*saved, *used), assumed),
    )


def cost(name: str, assumed: Assumptions) -> Range:
    """What a procedure or an order costs the administration, in euro."""
    known = assumed[name]
    if known.unit == "days":
        return known.value * assumed["day_cost"].value
    return known.value


def _used(names: Sequence[str], assumed: Assumptions) -> tuple[str, ...]:
    """The assumptions behind these costs, each once, the cost of a day last."""
    found = dict.fromkeys(names)
    if any(assumed[name].unit == "days" for name in found):
        found["day_cost"] = None
    return tuple(found)


def _alone(
    volumes: Sequence[Volume], nature: Nature | None, on: date, own: law.OwnValues
) -> tuple[str, ...] | Unknown:
    """The lightest procedure of each volume that is known in full."""
    found = []
    for one in volumes:
        if one.complete and one.amount:
            name = _lightest(one.amount, nature, on, own)
            if isinstance(name, Unknown):
                return name
            found.append(name)
    if not found:
        return Unknown(why=say("No procedure can be told without an estimate."))
    return tuple(found)


def _lightest(
    amount: Decimal,
    nature: Nature | None,
    on: date,
    own: law.OwnValues,
    *,
    chosen: str = "",
) -> str | Unknown:
    """The procedure chosen, where the value allows it, else the lightest."""
    if nature is None:
        return Unknown(
            why=say(
                "It is not recorded whether these are works, supplies or services: the "
                "procedures cannot be told."
            )
        )
    try:
        allowed = law.procedures(nature, amount, on=on, own=own)
    except NotInForce as error:
        return Unknown(why=error.message)
    if chosen and allowed.get(chosen):
        return chosen
    return allowed.lightest.name
