"""What the answers of services in a needs round are called, and what they want."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointbuy.errors import say, word
from jointbuy.model import ServiceAnswer

if TYPE_CHECKING:
    from jointbuy.errors import Message
    from jointbuy.schedule.asked_services import ServiceState

ANSWERS = {
    ServiceAnswer.NEEDS: word("needs"),
    ServiceAnswer.NONE: word("no needs"),
    None: word("silent"),
}


def no_year(state: ServiceState) -> Message:
    """What is to be completed of the needs that count without a known year."""
    return say(
        "No year is recorded for {ids}: it is taken that this round asked for it. Fill "
        "in the budget year or the days.",
        ids=", ".join(state.undated),
    )
