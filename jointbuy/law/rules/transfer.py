"""Transfer of competence: powers and responsibility move, so there is no contract.

Source: Directive 2014/24/EU, art. 1(6); CJEU C-51/15 and C-328/19.
"""

from __future__ import annotations

from jointbuy.law.rule import Rule, row

NAME = "transfer"


def rules() -> tuple[Rule, ...]:
    """The rules of the form in reading order."""
    codes = ("x1", "x2", "x3", "x4", "x5", "x6", "x7")
    return tuple(row(NAME, code) for code in codes)
