"""What a form is opened with, and what several needs are changed into at once."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from jointbuy.errors import NotFound, StaleRevision
from jointbuy.model import ContactPerson, Contract, Need, NeedStatus
from jointbuy.workspace import Call, Desk, filled, kind_word, told

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from jointbuy.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    monkeypatch.setenv("JOINTBUY_HOME", str(tmp_path))
    desk = Desk(language="fr", on=date(2026, 11, 23))
    desk.sample()
    yield desk.open()
    desk.close()


def test_a_new_need_is_that_of_whose_register_it_is(workspace: Workspace) -> None:
    found = filled(workspace, Need)
    assert found.cells["administration"] == workspace.register.home
    assert not any(
        text for cell, text in found.cells.items() if cell != "administration"
    )
    assert found.seen == 0


def test_a_known_record_is_opened_with_the_revision_it_is_changed_from(
    workspace: Workspace,
) -> None:
    id_ = next(iter(workspace.needs()))
    before = filled(workspace, Need, id_)
    workspace.edit_need(id_, {"unit": "lots"})
    after = filled(workspace, Need, id_)
    assert after.seen == before.seen + 1
    with pytest.raises(StaleRevision):
        workspace.amend(Need, id_, {"unit": "pièces"}, seen=before.seen)


def test_a_record_that_is_not_there_cannot_be_opened(workspace: Workspace) -> None:
    with pytest.raises(NotFound):
        filled(workspace, Need, "n-nowhere")


def test_a_contact_who_left_is_still_an_option_where_named(
    workspace: Workspace,
) -> None:
    need = next(need for need in workspace.needs().values() if need.contact)
    workspace.edit_record(ContactPerson, need.contact, {"active_until": "1/1/2020"})
    ids = {id_ for id_, _ in filled(workspace, Need, need.id).options["contact"]}
    assert need.contact in ids
    assert need.contact not in {
        id_ for id_, _ in filled(workspace, Need).options["contact"]
    }


def test_records_of_one_name_are_told_apart_by_their_id(workspace: Workspace) -> None:
    home = workspace.register.home
    for id_ in ("one", "two"):
        cells = {"administration": home, "title": "Nettoyage des locaux"}
        workspace.add_record(Contract, cells, id_=id_)
    shown = dict(filled(workspace, Need).options["replaces"])
    assert shown["one"] == "Nettoyage des locaux (one)"
    assert shown["two"] == "Nettoyage des locaux (two)"
    assert len(set(shown.values())) == len(shown)


def test_every_kind_of_form_has_a_name() -> None:
    assert kind_word(Call).text != kind_word(Need).text


def test_several_needs_are_withdrawn_by_one_change(workspace: Workspace) -> None:
    ids = list(workspace.needs())[:3]
    workspace.set_need_statuses(ids, NeedStatus.WITHDRAWN)
    assert {changed.id for changed in workspace.history()[-1].changes} == set(ids)
    assert str(told(workspace, workspace.history()[-1])) == "Needs withdrawn: 3."
    workspace.undo()
    states = {workspace.needs()[id_].status for id_ in ids}
    assert NeedStatus.WITHDRAWN not in states


def test_needs_that_are_so_already_make_no_change(workspace: Workspace) -> None:
    ids = [
        need.id
        for need in workspace.needs().values()
        if need.status is NeedStatus.WITHDRAWN
    ]
    count = len(workspace.history())
    workspace.set_need_statuses(ids, NeedStatus.WITHDRAWN)
    assert len(workspace.history()) == count


def test_who_changed_a_record_last_is_known(workspace: Workspace) -> None:
    id_ = next(iter(workspace.needs()))
    workspace.user = "odile"
    workspace.edit_need(id_, {"unit": "lots"})
    last = workspace.last_changes(Need)
    assert last[id_].by == "odile"
    assert len(last) == len(workspace.needs())


def test_only_the_needs_asked_for_leave(workspace: Workspace, tmp_path: Path) -> None:
    needs = workspace.needs().values()
    one = next(need for need in needs if need.status is NeedStatus.OPEN)
    draft = next(need for need in needs if need.status is NeedStatus.DRAFT)
    file = tmp_path / "needs.csv"
    count = workspace.export_needs(
        file, estimates=False, persons=False, only={one.id, draft.id}
    )
    assert count == 1
    assert one.id in file.read_text(encoding="utf-8-sig")


@pytest.mark.parametrize(
    ("code", "label"),
    [("30197643", "Papier"), ("30197643-5", "Papier"), ("", ""), ("papier", "")],
)
def test_a_code_is_said_in_words_where_it_is_known(
    workspace: Workspace, code: str, label: str
) -> None:
    assert workspace.code_names(code).get("fr", "").startswith(label)
    assert bool(workspace.code_names(code)) == bool(label)
