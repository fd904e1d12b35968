"""Every form, procedure, region and kind: what holds for each plan, counted anew."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jointbuy.law import PROCEDURES
from jointbuy.model import (
    Administration,
    AdministrationKind,
    BodyKind,
    BudgetKind,
    Candidate,
    CandidateKind,
    CompetentBody,
    Contract,
    Decision,
    Forced,
    Form,
    FrameworkAgreement,
    LocalText,
    Milestone,
    Nature,
    Need,
    Period,
    Plan,
    Region,
    Rhythm,
    Stage,
    StepDone,
    StepKind,
    Vote,
)
from jointbuy.schedule.backplan import backplan, earliest_start
from jointbuy.schedule.case import FOLLOWING, Case
from jointbuy.schedule.holding import start_from
from jointbuy.schedule.practice import usual_practice

ON = date(2026, 11, 23)
ONE = timedelta(days=1)
PAIRS = (
    (AdministrationKind.COMMUNE, AdministrationKind.CPAS),
    (AdministrationKind.COMMUNE, AdministrationKind.POLICE_ZONE),
    (AdministrationKind.PROVINCE, AdministrationKind.INTERCOMMUNALE),
)
CLOSED = (Period(start=date(2027, 7, 19), end=date(2027, 8, 8)),)
TRACK = (*FOLLOWING, "interest:")
FRAMEWORK = FrameworkAgreement(
    id="fw",
    centre="centre",
    title=LocalText(nl="Papier"),
    cpv=("30197600",),
    beneficiaries=("a", "b"),
    interest_deadline=date(2027, 6, 30),
    launch=date(2027, 7, 5),
    start=date(2027, 11, 1),
    end=date(2031, 10, 31),
)

# The calendar counted anew, with nothing of the product: the days themselves.

FREE = {
    date.fromisoformat(day)
    for year in ("2026", "2027", "2028", "2029")
    for day in (
        f"{year}-01-01",
        f"{year}-05-01",
        f"{year}-07-21",
        f"{year}-08-15",
        f"{year}-11-01",
        f"{year}-11-11",
        f"{year}-12-25",
    )
} | {
    # Easter Monday, Ascension and Whit Monday as the almanac gives them.
    *(date(2026, 4, 6), date(2026, 5, 14), date(2026, 5, 25)),
    *(date(2027, 3, 29), date(2027, 5, 6), date(2027, 5, 17)),
    *(date(2028, 4, 17), date(2028, 5, 25), date(2028, 6, 5)),
    *(date(2029, 4, 2), date(2029, 5, 10), date(2029, 5, 21)),
}


def works(day: date, closed: tuple[Period, ...] = ()) -> bool:
    shut = any(p.start and p.end and p.start <= day <= p.end for p in closed)
    return day.weekday() < 5 and day not in FREE and not shut


def over(event: date, days: int) -> date:
    """The last day of a legal period: rolled on while it ends on a day off."""
    last = event + timedelta(days=days)
    while not works(last):
        last += ONE
    return last


def who(key: str, kind: AdministrationKind, region: Region) -> Administration:
    weekly = tuple(ON + timedelta(weeks=n) for n in range(150))
    monthly = tuple(ON + timedelta(days=10 + 28 * n) for n in range(38))
    return Administration(
        id=key,
        kind=kind,
        region=region,
        population=30_000,
        closed=CLOSED,
        bodies=(
            CompetentBody(kind=BodyKind.COUNCIL, sessions=monthly),
            CompetentBody(kind=BodyKind.EXECUTIVE, sessions=weekly),
        ),
    )


def case(
    form: Form = Form.JOINT_CONTRACT,
    procedure: str = "open",
    region: Region = Region.BRUSSELS,
    kinds: tuple[AdministrationKind, AdministrationKind] = PAIRS[0],
    **changes: object,
) -> Case:
    amount = Decimal(9_000 if procedure == "low_value" else 120_000)
    needs = tuple(
        Need(
            id=f"n-{key}",
            administration=key,
            title="Paper",
            cpv="30197600",
            nature=Nature.SUPPLIES,
            estimate=amount,
        )
        for key in "ab"
    )
    made = Case(
        candidate=Candidate(
            id="paper",
            kind=CandidateKind.JOINT,
            needs=("n-a", "n-b"),
            administrations=("a", "b"),
            nature=Nature.SUPPLIES,
            estimate=2 * amount,
            cpv="30197600",
        ),
        form=form,
        wanted=date(2028, 3, 1),
        on=ON,
        administrations=tuple(
            who(key, kind, region) for key, kind in zip("ab", kinds, strict=True)
        ),
        pilot="a",
        procedure=procedure,
        eu_publicity=procedure not in {"low_value", "negotiated_without_publication"},
        needs=needs,
        framework=FRAMEWORK,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def known(plan: Plan) -> dict[str, Milestone]:
    return {each.code: each for each in plan.milestones}


EVERY = [
    (form, procedure, region, kinds)
    for form, region, kinds in itertools.product(Form, Region, PAIRS)
    for procedure in (
        PROCEDURES if form is Form.JOINT_CONTRACT else ("negotiated_with_publication",)
    )
]


@pytest.mark.parametrize(
    ("form", "procedure", "region", "kinds"),
    EVERY,
    ids=lambda each: getattr(each, "name", None) or str(each)[:12],
)
def test_every_plan_is_in_order_grounded_and_holds_when_counted_forwards(
    form: Form,
    procedure: str,
    region: Region,
    kinds: tuple[AdministrationKind, AdministrationKind],
) -> None:
    given = case(form, procedure, region, kinds)
    plan = backplan(given)
    steps = known(plan)
    assert plan.breaches == ()
    for step in plan.milestones:
        if step.kind is StepKind.ANCHOR:
            continue
        # Every step has a basis, or is called a practice or a session; no guess is law.
        if step.kind is StepKind.LEGAL:
            assert step.basis, step.code
        if step.kind is StepKind.SUPERVISION:
            assert step.basis or step.note, step.code
        # What people do here, they do on a day on which they work.
        if not step.code.startswith(TRACK):
            own = CLOSED if step.administration else ()
            session = step.kind is StepKind.SESSION
            assert works(step.day, () if session else own), step.code
        # In order along what each waits for, and never late.
        assert step.margin is not None
        assert step.margin >= 0, step.code
        assert step.earliest is not None
        assert step.earliest >= ON
        for before in step.after:
            assert steps[before].day <= step.day, (before, step.code)
            first = steps[before].earliest
            assert first is None or first <= step.earliest, (before, step.code)
    _legal_minima(plan, steps)
    # The chain ends with the start; a session alone may hold it up, and the centre.
    assert plan.critical[-1] == "start"
    for code in plan.critical:
        chained = set(steps[code].after) & {*plan.critical, *_anchors(plan)}
        free = steps[code].earliest == ON or steps[code].kind is StepKind.SESSION
        assert chained or free, code
    assert plan.earliest == earliest_start(given)
    assert plan.earliest is not None
    assert steps["start"].margin == (plan.wanted - plan.earliest).days


def _anchors(plan: Plan) -> set[str]:
    return {m.code for m in plan.milestones if m.kind is StepKind.ANCHOR}


def _legal_minima(plan: Plan, steps: dict[str, Milestone]) -> None:
    """Each legal term, counted forwards from the day before it with the days alone."""
    joint = plan.form is Form.JOINT_CONTRACT
    if joint and steps["launch"].kind is StepKind.LEGAL:
        launch, then = steps["launch"], steps.get("requests") or steps["opening"]
        assert over(launch.day, launch.days or 0) < then.day
    if "invitation" in steps:
        invited = steps["invitation"]
        assert over(invited.day, invited.days or 0) < steps["opening"].day
    if "standstill" in steps:
        last = over(steps["notification"].day, steps["standstill"].days or 0)
        assert last == steps["standstill"].day < steps["conclusion"].day
    if "award_notice" in steps:
        assert steps["award_notice"].day <= over(steps["conclusion"].day, 30)
    for code, step in steps.items():
        if code.startswith("executory_"):
            decided, sent = steps[code[10:]], steps[f"send_{code[10:]}"]
            assert decided.day <= sent.day
            assert over(sent.day, step.days or 0) + ONE == step.day
        if code.startswith("opinion:"):
            file = next(m for m in steps.values() if code in m.after)
            day, left = step.day, step.days or 0
            while left:
                day += ONE
                left -= works(day)
            assert day <= file.day
        if code.startswith("file:") or code == "award_file":
            (session,) = (m for m in steps.values() if code in m.after)
            assert session.kind is StepKind.SESSION
            assert step.day < session.day


def test_no_opinion_no_visum_no_committee_where_no_text_asks_for_one() -> None:
    found = {region: set(known(backplan(case(region=region)))) for region in Region}
    opinions = {"opinion:a", "opinion:b", "opinion:award:a"}
    assert opinions <= found[Region.WALLONIA]
    assert "consultation" in found[Region.WALLONIA]
    assert "consultation" not in found[Region.BRUSSELS]
    assert not opinions & (found[Region.BRUSSELS] | found[Region.FLANDERS])
    assert {"visum:award:a", "visum:order:b"} <= found[Region.FLANDERS]
    assert not any(c.startswith("visum") for c in found[Region.WALLONIA])
    suspended = {region for region in Region if "executory_award" in found[region]}
    assert suspended == {Region.BRUSSELS}


def test_the_committee_is_that_of_a_commune_and_its_own_cpas() -> None:
    commune, cpas = case(region=Region.WALLONIA).administrations
    for belongs, heard in ((("a",), True), ((), True), (("other",), False)):
        own = replace(cpas, belongs_to=belongs)
        plan = backplan(case(region=Region.WALLONIA, administrations=(commune, own)))
        assert ("consultation" in known(plan)) is heard


def test_without_a_mandate_every_participant_awards_before_the_tenderers_know() -> None:
    steps = known(backplan(case(answers={"j3": "no"})))
    own = steps["award:b"]
    assert (own.kind, own.administration) == (StepKind.SESSION, "b")
    assert own.day <= steps["notification"].day
    assert steps["opening"].day <= steps["file:award:b"].day
    assert steps["executory_award:b"].day <= steps["conclusion"].day
    assert "award:b" in steps["notification"].after
    for answer in ({}, {"j3": "yes"}, {"j3": "unknown"}):
        assert "award:b" not in known(backplan(case(answers=answer)))


def test_a_credit_that_is_missing_is_voted_and_approved_before_the_award() -> None:
    given = case()
    bought = replace(given.needs[1], budget_kind=BudgetKind.EXTRAORDINARY)
    steps = known(backplan(replace(given, needs=(given.needs[0], bought))))
    days = [
        steps[code].day
        for code in (
            "budget_draft:b",
            "file:budget:b",
            "budget:b",
            "budget_approved:b",
            "award_file",
        )
    ]
    assert days == sorted(set(days))
    assert "budget:a" not in steps
    assert [c.article for c in steps["budget:b"].basis][-1].startswith("art. 30")
    session, filed = steps["budget:b"].day, steps["file:budget:b"].day
    assert (session - filed).days >= 7 + 1 + usual_practice().filing_council_days
    there = replace(bought, budget_article="104/742-53")
    assert "budget:b" not in known(
        backplan(replace(given, needs=(given.needs[0], there)))
    )
    said = known(backplan(replace(given, answers={"j5": "no"})))
    assert {"budget:a", "budget:b"} <= set(said)
    voted = StepDone(milestone="budget_approved:b", on=ON)
    again = known(
        backplan(replace(given, needs=(given.needs[0], bought), taken=(voted,)))
    )
    assert again["budget_approved:b"].done == ON
    assert "budget:b" not in again


def test_a_notice_of_the_award_follows_but_for_a_low_value_and_before_its_day() -> None:
    assert "award_notice" not in known(backplan(case(procedure="low_value")))
    below = case(procedure="negotiated_with_publication", eu_publicity=False)
    assert known(backplan(below))["award_notice"].days == 30
    for on, due in ((date(2023, 8, 31), False), (date(2023, 9, 1), True)):
        free = tuple(replace(a, bodies=()) for a in below.administrations)
        old = replace(below, on=on, wanted=date(2025, 3, 3), administrations=free)
        assert ("award_notice" in known(backplan(old))) is due
        european = replace(old, eu_publicity=True)
        assert "award_notice" in known(backplan(european))


def test_tenders_that_lapse_before_the_conclusion_are_told_with_what_is_needed() -> (
    None
):
    lapses = known(backplan(case()))["validity"]
    assert "fix a validity of at least" in str(lapses.note)
    quick = replace(usual_practice(), evaluation_days=5, transmission_days=0)
    given = case(region=Region.FLANDERS, practice=quick)
    assert known(backplan(given))["validity"].note is None


def test_who_is_no_member_of_the_provider_joins_it_before_the_award() -> None:
    inside = known(backplan(case(Form.IN_HOUSE_JOINT)))
    assert "membership:b" not in inside
    plan = backplan(case(Form.IN_HOUSE_JOINT, answers={"k1": "no"}))
    assert plan.breaches == ()
    steps = known(plan)
    days = [
        steps[code].day
        for code in ("file:membership:b", "membership:b", "approval:b", "award:b")
    ]
    assert days == sorted(set(days))
    assert "membership:b" not in known(backplan(case(answers={"k1": "no"})))


def test_the_unions_are_heard_before_staff_is_put_at_disposal_and_not_otherwise() -> (
    None
):
    steps = known(backplan(case(Form.STAFF_PLACEMENT)))
    assert steps["convention"].day < steps["unions"].day < steps["file:a"].day
    assert "unions" not in known(backplan(case(Form.HORIZONTAL)))


# What people fix and do.


def test_what_waits_for_a_step_that_was_done_no_longer_breaks() -> None:
    soon = case(on=date(2027, 8, 30), wanted=date(2028, 3, 1))
    late = backplan(soon, remedies=False)
    assert late.breaches
    votes = tuple(
        Decision(
            administration=key, stage=stage, outcome=Vote.YES, on=date(2027, 6, 21)
        )
        for key, stage in (
            ("a", Stage.PARTICIPATION),
            ("b", Stage.PARTICIPATION),
            ("a", Stage.LAUNCH),
        )
    )
    opened = StepDone(milestone="opening", on=date(2027, 8, 30))
    plan = backplan(replace(soon, decisions=votes, taken=(opened,)))
    steps = known(plan)
    assert plan.breaches == ()
    assert steps["opening"].done == steps["opening"].earliest == date(2027, 8, 30)
    assert steps["opening"].margin is None
    assert not {"collected", "convention"} & set(steps)
    assert plan.critical[0] == "award_file"


def test_a_decision_that_was_skipped_still_breaks_when_a_later_step_is_done() -> None:
    given = case(
        on=date(2027, 9, 30),
        taken=(StepDone(milestone="opening", on=date(2027, 9, 1)),),
    )
    plan = backplan(given, remedies=False)
    assert {"council:a", "council:b"} <= {b.milestone for b in plan.breaches}


def test_a_fixed_day_moves_what_comes_before_and_stays_within_its_margin() -> None:
    free = known(backplan(case()))
    launch = free["launch"]
    assert launch.earliest is not None
    early = launch.earliest + ONE
    while not works(early, CLOSED):
        early += ONE
    fixed = Forced(milestone="launch", day=early, why="Agreed")
    held = backplan(case(forced=(fixed,)))
    assert held.breaches == ()
    assert known(held)["launch"].margin == 0
    assert known(held)["opening"].day == free["opening"].day
    too_early = replace(fixed, day=launch.earliest - timedelta(days=30))
    assert backplan(case(forced=(too_early,)), remedies=False).breaches
    too_late = replace(fixed, day=launch.day + ONE)
    (told,) = backplan(case(forced=(too_late,)), remedies=False).breaches
    assert (told.milestone, told.days) == ("launch", 1)


# What would make it hold.


def _ways_out(plan: Plan) -> list[str]:
    return [str(text) for each in plan.breaches for text in each.remedies]


def test_each_shorter_procedure_is_planned_before_it_is_named() -> None:
    allowed = ("negotiated_without_publication", "open")
    tight = case(procedure="restricted", procedures=(*allowed, "restricted"))
    quick = replace(tight.practice, negotiation_days=0)
    given = replace(tight, practice=quick, wanted=ON + timedelta(days=99))
    told = "\n".join(_ways_out(backplan(given)))
    for name in allowed:
        first = earliest_start(replace(given, procedure=name))
        assert str(first) in told
    assert told.count("another procedure") == len(allowed)
    lightest = replace(given, procedure=allowed[0])
    assert "another procedure" not in "\n".join(_ways_out(backplan(lightest)))


def test_an_extra_session_is_named_only_where_it_is_enough() -> None:
    given = case()
    a, b = given.administrations
    seldom = (date(2026, 12, 1), date(2027, 12, 13), date(2028, 6, 1))
    rare = replace(b, bodies=(replace(b.bodies[0], sessions=seldom), b.bodies[1]))
    plan = backplan(replace(given, administrations=(a, rare)))
    assert plan.breaches
    (extra,) = (way for way in _ways_out(plan) if "extra session would" in way)
    found = date.fromisoformat(extra.split("on ")[-1][:10])
    more = tuple(sorted((*seldom, found)))
    helped = replace(b, bodies=(replace(b.bodies[0], sessions=more), b.bodies[1]))
    assert backplan(replace(given, administrations=(a, helped))).breaches == ()
    soon = replace(given, administrations=(a, rare), wanted=ON + timedelta(days=60))
    assert not [way for way in _ways_out(backplan(soon)) if "would make it" in way]


@pytest.mark.parametrize(
    ("form", "code"),
    [(Form.HORIZONTAL, "council:b"), (Form.PURCHASING_CENTRE, "adhesion:b")],
)
def test_two_bodies_that_cannot_both_decide_are_named_in_every_form(
    form: Form, code: str
) -> None:
    given = case(form)
    a, b = given.administrations
    by = known(backplan(given))[code].day
    after = by + timedelta(days=40)
    rare = replace(b.bodies[0], sessions=(date(2026, 12, 1), after))
    slow = replace(b, bodies=(rare, b.bodies[1]))
    plan = backplan(replace(given, administrations=(a, slow)), remedies=False)
    (told,) = (each for each in plan.breaches if each.milestone == code)
    must = after - timedelta(days=told.days)
    assert f"in time: a can, b must by {must} and can on {after} at" in str(
        told.message
    )
    assert 0 < told.days <= 40 + 31
    alone = tuple(
        replace(each, bodies=(replace(each.bodies[0], sessions=rare.sessions),))
        for each in (a, b)
    )
    neither = backplan(replace(given, administrations=alone), remedies=False)
    assert "cannot both" not in "".join(str(x.message) for x in neither.breaches)


@pytest.mark.parametrize(
    ("left", "told", "not_told", "end"),
    [
        (2, "with 2 of its 2 renewals", "art. 38", date(2027, 1, 31)),
        (1, "art. 38", "with 2", date(2027, 1, 31)),
        (0, "left after 2027-01-31", "renewals it runs", date(2027, 1, 31)),
        (None, "may be extended lawfully", "art. 38", date(2027, 1, 31)),
        (1, "it runs until 2027-05-31", "2027-05-28", date(2027, 2, 28)),
    ],
)
def test_a_bridge_uses_the_renewals_that_are_left_and_no_more(
    left: int | None, told: str, not_told: str, end: date
) -> None:
    given = case(wanted=date(2027, 2, 1))
    first = earliest_start(given)
    assert first is not None
    assert date(2027, 4, 30) < first <= date(2027, 7, 31)
    old = Contract(
        id="old",
        administration="a",
        title="Old",
        end=end,
        renewals_left=left,
        renewal_months=3,
    )
    needs = (replace(given.needs[0], replaces="old"), given.needs[1])
    ways = "\n".join(_ways_out(backplan(replace(given, needs=needs, contracts=(old,)))))
    assert told in ways
    assert not_told not in ways


def test_a_framework_that_covers_and_names_all_is_planned_and_others_are_not() -> None:
    running = replace(
        FRAMEWORK,
        interest_deadline=None,
        launch=date(2026, 1, 5),
        start=date(2026, 6, 1),
    )
    given = case(wanted=date(2027, 2, 1), framework=None)
    within = replace(given, frameworks=(running,))
    adhere = replace(given, form=Form.PURCHASING_CENTRE, framework=running)
    first = earliest_start(adhere)
    assert first is not None
    ways = "\n".join(_ways_out(backplan(within)))
    assert f"the first delivery can be on {first}" in ways
    for one, said in (
        (replace(running, beneficiaries=("a",)), "is not recorded, or it does not"),
        (replace(running, cpv=("33000000",)), "Look for a running framework"),
        (replace(running, end=date(2026, 11, 22)), "Look for a running framework"),
    ):
        told = "\n".join(_ways_out(backplan(replace(given, frameworks=(one,)))))
        assert said in told
        assert "first delivery can" not in told


# Where the start rests.


def test_a_start_that_rests_on_a_session_is_the_first_after_it() -> None:
    given = case()
    session = given.administrations[0].bodies[0].sessions[4]
    pinned = dict.fromkeys(("council:a", "council:b"), session)
    first = start_from(given, pinned)
    plan = backplan(replace(given, wanted=first))
    assert plan.breaches == ()
    assert known(plan)["council:a"].day >= session
    sooner = backplan(replace(given, wanted=first - ONE), remedies=False)
    assert known(sooner)["council:a"].day < session


# Whatever is recorded.

STEPS = (
    *("collected", "convention", "opening", "launch", "award_file", "file:a"),
    *("notification", "conclusion", "signature", "order:b", "requests", "consultation"),
)
FIXABLE = ("council:b", "launch", "award", "award_file", "conclusion", "use:b")


@st.composite
def recorded(draw: st.DrawFn) -> Case:
    """Any form with answers, rhythms, steps done and days fixed, in any order."""
    done = st.integers(-60, 0).map(lambda n: ON + timedelta(days=n))
    ahead = st.integers(0, 400).map(lambda n: ON + timedelta(days=n))
    given = case(
        draw(st.sampled_from(Form)),
        draw(st.sampled_from(PROCEDURES)),
        draw(st.sampled_from(Region)),
        draw(st.sampled_from(PAIRS)),
    )
    rhythms = st.builds(
        Rhythm,
        weekday=st.integers(0, 6),
        weeks=st.sampled_from([(), (1,), (2, 4), (-1,)]),
        without=st.sampled_from([(), (7, 8)]),
    )
    bodies = tuple(
        CompetentBody(
            kind=kind,
            sessions=tuple(draw(st.lists(ahead, max_size=5))),
            rhythm=draw(st.none() | rhythms),
        )
        for kind in BodyKind
    )
    first, second = given.administrations
    return replace(
        given,
        wanted=ON + timedelta(days=draw(st.integers(0, 600))),
        administrations=(first, replace(second, bodies=bodies)),
        answers={
            code: draw(st.sampled_from(["yes", "no", "unknown"]))
            for code in ("j3", "j5", "a8", "k1")
        },
        taken=tuple(
            StepDone(milestone=code, on=draw(done))
            for code in draw(st.lists(st.sampled_from(STEPS), max_size=3, unique=True))
        ),
        forced=tuple(
            Forced(milestone=code, day=draw(ahead), why="Agreed")
            for code in draw(
                st.lists(st.sampled_from(FIXABLE), max_size=3, unique=True)
            )
        ),
    )


@settings(max_examples=60, deadline=None, derandomize=True)
@given(recorded())
def test_whatever_is_fixed_or_done_what_breaks_is_what_has_no_margin(
    given_case: Case,
) -> None:
    plan = backplan(given_case, remedies=False)
    steps = known(plan)
    assert len(steps) == len(plan.milestones)
    late = {m.code for m in plan.milestones if (m.margin or 0) < 0}
    late = {code for code in late if not code.startswith(FOLLOWING)}
    done = [b for b in plan.breaches if (m := steps.get(b.milestone)) and m.done]
    if not done:  # what was done too late cannot slip any more
        assert bool(late) is bool(plan.breaches)
    for step in plan.milestones:
        assert set(step.after) <= set(steps)
        if step.done is not None:
            assert (step.earliest, step.margin) == (step.done, None)
    assert set(plan.critical) <= {c for c, m in steps.items() if m.critical}
