"""From which euro on another procedure is due, and how far an amount is from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jointbuy.errors import Arg, Message, UsageError, euro, say
from jointbuy.law.parameters import NO_OWN, OwnValues, Value
from jointbuy.law.procedures import (
    EXPENDITURE,
    ZERO,
    Procedure,
    limits,
    nature_name,
    not_negative,
    procedures,
)
from jointbuy.model.money import CENT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
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
    `allowed` what its first amount allows with the expenditure of the ladder; without
    one the estimate stands in for it.
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
class Tip:
    """An expenditure beside the value it is tested on, and what lies across it.

    `across` is the lightest procedure on the other side of the `limit`, from which on
    the procedure that the limit bounds is excluded.
    """

    expenditure: Decimal
    limit: Decimal
    across: Procedure

    @property
    def left(self) -> Decimal:
        """How much the expenditure lies below the limit; zero or less once reached."""
        return self.limit - self.expenditure

    @property
    def message(self) -> Message:
        """How much is left, or what the expenditure excludes."""
        if self.left <= ZERO:
            return say(
                "The expenditure to approve, {amount}, is not below {limit}; this "
                "excludes: {procedure}.",
                amount=euro(self.expenditure),
                limit=euro(self.limit),
                procedure=self.across.title,
            )
        return say(
            "The expenditure to approve, {amount}, lies {left} below {limit}, from "
            "which on another procedure is due: {procedure}.",
            amount=euro(self.expenditure),
            left=euro(self.left),
            limit=euro(self.limit),
            procedure=self.across.title,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """Where an amount stands on the ladder: its step and the next one, if any.

    `spending` are the values that the expenditure of the ladder is tested on, where
    another procedure lies across them.
    """

    amount: Decimal
    step: Step
    beyond: Step | None
    spending: tuple[Tip, ...] = ()

    @property
    def left(self) -> Decimal | None:
        """How much it lies below the next step, which it reaches with as much more."""
        return self.beyond.start - self.amount if self.beyond else None

    @property
    def message(self) -> Message:
        """How much is left, and what is due then; of both values where both count."""
        told = self._of_amount
        for each in self.spending:
            told = say("{first} {second}", first=told, second=each.message)
        return told

    @property
    def _of_amount(self) -> Message:
        if self.beyond is None:
            return say(
                "{amount} lies on the last step: a higher amount calls for no other "
                "procedure.",
                amount=euro(self.amount),
            )
        gaps: dict[str, Arg | Message] = {
            "amount": euro(self.amount),
            "left": euro(self.beyond.start - self.amount),
            "limit": euro(self.beyond.start),
            "procedure": self.beyond.lightest.title,
        }
        if self.step.allowed.expenditure is not None:
            return say(
                "The estimate of {amount} lies {left} below {limit}, from which on "
                "another procedure is due: {procedure}.",
                **gaps,
            )
        return say(
            "{amount} lies {left} below {limit}, from which on another procedure is "
            "due: {procedure}.",
            **gaps,
        )


def tipping(
    nature: str | Nature,
    authority: str = "local",
    *,
    expenditure: Decimal | None = None,
    on: date,
    own: OwnValues = NO_OWN,
) -> tuple[Step, ...]:
    """The ladder of procedures by estimate, from zero up, exact to the cent.

    The expenditure to approve is the same on every step where it is given; else it is
    that of the estimate.

    Raises `NotInForce` on a day of which the values are not known.
    """
    kind = nature_name(nature)
    begins: dict[Decimal, list[Value]] = {ZERO: []}
    for value in limits(kind, authority, on=on, own=own):
        begins.setdefault(_first_above(value), []).append(value)
    found: list[tuple[Decimal, tuple[Value, ...], Procedures]] = []
    for start in sorted(begins):
        allowed = procedures(kind, start, expenditure, authority, on=on, own=own)
        if not found or allowed.names != found[-1][2].names:
            found.append((start, tuple(begins[start]), allowed))
    ends = [start - CENT for start, _, _ in found[1:]]
    return tuple(
        Step(start=start, end=end, limits=values, allowed=allowed)
        for (start, values, allowed), end in zip(found, [*ends, None], strict=True)
    )


def room(amount: Decimal, steps: Sequence[Step], *, own: OwnValues = NO_OWN) -> Room:
    """Where the amount stands on the ladder, and what is left below the next step.

    On a ladder with an expenditure also what is left of that. The values that are
    `own` are those the ladder was made with.
    """
    not_negative(amount)
    for number, step in enumerate(steps):
        if step.holds(amount):
            return Room(
                amount=amount,
                step=step,
                beyond=steps[number + 1] if step is not steps[-1] else None,
                spending=tuple(_spending(amount, step, own)),
            )
    raise UsageError(say("There is no ladder of procedures to look at."))


def _spending(amount: Decimal, step: Step, own: OwnValues) -> Iterator[Tip]:
    """The values the expenditure is tested on, where they change the procedure."""
    made = step.allowed
    spent = made.expenditure
    if spent is None:
        return
    values = limits(made.nature, made.authority, on=made.on, own=own)
    for limit in sorted(_first_above(v) for v in values if v.tests == EXPENDITURE):
        other = procedures(
            made.nature,
            amount,
            limit if spent < limit else limit - CENT,
            made.authority,
            on=made.on,
            own=own,
        )
        if other.lightest.name != step.lightest.name:
            yield Tip(expenditure=spent, limit=limit, across=other.lightest)


def _first_above(value: Value) -> Decimal:
    """The first amount in whole cents on the upper side of the value."""
    if value.strictness in STRICT_BELOW:
        return value.value
    return value.value + CENT
