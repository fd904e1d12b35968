"""A call for interest is asked once, answered, and proved."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from jointbuy.centres.calls import answer, ask, find_interest, prove
from jointbuy.errors import UsageError
from jointbuy.model import Administration, FrameworkAgreement, InterestAnswer

ON = date(2026, 11, 23)
FRAMEWORK = FrameworkAgreement(id="f", centre="c", interest_deadline=date(2026, 12, 18))
CPAS = Administration(id="cpas")


def test_the_answer_is_due_on_the_deadline_of_the_framework() -> None:
    assert ask(FRAMEWORK, CPAS, on=ON).due == date(2026, 12, 18)
    sooner = date(2026, 12, 1)
    assert ask(FRAMEWORK, CPAS, on=ON, due=sooner).due == sooner


def test_nobody_is_asked_twice() -> None:
    asked = ask(FRAMEWORK, CPAS, on=ON)
    with pytest.raises(UsageError, match="already asked"):
        ask(FRAMEWORK, CPAS, on=ON, before=asked)


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
