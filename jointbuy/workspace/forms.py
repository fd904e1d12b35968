"""What a form shows and offers, and what becomes of what was typed in it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar, overload

from jointbuy.errors import word
from jointbuy.intake.call import Call
from jointbuy.model import ContactPerson, LocalText, Need, NeedStatus
from jointbuy.workspace.centres import Centres
from jointbuy.workspace.entries import Entered, Entries, form
from jointbuy.workspace.names import called
from jointbuy.workspace.needs import Needs
from jointbuy.workspace.records import changed_since

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jointbuy.errors import Arg, Problem
    from jointbuy.intake.fields import Field
    from jointbuy.model import FrameworkAgreement, PurchasingCentre, Record
    from jointbuy.store.port import Stored
    from jointbuy.vocabulary.search import Suggestion
    from jointbuy.workspace.records import Records

R = TypeVar("R", bound="Record")

Option = tuple[str, str]
"""What is typed when it is chosen, and what is shown."""


def cells_of(workspace: Records, kind: type, record: Record | None) -> dict[str, str]:
    """What each field of a form holds, as it would be typed; of no record, nothing."""
    from jointbuy.intake.field_writing import write

    if record is None:
        return {field.cell: "" for field in form(kind)}
    language = workspace.language
    return {
        field.cell: write(field, getattr(record, field.target), language=language)
        for field in form(kind)
    }


def options(
    workspace: Records, field: Field, cells: Mapping[str, str] | None = None
) -> tuple[Option, ...]:
    """What can be chosen in a field; nothing where the text is free.

    Contact persons are those of the administration in `cells`, if one is chosen there.
    """
    from jointbuy.intake.choices import CHOICE_TABLES, choice_names, choice_word

    if field.letters:
        return tuple((letter, letter) for letter in field.letters)
    if field.kinds:
        return _records(workspace, field, cells or {})
    table = {"YES_NO": "yes_no", "LANGUAGE": "language", "LANGUAGES": "language"}.get(
        field.sort.name, ""
    )
    if field.choices is not None:
        table = CHOICE_TABLES[field.choices]
    if not table:
        return ()
    language = workspace.language
    written = {name: choice_word(table, name, language) for name in choice_names(table)}
    if table == "language":
        return tuple(written.items())
    return tuple((text, text) for text in written.values())


def _records(
    workspace: Records, field: Field, cells: Mapping[str, str]
) -> tuple[Option, ...]:
    kinds: tuple[type[Any], ...] = field.kinds
    found = [
        (record.id, _shown(workspace, record))
        for kind in kinds
        for record in workspace.records(kind).values()
        if _offered(workspace, record, cells)
    ]
    return tuple(sorted(found, key=lambda each: (each[1].casefold(), each[0])))


def _offered(workspace: Records, record: Record, cells: Mapping[str, str]) -> bool:
    match record:
        case Need():
            return record.status in {NeedStatus.DRAFT, NeedStatus.OPEN}
        case ContactPerson():
            asked = cells.get("administration", "")
            gone = record.active_until is not None and (
                record.active_until < workspace.on
            )
            known = asked in workspace.administrations()
            return not gone and (not known or record.administration == asked)
    return True


def _shown(workspace: Records, record: Record) -> str:
    from jointbuy.model import (
        Adhesion,
        FrameworkAgreement,
        Interest,
        Order,
        PurchasingCentre,
    )

    match record:
        case Interest() | Order():
            about = workspace.kept(FrameworkAgreement).get(record.framework)
            return _whose(workspace, record.administration, about) or record.id
        case Adhesion():
            centre = workspace.kept(PurchasingCentre).get(record.centre)
            return _whose(workspace, record.administration, centre) or record.id
    for name in ("names", "title", "name"):
        text: object = getattr(record, name, None)
        if isinstance(text, LocalText):
            text = text.get(workspace.language)
        if text:
            return str(text)
    return record.id


def _whose(
    workspace: Records,
    administration: str,
    about: FrameworkAgreement | PurchasingCentre | None,
) -> str:
    """What an interest, order or adhesion is about, and whose it is."""
    from jointbuy.model import Administration

    who = workspace.kept(Administration).get(administration)
    if about is None or who is None:
        return ""
    return f"{_shown(workspace, about)} – {_shown(workspace, who)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A form as it is opened: what its fields hold and what can be chosen in each.

    `seen` is the revision of the record, 0 of a new one; `what` is what it is called,
    or its kind. Ids that a field holds are among its options, also where they are
    offered no longer. No two options of a field are shown alike.
    """

    cells: Mapping[str, str]
    options: Mapping[str, tuple[Option, ...]]
    what: Arg
    seen: int = 0


def filled(workspace: Records, kind: type[Any], id_: str = "") -> Filled:
    """The form of a record of that kind; a new one begins with whose register it is.

    Raises:
        NotFound: there is no such record.
    """
    stored = workspace.store.get(kind, id_) if id_ else None
    record = stored.value if stored else None
    cells = cells_of(workspace, kind, record)
    home = workspace.register.home
    if record is None and "administration" in cells:
        cells["administration"] = home if home in workspace.administrations() else ""
    return Filled(
        cells=cells,
        options={
            field.cell: _distinct(_with_held(workspace, field, cells[field.cell]))
            for field in form(kind)
        },
        what=called(record) if record else kind_word(kind),
        seen=stored.revision if stored else 0,
    )


def kind_word(kind: type) -> Arg:
    """What records of that kind are called."""
    from jointbuy.intake.fields import KIND_WORDS

    return KIND_WORDS.get(kind) or word("call for interest")


