"""What a deadline rests on: its record, the time before it, who can still decide."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from jointbuy.errors import say
from jointbuy.model import (
    Adhesion,
    Administration,
    AdministrationKind,
    BodyKind,
    Breach,
    CompetentBody,
    Contract,
    Deadline,
    Form,
    FrameworkAgreement,
    Interest,
    Level,
    LocalText,
    Milestone,
    Need,
    Plan,
    PurchasingCentre,
    Region,
    StepKind,
)
from jointbuy.workspace.watching import Watch, calendar_path, clashes

ON = date(2027, 3, 1)
SESSIONS = (date(2027, 3, 15), date(2027, 4, 12))
COMMUNE = Administration(
    id="commune",
    kind=AdministrationKind.COMMUNE,
    region=Region.BRUSSELS,
    bodies=(
        CompetentBody(
            kind=BodyKind.COUNCIL,
            names=LocalText(en="Council"),
            sessions=SESSIONS,
            convocation_days=7,
            filing_days=0,
        ),
        CompetentBody(
            kind=BodyKind.EXECUTIVE,
            names=LocalText(en="Executive"),
            sessions=SESSIONS,
            convocation_days=0,
            filing_days=5,
        ),
    ),
)


def due(kind: str, day: date, subject: str = "x", part: str = "") -> Deadline:
    bits = (kind, subject, part, "commune")
    return Deadline(
        id=":".join(bit for bit in bits if bit),
        day=day,
        what=say("Decide"),
        level=Level.LATER,
        administration="commune",
        subject=subject,
        kind=kind,
    )


def watch(**more: object) -> Watch:
    return Watch(on=ON, administrations={"commune": COMMUNE}, **more)  # type: ignore[arg-type]


def test_the_last_session_in_time_is_the_one_on_the_day_itself_or_before() -> None:
    for day, session in ((date(2027, 4, 12), 1), (date(2027, 4, 11), 0)):
        found = watch().sittings(due("contract_notice", day))
        assert [str(each.body) for each in found] == ["Council", "Executive"]
        assert [s.session and s.session.day for s in found] == [SESSIONS[session]] * 2


def test_a_body_that_no_file_can_reach_any_more_has_no_session() -> None:
    council, executive = watch().sittings(due("contract_notice", date(2027, 3, 15)))
    assert council.session is not None
    assert council.session.filing == date(2027, 3, 5)
    late = Watch(on=date(2027, 3, 8), administrations={"commune": COMMUNE})
    council, executive = late.sittings(due("contract_notice", date(2027, 3, 15)))
    assert council.session is None
    assert executive.session is not None


def test_who_joins_a_centre_is_named_by_the_law_with_its_article() -> None:
    (sitting,) = watch().sittings(due("adhesion_due", date(2027, 4, 12)))
    assert str(sitting.body) == "Council"
    assert sitting.basis


CENTRE = PurchasingCentre(id="centre", names=LocalText(en="The Centre"))
CHAIRS = FrameworkAgreement(
    id="chairs",
    centre="centre",
    title=LocalText(en="Chairs"),
    interest_deadline=date(2027, 3, 11),
)
CPAS = replace(COMMUNE, id="cpas", kind=AdministrationKind.CPAS)


def asked(
    *administrations: Administration, on: date = ON, day: date = date(2027, 3, 11)
) -> Watch:
    return Watch(
        on=on,
        administrations={each.id: each for each in administrations},
        deadlines=tuple(
            replace(
                due("framework_interest", day, "chairs"),
                id=f"framework_interest:chairs:{each.id}",
                administration=each.id,
                consequence=say("No answer counts as no."),
            )
            for each in administrations
        ),
        records={
            FrameworkAgreement: {"chairs": CHAIRS},
            PurchasingCentre: {"centre": CENTRE},
        },
    )


def test_where_no_council_is_left_the_way_out_is_said_with_its_law() -> None:
    body = COMMUNE.bodies[0]
    met = replace(body, sessions=(ON - timedelta(days=1), date(2027, 4, 12)))
    law = replace(met, convocation_days=None)
    known = asked(replace(COMMUNE, bodies=(law, COMMUNE.bodies[1])))
    (deadline,) = known.deadlines
    council, executive = known.sittings(deadline)
    assert (council.session, council.late) == (None, 32)
    assert council.missed is not None
    assert council.missed.day == ON - timedelta(days=1)
    assert "last session before it was on 2027-02-28" in str(council.warning)
    assert "2027-04-12, 32 days too late" in str(council.warning)
    ways = [str(way.message) for way in council.ways_out]
    assert ways[0].startswith("Ask The Centre in writing, before 2027-03-11")
    # Seven clear days: a summons on Wednesday 3 March still makes an extra session.
    assert "extra session of Council on 2027-03-11" in ways[1]
    assert "leave by 2027-03-03" in ways[1]
    assert council.ways_out[1].basis
    assert "without commitment" in ways[-1]
    assert executive.session is None  # the commune's next executive comes too late too
    assert executive.missed is None


def test_an_extra_session_that_is_too_late_is_one_in_urgency() -> None:
    for on, said in ((date(2027, 3, 3), "extra"), (date(2027, 3, 4), "in urgency")):
        known = asked(COMMUNE, on=on)
        council, _ = known.sittings(known.deadlines[0])
        ways = [str(way.message) for way in council.ways_out]
        assert said in ways[1], on


def test_the_executive_decides_in_urgency_only_where_the_law_lets_it() -> None:
    for region, lets in ((Region.FLANDERS, True), (Region.BRUSSELS, False)):
        commune = replace(COMMUNE, region=region)
        watched = replace(watch(), administrations={"commune": commune})
        day = date(2027, 3, 8)
        (sitting,) = watched.sittings(due("adhesion_due", day))
        assert sitting.session is None
        urgent = [w for w in sitting.ways_out if "in the place of" in str(w.message)]
        assert bool(urgent) is lets, region
        assert all(way.basis for way in urgent)


def test_a_body_that_nobody_recorded_has_no_session_that_is_sure() -> None:
    bare = replace(COMMUNE, bodies=())
    known = asked(bare, day=date(2027, 6, 1))
    (sitting,) = known.sittings(known.deadlines[0])
    assert sitting.session is not None
    assert sitting.session.estimated


def test_a_body_whose_next_sessions_are_not_known_is_not_so_many_days_late() -> None:
    over = replace(COMMUNE.bodies[0], sessions=(date(2027, 2, 22),))
    bare = replace(COMMUNE, id="bare", bodies=(over,), names=LocalText(en="Bare"))
    known = asked(bare, CPAS, on=date(2027, 3, 4))
    (sitting,) = known.sittings(known.deadlines[0])
    assert (sitting.session, sitting.late) == (None, None)
    assert sitting.first is not None
    assert sitting.first.estimated
    assert "2027-03-12 would be the first possible day" in str(sitting.warning)
    assert "its next sessions are not known" in str(sitting.warning)
    told = " ".join(str(way.message) for way in sitting.ways_out)
    assert "register the session" in told
    assert "called together in urgency" in told
    assert "ratified at its next session" in told
    assert sitting.first.day.isoformat() not in told
    (clash,) = clashes(known)
    assert [each.administration for each in clash.unknown] == ["bare"]
    assert [each.administration for each in clash.cannot] == ["cpas"]
    assert clash.unknown[0].first is None
    both = asked(bare, replace(bare, id="two"), on=known.on)
    assert clashes(both) == ()


def test_two_councils_that_differ_are_told_together() -> None:
    late = replace(COMMUNE.bodies[0], sessions=(date(2027, 2, 22), date(2027, 3, 29)))
    cpas = replace(CPAS, bodies=(late,), names=LocalText(en="The CPAS"))
    bare = replace(COMMUNE, id="bare", bodies=(), names=LocalText(en="Bare"))
    known = asked(COMMUNE, cpas, bare, day=date(2027, 3, 20))
    (clash,) = clashes(known)
    assert (clash.kind, clash.subject, clash.days) == ("interest", "chairs", 9)
    assert [each.administration for each in clash.can] == ["commune"]
    assert [each.administration for each in clash.cannot] == ["cpas"]
    assert [each.administration for each in clash.unknown] == ["bare"]
    assert "The CPAS (9 days)" in str(clash.message)
    assert "Sessions not known: Bare" in str(clash.message)
    assert clash.deadlines == tuple(each.id for each in known.deadlines)
    assert clash.ways_out
    assert str(clash.consequence) == "No answer counts as no."
    assert clashes(asked(cpas, day=date(2027, 3, 20))) == ()
    assert clashes(asked(COMMUNE, cpas, day=date(2027, 3, 29))) == ()


def test_a_plan_whose_bodies_differ_is_a_clash_too() -> None:
    steps = tuple(
        Milestone(
            code=f"council:{id_}",
            label=say("Decide"),
            day=day,
            kind=StepKind.SESSION,
            administration=id_,
        )
        for id_, day in (("commune", SESSIONS[0]), ("cpas", date(2027, 3, 31)))
    )
    plan = Plan(
        candidate="d",
        form=Form.JOINT_CONTRACT,
        wanted=date(2027, 9, 1),
        on=ON,
        milestones=steps,
        breaches=(
            Breach(
                milestone="council:cpas",
                days=12,
                message=say("Too late."),
                remedies=(say("Ask."),),
            ),
        ),
    )
    known = replace(
        watch(),
        administrations={"commune": COMMUNE, "cpas": CPAS},
        plans={"d": plan},
    )
    (clash,) = clashes(known)
    assert (clash.kind, clash.day, clash.days) == ("plan", date(2027, 3, 31), 12)
    assert clash.cannot[0].first is not None
    assert clash.cannot[0].first.day == date(2027, 4, 12)
    assert str(clash.ways_out[0].message) == "cpas: Ask."
    assert "`plan d` shows the first start" in str(clash.ways_out[-1].message)
    assert clashes(replace(known, plans={"d": replace(plan, breaches=())})) == ()


def test_what_is_past_or_needs_no_decision_has_no_session() -> None:
    assert not watch().sittings(due("contract_notice", ON - timedelta(days=1)))
    assert watch().sittings(due("contract_notice", ON))
    assert not watch().sittings(due("contract_end", date(2027, 4, 12)))


def test_preparing_begins_when_the_first_file_must_be_ready() -> None:
    lead = watch().lead(due("contract_notice", date(2027, 4, 12)))
    assert lead is not None
    assert lead.prepares
    assert lead.begin == date(2027, 4, 2)


def test_a_need_may_start_from_its_first_day_on() -> None:
    need = Need(
        id="n", administration="commune", title="Paper", earliest=date(2027, 3, 20)
    )
    known = watch(records={Need: {"n": need}})
    lead = known.lead(due("need_latest", date(2027, 4, 1), "n"))
    assert lead is not None
    assert (lead.begin, lead.prepares) == (date(2027, 3, 20), False)
    assert known.lead(due("need_latest", date(2027, 3, 19), "n")) is None


def test_the_record_of_an_interest_is_about_its_framework() -> None:
    framework = FrameworkAgreement(id="f", centre="c")
    interest = Interest(id="i", administration="commune", framework="f")
    adhesion = Adhesion(id="a", administration="commune", centre="c")
    centre = PurchasingCentre(id="c")
    contract = Contract(id="i", administration="commune", title="Same id")
    known = watch(
        records={
            FrameworkAgreement: {"f": framework},
            Interest: {"i": interest},
            Adhesion: {"a": adhesion},
            PurchasingCentre: {"c": centre},
            Contract: {"i": contract},
        }
    )
    assert known.record(due("interest_due", ON, "i")) == interest
    assert known.object(due("interest_due", ON, "i")) == framework
    assert known.record(due("contract_end", ON, "i")) == contract
    assert known.object(due("adhesion_due", ON, "a")) == centre
    assert known.record(due("need_latest", ON, "gone")) is None


def test_a_step_is_found_in_its_plan_and_prepared_from_the_step_before() -> None:
    steps = (
        step("start", date(2027, 3, 1), kind=StepKind.ANCHOR),
        step("collected", date(2027, 3, 2)),
        step("file:other", date(2027, 3, 9), "other"),
        step("council:commune", date(2027, 3, 15), "commune"),
    )
    plan = Plan(
        candidate="d",
        form=Form.JOINT_CONTRACT,
        wanted=date(2027, 9, 1),
        on=ON,
        milestones=steps,
    )
    known = watch(plans={"d": plan})
    council = due("milestone", date(2027, 3, 15), "d", "council:commune")
    assert known.milestone(council) == steps[3]
    lead = known.lead(council)
    assert lead is not None
    assert lead.begin == date(2027, 3, 2)
    first = due("milestone", date(2027, 3, 2), "d", "collected")
    assert known.milestone(first) == steps[1]
    assert known.lead(first) is None


def step(
    code: str, day: date, administration: str = "", kind: StepKind = StepKind.PRACTICE
) -> Milestone:
    return Milestone(
        code=code, label=say("Do"), day=day, kind=kind, administration=administration
    )


def test_a_calendar_file_ends_as_calendars_do(tmp_path: Path) -> None:
    path, there = calendar_path(str(tmp_path / "my agenda"))
    assert path == tmp_path / "my-agenda.ics"
    assert not there
    path.write_text("", encoding="utf-8")
    assert calendar_path(str(tmp_path / "my agenda.ICS"))[0].name == "my-agenda.ICS"
    assert calendar_path(str(path)) == (path, True)
