"""One key at a time: what is typed faster than a dialog opens is meant for it."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import TYPE_CHECKING, TypeVar

from textual.app import App
from textual.events import Event, Key
from textual.message import Message

if TYPE_CHECKING:
    from textual.message_pump import MessagePump

T = TypeVar("T")

HELD = 0.4
"""Seconds keys wait at most for what the one before them opens."""


class Taken(Message, bubble=True):
    """Follows a key on its way, so that it arrives when the key has had its effect."""


class TypingAhead(App[T]):
    """An app that takes a key only after the one before it has had its effect.

    Without this the keys that follow `/` at the speed of a paste would still reach the
    list, and each letter would be a command. `opens()` is called by what a key began
    and will take the next ones; `opened()` when it can.
    """

    def __init__(self) -> None:
        super().__init__()
        self._typed: deque[Key] = deque()
        self._under_way = 0
        self._passed = False
        self._opening = False
        self._keys = 0
        self._held: asyncio.TimerHandle | None = None

    @property
    def typing(self) -> bool:
        """Whether a key is still on its way."""
        return self._under_way > 0

    async def on_event(self, event: Event) -> None:
        """Hold a key back while another one is on its way."""
        if not isinstance(event, Key) or event.is_forwarded:
            await super().on_event(event)
        elif self._under_way:
            self._typed.append(event)
        else:
            await self._take(event)

    async def _take(self, key: Key) -> None:
        self._keys += 1
        self._under_way = now = self._keys
        self._passed = self._opening = False
        loop = asyncio.get_running_loop()
        self._held = loop.call_later(HELD, self.call_later, self._go_on, now)
        target: MessagePump = self.focused or self.screen
        await super().on_event(key)
        if not target.post_message(Taken()):
            await self._through()

    def on_taken(self) -> None:
        """The key has passed every widget; what it asked of the app comes first."""
        self.call_later(self._through)

    async def _through(self) -> None:
        self._passed = True
        if not self._opening:
            await self._go_on(self._under_way)

    async def _go_on(self, key: int) -> None:
        if key and key == self._under_way:
            self._under_way = 0
            if self._held is not None:
                self._held.cancel()
            if self._typed:
                await self._take(self._typed.popleft())

    def opens(self) -> None:
        """What this key began may open something that takes the next ones."""
        self._opening = self._under_way > 0

    def opened(self) -> None:
        """It is open, or nothing will be."""
        if self._opening:
            self._opening = False
            if self._passed:
                self.call_later(self._go_on, self._under_way)
