"""What the law says of a retained case today, and why it differs from the choice."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from jointbuy.errors import say
from jointbuy.law.changes import Change, Turn, compare
from jointbuy.law.explanation import explain
from jointbuy.model import (
    Citation,
    Dossier,
    Finding,
    Form,
    Outcome,
    OwnValue,
    Stops,
)
from jointbuy.store import open_store
from jointbuy.workspace import Workspace
from jointbuy.workspace.explaining import (
    SinceChoice,
    altered_points,
    as_it_stood,
    branches,
    since_choice,
)

SAMPLE = Path(__file__).parents[2] / "sample_data" / "brussels" / "register.json"
CHOSEN, TODAY = date(2026, 11, 23), date(2027, 3, 1)
GOOD = {"j1": "no", "j2": "yes", "j3": "yes", "j9": "yes"}


@pytest.fixture(scope="module")
def retained(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A register with a joint proposal retained on some answers, and its id."""
    path = tmp_path_factory.mktemp("retained") / "register.json"
    shutil.copyfile(SAMPLE, path)
    workspace = at(path, CHOSEN)
    id_ = next(
        each.candidate.id
        for each in workspace.match()
        if each.candidate.kind.name == "JOINT" and each.state == "proposed"
    )
    workspace.check(id_, answers=GOOD)
    workspace.retain(id_, why="test")
    return path, id_


@pytest.fixture
def case(retained: tuple[Path, str], tmp_path: Path) -> tuple[Path, str]:
    """A copy of it to change."""
    path, id_ = retained
    return Path(shutil.copyfile(path, tmp_path / "register.json")), id_


def at(path: Path, day: date) -> Workspace:
    return Workspace(open_store(str(path)), user="An", on=day)


def since(path: Path, id_: str, day: date = TODAY) -> SinceChoice:
    workspace = at(path, day)
    found = since_choice(workspace, workspace.check(id_))
    assert found is not None
    return found


def causes(found: SinceChoice) -> dict[str, tuple[str, ...]]:
    return {each.change.rule: each.causes for each in found.altered}


def test_where_nothing_changed_nothing_is_told(case: tuple[Path, str]) -> None:
    found = since(*case, CHOSEN)
    assert found.altered == ()
    assert found.choice.law_on == CHOSEN


def test_another_answer_is_told_as_the_cause(case: tuple[Path, str]) -> None:
    path, id_ = case
    at(path, TODAY).check(id_, answers={"j3": "no"})
    found = since(path, id_)
    assert causes(found) == {"j3": ("ANSWERS",)}
    (altered,) = found.altered
    assert altered.change.turn is Turn.WORSE
    (point,) = altered_points(found)
    assert "in order before, point of attention now" in str(point.text)
    assert str(point.below[-1]) == "Cause: other answers."


def test_another_need_is_told_as_the_cause(case: tuple[Path, str]) -> None:
    path, id_ = case
    workspace = at(path, TODAY)
    need = workspace.needs()[workspace.dossiers()[id_].candidate.needs[0]]
    workspace.save(replace(need, estimate=Decimal(9_000_000)), why="edit")
    found = causes(since(path, id_))
    assert found["g0_6"] == ("RECORDS",)
    assert set().union(*found.values()) == {"RECORDS"}


def test_another_day_of_the_law_is_told_as_the_cause(case: tuple[Path, str]) -> None:
    path, id_ = case
    found = causes(since(path, id_, date(2028, 1, 3)))
    assert found["j9"] == ("LAW",)
    assert set().union(*found.values()) == {"LAW"}


def test_a_value_the_register_sets_is_told_as_a_record(case: tuple[Path, str]) -> None:
    path, id_ = case
    own = OwnValue(
        id="v-1",
        parameter="thresholds.lots",
        value=Decimal(1),
        start=CHOSEN,
        source="read by us",
    )
    at(path, TODAY).save(own, why="set v-1")
    assert causes(since(path, id_))["j9"] == ("RECORDS",)


def test_what_needs_two_causes_has_two(case: tuple[Path, str]) -> None:
    path, id_ = case
    workspace = at(path, TODAY)
    need = workspace.needs()[workspace.dossiers()[id_].candidate.needs[0]]
    workspace.save(replace(need, estimate=Decimal(9_000_000)), why="edit")
    workspace.check(id_, answers={"g0_6": "unknown"})
    found = causes(since(path, id_, date(2028, 1, 3)))
    assert found["g0_6"] == ("ANSWERS",)


