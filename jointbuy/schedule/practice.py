"""How long the steps take for which no text sets a term."""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING

from jointbuy.errors import Message, say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jointbuy.model import OwnPractice

DAYS, MONTHS, YES_NO = "days", "months", "yes_no"
"""What a habit is counted in; yes is 1 and no is 0."""

_YEAR = 365


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """The habits of an office, in calendar days but for what is named in months.

    `HABITS` says what each one is.

    `transmission_days` is the time taken to send an act to the supervisory authority;
    None plans with the whole term that the law leaves.
    """

    needs_days: int
    convention_days: int
    summons_council_days: int
    filing_council_days: int
    summons_executive_days: int
    filing_executive_days: int
    launch_days: int
    electronic_tenders: bool
    opening_days: int
    requests_days: int
    evaluation_days: int
    negotiation_days: int
    specifications_days: int
    small_specifications_days: int
    small_launch_days: int
    small_evaluation_days: int
    notification_days: int
    conclusion_days: int
    interest_days: int
    order_days: int
    mini_competition_days: int
    visum_days: int
    budget_days: int
    budget_approval_days: int
    renewal_days: int
    passed_days: int
    uncovered_days: int
    reopening_days: int
    source_days: int
    search_days: int
    reinterest_months: int
    transmission_days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Habit:
    """What a habit is called and between which numbers it can lie, both included."""

    title: Message
    lowest: int = 0
    highest: int = _YEAR
    unit: str = DAYS


HABITS = {
    "needs_days": Habit(
        title=say("From the needs collected to an agreed draft convention")
    ),
    "convention_days": Habit(
        title=say("From the agreed draft to the first file of a body, or opinion on it")
    ),
    "summons_council_days": Habit(
        title=say(
            "Clear days between the summons and a council, where no text sets them"
        ),
        highest=60,
    ),
    "filing_council_days": Habit(
        title=say("A file of a council lies ready so long before the summons"),
        highest=90,
    ),
    "summons_executive_days": Habit(
        title=say("Clear days between the summons and a meeting of the executive"),
        highest=60,
    ),
    "filing_executive_days": Habit(
        title=say("A file of the executive lies ready so long before it meets"),
        highest=90,
    ),
    "launch_days": Habit(
        title=say("From the last council to the launch: extracts, signatures")
    ),
    "electronic_tenders": Habit(
        title=say("Tenders come in electronically, so that the shorter terms count"),
        highest=1,
        unit=YES_NO,
    ),
    "opening_days": Habit(
        title=say("From the end of the time for tenders to their opening"),
        lowest=1,
        highest=60,
    ),
    "requests_days": Habit(title=say("Choosing among the requests to take part")),
    "evaluation_days": Habit(title=say("From the opening to the award file")),
    "negotiation_days": Habit(title=say("The negotiations, on top of the evaluation")),
    "specifications_days": Habit(
        title=say("Drawing up the specifications, where one administration buys alone")
    ),
    "small_specifications_days": Habit(
        title=say(
            "Drawing up the request for prices of a low value, where one "
            "administration buys alone"
        )
    ),
    "small_launch_days": Habit(
        title=say(
            "From the decision of the body to the request for prices of a low value"
        )
    ),
    "small_evaluation_days": Habit(
        title=say("From the prices of a low value to the award file")
    ),
    "notification_days": Habit(
        title=say("From the award to its notification to the tenderers"), highest=90
    ),
    "conclusion_days": Habit(
        title=say("From the conclusion to the start: the first delivery")
    ),
    "interest_days": Habit(
        title=say("From the decision to join to the marking of interest")
    ),
    "order_days": Habit(
        title=say("From the order under a framework agreement to the first delivery")
    ),
    "mini_competition_days": Habit(
        title=say("Competition reopened among the suppliers of a framework agreement")
    ),
    "visum_days": Habit(
        title=say("The visum of the Flemish financial director, from a complete file"),
        highest=90,
    ),
    "budget_days": Habit(
        title=say("Preparing an amendment of the budget, before its file is handed in")
    ),
    "budget_approval_days": Habit(
        title=say("From the council that amends the budget to its approval")
    ),
    "renewal_days": Habit(
        title=say("A renewal is decided so long before the contract ends")
    ),
    "passed_days": Habit(
        title=say("A day that has passed is reported so much longer"), highest=3 * _YEAR
    ),
    "uncovered_days": Habit(
        title=say(
            "A contract that ended, and that nothing takes over, is reported so much "
            "longer"
        ),
        highest=10 * _YEAR,
    ),
    "reopening_days": Habit(
        title=say("A body decides again so long after an adhesion was reopened")
    ),
    "source_days": Habit(
        title=say("A source seen longer ago is looked at again"), highest=3 * _YEAR
    ),
    "search_days": Habit(
        title=say("How far ahead the earliest start is searched"),
        lowest=30,
        highest=10 * _YEAR,
    ),
    "reinterest_months": Habit(
        title=say(
            "Months before the end of a framework agreement when what follows is "
            "looked at"
        ),
        highest=48,
        unit=MONTHS,
    ),
    "transmission_days": Habit(
        title=say(
            "From a decision to its sending to the supervisory authority; not set, the "
            "whole term of the law counts"
        ),
        highest=60,
    ),
}
"""Every habit by its name, in the order of the work."""


@functools.cache
def usual_practice() -> Practice:
    """The habits assumed of an office that has not set its own."""
    path = Path(__file__).parent / "data" / "practice.toml"
    return Practice(**tomllib.loads(path.read_text(encoding="utf-8")))


def practice_with(own: Iterable[OwnPractice]) -> Practice:
    """The usual habits, but for those the office sets itself.

    A name that is not there any more is left out, and so is a number out of bounds: a
    register can come from elsewhere.
    """
    known = {field.name for field in fields(Practice)}
    found: dict[str, int | bool] = {}
    for each in own:
        habit = HABITS.get(each.id)
        if habit is None or each.id not in known:
            continue
        if not habit.lowest <= each.days <= habit.highest:
            continue
        found[each.id] = bool(each.days) if habit.unit == YES_NO else each.days
    return replace(usual_practice(), **found)  # type: ignore[arg-type]


def usual(name: str) -> int | None:
    """The usual days of a habit; None where the term of the law stands for it."""
    value: int | bool | None = getattr(usual_practice(), name)
    return None if value is None else int(value)
