"""What can be asked without a register: values, codes, and files of needs."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from jointbuy.errors import BadRecord, Message, Problem, Refused, euro, say
from jointbuy.model.money import cents
from jointbuy.workspace.centres import unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal
    from pathlib import Path
    from typing import BinaryIO

    from jointbuy.intake.amounts import Quantity
    from jointbuy.matching import LinesMatched
    from jointbuy.vocabulary.search import Suggestion


def parse_amount(text: str) -> Decimal:
    """Euro as typed, in whole cents.

    Raises:
        Refused: it is not an amount, a negative one, or has parts of a cent.
    """
    from jointbuy.intake.amounts import parse_amount as parse

    parsed = parse(text)
    if parsed.value is None:
        raise Refused(parsed.fault or say("An amount is missing."))
    if parsed.value < 0:
        raise Refused(
            say("An amount must be zero or more, not {amount}.", amount=parsed.value)
        )
    rounded = cents(parsed.value)
    if rounded != parsed.value:
        raise Refused(
            say(
                "“{text}” has parts of a cent: write it with two decimals, such as "
                "{amount}.",
                text=text,
                amount=euro(rounded),
            )
        )
    return parsed.value


def parse_number(text: str) -> Decimal:
    """A number as typed that is no money: days, a share, inhabitants.

    Raises:
        Refused: it is not a number, or a negative one.
    """
    from jointbuy.intake.amounts import parse_amount as parse

    value = parse(text.strip().removesuffix("%")).value
    if value is None or value < 0:
        raise Refused(
            say(
                "“{text}” is not a number of zero or more: write for instance 2 or "
                "0,5.",
                text=text,
            )
        )
    return value


def parse_quantity(text: str) -> Quantity:
    """A quantity as typed, with its unit where one is written behind it.

    Raises:
        Refused: it is not a number.
    """
    from jointbuy.intake.amounts import parse_quantity as parse

    parsed = parse(text)
    if parsed.value is None:
        raise Refused(parsed.fault or say("A quantity is missing."))
    return parsed.value


def parse_day(text: str, *, on: date, end: bool = False) -> date:
    """A day as typed in a form; of a month or a year its first day, or its last.

    Raises:
        Refused: it is not a day.
    """
    from jointbuy.intake.days import parse_day as parse

    parsed = parse(text, on=on, end=end)
    if parsed.value is None:
        raise Refused(parsed.fault or say("A day is missing."))
    return parsed.value


def framework_months(on: date) -> int:
    """How long a framework agreement may run under the law of the day.

    Raises:
        NotInForce: the day is before that law.
    """
    from jointbuy import law
    from jointbuy.law.tables import in_force

    in_force("law_2016", on)
    return int(law.parameter("terms.framework_months", on).value)


def match_lines(
    source: Path, *, on: date | None, explain: bool, folder: Path
) -> LinesMatched:
    """The proposals for the needs of an NDJSON file.

    The official list of codes helps to read them where it is installed.

    Raises:
        Refused: the file cannot be read.
        StoreError: the installed list can no longer be read.
    """
    from jointbuy import matching
    from jointbuy.vocabulary import official

    day = on or date.today()  # noqa: DTZ011 - the day at the officer's desk
    listed = official.installed(folder)
    with _lines(source) as lines:
        return matching.match_lines(
            lines,
            on=day,
            explain=explain,
            max_framework_months=framework_months(day),
            labels=listed.labels if listed else None,
        )


@contextmanager
def _lines(source: Path) -> Iterator[BinaryIO]:
    try:
        file = source.open("rb")
    except OSError as error:
        raise unreadable(source, error) from None
    with file:
        try:
            yield file
        except OSError as error:
            raise unreadable(source, error) from None


def search_cpv(
    text: str, *, language: str, nature: str, limit: int, folder: Path
) -> tuple[Suggestion, ...]:
    """The codes that may fit a text, best first."""
    from jointbuy.vocabulary import official, search

    return search.search(
        text,
        language=language,
        nature=nature,
        limit=limit,
        official=official.installed(folder),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggested:
    """The codes for each text of a file, and the lines that were refused."""

    suggestions: Iterator[dict[str, Any]]
    problems: list[Problem]


def suggest_cpv(source: Path, *, folder: Path) -> Suggested:
    """The codes for each line `{id, text, language}` of an NDJSON file, best first.

    The problems are complete once the suggestions have been read to the end.

    Raises:
        Refused: the file cannot be read.
    """
    from jointbuy.vocabulary import official, search

    problems: list[Problem] = []
    with _lines(source) as lines:
        items = list(_items(lines, problems))
    return Suggested(
        suggestions=search.suggest(items, official=official.installed(folder)),
        problems=problems,
    )


def _items(lines: BinaryIO, problems: list[Problem]) -> Iterator[dict[str, Any]]:
    from jointbuy import codec

    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            item = codec.loads(line.removeprefix(b"\xef\xbb\xbf"))
        except BadRecord:
            message = say(
                "This line cannot be read: write one JSON object with id and text."
            )
            problems.append(Problem(row=number, message=message))
            continue
        if not isinstance(item, dict) or not isinstance(item.get("text"), str):
            problems.append(
                Problem(
                    row=number,
                    field="text",
                    message=say("It has no text: write an object with id and text."),
                )
            )
            continue
        yield {
            key: value if isinstance(value, str) else ""
            for key, value in item.items()
            if key != "id"
        } | {"id": item.get("id")}


def install_cpv(source: Path, *, folder: Path) -> int:
    """Install the official list for this user; the number of codes in it.

    Raises:
        Refused: the file is not such a list; what was installed stays.
    """
    from jointbuy.vocabulary import official

    return official.install(source, folder)


def field_name(field: str, language: str) -> Message:
    """What a field of a form or a file is called, for who reads about it."""
    from jointbuy.intake.forms import FORMS
    from jointbuy.intake.headings import heading

    for form in FORMS.values():
        for each in form:
            if each.cell == field:
                return each.label
    try:
        return say("{name}", name=heading(field, language))
    except KeyError:
        return say("{name}", name=field)
