"""What can be done with centres, calls for interest, adhesions and contracts."""

from __future__ import annotations

from jointbuy.errors import say
from jointbuy.tui.actions import Action

ACTIONS: tuple[Action, ...] = (
    Action(
        id="centres.add",
        keys=("n",),
        label=say("New"),
        help=say(
            "Note something new of the kind of this list; among the calls, a call for "
            "interest as it came in."
        ),
        rank=10,
    ),
    Action(
        id="centres.answer",
        keys=("a",),
        label=say("Answer"),
        help=say(
            "Answer a call for interest, for the administration looked at or for all "
            "that are marked: yes with a maximum, or no."
        ),
        rank=11,
    ),
    Action(
        id="centres.decide",
        keys=("d",),
        label=say("Adhesion"),
        help=say(
            "Record what the competent body decides on joining the centre; on several "
            "that are marked, the same."
        ),
        rank=12,
    ),
    Action(
        id="centres.edit",
        keys=("e",),
        label=say("Change"),
        help=say("Change what is recorded of the row looked at."),
        rank=13,
    ),
    Action(
        id="centres.order",
        keys=("m",),
        label=say("Order"),
        help=say(
            "Record an order under this framework agreement; what it exceeds is said "
            "at once."
        ),
        rank=14,
    ),
    Action(
        id="centres.check",
        keys=("c",),
        label=say("May order?"),
        help=say(
            "Whether an administration may order: what stands in the way, and the ways "
            "out."
        ),
        rank=15,
    ),
    Action(
        id="centres.reopen",
        keys=("r",),
        label=say("Reopen"),
        help=say(
            "Record that one of its events occurred: the body has to look at the "
            "adhesion again."
        ),
        rank=14,
    ),
    Action(
        id="centres.settle",
        keys=("l",),
        label=say("Settle"),
        help=say("Record how the body settled what reopened the adhesion."),
        rank=15,
    ),
    Action(
        id="centres.draft",
        keys=("E",),
        label=say("Draft"),
        help=say(
            "Write the deliberation on joining, the same text for every body that is "
            "to decide; of a call the letter that marks interest."
        ),
        rank=17,
    ),
    Action(
        id="centres.export",
        keys=("E",),
        label=say("Export"),
        help=say("Write the contracts, or the centres side by side, to a spreadsheet."),
        rank=46,
    ),
    Action(
        id="centres.table",
        keys=("t",),
        label=say("Table"),
        help=say("Choose the programme whose table is shown."),
        rank=18,
    ),
    Action(
        id="centres.programme",
        keys=("P",),
        label=say("Programme"),
        help=say("Change the programme: its domains, minima, days and budgets."),
        rank=45,
    ),
    Action(
        id="centres.follow",
        keys=("m",),
        label=say("Follow-up"),
        help=say("Draft the need that follows the contract, linked to it."),
        rank=14,
    ),
    Action(
        id="centres.take_in",
        keys=("i",),
        label=say("Import"),
        help=say("Take in contracts from a spreadsheet."),
        rank=15,
    ),
    Action(
        id="centres.ask",
        keys=("i",),
        label=say("Ask"),
        help=say("Record that the centre asks administrations for their interest."),
        rank=16,
    ),
    Action(
        id="centres.prove",
        keys=("b",),
        label=say("Proof"),
        help=say(
            "Keep name and digest of the paper that shows that the answer was sent, or "
            "that the centre takes one that came too late."
        ),
        rank=41,
    ),
    Action(
        id="centres.use",
        keys=("y",),
        label=say("Use"),
        help=say(
            "Record that a body decides to cover a need through this framework "
            "agreement."
        ),
        rank=42,
    ),
    Action(
        id="centres.proposals",
        keys=("p",),
        label=say("Proposals"),
        help=say("Go to what could be bought through this framework agreement."),
        rank=43,
    ),
    Action(
        id="centres.known",
        keys=("w",),
        label=say("Known"),
        help=say(
            "Take a known Belgian purchasing centre into the register: choose it from "
            "the catalogue by typing its name, region or what it buys."
        ),
        rank=95,
    ),
    Action(
        id="centres.history",
        keys=("o",),
        label=say("History"),
        help=say("What happened to the row looked at, the last change first."),
        rank=44,
    ),
)
