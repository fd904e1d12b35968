"""The values of the letter with which an administration marks interest in a framework.

Whatever nobody decided or recorded stays empty here; the template makes a field of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointbuy.centres.interest import due_day
from jointbuy.documents.deliberation import acting, known_day, text
from jointbuy.l10n import format as written
from jointbuy.model import AdministrationKind, EnterpriseNumber

if TYPE_CHECKING:
    from decimal import Decimal

    from jointbuy.documents.joining import Declaring
    from jointbuy.documents.template import Values
    from jointbuy.documents.words import Words

DRAFTED = ("fr", "nl")
"""The languages in which jurists wrote a model of it."""


def values(case: Declaring, words: Words) -> Values:
    """Every name of the template with its value."""
    language, framework, interest = words.language, case.framework, case.interest
    who, person = case.administration, case.contact
    bodies = words.bodies(who)
    due = due_day(interest, framework)
    most = interest.maximum_quantity if interest else None
    quantity = ""
    if interest and most is not None:
        quantity = f"{written.number(most)} {interest.unit}"
    contact = ""
    if person:
        known = (person.name, person.function, person.email, person.phone)
        contact = ", ".join(filter(None, known))
    return {
        **acting(who, case.languages, words),
        "draft": words.mark("draft"),
        "reference": text(case.reference, words),
        "centre": text(case.centre.names.get(language) or case.centre.id, words),
        "framework": text(framework.title.get(language) or framework.id, words),
        "number": text(framework.reference, words),
        "address": text(", ".join(filter(None, (who.address, who.postcode))), words),
        "enterprise_number": _number(who.enterprise_number),
        "due": known_day(due, language),
        "launch": known_day(framework.launch, language),
        "quantity": text(quantity, words),
        "amount": _amount(interest.maximum_amount if interest else None, language),
        "contact": text(contact, words),
        "signs": words.listed(bodies.signs),
        "commune": who.kind is AdministrationKind.COMMUNE,
    }


def _number(typed: str) -> str:
    """The enterprise number as it is written; one that cannot be is left open."""
    if not EnterpriseNumber.is_valid(typed):
        return ""
    return EnterpriseNumber.format(EnterpriseNumber.compact(typed))


def _amount(amount: Decimal | None, language: str) -> str:
    return "" if amount is None else written.amount(amount, language)
