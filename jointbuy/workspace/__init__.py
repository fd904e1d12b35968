"""The verbs of the work, in the order of the work; the only door for cli and tui.

Each chapter adds its verbs to those before it. The steps themselves are imported where
they are used, so that a list of needs does not wait for the matching kernel.
"""

from jointbuy.intake.call import Call
from jointbuy.workspace.bulk import (
    field_name,
    install_cpv,
    match_lines,
    parse_amount,
    parse_day,
    parse_quantity,
    procedures,
    search_cpv,
    suggest_cpv,
)
from jointbuy.workspace.centres import Called, FrameworkState, Given, unreadable
from jointbuy.workspace.desk import Desk
from jointbuy.workspace.drafts import Draft, Drafts
from jointbuy.workspace.entries import NAMED, Entered, form
from jointbuy.workspace.forms import (
    Filled,
    Forms,
    cells_of,
    filled,
    kind_word,
    options,
)
from jointbuy.workspace.inquiry import (
    Inquiries,
    Inquiry,
    checkable,
    evidence_text,
    in_force_since,
    inquire,
    write_text,
)
from jointbuy.workspace.legal import Checked, check_form, source_title
from jointbuy.workspace.papers import Drafted, Papers
from jointbuy.workspace.proposals import Proposal
from jointbuy.workspace.succession import HandedOver, Succession
from jointbuy.workspace.telling import last_told, told


class Workspace(Forms, Succession, Papers, Inquiries):
    """A register and what a procurement officer does with it."""


__all__ = [
    "NAMED",
    "Call",
    "Called",
    "Checked",
    "Desk",
    "Draft",
    "Drafted",
    "Drafts",
    "Entered",
    "Filled",
    "FrameworkState",
    "Given",
    "HandedOver",
    "Inquiry",
    "Proposal",
    "Workspace",
    "cells_of",
    "check_form",
    "checkable",
    "evidence_text",
    "field_name",
    "filled",
    "form",
    "in_force_since",
    "inquire",
    "install_cpv",
    "kind_word",
    "last_told",
    "match_lines",
    "options",
    "parse_amount",
    "parse_day",
    "parse_quantity",
    "procedures",
    "search_cpv",
    "source_title",
    "suggest_cpv",
    "told",
    "unreadable",
    "write_text",
]
