"""How much of an activity counts: for the controllers, for a group, for the market.

Source: law of 17 June 2016, art. 30, § 4, to which art. 31, 3°, refers; CJEU C-692/23.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointbuy.errors import per_cent, say
from jointbuy.law.facts import UNKNOWN, YES, Facts
from jointbuy.law.questions import question
from jointbuy.law.rule import Judgement, blocked, ok, serious, unknown, warning
from jointbuy.law.rules.averages import (
    COSTS,
    OTHER,
    Share,
    answered_share,
    average,
    contradiction,
    keeps,
    overruled,
    with_figures,
)
from jointbuy.law.years import Figures, share
from jointbuy.model.finding import Outcome

if TYPE_CHECKING:
    from jointbuy.law.parameters import Value

CONSOLIDATED, OWN_TURNOVER = "consolidated", "own_turnover"


def entrusted_share(facts: Facts, code: str) -> Judgement:
    """Strictly more than the required share is done for the controllers.

    Yearly figures go before the share typed. In a group only those on consolidated
    turnover count. Source: art. 30, § 1, 2°, § 3, 2°, and § 4.
    """
    years, alone = entrusted_years(facts, code)
    found = answered_share(facts, code, years)
    if found is None:
        return unknown(code, Outcome.SERIOUS)
    judged = _entrusted(facts, found, alone=alone)
    return with_figures(judged, found, facts)


def entrusted_years(
    facts: Facts, code: str = ""
) -> tuple[tuple[Figures, ...] | None, bool]:
    """The yearly figures that count, and whether those of the group are missing.

    A share in per cent, answered to `code` and said to be that of the whole group, goes
    before the provider’s own figures. Source: CJEU C-692/23.
    """
    own = facts.years("activity_years")
    if not _in_group(facts):
        return own, False
    whole = facts.years("group_years")
    if whole is not None:
        return whole, False
    if not _on_turnover(facts):
        return own, False
    if not _consolidated(facts):
        return own, True
    typed = bool(code) and facts.known(code) not in {"", UNKNOWN}
    return (None, False) if typed or own is None else (own, True)


def _in_group(facts: Facts) -> bool:
    """Whether the provider is known to be the parent of a group."""
    group = facts.known("r5_group") in {CONSOLIDATED, OWN_TURNOVER}
    return group or facts.known("h6") == YES


def _consolidated(facts: Facts) -> bool:
    """Whether the share answered is said to be that of the whole group."""
    group = facts.known("r5_group") == CONSOLIDATED
    return group or facts.known("h6_consolidated") == YES


def _on_turnover(facts: Facts) -> bool:
    """Whether turnover is the measure, which it is unless another one is named."""
    return facts.known("activity_measure") not in {COSTS, OTHER}


def _entrusted(facts: Facts, found: Share, *, alone: bool) -> Judgement:
    floor = facts.parameter("cooperation.in_house_activity")
    near = facts.parameter("cooperation.in_house_near")
    if found.disagrees:
        return contradiction(found, floor)
    shown, limit = found.legible(floor, near), per_cent(floor.value)
    if not keeps(floor, found.exact):
        return blocked(
            say(
                "Only {share} of the activity is performed for the controlling "
                "authorities; more than {floor} is needed.",
                share=shown,
                floor=limit,
            ),
            floor.citation,
        )
    if alone:
        return serious(
            say(
                "{share} is more than {floor}, but the figures of the whole group must "
                "count: calculate it again on the consolidated turnover.",
                share=shown,
                floor=limit,
            ),
            floor.citation,
            *question("h6").basis,
        )
    real = overruled(found, floor)
    if real is not None:
        return serious(
            say(
                "{share} is a forecast; in the years before the award it was {real}, "
                "and more than {floor} is needed. The forecast counts only if those "
                "figures are no longer relevant.",
                share=shown,
                real=Share(exact=real).legible(floor),
                floor=limit,
            ),
            floor.citation,
        )
    return _monitored(found, floor, near)


def _monitored(found: Share, floor: Value, near: Value) -> Judgement:
    """More than the floor: in order, unless it is near or was lost in the last year."""
    shown, limit = found.legible(floor, near), per_cent(floor.value)
    last = found.counted.last if found.counted else None
    if last is not None and not keeps(floor, share([last])):
        return warning(
            say(
                "{share} of the activity is performed for the controlling authorities, "
                "more than {floor}, but in {year} alone it was {last}. Monitor it "
                "every year.",
                share=shown,
                floor=limit,
                year=str(last.year),
                last=Share(exact=share([last])).legible(floor),
            ),
            floor.citation,
        )
    if keeps(near, found.exact):
        return warning(
            say(
                "{share} of the activity is performed for the controlling authorities: "
                "more than {floor}, but close to the line. Monitor it every year.",
                share=shown,
                floor=limit,
            ),
            floor.citation,
            near.citation,
        )
    return ok(
        say(
            "{share} of the activity is performed for the controlling authorities, "
            "more than {floor}.",
            share=shown,
            floor=limit,
        ),
        floor.citation,
    )


def measured(facts: Facts) -> Judgement:
    """The share is an average of the years before the award, or else a forecast.

    Source: art. 30, § 4.
    """
    years, _ = entrusted_years(facts)
    return average(facts, years, "activity_years", "group_years")


def group_parent(facts: Facts) -> Judgement:
    """The share of the parent of a group is calculated on consolidated turnover.

    Source: CJEU C-692/23, which speaks of turnover alone.
    """
    parent = facts.yes_no("h6")
    if parent is None:
        return unknown("h6", Outcome.WARNING)
    if not parent:
        return ok(say("The provider is not the parent of a group."))
    whole = say("The share is calculated on the turnover of the whole group.")
    if facts.years("group_years") is not None:
        return ok(whole)
    if not _on_turnover(facts):
        return warning(
            say(
                "The provider is the parent of a group. The Court rules on shares of "
                "turnover; with another measure too, find out whether the activity of "
                "its other companies counts."
            )
        )
    if facts.known("group_years") == UNKNOWN and not facts.known("h6_consolidated"):
        return unknown("group_years", Outcome.SERIOUS)
    consolidated = facts.yes_no("h6_consolidated")
    if consolidated is None:
        return unknown("h6_consolidated", Outcome.SERIOUS)
    if consolidated:
        return ok(whole)
    return serious(
        say(
            "The provider is the parent of a group: the turnover of its other "
            "companies counts, so calculate the share on the consolidated turnover."
        )
    )


def private_capital(facts: Facts, code: str) -> Judgement:
    """No direct private capital, except a share imposed by law without influence."""
    private = facts.yes_no(code)
    if private is None:
        return unknown(code, Outcome.SERIOUS)
    if not private:
        return ok(say("There is no direct private capital in the provider."))
    imposed = facts.yes_no("h4")
    if imposed is None:
        return unknown("h4", Outcome.SERIOUS)
    if imposed:
        return warning(
            say(
                "There is private capital, but imposed by law and without control, "
                "blocking power or decisive influence: document it."
            )
        )
    return blocked(
        say(
            "Direct private capital, even a minority, excludes an in-house award "
            "unless national law imposes it without any influence."
        )
    )
