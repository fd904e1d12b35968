"""What is asked before a proposal is retained, or a decision on it recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointbuy.errors import JointbuyError, UsageError, say, word
from jointbuy.model import BodyKind, Decision, Form, Stage, Vote
from jointbuy.tui.dialogs.sheet import Sheet, Slot
from jointbuy.tui.proposals.listing import for_all, name_of, stages, title, votes
from jointbuy.tui.proposals.page import PILOT
from jointbuy.tui.proposals.words import BODIES
from jointbuy.workspace import last_told, parse_day
from jointbuy.workspace.proposals import FORMS as USUAL
from jointbuy.workspace.words import FORMS, STAGES, VOTES

if TYPE_CHECKING:
    from datetime import date

    from jointbuy.errors import Message
    from jointbuy.model import Milestone
    from jointbuy.tui.app import Terminal
    from jointbuy.tui.proposals.listing import Row, Standing
    from jointbuy.tui.speech import Sayable
    from jointbuy.workspace import Workspace

NOBODY = word("nobody yet")
TAKES_PART, LEFT_OUT = "yes", "no"
STEPS = {
    "membership": Stage.PARTICIPATION,
    "launch": Stage.LAUNCH,
    "award": Stage.AWARD,
    "adhesion": Stage.ADHESION,
    "use": Stage.USE,
    "order": Stage.ORDER,
}
"""The stage by the first part of the code of a step, where it tells."""
ENOUGH = 2
"""With so few participants none can be left out."""


def participants(row: Row, terminal: Terminal) -> tuple[tuple[str, Sayable], ...]:
    """The participants by id and name, to choose one from."""
    speech = terminal.speech
    who = row.candidate.administrations
    return tuple((each, name_of(row, each, speech)) for each in who)


# Retaining.


def retaining(terminal: Terminal, row: Row) -> Sheet[Message]:
    """Asks for the form, the pilot and who takes part; retains, and says so."""

    async def retain(values: dict[str, str]) -> Message:
        return await terminal.ask(lambda w: _retain(w, row, values))

    dossier = row.dossier
    form = dossier.form if dossier else None
    usual = form or USUAL.get(row.candidate.kind) or Form.JOINT_CONTRACT
    known = participants(row, terminal)
    slots = [
        Slot(
            id="form",
            label=say("Form"),
            value=usual.name,
            choices=tuple((each.name, name) for each, name in FORMS.items()),
            hint=say("Under which form of cooperation it is checked and planned."),
        ),
        Slot(
            id="pilot",
            label=say("Pilot"),
            value=dossier.pilot if dossier else "",
            choices=(("", NOBODY), *known),
            hint=say("Who acts for the others; it can be named later."),
        ),
    ]
    if len(known) > ENOUGH:
        slots += [
            Slot(
                id=f"part:{who}",
                label=name,
                value=TAKES_PART,
                choices=(
                    (TAKES_PART, word("takes part")),
                    (LEFT_OUT, word("is left out")),
                ),
                hint=say("Leave out who does not join, such as one that voted no."),
            )
            for who, name in known
        ]
    slots.append(
        Slot(
            id="why",
            label=say("Why"),
            hint=say("The reason; required where the law blocks the form."),
        )
    )
    head = say("Retain “{name}”", name=title(row, terminal.speech))
    return Sheet(head, tuple(slots), retain)


def _retain(workspace: Workspace, row: Row, values: dict[str, str]) -> Message:
    form = Form[values["form"]]
    if not values["why"] and workspace.blocked(row.proposal, form):
        raise UsageError(
            say(
                "The law blocks this form of cooperation; its legal check says why. To "
                "retain it all the same, give the reason."
            )
        )
    workspace.retain(
        row.id,
        form=form,
        pilot=values["pilot"],
        why=values["why"],
        without=[
            key.removeprefix("part:")
            for key, value in values.items()
            if key.startswith("part:") and value == LEFT_OUT
        ],
    )
    return last_told(workspace)


# Deciding.


def deciding(
    terminal: Terminal,
    row: Row,
    here: Standing | None,
    step: Milestone | None = None,
) -> Sheet[Message]:
    """Asks whose body decided what and when; records it, and says so.

    `here` is the stage that waits; the `step` of a plan says whose turn it is.
    """

    async def decide(values: dict[str, str]) -> Message:
        return await terminal.ask(lambda w: _decide(w, row, values))

    known = participants(row, terminal)
    made = votes(row.dossier)
    stage = here.stage if here else stages(row)[-1]
    due = [who for who, _ in known if (stage, who) not in made]
    if stage in for_all(row) and row.dossier and row.dossier.pilot in due:
        due = [row.dossier.pilot]
    if step is not None:
        stage = _stage_of(step, row, stage)
        due = [step.administration or (row.dossier.pilot if row.dossier else "")]
    slots = (
        Slot(
            id="who",
            label=say("Administration"),
            value=due[0] if due else "",
            choices=known,
            hint=say("Whose body decided."),
        ),
        Slot(
            id="stage",
            label=say("On what"),
            value=stage.name,
            choices=tuple((each.name, STAGES[each]) for each in stages(row)),
            hint=say("The stage it decided on."),
        ),
        Slot(
            id="outcome",
            label=say("Decision"),
            choices=tuple((each.name, name) for each, name in VOTES.items()),
            hint=say("What was decided; conditions are written below."),
        ),
        Slot(
            id="day",
            label=say("Day of the session"),
            value=terminal.speech.day(terminal.day),
            hint=say(
                "Such as 15/3 or today; what is still to come is not recorded yet."
            ),
        ),
        Slot(
            id="body",
            label=say("Body"),
            value=step.body.name if step and step.body else "",
            choices=(
                ("", word("not named")),
                *((each.name, name) for each, name in BODIES.items()),
            ),
            hint=say("Which body decided."),
        ),
        Slot(
            id="number",
            label=say("Number of the decision"),
            hint=say("The number of the act, as it stands on it."),
        ),
        Slot(
            id="conditions",
            label=say("Conditions"),
            hint=say("Conditions or reservations; required with a yes under them."),
        ),
    )
    head = say("Decision on “{name}”", name=title(row, terminal.speech))
    return Sheet(head, slots, decide)


def _stage_of(step: Milestone, row: Row, current: Stage) -> Stage:
    """The stage on which the body of a step decides."""
    made, who = votes(row.dossier), step.administration
    found = STEPS.get(step.code.partition(":")[0])
    if found in stages(row):
        return found
    waiting = (each for each in stages(row) if (each, who) not in made)
    return next(waiting, current) if (current, who) in made else current


def _decide(workspace: Workspace, row: Row, values: dict[str, str]) -> Message:
    outcome = Vote[values["outcome"]]
    if outcome is Vote.CONDITIONAL and not values["conditions"]:
        raise UsageError(say("Write the conditions under which it said yes."))
    dossier = workspace.decide(
        row.id,
        Decision(
            administration=values["who"],
            stage=Stage[values["stage"]],
            outcome=outcome,
            on=read_day(values["day"], workspace.on),
            body=BodyKind[values["body"]] if values["body"] else None,
            number=values["number"],
            conditions=values["conditions"],
        ),
    )
    *before, made = dossier.decisions
    done = last_told(workspace)
    days = [
        each.on
        for each in before
        if (each.administration, each.stage) == (made.administration, made.stage)
    ]
    if not days:
        return done
    return say("{what} {more}", what=done, more=_superseded(made, max(days)))


def _superseded(made: Decision, before: date) -> Message:
    """Which of several decisions on one stage counts."""
    if made.on >= before:
        return say(
            "It takes the place of the decision of {day}, which stays in the record.",
            day=before,
        )
    return say(
        "The decision of {day} on the same stage is later and goes on counting.",
        day=before,
    )


def read_day(text: str, on: date) -> date:
    """A day as it was typed.

    Raises:
        JointbuyError: it is none, or nothing was typed.
    """
    if not text:
        raise JointbuyError(say("A day is missing."))
    return parse_day(text, on=on)


__all__ = ["PILOT", "deciding", "participants", "read_day", "retaining"]
