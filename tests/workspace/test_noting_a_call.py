"""A call for interest is noted in one go, as the letter of the centre says it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from jointbuy.errors import NotFound, Refused
from jointbuy.model import (
    Administration,
    FrameworkAgreement,
    Interest,
    InterestAnswer,
    LocalText,
    PurchasingCentre,
    Register,
)
from jointbuy.workspace import Call, Desk, Workspace, cells_of, form, options

ON = date(2026, 11, 23)
CALL = {
    "administration": "commune",
    "centre": "i-CITY",
    "title": "Papier à copier 2027",
    "deadline": "18/12/2026",
}


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A register of a commune, its CPAS and one centre."""
    made = Desk(str(tmp_path / "r.json"), ON, "fr").open(create=True)
    for id_, name in (("commune", "Commune de Val"), ("cpas", "CPAS de Val")):
        made.enter(Administration, {"fr": name, "kind": id_}, id_=id_)
    city = {"fr": "i-CITY", "aliases": "Centrale informatique"}
    made.enter(PurchasingCentre, city, id_="i-city")
    return made


def note(workspace: Workspace, **cells: str) -> tuple[FrameworkAgreement, Interest]:
    framework = workspace.note_call(CALL | cells).record
    who = CALL["administration"] if "administration" not in cells else ""
    interest = workspace.interests()[f"{framework.id}.{who or cells['administration']}"]
    return framework, interest


def told(problems: Any) -> list[tuple[str, bool]]:
    return [(problem.field, problem.blocking) for problem in problems]


def refused(workspace: Workspace, **cells: str) -> list[str]:
    before = workspace.store.history()
    with pytest.raises(Refused) as error:
        workspace.note_call(CALL | cells)
    assert workspace.store.history() == before
    return [problem.field for problem in error.value.problems if problem.blocking]


def test_a_call_becomes_a_framework_to_come_and_a_question(
    workspace: Workspace,
) -> None:
    framework, interest = note(workspace, launch="15/1/2027", note="Lettre du 20/11")
    assert framework == FrameworkAgreement(
        id="papier-a-copier-2027",
        centre="i-city",
        title=LocalText(fr="Papier à copier 2027"),
        interest_deadline=date(2026, 12, 18),
        launch=date(2027, 1, 15),
        seen_on=ON,
    )
    assert framework == workspace.frameworks()[framework.id]
    assert interest == Interest(
        id="papier-a-copier-2027.commune",
        administration="commune",
        framework=framework.id,
        asked_on=ON,
        note="Lettre du 20/11",
    )
    (state,) = workspace.framework_states()
    assert (state.phase, state.interest) == ("INTEREST_OPEN", {"commune": "ASKED"})
    kinds = [each.kind for each in workspace.deadlines(within=60)]
    assert kinds == ["framework_interest"]


def test_it_is_one_change_taken_back_as_one(workspace: Workspace) -> None:
    before = len(workspace.history())
    note(workspace, centre="Centrale nouvelle", maximum_amount="40.000")
    assert len(workspace.history()) == before + 1
    workspace.undo()
    assert not workspace.frameworks()
    assert not workspace.interests()
    assert list(workspace.centres()) == ["i-city"]
    note(workspace, centre="Centrale nouvelle")
    assert len(workspace.frameworks()) == 1


@pytest.mark.parametrize(
    ("cells", "answer"),
    [
        ({"answer": "oui"}, InterestAnswer.YES),
        ({"answer": "non"}, InterestAnswer.NO),
        ({"answer": ""}, None),
        ({"answer": "inconnu"}, None),
        ({"maximum_quantity": "500", "unit": "rames"}, InterestAnswer.YES),
        ({"maximum_amount": "40.000,00"}, InterestAnswer.YES),
        ({"unit": "rames"}, None),
    ],
)
def test_a_maximum_is_a_yes_and_no_answer_is_none(
    workspace: Workspace, cells: dict[str, str], answer: InterestAnswer | None
) -> None:
    _, interest = note(workspace, **cells)
    assert interest.asked_on == ON
    assert interest.answer is answer
    given = (interest.answered_on, interest.answered_by)
    assert given == ((ON, "tester") if answer else (None, ""))
    if "maximum_quantity" in cells:
        assert (interest.maximum_quantity, interest.unit) == (Decimal(500), "rames")


def test_a_no_with_a_maximum_is_asked_again(workspace: Workspace) -> None:
    asked = {"answer": "non", "maximum_amount": "1", "maximum_quantity": "1"}
    assert refused(workspace, **asked) == ["maximum_quantity", "maximum_amount"]


def test_every_fault_is_said_at_once(workspace: Workspace) -> None:
    wrong = {"administration": "x", "centre": "", "title": " ", "deadline": "soon"}
    assert set(refused(workspace, **wrong, maximum_amount="many")) == {
        "administration", "centre", "title", "deadline", "maximum_amount",
    }  # fmt: skip
    wrong = {
        "title": "",
        "launch": "17/12/2026",
        "answer": "non",
        "maximum_amount": "1",
    }
    assert set(refused(workspace, **wrong)) == {"title", "launch", "maximum_amount"}


