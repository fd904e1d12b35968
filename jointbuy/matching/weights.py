"""What every reason weighs, in points, and why: the one table to argue about.

A proposal of which everything is known and fits reaches about 90 points. Whatever
blocks an adhesion outweighs all the rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from math import log2, log10, sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

BLOCKS = -100


@dataclass(frozen=True, slots=True)
class Weight:
    """Points, and a word of reason."""

    points: int
    why: str


TABLE: dict[str, Weight] = {
    # -- buying together ---------------------------------------------------------------
    "same_purchase": Weight(30, "nothing matters more than needing the same thing"),
    "shared_code": Weight(10, "codes confirm the words; they are often coarse"),
    "other_code": Weight(-5, "two divisions: one of the codes or the words is wrong"),
    "common_window": Weight(12, "entering the market on the same day"),
    "staggered": Weight(-6, "later entries need a framework and discipline"),
    "staggered_year": Weight(-3, "for each further year between entries"),
    "same_place": Weight(10, "they share staff, buildings and a council calendar"),
    "neighbours": Weight(7, "near enough for one supplier and one meeting"),
    "far_apart": Weight(0, "distance does not matter for this purchase"),
    "distance_unknown": Weight(0, "nothing says how far apart they lie"),
    "volume": Weight(12, "a large contract attracts offers"),
    "small_volume": Weight(-40, "the work together costs more than it gains"),
    "scale_gain": Weight(30, "times the share by which the price may fall"),
    "one_procedure": Weight(4, "for each doubling of the participants"),
    "heavier_procedure": Weight(-3, "for each further participant, up to four"),
    "crowd": Weight(-1, "for each participant after those"),
    "two_languages": Weight(-3, "specifications in each language"),
    "natures_differ": Weight(-3, "supplies or services: agree on the main object"),
    "running_contracts": Weight(-3, "somebody is still bound on the launch day"),
    "contracts_end_in_time": Weight(3, "the successor is needed anyway"),
    "requirements_shared": Weight(3, "the technical part is partly written"),
    "requirements_differ": Weight(-3, "for each requirement only some have"),
    "requirements_exclude": Weight(-8, "nothing meets them all: lots, or apart"),
    "quantities_add_up": Weight(3, "one inventory can be written"),
    "durations_differ": Weight(-3, "the contract must suit the longest"),
    "launch_near": Weight(-6, "less than half a year for everybody's decisions"),
    "launch_very_near": Weight(-12, "less than three months: hardly feasible"),
    "launch_passed": Weight(-30, "the common day lies in the past"),
    # -- joining a framework -----------------------------------------------------------
    "covered": Weight(25, "the object of the framework holds the need"),
    "identified": Weight(10, "the notice names us or our category"),
    "identification_unknown": Weight(-10, "to be proven before any order"),
    "not_identified": Weight(BLOCKS, "an order would be an award without procedure"),
    "running": Weight(10, "can be ordered from now on"),
    "interest_open": Weight(12, "still in time to mark interest"),
    "announced": Weight(4, "to be followed"),
    "not_running_yet": Weight(0, "wait for the award"),
    "phase_unknown": Weight(-8, "no day is recorded"),
    "interest_marked": Weight(8, "the centre counts on us"),
    "maximum_missing": Weight(-6, "without a maximum nothing can be ordered safely"),
    "interest_not_marked": Weight(-12, "named, but the centre does not expect us"),
    "interest_declined": Weight(-25, "we said no, and could still change our mind"),
    "interest_missed": Weight(BLOCKS, "the call is over"),
    "above_maximum": Weight(-20, "the need is larger than the maximum we marked"),
    "ceiling_enough": Weight(5, "room for the whole need"),
    "ceiling_nearly_used": Weight(-12, "somebody else may take the rest"),
    "ceiling_too_low": Weight(-40, "the need does not fit any more"),
    "ceiling_reached": Weight(BLOCKS, "a framework dies when its ceiling is reached"),
    "joined": Weight(8, "the council has decided"),
    "joining_pending": Weight(-2, "the decision is not complete"),
    "joining_unknown": Weight(-4, "joined in part, and perhaps not this part"),
    "not_joined": Weight(-5, "a council decision and a convention come first"),
    "joining_refused": Weight(-30, "the council said no"),
    "in_time": Weight(8, "orders can be placed when the need arises"),
    "starts_late": Weight(-25, "the framework starts after the need must"),
    "ends_before": Weight(BLOCKS, "orders must be concluded before the end"),
    "own_procedure_saved": Weight(8, "the centre runs it"),
    "use_decided": Weight(5, "the body already decided to use it"),
    "fee": Weight(-2, "for each per cent"),
    "mini_competition": Weight(-3, "a round of offers among the holders is ours"),
    "exclusive": Weight(-4, "nothing may be bought elsewhere meanwhile"),
    "unchecked": Weight(-3, "the record was never compared with its source"),
    # -- staying separate --------------------------------------------------------------
    "single_supplier": Weight(25, "no competition, so no gain from volume"),
    "centre_priced": Weight(22, "the price is already that of a large buyer"),
    "bound": Weight(24, "may not buy elsewhere"),
    "does_not_pay": Weight(20, "the work together costs more than it gains"),
    "window_passed": Weight(18, "the days to start are over"),
    "window_reversed": Weight(18, "the days to start are wrong"),
    "no_partner": Weight(5, "nobody else needs it"),
    "too_far": Weight(5, "those who need it are too far for this purchase"),
    "place_unknown": Weight(5, "nothing says whether those who need it are near"),
    "other_days": Weight(5, "those who need it cannot start in time"),
    "partners_taken": Weight(5, "those who need it have their groups already"),
    "enters_later": Weight(3, "a framework could take it in on its day"),
    "other_unit": Weight(5, "the quantities cannot be compared"),
    "other_nature": Weight(5, "works, supplies and services do not mix unsaid"),
}

WINDOW_STEPS = ((90, 12), (30, 10), (14, 7), (1, 4))
"""Common days, at least, and their points."""

CODE_STEPS = ((8, 10), (7, 9), (6, 8), (5, 7), (4, 5), (3, 4), (2, 2))
"""Digits that all codes share, at least, and their points."""

COVER_STEPS = ((5, 25), (4, 21), (3, 17), (2, 12))
"""Digits of the framework's own code, at least, and the points for being covered."""

