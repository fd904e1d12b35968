"""Whether buying together, or under a framework, is worth it compared with alone."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from jointbuy.appraisal import formalities as work
from jointbuy.appraisal.assumptions import HUNDRED, assumptions, weakest
from jointbuy.appraisal.names import listed
from jointbuy.appraisal.outcome import Appraisal, Gain, Input, Line, Volume
from jointbuy.appraisal.price import saved, saving
from jointbuy.appraisal.ranges import NOTHING, Range, same, total
from jointbuy.appraisal.sharing import Parties, shared, sharings
from jointbuy.appraisal.verdict import Weighed, judge, obstacle
from jointbuy.errors import Arg, named, say
from jointbuy.law import NO_OWN, OwnValues
from jointbuy.model import CandidateKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from jointbuy.appraisal.assumptions import Assumptions
    from jointbuy.appraisal.sharing import Sharing
    from jointbuy.errors import Message
    from jointbuy.model import (
        Administration,
        Candidate,
        FrameworkAgreement,
        Need,
        Outcome,
    )

TWO = 2
MOST_LEFT_OUT = 12
"""With more participants than this nobody is tried to be left out."""

PRICE_INPUTS = ("compressible", "exponent", "take_up")
ZERO = Decimal(0)

RECORDED = say("The register.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A proposal with all that is known of its worth on the day `on`.

    `needs` are those of the candidate; `purchases` holds the ids of those for the same
    thing together, where they are for several: volume then adds up within each alone.
    `procedure` is the one chosen for the whole, if any; `headline` the worst finding
    against the form; `alternatives` appraisals of adhesions for needs among these.
    `own` are the values of the law that the register sets itself.
    """

    candidate: Candidate
    needs: tuple[Need, ...]
    administrations: tuple[Administration, ...] = ()
    framework: FrameworkAgreement | None = None
    procedure: str = ""
    headline: Outcome | None = None
    alternatives: tuple[Appraisal, ...] = ()
    purchases: tuple[frozenset[str], ...] = ()
    own: OwnValues = field(default_factory=lambda: NO_OWN)
    on: date


def appraise(case: Case, assumed: Assumptions | None = None) -> Appraisal:
    """The estimated gain in three cases, the verdict and everything they rest on."""
    known = assumptions() if assumed is None else assumed
    if case.candidate.kind is CandidateKind.ADHESION:
        return _adhesion(case, known)
    return _joint(case, known)


def volumes_of(needs: Sequence[Need]) -> tuple[Volume, ...]:
    """What each administration expects to spend, in the order of their ids.

    A need from a single supplier, at a regulated price or already at the price of a
    centre is not priced: volume does not move it.
    """
    found: dict[str, Volume] = {}
    for need in sorted(needs, key=lambda one: (one.administration, one.id)):
        who = need.administration
        known = found.get(who, Volume(administration=who))
        amount = need.estimate
        movable = not need.single_supplier and not need.centre_priced
        found[who] = replace(
            known,
            amount=known.amount + (amount or ZERO),
            priced=known.priced + (amount or ZERO if movable else ZERO),
            complete=known.complete and amount is not None,
        )
    return tuple(found.values())


# -- buying together -------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sum:
    """The parts of the gain of buying together; None where too little is known."""

    price: Range | None
    saving: Decimal
    formalities: work.Formalities | work.Unknown
    coordination: Range
    lines: tuple[Line, ...]

    @property
    def gain(self) -> Range | None:
        """All of it, case by case."""
        return None if self.price is None else total(one.amount for one in self.lines)


