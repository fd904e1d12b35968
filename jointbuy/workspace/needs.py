"""Registering needs: by hand, from a file, and handing them out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from jointbuy.errors import NotFound, Problem, Refused, UsageError, say, word
from jointbuy.model import Administration, Need, NeedStatus
from jointbuy.model.lookup import find
from jointbuy.store.port import Change
from jointbuy.workspace.records import Records

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import datetime
    from pathlib import Path

    from jointbuy.intake.rows import ParsedNeeds, Row, Vat
    from jointbuy.model import Reason, Record
    from jointbuy.store.port import Stored


@dataclass(frozen=True, slots=True, kw_only=True)
class LastChange:
    """Who saved a record last, and when."""

    by: str
    at: datetime


class Needs(Records):
    """The register of needs and of those who have them."""

    def need(self, text: str) -> Stored[Need]:
        """The need with that id, or whose id alone begins so.

        Raises:
            NotFound: none, or several.
        """
        return self.store.get(Need, find(text, self.needs(), word("need")).id)

    def compare(self, one: str, other: str) -> tuple[float, tuple[Reason, ...]]:
        """How likely one lot could serve two needs, 0 to 1, and why or why not.

        Only what is bought is weighed, not who, when or where.

        Raises:
            NotFound: none, or several.
            UsageError: it is the same need twice.
        """
        from jointbuy.matching.likeness import likeness, likeness_reasons

        first, second = self.need(one).value, self.need(other).value
        if first.id == second.id:
            raise UsageError(say("It takes two needs to compare: name another one."))
        return likeness(first, second), likeness_reasons(first, second)

    def add_need(self, cells: Mapping[str, str], *, draft: bool = False) -> ParsedNeeds:
        """Register one need from what was typed, field by field.

        Raises:
            Refused: with every problem, when it cannot be kept.
        """
        if "id" in cells:
            raise UsageError(say("A new need gets its id by itself."))
        parsed = self._typed(cells)
        if not parsed.needs:
            raise Refused(say("The need was not added."), parsed.problems)
        if draft:
            drafts = tuple(replace(n, status=NeedStatus.DRAFT) for n in parsed.needs)
            parsed = replace(parsed, needs=drafts, created=drafts)
        self._keep(parsed, seen={}, why="add need")
        return parsed

    def edit_need(self, text: str, cells: Mapping[str, str]) -> ParsedNeeds:
        """Change some fields of a need; an empty text empties the field.

        Raises:
            Refused: with every problem, when it cannot be kept.
        """
        stored = self.need(text)
        id_ = stored.value.id
        parsed = self._typed({**cells, "id": id_})
        if not parsed.needs:
            raise Refused(say("The need was not changed."), parsed.problems)
        self._keep(parsed, seen={id_: stored.revision}, why=f"edit {id_}")
        return parsed

    def set_home(self, text: str) -> Administration:
        """Make an administration the one whose register this is.

        Raises:
            NotFound: none, or several.
        """
        home = self.administration(text)
        register = self.register
        if register.home != home.id:
            self.save(replace(register, home=home.id), why=f"home {home.id}")
        return home

    def set_need_status(self, text: str, status: NeedStatus) -> Need:
        """Open a draft, withdraw a need, or open it again."""
        stored = self.need(text)
        need = replace(stored.value, status=status)
        self.save(need, seen=stored.revision, why=f"{status.name.lower()} {need.id}")
        return need

    def set_need_statuses(
        self, ids: Collection[str], status: NeedStatus
    ) -> tuple[Need, ...]:
        """Do the same with several needs at once, as one change."""
        found = [self.need(id_) for id_ in ids]
        needs = tuple(replace(stored.value, status=status) for stored in found)
        self.commit(
            [
                Change(kind=Need, id=need.id, value=need, seen=stored.revision)
                for need, stored in zip(needs, found, strict=True)
                if need != stored.value
            ],
            why=f"{status.name.lower()} {' '.join(need.id for need in needs)[:80]}",
        )
        return needs

    def last_changes(self, kind: type[Record]) -> dict[str, LastChange]:
        """By id who saved each record of a kind last."""
        return {
            kept.value.id: LastChange(by=kept.by, at=kept.at)
            for kept in self.store.all(kind)
        }

    def import_needs(
        self,
        path: Path,
        *,
        home: str = "",
        sheet: str = "",
        vat: Vat = "",
        dry_run: bool = False,
    ) -> ParsedNeeds:
        """Take in the needs of a file; good rows are kept when others fail.

        Raises:
            Refused: the file cannot be read at all.
        """
        from jointbuy.intake.spreadsheets import read_table

        table = read_table(path, sheet=sheet)
        seen = {kept.value.id: kept.revision for kept in self.store.all(Need)}
        parsed = self._parsed(table.rows, home=home, vat=vat, neighbour=table.exported)
        parsed = replace(parsed, problems=(*table.problems, *parsed.problems))
        if not dry_run:
            self._keep(parsed, seen=seen, why=f"import {path.name}")
        return parsed

    def export_needs(
        self,
        path: Path,
        *,
        estimates: bool,
        persons: bool,
        overwrite: bool = False,
        only: Collection[str] | None = None,
    ) -> int:
        """Write the open needs a neighbour may see; how many.

        `only` are the ids of those that may go, all without it.

        Raises:
            Refused: the file is there already, or cannot be written.
        """
        from jointbuy.intake.sheets import export_needs

        return export_needs(
            path,
            tuple(
                need
                for need in self.needs().values()
                if only is None or need.id in only
            ),
            tuple(self.administrations().values()),
            language=self.language,
            estimates=estimates,
            persons=persons,
            contacts=tuple(self.contacts().values()),
            overwrite=overwrite,
        )

    def write_sheet(
        self, path: Path, *, administration: str, service: str, overwrite: bool = False
    ) -> None:
        """Write the empty form on which a service notes its needs."""
        from jointbuy.intake.sheets import write_sheet

        write_sheet(
            path,
            administration=self.administration(administration),
            service=service,
            language=self.language,
            overwrite=overwrite,
        )

    def _typed(self, cells: Mapping[str, str]) -> ParsedNeeds:
        from jointbuy.intake.rows import ParsedNeeds, Row

        meant, faults = self._replaced(cells)
        parsed = self._parsed([Row(cells=meant)], vat="excl")
        if not faults:
            return parsed
        return ParsedNeeds(problems=(*parsed.problems, *faults))

    def _replaced(
        self, cells: Mapping[str, str]
    ) -> tuple[dict[str, str], tuple[Problem, ...]]:
        """The cells with the id of the contract that is meant, or what is wrong."""
        text = cells.get("replaces", "").strip()
        if not text:
            return dict(cells), ()
        try:
            contract = find(text, self.contracts(), word("contract"))
        except NotFound as error:
            return dict(cells), (
                Problem(field="replaces", value=text, message=error.message),
            )
        return {**cells, "replaces": contract.id}, ()

    def _parsed(
        self,
        rows: Iterable[Row],
        *,
        home: str = "",
        vat: Vat = "",
        neighbour: bool = False,
    ) -> ParsedNeeds:
        from jointbuy.intake.rows import parse_needs

        return parse_needs(
            rows,
            administrations=tuple(self.administrations().values()),
            known=self.needs(),
            contacts=tuple(self.contacts().values()),
            home=self.administration(home).id if home else self.register.home,
            on=self.on,
            new_id=lambda: self.new_id("n"),
            vat=vat,
            neighbour=neighbour,
            language=self.language,
            codes=lambda: self.official_codes,
        )

    def _keep(self, parsed: ParsedNeeds, *, seen: Mapping[str, int], why: str) -> None:
        """Keep what is new or changed; `seen` was read before it was judged."""
        same = {need.id for need in parsed.unchanged}
        changes = [
            Change(kind=Administration, id=admin.id, value=admin)
            for admin in parsed.administrations
        ]
        changes += [
            Change(kind=Need, id=need.id, value=need, seen=seen.get(need.id, 0))
            for need in parsed.needs
            if need.id not in same
        ]
        self.commit(changes, why=why)
