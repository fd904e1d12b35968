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
from jointbuy.law.rules.averages import (
    Share,
    answered_share,
    average,
    contradiction,
    keeps,
    overruled,
    with_figures,
)
from jointbuy.law.years import share
from jointbuy.model.finding import Outcome

if TYPE_CHECKING:
    from jointbuy.law.facts import Facts

NAME = "horizontal"


def open_market(facts: Facts) -> Judgement:
    """Strictly less than the limit of the activities concerned is done on the market.

    Yearly figures go before the share typed. Source: art. 31, 3°, measured as in
    art. 30, § 4.
    """
    found = answered_share(facts, "c7", facts.years("market_years"))
    if found is None:
        return unknown("c7", Outcome.SERIOUS)
    return with_figures(_on_market(facts, found), found, facts)


def _on_market(facts: Facts, found: Share) -> Judgement:
    limit = facts.parameter("cooperation.open_market")
    near = facts.parameter("cooperation.open_market_near")
    if found.disagrees:
        return contradiction(found, limit)
    shown, most = found.legible(limit, near), per_cent(limit.value)
    if not keeps(limit, found.exact):
        return blocked(
            say(
                "{share} of the activities concerned is performed on the open market; "
                "it must stay below {limit}.",
                share=shown,
                limit=most,
            ),
            limit.citation,
        )
    real = overruled(found, limit)
    if real is not None:
        return serious(
            say(
                "{share} is a forecast; in the years before the award it was {real}, "
                "and it must stay below {limit}. The forecast counts only if those "
                "figures are no longer relevant.",
                share=shown,
                real=Share(exact=real).legible(limit),
                limit=most,
            ),
            limit.citation,
        )
    last = found.counted.last if found.counted else None
    if last is not None and not keeps(limit, share([last])):
        return warning(
            say(
                "{share} of the activities concerned is performed on the open market, "
                "below {limit}, but in {year} alone it was {last}. Monitor it every "
                "year.",
                share=shown,
                limit=most,
                year=str(last.year),
                last=Share(exact=share([last])).legible(limit),
            ),
            limit.citation,
        )
    if keeps(near, found.exact):
        return warning(
            say(
                "{share} of the activities concerned is performed on the open market: "
                "below {limit}, but close to the line. Monitor it every year.",
                share=shown,
                limit=most,
            ),
            limit.citation,
            near.citation,
        )
    return ok(
        say(
            "{share} of the activities concerned is performed on the open market, "
            "below {limit}.",
            share=shown,
            limit=most,
        ),
        limit.citation,
    )


def measured(facts: Facts) -> Judgement:
    """The share is an average of the years before the award, or else a forecast.

    Source: art. 31, 3°, which refers to art. 30, § 4.
    """
    return average(facts, facts.years("market_years"), "market_years")


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
