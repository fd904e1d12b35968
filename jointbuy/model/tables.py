"""What a register keeps, and under which name it is stored and exchanged."""

from __future__ import annotations

KEPT = {
    "Register": "register",
    "Administration": "administration",
    "ContactPerson": "contact_person",
    "Need": "need",
    "Contract": "contract",
    "PurchasingCentre": "purchasing_centre",
    "FrameworkAgreement": "framework_agreement",
    "Adhesion": "adhesion",
    "Interest": "interest",
    "UseDecision": "use_decision",
    "Dossier": "dossier",
    "OwnValue": "own_value",
    "Order": "order",
    "Programme": "programme",
    "NeedsRound": "needs_round",
    "Reminder": "reminder",
    "Snooze": "snooze",
    "ActionPoint": "action_point",
    "OwnPractice": "own_practice",
}
"""By the name of its class: to know it takes none of the classes."""
