"""What sections and dialogs share: keys from the registry, and one way to speak."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, cast

from textual.await_complete import AwaitComplete
from textual.dom import NoScreen
from textual.keys import key_to_character
from textual.screen import Screen

from jointbuy.tui.actions import COMMON, SECTIONS, Action, key_name

if TYPE_CHECKING:
    from textual.dom import DOMNode
    from textual.widget import Widget

    from jointbuy.errors import Message
    from jointbuy.tui.app import Terminal
    from jointbuy.tui.speech import Speech

T = TypeVar("T")


def terminal_of(node: DOMNode) -> Terminal:
    """The terminal a widget or a screen belongs to."""
    return cast("Terminal", node.app)


def speech_of(node: DOMNode) -> Speech:
    """How that terminal speaks at the moment."""
    return terminal_of(node).speech


class Stage(Screen[T]):
    """A screen whose keys, footer and help come from the registry of actions.

    `ACTIONS` are its own; `can_<name>()` says whether one of them makes sense now.
    `PURPOSE` is what the help says the screen is for; `HELPS` says that it is itself
    the help.
    """

    ACTIONS: tuple[Action, ...] = ()
    PURPOSE: tuple[Message, ...] = ()
    EVERYWHERE: tuple[Action, ...] = (*COMMON, *SECTIONS)
    HELPS: bool = False

    @property
    def terminal(self) -> Terminal:
        """The terminal it is part of."""
        return terminal_of(self)

    @property
    def speech(self) -> Speech:
        """How it speaks."""
        return speech_of(self)

    def actions(self) -> tuple[Action, ...]:
        """What can be done here, whether it makes sense at the moment or not."""
        focused = tuple(getattr(self.focused, "ACTIONS", ()))
        return (*self.ACTIONS, *focused, *self.EVERYWHERE)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether an action of this screen makes sense now: while it is there."""
        del parameters
        if not self.is_mounted or not self.is_attached:
            return False
        can = getattr(self, f"can_{action}", None)
        return can() if can is not None else True

    def possible(self, action: Action) -> bool:
        """Whether an action makes sense now, whoever does it."""
        doer: Widget | Terminal | Stage[T] | None = {
            "app": self.terminal,
            "focused": self.focused,
        }.get(action.where, self)
        if doer is None:
            return False
        name = action.call.partition("(")[0]
        return hasattr(doer, f"action_{name}") and bool(doer.check_action(name, ()))

    def offered(self) -> list[tuple[Action, str]]:
        """What can be done now, each with the key that does it, as it is written."""
        found: list[tuple[Action, str]] = []
        known: set[str] = set()
        for action in self.actions():
            if action.id in known or not self.possible(action):
                continue
            known.add(action.id)
            free = [key for key in action.keys if not self._typed(key)]
            if free:
                first = action.shown if free[0] == action.keys[0] else ""
                found.append((action, first or key_name(free[0])))
        return found

    def rank_of(self, action: Action) -> int:
        """Its place in the footer, lowest first; 0 is left out of it."""
        return action.rank

    def _typed(self, key: str) -> bool:
        """Whether the field that has the focus takes that key for text."""
        sign = key_to_character(key)
        if self.focused is None or sign is None:
            return False
        return self.focused.check_consume_key(key, sign)

    async def perform(self, action: Action) -> None:
        """Do it, as if its key had been pressed."""
        doer = {"app": self.terminal, "focused": self.focused}.get(action.where, self)
        if doer is not None and self.possible(action):
            await self.terminal.run_action(action.call, doer)

    def dismiss(self, result: T | None = None) -> AwaitComplete:
        """Close it, once, with whatever is open over it."""
        stack = self.app.screen_stack
        if self not in stack:  # two keys that close came before it was gone
            return AwaitComplete()
        for above in reversed(stack[stack.index(self) + 1 :]):
            above.dismiss(None)
        return super().dismiss(result)

    def relabel(self) -> None:
        """Say everything in the language of the moment."""
        for node in self.query("*"):
            again = getattr(node, "relabel", None)
            if again is not None:
                again()
        self.refresh_bindings()


def on_stage(node: DOMNode) -> Stage[object] | None:
    """The screen of a widget, while it has one."""
    try:
        screen = node.screen
    except NoScreen:
        return None
    return screen if isinstance(screen, Stage) else None
