"""In-house award to a person several authorities control together.

Source: law of 17 June 2016, art. 30, § 3; Directive 2014/24/EU, art. 12(3).
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

NAME = "in_house_joint"


def capital(facts: Facts) -> Judgement:
    """No direct private capital in the controlled person.

    Source: art. 30, § 3, 3°.
    """
    return private_capital(facts, "k6")


def activity(facts: Facts) -> Judgement:
    """Strictly more than the required share is entrusted by the members together.

    Source: art. 30, § 3, 2°, and § 4.
    """
    return entrusted_share(facts, "k7")


def rules() -> tuple[Rule, ...]:
    """The rules of the form in reading order."""
    return (
        row(NAME, "k1"),
        row(NAME, "k2"),
        row(NAME, "k3"),
        row(NAME, "k4"),
        row(NAME, "k5"),
        rule(NAME, "k6", capital),
        rule(NAME, "k7", activity),
        rule(NAME, "share_basis", measured),
        rule(NAME, "h6", group_parent),
        row(NAME, "k8"),
        row(NAME, "k9"),
        row(NAME, "k10"),
    )
