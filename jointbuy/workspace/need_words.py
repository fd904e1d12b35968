"""What the states of needs are called; a list of needs waits for no other word."""

from __future__ import annotations

from jointbuy.errors import word
from jointbuy.model import NeedStatus

NEED_STATES = {
    NeedStatus.DRAFT: word("draft"),
    NeedStatus.OPEN: word("open"),
    NeedStatus.WITHDRAWN: word("withdrawn"),
    NeedStatus.SETTLED: word("settled"),
}
