"""What matching proposes: buy together, join a framework, or stay separate."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum

from jointbuy.errors import Message
from jointbuy.model.need import Nature
from jointbuy.model.parties import LocalText


class CandidateKind(Enum):
    """Joint contract, adhesion to a framework, or each on its own."""

    JOINT = "JOINT"
    ADHESION = "ADHESION"
    SEPARATE = "SEPARATE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One named reason and its signed weight in points; the sum is the score."""

    name: str
    weight: int
    message: Message
    evidence: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """The day on which one need can enter a staggered contract."""

    need: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A proposal: which needs of which administrations, how, and why.

    `launch` is the first day on which every need of the group can start; a staggered
    plan has `entries` as well, one per need, the first at `launch`. `estimate` sums
    the needs that have one (euro excluding VAT); `missing` says what would let more
    be said and `would_change` what would change the advice.
    """

    id: str
    kind: CandidateKind
    title: LocalText = field(default_factory=LocalText)
    category: str = ""
    cpv: str = ""
    nature: Nature | None = None
    needs: tuple[str, ...] = ()
    administrations: tuple[str, ...] = ()
    framework: str = ""
    lot: str = ""
    launch: date | None = None
    entries: tuple[Entry, ...] = ()
    estimate: Decimal | None = None
    reasons: tuple[Reason, ...] = ()
    missing: tuple[Message, ...] = ()
    would_change: tuple[Message, ...] = ()

    @property
    def score(self) -> int:
        """The sum of the reasons, in points."""
        return sum(reason.weight for reason in self.reasons)
