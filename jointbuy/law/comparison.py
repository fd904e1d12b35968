"""The procedures of a joint contract beside those of its parts, and where it tips."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jointbuy.errors import Message, UsageError, euro, say
from jointbuy.law.ladder import Room, Step, room, tipping
from jointbuy.law.parameters import NO_OWN, OwnValues
from jointbuy.law.procedures import (
    PROCEDURES,
    ZERO,
    Procedures,
    eu_threshold,
    procedures,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date
    from decimal import Decimal

    from jointbuy.model.need import Nature

CENTRAL, LOCAL = "central", "local"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one participant brings into a joint contract, in euro excluding VAT.

    `estimate` covers all years of the firm part; options, renewals and payments to
    bidders come on top. `expenditure` is what it would have to approve alone.
    """

    administration: str
    estimate: Decimal
    options: Decimal = ZERO
    renewals: Decimal = ZERO
    premiums: Decimal = ZERO
    expenditure: Decimal | None = None
    authority: str = LOCAL

    @property
    def whole(self) -> Decimal:
        """Everything that counts in the estimate."""
        return self.estimate + self.options + self.renewals + self.premiums


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The procedures of a joint contract beside those of its parts on their own.

    `lost` are the procedures every part has alone and the joint contract has not.
    `steps` is the ladder of the joint contract and `room` its place on it; `crossed`
    are the steps that the whole reaches and no part does. `warnings` say what the
    comparison was made with and what to look at.
    """

    joint: Procedures
    alone: tuple[tuple[str, Procedures], ...]
    lost: tuple[str, ...]
    steps: tuple[Step, ...]
    room: Room
    crossed: tuple[Step, ...]
    warnings: tuple[Message, ...]

    @property
    def heavier(self) -> bool:
        """Whether joining takes away a lighter procedure or brings EU publicity."""
        publicity = self.joint.eu_publicity and not any(
            each.eu_publicity for _, each in self.alone
        )
        return publicity or bool(self.lost)

    @property
    def message(self) -> Message:
        """What joining changes in the procedure, in a sentence."""
        title = self.joint.lightest.title
        order = PROCEDURES.index
        heaviest = max(order(each.lightest.name) for _, each in self.alone)
        if order(self.joint.lightest.name) <= heaviest:
            return say(
                "Joining brings no heavier procedure than the heaviest that a part "
                "would need alone: {procedure}.",
                procedure=title,
            )
        if not self.crossed:
            return say(
                "Joining tips it over: together the parts need a heavier procedure "
                "than any of them alone: {procedure}.",
                procedure=title,
            )
        return say(
            "Joining tips it over: together the parts reach {limit}, which none of "
            "them reaches alone, and need: {procedure}.",
            limit=euro(self.crossed[-1].start),
            procedure=title,
        )


def joint_estimate(parts: Iterable[Part]) -> Decimal:
    """The estimate of a joint contract: everything of every participant.

    Source: RD of 18 April 2017, art. 6 and 7.
    """
    return sum((part.whole for part in parts), ZERO)


def compare(
    parts: Sequence[Part],
    nature: str | Nature,
    *,
    expenditure: Decimal | None = None,
    on: date,
    own: OwnValues = NO_OWN,
) -> Comparison:
    """The procedures together beside those of each part alone.

    With a central authority among the parts the lowest thresholds count. The
    `expenditure` of the whole is the sum of those of the parts unless it is given.
    """
    if not parts:
        raise UsageError(say("There is nothing to compare: give at least one part."))
    spent = [part.expenditure for part in parts if part.expenditure is not None]
    if expenditure is None and len(spent) == len(parts):
        expenditure = sum(spent, ZERO)
    authority = LOCAL
    if any(part.authority == CENTRAL for part in parts):
        authority = CENTRAL
    whole = joint_estimate(parts)
    joint = procedures(nature, whole, expenditure, authority, on=on, own=own)
    alone = tuple(
        (
            part.administration,
            procedures(
                nature, part.whole, part.expenditure, part.authority, on=on, own=own
            ),
        )
        for part in parts
    )
    lost = (
        name
        for name in PROCEDURES
        if name not in joint.names and all(name in each.names for _, each in alone)
    )
    steps = tipping(nature, authority, expenditure=expenditure, on=on, own=own)
    largest = max(part.whole for part in parts)
    return Comparison(
        joint=joint,
        alone=alone,
        lost=tuple(lost),
        steps=steps,
        room=room(whole, steps, own=own),
        crossed=tuple(each for each in steps if largest < each.start <= whole),
        warnings=tuple(_warnings(parts, joint, on=on, own=own)),
    )


def _warnings(
    parts: Sequence[Part], joint: Procedures, *, on: date, own: OwnValues
) -> Iterator[Message]:
    if {part.authority for part in parts} == {CENTRAL, LOCAL}:
        other = eu_threshold(joint.nature, LOCAL, on, own)
        if other.value != joint.eu_threshold.value:
            yield say(
                "A federal authority takes part: the lower European threshold of "
                "{limit} may then count for the whole contract, and not {other}. The "
                "lower one was taken; have it confirmed before the launch.",
                limit=euro(joint.eu_threshold.value),
                other=euro(other.value),
            )
