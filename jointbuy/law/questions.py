"""The legal questions of each form, and how the answers to them are read."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from jointbuy.errors import Arg, Message, Problem, UsageError, per_cent, say, word_of
from jointbuy.law.facts import NO, UNKNOWN, WORDS, YES, spelt
from jointbuy.law.tables import BadTable, citation_of, table
from jointbuy.law.years import as_text, parse_years, written
from jointbuy.model.cooperation import Form
from jointbuy.model.decision import Stage
from jointbuy.model.parties import Region

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from jointbuy.model.finding import Citation

PARTS = (
    "gate",
    "joint_contract",
    "purchasing_centre",
    "in_house",
    "in_house_reverse",
    "in_house_joint",
    "horizontal",
    "staff_placement",
    "free_sharing",
    "transfer",
    "languages",
    "data_protection",
    "vat",
    "concertation",
)
"""The tables of questions: one per institution, then those around every form."""

AROUND = PARTS[PARTS.index("languages") :]
"""Those around every form."""

KINDS = ("yes_no", "choice", "share", "years")
HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A legal question: its code, title, what it asks and how it can be answered.

    `words` are the words a choice allows, each with its label; `when` the answers
    to other questions one of which makes this one necessary (always when empty),
    `unless` those one of which makes it superfluous. An answer to one of `instead`
    stands for an answer to this one. No rule asks an `optional` one: it says more
    exactly what another one asks.
    `basis_in` is what it rests on in one region only; `stage` the decision it is
    about, whose article depends on the administration.
    """

    code: str
    id: str
    title: Message
    text: Message
    kind: str
    forms: tuple[Form, ...]
    words: tuple[tuple[str, str], ...] = ()
    when: tuple[tuple[str, tuple[str, ...]], ...] = ()
    unless: tuple[tuple[str, tuple[str, ...]], ...] = ()
    instead: tuple[str, ...] = ()
    optional: bool = False
    evidence: tuple[str, ...] = ()
    basis: tuple[Citation, ...] = ()
    basis_in: tuple[tuple[Region, tuple[Citation, ...]], ...] = ()
    stage: Stage | None = None

    @property
    def choices(self) -> tuple[str, ...]:
        """The words it may be answered with; shares and years are typed."""
        words = {"yes_no": (YES, NO), "share": (), "years": ()}
        return (*words.get(self.kind, tuple(w for w, _ in self.words)), UNKNOWN)

    def arises(self, answers: Mapping[str, str]) -> bool:
        """Whether the other answers make it necessary to answer this one."""
        if any(answers.get(code) in settled for code, settled in self.unless):
            return False
        return not self.when or any(
            answers.get(code) in wanted for code, wanted in self.when
        )

    def waits(self, answers: Mapping[str, str]) -> bool:
        """Whether it still needs an answer, beside those given."""
        if answers.get(self.code) or not self.arises(answers):
            return False
        if any(answers.get(code) not in {None, "", UNKNOWN} for code in self.instead):
            return False
        return bool(self.instead) or not self.optional

    def written(self, value: str) -> str:
        """An answer that is typed, as people write it; it can be typed back."""
        figures = parse_years(value) if self.kind == "years" else None
        return written(figures) if isinstance(figures, tuple) else value


@functools.cache
def every_question() -> dict[str, Question]:
    """All questions by code, in reading order."""
    found: dict[str, Question] = {}
    for part in PARTS:
        for code, row in table(f"questions/{part}").items():
            if code in found:
                raise BadTable(f"questions/{part}: {code} stands there twice")
            found[code] = _question(code, row)
    return found


@functools.cache
def _codes() -> dict[str, str]:
    names = {question.id: code for code, question in every_question().items()}
    return names | {code: code for code in every_question()}


def _question(code: str, row: dict[str, Any]) -> Question:
    if row["kind"] not in KINDS:
        raise BadTable(f"{code}: kind must be one of {KINDS}")
    forms = row["forms"]
    return Question(
        code=code,
        id=row["id"],
        title=Message(text=row["title"]),
        text=Message(text=row["text"]),
        kind=row["kind"],
        forms=tuple(Form) if forms == "all" else tuple(Form[name] for name in forms),
        words=tuple(row.get("words", {}).items()),
        when=tuple((c, tuple(words)) for c, words in row.get("when", {}).items()),
        unless=tuple((c, tuple(words)) for c, words in row.get("unless", {}).items()),
        instead=tuple(row.get("instead", ())),
        optional=row.get("optional", False),
        evidence=tuple(row.get("evidence", ())),
        basis=_citations(code, row["basis"]),
        basis_in=tuple(
            (Region[region], _citations(code, texts))
            for region, texts in row.get("basis_in", {}).items()
        ),
        stage=Stage[row["stage"]] if "stage" in row else None,
    )


def _citations(code: str, texts: list[str]) -> tuple[Citation, ...]:
    return tuple(citation_of(text, where=code) for text in texts)


def question(name: str) -> Question:
    """The question of that code (`j3`) or name (`pilot_appointed`)."""
    code = _codes().get(name.strip().lower())
    if code is None:
        raise UsageError(say("There is no legal question “{name}”.", name=name))
    return every_question()[code]


