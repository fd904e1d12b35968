"""What kinds, stages and bodies are called in the section of the proposals."""

from __future__ import annotations

from jointbuy.errors import word
from jointbuy.model import BodyKind, CandidateKind, Stage, StepKind
from jointbuy.workspace.words import STAGES

SHORT = {
    CandidateKind.JOINT: word("joint"),
    CandidateKind.ADHESION: word("adhesion"),
    CandidateKind.SEPARATE: word("separate"),
}
"""For a column of a list."""

BRIEFLY = STAGES | {
    Stage.CONDITIONS: word("conditions"),
    Stage.ADHESION: word("adhesion"),
    Stage.USE: word("use"),
}
"""The stages where there is little room."""

BODIES = {
    BodyKind.COUNCIL: word("council"),
    BodyKind.EXECUTIVE: word("executive body"),
}

RESTS = {
    StepKind.ANCHOR: word("a fixed day"),
    StepKind.LEGAL: word("a term of the law"),
    StepKind.SUPERVISION: word("a term of supervision"),
    StepKind.SESSION: word("a session"),
    StepKind.PRACTICE: word("a usual term, no rule"),
}
"""What a step of the plan rests on."""
