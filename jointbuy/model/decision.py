"""The acts of the competent bodies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from jointbuy.model.parties import BodyKind


class Stage(Enum):
    """What the body decided on."""

    PARTICIPATION = "PARTICIPATION"
    CONDITIONS = "CONDITIONS"
    ADHESION = "ADHESION"
    USE = "USE"
    LAUNCH = "LAUNCH"
    AWARD = "AWARD"
    ORDER = "ORDER"


class Vote(Enum):
    """Yes, no, or yes under conditions."""

    YES = "YES"
    NO = "NO"
    CONDITIONAL = "CONDITIONAL"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A body of one administration decided at a session; `number` is of the act."""

    administration: str
    stage: Stage
    outcome: Vote
    on: date
    body: BodyKind | None = None
    number: str = ""
    conditions: str = ""
    milestone: str = ""
    recorded_by: str = ""
