"""What a register keeps, and under which names."""

from __future__ import annotations

from jointbuy.model.adhesion import Adhesion, Interest, UseDecision
from jointbuy.model.contract import Contract
from jointbuy.model.dossier import Dossier
from jointbuy.model.follow_up import ActionPoint, Reminder, Snooze
from jointbuy.model.framework import FrameworkAgreement, PurchasingCentre
from jointbuy.model.need import Need
from jointbuy.model.needs_round import NeedsRound
from jointbuy.model.order import Order
from jointbuy.model.own_practice import OwnPractice
from jointbuy.model.own_value import OwnValue
from jointbuy.model.parties import Administration, ContactPerson
from jointbuy.model.programme import Programme
from jointbuy.model.register import Register
from jointbuy.model.tables import KEPT

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
    OwnValue,
    Order,
    Programme,
    NeedsRound,
    Reminder,
    Snooze,
    ActionPoint,
    OwnPractice,
)
"""What a register keeps; each has an `id`."""

type_names: dict[type, str] = {kind: KEPT[kind.__name__] for kind in RECORDS}
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
    | OwnValue
    | Order
    | Programme
    | NeedsRound
    | Reminder
    | Snooze
    | ActionPoint
    | OwnPractice
)
