"""The first screen where no register is open: nothing is written before a choice."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING

import pytest

from jointbuy import settings
from jointbuy.errors import say
from jointbuy.l10n.catalogue import catalogue
from jointbuy.store import open_store
from jointbuy.tui.app import LANGUAGES
from jointbuy.tui.start.screen import Start, place_of
from jointbuy.tui.widgets.grid import Grid
from jointbuy.workspace import Desk
from tests.tui.officer import Officer, fill, work_with

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DAY = date(2026, 11, 23)
CSV = (
    "Objet;Nature;Estimation HTVA;CPV\n"
    "Papier A4;fournitures;12000;30197643\n"
    "Balais;n’importe quoi;abc;\n"
)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user of whom nothing is kept yet."""
    folder = tmp_path / "home"
    monkeypatch.setenv("JOINTBUY_HOME", str(folder))
    monkeypatch.delenv("JOINTBUY_REGISTER", raising=False)
    return folder


@pytest.fixture
def nobody(home: Path) -> Iterator[Desk]:
    """A desk without a register."""
    made = Desk(language="fr", on=DAY)
    yield made
    made.close()


def looked_at(officer: Officer) -> str:
    return str(officer.app.screen.query_one(Grid).row.id)


async def choose(officer: Officer, way: str) -> None:
    """Pass the language and choose that way to begin."""
    await officer.press("enter")
    await take(officer, way)


async def take(officer: Officer, way: str) -> None:
    for _ in range(6):
        if looked_at(officer) == way:
            break
        await officer.press("down")
    assert looked_at(officer) == way
    await officer.press("enter")


def test_nothing_is_written_while_somebody_only_looks(nobody: Desk, home: Path) -> None:
    async def scenario(officer: Officer) -> None:
        assert isinstance(officer.app.screen, Start)
        await officer.press("down", "f7", "enter", "down", "down", "up", "escape")
        await officer.press("escape", "question_mark", "escape")
        assert isinstance(officer.app.screen, Start)
        assert not officer.said

    work_with(nobody, scenario)
    assert not home.exists()


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
def test_the_language_looked_at_is_spoken_at_once_and_nothing_is_cut(
    nobody: Desk, size: tuple[int, int]
) -> None:
    async def scenario(officer: Officer) -> None:
        for language in LANGUAGES:
            assert looked_at(officer) == language
            speech = catalogue(language)
            assert speech.say(say("Welcome to jointbuy")) in officer.text()
            await officer.press("enter")
            assert speech.say(say("Look round in a sample")) in officer.text()
            assert "…" not in officer.text()
            await officer.press("escape", "down")

    work_with(nobody, scenario, size)


def test_the_next_language_by_f7_reaches_the_first_screen_and_its_forms(
    nobody: Desk,
) -> None:
    async def scenario(officer: Officer) -> None:
        await officer.press("f7")
        assert looked_at(officer) == "nl"
        await officer.press("enter", "down", "f7")
        assert looked_at(officer) == "mine"
        german = catalogue("de")
        assert german.say(say("Begin with a file of needs")) in officer.text()
        await officer.press("enter")
        assert german.say(say("Name in French")) in officer.text()

    work_with(nobody, scenario)


def test_the_sample_opens_as_a_copy_and_the_language_is_kept(
    nobody: Desk, home: Path
) -> None:
    async def scenario(officer: Officer) -> None:
        await officer.press("down")
        await choose(officer, "sample")
        assert officer.app.desk.throwaway
        assert not isinstance(officer.app.screen, Start)
        assert len(officer.app.screen.query_one(Grid).rows) > 50
        assert "copy" in officer.said

    work_with(nobody, scenario)
    assert not (home / "register.json").exists()
    assert settings.preferences().language == "nl"


def test_an_own_register_is_made_when_its_administration_is_saved(
    nobody: Desk, home: Path
) -> None:
    register = home / "register.json"

    async def scenario(officer: Officer) -> None:
        await choose(officer, "mine")
        fill(officer, "Commune Orval")
        assert not register.exists()
        await officer.press("ctrl+s")
        assert register.exists()
        fill(officer, "Zoé Exemple")
        await officer.press("ctrl+s")
        assert not isinstance(officer.app.screen, Start)
        assert "Commune Orval" in officer.line(0)
        assert officer.said.startswith("Your register is made")

    work_with(nobody, scenario)
    workspace = Desk(language="fr").open()
    (own,) = workspace.administrations().values()
    assert own.names.fr == "Commune Orval"
    assert workspace.register.home == own.id
    (person,) = workspace.contacts().values()
    assert person.name == "Zoé Exemple"
    assert person.administration == own.id


def test_a_form_that_is_closed_leads_back_and_leaves_no_register(
    nobody: Desk, home: Path
) -> None:
    async def scenario(officer: Officer) -> None:
        await choose(officer, "mine")
        await officer.press("escape")
        assert isinstance(officer.app.screen, Start)
        assert looked_at(officer) == "mine"

    work_with(nobody, scenario)
    assert not (home / "register.json").exists()


