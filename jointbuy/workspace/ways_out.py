"""What to do about each thing that stands in the way of an order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointbuy.errors import Arg, euro, named, say
from jointbuy.model import InterestAnswer, Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date
    from decimal import Decimal

    from jointbuy.errors import Message
    from jointbuy.model import (
        Administration,
        FrameworkAgreement,
        Interest,
        Need,
        PurchasingCentre,
    )

MOST = 4
"""Other centres that are named, at most."""

PLAIN: Mapping[str, Message] = {
    "a1": say(
        "Ask the centre for its statutes and the appointments of its organs; without "
        "them, run an own procedure."
    ),
    "a8": say(
        "Have the budget and the opinion or visum that is due confirmed before the "
        "order."
    ),
    "a9": say(
        "Read the convention: hold the other contracts and the price against what it "
        "binds to."
    ),
    "a10": say(
        "Have the fee stated in the convention, and add it to the cost when comparing."
    ),
    "a11": say("Ask the centre how an order is placed: directly, or after new offers."),
    "a12": say(
        "Hold the need against the specifications; buy what goes beyond them with a "
        "procedure of its own."
    ),
    "a14": say("Ask the centre to act as an intermediary for works, not as a seller."),
    "reopened": say(
        "Put the adhesion to the competent body again, and record what it decides "
        "before anything is ordered."
    ),
    "start": say("Ask the centre for the first day to order, and order from then on."),
    "scope": say(
        "Ask the centre in writing whether the object covers the need; if not, run a "
        "procedure of its own."
    ),
    "quantity": say(
        "Give the quantity in the unit of the maximum; order what is left at most."
    ),
    "decided": say(
        "Have the competent body decide on what goes beyond it before the order, and "
        "record that decision; or order less."
    ),
    "exceeded": say(
        "Tell the centre at once and order nothing more: have the order above the "
        "ceiling examined before it is carried out or paid."
    ),
    "planned": say(
        "Agree with the others who orders first, or order less than what is left."
    ),
    "counted": say("Ask the centre what is left today, in writing."),
    "competition": say(
        "Start the new competition now, or order under the framework that follows."
    ),
}
"""Where it does not depend on the case; `a2` and the others are made below."""


def way_out(
    rule: str,
    outcome: Outcome,
    *,
    framework: FrameworkAgreement,
    centre: PurchasingCentre | None,
    administration: Administration,
    need: Need | None,
    left: Decimal | None,
    own: bool,
    interest: Interest | None,
    adhesion: Message | None,
    successor: FrameworkAgreement | None,
    others: Callable[[], tuple[PurchasingCentre, ...]],
    on: date,
) -> Message | None:
    """What to do about a finding of that rule, in one or two sentences.

    `left` is what is left for the administration, `own` says that its own maximum
    leaves no more, whatever is left in all. `interest` is its own answer, `adhesion`
    what is to be done about the adhesion on record; `others` are the centres that serve
    it and buy the object.
    """
    from jointbuy.centres.interest import due_day

    match rule:
        case "a2" | "a13":
            told = _elsewhere(outcome, administration, others())
            if outcome < Outcome.BLOCKED or not _served(centre, administration, on):
                return told
            return _after(told, successor, on)
        case "a3":
            by = due_day(interest, framework)
            if interest is not None and _may_be_taken(interest, framework, by, on):
                return say(
                    "Ask the centre in writing to take the answer all the same, before "
                    "its launch, and keep its paper with `interest accept`."
                )
            if by is not None and on <= by:
                return say(
                    "Answer the call by {day}, with a maximum, and record it with "
                    "`interest answer`.",
                    day=by,
                )
            return _after(
                say(
                    "Ask the centre to confirm in writing that its published maximum "
                    "covers the administration."
                ),
                successor,
                on,
            )
        case "a4":
            return _less(outcome, left, successor, on, own=own)
        case "a5":
            return _after(
                say("Run an own procedure, or join another framework agreement."),
                successor,
                on,
            )
        case "a6":
            return adhesion or say(
                "Have the competent body decide to join {centre} and sign the "
                "convention; then record both with `adhesions add`.",
                centre=named(centre.names, centre.id) if centre else framework.centre,
            )
        case "a7":
            return _use(need)
    return PLAIN.get(rule)


def _may_be_taken(
    interest: Interest, framework: FrameworkAgreement, by: date | None, on: date
) -> bool:
    """Whether a yes that came too late can still be taken: until the launch."""
    given = interest.answered_on
    late = given is not None and by is not None and given > by
    yes = interest.answer is InterestAnswer.YES
    return yes and late and (framework.launch is None or on < framework.launch)


def _served(
    centre: PurchasingCentre | None, administration: Administration, on: date
) -> bool:
    """Whether nothing says that the centre does not serve the administration."""
    from jointbuy.centres import Known, may_join

    return centre is None or may_join(centre, administration, on) is not Known.NO


def _elsewhere(
    outcome: Outcome,
    administration: Administration,
    others: tuple[PurchasingCentre, ...],
) -> Message:
    if outcome < Outcome.BLOCKED:
        return say(
            "Ask the centre in writing for the notice or the specifications that name "
            "its users; order nothing before."
        )
    if not others:
        return say(
            "Run an own procedure or a joint one with the neighbours: no other centre "
            "that serves {administration} and buys this is known.",
            administration=named(administration.names, administration.id),
        )
    found: Message | Arg = named(others[0].names, others[0].id)
    for each in others[1:MOST]:
        found = say("{one}, {other}", one=found, other=named(each.names, each.id))
    return say(
        "Run an own procedure or a joint one, or ask a centre that serves "
        "{administration} and buys this: {centres}.",
        administration=named(administration.names, administration.id),
        centres=found,
    )


def _after(first: Message, successor: FrameworkAgreement | None, on: date) -> Message:
    """The advice, with the framework agreement that follows where there is one."""
    if successor is None:
        return first
    title = named(successor.title, successor.id)
    by = successor.interest_deadline
    if by is not None and on <= by:
        return say(
            "{advice} Mark interest in the one that follows, {successor}, by {day}.",
            advice=first,
            successor=title,
            day=by,
        )
    return say(
        "{advice} Or look at the one that follows, {successor}.",
        advice=first,
        successor=title,
    )


def _less(
    outcome: Outcome,
    left: Decimal | None,
    successor: FrameworkAgreement | None,
    on: date,
    *,
    own: bool,
) -> Message:
    if outcome < Outcome.BLOCKED:
        return _after(
            say("Ask the centre in writing what is left, in all and for you."),
            successor,
            on,
        )
    if left is None or left <= 0:
        return _after(
            say("Order nothing more under it: buy the rest with an own procedure."),
            successor,
            on,
        )
    if own:
        return _after(
            say(
                "Order {left} at most: no more is left of its own maximum, whatever is "
                "left in all. Buy the rest with an own procedure, chosen by the value "
                "of the whole need.",
                left=euro(left),
            ),
            successor,
            on,
        )
    return _after(
        say(
            "Order {left} at most, and buy the rest with an own procedure, chosen by "
            "the value of the whole need.",
            left=euro(left),
        ),
        successor,
        on,
    )


def _use(need: Need | None) -> Message:
    if need is None:
        return say(
            "Name the need, and have the competent body decide to cover it through the "
            "framework agreement; then record it with `uses add`."
        )
    return say(
        "Have the competent body decide to cover “{need}” through the framework "
        "agreement; then record it with `uses add`.",
        need=need.title,
    )
