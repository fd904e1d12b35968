"""What the parties say about an in-house award to the controller or to a sister."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointbuy.errors import say
from jointbuy.law.derivation.case import answer, names
from jointbuy.law.derivation.gate import contracting_authorities
from jointbuy.law.facts import NO, YES
from jointbuy.model import AdministrationKind

if TYPE_CHECKING:
    from jointbuy.law.derivation.case import Case
    from jointbuy.law.facts import Derived

CONTROLLED_BY_NONE = (
    AdministrationKind.COMMUNE,
    AdministrationKind.PROVINCE,
    AdministrationKind.REGION,
)
"""Kinds whose council is elected: no authority controls them as a department."""


def single_controller(case: Case) -> Derived | None:
    """No where whoever awards is controlled by no authority at all."""
    if not all(each.kind in CONTROLLED_BY_NONE for each in case.administrations):
        return None
    return answer(
        NO,
        say(
            "Supervised, but controlled by no other authority: {administrations}.",
            administrations=names(case.administrations),
        ),
    )


def awards_as_authority(case: Case) -> Derived | None:
    """Whoever awards is a contracting authority: every party is, by its kind."""
    return contracting_authorities(case)


def joint_control(case: Case) -> Derived | None:
    """An intercommunale is controlled by its members together."""
    joint = [
        each
        for each in case.administrations
        if each.kind is AdministrationKind.INTERCOMMUNALE
    ]
    if not joint:
        return None
    return answer(
        YES,
        say(
            "Controlled by their members together: {administrations}.",
            administrations=names(joint),
        ),
    )
