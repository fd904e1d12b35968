"""Entering and changing any record of the register, field by field."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from jointbuy.errors import Refused, UsageError, say
from jointbuy.model import (
    Administration,
    Contract,
    FrameworkAgreement,
    Programme,
    PurchasingCentre,
)
from jointbuy.model.lookup import find
from jointbuy.workspace.records import Records

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from jointbuy.errors import Problem
    from jointbuy.intake.fields import Field
    from jointbuy.model import Record

R = TypeVar("R", bound="Record")

ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")

NAMED = (Administration, Contract, PurchasingCentre, FrameworkAgreement, Programme)
"""Records whose id people choose; the others are called after what they join."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered(Generic[R]):
    """The record as it is kept, what was remarked, and whether anything changed."""

    record: R
    remarks: tuple[Problem, ...] = ()
    changed: bool = True


def form(kind: type) -> tuple[Field, ...]:
    """The fields in which a record of that kind is typed, in their order."""
    from jointbuy.intake.forms import FORMS

    return FORMS[kind]


class Entries(Records):
    """The one way in for what people type of any kind but needs."""

    def record(self, kind: type[R], text: str) -> R:
        """The record with that id or name, or whose id alone begins so.

        Raises:
            NotFound: none, or several.
        """
        from jointbuy.intake.fields import KIND_WORDS

        return find(text, self.records(kind), KIND_WORDS[kind])

    def add_record(
        self,
        kind: type[R],
        cells: Mapping[str, str],
        *,
        id_: str = "",
        unnamed: bool = False,
    ) -> Entered[R]:
        """Enter a record; without an id it is called after what it joins together.

        With `unnamed` also those records whose id people choose get one from their
        name.

        Raises:
            UsageError: the id is taken, or cannot be one.
            Refused: with every field that is wrong or missing; nothing is then kept.
        """
        made, remarks = self.prepared(kind, cells, id_=id_, unnamed=unnamed)
        self.save(made, seen=0, why=f"add {made.id}")
        return Entered(record=made, remarks=remarks)

    def prepared(
        self,
        kind: type[R],
        cells: Mapping[str, str],
        *,
        id_: str = "",
        unnamed: bool = False,
    ) -> tuple[R, tuple[Problem, ...]]:
        """A new record as it would be entered, with what is to be remarked.

        Raises:
            UsageError: the id is taken, or cannot be one.
            Refused: with every field that is wrong or missing.
        """
        known = self._known(kind)
        if id_ in known[kind]:
            raise _taken(id_)
        if not ID.fullmatch(id_) and (id_ or (kind in NAMED and not unnamed)):
            raise UsageError(
                say("“{id}” cannot be an id: use letters, digits and hyphens.", id=id_)
            )
        typed = {**cells, "id": id_} if id_ else dict(cells)
        made, remarks = self._parsed_record(kind, None, typed, known)
        if made.id in known[kind]:
            raise _taken(made.id)
        return made, remarks

    def edit_record(
        self, kind: type[R], text: str, cells: Mapping[str, str]
    ) -> Entered[R]:
        """Change some fields of a record; an empty text empties the field.

        Nothing is kept, and the history stays as it is, where nothing changes.

        Raises:
            NotFound: there is no such record.
            Refused: with every field that is wrong; nothing is then kept.
        """
        stored = self.store.get(kind, self.record(kind, text).id)
        known = self._known(kind)
        made, remarks = self._parsed_record(kind, stored.value, cells, known)
        if made == stored.value:
            return Entered(record=made, remarks=remarks, changed=False)
        self.save(made, seen=stored.revision, why=f"edit {made.id}")
        return Entered(record=made, remarks=remarks)

    def lines_with(
        self, kind: type[R], text: str, cell: str, lines: Iterable[str]
    ) -> str:
        """The lots, or the like, of a record as they would be typed, these among them.

        A line replaces the one that begins alike up to its first semicolon, or is
        added; an empty line takes away those before it.
        """
        from jointbuy.intake.field_writing import write
        from jointbuy.intake.forms import field_of

        record = self.record(kind, text)
        field = field_of(kind, cell)
        kept: dict[str, str] = {}
        if field is not None:
            written = (
                write(field, (each,), language=self.language)
                for each in getattr(record, field.target)
            )
            kept = {line.partition(";")[0].strip(): line for line in written}
        for count, line in enumerate(lines):
            number = line.partition(";")[0].strip()
            if not number and not line.strip():
                kept.clear()
            else:
                kept[number or f"{count}:"] = line
        return "\n".join(kept.values())

    def _parsed_record(
        self,
        kind: type[R],
        before: R | None,
        cells: Mapping[str, str],
        known: Mapping[type, Mapping[str, Record]],
    ) -> tuple[R, tuple[Problem, ...]]:
        made, problems = self._read_record(kind, before, cells, known)
        if made is None or any(problem.blocking for problem in problems):
            raise Refused(say("Nothing was kept: correct what follows."), problems)
        return made, problems

    def _read_record(
        self,
        kind: type[R],
        before: R | None,
        cells: Mapping[str, str],
        known: Mapping[type, Mapping[str, Record]],
    ) -> tuple[R | None, tuple[Problem, ...]]:
        """What was understood, if enough for a record, and every problem."""
        from jointbuy.intake.entries import parse_record

        coded = cells.get("cpv") or cells.get("lots")
        return parse_record(
            kind,
            before,
            cells,
            known=known,
            on=self.on,
            language=self.language,
            codes=self.official_codes if coded else None,
        )

    def _known(self, kind: type[Any]) -> dict[type, dict[str, Any]]:
        """The records of the kind and of every kind that its ids may name."""
        kinds: dict[type, None] = {kind: None}
        for field in form(kind):
            kinds |= dict.fromkeys(field.kinds)
        return {each: self.records(each) for each in kinds}


def _taken(id_: str) -> UsageError:
    return UsageError(say("“{id}” is there already: change it with `edit`.", id=id_))
