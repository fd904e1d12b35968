"""What an administration wants to buy."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum


class Nature(Enum):
    """Works, supplies or services."""

    WORKS = "WORKS"
    SUPPLIES = "SUPPLIES"
    SERVICES = "SERVICES"


class BudgetKind(Enum):
    """Ordinary or extraordinary budget."""

    ORDINARY = "ORDINARY"
    EXTRAORDINARY = "EXTRAORDINARY"


class NeedStatus(Enum):
    """A draft stays with its administration; an open need takes part in matching."""

    DRAFT = "DRAFT"
    OPEN = "OPEN"
    WITHDRAWN = "WITHDRAWN"
    SETTLED = "SETTLED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """A need of one service of one administration (besoin, behoefte).

    Administration, title and nature suffice; everything else only widens what can be
    said about it. `estimate` is euro excluding VAT over the whole duration, options
    and renewals included. The purchase can start between `earliest` and `latest`.
    `origin` says where it came from; `seen_on` is the day a neighbour's need was read.
    """

    id: str
    administration: str
    title: str
    nature: Nature | None = None
    service: str = ""
    contact: str = ""
    description: str = ""
    language: str = ""
    cpv: str = ""
    other_cpv: tuple[str, ...] = ()
    quantity: Decimal | None = None
    unit: str = ""
    estimate: Decimal | None = None
    estimate_method: str = ""
    earliest: date | None = None
    latest: date | None = None
    duration_months: int | None = None
    place: str = ""
    territory: str = ""
    budget_article: str = ""
    budget_year: int | None = None
    budget_kind: BudgetKind | None = None
    requirements: tuple[str, ...] = ()
    personal_data: bool | None = None
    centre_priced: bool | None = None
    single_supplier: bool | None = None
    replaces: str = ""
    status: NeedStatus = NeedStatus.OPEN
    origin: str = ""
    seen_on: date | None = None
    note: str = ""
