"""Which procedures the value of a contract allows."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from jointbuy.errors import Message, UsageError, euro, say
from jointbuy.law.parameters import NO_OWN, OwnValues, Value, parameter
from jointbuy.law.tables import citation_of, in_force, table
from jointbuy.model.need import Nature

if TYPE_CHECKING:
    from datetime import date

    from jointbuy.model.finding import Citation

NATURES = ("works", "supplies", "services", "social", "certain_services")
"""`social` are social and other specific services; `certain_services` the financial,
research and some legal services with a wider procedure without publication."""

AUTHORITIES = ("local", "central", "utilities")
"""`central` is federal; `utilities` buys in the special sectors (water, energy,
transport, post), of which only the European threshold is known."""

EUROPEAN, BELGIAN, NO_NOTICE = "european", "belgian", ""
"""Where a notice is due: in Europe and Belgium, in Belgium alone, nowhere."""

PROCEDURES = (
    "low_value",
    "negotiated_without_publication",
    "negotiated_with_publication",
    "competitive_negotiation",
    "open",
    "restricted",
)
"""The names of the procedures, the lightest first."""

WITHOUT_PUBLICATION = {
    "social": "thresholds.negotiated_without_publication_social",
    "certain_services": "thresholds.negotiated_without_publication_certain",
}
"""The limit of the procedure without publication, where it is not the general one."""

OWN_ARTICLE = tuple(WITHOUT_PUBLICATION.values())
"""Limits whose article is also the one that allows the procedure."""

EXPENDITURE = "expenditure"
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure:
    """One procedure that is available.

    `tests` is the amount compared with the `threshold` (estimate, expenditure to
    approve, or empty where no value limits the procedure), `tested` that amount, and
    `limit` the value of the law with its own source.
    `planned` means that the estimate stood in for an expenditure not known yet: it
    must be tested again at the award.
    """

    name: str
    title: Message
    message: Message
    tests: str = ""
    tested: Decimal | None = None
    threshold: Decimal | None = None
    limit: Value | None = None
    planned: bool = False
    citation: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedures:
    """What a value allows on a day; amounts in euro excluding VAT."""

    nature: str
    estimate: Decimal
    expenditure: Decimal | None
    authority: str
    on: date
    eu_publicity: bool
    eu_threshold: Value
    low_value: bool
    lots: Value
    lots_due: bool
    procedures: tuple[Procedure, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the procedures available, the lightest first."""
        return tuple(each.name for each in self.procedures)

    @property
    def lightest(self) -> Procedure:
        """The procedure with the fewest formalities."""
        return self.procedures[0]

    @property
    def publication(self) -> str:
        """The notice that is due: `european`, `belgian` or none.

        None where the value alone allows a procedure without one.
        """
        if self.eu_publicity:
            return EUROPEAN
        without = ("low_value", "negotiated_without_publication")
        return NO_NOTICE if any(name in self.names for name in without) else BELGIAN

    def get(self, name: str) -> Procedure | None:
        """The procedure of that name, if it is available."""
        return next((each for each in self.procedures if each.name == name), None)


def eu_threshold(
    nature: str | Nature, authority: str, on: date, own: OwnValues = NO_OWN
) -> Value:
    """The value from which European publicity is due."""
    match nature_name(nature), _authority(authority):
        case "works", _:
            return parameter("thresholds.eu_works", on, own)
        case "social", "utilities":
            return parameter("thresholds.eu_utilities_social", on, own)
        case "social", _:
            return parameter("thresholds.eu_social", on, own)
        case _, who:
            return parameter(f"thresholds.eu_{who}", on, own)


def procedures(
    nature: str | Nature,
    estimate: Decimal,
    expenditure: Decimal | None = None,
    authority: str = "local",
    *,
    on: date,
    own: OwnValues = NO_OWN,
) -> Procedures:
    """The procedures a value allows under the law of a day, the lightest first.

    Raises `NotInForce` before the law of 2016 and after the last known thresholds.
    Source: law of 17 June 2016, art. 36 to 42, 89 and 92; RD of 18 April 2017, art. 90.
    """
    for amount in (estimate, expenditure):
        if amount is not None:
            not_negative(amount)
    case = _case(nature, authority, estimate, expenditure, on=on, own=own)
    found = tuple(each for name in PROCEDURES if (each := _available(name, case)))
    lots = parameter("thresholds.lots", on, own)
    return Procedures(
        nature=case.nature,
        estimate=estimate,
        expenditure=expenditure,
        authority=case.authority,
        on=on,
        eu_publicity=case.european,
        eu_threshold=case.publicity,
        low_value=any(each.name == "low_value" for each in found),
        lots=lots,
        lots_due=lots.met_by(estimate),
        procedures=found,
    )


def limits(
    nature: str | Nature,
    authority: str = "local",
    *,
    on: date,
    own: OwnValues = NO_OWN,
) -> tuple[Value, ...]:
    """The values that decide which procedures an amount allows, each once."""
    case = _case(nature, authority, ZERO, None, on=on, own=own)
    found = [_threshold(name, case) for name in PROCEDURES]
    known = [each for each in (*found, case.publicity) if each is not None]
    return tuple({each.name: each for each in known}.values())


