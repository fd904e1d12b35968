"""What is asked before a plan is made otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointbuy.errors import say, word
from jointbuy.tui.dialogs.sheet import Sheet, Slot
from jointbuy.tui.proposals.asking import participants, read_day
from jointbuy.workspace import last_told

if TYPE_CHECKING:
    from jointbuy.errors import Message
    from jointbuy.model import Plan
    from jointbuy.tui.app import Terminal
    from jointbuy.tui.proposals.listing import Row
    from jointbuy.workspace import Workspace

LIGHTEST = word("the lightest allowed")


Made = tuple["Plan", "Message | None"]
"""The new plan, and what is said where it was kept."""


async def changing(terminal: Terminal, row: Row, plan: Plan) -> Sheet[Made]:
    """Asks for the wanted start, the procedure and the pilot; plans with them."""
    known = await terminal.ask(lambda w: w.procedures_known())
    dossier = (await terminal.ask(lambda w: w.proposal(row.id))).dossier
    chosen = dossier.procedure if dossier else ""

    async def make(values: dict[str, str]) -> Made:
        return await terminal.ask(lambda w: _plan(w, row.id, plan, values))

    return Sheet(
        say("Plan otherwise"),
        (
            Slot(
                id="wanted",
                label=say("Start"),
                value=terminal.speech.day(plan.wanted),
                hint=say("The day the contract should start, such as 1/9 or +6m."),
            ),
            Slot(
                id="procedure",
                label=say("Procedure"),
                value=chosen,
                choices=known if chosen else (("", LIGHTEST), *known),
                hint=say("With the lightest, the value decides which one."),
            ),
            Slot(
                id="pilot",
                label=say("Pilot"),
                value=dossier.pilot if dossier else "",
                choices=(("", word("as it stands")), *participants(row, terminal)),
                hint=say("Whose sessions award the contract."),
            ),
        ),
        make,
    )


def _plan(
    workspace: Workspace, id_: str, plan: Plan, values: dict[str, str]
) -> tuple[Plan, Message | None]:
    wanted = read_day(values["wanted"], workspace.on)
    before = next(workspace.store.latest(), None)
    made = workspace.plan(
        id_,
        wanted=None if wanted == plan.wanted else wanted,
        procedure=values["procedure"],
        pilot=values["pilot"],
    )
    after = next(workspace.store.latest(), None)
    return made, last_told(workspace) if after != before else None
