"""The yearly round of needs: who is asked, who answered, who is silent."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from jointbuy.errors import NotFound, Refused, UsageError, say, word
from jointbuy.model import (
    AskedService,
    ContactPerson,
    Need,
    NeedsRound,
    NeedStatus,
    Reminder,
    ServiceAnswer,
)
from jointbuy.model.lookup import find
from jointbuy.workspace.names import called
from jointbuy.workspace.records import Records

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date

    from jointbuy.errors import Arg, Message
    from jointbuy.schedule.asked_services import ServiceState
    from jointbuy.store.port import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundState:
    """A round on a day: where each service stands, and who was reminded when.

    `days_left` is negative once the last day has passed, None where there is none.
    `reminders` are given by the id of the service's state.
    """

    round: NeedsRound
    services: tuple[ServiceState, ...]
    days_left: int | None = None
    reminders: Mapping[str, tuple[Reminder, ...]] = field(default_factory=dict)

    @property
    def silent(self) -> tuple[ServiceState, ...]:
        """The services of which nothing was heard."""
        return tuple(each for each in self.services if each.silent)


class AskedRounds(Records):
    """Rounds of needs: opened, answered and closed."""

    def round(self, text: str) -> NeedsRound:
        """The round with that id, year or title, or whose id alone begins so.

        Raises:
            NotFound: none, or several.
        """
        rounds = self.rounds()
        of_year = [each for each in rounds.values() if str(each.year) == text.strip()]
        if len(of_year) == 1:
            return of_year[0]
        return find(text, rounds, word("needs round"))

    def current_round(self) -> NeedsRound | None:
        """The round that is under way, else the last one there was."""
        return max(
            self.rounds().values(),
            key=lambda each: (
                each.closed_on is None,
                str(each.opened_on or ""),
                each.year or 0,
                each.id,
            ),
            default=None,
        )

    def round_state(self, text: str) -> RoundState:
        """Where each service of a round stands."""
        from jointbuy.schedule.asked_services import service_states

        found = self.round(text)
        states = service_states(found, self.fresh_needs(found.id).get(found.id, ()))
        states = tuple(self._with_contact(each) for each in states)
        logged: dict[str, list[Reminder]] = {}
        for reminder in self.reminders().values():
            logged.setdefault(reminder.about, []).append(reminder)
        return RoundState(
            round=found,
            services=states,
            days_left=(found.due - self.on).days if found.due else None,
            reminders={
                each.id: tuple(sorted(logged[each.id], key=lambda r: r.on))
                for each in states
                if each.id in logged
            },
        )

    def fresh_needs(self, only: str = "") -> dict[str, tuple[Need, ...]]:
        """By open round the needs opened since it began, or those of one round."""
        wanted = {
            each.id
            for each in self.rounds().values()
            if each.id == only or (not only and each.closed_on is None)
        }
        needs = self.needs()
        found: dict[str, tuple[Need, ...]] = {}
        opened: dict[str, None] = {}
        waiting = set(wanted)
        for entry in self.store.latest():
            if not waiting:
                break
            for begun in _begun(entry) & waiting:
                found[begun] = _living(opened, needs)
                waiting.discard(begun)
            for id_ in _opened(entry):
                opened.setdefault(id_)
        for begun in waiting:  # a round that was there from the beginning
            found[begun] = _living(opened, needs)
        return found

    def _with_contact(self, state: ServiceState) -> ServiceState:
        """The state with who is asked today: who left was followed by somebody."""
        person = self.person_asked(state.administration, state.service, state.contact)
        return replace(state, contact=person.id if person else state.contact)

    def person_asked(
        self, administration: str, service: str = "", contact: str = ""
    ) -> ContactPerson | None:
        """Who is asked today: the person named or their successor, else the referent.

        Without a referent of the service it is the main contact of the administration.
        """
        from jointbuy.schedule.acting import followed, is_active, people
        from jointbuy.schedule.asked_services import plainly

        contacts = self.contacts().values()
        if named := followed(people(contacts), contact, self.on):
            return named
        active = [
            each
            for each in contacts
            if each.administration == administration and is_active(each, self.on)
        ]
        wanted = plainly(service)
        own = [each for each in active if service and plainly(each.service) == wanted]
        return next(iter(own or [each for each in active if not each.service]), None)

    # Opening and closing.

    def open_round(
        self,
        *,
        year: int,
        due: date,
        previous: str = "",
        services: Collection[str] = (),
        title: str = "",
    ) -> NeedsRound:
        """Ask the services for their needs of a year, to be answered by a day.

        Asked are the services named, else those of the round it is reopened from, else
        each administration's main contact and the referent of each service.

        Raises:
            UsageError: the last day has passed, or nobody is there to be asked.
            Refused: a round of that year is open already.
        """
        if due < self.on:
            raise UsageError(
                say(
                    "The last day to answer, {due}, has passed: choose a later one.",
                    due=due,
                )
            )
        for each in self.rounds().values():
            if each.year == year and each.closed_on is None:
                raise Refused(
                    say(
                        "A round for {year} is open already, {id}: close it first, or "
                        "change it with `rounds edit {id}`.",
                        year=str(year),
                        id=each.id,
                    )
                )
        before = self.round(previous) if previous else None
        asked = self._to_ask(before, services)
        if not asked:
            raise UsageError(
                say(
                    "There is nobody to ask: add contact persons with `contacts add`, "
                    "or name the services to ask."
                )
            )
        made = NeedsRound(
            id=self._round_id(year),
            title=title.strip() or self._round_title(year),
            year=year,
            opened_on=self.on,
            due=due,
            services=asked,
            previous=before.id if before else "",
        )
        self.save(made, seen=0, why=f"ask-needs {made.id}")
        return made

    def unasked(self, text: str) -> tuple[str, ...]:
        """Who is not asked in a round: services with a referent, and administrations.

        Each is named as the verbs take it. Of an administration of which nobody is
        asked only itself is told.
        """
        from jointbuy.schedule.acting import is_active

        found = self.round(text)
        whole = {each.administration for each in found.services}
        missing = [id_ for id_ in self.administrations() if id_ not in whole]
        for person in self.contacts().values():
            who = person.administration
            if who not in whole or not is_active(person, self.on):
                continue
            if person.service and place_of(found, who, person.service) is None:
                missing.append(f"{who}/{person.service}")
        return tuple(dict.fromkeys(missing))

    def _round_id(self, year: int) -> str:
        found, count = f"round-{year}", 1
        while found in self.rounds():
            count += 1
            found = f"round-{year}-{count}"
        return found

    def _round_title(self, year: int) -> str:
        from jointbuy.l10n.catalogue import catalogue

        return catalogue(self.language).say(say("Needs {year}", year=str(year)))

    def _to_ask(
        self, before: NeedsRound | None, services: Collection[str]
    ) -> tuple[AskedService, ...]:
        from jointbuy.schedule.acting import is_active

        if services:
            named = [self.whom(text) for text in services]
        elif before is not None:
            named = [(each.administration, each.service) for each in before.services]
        else:
            named = [
                (each.administration, each.service)
                for each in sorted(
                    self.contacts().values(),
                    key=lambda e: (e.administration, e.service != "", e.service),
                )
                if is_active(each, self.on)
            ]
        return tuple(self._asked(*each) for each in dict.fromkeys(named))

    def _asked(self, administration: str, service: str) -> AskedService:
        person = self.person_asked(administration, service)
        return AskedService(
            administration=administration,
            service=service,
            contact=person.id if person else "",
            asked_on=self.on,
        )

    def whom(self, text: str) -> tuple[str, str]:
        """The administration and the service meant by “ADMINISTRATION/Service”.

        Raises:
            NotFound: there is no such administration.
        """
        try:
            return self.administration(text.strip()).id, ""
        except NotFound:
            name, slash, service = text.partition("/")
            if not slash:
                raise
            return self.administration(name.strip()).id, service.strip()

    def close_round(self, text: str) -> NeedsRound:
        """Close a round: nobody is waited for any longer."""
        found = self.round(text)
        closed = replace(found, closed_on=self.on)
        return self._changed(found, closed, f"close-round {found.id}")

    def reopen_round(self, text: str) -> NeedsRound:
        """Open a round again that was closed too soon."""
        found = self.round(text)
        return self._changed(
            found, replace(found, closed_on=None), f"reopen-round {found.id}"
        )

    def _changed(self, before: NeedsRound, after: NeedsRound, why: str) -> NeedsRound:
        if after != before:
            self.commit([self.change(after, of=before)], why=why)
        return after

    def ask_service(self, text: str, whom: str) -> NeedsRound:
        """Ask one service more in a round that is under way."""
        found = self.round(text)
        administration, service = self.whom(whom)
        if place_of(found, administration, service) is not None:
            raise Refused(
                say(
                    "{whom} is asked in this round already.", whom=self.asked_name(whom)
                )
            )
        asked = (*found.services, self._asked(administration, service))
        return self._changed(
            found, replace(found, services=asked), f"ask-service {found.id}"
        )

    def leave_service(self, text: str, whom: str) -> NeedsRound:
        """Ask a service no longer in a round."""
        found = self.round(text)
        index = self._asked_place(found, whom)
        kept = found.services[:index] + found.services[index + 1 :]
        return self._changed(
            found, replace(found, services=kept), f"leave-service {found.id}"
        )

    def asked_name(self, whom: str) -> Message | Arg:
        """What an administration, or one of its services, is called."""
        administration, service = self.whom(whom)
        name = called(self.administrations()[administration])
        if not service:
            return name
        return say("{one} – {other}", one=name, other=service)

    def _asked_place(self, found: NeedsRound, whom: str) -> int:
        administration, service = self.whom(whom)
        index = place_of(found, administration, service)
        if index is not None:
            return index
        own = [e for e in found.services if e.administration == administration]
        names = ", ".join(f"{administration}/{e.service}" for e in own if e.service)
        raise NotFound(
            say(
                "{whom} is not asked in this round. Asked there: {names}. Add it with "
                "`rounds ask {id}`.",
                whom=self.asked_name(whom),
                names=names or "–",
                id=found.id,
            )
        )

    # Answers and reminders.

    def answer_round(
        self,
        text: str,
        whom: str,
        answer: ServiceAnswer | None,
        *,
        by: str = "",
        day: date | None = None,
        note: str = "",
    ) -> NeedsRound:
        """Record what a service answered; None takes an answer back.

        Raises:
            NotFound: the service is not asked in that round.
            UsageError: the day of the answer is still to come, or before the round.
        """
        return self.answer_services(text, [whom], answer, by=by, day=day, note=note)

    def answer_services(
        self,
        text: str,
        whom: Collection[str],
        answer: ServiceAnswer | None,
        *,
        by: str = "",
        day: date | None = None,
        note: str = "",
    ) -> NeedsRound:
        """Record the same answer of several services, as one change."""
        found = self.round(text)
        answered = day or self.on
        if answer is not None:
            _possible(found, answered, self.on)
        services = list(found.services)
        for each in whom:
            index = self._asked_place(found, each)
            services[index] = replace(
                services[index],
                answer=answer,
                answered_on=answered if answer else None,
                answered_by=by.strip() if answer else "",
                note=note.strip() or services[index].note,
            )
        return self._changed(
            found, replace(found, services=tuple(services)), f"answer-round {found.id}"
        )


def _begun(entry: Entry) -> set[str]:
    """The rounds that an entry of the history opened."""
    return {
        each.id
        for each in entry.changes
        if each.kind is NeedsRound and each.before is None
    }


def _opened(entry: Entry) -> list[str]:
    """The needs that an entry of the history opened."""
    return [
        each.id
        for each in entry.changes
        if isinstance(each.after, Need)
        and each.after.status is NeedStatus.OPEN
        and not (
            isinstance(each.before, Need) and each.before.status is not NeedStatus.DRAFT
        )
    ]


def _living(opened: Iterable[str], needs: Mapping[str, Need]) -> tuple[Need, ...]:
    """Those that are still there, the first opened first."""
    found = [needs[id_] for id_ in opened if id_ in needs]
    return tuple(reversed(found))


def place_of(found: NeedsRound, administration: str, service: str) -> int | None:
    """Where a service stands among those asked; None where it is not asked."""
    from jointbuy.schedule.asked_services import plainly

    wanted = plainly(service)
    return next(
        (
            index
            for index, each in enumerate(found.services)
            if each.administration == administration and plainly(each.service) == wanted
        ),
        None,
    )


def _possible(found: NeedsRound, answered: date, on: date) -> None:
    if answered > on:
        raise UsageError(
            say(
                "{day} is still to come: an answer is recorded once it is given.",
                day=answered,
            )
        )
    if found.opened_on is not None and answered < found.opened_on:
        raise UsageError(
            say(
                "The round was opened on {opened}: nobody answered it on {day}.",
                opened=found.opened_on,
                day=answered,
            )
        )
