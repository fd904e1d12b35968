"""How much of an activity counts: for the controllers, for a group, for the market.

Source: law of 17 June 2016, art. 30, § 4, to which art. 31, 3°, refers; CJEU C-692/23.
"""

from __future__ import annotations

from jointbuy.errors import per_cent, say
from jointbuy.law.facts import YES, Facts
from jointbuy.law.questions import question
from jointbuy.law.rule import Judgement, blocked, ok, serious, unknown, warning
from jointbuy.model.finding import Outcome


def entrusted_share(facts: Facts, code: str) -> Judgement:
    """Strictly more than the required share is done for the controllers.

    In a group the share counts only when it was calculated on consolidated turnover.
    """
    share = facts.number(code)
    floor = facts.parameter("cooperation.in_house_activity")
    near = facts.parameter("cooperation.in_house_near")
    if share is None:
        return unknown(code, Outcome.SERIOUS)
    if not floor.met_by(share):
        return blocked(
            say(
                "Only {share} of the activity is performed for the controlling "
                "authorities; more than {floor} is needed.",
                share=per_cent(share),
                floor=per_cent(floor.value),
            ),
            floor.citation,
        )
    if facts.known("h6") == YES and facts.known("h6_consolidated") != YES:
        return serious(
            say(
                "{share} is more than {floor}, but the figures of the whole group must "
                "count: calculate it again on the consolidated turnover.",
                share=per_cent(share),
                floor=per_cent(floor.value),
            ),
            floor.citation,
        )
    if near.met_by(share):
        return warning(
            say(
                "{share} of the activity is performed for the controlling authorities: "
                "more than {floor}, but close to the line. Monitor it every year.",
                share=per_cent(share),
                floor=per_cent(floor.value),
            ),
            floor.citation,
            near.citation,
        )
    return ok(
        say(
            "{share} of the activity is performed for the controlling authorities, "
            "more than {floor}.",
            share=per_cent(share),
            floor=per_cent(floor.value),
        ),
        floor.citation,
    )


def measured(facts: Facts) -> Judgement:
    """The share is an average of the years before the award, or else a forecast."""
    basis = facts.choice("share_basis", question("share_basis").choices)
    years = facts.parameter("cooperation.measured_years")
    if basis == "three_years":
        return ok(
            say(
                "The share is the average of the {years} years before the award.",
                years=years.value,
            ),
            years.citation,
        )
    if basis == "forecast":
        return warning(
            say(
                "The share is a forecast: keep the business plan, and calculate it "
                "again as soon as there are accounts."
            ),
            years.citation,
        )
    if basis == "other":
        return serious(
            say(
                "The share must be the average of the {years} years before the award; "
                "one year or another measure does not count.",
                years=years.value,
            ),
            years.citation,
        )
    return unknown("share_basis", Outcome.WARNING)


def group_parent(facts: Facts) -> Judgement:
    """The share of the parent of a group is calculated on consolidated turnover."""
    parent = facts.yes_no("h6")
    if parent is None:
        return unknown("h6", Outcome.WARNING)
    if not parent:
        return ok(say("The provider is not the parent of a group."))
    consolidated = facts.yes_no("h6_consolidated")
    if consolidated is None:
        return unknown("h6_consolidated", Outcome.SERIOUS)
    if consolidated:
        return ok(say("The share is calculated on the turnover of the whole group."))
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
