"""The purchasing centres that each administration uses, side by side."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from jointbuy.errors import UsageError, named, say
from jointbuy.workspace.adhesions import domain_of
from jointbuy.workspace.names import called
from jointbuy.workspace.records import Records

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from jointbuy.centres.programmes import AdhesionState
    from jointbuy.errors import Arg, Message
    from jointbuy.model import (
        Adhesion,
        Administration,
        Contract,
        FrameworkAgreement,
        Interest,
        Order,
        PurchasingCentre,
    )

WAYS = ("order", "contract", "use", "interest")
"""How a framework agreement is used, the surest way first."""

YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True, kw_only=True)
class Used:
    """A framework agreement that an administration uses, and how.

    `yearly` is the value of its running contracts per year where it is known for one
    at least, `ordered` what it ordered in the year before the day; euro excluding VAT.
    """

    framework: str
    ways: tuple[str, ...]
    yearly: Decimal | None = None
    ordered: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One administration at one centre.

    `states` are those of its adhesions on the day; `admitted` names whether the centre
    serves it: YES, NO or UNKNOWN.
    """

    administration: str
    centre: str
    states: tuple[AdhesionState, ...]
    admitted: str
    used: tuple[Used, ...] = ()

    @property
    def joined(self) -> bool:
        """Whether a body decided to join the centre or a part of it."""
        from jointbuy.centres.joining import MEMBERS

        return any(state in MEMBERS for state in self.states)

    @property
    def uses(self) -> bool:
        """Whether it uses a framework agreement of the centre in any way."""
        return bool(self.used)

    @property
    def yearly(self) -> Decimal | None:
        """What its running contracts cost per year, as far as it is known; euro."""
        known = [each.yearly for each in self.used if each.yearly is not None]
        return sum(known, Decimal(0)) if known else None

    @property
    def ordered(self) -> Decimal | None:
        """What it ordered in the year before the day; euro."""
        known = [each.ordered for each in self.used if each.ordered is not None]
        return sum(known, Decimal(0)) if known else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """What others use and this administration could, and what it takes.

    `framework` is empty where the centre itself is meant. `users` are the others;
    `open` when something can be done now, `until` the last day for it.
    """

    administration: str
    centre: str
    framework: str
    users: tuple[str, ...]
    why: Message
    todo: Message
    open: bool
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Inventory:
    """Centres by administrations on a day, and what is to be gained by looking across.

    `centres` are those that somebody joined or uses; `cells` are by administration and
    centre, one for every pair.
    """

    on: date
    administrations: tuple[Administration, ...]
    centres: tuple[PurchasingCentre, ...]
    cells: Mapping[tuple[str, str], Place]
    gaps: tuple[Gap, ...]


class Inventories(Records):
    """What is used where."""

    def inventory(self, administrations: Sequence[str] = ()) -> Inventory:
        """The centres used by these administrations, or by all of the register.

        Of a single one, what the others use and it could is told all the same.

        Raises:
            NotFound: no administration answers to one of the names, or several do.
        """
        return _Reading(self, administrations).made()

    def write_inventory(
        self,
        path: Path,
        administrations: Sequence[str] = (),
        *,
        overwrite: bool = False,
    ) -> Inventory:
        """Write the inventory as a sheet, .csv or .xlsx, in the user's language.

        Raises:
            NotFound: no administration answers to one of the names, or several do.
            UsageError: the name ends in neither.
            Refused: the file is there already, or cannot be written.
        """
        from jointbuy.documents.files import write_file
        from jointbuy.documents.formats import sheet

        suffix = path.suffix.lower()
        if suffix not in sheet.EXTENSIONS:
            raise UsageError(
                say(
                    "“{file}” must end in .xlsx or .csv: choose one of these two.",
                    file=path.name,
                )
            )
        found = self.inventory(administrations)
        title, headings, rows = _sheet(self, found)
        content = (
            sheet.to_csv(headings, rows)
            if suffix == ".csv"
            else sheet.to_xlsx(title, headings, rows)
        )
        write_file(path.parent, path.name, content, overwrite=overwrite)
        return found


