"""What a deadline rests on: its record, the time before it, who can still decide."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from jointbuy.errors import say
from jointbuy.model import (
    Adhesion,
    Administration,
    AdministrationKind,
    BodyKind,
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
from jointbuy.workspace.watching import Watch, calendar_path

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
