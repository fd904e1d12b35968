"""What the answers of services in a needs round are called."""

from __future__ import annotations

from jointbuy.errors import word
from jointbuy.model import ServiceAnswer

ANSWERS = {
    ServiceAnswer.NEEDS: word("needs"),
    ServiceAnswer.NONE: word("no needs"),
    None: word("silent"),
}
