"""What lies before a proposal, and a draft before it is written."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from jointbuy.errors import Refused
from jointbuy.model import CandidateKind, Form, Outcome
from jointbuy.workspace import Desk
from jointbuy.workspace.outlook import to_take

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from jointbuy.workspace import Proposal, Workspace

ON = date(2026, 11, 23)
FUEL, MEDICAL, BLOCKED = "j-5fjoka6h", "j-rfsfg4g3", "a-7cgwgbyf"


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    monkeypatch.setenv("JOINTBUY_HOME", str(tmp_path))
    desk = Desk(language="fr", on=ON)
    desk.sample()
    yield desk.open()
    desk.close()


def alone(workspace: Workspace) -> Proposal:
    return next(
        each
        for each in workspace.match()
        if each.candidate.kind is CandidateKind.SEPARATE
    )


def test_law_value_and_plan_of_a_joint_contract_are_seen(workspace: Workspace) -> None:
    found = workspace.outlook(workspace.proposal(FUEL))
    assert found.checked is not None
    assert found.checked.form is Form.JOINT_CONTRACT
    assert found.eu_publicity
    assert str(found.procedure)
    assert found.plan is not None
    assert len(found.plan.breaches) == 4
    assert found.next_step is not None
    assert found.next_step.code == "collected"


def test_what_was_done_and_what_only_marks_time_is_no_next_step(
    workspace: Workspace,
) -> None:
    found = workspace.outlook(workspace.proposal("a-vlagbtgm"))
    assert found.procedure is None  # the centre runs it
    assert found.plan is not None
    assert any(step.done for step in found.plan.milestones)
    assert [step.code for step in to_take(found.plan)] == [
        "order:commune-val-tilleul",
        "report:commune-val-tilleul",
    ]


def test_there_is_nothing_ahead_of_what_stays_separate(workspace: Workspace) -> None:
    found = workspace.outlook(alone(workspace))
    assert found.checked is None
    assert found.plan is None
    assert found.next_step is None


def test_looking_ahead_keeps_nothing(workspace: Workspace) -> None:
    before = len(workspace.history())
    for each in workspace.match():
        workspace.outlook(each)
    assert len(workspace.history()) == before
    assert not workspace.dossiers()


def test_thresholds_that_are_not_known_yet_are_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JOINTBUY_HOME", str(tmp_path))
    desk = Desk(language="fr", on=ON)
    desk.sample()
    desk.open().retain(MEDICAL)
    desk.on = date(2031, 1, 6)
    later = desk.open()
    found = later.outlook(later.proposal(MEDICAL))
    desk.close()
    assert found.trouble is not None
    assert found.plan is None


def test_a_form_the_law_blocks_is_known_before_it_is_retained(
    workspace: Workspace,
) -> None:
    blocked, medical = workspace.proposal(BLOCKED), workspace.proposal(MEDICAL)
    assert workspace.blocked(blocked, None)
    assert not workspace.blocked(medical, Form.JOINT_CONTRACT)
    found = workspace.outlook(blocked).checked
    assert found is not None
    assert found.headline is Outcome.BLOCKED


def test_a_draft_is_seen_before_it_is_written(
    workspace: Workspace, tmp_path: Path
) -> None:
    for kind, languages in workspace.papers().items():
        for language in languages:
            seen = workspace.preview(
                MEDICAL, kind=kind, language=language, formats=("docx", "markdown")
            )
            assert not list(tmp_path.glob(f"{kind}-*"))
            made = workspace.draft(
                MEDICAL,
                kind=kind,
                language=language,
                folder=tmp_path,
                formats=("docx", "markdown"),
            )
            assert seen.files == tuple(path.name for path in made.paths)
            assert tuple(field.label for field in seen.fields) == made.fields
            for path in made.paths:
                path.unlink()


def test_no_draft_is_seen_of_what_has_no_such_paper(workspace: Workspace) -> None:
    with pytest.raises(Refused):
        workspace.preview(BLOCKED, kind="convention", language="fr")
