"""Where each administration stands towards each framework agreement on the day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, TypeVar

from jointbuy import model
from jointbuy.model import JOINED, Order

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from jointbuy.centres.orders import Counter
    from jointbuy.errors import Message
    from jointbuy.model import (
        Adhesion,
        Administration,
        Deadline,
        FrameworkAgreement,
        Interest,
        Need,
        PurchasingCentre,
        UseDecision,
    )
    from jointbuy.workspace.records import Records
    from jointbuy.workspace.sittings import Sitting

K = TypeVar("K")
V = TypeVar("V")

RESTED_ON = (
    model.Register,
    model.Administration,
    model.ContactPerson,
    model.PurchasingCentre,
    model.FrameworkAgreement,
    model.Interest,
    model.Adhesion,
    model.Programme,
    model.UseDecision,
    model.Order,
    model.Need,
    model.Contract,
    model.Dossier,
    model.OwnPractice,
    model.OwnValue,
)
"""What offers and the days around them are worked out from."""

SAID_YES = ("YES", "YES_WITHOUT_MAXIMUM")
SAID_NO = ("NO", "NO_ANSWER")

DATED: dict[str, tuple[str, ...]] = {
    "ANNOUNCED": ("interest_deadline", "launch", "award", "start"),
    "INTEREST_OPEN": ("interest_deadline",),
    "INTEREST_CLOSED": ("launch", "award", "start", "end"),
    "LAUNCHED": ("award", "start", "end"),
    "AWARDED": ("start", "end"),
    "RUNNING": ("end",),
    "EXHAUSTED": ("end",),
}
"""What a framework agreement waits for in each phase; the first that is recorded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One administration before one framework agreement.

    `status` names how it stands towards the call for interest, `why` says it.
    `belongs` names whether the framework agreement is for such administrations (YES,
    NO or UNKNOWN), `belonging` says why. `adhesions` are those to its centre, `due` is
    the last day to answer.
    """

    administration: Administration
    status: str
    why: Message
    belongs: str
    belonging: Message
    interest: Interest | None = None
    adhesions: tuple[Adhesion, ...] = ()
    uses: tuple[UseDecision, ...] = ()
    due: date | None = None

    @property
    def counts(self) -> bool:
        """Whether it said yes, orders already, or may: it joined and was not asked."""
        if self.status in SAID_YES or self.uses:
            return True
        joined = any(adhesion.status in JOINED for adhesion in self.adhesions)
        return joined and self.belongs != "NO" and self.status not in SAID_NO

    @property
    def concerned(self) -> bool:
        """Whether it was asked, or the framework agreement is for it."""
        return self.interest is not None or self.belongs == "YES"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A framework agreement on the day, and where every administration stands.

    `left` is what is left under the ceiling and `ordered` what was ordered, euro
    excluding VAT; `counter` is the count they come from. `until` is the day it waits
    for, `deadlines` what is to be done.
    """

    framework: FrameworkAgreement
    centre: PurchasingCentre | None
    phase: str
    ordered: Decimal
    left: Decimal | None
    until: date | None
    standings: tuple[Standing, ...]
    counter: Counter
    deadlines: tuple[Deadline, ...] = ()

    @property
    def ceiling(self) -> Decimal | None:
        """What may be ordered in all, where it is known."""
        return None if self.left is None else self.left + self.ordered

    @property
    def used(self) -> Decimal | None:
        """The part of the ceiling that was ordered, in per cent."""
        ceiling = self.ceiling
        if not ceiling:
            return None
        return (self.ordered * 100 / ceiling).quantize(Decimal(1))


def offers(workspace: Records) -> tuple[Offer, ...]:
    """Every framework agreement of the register, in its order; kept while it stands."""
    known: tuple[Offer, ...] | None = workspace.recalled("offers", RESTED_ON)
    if known is not None:
        return known
    return workspace.remember("offers", RESTED_ON, _offers(workspace))


def _offers(workspace: Records) -> tuple[Offer, ...]:
    from jointbuy import centres
    from jointbuy.centres.interest import due_day

    known = workspace.centres()
    asked = {(i.framework, i.administration): i for i in workspace.interests().values()}
    joined = grouped(
        ((a.centre, a.administration), a) for a in workspace.adhesions().values()
    )
    needs = workspace.needs()
    used = grouped(
        ((use.framework, _whose(use, needs)), use) for use in workspace.uses().values()
    )
    ordered = orders_by_framework(workspace)
    marked = grouped((i.framework, i) for i in workspace.interests().values())
    todo = grouped((d.subject, d) for d in centre_deadlines(workspace))
    found = []
    for framework in workspace.frameworks().values():
        centre = known.get(framework.centre)
        standings = []
        for who in workspace.administrations().values():
            interest = asked.get((framework.id, who.id))
            state = centres.interest_state(interest, framework, workspace.on)
            belongs = centres.identified(framework, who, centre, workspace.on)
            standings.append(
                Standing(
                    administration=who,
                    status=state.status.name,
                    why=state.why,
                    belongs=belongs.answer.name,
                    belonging=belongs.why,
                    interest=interest,
                    adhesions=joined.get((framework.centre, who.id), ()),
                    uses=used.get((framework.id, who.id), ()),
                    due=due_day(interest, framework),
                )
            )
        orders = ordered.get(framework.id, ())
        counter = centres.counter(
            framework, orders, marked.get(framework.id, ()), on=workspace.on
        )
        phase = centres.phase(framework, workspace.on, orders).name
        subjects = [framework.id, *(s.interest.id for s in standings if s.interest)]
        found.append(
            Offer(
                framework=framework,
                centre=centre,
                phase=phase,
                ordered=counter.ordered,
                left=counter.left,
                counter=counter,
                until=_until(framework, phase),
                standings=tuple(standings),
                deadlines=tuple(
                    sorted(
                        (d for id_ in subjects for d in todo.get(id_, ())),
                        key=lambda each: (each.day, each.id),
                    )
                ),
            )
        )
    return tuple(found)


