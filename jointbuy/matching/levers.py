"""What could be changed about a group, and by how many points that would move it.

Each lever is weighed by weighing the group once more with that one thing changed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from math import ceil
from typing import TYPE_CHECKING

from jointbuy.errors import Arg, Message, euro, say
from jointbuy.matching import weights
from jointbuy.matching.joint import shared_digits, weigh

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from jointbuy.matching.joint import Group
    from jointbuy.model import Contract

AMOUNTS = (1.0, 1_000.0, 10_000.0, 100_000.0, 1_000_000.0)
"""Estimates, in euro, from so small that it does not pay to the largest that counts."""

NO_CODE, ELSEWHERE = "99999999", "00000000"
"""A code as fine as can be, and one in a division of its own."""

ROUND = 1000
"""Amounts that would be enough are told in so many euro, rounded up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lacking:
    """Who has not given what, by their names for the reader.

    `unit` are those whose unit does not convert; `declared` is the code that somebody
    gave where no two did.
    """

    estimate: Arg | None = None
    quantity: Arg | None = None
    unit: Arg | None = None
    code: Arg | None = None
    window: Arg | None = None
    place: Arg | None = None
    declared: str = ""


def score(facts: Group) -> int:
    """The points of a group."""
    return sum(weight for _, weight in weigh(facts))


def gain(facts: Group, changed: Group) -> int:
    """By how many points a group moves when some of its facts change."""
    return score(changed) - score(facts)


def signed(points: int) -> str:
    """Points with their sign: +3, −2 as -2."""
    return f"{points:+d}"


def levers(facts: Group, lacking: Lacking) -> tuple[Message, ...]:
    """Everything but days and contracts that could be changed, with its points.

    What is agreed comes first, then what is missing.
    """
    found = (*agreed(facts), *enough_volume(facts), *given(facts, lacking))
    return tuple(one for one in found if one is not None)


# -- what could be agreed --------------------------------------------------------------


def agreed(facts: Group) -> Iterable[Message | None]:
    """Requirements, durations, nature and codes on which they could agree."""
    yield _when(
        gain(facts, replace(facts, excluding=0)),
        lambda points: say(
            "If they agreed on one of the requirements that exclude each other, or "
            "divided into lots ({points}).",
            points=points,
        ),
    )
    yield _when(
        gain(facts, replace(facts, differing=0)),
        lambda points: say(
            "If they agreed on the requirements only some have ({points}).",
            points=points,
        ),
    )
    yield _when(
        gain(facts, replace(facts, mixed=False)),
        lambda points: say(
            "If they agreed on what it mainly is, supplies or services ({points}).",
            points=points,
        ),
    )
    if facts.durations:
        yield _when(
            gain(facts, replace(facts, durations=facts.durations[-1:])),
            lambda points: say(
                "If they agreed on one duration ({points}).", points=points
            ),
        )
    if len(facts.codes) > 1 and not shared_digits(facts.codes):
        first = min(facts.codes)
        yield _when(
            max(
                gain(facts, replace(facts, codes=frozenset({code})))
                for code in facts.codes
            ),
            lambda points: say(
                "If one code fits them all, such as {code}: up to {points}.",
                code=first,
                points=points,
            ),
        )


def _when(points: int, told: Callable[[str], Message]) -> Message | None:
    """The sentence where there is something to gain."""
    return told(signed(points)) if points > 0 else None


def enough_volume(facts: Group) -> Iterable[Message]:
    """How large small purchases would have to be to be worth the work."""
    own = list(facts.volumes)
    if len(own) < facts.participants or not weights.does_not_pay(own):
        return
    if not sum(own):
        return
    enough = worth_it(own)
    points = gain(
        facts,
        replace(facts, volumes=tuple(volume * enough / sum(own) for volume in own)),
    )
    yield say(
        "If their purchases came to about {amount} together, buying together would "
        "begin to pay ({points}).",
        amount=euro(Decimal(enough)),
        points=signed(points),
    )


def worth_it(volumes: Sequence[float]) -> int:
    """The volume, in euro, from which the same shares would pay."""
    whole = sum(volumes)
    low, high = 1.0, max(weights.OWN_ORDER / max(volumes), 1.0)
    while high - low > 0.001:  # noqa: PLR2004  # a thousandth of the volume
        middle = (low + high) / 2
        if weights.does_not_pay([volume * middle for volume in volumes]):
            low = middle
        else:
            high = middle
    enough = ceil(whole * high / ROUND) * ROUND
    while weights.does_not_pay([volume * enough / whole for volume in volumes]):
        enough += ROUND
    return enough


