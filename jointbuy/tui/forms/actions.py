"""What can be done in a form."""

from __future__ import annotations

from dataclasses import replace

from jointbuy.errors import say
from jointbuy.tui.actions import COMMON, Action, Group

SAVE = Action(
    id="form.save",
    keys=("ctrl+s",),
    label=say("Save"),
    help=say("Save what was typed in the register."),
    rank=10,
    priority=True,
)

SHARED: tuple[Action, ...] = tuple(
    replace(each, rank=30) if each.id == "app.help" else each
    for each in COMMON
    if each.id in {"app.help", "app.language"}
)
"""What can be done in every dialog and finds room in the footer of a form."""

FORM: tuple[Action, ...] = (
    SAVE,
    Action(
        id="form.save_draft",
        keys=("f8",),
        label=say("As draft"),
        help=say("Save it as a draft that only its administration takes into account."),
        rank=14,
    ),
    Action(
        id="form.pick",
        keys=("f4",),
        label=say("Pick"),
        help=say("Pick from a list or a calendar what the field shall hold."),
        rank=11,
    ),
    Action(
        id="form.next_error",
        keys=("f2",),
        label=say("Error"),
        help=say("Go to the next field that has to be corrected."),
        rank=12,
    ),
    Action(
        id="form.discard",
        keys=("ctrl+d",),
        label=say("Throw away"),
        help=say("Throw the draft away and begin again from what is saved."),
        rank=16,
        priority=True,
    ),
    Action(
        id="form.next",
        keys=("down",),
        label=say("Next field"),
        help=say("Go to the next field; Enter does the same."),
        group=Group.MOVE,
        does="step(1)",
    ),
    Action(
        id="form.previous",
        keys=("up",),
        label=say("Previous field"),
        help=say("Go to the field before."),
        group=Group.MOVE,
        does="step(-1)",
    ),
    Action(
        id="form.page_down",
        keys=("pagedown",),
        label=say("Page down"),
        help=say("Look a page further down."),
        group=Group.MOVE,
        does="step(8)",
    ),
    Action(
        id="form.page_up",
        keys=("pageup",),
        label=say("Page up"),
        help=say("Look a page further up."),
        group=Group.MOVE,
        does="step(-8)",
    ),
)
"""What can be done in every form, besides closing it."""
