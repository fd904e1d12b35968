"""The nouns of buying together: frozen values that know nothing of files or screens."""

from jointbuy.model.adhesion import (
    Adhesion,
    AdhesionStatus,
    Interest,
    InterestAnswer,
    Proof,
    Reservation,
    UseDecision,
)
from jointbuy.model.candidate import Candidate, CandidateKind, Entry, Reason
from jointbuy.model.choice import Choice
from jointbuy.model.contract import Contract
from jointbuy.model.cooperation import Form
from jointbuy.model.decision import Decision, Stage, Vote
from jointbuy.model.dossier import Answer, Dossier, Forced
from jointbuy.model.finding import Citation, Finding, Outcome, Stops
from jointbuy.model.framework import (
    Alias,
    CallOff,
    FrameworkAgreement,
    FrameworkLot,
    PurchasingCentre,
)
from jointbuy.model.identifiers import CpvCode, EnterpriseNumber, NutsCode
from jointbuy.model.money import cents, shares
from jointbuy.model.need import BudgetKind, Nature, Need, NeedStatus
from jointbuy.model.parties import (
    Administration,
    AdministrationKind,
    BodyKind,
    CompetentBody,
    ContactPerson,
    LocalText,
    Region,
)
from jointbuy.model.period import Period
from jointbuy.model.plan import Breach, Deadline, Level, Milestone, Plan, StepKind
from jointbuy.model.register import Register

RECORDS: tuple[type, ...] = (
    Register,
    Administration,
    ContactPerson,
    Need,
    Contract,
    PurchasingCentre,
    FrameworkAgreement,
    Adhesion,
    Interest,
    UseDecision,
    Dossier,
)
"""What a register keeps; each has an `id`."""

type_names: dict[type, str] = {
    Register: "register",
    Administration: "administration",
    ContactPerson: "contact_person",
    Need: "need",
    Contract: "contract",
    PurchasingCentre: "purchasing_centre",
    FrameworkAgreement: "framework_agreement",
    Adhesion: "adhesion",
    Interest: "interest",
    UseDecision: "use_decision",
    Dossier: "dossier",
}
"""The name under which each kind of record is stored and exchanged."""

Record = (
    Register
    | Administration
    | ContactPerson
    | Need
    | Contract
    | PurchasingCentre
    | FrameworkAgreement
    | Adhesion
    | Interest
    | UseDecision
    | Dossier
)

__all__ = [
    "RECORDS",
    "Adhesion",
    "AdhesionStatus",
    "Administration",
    "AdministrationKind",
    "Alias",
    "Answer",
    "BodyKind",
    "Breach",
    "BudgetKind",
    "CallOff",
    "Candidate",
    "CandidateKind",
    "Choice",
    "Citation",
    "CompetentBody",
    "ContactPerson",
    "Contract",
    "CpvCode",
    "Deadline",
    "Decision",
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
    "NutsCode",
    "Outcome",
    "Period",
    "Plan",
    "Proof",
    "PurchasingCentre",
    "Reason",
    "Record",
    "Region",
    "Register",
    "Reservation",
    "Stage",
    "StepKind",
    "Stops",
    "UseDecision",
    "Vote",
    "cents",
    "shares",
    "type_names",
]
