"""Why a finding is what it is: the answers, the values and the texts it rests on."""

from __future__ import annotations

import dataclasses
import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jointbuy.errors import Message, NotFound, say
from jointbuy.law.check import raised, raises, rules
from jointbuy.law.facts import Facts, Seen
from jointbuy.law.questions import Question, question
from jointbuy.law.rulings import Ruling, cited_rulings
from jointbuy.law.tables import Source, citation_of, in_force, sources, table
from jointbuy.model.finding import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from jointbuy.law.facts import Derived
    from jointbuy.law.parameters import Value
    from jointbuy.law.rule import Rule
    from jointbuy.model.cooperation import Form
    from jointbuy.model.dossier import Answer
    from jointbuy.model.finding import Citation, Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Institution:
    """A part of the law that rules belong to, and the provisions it rests on."""

    name: str
    title: Message
    basis: tuple[Citation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Used:
    """A question a rule looked at, and what it found there.

    `value` is empty where nobody answered. `answer` is the one kept in the dossier,
    with who gave it and when; `derived` what the register answers by itself.
    """

    question: Question
    value: str
    answer: Answer | None = None
    derived: Derived | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A citation with the text it names; a text of the register's own has none."""

    citation: Citation
    source: Source | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """One finding and everything it rests on, from the rule down to the texts.

    `raised` tells that it is serious only because the value reaches the European
    threshold. `used` and `values` stand in the order in which the rule looked at them;
    questions of other forms, which never have an answer here, are left out.
    """

    form: Form
    on: date
    rule: Rule
    institution: Institution | None
    finding: Finding
    raised: bool
    used: tuple[Used, ...]
    values: tuple[Value, ...]
    texts: tuple[Cited, ...]
    rulings: tuple[Ruling, ...]


@functools.cache
def institutions() -> Mapping[str, Institution]:
    """The parts of the law by name."""
    return {
        name: Institution(
            name=name,
            title=Message(text=row["title"]),
            basis=tuple(citation_of(text, where=name) for text in row["basis"]),
        )
        for name, row in table("institutions").items()
    }


def explain(
    form: Form, facts: Facts, code: str, *, answers: Iterable[Answer] = ()
) -> Explanation:
    """The finding of the rule of that code under the facts, and why it is so.

    It is the finding that `check` comes to. `answers` are those of the dossier, which
    tell who answered and when.

    Raises:
        NotFound: the form has no such rule.
        NotInForce: before the law of 2016.
    """
    of_form = {rule.code: rule for rule in rules(form)}
    in_force("law_2016", facts.on)
    if code not in of_form:
        raise NotFound(
            say(
                "This form has no rule “{code}”. Its rules are: {codes}.",
                code=code,
                codes=", ".join(of_form),
            )
        )
    return _explained(of_form[code], form, facts, {a.question: a for a in answers})


def explain_all(
    form: Form, facts: Facts, *, answers: Iterable[Answer] = ()
) -> tuple[Explanation, ...]:
    """Every finding explained, in reading order."""
    in_force("law_2016", facts.on)
    kept = {answer.question: answer for answer in answers}
    return tuple(_explained(rule, form, facts, kept) for rule in rules(form))


def _explained(
    rule: Rule, form: Form, facts: Facts, kept: Mapping[str, Answer]
) -> Explanation:
    seen = Seen()
    finding = rule.finding(dataclasses.replace(facts, seen=seen))
    looked_at = dict.fromkeys(seen.questions)
    weighs_more = finding.outcome is Outcome.WARNING and raises(form, facts)
    if weighs_more:
        finding = raised(finding)
        looked_at.setdefault("g0_6")
    return Explanation(
        form=form,
        on=facts.on,
        rule=rule,
        institution=institutions().get(rule.institution),
        finding=finding,
        raised=weighs_more,
        used=tuple(
            _used(code, facts, kept)
            for code in looked_at
            if form in question(code).forms
        ),
        values=tuple(dict.fromkeys(seen.values)),
        texts=tuple(cited(each) for each in finding.basis),
        rulings=cited_rulings(finding.basis),
    )


def _used(code: str, facts: Facts, kept: Mapping[str, Answer]) -> Used:
    value = facts.known(code)
    by_person = facts.answers.get(code) not in (None, "")
    answer = kept.get(code)
    return Used(
        question=question(code),
        value=value,
        answer=answer if by_person and answer and answer.value == value else None,
        derived=None if by_person else facts.derived.get(code),
    )


def cited(citation: Citation) -> Cited:
    """A citation with its text."""
    return Cited(citation=citation, source=_by_title().get(citation.source))


@functools.cache
def _by_title() -> Mapping[str, Source]:
    return {source.titles.en: source for source in sources().values()}
