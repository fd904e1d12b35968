"""The palette, the help, the messages: everything that can be done is found there."""

from __future__ import annotations

import importlib
import pkgutil
import re
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from textual.color import Color
from textual.events import Key

import jointbuy.tui
from jointbuy.errors import say
from jointbuy.model import Need
from jointbuy.store.port import Change
from jointbuy.tui.actions import (
    CELLS,
    COMMON,
    GRID,
    LISTS,
    PLACES,
    SECTIONS,
    Action,
    key_name,
)
from jointbuy.tui.app import LANGUAGES, Terminal
from jointbuy.tui.dialogs.help import Help
from jointbuy.tui.dialogs.messages import Messages
from jointbuy.tui.dialogs.palette import Hit, Palette, ranked
from jointbuy.tui.dialogs.picker import Picker
from jointbuy.tui.needs.section import Needs
from jointbuy.tui.speech import Speech, folded
from jointbuy.tui.stage import Stage
from jointbuy.tui.themes import DEFAULT, OWN, settle
from jointbuy.tui.widgets.grid import Grid
from jointbuy.tui.widgets.page import Page
from tests.tui.officer import Officer, fill, work_with

if TYPE_CHECKING:
    from jointbuy.workspace import Desk

FORBIDDEN = re.compile(r"(alt\+.*|ctrl\+[imhntw]|f5|f11|f12)$")
"""Keys that terminals, browsers or desktops keep for themselves."""


@cache
def classes() -> tuple[type[Any], ...]:
    """Every class of the terminal that has actions of its own."""
    found: dict[type[Any], None] = {}
    for module in pkgutil.walk_packages(jointbuy.tui.__path__, "jointbuy.tui."):
        for value in vars(importlib.import_module(module.name)).values():
            ours = isinstance(value, type) and value.__module__.startswith("jointbuy.")
            if ours and "ACTIONS" in vars(value):
                found[value] = None
    return tuple(found)


def registered() -> list[tuple[type[Any], Action]]:
    """Every action with the class that declares it."""
    return [
        *((Terminal, action) for action in (*COMMON, *SECTIONS)),
        *((Needs, action) for action in LISTS),
        *((Grid, action) for action in (*GRID, *CELLS)),
        *((each, action) for each in classes() for action in each.ACTIONS),
    ]


def rows(officer: Officer) -> list[Any]:
    return list(officer.app.screen.query_one(Grid).rows)


def test_every_section_declares_its_actions_in_the_registry() -> None:
    names = {each.__name__ for each in classes()}
    assert {"Needs", "Settings", "Start", "Picker", "Question"} <= names
    for place in PLACES:
        module = importlib.import_module(f"jointbuy.tui.{place.id}.section")
        section = getattr(module, place.id.capitalize())
        assert issubclass(section, Stage)
        assert section.PURPOSE, place.id


def test_no_two_actions_have_the_same_id() -> None:
    known: dict[str, tuple[object, ...]] = {}
    for _, action in registered():
        what = (action.keys, action.call)
        assert known.setdefault(action.id, what) == what, action.id


@pytest.mark.parametrize("priority", [True, False])
def test_no_action_takes_a_key_that_belongs_to_others(priority: bool) -> None:
    for _, action in registered():
        if action.priority is priority:
            taken = [key for key in action.keys if FORBIDDEN.match(key)]
            assert not taken, action.id


def test_every_action_has_the_method_that_does_it() -> None:
    for owner, action in registered():
        doer = Terminal if action.where == "app" else owner
        if action.where == "focused" and issubclass(owner, Stage):
            continue
        name = f"action_{action.call.partition('(')[0]}"
        assert hasattr(doer, name), f"{doer.__name__}.{name}"


def test_every_action_of_a_screen_is_bound_to_its_keys() -> None:
    for owner, action in registered():
        if action.where == "screen" and issubclass(owner, Stage):
            bound = owner._merge_bindings().key_to_bindings
            keys = {key for key in action.keys if len(key) > 1 or key.isalnum()}
            assert keys <= set(bound), f"{owner.__name__}: {action.id}"


