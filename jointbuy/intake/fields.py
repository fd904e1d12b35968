"""The fields of a form: what may be typed in each, and what it stands for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

from jointbuy.errors import Arg, Message, word
from jointbuy.intake.text import clean
from jointbuy.model import (
    ActionPoint,
    Adhesion,
    Administration,
    ContactPerson,
    Contract,
    FrameworkAgreement,
    Need,
    NeedsRound,
    Order,
    OwnValue,
    Programme,
    PurchasingCentre,
    Reminder,
    UseDecision,
)

if TYPE_CHECKING:
    from collections.abc import Container, Mapping
    from datetime import date

    from jointbuy.model import Record

    Fault = tuple[str, Message]


class Sort(Enum):
    """What may be typed in a field."""

    TEXT = "TEXT"
    LINES = "LINES"
    LOCAL = "LOCAL"
    DAY = "DAY"
    NOTICE = "NOTICE"
    AMOUNT = "AMOUNT"
    YEARLY = "YEARLY"
    SHARE = "SHARE"
    VALUE = "VALUE"
    COUNT = "COUNT"
    QUANTITY = "QUANTITY"
    MONTHS = "MONTHS"
    YES_NO = "YES_NO"
    CHOICE = "CHOICE"
    CHOICES = "CHOICES"
    LETTER = "LETTER"
    LANGUAGE = "LANGUAGE"
    LANGUAGES = "LANGUAGES"
    ID = "ID"
    IDS = "IDS"
    CPV = "CPV"
    CPVS = "CPVS"
    TERRITORY = "TERRITORY"
    ENTERPRISE = "ENTERPRISE"
    EMAIL = "EMAIL"
    SESSIONS = "SESSIONS"
    CANCELLED = "CANCELLED"
    RHYTHM = "RHYTHM"
    SUMMONS = "SUMMONS"
    FILING = "FILING"
    PERIODS = "PERIODS"
    TEXTS = "TEXTS"
    RESERVATIONS = "RESERVATIONS"
    ALIASES = "ALIASES"
    CONDITIONS = "CONDITIONS"
    TERRITORIES = "TERRITORIES"
    LOTS = "LOTS"
    DOMAINS = "DOMAINS"
    REOPENINGS = "REOPENINGS"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field as a form asks it and a command takes it.

    `cell` is the name under which it is typed and `name` the field of the record; they
    differ where several cells fill one field: `part` is then the language of a text or
    the body whose calendar is meant. `hint` says in a sentence what is meant, where
    the label alone leaves that open. `kinds` are the kinds of record an id may name,
    `choices` the enum of a choice, `letters` what may be chosen among letters. With
    `last` a month or a year stands for its last day, not its first; with `new` a text
    that names no record makes a new one.
    """

    cell: str
    sort: Sort
    label: Message
    hint: Message | None = None
    name: str = ""
    part: str = ""
    required: bool = False
    kinds: tuple[type, ...] = ()
    choices: type[Enum] | None = None
    letters: str = ""
    last: bool = False
    new: bool = False

    @property
    def target(self) -> str:
        """The field of the record it fills."""
        return self.name or self.cell


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What a field is read with: the other records, the day, the official codes.

    `language` is that of a text whose language nobody named; `values` what the record
    holds so far.
    """

    known: Mapping[type, Mapping[str, Record]]
    on: date
    language: str
    values: Mapping[str, Any]
    codes: Container[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What was understood, and per piece of the text what was not."""

    value: Any = None
    faults: tuple[Fault, ...] = ()
    remarks: tuple[Message, ...] = ()


KIND_WORDS: dict[type, Arg] = {
    Administration: word("administration"),
    ContactPerson: word("contact person"),
    Need: word("need"),
    Contract: word("contract"),
    PurchasingCentre: word("purchasing centre"),
    FrameworkAgreement: word("framework agreement"),
    Adhesion: word("adhesion"),
    UseDecision: word("decision to use a framework agreement"),
    OwnValue: word("own value of the law"),
    Order: word("order"),
    ActionPoint: word("action point"),
    Reminder: word("reminder"),
    Programme: word("programme of a purchasing centre"),
    NeedsRound: word("needs round"),
}
"""What each kind of record is called."""

MULTILINE = frozenset(
    {
        Sort.LINES,
        Sort.LOTS,
        Sort.TEXTS,
        Sort.RESERVATIONS,
        Sort.ALIASES,
        Sort.CONDITIONS,
        Sort.DOMAINS,
        Sort.REOPENINGS,
    }
)
"""Sorts whose text may run over several lines."""


def cleaned(field: Field, text: str) -> str:
    """The text without what cannot be seen, its ends trimmed."""
    return clean(text, lines=field.sort in MULTILINE)[0].strip()
