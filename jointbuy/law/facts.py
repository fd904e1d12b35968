"""What is known about a cooperation: the answers given and those derived."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from jointbuy.errors import Message, UsageError, say
from jointbuy.law.parameters import NO_OWN, OwnValues, Value, parameter
from jointbuy.law.years import Figures, parse_years, years_before

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date

    from jointbuy.model.parties import Administration

YES, NO, UNKNOWN = "yes", "no", "unknown"

SAME = {
    YES: ("yes", "y", "true", "oui", "ja"),
    NO: ("no", "n", "false", "non", "nee", "nein"),
    UNKNOWN: ("unknown", "u", "?", "inconnu", "onbekend", "unbekannt"),
}
WORDS = {typed: word for word, many in SAME.items() for typed in many}
"""The answer that each word stands for, in four languages."""


def spelt(words: Iterable[str]) -> str:
    """Answers with the words of other languages that are taken for them.

    >>> spelt(["yes", "not_due"])
    'yes (oui, ja), not_due'
    """
    return ", ".join(
        f"{word} ({', '.join(others)})"
        if (others := [one for one in SAME.get(word, ())[1:] if len(one) > 1
                       and one not in ("true", "false")])
        else word
        for word in words
    )  # fmt: skip


class Unanswered(Exception):
    """A rule needs the answer to `code`, and nobody gave one."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """An answer the register gives by itself, and the sentence that says why."""

    value: str
    message: Message


@dataclass(slots=True)
class Seen:
    """What a rule looked at: the questions by code, and the values of the law."""

    questions: list[str] = field(default_factory=list)
    values: list[Value] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Answers by code of question, judged under the law of the day `on`.

    What somebody answered goes before what was `derived`; both stay visible.
    `unknown` is an answer; no answer at all raises `Unanswered` where it is needed.
    The `administrations`, where they are known, only add the articles of their region.
    `own` are the values of the law that the register sets itself; `seen`, where it is
    given, notes what is looked at.
    """

    answers: Mapping[str, object]
    on: date
    derived: Mapping[str, Derived] = field(default_factory=dict)
    administrations: tuple[Administration, ...] = ()
    own: OwnValues = field(default_factory=lambda: NO_OWN)
    seen: Seen | None = None

    def parameter(self, name: str) -> Value:
        """The value of the law of that name on the day.

        Raises `NotInForce` when no text gives a value on that day.
        """
        value = parameter(name, self.on, self.own)
        if self.seen is not None:
            self.seen.values.append(value)
        return value

    def known(self, code: str) -> str:
        """The answer as plain text, empty where there is none."""
        if self.seen is not None:
            self.seen.questions.append(code)
        given = self.answers.get(code)
        if isinstance(given, bool):
            return YES if given else NO
        if given not in (None, ""):
            return WORDS.get(str(given).strip().lower(), str(given))
        found = self.derived.get(code)
        return found.value if found else ""

    def word(self, code: str) -> str:
        """The answer as plain text; `unknown` is one."""
        answer = self.known(code)
        if not answer:
            raise Unanswered(code)
        return answer

    def choice(self, code: str, allowed: Collection[str]) -> str:
        """One of the words allowed; another one is refused."""
        answer = self.word(code)
        if answer not in allowed:
            raise UsageError(
                say(
                    "“{value}” is no answer to question {code}. Allowed: {allowed}.",
                    value=answer,
                    code=code,
                    allowed=spelt(allowed),
                )
            )
        return answer

    def yes_no(self, code: str) -> bool | None:
        """Yes, no, or None where it was answered that nobody knows."""
        answer = self.choice(code, (YES, NO, UNKNOWN))
        return None if answer == UNKNOWN else answer == YES

    def number(self, code: str) -> Decimal | None:
        """A number, or None where it was answered that nobody knows it."""
        answer = self.word(code)
        if answer == UNKNOWN:
            return None
        try:
            number = Decimal(answer)
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite():
            raise UsageError(
                say(
                    "“{value}” is no answer to question {code}: answer a number or "
                    "{unknown}.",
                    value=answer,
                    code=code,
                    unknown=spelt([UNKNOWN]),
                )
            )
        return number

    def years(self, code: str) -> tuple[Figures, ...] | None:
        """Yearly figures, oldest first; None where nobody gave or knows them."""
        answer = self.known(code)
        if answer in {"", UNKNOWN}:
            return None
        figures = parse_years(answer)
        if isinstance(figures, Message):
            raise UsageError(say("Question {code}: {fault}", code=code, fault=figures))
        return figures

    def years_before(self) -> tuple[int, ...]:
        """The years over which a share is averaged, oldest first.

        They are the calendar years before that of the day of the award. Source: law of
        17 June 2016, art. 30, § 4.
        """
        how_many = self.parameter("cooperation.measured_years")
        return years_before(self.on, int(how_many.value))
