"""What can be done with a proposal."""

from __future__ import annotations

from dataclasses import replace

from jointbuy.errors import say
from jointbuy.tui.actions import Action

WHY = Action(
    id="proposals.why",
    keys=("w",),
    label=say("Why"),
    help=say("Read on the whole screen why it is proposed, and what is in the way."),
    rank=12,
)
RETAIN = Action(
    id="proposals.retain",
    keys=("a",),
    label=say("Retain"),
    help=say("Retain it, with its form and pilot; again, to take over what changed."),
    rank=10,
)
SET_ASIDE = Action(
    id="proposals.set_aside",
    keys=("x",),
    label=say("Set aside"),
    help=say("Set it aside, with the reason."),
    rank=11,
)
DECIDE = Action(
    id="proposals.decide",
    keys=("y",),
    label=say("Decision"),
    help=say("Record what a competent body decided on it."),
    rank=13,
)
PLAN = Action(
    id="proposals.plan",
    keys=("P",),
    label=say("Plan"),
    help=say("See the backward plan: the steps, their last days, who acts."),
    rank=14,
)
EXPORT = Action(
    id="proposals.export",
    keys=("E",),
    label=say("Draft"),
    help=say("See what a draft of its papers lacks, then write it to a file."),
    rank=16,
)
LEGAL = Action(
    id="proposals.legal",
    keys=("l",),
    label=say("Law"),
    help=say("Check it against the law, question by question."),
    rank=17,
)
COMPARE = Action(
    id="proposals.compare",
    keys=("c",),
    label=say("Compare"),
    help=say("Lay two to four marked proposals side by side."),
    rank=18,
)

ACTIONS = (RETAIN, SET_ASIDE, WHY, DECIDE, PLAN, EXPORT, LEGAL, COMPARE)


def on_page(action: Action) -> Action:
    """The same action on the page that fills the screen."""
    return replace(action, id=f"why.{action.name}", does=f"do('{action.name}')")


ON_PAGE = tuple(
    on_page(each) for each in (RETAIN, SET_ASIDE, DECIDE, PLAN, EXPORT, LEGAL)
)
"""What can be asked for on the page that fills the screen."""
