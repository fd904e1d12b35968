"""What the parties say about an in-house award."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointbuy.errors import say
from jointbuy.law.derivation.case import answer
from jointbuy.law.facts import NO, YES
from jointbuy.model import AdministrationKind

if TYPE_CHECKING:
    from jointbuy.law.derivation.case import Case
    from jointbuy.law.facts import Derived


def commune_and_cpas(case: Case) -> Derived | None:
    """A commune and a CPAS among the parties; no where there is no commune.

    A commune alone can entrust it to its CPAS: the provider is not recorded.
    """
    kinds = {each.kind for each in case.administrations}
    both = {AdministrationKind.COMMUNE, AdministrationKind.CPAS}
    if kinds >= both:
        return answer(YES, say("A commune and a CPAS are among the parties."))
    if kinds & {AdministrationKind.COMMUNE, None}:
        return None
    return answer(NO, say("No commune is among the parties."))
