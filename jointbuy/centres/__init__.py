"""What a purchasing centre's framework agreement allows on a given day, and to whom."""

from jointbuy.centres.ceiling import remaining
from jointbuy.centres.coverage import covers
from jointbuy.centres.eligibility import Identified, Known, identified, may_join
from jointbuy.centres.interest import InterestState, InterestStatus, interest_state
from jointbuy.centres.phase import Phase, phase

__all__ = [
    "Identified",
    "InterestState",
    "InterestStatus",
    "Known",
    "Phase",
    "covers",
    "identified",
    "interest_state",
    "may_join",
    "phase",
    "remaining",
]
