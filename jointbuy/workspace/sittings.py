"""Which bodies can still decide before a day, and the way out where one cannot."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from jointbuy.errors import Arg, Message, say, word
from jointbuy.model import (
    Adhesion,
    BodyKind,
    CompetentBody,
    FrameworkAgreement,
    Interest,
    Programme,
    PurchasingCentre,
    Stage,
    StepKind,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from jointbuy.law import OwnValues
    from jointbuy.model import (
        Administration,
        Breach,
        Citation,
        Deadline,
        Milestone,
        Plan,
    )
    from jointbuy.schedule.practice import Practice
    from jointbuy.schedule.sessions import Session
    from jointbuy.workspace.watching import Watch

STAGES = {
    "adhesion_due": Stage.ADHESION,
    "adhesion_reopened": Stage.ADHESION,
    "programme_due": Stage.ADHESION,
    "order_decision": Stage.USE,
    "framework_end": Stage.ORDER,
}
"""What is decided before these days; the law says by which body."""

INTERESTS = ("framework_interest", "interest_due", "interest_maximum")
ADHESIONS = ("adhesion_due", "adhesion_reopened", "programme_due")
CONTRACTS = ("contract_notice", "contract_renewal")

DECIDED = (*STAGES, *CONTRACTS, *INTERESTS)
"""Days before which some body has to decide."""

COMMON = {
    **dict.fromkeys(("framework_interest", "interest_due"), "interest"),
    **dict.fromkeys(("adhesion_due", "programme_due"), "adhesion"),
}
"""Days that several administrations may have in common, and what they are about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WayOut:
    """What can still be done, and the article it rests on."""

    message: Message
    basis: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """A body and the last session at which it can still decide in time.

    `left` are the days until its file must be handed in. No `session`: none is left
    that a file can still reach. `missed` is then the last one before the day, if one
    is known, `first` the first one that can be reached, `late` the days it comes too
    late, None where its next sessions are not known; `warning` says so and `ways_out`
    what can be done. `basis` is the article that makes the body competent, where the
    law of the day is known.
    """

    body: Arg
    session: Session | None
    basis: tuple[Citation, ...] = ()
    kind: BodyKind | None = None
    left: int | None = None
    missed: Session | None = None
    first: Session | None = None
    late: int | None = None
    warning: Message | None = None
    ways_out: tuple[WayOut, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One administration before a common day: its session, or how late it comes."""

    administration: str
    name: Arg
    body: Arg
    session: Session | None = None
    first: Session | None = None
    late: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """Administrations that cannot all decide before a day they have in common.

    `kind` is interest, adhesion or plan, `subject` the id of the framework agreement,
    the centre, the programme or the dossier. `unknown` are those whose sessions are
    not known; `days` is by how many days the latest comes too late. `deadlines` are
    the ids of the deadlines concerned.
    """

    subject: str
    kind: str
    day: date
    what: Message
    can: tuple[Turn, ...]
    cannot: tuple[Turn, ...]
    unknown: tuple[Turn, ...]
    days: int
    message: Message
    consequence: Message | None = None
    ways_out: tuple[WayOut, ...] = ()
    deadlines: tuple[str, ...] = ()


# One administration.


def sittings_of(watch: Watch, deadline: Deadline) -> tuple[Sitting, ...]:
    """The bodies that can decide before a deadline, each with its last session."""
    administration = watch.administrations.get(deadline.administration)
    if administration is None or deadline.kind not in DECIDED:
        return ()
    if deadline.day < watch.on:
        return ()
    return tuple(
        sitting(
            administration,
            body,
            deadline.day,
            watch.on,
            basis=basis,
            kind=deadline.kind,
            centre=lambda: _centre(watch, deadline),
            practice=watch.practice,
            own=watch.own,
        )
        for body, basis in _bodies(administration, deadline.kind, watch.on, watch.own)
    )


def _centre(watch: Watch, deadline: Deadline) -> Arg | None:
    """The purchasing centre that is asked, by its name."""
    from jointbuy.schedule.names import named

    record: Any = watch.record(deadline)
    if isinstance(record, Interest):
        record = watch.records.get(FrameworkAgreement, {}).get(record.framework)
    if not isinstance(record, FrameworkAgreement | Adhesion | Programme):
        return None
    centre = watch.records.get(PurchasingCentre, {}).get(record.centre)
    return named(centre.names, centre.id) if centre is not None else None


def _bodies(
    administration: Administration, kind: str, on: date, own: OwnValues | None
) -> Iterator[tuple[CompetentBody, tuple[Citation, ...]]]:
    """The competent body where the law names it; else every one that is recorded.

    One that is not recorded counts as one whose sessions are not known.
    """
    from jointbuy.law import NO_OWN
    from jointbuy.schedule import terms

    stage = STAGES.get(kind)
    if stage is None:
        bodies = administration.bodies or (CompetentBody(kind=BodyKind.COUNCIL),)
        yield from ((body, ()) for body in bodies)
        return
    competent, basis = terms.competence(administration, stage, None, on, own or NO_OWN)
    yield body_of(administration, competent), basis


def body_of(administration: Administration, kind: BodyKind) -> CompetentBody:
    """The body of that kind; one without sessions where none is recorded."""
    found = (body for body in administration.bodies if body.kind is kind)
    return next(found, CompetentBody(kind=kind))


def sitting(
    administration: Administration,
    body: CompetentBody,
    by: date,
    on: date,
    *,
    basis: tuple[Citation, ...] = (),
    kind: str = "",
    centre: Callable[[], Arg | None] = lambda: None,
    practice: Practice | None = None,
    own: OwnValues | None = None,
) -> Sitting:
    """The last session of a body before a day, and the way out where there is none.

    `kind` is that of the deadline, `centre` gives the purchasing centre that waits.
    """
    from jointbuy.law import NO_OWN
    from jointbuy.schedule import sessions, terms
    from jointbuy.schedule.names import administration_name, body_name
    from jointbuy.schedule.practice import usual_practice

    convocation, filing, basis_of_summons = terms.summons(
        administration, body.kind, on, practice or usual_practice(), own or NO_OWN
    )
    closed = administration.closed
    name = body_name(administration, body)
    found = sessions.last_useful_session(
        body,
        by,
        convocation_days=convocation,
        filing_days=filing,
        today=on,
        closed=closed,
    )
    if found is not None:
        left = (found.filing - on).days
        return Sitting(body=name, session=found, basis=basis, kind=body.kind, left=left)
    first = sessions.first_reachable_session(
        body, convocation_days=convocation, filing_days=filing, today=on, closed=closed
    )
    missed = sessions.missed_session(
        body, by, convocation_days=convocation, filing_days=filing, closed=closed
    )
    case = _Late(
        administration=administration,
        body=body,
        by=by,
        on=on,
        first=first,
        kind=kind,
        centre=centre(),
        convocation=convocation
        if body.convocation_days is None
        else body.convocation_days,
        summoned=() if body.convocation_days is not None else basis_of_summons,
        own=own or NO_OWN,
    )
    return Sitting(
        body=name,
        session=None,
        basis=basis,
        kind=body.kind,
        missed=missed,
        first=first,
        late=None if first.estimated else (first.day - by).days,
        warning=_warning(case, name, administration_name(administration), missed),
        ways_out=tuple(_ways_out(case, name)),
    )


def held_on(
    administration: Administration,
    body: CompetentBody,
    day: date,
    on: date,
    *,
    practice: Practice | None = None,
    own: OwnValues | None = None,
) -> Session:
    """A session of a body on that day, with the last days for summons and file."""
    from jointbuy.law import NO_OWN
    from jointbuy.schedule import terms
    from jointbuy.schedule.practice import usual_practice
    from jointbuy.schedule.sessions import session_on

    convocation, filing, _ = terms.summons(
        administration, body.kind, on, practice or usual_practice(), own or NO_OWN
    )
    return session_on(
        body,
        day,
        convocation_days=convocation,
        filing_days=filing,
        closed=administration.closed,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Late:
    """A body that no file can reach any more before a day, and what is known of it."""

    administration: Administration
    body: CompetentBody
    by: date
    on: date
    first: Session
    kind: str
    centre: Arg | None
    convocation: int
    summoned: tuple[Citation, ...]
    own: OwnValues


def _warning(case: _Late, body: Arg, who: Arg, missed: Session | None) -> Message:
    days = (case.first.day - case.by).days
    if case.first.estimated:
        return say(
            "{body} of {administration} can no longer decide by {by} with the usual "
            "terms: with the summons and the filing, {first} would be the first "
            "possible day, and its next sessions are not known.",
            body=body,
            administration=who,
            by=case.by,
            first=case.first.day,
        )
    if missed is None:
        return say(
            "{body} of {administration} can no longer decide by {by}: the first "
            "session that a file still reaches is on {first}, {days} days too late.",
            body=body,
            administration=who,
            by=case.by,
            first=case.first.day,
            days=days,
        )
    if missed.day < case.on:
        return say(
            "{body} of {administration} can no longer decide by {by}: its last session "
            "before it was on {missed}, and the first that a file still reaches is on "
            "{first}, {days} days too late.",
            body=body,
            administration=who,
            by=case.by,
            missed=missed.day,
            first=case.first.day,
            days=days,
        )
    return say(
        "{body} of {administration} can no longer decide by {by}: the file for its "
        "session of {missed} was due on {filing}, and the first that a file still "
        "reaches is on {first}, {days} days too late.",
        body=body,
        administration=who,
        by=case.by,
        missed=missed.day,
        filing=missed.filing,
        first=case.first.day,
        days=days,
    )


def _ways_out(case: _Late, body: Arg) -> Iterator[WayOut]:
    """What can still be done, the surest first."""
    if case.first.estimated:
        yield _next_session(body)
    else:
        yield from _later_day(case)
    yield _extra_session(case, body)
    if case.body.kind is BodyKind.COUNCIL:
        yield from _in_urgency(case, body)
        if case.kind in INTERESTS:
            yield _ratified(case, body)


def _next_session(body: Arg) -> WayOut:
    return WayOut(
        message=say(
            "Ask when {body} meets next and register the session (`sessions add`): "
            "until then no later day can be asked for.",
            body=body,
        )
    )


def _later_day(case: _Late) -> Iterator[WayOut]:
    centre = case.centre or word("the purchasing centre")
    if case.kind in INTERESTS:
        yield WayOut(
            message=say(
                "Ask {centre} in writing, before {by}, to take the answer until "
                "{first}, and keep its reply.",
                centre=centre,
                by=case.by,
                first=case.first.day,
            )
        )
    elif case.kind in ADHESIONS:
        yield WayOut(
            message=say(
                "Ask {centre} in writing, before {by}, to take the decision on the "
                "adhesion until {first}, and keep its reply.",
                centre=centre,
                by=case.by,
                first=case.first.day,
            )
        )
    elif case.kind in CONTRACTS:
        yield WayOut(
            message=say(
                "Agree in writing with the supplier, before {by}, that notice or "
                "renewal may still be decided on {first}.",
                by=case.by,
                first=case.first.day,
            )
        )


def _extra_session(case: _Late, body: Arg) -> WayOut:
    """An extra session with the usual summons, or one in urgency where it is late."""
    from jointbuy.schedule.calendar import previous_working_day
    from jointbuy.schedule.sessions import session_on

    extra = session_on(
        case.body,
        previous_working_day(case.by, case.administration.closed),
        convocation_days=case.convocation,
        filing_days=0,
        closed=case.administration.closed,
    )
    if extra.day < case.on:
        extra = session_on(case.body, case.by, convocation_days=0, filing_days=0)
    elif extra.summons >= case.on:
        return WayOut(
            message=say(
                "Ask for an extra session of {body} on {day} at the latest: the "
                "summons, with {days} clear days, must then leave by {summons}.",
                body=body,
                day=extra.day,
                days=case.convocation,
                summons=extra.summons,
            ),
            basis=case.summoned,
        )
    return WayOut(
        message=say(
            "Have {body} called together in urgency for {day} at the latest: the term "
            "of {days} clear days may be shortened only then, and the summons gives "
            "the reasons.",
            body=body,
            day=extra.day,
            days=case.convocation,
        ),
        basis=case.summoned,
    )


def _in_urgency(case: _Late, body: Arg) -> Iterator[WayOut]:
    """The executive in urgency, where the law of the region lets it decide."""
    from jointbuy.law import Deputy, How, Purchase, deciding_body
    from jointbuy.schedule.names import body_name

    stage = Stage.ADHESION if case.kind in INTERESTS else STAGES.get(case.kind)
    if stage is None:
        return
    known = deciding_body(
        case.administration.kind,
        case.administration.region,
        stage,
        case.on,
        case.own,
        purchase=Purchase(urgent=True),
    )
    executive = body_of(case.administration, BodyKind.EXECUTIVE)
    for each in known.instead if known is not None else ():
        if each.how is How.URGENCY and each.to is Deputy.EXECUTIVE:
            yield WayOut(
                message=say(
                    "{executive} may decide in the place of {body}: {how}. Give the "
                    "reasons in the decision, and report it at the next session.",
                    executive=body_name(case.administration, executive),
                    body=body,
                    how=each.message,
                ),
                basis=(each.citation,),
            )


def _ratified(case: _Late, body: Arg) -> WayOut:
    from jointbuy.schedule.names import body_name

    executive = body_of(case.administration, BodyKind.EXECUTIVE)
    if case.first.estimated:
        return WayOut(
            message=say(
                "Where the centre accepts it, have {executive} mark interest by {by} "
                "without commitment, subject to {body}, and have it ratified at its "
                "next session.",
                executive=body_name(case.administration, executive),
                by=case.by,
                body=body,
            )
        )
    return WayOut(
        message=say(
            "Where the centre accepts it, have {executive} mark interest by {by} "
            "without commitment, subject to {body}, and have it ratified on {first}.",
            executive=body_name(case.administration, executive),
            by=case.by,
            body=body,
            first=case.first.day,
        )
    )


# Several administrations.


def clashes(watch: Watch) -> tuple[Clash, ...]:
    """Where administrations cannot all decide before a common day, nearest first."""
    together: dict[tuple[str, str, date], list[Deadline]] = defaultdict(list)
    for deadline in watch.deadlines:
        about = COMMON.get(deadline.kind)
        if about is not None and deadline.day >= watch.on and not deadline.cancelled:
            together[about, _subject(watch, deadline), deadline.day].append(deadline)
    found = [
        clash
        for (about, subject, day), those in together.items()
        if len({each.administration for each in those}) > 1
        and (clash := _of_deadlines(watch, about, subject, day, those)) is not None
    ]
    for id_, plan in watch.plans.items():
        found += _of_plan(watch, id_, plan)
    return tuple(sorted(found, key=lambda each: (each.day, each.kind, each.subject)))


def _subject(watch: Watch, deadline: Deadline) -> str:
    record = watch.record(deadline)
    match record:
        case Interest():
            return record.framework
        case Adhesion():
            return record.centre
    return deadline.subject


def _of_deadlines(
    watch: Watch, about: str, subject: str, day: date, those: Sequence[Deadline]
) -> Clash | None:
    """The clash of one call: each administration by the body that has to decide."""
    turns: dict[str, Turn] = {}
    kept: dict[str, Sitting] = {}
    for deadline in those:
        administration = watch.administrations.get(deadline.administration)
        if administration is None:
            continue
        among = watch.sittings(deadline)
        council = [each for each in among if each.kind is BodyKind.COUNCIL]
        for each in (council or among)[:1]:
            turns[administration.id] = _turn(administration, each)
            kept[administration.id] = each
    first = those[0]
    return _clash(
        about,
        subject,
        day,
        first.what,
        tuple(turns.values()),
        consequence=first.consequence,
        ways_out=(
            _whose(turn, way)
            for id_, turn in turns.items()
            if turn.late
            for way in kept[id_].ways_out
        ),
        deadlines=tuple(each.id for each in those),
    )


def _whose(turn: Turn, way: WayOut) -> WayOut:
    """A way out of one administration among several."""
    said = say("{name}: {way}", name=turn.name, way=way.message)
    return replace(way, message=said)


def _turn(administration: Administration, sitting: Sitting) -> Turn:
    from jointbuy.schedule.names import administration_name

    first = sitting.session or sitting.first
    if sitting.session is None and sitting.late is None:
        first = None  # no more than the first day that the terms leave
    return Turn(
        administration=administration.id,
        name=administration_name(administration),
        body=sitting.body,
        session=sitting.session,
        first=first,
        late=sitting.late or 0,
    )


def _clash(
    kind: str,
    subject: str,
    day: date,
    what: Message,
    turns: Sequence[Turn],
    *,
    consequence: Message | None,
    ways_out: Iterable[WayOut],
    deadlines: tuple[str, ...],
) -> Clash | None:
    """None where all can decide, or there is nobody to agree with."""
    cannot = tuple(each for each in turns if each.late)
    rest = [each for each in turns if not each.late]
    unknown = tuple(e for e in rest if e.session is None or e.session.estimated)
    can = tuple(each for each in rest if each not in unknown)
    if not cannot or len(turns) < 2:  # noqa: PLR2004 - one has nobody to agree with
        return None
    days = max(each.late for each in cannot)
    return Clash(
        subject=subject,
        kind=kind,
        day=day,
        what=what,
        can=can,
        cannot=cannot,
        unknown=unknown,
        days=days,
        message=_told(day, can, cannot, unknown),
        consequence=consequence,
        ways_out=_each_once(ways_out),
        deadlines=deadlines,
    )


def _each_once(ways_out: Iterable[WayOut]) -> tuple[WayOut, ...]:
    kept: list[WayOut] = []
    for way in ways_out:
        if way not in kept:
            kept.append(way)
    return tuple(kept)


def _told(
    day: date, can: Sequence[Turn], cannot: Sequence[Turn], unknown: Sequence[Turn]
) -> Message:
    late = listing(
        say("{name} ({days} days)", name=each.name, days=each.late) for each in cannot
    )
    timely = listing(_by_name(can))
    if unknown and can:
        return say(
            "Not all can decide by {day}. Too late: {late}. In time: {timely}. "
            "Sessions not known: {unknown}.",
            day=day,
            late=late,
            timely=timely,
            unknown=listing(_by_name(unknown)),
        )
    if unknown:
        return say(
            "Not all can decide by {day}. Too late: {late}. Sessions not known: "
            "{unknown}.",
            day=day,
            late=late,
            unknown=listing(_by_name(unknown)),
        )
    if can:
        return say(
            "Not all can decide by {day}. Too late: {late}. In time: {timely}.",
            day=day,
            late=late,
            timely=timely,
        )
    return say("None can decide by {day}. Too late: {late}.", day=day, late=late)


def _by_name(turns: Iterable[Turn]) -> Iterator[Message]:
    return (say("{name}", name=each.name) for each in turns)


def listing(parts: Iterable[Message]) -> Message:
    """Several things named one after the other."""
    one, *others = [*parts] or [say("nobody")]
    for other in others:
        one = say("{one}, {other}", one=one, other=other)
    return one


def _of_plan(watch: Watch, id_: str, plan: Plan) -> Iterator[Clash]:
    """The decisions of a plan that several bodies take and some cannot in time."""
    late = _late_steps(plan)
    together: dict[str, list[Milestone]] = defaultdict(list)
    for step in plan.milestones:
        if step.kind is StepKind.SESSION and step.done is None:
            together[step.code.partition(":")[0]].append(step)
    for steps in together.values():
        missing = [step for step in steps if step.code in late]
        if not missing or len(steps) < 2:  # noqa: PLR2004 - one has nobody to wait for
            continue
        turns = {each.code: _planned(watch, each, late) for each in steps}
        clash = _clash(
            "plan",
            id_,
            min(_needed(step, late) for step in missing),
            missing[0].step,
            tuple(turns.values()),
            consequence=say(
                "A joint contract waits for the last of them: without its decision it "
                "cannot be launched for all."
            ),
            ways_out=[
                *(
                    _whose(turns[step.code], WayOut(message=each))
                    for step in missing
                    if turns[step.code].late
                    for each in late[step.code].remedies
                ),
                WayOut(
                    message=say(
                        "Or start later: `plan {id}` shows the first start for which "
                        "every step holds.",
                        id=id_,
                    )
                ),
            ],
            deadlines=_of_steps(watch, id_, steps),
        )
        if clash is not None:
            yield clash


def _of_steps(watch: Watch, id_: str, steps: Sequence[Milestone]) -> tuple[str, ...]:
    """The ids of the deadlines that these steps of the plan are."""
    codes = {each.code for each in steps}
    return tuple(
        each.id
        for each in watch.deadlines
        if each.subject == id_
        and (step := watch.milestone(each)) is not None
        and step.code in codes
    )


def _late_steps(plan: Plan) -> dict[str, Breach]:
    """By step that comes too late what is said of it, all its remedies together."""
    late: dict[str, Breach] = {}
    for each in plan.breaches:
        if each.days <= 0:
            continue
        before = late.get(each.milestone)
        late[each.milestone] = (
            each
            if before is None
            else replace(
                max(before, each, key=lambda breach: breach.days),
                remedies=(*before.remedies, *each.remedies),
            )
        )
    return late


def _needed(step: Milestone, late: Mapping[str, Breach]) -> date:
    """The last day for a step that comes too late, as the list of deadlines has it."""
    if step.forced:
        return step.day - timedelta(days=late[step.code].days)
    return step.day


def _reached(step: Milestone, late: Mapping[str, Breach]) -> date:
    """The first day on which a step of the plan can be taken."""
    if step.forced or step.code not in late:
        return step.day
    return step.earliest or step.day + timedelta(days=late[step.code].days)


def _planned(watch: Watch, step: Milestone, late: Mapping[str, Breach]) -> Turn:
    """The turn of one administration in a plan; not late where nothing is known."""
    from jointbuy.schedule.names import administration_name, body_name
    from jointbuy.schedule.rhythm import meets

    administration = watch.administrations.get(step.administration)
    if administration is None:
        other = Arg(name="", text=step.administration)
        return Turn(administration=step.administration, name=other, body=other)
    body = body_of(administration, step.body or BodyKind.COUNCIL)
    turn = Turn(
        administration=administration.id,
        name=administration_name(administration),
        body=body_name(administration, body),
    )
    day = _reached(step, late)
    if not step.forced and not meets(body, day):
        return turn
    session = held_on(
        administration, body, day, watch.on, practice=watch.practice, own=watch.own
    )
    if step.code in late:
        return replace(turn, first=session, late=(day - _needed(step, late)).days)
    return replace(turn, first=session, session=session)
