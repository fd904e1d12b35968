"""What the parties say about staff put at disposal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointbuy.errors import say
from jointbuy.law.derivation.case import answer, names
from jointbuy.law.facts import NO
from jointbuy.model import AdministrationKind

if TYPE_CHECKING:
    from jointbuy.law.derivation.case import Case
    from jointbuy.law.facts import Derived

NEVER_LISTED = (AdministrationKind.COMMUNE, AdministrationKind.INTERCOMMUNALE)
"""Kinds that are never users of the closed list, whoever employs the staff."""


def listed_user(case: Case) -> Derived | None:
    """No where neither party can be a user; who employs and who uses is not recorded.

    Source: New Municipal Law, art. 144bis.
    """
    if not _both_known(case):
        return None
    if not all(each.kind in NEVER_LISTED for each in case.administrations):
        return None
    return answer(
        NO,
        say(
            "None of the parties is a CPAS, a social housing company or a non-profit "
            "association: {administrations}.",
            administrations=names(case.administrations),
        ),
    )


def by_cpas(case: Case) -> Derived | None:
    """A CPAS alone employs people under article 60, § 7."""
    kinds = {each.kind for each in case.administrations}
    if not _both_known(case) or kinds & {AdministrationKind.CPAS, None}:
        return None
    return answer(NO, say("No CPAS is among the parties."))


def _both_known(case: Case) -> bool:
    """Whether the employer and the user can both be among the parties."""
    return len(case.administrations) > 1
