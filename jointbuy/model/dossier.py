"""Everything about one proposal that people worked on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from jointbuy.model.candidate import Candidate
from jointbuy.model.choice import Choice
from jointbuy.model.cooperation import Form
from jointbuy.model.decision import Decision
from jointbuy.model.need import Need


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer to a legal question: `yes`, `no`, `unknown`, a number or a word.

    `question` is the code of the question; `source` the paper it rests on. One taken
    over was given first in the dossier `taken_from`, on the day `first`.
    """

    question: str
    value: str
    by: str = ""
    on: date | None = None
    source: str = ""
    taken_from: str = ""
    first: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Forced:
    """A day fixed by a person for one milestone, with the reason."""

    milestone: str
    day: date
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepDone:
    """A step of the plan that was taken, where no body decides on it."""

    milestone: str
    on: date
    by: str = ""
    note: str = ""


class AnchorKind(Enum):
    """What the wanted start of a plan rests on."""

    CONTRACT_END = "CONTRACT_END"
    NOTICE = "NOTICE"
    INTEREST = "INTEREST"
    SESSION = "SESSION"


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """The day from which the wanted start was counted.

    `subject` is the id of the contract or framework agreement whose day it is.
    """

    kind: AnchorKind
    day: date
    subject: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """A proposal as it stood, the answers, choices and decisions about it.

    `wanted` is the day the contract should start; `pilot` the administration that
    acts for the others; `procedure` one of the names of the procedures by value;
    `expenditure` is the expenditure to approve (euro excluding VAT). `needs` are those
    of the candidate as they stood at the last choice. `provider` is who would do the
    work in-house, by name or enterprise number. `done` are the steps that were taken
    without a decision; `anchor` is what `wanted` rests on, where more than a typed day.
    """

    id: str
    candidate: Candidate
    form: Form | None = None
    pilot: str = ""
    wanted: date | None = None
    procedure: str = ""
    expenditure: Decimal | None = None
    answers: tuple[Answer, ...] = ()
    choices: tuple[Choice, ...] = ()
    decisions: tuple[Decision, ...] = ()
    forced: tuple[Forced, ...] = ()
    needs: tuple[Need, ...] = ()
    note: str = ""
    provider: str = ""
    done: tuple[StepDone, ...] = ()
    anchor: Anchor | None = None

    @property
    def choice(self) -> Choice | None:
        """The last choice made, if any."""
        return self.choices[-1] if self.choices else None
