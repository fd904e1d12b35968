"""How long a step takes in this office, where no text sets a term."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPractice:
    """A habit of the office that goes before the usual one of the same name.

    Its id is that name, such as `evaluation_days`; `days` are calendar days.
    """

    id: str
    days: int
    why: str = ""
    by: str = ""
    on: date | None = None
