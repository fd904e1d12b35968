"""Why the law says what it says of a case, and what it says since a choice was made."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from jointbuy.errors import (
    Arg,
    Message,
    NotFound,
    NotInForce,
    UsageError,
    euro,
    number,
    per_cent,
    say,
    word,
    word_of,
)
from jointbuy.model import Outcome, Stops
from jointbuy.workspace.citing import beside, cited_said, title_said
from jointbuy.workspace.proposals import Proposal
from jointbuy.workspace.sharing import answered_said
from jointbuy.workspace.words import ANSWERS, OUTCOMES, UNITS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from jointbuy.law import Facts, Question, Value
    from jointbuy.law.changes import Change
    from jointbuy.law.explanation import Explanation, Used
    from jointbuy.law.rulings import Ruling
    from jointbuy.model import Answer, Choice, Citation, Dossier, Finding, Form
    from jointbuy.workspace.legal import Checked, Legal
    from jointbuy.workspace.whole import Workspace

STOPPED = {
    Stops.FORM: word("the form"),
    Stops.LAUNCH: word("the launch"),
    Stops.ORDER: word("any order"),
    Stops.START: word("the start"),
}
"""What may not happen until a rule is in order."""

TESTED = {
    "estimate": say("compared with the estimate"),
    "expenditure": say("compared with the expenditure to approve"),
}


# How an answer, a value and a text are said.


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One sentence, and what stands below it."""

    text: Message
    below: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """A part of an explanation: what it is about, point by point."""

    head: Message
    points: tuple[Point, ...]


def answer_said(question: Question, value: str) -> Arg:
    """An answer in words, a share in per cent, figures year by year."""
    label = dict(question.words).get(value, value)
    if label != value:
        return word_of(label)
    if value in ANSWERS:
        return ANSWERS[value]
    if question.kind == "years":
        return Arg(name="", kind="message", message=_years_said(value))
    try:
        return per_cent(Decimal(value))
    except InvalidOperation:
        return Arg(name="", text=value)


def _years_said(value: str) -> Message:
    """Figures by year: the part and the total of each."""
    from jointbuy.law.years import parse_years

    read = parse_years(value)
    if isinstance(read, Message):
        return beside("{text}", text=value)
    said: Message | None = None
    for each in read:
        one = beside(
            "{year}: {part}/{total}",
            year=str(each.year),
            part=number(each.part),
            total=number(each.total),
        )
        said = one if said is None else beside("{some}; {more}", some=said, more=one)
    return said or beside("{text}", text=value)


def amount_said(value: Value) -> Arg | Message:
    """A value with what it is counted in."""
    if value.unit == "euro":
        return euro(value.value)
    if value.unit == "per_cent":
        return per_cent(value.value)
    return beside("{n} {unit}", n=number(value.value), unit=UNITS[value.unit])


def value_said(value: Value) -> Message:
    """A value and on which side of it the text holds."""
    every = every_amount_said(value)
    if every is not None:
        return every
    amount = amount_said(value)
    match value.strictness:
        case "above":
            return say("more than {amount}", amount=amount)
        case "at_least":
            return say("at least {amount}", amount=amount)
        case "at_most":
            return say("at most {amount}", amount=amount)
        case _:
            return say("less than {amount}", amount=amount)


def every_amount_said(value: Value) -> Message | None:
    """That it holds from the first cent on; None where there is an amount."""
    if value.unit != "euro" or value.value != 0 or value.strictness != "at_least":
        return None
    from jointbuy import law

    if value.citation.source == law.sources()["practice"].titles.en:
        return say("whatever the amount, by prudence")
    return say("whatever the amount")


def period_said(value: Value) -> Message:
    """The days on which a value counts."""
    if value.until is None:
        return say("counts from {start} on", start=value.start)
    return say("counts from {start} to {until}", start=value.start, until=value.until)


def read_said(day: date, *, own: bool = False) -> Message:
    """When it was last read: in a published source, or in the text by an officer."""
    if own:
        return say("compared with the text on {day}", day=day)
    return say("read on {day} in a published source", day=day)


def text_points(basis: Iterable[Citation]) -> Iterator[Point]:
    """Each text with its days, its address and what is known of it."""
    from jointbuy.law.explanation import cited

    for each in basis:
        source = cited(each).source
        below = []
        if source and source.start is not None:
            below.append(say("in force since {day}", day=source.start))
        if each.checked is not None:
            below.append(read_said(each.checked, own=each.own))
        if source and source.note:
            below.append(Message(text=source.note))
        if source and source.url:
            below.append(beside("{url}", url=source.url))
        yield Point(text=cited_said(each), below=tuple(below))


