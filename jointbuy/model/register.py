"""What a register says of itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from jointbuy.model.parties import LocalText


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """The one record that describes the register.

    `day` is set in sample registers only: they are read as if it were that day.
    """

    id: str = "register"
    names: LocalText = field(default_factory=LocalText)
    day: date | None = None
    home: str = ""
    note: str = ""
