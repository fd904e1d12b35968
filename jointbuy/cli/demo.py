"""`jointbuy demo`: the whole job, on a throw-away copy of a sample register."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

import click

from jointbuy.cli import show as shown
from jointbuy.cli.base import Option, Session, at_terminal, command, open_terminal
from jointbuy.cli.deadlines import plain as plain_deadline
from jointbuy.cli.law import as_json
from jointbuy.cli.planning import plain_plan
from jointbuy.cli.proposals import brief, summary
from jointbuy.codec import to_plain
from jointbuy.errors import Message, say
from jointbuy.l10n import format as written
from jointbuy.model import CandidateKind, Outcome
from jointbuy.workspace import gain_line
from jointbuy.workspace.words import OUTCOMES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jointbuy.workspace import Drafted, Proposal, Workspace

SHOWN = 12
WITHIN = 60


@click.option("--plain", is_flag=True, cls=Option, help="Tell it as plain text.")
@click.option("--sample", "name", default="brussels", cls=Option, help="Which sample.")
def _demo(session: Session, name: str, *, plain: bool) -> None:
    desk = session.desk
    desk.sample(name)
    if at_terminal() and not plain and not session.as_json:
        open_terminal(desk)
        return
    story = tell_in_json if session.as_json else tell
    with contextlib.closing(desk):
        story(session, session.workspace, Path(desk.location).parent)


demo = command(
    name="demo",
    help="Show the whole job on a throw-away copy of a sample register.",
)(_demo)


def tell(session: Session, workspace: Workspace, folder: Path) -> None:
    """The story of a register: needs, proposals, the law, the plan, the deadlines."""
    _needs(session, workspace)
    proposals = workspace.match()
    _proposals(session, workspace, proposals)
    best = _across_languages(workspace, proposals)
    if best is not None:
        _law(session, workspace, best)
        _plan(session, workspace, best, folder)
    _deadlines(session, workspace)


def tell_in_json(session: Session, workspace: Workspace, folder: Path) -> None:
    """The same story as one JSON object."""
    register, proposals = workspace.register, workspace.match()
    told: dict[str, object] = {
        "register": register.names.get(session.language) or register.id,
        "on": workspace.on.isoformat(),
        "needs": [to_plain(need) for need in workspace.needs().values()],
        "proposals": [summary(session, one, explain=True) for one in proposals],
    }
    best = _across_languages(workspace, proposals)
    if best is not None:
        id_ = best.candidate.id
        told["appraisal"] = brief(workspace.appraisal_of(best))
        told["check"] = as_json(session, workspace.check(id_))
        workspace.retain(id_, why="demo")
        told["plan"] = plain_plan(session, workspace.plan(id_))
        told["drafts"] = [
            {
                "file": drafted.paths[0].name,
                "language": language,
                "to_complete": list(drafted.fields),
            }
            for language, drafted in _drafted(workspace, id_, folder)
        ]
    found = workspace.deadlines(within=WITHIN)
    told["deadlines"] = [plain_deadline(session, one) for one in found]
    session.json(told)


def _drafted(
    workspace: Workspace, id_: str, folder: Path
) -> Iterator[tuple[str, Drafted]]:
    for language in ("fr", "nl"):
        yield (
            language,
            workspace.draft(id_, kind="convention", language=language, folder=folder),
        )


def _head(session: Session, number: int, text: Message) -> None:
    said = f"{number}. {session.say(text)}"
    session.line()
    session.line(said)
    session.line("=" * len(said))


def _needs(session: Session, workspace: Workspace) -> None:
    register, everyone = workspace.register, workspace.administrations()
    session.line(
        say(
            "{name}, as on {day}. The municipality and its people are invented.",
            name=register.names.get(session.language) or register.id,
            day=workspace.on,
        )
    )
    needs = list(workspace.needs().values())
    _head(session, 1, say("What the administrations need"))
    for admin in everyone.values():
        own = [need for need in needs if need.administration == admin.id]
        if own:
            session.line(
                say(
                    "{name}: needs registered: {n}. For instance:",
                    name=admin.name(session.language),
                    n=len(own),
                )
            )
            for need in own[:3]:
                estimate = (
                    written.amount(need.estimate, session.language)
                    if need.estimate is not None
                    else session.say(say("not estimated"))
                )
                shown.paragraph(
                    session, f"{need.title} ({estimate})", indent=2, first="- "
                )


def _proposals(
    session: Session, workspace: Workspace, proposals: Sequence[Proposal]
) -> None:
    everyone, needs = workspace.administrations(), workspace.needs()
    _head(session, 2, say("Who could buy together, and why"))
    blocked = [p for p in proposals if _hindered(p)]
    separate = [p for p in proposals if p.candidate.kind is CandidateKind.SEPARATE]
    best = _across_languages(workspace, proposals)
    told = [
        (say("Needs in two languages that meet:"), best),
        (say("A framework that is closed to one of them:"), _first(blocked)),
        (say("Better bought alone:"), _first(separate)),
    ]
    for head, proposal in told:
        if proposal is not None:
            session.line()
            session.line(head)
            shown.candidate(session, proposal, administrations=everyone, needs=needs)
            worth = gain_line(workspace.appraisal_of(proposal))
            shown.paragraph(session, session.say(worth), indent=4)
    session.line()
    session.line(say("All proposals, best first:"))
    for proposal in proposals[:SHOWN]:
        session.line("  " + shown.headline(session, proposal))
    if len(proposals) > SHOWN:
        session.line(say("  … and {n} more.", n=len(proposals) - SHOWN))


def _first(proposals: Sequence[Proposal]) -> Proposal | None:
    return proposals[0] if proposals else None


def _hindered(proposal: Proposal) -> bool:
    """Whether it is an adhesion with a reason that forbids it."""
    names = {reason.name for reason in proposal.candidate.reasons}
    return (
        proposal.candidate.kind is CandidateKind.ADHESION and "interest_missed" in names
    )


def _across_languages(
    workspace: Workspace, proposals: Sequence[Proposal]
) -> Proposal | None:
    """The best joint proposal whose needs are written in several languages."""
    needs = workspace.needs()
    joint = [p for p in proposals if p.candidate.kind is CandidateKind.JOINT]
    for proposal in joint:
        spoken = {needs[i].language for i in proposal.candidate.needs if i in needs}
        if len(spoken - {""}) > 1:
            return proposal
    return _first(joint)


def _law(session: Session, workspace: Workspace, proposal: Proposal) -> None:
    _head(session, 3, say("What the law of the day says"))
    checked = workspace.check(proposal.candidate.id)
    counted = {
        outcome: sum(1 for f in checked.findings if f.outcome is outcome)
        for outcome in Outcome
    }
    session.line(shown.headline(session, proposal))
    session.line(
        ", ".join(
            shown.headed(session, shown.spoken(session, OUTCOMES[outcome]), str(count))
            for outcome, count in counted.items()
            if count
        )
    )
    told = [found for found in checked.findings if not found.ask]
    for found in sorted(told, key=lambda f: -f.outcome.rank)[:4]:
        shown.finding(session, found)
    session.line(
        say("Questions still open: {n}; the first:", n=len(checked.open_questions))
    )
    shown.questions(session, checked, most=4)


def _plan(
    session: Session, workspace: Workspace, proposal: Proposal, folder: Path
) -> None:
    _head(session, 4, say("Retained: the plan and the draft"))
    id_ = proposal.candidate.id
    workspace.retain(id_, why="demo")
    shown.plan(session, workspace.plan(id_), workspace.administrations())
    for _, drafted in _drafted(workspace, id_, folder):
        session.line(
            say(
                "Draft convention written: {file}, {n} fields to complete.",
                file=drafted.paths[0].name,
                n=len(drafted.fields),
            )
        )


def _deadlines(session: Session, workspace: Workspace) -> None:
    _head(session, 5, say("The next deadlines"))
    found = workspace.deadlines(within=WITHIN)
    shown.deadlines(session, found[:SHOWN], workspace.administrations())
    session.line()
    session.line(say("Everything was done on a copy that is now deleted. To begin:"))
    session.line("  jointbuy needs add --help")
    session.line("  jointbuy needs import FILE.xlsx")