@functools.cache
def questions(form: Form) -> tuple[Question, ...]:
    """The questions of a form in reading order, those of the common gate first.

    Those of the institution stand in the order of its rules, each with what follows
    from it; figures come before the share that is calculated from them.
    """
    asked = [q for q in every_question().values() if form in q.forms]
    order = list(table(f"rules/{form.name.lower()}"))
    common = table("questions/gate")
    around = {code for part in AROUND for code in table(f"questions/{part}")}
    shares = [q.code for q in asked if q.kind == "share" and q.code in order]

    def place(one: Question) -> tuple[int, int, int, bool]:
        """Its part, its rule, before or after that, and figures first."""
        figures = one.kind != "years"
        if one.code in common:
            return 0, 0, 0, False
        if one.code in around:
            return 2, 0, 0, False
        if one.code in order:
            return 1, order.index(one.code), 0, False
        parents = [order.index(code) for code, _ in one.when if code in order]
        if parents:
            return 1, max(parents), 1, figures
        return 1, min(map(order.index, shares)), -1, figures

    return tuple(sorted(asked, key=place))


def evidence(code: str) -> Message:
    """What a code of evidence stands for; one without text says itself."""
    row = table("evidence").get(code)
    return Message(text=row["text"] if row else code)


def parse_answers(
    raw: Mapping[str, object], form: Form | None
) -> tuple[dict[str, str], tuple[Problem, ...]]:
    """Answers by code, and what could not be taken in.

    Without a form, those to the questions of all of them. Questions are named by code
    or id; answered with true or false, words in any of the four languages, or numbers.
    A share is in per cent: 80 is 80 %. Yearly figures are `2023=820000/1000000; 2024=…`
    or a table with the years as keys.
    """
    answers: dict[str, str] = {}
    problems: list[Problem] = []
    of_form = {q.code: q for q in questions(form)} if form else every_question()
    for name, value in raw.items():
        asked = of_form.get(_codes().get(str(name).strip().lower(), ""))
        if asked is None:
            none = _no_question(name, of_form if form else ())
            problems.append(_problem(str(name), value, none))
            continue
        read = _read(asked, value)
        if isinstance(read, Message):
            problems.append(_problem(asked.code, value, read))
        elif read and answers.setdefault(asked.code, read) != read:
            problems.append(
                _problem(
                    asked.code,
                    value,
                    say(
                        "Question {code} is answered twice, differently.",
                        code=asked.code,
                    ),
                )
            )
    return answers, tuple(problems)


def _problem(code: str, value: object, message: Message) -> Problem:
    return Problem(
        field=code, value="" if value is None else str(value), message=message
    )


def _no_question(name: object, of_form: Iterable[str]) -> Message:
    if not of_form:
        return say("There is no legal question “{name}”.", name=str(name))
    return say(
        "There is no question “{name}” for this form. Its questions are: {codes}.",
        name=str(name),
        codes=", ".join(of_form),
    )


def _read(asked: Question, value: object) -> str | Message:
    if value is None:
        return ""
    typed = _plain(value)
    if not typed:
        return ""
    word = WORDS.get(typed, typed)
    if word in asked.choices:
        return word
    if asked.kind == "years":
        figures = parse_years(value)
        return figures if isinstance(figures, Message) else as_text(figures)
    if asked.kind != "share":
        return say(
            "“{value}” is no answer to question {code}. Allowed: {allowed}.",
            value=str(value),
            code=asked.code,
            allowed=spelt(asked.choices),
        )
    share = _share(typed)
    if share is None:
        return say(
            "“{value}” is no answer to question {code}. Answer a share in per cent "
            "from 0 to 100, such as 80 or 80,01, or {unknown}.",
            value=str(value),
            code=asked.code,
            unknown=spelt([UNKNOWN]),
        )
    return str(share)


def doubts(answers: Mapping[str, str]) -> tuple[Problem, ...]:
    """What to ask again of answers that were taken: a share below one per cent."""
    found = []
    for code, text in answers.items():
        asked = every_question().get(code)
        share = _share(text) if asked and asked.kind == "share" else None
        if share is not None and 0 < share < 1:
            message = say(
                "“{value}” was read as {share}. If {meant} is meant, answer {number}.",
                value=text,
                share=per_cent(share),
                meant=per_cent(share * HUNDRED),
                number=share * HUNDRED,
            )
            found.append(
                Problem(field=code, value=text, message=message, blocking=False)
            )
    return tuple(found)


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return YES if value else NO
    return str(value).strip().lower()


def _share(typed: str) -> Decimal | None:
    bare = re.sub(r"[\s\u00a0\u202f]*%$", "", typed)
    if not re.fullmatch(r"\d{1,3}(?:[.,]\d+)?", bare, flags=re.ASCII):
        return None
    share = Decimal(bare.replace(",", "."))
    return share if share <= HUNDRED else None


def as_word(sentence: Message) -> Arg:
    """A sentence from a packaged table as an argument that is itself translated."""
    return word_of(sentence.text)