def orders_by_framework(workspace: Records) -> Mapping[str, tuple[Order, ...]]:
    """The orders under each framework agreement, gathered once while they stand."""
    known: Mapping[str, tuple[Order, ...]] | None = workspace.recalled(
        "orders_by_framework", (Order,)
    )
    if known is not None:
        return known
    found = grouped((each.framework, each) for each in workspace.orders().values())
    return workspace.remember("orders_by_framework", (Order,), found)


def _until(framework: FrameworkAgreement, phase: str) -> date | None:
    days: list[date | None] = [getattr(framework, d) for d in DATED.get(phase, ())]
    return next((day for day in days if day is not None), None)


def _whose(use: UseDecision, needs: Mapping[str, Need]) -> str:
    need = needs.get(use.need)
    return need.administration if need else ""


def grouped(pairs: Iterable[tuple[K, V]]) -> dict[K, tuple[V, ...]]:
    """The values of each key, in their order."""
    found: dict[K, list[V]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in found.items()}


def centre_deadlines(workspace: Records) -> tuple[Deadline, ...]:
    """The days not to miss with centres and running contracts, nearest first."""
    known: tuple[Deadline, ...] | None = workspace.recalled("centre days", RESTED_ON)
    if known is not None:
        return known
    return workspace.remember("centre days", RESTED_ON, _centre_deadlines(workspace))


def _centre_deadlines(workspace: Records) -> tuple[Deadline, ...]:
    from jointbuy.schedule import deadlines
    from jointbuy.workspace.deadlines import Deadlines

    whole = workspace if isinstance(workspace, Deadlines) else None
    found = deadlines.deadlines(
        on=workspace.on,
        needs=tuple(workspace.needs().values()),
        contracts=tuple(workspace.contracts().values()),
        frameworks=tuple(workspace.frameworks().values()),
        centres=tuple(workspace.centres().values()),
        interests=tuple(workspace.interests().values()),
        adhesions=tuple(workspace.adhesions().values()),
        administrations=tuple(workspace.administrations().values()),
        contacts=tuple(workspace.contacts().values()),
        uses=tuple(workspace.uses().values()),
        orders=tuple(workspace.orders().values()),
        programmes=tuple(workspace.programmes().values()),
        begins=whole.begun() if whole else None,
        home=workspace.register.home,
        changed=whole.changed_on() if whole else None,
        practice=workspace.practice(),
        own=workspace.own_law(),
    )
    return tuple(each for each in found if each.kind != "need_latest")


NEAR = 180
"""Days before a deadline from which it is looked at whether bodies still meet."""


def late_sittings(workspace: Records) -> Mapping[str, tuple[Sitting, ...]]:
    """The bodies that no file can reach any more before a day of a call or adhesion.

    By the id of the deadline; with what that means and what can be done.
    """
    known: Mapping[str, tuple[Sitting, ...]] | None = workspace.recalled(
        "late sittings", RESTED_ON
    )
    if known is not None:
        return known
    found = _late_sittings(workspace)
    return workspace.remember("late sittings", RESTED_ON, found)


def _late_sittings(workspace: Records) -> Mapping[str, tuple[Sitting, ...]]:
    from jointbuy.workspace.sittings import ADHESIONS, INTERESTS
    from jointbuy.workspace.watching import Watch

    last = workspace.on + timedelta(days=NEAR)
    near = [
        each
        for each in centre_deadlines(workspace)
        if each.kind in {*INTERESTS, *ADHESIONS} and workspace.on <= each.day <= last
    ]
    if not near:
        return {}
    watch = Watch(
        on=workspace.on,
        administrations=workspace.administrations(),
        records={
            model.Interest: workspace.interests(),
            model.FrameworkAgreement: workspace.frameworks(),
            model.PurchasingCentre: workspace.centres(),
            model.Adhesion: workspace.adhesions(),
            model.Programme: workspace.programmes(),
        },
        practice=workspace.practice(),
        own=workspace.own_law(),
    )
    found = {
        each.id: tuple(at for at in watch.sittings(each) if at.warning is not None)
        for each in near
    }
    return {id_: each for id_, each in found.items() if each}
