"""What is asked before a plan is made otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointbuy.errors import say, word
from jointbuy.tui.dialogs.sheet import Sheet, Slot
from jointbuy.tui.proposals.asking import participants, read_day

if TYPE_CHECKING:
    from jointbuy.model import Plan
    from jointbuy.tui.app import Terminal
    from jointbuy.tui.proposals.listing import Row

LIGHTEST = word("the lightest allowed")


async def changing(terminal: Terminal, row: Row, plan: Plan) -> Sheet[Plan]:
    """Asks for the wanted start, the procedure and the pilot; gives the new plan."""
    known = await terminal.ask(lambda w: w.procedures_known())
    dossier = row.dossier
    chosen = dossier.procedure if dossier else ""

    async def make(values: dict[str, str]) -> Plan:
        return await terminal.ask(
            lambda w: w.plan(
                row.id,
                wanted=read_day(values["wanted"], w.on),
                procedure=values["procedure"],
                pilot=values["pilot"],
            )
        )

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
