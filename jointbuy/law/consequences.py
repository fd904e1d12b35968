"""What each answer to a question comes to, rule by rule, without a case at hand."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from jointbuy.law.check import rules
from jointbuy.law.facts import Facts, Seen
from jointbuy.law.parameters import NO_OWN
from jointbuy.law.questions import HUNDRED, question
from jointbuy.model.cooperation import Form

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from jointbuy.law.parameters import OwnValues, Value
    from jointbuy.law.questions import Question
    from jointbuy.law.rule import Rule
    from jointbuy.model.finding import Finding

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The numbers from `low` to `high`; None is no bound on that side."""

    low: Decimal | None = None
    low_counts: bool = True
    high: Decimal | None = None
    high_counts: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Consequence:
    """What one answer, or any number of a span, comes to.

    Where it depends on a further question, the finding only asks it and `then` says
    what each of its answers comes to.
    """

    question: Question
    answer: str
    span: Span | None
    finding: Finding
    then: tuple[Consequence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """A rule of a form with what every answer comes to on a day.

    `beside` are the questions it looks at without asking them; `values` those of the
    law it takes.
    """

    form: Form
    rule: Rule
    consequences: tuple[Consequence, ...]
    beside: tuple[Question, ...]
    values: tuple[Value, ...]


def outlooks(
    code: str, on: date, *, own: OwnValues = NO_OWN, forms: tuple[Form, ...] = ()
) -> tuple[Outlook, ...]:
    """What the answers to that question come to, for each form that has a rule on it.

    A question without a rule of its own is shown in the rules that ask it; where rules
    only look at it, they come without consequences.
    """
    asked = question(code)
    found = []
    for form in forms or asked.forms:
        every = tuple(_outlook(form, each, on, own) for each in rules(form))
        found += (
            [each for each in every if each.rule.code == asked.code]
            or [each for each in every if _asks(each, asked.code)]
            or [
                dataclasses.replace(each, consequences=())
                for each in every
                if asked in each.beside
            ]
        )
    return tuple(found)


def takers(name: str, on: date) -> tuple[Rule, ...]:
    """The rules that take a value of the law, each once, whatever the form."""
    found = {
        rule.code: rule
        for form in Form
        for rule in rules(form)
        if any(value.name == name for value in _outlook(form, rule, on, NO_OWN).values)
    }
    return tuple(found.values())


def _asks(outlook: Outlook, code: str) -> bool:
    def among(some: tuple[Consequence, ...]) -> bool:
        return any(one.question.code == code or among(one.then) for one in some)

    return among(outlook.consequences)


def _outlook(form: Form, rule: Rule, on: date, own: OwnValues) -> Outlook:
    seen = Seen()
    facts = Facts(answers={}, on=on, own=own, seen=seen)
    first = rule.finding(facts).ask
    found = tuple(_consequences(rule, facts, first)) if first else ()
    asked = set(_questions(found))
    beside = map(question, dict.fromkeys(c for c in seen.questions if c not in asked))
    return Outlook(
        form=form,
        rule=rule,
        consequences=found,
        beside=tuple(each for each in beside if form in each.forms),
        values=tuple(dict.fromkeys(seen.values)),
    )


def _questions(found: tuple[Consequence, ...]) -> Iterator[str]:
    for each in found:
        yield each.question.code
        yield from _questions(each.then)


def _consequences(rule: Rule, facts: Facts, code: str) -> Iterator[Consequence]:
    asked = question(code)
    if asked.kind == "share":
        for span, number in _spans(rule, facts, code):
            yield _consequence(rule, facts, asked, str(number), span)
    for answer in asked.choices:
        yield _consequence(rule, facts, asked, answer)


def _consequence(
    rule: Rule, facts: Facts, asked: Question, answer: str, span: Span | None = None
) -> Consequence:
    given = _with(facts, asked.code, answer)
    finding = rule.finding(given)
    further = finding.ask if finding.ask not in given.answers else ""
    return Consequence(
        question=asked,
        answer=answer if span is None else "",
        span=span,
        finding=finding,
        then=tuple(_consequences(rule, given, further)) if further else (),
    )


def _with(facts: Facts, code: str, answer: str) -> Facts:
    return dataclasses.replace(facts, answers={**facts.answers, code: answer})


def _spans(rule: Rule, facts: Facts, code: str) -> Iterator[tuple[Span, Decimal]]:
    """The spans of a share that are judged alike, each with a number of it."""
    seen = Seen()
    trial = dataclasses.replace(facts, seen=seen)
    for number in (ZERO, HUNDRED):
        rule.finding(_with(trial, code, str(number)))
    limits = sorted({v.value for v in seen.values if v.unit == "per_cent"})
    pieces: list[tuple[Span, Decimal]] = []
    low: Decimal | None = None
    for limit in limits:
        below = Span(low=low, low_counts=False, high=limit, high_counts=False)
        pieces += (
            (below, ((low or ZERO) + limit) / 2),
            (Span(low=limit, high=limit), limit),
        )
        low = limit
    pieces.append((Span(low=low, low_counts=False), ((low or ZERO) + HUNDRED) / 2))
    before: tuple[Span, Decimal, object] | None = None
    for span, number in pieces:
        judged = rule.finding(_with(facts, code, str(number)))
        alike = (judged.outcome, judged.message.text, judged.ask)
        if before is not None and before[2] == alike:
            before = (_joined(before[0], span), number, alike)
            continue
        if before is not None:
            yield before[:2]
        before = (span, number, alike)
    if before is not None:
        yield before[:2]


def _joined(one: Span, next_: Span) -> Span:
    return dataclasses.replace(one, high=next_.high, high_counts=next_.high_counts)
