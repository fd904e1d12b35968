"""Facts answered once about a provider, a centre or the parties, for every dossier.

What was answered elsewhere is proposed and never counts by itself.
"""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from jointbuy.errors import Message
from jointbuy.law.facts import NO, UNKNOWN, YES
from jointbuy.law.questions import every_question, questions
from jointbuy.law.tables import BadTable, table
from jointbuy.law.years import parse_years
from jointbuy.model.cooperation import Form
from jointbuy.model.dossier import Answer
from jointbuy.model.identifiers import EnterpriseNumber
from jointbuy.model.period import add_months
from jointbuy.vocabulary.words import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from jointbuy.law.facts import Facts
    from jointbuy.law.questions import Question
    from jointbuy.model import Administration, PurchasingCentre

ABOUT = {
    "provider": ("provider",),
    "centre": ("centre",),
    "parties": ("parties",),
    "members": ("provider", "parties"),
    "users": ("centre", "parties"),
}
"""What a fact can belong to, and what must be the same in two dossiers."""

TURNOVER = "turnover"

_NUMBER = re.compile(r"(?:\bBE[\s.]*|\b)[01]?\d{3}(?:[\s.]*\d{3}){2}\b", re.IGNORECASE)
"""What may be an enterprise number: ten digits, or nine without the first zero."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedFact:
    """A fact that several questions or dossiers ask about; as in its table."""

    id: str
    about: str
    title: Message
    questions: tuple[str, ...]
    same: bool
    each: bool
    beside: tuple[str, ...]
    forms: tuple[Form, ...]
    measured: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """The answers of one dossier, and what they are about.

    `provider` and `centre` are the keys each is known by (see `keys_of`), `parties`
    the ids of the administrations; `form` is the one it is answered for, if known.
    """

    id: str
    form: Form | None = None
    answers: tuple[Answer, ...] = ()
    provider: frozenset[str] = frozenset()
    centre: frozenset[str] = frozenset()
    parties: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """An answer given elsewhere to what a question asks, to be taken over or not.

    `dossiers` are where it was given, `asked` under which code; `by`, `on` and
    `source` are those of the oldest answer it rests on, `old` says that it should be
    looked at again before it is taken over. It `brings` answers along, without which
    it would say something else.
    """

    question: str
    value: str
    asked: str
    dossiers: tuple[str, ...]
    by: str = ""
    on: date | None = None
    source: str = ""
    old: bool = False
    brings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One of several answers about the same fact."""

    dossier: str
    answer: Answer

    @property
    def given(self) -> date | None:
        """The day it was first given."""
        return self.answer.first or self.answer.on

    @property
    def age(self) -> date:
        """The day by which it is older than another; without one it is the oldest."""
        return self.given or date.min


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """A fact of which different things are said, the latest first.

    `codes` are those of the questions that ask for it.
    """

    fact: str
    title: Message
    codes: tuple[str, ...]
    statements: tuple[Statement, ...]


@functools.cache
def shared_facts() -> dict[str, SharedFact]:
    """Every shared fact by its id, in the order of the table."""
    found: dict[str, SharedFact] = {}
    for id_, row in table("shared_facts")["fact"].items():
        measured = row.get("measured", "")
        codes = (*row["questions"], *row.get("beside", ()))
        codes += (measured,) if measured else ()
        if row["about"] not in ABOUT or any(c not in every_question() for c in codes):
            raise BadTable(f"shared_facts: {id_} is about nothing that is asked")
        found[id_] = SharedFact(
            id=id_,
            about=row["about"],
            title=Message(text=row["title"]),
            questions=tuple(row["questions"]),
            same=row.get("same", False),
            each=row.get("each", False),
            beside=tuple(row.get("beside", ())),
            forms=tuple(Form[name] for name in row.get("forms", ())),
            measured=measured,
        )
    return found


def months_until_old() -> int:
    """Months after which an answer is proposed with a remark."""
    return int(table("shared_facts")["age"]["months"])


def about(name: str) -> tuple[str, ...]:
    """The codes of the questions about the provider, the centre or the parties."""
    return tuple(
        code
        for fact in shared_facts().values()
        if name in ABOUT[fact.about]
        for code in fact.questions
    )


# Who is meant.


def keys_of(
    text: str, known: Iterable[Administration | PurchasingCentre] = ()
) -> frozenset[str]:
    """What a provider or centre is known by: its enterprise number, its folded name.

    A record of the register that answers to it adds its own; two that bear the same
    name add nothing.
    """
    number = _number(text)
    name = _folded(_NUMBER.sub(" ", text) if number else text)
    typed = frozenset(key for key in (number, name) if key)
    if not typed:
        return typed
    found = [each for each in map(_keys, known) if each & typed]
    exact = [each for each in found if number and number in each]
    for alone in (exact, found):
        if len(alone) == 1:
            return typed | alone[0]
    return typed


