"""Which procedure a value calls for: an amount, the parts of a joint contract, lots."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from jointbuy.errors import UsageError, euro, named, say
from jointbuy.model import AdministrationKind, CandidateKind, Nature
from jointbuy.workspace.bulk import parse_amount
from jointbuy.workspace.legal import Legal

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from decimal import Decimal

    from jointbuy.errors import Arg, Message
    from jointbuy.law import (
        Apart,
        Comparison,
        Division,
        Duty,
        Estimate,
        OwnValues,
        Part,
        Procedures,
        Room,
        Step,
    )
    from jointbuy.model import Candidate, Need
    from jointbuy.workspace.proposals import Proposal

MAYBE_FEDERAL = (AdministrationKind.OTHER, None)
"""Kinds a federal authority, with its lower threshold, may be recorded under."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked about a value, each amount as it was typed.

    Either one `estimate`, the `maximum` of a framework agreement, an amount `monthly`
    (of a purchase that comes back if `recurring`), what was spent in the `past_year`
    with its `change`, the `parts` of a joint contract by name (or of the beneficiaries
    of a `centre`), or the `lots` alone; `options` to `goods` come on top. `other_units`
    are the needs of the rest of the authority, beside an `autonomous` unit. `federal`
    names the parts of federal authorities, `apart` the lots meant to escape European
    publicity. Of a proposal its needs are the parts.
    """

    nature: str = ""
    estimate: str | None = None
    options: str | None = None
    renewals: str | None = None
    tranches: tuple[str, ...] = ()
    premiums: str | None = None
    repetition: str | None = None
    goods: str | None = None
    maximum: str | None = None
    past_year: str | None = None
    change: str | None = None
    recurring: bool = False
    other_units: str | None = None
    autonomous: bool | None = None
    centre: bool = False
    monthly: str | None = None
    months: int | None = None
    residual: str | None = None
    parts: Mapping[str, str] = field(default_factory=dict)
    federal: tuple[str, ...] = ()
    lots: Mapping[str, str] = field(default_factory=dict)
    apart: tuple[str, ...] = ()
    expenditure: str | None = None
    authority: str = "local"


@dataclass(frozen=True, slots=True, kw_only=True)
class ByValue:
    """What a value calls for, how it was estimated and where it tips over.

    `comparison` is there where several parts are joined, by the name or id of each;
    `division` where there are lots. `warnings` say what the answer cannot be relied
    on for; `apart` are needs estimated apart that may belong to it.
    """

    estimate: Estimate
    found: Procedures
    steps: tuple[Step, ...]
    room: Room
    duties: tuple[Duty, ...]
    comparison: Comparison | None = None
    division: Division | None = None
    warnings: tuple[Message, ...] = ()
    apart: tuple[Apart, ...] = ()


def by_value(
    asked: Asked, *, on: date | None = None, own: OwnValues | None = None
) -> ByValue:
    """What a value calls for on a day; the values a register sets itself go first.

    Raises:
        Refused: an amount that cannot be read, or that includes VAT.
        UsageError: what is asked makes no sense together.
        NotInForce: the law of that day is not known.
    """
    from jointbuy import law

    if not asked.nature:
        raise UsageError(say("Say of what nature the contract is: --nature."))
    day = on or date.today()  # noqa: DTZ011 - the day at the officer's desk
    own = law.NO_OWN if own is None else own
    parts = _parts(asked)
    lots = {name: parse_amount(text) for name, text in asked.lots.items()}
    estimate = _estimate(asked, parts, lots, on=day, own=own)
    expenditure = None if asked.expenditure is None else _typed(asked.expenditure)
    return _weighed(
        parts,
        asked.nature,
        estimate,
        expenditure=expenditure,
        authority=asked.authority,
        lots=lots,
        apart=asked.apart,
        on=day,
        own=own,
    )


def _weighed(
    parts: Sequence[Part],
    nature: str,
    estimate: Estimate,
    *,
    expenditure: Decimal | None,
    authority: str,
    lots: Mapping[str, Decimal],
    apart: Collection[str],
    on: date,
    own: OwnValues,
) -> ByValue:
    from jointbuy import law

    comparison = None
    if parts and (len(parts) > 1 or parts[0].authority != authority):
        comparison = law.compare(parts, nature, expenditure=expenditure, on=on, own=own)
        found = comparison.joint
        steps = comparison.steps
    else:
        found = law.procedures(
            nature, estimate.amount, expenditure, authority, on=on, own=own
        )
        steps = law.tipping(nature, authority, expenditure=expenditure, on=on, own=own)
    return ByValue(
        estimate=estimate,
        found=found,
        steps=steps,
        room=law.room(found.estimate, steps, own=own),
        duties=law.duties(found, own=own),
        comparison=comparison,
        division=law.lots(
            lots, nature, found.authority, apart=apart or None, on=on, own=own
        )
        if lots
        else None,
        warnings=(
            *(comparison.warnings if comparison else ()),
            *law.award_remarks(found, own=own),
        ),
    )


def _parts(asked: Asked) -> tuple[Part, ...]:
    from jointbuy import law

    for name in asked.federal:
        if name not in asked.parts:
            raise UsageError(
                say(
                    "There is no part “{name}”. The parts are: {parts}.",
                    name=name,
                    parts=", ".join(asked.parts) or "–",
                )
            )
    return tuple(
        law.Part(
            administration=name,
            estimate=parse_amount(text),
            authority="central" if name in asked.federal else asked.authority,
        )
        for name, text in asked.parts.items()
    )


def _estimate(
    asked: Asked,
    parts: Sequence[Part],
    lots: Mapping[str, Decimal],
    *,
    on: date,
    own: OwnValues,
) -> Estimate:
    """The estimate from whichever amounts were given; two ways at once are refused."""
    from jointbuy.law import estimation

    _one_way(asked)
    more = estimation.whole(
        options=_typed(asked.options),
        renewals=_typed(asked.renewals),
        tranches=[parse_amount(each) for each in asked.tranches],
        premiums=_typed(asked.premiums),
        repetition=_typed(asked.repetition),
        goods=_typed(asked.goods),
    )
    if parts and more.steps:
        raise UsageError(
            say(
                "Add the options and renewals to the amount of each part: everybody's "
                "own count."
            )
        )
    if parts:
        add_up = estimation.beneficiaries if asked.centre else estimation.participants
        found = add_up([(part.administration, part.whole) for part in parts])
    elif asked.maximum is not None:
        found = estimation.framework(parse_amount(asked.maximum)) + more
    elif asked.past_year is not None:
        spent = parse_amount(asked.past_year)
        past = estimation.recurring_past(spent, change=_change(asked), on=on, own=own)
        found = past + more
    elif asked.monthly is not None:
        found = _by_month(asked, on=on, own=own) + more
    elif asked.estimate is not None:
        found = estimation.whole(_typed(asked.estimate)) + more
    elif lots:
        found = estimation.whole(lots=lots.values())
        if more.steps:
            raise UsageError(
                say("Add the options and renewals to the amount of each lot.")
            )
    else:
        raise UsageError(
            say(
                "Give an amount excluding VAT: --estimate, --monthly, --lot, or a "
                "--part for each participant; or name a proposal."
            )
        )
    _adds_up(found.amount, lots)
    if asked.other_units is None:
        return found
    return estimation.unit_apart(
        found, parse_amount(asked.other_units), autonomous=asked.autonomous
    )


def _one_way(asked: Asked) -> None:
    """Refuses amounts given in several ways, and what belongs to another way."""
    ways = (asked.estimate, asked.monthly, asked.maximum, asked.past_year)
    if sum(way is not None for way in ways) + bool(asked.parts) > 1:
        raise UsageError(
            say(
                "Give the amount in one way: --estimate, --maximum, --past-year, "
                "--monthly, or a --part for each participant."
            )
        )
    of_months = (asked.months, asked.residual, asked.recurring or None)
    if asked.monthly is None and any(each is not None for each in of_months):
        raise UsageError(
            say(
                "A term, a residual value and --recurring need an amount per month: "
                "--monthly."
            )
        )
    if asked.change is not None and asked.past_year is None:
        raise UsageError(
            say("A change needs what was spent in the past year: --past-year.")
        )
    if asked.autonomous is not None and asked.other_units is None:
        raise UsageError(
            say("Say what the other units of the authority need: --other-units.")
        )


def _change(asked: Asked) -> Decimal:
    """The change of what is spent, which alone may be negative."""
    text = (asked.change or "0").strip()
    less = text.startswith(("-", "−"))
    amount = parse_amount(text.lstrip("-−+"))
    return -amount if less else amount


def _typed(text: str | None) -> Decimal:
    """The amount typed, zero where none was."""
    from jointbuy.law.procedures import ZERO

    return ZERO if text is None else parse_amount(text)


def _adds_up(amount: Decimal, lots: Mapping[str, Decimal]) -> None:
    whole = sum(lots.values(), 0 * amount)
    if lots and whole != amount:
        raise UsageError(
            say(
                "The lots add up to {lots}, the estimate is {amount}: name every lot, "
                "for all of them count together.",
                lots=euro(whole),
                amount=euro(amount),
            )
        )


def _by_month(asked: Asked, *, on: date, own: OwnValues) -> Estimate:
    from jointbuy.law import estimation

    monthly = _typed(asked.monthly)
    if asked.nature == "works":
        raise UsageError(
            say(
                "Works have a total price: an amount per month is for services and for "
                "rented supplies."
            )
        )
    if asked.recurring:
        return estimation.recurring_coming(monthly, months=asked.months, on=on, own=own)
    if asked.nature == "supplies":
        return estimation.rental(
            monthly,
            months=asked.months,
            residual=_typed(asked.residual),
            on=on,
            own=own,
        )
    if asked.residual is not None:
        raise UsageError(
            say("A residual value is for rented supplies: --nature supplies.")
        )
    return estimation.without_total_price(monthly, months=asked.months, on=on, own=own)


class Values(Legal):
    """The value of a proposal and what it calls for."""

    def by_value(
        self,
        text: str,
        asked: Asked | None = None,
    ) -> ByValue:
        """What the value of a proposal calls for, its needs being the parts.

        Raises:
            Refused: an amount that cannot be read, or that includes VAT.
            UsageError: its nature or every estimate is missing, or other amounts are
                asked for beside those of its needs.
            NotInForce: the law of the day is not known.
        """
        asked = asked or Asked()
        if _amounts_beside(asked):
            raise UsageError(
                say(
                    "Of a proposal the estimates of its needs count: leave the other "
                    "amounts out, or leave out {proposal}.",
                    proposal=text,
                )
            )
        proposal = self.proposal(text)
        spent = asked.expenditure
        return self.value_of(
            proposal,
            nature=asked.nature,
            expenditure=None if spent is None else parse_amount(spent),
            federal={
                self.participant(proposal.candidate, one) for one in asked.federal
            },
            lots={name: parse_amount(typed) for name, typed in asked.lots.items()},
            apart=asked.apart,
        )

    def value_of(
        self,
        proposal: Proposal,
        *,
        nature: str = "",
        expenditure: Decimal | None = None,
        federal: Collection[str] = (),
        lots: Mapping[str, Decimal] | None = None,
        apart: Sequence[str] = (),
    ) -> ByValue:
        """What the value of a proposal calls for; see `by_value`."""
        from jointbuy import law
        from jointbuy.law import estimation

        candidate = self.standing(proposal.candidate)
        needs = self.members(candidate)
        kind = nature or _nature(candidate, needs)
        own = self.own_law()
        amounts = _by_administration(needs)
        if not amounts:
            raise UsageError(say("No procedure can be told without an estimate."))
        estimate = estimation.participants(
            [(self._called(who), amount) for who, amount in amounts.items()]
        )
        _adds_up(estimate.amount, lots or {})
        if expenditure is None and proposal.dossier is not None:
            expenditure = proposal.dossier.expenditure
        found = _weighed(
            [
                law.Part(
                    administration=who,
                    estimate=amount,
                    authority="central" if who in federal else "local",
                )
                for who, amount in amounts.items()
            ],
            kind,
            estimate,
            expenditure=expenditure,
            authority="local",
            lots=lots or {},
            apart=apart,
            on=self.on,
            own=own,
        )
        return replace(
            found,
            warnings=(
                *_run_by_others(candidate),
                *self._missing(needs),
                *found.warnings,
                *self._maybe_federal(candidate, found, federal, own),
                *self._maybe_social(needs, found, own),
                *_chosen(proposal, found),
            ),
            apart=self.apart(candidate),
        )

    def apart(self, candidate: Candidate) -> tuple[Apart, ...]:
        """Needs of its participants that may have to be estimated with its own."""
        from jointbuy import law

        everyone = candidate.administrations
        return law.apart_from(
            self.members(candidate),
            [n for n in self.needs().values() if n.administration in everyone],
            administrations=self.administrations(),
            on=self.on,
            own=self.own_law(),
        )

    def _called(self, who: str) -> Arg:
        known = self.administrations().get(who)
        return named(known.names if known else {}, who)

    def _missing(self, needs: Sequence[Need]) -> Iterator[Message]:
        lacking = [need for need in needs if need.estimate is None]
        if lacking:
            yield say(
                "Without an estimate: {needs}. The amounts are the least it comes to; "
                "a heavier procedure may be due.",
                needs="; ".join(need.title for need in lacking),
            )

    def _maybe_federal(
        self,
        candidate: Candidate,
        found: ByValue,
        federal: Collection[str],
        own: OwnValues,
    ) -> Iterator[Message]:
        from jointbuy import law

        maybe = [
            each
            for each in self.participants(candidate)
            if each.kind in MAYBE_FEDERAL and each.id not in federal
        ]
        if not maybe or found.found.authority == "central":
            return
        nature, amount = found.found.nature, found.found.estimate
        lower = law.procedures(
            nature, amount, found.found.expenditure, "central", on=self.on, own=own
        )
        if lower.names == found.found.names:
            return
        for each in maybe:
            yield say(
                "{administration} may be a federal authority: the lower European "
                "threshold of {limit} would then count, and the whole call for: "
                "{procedure}.",
                administration=named(each.names, each.id),
                limit=euro(lower.eu_threshold.value),
                procedure=lower.lightest.title,
            )

    def _maybe_social(
        self, needs: Sequence[Need], found: ByValue, own: OwnValues
    ) -> Iterator[Message]:
        from jointbuy import law

        if found.found.nature != "services":
            return
        if not any(law.maybe_social(need.cpv) for need in needs):
            return
        social = law.procedures(
            "social",
            found.found.estimate,
            found.found.expenditure,
            found.found.authority,
            on=self.on,
            own=own,
        )
        if social.names != found.found.names:
            yield say(
                "Their codes allow these to be social or other specific services: as "
                "such, the whole would call for: {procedure}.",
                procedure=social.lightest.title,
            )


def _amounts_beside(asked: Asked) -> bool:
    """Whether amounts are asked for that a proposal has of its own."""
    beside = (
        asked.estimate,
        asked.options,
        asked.renewals,
        asked.premiums,
        asked.repetition,
        asked.goods,
        asked.maximum,
        asked.past_year,
        asked.change,
        asked.monthly,
        asked.months,
        asked.residual,
        asked.other_units,
    )
    return bool(asked.parts or asked.tranches) or any(
        each is not None for each in beside
    )


def _by_administration(needs: Sequence[Need]) -> dict[str, Decimal]:
    """What the needs of each administration come to, where an estimate is known."""
    found: dict[str, Decimal] = {}
    for need in needs:
        if need.estimate is not None:
            before = found.get(need.administration, 0 * need.estimate)
            found[need.administration] = before + need.estimate
    return found


def _nature(candidate: Candidate, needs: Sequence[Need]) -> str:
    natures = {need.nature or candidate.nature for need in needs}
    known = natures - {None}
    if len(known) > 1:
        raise UsageError(
            say(
                "The needs are not all of one nature: the main object of the contract "
                "decides which thresholds count. Say its nature."
            )
        )
    found: Nature | None = next(iter(known), None)
    if found is None:
        raise UsageError(
            say(
                "It is not recorded whether these are works, supplies or services: the "
                "procedures cannot be told."
            )
        )
    return found.name.lower()


def _run_by_others(candidate: Candidate) -> Iterator[Message]:
    if candidate.kind is CandidateKind.ADHESION:
        yield say(
            "It proposes to join a framework agreement, whose procedure the centre "
            "runs: this is what the needs would call for without it."
        )


def _chosen(proposal: Proposal, found: ByValue) -> Iterator[Message]:
    from jointbuy import law

    chosen = proposal.dossier.procedure if proposal.dossier else ""
    if chosen and chosen not in found.found.names:
        yield say(
            "The procedure chosen, {procedure}, is not open at this value; it needs "
            "another ground.",
            procedure=law.procedure_title(chosen),
        )
