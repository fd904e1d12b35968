"""Cooperation between contracting authorities on public tasks of their own.

Source: law of 17 June 2016, art. 31; Directive 2014/24/EU, art. 12(4).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointbuy.errors import per_cent, say
from jointbuy.law.rule import (
    Judgement,
    Rule,
    blocked,
    ok,
    row,
    rule,
    serious,
    unknown,
    warning,
)
from jointbuy.law.rules.activity import measured
from jointbuy.model.finding import Outcome

if TYPE_CHECKING:
    from jointbuy.law.facts import Facts

NAME = "horizontal"


def open_market(facts: Facts) -> Judgement:
    """Strictly less than the limit of the activities concerned is done on the market.

    Source: art. 31, 3°, measured as in art. 30, § 4.
    """
    share = facts.number("c7")
    limit = facts.parameter("cooperation.open_market")
    near = facts.parameter("cooperation.open_market_near")
    if share is None:
        return unknown("c7", Outcome.SERIOUS)
    if not limit.met_by(share):
        return blocked(
            say(
                "{share} of the activities concerned is performed on the open market; "
                "it must stay below {limit}.",
                share=per_cent(share),
                limit=per_cent(limit.value),
            ),
            limit.citation,
        )
    if near.met_by(share):
        return warning(
            say(
                "{share} of the activities concerned is performed on the open market: "
                "below {limit}, but close to the line. Monitor it every year.",
                share=per_cent(share),
                limit=per_cent(limit.value),
            ),
            limit.citation,
            near.citation,
        )
    return ok(
        say(
            "{share} of the activities concerned is performed on the open market, "
            "below {limit}.",
            share=per_cent(share),
            limit=per_cent(limit.value),
        ),
        limit.citation,
    )


def third_body(facts: Facts) -> Judgement:
    """A body that only helps others to reach their aim does not cooperate.

    Source: CJEU C-383/21.
    """
    works = facts.yes_no("c9")
    if works is None:
        return unknown("c9", Outcome.SERIOUS)
    if not works:
        return ok(say("The parties do the work themselves."))
    shares = facts.yes_no("c9_shares")
    if shares is None:
        return unknown("c9_shares", Outcome.SERIOUS)
    if shares:
        return warning(
            say(
                "A third body does the work and shares the objective: make it a party "
                "to the convention, with its own contribution and responsibility."
            )
        )
    return serious(
        say(
            "A third body that only works for the parties stands outside the "
            "cooperation: its part needs an in-house award or a tender."
        )
    )


def rules() -> tuple[Rule, ...]:
    """The rules of the form in reading order."""
    return (
        row(NAME, "c1"),
        row(NAME, "c2"),
        row(NAME, "c3"),
        row(NAME, "c4"),
        row(NAME, "c5"),
        row(NAME, "c6"),
        rule(NAME, "c7", open_market),
        rule(NAME, "share_basis", measured),
        row(NAME, "c8"),
        rule(NAME, "c9", third_body),
        row(NAME, "c10"),
        row(NAME, "c11"),
    )
