"""The steps of an occasional joint contract, from its start backwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from jointbuy.errors import say, word
from jointbuy.model import Stage, StepKind
from jointbuy.schedule import terms
from jointbuy.schedule.calendar import (
    end_of_period,
    latest_event,
    previous_working_day,
)
from jointbuy.schedule.decisions import (
    before_sending,
    decide,
    of,
    oversight_of,
    own_estimate,
    prepare_file,
    send_decision,
)
from jointbuy.schedule.names import administration_name

if TYPE_CHECKING:
    from jointbuy.law import Term
    from jointbuy.model import Administration
    from jointbuy.schedule.case import Steps

_DAY = timedelta(days=1)


def plan_joint_contract(steps: Steps) -> None:
    """Every step of the joint contract, added to `steps`.

    The award is the act of the pilot; each participant decides before the launch.

    Source: law of 17 June 2016, art. 48; law of 17 June 2013, art. 8 and 11.
    """
    case = steps.case
    steps.put("start", say("Contract starts"), case.wanted, StepKind.ANCHOR)
    pilot = case.administration(case.pilot) or case.participants()[0]
    concluded = _conclusion(steps, pilot)
    sent = _notification(steps, pilot, concluded)
    filing = _award(steps, pilot, concluded, sent)
    launched = _publication(steps, pilot, filing)
    first = _decisions(steps, launched)
    if first is not None:
        _preparation(steps, first)


def _conclusion(steps: Steps, pilot: Administration) -> date:
    days = steps.case.practice.conclusion_days
    return steps.put(
        "conclusion",
        say("Conclude the contract"),
        _earlier(steps.case.wanted, days, pilot),
        StepKind.PRACTICE,
        administration=pilot.id,
        days=days,
    )


def _notification(steps: Steps, pilot: Administration, concluded: date) -> date:
    """The last day to tell the tenderers; the standstill runs from it."""
    case = steps.case
    waiting = terms.standstill(
        case.candidate, case.on, case.own, eu_publicity=case.eu_publicity
    )
    label = say("Send the reasoned award decision to the tenderers")
    if waiting is None:
        return steps.put(
            "notification",
            label,
            _earlier(concluded, 1, pilot),
            StepKind.PRACTICE,
            administration=pilot.id,
        )
    sent = previous_working_day(latest_event(concluded - _DAY, waiting.value))
    sent = steps.put(
        "notification",
        label,
        sent,
        StepKind.LEGAL,
        administration=pilot.id,
        days=waiting.value,
        basis=(waiting.citation,),
    )
    steps.put(
        "standstill",
        say("Standstill ends"),
        end_of_period(sent, waiting.value),
        StepKind.LEGAL,
        administration=pilot.id,
        days=waiting.value,
        basis=(waiting.citation,),
        note=say("The contract is concluded on the day after it at the earliest."),
    )
    return sent


def _award(
    steps: Steps, pilot: Administration, concluded: date, sent: date
) -> date | None:
    """The last day to hand in the award file; None once the award is made."""
    case = steps.case
    by = sent - timedelta(days=case.practice.notification_days)
    found = oversight_of(steps, pilot, (Stage.AWARD,))
    rule = found.rule if found else None
    received = concluded - _DAY
    if rule and rule.suspensive_award and rule.term_days:
        received = previous_working_day(latest_event(received, rule.term_days))
        by = min(by, before_sending(steps, received, rule))
    note = None
    if not case.pilot:
        note = say("No pilot is appointed yet: the plan takes the first participant.")
    session = decide(
        steps,
        pilot,
        code="award",
        stages=(Stage.AWARD,),
        by=by,
        limit=min(sent, received),
        step=word("Award the contract"),
        amount=case.candidate.estimate,
        note=note,
    )
    send_decision(steps, pilot, (Stage.AWARD,), "award", last=received)
    if session is None:
        return None
    return steps.put(
        "award_file",
        of(word("Hand in the award file"), pilot),
        session.filing,
        StepKind.PRACTICE,
        administration=pilot.id,
        days=(session.day - session.filing).days,
    )


def _publication(steps: Steps, pilot: Administration, filing: date | None) -> date:
    """The last day to launch, with the tenders between it and the award file."""
    case = steps.case
    launched = case.decision("launch", pilot.id, (Stage.LAUNCH,))
    if filing is None:
        return launched.on if launched else steps.day("award")
    published = case.procedure in terms.PUBLISHED
    least = terms.tender_term(case.procedure, case.on, case.practice, case.own)
    requests = terms.request_term(case.procedure, case.on, case.own)
    first = requests or least
    return steps.put(
        "launch",
        say("Launch the procedure: send the notice for publication")
        if published
        else say("Launch the procedure: invite the tenderers"),
        _tenders(steps, pilot, filing, least, requests),
        StepKind.LEGAL if published else StepKind.PRACTICE,
        administration=pilot.id,
        days=first.value,
        basis=(first.citation,) if published else (),
        done=launched.on if launched else None,
    )


def _tenders(
    steps: Steps,
    pilot: Administration,
    filing: date,
    least: Term,
    requests: Term | None,
) -> date:
    practice = steps.case.practice
    published = steps.case.procedure in terms.PUBLISHED
    evaluation = practice.evaluation_days
    if steps.case.procedure in terms.NEGOTIATED:
        evaluation += practice.negotiation_days
    opening = steps.put(
        "opening",
        say("Receive and open the tenders"),
        _earlier(filing, evaluation, pilot),
        StepKind.PRACTICE,
        administration=pilot.id,
        days=evaluation,
    )
    begun = _start_of_term(steps, opening, least)
    if requests is None:
        return begun
    invited = steps.put(
        "invitation",
        say("Choose among the requests and invite tenders"),
        begun,
        StepKind.LEGAL if published else StepKind.PRACTICE,
        administration=pilot.id,
        days=least.value,
        basis=(least.citation,),
    )
    received = steps.put(
        "requests",
        say("Receive the requests to take part"),
        _earlier(invited, practice.requests_days, pilot),
        StepKind.PRACTICE,
        administration=pilot.id,
        days=practice.requests_days,
    )
    return _start_of_term(steps, received, requests)


def _start_of_term(steps: Steps, end: date, least: Term) -> date:
    """The last working day from which the least time is over before `end`."""
    last = end - timedelta(days=steps.case.practice.opening_days)
    return previous_working_day(latest_event(last, least.value))


def _decisions(steps: Steps, launched: date) -> date | None:
    """Each participant decides before the launch; the day all files must exist."""
    case = steps.case
    stages = (Stage.PARTICIPATION, Stage.CONDITIONS)
    firsts: list[date] = []
    late: list[tuple[Administration, date]] = []
    in_time: list[Administration] = []
    for administration in case.participants():
        by = _earlier(launched, case.practice.launch_days, administration)
        code = f"council:{administration.id}"
        amount = own_estimate(steps, administration)
        session = decide(
            steps,
            administration,
            code=code,
            stages=stages,
            by=by,
            limit=launched,
            step=word("Decide to take part"),
            amount=amount,
            note=say("Participation, convention, procedure and conditions."),
        )
        send_decision(steps, administration, stages, code)
        breach = next((b for b in steps.breaches if b.milestone == code), None)
        if breach is None:
            in_time.append(administration)
        elif session is not None:
            late.append((administration, by + timedelta(days=breach.days)))
        if session is not None:
            firsts.append(prepare_file(steps, administration, session, amount=amount))
    if late and in_time:
        _not_both(steps, in_time[0], late, launched)
    return min(firsts, default=None)


def _not_both(
    steps: Steps,
    first: Administration,
    late: list[tuple[Administration, date]],
    launched: date,
) -> None:
    """Name the council that could decide in time beside each that cannot."""
    for administration, day in late:
        code = f"council:{administration.id}"
        index = next(i for i, b in enumerate(steps.breaches) if b.milestone == code)
        breach = steps.breaches[index]
        steps.breaches[index] = replace(
            breach,
            message=say(
                "{first} and {second} cannot both decide before the launch on "
                "{launch}: {first} can, {second} can decide on {day} at the earliest, "
                "{days} days too late.",
                first=administration_name(first),
                second=administration_name(administration),
                launch=launched,
                day=day,
                days=breach.days,
            ),
        )


def _preparation(steps: Steps, first: date) -> None:
    practice = steps.case.practice
    agreed = steps.put(
        "convention",
        say("Agree on the draft convention and the specifications"),
        previous_working_day(first - timedelta(days=practice.convention_days)),
        StepKind.PRACTICE,
        days=practice.convention_days,
    )
    steps.put(
        "collected",
        say("Collect the needs: quantities, maxima, start days"),
        previous_working_day(agreed - timedelta(days=practice.needs_days)),
        StepKind.PRACTICE,
        days=practice.needs_days,
    )


def _earlier(day: date, days: int, administration: Administration) -> date:
    """So many days before, on a day on which the administration works."""
    return previous_working_day(day - timedelta(days=days), administration.closed)
