"""The acts of the competent bodies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from jointbuy.model.cooperation import Form
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


STAGES = {
    Form.JOINT_CONTRACT: (
        Stage.PARTICIPATION,
        Stage.CONDITIONS,
        Stage.LAUNCH,
        Stage.AWARD,
        Stage.ORDER,
    ),
    Form.PURCHASING_CENTRE: (Stage.ADHESION, Stage.USE, Stage.ORDER),
    Form.IN_HOUSE: (Stage.CONDITIONS, Stage.AWARD, Stage.ORDER),
    Form.IN_HOUSE_REVERSE: (Stage.CONDITIONS, Stage.AWARD, Stage.ORDER),
    Form.IN_HOUSE_JOINT: (
        Stage.PARTICIPATION,
        Stage.CONDITIONS,
        Stage.AWARD,
        Stage.ORDER,
    ),
    Form.HORIZONTAL: (Stage.PARTICIPATION, Stage.AWARD),
    Form.STAFF_PLACEMENT: (Stage.PARTICIPATION,),
    Form.FREE_SHARING: (Stage.PARTICIPATION,),
    Form.TRANSFER: (Stage.PARTICIPATION,),
}
"""What the bodies decide on, by form."""


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
