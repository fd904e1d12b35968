"""`jointbuy plan` and `jointbuy deadlines`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from jointbuy.cli import show as shown
from jointbuy.cli.base import OVERDUE, Option, Session, command, parse_on
from jointbuy.errors import UsageError, say
from jointbuy.model import Level
from jointbuy.workspace import source_title

if TYPE_CHECKING:
    from jointbuy.model import Deadline, Plan


@click.argument("proposal")
@click.option(
    "--wanted", metavar="DATE", cls=Option, help="The day the contract should start."
)
@click.option("--procedure", default="", cls=Option, help="Name of the procedure.")
@click.option("--pilot", default="", cls=Option, help="Who acts for the others.")
def _plan(
    session: Session, proposal: str, wanted: str | None, procedure: str, pilot: str
) -> None:
    workspace = session.workspace
    made = workspace.plan(
        proposal,
        wanted=parse_on(wanted) if wanted else None,
        procedure=procedure,
        pilot=pilot,
    )
    if session.as_json:
        session.json(plain_plan(session, made))
        return
    session.line(
        say("Wanted start: {day}. Counted from {on}.", day=made.wanted, on=made.on)
    )
    shown.plan(session, made, workspace.administrations())


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
    }


plan = command(
    name="plan",
    help="Count back from the wanted start: the last day for each step, and who acts.",
)(_plan)


def parse_within(text: str) -> int:
    """A number of days: 90, 90d, 12w or 3m.

    Raises:
        UsageError: it is none of these.
    """
    found = re.fullmatch(r"(\d{1,4})\s*([dwmDWM]?)", text.strip())
    if not found:
        raise UsageError(
            say("“{text}” is not a period: write 90d, 12w or 3m.", text=text)
        )
    return int(found[1]) * {"": 1, "d": 1, "w": 7, "m": 30}[found[2].lower()]


@click.option(
    "--within", metavar="90d", cls=Option, help="Only those within this period."
)
@click.option("--who", default="", cls=Option, help="Only those of one administration.")
@click.option(
    "--ics",
    type=click.Path(path_type=Path),
    cls=Option,
    help="Write them to a calendar file as well.",
)
@click.option(
    "--overwrite", is_flag=True, cls=Option, help="Replace the calendar file."
)
def _deadlines(
    session: Session, within: str | None, who: str, ics: Path | None, *, overwrite: bool
) -> None:
    workspace = session.workspace
    found = workspace.deadlines(
        within=parse_within(within) if within else None, who=who
    )
    if ics is not None:
        workspace.write_calendar(ics, found, overwrite=overwrite)
        session.tell(
            say("Calendar written to {file}: {n}.", file=str(ics), n=len(found))
        )
    if session.as_json:
        session.json([plain(session, deadline) for deadline in found])
    else:
        shown.deadlines(session, found, workspace.administrations())
    if any(d.level is Level.OVERDUE and not d.cancelled for d in found):
        click.get_current_context().exit(OVERDUE)


def plain(session: Session, deadline: Deadline) -> dict[str, object]:
    """A deadline as one JSON object."""
    tell = session.catalogue.say
    return {
        "id": deadline.id,
        "day": deadline.day.isoformat(),
        "level": deadline.level.name.lower(),
        "what": tell(deadline.what),
        "administration": deadline.administration,
        "contact": deadline.contact,
        "consequence": tell(deadline.consequence) if deadline.consequence else None,
        "kind": deadline.kind,
        "subject": deadline.subject,
    }


deadlines = command(
    name="deadlines",
    help="List every day not to miss, nearest first; exit code 5 when one is overdue.",
)(_deadlines)