def test_findings_of_another_version_are_told_as_such(case: tuple[Path, str]) -> None:
    path, id_ = case
    workspace = at(path, CHOSEN)
    dossier = workspace.dossiers()[id_]
    choice = dossier.choices[-1]
    older = tuple(f for f in choice.findings if f.rule != "j12")
    gone = Finding(rule="j99", outcome=Outcome.OK, message=say("Nothing."))
    workspace.save(
        replace(
            dossier,
            choices=(
                *dossier.choices[:-1],
                replace(choice, findings=(*older, gone)),
            ),
        ),
        why="edit",
    )
    found = since(path, id_, CHOSEN)
    assert causes(found) == {"j12": ("VERSION",), "j99": ("VERSION",)}
    assert [each.change.turn for each in found.altered] == [Turn.APPEARED, Turn.GONE]
    assert "j99" in str(altered_points(found)[-1].text)


def test_a_case_that_was_not_retained_has_nothing_since(tmp_path: Path) -> None:
    path = Path(shutil.copyfile(SAMPLE, tmp_path / "register.json"))
    workspace = at(path, CHOSEN)
    first = next(p for p in workspace.match() if p.state == "proposed")
    assert since_choice(workspace, workspace.check(first.candidate.id)) is None


def test_another_form_than_the_retained_one_is_not_compared(
    case: tuple[Path, str],
) -> None:
    path, id_ = case
    workspace = at(path, TODAY)
    checked = workspace.check(id_, form=Form.HORIZONTAL)
    assert since_choice(workspace, checked) is None


def test_the_register_is_put_back_in_memory_alone(case: tuple[Path, str]) -> None:
    path, id_ = case
    workspace = at(path, TODAY)
    kept = workspace.dossiers()[id_]
    workspace.check(id_, answers={"j3": "no"})
    before = path.read_bytes()
    past = as_it_stood(workspace, workspace.dossiers()[id_])
    assert past is not None
    then, dossier = past
    assert dossier == kept
    assert then.dossiers()[id_].answers == kept.answers
    assert path.read_bytes() == before


def test_where_the_history_does_not_reach_back_only_the_law_is_told(
    case: tuple[Path, str],
) -> None:
    path, id_ = case
    workspace = at(path, CHOSEN)
    dossier = workspace.dossiers()[id_]
    alone = replace(dossier, choices=(replace(dossier.choices[-1], why="otherwise"),))
    assert as_it_stood(workspace, alone) is None


def test_the_terminal_is_told_with_the_inquiry(case: tuple[Path, str]) -> None:
    path, id_ = case
    at(path, TODAY).check(id_, answers={"j3": "no"})
    inquiry = at(path, TODAY).inquiry(id_)
    assert inquiry.since is not None
    assert [each.change.rule for each in inquiry.since.altered] == ["j3"]


def test_an_answer_of_the_dossier_is_told_with_its_paper(
    case: tuple[Path, str],
) -> None:
    path, id_ = case
    workspace = at(path, TODAY)
    workspace.answer(id_, "j3", "no", source="act 7")
    dossier = workspace.dossiers()[id_]
    checked = workspace.check(id_)
    found = explain(checked.form, checked.facts, "j3", answers=dossier.answers)
    said = [
        str(below)
        for branch in branches(found)
        for point in branch.points
        for below in point.below
    ]
    assert "Answered on 2027-03-01 by An." in said
    assert "Paper: act 7" in said


# Findings compared, without a register.

BASIS = (Citation(source="Law", article="art. 1"),)
OLD = Finding(rule="x", outcome=Outcome.WARNING, message=say("Old."),
              stops=Stops.FORM, basis=BASIS)  # fmt: skip


@pytest.mark.parametrize(
    ("new", "turn"),
    [
        (replace(OLD, outcome=Outcome.BLOCKED), Turn.WORSE),
        (replace(OLD, outcome=Outcome.OK), Turn.BETTER),
        (replace(OLD, message=say("New.")), Turn.OTHERWISE),
        (replace(OLD, stops=Stops.ORDER), Turn.OTHERWISE),
        (replace(OLD, basis=(Citation(source="Law", article="art. 2"),)), Turn.BASIS),
        (replace(OLD, outcome=Outcome.OK, message=say("New.")), Turn.BETTER),
    ],
)
def test_a_finding_turns(new: Finding, turn: Turn) -> None:
    assert compare((OLD,), (new,)) == (
        Change(rule="x", turn=turn, before=OLD, after=new),
    )


def test_a_finding_comes_or_goes() -> None:
    other = replace(OLD, rule="y")
    assert compare((OLD,), (other,)) == (
        Change(rule="y", turn=Turn.APPEARED, after=other),
        Change(rule="x", turn=Turn.GONE, before=OLD),
    )


def test_only_the_day_of_comparison_is_no_change() -> None:
    checked = Citation(source="Law", article="art. 1", checked=CHOSEN, to_verify=True)
    assert compare((OLD,), (replace(OLD, basis=(checked,)),)) == ()
    assert compare((OLD,), (OLD,)) == ()


def test_a_dossier_keeps_what_it_was_retained_on(case: tuple[Path, str]) -> None:
    path, id_ = case
    kept = at(path, TODAY).store.get(Dossier, id_).value
    assert kept.choice is not None
    assert kept.choice.findings
