"""A centre's call for interest: asked, answered with a maximum, and proved."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from jointbuy.errors import UsageError, named, say
from jointbuy.model import Interest, InterestAnswer, Proof

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from decimal import Decimal

    from jointbuy.model import Administration, FrameworkAgreement


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
    """The centre asks; `due` is by default the deadline of the framework.

    Raises:
        UsageError: it was asked already.
    """
    if before is not None and before.asked_on is not None:
        raise UsageError(
            say(
                "{who} was already asked on {framework}: record the answer with "
                "`interest answer`.",
                who=named(administration.names, administration.id),
                framework=framework.id,
            )
        )
    return Interest(
        id=f"{framework.id}.{administration.id}",
        administration=administration.id,
        framework=framework.id,
        asked_on=on,
        due=due or framework.interest_deadline,
    )


def answer(
    asked: Interest,
    given: InterestAnswer,
    *,
    on: date,
    by: str,
    maximum_quantity: Decimal | None = None,
    unit: str = "",
    maximum_amount: Decimal | None = None,
) -> Interest:
    """The answer, and the most this administration may order; a no has no maximum."""
    if given is InterestAnswer.NO:
        return replace(
            asked,
            answer=given,
            answered_on=on,
            answered_by=by,
            maximum_quantity=None,
            maximum_amount=None,
            unit="",
        )
    return replace(
        asked,
        answer=given,
        answered_on=on,
        answered_by=by,
        maximum_quantity=(
            asked.maximum_quantity if maximum_quantity is None else maximum_quantity
        ),
        unit=unit or asked.unit,
        maximum_amount=(
            asked.maximum_amount if maximum_amount is None else maximum_amount
        ),
    )


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
