"""What a division into lots allows: small lots apart, one lot without publication."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING

from jointbuy.errors import Message, UsageError, euro, per_cent, say
from jointbuy.law.parameters import NO_OWN, OwnValues, Value, parameter
from jointbuy.law.procedures import (
    WITHOUT_PUBLICATION,
    ZERO,
    eu_threshold,
    nature_name,
    not_negative,
)
from jointbuy.law.tables import in_force
from jointbuy.model.money import CENT

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date

    from jointbuy.model.need import Nature

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lot:
    """One lot: its estimate, and what it may escape.

    `small` is whether it lies below the amount for small lots, `apart` whether it is
    among those that may go without European publicity, `unpublished` whether it may be
    awarded without publication when the expenditure stays what was estimated.
    `message` says why.
    """

    name: str
    amount: Decimal
    small: bool
    apart: bool
    unpublished: bool
    message: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Division:
    """All lots of a contract; amounts in euro excluding VAT.

    `small` is the amount of a small lot, `share` how much of the whole the small ones
    may be together, `allowance` that share in euro and `used` what they are.
    `unpublished` is the amount of one lot without publication.
    """

    nature: str
    total: Decimal
    eu_threshold: Value
    eu_publicity: bool
    lots: tuple[Lot, ...]
    small: Value
    share: Value
    unpublished: Value
    allowance: Decimal
    used: Decimal
    message: Message

    @property
    def apart(self) -> tuple[str, ...]:
        """The names of the lots that may go without European publicity."""
        return tuple(lot.name for lot in self.lots if lot.apart)


def lots(
    amounts: Mapping[str, Decimal] | Sequence[Decimal],
    nature: str | Nature,
    authority: str = "local",
    *,
    apart: Collection[str] | None = None,
    on: date,
    own: OwnValues = NO_OWN,
) -> Division:
    """What the lots may escape: those named `apart`, or else as many as possible.

    The whole of the lots decides on European publicity. Small lots may escape it while
    they are together no more than a share of the whole; without names the smallest
    come first, so that as many as possible do. Lots without a name are numbered.

    Source: Directive 2014/24/EU, art. 5, § 10; RD of 18 April 2017, art. 90.
    """
    in_force("law_2016", on)
    kind, named = nature_name(nature), _named(amounts)
    for amount in named.values():
        not_negative(amount)
    for name in apart or ():
        if name not in named:
            raise UsageError(
                say(
                    "There is no lot “{name}”. The lots are: {lots}.",
                    name=name,
                    lots=", ".join(named),
                )
            )
    total = sum(named.values(), ZERO)
    threshold = eu_threshold(kind, authority, on, own)
    european = threshold.met_by(total)
    small = parameter(
        "thresholds.small_lot_works" if kind == "works" else "thresholds.small_lot",
        on,
        own,
    )
    share = parameter("thresholds.small_lots_share", on, own)
    without = parameter("thresholds.negotiated_without_publication_lot", on, own)
    chosen = tuple(apart) if apart is not None else _most(named, total, small, share)
    together = sum((named[n] for n in chosen if small.met_by(named[n])), ZERO)
    within = not total or share.met_by(together * HUNDRED / total)
    case = _Case(
        european=european,
        chosen=chosen,
        within=within,
        small=small,
        share=share,
        unpublished=without,
        separate=kind not in WITHOUT_PUBLICATION,
    )
    found = tuple(_lot(name, amount, case) for name, amount in named.items())
    used = sum((lot.amount for lot in found if lot.apart), ZERO)
    allowance = (total * share.value / HUNDRED).quantize(CENT, rounding=ROUND_FLOOR)
    return Division(
        nature=kind,
        total=total,
        eu_threshold=threshold,
        eu_publicity=european,
        lots=found,
        small=small,
        share=share,
        unpublished=without,
        allowance=allowance,
        used=used,
        message=_verdict(case, total, together, allowance, threshold),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    european: bool
    chosen: tuple[str, ...]
    within: bool
    small: Value
    share: Value
    unpublished: Value
    separate: bool


def _named(amounts: Mapping[str, Decimal] | Sequence[Decimal]) -> dict[str, Decimal]:
    if hasattr(amounts, "items"):
        return dict(amounts.items())
    return {str(number): each for number, each in enumerate(amounts, start=1)}


def _most(
    named: Mapping[str, Decimal], total: Decimal, small: Value, share: Value
) -> tuple[str, ...]:
    """As many small lots as the share holds, the smallest first."""
    chosen, sum_ = [], ZERO
    for name, amount in sorted(named.items(), key=lambda each: each[1]):
        more = sum_ + amount
        if not small.met_by(amount) or not share.met_by(more * HUNDRED / (total or 1)):
            break
        chosen.append(name)
        sum_ = more
    return tuple(chosen)


def _lot(name: str, amount: Decimal, case: _Case) -> Lot:
    small = case.small.met_by(amount)
    chosen = name in case.chosen
    apart = case.european and chosen and small and case.within
    unpublished = (
        case.separate and not case.european and case.unpublished.met_by(amount)
    )
    limit = euro(case.small.value)
    if not case.european:
        message = (
            say(
                "May be awarded without publication while the expenditure to approve "
                "stays below {limit}: the whole contract stays below the European "
                "threshold.",
                limit=euro(case.unpublished.value),
            )
            if unpublished
            else say("Follows the procedure of the whole contract.")
        )
    elif apart:
        message = say("Small lot, below {limit}: may go without it.", limit=limit)
    elif not small:
        message = say("European publicity: not below {limit}.", limit=limit)
    elif chosen:
        message = say(
            "European publicity: the lots named are together more than {share} of "
            "the whole.",
            share=per_cent(case.share.value),
        )
    else:
        message = say("European publicity.")
    return Lot(
        name=name,
        amount=amount,
        small=small,
        apart=apart,
        unpublished=unpublished,
        message=message,
    )


def _verdict(
    case: _Case,
    total: Decimal,
    together: Decimal,
    allowance: Decimal,
    threshold: Value,
) -> Message:
    if not case.european:
        return say(
            "The lots add up to {total}, below the European threshold of {limit}: no "
            "lot needs European publicity.",
            total=euro(total),
            limit=euro(threshold.value),
        )
    amounts = {
        "total": euro(total),
        "share": per_cent(case.share.value),
        "allowance": euro(allowance),
        "together": euro(together),
    }
    if case.within:
        return say(
            "The lots add up to {total}, which calls for European publicity. Small "
            "lots of together at most {share}, {allowance}, may go without; those "
            "taken are {together}.",
            **amounts,
        )
    return say(
        "The lots add up to {total}, which calls for European publicity. Small lots of "
        "together at most {share}, {allowance}, may go without; those named are "
        "{together}, too much: none of them may.",
        **amounts,
    )
