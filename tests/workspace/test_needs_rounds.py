"""The services are asked each year: who answered, who is silent, what returns."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from jointbuy.errors import JointbuyError, NotFound, Refused, UsageError
from jointbuy.model import (
    Administration,
    Channel,
    ContactPerson,
    LocalText,
    Nature,
    Need,
    NeedStatus,
    Register,
    ServiceAnswer,
)
from jointbuy.store.memory import MemoryStore
from jointbuy.store.port import Change
from jointbuy.workspace import Workspace, told

ON = date(2026, 11, 23)
DUE = date(2027, 1, 31)


def person(
    id_: str, administration: str, service: str = "", **values: object
) -> object:
    return ContactPerson(
        id=id_, administration=administration, name=id_.title(), service=service,
        email=f"{id_}@example.org", **values,  # type: ignore[arg-type]
    )  # fmt: skip


def need(id_: str, service: str = "", **values: object) -> Need:
    given = {"administration": "a", "title": id_, "nature": Nature.SUPPLIES, **values}
    return Need(id=id_, service=service, **given)  # type: ignore[arg-type]


RECORDS = (
    Register(home="a"),
    Administration(id="a", names=LocalText(fr="Aulne"), languages=("fr",)),
    Administration(id="b", names=LocalText(nl="Beek"), languages=("nl",)),
    person("anna", "a", language="fr"),
    person("bram", "a", "Voirie", language="nl"),
    person("gone", "a", "Parcs", active_until=ON - timedelta(days=1)),
    person("chloe", "b"),
    need("salt", "Voirie", earliest=date(2027, 2, 28), latest=date(2027, 12, 31),
         budget_year=2027, replaces="k"),
    need("leap", "voirie", earliest=date(2027, 3, 1), duration_months=48),
    need("paper", earliest=date(2027, 5, 1)),
    need("old", "Voirie", budget_year=2026),
    need("dropped", "Voirie", budget_year=2027, status=NeedStatus.WITHDRAWN),
)  # fmt: skip


@pytest.fixture
def workspace() -> Workspace:
    store = MemoryStore()
    changes = [Change(kind=type(e), id=e.id, value=e) for e in RECORDS]  # type: ignore[attr-defined,arg-type]
    store.commit(changes, by="", why="begin")
    return Workspace(store, user="An", on=ON, language="en")


def later(workspace: Workspace, on: date) -> Workspace:
    return Workspace(workspace.store, user="An", on=on, language="en")


def answers(workspace: Workspace, text: str = "2028") -> dict[str, object]:
    return {
        f"{each.administration}/{each.service}".rstrip("/"): each.answer
        for each in workspace.round_state(text).services
    }


def last(workspace: Workspace) -> str:
    return str(told(workspace, workspace.history()[-1]))


def test_a_round_asks_every_active_contact_and_one_a_year_is_open(
    workspace: Workspace,
) -> None:
    made = workspace.open_round(year=2028, due=DUE)
    assert (made.id, made.title, made.opened_on) == ("round-2028", "Needs 2028", ON)
    assert answers(workspace) == {"a": None, "a/Voirie": None, "b": None}
    assert [each.contact for each in made.services] == ["anna", "bram", "chloe"]
    assert workspace.round_state("2028").days_left == (DUE - ON).days
    with pytest.raises(Refused, match="open already"):
        workspace.open_round(year=2028, due=DUE)
    assert workspace.unasked("2028") == ()
    workspace.close_round("2028")
    other = workspace.open_round(year=2028, due=DUE, services=["a"])
    assert other.id == "round-2028-2"
    assert workspace.unasked(other.id) == ("b", "a/Voirie")
    with pytest.raises(UsageError, match="has passed"):
        workspace.open_round(year=2029, due=ON - timedelta(days=1))


def test_services_can_be_named_added_and_left_out(workspace: Workspace) -> None:
    made = workspace.open_round(year=2028, due=DUE, services=["Aulne/Parcs", "b"])
    assert [(each.administration, each.service) for each in made.services] == [
        ("a", "Parcs"),
        ("b", ""),
    ]
    assert made.services[0].contact == "anna"  # who was there has left
    workspace.ask_service("2028", "a/Voirie")
    with pytest.raises(Refused, match="asked in this round already"):
        workspace.ask_service("2028", "a/voirie")
    workspace.leave_service("2028", "b")
    assert set(answers(workspace)) == {"a/Parcs", "a/Voirie"}
    with pytest.raises(NotFound, match="not asked in this round"):
        workspace.leave_service("2028", "b")
    with pytest.raises(NotFound):
        workspace.ask_service("2028", "nobody/Voirie")


def test_an_answer_is_recorded_with_who_and_when_and_taken_back(
    workspace: Workspace,
) -> None:
    workspace.open_round(year=2028, due=DUE)
    kept = workspace.answer_round("2028", "a/voirie", ServiceAnswer.NONE, by="Bram")
    assert (kept.services[1].answered_by, kept.services[1].answered_on) == ("Bram", ON)
    assert last(workspace) == "Aulne – Voirie needs nothing: “Needs 2028”."
    assert answers(workspace)["a/Voirie"] is ServiceAnswer.NONE
    workspace.answer_round("2028", "a/Voirie", None)
    assert answers(workspace)["a/Voirie"] is None
    workspace.undo()
    assert answers(workspace)["a/Voirie"] is ServiceAnswer.NONE
    for day in (ON + timedelta(days=1), ON - timedelta(days=1)):
        with pytest.raises(UsageError):
            workspace.answer_round("2028", "b", ServiceAnswer.NEEDS, day=day)


def test_a_need_opened_since_is_an_answer_and_a_draft_or_an_old_one_is_none(
    workspace: Workspace,
) -> None:
    workspace.open_round(year=2028, due=DUE)
    cells = {"administration": "a", "title": "Seau", "nature": "supplies"}
    draft = workspace.add_need({**cells, "service": "voirie"}, draft=True).needs[0]
    workspace.edit_need("old", {"note": "read again"})
    assert answers(workspace)["a/Voirie"] is None
    workspace.set_need_status(draft.id, NeedStatus.OPEN)
    assert answers(workspace)["a/Voirie"] is ServiceAnswer.NEEDS
    assert workspace.round_state("2028").services[1].needs == (draft.id,)
    assert workspace.fresh_needs() == {"round-2028": (workspace.needs()[draft.id],)}
    workspace.undo()
    assert answers(workspace)["a/Voirie"] is None
    workspace.answer_round("2028", "a", ServiceAnswer.NONE)
    workspace.add_need(cells)
    assert workspace.round_state("2028").services[0].contradicted


def test_the_silent_are_reminded_in_their_language_as_one_change(
    workspace: Workspace,
) -> None:
    workspace.open_round(year=2028, due=DUE)
    workspace.answer_round("2028", "b", ServiceAnswer.NONE)
    done = workspace.remind_round("2028", channel=Channel.TELEPHONE, note="rang")
    assert [(each.to, each.about) for each in done.reminders] == [
        ("anna", "round_answer:round-2028:a"),
        ("bram", "round_answer:round-2028:voirie:a"),
    ]
    assert {each.channel for each in done.reminders} == {Channel.TELEPHONE}
    assert [(mail.name, mail.language) for mail in done.mails] == [
        ("Anna", "fr"),
        ("Bram", "nl"),
    ]
    assert "Voirie" in done.mails[1].body
    assert "- salt\n- leap" in done.mails[1].body
    assert "- paper" in done.mails[0].body
    assert last(workspace) == "Reminders to silent services: 2, “Needs 2028”."
    assert len(workspace.round_state("2028").reminders) == 2
    workspace.undo()
    assert not workspace.reminders()
    only = workspace.remind_round("2028", "a/Voirie")
    assert [each.to for each in only.reminders] == ["bram"]


def test_after_the_last_day_the_main_contact_is_reminded_too(
    workspace: Workspace,
) -> None:
    workspace.open_round(year=2028, due=DUE, services=["a/Voirie"])
    on_the_day, after = later(workspace, DUE), later(workspace, DUE + timedelta(days=1))
    assert [mail.to for mail in on_the_day.round_mails("2028")] == ["bram"]
    assert [mail.to for mail in after.round_mails("2028")] == ["bram", "anna"]
    assert after.round_state("2028").days_left == -1
    after.close_round("2028")
    with pytest.raises(Refused, match="nobody is reminded"):
        after.remind_round("2028")
    after.reopen_round("2028")
    after.answer_round("2028", "a/Voirie", ServiceAnswer.NEEDS)
    with pytest.raises(Refused, match="Everybody"):
        after.remind_round("2028")


def test_last_year_s_needs_are_carried_over_as_drafts_once(
    workspace: Workspace,
) -> None:
    first = workspace.open_round(year=2027, due=DUE)
    workspace.close_round("2027")
    again = workspace.open_round(year=2028, due=DUE, previous=first.id)
    assert again.previous == "round-2027"
    assert [s.service for s in again.services] == [s.service for s in first.services]
    names = [each.id for each in workspace.last_year("2028", "a/Voirie")]
    assert names == ["salt", "leap"]
    assert [each.id for each in workspace.last_year("2028", "a")] == ["paper"]
    done = workspace.carry_needs("2028", "a/Voirie")
    (carried,) = done.needs
    assert [(kept.id, "48" in str(why)) for kept, why in done.left] == [("leap", True)]
    assert carried == replace(
        workspace.needs()["salt"], id=carried.id, status=NeedStatus.DRAFT,
        earliest=date(2028, 2, 28), latest=date(2028, 12, 31), budget_year=2028,
        replaces="", origin="Carried over from salt for 2028",
    )  # fmt: skip
    assert last(workspace) == "Needs of last year carried over: 1."
    assert answers(workspace)["a/Voirie"] is None
    before = len(workspace.history())
    for language in ("en", "fr", "nl", "de"):
        other = Workspace(workspace.store, user="Bo", on=ON, language=language)
        twice = other.carry_needs("2028", "a/Voirie", ["salt"])
        assert (twice.needs, twice.left[0][0].id) == ((), "salt")
    assert len(workspace.history()) == before
    (named,) = workspace.carry_needs("2028", "a/Voirie", ["leap"]).needs
    assert named.earliest == date(2028, 3, 1)
    with pytest.raises(NotFound):
        workspace.carry_needs("2028", "a/Voirie", ["old"])
    with pytest.raises(Refused, match="has no needs of 2027"):
        workspace.carry_needs("2028", "b")


def test_who_left_is_followed_by_who_took_over(workspace: Workspace) -> None:
    workspace.open_round(year=2028, due=DUE)
    workspace.save(person("dora", "a", "Voirie"), why="t", seen=0)  # type: ignore[arg-type]
    workspace.hand_over("bram", "dora")
    after = later(workspace, ON + timedelta(days=1))
    assert [s.contact for s in after.round_state("2028").services][1] == "dora"


def test_a_register_without_contacts_has_nobody_to_ask() -> None:
    empty = Workspace(MemoryStore(), user="An", on=ON)
    with pytest.raises(JointbuyError, match="nobody to ask"):
        empty.open_round(year=2028, due=DUE)
