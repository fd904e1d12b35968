"""The yearly round of needs: who is asked, who answered, who is silent."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from jointbuy.errors import NotFound, Refused, UsageError, say, word
from jointbuy.model import (
    AskedService,
    Channel,
    ContactPerson,
    Need,
    NeedsRound,
    NeedStatus,
    Reminder,
    ServiceAnswer,
)
from jointbuy.model.lookup import find
from jointbuy.model.period import add_months
from jointbuy.workspace.names import called
from jointbuy.workspace.records import Records

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date
    from pathlib import Path

    from jointbuy.errors import Arg, Message
    from jointbuy.model import Administration
    from jointbuy.schedule.asked_services import ServiceState
    from jointbuy.store.port import Entry

YEAR_MONTHS = 12


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """The text of a reminder, in the language of who gets it."""

    to: str
    name: str
    address: str
    language: str
    subject: str
    body: str

    @property
    def addressed(self) -> Message:
        """To whom it goes."""
        if self.address:
            return say("To: {name} <{address}>", name=self.name, address=self.address)
        return say("To: {name}", name=self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminded:
    """The reminders that were logged, and what to write to each."""

    reminders: tuple[Reminder, ...]
    mails: tuple[Mail, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """The drafts made of last year's needs, and those left out with the reason."""

    needs: tuple[Need, ...]
    left: tuple[tuple[Need, Message], ...] = ()


