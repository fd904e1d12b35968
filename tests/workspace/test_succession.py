"""A contact person who leaves hands everything open over to another, at once."""

from __future__ import annotations

from datetime import date

import pytest

from jointbuy.errors import NotFound, Refused
from jointbuy.model import (
    ActionPoint,
    Administration,
    ContactPerson,
    Need,
    NeedStatus,
)
from jointbuy.store.memory import MemoryStore
from jointbuy.workspace import Workspace, told

ON = date(2026, 11, 23)


@pytest.fixture
def workspace() -> Workspace:
    """Léa follows four needs; Noé could take over, Zoé is of another administration."""
    made = Workspace(MemoryStore(), user="tester", on=ON, language="fr")
    for id_ in ("commune", "cpas"):
        made.enter(Administration, {"fr": id_, "kind": id_}, id_=id_)
    for who, name in (("commune", "Léa"), ("commune", "Noé"), ("cpas", "Zoé")):
        made.enter(ContactPerson, {"administration": who, "name": name})
    for status in NeedStatus:
        need = {"administration": "commune", "nature": "travaux", "contact": "lea"}
        id_ = made.enter(Need, need | {"title": status.name.lower()}).record.id
        made.set_need_status(id_, status)
    other = {"administration": "commune", "nature": "travaux", "title": "other"}
    made.enter(Need, other | {"contact": "noe"})
    return made


def contacts(workspace: Workspace) -> dict[str, str]:
    return {need.title: need.contact for need in workspace.needs().values()}


def fields(workspace: Workspace, successor: str, on: date | None = None) -> list[str]:
    before = workspace.history()
    with pytest.raises(Refused) as refused:
        workspace.hand_over("lea", successor, on)
    assert workspace.history() == before
    return [problem.field for problem in refused.value.problems]


def test_the_successor_gets_every_open_need_in_one_change(
    workspace: Workspace,
) -> None:
    before = len(workspace.history())
    done = workspace.hand_over("Léa", "noe", date(2026, 12, 31))
    assert len(workspace.history()) == before + 1
    assert done.contact == workspace.contacts()["lea"]
    assert done.contact.active_until == date(2026, 12, 31)
    assert (done.contact.successor, done.successor.id) == ("noe", "noe")
    assert {need.title for need in done.needs} == {"draft", "open"}
    assert contacts(workspace) == {
        "draft": "noe",
        "open": "noe",
        "withdrawn": "lea",
        "settled": "lea",
        "other": "noe",
    }
    said = str(told(workspace, workspace.history()[-1]))
    assert said == "Léa hands over to Noé; needs handed over: 2."
    workspace.undo()
    assert set(contacts(workspace).values()) == {"lea", "noe"}
    assert workspace.contacts()["lea"].active_until is None


def test_action_points_that_are_not_done_go_along(workspace: Workspace) -> None:
    for title, done in (("open", ""), ("done", "20/11/2026")):
        point = {"title": title, "contact": "lea", "due": "1/2/2027", "done_on": done}
        workspace.add_record(ActionPoint, {k: v for k, v in point.items() if v})
    (moved,) = workspace.hand_over("lea", "noe").actions
    kept = {each.title: each.contact for each in workspace.action_points().values()}
    assert (moved.title, kept) == ("open", {"open": "noe", "done": "lea"})
    workspace.undo()
    assert {each.contact for each in workspace.action_points().values()} == {"lea"}


def test_without_a_day_it_is_today(workspace: Workspace) -> None:
    assert workspace.hand_over("lea", "noe").contact.active_until == ON


def test_handing_over_again_changes_what_is_left(workspace: Workspace) -> None:
    workspace.hand_over("lea", "noe")
    before = workspace.history()
    assert workspace.hand_over("lea", "noe").needs == ()
    assert workspace.history() == before
    workspace.hand_over("lea", "noe", date(2026, 12, 1))
    assert workspace.contacts()["lea"].active_until == date(2026, 12, 1)


def test_who_cannot_take_over_is_told_why(workspace: Workspace) -> None:
    assert fields(workspace, "lea") == ["successor"]
    assert fields(workspace, "zoe") == ["successor"]
    with pytest.raises(NotFound):
        workspace.hand_over("lea", "nobody")
    workspace.amend(ContactPerson, "zoe", {"active_until": "23/11/2026"})
    workspace.amend(ContactPerson, "lea", {"active_from": "24/11/2026"})
    assert fields(workspace, "zoe", ON) == [
        "successor",
        "successor",
        "active_until",
    ]


def test_a_successor_must_stay_longer_than_the_one_who_leaves(
    workspace: Workspace,
) -> None:
    workspace.amend(ContactPerson, "noe", {"active_until": "31/12/2026"})
    assert fields(workspace, "noe", date(2026, 12, 31)) == ["successor"]
    done = workspace.hand_over("lea", "noe", date(2026, 12, 30))
    assert len(done.needs) == 2
