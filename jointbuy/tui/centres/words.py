"""What phases, answers and states are called: in full on a page, shortly in a list."""

from __future__ import annotations

from jointbuy.errors import Arg, word
from jointbuy.model import AdhesionStatus, AdministrationKind, CallOff, Region

PHASES: dict[str, Arg] = {
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

SHORT_PHASES: dict[str, Arg] = PHASES | {
    "INTEREST_OPEN": word("call open"),
    "INTEREST_CLOSED": word("call closed"),
}

ANSWERS: dict[str, Arg] = {
    "NOT_ASKED": word("not asked"),
    "ASKED": word("asked"),
    "YES": word("yes"),
    "YES_WITHOUT_MAXIMUM": word("yes, without a maximum"),
    "NO": word("no"),
    "NO_ANSWER": word("no answer, counts as no"),
}

SHORT_ANSWERS: dict[str, Arg] = ANSWERS | {
    "YES_WITHOUT_MAXIMUM": word("yes, no maximum"),
    "NO_ANSWER": word("silence = no"),
}

STATUSES: dict[AdhesionStatus, Arg] = {
    AdhesionStatus.PROPOSED: word("proposed"),
    AdhesionStatus.ADHERED: word("adhered"),
    AdhesionStatus.CONDITIONAL: word("adhered, under conditions"),
    AdhesionStatus.NOT_COUNTED: word("adhered, not counted by prudence"),
    AdhesionStatus.IN_REGULARISATION: word("in regularisation"),
    AdhesionStatus.POSTPONED: word("postponed, counts as no"),
    AdhesionStatus.REFUSED: word("refused"),
    AdhesionStatus.ENDED: word("ended"),
}

SHORT_STATUSES: dict[AdhesionStatus, Arg] = STATUSES | {
    AdhesionStatus.CONDITIONAL: word("on conditions"),
    AdhesionStatus.NOT_COUNTED: word("not counted"),
    AdhesionStatus.IN_REGULARISATION: word("to regularise"),
    AdhesionStatus.POSTPONED: word("postponed = no"),
}

KINDS: dict[AdministrationKind, Arg] = {
    AdministrationKind.COMMUNE: word("commune"),
    AdministrationKind.CPAS: word("public centre for social welfare"),
    AdministrationKind.POLICE_ZONE: word("police zone"),
    AdministrationKind.PROVINCE: word("province"),
    AdministrationKind.INTERCOMMUNALE: word("intermunicipal company"),
    AdministrationKind.SCHOOL_BOARD: word("school board"),
    AdministrationKind.REGION: word("region"),
    AdministrationKind.OTHER: word("other"),
}

REGIONS: dict[Region, Arg] = {
    Region.WALLONIA: word("Wallonia"),
    Region.BRUSSELS: word("Brussels"),
    Region.FLANDERS: word("Flanders"),
    Region.GERMAN_SPEAKING: word("German-speaking Community"),
}

CALL_OFFS: dict[CallOff, Arg] = {
    CallOff.DIRECT: word("direct order"),
    CallOff.MINI_COMPETITION: word("mini-competition"),
    CallOff.BOTH: word("direct order or mini-competition"),
}
