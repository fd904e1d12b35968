"""Adhesion to the framework agreement of a purchasing centre.

Source: law of 17 June 2016, art. 2, 6° and 7°, 43 and 47; CJEU C-216/17 and C-23/20.
"""

from __future__ import annotations

from jointbuy.errors import say
from jointbuy.law.facts import NO, UNKNOWN, Facts
from jointbuy.law.rule import (
    Judgement,
    Rule,
    blocked,
    note,
    ok,
    row,
    rule,
    serious,
    unknown,
    warning,
)
from jointbuy.model.finding import Outcome

NAME = "purchasing_centre"


def interest(facts: Facts) -> Judgement:
    """Interest and a maximum are made known before the framework is launched.

    Source: CJEU C-216/17 and C-23/20.
    """
    marked = facts.yes_no("a3")
    if marked is None:
        return unknown("a3", Outcome.WARNING)
    if marked:
        return ok(
            say("The interest was marked, with a maximum, before the launch."),
        )
    identified = facts.known("a2")
    if identified == NO:
        return blocked(
            say(
                "No interest was marked before the launch and the administration was "
                "not identified: it may not order under this framework agreement."
            )
        )
    if identified == UNKNOWN:
        return serious(
            say(
                "No interest was marked before the launch, and it is not known whether "
                "the administration was identified: do not order before it is proved."
            )
        )
    return warning(
        say(
            "No interest was marked before the launch: make sure that the published "
            "maximum covers the need of this administration."
        )
    )


def fee(facts: Facts) -> Judgement:
    """A fee or margin is part of the price and must have been stated.

    Source: art. 47.
    """
    charged = facts.yes_no("a10")
    if charged is None:
        return unknown("a10", Outcome.WARNING)
    if not charged:
        return ok(say("The centre charges neither a fee nor a margin."))
    stated = facts.yes_no("a10_stated")
    if stated is None:
        return unknown("a10_stated", Outcome.WARNING)
    if stated:
        return note(say("Add the fee of the centre to the cost when comparing."))
    return warning(
        say(
            "The centre charges a fee that stands neither in the specifications nor in "
            "the convention: have it put in writing, and add it to the cost."
        )
    )


def eligibility(facts: Facts) -> Judgement:
    """Where the centre limits its users, the administration must be one of them.

    Source: art. 43, § 1: only clearly identified authorities may use the framework.
    """
    limited = facts.yes_no("a13")
    if limited is None:
        return unknown("a13", Outcome.WARNING)
    if not limited:
        return ok(say("The centre does not limit its users."))
    met = facts.yes_no("a13_met")
    if met is None:
        return unknown("a13_met", Outcome.WARNING)
    if met:
        return ok(say("The administration is among the users the centre admits."))
    return blocked(say("The administration is not among the users the centre admits."))


def rules() -> tuple[Rule, ...]:
    """The rules of the form in reading order."""
    return (
        row(NAME, "a1"),
        row(NAME, "a2"),
        rule(NAME, "a3", interest),
        row(NAME, "a4"),
        row(NAME, "a5"),
        row(NAME, "a6"),
        row(NAME, "a7"),
        row(NAME, "a8"),
        row(NAME, "a9"),
        rule(NAME, "a10", fee),
        row(NAME, "a11"),
        row(NAME, "a12"),
        rule(NAME, "a13", eligibility),
        row(NAME, "a14"),
    )
