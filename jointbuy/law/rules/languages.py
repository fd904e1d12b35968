"""The languages in which the documents of a cooperation are needed.

Source: coordinated laws of 18 July 1966, art. 10–11, 17–19, 23–24 and 58.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointbuy.errors import say
from jointbuy.law.facts import NO, UNKNOWN, YES
from jointbuy.law.languages import Paper, Versions, required_languages, spoken
from jointbuy.law.questions import question
from jointbuy.law.rule import Judgement, Rule, ok, rule, serious, unknown
from jointbuy.model.cooperation import Form
from jointbuy.model.finding import Outcome

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from jointbuy.law.facts import Facts
    from jointbuy.model.finding import Citation
    from jointbuy.model.parties import Administration

NAME = "languages"

PAPERS = {
    Form.JOINT_CONTRACT: tuple(Paper),
    Form.PURCHASING_CENTRE: (Paper.DECISION,),
}
"""What is written for a form; where nothing is bought, no specifications or notice."""

BETWEEN = (Paper.DECISION, Paper.CONVENTION)

ROWS = {Form.JOINT_CONTRACT: "l1_launch", Form.PURCHASING_CENTRE: "l1_order"}
"""Before what the versions must be there; else before the start."""


def papers(
    form: Form, administrations: Sequence[Administration], on: date
) -> tuple[Versions, ...]:
    """The papers of a form, letters left out, with the languages they are needed in."""
    written = PAPERS.get(form, BETWEEN)
    return tuple(
        each
        for each in required_languages(administrations, on)
        if each.paper in written and each.paper is not Paper.LETTER
    )


def bilingual(found: Sequence[Versions]) -> tuple[Versions, ...]:
    """The papers that are needed in more than one language."""
    return tuple(each for each in found if len(each.languages) > 1)


def versions(form: Form, facts: Facts) -> Judgement:
    """Every paper exists in each of its languages; what is not in them is void.

    Source: art. 58; the union over the participants follows from art. 17–19.
    """
    answer = facts.choice("l1", question("l1").choices)
    several = bilingual(papers(form, facts.administrations, facts.on))
    cited = _cited(several)
    if answer == UNKNOWN:
        return unknown("l1", Outcome.WARNING)
    if answer == YES:
        return ok(say("Every document exists in the languages required."), *cited)
    if several:
        every = dict.fromkeys(code for each in several for code in each.languages)
        return serious(
            say(
                "Documents are needed in several languages ({languages}): make every "
                "version before going on. An act that is not drawn up in the "
                "languages required is void.",
                languages=spoken(every),
            ),
            *cited,
        )
    if answer == NO:
        return serious(
            say(
                "Make every version before going on: an act that is not drawn up in "
                "the languages required is void."
            )
        )
    return ok(say("One language is enough for every document."))


def _cited(several: Sequence[Versions]) -> tuple[Citation, ...]:
    return tuple(dict.fromkeys(c for each in several for c in each.citations))


def rules(form: Form) -> tuple[Rule, ...]:
    """The rule on languages, with what it stops in that form."""
    at = rule(NAME, ROWS.get(form, "l1_start"), lambda facts: versions(form, facts))
    return (Rule(code="l1", stops=at.stops, judge=at.judge, institution=NAME),)
