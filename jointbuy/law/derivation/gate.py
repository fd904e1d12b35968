"""What the records of the parties and their needs say at the gate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointbuy.errors import euro, say
from jointbuy.law.derivation.case import answer, names
from jointbuy.law.facts import NO, YES
from jointbuy.law.procedures import eu_threshold
from jointbuy.model import AdministrationKind

if TYPE_CHECKING:
    from jointbuy.law.derivation.case import Case
    from jointbuy.law.facts import Derived
    from jointbuy.model import Administration

OWN_PERSONS = (
    AdministrationKind.COMMUNE,
    AdministrationKind.CPAS,
    AdministrationKind.PROVINCE,
    AdministrationKind.INTERCOMMUNALE,
    AdministrationKind.REGION,
)
"""Kinds that are contracting authorities with a legal personality of their own."""


def contracting_authorities(case: Case) -> Derived | None:
    """Every party is one by its kind, and no two share an enterprise number."""
    numbers = [each.enterprise_number for each in case.administrations]
    known = [number for number in numbers if number]
    if len(set(known)) < len(known):
        return None
    if not all(_own_person(each) for each in case.administrations):
        return None
    return answer(
        YES,
        say(
            "Contracting authorities by their kind: {administrations}.",
            administrations=names(case.administrations),
        ),
    )


def _own_person(each: Administration) -> bool:
    """A zone of one municipality is that municipality: a number of its own shows it."""
    if each.kind is AdministrationKind.POLICE_ZONE:
        return bool(each.enterprise_number)
    return each.kind in OWN_PERSONS


def european_value(case: Case) -> Derived | None:
    """The estimates together reach the European threshold or do not."""
    total, nature = case.total, case.nature
    if total is None or nature is None:
        return None
    threshold = eu_threshold(nature, "local", case.on)
    if threshold.met_by(total):
        return answer(
            YES,
            say(
                "The estimates add up to {total} and reach the European threshold of "
                "{threshold}.",
                total=euro(total),
                threshold=euro(threshold.value),
            ),
        )
    return answer(
        NO,
        say(
            "The estimates add up to {total}, less than the European threshold of "
            "{threshold}.",
            total=euro(total),
            threshold=euro(threshold.value),
        ),
    )


def known_places(case: Case) -> Derived:
    """The region and the languages of every party are recorded."""
    lacking = [
        each
        for each in case.administrations
        if each.region is None or not each.languages
    ]
    if lacking:
        return answer(
            NO,
            say(
                "The region or the languages are not recorded of: {administrations}.",
                administrations=names(lacking),
            ),
        )
    return answer(YES, say("The region and the languages of every party are recorded."))
