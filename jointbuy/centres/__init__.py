"""Known centres, and what a framework agreement allows on a day, and to whom."""

from jointbuy.centres.ceiling import remaining
from jointbuy.centres.coverage import covers
from jointbuy.centres.eligibility import Identified, Known, identified, may_join
from jointbuy.centres.interest import InterestState, InterestStatus, interest_state
from jointbuy.centres.known import (
    KnownCentre,
    admitted,
    adopt,
    catalogue,
    known_centre,
    names_on,
)
from jointbuy.centres.phase import Phase, phase

__all__ = [
    "Identified",
    "InterestState",
    "InterestStatus",
    "Known",
    "KnownCentre",
    "Phase",
    "admitted",
    "adopt",
    "catalogue",
    "covers",
    "identified",
    "interest_state",
    "known_centre",
    "may_join",
    "names_on",
    "phase",
    "remaining",
]
