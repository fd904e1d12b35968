"""The proposal that a group buy together: what is weighed of it and what is told."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from jointbuy.errors import Arg, Message, say
from jointbuy.matching import evidence, levers, requirements
from jointbuy.matching.days import NEVER
from jointbuy.matching.evidence import Amount
from jointbuy.matching.groups import Gathered
from jointbuy.matching.joint import Group, Told, explain, weigh
from jointbuy.matching.names import candidate_id, local, named
from jointbuy.matching.units import Sum, sum_up
from jointbuy.model import Candidate, CandidateKind, Entry
from jointbuy.model.period import months_between
from jointbuy.vocabulary import cpv as tree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from jointbuy.matching.evidence import Names
    from jointbuy.matching.learning import Labels
    from jointbuy.matching.places import Places
    from jointbuy.matching.rows import Row
    from jointbuy.model import Administration, Contract, Nature, Need

SHOWN = 6
"""So many lines of evidence are told; the rest repeat them."""


def joining(
    group: Gathered, places: Places, on: date, labels: Labels | None = None
) -> Candidate:
    """The proposal that a group buy together, with its reasons.

    The `labels` of the official list name its codes where it is installed.
    """
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
        reasons=explain(facts, _told(group, places, on, evidence.names_by(labels))),
        missing=(*missing(needs, places), *_not_added(needs, places)),
        would_change=tuple(_would_change(group, facts, places, on)),
    )


def _not_added(needs: list[Need], places: Places) -> Iterable[Message]:
    """Why quantities that all gave do not add up."""
    why = evidence.not_added(_amounts(needs, places))
    return [] if why is None else [why]


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
        excluding=len(asked.contradictions),
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


def _quantity(needs: Iterable[Need]) -> Sum | None:
    """The sum and its unit, when every need has a quantity and the units convert."""
    found = sum_up((need.quantity, need.unit) for need in needs)
    return found if isinstance(found, Sum) else None


def _binds_until(row: Row) -> int:
    return max(
        contract.end.toordinal() if contract.end else NEVER
        for contract in row.contracts
    )


# -- what is told ----------------------------------------------------------------------


def _told(group: Gathered, places: Places, on: date, names: Names) -> Told:
    needs = [row.need for row in group.all]
    owners = owners_of(group.all, places)
    quantity = _quantity(needs)
    purchase = max(group.all, key=lambda row: row.score).purchase
    asked = requirements.compare(needs)
    who = _who(places)
    return Told(
        purchase=local(purchase.labels, needs[0].title),
        total=total(needs),
        quantity=quantity.quantity if quantity else None,
        units=quantity.named if quantity else "",
        words=tuple(_words(group.all)),
        codes=tuple(_codes(needs, places, names)),
        days=evidence.window(
            [
                (name_of(places, row.need.administration), *_days(row, on))
                for row in group.rows
            ]
        ),
        places=evidence.territory(owners),
        contracts=evidence.running(
            _bound(group, places), on, date.fromordinal(group.launch)
        ),
        shared=evidence.asked_by_all(asked),
        requirements=(*evidence.asked_by_some(asked, who), *_in_languages(asked)),
        excluding=evidence.contradictory(asked, who),
        quantities=evidence.conversions(_amounts(needs, places)),
        volumes=evidence.shares(
            [
                (name_of(places, owner), amount)
                for owner, amount in _volumes(needs).items()
            ]
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


def _who(places: Places) -> Callable[[Iterable[str]], Arg]:
    """Names administrations by their ids."""
    return lambda owners: named(places.all[places.at[owner]] for owner in owners)


def _amounts(needs: Iterable[Need], places: Places) -> list[Amount]:
    return [
        Amount(
            who=name_of(places, need.administration),
            quantity=need.quantity,
            unit=need.unit,
        )
        for need in needs
    ]


def _days(row: Row, on: date) -> tuple[date | None, date | None]:
    """The days between which a row can really start, where something sets them."""
    first = date.fromordinal(row.start)
    return (
        first if first > on else None,
        None if row.end >= NEVER else date.fromordinal(row.end),
    )


def _bound(group: Gathered, places: Places) -> list[tuple[Arg, Contract]]:
    """The contracts that go on after the launch; where none does, those that end."""
    known = [(row, contract) for row in group.all for contract in row.contracts]
    going_on = [
        (row, contract)
        for row, contract in known
        if contract.end is None or contract.end.toordinal() >= group.launch
    ]
    return [
        (name_of(places, row.need.administration), contract)
        for row, contract in going_on or known
    ]


def _codes(needs: list[Need], places: Places, names: Names) -> Iterable[Message]:
    """Where the declared codes meet, or who declares which where they do not."""
    known = [need for need in needs if tree.bare(need.cpv)]
    if len({tree.bare(need.cpv) for need in known}) > 1:
        yield from evidence.declared(
            ((name_of(places, need.administration), need.cpv) for need in known), names
        )
    path = evidence.code_path((need.cpv for need in known), names)
    if path is not None:
        yield path


def name_of(places: Places, owner: str) -> Arg:
    """The name of the administration with that id."""
    known = places.names.get(owner)
    if known is None:
        known = places.names[owner] = named([places.all[places.at[owner]]])
    return known


def _words(rows: tuple[Row, ...]) -> list[Message]:
    """What was read in the titles, what they share, and what means the same."""
    found: dict[str, Message] = {}
    for row in rows:
        if len(found) < SHOWN and (told := row.told()) is not None:
            found.setdefault(str(told), told)
    texts = [(row.need.title, row.need.language) for row in rows]
    category = max(rows, key=lambda row: row.score).purchase.category
    return [
        *found.values(),
        *evidence.shared_words(texts),
        *evidence.synonyms(category, texts),
    ]


def _in_languages(asked: requirements.Compared) -> Iterable[Message]:
    if asked.languages > 1:
        yield say(
            "They are written in several languages: compare them before counting "
            "them as different."
        )


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


def _would_change(
    group: Gathered, facts: Group, places: Places, on: date
) -> list[Message]:
    """What could be moved, agreed or given, and what that would add or take."""
    last = [row for row in group.rows if row.end == group.last]
    found = [
        *(_earlier(row, group, places, on) for row in group.later),
        levers.later_end(facts, named(owners_of(last, places))),
        levers.after_contracts(
            facts, _bound(group, places), date.fromordinal(group.launch)
        ),
        *levers.levers(facts, _lacking(group, places)),
    ]
    return [one for one in found if one is not None]


def _lacking(group: Gathered, places: Places) -> levers.Lacking:
    """Who has not given what could move the score."""
    needs = [row.need for row in group.all]
    by_unit = _not_added(needs, places)

    def who(lacks: Iterable[Need]) -> Arg | None:
        owners = sorted({need.administration for need in lacks})
        return _who(places)(owners) if owners else None

    codes = [code for need in needs if (code := tree.bare(need.cpv))]
    return levers.Lacking(
        estimate=who(need for need in needs if need.estimate is None),
        quantity=who(
            need for need in needs if need.quantity is None or not need.unit.strip()
        ),
        unit=who(needs) if by_unit else None,
        code=who(need for need in needs if not tree.bare(need.cpv)),
        window=who(need for need in needs if not need.earliest and not need.latest),
        place=who(
            need for need in needs if not places.known[places.at[need.administration]]
        ),
        declared=codes[0] if len(codes) == 1 else "",
    )


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
