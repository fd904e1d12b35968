"""A body decides: the file and the opinion before its session, the sending after it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from jointbuy.errors import Arg, Message, say, word
from jointbuy.model import BodyKind, CompetentBody, Form, Stage, StepKind, Vote
from jointbuy.schedule import terms
from jointbuy.schedule.calendar import (
    end_of_period,
    latest_event,
    previous_working_day,
)
from jointbuy.schedule.case import FILING, PERIOD, WORKING_DAYS, Lead
from jointbuy.schedule.names import administration_name, body_name, named
from jointbuy.schedule.rhythm import meets
from jointbuy.schedule.sessions import (
    Session,
    first_reachable_session,
    last_useful_session,
    session_on,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from decimal import Decimal

    from jointbuy.law import Supervision, Term
    from jointbuy.model import Administration, Citation, Decision
    from jointbuy.schedule.case import Meeting, Steps

_DAY = timedelta(days=1)

BY_PROCEDURE = (Form.JOINT_CONTRACT, Form.PURCHASING_CENTRE)
"""The forms in which a procedure is run; the others have none."""


def decide(
    steps: Steps,
    administration: Administration,
    *,
    code: str,
    stages: Sequence[Stage],
    by: date,
    limit: date,
    step: Arg,
    amount: Decimal | None = None,
    note: Message | None = None,
    leads: Sequence[Lead] = (),
    of_body: BodyKind | None = None,
    summons: Term | None = None,
) -> Session | None:
    """The session that decides by that day, with its file and opinion before it.

    None when the body has decided already: nothing is left to prepare. Between `by`
    and `limit` lies a practice that an actual or fixed day may use up, and nothing
    else; after `limit` it is a breach. `leads` are the steps that wait for the
    decision; `of_body` is the body and `summons` the clear days before it, where the
    stage does not tell.
    """
    case = steps.case
    if of_body is None:
        kind, basis = terms.competence(
            administration,
            stages[0],
            amount,
            case.on,
            case.own,
            form=case.form,
            daily=case.small,
        )
    else:
        kind, basis = of_body, ()
    body = next(
        (each for each in administration.bodies if each.kind is kind),
        CompetentBody(kind=kind),
    )
    label = of(step, administration)
    steps.link(code, *leads)
    taken = steps.case.decision(code, administration.id, stages)
    if taken is not None:
        if taken.on <= limit:
            steps.tight.add(code)
        _record(
            steps, taken, administration, code=code, label=label, by=limit, basis=basis
        )
        return None
    convocation, filing, summoned = terms.summons(
        administration,
        kind,
        steps.case.on,
        steps.case.practice,
        steps.case.own,
    )
    if summons is not None:
        convocation = max(convocation, summons.value)
        summoned = (*summoned, summons.citation)
    if body.convocation_days is None:
        basis = (*basis, *summoned)
    steps.sessions[code] = _meeting(administration, body, convocation, filing)
    steps.bodies[code] = kind
    session = _session(
        steps,
        administration,
        body,
        code=code,
        label=label,
        by=by,
        limit=limit,
        days=(convocation, filing),
    )
    if not any(each.milestone == code for each in steps.breaches):
        steps.sessions[code] = _with(steps.sessions[code], session)
    steps.put(
        code,
        label,
        session.day,
        StepKind.SESSION,
        administration=administration.id,
        basis=basis,
        note=session.note or note,
    )
    return session


def _with(meeting: Meeting, planned: Session) -> Meeting:
    """The session that was planned counts as well, though it be doubtful."""

    def meet(filed: date, open_from: date) -> date:
        first = meeting(filed, open_from)
        if planned.filing >= filed and open_from <= planned.day < first:
            return planned.day
        return first

    return meet


def _meeting(
    administration: Administration, body: CompetentBody, convocation: int, filing: int
) -> Meeting:
    """How the first session is found, given when the file is ready and it may meet."""

    def meet(filed: date, open_from: date) -> date:
        least = session_on(
            body,
            open_from,
            convocation_days=convocation,
            filing_days=filing,
            closed=administration.closed,
        )
        today = max(filed, least.filing)
        while True:
            found = first_reachable_session(
                body,
                convocation_days=convocation,
                filing_days=filing,
                today=today,
                closed=administration.closed,
            )
            if found.day >= open_from:
                return found.day
            today = max(today, found.filing) + _DAY

    return meet


def _record(
    steps: Steps,
    taken: Decision,
    administration: Administration,
    *,
    code: str,
    label: Message,
    by: date,
    basis: tuple[Citation, ...],
) -> None:
    steps.put(
        code,
        label,
        by,
        StepKind.SESSION,
        administration=taken.administration,
        basis=basis,
        done=taken.on,
    )
    if taken.outcome is Vote.NO:
        steps.breach(
            code,
            0,
            say(
                "{administration} decided against it on {day}.",
                administration=administration_name(administration),
                day=taken.on,
            ),
            say("Plan again without this administration."),
        )


def _session(
    steps: Steps,
    administration: Administration,
    body: CompetentBody,
    *,
    code: str,
    label: Message,
    by: date,
    limit: date,
    days: tuple[int, int],
) -> Session:
    convocation, filing = days
    forced = steps.case.fixed(code)
    if forced:
        if forced.day > limit:
            steps.fixed_too_late(code, label, forced, limit)
        else:
            steps.tight.add(code)
        return replace(
            session_on(
                body,
                forced.day,
                convocation_days=convocation,
                filing_days=filing,
                closed=administration.closed,
            ),
            note=_not_a_session(body, forced.day),
        )
    ready = steps.case.ready.get(code, steps.case.on)
    found = last_useful_session(
        body,
        by,
        convocation_days=convocation,
        filing_days=filing,
        today=ready,
        closed=administration.closed,
    )
    if found is not None:
        return found
    reach = first_reachable_session(
        body,
        convocation_days=convocation,
        filing_days=filing,
        today=ready,
        closed=administration.closed,
    )
    soonest = first_reachable_session(
        replace(body, sessions=(), rhythm=None),
        convocation_days=convocation,
        filing_days=filing,
        today=ready,
        closed=administration.closed,
    )
    steps.reached[code] = reach.day
    missed = session_on(
        body,
        previous_working_day(by, administration.closed),
        convocation_days=convocation,
        filing_days=filing,
        closed=administration.closed,
    )
    _no_session(
        steps,
        administration,
        body,
        code=code,
        by=missed.day,
        reach=reach,
        ways_out=(_extra(soonest.day, missed.day), *_tight(reach, limit)),
    )
    return replace(
        missed,
        note=say("No session is left before this day that a file can still reach."),
    )


def _no_session(
    steps: Steps,
    administration: Administration,
    body: CompetentBody,
    *,
    code: str,
    by: date,
    reach: Session,
    ways_out: Sequence[Message],
) -> None:
    late = (reach.day - by).days
    name, organ = administration_name(administration), body_name(administration, body)
    if reach.estimated:
        message = say(
            "{administration} ({body}) must decide by {by}: no session is left "
            "that a file can still reach. With the summons and the filing, {day} "
            "would be the first possible day, {days} days too late.",
            administration=name,
            body=organ,
            by=by,
            day=reach.day,
            days=late,
        )
    else:
        message = say(
            "{administration} ({body}) must decide by {by}: the first session that "
            "a file can still reach is on {day}, {days} days too late.",
            administration=name,
            body=organ,
            by=by,
            day=reach.day,
            days=late,
        )
    steps.breach(code, late, message, *ways_out)


def _not_a_session(body: CompetentBody, day: date) -> Message | None:
    """What there is to do where no session is known on a day that somebody fixed."""
    if meets(body, day):
        return None
    return say(
        "No session of this body is registered on {day}, the day that was fixed: "
        "register the session, or free the day.",
        day=day,
    )


def _tight(reach: Session, limit: date) -> Iterator[Message]:
    """A session that only the days of practice keep from being in time."""
    if reach.estimated or reach.day >= limit:
        return
    yield say(
        "Or keep to the session of {day} and fix that day in the plan, with the "
        "reason, if the {left} days from it to {limit} are enough.",
        day=reach.day,
        left=(limit - reach.day).days,
        limit=limit,
    )


def _extra(soonest: date, last: date) -> Message:
    """Whether an extra session could still be in time; `last` is its last day."""
    if soonest > last:
        return say(
            "An extra session would come too late as well: with the summons and the "
            "filing, {day} would be the first possible day.",
            day=soonest,
        )
    return say(
        "Ask for an extra session: with the summons and the filing, {day} is the first "
        "possible day and {last} the last that is in time. Or register the sessions "
        "that are missing.",
        day=soonest,
        last=last,
    )


def own_estimate(steps: Steps, administration: Administration) -> Decimal | None:
    """The sum of the needs of one participant; None when one has no estimate.

    Without needs, that of the candidate where it buys alone.
    """
    if steps.case.alone and not steps.case.candidate.needs:
        return steps.case.candidate.estimate
    own = [
        need.estimate
        for need in steps.case.own_needs()
        if need.administration == administration.id
    ]
    known = [amount for amount in own if amount is not None]
    return sum(known[1:], known[0]) if own and len(known) == len(own) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """The first step towards a session, and the last day for it."""

    code: str
    day: date


def prepare_file(
    steps: Steps,
    administration: Administration,
    session: Session,
    *,
    of_step: str,
    stage: Stage,
    amount: Decimal | None,
    part: str = "",
    file: str = "",
    label: Arg | None = None,
) -> Begun:
    """The file of a session and the opinion or visum it needs; the earliest of them.

    `of_step` is the code of the session; `file` and `label` are the code and the words
    of the file, where it is not called as the others.

    Source: Walloon code of local democracy, art. L1124-40, § 1, 3°; Flemish Decree of
        22 December 2017, art. 177, 266 and 267.
    """
    suffix = f"{part}{administration.id}"
    file = file or f"file:{suffix}"
    first = steps.put(
        file,
        of(label or word("Hand in the file for the session"), administration),
        session.filing,
        StepKind.PRACTICE,
        administration=administration.id,
        days=(session.day - session.filing).days,
        leads=(Lead(to=of_step, unit=FILING),),
    )
    begun = Begun(code=file, day=first)
    if steps.is_done(file):
        return begun
    found = terms.opinion(administration, stage, amount, steps.case.on, steps.case.own)
    if found is None:
        return (
            ask_visum(steps, administration, stage, of_step=file, suffix=suffix)
            or begun
        )
    asked = latest_event(first, found.value, unit="working_days")
    code = f"opinion:{suffix}"
    day = steps.put(
        code,
        of(word("Ask the opinion of the financial director"), administration),
        previous_working_day(asked, administration.closed),
        StepKind.LEGAL,
        administration=administration.id,
        days=found.value,
        basis=(found.citation,),
        note=say("Working days, from a complete file; they can be doubled once."),
        leads=(Lead(to=file, days=found.value, unit=WORKING_DAYS),),
    )
    return Begun(code=code, day=day)


def ask_visum(
    steps: Steps,
    administration: Administration,
    stage: Stage,
    *,
    of_step: str,
    suffix: str,
) -> Begun | None:
    """The visum before a commitment, where it is due.

    Source: Flemish Decree of 22 December 2017, art. 177, 266 and 267.
    """
    basis = terms.visum(administration, stage, steps.case.on)
    if basis is None:
        return None
    days = steps.case.practice.visum_days
    code = f"visum:{suffix}"
    day = steps.put(
        code,
        of(word("Ask the visum of the financial director"), administration),
        previous_working_day(
            steps.day(of_step) - timedelta(days=days), administration.closed
        ),
        StepKind.LEGAL,
        administration=administration.id,
        days=days,
        basis=(basis,),
        note=say(
            "Before anything is committed, except for the categories that the council "
            "left out. No term is set: these days are a practice."
        ),
        leads=(Lead(to=of_step, days=days),),
    )
    return Begun(code=code, day=day)


def name_both(steps: Steps, name: str, launch: date | None = None) -> None:
    """Name a body that can decide in time beside each that cannot, with the days.

    `launch` is the day that all of them decide for, where there is one.
    """
    people = {f"{name}:{each.id}": each for each in steps.case.participants()}
    told = {each.milestone for each in steps.breaches}
    able = [people[c] for c in people if c in steps.sessions and c not in told]
    if not able:
        return
    for index, breach in enumerate(steps.breaches):
        day = steps.reached.get(breach.milestone)
        if day is None or breach.milestone not in people:
            continue
        first = administration_name(able[0])
        second = administration_name(people[breach.milestone])
        by = day - timedelta(days=breach.days)
        steps.breaches[index] = replace(
            breach,
            message=say(
                "{first} and {second} cannot both decide in time: {first} can, "
                "{second} must by {by} and can on {day} at the earliest, {days} days "
                "too late.",
                first=first,
                second=second,
                by=by,
                day=day,
                days=breach.days,
            )
            if launch is None
            else say(
                "{first} and {second} cannot both decide in time for the launch on "
                "{launch}: {first} can, {second} must by {by} and can on {day} at the "
                "earliest, {days} days too late.",
                first=first,
                second=second,
                launch=launch,
                by=by,
                day=day,
                days=breach.days,
            ),
        )


def still_open(steps: Steps, begun: Sequence[Begun]) -> tuple[Begun, ...]:
    """Those not begun with yet; all of them where each one is."""
    waiting = tuple(each for each in begun if not steps.is_done(each.code))
    return waiting or tuple(begun)


def hear_committee(steps: Steps, before: Sequence[Begun]) -> tuple[Begun, ...]:
    """The committee of a commune and its CPAS, where it is heard before the files.

    What is given, where it is not.

    Source: organic law of 8 July 1976, art. 26, § 2, and 26bis.
    """
    case = steps.case
    found = terms.committee(case.participants(), case.form, case.on)
    if found is None or not before:
        return tuple(before)
    note = say("Its minutes go with the files of both councils.")
    if case.form in BY_PROCEDURE and found.why is not None:
        note = say("{first} {more}", first=found.why, more=note)
    day = steps.put(
        "consultation",
        say("Hear the consultation committee of the commune and its CPAS"),
        previous_working_day(
            min(each.day for each in still_open(steps, before)) - _DAY
        ),
        StepKind.LEGAL,
        basis=found.basis,
        note=note,
        leads=tuple(Lead(to=each.code, days=1) for each in before),
    )
    return (Begun(code="consultation", day=day),)


def send_decision(
    steps: Steps,
    administration: Administration,
    stages: Sequence[Stage],
    code: str,
    *,
    last: date | None = None,
    leads: Sequence[Lead] = (),
) -> None:
    """What the supervisory authority is sent, or the public told, of a decision.

    Not later than `last`, the day before the decision is carried out, and not before
    it was taken. `leads` are the steps that carry it out: they wait for the sending
    or, where an award waits for the authority, for its term.

    Source: see `jointbuy.law.supervision`.
    """
    found = oversight_of(steps, administration, stages)
    if found is None:
        return
    rule = found.rule
    decided = steps.day(code)
    days = rule.publish_days or rule.transmit_days
    day = end_of_period(decided, days) if days else (last or decided)
    day = max(previous_working_day(min(day, last or day)), decided)
    step = (
        word("Publish the decision")
        if rule.publish_days
        else word("Send the decision to the supervisory authority")
    )
    waiting = rule.suspensive_award and Stage.AWARD in stages and rule.term_days
    sent_code = f"send_{code}"
    steps.link(code, Lead(to=sent_code) if not waiting else _sending(steps, rule, code))
    sent = steps.put(
        sent_code,
        of(step, administration),
        day,
        StepKind.SUPERVISION,
        administration=administration.id,
        days=days,
        basis=tuple(dict.fromkeys((*found.basis, rule.citation))),
        note=_supervision_note(found, stages),
        leads=leads if rule.waits == "sent" else (),
        reach=lambda day: day,
    )
    if waiting and rule.term_days:
        executory = f"executory_{code}"
        steps.link(
            sent_code, Lead(to=executory, days=rule.term_days, unit=PERIOD, then=1)
        )
        steps.put(
            executory,
            of(word("The award can be carried out"), administration),
            end_of_period(sent, rule.term_days) + timedelta(days=1),
            StepKind.SUPERVISION,
            administration=administration.id,
            days=rule.term_days,
            basis=(rule.citation,),
            leads=tuple(Lead(to=each.to) for each in leads),
            reach=lambda day: day,
        )


def _sending(steps: Steps, rule: Supervision, code: str) -> Lead:
    """An award that waits is planned with the time its sending may take."""
    taken, most = steps.case.practice.transmission_days, rule.transmit_days
    if most and (taken is None or taken > most):
        return Lead(to=f"send_{code}", days=most, unit=PERIOD)
    return Lead(to=f"send_{code}", days=taken or 0)


def before_sending(steps: Steps, received: date, rule: Supervision) -> date:
    """The award comes early enough for its sending to take the time it may take."""
    taken, most = steps.case.practice.transmission_days, rule.transmit_days
    if most and (taken is None or taken > most):
        return latest_event(received, most)
    return received - timedelta(days=taken or 0)


def oversight_of(
    steps: Steps, administration: Administration, stages: Sequence[Stage]
) -> terms.Oversight | None:
    """The supervision that an act of these stages is under in this case."""
    case = steps.case
    return terms.oversight(
        administration,
        stages,
        nature=case.candidate.nature,
        procedure=case.procedure if case.form in BY_PROCEDURE else "",
        amount=case.candidate.estimate,
        on=case.on,
        own=case.own,
        form=case.form,
    )


def _supervision_note(found: terms.Oversight, stages: Sequence[Stage]) -> Message:
    """How long the authority has, what that means meanwhile, and why it is sent."""
    note = _meanwhile(found.rule, stages)
    if found.why is None:
        return note
    return say("{note} {reason}", note=note, reason=found.why)


def _meanwhile(rule: Supervision, stages: Sequence[Stage]) -> Message:
    authority = named(rule.authority, "")
    if rule.publish_days:
        return say(
            "{authority}: a complaint can be made within {days} days of the "
            "publication.",
            authority=authority,
            days=rule.complaint_days or 0,
        )
    if not rule.transmit_days or not rule.term_days:
        return say(
            "{authority}: its terms are not known here. Ask it before you go on.",
            authority=authority,
        )
    if rule.suspensive_award and Stage.AWARD in stages:
        return say(
            "{authority}, where the amount makes it due: it has {days} days and may "
            "add {extension}, which the plan does not count. Until then the award "
            "cannot be carried out.",
            authority=authority,
            days=rule.term_days,
            extension=rule.extension_days or 0,
        )
    return say(
        "{authority}, where the amount makes it due: it has {days} days and may add "
        "{extension}. What is done before is done at the risk of an annulment.",
        authority=authority,
        days=rule.term_days,
        extension=rule.extension_days or 0,
    )


def of(step: Arg, administration: Administration) -> Message:
    """A step of one administration; the step is a word, so that it is translated."""
    return say(
        "{step} – {administration}",
        step=step,
        administration=administration_name(administration),
    )


def earlier(day: date, days: int, administration: Administration | None) -> date:
    """So many days before, on a day on which the administration works."""
    closed = administration.closed if administration else ()
    return previous_working_day(day - timedelta(days=days), closed)
