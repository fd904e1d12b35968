"""Which form of cooperation to look at first, which is open still, and which is out.

Source: law of 17 June 2016, art. 30–31 and 47–48; the order itself is one of prudence.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING, Any

from jointbuy.errors import Message, NotInForce, UsageError
from jointbuy.law.check import check, headline, rules
from jointbuy.law.facts import UNKNOWN, Facts, Unanswered
from jointbuy.law.questions import question, questions
from jointbuy.law.shared_facts import same_answers
from jointbuy.law.tables import BadTable, citation_of, table
from jointbuy.model.cooperation import Form
from jointbuy.model.finding import Citation, Finding, Outcome, Stops
from jointbuy.model.need import Nature

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    from jointbuy.law.rule import Rule

ON_FORM = (None, Stops.FORM)
"""What a finding on the form itself stops; the rest is a task of the plan."""

EXTREMES = ("0", "100")
"""Shares that show what a share can come to."""

TWO = 2
"""The fewest administrations that conclude a joint contract."""


class Prospect(Enum):
    """Whether a form can be chosen, as far as the answers go; best first.

    `RESERVED` is possible with a serious reservation; `OPEN` waits for answers.
    """

    POSSIBLE = "POSSIBLE"
    RESERVED = "RESERVED"
    OPEN = "OPEN"
    OUT = "OUT"


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What is known of a cooperation beside the answers.

    `parties` counts its administrations, 0 where nobody knows; `proposed` is the form
    that a proposal is about, which goes before others of the same step.
    """

    parties: int = 0
    nature: Nature | None = None
    proposed: Form | None = None


