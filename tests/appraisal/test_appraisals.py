"""What buying together gains and costs, the verdict, and what would turn it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from jointbuy import law
from jointbuy.appraisal import (
    CONFIDENCES,
    Appraisal,
    Case,
    Verdict,
    appraise,
    assumptions,
    share_out,
)
from jointbuy.errors import UsageError, say
from jointbuy.matching import weights
from jointbuy.model import (
    CallOff,
    CandidateKind,
    Entry,
    FrameworkAgreement,
    Nature,
    Outcome,
    Reason,
)
from tests.appraisal.builders import ON, WHY, appraised, candidate, needs

if TYPE_CHECKING:
    from jointbuy.appraisal import Range

D = Decimal


def estimated(found: Appraisal) -> Range:
    assert found.gain.estimated is not None
    return found.gain.estimated


def cases(value: Range) -> list[Decimal]:
    return [value.low, value.mid, value.high]


# -- the figures -----------------------------------------------------------------------


def test_two_equal_needs_by_hand() -> None:
    """2 x 50,000: 20 % x (1 - 1/sqrt 2) x 80 % of 100,000; one procedure of 2,525 less;
    two days of 400."""
    found = appraised(50_000, 50_000)
    assert found.price is not None
    assert found.price.mid == D("4686.29")
    assert found.price.high == D("8786.80")  # 30 %, everything ordered
    procedures, coordination = found.line("procedures"), found.line("coordination")
    assert procedures is not None
    assert procedures.amount.mid == 2525
    assert coordination is not None
    assert coordination.amount.mid == -800
    assert estimated(found).mid == D("6411.29")
    assert found.verdict is Verdict.JOIN


def test_the_low_case_has_no_fall_of_the_price() -> None:
    found = appraised(5_000_000, 5_000_000)
    assert found.price is not None
    assert found.price.low == 0
    assert estimated(found).low < 50_000


@given(
    st.lists(st.integers(0, 10**8) | st.none(), min_size=2, max_size=7),
    st.sampled_from(list(Nature)),
)
def test_low_middle_and_high_rise_and_the_lines_add_up(
    estimates: list[int | None], nature: Nature
) -> None:
    found = appraised(*estimates, proposal={"nature": nature})
    for line in found.lines:
        assert line.amount.low <= line.amount.mid <= line.amount.high
        assert line.confidence in CONFIDENCES
    if found.gain.estimated is None:
        return
    for case in ("low", "mid", "high"):
        lines = sum(getattr(line.amount, case) for line in found.lines)
        assert lines == getattr(found.gain.estimated, case)
    assert found.price is not None
    assert found.price.low == 0


def test_only_the_estimated_gain_is_worked_out() -> None:
    gain = appraised(50_000, 50_000).gain
    assert gain.estimated is not None
    assert gain.claimed is None
    assert gain.realised is None


def test_every_input_says_where_it_comes_from_and_how_sure_it_is() -> None:
    found = appraised(50_000, 200_000)
    assert {one.name for one in found.inputs} == {
        "estimate",
        "compressible",
        "exponent",
        "take_up",
        "negotiated_without_publication",
        "negotiated_with_publication",
        "open",
        "coordination_days",
        "day_cost",
    }
    for one in found.inputs:
        assert str(one.source)
        assert one.confidence in CONFIDENCES


def test_coordination_says_that_nobody_measured_it() -> None:
    known = assumptions()["coordination_days"]
    assert cases(known.value) == [0, 2, 6]
    assert known.confidence == "assumption"
    assert "no source" in str(known.source)


def test_a_small_purchase_is_weighed_as_matching_weighs_it() -> None:
    known = assumptions()
    assert float(known["compressible"].ratio.mid) == weights.COMPRESSIBLE
    assert float(known["take_up"].ratio.mid) == weights.TAKE_UP
    assert known["coordination_days"].value.mid == weights.COORDINATION_DAYS
    assert known["day_cost"].value.mid == weights.DAY_COST


def test_every_procedure_of_the_law_has_a_cost() -> None:
    known = assumptions()
    costs = [known[name].value for name in law.PROCEDURES]
    mids = [one.mid for one in costs]
    assert mids == sorted(mids)  # the heavier, the dearer


# -- procedures ------------------------------------------------------------------------


def test_a_heavier_joint_procedure_is_a_cost() -> None:
    """Each 29,000: an accepted invoice alone; 58,000 together: a procedure."""
    found = appraised(29_000, 29_000)
    procedures = found.line("procedures")
    assert found.procedure == "negotiated_without_publication"
    assert procedures is not None
    assert procedures.amount.mid == -2525
    assert procedures.amount.high < 0
    assert any("heavier" in str(one) for one in found.reasons)


def test_the_threshold_itself_changes_the_procedure() -> None:
    """European publicity from 216,000 euro in 2026 (RD of 18 April 2017, art. 11)."""
    below = appraised("108000", "107999.99")
    at = appraised("108000", "108000")
    assert below.procedure == "negotiated_with_publication"
    assert at.procedure == "open"


def test_the_procedure_chosen_counts_where_the_value_allows_it() -> None:
    assert appraised(20_000, 50_000, procedure="open").procedure == "open"
    heavy = appraised(500_000, 500_000, procedure="low_value")
    assert heavy.procedure == "open"


def test_without_law_for_the_day_the_procedures_are_left_out_and_named() -> None:
    found = needs(50_000, 50_000)
    case = Case(candidate=candidate(found), needs=found, on=date(2030, 1, 1))
    made = appraise(case)
    assert made.line("procedures") is None
    assert made.provisional
    assert "31" in str(made.missing[0]) or "2027" in str(made.missing[0])
    assert estimated(made).mid == D("3886.29")  # the fall less the coordination


def test_without_a_nature_the_procedures_are_left_out_and_named() -> None:
    found = appraised(50_000, 50_000, proposal={"nature": None})
    assert found.line("procedures") is None
    assert "works, supplies or services" in str(found.missing[0])


# -- what has no gain from volume ------------------------------------------------------


@pytest.mark.parametrize("mark", ["single_supplier", "centre_priced"])
def test_no_volume_lowers_a_price_without_competition(mark: str) -> None:
    found = appraised(listed=needs(500_000, 500_000, **{mark: True}))
    assert found.price is not None
    assert found.price.high == 0
    assert found.verdict is Verdict.STAY_SEPARATE
    assert "Volume cannot lower this price" in str(found.reasons[0])
    assert share_out(found) == ()


def test_a_need_at_a_fixed_price_brings_no_volume_to_the_others() -> None:
    first, second, third = needs(100_000, 100_000, 100_000)
    fixed = replace(third, single_supplier=True)
    with_it = appraised(listed=(first, second, fixed))
    without = appraised(listed=(first, second))
    assert with_it.price == without.price


# -- what is not known -----------------------------------------------------------------


def test_without_two_estimates_no_gain_is_made_up() -> None:
    found = appraised(50_000, None)
    assert found.gain.estimated is None
    assert found.provisional
    assert found.verdict is Verdict.JOIN  # what matching says
    assert "cannot be estimated" in str(found.reasons[0])
    assert "No estimate yet" in str(found.missing[0])


def test_one_estimate_that_is_missing_leaves_a_gain_of_the_others() -> None:
    found = appraised(50_000, 50_000, None)
    assert estimated(found).mid == D("5611.29")  # one more to coordinate
    assert found.provisional


# -- the verdict -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "verdict"),
    [
        ("18.0281", Verdict.JOIN),
        ("18.0283", Verdict.STAY_SEPARATE),
        ("0", Verdict.JOIN),
        ("100", Verdict.STAY_SEPARATE),
    ],
)
def test_the_verdict_turns_where_the_work_costs_what_it_gains(
    days: str, verdict: Verdict
) -> None:
    """(4,686.29 + 2,525) / 400 is 18.0282 person-days."""
    found = appraised(50_000, 50_000, assumed={"coordination_days": [days]})
    assert found.verdict is verdict


@pytest.mark.parametrize(
    ("cost", "verdict"),
    [
        ("4686.28", Verdict.JOIN),
        ("4686.29", Verdict.STAY_SEPARATE),
        ("4686.30", Verdict.STAY_SEPARATE),
    ],
)
def test_a_gain_of_nothing_is_no_reason_to_join(cost: str, verdict: Verdict) -> None:
    same = {"negotiated_without_publication": ["0"], "coordination_days": ["1"]}
    found = appraised(50_000, 50_000, assumed={**same, "day_cost": [cost]})
    assert found.verdict is verdict


def test_what_would_turn_it_is_the_point_where_it_turns() -> None:
    found = appraised(50_000, 50_000)
    assert "From 18.0 person-days" in str(found.turns[0])
    dear = appraised(50_000, 50_000, assumed={"coordination_days": ["30"]})
    assert dear.verdict is Verdict.STAY_SEPARATE
    assert "Below 18.0 person-days" in str(dear.turns[0])
    assert "press more than 40.4" in str(dear.turns[1])
    for value, verdict in (("40.4", Verdict.STAY_SEPARATE), ("40.5", Verdict.JOIN)):
        turned = appraised(
            50_000,
            50_000,
            assumed={"coordination_days": ["30"], "compressible": [value]},
        )
        assert turned.verdict is verdict


def test_later_entries_are_said_in_the_verdict() -> None:
    entries = (Entry(need="n-a", on=ON), Entry(need="n-b", on=date(2027, 5, 1)))
    found = appraised(50_000, 50_000, proposal={"entries": entries})
    assert found.verdict is Verdict.STAGGERED
    assert any("framework agreement" in str(one) for one in found.reasons)


@pytest.mark.parametrize(
    ("outcome", "verdict"),
    [
        (Outcome.SERIOUS, Verdict.JOIN),
        (Outcome.BLOCKED, Verdict.STAY_SEPARATE),
        (None, Verdict.JOIN),
    ],
)
def test_what_the_law_blocks_is_not_advised(
    outcome: Outcome | None, verdict: Verdict
) -> None:
    found = appraised(50_000, 50_000, headline=outcome)
    assert found.verdict is verdict
    reserved = any("serious reservation" in str(one) for one in found.reasons)
    assert reserved == (outcome is Outcome.SERIOUS)
    if outcome is Outcome.BLOCKED:
        assert any("legal obstacle" in str(one) for one in found.turns)
    assert ("blocks this form" in str(found.obstacle)) == (outcome is Outcome.BLOCKED)


@pytest.mark.parametrize(
    ("weight", "verdict"), [(1, Verdict.JOIN), (0, Verdict.STAY_SEPARATE)]
)
def test_a_proposal_that_speaks_against_itself_is_not_advised(
    weight: int, verdict: Verdict
) -> None:
    reason = replace(WHY, weight=weight)
    found = appraised(50_000, 50_000, proposal={"reasons": (reason,)})
    assert found.verdict is verdict


def test_small_purchases_stay_separate() -> None:
    found = appraised(1_500, 2_000)
    assert found.verdict is Verdict.STAY_SEPARATE
    assert estimated(found).mid < 0
    assert "more than it gains" in str(found.reasons[0])


@given(st.lists(st.integers(1, 9_999), min_size=2, max_size=3))
def test_small_purchases_are_judged_as_matching_judges_them(volumes: list[int]) -> None:
    """As long as all of it is of low value, no procedure tips the balance."""
    assume(sum(volumes) < 30_000)
    found = estimated(appraised(*volumes)).mid
    assume(abs(found) > D("0.05"))  # a cent may be rounded away
    assert (found < 0) == weights.does_not_pay([float(each) for each in volumes])


def test_several_purchases_are_no_larger_volume() -> None:
    first, second, third, fourth = needs(50_000, 50_000, 50_000, 50_000)
    listed = (
        first,
        second,
        replace(third, administration="a"),
        replace(fourth, administration="b"),
    )
    apart = appraised(
        listed=listed,
        purchases=(frozenset({"n-a", "n-b"}), frozenset({"n-c", "n-d"})),
    )
    one = appraised(50_000, 50_000)
    assert apart.price is not None
    assert one.price is not None
    assert abs(apart.price.mid - 2 * one.price.mid) <= D("0.01")
    assert "2 different purchases" in str(apart.warnings[-1])
    assert share_out(apart) == ()


def test_one_that_brings_less_than_it_costs_is_named() -> None:
    found = appraised(400_000, 300_000, 10)
    assert "Without c the others" in str(found.turns[-1])
    even = appraised(400_000, 300_000, 300_000)
    assert not any("Without" in str(one) for one in even.turns)


def test_a_need_alone_gains_nothing_and_loses_nothing() -> None:
    reason = Reason(name="no_partner", weight=5, message=say("Nobody else needs it."))
    found = appraised(
        50_000, proposal={"kind": CandidateKind.SEPARATE, "reasons": (reason,)}
    )
    assert found.verdict is Verdict.STAY_SEPARATE
    assert estimated(found).mid == 0
    assert found.reasons == (reason.message,)


# -- a framework of a centre -----------------------------------------------------------


def adhesion(
    *, reasons: tuple[Reason, ...] = (WHY,), volume: int = 50_000, **fields: Any
) -> Appraisal:
    found = needs(volume)
    framework = FrameworkAgreement(id="f", centre="c", **fields)
    return appraise(
        Case(
            candidate=candidate(
                found,
                kind=CandidateKind.ADHESION,
                framework="f",
                reasons=reasons,
            ),
            needs=found,
            framework=framework,
            on=ON,
        )
    )


def test_under_a_framework_by_hand() -> None:
    """50,000 of 200,000: 20 % x 1/2 x 80 %; 2,525 less a day of 400; a fee of 1 %."""
    found = adhesion(ceiling=D(200_000), fee=D(1), call_off=CallOff.DIRECT)
    assert [line.amount.mid for line in found.lines] == [4000, 2125, -500]
    assert estimated(found).mid == 5625
    assert found.verdict is Verdict.ADHERE


def test_an_order_of_low_value_takes_the_work_of_an_order() -> None:
    below = adhesion(volume=29_999, fee=D(0)).line("procedures")
    at = adhesion(volume=30_000, fee=D(0)).line("procedures")
    assert below is not None
    assert at is not None
    assert cases(below.amount) == [0, 0, 0]
    assert at.amount.mid == 2125


def test_a_fee_that_is_not_recorded_is_assumed_and_said_so() -> None:
    found = adhesion(ceiling=D(200_000))
    (fee,) = (one for one in found.inputs if one.name == "centre_fee")
    assert fee.value.mid == D("1.04")
    assert fee.confidence == "low"
    recorded = adhesion(ceiling=D(200_000), fee=D(0))
    (fee,) = (one for one in recorded.inputs if one.name == "centre_fee")
    assert fee.value.mid == 0
    assert fee.confidence == "high"


def test_without_a_ceiling_no_lower_price_is_made_up() -> None:
    found = adhesion(fee=D(0))
    assert found.price is None
    assert found.provisional
    assert any("ceiling" in str(one) for one in found.missing)


@pytest.mark.parametrize(
    ("fee", "verdict"),
    [
        ("4.24", Verdict.ADHERE),
        ("4.25", Verdict.STAY_SEPARATE),
        ("9", Verdict.STAY_SEPARATE),
    ],
)
def test_a_fee_that_takes_all_the_gain_turns_the_verdict(
    fee: str, verdict: Verdict
) -> None:
    assert adhesion(fee=D(fee)).verdict is verdict  # 2,125 of 50,000 is 4.25 %


def test_an_obstacle_of_the_proposal_forbids_it() -> None:
    blocked = Reason(
        name="interest_missed", weight=weights.BLOCKS, message=say("The call is over.")
    )
    found = adhesion(ceiling=D(200_000), fee=D(0), reasons=(WHY, blocked))
    assert found.verdict is Verdict.STAY_SEPARATE
    assert found.reasons[0] == blocked.message
    assert "obstacle" in str(found.turns[0])


def test_reopening_competition_costs_more_than_an_order() -> None:
    direct = adhesion(fee=D(0), call_off=CallOff.DIRECT)
    reopened = adhesion(fee=D(0), call_off=CallOff.MINI_COMPETITION)
    assert estimated(reopened).mid < estimated(direct).mid


def under(who: str, ceiling: int) -> Appraisal:
    found = tuple(n for n in needs(50_000, 50_000) if n.administration == who)
    return appraise(
        Case(
            candidate=candidate(
                found, id=f"a-{who}", kind=CandidateKind.ADHESION, framework="f"
            ),
            needs=found,
            framework=FrameworkAgreement(
                id="f", centre="c", ceiling=D(ceiling), fee=D(0)
            ),
            on=ON,
        )
    )


def test_where_frameworks_gain_all_of_them_more_the_verdict_is_to_adhere() -> None:
    both = (under("a", 10_000_000), under("b", 10_000_000))
    assert appraised(50_000, 50_000, alternatives=both).verdict is Verdict.ADHERE


def test_a_framework_for_one_of_them_is_named_and_does_not_turn_the_verdict() -> None:
    found = appraised(50_000, 50_000, alternatives=(under("a", 10_000_000),))
    assert found.verdict is Verdict.JOIN
    assert any("a-a" in str(one) for one in found.reasons)


# -- what an officer sets --------------------------------------------------------------


def test_one_value_counts_in_every_case_but_the_price_never_falls_in_the_low_one() -> (
    None
):
    known = assumptions({"day_cost": ["500"], "compressible": [D(40)]})
    day, share = known["day_cost"], known["compressible"]
    assert day.chosen
    assert cases(day.value) == [500, 500, 500]
    assert cases(share.value) == [0, 40, 40]


def test_three_values_are_those_of_the_three_cases() -> None:
    value = assumptions({"day_cost": ["300", "400", "900"]})["day_cost"].value
    assert cases(value) == [300, 400, 900]


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("day_cost", ["-1"]),
        ("day_cost", ["x"]),
        ("day_cost", ["NaN"]),
        ("day_cost", ["1", "2"]),
        ("day_cost", ["3", "2", "1"]),
        ("day_cost", []),
        ("take_up", ["101"]),
        ("compressible", ["5", "10", "20"]),
        ("exponent", ["0.7"]),
        ("luck", ["1"]),
    ],
)
def test_values_that_make_no_sense_are_refused(name: str, values: list[str]) -> None:
    with pytest.raises(UsageError):
        assumptions({name: values})


def test_the_packaged_assumptions_all_have_a_source() -> None:
    for one in assumptions().values():
        assert str(one.title)
        assert str(one.source)
        assert one.value.low <= one.value.mid <= one.value.high
        assert not one.chosen


def test_the_compressible_share_is_an_assumption_from_nothing_to_30_per_cent() -> None:
    known = assumptions()["compressible"]
    assert cases(known.value) == [0, 20, 30]
    assert known.confidence == "assumption"


def test_the_shares_of_a_gain_sum_to_the_fall_of_the_price() -> None:
    found = appraised(80_000, 20_000, population={"a": 900, "b": 100})
    assert found.price is not None
    for sharing in share_out(found):
        assert sum(part.gain for part in sharing.parts) == found.price.mid
    (equal,) = share_out(found, key="equal")
    assert [part.share for part in equal.parts] == [D("27.6"), D("72.4")]
    (fixed,) = share_out(found, key="fixed", weights={"a": D(3), "b": D(1)})
    assert [part.share for part in fixed.parts] == [75, 25]
    (heads,) = share_out(found, key="per-capita", population={"a": 1, "b": 1})
    assert [part.share for part in heads.parts] == [50, 50]


def test_a_blocked_framework_shows_why_it_cannot_be_used() -> None:
    blocked = Reason(name="not_identified", weight=-100, message=say("Not named."))
    known: dict[str, Any] = {"ceiling": D(200_000), "fee": D(1)}
    found = adhesion(reasons=(WHY, blocked), **known)
    assert str(found.obstacle).endswith("cannot be used: Not named.")
    almost = replace(blocked, weight=-99)
    assert adhesion(reasons=(WHY, almost), **known).obstacle is None
