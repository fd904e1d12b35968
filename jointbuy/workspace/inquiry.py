"""A check of the law taken question by question: what each answer would mean."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from jointbuy.errors import NotFound, UsageError, say
from jointbuy.model import Answer, Order, Outcome, OwnValue
from jointbuy.workspace.explaining import since_choice
from jointbuy.workspace.legal import Legal, form_of, of_facts, read_answers
from jointbuy.workspace.proposals import FORMS, MATCHED
from jointbuy.workspace.sharing import Elsewhere, with_answers

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date
    from pathlib import Path

    from jointbuy.errors import Message
    from jointbuy.law import Derived, Facts, OwnValues, Question
    from jointbuy.law.preference import Ranked
    from jointbuy.model import Dossier, Finding, Form
    from jointbuy.workspace.explaining import SinceChoice
    from jointbuy.workspace.legal import Checked
    from jointbuy.workspace.proposals import Proposal

UNKNOWN = "unknown"

JUDGED: tuple[type[Any], ...] = (*MATCHED, OwnValue, Order)
"""What a check rests on, beside its dossier."""

Judged = tuple["Proposal", "Inquiry | None"]
"""A proposal with its check, where a form is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inquiry:
    """The questions of one form with their answers, and what would follow from others.

    `proposal` is what it is about, None when a form is checked on answers alone;
    `kept` are the answers of its dossier, by code; `elsewhere` what other dossiers
    say, which does not count here; `since` what differs from the findings it was
    retained on, where that was looked at.
    """

    checked: Checked
    facts: Facts
    proposal: Proposal | None = None
    kept: Mapping[str, Answer] = field(default_factory=dict)
    elsewhere: Elsewhere = field(default_factory=Elsewhere)
    since: SinceChoice | None = None

    @property
    def id(self) -> str:
        """The id of the proposal; empty where there is none."""
        return self.proposal.candidate.id if self.proposal else ""

    def question(self, code: str) -> Question:
        """The question of that code.

        Raises:
            NotFound: it is none of this form.
        """
        for each in self.checked.questions:
            if each.code == code:
                return each
        raise NotFound(say("There is no legal question “{name}”.", name=code))

    def answer(self, code: str) -> str:
        """The answer that counts: a person’s, else the register’s; empty if none."""
        return self.facts.known(code)

    def by_register(self, code: str) -> Derived | None:
        """What the register answers by itself, where nobody answered."""
        if self.facts.answers.get(code) in {None, ""}:
            return self.facts.derived.get(code)
        return None

    @property
    def arising(self) -> tuple[Question, ...]:
        """The questions that the answers so far make necessary, in reading order."""
        known = {q.code: self.answer(q.code) for q in self.checked.questions}
        return tuple(q for q in self.checked.questions if q.arises(known))

    @property
    def open(self) -> tuple[str, ...]:
        """The codes of the questions that still need an answer, in reading order."""
        waiting = set(self.waiting)
        return tuple(q.code for q in self.necessary if q.code in waiting)

    @property
    def waiting(self) -> tuple[str, ...]:
        """The same, and the optional ones that could stand for one of them."""
        known = {q.code: self.answer(q.code) for q in self.checked.questions}
        return tuple(q.code for q in self.checked.questions if q.waits(known))

    @property
    def necessary(self) -> tuple[Question, ...]:
        """The questions that have to be answered, whether they are or not."""
        return tuple(q for q in self.arising if not q.optional)

    @property
    def unproven(self) -> tuple[Question, ...]:
        """The answered questions whose answer rests on no paper yet."""
        return tuple(
            q
            for q in self.arising
            if q.evidence
            and self.answer(q.code) not in {"", UNKNOWN}
            and not (q.code in self.kept and self.kept[q.code].source)
        )

    def outcome(self, code: str) -> Outcome | None:
        """What the answer comes to; None where there is no answer.

        It is that of the rule that turns on the question, else the worst of those
        that its answer decides. An answer `unknown` is never in order.
        """
        value = self.answer(code)
        own = [found.outcome for found in self.checked.findings if found.rule == code]
        if not value:  # what another question settles is judged all the same
            return None if not own or code in self.open else max(own)
        own = own or [found.outcome for found in self.follows(code, value)]
        least = Outcome.UNKNOWN if value == UNKNOWN else Outcome.OK
        return max((*own, least))

    def outcome_with(self, code: str, value: str) -> Outcome:
        """The worst that would follow from that answer; `unknown` is never in order."""
        least = Outcome.UNKNOWN if value == UNKNOWN else Outcome.OK
        return max((*(found.outcome for found in self.follows(code, value)), least))

    def count(self, *outcomes: Outcome) -> int:
        """How many findings weigh so."""
        return sum(1 for found in self.checked.findings if found.outcome in outcomes)

    def read(self, code: str, text: str) -> str:
        """The answer that somebody means by what they typed.

        Raises:
            Refused: its question does not allow it.
        """
        return read_answers({code: text}, self.checked.form).get(code, "")

    def figures(self, code: str) -> tuple[tuple[str, str, str], ...]:
        """Year, part and total of each year to type in, those answered filled in.

        They are the years before the award and those somebody added, oldest first.
        """
        from jointbuy.law.years import grouped

        given = self.facts.years(code) or ()
        rows = {str(year): (str(year), "", "") for year in self.facts.years_before()}
        for each in given:
            year = str(each.year)
            rows[year] = (year, grouped(each.part), grouped(each.total))
        return tuple(rows[year] for year in sorted(rows))

    def follows(self, code: str, value: str) -> tuple[Finding, ...]:
        """What the law would say otherwise with that answer than without any.

        The finding of its own rule comes first, or of the one it stands for, then the
        others, worst first.
        """
        from jointbuy import law

        answers = {k: v for k, v in self.facts.answers.items() if k != code}
        derived = {k: v for k, v in self.facts.derived.items() if k != code}
        facts = replace(self.facts, answers=answers, derived=derived)
        before = law.check(self.checked.form, facts)
        after = law.check(
            self.checked.form, replace(facts, answers={**answers, code: value})
        )
        changed = [new for old, new in zip(before, after, strict=True) if new != old]
        own = {code, *self.question(code).instead}
        return tuple(
            sorted(changed, key=lambda f: (f.rule not in own, -f.outcome.rank))
        )


