"""Value added tax on what administrations charge one another.

Source: VAT Code, art. 6 and 44, § 2bis.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointbuy.errors import say
from jointbuy.law.facts import NO, UNKNOWN
from jointbuy.law.questions import question
from jointbuy.law.rule import (
    Judgement,
    Rule,
    note,
    ok,
    row,
    rule,
    serious,
    unknown,
    warning,
)
from jointbuy.model.finding import Outcome

if TYPE_CHECKING:
    from jointbuy.law.facts import Facts
    from jointbuy.model.cooperation import Form

NAME = "vat"


def position(facts: Facts) -> Judgement:
    """What is charged between administrations can be taxable at the ordinary rate.

    Source: art. 6 and 44, § 2bis.
    """
    answer = facts.choice("v1", question("v1").choices)
    if answer == UNKNOWN:
        return unknown("v1", Outcome.WARNING)
    if answer == NO:
        return warning(
            say(
                "Services between administrations for pay can be subject to VAT, a "
                "hidden cost in the shares: have the financial directors check it "
                "before the start."
            )
        )
    if answer == "no_vat":
        return ok(
            say(
                "Checked: no VAT is due between the administrations, without payment "
                "or as public authorities."
            )
        )
    if answer == "taxed":
        return note(say("Checked: VAT is due. Count it in the shares of the costs."))
    return _group(facts)


def _group(facts: Facts) -> Judgement:
    """The exemption of groups that share costs holds only under all its conditions.

    Source: art. 44, § 2bis.
    """
    met = facts.yes_no("v2")
    basis = question("v2").basis
    if met is None:
        return unknown("v2", Outcome.WARNING)
    if met:
        return note(
            say(
                "The conditions of the exemption of cost-sharing groups are met. See "
                "to its formalities, and keep the calculation of each share."
            ),
            *basis,
        )
    return serious(
        say(
            "Without all its conditions the exemption of cost-sharing groups falls "
            "away and VAT is due on what is charged: count it in, or change the "
            "arrangement."
        ),
        *basis,
    )


def rules(form: Form) -> tuple[Rule, ...]:
    """The rules on VAT that the form has questions on."""
    every = (rule(NAME, "v1", position), row(NAME, "v3"))
    return tuple(each for each in every if form in each.asked.forms)
