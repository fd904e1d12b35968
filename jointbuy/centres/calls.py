"""A centre's call for interest: asked, answered with a maximum, and proved."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from jointbuy.centres.interest import InterestStatus, due_day, interest_state
from jointbuy.centres.phase import Phase, phase
from jointbuy.errors import UsageError, named, say
from jointbuy.model import Interest, InterestAnswer, Proof

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date
    from decimal import Decimal

    from jointbuy.errors import Message
    from jointbuy.model import Administration, FrameworkAgreement

OPEN = (Phase.ANNOUNCED, Phase.INTEREST_OPEN)
"""Phases in which interest can still be marked."""


def find_interest(
    interests: Iterable[Interest], framework: str, administration: str
) -> Interest | None:
    """What that administration was asked or answered on that framework."""
    for interest in interests:
        if (interest.framework, interest.administration) == (framework, administration):
            return interest
    return None


def ask(
    framework: FrameworkAgreement,
    administration: Administration,
    *,
    on: date,
    due: date | None = None,
    before: Interest | None = None,
) -> Interest:
    """The centre asks; without `due` the deadline of the framework counts.

    Asked already, another due day goes before the one it had; the day it was asked
    stays.

    Raises:
        UsageError: it was asked already, with no other day, the framework had ended, or
            the answer would be due before it was asked.
    """
    if before is not None and before.asked_on is not None:
        if due is None or due == before.due:
            raise UsageError(
                say(
                    "{who} was already asked on {framework}: record the answer with "
                    "`interest answer`, or another due day with `interest ask --due`.",
                    who=named(administration.names, administration.id),
                    framework=framework.id,
                )
            )
        on = before.asked_on
    if phase(framework, on) is Phase.ENDED and framework.end is not None:
        raise UsageError(
            say(
                "{framework} ended on {end}: nobody can be asked any more.",
                framework=framework.id,
                end=framework.end,
            )
        )
    if due is not None and due < on:
        raise UsageError(
            say(
                "The answer cannot be due on {due}, before it was asked on {asked}: "
                "correct one of the two days.",
                due=due,
                asked=on,
            )
        )
    made = before or unasked(framework, administration)
    return replace(made, asked_on=on, due=due or made.due)


def unasked(framework: FrameworkAgreement, administration: Administration) -> Interest:
    """What an administration that was not asked answers of its own accord."""
    return Interest(
        id=f"{framework.id}.{administration.id}",
        administration=administration.id,
        framework=framework.id,
    )


def doubts(
    framework: FrameworkAgreement,
    made: Interest,
    *,
    on: date,
    before: Interest | None = None,
) -> tuple[Message, ...]:
    """What should be said of a call or an answer just recorded on that day."""
    found = []
    due = due_day(made, framework)
    if before and before.asked_on and before.due != made.due and due is not None:
        found.append(_moved(framework, due, due_day(before, framework)))
    if made.answer is None:
        if phase(framework, made.asked_on or on) not in OPEN and (
            made.due is None or made.due == framework.interest_deadline
        ):
            found.append(_not_open(framework, made.asked_on or on))
    elif made.answer is InterestAnswer.YES:
        state = interest_state(made, framework, on)
        if state.status is InterestStatus.NO_ANSWER:
            found.append(state.why)
    if before is not None and made.answer is before.answer is InterestAnswer.YES:
        found += _other_maximum(framework, made, before, on)
    if before is not None and before.proof is not None and made.proof is None:
        found.append(
            say(
                "The proof of the earlier answer ({file}) was taken off: add that of "
                "this one.",
                file=before.proof.file,
            )
        )
    return tuple(found)


def _other_maximum(
    framework: FrameworkAgreement, made: Interest, before: Interest, on: date
) -> Iterator[Message]:
    """Another maximum under the same yes: its day and its proof may be others."""
    if _most(made) == _most(before):
        return
    due, given = due_day(made, framework), made.answered_on
    if due is not None and due < on and given == before.answered_on and given:
        yield say(
            "The answer stays that of {given}. If this maximum was sent later, note "
            "the day it was sent: after {due} the centre need not take it.",
            given=given,
            due=due,
        )
    if made.proof is not None:
        yield say(
            "The proof ({file}) stays: add another if it does not show this maximum.",
            file=made.proof.file,
        )


def _most(interest: Interest) -> tuple[Decimal | None, str, Decimal | None]:
    """The most that was marked."""
    return interest.maximum_quantity, interest.unit, interest.maximum_amount


def _moved(framework: FrameworkAgreement, due: date, had: date | None) -> Message:
    """The due day that goes before the one it had."""
    if had is None:
        return say("An answer is due by {due}.", due=due)
    if due == had:
        return say(
            "The call of {framework} runs until {day} for everybody: that day counts.",
            framework=framework.id,
            day=due,
        )
    return say("The answer is due by {day} now, no longer by {had}.", day=due, had=had)


def _not_open(framework: FrameworkAgreement, asked: date) -> Message:
    deadline = framework.interest_deadline
    if deadline is not None and asked > deadline:
        return say(
            "The call for interest of {framework} closed on {deadline}. If the centre "
            "still takes answers, give the day by which it expects them.",
            framework=framework.id,
            deadline=deadline,
        )
    return say(
        "No call for interest of {framework} is recorded as open: give the day by "
        "which the centre expects the answer.",
        framework=framework.id,
    )


def answer(
    asked: Interest,
    given: InterestAnswer,
    *,
    on: date,
    by: str,
    day: date | None = None,
    maximum_quantity: Decimal | None = None,
    unit: str = "",
    maximum_amount: Decimal | None = None,
    whole: bool = False,
) -> Interest:
    """The answer, and the most this administration may order; a no has no maximum.

    `day` is when it was sent; without one the same answer keeps its own, and another
    is of `on`. The same answer keeps its papers, another one needs its own. `whole`
    takes off the maximum that is not given.

    Raises:
        UsageError: the day is still to come.
    """
    if day is not None and day > on:
        raise UsageError(
            say(
                "{day} is still to come: an answer is recorded once it is sent.",
                day=day,
            )
        )
    if given is InterestAnswer.NO:
        made = replace(
            asked, answer=given, maximum_quantity=None, maximum_amount=None, unit=""
        )
    elif whole:
        made = replace(
            asked,
            answer=given,
            maximum_quantity=maximum_quantity,
            unit=unit,
            maximum_amount=maximum_amount,
        )
    else:
        made = replace(
            asked,
            answer=given,
            maximum_quantity=(
                asked.maximum_quantity if maximum_quantity is None else maximum_quantity
            ),
            unit=unit or asked.unit,
            maximum_amount=(
                asked.maximum_amount if maximum_amount is None else maximum_amount
            ),
        )
    same = asked.answer is given
    made = replace(made, answered_on=day or (asked.answered_on if same else on))
    if made == asked:
        return asked
    if same:
        return replace(made, answered_by=by)
    return replace(made, answered_by=by, proof=None, acceptance=None)


def accept(
    answered: Interest | None,
    framework: FrameworkAgreement,
    *,
    file: str,
    sha256: str,
    on: date,
) -> Interest:
    """The answer with the paper of the centre, of that day, that takes it all the same.

    Raises:
        UsageError: there is no answer yet, or it was given from the launch on, when no
            acceptance lets anybody in.
    """
    if answered is None or answered.answer is None:
        raise UsageError(
            say("There is no answer to accept yet: record it with `interest answer`.")
        )
    given, launch = answered.answered_on, framework.launch
    if given is not None and launch is not None and given >= launch:
        raise UsageError(
            say(
                "The answer was given on {given}, and the framework agreement was "
                "launched on {launch}: no acceptance lets anybody in after that. "
                "Correct the day that is wrong, or mark interest in the next one.",
                given=given,
                launch=launch,
            )
        )
    return replace(answered, acceptance=Proof(file=file, sha256=sha256, on=on))


def prove(answered: Interest | None, *, file: str, sha256: str, on: date) -> Interest:
    """The answer with the paper that shows it was sent.

    Raises:
        UsageError: there is no answer yet.
    """
    if answered is None or answered.answer is None:
        raise UsageError(
            say("There is no answer to prove yet: record it with `interest answer`.")
        )
    return replace(answered, proof=Proof(file=file, sha256=sha256, on=on))
