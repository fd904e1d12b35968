"""The steps of an occasional joint contract, from its start backwards."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from jointbuy.errors import say, word
from jointbuy.model import BodyKind, CompetentBody, Stage, StepKind
from jointbuy.schedule import terms
from jointbuy.schedule.budget import amend_budget
from jointbuy.schedule.calendar import (
    end_of_period,
    latest_event,
    previous_working_day,
)
from jointbuy.schedule.case import PERIOD, Lead
from jointbuy.schedule.decisions import (
    ask_visum,
    before_sending,
    decide,
    earlier,
    hear_committee,
    name_both,
    oversight_of,
    own_estimate,
    prepare_file,
    send_decision,
    still_open,
)
from jointbuy.schedule.names import body_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jointbuy.errors import Message
    from jointbuy.law import Term
    from jointbuy.model import Administration
    from jointbuy.schedule.case import Steps
    from jointbuy.schedule.decisions import Begun

MANDATE = "j3"
"""The question on the mandate of the pilot; without one every participant awards."""

_DAY = timedelta(days=1)


def plan_joint_contract(steps: Steps) -> None:
    """Every step of the joint contract, added to `steps`.

    The award is the act of the pilot, under its mandate; without one every participant
    awards. Each decides before the launch. Who buys alone decides on its conditions,
    and has no needs to collect nor convention to agree on.

    Source: law of 17 June 2016, art. 48; law of 17 June 2013, art. 8 and 11.
    """
    case = steps.case
    steps.put("start", say("Contract starts"), case.wanted, StepKind.ANCHOR)
    pilot = case.administration(case.pilot) or case.participants()[0]
    concluded = _conclusion(steps, pilot)
    sent = _notification(steps, pilot, concluded)
    files = _awards(steps, pilot, concluded, sent)
    launched = _publication(steps, pilot, files)
    firsts = _decisions(steps, launched)
    for administration in case.participants():
        amend_budget(steps, administration, "award_file")
    if firsts and case.alone:
        _specifications(steps, pilot, firsts)
    elif firsts:
        _preparation(steps, hear_committee(steps, firsts))


def _conclusion(steps: Steps, pilot: Administration) -> date:
    days = steps.case.practice.conclusion_days
    concluded = steps.put(
        "conclusion",
        say("Conclude the contract"),
        earlier(steps.case.wanted, days, pilot),
        StepKind.PRACTICE,
        administration=pilot.id,
        days=days,
        leads=(Lead(to="start", days=days),),
    )
    _award_notice(steps, pilot, concluded)
    return concluded


def _award_notice(steps: Steps, pilot: Administration, concluded: date) -> None:
    """The notice on the award, after the conclusion; none for a low value."""
    case = steps.case
    due = terms.award_notice(
        case.procedure, case.on, case.own, eu_publicity=case.eu_publicity
    )
    if due is None:
        return
    last = previous_working_day(end_of_period(concluded, due.value), pilot.closed)
    steps.link("conclusion", Lead(to="award_notice"))
    steps.put(
        "award_notice",
        say("Publish the award notice"),
        max(last, concluded),
        StepKind.LEGAL,
        administration=pilot.id,
        days=due.value,
        basis=(due.citation,),
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
            earlier(concluded, 1, pilot),
            StepKind.PRACTICE,
            administration=pilot.id,
            leads=(Lead(to="conclusion", days=1),),
        )
    sent = steps.put(
        "notification",
        label,
        earlier(latest_event(concluded - _DAY, waiting.value), 0, pilot),
        StepKind.LEGAL,
        administration=pilot.id,
        days=waiting.value,
        basis=(waiting.citation,),
        leads=(Lead(to="standstill", days=waiting.value, unit=PERIOD),),
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
        leads=(Lead(to="conclusion", days=1),),
        reach=lambda day: day,
    )
    return sent


def _awards(
    steps: Steps, pilot: Administration, concluded: date, sent: date
) -> tuple[Begun, ...]:
    """The files of the award, which the evaluation ends with; none once it is made."""
    case = steps.case
    by = sent - timedelta(days=case.practice.notification_days)
    others = [each for each in case.participants() if each.id != pilot.id]
    for other in others:
        found = ask_visum(
            steps, other, Stage.ORDER, of_step="conclusion", suffix=f"order:{other.id}"
        )
        if found is not None:
            by, sent = min(by, found.day - _DAY), min(sent, found.day)
            steps.link("award", Lead(to=found.code, days=1))
    note = None
    if not case.pilot:
        note = say("No pilot is appointed yet: the plan takes the first participant.")
    awarded = _award(
        steps, pilot, code="award", concluded=concluded, by=by, sent=sent, note=note
    )
    files = [awarded] if awarded is not None else []
    if case.answers.get(MANDATE) == "no":
        note = say("Without a mandate of the pilot every participant awards.")
        for other in others:
            own = _award(
                steps,
                other,
                code=f"award:{other.id}",
                concluded=concluded,
                by=by,
                sent=sent,
                note=note,
            )
            if own is not None and awarded is not None:
                files.append(own)
    return tuple(files)


def _award(
    steps: Steps,
    administration: Administration,
    *,
    code: str,
    concluded: date,
    by: date,
    sent: date,
    note: Message | None,
) -> Begun | None:
    """One body awards, in time for its supervisor; the file it needs, if any still."""
    case = steps.case
    found = oversight_of(steps, administration, (Stage.AWARD,))
    rule = found.rule if found else None
    received = concluded - _DAY
    if rule and rule.suspensive_award and rule.term_days:
        received = previous_working_day(latest_event(received, rule.term_days))
        by = min(by, before_sending(steps, received, rule))
    session = decide(
        steps,
        administration,
        code=code,
        stages=(Stage.AWARD,),
        by=by,
        limit=min(sent, received),
        step=word("Award the contract"),
        amount=case.candidate.estimate,
        note=note,
        leads=(Lead(to="notification", days=case.practice.notification_days),),
    )
    send_decision(
        steps,
        administration,
        (Stage.AWARD,),
        code,
        last=received,
        leads=(Lead(to="conclusion", days=1),),
    )
    if session is None:
        return None
    pilots = code == "award"
    return prepare_file(
        steps,
        administration,
        session,
        of_step=code,
        stage=Stage.AWARD,
        amount=own_estimate(steps, administration),
        part="award:",
        file="award_file" if pilots else "",
        label=word("Hand in the award file"),
    )


def _publication(steps: Steps, pilot: Administration, files: Sequence[Begun]) -> date:
    """The last day to launch, with the tenders between it and the award files."""
    case = steps.case
    launched = case.decision("launch", pilot.id, (Stage.LAUNCH,))
    if not files:
        return launched.on if launched else steps.day("award")
    published = case.procedure in terms.PUBLISHED
    least = terms.tender_term(
        case.procedure, case.on, case.practice, case.own, urgent=case.urgent
    )
    requests = terms.request_term(case.procedure, case.on, case.own, urgent=case.urgent)
    first = requests or least
    day, lead = _tenders(steps, pilot, files, least, requests)
    return steps.put(
        "launch",
        say("Launch the procedure: send the notice for publication")
        if published
        else say("Launch the procedure: invite the tenderers"),
        day,
        StepKind.LEGAL if published else StepKind.PRACTICE,
        administration=pilot.id,
        days=first.value,
        basis=(first.citation,) if published else (),
        note=say(
            "The Belgian notice does not appear before the European one, or 48 hours "
            "after its receipt was confirmed."
        )
        if published and case.eu_publicity
        else None,
        done=launched.on if launched else None,
        leads=(lead,),
    )


def _tenders(
    steps: Steps,
    pilot: Administration,
    files: Sequence[Begun],
    least: Term,
    requests: Term | None,
) -> tuple[date, Lead]:
    """The last day to launch, and what waits for it."""
    practice = steps.case.practice
    published = steps.case.procedure in terms.PUBLISHED
    evaluation = (
        practice.small_evaluation_days if steps.case.small else practice.evaluation_days
    )
    if steps.case.procedure in terms.NEGOTIATED:
        evaluation += practice.negotiation_days
    opening = steps.put(
        "opening",
        say("Receive and open the tenders"),
        earlier(min(each.day for each in files), evaluation, pilot),
        StepKind.PRACTICE,
        administration=pilot.id,
        days=evaluation,
        leads=tuple(Lead(to=each.code, days=evaluation) for each in files),
    )
    _validity(steps, pilot, opening)
    begun, lead = _start_of_term(steps, pilot, "opening", least)
    if requests is None:
        return begun, lead
    invited = steps.put(
        "invitation",
        say("Choose among the requests and invite tenders"),
        begun,
        StepKind.LEGAL if published else StepKind.PRACTICE,
        administration=pilot.id,
        days=least.value,
        basis=(least.citation,),
        leads=(lead,),
    )
    steps.put(
        "requests",
        say("Receive the requests to take part"),
        earlier(invited, practice.requests_days, pilot),
        StepKind.PRACTICE,
        administration=pilot.id,
        days=practice.requests_days,
        leads=(Lead(to="invitation", days=practice.requests_days),),
    )
    return _start_of_term(steps, pilot, "requests", requests)


def _validity(steps: Steps, pilot: Administration, opening: date) -> None:
    """The day on which the tenders lapse, unless the documents fix another period."""
    case = steps.case
    received = opening - timedelta(days=case.practice.opening_days)
    valid = terms.validity(case.on, case.own)
    if valid is None or case.procedure not in terms.PUBLISHED:
        return
    last = end_of_period(received, valid.value)
    concluded = steps.day("conclusion")
    note = None
    if concluded > last:
        note = say(
            "The tenders lapse {days} days before the conclusion: fix a validity of at "
            "least {needed} days in the specifications, or have it extended.",
            days=(concluded - last).days,
            needed=(concluded - received).days,
        )
    steps.link("opening", Lead(to="validity", days=valid.value, unit=PERIOD))
    steps.put(
        "validity",
        say("The tenders lapse, unless the documents fix a longer validity"),
        last,
        StepKind.LEGAL,
        administration=pilot.id,
        days=valid.value,
        basis=(valid.citation,),
        note=note,
        reach=lambda day: day,
    )


def _start_of_term(
    steps: Steps, pilot: Administration, code: str, least: Term
) -> tuple[date, Lead]:
    """The last working day from which the least time is over before that step."""
    days = steps.case.practice.opening_days
    last = steps.day(code) - timedelta(days=days)
    lead = Lead(to=code, days=least.value, unit=PERIOD, then=days)
    return earlier(latest_event(last, least.value), 0, pilot), lead


def _decisions(steps: Steps, launched: date) -> tuple[Begun, ...]:
    """Each participant decides before the launch; the files that must exist for it."""
    case = steps.case
    stages = (
        (Stage.CONDITIONS,) if case.alone else (Stage.PARTICIPATION, Stage.CONDITIONS)
    )
    days = case.practice.small_launch_days if case.small else case.practice.launch_days
    firsts: list[Begun] = []
    for administration in case.participants():
        by = launched - timedelta(days=days)
        code = f"council:{administration.id}"
        amount = own_estimate(steps, administration)
        session = decide(
            steps,
            administration,
            code=code,
            stages=stages,
            by=by,
            limit=launched,
            step=word("Decide on the procedure and the conditions")
            if case.alone
            else word("Decide to take part"),
            amount=amount,
            note=_decided_on(steps, administration),
            leads=(Lead(to="launch", days=days),),
        )
        found = oversight_of(steps, administration, stages)
        waits = found is not None and found.rule.waits == "sent"
        send_decision(
            steps,
            administration,
            stages,
            code,
            last=launched if waits else None,
            leads=(Lead(to="launch"),),
        )
        if session is not None:
            begun = prepare_file(
                steps,
                administration,
                session,
                of_step=code,
                stage=stages[0],
                amount=amount,
            )
            firsts.append(begun)
    name_both(steps, "council", launched)
    return tuple(firsts)


def _decided_on(steps: Steps, administration: Administration) -> Message | None:
    """What the decision before the launch is about."""
    case = steps.case
    if not case.alone:
        return say("Participation, convention, procedure and conditions.")
    if case.small and terms.daily_management(
        administration, Stage.CONDITIONS, case.on, case.own
    ):
        return say(
            "A low value is taken for daily management: check how the council defined "
            "it."
        )
    return None


def supposed(steps: Steps) -> Message | None:
    """How the procedure of one that buys alone was planned; None where it is not."""
    case = steps.case
    who = case.participants()[0]
    kind = steps.bodies.get(f"council:{who.id}")
    if not case.alone or kind is None:
        return None
    body = body_name(
        who,
        next((b for b in who.bodies if b.kind is kind), CompetentBody(kind=kind)),
    )
    daily = terms.daily_management(who, Stage.CONDITIONS, case.on, case.own)
    if kind is BodyKind.COUNCIL:
        return say(
            "Planned as an own procedure; the conditions are decided on by: {body} (a "
            "delegation is not counted on).",
            body=body,
        )
    if case.small and daily is not None:
        return say(
            "Planned as an own procedure, as daily management; the conditions are "
            "decided on by: {body}.",
            body=body,
        )
    return say(
        "Planned as an own procedure; the conditions are decided on by: {body}.",
        body=body,
    )


def _specifications(
    steps: Steps, administration: Administration, before: Sequence[Begun]
) -> None:
    """What one administration prepares by itself before its first file."""
    practice = steps.case.practice
    days = practice.specifications_days
    label = say("Draw up the specifications")
    if steps.case.small:
        days = practice.small_specifications_days
        label = say("Draw up the request for prices")
    steps.put(
        "specifications",
        label,
        earlier(
            min(each.day for each in still_open(steps, before)), days, administration
        ),
        StepKind.PRACTICE,
        administration=administration.id,
        days=days,
        leads=tuple(Lead(to=each.code, days=days) for each in before),
    )


def _preparation(steps: Steps, before: Sequence[Begun]) -> None:
    practice = steps.case.practice
    first = min(each.day for each in still_open(steps, before))
    agreed = steps.put(
        "convention",
        say("Agree on the draft convention and the specifications"),
        previous_working_day(first - timedelta(days=practice.convention_days)),
        StepKind.PRACTICE,
        days=practice.convention_days,
        leads=tuple(
            Lead(to=each.code, days=practice.convention_days) for each in before
        ),
    )
    steps.put(
        "collected",
        say("Collect the needs: quantities, maxima, start days"),
        previous_working_day(agreed - timedelta(days=practice.needs_days)),
        StepKind.PRACTICE,
        days=practice.needs_days,
        leads=(Lead(to="convention", days=practice.needs_days),),
    )