def _joint(case: Case, assumed: Assumptions) -> Appraisal:
    volumes = volumes_of(case.needs)
    called = _called(case, volumes)
    if len(volumes) < TWO:
        return _alone(case, volumes, called, assumed)
    found = _summed(volumes, case, assumed)
    known = None if isinstance(found.formalities, work.Unknown) else found.formalities
    gain = found.gain
    missing = tuple(_missing(case, called, found.formalities))
    seen = Weighed(
        candidate=case.candidate,
        participants=len(volumes),
        estimated=gain,
        price=found.price,
        saving=found.saving,
        priced=sum((one.priced for one in volumes), ZERO),
        formalities=known,
        coordination=found.coordination,
        headline=case.headline,
        without=_without(volumes, case, assumed, called),
        alternatives=case.alternatives,
        called=called,
        assumed=assumed,
        purchases=len(case.purchases),
    )
    verdict, reasons, turns = judge(seen)
    parties = None
    if len(case.purchases) <= 1:
        parties = _parties(case, volumes, called, assumed)
    names = (
        *(PRICE_INPUTS if found.saving else ()),
        *(known.used if known else ()),
        "coordination_days",
        "day_cost",
    )
    return Appraisal(
        candidate=case.candidate,
        verdict=verdict,
        gain=Gain(estimated=gain),
        provisional=bool(missing),
        reasons=reasons,
        turns=turns,
        missing=missing,
        warnings=tuple(_warnings(case, parties)),
        lines=found.lines,
        avoided=known.avoided.rounded if known else None,
        added=known.added.rounded if known else None,
        procedure=known.joint if known else "",
        volumes=volumes,
        inputs=(*_estimates(case, volumes, called), *_inputs(names, assumed)),
        parties=parties,
        obstacle=obstacle(seen),
        on=case.on,
    )


def _warnings(case: Case, parties: Parties | None) -> Iterator[Message]:
    if parties is not None:
        yield from shared("equal", ZERO, parties).warnings
    if len(case.purchases) > 1:
        yield say(
            "These are {count} different purchases: they would be lots of their own, "
            "and volume lowers the price within each of them alone.",
            count=len(case.purchases),
        )


def _summed(volumes: Sequence[Volume], case: Case, assumed: Assumptions) -> _Sum:
    own = [one for one in volumes if one.priced]
    saved_ = _saving(own, case, assumed["exponent"].value.mid)
    unknown = len(own) < TWO and not all(one.complete for one in volumes)
    price = None if unknown else _pressed(saved_, assumed)
    found = work.together(
        volumes,
        case.candidate.nature,
        chosen=case.procedure,
        assumed=assumed,
        on=case.on,
        own=case.own,
    )
    each = assumed["coordination_days"].value * assumed["day_cost"].value
    coordination = each.times(len(volumes) - 1)
    return _Sum(
        price=price,
        saving=saved_,
        formalities=found,
        coordination=coordination,
        lines=tuple(_lines(price, found, coordination, assumed)),
    )


def _saving(own: Sequence[Volume], case: Case, exponent: Decimal) -> Decimal:
    """What these would save if all of the price were pressed, each thing by itself."""
    if len(case.purchases) <= 1:
        return saving([one.priced for one in own], exponent)
    there = {one.administration for one in own}
    found = ZERO
    for alike in case.purchases:
        needs = [n for n in case.needs if n.id in alike and n.administration in there]
        found += saving([one.priced for one in volumes_of(needs)], exponent)
    return found


def _pressed(amount: Decimal, assumed: Assumptions) -> Range:
    """What is saved of an amount by the share of the price that volume can press."""
    pressed = assumed["compressible"].ratio * assumed["take_up"].ratio
    return pressed.times(amount)


def _lines(
    price: Range | None,
    found: work.Formalities | work.Unknown,
    coordination: Range,
    assumed: Assumptions,
) -> Iterator[Line]:
    if price is not None:
        yield _line("price", say("Fall of the price"), price, PRICE_INPUTS, assumed)
    if not isinstance(found, work.Unknown):
        title = say("Procedures avoided, less the joint one")
        yield _line("procedures", title, found.net, found.used, assumed)
    names = ("coordination_days", "day_cost")
    yield _line("coordination", say("Coordination"), -coordination, names, assumed)


def _line(
    name: str,
    title: Message,
    amount: Range,
    names: Sequence[str],
    assumed: Assumptions,
) -> Line:
    sure = weakest([assumed[one].confidence for one in names])
    return Line(name=name, title=title, amount=amount.rounded, confidence=sure)


