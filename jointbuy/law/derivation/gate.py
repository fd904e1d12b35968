"""What the records of the parties and their needs say at the gate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointbuy.errors import euro, say
from jointbuy.law.derivation.case import answer, names
from jointbuy.law.facts import NO, YES
from jointbuy.law.procedures import eu_threshold, maybe_social
from jointbuy.model import AdministrationKind, Nature

if TYPE_CHECKING:
    from jointbuy.law.derivation.case import Case
    from jointbuy.law.facts import Derived
    from jointbuy.law.parameters import Value
    from jointbuy.model import Administration

OWN_PERSONS = (
    AdministrationKind.COMMUNE,
    AdministrationKind.CPAS,
    AdministrationKind.PROVINCE,
    AdministrationKind.INTERCOMMUNALE,
    AdministrationKind.REGION,
)
"""Kinds that are contracting authorities with a legal personality of their own."""

MAYBE_FEDERAL = (AdministrationKind.OTHER, None)
"""Kinds a federal authority, with its lower threshold, may be recorded under."""


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
    """The estimates together reach the European threshold or do not.

    Open between the lowest and the highest threshold that may be the one.
    """
    total, thresholds = case.total, _thresholds(case)
    if total is None or not thresholds:
        return None
    reached = [each.met_by(total) for each in thresholds]
    if any(reached) and not all(reached):
        return None
    threshold = thresholds[-1] if all(reached) else thresholds[0]
    if all(reached):
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


def _thresholds(case: Case) -> list[Value]:
    """The thresholds that may be the one, the lowest first.

    A party of another kind may be federal, and services may be social or other
    specific ones.
    """
    nature = case.nature
    if nature is None:
        return []
    found = [eu_threshold(nature, "local", case.on, case.own)]
    if any(each.kind in MAYBE_FEDERAL for each in case.administrations):
        found.append(eu_threshold(nature, "central", case.on, case.own))
    if nature is Nature.SERVICES and any(maybe_social(n.cpv) for n in case.needs):
        found.append(eu_threshold("social", "local", case.on, case.own))
    return sorted(found, key=lambda each: each.value)


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