def _keys(record: Administration | PurchasingCentre) -> frozenset[str]:
    names = [*record.names.as_dict().values(), record.id]
    names += [each.name for each in getattr(record, "aliases", ())]
    keys = {_folded(name) for name in names} | {_number(record.enterprise_number)}
    return frozenset(keys - {""})


def _number(text: str) -> str:
    for found in _NUMBER.findall(text):
        if EnterpriseNumber.is_valid(found):
            return EnterpriseNumber.compact(found)
    return ""


def _folded(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", plain(text)))


# What is proposed.


def proposed(
    here: Held, others: Iterable[Held], form: Form, on: date
) -> tuple[Proposed, ...]:
    """What was answered elsewhere to the questions of the form that are open here.

    In reading order; one of this dossier goes before others, the latest before older
    ones. What nobody knows is not proposed, nor a question that does not arise.
    """
    given = {each.question: each.value for each in here.answers}
    of_form = questions(form)
    wanted = {q.code for q in of_form if not _answered(q, given)}
    found: dict[str, Proposed] = {}
    here = replace(here, form=form)
    others = tuple(others)
    for fact in _facts_for(form):
        codes = wanted.intersection(fact.questions)
        best = _best(fact, here, (here, *others)) if codes else ()
        if not best:
            continue
        there = next(e for e in (here, *others) if e.id == best[0].dossier)
        measure = _measure(fact, there)
        if measure and not given.get(fact.measured):
            # What is proposed next must be measured the same way.
            said = _answer(there, fact.measured)
            if said is not None:
                stated = Statement(dossier=there.id, answer=said)
                found[fact.measured] = _proposal(fact.measured, (stated,), on)
            assumed = Answer(question=fact.measured, value=measure)
            here = replace(here, answers=(*here.answers, said or assumed))
            given[fact.measured] = measure
        brings = (fact.measured,) if fact.measured in found else ()
        for code in codes:
            found[code] = replace(_proposal(code, best, on), brings=brings)
    known = given | {code: each.value for code, each in found.items()}
    return tuple(found[q.code] for q in of_form if q.code in found and q.arises(known))


def _answer(held: Held, code: str) -> Answer | None:
    return next((a for a in held.answers if a.question == code and a.value), None)


def _measure(fact: SharedFact, held: Held) -> str:
    """By what a dossier measures; yearly figures are turnover unless it says other."""
    given = {each.question: each.value for each in held.answers}
    if not fact.measured or given.get(fact.measured):
        return given.get(fact.measured, "")
    kinds = {every_question()[code].kind for code in given if given[code]}
    return TURNOVER if "years" in kinds else ""


def _answered(asked: Question, given: Mapping[str, str]) -> bool:
    """Whether it is, or another question is that says the same."""
    return any(
        given.get(code) not in (None, "", UNKNOWN) for code in asked.instead
    ) or bool(given.get(asked.code))


def _facts_for(form: Form) -> Iterator[SharedFact]:
    for fact in shared_facts().values():
        if not fact.forms or form in fact.forms:
            yield fact


def _proposal(code: str, best: tuple[Statement, ...], on: date) -> Proposed:
    oldest = min(best, key=lambda each: each.age)
    return Proposed(
        question=code,
        value=oldest.answer.value,
        asked=oldest.answer.question,
        dossiers=tuple(dict.fromkeys(each.dossier for each in best)),
        by=oldest.answer.by,
        on=oldest.given,
        source=oldest.answer.source,
        old=old(oldest.given, on),
    )


def old(given: date | None, on: date) -> bool:
    """Whether an answer of that day is to be looked at again; always without a day."""
    return given is None or add_months(given, months_until_old()) < on


def _best(
    fact: SharedFact, here: Held, everyone: Iterable[Held]
) -> tuple[Statement, ...]:
    """The statements that together answer the fact for this dossier."""
    if fact.each:
        return _of_each(fact, here, everyone)
    said = list(_said(fact, here, everyone))
    if not said:
        return ()
    return (max(said, key=lambda s: (s.dossier == here.id, s.age)),)


def _said(
    fact: SharedFact, here: Held, everyone: Iterable[Held]
) -> Iterator[Statement]:
    """What dossiers about the same say of the fact; what nobody knows is nothing.

    Nor is it anything where it is measured otherwise, or nobody knows how.
    """
    mine = _measure(fact, here)
    for held in everyone:
        if held.id != here.id and not _alike(fact, here, held):
            continue
        if fact.forms and held.form not in (None, *fact.forms):
            continue
        measure = _measure(fact, held)
        other = measure == UNKNOWN or (mine and measure and measure != mine)
        if other and held.id != here.id:
            continue
        known = {each.question for each in held.answers if each.value}
        if fact.beside and not known.intersection(fact.beside):
            continue
        for answer in held.answers:
            if answer.question in fact.questions and answer.value not in ("", UNKNOWN):
                yield Statement(dossier=held.id, answer=answer)


def _alike(fact: SharedFact, here: Held, there: Held) -> bool:
    """Whether two dossiers are about the same; of `each`, about some of the parties."""
    for part in ABOUT[fact.about]:
        mine, other = getattr(here, part), getattr(there, part)
        if part != "parties" or fact.each:
            if not mine & other:
                return False
        elif not mine or mine != other:
            return False
    return True


def _of_each(
    fact: SharedFact, here: Held, everyone: Iterable[Held]
) -> tuple[Statement, ...]:
    """Yes of all administrations by what was said of each; no of one is no of all."""
    parties = {held.id: held.parties for held in everyone}
    said = list(_said(fact, here, everyone))
    denied = [
        each
        for each in said
        if each.answer.value == NO and parties[each.dossier] <= here.parties
    ]
    if denied:
        return (max(denied, key=lambda each: each.age),)
    by_party: dict[str, Statement] = {}
    for each in sorted(said, key=lambda each: each.age):
        if each.answer.value == YES:
            by_party |= dict.fromkeys(parties[each.dossier] & here.parties, each)
    if not here.parties or here.parties - by_party.keys():
        return ()
    return tuple({id(each): each for each in by_party.values()}.values())


# What does not agree.


def contradictions(
    here: Held, others: Iterable[Held], form: Form | None = None
) -> tuple[Contradiction, ...]:
    """The facts of this dossier of which different things are said, here or elsewhere.

    With a form, those alone that one of its questions asks for.
    """
    codes = None if form is None else {each.code for each in questions(form)}
    here = here if form is None else replace(here, form=form)
    everyone = (here, *others)
    found = []
    for fact in shared_facts().values() if form is None else _facts_for(form):
        if codes is not None and not codes.intersection(fact.questions):
            continue
        for said in _quarrels(fact, here, everyone):
            latest_first = sorted(said, key=lambda each: each.age, reverse=True)
            found.append(
                Contradiction(
                    fact=fact.id,
                    title=fact.title,
                    codes=fact.questions,
                    statements=tuple(latest_first),
                )
            )
    return tuple(found)


def _quarrels(
    fact: SharedFact, here: Held, everyone: tuple[Held, ...]
) -> Iterator[list[Statement]]:
    said = list(_said(fact, here, everyone))
    if fact.each:
        parties = {held.id: held.parties for held in everyone}
        yes = [each for each in said if each.answer.value == YES]
        for no in (each for each in said if each.answer.value == NO):
            denied = parties[no.dossier]
            against = [each for each in yes if parties[each.dossier] & denied]
            covered = frozenset[str]().union(*(parties[s.dossier] for s in against))
            if denied and denied <= covered:
                yield [no, *against]
        return
    measures = {held.id: _measure(fact, held) for held in everyone}
    alike: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for each in said:
        code = "" if fact.same else each.answer.question
        alike[code, measures[each.dossier]].append(each)
    for several in alike.values():
        if _differ([each.answer for each in several]):
            yield several


def _differ(answers: Iterable[Answer]) -> bool:
    """Whether two of them cannot both be right.

    Shares are compared as numbers, figures year by year.
    """
    values: dict[object, set[object]] = defaultdict(set)
    for answer in answers:
        years = None
        if every_question()[answer.question].kind == "years":
            years = parse_years(answer.value)
        if isinstance(years, tuple):
            for each in years:
                values[each.year].add((each.part, each.total))
        else:
            values[""].add(_number_or_word(answer.value))
    return any(len(several) > 1 for several in values.values())


def _number_or_word(value: str) -> Decimal | str:
    try:
        return Decimal(value)
    except InvalidOperation:
        return value


def same_answers(form: Form, facts: Facts) -> Mapping[str, str]:
    """Answers to questions of the form that were given under another code.

    Only where the codes ask one and the same thing, and the form’s own is open.
    """
    codes = {each.code for each in questions(form)}
    found = {}
    for fact in shared_facts().values():
        if not fact.same or len(fact.questions) == 1:
            continue
        values = [facts.known(c) for c in fact.questions if facts.answers.get(c)]
        known = [value for value in values if value not in ("", UNKNOWN)]
        for code in codes.intersection(fact.questions):
            if known and not facts.known(code):
                found[code] = known[0]
    return found
