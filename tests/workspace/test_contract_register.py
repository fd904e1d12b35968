"""Contracts that end are followed up, concluded anew and chained."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from jointbuy.errors import NotFound, Refused, UsageError
from jointbuy.model import (
    Administration,
    AdministrationKind,
    Candidate,
    CandidateKind,
    Choice,
    Contract,
    Dossier,
    LocalText,
    Nature,
    NeedStatus,
    OwnPractice,
    Region,
    Register,
)
from jointbuy.store.memory import MemoryStore
from jointbuy.store.port import Change
from jointbuy.workspace import Workspace, told

ON = date(2026, 11, 23)
WINDOWS = Contract(
    id="k-ramen", administration="a", title="Ramen wassen", cpv="90911300",
    supplier="Glas NV", start=date(2024, 1, 1), end=date(2027, 6, 30),
    notice=date(2027, 3, 31), yearly_value=Decimal(24000),
)  # fmt: skip
GUARD = Contract(
    id="k-guard", administration="b", title="Bewaking", end=date(2027, 9, 30)
)


@pytest.fixture
def workspace() -> Workspace:
    store = MemoryStore()
    records = (
        Register(home="a"),
        Administration(id="a", names=LocalText(nl="Aarde"), region=Region.FLANDERS,
                       kind=AdministrationKind.COMMUNE),
        Administration(id="b", names=LocalText(nl="Beek")),
        WINDOWS,
        GUARD,
    )  # fmt: skip
    changes = [Change(kind=type(e), id=e.id, value=e) for e in records]
    store.commit(changes, by="", why="begin")
    return Workspace(store, user="An", on=ON, language="en")


def last(workspace: Workspace) -> str:
    return str(told(workspace, workspace.history()[-1]))


def test_what_ends_is_due_when_the_plan_of_its_procedure_begins(
    workspace: Workspace,
) -> None:
    due = {each.contract.id: each for each in workspace.due_contracts()}
    assert set(due) == {"k-ramen", "k-guard"}
    windows, guard = due["k-ramen"], due["k-guard"]
    assert windows.start == date(2027, 7, 1)
    assert windows.by < date(2027, 3, 31)
    assert str(windows.procedure) == "negotiated procedure without prior publication"
    assert "value is not known" in str(guard.why)
    assert str(guard.procedure) == "open procedure"
    assert "own procedure" in str(windows.why)
    assert [e.contract.id for e in workspace.due_contracts(who="Beek")] == ["k-guard"]
    assert workspace.due_contracts(within=-1000) == ()


def test_a_small_contract_is_bought_again_in_weeks_by_whom_the_law_names(
    workspace: Workspace,
) -> None:
    def days(**changes: object) -> int:
        changed = replace(WINDOWS, notice=None, **changes)  # type: ignore[arg-type]
        workspace.save(changed, why="t")
        due = {each.contract.id: each for each in workspace.due_contracts()}
        return due["k-ramen"].days

    dear = days(yearly_value=Decimal(24000))
    small = days(yearly_value=Decimal(2000))
    assert small < 90 < dear
    (due,) = (e for e in workspace.due_contracts() if e.contract.id == "k-ramen")
    assert str(due.procedure) == "contract of low value"
    assert "as daily management" in str(due.why)
    assert days(yearly_value=Decimal(2000), cpv="") == small  # low for every nature
    workspace.save(OwnPractice(id="small_evaluation_days", days=40), why="t", seen=0)
    assert small + 30 <= days(yearly_value=Decimal(2000)) <= small + 45


def test_a_contract_gives_the_draft_need_that_follows_once(
    workspace: Workspace,
) -> None:
    windows, guard = workspace.follow(["k-ramen", "Bewaking", "k-ramen"])
    assert (windows.status, windows.replaces) == (NeedStatus.DRAFT, "k-ramen")
    assert (windows.earliest, windows.nature) == (date(2027, 7, 1), Nature.SERVICES)
    assert (windows.estimate, windows.duration_months) == (Decimal(84000), 42)
    assert "24.000,00 a year × 42 months" in windows.estimate_method
    assert (guard.estimate, guard.nature, guard.duration_months) == (None, None, None)
    assert guard.estimate_method == ""
    assert workspace.contracts()["k-ramen"].successor == windows.id
    assert last(workspace) == "Needs made of contracts that end: 2."
    assert workspace.due_contracts() == ()
    with pytest.raises(Refused) as refused:
        workspace.follow(["k-ramen"])
    assert "is followed already by" in str(refused.value.problems[0].message)
    workspace.undo()
    assert not workspace.needs()
    assert workspace.contracts()["k-ramen"] == WINDOWS
    with pytest.raises(UsageError):
        workspace.follow([])


def test_a_withdrawn_follow_up_can_be_made_again(workspace: Workspace) -> None:
    (need,) = workspace.follow(["k-ramen"])
    workspace.set_need_status(need.id, NeedStatus.WITHDRAWN)
    (again,) = workspace.follow(["k-ramen"])
    assert workspace.contracts()["k-ramen"].successor == again.id != need.id


@pytest.mark.parametrize("by", ["contract", "need", "dossier"])
def test_the_contract_concluded_is_linked_however_it_is_named(
    workspace: Workspace, by: str
) -> None:
    (need,) = workspace.follow(["k-ramen"])
    workspace.set_need_status(need.id, NeedStatus.OPEN)
    candidate = Candidate(id="d", kind=CandidateKind.JOINT, needs=(need.id,))
    choice = Choice(by="An", on=ON, retained=True, why="")
    workspace.save(Dossier(id="d", candidate=candidate, choices=(choice,)), why="t")
    named = {"contract": "k-ramen", "need": need.id, "dossier": "d"}[by]
    cells = {"supplier": "Nieuw NV", "start": "1/7/2027", "end": "30/6/2031"}
    made = workspace.conclude(cells, id_="k-nieuw", successor_of=named).record
    assert (made.need, made.title, made.administration) == (need.id, WINDOWS.title, "a")
    assert workspace.needs()[need.id].status is NeedStatus.SETTLED
    assert last(workspace) == "Contract concluded: “Ramen wassen”."
    chain = workspace.chain("k-nieuw")
    assert [each.id for each in chain.links] == ["k-ramen", need.id, "d", "k-nieuw"]
    assert [each.step for each in chain.links] == [-3, -2, -1, 0]
    with pytest.raises(Refused, match="has its contract already"):
        workspace.conclude({}, id_="k-twee", successor_of=named)
    workspace.undo()
    assert workspace.needs()[need.id].status is NeedStatus.OPEN


def test_a_contract_entered_for_a_need_settles_it_in_the_same_change(
    workspace: Workspace,
) -> None:
    (need,) = workspace.follow(["k-ramen"])
    cells = {"administration": "a", "title": "Ramen 2027", "need": need.id[:6]}
    made = workspace.enter(Contract, cells).record
    assert (made.id, made.need) == ("ramen-2027", need.id)
    assert workspace.needs()[need.id].status is NeedStatus.SETTLED
    workspace.undo()
    assert workspace.needs()[need.id].status is NeedStatus.DRAFT
    with pytest.raises(Refused) as refused:
        workspace.add_record(Contract, {**cells, "need": "nothing"}, id_="k-2")
    wrong = [each.field for each in refused.value.problems if each.blocking]
    assert wrong == ["need"]


def test_a_contract_can_follow_another_without_a_need(workspace: Workspace) -> None:
    workspace.conclude({"title": "Ramen 2"}, id_="k-2", successor_of="k-ramen")
    assert workspace.contracts()["k-ramen"].successor == "k-2"
    with pytest.raises(Refused, match="followed already"):
        workspace.conclude({}, id_="k-3", successor_of="k-ramen")
    with pytest.raises(Refused, match="another administration"):
        workspace.conclude({"administration": "b"}, id_="k-3", successor_of="k-2")
    with pytest.raises(NotFound):
        workspace.conclude({}, id_="k-3", successor_of="nothing")


def test_a_chain_never_closes_upon_itself(workspace: Workspace) -> None:
    workspace.edit_record(Contract, "k-ramen", {"successor": "k-guard"})
    with pytest.raises(Refused) as refused:
        workspace.edit_record(Contract, "k-guard", {"successor": "k-ramen"})
    assert "k-guard → k-ramen → k-guard" in str(refused.value.problems[0].message)


def test_a_contract_is_taken_out_when_nothing_refers_to_it(
    workspace: Workspace,
) -> None:
    (need,) = workspace.follow(["k-ramen"])
    with pytest.raises(Refused, match=need.id):
        workspace.remove_contract("k-ramen")
    workspace.remove_contract("k-guard")
    assert set(workspace.contracts()) == {"k-ramen"}
    workspace.undo()
    assert workspace.contracts()["k-guard"] == GUARD


def test_a_register_is_taken_in_as_one_change_and_once(
    workspace: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "lopend.csv"
    path.write_text(
        "Voorwerp;Leverancier;Einde;Opzegtermijn\n"
        "Papier;Blad NV;31/12/2027;3 maanden\nInkt;;gisteren;\nLiften;Lift NV;;\n",
        encoding="utf-8",
    )
    before = len(workspace.history())
    trial = workspace.import_contracts(path, dry_run=True)
    assert (len(trial.created), trial.refused_rows) == (2, (3,))
    assert len(workspace.history()) == before
    taken = workspace.import_contracts(path, home="Beek")
    assert {each.administration for each in taken.created} == {"b"}
    assert len(workspace.history()) == before + 1
    assert last(workspace) == "Contracts taken in from lopend.csv: 2."
    assert not workspace.import_contracts(path, home="b").created
    assert len(workspace.history()) == before + 1
    out = tmp_path / "out.xlsx"
    assert workspace.export_contracts(out) == 4
    kept = workspace.contracts()
    assert workspace.import_contracts(out).unchanged == tuple(kept.values())


def test_a_plan_that_cannot_be_made_leaves_the_habit_of_the_office(
    workspace: Workspace,
) -> None:
    lost = replace(GUARD, id="k-lost", administration="nobody")
    workspace.save(lost, why="t", seen=0)
    due = {each.contract.id: each for each in workspace.due_contracts()}
    assert due["k-lost"].procedure is None
    assert "the office reckons with 120 days" in str(due["k-lost"].why)
