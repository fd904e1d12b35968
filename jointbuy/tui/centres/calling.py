"""Calls for interest: asking, answering, and proving the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointbuy.errors import JointbuyError, Message, say
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
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from jointbuy.workspace import Called


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
        return bool(self._asked())

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
        if given is None:
            return
        most: list[tuple[str, str]] = []
        for each in found:
            maximum = await self._maximum(each) if given else ("", "")
            if maximum is None:
                return
            most.append(maximum)

        answers = [
            _given(each, given=given, maximum=maximum)
            for each, maximum in zip(found, most, strict=True)
        ]
        called = await self.terminal.ask(lambda w: w.answer_interests(answers))
        told = say("Answers to calls for interest recorded: {n}.", n=len(found))
        if len(found) == 1 and given:
            told = say("Interest marked: {name}.", name=both(found[0]))
        elif len(found) == 1:
            told = say("Call for interest answered no: {name}.", name=both(found[0]))
        remarks = _remarks(called)
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
        self.tell_all([told, *remarks], doubtful=bool(remarks))

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

    async def _maximum(self, each: Asked) -> tuple[str, str] | None:
        """The most it may order, as typed: a quantity and an amount."""
        from jointbuy.tui.dialogs.question import Question

        known = each.standing.interest
        quantity = amount = ""
        if known is not None and known.maximum_quantity is not None:
            quantity = f"{self.speech.number(known.maximum_quantity)} {known.unit}"
        if known is not None and known.maximum_amount is not None:
            amount = self.speech.number(known.maximum_amount)
        most = await self.terminal.put(
            Question(
                say("Maximum quantity – {who}", who=who_of(each)),
                text=quantity.strip(),
                hint=say(
                    "{framework}: the most it may order, with the unit, such as 260 "
                    "desks; leave it empty if only an amount is fixed.",
                    framework=what_of(each),
                ),
                check=_quantity,
            )
        )
        if most is None:
            return None
        money = await self.terminal.put(
            Question(
                say("Maximum amount – {who}", who=who_of(each)),
                text=amount,
                hint=say(
                    "{framework}: euro excluding VAT for the whole duration; leave it "
                    "empty if only a quantity is fixed. The centre must publish one of "
                    "the two.",
                    framework=what_of(each),
                ),
                check=_amount,
            )
        )
        return None if money is None else (most, money)

    def _not_asked(self) -> list[Asked]:
        """Who of the rows marked was not asked yet; else who else could be."""
        found = self._asked()
        return [each for each in found if _unasked(each)] or [
            Asked(offer=each.offer, standing=standing, due=each.due)
            for each in found[:1]
            for standing in each.offer.standings
            if _unasked(Asked(offer=each.offer, standing=standing, due=each.due))
        ]

    def can_ask(self) -> bool:
        """Whether there is somebody who was not asked yet."""
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


def _unasked(each: Asked) -> bool:
    known = each.standing.interest
    return each.offer.phase != "ENDED" and (
        known is None or (known.asked_on is None and known.answer is None)
    )


def _is_answered(each: Asked) -> bool:
    known = each.standing.interest
    return known is not None and known.answer is not None


def _concerned(each: Asked) -> bool:
    return each.standing.concerned or bool(each.standing.adhesions)


def _pair(each: Asked) -> tuple[str, str]:
    """The framework agreement and the administration, by id."""
    return each.offer.framework.id, each.standing.administration.id


def _given(each: Asked, *, given: bool, maximum: tuple[str, str]) -> Given:
    """The answer as it is recorded, from what was typed."""
    quantity, amount = maximum
    most = parse_quantity(quantity) if quantity else None
    framework, who = _pair(each)
    return Given(
        framework=framework,
        administration=who,
        answer=InterestAnswer.YES if given else InterestAnswer.NO,
        maximum_quantity=most.amount if most else None,
        unit=most.unit if most else "",
        maximum_amount=parse_amount(amount) if amount else None,
    )


def _remarks(called: Sequence[Called]) -> list[Message]:
    """What is remarked, each remark once."""
    found: list[Message] = []
    for each in called:
        found += (remark for remark in each.remarks if remark not in found)
    return found


def _quantity(text: str) -> None:
    if text.strip():
        parse_quantity(text)


def _amount(text: str) -> None:
    if text.strip():
        parse_amount(text)


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
