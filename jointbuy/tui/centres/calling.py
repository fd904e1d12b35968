"""Calls for interest: asking, answering, and proving the answer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jointbuy.errors import JointbuyError, Message, UsageError, say, word
from jointbuy.model import (
    InterestAnswer,
)
from jointbuy.tui.centres.aimed import Aimed
from jointbuy.tui.centres.calls import both, what_of, who_of
from jointbuy.tui.centres.columns import title
from jointbuy.tui.centres.rows import Asked
from jointbuy.tui.centres.words import SHORT_ANSWERS
from jointbuy.tui.dialogs.writing import path_typed
from jointbuy.tui.listing import Column, Listing
from jointbuy.workspace import (
    Given,
    parse_amount,
    parse_day,
    parse_quantity,
    unreadable,
)
from jointbuy.workspace.standing import Offer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from jointbuy.tui.dialogs.sheet import Slot
    from jointbuy.tui.speech import Speech
    from jointbuy.workspace import Called

PLAIN_DAY = re.compile(r"\s*[0-9]{1,2}[/.-][0-9]{1,2}[/.-]?\s*")
"""A day without its year."""


class Calling(Aimed):
    """The calls for interest that the rows are about."""

    def _asked(self) -> list[Asked]:
        """The administrations before a call that the rows marked are about."""
        found: list[Asked] = []
        for row in self.grid.marked_rows:
            if isinstance(row, Asked):
                found.append(row)
            elif isinstance(row, Offer):
                found += (
                    Asked(offer=row, standing=standing, due=None)
                    for standing in row.standings
                )
        return found

    async def _whom(self, heading: Message, found: Sequence[Asked]) -> list[Asked]:
        """Those of them that are meant: the rows that are marked, else asked for."""
        marked = {each.id for each in self.grid.marked_rows if isinstance(each, Asked)}
        if len(found) <= 1 or all(each.id in marked for each in found):
            return list(found)
        from jointbuy.tui.dialogs.several import Several

        chosen = await self.terminal.put(Several(heading, _administrations(found)))
        return chosen or []

    def can_answer(self) -> bool:
        """Whether a call can be answered here."""
        return any(map(_concerned, self._asked()))

    def action_answer(self) -> None:
        """Answer for the administrations that are marked."""
        self.terminal.work(self._answer())

    async def _answer(self) -> None:
        found = await self._whom(
            say("Who answers?"), [each for each in self._asked() if _concerned(each)]
        )
        if not found:
            return
        given = await self._yes_or_no(found)
        if given is not None:
            await self._given(found, given=given)

    def can_correct(self) -> bool:
        """Whether one answer that is recorded is looked at."""
        row = self.grid.row
        return isinstance(row, Asked) and _is_answered(row)

    async def correct(self, found: Asked) -> None:
        """Change the day or the maximum of an answer that is recorded."""
        known = found.standing.interest
        if known is not None:
            yes = known.answer is InterestAnswer.YES
            await self._given([found], given=yes)

    async def _given(self, found: Sequence[Asked], *, given: bool) -> None:
        """Ask for the day and every maximum at once, and record the answers."""
        from jointbuy.tui.centres.answering import Answers

        async def record(values: dict[str, str]) -> Sequence[Called]:
            on = await self.terminal.ask(lambda w: w.on)
            answers = [
                _as_given(each, at, values, on, given=given)
                for at, each in enumerate(found)
            ]
            return await self.terminal.ask(lambda w: w.answer_interests(answers))

        slots = _slots(found, self.terminal.day, self.speech, given=given)
        called: Sequence[Called] | None = await self.terminal.put(
            Answers(_heading(found, given=given), slots, record)
        )
        if called is None:
            self.terminal.tell(say("Nothing was recorded."))
            return
        self._answered(found, called, given=given)

    def _answered(
        self, found: Sequence[Asked], called: Sequence[Called], *, given: bool
    ) -> None:
        """Say what was recorded, and what is still to be done."""
        remarks = _remarks(called)
        if not any(each.changed for each in called):
            self.tell_all([say("Nothing was changed."), *remarks])
            return
        told = say("Answers to calls for interest recorded: {n}.", n=len(found))
        if len(found) == 1 and given:
            told = say("Interest marked: {name}.", name=both(found[0]))
        elif len(found) == 1:
            told = say("Call for interest answered no: {name}.", name=both(found[0]))
        if given and any(
            each.interest.maximum_quantity is None
            and each.interest.maximum_amount is None
            for each in called
        ):
            remarks.append(
                say(
                    "Interest was marked without a maximum: the centre must publish a "
                    "maximum quantity or amount for each beneficiary."
                )
            )
        doubtful = bool(remarks)
        if given and any(each.interest.proof is None for each in called):
            remarks.append(say("Keep the proof that it was sent: b."))
        self.tell_all([told, *remarks], doubtful=doubtful)

    async def _yes_or_no(self, found: Sequence[Asked]) -> bool | None:
        from jointbuy.tui.dialogs.picker import Picker, choices

        heading = say("Answer of {n} administrations", n=len(found))
        if len(found) == 1:
            heading = say("Answer of {who}", who=who_of(found[0]))
        chosen = await self.terminal.put(
            Picker(
                heading,
                choices(
                    (
                        ("yes", say("Yes: it will take part")),
                        ("no", say("No: it will not take part")),
                    )
                ),
            )
        )
        return None if chosen is None else chosen[0] == "yes"

    def _not_asked(self) -> list[Asked]:
        """Who of the rows marked was not asked yet; else who else could be.

        Where everybody was, those marked: the centre puts off the day.
        """
        found = self._asked()
        others = [each for each in found if _unasked(each)] or [
            Asked(offer=each.offer, standing=standing, due=each.due)
            for each in found[:1]
            for standing in each.offer.standings
            if _unasked(Asked(offer=each.offer, standing=standing, due=each.due))
        ]
        return others or [each for each in found if each.offer.phase != "ENDED"]

    def can_ask(self) -> bool:
        """Whether there is somebody to ask, or to give another day."""
        return bool(self._not_asked())

    def action_ask(self) -> None:
        """Record that the centre asks."""
        self.terminal.work(self._ask())

    async def _ask(self) -> None:
        from jointbuy.tui.dialogs.question import Question

        found = await self._whom(say("Whom does the centre ask?"), self._not_asked())
        if not found:
            return
        on = await self.terminal.ask(lambda w: w.on)
        closing = found[0].offer.framework.interest_deadline
        text = f"{closing:%d/%m/%Y}" if closing is not None and closing >= on else ""
        typed = await self.terminal.put(
            Question(
                say("Answer due by"),
                text=text,
                hint=say(
                    "The last day on which the centre takes the answer; no answer by "
                    "then counts as no."
                ),
                check=lambda each: _due(each, on, optional=closing is not None),
            )
        )
        if typed is None:
            return
        due = parse_day(typed, on=on, end=True) if typed else None

        pairs = [_pair(each) for each in found]
        called = await self.terminal.ask(lambda w: w.ask_interests(pairs, due=due))
        told = say("Calls for interest recorded: {n}.", n=len(found))
        if len(found) == 1:
            told = say("Call for interest recorded: {name}.", name=both(found[0]))
        remarks = _remarks(called)
        self.tell_all([told, *remarks], doubtful=bool(remarks))

    def can_prove(self) -> bool:
        """Whether there is an answer to prove."""
        return any(_is_answered(each) for each in self._asked())

    def action_prove(self) -> None:
        """Keep the proof that the answer was sent."""
        self.terminal.work(self._prove())

    async def _prove(self) -> None:
        from jointbuy.tui.dialogs.question import Question

        found = await self._whom(
            say("Whose answer does the paper prove?"),
            [each for each in self._asked() if _is_answered(each)],
        )
        if not found:
            return
        if len(found) == 1 and _late(found[0]):
            await self._prove_late(found[0])
            return
        typed = await self.terminal.put(
            Question(
                say("Paper that shows that the answer was sent"),
                hint=say(
                    "Type or paste the file with its folder. Its name and its digest "
                    "are kept; the file stays where it is."
                ),
                check=_readable,
            )
        )
        if typed is None:
            return
        file = path_of(typed)

        pairs = [_pair(each) for each in found]
        await self.terminal.ask(lambda w: w.prove_interests(pairs, file))
        told = say("Proofs of answers kept: {n}.", n=len(found))
        if len(found) == 1:
            told = say("Proof of the answer kept: {name}.", name=both(found[0]))
        self.tell_all([told])

    async def _prove_late(self, each: Asked) -> None:
        """Keep the paper on a late answer: that it was sent, or that it is taken."""
        from jointbuy.tui.dialogs.sheet import Sheet, Slot

        framework, who = _pair(each)

        async def keep(values: dict[str, str]) -> Message:
            if not values["file"]:
                raise UsageError(say("Write the file with its folder."))
            _readable(values["file"])
            file = path_of(values["file"])
            if values["shows"] == SENT:
                await self.terminal.ask(
                    lambda w: w.prove_interest(framework, who, file)
                )
                return say("Proof of the answer kept: {name}.", name=both(each))
            on = await self.terminal.ask(lambda w: w.on)
            day = _sent(values["day"], on)
            await self.terminal.ask(
                lambda w: w.accept_interest(framework, who, file, day=day)
            )
            return say("The centre takes the answer: {name}.", name=both(each))

        told = await self.terminal.put(
            Sheet(
                say("Paper on an answer that came too late"),
                (
                    Slot(
                        id="shows",
                        label=say("What it shows"),
                        choices=(
                            (TAKEN, word("the centre takes it all the same")),
                            (SENT, word("when it was sent")),
                        ),
                        hint=say(
                            "Only a paper of the centre lets a late answer count; from "
                            "the launch on nothing does."
                        ),
                    ),
                    Slot(
                        id="file",
                        label=say("File"),
                        hint=say(
                            "Type or paste the file with its folder. Its name and its "
                            "digest are kept; the file stays where it is."
                        ),
                    ),
                    Slot(
                        id="day",
                        label=say("Day of the paper"),
                        value=self.speech.day(self.terminal.day),
                        hint=say("The day on which the centre wrote it."),
                    ),
                ),
                keep,
            )
        )
        if told is not None:
            self.tell_all([told])


TAKEN, SENT = "taken", "sent"


def _late(each: Asked) -> bool:
    """Whether its yes came too late to count."""
    known = each.standing.interest
    yes = known is not None and known.answer is InterestAnswer.YES
    return yes and each.standing.status == "NO_ANSWER"


def _unasked(each: Asked) -> bool:
    known = each.standing.interest
    return each.offer.phase != "ENDED" and (
        known is None or (known.asked_on is None and known.answer is None)
    )


def _is_answered(each: Asked) -> bool:
    known = each.standing.interest
    return known is not None and known.answer is not None


def _concerned(each: Asked) -> bool:
    """Whether it is for that administration to answer, while it makes a difference."""
    if each.offer.phase == "ENDED":
        return False
    return each.standing.concerned or bool(each.standing.adhesions)


def _pair(each: Asked) -> tuple[str, str]:
    """The framework agreement and the administration, by id."""
    return each.offer.framework.id, each.standing.administration.id


def _heading(found: Sequence[Asked], *, given: bool) -> Message:
    """What is answered, and by whom."""
    if len(found) > 1:
        if given:
            return say("Yes of {n} administrations", n=len(found))
        return say("No of {n} administrations", n=len(found))
    if given:
        return say("Yes of {who}", who=who_of(found[0]))
    return say("No of {who}", who=who_of(found[0]))


def _slots(
    found: Sequence[Asked], on: date | None, speech: Speech, *, given: bool
) -> tuple[Slot, ...]:
    """The day the answer was sent, and the maximum of each; what is known stands."""
    from jointbuy.tui.dialogs.sheet import Slot

    same = InterestAnswer.YES if given else InterestAnswer.NO
    known = [each.standing.interest for each in found]
    days = {
        each.answered_on if each and each.answer is same else None for each in known
    }
    day = next(iter(days)) if len(days) == 1 else None
    slots = [
        Slot(
            id="day",
            label=say("Day it was sent"),
            value=speech.day(day or on),
            hint=say(
                "The day on which the answer left, such as 3/3 or today; after the "
                "last day it counts as no answer."
            ),
        )
    ]
    for at, each in enumerate(found if given else ()):
        slots += _maxima(at, each, speech, alone=len(found) == 1)
    return tuple(slots)


def _maxima(at: int, each: Asked, speech: Speech, *, alone: bool) -> Iterator[Slot]:
    """The most one administration may order: a quantity, and an amount."""
    from jointbuy.tui.dialogs.sheet import Slot

    known = each.standing.interest
    quantity = amount = ""
    if known is not None and known.maximum_quantity is not None:
        quantity = f"{speech.number(known.maximum_quantity)} {known.unit}".strip()
    if known is not None and known.maximum_amount is not None:
        amount = speech.number(known.maximum_amount)
    who = who_of(each)
    yield Slot(
        id=f"quantity {at}",
        label=say("Maximum quantity") if alone else say("Quantity – {who}", who=who),
        value=quantity,
        hint=say(
            "{framework}: the most it may order, with the unit, such as 260 "
            "desks; leave it empty if only an amount is fixed.",
            framework=what_of(each),
        ),
    )
    yield Slot(
        id=f"amount {at}",
        label=say("Maximum amount") if alone else say("Amount – {who}", who=who),
        value=amount,
        hint=say(
            "{framework}: euro excluding VAT for the whole duration; leave it "
            "empty if only a quantity is fixed. The centre must publish one of "
            "the two.",
            framework=what_of(each),
        ),
    )


def _as_given(
    each: Asked, at: int, values: Mapping[str, str], on: date, *, given: bool
) -> Given:
    """The answer as it is recorded, from what was typed.

    Raises:
        JointbuyError: a day, a quantity or an amount is none.
    """
    quantity = values.get(f"quantity {at}", "")
    amount = values.get(f"amount {at}", "")
    most = parse_quantity(quantity) if quantity else None
    framework, who = _pair(each)
    return Given(
        framework=framework,
        administration=who,
        answer=InterestAnswer.YES if given else InterestAnswer.NO,
        maximum_quantity=most.amount if most else None,
        unit=most.unit if most else "",
        maximum_amount=parse_amount(amount) if amount else None,
        day=_sent(values["day"], on),
        whole=True,
    )


def _sent(text: str, on: date) -> date | None:
    """The day an answer was sent; one without its year lies behind."""
    if not text:
        return None
    day = parse_day(text, on=on)
    if day > on and PLAIN_DAY.fullmatch(text):
        whole = text.strip().rstrip("./-")
        behind = (parse_day(f"{whole}/{on.year - back}", on=on) for back in (0, 1))
        return next((each for each in behind if each <= on), day)
    return day


def _remarks(called: Sequence[Called]) -> list[Message]:
    """What is remarked, each remark once."""
    found: list[Message] = []
    for each in called:
        found += (remark for remark in each.remarks if remark not in found)
    return found


def _due(text: str, on: date, *, optional: bool) -> None:
    if not text.strip() and optional:
        return
    due = parse_day(text, on=on, end=True)
    if due < on:
        raise JointbuyError(
            say(
                "The answer cannot be due on {due}, before it was asked on {asked}: "
                "correct one of the two days.",
                due=due,
                asked=on,
            )
        )


def path_of(text: str) -> Path:
    """The file that is meant by what was typed, pasted or dropped.

    >>> path_of("'/a/b c.pdf' ").name
    'b c.pdf'
    """
    bare = text.strip()
    for sign in ("'", '"'):
        if len(bare) > 1 and bare.startswith(sign) and bare.endswith(sign):
            bare = bare[1:-1]
    path = path_typed(bare)
    if not path.exists() and "\\ " in bare:
        path = path_typed(bare.replace("\\ ", " "))
    return path


def _readable(text: str) -> None:
    path = path_of(text)
    if path.is_dir():
        raise unreadable(path, IsADirectoryError())
    try:
        with path.open("rb"):
            return
    except OSError as error:
        raise unreadable(path, error) from None


def _administrations(found: Sequence[Asked]) -> Listing[Asked]:
    return Listing(
        rows=tuple(found),
        columns=(
            Column(
                id="administration",
                heading=say("Administration"),
                width=20,
                grow=2,
                text=lambda row, speech: row.standing.administration.name(
                    speech.language
                ),
            ),
            Column(
                id="answer",
                heading=say("Answer"),
                width=16,
                text=lambda row, speech: speech.say(SHORT_ANSWERS[row.standing.status]),
            ),
            Column(
                id="title",
                heading=say("Object"),
                width=16,
                grow=1,
                text=lambda row, speech: title(row.offer.framework, speech),
            ),
        ),
    )
