"""In-house award to a person controlled by a single authority.

Source: law of 17 June 2016, art. 30, § 1; Directive 2014/24/EU, art. 12(1).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointbuy.law.rule import Judgement, Rule, row, rule
from jointbuy.law.rules.activity import (
    entrusted_share,
    group_parent,
    measured,
    private_capital,
)

if TYPE_CHECKING:
    from jointbuy.law.facts import Facts

NAME = "in_house"


def capital(facts: Facts) -> Judgement:
    """No direct private capital in the controlled person.

    Source: art. 30, § 1, 3°.
    """
    return private_capital(facts, "h3")


def activity(facts: Facts) -> Judgement:
    """Strictly more than the required share is entrusted by the controller.

    Source: art. 30, § 1, 2°, and § 4.
    """
    return entrusted_share(facts, "h5")


def rules() -> tuple[Rule, ...]:
    """The rules of the form in reading order."""
    return (
        row(NAME, "h1"),
        row(NAME, "h2"),
        rule(NAME, "h3", capital),
        rule(NAME, "h5", activity),
        rule(NAME, "share_basis", measured),
        rule(NAME, "h6", group_parent),
        row(NAME, "h7"),
        row(NAME, "h8"),
        row(NAME, "h9"),
        row(NAME, "h10"),
        row(NAME, "h11"),
        row(NAME, "h_cpas"),
    )
