"""`jointbuy frameworks` and `uses`: what the centres offer, and what is taken up."""

from __future__ import annotations

from jointbuy.cli.base import Group
from jointbuy.cli.entries import add_command, edit_command, list_command
from jointbuy.errors import say
from jointbuy.model import FrameworkAgreement, UseDecision

frameworks = Group(
    "frameworks", help="List, add and change framework agreements of the centres."
)

list_command(
    frameworks,
    FrameworkAgreement,
    ("centre", say("Centre")),
    ("title", say("Object")),
    ("interest_deadline", say("Interest by")),
    ("launch", say("Launch")),
    ("start", say("Start")),
    ("end", say("End")),
    ("ceiling", say("Ceiling")),
    ("seen_on", say("Seen on")),
    help="List the framework agreements; `centres` gives their phase.",
    count=lambda n: say("Framework agreements: {n}.", n=n),
)
add_command(
    frameworks,
    FrameworkAgreement,
    help="Add a framework agreement under an id of your choice; --lot once per lot.",
)
edit_command(
    frameworks,
    FrameworkAgreement,
    help=(
        "Change a framework agreement. --lot adds a lot or replaces the one of its "
        'number; --lot "" takes the lots away.'
    ),
)

uses = Group(
    "uses", help="List, add and change decisions to cover a need through a framework."
)

list_command(
    uses,
    UseDecision,
    ("need", say("Need")),
    ("framework", say("Framework")),
    ("body", say("Body")),
    ("decided_on", say("Decided on")),
    ("number", say("Number")),
    ("amount", say("Amount")),
    help="List the decisions to cover a need through a framework.",
    count=lambda n: say("Decisions: {n}.", n=n),
)
add_command(
    uses,
    UseDecision,
    help="Record that a body decided to cover a need through a framework.",
)
edit_command(uses, UseDecision, help="Change such a decision.")