def _without(
    volumes: Sequence[Volume],
    case: Case,
    assumed: Assumptions,
    called: Mapping[str, Arg],
) -> tuple[Arg, Decimal] | None:
    """Who brings less than the work with it costs, and what the others gain then."""
    if not TWO < len(volumes) <= MOST_LEFT_OUT:
        return None
    now = _summed(volumes, case, assumed).gain
    best: tuple[Arg, Decimal] | None = None
    least = max(now.mid, ZERO) if now else ZERO
    for left in volumes:
        others = [one for one in volumes if one is not left]
        gain = _summed(others, case, assumed).gain
        if gain is not None and left.complete and gain.mid > least:
            best, least = (called[left.administration], gain.mid), gain.mid
    return best


def _alone(
    case: Case,
    volumes: tuple[Volume, ...],
    called: dict[str, Arg],
    assumed: Assumptions,
) -> Appraisal:
    """A need that stays with its administration: nothing is gained and nothing lost."""
    verdict, reasons, turns = judge(
        Weighed(
            candidate=case.candidate,
            participants=len(volumes),
            estimated=NOTHING,
            price=None,
            called=called,
            assumed=assumed,
        )
    )
    return Appraisal(
        candidate=case.candidate,
        verdict=verdict,
        gain=Gain(estimated=NOTHING),
        provisional=False,
        reasons=reasons,
        turns=turns,
        volumes=volumes,
        on=case.on,
    )


# -- joining a framework ---------------------------------------------------------------


def _adhesion(case: Case, assumed: Assumptions) -> Appraisal:
    volumes = volumes_of(case.needs)
    called = _called(case, volumes)
    amount = sum((one.amount for one in volumes), ZERO)
    priced = sum((one.priced for one in volumes), ZERO)
    ceiling = _ceiling(case)
    price = NOTHING
    if ceiling and priced:
        whole = max(ceiling, priced)
        price = _pressed(saved(priced, whole, assumed["exponent"].value.mid), assumed)
    found = work.under(
        case.framework,
        volumes,
        case.candidate.nature,
        assumed=assumed,
        on=case.on,
        own=case.own,
    )
    known = None if isinstance(found, work.Unknown) else found
    rate, fee_input = _fee(case, assumed)
    fee = rate.times(amount)
    lines = (
        *_price_line(price, assumed),
        *_order_line(known, assumed),
        Line(
            name="fee",
            title=say("Fee of the centre"),
            amount=(-fee).rounded,
            confidence=fee_input.confidence,
        ),
    )
    missing = tuple(_missing(case, called, found))
    if priced and not ceiling:
        missing += (
            say(
                "The ceiling of the framework agreement is not recorded: how much "
                "lower its price may be is not counted."
            ),
        )
    gain = total(one.amount for one in lines) if amount else None
    seen = Weighed(
        candidate=case.candidate,
        participants=len(volumes),
        estimated=gain,
        price=price,
        priced=priced,
        formalities=known,
        fee=fee,
        headline=case.headline,
        called=called,
        assumed=assumed,
    )
    verdict, reasons, turns = judge(seen)
    names = (*(PRICE_INPUTS if price.high else ()), *(known.used if known else ()))
    return Appraisal(
        candidate=case.candidate,
        verdict=verdict,
        gain=Gain(estimated=gain),
        provisional=bool(missing),
        reasons=reasons,
        turns=turns,
        missing=missing,
        lines=lines if amount else (),
        avoided=known.avoided.rounded if known else None,
        added=known.added.rounded if known else None,
        volumes=volumes,
        inputs=(
            *_estimates(case, volumes, called),
            *_ceiling_input(ceiling),
            *_inputs(names, assumed),
            fee_input,
        ),
        obstacle=obstacle(seen),
        on=case.on,
    )


def _price_line(price: Range, assumed: Assumptions) -> Iterator[Line]:
    if price.high:
        yield _line("price", say("Fall of the price"), price, PRICE_INPUTS, assumed)


def _order_line(found: work.Formalities | None, assumed: Assumptions) -> Iterator[Line]:
    if found is not None:
        title = say("Own procedures avoided, less the order")
        yield _line("procedures", title, found.net, found.used, assumed)


