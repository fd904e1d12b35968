"""Everything a paper is made from, gathered beforehand by whoever asks for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal

    from jointbuy.errors import Message
    from jointbuy.model import (
        Administration,
        ContactPerson,
        Dossier,
        Finding,
        LocalText,
        Milestone,
        Need,
    )


class Invoicing(Enum):
    """Whether the supplier invoices each administration, or the lead for all."""

    SEPARATE = "SEPARATE"
    LEAD = "LEAD"


class CostKey(Enum):
    """How the cost of the procedure is split (clé de répartition, verdeelsleutel)."""

    EQUAL = "EQUAL"
    ESTIMATES = "ESTIMATES"
    ORDERS = "ORDERS"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenQuestion:
    """A legal question nobody answered yet, with its code."""

    code: str
    message: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A dossier and all it refers to, on one day.

    `administrations` are the participants and `needs` theirs; `contacts` are printed
    by name, so they are given only if that is wanted. What nobody decided is None and
    becomes a field to complete: whether the procedure is joint as a `whole`, the
    invoicing, the key, the days. `procedure_cost` is euro excluding VAT; `titles` are
    those of the texts cited, by the one that findings carry (`law.source_titles()`).
    `framework_months` is how long a framework agreement may run on that day.
    `changes` says how the needs differ from those that were retained, `warnings` what
    does not hold.
    """

    dossier: Dossier
    administrations: tuple[Administration, ...]
    needs: tuple[Need, ...]
    on: date
    reference: str = ""
    contacts: tuple[ContactPerson, ...] = ()
    findings: tuple[Finding, ...] = ()
    questions: tuple[OpenQuestion, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    procedure: Message | None = None
    whole: bool | None = None
    framework: bool | None = None
    duration_months: int | None = None
    framework_months: int | None = None
    invoicing: Invoicing | None = None
    cost_key: CostKey | None = None
    procedure_cost: Decimal | None = None
    changes: tuple[Message, ...] = ()
    warnings: tuple[Message, ...] = ()
    reply_days: int | None = None
    withdrawal_days: int | None = None
    titles: Mapping[str, LocalText] = field(default_factory=dict)
