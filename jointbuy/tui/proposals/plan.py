"""The backward plan of one proposal: the steps, their last days, what does not hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from jointbuy.errors import say, word
from jointbuy.model import StepKind
from jointbuy.tui.actions import Action, bindings
from jointbuy.tui.citing import citations
from jointbuy.tui.dialogs.dialog import CLOSE, Dialog
from jointbuy.tui.listing import Column, Listing
from jointbuy.tui.proposals.listing import name_of, title
from jointbuy.tui.proposals.words import RESTS
from jointbuy.tui.prose import Paragraph, blank, bullet, head, paragraph, plain
from jointbuy.tui.speech import undoable
from jointbuy.tui.widgets.grid import Grid
from jointbuy.tui.widgets.page import Page
from jointbuy.workspace.outlook import to_take

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from jointbuy.model import Milestone, Plan
    from jointbuy.tui.proposals.listing import Row
    from jointbuy.tui.speech import Speech

CHANGE = Action(
    id="plan.change",
    keys=("e",),
    label=say("Change"),
    help=say("Plan with another start, procedure or pilot."),
    rank=10,
)

NOT_KEPT = say("Another start, procedure or pilot is kept once it is retained.")


class Planned(Dialog[None]):
    """The plan of a proposal; what is changed is kept where it was retained.

    A narrow screen has no room for a list with whole names of steps: there they stand
    below each other, folded, each with what is known of it.
    """

    ACTIONS = (CHANGE, CLOSE)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings((CHANGE,))]
    DEFAULT_CSS = """
    Planned #frame { width: 100%; height: 100%; }
    Planned #whole { height: auto; min-height: 1; max-height: 5; }
    Planned Grid { height: 3fr; }
    Planned #step { height: 2fr; min-height: 6; border-top: solid $panel; }
    Planned #folded { height: 1fr; border-top: solid $panel; display: none; }
    Planned.-narrow #folded { display: block; }
    Planned.-narrow Grid, Planned.-narrow #step { display: none; }
    """

    def __init__(self, row: Row, plan: Plan) -> None:
        super().__init__(say("Plan"))
        self.row = row
        self.plan = plan

    def body(self) -> ComposeResult:
        """What holds for the whole, the steps, and the one that is looked at."""
        yield Page(id="whole")
        yield Grid(id="steps")
        yield Page(id="step")
        yield Page(id="folded")

    def on_mount(self) -> None:
        """Begin with the next step."""
        self.query_one("#whole", Page).can_focus = False
        self._show()
        if self.has_class("-narrow"):
            self.query_one("#folded", Page).focus()
        else:
            self.query_one(Grid).focus()

    def _show(self) -> None:
        grid = self.query_one(Grid)
        grid.show(steps_of(self.row, self.plan))
        if waiting := to_take(self.plan):
            grid.look_at(waiting[0].code)
        self.query_one("#whole", Page).tell(
            lambda speech: summary(self.row, self.plan, speech)
        )
        self.query_one("#folded", Page).tell(lambda speech: folded(self.plan, speech))

    def on_grid_moved(self, event: Grid.Moved) -> None:
        """Say what is known of the step that is looked at."""
        listing, row = event.listing, event.row
        self.query_one("#step", Page).tell(
            lambda speech: () if row is None else listing.page(row, speech)
        )

    def action_change(self) -> None:
        """Plan with another start, procedure or pilot."""
        self.terminal.work(self._change())

    async def _change(self) -> None:
        from jointbuy.tui.proposals.planning import changing

        made = await self.terminal.put(
            await changing(self.terminal, self.row, self.plan)
        )
        if made is not None:
            self.plan, said = made
            self._show()
            if said is not None:
                self.terminal.tell(undoable(said))
                self.terminal.changed()


def summary(row: Row, plan: Plan, speech: Speech) -> Iterator[Paragraph]:
    """What holds for the whole plan, in two or three lines."""
    yield head(title(row, speech))
    wanted = say("Wanted start: {day}. Counted from {on}.", day=plan.wanted, on=plan.on)
    yield paragraph(speech.say(wanted))
    if row.proposal.state != "retained":
        yield paragraph(speech.say(NOT_KEPT), "$text-muted")
    if plan.breaches:
        broken = say(
            "The plan does not hold; steps that break: {n}.", n=len(plan.breaches)
        )
        yield bullet(speech.say(broken), sign="!", style="$text-warning")
        return
    if (tight := tightest(plan)) is not None:
        holds = say(
            "The plan holds. The tightest step (◆): {step}, {n} days left.",
            step=tight.label,
            n=tight.slack or 0,
        )
        yield paragraph(speech.say(holds))


def tightest(plan: Plan) -> Milestone | None:
    """The step still to be taken with the fewest days left."""
    return min(to_take(plan), key=lambda step: step.slack or 0, default=None)


def sign(plan: Plan, step: Milestone) -> str:
    """Done, too late, the tightest, or nothing to note."""
    if step.done is not None:
        return "✓"
    broken = any(breach.milestone == step.code for breach in plan.breaches)
    if broken or (counts(step) and (step.slack or 0) < 0):
        return "!"
    return "◆" if step is tightest(plan) else " "


TONES = {"!": "error", "◆": "warning", "✓": "muted"}
STYLES = {"!": "$text-error", "◆": "$text-warning", "✓": "$text-muted"}


def left(plan: Plan, step: Milestone, speech: Speech) -> str:
    """The days left for it, with its sign."""
    if step.done is not None:
        return "✓ " + speech.line(word("done"))
    number = f"{step.slack:+d}" if counts(step) else ""
    return f"{sign(plan, step)} {number:>5}"


def folded(plan: Plan, speech: Speech) -> Iterator[Paragraph]:
    """Every step below the other, each with what is known of it."""
    for step in plan.milestones:
        style = STYLES.get(sign(plan, step), "")
        days = f"{step.slack:+d}" if counts(step) and step.done is None else ""
        start = f"{sign(plan, step)} {speech.day(step.day)} {days:>5}  "
        yield Paragraph(text=plain(speech.say(step.label)), first=plain(start, style))
        yield from known_of(plan, step, speech, indent=len(start))


def steps_of(row: Row, plan: Plan) -> Listing[Milestone]:
    """The steps as a list, earliest first."""

    def tone(step: Milestone) -> str:
        return TONES.get(sign(plan, step), "")

    def who(step: Milestone, speech: Speech) -> str:
        return name_of(row, step.administration, speech) if step.administration else ""

    return Listing(
        rows=plan.milestones,
        id_of=lambda step: step.code,
        columns=(
            Column(
                id="day", heading=say("Until"), width=10, tone=tone,
                text=lambda step, speech: speech.day(step.day),
                key=lambda step: step.day,
            ),
            Column(
                id="step", heading=say("Step"), width=24, grow=3,
                text=lambda step, speech: speech.line(step.step),
            ),
            Column(id="who", heading=say("Who"), width=14, grow=1, rank=1, text=who),
            Column(
                id="slack", heading=say("Slack"), width=8, tone=tone,
                text=lambda step, speech: left(plan, step, speech),
                key=lambda step: step.slack,
            ),
            Column(
                id="rests", heading=say("Rests on"), width=26, rank=2,
                text=lambda step, speech: speech.line(RESTS[step.kind]),
            ),
        ),
        page=lambda step, speech: about(plan, step, speech),
    )  # fmt: skip


def counts(step: Milestone) -> bool:
    """Whether there are days left for it; what only marks the time has none."""
    return step.slack is not None and not (
        step.kind is StepKind.ANCHOR and step.slack < 0
    )


def about(plan: Plan, step: Milestone, speech: Speech) -> Iterator[Paragraph]:
    """A step: who takes it, what it rests on, and what to do where it is too late."""
    yield paragraph(speech.say(step.label), "bold")
    yield from known_of(plan, step, speech)
    if plan.changes:
        yield blank()
        for change in plan.changes:
            yield bullet(speech.say(change), sign="!")


def known_of(
    plan: Plan, step: Milestone, speech: Speech, *, indent: int = 0
) -> Iterator[Paragraph]:
    """What is said of a step beside its name and day."""
    for breach in plan.breaches:
        if breach.milestone == step.code:
            said = speech.say(breach.message)
            yield bullet(said, sign="!", style="$text-warning", indent=indent)
            for remedy in breach.remedies:
                yield bullet(speech.say(remedy), indent=indent + 2)
    quiet = []
    if step.done is not None:
        quiet.append(f"{speech.line(word('done'))} {speech.day(step.done)}")
    if step.note is not None:
        quiet.append(speech.say(step.note))
    if step.forced and step.why:
        quiet.append(step.why)
    basis = citations(step.basis, speech)
    quiet.append(basis or speech.line(RESTS[step.kind]))
    for text in quiet:
        yield paragraph(text, "$text-muted", indent=indent)