def _ceiling(case: Case) -> Decimal | None:
    """The most that all may order: of the lot, else of the framework."""
    framework = case.framework
    if framework is None:
        return None
    lots = {lot.id: lot.ceiling for lot in framework.lots}
    return lots.get(case.candidate.lot) or framework.ceiling


def _ceiling_input(ceiling: Decimal | None) -> Iterator[Input]:
    if ceiling:
        yield Input(
            name="ceiling",
            title=say("Ceiling, taken for the volume of the centre"),
            unit="euro",
            value=same(ceiling),
            source=RECORDED,
            confidence="low",
        )


def _fee(case: Case, assumed: Assumptions) -> tuple[Range, Input]:
    """The fee as a fraction of the order, and the input it rests on."""
    framework, usual = case.framework, assumed["centre_fee"]
    if framework is None or framework.fee is None or usual.chosen:
        return usual.ratio, next(_inputs(("centre_fee",), assumed))
    fee = same(framework.fee)
    return fee.times(1 / HUNDRED), Input(
        name="centre_fee",
        title=say("Fee of the centre"),
        unit="per_cent",
        value=fee,
        source=RECORDED,
        confidence="high",
    )


# -- what it rests on ------------------------------------------------------------------


def _called(case: Case, volumes: Sequence[Volume]) -> dict[str, Arg]:
    """The name of each participant, in the reader's language."""
    names = {one.id: named(one.names, one.id) for one in case.administrations}
    ids = (*case.candidate.administrations, *(one.administration for one in volumes))
    return {id_: names.get(id_, Arg(name="", text=id_)) for id_ in ids}


def _missing(
    case: Case, called: Mapping[str, Arg], found: work.Formalities | work.Unknown
) -> Iterator[Message]:
    lacks = {one.administration for one in case.needs if one.estimate is None}
    if lacks:
        yield say(
            "No estimate yet from {administrations}: neither the gain nor the "
            "procedure can be judged in full.",
            administrations=listed(sorted(lacks), called),
        )
    if isinstance(found, work.Unknown) and not lacks:
        yield found.why


def _estimates(
    case: Case, volumes: Sequence[Volume], called: Mapping[str, Arg]
) -> Iterator[Input]:
    for one in volumes:
        if one.amount:
            own = [n for n in case.needs if n.administration == one.administration]
            told = all(need.estimate_method for need in own)
            yield Input(
                name="estimate",
                title=say(
                    "Estimate of {administration}",
                    administration=called[one.administration],
                ),
                unit="euro",
                value=same(one.amount),
                source=RECORDED,
                confidence="medium" if told else "low",
            )


def _inputs(names: Sequence[str], assumed: Assumptions) -> Iterator[Input]:
    for name in dict.fromkeys(names):
        one = assumed[name]
        yield Input(
            name=name,
            title=one.title,
            unit=one.unit,
            value=one.value,
            source=one.source,
            confidence=one.confidence,
            chosen=one.chosen,
        )


def _parties(
    case: Case,
    volumes: Sequence[Volume],
    called: Mapping[str, Arg],
    assumed: Assumptions,
) -> Parties:
    """Who divides the fall of the price: those whose price can fall."""
    return Parties(
        names=called,
        volumes={one.administration: one.priced for one in volumes if one.priced},
        population={
            one.id: one.population for one in case.administrations if one.population
        },
        weights={},
        exponent=assumed["exponent"].value.mid,
        dominant=assumed["dominant"].ratio.mid,
    )


def share_out(
    found: Appraisal,
    *,
    key: str = "",
    weights: Mapping[str, Decimal] | None = None,
    population: Mapping[str, int] | None = None,
) -> tuple[Sharing, ...]:
    """The fall of the price in the middle case, divided under one key or under all.

    `weights` are the parts of the fixed key; `population` goes before what is
    recorded. Nothing where there is no fall of the price to divide.

    Raises:
        UsageError: no such key, or its weights do not fit the participants.
    """
    price = found.price
    if found.parties is None or price is None or not price.high:
        return ()
    parties = replace(
        found.parties,
        weights=weights or {},
        population={**found.parties.population, **(population or {})},
    )
    if key:
        return (shared(key, price.mid, parties),)
    return sharings(price.mid, parties)
