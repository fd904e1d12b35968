"""What people typed is shown as it stands: never markup, never a command."""

from __future__ import annotations

import re
import shutil
from dataclasses import fields, is_dataclass
from datetime import date
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import pytest

from jointbuy.store.records import kinds
from jointbuy.tui.actions import PLACES
from jointbuy.tui.section import ListSection, Section
from jointbuy.workspace import Desk
from jointbuy.workspace.desk import sample_register
from tests.tui.officer import Officer, work_with
from tests.tui.poison import PAYLOAD, poison

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DAY = date(2026, 11, 23)

STEERS = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
SECTIONS = [each.id for each in PLACES if find_spec(f"jointbuy.tui.{each.id}.section")]


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A poisoned copy of the sample."""
    path = tmp_path_factory.mktemp("poisoned") / "register.json"
    shutil.copy(sample_register("brussels"), path)
    assert poison(Desk(str(path), on=DAY)) > 100
    return path


@pytest.fixture
def harmful(
    register: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Desk]:
    """A desk with a copy of that."""
    monkeypatch.setenv("JOINTBUY_HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    desk = Desk(str(shutil.copy(register, tmp_path / "register.json")), on=DAY)
    desk.language = "fr"
    yield desk
    desk.close()


def harmless(officer: Officer) -> str:
    """The text on the screen, of which no part steers, leads or acts."""
    strips = officer.app.screen._compositor.render_strips()
    for part in (part for strip in strips for part in strip):
        if part.style is not None:
            assert "@click" not in (part.style.meta or {}), part
            assert part.style.link is None, part
    lines = ["".join(part.text for part in strip) for strip in strips]
    assert not any(map(STEERS.search, lines)), lines
    assert officer.app.is_running
    return "\n".join(lines)


async def back(officer: Officer, place: str) -> Section:
    """Close what is open over the section."""
    for _ in range(8):
        screen = officer.app.screen
        if isinstance(screen, Section) and officer.app.current_mode == place:
            return screen
        await officer.press("escape")
        if isinstance(officer.app.screen, Section):
            officer.app.action_go(place)
            await officer.settle()
    raise AssertionError(officer.text())


async def walk(officer: Officer, place: str) -> None:
    """Look at every view of a section, at a few rows of each, and open one."""
    officer.app.action_go(place)
    await officer.settle()
    section: Any = await back(officer, place)
    views = len(section.views) if isinstance(section, ListSection) else 1
    for _ in range(views):
        seen = harmless(officer)
        for key in ("down", "end"):
            await officer.press(key)
            seen += harmless(officer)
        if isinstance(section, ListSection) and section.grid.rows:
            assert "[bold]b[/]" in seen or "[@click=app.quit]" in seen, seen
        await officer.press("enter")
        harmless(officer)
        section = await back(officer, place)
        if isinstance(section, ListSection) and section.can_view():
            await officer.press("v")


def test_every_kind_of_record_is_in_the_poisoned_sample(register: Path) -> None:
    store = Desk(str(register), on=DAY).open().store
    for name, kind in kinds().items():
        kept = store.all(kind)
        assert kept, name
        assert all(PAYLOAD in _texts(each.value) for each in kept), name


def _texts(value: Any) -> str:
    """Every text in a record, one after the other."""
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return "\n".join(map(_texts, value))
    if is_dataclass(value):
        return "\n".join(_texts(getattr(value, each.name)) for each in fields(value))
    return ""


def test_every_view_of_every_section_shows_payloads_literally(harmful: Desk) -> None:
    async def scenario(officer: Officer) -> None:
        for place in SECTIONS:
            await walk(officer, place)

    work_with(harmful, scenario, size=(140, 40))


@pytest.mark.parametrize("place", SECTIONS)
def test_every_action_of_a_section_bears_payloads_in_what_it_opens(
    harmful: Desk, place: str
) -> None:
    async def scenario(officer: Officer) -> None:
        officer.app.action_go(place)
        await officer.settle()
        section = await back(officer, place)
        for action in section.ACTIONS:
            section = await back(officer, place)
            if not section.possible(action):
                continue
            await section.perform(action)
            await officer.settle()
            harmless(officer)
            await officer.press("enter")
            harmless(officer)

    work_with(harmful, scenario)


def test_the_palette_and_what_is_said_show_payloads_literally(harmful: Desk) -> None:
    async def scenario(officer: Officer) -> None:
        await officer.press("ctrl+p")
        await officer.write("b[/]")
        assert "[bold]b[/]" in harmless(officer)
        for _ in range(4):
            await officer.press("down")
            harmless(officer)
        await officer.press("enter")
        harmless(officer)
        await back(officer, officer.app.current_mode)
        await officer.press("exclamation_mark")
        harmless(officer)

    work_with(harmful, scenario)
