"""`jointbuy match`, `show`, `retain`, `set-aside`, `decide`, `draft`."""

from __future__ import annotations

import dataclasses
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from jointbuy import settings
from jointbuy.cli import show as shown
from jointbuy.cli.base import REFUSED, Option, Session, command, parse_on, plain_number
from jointbuy.codec import to_plain
from jointbuy.errors import Message, UsageError, say
from jointbuy.model import BodyKind, CandidateKind, Decision, Form, Stage, Vote
from jointbuy.workspace import gain_line, match_lines
from jointbuy.workspace.headline import standing_of
from jointbuy.workspace.words import CANDIDATE_STATES, STAGES, VOTES

if TYPE_CHECKING:
    from jointbuy.appraisal import Appraisal, Range
    from jointbuy.model import Dossier
    from jointbuy.workspace import Proposal


CASES = ("low", "mid", "high")
"""The cases of an estimate."""

MOST_FAULTS = 50
"""So many faults of a file are named."""


def _names(
    kinds: type[CandidateKind | Form | Stage | Vote | BodyKind],
) -> click.Choice[str]:
    return click.Choice([kind.name.lower() for kind in kinds])


def summary(
    session: Session, proposal: Proposal, *, explain: bool
) -> dict[str, object]:
    """A proposal as one JSON object."""
    found = proposal.candidate
    tell = session.catalogue.say
    reasons: list[dict[str, object]] = []
    for reason in found.reasons:
        plain: dict[str, object] = {"name": reason.name, "weight": reason.weight}
        if explain:
            plain["message"] = tell(reason.message)
            plain["evidence"] = [tell(item) for item in reason.evidence]
        reasons.append(plain)
    made: dict[str, object] = {
        "id": found.id,
        "kind": found.kind.name.lower(),
        "state": proposal.state,
        "title": found.title.as_dict(),
        "category": found.category,
        "cpv": found.cpv,
        "needs": list(found.needs),
        "administrations": list(found.administrations),
        "framework": found.framework,
        "launch": found.launch.isoformat() if found.launch else None,
        "entries": [to_plain(entry) for entry in found.entries],
        "estimate": plain_number(found.estimate),
        "score": found.score,
        "reasons": reasons,
        "changes": [tell(item) for item in proposal.changes],
    }
    if explain:
        made["missing"] = [tell(item) for item in found.missing]
        made["would_change"] = [tell(item) for item in found.would_change]
    return made


def brief(found: Appraisal) -> dict[str, object]:
    """Verdict and gain of a proposal alone, in euro excluding VAT."""
    return {
        "verdict": found.verdict.value,
        "estimated": plain_range(found.gain.estimated),
        "provisional": found.provisional,
    }


def plain_range(value: Range | None) -> dict[str, object] | None:
    """A value in three cases as numbers."""
    if value is None:
        return None
    return {case: plain_number(getattr(value, case)) for case in CASES}


def in_words(session: Session, value: object) -> object:
    """The value as plain data, its messages in the words the user reads."""
    if isinstance(value, Message):
        return session.catalogue.say(value)
    if isinstance(value, tuple):
        return [in_words(session, item) for item in value]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        kept = to_plain(value)
        names = [field.name for field in dataclasses.fields(value)]
        return {
            name: in_words(session, getattr(value, name))
            for name in names
            if isinstance(kept, dict) and name in kept
        }
    return to_plain(value)


@click.option(
    "--from",
    "source",
    type=click.Path(path_type=Path),
    cls=Option,
    help=(
        "Match the needs of an NDJSON file instead, without a register: one JSON "
        "object a line comes out, with or without --json."
    ),
)
@click.option("--explain", is_flag=True, cls=Option, help="With the evidence.")
@click.option("--kind", type=_names(CandidateKind), cls=Option, help="Only one kind.")
def _match(
    session: Session, source: Path | None, kind: str | None, *, explain: bool
) -> None:
    if source is not None:
        _match_file(session, source, kind, explain=explain)
        return
    workspace = session.workspace
    found = [
        p
        for p in workspace.match()
        if not kind or p.candidate.kind.name.lower() == kind
    ]
    if session.as_json:
        for proposal in found:
            session.json_line(summary(session, proposal, explain=explain))
        return
    administrations, needs = workspace.administrations(), workspace.needs()
    for proposal in found:
        shown.candidate(
            session,
            proposal,
            administrations=administrations,
            needs=needs,
            explain=explain,
        )
        session.line()
    session.tell(say("Proposals: {n}.", n=len(found)))


