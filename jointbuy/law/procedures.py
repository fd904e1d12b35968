"""Which procedures the value of a contract allows, and what joining changes in them."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from jointbuy.errors import Message, UsageError, euro, say
from jointbuy.law.parameters import parameter
from jointbuy.law.tables import citation_of, in_force, table
from jointbuy.model.need import Nature

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from jointbuy.law.parameters import Value
    from jointbuy.model.finding import Citation

NATURES = ("works", "supplies", "services", "social")
"""`social` are social and other specific services."""

AUTHORITIES = ("local", "central")

PROCEDURES = (
    "low_value",
    "negotiated_without_publication",
    "negotiated_with_publication",
    "competitive_negotiation",
    "open",
    "restricted",
)
"""The names of the procedures, the lightest first."""

OWN_ARTICLE = ("thresholds.negotiated_without_publication_social",)
"""Limits whose article is also the one that allows the procedure."""

ESTIMATE, EXPENDITURE = "estimate", "expenditure"
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

    def get(self, name: str) -> Procedure | None:
        """The procedure of that name, if it is available."""
        return next((each for each in self.procedures if each.name == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one participant brings into a joint contract, in euro excluding VAT.

    `estimate` covers all years of the firm part; options, renewals and payments to
    bidders come on top. `expenditure` is what it would have to approve alone.
    """

    administration: str
    estimate: Decimal
    options: Decimal = ZERO
    renewals: Decimal = ZERO
    premiums: Decimal = ZERO
    expenditure: Decimal | None = None
    authority: str = "local"

    @property
    def whole(self) -> Decimal:
        """Everything that counts in the estimate."""
        return self.estimate + self.options + self.renewals + self.premiums


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The procedures of a joint contract beside those of its parts on their own.

    `lost` are the procedures every part has alone and the joint contract has not.
    """

    joint: Procedures
    alone: tuple[tuple[str, Procedures], ...]
    lost: tuple[str, ...]

    @property
    def heavier(self) -> bool:
        """Whether joining takes away a lighter procedure or brings EU publicity."""
        publicity = self.joint.eu_publicity and not any(
            each.eu_publicity for _, each in self.alone
        )
        return publicity or bool(self.lost)


def eu_threshold(nature: str | Nature, authority: str, on: date) -> Value:
    """The value from which European publicity is due."""
    match _nature(nature), _authority(authority):
        case "works", _:
            return parameter("thresholds.eu_works", on)
        case "social", _:
            return parameter("thresholds.eu_social", on)
        case _, who:
            return parameter(f"thresholds.eu_{who}", on)


def procedures(
    nature: str | Nature,
    estimate: Decimal,
    expenditure: Decimal | None = None,
    authority: str = "local",
    *,
    on: date,
) -> Procedures:
    """The procedures a value allows under the law of a day, the lightest first.

    Raises `NotInForce` before the law of 2016 and after the last known thresholds.
    Source: law of 17 June 2016, art. 36 to 42, 89 and 92; RD of 18 April 2017, art. 90.
    """
    in_force("law_2016", on)
    kind, who = _nature(nature), _authority(authority)
    for amount in (estimate, expenditure):
        if amount is not None and (not amount.is_finite() or amount < ZERO):
            raise UsageError(
                say("An amount must be zero or more, not {amount}.", amount=str(amount))
            )
    publicity = eu_threshold(kind, who, on)
    european = publicity.met_by(estimate)
    case = _Case(
        nature=kind,
        authority=who,
        estimate=estimate,
        expenditure=expenditure,
        european=european,
        publicity=publicity,
        on=on,
    )
    found = tuple(each for name in PROCEDURES if (each := _available(name, case)))
    lots = parameter("thresholds.lots", on)
    return Procedures(
        nature=kind,
        estimate=estimate,
        expenditure=expenditure,
        authority=who,
        on=on,
        eu_publicity=european,
        eu_threshold=publicity,
        low_value=any(each.name == "low_value" for each in found),
        lots=lots,
        lots_due=lots.met_by(estimate),
        procedures=found,
    )


def joint_estimate(parts: Iterable[Part]) -> Decimal:
    """The estimate of a joint contract: everything of every participant.

    Source: RD of 18 April 2017, art. 6 and 7.
    """
    return sum((part.whole for part in parts), ZERO)


def open_ended_estimate(
    monthly: Decimal, on: date, *, months: int | None = None
) -> Decimal:
    """The estimate of services without total price, from their monthly value.

    A term that is indefinite or longer than the months that count is cut to them.
    Source: RD of 18 April 2017, art. 7.
    """
    longest = int(parameter("thresholds.open_ended_months", on).value)
    return monthly * (longest if months is None else min(months, longest))


def compare(parts: Sequence[Part], nature: str | Nature, *, on: date) -> Comparison:
    """The procedures together beside those of each part alone.

    With a central authority among the parts the lowest thresholds count.
    """
    if not parts:
        raise UsageError(say("There is nothing to compare: give at least one part."))
    spent = [part.expenditure for part in parts if part.expenditure is not None]
    joint = procedures(
        nature,
        joint_estimate(parts),
        sum(spent, ZERO) if len(spent) == len(parts) else None,
        "central" if any(part.authority == "central" for part in parts) else "local",
        on=on,
    )
    alone = tuple(
        (
            part.administration,
            procedures(nature, part.whole, part.expenditure, part.authority, on=on),
        )
        for part in parts
    )
    lost = (
        name
        for name in PROCEDURES
        if name not in joint.names and all(name in each.names for _, each in alone)
    )
    return Comparison(joint=joint, alone=alone, lost=tuple(lost))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    nature: str
    authority: str
    estimate: Decimal
    expenditure: Decimal | None
    european: bool
    publicity: Value
    on: date


def _nature(nature: str | Nature) -> str:
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
            return parameter("thresholds.low_value", case.on)
        case "negotiated_without_publication", "social":
            return parameter(
                "thresholds.negotiated_without_publication_social", case.on
            )
        case "negotiated_without_publication", _:
            return parameter("thresholds.negotiated_without_publication", case.on)
        case "negotiated_with_publication", "works":
            return parameter("thresholds.negotiated_with_publication_works", case.on)
        case "negotiated_with_publication", "social":
            return None
        case "negotiated_with_publication" | "competitive_negotiation", _:
            return case.publicity
        case _:
            return None


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
