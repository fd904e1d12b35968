"""What the law says of a proposal, and the choice made on it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from jointbuy.errors import Refused, UsageError, say
from jointbuy.model import Answer, Choice, Outcome, Stops
from jointbuy.workspace.proposals import FORMS
from jointbuy.workspace.sharing import Elsewhere, Sharing, with_answers
from jointbuy.workspace.standing import orders_by_framework

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date

    from jointbuy.errors import Message, Problem
    from jointbuy.law import Derived, Facts, OwnValues, Question
    from jointbuy.law.preference import Ranked
    from jointbuy.model import Candidate, Citation, Dossier, Finding, Form
    from jointbuy.workspace.proposals import Proposal


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """The findings on one form of one candidate, and what is still open.

    `derived` is what the register itself answers; `answers` what people answered,
    which goes first. `headline` is what stands against the form itself; `worst` is
    over all findings, `worst_by_stop` over those that stop each step. `changes` says
    how the needs differ from those that a choice was made on; the check is of those of
    today. `facts` are those it was made on; `elsewhere` what other dossiers say,
    `taken` the questions whose answer was taken over from there and `dropped` those
    whose answer was about another provider. `forms` are all forms of cooperation under
    the same answers, in the order of preference.
    """

    candidate: Candidate | None
    form: Form
    changes: tuple[Message, ...] = ()
    on: date
    findings: tuple[Finding, ...]
    headline: Outcome
    worst: Outcome
    worst_by_stop: Mapping[Stops, Outcome]
    questions: tuple[Question, ...]
    open_questions: tuple[str, ...]
    answers: Mapping[str, str]
    derived: Mapping[str, Derived]
    facts: Facts
    elsewhere: Elsewhere = field(default_factory=Elsewhere)
    taken: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    forms: tuple[Ranked, ...] = ()

    @property
    def doubts(self) -> tuple[Problem, ...]:
        """Answers that were taken and may be meant otherwise."""
        from jointbuy import law

        return law.doubts(self.answers)


class Legal(Sharing):
    """Checks, answers and choices."""

    def check(
        self,
        text: str,
        *,
        form: Form | None = None,
        answers: Mapping[str, object] | None = None,
        keep: bool = True,
        provider: str | None = None,
        take_over: Collection[str] | None = None,
    ) -> Checked:
        """What the law of the day says; answers given are kept in the dossier.

        `provider` names who would do the work. `take_over` keeps the answers proposed
        from elsewhere to these questions, or to all of them where it is empty.

        Raises:
            Refused: an answer that its question does not allow; none is then kept.
            UsageError: the proposal is to stay separate and no form is named.
            NotFound: nothing is proposed that could be taken over.
        """
        proposal = self.proposal(text)
        form = form or form_of(proposal)
        given = read_answers(answers or {}, form)
        before, seen = self.dossier(proposal)
        dossier = before
        dropped: tuple[str, ...] = ()
        taken: tuple[str, ...] = ()
        if provider is not None:
            dossier, dropped = self.with_provider(dossier, provider)
        if given:
            dossier = with_answers(dossier, form, self._answers_given(given))
        if take_over is not None:
            filled = replace(proposal, dossier=dossier)
            dossier, taken = self.with_taken(filled, form, take_over)
        if dossier != before:
            proposal = replace(proposal, dossier=dossier)
            if keep:
                self.save(dossier, seen=seen, why=f"answer {dossier.id}")
        return replace(
            self.checked(proposal, form),
            elsewhere=self.elsewhere(proposal, form),
            taken=taken,
            dropped=dropped,
            forms=self.forms(proposal),
        )

    def _answers_given(self, answers: Mapping[str, str]) -> dict[str, Answer]:
        return {
            code: Answer(question=code, value=value, by=self.user, on=self.on)
            for code, value in answers.items()
        }

    def forms(self, proposal: Proposal) -> tuple[Ranked, ...]:
        """All forms under what is known of a proposal, in the order of preference."""
        from jointbuy.law.preference import Situation, preference

        candidate = self.standing(proposal.candidate)
        situation = Situation(
            parties=len(candidate.administrations),
            nature=candidate.nature,
            proposed=FORMS.get(candidate.kind),
        )
        answers = _kept(proposal, None)
        return preference(
            lambda form: self._facts_with(candidate, form, answers), situation
        )

    def checked(
        self, proposal: Proposal, form: Form, given: Mapping[str, str] | None = None
    ) -> Checked:
        """The check of a proposal with the answers kept so far and those given."""
        facts = self.facts_of(proposal, form, given)
        candidate = self.standing(proposal.candidate)
        return replace(of_facts(candidate, form, facts), changes=proposal.changes)

    def facts_of(
        self, proposal: Proposal, form: Form, given: Mapping[str, str] | None = None
    ) -> Facts:
        """What is known of a proposal: the answers kept and given, and the register."""
        answers = {**_kept(proposal, form), **(given or {})}
        return self._facts_with(self.standing(proposal.candidate), form, answers)

    def _facts_with(
        self, candidate: Candidate, form: Form, answers: Mapping[str, str]
    ) -> Facts:
        from jointbuy import law

        return law.facts_for(
            answers,
            self._derived(candidate, form),
            administrations=self.participants(candidate),
            own=self.own_law(),
            on=self.on,
        )

    def _derived(self, candidate: Candidate, form: Form) -> Mapping[str, Derived]:
        from jointbuy import law

        framework = self.frameworks().get(candidate.framework)
        return law.derive(
            candidate,
            form,
            needs=(
                *self.members(candidate),
                *(n for n in self.needs().values() if n.id not in candidate.needs),
            ),
            administrations=self.participants(candidate),
            contracts=tuple(self.contracts().values()),
            framework=framework,
            centre=self.centres().get(framework.centre) if framework else None,
            interests=tuple(self.interests().values()),
            adhesions=tuple(self.adhesions().values()),
            uses=tuple(self.uses().values()),
            orders=orders_by_framework(self).get(candidate.framework, ()),
            own=self.own_law(),
            on=self.on,
        )

    def retain(
        self,
        text: str,
        *,
        why: str = "",
        form: Form | None = None,
        pilot: str = "",
        without: Sequence[str] = (),
    ) -> Dossier:
        """Retain a proposal with its needs of today and the findings on them.

        Retaining again takes over what changed; `without` leaves administrations out.

        Raises:
            UsageError: the form is blocked and no reason is given, or too little of
                the proposal is left.
            NotFound: one left out has no part in it.
        """
        proposal = self.proposal(text)
        left_out = {self.participant(proposal.candidate, one) for one in without}
        proposal = replace(proposal, candidate=self.refreshed(proposal, left_out))
        form = form or form_of(proposal)
        checked = self.checked(proposal, form)
        if checked.headline is Outcome.BLOCKED and not why.strip():
            raise UsageError(
                say(
                    "The law blocks this form of cooperation: see `check {id}`. To "
                    "retain it all the same, say why.",
                    id=proposal.candidate.id,
                )
            )
        choice = Choice(
            retained=True,
            by=self.user,
            on=self.on,
            why=why,
            form=form,
            law_on=checked.on,
            worst=checked.headline,
            findings=checked.findings,
        )
        return self._choose(proposal, choice, form, pilot)

    def set_aside(self, text: str, *, why: str) -> Dossier:
        """Set a proposal aside, with the reason.

        Raises:
            UsageError: there is no reason.
        """
        if not why.strip():
            raise UsageError(say("Say why it is set aside."))
        choice = Choice(retained=False, by=self.user, on=self.on, why=why)
        return self._choose(self.proposal(text), choice, None, "")

    def _choose(
        self, proposal: Proposal, choice: Choice, form: Form | None, pilot: str
    ) -> Dossier:
        candidate = proposal.candidate
        dossier, seen = self.dossier(proposal)
        if pilot:
            pilot = self.participant(candidate, pilot)
        elif dossier.pilot in candidate.administrations:
            pilot = dossier.pilot
        needs = self.needs()
        dossier = replace(
            dossier,
            candidate=candidate,
            needs=tuple(needs[id_] for id_ in candidate.needs if id_ in needs),
            form=form or dossier.form,
            pilot=pilot,
            choices=(*dossier.choices, choice),
        )
        verb = "retain" if choice.retained else "set aside"
        self.save(dossier, seen=seen, why=f"{verb} {dossier.id}")
        return dossier


def _kept(proposal: Proposal, form: Form | None) -> Mapping[str, str]:
    """The answers in the dossier to the questions of a form, or of all of them."""
    from jointbuy import law

    if proposal.dossier is None:
        return {}
    raw = {each.question: each.value for each in proposal.dossier.answers}
    return law.parse_answers(raw, form)[0]


def form_of(proposal: Proposal, *, named: bool = True) -> Form:
    """The form a proposal is checked under.

    Where another cannot be `named` at once, it is retained with it first.

    Raises:
        UsageError: it proposes to stay separate.
    """
    if proposal.dossier is not None and proposal.dossier.form is not None:
        return proposal.dossier.form
    if proposal.candidate.kind in FORMS:
        return FORMS[proposal.candidate.kind]
    if not named:
        raise UsageError(
            say(
                "{id} proposes to stay separate: there is no cooperation to plan. "
                "Retain it with a form first: `retain {id} --form`.",
                id=proposal.candidate.id,
            )
        )
    raise UsageError(
        say(
            "{id} proposes to stay separate: there is no cooperation to check. Name a "
            "form to check one all the same.",
            id=proposal.candidate.id,
        )
    )


def read_answers(answers: Mapping[str, object], form: Form | None) -> Mapping[str, str]:
    """The answers by code, each as its question allows; without a form of any form.

    Raises:
        Refused: with every answer that is not allowed.
    """
    from jointbuy import law

    parsed, problems = law.parse_answers(answers, form)
    if any(problem.blocking for problem in problems):
        raise Refused(say("The answers were not taken."), tuple(problems))
    return parsed


def check_form(
    form: Form,
    answers: Mapping[str, object],
    *,
    on: date,
    own: OwnValues | None = None,
) -> Checked:
    """What the law of that day says on answers alone, without a proposal.

    `own` are the values of the law that the register sets itself.
    """
    from jointbuy import law

    given = read_answers(answers, form)
    facts = law.Facts(answers=given, on=on, own=own or law.NO_OWN)
    checked = of_facts(None, form, facts)
    return replace(checked, forms=rank_forms(given, on=on, own=own))


def rank_forms(
    answers: Mapping[str, object], *, on: date, own: OwnValues | None = None
) -> tuple[Ranked, ...]:
    """All forms on answers alone, in the order of preference of that day."""
    from jointbuy import law
    from jointbuy.law.preference import preference

    given = read_answers(answers, None)
    facts = law.Facts(answers=given, on=on, own=own or law.NO_OWN)
    return preference(lambda _: facts)


def of_facts(candidate: Candidate | None, form: Form, facts: Facts) -> Checked:
    """What the law says of a form on these facts."""
    from jointbuy import law

    findings = law.check(form, facts)
    return Checked(
        candidate=candidate,
        form=form,
        on=facts.on,
        findings=findings,
        headline=law.headline(findings),
        worst=law.worst(findings),
        worst_by_stop={stop: law.worst(findings, stops=stop) for stop in Stops},
        questions=law.questions(form),
        open_questions=law.open_questions(findings),
        answers={code: str(value) for code, value in facts.answers.items()},
        derived=facts.derived,
        facts=facts,
    )


def why_this_order() -> tuple[Message, tuple[Citation, ...]]:
    """Why the forms are proposed in their order, and what that rests on."""
    from jointbuy.law import preference

    return preference.why_this_order()


def open_said(ranked: Ranked) -> Message:
    """How many questions on a form are open, and which can exclude it."""
    if not ranked.deciding:
        return say("questions still open: {n}", n=len(ranked.open))
    return say(
        "questions still open: {n}; they can exclude it: {codes}",
        n=len(ranked.open),
        codes=", ".join(ranked.deciding),
    )


def question_title(code: str) -> Message:
    """The title of a question of the law."""
    from jointbuy import law

    return law.question(code).title


def source_title(source: str, language: str) -> str:
    """The title of a text that a finding cites, in that language."""
    from jointbuy import law

    titles = law.source_titles().get(source)
    return titles.get(language) if titles else source
