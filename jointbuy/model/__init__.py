"""The nouns of buying together: frozen values that know nothing of files or screens.

Each is loaded when it is first named: a list of needs does not wait for the law.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jointbuy.model.adhesion import (
        JOINED,
        Adhesion,
        AdhesionStatus,
        Interest,
        InterestAnswer,
        Proof,
        Reopening,
        Reservation,
        UseDecision,
    )
    from jointbuy.model.candidate import Candidate, CandidateKind, Entry, Reason
    from jointbuy.model.choice import Choice
    from jointbuy.model.contract import Contract
    from jointbuy.model.cooperation import Form
    from jointbuy.model.decision import Decision, Stage, Vote
    from jointbuy.model.dossier import (
        Anchor,
        AnchorKind,
        Answer,
        Dossier,
        Forced,
        StepDone,
    )
    from jointbuy.model.finding import Citation, Finding, Outcome, Stops
    from jointbuy.model.follow_up import ActionPoint, Channel, Reminder, Snooze
    from jointbuy.model.framework import (
        Alias,
        CallOff,
        Condition,
        FrameworkAgreement,
        FrameworkLot,
        PurchasingCentre,
    )
    from jointbuy.model.identifiers import CpvCode, EnterpriseNumber, NutsCode
    from jointbuy.model.money import cents, shares
    from jointbuy.model.need import BudgetKind, Nature, Need, NeedStatus
    from jointbuy.model.needs_round import AskedService, NeedsRound, ServiceAnswer
    from jointbuy.model.order import Order
    from jointbuy.model.own_practice import OwnPractice
    from jointbuy.model.own_value import OwnValue
    from jointbuy.model.parties import (
        Administration,
        AdministrationKind,
        BodyKind,
        CompetentBody,
        ContactPerson,
        LocalText,
        Region,
        Rhythm,
    )
    from jointbuy.model.period import Period
    from jointbuy.model.plan import Breach, Deadline, Level, Milestone, Plan, StepKind
    from jointbuy.model.programme import Domain, Programme
    from jointbuy.model.record import RECORDS, Record, type_names
    from jointbuy.model.register import Register

MODULES = {
    "adhesion": (
        "JOINED",
        "Adhesion",
        "AdhesionStatus",
        "Interest",
        "InterestAnswer",
        "Proof",
        "Reopening",
        "Reservation",
        "UseDecision",
    ),
    "candidate": ("Candidate", "CandidateKind", "Entry", "Reason"),
    "choice": ("Choice",),
    "contract": ("Contract",),
    "cooperation": ("Form",),
    "decision": ("Decision", "Stage", "Vote"),
    "dossier": ("Anchor", "AnchorKind", "Answer", "Dossier", "Forced", "StepDone"),
    "finding": ("Citation", "Finding", "Outcome", "Stops"),
    "framework": (
        "Alias",
        "CallOff",
        "Condition",
        "FrameworkAgreement",
        "FrameworkLot",
        "PurchasingCentre",
    ),
    "identifiers": ("CpvCode", "EnterpriseNumber", "NutsCode"),
    "money": ("cents", "shares"),
    "need": ("BudgetKind", "Nature", "Need", "NeedStatus"),
    "own_value": ("OwnValue",),
    "parties": (
        "Administration",
        "AdministrationKind",
        "BodyKind",
        "CompetentBody",
        "ContactPerson",
        "LocalText",
        "Region",
        "Rhythm",
    ),
    "follow_up": ("ActionPoint", "Channel", "Reminder", "Snooze"),
    "needs_round": ("AskedService", "NeedsRound", "ServiceAnswer"),
    "order": ("Order",),
    "own_practice": ("OwnPractice",),
    "programme": ("Domain", "Programme"),
    "period": ("Period",),
    "plan": ("Breach", "Deadline", "Level", "Milestone", "Plan", "StepKind"),
    "record": ("RECORDS", "Record", "type_names"),
    "register": ("Register",),
}
"""Where each noun is written down."""

_HOMES = {name: module for module, names in MODULES.items() for name in names}


def __getattr__(name: str) -> object:
    """A noun that was not named before."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    noun: object = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = noun
    return noun


__all__ = [
    "JOINED",
    "RECORDS",
    "ActionPoint",
    "Adhesion",
    "AdhesionStatus",
    "Administration",
    "AdministrationKind",
    "Alias",
    "Anchor",
    "AnchorKind",
    "Answer",
    "AskedService",
    "BodyKind",
    "Breach",
    "BudgetKind",
    "CallOff",
    "Candidate",
    "CandidateKind",
    "Channel",
    "Choice",
    "Citation",
    "CompetentBody",
    "Condition",
    "ContactPerson",
    "Contract",
    "CpvCode",
    "Deadline",
    "Decision",
    "Domain",
    "Dossier",
    "EnterpriseNumber",
    "Entry",
    "Finding",
    "Forced",
    "Form",
    "FrameworkAgreement",
    "FrameworkLot",
    "Interest",
    "InterestAnswer",
    "Level",
    "LocalText",
    "Milestone",
    "Nature",
    "Need",
    "NeedStatus",
    "NeedsRound",
    "NutsCode",
    "Order",
    "Outcome",
    "OwnPractice",
    "OwnValue",
    "Period",
    "Plan",
    "Programme",
    "Proof",
    "PurchasingCentre",
    "Reason",
    "Record",
    "Region",
    "Register",
    "Reminder",
    "Reopening",
    "Reservation",
    "Rhythm",
    "ServiceAnswer",
    "Snooze",
    "Stage",
    "StepDone",
    "StepKind",
    "Stops",
    "UseDecision",
    "Vote",
    "cents",
    "shares",
    "type_names",
]
