"""Answers that need not be asked: each with the sentence that says where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointbuy.errors import NotInForce, say
from jointbuy.law.derivation import (
    around,
    gate,
    in_house,
    in_house_reverse,
    joint_contract,
    purchasing_centre,
    staff_placement,
)
from jointbuy.law.derivation.case import Case, answer
from jointbuy.law.facts import YES, Derived, Facts
from jointbuy.law.parameters import NO_OWN, OwnValues
from jointbuy.law.questions import questions
from jointbuy.law.rules.gate import MARKET

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date
    from decimal import Decimal

    from jointbuy.model import (
        Adhesion,
        Administration,
        Candidate,
        Contract,
        Form,
        FrameworkAgreement,
        Interest,
        Need,
        Order,
        PurchasingCentre,
        UseDecision,
    )

FINDERS: tuple[tuple[str, Callable[[Case], Derived | None]], ...] = (
    ("g0_1", gate.contracting_authorities),
    ("g0_6", gate.european_value),
    ("g0_7", gate.known_places),
    ("j6", joint_contract.estimate_is_sum),
    ("j8", joint_contract.exclusive_contract),
    ("j9", joint_contract.lots),
    ("j10", joint_contract.regions_or_languages),
    ("j12", joint_contract.duration),
    ("a1", purchasing_centre.centre_status),
    ("a2", purchasing_centre.beneficiary),
    ("a3", purchasing_centre.interest),
    ("a4", purchasing_centre.within_maximum),
    ("a5", purchasing_centre.before_end),
    ("a6", purchasing_centre.adhesion),
    ("a7", purchasing_centre.use),
    ("a9", purchasing_centre.exclusivity),
    ("a10", purchasing_centre.fee),
    ("a11", purchasing_centre.mini_competition),
    ("a13", purchasing_centre.limited),
    ("a13_met", purchasing_centre.admitted),
    ("a14", purchasing_centre.no_works),
    ("h_cpas", in_house.commune_and_cpas),
    ("r1", in_house_reverse.single_controller),
    ("r3", in_house_reverse.awards_as_authority),
    ("r4", in_house_reverse.joint_control),
    ("t2", staff_placement.listed_user),
    ("t10", staff_placement.by_cpas),
    ("l1", around.one_language),
    ("d1", around.personal_data),
    ("d4", around.social_data),
    ("k26", around.consultation),
)
"""Which question each derivation answers, in reading order."""

OF_EVERY_PARTY = ("g0_1", "g0_7")
"""What is true of every party only when it is true of the provider as well."""


def derive(
    candidate: Candidate,
    form: Form,
    *,
    needs: Sequence[Need] = (),
    administrations: Sequence[Administration] = (),
    contracts: Sequence[Contract] = (),
    framework: FrameworkAgreement | None = None,
    interests: Sequence[Interest] = (),
    adhesions: Sequence[Adhesion] = (),
    uses: Sequence[UseDecision] = (),
    centre: PurchasingCentre | None = None,
    orders: Sequence[Order] = (),
    order: Decimal | None = None,
    own: OwnValues = NO_OWN,
    on: date,
) -> dict[str, Derived]:
    """Answers the register gives by itself, by code of the question.

    Only what is certain is answered; what the register does not know stays open, and
    nothing is when a need or an administration of the candidate is missing. Of the
    `needs`, those that are not its own may belong to its estimate. `order` is what
    would be ordered now, euro excluding VAT; without it, the rest of the needs.
    """
    case = Case(
        candidate=candidate,
        form=form,
        needs=tuple(need for need in needs if need.id in candidate.needs),
        administrations=tuple(
            each for each in administrations if each.id in candidate.administrations
        ),
        contracts=tuple(contracts),
        framework=framework,
        interests=tuple(interests),
        adhesions=tuple(adhesions),
        uses=tuple(uses),
        beside=tuple(
            need
            for need in needs
            if need.id not in candidate.needs
            and need.administration in candidate.administrations
        ),
        centre=centre,
        own=own,
        orders=tuple(orders),
        order=order,
        on=on,
    )
    asked = {question.code for question in questions(form)}
    found = _from_market(form)
    if not case.complete:
        return found
    open_ones = OF_EVERY_PARTY if _another_party(case) else ()
    for code, finder in FINDERS:
        if code not in asked:
            continue
        try:
            known = finder(case)
        except NotInForce:
            continue
        if known is None or (code in open_ones and known.value == YES):
            continue
        found[code] = known
    return found


def facts_for(
    answers: Mapping[str, object],
    derived: Mapping[str, Derived],
    *,
    administrations: Sequence[Administration] = (),
    own: OwnValues = NO_OWN,
    on: date,
) -> Facts:
    """The facts of a case: what somebody answered goes before what was derived."""
    return Facts(
        answers=answers,
        derived=derived,
        administrations=tuple(administrations),
        own=own,
        on=on,
    )


def _another_party(case: Case) -> bool:
    """Whether a party is not recorded: alone, nobody works for or with another one."""
    alone = case.form not in MARKET and len(case.administrations) == 1
    return alone or case.form in around.OUTSIDE


def _from_market(form: Form) -> dict[str, Derived]:
    if form not in MARKET:
        return {}
    reason = say("The purchase is made from the market, for a price.")
    return {code: answer(YES, reason) for code in ("g0_2", "g0_3")}
