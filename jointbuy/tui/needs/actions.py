"""What can be done with needs."""

from __future__ import annotations

from jointbuy.errors import say
from jointbuy.tui.actions import Action

ACTIONS: tuple[Action, ...] = (
    Action(
        id="needs.add",
        keys=("n",),
        label=say("New"),
        help=say("Note a new need."),
        rank=10,
    ),
    Action(
        id="needs.edit",
        keys=("e",),
        label=say("Change"),
        help=say("Change the need that is looked at; Enter does the same."),
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
        help=say("Write the open needs among those shown into a spreadsheet."),
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
