"""The terminal itself: one register, one language at a time, one verb at a time."""

from __future__ import annotations

import asyncio
import gc
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from jointbuy.errors import JointbuyError, Message, named, say
from jointbuy.tui.actions import COMMON, PLACES, SECTIONS, bindings
from jointbuy.tui.section import ListSection, Section
from jointbuy.tui.speech import Speech
from jointbuy.tui.stage import Stage
from jointbuy.tui.themes import dress, settle
from jointbuy.tui.typing_ahead import TypingAhead
from jointbuy.tui.widgets.bars import Said, TopBar
from jointbuy.tui.widgets.grid import Grid
from jointbuy.workspace import told

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from textual.binding import BindingType
    from textual.screen import Screen

    from jointbuy.errors import Arg
    from jointbuy.tui.dialogs.dialog import Dialog
    from jointbuy.workspace import Desk, Workspace

T = TypeVar("T")

LANGUAGES = ("fr", "nl", "de", "en")

PATIENCE = 0.15
"""Seconds after which it is said that something is being done."""
SPOKEN = 20
"""Seconds a sentence stays."""
KEPT = 200
"""Sentences kept to be read again."""


def own(fault: Exception) -> Message:
    """What is said of a fault of the program."""
    return say(
        "jointbuy could not do that, by a fault of its own ({fault}). What was saved "
        "before is safe; please report it.",
        fault=f"{type(fault).__name__}: {fault}",
    )


def _keep() -> None:
    """Look for garbage from now on, but not in what was loaded so far."""
    gc.freeze()
    gc.enable()


def _section(place: str) -> Screen[None]:
    """The screen of a section; imported when it is first gone to."""
    module = import_module(f"jointbuy.tui.{place}.section")
    made: Screen[None] = getattr(module, place.capitalize())()
    return made


