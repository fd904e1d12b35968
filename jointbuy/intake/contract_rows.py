"""Contracts as they are listed in a file, each read as if it had been typed."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from jointbuy.errors import Message, Problem, say
from jointbuy.intake.amounts import exact, vat_named
from jointbuy.intake.choices import nothing, parse_cpv
from jointbuy.intake.entries import parse_record
from jointbuy.intake.forms import field_of
from jointbuy.intake.habits import habits_of, mixed_columns
from jointbuy.intake.parties import Administrations
from jointbuy.intake.row import ID, LONGEST_CELL, Cell, Row, refused, shown
from jointbuy.intake.text import clean, fold
from jointbuy.model import Administration, Contract, FrameworkAgreement

if TYPE_CHECKING:
    from collections.abc import (
        Callable,
        Container,
        Iterable,
        Iterator,
        Mapping,
        Sequence,
    )
    from datetime import date

    from jointbuy.intake.habits import Habit
    from jointbuy.model import Record

AMOUNTS = ("yearly_value", "yearly_value_unclear")
DAYS = {"start": False, "end": True, "notice": False}

_NAMING = ("framework", "successor", "need")
"""Cells that name another record."""
_NAME = 2
"""How much of a likeness is the administration and the title."""
_SAME = 2
"""In how much more a row agrees with the contract that it is a change of."""
_TIMES = re.compile(r"(?P<n>[0-9]{1,2}) ?(?:x|fois|maal|keer|mal|times) ?(?P<each>.+)")
_NEVER = frozenset({"non", "neen", "nee", "nein", "no", "aucune", "aucun", "geen",
                    "keine", "none", "sans", "zonder", "ohne"})  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedContracts:
    """The contracts understood, in the order of the rows, and every problem found.

    `administrations` were created, to be completed. `created`, `updated` and
    `unchanged` divide `contracts`; the unchanged ones need not be saved.
    """

    contracts: tuple[Contract, ...] = ()
    administrations: tuple[Administration, ...] = ()
    problems: tuple[Problem, ...] = ()
    created: tuple[Contract, ...] = ()
    updated: tuple[Contract, ...] = ()
    unchanged: tuple[Contract, ...] = ()

    @property
    def refused_rows(self) -> tuple[int, ...]:
        """The numbers of the rows that were not taken."""
        return refused(self.problems)


def parse_contracts(
    rows: Iterable[Row],
    *,
    administrations: Sequence[Administration],
    known: Mapping[type, Mapping[str, Record]],
    on: date,
    new_id: Callable[[], str],
    home: str = "",
    vat: str = "",
    language: str = "fr",
    codes: Callable[[], Container[str] | None] = lambda: None,
) -> ParsedContracts:
    """The contracts in these rows, with every problem of every row.

    `known` holds the records that a row may name, the contracts among them; `home` is
    the administration of rows that name none and `vat` what an amount is whose column
    does not say. A row without identifier is the contract that was taken from the same
    file before: the one like it in everything that tells contracts apart, else the only
    one left of that administration and title that shares two of these with it.
    """
    rows = list(rows)
    contracts = known.get(Contract, {})
    found = _Register(
        known=known,
        contracts={id_: e for id_, e in contracts.items() if isinstance(e, Contract)},
        parties=Administrations(administrations, language=language),
        on=on,
        new_id=new_id,
        home=home,
        vat=vat,
        language=language,
        codes=codes(),
        habits=habits_of(rows, amounts=AMOUNTS, days=DAYS),
    )
    found.remember()
    readers = [_RowOfContract(row=row, register=found) for row in rows]
    for reader, contract in [(each, each.contract()) for each in readers]:
        if contract is not None:
            found.place(reader, contract)
        found.problems += reader.problems
    made = tuple(found.made.values())
    wanted = {each.administration for each in made}
    before = found.contracts
    return ParsedContracts(
        contracts=made,
        administrations=tuple(a for a in found.parties.created if a.id in wanted),
        problems=(
            *found.problems,
            *found.columns(),
            *mixed_columns(rows, found.habits),
        ),
        created=tuple(each for each in made if each.id not in before),
        updated=tuple(e for e in made if e.id in before and e != before[e.id]),
        unchanged=tuple(e for e in made if e == before.get(e.id)),
    )


@dataclass(slots=True, kw_only=True)
class _Register:
    """A contract register while it is read.

    `taken_before` gives by file and likeness the contracts it gave, in their order;
    `named_alike` by administration and title all there are; `claimed` are those that a
    row stands for, and `rows` by likeness the rows above.
    """

    known: Mapping[type, Mapping[str, Record]]
    contracts: Mapping[str, Contract]
    parties: Administrations
    on: date
    new_id: Callable[[], str]
    home: str
    vat: str
    language: str
    codes: Container[str] | None
    habits: Mapping[tuple[str, str], Habit]
    made: dict[str, Contract] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    taken_before: dict[tuple[str, object], list[str]] = field(default_factory=dict)
    named_alike: dict[object, list[Contract]] = field(default_factory=dict)
    claimed: set[str] = field(default_factory=set)
    rows: dict[object, list[tuple[int, Contract]]] = field(default_factory=dict)
    kept_out: dict[tuple[str, str, str], int] = field(default_factory=dict)
    added: dict[str, Administration] = field(default_factory=dict)

    def remember(self) -> None:
        """Note what the register holds already, to know it again."""
        ordered: dict[tuple[str, object], list[tuple[int, str]]] = {}
        for contract in self.contracts.values():
            like = _likeness(contract)
            self.named_alike.setdefault(like[:_NAME], []).append(contract)
            file, mark, row = contract.origin.rpartition(":")
            if mark and row.isdigit():
                ordered.setdefault((file, like), []).append((int(row), contract.id))
        self.taken_before = {
            key: [id_ for _, id_ in sorted(same)] for key, same in ordered.items()
        }

    def around(self) -> Mapping[type, Mapping[str, Record]]:
        """The records a row may name, with the administrations created so far."""
        for each in self.parties.created[len(self.added) :]:
            self.added[each.id] = each
        if not self.added:
            return self.known
        named = {**self.known.get(Administration, {}), **self.added}
        return {**self.known, Administration: named}

    def place(self, reader: _RowOfContract, contract: Contract) -> None:
        """Take a contract in, with what is to be said of it beside the others."""
        before = self._changed_since(reader, contract)
        if before is not None:
            changed = reader.changing(before)
            if changed is None:
                return
            contract = changed
        row, like = reader.row, _likeness(contract)
        if contract.id in self.made:
            reader.say(
                "id",
                say(
                    "The identifier “{id}” stands in an earlier row already: give each "
                    "contract its own, or leave the cell empty.",
                    id=contract.id,
                ),
            )
            return
        if contract.id not in self.contracts:
            if self._left_out(reader, contract):
                return
            self._warn_of_twins(reader, contract)
        elif contract != self.contracts[contract.id]:
            reader.say("id", _changed(row, contract, self.contracts[contract.id]),
                       blocking=False)  # fmt: skip
        else:
            reader.problems.clear()  # what was let in before needs no remark again
        self.rows.setdefault(like, []).append((row.number, contract))
        self.made[contract.id] = contract

    def _changed_since(
        self, reader: _RowOfContract, contract: Contract
    ) -> Contract | None:
        """The only contract this file gave before that the row can be a change of."""
        if contract.id in self.contracts or reader.text("id"):
            return None
        found = [
            each
            for each in self._unclaimed(contract)
            if each.origin.rpartition(":")[0] == reader.row.origin
            and _in_common(contract, each) >= _SAME
        ]
        if len(found) != 1:
            return None
        self.claimed.add(found[0].id)
        return found[0]

    def _unclaimed(self, contract: Contract) -> Iterator[Contract]:
        """Those of that administration and title that no row stands for."""
        for each in self.named_alike.get(_likeness(contract)[:_NAME], ()):
            if each.id not in self.claimed:
                yield each

    def _left_out(self, reader: _RowOfContract, contract: Contract) -> bool:
        """Whether an earlier row says the very same."""
        if reader.text("id"):
            return False
        for number, other in self.rows.get(_likeness(contract), ()):
            if contract == dataclasses.replace(
                other, id=contract.id, origin=contract.origin
            ):
                reader.say(
                    "title",
                    say(
                        "“{title}” stands in row {row} too, the same in every cell: it "
                        "is taken in once. If these are two contracts, give each its "
                        "own reference.",
                        title=contract.title,
                        row=str(number),
                    ),
                    blocking=False,
                )
                return True
        return False

    def _warn_of_twins(self, reader: _RowOfContract, contract: Contract) -> None:
        like = _likeness(contract)
        alike = (
            each.id
            for each in self._unclaimed(contract)
            if _likeness(each) == like or _in_common(contract, each)
        )
        if like in self.rows:
            reader.say(
                "title",
                say(
                    "“{title}” stands in row {row} too, with the same supplier and the "
                    "same days. If it is the same contract, remove one with `contracts "
                    "remove {id}`.",
                    title=contract.title,
                    row=str(self.rows[like][0][0]),
                    id=contract.id,
                ),
                blocking=False,
            )
        elif other := next(alike, None):
            reader.say(
                "title",
                say(
                    "“{title}” resembles a contract that is registered already, "
                    "{other}. If it is the same, remove one with `contracts remove "
                    "{id}`, or take this back with `undo`.",
                    title=contract.title,
                    other=other,
                    id=contract.id,
                ),
                blocking=False,
            )

    def again(self, contract: Contract, origin: str) -> str:
        """The id under which the same file gave this contract before, if it did."""
        same = self.taken_before.get((origin, _likeness(contract)), [])
        return next((id_ for id_ in same if id_ not in self.claimed), "")

    def columns(self) -> list[Problem]:
        """What concerns a whole column of amounts is said once."""
        return [
            Problem(
                field="yearly_value",
                column=column,
                blocking=False,
                message=_with_vat(column, count)
                if basis == "incl"
                else _vat_asked(column, count),
            )
            for (_, column, basis), count in self.kept_out.items()
        ]


@dataclass(slots=True, kw_only=True)
class _RowOfContract:
    """One row on its way to a contract, collecting what is wrong with it."""

    row: Row
    register: _Register
    problems: list[Problem] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    cells: dict[str, str] = field(default_factory=dict)
    noted: tuple[Problem, ...] = ()

    def say(self, name: str, message: Message, *, blocking: bool = True) -> None:
        """Say something of a cell."""
        form = field_of(Contract, name)
        self.problems.append(
            Problem(
                row=self.row.number,
                field=name,
                column=self.row.columns.get(name, ""),
                value=shown(self.row.cells.get(name, "")),
                message=message,
                blocking=blocking,
                label=form.label if form else None,
            )
        )

    def text(self, name: str) -> str:
        """What a cell says; empty where it says that there is nothing."""
        cell = self.row.cells.get(name, "")
        text = clean(_typed(name, cell), lines=name == "note")[0]
        if name in {"title", "note", "supplier"}:
            return text
        empty = not text.strip("-–—/. ") or (
            fold(text) in nothing() and name not in {"joint", "exclusive"}
        )
        return "" if empty else text

    def contract(self) -> Contract | None:
        """The contract, or None when the row is refused."""
        identifier = self.text("id")
        if identifier and not ID.fullmatch(identifier):
            self.say(
                "id",
                say(
                    "“{text}” is not an identifier of a contract: leave the cell empty "
                    "for a new contract.",
                    text=identifier,
                ),
            )
            return None
        before = self.register.contracts.get(identifier)
        administration = self._administration(before)
        cells = self.cells = self._cells()
        self.noted = tuple(self.problems)
        if not administration:
            self._read(None, cells, "x")  # so that every other fault is told as well
            return None
        cells["administration"] = administration
        made = self._read(before, cells, identifier)
        if made is None:
            return None
        if before is None and not identifier:
            before = self.register.contracts.get(
                self.register.again(made, self.row.origin)
            )
            if before is not None:
                self.register.claimed.add(before.id)
                return self.changing(before)
        if before is not None:
            self.register.claimed.add(before.id)
            return made
        return dataclasses.replace(
            made,
            id=identifier or self.register.new_id(),
            origin=f"{self.row.origin}:{self.row.number}",
        )

    def changing(self, before: Contract) -> Contract | None:
        """The row read once more, as what has become of a contract."""
        self.problems = list(self.noted)
        return self._read(before, self.cells, "")

    def _read(
        self, before: Contract | None, cells: Mapping[str, str], identifier: str
    ) -> Contract | None:
        """The contract as the form reads it, with what the note keeps."""
        cells = {name: text for name, text in cells.items() if text or before}
        if before is not None:  # what a row only repeats needs no second look
            cells = {
                name: text
                for name, text in cells.items()
                if name not in _NAMING or text != getattr(before, name)
            }
        made, problems = parse_record(
            Contract,
            before,
            {**cells, **({} if before else {"id": identifier or "x"})},
            known=self.register.around(),
            on=self.register.on,
            language=self.register.language,
            codes=self.register.codes,
        )
        for problem in problems:
            if cells.get("administration") or problem.field != "administration":
                self.say(problem.field, problem.message, blocking=problem.blocking)
        if made is None or any(problem.blocking for problem in self.problems):
            return None
        return self._noted(made, before)

    def _noted(self, made: Contract, before: Contract | None) -> Contract:
        kept = self.kept + [
            f"{heading}: {clean(value, lines=True)[0]}"
            for heading, value in self.row.extra.items()
            if value.strip()
        ]
        note = made.note if "note" in self.row.cells else before.note if before else ""
        missing = [line for line in dict.fromkeys(kept) if line not in note]
        return dataclasses.replace(made, note="\n".join(filter(None, (note, *missing))))

    def _administration(self, before: Contract | None) -> str:
        name, identifier = self.text("administration"), self.text("administration_id")
        if not name and not identifier:
            home = before.administration if before else self.register.home
            if not home:
                self.say(
                    "administration",
                    say("The administration is missing: write whose contract it is."),
                )
            return home
        match = self.register.parties.find(
            name, identifier if ID.fullmatch(identifier) else ""
        )
        for remark in match.remarks:
            self.say("administration", remark, blocking=False)
        if match.fault is not None:
            self.say("administration", match.fault)
        return match.administration.id if match.administration else ""

    # The cells as the form takes them.

    def _cells(self) -> dict[str, str]:
        self.kept = []
        cells = {
            name: self.text(name)
            for name in self.row.cells
            if field_of(Contract, name) and name != "administration"
        }
        if self.text("service"):
            heading = self.row.columns.get("service", "")
            self.kept.append(
                f"{heading}: {self.text('service')}"
                if heading
                else self.text("service")
            )
        cells |= self._value() | self._code(cells) | self._notice(cells)
        cells |= self._renewals(cells)
        for name in _NAMING:
            if cells.get(name):
                cells |= self._reference(name, cells[name])
        for name in (*DAYS, "yearly_value"):
            self._doubted(name)
        if len(cells.get("note", "")) > LONGEST_CELL:
            cells["note"] = cells["note"][:LONGEST_CELL]
        return cells

    def _doubted(self, name: str) -> None:
        """A cell that can be read in two ways, in a column written the other way."""
        cell = self.row.cells.get(name)
        habit = self.register.habits.get((self.row.origin, name))
        if habit is None or not habit.doubtful or not isinstance(cell, str):
            return
        own = habits_of(
            [dataclasses.replace(self.row, cells={name: cell})],
            amounts=() if name in DAYS else (name,),
            days={name: DAYS[name]} if name in DAYS else {},
        )
        if any(each.either for each in own.values()):
            self.say(name, _DOUBT_OF_DAYS if name in DAYS else _DOUBT_OF_AMOUNTS)

    def _value(self) -> dict[str, str]:
        """The value of a year, where it is known to exclude VAT."""
        if "yearly_value" in self.row.cells and self.text("yearly_value"):
            return {"yearly_value": _bare(self.text("yearly_value"))}
        for name in ("yearly_value_unclear", "yearly_value_incl"):
            text = self.text(name)
            if not text:
                continue
            basis = "incl"
            if name == "yearly_value_unclear":
                basis = vat_named(fold(text))[0] or self.register.vat
            if basis == "excl":
                return {"yearly_value": _bare(text)}
            self._keep_out(name, basis)
        return {}

    def _keep_out(self, name: str, basis: str) -> None:
        """An amount that is not known to exclude VAT goes into the note."""
        column = self.row.columns.get(name, "")
        self.kept.append(f"{column}: {self.text(name)}")
        key = (self.row.origin, column, basis)
        self.register.kept_out[key] = self.register.kept_out.get(key, 0) + 1

    def _code(self, cells: Mapping[str, str]) -> dict[str, str]:
        """The first of several codes; the others are kept in the note."""
        parsed = parse_cpv(cells.get("cpv", ""))
        codes = parsed.value or ()
        if len(codes) < 2:  # noqa: PLR2004
            return {}
        self.kept.append(f"CPV: {', '.join(codes[1:])}")
        self.say(
            "cpv",
            say(
                "Several CPV codes: {code} was taken, the others are in the note.",
                code=codes[0],
            ),
            blocking=False,
        )
        return {"cpv": codes[0]}

    def _notice(self, cells: Mapping[str, str]) -> dict[str, str]:
        """A bare number under a heading in months is a term before the end."""
        months = self.text("notice_months")
        if cells.get("notice") or not months:
            return {}
        return {"notice": f"{months} mois" if months.isdigit() else months}

    def _renewals(self, cells: Mapping[str, str]) -> dict[str, str]:
        """“3 x 12 mois” gives the number and the length; “non” is none."""
        text = cells.get("renewals_left", "")
        if fold(text) in _NEVER:
            return {"renewals_left": "0"}
        found = _TIMES.fullmatch(text.casefold().replace("×", "x").strip())
        if not found:
            return {}
        taken = {"renewals_left": found["n"]}
        if not cells.get("renewal_months"):
            taken["renewal_months"] = found["each"].strip()
        return taken

    def _reference(self, name: str, text: str) -> dict[str, str]:
        """What a row names of the register, or a remark where it is not there."""
        form = field_of(Contract, name)
        kinds = form.kinds if form else ()
        everything: dict[str, Any] = {}
        for kind in kinds:
            everything |= self.register.known.get(kind, {})
        if text in everything:
            return {}
        if name == "framework":
            named = [
                id_
                for id_, each in everything.items()
                if isinstance(each, FrameworkAgreement)
                and fold(text)
                in {fold(t) for t in (*each.title.as_dict().values(), each.reference)}
            ]
            if len(named) == 1:
                return {name: named[0]}
        column = self.row.columns.get(name, name)
        self.kept.append(f"{column}: {text}")
        self.say(
            name,
            say(
                "“{text}” is not in the register: it is kept in the note.",
                text=text,
            ),
            blocking=False,
        )
        return {name: ""}


def _typed(name: str, cell: Cell) -> str:
    """A cell as it would be typed: numbers the Belgian way, days as they are."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if name.startswith("yearly_value") and not isinstance(cell, str):
        number = exact(cell) if isinstance(cell, int | float) else None
        if number is not None:
            text = f"{number:f}".replace(".", ",")
            return f"{text}0" if re.search(r",[0-9]{3}$", text) else text
    return shown(cell)


