"""Whatever keys are pressed, the terminal stays up and speaks one language.

`JOINTBUY_KEYS` is how many are pressed in each language, 40 without it.
"""

from __future__ import annotations

import asyncio
import gettext
import os
import random
import re
from importlib import import_module
from typing import TYPE_CHECKING

import pytest

from jointbuy.l10n.catalogue import LOCALE, Catalogue
from jointbuy.tui.actions import CELLS, COMMON, GRID, LISTS, PLACES, SECTIONS
from jointbuy.tui.app import Terminal
from jointbuy.tui.section import Section
from jointbuy.tui.widgets.facets import FACETS
from tests.tui.officer import post, put_forward, settled, shown_on

if TYPE_CHECKING:
    from collections.abc import Container
    from pathlib import Path

    from jointbuy.workspace import Desk

KEYS = int(os.environ.get("JOINTBUY_KEYS", "40"))
SEED = int(os.environ.get("JOINTBUY_SEED", "20261123"))
MOVES = ("up", "down", "left", "right", "enter", "escape", "tab", "space", "backspace")
LEAVE = {"ctrl+q", "ctrl+c", "f7"}


def keys() -> list[str]:
    """Every key of the registry, those that move more often, and some letters."""
    actions = [*COMMON, *SECTIONS, *LISTS, *GRID, *CELLS, *FACETS]
    for place in PLACES:
        module = import_module(f"jointbuy.tui.{place.id}.section")
        actions += getattr(module, place.id.capitalize()).ACTIONS
    named = {key for action in actions for key in action.keys} - LEAVE
    return [*sorted(named), *MOVES * 8, *"aeio0127éß", *"+.-/"]


class Everything:
    """Where nothing is missing: what is said in the language of the sources."""

    def __contains__(self, text: object, /) -> bool:
        return True


def catalogued(language: str) -> Container[str]:
    """The sentences and words that have a translation; `""` needs none."""
    if language == "en":
        return Everything()
    found = gettext.translation("jointbuy", LOCALE, languages=[language])
    return {"", *vars(found)["_catalog"]}


@pytest.mark.parametrize("language", ["fr", "nl", "de", "en"])
def test_random_keys_neither_break_it_nor_leave_a_sentence_untranslated(
    desk: Desk, language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    desk.language = language
    missing: set[str] = set()
    known = catalogued(language)
    word = Catalogue.word

    def noticed(self: Catalogue, text: str) -> str:
        words = re.sub(r"\{\w+\}", "", text)  # nothing but gaps needs no translation
        if self.language == language and text not in known and re.search(r"\w", words):
            missing.add(text)
        return word(self, text)

    monkeypatch.setattr(Catalogue, "word", noticed)
    dice = random.Random(f"{SEED} {language}")
    every = keys()
    pressed: list[str] = []

    async def work() -> None:
        app = Terminal(desk)
        size = dice.choice(((80, 24), (140, 40)))
        with put_forward():
            await press(app, size)

    async def press(app: Terminal, size: tuple[int, int]) -> None:
        async with app.run_test(size=size) as pilot:
            await settled(app, pilot)
            for number in range(KEYS):
                if number % 25 == 0:  # not for ever in one dialog
                    for _ in range(6):
                        post(app, "escape")
                        await asyncio.sleep(0)
                    await settled(app, pilot)
                    if isinstance(app.screen, Section):
                        app.action_go(dice.choice(PLACES).id)
                pressed.append(dice.choice(every))
                post(app, pressed[-1])
                if dice.random() < 0.7:  # sometimes faster than it can follow
                    await settled(app, pilot)
                    assert shown_on(app).strip()
                assert app.is_running, pressed[-30:]
            await settled(app, pilot)
            assert not app.faults, (app.faults, pressed[-30:])

    try:
        asyncio.run(work())
    except BaseException as error:
        error.add_note(f"keys, the last of {len(pressed)}: {pressed[-40:]}")
        raise
    assert not missing
