"""Administrations as they are listed in a file, each read as if it had been typed."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from jointbuy.errors import Message, Problem, say
from jointbuy.intake.administrations import LANGUAGES, parse_administration
from jointbuy.intake.choices import parse_language
from jointbuy.intake.parties import Administrations
from jointbuy.intake.row import ID, Row, shown
from jointbuy.intake.text import clean, fold
from jointbuy.model import Administration

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedAdministrations:
    """The administrations understood, in the order of the rows, and every problem."""

    administrations: tuple[Administration, ...] = ()
    problems: tuple[Problem, ...] = ()
    created: tuple[Administration, ...] = ()
    updated: tuple[Administration, ...] = ()
    unchanged: tuple[Administration, ...] = ()


def parse_administrations(
    rows: Iterable[Row],
    *,
    known: Sequence[Administration],
    on: date,
    language: str = "fr",
) -> ParsedAdministrations:
    """The administrations in these rows; one that is known is updated.

    It is recognised by its id, its enterprise number or a name. Only the fields of
    the file change. Neighbours may be ids or names, of administrations known before or
    listed in the same file. `language` is that of a column that says only “name”.
    """
    before = {one.id: one for one in known}
    found = _Listed(
        known=before,
        parties=Administrations(known, language=language),
        on=on,
        language=language if language in LANGUAGES else "fr",
    )
    rows = list(rows)
    taken = [(row, identifier) for row in rows if (identifier := found.take(row))]
    everyone = Administrations([*(before | found.made).values()])
    for row, identifier in taken:
        found.place(row, identifier, everyone)
    listed = tuple(found.made.values())
    return ParsedAdministrations(
        administrations=listed,
        problems=tuple(found.problems),
        created=tuple(one for one in listed if one.id not in before),
        updated=tuple(one for one in listed if before.get(one.id, one) != one),
        unchanged=tuple(one for one in listed if before.get(one.id) == one),
    )


@dataclass(slots=True, kw_only=True)
class _Listed:
    """The administrations of one list while it is read."""

    known: Mapping[str, Administration]
    parties: Administrations
    on: date
    language: str
    made: dict[str, Administration] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def _say(
        self, row: Row, name: str, message: Message, *, blocking: bool = True
    ) -> None:
        self.problems.append(
            Problem(
                row=row.number,
                field=name,
                column=row.columns.get(name, ""),
                value=shown(row.cells.get(name, "")),
                message=message,
                blocking=blocking,
            )
        )

    def take(self, row: Row) -> str:
        """The id of the administration in this row, or "" if it is refused."""
        cells = {name: clean(shown(cell))[0] for name, cell in row.cells.items()}
        identifier = cells.pop("id", "")
        name = cells.pop("name", "")
        cells.pop("neighbours", None)
        if "languages" in cells:
            cells["languages"] = _codes(cells["languages"])
        number = cells.get("enterprise_number", "")
        called = name or next((cells[c] for c in LANGUAGES if cells.get(c)), "")
        if identifier and not ID.fullmatch(identifier):
            self._say(
                row,
                "id",
                say(
                    "“{text}” is not an identifier: leave the cell empty for a new "
                    "administration.",
                    text=identifier,
                ),
            )
            return ""
        if not called and identifier not in self.known:
            self._say(
                row, "name", say("The name is missing: write it in one language.")
            )
            return ""
        numbered = not identifier and self.parties.numbered(number)
        match = self.parties.find(number if numbered else called, identifier)
        if match.administration is None:
            if match.fault is not None:
                self._say(row, "name", match.fault)
            return ""
        own = match.administration.id
        if own in self.made:
            self._say(
                row, "name", say("“{name}” is listed twice: remove one.", name=called)
            )
            return ""
        start = self.known.get(own, Administration(id=own))
        names = (start.names.get(code) for code in LANGUAGES)
        if name and fold(name) not in {fold(one) for one in names}:
            cells.setdefault(self.language, name)
        made, problems = parse_administration(
            start, cells, known=self.known, on=self.on
        )
        for problem in problems:
            self._say(row, problem.field, problem.message, blocking=problem.blocking)
        if any(problem.blocking for problem in problems):
            return ""
        self.made[own] = made
        return own

    def place(self, row: Row, identifier: str, everyone: Administrations) -> None:
        """Give an administration its neighbours, once every name is known."""
        if "neighbours" not in row.cells:
            return
        ids: list[str] = []
        for part in re.split(r"[;,\n]", clean(shown(row.cells["neighbours"]))[0]):
            if not part.strip():
                continue
            match = everyone.find(part.strip())
            if match.administration is None or match.created:
                self._say(
                    row,
                    "neighbours",
                    say(
                        "“{text}” is not a known administration and was not taken as "
                        "a neighbour.",
                        text=part.strip(),
                    ),
                    blocking=False,
                )
            elif match.administration.id != identifier:
                ids.append(match.administration.id)
        one = self.made[identifier]
        neighbours = tuple(dict.fromkeys(ids))
        self.made[identifier] = dataclasses.replace(one, neighbours=neighbours)


def _codes(text: str) -> str:
    """Languages as codes, where their names are known: fr, nl for FR/Néerlandais."""
    parts = re.split(r"[;,/+]|-| et | en | und | and ", text)
    return ", ".join(
        parse_language(part).value or part.strip() for part in parts if part.strip()
    )
