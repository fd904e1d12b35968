"""What of the law is to be looked at again: what ends soon, and what is not certain."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from jointbuy.law.competence.rows import counts
from jointbuy.law.difference import known, parts
from jointbuy.law.parameters import NO_OWN, Parameter, parameters
from jointbuy.law.questions import every_question
from jointbuy.law.rulings import rulings
from jointbuy.law.tables import citation_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from jointbuy.law.parameters import OwnValues, Value
    from jointbuy.law.rulings import Ruling
    from jointbuy.model.finding import Citation

A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """A parameter that is known no longer than the end of its last `value`."""

    parameter: Parameter
    value: Value

    @property
    def until(self) -> date | None:
        """The last day on which it is known."""
        return self.value.until


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """An article that nobody could read, and what rests on it.

    `questions` are codes of questions; `parts` those of the table of competences.
    """

    citation: Citation
    questions: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """What to look at again by a day: soonest end first, else in the tables' order."""

    on: date
    until: date
    ending: tuple[Ending, ...]
    doubtful: tuple[Value, ...]
    doubts: tuple[Doubt, ...]
    rulings: tuple[Ruling, ...]


def review(on: date, until: date, own: OwnValues = NO_OWN) -> Review:
    """What ends between the two days, and what of the law of the day is uncertain.

    A value of the register's own is followed like any other.
    """
    ending = [
        Ending(parameter=each, value=last)
        for each in parameters().values()
        if not each.abolished
        and (last := _last(each, on, own)) is not None
        and last.until is not None
        and last.until <= until
    ]
    ending.sort(key=lambda each: each.value.until or until)
    today = (known(name, on, own) for name in parameters())
    return Review(
        on=on,
        until=until,
        ending=tuple(ending),
        doubtful=tuple(v for v in today if v is not None and v.citation.to_verify),
        doubts=tuple(_doubts(on)),
        rulings=tuple(each for each in rulings().values() if each.to_verify),
    )


def _last(each: Parameter, on: date, own: OwnValues) -> Value | None:
    """The value after which none follows at once; the last one known if all are past.

    None where the first one is still to come.
    """
    value = known(each.name, on, own)
    if value is None:
        past = [one for one in each.values if one.until and one.until < on]
        return past[-1] if past else None
    while value.until is not None:
        after = known(each.name, value.until + A_DAY, own)
        if after is None:
            break
        value = after
    return value


def _doubts(on: date) -> Iterator[Doubt]:
    found: dict[tuple[str, str], Doubt] = {}
    for code, citation in _of_questions():
        if citation.to_verify:
            old = found.get(_key(citation), Doubt(citation=citation))
            codes = dict.fromkeys((*old.questions, code))
            found[_key(citation)] = replace(old, questions=tuple(codes))
    for part, citation in _of_parts(on):
        if citation.to_verify:
            old = found.get(_key(citation), Doubt(citation=citation))
            names = dict.fromkeys((*old.parts, part))
            found[_key(citation)] = replace(old, parts=tuple(names))
    yield from found.values()


def _key(citation: Citation) -> tuple[str, str]:
    return citation.source, citation.article


def _of_questions() -> Iterator[tuple[str, Citation]]:
    for question in every_question().values():
        for citation in question.basis:
            yield question.code, citation
        for _, basis in question.basis_in:
            for citation in basis:
                yield question.code, citation


def _of_parts(on: date) -> Iterator[tuple[str, Citation]]:
    for part, rows in parts().items():
        for row in rows:
            if counts(row, on):
                texts = row["basis"]
                for text in [texts] if isinstance(texts, str) else texts:
                    yield part, citation_of(text, where=part)