def test_keys_are_written_as_they_stand_on_a_keyboard() -> None:
    for _, action in registered():
        shown = action.shown or key_name(action.keys[0])
        assert "_" not in shown, action.id
        assert len(shown) <= 6, action.id


# The help.


def test_the_help_of_a_section_says_what_it_is_for_and_only_what_is_possible(
    desk: Desk,
) -> None:
    async def scenario(officer: Officer) -> None:
        for place in PLACES:
            officer.app.action_go(place.id)
            await officer.settle()
            section = officer.app.screen
            assert isinstance(section, Stage)
            possible = {a.id for a in section.actions() if section.possible(a)}
            await officer.press("f1")
            assert isinstance(officer.app.screen, Help)
            shown = [action.id for action, _ in rows(officer)]
            assert len(shown) == len(set(shown))
            assert set(shown) <= possible
            assert "app.quit" in shown
            purpose = officer.app.screen.query_one("#purpose", Page).text
            first = officer.app.speech.say(section.PURPOSE[0])
            assert first.split()[-1] in purpose
            await officer.press("escape")

    work_with(desk, scenario, (80, 30))


def test_the_help_shows_what_is_done_by_a_key_and_does_it(desk: Desk) -> None:
    async def scenario(officer: Officer) -> None:
        await officer.press("question_mark")
        await officer.write("F7")
        assert [action.id for action, _ in rows(officer)][:1] == ["app.language"]
        await officer.press("enter")
        assert isinstance(officer.app.screen, Needs)
        assert officer.app.speech.language == "nl"

    work_with(desk, scenario)


def test_the_help_finds_by_a_word_in_the_language_of_the_moment(desk: Desk) -> None:
    async def scenario(officer: Officer) -> None:
        await officer.press("f7", "f7", "question_mark")
        fill(officer, "fristen")
        await officer.settle()
        assert "app.deadlines" in [action.id for action, _ in rows(officer)]

    work_with(desk, scenario)


def test_the_help_offers_nothing_that_a_dialog_cannot_do(desk: Desk) -> None:
    async def scenario(officer: Officer) -> None:
        await officer.press("s", "f1")
        assert isinstance(officer.app.screen, Help)
        shown = {action.id for action, _ in rows(officer)}
        assert "dialog.close" in shown
        assert "picker.pick" in shown
        assert not shown & {"app.undo", "app.needs", "app.palette"}
        await officer.press("escape")
        assert type(officer.app.screen) is Picker

    work_with(desk, scenario)


def test_help_over_help_is_not_opened(desk: Desk) -> None:
    async def scenario(officer: Officer) -> None:
        await officer.press("f1", "f1")
        assert len(officer.app.screen_stack) == 2

    work_with(desk, scenario)


def test_a_dialog_is_closed_once_however_fast_the_keys_come(desk: Desk) -> None:
    async def scenario(officer: Officer) -> None:
        for opening, closing in (("f1", "escape"), ("g", "full_stop")):
            await officer.press(opening)
            assert len(officer.app.screen_stack) == 2
            for _ in range(3):
                officer.app.post_message(Key(closing, None))
            await officer.settle()
            assert len(officer.app.screen_stack) == 1

    work_with(desk, scenario)


def test_what_is_open_over_a_dialog_goes_with_it(desk: Desk) -> None:
    async def scenario(officer: Officer) -> None:
        await officer.press("s")
        section, picker = officer.app.screen_stack
        await officer.press("f1")
        assert len(officer.app.screen_stack) == 3
        picker.dismiss(None)
        await officer.settle()
        assert officer.app.screen_stack == [section]

    work_with(desk, scenario)


# The palette.


def test_two_words_find_a_need_and_enter_goes_there(desk: Desk) -> None:
    async def scenario(officer: Officer) -> None:
        await officer.press("2", "ctrl+p")
        fill(officer, "a4 RECYCLE")
        await officer.settle()
        assert rows(officer)
        assert "A4" in rows(officer)[0].title
        await officer.press("enter")
        section = officer.app.screen
        assert isinstance(section, Needs)
        assert "A4" in section.grid.row.title
        assert "recyclé" in section.grid.row.title

    work_with(desk, scenario)


