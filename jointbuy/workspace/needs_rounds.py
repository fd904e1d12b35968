"""Rounds of needs, with reminders to the services that are silent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jointbuy.errors import Refused, say
from jointbuy.model import Channel, Reminder
from jointbuy.workspace.asked_rounds import RoundState
from jointbuy.workspace.names import called
from jointbuy.workspace.returning_needs import Carried, ReturningNeeds

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from pathlib import Path

    from jointbuy.errors import Message
    from jointbuy.model import Administration, ContactPerson, Need
    from jointbuy.schedule.asked_services import ServiceState


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


class NeedsRounds(ReturningNeeds):
    """Asking every service what it needs, and following up who does not answer."""

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


def _language(person: ContactPerson | None, first: Administration | None) -> str:
    if person is not None and person.language:
        return person.language
    return first.languages[0] if first is not None and first.languages else ""


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
