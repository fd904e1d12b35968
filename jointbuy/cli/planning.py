"""`jointbuy plan`: the steps of a proposal, and what people fix in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from jointbuy.cli import show as shown
from jointbuy.cli.base import Option, Session, command, parse_on
from jointbuy.errors import UsageError, say
from jointbuy.workspace import anchor_said, source_title

if TYPE_CHECKING:
    from datetime import date

    from jointbuy.errors import Message
    from jointbuy.model import Plan
    from jointbuy.workspace import Workspace


@click.argument("proposal")
@click.option(
    "--wanted", metavar="DATE", cls=Option, help="The day the contract should start."
)
@click.option(
    "--anchor",
    default="",
    metavar="KIND[=WHICH]",
    cls=Option,
    help=(
        "What the start rests on: start=DATE, contract-end[=CONTRACT], "
        "notice[=CONTRACT], interest or session[=DATE]."
    ),
)
@click.option("--procedure", default="", cls=Option, help="Name of the procedure.")
@click.option("--pilot", default="", cls=Option, help="Who acts for the others.")
@click.option(
    "--force",
    multiple=True,
    metavar="STEP=DATE",
    cls=Option,
    help="Fix the day of a step, with --why; can be repeated.",
)
@click.option("--why", default="", cls=Option, help="The reason for a fixed day.")
@click.option(
    "--free",
    multiple=True,
    metavar="STEP",
    cls=Option,
    help="Have the day of a step computed again.",
)
@click.option(
    "--done",
    multiple=True,
    metavar="STEP=DATE",
    cls=Option,
    help="Note that a step was taken on which no body decides.",
)
@click.option(
    "--open",
    "reopened",
    multiple=True,
    metavar="STEP",
    cls=Option,
    help="Take back that a step was done.",
)
@click.option(
    "--steps", is_flag=True, cls=Option, help="Show the code of each step as well."
)
def _plan(
    session: Session,
    proposal: str,
    *,
    wanted: str | None,
    anchor: str,
    procedure: str,
    pilot: str,
    force: tuple[str, ...],
    why: str,
    free: tuple[str, ...],
    done: tuple[str, ...],
    reopened: tuple[str, ...],
    steps: bool,
) -> None:
    workspace = session.workspace
    if wanted and anchor:
        raise UsageError(
            say("Say the start with --wanted or with --anchor, not with both.")
        )
    made = workspace.plan(
        proposal,
        wanted=parse_on(wanted) if wanted else None,
        procedure=procedure,
        pilot=pilot,
        anchor=anchor,
    )
    for step in free:
        made = workspace.free_step(proposal, step)
    for step in reopened:
        made = workspace.step_open(proposal, step)
    for text in done:
        step, day = _step_and_day(text)
        made = workspace.step_done(proposal, step, day)
    for text in force:
        step, day = _step_and_day(text)
        made = workspace.force_step(proposal, step, day, why=why)
    if session.as_json:
        session.json(plain_plan(session, made))
        return
    session.line(
        say("Wanted start: {day}. Counted from {on}.", day=made.wanted, on=made.on)
    )
    if made.anchor is not None:
        session.line(_rests_on(workspace, made))
    shown.plan(session, made, workspace.administrations(), codes=steps)


def _step_and_day(text: str) -> tuple[str, date]:
    """A step and its day as a user types them: launch=2027-03-15."""
    step, equals, day = text.rpartition("=")
    if not equals or not step.strip():
        raise UsageError(
            say("“{text}” names no step and day: write launch=2027-03-15.", text=text)
        )
    return step.strip(), parse_on(day)


def _rests_on(workspace: Workspace, made: Plan) -> Message:
    """What the start rests on, by the name of the contract or framework agreement."""
    anchor = made.anchor
    if anchor is None:
        raise ValueError(made)
    contract = workspace.contracts().get(anchor.subject)
    framework = workspace.frameworks().get(anchor.subject)
    called = contract.title if contract else ""
    if framework is not None:
        called = framework.title.get(workspace.language)
    return say(
        "It rests on {day}: {what}.", day=anchor.day, what=anchor_said(anchor, called)
    )


def plain_plan(session: Session, made: Plan) -> dict[str, object]:
    """A plan as one JSON object, its steps in the words the user reads."""
    tell = session.catalogue.say
    return {
        "candidate": made.candidate,
        "form": made.form.name.lower(),
        "wanted": made.wanted.isoformat(),
        "on": made.on.isoformat(),
        "milestones": [
            {
                "code": step.code,
                "label": tell(step.label),
                "day": step.day.isoformat(),
                "kind": step.kind.name.lower(),
                "administration": step.administration,
                "days": step.days,
                "basis": [
                    {
                        "source": source_title(basis.source, session.language),
                        "article": basis.article,
                        "to_verify": basis.to_verify,
                    }
                    for basis in step.basis
                ],
                "slack": step.slack,
                "forced": step.forced,
                "why": step.why,
                "note": tell(step.note) if step.note else None,
                "done": step.done.isoformat() if step.done else None,
                "after": list(step.after),
                "earliest": step.earliest.isoformat() if step.earliest else None,
                "margin": step.margin,
                "critical": step.critical,
            }
            for step in made.milestones
        ],
        "breaches": [
            {
                "milestone": breach.milestone,
                "days": breach.days,
                "message": tell(breach.message),
                "remedies": [tell(remedy) for remedy in breach.remedies],
            }
            for breach in made.breaches
        ],
        "changes": [tell(change) for change in made.changes],
        "critical": list(made.critical),
        "earliest": made.earliest.isoformat() if made.earliest else None,
        "latest": made.latest.isoformat() if made.latest else None,
        "unsure": [tell(each) for each in made.unsure],
        "anchor": {
            "kind": made.anchor.kind.name.lower(),
            "day": made.anchor.day.isoformat(),
            "subject": made.anchor.subject,
        }
        if made.anchor
        else None,
    }


plan = command(
    name="plan",
    help="Count back from the wanted start: the last day for each step, and who acts.",
)(_plan)
