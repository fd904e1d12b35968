"""A body decides: the file and the opinion before its session, the sending after it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from jointbuy.errors import Arg, Message, say, word
from jointbuy.model import CompetentBody, Form, Stage, StepKind, Vote
from jointbuy.schedule import terms
from jointbuy.schedule.calendar import (
    end_of_period,
    latest_event,
    previous_working_day,
)
from jointbuy.schedule.names import administration_name, body_name, named
from jointbuy.schedule.sessions import (
    Session,
    first_reachable_session,
    last_useful_session,
    session_on,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal

    from jointbuy.law import Supervision
    from jointbuy.model import Administration, Citation, Decision
    from jointbuy.schedule.case import Steps

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
) -> Session | None:
    """The session that decides by that day, with its file and opinion before it.

    None when the body has decided already: nothing is left to prepare. Between `by`
    and `limit` lies a practice that an actual or fixed day may use up; after `limit`
    it is a breach.
    """
    case = steps.case
    kind, basis = terms.competence(
        administration, stages[0], amount, case.on, case.own, form=case.form
    )
    body = next(
        (each for each in administration.bodies if each.kind is kind),
        CompetentBody(kind=kind),
    )
    label = of(step, administration)
    taken = steps.case.decision(code, administration.id, stages)
    if taken is not None:
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
    if body.convocation_days is None:
        basis = (*basis, *summoned)
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
        return session_on(
            body,
            forced.day,
            convocation_days=convocation,
            filing_days=filing,
            closed=administration.closed,
        )
    found = last_useful_session(
        body,
        by,
        convocation_days=convocation,
        filing_days=filing,
        today=steps.case.on,
        closed=administration.closed,
    )
    if found is not None:
        return found
    reach = first_reachable_session(
        body,
        convocation_days=convocation,
        filing_days=filing,
        today=steps.case.on,
        closed=administration.closed,
    )
    _no_session(steps, administration, body, code=code, by=by, reach=reach)
    missed = session_on(
        body,
        by,
        convocation_days=convocation,
        filing_days=filing,
        closed=administration.closed,
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
    steps.breach(
        code,
        late,
        message,
        say("Ask for an extra session, or register the sessions that are missing."),
    )


def own_estimate(steps: Steps, administration: Administration) -> Decimal | None:
    """The sum of the needs of one participant; None when one has no estimate."""
    own = [
        need.estimate
        for need in steps.case.own_needs()
        if need.administration == administration.id
    ]
    known = [amount for amount in own if amount is not None]
    return sum(known[1:], known[0]) if own and len(known) == len(own) else None


def prepare_file(
    steps: Steps,
    administration: Administration,
    session: Session,
    *,
    amount: Decimal | None,
    part: str = "",
) -> date:
    """The file of a session and the opinion it needs; the earliest day of the two.

    Source: Walloon code of local democracy, art. L1124-40, § 1, 3°.
    """
    suffix = f"{part}{administration.id}"
    first = steps.put(
        f"file:{suffix}",
        of(word("Hand in the file for the session"), administration),
        session.filing,
        StepKind.PRACTICE,
        administration=administration.id,
        days=(session.day - session.filing).days,
    )
    opinion = terms.opinion(administration, amount, steps.case.on, steps.case.own)
    if opinion is None:
        return first
    asked = latest_event(first, opinion.value, unit="working_days")
    return steps.put(
        f"opinion:{suffix}",
        of(word("Ask the opinion of the financial director"), administration),
        previous_working_day(asked, administration.closed),
        StepKind.LEGAL,
        administration=administration.id,
        days=opinion.value,
        basis=(opinion.citation,),
        note=say("Working days, from a complete file; they can be doubled once."),
    )


def send_decision(
    steps: Steps,
    administration: Administration,
    stages: Sequence[Stage],
    code: str,
    *,
    last: date | None = None,
) -> None:
    """What the supervisory authority is sent, or the public told, of a decision.

    Not later than `last`, the day before the decision is carried out, and not before
    it was taken.

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
    sent = steps.put(
        f"send_{code}",
        of(step, administration),
        day,
        StepKind.SUPERVISION,
        administration=administration.id,
        days=days,
        basis=tuple(dict.fromkeys((*found.basis, rule.citation))),
        note=_supervision_note(found, stages),
    )
    if rule.suspensive_award and Stage.AWARD in stages and rule.term_days:
        steps.put(
            f"executory_{code}",
            of(word("The award can be carried out"), administration),
            end_of_period(sent, rule.term_days) + timedelta(days=1),
            StepKind.SUPERVISION,
            administration=administration.id,
            days=rule.term_days,
            basis=(rule.citation,),
        )


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
