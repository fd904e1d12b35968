"""What is asked before a plan is made otherwise."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from jointbuy.errors import UsageError, named, say, word
from jointbuy.tui.dialogs.sheet import Sheet, Slot
from jointbuy.tui.listing import Column, Listing
from jointbuy.tui.proposals.asking import participants, read_day
from jointbuy.tui.proposals.listing import read_retained
from jointbuy.workspace import last_told, told

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from jointbuy.errors import Message
    from jointbuy.model import Milestone, Plan
    from jointbuy.tui.app import Terminal
    from jointbuy.tui.proposals.listing import Row
    from jointbuy.tui.speech import Speech
    from jointbuy.workspace import Workspace
    from jointbuy.workspace.planning import AnchorChoice

LIGHTEST = word("the lightest allowed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A plan, what its start rests on, and what is said where it was kept."""

    plan: Plan
    rests: Message | None = None
    said: Message | None = None


async def changing(terminal: Terminal, row: Row, plan: Plan) -> Sheet[Made]:
    """Asks for the wanted start, the procedure and the pilot; plans with them."""
    known = await terminal.ask(lambda w: w.procedures_known())
    dossier = (await terminal.ask(lambda w: w.proposal(row.id))).dossier
    chosen = dossier.procedure if dossier else ""

    async def make(values: dict[str, str]) -> Made:
        return await terminal.ask(lambda w: _plan(w, row.id, plan, values))

    return Sheet(
        say("Plan otherwise"),
        (
            Slot(
                id="wanted",
                label=say("Start"),
                value=terminal.speech.day(plan.wanted),
                hint=say("The day the contract should start, such as 1/9 or +6m."),
            ),
            Slot(
                id="procedure",
                label=say("Procedure"),
                value=chosen,
                choices=known if chosen else (("", LIGHTEST), *known),
                hint=say("With the lightest, the value decides which one."),
            ),
            Slot(
                id="pilot",
                label=say("Pilot"),
                value=dossier.pilot if dossier else "",
                choices=(("", word("as it stands")), *participants(row, terminal)),
                hint=say("Whose sessions award the contract."),
            ),
        ),
        make,
    )


def _plan(workspace: Workspace, id_: str, plan: Plan, values: dict[str, str]) -> Made:
    wanted = read_day(values["wanted"], workspace.on)
    return _keeping(
        workspace,
        lambda: workspace.plan(
            id_,
            wanted=None if wanted == plan.wanted else wanted,
            procedure=values["procedure"],
            pilot=values["pilot"],
        ),
    )


def _keeping(workspace: Workspace, make: Callable[[], Plan]) -> Made:
    """The plan that is made, and what was kept of it, if anything was."""
    before = next(workspace.store.latest(), None)
    plan = make()
    after = next(workspace.store.latest(), None)
    said = last_told(workspace) if after != before else None
    return Made(plan=plan, rests=_rests(workspace, plan), said=said)


def _rests(workspace: Workspace, plan: Plan) -> Message | None:
    """What its start rests on, with the name of the contract or framework."""
    from jointbuy.workspace.planning import anchor_said

    if plan.anchor is None:
        return None
    subject = plan.anchor.subject
    contract = workspace.contracts().get(subject)
    framework = workspace.frameworks().get(subject)
    if contract is not None:
        return anchor_said(plan.anchor, contract.title)
    if framework is not None:
        return anchor_said(plan.anchor, named(framework.title, framework.id))
    return anchor_said(plan.anchor)


def planned(workspace: Workspace, id_: str) -> Made:
    """The plan as it stands."""
    plan = workspace.plan(id_)
    return Made(plan=plan, rests=_rests(workspace, plan))


def undone(workspace: Workspace, id_: str) -> Made:
    """The plan once the last change was taken back, and which it was."""
    said = told(workspace, workspace.undo())
    return replace(planned(workspace, id_), said=said)


def row_again(workspace: Workspace, row: Row) -> Row:
    """The proposal as it stands now, where it is still retained."""
    rows = read_retained(workspace).rows
    return next((each for each in rows if each.id == row.id), row)


# One step.


