"""What can be done in the settings."""

from __future__ import annotations

from jointbuy.errors import say
from jointbuy.tui.actions import Action

ACTIONS: tuple[Action, ...] = (
    Action(
        id="settings.add",
        keys=("n",),
        label=say("New"),
        help=say("Add an administration, a contact person, or a value of the law."),
        rank=10,
    ),
    Action(
        id="settings.edit",
        keys=("e",),
        label=say("Change"),
        help=say("Change what is looked at; Enter does the same."),
        rank=11,
    ),
    Action(
        id="settings.home",
        keys=("h",),
        label=say("Ours"),
        help=say("Make this administration the one whose register this is."),
        rank=12,
    ),
    Action(
        id="settings.hand_over",
        keys=("r",),
        label=say("Succession"),
        help=say("Record that this contact person leaves, and who takes over."),
        rank=13,
    ),
    Action(
        id="settings.unset",
        keys=("x",),
        label=say("Take away"),
        help=say("Take away the value this register set; that of jointbuy counts."),
        rank=14,
    ),
    Action(
        id="settings.take_in",
        keys=("i",),
        label=say("Import"),
        help=say("Take in the sessions of councils from a CSV or calendar file."),
        rank=12,
    ),
    Action(
        id="settings.cancel",
        keys=("c",),
        label=say("Cancel"),
        help=say("Note that a session of this body does not take place."),
        rank=13,
    ),
    Action(
        id="settings.tongue",
        keys=("L",),
        label=say("Language"),
        help=say("Choose the language everything is read in."),
    ),
    Action(
        id="settings.theme",
        keys=("t",),
        label=say("Colours"),
        help=say("Choose the colours; each is shown while it is looked at."),
        rank=60,
    ),
    Action(
        id="settings.history",
        keys=("o",),
        label=say("History"),
        help=say("Who changed what about it, and when."),
        rank=30,
    ),
)
