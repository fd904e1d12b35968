"""Plain sharing free of charge: nothing is given in return, so there is no contract.

Source: law of 17 June 2016, art. 2, 17°; CJEU C-606/17 and C-796/18.
"""

from __future__ import annotations

from jointbuy.law.rule import Rule, row

NAME = "free_sharing"


def rules() -> tuple[Rule, ...]:
    """The rules of the form in reading order."""
    return tuple(row(NAME, code) for code in ("f1", "f2", "f3", "f4", "f5", "f6"))
