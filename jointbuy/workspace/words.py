"""What kinds, states, answers and outcomes are called, on every screen and in full."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointbuy.errors import word
from jointbuy.model import (
    AdhesionStatus,
    CallOff,
    CandidateKind,
    Channel,
    Form,
    Outcome,
    Stage,
    Stops,
    Vote,
)
from jointbuy.model import party_words as parties

if TYPE_CHECKING:
    from enum import Enum

    from jointbuy.errors import Arg

# Proposals, and what is decided on them.

CANDIDATE_KINDS = {
    CandidateKind.JOINT: word("joint contract"),
    CandidateKind.ADHESION: word("adhesion"),
    CandidateKind.SEPARATE: word("stay separate"),
}

CANDIDATE_STATES = {
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

VOTES = {
    Vote.YES: word("yes"),
    Vote.NO: word("no"),
    Vote.CONDITIONAL: word("yes, under conditions"),
}

# The law.

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

PROSPECTS = {
    "POSSIBLE": word("possible"),
    "RESERVED": word("possible, with a serious reservation"),
    "OPEN": word("still open"),
    "OUT": word("excluded"),
}
"""Whether a form of cooperation can be chosen, as far as the answers go."""

OUTCOMES = {
    Outcome.OK: word("in order"),
    Outcome.INFO: word("for information"),
    Outcome.UNKNOWN: word("to be answered"),
    Outcome.WARNING: word("point of attention"),
    Outcome.SERIOUS: word("serious reservation"),
    Outcome.BLOCKED: word("blocked"),
}

STOPS = {
    Stops.FORM: word("as to this form"),
    Stops.LAUNCH: word("before the launch"),
    Stops.ORDER: word("before any order"),
    Stops.START: word("before the start"),
}

ANSWERS = {"yes": word("yes"), "no": word("no"), "unknown": word("unknown")}
"""Of a question that has no words of its own."""

UNITS = {
    "euro": word("euro excluding VAT"),
    "per_cent": word("per cent"),
    "days": word("days"),
    "months": word("months"),
    "years": word("years"),
}
"""What the amounts, shares and terms of the law are counted in."""

# Administrations and purchasing centres.

ADMINISTRATION_KINDS = parties.ADMINISTRATION_KINDS
REGIONS = parties.REGIONS

ADHESION_STATES: dict[Enum, Arg] = {
    AdhesionStatus.PROPOSED: word("proposed"),
    AdhesionStatus.ADHERED: word("adhered"),
    AdhesionStatus.CONDITIONAL: word("adhered, under conditions"),
    AdhesionStatus.NOT_COUNTED: word("adhered, not counted by prudence"),
    AdhesionStatus.IN_REGULARISATION: word("in regularisation"),
    AdhesionStatus.POSTPONED: word("postponed, counts as no"),
    AdhesionStatus.REFUSED: word("refused"),
    AdhesionStatus.ENDED: word("over"),
}

ADHESION_STANDS = {
    "NOT_PROPOSED": word("not proposed"),
    "PROPOSED": word("proposed"),
    "NO_ANSWER": word("no answer, counts as no"),
    "ADHERED": word("adhered"),
    "WITHOUT_CONVENTION": word("adhered, convention not signed"),
    "CONDITIONAL": word("adhered, under conditions"),
    "NOT_COUNTED": word("adhered, not counted by prudence"),
    "IN_REGULARISATION": word("in regularisation"),
    "REOPENED": word("reopened"),
    "POSTPONED": word("postponed, counts as no"),
    "REFUSED": word("refused"),
    "ENDED": word("over"),
}
"""Of an adhesion on a day."""

KNOWN = {"YES": word("yes"), "NO": word("no"), "UNKNOWN": word("not known")}
"""Whether a centre admits an administration."""

USED_BY = {
    "order": word("order"),
    "contract": word("running contract"),
    "use": word("decision to use"),
    "interest": word("interest marked"),
}
"""How an administration uses a framework agreement."""

REACHES = {
    "REACHED": word("reached"),
    "MISSING": word("not reached"),
    "UNKNOWN": word("not known"),
    "NONE": word("no minimum"),
}
"""Of the minimum of adhesions of a domain."""

CALL_OFFS: dict[Enum, Arg] = {
    CallOff.DIRECT: word("direct order"),
    CallOff.MINI_COMPETITION: word("mini-competition"),
    CallOff.BOTH: word("direct order or mini-competition"),
}

CHANNELS: dict[Enum, Arg] = {
    Channel.MAIL: word("mail"),
    Channel.TELEPHONE: word("telephone"),
    Channel.MEETING: word("meeting"),
    Channel.LETTER: word("letter"),
    Channel.OTHER: word("other"),
}
"""How somebody was reminded."""

PHASES = {
    "INTEREST_OPEN": word("interest can be marked"),
    "ANNOUNCED": word("announced"),
    "INTEREST_CLOSED": word("call for interest closed"),
    "LAUNCHED": word("launched"),
    "AWARDED": word("awarded"),
    "RUNNING": word("running"),
    "EXHAUSTED": word("exhausted"),
    "ENDED": word("ended"),
    "UNKNOWN": word("not known"),
}
"""Of a framework agreement; the first are those that wait for somebody."""

LIFE = {
    "announced": word("announced"),
    "interest": word("interest marked"),
    "launch": word("launch"),
    "award": word("award"),
    "start": word("first day to order"),
    "adhesion": word("adhesion to the centre"),
    "convention": word("convention signed"),
    "use": word("use of the framework"),
    "order": word("order"),
    "reinterest": word("look at the framework that follows"),
    "end": word("last day to order"),
    "successor": word("interest in the framework that follows"),
}
"""The steps of the life of a framework agreement, for one administration."""

INTERESTS = {
    "NOT_ASKED": word("not asked"),
    "ASKED": word("asked"),
    "YES": word("yes"),
    "YES_WITHOUT_MAXIMUM": word("yes, without a maximum"),
    "NO": word("no"),
    "NO_ANSWER": word("no answer, counts as no"),
}
"""What an administration answers to a call for interest."""
