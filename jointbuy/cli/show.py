"""How proposals, findings, plans and deadlines read on a terminal."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from jointbuy.errors import Arg, Message, euro, say, word
from jointbuy.l10n import format as written
from jointbuy.model import Level, Outcome, StepKind, Stops
from jointbuy.workspace.citing import basis_said, cited_said
from jointbuy.workspace.proposals import FORMS as USUAL
from jointbuy.workspace.words import (
    CANDIDATE_KINDS,
    CANDIDATE_STATES,
    FORMS,
    OUTCOMES,
    STOPS,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from jointbuy.cli.base import Session
    from jointbuy.model import (
        Administration,
        Candidate,
        Citation,
        Deadline,
        Finding,
        Milestone,
        Need,
        Plan,
    )
    from jointbuy.workspace import Checked, Proposal
    from jointbuy.workspace.watching import Watch

LEVELS = {
    Level.OVERDUE: word("missed or overdue"),
    Level.WEEK: word("this week"),
    Level.MONTH: word("within 30 days"),
    Level.QUARTER: word("within 90 days"),
    Level.LATER: word("later"),
}


def spoken(session: Session, arg: Arg) -> str:
    """One translated word."""
    return session.catalogue.word(arg.text)


def headed(session: Session, head: str, rest: str) -> str:
    """A text under its head, set apart as the language does."""
    return session.say(say("{head}: {rest}", head=head, rest=rest))


def paragraph(session: Session, text: str, *, indent: int = 0, first: str = "") -> None:
    """A text folded to 80 columns under its first words."""
    folded = textwrap.wrap(
        text,
        width=79,
        initial_indent=" " * indent + first,
        subsequent_indent=" " * (indent + len(first)),
        break_long_words=False,
        break_on_hyphens=False,
    )
    for line in folded or [""]:
        session.line(line)


def title_of(session: Session, candidate: Candidate) -> str:
    """What the proposal is about, in the user's language."""
    return candidate.title.get(session.language) or candidate.cpv or candidate.id


def headline(session: Session, proposal: Proposal) -> str:
    """Id, kind, object and score in one line."""
    candidate = proposal.candidate
    return session.say(
        say(
            "{id}  {kind}: {title} ({score} points, {state})",
            id=candidate.id,
            kind=_kind(proposal),
            title=title_of(session, candidate),
            score=candidate.score,
            state=CANDIDATE_STATES[proposal.state],
        )
    )


def _kind(proposal: Proposal) -> Arg:
    """What is proposed, or the form it was retained in where that is another one."""
    kind, dossier = proposal.candidate.kind, proposal.dossier
    if dossier is None or dossier.form is None or proposal.state != "retained":
        return CANDIDATE_KINDS[kind]
    usual = dossier.form is USUAL.get(kind)
    return CANDIDATE_KINDS[kind] if usual else FORMS[dossier.form]


def names(
    session: Session, ids: Iterable[str], known: Mapping[str, Administration]
) -> str:
    """Administrations by name, in order."""
    return ", ".join(known[i].name(session.language) if i in known else i for i in ids)


def candidate(
    session: Session,
    proposal: Proposal,
    *,
    administrations: Mapping[str, Administration],
    needs: Mapping[str, Need],
    explain: bool = True,
) -> None:
    """A proposal and its reasons, largest weight first."""
    found = proposal.candidate
    session.line(headline(session, proposal))
    who = names(session, found.administrations, administrations)
    session.line(f"    {who}")
    changes(session, proposal.changes, indent=4)
    if found.launch and len(found.administrations) > 1:
        session.line("    " + session.say(say("Common start: {day}", day=found.launch)))
    for entry in found.entries:
        need = needs.get(entry.need)
        session.line(
            "    "
            + session.say(
                say(
                    "Enters on {day}: {who}",
                    day=entry.on,
                    who=names(session, [need.administration], administrations)
                    if need
                    else entry.need,
                )
            )
        )
    if found.estimate is not None:
        total = say("Estimate: {amount} excluding VAT", amount=euro(found.estimate))
        session.line("    " + session.say(total))
    if explain:
        for id_ in found.needs:
            if id_ in needs:
                need = needs[id_]
                owner = names(session, [need.administration], administrations)
                paragraph(
                    session,
                    headed(session, owner, f"{need.title} [{id_}]"),
                    indent=4,
                    first="· ",
                )
    for reason in sorted(found.reasons, key=lambda r: -abs(r.weight)):
        text = session.say(reason.message)
        paragraph(session, text, indent=4, first=f"{reason.weight:+4d}  ")
        if explain:
            for evidence in reason.evidence:
                paragraph(session, session.say(evidence), indent=10, first="- ")
    _sentences(session, say("Missing:"), found.missing)
    _sentences(session, say("Would change the advice:"), found.would_change)


