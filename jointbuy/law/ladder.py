"""From which euro on another procedure is due, and how far an amount is from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jointbuy.errors import Message, UsageError, euro, say
from jointbuy.law.parameters import NO_OWN, OwnValues, Value
from jointbuy.law.procedures import (
    ZERO,
    Procedure,
    limits,
    nature_name,
    not_negative,
    procedures,
)
from jointbuy.model.money import CENT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal

    from jointbuy.law.procedures import Procedures
    from jointbuy.model.need import Nature

STRICT_BELOW = ("below", "at_least")
"""The sides of a value on which the value itself belongs to what lies above."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """The amounts between which the same procedures are allowed; both are included.

    The last step has no `end`. `limits` are the values of the law at which it begins,
    `allowed` what its first amount allows: the estimate stands in for the expenditure.
    """

    start: Decimal
    end: Decimal | None
    limits: tuple[Value, ...]
    allowed: Procedures

    @property
    def lightest(self) -> Procedure:
        """The procedure with the fewest formalities."""
        return self.allowed.lightest

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the procedures allowed, the lightest first."""
        return self.allowed.names

    @property
    def to_verify(self) -> bool:
        """Whether a value at which it begins could not be compared with its text."""
        return any(each.citation.to_verify for each in self.limits)

    @property
    def message(self) -> Message:
        """The amounts and the lightest procedure, in a sentence."""
        title = self.lightest.title
        if self.end is None:
            return say(
                "From {start} on: {procedure}", start=euro(self.start), procedure=title
            )
        if not self.start:
            return say("Up to {end}: {procedure}", end=euro(self.end), procedure=title)
        return say(
            "From {start} up to {end}: {procedure}",
            start=euro(self.start),
            end=euro(self.end),
            procedure=title,
        )

    def holds(self, amount: Decimal) -> bool:
        """Whether the amount lies within it."""
        return self.start <= amount and (self.end is None or amount < self.end + CENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """Where an amount stands on the ladder: its step and the next one, if any."""

    amount: Decimal
    step: Step
    beyond: Step | None

    @property
    def left(self) -> Decimal | None:
        """How much it lies below the next step, which it reaches with as much more."""
        return self.beyond.start - self.amount if self.beyond else None

    @property
    def message(self) -> Message:
        """How much is left, and what is due then."""
        if self.beyond is None:
            return say(
                "{amount} lies on the last step: a higher amount calls for no other "
                "procedure.",
                amount=euro(self.amount),
            )
        return say(
            "{amount} lies {left} below {limit}, from which on another procedure is "
            "due: {procedure}.",
            amount=euro(self.amount),
            left=euro(self.beyond.start - self.amount),
            limit=euro(self.beyond.start),
            procedure=self.beyond.lightest.title,
        )


def tipping(
    nature: str | Nature,
    authority: str = "local",
    *,
    on: date,
    own: OwnValues = NO_OWN,
) -> tuple[Step, ...]:
    """The ladder of procedures by amount, from zero up, exact to the cent.

    Raises `NotInForce` on a day of which the values are not known.
    """
    kind = nature_name(nature)
    begins: dict[Decimal, list[Value]] = {ZERO: []}
    for value in limits(kind, authority, on=on, own=own):
        begins.setdefault(_first_above(value), []).append(value)
    found: list[tuple[Decimal, tuple[Value, ...], Procedures]] = []
    for start in sorted(begins):
        allowed = procedures(kind, start, authority=authority, on=on, own=own)
        if not found or allowed.names != found[-1][2].names:
            found.append((start, tuple(begins[start]), allowed))
    ends = [start - CENT for start, _, _ in found[1:]]
    return tuple(
        Step(start=start, end=end, limits=values, allowed=allowed)
        for (start, values, allowed), end in zip(found, [*ends, None], strict=True)
    )


def room(amount: Decimal, steps: Sequence[Step]) -> Room:
    """Where the amount stands on the ladder, and what is left below the next step."""
    not_negative(amount)
    for number, step in enumerate(steps):
        if step.holds(amount):
            beyond = steps[number + 1] if step is not steps[-1] else None
            return Room(amount=amount, step=step, beyond=beyond)
    raise UsageError(say("There is no ladder of procedures to look at."))


def _first_above(value: Value) -> Decimal:
    """The first amount in whole cents on the upper side of the value."""
    if value.strictness in STRICT_BELOW:
        return value.value
    return value.value + CENT