class Inquiries(Legal):
    """The check of a proposal, one question at a time."""

    def form_checked(self, text: str) -> Form | None:
        """The form a proposal is checked under; None where one must be named first.

        Raises:
            NotFound: there is no such proposal.
        """
        return _form(self.proposal(text))

    def inquiry(self, text: str, *, form: Form | None = None) -> Inquiry:
        """The questions on a proposal, with what its dossier and the register answer.

        Raises:
            NotFound: there is no such proposal.
            UsageError: it is to stay separate and no form is named.
        """
        proposal = self.proposal(text)
        found = self._inquiry(proposal, form)
        return replace(
            found,
            elsewhere=self.elsewhere(proposal, found.checked.form),
            since=since_choice(self, found.checked),
        )

    def inquiries(self) -> tuple[Judged, ...]:
        """Every proposal, best first, with its check where a form is known.

        A check is made again once the proposal or what the register says changed.
        """
        known: dict[str, Judged] = self.recalled("judged", JUDGED) or {}
        judged = {}
        for each in self.match():
            old = known.get(each.candidate.id)
            judged[each.candidate.id] = (
                old if old is not None and old[0] == each else self._judge(each)
            )
        return tuple(self.remember("judged", JUDGED, judged).values())

    def _judge(self, proposal: Proposal) -> Judged:
        form = _form(proposal)
        return proposal, self._inquiry(proposal, form) if form else None

    def _inquiry(self, proposal: Proposal, form: Form | None) -> Inquiry:
        form = form or form_of(proposal)
        facts = self.facts_of(proposal, form)
        checked = of_facts(self.standing(proposal.candidate), form, facts)
        answers = proposal.dossier.answers if proposal.dossier else ()
        return Inquiry(
            checked=replace(checked, changes=proposal.changes),
            facts=facts,
            proposal=proposal,
            kept={each.question: each for each in answers},
        )

    def answer(
        self,
        text: str,
        code: str,
        value: str,
        *,
        form: Form | None = None,
        source: str | None = None,
    ) -> Dossier:
        """Keep one answer in the dossier, which is opened where there is none.

        Without a `source` the paper it rested on stays while the answer does; with
        one, who gave the same answer before, and when, stays. The form that was
        retained stays as it is, whatever form is looked at.

        Raises:
            Refused: the question does not allow that answer.
            UsageError: the proposal is to stay separate and no form is named, or
                nothing was answered.
        """
        proposal = self.proposal(text)
        form = form or form_of(proposal)
        given = read_answers({code: value}, form)
        if not given:
            raise UsageError(say("Something has to be written here."))
        ((code, value),) = given.items()
        dossier, seen = self.dossier(proposal)
        kept = {each.question: each for each in dossier.answers}
        old = kept.get(code)
        answer = Answer(question=code, value=value, by=self.user, on=self.on)
        if old is not None and old.value == value:
            answer = replace(answer, source=old.source)
            if source is not None:  # the paper alone is noted
                answer = replace(old, source=source)
        elif source is not None:
            answer = replace(answer, source=source)
        dossier = with_answers(dossier, form, {code: answer})
        self.save(dossier, seen=seen, why=f"answer {dossier.id}")
        return dossier

    def accept(
        self, text: str, codes: Collection[str] = (), *, form: Form | None = None
    ) -> Dossier:
        """Take over the answers proposed from elsewhere to these questions, or all.

        Raises:
            NotFound: nothing is proposed that could be taken over.
            UsageError: the proposal is to stay separate and no form is named.
        """
        proposal = self.proposal(text)
        _, seen = self.dossier(proposal)
        dossier, _ = self.with_taken(proposal, form or form_of(proposal), codes)
        self.save(dossier, seen=seen, why=f"answer {dossier.id}")
        return dossier

    def name_provider(self, text: str, provider: str) -> tuple[str, ...]:
        """Keep who would do the work; the questions whose answers fall away.

        Raises:
            Refused: an enterprise number with a typing error.
        """
        dossier, seen = self.dossier(self.proposal(text))
        named, dropped = self.with_provider(dossier, provider)
        self.save(named, seen=seen, why=f"provider {dossier.id}")
        return dropped

    def forms_of(self, text: str) -> tuple[Ranked, ...]:
        """All forms for a proposal, in the order of preference.

        Raises:
            NotFound: there is no such proposal.
        """
        return self.forms(self.proposal(text))

    def open_again(self, text: str, code: str) -> Dossier:
        """Take the answer of a person out of the dossier; the question is open again.

        Raises:
            NotFound: nobody answered it.
        """
        proposal = self.proposal(text)
        dossier, seen = self.dossier(proposal)
        answers = tuple(each for each in dossier.answers if each.question != code)
        if len(answers) == len(dossier.answers):
            raise NotFound(say("Nobody answered that question yet."))
        dossier = replace(dossier, answers=answers)
        self.save(dossier, seen=seen, why=f"reopen {dossier.id}")
        return dossier