# -- what is missing -------------------------------------------------------------------


def given(facts: Group, lacking: Lacking) -> Iterable[Message | None]:
    """What each missing piece could add or take, and what it depends on."""
    unknown = facts.participants - len(facts.volumes)
    if lacking.estimate is not None and unknown:
        least, most = by_estimates(facts, unknown)
        if least or most:
            yield say(
                "An estimate from {administrations} would move it by {least} to "
                "{most}, depending on the amount.",
                administrations=lacking.estimate,
                least=signed(least),
                most=signed(most),
            )
    more = gain(facts, replace(facts, add_up=True))
    who = lacking.quantity or lacking.unit
    if who is not None and more > 0:
        yield (
            say(
                "If {administrations} gave a quantity in a unit that converts "
                "({points}).",
                administrations=who,
                points=signed(more),
            )
            if lacking.quantity is not None
            else say(
                "If {administrations} counted in a unit that converts ({points}).",
                administrations=who,
                points=signed(more),
            )
        )
    yield from _code_and_window(facts, lacking)
    if lacking.place is not None and facts.nearness == "distance_unknown":
        best = max(
            gain(facts, replace(facts, nearness=name))
            for name in ("same_place", "neighbours")
        )
        yield say(
            "If the place of {administrations} were recorded (postcode or NUTS code): "
            "up to {points}, the nearer they lie.",
            administrations=lacking.place,
            points=signed(best),
        )


def _code_and_window(facts: Group, lacking: Lacking) -> Iterable[Message | None]:
    if lacking.code is not None:
        code = min(facts.codes, default=lacking.declared or NO_CODE)
        most = gain(facts, replace(facts, codes=facts.codes or frozenset({code})))
        least = gain(facts, replace(facts, codes=frozenset({code, ELSEWHERE})))
        if most > 0 or least < 0:
            yield say(
                "A code from {administrations} would move it by {least} to {most}, "
                "depending on how far it agrees with the others.",
                administrations=lacking.code,
                least=signed(min(least, 0)),
                most=signed(max(most, 0)),
            )
    if lacking.window is not None and not facts.later:
        least = gain(facts, replace(facts, last=facts.first))
        if least < 0:
            yield say(
                "A start window from {administrations} may shorten the common one: "
                "down to {points}, or a later entry.",
                administrations=lacking.window,
                points=signed(least),
            )


def by_estimates(facts: Group, missing: int) -> tuple[int, int]:
    """By how many points the estimates of so many administrations could move it."""
    known = facts.volumes
    mean = [sum(known) / len(known)] if known else []
    found = [
        gain(facts, replace(facts, volumes=(*known, *[amount] * missing)))
        for amount in (*AMOUNTS, *mean)
    ]
    return min(found), max(found)


# -- days and contracts ----------------------------------------------------------------


def later_end(facts: Group, who: Arg) -> Message | None:
    """The day until which those who end first would have to wait for a calm launch."""
    if facts.last is None:
        return None
    day = max(facts.first, facts.on + timedelta(days=weights.NEAR_DAYS))
    if day <= facts.last:
        return None
    points = gain(facts, replace(facts, last=day))
    if points <= 0:
        return None
    return say(
        "If {administrations} could still start on {day} instead of {last} at the "
        "latest ({points}).",
        administrations=who,
        day=day,
        last=facts.last,
        points=signed(points),
    )


def after_contracts(
    facts: Group, bound: Sequence[tuple[Arg, Contract]], launch: date
) -> Message | None:
    """Launching once what runs has ended, or else ending it while that can be done."""
    still = [
        contract
        for _, contract in bound
        if contract.end is None or contract.end >= launch
    ]
    if not facts.running or not still:
        return None
    ended = replace(facts, running=0, ending=facts.ending + facts.running)
    ends = [one.end for one in still if one.end is not None and one.end < date.max]
    if len(ends) == len(still):
        day = max(ends) + timedelta(days=1)
        points = gain(facts, replace(ended, first=day))
        if points > 0 and (facts.last is None or day <= facts.last):
            return say(
                "If the launch waited until {day}, when the running contracts have "
                "ended ({points}).",
                day=day,
                points=signed(points),
            )
    points = gain(facts, ended)
    late = any(one.notice is not None and one.notice < facts.on for one in still)
    if points <= 0 or late:
        return None
    return say(
        "If the running contracts were given notice in time for the launch ({points}).",
        points=signed(points),
    )
