"""The legal forms in which administrations can work or buy together."""

from __future__ import annotations

from enum import Enum


class Form(Enum):
    """A form of cooperation; each has its own module of rules."""

    JOINT_CONTRACT = "JOINT_CONTRACT"
    PURCHASING_CENTRE = "PURCHASING_CENTRE"
    IN_HOUSE = "IN_HOUSE"
    IN_HOUSE_REVERSE = "IN_HOUSE_REVERSE"
    IN_HOUSE_JOINT = "IN_HOUSE_JOINT"
    HORIZONTAL = "HORIZONTAL"
    STAFF_PLACEMENT = "STAFF_PLACEMENT"
    FREE_SHARING = "FREE_SHARING"
    TRANSFER = "TRANSFER"