def _with_held(workspace: Records, field: Field, held: str) -> tuple[Option, ...]:
    offered = options(workspace, field)
    if not field.kinds or not held:
        return offered
    ids = {id_ for id_, _ in offered}
    kinds: tuple[type[Any], ...] = field.kinds
    missing = []
    for id_ in held.split("; "):
        for kind in kinds:
            record = workspace.records(kind).get(id_)
            if record is not None and id_ not in ids:
                missing.append((id_, _shown(workspace, record)))
    return (*offered, *missing)


def _distinct(found: tuple[Option, ...]) -> tuple[Option, ...]:
    """Each shown otherwise than the others: by its id where the names are the same."""
    counts = Counter(shown for _, shown in found)
    return tuple(
        (typed, shown if counts[shown] == 1 else f"{shown} ({typed})")
        for typed, shown in found
    )


class Forms(Entries, Needs, Centres):
    """One door for what is typed in a form, whatever the kind of the record."""

    def tried(
        self, kind: type[Any], id_: str, cells: Mapping[str, str]
    ) -> tuple[Problem, ...]:
        """Everything wrong or remarked with what was typed so far; nothing is kept.

        Without an id it is a new record; else only what differs from it is judged.

        Raises:
            NotFound: there is no such record.
        """
        if kind is Call:
            return self._read_call(cells)[1]
        before = self.store.get(kind, id_).value if id_ else None
        typed = self._typed_anew(kind, before, cells)
        if before is not None and not typed:
            return ()
        if kind is Need:
            given = {**typed, "id": id_} if id_ else typed
            return self._typed(given).problems
        return self._read_record(kind, before, typed, self._known(kind))[1]

    @overload
    def enter(
        self, kind: type[Call], cells: Mapping[str, str]
    ) -> Entered[FrameworkAgreement]: ...

    @overload
    def enter(
        self,
        kind: type[R],
        cells: Mapping[str, str],
        *,
        id_: str = "",
        draft: bool = False,
    ) -> Entered[R]: ...

    def enter(
        self,
        kind: type[Any],
        cells: Mapping[str, str],
        *,
        id_: str = "",
        draft: bool = False,
    ) -> Entered[Any]:
        """Enter a record of any kind; without an id it gets one by itself.

        With `draft` a need stays with its administration for now. Of a call for
        interest it is the framework agreement to come that is entered.

        Raises:
            UsageError: the id is taken, or cannot be one.
            Refused: with every field that is wrong or missing; nothing is then kept.
        """
        if kind is Call:
            return self.note_call(cells)
        if kind is Need:
            parsed = self.add_need(_written(cells), draft=draft)
            return _entered(parsed.needs[0], parsed.problems)
        return self.add_record(kind, _written(cells), id_=id_, unnamed=True)

    def amend(
        self,
        kind: type[R],
        id_: str,
        cells: Mapping[str, str],
        *,
        seen: int | None = None,
    ) -> Entered[R]:
        """Change what differs in these cells from what the record holds.

        `seen` is the revision the form was filled in from.

        Raises:
            StaleRevision: the record was changed since it was seen.
            NotFound: there is no such record.
            Refused: with every field that is wrong; nothing is then kept.
        """
        stored: Stored[R] = self.store.get(kind, id_)
        if seen is not None and stored.revision != seen:
            raise changed_since(stored)
        typed = self._typed_anew(kind, stored.value, cells)
        if not typed:
            return Entered(record=stored.value, changed=False)
        if kind is Need:
            parsed = self.edit_need(id_, typed)
            changed = not parsed.unchanged
            return _entered(parsed.needs[0], parsed.problems, changed=changed)
        return self.edit_record(kind, id_, typed)

    def _typed_anew(
        self, kind: type, before: Record | None, cells: Mapping[str, str]
    ) -> dict[str, str]:
        """The cells that say something else than the record, which may be none yet."""
        held = cells_of(self, kind, before)
        return {
            cell: text
            for cell, text in cells.items()
            if cell not in held or text.strip() != held[cell].strip()
        }

    def code_names(self, code: str) -> dict[str, str]:
        """What a CPV code stands for, by language; nothing where it is not known."""
        from jointbuy.vocabulary import cpv
        from jointbuy.vocabulary.thesaurus import category_for_code

        bare = cpv.bare(code)
        if self.official_codes is not None and bare in self.official_codes:
            return self.official_codes.labels(bare)
        near = category_for_code(bare) if bare else None
        known = near and {near.cpv, *near.other_cpv, *near.finer.values()}
        return dict(near.labels) if near and known and bare in known else {}

    def suggest_codes(
        self, text: str, *, language: str = "", nature: str = "", limit: int = 8
    ) -> tuple[Suggestion, ...]:
        """The CPV codes that may fit a text, best first, each with its reason.

        Language and nature are hints, written as in a form.
        """
        from jointbuy.intake.choices import parse_language, parse_nature
        from jointbuy.vocabulary import search

        kind = parse_nature(nature).value
        return search.search(
            text,
            language=parse_language(language).value or self.language,
            nature=kind.name.lower() if kind else "",
            limit=limit,
            official=self.official_codes,
        )


def _written(cells: Mapping[str, str]) -> dict[str, str]:
    """What was written at all: an empty field of a new record says nothing."""
    return {cell: text for cell, text in cells.items() if text.strip()}


def _entered(
    record: Any,  # noqa: ANN401
    problems: tuple[Problem, ...],
    *,
    changed: bool = True,
) -> Entered[Any]:
    remarks = tuple(problem for problem in problems if not problem.blocking)
    return Entered(record=record, remarks=remarks, changed=changed)
