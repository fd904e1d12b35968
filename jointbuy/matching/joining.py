"""The proposal that a group buy together: what is weighed of it and what is told."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from jointbuy.errors import Arg, Message, euro, say
from jointbuy.matching import requirements, weights
from jointbuy.matching.days import NEVER, months_between
from jointbuy.matching.groups import Gathered
from jointbuy.matching.joint import Group, Told, explain, weigh
from jointbuy.matching.names import candidate_id, local, named
from jointbuy.matching.units import added
from jointbuy.model import Candidate, CandidateKind, Entry
from jointbuy.vocabulary import cpv as tree

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jointbuy.matching.places import Places
    from jointbuy.matching.rows import Row
    from jointbuy.model import Administration, Nature, Need

SHOWN = 6
"""So many lines of evidence are told; the rest repeat them."""


def joining(group: Gathered, places: Places, on: date) -> Candidate:
    """The proposal that a group buy together, with its reasons."""
    needs = [row.need for row in group.all]
    owners = owners_of(group.all, places)
    purchase = max(group.all, key=lambda row: row.score).purchase
    facts = weighed(group, places, on)
    launch = date.fromordinal(group.launch)
    entries = (
        tuple(Entry(need=row.need.id, on=_entry(row, group)) for row in group.all)
        if group.later
        else ()
    )
    return Candidate(
        id=candidate_id(CandidateKind.JOINT, (need.id for need in needs)),
        kind=CandidateKind.JOINT,
        title=purchase.labels,
        category=purchase.category,
        cpv=purchase.cpv,
        nature=_nature(group.all),
        needs=tuple(sorted(need.id for need in needs)),
        administrations=tuple(one.id for one in owners),
        launch=launch,
        entries=entries,
        estimate=total(needs),
        reasons=explain(facts, _told(group, places)),
        missing=tuple(missing(needs, places)),
        would_change=tuple(_would_change(group, places, on)),
    )


def _entry(row: Row, group: Gathered) -> date:
    return date.fromordinal(max(row.start, group.launch))


def owners_of(rows: Iterable[Row], places: Places) -> list[Administration]:
    """The administrations of the rows, in the order of their ids."""
    ids = sorted({row.need.administration for row in rows})
    return [places.all[places.at[name]] for name in ids]


def _nature(rows: Iterable[Row]) -> Nature | None:
    natures = Counter(
        nature for row in rows if (nature := row.need.nature or row.purchase.nature)
    )
    return min(natures, key=lambda one: (-natures[one], one.value)) if natures else None


def total(needs: Iterable[Need]) -> Decimal | None:
    """The sum of the estimates that are known; None when none is."""
    known = [need.estimate for need in needs if need.estimate is not None]
    return sum(known, Decimal(0)) if known else None


# -- what is weighed -------------------------------------------------------------------


def weighed(group: Gathered, places: Places, on: date) -> Group:
    """What counts of a group."""
    needs = [row.need for row in group.all]
    launch = date.fromordinal(group.launch)
    asked = requirements.compare(needs)
    last_entry = max((row.start for row in group.later), default=group.launch)
    codes = [code for need in needs if (code := tree.bare(need.cpv))]
    ends = [_binds_until(row) for row in group.all if row.contracts]
    return Group(
        participants=len({need.administration for need in needs}),
        certainty=min(row.score for row in group.all)
        if group.all[0].purchase.category
        else 0.0,
        codes=frozenset(codes) if len(codes) > 1 else frozenset(),
        first=launch,
        last=None if group.last >= NEVER else date.fromordinal(group.last),
        nearness=nearness(group.all, places),
        volumes=tuple(float(volume) for volume in _volumes(needs).values()),
        languages=frozenset(need.language for need in needs if need.language),
        spread=months_between(launch, date.fromordinal(last_entry)),
        later=len(group.later),
        running=sum(end >= group.launch for end in ends),
        ending=sum(end < group.launch for end in ends),
        mixed=len({need.nature for need in needs if need.nature}) > 1,
        shared=len(asked.shared),
        differing=asked.apart,
        add_up=_quantity(needs) is not None,
        durations=tuple(
            sorted({need.duration_months for need in needs if need.duration_months})
        ),
        on=on,
    )


def nearness(rows: Iterable[Row], places: Places) -> str:
    """The closest tie that holds between all of them."""
    owners = sorted({places.at[row.need.administration] for row in rows})
    for near, name in (
        (places.same_municipality, "same_place"),
        (places.neighbours, "neighbours"),
    ):
        if any(near[one, owners].all() for one in owners):
            return name
    return "far_apart" if places.known[owners].all() else "distance_unknown"


def _volumes(needs: Iterable[Need]) -> dict[str, Decimal]:
    """The known estimates of each administration."""
    found: dict[str, Decimal] = {}
    for need in needs:
        if need.estimate is not None:
            before = found.get(need.administration, Decimal(0))
            found[need.administration] = before + need.estimate
    return dict(sorted(found.items()))


def _quantity(needs: Iterable[Need]) -> tuple[Decimal, str] | None:
    """The sum and its unit, when every need has a quantity and the units convert."""
    return added((need.quantity, need.unit) for need in needs)


def _binds_until(row: Row) -> int:
    return max(
        contract.end.toordinal() if contract.end else NEVER
        for contract in row.contracts
    )


# -- what is told ----------------------------------------------------------------------


def _told(group: Gathered, places: Places) -> Told:
    needs = [row.need for row in group.all]
    quantity = _quantity(needs)
    purchase = max(group.all, key=lambda row: row.score).purchase
    return Told(
        purchase=local(purchase.labels, needs[0].title),
        total=total(needs),
        quantity=quantity[0] if quantity else None,
        units=quantity[1] if quantity else "",
        words=tuple(_words(group.all)),
        contracts=tuple(_contracts(group, places)),
        requirements=tuple(_asked(needs, places)),
        volumes=tuple(
            say(
                "{administration}: {amount}.",
                administration=name_of(places, owner),
                amount=euro(amount),
            )
            for owner, amount in _volumes(needs).items()
        ),
        entries=tuple(
            say(
                "{administration} enters on {day}.",
                administration=name_of(places, row.need.administration),
                day=_entry(row, group),
            )
            for row in group.all
        )
        if group.later
        else (),
    )


def name_of(places: Places, owner: str) -> Arg:
    """The name of the administration with that id."""
    return named([places.all[places.at[owner]]])


def _words(rows: Iterable[Row]) -> list[Message]:
    """What was read in each title, each reading once."""
    found: dict[str, Message] = {}
    for row in rows:
        if len(found) < SHOWN and (told := row.told()) is not None:
            found.setdefault(str(told), told)
    return list(found.values())


def _contracts(group: Gathered, places: Places) -> list[Message]:
    found = []
    for row in group.all:
        who = name_of(places, row.need.administration)
        for contract in row.contracts:
            if contract.end is None:
                text = say(
                    "{administration} is bound by “{contract}”; its end is not "
                    "recorded.",
                    administration=who,
                    contract=contract.title,
                )
            else:
                text = say(
                    "{administration} is bound by “{contract}” until {end}.",
                    administration=who,
                    contract=contract.title,
                    end=contract.end,
                )
            found.append(text)
    return found


def _asked(needs: list[Need], places: Places) -> list[Message]:
    asked = requirements.compare(needs)
    found = []
    for key, text in asked.differing.items():
        who = named(places.all[places.at[owner]] for owner in asked.owners[key])
        found.append(
            say(
                "{administrations}: “{requirement}”.",
                administrations=who,
                requirement=text,
            )
        )
    found += [
        say(
            "“{one}” and “{other}” may be the same requirement in two languages.",
            one=one,
            other=other,
        )
        for one, other in asked.alike
    ]
    if asked.languages > 1:
        found.append(
            say(
                "They are written in several languages: compare them before counting "
                "them as different."
            )
        )
    return found


def missing(needs: Iterable[Need], places: Places) -> list[Message]:
    """What is not recorded and would let more be said."""
    listed = list(needs)

    def who(lacks: list[Need]) -> Arg:
        owners = sorted({need.administration for need in lacks})
        return named(places.all[places.at[owner]] for owner in owners)

    found = []
    if lacks := [need for need in listed if need.estimate is None]:
        found.append(
            say(
                "No estimate yet from {administrations}: neither the gain nor the "
                "procedure can be judged in full.",
                administrations=who(lacks),
            )
        )
    if lacks := [need for need in listed if not need.earliest and not need.latest]:
        found.append(
            say(
                "No start window from {administrations}: taken as open at any time.",
                administrations=who(lacks),
            )
        )
    if lacks := [need for need in listed if need.quantity is None]:
        found.append(
            say(
                "No quantity yet from {administrations}: the volumes cannot be "
                "compared.",
                administrations=who(lacks),
            )
        )
    if lacks := [need for need in listed if not tree.bare(need.cpv)]:
        found.append(
            say(
                "No code yet from {administrations}: only the words speak for this "
                "proposal.",
                administrations=who(lacks),
            )
        )
    return found


def points_of(group: Gathered, places: Places, on: date) -> int:
    """The score a group would have."""
    return sum(weight for _, weight in weigh(weighed(group, places, on)))


def _would_change(group: Gathered, places: Places, on: date) -> list[Message]:
    """What could be moved or agreed, and what that would add."""
    facts = weighed(group, places, on)
    now = dict(weigh(facts))
    found = [_earlier(row, group, places, on) for row in group.later]
    if "requirements_differ" in now:
        found.append(
            say(
                "If they agreed on the requirements only some have ({points}).",
                points=f"{-now['requirements_differ']:+d}",
            )
        )
    if "running_contracts" in now:
        gain = weights.points("contracts_end_in_time") - now["running_contracts"]
        found.append(
            say(
                "If the running contracts were given notice in time for the launch "
                "({points}).",
                points=f"{gain:+d}",
            )
        )
    return [one for one in found if one is not None]


def _earlier(row: Row, group: Gathered, places: Places, on: date) -> Message | None:
    """The day by which a later need would have to start to enter with the first."""
    rest = tuple(one for one in group.later if one is not row)
    moved = Gathered((*group.rows, _at(row, group)), group.launch, rest)
    gain = points_of(moved, places, on) - points_of(group, places, on)
    if gain <= 0 or group.last >= row.start:
        return None
    return say(
        "If {administration} could start by {day} instead of {earliest}, it could "
        "enter with the first ({points}).",
        administration=name_of(places, row.need.administration),
        day=date.fromordinal(group.last),
        earliest=date.fromordinal(row.start),
        points=f"{gain:+d}",
    )


def _at(row: Row, group: Gathered) -> Row:
    """The row as if it could start with the group."""
    return replace(row, start=group.launch, end=max(row.end, group.last))
