"""The steps of a plan below each other: their days, their slack, and bars of time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import RenderOptions

from jointbuy.errors import say
from jointbuy.l10n import format as written
from jointbuy.model import StepKind
from jointbuy.tui.actions import GRID, Action, bindings
from jointbuy.tui.prose import plain
from jointbuy.tui.stage import speech_of
from jointbuy.tui.widgets.scrolling import extend

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual.binding import BindingType
    from textual.events import Click, Resize

    from jointbuy.model import Milestone, Plan
    from jointbuy.tui.speech import Speech

MOVES = tuple(
    action for action in GRID if action.id.rpartition(".")[2] not in {
        "mark", "mark_down", "mark_up", "mark_all", "mark_none",
    }
)  # fmt: skip
"""What a list does and the steps too."""

CRITICAL, DONE, BREAKS, FIXED = "█", "✓", "!", "▼"
DAY, LEFT, SLACK = 10, 5, 7
SIGNED = 5
"""Columns of the cursor and the signs."""
FIGURES = SIGNED + DAY + 1 + LEFT + 1 + SLACK + 2
"""Columns before the name of a step."""
BARRED = SIGNED + DAY + 1 + SLACK + 2
"""Columns before its bar, where the name stands elsewhere."""
BESIDE = 110
"""From this width on names and bars stand beside each other."""
TWICE = 2
DUE, ROOM, WAIT, TODAY, LATE = "◆", "═", "·", "┊", "!"
TONES = {BREAKS: "$text-error", DONE: "$text-muted", FIXED: "$text-accent"}


def counts(step: Milestone) -> bool:
    """Whether there are days left for it; what only marks the time has none."""
    return step.slack is not None and not (
        step.kind is StepKind.ANCHOR and step.slack < 0
    )


def breaks(plan: Plan, step: Milestone) -> bool:
    """Whether it cannot be taken in time."""
    if step.done is not None:
        return False
    named = any(breach.milestone == step.code for breach in plan.breaches)
    return named or (step.margin is not None and step.margin < 0)


def signs(plan: Plan, step: Milestone) -> str:
    """Whether it decides the start, and whether it is done, fixed, or too late."""
    path = CRITICAL if step.critical else " "
    if step.done is not None:
        return path + DONE
    if breaks(plan, step):
        return path + BREAKS
    return path + (FIXED if step.forced else " ")


def left(step: Milestone) -> str:
    """The days left until its last day."""
    return str(step.slack) if counts(step) and step.done is None else ""


def slack(step: Milestone) -> str:
    """The days by which it can slip without moving the start."""
    return "" if step.margin is None or step.done is not None else f"{step.margin:+d}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The days that the bars of a plan show, in so many columns."""

    first: date
    last: date
    width: int

    def column(self, day: date) -> int:
        """The column of a day; the nearest edge for one outside."""
        days = (self.last - self.first).days + 1
        at = (day - self.first).days * self.width // days
        return max(0, min(at, self.width - 1))

    def ruler(self, language: str) -> str:
        """The names of the months over their first days, as far as they fit."""
        line, year, day = "", 0, self.first.replace(day=1)
        while day <= self.last:
            at = self.column(day) if day >= self.first else 0
            month, _, number = written.month(day, language).rpartition(" ")
            text = f"{month} {number[2:]}" if day.year != year else month
            if (not line or at > len(line)) and at + len(text) <= self.width:
                line = line.ljust(at) + text
                year = day.year
            day = (day + timedelta(days=31)).replace(day=1)
        return line.ljust(self.width)


def span_of(plan: Plan, width: int) -> Span:
    """From today or the first step still to be taken, to the last step."""
    ahead = [step.day for step in plan.milestones if step.done is None]
    days = [day for day in ahead if day >= plan.on] or [plan.wanted]
    early = [
        step.earliest for step in plan.milestones if step.earliest and not step.done
    ]
    last = max([*days, *early, plan.on + timedelta(days=width)])
    return Span(first=plan.on, last=last, width=max(width, 1))


