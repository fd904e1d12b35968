"""One row on its way to a need: every cell read, every fault kept."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

from jointbuy.errors import Message, Problem, named, say
from jointbuy.intake.amounts import parse_estimate, parse_quantity, vat_named
from jointbuy.intake.choices import (
    nature_missing,
    nature_of,
    nothing,
    parse_budget_kind,
    parse_cpv,
    parse_language,
    parse_nature,
    parse_territory,
    parse_year,
    parse_yes_no,
)
from jointbuy.intake.days import parse_day, parse_month_duration
from jointbuy.intake.row import (
    ID,
    LINES,
    LONGEST,
    LONGEST_LINE,
    MONTHS_NAMED,
    TEXTS,
    Cell,
    Row,
    shown,
)
from jointbuy.intake.text import Parsed, clean, fold
from jointbuy.model import Need

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from jointbuy.intake.parties import Administrations
    from jointbuy.model import ContactPerson, Nature
    from jointbuy.vocabulary.official import CpvList

Vat = Literal["", "excl", "incl"]
"""What an amount is whose column does not say: excluding VAT, including, not known."""

_WHOLE_CODE = re.compile(r"(?<![0-9])([0-9]{8})-([0-9])(?![0-9])")
_OF_TEXT = (parse_nature, parse_budget_kind, parse_language, parse_territory)
_OF_NUMBERS = (parse_estimate, parse_quantity, parse_cpv, parse_year, parse_yes_no)


@dataclass(slots=True, kw_only=True)
class Surroundings:
    """What is known before the rows are read, and what their columns have in common.

    `unclear` and `with_vat` count the amounts kept out of the estimates, by origin and
    heading; `doubtful` names the columns whose cells can be read in two ways. `codes`
    gives the official CPV list where it is installed. `creations` holds what was said
    of each administration that nobody knew.
    """

    known: Mapping[str, Need]
    parties: Administrations
    contacts: Mapping[tuple[str, str], list[ContactPerson]]
    home: str
    vat: Vat
    on: date
    new_id: Callable[[], str]
    neighbour: bool
    nature: Nature | None
    unclear: dict[tuple[str, str], int] = field(default_factory=dict)
    with_vat: dict[tuple[str, str], int] = field(default_factory=dict)
    doubtful: frozenset[tuple[str, str]] = frozenset()
    codes: Callable[[], CpvList | None] = lambda: None
    creations: dict[str, Problem] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class RowReader:
    """One row on its way to a need, collecting what is wrong with it."""

    row: Row
    around: Surroundings
    problems: list[Problem] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)

    @property
    def blocked(self) -> bool:
        """Whether something refuses the row."""
        return any(problem.blocking for problem in self.problems)

    def problem(self, name: str, message: Message, *, blocking: bool = True) -> None:
        """Say what is wrong with a field."""
        cell = self.row.cells.get(name, "")
        self.problems.append(
            Problem(
                row=self.row.number,
                field=name,
                column=self.row.columns.get(name, ""),
                value=shown(cell),
                message=message,
                blocking=blocking,
            )
        )

    def remark(self, name: str, message: Message) -> None:
        """Say how a field was understood."""
        self.problem(name, message, blocking=False)

    def has(self, name: str) -> bool:
        """Whether the field was asked."""
        return name in self.row.cells

    def text(self, name: str) -> str:
        """The text of a cell, cleaned; too long a text blocks the row."""
        cell = self.row.cells.get(name, "")
        raw = cell if isinstance(cell, str) else shown(cell)
        kept, removed = clean(raw, lines=name in LINES)
        if removed:
            self.remark(
                name,
                say("Characters that cannot be shown were taken out of the text."),
            )
        longest = LONGEST.get(name, LONGEST_LINE)
        if len(kept) > longest:
            self.problem(
                name,
                say(
                    "The text is too long: {length} characters where {longest} fit. "
                    "Shorten it.",
                    length=len(kept),
                    longest=longest,
                ),
            )
            return ""
        return kept

    def typed(self, name: str, parse: Callable[[Any], Parsed[Any]]) -> Any:  # noqa: ANN401
        """What a parser makes of a cell; a fault blocks the row."""
        cell = self.row.cells.get(name, "")
        if isinstance(cell, bool) and parse is not parse_yes_no:
            cell = str(cell)
        elif parse in _OF_TEXT or (isinstance(cell, date) and parse in _OF_NUMBERS):
            cell = shown(cell)
        if isinstance(cell, str):
            cell = clean(cell)[0]
            if cell.strip("-–—/. ") == "" or fold(cell) in nothing():
                return None
        return self.taken(name, parse(cell))

    def taken(self, name: str, parsed: Parsed[Any]) -> Any:  # noqa: ANN401
        """The value of what was parsed, once its remarks and its fault are said."""
        if parsed.fault is not None:
            self.problem(name, parsed.fault)
            return None
        if (self.row.origin, name) in self.around.doubtful and parsed.reading in {
            "thousands",
            "either",
        }:
            self.problem(name, _doubt(name, shown(self.row.cells[name])))
            return None
        for remark in parsed.remarks:
            self.remark(name, remark)
        return parsed.value

    def need(self) -> Need | None:
        """The need, or None when the row is blocked."""
        identifier = self.text("id")
        if identifier and not ID.fullmatch(identifier):
            self.problem(
                "id",
                say(
                    "“{text}” is not an identifier of a need: leave the cell empty for "
                    "a new need.",
                    text=identifier,
                ),
            )
            identifier = ""
        before = self.around.known.get(identifier)
        administration = self._administration(before)
        changes = self._texts() | self._choices() | self._figures()
        changes |= self._title_and_nature(before, changes)
        changes |= self._contact(administration)
        changes |= self._window(before)
        if note := self._note(before):
            changes |= note
        if self.blocked:
            return None
        if before is not None:
            need = dataclasses.replace(before, **changes)
        else:
            need = Need(
                id=identifier or self.around.new_id(),
                administration=administration,
                origin=_origin(self.row),
                **changes,
            )
        theirs = self.around.neighbour and need.administration != self.around.home
        if theirs and (before is None or before.seen_on is not None):
            need = dataclasses.replace(need, seen_on=self.around.on)
        return need

    def _administration(self, before: Need | None) -> str:
        name = self.text("administration")
        identifier = self.text("administration_id")
        if identifier and not ID.fullmatch(identifier):
            identifier = ""
        if not name and not identifier:
            if before is not None:
                return before.administration
            if not self.around.home:
                self.problem(
                    "administration",
                    say("The administration is missing: write which one has the need."),
                )
            return self.around.home
        match = self.around.parties.find(name, identifier)
        for remark in match.remarks:
            self.remark("administration", remark)
        if match.created and match.administration is not None:
            said = next(one for one in self.problems if one.field == "administration")
            self.around.creations[match.administration.id] = said
        if match.fault is not None:
            self.problem("administration", match.fault)
        if match.administration is None:
            return ""
        if before is not None and before.administration != match.administration.id:
            self.problem(
                "administration",
                say(
                    "The need “{id}” belongs to another administration and cannot be "
                    "moved: leave the identifier empty to register a new need.",
                    id=before.id,
                ),
            )
        return match.administration.id

    def _texts(self) -> dict[str, Any]:
        changes: dict[str, Any] = {
            name: self.text(name) for name in TEXTS if self.has(name)
        }
        if self.has("requirements"):
            marks = r"\n" if self.row.number else r"[;\n]"  # a file has its own cells
            lines = re.split(marks, self.text("requirements"))
            changes["requirements"] = tuple(
                line.strip() for line in lines if line.strip()
            )
        return changes

    def _choices(self) -> dict[str, Any]:
        changes: dict[str, Any] = {}
        for name in ("personal_data", "centre_priced", "single_supplier"):
            if self.has(name):
                changes[name] = self.typed(name, parse_yes_no)
        if self.has("language"):
            changes["language"] = self.typed("language", parse_language) or ""
        if self.has("territory"):
            changes["territory"] = self.typed("territory", parse_territory) or ""
        if self.has("budget_kind"):
            changes["budget_kind"] = self.typed("budget_kind", parse_budget_kind)
        if self.has("budget_year"):
            changes["budget_year"] = self.typed("budget_year", parse_year)
        codes: tuple[str, ...] = ()
        others: tuple[str, ...] = ()
        if self.has("cpv"):
            codes = self.typed("cpv", parse_cpv) or ()
            changes["cpv"] = codes[0] if codes else ""
        if self.has("other_cpv") or len(codes) > 1:
            others = self.typed("other_cpv", parse_cpv) or ()
            changes["other_cpv"] = tuple(dict.fromkeys(codes[1:] + others))
        for name, found in (("cpv", codes), ("other_cpv", others)):
            if found:
                self._look_up(name, found)
        return changes

    def _look_up(self, name: str, codes: tuple[str, ...]) -> None:
        """Say what the official list does not hold, or writes otherwise."""
        official = self.around.codes()
        if official is None:
            return
        written = dict(_WHOLE_CODE.findall(shown(self.row.cells[name])))
        for code in codes:
            digit = written.get(code, "")
            if code not in official:
                self.remark(
                    name,
                    say(
                        "{code} is not in the official CPV list that is installed: "
                        "check it.",
                        code=code,
                    ),
                )
            elif digit and digit != (official.digit(code) or digit):
                self.remark(
                    name,
                    say(
                        "The official list writes {official} and not {written}: check "
                        "that “{label}” is what is meant.",
                        official=f"{code}-{official.digit(code)}",
                        written=f"{code}-{digit}",
                        label=named(official.labels(code), code),
                    ),
                )

    def _figures(self) -> dict[str, Any]:
        changes: dict[str, Any] = {}
        if self.has("quantity"):
            quantity = self.typed("quantity", parse_quantity)
            changes["quantity"] = quantity.amount if quantity else None
            if quantity and quantity.unit:
                changes["unit"] = quantity.unit
        if self.has("unit"):
            unit = self.text("unit")
            beside = changes.get("unit", "")
            if unit and beside and fold(unit) != fold(beside):
                self.remark(
                    "unit",
                    say(
                        "The quantity is in “{one}” and the unit is “{other}”: the "
                        "latter was kept.",
                        one=beside,
                        other=unit,
                    ),
                )
            changes["unit"] = unit or beside
        if self.has("duration_months"):
            named = bool(
                MONTHS_NAMED.search(fold(self.row.columns.get("duration_months", "")))
            )
            changes["duration_months"] = self.typed(
                "duration_months",
                partial(_months, months_named=named),
            )
        return changes | self._estimate()

    def _estimate(self) -> dict[str, Any]:
        changes: dict[str, Any] = {}
        if self.has("estimate"):
            changes["estimate"] = self.typed("estimate", parse_estimate)
        for name in ("estimate_unclear", "estimate_incl"):
            cell = self.row.cells.get(name, "")
            text = shown(cell)
            if not text.strip("-–—/. "):
                continue
            basis: str = self.around.vat if name == "estimate_unclear" else "incl"
            if name == "estimate_unclear" and isinstance(cell, str):
                basis = _basis(cell) or basis
            if basis == "excl":
                if changes.get("estimate") is None:
                    changes["estimate"] = self.typed(name, parse_estimate)
                continue
            self._keep_amount(name, text, basis)
        return changes

    def _keep_amount(self, name: str, text: str, basis: str) -> None:
        """An amount that is no estimate excluding VAT goes into the note, and is told.

        In a file it is told once for its whole column.
        """
        column = self.row.columns.get(name, "")
        self.kept.append(f"{column}: {text}" if column else text)
        if not self.row.number:
            asked = _with_vat(text) if basis == "incl" else _vat_asked(text)
            self.problem(name, asked)
            return
        counts = self.around.with_vat if basis == "incl" else self.around.unclear
        key = (self.row.origin, column)
        counts[key] = counts.get(key, 0) + 1

    def _title_and_nature(
        self, before: Need | None, changes: Mapping[str, Any]
    ) -> dict[str, Any]:
        found: dict[str, Any] = {}
        if self.has("title") or before is None:
            found["title"] = self.text("title")
            if not found["title"] and not self._blocked_on("title"):
                self.problem(
                    "title", say("The subject is missing: write what is to be bought.")
                )
        if self.has("nature") or before is None:
            found["nature"] = self._nature(changes.get("cpv", ""), before)
        return found

    def _nature(self, code: str, before: Need | None) -> Nature | None:
        """The nature written, or else the one that follows from the CPV code."""
        code = code or (before.cpv if before else "")
        nature: Nature | None = self.typed("nature", parse_nature)
        derived = nature_of(code)
        if nature is None and not self._blocked_on("nature"):
            if derived is None and self.around.nature is not None:
                return self.around.nature
            if derived is None:
                self.problem("nature", nature_missing())
            else:
                self.remark("nature", _derived(derived.name, code))
            return derived
        if nature and derived and nature is not derived:
            self.remark(
                "nature",
                say(
                    "The CPV code {code} usually stands for another nature: check "
                    "which of the two is right.",
                    code=code,
                ),
            )
        return nature

    def _blocked_on(self, name: str) -> bool:
        return any(one.field == name and one.blocking for one in self.problems)

    def _contact(self, administration: str) -> dict[str, Any]:
        if not self.has("contact"):
            return {}
        name = self.text("contact")
        if not name:
            return {"contact": ""}
        found = self.around.contacts.get((administration, fold(name)), [])
        if len(found) == 1:
            return {"contact": found[0].id}
        column = self.row.columns.get("contact", "Contact")
        self.kept.append(f"{column}: {name}")
        self.remark(
            "contact",
            say(
                "“{text}” is not a contact person of the administration: the name is "
                "kept in the note.",
                text=name,
            ),
        )
        return {}

    def _window(self, before: Need | None) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name in ("earliest", "latest"):
            if self.has(name):
                end = name == "latest"
                ahead = None if self.row.number else self.around.on
                found[name] = self.typed(name, partial(parse_day, on=ahead, end=end))
        earliest = found.get("earliest", before.earliest if before else None)
        latest = found.get("latest", before.latest if before else None)
        if earliest and latest and earliest > latest:
            self.problem(
                "latest" if self.has("latest") else "earliest",
                say(
                    "The latest day, {latest}, lies before the earliest, {earliest}: "
                    "correct one of them.",
                    latest=latest,
                    earliest=earliest,
                ),
            )
        elif found.get("latest") and found["latest"] < self.around.on:
            self.remark(
                "latest", say("The latest day, {day}, has passed.", day=found["latest"])
            )
        return found

    def _note(self, before: Need | None) -> dict[str, Any]:
        kept = [
            f"{heading}: {clean(value, lines=True)[0]}"
            for heading, value in self.row.extra.items()
            if value.strip()
        ]
        kept = self.kept + kept
        if not self.has("note") and not kept:
            return {}
        note = (
            self.text("note") if self.has("note") else (before.note if before else "")
        )
        present = set(note.split("\n"))
        missing = [line for line in kept if line not in present and line not in note]
        note = "\n".join(part for part in (note, *missing) if part)
        if len(note) > LONGEST["note"]:
            self.problem(
                "note", say("What is kept in the note is too long: shorten the row.")
            )
        return {"note": note}


def _months(cell: Cell, *, months_named: bool) -> Parsed[int]:
    if isinstance(cell, date):
        cell = shown(cell)
    return parse_month_duration(cell, months_named=months_named)


def _origin(row: Row) -> str:
    return f"{row.origin}:{row.number}" if row.origin and row.number else row.origin


def _derived(nature: str, code: str) -> Message:
    match nature:
        case "WORKS":
            return say("The CPV code {code} stands for works.", code=code)
        case "SUPPLIES":
            return say("The CPV code {code} stands for supplies.", code=code)
    return say("The CPV code {code} stands for services.", code=code)


def _doubt(name: str, text: str) -> Message:
    if name.startswith("estimate"):
        return say(
            "Other amounts of this column have a decimal point, so “{text}” can be "
            "read in two ways: write it with a comma before the cents.",
            text=text,
        )
    return say(
        "Other days of this column have the month first, so “{text}” can be read in "
        "two ways: write the days as 15/03/2027.",
        text=text,
    )


def _vat_asked(text: str) -> Message:
    return say(
        "“{text}” does not say whether VAT is included: give the amount excluding VAT.",
        text=text,
    )


def _with_vat(text: str) -> Message:
    return say(
        "“{text}” includes VAT: give the amount excluding VAT.",
        text=text,
    )


def _basis(text: str) -> str:
    """What a cell itself says of VAT."""
    return vat_named(fold(text))[0]
