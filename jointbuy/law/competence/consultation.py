"""Whether the committee of a commune and its CPAS is heard, by what the form does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from jointbuy.errors import say
from jointbuy.law.competence.judging import Due
from jointbuy.law.competence.rows import fitting
from jointbuy.model.cooperation import Form

if TYPE_CHECKING:
    from datetime import date

    from jointbuy.errors import Message
    from jointbuy.model.parties import AdministrationKind, Region

PURCHASES = frozenset({Form.JOINT_CONTRACT, Form.PURCHASING_CENTRE})
"""The forms that come to a purchase and create nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hearing:
    """Whether the committee must be heard first, and why."""

    due: Due
    why: Message


def hearing(cells: dict[str, Any], form: Form) -> Hearing:
    """What a row on consultation comes to in a form of cooperation."""
    if form not in PURCHASES:
        return Hearing(
            due=Due.UNKNOWN,
            why=say("It is due where a service is created or extended."),
        )
    if Due[cells["purchase"].upper()] is Due.NO:
        return Hearing(
            due=Due.NO,
            why=say(
                "It is not required for a plain purchase, which creates no service and "
                "no association; it is prudent all the same."
            ),
        )
    return Hearing(
        due=Due.UNKNOWN,
        why=say(
            "For a plain purchase it is prudent, and due where the regional text lists "
            "joint purchases."
        ),
    )


def consultation(
    kind: AdministrationKind | None, region: Region | None, form: Form, on: date
) -> Hearing | None:
    """Whether such an administration hears the committee; None where there is none.

    Source: organic law of 8 July 1976, art. 26bis.
    """
    for cells in fitting("before", kind, region, on):
        if cells["what"] == "consultation":
            return hearing(cells, form)
    return None
