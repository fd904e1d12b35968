"""What other dossiers already answered about a provider, a centre or the parties."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from jointbuy.errors import Arg, NotFound, named, say, word
from jointbuy.model import (
    Administration,
    Answer,
    Dossier,
    Form,
    FrameworkAgreement,
    PurchasingCentre,
)
from jointbuy.model.identifiers import EnterpriseNumber
from jointbuy.workspace.proposals import Proposals

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from jointbuy.errors import Message
    from jointbuy.law.shared_facts import Contradiction, Held, Proposed, Statement
    from jointbuy.model import Candidate
    from jointbuy.workspace.proposals import Proposal

WITH_PROVIDER = (Form.IN_HOUSE, Form.IN_HOUSE_REVERSE, Form.IN_HOUSE_JOINT)
"""The forms in which somebody who is no party yet does the work."""


LOOKED_AT: tuple[type[Any], ...] = (
    Dossier,
    Administration,
    PurchasingCentre,
    FrameworkAgreement,
)
"""What the answers held and their subjects depend on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """What was answered to the questions of a check in other places.

    `proposed` counts only once it is taken over; `contradictions` are to be cleared
    up. `provider` is who would do the work, empty where nobody is named, and `called`
    what it is called; `titles` are those of the dossiers, by id.
    """

    proposed: tuple[Proposed, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    provider: str = ""
    called: Arg = field(default_factory=lambda: plain(""))
    titles: Mapping[str, Arg] = field(default_factory=dict)

    def offer(self, code: str) -> Proposed | None:
        """What is proposed for that question."""
        return next((each for each in self.proposed if each.question == code), None)

    def disputed(self, code: str) -> Contradiction | None:
        """The contradiction about what that question asks."""
        return next((each for each in self.contradictions if code in each.codes), None)

    def place(self, dossiers: tuple[str, ...], here: str) -> Arg:
        """The dossiers in words: this one, one by its title, several by their ids."""
        if dossiers == (here,):
            return word("this dossier")
        if len(dossiers) > 1:
            return plain(", ".join(dossiers))
        (id_,) = dossiers
        title = self.titles.get(id_, plain(id_))
        message = say("“{title}” [{id}]", title=title, id=id_)
        return Arg(name="", kind="message", message=message)


class Sharing(Proposals):
    """Answers that are good for more than one dossier."""

    def elsewhere(self, proposal: Proposal, form: Form) -> Elsewhere:
        """What other dossiers and other codes answer to the questions of the form."""
        from jointbuy.law import shared_facts

        here = self._held_by(proposal.candidate, proposal.dossier)
        others = tuple(each for each in self._holders() if each.id != here.id)
        provider = proposal.dossier.provider if proposal.dossier else ""
        dossiers = self.dossiers()
        return Elsewhere(
            proposed=shared_facts.proposed(here, others, form, self.on),
            contradictions=shared_facts.contradictions(here, others, form),
            provider=provider,
            called=self.provider_name(provider),
            titles={
                id_: named(each.candidate.title, each.candidate.cpv or id_)
                for id_, each in dossiers.items()
                if each.answers
            },
        )

    def _holders(self) -> tuple[Held, ...]:
        """The answers of every dossier that has some."""
        known: tuple[Held, ...] | None = self.recalled("held", LOOKED_AT)
        if known is not None:
            return known
        found = tuple(
            self._held_by(each.candidate, each)
            for each in self.dossiers().values()
            if each.answers
        )
        return self.remember("held", LOOKED_AT, found)

    def _held_by(self, candidate: Candidate, dossier: Dossier | None) -> Held:
        from jointbuy.law.shared_facts import Held, keys_of

        provider = dossier.provider if dossier else ""
        framework = self.frameworks().get(candidate.framework)
        known = self._known_bodies()
        return Held(
            id=candidate.id,
            form=dossier.form if dossier else None,
            answers=dossier.answers if dossier else (),
            provider=keys_of(provider, known),
            centre=keys_of(framework.centre if framework else provider, known),
            parties=frozenset(candidate.administrations),
        )

    def _known_bodies(self) -> tuple[Administration | PurchasingCentre, ...]:
        return (*self.administrations().values(), *self.centres().values())

    def with_provider(
        self, dossier: Dossier, provider: str
    ) -> tuple[Dossier, tuple[str, ...]]:
        """The dossier with who would do the work, and the answers that fall away.

        What was answered about another provider is taken out; an empty name takes
        the provider away.

        Raises:
            Refused: an enterprise number with a typing error.
        """
        from jointbuy.law.shared_facts import keys_of

        provider = self._provider_meant(provider)
        known = self._known_bodies()
        before, now = keys_of(dossier.provider, known), keys_of(provider, known)
        gone: tuple[str, ...] = ()
        if before and not before & now:
            bound = provider_questions()
            gone = tuple(a.question for a in dossier.answers if a.question in bound)
        answers = tuple(a for a in dossier.answers if a.question not in gone)
        return replace(dossier, provider=provider, answers=answers), gone

    def _provider_meant(self, text: str) -> str:
        """The id of an administration of the register, else what was typed."""
        text = " ".join(text.split())
        if EnterpriseNumber.compact(text).isdigit():
            text = EnterpriseNumber.format(EnterpriseNumber.validate(text))
        try:
            return self.administration(text).id if text else ""
        except NotFound:
            return text

    def provider_name(self, provider: str) -> Arg:
        """What the provider is called, in the reader’s language."""
        found = self.administrations().get(provider)
        return named(found.names if found else {}, provider)

    def with_taken(
        self, proposal: Proposal, form: Form, codes: Collection[str] = ()
    ) -> tuple[Dossier, tuple[str, ...]]:
        """The dossier with proposed answers as its own, and which they are.

        Without codes all that nothing contradicts; each keeps the day it was first
        given and the paper it rests on, and brings along what it cannot do without.

        Raises:
            NotFound: nothing is proposed for one of the questions, or for any.
            UsageError: there is no such question.
        """
        from jointbuy import law

        codes = tuple(law.question(name).code for name in codes)
        found = self.elsewhere(proposal, form)
        offered = {each.question: each for each in found.proposed}
        missing = [code for code in codes if code not in offered]
        if missing:
            raise NotFound(
                say(
                    "No answer from elsewhere is proposed to: {codes}.",
                    codes=", ".join(missing),
                )
            )
        if not offered:
            raise NotFound(NOTHING_PROPOSED)
        brought = {code for each in found.proposed for code in each.brings}
        agreed = [
            code for code in offered if code not in brought and not found.disputed(code)
        ]
        named = codes or tuple(agreed)
        if not named:
            raise NotFound(ONLY_DISPUTED)
        along = {code for name in named for code in offered[name].brings}
        wanted = (*named, *sorted(along.difference(named)))
        dossier = proposal.dossier or self.dossier(proposal)[0]
        taken = {code: self._answer_taken(offered[code]) for code in wanted}
        return with_answers(dossier, form, taken), wanted

    def _answer_taken(self, each: Proposed) -> Answer:
        return Answer(
            question=each.question,
            value=each.value,
            by=self.user,
            on=self.on,
            source=each.source,
            taken_from=", ".join(each.dossiers),
            first=each.on,
        )


NOTHING_PROPOSED = say("No answer from elsewhere is proposed to these questions.")

ONLY_DISPUTED = say(
    "Every answer proposed from elsewhere is contradicted by another: clear that up, "
    "then name the question whose answer is to be taken over."
)


def with_answers(dossier: Dossier, form: Form, given: Mapping[str, Answer]) -> Dossier:
    """The dossier with these answers; the form that was retained stays as it is."""
    kept = {each.question: each for each in dossier.answers} | dict(given)
    return replace(
        dossier,
        form=form if dossier.choice is None else dossier.form,
        answers=tuple(kept[code] for code in sorted(kept)),
    )


def provider_questions() -> frozenset[str]:
    """The codes of the questions that are about the provider alone."""
    from jointbuy import law
    from jointbuy.law.shared_facts import about

    own = {
        question.code
        for form in WITH_PROVIDER
        for question in law.questions(form)
        if set(question.forms) <= set(WITH_PROVIDER)
    }
    return frozenset(own | set(about("provider")))


def origin_said(each: Proposed, here: str, elsewhere: Elsewhere) -> Message:
    """A proposed answer and where it comes from: who, when, in which dossier."""
    value = value_said(each.question, each.value)
    where = elsewhere.place(each.dossiers, here)
    who = each.by or "–"
    if each.on is None:
        return say(
            "{answer}, answered by {who} in {dossier}",
            answer=value,
            who=who,
            dossier=where,
        )
    return say(
        "{answer}, answered on {day} by {who} in {dossier}",
        answer=value,
        day=each.on,
        who=who,
        dossier=where,
    )


def remarks_said(each: Proposed) -> tuple[Message, ...]:
    """What to know before a proposed answer is taken over."""
    found = []
    if each.asked != each.question:
        found.append(say("It was given under question {code}.", code=each.asked))
    if each.source:
        found.append(say("Paper: {paper}", paper=each.source))
    if each.old:
        found.append(
            say(
                "It is older than {months} months, or nobody knows how old: check that "
                "it still holds.",
                months=months_until_old(),
            )
        )
    return tuple(found)


def answered_said(answer: Answer) -> Message | None:
    """Who gave an answer and when; of one taken over, where and when it was first."""
    if answer.on is None:
        return None
    who = answer.by or "–"
    if not answer.taken_from:
        return say("Answered on {day} by {who}.", day=answer.on, who=who)
    if answer.first is None:
        return say(
            "Taken over on {day} by {who} from {dossier}.",
            day=answer.on,
            who=who,
            dossier=answer.taken_from,
        )
    return say(
        "Taken over on {day} by {who} from {dossier}, where it was given on {first}.",
        day=answer.on,
        who=who,
        dossier=answer.taken_from,
        first=answer.first,
    )


def months_until_old() -> int:
    """Months after which an answer is proposed with a remark."""
    from jointbuy.law import shared_facts

    return shared_facts.months_until_old()


def statement_said(each: Statement, here: str, elsewhere: Elsewhere) -> Message:
    """One of several answers about the same fact: what, when, who, where."""
    answer = each.answer
    where = elsewhere.place((each.dossier,), here)
    value = value_said(answer.question, answer.value)
    if each.given is None:
        return say(
            "{answer}: {who}, {dossier}, question {code}",
            answer=value,
            who=answer.by or "–",
            dossier=where,
            code=answer.question,
        )
    return say(
        "{answer}: {day}, {who}, {dossier}, question {code}",
        answer=value,
        day=each.given,
        who=answer.by or "–",
        dossier=where,
        code=answer.question,
    )


def value_said(code: str, value: str) -> Arg:
    """An answer in words; a share in per cent."""
    from jointbuy import law
    from jointbuy.workspace.explaining import answer_said

    return answer_said(law.question(code), value)


def plain(text: str) -> Arg:
    """A text as it stands."""
    return Arg(name="", text=text)
