"""How long the steps take for which no text sets a term."""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """The habits of an office, in calendar days; `data/practice.toml` explains each.

    `transmission_days` is the time taken to send an act to the supervisory authority;
    None plans with the whole term that the law leaves.
    """

    needs_days: int
    convention_days: int
    summons_council_days: int
    filing_council_days: int
    summons_executive_days: int
    filing_executive_days: int
    launch_days: int
    electronic_tenders: bool
    opening_days: int
    requests_days: int
    evaluation_days: int
    negotiation_days: int
    notification_days: int
    conclusion_days: int
    interest_days: int
    order_days: int
    mini_competition_days: int
    renewal_days: int
    passed_days: int
    reopening_days: int
    source_days: int
    search_days: int
    transmission_days: int | None = None


@functools.cache
def usual_practice() -> Practice:
    """The habits assumed of an office that has not set its own."""
    path = Path(__file__).parent / "data" / "practice.toml"
    return Practice(**tomllib.loads(path.read_text(encoding="utf-8")))
