"""Adhesions to centres and programmes: how they stand, decided, reopened, compared."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from jointbuy.errors import UsageError, say
from jointbuy.model import JOINED, Adhesion, AdhesionStatus, Programme, Reopening
from jointbuy.workspace.entries import Entries

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from decimal import Decimal

    from jointbuy.centres.programmes import AdhesionTable, Cell, OpenTrigger
    from jointbuy.centres.twins import Difference
    from jointbuy.errors import Message
    from jointbuy.model import Domain, Reservation
    from jointbuy.workspace.records import Records


def domain_of(records: Records, adhesion: Adhesion) -> Domain | None:
    """The domain of the programme that an adhesion names, if it names one."""
    if not adhesion.programme or not adhesion.domain:
        return None
    programme = records.programmes().get(adhesion.programme)
    wanted = adhesion.domain.casefold()
    for domain in programme.domains if programme else ():
        names = {text.casefold() for text in domain.names.as_dict().values()}
        if wanted in {domain.id.casefold(), *names}:
            return domain
    return None


def _waiting(records: Records, adhesion: Adhesion) -> tuple[OpenTrigger, ...]:
    from jointbuy.centres.programmes import open_triggers

    domain = domain_of(records, adhesion)
    return open_triggers(
        adhesion, records.on, presented=domain.budget if domain else None
    )


def standing(records: Records, adhesion: Adhesion) -> Cell:
    """How one adhesion stands on the day, and what is to be done about it."""
    from jointbuy.centres.joining import Column, cell_of

    domain = domain_of(records, adhesion)
    column = Column(
        id=domain.id if domain else adhesion.domain or adhesion.centre,
        centre=adhesion.centre,
        programme=adhesion.programme,
        domain=adhesion.domain,
        due=domain.due if domain else None,
        budget=domain.budget if domain else None,
    )
    return cell_of(adhesion, column, records.on)


def parse_reservations(text: str) -> tuple[Reservation, ...]:
    """Reservations as they are typed: text @ place in the decision, by semicolons.

    Raises:
        UsageError: one has a place and no text.
    """
    from jointbuy.model import Reservation

    found = []
    for part in filter(None, (each.strip() for each in text.split(";"))):
        what, _, place = (each.strip() for each in part.partition("@"))
        if not what:
            raise UsageError(
                say("“{text}” gives a place but no reservation.", text=part)
            )
        found.append(Reservation(text=what, place=place))
    return tuple(found)


class Adhesions(Entries):
    """Who joined what, and what became of it."""

    def adhesion_table(self, programme: str = "") -> AdhesionTable:
        """Administrations by the domains of a programme; by centres without one.

        Raises:
            NotFound: no programme answers to it, or several do.
        """
        from jointbuy.centres import programmes

        return programmes.adhesion_table(
            on=self.on,
            programme=self.record(Programme, programme) if programme else None,
            adhesions=self.adhesions().values(),
            administrations=self.administrations(),
            centres=self.centres(),
        )

    def adhesion(self, text: str) -> Adhesion:
        """The adhesion with that id, or whose id alone begins so.

        Raises:
            NotFound: none, or several.
        """
        return self.record(Adhesion, text)

    def adhesion_state(self, text: str) -> Cell:
        """How one adhesion stands on the day, and what is to be done about it.

        Raises:
            NotFound: none, or several.
        """
        return standing(self, self.adhesion(text))

    def adhesion_due(self, adhesion: Adhesion) -> date | None:
        """The last day to decide on it: its own, else that of its domain."""
        if adhesion.due is not None:
            return adhesion.due
        domain = domain_of(self, adhesion)
        return domain.due if domain else None

    def decide_adhesions(
        self,
        texts: Iterable[str],
        status: AdhesionStatus,
        *,
        on: date | None = None,
        body: str = "",
        number: str = "",
        reservations: tuple[Reservation, ...] | None = None,
        triggers: tuple[str, ...] | None = None,
    ) -> tuple[Adhesion, ...]:
        """Record what was decided on one adhesion, or on several twins as one change.

        What is not given stays as it was; but a decision of another day has no number
        yet, and what was put off or refused no signature.

        Raises:
            NotFound: there is no such adhesion.
            UsageError: the day is still to come, or the decision is none.
        """
        day = on or self.on
        self._not_ahead(day)
        if status is AdhesionStatus.PROPOSED:
            raise UsageError(
                say("Proposed is no decision: say what the body decided on it.")
            )
        if status is AdhesionStatus.CONDITIONAL and reservations is None:
            self._have_reservations(texts := list(texts))
        changes, made = [], []
        for before in self._each(texts):
            after = replace(before, status=status, decided_on=day)
            if before.decided_on not in {None, day}:
                after = replace(after, number="")
                if before.status not in JOINED:
                    after = replace(after, convention_on=None)
            if body:
                after = replace(after, body=body)
            if number:
                after = replace(after, number=number)
            if reservations is not None:
                after = replace(after, reservations=reservations)
            if triggers is not None:
                after = replace(after, triggers=triggers)
            made.append(after)
            if after != before:
                changes.append(self.change(after, of=before))
        self.commit(changes, why=" ".join(["adhesion", *(each.id for each in changes)]))
        return tuple(made)

    def _have_reservations(self, texts: Iterable[str]) -> None:
        for each in self._each(texts):
            if not each.reservations:
                raise UsageError(
                    say(
                        "“{id}” has no reservation yet: give at least one, with its "
                        "place in the decision, or record it as adhered.",
                        id=each.id,
                    )
                )

    def _each(self, texts: Iterable[str]) -> tuple[Adhesion, ...]:
        found = {each.id: each for each in map(self.adhesion, texts)}
        return tuple(found.values())

    def _not_ahead(self, day: date) -> None:
        if day > self.on:
            raise UsageError(
                say(
                    "{day} is still to come: a decision is recorded once it is taken.",
                    day=day,
                )
            )

    def reopen_adhesion(
        self, text: str, trigger: str, *, what: str = "", on: date | None = None
    ) -> Adhesion:
        """Record that one of its triggers occurred: the body looks at it again.

        Raises:
            NotFound: there is no such adhesion.
            UsageError: nothing was decided that could be reopened, the day does not
                fit, or it is reopened for that already.
        """
        before = self.adhesion(text)
        day = on or self.on
        called = _one_line(trigger)
        if not called:
            raise UsageError(say("Say which trigger occurred."))
        if day > self.on:
            raise UsageError(
                say(
                    "{day} is still to come: a trigger is recorded once it occurs.",
                    day=day,
                )
            )
        self._reopenable(before, day)
        again = any(
            each.settled_on is None and each.trigger.casefold() == called.casefold()
            for each in before.reopenings
        )
        if again:
            raise UsageError(
                say(
                    "“{id}” is reopened for “{trigger}” already: settle that first.",
                    id=before.id,
                    trigger=called,
                )
            )
        made = Reopening(trigger=called, on=day, what=_one_line(what))
        after = replace(before, reopenings=(*before.reopenings, made))
        change = self.change(after, of=before)
        self.commit([change], why=f"trigger {before.id}")
        return after

    def _reopenable(self, adhesion: Adhesion, day: date) -> None:
        """Whether a body decided in favour by that day."""
        if adhesion.status not in JOINED:
            raise UsageError(
                say(
                    "“{id}” was not decided in favour: there is nothing to reopen.",
                    id=adhesion.id,
                )
            )
        decided = adhesion.decided_on
        if decided is not None and day < decided:
            raise UsageError(
                say(
                    "“{id}” was decided on {decided} only: what occurred before, on "
                    "{day}, does not reopen it.",
                    id=adhesion.id,
                    decided=decided,
                    day=day,
                )
            )

    def settle_reopening(
        self,
        text: str,
        how: str,
        *,
        trigger: str = "",
        on: date | None = None,
        budget: Decimal | None = None,
        status: AdhesionStatus | None = None,
    ) -> Adhesion:
        """Record that the body dealt with what reopened an adhesion.

        Without `trigger` everything that waits is settled. A cost above the budget is
        settled by a new `budget`; without one, what is known of the cost now counts as
        presented. `status` is what the body decided, where that changed.

        Raises:
            NotFound: there is no such adhesion.
            UsageError: nothing of that kind waits, the day does not fit, or the cost
                is still above the budget that was given.
        """
        before = self.adhesion(text)
        day = on or self.on
        self._not_ahead(day)
        how = _one_line(how)
        if not how:
            raise UsageError(say("Say how it was settled: what the body decided."))
        waiting = [
            each for each in _waiting(self, before) if self._is_trigger(each, trigger)
        ]
        if not waiting:
            raise UsageError(_nothing_waits(self, before, trigger))
        since = [each.since for each in waiting if each.since is not None]
        if since and day < max(since):
            raise UsageError(
                say(
                    "It occurred on {since} only: it cannot have been settled on "
                    "{day}.",
                    since=max(since),
                    day=day,
                )
            )
        after = _settled(before, how, day, trigger)
        if any(each.by_itself for each in waiting):
            after = self._presented(after, how, day, budget)
        elif budget is not None:
            after = replace(after, budget=budget)
        if status is not None:
            after = replace(after, status=status, decided_on=day)
        self.commit([self.change(after, of=before)], why=f"settle {before.id}")
        return after

    def _is_trigger(self, waiting: OpenTrigger, trigger: str) -> bool:
        """Whether that trigger is named, as it was recorded or as it is read."""
        wanted = _one_line(trigger).casefold()
        said = (str(waiting.trigger), self._said(waiting.trigger))
        return not wanted or wanted in {each.casefold() for each in said}

    def _said(self, message: Message) -> str:
        from jointbuy.l10n.catalogue import catalogue

        return catalogue(self.language).say(message)

    def _presented(
        self, adhesion: Adhesion, how: str, day: date, budget: Decimal | None
    ) -> Adhesion:
        """The body was shown the cost as it is known now."""
        from jointbuy.centres.joining import COST

        shown = budget if budget is not None else adhesion.cost
        if shown is None or (adhesion.cost is not None and shown < adhesion.cost):
            raise UsageError(
                say(
                    "The cost known now is still above that budget: present the cost "
                    "as it is, or correct it."
                )
            )
        trigger = self._said(say("{text}", text=COST))
        noted = Reopening(trigger=trigger, on=day, settled_on=day, how=how)
        return replace(adhesion, budget=shown, reopenings=(*adhesion.reopenings, noted))

    def compare_adhesions(self, texts: Sequence[str]) -> tuple[Difference, ...]:
        """Every point on which twins differ; none where they say the same.

        Raises:
            NotFound: there is no such adhesion.
            UsageError: fewer than two are named.
        """
        from jointbuy.centres import twins

        found = tuple(_by_id(self, each) for each in self._each(texts))
        if len(found) < 2:  # noqa: PLR2004
            raise UsageError(say("Name at least two adhesions to compare."))
        return twins.differences(found)

    def twins(self, text: str) -> tuple[Adhesion, ...]:
        """The adhesion and those of other administrations to the same domain."""
        one = _by_id(self, self.adhesion(text))
        return tuple(
            each
            for each in self.adhesions().values()
            if (each.centre, each.programme, _by_id(self, each).domain)
            == (one.centre, one.programme, one.domain)
        )


def _by_id(records: Records, adhesion: Adhesion) -> Adhesion:
    """The adhesion with its domain by its id, whatever it was called in it."""
    domain = domain_of(records, adhesion)
    return replace(adhesion, domain=domain.id) if domain else adhesion


def _one_line(text: str) -> str:
    """The text as one part of a line in a form."""
    return " ".join(text.replace(";", ",").split())


def _settled(adhesion: Adhesion, how: str, day: date, trigger: str) -> Adhesion:
    wanted = _one_line(trigger).casefold()
    return replace(
        adhesion,
        reopenings=tuple(
            replace(each, settled_on=day, how=how)
            if each.settled_on is None
            and (not wanted or each.trigger.casefold() == wanted)
            else each
            for each in adhesion.reopenings
        ),
    )


def _nothing_waits(records: Records, adhesion: Adhesion, trigger: str) -> Message:
    waiting = _waiting(records, adhesion)
    if not waiting:
        return say(
            "Nothing reopened “{id}”: there is nothing to settle.", id=adhesion.id
        )
    return say(
        "“{id}” is not reopened for “{trigger}”. It is for: {known}.",
        id=adhesion.id,
        trigger=trigger,
        known=", ".join(str(each.trigger) for each in waiting),
    )
