"""Orders under framework agreements: whether they may be placed, and what is left."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar

from jointbuy.errors import Message, NotInForce, Problem, UsageError, euro, named, say
from jointbuy.errors import word as called_word
from jointbuy.model import (
    Adhesion,
    Administration,
    CallOff,
    Candidate,
    CandidateKind,
    Form,
    FrameworkAgreement,
    Interest,
    Need,
    Order,
    Outcome,
    PurchasingCentre,
    UseDecision,
)
from jointbuy.model.lookup import find
from jointbuy.workspace.entries import Entries
from jointbuy.workspace.legal import Legal, read_answers
from jointbuy.workspace.standing import orders_by_framework
from jointbuy.workspace.ways_out import way_out

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from jointbuy.centres.lifecycle import Life
    from jointbuy.centres.orders import Counter, Excess
    from jointbuy.law import Derived
    from jointbuy.model import Citation, Finding, LocalText, Record

R = TypeVar("R", bound="Record")

ZERO = Decimal(0)
HUNDRED = Decimal(100)

ACTS: tuple[type[Any], ...] = (Interest, Adhesion, UseDecision, Need, Order)
SHOWN = (*ACTS, FrameworkAgreement, PurchasingCentre, Administration)
"""What the sheets of the framework agreements rest on."""

OWN_TITLES: dict[str, Message] = {
    "reopened": say("Adhesion reopened"),
    "start": say("First day to order"),
    "scope": say("Object and codes"),
    "quantity": say("Own maximum quantity"),
    "exceeded": say("Ceilings exceeded"),
    "planned": say("Orders planned"),
    "counted": say("Count of the centre"),
    "cost": say("Cost with the fee"),
    "competition": say("Time for the mini-competition"),
}
"""What is looked at beside the questions of the law."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderFinding:
    """One thing that stands between an administration and an order, or does not.

    `rule` is the code of the question of the law, or of `OWN_TITLES`; `why` what the
    register says of it, `ask` the question it waits for, `way_out` what to do.
    """

    rule: str
    title: Message
    outcome: Outcome
    message: Message
    why: Message | None = None
    basis: tuple[Citation, ...] = ()
    ask: str = ""
    way_out: Message | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderCheck:
    """Everything that stands between one administration and an order on a day.

    `amount` is euro excluding VAT, `cost` the same with the fee of the centre.
    """

    framework: FrameworkAgreement
    administration: Administration
    on: date
    counter: Counter
    findings: tuple[OrderFinding, ...]
    need: Need | None = None
    lot: str = ""
    amount: Decimal | None = None
    cost: Decimal | None = None

    @property
    def worst(self) -> Outcome:
        """How it weighs in all."""
        return max((each.outcome for each in self.findings), default=Outcome.OK)


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameworkSheet:
    """A framework agreement on the day: its phase, its counts, and its life for each.

    `name` is what its centre was called on that day; `lives` are by administration.
    """

    framework: FrameworkAgreement
    centre: PurchasingCentre | None
    name: LocalText | None
    phase: str
    counter: Counter
    lives: Mapping[str, Life] = field(default_factory=dict)
    successor: FrameworkAgreement | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Acts:
    """What was done towards frameworks: by framework or centre, and administration."""

    interests: Mapping[tuple[str, str], Interest]
    asked: Mapping[str, tuple[Interest, ...]]
    adhesions: Mapping[tuple[str, str], tuple[Adhesion, ...]]
    uses: Mapping[tuple[str, str], tuple[UseDecision, ...]]
    orders: Mapping[str, tuple[Order, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    """An order as it is asked about."""

    framework: FrameworkAgreement
    centre: PurchasingCentre | None
    administration: Administration
    need: Need | None
    lot: str
    amount: Decimal | None
    quantity: Decimal | None
    unit: str
    on: date
    orders: tuple[Order, ...]


class Ordering(Legal, Entries):
    """Orders, their ceilings, and the life of a framework agreement."""

    def order_counter(self, framework: str) -> Counter:
        """The count of a framework agreement against every ceiling, on the day."""
        from jointbuy import centres

        found = self.framework(framework)
        return centres.counter(
            found,
            orders_by_framework(self).get(found.id, ()),
            self.interests().values(),
            on=self.on,
        )

    def framework(self, text: str) -> FrameworkAgreement:
        """The framework agreement with that id or title.

        Raises:
            NotFound: none, or several.
        """
        return find(text, self.frameworks(), called_word("framework agreement"))

    def may_order(
        self,
        framework: str,
        administration: str,
        *,
        need: str = "",
        amount: Decimal | None = None,
        quantity: Decimal | None = None,
        unit: str = "",
        lot: str = "",
        day: date | None = None,
        answers: Mapping[str, object] | None = None,
        without: str = "",
    ) -> OrderCheck:
        """Everything that stands between an administration and an order on a day.

        Without an amount the estimate of the need is what would be ordered. `answers`
        are those to questions of the law; `without` leaves one order out of the count.

        Raises:
            NotFound: there is no such framework agreement, lot, administration or need.
            UsageError: the need belongs to another administration.
            Refused: an answer that its question does not allow.
            NotInForce: the day is before the law of 2016.
        """
        from jointbuy import centres

        found = self.framework(framework)
        who = self.administration(administration)
        wanted = find(need, self.needs(), called_word("need")) if need else None
        if wanted is not None and wanted.administration != who.id:
            raise UsageError(
                say(
                    "The need “{need}” is not one of {administration}: name one of "
                    "its own.",
                    need=wanted.title,
                    administration=named(who.names, who.id),
                )
            )
        if lot:
            centres.remaining(found, lot)
        elif wanted is not None and wanted.cpv:
            lot = centres.covers(found, wanted.cpv, wanted.nature) or ""
        if amount is None and wanted is not None:
            amount = wanted.estimate
        asked = _Wanted(
            framework=found,
            centre=self.centres().get(found.centre),
            administration=who,
            need=wanted,
            lot=lot,
            amount=amount,
            quantity=quantity,
            unit=unit,
            on=day or self.on,
            orders=tuple(
                each
                for each in orders_by_framework(self).get(found.id, ())
                if each.id != without
            ),
        )
        return self._judged(asked, read_answers(answers or {}, FORM))

    def _judged(self, asked: _Wanted, answers: Mapping[str, str]) -> OrderCheck:
        from jointbuy import centres

        count = centres.counter(
            asked.framework, asked.orders, self.interests().values(), on=asked.on
        )
        found = [*self._of_law(asked, answers), *self._reopened(asked)]
        found += _of_order(asked, count)
        found += self._of_time(asked)
        return OrderCheck(
            framework=asked.framework,
            administration=asked.administration,
            on=asked.on,
            counter=count,
            findings=tuple(
                self._with_way(asked, count, each, barred=_barred(found))
                for each in found
            ),
            need=asked.need,
            lot=asked.lot,
            amount=asked.amount,
            cost=_cost(asked),
        )

    # What the law asks.

    def _of_law(
        self, asked: _Wanted, answers: Mapping[str, str]
    ) -> Iterable[OrderFinding]:
        from jointbuy import law

        derived = self._derived_for(asked)
        kept = {
            code: value
            for code, value in self._answered(asked).items()
            if code not in derived
        }
        facts = law.facts_for(
            {**kept, **answers},
            derived,
            administrations=(asked.administration,),
            own=self.own_law(),
            on=asked.on,
        )
        for each in law.check(FORM, facts):
            if each.rule in RULES:
                yield _as_told(each, None if each.rule in answers else derived)

    def _derived_for(self, asked: _Wanted) -> dict[str, Derived]:
        from jointbuy import law
        from jointbuy.intake.choices import nature_of

        need = asked.need or Need(
            id=asked.framework.id,
            administration=asked.administration.id,
            title=asked.framework.title.get(self.language) or asked.framework.id,
            nature=next(
                (nature_of(code) for code in _codes(asked.framework, asked.lot)), None
            ),
        )
        derived = law.derive(
            Candidate(
                id=asked.framework.id,
                kind=CandidateKind.ADHESION,
                nature=need.nature,
                needs=(need.id,),
                administrations=(asked.administration.id,),
                framework=asked.framework.id,
                lot=asked.lot,
                launch=asked.on,
                estimate=asked.amount,
            ),
            FORM,
            needs=(need,),
            administrations=(asked.administration,),
            framework=asked.framework,
            centre=asked.centre,
            interests=tuple(self.interests().values()),
            adhesions=tuple(self.adhesions().values()),
            uses=tuple(self.uses().values()) if asked.need else (),
            orders=asked.orders,
            order=asked.amount,
            own=self.own_law(),
            on=asked.on,
        )
        if asked.need is None:
            derived.pop("a7", None)
            derived |= self._used(asked)
        return derived

    def _used(self, asked: _Wanted) -> dict[str, Derived]:
        """Whether any use was decided, where no need is named."""
        from jointbuy.law import Derived

        needs, who = self.needs(), asked.administration
        decided = any(
            each.framework == asked.framework.id
            and each.need in needs
            and needs[each.need].administration == who.id
            and each.decided_on is not None
            and each.decided_on <= asked.on
            for each in self.uses().values()
        )
        if decided:
            return {}
        why = say(
            "No decision of {administration} to use the framework agreement is "
            "recorded.",
            administration=named(who.names, who.id),
        )
        return {"a7": Derived(value="no", message=why)}

    def _answered(self, asked: _Wanted) -> dict[str, str]:
        """What was answered in the dossiers on the same framework agreement."""
        from jointbuy import law

        found: dict[str, str] = {}
        for dossier in self.dossiers().values():
            candidate = dossier.candidate
            if candidate.framework != asked.framework.id:
                continue
            if asked.administration.id not in candidate.administrations:
                continue
            if asked.need is not None and asked.need.id not in candidate.needs:
                continue
            raw = {each.question: each.value for each in dossier.answers}
            found |= law.parse_answers(raw, FORM)[0]
        return found

    def _reopened(self, asked: _Wanted) -> Iterable[OrderFinding]:
        """The events that make the body look at its adhesion again before an order."""
        from jointbuy.centres.joining import open_triggers

        for act in self.adhesions().values():
            if act.centre != asked.framework.centre:
                continue
            if act.administration != asked.administration.id:
                continue
            for each in open_triggers(act, asked.on):
                yield _own(
                    "reopened",
                    Outcome.SERIOUS,
                    say(
                        "The adhesion has to be looked at again ({trigger}): {what}",
                        trigger=each.trigger,
                        what=each.what,
                    ),
                )

    # What the days come to.

    def _of_time(self, asked: _Wanted) -> Iterable[OrderFinding]:
        framework, on = asked.framework, asked.on
        if framework.call_off not in {CallOff.MINI_COMPETITION, CallOff.BOTH}:
            return
        days = self.practice().mini_competition_days
        ready = on + timedelta(days=days)
        if framework.end is not None and on <= framework.end < ready:
            outcome = (
                Outcome.WARNING
                if framework.call_off is CallOff.BOTH
                else Outcome.SERIOUS
            )
            yield _own(
                "competition",
                outcome,
                say(
                    "Reopening competition takes about {days} days, until {ready}, and "
                    "the framework agreement ends on {end}.",
                    days=days,
                    ready=ready,
                    end=framework.end,
                ),
            )
            return
        yield _own(
            "competition",
            Outcome.INFO,
            say(
                "Reopening competition takes about {days} days: the order can be "
                "concluded from {ready} on.",
                days=days,
                ready=ready,
            ),
        )

    def _with_way(
        self, asked: _Wanted, count: Counter, each: OrderFinding, *, barred: bool
    ) -> OrderFinding:
        """The finding with what to do about it, where something is to be done."""
        if each.outcome <= Outcome.INFO:
            return each
        if barred and each.rule not in ADMITS:
            first = say(
                "Find out first whether the framework agreement is for it at all."
            )
            return replace(each, way_out=first)
        frameworks = self.frameworks()
        way = way_out(
            each.rule,
            each.outcome,
            framework=asked.framework,
            centre=asked.centre,
            administration=asked.administration,
            need=asked.need,
            left=_least(asked, count),
            successor=frameworks.get(asked.framework.successor),
            others=lambda: self._elsewhere(asked),
            on=asked.on,
        )
        return replace(each, way_out=way)

    def _elsewhere(self, asked: _Wanted) -> tuple[PurchasingCentre, ...]:
        """Other centres, of the register first, that serve it and buy the object.

        One that is no contracting authority is left out, and so is one nobody knows of.
        """
        from jointbuy import centres
        from jointbuy.centres.known import names_of
        from jointbuy.vocabulary import cpv as tree

        codes = _codes(asked.framework, asked.lot)
        if asked.need is not None and asked.need.cpv:
            codes = (asked.need.cpv,)
        own = self.centres()
        taken = {name for each in own.values() for name in names_of(each)}
        every = list(own.values())
        every += [
            made
            for known in centres.catalogue()
            if known.certainty != UNKNOWN
            and not names_of(made := centres.adopt(known, self.language)) & taken
        ]
        return tuple(
            each
            for each in every
            if each.id != asked.framework.centre
            and each.contracting_authority is not False
            and centres.may_join(each, asked.administration, asked.on)
            is centres.Known.YES
            and any(
                tree.within(tree.bare(code), tree.bare(wide))
                for code in codes
                for wide in each.cpv
            )
        )

    # The life of a framework agreement.

    def framework_life(self, framework: str, administration: str) -> Life:
        """Each step of a framework agreement for one administration, on the day."""
        found = self.framework(framework)
        return self._life(found, self.administration(administration), self._acts())

    def _acts(self) -> _Acts:
        """What was done towards each framework agreement, gathered once."""
        from jointbuy.workspace.standing import grouped

        known: _Acts | None = self.recalled("framework_acts", ACTS)
        if known is not None:
            return known
        needs = self.kept(Need)
        asked = self.kept(Interest).values()
        made = _Acts(
            interests={(i.framework, i.administration): i for i in asked},
            asked=grouped((i.framework, i) for i in asked),
            adhesions=grouped(
                ((each.centre, each.administration), each)
                for each in self.kept(Adhesion).values()
            ),
            uses=grouped(
                ((each.framework, needs[each.need].administration), each)
                for each in self.kept(UseDecision).values()
                if each.need in needs
            ),
            orders=orders_by_framework(self),
        )
        return self.remember("framework_acts", ACTS, made)

    def _life(
        self, found: FrameworkAgreement, who: Administration, acts: _Acts
    ) -> Life:
        from jointbuy import centres

        successor = self.kept(FrameworkAgreement).get(found.successor)
        return centres.life(
            found,
            who,
            on=self.on,
            centre=self.kept(PurchasingCentre).get(found.centre),
            interest=acts.interests.get((found.id, who.id)),
            adhesions=acts.adhesions.get((found.centre, who.id), ()),
            uses=acts.uses.get((found.id, who.id), ()),
            orders=acts.orders.get(found.id, ()),
            successor=successor,
            successor_interest=acts.interests.get((successor.id, who.id))
            if successor
            else None,
        )

    def framework_sheet(self, framework: str) -> FrameworkSheet:
        """A framework agreement on the day, with what comes next for each."""
        return self._sheet(self.framework(framework), self._acts())

    def framework_sheets(self) -> Mapping[str, FrameworkSheet]:
        """All of them by id, in the order of the register."""
        known: Mapping[str, FrameworkSheet] | None = self.recalled("sheets", SHOWN)
        if known is not None:
            return known
        acts = self._acts()
        made = {
            each.id: self._sheet(each, acts)
            for each in self.kept(FrameworkAgreement).values()
        }
        return self.remember("sheets", SHOWN, made)

    def _sheet(self, found: FrameworkAgreement, acts: _Acts) -> FrameworkSheet:
        from jointbuy import centres

        centre = self.kept(PurchasingCentre).get(found.centre)
        orders = acts.orders.get(found.id, ())
        count = centres.counter(found, orders, acts.asked.get(found.id, ()), on=self.on)
        asked = {each.administration for each in count.own}
        lives = {
            each.id: self._life(found, each, acts)
            for each in self.kept(Administration).values()
            if each.id in asked
            or centres.identified(found, each, centre, self.on).answer
            is centres.Known.YES
        }
        return FrameworkSheet(
            framework=found,
            centre=centre,
            name=centres.names_on(centre, self.on) if centre else None,
            phase=centres.phase(found, self.on, orders).name,
            counter=count,
            lives=lives,
            successor=self.kept(FrameworkAgreement).get(found.successor),
        )

    # What is said of an order as it is entered.

    def _known(self, kind: type[Any]) -> dict[type, dict[str, Any]]:
        known = super()._known(kind)
        if kind is Order:
            known[Interest] = self.interests()
        return known

    def _read_record(
        self,
        kind: type[R],
        before: R | None,
        cells: Mapping[str, str],
        known: Mapping[type, Mapping[str, Record]],
    ) -> tuple[R | None, tuple[Problem, ...]]:
        """What was understood; of an order also what it exceeds, or came too late for.

        What happened is recorded all the same.
        """
        made, problems = super()._read_record(kind, before, cells, known)
        if not isinstance(made, Order):
            return made, problems
        if any(problem.blocking for problem in problems):
            return made, problems
        return made, (*problems, *self.order_remarks(made))

    def order_remarks(self, order: Order) -> tuple[Problem, ...]:
        """What stood in the way of an order on the day it was concluded."""
        if order.framework not in self.frameworks():
            return ()
        if order.administration not in self.administrations():
            return ()
        need = self.needs().get(order.need)
        lots = self.frameworks()[order.framework].lots
        asked = _Wanted(
            framework=self.frameworks()[order.framework],
            centre=self.centres().get(self.frameworks()[order.framework].centre),
            administration=self.administrations()[order.administration],
            need=need,
            lot=order.lot if any(lot.id == order.lot for lot in lots) else "",
            amount=order.amount,
            quantity=order.quantity,
            unit=order.unit,
            on=order.concluded_on or self.on,
            orders=tuple(
                each
                for each in orders_by_framework(self).get(order.framework, ())
                if _before(each, order)
            ),
        )
        try:
            found = self._judged(asked, {})
        except NotInForce:
            return ()
        told = [
            each
            for each in found.findings
            if each.outcome >= Outcome.SERIOUS and each.rule in AT_ONCE
        ]
        if _barred(told):
            told = [each for each in told if each.rule in ADMITS][:1]
        return tuple(_remark(each) for each in told)


FORM = Form.PURCHASING_CENTRE
RULES = tuple(f"a{number}" for number in range(1, 15))
"""The questions of the law on an order under a framework agreement."""

NEAR = {
    "scope": "a12",
    "reopened": "a6",
    "quantity": "a4",
    "exceeded": "a4",
    "planned": "a4",
    "cost": "a10",
}
"""The question of the law near each of `OWN_TITLES`, for its articles."""

UNKNOWN = "D"
"""How sure a known centre is of which nothing was seen."""

ADMITS = ("a2", "a13")
"""Those that say whether the framework agreement is for the administration."""

AT_ONCE = ("a2", "a3", "a4", "a5", "a6", "a7", "a13", "a14", "start", "quantity")
"""What is said as soon as an order is typed, where it stands in the way."""

FIELDS = {"a4": "amount", "quantity": "quantity", "a5": "concluded_on",
          "start": "concluded_on", "a7": "need"}  # fmt: skip
"""The field of an order that a finding is about."""


def _barred(found: Iterable[OrderFinding]) -> bool:
    """Whether the framework agreement is not for the administration."""
    return any(
        each.rule in ADMITS and each.outcome is Outcome.BLOCKED for each in found
    )


def _before(each: Order, order: Order) -> bool:
    """Whether an order counts before another one: concluded earlier, or planned."""
    if each.id == order.id or each.framework != order.framework:
        return False
    if each.concluded_on is None or order.concluded_on is None:
        return True
    if each.concluded_on != order.concluded_on:
        return each.concluded_on < order.concluded_on
    return not order.id or each.id < order.id


def _remark(each: OrderFinding) -> Problem:
    """A finding as it is said beside the field of the order it is about."""
    from jointbuy.intake.forms import field_of

    cell = FIELDS.get(each.rule, "framework")
    field_ = field_of(Order, cell)
    return Problem(
        field=cell,
        message=_told_at_once(each),
        blocking=False,
        label=field_.label if field_ else None,
    )


def _told_at_once(each: OrderFinding) -> Message:
    why = each.why or each.message
    if each.way_out is None:
        return why
    return say("{note} {reason}", note=why, reason=each.way_out)


def _codes(framework: FrameworkAgreement, lot: str) -> tuple[str, ...]:
    own = next((each.cpv for each in framework.lots if each.id == lot), ())
    return own or framework.cpv


def _as_told(found: Finding, derived: Mapping[str, Derived] | None) -> OrderFinding:
    from jointbuy import law

    why = derived.get(found.rule) if derived is not None else None
    if why is None and found.rule == "a13" and derived is not None:
        why = derived.get("a13_met")
    if found.rule == "a13" and derived is not None and "a13_met" in derived:
        why = derived["a13_met"]
    return OrderFinding(
        rule=found.rule,
        title=law.question(found.rule).title,
        outcome=found.outcome,
        message=found.message,
        why=why.message if why else None,
        basis=found.basis,
        ask=found.ask,
    )


def _own(rule: str, outcome: Outcome, message: Message) -> OrderFinding:
    """A finding that rests on the record, with the articles of the question near it."""
    from jointbuy import law

    near = NEAR.get(rule)
    return OrderFinding(
        rule=rule,
        title=OWN_TITLES[rule],
        outcome=outcome,
        message=message,
        basis=law.question(near).basis if near else (),
    )


def _cost(asked: _Wanted) -> Decimal | None:
    """What the order costs with the fee of the centre, euro excluding VAT."""
    from jointbuy.model import cents

    if asked.amount is None or asked.framework.fee is None:
        return None
    return cents(asked.amount * (1 + asked.framework.fee / HUNDRED))


def _of_order(asked: _Wanted, count: Counter) -> Iterable[OrderFinding]:
    """What the record of the framework and the count say of the order."""
    yield from _start(asked)
    yield from _scope(asked)
    yield from _quantity(asked, count)
    yield from (
        _own("exceeded", Outcome.SERIOUS, excess_said(each))
        for each in count.exceeded
        if each.administration in {"", asked.administration.id}
        and each.lot in {"", asked.lot}
    )
    yield from _planned(asked, count)
    yield from _counted(asked, count)
    cost, amount, fee = _cost(asked), asked.amount, asked.framework.fee
    if cost is not None and amount is not None and fee:
        yield _own(
            "cost",
            Outcome.INFO,
            say(
                "With the fee of the centre, {fee}, the order of {amount} costs "
                "{cost}.",
                fee=euro(cost - amount),
                amount=euro(amount),
                cost=euro(cost),
            ),
        )


def excess_said(each: Excess) -> Message:
    """Which ceiling was exceeded, by how much, and by which order."""
    from jointbuy.centres import Ceiling

    if each.ceiling is Ceiling.OWN_QUANTITY:
        return say(
            "Its own maximum of {limit} {unit} is exceeded by {by}, since order "
            "{order}.",
            limit=each.limit,
            unit=each.unit,
            by=each.by,
            order=each.order,
        )
    limit, by = euro(each.limit), euro(each.by)
    if not each.order and each.ceiling is Ceiling.LOT:
        return say(
            "The ceiling of lot {lot}, {limit}, is exceeded by {by}, by what the "
            "centre reports alone.",
            lot=each.lot,
            limit=limit,
            by=by,
        )
    if not each.order:
        return say(
            "The ceiling of {limit} is exceeded by {by}, by what the centre reports "
            "alone.",
            limit=limit,
            by=by,
        )
    match each.ceiling:
        case Ceiling.LOT:
            return say(
                "The ceiling of lot {lot}, {limit}, is exceeded by {by}, since order "
                "{order}.",
                lot=each.lot,
                limit=limit,
                by=by,
                order=each.order,
            )
        case Ceiling.OWN:
            return say(
                "Its own maximum of {limit} is exceeded by {by}, since order {order}.",
                limit=limit,
                by=by,
                order=each.order,
            )
    return say(
        "The ceiling of {limit} is exceeded by {by}, since order {order}.",
        limit=limit,
        by=by,
        order=each.order,
    )


def _start(asked: _Wanted) -> Iterable[OrderFinding]:
    from jointbuy import centres
    from jointbuy.centres.lifecycle import TO_COME

    framework, on = asked.framework, asked.on
    if framework.start is not None and on < framework.start:
        yield _own(
            "start",
            Outcome.BLOCKED,
            say(
                "It can be ordered from on {start} at the earliest.",
                start=framework.start,
            ),
        )
    elif centres.phase(framework, on, asked.orders) in TO_COME:
        yield _own(
            "start",
            Outcome.BLOCKED,
            say("The first day to order is not recorded, and it does not run yet."),
        )
    elif framework.start is None:
        yield _own(
            "start", Outcome.UNKNOWN, say("The first day to order is not recorded.")
        )


def _scope(asked: _Wanted) -> Iterable[OrderFinding]:
    from jointbuy import centres

    need, framework = asked.need, asked.framework
    if need is None:
        return
    if not need.cpv or not (framework.cpv or any(lot.cpv for lot in framework.lots)):
        yield _own(
            "scope",
            Outcome.UNKNOWN,
            say("The need or the framework agreement has no CPV code to compare."),
        )
        return
    lot = centres.covers(framework, need.cpv, need.nature)
    if lot is None:
        yield _own(
            "scope",
            Outcome.SERIOUS,
            say(
                "The code {code} of the need lies under none of the codes of the "
                "framework agreement.",
                code=need.cpv,
            ),
        )
    elif lot and asked.lot and lot != asked.lot:
        yield _own(
            "scope",
            Outcome.WARNING,
            say(
                "By its code the need falls under lot {lot}, not under lot {other}.",
                lot=lot,
                other=asked.lot,
            ),
        )
    else:
        yield _own(
            "scope",
            Outcome.OK,
            say("The code {code} lies under those of the framework.", code=need.cpv),
        )


def _quantity(asked: _Wanted, count: Counter) -> Iterable[OrderFinding]:
    from jointbuy.centres.orders import same_unit

    own = count.own_of(asked.administration.id)
    most, left = own.quantity_maximum, own.quantity_left
    if most is None or left is None:
        return
    if asked.quantity is None or not same_unit(asked.unit, own.unit):
        yield _own(
            "quantity",
            Outcome.UNKNOWN,
            say(
                "Of its own maximum of {most} {unit}, {left} is left: give the "
                "quantity of the order in that unit.",
                most=most,
                unit=own.unit,
                left=left,
            ),
        )
    elif asked.quantity > left:
        yield _own(
            "quantity",
            Outcome.BLOCKED,
            say(
                "The order is for {quantity} {unit}; of its own maximum of {most} only "
                "{left} is left.",
                quantity=asked.quantity,
                unit=own.unit,
                most=most,
                left=left,
            ),
        )
    else:
        yield _own(
            "quantity",
            Outcome.UNKNOWN if own.unmeasured else Outcome.OK,
            say(
                "The order is for {quantity} {unit}; of its own maximum {left} is "
                "left.",
                quantity=asked.quantity,
                unit=own.unit,
                left=left,
            ),
        )


def _least(asked: _Wanted, count: Counter) -> Decimal | None:
    """The least that is left: in all, of the lot, and of its own maximum."""
    own = count.own_of(asked.administration.id).left
    known = [left for left in (count.left_under(asked.lot), own) if left is not None]
    return min(known) if known else None


def _planned(asked: _Wanted, count: Counter) -> Iterable[OrderFinding]:
    """Orders that are planned may use up what is left before this one."""
    least = _least(asked, count)
    others = [
        each.order
        for each in count.orders
        if not each.concluded and not (asked.need and each.order.need == asked.need.id)
    ]
    planned = sum((each.amount or ZERO for each in others), ZERO)
    if least is None or asked.amount is None or not planned:
        return
    if asked.amount <= least < asked.amount + planned:
        yield _own(
            "planned",
            Outcome.WARNING,
            say(
                "{left} is left, and orders of {planned} are planned besides: "
                "together they exceed it.",
                left=euro(least),
                planned=euro(planned),
            ),
        )


def _counted(asked: _Wanted, count: Counter) -> Iterable[OrderFinding]:
    """How fresh the figures of the centre are."""
    from jointbuy.centres.lifecycle import count_days

    day = count.reported_on
    if day is None:
        if count.reported:
            yield _own(
                "counted",
                Outcome.INFO,
                say(
                    "Until when the centre counted is not recorded: all own orders are "
                    "added to its figure."
                ),
            )
        return
    age = (asked.on - day).days
    if age > count_days():
        yield _own(
            "counted",
            Outcome.WARNING,
            say(
                "The figures of the centre are of {day}, {days} days old: others may "
                "have ordered since.",
                day=day,
                days=age,
            ),
        )
