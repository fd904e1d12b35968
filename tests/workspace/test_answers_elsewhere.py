"""What one dossier answered is proposed in another, and counts only when taken over."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from jointbuy.errors import NotFound, Refused, UsageError
from jointbuy.law.preference import Prospect
from jointbuy.model import Answer, Form, type_names
from jointbuy.store import open_store
from jointbuy.store.memory import MemoryStore
from jointbuy.store.port import Change
from jointbuy.workspace import Workspace, answered_said, rank_forms

ON = date(2026, 11, 23)
SAMPLE = Path(__file__).parents[2] / "sample_data" / "brussels" / "register.json"
GOOD = {"h1": "single", "h3": "no", "h5": "92"}


@pytest.fixture(scope="module")
def sample() -> Workspace:
    return Workspace(open_store(str(SAMPLE)), user="tester", on=ON)


@pytest.fixture
def desk(sample: Workspace) -> Workspace:
    """The sample in memory."""
    kinds: tuple[type[Any], ...] = tuple(type_names)
    made = Workspace(MemoryStore(), user="tester", on=ON, language="fr")
    made.commit(
        [
            Change(kind=kind, id=kept.value.id, value=kept.value)
            for kind in kinds
            for kept in sample.store.all(kind)
        ],
        why="begin",
    )
    return made


@pytest.fixture
def two(desk: Workspace) -> tuple[str, str]:
    """The first two joint proposals."""
    ids = [p.candidate.id for p in desk.match() if p.candidate.id.startswith("j-")]
    return ids[0], ids[1]


def kept(desk: Workspace, id_: str) -> dict[str, str]:
    dossier = desk.dossiers().get(id_)
    return {each.question: each.value for each in dossier.answers} if dossier else {}


def test_an_answer_counts_in_another_dossier_only_once_it_is_taken_over(
    desk: Workspace, two: tuple[str, str]
) -> None:
    one, other = two
    desk.check(one, form=Form.IN_HOUSE, answers=GOOD, provider="iMio")
    checked = desk.check(other, form=Form.IN_HOUSE, provider="IMIO")
    assert {e.question for e in checked.elsewhere.proposed} == set(GOOD)
    assert set(GOOD) <= set(checked.open_questions)
    assert kept(desk, other) == {}

    taken = desk.check(other, form=Form.IN_HOUSE, take_over=["h3"])
    assert taken.taken == ("h3",)
    assert "h3" not in taken.open_questions
    assert {"h1", "h5"} <= set(taken.open_questions)
    (answer,) = desk.dossiers()[other].answers
    assert answer == Answer(
        question="h3", value="no", by="tester", on=ON, taken_from=one, first=ON
    )


def test_figures_are_taken_over_with_their_measure(
    desk: Workspace, two: tuple[str, str]
) -> None:
    one, other = two
    figures = "2023=9/10; 2024=9/10; 2025=9/10"
    given = {"activity_years": figures, "activity_measure": "costs"}
    desk.check(one, form=Form.IN_HOUSE, answers=given, provider="iMio")
    desk.check(other, form=Form.IN_HOUSE, provider="iMio")
    taken = desk.check(other, form=Form.IN_HOUSE, take_over=["activity_years"])
    assert taken.taken == ("activity_years", "activity_measure")
    assert kept(desk, other) == given


def test_who_took_an_answer_over_is_told_with_the_day_it_was_first_given() -> None:
    own = Answer(question="h3", value="no", by="An", on=ON)
    over = "Taken over on 2026-11-23 by An from j-1"
    taken = replace(own, taken_from="j-1", first=date(2026, 1, 2))
    for answer, told in (
        (own, "Answered on 2026-11-23 by An."),
        (taken, f"{over}, where it was given on 2026-01-02."),
        (replace(taken, first=None), f"{over}."),
        (Answer(question="h3", value="no"), "None"),
    ):
        assert str(answered_said(answer)) == told


def test_all_are_taken_over_at_once_by_id_of_the_question_or_without_any(
    desk: Workspace, two: tuple[str, str]
) -> None:
    one, other = two
    desk.check(one, form=Form.IN_HOUSE, answers=GOOD, provider="iMio")
    desk.check(
        other, form=Form.IN_HOUSE, provider="iMio", take_over=["private_capital"]
    )
    assert kept(desk, other) == {"h3": "no"}
    desk.check(other, form=Form.IN_HOUSE, take_over=())
    assert kept(desk, other) == GOOD
    with pytest.raises(NotFound):
        desk.check(other, form=Form.IN_HOUSE, take_over=())


def test_nothing_is_taken_over_that_is_not_proposed(
    desk: Workspace, two: tuple[str, str]
) -> None:
    one, other = two
    desk.check(one, form=Form.IN_HOUSE, answers=GOOD, provider="iMio")
    before = desk.history()
    for codes, error in ((["h2"], NotFound), (["h99"], UsageError), ([], NotFound)):
        with pytest.raises(error):
            desk.check(other, form=Form.IN_HOUSE, take_over=codes)
    assert desk.history() == before


def test_a_dry_run_keeps_neither_the_provider_nor_what_is_taken_over(
    desk: Workspace, two: tuple[str, str]
) -> None:
    one, other = two
    desk.check(one, form=Form.IN_HOUSE, answers=GOOD, provider="iMio")
    checked = desk.check(
        other, form=Form.IN_HOUSE, provider="iMio", take_over=(), keep=False
    )
    assert checked.taken
    assert checked.elsewhere.provider == "iMio"
    assert other not in desk.dossiers()


def test_another_provider_takes_the_answers_about_the_former_out(
    desk: Workspace, two: tuple[str, str]
) -> None:
    one, _ = two
    desk.check(one, form=Form.IN_HOUSE, answers={**GOOD, "g0_4": "yes", "h9": "no"})
    named = desk.check(one, form=Form.IN_HOUSE, provider="iMio")
    assert named.dropped == ()
    same = desk.check(one, form=Form.IN_HOUSE, provider="IMIO")
    assert same.dropped == ()
    other = desk.check(one, form=Form.IN_HOUSE, provider="Vivaqua")
    assert set(other.dropped) == {"h1", "h3", "h5", "h9"}
    assert kept(desk, one) == {"g0_4": "yes"}
    desk.undo()
    assert kept(desk, one) == {**GOOD, "g0_4": "yes", "h9": "no"}


def test_a_provider_of_the_register_is_kept_by_its_id(
    desk: Workspace, two: tuple[str, str]
) -> None:
    someone = next(iter(desk.administrations().values()))
    checked = desk.check(two[0], form=Form.IN_HOUSE, provider=someone.name("fr"))
    assert checked.elsewhere.called == desk.provider_name(someone.id)
    assert desk.dossiers()[two[0]].provider == someone.id
    assert someone.name("nl") in desk.provider_name(someone.id).names.values()


def test_a_wrong_enterprise_number_is_no_provider(
    desk: Workspace, two: tuple[str, str]
) -> None:
    with pytest.raises(Refused):
        desk.check(two[0], form=Form.IN_HOUSE, provider="0123.456.748")
    desk.check(two[0], form=Form.IN_HOUSE, provider="be0123456749")
    assert desk.dossiers()[two[0]].provider == "0123.456.749"
    desk.check(two[0], form=Form.IN_HOUSE, provider=" ")
    assert desk.dossiers()[two[0]].provider == ""


def test_answers_that_contradict_are_flagged_and_not_taken_over_in_bulk(
    desk: Workspace, two: tuple[str, str]
) -> None:
    one, other = two
    ids = [p.candidate.id for p in desk.match() if p.candidate.id.startswith("j-")]
    desk.check(one, form=Form.IN_HOUSE, answers=GOOD, provider="iMio")
    desk.check(other, form=Form.IN_HOUSE_JOINT, answers={"k6": "yes"}, provider="iMio")
    third = desk.check(ids[2], form=Form.IN_HOUSE, provider="iMio", take_over=())
    assert [each.fact for each in third.elsewhere.contradictions] == ["private_capital"]
    assert set(third.taken) == {"h1", "h5"}
    with pytest.raises(NotFound):
        desk.check(ids[2], form=Form.IN_HOUSE, take_over=())
    desk.check(ids[2], form=Form.IN_HOUSE, take_over=["h3"])
    assert kept(desk, ids[2])["h3"] in {"yes", "no"}


def test_an_old_answer_says_so(desk: Workspace, two: tuple[str, str]) -> None:
    one, other = two
    early = Workspace(desk.store, user="An", on=ON - timedelta(days=400))
    early.check(one, form=Form.IN_HOUSE, answers={"h3": "no"}, provider="iMio")
    checked = desk.check(other, form=Form.IN_HOUSE, provider="iMio")
    (found,) = checked.elsewhere.proposed
    assert found.old
    assert found.by == "An"


def test_answering_anew_makes_the_answer_ones_own_and_a_paper_alone_does_not(
    desk: Workspace, two: tuple[str, str]
) -> None:
    one, other = two
    desk.check(one, form=Form.IN_HOUSE, answers=GOOD, provider="iMio")
    desk.name_provider(other, "iMio")
    desk.accept(other, ["h3"], form=Form.IN_HOUSE)
    desk.answer(other, "h3", "no", form=Form.IN_HOUSE, source="statutes")
    (answer,) = desk.dossiers()[other].answers
    assert (answer.taken_from, answer.source) == (one, "statutes")
    desk.answer(other, "h3", "no", form=Form.IN_HOUSE)
    (answer,) = desk.dossiers()[other].answers
    assert (answer.taken_from, answer.first, answer.source) == ("", None, "statutes")


def test_the_retained_form_stays_when_another_is_checked_with_answers(
    desk: Workspace, two: tuple[str, str]
) -> None:
    desk.retain(two[0], why="test")
    desk.check(two[0], form=Form.IN_HOUSE, answers=GOOD, provider="iMio")
    assert desk.dossiers()[two[0]].form is Form.JOINT_CONTRACT


def test_a_check_comes_with_every_form_in_order(
    desk: Workspace, two: tuple[str, str]
) -> None:
    checked = desk.check(two[0])
    assert {each.form for each in checked.forms} == set(Form)
    assert checked.forms[0].form is Form.JOINT_CONTRACT
    assert checked.forms == desk.forms_of(two[0])
    without = desk.check(two[0], answers={"g0_3": "no"})
    states = {each.form: each.prospect for each in without.forms}
    assert states[Form.JOINT_CONTRACT] is Prospect.OUT
    assert without.forms[0].form is Form.HORIZONTAL


def test_forms_are_ranked_on_answers_alone() -> None:
    found = rank_forms({"g0_2": "non"}, on=ON)
    assert found[0].form is Form.FREE_SHARING
    with pytest.raises(Refused):
        rank_forms({"g0_2": "perhaps", "zz": "yes"}, on=ON)