def test_a_command_is_there_at_once_and_done_by_enter(desk: Desk) -> None:
    async def scenario(officer: Officer) -> None:
        await officer.pilot.press("f9")
        assert isinstance(officer.app.screen, Palette)
        ids = [hit.id for hit in rows(officer)]
        assert "app.language" in ids
        assert "app.palette" not in ids
        await officer.settle()
        fill(officer, "deutsch")
        await officer.settle()
        assert rows(officer)[0].id == "language.de"
        await officer.press("enter")
        assert officer.app.speech.language == "de"
        assert desk.language == "de"

    work_with(desk, scenario)


def test_every_kind_of_record_is_found_and_gone_to(desk: Desk) -> None:
    async def scenario(officer: Officer) -> None:
        await officer.ask(lambda workspace: workspace.proposed())
        await officer.press("ctrl+p")
        places = {hit.id.partition("/")[0] for hit in rows(officer) if "/" in hit.id}
        assert places == {"needs", "proposals", "settings", "centres"}
        await officer.press("escape")
        first: dict[str, Hit] = {}
        await officer.press("ctrl+p")
        for hit in rows(officer):
            if "/" in hit.id:
                first.setdefault(str(hit.kind), hit)
        await officer.press("escape")
        assert len(first) == 9
        for hit in first.values():
            officer.app.work(hit.does())
            await officer.settle()
            place, _, id_ = hit.id.partition("/")
            assert officer.app.current_mode == place
            assert not officer.said, f"{hit.id}: {officer.said}"
            grid = officer.app.screen.query_one("#list", Grid)
            assert grid.listing is not None
            row = grid.cell if "programme" in str(hit.kind) else grid.row
            shown = getattr(getattr(row, "joined", None), "programme", "")
            assert id_ == shown or id_ in grid.listing.id_of(grid.row)

    work_with(desk, scenario)


def test_proposals_are_not_worked_out_for_the_palette(desk: Desk) -> None:
    async def scenario(officer: Officer) -> None:
        await officer.press("ctrl+p")
        assert len(rows(officer)) > 100
        known = await officer.ask(lambda workspace: workspace.proposed_already())
        assert known is None

    work_with(desk, scenario)


def test_the_palette_follows_the_language(desk: Desk) -> None:
    async def scenario(officer: Officer) -> None:
        await officer.press("ctrl+p")
        fill(officer, "aide")
        await officer.settle()
        assert "app.help" in [hit.id for hit in rows(officer)]
        await officer.press("f7")
        fill(officer, "hulp")
        await officer.settle()
        assert "app.help" in [hit.id for hit in rows(officer)]

    work_with(desk, scenario)


def test_ten_thousand_needs_are_found_among(desk: Desk) -> None:
    needs = list(desk.open().needs().values())
    plain = {
        field: getattr(needs[0], field)
        for field in ("administration", "nature", "status")
    }
    more = [
        Change(kind=Need, id=f"x{n}", value=Need(id=f"x{n}", title=f"Lot {n}", **plain))
        for n in range(10_000)
    ]
    desk.open().commit(more, why="many")

    async def scenario(officer: Officer) -> None:
        await officer.press("ctrl+p")
        fill(officer, "lot 9876")
        await officer.settle()
        assert [hit.title for hit in rows(officer)] == ["Lot 9876"]

    work_with(desk, scenario)


def test_what_begins_with_the_words_comes_before_what_contains_them() -> None:
    async def nothing() -> None: ...

    titles = ["Le papier", "Papier A4", "Peau", "A4 et papier", "Carton"]
    also = ["", "", "", "", "papier"]
    known = [
        (
            Hit(id=title, kind=say("Needs"), title=title, does=nothing),
            folded(title),
            folded(f"{title} {more}"),
        )
        for title, more in zip(titles, also, strict=True)
    ]
    found = [hit.id for hit, _, _ in ranked(known, "  PAPIER ")]
    assert found == ["Papier A4", "Le papier", "A4 et papier", "Carton"]
    assert [hit.id for hit, _, _ in ranked(known, "pap a4")] == [
        "Papier A4",
        "A4 et papier",
    ]
    assert not ranked(known, "papier x")
    assert len(ranked(known, " ")) == len(known)


