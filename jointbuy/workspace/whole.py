"""All the chapters of the work together."""

from __future__ import annotations

from jointbuy.workspace.adhesions import Adhesions
from jointbuy.workspace.competences import Competences
from jointbuy.workspace.contract_register import ContractRegister
from jointbuy.workspace.digests import Digests
from jointbuy.workspace.forms import Forms
from jointbuy.workspace.inquiry import Inquiries
from jointbuy.workspace.needs_rounds import NeedsRounds
from jointbuy.workspace.ordering import Ordering
from jointbuy.workspace.own_values import OwnLaw
from jointbuy.workspace.papers import Papers
from jointbuy.workspace.succession import Succession
from jointbuy.workspace.whatif import WhatIfs


class Workspace(
    Forms,
    Ordering,
    Adhesions,
    ContractRegister,
    NeedsRounds,
    Succession,
    Papers,
    Inquiries,
    WhatIfs,
    Competences,
    Digests,
    OwnLaw,
):
    """A register and what a procurement officer does with it."""
