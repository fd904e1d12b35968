"""The rulings of the Court of Justice that the questions rest on, in our own words."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from jointbuy.errors import Message, NotFound, say
from jointbuy.law.questions import every_question
from jointbuy.law.tables import CONFIDENCES, BadTable, Source, sources, table

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from jointbuy.law.questions import Question
    from jointbuy.model.finding import Citation

KINDS = ("judgment", "order")
FORMATIONS = ("", "fifth_chamber", "grand_chamber")
"""Who gave it, empty where that is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """A judgment or order of the Court: what it holds, and what jointbuy makes of it.

    `key` is that of its text among the sources; `numbers` are those of joined cases,
    the one it is cited by first; `checked` the day the holding was read in a published
    source; `to_verify` marks what nobody could read and few know by heart.
    """

    key: str
    name: str
    numbers: tuple[str, ...]
    day: date
    kind: str
    formation: str
    holding: Message
    effect: Message
    checked: date | None = None
    to_verify: bool = False

    @property
    def source(self) -> Source:
        """The text as it is cited."""
        return sources()[self.key]

    @property
    def questions(self) -> tuple[Question, ...]:
        """The questions that rest on it, in reading order."""
        title = self.source.titles.en
        return tuple(
            question
            for question in every_question().values()
            if any(cited.source == title for cited in _cited(question))
        )


def _cited(question: Question) -> Iterable[Citation]:
    yield from question.basis
    for _, basis in question.basis_in:
        yield from basis


@functools.cache
def rulings() -> dict[str, Ruling]:
    """Every ruling by its key, oldest first."""
    found = {key: _ruling(key, row) for key, row in table("rulings").items()}
    return dict(sorted(found.items(), key=lambda each: each[1].day))


def _ruling(key: str, row: dict[str, Any]) -> Ruling:
    if key not in sources():
        raise BadTable(f"rulings: no source “{key}” in sources.toml")
    kind, formation = row.get("kind", KINDS[0]), row.get("formation", "")
    if kind not in KINDS or formation not in FORMATIONS:
        raise BadTable(f"rulings.{key}: unknown kind or formation")
    confidence = row.get("confidence", CONFIDENCES[0])
    if confidence not in CONFIDENCES:
        raise BadTable(f"rulings.{key}: confidence must be one of {CONFIDENCES}")
    return Ruling(
        key=key,
        name=row["name"],
        numbers=tuple(row["numbers"]),
        day=row["day"],
        kind=kind,
        formation=formation,
        holding=Message(text=row["holding"]),
        effect=Message(text=row["effect"]),
        checked=row.get("checked"),
        to_verify=confidence != CONFIDENCES[0],
    )


def ruling(text: str) -> Ruling:
    """The ruling with that number (`C-383/21`, `383/21`), key or name, or part of it.

    Raises:
        NotFound: none, or several that a part of the name would mean.
    """
    wanted = text.strip().casefold()
    number = re.sub(r"\s", "", wanted).replace("\u2011", "-").removeprefix("c-")
    everyone = rulings().values()
    for each in everyone:
        numbers = (n.casefold().removeprefix("c-") for n in each.numbers)
        if wanted in (each.key, each.name.casefold()) or number in numbers:
            return each
    found = [each for each in everyone if wanted and wanted in each.name.casefold()]
    if len(found) == 1:
        return found[0]
    if found:
        raise NotFound(
            say(
                "“{text}” means several rulings: {names}. Name one by its number.",
                text=text,
                names=", ".join(f"{each.name} ({each.numbers[0]})" for each in found),
            )
        )
    raise NotFound(
        say(
            "There is no ruling “{text}” in the register of rulings: `law cases` lists "
            "them.",
            text=text,
        )
    )


def cited_rulings(basis: Iterable[Citation]) -> tuple[Ruling, ...]:
    """The rulings among the texts cited, in that order, each once."""
    by_title = {each.source.titles.en: each for each in rulings().values()}
    found = (by_title[cited.source] for cited in basis if cited.source in by_title)
    return tuple({each.key: each for each in found}.values())


def later_rulings(basis: Iterable[Citation], on: date) -> tuple[Ruling, ...]:
    """Those cited that were given after the day of the law.

    They interpret the text as it stood before, unless the Court limits their effect.
    """
    return tuple(each for each in cited_rulings(basis) if each.day > on)
