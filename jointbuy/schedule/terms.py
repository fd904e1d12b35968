"""The legal terms a plan counts with, for one administration or one procedure.

Every number comes from the tables of the law; where the law sets none, from practice.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from jointbuy.errors import NotInForce, UsageError, say
from jointbuy.law import (
    NO_OWN,
    PROCEDURES,
    Amounts,
    Deputy,
    Due,
    How,
    OwnValues,
    Purchase,
    convocation,
    deciding_body,
    parameter,
    sending,
    supervision,
    term,
)
from jointbuy.law.competence import HEADINGS
from jointbuy.law.competence.consultation import hearing
from jointbuy.law.competence.rows import basis, fitting
from jointbuy.model import AdministrationKind, BodyKind, Form, Nature, Stage

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from decimal import Decimal

    from jointbuy.errors import Message
    from jointbuy.law import Supervision, Term, Value
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Oversight:
    """The supervision an act is under; `sent` says if it is known to be sent, `why`."""

    rule: Supervision
    sent: Due
    why: Message | None = None
    basis: tuple[Citation, ...] = ()


def tender_term(
    procedure: str,
    on: date,
    practice: Practice,
    own: OwnValues = NO_OWN,
    *,
    urgent: bool = False,
) -> Term:
    """The least time for tenders; a practice where the law sets none.

    Under `urgent` that of duly justified urgency, where there is one.

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
    if urgent and procedure in PUBLISHED:
        stem += "_urgent"
    elif practice.electronic_tenders and (known or procedure == "open"):
        stem += "_electronic"
    return term(f"{stem}_days", on, own)


def request_term(
    procedure: str, on: date, own: OwnValues = NO_OWN, *, urgent: bool = False
) -> Term | None:
    """The least time for requests to take part, in a procedure with two stages.

    Source: law of 17 June 2016, art. 37 and 38.
    """
    stem = TWO_STAGES.get(procedure)
    if not stem:
        return None
    return term(f"{stem}_requests_{'urgent_' if urgent else ''}days", on, own)


def validity(on: date, own: OwnValues = NO_OWN) -> Term | None:
    """How long tenders are valid unless the documents say otherwise, where known.

    Source: royal decree of 18 April 2017, art. 58.
    """
    try:
        return term("tender_validity_days", on, own)
    except NotInForce:
        return None


def award_notice(
    procedure: str, on: date, own: OwnValues = NO_OWN, *, eu_publicity: bool
) -> Term | None:
    """The time to publish the award after the conclusion; None where no notice is due.

    Below the European threshold a simplified notice is due since the first day of its
    own term; none is due for a low value.

    Source: royal decree of 18 April 2017, art. 17.
    """
    if procedure == "low_value":
        return None
    name = "award_notice_days" if eu_publicity else "award_notice_belgian_days"
    try:
        return term(name, on, own)
    except NotInForce:
        return None


def standstill(
    candidate: Candidate,
    on: date,
    own: OwnValues = NO_OWN,
    *,
    eu_publicity: bool,
) -> Term | None:
    """The standstill before the conclusion, where it applies.

    It follows European publicity and, for works, an estimate from the amount that the
    law fixes below it.

    Source: law of 17 June 2013, art. 11 and 30.
    """
    if not eu_publicity:
        if candidate.nature is not Nature.WORKS or candidate.estimate is None:
            return None
        if not _large_works(candidate.estimate, on, own):
            return None
    return term("standstill_days", on, own)


def _large_works(amount: Decimal, on: date, own: OwnValues) -> bool:
    """Prudently yes where no amount is known on that day."""
    try:
        return parameter("thresholds.standstill_works", on, own).met_by(amount)
    except NotInForce:
        return True


