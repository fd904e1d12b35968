"""What phases, answers and states are called in a list of the centres, shortly."""

from __future__ import annotations

from jointbuy.errors import word
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

SHORT_STATUSES = ADHESION_STATES | {
    AdhesionStatus.CONDITIONAL: word("on conditions"),
    AdhesionStatus.NOT_COUNTED: word("not counted"),
    AdhesionStatus.IN_REGULARISATION: word("to regularise"),
    AdhesionStatus.POSTPONED: word("postponed = no"),
}