class _Reading:
    """The register, read for one inventory."""

    def __init__(self, records: Records, administrations: Sequence[str]) -> None:
        self.records = records
        self.on = records.on
        every = records.administrations()
        chosen = {records.administration(each).id: None for each in administrations}
        self.shown = tuple(
            who for who in every.values() if not chosen or who.id in chosen
        )
        alone = len(self.shown) == 1
        self.looked_at = tuple(every.values()) if alone else self.shown
        self.centres = records.centres()
        self.frameworks = records.frameworks()
        self.users: dict[str, dict[str, None]] = {}
        self.offered: dict[str, list[FrameworkAgreement]] = {}
        for framework in self.frameworks.values():
            self.offered.setdefault(framework.centre, []).append(framework)
        self.needs = records.needs()
        self.adhesions: dict[tuple[str, str], list[Adhesion]] = {}
        for adhesion in records.adhesions().values():
            key = adhesion.administration, adhesion.centre
            self.adhesions.setdefault(key, []).append(adhesion)
        self.interests: dict[tuple[str, str], Interest] = {
            (each.administration, each.framework): each
            for each in records.interests().values()
        }
        self.orders: dict[tuple[str, str], list[Order]] = {}
        self.ordered: dict[str, list[Order]] = {}
        for order in records.orders().values():
            key = order.administration, order.framework
            self.orders.setdefault(key, []).append(order)
            self.ordered.setdefault(order.framework, []).append(order)
        self.contracts: dict[tuple[str, str], list[Contract]] = {}
        for contract in records.contracts().values():
            if contract.framework and self._runs(contract):
                key = contract.administration, contract.framework
                self.contracts.setdefault(key, []).append(contract)
        self.decided = {
            (self.needs[use.need].administration, use.framework)
            for use in records.uses().values()
            if use.need in self.needs
            and (use.decided_on is None or use.decided_on <= self.on)
        }

    def _runs(self, contract: Contract) -> bool:
        begun = contract.start is None or contract.start <= self.on
        return begun and (contract.end is None or self.on <= contract.end)

    def made(self) -> Inventory:
        places = {
            (who.id, centre.id): self._place(who, centre)
            for who in self.looked_at
            for centre in self.centres.values()
        }
        for place in places.values():
            for used in place.used:
                self.users.setdefault(used.framework, {})[place.administration] = None
        centres = tuple(
            centre
            for centre in self.centres.values()
            if any(
                place.states or place.used
                for who in self.looked_at
                if (place := places[who.id, centre.id])
            )
        )
        shown = {
            (who.id, centre.id): places[who.id, centre.id]
            for who in self.shown
            for centre in centres
        }
        return Inventory(
            on=self.on,
            administrations=self.shown,
            centres=centres,
            cells=shown,
            gaps=tuple(sorted(self._gaps(centres, places), key=_urgency)),
        )

    def _place(self, who: Administration, centre: PurchasingCentre) -> Place:
        from jointbuy.centres import may_join

        used = (
            self._used(who, framework) for framework in self.offered.get(centre.id, ())
        )
        return Place(
            administration=who.id,
            centre=centre.id,
            states=self._states(who.id, centre.id),
            admitted=may_join(centre, who, self.on).name,
            used=tuple(each for each in used if each is not None),
        )

    def _states(self, who: str, centre: str) -> tuple[AdhesionState, ...]:
        """The states of its adhesions to the centre, each once."""
        from jointbuy.centres.programmes import state_of

        found: dict[AdhesionState, None] = {}
        for adhesion in self.adhesions.get((who, centre), ()):
            domain = domain_of(self.records, adhesion)
            state = state_of(
                adhesion,
                self.on,
                due=domain.due if domain else None,
                presented=domain.budget if domain else None,
            )
            found[state] = None
        return tuple(found)

    def _used(self, who: Administration, framework: FrameworkAgreement) -> Used | None:
        key = who.id, framework.id
        orders = [
            order
            for order in self.orders.get(key, ())
            if order.concluded_on is not None and order.concluded_on <= self.on
        ]
        contracts = self.contracts.get(key, ())
        ways = {
            "order": bool(orders),
            "contract": bool(contracts),
            "use": key in self.decided,
            "interest": self._said_yes(key, framework),
        }
        if not any(ways.values()):
            return None
        yearly = [each.yearly_value for each in contracts]
        known = [value for value in yearly if value is not None]
        last = [
            order.amount
            for order in orders
            if order.amount is not None
            and order.concluded_on is not None
            and order.concluded_on > self.on - YEAR
        ]
        return Used(
            framework=framework.id,
            ways=tuple(way for way in WAYS if ways[way]),
            yearly=sum(known, Decimal(0)) if known else None,
            ordered=sum(last, Decimal(0)) if last else None,
        )

    def _said_yes(self, key: tuple[str, str], framework: FrameworkAgreement) -> bool:
        return self._interest(key, framework) in {"YES", "YES_WITHOUT_MAXIMUM"}

    def _interest(self, key: tuple[str, str], framework: FrameworkAgreement) -> str:
        from jointbuy.centres import interest_state

        return interest_state(self.interests.get(key), framework, self.on).status.name

    # What others use

    def _gaps(
        self,
        centres: Sequence[PurchasingCentre],
        places: Mapping[tuple[str, str], Place],
    ) -> Iterator[Gap]:
        for centre in centres:
            told = set()
            for framework in self.offered.get(centre.id, ()):
                for gap in self._of_framework(framework, centre, places):
                    told.add(gap.administration)
                    yield gap
            yield from self._of_centre(centre, places, told)

    def _of_centre(
        self,
        centre: PurchasingCentre,
        places: Mapping[tuple[str, str], Place],
        told: set[str],
    ) -> Iterator[Gap]:
        """Who could join a centre that others joined, where nothing else is told."""
        members = [w.id for w in self.looked_at if places[w.id, centre.id].joined]
        for who in self.shown:
            place = places[who.id, centre.id]
            users = tuple(each for each in members if each != who.id)
            if not users or place.joined or place.admitted == "NO" or who.id in told:
                continue
            known = place.admitted == "YES"
            yield Gap(
                administration=who.id,
                centre=centre.id,
                framework="",
                users=users,
                why=say("Others joined this centre.")
                if known
                else say(
                    "Others joined this centre; whether it serves it is not known."
                ),
                todo=say(
                    "Ask the centre which framework agreements to come are of use; "
                    "join by a decision of the competent body and the convention."
                )
                if known
                else say("Ask the centre whether it serves this administration."),
                open=True,
            )

    def _of_framework(
        self,
        framework: FrameworkAgreement,
        centre: PurchasingCentre,
        places: Mapping[tuple[str, str], Place],
    ) -> Iterator[Gap]:
        using = tuple(self.users.get(framework.id, ()))
        for who in self.shown:
            if not using or who.id in self.users[framework.id]:
                continue
            place = places[who.id, centre.id]
            gap = self._gap(who, framework, centre, place, using)
            if gap is not None:
                yield gap

    def _gap(
        self,
        who: Administration,
        framework: FrameworkAgreement,
        centre: PurchasingCentre,
        place: Place,
        users: tuple[str, ...],
    ) -> Gap | None:
        """What it takes to use a framework that others use; None where it is no use."""
        from jointbuy.centres import Known, identified, phase

        belongs = identified(framework, who, centre, self.on)
        if belongs.answer is Known.NO and place.admitted == "NO":
            return None
        stands = phase(framework, self.on, self.ordered.get(framework.id, ())).name
        answer = self._interest((who.id, framework.id), framework)
        todo, until, is_open = self._way(
            framework, centre, place, stands, belongs.answer.name, answer
        )
        return Gap(
            administration=who.id,
            centre=centre.id,
            framework=framework.id,
            users=users,
            why=belongs.why,
            todo=todo,
            open=is_open,
            until=until,
        )

    def _way(
        self,
        framework: FrameworkAgreement,
        centre: PurchasingCentre,
        place: Place,
        stands: str,
        belongs: str,
        answer: str,
    ) -> tuple[Message, date | None, bool]:
        """What has to be done, until when, and whether it can be done now."""
        if stands in {"ANNOUNCED", "INTEREST_OPEN", "UNKNOWN"} and (
            framework.interest_deadline is None
            or self.on <= framework.interest_deadline
        ):
            return self._call(framework, centre, place, answer)
        refused = answer in {"NO", "NO_ANSWER"}
        if stands != "RUNNING" or refused or belongs == "NO":
            return self._next(framework), None, False
        if belongs == "UNKNOWN":
            return (
                say(
                    "Ask the centre in writing whether the notice or the "
                    "specifications name this administration; order nothing before."
                ),
                framework.end,
                True,
            )
        if place.joined:
            return (
                say(
                    "It may order until {day}: the competent body decides on the need "
                    "and on using the framework agreement.",
                    day=framework.end,
                )
                if framework.end
                else say(
                    "It may order: the competent body decides on the need and on using "
                    "the framework agreement."
                ),
                framework.end,
                True,
            )
        return (
            say(
                "Join {centre} first (decision of the competent body, then "
                "convention); then that body decides on the need and on using the "
                "framework agreement.",
                centre=named(centre.names, centre.id),
            ),
            framework.end,
            True,
        )

    def _call(
        self,
        framework: FrameworkAgreement,
        centre: PurchasingCentre,
        place: Place,
        answer: str,
    ) -> tuple[Message, date | None, bool]:
        """What to do while interest can still be marked."""
        until = framework.interest_deadline
        if until is None:
            todo = say(
                "Ask the centre until when interest can be marked, and mark it with a "
                "maximum."
            )
        elif answer == "NO":
            todo = say(
                "It answered no; that can still be changed until {day}.", day=until
            )
        else:
            todo = say("Mark interest by {day}, with a maximum.", day=until)
        if not place.joined:
            todo = say(
                "{first} Join {centre} as well: decision of the competent body, then "
                "convention.",
                first=todo,
                centre=named(centre.names, centre.id),
            )
        return todo, until, True

    def _next(self, framework: FrameworkAgreement) -> Message:
        """What to do where this framework is closed to it: the next one."""
        from jointbuy.centres.lifecycle import reinterest_day

        follower = self.frameworks.get(framework.successor)
        if follower is not None:
            return say(
                "This one is closed to it: mark interest in what follows, {framework}.",
                framework=_named(follower),
            )
        day = reinterest_day(framework, self.records.practice().reinterest_months)
        if day is not None and day > self.on:
            return say(
                "This one is closed to it: ask the centre from {day} on to be named in "
                "the framework agreement that follows.",
                day=day,
            )
        return say(
            "This one is closed to it: ask the centre now to be named in the framework "
            "agreement that follows."
        )


