"""The three acts towards a purchasing centre: joining, marking interest, using."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum


class AdhesionStatus(Enum):
    """Where an adhesion stands by what was decided; the rest is computed on a day."""

    PROPOSED = "PROPOSED"
    ADHERED = "ADHERED"
    CONDITIONAL = "CONDITIONAL"
    NOT_COUNTED = "NOT_COUNTED"
    IN_REGULARISATION = "IN_REGULARISATION"
    POSTPONED = "POSTPONED"
    REFUSED = "REFUSED"
    ENDED = "ENDED"


JOINED = frozenset(
    {
        AdhesionStatus.ADHERED,
        AdhesionStatus.CONDITIONAL,
        AdhesionStatus.NOT_COUNTED,
        AdhesionStatus.IN_REGULARISATION,
    }
)
"""What a body decided in favour, whether or not the centre counts it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reservation:
    """A condition or reservation and where it stands in the decision."""

    text: str
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopening:
    """One of the triggers of an adhesion occurred: the body has to look at it again.

    `trigger` says which, `what` what happened; `settled_on` is the day the body dealt
    with it, `how` with what result.
    """

    trigger: str
    on: date
    what: str = ""
    settled_on: date | None = None
    how: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Adhesion:
    """An administration joins a centre, or one domain of its programme.

    `triggers` are the events that reopen it (scope cut, cost above budget …) and
    `reopenings` those that occurred. `budget` is the cost that the body was shown,
    `cost` what is known of it now, both in euro excluding VAT, since `cost_on`. `text`
    names the draft that is common to the twin decisions of several bodies.
    """

    id: str
    administration: str
    centre: str
    domain: str = ""
    status: AdhesionStatus = AdhesionStatus.PROPOSED
    decided_on: date | None = None
    body: str = ""
    number: str = ""
    convention_on: date | None = None
    reservations: tuple[Reservation, ...] = ()
    triggers: tuple[str, ...] = ()
    due: date | None = None
    note: str = ""
    programme: str = ""
    reopenings: tuple[Reopening, ...] = ()
    budget: Decimal | None = None
    cost: Decimal | None = None
    text: str = ""
    cost_on: date | None = None


class InterestAnswer(Enum):
    """What was answered; no answer counts as no from the day it is due."""

    YES = "YES"
    NO = "NO"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """The paper that shows the answer was sent: its name, digest (SHA-256) and day."""

    file: str
    sha256: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Interest:
    """An administration is asked whether it wants to use a framework to come.

    `due` is a day that the centre set for this administration; without one that of the
    framework counts. The maximum is what the centre must publish for this beneficiary.
    `acceptance` is the paper in which the centre takes an answer that came too late.
    """

    id: str
    administration: str
    framework: str
    asked_on: date | None = None
    due: date | None = None
    answer: InterestAnswer | None = None
    answered_on: date | None = None
    answered_by: str = ""
    maximum_quantity: Decimal | None = None
    unit: str = ""
    maximum_amount: Decimal | None = None
    proof: Proof | None = None
    note: str = ""
    acceptance: Proof | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UseDecision:
    """The competent body decides to cover one need through a framework."""

    id: str
    need: str
    framework: str
    body: str = ""
    decided_on: date | None = None
    number: str = ""
    budget_article: str = ""
    amount: Decimal | None = None
    lot: str = ""
    note: str = ""
