"""The verbs of the work, in the order of the work; the only door for cli and tui.

Each chapter adds its verbs to those before it. A chapter is loaded when one of its
verbs is first named, and the steps themselves where they are used, so that a list of
needs does not wait for the matching kernel.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jointbuy.intake.call import Call
    from jointbuy.matching.lines import uncollected
    from jointbuy.workspace.appraising import (
        CONFIDENCES,
        KEYS,
        VERDICTS,
        gain_line,
        read_assumptions,
    )
    from jointbuy.workspace.bulk import (
        field_name,
        install_cpv,
        match_lines,
        parse_amount,
        parse_day,
        parse_number,
        parse_quantity,
        search_cpv,
        suggest_cpv,
    )
    from jointbuy.workspace.centres import Called, FrameworkState, Given, unreadable
    from jointbuy.workspace.competences import (
        Competence,
        Point,
        Share,
        Supposed,
        competence_on,
        points,
    )
    from jointbuy.workspace.contract_register import Chain, ChainLink
    from jointbuy.workspace.council_calendars import (
        ImportedSessions,
        LastSession,
        SessionLine,
        body_kind,
        overtaken,
        rhythm_text,
    )
    from jointbuy.workspace.desk import Desk
    from jointbuy.workspace.drafts import Draft, Drafts
    from jointbuy.workspace.entries import NAMED, Entered, form
    from jointbuy.workspace.forms import (
        Filled,
        cells_of,
        filled,
        kind_word,
        options,
    )
    from jointbuy.workspace.inquiry import (
        Inquiry,
        evidence_text,
        in_force_since,
        inquire,
        write_text,
    )
    from jointbuy.workspace.legal import (
        Checked,
        check_form,
        open_said,
        question_title,
        rank_forms,
        source_title,
        why_this_order,
    )
    from jointbuy.workspace.needs_rounds import Carried, Mail, Reminded, RoundState
    from jointbuy.workspace.ordering import (
        FrameworkSheet,
        OrderCheck,
        OrderFinding,
    )
    from jointbuy.workspace.own_practice import OfficeHabit
    from jointbuy.workspace.own_values import LegalValue, legal_parameters
    from jointbuy.workspace.papers import Drafted
    from jointbuy.workspace.planning import (
        AnchorChoice,
        anchor_said,
        steps_to_do,
        steps_to_force,
    )
    from jointbuy.workspace.procedures import Asked, ByValue, by_value
    from jointbuy.workspace.proposals import Proposal
    from jointbuy.workspace.sharing import (
        WITH_PROVIDER,
        Elsewhere,
        answered_said,
        origin_said,
        remarks_said,
        statement_said,
        value_said,
    )
    from jointbuy.workspace.succession import HandedOver
    from jointbuy.workspace.telling import last_told, told
    from jointbuy.workspace.whatif import Side, WhatIf
    from jointbuy.workspace.whole import Workspace

MODULES = {
    "jointbuy.intake.call": ("Call",),
    "jointbuy.matching.lines": ("uncollected",),
    "jointbuy.workspace.appraising": (
        "CONFIDENCES",
        "KEYS",
        "VERDICTS",
        "gain_line",
        "read_assumptions",
    ),
    "jointbuy.workspace.bulk": (
        "field_name",
        "install_cpv",
        "match_lines",
        "parse_amount",
        "parse_day",
        "parse_number",
        "parse_quantity",
        "search_cpv",
        "suggest_cpv",
    ),
    "jointbuy.workspace.centres": ("Called", "FrameworkState", "Given", "unreadable"),
    "jointbuy.workspace.competences": (
        "Competence",
        "Point",
        "Share",
        "Supposed",
        "competence_on",
        "points",
    ),
    "jointbuy.workspace.contract_register": ("Chain", "ChainLink"),
    "jointbuy.workspace.council_calendars": (
        "ImportedSessions",
        "LastSession",
        "SessionLine",
        "body_kind",
        "overtaken",
        "rhythm_text",
    ),
    "jointbuy.workspace.desk": ("Desk",),
    "jointbuy.workspace.drafts": ("Draft", "Drafts"),
    "jointbuy.workspace.entries": ("NAMED", "Entered", "form"),
    "jointbuy.workspace.forms": (
        "Filled",
        "cells_of",
        "filled",
        "kind_word",
        "options",
    ),
    "jointbuy.workspace.inquiry": (
        "Inquiry",
        "evidence_text",
        "in_force_since",
        "inquire",
        "write_text",
    ),
    "jointbuy.workspace.legal": (
        "Checked",
        "check_form",
        "open_said",
        "question_title",
        "rank_forms",
        "source_title",
        "why_this_order",
    ),
    "jointbuy.workspace.needs_rounds": (
        "Carried",
        "Mail",
        "Reminded",
        "RoundState",
    ),
    "jointbuy.workspace.ordering": (
        "FrameworkSheet",
        "OrderCheck",
        "OrderFinding",
    ),
    "jointbuy.workspace.own_practice": ("OfficeHabit",),
    "jointbuy.workspace.planning": (
        "AnchorChoice",
        "anchor_said",
        "steps_to_do",
        "steps_to_force",
    ),
    "jointbuy.workspace.own_values": ("LegalValue", "legal_parameters"),
    "jointbuy.workspace.papers": ("Drafted",),
    "jointbuy.workspace.procedures": ("Asked", "ByValue", "by_value"),
    "jointbuy.workspace.proposals": ("Proposal",),
    "jointbuy.workspace.sharing": (
        "WITH_PROVIDER",
        "Elsewhere",
        "answered_said",
        "origin_said",
        "remarks_said",
        "statement_said",
        "value_said",
    ),
    "jointbuy.workspace.succession": ("HandedOver",),
    "jointbuy.workspace.telling": ("last_told", "told"),
    "jointbuy.workspace.whatif": ("Side", "WhatIf"),
    "jointbuy.workspace.whole": ("Workspace",),
}
"""Where each name is written down."""

_HOMES = {name: module for module, names in MODULES.items() for name in names}


def __getattr__(name: str) -> object:
    """A verb or noun that was not named before."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    named: object = getattr(import_module(_HOMES[name]), name)
    globals()[name] = named
    return named