class Terminal(TypingAhead[None]):
    """A register on the screen of a procurement officer."""

    ENABLE_COMMAND_PALETTE = False
    TITLE = "jointbuy"
    DEFAULT_MODE = "needs"
    MODES: ClassVar[dict[str, Any]] = {
        place.id: partial(_section, place.id) for place in PLACES
    }
    CSS_PATH = "terminal.tcss"
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - as Textual declares it
        (0, "-narrow"),
        (100, "-wide"),
        (130, "-widest"),
    ]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (34, "-high")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [*bindings((*COMMON, *SECTIONS))]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        # What is said stands in a line of its own: no toasts, and no tooltips.
        self._disable_notifications = self._disable_tooltips = True
        dress(self, desk.theme)
        self.desk = desk
        self.speech = Speech(desk.language)
        self.said: tuple[Message, str] | None = None
        self.spoken: deque[tuple[datetime, Message, str]] = deque(maxlen=KEPT)
        self.faults: list[Exception] = []
        self._clerk = ThreadPoolExecutor(max_workers=1, thread_name_prefix="clerk")
        self.begun = not desk.missing
        self._workspace: Workspace | None = None
        self._home: Arg | None = None
        self._home_known = False
        self.near: int | None = None
        self._sentence = 0
        self._asked = 0

    def get_css_variables(self) -> dict[str, str]:
        """The colours of the theme, with a muted text that is muted on pages too."""
        return settle(super().get_css_variables())

    # What is done for the screens.

    @property
    def day(self) -> date | None:
        """The day the register is read on; not known before it was opened."""
        return self.desk.on or (self._workspace.on if self._workspace else None)

    def head(self) -> Message | Arg:
        """Whose register it is."""
        if self.desk.throwaway:
            return say("A copy of the sample, deleted when you leave")
        return self._home or say("Nobody’s register yet")

    @property
    def busy(self) -> bool:
        """Whether a verb is being done, or a key is on its way."""
        return self._asked > 0 or self.typing

    async def ask(self, verb: Callable[[Workspace], T]) -> T:
        """Have a verb done; one at a time, beside the screen.

        Raises:
            JointbuyError: whatever the verb raises; `work` makes a sentence of it.
        """
        loop = asyncio.get_running_loop()
        self._asked += 1
        patience = self.set_timer(PATIENCE, self._be_patient)
        try:
            return await loop.run_in_executor(self._clerk, self._do, verb)
        finally:
            self._asked -= 1
            patience.stop()
            if not gc.isenabled():
                self.call_after_refresh(_keep)
            if self.said is not None and self.said[0] == WORKING:
                self.hush()

    def _do(self, verb: Callable[[Workspace], T]) -> T:
        if self._workspace is None:
            self._workspace = self.desk.open()
        if not self._home_known:
            self._home = _home(self._workspace)
            self._home_known = True
        self._workspace.language = self.speech.language
        return verb(self._workspace)

    def _be_patient(self) -> None:
        if self.said is None:
            self._show(WORKING, "")

    def work(self, task: Coroutine[Any, Any, None], *, group: str = "work") -> None:
        """Do something that waits; what fails becomes a sentence.

        What is read beside the work, in a group of its own, holds back no key.
        """
        if group == "work":
            self.opens()
        self.run_worker(self._guarded(task), group=group, exit_on_error=False)

    async def _guarded(self, task: Coroutine[Any, Any, None]) -> None:
        try:
            await task
        except JointbuyError as error:
            if self.begun and self._workspace is None:
                self.start(error.message)
            else:
                self.tell(error.message, tone="error")
        except Exception as error:  # noqa: BLE001 - an officer never sees a traceback
            self.faults.append(error)
            self.tell(own(error), tone="error")
        finally:
            self.opened()

    async def put(self, dialog: Dialog[T]) -> T | None:
        """Put a dialog over the section and wait for its answer; inside `work` only."""
        answer = self.push_screen(dialog, wait_for_dismiss=True)
        dialog.call_after_refresh(self.opened)
        return await answer

    def tell(self, message: Message, *, tone: str = "") -> None:
        """Say a sentence: a plain one, a `warning` or an `error`."""
        self.spoken.append((datetime.now().astimezone(), message, tone))
        self._show(message, tone)
        self._sentence += 1
        now = self._sentence
        if not tone:
            self.set_timer(SPOKEN, lambda: self._fade(now))

    def _fade(self, sentence: int) -> None:
        if self._sentence == sentence:
            self.hush()

    def hush(self) -> None:
        """Say nothing any more."""
        self.said = None
        self._relabel_said()

    def _show(self, message: Message, tone: str) -> None:
        self.said = (message, tone)
        self._relabel_said()

    def _relabel_said(self) -> None:
        for stack in self._screen_stacks.values():
            for screen in stack:
                for said in screen.query(Said):
                    said.relabel()

    def changed(self) -> None:
        """Something in the register is another now: every section reads it again."""
        self._home_known = False
        self.near = None
        for stack in self._screen_stacks.values():
            for screen in stack[:1]:
                if isinstance(screen, Section):
                    screen.stale = True
        section = self._screen_stack[0] if self._screen_stack else None
        if isinstance(section, Section):
            section.reread()

    def count_near(self, deadlines: int) -> None:
        """Say in every section how many deadlines lie within 30 days.

        Known once the deadlines were read, until something changes: they are not read
        for the count alone.
        """
        self.near = deadlines
        for stack in self._screen_stacks.values():
            for screen in stack:
                for bar in screen.query(TopBar):
                    bar.relabel()

    # Where no register is open yet.

    def on_mount(self) -> None:
        """Ask what to begin with, where there is no register."""
        if not self.begun:
            self.start()

    def start(self, fault: Message | None = None) -> None:
        """Ask what to begin with; `fault` is why the register cannot be opened."""
        from jointbuy.tui.start.screen import Start

        self.begun = False
        if not any(isinstance(screen, Start) for screen in self.screen_stack):
            self.push_screen(Start(fault))

    def lend(self, workspace: Workspace | None) -> None:
        """Do every verb on this from now on; on what is on the desk without one."""
        self._workspace = workspace
        self._home_known = False

    def begin(self) -> None:
        """The register is open: every section may read it."""
        self.begun = True
        self.changed()

    async def show(self, place: str, id_: str) -> None:
        """Go to a section and look at one of its records there."""
        await self.switch_mode(place)
        section = self.screen
        if isinstance(section, ListSection) and not await section.look_at(id_):
            self.tell(say("“{id}” is not in this section any more.", id=id_))

    # What can be done everywhere.

    def action_go(self, place: str) -> None:
        """Go to a section."""
        if place in self.MODES and place != self.current_mode:
            self.hush()
            self.opens()
            self.switch_mode(place)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Sections and panes are changed from a section only, not from a dialog."""
        if action in {"go", "step", "jump", "undo", "redo", "palette", "messages"}:
            return isinstance(self.screen, Section)
        if action == "help":
            return isinstance(self.screen, Stage) and not self.screen.HELPS
        return super().check_action(action, parameters)

    def action_step(self, by: int) -> None:
        """Go to the section beside."""
        ids = [place.id for place in PLACES if place.id in self.MODES]
        self.action_go(ids[(ids.index(self.current_mode) + by) % len(ids)])

    def action_jump(self) -> None:
        """Ask for a letter, and go there."""
        self.work(self._jump())

    async def _jump(self) -> None:
        from jointbuy.tui.dialogs.jump import Jump

        place = await self.put(Jump())
        if place == "top":
            for grid in self.screen.query(Grid):
                grid.action_move(-len(grid.rows))
        elif place is not None:
            self.action_go(place)

    def action_pane(self, by: int) -> None:
        """Go to the next or the previous part of the screen."""
        if by > 0:
            self.screen.focus_next()
        else:
            self.screen.focus_previous()

    def action_help(self) -> None:
        """Say what can be done here, and do what is chosen."""
        if isinstance(self.screen, Stage):
            self.work(self._help(self.screen))

    async def _help(self, stage: Stage[Any]) -> None:
        from jointbuy.tui.dialogs.help import Help

        chosen = await self.put(Help(stage))
        if chosen is not None:
            await stage.perform(chosen[0])

    def action_palette(self) -> None:
        """Search every command and record; do what is chosen, or go there."""
        if isinstance(self.screen, Stage):
            self.work(self._palette(self.screen))

    async def _palette(self, stage: Stage[Any]) -> None:
        from jointbuy.tui.dialogs.palette import Palette, commands

        hit = await self.put(Palette(commands(stage), self.speech))
        if hit is not None:
            await hit.does()

    def action_messages(self) -> None:
        """Read again what was said."""
        self.work(self._messages())

    async def _messages(self) -> None:
        from jointbuy.tui.dialogs.messages import Messages

        await self.put(Messages())

    def action_undo(self) -> None:
        """Take back the last change."""
        self.work(self._turn(lambda w: told(w, w.undo())))

    def action_redo(self) -> None:
        """Do again what was taken back."""
        self.work(self._turn(lambda w: told(w, w.redo())))

    async def _turn(self, verb: Callable[[Workspace], Message]) -> None:
        self.tell(await self.ask(verb))
        self.changed()

    def action_language(self) -> None:
        """Read everything in the next language."""
        now = LANGUAGES.index(self.speech.language)
        self.speak(LANGUAGES[(now + 1) % len(LANGUAGES)], keep=self.begun)

    def speak(self, language: str, *, keep: bool = True) -> None:
        """Read everything in that language; from now on, where it is to be kept."""
        self.speech = Speech(language)
        if keep:
            self.desk.keep_language(language)
        for stack in self._screen_stacks.values():
            for screen in stack:
                if isinstance(screen, Stage):
                    screen.relabel()

    def colour(self, theme: str) -> None:
        """Show everything in these colours from now on."""
        self.theme = theme
        self.desk.keep_theme(theme)

    def action_help_quit(self) -> None:
        """Leave on ctrl+c too: everything is saved already."""
        self.exit()

    def on_unmount(self) -> None:
        """Whatever is being kept is kept to the end."""
        self._clerk.shutdown(wait=True)

    def _fatal_error(self) -> None:
        """Close without showing the inside of the program; `run` says what it was."""
        if self._exception is not None:
            self.faults.append(self._exception)
        self._close_messages_no_wait()


WORKING = say("One moment …")


def _home(workspace: Workspace) -> Arg | None:

    home = workspace.administrations().get(workspace.register.home)
    return named(home.names) if home else None
