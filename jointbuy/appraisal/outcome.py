"""What an appraisal says: the gain in three cases, the verdict, what they rest on."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from jointbuy.appraisal.ranges import Range
    from jointbuy.appraisal.sharing import Parties
    from jointbuy.errors import Message
    from jointbuy.model import Candidate


class Verdict(Enum):
    """What the estimate and the law speak for; people decide."""

    JOIN = "join"
    STAGGERED = "staggered"
    ADHERE = "adhere"
    STAY_SEPARATE = "stay separate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Volume:
    """What one administration expects to spend, in euro excluding VAT.

    `priced` is the part of it whose price volume can lower; `complete` says that each
    of its needs has an estimate.
    """

    administration: str
    amount: Decimal = Decimal(0)
    priced: Decimal = Decimal(0)
    complete: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One part of the gain (a cost is negative), and how sure its inputs are."""

    name: str
    title: Message
    amount: Range
    confidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One value that the estimate rests on, where it comes from, how sure it is.

    `chosen` says that an officer set it.
    """

    name: str
    title: Message
    unit: str
    value: Range
    source: Message
    confidence: str
    chosen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Gain:
    """Three figures that are never added to each other, in euro excluding VAT.

    Only the first is worked out here: None where too little is known. What a supplier
    or a centre claims, and what the award realised, are told by people.
    """

    estimated: Range | None = None
    claimed: Decimal | None = None
    realised: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Appraisal:
    """Whether a proposal is worth it, over the whole duration, compared with alone.

    The lines add up to the estimated gain in each case; the low case has no fall of
    the price. `avoided` and `added` are the costs of procedures at low, middle and
    high cost. It is `provisional` while something in `missing` could change it. With an
    `obstacle` the gain cannot be had as things stand.
    """

    candidate: Candidate
    verdict: Verdict
    gain: Gain
    provisional: bool
    reasons: tuple[Message, ...] = ()
    turns: tuple[Message, ...] = ()
    missing: tuple[Message, ...] = ()
    warnings: tuple[Message, ...] = ()
    lines: tuple[Line, ...] = ()
    avoided: Range | None = None
    added: Range | None = None
    procedure: str = ""
    volumes: tuple[Volume, ...] = ()
    inputs: tuple[Input, ...] = ()
    parties: Parties | None = None
    obstacle: Message | None = None
    on: date

    def line(self, name: str) -> Line | None:
        """The part of the gain with that name."""
        return next((one for one in self.lines if one.name == name), None)

    @property
    def price(self) -> Range | None:
        """What the fall of the price gains, before any cost."""
        found = self.line("price")
        return found.amount if found else None
