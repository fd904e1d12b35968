"""Every day not to miss, and who must act."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from jointbuy.errors import Message
from jointbuy.model import (
    ActionPoint,
    Adhesion,
    AdhesionStatus,
    Administration,
    AdministrationKind,
    AskedService,
    Candidate,
    CandidateKind,
    Choice,
    ContactPerson,
    Contract,
    Deadline,
    Decision,
    Domain,
    Dossier,
    Form,
    FrameworkAgreement,
    FrameworkLot,
    Interest,
    InterestAnswer,
    Level,
    Need,
    NeedsRound,
    NeedStatus,
    Order,
    Programme,
    Proof,
    PurchasingCentre,
    Region,
    Reopening,
    ServiceAnswer,
    Stage,
    UseDecision,
    Vote,
)
from jointbuy.schedule.backplan import backplan
from jointbuy.schedule.case import Case
from jointbuy.schedule.contract_ends import Begin, expiring
from jointbuy.schedule.deadlines import deadlines, level, main_contact, within
from jointbuy.schedule.practice import usual_practice

ON = date(2027, 3, 1)
COMMUNE = Administration(
    id="commune", kind=AdministrationKind.COMMUNE, region=Region.BRUSSELS
)
CPAS = Administration(id="cpas", kind=AdministrationKind.CPAS, region=Region.BRUSSELS)
BOTH = (COMMUNE, CPAS)


def after(days: int) -> date:
    return ON + timedelta(days=days)


def found(**records: object) -> tuple[Deadline, ...]:
    return deadlines(on=ON, administrations=BOTH, **records)  # type: ignore[arg-type]


def ids(**records: object) -> list[str]:
    return [each.id for each in found(**records)]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (-1, Level.OVERDUE),
        (0, Level.WEEK),
        (7, Level.WEEK),
        (8, Level.MONTH),
        (30, Level.MONTH),
        (31, Level.QUARTER),
        (90, Level.QUARTER),
        (91, Level.LATER),
    ],
)
def test_a_level_changes_the_day_after_its_last_day(days: int, expected: Level) -> None:
    assert level(after(days), ON) is expected


def test_the_nearest_deadline_comes_first_and_within_takes_the_last_day() -> None:
    contracts = tuple(
        Contract(id=f"c{n}", administration="cpas", title="C", end=after(n))
        for n in (91, 90, -2, 7)
    )
    all_of_them = [e for e in found(contracts=contracts) if e.kind == "contract_end"]
    assert [each.day for each in all_of_them] == [after(n) for n in (-2, 7, 90, 91)]
    near = within(all_of_them, 90, on=ON)
    assert [each.day for each in near] == [after(n) for n in (-2, 7, 90)]


# Contracts.


def contract(**changes: object) -> Contract:
    plain = Contract(id="k", administration="commune", title="Paper", end=after(200))
    return replace(plain, **changes)  # type: ignore[arg-type]


def test_a_contract_gives_its_notice_and_its_end() -> None:
    own = contract(notice=after(20))
    follow, notice, end = found(contracts=(own,))
    assert [follow.id, notice.id, end.id] == [
        "contract_follow:k:commune",
        "contract_notice:k:commune",
        "contract_end:k:commune",
    ]
    assert follow.day == notice.day == after(20)
    assert "interrupted" in str(end.consequence)
    assert notice.subject == "k"
    assert notice.level is Level.MONTH
    assert str(notice.what) == "Give notice – Paper"
    followed = found(contracts=(own,), needs=(need(latest=None, replaces="k"),))
    assert [each.kind for each in followed] == ["contract_notice", "contract_end"]
    assert "takes over is recorded" in str(followed[1].consequence)


@pytest.mark.parametrize(
    ("changes", "last", "by_law"),
    [
        ({"renewals_left": 2, "renewal_months": 12}, date(2029, 12, 31), False),
        ({"renewals_left": 3, "renewal_months": 12}, date(2029, 12, 31), True),
        ({"renewals_left": 1, "renewal_months": None}, date(2029, 12, 31), True),
        ({"renewals_left": 1, "renewal_months": 12}, date(2028, 12, 31), False),
        ({"renewals_left": 0, "renewal_months": 12}, None, False),
        ({"renewals_left": 9, "renewal_months": 12, "start": None},
         date(2036, 12, 31), False),
        ({"renewals_left": 1, "renewal_months": None, "start": None}, None, False),
    ],
)  # fmt: skip
def test_renewals_reach_as_far_as_they_were_agreed_and_the_law_lets_them(
    changes: dict[str, object],
    last: date | None,
    by_law: bool,
) -> None:
    plain = contract(start=date(2026, 1, 1), end=date(2027, 12, 31))
    limits = [
        each
        for each in found(contracts=(replace(plain, **changes),))  # type: ignore[arg-type]
        if each.kind == "contract_limit"
    ]
    assert [each.day for each in limits] == ([last] if last else [])
    assert [bool(each.basis) for each in limits] == ([by_law] if last else [])


def test_a_renewal_beyond_what_the_law_allows_says_so_and_the_way_out() -> None:
    for start, exceeds in ((date(2024, 9, 17), True), (date(2024, 9, 18), False)):
        own = contract(start=start, renewals_left=1, renewal_months=12, notice=after(9))
        (notice,) = (e for e in found(contracts=(own,)) if e.kind == "contract_notice")
        assert bool(notice.basis) is exceeds
        assert ("refuse the renewal and prepare" in str(notice.consequence)) is exceeds


def test_a_renewable_contract_without_a_day_of_notice_is_decided_in_time() -> None:
    renewable = contract(renewals_left=1)
    first, _ = found(contracts=(renewable,))
    assert first.kind == "contract_renewal"
    assert first.day == after(80)
    with_notice = found(contracts=(replace(renewable, notice=after(9)),))
    assert [each.kind for each in with_notice] == ["contract_notice", "contract_end"]
    assert "refuse the renewal" in str(with_notice[0].what)


@pytest.mark.parametrize(
    ("notice", "begin", "by", "kinds"),
    [
        (None, None, 80, ["contract_renewal"]),
        (None, 30, 30, ["contract_renewal"]),
        (None, -40, -40, ["contract_renewal"]),
        (None, 150, 80, ["contract_renewal"]),
        (60, 150, 60, ["contract_notice"]),
        (60, 30, 30, ["contract_renewal", "contract_notice"]),
        (-5, 150, 80, ["contract_notice", "contract_renewal"]),
    ],
)
def test_a_renewable_contract_is_due_on_one_day_wherever_it_is_listed(
    notice: int | None, begin: int | None, by: int, kinds: list[str]
) -> None:
    own = contract(renewals_left=1, renewal_months=12)
    own = replace(own, notice=None if notice is None else after(notice))
    begins = (
        {"k": Begin(day=after(begin), procedure=Message(text="open procedure"))}
        if begin is not None
        else {}
    )
    (due,) = expiring([own], [], on=ON, practice=usual_practice(), begins=begins)
    assert due.by == after(by)
    listed = [
        each
        for each in found(contracts=(own,), begins=begins)
        if each.kind in {"contract_renewal", "contract_notice", "contract_follow"}
    ]
    assert [each.kind for each in listed] == kinds
    assert after(by) in {each.day for each in listed}
    if begin is not None and begin == by:
        (renewal,) = (e for e in listed if e.kind == "contract_renewal")
        assert "open procedure" in str(renewal.consequence)


def test_what_ended_uncovered_is_reported_for_a_year_what_is_renewable_too() -> None:
    follow, end = "contract_follow:k:commune", "contract_end:k:commune"
    for days, listed in ((-30, [follow, end]), (-31, [follow]), (-365, [follow]),
                         (-366, [])):  # fmt: skip
        lapsed = found(contracts=(contract(end=after(days)),))
        assert [each.id for each in lapsed] == listed
        assert all("interrupted" in str(each.consequence) for each in lapsed)
    for days in (-31, -365, -366):
        open_still = ids(contracts=(contract(end=after(days), renewals_left=1),))
        assert bool(open_still) is (days != -366)
    followed, ended = found(contracts=(contract(end=after(-1), notice=after(-20)),))
    assert followed.level is ended.level is Level.OVERDUE
    taken = {"needs": (need(latest=None),)}
    assert ids(contracts=(contract(end=after(-1), successor="n"),), **taken) == []
    assert ids(contracts=(contract(end=ON, successor="n"),), **taken) == [
        "contract_end:k:commune"
    ]
    gone = {"needs": (need(latest=None, status=NeedStatus.WITHDRAWN),)}
    assert len(ids(contracts=(contract(end=after(-1), successor="n"),), **gone)) == 2


def test_a_missed_notice_is_reported_for_thirty_days() -> None:
    for days, seen in ((-30, True), (-31, False)):
        listed = ids(contracts=(contract(notice=after(days)),))
        assert ("contract_notice:k:commune" in listed) is seen


def test_a_contract_without_days_has_no_deadline() -> None:
    assert ids(contracts=(contract(end=None),)) == []


# Interest.

FRAMEWORK = FrameworkAgreement(
    id="printers",
    centre="centre",
    beneficiaries=("commune",),
    interest_deadline=after(14),
    launch=after(60),
)


def test_who_is_identified_or_asked_and_has_not_answered_has_a_deadline() -> None:
    assert ids(frameworks=(FRAMEWORK,)) == ["framework_interest:printers:commune"]
    asked = Interest(
        id="i", administration="cpas", framework="printers", asked_on=after(-5)
    )
    assert ids(frameworks=(FRAMEWORK,), interests=(asked,)) == [
        "framework_interest:printers:commune",
        "framework_interest:printers:cpas",
    ]
    (deadline,) = found(frameworks=(FRAMEWORK,))
    assert "closed to you" in str(deadline.consequence)


UNNAMED = replace(FRAMEWORK, beneficiaries=(), cpv=("18100000",))
BEFORE = FrameworkAgreement(id="old", centre="centre", successor="printers")
MEMBER = Adhesion(
    id="a", administration="cpas", centre="centre", status=AdhesionStatus.ADHERED
)
CLOTHES = Need(
    id="n", administration="cpas", title="Clothes", cpv="18110000", nature=None
)
CALL = "framework_interest:printers"


@pytest.mark.parametrize(
    ("changes", "records", "told"),
    [
        ({}, {}, []),
        ({}, {"home": "commune"}, ["commune"]),
        ({"beneficiaries": ("commune",)}, {"home": "cpas"}, ["commune"]),
        ({}, {"adhesions": (MEMBER,), "home": "commune"}, ["cpas"]),
        ({}, {"adhesions": (replace(MEMBER, status=AdhesionStatus.REFUSED),)}, []),
        ({}, {"needs": (CLOTHES,)}, ["cpas"]),
        ({}, {"needs": (replace(CLOTHES, status=NeedStatus.DRAFT),)}, []),
        ({}, {"needs": (replace(CLOTHES, cpv="30192000"),)}, []),
        ({}, {"frameworks": (BEFORE,), "orders": (
            Order(id="o", framework="old", administration="cpas"),)}, ["cpas"]),
        ({}, {"frameworks": (BEFORE,), "uses": (
            UseDecision(id="u", framework="old", need="m"),), "needs": (
            Need(id="m", administration="commune", title="M"),)}, ["commune"]),
        ({}, {"frameworks": (BEFORE,), "interests": (
            Interest(id="i", framework="old", administration="cpas",
                     answer=InterestAnswer.YES),)}, ["cpas"]),
        ({}, {"frameworks": (BEFORE,), "interests": (
            Interest(id="i", framework="old", administration="cpas",
                     answer=InterestAnswer.NO),)}, []),
        # Others are named so far: more can be, while interest can be marked.
        ({"beneficiaries": ("commune",)}, {"adhesions": (MEMBER,)},
         ["commune", "cpas"]),
        ({"beneficiaries": ("commune",), "interest_deadline": after(-1)},
         {"adhesions": (MEMBER,)}, ["commune"]),
        ({"interest_deadline": after(-1)}, {"adhesions": (MEMBER,)}, ["cpas"]),
        ({"kinds": (AdministrationKind.COMMUNE,)}, {"adhesions": (MEMBER,)},
         ["commune"]),
        ({}, {"adhesions": (MEMBER,), "home": "commune", "centres": (
            PurchasingCentre(id="centre", regions=(Region.WALLONIA,)),)}, []),
    ],
)  # fmt: skip
def test_a_call_is_told_to_whom_it_does_not_name_yet_but_may_be_for(
    changes: dict[str, object], records: dict[str, tuple[object, ...]], told: list[str]
) -> None:
    framework = replace(UNNAMED, **changes)  # type: ignore[arg-type]
    others = records.get("frameworks", ())
    listed = [
        each
        for each in found(**{**records, "frameworks": (framework, *others)})
        if each.kind == "framework_interest"
    ]
    assert [each.id for each in listed] == [f"{CALL}:{who}" for who in told]
    for each in listed:
        named = each.administration in framework.beneficiaries or framework.kinds
        assert ("not all named yet" in str(each.consequence)) is not bool(named)


ANSWERED = Interest(
    id="i",
    administration="commune",
    framework="printers",
    asked_on=after(-9),
    answer=InterestAnswer.YES,
    answered_on=after(-2),
)
PROOF = Proof(file="mail.pdf", sha256="0" * 64, on=after(-2))


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"answer": InterestAnswer.NO}, []),
        ({"maximum_amount": Decimal(900), "proof": PROOF}, []),
        ({"maximum_quantity": Decimal(9)}, ["interest_proof:i:commune"]),
        ({"proof": PROOF}, ["interest_maximum:i:commune"]),
        ({}, ["interest_maximum:i:commune", "interest_proof:i:commune"]),
    ],
)
def test_a_no_settles_the_call_and_a_yes_once_it_is_whole(
    changes: dict[str, object], expected: list[str]
) -> None:
    given = replace(ANSWERED, **changes)  # type: ignore[arg-type]
    assert ids(frameworks=(FRAMEWORK,), interests=(given,)) == expected
    launched = replace(FRAMEWORK, launch=ON)
    assert ids(frameworks=(launched,), interests=(given,)) == []
    missed = replace(FRAMEWORK, interest_deadline=after(-1))
    late = found(frameworks=(missed,), interests=(given,))
    assert {each.level for each in late} <= {Level.OVERDUE}
    assert len(late) == len(expected)


def test_without_a_last_day_interest_is_marked_before_the_launch() -> None:
    (deadline,) = found(frameworks=(replace(FRAMEWORK, interest_deadline=None),))
    assert deadline.id == "framework_interest:printers:commune"
    assert deadline.day == after(59)


def test_the_own_due_day_of_an_interest_is_a_deadline_of_its_own() -> None:
    asked = Interest(
        id="i", administration="commune", framework="printers", due=after(10)
    )
    assert ids(frameworks=(FRAMEWORK,), interests=(asked,)) == [
        "interest_due:i:commune",
        "framework_interest:printers:commune",
    ]
    same = replace(asked, due=FRAMEWORK.interest_deadline)
    assert ids(frameworks=(FRAMEWORK,), interests=(same,)) == [
        "framework_interest:printers:commune"
    ]


def test_a_missed_interest_is_overdue_until_the_launch() -> None:
    missed = replace(FRAMEWORK, interest_deadline=after(-100), launch=after(1))
    (deadline,) = found(frameworks=(missed,))
    assert deadline.level is Level.OVERDUE
    assert ids(frameworks=(replace(missed, launch=ON),)) == []
    unknown = replace(missed, launch=None)
    assert ids(frameworks=(unknown,)) == []
    assert len(ids(frameworks=(replace(unknown, interest_deadline=after(-30)),))) == 1


# Adhesions and frameworks.


def test_an_open_adhesion_is_due_and_a_decided_one_is_not() -> None:
    adhesion = Adhesion(id="a", administration="cpas", centre="centre", due=after(5))
    assert ids(adhesions=(adhesion,)) == ["adhesion_due:a:cpas"]
    for status in AdhesionStatus:
        listed = ids(adhesions=(replace(adhesion, status=status),))
        assert bool(listed) is (
            status.name
            in {
                "PROPOSED",
                "CONDITIONAL",
                "NOT_COUNTED",
                "POSTPONED",
                "IN_REGULARISATION",
            }
        )


def test_the_end_of_a_framework_is_for_those_who_use_it() -> None:
    running = replace(
        FRAMEWORK, interest_deadline=None, launch=after(-400), end=after(40)
    )
    assert ids(frameworks=(running,)) == []
    joined = Adhesion(
        id="a",
        administration="commune",
        centre="centre",
        status=AdhesionStatus.ADHERED,
    )
    other = replace(joined, id="b", administration="cpas")  # member, not identified
    assert ids(frameworks=(running,), adhesions=(joined, other)) == [
        "framework_successor:printers:commune",
        "framework_end:printers:commune",
    ]
    followed = replace(running, successor="printers-2")
    assert ids(frameworks=(followed,), adhesions=(joined, other)) == [
        "framework_end:printers:commune"
    ]
    marked = Interest(
        id="i",
        administration="cpas",
        framework="printers",
        answer=InterestAnswer.YES,
    )
    assert ids(frameworks=(followed,), interests=(marked,)) == [
        "framework_end:printers:cpas"
    ]
    spent = replace(
        followed, start=after(-90), ceiling=Decimal(10), consumed=Decimal(9)
    )
    order = Order(
        id="o",
        framework="printers",
        administration="commune",
        concluded_on=after(-1),
        amount=Decimal(1),
    )
    assert ids(frameworks=(spent,), interests=(marked,)) == [
        "framework_end:printers:cpas"
    ]
    assert ids(frameworks=(spent,), interests=(marked,), orders=(order,)) == []
    long_gone = replace(running, end=after(-31))
    assert ids(frameworks=(long_gone,), adhesions=(joined,)) == []


# Needs and plans.


def need(**changes: object) -> Need:
    plain = Need(id="n", administration="commune", title="Paper", latest=after(100))
    return replace(plain, **changes)  # type: ignore[arg-type]


def dossier(*retained: bool) -> Dossier:
    return Dossier(
        id="d",
        candidate=Candidate(
            id="paper",
            kind=CandidateKind.JOINT,
            needs=("n",),
            administrations=("commune", "cpas"),
        ),
        form=Form.JOINT_CONTRACT,
        pilot="commune",
        choices=tuple(Choice(retained=yes, by="an", on=ON) for yes in retained),
    )


def test_a_need_without_a_retained_proposal_is_reported_in_time() -> None:
    assert ids(needs=(need(),)) == ["need_latest:n:commune"]
    assert ids(needs=(need(latest=after(5000)),)) == ["need_latest:n:commune"]
    assert ids(needs=(need(latest=after(-30)),)) == ["need_latest:n:commune"]
    assert ids(needs=(need(latest=after(-31)),)) == []
    assert ids(needs=(need(status=NeedStatus.DRAFT),)) == []
    assert ids(needs=(need(),), dossiers=(dossier(True),)) == []
    for not_retained in (dossier(), dossier(True, False)):
        assert ids(needs=(need(),), dossiers=(not_retained,)) == [
            "need_latest:n:commune"
        ]


RUNNING = FrameworkAgreement(
    id="f", centre="centre", start=after(-90), end=after(300), ceiling=Decimal(1000)
)
DONE = Order(id="o", framework="f", administration="commune", need="n",
             concluded_on=after(-5), amount=Decimal(90))  # fmt: skip
CHOSEN = UseDecision(id="u", framework="f", need="n", decided_on=after(-9))


@pytest.mark.parametrize(
    ("changes", "records", "said"),
    [
        ({}, {}, "procedure must be prepared"),
        ({}, {"uses": (CHOSEN,)}, "decided to cover it through"),
        ({}, {"uses": (replace(CHOSEN, decided_on=after(1)),)}, "must be prepared"),
        ({}, {"orders": (replace(DONE, concluded_on=None),)}, "is planned for it"),
        ({}, {"orders": (replace(DONE, need="x"),)}, "must be prepared"),
        ({}, {"orders": (DONE,)}, "do not reach its quantity or its estimate"),
        ({"estimate": Decimal(91)}, {"orders": (DONE,)}, "do not reach"),
        ({"estimate": Decimal(90)}, {"orders": (DONE,)}, ""),
        ({"estimate": Decimal(180)}, {"orders": (DONE, replace(DONE, id="p"))}, ""),
        # A price below the estimate covers the quantity all the same.
        ({"estimate": Decimal(99), "quantity": Decimal(3), "unit": "box"},
         {"orders": (replace(DONE, quantity=Decimal(3), unit="Box"),)}, ""),
        ({"estimate": Decimal(90), "quantity": Decimal(4), "unit": "box"},
         {"orders": (replace(DONE, quantity=Decimal(3), unit="box"),)}, "not reach"),
        # Nothing can be ordered any more under what is exhausted or has ended.
        ({}, {"uses": (CHOSEN,), "orders": (
            replace(DONE, need="", amount=Decimal(1000)),)},
         "nothing can be ordered any more"),
    ],
)  # fmt: skip
def test_a_need_that_orders_cover_is_no_longer_told_of_a_procedure(
    changes: dict[str, object], records: dict[str, tuple[object, ...]], said: str
) -> None:
    wanted = replace(need(), **changes)  # type: ignore[arg-type]
    listed = [
        each
        for each in found(needs=(wanted,), frameworks=(RUNNING,), **records)
        if each.kind == "need_latest"
    ]
    assert len(listed) == bool(said)
    assert all(said in str(each.consequence) for each in listed)


@pytest.mark.parametrize(
    ("changes", "orders", "told"),
    [
        ({}, (replace(DONE, amount=Decimal(1000)),), []),
        ({}, (replace(DONE, amount=Decimal("1000.01")),), ["whole:commune"]),
        ({}, (replace(DONE, amount=Decimal(1001), concluded_on=after(1)),), []),
        ({"end": after(-1)}, (replace(DONE, amount=Decimal(1001)),), []),
        ({"end": ON}, (replace(DONE, amount=Decimal(1001)),), ["whole:commune"]),
        ({"ceiling_each": Decimal(80)}, (DONE,), ["own:commune"]),
        ({"consumed": Decimal(1001)}, (), ["whole:cpas"]),
        ({"lots": (FrameworkLot(id="2", ceiling=Decimal(50)),)},
         (replace(DONE, lot="2"),), ["lot-2:commune"]),
    ],
)  # fmt: skip
def test_an_exceeded_ceiling_is_told_until_the_framework_agreement_ends(
    changes: dict[str, object], orders: tuple[Order, ...], told: list[str]
) -> None:
    framework = replace(RUNNING, **changes)  # type: ignore[arg-type]
    listed = [
        each
        for each in found(frameworks=(framework,), orders=orders, home="cpas")
        if each.kind == "framework_exceeded"
    ]
    assert [each.id for each in listed] == [f"framework_exceeded:f:{e}" for e in told]
    for each in listed:
        assert each.basis
        assert each.day == (after(-5) if orders else ON)
        assert "Order nothing more" in str(each.consequence) or (
            "order nothing more" in str(each.consequence)
        )


def test_the_steps_of_a_retained_proposal_are_deadlines() -> None:
    one = dossier(True)
    plan = backplan(
        Case(
            candidate=one.candidate,
            form=Form.JOINT_CONTRACT,
            wanted=after(400),
            on=ON,
            administrations=BOTH,
            pilot="commune",
        )
    )
    listed = found(dossiers=(one,), plans=(plan,))
    assert len(listed) == len(plan.milestones)
    by_id = {each.id: each for each in listed}
    council = by_id["milestone:d:council:cpas:cpas"]
    assert council.administration == "cpas"
    assert council.subject == "d"
    # A step for all is the pilot's to watch, or of the first until one is named.
    assert by_id["milestone:d:collected:commune"].administration == "commune"
    assert found(dossiers=(replace(one, pilot=""),), plans=(plan,)) == listed
    assert not any(each.cancelled for each in listed)
    assert found(dossiers=(dossier(),), plans=(plan,)) == ()
    assert found(plans=(plan,)) == ()


def late_plan(days: int, *decisions: Decision) -> tuple[Deadline, ...]:
    one = replace(dossier(True), pilot="commune", decisions=decisions)
    plan = backplan(
        Case(
            candidate=one.candidate,
            form=Form.JOINT_CONTRACT,
            wanted=after(days),
            on=ON,
            administrations=BOTH,
            pilot="commune",
            decisions=decisions,
        )
    )
    return found(dossiers=(one,), plans=(plan,))


def test_a_missed_step_stays_until_it_is_done_and_names_what_follows() -> None:
    overdue = [each for each in late_plan(-200) if each.level is Level.OVERDUE]
    commune, cpas = overdue
    assert (commune.administration, cpas.administration) == ("commune", "cpas")
    assert commune.id == "milestone:d:collected:commune"
    assert (ON - commune.day).days > 200
    assert re.search(r"later steps missed too: \d+\)$", str(commune.what))
    decided = Decision(
        administration="cpas",
        stage=Stage.PARTICIPATION,
        outcome=Vote.YES,
        on=after(-300),
    )
    left = late_plan(-200, decided)
    assert [each.administration for each in left] == ["commune"]


def test_a_step_does_not_repeat_the_name_of_who_takes_it() -> None:
    council = next(each for each in late_plan(400) if ":council:cpas" in each.id)
    assert str(council.what) == "Decide to take part"
    assert council.administration == "cpas"


def test_the_steps_of_a_proposal_set_aside_are_cancelled_while_they_lie_ahead() -> None:
    one = dossier(True, False)
    plan = backplan(
        Case(
            candidate=one.candidate,
            form=Form.JOINT_CONTRACT,
            wanted=after(60),
            on=ON,
            administrations=BOTH,
            pilot="commune",
        )
    )
    kept = found(dossiers=(dossier(True),), plans=(plan,))
    struck = found(dossiers=(one,), plans=(plan,))
    assert struck
    assert all(each.cancelled and each.day >= ON for each in struck)
    assert {each.id for each in struck} < {each.id for each in kept}


def test_an_anchor_that_a_record_gives_already_is_not_listed_twice() -> None:
    own = replace(
        dossier(True),
        candidate=Candidate(
            id="printers-for-both",
            kind=CandidateKind.ADHESION,
            needs=("n",),
            administrations=("commune", "cpas"),
            framework="printers",
        ),
        form=Form.PURCHASING_CENTRE,
    )
    plan = backplan(
        Case(
            candidate=own.candidate,
            form=Form.PURCHASING_CENTRE,
            wanted=after(400),
            on=ON,
            administrations=BOTH,
            framework=replace(FRAMEWORK, interest_deadline=after(50)),
        )
    )
    listed = ids(
        dossiers=(own,),
        plans=(plan,),
        frameworks=(replace(FRAMEWORK, interest_deadline=after(50)),),
    )
    marking = [each for each in listed if "interest" in each]
    assert marking == [  # the CPAS is not identified: its plan alone reminds it
        "framework_interest:printers:commune",
        "milestone:d:interest:cpas:cpas",
    ]


# Adhesions that are reopened, programmes, rounds, orders, action points.


def test_a_reopened_adhesion_is_decided_again_until_it_is_settled() -> None:
    adhesion = Adhesion(
        id="a",
        administration="cpas",
        centre="centre",
        status=AdhesionStatus.ADHERED,
        decided_on=after(-400),
        reopenings=(Reopening(trigger="scope", on=after(-10), what="Lot 2 is cut"),),
        budget=Decimal(100),
    )
    (again,) = found(adhesions=(adhesion,))
    assert again.id == f"adhesion_reopened:a:{after(-10)}-scope:cpas"
    assert again.day == after(50)
    assert "Lot 2 is cut" in str(again.consequence)
    settled = replace(adhesion.reopenings[0], settled_on=ON)
    assert found(adhesions=(replace(adhesion, reopenings=(settled,)),)) == ()
    dear = replace(adhesion, reopenings=(settled,), cost=Decimal("100.01"))
    (cost,) = found(adhesions=(dear,))
    assert cost.id == "adhesion_reopened:a:cost:cpas"
    for changes, day in (
        ({"cost_on": None}, after(60)),  # nothing is overdue the minute it is typed
        ({"cost_on": after(-61)}, after(-1)),
        ({"cost_on": after(1)}, None),
    ):
        later = found(adhesions=(replace(dear, **changes),))
        assert [each.day for each in later] == ([day] if day else [])
    (kept,) = found(adhesions=(dear,), changed={"a": after(-20)})
    assert kept.day == after(40)


def test_what_reopened_an_adhesion_keeps_its_id_once_another_is_settled() -> None:
    events = tuple(
        Reopening(trigger=trigger, on=after(-10), what=trigger)
        for trigger in ("Scope: lot 2", "documents", "documents")
    )
    adhesion = Adhesion(id="a", administration="cpas", centre="centre",
                        status=AdhesionStatus.ADHERED, reopenings=events)  # fmt: skip
    before = {each.id: each for each in found(adhesions=(adhesion,))}
    assert len(before) == 3
    for place in range(3):
        left = list(events)
        left[place] = replace(events[place], settled_on=ON)
        after_it = found(adhesions=(replace(adhesion, reopenings=tuple(left)),))
        assert len(after_it) == 2
        assert all(before[each.id] == each for each in after_it)


PROGRAMME = Programme(
    id="p",
    centre="centre",
    domains=(Domain(id="hr", due=after(20)), Domain(id="late")),
)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (None, ["programme_due:p:hr:commune", "programme_due:p:hr:cpas"]),
        ({"status": AdhesionStatus.ADHERED}, ["programme_due:p:hr:cpas"]),
        ({"status": AdhesionStatus.REFUSED}, ["programme_due:p:hr:cpas"]),
        ({"due": after(5)}, ["adhesion_due:a:commune", "programme_due:p:hr:cpas"]),
        ({"domain": "late", "status": AdhesionStatus.ADHERED},
         ["programme_due:p:hr:commune", "programme_due:p:hr:cpas"]),
        ({}, ["programme_due:p:hr:commune", "programme_due:p:hr:cpas"]),
    ],
)  # fmt: skip
def test_a_domain_is_due_for_who_is_admitted_and_has_not_decided(
    changes: dict[str, object] | None, expected: list[str]
) -> None:
    centre = PurchasingCentre(id="centre", regions=(Region.BRUSSELS,))
    plain = Adhesion(
        id="a", administration="commune", centre="centre", programme="p", domain="hr"
    )
    adhesions = () if changes is None else (replace(plain, **changes),)  # type: ignore[arg-type]
    assert (
        ids(programmes=(PROGRAMME,), centres=(centre,), adhesions=adhesions) == expected
    )


def test_the_silent_services_of_an_open_round_are_told_each_to_who_was_asked() -> None:
    asked = (
        AskedService(administration="commune", service="Travaux", contact="an"),
        AskedService(administration="commune", service="IT", answer=ServiceAnswer.NONE),
        AskedService(administration="cpas"),
    )
    round_ = NeedsRound(id="r", title="2028", due=after(-3), services=asked)
    told = found(rounds=(round_,), contacts=(person("an"), person("bo")))
    assert [each.id for each in told] == [
        "round_answer:r:cpas",
        "round_answer:r:travaux:commune",
    ]
    assert [each.contact for each in told] == ["", "an"]
    fresh = {"r": (need(latest=None, service="travaux"),)}
    assert ids(rounds=(round_,), fresh=fresh) == ["round_answer:r:cpas"]
    assert ids(rounds=(replace(round_, closed_on=ON),)) == []


def test_a_planned_order_waits_for_the_decision_to_use_the_framework() -> None:
    running = replace(FRAMEWORK, launch=after(-90), end=after(200), successor="next")
    order = Order(id="o", framework="printers", administration="commune", need="n")
    settled = {"status": NeedStatus.SETTLED}
    records = {"frameworks": (running,), "needs": (need(**settled),)}
    (due,) = found(orders=(order,), **records)
    assert due.id == "order_decision:o:commune"
    assert due.day == after(79)  # three weeks before the need must start
    late = {"frameworks": (replace(running, end=after(40)),), "needs": (need(),)}
    assert found(orders=(order,), **late)[0].day == after(40)
    for change, waits in (
        ({"concluded_on": after(-1)}, False),
        ({"need": ""}, False),
        ({}, True),
    ):
        assert bool(ids(orders=(replace(order, **change),), **records)) is waits
    for decided, waits in ((None, True), (after(1), True), (ON, False)):
        use = UseDecision(id="u", need="n", framework="printers", decided_on=decided)
        assert bool(ids(orders=(order,), uses=(use,), **records)) is waits


def test_an_action_point_stays_until_it_is_done() -> None:
    point = ActionPoint(
        id="pv", title="Send the minutes", due=after(-300), contact="an"
    )
    (told,) = found(actions=(point,), contacts=(person("an"),))
    assert (told.administration, told.contact) == ("commune", "an")
    assert told.level is Level.OVERDUE
    assert str(told.what) == "Action point – Send the minutes"
    for done, listed in ((ON, 0), (after(1), 1)):
        assert len(ids(actions=(replace(point, done_on=done),))) == listed
    assert ids(actions=(replace(point, due=None),)) == []


def test_a_source_is_looked_at_again_half_a_year_later_by_who_keeps_the_register() -> (
    None
):
    seen = replace(
        FRAMEWORK, interest_deadline=None, launch=after(-90), seen_on=after(-181)
    )
    (again,) = found(frameworks=(seen,), home="cpas")
    assert again.id == "framework_source:printers:cpas"
    assert again.day == after(-1)
    for end, listed in ((ON, True), (after(-1), False)):
        ended = replace(seen, end=end)
        assert bool(ids(frameworks=(ended,))) is listed


def test_the_code_of_a_deadline_follows_from_its_id_alone() -> None:
    *_, first = found(contracts=(contract(),))
    *_, moved = found(contracts=(contract(end=after(300)),))
    assert first.code == moved.code
    assert re.fullmatch(r"[2-9a-hjkmnp-z]{6}", first.code)
    many = {replace(first, id=f"contract_end:k{n}").code for n in range(10_000)}
    assert len(many) > 9_990


# Who must act.


def person(key: str, **changes: object) -> ContactPerson:
    plain = ContactPerson(id=key, administration="commune", name=key.title())
    return replace(plain, **changes)  # type: ignore[arg-type]


def test_the_main_contact_acts_and_not_the_referent_of_a_service() -> None:
    people = (person("it", service="IT"), person("an"), person("x", administration="c"))
    assert main_contact("commune", people, ON) == people[1]
    assert main_contact("cpas", people, ON) is None


def test_a_departure_is_followed_to_the_successor_active_that_day() -> None:
    people = (
        person("an", active_until=after(10), successor="bo"),
        person(
            "bo",
            service="IT",
            active_from=after(11),
            active_until=after(20),
            successor="cy",
        ),
        person("cy", active_from=after(21), service="HR"),
    )

    def acting(days: int) -> str:
        who = main_contact("commune", people, after(days))
        return who.id if who else ""

    assert [acting(n) for n in (10, 11, 20, 21)] == ["an", "bo", "bo", "cy"]


def test_successors_in_a_circle_end_with_nobody() -> None:
    people = (
        person("an", active_until=after(-1), successor="bo"),
        person("bo", active_until=after(-2), successor="an"),
    )
    assert main_contact("commune", people, ON) is None


def test_a_deadline_goes_to_who_will_be_there_and_else_to_who_is_there() -> None:
    leaving = person("an", active_until=after(50))
    next_one = person("bo", active_from=after(51))
    far, near = contract(id="f", end=after(60)), contract(id="e", end=after(40))

    def acting(*people: ContactPerson) -> list[str]:
        ends = (e for e in found(contracts=(near, far), contacts=people))
        return [e.contact for e in ends if e.kind == "contract_end"]

    assert acting(leaving, next_one) == ["an", "bo"]
    assert acting(leaving) == ["an", "an"]
    assert acting() == ["", ""]


# Stability.


def test_an_id_stays_when_the_day_moves_and_the_sequence_grows() -> None:
    *_, first = found(contracts=(contract(),))
    *_, moved = found(contracts=(contract(end=after(250)),), sequences={"k": 3})
    assert first.id == moved.id
    assert (first.sequence, moved.sequence) == (0, 3)


def test_every_id_is_unique() -> None:
    listed = ids(
        contracts=(contract(notice=after(3)), contract(id="k2", notice=after(3))),
        frameworks=(FRAMEWORK, replace(FRAMEWORK, id="screens")),
        needs=(need(), need(id="n2")),
    )
    assert len(listed) == len(set(listed)) == 10


def test_the_deadline_of_a_need_goes_to_its_own_contact_or_who_took_over() -> None:
    people = (
        person("main"),
        person("own", service="roads", active_until=after(10), successor="next"),
        person("next", service="roads"),
    )

    def contact(days: int, **changes: object) -> str:
        own = replace(need(latest=after(days)), **changes)  # type: ignore[arg-type]
        (made,) = found(needs=(own,), contacts=people)
        return made.contact

    assert contact(10, contact="own") == "own"
    assert contact(11, contact="own") == "next"
    assert contact(10) == "main"
    assert contact(10, contact="nobody") == "main"
