"""Occasional joint procurement: several authorities buy something together, once.

Source: law of 17 June 2016, art. 2, 36°, and 48; Directive 2014/24/EU, art. 38.
"""

from __future__ import annotations

from jointbuy.errors import euro, say
from jointbuy.law.facts import NO, YES, Facts
from jointbuy.law.questions import question
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
)
from jointbuy.model.finding import Outcome

NAME = "joint_contract"
MONTHS_A_YEAR = 12


def before_launch(facts: Facts) -> Judgement:
    """Nobody joins after the launch who was not named from the start.

    Source: art. 48; CJEU C-216/17.
    """
    launched = facts.yes_no("j1")
    if launched is None:
        return unknown("j1", Outcome.SERIOUS)
    if not launched:
        return ok(say("Nothing has been launched yet: everybody can still join."))
    named = facts.yes_no("j1_named")
    if named is None:
        return unknown("j1_named", Outcome.SERIOUS)
    if named:
        return note(
            say(
                "It is already launched, with every participant and its quantities "
                "named from the start: nobody else may join."
            )
        )
    return blocked(
        say(
            "It is already launched: who was not named from the start, with its "
            "quantities, may not join any more."
        )
    )


def lots(facts: Facts) -> Judgement:
    """From an amount on, dividing into lots must be considered.

    What reaches the European threshold is never below that amount.

    Source: art. 58; the amount follows the European revision.
    """
    answer = facts.choice("j9", question("j9").choices)
    floor = facts.parameter("thresholds.lots")
    amount = euro(floor.value)
    if answer == YES:
        return ok(say("Dividing into lots was considered."), floor.citation)
    if answer == "not_due" and facts.known("g0_6") != YES:
        return ok(
            say(
                "The estimate stays below {amount}: lots need not be considered.",
                amount=amount,
            ),
            floor.citation,
        )
    if answer in (NO, "not_due"):
        return blocked(
            say(
                "From {amount} on, dividing into lots must be considered and the "
                "reasons for not dividing recorded before the launch.",
                amount=amount,
            ),
            floor.citation,
        )
    return unknown("j9", Outcome.WARNING)


def duration(facts: Facts) -> Judgement:
    """A framework or a renewable contract lasts at most some years.

    Source: art. 43, § 1, and 57.
    """
    within = facts.yes_no("j12")
    longest = facts.parameter("terms.framework_months")
    if within is None:
        return unknown("j12", Outcome.WARNING)
    years = longest.value / MONTHS_A_YEAR
    if within:
        return ok(
            say(
                "The duration, renewals included, stays within {years} years.",
                years=years,
            ),
            longest.citation,
        )
    return serious(
        say(
            "More than {years} years, renewals included, is possible only in "
            "exceptional cases: write down the reasons that lie in the object.",
            years=years,
        ),
        longest.citation,
    )


def rules() -> tuple[Rule, ...]:
    """The rules of the form in reading order."""
    return (
        rule(NAME, "j1", before_launch),
        row(NAME, "j2"),
        row(NAME, "j3"),
        row(NAME, "j4"),
        row(NAME, "j5"),
        row(NAME, "j6"),
        row(NAME, "j7"),
        row(NAME, "j8"),
        rule(NAME, "j9", lots),
        row(NAME, "j10"),
        row(NAME, "j11"),
        rule(NAME, "j12", duration),
    )