def value_point(value: Value) -> Point:
    """One value of the law: title, amount, days, what it is compared with, text."""
    from jointbuy import law

    title = word(law.parameters()[value.name].title)
    below = [period_said(value)]
    if value.tests:
        below.append(TESTED[value.tests])
    below.append(cited_said(value.citation))
    if value.citation.checked is not None:
        below.append(read_said(value.citation.checked, own=value.citation.own))
    return Point(
        text=say("{head}: {rest}", head=title, rest=value_said(value)),
        below=tuple(below),
    )


def ruling_point(ruling: Ruling, on: date | None = None) -> Point:
    """One ruling: as it is cited, what it holds, and what jointbuy makes of it.

    One given after the day of the law says so.
    """
    title = beside("{title}", title=title_said(ruling.source, ruling.source.key))
    if ruling.to_verify:
        title = say("{text} (to be verified)", text=title)
    below = [ruling.holding, ruling.effect, beside("{url}", url=ruling.source.url)]
    if ruling.checked is not None:
        below.append(read_said(ruling.checked))
    if on is not None and ruling.day > on:
        below.append(
            say(
                "given after {day}, the day of the law: it interprets the text as it "
                "stood on that day",
                day=on,
            )
        )
    return Point(text=title, below=tuple(below))


def later_rulings(checked: Checked) -> tuple[Ruling, ...]:
    """The rulings given after the day of the law that findings rest on."""
    from jointbuy.law import rulings

    basis = (each for f in checked.findings if not f.ask for each in f.basis)
    return rulings.later_rulings(basis, checked.on)


def later_said(checked: Checked) -> Message | None:
    """That findings rest on rulings given after the day of the law, if they do."""
    numbers = [", ".join(each.numbers) for each in later_rulings(checked)]
    if not numbers:
        return None
    return say(
        "These findings also rest on rulings given after {day} ({numbers}): they "
        "interpret the text as it stood on that day.",
        day=checked.on,
        numbers="; ".join(numbers),
    )


# The tree of one finding.


def explain(
    checked: Checked, code: str = "", *, answers: Iterable[Answer] = ()
) -> tuple[Explanation, ...]:
    """Why the findings of a check are what they are: of one question, or of all.

    A question that has no rule of its own is explained by the rules that look at it.
    `answers` are those of the dossier, which tell who answered and when.

    Raises:
        NotFound: there is no such question, or no rule of this form looks at it.
    """
    from jointbuy import law
    from jointbuy.law import explanation

    form, facts, kept = checked.form, checked.facts, tuple(answers)
    if not code:
        return explanation.explain_all(form, facts, answers=kept)
    wanted = law.question(code).code
    if any(rule.code == wanted for rule in law.rules(form)):
        return (explanation.explain(form, facts, wanted, answers=kept),)
    found = tuple(
        each
        for each in explanation.explain_all(form, facts, answers=kept)
        if any(used.question.code == wanted for used in each.used)
    )
    if not found:
        raise NotFound(
            say(
                "No rule of this form looks at question {code} with these answers.",
                code=wanted,
            )
        )
    return found


def branches(explanation: Explanation) -> tuple[Branch, ...]:
    """The tree of a finding: rule, facts, values of the law, texts, rulings."""
    found = (
        Branch(head=say("The rule:"), points=tuple(_rule(explanation))),
        Branch(
            head=say("The facts it looks at:"),
            points=tuple(map(_fact, explanation.used)),
        ),
        Branch(
            head=say("The values of the law:"),
            points=tuple(map(value_point, explanation.values)),
        ),
        Branch(
            head=say("Where it is written:"),
            points=tuple(text_points(_articles(explanation))),
        ),
        Branch(
            head=say("The rulings it rests on:"),
            points=tuple(
                ruling_point(each, explanation.on) for each in explanation.rulings
            ),
        ),
    )
    return tuple(each for each in found if each.points)


def _articles(explanation: Explanation) -> Iterator[Citation]:
    """The texts it cites; the rulings stand apart."""
    titles = {each.source.titles.en for each in explanation.rulings}
    for each in explanation.texts:
        if each.citation.source not in titles:
            yield each.citation


def _rule(explanation: Explanation) -> Iterator[Point]:
    rule, institution = explanation.rule, explanation.institution
    yield Point(
        text=beside("{text} [{code}]", text=rule.asked.title, code=rule.asked.code),
        below=(
            say(
                "Until it is in order, this stops: {what}.",
                what=STOPPED[rule.stops],
            ),
        ),
    )
    if institution is not None:
        yield Point(
            text=say("Part of the law: {title}", title=institution.title),
            below=tuple(map(cited_said, institution.basis)),
        )
    if explanation.raised:
        yield Point(text=RAISED)