SURE = 0.5
"""A category found with this score is as good as said."""

VERY_NEAR_DAYS, NEAR_DAYS = 90, 180
NEARLY_USED = Decimal("0.2")
"""Less than this share of the ceiling is left: nearly used."""

FEW = 5
"""Up to so many participants each weighs in full."""

MANY = 20
"""With more administrations than this, those near each other come first even where
distance does not matter: nobody leads a procedure for half the country."""

COMPRESSIBLE = 0.2
TAKE_UP = 0.8
COORDINATION_DAYS = 2
DAY_COST = 400
OWN_ORDER = 10_000
"""Assumptions to weigh small purchases: the share of a price that volume can press, the
share of the volume that will really be ordered, person-days of coordination for each
further participant, euro a day, and the estimate below which a direct order is easy."""


def points(name: str) -> int:
    """What a reason weighs by itself."""
    return TABLE[name].points


def stepped(value: int, steps: tuple[tuple[int, int], ...]) -> int:
    """The points of the highest step that is reached; 0 below all."""
    return next((worth for least, worth in steps if value >= least), 0)


def same_purchase(score: float) -> int:
    """Points for needing the same thing, from half to full as the words are surer."""
    full = points("same_purchase")
    return round(full * (0.5 + 0.5 * min(1.0, score / SURE)))


def price_share(volumes: Iterable[float]) -> float:
    """By which share of the compressible price the whole may fall, from 0 to 1.

    Each party's price falls as one over the square root of its volume grows; a party
    that brings nearly all the volume gains nearly nothing.
    """
    own = [volume for volume in volumes if volume > 0]
    whole = sum(own)
    if not whole:
        return 0.0
    return sum(volume * (1 - sqrt(volume / whole)) for volume in own) / whole


def volume(total: float) -> int:
    """Points for the size of the contract: 5 for each tenfold above 10,000 euro."""
    if total <= OWN_ORDER:
        return 0
    return min(points("volume"), round(5 * log10(total / OWN_ORDER)))


def does_not_pay(volumes: list[float]) -> bool:
    """Whether every purchase is small and the gain below the work of coordinating."""
    if len(volumes) <= 1 or max(volumes) >= OWN_ORDER:
        return False
    gain = sum(volumes) * COMPRESSIBLE * TAKE_UP * price_share(volumes)
    return gain < COORDINATION_DAYS * DAY_COST * (len(volumes) - 1)


def one_procedure(participants: int) -> int:
    """Points for running one procedure instead of several."""
    return round(points("one_procedure") * log2(participants))


def heavier_procedure(participants: int) -> int:
    """Points lost to the weight of a procedure with so many participants."""
    further = participants - 1
    few = min(further, FEW - 1)
    return few * points("heavier_procedure") + (further - few) * points("crowd")
