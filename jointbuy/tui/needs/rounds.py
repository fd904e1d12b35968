"""The services asked in a round of needs as a list, and the page about one of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jointbuy.errors import Message, say
from jointbuy.model import ServiceAnswer
from jointbuy.tui.listing import Column, Facet, Listing
from jointbuy.tui.prose import blank, bullet, fact, head, heading, paragraph
from jointbuy.workspace.round_words import ANSWERS, no_year

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from jointbuy.model import Administration, ContactPerson, Need, Reminder
    from jointbuy.schedule.asked_services import ServiceState
    from jointbuy.tui.prose import Paragraph
    from jointbuy.tui.speech import Speech
    from jointbuy.workspace import RoundState, Workspace

TONES = {ServiceAnswer.NEEDS: "success", ServiceAnswer.NONE: "muted", None: "warning"}
SIGNS = {ServiceAnswer.NEEDS: "✓", ServiceAnswer.NONE: "–", None: "·"}

NO_ROUND = say(
    "The services have not been asked for their needs yet: n asks all of them."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedRow:
    """One service asked in a round, with what is known of it."""

    round: RoundState
    state: ServiceState
    administration: Administration | None
    contact: ContactPerson | None
    needs: tuple[Need, ...]
    last_year: tuple[Need, ...]
    reminders: tuple[Reminder, ...]
    people: dict[str, str]

    @property
    def id(self) -> str:
        """The id of its state."""
        return self.state.id

    @property
    def whom(self) -> str:
        """How the verbs name it."""
        if not self.state.service:
            return self.state.administration
        return f"{self.state.administration}/{self.state.service}"

    @property
    def open(self) -> bool:
        """Whether its round is under way."""
        return self.round.round.closed_on is None

    @property
    def late(self) -> bool:
        """Whether it is silent after the last day."""
        days = self.round.days_left
        return self.open and self.state.silent and days is not None and days < 0

    def whose(self, speech: Speech) -> str:
        """The name of its administration."""
        if self.administration is None:
            return self.state.administration
        return self.administration.name(speech.language)

    def called(self, speech: Speech) -> str:
        """The service; of the administration as a whole its name."""
        return self.state.service or self.whose(speech)


def read_round(workspace: Workspace, id_: str = "") -> Listing[AskedRow]:
    """The services asked in that round, else in the one that is under way."""
    known = workspace.rounds()
    found = known.get(id_) or workspace.current_round()
    if found is None:
        return asked_listing(())
    state, needs = workspace.round_state(found.id), workspace.needs()
    administrations, contacts = workspace.administrations(), workspace.contacts()
    people = {id_: person.name for id_, person in contacts.items()}
    before = workspace.last_years(found.id)
    return asked_listing(
        tuple(
            AskedRow(
                round=state,
                state=each,
                administration=administrations.get(each.administration),
                contact=contacts.get(each.contact),
                needs=tuple(needs[need] for need in each.needs),
                last_year=before[each.administration, each.service],
                reminders=tuple(state.reminders.get(each.id, ())),
                people=people,
            )
            for each in state.services
        )
    )


def asked_listing(rows: tuple[AskedRow, ...]) -> Listing[AskedRow]:
    """These services as a list."""
    return Listing(
        rows=rows,
        columns=(
            Column(
                id="service", heading=say("Service"), width=24, grow=3,
                text=lambda row, speech: row.called(speech),
                tone=lambda row: "error" if row.late else "",
            ),
            Column(
                id="administration", heading=say("Administration"), width=16, grow=2,
                rank=3, text=lambda row, speech: row.whose(speech),
            ),
            Column(
                id="answer", heading=say("Answer"), width=17, text=_answer,
                tone=lambda row: "error" if row.late else TONES[row.state.answer],
            ),
            Column(
                id="reminded", heading=say("Reminded"), width=10, rank=2,
                text=lambda row, speech: speech.day(_reminded(row)),
                key=_reminded,
            ),
            Column(
                id="contact", heading=say("Contact person"), width=16, grow=1, rank=4,
                text=lambda row, _: row.contact.name if row.contact else "",
            ),
        ),
        also=lambda row: (row.state.note, *(need.title for need in row.needs)),
        facets=(
            Facet(
                id="answer", heading=say("Answer"),
                value=lambda row: row.state.answer.name if row.state.answer else "-",
                label=lambda name, speech: speech.say(
                    ANSWERS[None if name == "-" else ServiceAnswer[name]]
                ),
            ),
            Facet(
                id="administration", heading=say("Administration"),
                value=lambda row: row.state.administration,
                label=lambda id_, speech: _name_of(rows, id_, speech),
            ),
        ),
        page=page,
        empty=NO_ROUND,
    )  # fmt: skip


def _name_of(rows: tuple[AskedRow, ...], id_: str, speech: Speech) -> str:
    row = next(each for each in rows if each.state.administration == id_)
    return row.whose(speech)


def _reminded(row: AskedRow) -> date | None:
    return row.reminders[-1].on if row.reminders else None


def _answer(row: AskedRow, speech: Speech) -> str:
    text = f"{SIGNS[row.state.answer]} {speech.say(ANSWERS[row.state.answer])}"
    return f"{text} ({len(row.needs)})" if row.needs else text


def state_of(round_: RoundState) -> Message:
    """How far a round has come."""
    found = round_.round
    if found.closed_on is not None:
        return say("closed on {day}", day=found.closed_on)
    if round_.days_left is None:
        return say("open")
    if round_.days_left < 0:
        return say("open, {n} days late", n=-round_.days_left)
    return say("open, {n} days left", n=round_.days_left)


def remarks(row: AskedRow) -> Iterator[Message]:
    """What an officer should look at."""
    if row.state.contradicted:
        yield say("It said that it needs nothing, and has registered needs since.")
    if row.state.undated:
        yield no_year(row.state)
    if row.contact is None:
        yield say("No contact person: nobody can be reminded.")
    if not row.open or not row.state.silent:
        return
    if row.late:
        yield say(
            "The last day has passed: m reminds the main contact as well, t carries "
            "last year's needs over."
        )
    elif row.last_year:
        yield say("Last year it had needs: t carries them over as drafts to confirm.")


def page(row: AskedRow, speech: Speech) -> Iterator[Paragraph]:
    """What is known of a service asked, the most important first."""
    found = row.round.round
    yield head(row.called(speech))
    if row.state.service:
        yield paragraph(row.whose(speech), "$text-muted")
    yield paragraph(_answer(row, speech))
    for remark in remarks(row):
        yield bullet(speech.say(remark), sign="!", style="$text-warning")
    yield blank()
    yield fact(
        speech.say(say("Round")), f"{found.title} · {speech.say(state_of(row.round))}"
    )
    if found.due is not None:
        yield fact(speech.say(say("To answer by")), speech.day(found.due))
    if row.state.answered_on is not None:
        told = (speech.day(row.state.answered_on), row.state.answered_by)
        yield fact(speech.say(say("Answered on")), " · ".join(filter(None, told)))
    if row.contact is not None:
        person = (row.contact.name, row.contact.phone, row.contact.email)
        name = " · ".join(filter(None, person))
        yield fact(speech.say(say("Contact person")), name)
    if row.state.note:
        yield fact(speech.say(say("Note")), row.state.note)
    for title, needs in (
        (say("New needs"), row.needs),
        (say("Needs of last year"), row.last_year),
    ):
        if needs:
            yield blank()
            yield heading(speech.say(title))
            for need in needs:
                amount = speech.euro(need.estimate) if need.estimate else ""
                yield bullet(" · ".join(filter(None, (need.title, amount))))
    if row.reminders:
        yield blank()
        yield heading(speech.say(say("Reminders")))
        for each in row.reminders:
            to = row.people.get(each.to, each.to)
            said = (speech.day(each.on), to, each.note)
            yield bullet(" · ".join(filter(None, said)))