RAISED = say(
    "By itself it is a point of attention; because the value reaches the European "
    "threshold, it is a serious reservation."
)


def _fact(used: Used) -> Point:
    question = used.question
    text = beside("{text} [{code}]", text=question.text, code=question.code)
    if not used.value:
        return Point(text=text, below=(say("Nobody answered it yet."),))
    said = beside(
        "{text} {answer}", text=text, answer=answer_said(question, used.value)
    )
    return Point(text=said, below=tuple(_given(used)))


def _given(used: Used) -> Iterator[Message]:
    """Who answered, when, and on which paper; or what the register says."""
    if used.derived is not None:
        yield say(
            "{head}: {rest}",
            head=word("From the register"),
            rest=used.derived.message,
        )
    if used.answer is None:
        return
    if (by := answered_said(used.answer)) is not None:
        yield by
    if used.answer.source:
        yield say("{head}: {rest}", head=word("Paper"), rest=used.answer.source)


# What is otherwise since a choice.


@dataclass(frozen=True, slots=True, kw_only=True)
class Altered:
    """What became of one finding, and why, where it can be told.

    `causes` are among LAW, ANSWERS, RECORDS and VERSION, several where each counts.
    """

    change: Change
    causes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SinceChoice:
    """What the law says otherwise of a case than when it was retained."""

    choice: Choice
    on: date
    altered: tuple[Altered, ...]


CAUSES = {
    "LAW": word("the law or the day"),
    "ANSWERS": word("other answers"),
    "RECORDS": word("other needs or records of the register"),
    "VERSION": word("another version of jointbuy"),
}
"""Why a finding is otherwise than before."""


def since_choice(workspace: Legal, checked: Checked) -> SinceChoice | None:
    """What differs from the findings the case was retained on, and why.

    None where it was not retained, under another form, or without findings.
    """
    if checked.candidate is None:
        return None
    dossier = workspace.dossiers().get(checked.candidate.id)
    found = differs_since(dossier, checked)
    if found is None or dossier is None or not found.altered:
        return found
    causes = _Causes(workspace, checked, dossier, found.choice)
    return replace(
        found,
        altered=tuple(
            replace(each, causes=causes.of(each.change.rule)) for each in found.altered
        ),
    )


def differs_since(dossier: Dossier | None, checked: Checked) -> SinceChoice | None:
    """What differs from the findings a dossier was retained on; not yet why."""
    from jointbuy.law import changes

    choice = dossier.choice if dossier else None
    if choice is None or not choice.retained or not choice.findings:
        return None
    if choice.form not in (None, checked.form):
        return None
    found = changes.compare(choice.findings, checked.findings)
    return SinceChoice(
        choice=choice,
        on=checked.on,
        altered=tuple(Altered(change=each) for each in found),
    )


class _Causes:
    """What the findings would be if one thing were as it was when it was retained.

    And what they would be if one thing alone were as it is today.
    """

    def __init__(
        self, workspace: Legal, checked: Checked, dossier: Dossier, choice: Choice
    ) -> None:
        form, law_on = checked.form, choice.law_on or choice.on
        now, today = checked.facts, _proposal(dossier)
        self._new = _by_rule(checked.findings)
        self._old = _by_rule(choice.findings)
        self._without: dict[str, Mapping[str, Finding]] = {}
        self._alone: dict[str, Mapping[str, Finding]] = {}
        self._then: Mapping[str, Finding] | None = None
        earlier = _at(workspace, law_on).facts_of(today, form)
        if law_on != checked.on:
            changed = replace(earlier, answers=now.answers)
            self._without["LAW"] = _judged(form, changed)
        past = as_it_stood(workspace, dossier)
        if past is None:
            return
        before, kept = past
        facts = _at(before, checked.on).facts_of(_proposal(kept), form)
        then = _at(before, law_on).facts_of(_proposal(kept), form)
        self._without["ANSWERS"] = _judged(form, replace(now, answers=facts.answers))
        self._without["RECORDS"] = _judged(form, replace(facts, answers=now.answers))
        self._then = _judged(form, then)
        self._alone = {
            "LAW": _judged(form, facts),
            "ANSWERS": _judged(form, replace(then, answers=now.answers)),
            "RECORDS": _judged(form, replace(earlier, answers=then.answers)),
        }

    def of(self, rule: str) -> tuple[str, ...]:
        """The causes of what became of that rule.

        Those without each of which it would not be so; where each is enough by
        itself, all of them.
        """
        new = _weighed(self._new.get(rule))
        found = [
            cause
            for cause, findings in self._without.items()
            if _weighed(findings.get(rule)) != new
        ]
        if self._then is None:
            return tuple(found)
        then = _weighed(self._then.get(rule))
        if not found and then != new:
            found = [
                cause
                for cause, findings in self._alone.items()
                if _weighed(findings.get(rule)) != then
            ]
        if then != _weighed(self._old.get(rule)):
            found.append("VERSION")
        return tuple(found)


