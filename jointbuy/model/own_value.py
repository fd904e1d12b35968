"""A value of the law that a register sets itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnValue:
    """An amount, share or term of the law as an officer read it in its text.

    It goes before the packaged value of the same `parameter` from `start` to `until`,
    both included; no `until` is open. `source` and `article` say where it is written,
    `checked` the day it was compared with the text, by whom.
    """

    id: str
    parameter: str
    value: Decimal
    start: date
    until: date | None = None
    source: str
    article: str = ""
    checked: date | None = None
    by: str = ""
    note: str = ""