def _bare(text: str) -> str:
    """An amount without what it says of VAT, which was heard already."""
    return re.sub(
        r"(?i)\s*(?:h\.?t\.?v\.?a\.?|hors\s+tva|excl\.?\s*btw|exclusief\s+btw|"
        r"ohne\s+mwst\.?|excl\.?\s*(?:vat|tva))\s*$",
        "",
        text,
    )


def _in_common(one: Contract, other: Contract) -> int:
    """In how much two contracts of one name agree; none where one follows the other."""
    for first, then in ((one, other), (other, one)):
        if first.end and then.start and first.end < then.start:
            return 0
    told = zip(_likeness(one)[_NAME:], _likeness(other)[_NAME:], strict=True)
    return sum(mine == theirs for mine, theirs in told if mine)


def _likeness(contract: Contract) -> tuple[object, ...]:
    return (
        contract.administration,
        fold(contract.title) or contract.title,
        fold(contract.supplier),
        fold(contract.reference),
        contract.start,
        contract.end,
    )


def _changed(row: Row, contract: Contract, before: Contract) -> Message:
    names = [
        row.columns.get(item.name, item.name)
        for item in dataclasses.fields(Contract)
        if getattr(contract, item.name) != getattr(before, item.name)
    ]
    return say(
        "“{title}” is in the register already and is updated: {fields}.",
        title=contract.title,
        fields=", ".join(names),
    )


def _vat_asked(column: str, count: int) -> Message:
    return say(
        "The column “{column}” does not say whether VAT is included. Amounts kept in "
        "the note and not taken as yearly values: {count}. If they exclude VAT, add it "
        "to the heading, or say so when importing.",
        column=column,
        count=count,
    )


def _with_vat(column: str, count: int) -> Message:
    return say(
        "The column “{column}” includes VAT. Amounts kept in the note and not taken as "
        "yearly values: {count}. Give the amounts excluding VAT.",
        column=column,
        count=count,
    )


_DOUBT_OF_AMOUNTS = say(
    "Other amounts of this column have a decimal point, so this one can be read in two "
    "ways: write it with a comma before the cents."
)
_DOUBT_OF_DAYS = say(
    "Other days of this column have the month first, so this one can be read in two "
    "ways: write the days as 15/03/2027."
)
