"""The section of the needs."""

from __future__ import annotations

from jointbuy.errors import say
from jointbuy.tui.listing import View
from jointbuy.tui.needs.listing import read_needs
from jointbuy.tui.section import ListSection


class Needs(ListSection):
    """The needs of every administration of the register."""

    PURPOSE = (
        say("What each administration is going to buy, and when."),
        say("From here needs are noted, completed, imported and withdrawn."),
        say("What could be bought together is shown among the proposals."),
    )
    views = (View(id="needs", title=say("Needs"), read=read_needs),)
