"""What the value of a contract brings with it: notices, lots, standstill, invoices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jointbuy.errors import Message, NotInForce, euro, say
from jointbuy.law.parameters import NO_OWN, OwnValues, Value, parameter, term
from jointbuy.law.procedures import BELGIAN, EUROPEAN, limits

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from jointbuy.law.procedures import Procedures
    from jointbuy.model.finding import Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """One thing to do or not, by the value: `name` says which, `due` whether.

    `limit` is the value of the law that decides.
    """

    name: str
    due: bool
    message: Message
    limit: Value
    citation: Citation


def duties(found: Procedures, *, own: OwnValues = NO_OWN) -> tuple[Duty, ...]:
    """What the value brings with it, in the order of the procedure.

    What rests on a value that is not known on that day is left out.
    """
    kept: list[Duty] = []
    for duty in (
        _european_publicity,
        _notice,
        _lots,
        _standstill,
        _information,
        _invoice,
    ):
        try:
            kept += duty(found, own)
        except NotInForce:
            continue
    return tuple(kept)


def tested(found: Procedures) -> Decimal:
    """The expenditure to approve, for which the estimate stands until it is known."""
    return found.estimate if found.expenditure is None else found.expenditure


def _european_publicity(found: Procedures, own: OwnValues) -> Iterator[Duty]:
    del own
    limit = found.eu_threshold
    amounts = {"amount": euro(found.estimate), "limit": euro(limit.value)}
    yield Duty(
        name="european_publicity",
        due=found.eu_publicity,
        message=say(
            "European publicity is due: the estimate of {amount} reaches {limit}.",
            **amounts,
        )
        if found.eu_publicity
        else say(
            "No European publicity is due: the estimate of {amount} stays below "
            "{limit}.",
            **amounts,
        ),
        limit=limit,
        citation=limit.citation,
    )


def _notice(found: Procedures, own: OwnValues) -> Iterator[Duty]:
    """A Belgian notice, from the amount below which none is needed."""
    limit = found.eu_threshold
    if not found.eu_publicity:
        limit = _without_publication(found, own)
    message = {
        EUROPEAN: say(
            "The notice appears in the Official Journal of the European Union and on "
            "the Belgian platform, there not before."
        ),
        BELGIAN: say(
            "A notice on the Belgian platform is due: at this value no procedure "
            "without publication is open, unless on another ground than the value."
        ),
    }.get(found.publication)
    if message is None:
        low = found.get("low_value")
        if low is not None and low.limit is not None:
            limit = low.limit
            message = say("A contract of low value needs no notice.")
        else:
            message = say(
                "No notice is due as long as the value stays below {limit}.",
                limit=euro(limit.value),
            )
    yield Duty(
        name="notice",
        due=bool(found.publication),
        message=message,
        limit=limit,
        citation=limit.citation,
    )


def _without_publication(found: Procedures, own: OwnValues) -> Value:
    known = limits(found.nature, found.authority, on=found.on, own=own)
    stem = "thresholds.negotiated_without_publication"
    return next(each for each in known if each.name.startswith(stem))


def _lots(found: Procedures, own: OwnValues) -> Iterator[Duty]:
    """Consider lots and give reasons; whatever the level of the authority."""
    del own
    limit = euro(found.lots.value)
    yield Duty(
        name="lots",
        due=found.lots_due,
        message=say(
            "From {limit} on, dividing into lots must be considered; whoever does not "
            "divide writes down the main reasons.",
            limit=limit,
        )
        if found.lots_due
        else say("Below {limit}, lots need not be considered.", limit=limit),
        limit=found.lots,
        citation=found.lots.citation,
    )


def _standstill(found: Procedures, own: OwnValues) -> Iterator[Duty]:
    """No conclusion at once: with European publicity, and for large works."""
    days = term("terms.standstill_days", found.on, own)
    if found.eu_publicity:
        message = say(
            "Standstill: the contract is not concluded within {days} days of sending "
            "the award decision.",
            days=days.value,
        )
        yield Duty(
            name="standstill",
            due=True,
            message=message,
            limit=found.eu_threshold,
            citation=days.citation,
        )
        return
    if found.nature != "works":
        yield Duty(
            name="standstill",
            due=False,
            message=say("Without European publicity no standstill is compulsory."),
            limit=found.eu_threshold,
            citation=days.citation,
        )
        return
    works = parameter("thresholds.standstill_works", found.on, own)
    large = works.met_by(tested(found))
    yield Duty(
        name="standstill",
        due=large,
        message=say(
            "Standstill of {days} days although no European publicity is due: these "
            "works reach {limit}.",
            days=days.value,
            limit=euro(works.value),
        )
        if large
        else say(
            "No standstill is compulsory for works below {limit}.",
            limit=euro(works.value),
        ),
        limit=works,
        citation=works.citation,
    )


def _information(found: Procedures, own: OwnValues) -> Iterator[Duty]:
    """The whole rules of reasons, information and remedies, or the simplified ones."""
    limit = parameter("thresholds.simplified_information", found.on, own)
    simplified = limit.met_by(tested(found)) and not found.eu_publicity
    yield Duty(
        name="information",
        due=not simplified,
        message=say(
            "Below {limit} to approve, the simplified rules of reasons, information "
            "and remedies apply.",
            limit=euro(limit.value),
        )
        if simplified
        else say(
            "From {limit} to approve on, the whole rules of reasons, information and "
            "remedies apply.",
            limit=euro(limit.value),
        ),
        limit=limit,
        citation=limit.citation,
    )


def _invoice(found: Procedures, own: OwnValues) -> Iterator[Duty]:
    limit = parameter("thresholds.electronic_invoice", found.on, own)
    if limit.met_by(found.estimate):
        yield Duty(
            name="electronic_invoice",
            due=True,
            message=say(
                "From {limit} on, the supplier sends electronic invoices.",
                limit=euro(limit.value),
            ),
            limit=limit,
            citation=limit.citation,
        )


def award_remarks(found: Procedures, *, own: OwnValues = NO_OWN) -> tuple[Message, ...]:
    """What the second test, on the expenditure to approve, says beside the first.

    Nothing while the expenditure is not known: it is then still to be tested.
    """
    if found.expenditure is None or found.eu_publicity or found.low_value:
        return ()
    limit = _without_publication(found, own)
    if limit.tests != "expenditure":
        return ()
    planned, passed = limit.met_by(found.estimate), limit.met_by(found.expenditure)
    amounts = {
        "estimate": euro(found.estimate),
        "expenditure": euro(found.expenditure),
        "limit": euro(limit.value),
    }
    if planned and not passed:
        return (
            say(
                "Launched without publication on the estimate of {estimate}, it cannot "
                "be awarded so: the expenditure to approve, {expenditure}, does not "
                "stay below {limit}.",
                **amounts,
            ),
        )
    if passed and not planned:
        return (
            say(
                "The estimate of {estimate} reached {limit} and the expenditure to "
                "approve, {expenditure}, stays below it: keep in the file why the "
                "estimate was realistic and why the price is lower.",
                **amounts,
            ),
        )
    return ()
