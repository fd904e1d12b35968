"""A rule of law and what it comes to: a row of a decision table, or a function."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from jointbuy.errors import Message, NotInForce, say
from jointbuy.law.competence import article
from jointbuy.law.facts import UNKNOWN, Facts, Unanswered
from jointbuy.law.questions import Question, as_word, every_question, question
from jointbuy.law.tables import BadTable, citation_of, table
from jointbuy.model.finding import Citation, Finding, Outcome, Stops


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What a rule comes to; `basis` is what it rests on beside its own articles.

    Where it `replaces` them, the basis stands in their place.
    """

    outcome: Outcome
    message: Message
    basis: tuple[Citation, ...] = ()
    replaces: bool = False


Judge = Callable[[Facts], Judgement]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule; `code` is that of the question it turns on.

    `stops` is what may not happen until the question is settled; `institution` names
    the part of the law, and the table, it belongs to.
    """

    code: str
    stops: Stops
    judge: Judge
    institution: str = ""

    @property
    def asked(self) -> Question:
        """The question the rule turns on."""
        return every_question()[self.code]

    def finding(self, facts: Facts) -> Finding:
        """The finding under the facts; what is not answered is never OK."""
        try:
            judged = self.judge(facts)
        except Unanswered as missing:
            return self._unanswered(question(missing.code), facts)
        except NotInForce as gap:
            judged = Judgement(outcome=Outcome.UNKNOWN, message=gap.message)
        asked = self.asked
        mild = judged.outcome <= Outcome.INFO
        return Finding(
            rule=self.code,
            outcome=judged.outcome,
            message=judged.message,
            stops=None if mild else self.stops,
            basis=judged.basis
            if judged.replaces
            else _basis(asked, facts, judged.basis),
            evidence=asked.evidence,
        )

    def _unanswered(self, missing: Question, facts: Facts) -> Finding:
        return Finding(
            rule=self.code,
            outcome=Outcome.UNKNOWN,
            message=say("Not answered yet: {question}", question=as_word(missing.text)),
            stops=self.stops,
            basis=_basis(missing, facts),
            ask=missing.code,
            evidence=missing.evidence,
        )


def rule(institution: str, code: str, judge: Judge) -> Rule:
    """A rule with a function of its own; when it is due stands in the table."""
    return Rule(
        code=code,
        stops=_stops(institution, code),
        judge=judge,
        institution=institution,
    )


def row(institution: str, name: str) -> Rule:
    """A rule that is a row of the table of that institution."""
    cells: dict[str, Any] = table(f"rules/{institution}")[name]
    code = cells.get("question", name)
    where = f"{institution}.{name}"
    basis = tuple(citation_of(text, where=where) for text in cells.get("basis", ()))
    judgements = {
        answer: replace(_judgement(code, answer, cells.get(answer), where), basis=basis)
        for answer in question(code).choices
    }

    def judge(facts: Facts) -> Judgement:
        return judgements[facts.choice(code, tuple(judgements))]

    return Rule(
        code=code,
        stops=_stops(institution, name),
        judge=judge,
        institution=institution,
    )


def _judgement(
    code: str, answer: str, cell: dict[str, str] | None, where: str
) -> Judgement:
    if not cell or cell.get("is") not in Outcome.__members__:
        raise BadTable(f"{where}: no outcome for “{answer}”")
    outcome = Outcome[cell["is"]]
    if answer == UNKNOWN and "message" not in cell:
        return unknown(code, outcome)
    return Judgement(outcome=outcome, message=Message(text=cell["message"]))


def _stops(institution: str, name: str) -> Stops:
    return Stops[table(f"rules/{institution}")[name]["stops"]]


def _basis(
    asked: Question, facts: Facts, more: tuple[Citation, ...] = ()
) -> tuple[Citation, ...]:
    """The articles of the question, of the parties' regions and bodies, and more."""
    somewhere = asked.basis_in or asked.stage
    if not (more or (somewhere and facts.administrations)):
        return asked.basis
    regions = {each.region for each in facts.administrations}
    local = [c for region, basis in asked.basis_in if region in regions for c in basis]
    if asked.stage is not None:
        for each in facts.administrations:
            found = article(each.kind, each.region, asked.stage, facts.on)
            if found is not None:
                local.append(found)
    return _each_once((*asked.basis, *local, *more))


@functools.cache
def _each_once(basis: tuple[Citation, ...]) -> tuple[Citation, ...]:
    """Without what a more exact citation of the same text names already."""
    kept: list[Citation] = []
    for each in basis:
        if not any(_covers(other, each) for other in kept):
            kept = [other for other in kept if not _covers(each, other)] + [each]
    return tuple(kept)


def _covers(one: Citation, other: Citation) -> bool:
    """Whether one names every place the other does, as exactly and as surely."""
    if one.own or other.own:
        return one == other
    if (one.source, one.to_verify) != (other.source, other.to_verify):
        return False
    places = _places(one.article)
    return all(
        any(f"{place},".startswith(f"{wanted},") for place in places)
        for wanted in _places(other.article)
    )


def _places(article: str) -> tuple[str, ...]:
    """The places of an article: `art. 30, § 1, 2°; § 4` names two of article 30."""
    first, *others = (part.strip() for part in article.split(";"))
    head = first.partition(",")[0]
    return (first, *(p if p.startswith("art.") else f"{head}, {p}" for p in others))


def unknown(code: str, outcome: Outcome) -> Judgement:
    """The judgement when it was answered that nobody knows."""
    text = as_word(question(code).text)
    return Judgement(
        outcome=outcome,
        message=say("Not known, find out before deciding: {question}", question=text),
    )


def ok(message: Message, *basis: Citation) -> Judgement:
    """Nothing stands in the way."""
    return Judgement(outcome=Outcome.OK, message=message, basis=basis)


def note(message: Message, *basis: Citation) -> Judgement:
    """Worth knowing."""
    return Judgement(outcome=Outcome.INFO, message=message, basis=basis)


def warning(message: Message, *basis: Citation) -> Judgement:
    """Can be put right, and should be."""
    return Judgement(outcome=Outcome.WARNING, message=message, basis=basis)


def serious(message: Message, *basis: Citation) -> Judgement:
    """Ask a lawyer or the supervisory authority first."""
    return Judgement(outcome=Outcome.SERIOUS, message=message, basis=basis)


def blocked(message: Message, *basis: Citation) -> Judgement:
    """Not allowed as it stands."""
    return Judgement(outcome=Outcome.BLOCKED, message=message, basis=basis)
