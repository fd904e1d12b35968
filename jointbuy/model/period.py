"""Stretches of days, both ends included."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """From `start` to `end`, both included; an open end is None."""

    start: date | None = None
    end: date | None = None

    def holds(self, day: date) -> bool:
        """Whether the day lies within."""
        after = self.start is None or day >= self.start
        return after and (self.end is None or day <= self.end)
