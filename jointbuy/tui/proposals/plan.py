"""The backward plan of one proposal: the steps, their last days, what does not hold."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from jointbuy.errors import say, word
from jointbuy.model import StepKind
from jointbuy.tui.actions import Action, Group, bindings
from jointbuy.tui.citing import citations
from jointbuy.tui.dialogs.dialog import CLOSE, Dialog
from jointbuy.tui.proposals.listing import current, name_of, title
from jointbuy.tui.proposals.steps import (
    CRITICAL,
    DONE,
    FIXED,
    LATE,
    ROOM,
    Steps,
    breaks,
)
from jointbuy.tui.proposals.words import RESTS
from jointbuy.tui.prose import Paragraph, bullet, head, lay_out, paragraph, plain
from jointbuy.tui.speech import undoable
from jointbuy.tui.stage import speech_of
from jointbuy.tui.widgets.bars import Line, Said
from jointbuy.tui.widgets.page import Page
from jointbuy.workspace.outlook import to_take

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.content import Content

    from jointbuy.errors import Message
    from jointbuy.model import Milestone, Plan
    from jointbuy.tui.dialogs.sheet import Sheet
    from jointbuy.tui.proposals.listing import Row
    from jointbuy.tui.proposals.planning import Made
    from jointbuy.tui.speech import Speech

PLANNED: tuple[Action, ...] = (
    Action(
        id="plan.fix",
        keys=("f",),
        label=say("Fix"),
        help=say("Fix the day of this step by hand, with the reason."),
        rank=10,
    ),
    Action(
        id="plan.free",
        keys=("x",),
        label=say("Free"),
        help=say("Let the day of this step be counted again."),
        rank=11,
    ),
    Action(
        id="plan.done",
        keys=("d",),
        label=say("Done"),
        help=say("Note that this step is taken, with its day; again takes it back."),
        rank=12,
    ),
    Action(
        id="plan.decide",
        keys=("y",),
        label=say("Decision"),
        help=say("Record what the body of this step decided."),
        rank=12,
    ),
    Action(
        id="plan.remedies",
        keys=("r",),
        label=say("Remedies"),
        help=say("Read all that breaks and what would help, or go back to the steps."),
        rank=13,
    ),
    Action(
        id="plan.anchor",
        keys=("a",),
        label=say("Anchor"),
        help=say("Choose what the start rests on: a contract, a call, a session."),
        rank=14,
    ),
    Action(
        id="plan.change",
        keys=("e",),
        label=say("Change"),
        help=say("Plan with another start, procedure or pilot."),
        rank=15,
    ),
    Action(
        id="plan.bars",
        keys=("v",),
        label=say("View"),
        help=say(
            "Show bars of time instead of the names of the steps, or names again."
        ),
        group=Group.CHOOSE,
        rank=16,
    ),
    Action(
        id="plan.undo",
        keys=("u",),
        label=say("Undo"),
        help=say("Take back the last change; the history keeps both."),
        rank=25,
    ),
)

LOW, HIGH, ASIDE, ROUND = 7, 34, 2, 12
"""Lines for the whole on a low screen, and from when it is high; columns beside a page,
and lines of the other parts while it is read."""

NOT_KEPT = say(
    "Another start, procedure or pilot is kept once it is retained; so are days that "
    "are fixed, and steps that are done."
)
"""Said when the plan opens: it would take lines from what breaks."""


class Legend(Line):
    """What the signs mean."""

    DEFAULT_CSS = "Legend { background: $surface; }"

    def parts(self) -> list[tuple[Content, str]]:
        """Each sign with its word."""
        speech = speech_of(self)
        text = "   ".join(f"{sign} {speech.line(words)}" for sign, words in SIGNS)
        return [(plain(f" {text}", "$text-muted"), "")]


SIGNS: tuple[tuple[str, Message], ...] = (
    (CRITICAL, say("decides the start")),
    (ROOM, say("Slack")),
    (LATE, say("too late")),
    (FIXED, say("day fixed")),
    (DONE, say("done")),
)


class Planned(Dialog[None]):
    """The plan of a proposal; what is changed is kept where it was retained."""

    PURPOSE = (
        say("The last day for each step, counted back from the start."),
        say(
            "The slack is by how many days a step can slip before the start moves; "
            "the steps that decide the start have a sign of their own."
        ),
        say("A day can be fixed with a reason; every change can be undone."),
    )
    ACTIONS = (*PLANNED, CLOSE)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(PLANNED)]
    DEFAULT_CSS = """
    Planned #frame { width: 100%; height: 100%; }
    Planned #whole { height: 6; }
    Planned Steps { height: 1fr; }
    Planned #step { height: 5; border-top: solid $panel; }
    Planned.-high #step { height: 10; }
    Planned Said { min-height: 0; }
    """

    def __init__(self, row: Row, made: Made) -> None:
        super().__init__(say("Plan"))
        self.row = row
        self.plan = made.plan
        self.rests = made.rests

    def body(self) -> ComposeResult:
        """What holds for the whole, the steps, and the one that is looked at."""
        yield Page(id="whole")
        yield Steps(id="steps")
        yield Legend()
        yield Page(id="step")
        yield Said()

    @property
    def steps(self) -> Steps:
        """The steps below each other."""
        return self.query_one(Steps)

    @property
    def step(self) -> Milestone | None:
        """The step that is looked at."""
        return self.steps.step

    def on_mount(self) -> None:
        """Begin with the next step."""
        waiting = to_take(self.plan)
        self._show(waiting[0].code if waiting else "")
        self.steps.focus()
        if not self.retained:
            self.terminal.tell(NOT_KEPT)

    @property
    def retained(self) -> bool:
        """Whether what is changed in it is kept."""
        return self.row.proposal.state == "retained"

    def _show(self, code: str = "") -> None:
        self.steps.show(self.plan, code)
        whole = self.query_one("#whole", Page)
        whole.tell(lambda speech: summary(self.row, self.plan, speech, self.rests))
        self._fit()

    def _fit(self) -> None:
        """Give what holds for the whole the lines it needs, as far as there is room."""
        whole = self.query_one("#whole", Page)
        told = summary(self.row, self.plan, self.speech, self.rests)
        lines = len(lay_out(told, self.size.width - ASIDE))
        most = LOW if self.size.height < HIGH else self.size.height // 3
        if whole.has_focus:
            most = self.size.height - ROUND
        whole.styles.height = min(lines, most)
        whole.can_focus = whole.has_focus or lines > most

    def on_descendant_focus(self) -> None:
        """What holds for the whole takes more room while it is read."""
        self._fit()

    on_descendant_blur = on_descendant_focus

    def on_resize(self) -> None:
        """Another number of lines fits."""
        if self.is_mounted:
            self._fit()

    def relabel(self) -> None:
        """Say everything in the language of the moment."""
        super().relabel()
        self._fit()

    def on_steps_moved(self) -> None:
        """Say what is known of the step that is looked at."""
        step = self.step
        self.query_one("#step", Page).tell(
            lambda speech: (
                () if step is None else about(self.row, self.plan, step, speech)
            )
        )
        self.refresh_bindings()

    def on_steps_opened(self) -> None:
        """Enter fixes the day, or records what a body decided."""
        if not self.retained:
            self.terminal.tell(NOT_KEPT)
        elif self.can_fix():
            self.action_fix()
        elif self.can_decide():
            self.action_decide()

    # What is done with a step.

    async def _put(self, sheet: Sheet[Made]) -> None:
        made = await self.terminal.put(sheet)
        if made is not None:
            self._made(made)

    def _made(self, made: Made) -> None:
        """Show the plan as it is now, and say what was kept."""
        self.plan, self.rests = made.plan, made.rests
        self._show()
        if made.said is not None:
            self.terminal.tell(undoable(made.said))
            self.terminal.changed()

    def can_fix(self) -> bool:
        """Whether its day can be fixed by hand."""
        from jointbuy.workspace.planning import steps_to_force

        step = self.step
        codes = {each.code for each in steps_to_force(self.plan)}
        return self.retained and step is not None and step.code in codes

    def action_fix(self) -> None:
        """Ask for the day and the reason, and fix it."""
        self.terminal.work(self._fix())

    async def _fix(self) -> None:
        from jointbuy.tui.proposals.planning import fixing

        if self.step is not None:
            await self._put(fixing(self.terminal, self.row, self.step))

    def can_free(self) -> bool:
        """Whether its day was fixed by hand."""
        return self.step is not None and self.step.forced

    def action_free(self) -> None:
        """Let its day be counted again."""
        self.terminal.work(self._free())

    async def _free(self) -> None:
        from jointbuy.tui.proposals.planning import freed

        step, id_ = self.step, self.row.id
        if step is not None:
            self._made(await self.terminal.ask(lambda w: freed(w, id_, step.code)))

    def can_done(self) -> bool:
        """Whether it is taken by somebody who notes it here."""
        from jointbuy.workspace.planning import steps_to_do

        step = self.step
        codes = {each.code for each in steps_to_do(self.plan)}
        if step is None or not self.retained or step.kind is StepKind.SESSION:
            return False
        return step.code in codes or step.done is not None

    def action_done(self) -> None:
        """Ask for the day on which it was taken; or take that back."""
        self.terminal.work(self._done())

    async def _done(self) -> None:
        from jointbuy.tui.proposals.planning import doing, opened

        step, id_ = self.step, self.row.id
        if step is None:
            return
        if step.done is not None:
            self._made(await self.terminal.ask(lambda w: opened(w, id_, step.code)))
        else:
            await self._put(doing(self.terminal, self.row, step))

    def can_decide(self) -> bool:
        """Whether a body decides on it, which is recorded with its act."""
        step = self.step
        return self.retained and step is not None and step.kind is StepKind.SESSION

    def action_decide(self) -> None:
        """Ask what the body decided, and record it."""
        self.terminal.work(self._decide())

    async def _decide(self) -> None:
        from jointbuy.tui.proposals.asking import deciding
        from jointbuy.tui.proposals.planning import planned, row_again

        step, row = self.step, self.row
        if step is None:
            return
        said = await self.terminal.put(deciding(self.terminal, row, current(row), step))
        if said is not None:
            self.row = await self.terminal.ask(lambda w: row_again(w, row))
            made = await self.terminal.ask(lambda w: planned(w, row.id))
            self._made(replace(made, said=said))

    # The whole.

    def can_remedies(self) -> bool:
        """Whether more is said of the whole than there are lines for."""
        return self.query_one("#whole", Page).can_focus

    def action_remedies(self) -> None:
        """Give what holds for the whole all the room there is, or the steps again."""
        whole = self.query_one("#whole", Page)
        (self.steps if whole.has_focus else whole).focus()

    def action_anchor(self) -> None:
        """Choose what the start rests on."""
        self.terminal.work(self._anchor())

    async def _anchor(self) -> None:
        from jointbuy.tui.proposals.planning import anchored, anchors

        id_ = self.row.id
        chosen = await anchors(self.terminal, id_)
        if chosen is not None:
            self._made(await self.terminal.ask(lambda w: anchored(w, id_, chosen)))

    def action_change(self) -> None:
        """Plan with another start, procedure or pilot."""
        self.terminal.work(self._change())

    async def _change(self) -> None:
        from jointbuy.tui.proposals.planning import changing

        await self._put(await changing(self.terminal, self.row, self.plan))

    def action_bars(self) -> None:
        """Show bars instead of names, or names again."""
        self.steps.turn()

    def action_undo(self) -> None:
        """Take back the last change."""
        self.terminal.work(self._undo())

    async def _undo(self) -> None:
        from jointbuy.tui.proposals.planning import undone

        id_ = self.row.id
        made = await self.terminal.ask(lambda w: undone(w, id_))
        self._made(replace(made, said=None))
        if made.said is not None:
            self.terminal.tell(made.said)
        self.terminal.changed()


def summary(
    row: Row, plan: Plan, speech: Speech, rests: Message | None = None
) -> Iterator[Paragraph]:
    """What holds for the whole plan: what it rests on, what breaks, what would help."""
    yield head(title(row, speech))
    wanted = say("Wanted start: {day}. Counted from {on}.", day=plan.wanted, on=plan.on)
    yield paragraph(speech.say(wanted))
    if rests is not None:
        yield paragraph(speech.say(say("It rests on: {anchor}.", anchor=rests)))
    for each in plan.unsure:
        yield bullet(speech.say(each), sign="~")
    if not plan.breaches and not plan.unsure:
        yield from _holds(plan, speech)
    for breach in plan.breaches:
        yield bullet(speech.say(breach.message), sign="!", style="$text-warning")
        for remedy in breach.remedies:
            yield bullet(speech.say(remedy), sign="→", indent=2)
    helped = any(breach.remedies for breach in plan.breaches)
    if plan.breaches and not helped and plan.earliest is not None:
        earliest = say("Every step holds from this start on: {day}.", day=plan.earliest)
        yield bullet(speech.say(earliest), sign="→")


def _holds(plan: Plan, speech: Speech) -> Iterator[Paragraph]:
    step = tightest(plan)
    if step is None:
        yield paragraph(speech.say(say("The plan holds.")))
        return
    holds = say(
        "The plan holds. The tightest step: {step}; it can slip by {n} days.",
        step=step.label,
        n=step.margin or 0,
    )
    yield paragraph(speech.say(holds))


def tightest(plan: Plan) -> Milestone | None:
    """The step still to be taken that can slip the least."""
    waiting = [step for step in to_take(plan) if step.margin is not None]
    return min(waiting, key=lambda step: step.margin or 0, default=None)


def about(row: Row, plan: Plan, step: Milestone, speech: Speech) -> Iterator[Paragraph]:
    """A step: who takes it, what it rests on, and what to do where it is too late."""
    yield paragraph(speech.say(step.label), "bold")
    yield paragraph(" · ".join(_facts(row, plan, step, speech)))
    yield from known_of(plan, step, speech)
    for change in plan.changes:
        yield bullet(speech.say(change), sign="!")


def _facts(row: Row, plan: Plan, step: Milestone, speech: Speech) -> Iterator[str]:
    """Its days in words, whose it is, and whether it decides the start."""
    if step.administration:
        yield name_of(row, step.administration, speech)
    if step.done is None and step.earliest not in (None, step.day):
        yield speech.say(
            say("between {first} and {last}", first=step.earliest, last=step.day)
            if not breaks(plan, step)
            else say("at the earliest on {day}", day=step.earliest)
        )
    if step.critical:
        yield speech.say(say("decides the start"))
    yield speech.line(RESTS[step.kind])


def known_of(plan: Plan, step: Milestone, speech: Speech) -> Iterator[Paragraph]:
    """What is said of a step beside its name and day."""
    for breach in plan.breaches:
        if breach.milestone == step.code:
            said = speech.say(breach.message)
            yield bullet(said, sign="!", style="$text-warning")
            for remedy in breach.remedies:
                yield bullet(speech.say(remedy), sign="→", indent=2)
    quiet = []
    if step.forced and step.why:
        quiet.append(speech.say(say("This day was fixed: {why}", why=step.why)))
    if step.done is not None:
        quiet.append(f"{speech.line(word('done'))} {speech.day(step.done)}")
    if step.note is not None:
        quiet.append(speech.say(step.note))
    if basis := citations(step.basis, speech):
        quiet.append(basis)
    for text in quiet:
        yield paragraph(text, "$text-muted")
