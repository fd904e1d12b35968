"""Sentences for the user, and the few failures worth telling apart.

A `Message` is an English sentence with named gaps; `l10n` says it in the user's
language. Problems and findings are values that carry one; only `JointbuyError` and
its subclasses are raised.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Protocol

KINDS = (
    "text",
    "word",
    "number",
    "amount",
    "share",
    "day",
    "names",
    "title",
    "article",
    "message",
)
"""How an argument is written: as it is, translated, 1.234, 1.234,56 €, 80,5 %,
15/03/2027, the name in the reader's language, that of a legal text, an article as the
language cites it, or a sentence of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arg:
    """One value of a message, kept as plain text until a language is known."""

    name: str
    kind: str = "text"
    text: str = ""
    names: dict[str, str] = field(default_factory=dict)
    message: Message | None = None

    def __str__(self) -> str:
        """Plainly, in English where there is a choice."""
        if self.message is not None:
            return str(self.message)
        return self.text or self.names.get("en") or next(iter(self.names.values()), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """An English sentence with `{named}` gaps and the values for them."""

    text: str
    args: tuple[Arg, ...] = ()

    def __str__(self) -> str:
        """The English sentence, plainly written; for logs and tests."""
        return self.text.format(**{arg.name: str(arg) for arg in self.args})


def say(text: str, /, **values: str | int | Decimal | date | Message | Arg) -> Message:
    """A message; the values' own types decide how they will be written.

    Decimals are plain numbers: wrap them in `euro` or `per_cent` where they are more.
    A sentence is always a literal here, so that translators find it.
    """
    return Message(text=text, args=tuple([_arg(n, v) for n, v in values.items()]))


def _arg(name: str, value: str | int | Decimal | date | Message | Arg) -> Arg:
    if isinstance(value, Arg):
        return Arg(
            name=name,
            kind=value.kind,
            text=value.text,
            names=value.names,
            message=value.message,
        )
    if isinstance(value, Message):
        return Arg(name=name, kind="message", message=value)
    if isinstance(value, date):
        return Arg(name=name, kind="day", text=value.isoformat())
    if isinstance(value, int | Decimal):
        return Arg(name=name, kind="number", text=str(value))
    return Arg(name=name, text=value)


def word(text: str) -> Arg:
    """A word or short phrase that is itself translated."""
    return Arg(name="", kind="word", text=text)


def word_of(text: str) -> Arg:
    """A text of a packaged table, translated where it is shown."""
    return Arg(name="", kind="word", text=text)


def number(value: int | Decimal) -> Arg:
    """A plain number."""
    return Arg(name="", kind="number", text=str(value))


def named(names: Mapping[str, str] | LocalNames, text: str = "") -> Arg:
    """A name kept in several languages; `text` where it has none."""
    kept = names if isinstance(names, Mapping) else names.as_dict()
    return Arg(name="", kind="names", text=text, names=dict(kept))


class LocalNames(Protocol):
    """Anything that gives a name by language."""

    def as_dict(self) -> dict[str, str]:
        """The languages that have a name."""
        ...


def euro(amount: Decimal) -> Arg:
    """An amount in euro."""
    return Arg(name="", kind="amount", text=str(amount))


def per_cent(share: Decimal) -> Arg:
    """A share, given in per cent: 80 is written 80 %."""
    return Arg(name="", kind="share", text=str(share))


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What is wrong with one field of one row of what somebody typed or sent.

    `row` is the number the user sees (the first line of a file is 1; 0 is no row);
    `column` is the heading as it stands in the file, `label` what the form calls the
    field. A blocking problem refuses its row; the others let it in and say what was
    understood.
    """

    row: int = 0
    field: str = ""
    column: str = ""
    value: str = ""
    message: Message
    blocking: bool = True
    label: Message | None = dataclasses.field(default=None, compare=False)


class JointbuyError(Exception):
    """Something could not be done; `message` says what, where, and what to do."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


class UsageError(JointbuyError, ValueError):
    """What was asked for does not exist or makes no sense."""


class NotFound(JointbuyError, LookupError):
    """No record answers to that id."""


class NotInForce(JointbuyError, LookupError):
    """No text gives a value on that day; the nearest one is never taken instead."""


class Refused(JointbuyError, ValueError):
    """Input that cannot be taken in; `problems` lists every fault found."""

    def __init__(self, message: Message, problems: tuple[Problem, ...] = ()) -> None:
        super().__init__(message)
        self.problems = problems


class BadRecord(JointbuyError, ValueError):
    """A record does not have the expected form; `path` says where in it."""

    def __init__(self, path: str, detail: str) -> None:
        place = path or "record"
        super().__init__(
            say("{place} is not as expected: {detail}", place=place, detail=detail)
        )
        self.path = path
        self.detail = detail

    def under(self, prefix: str) -> BadRecord:
        """The same fault, seen from one level higher."""
        joint = "" if not self.path or self.path.startswith("[") else "."
        return BadRecord(f"{prefix}{joint}{self.path}", self.detail)


class StoreError(JointbuyError, OSError):
    """The register cannot be read or written."""


class StaleRevision(StoreError):
    """Somebody saved this record since it was read."""
