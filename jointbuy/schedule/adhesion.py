"""The steps of buying through a framework agreement of a purchasing centre."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from jointbuy.centres import identified
from jointbuy.centres.eligibility import Known
from jointbuy.centres.interest import due_day
from jointbuy.centres.joining import membership
from jointbuy.centres.orders import concluded
from jointbuy.errors import Message, NotInForce, UsageError, say, word
from jointbuy.law import term
from jointbuy.law.derivation.case import Case as Ordering
from jointbuy.law.derivation.purchasing_centre import within_maximum
from jointbuy.model import (
    AdhesionStatus,
    CallOff,
    Form,
    InterestAnswer,
    Region,
    Stage,
    StepKind,
)
from jointbuy.schedule import terms
from jointbuy.schedule.budget import amend_budget
from jointbuy.schedule.calendar import (
    end_of_period,
    next_working_day,
    previous_working_day,
)
from jointbuy.schedule.case import Lead
from jointbuy.schedule.decisions import (
    Begun,
    ask_visum,
    decide,
    earlier,
    hear_committee,
    name_both,
    of,
    oversight_of,
    own_estimate,
    prepare_file,
    send_decision,
)
from jointbuy.schedule.names import administration_name, named

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jointbuy.model import (
        Administration,
        Decision,
        FrameworkAgreement,
        Need,
        Order,
    )
    from jointbuy.schedule.case import Case, Steps

_DAY = timedelta(days=1)

OPENS = "framework_opens"
"""The first day for orders, where only the earlier days of the centre are known."""


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
    firsts: list[Begun] = []
    for administration in case.participants():
        firsts += _administration(steps, framework, administration)
        amend_budget(steps, administration, f"order:{administration.id}")
    name_both(steps, "adhesion")
    _beyond(steps, framework)
    if all(steps.is_done(f"order:{each.id}") for each in case.participants()):
        steps.unsure.clear()
    if firsts:
        _collection(steps, firsts)


def _days_of_the_centre(steps: Steps, framework: FrameworkAgreement) -> None:
    title = named(framework.title, framework.id)
    opens = _reckoned(steps.case, framework)
    on = steps.case.on
    if opens is not None and opens > on:
        steps.unsure.append(
            say(
                "The first day of “{framework}” is not recorded: with the terms of its "
                "procedure and the standstill, no order is likely before {day}. Ask "
                "the centre for the day and record it.",
                framework=title,
                day=opens,
            )
        )
    elif framework.start is None:
        steps.unsure.append(
            say(
                "The first day of “{framework}” is not recorded: whether an order can "
                "be concluded under it, and from when on, is not known. Ask the centre "
                "for the day and record it.",
                framework=title,
            )
        )
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
            OPENS,
            opens,
            say("First orders, at the earliest – {framework}", framework=title),
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


def _beyond(steps: Steps, framework: FrameworkAgreement) -> None:
    """Whether the maxima leave room for what is still to be ordered."""
    why = exceeded(steps.case, framework)
    people = (f"order:{each.id}" for each in steps.case.participants())
    code = next((each for each in people if not steps.is_done(each)), None)
    if why is None or code is None:
        return
    steps.breach(
        code,
        0,
        why,
        say(
            "Order no more than what is left, or ask the centre for its next framework "
            "agreement."
        ),
    )


def _administration(
    steps: Steps, framework: FrameworkAgreement, administration: Administration
) -> list[Begun]:
    """The steps of one administration; the files for which its needs must be known."""
    _order(steps, framework, administration)
    used = _use(steps, framework, administration)
    launched = framework.launch is not None and framework.launch <= steps.case.on
    if launched:
        _closed(steps, framework, administration)
        joined = _adhesion(steps, framework, administration, used, before=used.code)
        asked = None if steps.is_done(f"use:{administration.id}") else used
        return [each for each in (joined, asked) if each is not None]
    interest = _interest(steps, framework, administration)
    by, margin, before = used, 1, used.code
    if interest is not None:
        before = f"interest:{administration.id}"
        by = Begun(code=before, day=interest)
        margin = steps.case.practice.interest_days
    elif framework.launch is not None:
        by = Begun(code=used.code, day=min(used.day, framework.launch - _DAY))
    joined = _adhesion(
        steps, framework, administration, by, before=before, margin=margin
    )
    return [joined] if joined is not None and interest is not None else []


def _order(
    steps: Steps, framework: FrameworkAgreement, administration: Administration
) -> None:
    """The last day to conclude the order, within the days of the framework."""
    case = steps.case
    code = f"order:{administration.id}"
    day = earlier(case.wanted, case.practice.order_days, administration)
    note = None
    if framework.end is not None and day > framework.end:
        day = previous_working_day(framework.end, administration.closed)
        note = say("The framework agreement ends before: orders are concluded by then.")
    known = identified(framework, administration, case.centre, case.on)
    if known.answer is Known.UNKNOWN:
        note = known.why
    placed = _ordered_on(case, framework, administration)
    ordered = steps.put(
        code,
        of(word("Conclude the order"), administration),
        day,
        StepKind.PRACTICE,
        administration=administration.id,
        days=case.practice.order_days,
        note=note,
        done=placed,
        leads=(Lead(to="start", days=case.practice.order_days),),
    )
    opening = "framework_start" if framework.start is not None else OPENS
    steps.link(opening, Lead(to=code))
    _report(steps, administration, ordered)
    opens = steps.day(opening) if steps.has(opening) else None
    if opens is not None and ordered < opens and placed is None:
        late = (opens - ordered).days
        steps.breach(code, late, _not_open_yet(opening, ordered, opens, late))
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


def _reckoned(case: Case, framework: FrameworkAgreement) -> date | None:
    """The first day for orders by the terms of the procedure; None if that is known.

    Reckoned with an open procedure, its tenders evaluated in the days of practice.

    Source: law of 17 June 2016, art. 36 and 43; law of 17 June 2013, art. 11.
    """
    if framework.start is not None:
        return None
    told = framework.award
    if told is None and framework.launch is not None:
        practice = case.practice
        tenders = terms.tender_term("open", case.on, practice, case.own)
        days = practice.opening_days + practice.evaluation_days
        received = end_of_period(framework.launch, tenders.value)
        told = next_working_day(received + timedelta(days=days))
    if told is None:
        return None
    waiting = term("standstill_days", case.on, case.own)
    return next_working_day(end_of_period(told, waiting.value) + _DAY)


def exceeded(case: Case, framework: FrameworkAgreement) -> Message | None:
    """Why nothing, or not all, can be ordered below its maxima, if so.

    Source: CJEU C-216/17 and C-23/20.
    """
    own = _open_needs(case, framework)
    if case.own_needs() and not own:
        return None
    found = within_maximum(
        Ordering(
            candidate=case.candidate,
            form=Form.PURCHASING_CENTRE,
            needs=own,
            administrations=case.participants(),
            contracts=(),
            framework=framework,
            interests=case.interests,
            adhesions=(),
            uses=(),
            centre=None,
            own=case.own,
            orders=case.orders,
            on=case.on,
        )
    )
    return found.message if found is not None and found.value == "no" else None


def _ordered_on(
    case: Case, framework: FrameworkAgreement, administration: Administration
) -> date | None:
    """The day on which all its needs were ordered, as decided or by its orders."""
    placed = _placed(case, administration.id)
    if placed is not None:
        return placed.on
    left = {need.administration for need in _open_needs(case, framework)}
    own = {n.id for n in case.own_needs() if n.administration == administration.id}
    if administration.id in left:
        return None
    days = (each.concluded_on for each in _orders(case, framework) if each.need in own)
    return max((day for day in days if day is not None), default=None)


def _orders(case: Case, framework: FrameworkAgreement) -> tuple[Order, ...]:
    """The orders that were concluded under it."""
    return tuple(
        each
        for each in case.orders
        if each.framework == framework.id and concluded(each, case.on)
    )


def _open_needs(case: Case, framework: FrameworkAgreement) -> tuple[Need, ...]:
    """The needs of which something is still to be ordered, as far as is known."""
    ordered: dict[str, Decimal] = {}
    for each in _orders(case, framework):
        known = ordered.get(each.need, Decimal(0))
        ordered[each.need] = known + (each.amount or 0)
    return tuple(
        need
        for need in case.own_needs()
        if (need.estimate is None or ordered.get(need.id, 0) < need.estimate)
        and not _placed(case, need.administration)
    )


def _placed(case: Case, administration: str) -> Decision | None:
    """The order of an administration that was noted as concluded."""
    return case.decision(f"order:{administration}", administration, (Stage.ORDER,))


def _not_open_yet(opening: str, ordered: date, opens: date, late: int) -> Message:
    if opening == "framework_start":
        return say(
            "The order must be concluded by {day}, and the framework agreement "
            "only starts on {start}, {days} days later.",
            day=ordered,
            start=opens,
            days=late,
        )
    return say(
        "The order must be concluded by {day}, and no order is likely under the "
        "framework agreement before {start}, {days} days later.",
        day=ordered,
        start=opens,
        days=late,
    )


def _report(steps: Steps, administration: Administration, ordered: date) -> None:
    """The orders of the year are reported early in the next one."""
    case = steps.case
    try:
        due = term("call_off_report_days", case.on, case.own)
    except NotInForce:
        return
    code = f"report:{administration.id}"
    steps.link(f"order:{administration.id}", Lead(to=code))
    last = date(ordered.year, 12, 31) + timedelta(days=due.value)
    steps.put(
        code,
        of(word("Report the orders of the year to the centre"), administration),
        earlier(last, 0, administration),
        StepKind.LEGAL,
        administration=administration.id,
        basis=(due.citation,),
        note=say("Whoever concluded the framework agreement publishes their total."),
    )


def _use(
    steps: Steps, framework: FrameworkAgreement, administration: Administration
) -> Begun:
    """The decision on the need and its cover; the file that must exist for it."""
    case = steps.case
    ordering = f"order:{administration.id}"
    by, before = steps.day(ordering), ordering
    if not steps.is_done(ordering):
        visum = ask_visum(
            steps,
            administration,
            Stage.USE,
            of_step=ordering,
            suffix=f"order:{administration.id}",
        )
        if visum is not None:
            by, before = visum.day, visum.code
    if framework.call_off in {CallOff.MINI_COMPETITION, CallOff.BOTH}:
        days = case.practice.mini_competition_days
        by = steps.put(
            f"competition:{administration.id}",
            of(word("Reopen competition"), administration),
            earlier(by, days, administration),
            StepKind.PRACTICE,
            administration=administration.id,
            days=days,
            leads=(Lead(to=before, days=days),),
        )
        before = f"competition:{administration.id}"
    by, limit = by - _DAY, by
    code = f"use:{administration.id}"
    step = word("Decide on the need and on using the centre")
    used_on = _used_on(case, framework, administration)
    leads = (Lead(to=before, days=1),)
    if used_on is not None:
        day = steps.put(
            code,
            of(step, administration),
            by,
            StepKind.SESSION,
            administration=administration.id,
            done=used_on,
            leads=leads,
        )
        return Begun(code=code, day=day)
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
        limit=limit,
        step=step,
        amount=amount,
        note=note,
        leads=leads,
    )
    if session is None:
        return Begun(code=code, day=steps.day(code))
    return prepare_file(
        steps,
        administration,
        session,
        of_step=code,
        stage=Stage.USE,
        amount=amount,
        part="use:",
    )


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
    due = due_day(marked, framework)
    known = [due] if due is not None else []
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
        reach=lambda day: day,
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
    by: Begun,
    *,
    before: str,
    margin: int = 1,
) -> Begun | None:
    """The decision to join and the convention; the file that must exist for it."""
    case = steps.case
    stands = membership(case.adhesions, administration.id, framework.centre, case.on)
    decided = {each.adhesion for each in stands.standing or stands.counting}
    own = next((each for each in case.adhesions if each.id in decided), None)
    code = f"adhesion:{administration.id}"
    convention = f"convention:{administration.id}"
    step = word("Decide on joining the centre")
    signed = own.convention_on if own else None
    steps.put(
        convention,
        of(word("Sign the convention with the centre"), administration),
        earlier(by.day, 0, administration),
        StepKind.PRACTICE,
        administration=administration.id,
        done=signed,
        leads=(Lead(to=before),),
    )
    leads = (Lead(to=before, days=margin), Lead(to=convention))
    if own is not None:
        steps.put(
            code,
            of(step, administration),
            by.day,
            StepKind.SESSION,
            administration=administration.id,
            done=min(own.decided_on or signed or case.on, case.on),
            note=_conditions(own.status) or stands.note,
            leads=leads,
        )
        return None
    session = decide(
        steps,
        administration,
        code=code,
        stages=(Stage.ADHESION,),
        by=by.day - timedelta(days=margin),
        limit=by.day,
        step=step,
        leads=leads,
    )
    found = oversight_of(steps, administration, (Stage.ADHESION,))
    waits = found is not None and found.rule.waits == "sent"
    send_decision(
        steps,
        administration,
        (Stage.ADHESION,),
        code,
        last=by.day if waits else None,
        leads=(Lead(to=before),),
    )
    if session is None:
        return None
    return prepare_file(
        steps,
        administration,
        session,
        of_step=code,
        stage=Stage.ADHESION,
        amount=own_estimate(steps, administration),
        part="adhesion:",
    )


def _conditions(status: AdhesionStatus) -> Message | None:
    if status is AdhesionStatus.CONDITIONAL:
        return say("Joined under conditions: check that they are met.")
    return None


def _collection(steps: Steps, firsts: Sequence[Begun]) -> None:
    before = hear_committee(steps, [each for each in firsts if _is_open(steps, each)])
    if not before:
        return
    steps.put(
        "collected",
        say("Collect the needs: quantities, maxima, start days"),
        previous_working_day(min(each.day for each in before) - _DAY),
        StepKind.PRACTICE,
        leads=tuple(Lead(to=each.code, days=1) for each in before),
    )


def _is_open(steps: Steps, begun: Begun) -> bool:
    return not steps.is_done(begun.code)
