"""The register of running contracts: what ends, what follows, and how they chain."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from jointbuy.errors import (
    Arg,
    NotFound,
    Problem,
    Refused,
    UsageError,
    euro,
    say,
    word,
)
from jointbuy.model import (
    Contract,
    Dossier,
    Need,
    NeedStatus,
)
from jointbuy.model.lookup import find
from jointbuy.store.port import Change
from jointbuy.workspace.entries import Entered, Entries
from jointbuy.workspace.names import called
from jointbuy.workspace.planning import Planning
from jointbuy.workspace.procedure_times import ProcedureTimes

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from jointbuy.errors import Message
    from jointbuy.intake.contract_rows import ParsedContracts
    from jointbuy.model import Record
    from jointbuy.schedule.contract_chain import Successions
    from jointbuy.schedule.contract_ends import Begin, FollowUp

R = TypeVar("R", bound="Record")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainLink:
    """One record of a chain, as it is shown; `step` 0 is the one asked for."""

    kind: str
    id: str
    step: int
    name: Arg
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """What led to a contract and what follows it, first to last."""

    of: str
    links: tuple[ChainLink, ...]


def _missing(contract: Contract) -> Iterator[Problem]:
    """What has to be known of a contract for its end and its notice to be told."""
    from jointbuy.intake.forms import field_of

    told = {}
    if contract.end is None:
        told["end"] = say(
            "Without a last day neither its end nor its notice is reported: note the "
            "day until which it binds."
        )
    if not contract.supplier:
        told["supplier"] = say(
            "No supplier is named: nobody can be given notice without one."
        )
    for cell, message in told.items():
        field = field_of(Contract, cell)
        yield Problem(
            field=cell,
            message=message,
            blocking=False,
            label=field.label if field else None,
        )


class ContractRegister(Planning, Entries):
    """Running contracts and what follows them."""

    def contract(self, text: str) -> Contract:
        """The contract with that id or title, or whose id alone begins so.

        Raises:
            NotFound: none, or several.
        """
        return find(text, self.contracts(), word("contract"))

    def _read_record(
        self,
        kind: type[R],
        before: R | None,
        cells: Mapping[str, str],
        known: Mapping[type, Mapping[str, Record]],
    ) -> tuple[R | None, tuple[Problem, ...]]:
        """What was understood; of a contract also what will be missed of it."""
        made, problems = super()._read_record(kind, before, cells, known)
        if not isinstance(made, Contract):
            return made, problems
        return made, (*problems, *_missing(made))

    @staticmethod
    def last_end(contract: Contract) -> date | None:
        """The last day if every renewal left is used; None if that is not known."""
        from jointbuy.schedule.contract_ends import last_end

        return last_end(contract)

    def due_contracts(
        self, *, within: int | None = None, who: str = ""
    ) -> tuple[FollowUp, ...]:
        """The contracts that nothing follows, the most urgent first.

        With `within` those whose need must exist in so many days, with `who` those of
        one administration.
        """
        from jointbuy.schedule.contract_ends import expiring

        found = expiring(
            self.contracts().values(),
            self.needs().values(),
            on=self.on,
            practice=self.practice(),
            begins=self.begins(),
            within=within,
        )
        if who:
            chosen = self.administration(who).id
            found = tuple(e for e in found if e.contract.administration == chosen)
        return found

    def begins(self) -> dict[str, Begin]:
        """By contract that nothing follows, the day on which its procedure begins.

        The time that a procedure takes an administration is planned once: for a start
        a year ahead, or as soon after as the sessions of its council are known.
        """
        from jointbuy.schedule.contract_ends import (
            Begin,
            first_day_after,
            followed_contracts,
            whole_value,
        )

        on, contracts = self.on, self.contracts()
        followed = followed_contracts(contracts, self.needs())
        values = {id_: whole_value(each) for id_, each in contracts.items()}
        procedures = ProcedureTimes(self)
        found: dict[str, Begin] = {}
        for contract in sorted(
            contracts.values(), key=lambda e: (-(values[e.id] or 0), e.id)
        ):  # the largest value first: its time is that of the smaller ones too
            start = first_day_after(contract)
            if contract.id in followed or start is None or start < on:
                continue
            lead = procedures.lead(contract, values[contract.id])
            if lead is not None:
                found[contract.id] = Begin(
                    day=start - timedelta(days=lead.days),
                    procedure=lead.procedure,
                    assumed=lead.assumed,
                    supposed=lead.supposed,
                )
        return found

    # What follows.

    def follow(self, ids: Collection[str]) -> tuple[Need, ...]:
        """Make the draft need that follows each contract, all as one change.

        Raises:
            NotFound: there is no such contract.
            Refused: something follows one of them already; nothing is then kept.
        """
        contracts = [self.contract(id_) for id_ in dict.fromkeys(ids)]
        if not contracts:
            raise UsageError(say("Name the contracts that are to be followed up."))
        if problems := tuple(self._followed(contracts)):
            raise Refused(say("Nothing was kept: correct what follows."), problems)
        changes: list[Change] = []
        made: list[Need] = []
        for contract in {each.id: each for each in contracts}.values():
            need = self._next_need(contract)
            made.append(need)
            changes.append(self.change(need, of=None))
            changes.append(
                self.change(replace(contract, successor=need.id), of=contract)
            )
        self.commit(changes, why=f"follow {' '.join(e.id for e in contracts)[:80]}")
        return tuple(made)

    def _followed(self, contracts: Collection[Contract]) -> Iterator[Problem]:
        from jointbuy.schedule.contract_ends import taken_over

        everything, needs = self.contracts(), self.needs()
        for contract in contracts:
            taker = taken_over(contract, everything, needs)
            if taker:
                record: Record = needs.get(taker) or everything[taker]
                yield Problem(
                    value=contract.id,
                    message=say(
                        "“{title}” is followed already by {name} ({id}): change that "
                        "one, or withdraw it first.",
                        title=contract.title,
                        name=called(record),
                        id=taker,
                    ),
                )

    def _next_need(self, contract: Contract) -> Need:
        """The draft of the need that follows, with what the contract tells of it."""
        from jointbuy.intake.choices import nature_of
        from jointbuy.l10n.catalogue import catalogue
        from jointbuy.schedule.contract_ends import (
            duration_months,
            first_day_after,
            whole_value,
        )

        told = catalogue(self.language).say
        value = whole_value(contract)
        return Need(
            id=self.new_id("n"),
            administration=contract.administration,
            title=contract.title,
            nature=nature_of(contract.cpv),
            cpv=contract.cpv,
            estimate=value,
            estimate_method=told(_estimated(contract)) if value is not None else "",
            earliest=first_day_after(contract),
            duration_months=duration_months(contract),
            replaces=contract.id,
            status=NeedStatus.DRAFT,
            origin=told(say("Follows the contract {id}", id=contract.id)),
        )

    def add_record(
        self,
        kind: type[R],
        cells: Mapping[str, str],
        *,
        id_: str = "",
        unnamed: bool = False,
    ) -> Entered[R]:
        """Enter a record; a contract that was concluded for a need settles it.

        Raises:
            UsageError: the id is taken, or cannot be one.
            Refused: with every field that is wrong or missing; nothing is then kept.
        """
        named = cells.get("need", "").strip() if kind is Contract else ""
        if named:
            with contextlib.suppress(NotFound):  # the field says what is wrong with it
                need = find(named, self.needs(), word("need"))
                made: Entered[Any] = self.conclude(
                    cells, id_=id_, successor_of=need.id, unnamed=unnamed
                )
                return made
        return super().add_record(kind, cells, id_=id_, unnamed=unnamed)

    def conclude(
        self,
        cells: Mapping[str, str],
        *,
        id_: str = "",
        successor_of: str,
        unnamed: bool = False,
    ) -> Entered[Contract]:
        """Enter the contract in which a contract, a need or a dossier ended.

        The contract before is linked, and the need it was concluded for is settled;
        all of it is one change.

        Raises:
            NotFound: there is no such contract, need or dossier.
            Refused: it cannot follow that one, or a field is wrong.
        """
        need, before = self._ended(successor_of, cells.get("administration", ""))
        if need is not None:
            self._not_concluded(need)
        given = dict(cells)
        whose = need or before
        if whose is not None:
            given.setdefault("administration", whose.administration)
            given.setdefault("title", whose.title)
            given.setdefault("cpv", whose.cpv)
        if need is not None:
            given["need"] = need.id
        made, remarks = self.prepared(Contract, given, id_=id_, unnamed=unnamed)
        if whose is not None and made.administration != whose.administration:
            raise Refused(
                say(
                    "“{title}” belongs to another administration: each administration "
                    "keeps a contract of its own, also of a joint one.",
                    title=whose.title,
                )
            )
        changes = [self.change(made, of=None)]
        if before is not None and (
            not before.successor or need is None or before.successor != need.id
        ):
            changes.append(self.change(replace(before, successor=made.id), of=before))
        if need is not None and need.status is not NeedStatus.SETTLED:
            settled = replace(need, status=NeedStatus.SETTLED)
            changes.append(self.change(settled, of=need))
        self.commit(changes, why=f"conclude {made.id}")
        return Entered(record=made, remarks=remarks)

    def _ended(
        self, text: str, administration: str
    ) -> tuple[Need | None, Contract | None]:
        """The need and the contract before, of whatever was named."""
        contracts, needs = self.contracts(), self.needs()
        everything: dict[str, Record] = {
            **{each.id: each for each in self.dossiers().values()},
            **needs,
            **contracts,
        }
        found = find(text, everything, word("contract"))
        if isinstance(found, Dossier):
            found = self._need_of(found, administration)
        if isinstance(found, Need):
            return found, contracts.get(found.replaces)
        if not isinstance(found, Contract):
            raise TypeError(type(found).__name__)
        from jointbuy.schedule.contract_ends import taken_over

        taker = taken_over(found, contracts, needs)
        if taker in contracts:
            raise Refused(
                say(
                    "“{title}” is followed already by {name} ({id}): change that one, "
                    "or withdraw it first.",
                    title=found.title,
                    name=called(contracts[taker]),
                    id=taker,
                )
            )
        return needs.get(taker), found

    def _not_concluded(self, need: Need) -> None:
        for contract in self.contracts().values():
            if contract.need == need.id:
                raise Refused(
                    say(
                        "The need “{title}” has its contract already: {name} ({id}). "
                        "Change that one with `contracts edit`.",
                        title=need.title,
                        name=called(contract),
                        id=contract.id,
                    )
                )

    def _need_of(self, dossier: Dossier, administration: str) -> Need:
        """The one need of a dossier that an administration has in it."""
        needs = self.needs()
        members = [needs[id_] for id_ in dossier.candidate.needs if id_ in needs]
        if administration:
            who = self.administration(administration).id
            members = [need for need in members if need.administration == who]
        if len(members) == 1:
            return members[0]
        raise UsageError(
            say(
                "Say of which need of the dossier it is the contract: {needs}.",
                needs=", ".join(need.id for need in members) or "–",
            )
        )

    def remove_contract(self, text: str) -> Contract:
        """Take a contract out of the register; history and `undo` keep it.

        Raises:
            NotFound: there is no such contract.
            Refused: something in the register refers to it.
        """
        contract = self.contract(text)
        referring = [n.id for n in self.needs().values() if n.replaces == contract.id]
        referring += [
            c.id for c in self.contracts().values() if c.successor == contract.id
        ]
        if referring:
            raise Refused(
                say(
                    "“{title}” is referred to by {ids}: change these first.",
                    title=contract.title,
                    ids=", ".join(referring),
                )
            )
        stored = self.store.get(Contract, contract.id)
        gone = Change(kind=Contract, id=contract.id, value=None, seen=stored.revision)
        self.commit([gone], why=f"remove {contract.id}")
        return contract

    # Chains.

    def chain(self, text: str) -> Chain:
        """What led to a contract and what follows it.

        Raises:
            NotFound: there is no such contract.
        """
        from jointbuy.schedule.contract_chain import chain

        contract = self.contract(text)
        links = chain(contract.id, self._successions())
        return Chain(
            of=contract.id,
            links=tuple(self._link(each.kind, each.id, each.step) for each in links),
        )

    def chains(self) -> dict[str, Chain]:
        """The chain of every contract, by its id."""
        from jointbuy.schedule.contract_chain import chain

        known = self._successions()
        return {
            id_: Chain(
                of=id_,
                links=tuple(
                    self._link(each.kind, each.id, each.step)
                    for each in chain(id_, known)
                ),
            )
            for id_ in self.contracts()
        }

    def _successions(self) -> Successions:
        from jointbuy.schedule.contract_chain import successions

        return successions(self.contracts(), self.needs(), self.dossiers().values())

    def _link(self, kind: str, id_: str, step: int) -> ChainLink:
        start = end = None
        name = Arg(name="", text=id_)
        if kind == "contract":
            contract = self.contracts()[id_]
            name, start, end = called(contract), contract.start, contract.end
        elif kind == "need":
            need = self.needs()[id_]
            name, start, end = called(need), need.earliest, need.latest
        else:
            dossier = self.dossiers()[id_]
            if dossier.candidate.title.as_dict():
                name = Arg(
                    name="", kind="names", names=dossier.candidate.title.as_dict()
                )
            start = dossier.wanted or dossier.candidate.launch
        return ChainLink(kind=kind, id=id_, step=step, name=name, start=start, end=end)

    # Files.

    def import_contracts(
        self,
        path: Path,
        *,
        home: str = "",
        sheet: str = "",
        vat: str = "",
        dry_run: bool = False,
    ) -> ParsedContracts:
        """Take in the contracts of a file; good rows are kept when others fail.

        Raises:
            Refused: the file cannot be read at all.
        """
        from jointbuy.intake.contract_rows import parse_contracts
        from jointbuy.intake.spreadsheets import read_table

        table = read_table(path, sheet=sheet, of="contracts")
        seen = {kept.value.id: kept.revision for kept in self.store.all(Contract)}
        parsed = parse_contracts(
            table.rows,
            administrations=tuple(self.administrations().values()),
            known=self._known(Contract),
            home=self.administration(home).id if home else self.register.home,
            on=self.on,
            new_id=lambda: self.new_id("k"),
            vat=vat,
            language=self.language,
            codes=lambda: self.official_codes,
        )
        parsed = replace(parsed, problems=(*table.problems, *parsed.problems))
        if not dry_run:
            same = {each.id for each in parsed.unchanged}
            changes = [self.change(each, of=None) for each in parsed.administrations]
            changes += [
                Change(kind=Contract, id=e.id, value=e, seen=seen.get(e.id, 0))
                for e in parsed.contracts
                if e.id not in same
            ]
            self.commit(changes, why=f"import {path.name}")
        return parsed

    def export_contracts(
        self,
        path: Path,
        *,
        only: Collection[str] | None = None,
        overwrite: bool = False,
    ) -> int:
        """Write the contracts to a spreadsheet that reads back as it is; how many.

        Raises:
            Refused: the file is there already, or cannot be written.
        """
        from jointbuy.intake.sheets import export_contracts

        contracts = tuple(
            each
            for each in self.contracts().values()
            if only is None or each.id in only
        )
        return export_contracts(
            path,
            contracts,
            tuple(self.administrations().values()),
            language=self.language,
            overwrite=overwrite,
        )


def _estimated(contract: Contract) -> Message:
    """How the value of what follows was estimated."""
    from jointbuy.schedule.contract_ends import duration_months, last_end

    yearly = contract.yearly_value
    if yearly is None or contract.start is None:
        raise ValueError(contract.id)
    last = last_end(contract) or contract.end
    months = duration_months(contract)
    if months:
        return say(
            "{yearly} a year × {months} months, as the contract that runs until "
            "{last}; to be checked",
            yearly=euro(yearly),
            months=months,
            last=last or contract.start,
        )
    return say(
        "{yearly} a year over the days from {start} to {last}, as the running "
        "contract; to be checked",
        yearly=euro(yearly),
        start=contract.start,
        last=last or contract.start,
    )
