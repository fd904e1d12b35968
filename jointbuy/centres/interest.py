"""How an administration stands towards the interest call of a framework agreement."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from jointbuy.errors import Message, say
from jointbuy.model import InterestAnswer

if TYPE_CHECKING:
    from datetime import date

    from jointbuy.model import FrameworkAgreement, Interest


class InterestStatus(Enum):
    """Where the call stands on a day; no answer counts as no once the day is past."""

    NOT_ASKED = "NOT_ASKED"
    ASKED = "ASKED"
    YES = "YES"
    YES_WITHOUT_MAXIMUM = "YES_WITHOUT_MAXIMUM"
    NO = "NO"
    NO_ANSWER = "NO_ANSWER"


@dataclass(frozen=True, slots=True, kw_only=True)
class InterestState:
    """Where the call stands, and why."""

    status: InterestStatus
    why: Message


def interest_state(
    interest: Interest | None, framework: FrameworkAgreement, on: date
) -> InterestState:
    """How the interest call of the framework stands for one administration on a day.

    The due day itself is still in time. An answer given after it counts as none unless
    the centre took it in writing, and so does one given from the launch on; one given
    after `on` was not given yet.
    """
    if interest is None:
        return InterestState(
            status=InterestStatus.NOT_ASKED,
            why=say("No interest call of this framework agreement is recorded."),
        )
    due = due_day(interest, framework)
    given = interest.answered_on
    answered = interest.answer is not None and (given is None or given <= on)
    launch = framework.launch
    if _accepted(interest, on) and not (given and launch and given >= launch):
        return _answered(interest)
    if answered and given is not None and due is not None and given > due:
        return InterestState(
            status=InterestStatus.NO_ANSWER,
            why=say(
                "The answer was given on {given}, after the due day {due}: it counts "
                "as no answer unless the centre accepted it in writing.",
                given=given,
                due=due,
            ),
        )
    if answered and given is not None and due is None and launch and given >= launch:
        return InterestState(
            status=InterestStatus.NO_ANSWER,
            why=say(
                "The answer was given on {given}, when the framework agreement had "
                "been launched on {launch}: it counts as no answer unless the centre "
                "accepted it in writing.",
                given=given,
                launch=launch,
            ),
        )
    if answered:
        return _answered(interest)
    if due is not None and on > due:
        return InterestState(
            status=InterestStatus.NO_ANSWER,
            why=say("No answer was given by {due}: that counts as no.", due=due),
        )
    return _open(interest, due)


def due_day(interest: Interest | None, framework: FrameworkAgreement) -> date | None:
    """The last day to answer: the later of that of the call and that of the framework.

    A centre that prolongs its call prolongs it for everybody.
    """
    own = interest.due if interest else None
    known = [day for day in (own, framework.interest_deadline) if day is not None]
    return max(known, default=None)


def _accepted(interest: Interest, on: date) -> bool:
    """Whether the centre has taken the answer in writing by that day."""
    paper = interest.acceptance
    return interest.answer is not None and paper is not None and paper.on <= on


def _answered(interest: Interest) -> InterestState:
    if interest.answer is InterestAnswer.NO:
        return InterestState(
            status=InterestStatus.NO, why=say("The answer to the interest call was no.")
        )
    if interest.maximum_amount is None and interest.maximum_quantity is None:
        return InterestState(
            status=InterestStatus.YES_WITHOUT_MAXIMUM,
            why=say(
                "Interest was marked without a maximum: the centre must publish a "
                "maximum quantity or amount for each beneficiary."
            ),
        )
    return InterestState(
        status=InterestStatus.YES, why=say("Interest was marked, with a maximum.")
    )


def _open(interest: Interest, due: date | None) -> InterestState:
    if interest.asked_on is None and interest.due is None:
        return InterestState(
            status=InterestStatus.NOT_ASKED,
            why=say("The centre has not asked for interest yet."),
        )
    if due is None:
        return InterestState(
            status=InterestStatus.ASKED,
            why=say("The centre asked for interest; the due day is not recorded."),
        )
    return InterestState(
        status=InterestStatus.ASKED, why=say("An answer is due by {due}.", due=due)
    )