def summons(
    administration: Administration,
    body: BodyKind,
    on: date,
    practice: Practice,
    own: OwnValues = NO_OWN,
) -> tuple[int, int, tuple[Citation, ...]]:
    """Clear days from summons to session, days of filing before it, and the basis.

    Practice where the law of the administration sets none or is not known.

    Source: the organic laws of municipalities, centres for social action and police
        zones.
    """
    if body is BodyKind.EXECUTIVE:
        return practice.summons_executive_days, practice.filing_executive_days, ()
    try:
        known = convocation(administration.kind, administration.region, on, own)
    except NotInForce:
        known = None
    if known is None:
        return practice.summons_council_days, practice.filing_council_days, ()
    return known.value, practice.filing_council_days, (known.citation,)


def opinion(
    administration: Administration,
    stage: Stage,
    amount: Decimal | None,
    on: date,
    own: OwnValues = NO_OWN,
) -> Term | None:
    """The working days of the financial director's opinion, where it is mandatory.

    An amount or a limit that is not known counts as one that needs it.

    Source: Walloon code of local democracy, art. L1124-40, § 1, 3°; organic law of 8
        July 1976, art. 46, § 2.
    """
    cells = _before(administration, stage, "opinion", on)
    if cells is None:
        return None
    try:
        found = term(cells["term"], on, own)
    except NotInForce:
        return None
    found = replace(found, citation=basis(cells["basis"]))
    try:
        limit = parameter(cells["amount"], on, own)
    except NotInForce:
        return found
    return found if amount is None or limit.met_by(amount) else None


def visum(administration: Administration, stage: Stage, on: date) -> Citation | None:
    """The article that asks for a visum before such a commitment, where one does.

    Source: Flemish Decree of 22 December 2017, art. 177, 266 and 267.
    """
    cells = _before(administration, stage, "visum", on)
    return None if cells is None else basis(cells["basis"])


def _before(
    administration: Administration, stage: Stage, what: str, on: date
) -> dict[str, Any] | None:
    """The row on what must happen before such a decision, if there is one."""
    for cells in fitting("before", administration.kind, administration.region, on):
        if cells["what"] == what and stage.name in cells["stages"]:
            return cells
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """The committee of a commune and its CPAS is heard; `why` where it may not be."""

    basis: tuple[Citation, ...]
    why: Message | None = None


def committee(
    administrations: Sequence[Administration], form: Form, on: date
) -> Heard | None:
    """Whether a commune and its CPAS hear their committee first; None where not.

    Source: organic law of 8 July 1976, art. 26, § 2, and 26bis.
    """
    found = [
        (cells, hearing(cells, form))
        for commune, cpas in _couples(administrations)
        for each in (commune, cpas)
        for cells in fitting("before", each.kind, each.region, on)
        if cells["what"] == "consultation"
    ]
    due = [(cells, heard) for cells, heard in found if heard.due is not Due.NO]
    if not due:
        return None
    written = dict.fromkeys(basis(cells["basis"]) for cells, _ in due)
    return Heard(basis=tuple(written), why=due[0][1].why)


def _couples(
    administrations: Sequence[Administration],
) -> Iterator[tuple[Administration, Administration]]:
    """Each CPAS with the commune it belongs to, or may belong to."""
    for cpas in administrations:
        if cpas.kind is not AdministrationKind.CPAS:
            continue
        for commune in administrations:
            alike = commune.region is cpas.region
            own = not cpas.belongs_to or commune.id in cpas.belongs_to
            if commune.kind is AdministrationKind.COMMUNE and alike and own:
                yield commune, cpas


def competence(
    administration: Administration,
    stage: Stage,
    amount: Decimal | None,
    on: date,
    own: OwnValues = NO_OWN,
    *,
    form: Form | None = None,
    daily: bool = False,
) -> tuple[BodyKind, tuple[Citation, ...]]:
    """The body that decides, and the article that says so; empty where none is known.

    Without one, the council decides on entering and the executive on carrying out. A
    delegation is not counted on: only its decision can tell. What is `daily` is taken
    for daily management where the law leaves that to the executive.

    Source: see `jointbuy.law.deciding_body`.
    """
    known = deciding_body(
        administration.kind,
        administration.region,
        stage,
        on,
        own,
        form=form,
        purchase=Purchase(
            amounts=Amounts(estimate=amount), population=administration.population
        ),
    )
    if known is None:
        return (BodyKind.EXECUTIVE if stage in _EXECUTION else BodyKind.COUNCIL), ()
    instead = known.by_law
    if daily and (managed := daily_management(administration, stage, on, own)):
        return BodyKind.EXECUTIVE, (managed,)
    if instead is None or instead.limit is None:
        return known.body, (known.citation,)
    cited = (instead.citation, instead.limit.citation)
    return BodyKind.EXECUTIVE, tuple(dict.fromkeys(cited))