def test_a_last_day_is_compared_with_the_launch_that_is_known(
    workspace: Workspace,
) -> None:
    note(workspace, deadline="", launch="15/1/2027")
    late = {"administration": "cpas", "deadline": "16/1/2027"}
    assert refused(workspace, **late) == ["deadline"]
    assert refused(workspace, **late, launch="15/1/2027") == ["launch"]
    note(workspace, administration="cpas", deadline="15/1/2027")


def test_the_own_administration_is_meant_where_none_is_named(
    workspace: Workspace,
) -> None:
    assert refused(workspace, administration="") == ["administration"]
    workspace.save(Register(home="cpas"), why="home")
    _, interest = note(workspace, administration="cpas")
    assert interest.administration == "cpas"
    workspace.undo()
    workspace.note_call(CALL | {"administration": ""})
    assert [each.administration for each in workspace.interests().values()] == ["cpas"]


@pytest.mark.parametrize(
    "typed", ["i-city", "I-CITY", " i-city ", "i city", "Centrale informatique"]
)
def test_a_known_centre_is_found_by_any_of_its_names(
    workspace: Workspace, typed: str
) -> None:
    framework, _ = note(workspace, centre=typed)
    assert framework.centre == "i-city"
    assert len(workspace.centres()) == 1


@pytest.mark.parametrize(
    ("typed", "id_", "near"),
    [("Relais", "relais", False), ("i-CITTY", "i-citty", True), ("i", "i", False)],
)
def test_a_new_name_adds_the_centre_and_says_so(
    workspace: Workspace, typed: str, id_: str, near: bool
) -> None:
    done = workspace.note_call(CALL | {"centre": typed})
    assert told(done.remarks) == [("centre", False)]
    assert ("choose that one" in str(done.remarks[0].message)) is near
    assert done.record.centre == id_
    assert workspace.centres()[id_].names == LocalText(fr=typed)


def test_a_call_without_its_last_day_is_kept_and_remarked(
    workspace: Workspace,
) -> None:
    done = workspace.note_call(CALL | {"deadline": ""})
    assert told(done.remarks) == [("deadline", False)]
    assert done.record.interest_deadline is None


@pytest.mark.parametrize(
    ("deadline", "remarks"), [("23/11/2026", []), ("22/11/2026", [("deadline", False)])]
)
def test_a_last_day_that_has_passed_is_remarked(
    workspace: Workspace, deadline: str, remarks: list[Any]
) -> None:
    assert told(workspace.note_call(CALL | {"deadline": deadline}).remarks) == remarks


@pytest.mark.parametrize(
    ("launch", "named"), [("18/12/2026", []), ("17/12", ["launch"])]
)
def test_interest_is_marked_before_the_launch(
    workspace: Workspace, launch: str, named: list[str]
) -> None:
    if named:
        assert refused(workspace, launch=launch) == named
    else:
        note(workspace, launch=launch)


def test_another_administration_is_asked_on_the_same_framework(
    workspace: Workspace,
) -> None:
    first, _ = note(workspace, deadline="")
    second, asked = note(workspace, administration="cpas", title="papier a copier 2027")
    assert second.id == first.id
    assert second.interest_deadline == date(2026, 12, 18)
    assert asked.due is None
    assert len(workspace.frameworks()) == 1
    assert len(workspace.interests()) == 2
    assert refused(workspace, administration="cpas") == ["title"]
    other = {"administration": "cpas", "deadline": "19/12", "answer": "oui"}
    assert refused(workspace, **other) == ["deadline"]
    _, answered = note(workspace, administration="cpas", answer="oui")
    assert answered.answer is InterestAnswer.YES
    assert answered.asked_on == ON


def test_a_framework_of_that_title_that_was_launched_is_another(
    workspace: Workspace,
) -> None:
    first, _ = note(workspace, deadline="", launch="24/11/2026")
    again, _ = note(workspace, administration="cpas", deadline="")
    assert again.id == first.id
    later = Workspace(workspace.store, user="x", on=date(2026, 11, 24), language="fr")
    third = later.note_call(CALL | {"administration": "cpas"}).record
    assert third.id == f"{first.id}-2"


def test_the_form_of_a_call_is_one_like_the_others(workspace: Workspace) -> None:
    cells = cells_of(workspace, Call, None)
    assert list(cells)[:4] == ["administration", "centre", "title", "deadline"]
    (centre,) = [each for each in form(Call) if each.cell == "centre"]
    assert centre.new
    assert options(workspace, centre) == (("i-city", "i-CITY"),)
    before = workspace.store.history()
    assert told(workspace.tried(Call, "", cells)) == [
        ("administration", True),
        ("centre", True),
        ("title", True),
    ]
    assert workspace.tried(Call, "", cells | CALL) == ()
    assert workspace.store.history() == before
    assert workspace.enter(Call, cells | CALL).record.id in workspace.frameworks()


def test_a_framework_changed_meanwhile_is_not_overwritten(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    framework, _ = note(workspace, deadline="")
    judged = workspace._read_call

    def meanwhile(cells: Any) -> Any:
        found = judged(cells)
        workspace.amend(FrameworkAgreement, framework.id, {"reference": "P-1"})
        return found

    monkeypatch.setattr(workspace, "_read_call", meanwhile)
    with pytest.raises(OSError, match="was changed by tester"):
        workspace.note_call(CALL | {"administration": "cpas"})
    assert workspace.frameworks()[framework.id].reference == "P-1"
    with pytest.raises(NotFound):
        workspace.store.get(Interest, f"{framework.id}.cpas")