__all__ = [
    "CONFIDENCES",
    "KEYS",
    "NAMED",
    "VERDICTS",
    "WITH_PROVIDER",
    "AnchorChoice",
    "Asked",
    "ByValue",
    "Call",
    "Called",
    "Carried",
    "Chain",
    "ChainLink",
    "Checked",
    "Competence",
    "Desk",
    "Draft",
    "Drafted",
    "Drafts",
    "Elsewhere",
    "Entered",
    "Filled",
    "FrameworkSheet",
    "FrameworkState",
    "Given",
    "HandedOver",
    "ImportedSessions",
    "Inquiry",
    "LastSession",
    "LegalValue",
    "Mail",
    "OfficeHabit",
    "OrderCheck",
    "OrderFinding",
    "Point",
    "Proposal",
    "Reminded",
    "RoundState",
    "SessionLine",
    "Share",
    "Side",
    "Supposed",
    "WhatIf",
    "Workspace",
    "anchor_said",
    "answered_said",
    "body_kind",
    "by_value",
    "cells_of",
    "check_form",
    "competence_on",
    "evidence_text",
    "field_name",
    "filled",
    "form",
    "gain_line",
    "in_force_since",
    "inquire",
    "install_cpv",
    "kind_word",
    "last_told",
    "legal_parameters",
    "match_lines",
    "open_said",
    "options",
    "origin_said",
    "overtaken",
    "parse_amount",
    "parse_day",
    "parse_number",
    "parse_quantity",
    "points",
    "question_title",
    "rank_forms",
    "read_assumptions",
    "remarks_said",
    "rhythm_text",
    "search_cpv",
    "source_title",
    "statement_said",
    "steps_to_do",
    "steps_to_force",
    "suggest_cpv",
    "told",
    "uncollected",
    "unreadable",
    "value_said",
    "why_this_order",
    "write_text",
]
