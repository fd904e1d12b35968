"""Why something is proposed, what is in its way, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from jointbuy.errors import euro, say, word
from jointbuy.model import Outcome
from jointbuy.tui.proposals.listing import (
    current,
    name_of,
    standings,
    title,
    votes,
)
from jointbuy.tui.proposals.words import BRIEFLY
from jointbuy.tui.prose import (
    Paragraph,
    bar,
    blank,
    bullet,
    fact,
    head,
    heading,
    paragraph,
    plain,
)
from jointbuy.workspace import VERDICTS, gain_line
from jointbuy.workspace.headline import headline_said, whole
from jointbuy.workspace.words import (
    CANDIDATE_KINDS,
    CANDIDATE_STATES,
    FORMS,
    OUTCOMES,
    STAGES,
    VOTES,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jointbuy.errors import Message
    from jointbuy.model import Candidate, Decision, Need, Reason
    from jointbuy.tui.proposals.listing import Row
    from jointbuy.tui.speech import Speech
    from jointbuy.workspace.outlook import Outlook
    from jointbuy.workspace.procedures import ByValue

WIDE = 8
"""Columns of the bar of one reason."""

CHANGED = say(
    "The register has changed since the choice was made; retaining it again takes "
    "over the needs of today:"
)


def why(row: Row, outlook: Outlook | None, speech: Speech) -> Iterator[Paragraph]:
    """Everything about a proposal; the essentials stand first.

    The outlook is read beside; without it nothing is said of law and plan yet.
    """
    yield from _essentials(row, outlook, speech)
    yield from _history(row, speech)
    yield from _reasons(row.candidate, speech)
    yield from _sentences(say("Missing:"), row.candidate.missing, speech)
    yield from _sentences(
        say("Would change the advice:"), row.candidate.would_change, speech
    )
    yield from _participants(row, speech)
    if outlook is not None:
        yield from _worth(outlook, speech)
        yield from _value(row, outlook, speech)
        yield from _law(outlook, speech)
        yield from _plan(outlook, speech)


def _essentials(
    row: Row, outlook: Outlook | None, speech: Speech
) -> Iterator[Paragraph]:
    found = row.candidate
    yield head(title(row, speech))
    form = row.dossier.form if row.dossier else None
    parts = [
        f"{found.score} {bar(found.score / 100, WIDE).rstrip()}".rstrip(),
        speech.line(FORMS[form] if form else CANDIDATE_KINDS[found.kind]),
        _period(row, speech),
        speech.euro(found.estimate),
    ]
    yield paragraph(" · ".join(part for part in parts if part), "$text-muted")
    if row.proposal.state == "retained":
        yield paragraph(chain(row, speech))
    yield paragraph(" · ".join(_shares(row, speech)))
    if row.framework is not None and row.centre is not None:
        names = speech.name(row.centre.names), speech.name(row.framework.title)
        yield paragraph("→ " + " – ".join(names))
    if outlook is not None:
        yield from _ahead(outlook, speech)
    for reason in found.reasons:
        if reason.name == "running_contracts":
            yield _warning(reason.message, speech)
    if row.proposal.changes:
        yield _warning(CHANGED, speech)
        for each in row.proposal.changes:
            yield bullet(speech.say(each), indent=2)


def _ahead(outlook: Outlook, speech: Speech) -> Iterator[Paragraph]:
    """The next step, what is in the way, and what it is worth."""
    if (step := outlook.next_step) is not None:
        if (step.slack or 0) < 0:
            late = say("Late since {day}: {step}", day=step.day, step=step.label)
            yield _warning(late, speech)
        else:
            yield paragraph(
                speech.say(
                    say("Next step by {day}: {step}", day=step.day, step=step.label)
                )
            )
    checked = outlook.checked
    if checked is not None and whole(checked) > Outcome.UNKNOWN:
        yield _warning(headline_said(checked), speech)
    if outlook.plan is not None and outlook.plan.breaches:
        yield _warning(
            say("The plan does not hold; steps that break: {n}.", n=_late(outlook)),
            speech,
        )
    if outlook.trouble is not None:
        yield _warning(outlook.trouble, speech)
    if outlook.appraisal is not None and outlook.appraisal.lines:
        yield paragraph(speech.say(gain_line(outlook.appraisal)))


def _late(outlook: Outlook) -> int:
    return len(outlook.plan.breaches) if outlook.plan else 0


def _warning(message: Message, speech: Speech) -> Paragraph:
    return bullet(speech.say(message), sign="!", style="$text-warning")


def _period(row: Row, speech: Speech) -> str:
    days = [row.candidate.launch, row.latest]
    if days[0] is not None and days[1] is not None and days[1] < days[0]:
        days[1] = None
    return "–".join(speech.day(day) for day in days if day is not None)


def _shares(row: Row, speech: Speech) -> Iterator[str]:
    for who, amount in row.amounts().items():
        name = name_of(row, who, speech)
        yield f"{name} ({speech.euro(amount)})" if amount is not None else name


def chain(row: Row, speech: Speech) -> str:
    """The states of a retained proposal in a line, with where it stands."""
    here, parts = current(row), ["✓ " + speech.line(CANDIDATE_STATES["retained"])]
    for each in standings(row):
        sign = "✗" if each.no else "✓" if each.complete else "·"
        if here is not None and each.stage is here.stage and not each.no:
            sign = "▶"
        count = "" if each.of == 1 else f" {each.yes}/{each.of}"
        parts.append(f"{sign} {speech.line(BRIEFLY[each.stage])}{count}")
    return " → ".join(parts)


def _history(row: Row, speech: Speech) -> Iterator[Paragraph]:
    """The choice made, and what the bodies decided."""
    choice = row.proposal.choice
    if choice is None:
        return
    yield blank()
    chosen = say(
        "{state} on {day} by {who}. {why}",
        state=CANDIDATE_STATES[row.proposal.state],
        day=choice.on,
        who=choice.by,
        why=choice.why,
    )
    yield paragraph(speech.say(chosen))
    pilot = row.dossier.pilot if row.dossier else ""
    if pilot:
        yield fact(speech.line(PILOT), name_of(row, pilot, speech))
    counting = list(votes(row.dossier).values())
    for each in row.dossier.decisions if row.dossier else ():
        yield from _decision(row, each, speech, counts=each in counting)


PILOT = word("pilot")


def _decision(
    row: Row, made: Decision, speech: Speech, *, counts: bool
) -> Iterator[Paragraph]:
    said = say(
        "Decision of {day}, {who}: {stage}, {outcome} {number}",
        day=made.on,
        who=name_of(row, made.administration, speech),
        stage=STAGES[made.stage],
        outcome=VOTES[made.outcome],
        number=made.number,
    )
    yield bullet(speech.say(said), style="" if counts else "$text-muted")
    if made.conditions:
        yield paragraph(made.conditions, indent=4)


def _reasons(found: Candidate, speech: Speech) -> Iterator[Paragraph]:
    """The signed reasons, largest first, and their sum."""
    yield blank()
    yield heading(speech.say(say("Why")))
    most = max((abs(reason.weight) for reason in found.reasons), default=1) or 1
    for reason in sorted(found.reasons, key=lambda each: -abs(each.weight)):
        yield _reason(reason, most, speech)
        for evidence in reason.evidence:
            yield bullet(speech.say(evidence), style="$text-muted", indent=WIDE + 6)
    total = say("{points} points in all", points=found.score)
    yield paragraph("= " + speech.say(total), "bold", indent=2)


def _reason(reason: Reason, most: int, speech: Speech) -> Paragraph:
    share = abs(reason.weight) / most
    if reason.weight < 0:
        strip, style = ("·" * max(round(share * WIDE), 1)).ljust(WIDE), "$text-error"
    else:
        strip, style = bar(share, WIDE), "$text-success"
    points = f"{reason.weight:+4d} " if reason.weight else "   0 "
    return Paragraph(
        text=plain(speech.say(reason.message)),
        first=plain(points, "bold") + plain(strip, style) + Content(" "),
    )


def _sentences(
    title_: Message, found: Iterable[Message], speech: Speech
) -> Iterator[Paragraph]:
    said = [speech.say(each) for each in found]
    if said:
        yield blank()
        yield heading(speech.say(title_))
        for text in said:
            yield bullet(text)


def _participants(row: Row, speech: Speech) -> Iterator[Paragraph]:
    yield blank()
    yield heading(speech.say(say("Participants")))
    entries = {entry.need: entry.on for entry in row.candidate.entries}
    for who, amount in row.amounts().items():
        name = name_of(row, who, speech)
        yield bullet(f"{name}  {speech.euro(amount)}".rstrip())
        for need in row.needs:
            if need.administration == who:
                yield paragraph(_need(need, speech), "$text-muted", indent=2)
                if need.id in entries:
                    enters = say(
                        "Enters on {day}: {who}", day=entries[need.id], who=name
                    )
                    yield paragraph(speech.say(enters), "$text-muted", indent=4)


def _need(need: Need, speech: Speech) -> str:
    days = [speech.day(day) or "…" for day in (need.earliest, need.latest)]
    when = "–".join(days) if need.earliest or need.latest else ""
    return " · ".join(part for part in (need.title, need.cpv, when) if part)


def _worth(outlook: Outlook, speech: Speech) -> Iterator[Paragraph]:
    """What it gains in three cases, the verdict, and what would turn it."""
    found = outlook.appraisal
    if found is None or not found.lines or found.gain.estimated is None:
        return
    gain = found.gain.estimated
    yield blank()
    yield heading(
        speech.say(say("Verdict: {verdict}", verdict=VERDICTS[found.verdict.value]))
    )
    for title_, amount in (
        *((line.title, line.amount) for line in found.lines),
        (say("Estimated gain"), gain),
    ):
        three = [speech.euro(one) for one in (amount.low, amount.mid, amount.high)]
        line = say("{head}: {rest}", head=title_, rest=" / ".join(three))
        yield bullet(speech.say(line))
    cases = say("Low, middle and high case; an estimate, excluding VAT.")
    yield paragraph(speech.say(cases), "$text-muted")
    for each in (*found.missing, *found.warnings):
        yield _warning(each, speech)
    for each in found.turns:
        yield bullet(speech.say(each), sign="↺", style="$text-muted")


def _value(row: Row, outlook: Outlook, speech: Speech) -> Iterator[Paragraph]:
    """The procedure that the value of the whole calls for, and that of each part."""
    if outlook.procedure is None:
        return
    yield blank()
    if outlook.unvalued is not None:
        yield _warning(outlook.unvalued, speech)
        meanwhile = say(
            "Until then the plan counts with: {procedure}.",
            procedure=outlook.procedure,
        )
        yield paragraph(speech.say(meanwhile), "$text-muted")
        return
    yield fact(speech.say(say("Procedure")), speech.say(outlook.procedure))
    publicity = (
        say("European publicity is required.")
        if outlook.eu_publicity
        else say("European publicity is not required.")
    )
    yield paragraph(speech.say(publicity), "$text-muted")
    if outlook.value is not None:
        yield from _tips(row, outlook.value, speech)


def _tips(row: Row, found: ByValue, speech: Speech) -> Iterator[Paragraph]:
    """Where it stands on the ladder of procedures, and what each would need alone."""
    for step in found.steps:
        here = step is found.room.step
        style = "bold" if here else "$text-muted"
        yield bullet(
            speech.say(step.message), sign="▶" if here else "·", style=style, indent=2
        )
    yield paragraph(speech.say(found.room.message))
    joined = found.comparison
    if joined is not None:
        for who, each in joined.alone:
            said = say(
                "{name} alone, {amount}: {procedure}",
                name=name_of(row, who, speech),
                amount=euro(each.estimate),
                procedure=each.lightest.title,
            )
            yield bullet(speech.say(said))
        yield paragraph(speech.say(joined.message))
    for duty in found.duties:
        if duty.due and duty.name in SHOWN:
            yield bullet(speech.say(duty.message), style="$text-muted")
    for warning in (*found.warnings, *(each.message for each in found.apart)):
        yield _warning(warning, speech)


SHOWN = ("lots", "standstill")
"""Of what a value brings with it, what is said on the page of a proposal."""


def _law(outlook: Outlook, speech: Speech) -> Iterator[Paragraph]:
    """What the law says against it, worst first, and how much is still to answer."""
    checked = outlook.checked
    if checked is None:
        return
    yield blank()
    yield heading(speech.say(headline_said(checked)))
    for each in sorted(checked.findings, key=lambda one: -one.outcome.rank):
        if each.outcome > Outcome.UNKNOWN:
            text = f"{speech.line(OUTCOMES[each.outcome])} – {speech.say(each.message)}"
            yield bullet(text, sign="!")
    if checked.open_questions:
        said = say("Questions still open: {n}", n=len(checked.open_questions))
        yield bullet(speech.say(said))


def _plan(outlook: Outlook, speech: Speech) -> Iterator[Paragraph]:
    """The wanted day, and what keeps it from being reached."""
    plan = outlook.plan
    if plan is None:
        return
    yield blank()
    wanted = say("Wanted start: {day}. Counted from {on}.", day=plan.wanted, on=plan.on)
    yield heading(speech.say(wanted))
    for breach in plan.breaches:
        yield _warning(breach.message, speech)
        for remedy in breach.remedies:
            yield bullet(speech.say(remedy), indent=2)