def not_negative(amount: Decimal) -> None:
    """Refuses what is no amount of zero or more."""
    if not amount.is_finite() or amount < ZERO:
        raise UsageError(
            say("An amount must be zero or more, not {amount}.", amount=str(amount))
        )


def maybe_social(cpv: str) -> bool:
    """Whether services with that code, or with none, may be social or specific ones."""
    return not cpv or cpv.startswith(tuple(table("social")["services"]["cpv"]))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    nature: str
    authority: str
    estimate: Decimal
    expenditure: Decimal | None
    european: bool
    publicity: Value
    on: date
    own: OwnValues


def _case(
    nature: str | Nature,
    authority: str,
    estimate: Decimal,
    expenditure: Decimal | None,
    *,
    on: date,
    own: OwnValues,
) -> _Case:
    in_force("law_2016", on)
    kind, who = nature_name(nature), _authority(authority)
    publicity = eu_threshold(kind, who, on, own)
    if who == "utilities":
        raise UsageError(
            say(
                "In the special sectors other procedures apply, which jointbuy does "
                "not know. Their European threshold is {limit} on {day}.",
                limit=euro(publicity.value),
                day=on,
            )
        )
    return _Case(
        nature=kind,
        authority=who,
        estimate=estimate,
        expenditure=expenditure,
        european=publicity.met_by(estimate),
        publicity=publicity,
        on=on,
        own=own,
    )


def nature_name(nature: str | Nature) -> str:
    """The name of a nature; another word is refused."""
    name = nature.name.lower() if isinstance(nature, Nature) else nature
    if name not in NATURES:
        raise UsageError(
            say(
                "“{value}” is no nature of a contract. Choose one of: {allowed}.",
                value=name,
                allowed=", ".join(NATURES),
            )
        )
    return name


def _authority(authority: str) -> str:
    if authority not in AUTHORITIES:
        raise UsageError(
            say(
                "“{value}” is no sort of authority. Choose one of: {allowed}.",
                value=authority,
                allowed=", ".join(AUTHORITIES),
            )
        )
    return authority


def _threshold(name: str, case: _Case) -> Value | None:
    """The value that limits a procedure, None where nothing does."""
    match name, case.nature:
        case "low_value", _:
            limit = "thresholds.low_value"
        case "negotiated_without_publication", nature:
            limit = WITHOUT_PUBLICATION.get(nature, f"thresholds.{name}")
        case "negotiated_with_publication", "works":
            limit = f"thresholds.{name}_works"
        case "negotiated_with_publication", "social":
            return None
        case "negotiated_with_publication" | "competitive_negotiation", _:
            return case.publicity
        case _:
            return None
    return parameter(limit, case.on, case.own)


def _available(name: str, case: _Case) -> Procedure | None:
    threshold = _threshold(name, case)
    if threshold is None:
        return _procedure(name, message=say("No amount limits this procedure."))
    if threshold is case.publicity:
        return _below_publicity(name, case)
    on_expenditure = threshold.tests == EXPENDITURE
    planned = on_expenditure and case.expenditure is None
    tested = case.estimate
    if on_expenditure and case.expenditure is not None:
        tested = case.expenditure
    if not threshold.met_by(tested) or (on_expenditure and case.european):
        return None
    amount, limit = euro(tested), euro(threshold.value)
    if planned:
        message = say(
            "Planned on the estimate of {amount}: the expenditure to approve must be "
            "tested again at the award and stay below {limit}.",
            amount=amount,
            limit=limit,
        )
    elif on_expenditure:
        message = say(
            "The expenditure to approve, {amount}, stays below {limit}.",
            amount=amount,
            limit=limit,
        )
    else:
        message = _estimate_below(amount=tested, limit=threshold.value)
    return _procedure(name, message, threshold, tested=tested, planned=planned)


def _below_publicity(name: str, case: _Case) -> Procedure | None:
    if case.european:
        return None
    message = _estimate_below(amount=case.estimate, limit=case.publicity.value)
    return _procedure(name, message, case.publicity, tested=case.estimate)


def _estimate_below(*, amount: Decimal, limit: Decimal) -> Message:
    return say(
        "The estimate of {amount} stays below {limit}.",
        amount=euro(amount),
        limit=euro(limit),
    )


def _procedure(
    name: str,
    message: Message,
    limit: Value | None = None,
    *,
    tested: Decimal | None = None,
    planned: bool = False,
) -> Procedure:
    return Procedure(
        name=name,
        title=procedure_title(name),
        message=message,
        tests=limit.tests if limit else "",
        tested=tested,
        threshold=limit.value if limit else None,
        limit=limit,
        planned=planned,
        citation=limit.citation
        if limit and limit.name in OWN_ARTICLE
        else _citation(name),
    )


def procedure_title(name: str) -> Message:
    """What a procedure is called."""
    if name not in PROCEDURES:
        raise UsageError(
            say(
                "“{value}” is no procedure. Choose one of: {allowed}.",
                value=name,
                allowed=", ".join(PROCEDURES),
            )
        )
    return Message(text=table("procedures")[name]["title"])


@functools.cache
def _citation(name: str) -> Citation:
    return citation_of(table("procedures")[name]["basis"], where=f"procedures.{name}")
