"""Why a group should buy together, or rather not: reasons, weights and sentences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from jointbuy.errors import Arg, Message, euro, per_cent, say
from jointbuy.matching import weights
from jointbuy.model import Reason
from jointbuy.vocabulary import cpv as tree

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """What is weighed of a group that could buy together.

    `codes` are those that at least two needs declare. `volumes` holds the known
    estimates, one sum per administration. `first` and `last` bound the days on which
    all of the group (the first to enter, when staggered) can start; `last` is None
    without an end. `spread` is months between the first and the last entry, `later`
    how many enter later. `excluding` counts pairs of requirements nothing meets.
    """

    participants: int
    certainty: float
    codes: frozenset[str]
    first: date
    last: date | None
    nearness: str
    volumes: tuple[float, ...] = ()
    languages: frozenset[str] = frozenset()
    spread: int = 0
    later: int = 0
    running: int = 0
    ending: int = 0
    mixed: bool = False
    shared: int = 0
    differing: int = 0
    excluding: int = 0
    add_up: bool = False
    durations: tuple[int, ...] = ()
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the sentences name, beside what is weighed."""

    purchase: Arg
    total: Decimal | None = None
    quantity: Decimal | None = None
    units: str | Arg = ""
    words: tuple[Message, ...] = ()
    codes: tuple[Message, ...] = ()
    days: tuple[Message, ...] = ()
    places: tuple[Message, ...] = ()
    contracts: tuple[Message, ...] = ()
    shared: tuple[Message, ...] = ()
    requirements: tuple[Message, ...] = ()
    excluding: tuple[Message, ...] = ()
    quantities: tuple[Message, ...] = ()
    volumes: tuple[Message, ...] = ()
    entries: tuple[Message, ...] = ()


def weigh(group: Group) -> tuple[tuple[str, int], ...]:
    """The names and weights of all reasons that count for a group, in a fixed order."""
    found = [
        ("same_purchase", weights.same_purchase(group.certainty)),
        *_by_code(group),
        *_by_days(group),
        (group.nearness, weights.points(group.nearness)),
        *_by_volume(group),
        ("one_procedure", weights.one_procedure(group.participants)),
        ("heavier_procedure", weights.heavier_procedure(group.participants)),
    ]
    if len(group.languages) > 1:
        found.append(("two_languages", weights.points("two_languages")))
    if group.mixed:
        found.append(("natures_differ", weights.points("natures_differ")))
    if group.running:
        found.append(("running_contracts", weights.points("running_contracts")))
    elif group.ending:
        found.append(("contracts_end_in_time", weights.points("contracts_end_in_time")))
    if group.shared:
        found.append(("requirements_shared", weights.points("requirements_shared")))
    if group.differing:
        each = weights.points("requirements_differ")
        found.append(("requirements_differ", each * min(group.differing, 3)))
    if group.excluding:
        each = weights.points("requirements_exclude")
        found.append(("requirements_exclude", each * min(group.excluding, 2)))
    if group.add_up:
        found.append(("quantities_add_up", weights.points("quantities_add_up")))
    if group.durations and max(group.durations) - min(group.durations) >= 12:  # noqa: PLR2004  # a year
        found.append(("durations_differ", weights.points("durations_differ")))
    return tuple(found)


def _by_code(group: Group) -> list[tuple[str, int]]:
    if not group.codes:
        return []
    digits = shared_digits(group.codes)
    if digits:
        return [("shared_code", weights.stepped(digits, weights.CODE_STEPS))]
    return [("other_code", weights.points("other_code"))]


def shared_digits(codes: frozenset[str]) -> int:
    """How many leading digits all codes share; of one code, those it fills."""
    some = min(codes)
    if len(codes) == 1:
        return tree.depth(some)
    return min(tree.shared(some, other) for other in codes)


def _by_days(group: Group) -> list[tuple[str, int]]:
    days = common_days(group)
    found = []
    if group.later:
        years = group.spread // 12
        found.append(
            (
                "staggered",
                weights.points("staggered") + years * weights.points("staggered_year"),
            )
        )
    else:
        found.append(("common_window", weights.stepped(days, weights.WINDOW_STEPS)))
    latest = group.last or date.max
    notice = (latest - group.on).days
    if notice < 0:
        found.append(("launch_passed", weights.points("launch_passed")))
    elif notice < weights.VERY_NEAR_DAYS:
        found.append(("launch_very_near", weights.points("launch_very_near")))
    elif notice < weights.NEAR_DAYS:
        found.append(("launch_near", weights.points("launch_near")))
    return found


def common_days(group: Group) -> int:
    """On how many days all can start, both ends counted."""
    return ((group.last or date.max) - group.first).days + 1


def _by_volume(group: Group) -> list[tuple[str, int]]:
    own = list(group.volumes)
    if not own:
        return []
    found = []
    if len(own) == group.participants and weights.does_not_pay(own):
        found.append(("small_volume", weights.points("small_volume")))
    elif worth := weights.volume(sum(own)):
        found.append(("volume", worth))
    gain = round(weights.points("scale_gain") * weights.price_share(own))
    if gain:
        found.append(("scale_gain", gain))
    return found


def explain(group: Group, told: Told) -> tuple[Reason, ...]:
    """The reasons of a group with their sentences."""
    return tuple(
        Reason(
            name=name,
            weight=weight,
            message=_SENTENCES[name](group, told),
            evidence=_evidence(name, told),
        )
        for name, weight in weigh(group)
    )