def fixing(terminal: Terminal, row: Row, step: Milestone) -> Sheet[Made]:
    """Asks for the day of a step and the reason; fixes it."""

    async def fix(values: dict[str, str]) -> Made:
        return await terminal.ask(lambda w: _fix(w, row.id, step.code, values))

    return Sheet(
        say("Fix: {step}", step=step.label),
        (
            Slot(
                id="day",
                label=say("Day"),
                value=terminal.speech.day(step.day),
                hint=say("The day on which this step is taken, whatever is counted."),
            ),
            Slot(
                id="why",
                label=say("Why"),
                value=step.why,
                hint=say("The reason; required, such as a session that is fixed."),
            ),
        ),
        fix,
    )


def _fix(workspace: Workspace, id_: str, code: str, values: dict[str, str]) -> Made:
    day = read_day(values["day"], workspace.on)
    if not values["why"]:
        raise UsageError(say("Say why this day is fixed."))
    if day < workspace.on:
        raise UsageError(
            say(
                "{day} has passed: a day is fixed ahead. What is done is noted as done "
                "(d).",
                day=day,
            )
        )
    return _keeping(
        workspace, lambda: workspace.force_step(id_, code, day, why=values["why"])
    )


def freed(workspace: Workspace, id_: str, code: str) -> Made:
    """The plan with the day of that step counted again."""
    return _keeping(workspace, lambda: workspace.free_step(id_, code))


def doing(terminal: Terminal, row: Row, step: Milestone) -> Sheet[Made]:
    """Asks for the day on which a step was taken; notes it."""

    async def do(values: dict[str, str]) -> Made:
        return await terminal.ask(lambda w: _do(w, row.id, step.code, values))

    return Sheet(
        say("Done: {step}", step=step.label),
        (
            Slot(
                id="day",
                label=say("Day"),
                value=terminal.speech.day(terminal.day),
                hint=say("The day on which it was done, such as 15/3 or today."),
            ),
            Slot(id="note", label=say("Note")),
        ),
        do,
    )


def _do(workspace: Workspace, id_: str, code: str, values: dict[str, str]) -> Made:
    day = read_day(values["day"], workspace.on)
    return _keeping(
        workspace, lambda: workspace.step_done(id_, code, day, note=values["note"])
    )


def opened(workspace: Workspace, id_: str, code: str) -> Made:
    """The plan with that step still to be taken."""
    return _keeping(workspace, lambda: workspace.step_open(id_, code))


# What the start rests on.


async def anchors(terminal: Terminal, id_: str) -> str | None:
    """What was chosen of the days on which the start can rest; nothing is given up."""
    from jointbuy.tui.dialogs.picker import Picker

    offered = await terminal.ask(lambda w: w.anchors(id_))
    known = [each for each in offered if each.late is not None]
    best = min(known, key=lambda each: each.late or 0, default=None)
    chosen = await terminal.put(
        Picker(
            say("What the start rests on"),
            anchors_listing(offered),
            at=best.value if best else "",
        )
    )
    return None if chosen is None else chosen.value


def anchors_listing(offered: Sequence[AnchorChoice]) -> Listing[AnchorChoice]:
    """The days on which the start can rest, with the start that follows from each."""
    return Listing(
        rows=tuple(offered),
        id_of=lambda row: row.value,
        columns=(
            Column(
                id="title",
                heading=say("Anchor"),
                text=lambda row, speech: speech.line(row.title),
                width=30,
                grow=1,
            ),
            Column(
                id="day",
                heading=say("Day"),
                text=lambda row, speech: speech.day(row.day),
                width=10,
            ),
            Column(
                id="start",
                heading=say("Start"),
                text=lambda row, speech: speech.day(row.start),
                width=10,
            ),
            Column(
                id="late",
                heading=say("Slack"),
                text=_held,
                key=lambda row: -1 if row.late is None else row.late,
                tone=lambda row: "error" if row.late else "",
                width=9,
            ),
        ),
        empty=say("Nothing is recorded on which the start could rest: give a day (e)."),
    )


def _held(row: AnchorChoice, speech: Speech) -> str:
    """Whether the plan for that start holds, or by how many days it breaks."""
    if row.late is None:
        return "?"
    return f"! -{row.late}" if row.late else "✓ " + speech.line(word("holds"))


def anchored(workspace: Workspace, id_: str, anchor: str) -> Made:
    """The plan with its start resting on that."""
    return _keeping(workspace, lambda: workspace.plan(id_, anchor=anchor))