def _urgency(gap: Gap) -> tuple[bool, bool, date]:
    """What can be done now goes first, the nearest day before the others."""
    return not gap.open, gap.until is None, gap.until or date.max


def _named(framework: FrameworkAgreement) -> Arg:
    return called(framework)


def _sheet(
    records: Records, found: Inventory
) -> tuple[str, list[str], list[list[str | Decimal | date | None]]]:
    """The inventory as rows: a framework used or within reach on each."""
    from jointbuy.l10n.catalogue import catalogue
    from jointbuy.workspace.words import ADHESION_STANDS, KNOWN, USED_BY

    words = catalogue(records.language)
    language = records.language
    names = {who.id: who.name(language) for who in records.administrations().values()}
    titles = {
        each.id: each.title.get(language) or each.id
        for each in records.frameworks().values()
    }
    heads = (
        say("Administration"),
        say("Centre"),
        say("State"),
        say("Admitted"),
        say("Framework"),
        say("Used by"),
        say("Per year"),
        say("Ordered in a year"),
        say("Others"),
        say("To do"),
        say("Until"),
    )
    rows: list[list[str | Decimal | date | None]] = []
    for centre in found.centres:
        for who in found.administrations:
            place = found.cells[who.id, centre.id]
            head: list[str | Decimal | date | None] = [
                names[who.id],
                centre.names.get(language) or centre.id,
                ", ".join(
                    words.word(ADHESION_STANDS[state.name].text)
                    for state in place.states
                ),
                words.word(KNOWN[place.admitted].text),
            ]
            lines: list[list[str | Decimal | date | None]] = [
                [
                    titles.get(used.framework, used.framework),
                    ", ".join(words.word(USED_BY[way].text) for way in used.ways),
                    used.yearly,
                    used.ordered,
                    None,
                    None,
                    None,
                ]
                for used in place.used
            ]
            lines += [
                [
                    titles.get(gap.framework, gap.framework),
                    None,
                    None,
                    None,
                    ", ".join(names.get(each, each) for each in gap.users),
                    words.say(gap.todo),
                    gap.until,
                ]
                for gap in found.gaps
                if (gap.administration, gap.centre) == (who.id, centre.id)
            ]
            rows += [[*head, *line] for line in lines or [[None] * 7]]
    title = words.say(say("Purchasing centres used"))
    return title, [words.say(each) for each in heads], rows
