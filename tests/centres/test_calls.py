"""A call for interest is asked once, answered, and proved."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from jointbuy.centres.calls import (
    accept,
    answer,
    ask,
    doubts,
    find_interest,
    prove,
    unasked,
)
from jointbuy.centres.interest import InterestStatus, due_day, interest_state
from jointbuy.errors import UsageError
from jointbuy.model import (
    Administration,
    FrameworkAgreement,
    Interest,
    InterestAnswer,
)

YES = InterestAnswer.YES
ON = date(2026, 11, 23)
FRAMEWORK = FrameworkAgreement(id="f", centre="c", interest_deadline=date(2026, 12, 18))
CPAS = Administration(id="cpas")


def test_the_answer_is_due_on_the_later_of_the_two_days() -> None:
    asked = ask(FRAMEWORK, CPAS, on=ON)
    assert asked.due is None
    assert due_day(asked, FRAMEWORK) == DUE
    for own in (DUE - DAY, DUE, DUE + DAY):
        assert due_day(replace(asked, due=own), FRAMEWORK) == max(own, DUE)
    later = replace(FRAMEWORK, interest_deadline=DUE + DAY)
    late = answer(replace(asked, due=DUE), YES, on=DUE + DAY, by="me")
    assert interest_state(late, FRAMEWORK, DUE + DAY).status.name == "NO_ANSWER"
    assert interest_state(late, later, DUE + DAY).status.name != "NO_ANSWER"


def test_who_is_asked_again_needs_another_day() -> None:
    asked = ask(FRAMEWORK, CPAS, on=ON)
    with pytest.raises(UsageError, match="already asked"):
        ask(FRAMEWORK, CPAS, on=ON, before=asked)
    longer = ask(FRAMEWORK, CPAS, on=DUE + DAY, before=asked, due=DUE + 2 * DAY)
    assert longer == replace(asked, due=DUE + 2 * DAY)
    with pytest.raises(UsageError, match="already asked"):
        ask(FRAMEWORK, CPAS, on=ON, before=longer, due=longer.due)
    (said,) = doubts(FRAMEWORK, longer, on=ON, before=asked)
    assert "by 2026-12-20 now, no longer by 2026-12-18" in str(said)
    (said,) = doubts(FRAMEWORK, replace(asked, due=ON), on=ON, before=asked)
    assert "for everybody" in str(said)


@pytest.mark.parametrize(
    ("launch", "accepted", "counts"),
    [
        (None, 2, ("NO_ANSWER", "YES_WITHOUT_MAXIMUM")),
        (5, 2, ("NO_ANSWER", "YES_WITHOUT_MAXIMUM")),
        (1, None, ("NO_ANSWER", "NO_ANSWER")),
    ],
)
def test_an_answer_that_came_too_late_counts_once_it_was_accepted(
    launch: int | None, accepted: int | None, counts: tuple[str, str]
) -> None:
    framework = replace(FRAMEWORK, launch=DUE + launch * DAY if launch else None)
    late = answer(ask(framework, CPAS, on=ON), YES, on=DUE + DAY, by="me")

    def taken(on: date) -> Interest:
        return accept(late, framework, file="reply.pdf", sha256="0" * 64, on=on)

    if accepted is None:
        with pytest.raises(UsageError, match="after that"):
            taken(DUE + DAY)
        return
    made = taken(DUE + accepted * DAY)
    days = (DUE + DAY, DUE + accepted * DAY)
    assert tuple(interest_state(made, framework, d).status.name for d in days) == counts
    assert answer(made, InterestAnswer.NO, on=DUE, by="me").acceptance is None
    with pytest.raises(UsageError, match="no answer to accept"):
        accept(None, framework, file="reply.pdf", sha256="", on=ON)


def test_an_answer_keeps_the_maximum_given_before() -> None:
    asked = ask(FRAMEWORK, CPAS, on=ON)
    first = answer(
        asked, InterestAnswer.YES, on=ON, by="me", maximum_quantity=Decimal(40)
    )
    again = answer(
        first, InterestAnswer.YES, on=ON, by="me", maximum_amount=Decimal(9000)
    )
    assert again.maximum_quantity == Decimal(40)
    assert again.maximum_amount == Decimal(9000)


def test_a_no_takes_the_maximum_away() -> None:
    asked = ask(FRAMEWORK, CPAS, on=ON)
    yes = answer(asked, InterestAnswer.YES, on=ON, by="me", maximum_quantity=Decimal(4))
    no = answer(yes, InterestAnswer.NO, on=ON, by="me")
    assert no.maximum_quantity is None
    assert no.answer is InterestAnswer.NO


def test_only_an_answer_can_be_proved() -> None:
    asked = ask(FRAMEWORK, CPAS, on=ON)
    with pytest.raises(UsageError, match="no answer to prove"):
        prove(asked, file="mail.pdf", sha256="0" * 64, on=ON)
    yes = answer(asked, InterestAnswer.YES, on=ON, by="me")
    proved = prove(yes, file="mail.pdf", sha256="0" * 64, on=ON)
    assert proved.proof is not None
    assert find_interest([proved], "f", "cpas") == proved
    assert find_interest([proved], "g", "cpas") is None


DAY = timedelta(days=1)
DUE = date(2026, 12, 18)


def test_an_answer_is_not_due_before_it_was_asked() -> None:
    assert ask(FRAMEWORK, CPAS, on=ON, due=ON).due == ON
    with pytest.raises(UsageError, match="before it was asked"):
        ask(FRAMEWORK, CPAS, on=ON, due=ON - DAY)


def test_nobody_is_asked_on_an_ended_framework() -> None:
    ended = replace(FRAMEWORK, end=ON)
    assert ask(ended, CPAS, on=ON)
    with pytest.raises(UsageError, match="ended on"):
        ask(ended, CPAS, on=ON + DAY)


def test_a_call_that_is_not_open_is_remarked_upon() -> None:
    def said(framework: FrameworkAgreement, on: date, due: date | None = None) -> str:
        made = ask(framework, CPAS, on=on, due=due)
        return " ".join(map(str, doubts(framework, made, on=on)))

    assert said(FRAMEWORK, DUE) == ""
    assert "closed on 2026-12-18" in said(FRAMEWORK, DUE + DAY)
    assert said(FRAMEWORK, DUE + DAY, due=DUE + 9 * DAY) == ""
    assert "recorded as open" in said(replace(FRAMEWORK, interest_deadline=None), ON)
    running = replace(FRAMEWORK, interest_deadline=None, start=ON)
    assert "recorded as open" in said(running, ON)


def test_a_yes_that_comes_too_late_is_said_not_to_count() -> None:
    def said(framework: FrameworkAgreement, on: date) -> str:
        made = answer(unasked(framework, CPAS), InterestAnswer.YES, on=on, by="me")
        return " ".join(map(str, doubts(framework, made, on=on)))

    assert said(FRAMEWORK, DUE) == ""
    assert "counts as no answer" in said(FRAMEWORK, DUE + DAY)
    launched = replace(FRAMEWORK, interest_deadline=None, launch=DUE)
    assert said(launched, DUE - DAY) == ""
    assert "counts as no answer" in said(launched, DUE)


def test_a_changed_answer_loses_the_proof_of_the_old_one() -> None:
    yes = answer(ask(FRAMEWORK, CPAS, on=ON), InterestAnswer.YES, on=ON, by="me")
    proved = prove(yes, file="mail.pdf", sha256="0" * 64, on=ON)
    same = answer(proved, InterestAnswer.YES, on=ON + DAY, by="me")
    assert same == proved
    assert doubts(FRAMEWORK, same, on=ON + DAY, before=proved) == ()
    # Another maximum is the same answer: its day and its proof stay, and are named.
    late = DUE + DAY
    more = answer(proved, YES, on=late, by="me", maximum_amount=Decimal(9))
    assert (more.answered_on, more.proof) == (ON, proved.proof)
    day, proof = doubts(FRAMEWORK, more, on=late, before=proved)
    assert str(DUE) in str(day)
    assert "mail.pdf" in str(proof)
    assert answer(more, YES, on=late, by="me", whole=True).maximum_amount is None
    # The day it was sent can be told, before or after the last day to answer.
    sent = answer(more, YES, on=late, by="me", day=DUE)
    assert interest_state(sent, FRAMEWORK, late).status is InterestStatus.YES
    sent = answer(sent, YES, on=late, by="me", day=late)
    assert interest_state(sent, FRAMEWORK, late).status is InterestStatus.NO_ANSWER
    with pytest.raises(UsageError, match="still to come"):
        answer(proved, YES, on=ON, by="me", day=ON + DAY)
    no = answer(proved, InterestAnswer.NO, on=ON + DAY, by="me")
    assert no.proof is None
    (said,) = doubts(FRAMEWORK, no, on=ON + DAY, before=proved)
    assert "mail.pdf" in str(said)


def test_who_answers_unasked_can_still_be_asked() -> None:
    yes = answer(unasked(FRAMEWORK, CPAS), InterestAnswer.YES, on=ON, by="me")
    asked = ask(FRAMEWORK, CPAS, on=ON, before=yes)
    assert asked.answer is InterestAnswer.YES
    assert asked.asked_on == ON
