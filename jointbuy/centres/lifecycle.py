"""The life of a framework agreement for one administration, step by step on a day."""

from __future__ import annotations

import calendar
import functools
import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING

from jointbuy.centres.eligibility import Known, identified, may_be_named
from jointbuy.centres.interest import (
    InterestState,
    InterestStatus,
    due_day,
    interest_state,
)
from jointbuy.centres.joining import membership
from jointbuy.centres.orders import concluded
from jointbuy.centres.phase import Phase, phase
from jointbuy.errors import say
from jointbuy.model import InterestAnswer

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from jointbuy.centres.joining import Membership
    from jointbuy.errors import Message
    from jointbuy.model import (
        Adhesion,
        Administration,
        FrameworkAgreement,
        Interest,
        Order,
        PurchasingCentre,
        UseDecision,
    )

STEPS = (
    "announced",
    "interest",
    "launch",
    "award",
    "start",
    "adhesion",
    "convention",
    "use",
    "order",
    "reinterest",
    "end",
    "successor",
)
"""The steps of a life, in their order."""

OURS = ("interest", "adhesion", "convention", "use", "order", "reinterest", "successor")
"""Those that the administration takes itself."""

OPEN = (Phase.ANNOUNCED, Phase.INTEREST_OPEN)
TO_COME = (*OPEN, Phase.INTEREST_CLOSED, Phase.LAUNCHED, Phase.AWARDED)
OVER = (Phase.ENDED, Phase.EXHAUSTED)
REFUSED = (InterestStatus.NO, InterestStatus.NO_ANSWER)
SAID_YES = (InterestStatus.YES, InterestStatus.YES_WITHOUT_MAXIMUM)


@dataclass(frozen=True, slots=True, kw_only=True)
class LifeStep:
    """One step: the day it was taken, or is due; `closed` when it no longer can be.

    `ours` are those that the administration takes itself.
    """

    code: str
    day: date | None = None
    done: bool = False
    closed: bool = False
    note: Message | None = None

    @property
    def ours(self) -> bool:
        """Whether it is for the administration, not the centre."""
        return self.code in OURS


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """Every step of a framework agreement for one administration on a day.

    `next` is the code of what the administration has to do next, empty where nothing
    is; `successor` the id of the framework agreement that follows.
    """

    framework: str
    administration: str
    phase: Phase
    steps: tuple[LifeStep, ...]
    next: str = ""
    successor: str = ""

    def step(self, code: str) -> LifeStep | None:
        """The step of that name."""
        return next((each for each in self.steps if each.code == code), None)


@functools.cache
def _habits() -> dict[str, int]:
    path = files("jointbuy.centres") / "data" / "lifecycle.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def count_days() -> int:
    """How old the figures of a centre may be before they are asked for again."""
    return _habits()["count_days"]


def reinterest_day(framework: FrameworkAgreement, months: int) -> date | None:
    """The day to look at what follows, so many months before the end."""
    if framework.end is None:
        return None
    count = framework.end.year * 12 + framework.end.month - 1
    count -= months
    year, month = divmod(count, 12)
    if year < 1:
        return None
    last = calendar.monthrange(year, month + 1)[1]
    return framework.end.replace(
        year=year, month=month + 1, day=min(framework.end.day, last)
    )


def life(
    framework: FrameworkAgreement,
    administration: Administration,
    *,
    on: date,
    centre: PurchasingCentre | None = None,
    interest: Interest | None = None,
    adhesions: Sequence[Adhesion] = (),
    uses: Sequence[UseDecision] = (),
    orders: Sequence[Order] = (),
    successor: FrameworkAgreement | None = None,
    successor_interest: Interest | None = None,
    member: Membership | None = None,
    months: int,
) -> Life:
    """The life on that day.

    `adhesions` and `uses` are those of the administration, `orders` those of all;
    `interest` is its own and `member` how it stands before the centre, where that is
    worked out already. `months` before the end the next framework is
    looked at.
    """
    at = phase(framework, on, orders)
    mine = [
        each
        for each in orders
        if each.administration == administration.id and each.framework == framework.id
    ]
    known = identified(framework, administration, centre, on).answer
    stands = interest_state(interest, framework, on)
    joined = _joined(
        framework,
        adhesions,
        member or membership(adhesions, administration.id, framework.centre, on),
        on,
    )
    steps = (
        _announced(framework, interest, at, on),
        _interest(framework, interest, stands, at, on),
        *(
            _passed(code, day, on)
            for code, day in (
                ("launch", framework.launch),
                ("award", framework.award),
                ("start", framework.start),
            )
        ),
        *joined,
        _use(framework, uses, at, on),
        _order(framework, mine, at, on),
        _reinterest(
            framework, successor, successor_interest, reinterest_day(framework, months)
        ),
        _passed("end", framework.end, on),
        _successor(successor, successor_interest, on),
    )
    return Life(
        framework=framework.id,
        administration=administration.id,
        phase=at,
        steps=steps,
        next=_next(
            steps,
            at,
            known is Known.NO and _barred(framework, administration, centre, at, on),
            known is not Known.YES and stands.status in REFUSED,
            successor,
            on,
        ),
        successor=successor.id if successor else "",
    )


