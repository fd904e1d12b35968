"""The lines around a section: who and where, the sections, what was said, the keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget

from jointbuy.errors import say
from jointbuy.tui.actions import PLACES
from jointbuy.tui.prose import plain
from jointbuy.tui.stage import Stage, on_stage, speech_of, terminal_of

if TYPE_CHECKING:
    from textual.events import Click

    from jointbuy.tui.actions import Action

WIDE = 100
MOST = 8
"""Keys in the footer of a screen of 80 columns."""


class Line(Widget):
    """One line of text with parts that can be clicked."""

    DEFAULT_CSS = "Line { height: 1; width: 1fr; }"
    ALLOW_SELECT = False

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._spans: list[tuple[int, int, str]] = []

    def relabel(self) -> None:
        """Say it again."""
        self.refresh()

    def parts(self) -> list[tuple[Content, str]]:
        """The texts from left to right, each with what a click on it does."""
        return []

    def render(self) -> Content:
        """The parts beside each other, and where each stands."""
        line, self._spans = Content(), []
        for text, does in self.parts():
            start = line.cell_length
            line = line + text
            if does:
                self._spans.append((start, line.cell_length, does))
        return line.truncate(max(self.size.width, 1))

    async def on_click(self, event: Click) -> None:
        """Do what stands there."""
        for start, end, does in list(self._spans):
            if start <= event.x < end:
                event.stop()
                await self.clicked(does)
                return

    async def clicked(self, does: str) -> None:
        """A part was clicked."""
        await self.app.run_action(does, self.screen)


class TopBar(Line):
    """Whose register it is, and in which language and on which day it is read."""

    DEFAULT_CSS = "TopBar { background: $panel; }"

    def parts(self) -> list[tuple[Content, str]]:
        """The name to the left, language and day to the right."""
        terminal = terminal_of(self)
        speech = terminal.speech
        right = f"{speech.language.upper()} "
        day = speech.day(terminal.day)
        left = Content(" ") + plain("jointbuy", "bold $text-accent") + Content("  ")
        near = self._near()
        room = self.size.width - left.cell_length - len(right) - len(day) - 4
        room -= near.cell_length
        name = plain(speech.line(terminal.head())).truncate(max(room, 0), ellipsis=True)
        gap = " " * max(room - name.cell_length, 0)
        return [
            (left + name + Content(gap + "  "), ""),
            (near, "app.go('deadlines')"),
            (plain(day, "$text-muted"), ""),
            (Content("  "), ""),
            (plain(right, "bold"), "app.language"),
        ]

    def _near(self) -> Content:
        """How many deadlines lie within 30 days, where it is known and fits."""
        terminal = terminal_of(self)
        if not terminal.near or self.size.width < WIDE:
            return Content()
        text = say("Deadlines within 30 days: {n}", n=terminal.near)
        return plain(f"! {terminal.speech.line(text)}   ", "$text-warning")


class SectionBar(Line):
    """The sections, with the one that is open."""

    DEFAULT_CSS = "SectionBar { background: $surface; }"

    def parts(self) -> list[tuple[Content, str]]:
        """Each section behind its number."""
        speech, open_ = speech_of(self), self.app.current_mode
        found = []
        for number, place in enumerate(PLACES, start=1):
            style = "bold $text on $primary" if place.id == open_ else ""
            title = f" {number} {speech.line(place.title)} "
            found.append((plain(title, style), f"app.go('{place.id}')"))
        return found


class Said(Widget):
    """The last sentence, until another is said."""

    DEFAULT_CSS = """
    Said { height: auto; min-height: 1; max-height: 5; padding: 0 1; }
    """
    ALLOW_SELECT = False

    def relabel(self) -> None:
        """Say it again."""
        self.refresh(layout=True)

    def render(self) -> Content:
        """The sentence, with a sign where it warns."""
        terminal = terminal_of(self)
        if terminal.said is None:
            return Content()
        message, tone = terminal.said
        sign = "! " if tone in {"warning", "error"} else ""
        style = {"warning": "$text-warning", "error": "$text-error"}.get(tone, "")
        return plain(sign + terminal.speech.say(message), style)


class KeyBar(Line):
    """What can be done now: the keys of the highest ranks, as many as fit whole."""

    DEFAULT_CSS = "KeyBar { background: $panel; }"

    def on_mount(self) -> None:
        """Follow what becomes possible."""
        self.screen.bindings_updated_signal.subscribe(self, lambda _: self.refresh())

    def parts(self) -> list[tuple[Content, str]]:
        """The keys that fit, lowest rank first."""
        stage = on_stage(self)
        if stage is None:
            return []
        return [
            (plain(f" {key}", "bold $text-accent") + plain(f" {label} "), action.id)
            for action, key, label in self._fitting(stage)
        ]

    def _fitting(self, stage: Stage[object]) -> list[tuple[Action, str, str]]:
        speech = speech_of(self)
        ranked = sorted(
            ((a, key) for a, key in stage.offered() if a.rank),
            key=lambda pair: stage.rank_of(pair[0]),
        )
        room = self.size.width
        found: list[tuple[Action, str, str]] = []
        most = MOST if room < 100 else 2 * MOST  # noqa: PLR2004
        for action, key in ranked:
            label = speech.line(action.label)
            wide = plain(f" {key} {label} ").cell_length
            if wide <= room and len(found) < most:
                found.append((action, key, label))
                room -= wide
        return found

    async def clicked(self, does: str) -> None:
        """Do what the key does."""
        stage = on_stage(self)
        if stage is not None:
            for action in stage.actions():
                if action.id == does:
                    await stage.perform(action)
                    return
