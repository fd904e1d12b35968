"""The law itself, without a case: what a code stands for, and what changes when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jointbuy.errors import NotFound, UsageError, say

if TYPE_CHECKING:
    from datetime import date

    from jointbuy.law import OwnValues, Parameter, Question, Value
    from jointbuy.law.consequences import Outlook
    from jointbuy.law.difference import Difference
    from jointbuy.law.review import Review
    from jointbuy.law.rulings import Ruling
    from jointbuy.workspace.desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question, and what each answer to it comes to on a day, form by form."""

    question: Question
    outlooks: tuple[Outlook, ...]
    rulings: tuple[Ruling, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruled:
    """A ruling of the Court, found by what was typed."""

    ruling: Ruling


def own_law(desk: Desk) -> OwnValues:
    """The values of the law that the register sets itself; none without a register."""
    from jointbuy import law

    return law.NO_OWN if desk.missing else desk.records().own_law()


def legal_text(
    code: str, on: date, own: OwnValues | None = None
) -> Asked | Parameter | Ruled:
    """What a code stands for: a question, a parameter of the law, or a ruling.

    Raises:
        NotFound: it is none of them.
        NotInForce: the question, before the law of 2016.
    """
    from jointbuy import law
    from jointbuy.law import consequences, rulings, tables

    name = code.strip()
    found = _parameter(name)
    if found is not None:
        return found
    try:
        question = law.question(name)
    except UsageError:
        pass
    else:
        tables.in_force("law_2016", on)
        return Asked(
            question=question,
            outlooks=consequences.outlooks(
                question.code, on, own=law.NO_OWN if own is None else own
            ),
            rulings=rulings.cited_rulings(question.basis),
        )
    try:
        return Ruled(ruling=rulings.ruling(name))
    except NotFound:
        raise NotFound(
            say(
                "“{code}” is no question, no value of the law and no ruling. Questions "
                "have codes such as j9, values names such as thresholds.lots, rulings "
                "numbers such as C-383/21.",
                code=name,
            )
        ) from None


def _parameter(name: str) -> Parameter | None:
    """The parameter of that name, or of that key in one of the tables."""
    from jointbuy import law
    from jointbuy.law.parameters import FILES

    known = law.parameters()
    full = (name.lower(), *(f"{table}.{name.lower()}" for table in FILES))
    return next((known[each] for each in full if each in known), None)


def legal_parameter(name: str) -> Parameter:
    """The amount, share or term of the law of that name.

    Raises:
        NotFound: there is none.
    """
    found = _parameter(name.strip())
    if found is None:
        raise NotFound(
            say(
                "There is no legal parameter “{name}”. `law values` lists them.",
                name=name,
            )
        )
    return found


def takers(name: str, on: date) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What takes a value of the law: codes of rules, parts of the competences."""
    from jointbuy.law import consequences, difference

    codes = tuple(rule.code for rule in consequences.takers(name, on))
    return codes, difference.parts_naming(name)


def known_value(name: str, on: date, own: OwnValues) -> Value | None:
    """The value of that parameter on the day; None where no text gives one."""
    from jointbuy.law.difference import known

    return known(name, on, own)


def all_rulings() -> tuple[Ruling, ...]:
    """The register of rulings, oldest first."""
    from jointbuy.law.rulings import rulings

    return tuple(rulings().values())


def find_ruling(text: str) -> Ruling:
    """The ruling with that number or name.

    Raises:
        NotFound: none, or several.
    """
    from jointbuy.law.rulings import ruling

    return ruling(text)


def law_between(one: date, other: date, own: OwnValues) -> Difference:
    """What changed in the law from the earlier to the later of two days."""
    from jointbuy.law.difference import difference

    return difference(one, other, own)


def law_review(on: date, until: date, own: OwnValues) -> Review:
    """What of the law ends by a day, and what of it is not certain."""
    from jointbuy.law.review import review

    return review(on, until, own)
