"""What can be done with deadlines."""

from __future__ import annotations

from jointbuy.errors import say
from jointbuy.tui.actions import Action, Group

DEADLINES: tuple[Action, ...] = (
    Action(
        id="deadlines.open",
        keys=("o",),
        shown="↵",
        label=say("Open"),
        help=say("Go to the record this deadline comes from."),
        rank=10,
    ),
    Action(
        id="deadlines.export",
        keys=("i",),
        label=say("Export"),
        help=say("Write the deadlines marked, or all shown, to a calendar file."),
        rank=16,
    ),
    Action(
        id="deadlines.plan",
        keys=("P",),
        label=say("Plan"),
        help=say("Show the whole plan that this step belongs to."),
        rank=12,
    ),
    Action(
        id="deadlines.horizon",
        keys=("z",),
        label=say("Period"),
        help=say("Choose how far ahead to look: 7, 30 or 90 days, or everything."),
        group=Group.CHOOSE,
        rank=18,
    ),
    Action(
        id="deadlines.list",
        keys=("L",),
        label=say("List"),
        help=say("Show the deadlines as a list, the nearest first."),
        group=Group.CHOOSE,
    ),
    Action(
        id="deadlines.timeline",
        keys=("T",),
        label=say("Timeline"),
        help=say("Show the deadlines on a line of time, with the time before them."),
        group=Group.CHOOSE,
    ),
    Action(
        id="deadlines.month",
        keys=("M",),
        label=say("Month"),
        help=say("Show a calendar, with the deadlines of the day that is looked at."),
        group=Group.CHOOSE,
    ),
    Action(
        id="deadlines.today",
        keys=("t",),
        label=say("Today"),
        help=say("Go back to today."),
        group=Group.MOVE,
        rank=20,
    ),
    Action(
        id="deadlines.earlier",
        keys=("left", "h"),
        label=say("Earlier"),
        help=say("Look further back: a month of the timeline, a day of the calendar."),
        group=Group.MOVE,
        rank=22,
        does="shift(-1)",
    ),
    Action(
        id="deadlines.later",
        keys=("right", "l"),
        label=say("Later"),
        help=say("Look further on: a month of the timeline, a day of the calendar."),
        group=Group.MOVE,
        rank=24,
        does="shift(1)",
    ),
    Action(
        id="deadlines.nearer",
        keys=("plus", "equals_sign"),
        label=say("Larger"),
        help=say("Show fewer days, larger: weeks rather than months."),
        group=Group.CHOOSE,
        rank=26,
        does="scale(-1)",
    ),
    Action(
        id="deadlines.wider",
        keys=("minus", "underscore"),
        label=say("Smaller"),
        help=say("Show more days, smaller: quarters or years rather than months."),
        group=Group.CHOOSE,
        rank=28,
        does="scale(1)",
    ),
)
