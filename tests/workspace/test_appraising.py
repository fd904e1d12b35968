"""The worth of proposals in a register, and what an officer assumes otherwise."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from jointbuy import settings
from jointbuy.appraisal import KEYS, Verdict
from jointbuy.appraisal.assumptions import CONFIDENCES
from jointbuy.errors import NotFound, Refused, UsageError
from jointbuy.model import CandidateKind
from jointbuy.settings import Preferences
from jointbuy.workspace import Desk, gain_line, read_assumptions
from jointbuy.workspace.appraising import CONFIDENCES as SURE
from jointbuy.workspace.appraising import KEYS as NAMED
from jointbuy.workspace.appraising import VERDICTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jointbuy.model import Candidate
    from jointbuy.workspace import Workspace

ON = date(2026, 11, 23)


@pytest.fixture
def workspace() -> Iterator[Workspace]:
    desk = Desk(language="en", on=ON)
    desk.sample()
    yield desk.open()
    desk.close()


def first(workspace: Workspace, kind: CandidateKind) -> Candidate:
    return next(p.candidate for p in workspace.match() if p.candidate.kind is kind)


def test_every_proposal_of_the_sample_is_appraised(workspace: Workspace) -> None:
    verdicts, history = set(), workspace.history()
    for proposal in workspace.match():
        found = workspace.appraisal_of(proposal)
        verdicts.add(found.verdict)
        kind = proposal.candidate.kind
        if kind is CandidateKind.ADHESION:
            assert found.verdict in {Verdict.ADHERE, Verdict.STAY_SEPARATE}
        elif kind is CandidateKind.SEPARATE:
            assert found.verdict is Verdict.STAY_SEPARATE
        assert found.reasons
        assert str(gain_line(found)).startswith("Verdict: ")
    assert {Verdict.JOIN, Verdict.ADHERE, Verdict.STAY_SEPARATE} <= verdicts
    assert workspace.history() == history


def test_every_word_of_an_appraisal_is_named() -> None:
    assert set(VERDICTS) == {one.value for one in Verdict}
    assert set(NAMED) == set(KEYS)
    assert set(SURE) == set(CONFIDENCES)


def test_a_framework_that_one_of_them_may_use_is_named(workspace: Workspace) -> None:
    adhesions = {
        need
        for p in workspace.match()
        if p.candidate.kind is CandidateKind.ADHESION
        and workspace.appraisal_of(p).verdict is Verdict.ADHERE
        for need in p.candidate.needs
    }
    joint = next(
        p
        for p in workspace.match()
        if p.candidate.kind is CandidateKind.JOINT
        and adhesions & set(p.candidate.needs)
    )
    said = [str(one) for one in workspace.appraisal_of(joint).reasons]
    assert any("under a framework agreement" in one for one in said)


def test_what_is_assumed_for_once_goes_before_what_is_kept(
    workspace: Workspace,
) -> None:
    joint = first(workspace, CandidateKind.JOINT)
    usual = workspace.appraise(joint.id)
    workspace.keep_assumptions({"day_cost": ("500",)})
    kept = workspace.appraise(joint.id)
    once = workspace.appraise(joint.id, chosen={"day_cost": ["600"]})
    spent = [one.line("coordination") for one in (usual, kept, once)]
    mids = [line.amount.mid for line in spent if line]
    assert mids == [-800, -1000, -1200]
    assert [one.chosen for one in kept.inputs if one.name == "day_cost"] == [True]


def test_what_is_kept_stays_with_the_other_preferences(workspace: Workspace) -> None:
    settings.keep(Preferences(language="nl", theme="x"))
    workspace.keep_assumptions({"day_cost": ("300", "400.5", "500")})
    workspace.keep_assumptions({"coordination_days": ("3",)})
    found = settings.preferences()
    assert (found.language, found.theme) == ("nl", "x")
    assert found.assumptions == {
        "day_cost": ("300", "400.5", "500"),
        "coordination_days": ("3",),
    }
    workspace.keep_assumptions({})
    assert settings.preferences() == Preferences(language="nl", theme="x")


def test_nothing_is_kept_that_makes_no_sense(workspace: Workspace) -> None:
    with pytest.raises(UsageError):
        workspace.keep_assumptions({"luck": ("1",)})
    assert settings.preferences().assumptions == {}


def test_what_a_hand_wrote_into_the_settings_is_read(workspace: Workspace) -> None:
    file = settings.folder() / "settings.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(
        '[appraisal]\nday_cost = 450\ntake_up = [50, 60, 70.5]\n"a b" = 1\n'
        "coordination_days = []\ncentre_fee = true\n",
        encoding="utf-8",
    )
    assert settings.preferences().assumptions == {
        "day_cost": ("450",),
        "take_up": ("50", "60", "70.5"),
    }
    known = {one.name: one for one in workspace.assumptions()}
    assert known["day_cost"].value.mid == 450
    assert known["take_up"].value.high * 10 == 705


def test_a_wrong_name_in_the_settings_is_told(workspace: Workspace) -> None:
    file = settings.folder() / "settings.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("[appraisal]\nday_price = 450\n", encoding="utf-8")
    joint = first(workspace, CandidateKind.JOINT)
    with pytest.raises(UsageError, match="day_price"):
        workspace.appraise(joint.id)
    outlook = workspace.outlook(workspace.proposal(joint.id))
    assert outlook.appraisal is None
    assert "day_price" in str(outlook.trouble)
    assert outlook.plan is not None


@pytest.mark.parametrize(
    ("pair", "read"),
    [
        ("day_cost=450", {"day_cost": ("450",)}),
        ("day-cost = 1.234,50", {"day_cost": ("1234.50",)}),
        ("take_up=50/60/70,5", {"take_up": ("50", "60", "70.5")}),
    ],
)
def test_an_assumption_is_read_as_it_is_typed(
    pair: str, read: dict[str, tuple[str, ...]]
) -> None:
    assert read_assumptions([pair]) == read


@pytest.mark.parametrize("pair", ["day_cost", "day_cost=", "=", "day_cost= "])
def test_an_assumption_without_a_value_is_refused(pair: str) -> None:
    with pytest.raises(UsageError, match="name=value"):
        read_assumptions([pair])


def test_an_assumption_that_is_no_number_is_refused() -> None:
    with pytest.raises(Refused):
        read_assumptions(["day_cost=much"])


def test_parts_are_for_participants_and_for_a_key_that_takes_them(
    workspace: Workspace,
) -> None:
    joint = first(workspace, CandidateKind.JOINT)
    found = workspace.appraise(joint.id)
    with pytest.raises(NotFound):
        workspace.share_out(found, key="fixed", parts={"nobody": "1"})
    one = joint.administrations[0]
    with pytest.raises(UsageError, match="fixed key"):
        workspace.share_out(found, key="shapley", parts={one: "1"})
    with pytest.raises(UsageError, match="give one to each"):
        workspace.share_out(found, key="fixed", parts={one: "1"})
    parts = dict.fromkeys(joint.administrations, "50,5")
    (shared,) = workspace.share_out(found, key="fixed", parts=parts)
    assert len({part.share for part in shared.parts}) == 1
    (heads,) = workspace.share_out(found, key="per-capita", parts=parts)
    assert len(heads.parts) == len(joint.administrations)


def test_a_proposal_to_stay_separate_has_a_worth_in_the_outlook(
    workspace: Workspace,
) -> None:
    alone = first(workspace, CandidateKind.SEPARATE)
    outlook = workspace.outlook(workspace.proposal(alone.id))
    assert outlook.appraisal is not None
    assert outlook.appraisal.verdict is Verdict.STAY_SEPARATE
    assert outlook.checked is None
