"""A group that somebody puts together by hand, weighed as the others are.

Nothing keeps an officer from asking what would become of a group that matching does
not propose: what speaks against it is said beside its reasons.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from jointbuy.errors import Message, Problem, Refused, UsageError, say
from jointbuy.matching.groups import Gathered
from jointbuy.matching.joining import joining, name_of
from jointbuy.matching.names import local
from jointbuy.matching.places import Places
from jointbuy.matching.rows import open_rows
from jointbuy.model.period import add_months

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from jointbuy.matching.inputs import Inputs
    from jointbuy.matching.rows import Row
    from jointbuy.model import Candidate

FEWEST = 2
CLOSED = ("window_passed", "window_reversed", "bound")
"""With one of these grounds a need cannot start on any day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Regrouped:
    """The candidate these needs would make, and what keeps matching from it.

    `purchases` holds the needs that are for the same thing together.
    """

    candidate: Candidate
    purchases: tuple[frozenset[str], ...] = ()
    objections: tuple[Message, ...] = ()


def regroup(
    inputs: Inputs, need_ids: Collection[str], launch: date | None = None
) -> Regrouped:
    """The candidate that these open needs make together, by the reasons of matching.

    Without a day, those start first that can start together; who can only start later
    enters later. The same needs that matching proposes give the same candidate.

    Raises:
        UsageError: they are not the needs of several administrations, or the day has
            passed.
        Refused: somebody cannot start in time; each is named with the days lacking.
    """
    rows = [row for row in open_rows(inputs) if row.need.id in need_ids]
    if len({row.need.administration for row in rows}) < FEWEST:
        raise UsageError(
            say(
                "It takes the open needs of two administrations at least to buy "
                "together."
            )
        )
    places = Places(inputs.administrations, (row.need.administration for row in rows))
    group = _gathered(rows, places, inputs, launch)
    made = joining(group, places, inputs.on, inputs.labels)
    if len({row.purchase.key for row in rows}) > 1:
        kept = tuple(one for one in made.reasons if one.name != "same_purchase")
        made = replace(made, reasons=kept)
    return Regrouped(
        candidate=made,
        purchases=tuple(
            frozenset(row.need.id for row in rows if row.purchase.key == key)
            for key in dict.fromkeys(row.purchase.key for row in rows)
        ),
        objections=tuple(_objections(rows, places)),
    )


# -- the day ---------------------------------------------------------------------------


def _gathered(
    rows: Sequence[Row], places: Places, inputs: Inputs, launch: date | None
) -> Gathered:
    closed = [row for row in rows if row.ground in CLOSED or row.start > row.end]
    if closed:
        raise Refused(
            say("Not all of them can start at all."),
            tuple(Problem(message=_closed(row, places, inputs.on)) for row in closed),
        )
    first_end = min(row.end for row in rows)
    if launch is None:
        day = max(row.start for row in rows if row.start <= first_end)
    else:
        day = _wanted(rows, places, launch, inputs.on)
    core = tuple(row for row in rows if row.start <= day)
    later = tuple(row for row in rows if row.start > day)
    limit = _limit(day, inputs.max_framework_months)
    beyond = [row for row in later if row.start >= limit]
    if beyond:
        raise Refused(
            say(
                "A framework agreement launched on {day} would have ended before all "
                "of them can start.",
                day=date.fromordinal(day),
            ),
            tuple(_too_early(row, limit - 1, places) for row in beyond),
        )
    ordered = sorted(later, key=lambda row: (row.start, row.need.id))
    return Gathered(core, day, tuple(ordered))


def _limit(day: int, months: int) -> int:
    """The first day after a framework launched then."""
    return add_months(date.fromordinal(day), months).toordinal()


def _wanted(rows: Sequence[Row], places: Places, launch: date, on: date) -> int:
    """The day asked for, if it lies in a window and after none."""
    if launch < on:
        raise UsageError(
            say(
                "The launch on {day} lies before {on}: choose a later day.",
                day=launch,
                on=on,
            )
        )
    day = launch.toordinal()
    late = [row for row in rows if row.end < day]
    early = [row for row in rows if row.start > day]
    if not late and len(early) < len(rows):
        return day
    head = (
        say("Nobody can start on {day}.", day=launch)
        if len(late) + len(early) == len(rows)
        else say("Not all of them can start on {day}.", day=launch)
    )
    faults = [_too_late(row, day, places) for row in late]
    if len(late) + len(early) == len(rows):
        faults += [_too_early(row, day, places) for row in early]
    raise Refused(head, tuple(faults))


def _too_late(row: Row, day: int, places: Places) -> Problem:
    return Problem(
        message=say(
            "{administration} must start “{title}” by {latest}, {days} days earlier.",
            administration=name_of(places, row.need.administration),
            title=row.need.title,
            latest=date.fromordinal(row.end),
            days=day - row.end,
        )
    )


def _too_early(row: Row, day: int, places: Places) -> Problem:
    return Problem(
        message=say(
            "{administration} cannot start “{title}” before {earliest}, {days} days "
            "later.",
            administration=name_of(places, row.need.administration),
            title=row.need.title,
            earliest=date.fromordinal(row.start),
            days=row.start - day,
        )
    )


def _closed(row: Row, places: Places, on: date) -> Message:
    who = name_of(places, row.need.administration)
    need = row.need
    if need.earliest and need.latest and need.latest < need.earliest:
        return say(
            "{administration}: the latest day to start “{title}” lies before the "
            "earliest. Correct it.",
            administration=who,
            title=need.title,
        )
    if need.latest and need.latest < on:
        return say(
            "{administration}: the latest day to start “{title}”, {latest}, has "
            "passed.",
            administration=who,
            title=need.title,
            latest=need.latest,
        )
    return say(
        "{administration}: an exclusive contract binds beyond the latest day to start "
        "“{title}”.",
        administration=who,
        title=row.need.title,
    )


# -- what speaks against it ------------------------------------------------------------


def _objections(rows: Sequence[Row], places: Places) -> Iterator[Message]:
    first, *others = rows
    for row in others:
        if row.purchase.key != first.purchase.key:
            yield say(
                "“{one}” ({purchase}) and “{other}” ({different}) are read as two "
                "different purchases.",
                one=first.need.title,
                purchase=local(first.purchase.labels, first.need.title),
                other=row.need.title,
                different=local(row.purchase.labels, row.need.title),
            )
    if len({row.works for row in rows}) > 1:
        yield say("Some are works and the others are not.")
    elif len({row.unit for row in rows}) > 1:
        units = sorted({row.named for row in rows})
        yield say(
            "They are counted in different units ({units}): the quantities cannot be "
            "added up.",
            units=", ".join(units),
        )
    near = places.near(first.purchase.reach)
    at = sorted({places.at[row.need.administration] for row in rows})
    if not all(near[one, at].all() for one in at):
        yield say("They do not all lie near enough for what is bought close to home.")
    for row in rows:
        who = name_of(places, row.need.administration)
        if row.ground == "single_supplier":
            yield say(
                "{administration}: “{title}” comes from a single supplier or at a "
                "regulated price.",
                administration=who,
                title=row.need.title,
            )
        elif row.ground == "centre_priced":
            yield say(
                "{administration}: “{title}” is already priced through a centre.",
                administration=who,
                title=row.need.title,
            )
