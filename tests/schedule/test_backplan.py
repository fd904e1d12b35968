"""Plans backwards from the wanted start, checked forwards."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jointbuy.codec import from_plain, to_plain
from jointbuy.errors import UsageError
from jointbuy.law import PROCEDURES
from jointbuy.model import (
    Adhesion,
    AdhesionStatus,
    Administration,
    AdministrationKind,
    BodyKind,
    Breach,
    CallOff,
    Candidate,
    CandidateKind,
    CompetentBody,
    Contract,
    Decision,
    Entry,
    Forced,
    Form,
    FrameworkAgreement,
    Interest,
    InterestAnswer,
    LocalText,
    Milestone,
    Nature,
    Need,
    Order,
    Period,
    Plan,
    Region,
    Stage,
    StepKind,
    UseDecision,
    Vote,
)
from jointbuy.schedule.backplan import backplan, earliest_start
from jointbuy.schedule.calendar import end_of_period, is_working_day
from jointbuy.schedule.case import FOLLOWING, Case
from jointbuy.schedule.holding import planned
from jointbuy.schedule.joint_contract import supposed
from jointbuy.schedule.practice import usual_practice

ON = date(2026, 11, 23)
ONE = timedelta(days=1)


def mondays(first: date, last: date, every: int) -> tuple[date, ...]:
    days = (last - first).days // (7 * every) + 1
    return tuple(first + timedelta(weeks=every * n) for n in range(days))


def administration(
    key: str,
    kind: AdministrationKind = AdministrationKind.COMMUNE,
    region: Region = Region.BRUSSELS,
    councils: tuple[date, ...] = mondays(date(2026, 12, 14), date(2028, 12, 31), 4),
) -> Administration:
    return Administration(
        id=key,
        names=LocalText(fr=f"Ville de {key}", nl=f"Stad {key}"),
        kind=kind,
        region=region,
        bodies=(
            CompetentBody(kind=BodyKind.COUNCIL, sessions=councils, filing_days=5),
            CompetentBody(
                kind=BodyKind.EXECUTIVE,
                sessions=mondays(date(2026, 11, 23), date(2028, 12, 31), 1),
            ),
        ),
    )


COMMUNE = administration("commune")
CPAS = administration("cpas", AdministrationKind.CPAS)
NEEDS = tuple(
    Need(id=f"n-{key}", administration=key, title="Paper", estimate=Decimal(150_000))
    for key in ("commune", "cpas")
)


def joint(**changes: object) -> Case:
    candidate = Candidate(
        id="paper",
        kind=CandidateKind.JOINT,
        needs=("n-commune", "n-cpas"),
        administrations=("commune", "cpas"),
        nature=Nature.SUPPLIES,
        estimate=Decimal(300_000),
    )
    case = Case(
        candidate=candidate,
        form=Form.JOINT_CONTRACT,
        wanted=date(2027, 11, 2),
        on=ON,
        administrations=(COMMUNE, CPAS),
        pilot="commune",
        needs=NEEDS,
        eu_publicity=True,
    )
    return replace(case, **changes)  # type: ignore[arg-type]


def step(plan: Plan, code: str) -> Milestone:
    return next(each for each in plan.milestones if each.code == code)


def day(plan: Plan, code: str) -> date:
    return step(plan, code).day


def codes(plan: Plan) -> list[str]:
    return [each.code for each in plan.milestones]


def breach(plan: Plan, code: str) -> Breach:
    return next(each for each in plan.breaches if each.milestone == code)


def remedies(plan: Plan) -> str:
    return " ".join(str(text) for each in plan.breaches for text in each.remedies)


def walloon(key: str, kind: AdministrationKind) -> Administration:
    return administration(key, kind, Region.WALLONIA)


# The joint contract.


def test_a_brussels_plan_holds_and_names_every_step_in_order() -> None:
    plan = backplan(joint())
    assert plan.breaches == ()
    quiet = ("send_council", "validity")
    assert [code for code in codes(plan) if not code.startswith(quiet)] == [
        "collected",
        "convention",
        "file:commune",
        "file:cpas",
        "council:commune",
        "council:cpas",
        "launch",
        "opening",
        "award_file",
        "award",
        "send_award",
        "notification",
        "executory_award",
        "standstill",
        "conclusion",
        "start",
        "award_notice",
    ]
    assert [m.day for m in plan.milestones] == sorted(m.day for m in plan.milestones)
    assert all(m.slack == (m.day - ON).days for m in plan.milestones)
    assert from_plain(Plan, to_plain(plan)) == plan


@pytest.mark.parametrize("shift", range(0, 200, 9))
def test_every_legal_term_counts_out_forwards(shift: int) -> None:
    plan = backplan(joint(wanted=date(2027, 11, 2) + timedelta(days=shift)))
    opening, launch = day(plan, "opening"), day(plan, "launch")
    assert end_of_period(launch, 30) < opening
    conclusion = day(plan, "conclusion")
    assert end_of_period(day(plan, "notification"), 15) == day(plan, "standstill")
    assert day(plan, "standstill") < conclusion
    award, sent = day(plan, "award"), day(plan, "send_award")
    assert award <= sent <= end_of_period(award, 20)
    assert end_of_period(sent, 30) < day(plan, "executory_award") <= conclusion
    for council in ("council:commune", "council:cpas"):
        assert day(plan, council) + timedelta(days=10) <= launch
    inner = ("launch", "opening", "conclusion", "notification", "collected")
    assert all(is_working_day(day(plan, code)) for code in inner)


def test_the_launch_is_the_latest_that_leaves_the_tenders_their_days() -> None:
    plan = backplan(joint())
    later = day(plan, "launch") + ONE
    while not is_working_day(later):
        later += ONE
    assert end_of_period(later, 30) >= day(plan, "opening")


def test_the_steps_say_what_they_rest_on() -> None:
    plan = backplan(joint())
    launch, award = step(plan, "launch"), step(plan, "award")
    assert (launch.kind, launch.days) == (StepKind.LEGAL, 30)
    assert [cite.article for cite in launch.basis] == ["art. 36"]
    assert (award.kind, award.administration) == (StepKind.SESSION, "commune")
    assert award.basis
    assert step(plan, "send_award").kind is StepKind.SUPERVISION
    assert step(plan, "opening").kind is StepKind.PRACTICE
    assert step(plan, "opening").basis == ()
    assert step(plan, "start").kind is StepKind.ANCHOR


def test_paper_tenders_take_the_longer_term() -> None:
    practice = replace(usual_practice(), electronic_tenders=False)
    assert step(backplan(joint(practice=practice)), "launch").days == 35


def test_in_brussels_the_award_waits_for_the_supervision_and_elsewhere_not() -> None:
    brussels = backplan(joint())
    walloons = (
        walloon("commune", AdministrationKind.COMMUNE),
        walloon("cpas", AdministrationKind.CPAS),
    )
    wallonia = backplan(joint(administrations=walloons))
    assert day(wallonia, "award") - day(brussels, "award") >= timedelta(days=21)
    assert "executory_award" not in codes(wallonia)
    sent = step(wallonia, "send_award")
    assert sent.day < day(wallonia, "conclusion")
    assert sent.days == 15
    assert "annulment" in str(sent.note)


def test_a_supervision_that_is_sent_faster_leaves_more_time() -> None:
    usual = backplan(joint())
    quick = replace(usual_practice(), transmission_days=2)
    faster = backplan(joint(practice=quick))
    assert day(faster, "award") > day(usual, "award")
    assert end_of_period(day(faster, "send_award"), 30) < day(faster, "conclusion")


def test_a_contract_of_low_value_is_not_sent_and_not_published() -> None:
    """But for a CPAS: no amount from which it sends is known."""
    plan = backplan(joint(procedure="low_value", eu_publicity=False))
    sent = [code for code in codes(plan) if code.startswith(("send", "executory"))]
    assert sent == ["send_council:cpas"]
    assert "standstill" not in codes(plan)
    assert step(plan, "launch").kind is StepKind.PRACTICE
    assert step(plan, "launch").basis == ()


@pytest.mark.parametrize(
    ("region", "procedure", "estimate", "body", "daily"),
    [
        (Region.FLANDERS, "low_value", 8_000, BodyKind.EXECUTIVE, True),
        (Region.FLANDERS, "negotiated_without_publication", 90_000, BodyKind.COUNCIL,
         False),
        (Region.BRUSSELS, "low_value", 8_000, BodyKind.EXECUTIVE, False),
        (Region.WALLONIA, "low_value", 8_000, BodyKind.COUNCIL, False),
    ],
)  # fmt: skip
def test_who_buys_alone_agrees_with_nobody_and_decides_by_its_own_law(
    region: Region, procedure: str, estimate: int, body: BodyKind, daily: bool
) -> None:
    own = administration("solo", region=region)
    candidate = Candidate(
        id="solo", kind=CandidateKind.SEPARATE, administrations=("solo",),
        nature=Nature.SERVICES, estimate=Decimal(estimate),
    )  # fmt: skip
    case = joint(
        candidate=candidate, administrations=(own,), pilot="solo", needs=(),
        procedure=procedure, eu_publicity=False,
    )  # fmt: skip
    steps = planned(case)
    codes = {each.code for each in steps.milestones}
    assert "specifications" in codes
    assert not codes & {"convention", "collected", "consultation", "standstill"}
    assert steps.bodies["council:solo"] is body
    assert ("daily management" in str(supposed(steps))) is daily
    small, practice = procedure == "low_value", case.practice
    opening = next(each for each in steps.milestones if each.code == "opening")
    assert opening.days == (
        practice.small_evaluation_days
        if small
        else practice.evaluation_days + practice.negotiation_days
    )
    first = min(each.day for each in steps.milestones)
    assert ((case.wanted - first).days < 120) is small
    assert supposed(planned(joint())) is None
    retained = replace(joint().candidate, kind=CandidateKind.SEPARATE)
    assert planned(joint(candidate=retained)).has(
        "convention"
    )  # with a form all the same


def test_without_european_publicity_there_is_no_standstill_but_for_large_works() -> (
    None
):
    assert "standstill" not in codes(backplan(joint(eu_publicity=False)))
    works = replace(joint().candidate, nature=Nature.WORKS)
    for amount, waits in ((Decimal("2701999.99"), False), (Decimal(2_702_000), True)):
        case = joint(
            eu_publicity=False,
            candidate=replace(works, estimate=amount),
            wanted=date(2027, 12, 1),
        )
        assert ("standstill" in codes(backplan(case))) is waits


@pytest.mark.parametrize("procedure", ["restricted", "competitive_negotiation"])
def test_a_procedure_in_two_stages_has_two_terms(procedure: str) -> None:
    plan = backplan(joint(procedure=procedure, wanted=date(2028, 3, 1)))
    assert plan.breaches == ()
    assert end_of_period(day(plan, "launch"), 30) < day(plan, "requests")
    assert end_of_period(day(plan, "invitation"), 25) < day(plan, "opening")
    one = backplan(joint(wanted=date(2028, 3, 1)))
    assert day(plan, "launch") < day(one, "launch")


def test_the_negotiated_procedure_with_publication_takes_its_own_term() -> None:
    plan = backplan(joint(procedure="negotiated_with_publication"))
    assert step(plan, "launch").days == 22
    assert end_of_period(day(plan, "launch"), 22) < day(plan, "opening")


def test_the_walloon_opinion_comes_ten_working_days_before_the_file() -> None:
    walloons = (
        walloon("commune", AdministrationKind.COMMUNE),
        walloon("cpas", AdministrationKind.CPAS),
    )
    small = (NEEDS[0], replace(NEEDS[1], estimate=Decimal(22_000)))
    plan = backplan(joint(administrations=walloons, needs=small))
    asked = step(plan, "opinion:commune")
    assert asked.days == 10
    file = day(plan, "file:commune")
    assert end_of_period(asked.day, 10, unit="working_days") <= file
    assert end_of_period(asked.day + ONE, 10, unit="working_days") > file
    assert "opinion:cpas" not in codes(plan)  # not above 22,000
    above = (NEEDS[0], replace(NEEDS[1], estimate=Decimal("22000.01")))
    plan = backplan(joint(administrations=walloons, needs=above))
    assert "opinion:cpas" in codes(plan)
    unknown = (NEEDS[0], replace(NEEDS[1], estimate=None))
    plan = backplan(joint(administrations=walloons, needs=unknown))
    assert "opinion:cpas" in codes(plan)
    assert not [c for c in codes(backplan(joint())) if c.startswith("opinion")]


def test_two_councils_that_cannot_both_decide_are_named_with_the_days() -> None:
    plan = backplan(joint())
    launch = day(plan, "launch")
    seldom = (date(2026, 12, 1), launch - ONE, launch + timedelta(days=40))
    slow = administration("cpas", AdministrationKind.CPAS, councils=seldom)
    plan = backplan(joint(administrations=(COMMUNE, slow)))
    found = breach(plan, "council:cpas")
    by = launch - timedelta(days=10)
    assert found.days == (launch - ONE - day(plan, "council:cpas")).days > 0
    assert by - day(plan, "council:cpas") < timedelta(days=3)
    assert "cannot both decide" in str(found.message)
    assert f"{found.days} days too late" in str(found.message)
    assert [each.milestone for each in plan.breaches] == ["council:cpas"]
    assert "extra session" in remedies(plan)
    assert "No session is left" in str(step(plan, "council:cpas").note)
    assert f"for the launch on {launch}" in str(found.message)
    assert f"must by {day(plan, 'council:cpas')} and can on {launch - ONE}" in (
        str(found.message)
    )
    # What is proposed is true when it is done.
    last = re.search(r"([-\d]+) the last that is in time", remedies(plan))
    fixed = re.search(r"keep to the session of ([-\d]+)", remedies(plan))
    assert last is not None
    assert fixed is not None
    for add, holds in ((ONE * 0, True), (timedelta(days=3), False)):
        more = tuple(sorted((*seldom, date.fromisoformat(last[1]) + add)))
        body = administration("cpas", AdministrationKind.CPAS, councils=more)
        again = backplan(joint(administrations=(COMMUNE, body)))
        assert (not again.breaches) is holds
    forced = Forced(
        milestone="council:cpas", day=date.fromisoformat(fixed[1]), why="Agreed"
    )
    tight = backplan(joint(administrations=(COMMUNE, slow), forced=(forced,)))
    assert tight.breaches == ()
    assert step(tight, "launch").margin == 0
    # What has passed before the decisions is told beside the session that is missing.
    later = joint(administrations=(COMMUNE, slow), on=day(plan, "collected") + ONE)
    told = {each.milestone for each in backplan(later).breaches}
    assert told == {"council:cpas", "collected"}


def test_a_day_fixed_without_a_session_or_on_a_day_off_is_taken_and_said() -> None:
    for code, fixed, said in (
        ("council:cpas", date(2027, 2, 3), "No session of this body is registered"),
        ("council:cpas", date(2027, 2, 8), ""),
        ("launch", date(2027, 5, 1), "is no working day"),
        ("launch", date(2027, 4, 30), ""),
    ):
        forced = Forced(milestone=code, day=fixed, why="Agreed")
        found = step(backplan(joint(forced=(forced,))), code)
        assert found.day == fixed
        assert said in str(found.note)
        assert bool(said) is ("fixed" in str(found.note))
    soon = Forced(milestone="council:cpas", day=ON + ONE, why="Agreed")
    told = remedies(backplan(joint(forced=(soon,))))
    assert "Free the day fixed for “Decide to take part" in told
    assert f"the first start is then {earliest_start(joint())}" in told
    assert "No later start helps" not in told


def test_the_session_on_the_last_day_still_holds_and_the_next_day_does_not() -> None:
    plan = backplan(joint())
    by = day(plan, "launch") - timedelta(days=10)
    after = day(plan, "start")
    for last, holds in ((by, True), (by + ONE, False)):
        body = administration(
            "cpas", AdministrationKind.CPAS, councils=(ON, last, after)
        )
        plan = backplan(joint(administrations=(COMMUNE, body)))
        assert (not plan.breaches) is holds
        if not holds:
            late = (by + ONE - day(plan, "council:cpas")).days
            assert breach(plan, "council:cpas").days == late <= 3


def test_an_administration_without_sessions_is_planned_with_and_says_so() -> None:
    plan = backplan(joint(administrations=(COMMUNE,)))  # the CPAS is not recorded yet
    council = step(plan, "council:cpas")
    assert "no sessions of this body are registered" in str(council.note)
    assert plan.breaches == ()


def test_a_start_too_early_says_which_step_breaks_and_by_how_many_days() -> None:
    held = backplan(joint())
    spare = (day(held, "launch") - ON).days
    wanted = joint().wanted - timedelta(days=spare + 14)
    plan = backplan(joint(wanted=wanted))
    launch = breach(plan, "launch")
    assert launch.days == (ON - day(plan, "launch")).days > 0
    assert f"{launch.days} days ago" in str(launch.message)
    assert "collected" not in {each.milestone for each in plan.breaches}
    assert [each.days for each in plan.breaches] == sorted(
        (each.days for each in plan.breaches), reverse=True
    )
    earliest = earliest_start(joint())
    assert str(earliest) in remedies(plan)
    assert "shorter terms" in remedies(plan)
    assert "purchasing centre" in remedies(plan)


WINDOWS = tuple(
    replace(need, earliest=first, latest=last)
    for need, first, last in zip(
        NEEDS,
        (date(2027, 10, 1), date(2027, 11, 2)),
        (date(2027, 11, 30), date(2028, 6, 1)),
        strict=True,
    )
)
"""The first days at which both can start: 2 to 30 November 2027."""


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        (date(2027, 11, 1), "comes before 2027-11-02"),
        (date(2027, 11, 2), ""),
        (date(2027, 11, 30), ""),
        (date(2027, 12, 1), "comes after 2027-11-30"),
    ],
)
def test_a_start_outside_the_days_of_the_needs_is_a_breach(
    wanted: date, said: str
) -> None:
    found = backplan(joint(needs=WINDOWS, wanted=wanted)).breaches
    assert bool(found) is bool(said)
    for each in found:
        assert (each.milestone, each.days) == ("start", 1)
        assert said in str(each.message)
        assert "or correct the needs" in str(each.remedies[0])


def test_a_later_start_after_the_last_day_of_the_needs_asks_to_correct_them() -> None:
    first = earliest_start(joint())
    assert first is not None
    for last, said in ((first - ONE, True), (first, False)):
        needs = tuple(replace(each, latest=last) for each in NEEDS)
        plan = backplan(joint(wanted=first - timedelta(days=9), needs=needs))
        assert (plan.earliest, plan.latest) == (first, last)
        assert str(first) in remedies(plan)
        assert ("correct the needs first" in remedies(plan)) is said


def test_a_need_that_enters_later_does_not_bind_the_start() -> None:
    case = joint(needs=WINDOWS, wanted=date(2027, 10, 29))
    first, later = case.candidate.needs
    staggered = replace(
        case.candidate,
        launch=date(2027, 10, 29),
        entries=(
            Entry(need=first, on=date(2027, 10, 29)),
            Entry(need=later, on=date(2027, 11, 2)),
        ),
    )
    assert [b.milestone for b in backplan(case).breaches] == ["start"]
    assert backplan(replace(case, candidate=staggered)).breaches == ()


def test_steps_before_the_councils_break_by_themselves() -> None:
    earliest = earliest_start(joint())
    assert earliest is not None
    plan = backplan(joint(wanted=earliest - ONE))
    assert plan.breaches
    assert backplan(joint(wanted=earliest)).breaches == ()
    assert breach(plan, plan.breaches[0].milestone).days > 0


@pytest.mark.parametrize(
    ("on", "procedure"),
    [
        (date(2026, 11, 23), "open"),
        (date(2026, 12, 28), "negotiated_without_publication"),
    ],
)
def test_the_earliest_start_is_the_first_day_of_a_search_day_by_day(
    on: date, procedure: str
) -> None:
    case = joint(on=on, procedure=procedure)
    tried = on
    while backplan_breaks(replace(case, wanted=tried)):
        tried += ONE
    assert earliest_start(case) == tried
    for later in range(1, 60, 7):
        wanted = tried + timedelta(days=later)
        assert not backplan_breaks(replace(case, wanted=wanted))


def backplan_breaks(case: Case) -> bool:
    return bool(backplan(case, remedies=False).breaches)


def test_a_fixed_day_goes_before_the_computed_one() -> None:
    plan = backplan(joint())
    early = day(plan, "launch") - timedelta(days=21)
    fixed = Forced(milestone="launch", day=early, why="budget debate")
    plan = backplan(joint(forced=(fixed,)))
    launch = step(plan, "launch")
    assert (launch.day, launch.forced, launch.why) == (early, True, "budget debate")
    assert plan.breaches == ()
    assert day(plan, "council:cpas") <= early - timedelta(days=10)


def test_a_fixed_day_after_the_last_possible_one_is_a_breach() -> None:
    last = day(backplan(joint()), "launch")
    for late in (0, 3):
        fixed = Forced(milestone="launch", day=last + timedelta(days=late), why="x")
        plan = backplan(joint(forced=(fixed,)))
        assert [each.days for each in plan.breaches] == ([late] if late else [])


def test_a_session_can_be_fixed_before_its_last_day_and_not_after() -> None:
    plan = backplan(joint())
    early = date(2027, 2, 3)
    fixed = Forced(milestone="council:cpas", day=early, why="extra session")
    plan = backplan(joint(forced=(fixed,)))
    assert step(plan, "council:cpas").day == early
    assert plan.breaches == ()
    late = day(plan, "launch") + ONE
    fixed = Forced(milestone="council:cpas", day=late, why="extra session")
    found = breach(backplan(joint(forced=(fixed,))), "council:cpas")
    assert found.days == 1
    fixed = replace(fixed, day=late - ONE)  # the days of practice may be used up
    assert backplan(joint(forced=(fixed,))).breaches == ()


def decided(
    key: str, on: date, outcome: Vote = Vote.YES, stage: Stage = Stage.PARTICIPATION
) -> Decision:
    return Decision(administration=key, stage=stage, outcome=outcome, on=on)


def test_what_is_decided_asks_for_no_more_preparation() -> None:
    on = date(2027, 3, 1)
    both = (
        decided("commune", date(2027, 1, 11)),
        decided("cpas", date(2027, 1, 11), stage=Stage.CONDITIONS),
    )
    plan = backplan(joint(on=on, decisions=both))
    assert step(plan, "council:cpas").done == date(2027, 1, 11)
    assert plan.breaches == ()
    assert not {"convention", "collected", "file:cpas"} & set(codes(plan))
    later = backplan(joint(on=date(2027, 1, 10), decisions=both))
    assert step(later, "council:cpas").done is None  # not taken yet on that day


def test_a_council_that_decided_no_breaks_the_plan() -> None:
    against = decided("cpas", date(2027, 1, 11), Vote.NO)
    plan = backplan(joint(on=date(2027, 2, 1), decisions=(against,)))
    assert "decided against" in str(breach(plan, "council:cpas").message)
    again = decided("cpas", date(2027, 1, 18), Vote.CONDITIONAL)
    plan = backplan(joint(on=date(2027, 2, 1), decisions=(against, again)))
    assert plan.breaches == ()


def test_a_launch_that_came_too_late_is_a_breach_and_one_in_time_is_not() -> None:
    last = day(backplan(joint()), "launch")
    both = (decided("commune", date(2027, 1, 11)), decided("cpas", date(2027, 1, 11)))
    for late in (0, 5):
        done = decided("commune", last + timedelta(days=late), stage=Stage.LAUNCH)
        plan = backplan(joint(on=last + timedelta(days=6), decisions=(*both, done)))
        assert step(plan, "launch").done == done.on
        assert [each.milestone for each in plan.breaches] == ["launch"] * (late > 0)


def test_after_the_award_the_steps_before_it_are_over() -> None:
    last = day(backplan(joint()), "award")
    decisions = (
        decided("commune", date(2027, 1, 11)),
        decided("cpas", date(2027, 1, 11)),
        decided("commune", date(2027, 4, 1), stage=Stage.LAUNCH),
        decided("commune", last, stage=Stage.AWARD),
    )
    plan = backplan(joint(on=last + ONE, decisions=decisions))
    assert plan.breaches == ()
    assert step(plan, "award").done == last
    assert not {"opening", "award_file", "launch"} & set(codes(plan))
    assert day(plan, "send_award") <= end_of_period(last, 20)


def test_running_contracts_stand_in_the_plan_with_gap_or_overlap() -> None:
    start = date(2027, 11, 2)
    needs = (replace(NEEDS[0], replaces="old"), NEEDS[1])

    def note(end: date, *, exclusive: bool) -> str:
        contract = Contract(
            id="old",
            administration="commune",
            title="Old paper",
            end=end,
            notice=date(2027, 5, 3),
            exclusive=exclusive,
        )
        other = Contract(id="z", administration="commune", title="Z", end=end)
        plan = backplan(joint(needs=needs, contracts=(contract, other)))
        assert day(plan, "contract_notice:old") == date(2027, 5, 3)
        assert "contract_end:z" not in codes(plan)
        return str(step(plan, "contract_end:old").note)

    assert note(start - ONE, exclusive=True) == "None"
    assert note(start - 2 * ONE, exclusive=True).startswith("1 days without")
    assert "runs 1 days into" in note(start, exclusive=True)
    assert note(start, exclusive=False) == "None"


def test_a_bridge_is_proposed_where_the_old_contract_ends_too_soon() -> None:
    needs = (replace(NEEDS[0], replaces="old"), NEEDS[1])
    old = Contract(
        id="old", administration="commune", title="Old", end=date(2027, 1, 31)
    )
    plan = backplan(joint(needs=needs, contracts=(old,), wanted=date(2027, 2, 1)))
    assert "Bridge the time until" in remedies(plan)
    assert "“Old”" in remedies(plan)


def test_what_cannot_be_planned_is_refused_with_a_sentence() -> None:
    with pytest.raises(UsageError, match="low_value"):
        backplan(joint(procedure="auction"))
    with pytest.raises(UsageError, match="does not take part"):
        backplan(joint(pilot="province"))
    nobody = replace(joint().candidate, administrations=())
    with pytest.raises(UsageError, match="at least one administration"):
        backplan(joint(candidate=nobody, administrations=(), pilot=""))
    for wanted in (date.min, date(2077, 1, 1), date.max):
        with pytest.raises(UsageError, match="too far"):
            backplan(joint(wanted=wanted))


def test_without_a_pilot_the_plan_says_whom_it_takes() -> None:
    plan = backplan(joint(pilot=""))
    assert step(plan, "award").administration == "commune"
    assert "No pilot is appointed" in str(step(plan, "award").note)


# Adhesion.

FRAMEWORK = FrameworkAgreement(
    id="printers",
    centre="centre",
    title=LocalText(fr="Imprimantes", nl="Printers"),
    beneficiaries=("commune", "cpas"),
    interest_deadline=date(2027, 3, 31),
    launch=date(2027, 5, 3),
    award=date(2027, 9, 1),
    start=date(2027, 10, 1),
    end=date(2031, 9, 30),
)


def adhesion(**changes: object) -> Case:
    case = joint(
        form=Form.PURCHASING_CENTRE, framework=FRAMEWORK, wanted=date(2028, 1, 10)
    )
    return replace(case, **changes)  # type: ignore[arg-type]


def test_an_adhesion_decides_before_the_interest_and_again_before_the_order() -> None:
    plan = backplan(adhesion())
    assert plan.breaches == ()
    for key in ("commune", "cpas"):
        joined, marked = step(plan, f"adhesion:{key}"), step(plan, f"interest:{key}")
        assert joined.kind is StepKind.SESSION
        assert joined.day < day(plan, f"convention:{key}") <= marked.day
        assert marked.day == FRAMEWORK.interest_deadline
        assert marked.day < day(plan, f"use:{key}") < day(plan, f"order:{key}")
        assert day(plan, f"order:{key}") <= date(2028, 1, 10) - timedelta(days=21)
    assert day(plan, "centre_launch") == FRAMEWORK.launch
    assert day(plan, "framework_end") == FRAMEWORK.end
    assert day(plan, "collected") < day(plan, "file:adhesion:cpas")


def test_in_wallonia_the_use_is_a_second_decision_with_its_own_opinion() -> None:
    own = walloon("commune", AdministrationKind.COMMUNE)
    candidate = replace(joint().candidate, administrations=("commune",))
    plan = backplan(adhesion(administrations=(own,), candidate=candidate))
    assert "second decision" in str(step(plan, "use:commune").note)
    assert {"opinion:use:commune", "opinion:adhesion:commune"} <= set(codes(plan))
    assert "second decision" not in str(step(backplan(adhesion()), "use:cpas").note)


def test_needs_are_no_longer_collected_once_their_use_is_decided() -> None:
    running = replace(FRAMEWORK, launch=date(2026, 1, 5), interest_deadline=None)
    one = replace(joint().candidate, administrations=("cpas",), needs=("n-cpas",))
    joined = Adhesion(
        id="a",
        administration="cpas",
        centre="centre",
        status=AdhesionStatus.ADHERED,
        decided_on=date(2026, 1, 1),
        convention_on=date(2026, 1, 2),
    )
    used = UseDecision(
        id="u", need="n-cpas", framework="printers", decided_on=date(2026, 10, 1)
    )
    before = adhesion(
        framework=running, candidate=one, adhesions=(joined,), pilot="cpas"
    )
    assert "collected" in codes(backplan(before))
    after = replace(before, uses=(used,))
    assert step(backplan(after), "use:cpas").done == date(2026, 10, 1)
    assert "collected" not in codes(backplan(after))


def test_what_was_marked_joined_and_decided_is_done() -> None:
    seen = date(2026, 10, 1)
    plan = backplan(
        adhesion(
            interests=tuple(
                Interest(
                    id=key,
                    administration=key,
                    framework="printers",
                    answer=InterestAnswer.YES,
                    answered_on=seen,
                )
                for key in ("commune", "cpas")
            ),
            adhesions=tuple(
                Adhesion(
                    id=key,
                    administration=key,
                    centre="centre",
                    status=AdhesionStatus.ADHERED,
                    decided_on=seen,
                    convention_on=seen,
                )
                for key in ("commune", "cpas")
            ),
            uses=(
                UseDecision(
                    id="u", need="n-cpas", framework="printers", decided_on=seen
                ),
            ),
        )
    )
    done = {each.code for each in plan.milestones if each.done == seen}
    assert done == {
        *(
            f"{c}:{k}"
            for c in ("interest", "adhesion", "convention")
            for k in ("commune", "cpas")
        ),
        "use:cpas",
    }
    assert plan.breaches == ()


def test_an_interest_marked_after_its_last_day_is_a_breach() -> None:
    closing = FRAMEWORK.interest_deadline
    assert closing is not None
    only = replace(joint().candidate, administrations=("commune",))
    for late in (0, 1):
        marked = Interest(
            id="i",
            administration="commune",
            framework="printers",
            answer=InterestAnswer.YES,
            answered_on=closing + timedelta(days=late),
        )
        case = adhesion(on=date(2027, 4, 2), candidate=only, interests=(marked,))
        told = [b for b in backplan(case).breaches if b.milestone.startswith("int")]
        assert [b.days for b in told] == [1] * late
    undated = replace(marked, answered_on=None)
    plan = backplan(replace(case, interests=(undated,)))
    assert "interest:commune" not in {each.milestone for each in plan.breaches}


def test_the_interest_deadline_itself_is_in_time_and_the_day_after_is_not() -> None:
    closing = FRAMEWORK.interest_deadline
    assert closing is not None
    member = tuple(
        Adhesion(
            id=key,
            administration=key,
            centre="centre",
            status=AdhesionStatus.ADHERED,
            decided_on=date(2026, 1, 5),
        )
        for key in ("commune", "cpas")
    )
    assert backplan(adhesion(on=closing, adhesions=member)).breaches == ()
    late = backplan(adhesion(on=closing + ONE, adhesions=member))
    found = breach(late, "interest:cpas")
    assert found.days == 1
    assert "until the launch" in str(found.remedies[0])
    assert "No later start helps" in remedies(late)
    assert earliest_start(adhesion(on=closing + ONE, adhesions=member)) is None


def test_after_the_launch_only_those_identified_can_use_the_framework() -> None:
    on = date(2027, 5, 3)
    assert backplan(adhesion(on=on)).breaches == ()
    for_one = replace(FRAMEWORK, beneficiaries=("commune",))
    plan = backplan(adhesion(on=on, framework=for_one))
    assert [each.milestone for each in plan.breaches] == ["interest:cpas"]
    assert "nobody can enter it afterwards" in str(plan.breaches[0].message)
    open_to_all = replace(FRAMEWORK, beneficiaries=())
    plan = backplan(adhesion(on=on, framework=open_to_all))
    assert "ask the centre" in str(step(plan, "order:cpas").note)


def test_an_order_falls_within_the_days_of_the_framework() -> None:
    assert FRAMEWORK.start is not None
    early = backplan(adhesion(wanted=date(2027, 10, 15)))
    found = breach(early, "order:cpas")
    assert found.days == (FRAMEWORK.start - day(early, "order:cpas")).days
    earliest = earliest_start(adhesion())
    assert earliest is not None
    assert str(earliest) in remedies(early)
    assert day(backplan(adhesion(wanted=earliest)), "order:cpas") >= FRAMEWORK.start
    late = backplan(adhesion(wanted=date(2031, 12, 1)))
    assert day(late, "order:cpas") == FRAMEWORK.end
    ended = backplan(adhesion(on=date(2031, 10, 1), wanted=date(2032, 1, 5)))
    assert breach(ended, "order:cpas").days >= 1


@pytest.mark.parametrize(
    ("launch", "award", "opens"),
    [
        (date(2027, 5, 3), date(2027, 9, 1), date(2027, 9, 17)),
        (date(2027, 5, 3), None, date(2027, 8, 4)),
        (None, None, None),
    ],
)
def test_a_framework_whose_first_day_is_unknown_promises_no_start(
    launch: date | None, award: date | None, opens: date | None
) -> None:
    unknown = replace(FRAMEWORK, start=None, launch=launch, award=award)
    plan = backplan(adhesion(framework=unknown))
    assert plan.earliest is None
    (told,) = plan.unsure
    assert "is not recorded" in str(told)
    assert not plan.breaches
    if opens is not None:
        assert str(opens) in str(told)
        early = opens + timedelta(days=20)
        found = backplan(adhesion(framework=unknown, wanted=early))
        assert breach(found, "order:cpas").days >= 1
        assert "at the earliest, as far as is known" in remedies(found)
    assert backplan(adhesion()).unsure == ()


def order(amount: int, key: str = "cpas", need: str = "") -> Order:
    return Order(
        id=f"o-{key}-{need}",
        framework="printers",
        administration=key,
        need=need,
        concluded_on=ON,
        amount=Decimal(amount),
    )


@pytest.mark.parametrize(
    ("ceiling", "orders", "said"),
    [
        (300_000, (), ""),
        (299_999, (), "and only 299999 is left"),
        (310_000, (order(10_001),), "and only 299999 is left"),
        (310_000, (order(310_000),), "is reached"),
        (310_000, (order(10_001, need="n-cpas"),), ""),
        (300_000, (order(150_000, "commune", "n-commune"), order(150_000)), "reached"),
        (None, (order(10_001),), ""),
    ],
)
def test_what_is_to_be_ordered_must_fit_below_the_maximum(
    ceiling: int | None, orders: tuple[Order, ...], said: str
) -> None:
    bound = replace(FRAMEWORK, ceiling=None if ceiling is None else Decimal(ceiling))
    plan = backplan(adhesion(framework=bound, orders=orders))
    told = " ".join(str(each.message) for each in plan.breaches)
    assert said in told
    assert bool(said) is bool(told)
    whole = {(each.administration, each.need) for each in orders}
    for key in ("commune", "cpas"):
        made = step(plan, f"order:{key}").done
        assert (made == ON) is ((key, f"n-{key}") in whole and ceiling == 300_000)
    assert (plan.earliest is None) is bool(said)
    running = replace(
        bound, interest_deadline=None, launch=date(2026, 1, 5), start=date(2026, 6, 1)
    )
    other = joint(wanted=date(2027, 2, 1), frameworks=(running,), orders=orders)
    codes_ = replace(other.candidate, cpv="30197600")
    open_to = replace(running, cpv=("30000000",))
    other = replace(other, candidate=codes_, frameworks=(open_to,))
    assert ("Look for a running framework" in remedies(backplan(other))) is bool(said)


def test_an_adhesion_without_its_framework_is_refused() -> None:
    with pytest.raises(UsageError, match="needs its framework agreement"):
        backplan(adhesion(framework=None))


# Whatever is recorded.


@st.composite
def cases(draw: st.DrawFn) -> Case:
    days = st.integers(-40, 700).map(lambda n: ON + timedelta(days=n))
    regions = st.sampled_from([*Region, None])
    kinds = st.sampled_from([*AdministrationKind, None])
    people = tuple(
        Administration(
            id=key,
            kind=draw(kinds),
            region=draw(regions),
            bodies=tuple(
                CompetentBody(
                    kind=kind,
                    sessions=tuple(draw(st.lists(days, max_size=8))),
                    convocation_days=draw(st.sampled_from([None, 0, 7])),
                    filing_days=draw(st.sampled_from([None, 0, 20])),
                )
                for kind in BodyKind
            ),
            closed=draw(
                st.sampled_from(
                    [(), (Period(start=date(2027, 7, 15), end=date(2027, 8, 15)),)]
                )
            ),
        )
        for key in ("commune", "cpas")
    )
    framework = replace(
        FRAMEWORK,
        interest_deadline=draw(st.none() | days),
        launch=draw(st.none() | days),
        start=draw(st.none() | days),
        end=draw(st.none() | days),
        call_off=draw(st.sampled_from([None, *CallOff])),
    )
    return joint(
        form=draw(st.sampled_from([Form.JOINT_CONTRACT, Form.PURCHASING_CENTRE])),
        administrations=people,
        framework=framework,
        procedure=draw(st.sampled_from(PROCEDURES)),
        eu_publicity=draw(st.booleans()),
        wanted=draw(days),
    )


@settings(max_examples=120, deadline=None, derandomize=True)
@given(cases())
def test_whatever_is_recorded_a_plan_without_breach_lies_ahead(case: Case) -> None:
    plan = backplan(case)
    assert len(set(codes(plan))) == len(plan.milestones)
    assert [m.day for m in plan.milestones] == sorted(m.day for m in plan.milestones)
    for found in plan.breaches:
        assert found.milestone in codes(plan) or found.milestone.startswith("interest")
        assert found.days >= 0
    if not plan.breaches:
        assert all(
            m.day >= case.on for m in plan.milestones if m.kind is not StepKind.ANCHOR
        )
    own = [m for m in plan.milestones if not m.code.startswith(FOLLOWING)]
    assert bool(plan.breaches) is any((m.margin or 0) < 0 for m in own)
    earliest = earliest_start(case)
    if earliest is None:
        assert plan.breaches
    else:
        assert step(plan, "start").earliest == earliest
        assert not backplan_breaks(replace(case, wanted=earliest))
        assert earliest == case.on or backplan_breaks(
            replace(case, wanted=earliest - ONE)
        )
        assert bool(plan.breaches) is (case.wanted < earliest)


# The forms without tender or centre.

AGREED = {
    Form.IN_HOUSE: Stage.CONDITIONS,
    Form.IN_HOUSE_REVERSE: Stage.CONDITIONS,
    Form.IN_HOUSE_JOINT: Stage.CONDITIONS,
    Form.HORIZONTAL: Stage.PARTICIPATION,
    Form.STAFF_PLACEMENT: Stage.PARTICIPATION,
    Form.FREE_SHARING: Stage.PARTICIPATION,
    Form.TRANSFER: Stage.PARTICIPATION,
}


@pytest.mark.parametrize("form", Form, ids=lambda form: form.name)
def test_every_form_without_a_framework_to_join_has_a_plan(form: Form) -> None:
    if form is Form.PURCHASING_CENTRE:
        with pytest.raises(UsageError, match="framework agreement"):
            backplan(joint(form=form))
        return
    plan = backplan(joint(form=form))
    assert plan.breaches == ()
    assert plan.form is form
    assert day(plan, "start") == date(2027, 11, 2)
    assert {"council:commune", "council:cpas", "convention"} <= set(codes(plan))
    assert from_plain(Plan, to_plain(plan)) == plan


def test_a_cooperation_is_prepared_heard_decided_and_signed_in_that_order() -> None:
    plan = backplan(joint(form=Form.HORIZONTAL))
    days = [
        day(plan, "supervisor"),
        day(plan, "convention"),
        day(plan, "consultation"),
        min(day(plan, "file:commune"), day(plan, "file:cpas")),
        max(day(plan, "council:commune"), day(plan, "council:cpas")),
        min(day(plan, "award:commune"), day(plan, "award:cpas")),
        day(plan, "signature"),
        day(plan, "start"),
    ]
    assert days == sorted(set(days))
    assert not {"launch", "award", "opening", "standstill"} & set(codes(plan))


@pytest.mark.parametrize("form", [Form.IN_HOUSE, Form.HORIZONTAL])
def test_an_award_is_sent_to_the_walloon_authority_before_it_is_carried_out(
    form: Form,
) -> None:
    parties = (
        walloon("commune", AdministrationKind.COMMUNE),
        walloon("cpas", AdministrationKind.CPAS),
    )
    plan = backplan(joint(form=form, administrations=parties, procedure="low_value"))
    bound = day(plan, "order:commune" if form is Form.IN_HOUSE else "signature")
    for who in ("commune", "cpas"):
        sent = day(plan, f"send_award:{who}")
        assert day(plan, f"council:{who}") < day(plan, f"award:{who}") <= sent < bound
    low = backplan(joint(administrations=parties, procedure="low_value"))
    assert "send_award" not in codes(low)


def test_a_transfer_is_sent_to_the_walloon_authority() -> None:
    parties = (walloon("commune", AdministrationKind.COMMUNE), CPAS)
    plan = backplan(joint(form=Form.TRANSFER, administrations=parties))
    assert "send_council:commune" in codes(plan)
    placed = backplan(joint(form=Form.STAFF_PLACEMENT, administrations=parties))
    assert "send_council:commune" not in codes(placed)


def test_a_brussels_award_waits_for_the_term_of_supervision() -> None:
    plan = backplan(joint(form=Form.IN_HOUSE))
    assert day(plan, "executory_award:commune") <= day(plan, "order:commune")


@pytest.mark.parametrize("form", AGREED, ids=lambda form: form.name)
def test_no_council_decides_a_cooperation_under_the_article_on_joint_contracts(
    form: Form,
) -> None:
    parties = (
        walloon("commune", AdministrationKind.COMMUNE),
        walloon("cpas", AdministrationKind.CPAS),
    )
    plan = backplan(joint(form=form, administrations=parties))
    articles = {c.article for each in plan.milestones for c in each.basis}
    assert not {"art. L1222-6", "art. 84bis"} & articles
    assert {"art. L1122-30", "art. L1222-3, § 1"} & articles
    joint_one = backplan(joint(administrations=parties))
    assert "art. L1222-6" in {c.article for m in joint_one.milestones for c in m.basis}


def test_free_sharing_asks_no_opinion_on_money_and_no_supervisor() -> None:
    parties = (
        walloon("commune", AdministrationKind.COMMUNE),
        walloon("cpas", AdministrationKind.CPAS),
    )
    free = codes(backplan(joint(form=Form.FREE_SHARING, administrations=parties)))
    paid = codes(backplan(joint(form=Form.HORIZONTAL, administrations=parties)))
    only_paid = {"opinion:commune", "supervisor", "consultation"}
    assert only_paid <= set(paid)
    assert not only_paid & set(free)


@pytest.mark.parametrize(
    ("second", "heard"),
    [
        (administration("cpas", AdministrationKind.CPAS), True),
        (administration("cpas"), False),
        (administration("cpas", AdministrationKind.CPAS, Region.FLANDERS), False),
    ],
)
def test_the_committee_is_heard_where_a_commune_and_its_cpas_have_one(
    second: Administration, *, heard: bool
) -> None:
    plan = backplan(joint(form=Form.TRANSFER, administrations=(COMMUNE, second)))
    assert ("consultation" in codes(plan)) is heard
    assert "approval" in codes(plan)
    assert step(plan, "approval").kind is StepKind.SUPERVISION


@pytest.mark.parametrize("form", AGREED, ids=lambda form: form.name)
def test_what_a_council_decided_already_is_done(form: Form) -> None:
    made = Decision(administration="cpas", stage=AGREED[form], outcome=Vote.YES, on=ON)
    plan = backplan(joint(form=form, decisions=(made,)))
    assert step(plan, "council:cpas").done == ON
    assert "file:cpas" not in codes(plan)
    assert step(plan, "council:commune").done is None


def test_in_house_each_one_concludes_its_own_contract() -> None:
    made = Decision(administration="cpas", stage=Stage.ORDER, outcome=Vote.YES, on=ON)
    plan = backplan(joint(form=Form.IN_HOUSE_JOINT, decisions=(made,)))
    assert step(plan, "order:cpas").done == ON
    assert step(plan, "order:commune").done is None
    assert "signature" not in codes(plan)


@pytest.mark.parametrize("form", AGREED, ids=lambda form: form.name)
def test_a_cooperation_wanted_too_soon_says_from_which_day_on_it_holds(
    form: Form,
) -> None:
    case = joint(form=form, wanted=date(2026, 12, 1))
    late = backplan(case)
    assert late.breaches
    first = earliest_start(case)
    assert first is not None
    assert str(first) in remedies(late)
    assert "procedure with shorter terms" not in remedies(late)
    assert "joint contract" not in remedies(late)
    assert backplan(replace(case, wanted=first)).breaches == ()
    assert backplan(replace(case, wanted=first - ONE)).breaches