class NeedsRounds(Records):
    """Asking every service what it needs, and following up who does not answer."""

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
        contacts = self.contacts()
        person = contacts.get(contact)
        seen: set[str] = set()
        while person is not None and person.id not in seen:
            if _active(person, self.on):
                return person
            seen.add(person.id)
            person = contacts.get(person.successor)
        from jointbuy.schedule.asked_services import plainly

        active = [
            each
            for each in contacts.values()
            if each.administration == administration and _active(each, self.on)
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
                    "or name services with --service."
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
        found = self.round(text)
        whole = {each.administration for each in found.services}
        missing = [id_ for id_ in self.administrations() if id_ not in whole]
        for person in self.contacts().values():
            who = person.administration
            if who not in whole or not _active(person, self.on):
                continue
            if person.service and _place(found, who, person.service) is None:
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
                if _active(each, self.on)
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
        if _place(found, administration, service) is not None:
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
        index = _place(found, administration, service)
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

    def remind_round(
        self,
        text: str,
        whom: str | Collection[str] = "",
        *,
        channel: Channel = Channel.MAIL,
        note: str = "",
    ) -> Reminded:
        """Log a reminder to every silent service, or to some, as one change.

        After the last day the main contact of the administration is reminded too.

        Raises:
            Refused: the round is closed, or nobody is silent.
        """
        state = self.round_state(text)
        if state.round.closed_on is not None:
            raise Refused(
                say(
                    "This round was closed on {day}: nobody is reminded. Open it "
                    "again with `rounds reopen {id}`.",
                    day=state.round.closed_on,
                    id=state.round.id,
                )
            )
        silent = state.silent
        if whom:
            named = [whom] if isinstance(whom, str) else whom
            places = {self._asked_place(state.round, each) for each in named}
            asked = {state.services[place].id for place in places}
            silent = tuple(each for each in silent if each.id in asked)
        if not silent:
            raise Refused(say("Everybody asked has answered: nobody is reminded."))
        reminders = [
            Reminder(
                id=self.new_id("r"),
                about=each.id,
                on=self.on,
                to=to,
                channel=channel,
                by=self.user,
                note=note.strip(),
            )
            for each in silent
            for to in self._reminded(each)
        ]
        self.commit(
            [self.change(each, of=None) for each in reminders],
            why=f"remind-services {state.round.id}",
        )
        return Reminded(reminders=tuple(reminders), mails=self._mails(state, silent))

    def round_mails(self, text: str) -> tuple[Mail, ...]:
        """What to write to the silent services, one text for each person."""
        state = self.round_state(text)
        return self._mails(state, state.silent)

    def write_round_mails(
        self, path: Path, text: str, *, overwrite: bool = False
    ) -> int:
        """Write the mails to the silent services as one text; how many.

        Raises:
            Refused: the file is there already, or cannot be written.
        """
        from jointbuy.documents.files import write_file
        from jointbuy.l10n.catalogue import catalogue

        told = catalogue(self.language).say
        mails = self.round_mails(text)
        pages = [
            "\n".join(
                (
                    told(mail.addressed),
                    told(say("Subject: {subject}", subject=mail.subject)),
                    "",
                    mail.body,
                )
            )
            for mail in mails
        ]
        content = "\n\n----\n\n".join(pages) + "\n"
        write_file(path.parent, path.name, content.encode(), overwrite=overwrite)
        return len(mails)

    def _reminded(self, state: ServiceState) -> tuple[str, ...]:
        """Who is reminded: the one asked and, after the last day, the main contact."""
        people = [state.contact]
        if state.due is not None and state.due < self.on:
            main = self.person_asked(state.administration)
            people.append(main.id if main else "")
        return tuple(dict.fromkeys(each for each in people if each)) or ("",)

    def _mails(
        self, state: RoundState, silent: Iterable[ServiceState]
    ) -> tuple[Mail, ...]:
        whose: dict[str, list[ServiceState]] = {}
        for each in silent:
            for to in self._reminded(each):
                whose.setdefault(to or f" {each.administration}", []).append(each)
        before = self.last_years(state.round.id)
        return tuple(
            self._mail(
                state,
                to,
                own,
                [need for e in own for need in before[e.administration, e.service]],
            )
            for to, own in whose.items()
        )

    def _mail(
        self,
        state: RoundState,
        to: str,
        silent: Collection[ServiceState],
        before: Collection[Need],
    ) -> Mail:
        from jointbuy.l10n.catalogue import catalogue

        administrations = self.administrations()
        person = self.contacts().get(to)
        first = administrations.get(next(iter(silent)).administration)
        language = _language(person, first) or self.language
        told = catalogue(language).say
        paragraphs = [told(e) for e in _letter(state, silent, administrations)]
        if before:
            year = str(self._year_before(state.round))
            listed = "\n".join(f"- {need.title}" for need in before)
            asked = told(
                say(
                    "Say of each of your needs of {year} whether it returns:", year=year
                )
            )
            paragraphs.insert(-1, f"{asked}\n{listed}")
        return Mail(
            to=to.strip() if person else "",
            name=person.name if person else (first.name(language) if first else ""),
            address=person.email if person else "",
            language=language,
            subject=told(say("Needs {year}: your answer", year=str(state.round.year))),
            body="\n\n".join(paragraphs),
        )

    # Last year's needs.

    def last_year(self, text: str, whom: str) -> tuple[Need, ...]:
        """The needs a service had the year before, to be confirmed or dropped."""
        administration, service = self.whom(whom)
        found = self.round(text)
        place = _place(found, administration, service)
        if place is not None:
            service = found.services[place].service
        return self._last_years(found, (administration, service))[
            administration, service
        ]

    def last_years(self, text: str) -> dict[tuple[str, str], tuple[Need, ...]]:
        """The same of every service asked, by administration and service."""
        return self._last_years(self.round(text))

    def _last_years(
        self, found: NeedsRound, *more: tuple[str, str]
    ) -> dict[tuple[str, str], tuple[Need, ...]]:
        """By service its needs of the year before; of no service asked, the whole's."""
        from jointbuy.schedule.asked_services import plainly

        year = self._year_before(found)
        asked = [(each.administration, each.service) for each in found.services]
        places = {(who, plainly(name)): (who, name) for who, name in (*asked, *more)}
        had: dict[tuple[str, str], list[Need]] = {key: [] for key in (*asked, *more)}
        for need in self.needs().values():
            if need.status is NeedStatus.WITHDRAWN or _year(need) != year:
                continue
            who = need.administration
            place = places.get((who, plainly(need.service))) or places.get((who, ""))
            if place is not None:
                had[place].append(need)
        return {key: tuple(needs) for key, needs in had.items()}

    def _year_before(self, found: NeedsRound) -> int:
        before = self.rounds().get(found.previous)
        if before is not None and before.year is not None:
            return before.year
        return (found.year or self.on.year) - 1

    def carry_needs(self, text: str, whom: str, ids: Collection[str] = ()) -> Carried:
        """Make drafts for this year of last year's needs, to be confirmed.

        Their days and budget year move along. Without ids all are taken but those of
        more than a year, which need not be bought again, and those carried already.

        Raises:
            Refused: there is nothing to carry over.
        """
        found = self.round(text)
        theirs = {need.id: need for need in self.last_year(text, whom)}
        named = [find(id_, theirs, word("need of last year")) for id_ in ids]
        mark = {need.origin: need.id for need in self.needs().values()}
        years = (found.year or self.on.year) - self._year_before(found)
        left: list[tuple[Need, Message]] = []
        made: list[Need] = []
        for need in named or theirs.values():
            origin = self._carried_from(found, need)
            if origin in mark:
                left.append((need, say("carried over already: {id}", id=mark[origin])))
            elif not named and (need.duration_months or 0) > YEAR_MONTHS * years:
                left.append(
                    (
                        need,
                        say(
                            "bought for {n} months: name it to carry it over all the "
                            "same",
                            n=need.duration_months or 0,
                        ),
                    )
                )
            else:
                made.append(_moved(need, years, id_=self.new_id("n"), origin=origin))
        if not made and not left:
            raise Refused(
                say(
                    "{whom} has no needs of {year} in the register: add its needs with "
                    "`needs add`.",
                    whom=self.asked_name(whom),
                    year=str(self._year_before(found)),
                )
            )
        self.commit(
            [self.change(need, of=None) for need in made], why=f"carry {found.id}"
        )
        return Carried(needs=tuple(made), left=tuple(left))

    def _carried_from(self, found: NeedsRound, need: Need) -> str:
        from jointbuy.l10n.catalogue import catalogue

        return catalogue(self.language).say(
            say("Carried over from {id} for {year}", id=need.id, year=str(found.year))
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


def _active(person: ContactPerson, on: date) -> bool:
    started = person.active_from is None or person.active_from <= on
    return started and (person.active_until is None or on <= person.active_until)


def _place(found: NeedsRound, administration: str, service: str) -> int | None:
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


def _language(person: ContactPerson | None, first: Administration | None) -> str:
    if person is not None and person.language:
        return person.language
    return first.languages[0] if first is not None and first.languages else ""


def _year(need: Need) -> int | None:
    day = need.earliest or need.latest
    return need.budget_year or (day.year if day else None)


def _moved(need: Need, years: int, *, id_: str, origin: str) -> Need:
    """The need so many years later, as a draft; what it replaced is replaced."""
    ahead = YEAR_MONTHS * years
    return replace(
        need,
        id=id_,
        status=NeedStatus.DRAFT,
        earliest=add_months(need.earliest, ahead) if need.earliest else None,
        latest=add_months(need.latest, ahead) if need.latest else None,
        budget_year=need.budget_year + years if need.budget_year else None,
        replaces="",
        seen_on=None,
        origin=origin,
    )


def _letter(
    state: RoundState,
    silent: Collection[ServiceState],
    administrations: Mapping[str, Administration],
) -> Iterable[Message]:
    """The paragraphs of a reminder."""
    round_ = state.round
    yield say("Good day,")
    if state.days_left is not None and round_.due is not None:
        year = str(round_.year)
        if state.days_left < 0:
            yield say(
                "We asked for your needs of {year} by {due}. That day has passed, and "
                "we have not heard from you yet.",
                year=year,
                due=round_.due,
            )
        else:
            yield say(
                "We asked for your needs of {year} by {due} at the latest and have not "
                "heard from you yet.",
                year=year,
                due=round_.due,
            )
    services = [each for each in silent if each.service]
    if services:
        names = ", ".join(dict.fromkeys(each.service for each in services))
        yield say("It concerns: {services}.", services=names)
    if len(services) < len(silent):
        whole = next(each.administration for each in silent if not each.service)
        if whole in administrations:
            yield say(
                "It concerns {name} as a whole.", name=called(administrations[whole])
            )
    yield say(
        "Send us the list of what you need, or answer that you need nothing: that is "
        "an answer too. What is not known in time cannot be bought together."
    )
    yield say("Kind regards,")


__all__ = ["Carried", "Mail", "NeedsRounds", "Reminded", "RoundState"]
