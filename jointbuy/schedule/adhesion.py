"""The steps of buying through a framework agreement of a purchasing centre."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from jointbuy.centres import identified
from jointbuy.centres.eligibility import Known
from jointbuy.errors import Message, UsageError, say, word
from jointbuy.model import (
    AdhesionStatus,
    CallOff,
    InterestAnswer,
    Region,
    Stage,
    StepKind,
)
from jointbuy.schedule.calendar import previous_working_day
from jointbuy.schedule.decisions import (
    decide,
    of,
    own_estimate,
    prepare_file,
    send_decision,
)
from jointbuy.schedule.names import administration_name, named

if TYPE_CHECKING:
    from jointbuy.model import Administration, FrameworkAgreement
    from jointbuy.schedule.case import Case, Steps

_DAY = timedelta(days=1)


def plan_adhesion(steps: Steps) -> None:
    """Every step from the interest marked to the first order, added to `steps`.

    Raises:
        UsageError: there is no framework agreement to plan for.

    Source: law of 17 June 2016, art. 2, 6° to 8°, 43 and 47; Walloon code of local
        democracy, art. L1222-7.
    """
    case = steps.case
    framework = case.framework
    if framework is None:
        raise UsageError(
            say(
                "A plan to buy through a purchasing centre needs its framework "
                "agreement: record it, or plan a joint contract."
            )
        )
    steps.put("start", say("First delivery"), case.wanted, StepKind.ANCHOR)
    _days_of_the_centre(steps, framework)
    firsts = [
        first
        for administration in case.participants()
        if (first := _administration(steps, framework, administration)) is not None
    ]
    if firsts:
        _collection(steps, min(firsts))


def _days_of_the_centre(steps: Steps, framework: FrameworkAgreement) -> None:
    title = named(framework.title, framework.id)
    days = (
        (
            "centre_launch",
            framework.launch,
            say("The centre launches – {framework}", framework=title),
        ),
        (
            "centre_award",
            framework.award,
            say("The centre awards – {framework}", framework=title),
        ),
        (
            "framework_start",
            framework.start,
            say("The framework agreement starts – {framework}", framework=title),
        ),
        (
            "framework_end",
            framework.end,
            say("Last day to conclude orders – {framework}", framework=title),
        ),
    )
    for code, day, label in days:
        if day is not None:
            steps.put(code, label, day, StepKind.ANCHOR)


def _administration(
    steps: Steps, framework: FrameworkAgreement, administration: Administration
) -> date | None:
    """The steps of one administration; the day its needs must be known."""
    ordered = _order(steps, framework, administration)
    used = _use(steps, framework, administration, ordered)
    launched = framework.launch is not None and framework.launch <= steps.case.on
    if launched:
        _closed(steps, framework, administration)
        joined = _adhesion(steps, framework, administration, used)
        asked = None if steps.is_done(f"use:{administration.id}") else used
        return min((day for day in (joined, asked) if day is not None), default=None)
    interest = _interest(steps, framework, administration)
    by, margin = used, 1
    if interest is not None:
        by, margin = interest, steps.case.practice.interest_days
    elif framework.launch is not None:
        by = min(used, framework.launch - _DAY)
    joined = _adhesion(steps, framework, administration, by, margin=margin)
    return joined if interest is not None else None


def _order(
    steps: Steps, framework: FrameworkAgreement, administration: Administration
) -> date:
    """The last day to conclude the order, within the days of the framework."""
    case = steps.case
    code = f"order:{administration.id}"
    day = _earlier(case.wanted, case.practice.order_days, administration)
    note = None
    if framework.end is not None and day > framework.end:
        day = previous_working_day(framework.end, administration.closed)
        note = say("The framework agreement ends before: orders are concluded by then.")
    known = identified(framework, administration, case.centre, case.on)
    if known.answer is Known.UNKNOWN:
        note = known.why
    placed = case.decision(code, administration.id, (Stage.ORDER,))
    ordered = steps.put(
        code,
        of(word("Conclude the order"), administration),
        day,
        StepKind.PRACTICE,
        administration=administration.id,
        days=case.practice.order_days,
        note=note,
        done=placed.on if placed else None,
    )
    if framework.start is not None and ordered < framework.start:
        late = (framework.start - ordered).days
        steps.breach(
            code,
            late,
            say(
                "The order must be concluded by {day}, and the framework agreement "
                "only starts on {start}, {days} days later.",
                day=ordered,
                start=framework.start,
                days=late,
            ),
        )
    if framework.end is not None and framework.end < case.on and placed is None:
        late = (case.on - framework.end).days
        steps.breach(
            code,
            late,
            say(
                "The framework agreement ended on {end}, {days} days ago: no order "
                "can be concluded under it.",
                end=framework.end,
                days=late,
            ),
            say("Ask the centre for its next framework agreement."),
        )
    return ordered


def _use(
    steps: Steps,
    framework: FrameworkAgreement,
    administration: Administration,
    ordered: date,
) -> date:
    """The decision on the need and its cover; the day its file must exist."""
    case = steps.case
    by = ordered
    if framework.call_off in {CallOff.MINI_COMPETITION, CallOff.BOTH}:
        by = steps.put(
            f"competition:{administration.id}",
            of(word("Reopen competition"), administration),
            _earlier(ordered, case.practice.mini_competition_days, administration),
            StepKind.PRACTICE,
            administration=administration.id,
            days=case.practice.mini_competition_days,
        )
    by = _earlier(by, 1, administration)
    code = f"use:{administration.id}"
    step = word("Decide on the need and on using the centre")
    used_on = _used_on(case, framework, administration)
    if used_on is not None:
        return steps.put(
            code,
            of(step, administration),
            by,
            StepKind.SESSION,
            administration=administration.id,
            done=used_on,
        )
    amount = own_estimate(steps, administration)
    note = None
    if administration.region is Region.WALLONIA:
        note = say("A second decision for each need, separate from the adhesion.")
    session = decide(
        steps,
        administration,
        code=code,
        stages=(Stage.USE,),
        by=by,
        limit=ordered,
        step=step,
        amount=amount,
        note=note,
    )
    if session is None:
        return steps.day(code)
    return prepare_file(steps, administration, session, amount=amount, part="use:")


def _used_on(
    case: Case, framework: FrameworkAgreement, administration: Administration
) -> date | None:
    """The day on which the last of the own needs was decided; None if one is not."""
    own = {
        need.id for need in case.own_needs() if need.administration == administration.id
    }
    days = {
        use.need: use.decided_on
        for use in case.uses
        if use.framework == framework.id
        and use.need in own
        and use.decided_on is not None
        and use.decided_on <= case.on
    }
    return max(days.values()) if own and set(days) == own else None


def _interest(
    steps: Steps, framework: FrameworkAgreement, administration: Administration
) -> date | None:
    """The last day to mark interest; None where it is marked or no day is known."""
    case = steps.case
    marked = next(
        (
            each
            for each in case.interests
            if each.framework == framework.id
            and each.administration == administration.id
        ),
        None,
    )
    known = [
        day
        for day in (framework.interest_deadline, marked.due if marked else None)
        if day is not None
    ]
    if not known and framework.launch is not None:
        known = [framework.launch - _DAY]
    yes = marked is not None and marked.answer is InterestAnswer.YES
    done = marked.answered_on if marked and yes else None
    if marked and yes and done is None:
        done = min((*known, case.on))
    if not known and done is None:
        return None
    code = f"interest:{administration.id}"
    name = administration_name(administration)
    day = steps.put(
        code,
        of(word("Mark interest, with a maximum"), administration),
        min(known) if known else case.on,
        StepKind.ANCHOR,
        administration=administration.id,
        note=say("No answer counts as no."),
        done=done,
    )
    if done is not None:
        return None
    if day < case.on:
        late = (case.on - day).days
        steps.breach(
            code,
            late,
            say(
                "{administration} has not marked its interest, and the last day was "
                "{day}, {days} days ago.",
                administration=name,
                day=day,
                days=late,
            ),
            say(
                "Ask the centre in writing whether it still accepts the interest: it "
                "can until the launch."
            ),
        )
    return day


def _closed(
    steps: Steps, framework: FrameworkAgreement, administration: Administration
) -> None:
    """Nobody enters a framework agreement after its launch."""
    case = steps.case
    answer = identified(framework, administration, case.centre, case.on)
    if answer.answer is not Known.NO or framework.launch is None:
        return
    late = (steps.case.on - framework.launch).days
    steps.breach(
        f"interest:{administration.id}",
        late,
        say(
            "The framework agreement was launched on {launch} without "
            "{administration}: nobody can enter it afterwards.",
            launch=framework.launch,
            administration=administration_name(administration),
        ),
        say("Mark interest in the next framework agreement of the centre."),
    )


def _adhesion(
    steps: Steps,
    framework: FrameworkAgreement,
    administration: Administration,
    by: date,
    *,
    margin: int = 1,
) -> date | None:
    """The decision to join and the convention; the day its file must exist."""
    case = steps.case
    own = next(
        (
            each
            for each in case.adhesions
            if each.centre == framework.centre
            and each.administration == administration.id
            and each.status in {AdhesionStatus.ADHERED, AdhesionStatus.CONDITIONAL}
        ),
        None,
    )
    code = f"adhesion:{administration.id}"
    step = word("Decide on joining the centre")
    signed = own.convention_on if own else None
    steps.put(
        f"convention:{administration.id}",
        of(word("Sign the convention with the centre"), administration),
        _earlier(by, 0, administration),
        StepKind.PRACTICE,
        administration=administration.id,
        done=signed,
    )
    if own is not None:
        steps.put(
            code,
            of(step, administration),
            by,
            StepKind.SESSION,
            administration=administration.id,
            done=min(own.decided_on or signed or case.on, case.on),
            note=_conditions(own.status),
        )
        return None
    session = decide(
        steps,
        administration,
        code=code,
        stages=(Stage.ADHESION,),
        by=_earlier(by, margin, administration),
        limit=by,
        step=step,
    )
    send_decision(steps, administration, (Stage.ADHESION,), code)
    if session is None:
        return None
    return prepare_file(
        steps,
        administration,
        session,
        amount=own_estimate(steps, administration),
        part="adhesion:",
    )


def _conditions(status: AdhesionStatus) -> Message | None:
    if status is AdhesionStatus.CONDITIONAL:
        return say("Joined under conditions: check that they are met.")
    return None


def _collection(steps: Steps, first: date) -> None:
    steps.put(
        "collected",
        say("Collect the needs: quantities, maxima, start days"),
        previous_working_day(first - _DAY),
        StepKind.PRACTICE,
    )


def _earlier(day: date, days: int, administration: Administration) -> date:
    """So many days before, on a day on which the administration works."""
    return previous_working_day(day - timedelta(days=days), administration.closed)
