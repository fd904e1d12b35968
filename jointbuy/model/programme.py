"""Programmes of a purchasing centre that are joined domain by domain."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from jointbuy.model.parties import LocalText


@dataclass(frozen=True, slots=True, kw_only=True)
class Domain:
    """One part of a programme that an administration joins or leaves aside by itself.

    It goes on only with `minimum` adhesions; `elsewhere` of them were counted by the
    centre outside this register, on the day `counted_on`. `due` is the last day to
    decide on joining. `budget` is what was presented as its cost for each
    administration, euro excluding VAT.
    """

    id: str
    names: LocalText = field(default_factory=LocalText)
    minimum: int | None = None
    elsewhere: int | None = None
    counted_on: date | None = None
    due: date | None = None
    budget: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """A programme of a centre and its domains; an adhesion names a domain by its id."""

    id: str
    centre: str
    names: LocalText = field(default_factory=LocalText)
    domains: tuple[Domain, ...] = ()
    source: str = ""
    seen_on: date | None = None
    note: str = ""
