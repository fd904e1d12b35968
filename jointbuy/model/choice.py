"""A contact person retains a proposal or sets it aside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jointbuy.model.cooperation import Form
from jointbuy.model.finding import Finding, Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Who retained or set aside, when, why, and on which findings.

    `law_on` is the day whose law was applied; `worst` the headline then shown.
    """

    retained: bool
    by: str
    on: date
    why: str = ""
    form: Form | None = None
    law_on: date | None = None
    worst: Outcome | None = None
    findings: tuple[Finding, ...] = ()