def changes(session: Session, found: Iterable[Message], *, indent: int = 0) -> None:
    """What changed since the choice was made, and what to do about it."""
    said = [session.say(sentence) for sentence in found]
    if not said:
        return
    head = say(
        "The register has changed since the choice was made; retaining it again takes "
        "over the needs of today:"
    )
    paragraph(session, session.say(head), indent=indent, first="! ")
    for text in said:
        paragraph(session, text, indent=indent + 2, first="- ")


def _sentences(session: Session, head: Message, sentences: Iterable[Message]) -> None:
    said = [session.say(sentence) for sentence in sentences]
    if said:
        session.line("    " + session.say(head))
        for text in said:
            paragraph(session, text, indent=6, first="- ")


def citation(session: Session, basis: Citation) -> str:
    """Where it is written, and whether it still has to be verified."""
    return session.say(cited_said(basis))


def citations(session: Session, basis: Iterable[Citation]) -> str:
    """Several of them, each text named once; empty where there is none."""
    return session.say(basis_said(basis))


def finding(session: Session, found: Finding) -> None:
    """One finding: how it weighs, what it says, what it stops, where it is written."""
    mark = spoken(session, OUTCOMES[found.outcome])
    if found.stops and found.outcome > Outcome.INFO:
        mark += f", {spoken(session, STOPS[found.stops])}"
    code = f" [{found.ask}]" if found.ask else ""
    paragraph(
        session,
        headed(session, mark + code, session.say(found.message)),
        indent=2,
        first="· ",
    )
    if found.basis:
        paragraph(session, f"({citations(session, found.basis)})", indent=4)


def check_head(session: Session, checked: Checked) -> None:
    """The form, the day of the law and how it stands, and the needs that changed."""
    from jointbuy.workspace.headline import headline_said

    paragraph(session, session.say(headline_said(checked)))
    changes(session, checked.changes, indent=2)


def check(session: Session, checked: Checked, *, everything: bool) -> None:
    """The findings, worst first; those in order only when everything is asked for."""
    from jointbuy.cli import explaining

    check_head(session, checked)
    explaining.since(session, checked)
    answered = [found for found in checked.findings if not found.ask]
    for found in sorted(answered, key=lambda f: -f.outcome.rank):
        if everything or found.outcome > Outcome.OK:
            finding(session, found)
    explaining.later(session, checked)
    waiting = [found for found in checked.findings if found.ask]
    if waiting:
        session.line()
        session.line(say("Questions still open: {n}", n=len(checked.open_questions)))
        questions(session, checked)


def questions(session: Session, checked: Checked, *, most: int | None = None) -> None:
    """The open questions by what they stop, the form first: code and question."""
    texts = {question.code: question.text for question in checked.questions}
    stops = {found.ask: found.stops for found in checked.findings if found.ask}
    order = (None, *Stops)
    codes = sorted(checked.open_questions, key=lambda c: order.index(stops.get(c)))
    wide = max(map(len, codes[:most]), default=0)
    headed_by: Stops | None = None
    for code in codes[:most]:
        stop = stops.get(code)
        if stop is not None and stop is not headed_by:
            headed_by = stop
            head = spoken(session, STOPS[stop])
            session.line("  " + headed(session, head, "").rstrip())
        text = session.say(texts[code]) if code in texts else ""
        paragraph(session, text, indent=2, first=f"{code:<{wide}}  ")


