"""A dossier retained in any form can be shown, planned, decided on and watched."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from jointbuy.errors import Refused, UsageError
from jointbuy.law.competence import stages_of
from jointbuy.model import CandidateKind, Decision, Form, Stage, Vote
from jointbuy.model.decision import STAGES
from jointbuy.store import open_store
from jointbuy.workspace import Workspace

ON = date(2026, 11, 23)
SAMPLE = Path(__file__).parents[2] / "sample_data" / "brussels" / "register.json"
AGREED = [f for f in Form if f not in {Form.JOINT_CONTRACT, Form.PURCHASING_CENTRE}]


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    path = tmp_path / "register.json"
    shutil.copyfile(SAMPLE, path)
    return Workspace(open_store(str(path)), user="An", on=ON)


@pytest.fixture
def proposed(workspace: Workspace) -> str:
    """The first joint contract proposed."""
    return next(
        each.candidate.id
        for each in workspace.match()
        if each.candidate.kind is CandidateKind.JOINT
    )


@pytest.mark.parametrize("form", AGREED, ids=lambda form: form.name)
def test_a_dossier_of_each_form_has_a_plan_whose_days_are_watched(
    workspace: Workspace, proposed: str, form: Form
) -> None:
    before = len(workspace.deadlines())
    workspace.retain(proposed, form=form, why="as a test")
    plan = workspace.plan(proposed)
    assert plan.form is form
    watched = [d for d in workspace.deadlines() if d.subject == proposed]
    assert {str(m.step) for m in plan.milestones} >= {str(d.what) for d in watched}
    assert watched
    assert len(workspace.deadlines()) > before


def test_what_bodies_decide_on_is_what_the_law_says_they_do() -> None:
    assert {form: stages_of(form) for form in Form} == STAGES


@pytest.mark.parametrize("form", Form, ids=lambda form: form.name)
def test_a_council_decides_on_the_stages_of_the_form_alone(
    workspace: Workspace, proposed: str, form: Form
) -> None:
    dossier = workspace.retain(proposed, form=form, why="as a test")
    who = dossier.candidate.administrations[0]
    for stage in Stage:
        made = Decision(administration=who, stage=stage, outcome=Vote.YES, on=ON)
        if stage in STAGES[form]:
            workspace.decide(proposed, made)
        else:
            with pytest.raises(UsageError, match=stage.name.lower()):
                workspace.decide(proposed, made)
    kept = workspace.dossiers()[proposed]
    assert tuple(each.stage for each in kept.decisions) == STAGES[form]


def test_a_dossier_that_cannot_be_planned_leaves_the_other_days_alone(
    workspace: Workspace, proposed: str
) -> None:
    dossier = workspace.retain(proposed, form=Form.PURCHASING_CENTRE, why="as a test")
    with pytest.raises(UsageError, match="framework agreement"):
        workspace.plan(proposed)
    watched = {each.subject for each in workspace.deadlines()}
    assert proposed not in watched
    others = {each.id for each in workspace.needs().values()} - set(
        dossier.candidate.needs
    )
    assert others & watched


@pytest.mark.parametrize("form", AGREED, ids=lambda form: form.name)
def test_no_convention_of_a_joint_contract_is_drafted_for_another_form(
    workspace: Workspace, proposed: str, form: Form, tmp_path: Path
) -> None:
    workspace.retain(proposed, form=form, why="as a test")
    with pytest.raises(Refused, match=f"check {proposed}"):
        workspace.draft(proposed, kind="convention", language="fr", folder=tmp_path)


def test_an_estimate_says_that_another_form_was_chosen(
    workspace: Workspace, proposed: str
) -> None:
    before = workspace.appraise(proposed)
    workspace.retain(proposed, form=Form.STAFF_PLACEMENT, why="as a test")
    after = workspace.appraise(proposed)
    assert after.warnings[1:] == before.warnings
    assert "staff put at disposal" in str(after.warnings[0])
    assert after.gain == before.gain