def _evidence(name: str, told: Told) -> tuple[Message, ...]:
    by_name = {
        "same_purchase": told.words,
        "shared_code": told.codes,
        "other_code": told.codes,
        "common_window": told.days,
        "launch_near": told.days,
        "launch_very_near": told.days,
        "same_place": told.places,
        "neighbours": told.places,
        "distance_unknown": told.places,
        "running_contracts": told.contracts,
        "contracts_end_in_time": told.contracts,
        "requirements_shared": told.shared,
        "requirements_differ": told.requirements,
        "requirements_exclude": told.excluding,
        "quantities_add_up": told.quantities,
        "scale_gain": told.volumes,
        "small_volume": told.volumes,
        "staggered": told.entries,
    }
    return by_name.get(name, ())


def _codes(group: Group) -> str:
    return ", ".join(sorted(group.codes))


def _window(group: Group, _: Told) -> Message:
    if group.last is None:
        return say("Common window from {first}, without an end.", first=group.first)
    if group.last == group.first:
        return say("All can start on one day only, {day}.", day=group.first)
    return say(
        "Common window from {first} to {last} ({days} days).",
        first=group.first,
        last=group.last,
        days=common_days(group),
    )


def _code(group: Group, _: Told) -> Message:
    if len(group.codes) == 1:
        return say("All declare the code {code}.", code=_codes(group))
    digits = shared_digits(group.codes)
    return say(
        "The codes {codes} share their first {digits} digits.",
        codes=_codes(group),
        digits=digits,
    )


def _volume(group: Group, told: Told) -> Message:
    if told.total is None:
        return say("The volumes add up.")
    if len(group.volumes) < group.participants:
        return say(
            "The estimates known so far add up to {amount} excluding VAT.",
            amount=euro(told.total),
        )
    return say(
        "Together they expect to spend {amount} excluding VAT.", amount=euro(told.total)
    )


def _small(_: Group, told: Told) -> Message:
    if told.total is None:
        return say(
            "The purchases are small: coordinating them costs more than it gains."
        )
    return say(
        "All purchases are small ({amount} together): coordinating them is likely to "
        "cost more than the volume gains.",
        amount=euro(told.total),
    )


def _scale(group: Group, _: Told) -> Message:
    largest = Decimal(str(max(group.volumes) / sum(group.volumes) * 100))
    return say(
        "Bundling may lower prices: the largest participant brings {share} of the "
        "known volume, the others gain the most.",
        share=per_cent(largest.quantize(Decimal(1))),
    )


def _staggered(group: Group, _: Told) -> Message:
    return say(
        "They cannot all start on one day: staggered entries in one framework "
        "agreement, {later} of them later, the last after {months} months.",
        later=group.later,
        months=group.spread,
    )


def _near(group: Group, _: Told) -> Message:
    return say(
        "The last common day to start is {days} days away.",
        days=((group.last or date.max) - group.on).days,
    )


def _quantity(_: Group, told: Told) -> Message:
    if told.quantity is None:
        return say("The quantities can be added up.")
    return say(
        "The quantities add up to {quantity} ({units}).",
        quantity=told.quantity,
        units=told.units,
    )


_SENTENCES: dict[str, Callable[[Group, Told], Message]] = {
    "same_purchase": lambda group, told: say(
        "{count} administrations need the same thing: {purchase}.",
        count=group.participants,
        purchase=told.purchase,
    ),
    "shared_code": _code,
    "other_code": lambda group, _: say(
        "The codes {codes} lie in different divisions: one of them may be wrong.",
        codes=_codes(group),
    ),
    "common_window": _window,
    "staggered": _staggered,
    "launch_near": _near,
    "launch_very_near": _near,
    "launch_passed": lambda group, _: say(
        "The last common day to start, {last}, has passed.", last=group.last or group.on
    ),
    "same_place": lambda *_: say("They serve the same municipality."),
    "neighbours": lambda *_: say("They are neighbours or lie in the same district."),
    "far_apart": lambda *_: say(
        "They lie apart, but this can be bought together at any distance."
    ),
    "distance_unknown": lambda *_: say(
        "It is not recorded whether they lie near each other: the place of at least "
        "one of them is not known."
    ),
    "volume": _volume,
    "small_volume": _small,
    "scale_gain": _scale,
    "one_procedure": lambda group, _: say(
        "One procedure takes the place of {count}.", count=group.participants
    ),
    "heavier_procedure": lambda group, _: say(
        "With {count} participants the procedure becomes heavier: one of them leads, "
        "and each body decides for itself.",
        count=group.participants,
    ),
    "two_languages": lambda group, _: say(
        "The needs are written in {count} languages: the specifications must be too.",
        count=len(group.languages),
    ),
    "natures_differ": lambda *_: say(
        "Some call it supplies, others services: the main object decides, so agree on "
        "it first."
    ),
    "running_contracts": lambda group, _: say(
        "Running contracts go on after the launch ({count}).", count=group.running
    ),
    "contracts_end_in_time": lambda group, _: say(
        "The running contracts end before the launch ({count}).", count=group.ending
    ),
    "requirements_shared": lambda group, _: say(
        "Requirements that all of them have: {count}.", count=group.shared
    ),
    "requirements_differ": lambda group, _: say(
        "Hard requirements that only some of them have: {count}. The joint "
        "specifications must meet them all or divide into lots.",
        count=group.differing,
    ),
    "requirements_exclude": lambda group, _: say(
        "Hard requirements that exclude each other: {count}. Divide into lots, or stay "
        "separate.",
        count=group.excluding,
    ),
    "quantities_add_up": _quantity,
    "durations_differ": lambda group, _: say(
        "They want it for {shortest} to {longest} months: the contract must suit the "
        "longest.",
        shortest=min(group.durations),
        longest=max(group.durations),
    ),
}
