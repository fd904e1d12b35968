"""What a user prefers is kept, and never keeps anybody from working."""

from __future__ import annotations

from pathlib import Path

import platformdirs
import pytest

from jointbuy import settings
from jointbuy.settings import Preferences


def kept() -> Path:
    return settings.folder() / "settings.toml"


@pytest.mark.parametrize(
    "places",
    [
        {"HOME": "/home/an"},
        {"HOME": "/home/an", "XDG_DATA_HOME": ""},
        {"HOME": "/home/an", "XDG_DATA_HOME": "/srv/an"},
        {"HOME": "here", "XDG_DATA_HOME": "/srv/an"},
        {"HOME": "here"},
        {"HOME": ""},
    ],
)
def test_the_folder_is_where_programs_keep_theirs(
    monkeypatch: pytest.MonkeyPatch, places: dict[str, str]
) -> None:
    for name in ("JOINTBUY_HOME", "XDG_DATA_HOME", "HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, place in places.items():
        monkeypatch.setenv(name, place)
    expected = platformdirs.user_data_path("jointbuy", appauthor=False)
    assert settings.folder() == expected


def test_nothing_is_preferred_before_something_was_chosen() -> None:
    assert settings.preferences() == Preferences()
    assert not settings.folder().exists()


@pytest.mark.parametrize(
    "chosen",
    [
        Preferences(),
        Preferences(language="nl"),
        Preferences(language="de", theme="textual-light"),
        Preferences(register="postgresql://user@server/registre"),
        Preferences(theme='a "quoted" \\ thème 😀'),
    ],
)
def test_what_was_chosen_is_there_the_next_time(chosen: Preferences) -> None:
    assert settings.keep(Preferences(language="fr", theme="old"))
    assert settings.keep(chosen)
    assert settings.preferences() == chosen
    assert [file.name for file in settings.folder().iterdir()] == ["settings.toml"]


@pytest.mark.parametrize(
    "damaged",
    [
        b"",
        b"language = ",
        b"\xff\xfe\x00",
        b'language = "pirate"',
        b"language = 3\ntheme = [1]",
        b"x = " + b"[" * 5000,
        b'[language]\nx = "fr"',
    ],
)
def test_a_damaged_file_prefers_nothing(damaged: bytes) -> None:
    kept().parent.mkdir(parents=True)
    kept().write_bytes(damaged)
    assert settings.preferences() == Preferences()
    assert settings.language() == "en"
    assert settings.keep(Preferences(theme="x"))
    assert settings.preferences() == Preferences(theme="x")


def test_a_folder_that_takes_nothing_stops_nobody() -> None:
    settings.folder().parent.mkdir(parents=True, exist_ok=True)
    settings.folder().write_text("a file, not a folder", encoding="utf-8")
    assert not settings.keep(Preferences(language="fr"))
    assert settings.preferences() == Preferences()


def test_a_preference_that_no_file_can_hold_is_not_kept() -> None:
    assert not settings.keep(Preferences(theme="\ud800"))
    assert not list(settings.folder().iterdir())


def test_the_language_of_this_run_is_asked_first_then_the_kept_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "de_BE.UTF-8")
    monkeypatch.setenv("JOINTBUY_LANG", "nl")
    settings.keep(Preferences(language="fr"))
    assert settings.language() == "nl"
    monkeypatch.setenv("JOINTBUY_LANG", "klingon")
    assert settings.language() == "fr"
    settings.keep(Preferences())
    assert settings.language() == "de"
    monkeypatch.setenv("LANG", "C")
    assert settings.language() in settings.LANGUAGES
