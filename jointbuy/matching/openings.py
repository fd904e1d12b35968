"""What would open a framework agreement to somebody, and for how many points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jointbuy.errors import Arg, Message, euro, say
from jointbuy.matching import weights
from jointbuy.matching.levers import signed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date
    from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What an administration could ask of a framework agreement, or of itself.

    `open_until` is the day until which interest can still be marked; `expected` the sum
    of the needs it covers (euro excluding VAT).
    """

    administration: Arg
    centre: Arg
    open_until: date | None = None
    start: date | None = None
    end: date | None = None
    expected: Decimal | None = None


def openings(names: Mapping[str, int], asked: Asked) -> Iterator[Message]:
    """Every lever on a proposal whose reasons have those names and weights."""
    yield from _identification(names, asked)
    yield from _interest(names, asked)
    yield from _joining(names, asked)
    yield from _days(names, asked)
    yield from _record(names, asked)


def _move(names: Mapping[str, int], better: str, *worse: str) -> str:
    """The points gained when some reasons give way to a better one."""
    lost = sum(names.get(name, 0) for name in worse)
    more = 0 if better in names or not better else weights.points(better)
    return signed(more - lost)


def _identification(names: Mapping[str, int], asked: Asked) -> Iterable[Message]:
    if "not_identified" in names:
        yield say(
            "If the centre's next framework agreement names {administration}, it can "
            "be used ({points}): tell the centre now.",
            administration=asked.administration,
            points=_move(names, "identified", "not_identified"),
        )
    if "identification_unknown" in names:
        yield say(
            "If the notice names {administration} or its category ({points}).",
            administration=asked.administration,
            points=_move(names, "identified", "identification_unknown"),
        )


def _interest(names: Mapping[str, int], asked: Asked) -> Iterable[Message]:
    if "interest_missed" in names:
        yield say(
            "Ask the centre to be told of its next call, and answer it in time; or "
            "prove that interest was marked ({points}).",
            points=_move(names, "interest_marked", "interest_missed"),
        )
    if "interest_not_marked" in names:
        yield say(
            "If {centre} confirms that it counts on {administration} ({points}).",
            centre=asked.centre,
            administration=asked.administration,
            points=_move(names, "interest_marked", "interest_not_marked"),
        )
    if asked.open_until is not None and "interest_marked" not in names:
        yield say(
            "If interest is marked with a maximum by {deadline} ({points}).",
            deadline=asked.open_until,
            points=_move(
                names, "interest_marked", "maximum_missing", "interest_declined"
            ),
        )
    elif "maximum_missing" in names:
        yield say(
            "If a maximum is agreed with {centre} and recorded ({points}).",
            centre=asked.centre,
            points=_move(names, "interest_marked", "maximum_missing"),
        )
    if "above_maximum" in names and asked.expected is not None:
        yield say(
            "If {centre} agrees to a maximum of {amount} or more ({points}).",
            centre=asked.centre,
            amount=euro(asked.expected),
            points=_move(names, "", "above_maximum"),
        )
    for name in ("ceiling_too_low", "ceiling_nearly_used"):
        if name in names:
            yield _room(names, asked, name)


def _room(names: Mapping[str, int], asked: Asked, name: str) -> Message:
    points = _move(names, "ceiling_enough", name)
    if asked.expected is None:
        return say(
            "If {centre} keeps enough of the ceiling for this need ({points}).",
            centre=asked.centre,
            points=points,
        )
    return say(
        "If {centre} keeps {amount} of the ceiling for this need ({points}).",
        centre=asked.centre,
        amount=euro(asked.expected),
        points=points,
    )


def _joining(names: Mapping[str, int], asked: Asked) -> Iterable[Message]:
    told: dict[str, Callable[..., Message]] = {
        "not_joined": lambda points: say(
            "If the competent body decides to join {centre} ({points}).",
            centre=asked.centre,
            points=points,
        ),
        "joining_pending": lambda points: say(
            "Once the decision to join {centre} is complete ({points}).",
            centre=asked.centre,
            points=points,
        ),
        "joining_unknown": lambda points: say(
            "If {centre} confirms that what was joined covers it ({points}).",
            centre=asked.centre,
            points=points,
        ),
        "joining_refused": lambda points: say(
            "If the competent body decides anew, and for it, to join {centre} "
            "({points}).",
            centre=asked.centre,
            points=points,
        ),
    }
    for name, lever in told.items():
        if name in names:
            yield lever(_move(names, "joined", name))


def _days(names: Mapping[str, int], asked: Asked) -> Iterable[Message]:
    if "ends_before" in names and asked.end is not None:
        yield say(
            "If the need could start by {end}, it could be ordered in time ({points}).",
            end=asked.end,
            points=_move(names, "in_time", "ends_before"),
        )
    if "starts_late" in names and asked.start is not None:
        yield say(
            "If the need could wait until {start}, it could be ordered in time "
            "({points}).",
            start=asked.start,
            points=_move(names, "in_time", "starts_late"),
        )


def _record(names: Mapping[str, int], asked: Asked) -> Iterable[Message]:
    if "phase_unknown" in names:
        yield say(
            "If {centre} tells the days of the framework agreement: up to {points}.",
            centre=asked.centre,
            points=_move(names, "interest_open", "phase_unknown"),
        )
    if "unchecked" in names:
        yield say(
            "Once this record is compared with its source ({points}).",
            points=_move(names, "", "unchecked"),
        )