def write_text(path: Path, text: str, *, overwrite: bool = False) -> None:
    """Write a text to a file.

    Raises:
        Refused: the file is there already, or cannot be written.
    """
    from jointbuy.documents.files import write_file

    write_file(path.parent, path.name, text.encode(), overwrite=overwrite)


def _form(proposal: Proposal) -> Form | None:
    if proposal.dossier is not None and proposal.dossier.form is not None:
        return proposal.dossier.form
    return FORMS.get(proposal.candidate.kind)


def inquire(
    form: Form,
    answers: Mapping[str, str],
    *,
    on: date,
    own: OwnValues | None = None,
) -> Inquiry:
    """The questions of a form on answers alone; those of other forms are left out."""
    from jointbuy import law

    codes = {question.code for question in law.questions(form)}
    of_form = {code: value for code, value in answers.items() if code in codes}
    given = read_answers(of_form, form)
    facts = law.Facts(answers=given, on=on, own=own or law.NO_OWN)
    return Inquiry(checked=of_facts(None, form, facts), facts=facts)


def evidence_text(code: str) -> Message:
    """What a code of evidence stands for."""
    from jointbuy import law

    return law.evidence(code)


def in_force_since(source: str) -> date | None:
    """The first day of a text that a finding cites, where a check depends on it."""
    from jointbuy import law

    days = {each.titles.en: each.start for each in law.sources().values()}
    return days.get(source)


__all__ = [
    "UNKNOWN",
    "Inquiries",
    "Inquiry",
    "evidence_text",
    "in_force_since",
    "inquire",
    "write_text",
]
