"""Who gains what of the fall of the price, under each key that people use.

The parts in per cent hold in every case, since the low, the middle and the high gain
differ by one factor. Under one equal price nobody pays anybody; every other key says
what has to be settled to reach it.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import product
from typing import TYPE_CHECKING

from jointbuy.appraisal.names import listed
from jointbuy.appraisal.price import at_one_price
from jointbuy.errors import Message, UsageError, per_cent, say
from jointbuy.model.money import shares

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from jointbuy.errors import Arg

KEYS = ("equal", "proportional", "per-capita", "fixed", "shapley")

MOST_STATES = 1024
"""As many groups as ten different participants can form; participants with the same
volume count together."""

TENTH = Decimal("0.1")
HUNDRED = Decimal(100)
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one participant gains: euro of the middle case, and per cent in every case.

    `settlement` is what it receives from the others to reach the key, or pays when
    negative, compared with one equal price.
    """

    administration: str
    gain: Decimal
    share: Decimal
    settlement: Decimal = ZERO


@dataclass(frozen=True, slots=True, kw_only=True)
class Sharing:
    """The parts under one key; without parts `missing` says why there are none."""

    key: str
    parts: tuple[Part, ...] = ()
    missing: Message | None = None
    warnings: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Parties:
    """Between whom a gain is divided, in order, and what the keys rest on.

    `volumes` are euro of what volume can press the price of; `weights` are those of
    the fixed key. `dominant` is a fraction of the volume.
    """

    names: Mapping[str, Arg]
    volumes: Mapping[str, Decimal]
    population: Mapping[str, int]
    weights: Mapping[str, Decimal]
    exponent: Decimal
    dominant: Decimal


def sharings(whole: Decimal, parties: Parties) -> tuple[Sharing, ...]:
    """The gain in euro divided under every key that is asked for or can be used."""
    keys = [key for key in KEYS if key != "fixed" or parties.weights]
    return tuple(shared(key, whole, parties) for key in keys)


def shared(key: str, whole: Decimal, parties: Parties) -> Sharing:
    """The gain in euro divided under one key; the parts sum to the whole.

    Raises:
        UsageError: there is no such key, or its weights divide nothing.
    """
    if key not in KEYS:
        raise UsageError(
            say(
                "“{key}” is no key to share by. Choose one of: {allowed}.",
                key=key,
                allowed=", ".join(KEYS),
            )
        )
    if len(parties.volumes) < 2:  # noqa: PLR2004  # one has nobody to share with
        return Sharing(key=key, missing=say("There is nobody to share with."))
    volumes = list(parties.volumes.values())
    equal = at_one_price(volumes, parties.exponent)
    weights: Sequence[Decimal] | Message
    match key:
        case "equal":
            weights = equal
        case "proportional":
            weights = volumes
        case "per-capita":
            weights = _per_capita(parties)
        case "fixed":
            weights = _fixed(parties)
        case _:
            weights = _shapley(volumes, parties.exponent)
    if isinstance(weights, Message):
        return Sharing(key=key, missing=weights)
    gains = shares(whole, weights)
    at_equal = shares(whole, equal)
    sum_ = sum(weights, ZERO)
    parts = tuple(
        Part(
            administration=name,
            gain=gain,
            share=(HUNDRED * weight / sum_).quantize(TENTH, ROUND_HALF_UP),
            settlement=gain - before,
        )
        for name, gain, before, weight in zip(
            parties.volumes, gains, at_equal, weights, strict=True
        )
    )
    warnings = tuple(_dominant(parts, parties)) if key == "equal" else ()
    return Sharing(key=key, parts=parts, warnings=warnings)


def _per_capita(parties: Parties) -> Sequence[Decimal] | Message:
    lacking = [name for name in parties.volumes if not parties.population.get(name)]
    if lacking:
        return say(
            "The number of inhabitants is not recorded for {administrations}.",
            administrations=listed(lacking, parties.names),
        )
    return [Decimal(parties.population[name]) for name in parties.volumes]


