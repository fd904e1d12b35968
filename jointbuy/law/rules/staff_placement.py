"""Staff that one administration puts at the disposal of another.

Source: law of 24 July 1987, art. 31 and 32; New Municipal Law, art. 144bis.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from jointbuy.errors import say
from jointbuy.law.facts import YES
from jointbuy.law.questions import question
from jointbuy.law.rule import Judgement, Rule, blocked, note, ok, row, rule, unknown
from jointbuy.model.finding import Outcome

if TYPE_CHECKING:
    from jointbuy.law.facts import Facts

NAME = "staff_placement"


def user(facts: Facts) -> Judgement:
    """The user is one of the closed list, which other staff does not follow.

    Source: New Municipal Law, art. 144bis.
    """
    listed = facts.yes_no("t2")
    if facts.known("t10") == YES:
        judged = note(
            say(
                "For employment under article 60, § 7, the users are those that this "
                "article names, not those of article 144bis."
            ),
            *question("t10").basis,
        )
        return replace(judged, replaces=True)
    if facts.known("t1") == "statutory":
        return note(
            say(
                "The list of article 144bis is for contractual staff: the basis in the "
                "statute of the staff must allow this user."
            )
        )
    if listed is None:
        return unknown("t2", Outcome.SERIOUS)
    if listed:
        return ok(say("The law names this user."))
    return blocked(
        say(
            "The list is closed: a commune may put contractual staff at the disposal "
            "of a CPAS, a social housing company or a non-profit association, not of "
            "another commune, an intercommunale or an autonomous communal company."
        )
    )


def rules() -> tuple[Rule, ...]:
    """The rules of the form in reading order."""
    return (
        row(NAME, "t1"),
        rule(NAME, "t2", user),
        row(NAME, "t3"),
        row(NAME, "t4"),
        row(NAME, "t5"),
        row(NAME, "t6"),
        row(NAME, "t7"),
        row(NAME, "t8"),
        row(NAME, "t9"),
        row(NAME, "t10"),
    )
