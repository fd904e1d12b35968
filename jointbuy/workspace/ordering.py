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
    OwnPractice,
    Programme,
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

    from jointbuy.centres.joining import Membership
    from jointbuy.centres.lifecycle import Life
    from jointbuy.centres.orders import Counter, Excess
    from jointbuy.law import Derived
    from jointbuy.model import Citation, Dossier, Finding, LocalText, Record

R = TypeVar("R", bound="Record")

ZERO = Decimal(0)
HUNDRED = Decimal(100)

ACTS: tuple[type[Any], ...] = (
    Interest,
    Adhesion,
    Programme,
    UseDecision,
    Need,
    Order,
)
SHOWN = (
    *ACTS,
    FrameworkAgreement,
    PurchasingCentre,
    Administration,
    OwnPractice,
)
"""What the sheets of the framework agreements rest on."""

OWN_TITLES: dict[str, Message] = {
    "reopened": say("Adhesion reopened"),
    "joined": say("What was joined"),
    "decided": say("Amount decided"),
    "lot": say("Lot"),
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
    register says of it, `ask` the question it waits for and `question` how that one
    is put, `way_out` what to do.
    """

    rule: str
    title: Message
    outcome: Outcome
    message: Message
    why: Message | None = None
    basis: tuple[Citation, ...] = ()
    ask: str = ""
    question: Message | None = None
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
    stands: dict[tuple[str, str], Membership]


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
    today: date
    orders: tuple[Order, ...]
    uses: tuple[UseDecision, ...] = ()


class Ordering(Legal, Entries):
    """Orders, their ceilings, and the life of a framework agreement."""

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

        Without an amount the estimate of the need, or what is left of it, is what would
        be ordered. `answers` are those to questions of the law; `without` leaves one
        order out of the count.

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
        on = day or self.on
        orders = tuple(
            each
            for each in orders_by_framework(self).get(found.id, ())
            if each.id != without
        )
        if amount is None and wanted is not None:
            amount = _rest(wanted, orders, on)
        asked = _Wanted(
            framework=found,
            centre=self.centres().get(found.centre),
            administration=who,
            need=wanted,
            lot=lot,
            amount=amount,
            quantity=quantity,
            unit=unit,
            on=on,
            today=self.on,
            orders=orders,
            uses=self._uses(found.id, need=wanted, on=on),
        )
        return self._judged(asked, read_answers(answers or {}, FORM))

    def _judged(self, asked: _Wanted, answers: Mapping[str, str]) -> OrderCheck:
        from jointbuy import centres

        count = centres.counter(
            asked.framework, asked.orders, self.interests().values(), on=asked.on
        )
        stands = self._membership(asked)
        found = [*self._of_law(asked, answers), *_of_adhesion(stands)]
        found += _of_order(asked, count)
        found += self._of_time(asked)
        if _barred(found):
            found = _refused(found)
        return OrderCheck(
            framework=asked.framework,
            administration=asked.administration,
            on=asked.on,
            counter=count,
            findings=tuple(
                self._with_way(asked, count, stands, each) for each in found
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
        need = asked.need.id if asked.need is not None else ""
        who = asked.administration.id
        for dossier in self.order_dossiers(asked.framework.id, who, need):
            raw = {each.question: each.value for each in dossier.answers}
            found |= law.parse_answers(raw, FORM)[0]
        return found

    def order_dossiers(
        self, framework: str, administration: str, need: str = ""
    ) -> tuple[Dossier, ...]:
        """The dossiers on an order: on the framework agreement, of who would order."""
        return tuple(
            each
            for each in self.dossiers().values()
            if each.candidate.framework == framework
            and administration in each.candidate.administrations
            and (not need or need in each.candidate.needs)
        )

    def _membership(self, asked: _Wanted) -> Membership:
        """How the administration stands before the centre of the framework."""
        from jointbuy.centres.joining import membership

        return membership(
            self.adhesions().values(),
            asked.administration.id,
            asked.framework.centre,
            asked.on,
            self.programmes().values(),
        )

    def _uses(
        self, framework: str, *, need: Need | None, on: date
    ) -> tuple[UseDecision, ...]:
        """What was decided by that day to cover the need through the framework."""
        return tuple(
            each
            for each in self.uses().values()
            if need is not None
            and (each.framework, each.need) == (framework, need.id)
            and each.decided_on is not None
            and each.decided_on <= on
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
        self,
        asked: _Wanted,
        count: Counter,
        stands: Membership,
        each: OrderFinding,
    ) -> OrderFinding:
        """The finding with what to do about it, where something is to be done."""
        if each.outcome <= Outcome.INFO or each.way_out is not None:
            return each
        frameworks = self.frameworks()
        way = way_out(
            each.rule,
            each.outcome,
            framework=asked.framework,
            centre=asked.centre,
            administration=asked.administration,
            need=asked.need,
            left=_least(asked, count),
            own=_own_least(asked, count),
            interest=self._asked_of(asked),
            adhesion=_step_of(stands),
            successor=frameworks.get(asked.framework.successor),
            others=lambda: self._elsewhere(asked),
            on=asked.on,
        )
        return replace(each, way_out=way)

    def _asked_of(self, asked: _Wanted) -> Interest | None:
        """What it was asked or answered on the framework agreement."""
        pair = (asked.framework.id, asked.administration.id)
        return next(
            (
                each
                for each in self.interests().values()
                if (each.framework, each.administration) == pair
            ),
            None,
        )

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
            stands={},
        )
        return self.remember("framework_acts", ACTS, made)

    def _stands(self, acts: _Acts, centre: str, who: str) -> Membership:
        """How an administration stands before a centre, worked out once."""
        from jointbuy.centres.joining import membership

        if (centre, who) not in acts.stands:
            adhesions = acts.adhesions.get((centre, who), ())
            programmes = self.kept(Programme).values()
            found = membership(adhesions, who, centre, self.on, programmes)
            acts.stands[centre, who] = found
        return acts.stands[centre, who]

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
            member=self._stands(acts, found.centre, who.id),
            months=self.practice().reinterest_months,
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
        found = [_remark(each) for each in self.obstacles(order)]
        if order.amount is None and order.concluded_on is not None:
            found.append(_unpriced(order))
        return tuple(found)

    def obstacles(self, order: Order) -> tuple[OrderFinding, ...]:
        """The findings that stood in the way of an order on the day of its conclusion.

        Where the framework agreement is not for the administration, that alone.
        """
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
            today=self.on,
            uses=self._uses(
                order.framework, need=need, on=order.concluded_on or self.on
            ),
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
        return tuple(told)

    def irregular_orders(self) -> Mapping[str, tuple[OrderFinding, ...]]:
        """The orders that could not be placed on their day, each with the reasons.

        By id. What only exceeds a ceiling is in the count.
        """
        known: Mapping[str, tuple[OrderFinding, ...]] | None = self.recalled(
            "irregular orders", SHOWN
        )
        if known is not None:
            return known
        interests = {
            (each.framework, each.administration): each
            for each in self.kept(Interest).values()
        }
        found = {
            order.id: tuple(
                each
                for each in self.obstacles(order)
                if each.outcome is Outcome.BLOCKED and each.rule not in COUNTED
            )
            for order in self.kept(Order).values()
            if self._doubtful(order, interests)
        }
        made = {id_: each for id_, each in found.items() if each}
        return self.remember("irregular orders", SHOWN, made)

    def _doubtful(
        self, order: Order, interests: Mapping[tuple[str, str], Interest]
    ) -> bool:
        """Whether an order is worth the whole check: the quick look at it."""
        from jointbuy import centres
        from jointbuy.centres import InterestStatus

        framework = self.kept(FrameworkAgreement).get(order.framework)
        who = self.kept(Administration).get(order.administration)
        on = order.concluded_on
        if framework is None or who is None or on is None:
            return False
        start, end = framework.start, framework.end
        if (start and on < start) or (end and on > end):
            return True
        centre = self.kept(PurchasingCentre).get(framework.centre)
        no = centres.Known.NO
        if centres.identified(framework, who, centre, on).answer is no:
            return True
        if centre is not None and centres.may_join(centre, who, on) is no:
            return True
        asked = interests.get((framework.id, who.id))
        state = centres.interest_state(asked, framework, on).status
        return state in {InterestStatus.NO, InterestStatus.NO_ANSWER}


FORM = Form.PURCHASING_CENTRE
RULES = tuple(f"a{number}" for number in range(1, 15))
"""The questions of the law on an order under a framework agreement."""

NEAR = {
    "scope": "a12",
    "reopened": "a6",
    "joined": "a6",
    "decided": "a7",
    "lot": "a4",
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

AT_ONCE = ("a2", "a3", "a4", "a5", "a6", "a7", "a13", "a14", "start", "quantity",
           "decided")  # fmt: skip
"""What is said as soon as an order is typed, where it stands in the way."""

COUNTED = ("a4", "quantity")
"""Those that the running count shows by itself."""

FIELDS = {"a4": "amount", "quantity": "quantity", "a5": "concluded_on",
          "start": "concluded_on", "a7": "need", "decided": "amount"}  # fmt: skip
"""The field of an order that a finding is about."""


def _barred(found: Iterable[OrderFinding]) -> bool:
    """Whether the framework agreement is not for the administration."""
    return any(
        each.rule in ADMITS and each.outcome is Outcome.BLOCKED for each in found
    )


def _refused(found: Iterable[OrderFinding]) -> list[OrderFinding]:
    """What is told of an order that is not for it: the refusal, once, and what fits.

    Neither what else is missing nor what nobody knows matters any more.
    """
    several = list(found)
    first = next(
        each
        for each in several
        if each.rule in ADMITS and each.outcome is Outcome.BLOCKED
    )
    return [each for each in several if each is first or each.outcome is Outcome.OK]


def _rest(need: Need, orders: Iterable[Order], on: date) -> Decimal | None:
    """What of the need is still to be ordered; all of it once nothing is."""
    if need.estimate is None:
        return None
    left = need.estimate - _ordered(need, orders, on)
    return left if left > ZERO else need.estimate


def _ordered(need: Need, orders: Iterable[Order], on: date, lot: str = "") -> Decimal:
    """What was ordered for the need by that day, under a lot or in all."""
    from jointbuy.centres.orders import concluded

    return sum(
        (
            each.amount or ZERO
            for each in orders
            if each.need == need.id
            and concluded(each, on)
            and (not lot or each.lot == lot)
        ),
        ZERO,
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


def _unpriced(order: Order) -> Problem:
    """An order that counts against no ceiling in euro."""
    from jointbuy.intake.forms import field_of

    field_ = field_of(Order, "amount")
    told = say(
        "Without an amount this order counts against no ceiling: note the amount as "
        "soon as it is known."
    )
    if order.quantity is None:
        told = say(
            "Without an amount or a quantity this order counts against no ceiling: "
            "note what was ordered."
        )
    return Problem(
        field="amount",
        message=told,
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
        question=law.question(found.ask).text if found.ask else None,
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
    yield from _decided(asked)
    yield from _scope(asked)
    yield from _lot(asked, count)
    yield from _quantity(asked, count)
    yield from (
        _own(
            "exceeded",
            Outcome.SERIOUS,
            excess_said(each, count, {asked.administration.id: asked.administration}),
        )
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


def _order_said(
    id_: str, count: Counter | None, known: Mapping[str, Administration]
) -> Message | str:
    """An order by its day, whose it is and its amount; by its id where it is gone."""
    orders = count.orders if count is not None else ()
    order = next((each.order for each in orders if each.order.id == id_), None)
    if order is None or order.concluded_on is None:
        return id_
    who = known.get(order.administration)
    name = named(who.names, who.id) if who is not None else order.administration
    if order.amount is None:
        return say("of {day} ({who})", day=order.concluded_on, who=name)
    return say(
        "of {day} ({who}, {amount})",
        day=order.concluded_on,
        who=name,
        amount=euro(order.amount),
    )


def excess_said(
    each: Excess,
    count: Counter | None = None,
    known: Mapping[str, Administration] | None = None,
) -> Message:
    """Which ceiling was exceeded, by how much, and by which order.

    With the count it is in and the administrations the order is called by its day.
    """
    from jointbuy.centres import Ceiling

    order = _order_said(each.order, count, known or {})
    if each.ceiling is Ceiling.OWN_QUANTITY:
        return say(
            "Its own maximum of {limit} {unit} is exceeded by {by}, since order "
            "{order}.",
            limit=each.limit,
            unit=each.unit,
            by=each.by,
            order=order,
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
                order=order,
            )
        case Ceiling.OWN:
            return say(
                "Its own maximum of {limit} is exceeded by {by}, since order {order}.",
                limit=limit,
                by=by,
                order=order,
            )
    return say(
        "The ceiling of {limit} is exceeded by {by}, since order {order}.",
        limit=limit,
        by=by,
        order=order,
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
    elif (at := centres.phase(framework, on, asked.orders)) in TO_COME and (
        at is not centres.Phase.AWARDED
    ):
        yield _own(
            "start",
            Outcome.BLOCKED,
            say("The first day to order is not recorded, and it does not run yet."),
        )
    elif framework.start is None:
        yield _own(
            "start", Outcome.UNKNOWN, say("The first day to order is not recorded.")
        )


def _of_adhesion(stands: Membership) -> Iterable[OrderFinding]:
    """What holds up the adhesion on which the order would rest.

    That to the whole centre; without it, those to parts, of which nothing says whether
    the framework agreement belongs to them.
    """
    from jointbuy.centres.joining import AdhesionState, names_of_parts

    member = stands.member
    told = [(None, member)] if member else list(stands.joined)
    held = {
        AdhesionState.NOT_COUNTED: Outcome.SERIOUS,
        AdhesionState.IN_REGULARISATION: Outcome.SERIOUS,
        AdhesionState.CONDITIONAL: Outcome.WARNING,
    }
    free = [cell for _, cell in told if not cell.open and cell.state not in held]
    for names, cell in told:
        for each in cell.open:
            worst = Outcome.UNKNOWN if free else Outcome.SERIOUS
            if names is None:
                message = say(
                    "The adhesion has to be looked at again ({trigger}): {what}",
                    trigger=each.trigger,
                    what=each.what,
                )
            else:
                message = say(
                    "The adhesion to {part} has to be looked at again ({trigger}): "
                    "{what}",
                    part=named(names),
                    trigger=each.trigger,
                    what=each.what,
                )
            yield _own("reopened", worst, message)
        if names is None and cell.state in held:
            found = _own("joined", held[cell.state], cell.why)
            yield replace(found, way_out=cell.todo)
    if member is None and stands.joined:
        found = _own(
            "joined",
            Outcome.UNKNOWN,
            say(
                "Only parts of the centre were joined: {parts}. To which of them the "
                "framework agreement belongs is not recorded.",
                parts=names_of_parts(stands.joined),
            ),
        )
        yield replace(found, way_out=_WHICH_PART)


_WHICH_PART = say(
    "Ask the centre in writing to which part the framework agreement belongs, and "
    "answer question a6 by it."
)


def _step_of(stands: Membership) -> Message | None:
    """What is to be done about the adhesion that is recorded, if one is."""
    if stands.member is not None:
        return stands.member.todo
    return _WHICH_PART if stands.joined else None


def _decided(asked: _Wanted) -> Iterable[OrderFinding]:
    """Whether the orders for the need stay within what was decided, or estimated.

    The decision defines the need and the expenditure.
    """
    need, amount = asked.need, asked.amount
    if need is None or amount is None:
        return
    fits = [u for u in asked.uses if not (u.lot and asked.lot) or u.lot == asked.lot]
    if asked.uses and not fits:
        yield _own(
            "decided",
            Outcome.SERIOUS,
            say(
                "The body decided to use lot {lot}, and the order is under lot "
                "{other}.",
                lot=asked.uses[0].lot,
                other=asked.lot,
            ),
        )
        return
    by_lot = bool(fits) and all(each.lot for each in fits)
    ordered = _ordered(need, asked.orders, asked.on, asked.lot if by_lot else "")
    known = [each.amount for each in fits if each.amount is not None]
    decided = sum(known, ZERO) if known and len(known) == len(fits) else None
    limit = need.estimate if decided is None else decided
    if limit is None:
        if fits:
            yield _own(
                "decided",
                Outcome.UNKNOWN,
                say("Neither the amount decided nor the estimate is recorded."),
            )
        return
    if ordered + amount <= limit:
        message = say("The orders for the need stay within {limit}.", limit=euro(limit))
        yield _own("decided", Outcome.OK, message)
        return
    total, before, most = euro(ordered + amount), euro(ordered), euro(limit)
    if not ordered and decided is None:
        message = say(
            "The need is estimated at {limit}, and this order comes to {total}.",
            limit=most,
            total=total,
        )
    elif not ordered:
        message = say(
            "The body decided on {limit} for the need, and this order comes to "
            "{total}.",
            limit=most,
            total=total,
        )
    elif decided is None:
        message = say(
            "The need is estimated at {limit}; with {ordered} ordered for it already, "
            "this order brings it to {total}.",
            limit=most,
            ordered=before,
            total=total,
        )
    else:
        message = say(
            "The body decided on {limit} for the need; with {ordered} ordered for it "
            "already, this order brings it to {total}.",
            limit=most,
            ordered=before,
            total=total,
        )
    yield _own("decided", Outcome.SERIOUS, message)


def _lot(asked: _Wanted, count: Counter) -> Iterable[OrderFinding]:
    """Why what is left under a lot is not known: none is named, here or before."""
    if not count.lots or asked.amount is None:
        return
    if not asked.lot:
        message = say("No lot is named: which ceiling binds the order is not known.")
        way = say("Name the lot of the order.")
        yield replace(_own("lot", Outcome.UNKNOWN, message), way_out=way)
        return
    left = count.left_under(asked.lot)
    if not count.unplaced or left is None or asked.amount > left:
        return
    if left - count.unplaced < asked.amount:
        message = say(
            "{unplaced} was ordered without a lot: whether it leaves room under lot "
            "{lot} is not known.",
            unplaced=euro(count.unplaced),
            lot=asked.lot,
        )
        way = say("Give these orders their lot with `orders edit`.")
        yield replace(_own("lot", Outcome.UNKNOWN, message), way_out=way)


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


def _own_least(asked: _Wanted, count: Counter) -> bool:
    """Whether its own maximum leaves it less than the ceilings do."""
    own, all_ = (
        count.own_of(asked.administration.id).left,
        count.left_under(asked.lot),
    )
    return own is not None and (all_ is None or own < all_)


def _planned(asked: _Wanted, count: Counter) -> Iterable[OrderFinding]:
    """Orders that are planned under the same ceiling may use up what is left of it.

    One that was concluded since the day asked about is planned no more.
    """
    amount, who = asked.amount, asked.administration.id
    if amount is None:
        return
    planned = [
        each.order
        for each in count.orders
        if not each.concluded
        and (each.order.concluded_on is None or each.order.concluded_on > asked.today)
        and not (asked.need and each.order.need == asked.need.id)
    ]
    lot = count.lot(asked.lot) if asked.lot else None

    def tight(left: Decimal | None, orders: Iterable[Order]) -> Decimal | None:
        """What is planned, where it no longer fits beside the order."""
        besides = sum((each.amount or ZERO for each in orders), ZERO)
        if left is None or not amount <= left < amount + besides:
            return None
        return besides

    if (besides := tight(count.left, planned)) is not None and count.left is not None:
        message = say(
            "{left} is left, and orders of {planned} are planned besides: together "
            "they exceed it.",
            left=euro(count.left),
            planned=euro(besides),
        )
        yield _own("planned", Outcome.WARNING, message)
    of_lot = [each for each in planned if each.lot == asked.lot]
    besides = tight(lot.left, of_lot) if lot else None
    if lot and lot.left is not None and besides is not None:
        message = say(
            "{left} is left under lot {lot}, and orders of {planned} are planned under "
            "it besides: together they exceed it.",
            left=euro(lot.left),
            lot=lot.lot,
            planned=euro(besides),
        )
        yield _own("planned", Outcome.WARNING, message)
    own = count.own_of(who).left
    mine = [each for each in planned if each.administration == who]
    if own is not None and (besides := tight(own, mine)) is not None:
        message = say(
            "{left} is left of the own maximum, and own orders of {planned} are "
            "planned besides: together they exceed it.",
            left=euro(own),
            planned=euro(besides),
        )
        way = say("Order less, or give up one of the orders planned.")
        yield replace(_own("planned", Outcome.WARNING, message), way_out=way)


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
