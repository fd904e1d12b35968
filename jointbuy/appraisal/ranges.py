"""A value in three cases, so that no estimate looks surer than it is."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from jointbuy.model.money import cents

if TYPE_CHECKING:
    from collections.abc import Iterable

CASES = ("low", "mid", "high")


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """A value in the low, the middle and the high case.

    Of a gain, low is the worst; of a cost, the cheapest. It never falls from one to
    the next.
    """

    low: Decimal
    mid: Decimal
    high: Decimal

    def __post_init__(self) -> None:
        if not self.low <= self.mid <= self.high:
            raise ValueError(f"{self.low}, {self.mid}, {self.high} do not rise")

    def __add__(self, other: Range) -> Range:
        """Both, case by case."""
        return Range(
            low=self.low + other.low,
            mid=self.mid + other.mid,
            high=self.high + other.high,
        )

    def __mul__(self, other: Range) -> Range:
        """The product case by case; for values that are not negative."""
        return Range(
            low=self.low * other.low,
            mid=self.mid * other.mid,
            high=self.high * other.high,
        )

    def __neg__(self) -> Range:
        """What a cost takes from the gain: most of it in the low case."""
        return Range(low=-self.high, mid=-self.mid, high=-self.low)

    def times(self, factor: Decimal | int) -> Range:
        """So many times the value; the factor is not negative."""
        return self * same(Decimal(factor))

    @property
    def rounded(self) -> Range:
        """To the cent."""
        return Range(low=cents(self.low), mid=cents(self.mid), high=cents(self.high))


def same(value: Decimal) -> Range:
    """A value that is the same in every case."""
    return Range(low=value, mid=value, high=value)


NOTHING = same(Decimal(0))


def total(ranges: Iterable[Range]) -> Range:
    """The sum, case by case."""
    return sum(ranges, NOTHING)
