"""What is done about a deadline: reminding, putting off with a reason, doing."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from jointbuy.errors import NotFound, Problem, Refused, UsageError, say
from jointbuy.model import (
    ActionPoint,
    Channel,
    Level,
    Reminder,
    Snooze,
)
from jointbuy.store.port import Change
from jointbuy.workspace.deadlines import Deadlines
from jointbuy.workspace.entries import Entered, Entries

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from jointbuy.errors import Message
    from jointbuy.model import Deadline, Record

LONGEST = 90
"""Days for which what is overdue can be put off at most; then it is looked at again."""


class FollowUps(Deadlines, Entries):
    """Reminders, what was put off, and action points."""

    def remind(
        self,
        about: str,
        *,
        to: str = "",
        channel: Channel = Channel.MAIL,
        on: date | None = None,
        note: str = "",
    ) -> Reminder:
        """Record that somebody was reminded of a deadline, or of any record.

        `about` is the id or code of a deadline, or the id of a record; `to` the id or
        name of a contact person, or any name, and by itself who must act; the day is
        today unless one is given.

        Raises:
            NotFound: there is no such deadline or record.
            Refused: the day is still to come, or nobody is known who was reminded.
        """
        id_, known = self._reminded_of(about)
        made = self._reminder(id_, to or known, channel, on, note)
        self.save(made, seen=0, why=f"remind {made.id}")
        return made

    def remind_all(
        self,
        found: Iterable[Deadline],
        *,
        to: str = "",
        channel: Channel = Channel.MAIL,
        on: date | None = None,
        note: str = "",
    ) -> tuple[Reminder, ...]:
        """Record that somebody was reminded of several deadlines, as one change.

        Without `to` it is who must act on each, else their administration.

        Raises:
            Refused: the day is still to come, or nobody is known who was reminded.
        """
        everyone = self.administrations()
        made = []
        for each in found:
            known = each.contact
            if not known and each.administration in everyone:
                known = everyone[each.administration].name(self.language)
            made.append(self._reminder(each.id, to or known, channel, on, note))
        self.commit(
            [Change(kind=Reminder, id=each.id, value=each) for each in made],
            why=f"remind {len(made)}",
        )
        return tuple(made)

    def reminded_of(self, about: str) -> frozenset[str]:
        """The ids under which reminders of a deadline or of a record are kept.

        Of a record, also those of its deadlines; of a deadline, those of its record.

        Raises:
            NotFound: there is no such deadline or record.
        """
        found = self.watch().deadlines
        if (record := self._record(about)) is not None:
            kept = {each.about for each in self.reminders().values()}
            mine = {id_ for id_ in kept if record.id in id_.split(":")}
            return frozenset({record.id, *mine})
        past = {each.about for each in self.reminders().values()}
        if about in past:
            return frozenset({about})
        id_, _ = self._reminded_of(about)
        subject = next((each.subject for each in found if each.id == id_), id_)
        return frozenset({id_, subject})

    def snooze(self, text: str, *, until: date, why: str) -> Snooze:
        """Put off a deadline until a day, for a reason; its own day stands.

        Never beyond its own day, so that it is seen again before it is missed; what
        is overdue, for three months at most. One whose day moves is reported again.

        Raises:
            NotFound: there is no such deadline.
            UsageError: it is struck out already.
            Refused: with what is wrong with the day or the reason.
        """
        deadline, reason = self.deadline(text), _clean(why)
        if deadline.cancelled:
            raise UsageError(say("“{title}” no longer applies.", title=deadline.what))
        if problems := tuple(_against(deadline, until, reason, self.on)):
            raise Refused(say("Nothing was kept: correct what follows."), problems)
        made = Snooze(
            id=deadline.id,
            until=until,
            why=reason,
            day=deadline.day,
            by=self.user,
            on=self.on,
        )
        self.save(made, why=f"snooze {made.id}")
        return made

    def wake(self, text: str) -> Snooze:
        """Report a deadline again that was put off.

        Raises:
            NotFound: it was not put off, or there is no such deadline.
        """
        known = self.snoozes()
        id_ = text if text in known else self.deadline(text).id
        if id_ not in known:
            raise NotFound(
                say("“{text}” was not put off: nothing is to be woken.", text=text)
            )
        stored = self.store.get(Snooze, id_)
        self.commit(
            [Change(kind=Snooze, id=id_, value=None, seen=stored.revision)],
            why=f"wake {id_}",
        )
        return stored.value

    def finish_action(self, text: str, on: date | None = None) -> Entered[ActionPoint]:
        """Record that an action point was done, today or on that day.

        Raises:
            NotFound: there is no such action point.
            Refused: the day is still to come.
        """
        point, day = self.record(ActionPoint, text), on or self.on
        if day > self.on:
            raise Refused(
                say("Nothing was kept: correct what follows."),
                (
                    Problem(
                        field="done_on",
                        label=say("Done on"),
                        value=day.isoformat(),
                        message=_ahead(day),
                    ),
                ),
            )
        if point.done_on == day:
            return Entered(record=point, changed=False)
        made = replace(point, done_on=day)
        self.save(made, why=f"done {made.id}")
        return Entered(record=made)

    def _reminded_of(self, text: str) -> tuple[str, str]:
        """The id of the deadline or record that is meant, and who must act."""
        watch = self.watch()
        deadline = next((each for each in watch.deadlines if each.id == text), None)
        if deadline is None and (record := self._record(text)) is not None:
            contact: str = getattr(record, "contact", "")
            if contact or not (whose := getattr(record, "administration", "")):
                return record.id, contact
            from jointbuy.schedule.acting import main_contact

            main = main_contact(whose, tuple(self.contacts().values()), self.on)
            return record.id, main.id if main else ""
        try:
            deadline = deadline or self.deadline(text)
        except NotFound as error:
            if any(each.name == "several" for each in error.message.args):
                raise
            raise NotFound(
                say("There is no deadline or record “{text}”.", text=text)
            ) from None
        return deadline.id, deadline.contact

    def _record(self, id_: str) -> Record | None:
        from jointbuy.model import type_names

        kinds: tuple[type[Any], ...] = tuple(type_names)
        found = (self.records(kind).get(id_) for kind in kinds if kind is not Snooze)
        return next((each for each in found if each is not None), None)

    def _reminder(
        self, about: str, to: str, channel: Channel, on: date | None, note: str
    ) -> Reminder:
        day, whom = on or self.on, self._whom(_clean(to))
        problems = []
        if day > self.on:
            problems.append(
                Problem(
                    field="on",
                    label=say("Reminded on"),
                    value=day.isoformat(),
                    message=_ahead(day),
                )
            )
        if not whom:
            problems.append(
                Problem(
                    field="to",
                    label=say("Who was reminded"),
                    message=say("Nobody is known who must act: say who was reminded."),
                )
            )
        if problems:
            raise Refused(
                say("Nothing was kept: correct what follows."), tuple(problems)
            )
        return Reminder(
            id=self.new_id("r"),
            about=about,
            on=day,
            to=whom,
            channel=channel,
            by=self.user,
            note=_clean(note),
        )

    def _whom(self, text: str) -> str:
        """The id of the only contact person called so, else the name as it is."""
        contacts = self.contacts()
        if text in contacts:
            return text
        alike = [
            person.id
            for person in contacts.values()
            if person.name.casefold() == text.casefold()
        ]
        return alike[0] if len(alike) == 1 else text


def _clean(text: str) -> str:
    from jointbuy.intake.text import clean

    return clean(text)[0].strip()


def _ahead(day: date) -> Message:
    return say(
        "{day} is still to come: this is recorded once it has happened.", day=day
    )


def _against(deadline: Deadline, until: date, why: str, on: date) -> Iterator[Problem]:
    """Everything that keeps a deadline from being put off until that day."""
    if not why:
        yield Problem(
            field="why",
            label=say("Reason"),
            message=say("Why it can wait is missing: others will ask."),
        )
    message: Message | None = None
    if until <= on:
        message = say("{until} is not to come any more: name a later day.", until=until)
    elif deadline.level is not Level.OVERDUE and until > deadline.day:
        message = say(
            "It must be seen again before it is missed: name {day} or a day before.",
            day=deadline.day,
        )
    elif deadline.level is Level.OVERDUE and until > on + timedelta(days=LONGEST):
        message = say(
            "It is overdue and can be put off for {days} days at most, until {day}.",
            days=LONGEST,
            day=on + timedelta(days=LONGEST),
        )
    if message is not None:
        yield Problem(
            field="until",
            label=say("Report it again on"),
            value=until.isoformat(),
            message=message,
        )
