"""What can be done with needs."""

from __future__ import annotations

from jointbuy.errors import say
from jointbuy.tui.actions import Action

ACTIONS: tuple[Action, ...] = (
    Action(
        id="needs.add",
        keys=("n",),
        label=say("New"),
        help=say("Note a new need; or ask the services for theirs."),
        rank=10,
    ),
    Action(
        id="needs.edit",
        keys=("e",),
        label=say("Change"),
        help=say("Change the need that is looked at, as Enter does; or the round."),
        rank=11,
    ),
    Action(
        id="needs.duplicate",
        keys=("d",),
        label=say("Copy"),
        help=say("Note a new need that begins as the one that is looked at."),
        rank=12,
    ),
    Action(
        id="needs.withdraw",
        keys=("w",),
        label=say("Withdraw"),
        help=say("Withdraw the needs that are marked, or the one that is looked at."),
        rank=13,
    ),
    Action(
        id="needs.open",
        keys=("r", "w"),
        label=say("Open"),
        help=say("Open drafts, or needs that were withdrawn or settled, once more."),
        rank=14,
    ),
    Action(
        id="needs.proposals",
        keys=("p",),
        label=say("Proposals"),
        help=say("See with whom this need could be bought."),
        rank=16,
    ),
    Action(
        id="needs.take_in",
        keys=("i",),
        label=say("Import"),
        help=say("Take in the needs of a spreadsheet: CSV, XLSX or ODS."),
        rank=45,
    ),
    Action(
        id="needs.export",
        keys=("E",),
        label=say("Export"),
        help=say(
            "Write the open needs among those shown into a spreadsheet; or the mails "
            "to the silent services."
        ),
        rank=55,
    ),
    Action(
        id="needs.history",
        keys=("o",),
        label=say("History"),
        help=say("See who changed this need, and when."),
        rank=56,
    ),
    Action(
        id="needs.settle",
        keys=("c",),
        label=say("Settle"),
        help=say("Its contract is concluded: it takes no more part."),
        rank=57,
    ),
    Action(
        id="needs.conclude",
        keys=("K",),
        label=say("Contract"),
        help=say(
            "Note the contract that was concluded for this need; the need is settled."
        ),
        rank=58,
    ),
    Action(
        id="needs.answer",
        keys=("a",),
        label=say("Answer"),
        help=say("Note what the services that are marked answered; so does Enter."),
        rank=12,
    ),
    Action(
        id="needs.none",
        keys=("x",),
        label=say("No needs"),
        help=say("Note that the services that are marked need nothing, today."),
        rank=13,
    ),
    Action(
        id="needs.remind",
        keys=("m",),
        label=say("Remind"),
        help=say(
            "Log a reminder to the silent services, marked or all that are shown."
        ),
        rank=14,
    ),
    Action(
        id="needs.carry",
        keys=("t",),
        label=say("Carry over"),
        help=say("Make drafts for this year of the needs a service had last year."),
        rank=16,
    ),
    Action(
        id="needs.choose_round",
        keys=("h",),
        label=say("Rounds"),
        help=say("Show the services of another round."),
        rank=44,
    ),
    Action(
        id="needs.close",
        keys=("c",),
        label=say("Close"),
        help=say("Close the round: nobody is waited for any longer."),
        rank=58,
    ),
    Action(
        id="needs.reopen",
        keys=("c",),
        label=say("Reopen"),
        help=say("Open the round again."),
        rank=58,
    ),
)
"""What can be done in this section."""

TAKE_IN: tuple[Action, ...] = (
    Action(
        id="taken.keep",
        keys=("ctrl+s",),
        label=say("Take in"),
        help=say("Take in the rows that are right; the others stay out."),
        rank=10,
    ),
)
"""What can be done when a file was looked at."""
