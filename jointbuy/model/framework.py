"""Purchasing centres and the framework agreements they conclude for others."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum

from jointbuy.model.parties import AdministrationKind, LocalText, Region
from jointbuy.model.period import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    """Another name a centre had or has, and when."""

    name: str
    period: Period = field(default_factory=Period)


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """Who is admitted while it holds; regions are those of the seat."""

    regions: tuple[Region, ...] = ()
    kinds: tuple[AdministrationKind, ...] = ()
    period: Period = field(default_factory=Period)


@dataclass(frozen=True, slots=True, kw_only=True)
class PurchasingCentre:
    """A central purchasing body (centrale d'achat, aankoopcentrale).

    `conditions` say who is admitted and since when, `territory` gives NUTS codes where
    it serves a part of a region only. `certainty` runs from A (seen in a source) to D
    (unknown); `checked` is the day somebody compared the record with its source.
    """

    id: str
    names: LocalText = field(default_factory=LocalText)
    aliases: tuple[Alias, ...] = ()
    enterprise_number: str = ""
    regions: tuple[Region, ...] = ()
    kinds: tuple[AdministrationKind, ...] = ()
    cpv: tuple[str, ...] = ()
    joining: LocalText = field(default_factory=LocalText)
    contracting_authority: bool | None = None
    certainty: str = "D"
    source: str = ""
    checked: date | None = None
    conditions: tuple[Condition, ...] = ()
    territory: tuple[str, ...] = ()
    note: str = ""


class CallOff(Enum):
    """How an order is placed under a framework agreement."""

    DIRECT = "DIRECT"
    MINI_COMPETITION = "MINI_COMPETITION"
    BOTH = "BOTH"


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameworkLot:
    """One lot; its ceiling and what was ordered under it, in euro excluding VAT."""

    id: str
    title: LocalText = field(default_factory=LocalText)
    cpv: tuple[str, ...] = ()
    ceiling: Decimal | None = None
    consumed: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameworkAgreement:
    """A framework agreement of a centre (accord-cadre, raamovereenkomst).

    Usable by the administrations named in `beneficiaries`, or by the closed category
    given by `kinds` and `regions`; nobody is identified when all three are empty.
    Interest must be marked by `interest_deadline`, before the `launch`; orders are
    concluded from `start` to `end` at most. Ceilings and `consumed` are euro
    excluding VAT; `consumed` is what the centre says was ordered by all until
    `consumed_on`. `fee` is per cent of the order; `successor` the framework that
    follows it.
    """

    id: str
    centre: str
    title: LocalText = field(default_factory=LocalText)
    reference: str = ""
    cpv: tuple[str, ...] = ()
    lots: tuple[FrameworkLot, ...] = ()
    beneficiaries: tuple[str, ...] = ()
    kinds: tuple[AdministrationKind, ...] = ()
    regions: tuple[Region, ...] = ()
    interest_deadline: date | None = None
    launch: date | None = None
    award: date | None = None
    start: date | None = None
    end: date | None = None
    ceiling: Decimal | None = None
    ceiling_each: Decimal | None = None
    consumed: Decimal = Decimal(0)
    call_off: CallOff | None = None
    fee: Decimal | None = None
    exclusive: bool | None = None
    source: str = ""
    seen_on: date | None = None
    note: str = ""
    consumed_on: date | None = None
    successor: str = ""