def _match_file(
    session: Session, source: Path, kind: str | None, *, explain: bool
) -> None:
    from jointbuy.workspace import uncollected  # it brings all of matching

    matched = match_lines(
        source, on=session.on, explain=explain, folder=settings.folder()
    )
    write = sys.stdout.write
    with uncollected():
        for proposal in matched.proposals:
            if kind and proposal["kind"] != kind:
                continue
            if explain:
                _put_in_words(session, proposal["reasons"])
            write(session.as_line(proposal))
    session.problems(matched.problems[:MOST_FAULTS])
    if len(matched.problems) > MOST_FAULTS:
        session.tell(say("  … and {n} more.", n=len(matched.problems) - MOST_FAULTS))
    refused = sum(problem.blocking for problem in matched.problems)
    if refused:
        session.tell(say("Lines refused: {n}.", n=refused))
        click.get_current_context().exit(REFUSED)
    if not matched.needs:
        session.tell(say("There is no need in the file."))


def _put_in_words(session: Session, reasons: list[dict[str, Any]]) -> None:
    tell = session.catalogue.say
    for reason in reasons:
        reason["message"] = tell(reason["message"])
        reason["evidence"] = [tell(item) for item in reason["evidence"]]


match = command(
    name="match",
    help=(
        "Say who could buy together, which framework fits, and who had better stay "
        "separate, each with its reasons."
    ),
)(_match)


@click.argument("proposal")
def _show(session: Session, proposal: str) -> None:
    workspace = session.workspace
    found = workspace.proposal(proposal)
    if session.as_json:
        made = summary(session, found, explain=True)
        made["dossier"] = in_words(session, found.dossier)
        made["appraisal"] = brief(workspace.appraisal_of(found))
        session.json(made)
        return
    everyone = workspace.administrations()
    shown.candidate(
        session,
        found,
        administrations=everyone,
        needs=workspace.needs(),
    )
    shown.paragraph(
        session, session.say(gain_line(workspace.appraisal_of(found))), indent=4
    )
    if found.dossier and found.dossier.choice:
        choice = found.dossier.choice
        session.line(
            say(
                "{state} on {day} by {who}. {why}",
                state=CANDIDATE_STATES[found.state],
                day=choice.on,
                who=choice.by,
                why=choice.why,
            )
        )
    for decision in found.dossier.decisions if found.dossier else ():
        session.line(
            say(
                "Decision of {day}, {who}: {stage}, {outcome} {number}",
                day=decision.on,
                who=shown.names(session, [decision.administration], everyone),
                stage=STAGES[decision.stage],
                outcome=VOTES[decision.outcome],
                number=decision.number,
            )
        )
        if decision.conditions:
            shown.paragraph(session, decision.conditions, indent=4)


show = command(name="show", help="Show one proposal with all its reasons.")(_show)


@click.argument("proposal")
@click.option("--why", default="", cls=Option, help="The reason.")
@click.option("--form", type=_names(Form), cls=Option, help="The form of cooperation.")
@click.option("--pilot", default="", cls=Option, help="Who acts for the others.")
@click.option(
    "--without",
    multiple=True,
    metavar="ADMINISTRATION",
    cls=Option,
    help="Leave one out, such as one that voted no; may be repeated.",
)
def _retain(
    session: Session,
    proposal: str,
    why: str,
    form: str | None,
    pilot: str,
    without: tuple[str, ...],
) -> None:
    dossier = session.workspace.retain(
        proposal,
        why=why,
        form=Form[form.upper()] if form else None,
        pilot=pilot,
        without=without,
    )
    choice = dossier.choice
    session.tell(
        say(
            "{id} is retained; the findings of today are kept with it ({worst}).",
            id=dossier.id,
            worst=standing_of(choice.worst, choice.findings)
            if choice and choice.worst
            else "",
        )
    )
    if session.as_json:
        session.json(in_words(session, dossier))


retain = command(
    name="retain",
    help="Retain a proposal, with the findings of the day.",
)(_retain)


