"""An officer at the terminal: presses keys, clicks, and reads what is on the screen."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, contextmanager
from time import monotonic
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from textual import _time
from textual._compositor import Compositor
from textual.css.stylesheet import Stylesheet
from textual.events import Key
from textual.keys import _character_to_key, key_to_character
from textual.widgets import Input

from jointbuy.tui.app import Terminal

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

    from textual.pilot import Pilot
    from textual.widget import Widget

    from jointbuy.workspace import Desk, Workspace

SOON = 0.2
"""Seconds within which what waits for a pause in the typing is done."""
PATIENCE = 20
"""Seconds after which a test goes on whatever is still being done."""


class Officer:
    """Works at one terminal until nothing moves any more after each step."""

    def __init__(self, app: Terminal, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    async def settle(self) -> None:
        """Wait until what was begun is done; dialogs may stay open."""
        await settled(self.app, self.pilot)

    async def press(self, *keys: str) -> None:
        """Press these keys, each after the one before has had its effect."""
        for key in keys:
            post(self.app, key)
            await self.settle()

    async def write(self, text: str) -> None:
        """Type a text into the field that has the focus, as fast as a terminal does."""
        for sign in text:
            post(self.app, sign)
        await self.settle()

    async def click(
        self, where: Widget | type[Widget] | str, at: tuple[int, int] = (0, 0)
    ) -> None:
        """Click there."""
        await self.pilot.click(where, offset=at)
        await self.settle()

    def text(self) -> str:
        """Everything on the screen, the section under a dialog included."""
        return shown_on(self.app)

    def line(self, at: int) -> str:
        """One line of the screen; -1 is the last."""
        return self.text().splitlines()[at].rstrip()

    @property
    def said(self) -> str:
        """The sentence on the screen, in English; empty when there is none."""
        return "" if self.app.said is None else str(self.app.said[0])

    async def ask(self, verb: Callable[[Workspace], object]) -> object:
        """What the register holds now."""
        return await self.app.ask(verb)


def fill(officer: Officer, text: str) -> None:
    """Have the line that has the focus hold that, at once."""
    line = officer.app.focused
    assert isinstance(line, Input)
    line.value = text


def work_with(
    desk: Desk,
    scenario: Callable[[Officer], Awaitable[None]],
    size: tuple[int, int] = (80, 24),
) -> None:
    """Have an officer work through a scenario at a terminal of that size."""

    async def run() -> None:
        async with opened(desk, size) as (app, pilot):
            await scenario(Officer(app, pilot))

    asyncio.run(run())


@asynccontextmanager
async def opened(
    desk: Desk, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[tuple[Terminal, Pilot[None]]]:
    """A terminal of that size, with its register read."""
    app = Terminal(desk)
    with (
        put_forward(),
        patch.object(Compositor, "render_update", _unseen),
        patch.object(Stylesheet, "_parse_rules", _parsed_once),
    ):
        async with app.run_test(size=size) as pilot:
            await settled(app, pilot)
            yield app, pilot


class Clock:
    """The time, ahead of that of the machine by what nobody waited for."""

    ahead = 0.0

    def __call__(self) -> float:
        return monotonic() + self.ahead


CLOCK = Clock()


@contextmanager
def put_forward() -> Iterator[None]:
    """Have the loop that runs, and the timers of Textual, go by that clock."""
    CLOCK.ahead = 0.0
    loop: Any = asyncio.get_running_loop()
    loop.time = CLOCK
    with patch.object(_time, "get_time", CLOCK):
        yield


_parse, _rules = Stylesheet._parse_rules, dict[Any, Any]()


def _parsed_once(sheet: Stylesheet, *values: Any, **named: Any) -> Any:
    """The rules of a style sheet; the same for every terminal of these colours."""
    key = (tuple(sheet._variables.items()), values, tuple(named.items()))
    if key not in _rules:
        _rules[key] = _parse(sheet, *values, **named)
    return _rules[key]


def _unseen(compositor: Compositor, **_: object) -> None:
    """Draw nothing until somebody reads the screen; half the time of a test."""
    compositor._dirty_regions.clear()


def post(app: Terminal, key: str) -> None:
    """Send a key to the terminal: its name, or the sign itself."""
    name = _character_to_key(key) if len(key) == 1 else key
    sign = key if len(key) == 1 else key_to_character(key)
    event = Key(name, sign)
    event.set_sender(app)
    assert app._driver is not None
    app._driver.send_message(event)


async def settled(app: Terminal, pilot: Pilot[None]) -> None:
    """Wait until what was begun is done; a fault of the terminal fails the test.

    Nothing is ready to run, no verb is being done, and no timer ends soon; where the
    clock may be put forward, nobody waits for such a timer.
    """
    del pilot
    loop: Any = asyncio.get_running_loop()
    end = monotonic() + PATIENCE
    while monotonic() < end:
        await asyncio.sleep(0)
        if app.busy:
            await asyncio.sleep(0.002)
        elif not loop._ready:
            soon = [
                each.when() - loop.time()
                for each in loop._scheduled
                if not each.cancelled() and each.when() - loop.time() < SOON
            ]
            if not soon:
                break
            if loop.time is CLOCK:
                CLOCK.ahead += max(min(soon), 0)
            else:
                await asyncio.sleep(max(min(soon), 0.001))
    if app._exception is None:
        assert not app.faults, app.faults


def shown_on(app: Terminal) -> str:
    """The text on the screen, or of the dialog that is open on it."""
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(part.text for part in strip) for strip in strips)