def _passed(code: str, day: date | None, on: date) -> LifeStep:
    return LifeStep(code=code, day=day, done=day is not None and day <= on)


def _announced(
    framework: FrameworkAgreement, interest: Interest | None, at: Phase, on: date
) -> LifeStep:
    asked = interest.asked_on if interest else None
    day = asked if asked is not None and asked <= on else framework.seen_on
    return LifeStep(code="announced", day=day, done=at is not Phase.UNKNOWN)


def _interest(
    framework: FrameworkAgreement,
    interest: Interest | None,
    stands: InterestState,
    at: Phase,
    on: date,
) -> LifeStep:
    due = due_day(interest, framework)
    status, note = stands.status, stands.why
    if status in SAID_YES and interest is not None:
        return LifeStep(
            code="interest", day=interest.answered_on or due, done=True, note=note
        )
    late = at not in (*OPEN, Phase.UNKNOWN)
    if status is InterestStatus.ASKED and (due is None or on <= due):
        late = False
    return LifeStep(
        code="interest", day=due, closed=late or status in REFUSED, note=note
    )


def _joined(
    framework: FrameworkAgreement,
    adhesions: Iterable[Adhesion],
    stands: Membership,
    on: date,
) -> tuple[LifeStep, LifeStep]:
    """The decision to join the centre, and the convention."""
    acts = {each.id: each for each in adhesions if each.centre == framework.centre}
    standing = stands.standing
    decided = [acts[cell.adhesion] for cell in standing or stands.counting]
    days = [each.decided_on for each in decided if each.decided_on is not None]
    signed = [
        each.convention_on
        for each in decided
        if each.convention_on is not None and each.convention_on <= on
    ]
    day = min(days, default=None)
    if not decided:
        day = min((each.due for each in acts.values() if each.due), default=None)
    return (
        LifeStep(code="adhesion", day=day, done=bool(standing), note=stands.note),
        LifeStep(
            code="convention", day=min(signed) if signed else None, done=bool(signed)
        ),
    )


def _use(
    framework: FrameworkAgreement, uses: Iterable[UseDecision], at: Phase, on: date
) -> LifeStep:
    days = [
        each.decided_on
        for each in uses
        if each.framework == framework.id
        and each.decided_on is not None
        and each.decided_on <= on
    ]
    return LifeStep(
        code="use",
        day=max(days) if days else None,
        done=bool(days),
        closed=not days and at in OVER,
    )


def _order(
    framework: FrameworkAgreement, mine: Sequence[Order], at: Phase, on: date
) -> LifeStep:
    """The orders concluded: the last of them, else the last day to conclude one."""
    days = [
        each.concluded_on
        for each in mine
        if concluded(each, on) and each.concluded_on is not None
    ]
    if days:
        return LifeStep(
            code="order",
            day=max(days),
            done=True,
            note=say("Orders concluded: {n}.", n=len(days)),
        )
    return LifeStep(code="order", day=framework.end, closed=at in OVER)


def _reinterest(
    framework: FrameworkAgreement,
    successor: FrameworkAgreement | None,
    interest: Interest | None,
    day: date | None,
) -> LifeStep:
    """The reminder to look at what follows: done once it is linked and answered."""
    answered = interest is not None and interest.answer is not None
    note = None
    if framework.end is not None and successor is None:
        note = say("No framework agreement that follows is recorded.")
    return LifeStep(
        code="reinterest", day=day, done=successor is not None and answered, note=note
    )


def _successor(
    successor: FrameworkAgreement | None, interest: Interest | None, on: date
) -> LifeStep:
    """The call for interest of the framework agreement that follows."""
    if successor is None:
        return LifeStep(code="successor")
    found = interest_state(interest, successor, on)
    at = phase(successor, on)
    done = interest is not None and interest.answer is InterestAnswer.YES
    late = at not in (*OPEN, Phase.UNKNOWN)
    return LifeStep(
        code="successor",
        day=due_day(interest, successor),
        done=done,
        closed=not done and (late or found.status in REFUSED),
        note=found.why,
    )


def _barred(
    framework: FrameworkAgreement,
    administration: Administration,
    centre: PurchasingCentre | None,
    at: Phase,
    on: date,
) -> bool:
    """Whether marking interest changes nothing for one it is not for.

    Who is not named yet can still be named while interest can be marked.
    """
    return not (at in OPEN and may_be_named(framework, administration, centre, on))


def _next(
    steps: Sequence[LifeStep],
    at: Phase,
    barred: bool,  # noqa: FBT001
    missed: bool,  # noqa: FBT001
    successor: FrameworkAgreement | None,
    on: date,
) -> str:
    """What the administration has to do next, empty where nothing is to be done."""
    by = {each.code: each for each in steps}
    out = at in OVER or barred or missed
    if not out:
        for code in ("interest", "adhesion", "convention", "use", "order"):
            if not by[code].done and not by[code].closed:
                return "" if code == "order" and at in TO_COME else code
    again = by["reinterest"]
    due = again.day is not None and again.day <= on
    if successor is not None and not by["successor"].done | by["successor"].closed:
        return "successor" if out or due else ""
    return "reinterest" if not again.done and (due or (out and at in OVER)) else ""