@click.argument("proposal")
@click.option("--why", required=True, cls=Option, help="The reason.")
def _set_aside(session: Session, proposal: str, why: str) -> None:
    dossier = session.workspace.set_aside(proposal, why=why)
    session.tell(say("{id} is set aside.", id=dossier.id))
    if session.as_json:
        session.json(in_words(session, dossier))


set_aside = command(name="set-aside", help="Set a proposal aside, with the reason.")(
    _set_aside
)


@click.argument("proposal")
@click.option("--administration", "-a", required=True, cls=Option, help="Whose body.")
@click.option("--stage", type=_names(Stage), required=True, cls=Option, help="On what.")
@click.option(
    "--outcome", type=_names(Vote), required=True, cls=Option, help="What was decided."
)
@click.option(
    "--day", required=True, cls=Option, metavar="DATE", help="Day of the session."
)
@click.option("--body", type=_names(BodyKind), cls=Option, help="Which body.")
@click.option("--number", default="", cls=Option, help="Number of the act.")
@click.option(
    "--conditions", default="", cls=Option, help="Conditions or reservations."
)
def _decide(
    session: Session,
    proposal: str,
    administration: str,
    stage: str,
    outcome: str,
    day: str,
    body: str | None,
    number: str,
    conditions: str,
) -> None:
    if outcome == "conditional" and not conditions.strip():
        raise UsageError(say("Say under which conditions, with --conditions."))
    decision = Decision(
        administration=administration,
        stage=Stage[stage.upper()],
        outcome=Vote[outcome.upper()],
        on=parse_on(day),
        body=BodyKind[body.upper()] if body else None,
        number=number,
        conditions=conditions,
    )
    dossier = session.workspace.decide(proposal, decision)
    session.tell(say("The decision is recorded with {id}.", id=dossier.id))
    _superseded(session, dossier)
    if session.as_json:
        session.json(in_words(session, dossier))


def _superseded(session: Session, dossier: Dossier) -> None:
    """Say which of several decisions on one stage counts."""
    *before, made = dossier.decisions
    days = [
        each.on
        for each in before
        if (each.administration, each.stage) == (made.administration, made.stage)
    ]
    if days and made.on >= max(days):
        session.tell(
            say(
                "It takes the place of the decision of {day}, which stays in the "
                "record.",
                day=max(days),
            )
        )
    elif days:
        session.tell(
            say(
                "The decision of {day} on the same stage is later and goes on "
                "counting.",
                day=max(days),
            )
        )


decide = command(
    name="decide", help="Record what a competent body decided on a retained proposal."
)(_decide)


@click.argument("proposal")
@click.option(
    "--kind",
    default="convention",
    cls=Option,
    help="Which paper: convention, or deliberation for an adhesion.",
)
@click.option("--lang", "language", required=True, cls=Option, help="Its language.")
@click.option(
    "--out",
    "folder",
    type=click.Path(path_type=Path),
    default=Path(),
    cls=Option,
    help="The folder to write it to.",
)
@click.option(
    "--format",
    "formats",
    type=click.Choice(["docx", "markdown"]),
    multiple=True,
    default=("docx",),
    cls=Option,
    help="DOCX, Markdown, or both.",
)
@click.option("--overwrite", is_flag=True, cls=Option, help="Replace the file.")
def _draft(
    session: Session,
    proposal: str,
    kind: str,
    language: str,
    folder: Path,
    formats: tuple[str, ...],
    *,
    overwrite: bool,
) -> None:
    if kind == "deliberation":
        from jointbuy.cli.drafting import told_drafts

        workspace = session.workspace
        acts = workspace.draft_joining(
            workspace.proposal(proposal),
            folder=folder,
            languages=(language,),
            formats=formats,
            overwrite=overwrite,
        )
        told_drafts(session, acts)
        return
    drafted = session.workspace.draft(
        proposal,
        kind=kind,
        language=language,
        folder=folder,
        formats=formats,
        overwrite=overwrite,
    )
    if session.as_json:
        session.json(
            {
                "files": [str(path) for path in drafted.paths],
                "to_complete": list(drafted.fields),
            }
        )
        return
    for path in drafted.paths:
        session.line(str(path))
    session.tell(say("Fields to complete: {n}.", n=len(drafted.fields)))
    for label in drafted.fields:
        session.tell(say("- {label}", label=label))


draft = command(
    name="draft", help="Write a draft of a paper, to be verified.", ui=False
)(_draft)