def _slack(session: Session, step: Milestone) -> str:
    """The days left for a step; what was done, or only marks the time, has none."""
    if step.done is not None:
        return spoken(session, word("done"))
    if step.slack is None or (step.kind is StepKind.ANCHOR and step.slack < 0):
        return ""
    return f"{step.slack:+d}"


def _margin(step: Milestone) -> str:
    """The days a step can slip; starred where it decides the earliest start."""
    if step.margin is None:
        return ""
    return f"{step.margin:+d}{'*' if step.critical else ' '}"


def plan(
    session: Session,
    made: Plan,
    administrations: Mapping[str, Administration],
    *,
    codes: bool = False,
) -> None:
    """The steps, earliest first, and what does not hold."""
    rows = [
        (
            written.day(step.day, session.language),
            session.say(step.step),
            names(session, [step.administration], administrations)
            if step.administration
            else "",
            _slack(session, step),
            _margin(step),
            *((step.code,) if codes else ()),
        )
        for step in made.milestones
    ]
    heads = (
        say("At the latest"),
        say("Step"),
        say("Who"),
        say("Days left"),
        say("Slack (days)"),
        *((say("Code"),) if codes else ()),
    )
    session.table(heads, rows)
    if made.critical:
        session.line(say("* This chain decides the earliest start."))
    if made.earliest is not None:
        session.line(
            say("First start for which every step holds: {day}.", day=made.earliest)
        )
    for step in made.milestones:
        if step.forced:
            fixed = say(
                "Fixed: {step}, {day} ({why}).",
                step=step.label,
                day=step.day,
                why=step.why,
            )
            paragraph(session, session.say(fixed), first="= ")
            if step.note is not None:
                paragraph(session, session.say(step.note), first="~ ")
        if step.code == "validity" and step.note is not None:
            paragraph(session, session.say(step.note), first="~ ")
    for each in made.unsure:
        paragraph(session, session.say(each), first="~ ")
    if made.changes:
        session.line()
        changes(session, made.changes)
    for breach in made.breaches:
        session.line()
        paragraph(session, session.say(breach.message), first="! ")
        for remedy in breach.remedies:
            paragraph(session, session.say(remedy), indent=2, first="- ")


def deadlines(
    session: Session,
    found: Iterable[Deadline],
    administrations: Mapping[str, Administration],
    watch: Watch | None = None,
) -> None:
    """Deadlines under their levels; with a watch, their codes and who acts on each."""
    level = None
    for deadline in found:
        if deadline.level is not level:
            level = deadline.level
            session.line(spoken(session, LEVELS[level]).upper())
        who = names(session, [deadline.administration], administrations)
        day = written.day(deadline.day, session.language)
        text = session.say(deadline.what)
        paragraph(
            session,
            headed(session, who, text) if who else text,
            indent=2,
            first=f"{deadline.code}  {day}  " if watch else f"{day}  ",
        )
        indent = 14 if watch is None else 22
        if deadline.consequence:
            paragraph(session, session.say(deadline.consequence), indent=indent)
        for fact in _about(deadline, watch) if watch else ():
            paragraph(session, session.say(fact), indent=indent)


def _about(deadline: Deadline, watch: Watch) -> Iterator[Message]:
    """Who acts, what comes too late, who was reminded last, why it was put off."""
    from jointbuy.workspace.digests import reminded_said

    person = watch.contacts.get(deadline.contact)
    if person is not None:
        yield say("To be done by: {names}", names=person.name)
    else:
        yield say("No contact person is active: name one.")
    for sitting in watch.sittings(deadline):
        if sitting.warning is not None:
            yield say(
                "! {warning} Way out: `sessions last --deadline {code}`.",
                warning=sitting.warning,
                code=deadline.code,
            )
    for last in watch.reminded(deadline)[:1]:
        yield reminded_said(watch, last)
    if (snooze := watch.snoozed(deadline)) is not None:
        yield say("Put off until {until}: {why}", until=snooze.until, why=snooze.why)
