"""What forms, stages, votes and outcomes are called on the screen."""

from __future__ import annotations

from jointbuy.errors import word
from jointbuy.model import (
    BodyKind,
    CandidateKind,
    Form,
    Outcome,
    Stage,
    StepKind,
    Vote,
)

SHORT = {
    CandidateKind.JOINT: word("joint"),
    CandidateKind.ADHESION: word("adhesion"),
    CandidateKind.SEPARATE: word("separate"),
}
"""For a column of a list."""

KINDS = {
    CandidateKind.JOINT: word("joint contract"),
    CandidateKind.ADHESION: word("adhesion"),
    CandidateKind.SEPARATE: word("stay separate"),
}

FORMS = {
    Form.JOINT_CONTRACT: word("joint contract"),
    Form.PURCHASING_CENTRE: word("adhesion to a purchasing centre"),
    Form.IN_HOUSE: word("in-house award, single control"),
    Form.IN_HOUSE_REVERSE: word("in-house award, reverse or sister"),
    Form.IN_HOUSE_JOINT: word("in-house award, joint control"),
    Form.HORIZONTAL: word("horizontal cooperation"),
    Form.STAFF_PLACEMENT: word("staff put at disposal"),
    Form.FREE_SHARING: word("free sharing"),
    Form.TRANSFER: word("transfer of competence"),
}

STATES = {
    "proposed": word("proposed"),
    "retained": word("retained"),
    "set_aside": word("set aside"),
}

STAGES = {
    Stage.PARTICIPATION: word("participation"),
    Stage.CONDITIONS: word("conditions of the contract"),
    Stage.ADHESION: word("adhesion to the centre"),
    Stage.USE: word("use of the framework"),
    Stage.LAUNCH: word("launch"),
    Stage.AWARD: word("award"),
    Stage.ORDER: word("order"),
}

BRIEFLY = {
    Stage.PARTICIPATION: word("participation"),
    Stage.CONDITIONS: word("conditions"),
    Stage.ADHESION: word("adhesion"),
    Stage.USE: word("use"),
    Stage.LAUNCH: word("launch"),
    Stage.AWARD: word("award"),
    Stage.ORDER: word("order"),
}
"""The stages where there is little room."""

VOTES = {
    Vote.YES: word("yes"),
    Vote.NO: word("no"),
    Vote.CONDITIONAL: word("yes, under conditions"),
}

BODIES = {
    BodyKind.COUNCIL: word("council"),
    BodyKind.EXECUTIVE: word("executive body"),
}

OUTCOMES = {
    Outcome.OK: word("in order"),
    Outcome.INFO: word("for information"),
    Outcome.UNKNOWN: word("to be answered"),
    Outcome.WARNING: word("point of attention"),
    Outcome.SERIOUS: word("serious reservation"),
    Outcome.BLOCKED: word("blocked"),
}

RESTS = {
    StepKind.ANCHOR: word("a fixed day"),
    StepKind.LEGAL: word("a term of the law"),
    StepKind.SUPERVISION: word("a term of supervision"),
    StepKind.SESSION: word("a session"),
    StepKind.PRACTICE: word("a usual term, no rule"),
}
"""What a step of the plan rests on."""
