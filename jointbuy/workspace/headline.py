"""How a form stands in a line: what is against it, and against a step after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointbuy.errors import say
from jointbuy.model import Outcome, Stops
from jointbuy.workspace.citing import beside
from jointbuy.workspace.words import FORMS, OUTCOMES, STOPS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jointbuy.errors import Arg, Message
    from jointbuy.model import Finding
    from jointbuy.workspace.legal import Checked

LATER = (Stops.LAUNCH, Stops.ORDER, Stops.START)
"""The steps after the choice of a form, in their order."""


def headline_said(checked: Checked) -> Message:
    """The form, the day of the law, and how it stands."""
    return say(
        "{form}, law of {day}: {worst}",
        form=FORMS[checked.form],
        day=checked.on,
        worst=standing_said(checked),
    )


def standing_said(checked: Checked) -> Arg | Message:
    """The worst against the form, then what is worse before a later step."""
    return standing_of(checked.headline, checked.findings)


def standing_of(headline: Outcome, findings: Iterable[Finding]) -> Arg | Message:
    """The same of findings that were kept."""
    steps = later(headline, findings)
    if not steps:
        return OUTCOMES[headline]
    mild = headline <= Outcome.INFO
    now = OUTCOMES[Outcome.OK if mild else headline]
    said = say("{outcome} as to the form", outcome=now)
    for outcome in sorted({*steps.values()}, reverse=True):
        stops = [stop for stop, each in steps.items() if each is outcome]
        when = beside("{stop}", stop=STOPS[stops[0]])
        for stop in stops[1:]:
            when = beside("{some}, {more}", some=when, more=STOPS[stop])
        one = beside("{outcome} {when}", outcome=OUTCOMES[outcome], when=when)
        said = say("{some}; {more}", some=said, more=one)
    return said


def later(headline: Outcome, findings: Iterable[Finding]) -> dict[Stops, Outcome]:
    """What is blocked or seriously reserved before a step, and worse than the form."""
    least = max(headline, Outcome.WARNING)
    found = tuple(findings)
    worst = {
        stop: max((f.outcome for f in found if f.stops is stop), default=Outcome.OK)
        for stop in LATER
    }
    return {stop: outcome for stop, outcome in worst.items() if outcome > least}


def whole(checked: Checked) -> Outcome:
    """The worst of the headline and of what is said with it."""
    return max((checked.headline, *later(checked.headline, checked.findings).values()))
