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
)