def test_a_contact_person_can_wait(nobody: Desk) -> None:
    async def scenario(officer: Officer) -> None:
        await choose(officer, "mine")
        fill(officer, "Commune Orval")
        await officer.press("ctrl+s", "escape")
        assert not isinstance(officer.app.screen, Start)

    work_with(nobody, scenario)
    assert not Desk(language="fr").open().contacts()


def test_a_file_of_needs_is_shown_before_it_is_kept(
    nobody: Desk, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "b.csv").write_text(CSV, encoding="utf-8")

    async def scenario(officer: Officer) -> None:
        await choose(officer, "import")
        fill(officer, "Commune Orval")
        await officer.press("ctrl+s")
        fill(officer, "b.csv")
        await officer.press("enter")
        assert "abc" in officer.text()
        assert not (home / "register.json").exists()
        await officer.press("ctrl+s")
        await officer.press("escape")
        assert [n.title for n in officer.app.screen.query_one(Grid).rows] == [
            "Papier A4"
        ]

    work_with(nobody, scenario)
    workspace = Desk(language="fr").open()
    (need,) = workspace.needs().values()
    assert need.administration == workspace.register.home


def test_a_file_given_up_keeps_what_was_filled_in_before(
    nobody: Desk, home: Path
) -> None:
    async def scenario(officer: Officer) -> None:
        await choose(officer, "import")
        fill(officer, "Commune Orval")
        await officer.press("ctrl+s")
        await officer.press("escape")
        assert isinstance(officer.app.screen, Start)
        assert not (home / "register.json").exists()
        await officer.press("up")
        await take(officer, "mine")
        assert "Commune Orval" in officer.text()

    work_with(nobody, scenario)


def test_another_register_is_opened_and_opened_again_the_next_time(
    nobody: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    place = tmp_path / "réseau" / "register.json"
    place.parent.mkdir()
    open_store(place, create=True)

    async def scenario(officer: Officer) -> None:
        await choose(officer, "open")
        fill(officer, "rés")
        await officer.press("enter")
        assert "rés" in officer.text()
        assert officer.app.desk.missing
        fill(officer, "réseau")
        await officer.press("enter")
        assert not isinstance(officer.app.screen, Start)
        assert officer.said == "The register is open."

    work_with(nobody, scenario)
    assert Desk().location == str(place)


def test_a_place_given_up_leaves_the_desk_as_it_was(nobody: Desk) -> None:
    before = nobody.location

    async def scenario(officer: Officer) -> None:
        await choose(officer, "open")
        fill(officer, "/nulle/part")
        await officer.press("enter", "escape")
        assert isinstance(officer.app.screen, Start)
        assert officer.app.desk.location == before

    work_with(nobody, scenario)


def test_a_damaged_register_is_said_whole_and_nothing_is_made_over_it(
    home: Path, tmp_path: Path
) -> None:
    damaged = tmp_path / "abîmé.json"
    damaged.write_text('{"a', encoding="utf-8")

    async def scenario(officer: Officer) -> None:
        assert isinstance(officer.app.screen, Start)
        text = " ".join(officer.text().split())
        assert "abîmé.json" in text.replace(" ", "")  # a long path is folded
        ids = [way.id for way in officer.app.screen.query_one(Grid).rows]
        assert ids == ["again", "open", "sample"]
        await officer.press("enter")
        assert isinstance(officer.app.screen, Start)
        await take(officer, "sample")
        assert not isinstance(officer.app.screen, Start)

    with closing(Desk(str(damaged), language="fr", on=DAY)) as desk:
        work_with(desk, scenario)
    assert damaged.read_text(encoding="utf-8") == '{"a'


def test_the_first_screen_is_worked_with_the_mouse_alone(nobody: Desk) -> None:
    async def scenario(officer: Officer) -> None:
        grid = officer.app.screen.query_one(Grid)
        await officer.click(grid, (6, 2))
        assert looked_at(officer) == "nl"
        await officer.pilot.click(grid, offset=(6, 2), times=2)
        await officer.settle()
        await officer.click(grid, (6, 1))
        assert looked_at(officer) == "sample"
        await officer.click("KeyBar", (1, 0))
        assert officer.app.desk.throwaway

    work_with(nobody, scenario)


def test_sections_cannot_be_reached_before_a_register_is_open(nobody: Desk) -> None:
    async def scenario(officer: Officer) -> None:
        await officer.press("2", "g", "u", "ctrl+p", "ctrl+right", "exclamation_mark")
        assert isinstance(officer.app.screen, Start)
        assert not officer.said

    work_with(nobody, scenario)


def test_a_place_is_a_file_its_folder_or_an_address(tmp_path: Path) -> None:
    assert place_of(f'"{tmp_path}"') == str(tmp_path / "register.json")
    assert place_of(" /a/b.json ") == str(type(tmp_path)("/a/b.json"))
    assert place_of("postgresql://server/x") == "postgresql://server/x"
