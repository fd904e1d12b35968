"""Cells that offer a choice or hold a code: nature, yes or no, language, CPV, NUTS."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, TypeVar

from jointbuy.errors import Refused, say
from jointbuy.intake.amounts import exact
from jointbuy.intake.text import Parsed, fold, spaced
from jointbuy.model import (
    AdhesionStatus,
    AdministrationKind,
    BodyKind,
    BudgetKind,
    CallOff,
    Channel,
    CpvCode,
    Nature,
    NutsCode,
    Region,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal
    from enum import Enum

    from jointbuy.errors import Message

E = TypeVar("E", bound="Enum")

CHOICE_TABLES: dict[type, str] = {
    Nature: "nature",
    BudgetKind: "budget_kind",
    AdministrationKind: "kind",
    Region: "region",
    AdhesionStatus: "adhesion_status",
    CallOff: "call_off",
    BodyKind: "body",
    Channel: "channel",
}
"""Where the words of each choice stand in `words.toml`."""

_CODE = re.compile(r"(?<![0-9])([0-9]{8})(?:-[0-9])?(?![0-9])")
_SHORT_CODE = re.compile(r"(?:CPV[\s:]*)?([0-9]{7})(?:-[0-9])?", re.IGNORECASE)
_FIRST_SERVICE, _LAST_DIVISION, _SOFTWARE, _WORKS = 50, 98, 48, 45
_YEARS = (2000, 2100)


@cache
def _written() -> dict[str, dict[str, dict[str, list[str]]]]:
    file = resources.files(__package__) / "words.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


@cache
def _choices(name: str) -> dict[str, str]:
    """Folded word -> the choice it stands for."""
    return {
        fold(word) or word: choice
        for choice, languages in _written()[name].items()
        for words in languages.values()
        for word in words
    }


@cache
def nothing() -> frozenset[str]:
    """Folded texts that say that there is nothing to say."""
    words: list[str] = _written()["nothing"]["words"]  # type: ignore[assignment]
    return frozenset(fold(word) for word in words)


def choice_word(name: str, choice: str, language: str) -> str:
    """The word we write for a choice: `choice_word("nature", "WORKS", "nl")`."""
    return _written()[name][choice][language][0]


def choice_names(name: str) -> tuple[str, ...]:
    """Every choice there is, in the order in which it is offered."""
    return tuple(_written()[name])


def choice_words(name: str, language: str) -> tuple[str, ...]:
    """Every word offered for that choice."""
    return tuple(choice_word(name, choice, language) for choice in choice_names(name))


def _chosen(name: str, text: str) -> str:
    bare = spaced(text)
    return _choices(name).get(fold(bare) or bare, "")


def says_unknown(text: str) -> bool:
    """Whether the text says that the answer is not known.

    >>> says_unknown("Onbekend")
    True
    """
    words: list[str] = _written()["unknown"]["words"]  # type: ignore[assignment]
    bare = spaced(text)
    return (fold(bare) or bare) in {fold(word) or word for word in words}


def parse_choice(choices: type[E], text: str) -> Parsed[E]:
    """A member of an enum by its name or by a word of `words.toml`.

    >>> parse_choice(Region, "german-speaking").value
    <Region.GERMAN_SPEAKING: 'GERMAN_SPEAKING'>
    """
    if not spaced(text):
        return Parsed()
    name = re.sub(r"[\s_-]+", "_", spaced(text)).upper()
    if name in choices.__members__:
        return Parsed(value=choices[name])
    parse = _PARSERS.get(choices)
    if parse is not None:
        return parse(text)
    table = CHOICE_TABLES.get(choices)
    if table and (found := _chosen(table, text)):
        return Parsed(value=choices[found])
    allowed = ", ".join(name.lower() for name in choices.__members__)
    return Parsed(
        fault=say("“{text}” is none of: {allowed}.", text=text, allowed=allowed)
    )


def parse_nature(text: str) -> Parsed[Nature]:
    """Works, supplies or services, in four languages.

    >>> parse_nature("Leveringen").value
    <Nature.SUPPLIES: 'SUPPLIES'>
    """
    folded = fold(text)
    if not folded:
        return Parsed()
    if folded == "s":
        return Parsed(
            value=Nature.SERVICES,
            remarks=(
                say("“{text}” was read as services; write it in full.", text=text),
            ),
        )
    if found := _chosen("nature", text):
        return Parsed(value=Nature(found))
    parts = re.split(
        r" (?:et|en|und|and|ou|of|oder|or) |/|,|\+", f" {text.casefold()} "
    )
    kinds = {_chosen("nature", part) for part in parts}
    if len(kinds) > 1 and "" not in kinds:
        return Parsed(
            fault=say(
                "“{text}” names more than one nature: write that of the main part, "
                "works, supplies or services.",
                text=text,
            )
        )
    return Parsed(fault=_no_nature(text))


def _no_nature(text: str) -> Message:
    return say(
        "“{text}” is not a nature: write works, supplies or services (travaux, "
        "fournitures, services; werken, leveringen, diensten; Bauleistungen, "
        "Lieferungen, Dienstleistungen).",
        text=text,
    )


def nature_missing() -> Message:
    """What is said of a need whose nature nobody wrote."""
    return say(
        "The nature is missing: write works, supplies or services (travaux, "
        "fournitures, services; werken, leveringen, diensten; Bauleistungen, "
        "Lieferungen, Dienstleistungen), or give the CPV code."
    )


def nature_of(code: str) -> Nature | None:
    """The nature that follows from the division of a CPV code.

    >>> nature_of("45233140")
    <Nature.WORKS: 'WORKS'>
    """
    division = int(code[:2]) if code[:2].isdigit() else 0
    if division == _WORKS:
        return Nature.WORKS
    if 0 < division < _WORKS or division == _SOFTWARE:
        return Nature.SUPPLIES
    if _FIRST_SERVICE <= division <= _LAST_DIVISION:
        return Nature.SERVICES
    return None


def parse_budget_kind(text: str) -> Parsed[BudgetKind]:
    """Ordinary or extraordinary budget."""
    if not fold(text):
        return Parsed()
    if found := _chosen("budget_kind", text):
        return Parsed(value=BudgetKind(found))
    return Parsed(
        fault=say("“{text}” is not a budget: write ordinary or extraordinary.",
                  text=text)
    )  # fmt: skip


def parse_kind(text: str) -> Parsed[AdministrationKind]:
    """What sort of administration: commune, CPAS, police zone and so on."""
    if not fold(text):
        return Parsed()
    if found := _chosen("kind", text):
        return Parsed(value=AdministrationKind(found))
    return Parsed(
        fault=say(
            "“{text}” is not a kind of administration: write commune, CPAS, police "
            "zone, province, intercommunale, school board, region or other.",
            text=text,
        )
    )


def parse_region(text: str) -> Parsed[Region]:
    """Whose rules on organisation and supervision an administration follows."""
    if not fold(text):
        return Parsed()
    if found := _chosen("region", text):
        return Parsed(value=Region(found))
    return Parsed(
        fault=say(
            "“{text}” is not a region: write Wallonia, Brussels, Flanders or "
            "German-speaking Community.",
            text=text,
        )
    )


_PARSERS: dict[type, Callable[[str], Parsed[Any]]] = {
    Nature: parse_nature,
    BudgetKind: parse_budget_kind,
    AdministrationKind: parse_kind,
    Region: parse_region,
}


def parse_yes_no(cell: str | float | Decimal | bool) -> Parsed[bool]:  # noqa: FBT001
    """Yes or no.

    >>> parse_yes_no("neen").value
    False
    """
    if isinstance(cell, bool):
        return Parsed(value=cell)
    text = cell if isinstance(cell, str) else str(exact(cell))
    if not spaced(text):
        return Parsed()
    found = _chosen("yes_no", text)
    if found:
        return Parsed(value=found == "YES")
    return Parsed(fault=say("“{text}” is not an answer: write yes or no.", text=text))


def says_cancelled(text: str) -> bool:
    """Whether the text says that a session does not take place.

    >>> says_cancelled("pas de séance")
    True
    """
    return _chosen("session_state", text) == "CANCELLED"


def parse_cancelled(cell: str | float | Decimal | bool) -> Parsed[bool]:  # noqa: FBT001
    """Whether a session is cancelled: yes or no, or the state it is in.

    >>> parse_cancelled("Geannuleerd").value, parse_cancelled("maintenue").value
    (True, False)
    """
    if isinstance(cell, str) and (found := _chosen("session_state", cell)):
        return Parsed(value=found == "CANCELLED")
    parsed = parse_yes_no(cell)
    if parsed.fault is None:
        return parsed
    return Parsed(
        fault=say(
            "“{text}” does not say whether the session is cancelled: write yes or no.",
            text=str(cell),
        )
    )


def parse_language(text: str) -> Parsed[str]:
    """One of fr, nl, de, en, written as a code or by its name."""
    if not fold(text):
        return Parsed()
    if found := _chosen("language", text):
        return Parsed(value=found)
    return Parsed(
        fault=say("“{text}” is not a language used here: write fr, nl, de or en.",
                  text=text)
    )  # fmt: skip


def parse_cpv(cell: str | float | Decimal) -> Parsed[tuple[str, ...]]:
    """CPV codes, the main one first; zeros that a spreadsheet lost are put back.

    >>> parse_cpv("30197630-1 Printing paper").value
    ('30197630',)
    """
    text = cell if isinstance(cell, str) else str(exact(cell))
    bare = spaced(text)
    if not bare:
        return Parsed()
    codes = _CODE.findall(re.sub(r"(?<=[0-9])[ .](?=[0-9])", "", bare)) or [bare]
    if len(codes) == 1 and _SHORT_CODE.fullmatch(bare):
        code = CpvCode.compact(bare)
        if nature_of(code):
            remark = say("The zero that “{text}” lost at its beginning was put back: "
                         "{code}.", text=text, code=code)  # fmt: skip
            return Parsed(value=(code,), remarks=(remark,))
    if len(codes) > 1 or _CODE.search(bare):
        codes = _CODE.findall(bare) or codes
    try:
        found = tuple(dict.fromkeys(CpvCode.validate(code) for code in codes))
    except Refused as refusal:
        return Parsed(fault=refusal.message)
    return Parsed(value=found)


def parse_territory(text: str) -> Parsed[str]:
    """A NUTS code."""
    if not spaced(text):
        return Parsed()
    try:
        return Parsed(value=NutsCode.validate(text))
    except Refused as refusal:
        return Parsed(fault=refusal.message)


def parse_year(cell: str | float | Decimal) -> Parsed[int]:
    """A year of the budget, in four figures."""
    text = spaced(cell) if isinstance(cell, str) else str(exact(cell))
    if not text:
        return Parsed()
    found = re.fullmatch(r"([0-9]{4})(?:[.,]0+)?", text)
    if found and _YEARS[0] <= int(found[1]) <= _YEARS[1]:
        return Parsed(value=int(found[1]))
    return Parsed(
        fault=say("“{text}” is not a year: write four figures, such as 2027.",
                  text=text)
    )  # fmt: skip