def bar_of(plan: Plan, step: Milestone, span: Span) -> str:
    """Its line: waiting, the days between which it can be taken, its last day.

    Days that are missing are drawn as exclamation marks.
    """
    cells = [" "] * span.width
    cells[0] = TODAY
    due = span.column(step.day)
    if step.done is not None:
        cells[span.column(step.done)] = DONE
        return "".join(cells)
    if step.earliest is not None:
        begin = span.column(step.earliest)
        for at in range(1, min(begin, due)):
            cells[at] = WAIT
        for at in range(begin, due):
            cells[at] = ROOM
        for at in range(due + 1, begin + 1):
            cells[at] = LATE
    cells[due] = LATE if breaks(plan, step) else FIXED if step.forced else DUE
    return "".join(cells)


class Steps(ScrollView, can_focus=True):
    """The steps of a plan; one is looked at."""

    ALLOW_SELECT = False
    ACTIONS: ClassVar[tuple[Action, ...]] = MOVES
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(MOVES)]
    COMPONENT_CLASSES: ClassVar[set[str]] = {"steps--header", "steps--cursor"}
    DEFAULT_CSS = """
    Steps { background: $surface; overflow-x: hidden; }
    Steps > .steps--header { background: $panel; color: $text; text-style: bold; }
    Steps > .steps--cursor { background: $primary-muted; color: $text; }
    Steps:focus > .steps--cursor { background: $primary; color: $text; }
    """

    class Moved(Message):
        """Another step is looked at."""

    class Opened(Message):
        """A step was chosen: Enter, or a double click."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.plan: Plan | None = None
        self.at = 0
        self.barred = False
        self._lines: list[tuple[int, Content]] = []
        self._strips: dict[tuple[int, bool], Strip] = {}

    @property
    def steps(self) -> Sequence[Milestone]:
        """What is listed."""
        return self.plan.milestones if self.plan is not None else ()

    @property
    def step(self) -> Milestone | None:
        """The step that is looked at."""
        return self.steps[self.at] if 0 <= self.at < len(self.steps) else None

    def show(self, plan: Plan, code: str = "") -> None:
        """Show this plan, and look at that step of it, or at the same as before."""
        wanted = code or (self.step.code if self.step else "")
        self.plan = plan
        codes = [step.code for step in plan.milestones]
        self.at = codes.index(wanted) if wanted in codes else 0
        self.relabel()
        self.post_message(self.Moved())

    def turn(self) -> None:
        """Show bars instead of names, or names again."""
        self.barred = not self.barred
        self.relabel()

    def relabel(self) -> None:
        """Say it again, folded to the width."""
        width = self.size.width
        if width <= FIGURES or self.plan is None:
            return
        self._strips.clear()
        speech = speech_of(self)
        self._lines = list(self._laid_out(self.plan, width - 1, speech))
        extend(self, Size(width - 1, len(self._lines) + 1))
        self._follow()
        self.refresh()

    def _laid_out(
        self, plan: Plan, width: int, speech: Speech
    ) -> Iterator[tuple[int, Content]]:
        """The lines of every step, each with the number of its step."""
        names, bars = self._columns(width)
        span = span_of(plan, bars) if bars else None
        for at, step in enumerate(plan.milestones):
            tone = TONES.get(signs(plan, step)[1], "")
            text = self._figures(plan, step, speech, named=bool(names))
            first = plain(text, tone)
            drawn = plain(bar_of(plan, step, span), tone) if span else Content()
            if not names:
                yield at, first + drawn
                continue
            folded = plain(speech.say(step.label)).wrap(max(names - 1, 8))
            for number, line in enumerate(folded):
                start = first if number == 0 else Content(" " * FIGURES)
                gap = Content(" " * (names - line.cell_length))
                behind = gap + drawn if span and number == 0 else Content()
                yield at, start + line + behind

    def _columns(self, width: int) -> tuple[int, int]:
        """The columns of the names, and of the bars."""
        if width >= BESIDE:
            names = (width - FIGURES) * 11 // 20
            return names, width - FIGURES - names
        return (0, width - BARRED) if self.barred else (width - FIGURES, 0)

    def _figures(
        self, plan: Plan, step: Milestone, speech: Speech, *, named: bool
    ) -> str:
        start = f"  {signs(plan, step)} {speech.day(step.day)} "
        days = f"{left(step):>{LEFT}} " if named else ""
        return f"{start}{days}{slack(step):>{SLACK}}  "

    def _follow(self) -> None:
        """Scroll so that the step looked at is seen whole."""
        mine = [n for n, (at, _) in enumerate(self._lines) if at == self.at]
        if not mine:
            return
        room, top = max(self.size.height - 1, 1), self.scroll_offset.y
        if mine[0] < top:
            self.scroll_to(y=mine[0], animate=False)
        elif mine[-1] >= top + room:
            self.scroll_to(y=mine[-1] - room + 1, animate=False)

    def action_move(self, by: int) -> None:
        """Look at another step."""
        at = max(0, min(self.at + by, len(self.steps) - 1))
        if at != self.at:
            self.at = at
            self._follow()
            self.refresh()
            self.post_message(self.Moved())

    def action_leaf(self, pages: int) -> None:
        """Look a page further."""
        self.action_move(pages * max((self.size.height - 1) // 2, 1))

    def action_open(self) -> None:
        """Choose the step that is looked at."""
        if self.step is not None:
            self.post_message(self.Opened())

    def on_click(self, event: Click) -> None:
        """Look at what is clicked; twice chooses it."""
        line = self.scroll_offset.y + event.y - 1
        if event.y and line < len(self._lines):
            self.action_move(self._lines[line][0] - self.at)
            if event.chain == TWICE:
                self.action_open()

    def on_resize(self, event: Resize) -> None:  # noqa: ARG002
        """Fold to the new width."""
        self.relabel()

    def notify_style_update(self) -> None:
        """Another theme or focus has other colours."""
        super().notify_style_update()
        self._strips.clear()

    def render_line(self, y: int) -> Strip:
        """The headings, or a line of a step."""
        width = self.size.width
        if y == 0:
            return self._header(width)
        number = self.scroll_offset.y + y - 1
        if number >= len(self._lines):
            return Strip.blank(width, self.rich_style)
        here = self._lines[number][0] == self.at
        if (number, here) not in self._strips:
            self._strips[number, here] = self._line(number, width, here=here)
        return self._strips[number, here]

    def _line(self, number: int, width: int, *, here: bool) -> Strip:
        at, text = self._lines[number]
        first = number == 0 or self._lines[number - 1][0] != at
        if here:
            style = self.get_component_rich_style("steps--cursor")
            said = ("▶" if first else " ") + text.plain[1:]
            return Strip([Segment(said, style)]).adjust_cell_length(width, style)
        strips = Content.render_strips(
            text, width, 1, self.visual_style, RenderOptions(self._get_style, {})
        )
        return strips[0].adjust_cell_length(width, self.rich_style)

    def _header(self, width: int) -> Strip:
        speech = speech_of(self)
        names, bars = self._columns(width - 1)
        text = " " * SIGNED + f"{speech.line(say('Until')):<{DAY}.{DAY}} "
        if names:
            text += f"{speech.line(say('Days')):>{LEFT}} "
        text += f"{speech.line(say('Slack')):>{SLACK}}  "
        if names:
            text += speech.line(say("Step")).ljust(names)
        if bars and self.plan is not None:
            text += span_of(self.plan, bars).ruler(speech.language)
        style = self.get_component_rich_style("steps--header")
        return Strip([Segment(text, style)]).adjust_cell_length(width, style)
