"""Whether a domain of a programme has the adhesions without which it does not go on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING

from jointbuy.centres.joining import Weight
from jointbuy.errors import Arg, Message, named, say
from jointbuy.model.parties import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from jointbuy.centres.joining import Cell
    from jointbuy.model import Administration, Domain


class Reach(Enum):
    """Whether a minimum is reached; NONE where no minimum is recorded."""

    REACHED = "REACHED"
    MISSING = "MISSING"
    UNKNOWN = "UNKNOWN"
    NONE = "NONE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """The minimum of a domain against what counts on the day.

    `firm`, `loose`, `held` and `pending` are the administrations of this register by
    the weight of their adhesion; `elsewhere` those the centre counted outside it until
    `counted_on`, None while that is not known on the day. `reach` counts firm and loose
    ones, `in_every_case` the firm ones only; `missing` goes with the first and
    `missing_firm` with the second, None where it cannot be said.
    """

    column: str
    minimum: int | None
    elsewhere: int | None
    counted_on: date | None
    firm: tuple[str, ...]
    loose: tuple[str, ...]
    held: tuple[str, ...]
    pending: tuple[str, ...]
    reach: Reach
    missing: int | None
    in_every_case: Reach
    missing_firm: int | None
    why: Message
    todo: Message | None = None

    @property
    def counted(self) -> int:
        """The adhesions of this register that count on the day."""
        return len(self.firm) + len(self.loose)


def threshold(
    domain: Domain,
    cells: Iterable[Cell],
    on: date,
    administrations: Mapping[str, Administration],
) -> Threshold:
    """Whether the domain has its minimum of adhesions on the day, and in every case.

    Unknown where the centre's own count is missing, or was made on a later day, and
    those of this register do not suffice by themselves.
    """
    by: dict[Weight, tuple[str, ...]] = dict.fromkeys(Weight, ())
    for each in cells:
        by[each.weight] += (each.administration,)
    firm, loose = by[Weight.FIRM], by[Weight.LOOSE]
    known = domain.elsewhere is not None and (
        domain.counted_on is None or domain.counted_on <= on
    )
    elsewhere = domain.elsewhere if known else None
    reach, missing = _reached(domain.minimum, len(firm) + len(loose), elsewhere)
    always, missing_firm = _reached(domain.minimum, len(firm), elsewhere)
    judged = Threshold(
        column=domain.id,
        minimum=domain.minimum,
        elsewhere=elsewhere,
        counted_on=domain.counted_on if known else None,
        firm=firm,
        loose=loose,
        held=by[Weight.HELD],
        pending=by[Weight.PENDING],
        reach=reach,
        missing=missing,
        in_every_case=always,
        missing_firm=missing_firm,
        why=say("No minimum number of adhesions is recorded for this domain."),
    )
    return _told(judged, administrations)


def _reached(
    minimum: int | None, here: int, elsewhere: int | None
) -> tuple[Reach, int | None]:
    """Whether the minimum is reached, and how many are missing where it is not."""
    if minimum is None:
        return Reach.NONE, None
    if here + (elsewhere or 0) >= minimum:
        return Reach.REACHED, 0
    if elsewhere is None:
        return Reach.UNKNOWN, None
    return Reach.MISSING, minimum - here - elsewhere


def _told(
    judged: Threshold, administrations: Mapping[str, Administration]
) -> Threshold:
    """The same, with its sentences."""
    minimum, counted = judged.minimum, judged.counted
    loose = _all_named(judged.loose, administrations)
    if minimum is None:
        return judged
    if judged.reach is Reach.UNKNOWN:
        return replace(
            judged,
            why=say(
                "{counted} of the {minimum} adhesions needed are counted here; how "
                "many there are elsewhere is not known.",
                counted=counted,
                minimum=minimum,
            ),
            todo=say(
                "Ask the centre how many others joined, and record the number and its "
                "day with the domain."
            ),
        )
    if judged.reach is Reach.MISSING and judged.missing is not None:
        could = (*judged.held, *judged.pending)
        helps = len(could) >= judged.missing
        return replace(
            judged,
            why=say(
                "Adhesions missing: {n} of the {minimum} needed. The domain may not go "
                "on.",
                n=judged.missing,
                minimum=minimum,
            ),
            todo=say(
                "It would be reached with those that are not counted or not decided "
                "yet: {names}.",
                names=_all_named(could, administrations),
            )
            if helps
            else say("Ask the centre what it does when the minimum is not reached."),
        )
    if judged.in_every_case is Reach.REACHED:
        return replace(
            judged,
            why=say(
                "The {minimum} adhesions needed are there, in every case.",
                minimum=minimum,
            ),
        )
    if judged.missing_firm is None:
        return replace(
            judged,
            why=say(
                "The {minimum} adhesions needed are there, but not surely: without "
                "{names}, it depends on those elsewhere, whose number is not known.",
                minimum=minimum,
                names=loose,
            ),
            todo=say(
                "Ask the centre how many others joined, and record the number and its "
                "day with the domain."
            ),
        )
    return replace(
        judged,
        why=say(
            "The {minimum} adhesions needed are there, but not surely: without {names} "
            "the number missing is {n}.",
            minimum=minimum,
            names=loose,
            n=judged.missing_firm,
        ),
        todo=say("Settle the conditions or the reopening of {names}.", names=loose),
    )


def _all_named(
    ids: Iterable[str], administrations: Mapping[str, Administration]
) -> Arg:
    """Several administrations in one gap, in the reader's language."""
    each = list(ids)
    return named(
        {
            code: ", ".join(
                administrations[id_].name(code) if id_ in administrations else id_
                for id_ in each
            )
            for code in LANGUAGES
        }
    )
