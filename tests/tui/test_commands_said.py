"""A sentence that names a command tells on the screen which key does the same."""

from __future__ import annotations

from importlib import import_module

import pytest

from jointbuy.cli import COMMANDS
from jointbuy.errors import say
from jointbuy.tui.actions import COMMON, PLACES
from jointbuy.tui.commands import KEYS
from jointbuy.tui.speech import Speech


def keys_of(place: str) -> set[str]:
    """Every key of a section; without one, those that are the same everywhere."""
    if not place:
        return {key for action in COMMON for key in action.keys} | {"e"}
    actions = import_module(f"jointbuy.tui.{place}.actions")
    known = vars(actions).get("ACTIONS") or actions.DEADLINES
    return {key for action in known for key in action.keys}


@pytest.mark.parametrize("command", KEYS)
def test_the_key_told_for_a_command_is_one_of_its_section(command: str) -> None:
    place, key = KEYS[command]
    assert not key or key in keys_of(place)
    assert not place or place in {each.id for each in PLACES}
    assert command == "edit" or command.partition(" ")[0] in COMMANDS


def test_a_command_is_told_as_a_key_and_the_users_own_text_as_it_stands() -> None:
    asked = say("There is no answer to prove yet: record it with `interest answer`.")
    assert "a (3 Centrales)" in Speech("fr").say(asked)
    assert "a (3 Zentralen)" in Speech("de").say(asked)
    named = say("“{id}” is there already: change it with `edit`.", id="`undo`")
    assert Speech("en").say(named) == "“`undo`” is there already: change it with e."
    needed = say("Take it back with `undo {id}`, or see `restore`.", id="x")
    assert Speech("en").say(needed) == "Take it back with u, or see `restore`."
