"""In-house award upwards to the controlling authority, or to a sister it controls too.

Source: law of 17 June 2016, art. 30, § 2; Directive 2014/24/EU, art. 12(2).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointbuy.law.rule import Judgement, Rule, row, rule
from jointbuy.law.rules.activity import entrusted_share, measured

if TYPE_CHECKING:
    from jointbuy.law.facts import Facts

NAME = "in_house_reverse"


def activity(facts: Facts) -> Judgement:
    """Strictly more than the required share is entrusted to the controlled person.

    Source: art. 30, § 1, 2°, § 2 and § 4.
    """
    return entrusted_share(facts, "r5_share")


def rules() -> tuple[Rule, ...]:
    """The rules of the form in reading order."""
    return (
        row(NAME, "r1"),
        row(NAME, "r2"),
        row(NAME, "r3"),
        row(NAME, "r4"),
        row(NAME, "r5"),
        rule(NAME, "r5_share", activity),
        rule(NAME, "share_basis", measured),
        row(NAME, "r5_group"),
    )
