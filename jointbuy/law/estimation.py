"""How the value of a contract is estimated: what counts, each part with its article.

Source: RD of 18 April 2017, art. 6 and 7; Directive 2014/24/EU, art. 5.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from jointbuy.errors import Arg, Message, UsageError, euro, say
from jointbuy.law.parameters import NO_OWN, OwnValues, parameter
from jointbuy.law.procedures import ZERO, not_negative
from jointbuy.law.tables import citation_of, table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from jointbuy.model.finding import Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """One step of an estimate: what was added, in euro excluding VAT, and why.

    `rule` is the rule of estimating it follows.
    """

    rule: str
    message: Message
    amount: Decimal
    citation: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """An estimate with the steps it adds up; `remarks` say what did not count."""

    steps: tuple[Counted, ...]
    remarks: tuple[Message, ...] = ()

    @property
    def amount(self) -> Decimal:
        """The sum of the steps, in euro excluding VAT."""
        return sum((step.amount for step in self.steps), ZERO)

    def __add__(self, other: Estimate) -> Estimate:
        """Both together, step by step."""
        return Estimate(
            steps=self.steps + other.steps, remarks=self.remarks + other.remarks
        )


NOTHING = Estimate(steps=())


def whole(
    firm: Decimal = ZERO,
    *,
    options: Decimal = ZERO,
    renewals: Decimal = ZERO,
    tranches: Iterable[Decimal] = (),
    lots: Iterable[Decimal] = (),
    premiums: Decimal = ZERO,
    repetition: Decimal = ZERO,
    goods: Decimal = ZERO,
) -> Estimate:
    """Everything that may have to be paid, and the goods the buyer makes available.

    `tranches` are those that are conditional, `repetition` similar works or services
    that may be asked for again. What is nothing is left out.
    """
    parts = [
        _step("firm", say("Firm part"), firm),
        *_numbered("lots", _lot, lots),
        _step("options", say("Options, required or allowed"), options),
        _step("renewals", say("Renewals"), renewals),
        *_numbered("tranches", _tranche, tranches),
        _step("premiums", say("Premiums and payments to bidders"), premiums),
        _step("repetition", say("Repetition of similar works or services"), repetition),
        _step("goods", say("Goods that the buyer makes available"), goods),
    ]
    return Estimate(steps=tuple(part for part in parts if part.amount))


def framework(maximum: Decimal) -> Estimate:
    """A framework agreement or dynamic system: the maximum over the whole term."""
    said = say("Maximum of everything foreseen over the whole term")
    return Estimate(steps=(_step("framework", said, maximum),))


def recurring_past(
    spent: Decimal, *, change: Decimal = ZERO, on: date, own: OwnValues = NO_OWN
) -> Estimate:
    """Purchases that come back: what similar ones cost in the past year, adjusted.

    `change` is the foreseeable change in quantity or value, which may be negative.
    """
    months = int(parameter("thresholds.regular_months", on, own).value)
    said = say("Similar contracts of the past {months} months", months=months)
    steps = [_step("recurring", said, spent)]
    if change:
        not_negative(spent + change)
        adjusted = say("Foreseeable change in the next {months} months", months=months)
        steps.append(
            Counted(
                rule="recurring",
                message=adjusted,
                amount=change,
                citation=_citation("recurring"),
            )
        )
    return Estimate(steps=tuple(steps))


def recurring_coming(
    monthly: Decimal,
    *,
    months: int | None = None,
    on: date,
    own: OwnValues = NO_OWN,
) -> Estimate:
    """Purchases that come back: the year after the first delivery, or a longer term."""
    least = int(parameter("thresholds.regular_months", on, own).value)
    counted = max(least, _months(months) or least)
    return _by_month(
        "recurring",
        say(
            "{months} months from the first delivery, {amount} each",
            months=counted,
            amount=euro(monthly),
        ),
        monthly,
        counted,
    )


def without_total_price(
    monthly: Decimal,
    *,
    months: int | None = None,
    on: date,
    own: OwnValues = NO_OWN,
) -> Estimate:
    """Services without total price: the term, or the months that count at most.

    No `months` is a term without end.
    """
    longest = parameter("thresholds.open_ended_months", on, own)
    term = _months(months)
    if term is not None and longest.met_by(Decimal(term)):
        return _by_month("monthly", _term(term, monthly), monthly, term)
    counted = int(longest.value)
    said = _no_end(counted, monthly)
    if term is not None:
        said = say(
            "The term is longer: of it {months} months count, {amount} each",
            months=counted,
            amount=euro(monthly),
        )
    return _by_month("monthly", said, monthly, counted)


def rental(
    monthly: Decimal,
    *,
    months: int | None = None,
    residual: Decimal = ZERO,
    on: date,
    own: OwnValues = NO_OWN,
) -> Estimate:
    """Supplies by rental or lease: the term, with the residual value of a longer one.

    No `months` is a term without end: as many months count as for services.
    """
    not_negative(residual)
    short = parameter("thresholds.rental_months", on, own)
    term = _months(months)
    if term is None:
        counted = int(parameter("thresholds.open_ended_months", on, own).value)
        found = _by_month("rental", _no_end(counted, monthly), monthly, counted)
    else:
        found = _by_month("rental", _term(term, monthly), monthly, term)
        if residual and not short.met_by(Decimal(term)):
            value = _step("rental", say("Residual value at the end"), residual)
            return found + Estimate(steps=(value,))
    if not residual:
        return found
    remark = say(
        "The residual value of {amount} does not count: it does so for a fixed term of "
        "more than {months} months.",
        amount=euro(residual),
        months=int(short.value),
    )
    return Estimate(steps=found.steps, remarks=(*found.remarks, remark))


def participants(parts: Iterable[tuple[str | Arg, Decimal]]) -> Estimate:
    """A joint contract: the needs of every participant, by its name."""
    return Estimate(
        steps=tuple(
            _step("participants", say("Part of {name}", name=name), amount)
            for name, amount in parts
        )
    )


def beneficiaries(parts: Iterable[tuple[str | Arg, Decimal]]) -> Estimate:
    """A purchasing centre: the foreseeable needs of every beneficiary identified."""
    return Estimate(
        steps=tuple(
            _step(
                "beneficiaries", say("Foreseeable needs of {name}", name=name), amount
            )
            for name, amount in parts
        )
    )


def unit_apart(unit: Estimate, others: Decimal, *, autonomous: bool | None) -> Estimate:
    """A separate operational unit: apart only if it buys and pays by itself.

    Where nobody knows whether it does, the needs of the `others` count as well.
    """
    not_negative(others)
    if autonomous:
        remark = say(
            "The needs of the other units, {amount}, do not count: this unit decides "
            "on its purchases by itself and pays them from its own budget.",
            amount=euro(others),
        )
        return unit + Estimate(steps=(), remarks=(remark,))
    rest = _step("unit", say("Needs of the other units of the authority"), others)
    remark = (
        say("The unit does not buy and pay by itself: everything counts.")
        if autonomous is False
        else say(
            "It is not known whether the unit buys and pays by itself: everything "
            "counts until that is shown."
        )
    )
    return unit + Estimate(steps=(rest,), remarks=(remark,))


def _lot(number: int) -> Message:
    return say("Lot {number}", number=number)


def _tranche(number: int) -> Message:
    return say("Conditional tranche {number}", number=number)


def _term(months: int, monthly: Decimal) -> Message:
    return say(
        "Whole term of {months} months, {amount} each",
        months=months,
        amount=euro(monthly),
    )


def _no_end(months: int, monthly: Decimal) -> Message:
    return say(
        "No end is fixed: {months} months count, {amount} each",
        months=months,
        amount=euro(monthly),
    )


def _numbered(
    rule: str, label: Callable[[int], Message], amounts: Iterable[Decimal]
) -> list[Counted]:
    return [
        _step(rule, label(number), amount)
        for number, amount in enumerate(amounts, start=1)
    ]


def _by_month(rule: str, said: Message, monthly: Decimal, months: int) -> Estimate:
    not_negative(monthly)
    return Estimate(steps=(_step(rule, said, monthly * months),))


def _months(months: int | None) -> int | None:
    if months is not None and months < 1:
        raise UsageError(
            say(
                "A term counts at least one month, not {months}; leave it out where "
                "no end is fixed.",
                months=months,
            )
        )
    return months


def _step(rule: str, message: Message, amount: Decimal) -> Counted:
    not_negative(amount)
    return Counted(rule=rule, message=message, amount=amount, citation=_citation(rule))


def _citation(rule: str) -> Citation:
    return citation_of(table("estimation")[rule], where=f"estimation.{rule}")
