"""Checks a form against what is known: every rule, every time, in reading order."""

from __future__ import annotations

import dataclasses
import functools
from typing import TYPE_CHECKING

from jointbuy.law.facts import YES, Facts
from jointbuy.law.rules import (
    around,
    free_sharing,
    gate,
    horizontal,
    in_house,
    in_house_joint,
    in_house_reverse,
    joint_contract,
    purchasing_centre,
    staff_placement,
    transfer,
)
from jointbuy.law.tables import in_force
from jointbuy.model.cooperation import Form
from jointbuy.model.finding import Finding, Outcome, Stops

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jointbuy.law.rule import Rule

_INSTITUTIONS = {
    Form.JOINT_CONTRACT: joint_contract.rules,
    Form.PURCHASING_CENTRE: purchasing_centre.rules,
    Form.IN_HOUSE: in_house.rules,
    Form.IN_HOUSE_REVERSE: in_house_reverse.rules,
    Form.IN_HOUSE_JOINT: in_house_joint.rules,
    Form.HORIZONTAL: horizontal.rules,
    Form.STAFF_PLACEMENT: staff_placement.rules,
    Form.FREE_SHARING: free_sharing.rules,
    Form.TRANSFER: transfer.rules,
}


@functools.cache
def rules(form: Form) -> tuple[Rule, ...]:
    """The common gate, the rules of the form, then what goes around every form."""
    return gate.gate(form) + _INSTITUTIONS[form]() + around.around(form)


def check(form: Form, facts: Facts) -> tuple[Finding, ...]:
    """What the law of the day says about the form, rule by rule.

    Every rule gives one finding; one that is not answered is UNKNOWN and names its
    question. Between administrations, a value at the European threshold makes every
    warning serious. Raises `NotInForce` before the law of 2016.
    """
    of_form = rules(form)
    in_force("law_2016", facts.on)
    findings = tuple(each.finding(facts) for each in of_form)
    if raises(form, facts):
        return tuple(raised(finding) for finding in findings)
    return findings


def raises(form: Form, facts: Facts) -> bool:
    """Whether the value, at the European threshold, makes every warning serious."""
    return form in gate.BETWEEN and facts.known("g0_6") == YES


def raised(finding: Finding) -> Finding:
    """The finding as it weighs at the European threshold."""
    if finding.outcome is not Outcome.WARNING:
        return finding
    return dataclasses.replace(finding, outcome=Outcome.SERIOUS)


def worst(findings: Iterable[Finding], stops: Stops | None = None) -> Outcome:
    """The worst outcome, of those alone that stop this if it is given; else OK."""
    return max(
        (f.outcome for f in findings if stops is None or f.stops is stops),
        default=Outcome.OK,
    )


def headline(findings: Iterable[Finding]) -> Outcome:
    """Whether the form is available: the worst of what stops the form itself.

    A finding that stops nothing counts as what it is; what stops a later step is
    a task of the plan and does not count.
    """
    now = (None, Stops.FORM)
    return worst(finding for finding in findings if finding.stops in now)


def open_questions(findings: Iterable[Finding]) -> tuple[str, ...]:
    """The codes of the questions still to answer, in reading order."""
    return tuple(dict.fromkeys(f.ask for f in findings if f.ask))
