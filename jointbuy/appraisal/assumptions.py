"""What an estimate assumes: data with a source, which an officer can set otherwise."""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from importlib.resources import files
from typing import TYPE_CHECKING

from jointbuy.appraisal.ranges import Range, same
from jointbuy.errors import Message, UsageError, say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

CONFIDENCES = ("high", "medium", "low", "assumption")
"""The surest first."""

UNITS = ("per_cent", "euro", "days", "number")
HUNDRED = Decimal(100)
THREE = 3

OWN = say("Set by you.")
"""The source of a value that an officer set."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumption:
    """One input of an estimate, where its values come from and how sure they are.

    Shares are in per cent, money in euro excluding VAT. One that is `fixed` belongs
    to the formula. `chosen` says that an officer set it.
    """

    name: str
    title: Message
    unit: str
    value: Range
    source: Message
    confidence: str
    fixed: bool = False
    chosen: bool = False

    @property
    def ratio(self) -> Range:
        """A share as a fraction of one."""
        return self.value.times(1 / HUNDRED)


Assumptions = dict[str, Assumption]
"""All of them by name."""


class BadTable(ValueError):
    """The packaged table is not as it must be; the fault is in jointbuy itself."""


@functools.cache
def _packaged() -> tuple[Assumption, ...]:
    path = files("jointbuy.appraisal") / "assumptions.toml"
    tree = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    return tuple(_assumption(name, row) for name, row in tree.items())


def _assumption(name: str, row: dict[str, object]) -> Assumption:
    if row.get("confidence") not in CONFIDENCES or row.get("unit") not in UNITS:
        raise BadTable(f"{name}: an unknown unit or confidence")
    if not row.get("title") or not row.get("source"):
        raise BadTable(f"{name}: needs a title and a source")
    low, mid, high = (Decimal(str(row[case])) for case in ("low", "mid", "high"))
    return Assumption(
        name=name,
        title=Message(text=str(row["title"])),
        unit=str(row["unit"]),
        value=Range(low=low, mid=mid, high=high),
        source=Message(text=str(row["source"])),
        confidence=str(row["confidence"]),
        fixed=bool(row.get("fixed")),
    )


def assumptions(
    chosen: Mapping[str, Sequence[Decimal | str]] | None = None,
) -> Assumptions:
    """The assumptions, with the values that an officer chose: one, or low/mid/high.

    Raises:
        UsageError: no such assumption, or values that make no sense for it.
    """
    found = {one.name: one for one in _packaged()}
    for name, values in (chosen or {}).items():
        known = found.get(name)
        if known is None or known.fixed:
            allowed = ", ".join(one.name for one in _packaged() if not one.fixed)
            raise UsageError(
                say(
                    "“{name}” is no assumption that can be set. Choose one of: "
                    "{allowed}.",
                    name=name,
                    allowed=allowed,
                )
            )
        found[name] = replace(
            known,
            value=_chosen(known, values),
            source=OWN,
            confidence="assumption",
            chosen=True,
        )
    return found


def _chosen(known: Assumption, values: Sequence[Decimal | str]) -> Range:
    numbers = [_number(known, value) for value in values]
    if len(numbers) == 1:
        made = same(numbers[0])
        if known.name == "compressible":  # the low case is that the price does not fall
            made = replace(made, low=Decimal(0))
        return made
    if len(numbers) != THREE or sorted(numbers) != numbers:
        raise UsageError(
            say(
                "“{title}” takes one value, or three that rise: low, middle, high.",
                title=known.title,
            )
        )
    low, mid, high = numbers
    if known.name == "compressible" and low:
        raise UsageError(
            say(
                "In the low case the price does not fall at all: the first of the "
                "three values for “{title}” is 0.",
                title=known.title,
            )
        )
    return Range(low=low, mid=mid, high=high)


def _number(known: Assumption, value: Decimal | str) -> Decimal:
    try:
        number = Decimal(value)
    except InvalidOperation:
        raise UsageError(
            say(
                "“{value}” is not a number, for “{title}”.",
                value=str(value),
                title=known.title,
            )
        ) from None
    if not number.is_finite() or number < 0:
        raise UsageError(
            say(
                "“{title}” must be zero or more, not {value}.",
                title=known.title,
                value=str(value),
            )
        )
    if known.unit == "per_cent" and number > HUNDRED:
        raise UsageError(
            say(
                "“{title}” is a share in per cent, at most 100, not {value}.",
                title=known.title,
                value=str(value),
            )
        )
    return number


def weakest(confidences: Sequence[str]) -> str:
    """The least sure of several; high where there is none."""
    return max(confidences, key=CONFIDENCES.index, default=CONFIDENCES[0])
