"""Consultation between a commune and its CPAS before they decide.

Source: organic law of 8 July 1976, art. 26, § 2, and 26bis.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from jointbuy.errors import Arg, Message, named, say
from jointbuy.law.competence.consultation import consultation
from jointbuy.law.competence.judging import Due
from jointbuy.law.facts import NO, UNKNOWN, YES
from jointbuy.law.rule import Judgement, Rule, note, row
from jointbuy.law.tables import citation, table
from jointbuy.model.cooperation import Form
from jointbuy.model.finding import Outcome
from jointbuy.model.parties import AdministrationKind, Region

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from jointbuy.law.facts import Facts
    from jointbuy.model.finding import Citation
    from jointbuy.model.parties import Administration

NAME = "concertation"
NOT_DUE = "not_due"

ROWS = {Form.JOINT_CONTRACT: "k26_purchase", Form.STAFF_PLACEMENT: "k26_staff"}
"""What the form does; else it creates or extends a service or an association."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SynergiesReport:
    """Whether the yearly report is due: yes, no, or unknown where it must be verified.

    `citation` names the paragraph as it was numbered on that day in that region.
    """

    due: str
    message: Message
    citation: Citation


def synergies_report(region: Region, on: date) -> SynergiesReport:
    """The yearly report of commune and CPAS in that region on that day.

    Source: organic law of 8 July 1976, art. 26bis, § 5, and the Walloon decree of 28
    March 2024 on CDLD, art. L1122-11.
    """
    rows = table(NAME)
    found = next(
        row
        for row in rows["report"][region.name]
        if row.get("from", on) <= on <= row.get("until", on)
    )
    due = {"required": YES, "none": NO}.get(found["is"], UNKNOWN)
    return SynergiesReport(
        due=due,
        message=_sentence(due, named(rows["places"][region.name])),
        citation=citation(found, where=f"{NAME}.report.{region.name}"),
    )


def _sentence(due: str, place: Arg) -> Message:
    if due == YES:
        return say(
            "A yearly report on economies of scale and synergies between the commune "
            "and its CPAS is due {place}: enter this cooperation in it.",
            place=place,
        )
    if due == NO:
        return say(
            "No yearly report on synergies between the commune and its CPAS is due "
            "{place}.",
            place=place,
        )
    return say(
        "Whether a yearly report on synergies between the commune and its CPAS is "
        "still due {place} is to be verified.",
        place=place,
    )


def integrated(region: Region | None, on: date) -> bool:
    """Whether the CPAS is so joined to its commune that no committee is left.

    Source: Flemish decree of 22 December 2017.
    """
    since: date | None = table(NAME)["integrated"].get(region.name) if region else None
    return since is not None and on >= since


def not_heard(
    administrations: Sequence[Administration], form: Form, on: date
) -> Message | None:
    """Why no CPAS among the parties need hear it; None where one may have to.

    Source: see `jointbuy.law.competence.consultation`.
    """
    found = [
        consultation(each.kind, each.region, form, on)
        for each in administrations
        if each.kind is AdministrationKind.CPAS
    ]
    known = [each for each in found if each is not None]
    if not known or len(known) != len(found):
        return None
    if any(each.due is not Due.NO for each in known):
        return None
    return known[0].why


def rules(form: Form) -> tuple[Rule, ...]:
    """The rule on consultation, by what the form does."""
    judged = row(NAME, ROWS.get(form, "k26_service"))
    if form not in judged.asked.forms:
        return ()

    def judge(facts: Facts) -> Judgement:
        found = judged.judge(facts)
        why = not_heard(facts.administrations, form, facts.on)
        if why is not None and facts.known("k26") == NOT_DUE:
            found = replace(
                found, message=say("{first} {more}", first=found.message, more=why)
            )
        return _with_reports(found, facts)

    return (replace(judged, judge=judge),)


def _with_reports(judged: Judgement, facts: Facts) -> Judgement:
    """What is in order, with a remark on the reports that are or may be due."""
    if judged.outcome is not Outcome.OK:
        return judged
    for each in reports(facts.administrations, facts.on):
        message = say("{first} {more}", first=judged.message, more=each.message)
        judged = note(message, *judged.basis, each.citation)
    return judged


def reports(
    administrations: Sequence[Administration], on: date
) -> tuple[SynergiesReport, ...]:
    """The reports where a commune and a CPAS of one region are among the parties.

    One that is not due is left out.
    """
    found = []
    for region in Region:
        kinds = {each.kind for each in administrations if each.region is region}
        if kinds >= {AdministrationKind.COMMUNE, AdministrationKind.CPAS}:
            found.append(synergies_report(region, on))
    return tuple(each for each in found if each.due != NO)