def daily_management(
    administration: Administration, stage: Stage, on: date, own: OwnValues = NO_OWN
) -> Citation | None:
    """The article that leaves daily management to the executive, where one does.

    What belongs to it is as the council defined it, which no text tells.

    Source: see `jointbuy.law.deciding_body`.
    """
    known = deciding_body(administration.kind, administration.region, stage, on, own)
    for each in known.instead if known else ():
        if each.how is How.DAILY and each.to is Deputy.EXECUTIVE:
            return each.citation
    return None


def turning_amounts(
    administration: Administration,
    procedure: str,
    nature: Nature | None,
    on: date,
    own: OwnValues = NO_OWN,
) -> tuple[Value, ...]:
    """The amounts at which what a plan of that procedure must do changes.

    Two values on the same side of each of them are planned alike.
    """
    names = {"thresholds.standstill_works"} if nature is Nature.WORKS else set()
    for cells in _weighing(administration, on):
        if procedure not in cells.get("procedures", (procedure,)):
            continue
        if nature is None or nature.name.lower() in cells.get(
            "natures", (nature.name.lower(),)
        ):
            names.add(cells.get("amount") or cells["below"])
    return tuple(_known(names, on, own))


def by_nature(administration: Administration, nature: Nature, on: date) -> bool:
    """Whether a plan asks what is bought: works, or what is sent by its nature."""
    rows = fitting("sending", administration.kind, administration.region, on)
    return nature is Nature.WORKS or any("natures" in cells for cells in rows)


def _weighing(administration: Administration, on: date) -> Iterator[dict[str, Any]]:
    """The rows that weigh an amount, but for delegations, which no plan counts on."""
    for name in ("instead", "before", "sending"):
        for cells in fitting(name, administration.kind, administration.region, on):
            delegated = name == "instead" and cells["how"] != "law"
            if not delegated and ("amount" in cells or "below" in cells):
                yield cells


def _known(names: set[str], on: date, own: OwnValues) -> Iterator[Value]:
    for name in sorted(names):
        with contextlib.suppress(NotInForce):
            yield parameter(name, on, own)


def oversight(
    administration: Administration,
    stages: Sequence[Stage],
    *,
    nature: Nature | None,
    procedure: str,
    amount: Decimal | None,
    on: date,
    own: OwnValues = NO_OWN,
    form: Form = Form.JOINT_CONTRACT,
) -> Oversight | None:
    """The supervision that an act of these stages is under; None where it is not.

    Where it is not known whether it is sent, the act is planned as one that is. Where
    acts are published instead, the publication is what counts.

    Source: see `jointbuy.law.supervision` and `jointbuy.law.sending`.
    """
    rule = supervision(administration.kind, administration.region, on, own)
    if rule is None:
        return None
    if rule.publish_days is not None:
        return Oversight(rule=rule, sent=Due.NO)
    for stage in stages:
        found = sending(
            administration.kind,
            administration.region,
            stage,
            on,
            own,
            heading=HEADINGS.get(form, ""),
            nature=nature.name.lower() if nature else "",
            procedure=procedure,
            amounts=Amounts(estimate=amount),
        )
        if found is not None and found.due is not Due.NO:
            limit = found.of.limit if found.of else None
            return Oversight(
                rule=rule,
                sent=found.due,
                why=found.why,
                basis=(found.citation, limit.citation) if limit else (found.citation,),
            )
    return None
