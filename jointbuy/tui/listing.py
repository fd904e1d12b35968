"""What a list shows: its rows, columns, filters, and the page beside it, as values."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from itertools import compress
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from jointbuy.errors import say
from jointbuy.tui.speech import Speech, folded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from jointbuy.errors import Message
    from jointbuy.tui.prose import Paragraph
    from jointbuy.workspace import Workspace

R = TypeVar("R")

SLICE, BREATH = 100, 0.001
"""Rows that are prepared at once, and seconds left to the screen in between."""

NOTHING_YET = say("There is nothing here yet.")


@dataclass(frozen=True, kw_only=True)  # slots forbid Column[int](…)
class Column(Generic[R]):
    """A column of a list.

    `key` sorts it, by its text where there is none. `width` is the least it needs, and
    its heading always fits; what is left over goes to the columns that `grow`. On a
    narrow screen the columns of the highest `rank` go first. `tone` colours a cell
    (`muted`, `success`, `warning`, `error`, `accent`); its text says the same. `short`
    says it in that many columns, where a text cut at its end would not do; `drawn`
    draws it in exactly that many. Filtering looks only into what is `searched`. A
    heading that is the user's `own` text may be cut.
    """

    id: str
    heading: Message
    text: Callable[[R, Speech], str]
    key: Callable[[R], Any] | None = None
    width: int = 6
    grow: int = 0
    right: bool = False
    rank: int = 0
    tone: Callable[[R], str] | None = None
    short: Callable[[R, Speech, int], str] | None = None
    drawn: Callable[[R, Speech, int], str] | None = None
    searched: bool = True
    own: bool = False


@dataclass(frozen=True, kw_only=True)  # slots forbid Facet[int](…)
class Facet(Generic[R]):
    """Something the rows of a list can be narrowed down by, such as their state.

    `value` answers one value, or a tuple where a row can have several or none.
    """

    id: str
    heading: Message
    value: Callable[[R], str | tuple[str, ...]]
    label: Callable[[str, Speech], str] = lambda value, _: value

    def values(self, row: R) -> tuple[str, ...]:
        """The values of a row."""
        found = self.value(row)
        return (found,) if isinstance(found, str) else found


@dataclass(frozen=True, kw_only=True)  # slots forbid Listing[int](…)
class Listing(Generic[R]):
    """Rows as they were read at one moment, and how they are shown.

    `also` are further texts that filtering finds; `page` is what is said of one row in
    the pane beside the list. `sort` names a column, with a minus before it when the
    largest come first; without it the rows keep their order. `empty` is said where
    there is nothing yet.

    In a table of cells the first columns are `held` while ← → go through the others;
    `cell` is then what is looked at, opened and has a page, by row and column.
    """

    columns: tuple[Column[R], ...]
    rows: tuple[R, ...] = ()
    id_of: Callable[[R], str] = lambda row: str(getattr(row, "id", row))
    page: Callable[[Any, Speech], Iterable[Paragraph]] = lambda _row, _speech: ()
    also: Callable[[R], Iterable[str]] = lambda _: ()
    facets: tuple[Facet[R], ...] = ()
    sort: str = ""
    empty: Message = NOTHING_YET
    held: int = 0
    cell: Callable[[R, str], Any] = lambda row, _column: row
    words: dict[str, list[str]] = field(default_factory=dict, compare=False)
    """What filtering compares, per language; filled when it is first needed."""

    def column(self, id_: str) -> Column[R] | None:
        """The column with that id."""
        return next((each for each in self.columns if each.id == id_), None)

    def filtered(
        self,
        text: str,
        speech: Speech,
        chosen: dict[str, frozenset[str]] | None = None,
    ) -> list[R]:
        """The rows that contain every word and have one of the values chosen.

        `cpv:30` looks in the column of that id or heading alone.
        """
        rows: list[R] = list(self.rows)
        plain, columns = self._wanted(text, speech)
        if plain:
            words = self._words(speech)
            rows = [
                row
                for row, text_ in zip(self.rows, words, strict=True)
                if all(word in text_ for word in plain)
            ]
        for column, value in columns:
            rows = [row for row in rows if value in folded(column.text(row, speech))]
        for facet in self.facets:
            if values := (chosen or {}).get(facet.id):
                rows = [row for row in rows if not values.isdisjoint(facet.values(row))]
        return rows

    def _wanted(
        self, text: str, speech: Speech
    ) -> tuple[list[str], list[tuple[Column[R], str]]]:
        plain: list[str] = []
        columns: list[tuple[Column[R], str]] = []
        for word in folded(text).split():
            name, colon, value = word.partition(":")
            column = self._named(name, speech) if colon and name else None
            if column is None:
                plain.append(word)
            elif value:
                columns.append((column, value))
        return plain, columns

    def _named(self, name: str, speech: Speech) -> Column[R] | None:
        for column in self.columns:
            if column.id == name or folded(speech.say(column.heading)).startswith(name):
                return column
        return None

    def prepared(self, speech: Speech) -> None:
        """Have at hand what filtering compares; beside the screen, which goes first."""
        words: list[str] = []
        for start in range(0, len(self.rows), SLICE):
            words += self._folded(self.rows[start : start + SLICE], speech)
            time.sleep(BREATH)
        self.words.setdefault(speech.language, words)

    def only(self, wanted: Callable[[R], bool]) -> Listing[R]:
        """The rows that are wanted, with what is known of them already."""
        kept = [wanted(row) for row in self.rows]
        words = {
            language: list(compress(known, kept))
            for language, known in self.words.items()
        }
        return replace(self, rows=tuple(compress(self.rows, kept)), words=words)

    def _words(self, speech: Speech) -> list[str]:
        known = self.words.get(speech.language)
        if known is None:
            known = self._folded(self.rows, speech)
            self.words[speech.language] = known
        return known

    def _folded(self, rows: Sequence[R], speech: Speech) -> list[str]:
        searched = [column for column in self.columns if column.searched]
        return [
            folded(
                " ".join(
                    [
                        *(column.text(row, speech) for column in searched),
                        *self.also(row),
                    ]
                )
            )
            for row in rows
        ]

    def sorted(self, rows: Sequence[R], sort: str, speech: Speech) -> list[R]:
        """The rows by that column; those without a value always come last."""
        column = self.column(sort.removeprefix("-"))
        if column is None:
            return list(rows)
        key = column.key
        keys: list[Any]
        if key is None:
            keys = [folded(column.text(row, speech)) for row in rows]
        else:
            keys = [key(row) for row in rows]
        known = [at for at, value in enumerate(keys) if value not in (None, "")]
        known.sort(key=keys.__getitem__, reverse=sort.startswith("-"))
        if len(known) < len(keys):
            known += [at for at, value in enumerate(keys) if value in (None, "")]
        return [rows[at] for at in known]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One of the lists of a section, and how it is read from the register."""

    id: str
    title: Message
    read: Callable[[Workspace], Listing[Any]]
