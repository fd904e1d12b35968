"""The register on the desk: found, opened, copied, and put away again."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from jointbuy import settings
from jointbuy.errors import NotFound, StoreError
from jointbuy.workspace import Desk


def test_without_a_place_it_is_the_register_of_this_user() -> None:
    desk = Desk()
    assert desk.location == str(settings.folder() / "register.json")
    assert desk.missing
    with pytest.raises(StoreError):
        desk.open()
    assert desk.missing


def test_a_register_is_made_only_where_asked_for(tmp_path: Path) -> None:
    desk = Desk(str(tmp_path / "new" / "register.json"), date(2027, 3, 1), "nl")
    workspace = desk.open(create=True)
    assert not desk.missing
    assert (workspace.on, workspace.language) == (date(2027, 3, 1), "nl")
    assert workspace.user == "tester"
    assert workspace.folder == settings.folder()
    assert desk.open().needs() == {}


def test_a_server_is_not_taken_for_a_missing_file() -> None:
    desk = Desk("postgresql://host/register")
    assert not desk.missing
    with pytest.raises(StoreError, match="PostgreSQL"):
        desk.open()


def test_a_sample_is_a_copy_that_is_thrown_away(tmp_path: Path) -> None:
    own = str(tmp_path / "own.json")
    desk = Desk(own)
    assert (desk.throwaway, desk.missing) == (False, True)
    desk.sample()
    copy = Path(desk.location)
    assert (desk.throwaway, desk.missing) == (True, False)
    workspace = desk.open()
    assert workspace.needs()
    workspace.add_need(
        {
            "administration": next(iter(workspace.administrations())),
            "title": "Mine alone",
            "nature": "supplies",
        }
    )
    again = Desk()
    again.sample()
    assert len(again.open().needs()) == len(workspace.needs()) - 1
    again.close()
    desk.use(own)
    assert (desk.location, desk.throwaway) == (own, False)
    assert not copy.parent.exists()
    desk.close()


def test_closing_deletes_the_copy_once() -> None:
    desk = Desk()
    desk.sample("brussels")
    copy = Path(desk.location)
    desk.close()
    desk.close()
    assert not copy.exists()


def test_a_sample_nobody_knows_leaves_the_desk_as_it_was(tmp_path: Path) -> None:
    desk = Desk(str(tmp_path / "own.json"))
    with pytest.raises(NotFound, match="atlantis"):
        desk.sample("atlantis")
    assert desk.location == str(tmp_path / "own.json")


def test_preferences_outlast_the_desk_even_of_a_demo(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("JOINTBUY_LANG")
    desk = Desk()
    desk.sample()
    desk.keep_theme("nord")
    desk.keep_language("de")
    assert (desk.language, desk.theme) == ("de", "nord")
    desk.close()
    assert (Desk().language, Desk().theme) == ("de", "nord")
    assert Desk(language="fr").language == "fr"


def test_a_sample_without_room_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "full"))
    desk = Desk(str(tmp_path / "own.json"))
    with pytest.raises(StoreError, match="cannot be copied"):
        desk.sample()
    (tmp_path / "full").mkdir()
    monkeypatch.setattr("shutil.copyfile", full)
    with pytest.raises(StoreError, match="No space left"):
        desk.sample()
    assert list((tmp_path / "full").iterdir()) == []
    assert (desk.location, desk.throwaway) == (str(tmp_path / "own.json"), False)
