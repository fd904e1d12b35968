"""Known centres, and what a framework agreement allows on a day, and to whom."""

from jointbuy.centres.ceiling import remaining
from jointbuy.centres.coverage import covers
from jointbuy.centres.eligibility import (
    Identified,
    Known,
    admission,
    identified,
    may_join,
)
from jointbuy.centres.interest import InterestState, InterestStatus, interest_state
from jointbuy.centres.known import (
    KnownCentre,
    admitted,
    adopt,
    catalogue,
    known_centre,
    names_on,
)
from jointbuy.centres.lifecycle import Life, LifeStep, life, reinterest_day
from jointbuy.centres.orders import Ceiling, Counter, Excess, counter
from jointbuy.centres.phase import Phase, phase

__all__ = [
    "Ceiling",
    "Counter",
    "Excess",
    "Identified",
    "InterestState",
    "InterestStatus",
    "Known",
    "KnownCentre",
    "Life",
    "LifeStep",
    "Phase",
    "admission",
    "admitted",
    "adopt",
    "catalogue",
    "counter",
    "covers",
    "identified",
    "interest_state",
    "known_centre",
    "life",
    "may_join",
    "names_on",
    "phase",
    "reinterest_day",
    "remaining",
]
