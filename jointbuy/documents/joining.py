"""What a decision on joining a purchasing centre, or a letter to it, is made from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from jointbuy.model import (
        Adhesion,
        Administration,
        ContactPerson,
        FrameworkAgreement,
        Interest,
        LocalText,
        Need,
        PurchasingCentre,
        Reservation,
        UseDecision,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A domain that is joined, and its cost as presented; euro excluding VAT."""

    names: LocalText
    cost: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierAct:
    """What the body decided before on the same: day, number and domain."""

    day: date
    number: str = ""
    part: LocalText | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CommonText:
    """What the decisions of several bodies say alike, whoever recorded it.

    `differing` are the reservations and triggers that not all of them recorded, each
    with the administrations that did.
    """

    reservations: tuple[Reservation, ...] = ()
    triggers: tuple[str, ...] = ()
    differing: tuple[tuple[str, tuple[Administration, ...]], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Joining:
    """One administration that decides on joining a centre, or parts of a programme.

    `parts` are empty where it joins the centre as a whole; `programme` is None where
    the centre has none. `twins` are the others that decide the same; `languages` those
    in which its acts are written. `earlier` is what its body decided already, `due` the
    last day to decide. `admitted` is False where the centre does not serve it on the
    day.
    """

    administration: Administration
    centre: PurchasingCentre
    on: date
    reference: str
    common: CommonText
    programme: LocalText | None = None
    parts: tuple[Part, ...] = ()
    twins: tuple[Administration, ...] = ()
    languages: tuple[str, ...] = ()
    earlier: tuple[EarlierAct, ...] = ()
    due: date | None = None
    admitted: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Using:
    """One administration that decides to cover a need through a framework agreement.

    `use` is the decision as far as it is recorded, `adhesion` the one that came before.
    `executive` when its executive decides, `identified` when the framework agreement is
    for it.
    """

    administration: Administration
    centre: PurchasingCentre
    framework: FrameworkAgreement
    need: Need
    use: UseDecision
    on: date
    adhesion: Adhesion | None = None
    languages: tuple[str, ...] = ()
    executive: bool = False
    identified: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaring:
    """One administration that marks its interest in a framework agreement to come."""

    administration: Administration
    centre: PurchasingCentre
    framework: FrameworkAgreement
    on: date
    reference: str
    interest: Interest | None = None
    contact: ContactPerson | None = None
    languages: tuple[str, ...] = ()
