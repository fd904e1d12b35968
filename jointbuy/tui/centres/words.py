"""What phases, answers and states are called in a list of the centres, shortly."""

from __future__ import annotations

from jointbuy.errors import say, word
from jointbuy.model import AdhesionStatus
from jointbuy.workspace.words import ADHESION_STATES, INTERESTS, PHASES

SHORT_PHASES = PHASES | {
    "INTEREST_OPEN": word("call open"),
    "INTEREST_CLOSED": word("call closed"),
}

SHORT_ANSWERS = INTERESTS | {
    "YES_WITHOUT_MAXIMUM": word("yes, no maximum"),
    "NO_ANSWER": word("silence = no"),
}

UNPROVED = word("yes, no proof")
"""A yes of which no paper shows that it was sent."""

SHORT_STATUSES = ADHESION_STATES | {
    AdhesionStatus.CONDITIONAL: word("on conditions"),
    AdhesionStatus.NOT_COUNTED: word("not counted"),
    AdhesionStatus.IN_REGULARISATION: word("to regularise"),
    AdhesionStatus.POSTPONED: word("postponed = no"),
}

CELL_STATES = {
    "NOT_PROPOSED": ("·", "muted", word("none")),
    "PROPOSED": ("·", "accent", word("proposed")),
    "NO_ANSWER": ("✗", "error", word("silent = no")),
    "ADHERED": ("✓", "success", word("joined")),
    "WITHOUT_CONVENTION": ("!", "warning", word("not signed")),
    "CONDITIONAL": ("✓", "warning", word("conditional")),
    "NOT_COUNTED": ("!", "warning", word("not counted")),
    "IN_REGULARISATION": ("!", "warning", word("regularising")),
    "REOPENED": ("!", "error", word("reopened")),
    "POSTPONED": ("✗", "error", word("put off = no")),
    "REFUSED": ("✗", "muted", word("refused")),
    "ENDED": ("✗", "muted", word("over")),
}
"""How a cell shows where an adhesion stands: sign, tone and word, by state."""

REACHED = {
    "REACHED": ("✓", "success", say("reached")),
    "UNKNOWN": ("?", "warning", say("not known")),
    "NONE": ("·", "muted", say("no minimum")),
}
"""How a cell shows whether the minimum is reached; MISSING says by how many."""