def _weighed(finding: Finding | None) -> tuple[object, ...] | None:
    """What is compared of a finding."""
    if finding is None:
        return None
    basis = frozenset((each.source, each.article) for each in finding.basis)
    return finding.outcome, finding.message, finding.stops, basis


def _by_rule(findings: Iterable[Finding]) -> Mapping[str, Finding]:
    return {finding.rule: finding for finding in findings}


def _judged(form: Form, facts: Facts) -> Mapping[str, Finding]:
    from jointbuy import law

    try:
        return _by_rule(law.check(form, facts))
    except NotInForce:
        return {}


def _proposal(dossier: Dossier) -> Proposal:
    return Proposal(candidate=dossier.candidate, dossier=dossier)


def _at(workspace: Legal, day: date) -> Legal:
    """The same register on another day."""
    return type(workspace)(
        workspace.store,
        user=workspace.user,
        on=day,
        language=workspace.language,
        folder=workspace.folder,
    )


def as_it_stood(workspace: Legal, dossier: Dossier) -> tuple[Legal, Dossier] | None:
    """The register right after the last choice on a dossier, in memory.

    None where the history does not reach back to it.
    """
    from jointbuy.model import Dossier as Kept
    from jointbuy.model import type_names
    from jointbuy.store.memory import MemoryStore
    from jointbuy.store.port import Change as Saved
    from jointbuy.workspace import Workspace

    turned: dict[tuple[type, str], Any] = {}
    for entry in workspace.store.latest():
        made = next(
            (
                changed.after
                for changed in entry.changes
                if changed.kind is Kept
                and changed.id == dossier.id
                and isinstance(changed.after, Kept)
                and changed.after.choices == dossier.choices
                and getattr(changed.before, "choices", None) != dossier.choices
            ),
            None,
        )
        if made is not None:
            break
        turned.update(
            {(changed.kind, changed.id): changed.before for changed in entry.changes}
        )
    else:
        return None
    kinds: tuple[type[Any], ...] = tuple(type_names)
    records = {
        (kind, kept.value.id): kept.value
        for kind in kinds
        for kept in workspace.store.all(kind)
    }
    store = MemoryStore()
    store.commit(
        [
            Saved(kind=kind, id=id_, value=value)
            for (kind, id_), value in {**records, **turned}.items()
            if value is not None
        ],
        by=workspace.user,
        why="as it stood",
    )
    before: Workspace = Workspace(
        store,
        user=workspace.user,
        language=workspace.language,
        folder=workspace.folder,
    )
    return before, made


def altered_points(since: SinceChoice) -> tuple[Point, ...]:
    """What became of each finding, in sentences."""
    return tuple(map(_altered, since.altered))


def since_said(since: SinceChoice) -> Message:
    """The head over them."""
    choice = since.choice
    return say(
        "Since the choice of {day} (law of {law_day}), the check has changed:",
        day=choice.on,
        law_day=choice.law_on or choice.on,
    )


def _altered(altered: Altered) -> Point:
    change = altered.change
    below = [] if change.after is None else [change.after.message]
    if altered.causes:
        causes: Message = beside("{cause}", cause=CAUSES[altered.causes[0]])
        for each in altered.causes[1:]:
            causes = beside("{some}, {more}", some=causes, more=CAUSES[each])
        below.append(say("Cause: {causes}.", causes=causes))
    return Point(text=_turn_said(change), below=tuple(below))


def _turn_said(change: Change) -> Message:
    from jointbuy import law
    from jointbuy.law.changes import Turn

    title: Message | str
    try:
        title = law.question(change.rule).title
    except UsageError:  # a rule of another version of jointbuy
        title = change.rule
    before = OUTCOMES[change.before.outcome if change.before else Outcome.UNKNOWN]
    after = OUTCOMES[change.after.outcome if change.after else Outcome.UNKNOWN]
    match change.turn:
        case Turn.APPEARED:
            return say(
                "{about}: not judged before, {after} now", about=title, after=after
            )
        case Turn.GONE:
            return say(
                "{about}: {before} before, no longer judged", about=title, before=before
            )
        case Turn.OTHERWISE:
            return say(
                "{about}: still {after}, with another sentence",
                about=title,
                after=after,
            )
        case Turn.BASIS:
            return say(
                "{about}: still {after}, on other articles", about=title, after=after
            )
        case _:
            return say(
                "{about}: {before} before, {after} now",
                about=title,
                before=before,
                after=after,
            )
