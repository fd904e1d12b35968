"""Personal data in a cooperation: never an obstacle to the form, but to the start.

Source: Regulation (EU) 2016/679, art. 26, 28, 30, 32, 35 and 37; law of 15 January
1990; law of 5 September 2018; law of 30 July 2018, art. 20.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointbuy.errors import say
from jointbuy.law.facts import NO, UNKNOWN, YES
from jointbuy.law.questions import question
from jointbuy.law.rule import Judgement, Rule, note, ok, rule, serious, unknown
from jointbuy.law.tables import citation, table
from jointbuy.model.finding import Outcome
from jointbuy.model.parties import Region

if TYPE_CHECKING:
    from jointbuy.law.facts import Facts
    from jointbuy.model.cooperation import Form
    from jointbuy.model.finding import Citation

NAME = "data_protection"


def personal_data(facts: Facts) -> Judgement:
    """Who answers for the data is settled, and the act this requires exists.

    Source: GDPR, art. 26 and 28(3); between federal authorities art. 20 of the law of
    30 July 2018.
    """
    involved = _involved(facts)
    if involved is None:
        return unknown("d1", Outcome.WARNING)
    if not involved:
        return ok(say("No personal data are shared or processed for another."))
    roles = facts.choice("d2", question("d2").choices)
    if roles == UNKNOWN:
        return unknown("d2", Outcome.SERIOUS)
    if roles == "separate":
        return _separate(facts)
    act = facts.yes_no("d3")
    basis = question("d3").basis
    if act is None:
        return unknown("d3", Outcome.SERIOUS)
    if act:
        return note(
            say(
                "The act on personal data exists. Enter the processing in the records "
                "of each administration; one data protection officer may serve several."
            ),
            *basis,
            _cited("officer"),
        )
    if roles == "joint":
        return serious(
            say(
                "Joint controllers need an arrangement that says who does what, and "
                "its essence must be available to the persons concerned: lay it down "
                "before data are processed."
            ),
            *basis,
        )
    return serious(
        say(
            "A processor needs a written contract with the controller: sign it before "
            "data are processed."
        ),
        *basis,
    )


def _involved(facts: Facts) -> bool | None:
    """Whether personal data are; plain sharing asks that itself already."""
    if YES in {facts.known("d1"), facts.known("f5")}:
        return True
    return facts.yes_no("f5" if facts.known("f5") else "d1")


def _excluded(facts: Facts) -> bool:
    """Whether it was answered that there are no personal data."""
    known = {facts.known("d1"), facts.known("f5")}
    return NO in known and YES not in known


def _separate(facts: Facts) -> Judgement:
    """Each for itself: a protocol where the text of the authority asks for one."""
    regions = {each.region for each in facts.administrations}
    if Region.FLANDERS in regions:
        return note(
            say(
                "Each remains responsible for its own data. Handing them over needs a "
                "legal ground, and for a Flemish administration as a rule a protocol; "
                "the Data Protection Authority supervises, and in Flanders the Flemish "
                "Supervisory Commission."
            ),
            _cited("flemish_protocol"),
        )
    return note(
        say(
            "Each remains responsible for its own data. Handing them over needs a "
            "legal ground, and from a federal authority as a rule a protocol; the Data "
            "Protection Authority supervises."
        ),
        _cited("federal_protocol"),
    )


def social_data(facts: Facts) -> Judgement:
    """Social data leave the network only after a deliberation, unless exempt.

    Source: law of 15 January 1990; law of 5 September 2018; GDPR, art. 35.
    """
    if not facts.known("d4") and _excluded(facts):
        return ok(say("Without personal data there are no social data either."))
    social = facts.yes_no("d4")
    if social is None:
        return unknown("d4", Outcome.WARNING)
    if not social:
        return ok(say("No social data are communicated through the network."))
    deliberation = facts.choice("d5", question("d5").choices)
    if deliberation == UNKNOWN:
        return unknown("d5", Outcome.SERIOUS)
    if deliberation == NO:
        return serious(
            say(
                "Social data may be communicated only after a deliberation of the "
                "Information Security Committee, unless the communication is exempt: "
                "ask for it before the start."
            )
        )
    impact = _cited("impact")
    if deliberation == YES:
        return note(
            say(
                "The deliberation is there. Apply the minimum security standards, keep "
                "the data of the CPAS apart from the staff of the commune, and assess "
                "the impact first where data are processed on a large scale."
            ),
            impact,
        )
    return note(
        say(
            "No deliberation is needed: keep the ground of the exemption on file. "
            "Apply the minimum security standards, keep the data of the CPAS apart "
            "from the staff of the commune, and assess the impact first where data are "
            "processed on a large scale."
        ),
        impact,
    )


def _cited(name: str) -> Citation:
    return citation(table(NAME)[name], where=f"{NAME}.{name}")


def rules(form: Form) -> tuple[Rule, ...]:
    """The rules on personal data that the form has questions on."""
    every = (rule(NAME, "d1", personal_data), rule(NAME, "d4", social_data))
    return tuple(each for each in every if form in each.asked.forms)