# Messages, languages, colours.


def test_what_was_said_is_read_again_the_last_first(desk: Desk) -> None:
    async def scenario(officer: Officer) -> None:
        officer.app.tell(say("{name}", name="first"))
        officer.app.tell(say("{name}", name="second"), tone="warning")
        await officer.press("exclamation_mark")
        assert isinstance(officer.app.screen, Messages)
        text = officer.app.screen.query_one(Page).text
        assert text.index("! second") < text.index("first")
        assert re.search(r"\d\d:\d\d  ! second", text)
        await officer.press("escape")
        assert isinstance(officer.app.screen, Needs)

    work_with(desk, scenario)


def test_help_and_palette_cut_no_word_of_ours_at_80_columns(desk: Desk) -> None:
    async def scenario(officer: Officer) -> None:
        for language in LANGUAGES:
            officer.app.speak(language)
            for key in ("f1", "ctrl+p"):
                await officer.press(key)
                if key == "ctrl+p":
                    fill(officer, officer.app.speech.line(say("Language")))
                    await officer.settle()
                frame = officer.app.screen.query_one("#frame").region
                lines = officer.text().splitlines()[frame.y : frame.bottom]
                shown = [line[frame.x : frame.right] for line in lines]
                assert not any("…" in line for line in shown), shown
                await officer.press("escape")

    work_with(desk, scenario)


def test_the_language_reaches_the_dialogs_that_are_open(desk: Desk) -> None:
    async def scenario(officer: Officer) -> None:
        for key in ("s", "f1", "ctrl+p", "exclamation_mark"):
            officer.app.speak("fr")
            await officer.press(key)
            dialog = officer.app.screen
            await officer.press("f7")
            assert officer.app.screen is dialog
            assert Speech("nl").line(say("Close")) in officer.text()
            await officer.press("escape")

    work_with(desk, scenario)


@pytest.mark.parametrize("kept", ["", "jointbuy-light", "nord", "no such theme"])
def test_the_colours_that_were_kept_are_there_again(desk: Desk, kept: str) -> None:
    desk.keep_theme(kept)
    app = Terminal(desk)
    assert app.theme == (kept if kept in {"jointbuy-light", "nord"} else DEFAULT)
    assert app.has_class("-dark-mode") is app.current_theme.dark
    assert app.stylesheet._variables["primary"] == app.theme_variables["primary"]


def test_colours_chosen_in_the_palette_are_kept(desk: Desk) -> None:
    async def scenario(officer: Officer) -> None:
        await officer.press("ctrl+p")
        fill(officer, "nord")
        await officer.settle()
        assert rows(officer)[0].id == "theme.nord"
        await officer.press("enter")
        assert officer.app.theme == "nord"
        assert desk.theme == "nord"

    work_with(desk, scenario)


def luminance(color: Color) -> float:
    def linear(part: int) -> float:
        share = part / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(part) for part in color.rgb)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lights = sorted((luminance(Color.parse(one)), luminance(Color.parse(other))))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


@pytest.mark.parametrize("name", OWN)
def test_every_text_stands_out_from_every_ground_of_our_themes(
    desk: Desk, name: str
) -> None:
    app = Terminal(desk)
    theme = app.available_themes[name]
    colours = settle({**theme.to_color_system().generate(), **theme.variables})
    least = 7 if "contrast" in name else 4.5
    texts = ["foreground", "text-muted", "text-accent", "text-success"]
    for text in (*texts, "text-warning", "text-error"):
        for ground in ("background", "surface", "panel", "boost"):
            got = contrast(colours[text], colours[ground])
            assert got >= least, f"{text} on {ground}: {got:.1f}"
    for ground in ("primary", "primary-muted"):
        best = max(contrast(colours[ground], ink) for ink in ("#000000", "#ffffff"))
        assert best >= least, ground