def _fixed(parties: Parties) -> Sequence[Decimal]:
    lacking = [name for name in parties.volumes if name not in parties.weights]
    if lacking or not parties.weights:
        raise UsageError(
            say(
                "The fixed key has no part for {administrations}: give one to each "
                "participant.",
                administrations=listed(lacking or parties.volumes, parties.names),
            )
        )
    found = [parties.weights[name] for name in parties.volumes]
    if min(found) < ZERO or not sum(found):
        raise UsageError(
            say("The parts of the fixed key are zero or more, and not all zero.")
        )
    return found


def _dominant(parts: Sequence[Part], parties: Parties) -> Iterator[Message]:
    """Who brings so much that one equal price serves it badly."""
    whole = sum(parties.volumes.values(), ZERO)
    for part in parts:
        brings = parties.volumes[part.administration] / whole
        if brings <= parties.dominant:
            continue
        volume = (HUNDRED * brings).quantize(TENTH, ROUND_HALF_UP)
        told = {
            "administration": parties.names[part.administration],
            "volume": per_cent(volume),
            "gain": per_cent(part.share),
            "limit": per_cent(HUNDRED * parties.dominant),
        }
        if part.share < volume:
            yield say(
                "{administration} brings {volume} of the volume and would get {gain} "
                "of the gain under one equal price; above {limit} it gains less the "
                "more it brings. Agree on another key before the launch.",
                **told,
            )
        else:
            yield say(
                "{administration} brings {volume} of the volume and would get {gain} "
                "of the gain under one equal price; above {limit} it gains less the "
                "more it brings.",
                **told,
            )


def _shapley(volumes: Sequence[Decimal], exponent: Decimal) -> list[Decimal] | Message:
    groups = Counter(volumes)
    if math.prod(count + 1 for count in groups.values()) > MOST_STATES:
        return say(
            "Not worked out: with {count} participants there are too many groups to "
            "look at each of them.",
            count=len(volumes),
        )
    return list(shapley(volumes, exponent))


def shapley(volumes: Sequence[Decimal], exponent: Decimal) -> tuple[Decimal, ...]:
    """What each adds on average to all the groups it could join; none is left out.

    Up to a factor that is the same for all. Participants with the same volume are
    alike, so that groups are counted and not listed. Floats hold a cent in a billion.
    """
    sizes = sorted(set(volumes))
    counts = [list(volumes).count(size) for size in sizes]
    worth = {
        chosen: _worth([float(size) for size in sizes], chosen, float(exponent))
        for chosen in product(*(range(count + 1) for count in counts))
    }
    found = {
        size: Decimal(max(_average(place, counts, worth), 0.0))
        for place, size in enumerate(sizes)
    }
    return tuple(found[volume] for volume in volumes)


def _worth(sizes: Sequence[float], chosen: tuple[int, ...], exponent: float) -> float:
    """What so many of each size save together."""
    members = [
        (size, number) for size, number in zip(sizes, chosen, strict=True) if number
    ]
    whole = sum(size * number for size, number in members)
    if not whole:
        return 0.0
    return sum(
        number * size * (1.0 - math.pow(size / whole, exponent))
        for size, number in members
    )


def _average(
    place: int, counts: Sequence[int], worth: Mapping[tuple[int, ...], float]
) -> float:
    """What one of that size adds, over every order in which all could enter."""
    others = [count - (k == place) for k, count in enumerate(counts)]
    everyone = sum(counts)
    found = 0.0
    for chosen in product(*(range(count + 1) for count in others)):
        size = sum(chosen)
        ways = math.prod(map(math.comb, others, chosen))
        with_it = (*chosen[:place], chosen[place] + 1, *chosen[place + 1 :])
        share = ways / (math.comb(everyone - 1, size) * everyone)
        found += (worth[with_it] - worth[chosen]) * share
    return found