NOTHING_KNOWN = Situation()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """A form in the order of preference.

    `place` counts from 1 and is 0 for a form that is out, `against` saying why.
    `reservations` are the serious ones. `open` are the codes of the questions without
    which nobody can say whether it is possible, in reading order; `deciding` those
    among them of which an answer can put the form out. `reason` and `basis` say why
    it stands at this step.
    """

    form: Form
    prospect: Prospect
    place: int
    headline: Outcome
    against: tuple[Finding, ...] = ()
    reservations: tuple[Finding, ...] = ()
    open: tuple[str, ...] = ()
    deciding: tuple[str, ...] = ()
    reason: Message
    basis: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Where a form stands in the order, why, and under which answers it does not."""

    place: int
    reason: Message
    basis: tuple[Citation, ...]
    unfit: tuple[tuple[str, tuple[str, ...]], ...]
    first: tuple[tuple[str, tuple[str, ...]], ...]


@functools.cache
def steps() -> dict[Form, Step]:
    """The step of every form."""
    found = {}
    for form in Form:
        row = table("preference").get(form.name)
        if row is None:
            raise BadTable(f"preference: {form.name} has no place")
        found[form] = Step(
            place=row["place"],
            reason=Message(text=row["text"]),
            basis=_basis(form.name, row),
            unfit=_conditions(row, "unfit"),
            first=_conditions(row, "first"),
        )
    return found


def _conditions(
    row: Mapping[str, Any], name: str
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((code, tuple(words)) for code, words in row.get(name, {}).items())


def _basis(where: str, row: Mapping[str, Any]) -> tuple[Citation, ...]:
    return tuple(citation_of(text, where=where) for text in row["basis"])


def why_this_order() -> tuple[Message, tuple[Citation, ...]]:
    """Why the forms are proposed in this order, and what that rests on."""
    row = table("preference")["order"]
    return Message(text=row["text"]), _basis("order", row)


def preference(
    facts_of: Callable[[Form], Facts], situation: Situation = NOTHING_KNOWN
) -> tuple[Ranked, ...]:
    """Every form under the same answers, in the order of preference; those out last.

    `facts_of` gives what is known of a form: the answers are the same for all, what
    the register derives may not be. A form is possible only when every question on
    it is answered and nothing worse than a point of attention was found. Raises
    `NotInForce` before the law of 2016.
    """
    judged = [_judged(form, facts_of(form), situation) for form in steps()]
    ranked = sorted(judged, key=lambda each: each[0])
    found, place = [], 0
    for _, each in ranked:
        place += each.prospect is not Prospect.OUT
        out = each.prospect is Prospect.OUT
        found.append(replace(each, place=0 if out else place))
    return tuple(found)


def _judged(
    form: Form, facts: Facts, situation: Situation
) -> tuple[tuple[int, ...], Ranked]:
    """A form and the key by which it is placed."""
    step, findings = steps()[form], check(form, facts)
    against = (
        *_unfit(form, step, findings, facts, situation),
        *(found for found in findings if _blocks(found)),
    ) or _by_same_facts(form, facts)
    codes = _open(form, findings, facts)
    grave = tuple(each for each in findings if each.outcome is Outcome.SERIOUS)
    prospect = _prospect(findings, against, codes, grave)
    ranked = Ranked(
        form=form,
        prospect=prospect,
        place=0,
        headline=headline(findings),
        against=against,
        reservations=grave,
        open=codes,
        deciding=tuple(code for code in codes if code in deciding(form, facts.on)),
        reason=step.reason,
        basis=step.basis,
    )
    first = _holds(step.first, facts)
    key = (
        prospect is Prospect.OUT,
        0 if first is not None else step.place,
        form is not situation.proposed,
    )
    return key, ranked


def _prospect(
    findings: tuple[Finding, ...],
    against: tuple[Finding, ...],
    codes: tuple[str, ...],
    grave: tuple[Finding, ...],
) -> Prospect:
    if against:
        return Prospect.OUT
    waits = any(f.outcome is Outcome.UNKNOWN and f.stops in ON_FORM for f in findings)
    if codes or waits:
        return Prospect.OPEN
    return Prospect.RESERVED if grave else Prospect.POSSIBLE


def _blocks(found: Finding) -> bool:
    return found.outcome is Outcome.BLOCKED and found.stops in ON_FORM


def _open(form: Form, findings: tuple[Finding, ...], facts: Facts) -> tuple[str, ...]:
    """What is not answered on the form itself, or answered that nobody knows it."""
    codes: list[str] = []
    for found in findings:
        if found.stops not in ON_FORM:
            continue
        if found.ask:
            codes.append(found.ask)
        elif found.outcome > Outcome.INFO:
            turns_on = _turns_on(form).get(found.rule, ())
            codes += (code for code in turns_on if facts.known(code) == UNKNOWN)
    return tuple(dict.fromkeys(codes))


@functools.cache
def _turns_on(form: Form) -> dict[str, tuple[str, ...]]:
    """The questions each rule turns on: its own, and those that follow from it."""
    found: dict[str, tuple[str, ...]] = {}
    for asked in questions(form):
        for code in (asked.code, *(code for code, _ in asked.when)):
            found[code] = (*found.get(code, ()), asked.code)
    return found


def _holds(
    conditions: tuple[tuple[str, tuple[str, ...]], ...], facts: Facts
) -> str | None:
    """The first question whose answer meets a condition."""
    for code, words in conditions:
        if facts.known(code) in words:
            return code
    return None


def _unfit(
    form: Form,
    step: Step,
    findings: tuple[Finding, ...],
    facts: Facts,
    situation: Situation,
) -> Iterator[Finding]:
    """Why another form is to be looked at, whatever the conditions of this one."""
    code = _holds(step.unfit, facts)
    yield from (each for each in findings if each.rule == code and not _blocks(each))
    if form is Form.JOINT_CONTRACT and 0 < situation.parties < TWO:
        yield _said("parties")
    if form is Form.STAFF_PLACEMENT and situation.nature in (
        Nature.WORKS,
        Nature.SUPPLIES,
    ):
        yield _said("goods")


def _said(name: str) -> Finding:
    row = table("preference")["order"][name]
    return Finding(
        rule=f"order.{name}",
        outcome=Outcome.BLOCKED,
        message=Message(text=row["text"]),
        stops=Stops.FORM,
        basis=_basis(name, row),
    )


def _by_same_facts(form: Form, facts: Facts) -> tuple[Finding, ...]:
    """What puts the form out by a fact that was answered under another code.

    It never makes a form possible: there each question waits for its own answer.
    """
    more = same_answers(form, facts)
    if not more:
        return ()
    with_them = replace(facts, answers={**facts.answers, **more})
    return tuple(found for found in check(form, with_them) if _blocks(found))


@functools.lru_cache
def deciding(form: Form, on: date) -> frozenset[str]:
    """The questions of a form of which an answer can put it out on that day.

    One that leads to another counts where that one decides.
    """
    found: set[str] = set()
    for each in rules(form):
        if each.stops is Stops.FORM:
            found |= _decisive(each, {}, each.code, on)
    return frozenset(found)


def _decisive(
    each: Rule, answers: Mapping[str, str], code: str, on: date
) -> frozenset[str]:
    """The question, and the next one it leads to, if an answer blocks the form."""
    found: frozenset[str] = frozenset()
    for value in (*question(code).choices, *EXTREMES):
        given = {**answers, code: value}
        try:
            judged = each.judge(Facts(answers=given, on=on))
        except Unanswered as missing:
            if missing.code not in given:
                nested = _decisive(each, given, missing.code, on)
                found |= nested | {code} if nested else nested
        except (NotInForce, UsageError):
            continue
        else:
            if judged.outcome is Outcome.BLOCKED:
                found |= {code}
    return found
