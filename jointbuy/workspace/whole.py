"""All the chapters of the work together."""

from __future__ import annotations

from jointbuy.workspace.adhesion_papers import AdhesionPapers
from jointbuy.workspace.competences import Competences
from jointbuy.workspace.council_calendars import CouncilCalendars
from jointbuy.workspace.digests import Digests
from jointbuy.workspace.forms import Forms
from jointbuy.workspace.inquiry import Inquiries
from jointbuy.workspace.inventory import Inventories
from jointbuy.workspace.ordering import Ordering
from jointbuy.workspace.own_practice import OwnPractices
from jointbuy.workspace.own_values import OwnLaw
from jointbuy.workspace.papers import Papers
from jointbuy.workspace.succession import Succession
from jointbuy.workspace.whatif import WhatIfs


class Workspace(
    Forms,
    Ordering,
    AdhesionPapers,
    Succession,
    Papers,
    Inquiries,
    WhatIfs,
    Competences,
    Digests,
    CouncilCalendars,
    Inventories,
    OwnLaw,
    OwnPractices,
):
    """A register and what a procurement officer does with it."""
