"""The lists of the legal section: dossiers, questions, findings, what is still open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jointbuy.errors import say, word
from jointbuy.model import Form, Outcome
from jointbuy.tui.apart import Apart
from jointbuy.tui.legal.elsewhere import mark_of
from jointbuy.tui.legal.findings import (
    ADVICE,
    about_finding,
    all_told,
    headed,
    headline,
    outcome_name,
    papers,
    since_told,
    told,
    worst_first,
)
from jointbuy.tui.legal.names import SHORT_STOPS, SIGNS, TONES
from jointbuy.tui.listing import Column, Facet, Listing
from jointbuy.tui.prose import blank, bullet, head, paragraph
from jointbuy.workspace import inquire
from jointbuy.workspace.headline import later, whole
from jointbuy.workspace.words import CANDIDATE_STATES, FORMS, OUTCOMES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jointbuy.errors import Message
    from jointbuy.law import Question
    from jointbuy.model import Administration, Finding
    from jointbuy.tui.prose import Paragraph
    from jointbuy.tui.speech import Speech
    from jointbuy.workspace import Inquiry, Proposal, Workspace

KEPT_NOWHERE = say("Kept nowhere: a check of the form alone, without a proposal.")
OPENS = say("No dossier yet: the first answer opens one and is kept in it.")
KEPT = say("Every answer is kept in the dossier at once.")


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """What can be checked: a proposal, or a form alone.

    `form` and `inquiry` are None where a form has to be named first.
    """

    id: str
    form: Form | None = None
    proposal: Proposal | None = None
    inquiry: Inquiry | None = None

    @property
    def row(self) -> str:
        """The id of its row."""
        return self.id or f"form {self.form.name if self.form else ''}"


def title_of(proposal: Proposal | None, speech: Speech) -> str:
    """What a check is about, in the language of the moment."""
    if proposal is None:
        return speech.line(say("Free check, without a proposal"))
    found = proposal.candidate
    return speech.name(found.title) or found.cpv or found.id


def free_check(form: Form) -> Message:
    """What the check of a form without a proposal is called."""
    return say("Free check: {form}", form=FORMS[form])


def storage(inquiry: Inquiry) -> str:
    """Where its answers go: `nowhere`, `dossier`, or `opens` one."""
    if inquiry.proposal is None:
        return "nowhere"
    return "opens" if inquiry.proposal.dossier is None else "dossier"


def read_files(workspace: Workspace, loose: Mapping[str, str]) -> Listing[File]:
    """Every proposal with its check, then every form, to be checked alone.

    `loose` are the answers of such free checks, which the register does not keep.
    """
    rows = [
        File(
            id=proposal.candidate.id,
            form=inquiry.checked.form if inquiry else None,
            proposal=proposal,
            inquiry=inquiry,
        )
        for proposal, inquiry in workspace.inquiries()
    ]
    rows.sort(key=_storage_rank)
    own = workspace.own_law()
    rows += [
        File(id="", form=form, inquiry=inquire(form, loose, on=workspace.on, own=own))
        for form in Form
    ]
    return files_listing(tuple(rows), workspace.administrations())


def _storage_rank(file: File) -> int:
    """Those with a dossier come first."""
    return 0 if file.proposal and file.proposal.dossier else 1


def files_listing(
    files: tuple[File, ...], administrations: Mapping[str, Administration]
) -> Listing[File]:
    """These as a list, with how their check stands."""

    def called(file: File, speech: Speech) -> str:
        if file.proposal is None and file.form is not None:
            return speech.line(free_check(file.form))
        return title_of(file.proposal, speech)

    def short(file: File, speech: Speech, room: int) -> str:
        """The free checks, told from each other; a title of the user’s own is cut."""
        text = called(file, speech)
        if file.proposal is not None:
            return text
        every = (speech.line(free_check(form)) for form in Form)
        return Apart(every).short(text, room)

    def who(file: File, speech: Speech) -> str:
        ids = file.proposal.candidate.administrations if file.proposal else ()
        return ", ".join(
            administrations[id_].name(speech.language)
            if id_ in administrations
            else id_
            for id_ in ids
        )

    return Listing(
        rows=files,
        id_of=lambda file: file.row,
        columns=(
            Column(
                id="object", heading=say("Object"), width=22, grow=3,
                text=called, short=short,
            ),
            Column(
                id="outcome", heading=say("Law"), text=_outcome, tone=_tone, width=20,
                grow=3, short=lambda file, speech, _: _outcome_alone(file, speech),
                key=lambda file: (
                    whole(file.inquiry.checked).rank if file.inquiry else None
                ),
            ),
            Column(
                id="answered", heading=say("Answers"), text=_answered, width=9,
                key=lambda file: len(file.inquiry.open) if file.inquiry else None,
            ),
            Column(
                id="form", heading=say("Form"), text=_form, width=32, grow=1, rank=2,
            ),
            Column(
                id="state", heading=say("State"), text=_state, width=24, rank=1,
            ),
            Column(
                id="who", heading=say("Who"), text=who, width=24, grow=2, rank=3,
            ),
        ),
        also=lambda file: (file.id,),
        facets=(
            Facet(
                id="state", heading=say("State"), value=_state_of,
                label=lambda value, speech: (
                    speech.line(CANDIDATE_STATES[value])
                    if value in CANDIDATE_STATES else "–"
                ),
            ),
            Facet(
                id="outcome", heading=say("Law"), value=_outcome_of,
                label=lambda value, speech: (
                    speech.line(OUTCOMES[Outcome[value]]) if value else "–"
                ),
            ),
        ),
        page=lambda file, speech: _file_page(file, who(file, speech), speech),
    )  # fmt: skip


def _outcome(file: File, speech: Speech) -> str:
    if file.inquiry is None:
        return "–"
    checked = file.inquiry.checked
    outcome = whole(checked)
    name = outcome_name(outcome, speech)
    steps = later(checked.headline, checked.findings)
    first = next((stop for stop in steps if steps[stop] is outcome), None)
    return headed(name, speech.line(SHORT_STOPS[first]), speech) if first else name


def _outcome_alone(file: File, speech: Speech) -> str:
    """The same without the step, which the page says."""
    return outcome_name(whole(file.inquiry.checked), speech) if file.inquiry else "–"


def _outcome_of(file: File) -> str:
    return whole(file.inquiry.checked).name if file.inquiry else ""


def _tone(file: File) -> str:
    return TONES[whole(file.inquiry.checked)] if file.inquiry else "muted"


def _answered(file: File, _: Speech) -> str:
    if file.inquiry is None:
        return ""
    every = len(file.inquiry.necessary)
    return f"{every - len(file.inquiry.open)}/{every}"


def _form(file: File, speech: Speech) -> str:
    return speech.line(FORMS[file.form]) if file.form else "–"


def _state(file: File, speech: Speech) -> str:
    return speech.line(CANDIDATE_STATES[file.proposal.state]) if file.proposal else "–"


def _state_of(file: File) -> str:
    return file.proposal.state if file.proposal else ""


def _file_page(file: File, who: str, speech: Speech) -> Iterator[Paragraph]:
    yield head(title_of(file.proposal, speech))
    if who:
        yield paragraph(f"{who} · {_state(file, speech)}", "$text-muted")
    if file.inquiry is None:
        alone = say(
            "It proposes to stay separate: there is no cooperation to check. Choose a "
            "form to check one all the same."
        )
        yield paragraph(speech.say(alone))
        return
    inquiry = file.inquiry
    yield paragraph(headline(inquiry, speech))
    yield paragraph(
        headed(speech.say(say("Answers")), speech.say(progress(inquiry)), speech)
    )
    for change in inquiry.checked.changes:
        yield bullet(speech.say(change), sign="!", style="$text-warning")
    yield from since_told(inquiry, speech)
    yield paragraph(speech.say(stored(inquiry)), "$text-muted")
    yield paragraph(speech.say(ADVICE), "$text-muted")
    hindering = [
        found
        for found in worst_first(inquiry.checked.findings)
        if found.outcome > Outcome.UNKNOWN
    ]
    for found in hindering:
        yield blank()
        yield from told(found, speech)


def stored(inquiry: Inquiry) -> Message:
    """What is kept of the answers, and where."""
    return {"nowhere": KEPT_NOWHERE, "opens": OPENS}.get(storage(inquiry), KEPT)


def progress(inquiry: Inquiry) -> Message:
    """How far the answers go, and what they came to."""
    every = len(inquiry.necessary)
    return say(
        "{done} of {all} · warnings: {warnings} · blocked: {blocked}",
        done=every - len(inquiry.open),
        all=every,
        warnings=inquiry.count(Outcome.WARNING, Outcome.SERIOUS),
        blocked=inquiry.count(Outcome.BLOCKED),
    )


def questions_listing(inquiry: Inquiry) -> Listing[Question]:
    """The questions that arise, each with the sign of its answer."""

    def sign(question: Question) -> str:
        outcome = inquiry.outcome(question.code)
        mark = mark_of(inquiry, question)
        mark = "◆" if mark == " " and inquiry.by_register(question.code) else mark
        return f"{'·' if outcome is None else SIGNS[outcome]}{mark} "

    def tone(question: Question) -> str:
        outcome = inquiry.outcome(question.code)
        return "muted" if outcome is None else TONES[outcome]

    return Listing(
        rows=inquiry.arising,
        id_of=lambda question: question.code,
        columns=(
            Column(
                id="question", heading=say("Question"), width=29, grow=1, tone=tone,
                text=lambda q, speech: f"{sign(q)}{speech.line(q.title)}",
                key=inquiry.arising.index,
            ),
        ),
        also=lambda question: (question.text.text, question.code),
        page=lambda _, speech: all_told(inquiry, speech),
    )  # fmt: skip


def findings_listing(inquiry: Inquiry) -> Listing[Finding]:
    """What the law says, worst first; what waits for an answer among it."""
    rows = tuple(worst_first(inquiry.checked.findings))
    return Listing(
        rows=rows,
        id_of=lambda found: found.rule,
        columns=(
            Column(
                id="outcome", heading=say("Law"), width=22,
                text=lambda found, speech: outcome_name(found.outcome, speech),
                key=lambda found: found.outcome.rank,
                tone=lambda found: TONES[found.outcome],
            ),
            Column(
                id="question", heading=say("About"), width=26, grow=1,
                text=lambda found, speech: speech.line(
                    inquiry.question(found.rule).title
                ),
            ),
            Column(
                id="stops", heading=say("Stops"), width=16,
                text=lambda found, speech: (
                    speech.line(SHORT_STOPS[found.stops]) if found.stops else ""
                ),
            ),
        ),
        also=lambda found: (found.message.text, found.rule),
        page=lambda found, speech: about_finding(found, inquiry, speech),
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """What a check still waits for: an answer, or the paper an answer rests on."""

    question: Question
    paper: bool

    @property
    def row(self) -> str:
        """The id of its row."""
        return f"{'paper' if self.paper else 'answer'} {self.question.code}"


KINDS = {False: word("answer"), True: word("paper")}


def open_listing(inquiry: Inquiry) -> Listing[Gap]:
    """The questions without an answer, then the answers without a paper."""
    known = {question.code: question for question in inquiry.checked.questions}
    rows = [Gap(question=known[code], paper=False) for code in inquiry.open]
    rows += [Gap(question=each, paper=True) for each in inquiry.unproven]
    stops = {f.ask: f.stops for f in inquiry.checked.findings if f.ask}

    def stopped(gap: Gap, speech: Speech) -> str:
        stop = stops.get(gap.question.code)
        return speech.line(SHORT_STOPS[stop]) if stop and not gap.paper else ""

    return Listing(
        rows=tuple(rows),
        id_of=lambda gap: gap.row,
        columns=(
            Column(
                id="kind", heading=say("Missing"), width=12,
                text=lambda gap, speech: speech.line(KINDS[gap.paper]),
            ),
            Column(
                id="question", heading=say("Question"), width=26, grow=1,
                text=lambda gap, speech: speech.line(gap.question.title),
            ),
            Column(id="stops", heading=say("Stops"), width=16, text=stopped),
        ),
        also=lambda gap: (gap.question.text.text, gap.question.code),
        page=_gap_page,
        empty=say("Every question is answered and every answer rests on a paper."),
    )  # fmt: skip


def _gap_page(gap: Gap, speech: Speech) -> Iterator[Paragraph]:
    yield head(speech.say(gap.question.title))
    yield paragraph(speech.say(gap.question.text))
    yield from papers(gap.question.evidence, speech)


__all__ = [
    "File",
    "Gap",
    "files_listing",
    "findings_listing",
    "open_listing",
    "progress",
    "questions_listing",
    "read_files",
    "storage",
    "stored",
    "title_of",
]
