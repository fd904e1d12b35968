"""What the records say of languages, personal data and consultation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointbuy.errors import say
from jointbuy.law.derivation.case import answer
from jointbuy.law.facts import NO, YES
from jointbuy.law.languages import spoken
from jointbuy.law.rules.concertation import integrated, not_heard
from jointbuy.law.rules.languages import bilingual, papers
from jointbuy.law.tables import table
from jointbuy.model import AdministrationKind, Form, Nature

if TYPE_CHECKING:
    from jointbuy.law.derivation.case import Case
    from jointbuy.law.facts import Derived
    from jointbuy.model import Need

NOT_DUE = "not_due"

OUTSIDE = (Form.IN_HOUSE, Form.IN_HOUSE_REVERSE, Form.IN_HOUSE_JOINT, Form.TRANSFER)
"""The forms with one more party, of which the register may say nothing.

It is the provider, or the new holder of the competence.
"""

NO_NETWORK = (
    AdministrationKind.COMMUNE,
    AdministrationKind.POLICE_ZONE,
    AdministrationKind.PROVINCE,
    AdministrationKind.SCHOOL_BOARD,
)
"""Kinds that are no institution of the network of social security."""

SERVED_BY_CPAS = (AdministrationKind.COMMUNE, AdministrationKind.CPAS, None)
"""Kinds that the one party not recorded may have a committee with."""


def one_language(case: Case) -> Derived | None:
    """Every paper of the form is needed in one language."""
    if case.form in OUTSIDE:
        return None
    found = papers(case.form, case.administrations, case.on)
    if not found or bilingual(found) or not all(each.languages for each in found):
        return None
    every = dict.fromkeys(code for each in found for code in each.languages)
    if len(every) > 1:
        return answer(
            NOT_DUE,
            say(
                "Each administration decides in its own language ({languages}), and no "
                "paper is joint.",
                languages=spoken(every),
            ),
        )
    return answer(
        NOT_DUE,
        say(
            "By region and postcode, one language for every party: {language}.",
            language=spoken(every),
        ),
    )


def personal_data(case: Case) -> Derived | None:
    """A need is recorded with personal data, or is of a kind that has them as a rule.

    No only where every need is recorded without.
    """
    if all(need.personal_data is False for need in case.needs):
        return answer(NO, say("Every need is recorded without personal data."))
    recorded = [need for need in case.needs if need.personal_data]
    if recorded:
        return answer(
            YES,
            say(
                "Recorded with personal data: “{need}”.",
                need=recorded[0].title,
            ),
        )
    usual = [n for n in case.needs if n.personal_data is None and _usual(n)]
    if usual:
        return answer(
            YES,
            say(
                "By its category it involves personal data as a rule: “{need}”.",
                need=usual[0].title,
            ),
        )
    return None


def _usual(need: Need) -> bool:
    """Computing, personnel and payroll, social work and health."""
    groups = tuple(table("data_protection")["domains"]["cpv"])
    return any(code.startswith(groups) for code in (need.cpv, *need.other_cpv) if code)


def social_data(case: Case) -> Derived | None:
    """No personal data, nothing that could hold any, or nobody of the network."""
    if all(need.personal_data is False for need in case.needs):
        return answer(NO, say("Every need is recorded without personal data."))
    if all(map(_far_from_data, case.needs)):
        return answer(
            NO,
            say("Supplies or works outside computing, personnel and social work."),
        )
    if case.form in OUTSIDE:
        return None
    if all(each.kind in NO_NETWORK for each in case.administrations):
        return answer(
            NO, say("No CPAS or other institution of social security is a party.")
        )
    return None


def _far_from_data(need: Need) -> bool:
    """Supplies or works of a category that has no data as a rule."""
    goods = need.nature in (Nature.SUPPLIES, Nature.WORKS)
    return goods and bool(need.cpv) and not need.personal_data and not _usual(need)


def consultation(case: Case) -> Derived | None:
    """The committee need not be heard: no CPAS, no committee, or only a purchase."""
    parties = case.administrations
    kinds = {each.kind for each in parties}
    if case.form in OUTSIDE and kinds & set(SERVED_BY_CPAS):
        return _no_committee(case)
    if None in kinds:
        return None
    if AdministrationKind.CPAS not in kinds:
        if AdministrationKind.COMMUNE in kinds and any(map(_social, case.needs)):
            return _no_committee(case)
        return answer(NOT_DUE, say("No CPAS is among the parties."))
    if case.form is Form.JOINT_CONTRACT:
        return _purchase(case) or _no_committee(case)
    return _no_committee(case)


def _social(need: Need) -> bool:
    """A commune must consult on new social services without its CPAS as well."""
    groups = tuple(table("concertation")["social"]["cpv"])
    return not need.cpv or need.cpv.startswith(groups)


def _purchase(case: Case) -> Derived | None:
    """What the table of competence says of a purchase of the administrations."""
    kinds = {each.kind for each in case.administrations}
    if AdministrationKind.COMMUNE not in kinds:
        return answer(NOT_DUE, say("The commune of the CPAS is not among the parties."))
    found = not_heard(case.administrations, case.form, case.on)
    return answer(NOT_DUE, found) if found is not None else None


def _no_committee(case: Case) -> Derived | None:
    """Where commune and CPAS are one organisation there is no committee left."""
    if not all(integrated(each.region, case.on) for each in case.administrations):
        return None
    return answer(
        NOT_DUE,
        say("In Flanders the OCMW is part of the organisation of its commune."),
    )
