"""The legal terms a plan counts with, for one administration or one procedure.

Every number comes from the tables of the law; where the law sets none, from practice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointbuy.errors import NotInForce, UsageError, say
from jointbuy.law import (
    PROCEDURES,
    convocation,
    deciding_body,
    parameter,
    supervision,
    term,
)
from jointbuy.model import AdministrationKind, BodyKind, Nature, Region, Stage

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal

    from jointbuy.law import Supervision, Term
    from jointbuy.model import Administration, Candidate, Citation
    from jointbuy.schedule.practice import Practice

TWO_STAGES = {
    "restricted": "restricted",
    "competitive_negotiation": "competitive",
}
"""Procedures that call for requests first, and how their terms are named."""

NEGOTIATED = (
    "competitive_negotiation",
    "negotiated_with_publication",
    "negotiated_without_publication",
)
PUBLISHED = (
    "open",
    "restricted",
    "competitive_negotiation",
    "negotiated_with_publication",
)
_EXECUTION = (Stage.LAUNCH, Stage.AWARD, Stage.ORDER)


def tender_term(procedure: str, on: date, practice: Practice) -> Term:
    """The least time for tenders; a practice where the law sets none.

    Raises:
        UsageError: there is no such procedure.

    Source: law of 17 June 2016, art. 36, 37, 38 and 41.
    """
    if procedure not in PROCEDURES:
        raise UsageError(
            say(
                "No plan can be made for the procedure “{procedure}”. The procedures "
                "are: {procedures}.",
                procedure=procedure,
                procedures=", ".join(PROCEDURES),
            )
        )
    known = TWO_STAGES.get(procedure)
    stem = f"{known}_tenders" if known else procedure
    if practice.electronic_tenders and (known or procedure == "open"):
        stem += "_electronic"
    return term(f"{stem}_days", on)


def request_term(procedure: str, on: date) -> Term | None:
    """The least time for requests to take part, in a procedure with two stages.

    Source: law of 17 June 2016, art. 37 and 38.
    """
    stem = TWO_STAGES.get(procedure)
    return term(f"{stem}_requests_days", on) if stem else None


def standstill(candidate: Candidate, on: date, *, eu_publicity: bool) -> Term | None:
    """The standstill before the conclusion, where it applies.

    It follows European publicity and, for works, an estimate from the amount that the
    law fixes below it.

    Source: law of 17 June 2013, art. 11 and 30.
    """
    if not eu_publicity:
        if candidate.nature is not Nature.WORKS or candidate.estimate is None:
            return None
        if not _large_works(candidate.estimate, on):
            return None
    return term("standstill_days", on)


def _large_works(amount: Decimal, on: date) -> bool:
    """Prudently yes where no amount is known on that day."""
    try:
        return parameter("thresholds.standstill_works", on).met_by(amount)
    except NotInForce:
        return True


def summons(
    administration: Administration, body: BodyKind, on: date, practice: Practice
) -> tuple[int, int, tuple[Citation, ...]]:
    """Clear days from summons to session, days of filing before it, and the basis.

    Practice where the law of the administration sets none or is not known.

    Source: the organic laws of municipalities, centres for social action and police
        zones.
    """
    if body is BodyKind.EXECUTIVE:
        return practice.summons_executive_days, practice.filing_executive_days, ()
    try:
        known = convocation(administration.kind, administration.region, on)
    except NotInForce:
        known = None
    if known is None:
        return practice.summons_council_days, practice.filing_council_days, ()
    return known.value, practice.filing_council_days, (known.citation,)


def opinion(
    administration: Administration, amount: Decimal | None, on: date
) -> Term | None:
    """The working days of the financial director's opinion, where it is mandatory.

    An amount or a limit that is not known counts as one that needs it.

    Source: Walloon code of local democracy, art. L1124-40, § 1, 3°.
    """
    if administration.region is not Region.WALLONIA:
        return None
    if administration.kind not in {AdministrationKind.COMMUNE, AdministrationKind.CPAS}:
        return None
    try:
        found = term("financial_opinion_days", on)
    except NotInForce:
        return None
    try:
        limit = parameter("thresholds.financial_opinion_wallonia", on)
    except NotInForce:
        return found
    return found if amount is None or limit.met_by(amount) else None


def competence(
    administration: Administration, stage: Stage, amount: Decimal | None, on: date
) -> tuple[BodyKind, tuple[Citation, ...]]:
    """The body that decides, and the article that says so; empty where none is known.

    Without one, the council decides on entering and the executive on carrying out.

    Source: see `jointbuy.law.deciding_body`.
    """
    known = deciding_body(administration.kind, administration.region, stage, on)
    if known is None:
        return (BodyKind.EXECUTIVE if stage in _EXECUTION else BodyKind.COUNCIL), ()
    below = known.executive_below
    if below is not None and amount is not None and below.met_by(amount):
        return BodyKind.EXECUTIVE, (known.citation, below.citation)
    return known.body, (known.citation,)


def oversight(
    administration: Administration,
    stages: Sequence[Stage],
    *,
    procedure: str,
    amount: Decimal | None,
    on: date,
) -> Supervision | None:
    """The supervision that an act of these stages is under; None where it is not.

    Contracts of low value stay under every amount from which an act is sent. Where
    that amount is not known, the act is planned as one that is sent. Where acts are
    published instead, the publication is what counts.

    Source: see `jointbuy.law.supervision`.
    """
    known = supervision(administration.kind, administration.region, on)
    if known is None or procedure == "low_value":
        return None
    if known.publish_days is not None:
        return known
    if not set(stages) & set(known.stages):
        return None
    if administration.region is Region.BRUSSELS and amount is not None:
        try:
            limit = parameter("amounts.brussels_transmission", on)
        except NotInForce:
            return known
        if not limit.met_by(amount):
            return None
    return known
